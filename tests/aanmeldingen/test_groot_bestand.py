"""A large file with every kind of fault that a line can have: the good ones in, each fault told by line and field."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stdnum.nl import bsn as elfproef

from aanmeldingen.models import Aanlevering, Aanmelding
from tests.aanmeldingen.fabrieken import bsn_nummer, lichaam
from tests.aanmeldingen.test_aanleveren import lees_antwoord, stand_van_alles, zet

pytestmark = pytest.mark.django_db
#: A person who is in the file once, right, on the first line.
EERSTE = bsn_nummer(9100)
AFGEKEURD, ONLEESBAAR = "afgekeurd", "onleesbaar"


def anders(**delen: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Replace parts of a body; a part of the report is named as `adviesrapport__talen`."""

    def doe(inhoud: dict[str, Any]) -> dict[str, Any]:
        for naam, waarde in delen.items():
            kop, _, staart = naam.partition("__")
            if staart:
                inhoud[kop] = {**inhoud[kop], staart: waarde}
            else:
                inhoud[kop] = waarde
        return inhoud

    return doe


def zonder(naam: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Leave a part out."""
    return lambda inhoud: {n: w for n, w in inhoud.items() if n != naam}


#: What goes wrong → (how to make it, how the line ends, the fields that are told).
FOUTEN: dict[str, tuple[Callable[[dict[str, Any]], Any], str, list[str]]] = {
    "verplicht veld weg": (anders(naam={"roepnaam": "X"}), AFGEKEURD, ["naam.geslachtsnaam"]),
    "verplicht deel weg": (zonder("verwijsreden"), AFGEKEURD, ["verwijsreden"]),
    "door de route gevraagd": (zonder("uitkering"), AFGEKEURD, ["uitkering"]),
    "geen datum": (anders(geboortedatum="gisteren"), AFGEKEURD, ["geboortedatum"]),
    "datum in de toekomst": (anders(geboortedatum="2999-01-01"), AFGEKEURD, ["geboortedatum"]),
    "geen e-mailadres": (anders(verwijzer={"naam": "K", "email": "nee"}), AFGEKEURD, ["verwijzer.email"]),
    "elfproef": (anders(burgerservicenummer="123456789"), AFGEKEURD, ["burgerservicenummer"]),
    "dezelfde persoon": (anders(burgerservicenummer=EERSTE), AFGEKEURD, ["burgerservicenummer"]),
    "BSN als referentie": (anders(externeReferentie=f"x-{EERSTE}"), AFGEKEURD, ["externeReferentie"]),
    "onbekend veld": (anders(kleur="rood"), AFGEKEURD, ["kleur"]),
    "onbekende code": (anders(verwijsreden="zomaar"), AFGEKEURD, ["verwijsreden"]),
    "onbekende route": (anders(route="bestaat-niet"), AFGEKEURD, ["route"]),
    "andere afdeling": (anders(bronafdeling="uwv"), AFGEKEURD, ["bronafdeling", "route"]),
    "onbekende eerdere": (anders(eerdereAanmelding=str(uuid.uuid4())), AFGEKEURD, ["eerdereAanmelding"]),
    "tekst waar een object hoort": (anders(naam="Samira"), AFGEKEURD, ["naam"]),
    "in een lijst": (
        anders(adviesrapport__opleidingen=[{"niveau": 2, "naam": "x", "status": "diploma"}, {"niveau": 9}]),
        AFGEKEURD,
        ["adviesrapport.opleidingen[1].niveau"],
    ),
    "twee velden spreken elkaar tegen": (
        anders(adviesrapport__beschikbaarheid={"urenMin": 30, "urenMax": 20}),
        AFGEKEURD,
        ["adviesrapport.beschikbaarheid.urenMin"],
    ),
    "twee fouten op een regel": (
        anders(geboortedatum="gisteren", verwijsreden="zomaar"),
        AFGEKEURD,
        ["geboortedatum", "verwijsreden"],
    ),
    "kapotte JSON": (lambda inhoud: json.dumps(inhoud)[:-5], ONLEESBAAR, ["regel"]),
    "geen object": (lambda inhoud: json.dumps([inhoud]), ONLEESBAAR, ["regel"]),
    "geen getal": (lambda inhoud: '{"adviesrapport": NaN}', ONLEESBAAR, ["regel"]),
    "verkeerde tekens": (lambda inhoud: json.dumps(inhoud).encode() + b" \xff\xfe", ONLEESBAAR, ["regel"]),
    "een half teken": (anders(toelichting="\ud800"), ONLEESBAAR, ["regel"]),
    "te lang": (anders(toelichting="x" * 1_100_000), ONLEESBAAR, ["regel"]),
}


def maak(aantal: int, kapot: dict[int, str]) -> list[Any]:
    """The lines: every person once, faults on the lines of `kapot`."""
    basis = lichaam()
    bsns = (nummer for nummer in map(str, range(999_800_000, 10**9)) if elfproef.is_valid(nummer))

    def een(nummer: int) -> Any:
        wie = EERSTE if nummer == 1 else next(bsns)
        inhoud = basis | {"burgerservicenummer": wie, "externeReferentie": f"GROOT-{nummer}"}
        return FOUTEN[kapot[nummer]][0](inhoud) if nummer in kapot else inhoud

    return [een(nummer) for nummer in range(1, aantal + 1)]


@pytest.mark.parametrize(("aantal", "fouten"), [(240, 48), pytest.param(10_000, 300, marks=pytest.mark.volledig)])
@pytest.mark.eis("R021", "een groot bestand met elke soort fout: al het goede komt binnen, elke fout met regel en veld")
def test_groot_bestand(postvak: Path, draai: Any, aantal: int, fouten: int) -> None:
    """10,000 rows with 300 faults: 9,700 in, 300 told by line and field; a second run changes nothing."""
    soorten, stap = list(FOUTEN), aantal // fouten
    kapot = {nummer * stap: soorten[nummer % len(soorten)] for nummer in range(1, fouten + 1)}
    assert set(kapot.values()) == set(soorten), "elke soort fout zit erin"
    pad = zet(postvak / "groot.jsonl", *maak(aantal, kapot))
    kopie = pad.read_bytes()
    draai()
    levering, antwoorden = Aanlevering.objects.get(), lees_antwoord(pad)
    per_stand = {s: sum(FOUTEN[soort][1] == s for soort in kapot.values()) for s in (AFGEKEURD, ONLEESBAAR)}
    assert (levering.regels, levering.verwerkt) == (aantal, aantal - fouten)
    gemeld = {
        a["regel"]: (a["status"], sorted({f["veld"] for f in a["fouten"]}))
        for a in antwoorden
        if a["status"] != "verwerkt"
    }
    assert gemeld == {nummer: (FOUTEN[soort][1], sorted(FOUTEN[soort][2])) for nummer, soort in kapot.items()}
    assert (levering.afgekeurd, levering.onleesbaar) == (per_stand[AFGEKEURD], per_stand[ONLEESBAAR])
    assert all(f["reden"] for a in antwoorden for f in a.get("fouten", []))
    nummers = [a["volgnummer"] for a in antwoorden if a["status"] == "verwerkt"]
    assert len(set(nummers)) == aantal - fouten == Aanmelding.objects.count()
    voor = stand_van_alles()
    pad.write_bytes(kopie)
    draai()
    assert stand_van_alles() == voor and lees_antwoord(pad) == antwoorden
