"""The pages of an employment and of an account number: who sees what, what they cost, and what they refuse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deelnemers.models import Betrokkenheid
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.regie import betrek, wijs_regie_toe
from kern import klok
from kern.aansluitingen import acties, panelen
from kern.handeling import Actor
from kern.models import Leesregel, Werkvoorraad
from tests.hulp.vragen import groeit_niet
from tests.werkgevers.fabrieken import ACTOR, werk
from werkgevers import dienstverbandvragen as vragen
from werkgevers.models import Dienstverband, Loonwaardemeting, Rekening, Rekeningwijziging, Werkgever, Ziekteperiode
from werkgevers.services.dienstverband import wijs_jobcoach_aan, wijzig_dienstverband
from werkgevers.services.loonwaarde import corrigeer_loonwaarde, meet_loonwaarde
from werkgevers.services.rekening import bel_terug, stel_rekening_voor
from werkgevers.services.werkgevers import leg_werkgever_vast
from werkgevers.services.ziekte import meld_ziek

SUBSIDIES = "medewerker_subsidies"
MAART, JULI = dt.date(2025, 3, 1), dt.date(2025, 7, 1)
LATER = dt.date(2027, 7, 1)


def tekst(antwoord: Any) -> str:
    return " ".join(antwoord.content.decode().replace("\xa0", " ").split())


def gevuld(**velden: Any) -> Dienstverband:
    rij = werk(**velden)
    wijzig_dienstverband(rij, MAART, uren_per_week=Decimal(28), reden="Meer uren.", actor=ACTOR)
    meld_ziek(rij, MAART, actor=ACTOR)
    meting = meet_loonwaarde(rij, MAART, "Dariu", percentage=45, volgende_op=LATER, actor=ACTOR)
    corrigeer_loonwaarde(meting, "Typefout", percentage=46, actor=ACTOR)
    meet_loonwaarde(rij, JULI, "Dariu", percentage=55, volgende_op=LATER, actor=ACTOR)
    rij.refresh_from_db()
    return rij


def blad(naam: str, rij: Dienstverband, *meer: int) -> str:
    return reverse(naam, args=[rij.pk, *meer])


# --- Who sees what ---------------------------------------------------------------------------------------------------
def test_de_bladzijde_toont_perioden_ziekte_en_loonwaarde_en_noteert_het_lezen(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    rij = gevuld()
    inhoud = tekst(client.get(blad("dienstverband", rij)))
    for woord in ("28 uur per week (voltijd 36 uur)", "Meer uren.", "1 maart 2025", "De loonwaarde is nu 55 procent"):
        assert woord in inhoud
    assert "Gecorrigeerd" in inhoud and "Vraag wie betaalt" in inhoud and "Loonwaarde per meting" in inhoud
    assert Leesregel.objects.filter(
        verwerking="dienstverband.bekijken", betrokkenen__contains=[rij.deelnemer_id]
    ).exists()


def test_ziekte_is_alleen_voor_wie_dat_mag_weten(log_in: Any) -> None:
    rij = gevuld()
    manager = log_in("afdelingsmanager")
    assert manager.get(blad("dienstverband", rij)).status_code == 404
    client = log_in("consulent")
    wijs_regie_toe(rij.deelnemer, client.medewerker, klok.vandaag(), actor=ACTOR)
    assert "Ziek en beter" in tekst(client.get(blad("dienstverband", rij)))
    wsp = log_in("accountmanager_wsp")
    betrek(rij.deelnemer, "accountmanager", klok.vandaag(), "toets:1", medewerker=wsp.medewerker, actor=ACTOR)
    antwoord = wsp.get(blad("dienstverband", rij))
    assert antwoord.status_code == 200 and "Ziek en beter" not in tekst(antwoord)
    assert wsp.get(blad("ziekte", rij, Ziekteperiode.objects.get().pk)).status_code == 403


@pytest.mark.parametrize(
    ("rol", "soort", "stand"),
    [
        (SUBSIDIES, "lks", 200),
        (SUBSIDIES, "regulier", 404),
        ("accountmanager_wsp", "lks", 404),
        ("consulent", "lks", 404),
        ("werkleider", "lks", 403),
    ],
)
def test_wie_een_dienstverband_ziet(log_in: Any, rol: str, soort: str, stand: int) -> None:
    client = log_in(rol)
    rij = werk(soort=soort)
    assert client.get(blad("dienstverband", rij)).status_code == stand
    if stand != 403:
        assert (rij.deelnemer.naam in tekst(client.get(reverse("dienstverbanden")))) == (stand == 200)


def test_de_jobcoach_ziet_haar_eigen_mensen(log_in: Any) -> None:
    client = log_in("consulent")
    rij = werk(jobcoach=client.medewerker)
    assert client.get(blad("dienstverband", rij)).status_code == 200


def test_een_hogere_kamer_zet_er_een_knop_en_een_paneel_bij(log_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(acties, "_makers", dict(acties._makers))
    monkeypatch.setattr(panelen, "_panelen", {})
    acties.sluit_aan("dienstverband", lambda request, rij: [acties.Knop(f"Subsidie voor {rij.pk}", "/subsidie")])
    los = panelen.Paneel(
        "toets", 10, "zij", "werkgevers/onderdelen/legenda_uren.html", lambda request, rij: {}, frozenset({"kpi.zien"})
    )
    panelen.sluit_aan("dienstverband", los)
    client, rij = log_in(SUBSIDIES), werk()
    assert f"Subsidie voor {rij.pk}" in tekst(client.get(blad("dienstverband", rij)))
    request = type("R", (), {"rechten": frozenset({"kpi.zien"})})()
    assert panelen.panelen("dienstverband", request, rij, "zij") == [(los.template, {})]
    assert panelen.panelen("dienstverband", request, rij, "hoofd") == []
    request.rechten = frozenset({"subsidie.zien"})
    assert panelen.panelen("dienstverband", request, rij, "zij") == []


# --- What they cost --------------------------------------------------------------------------------------------------
def test_de_lijst_kost_een_vast_aantal_vragen(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    maak = lambda: [gevuld() for _ in range(3)]  # noqa: E731
    maak()
    groeit_niet(lambda: client.get(reverse("dienstverbanden")), maak, "dienstverbanden", 9)
    groeit_niet(lambda: client.get(reverse("dienstverbanden") + "?meten=on&soort=lks&zoek=a"), maak, "gefilterd", 9)


def test_een_bladzijde_kost_een_vast_aantal_vragen(log_in: Any) -> None:
    client, rij = log_in(SUBSIDIES), gevuld()

    def maak_meer() -> None:
        for maand in (8, 9, 10):
            dag = dt.date(2025, maand, 1)
            uren = Decimal(20 + maand)
            wijzig_dienstverband(rij, dag, uren_per_week=uren, functie=f"f{maand}", reden="x", actor=ACTOR)
            meet_loonwaarde(rij, dag, "Dariu", percentage=50 + maand, volgende_op=LATER, actor=ACTOR)

    # Two of them: who is ill, and whether the gemeente is the one to help (the vangnet).
    groeit_niet(lambda: client.get(blad("dienstverband", rij)), maak_meer, "dienstverband", 14)


# --- Change ----------------------------------------------------------------------------------------------------------
def test_uren_wijzigen_in_het_verleden(log_in: Any) -> None:
    client, rij = log_in(SUBSIDIES), werk()
    adres = blad("dienstverband_wijzigen", rij)
    velden = {"vanaf": "1-3-2025", "uren_per_week": "28,5", "bron": "loonstrook", "reden": "Andere uren", "versie": 1}
    assert client.post(adres, velden).status_code == 302
    laatste = vragen.perioden_van(rij).last()
    assert (laatste.begindatum, laatste.uren_per_week, laatste.bron) == (MAART, Decimal("28.5"), "loonstrook")
    assert laatste.functie == rij.functie  # left empty: does not change
    te_veel = client.post(adres, velden | {"uren_per_week": "168,5", "versie": 2})
    assert te_veel.status_code == 422 and "hoogstens 168" in tekst(te_veel)
    oud = client.post(adres, velden | {"uren_per_week": "30"})
    assert oud.status_code == 422 and "Een collega heeft deze gegevens net gewijzigd" in tekst(oud)
    assert vragen.perioden_van(rij).count() == 2


def test_ziek_melden_en_beter_melden(log_in: Any) -> None:
    client, rij = log_in(SUBSIDIES), werk()
    velden = {"begindatum": "1-3-2025", "percentage": "100", "no_risk": "onbekend"}
    assert client.post(blad("ziekte_nieuw", rij), velden).status_code == 302
    ziek = Ziekteperiode.objects.get()
    fout = client.post(blad("ziekte", rij, ziek.pk), velden | {"einddatum": "1-2-2025"})
    assert fout.status_code == 422 and "ligt voor de begindatum" in tekst(fout)
    client.post(blad("ziekte", rij, ziek.pk), velden | {"einddatum": "1-4-2025", "no_risk": "ja"})
    ziek.refresh_from_db()
    assert (ziek.einddatum, ziek.no_risk) == (dt.date(2025, 4, 1), "ja")


def test_contract_en_einde(log_in: Any) -> None:
    client, rij = log_in(SUBSIDIES), werk()
    assert (
        client.post(blad("dienstverband_contract", rij), {"contract_tot": "1-1-2027", "versie": 1}).status_code == 302
    )
    voor = client.post(blad("dienstverband_einde", rij), {"laatste_dag": "31-12-2024", "reden": "Ander werk"})
    assert voor.status_code == 422 and "ligt voor de begindatum" in tekst(voor)
    client.post(blad("dienstverband_einde", rij), {"laatste_dag": "1-3-2025", "reden": "Ander werk"})
    rij.refresh_from_db()
    assert (rij.contract_tot, rij.einddatum) == (dt.date(2027, 1, 1), MAART)


# --- Wage value ------------------------------------------------------------------------------------------------------
def taken(*rijen: tuple[str, int, int, int, int]) -> dict[str, Any]:
    uit: dict[str, Any] = {"taak-TOTAL_FORMS": len(rijen), "taak-INITIAL_FORMS": 0}
    for i, rij in enumerate(rijen):
        uit |= {
            f"taak-{i}-{n}": w for n, w in zip(("naam", "tempo", "kwaliteit", "inzet", "aandeel"), rij, strict=True)
        }
    return uit


TWEE = taken(("Vouwen", 60, 90, 80, 70), ("Brengen", 70, 100, 85, 30))
METING = {
    "gemeten_op": "1-7-2025",
    "route": "meting",
    "deskundige": "Dariu",
    "werkdagen": "5",
    "oordeel_werkgever": "akkoord",
    "volgende_op": "1-7-2027",
}


def test_een_meting_met_taken(log_in: Any) -> None:
    client, rij = log_in(SUBSIDIES), werk()
    assert client.post(blad("loonwaarde_nieuw", rij), METING | TWEE).status_code == 302
    meting = Loonwaardemeting.objects.get()
    assert (meting.percentage, meting.deskundige, len(meting.taken)) == (48, "Dariu", 2)
    anders = METING | TWEE | {"correctiereden": "Aandeel", "taak-0-tempo": 100}
    assert client.post(blad("loonwaarde_corrigeren", rij, meting.pk), anders).status_code == 302
    nieuw = vragen.metingen_van(rij).get()
    assert (nieuw.percentage, nieuw.vervangt) == (68, meting)  # 50.4 + 17.85


def test_onder_het_invullen_rekent_de_server_mee(log_in: Any) -> None:
    client, rij = log_in(SUBSIDIES), werk()
    los = client.post(blad("loonwaarde_nieuw", rij), TWEE | {"doe": "reken"}, headers={"HX-Request": "true"})
    assert "48 procent" in tekst(los) and "48,09" in tekst(los) and "<form" not in tekst(los)
    heel = client.post(blad("loonwaarde_nieuw", rij), TWEE | {"doe": "reken"})
    assert heel.status_code == 200 and "48 procent" in tekst(heel) and "Vul in" not in tekst(heel)
    meer = client.post(blad("loonwaarde_nieuw", rij), TWEE | {"doe": "erbij"})
    assert 'name="taak-2-naam"' in tekst(meer) and 'value="Vouwen"' in tekst(meer)
    assert not Loonwaardemeting.objects.exists()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"percentage": "0"}, "1 tot en met 100"),
        ({"percentage": "101"}, "1 tot en met 100"),
        ({}, "Vul de taken in"),
        (taken(("Vouwen", 60, 90, 80, 70)), "samen 70 procent"),
        (taken(("Vouwen", 60, 90, 80, 96), ("Post", 60, 90, 80, 4)), "Post: Deze taak is te klein"),
        ({**TWEE, "taak-1-aandeel": ""}, "Vul bij taak 2 alles in"),
        ({**TWEE, "percentage": "50"}, "Uit de taken komt 48 procent"),
        ({**TWEE, "volgende_op": ""}, "Spreek af wanneer"),
    ],
)
def test_een_meting_die_niet_kan(log_in: Any, velden: dict[str, Any], zin: str) -> None:
    client, rij = log_in(SUBSIDIES), werk()
    antwoord = client.post(blad("loonwaarde_nieuw", rij), METING | taken() | velden)
    assert antwoord.status_code == 422 and zin in tekst(antwoord)
    assert not Loonwaardemeting.objects.exists()


def test_oordeel_van_de_werkgever(log_in: Any) -> None:
    client, rij = log_in(SUBSIDIES), werk()
    meting = meet_loonwaarde(rij, JULI, "Dariu", percentage=45, volgende_op=LATER, actor=ACTOR)
    adres = blad("loonwaarde_oordeel", rij, meting.pk)
    leeg = client.post(adres, {"oordeel_werkgever": "niet_akkoord", "zienswijze": ""})
    assert leeg.status_code == 422 and "waarom de werkgever" in tekst(leeg)
    assert client.post(adres, {"oordeel_werkgever": "niet_akkoord", "zienswijze": "Sneller"}).status_code == 302


# --- Account number --------------------------------------------------------------------------------------------------
def test_een_ander_rekeningnummer_van_begin_tot_eind(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    rij = leg_werkgever_vast(
        naam="Wasserij Waterkant", iban="NL91ABNA0417164300", telefoon="020-1234567", sector="productie", actor=ACTOR
    )
    velden = {
        "iban": "NL20 INGB 0001 2345 68", "tenaamstelling": "Waterkant BV", "vanaf": "1-1-2099",
        "ontvangen_op": "1-11-2025", "ontvangen_via": "email",
    }  # fmt: skip
    fout = client.post(reverse("rekening_nieuw", args=[rij.pk]), velden)
    assert fout.status_code == 422 and "Dit IBAN klopt niet" in tekst(fout)
    assert not Rekeningwijziging.objects.exists()
    client.post(reverse("rekening_nieuw", args=[rij.pk]), velden | {"iban": "NL20 INGB 0001 2345 67"})
    adres = reverse("rekening", args=[rij.pk])
    assert "Betaling aangehouden" in tekst(client.get(adres)) and "Goedkeuren" not in tekst(client.get(adres))
    gebeld = {"nummer": "020-1234567", "belresultaat": "bevestigd", "gesproken_met": "Wilma"}
    vreemd = client.post(reverse("rekening_bellen", args=[rij.pk]), gebeld | {"nummer": "06-1"})
    assert vreemd.status_code == 422
    client.post(reverse("rekening_bellen", args=[rij.pk]), gebeld)
    zelf = client.post(reverse("rekening_goedkeuren", args=[rij.pk]), follow=True)
    assert "Je kunt je eigen wijziging niet goedkeuren" in tekst(zelf) and Rekening.objects.count() == 1
    ander = log_in(SUBSIDIES)
    assert "Goedkeuren" in tekst(ander.get(adres))
    assert ander.post(reverse("rekening_goedkeuren", args=[rij.pk])).status_code == 302
    assert Rekening.objects.filter(werkgever=rij, iban="NL20INGB0001234567").exists()
    assert "Betaling aangehouden" not in tekst(ander.get(adres))


def test_afwijzen_vraagt_een_reden(log_in: Any, maak_medewerker: Any) -> None:
    een = Actor.van_gebruiker(maak_medewerker(SUBSIDIES).gebruiker)
    rij = leg_werkgever_vast(naam="X", iban="", telefoon="020-1234567", actor=ACTOR)
    wacht = stel_rekening_voor(
        rij, "NL20INGB0001234567", "X", klok.vandaag(), ontvangen_op=klok.vandaag(), ontvangen_via="brief", actor=een
    )
    bel_terug(wacht, "020-1234567", "ontkend", gesproken_met="Wilma", actor=een)
    client = log_in(SUBSIDIES)
    assert "Wijs het af" in tekst(client.get(reverse("rekening", args=[rij.pk])))
    assert client.post(reverse("rekening_afwijzen", args=[rij.pk]), {"reden": ""}).status_code == 422
    client.post(reverse("rekening_afwijzen", args=[rij.pk]), {"reden": "De werkgever weet van niets."})
    wacht.refresh_from_db()
    assert (wacht.status, wacht.reden) == ("afgewezen", "De werkgever weet van niets.")


@pytest.mark.parametrize("rol", ["accountmanager_wsp", "consulent"])
def test_wie_niet_met_subsidie_werkt_ziet_geen_rekeningnummer(log_in: Any, rol: str) -> None:
    client = log_in(rol)
    rij = leg_werkgever_vast(naam="X", iban="NL91ABNA0417164300", actor=ACTOR)
    assert client.get(reverse("rekening", args=[rij.pk])).status_code == 403
    assert "0417" not in tekst(client.get(reverse("werkgever", args=[rij.pk])))
    if rol == "accountmanager_wsp":
        assert "0417" not in tekst(client.get(reverse("werkgever_wijzigen", args=[rij.pk])))


def test_een_iban_met_spaties_mag_bij_een_nieuwe_werkgever(log_in: Any) -> None:
    client = log_in("accountmanager_wsp")
    velden = {"naam": "Nieuw", "sector": "zorg", "leadbron": "wsp", "iban": "nl91 abna 0417 1643 00"}
    assert client.post(reverse("werkgever_nieuw"), velden).status_code == 302
    assert Rekening.objects.get(werkgever=Werkgever.objects.get(naam="Nieuw")).iban == "NL91ABNA0417164300"


def test_een_andere_jobcoach_opent_het_dossier_en_neemt_het_werk_over(log_in: Any, maak_medewerker: Any) -> None:
    client, nieuw = log_in("consulent"), maak_medewerker("consulent")
    rij = werk(jobcoach=client.medewerker)
    adres = blad("dienstverband_jobcoach", rij)
    assert "Andere jobcoach" in tekst(client.get(blad("dienstverband", rij)))
    assert client.post(adres, {"jobcoach": nieuw.pk, "versie": rij.versie}).status_code == 302
    rij.refresh_from_db()
    assert rij.jobcoach == nieuw
    open_ = Betrokkenheid.objects.filter(deelnemer=rij.deelnemer, rol="jobcoach")
    assert list(open_.filter(einddatum=None).values_list("medewerker", flat=True)) == [nieuw.pk]
    assert open_.get(medewerker=client.medewerker).einddatum == klok.vandaag()
    assert Werkvoorraad.objects.get(soort="loonwaarde").voor == nieuw.gebruiker
    verboden = maak_medewerker("consulent")
    verbied(rij.deelnemer, verboden, "familie", actor=ACTOR)
    assert wijs_aan_geweigerd(rij, verboden)
    assert log_in(SUBSIDIES).get(adres).status_code == 403


def wijs_aan_geweigerd(rij: Dienstverband, wie: Any) -> bool:
    with pytest.raises(ValidationError, match="mag dit dossier niet openen"):
        wijs_jobcoach_aan(rij, wie, actor=ACTOR)
    rij.refresh_from_db()
    return rij.jobcoach != wie
