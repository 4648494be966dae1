"""The sender reads the evaluations of its own routes, once they are finalised (R038)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aanmeldingen import services
from aanmeldingen.models import Route, Routeafspraak, Routeevaluatie
from kern.handeling import handeling
from tests.aanmeldingen.test_evaluatie import (  # noqa: F401 - fixtures
    KWARTAAL,
    beheerder,
    consulent,
    kwartaal,
    leg_vast,
    op,
)
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.vragen import groeit_niet

pytestmark = pytest.mark.django_db
PAD = "/api/v1/kengetallen/evaluaties"


def _vaststellen(beheerder: Any) -> None:  # noqa: F811
    leg_vast(beheerder)
    _maak_vast(beheerder)


def _maak_vast(beheerder: Any) -> None:  # noqa: F811
    route, af = Route.objects.get(code="intake"), {"wat": "Talen altijd meesturen", "eigenaar": "Intake"}
    services.spreek_af(route, KWARTAAL, **af, uiterlijk_op=dt.date(2026, 12, 1), actor=beheerder)
    services.stel_evaluatie_vast(route, KWARTAAL, actor=beheerder)


@pytest.mark.eis("R038", "de verwijzer leest de vastgestelde evaluatie van zijn eigen route via de API, en geen andere")
def test_alleen_eigen_en_vastgesteld(api: Api, kwartaal: None, beheerder: Any) -> None:  # noqa: F811
    leg_vast(beheerder)
    assert api.get(PAD).json() == {"resultaten": [], "totaalAantal": 0}
    assert api.get(f"{PAD}/intake/2026-k3").status_code == 404
    _maak_vast(beheerder)
    [kort] = api.get(PAD).json()["resultaten"]
    assert (kort["route"], kort["periode"], kort["van"], kort["tot"]) == (
        "intake",
        "2026-k3",
        "2026-07-01",
        "2026-09-30",
    )
    een = api.get(f"{PAD}/intake/2026-k3").json()
    assert een["verslag"] == "De talen ontbreken te vaak."
    nu = een["cijfers"]
    assert (nu["besloten"], nu["goed"], nu["percentage"], nu["ingetrokken"]) == (16, 6, 37.5, None)
    assert nu["redenen"] == [{"reden": "terug:al_in_traject", "aantal": 5}, {"reden": "vraag:talen", "aantal": 5}]
    assert nu["antwoord"] == {"mediaan": 0, "p90": 5}
    assert een["cijfersPeriodeErvoor"]["besloten"] is None  # two: too small to show
    assert een["afspraken"] == [
        {
            "wat": "Talen altijd meesturen",
            "wie": "Intake",
            "uiterlijkOp": "2026-12-01",
            "gedaanOp": None,
            "routeversie": None,
        }
    ]
    client_met_sleutel("koers", "koers_naar_werk", eigen_organisatie=True)
    ander = Api("koers")
    assert ander.get(PAD).json()["totaalAantal"] == 0
    assert ander.get(f"{PAD}/intake/2026-k3").status_code == 404


def test_een_afspraak_die_klaar_is_staat_er_zo(api: Api, kwartaal: None, beheerder: Any) -> None:  # noqa: F811
    _vaststellen(beheerder)
    afspraak = Routeafspraak.objects.get()
    services.werk_afspraak_bij(afspraak, gedaan_op=dt.date(2026, 10, 20), routeversie=None, actor=beheerder)
    assert api.get(f"{PAD}/intake/2026-k3").json()["afspraken"][0]["gedaanOp"] == "2026-10-20"


@pytest.mark.parametrize("eind", ["intake/2026-k2", "intake/2026", "intake/gisteren", "bestaat-niet/2026-k3"])
def test_wat_er_niet_is(api: Api, kwartaal: None, beheerder: Any, eind: str) -> None:  # noqa: F811
    _vaststellen(beheerder)
    antwoord = api.get(f"{PAD}/{eind}")
    assert (antwoord.status_code, antwoord.json()["code"]) == (404, "niet-gevonden")


def test_zonder_de_scope_niet(kwartaal: None) -> None:  # noqa: F811
    client_met_sleutel("alleen-indienen", "intake", scopes=["aanmeldingen.indienen"])
    assert Api("alleen-indienen").get(PAD).status_code == 403


def test_de_lijst_kost_niet_meer_bij_meer_evaluaties(api: Api, kwartaal: None, beheerder: Any, op: Any) -> None:  # noqa: F811
    _vaststellen(beheerder)
    route = Route.objects.get(code="intake")

    def meer() -> None:
        eerste = Routeevaluatie.objects.get(van=KWARTAAL.van)
        with handeling(beheerder):
            for jaar in range(2014, 2026):
                Routeevaluatie.objects.create(
                    route=route, van=dt.date(jaar, 1, 1), tot=dt.date(jaar, 12, 31), status="vastgesteld",
                    gesprek_op=dt.date(jaar + 1, 2, 1), aanwezigen="x", verslag="x", cijfers=eerste.cijfers,
                    vastgesteld_op=eerste.vastgesteld_op, vastgesteld_door_id=eerste.vastgesteld_door_id,
                )  # fmt: skip

    groeit_niet(lambda: api.get(PAD), meer, "evaluaties", maximum=12)
