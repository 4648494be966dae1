"""Objections and what employers report: terms, who may, what they do (R149; Awb 6 and 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from kern import bestanden
from kern.handeling import handeling
from kern.models import Leesregel, TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.models import Beschikking, Bezwaar, Steekproefgeval, Subsidie, Wijzigingsmelding
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services import bezwaar as dienst
from loonkostensubsidie.services import werkgeverslink, wijzigingen
from loonkostensubsidie.services.steekproef import beoordeel_geval, loot, trek_steekproef
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.hulp.pdf import tekst_van
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie import wereld
from tests.loonkostensubsidie.test_besluit import stel_vast
from tests.werkgevers.fabrieken import ACTOR
from werkgevers.dienstverbandvragen import perioden_van, ziekte_van

pytestmark = pytest.mark.usefixtures("subsidiewereld")
ROL = "medewerker_subsidies"
MAART = dt.date(2026, 3, 1)


def bezwaar(besluit: Beschikking, op: dt.date, wie: Any) -> Bezwaar:
    return dienst.ontvang_bezwaar(besluit, "werkgever", "Wilma", op, "Te weinig.", actor=wereld.actor_van(wie))


# --- Objections ------------------------------------------------------------------------------------------------------
def gehoord(rij: Bezwaar, wie: Any) -> Bezwaar:
    """Taken on by `wie`, and the hearing was held."""
    actor = wereld.actor_van(wie)
    rij = dienst.behandel_bezwaar(rij, actor=actor) if rij.status == "ontvangen" else rij
    return dienst.leg_horen_vast(
        rij, "gehouden", hoorzitting_op=rij.ontvangen_op, hoorverslag="De werkgever lichtte het toe.", actor=actor
    )


def beslis(rij: Bezwaar, uitkomst: str, motivering: str, wie: Any, **velden: Any) -> Bezwaar:
    with bestanden.weg_bij_mislukken():
        return dienst.beslis_op_bezwaar(rij, uitkomst, motivering, actor=wereld.actor_van(wie), **velden)


def test_op_tijd_en_de_termijn_om_te_beslissen(schrijver: Any, collega: Any, settings: Any) -> None:
    """Sent on 2 March: objection until 13 April; six weeks after that is 25 May, Whit Monday, so 26 May."""
    besluit = wereld.vastgesteld(schrijver, collega)
    settings.PEILDATUM = "2026-04-14"
    net = bezwaar(besluit, dt.date(2026, 4, 13), schrijver)
    assert (net.op_tijd, net.beslis_voor) == (True, dt.date(2026, 5, 26))
    dienst.trek_bezwaar_in(net, "Toch eens.", actor=wereld.actor_van(schrijver))
    laat = bezwaar(besluit, dt.date(2026, 4, 14), schrijver)
    assert (laat.op_tijd, laat.beslis_voor) == (False, dt.date(2026, 5, 26))
    assert TijdlijnRegel.objects.filter(sleutel__startswith="bezwaar:").count() == 2


def test_voor_de_verzending_en_in_de_toekomst_is_er_geen_bezwaar(schrijver: Any, collega: Any) -> None:
    with pytest.raises(ValidationError, match="nog niet verstuurd"):
        bezwaar(wereld.voorgelegd(schrijver), dt.date(2026, 3, 2), schrijver)
    besluit = wereld.vastgesteld(schrijver, collega)
    for dag in (dt.date(2026, 3, 1), dt.date(2026, 3, 3)):
        with pytest.raises(ValidationError):
            bezwaar(besluit, dag, schrijver)
    assert not Bezwaar.objects.exists()


def test_wie_het_besluit_nam_behandelt_het_bezwaar_niet(schrijver: Any, collega: Any, derde: Any) -> None:
    rij = bezwaar(wereld.vastgesteld(schrijver, collega), dt.date(2026, 3, 2), schrijver)
    for wie in (schrijver, collega):
        with pytest.raises(ValidationError, match="Een ander behandelt"):
            dienst.behandel_bezwaar(rij, actor=wereld.actor_van(wie))
    rij = dienst.behandel_bezwaar(rij, actor=wereld.actor_van(derde))
    with pytest.raises(ValidationError, match="Alleen wie het bezwaar behandelt"):
        dienst.beslis_op_bezwaar(rij, "ongegrond", "Het klopt.", actor=wereld.actor_van(collega))
    assert Werkvoorraad.objects.get(sleutel=f"bezwaar:{rij.pk}").voor_id == derde.gebruiker_id
    rij = beslis(gehoord(rij, derde), "ongegrond", "Het bedrag klopt.", derde)
    assert (rij.status, rij.besloten_op) == ("beslist", dt.date(2026, 3, 2))
    assert not Werkvoorraad.objects.filter(sleutel=f"bezwaar:{rij.pk}").exists()


def test_verdagen_kan_een_keer_en_niet_na_de_termijn(schrijver: Any, collega: Any, settings: Any) -> None:
    actor = wereld.actor_van(schrijver)
    rij = bezwaar(wereld.vastgesteld(schrijver, collega), dt.date(2026, 3, 2), schrijver)
    rij = dienst.verdaag_bezwaar(rij, actor=actor)
    assert rij.beslis_voor == dt.date(2026, 7, 7)
    with pytest.raises(ValidationError, match="al een keer"):
        dienst.verdaag_bezwaar(rij, actor=actor)
    ander = bezwaar(wereld.vastgesteld(schrijver, collega), dt.date(2026, 3, 2), schrijver)
    settings.PEILDATUM = "2026-05-27"
    with pytest.raises(ValidationError, match="al voorbij"):
        dienst.verdaag_bezwaar(ander, actor=actor)


def test_te_laat_vraagt_een_goede_reden(schrijver: Any, collega: Any, derde: Any, settings: Any) -> None:
    besluit, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(derde)
    settings.PEILDATUM = "2026-05-01"
    rij = gehoord(bezwaar(besluit, dt.date(2026, 5, 1), schrijver), derde)
    with pytest.raises(ValidationError, match="te laat"):
        dienst.beslis_op_bezwaar(rij, "ongegrond", "Het klopt.", actor=actor)
    with pytest.raises(IntegrityError, match="lksbezwaar_te_laat"), transaction.atomic(), handeling(ACTOR):
        Bezwaar.objects.filter(pk=rij.pk).update(
            status="beslist", uitkomst="gegrond", motivering="x", besloten_op=dt.date(2026, 5, 1)
        )
    rij = beslis(rij, "gegrond", "Lag in het ziekenhuis.", derde, verschoonbaar=True)
    assert Werkvoorraad.objects.filter(sleutel=f"bezwaargevolg:{rij.pk}").count() == 1


def test_een_gegrond_bezwaar_tegen_een_afwijzing_opent_de_aanvraag_weer(
    schrijver: Any, collega: Any, derde: Any
) -> None:
    besluit, actor = wereld.vastgesteld(schrijver, collega, "afwijzing"), wereld.actor_van(derde)
    beslis(gehoord(bezwaar(besluit, dt.date(2026, 3, 2), schrijver), derde), "gegrond", "U heeft gelijk.", derde)
    aanvraag = besluit.aanvraag
    assert aanvraag is not None
    aanvraag.refresh_from_db()
    assert (aanvraag.status, aanvraag.afgerond_op) == ("in_behandeling", None)
    nieuw = besluiten.leg_voor(besluiten.stel_op(aanvraag, "toekenning", "Na bezwaar.", actor=actor), actor=actor)
    stel_vast(nieuw, collega)
    assert Subsidie.objects.count() == 1


# --- What an employer reports ----------------------------------------------------------------------------------------
def gemeld(besluit: Beschikking, soort: str, vanaf: dt.date, wie: Any, **velden: Any) -> Wijzigingsmelding:
    assert besluit.dienstverband is not None
    return wijzigingen.meld_wijziging(
        besluit.dienstverband, soort, vanaf, "Wilma", actor=wereld.actor_van(wie), **velden
    )


def test_andere_uren_komen_in_het_dienstverband_en_geven_een_besluit(schrijver: Any, collega: Any) -> None:
    besluit, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    rij = gemeld(besluit, "uren", MAART, schrijver, uren_per_week=Decimal(32))
    assert Werkvoorraad.objects.filter(sleutel=f"wijziging:{rij.pk}").count() == 1
    rij = wijzigingen.verwerk_wijziging(rij, actor=actor)
    perioden = [(p.begindatum, int(p.uren_per_week)) for p in perioden_van(rij.dienstverband)]
    assert perioden == [(wereld.BEGIN, 24), (MAART, 32)]
    assert rij.beschikking is not None and rij.status == "verwerkt"
    assert (rij.beschikking.soort, rij.beschikking.vorig_totaal) == ("wijziging", besluit.totaal)
    assert rij.beschikking.totaal == Decimal("1360.12")  # 32/36 instead of 24/36 of 1530.13
    assert stel_vast(besluiten.leg_voor(rij.beschikking, actor=actor), collega).status == "vastgesteld"
    assert not Werkvoorraad.objects.filter(sleutel=f"wijziging:{rij.pk}").exists()
    with pytest.raises(OvergangGeweigerd):
        wijzigingen.verwerk_wijziging(rij, actor=actor)


def test_ziek_en_weer_beter(schrijver: Any, collega: Any) -> None:
    besluit, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    with pytest.raises(ValidationError, match="geen ziekmelding"):
        wijzigingen.verwerk_wijziging(gemeld(besluit, "hersteld", MAART, schrijver), actor=actor)
    assert Wijzigingsmelding.objects.get().status == "ontvangen"
    wijzigingen.verwerk_wijziging(gemeld(besluit, "ziek", dt.date(2026, 2, 16), schrijver), actor=actor)
    wijzigingen.verwerk_wijziging(Wijzigingsmelding.objects.get(soort="hersteld"), actor=actor)
    assert besluit.dienstverband is not None
    ziek = ziekte_van(besluit.dienstverband).get()
    assert (ziek.begindatum, ziek.einddatum) == (dt.date(2026, 2, 16), dt.date(2026, 2, 28))
    assert Beschikking.objects.count() == 1


def test_het_einde_van_het_werk_geeft_een_beeindiging(schrijver: Any, collega: Any) -> None:
    besluit, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    rij = wijzigingen.verwerk_wijziging(gemeld(besluit, "einde", dt.date(2026, 2, 28), schrijver), actor=actor)
    rij.dienstverband.refresh_from_db()
    assert rij.dienstverband.einddatum == dt.date(2026, 2, 28)
    assert rij.beschikking is not None and rij.beschikking.soort == "beeindiging"
    stel_vast(besluiten.leg_voor(rij.beschikking, actor=actor), collega)
    assert Subsidie.objects.get().einddatum == dt.date(2026, 2, 28)


@pytest.mark.parametrize("soort", ["verhuizing", "loonwaarde"])
def test_een_verhuizing_stopt_niets(schrijver: Any, collega: Any, soort: str) -> None:
    besluit = wereld.vastgesteld(schrijver, collega)
    rij = wijzigingen.verwerk_wijziging(gemeld(besluit, soort, MAART, schrijver), actor=wereld.actor_van(schrijver))
    assert (rij.status, rij.beschikking, Subsidie.objects.get().status) == ("verwerkt", None, "lopend")
    [taak] = Werkvoorraad.objects.filter(sleutel=f"vervolg:{rij.pk}")
    assert ("overdracht" if soort == "verhuizing" else "opnieuw meten") in taak.titel
    wijzigingen.rond_vervolg_af(rij, actor=wereld.actor_van(schrijver))
    assert not Werkvoorraad.objects.filter(sleutel=f"vervolg:{rij.pk}").exists()
    with pytest.raises(OvergangGeweigerd):
        wijzigingen.rond_vervolg_af(rij, actor=wereld.actor_van(schrijver))


@pytest.mark.parametrize(
    ("velden", "vanaf"),
    [({}, MAART), ({"uren_per_week": Decimal("168.5")}, MAART), ({"uren_per_week": Decimal(30)}, dt.date(2026, 1, 31))],
)
def test_een_onmogelijke_wijziging_wordt_niet_bewaard(
    schrijver: Any, collega: Any, velden: dict[str, Any], vanaf: dt.date
) -> None:
    besluit = wereld.vastgesteld(schrijver, collega)
    with pytest.raises(ValidationError):
        gemeld(besluit, "uren", vanaf, schrijver, **velden)
    assert not Wijzigingsmelding.objects.exists()


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_de_werkgever_geeft_een_wijziging_door_met_een_link(client: Any, schrijver: Any, collega: Any) -> None:
    besluit = wereld.vastgesteld(schrijver, collega)
    assert besluit.dienstverband is not None
    _, adres = werkgeverslink.geef_link(
        besluit.dienstverband, "Wilma", "wilma@kastanjehof.example", actor=wereld.actor_van(schrijver)
    )
    url = reverse("werkgeverslink", args=[adres.rpartition("/")[2]])
    half = client.post(url, {"soort": "uren", "vanaf": "1-3-2026", "melder": "Wilma"})
    assert half.status_code == 422 and not Wijzigingsmelding.objects.exists()
    klaar = client.post(url, {"soort": "uren", "vanaf": "1-3-2026", "uren_per_week": "32", "melder": "Wilma"})
    assert "Dank u wel" in klaar.content.decode()
    rij = Wijzigingsmelding.objects.get()
    assert (rij.bron, rij.uren_per_week, rij.status) == ("werkgever", Decimal(32), "ontvangen")
    assert client.get(url).status_code == 404


def test_bezwaar_en_wijziging_op_de_bladzijden(log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]) -> None:
    client, collega = log_in(ROL), maak_medewerker(ROL)
    besluit = wereld.vastgesteld(client.medewerker, collega)
    assert besluit.subsidie is not None
    client.post(
        reverse("lks_bezwaar_nieuw", args=[besluit.kenmerk]),
        {"indiener": "werkgever", "naam": "Wilma", "ontvangen_op": "2-3-2026", "gronden": "Te weinig."},
    )
    rij = Bezwaar.objects.get()
    bladzijde = client.get(reverse("lks_bezwaar", args=[rij.kenmerk])).content.decode()
    assert "Een ander behandelt het bezwaar" in bladzijde
    client.post(
        reverse("lks_wijziging_nieuw", args=[besluit.subsidie.kenmerk]),
        {"soort": "uren", "vanaf": "1-3-2026", "uren_per_week": "32", "melder": "Wilma"},
    )
    melding = Wijzigingsmelding.objects.get()
    client.post(reverse("lks_wijziging_verwerken", args=[melding.kenmerk]))
    melding.refresh_from_db()
    assert melding.status == "verwerkt"
    assert "Wilma" in client.get(reverse("lks_wijziging", args=[melding.kenmerk])).content.decode()
    client.force_login(maak_medewerker(ROL).gebruiker)
    client.post(reverse("lks_bezwaar_stap", args=[rij.kenmerk, "behandelen"]))
    beslissen = reverse("lks_bezwaar_stap", args=[rij.kenmerk, "beslissen"])
    te_vroeg = client.post(beslissen, {"uitkomst": "ongegrond", "motivering": "Het bedrag klopt."})
    assert te_vroeg.status_code == 422 and "Leg eerst vast hoe er is gehoord" in te_vroeg.content.decode()
    horen = reverse("lks_bezwaar_stap", args=[rij.kenmerk, "horen"])
    leeg = client.post(horen, {"horen": "gehouden"}).content.decode()
    assert "Vul de dag van de hoorzitting in" in leeg and "Schrijf op wat er is gezegd" in leeg
    client.post(horen, {"horen": "afgezien", "hoorverslag": "De werkgever wil niet worden gehoord."})
    client.post(beslissen, {"uitkomst": "ongegrond", "motivering": "Het bedrag klopt."})
    rij.refresh_from_db()
    assert (rij.status, rij.horen) == ("beslist", "afgezien")
    brief = client.get(reverse("lks_bezwaar_brief", args=[rij.kenmerk]))
    tekst = " ".join(tekst_van(brief.getvalue() if brief.streaming else brief.content).split())
    for deel in ("Besluit op uw bezwaar", "ongegrond", "wil niet worden gehoord", "Het bedrag klopt", "rechtbank"):
        assert deel in tekst, deel
    gelezen = {b for regel in Leesregel.objects.filter(verwerking="subsidie.bezwaar") for b in regel.betrokkenen}
    assert gelezen == {rij.deelnemer_id}


def test_het_overzicht_kost_een_vast_aantal_vragen(
    log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]
) -> None:
    client, collega = log_in(ROL), maak_medewerker(ROL)

    def meer() -> None:
        besluit = wereld.vastgesteld(client.medewerker, collega)
        bezwaar(besluit, dt.date(2026, 3, 2), collega)
        gemeld(besluit, "ziek", MAART, collega)

    meer()
    url = reverse("lks_wijzigingen")
    groeit_niet(lambda: client.get(url), meer, "lks_wijzigingen", 14)
    assert "Geen wijzigingen" in client.get(url, {"stand": "klaar"}).content.decode()


# --- The sample ------------------------------------------------------------------------------------------------------
FEBRUARI = dt.date(2026, 2, 1)


def test_het_lot_is_na_te_gaan() -> None:
    pks = list(range(1, 101))
    assert loot(pks, 5, "1:2026-02") == loot(list(reversed(pks)), 5, "1:2026-02")
    assert loot(pks, 5, "1:2026-02") != loot(pks, 5, "1:2026-03")
    assert (len(loot(pks, 5, "x")), loot([7], 5, "x")) == (5, [7])


def test_een_maand_wordt_een_keer_getrokken_en_staat_bij_vandaag(schrijver: Any, collega: Any) -> None:
    assert trek_steekproef(FEBRUARI, actor=ACTOR) is None  # nothing ran
    for _ in range(2):
        wereld.vastgesteld(schrijver, collega)
    rij = trek_steekproef(FEBRUARI, actor=ACTOR)
    assert rij is not None and (rij.omvang, rij.uit) == (2, 2)
    assert trek_steekproef(FEBRUARI, actor=ACTOR) is None
    assert trek_steekproef(dt.date(2026, 1, 1), actor=ACTOR) is None  # the rights began in February
    assert Werkvoorraad.objects.filter(soort="lks_steekproef", op=dt.date(2026, 3, 16)).count() == 2


def test_de_omvang_is_een_instelling(schrijver: Any, collega: Any) -> None:
    with handeling(ACTOR):
        Parameter.objects.filter(sleutel="lks.steekproef_omvang").update(waarde="1")
    opzoeken.vergeet()
    for _ in range(2):
        wereld.vastgesteld(schrijver, collega)
    rij = trek_steekproef(FEBRUARI, actor=ACTOR)
    assert rij is not None and (rij.omvang, rij.uit) == (1, 2)


def test_een_steekproef_beoordelen(log_in: Callable[..., Any], collega: Any) -> None:
    client = log_in(ROL)
    wereld.vastgesteld(client.medewerker, collega)
    trek_steekproef(FEBRUARI, actor=ACTOR)
    geval = Steekproefgeval.objects.get()
    url = reverse("lks_steekproef_geval", args=[geval.pk])
    bladzijde = client.get(url).content.decode().replace("\xa0", " ")
    assert "24 uur per week" in bladzijde and "1.020,09" in bladzijde
    assert client.post(url, {"uitkomst": "wijkt_af", "toelichting": ""}).status_code == 422
    client.post(url, {"uitkomst": "wijkt_af", "toelichting": "Op de loonstrook staat 20 uur."})
    geval.refresh_from_db()
    assert (geval.uitkomst, geval.beoordeeld_door) == ("wijkt_af", client.medewerker.gebruiker)
    assert not Werkvoorraad.objects.filter(soort="lks_steekproef").exists()
    with pytest.raises(OvergangGeweigerd):
        beoordeel_geval(geval, "klopt", "", actor=wereld.actor_van(collega))
    assert "Op de loonstrook staat 20 uur." in client.get(reverse("lks_steekproef")).content.decode()


@pytest.mark.eis("R149", "een geval van de steekproef houdt de loonstrook of urenstaat en de uitkomst")
def test_een_loonstrook_bij_de_steekproef(log_in: Callable[..., Any], collega: Any) -> None:
    client = log_in(ROL)
    wereld.vastgesteld(client.medewerker, collega)
    trek_steekproef(FEBRUARI, actor=ACTOR)
    geval = Steekproefgeval.objects.get()
    url, stuk = reverse("lks_steekproef_geval", args=[geval.pk]), reverse("lks_steekproef_stuk", args=[geval.pk])
    assert client.get(stuk).status_code == 404
    geen_pdf = SimpleUploadedFile("strook.pdf", b"MZ geen document", "application/pdf")
    assert client.post(url, {"stuk": "1", "soort": "loonstrook", "bestand": geen_pdf}).status_code == 422
    geval.refresh_from_db()
    assert geval.stuk is None
    strook = b"%PDF-1.7\nloonstrook\n%%EOF"
    client.post(
        url,
        {"stuk": "1", "soort": "loonstrook", "bestand": SimpleUploadedFile("strook.pdf", strook, "application/pdf")},
    )
    geval.refresh_from_db()
    assert geval.stuk is not None and (geval.stuk.soort, geval.stuk.deelnemer_id) == ("loonstrook", geval.deelnemer_id)
    assert client.get(stuk).content == strook
    niet = client.post(url, {"uitkomst": "niet_ontvangen", "toelichting": "Niets gekregen."})
    assert niet.status_code == 422 and "Dan is er iets ontvangen" in niet.content.decode()
    client.post(url, {"uitkomst": "klopt"})
    geval.refresh_from_db()
    assert geval.uitkomst == "klopt" and "Uren en loon kloppen" in client.get(url).content.decode()
    nog_een = {"stuk": "1", "soort": "urenstaat", "bestand": SimpleUploadedFile("uren.pdf", strook, "application/pdf")}
    assert client.post(url, nog_een).status_code == 422
