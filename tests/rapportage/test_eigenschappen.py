"""What must hold for any data: the sums, the list behind the tile, stored figures, the night run twice."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.aansluitingen import feiten as aansluiting
from kern.aansluitingen.feiten import Feitbron
from rapportage.keuzes import MEERVOUDIG, Dimensie, Einde, Groep
from rapportage.models import INHOUD, Cijferstand
from rapportage.motor import feiten
from rapportage.motor.standen import actuele_versies, dagen, dims_van
from rapportage.motor.taal import BUS_REDENEN, UITKOMSTEN
from rapportage.motor.vraag import Telling, Vraag
from rapportage.services.nacht import bereken_nu

pytestmark = pytest.mark.django_db
PEIL = dt.date(2014, 10, 17)
_SOORTEN = {
    "uren": "numeric(4,1)",
    "kenmerken": "jsonb",
    "stopgezet": "boolean",
    "volgorde": "integer",
    "trede": "smallint",
    "trede_start": "smallint",
}


def _kolom(naam: str) -> str:
    if naam in _SOORTEN:
        soort = _SOORTEN[naam]
    elif naam.endswith("_id"):
        soort = "bigint"
    elif naam in {"datum", "geldig_van", "geldig_tot", "traject_einde"} or naam.endswith("_op"):
        soort = "date"
    else:
        return f"j ->> '{naam}' AS {naam}"
    return f"(j ->> '{naam}')::{soort} AS {naam}"


def bron(soort: str, rijen: list[dict[str, Any]]) -> Feitbron:
    """A source that yields just these facts."""
    leeg = dict.fromkeys(INHOUD) | {"volgorde": 0, "stopgezet": False, "kenmerken": {}}
    leeg |= dict.fromkeys(("status", "uitkomst", "bus_reden", "groep", "bron", "vorm"), "")
    tekst = json.dumps([leeg | rij | {"sleutel": f"{soort}:{i}"} for i, rij in enumerate(rijen)]).replace("'", "''")
    kolommen = ", ".join(_kolom(naam) for naam in INHOUD)
    return Feitbron(soort, "toets", f"SELECT {kolommen} FROM jsonb_array_elements('{tekst}'::jsonb) j")


@contextmanager
def alleen(*bronnen: Feitbron) -> Iterator[None]:
    oud = dict(aansluiting._bronnen)
    aansluiting._bronnen.clear()
    aansluiting._bronnen.update({b.soort: b for b in bronnen})
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        aansluiting._bronnen.clear()
        aansluiting._bronnen.update(oud)


datums = st.dates(dt.date(2011, 10, 1), dt.date(2014, 12, 31)).map(str)
dimensies = {
    "deelnemer_id": st.one_of(st.none(), st.integers(1, 6)),
    "team_id": st.one_of(st.none(), st.integers(1, 3)),
    "gebied_id": st.one_of(st.none(), st.integers(1, 2)),
    "trede": st.one_of(st.none(), st.integers(1, 4)),
    "trede_start": st.one_of(st.none(), st.integers(1, 4)),
    "bron": st.sampled_from(["", "intake", "activering"]),
}
einde = st.fixed_dictionaries(
    dimensies
    | {
        "datum": datums,
        "traject_einde": st.one_of(st.none(), datums),
        "status": st.sampled_from(["", *Einde.values]),
        "uitkomst": st.sampled_from(list(UITKOMSTEN)),
        "groep": st.sampled_from(["", *Groep.values]),
        "bus_reden": st.sampled_from(["", *BUS_REDENEN]),
        "volgorde": st.integers(0, 2),
        "stopgezet": st.booleans(),
        "nagekomen_op": st.one_of(st.none(), st.sampled_from(["2012-12-31", "2013-12-31"])),
    }
).map(lambda r: r | {"pijler_id": None if r["team_id"] is None else r["team_id"] % 2})
dienstverband = st.tuples(
    st.fixed_dictionaries(
        dimensies
        | {
            "geldig_van": datums,
            "vorm": st.sampled_from(["sw", "lks", "begeleid_werken", "id"]),
            "status": st.sampled_from(["eigen", "elders"]),
        }
    ),
    st.one_of(st.none(), st.integers(0, 500)),
).map(
    lambda paar: (
        paar[0]
        | {
            "geldig_tot": None
            if paar[1] is None
            else str(dt.date.fromisoformat(paar[0]["geldig_van"]) + dt.timedelta(paar[1]))
        }
    )
)
veel = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@veel
@given(einden=st.lists(einde, max_size=25), werk=st.lists(dienstverband, max_size=20))
@pytest.mark.eis("R163", "elk cijfer is precies het aantal rijen dat meetelt in de lijst die het opent")
def test_voor_alle_gegevens(gemeente: Any, einden: list[dict[str, Any]], werk: list[dict[str, Any]]) -> None:
    with alleen(bron("trajecteinde", einden), bron("dienstverband", werk)):
        run = bereken_nu(PEIL)
        actueel = {a.versie.indicator.code: a for a in actuele_versies(PEIL)}
        codes = {a.versie.pk: code for code, a in actueel.items()}
        for dag in (PEIL, dt.date(2013, 12, 31), dt.date(2013, 5, 31)):
            t = {code: Vraag(a.definitie, dag, run.stempel).telling() for code, a in actueel.items()}
            assert t["1.0"].teller == t["1.1"].teller + t["overige"].teller
            assert t["1.4-strikt"].teller <= t["1.4-ruim"].teller <= t["1.4-ruim"].noemer == t["1.4-strikt"].noemer
            assert t["sw"].teller <= t["1.1"].teller
            for code, a in actueel.items():
                vraag = Vraag(a.definitie, dag, run.stempel)
                rijen = vraag.rijen(limiet=1000)
                assert sum(r.telt == 2 for r in rijen) == t[code].teller, code
                assert sum(r.telt > 0 for r in rijen) == t[code].noemer, code
                assert vraag.aantallen()["mee"] == t[code].teller
                for dimensie in [d for d in Dimensie if d not in {Dimensie.HEEL, *MEERVOUDIG}]:
                    delen = vraag.per(dimensie)
                    assert sum(d.teller for d in delen.values()) == t[code].teller, (code, dimensie)
                    assert sum(d.noemer for d in delen.values()) == t[code].noemer, (code, dimensie)
        for stand in Cijferstand.objects.order_by("pk"):
            definitie = actueel[codes[stand.versie_id]].definitie
            if stand.dag in (PEIL, dt.date(2014, 1, 31), dt.date(2012, 12, 31), dagen(PEIL)[0]):
                live = Vraag(definitie, stand.dag, run.stempel, dims_van(stand.dimensie, stand.waarde)).telling()
                assert live == Telling(stand.teller, stand.noemer, stand.stopgezet), (
                    codes[stand.versie_id],
                    stand,
                )


@veel
@given(eerst=st.lists(einde, max_size=10), daarna=st.lists(einde, max_size=10))
def test_twee_keer_draaien_verandert_niets_en_wat_was_blijft_te_zien(
    gemeente: Any, eerst: list[dict[str, Any]], daarna: list[dict[str, Any]]
) -> None:
    with alleen(bron("trajecteinde", eerst)):
        run = bereken_nu(PEIL)
        toen = {a.versie.pk: Vraag(a.definitie, PEIL, run.stempel).telling() for a in actuele_versies(PEIL)}
        nog_eens = bereken_nu(PEIL)
        assert (nog_eens.nieuw, nog_eens.gesloten) == (0, 0)
        assert feiten.afwijkingen(run.gemeente_id, PEIL) == {"trajecteinde": 0}
        aansluiting._bronnen["trajecteinde"] = bron("trajecteinde", daarna)
        bereken_nu(PEIL)
        assert feiten.afwijkingen(run.gemeente_id, PEIL) == {"trajecteinde": 0}
        na = {a.versie.pk: Vraag(a.definitie, PEIL, run.stempel).telling() for a in actuele_versies(PEIL)}
        assert na == toen
