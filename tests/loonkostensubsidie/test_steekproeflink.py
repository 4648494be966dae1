"""The employer sends the payslip of the monthly check himself, with a link that works once (R149; FEITEN 1.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kern.models import Bericht, Leesregel, Werkvoorraad
from loonkostensubsidie.models import Steekproefgeval, Werkgeverslink
from loonkostensubsidie.services.steekproef import beoordeel_geval, trek_steekproef
from tests.loonkostensubsidie import wereld
from tests.loonkostensubsidie.test_bezwaar import FEBRUARI, ROL
from tests.loonkostensubsidie.test_bezwaarpost import adres
from tests.werkgevers.fabrieken import ACTOR

pytestmark = pytest.mark.usefixtures("subsidiewereld")
STROOK = b"%PDF-1.7\nloonstrook\n%%EOF"


def bestand(inhoud: bytes = STROOK, naam: str = "strook.pdf") -> dict[str, Any]:
    return {"soort": "loonstrook", "bestand": SimpleUploadedFile(naam, inhoud, "application/pdf")}


@pytest.fixture
def geval(log_in: Callable[..., Any], collega: Any) -> tuple[Any, Steekproefgeval]:
    """A drawn right with its link, mailed to the employer."""
    intern = log_in(ROL)
    wereld.vastgesteld(intern.medewerker, collega)
    trek_steekproef(FEBRUARI, actor=ACTOR)
    rij = Steekproefgeval.objects.get()
    intern.post(reverse("lks_steekproef_link", args=[rij.pk]))
    return intern, rij


@pytest.mark.eis("R149", "de werkgever stuurt de loonstrook van de steekproef zelf, met een link die één keer werkt")
def test_de_werkgever_stuurt_zelf(geval: tuple[Any, Steekproefgeval], client: Any, settings: Any) -> None:
    intern, rij = geval
    mail = Bericht.objects.latest("pk")
    assert mail.aan == "wilma@kastanjehof.example" and rij.deelnemer.geslachtsnaam not in mail.tekst + mail.onderwerp
    assert "februari 2026" in client.get(adres(mail)).content.decode()
    settings.PEILDATUM = "2026-03-05"
    klaar = client.post(adres(mail), bestand())
    assert klaar.status_code == 200 and "Wij hebben het stuk ontvangen" in klaar.content.decode()
    rij.refresh_from_db()
    assert rij.stuk is not None and rij.ingestuurd_op == dt.date(2026, 3, 5) and not rij.uitkomst
    taak = Werkvoorraad.objects.get(soort="lks_steekproef")
    assert taak.op == dt.date(2026, 3, 5) and "De werkgever stuurde" in taak.waarom
    assert client.get(adres(mail)).status_code == 404 and client.post(adres(mail), bestand()).status_code == 404
    assert Leesregel.objects.filter(verwerking="subsidie.link", betrokkenen__contains=[rij.deelnemer_id]).exists()
    blad = intern.get(reverse("lks_steekproef_geval", args=[rij.pk])).content.decode()
    assert "strook.pdf" in blad and "5 maart 2026" in blad


@pytest.mark.parametrize("inhoud", [b"MZ geen document", b"", b"<html></html>"])
def test_een_verkeerd_bestand_wordt_geweigerd(geval: tuple[Any, Steekproefgeval], client: Any, inhoud: bytes) -> None:
    _, rij = geval
    mail = Bericht.objects.latest("pk")
    assert client.post(adres(mail), bestand(inhoud)).status_code == 422
    assert client.post(adres(mail), {"soort": "loonstrook"}).status_code == 422
    rij.refresh_from_db()
    assert rij.stuk is None and client.get(adres(mail)).status_code == 200, "de link werkt nog"


def test_een_nieuwe_link_of_een_oordeel_sluit_de_vorige(
    geval: tuple[Any, Steekproefgeval], client: Any, collega: Any
) -> None:
    intern, rij = geval
    oud = adres(Bericht.objects.latest("pk"))
    intern.post(reverse("lks_steekproef_link", args=[rij.pk]))
    assert client.get(oud).status_code == 404
    nieuw = adres(Bericht.objects.latest("pk"))
    beoordeel_geval(rij, "niet_ontvangen", "Niets gekregen.", actor=wereld.actor_van(collega))
    assert client.get(nieuw).status_code == 404
    intern.post(reverse("lks_steekproef_link", args=[rij.pk]))
    assert Werkgeverslink.objects.filter(geval=rij).count() == 2
