"""A message with Handhaving without an answer: who is at turn hears it, then who can phone, each once (R215)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from aanmeldingen.models import Handhavingssignaal, Rappel
from aanmeldingen.services import handhaving as dienst
from kern.handeling import Actor, handeling
from kern.models import Bericht, Taakloop
from kern.taken import voer_uit
from reintegratie.nacht import KETEN
from tests.aanmeldingen.test_handhaving import SIGNAAL
from tests.deelnemers.fabrieken import met_regie
from tests.deelnemers.test_beperking import beperk
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
DAGEN = ("2026-03-16", "2026-03-17", "2026-03-18", "2026-03-24", "2026-05-04")


@pytest.fixture(autouse=True)
def _maart(wet: None, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"


@pytest.fixture
def nacht(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("aanmeldingen.overdracht", gemeente)


@pytest.fixture
def mensen(routes: None, team: Any, maak_medewerker: Any) -> dict[str, Any]:
    rollen = {"consulent": team, "teammanager": team, "handhaver": None}
    return {rol: maak_medewerker(rol, **({"team": waar} if waar else {})) for rol, waar in rollen.items()}


@pytest.fixture
def samira(mensen: dict[str, Any], team: Any) -> Any:
    return met_regie(mensen["consulent"], team, geslachtsnaam="Deeltijd")


def stuur(samira: Any, richting: str, **meer: Any) -> Handhavingssignaal:
    return dienst.stuur_signaal(samira, richting, **SIGNAAL, actor=FABRIEK, **meer)  # type: ignore[arg-type]


@pytest.mark.eis("R215", "een bericht met Handhaving zonder antwoord: eerst wie aan zet is, dan wie kan bellen")
@pytest.mark.parametrize(
    ("richting", "eerst", "daarna"), [("naar", "handhaver", "consulent"), ("van", "consulent", "teammanager")]
)
def test_eerst_wie_aan_zet_is_dan_wie_kan_bellen(  # noqa: PLR0917 - fixtures
    samira: Any, mensen: dict[str, Any], nacht: Any, settings: Any, richting: str, eerst: str, daarna: str
) -> None:
    rij = stuur(samira, richting, medewerker=mensen["consulent"] if richting == "naar" else None)
    eerder = Bericht.objects.count()
    aan = [[], [eerst], [eerst], [eerst, daarna], [eerst, daarna]]
    for dag, wie in zip(DAGEN, aan, strict=True):
        settings.PEILDATUM = dag
        nacht()
        nacht()
        verwacht = [mensen[rol].gebruiker.email for rol in wie]
        assert list(Bericht.objects.order_by("pk").values_list("aan", flat=True)[eerder:]) == verwacht, dag
    assert list(Rappel.objects.order_by("pk").values_list("over", "trap", "naar")) == [
        (rij.pk, 1, mensen[eerst].naam),
        (rij.pk, 2, mensen[daarna].naam),
    ]
    teksten = " ".join(f"{b.onderwerp} {b.tekst}" for b in Bericht.objects.order_by("pk")[eerder:])
    for geheim in ("Deeltijd", samira.dossiernummer, SIGNAAL["inhoud"], SIGNAAL["doel"]):
        assert geheim not in teksten
    client = Client()
    client.force_login(mensen["consulent"].gebruiker)
    blad = client.get(f"/handhaving/signalen/{rij.kenmerk}").content.decode()
    assert blad.count("Herinnering gestuurd") == 2


def test_wie_antwoordde_introk_of_beperkt_is_wordt_niet_herinnerd(  # noqa: PLR0917 - fixtures
    samira: Any, mensen: dict[str, Any], team: Any, nacht: Any, settings: Any, maak_medewerker: Any
) -> None:
    dienst.beantwoord_signaal(stuur(samira, "naar"), "Gezien.", handhaver=True, actor=FABRIEK)
    dienst.trek_signaal_in(stuur(samira, "van"), handhaver=True, actor=FABRIEK, reden="Vergissing.")
    dicht = met_regie(mensen["consulent"], team)
    stuur(dicht, "naar")
    beperk(dicht, Actor.van_gebruiker(maak_medewerker("privacy_officer").gebruiker))
    settings.PEILDATUM = "2026-03-20"
    assert nacht().tellingen.get("herinnerd aan een bericht met Handhaving", 0) == 0
    assert not Rappel.objects.exists()


def test_de_nacht_doet_het_zelf() -> None:
    assert "aanmeldingen.overdracht" in str(KETEN)


def test_de_database_weigert_een_tweede_keer_en_een_halve(samira: Any) -> None:
    rij = stuur(samira, "naar")
    velden = {"deelnemer": samira, "soort": "signaal", "over": rij.pk, "trap": 1, "naar": "x", "op": "2026-03-17"}
    with handeling(FABRIEK):
        Rappel.objects.create(**velden)
    for anders, regel in (({}, "rappel_signaal_een_keer"), ({"soort": "vraag"}, "rappel_over_een_ding")):
        with pytest.raises(IntegrityError, match=regel), transaction.atomic(), handeling(FABRIEK):
            Rappel.objects.create(**(velden | anders))
