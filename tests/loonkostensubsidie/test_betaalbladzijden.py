"""The pages of payments: rights, steps, faults in words, files, and a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kern.handeling import handeling
from kern.models import Gemeente, Leesregel
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Betaalopdracht, Betaalrun, Terugvordering
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.services import terugvorderen as terug_dienst
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import trek_subsidie_in
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.betaalfabrieken import (
    IBAN,
    JUNI,
    MEI,
    PEILDATUM,
    TAAK,
    aangeboden,
    actor,
    betaald,
    bied_aan,
    enige,
    gemeente_betaalt,
    goedgekeurd,
    opgesteld,
    recht,
    werkgever,
    zet_rekening,
)

SUBSIDIES = "medewerker_subsidies"


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


def tekst(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def blad(run: Betaalrun) -> str:
    return reverse("betaalrun", args=[run.kenmerk])


def te_veel() -> Terugvordering:
    """A recovery of May, as an intention."""
    een = recht()
    betaald(MEI)
    trek_subsidie_in(een, "nooit recht", actor=TAAK)
    boek([een.pk], JUNI, actor=TAAK)
    return terug_dienst.maak_terugvordering(een.werkgever, "Nooit recht.", actor=actor())


def test_leeg_zegt_wat_je_kunt_doen(gemeente: Gemeente, log_in: Any) -> None:
    client = log_in(SUBSIDIES)
    assert "Er is nog niets betaald" in tekst(client, reverse("betaalruns"))
    assert "Er is nog niets geboekt" in tekst(client, reverse("aansluiting"))
    assert "Niemand kreeg te veel" in tekst(client, reverse("terugvorderingen"))


@pytest.mark.eis("R149", "van opstellen tot betaald door twee mensen op het scherm")
def test_een_run_van_begin_tot_eind(gemeente: Gemeente, log_in: Any, maak_medewerker: Any) -> None:
    gemeente_betaalt()
    recht()
    maker = log_in(SUBSIDIES)
    run = opgesteld(wie=maker.medewerker.gebruiker)
    eigen = tekst(maker, blad(run))
    assert "Jij stelde deze run op. Een collega keurt hem goed." in eigen and 'value="goedkeuren"' not in eigen
    maker.post(blad(run), {"stap": "goedkeuren", "versie": run.versie})
    run.refresh_from_db()
    assert run.status == "opgesteld", "ook met een eigen verzoek niet"
    collega = Client()
    collega.force_login(maak_medewerker(SUBSIDIES).gebruiker)
    assert 'value="goedkeuren"' in tekst(collega, blad(run))
    collega.post(blad(run), {"stap": "goedkeuren", "versie": run.versie})
    collega.post(blad(run), {"stap": "goedkeuren", "versie": run.versie})
    assert "Betaalbestand maken" in tekst(collega, blad(run))
    fout = collega.post(blad(run), {"stap": "aanbieden", "uitvoeren_op": "5-7-2026"})
    assert fout.status_code == 422 and "Deze dag is voorbij" in fout.content.decode()
    for _ in range(2):
        collega.post(blad(run), {"stap": "aanbieden", "uitvoeren_op": "7-7-2026"})
    een = collega.get(reverse("betaalrun_bestand", args=[run.kenmerk]))
    twee = maker.get(reverse("betaalrun_bestand", args=[run.kenmerk]))
    assert een.content == twee.content and een.headers["Content-Type"] == "application/xml"
    lijst = collega.get(reverse("betaalrun_lijst", args=[run.kenmerk]))
    assert IBAN in lijst.content.decode("utf-8-sig")
    bank = reverse("terugmelding", args=[run.kenmerk])
    collega.post(bank, {"wijze": "alles", "datum": "6-7-2026"})
    run.refresh_from_db()
    assert (run.status, enige(run).status) == ("afgerond", "betaald")
    weer = collega.post(bank, {"wijze": "alles", "datum": "6-7-2026"})
    assert weer.status_code == 422 and "al bekend of er is betaald" in weer.content.decode()


def test_een_bestand_van_de_bank_met_fouten(gemeente: Gemeente, log_in: Any) -> None:
    gemeente_betaalt()
    recht()
    run = aangeboden()
    client, bank = log_in(SUBSIDIES), reverse("terugmelding", args=[run.kenmerk])
    assert "Kies een bestand" in client.post(bank, {"wijze": "bestand"}).content.decode()
    kenmerk = enige(run).eindkenmerk
    inhoud = f"kenmerk;uitkomst;bedrag;datum;reden\n{kenmerk};betaald;1,00;6-7-2026;\nBET-9;betaald;1,00;6-7-2026;\n"
    fout = client.post(bank, {"wijze": "bestand", "bestand": SimpleUploadedFile("bank.csv", inhoud.encode())})
    gelezen = fout.content.decode()
    assert fout.status_code == 422 and "Regel 2" in gelezen and "Regel 3" in gelezen
    goed = f"kenmerk;uitkomst;bedrag;datum;reden\n{kenmerk};geweigerd;1836,16;6-7-2026;rekening bestaat niet\n"
    client.post(bank, {"wijze": "bestand", "bestand": SimpleUploadedFile("bank.csv", goed.encode())})
    assert enige(run).status == "geweigerd"
    assert "rekening bestaat niet" in tekst(client, blad(run))


def test_een_aangehouden_opdracht_zegt_wat_je_doet(gemeente: Gemeente, log_in: Any) -> None:
    baas = werkgever(iban="")
    recht(baas)
    recht(werkgever(naam="Anders BV"))
    run = opgesteld()
    opdracht = Betaalopdracht.objects.get(werkgever=baas)
    client, adres = log_in(SUBSIDIES), reverse("betaalopdracht", args=[run.kenmerk, opdracht.pk])
    bladzijde = tekst(client, blad(run))
    assert bladzijde.index(baas.naam.replace("&", "&amp;")) < bladzijde.index("Anders BV"), "aangehouden staat bovenaan"
    assert "Er is geen rekeningnummer" in tekst(client, adres)
    client.post(adres, {"stap": "vrijgeven"})
    opdracht.refresh_from_db()
    assert opdracht.status == "aangehouden"
    zet_rekening(baas, IBAN, "Bakkerij")
    client.post(adres, {"stap": "vrijgeven"})
    leeg = client.post(adres, {"stap": "aanhouden", "reden": ""})
    assert leeg.status_code == 422
    opdracht.refresh_from_db()
    assert opdracht.status == "klaar"
    client.post(adres, {"stap": "aanhouden", "reden": "Loonstrook klopt niet."})
    opdracht.refresh_from_db()
    assert (opdracht.status, opdracht.reden) == ("aangehouden", "Loonstrook klopt niet.")


def test_voortgang_ververst_tot_hij_klaar_is(gemeente: Gemeente, log_in: Any) -> None:
    recht()
    run = dienst.begin_run(JUNI, actor=actor())
    client, stand = log_in(SUBSIDIES), reverse("betaalrun_stand", args=[run.kenmerk])
    assert "Maanden boeken" in tekst(client, blad(run)) and "HX-Refresh" not in client.get(stand).headers
    dienst.stel_op(run, actor=TAAK)
    assert client.get(stand).headers["HX-Refresh"] == "true"


# --- Rights ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rol", ["controller", "auditor", "afdelingsmanager"])
def test_wie_alleen_ziet_kan_niets_wijzigen(gemeente: Gemeente, log_in: Any, rol: str) -> None:
    gemeente_betaalt()
    recht()
    run = goedgekeurd()
    client = log_in(rol)
    bladzijde = tekst(client, blad(run))
    assert 'value="aanbieden"' not in bladzijde and 'value="vervallen"' not in bladzijde
    for stap in ("aanbieden", "vervallen", "verder"):
        assert client.post(blad(run), {"stap": stap, "uitvoeren_op": "7-7-2026", "reden": "x"}).status_code == 404
    opdracht = reverse("betaalopdracht", args=[run.kenmerk, enige(run).pk])
    assert client.post(opdracht, {"stap": "vrijgeven"}).status_code == 404
    bied_aan(run)
    for naam in ("betaalrun_bestand", "betaalrun_lijst", "terugmelding"):
        assert client.get(reverse(naam, args=[run.kenmerk])).status_code == 403
    assert client.get(reverse("betaalrun_nieuw")).status_code == 403


@pytest.mark.parametrize("rol", ["consulent", "accountmanager_wsp", "functioneel_beheerder", "privacy_officer"])
def test_wie_geen_recht_heeft_ziet_geen_betalingen(gemeente: Gemeente, log_in: Any, rol: str) -> None:
    client = log_in(rol)
    for naam in ("betaalruns", "aansluiting", "aansluiting_export", "terugvorderingen"):
        assert client.get(reverse(naam)).status_code == 403


# --- Recovery -------------------------------------------------------------------------------------------------------
def test_een_terugvordering_op_het_scherm(gemeente: Gemeente, log_in: Any) -> None:
    gemeente_betaalt()
    een = recht()
    betaald(MEI)
    trek_subsidie_in(een, "nooit recht", actor=TAAK)
    boek([een.pk], JUNI, actor=TAAK)
    client = log_in(SUBSIDIES)
    assert "€\xa0918,08" in tekst(client, reverse("terugvorderingen"))
    nieuw = reverse("terugvordering_nieuw", args=[een.werkgever_id])
    assert client.post(nieuw, {"reden": ""}).status_code == 422
    client.post(nieuw, {"reden": "De werknemer was al uit dienst."})
    rij = Terugvordering.objects.get()
    dubbel = client.post(nieuw, {"reden": "Nog eens."})
    assert dubbel.status_code == 422 and "hoeft nu niets terug te betalen" in dubbel.content.decode()
    adres = reverse("terugvordering", args=[rij.kenmerk])
    assert "Een collega beslist" in tekst(client, adres)
    assert client.post(adres, {"stap": "aanzeggen", "wijze": "terugbetalen"}).status_code == 404
    client.post(adres, {"stap": "reageren", "reactie": "Dat klopt."})
    rij.refresh_from_db()
    assert rij.reactie == "Dat klopt."


@pytest.mark.eis("R149", "wie de brief opent, staat in het leeslog bij elke werknemer die erin staat")
def test_de_brief_staat_in_het_leeslog(gemeente: Gemeente, log_in: Any) -> None:
    gemeente_betaalt()
    rij = te_veel()
    client = log_in(SUBSIDIES)
    antwoord = client.get(reverse("terugvordering_brief", args=[rij.kenmerk]))
    assert antwoord.headers["Content-Type"] == "application/pdf" and antwoord.content.startswith(b"%PDF")
    wie = vragen.regels_van_terugvordering(rij)[0].boekregel.subsidie.deelnemer_id
    gelezen = Leesregel.objects.filter(verwerking="terugvordering.brief").values_list("betrokkenen", flat=True)
    assert list(gelezen) == [[wie]]
    assert log_in("controller").get(reverse("terugvordering_brief", args=[rij.kenmerk])).status_code == 403


# --- Reconciliation -------------------------------------------------------------------------------------------------
def test_aansluiting_op_het_scherm_en_in_excel(gemeente: Gemeente, log_in: Any) -> None:
    recht()
    opgesteld()
    client = log_in("controller")
    bladzijde = tekst(client, f"{reverse('aansluiting')}?jaar=2026")
    assert "Sluit aan tot op de cent" in bladzijde and "€\xa01.836,16" in bladzijde
    assert "Alles sluit aan" in tekst(client, f"{reverse('aansluiting')}?verschil=on")
    assert "Er is nog niets geboekt" in tekst(client, f"{reverse('aansluiting')}?bekend_op=1-1-2026")
    antwoord = client.get(f"{reverse('aansluiting_export')}?jaar=2026")
    rekenblad = openpyxl.load_workbook(io.BytesIO(b"".join(antwoord.streaming_content)))["Aansluiting"]
    rijen = list(rekenblad.iter_rows(values_only=True))
    assert rijen[0][:3] == ("Werkgever", "Maand", "Besloten")
    assert [(rij[1].date().isoformat(), rij[2], rij[7]) for rij in rijen[1:]] == [
        ("2026-06-01", 918.08, 0),
        ("2026-05-01", 918.08, 0),
    ]


# --- Cost -----------------------------------------------------------------------------------------------------------
def test_bladzijden_kosten_niet_meer_bij_meer_opdrachten(gemeente: Gemeente, log_in: Any) -> None:
    gemeente_betaalt()
    baas = werkgever()
    recht(baas)
    eerste = opgesteld(MEI)
    opdracht = enige(eerste)
    rij = _terug()
    client = log_in(SUBSIDIES)

    def meer() -> None:
        for nummer in range(4):
            recht(werkgever(naam=f"Nog een {nummer} {Betaalrun.objects.count()}"))
        opgesteld(JUNI)

    def bekijk() -> None:
        for naam in ("betaalruns", "terugvorderingen", "aansluiting"):
            tekst(client, reverse(naam))
        tekst(client, blad(Betaalrun.objects.latest("pk")))
        tekst(client, reverse("betaalopdracht", args=[eerste.kenmerk, opdracht.pk]))
        tekst(client, reverse("terugvordering", args=[rij.kenmerk]))

    opgesteld(JUNI)
    groeit_niet(bekijk, lambda: (_weg(), meer()), "betalingen", 90)


def _weg() -> None:
    dienst.laat_run_vervallen(Betaalrun.objects.latest("pk"), "meer erbij", actor=actor())


def _terug() -> Terugvordering:
    ander = werkgever(naam="Te veel BV")
    with handeling(TAAK):
        return Terugvordering.objects.create(
            nummer="TV-2026-00001",
            werkgever=ander,
            bedrag=Decimal(10),
            aantal_regels=0,
            reden="Toets.",
            status_sinds=dt.date(2026, 7, 1),
            vastgesteld_op=dt.date(2026, 5, 31),
            uiterlijk_op=dt.date(2031, 5, 31),
            reageren_tot=dt.date(2026, 7, 20),
            gemaakt_door_id=actor().gebruiker_id,
            gemaakt_op=dt.datetime(2026, 7, 1, tzinfo=dt.UTC),
        )
