"""Referrals that never became a dossier: they go in time, or together with the person (R226)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from aanmeldingen import services
from aanmeldingen.models import Aanmelding
from deelnemers.models import (
    Deelnemer,
    Vernietiging,
    Wisregel,
)
from deelnemers.services import vernietigbesluit as besluit
from kern import klok
from kern.handeling import handeling
from kern.taken import voer_uit
from rapportage.models import Feit
from tests.aanmeldingen.fabrieken import bsn_nummer
from tests.aanmeldingen.wissen_speuren import BSN, NAAM, VOORNAAM, aanmelden, bestanden_in, gevonden
from tests.deelnemers.wisfabriek import op_verzoek
from tests.hulp.api import Api
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import Wereld

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "wisser", "eigenaar"])


@pytest.fixture(autouse=True)
def map_(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")
    return tmp_path / "documenten"


@pytest.fixture
def consulent(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def ander(team: Any, maak_medewerker: Any) -> Any:
    """A colleague who is family."""
    return maak_medewerker("teammanager", team=team)


@pytest.fixture
def twee(maak_medewerker: Any) -> list[Any]:
    return [maak_medewerker("privacy_officer").gebruiker, maak_medewerker("afdelingsmanager").gebruiker]


@pytest.mark.eis("R226", "een ingetrokken aanmelding gaat na zes weken weg, ook zonder dossier")
def test_een_ingetrokken_aanmelding_zonder_dossier_gaat_na_zes_weken(
    api: Api, twee: list[Any], map_: Path, gemeente: Any
) -> None:
    from tests.aanmeldingen.fabrieken import lichaam

    for nummer in (4711, 4712):
        naam = {"roepnaam": VOORNAAM, "geslachtsnaam": NAAM}
        assert (
            api.post("/api/v1/aanmeldingen", lichaam(burgerservicenummer=bsn_nummer(nummer), naam=naam)).status_code
            == 201
        )
    oud, vers = Aanmelding.objects.order_by("pk")
    wereld = Wereld()
    for aanmelding in (oud, vers):
        services.trek_in(aanmelding, actor=FABRIEK, reden=f"{VOORNAAM} is verhuisd")
    wereld.wijzig(oud, status_sinds=klok.vandaag() - dt.timedelta(days=42))
    wereld.nacht(klok.vandaag())
    feiten = Feit.objects.filter(bekend_tot=None).count()
    voer_uit("deelnemers.bewaartermijnen", gemeente)
    lijst = Vernietiging.objects.get()
    assert (lijst.wat, lijst.termijn, lijst.regels.get().rij_id) == ("Ingetrokken aanmeldingen", "42 dagen", oud.pk)
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
    besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee[1])
    with handeling(FABRIEK):
        Vernietiging.objects.update(uitvoeren_vanaf=klok.vandaag())
    voer_uit("deelnemers.wissen", gemeente)
    assert list(Aanmelding.objects.order_by("pk")) == [vers]
    assert len(gevonden((str(oud.kenmerk),), map_)) == 0
    assert Wisregel.objects.get().met_bsn
    run = wereld.nacht(klok.vandaag())
    assert (run.nieuw, run.gesloten, Feit.objects.filter(bekend_tot=None).count()) == (0, 0, feiten)


def _zelfde_persoon_opnieuw(api: Api, consulent: Any) -> tuple[Deelnemer, Aanmelding]:
    """Somebody with a dossier of whom a second referral came in that was never accepted."""
    deelnemer = aanmelden(api, consulent)
    from tests.aanmeldingen.fabrieken import lichaam

    naam = {"roepnaam": VOORNAAM, "geslachtsnaam": NAAM}
    inhoud = lichaam(burgerservicenummer=BSN, naam=naam, toelichting=f"{VOORNAAM} opnieuw")
    assert api.post("/api/v1/aanmeldingen", inhoud).status_code == 201
    nieuw = Aanmelding.objects.order_by("pk").last()
    assert nieuw is not None
    assert nieuw.deelnemer_id is None
    return deelnemer, nieuw


@pytest.mark.eis(
    "R226", "een aanmelding zonder dossier gaat mee met de persoon; een open aanmelding houdt wissen tegen"
)
def test_twee_sporen_van_een_persoon_gaan_samen_of_geen_van_beide(
    api: Api, consulent: Any, twee: list[Any], map_: Path, gemeente: Any
) -> None:
    deelnemer, nieuw = _zelfde_persoon_opnieuw(api, consulent)
    for verwacht in ("overgeslagen", "dossiers gewist"):
        lijst = op_verzoek(deelnemer)
        besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
        besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee[1])
        with handeling(FABRIEK):
            Vernietiging.objects.filter(pk=lijst.pk).update(uitvoeren_vanaf=klok.vandaag())
        assert voer_uit("deelnemers.wissen", gemeente).tellingen[verwacht] == 1
        if verwacht == "overgeslagen":
            assert "loopt een nieuwe aanmelding" in lijst.regels.get().toelichting
            assert Aanmelding.objects.count() == 2
            assert len(bestanden_in(map_)) == 1
            services.stuur_terug(nieuw, "al_in_traject", actor=FABRIEK, reden="Heeft al begeleiding.")
    assert not Aanmelding.objects.exists()
    assert gevonden((NAAM, VOORNAAM, str(nieuw.kenmerk)), map_) == []
