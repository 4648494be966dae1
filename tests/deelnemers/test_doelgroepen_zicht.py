"""Who sees that somebody belongs to a target group that stigmatises, or that tells of somebody's health."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers import querysets as vragen
from deelnemers.models import Deelnemer
from deelnemers.services.contact import voeg_doelgroep_toe
from deelnemers.services.regie import betrek, doorbreek
from deelnemers.toegang import gezondheidsgroepen
from kern import klok
from organisatie.rechten import ROLRECHTEN, Rol
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.organisatie.fabrieken import WaarnemingFabriek

pytestmark = pytest.mark.django_db
BLADEN = ("dossier", "diagnose", "historie", "terugblik", "plan")
GEZONDHEID = "Jongere met een licht verstandelijke beperking"


@pytest.fixture
def persoon(consulent: Any, team: Any) -> Deelnemer:
    deelnemer = met_regie(consulent, team)
    for groep in ("top_600", "lvb_jongere", "zwerfjongere"):
        voeg_doelgroep_toe(deelnemer, groep, klok.vandaag() - DAG, actor=TOETS)
    return deelnemer


def _lees(medewerker: Any, persoon: Deelnemer) -> str:
    """All pages of the dossier on which a target group may stand."""
    client = Client()
    client.force_login(medewerker.gebruiker)
    return "".join(client.get(reverse(n, args=[persoon.dossiernummer])).content.decode() for n in BLADEN)


@pytest.mark.eis("R007", "een stigmatiserende groep ziet alleen de regisseur, wie waarneemt en het team, met het recht")
@pytest.mark.parametrize(
    ("band", "ziet"),
    [("regie", True), ("team", True), ("waarneming", True), ("betrokken", False), ("doorbreking", False)],
)
def test_een_afgeschermde_groep_volgt_de_band(
    band: str, ziet: bool, persoon: Deelnemer, consulent: Any, maak_medewerker: Any
) -> None:
    vandaag, team = klok.vandaag(), persoon.team
    wie = consulent if band == "regie" else maak_medewerker("consulent", team=team if band == "team" else None)
    if band == "waarneming":
        WaarnemingFabriek(waarnemer=wie, voor=consulent, begindatum=vandaag, einddatum=vandaag)
    elif band == "betrokken":
        betrek(persoon, "jobcoach", vandaag, "toets:1", medewerker=wie, actor=TOETS)  # type: ignore[arg-type]
    elif band == "doorbreking":
        doorbreek(persoon, wie, "Verving een zieke collega.", actor=TOETS)
    tekst = _lees(wie, persoon)
    assert ("Top 600" in tekst) == ziet
    assert ("top_600" in tekst) == ziet
    assert GEZONDHEID in tekst and "Zwerfjongere" in tekst


@pytest.mark.eis("R228", "een doelgroep over gezondheid is alleen te zien met het recht op bijzondere gegevens")
def test_een_groep_over_gezondheid_vraagt_het_recht(persoon: Deelnemer, maak_medewerker: Any, team: Any) -> None:
    assert {"lvb_jongere", "verminderde_loonwaarde", "banenafspraak"} == gezondheidsgroepen()
    for rol in (Rol.ACCOUNTMANAGER_WSP, Rol.MEDEWERKER_SUBSIDIES):
        assert "dossier.bijzonder" not in ROLRECHTEN[rol]
        wie = maak_medewerker(rol, team=team)
        betrek(persoon, "jobcoach", klok.vandaag(), f"toets:{rol}", medewerker=wie, actor=TOETS)  # type: ignore[arg-type]
        tekst = _lees(wie, persoon)
        assert "Zwerfjongere" in tekst
        assert GEZONDHEID not in tekst and "lvb_jongere" not in tekst and "Verminderde loonwaarde" not in tekst


def test_lijsten_en_keuzes_tellen_ze_ook_niet(persoon: Deelnemer) -> None:
    rijen, met = Deelnemer.objects.all(), frozenset({"dossier.bijzonder"})
    for groep in gezondheidsgroepen():
        assert groep not in dict(vragen.doelgroepkeuzes(frozenset()))
        assert groep in dict(vragen.doelgroepkeuzes(met))
    assert not vragen.in_doelgroep(rijen, "lvb_jongere", frozenset(), persoon="pk").exists()
    assert not vragen.in_doelgroep(rijen, "lvb_jongere", persoon="pk").exists()
    assert vragen.in_doelgroep(rijen, "lvb_jongere", met, persoon="pk").get() == persoon
    assert vragen.in_doelgroep(rijen, "zwerfjongere", persoon="pk").get() == persoon


def test_een_cijfer_is_er_ook_alleen_met_het_recht(log_in: Any, team: Any) -> None:
    adres = reverse("prestatiecontract")
    for rol, ziet in (("controller", False), ("consulent", True)):
        antwoord = log_in(rol, team=team).get(adres, {"doelgroep": "lvb_jongere"})
        assert (GEZONDHEID in antwoord.content.decode()) == ziet
        assert (antwoord.context["keuze"].doelgroep == "lvb_jongere") == ziet


# --- Every list of people has the filter (R006) ----------------------------------------------------------------------
LIJSTEN = {
    "caseload": Rol.CONSULENT, "kaartenbak": Rol.CONSULENT, "mensen_zoeken": Rol.CONSULENT,
    "groeipotentie": Rol.CONSULENT,
    "dienstverbanden": Rol.CONSULENT, "urenbewaking": Rol.CONSULENT, "verwijzingen": Rol.CONSULENT,
    "schoolverlaters": Rol.TEAMMANAGER,
}  # fmt: skip


@pytest.mark.eis("R006", "Elke lijst met mensen is te beperken tot een doelgroep; wie er niet in hoort, staat er niet")
@pytest.mark.parametrize(("lijst", "rol"), LIJSTEN.items(), ids=LIJSTEN)
def test_elke_lijst_heeft_het_filter(lijst: str, rol: Rol, log_in: Any, team: Any) -> None:
    client = log_in(rol, team=team)
    html = client.get(reverse(lijst)).content.decode()
    assert 'name="doelgroep"' in html and 'value="zwerfjongere"' in html
    if lijst != "caseload":
        return
    wel, niet = (met_regie(client.medewerker, team, roepnaam=naam) for naam in ("Zwaantinus", "Wolbertha"))
    voeg_doelgroep_toe(wel, "zwerfjongere", klok.vandaag() - DAG, actor=TOETS)
    html = client.get(reverse(lijst), {"doelgroep": "zwerfjongere"}).content.decode()
    assert wel.roepnaam in html and niet.roepnaam not in html


def test_zoeken_op_de_diagnose_binnen_een_doelgroep(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    wel, niet = (met_regie(client.medewerker, team, roepnaam=naam) for naam in ("Zwaantinus", "Wolbertha"))
    voeg_doelgroep_toe(wel, "zwerfjongere", klok.vandaag() - DAG, actor=TOETS)
    assert niet.roepnaam in client.get(reverse("mensen_zoeken")).content.decode()
    html = client.get(reverse("mensen_zoeken"), {"doelgroep": "zwerfjongere"}).content.decode()
    assert wel.roepnaam in html and niet.roepnaam not in html
