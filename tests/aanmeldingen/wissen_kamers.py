"""What deelnemers and trajecten keep about a person, written by the services of the screens wherever there is one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from deelnemers.incidentkeuzes import Meldingbesluit
from deelnemers.keuzes import BsnBron
from deelnemers.models import (
    Belemmering,
    Betrokkenheid,
    BetrokkenPartij,
    Competentiemeting,
    Deelnemer,
    Groeipotentie,
    Trede,
    Veiligheidsmelding,
    Voorinschrijving,
)
from deelnemers.services import (
    antwoorden,
    beschut,
    bsn,
    concept,
    diagnose,
    incidenten,
    inhaal,
    inkomen,
    maatregelen,
    overdragen,
    route,
    terugbellen,
    veiligheid,
    vernietigbesluit,
    vragen,
)
from deelnemers.services.contact import leg_belemmering_vast
from deelnemers.services.oudefase import bewaar_oude_fase
from deelnemers.services.regie import wijs_regie_toe
from kern import bestanden, klok
from kern.bsn import zoeksleutel
from kern.handeling import handeling
from organisatie.models import Medewerker, Team
from organisatie.querysets import mijn_team_ids
from tests.aanmeldingen.fabrieken import bsn_nummer
from tests.aanmeldingen.wissen_hoeken import FOUT_BSN, Hoek, brief, dag, woord
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek, RolFabriek
from tests.trajecten.fabrieken import (
    AanbiederFabriek,
    BijeenkomstFabriek,
    GroepsdeelnameFabriek,
    InstrumentFabriek,
    OnderdeelFabriek,
    moment,
)
from trajecten.models import Oproep, Oproepcampagne, Scholingsorder, Traject
from trajecten.services import afspraken, blokkades, groepen, onderdelen, onderzoek, plannen
from trajecten.services.trajecten import pas_doel_aan, start_traject
from trajecten.services.waardering import vraag_waardering


# --- deelnemers ----------------------------------------------------------------------------------------------------
def _inkomen(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """A notice that income answered, taken back once, and an answer of which nobody knew whom it was about."""
    melding = inkomen.meld_aan_inkomen(
        deelnemer, "plaatsing", "toets:wissen", dag(-3), toelichting=tekst, actor=FABRIEK
    )
    melding = inkomen.bevestig_doorlopen(melding, toelichting=f"Loopt door, {tekst}", actor=FABRIEK)
    inkomen.heropen_antwoord(melding, reden=f"Toch niet voor {tekst}", actor=FABRIEK)
    inkomen.meld_aan_inkomen(deelnemer, "plaatsing", "toets:nog-een", dag(-3), actor=FABRIEK)
    levering = antwoorden.begin_levering("bestand", actor=FABRIEK)
    los = antwoorden.Antwoord(
        besluit="loopt_door",
        zoeksleutel=zoeksleutel(bsn_nummer(4711)),
        referentie=woord("referentie"),
        toelichting=tekst,
    )
    antwoorden.neem_op(levering, los, actor=FABRIEK)
    antwoord = antwoorden.Antwoord(besluit="loopt_door", meldingnummer=str(melding.pk), toelichting=woord("antwoord"))
    antwoorden.neem_op(levering, antwoord, actor=FABRIEK)


def _verkeerd_nummer(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """Another number for a day: who referred heard of it twice."""
    goed = bsn_nummer(4711)
    for nummer in (FOUT_BSN, goed):
        bsn.corrigeer_bsn(deelnemer, nummer, BsnBron.DOCUMENT, actor=FABRIEK, reden=f"Paspoort gezien, {tekst}")


def _terugbellen(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    verzoek = terugbellen.neem_terugbelverzoek_aan(
        beller=tekst, telefoon="0687650419", onderwerp=f"Vraag van {tekst}", bereikbaar=f"na vijf uur, {tekst}",
        deelnemer=deelnemer, door=medewerker, actor=FABRIEK,
    )  # fmt: skip
    terugbellen.geen_gehoor(verzoek, actor=FABRIEK)
    # For a colleague by name: nobody looked up which dossier it was.
    for beller, telefoon in ((woord("los"), "06-87 65 04 19"), ("Xantippe Zevenblad-Quist", "020 555 01 23")):
        los = terugbellen.neem_terugbelverzoek_aan(
            beller=beller, telefoon=telefoon, onderwerp=woord("los"), voor=medewerker, door=medewerker, actor=FABRIEK
        )
        terugbellen.laat_vervallen(los, door=medewerker, reden=f"Kwam langs, {woord('los')}", actor=FABRIEK)


def _minderjarig(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    with handeling(FABRIEK):  # she is of age: the service takes only minors
        Voorinschrijving.objects.create(
            deelnemer=deelnemer, grondslag="taak", toelichting=tekst, begindatum=dag(-3000), einddatum=dag(-2900)
        )
        Betrokkenheid.objects.create(
            deelnemer=deelnemer, medewerker=medewerker, rol="mentor", herkomst="toets", begindatum=dag(-20)
        )


def _anderen(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """Somebody outside who may know something, and a look at what grows."""
    with handeling(FABRIEK):
        BetrokkenPartij.objects.create(
            deelnemer=deelnemer, rol="anders", rol_toelichting=f"buurvrouw {tekst}"[:60], naam=tekst,
            telefoon="0687650419", begindatum=dag(-9), delen_sinds=dag(-9),
        )  # fmt: skip
        Groeipotentie.objects.create(
            deelnemer=deelnemer, plek=f"Tuin {woord('groei')}", signaal="geen", vastgesteld_op=dag(-1),
            herzien_op=dag(90),
        )  # fmt: skip


def _plichten(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """Warned and advised about; income answered, and one of each was taken back."""
    feiten = f"Kwam twee keer niet ({tekst})"
    for weg in (False, True):
        eerder = maatregelen.geef_waarschuwing(
            deelnemer, dag(-9), "gesprek", afspraak=f"Elke week komen ({tekst})", niet_gedaan=feiten,
            reactie=f"Vergat het ({tekst})", medewerker=medewerker, actor=FABRIEK,
        )  # fmt: skip
        advies = maatregelen.adviseer_maatregel(
            deelnemer,
            maatregelen.Advies(
                "18-4-h", dag(-3), feiten, "gesprek", dag(-1), f"Wist ervan ({tekst})",
                zienswijze=woord("zienswijze"), omstandigheden=f"Zorgt voor {tekst}", waarschuwing=eerder,
            ),
            medewerker=medewerker, actor=FABRIEK,
        )  # fmt: skip
        if weg:
            maatregelen.trek_advies_in(advies, reden=f"Niet goed, {woord('intrekken')}", versie=None, actor=FABRIEK)
            maatregelen.trek_waarschuwing_in(eerder, reden=f"Niet goed, {tekst}", versie=None, actor=FABRIEK)
            continue
        maatregelen.beantwoord_advies(
            advies, "waarschuwen", dag(0), toelichting=woord("besluit-inkomen"), versie=None, actor=FABRIEK
        )


def _uwv(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    advies = beschut.vraag_beschutadvies_aan(deelnemer, dag(-9), actor=FABRIEK, medewerker=medewerker)
    with bestanden.weg_bij_mislukken():
        beschut.leg_beschutadvies_vast(
            advies, "negatief", advies_op=dag(-1), kenmerk=tekst, upload=brief(tekst), briefnaam=f"{tekst}.pdf",
            medewerker=medewerker, actor=FABRIEK,
        )  # fmt: skip


def _bewaarplicht(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    rij = vernietigbesluit.leg_bewaarplicht_vast(
        deelnemer, "bezwaar", tot=None, gebruiker=medewerker.gebruiker, actor=FABRIEK, reden=tekst
    )
    vernietigbesluit.hef_bewaarplicht_op(rij, gebruiker=medewerker.gebruiker, actor=FABRIEK, reden=f"Klaar: {tekst}")


def _veiligheid(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    rij: Veiligheidsmelding = veiligheid.stel_veiligheid_voor(
        deelnemer, medewerker, gedrag=f"Schold aan de balie ({tekst})", maatregel="Afspraak met twee collega's",
        bron=f"Melding van {tekst}", geldig_tot=dag(90), actor=FABRIEK,
    )  # fmt: skip
    veiligheid.bevestig_veiligheid(rij, MedewerkerFabriek(), actor=FABRIEK)


def _incident(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    rij = incidenten.meld_incident(
        deelnemer, medewerker, soort="schelden", gebeurd_op=klok.nu() - dt.timedelta(hours=3), waar=f"Balie {tekst}",
        gebeurd=f"Riep naar {tekst}", actor=FABRIEK,
    )  # fmt: skip
    rij = incidenten.spreek_nazorg_af(
        rij, nazorg=f"Gesprek over {tekst}", nazorg_door=medewerker, nazorg_voor=dag(3), actor=FABRIEK, versie=None
    )
    incidenten.nazorg_gedaan(rij, actor=FABRIEK)
    incidenten.handel_incident_af(
        rij, MedewerkerFabriek(), uitkomst=f"Besproken met {tekst}", meldingbesluit=Meldingbesluit.BLIJFT,
        persoon_ingelicht_op=None, niet_inlichten_reden=f"Nog in gesprek met {tekst}", actor=FABRIEK, versie=None,
    )  # fmt: skip


def _diagnose(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """Measured, advised and deviated from; a barrier; asked again in a campaign."""
    for code, score in {"op_tijd": 4, "omgaan_met_gezag": 3, "communiceren": 3}.items():
        diagnose.leg_vast(deelnemer, Competentiemeting, competentie=code, score=score, toelichting=tekst, actor=FABRIEK)
    with handeling(FABRIEK):
        Belemmering.objects.create(
            deelnemer=deelnemer, soort="kinderopvang", ernst="licht", toelichting=woord("belemmering"),
            actie=f"Bel {woord('belemmering')}", begindatum=dag(-5),
        )  # fmt: skip
        Trede.objects.filter(deelnemer=deelnemer).update(reden=woord("trede"))
    bewaar_oude_fase(deelnemer, 2, bron=woord("oudefase"), ontvangen_op=dag(-5), actor=FABRIEK)
    advies = route.routeadvies(deelnemer)
    anders = "intern" if advies.route == "extern" else "extern"
    route.kies_route(deelnemer, anders, actor=FABRIEK, medewerker=medewerker, afwijkreden=woord("route"))
    inhaal.start_inhaalslag("Inhaalslag", dag(30), actor=FABRIEK, team=deelnemer.team, medewerker=medewerker)


def _regie(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """The team of the member of staff has the regie, with a reason."""
    (team,) = Team.objects.filter(pk__in=mijn_team_ids(medewerker))
    ander = MedewerkerFabriek()
    wijs_regie_toe(deelnemer, ander, dag(0), team=team, reden=f"Even bij een ander, {tekst}", actor=FABRIEK)
    wijs_regie_toe(deelnemer, medewerker, dag(0), team=team, reden=f"Terug, {tekst}", actor=FABRIEK)


def _overdragen(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    ander = MedewerkerFabriek()
    RolFabriek(medewerker=ander, rol="consulent", team=deelnemer.team)
    rij = overdragen.bied_aan(
        deelnemer, ander, dag(1), door=medewerker, reden=f"Verhuist, {tekst}", let_op=f"Let op {tekst}", actor=FABRIEK
    )
    overdragen.weiger(rij, door=ander, reden=f"Ken ik, {tekst}", actor=FABRIEK)


def _vragen(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    rij = vragen.stel_vraag(deelnemer, "inkomen", f"Loopt het door bij {tekst}?", medewerker=medewerker, actor=FABRIEK)
    vragen.beantwoord_vraag(rij, f"Ja, bij {tekst}.", medewerker=MedewerkerFabriek(), actor=FABRIEK)


DEELNEMERS = (
    Hoek("regie", "deelnemers_regie", _regie),
    Hoek("verkeerd-nummer", "deelnemers_bsncorrectie", _verkeerd_nummer),
    Hoek("melding", "deelnemers_meldingaaninkomen", _inkomen),
    Hoek("referentie", "deelnemers_inkomensantwoord"),
    Hoek("antwoord", "deelnemers_inkomensantwoord"),
    Hoek("terugbellen", "deelnemers_terugbelverzoek", _terugbellen),
    Hoek("los", "kern_overgang"),
    Hoek("voorinschrijving", "deelnemers_voorinschrijving", _minderjarig),
    Hoek("partij", "deelnemers_betrokkenpartij", _anderen),
    Hoek("groei", "deelnemers_groeipotentie"),
    Hoek("plichten", "deelnemers_waarschuwing", _plichten),
    Hoek("zienswijze", "deelnemers_maatregeladvies"),
    Hoek("besluit-inkomen", "deelnemers_maatregeladvies"),
    Hoek("intrekken", "kern_overgang"),
    Hoek("uwv", "deelnemers_beschutadvies", _uwv),
    Hoek("uwv", "bestand"),
    Hoek("bewaarplicht", "deelnemers_bewaarplicht", _bewaarplicht),
    Hoek("veiligheid", "deelnemers_veiligheidsmelding", _veiligheid),
    Hoek("incident", "deelnemers_incident", _incident),
    Hoek("overdragen", "deelnemers_overdracht", _overdragen),
    Hoek("vraag", "deelnemers_dossiervraag", _vragen),
    Hoek(
        "concept",
        "deelnemers_notitieconcept",
        lambda d, m, t: concept.bewaar_concept(d, m, f"Nog afmaken: {t}", actor=FABRIEK),
    ),
)


# --- trajecten -----------------------------------------------------------------------------------------------------
def _plan(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """A running trajectory with a plan, two parts that wait for each other, and a report of an assessment."""
    traject = Traject.objects.filter(deelnemer=deelnemer, einddatum=None).order_by("pk").first()
    traject = traject or start_traject(deelnemer, "werk_voltijd", dag(0), actor=FABRIEK)
    pas_doel_aan(traject, "werk_voltijd", doeltekst=f"Kok, zegt {woord('doel')}", actor=FABRIEK)
    plan = plannen.stel_plan_vast(traject, f"Plan van {tekst}", dag(60), actor=FABRIEK, doelen=[f"Doel: {tekst}"])
    plannen.teken_plan(plan, actor=FABRIEK, deelnemer=True)
    eerst, later, zee = (
        OnderdeelFabriek(
            deelnemer=deelnemer,
            traject=traject,
            begindatum=dag(-2),
            einddatum=dag(20),
            omschrijving=woord("onderdeel"),
            instrument=InstrumentFabriek(soort=soort),
        )
        for soort in ("training", "training", "diagnose")
    )
    onderdelen.leg_afhankelijkheid(later, eerst, woord("wacht"), actor=FABRIEK)
    weg = leg_belemmering_vast(deelnemer, "taal", actor=FABRIEK)
    straks = OnderdeelFabriek(deelnemer=deelnemer, traject=traject, status="gepland", begindatum=dag(3))
    blokkades.kies_blokkades(straks, [weg], actor=FABRIEK)
    onderdelen.verzet_onderdeel(straks, "starten", reden=woord("toch"), actor=FABRIEK)
    with bestanden.weg_bij_mislukken():
        onderzoek.leg_uitslag_vast(
            zee, afgenomen_op=dag(0), beoordelaar=f"Zeehoeve {woord('uitslag')}", advies="extern",
            toelichting=woord("uitslag"), upload=brief(woord("rapport")), rapportnaam=f"{woord('rapport')}.pdf",
            medewerker=medewerker, actor=FABRIEK,
        )  # fmt: skip
    with handeling(FABRIEK):
        Scholingsorder.objects.create(
            deelnemer=deelnemer, onderdeel=later, aanbieder=AanbiederFabriek(), status_sinds=dag(0),
            bedrag=Decimal(250), aangevraagd_door=medewerker,
        )  # fmt: skip


def _gesprek(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """An appointment that was moved, a campaign that called her up, a group she was at; asked for her opinion."""
    vraag_waardering(deelnemer, "intake", team=Team.objects.order_by("pk").first(), actor=FABRIEK)
    afspraak = afspraken.plan_afspraak(
        deelnemer, medewerker, moment(5), moment(5, 11), onderwerp=f"Praten met {tekst}", plek=f"Bij {tekst} thuis",
        tweede_medewerker=MedewerkerFabriek(), dubbel_gezien=True, al_opgeroepen=True, actor=FABRIEK,
    )  # fmt: skip
    nieuw = afspraken.verzet_afspraak(afspraak, moment(6), moment(6, 11), dubbel_gezien=True, actor=FABRIEK)
    deelname = GroepsdeelnameFabriek(deelnemer=deelnemer)
    bijeenkomst = BijeenkomstFabriek(groep=deelname.groep)
    groepen.leg_aanwezigheid_vast(bijeenkomst, {deelnemer.pk: "aanwezig"}, actor=FABRIEK)
    with handeling(FABRIEK):
        campagne = Oproepcampagne.objects.create(naam="Iedereen spreken", doel="Weer in beeld")
        Oproep.objects.create(deelnemer=deelnemer, campagne=campagne, afspraak=nieuw)


TRAJECTEN = (
    Hoek("plan", "trajecten_planvanaanpak", _plan),
    Hoek("doel", "trajecten_traject"),
    Hoek("onderdeel", "trajecten_trajectonderdeel"),
    Hoek("wacht", "trajecten_onderdeelafhankelijkheid"),
    Hoek("toch", "trajecten_blokkade"),
    Hoek("uitslag", "trajecten_onderzoeksuitslag"),
    Hoek("rapport", "bestand"),
    Hoek("gesprek", "trajecten_afspraak", _gesprek),
    Hoek("meting", "deelnemers_competentiemeting", _diagnose),
    Hoek("belemmering", "deelnemers_belemmering"),
    Hoek("trede", "deelnemers_trede"),
    Hoek("oudefase", "deelnemers_oudefase"),
    Hoek("route", "deelnemers_routekeuze"),
)
