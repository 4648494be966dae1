"""Another account number: two people and a call to a number that we knew; nothing is paid meanwhile."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kern import klok
from kern.handeling import Actor, handeling, huidige_gemeente_id, voor_gemeente
from kern.models import Overgang, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import GebruikerFabriek
from tests.werkgevers.fabrieken import ACTOR, ContactpersoonFabriek
from werkgevers.dienstverbandvragen import GEEN_REKENING, WIJZIGING_OPEN, rekening_van, rekeningen_van
from werkgevers.models import Contactpersoon, Rekening, Rekeningwijziging, Werkgever
from werkgevers.nummers import kaal_telefoonnummer, kale_iban
from werkgevers.services import rekening as dienst
from werkgevers.services.nachtwerk import werk_dienstverbanden_bij
from werkgevers.services.werkgevers import leg_werkgever_vast, wijzig_werkgever

OUD, NIEUW = "NL91ABNA0417164300", "NL20INGB0001234567"


def actor() -> Actor:
    return Actor.van_gebruiker(GebruikerFabriek(gemeente_id=huidige_gemeente_id()))


def werkgever(**velden: Any) -> Werkgever:
    velden = {"naam": "Wasserij Waterkant", "iban": OUD, "telefoon": "020-1234567", "sector": "productie"} | velden
    return leg_werkgever_vast(actor=ACTOR, **velden)


def stel_voor(rij: Werkgever, wie: Actor, **anders: Any) -> Rekeningwijziging:
    velden = {
        "iban": "nl20 ingb 0001 2345 67",
        "tenaamstelling": "Waterkant BV",
        "vanaf": klok.vandaag() + dt.timedelta(days=1),
        "ontvangen_op": klok.vandaag(),
        "ontvangen_via": "email",
        **anders,
    }
    return dienst.stel_rekening_voor(rij, actor=wie, **velden)


def gebeld(rij: Rekeningwijziging, wie: Actor, uitkomst: str = "bevestigd") -> Rekeningwijziging:
    return dienst.bel_terug(rij, "020-1234567", uitkomst, gesproken_met="Wilma", actor=wie)


# --- Numbers --------------------------------------------------------------------------------------------------------
def test_een_nummer_zoals_mensen_het_schrijven() -> None:
    assert kale_iban("nl91 abna 0417.1643-00") == OUD
    assert kaal_telefoonnummer("+31 6 1234-5678") == kaal_telefoonnummer("0031612345678") == "0612345678"


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("iban", "NL91ABNA0417164301", "Dit IBAN klopt niet"),
        ("kvk_nummer", "1234567", "acht cijfers"),
        ("loonheffingennummer", "123456789L01", "loonheffingennummer klopt niet"),
    ],
)
def test_een_nummer_dat_niet_klopt_wordt_geweigerd(veld: str, waarde: str, zin: str) -> None:
    with pytest.raises(ValidationError, match=zin):
        werkgever(**{veld: waarde})
    assert not Werkgever.objects.exists() and not Rekening.objects.exists()


@pytest.mark.usefixtures("gemeente")
def test_nummers_die_kloppen() -> None:
    """The examples of the tax number (11-test on nine digits) and the account number (97-test)."""
    assert werkgever(loonheffingennummer="123456782L01", kvk_nummer="00123456").pk


# --- The way of a change --------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("gemeente")
def test_van_voorstel_tot_ander_nummer(settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"
    rij, een, twee = werkgever(), actor(), actor()
    assert rekening_van(rij, klok.vandaag()).iban == OUD and not rekening_van(rij, klok.vandaag()).aangehouden
    wijziging = stel_voor(rij, een, vanaf=dt.date(2026, 3, 10))
    assert wijziging.iban == NIEUW
    nu = rekening_van(rij, klok.vandaag())
    assert (nu.iban, nu.aangehouden) == (OUD, WIJZIGING_OPEN)
    assert "Bel terug" in Werkvoorraad.objects.get(soort="rekening").titel
    gebeld(wijziging, een)
    assert "Beslis over" in Werkvoorraad.objects.get(soort="rekening").titel
    dienst.keur_rekening_goed(wijziging, actor=twee)
    assert not Werkvoorraad.objects.filter(soort="rekening").exists()
    nummers = {d: rekening_van(rij, dt.date(2026, 3, d)) for d in (9, 10)}
    assert [(r.iban, r.tenaamstelling, r.aangehouden) for r in nummers.values()] == [
        (OUD, "Wasserij Waterkant", ""),
        (NIEUW, "Waterkant BV", ""),
    ]
    rij.refresh_from_db()
    assert rij.iban == OUD  # not yet
    settings.PEILDATUM = "2026-03-10"
    geteld: dict[str, int] = {}
    werk_dienstverbanden_bij(actor=ACTOR, tel=geteld.__setitem__)
    rij.refresh_from_db()
    assert (rij.iban, geteld["rekeningnummers gewijzigd"]) == (NIEUW, 1)
    stappen = Overgang.objects.filter(soort="rekeningwijziging").order_by("pk").values_list("actie", "actor_id")
    assert list(stappen) == [("voorstellen", een.id), ("goedkeuren", twee.id)]


@pytest.mark.usefixtures("gemeente")
def test_wie_voorstelt_beslist_niet() -> None:
    een, twee = actor(), actor()
    wijziging = gebeld(stel_voor(werkgever(), een), twee)
    for beslis in (
        lambda: dienst.keur_rekening_goed(wijziging, actor=een),
        lambda: dienst.wijs_rekening_af(wijziging, reden="nee", actor=een),
    ):
        with pytest.raises(ValidationError, match="eigen wijziging"):
            beslis()
    wijziging.refresh_from_db()
    assert wijziging.status == "voorgesteld" and Rekening.objects.count() == 1
    with pytest.raises(ValidationError, match="Alleen wie de wijziging doorgaf"):
        dienst.trek_rekening_in(wijziging, actor=twee)
    with pytest.raises(ValidationError, match="medewerker"):
        dienst.keur_rekening_goed(wijziging, actor=ACTOR)


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize("uitkomst", ["", "niet_bereikt", "ontkend"])
def test_zonder_bevestiging_van_de_werkgever_geen_ander_nummer(uitkomst: str) -> None:
    wijziging = stel_voor(werkgever(), actor())
    if uitkomst:
        gebeld(wijziging, actor(), uitkomst)
    with pytest.raises(ValidationError, match="Bel eerst"):
        dienst.keur_rekening_goed(wijziging, actor=actor())
    assert Rekening.objects.get().iban == OUD


@pytest.mark.usefixtures("gemeente")
def test_een_nummer_dat_net_is_opgeschreven_telt_niet() -> None:
    """First a friendly call with a new number, a week later the account: the number before it is the one to call."""
    rij, medewerker = werkgever(), actor()
    wilma = ContactpersoonFabriek(werkgever=rij, naam="Wilma Brouwer", telefoon="06-11112222")
    with handeling(medewerker):
        Contactpersoon.objects.filter(pk=wilma.pk).update(telefoon="06-66666666")
        Contactpersoon.objects.create(werkgever=rij, naam="Nieuwe boekhouder", telefoon="06-77777777")
        Contactpersoon.objects.filter(pk=wilma.pk).update(functie="directeur")
    assert dienst.bekende_nummers(rij) == [["Algemeen nummer", "020-1234567"], ["Wilma Brouwer", "06-11112222"]]


@pytest.mark.usefixtures("gemeente")
def test_na_dertig_dagen_telt_een_nummer_wel(monkeypatch: pytest.MonkeyPatch) -> None:
    rij = werkgever()
    with handeling(actor()):
        Contactpersoon.objects.create(werkgever=rij, naam="Boekhouder", telefoon="06-77777777")
    later = klok.echt_nu() + dienst.BEKEND_NA
    monkeypatch.setattr(klok, "echt_nu", lambda: later)
    assert ["Boekhouder", "06-77777777"] in dienst.bekende_nummers(rij)


@pytest.mark.usefixtures("gemeente")
def test_bellen_kan_alleen_naar_een_nummer_dat_we_al_kenden() -> None:
    rij = werkgever()
    ContactpersoonFabriek(werkgever=rij, naam="Wilma Brouwer", telefoon="06-11112222")
    ContactpersoonFabriek(werkgever=rij, naam="Nep", telefoon="+31 6 99998888")
    wijziging = stel_voor(rij, actor(), meegegeven_nummer="06 9999 8888")
    assert wijziging.bekende_nummers == [["Algemeen nummer", "020-1234567"], ["Wilma Brouwer", "06-11112222"]]
    # A number that is written in the file after the change came in does not count either.
    wijzig_werkgever(rij, actor=ACTOR, telefoon="020-7654321")
    for nummer in ("06 9999 8888", "+31 6 99998888", "020-7654321"):
        with pytest.raises(ValidationError, match="dat we al kenden"):
            dienst.bel_terug(wijziging, nummer, "bevestigd", gesproken_met="X", actor=actor())
    beller = actor()
    dienst.bel_terug(wijziging, "06-11112222", "bevestigd", gesproken_met="Wilma Brouwer", actor=beller)
    wijziging.refresh_from_db()
    assert (wijziging.gebeld_nummer, wijziging.gesproken_met, wijziging.gebeld_door_id) == (
        "06-11112222",
        "Wilma Brouwer",
        beller.gebruiker_id,
    )
    with pytest.raises(ValidationError, match="met wie"):
        dienst.bel_terug(wijziging, "06-11112222", "bevestigd", actor=beller)


@pytest.mark.usefixtures("gemeente")
def test_afwijzen_en_intrekken_laten_het_oude_nummer_gelden() -> None:
    rij, een, twee = werkgever(), actor(), actor()
    wijziging = gebeld(stel_voor(rij, een), twee, "ontkend")
    with pytest.raises(OvergangGeweigerd, match="reden"):
        dienst.wijs_rekening_af(wijziging, reden="", actor=twee)
    dienst.wijs_rekening_af(wijziging, reden="De werkgever weet van niets.", actor=twee)
    assert not rekening_van(rij, klok.vandaag()).aangehouden
    tweede = stel_voor(rij, een)
    with pytest.raises(ValidationError, match="wacht al een wijziging"):
        stel_voor(rij, twee)
    dienst.trek_rekening_in(tweede, actor=een)
    assert rekening_van(rij, klok.vandaag()).iban == OUD
    assert not rekening_van(rij, klok.vandaag()).aangehouden
    with pytest.raises(OvergangGeweigerd, match="al beslist"):
        gebeld(tweede, twee)


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize(
    ("velden", "veld", "zin"),
    [
        ({"iban": "NL20INGB0001234568"}, "iban", "Dit IBAN klopt niet"),
        ({"iban": OUD, "tenaamstelling": "Wasserij Waterkant"}, "iban", "dat we al gebruiken"),
        ({"vanaf": dt.date(2020, 1, 1)}, "vanaf", "na het begin"),
        ({"ontvangen_op": dt.date(2099, 1, 1)}, "ontvangen_op", "moet nog komen"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_en_betalen_gaat_door(velden: dict[str, Any], veld: str, zin: str) -> None:
    rij = werkgever()
    with pytest.raises(ValidationError, match=zin) as fout:
        stel_voor(rij, actor(), **velden)
    assert veld in fout.value.error_dict
    assert not Rekeningwijziging.objects.exists() and not rekening_van(rij, klok.vandaag()).aangehouden


@pytest.mark.usefixtures("gemeente")
def test_het_gewone_formulier_kan_het_nummer_niet_wijzigen() -> None:
    rij = werkgever()
    with pytest.raises(ValidationError, match="wijzig je apart"):
        wijzig_werkgever(rij, actor=ACTOR, iban=NIEUW)
    rij.refresh_from_db()
    assert rij.iban == OUD


@pytest.mark.usefixtures("gemeente")
def test_zonder_nummer_wordt_er_niet_betaald() -> None:
    assert rekening_van(werkgever(iban=""), klok.vandaag()).aangehouden == GEEN_REKENING


@pytest.mark.usefixtures("gemeente")
def test_rekeningen_van_veel_werkgevers_kosten_twee_vragen() -> None:
    ids: list[int] = []

    def maak_meer() -> None:
        for _ in range(3):
            rij = werkgever()
            ids.append(rij.pk)
            stel_voor(rij, actor())

    maak_meer()
    groeit_niet(lambda: rekeningen_van(ids, klok.vandaag()), maak_meer, "rekeningen_van", 2)


@pytest.mark.django_db(transaction=True)
def test_twee_keuren_tegelijk_goed_een_wint(gemeente: Any) -> None:
    rij = werkgever()
    wijziging = gebeld(stel_voor(rij, actor()), actor())
    start, uitkomsten, mensen = threading.Barrier(2), [], [actor(), actor()]

    def doe(wie: Actor) -> None:
        try:
            with voor_gemeente(gemeente):
                start.wait(10)
                dienst.keur_rekening_goed(wijziging, actor=wie)
                uitkomsten.append("goedgekeurd")
        except OvergangGeweigerd as fout:
            uitkomsten.append(str(fout))
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(wie,)) for wie in mensen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten)[1] == "goedgekeurd", uitkomsten
    assert "‘Goedgekeurd’" in sorted(uitkomsten)[0]
    assert Rekening.objects.filter(werkgever=rij, iban=NIEUW).count() == 1
    with handeling(ACTOR):
        assert Overgang.objects.filter(soort="rekeningwijziging", actie="goedkeuren").count() == 1
