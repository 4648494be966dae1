"""Sixty notes in plain Dutch with open places: facts and agreements, no labels."""

from __future__ import annotations

from random import Random

#: kind, subject, text. Open places: naam, werk, plek, dag, uren, stap, wie.
_NOTITIES = """
gesprek|Eerste gesprek|Kennisgemaakt met {naam}. Wil graag aan de slag als {werk}. We hebben het plan doorgenomen en de eerste stap gekozen: {stap}.
gesprek|Voortgang|{naam} was op tijd. Het gaat goed op de leerwerkplek. De begeleider is tevreden. Volgende keer kijken we naar {stap}.
gesprek|Voortgang|Gesproken over de week. {naam} werkt nu {uren} uur en wil naar meer uren. We vragen {wie} wat er kan.
gesprek|Plan bijgesteld|Samen het plan bekeken. {naam} kiest voor {werk}. Het onderdeel solliciteren loopt door, daarnaast {stap}.
gesprek|Opvang|De opvang is rond op {dag}. Daarmee kan {naam} ook in de middag werken. Ik geef dit door aan {wie}.
gesprek|Werkervaring|{naam} heeft eerder gewerkt als {werk}. Dat staat nu in de diagnose. Getuigschrift neemt {naam} de volgende keer mee.
gesprek|Sollicitatie voorbereid|Gesprek geoefend voor {plek}. Let op: rustig praten en een vraag stellen aan het eind. {naam} voelt zich klaar.
gesprek|Na de proefdag|De proefdag bij {plek} ging goed. {naam} vond het druk maar leuk. De werkgever belt {dag}.
gesprek|Reistijd|De reis naar {plek} duurt drie kwartier. Dat is voor {naam} goed te doen. We kiezen de vroege dienst niet.
gesprek|Werktijden|{naam} kan op vier dagen werken, niet op woensdag. We zoeken werk van {uren} uur.
gesprek|Taal|Nederlands spreken gaat beter. Schrijven is nog lastig. {naam} gaat door met de training en leest elke dag een stuk krant.
gesprek|Evaluatie|Half jaar bekeken. Twee van de drie doelen zijn gehaald. Nieuw doel: {stap}. Plan getekend door {naam}.
gesprek|Motivatie|{naam} twijfelt over {werk}. We hebben twee andere beroepen bekeken. Volgende week meelopen bij {plek}.
gesprek|Afspraken|Afgesproken: {naam} belt {plek} voor {dag}. Ik vraag {wie} naar de werkkleding.
gesprek|Samen met partner|Gesprek samen met {wie}. Iedereen weet wie wat doet. {naam} houdt één vaste contactpersoon.
gesprek|Cv|Het cv is af. {naam} stuurt het naar {plek} en naar twee andere werkgevers. Volgende keer oefenen we het gesprek.
gesprek|Rustig begin|We bouwen op in stappen. {naam} begint met twee dagdelen en gaat na vier weken naar drie.
telefoon|Gebeld|Gebeld met {naam}. Alles loopt. De volgende afspraak staat op {dag}.
telefoon|Gebeld|{naam} belde: de trein reed niet, komt een uur later. Is goed, doorgegeven aan {wie}.
telefoon|Gebeld over vacature|Verteld over het werk bij {plek}, {uren} uur. {naam} wil dit graag. Ik draag {naam} voor.
telefoon|Terugbelverzoek|{naam} vroeg of de vergoeding al is betaald. Uitgezocht: volgt {dag}. Teruggebeld en verteld.
telefoon|Nazorg|Gebeld hoe het werk gaat. {naam} heeft het naar de zin. De rooster was eerst onduidelijk, dat is opgelost.
telefoon|Nazorg|De eerste week zit erop. {naam} is moe maar blij. Collega's helpen goed.
telefoon|Werkgever gebeld|Met {plek} gesproken. Ze willen {naam} graag zien op {dag}. Doorgegeven.
telefoon|Geen gehoor|Geprobeerd te bellen, geen gehoor. Voicemail ingesproken en gevraagd om terug te bellen voor {dag}.
telefoon|Afgemeld|{naam} meldt zich af voor de groep van {dag}. Komt de keer erna weer.
telefoon|Uitnodiging|Gebeld om de nieuwe afspraak door te geven. {naam} schrijft hem op en komt.
telefoon|Schoolzaken|Met de school gebeld. De inschrijving van {naam} is binnen. Het bericht volgt voor {dag}.
telefoon|Werkkleding|{naam} heeft werkschoenen nodig. Dat regelt {wie}. Gebeld dat het klaarligt.
telefoon|Uren|{naam} kan meer uren krijgen bij {plek}. We rekenen samen uit wat dat betekent. Afspraak op {dag}.
email|Mail|Informatie over {plek} gemaild aan {naam}, met de routebeschrijving en wat mee te nemen.
email|Mail ontvangen|{naam} mailde het contract. Het gaat om {uren} uur per week. Ik heb het bij de stukken gedaan.
email|Vacatures gestuurd|Drie vacatures gestuurd als {werk}. {naam} reageert voor {dag}.
email|Bevestiging|Afspraak bevestigd voor {dag}. {naam} neemt het identiteitsbewijs mee.
email|Vraag|{naam} vroeg per mail naar de training. Uitgelegd wat er in de eerste week gebeurt.
email|Verslag|Kort verslag van het gesprek gemaild, met de afspraken van ons allebei.
sms|Sms|Herinnering gestuurd voor {dag}. {naam} antwoordde dat het lukt.
sms|Sms|Succes gewenst met het gesprek bij {plek}. {naam} stuurde een duim terug.
sms|Sms|{naam} appte: ben aangenomen! Ik bel morgen om het door te nemen.
sms|Sms|Gevraagd of de afspraak een uur later kan. {naam} vindt het goed.
video|Videogesprek|Kort overleg via beeld. {naam} liet het nieuwe cv zien. Twee zinnen aangepast.
huisbezoek|Huisbezoek|Op huisbezoek geweest. {naam} was thuis en open. Besproken wat er nodig is om weer te komen. Eerste stap: {stap}.
huisbezoek|Huisbezoek|Samen met {wie} langsgegaan. Afgesproken dat {naam} op {dag} weer begint, met een kortere dag.
overleg|Overleg|Met {wie} overlegd over de volgende stap. We doen het samen; ik blijf het vaste gezicht voor {naam}.
overleg|Overleg met werkleider|{naam} komt op tijd en werkt netjes door. Hulp nodig bij het indelen van het werk. De werkleider doet het eerste uur samen.
overleg|Casus|In het team besproken. Advies: eerst {stap}, daarna pas zoeken naar {werk}.
overleg|Overdracht|Overdracht gedaan met {wie}. {naam} was erbij. De lopende afspraken zijn doorgenomen.
overleg|Accountmanager|Met de accountmanager gekeken naar werkgevers in de buurt. {plek} lijkt te passen voor {naam}.
notitie|Notitie|{naam} heeft het certificaat gehaald. Toegevoegd aan de diagnose.
notitie|Notitie|Beschikbaar vanaf {dag} voor {uren} uur. Aangepast in het profiel.
notitie|Notitie|Gegevens gecontroleerd, adres en telefoon kloppen.
notitie|Notitie|De leerwerkplek is verlengd met acht weken. Doel: zelfstandig een hele dag draaien.
notitie|Notitie|Vervoer geregeld: {naam} heeft een fiets via {wie}.
notitie|Notitie|Twee keer achter elkaar goed op tijd. Dat is afgesproken en gelukt.
post|Brief|Uitnodiging gestuurd voor het gesprek van {dag}, met de route en wat {naam} mee moet nemen.
post|Brief|Brief gestuurd met de gemaakte afspraken. {naam} krijgt het plan ook op papier.
gesprek|Vakles|{naam} werkt netjes in de werkplaats en vraagt hulp als iets niet lukt. De vakdocent geeft volgende week een proefstuk.
gesprek|Geldzaken|De afspraak over geldzaken loopt. Dat gaat naast de training door. {naam} merkt dat het rust geeft.
gesprek|Groepsles|De groep gaat goed. {naam} durft meer te zeggen. Volgende keer een echt gesprek met een werkgever.
gesprek|Eigen kracht|{naam} heeft zelf drie werkgevers gebeld. Bij {plek} mag {naam} langskomen op {dag}.
"""
NOTITIES: tuple[tuple[str, str, str], ...] = tuple(
    (regel.split("|")[0], regel.split("|")[1], regel.split("|")[2]) for regel in _NOTITIES.strip().splitlines()
)
_WERK = (
    "schoonmaker",
    "keukenhulp",
    "orderpicker",
    "verkoper",
    "zorghulp",
    "hovenier",
    "inpakker",
    "bakker",
    "schilder",
    "receptionist",
)
_PLEK = (
    "de bakkerij",
    "het zorgcentrum",
    "het magazijn",
    "de supermarkt",
    "het hotel",
    "de kwekerij",
    "het schoonmaakbedrijf",
    "de werkplaats",
)
_STAP = (
    "het cv afmaken",
    "een proefdag regelen",
    "de opvang regelen",
    "elke dag op tijd beginnen",
    "een gesprek oefenen",
    "twee werkgevers bellen",
    "de training afmaken",
)
_WIE = ("de werkleider", "de accountmanager", "de jobcoach", "de trainer", "een collega", "de school", "de werkgever")
_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")


def notitie(rng: Random, naam: str) -> tuple[str, str, str]:
    """(channel, subject, text) with the open places filled."""
    kanaal, onderwerp, tekst = NOTITIES[int(rng.random() * len(NOTITIES))]
    ingevuld = tekst.format(
        naam=naam,
        werk=rng.choice(_WERK),
        plek=rng.choice(_PLEK),
        dag=rng.choice(_DAGEN),
        uren=rng.choice((12, 16, 20, 24, 28, 32)),
        stap=rng.choice(_STAP),
        wie=rng.choice(_WIE),
    )
    return kanaal, onderwerp, ingevuld
