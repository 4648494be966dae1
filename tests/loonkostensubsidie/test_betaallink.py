"""The employer sees how far his payments are by a link: months and amounts, nobody's name (R149)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from kern import klok
from kern.models import Gemeente, Leesregel, Werkvoorraad, Wijziging
from kern.sleutel import afdruk
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.betaalstand import stand_van
from loonkostensubsidie.betaalwerk import alle_werk
from loonkostensubsidie.models import Betaallink, Betaallinkopening
from loonkostensubsidie.services import betaallink as dienst
from loonkostensubsidie.views.betaallink import OPEN_SECONDEN
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.betaalfabrieken import (
    MEI,
    PEILDATUM,
    TAAK,
    actor,
    betaald,
    gemeente_betaalt,
    opgesteld,
    recht,
    werkgever,
)


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


def adres(sleutel: str) -> str:
    return reverse("betaallink_openen", args=[sleutel])


@pytest.mark.eis("R149", "de werkgever ziet met een link wat is betaald, per maand en nummer, zonder naam")
def test_de_werkgever_ziet_de_stand_van_zijn_betaling(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    baas = werkgever()
    een = recht(baas)
    ander = recht(werkgever(naam="Anders BV"))
    betaald(MEI)
    opgesteld()
    _, sleutel = dienst.maak_betaallink(baas, "administratie", 14, actor=actor())
    client = Client()
    vraag = client.get(adres(sleutel)).content.decode()
    assert "Uw naam" in vraag and "918,08" not in vraag
    assert client.post(adres(sleutel), {"naam": ""}).status_code == 422
    assert not Betaallinkopening.objects.exists()
    stand = client.post(adres(sleutel), {"naam": "Wilma"}, follow=True).content.decode()
    assert "Betaald" in stand and "Wordt nagekeken" in stand and "€\xa0918,08" in stand and een.nummer in stand
    assert een.deelnemer.geslachtsnaam not in stand and ander.nummer not in stand
    assert Betaallinkopening.objects.get().naam == "Wilma"
    gelezen = Leesregel.objects.filter(verwerking="betaling.werkgever").values_list("betrokkenen", flat=True)
    assert list(gelezen) == [[een.deelnemer_id]]


@pytest.mark.eis("R149", "een link stopt vanzelf, kan worden gestopt, en zegt nooit waarom hij niet werkt")
def test_een_link_die_niet_werkt_zegt_niet_waarom(gemeente: Gemeente, log_in: Any) -> None:
    baas = werkgever()
    client = log_in("medewerker_subsidies")
    bladzijde = reverse("betaallinks", args=[baas.pk])
    antwoord = client.post(bladzijde, {"voor": "administratie", "dagen": "7"}).content.decode()
    sleutel = antwoord.split("/betalingen/stand/")[1].split("<")[0]
    assert sleutel not in client.get(bladzijde).content.decode(), "de link staat er één keer"
    link = Betaallink.objects.get()
    assert link.sleutelhash == afdruk(sleutel) != sleutel
    assert not Wijziging.objects.filter(tabel="loonkostensubsidie_betaallink", nieuw__has_key="sleutelhash").exists()
    buiten = Client()
    assert buiten.get(adres(sleutel)).status_code == 200
    onbekend = buiten.get(adres("onbekend"))
    with time_machine.travel(link.geldig_tot + dt.timedelta(seconds=1), tick=False):
        verlopen = buiten.get(adres(sleutel))
    client.post(reverse("betaallink_intrekken", args=[baas.pk, link.pk]))
    gestopt = buiten.get(adres(sleutel))
    assert {a.status_code for a in (onbekend, verlopen, gestopt)} == {404}
    assert "Deze link werkt niet" in gestopt.content.decode()
    assert "Gestopt" in client.get(bladzijde).content.decode()


@pytest.mark.eis(
    "R149", "de link werkt één keer: kijken verbruikt hem niet, de knop wel, en daarna is een nieuwe te vragen"
)
def test_een_link_werkt_een_keer(gemeente: Gemeente, log_in: Any) -> None:
    baas = werkgever()
    link, sleutel = dienst.maak_betaallink(baas, "administratie", 14, actor=actor())
    scanner, eerste, later = Client(), Client(), Client()
    for _ in range(3):
        assert scanner.get(adres(sleutel)).status_code == scanner.head(adres(sleutel)).status_code == 200
    link.refresh_from_db()
    assert link.geopend_op is None, "een mailscanner die de link volgt verbruikt hem niet"
    assert "Betalingen aan" in eerste.post(adres(sleutel), {"naam": "Wilma"}, follow=True).content.decode()
    assert "Betalingen aan" in eerste.get(adres(sleutel)).content.decode(), "wie opende kan een uur terug"
    gebruikt = later.get(adres(sleutel))
    assert gebruikt.status_code == 410 and "al gebruikt" in gebruikt.content.decode()
    assert "al gebruikt" in later.post(adres(sleutel), {"naam": "Piet"}).content.decode()
    assert Betaallinkopening.objects.get().naam == "Wilma"
    with time_machine.travel(klok.echt_nu() + dt.timedelta(seconds=OPEN_SECONDEN + 60), tick=False):
        assert eerste.get(adres(sleutel)).status_code == 410, "na een uur is het voorbij"


def test_wie_terugkomt_vraagt_een_nieuwe_link(gemeente: Gemeente, log_in: Any) -> None:
    baas = werkgever()
    link, sleutel = dienst.maak_betaallink(baas, "administratie", 14, actor=actor())
    with pytest.raises(OvergangGeweigerd, match="werkt nog"):
        dienst.vraag_nieuwe_link(link, actor=TAAK)
    dienst.open_betaallink(link, "Wilma", actor=TAAK)
    with pytest.raises(OvergangGeweigerd, match="al gebruikt"):
        dienst.open_betaallink(link, "Piet", actor=TAAK)
    for _ in range(2):
        assert "U krijgt hem van ons" in Client().post(adres(sleutel)).content.decode()
    (taak,) = Werkvoorraad.objects.filter(soort="betaallink")
    assert baas.naam in taak.titel
    assert [rij.sleutel for rij in alle_werk() if rij.soort == "betaallink"] == [taak.sleutel]
    assert "vraagt een nieuwe" in log_in("medewerker_subsidies").get(taak.url).content.decode()
    dienst.maak_betaallink(baas, "administratie", 14, actor=actor())
    assert not Werkvoorraad.objects.filter(soort="betaallink").exists()
    assert not [rij for rij in alle_werk() if rij.soort == "betaallink"]


def test_een_taak_maakt_geen_link(gemeente: Gemeente) -> None:
    with pytest.raises(ValidationError, match="doet een medewerker"):
        dienst.maak_betaallink(werkgever(), "administratie", 14, actor=TAAK)
    with pytest.raises(ValidationError, match="Kies een van de termijnen"):
        dienst.maak_betaallink(werkgever(), "administratie", 400, actor=actor())


def test_de_stand_kost_niet_meer_bij_meer_mensen(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    baas = werkgever()
    recht(baas)
    betaald(MEI)

    def meer() -> None:
        for _ in range(3):
            recht(baas)
        betaald()

    groeit_niet(lambda: stand_van(baas), meer, "stand van betalingen", 4)
