"""Who received data about the person hears of a merge, its undo, or another BSN, and of nothing more (R044)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aanmeldingen.gebeurtenissen import GECORRIGEERD
from aanmeldingen.models import Aanmelding, AanmeldingBsn, Correctiemelding
from aanmeldingen.services import accepteer
from aanmeldingen.services.behandelen import bsn_van as bsn_van_aanmelding
from deelnemers.keuzes import BsnBron
from deelnemers.models import Deelnemer, Samenvoeging
from deelnemers.services.bsn import corrigeer_bsn
from deelnemers.services.samenvoegen import maak_samenvoegen_ongedaan, voeg_samen
from kern.aansluitingen import samenvoegen
from kern.handeling import Actor, handeling
from kern.models import ApiClient, Bericht, Gebeurtenis
from tests.aanmeldingen.fabrieken import bsn_nummer, lichaam, maak_aanmelding
from tests.deelnemers.test_bsn_correctie import staat_ergens
from tests.hulp.api import Api
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
BEHEER = Actor("gebruiker", "1", "Bea Beheer")


@pytest.fixture
def consulent(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


VAN_RECLASSERING = {"bronafdeling": "reclassering", "route": "reclassering", "adviesrapport": None, "uitkering": None}


def aangenomen(
    client: ApiClient, consulent: Any, *, bsn: bool = True, per_mail: bool = False, **anders: Any
) -> Aanmelding:
    """An accepted referral, so with a dossier; `per_mail` came in without the API."""
    aanmelding = maak_aanmelding(client, **anders)
    with handeling(FABRIEK):
        if not bsn:
            AanmeldingBsn.objects.filter(aanmelding=aanmelding).delete()
            Aanmelding.objects.filter(pk=aanmelding.pk).update(bsn_zoeksleutel=None)
        if per_mail:
            Aanmelding.objects.filter(pk=aanmelding.pk).update(client=None)
    accepteer(aanmelding, medewerker=consulent, actor=FABRIEK)
    return Aanmelding.objects.get(pk=aanmelding.pk)


def gebeurtenissen(client: ApiClient) -> list[dict[str, Any]]:
    rijen = Gebeurtenis.objects.filter(client=client, type=GECORRIGEERD).order_by("pk")
    return [rij.data for rij in rijen]


@pytest.mark.eis(
    "R044", "wie gegevens ontving hoort van samenvoegen en ongedaan maken; anderen horen niet dat we iemand kennen"
)
def test_samenvoegen_wordt_gemeld_en_anderen_krijgen_een_neutrale_melding(
    intake: ApiClient, reclassering: ApiClient, consulent: Any
) -> None:
    eigen = aangenomen(intake, consulent)
    vreemd = aangenomen(reclassering, consulent, bsn=False, **VAN_RECLASSERING)
    met_mail = aangenomen(intake, consulent, bsn=False, per_mail=True)
    blijft = aangenomen(intake, consulent, bsn=False).deelnemer
    for rij in (eigen, vreemd, met_mail):
        if rij is not eigen:
            voeg_samen(eigen.deelnemer, rij.deelnemer, {}, actor=BEHEER, reden="Zelfde persoon.")
    with handeling(FABRIEK):
        Gebeurtenis.objects.filter(type=GECORRIGEERD).delete()
        Bericht.objects.all().delete()
    samen = voeg_samen(blijft, eigen.deelnemer, {}, actor=BEHEER, reden="Zelfde persoon.")
    assert [(g["aanmeldingId"], g["wijziging"]) for g in gebeurtenissen(intake)] == [
        (str(eigen.kenmerk), "dossiers-samengevoegd")
    ]
    (neutraal,) = gebeurtenissen(reclassering)
    assert neutraal["wijziging"] == "gegevens-gecorrigeerd"
    assert neutraal["volgnummer"] == vreemd.volgnummer
    (brief,) = Bericht.objects.all()
    assert met_mail.volgnummer in brief.tekst
    assert "samen" not in brief.tekst.lower().replace("samira", "")
    regels = samenvoegen.gemeld(samen.aanleiding)
    assert {(r.aan, r.wijze) for r in regels} == {
        (intake.naam, "gebeurtenis via de API"),
        (reclassering.naam, "gebeurtenis via de API"),
        ("Kees Bakker", "e-mail"),
    }
    samen = maak_samenvoegen_ongedaan(samen, actor=BEHEER, reden="Toch twee mensen.")
    assert gebeurtenissen(intake)[-1]["wijziging"] == "samenvoegen-ongedaan"
    assert gebeurtenissen(reclassering)[-1]["wijziging"] == "gegevens-gecorrigeerd"
    assert len(samenvoegen.gemeld(samen.aanleiding)) == 3
    assert samen.verslag == []


def test_oude_volgnummers_en_bladzijden_blijven_werken(
    intake: ApiClient, api: Api, consulent: Any, client: Any
) -> None:
    oud = aangenomen(intake, consulent)
    blijft = aangenomen(intake, consulent, bsn=False).deelnemer
    nummer = oud.deelnemer.dossiernummer
    voeg_samen(blijft, oud.deelnemer, {}, actor=BEHEER, reden="Zelfde persoon.")
    antwoord = api.get(f"/api/v1/aanmeldingen/{oud.kenmerk}")
    assert (antwoord.status_code, antwoord.json()["status"]) == (200, "geaccepteerd")
    client.force_login(consulent.gebruiker)
    assert client.get(f"/deelnemers/{nummer}").headers["Location"] == f"/deelnemers/{blijft.dossiernummer}"


@pytest.mark.eis("R044", "een verkeerd burgerservicenummer gaat ook uit de aanmeldingen, en de verwijzer hoort het")
def test_een_verkeerd_nummer_gaat_uit_de_aanmeldingen(intake: ApiClient, api: Api, consulent: Any) -> None:
    fout, goed = bsn_nummer(801), bsn_nummer(802)
    rij = aangenomen(intake, consulent, burgerservicenummer=fout)
    correctie = corrigeer_bsn(rij.deelnemer, goed, BsnBron.BRP, actor=BEHEER, reden="BRP zegt iets anders.")
    vraag = "/api/v1/aanmeldingen/_zoek"
    assert api.post(vraag, {"burgerservicenummer": fout}).json() == []
    assert [r["id"] for r in api.post(vraag, {"burgerservicenummer": goed}).json()] == [str(rij.kenmerk)]
    assert bsn_van_aanmelding(rij) == goed
    (melding,) = gebeurtenissen(intake)
    assert melding["wijziging"] == "bsn-gecorrigeerd"
    assert fout not in json.dumps(melding)
    assert staat_ergens(fout) == staat_ergens(goed) == []
    assert [r.over for r in samenvoegen.gemeld(correctie.aanleiding)] == [rij.volgnummer]
    weg = corrigeer_bsn(rij.deelnemer, None, BsnBron.BRP, actor=BEHEER, reden="Ook dit niet.")
    assert not AanmeldingBsn.objects.exists()
    assert Correctiemelding.objects.get(aanleiding=weg.aanleiding).wijziging == "bsn-vervallen"


def test_een_aanmelding_die_binnenkomt_na_samenvoegen_vindt_het_dossier_dat_blijft(
    intake: ApiClient, consulent: Any
) -> None:
    nummer = bsn_nummer(803)
    eerst = aangenomen(intake, consulent, burgerservicenummer=nummer)
    blijft = aangenomen(intake, consulent, bsn=False).deelnemer
    voeg_samen(blijft, eerst.deelnemer, {}, actor=BEHEER, reden="Zelfde persoon.")
    later = aangenomen(intake, consulent, burgerservicenummer=nummer)
    assert later.deelnemer == blijft
    rij = maak_samenvoegen_ongedaan(Samenvoeging.objects.get(), actor=BEHEER, reden="Toch niet.")
    later.refresh_from_db()
    assert later.deelnemer_id == blijft.pk
    assert any(zin.startswith("aanmeldingen: ") for zin in rij.verslag)
    assert Deelnemer.objects.filter(samengevoegd_met=None).count() == 2
    assert {r.over for r in samenvoegen.gemeld(rij.aanleiding)} == {eerst.volgnummer, later.volgnummer}


def test_lichaam_heeft_een_verwijzer() -> None:
    """The e-mail above goes to the sender of the factory."""
    assert lichaam()["verwijzer"]["naam"] == "Kees Bakker"
