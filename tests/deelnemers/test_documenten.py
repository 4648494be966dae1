"""Documents of a dossier: what goes in, who may open it, versions, the virus check, evidence, nothing left behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from deelnemers.keuzes import Dossierdocument, Viruscontrole
from deelnemers.models import Bewijs, Deelnemer, Document
from deelnemers.services import documenten as dienst
from deelnemers.services.herbouw import tijdlijn_van
from kern import bestanden, klok
from kern.handeling import handeling, huidige_gemeente_id, voor_gemeente
from kern.models import Leesregel, TijdlijnRegel
from kern.taken import voer_uit
from organisatie.rechten import Rol
from tests.deelnemers.fabrieken import TOETS, DeelnemerFabriek, met_regie
from tests.hulp.clamd import EICAR, clamd
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def bestand(naam: str = "cv.pdf", inhoud: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud, content_type="application/pdf")


@pytest.fixture(autouse=True)
def eigen_map(settings: Any, tmp_path: Path) -> None:
    """A folder of its own: numbers of gemeenten come back after a test that empties the tables."""
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    return met_regie(consulent)


@pytest.fixture
def als(log_in: Callable[..., Any], team: Any) -> Callable[..., Any]:
    return lambda *rollen: log_in(*rollen, team=team)


@pytest.fixture
def scanner(tmp_path_factory: Any, settings: Any) -> Callable[[], Any]:
    """`with scanner():` a clamd answers; outside the block nobody does."""
    map_ = tmp_path_factory.mktemp("c")
    settings.VIRUSSCANNER = f"unix:{map_}/clamd.sock"
    return lambda: clamd(map_)


def bewaar(deelnemer: Deelnemer, soort: str = "cv", inhoud: bytes = PDF, **velden: Any) -> Document:
    with bestanden.weg_bij_mislukken():
        upload = dienst.lees_upload(bestand(inhoud=inhoud))
        return dienst.voeg_document_toe(deelnemer, upload, soort=soort, naam="cv.pdf", actor=TOETS, **velden)


def stuur(client: Any, deelnemer: Deelnemer, bestand_: Any, naam: str = "document_nieuw", **velden: Any) -> Any:
    data = {"bestand": bestand_, "soort": "cv", "datum": "1-9-2026", "toelichting": "", **velden}
    args = [deelnemer.dossiernummer, *([velden.pop("kenmerk")] if "kenmerk" in velden else [])]
    data.pop("kenmerk", None)
    return client.post(reverse(naam, args=args), data)


def adres(document: Document, naam: str = "document") -> str:
    return reverse(naam, args=[document.deelnemer.dossiernummer, document.kenmerk])


def op_schijf() -> set[str]:
    from django.conf import settings

    wortel = Path(settings.MEDIA_ROOT)
    gemeente = str(huidige_gemeente_id())
    return {
        str(p.relative_to(wortel))
        for kamer in (dienst.KAMER, dienst.KAMER_BIJZONDER)
        for p in (wortel / kamer / gemeente).glob("*/*")
    }


# --- Adding and opening ------------------------------------------------------------------------------
def test_toevoegen_en_openen(als: Any, persoon: Deelnemer) -> None:
    client = als("consulent")
    antwoord = stuur(client, persoon, bestand("mijn cv 123456782.pdf"))
    assert antwoord.status_code == 302
    document = Document.objects.get()
    assert (document.naam, document.controle, document.bijzonder) == ("mijn cv nummer.pdf", "zonder", False)
    lijst = client.get(reverse("documenten", args=[persoon.dossiernummer])).content.decode()
    assert adres(document) in lijst
    geopend = client.get(adres(document))
    assert geopend.content == PDF
    assert geopend["Content-Disposition"].startswith("attachment")
    assert "no-store" in geopend["Cache-Control"]
    assert geopend["X-Content-Type-Options"] == "nosniff"
    regel = Leesregel.objects.order_by("-id").first()
    assert regel is not None
    assert (regel.verwerking, regel.betrokkenen) == ("document.openen", [persoon.pk])


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("cv.pdf", b"MZ\x90\x00 een programma", "Dit bestand kunnen we niet gebruiken. Stuur PDF"),
        ("cv.pdf", b"", "Dit bestand is leeg"),
        ("groot.pdf", b"%PDF-1.4" + b"0" * bestanden.MAXIMUM + b"%%EOF", "Een document is hoogstens 10 MiB groot."),
    ],
)
def test_verkeerd_bestand_zegt_bij_het_veld_waarom(
    als: Any, persoon: Deelnemer, naam: str, inhoud: bytes, zin: str
) -> None:
    antwoord = stuur(als("consulent"), persoon, bestand(naam, inhoud))
    assert antwoord.status_code == 400
    assert antwoord.context["form"].errors["bestand"][0].startswith(zin)
    assert not Document.objects.exists()
    assert op_schijf() == set()


def test_datum_in_de_toekomst_en_tweede_keer_hetzelfde(als: Any, persoon: Deelnemer) -> None:
    client = als("consulent")
    assert "datum" in stuur(client, persoon, bestand(), datum="1-9-2099").context["form"].errors
    stuur(client, persoon, bestand())
    dubbel = stuur(client, persoon, bestand())
    assert dubbel.context["form"].errors["bestand"] == ["Dit document zit al in het dossier."]
    assert len(op_schijf()) == 1


# --- Who -------------------------------------------------------------------------------------------------
@pytest.mark.eis("R228", "Een stuk over gezondheid, schuld of straf bestaat niet voor wie dat recht niet heeft")
@pytest.mark.parametrize("soort", ["medisch", "indicatie", "schulden", "justitie"])
def test_bijzonder_stuk_is_er_alleen_met_het_recht(als: Any, persoon: Deelnemer, soort: str) -> None:
    document = bewaar(persoon, soort)
    assert document.bijzonder
    assert document.bestand.startswith("deelnemers-bijzonder/")
    url = reverse("documenten", args=[persoon.dossiernummer])
    client = als("inkomensconsulent")
    from deelnemers.services.regie import betrek

    betrek(persoon, "inkomen", klok.vandaag(), "toets:1", medewerker=client.medewerker, actor=TOETS)
    lijst = client.get(url).content.decode()
    assert "Nog geen documenten" in lijst
    assert dict(Dossierdocument.choices)[soort] not in lijst
    assert client.get(adres(document)).status_code == 404
    assert client.get(f"{url}?soort={soort}").status_code == 200
    dossier = client.get(reverse("dossier", args=[persoon.dossiernummer])).content.decode()
    assert "Document: " not in dossier
    met = als("consulent")
    assert met.get(adres(document)).status_code == 200
    assert "Afgeschermd" in met.get(url).content.decode()


def test_van_een_ander_team_of_dossier_gaat_niet_open(als: Any, persoon: Deelnemer) -> None:
    document, ander = bewaar(persoon), DeelnemerFabriek()
    client = als("consulent")
    vreemd = reverse("document", args=[ander.dossiernummer, document.kenmerk])
    assert client.get(vreemd).status_code == 302  # asks for a reason first
    zelf = met_regie(client.medewerker)
    assert client.get(reverse("document", args=[zelf.dossiernummer, document.kenmerk])).status_code == 404
    client.logout()
    assert client.get(adres(document)).status_code == 302


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.WERKLEIDER, Rol.FUNCTIONEEL_BEHEERDER])
def test_rol_zonder_dossier_komt_er_niet_bij(als: Any, persoon: Deelnemer, rol: str) -> None:
    document = bewaar(persoon)
    assert als(rol).get(adres(document)).status_code == 403


def test_wie_alleen_leest_voegt_niets_toe(als: Any, persoon: Deelnemer) -> None:
    from deelnemers.services.regie import betrek

    client = als("inkomensconsulent")
    betrek(persoon, "inkomen", klok.vandaag(), "toets:1", medewerker=client.medewerker, actor=TOETS)
    assert stuur(client, persoon, bestand()).status_code == 403
    assert "Document toevoegen" not in client.get(reverse("documenten", args=[persoon.dossiernummer])).content.decode()


# --- Versions ----------------------------------------------------------------------------------------------
def test_nieuwe_versie_laat_de_oude_staan(als: Any, persoon: Deelnemer) -> None:
    client, oud = als("consulent"), bewaar(persoon)
    vorm = {"kenmerk": oud.kenmerk, "toelichting": "Nieuwe baan erbij"}
    antwoord = stuur(client, persoon, bestand(inhoud=PDF + b"2\n%%EOF"), "document_vervangen", **vorm)
    assert antwoord.status_code == 302
    oud.refresh_from_db()
    nieuw = Document.objects.get(vervangt=oud)
    assert oud.vervangen_op is not None
    assert client.get(adres(oud)).content == PDF
    url = reverse("documenten", args=[persoon.dossiernummer])
    assert adres(oud) not in client.get(url).content.decode()
    assert adres(oud) in client.get(f"{url}?versies=alle").content.decode()
    assert adres(nieuw) in client.get(f"{url}?soort=cv").content.decode()
    weer = stuur(client, persoon, bestand(inhoud=PDF + b"3\n%%EOF"), "document_vervangen", kenmerk=oud.kenmerk)
    assert "intussen vervangen" in weer.content.decode()
    assert len(op_schijf()) == 2


def test_versie_van_een_bijzonder_stuk_blijft_bijzonder(persoon: Deelnemer) -> None:
    oud = bewaar(persoon, "overig", bijzonder=True)
    assert bewaar(persoon, "overig", PDF + b"2\n%%EOF", vervangt=oud).bijzonder


# --- Virus -------------------------------------------------------------------------------------------------
def test_virus_wordt_geweigerd(als: Any, persoon: Deelnemer, scanner: Any) -> None:
    with scanner():
        antwoord = stuur(als("consulent"), persoon, bestand(inhoud=b"%PDF-1.4 " + EICAR + b" %%EOF"))
    assert antwoord.context["form"].errors["bestand"] == [dienst.VIRUS]
    assert not Document.objects.exists()
    assert op_schijf() == set()


def test_zonder_scanner_wacht_het_tot_die_er_is(als: Any, persoon: Deelnemer, scanner: Any, gemeente: Any) -> None:
    client = als("consulent")
    stuur(client, persoon, bestand())
    document = Document.objects.get()
    assert document.controle == Viruscontrole.WACHT
    lijst = client.get(reverse("documenten", args=[persoon.dossiernummer])).content.decode()
    assert "Nog niet gecontroleerd" in lijst
    assert f'href="{adres(document)}"' not in lijst
    assert client.get(adres(document)).status_code == 403
    assert client.get(adres(document, "document_bewijs")).status_code == 404
    assert voer_uit("deelnemers.documenten", gemeente).tellingen == {}
    with scanner():
        assert voer_uit("deelnemers.documenten", gemeente).tellingen == {"gecontroleerd op virussen": 1}
    assert client.get(adres(document)).content == PDF


def test_virus_dat_later_blijkt(
    als: Any, persoon: Deelnemer, scanner: Any, gemeente: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = als("consulent")
    stuur(client, persoon, bestand(inhoud=b"%PDF-1.4 " + EICAR + b" %%EOF"))
    with scanner(), django_capture_on_commit_callbacks(execute=True):
        voer_uit("deelnemers.documenten", gemeente)
    document = Document.objects.get()
    assert document.controle == Viruscontrole.BESMET
    assert op_schijf() == set()
    assert client.get(adres(document)).status_code == 403
    assert "Virus gevonden" in client.get(reverse("documenten", args=[persoon.dossiernummer])).content.decode()
    assert TijdlijnRegel.objects.filter(titel="Document met een virus verwijderd").exists()


# --- Nothing left behind -----------------------------------------------------------------------------------
def test_mislukt_opslaan_laat_geen_bestand_achter(persoon: Deelnemer) -> None:
    with pytest.raises(ValidationError), bestanden.weg_bij_mislukken(), transaction.atomic():
        dienst.voeg_document_toe(persoon, dienst.lees_upload(bestand()), soort="cv", naam="cv.pdf", actor=TOETS)
        raise ValidationError("hier ging het mis")
    assert op_schijf() == set()


def test_wees_gaat_weg_na_een_week(persoon: Deelnemer, gemeente: Any) -> None:
    from django.conf import settings

    houdt, medisch = bewaar(persoon), bewaar(persoon, "medisch", PDF + b"2\n%%EOF")
    with bestanden.weg_bij_mislukken():
        jong, oud = (bestanden.bewaar(dienst.KAMER, bestanden.van_bytes(PDF)) for _ in range(2))
    lang_geleden = klok.wandklok() - bestanden.WEES_NA.total_seconds() - 60
    for plaats in (oud, houdt.bestand, medisch.bestand):
        os.utime(Path(settings.MEDIA_ROOT) / plaats, (lang_geleden, lang_geleden))
    voer_uit("kern.bestanden", gemeente)
    assert op_schijf() == {jong, houdt.bestand, medisch.bestand}


# --- Database, timeline, evidence ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("anders", "regel"),
    [
        ({"soort": "medisch", "bijzonder": False}, "document_bijzonder"),
        ({"soort": "iets"}, "document_soort"),
        ({"controle": "zeker"}, "document_controle"),
        ({"mediatype": "text/html"}, "document_mediatype"),
        ({"grootte": 0}, "document_grootte"),
    ],
)
def test_database_weigert(persoon: Deelnemer, anders: dict[str, Any], regel: str) -> None:
    document = bewaar(persoon)
    with pytest.raises(IntegrityError, match=regel), transaction.atomic(), handeling(FABRIEK):
        Document.objects.filter(pk=document.pk).update(**anders)


@pytest.mark.django_db(transaction=True)
def test_twee_keer_tegelijk_vervangen(persoon: Deelnemer, gemeente: Any) -> None:
    """Two colleagues replace the same file: one wins, the other hears it, and no file is left over."""
    oud, start, uitkomst = bewaar(persoon), threading.Barrier(2), []

    def vervang(nummer: int) -> None:
        with voor_gemeente(gemeente):
            start.wait()
            try:
                bewaar(persoon, inhoud=PDF + b"%d\n%%%%EOF" % nummer, vervangt=oud)
                uitkomst.append("gelukt")
            except ValidationError as fout:
                uitkomst.append(fout.messages[0])
        connections.close_all()

    draden = [threading.Thread(target=vervang, args=[n]) for n in (1, 2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomst)[1] == "gelukt"
    assert "intussen vervangen" in sorted(uitkomst)[0]
    assert len(op_schijf()) == 2
    connection.close()


def test_tijdlijn_is_opnieuw_op_te_bouwen(persoon: Deelnemer) -> None:
    tijdlijn_van(persoon.pk, TOETS)
    bewaar(persoon)
    bewaar(persoon, "medisch", PDF + b"2\n%%EOF")
    titels = TijdlijnRegel.objects.filter(betrokkene_id=persoon.pk, sleutel__startswith="document:")
    assert dict(titels.values_list("titel", "zichtbaarheid")) == {
        "Document: cv": "dossier",
        "Document: medisch of arbeidskundig advies": "bijzonder",
    }
    assert tijdlijn_van(persoon.pk, TOETS, schrijf=False) == 0


def test_document_als_bewijs(als: Any, persoon: Deelnemer) -> None:
    client, document = als("consulent"), bewaar(persoon, "contract")
    url = adres(document, "document_bewijs")
    assert client.get(url).context["form"].initial["soort"] == "arbeidscontract"
    vorm = {"soort": "arbeidscontract", "omschrijving": "Contract van 32 uur", "datum": "1-9-2026"}
    assert client.post(url, vorm).status_code == 302
    assert Bewijs.objects.get().document == document
    lijst = client.get(reverse("documenten", args=[persoon.dossiernummer])).content.decode()
    assert "Bewijs: arbeidscontract" in lijst


def test_aantal_vragen_groeit_niet(als: Any, persoon: Deelnemer) -> None:
    client = als("consulent")
    nummer = iter(range(100))

    def meer(aantal: int = 10) -> None:
        for _ in range(aantal):
            bewaar(persoon, inhoud=PDF + b"%d\n%%%%EOF" % next(nummer), medewerker=client.medewerker)

    meer(3)
    url = reverse("documenten", args=[persoon.dossiernummer])
    groeit_niet(lambda: client.get(url), meer, "documenten", maximum=22)
