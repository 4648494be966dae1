"""Who referred the person hears that data were corrected or restricted (AVG art. 19): the same reports as a merge."""

from __future__ import annotations

from typing import Any

import pytest

from aanmeldingen.models import Aanmelding, Correctiemelding
from deelnemers.services import privacy
from kern import klok
from kern.aansluitingen import samenvoegen
from kern.models import ApiClient, Gebeurtenis
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_correcties import aangenomen, gebeurtenissen
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulent(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


def besloten(aanmelding: Aanmelding, soort: str, actie: str) -> Any:
    vraag = "Mijn adres klopt niet: het is Dorpsstraat 14."
    rij = privacy.neem_in(aanmelding.deelnemer, soort, klok.vandaag(), "post", vraag=vraag, actor=FABRIEK)
    privacy.stel_identiteit_vast(rij, "document", actor=FABRIEK)
    return privacy.beslis(rij, actie, reden="We hebben het uitgezocht.", actor=FABRIEK)


@pytest.mark.parametrize("soort", ["correctie", "beperking"])
def test_wie_de_gegevens_gaf_of_kreeg_hoort_dat_ze_zijn_gewijzigd(
    intake: ApiClient, consulent: Any, soort: str
) -> None:
    aanmelding = aangenomen(intake, consulent)
    maak_aanmelding(intake)  # somebody else: hears nothing
    rij = besloten(aanmelding, soort, "toewijzen")
    melding = Correctiemelding.objects.get()
    assert (melding.aanleiding, melding.wijziging) == (rij.aanleiding, "gegevens-gecorrigeerd")
    (gemeld,) = samenvoegen.gemeld(rij.aanleiding)
    assert (gemeld.aan, gemeld.over) == (intake.naam, aanmelding.volgnummer)
    # What was asked and decided stays inside.
    assert "Dorpsstraat 14" not in str(gebeurtenissen(intake)) and "uitgezocht" not in str(gebeurtenissen(intake))
    intern = Gebeurtenis.objects.get(type=privacy.RECHT_TOEGEPAST)
    assert (intern.data, intern.client) == ({"verzoek": rij.pk}, None)


@pytest.mark.parametrize(("soort", "actie"), [("correctie", "afwijzen"), ("bezwaar", "toewijzen")])
def test_niemand_hoort_iets_als_er_niets_verandert(intake: ApiClient, consulent: Any, soort: str, actie: str) -> None:
    besloten(aangenomen(intake, consulent), soort, actie)
    assert not Correctiemelding.objects.exists()
