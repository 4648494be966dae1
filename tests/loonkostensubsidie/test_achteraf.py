"""What is recorded about the past asks for a decision, and the letter says the right amount of before (ADR 52)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from deelnemers.models import Deelnemer
from kern.handeling import handeling
from kern.models import Werkvoorraad
from loonkostensubsidie import subsidiewerk
from loonkostensubsidie.besluitaansluiting import verschillen
from loonkostensubsidie.models import Beschikking, Subsidie
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services import herziening, wijzigingen
from loonkostensubsidie.services.boeken import boek
from tests.loonkostensubsidie import wereld
from tests.loonkostensubsidie.test_besluit import meet, stel_vast
from tests.werkgevers.fabrieken import ACTOR, werk
from werkgevers.dienstverbandvragen import metingen_van
from werkgevers.services.dienstverband import wijzig_dienstverband
from werkgevers.services.loonwaarde import corrigeer_loonwaarde

pytestmark = pytest.mark.usefixtures("subsidiewereld")
BEGIN, MAART, AUGUSTUS = wereld.BEGIN, dt.date(2026, 3, 1), dt.date(2026, 8, 1)


def uren(besluit: Beschikking, vanaf: dt.date, aantal: int) -> None:
    assert besluit.dienstverband is not None
    wijzig_dienstverband(besluit.dienstverband, vanaf, reden="Contract.", uren_per_week=Decimal(aantal), actor=ACTOR)


def besloten(besluit: Beschikking, soort: str, vanaf: dt.date, schrijver: Any, collega: Any) -> Beschikking:
    assert besluit.subsidie is not None
    actor = wereld.actor_van(schrijver)
    concept = besluiten.stel_besluit_op(besluit.subsidie, soort, vanaf, "Zo is het.", actor=actor)
    return stel_vast(besluiten.leg_voor(concept, actor=actor), collega)


def gevraagd(besluit: Beschikking) -> list[str]:
    """What Vandaag says about a decision that is needed for the right of `besluit`."""
    with handeling(ACTOR):
        subsidiewerk.ververs_alle()
    rijen = Werkvoorraad.objects.filter(sleutel=f"recht:{besluit.subsidie_id}:besluit")
    return list(rijen.values_list("waarom", flat=True))


# --- The task --------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "andere uren in het verleden vragen een besluit, ook na een later besluit")
def test_uren_van_voor_het_laatste_besluit_vragen_een_besluit(schrijver: Any, collega: Any) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    uren(eerst, MAART, 30)
    besloten(eerst, "wijziging", MAART, schrijver, collega)
    assert gevraagd(eerst) == []
    uren(eerst, dt.date(2026, 2, 10), 28)
    (waarom,) = gevraagd(eerst)
    assert waarom.startswith("De uren zijn anders vanaf 10 februari 2026")
    besloten(eerst, "wijziging", dt.date(2026, 2, 10), schrijver, collega)
    assert gevraagd(eerst) == []


@pytest.mark.eis("R149", "uren van november die na de herziening van 1 januari bekend worden, vragen een besluit")
def test_uren_van_voor_de_herziening(schrijver: Any, collega: Any, settings: Any) -> None:
    """First for November, then for January: the letter of the revision named the old hours."""
    settings.PEILDATUM = "2025-10-01"
    begin, november, januari = dt.date(2025, 9, 1), dt.date(2025, 11, 1), dt.date(2026, 1, 1)
    baan = werk(begindatum=begin, loonwaarderoute="forfait")
    eerst = wereld.vastgesteld(
        schrijver, collega, dienstverband=baan, deelnemer=baan.deelnemer, werkgever=baan.feitelijke_werkgever,
        begindatum=begin,
    )  # fmt: skip
    settings.PEILDATUM = "2025-12-15"
    ronde = herziening.start_herziening(2026, actor=wereld.actor_van(schrijver))
    herziening.stel_herziening_op(ronde, taak=ACTOR, meld=lambda *_: None)
    (herzien,) = herziening.besluiten_van(ronde, "voorgelegd")
    stel_vast(herzien, collega)
    settings.PEILDATUM = "2026-01-12"
    assert gevraagd(eerst) == []
    uren(eerst, november, 30)
    (waarom,) = gevraagd(eerst)
    assert "vanaf 1 november 2025" in waarom and "art. 10d lid 12" in waarom
    besloten(eerst, "wijziging", november, schrijver, collega)
    (waarom,) = gevraagd(eerst)
    assert "vanaf 1 januari 2026" in waarom
    laatste = besloten(eerst, "wijziging", januari, schrijver, collega)
    assert gevraagd(eerst) == []
    assert laatste.vorig_totaal == herzien.totaal, "op 1 januari gold de herziening, niet het besluit over november"


@pytest.mark.eis("R149", "een verbeterde loonwaarde met dezelfde ingangsdatum vraagt een nieuw besluit")
def test_een_verbeterde_meting_van_dezelfde_dag(schrijver: Any, collega: Any, settings: Any) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    settings.PEILDATUM = "2026-07-20"
    meet(eerst, AUGUSTUS, 70)
    gemeten = besloten(eerst, "loonwaarde", AUGUSTUS, schrijver, collega)
    assert gevraagd(gemeten) == []
    settings.PEILDATUM = "2026-09-02"
    assert gemeten.dienstverband is not None
    (fout,) = metingen_van(gemeten.dienstverband)
    corrigeer_loonwaarde(fout, "Verkeerd overgenomen.", percentage=60, actor=ACTOR)
    (waarom,) = gevraagd(gemeten)
    assert waarom.startswith("De loonwaarde is gemeten op 20 juli 2026")


@pytest.mark.eis("R149", "een verbeterde geboortedatum vraagt een nieuw besluit")
def test_een_verbeterde_geboortedatum(schrijver: Any, collega: Any) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    with handeling(ACTOR):
        Deelnemer.objects.filter(pk=eerst.deelnemer_id).update(geboortedatum=dt.date(2006, 5, 5))
    (waarom,) = gevraagd(eerst)
    assert waarom.startswith("De geboortedatum is anders")


def test_uren_boven_de_voltijdweek_vragen_niets(schrijver: Any, collega: Any) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    uren(eerst, MAART, 36)
    besloten(eerst, "wijziging", MAART, schrijver, collega)
    uren(eerst, dt.date(2026, 3, 15), 38)
    assert gevraagd(eerst) == []


# --- The amount of before --------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "een verbetering van een eerdere maand verdwijnt niet omdat het bedrag later al gelijk was")
def test_een_verbetering_voor_het_laatste_besluit_laat_het_concept_staan(schrijver: Any, collega: Any) -> None:
    """Award 24 hours; 30 hours from March; then the employer corrects: 30 hours since February already."""
    eerst, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    uren(eerst, MAART, 30)
    maart = besloten(eerst, "wijziging", MAART, schrijver, collega)
    assert eerst.subsidie is not None and eerst.dienstverband is not None
    boek([eerst.subsidie.pk], dt.date(2026, 3, 31), actor=ACTOR)
    melding = wijzigingen.meld_wijziging(
        eerst.dienstverband, "uren", BEGIN, "Wilma", uren_per_week=Decimal(30), actor=actor
    )
    besluit = wijzigingen.verwerk_wijziging(melding, actor=actor).beschikking
    assert besluit is not None and besluit.status == "concept"
    assert (besluit.vorig_totaal, besluit.totaal) == (eerst.totaal, maart.totaal)


def test_een_melding_die_niets_verandert_geeft_geen_besluit(schrijver: Any, collega: Any) -> None:
    """More hours than the week of the sector: the amount stays, and so does every month."""
    eerst, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    assert eerst.dienstverband is not None
    uren(eerst, MAART, 36)
    besloten(eerst, "wijziging", MAART, schrijver, collega)
    melding = wijzigingen.meld_wijziging(
        eerst.dienstverband, "uren", dt.date(2026, 3, 15), "Wilma", uren_per_week=Decimal(38), actor=actor
    )
    assert wijzigingen.verwerk_wijziging(melding, actor=actor).beschikking is None


@pytest.mark.eis("R149", "‘dit was per maand’ is het bedrag dat op die dag gold, niet dat van een later besluit")
def test_een_late_herziening_vergelijkt_met_het_bedrag_van_voor_1_januari(
    schrijver: Any, collega: Any, settings: Any
) -> None:
    settings.PEILDATUM = "2025-10-01"
    begin = dt.date(2025, 9, 1)
    baan = werk(begindatum=begin, loonwaarderoute="forfait")
    eerst = wereld.vastgesteld(
        schrijver, collega, dienstverband=baan, deelnemer=baan.deelnemer, werkgever=baan.feitelijke_werkgever,
        begindatum=begin,
    )  # fmt: skip
    settings.PEILDATUM = "2026-02-10"
    uren(eerst, BEGIN, 30)
    besloten(eerst, "wijziging", BEGIN, schrijver, collega)
    ronde = herziening.start_herziening(2026, actor=wereld.actor_van(schrijver))
    herziening.stel_herziening_op(ronde, taak=ACTOR, meld=lambda *_: None)
    (besluit,) = herziening.besluiten_van(ronde)
    assert (besluit.vorig_totaal, str(besluit.totaal)) == (eerst.totaal, "1020.09")


# --- Letter against ledger -------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "de aansluiting ziet ook een verschil in een maand voor het laatste besluit")
def test_de_aansluiting_kijkt_naar_elk_besluit_dat_nog_geldt(schrijver: Any, collega: Any) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    uren(eerst, MAART, 30)
    besloten(eerst, "wijziging", MAART, schrijver, collega)
    recht = Subsidie.objects.get()
    boek([recht.pk], dt.date(2026, 3, 31), actor=ACTOR)
    assert verschillen() == []
    uren(eerst, BEGIN, 28)
    boek([recht.pk], dt.date(2026, 3, 31), actor=ACTOR)
    (verschil,) = verschillen()
    assert (verschil.besluit.pk, verschil.besluit.totaal, verschil.geboekt) == (
        eerst.pk, Decimal("1020.09"), Decimal("1190.11"),
    )  # fmt: skip
    besloten(eerst, "wijziging", BEGIN, schrijver, collega)
    assert [v.besluit.ingangsdatum for v in verschillen()] == []
