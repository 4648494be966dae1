"""Who referred the person hears that data were corrected or restricted (AVG art. 19): the same reports as a merge."""

from __future__ import annotations

from typing import Any

import pytest

from aanmeldingen.keuzes import Persoonswijziging
from aanmeldingen.models import Aanmelding, Correctiemelding
from aanmeldingen.services import correcties
from deelnemers.services import privacy
from kern import klok
from kern.aansluitingen import samenvoegen
from kern.handeling import handeling
from kern.models import ApiClient, Bericht, Gebeurtenis
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


@pytest.mark.parametrize(
    ("soort", "wijziging"), [("correctie", "gegevens-gecorrigeerd"), ("beperking", "gebruik-beperkt")]
)
def test_wie_de_gegevens_gaf_of_kreeg_hoort_wat_ermee_gebeurt(
    intake: ApiClient, consulent: Any, soort: str, wijziging: str
) -> None:
    aanmelding = aangenomen(intake, consulent)
    maak_aanmelding(intake)  # somebody else: hears nothing
    rij = besloten(aanmelding, soort, "toewijzen")
    melding = Correctiemelding.objects.get()
    assert (melding.aanleiding, melding.wijziging) == (rij.aanleiding, wijziging)
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


@pytest.mark.parametrize(
    ("soort", "wijziging", "onderwerp", "zin"),
    [
        ("wissen", "gegevens-gewist", "Gegevens worden gewist", "We wissen de gegevens"),
        ("beperking", "gebruik-beperkt", "Gebruik van gegevens beperkt", "gebruiken de gegevens"),
        ("correctie", "gegevens-gecorrigeerd", "Gegevens verbeterd", "hebben gegevens verbeterd"),
    ],
)
def test_wie_een_bericht_krijgt_leest_wat_er_met_de_gegevens_gebeurt(  # noqa: PLR0917 - parameters
    intake: ApiClient, consulent: Any, soort: str, wijziging: str, onderwerp: str, zin: str
) -> None:
    """AVG art. 19 knows three things to tell; each has words of its own, by mail and by event."""
    aanmelding = aangenomen(intake, consulent)
    vraag = privacy.neem_in(aanmelding.deelnemer, soort, klok.vandaag(), "post", vraag="Dit wil ik.", actor=FABRIEK)
    rijen = Aanmelding.objects.filter(pk=aanmelding.pk)
    with handeling(FABRIEK):
        correcties.bij_privacyrecht(Gebeurtenis(data={"verzoek": vraag.pk}))
        Aanmelding.objects.filter(pk=aanmelding.pk).update(client=None)
        correcties.vertel(rijen, "met de post", Persoonswijziging(wijziging))
    systeem, post = Correctiemelding.objects.order_by("pk")
    assert (systeem.wijziging, systeem.wijze, post.wijze) == (wijziging, "api", "email")
    assert gebeurtenissen(intake)[-1]["wijziging"] == wijziging
    bericht = Bericht.objects.latest("pk")
    assert bericht.onderwerp == f"{onderwerp} bij aanmelding {aanmelding.volgnummer}"
    assert zin in bericht.tekst and ("Dat nummer blijft" in bericht.tekst) == (soort != "wissen")
    assert "Dit wil ik" not in bericht.tekst
