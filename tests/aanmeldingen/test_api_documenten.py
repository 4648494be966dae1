"""Files that come with a referral: by the API in, on the page of the referral out (STANDAARDEN 3.1)."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test.client import encode_multipart

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, AanmeldingDocument
from aanmeldingen.services.documenten import MAX_DOCUMENTEN
from deelnemers.keuzes import Viruscontrole
from kern import bestanden
from kern.handeling import handeling
from kern.models import ApiClient, Idempotentie, Leesregel
from tests.aanmeldingen.fabrieken import bsn_nummer, maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
GRENS = "grens7f3a"
FORMULIER = f"multipart/form-data; boundary={GRENS}"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"


def docx(*extra: str, groot: int = 0) -> bytes:
    """A Word file as far as we look."""
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as pakket:
        for naam in ("[Content_Types].xml", "word/document.xml", *extra):
            pakket.writestr(naam, b"<x/>" + bytes(groot))
    return doel.getvalue()


@pytest.fixture(autouse=True)
def map_(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")
    return tmp_path / "documenten"


@pytest.fixture
def aanmelding(intake: ApiClient) -> Aanmelding:
    return maak_aanmelding(intake)


def pad(aanmelding: Aanmelding) -> str:
    return f"/api/v1/aanmeldingen/{aanmelding.kenmerk}/documenten"


def stuur(
    api: Api, waar: str, inhoud: bytes = PDF, naam: str = "advies.pdf", soort: str = "adviesrapport", **koppen: Any
) -> Any:
    """POST one file as a form."""
    delen = {"soort": soort, "bestand": SimpleUploadedFile(naam, inhoud)}
    return api.post(waar, encode_multipart(GRENS, delen), soort=FORMULIER, **koppen)


def op_schijf(map_: Path) -> list[Path]:
    return [p for p in map_.rglob("*") if p.is_file()]


def test_document_meesturen_en_terugvinden(api: Api, aanmelding: Aanmelding, map_: Path) -> None:
    antwoord = stuur(api, pad(aanmelding))
    assert antwoord.status_code == 201, antwoord.content
    inhoud = antwoord.json()
    assert inhoud["mediatype"] == "application/pdf"
    assert inhoud["grootte"] == len(PDF)
    assert inhoud["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert inhoud["ontvangenOp"].endswith("Z")
    een = antwoord.headers["Location"].partition("/api/v1")[2]
    assert api.get(f"/api/v1{een}").json() == inhoud
    assert antwoord.headers["ETag"] == api.get(f"/api/v1{een}").headers["ETag"]
    lijst = api.get(pad(aanmelding)).json()
    assert (lijst["totaalAantal"], lijst["resultaten"]) == (1, [inhoud])
    (bestand,) = op_schijf(map_)
    assert PDF[:40] not in bestand.read_bytes(), "in de opslag ligt het verzegeld"
    assert stat.S_IMODE(os.stat(bestand).st_mode) == 0o600
    assert "advies" not in str(bestand.relative_to(map_))


@pytest.mark.parametrize(
    ("inhoud", "naam", "verwacht"),
    [
        (PDF, "foto.exe", ("application/pdf", "foto.pdf")),
        (PNG, "scan.pdf", ("image/png", "scan.png")),
        (JPEG, "../../etc/passwd", ("image/jpeg", "passwd.jpg")),
        (docx(), "cv.docx", (bestanden.WORD, "cv.docx")),
    ],
    ids=["pdf", "png", "jpeg", "word"],
)
def test_de_inhoud_bepaalt_de_soort(
    api: Api, aanmelding: Aanmelding, inhoud: bytes, naam: str, verwacht: tuple[str, str]
) -> None:
    antwoord = stuur(api, pad(aanmelding), inhoud, naam)
    assert antwoord.status_code == 201, antwoord.content
    assert (antwoord.json()["mediatype"], antwoord.json()["naam"]) == verwacht


@pytest.mark.parametrize(
    "inhoud",
    [
        b"MZ\x90\x00 een programma",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7 half",
        b"\xff\xd8\xff half",
        b"PK\x03\x04 geen zip",
        docx("word/vbaProject.bin"),
        docx(groot=60 * 1024 * 1024),
    ],
    ids=["exe", "html", "halve pdf", "halve jpeg", "kapotte zip", "macro", "zipbom"],
)
def test_wat_we_niet_kennen_wordt_geweigerd(api: Api, aanmelding: Aanmelding, inhoud: bytes, map_: Path) -> None:
    """The name says pdf; the content decides."""
    antwoord = stuur(api, pad(aanmelding), inhoud, "advies.pdf")
    assert antwoord.status_code == 400, antwoord.content
    assert [(f["name"], f["code"]) for f in antwoord.json()["invalidParams"]] == [("bestand", "bestandssoort")]
    assert not AanmeldingDocument.objects.exists()
    assert op_schijf(map_) == []


def test_alle_fouten_tegelijk(api: Api, aanmelding: Aanmelding) -> None:
    antwoord = stuur(api, pad(aanmelding), b"onzin", soort="zomaar")
    assert {f["name"] for f in antwoord.json()["invalidParams"]} == {"soort", "bestand"}
    delen = {"soort": "cv", "vreemd": "x"}
    antwoord = api.post(pad(aanmelding), encode_multipart(GRENS, delen), soort=FORMULIER)
    assert {(f["name"], f["code"]) for f in antwoord.json()["invalidParams"]} == {
        ("bestand", "verplicht"),
        ("vreemd", "onbekend"),
    }
    twee = {"soort": "cv", "bestand": [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.png", PNG)]}
    antwoord = api.post(pad(aanmelding), encode_multipart(GRENS, twee), soort=FORMULIER)
    assert [(f["name"], f["code"]) for f in antwoord.json()["invalidParams"]] == [("bestand", "dubbel")]


def test_te_groot(api: Api, aanmelding: Aanmelding, monkeypatch: Any) -> None:
    """Past the limit of a request, and past the limit of one file inside it."""
    groot = stuur(api, pad(aanmelding), PDF + bytes(bestanden.MAXIMUM + 70_000) + b"%%EOF")
    assert (groot.status_code, groot.json()["code"]) == (413, "te-groot")
    net = stuur(api, pad(aanmelding), PDF + bytes(bestanden.MAXIMUM - len(PDF)) + b"%%EOF")
    assert (net.status_code, net.json()["code"]) == (413, "te-groot")
    past = stuur(api, pad(aanmelding), PDF + bytes(bestanden.MAXIMUM - len(PDF) - 5) + b"%%EOF")
    assert past.status_code == 201


@pytest.mark.parametrize(
    ("soort", "inhoud", "verwacht"),
    [
        ("application/json", b"{}", (415, "inhoudstype-kan-niet")),
        ("multipart/form-data", b"zonder grens", (400, "verzoek-ongeldig")),
        (FORMULIER, b"geen delen", (400, "invoer-ongeldig")),
    ],
    ids=["json", "zonder grens", "leeg"],
)
def test_geen_formulier(api: Api, aanmelding: Aanmelding, soort: str, inhoud: bytes, verwacht: tuple[int, str]) -> None:
    antwoord = api.post(pad(aanmelding), inhoud, soort=soort)
    assert (antwoord.status_code, antwoord.json()["code"]) == verwacht, antwoord.content


def test_twee_keer_versturen_is_een_document(api: Api, aanmelding: Aanmelding, map_: Path) -> None:
    eerste = stuur(api, pad(aanmelding), key="sleutel-doc")
    tweede = stuur(api, pad(aanmelding), key="sleutel-doc")
    assert tweede.headers["Idempotency-Replayed"] == "true"
    assert tweede.json() == eerste.json()
    anders = stuur(api, pad(aanmelding), PNG, key="sleutel-doc")
    assert (anders.status_code, anders.json()["code"]) == (422, "sleutel-hergebruikt")
    zelfde = stuur(api, pad(aanmelding), naam="andere-naam.pdf")
    assert (zelfde.status_code, zelfde.json()["code"]) == (409, "bestaat-al")
    assert zelfde.json()["documentId"] == eerste.json()["id"]
    assert stuur(api, pad(aanmelding), PNG, key=None).json()["code"] == "sleutel-ontbreekt"
    assert len(op_schijf(map_)) == 1


def test_alleen_zolang_de_aanmelding_open_is(
    api: Api, aanmelding: Aanmelding, maak_medewerker: Any, team: Any, map_: Path
) -> None:
    services.pak_op(aanmelding, maak_medewerker("consulent"), actor=FABRIEK)
    assert stuur(api, pad(aanmelding)).status_code == 201
    services.vraag_aanvulling(aanmelding, ["document"], "Stuur je cv mee.", actor=FABRIEK)
    assert stuur(api, pad(aanmelding), PNG).status_code == 201
    services.vul_aan(aanmelding, "Gestuurd.", actor=FABRIEK)
    deelnemer = services.accepteer(aanmelding, actor=FABRIEK, medewerker=maak_medewerker("consulent", team=team))
    antwoord = stuur(api, pad(aanmelding), JPEG)
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "status-past-niet")
    assert len(op_schijf(map_)) == 2
    assert {d.deelnemer_id for d in AanmeldingDocument.objects.order_by("pk")} == {deelnemer.pk}
    assert api.get(pad(aanmelding)).json()["totaalAantal"] == 2


@pytest.mark.eis("R040", "een client ziet en wijzigt alleen zijn eigen aanmeldingen, ook de documenten")
def test_alleen_bij_eigen_aanmeldingen(api: Api, aanmelding: Aanmelding, reclassering: ApiClient) -> None:
    ander = Api(reclassering.client_id)
    een = stuur(api, pad(aanmelding)).json()["id"]
    for antwoord in (
        stuur(ander, pad(aanmelding), PNG),
        ander.get(pad(aanmelding)),
        ander.get(f"{pad(aanmelding)}/{een}"),
        api.get(f"{pad(aanmelding)}/{uuid.uuid4()}"),
    ):
        assert (antwoord.status_code, antwoord.json()["code"]) == (404, "niet-gevonden")
    client_met_sleutel("lezer", "intake", scopes=["aanmeldingen.lezen"])
    assert stuur(Api("lezer"), pad(aanmelding)).status_code == 403


def test_hoogstens_zoveel_documenten(api: Api, aanmelding: Aanmelding) -> None:
    for nummer in range(MAX_DOCUMENTEN):
        inhoud = bestanden.lees_in(SimpleUploadedFile("x", PDF + b"%d %%%%EOF" % nummer))
        with bestanden.weg_bij_mislukken():
            services.voeg_document_toe(aanmelding, inhoud, soort="cv", naam="cv", actor=FABRIEK)
    antwoord = stuur(api, pad(aanmelding))
    assert antwoord.status_code == 400
    assert antwoord.json()["invalidParams"][0]["name"] == "bestand"


def test_lijst_kost_niet_meer_bij_meer_documenten(api: Api, aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    def meer(begin: int, aantal: int) -> None:
        for nummer in range(begin, begin + aantal):
            stuur(api, pad(aanmelding), PDF + b"%d %%%%EOF" % nummer)

    meer(0, 2)
    groeit_niet(lambda: api.get(pad(aanmelding)), lambda: meer(10, 5), "documenten in de API", maximum=5)
    client = log_in("consulent", team=team)
    blad = f"/aanmeldingen/{aanmelding.kenmerk}"
    groeit_niet(lambda: client.get(blad), lambda: meer(20, 5), "documenten op de bladzijde")


def test_bij_een_fout_blijft_er_geen_bestand_liggen(
    api: Api, aanmelding: Aanmelding, map_: Path, monkeypatch: Any
) -> None:
    def stuk(*args: Any, **kwargs: Any) -> Any:
        raise IntegrityError("stuk")

    monkeypatch.setattr(Idempotentie.objects, "create", stuk)  # after the file was kept
    assert stuur(api, pad(aanmelding)).status_code == 500
    assert not AanmeldingDocument.objects.exists()
    assert op_schijf(map_) == []


def test_bsn_komt_niet_in_de_naam(api: Api, aanmelding: Aanmelding) -> None:
    bsn = bsn_nummer(77)
    antwoord = stuur(api, pad(aanmelding), naam=f"advies {bsn}.pdf")
    assert bsn not in antwoord.content.decode()
    assert antwoord.json()["naam"] == "advies nummer.pdf"


@pytest.mark.parametrize(
    ("anders", "regel"),
    [
        ({"soort": "zomaar"}, "aanmeldingdocument_soort"),
        ({"mediatype": "text/html"}, "aanmeldingdocument_mediatype"),
        ({"grootte": 0}, "aanmeldingdocument_grootte"),
        ({"grootte": bestanden.MAXIMUM + 1}, "aanmeldingdocument_grootte"),
        ({"sha256": "a" * 64}, "aanmeldingdocument_een_keer"),
    ],
    ids=str,
)
def test_de_database_bewaakt_het_document(aanmelding: Aanmelding, anders: dict[str, Any], regel: str) -> None:
    velden = {"soort": "cv", "naam": "cv.pdf", "bestand": "x", "mediatype": "application/pdf", "grootte": 5}
    with handeling(FABRIEK):
        AanmeldingDocument.objects.create(aanmelding=aanmelding, **velden, sha256="a" * 64)
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            AanmeldingDocument.objects.create(aanmelding=aanmelding, **(velden | {"sha256": "b" * 64} | anders))


# --- The page ----------------------------------------------------------------------------------------
def _van(aanmelding: Aanmelding, soort: str = "cv", inhoud: bytes = PDF) -> AanmeldingDocument:
    with bestanden.weg_bij_mislukken():
        return services.voeg_document_toe(
            aanmelding,
            bestanden.lees_in(SimpleUploadedFile("x", inhoud)),
            soort=soort,
            naam="Mijn cv.pdf",
            actor=FABRIEK,
            controle=Viruscontrole.SCHOON,
        )


def test_consulent_ziet_en_haalt_het_document(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    document = _van(aanmelding)
    client = log_in("consulent", team=team)
    blad = client.get(f"/aanmeldingen/{aanmelding.kenmerk}").content.decode()
    waar = f"/aanmeldingen/{aanmelding.kenmerk}/documenten/{document.kenmerk}"
    assert waar in blad
    assert "Mijn cv.pdf" in blad
    Leesregel.objects.all()
    antwoord = client.get(waar)
    assert antwoord.status_code == 200
    assert antwoord.getvalue() == PDF if antwoord.streaming else antwoord.content == PDF
    assert antwoord.headers["Content-Type"] == "application/pdf"
    assert antwoord.headers["Content-Disposition"].startswith("attachment")
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in antwoord.headers["Cache-Control"]
    regel = Leesregel.objects.order_by("-pk")[0]
    assert (regel.verwerking, regel.reden) == ("aanmelding.document", f"zonder dossier: {aanmelding.kenmerk}")


def test_ander_team_krijgt_het_document_niet(aanmelding: Aanmelding, log_in: Any) -> None:
    document = _van(aanmelding)
    waar = f"/aanmeldingen/{aanmelding.kenmerk}/documenten/{document.kenmerk}"
    assert log_in("consulent").get(waar).status_code == 404
    assert not Leesregel.objects.filter(verwerking="aanmelding.document").exists()


def test_medisch_advies_vraagt_het_recht_op_bijzondere_gegevens(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    document = _van(aanmelding, "medisch")
    waar = f"/aanmeldingen/{aanmelding.kenmerk}/documenten/{document.kenmerk}"
    zonder = log_in("teamondersteuning")
    blad = zonder.get(f"/aanmeldingen/{aanmelding.kenmerk}").content.decode()
    assert waar not in blad
    assert "Mijn cv.pdf" not in blad
    assert zonder.get(waar).status_code == 403
    assert log_in("consulent", team=team).get(waar).status_code == 200


def test_document_dat_veranderd_is_gaat_niet_open(
    aanmelding: Aanmelding, log_in: Any, team: Any, map_: Path, caplog: Any
) -> None:
    document = _van(aanmelding)
    op_schijf(map_)[0].write_bytes(b"iets anders")
    client = log_in("consulent", team=team)
    waar = f"/aanmeldingen/{aanmelding.kenmerk}/documenten/{document.kenmerk}"
    assert client.get(waar).status_code == 404
    op_schijf(map_)[0].unlink()
    assert client.get(waar).status_code == 404
    assert [r.getMessage() for r in caplog.records if r.name == "kern.bestanden"] == [
        "bestand is veranderd",
        "bestand is er niet",
    ]
