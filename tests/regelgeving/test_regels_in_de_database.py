"""The database refuses what may never be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from kern.handeling import handeling
from kern.models import Gebruiker, Gemeente
from regelgeving.models import (
    Bijstandsnorm,
    Code,
    Codelijst,
    Minimumloon,
    Parameter,
    Postcodegebied,
    Termijn,
    Voorstel,
    Vrijlating,
)
from tests.regelgeving.fabrieken import ACTOR

BASIS: dict[str, Any] = {"status": "bevestigd", "bron": "toets"}
LANG_GELEDEN = {"geldig_van": dt.date(1990, 1, 1), "geldig_tot": dt.date(1990, 12, 31)}
PARAMETER = (Parameter, {"sleutel": "toets.a", "waarde": "1"})
NORM = (Bijstandsnorm, {"huishouden": "gehuwden_21", "bedrag": Decimal(1)})
LOON = (Minimumloon, {"leeftijd_van": 18, "leeftijd_tot": 20, "percentage": Decimal(50), "uur": Decimal(7)})
VRIJ = (Vrijlating, {"soort": "premie", "wie": "iedereen", "jaarmaximum": Decimal(1)})
TERMIJN = (
    Termijn,
    {"sleutel": "TOETS", "onderwerp": "toets", "artikel": "1", "aantal": 1, "eenheid": "weken"},
)
DUBBEL = {
    "parameter_geen_overlap": PARAMETER,
    "bijstandsnorm_geen_overlap": NORM,
    "minimumloon_geen_overlap": LOON,
    "vrijlating_geen_overlap": VRIJ,
    "termijn_geen_overlap": TERMIJN,
}
MODELLEN = {model.__name__: (model, velden) for model, velden in DUBBEL.values()}


def _geweigerd(naam: str, model: Any, **velden: Any) -> None:
    with handeling(ACTOR), pytest.raises(IntegrityError, match=naam), transaction.atomic():
        model._base_manager.create(**velden)


@pytest.mark.parametrize("naam", DUBBEL)
def test_twee_waarden_op_een_dag(db: None, naam: str) -> None:
    model, velden = DUBBEL[naam]
    with handeling(ACTOR):
        model.objects.create(**velden, **BASIS, **LANG_GELEDEN)
    _geweigerd(naam, model, **velden, **BASIS, geldig_van=dt.date(1990, 12, 31), geldig_tot=dt.date(1991, 1, 1))
    with handeling(ACTOR):
        model.objects.create(**velden, **BASIS, geldig_van=dt.date(1991, 1, 1), geldig_tot=dt.date(1991, 12, 31))


def test_leeftijden_van_het_minimumloon_overlappen_niet(db: None) -> None:
    with handeling(ACTOR):
        Minimumloon.objects.create(**LOON[1], **BASIS, **LANG_GELEDEN)
    _geweigerd(
        "minimumloon_geen_overlap",
        Minimumloon,
        **LOON[1] | {"leeftijd_van": 20, "leeftijd_tot": None},
        **BASIS,
        **LANG_GELEDEN,
    )


def test_een_gemeente_mag_een_eigen_waarde_hebben_maar_niet_twee(gemeente: Gemeente) -> None:
    model, velden = PARAMETER
    with handeling(ACTOR):
        model.objects.create(**velden, **BASIS, **LANG_GELEDEN)
        model.objects.create(**velden, **BASIS, **LANG_GELEDEN, gemeente=gemeente)
    _geweigerd("parameter_geen_overlap", model, **velden, **BASIS, **LANG_GELEDEN, gemeente=gemeente)


def test_dezelfde_code_geldt_een_keer(db: None) -> None:
    with handeling(ACTOR):
        lijst = Codelijst.objects.create(sleutel="toets", naam="Toets")
        Code.objects.create(codelijst=lijst, code="1", label="Een", **BASIS)
    _geweigerd("code_geen_overlap", Code, codelijst=lijst, code="1", label="Een", **BASIS, **LANG_GELEDEN)


@pytest.mark.parametrize("naam", MODELLEN)
def test_einde_na_begin_en_bekende_zekerheid(db: None, naam: str) -> None:
    model, velden = MODELLEN[naam]
    achterstevoren = {"geldig_van": dt.date(1990, 2, 1), "geldig_tot": dt.date(1990, 1, 1)}
    with handeling(ACTOR), pytest.raises(Exception, match=r"einde_na_begin|lower bound"), transaction.atomic():
        model.objects.create(**velden, **BASIS, **achterstevoren)
    _geweigerd(f"{model._meta.model_name}_status", model, **velden, **BASIS | {"status": "zeker"}, **LANG_GELEDEN)


@pytest.mark.parametrize(
    ("naam", "soort", "anders"),
    [
        ("bijstandsnorm_huishouden", NORM, {"huishouden": "drietal"}),
        ("bijstandsnorm_positief", NORM, {"bedrag": Decimal(0)}),
        ("minimumloon_heeft_bedrag", LOON, {"uur": None}),
        ("vrijlating_soort", VRIJ, {"soort": "alles"}),
        ("vrijlating_percentage", VRIJ, {"percentage": Decimal(101)}),
        ("termijn_aantal_met_eenheid", TERMIJN, {"eenheid": ""}),
    ],
)
def test_waarden_die_niet_kunnen(
    db: None, naam: str, soort: tuple[Any, dict[str, Any]], anders: dict[str, Any]
) -> None:
    model, velden = soort
    _geweigerd(naam, model, **velden | anders, **BASIS, **LANG_GELEDEN)


def test_leeftijd_van_hoog_naar_laag(db: None) -> None:
    with (
        handeling(ACTOR),
        pytest.raises(Exception, match=r"minimumloon_leeftijd_volgorde|lower bound"),
        transaction.atomic(),
    ):
        Minimumloon.objects.create(**LOON[1] | {"leeftijd_tot": 17}, **BASIS, **LANG_GELEDEN)


def test_postcodegebied_heeft_vier_cijfers(db: None) -> None:
    _geweigerd("postcodegebied_vier_cijfers", Postcodegebied, pc4="012A", plaats="x", breedtegraad=52, lengtegraad=4)


def _voorstel(door: Gebruiker, **anders: Any) -> Voorstel:
    with handeling(ACTOR):
        return Voorstel.objects.create(
            **{
                "soort": "parameter",
                "omschrijving": "Toets",
                "voorgesteld_door": door,
                "voorgesteld_op": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
                "status_sinds": dt.date(2026, 1, 1),
            }
            | anders
        )


@pytest.mark.parametrize(
    ("naam", "anders"),
    [
        ("voorstel_status|voorstel_besluit", {"status": "vergeten"}),
        ("voorstel_besluit_heeft_persoon", {"status": "goedgekeurd"}),
    ],
)
def test_voorstel_dat_niet_kan(beheerder: Gebruiker, naam: str, anders: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        _voorstel(beheerder, **anders)


def test_dezelfde_persoon_kan_niet_goedkeuren_ook_niet_buiten_de_service_om(beheerder: Gebruiker) -> None:
    voorstel = _voorstel(beheerder)
    with (
        handeling(ACTOR),
        pytest.raises(IntegrityError, match="voorstel_twee_personen"),
        transaction.atomic(),
    ):
        Voorstel.objects.filter(pk=voorstel.pk).update(
            status="goedgekeurd", beslist_door=beheerder, beslist_op=dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
        )


@pytest.mark.parametrize("veld", ["inhoud", "voorgesteld_door", "soort"])
def test_wat_is_voorgesteld_verandert_niet_meer(beheerder: Gebruiker, collega: Gebruiker, veld: str) -> None:
    voorstel = _voorstel(beheerder)
    waarde = {"inhoud": {"a": 1}, "voorgesteld_door": collega, "soort": "code"}[veld]
    with (
        handeling(ACTOR),
        pytest.raises((InternalError, Exception), match="Cannot update"),
        transaction.atomic(),
    ):
        Voorstel.objects.filter(pk=voorstel.pk).update(**{veld: waarde})
