"""Files with a referral go past the virus scanner, like those of a dossier: refused, waiting or open (R228)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aanmeldingen.models import Aanmelding, AanmeldingDocument
from aanmeldingen.services.documenten import plaatsen
from kern.models import Gebeurtenis, Idempotentie, Leesregel, Taakloop
from kern.taken import voer_uit
from reintegratie.rooster import ROOSTER
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_api_documenten import pad, stuur
from tests.aanmeldingen.test_verplichte_documenten import versie_met
from tests.hulp.api import Api
from tests.hulp.clamd import EICAR, clamd

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ZIEK = b"%PDF-1.7\n" + EICAR + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def map_(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")
    return tmp_path / "documenten"


@pytest.fixture
def scanner(tmp_path_factory: Any, settings: Any) -> Callable[[], Any]:
    """`with scanner():` a clamd answers; outside the block nobody does."""
    eigen = tmp_path_factory.mktemp("c")
    settings.VIRUSSCANNER = f"unix:{eigen}/clamd.sock"
    return lambda: clamd(eigen)


@pytest.fixture
def scan(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("aanmeldingen.documenten", gemeente)


@pytest.fixture
def consulent(log_in: Any, team: Any) -> Any:
    """The browser of somebody of the team."""
    return log_in("consulent", team=team)


@pytest.fixture
def rij(intake: Any) -> Aanmelding:
    return maak_aanmelding(intake)


def bestanden_op_schijf(map_: Path) -> list[Path]:
    return [p for p in map_.rglob("*") if p.is_file()]


@pytest.mark.eis("R228", "een document bij een aanmelding met een virus wordt geweigerd en nergens bewaard")
def test_een_virus_wordt_meteen_geweigerd(api: Api, rij: Aanmelding, scanner: Any, map_: Path) -> None:
    with scanner() as bezig:
        antwoord = stuur(api, pad(rij), ZIEK, "rapport.pdf", key="ziek")
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["code"]) == (400, "virus")
    assert bezig.gezien == [len(ZIEK)]
    assert (AanmeldingDocument.objects.count(), Idempotentie.objects.count()) == (0, 0)
    assert bestanden_op_schijf(map_) == []


def test_schoon_is_meteen_te_openen(api: Api, rij: Aanmelding, scanner: Any, consulent: Any) -> None:
    with scanner():
        antwoord = stuur(api, pad(rij), PDF, "cv.pdf")
    assert (antwoord.status_code, antwoord.json()["viruscontrole"]) == (201, "schoon")
    document = AanmeldingDocument.objects.get()
    assert document.gecontroleerd_op is not None
    adres = f"/aanmeldingen/{rij.kenmerk}/documenten/{document.kenmerk}"
    assert consulent.get(adres).content == PDF


@pytest.mark.eis("R228", "is de scanner weg, dan is het document niet kwijt, en het gaat pas open als hij het zag")
def test_zonder_antwoord_wacht_het_en_gaat_niet_open(
    api: Api, rij: Aanmelding, scanner: Any, scan: Callable[[], Taakloop], consulent: Any
) -> None:
    antwoord = stuur(api, pad(rij), PDF, "cv.pdf")
    assert (antwoord.status_code, antwoord.json()["viruscontrole"]) == (201, "wacht")
    document, client = AanmeldingDocument.objects.get(), consulent
    adres = f"/aanmeldingen/{rij.kenmerk}/documenten/{document.kenmerk}"
    assert client.get(adres).status_code == 403
    assert not Leesregel.objects.filter(verwerking="aanmelding.document").exists()
    bladzijde = client.get(f"/aanmeldingen/{rij.kenmerk}").content.decode()
    assert "Nog niet gecontroleerd" in bladzijde and adres not in bladzijde
    assert scan().tellingen == {}
    with scanner():
        assert scan().tellingen == {"gecontroleerd op virussen": 1}
    assert client.get(adres).content == PDF
    assert api.get(f"{pad(rij)}/{document.kenmerk}").json()["viruscontrole"] == "schoon"


@pytest.mark.eis("R022", "zit in een verplicht document toch een virus, dan hoort de verwijzer dat en is hij aan zet")
def test_later_een_virus_de_verwijzer_hoort_het(
    api: Api, intake: Any, scanner: Any, scan: Callable[[], Taakloop], map_: Path
) -> None:
    versie_met(["cv"])
    rij = maak_aanmelding(intake)
    assert stuur(api, pad(rij), ZIEK, "cv.pdf", soort="cv").status_code == 201
    rij.refresh_from_db()
    assert rij.status == "ontvangen"
    with scanner():
        assert scan().tellingen == {"virus gevonden, bestand verwijderd": 1}
        assert scan().tellingen == {}
        document = AanmeldingDocument.objects.get()
        rij.refresh_from_db()
        assert (document.controle, rij.status, rij.uiterlijk_op) == ("besmet", "wacht_op_document", None)
        assert (bestanden_op_schijf(map_), list(plaatsen())) == ([], [])
        melding = Gebeurtenis.objects.get(type="nl.re-integratie.aanmelding.document-geweigerd.v1")
        assert (melding.data["documentId"], melding.data["soort"]) == (str(document.kenmerk), "cv")
        assert melding.client_id == intake.pk
        assert stuur(api, pad(rij), PDF, "cv.pdf", soort="cv").status_code == 201
    rij.refresh_from_db()
    assert rij.status == "ontvangen"


def test_besmet_staat_als_besmet_op_de_bladzijde(
    api: Api, rij: Aanmelding, scanner: Any, scan: Callable[[], Taakloop], consulent: Any
) -> None:
    stuur(api, pad(rij), ZIEK, "cv.pdf")
    with scanner():
        scan()
    client, document = consulent, AanmeldingDocument.objects.get()
    assert "Virus gevonden" in client.get(f"/aanmeldingen/{rij.kenmerk}").content.decode()
    assert client.get(f"/aanmeldingen/{rij.kenmerk}/documenten/{document.kenmerk}").status_code == 403


def test_de_taak_staat_in_het_rooster() -> None:
    assert ["aanmeldingen.documenten"] in [regel["args"] for regel in ROOSTER.values()]
