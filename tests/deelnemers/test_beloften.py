"""Promises of both sides: changed, kept, not kept, not needed any more, and shared in a household (R005, R013)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from deelnemers.models import Deelnemer, Toezegging
from deelnemers.services.beloften import kom_toezegging_na, wijzig_toezegging
from deelnemers.services.contact import zeg_toe
from deelnemers.services.leestoezicht import verbied
from kern import klok
from kern.models import TijdlijnRegel, Werkvoorraad
from kern.weigering import IntussenGewijzigd
from tests.deelnemers.fabrieken import DAG, TOETS, ToezeggingFabriek, gehuwd, met_regie
from tests.organisatie.fabrieken import TeamFabriek


@pytest.fixture
def blad(consulent: Any, client: Client) -> Client:
    client.force_login(consulent.gebruiker)
    return client


def beloof(deelnemer: Deelnemer, over: int = 2, **velden: Any) -> Toezegging:
    voor = klok.vandaag() + over * DAG
    wie = {"medewerker": deelnemer.regievoerder, "actor": TOETS}
    return zeg_toe(deelnemer, "wij", "Opvang zoeken", voor, **wie, **velden)


def lijnen() -> list[str]:
    return [r.titel for r in TijdlijnRegel.objects.filter(sleutel__startswith="toezegging:")]


@pytest.mark.eis("R013", "Ook dat een belofte niet is gedaan, ligt vast, met waarom, en blijft in de tijdlijn")
def test_niet_gedaan_met_reden(consulent: Any, blad: Client) -> None:
    deelnemer = met_regie(consulent)
    belofte = beloof(deelnemer)
    pad = reverse("toezegging_wijzigen", args=[deelnemer.dossiernummer, belofte.pk])
    velden = {"wat": belofte.wat, "voor": belofte.voor.isoformat(), "afloop": "niet_gedaan", "versie": belofte.versie}
    antwoord = blad.post(pad, velden)
    assert antwoord.status_code == 400
    assert "Schrijf op waarom" in antwoord.content.decode()
    assert blad.post(pad, velden | {"toelichting": "De opvang was vol."}).status_code == 302
    belofte.refresh_from_db()
    assert belofte.niet_gedaan_op == klok.vandaag()
    assert lijnen() == ["Niet gedaan door ons: Opvang zoeken"]
    assert not Werkvoorraad.objects.filter(soort="toezegging").exists()
    assert "De opvang was vol." in blad.get(reverse("dossier", args=[deelnemer.dossiernummer])).content.decode()


@pytest.mark.eis("R013", "Een belofte die niet meer hoeft, vervalt; openzetten zet haar weer op Vandaag")
def test_vervallen_en_weer_open(consulent: Any) -> None:
    belofte = beloof(met_regie(consulent))
    wijzig_toezegging(belofte, belofte.wat, belofte.voor, "vervallen", toelichting="Oma past op.", actor=TOETS)
    assert not Werkvoorraad.objects.filter(soort="toezegging").exists()
    assert lijnen() == []
    wijzig_toezegging(belofte, "Opvang regelen", belofte.voor, "open", toelichting="", actor=TOETS)
    assert Werkvoorraad.objects.get(soort="toezegging").titel == "Opvang regelen"


@pytest.mark.eis("R013", "Een dag die voorbij is, kan niet worden verschoven")
def test_een_dag_die_voorbij_is_blijft(consulent: Any) -> None:
    belofte = beloof(met_regie(consulent), over=-1)
    with pytest.raises(ValidationError, match="Deze dag is voorbij"):
        wijzig_toezegging(belofte, belofte.wat, klok.vandaag() + DAG, "open", actor=TOETS)
    kom_toezegging_na(belofte, actor=TOETS)
    assert lijnen() == ["Gedaan, later dan afgesproken door ons: Opvang zoeken"]


def test_twee_tegelijk(consulent: Any) -> None:
    belofte = beloof(met_regie(consulent))
    wijzig_toezegging(belofte, "Opvang regelen", belofte.voor, "open", versie=belofte.versie, actor=TOETS)
    with pytest.raises(IntussenGewijzigd) as fout:
        wijzig_toezegging(belofte, "Opvang bellen", belofte.voor, "open", versie=belofte.versie, actor=TOETS)
    assert fout.value.anders == {"wat": "Opvang regelen"}


def test_niet_gedaan_zonder_uitleg_weigert_de_database(gemeente: Any) -> None:
    with pytest.raises(IntegrityError, match="toezegging_afloop_met_uitleg"), transaction.atomic():
        ToezeggingFabriek(niet_gedaan_op=klok.vandaag())


@pytest.mark.eis("R005", "Wat bij het plan van het huishouden hoort, ziet ook de regievoerder van de ander")
def test_een_gedeelde_afspraak_in_het_huishouden(consulent: Any, blad: Client, maak_medewerker: Any) -> None:
    ander = maak_medewerker("consulent", team=TeamFabriek(naam="Team West"))
    een, twee = met_regie(consulent), met_regie(ander)
    gehuwd(een, twee)
    beloof(twee, voor_huishouden=True)
    zeg_toe(twee, "wij", "Rijbewijs regelen", klok.vandaag(), medewerker=ander, actor=TOETS)
    pad = reverse("huishouden", args=[een.dossiernummer])
    tekst = blad.get(pad).content.decode()
    assert "Opvang zoeken" in tekst
    assert "Rijbewijs regelen" not in tekst
    verbied(twee, consulent, "familie", actor=TOETS)
    assert "Opvang zoeken" not in blad.get(pad).content.decode()
