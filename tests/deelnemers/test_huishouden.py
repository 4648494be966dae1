"""A household changes without losing who lives there, and the overview of it follows the people (R003, R005)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from deelnemers.models import Betrokkenheid, Deelnemer, Huishouden, Huishoudlid, Uitkering
from deelnemers.services.gezin import kies_gezinsregisseur
from deelnemers.services.huishouden import huishoudversie, leg_huishouden_vast
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.regie import beeindig_regie, wijs_regie_toe
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.handeling import handeling
from tests.deelnemers.fabrieken import DAG, TOETS, gehuwd, met_regie
from tests.organisatie.fabrieken import TeamFabriek

BEGIN = dt.date(2024, 1, 1)


@pytest.fixture
def ander(maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=TeamFabriek(naam="Team West"))


@pytest.fixture
def stel(consulent: Any, ander: Any) -> tuple[Deelnemer, Deelnemer]:
    """Two partners with one benefit, each with a regievoerder of another team."""
    een, twee = met_regie(consulent, roepnaam="Samira"), met_regie(ander, roepnaam="Karim")
    gehuwd(een, twee, BEGIN)
    return een, twee


def thuis_van(deelnemer: Deelnemer) -> Huishouden:
    return Huishoudlid.objects.get(deelnemer=deelnemer, einddatum__isnull=True).huishouden


@pytest.fixture
def blad(consulent: Any, client: Client) -> Client:
    client.force_login(consulent.gebruiker)
    return client


@pytest.mark.eis("R003", "Een wijziging in het huishouden laat de partner en de uitkering bij elkaar")
def test_een_kind_erbij_laat_de_partner_wonen(stel: tuple[Deelnemer, Deelnemer], blad: Client) -> None:
    een, twee = stel
    pad = reverse("huishouden_nieuw", args=[een.dossiernummer])
    begin = blad.get(pad).context["form"].initial
    assert begin["leefvorm"] == "3"
    assert begin["kostendelers"] == 1
    velden = {
        "leefvorm": "3",
        "kinderen": 1,
        "kostendelers": 2,
        "jongste_kind_geboren_op": "2026-01-05",
        "begindatum": klok.vandaag().isoformat(),
        "versie": begin["versie"],
    }
    assert blad.post(pad, velden).status_code == 302
    samen = thuis_van(een)
    assert samen == thuis_van(twee)
    assert (samen.kinderen, samen.kostendelers) == (1, 2)
    assert Uitkering.objects.get().huishouden == samen
    oud = Huishouden.objects.exclude(pk=samen.pk).get()
    assert {lid.einddatum for lid in oud.leden.all()} == {klok.vandaag() - DAG}


@pytest.mark.eis("R003", "Gaat de partner weg, dan blijft de uitkering die zij delen staan tot inkomen haar wijzigt")
def test_de_partner_is_weg(stel: tuple[Deelnemer, Deelnemer], blad: Client) -> None:
    een, twee = stel
    eerst = thuis_van(een)
    pad = reverse("huishouden_nieuw", args=[een.dossiernummer])
    velden = {
        "leefvorm": "1",
        "kinderen": 0,
        "kostendelers": 1,
        "begindatum": klok.vandaag().isoformat(),
        "versie": huishoudversie(een),
    }
    antwoord = blad.post(pad, velden)
    assert antwoord.status_code == 400
    assert "Er woont een partner in dit huishouden" in antwoord.content.decode()
    assert blad.post(pad, velden | {"partner_weg": "on"}).status_code == 302
    assert thuis_van(een) != eerst
    assert thuis_van(twee) == eerst
    assert Uitkering.objects.get().huishouden == eerst


def test_er_komt_geen_tweede_partner_bij(stel: tuple[Deelnemer, Deelnemer], consulent: Any) -> None:
    een, twee = stel
    derde = met_regie(consulent)
    with pytest.raises(ValidationError, match="Er woont al een partner"):
        leg_huishouden_vast(een, "3", klok.vandaag(), partner=derde, actor=TOETS)
    assert thuis_van(een) == thuis_van(twee)


@pytest.mark.eis("R005", "Een partner van een ander team wordt gevonden met dossiernummer en geboortedatum")
def test_een_partner_bij_een_ander_team(consulent: Any, ander: Any, blad: Client) -> None:
    een, twee = met_regie(consulent), met_regie(ander)
    pad = reverse("huishouden_nieuw", args=[een.dossiernummer])
    velden = {
        "leefvorm": "3",
        "kinderen": 0,
        "kostendelers": 2,
        "begindatum": klok.vandaag().isoformat(),
        "versie": huishoudversie(een),
        "partner": twee.dossiernummer,
    }
    for fout in ({}, {"partner_geboren_op": (twee.geboortedatum + DAG).isoformat()}):
        antwoord = blad.post(pad, velden | fout)
        assert antwoord.status_code == 400
        assert "Dit dossier vinden we niet" in antwoord.content.decode()
    goed = velden | {"partner_geboren_op": twee.geboortedatum.isoformat()}
    verbod = verbied(twee, consulent, "familie", actor=TOETS)
    assert blad.post(pad, goed).status_code == 400
    with handeling(TOETS):
        verbod.delete()
    assert blad.post(pad, goed).status_code == 302
    assert thuis_van(een) == thuis_van(twee)


@pytest.mark.eis("R005", "Wie geboortedata probeert, komt niet ver")
def test_een_partner_zoeken_heeft_een_grens(consulent: Any, ander: Any, blad: Client, settings: Any) -> None:
    grens = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"opzoeken": "2/h"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": grens}
    een, twee = met_regie(consulent), met_regie(ander)
    velden = {"leefvorm": "3", "kinderen": 0, "kostendelers": 2, "begindatum": klok.vandaag().isoformat()}
    velden |= {"versie": huishoudversie(een), "partner": twee.dossiernummer}
    pad = reverse("huishouden_nieuw", args=[een.dossiernummer])

    def probeer(dag: dt.date) -> str:
        return blad.post(pad, velden | {"partner_geboren_op": dag.isoformat()}).content.decode()

    assert ["veel nummers" in probeer(twee.geboortedatum + n * DAG) for n in (1, 2)] == [False, False]
    assert "veel nummers" in probeer(twee.geboortedatum), "ook met de goede datum"
    assert not Huishoudlid.objects.filter(deelnemer=een).exists()


@pytest.mark.eis("R003", "Je ziet met wie iemand eerder woonde")
def test_eerdere_huishoudens_staan_er(stel: tuple[Deelnemer, Deelnemer], blad: Client) -> None:
    een, _ = stel
    leg_huishouden_vast(een, "1", klok.vandaag(), partner_weg=True, actor=TOETS)
    tekst = blad.get(reverse("huishouden", args=[een.dossiernummer])).content.decode()
    assert "Eerder" in tekst
    assert "1 januari 2024" in tekst


# --- The overview of the household ---------------------------------------------------------------------------------
@pytest.mark.eis("R005", "De gezinsregisseur ziet alle dossiers van het huishouden, zolang hij dat is")
def test_de_gezinsregisseur_werkt_met_het_hele_huishouden(
    stel: tuple[Deelnemer, Deelnemer], consulent: Any, ander: Any, maak_medewerker: Any
) -> None:
    een, twee = stel
    assert not DOSSIER.mag(twee, consulent)
    kies_gezinsregisseur(thuis_van(een), consulent, actor=TOETS)
    assert DOSSIER.mag(twee, consulent)
    kies_gezinsregisseur(thuis_van(een), ander, actor=TOETS)
    assert not DOSSIER.mag(twee, consulent)
    assert DOSSIER.mag(een, ander)
    wijs_regie_toe(twee, maak_medewerker("consulent"), klok.vandaag(), actor=TOETS)
    assert thuis_van(een).gezinsregisseur is None
    assert not DOSSIER.mag(een, ander)


def test_zonder_regie_is_niemand_gezinsregisseur(stel: tuple[Deelnemer, Deelnemer], consulent: Any) -> None:
    een, _ = stel
    kies_gezinsregisseur(thuis_van(een), consulent, actor=TOETS)
    beeindig_regie(een, klok.vandaag() - DAG, actor=TOETS)
    assert thuis_van(een).gezinsregisseur is None


def test_wie_het_huishouden_verlaat_is_uit_beeld(stel: tuple[Deelnemer, Deelnemer], consulent: Any, ander: Any) -> None:
    een, twee = stel
    kies_gezinsregisseur(thuis_van(een), consulent, actor=TOETS)
    leg_huishouden_vast(een, "1", klok.vandaag(), partner_weg=True, actor=TOETS)
    assert not DOSSIER.mag(twee, consulent)
    assert not Betrokkenheid.objects.filter(herkomst__startswith="gezin:", einddatum__isnull=True).exists()
