"""The words of a decision, in plain Dutch: the same for the preview and for the letter that is sent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from kern.weergave import datum, euro, getal
from kern.weergave import maand as maandnaam
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.besluitbedrag import FORFAIT
from loonkostensubsidie.besluitcorrecties import correcties_van
from loonkostensubsidie.models import Beschikking
from regelgeving import opzoeken
from werkgevers.models import Vestiging

_EENHEDEN = {"euro": euro, "dagen": lambda w: f"{getal(w, 0)} dagen", "deel": lambda w: getal(w, 4, altijd=False)}
_BEZWAAR = (
    "Vindt u dit besluit niet juist? Dan kunt u bezwaar maken. Stuur uw bezwaar uiterlijk op {tot}. Schrijf erin uw "
    "naam en adres, de datum, het nummer van dit besluit en waarom u het er niet mee eens bent. Zet uw handtekening "
    "eronder."
)


def gegevens_van(rij: Beschikking, dag: dt.date) -> dict[str, Any]:
    """All that stands in the letter, as text."""
    gemeente = rij.gemeente
    return {
        "gemeente": gemeente.naam,
        "titel": titel(rij),
        "werkgever": rij.werkgever.naam,
        "aan": rij.aanvraag.contact_naam if rij.aanvraag else "",
        "adres": _adres(rij),
        "dag": datum(dag),
        "nummer": rij.nummer,
        "over": _over(rij),
        "inleiding": inleiding(rij),
        "besluit": besluit(rij),
        "bedragen": bedragen(rij),
        "eerder": eerdere_maanden(rij),
        "waarom": [deel for deel in rij.motivering.splitlines() if deel.strip()],
        "doen": plichten(rij),
        "grondslag": f"Dit besluit steunt op de {rij.grondslag}.",
        "bezwaar": _BEZWAAR.format(tot=datum(opzoeken.einde_termijn("AWB_BEZWAAR", dag))),
        "bezwaaradres": bezwaaradres(gemeente.naam, dag),
        "kopie": f"Een kopie van deze brief is voor {rij.deelnemer.naam}.",
        "stappen": stappen(rij),
        "berekend": f"Zo is het bedrag per maand op {datum(rij.ingangsdatum)} berekend." if rij.specificatie else "",
    }


def titel(rij: Beschikking) -> str:
    """The subject of the letter."""
    return {
        Besluitsoort.TOEKENNING: "U krijgt loonkostensubsidie",
        Besluitsoort.AFWIJZING: "U krijgt geen loonkostensubsidie",
        Besluitsoort.LOONWAARDE: "De loonwaarde is gemeten: uw subsidie verandert",
        Besluitsoort.WIJZIGING: "Uw loonkostensubsidie verandert",
        Besluitsoort.HERZIENING: "Uw loonkostensubsidie vanaf 1 januari",
        Besluitsoort.BEEINDIGING: "Uw loonkostensubsidie stopt",
        Besluitsoort.INTREKKING: "Wij trekken uw loonkostensubsidie in",
        Besluitsoort.HERSTEL: "U krijgt uw loonkostensubsidie terug",
    }[Besluitsoort(rij.soort)]


def _over(rij: Beschikking) -> list[list[str]]:
    uit = [["Werknemer", rij.deelnemer.naam]]
    if rij.dienstverband is not None:
        uit.append(["Functie", rij.dienstverband.functie])
    if rij.aanvraag is not None:
        uit.append(["Uw aanvraag", f"{rij.aanvraag.nummer}, ontvangen op {datum(rij.aanvraag.ontvangen_op)}"])
    if rij.subsidie is not None and rij.soort != Besluitsoort.TOEKENNING:
        uit.append(["Nummer van de subsidie", rij.subsidie.nummer])
    return uit


def inleiding(rij: Beschikking) -> str:
    """Why the employer gets this letter."""
    if rij.bezwaar is not None:
        return (
            f"Op {datum(rij.bezwaar.ontvangen_op)} kregen wij een bezwaar tegen ons besluit "
            f"{rij.bezwaar.besluit.nummer}. Dat bezwaar is gegrond. In deze brief leest u ons nieuwe besluit over "
            f"{rij.deelnemer.naam}."
        )
    if rij.aanvraag is not None and rij.aanvraag.ontvangen_op is not None:
        return (
            f"U vroeg op {datum(rij.aanvraag.ontvangen_op)} loonkostensubsidie aan voor {rij.deelnemer.naam}. "
            "In deze brief leest u ons besluit."
        )
    return f"U krijgt loonkostensubsidie voor {rij.deelnemer.naam}. In deze brief leest u wat er verandert."


def besluit(rij: Beschikking) -> list[str]:
    """What we decide, one sentence per paragraph."""
    dag, soort = datum(rij.ingangsdatum), Besluitsoort(rij.soort)
    per_maand = f"{euro(rij.totaal)} per maand" if rij.totaal is not None else ""
    uit = {
        Besluitsoort.TOEKENNING: [f"U krijgt vanaf {dag} loonkostensubsidie: {per_maand}."],
        Besluitsoort.AFWIJZING: ["Wij wijzen uw aanvraag af. U krijgt geen loonkostensubsidie."],
        Besluitsoort.LOONWAARDE: [f"De loonwaarde is gemeten. Vanaf {dag} krijgt u {per_maand}."],
        Besluitsoort.WIJZIGING: [f"Vanaf {dag} krijgt u {per_maand}."],
        Besluitsoort.HERZIENING: [
            f"Elk jaar op 1 januari berekenen wij de subsidie opnieuw. Vanaf {dag} krijgt u {per_maand}."
        ],
        Besluitsoort.BEEINDIGING: [f"Uw loonkostensubsidie stopt. De laatste dag met subsidie is {dag}."],
        Besluitsoort.HERSTEL: [
            f"Wij herstellen uw loonkostensubsidie. Vanaf {dag} krijgt u {per_maand}. Ons eerdere besluit geldt niet."
        ],
        Besluitsoort.INTREKKING: [
            "U had geen recht op deze subsidie. Wij trekken haar in. Over geld dat u terug moet betalen, krijgt u een "
            "aparte brief."
        ],
    }[soort]
    return uit + _hoe_lang(rij)


def _hoe_lang(rij: Beschikking) -> list[str]:
    if rij.totaal is None:
        return []
    regeling = rij.regeling.code if rij.regeling else ""
    if regeling == FORFAIT and rij.einddatum is not None:
        return [
            f"Dit is een vast percentage. Het geldt tot en met {datum(rij.einddatum)}. Voor die dag meten wij de "
            "loonwaarde. Daarna krijgt u een nieuw besluit."
        ]
    return ["U krijgt de subsidie zolang het dienstverband duurt en er niets verandert."]


def bedragen(rij: Beschikking) -> list[list[str]]:
    """The amounts per month, with the one before when there was one."""
    if rij.totaal is None:
        return []
    uit = [
        ["Loonkostensubsidie per maand", euro(rij.subsidiebedrag)],
        ["Vergoeding voor werkgeverslasten per maand", euro(rij.werkgeverslasten)],
        ["Samen per maand", euro(rij.totaal)],
    ]
    if rij.vorig_totaal is not None:
        uit += [
            ["Dit was per maand", euro(rij.vorig_totaal)],
            ["Verschil per maand", euro(rij.totaal - rij.vorig_totaal)],
        ]
    return uit


def eerdere_maanden(rij: Beschikking) -> dict[str, list[Any]]:
    """What the decision does to months that were counted before: sentences and a line per month, or nothing."""
    correcties = correcties_van(rij)
    if not correcties:
        return {}
    samen = sum((c.verschil for c in correcties), Decimal(0))
    if samen < 0:
        slot = f"U kreeg {euro(-samen)} te veel. Wij trekken dat af van een volgende betaling, of u krijgt een brief."
    else:
        slot = f"U krijgt nog {euro(samen)}. Wij betalen dat met een volgende betaling."
    redenen = list(dict.fromkeys(c.uitleg for c in correcties))
    return {
        "zinnen": ["Over deze maanden hadden wij al een ander bedrag berekend.", *redenen, slot],
        "regels": [[maandnaam(c.maand), euro(c.was), euro(c.wordt), euro(c.verschil)] for c in correcties],
    }


def plichten(rij: Beschikking) -> list[str]:
    """What the employer has to do, only while the subsidy runs."""
    if rij.totaal is None:
        return []
    return [
        "Wij betalen elke maand achteraf. U hoeft daarvoor niets te sturen.",
        "Verandert er iets? Geef het meteen door: andere uren, ziek of weer beter, of het einde van het contract.",
        "Soms vragen wij een loonstrook of urenstaat, om te kijken of het bedrag klopt.",
        "Betaalden wij te veel, dan moet u dat terugbetalen.",
    ]


def stappen(rij: Beschikking) -> list[list[str]]:
    """The lines of the calculation: what, how, the outcome, the article, and where its figure comes from."""
    return [
        [regel["omschrijving"], regel["berekening"], _waarde(regel), regel.get("artikel", ""), _bron(regel)]
        for regel in rij.specificatie
    ]


def _bron(regel: dict[str, str]) -> str:
    """The source of the figure that the step took from law or settings, and that it is not sure when it is not."""
    bron = regel.get("bron", "")
    return f"{bron} (nog niet bevestigd)" if bron and regel.get("status") == "onzeker" else bron


def _waarde(regel: dict[str, str]) -> str:
    return str(_EENHEDEN.get(regel["eenheid"], getal)(regel["waarde"]))


def _adres(rij: Beschikking) -> list[str]:
    """Where the employer is: the place of work, else the first one in use."""
    werk = rij.dienstverband
    rijen = Vestiging.objects.filter(werkgever=rij.werkgever_id, actief=True).exclude(straat="")
    plek = werk.vestiging if werk is not None and werk.vestiging_id else rijen.order_by("naam", "pk").first()
    if plek is None or not plek.straat:
        return []
    return [
        f"{plek.straat} {plek.huisnummer}".strip(),
        f"{plek.postcode[:4]} {plek.postcode[4:]} {plek.plaats}".strip(),
    ]


def bezwaaradres(gemeente: str, dag: dt.date) -> list[str]:
    """Where an objection goes: a dated setting of the gemeente, else its college."""
    try:
        return [str(regel) for regel in opzoeken.parameter("brief.bezwaaradres", dag)]
    except opzoeken.GegevenOntbreekt:
        return [f"Het college van burgemeester en wethouders van {gemeente}"]
