"""The fase of the former system comes along with a referral and stays a scale of its own (R012)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from aanmeldingen.services import accepteer
from deelnemers.models import OudeFase, Trede
from deelnemers.services.oudefase import bewaar_oude_fase
from kern import klok
from kern.models import ApiClient
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.deelnemers.fabrieken import TOETS
from tests.kern.fabrieken import FABRIEK


@pytest.fixture
def consulent(maak_medewerker: Any, team: Any) -> Any:
    return maak_medewerker("consulent", team=team)


def met_fase(intake: ApiClient, **fase: Any) -> Any:
    return maak_aanmelding(intake, adviesrapport=lichaam()["adviesrapport"] | {"oudeFase": fase})


@pytest.mark.eis(
    "R012", "Een oude fase uit een aanmelding of bestand staat apart in het dossier en wordt nooit een trede"
)
def test_oude_fase_staat_apart_in_het_dossier(intake: ApiClient, consulent: Any, client: Any) -> None:
    deelnemer = accepteer(met_fase(intake, waarde=2, sinds="2013-05-01"), actor=FABRIEK, medewerker=consulent)
    fase = OudeFase.objects.get(deelnemer=deelnemer)
    assert (fase.waarde, fase.vastgesteld_op.isoformat(), fase.ontvangen_op) == (2, "2013-05-01", klok.vandaag())
    deelnemer.refresh_from_db()
    assert deelnemer.trede_nu is None and not Trede.objects.exists()
    client.force_login(consulent.gebruiker)
    blad = client.get(reverse("diagnose", args=[deelnemer.dossiernummer])).content.decode()
    assert "Oude fase (uit het vorige systeem)" in blad and "Fase 2" in blad and "sinds 1 mei 2013" in blad
    bewaar_oude_fase(deelnemer, 2, sinds=fase.vastgesteld_op, bron="x", ontvangen_op=klok.vandaag(), actor=TOETS)
    assert OudeFase.objects.count() == 1, "dezelfde fase nog een keer leveren geeft niets dubbel"


def test_zonder_oude_fase_staat_er_niets(intake: ApiClient, consulent: Any, client: Any) -> None:
    """R012: who has none gets no empty heading."""
    deelnemer = accepteer(maak_aanmelding(intake), actor=FABRIEK, medewerker=consulent)
    client.force_login(consulent.gebruiker)
    assert "Oude fase" not in client.get(reverse("diagnose", args=[deelnemer.dossiernummer])).content.decode()
    assert not OudeFase.objects.exists()


@pytest.mark.parametrize("waarde", [0, 5, "drie"])
def test_alleen_fase_een_tot_en_met_vier(waarde: Any) -> None:
    """R012: another value comes back with the field."""
    from aanmeldingen.api.rapport import Adviesrapport

    invoer = Adviesrapport(data={"oudeFase": {"waarde": waarde}})
    assert not invoer.is_valid() and "waarde" in invoer.errors["oudeFase"]
