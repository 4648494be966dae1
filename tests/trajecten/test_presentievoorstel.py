"""Attendance proposes a score for coming on time; a person confirms it (leap 8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Competentiemeting
from kern.aansluitingen import dossier
from kern.handeling import handeling
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import BijeenkomstFabriek, GroepFabriek, GroepsdeelnameFabriek, Wereld, dagen, moment
from trajecten.services.groepen import leg_aanwezigheid_vast

pytestmark = pytest.mark.django_db


@pytest.fixture
def groep(wereld: Wereld) -> Any:
    rij = GroepFabriek(team=wereld.team, trainer=wereld.consulent, begindatum=dagen(-100), einddatum=None)
    GroepsdeelnameFabriek(groep=rij, deelnemer=wereld.deelnemer, begindatum=dagen(-100))
    return rij


def was(wereld: Wereld, groep: Any, *standen: str, vanaf: int = -30) -> None:
    for nummer, stand in enumerate(standen):
        les = BijeenkomstFabriek(groep=groep, nummer=100 + vanaf + nummer, begint_op=moment(vanaf + nummer))
        leg_aanwezigheid_vast(les, {wereld.deelnemer.pk: stand}, actor=wereld.actor)


@pytest.mark.eis("R050", "De presentie doet een voorstel voor op tijd komen, langs de ankers van de schaal")
@pytest.mark.parametrize(
    ("standen", "score", "telling"),
    [
        (("aanwezig", "aanwezig", "afgemeld", "ziek"), 5, "4 keer op tijd of afgemeld."),
        (
            ("aanwezig", "aanwezig", "te_laat", "niet_verschenen"),
            3,
            "afgemeld, 1 keer te laat, 1 keer niet.",
        ),
        (("te_laat", "te_laat", "te_laat", "aanwezig"), 1, "1 keer op tijd of afgemeld, 3 keer te laat."),
    ],
)
def test_de_aanwezigheid_stelt_een_score_voor(
    wereld: Wereld, groep: Any, standen: tuple[str, ...], score: int, telling: str
) -> None:
    was(wereld, groep, *standen)
    voorstel = dossier.voorstellen(wereld.deelnemer.pk, {})["op_tijd"]
    assert voorstel.score == score
    assert telling in voorstel.waarom and "Uit 4 bijeenkomsten sinds" in voorstel.waarom


def test_te_weinig_of_te_oud_zegt_niets(wereld: Wereld, groep: Any) -> None:
    was(wereld, groep, "te_laat", "te_laat", "te_laat")
    was(wereld, groep, "aanwezig", "aanwezig", vanaf=-95)
    assert dossier.voorstellen(wereld.deelnemer.pk, {}) == {}


def test_na_een_meting_telt_alleen_wat_erna_kwam(wereld: Wereld, groep: Any) -> None:
    was(wereld, groep, "te_laat", "te_laat", "te_laat", "te_laat")
    assert dossier.voorstellen(wereld.deelnemer.pk, {"op_tijd": dagen(-10)}) == {}


def test_het_voorstel_staat_in_het_formulier_en_wordt_pas_iets_als_een_mens_het_bewaart(
    wereld: Wereld, groep: Any, client: Client
) -> None:
    was(wereld, groep, "aanwezig", "aanwezig", "aanwezig", "aanwezig")
    with handeling(FABRIEK):
        Competentiemeting.objects.filter(deelnemer=wereld.deelnemer).update(vastgesteld_op=dagen(-60))
    client.force_login(wereld.consulent.gebruiker)
    html = client.get(reverse("diagnose_competenties", args=[wereld.deelnemer.dossiernummer])).content.decode()
    assert "Uit 4 bijeenkomsten sinds" in html and "Daarbij past 5." in html
    assert not Competentiemeting.objects.filter(competentie="op_tijd", bron="aanwezigheid").exists()
