"""Beschut werk: UWV advises, with its letter; the municipality cannot set the outcome itself (R063)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Beschutadvies, Deelnemer, Document
from deelnemers.services.beschut import eis_beschutadvies, leg_beschutadvies_vast, vraag_beschutadvies_aan
from deelnemers.services.documenten import lees_upload
from deelnemers.services.regie import betrek
from kern import bestanden, klok
from kern.handeling import handeling
from kern.models import TijdlijnRegel
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.kern.fabrieken import FABRIEK

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def eigen_map(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def brief(nummer: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile("advies.pdf", PDF + b"%" + str(nummer).encode(), content_type="application/pdf")


def advies(
    deelnemer: Deelnemer, uitkomst: str = "positief", op: dt.date | None = None, nummer: int = 1
) -> Beschutadvies:
    """A request and the letter of UWV."""
    op = op or klok.vandaag()
    rij = vraag_beschutadvies_aan(deelnemer, op, actor=TOETS)
    with bestanden.weg_bij_mislukken():
        return leg_beschutadvies_vast(
            rij, uitkomst, advies_op=op, kenmerk="UWV-123", upload=lees_upload(brief(nummer)), actor=TOETS
        )


@pytest.mark.eis("R063", "Zonder positief advies van UWV kan beschut werk niet; het laatste advies beslist")
def test_de_poort(gemeente: Any) -> None:
    deelnemer, vandaag = DeelnemerFabriek(), klok.vandaag()
    for stap in ("niets", "gevraagd"):
        if stap == "gevraagd":
            vraag_beschutadvies_aan(deelnemer, vandaag - 60 * DAG, actor=TOETS)
        with pytest.raises(ValidationError, match="positief advies van UWV"):
            eis_beschutadvies(deelnemer, vandaag)
    with bestanden.weg_bij_mislukken():
        leg_beschutadvies_vast(
            Beschutadvies.objects.get(), "positief", advies_op=vandaag - 30 * DAG, kenmerk="K",
            upload=lees_upload(brief()), actor=TOETS,
        )  # fmt: skip
    eis_beschutadvies(deelnemer, vandaag)
    with pytest.raises(ValidationError):
        eis_beschutadvies(deelnemer, vandaag - 31 * DAG)
    advies(deelnemer, "negatief", nummer=2)
    with pytest.raises(ValidationError):
        eis_beschutadvies(deelnemer, vandaag)


@pytest.mark.eis("R063", "Zonder brief, kenmerk en dag van UWV is er geen uitkomst: de gemeente vult die niet zelf in")
def test_zonder_brief_geen_uitkomst(gemeente: Any) -> None:
    rij = vraag_beschutadvies_aan(DeelnemerFabriek(), klok.vandaag(), actor=TOETS)
    with pytest.raises(ValidationError, match="Zonder brief is er geen advies"):
        leg_beschutadvies_vast(rij, "positief", advies_op=klok.vandaag(), kenmerk="K", upload=None, actor=TOETS)
    for velden in (
        {"uitkomst": "positief"},
        {"uitkomst": "positief", "advies_op": klok.vandaag(), "kenmerk": "K"},
        {"advies_op": klok.vandaag()},
    ):
        with handeling(FABRIEK), pytest.raises(IntegrityError, match="beschutadvies_van_uwv"), transaction.atomic():
            Beschutadvies.objects.filter(pk=rij.pk).update(**velden)


def test_een_aanvraag_tegelijk_en_een_uitkomst_per_aanvraag(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    rij = advies(deelnemer)
    with pytest.raises(ValidationError, match="al vastgelegd"), bestanden.weg_bij_mislukken():
        leg_beschutadvies_vast(
            rij, "negatief", advies_op=klok.vandaag(), kenmerk="K", upload=lees_upload(brief(3)), actor=TOETS
        )
    vraag_beschutadvies_aan(deelnemer, klok.vandaag(), actor=TOETS)
    with pytest.raises(ValidationError, match="loopt al een aanvraag"):
        vraag_beschutadvies_aan(deelnemer, klok.vandaag(), actor=TOETS)
    with pytest.raises(ValidationError, match="toekomst"):
        vraag_beschutadvies_aan(DeelnemerFabriek(), klok.vandaag() + DAG, actor=TOETS)


def test_op_het_scherm(client: Any, log_in: Any, team: Any) -> None:
    log_in("consulent", team=team)
    deelnemer = met_regie(client.medewerker, team)
    pad, dag = reverse("beschut", args=[deelnemer.dossiernummer]), f"{klok.vandaag():%d-%m-%Y}"
    assert "nog geen advies aangevraagd" in client.get(pad).content.decode()
    assert client.post(pad, {"aangevraagd_op": "morgen"}).status_code == 400
    assert client.post(pad, {"aangevraagd_op": dag}).status_code == 302
    assert "UWV is aan zet" in client.get(pad).content.decode()
    invoer = {"uitkomst": "positief", "advies_op": dag, "kenmerk": "UWV-9"}
    assert client.post(pad, invoer).status_code == 400
    assert client.post(pad, invoer | {"brief": brief()}).status_code == 302
    blad = client.get(pad).content.decode()
    assert "Positief: beschut werk" in blad and "kenmerk UWV-9" in blad and "Brief openen" in blad
    document = Document.objects.get()
    assert (document.soort, document.bijzonder) == ("indicatie", True)


@pytest.mark.eis("R228", "Het advies over beschut werk ziet alleen wie bijzondere gegevens mag zien")
def test_alleen_met_het_recht(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)
    rij = advies(deelnemer)
    assert TijdlijnRegel.objects.get(sleutel=f"beschut:{rij.pk}").zichtbaarheid == "bijzonder"
    log_in("inkomensconsulent")
    betrek(deelnemer, "inkomen", klok.vandaag(), "toets", medewerker=client.medewerker, actor=TOETS)
    assert client.get(reverse("beschut", args=[deelnemer.dossiernummer])).status_code == 403
    for naam in ("dossier", "diagnose"):
        assert "UWV" not in client.get(reverse(naam, args=[deelnemer.dossiernummer])).content.decode()
