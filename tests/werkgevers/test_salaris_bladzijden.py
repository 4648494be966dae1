"""The pages of deliveries to payroll: rights, steps, faults in words, the file, and what they cost (R110)."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deelnemers.services.leestoezicht import verbied
from kern.models import Gemeente, Leesregel
from tests.hulp.vragen import groeit_niet
from tests.werkgevers.fabrieken import ACTOR
from tests.werkgevers.salarisfabrieken import PEILDATUM, VANDAAG, antwoord, baan, eigen, lever, mens, regels
from werkgevers.models import Salarislevering
from werkgevers.services.dienstverband import wijzig_contract
from werkgevers.services.salaris import beantwoord_regel, meld_ontvangst

SUBSIDIES = "medewerker_subsidies"


@pytest.fixture(autouse=True)
def dag(settings: Any, gemeente: Gemeente) -> None:
    settings.PEILDATUM = PEILDATUM


def tekst(antwoord_: Any) -> str:
    return " ".join(antwoord_.content.decode().replace("\xa0", " ").split())


def blad(levering: Salarislevering, naam: str = "salarislevering", *meer: int) -> str:
    return reverse(naam, args=[levering.kenmerk, *meer])


def test_leeg_zegt_wat_je_kunt_doen(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    assert "Nog niets geleverd" in tekst(client.get(reverse("salarisleveringen")))
    vooruit = tekst(client.get(reverse("salaris_vooruit")))
    assert "Er is niets nieuws" in vooruit and "Levering opstellen" not in vooruit


@pytest.mark.parametrize("rol", ["consulent", "afdelingsmanager", "controller", "accountmanager_wsp"])
def test_alleen_wie_levert_komt_erin(log_in: Any, rol: str) -> None:
    baan()
    levering = lever()
    client = log_in(rol)
    for naam in ("salarisleveringen", "salaris_vooruit"):
        assert client.get(reverse(naam)).status_code == 403
    assert client.get(blad(levering)).status_code == 403


@pytest.mark.eis("R110", "van bekijken tot verwerkt op het scherm, met ontvangst en antwoord")
def test_van_bekijken_tot_verwerkt(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    rij = baan()
    vooruit = client.get(reverse("salaris_vooruit"))
    assert rij.deelnemer.naam in tekst(vooruit) and "1 regel" in tekst(vooruit)
    assert Leesregel.objects.filter(verwerking="salaris.vooruit", betrokkenen__contains=[rij.deelnemer_id]).exists()
    client.post(reverse("salaris_vooruit"), {"stand": vooruit.context["stand"]})
    levering = Salarislevering.objects.get()
    bestand = client.get(blad(levering, "salarislevering_bestand"))
    assert hashlib.sha256(bestand.content).hexdigest() == levering.sha256
    assert f"{levering.nummer}.csv" in bestand.headers["Content-Disposition"]
    assert Leesregel.objects.filter(verwerking="salaris.bestand", betrokkenen__contains=[rij.deelnemer_id]).exists()
    fout = client.post(blad(levering), {"ontvangen_op": "1-1-2026", "ontvangen_door": "Petra", "versie": 1})
    assert fout.status_code == 422 and "Kies een dag" in tekst(fout)
    client.post(blad(levering), {"ontvangen_op": "6-7-2026", "ontvangen_door": "Petra", "versie": levering.versie})
    levering.refresh_from_db()
    assert levering.status == "ontvangen"
    slecht = SimpleUploadedFile("a.csv", b"kenmerk;uitkomst;reden\nX;misschien;\n")
    fout = client.post(blad(levering, "salaris_antwoord"), {"bestand": slecht})
    assert fout.status_code == 422 and "Regel 2: de uitkomst is" in tekst(fout)
    goed = SimpleUploadedFile("a.csv", f"kenmerk;uitkomst;reden\n{regels(levering)[0].kenmerk};verwerkt;\n".encode())
    client.post(blad(levering, "salaris_antwoord"), {"bestand": goed})
    levering.refresh_from_db()
    assert levering.status == "verwerkt"
    assert "Salaris" in tekst(client.get(reverse("dienstverband", args=[rij.pk])))


def test_wie_iets_anders_zag_ziet_de_lijst_opnieuw(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    rij = baan()
    stand = client.get(reverse("salaris_vooruit")).context["stand"]
    wijzig_contract(rij, dt.date(2027, 1, 1), actor=ACTOR)
    weer = client.post(reverse("salaris_vooruit"), {"stand": stand}, follow=True)
    assert "Er is net iets veranderd" in tekst(weer) and not Salarislevering.objects.exists()


def test_de_tweede_ziet_wat_er_veranderde_en_verliest_niets(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    baan()
    levering = lever()
    meld_ontvangst(levering, VANDAAG, "Joost", actor=mens())
    tweede = client.post(
        blad(levering), {"ontvangen_op": "6-7-2026", "ontvangen_door": "Petra", "versie": levering.versie}
    )
    assert tweede.status_code == 422 and "Joost" in tekst(tweede)
    (regel,) = regels(levering)
    beantwoord_regel(regel, "afgekeurd", "Functie onbekend", actor=mens())
    gegevens = {"uitkomst": "verwerkt", "reden": "", "versie": regel.versie}
    tweede = client.post(blad(levering, "salarisregel", regel.pk), gegevens)
    assert tweede.status_code == 422 and "Hier staat nu" in tekst(tweede) and "Functie onbekend" in tekst(tweede)


def test_afkeuren_vraagt_een_reden_bij_het_veld(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    baan()
    levering = lever()
    (regel,) = regels(levering)
    gegevens = {"uitkomst": "afgekeurd", "reden": "", "versie": regel.versie}
    fout = client.post(blad(levering, "salarisregel", regel.pk), gegevens)
    assert fout.status_code == 422 and "Schrijf op waarom" in tekst(fout)
    client.post(blad(levering, "salarisregel", regel.pk), gegevens | {"reden": "Functie onbekend"})
    assert "Functie onbekend" in tekst(client.get(blad(levering) + "?status=afgekeurd"))
    assert "Geen regels met dit filter" in tekst(client.get(blad(levering) + "?status=verwerkt"))


@pytest.mark.eis("R227", "wie iemand niet mag zien, ziet die regel niet en haalt het bestand niet op")
def test_een_leesverbod_geldt_ook_hier(log_in: Any, maak_medewerker: Any) -> None:
    client = log_in(SUBSIDIES)
    rij = baan()
    verbied(rij.deelnemer, client.medewerker, "familie", actor=mens())
    vooruit = tekst(client.get(reverse("salaris_vooruit")))
    assert "1 regel zie je niet" in vooruit and rij.deelnemer.naam not in vooruit
    levering = lever()
    assert rij.deelnemer.naam not in tekst(client.get(blad(levering)))
    assert client.get(blad(levering, "salarisregel", regels(levering)[0].pk)).status_code == 404
    weg = client.get(blad(levering, "salarislevering_bestand"), follow=True)
    assert "Vraag een collega om het bestand te halen" in tekst(weg)


def test_de_lijsten_kosten_bij_meer_regels_niet_meer_vragen(log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    wij = eigen()
    baan(wij)
    levering = lever()
    antwoord(levering)
    baan(wij)

    def meer() -> None:
        for _ in range(6):
            baan(wij)

    groeit_niet(lambda: client.get(reverse("salaris_vooruit")), meer, "wat gaat er mee", 14)
    groot = lever()
    groeit_niet(lambda: client.get(reverse("salarisleveringen")), lambda: (baan(wij), lever()), "leveringen", 8)
    klein = tekst(client.get(blad(levering)))
    assert klein

    def vragen_van(wat: Salarislevering) -> int:
        from tests.hulp.vragen import tel_vragen

        with tel_vragen() as geteld:
            client.get(blad(wat))
        return len(geteld)

    vragen_van(levering)
    assert vragen_van(levering) == vragen_van(groot) <= 11, "één regel of acht"
