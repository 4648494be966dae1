"""A payment run: composed in steps, approved by another person, and never a line in two orders (R149)."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from kern.handeling import handeling, voor_gemeente
from kern.models import Gemeente, Overgang, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Betaalopdracht, Betaalrun, Boekregel, Opdrachtregel
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.services.subsidie import trek_subsidie_in
from tests.loonkostensubsidie.betaalfabrieken import (
    IBAN,
    JUNI,
    MEI,
    PEILDATUM,
    TAAK,
    actor,
    betaald,
    enige,
    goedgekeurd,
    meld,
    mens,
    opgesteld,
    recht,
    werkgever,
    zet_rekening,
)
from tests.loonkostensubsidie.betaalfabrieken import aangeboden as run_aangeboden
from tests.loonkostensubsidie.betaalfabrieken import gemeente_betaalt as gemeente_betaalt_
from werkgevers.dienstverbandvragen import GEEN_REKENING, WIJZIGING_OPEN
from werkgevers.models import Rekening
from werkgevers.services.dienstverband import wijzig_dienstverband
from werkgevers.services.rekening import stel_rekening_voor


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Any) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.mark.eis("R149", "alle openstaande maanden van een werkgever in één opdracht, tot op de cent")
def test_een_opdracht_per_werkgever_met_alles_wat_openstaat(gemeente: Gemeente) -> None:
    baas, ander = werkgever(), werkgever(naam="Anders BV")
    recht(baas)
    recht(baas, loonwaarde=60)
    recht(ander)
    run = opgesteld()
    assert (run.status, run.stap, run.aantal, run.bedrag, run.fouten) == (
        "opgesteld",
        "klaar",
        2,
        Decimal("6120.54"),
        [],
    )
    opdracht = Betaalopdracht.objects.get(werkgever=baas)
    # Twee maanden, 918,08 en 1.224,11.
    assert (opdracht.bedrag, opdracht.aantal_regels, opdracht.status) == (Decimal("4284.38"), 4, "klaar")
    assert (opdracht.iban, opdracht.tenaamstelling) == (IBAN, "Bakkerij Ümit & Zoën")
    assert len(opdracht.eindkenmerk) <= 35
    assert not vragen.open_regels().exists()
    wacht = Werkvoorraad.objects.get(kamer="betalingen")
    assert wacht.titel == "Keur de betaalrun van juni 2026 goed" and wacht.voor_rol == "medewerker_subsidies"


def test_een_lopende_maand_kan_nog_niet(gemeente: Gemeente) -> None:
    with pytest.raises(ValidationError, match="Deze maand loopt nog tot en met 31 juli 2026"):
        dienst.begin_run(dt.date(2026, 7, 1), actor=actor())
    assert not Betaalrun.objects.exists()


def test_een_taak_stelt_geen_run_op(gemeente: Gemeente) -> None:
    with pytest.raises(ValidationError, match="doet een medewerker"):
        dienst.begin_run(JUNI, actor=TAAK)


@pytest.mark.eis("R149", "een tweede run voor dezelfde maand wordt geweigerd zolang de eerste loopt")
def test_twee_keer_starten(gemeente: Gemeente) -> None:
    recht()
    run = opgesteld()
    with pytest.raises(ValidationError, match="Voor deze maand loopt al een betaalrun"):
        dienst.begin_run(JUNI, actor=actor())
    assert dienst.stel_op(run, actor=TAAK).versie == run.versie, "nog een keer opstellen verandert niets"
    assert Betaalopdracht.objects.count() == 1


@pytest.mark.eis("R149", "wat is betaald, gaat niet mee in een volgende run")
def test_wat_is_betaald_komt_niet_terug(gemeente: Gemeente) -> None:
    gemeente_betaalt_()
    recht()
    eerste = betaald(MEI)
    assert eerste.status == "afgerond"
    tweede = opgesteld(JUNI)
    assert enige(eerste).bedrag == enige(tweede).bedrag == Decimal("918.08")
    derde = opgesteld(MEI)
    assert (derde.aantal, derde.bedrag) == (0, 0), "een extra run over een betaalde maand is leeg"
    with pytest.raises(ValidationError, match="Er is niets om te betalen"):
        dienst.keur_run_goed(derde, actor=actor())


@pytest.mark.eis("R149", "een correctie op een betaalde maand gaat af van de volgende betaling")
def test_een_correctie_gaat_mee_met_de_volgende_maand(gemeente: Gemeente) -> None:
    gemeente_betaalt_()
    een = recht()
    betaald(MEI)
    wijzig_dienstverband(
        een.dienstverband, dt.date(2026, 5, 16), actor=TAAK, reden="minder uren", uren_per_week=Decimal(24)
    )
    opdracht = enige(opgesteld(JUNI))
    # Juni 612,05; mei was 918,08 en werd 760,13: 157,95 minder.
    assert opdracht.bedrag == Decimal("612.05") - Decimal("157.95")
    soorten = [(r.boekregel.soort, str(r.boekregel.totaal)) for r in vragen.regels_van(opdracht)]
    assert soorten == [("correctie", "-157.95"), ("maand", "612.05")]


@pytest.mark.eis("R149", "is er minder dan niets te betalen, dan blijft het openstaan en wordt later verrekend")
def test_wat_te_veel_was_blijft_open_en_wordt_verrekend(gemeente: Gemeente) -> None:
    gemeente_betaalt_()
    baas = werkgever()
    weg = recht(baas)
    betaald(MEI)
    trek_subsidie_in(weg, "nooit recht", actor=TAAK)
    recht(baas, vanaf=JUNI, loonwaarde=80)
    run = opgesteld(JUNI)
    # Juni 80 %: 612,05. Terug over mei: 918,08. Samen minder dan niets.
    assert run.aantal == 0 and not Betaalopdracht.objects.filter(run=run).exists()
    assert vragen.som(vragen.open_regels(baas.pk)) == Decimal("612.05") - Decimal("918.08")
    assert [(r["subsidie__werkgever"], r["saldo"]) for r in vragen.te_veel_betaald()] == [(baas.pk, Decimal("-306.03"))]


# --- Held -----------------------------------------------------------------------------------------------------------
def test_zonder_rekening_wordt_een_opdracht_aangehouden(gemeente: Gemeente) -> None:
    baas = werkgever(iban="")
    recht(baas)
    run = opgesteld()
    opdracht = enige(run)
    assert (opdracht.status, opdracht.reden, run.aantal) == ("aangehouden", GEEN_REKENING, 0)
    with pytest.raises(ValidationError, match="Er is geen rekeningnummer"):
        dienst.geef_opdracht_vrij(opdracht, actor=actor())
    zet_rekening(baas, IBAN, "Bakkerij")
    vrij = dienst.geef_opdracht_vrij(opdracht, actor=actor())
    run.refresh_from_db()
    assert (vrij.status, vrij.iban, vrij.reden, run.aantal, run.bedrag) == ("klaar", IBAN, "", 1, vrij.bedrag)


@pytest.mark.eis("R149", "wacht een ander rekeningnummer op een tweede persoon, dan wordt de betaling aangehouden")
def test_een_open_wijziging_houdt_de_opdracht_aan(gemeente: Gemeente) -> None:
    baas = werkgever()
    recht(baas)
    stel_rekening_voor(
        baas, "NL20INGB0001234567", "Anders", dt.date(2026, 7, 7), ontvangen_op=dt.date(2026, 7, 1),
        ontvangen_via="email", actor=actor(),
    )  # fmt: skip
    assert (enige(opgesteld()).status, enige(Betaalrun.objects.get()).reden) == ("aangehouden", WIJZIGING_OPEN)


def test_een_onjuist_rekeningnummer_houdt_de_opdracht_aan(gemeente: Gemeente) -> None:
    baas = werkgever()
    recht(baas)
    with handeling(TAAK):
        Rekening.objects.filter(werkgever=baas).update(iban="NL91ABNA0417164301")
    assert (enige(opgesteld()).status, enige(Betaalrun.objects.get()).reden) == ("aangehouden", dienst.ONJUIST_NUMMER)


def test_met_de_hand_aanhouden_kan_alleen_voor_het_goedkeuren(gemeente: Gemeente) -> None:
    gemeente_betaalt_()
    recht()
    recht(werkgever(naam="Anders BV"))
    run = opgesteld()
    eerste, tweede = vragen.opdrachten_van(run)
    with pytest.raises(OvergangGeweigerd, match="Geef een reden"):
        dienst.houd_opdracht_aan(eerste, " ", actor=actor())
    dienst.houd_opdracht_aan(eerste, "loonstrook klopt niet", actor=actor())
    run.refresh_from_db()
    assert (run.aantal, run.bedrag) == (1, tweede.bedrag)
    dienst.keur_run_goed(run, actor=actor())
    with pytest.raises(ValidationError, match="De run is ‘Goedgekeurd’"):
        dienst.geef_opdracht_vrij(eerste, actor=actor())


# --- Two people -----------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "wie een run opstelt, keurt hem niet goed")
def test_de_maker_keurt_niet_goed(gemeente: Gemeente) -> None:
    wie = mens()
    recht()
    run = opgesteld(wie=wie)
    with pytest.raises(ValidationError, match="Je hebt deze run zelf opgesteld"):
        dienst.keur_run_goed(run, actor=actor(wie))
    with pytest.raises(IntegrityError, match="betaalrun_twee_personen"), transaction.atomic(), handeling(TAAK):
        Betaalrun.objects.filter(pk=run.pk).update(goedgekeurd_door=wie)
    goed = dienst.keur_run_goed(run, actor=actor())
    assert goed.status == "goedgekeurd"
    assert Overgang.objects.filter(soort="betaalrun", actie="goedkeuren").count() == 1


def test_goedkeuren_wat_intussen_anders_is(gemeente: Gemeente) -> None:
    recht()
    recht(werkgever(naam="Anders BV"))
    run = opgesteld()
    gezien = run.versie
    dienst.houd_opdracht_aan(Betaalopdracht.objects.first(), "loonstrook klopt niet", actor=actor())
    with pytest.raises(ValidationError, match="Deze run is net gewijzigd"):
        dienst.keur_run_goed(run, actor=actor(), versie=gezien)


@pytest.mark.eis("R149", "twee mensen keuren tegelijk goed: één wint, de ander leest dat het al gebeurd is")
@pytest.mark.django_db(transaction=True)
def test_twee_mensen_keuren_tegelijk_goed(gemeente: Gemeente) -> None:
    recht()
    run = opgesteld()
    mensen, uitkomsten, klaar = [mens(), mens()], [], threading.Barrier(2)

    def keur(wie: Any) -> None:
        try:
            with voor_gemeente(gemeente):
                klaar.wait(10)
                dienst.keur_run_goed(run, actor=actor(wie))
            uitkomsten.append("gelukt")
        except OvergangGeweigerd:
            uitkomsten.append("te laat")
        finally:
            connection.close()

    draden = [threading.Thread(target=keur, args=[wie]) for wie in mensen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert sorted(uitkomsten) == ["gelukt", "te laat"]
    assert Overgang.objects.filter(soort="betaalrun", actie="goedkeuren").count() == 1


def test_goedkeuring_terugnemen_en_laten_vervallen(gemeente: Gemeente) -> None:
    gemeente_betaalt_()
    recht()
    run = goedgekeurd()
    with pytest.raises(OvergangGeweigerd, match="Geef een reden"):
        dienst.neem_run_terug(run, "", actor=actor())
    terug = dienst.neem_run_terug(run, "nog een opdracht vrijgeven", actor=actor())
    assert (terug.status, terug.goedgekeurd_door_id) == ("opgesteld", None)
    weg = dienst.laat_run_vervallen(run, "verkeerde maand", actor=actor())
    assert (weg.status, weg.aantal, weg.bedrag) == ("vervallen", 0, 0)
    assert vragen.som(vragen.open_regels()) == Decimal("1836.16"), "de regels staan weer open"
    assert not Werkvoorraad.objects.filter(kamer="betalingen").exists()
    assert enige(opgesteld()).bedrag == Decimal("1836.16"), "een nieuwe run voor dezelfde maand kan"


# --- The lock -------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "een regel kan nooit in twee opdrachten tegelijk staan, ook niet buiten het programma om")
def test_de_database_weigert_een_regel_in_twee_opdrachten(gemeente: Gemeente) -> None:
    recht()
    opdracht = enige(opgesteld())
    regel = Boekregel.objects.order_by("pk").first()
    with pytest.raises(IntegrityError, match="opdrachtregel_een_tegelijk"), handeling(TAAK):
        Opdrachtregel.objects.create(boekregel=regel, opdracht=opdracht, vanaf=opdracht.aangemaakt_op)


def test_een_run_die_is_afgebroken_gaat_verder(gemeente: Gemeente, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, as if the process stopped after each one."""
    monkeypatch.setattr(dienst, "PLAK", 1)
    for nummer in range(3):
        recht(werkgever(naam=f"Werkgever {nummer}"))
    run = dienst.begin_run(JUNI, actor=actor())
    stappen = 0
    while (run := Betaalrun.objects.get(pk=run.pk)).status == "wordt_opgesteld":
        dienst.doe_stap(run, actor=TAAK)
        stappen += 1
    assert stappen == 3 + 1 + 3 + 1, "per subsidie, de overgang, per werkgever, het einde"
    assert Betaalopdracht.objects.count() == 3 and Opdrachtregel.objects.count() == 6


@pytest.mark.eis("R149", "wat niet te berekenen is, staat met de reden bij de run; de rest wordt betaald")
def test_een_subsidie_die_niet_te_berekenen_is(gemeente: Gemeente) -> None:
    recht()
    fout = recht(werkgever(naam="Anders BV"), geboren=dt.date(2015, 1, 1))
    run = opgesteld()
    assert [(f["nummer"], bool(f["tekst"])) for f in run.fouten] == [(fout.nummer, True)]
    assert run.aantal == 1


def test_een_geweigerde_opdracht_komt_terug_in_de_volgende_run(gemeente: Gemeente) -> None:
    gemeente_betaalt_()
    recht()
    run = run_aangeboden(MEI)
    opdracht = enige(run)
    meld(opdracht, "geweigerd")
    assert Werkvoorraad.objects.filter(sleutel=f"geweigerd:{opdracht.pk}").exists()
    assert [o.pk for o in vragen.weer_open()] == [opdracht.pk]
    nieuw = opgesteld(JUNI)
    assert enige(nieuw).bedrag == Decimal("1836.16")
    assert not Werkvoorraad.objects.filter(sleutel=f"geweigerd:{opdracht.pk}").exists()
    assert not vragen.weer_open().exists()
