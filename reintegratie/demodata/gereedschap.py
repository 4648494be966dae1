"""The toolkit of the demo: something for each problem, with what colleagues found of it."""

from __future__ import annotations

import datetime as dt

from reintegratie.demodata.context import Context
from reintegratie.demodata.snel import snel
from trajecten.models import Interventie, Interventieervaring

#: name, problems, what it is, when it helps, who may do it, code of an instrument or "".
_INTERVENTIES = (
    ("Samen de post openen", "schulden",
     "In één gesprek alle post openen, sorteren en per brief de volgende stap opschrijven.",
     "Als post blijft liggen en iemand het overzicht kwijt is.", "Consulent, samen met de deelnemer", ""),
    ("Warme overdracht naar schuldhulp", "schulden",
     "Samen bellen met schuldhulp, de eerste afspraak maken en die ook samen voorbereiden.",
     "Als iemand hulp wil, maar de eerste stap niet alleen zet.", "Consulent", "schuldhulp"),
    ("Netwerk in kaart", "netwerk psychosociaal",
     "Samen op papier tekenen wie er om iemand heen staat, en wie waarbij kan helpen.",
     "Aan het begin, of als iemand zegt dat er niemand is.", "Consulent of trainer", ""),
    ("Maatje", "netwerk taal",
     "Een vrijwilliger gaat een half jaar lang elke week samen iets doen.",
     "Als iemand weinig mensen ziet of meer Nederlands wil spreken.", "Maatjesproject, na overleg", ""),
    ("Werkplek bekijken op kleine taken", "arbeidsbeperking lichamelijk",
     "Met de werkgever het werk in taken delen en kijken welke taken passen.",
     "Als het hele beroep niet past, maar een deel van het werk wel.", "Jobcoach of accountmanager", "jobcoaching"),
    ("Opbouwschema voor uren", "lichamelijk psychosociaal",
     "Beginnen met weinig uren en die volgens een vast schema uitbreiden, met een vast moment om te kijken.",
     "Als iemand lang niet heeft gewerkt of snel moe is.", "Consulent, met de werkgever", ""),
    ("Werken aan belastbaarheid in het groen", "netwerk lichamelijk",
     "Buiten werken in een vaste groep, met lichte taken en rustmomenten.",
     "Als bewegen en ritme goed doen en druk werk nog niet lukt.", "Werkleider", "groen"),
    ("Assertiviteitstraining", "netwerk psychosociaal",
     "In een groep oefenen met vragen stellen, grenzen aangeven en feedback krijgen.",
     "Als werknemersvaardigheden ontbreken en iemand wil oefenen.", "Trainer", ""),
    ("Plan voor opvang en een reserve", "kinderopvang",
     "Samen de vaste opvang regelen en opschrijven wie inspringt als een kind ziek is.",
     "Voordat iemand begint met werk of een training.", "Consulent, samen met de ouder", "kinderopvang"),
    ("Uitleg op de werkvloer in beeld", "taal",
     "Werkinstructies als foto’s met korte zinnen, samen gemaakt op de werkplek.",
     "Als iemand het werk kan, maar de uitleg niet goed begrijpt.", "Jobcoach of werkleider", ""),
    ("Taal naast het werk", "taal",
     "Een vast moment per week Nederlands oefenen met woorden van het eigen werk.",
     "Als een taalachterstand het werk of de training in de weg zit.", "Taaldocent, na aanvraag", ""),
    ("Postadres en vaste bereikbaarheid", "huisvesting",
     "Samen regelen waar post aankomt en hoe iemand elke dag te bereiken is.",
     "Als iemand geen vaste plek heeft en afspraken mist.", "Consulent, met het wijkteam", ""),
    ("Rust eerst: kleine vaste afspraken", "huisvesting verslaving",
     "Korte afspraken op een vast tijdstip, met één doel per keer.",
     "Als er veel tegelijk speelt en een heel plan te groot is.", "Consulent", ""),
    ("Samen naar de eerste afspraak", "verslaving",
     "Meegaan naar het eerste gesprek bij een hulpverlener die iemand zelf kiest.",
     "Als iemand hulp wil en ertegen opziet om alleen te gaan.", "Consulent, als de deelnemer dat wil", ""),
    ("Je eigen verhaal voorbereiden", "detentieverleden",
     "Oefenen wat iemand zelf wil vertellen over een gat in het cv, en wat niet.",
     "Voor een gesprek met een werkgever.", "Trainer of consulent", "cv-dokter"),
)  # fmt: skip
_HIELP = (
    "Klein beginnen werkte: één stap per gesprek.",
    "Een vast moment in de week gaf rust.",
    "Het hielp om het samen op te schrijven.",
    "Vooral het oefenen vooraf maakte verschil.",
)
_HIELP_NIET = (
    "Te vroeg ingezet. Eerst rust, daarna dit.",
    "Zonder vaste begeleider viel het stil.",
)


def maak(c: Context) -> None:
    """Fifteen interventions of three years; some have no experience yet."""
    rng, schrijvers = c.rng("gereedschap"), c.org.rol["consulent"]
    for naam, problemen, wat, wanneer, wie, code in _INTERVENTIES:
        op = c.peildatum - dt.timedelta(days=rng.randint(200, 900))
        instrument = c.aanbod.instrument[code].pk if code else None
        rij = c.s.voeg(
            snel(
                Interventie,
                naam=naam,
                problemen=problemen.split(),
                wat=wat,
                wanneer=wanneer,
                wie=wie,
                instrument_id=instrument,
                toegevoegd_door_id=rng.choice(schrijvers).pk,
                toegevoegd_op=op,
            ),
            op,
        )
        for _ in range(rng.randint(0, 5)):
            hielp, dag = rng.random() < 0.75, op + dt.timedelta(days=rng.randint(20, 190))
            c.s.voeg(
                snel(
                    Interventieervaring,
                    interventie_id=rij.pk,
                    hielp=hielp,
                    tekst=rng.choice(_HIELP if hielp else _HIELP_NIET),
                    geschreven_door_id=rng.choice(schrijvers).pk,
                    geschreven_op=dag,
                ),
                dag,
            )
