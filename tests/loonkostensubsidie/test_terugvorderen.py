"""Money back: an intention, a decision by somebody else, paid or set off, and never after five years (R149)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern import bestanden
from kern.handeling import handeling
from kern.models import Gebruiker, Gemeente, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Subsidie, Terugvordering
from loonkostensubsidie.services import terugvorderen as dienst
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import trek_subsidie_in
from loonkostensubsidie.terugvorderbrief import brief_van, maak_brief
from tests.hulp.pdf import tekst_van
from tests.loonkostensubsidie.betaalfabrieken import (
    JUNI,
    MEI,
    PEILDATUM,
    TAAK,
    actor,
    betaald,
    enige,
    gemeente_betaalt,
    mens,
    opgesteld,
    recht,
)

REDEN = "De werknemer was al uit dienst."


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def te_veel(gemeente: Gemeente) -> Subsidie:
    """May was paid, and then there turned out to be no right."""
    gemeente_betaalt()
    een = recht()
    betaald(MEI)
    trek_subsidie_in(een, "nooit recht", actor=TAAK)
    boek([een.pk], JUNI, actor=TAAK)
    return een


def vorder(een: Subsidie, wie: Gebruiker | None = None) -> Terugvordering:
    return dienst.maak_terugvordering(een.werkgever, REDEN, actor=actor(wie))


def besluit(rij: Terugvordering, *, verrekenen: bool = False) -> Terugvordering:
    dienst.leg_reactie_vast(rij, "Wij zijn het ermee eens.", actor=actor())
    with bestanden.weg_bij_mislukken():
        return dienst.zeg_aan(rij, verrekenen=verrekenen, actor=actor())


@pytest.mark.eis("R149", "wat te veel is betaald, wordt een voornemen met bedrag, termijn en de regels vastgehouden")
def test_een_voornemen_houdt_de_regels_vast(te_veel: Subsidie) -> None:
    rij = vorder(te_veel)
    assert (rij.status, rij.bedrag, rij.aantal_regels) == ("open", Decimal("918.08"), 1)
    assert (rij.reageren_tot, rij.vastgesteld_op) == (dt.date(2026, 7, 20), dt.date(2026, 5, 31))
    assert not vragen.open_regels().exists()
    assert Werkvoorraad.objects.get(kamer="betalingen").op == rij.reageren_tot
    with pytest.raises(ValidationError, match="hoeft nu niets terug te betalen"):
        vorder(te_veel)


def test_zonder_te_veel_geen_terugvordering(gemeente: Gemeente) -> None:
    een = recht()
    boek([een.pk], JUNI, actor=TAAK)
    with pytest.raises(ValidationError, match="hoeft nu niets terug te betalen"):
        vorder(een)


@pytest.mark.eis("R149", "een collega beslist, en pas als de werkgever kon reageren")
def test_een_collega_beslist_na_de_reactie(te_veel: Subsidie, settings: Any) -> None:
    wie = mens()
    rij = vorder(te_veel, wie)
    with pytest.raises(ValidationError, match="kan nog reageren tot en met 20 juli 2026"):
        dienst.zeg_aan(rij, verrekenen=False, actor=actor())
    settings.PEILDATUM = "2026-07-21"
    with pytest.raises(ValidationError, match="Vraag een collega om te beslissen"):
        dienst.zeg_aan(rij, verrekenen=False, actor=actor(wie))
    with pytest.raises(IntegrityError, match="terugvordering_twee_personen"), transaction.atomic(), handeling(TAAK):
        Terugvordering.objects.update(besloten_door=wie)
    klaar = besluit(rij)
    # Zes weken na 21 juli (Awb 4:87).
    assert (klaar.status, klaar.betalen_tot) == ("aangezegd", dt.date(2026, 9, 1))
    with pytest.raises(ValidationError, match="Een reactie is nu een bezwaar"):
        dienst.leg_reactie_vast(rij, "toch niet", actor=actor())


def test_meer_dan_het_bedrag_komt_niet_binnen(te_veel: Subsidie) -> None:
    rij = besluit(vorder(te_veel))
    with pytest.raises(ValidationError, match=r"betaalt nog .*918,08"):
        dienst.ontvang_terug(rij, Decimal("918.09"), dt.date(2026, 7, 6), actor=actor())
    with pytest.raises(ValidationError, match="Kies een dag tussen het besluit en vandaag"):
        dienst.ontvang_terug(rij, Decimal("918.08"), dt.date(2026, 7, 7), actor=actor())
    klaar = dienst.ontvang_terug(rij, Decimal("918.08"), dt.date(2026, 7, 6), actor=actor())
    assert klaar.status == "betaald" and not vragen.open_regels().exists()
    assert not Werkvoorraad.objects.filter(kamer="betalingen").exists()
    with pytest.raises(OvergangGeweigerd):
        dienst.ontvang_terug(rij, Decimal("918.08"), dt.date(2026, 7, 6), actor=actor())


@pytest.mark.eis("R149", "verrekenen gaat af van de eerste maand waarin er genoeg te betalen is")
def test_verrekenen_met_een_latere_maand(te_veel: Subsidie) -> None:
    rij = besluit(vorder(te_veel), verrekenen=True)
    recht(te_veel.werkgever, vanaf=JUNI, loonwaarde=40)
    opdracht = enige(opgesteld(JUNI))
    rij.refresh_from_db()
    # Juni bij 40 %: 1.836,16; af: 918,08.
    assert (opdracht.bedrag, opdracht.aantal_regels) == (Decimal("918.08"), 2)
    assert (rij.status, rij.afgehandeld_op) == ("verrekend", dt.date(2026, 7, 6))


def test_is_er_te_weinig_om_te_verrekenen_dan_wacht_het(te_veel: Subsidie) -> None:
    rij = besluit(vorder(te_veel), verrekenen=True)
    recht(te_veel.werkgever, vanaf=JUNI, loonwaarde=80)
    run = opgesteld(JUNI)
    rij.refresh_from_db()
    assert run.aantal == 0 and rij.status == "aangezegd"
    wacht = Werkvoorraad.objects.get(sleutel=f"terug:{rij.pk}")
    assert wacht.op == rij.betalen_tot and "te weinig te betalen" in wacht.waarom
    assert vragen.som(vragen.open_regels(te_veel.werkgever_id)) == Decimal("612.05"), "wacht op de volgende maand"


def test_intrekken_zet_de_regels_weer_open(te_veel: Subsidie) -> None:
    rij = vorder(te_veel)
    with pytest.raises(OvergangGeweigerd, match="Geef een reden"):
        dienst.trek_terugvordering_in(rij, "", actor=actor())
    dienst.trek_terugvordering_in(rij, "verkeerde werkgever", actor=actor())
    assert vragen.som(vragen.open_regels()) == Decimal("-918.08")
    assert vorder(te_veel).bedrag == Decimal("918.08"), "een nieuwe kan"


@pytest.mark.eis("R149", "na vijf jaar kan terugvorderen niet meer (Awb 4:57), ook niet in de database")
def test_na_vijf_jaar_kan_het_niet_meer(te_veel: Subsidie, settings: Any) -> None:
    settings.PEILDATUM = "2031-05-31"
    rij = vorder(te_veel)
    assert rij.uiterlijk_op == dt.date(2031, 5, 31), "vijf jaar na de laatste dag van mei 2026"
    dienst.leg_reactie_vast(rij, "Gezien.", actor=actor())
    settings.PEILDATUM = "2031-06-01"
    with pytest.raises(ValidationError, match=r"te lang geleden vastgesteld om terug te vorderen \(Awb 4:57\)"):
        dienst.zeg_aan(rij, verrekenen=False, actor=actor())
    with pytest.raises(IntegrityError, match="terugvordering_vijf_jaar"), transaction.atomic(), handeling(TAAK):
        Terugvordering.objects.update(besloten_op=dt.date(2031, 6, 1))
    dienst.trek_terugvordering_in(rij, "te laat", actor=actor())
    with pytest.raises(ValidationError, match="te lang geleden om terug te vorderen"):
        vorder(te_veel)


@pytest.mark.eis("R149", "de brief noemt bedrag, reden, termijn, bezwaar en per maand voor wie het is")
def test_de_brief_eerst_als_voornemen_dan_als_besluit(te_veel: Subsidie, gemeente: Gemeente) -> None:
    rij = vorder(te_veel)
    regels = list(vragen.regels_van_terugvordering(rij))
    tekst = tekst_van(maak_brief(rij, regels, gemeente))
    assert "Voornemen: terugbetalen van subsidie" in tekst and "Dat is nog geen besluit" in tekst
    assert "reageren tot en met 20 juli 2026" in tekst and "bezwaarschrift" not in tekst
    assert te_veel.deelnemer.naam in tekst and "mei 2026" in tekst and "€ −918,08" in tekst
    klaar = besluit(rij)
    tekst = tekst_van(maak_brief(klaar, regels, gemeente))
    assert "U moet € 918,08 terugbetalen" in tekst and "tot en met 17 augustus 2026" in tekst
    assert "bezwaarschrift" in tekst and "uiterlijk op 17 augustus 2026" in tekst and REDEN in tekst
    assert "Wij zijn het ermee eens." in tekst and "artikel 4:57 van de Algemene wet bestuursrecht" in tekst


@pytest.mark.eis("R149", "de brief van een besluit blijft zoals hij is verstuurd, met bezwaar en mandaat")
def test_de_brief_van_het_besluit_is_bewaard(te_veel: Subsidie, gemeente: Gemeente) -> None:
    rij = besluit(vorder(te_veel))
    stuk = rij.stukken.get()
    regels = list(vragen.regels_van_terugvordering(rij))
    bewaard = brief_van(rij, regels, gemeente)
    with handeling(TAAK):
        Terugvordering.objects.filter(pk=rij.pk).update(reden="Heel iets anders.")
    rij.refresh_from_db()
    assert bewaard is not None and brief_van(rij, regels, gemeente) == bewaard == bestanden.haal(
        stuk.plaats, stuk.sha256
    )
    tekst = " ".join(tekst_van(bewaard).split())
    assert REDEN in tekst and "bezwaarschrift" in tekst and "burgemeester en wethouders" in tekst
    with pytest.raises(IntegrityError), transaction.atomic(), handeling(TAAK):
        stuk.pk = None
        stuk.save(force_insert=True)
