"""The hard and the soft part as they are filled in: occupations of the list, licences, parts of days, lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.models import Beschikbaarheid, Competentiemeting, Opleiding, Werkervaring, Werkvermogen, Zoekberoep
from deelnemers.schalen import ANKERS, anker
from deelnemers.services.diagnose import leg_vast
from kern import klok
from kern.scorelijn import scorelijn
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie, volledige_diagnose
from tests.hulp.vragen import groeit_niet

BRON = {"bron": "gesprek", "vastgesteld_op": lambda: klok.vandaag().strftime("%d-%m-%Y")}


def velden(**extra: Any) -> dict[str, Any]:
    """What every form sends along."""
    return {naam: w() if callable(w) else w for naam, w in BRON.items()} | extra


@pytest.fixture
def persoon(log_in: Any, team: Any, client: Any) -> Any:
    """A person, and her own consulent at the screen."""
    log_in("consulent", team=team)
    return met_regie(client.medewerker, team)


def nieuw(persoon: Any, naam: str) -> str:
    return reverse("diagnose_nieuw", args=[persoon.dossiernummer, naam])


@pytest.mark.eis(
    "R046", "Een functie in eigen woorden krijgt een beroep uit de Europese lijst, zodat matching het vindt"
)
def test_werkervaring_krijgt_een_beroep_uit_de_lijst(client: Any, persoon: Any) -> None:
    invoer = velden(functie="verkoper bakkerij", maanden="18", sector="detailhandel")
    vraag = client.post(nieuw(persoon, "werkervaring"), invoer)
    assert vraag.status_code == 400 and not Werkervaring.objects.exists()
    keuzes = vraag.context["form"].fields["beroep_code"].choices
    assert "Welk beroep bedoel je?" in vraag.content.decode() and len(keuzes) > 2
    code = keuzes[0][0]
    assert client.post(nieuw(persoon, "werkervaring"), invoer | {"beroep_code": code}).status_code == 302
    rij = Werkervaring.objects.get()
    assert (rij.functie, rij.beroep_code, rij.sector, rij.maanden) == ("verkoper bakkerij", code, "detailhandel", 18)
    blad = client.get(reverse("diagnose", args=[persoon.dossiernummer])).content.decode()
    assert f"In de beroepenlijst: {keuzes[0][1]}" in blad


def test_een_naam_die_precies_in_de_lijst_staat_vraagt_niets(client: Any, persoon: Any) -> None:
    assert client.post(nieuw(persoon, "zoekberoep"), velden(naam="Metselaar", volgorde="1")).status_code == 302
    assert Zoekberoep.objects.get().beroep_code == "7112.1"


def test_wie_zijn_eigen_woorden_houdt_wordt_niet_gedwongen(client: Any, persoon: Any) -> None:
    invoer = velden(naam="iets met bakken", volgorde="1", beroep_code="eigen")
    assert client.post(nieuw(persoon, "zoekberoep"), invoer).status_code == 302
    assert (Zoekberoep.objects.get().naam, Zoekberoep.objects.get().beroep_code) == ("iets met bakken", "")


def test_een_verzonnen_beroepscode_komt_er_niet_in(client: Any, persoon: Any) -> None:
    antwoord = client.post(nieuw(persoon, "zoekberoep"), velden(naam="bakken", volgorde="1", beroep_code="9999.9"))
    assert antwoord.status_code == 400 and not Zoekberoep.objects.exists()


def test_verbeteren_zonder_andere_woorden_houdt_het_beroep(client: Any, persoon: Any) -> None:
    oud = leg_vast(persoon, Werkervaring, functie="Bakte brood", beroep_code="7512.1", maanden=3, actor=TOETS)
    pad = reverse("diagnose_wijzig", args=[persoon.dossiernummer, "werkervaring", oud.pk])
    assert client.post(pad, velden(functie="Bakte brood", maanden="9")).status_code == 302
    nu = Werkervaring.objects.get(vervangen_op=None)
    assert (nu.beroep_code, nu.maanden) == ("7512.1", 9)


@pytest.mark.eis("R046", "Beschikbaarheid per dagdeel met uren, rijbewijzen volgens de landelijke lijst (VUM), reizen")
def test_beschikbaarheid_per_dagdeel_en_rijbewijzen(client: Any, persoon: Any) -> None:
    invoer = velden(
        uren_min="8", uren_max="24", beschikbaar_vanaf="1-12-2026", reistijd_max="45", vervoer="fiets",
        ma=["o", "m"], za=["o"], rijbewijzen=["B", "T"], vog_mogelijk="on",
    )  # fmt: skip
    assert client.post(nieuw(persoon, "beschikbaarheid"), invoer).status_code == 302
    rij = Beschikbaarheid.objects.get()
    assert (rij.dagdelen, rij.rijbewijzen) == (["ma-o", "ma-m", "za-o"], ["B", "T"])
    assert (rij.avond, rij.weekend, rij.vog_mogelijk) == (False, True, True)
    blad = client.get(reverse("diagnose", args=[persoon.dossiernummer])).content.decode()
    assert "Ma ochtend en middag, za ochtend. Rijbewijs B, T" in blad
    form = client.get(reverse("diagnose_wijzig", args=[persoon.dossiernummer, "beschikbaarheid", rij.pk]))
    assert form.context["form"]["ma"].value() == ["o", "m"]
    assert client.post(nieuw(persoon, "beschikbaarheid"), invoer | {"rijbewijzen": ["X"]}).status_code == 400


def test_een_vakje_leegmaken_blijft_leeg(client: Any, persoon: Any) -> None:
    oud = leg_vast(persoon, Opleiding, niveau=2, naam="Vmbo", jaar=2004, actor=TOETS)
    pad = reverse("diagnose_wijzig", args=[persoon.dossiernummer, "opleiding", oud.pk])
    assert client.post(pad, velden(niveau="2", naam="", status="diploma", jaar="")).status_code == 302
    nu = Opleiding.objects.get(vervangen_op=None)
    assert (nu.naam, nu.jaar, nu.status) == ("", None, "diploma")


def test_bron_en_datum_gaan_mee_en_een_dag_in_de_toekomst_niet(client: Any, persoon: Any) -> None:
    gisteren = klok.vandaag() - DAG
    invoer = {"bron": "document", "niveau": "4", "status": "diploma", "vastgesteld_op": f"{gisteren:%d-%m-%Y}"}
    assert client.post(nieuw(persoon, "opleiding"), invoer).status_code == 302
    assert (Opleiding.objects.get().bron, Opleiding.objects.get().vastgesteld_op) == ("document", gisteren)
    morgen = klok.vandaag() + DAG
    fout = client.post(nieuw(persoon, "opleiding"), invoer | {"vastgesteld_op": f"{morgen:%d-%m-%Y}"})
    assert "ligt in de toekomst" in fout.content.decode() and Opleiding.objects.count() == 1


def test_doelgroepregister_uit_de_lijst(client: Any, persoon: Any) -> None:
    invoer = velden(arbeidsvermogen="11", lichamelijk="vol", mentaal="vol", doelgroepregister="ja", tillen_tot="")
    assert client.post(nieuw(persoon, "werkvermogen"), invoer).status_code == 302
    assert Werkvermogen.objects.get().doelgroepregister == "ja"
    assert client.post(nieuw(persoon, "werkvermogen"), invoer | {"doelgroepregister": "misschien"}).status_code == 400


@pytest.mark.eis("R047", "Herhaalde metingen op een schaal met ankers staan als een lijn op het scherm")
def test_metingen_als_lijn(client: Any, persoon: Any) -> None:
    for maanden, score in ((10, 2), (5, 3)):
        op = klok.vandaag() - maanden * 30 * DAG
        leg_vast(persoon, Competentiemeting, competentie="op_tijd", score=score, vastgesteld_op=op, actor=TOETS)
    pad = reverse("diagnose_competenties", args=[persoon.dossiernummer])
    invoer = velden(op_tijd="4", toelichting="Deze maand elke dag op tijd.")
    assert client.post(pad, invoer).status_code == 302
    assert not client.get(pad).context["form"].errors
    antwoord = client.get(reverse("diagnose", args=[persoon.dossiernummer]))
    op_tijd = next(c for c in antwoord.context["competenties"] if c["code"] == "op_tijd")
    assert [p.score for p in op_tijd["lijn"].punten] == [2, 3, 4]
    blad = antwoord.content.decode()
    assert "4 van 5: tussen ‘meestal op tijd, belt niet altijd af’ en ‘op tijd of meldt zich af’." in blad
    assert "2 hoger dan" in blad and "Deze maand elke dag op tijd." in blad and 'id="lijn-op_tijd-t"' in blad
    assert client.post(pad, velden()).status_code == 400


def test_elke_score_heeft_woorden() -> None:
    for code in ANKERS:
        woorden = [anker(code, score) for score in range(1, 6)]
        assert len(set(woorden)) == 5 and all(woorden)


def test_de_lijn_staat_op_schaal_van_de_tijd() -> None:
    dag = dt.date(2026, 1, 1)
    lijn = scorelijn("Motivatie", [(dag, 1, ""), (dag + 25 * DAG, 3, ""), (dag + 100 * DAG, 5, "")])
    een, twee, drie = lijn.punten
    assert round((twee.x - een.x) / (drie.x - een.x), 2) == 0.25
    assert een.y > twee.y > drie.y and lijn.pad.count("L") == 2
    assert (
        scorelijn("x", [(dag, 2, ""), (dag, 4, "")]).punten[0].x
        < scorelijn("x", [(dag, 2, ""), (dag, 4, "")]).punten[1].x
    )
    assert lijn.beschrijving.startswith("1 januari 2026: 1 van 5.")


@pytest.mark.eis("R048", "Het scherm zegt welk deel van de diagnose nog mist")
def test_wat_er_nog_mist(client: Any, persoon: Any) -> None:
    blad = reverse("diagnose", args=[persoon.dossiernummer])
    regels = client.get(blad).context["standregels"]
    assert regels[0]["onder"] == "Nog niet bekend: opleiding, taal, zoekberoep, beschikbaarheid, werkvermogen."
    leg_vast(persoon, Opleiding, niveau=2, actor=TOETS)
    assert "opleiding" not in client.get(blad).context["standregels"][0]["onder"]
    volledige_diagnose(persoon)
    regels = client.get(blad).context["standregels"]
    assert [r["merk"].tekst for r in regels] == ["Compleet", "Compleet", "Actueel"]


def test_diagnose_kost_evenveel_vragen_bij_meer_gegevens(client: Any, persoon: Any) -> None:
    volledige_diagnose(persoon)
    leg_vast(persoon, Werkervaring, functie="Bakker", beroep_code="7512.1", maanden=3, actor=TOETS)

    def meer() -> None:
        for nummer in range(8):
            leg_vast(persoon, Werkervaring, functie=f"Bakker {nummer}", beroep_code="7112.1", actor=TOETS)
            leg_vast(persoon, Competentiemeting, competentie="op_tijd", score=2, actor=TOETS)

    groeit_niet(lambda: client.get(reverse("diagnose", args=[persoon.dossiernummer])), meer, "diagnose", maximum=32)


def test_een_collega_was_eerder(client: Any, persoon: Any) -> None:
    """What was typed stays, what the colleague made of it is said, and the next save goes on from there."""
    oud = leg_vast(persoon, Opleiding, niveau=2, naam="Kok", status="diploma", actor=TOETS)
    pad = reverse("diagnose_wijzig", args=[persoon.dossiernummer, "opleiding", oud.pk])
    leg_vast(persoon, Opleiding, niveau=3, naam="Kok", status="diploma", vervangt=oud, actor=TOETS)
    invoer = velden(niveau="2", naam="Kok in een hotel", status="diploma")
    antwoord = client.post(pad, invoer)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 400
    assert "Een collega heeft deze gegevens net gewijzigd" in tekst
    assert "Kok in een hotel" in tekst and "Hier staat nu ‘Kok’" in tekst
    verder = invoer | {"versie": antwoord.context["form"]["versie"].value()}
    assert client.post(pad, verder).status_code == 302
    assert Opleiding.objects.get(vervangen_op=None).naam == "Kok in een hotel"
