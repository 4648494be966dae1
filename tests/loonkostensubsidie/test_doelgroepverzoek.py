"""Asking to determine the doelgroep: at most once in twelve months, decided by people (Participatiewet art. 10c)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Doelgroeplidmaatschap
from kern.handeling import handeling
from kern.models import Leesregel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.models import Aanvraagcontrole, Doelgroepverzoek
from loonkostensubsidie.services import doelgroep as dienst
from tests.deelnemers.fabrieken import met_regie
from tests.loonkostensubsidie import wereld
from tests.werkgevers.fabrieken import ACTOR, DeelnemerFabriek

pytestmark = pytest.mark.usefixtures("subsidiewereld")
ROL = "medewerker_subsidies"
MAART = dt.date(2026, 3, 2)


@pytest.fixture
def medewerker(maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker(ROL)


def verzoek(mens: Any, op: dt.date = MAART, vrager: str = "werknemer") -> Doelgroepverzoek:
    return dienst.leg_verzoek_vast(mens, op, vrager, "Rosa", actor=ACTOR)


def beslis(rij: Doelgroepverzoek, uitkomst: str, wie: Any) -> Doelgroepverzoek:
    return dienst.beslis_over_doelgroep(rij, uitkomst, "Advies van UWV.", actor=wereld.actor_van(wie))


@pytest.mark.eis("R149", "de doelgroep aanvragen kan hoogstens eens in de twaalf maanden (Participatiewet 10c lid 2)")
@pytest.mark.parametrize(("op", "mag"), [("2027-03-01", False), ("2027-03-02", True)])
def test_hoogstens_eens_in_de_twaalf_maanden(medewerker: Any, settings: Any, op: str, mag: bool) -> None:
    mens = DeelnemerFabriek()
    beslis(verzoek(mens), "niet", medewerker)
    settings.PEILDATUM = op
    if mag:
        assert verzoek(mens, dt.date.fromisoformat(op), "werkgever").pk
        return
    with pytest.raises(ValidationError, match="nieuw verzoek kan vanaf 2 maart 2027"):
        verzoek(mens, dt.date.fromisoformat(op), "werkgever")
    assert verzoek(DeelnemerFabriek(), dt.date.fromisoformat(op)).pk, "een ander mag wel"


def test_een_verzoek_tegelijk_en_niet_in_de_toekomst() -> None:
    mens = DeelnemerFabriek()
    with pytest.raises(ValidationError, match="moet nog komen"):
        verzoek(mens, dt.date(2026, 3, 3))
    verzoek(mens, dt.date(2025, 1, 2))
    with pytest.raises(ValidationError, match="loopt al een verzoek"):
        verzoek(mens)
    with pytest.raises(IntegrityError, match="doelgroepverzoek_besloten"), transaction.atomic(), handeling(ACTOR):
        Doelgroepverzoek.objects.update(uitkomst="wel")


@pytest.mark.eis("R149", "wie bij de doelgroep hoort, krijgt dat in het dossier; wie niet, ziet het in de controle")
def test_de_uitkomst_komt_in_het_dossier_en_in_de_controle(medewerker: Any, settings: Any) -> None:
    aanvraag = wereld.ingediend(wereld.actor_van(medewerker), doelgroepbron="aanvraag")
    rij = Doelgroepverzoek.objects.get()
    assert (rij.vrager, rij.aanvraag, rij.gevraagd_op) == ("werkgever", aanvraag, MAART)
    # Eight weeks: Monday 27 April is the King's Day of 2026.
    assert Werkvoorraad.objects.get(sleutel=f"doelgroep:{rij.pk}").op == dt.date(2026, 4, 28)
    beslis(rij, "wel", medewerker)
    assert not Werkvoorraad.objects.filter(sleutel=f"doelgroep:{rij.pk}").exists()
    lid = Doelgroeplidmaatschap.objects.get(deelnemer=aanvraag.deelnemer)
    assert (lid.doelgroep, lid.begindatum) == ("verminderde_loonwaarde", MAART)
    with pytest.raises(OvergangGeweigerd, match="al beslist"):
        beslis(rij, "niet", medewerker)


@pytest.mark.eis("R149", "na een afwijzing kan een werkgever pas na de termijn opnieuw om de doelgroep vragen")
def test_een_aanvraag_na_een_afwijzing(medewerker: Any, settings: Any) -> None:
    mens = DeelnemerFabriek()
    beslis(verzoek(mens), "niet", medewerker)
    aanvraag = wereld.concept(wereld.actor_van(medewerker), deelnemer=mens, doelgroepbron="aanvraag")
    with pytest.raises(ValidationError, match="vanaf 2 maart 2027") as fout:
        wereld.dienst.dien_in(aanvraag, actor=ACTOR)
    assert list(fout.value.message_dict) == ["doelgroepbron"]


def test_wat_nog_loopt_of_al_zo_is_wordt_niet_opnieuw_gevraagd(medewerker: Any) -> None:
    mens = DeelnemerFabriek()
    rij = verzoek(mens)
    actor = wereld.actor_van(medewerker)
    aanvraag = wereld.dienst.dien_in(wereld.concept(actor, deelnemer=mens, doelgroepbron="aanvraag"), actor=actor)
    assert Doelgroepverzoek.objects.get() == rij
    beslis(rij, "niet", medewerker)
    controle = Aanvraagcontrole.objects.get(aanvraag=aanvraag, soort="doelgroep")
    assert controle.gevonden == "fout" and "2 maart 2026 is vastgesteld" in controle.uitleg


def test_de_bladzijden(log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]) -> None:
    consulent = log_in("consulent")
    mens = met_regie(consulent.medewerker)
    url = reverse("lks_doelgroep_nieuw", args=[mens.dossiernummer])
    assert url in consulent.get(reverse("dossier", args=[mens.dossiernummer])).content.decode()
    velden = {"gevraagd_op": "2-3-2026", "vrager": "werknemer", "naam": "Rosa"}
    assert consulent.post(url, velden).status_code == 302
    weer = consulent.post(url, velden)
    assert weer.status_code == 400 and "2 maart 2027" in weer.content.decode()
    rij = Doelgroepverzoek.objects.get()
    client = log_in(ROL)
    blad = reverse("lks_doelgroepverzoek", args=[rij.pk])
    assert "Nog beslissen" in client.get(blad).content.decode()
    assert client.post(blad, {"uitkomst": "wel", "waarom": ""}).status_code == 422
    client.post(blad, {"uitkomst": "wel", "waarom": "Advies van UWV."})
    assert "Hoort bij de doelgroep." in client.get(blad).content.decode()
    assert Leesregel.objects.filter(verwerking="subsidie.doelgroep", betrokkenen__contains=[mens.pk]).exists()
