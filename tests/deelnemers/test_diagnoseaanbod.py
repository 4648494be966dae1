"""A client who comes back: what the referral says otherwise stands beside what was known, to take over or leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Beschikbaarheid, Deelnemer, Opleiding, Taalbeheersing, Werkvermogen, Zoekberoep
from deelnemers.services import diagnoseaanbod as dienst
from deelnemers.services.diagnose import is_actueel
from kern import klok
from kern.handeling import handeling
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie, volledige_diagnose
from tests.kern.fabrieken import FABRIEK

RAPPORT = {
    "opleidingen": [{"niveau": 4, "naam": "Zorg", "status": "diploma"}],
    "talen": [{"mondeling": 3, "schriftelijk": 2}, {"taal": "tur", "mondeling": 4}],
    "zoekberoep": [{"naam": "KOK"}, {"naam": "Chauffeur"}],
    "beschikbaarheid": {"urenMax": 32, "reistijdMax": 60},
    "rijbewijzen": ["B"],
    "werkvermogen": {"arbeidsvermogen": "20"},
}


@pytest.fixture
def terug(consulent: Any) -> Deelnemer:
    """Somebody whose diagnosis was made a year ago: vmbo, Dutch A2, 8 to 24 hours, looks for work as kok."""
    deelnemer = met_regie(consulent)
    volledige_diagnose(deelnemer, klok.vandaag() - 365 * DAG)
    return deelnemer


def lever(deelnemer: Deelnemer, rapport: dict[str, Any] = RAPPORT, dag: dt.date | None = None) -> int:
    return dienst.neem_over_uit_aanmelding(deelnemer, rapport, bron="Intake", datum=dag or klok.vandaag(), actor=TOETS)


def open_(soort: Any) -> list[Any]:
    return list(soort.objects.filter(aanbod="open").order_by("id"))


@pytest.mark.eis("R053", "Wat een nieuwe aanmelding anders zegt, staat naast wat er al stond; niets wordt overschreven")
def test_een_nieuwe_waarde_staat_ernaast(terug: Deelnemer) -> None:
    lever(terug)
    geldt = Beschikbaarheid.objects.get(vervangen_op=None)
    [nieuw] = open_(Beschikbaarheid)
    assert geldt.uren_max == 24 and (nieuw.uren_max, nieuw.rijbewijzen) == (32, ["B"])
    assert dienst.verschillen(nieuw, geldt) == [("hoogstens uren per week", "32", "24"), ("rijbewijzen", "B", "")]
    assert [r.mondeling for r in open_(Taalbeheersing)] == [3]
    assert [r.niveau for r in open_(Opleiding)] == [4]
    assert [(r.naam, r.volgorde) for r in open_(Zoekberoep)] == [("Chauffeur", 2)], "kok stond er al"


def test_wat_er_nog_niet_was_komt_gewoon_binnen(terug: Deelnemer) -> None:
    """R053: another language contradicts nothing, it waits for a confirmation as ever."""
    lever(terug)
    turks = Taalbeheersing.objects.get(taal="tur")
    assert (turks.te_bevestigen, turks.aanbod, turks.vervangen_op) == (True, "", None)


@pytest.mark.eis("R053", "Dezelfde gegevens twee keer aanleveren geeft niets dubbel")
def test_twee_keer_leveren_geeft_niets_dubbel(terug: Deelnemer) -> None:
    assert lever(terug) > 0
    assert lever(terug) == 0
    lever(terug, RAPPORT | {"beschikbaarheid": {"urenMax": 36}})
    assert [r.uren_max for r in open_(Beschikbaarheid)] == [36], "een nieuwer aanbod vervangt het vorige"
    lever(terug, {"talen": [{"mondeling": 2, "schriftelijk": 1}], "beschikbaarheid": {"urenMax": 24}})
    assert len(open_(Taalbeheersing)) == 1 and len(open_(Beschikbaarheid)) == 1, "wat gelijk is, is geen aanbod"


def test_wat_ouder_is_dan_wat_er_staat_wordt_niet_aangeboden(terug: Deelnemer) -> None:
    """R053: a referral that lay waiting does not contradict what was seen since."""
    assert lever(terug, {"beschikbaarheid": {"urenMax": 32}}, klok.vandaag() - 400 * DAG) == 0


@pytest.mark.eis("R053", "Overnemen is één klik: de nieuwe waarde geldt, bevestigd, en de oude blijft in de historie")
def test_overnemen(terug: Deelnemer) -> None:
    lever(terug)
    oud = Beschikbaarheid.objects.get(vervangen_op=None)
    dienst.neem_aanbod_over(open_(Beschikbaarheid)[0], actor=TOETS)
    nu, oud = Beschikbaarheid.objects.get(vervangen_op=None), Beschikbaarheid.objects.get(pk=oud.pk)
    assert (nu.uren_min, nu.uren_max, nu.bron, nu.bevestigd_op) == (8, 32, "aanmelding", klok.vandaag())
    assert oud.vervangen_op == klok.vandaag() and nu.houdbaar_tot > oud.houdbaar_tot
    dienst.neem_aanbod_over(open_(Opleiding)[0], actor=TOETS)
    dienst.neem_aanbod_over(open_(Zoekberoep)[0], actor=TOETS)
    assert Opleiding.objects.filter(vervangen_op=None).count() == 2
    rijen = Zoekberoep.objects.filter(vervangen_op=None).order_by("volgorde").values_list("naam", "volgorde")
    assert list(rijen) == [("Kok", 1), ("Chauffeur", 2)]


def test_laten_staan_en_een_collega_die_eerder_koos(terug: Deelnemer) -> None:
    """R053: what was left is kept, and is no longer offered."""
    lever(terug)
    [rij] = open_(Taalbeheersing)
    dienst.laat_staan(rij, actor=TOETS)
    assert Taalbeheersing.objects.get(taal="nld", vervangen_op=None).mondeling == 2
    for doe in (dienst.laat_staan, dienst.neem_aanbod_over):
        with pytest.raises(ValidationError, match="Een collega koos"):
            doe(rij, actor=TOETS)


def test_een_grens_die_niet_past_houdt_de_aanmelding_niet_tegen(terug: Deelnemer) -> None:
    """R053: fewer hours than the known minimum is a value to choose, not an error."""
    lever(terug, {"beschikbaarheid": {"urenMax": 4}})
    assert [(r.uren_min, r.uren_max) for r in open_(Beschikbaarheid)] == [(4, 4)]


def test_aangeboden_telt_niet_als_diagnose(terug: Deelnemer) -> None:
    """R059: an offer makes nothing current; the database keeps it out of what holds."""
    lever(terug)
    assert not is_actueel(terug)
    [rij] = open_(Werkvermogen)
    with pytest.raises(IntegrityError), transaction.atomic(), handeling(FABRIEK):
        Werkvermogen.objects.filter(pk=rij.pk).update(vervangen_op=None)


@pytest.mark.eis("R053", "De diagnose toont per gegeven wat nieuw is, met twee knoppen: overnemen of laten staan")
def test_het_scherm(terug: Deelnemer, consulent: Any, client: Any) -> None:
    lever(terug, dag=dt.date(2026, 3, 3))
    client.force_login(consulent.gebruiker)
    pad = reverse("diagnose", args=[terug.dossiernummer])
    blad = client.get(pad).content.decode()
    assert "Nieuw uit de aanmelding van 3 maart 2026" in blad
    assert "Hoogstens uren per week: 32 (nu 24)" in blad and "gegevens zijn</b> anders dan wat er al stond" in blad
    [uren], [taal] = open_(Beschikbaarheid), open_(Taalbeheersing)

    def kies(naam: str, rij: Any, keuze: str) -> Any:
        return client.post(reverse("diagnose_aanbod", args=[terug.dossiernummer, naam, rij.pk, keuze]))

    assert kies("beschikbaarheid", uren, "overnemen").url == pad
    assert kies("taal", taal, "laten").status_code == 302
    assert Beschikbaarheid.objects.get(vervangen_op=None).uren_max == 32
    assert kies("taal", taal, "weggooien").status_code == 404
    assert "Hoogstens uren per week" not in client.get(pad).content.decode()


@pytest.mark.eis("R228", "Een aangeboden werkvermogen ziet en kiest alleen wie bijzondere gegevens mag zien")
def test_werkvermogen_blijft_afgeschermd(terug: Deelnemer, client: Any, team: Any, maak_medewerker: Any) -> None:
    lever(terug)
    [rij] = open_(Werkvermogen)
    client.force_login(maak_medewerker("afdelingsmanager", team=team).gebruiker)
    blad = client.get(reverse("diagnose", args=[terug.dossiernummer])).content.decode()
    assert "Nieuw uit de aanmelding" in blad and "minimumloon" not in blad
    pad = reverse("diagnose_aanbod", args=[terug.dossiernummer, "werkvermogen", rij.pk, "overnemen"])
    assert client.post(pad).status_code in {403, 404}
