"""The pages: they open, respect rights and relation, cost a fixed number of queries, and never tell an
employer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.models import MeldingAanInkomen
from kern import klok
from kern.models import Leesregel
from tests.hulp.vragen import groeit_niet
from tests.werkgevers.fabrieken import (
    ACTOR,
    ContactpersoonFabriek,
    VacatureFabriek,
    VestigingFabriek,
    WerkgeverFabriek,
    kandidaat,
)
from werkgevers.models import Bemiddeling, Jobhunt, Nazorgmoment, Plaatsing, Vacature, Werkgever
from werkgevers.services.bemiddeling import draag_voor
from werkgevers.services.jobhunt import begin_jobhunt
from werkgevers.services.plaatsing import Plaatsingsgegevens, plaats
from werkgevers.services.werkgevers import leg_relatiecontact_vast, wijs_relatiebeheerder_aan

WSP = "accountmanager_wsp"


def geplaatst(wsp: Any, vacature: Vacature | None = None) -> Plaatsing:
    begin = klok.vandaag() - dt.timedelta(days=10)
    wat = Plaatsingsgegevens(begin, Decimal(28), Decimal("15.40"), contract_tot=begin + dt.timedelta(days=99))
    return plaats(draag_voor(kandidaat(), vacature or VacatureFabriek(), wsp, actor=ACTOR), wat, actor=ACTOR)


def tekst(antwoord: Any) -> str:
    return antwoord.content.decode().replace("\xa0", " ")


# --- Query budgets
# ---------------------------------------------------------------------------------------------
def _werkgevers(wsp: Any) -> None:
    for _ in range(5):
        werkgever = WerkgeverFabriek()
        wijs_relatiebeheerder_aan(werkgever, wsp, klok.vandaag(), actor=ACTOR)
        leg_relatiecontact_vast(werkgever, wsp, "vacature", actor=ACTOR)


def _kandidaten(wsp: Any) -> None:
    for _ in range(5):
        kandidaat()


def _voordrachten(wsp: Any) -> None:
    for _ in range(5):
        draag_voor(kandidaat(), VacatureFabriek(), wsp, actor=ACTOR)


def _plaatsingen(wsp: Any) -> None:
    for _ in range(4):
        plaatsing = geplaatst(wsp)
        begin_jobhunt(kandidaat(), wsp, "werk", actor=ACTOR)
        wijs_relatiebeheerder_aan(plaatsing.werkgever, wsp, klok.vandaag(), actor=ACTOR)


@pytest.mark.parametrize(
    ("naam", "vul", "hoogstens"),
    [
        ("werkgevers", _werkgevers, 10),
        ("vacatures", _voordrachten, 10),
        ("bemiddelingen", _voordrachten, 10),
        ("plaatsingen", _plaatsingen, 10),
        ("mijn_werkgevers", _plaatsingen, 12),
    ],
)
def test_lijsten_kosten_een_vast_aantal_vragen(
    log_in: Any, naam: str, vul: Callable[[Any], None], hoogstens: int
) -> None:
    client = log_in(WSP)
    vul(client.medewerker)
    url = reverse(naam)
    assert client.get(url).status_code == 200
    groeit_niet(lambda: client.get(url), lambda: vul(client.medewerker), naam, hoogstens)


@pytest.mark.eis("R131", "zoeken bij een vacature kost een vast aantal vragen, met de uitleg per kandidaat erbij")
def test_zoeken_kost_een_vast_aantal_vragen(log_in: Any) -> None:
    client = log_in(WSP)
    vacature = VacatureFabriek(isco=8157)
    _kandidaten(None)
    url = reverse("vacature", args=[vacature.pk])
    assert "5 mensen passen" in tekst(client.get(url))
    groeit_niet(lambda: client.get(url), lambda: _kandidaten(None), "vacature", 14)


def test_kandidaat_kost_een_vast_aantal_vragen(log_in: Any) -> None:
    client, persoon = log_in(WSP), kandidaat()
    url = reverse("kandidaat_vacatures", args=[persoon.dossiernummer])

    def meer() -> None:
        for _ in range(4):
            VacatureFabriek()

    meer()
    groeit_niet(lambda: client.get(url), meer, "kandidaat", 12)


# --- Matching
# --------------------------------------------------------------------------------------------------
@pytest.mark.eis("R131", "de bladzijde legt elke score per criterium uit en noemt wie op een eis afvalt")
def test_zoeken(log_in: Any) -> None:
    client, persoon = log_in(WSP), kandidaat(roepnaam="Priya")
    kandidaat(postcode="")
    vacature = VacatureFabriek(isco=8157, weekend=True, bruto_uurloon=Decimal("15.40"))
    antwoord = client.get(reverse("vacature", args=[vacature.pk]))
    blad = tekst(antwoord)
    assert persoon.naam in blad and "Zo is" in blad and "wasserijmedewerker, 36 maanden" in blad
    assert "Uit de uitkering" in blad and "brutomethode" in blad
    assert "Naam, leeftijd en afkomst tellen nooit mee" in blad
    gelezen = {b for regel in Leesregel.objects.filter(verwerking="matching.kandidaten") for b in regel.betrokkenen}
    assert persoon.pk in gelezen


@pytest.mark.parametrize("volgorde", ["best", "uren", "wacht", "onzin"])
def test_elke_volgorde_werkt(log_in: Any, volgorde: str) -> None:
    client, vacature = log_in(WSP), VacatureFabriek()
    _kandidaten(None)
    assert client.get(reverse("vacature", args=[vacature.pk]), {"volgorde": volgorde, "toon": "50"}).status_code == 200


@pytest.mark.eis("R130", "de WSP ziet alle beschikbare kandidaten beperkt, een consulent alleen wie hij mag openen")
def test_wie_ziet_welke_kandidaat(log_in: Any, maak_medewerker: Any) -> None:
    client = log_in("consulent")
    van_mij, van_ander = kandidaat(client.medewerker), kandidaat(maak_medewerker("consulent"))
    vacature = VacatureFabriek()
    blad = tekst(client.get(reverse("vacature", args=[vacature.pk])))
    assert van_mij.naam in blad and van_ander.naam not in blad
    assert client.post(reverse("voordragen", args=[vacature.pk, van_ander.pk])).status_code == 404
    client.force_login(maak_medewerker(WSP).gebruiker)
    blad = tekst(client.get(reverse("vacature", args=[vacature.pk])))
    assert van_mij.naam in blad and van_ander.naam in blad
    assert reverse("dossier", args=[van_ander.dossiernummer]) not in blad
    assert client.get(reverse("dossier", args=[van_ander.dossiernummer])).status_code == 404


@pytest.mark.eis("R132", "voordragen werkt met en zonder JavaScript, met een melding om het ongedaan te maken")
@pytest.mark.parametrize("htmx", [True, False])
def test_voordragen(log_in: Any, htmx: bool) -> None:
    client, persoon, vacature = log_in(WSP), kandidaat(), VacatureFabriek()
    koppen = {"HX-Request": "true"} if htmx else {}
    antwoord = client.post(reverse("voordragen", args=[vacature.pk, persoon.pk]), headers=koppen)
    rij = Bemiddeling.objects.get()
    ongedaan = reverse("voordracht_intrekken", args=[rij.pk])
    if htmx:
        assert f'id="kandidaat-{persoon.pk}"' in tekst(antwoord) and ongedaan in tekst(antwoord)
    else:
        assert antwoord.url == reverse("vacature", args=[vacature.pk])
        assert ongedaan in tekst(client.get(antwoord.url))
    assert rij.score and sum(rij.uitleg["punten"].values()) == rij.score
    dubbel = client.post(reverse("voordragen", args=[vacature.pk, persoon.pk]), follow=True)
    assert "al voorgedragen" in tekst(dubbel)
    client.post(ongedaan)
    rij.refresh_from_db()
    assert rij.status == "ingetrokken"


def test_kandidaat_naar_vacatures(log_in: Any) -> None:
    client, persoon = log_in(WSP), kandidaat()
    past, past_niet = VacatureFabriek(titel="Linnenkamer"), VacatureFabriek(titel="Nachtdienst", taalniveau=4)
    blad = tekst(client.get(reverse("kandidaat_vacatures", args=[persoon.dossiernummer])))
    assert past.titel in blad and past_niet.titel not in blad


# --- Placing
# ---------------------------------------------------------------------------------------------------
@pytest.mark.eis("R133", "voor het plaatsen staat er wat dit doet: uren waarbij de uitkering eindigt en de melding")
def test_plaatsen(log_in: Any) -> None:
    client = log_in(WSP)
    rij = draag_voor(kandidaat(), VacatureFabriek(), client.medewerker, actor=ACTOR)
    url = reverse("plaatsen", args=[rij.pk])
    blad = tekst(client.get(url))
    assert "Dit gaat als melding naar inkomen" in blad and "Uit de uitkering vanaf" in blad
    fout = client.post(
        url,
        {
            "begindatum": "1-12-2026",
            "uren_per_week": "28",
            "bruto_uurloon": "15,40",
            "contractvorm": "bepaald",
            "dienstverband": "regulier",
        },
    )
    assert fout.status_code == 422 and "tot wanneer het loopt" in tekst(fout)
    goed = {
        "begindatum": "1-12-2026",
        "uren_per_week": "28",
        "bruto_uurloon": "15,40",
        "contractvorm": "onbepaald",
        "dienstverband": "regulier",
    }
    antwoord = client.post(url, goed)
    plaatsing = Plaatsing.objects.get()
    assert antwoord.url == reverse("plaatsing", args=[plaatsing.pk])
    assert MeldingAanInkomen.objects.get().uren_per_week == 28
    assert "Melding aan inkomen" in tekst(client.get(antwoord.url))


def test_bemiddeling_stap(log_in: Any) -> None:
    client = log_in(WSP)
    rij = draag_voor(kandidaat(), VacatureFabriek(), client.medewerker, actor=ACTOR)
    url = reverse("bemiddeling", args=[rij.pk])
    assert client.post(url, {"actie": "afwijzen"}).status_code == 422
    stap = {
        "actie": "gesprek_plannen",
        "volgende_actie": "Bel na het gesprek",
        "volgende_actie_op": "1-12-2026",
    }
    assert client.post(url, stap).status_code == 302
    rij.refresh_from_db()
    assert (rij.status, rij.volgende_actie) == ("gesprek", "Bel na het gesprek")


@pytest.mark.eis("R136", "nazorg die te laat is, is zichtbaar bij de plaatsing en bij de accountmanager")
def test_nazorg(log_in: Any) -> None:
    client = log_in(WSP)
    plaatsing = geplaatst(client.medewerker)
    blad = tekst(client.get(reverse("plaatsing", args=[plaatsing.pk])))
    assert "7 dagen te laat" in blad
    assert plaatsing.deelnemer.naam in tekst(client.get(reverse("mijn_werkgevers")))
    moment = Nazorgmoment.objects.order_by("gepland_op", "kant").first()
    url = reverse("nazorg", args=[plaatsing.pk, moment.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"uitkomst": "goed", "notitie": "Blij met het werk"})
    assert "Blij met het werk" in tekst(client.get(reverse("plaatsing", args=[plaatsing.pk])))
    client.post(
        reverse("plaatsing_beeindigen", args=[plaatsing.pk]),
        {"laatste_dag": "1-12-2026", "reden": "werkgever"},
    )
    plaatsing.refresh_from_db()
    assert plaatsing.einde_reden == "werkgever"


# --- Employers and demand
# --------------------------------------------------------------------------------------
@pytest.mark.eis("R125", "een werkgever met vestiging, contactpersoon en contact leg je vast en vind je terug")
def test_werkgever_vastleggen(log_in: Any) -> None:
    client = log_in(WSP)
    client.post(
        reverse("werkgever_nieuw"),
        {"naam": "Wasserij De Zwaan", "sector": "schoonmaak", "leadbron": "wsp", "kvk_nummer": "00112233"},
    )
    rij = Werkgever.objects.get()
    assert rij.relatiebeheerder == client.medewerker
    client.post(reverse("vestiging_nieuw", args=[rij.pk]), {"naam": "Noord", "postcode": "1032 ab"})
    client.post(reverse("contactpersoon_nieuw", args=[rij.pk]), {"naam": "Peter Dekker"})
    client.post(reverse("relatiecontact", args=[rij.pk]), {"kanaal": "telefoon", "onderwerp": "Zoekt twee mensen"})
    client.post(reverse("werkgeversafspraak", args=[rij.pk]), {"van_ons": "ja", "wat": "Stuur een voorstel"})
    blad = tekst(client.get(reverse("werkgever", args=[rij.pk])))
    for deel in ("Noord", "Peter Dekker", "Zoekt twee mensen", "Stuur een voorstel"):
        assert deel in blad
    assert rij.vestigingen.get().pc4 == "1032"
    fout = client.post(
        reverse("werkgever_nieuw"), {"naam": "x", "sector": "groen", "leadbron": "wsp", "kvk_nummer": "12"}
    )
    assert fout.status_code == 422 and "acht cijfers" in tekst(fout)
    wijzig = reverse("werkgever_wijzigen", args=[rij.pk])
    oud = {"naam": "Wasserij", "sector": "schoonmaak", "leadbron": "wsp", "versie": "1"}
    client.post(wijzig, oud)
    assert "Iemand anders" in tekst(client.post(wijzig, oud))


@pytest.mark.eis("R126", "wie een werkgever opent, ziet dat een collega kort geleden contact had")
def test_collega_sprak_hen(log_in: Any, maak_medewerker: Any) -> None:
    client, werkgever = log_in(WSP), WerkgeverFabriek()
    collega = maak_medewerker(WSP, voornaam="Peter", achternaam="Dekker")
    leg_relatiecontact_vast(werkgever, collega, "rooster", actor=ACTOR)
    assert "Peter Dekker sprak hen" in tekst(client.get(reverse("werkgever", args=[werkgever.pk])))


def test_de_enige_vestiging_en_contactpersoon_staan_al_gekozen(log_in: Any) -> None:
    client, plek = log_in(WSP), VestigingFabriek()
    url = reverse("vacature_nieuw_bij", args=[plek.werkgever_id])
    persoon = ContactpersoonFabriek(werkgever=plek.werkgever)
    VestigingFabriek(werkgever=plek.werkgever, naam="Gesloten", actief=False)
    form = client.get(url).context["form"]
    assert (form["vestiging"].value(), form["contactpersoon"].value()) == (plek.pk, persoon.pk)
    VestigingFabriek(werkgever=plek.werkgever, naam="Magazijn")
    ContactpersoonFabriek(werkgever=plek.werkgever, naam="Ed Bos")
    form = client.get(url).context["form"]
    assert (form["vestiging"].value(), form["contactpersoon"].value()) == (None, None)


@pytest.mark.eis("R134", "uren zijn een bereik zonder standaard van 36, en deeltijd is een filter")
def test_vacature_vastleggen(log_in: Any) -> None:
    client, plek = log_in(WSP), VestigingFabriek()
    ContactpersoonFabriek(werkgever=plek.werkgever)
    url = reverse("vacature_nieuw_bij", args=[plek.werkgever_id])
    assert 'value="36"' not in tekst(client.get(url))
    velden = {
        "soort": "regulier",
        "titel": "Afwashulp",
        "sector": "horeca",
        "vestiging": plek.pk,
        "uren_min": "12",
        "uren_max": "20",
        "bruto_uurloon": "15,10",
        "contractvorm": "bepaald",
        "plekken": "1",
        "taalniveau": "1",
        "opleiding": "0",
        "tillen_kg": "5",
        "weekend": "on",
        "rijbewijzen": ["B"],
        "gewicht_vak": "40",
        "gewicht_uren": "20",
        "gewicht_reizen": "20",
        "gewicht_wens": "20",
    }
    assert client.post(url, {**velden, "gewicht_vak": "50"}).status_code == 422
    antwoord = client.post(url, velden)
    vacature = Vacature.objects.get()
    assert antwoord.url == reverse("vacature", args=[vacature.pk])
    assert (vacature.rijbewijzen, vacature.weekend, vacature.sectornummer) == (4, True, 2)
    client.post(reverse("vacature_stap", args=[vacature.pk, "openen"]))
    vol = VacatureFabriek(titel="Voltijd monteur", uren_min=36, uren_max=40)
    alles, deeltijd = (tekst(client.get(reverse("vacatures"), vraag)) for vraag in ({}, {"deeltijd": "on"}))
    assert vol.titel in alles and "Afwashulp" in alles
    assert vol.titel not in deeltijd and "Afwashulp" in deeltijd
    assert client.get(reverse("vacature_wijzigen", args=[vacature.pk])).status_code == 200
    assert client.get(reverse("vacature_stap", args=[vacature.pk, "sluiten"])).status_code == 200


@pytest.mark.eis("R129", "een accountmanager heeft portefeuille en jobhunt op een bladzijde")
def test_mijn_werkgevers(log_in: Any) -> None:
    client, werkgever, persoon = log_in(WSP), WerkgeverFabriek(), kandidaat()
    wijs_relatiebeheerder_aan(werkgever, client.medewerker, klok.vandaag(), actor=ACTOR)
    client.post(reverse("jobhunt_nieuw", args=[persoon.dossiernummer]), {"zoekt": "werk in een wasserij"})
    jobhunt = Jobhunt.objects.get()
    client.post(
        reverse("jobhunt_benaderen", args=[jobhunt.pk]),
        {"werkgever": werkgever.naam, "resultaat": "interesse"},
    )
    blad = tekst(client.get(reverse("mijn_werkgevers")))
    assert werkgever.naam in blad and persoon.naam in blad and "heeft interesse" in blad


@pytest.mark.parametrize("naam", ["werkgevers", "vacatures", "plaatsingen", "mijn_werkgevers", "vacature_nieuw"])
def test_zonder_recht_geen_bladzijde(log_in: Any, naam: str) -> None:
    assert log_in("klachtbehandelaar").get(reverse(naam)).status_code == 403


@pytest.mark.eis("R133", "wat bij een werkgever wordt vastgelegd of getoond, noemt geen uitkering van een persoon")
def test_werkgever_hoort_niets_over_uitkering(log_in: Any) -> None:
    client = log_in(WSP)
    plaatsing = geplaatst(client.medewerker)
    blad = tekst(client.get(reverse("werkgever", args=[plaatsing.werkgever_id])))
    kern = blad[blad.index("<main") :].replace("Schrijf niet over de uitkering van iemand", "")
    assert "uitkering" not in kern and "bijstand" not in kern
