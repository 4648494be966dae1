"""What an employer paid back returns by itself when the recovery, or what it rests on, does not stand (R149)."""

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
from kern.models import Gemeente
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.betaalaansluiting import standen, totalen
from loonkostensubsidie.models import Betaalopdracht, Boekregel, Subsidie, Terugvordering
from loonkostensubsidie.services import terugvorderen as dienst
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import herstel_subsidie, trek_subsidie_in
from loonkostensubsidie.services.teruggave import terug_naar_werkgever
from loonkostensubsidie.services.terugvorderen import trek_in_na_herstel
from tests.loonkostensubsidie.betaalfabrieken import (
    BEGIN,
    JUNI,
    MEI,
    PEILDATUM,
    TAAK,
    aangeboden,
    actor,
    betaald,
    enige,
    gemeente_betaalt,
    meld,
    opgesteld,
    recht,
)
from werkgevers.services.dienstverband import wijzig_dienstverband

BEDRAG = Decimal("918.08")
GEGROND = "Het bezwaar is gegrond."


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
    boek([een.pk], MEI, actor=TAAK)
    return een


def besluit(een: Subsidie, *, verrekenen: bool = False) -> Terugvordering:
    rij = dienst.maak_terugvordering(een.werkgever, "Er was geen werk.", actor=actor())
    dienst.leg_reactie_vast(rij, "Wij zijn het niet eens.", actor=actor())
    with bestanden.weg_bij_mislukken():
        return dienst.zeg_aan(rij, verrekenen=verrekenen, actor=actor())


def ontvang(rij: Terugvordering, bedrag: str) -> Terugvordering:
    return dienst.ontvang_terug(rij, Decimal(bedrag), dt.date(2026, 7, 6), actor=actor())


def herroep(rij: Terugvordering) -> Terugvordering:
    return dienst.herroep_terugvordering(rij, GEGROND, actor=actor())


def herstel(een: Subsidie) -> None:
    """What the decision to restore does (the whole way stands in test_bezwaar_gevolg)."""
    with handeling(TAAK):
        trek_in_na_herstel(herstel_subsidie(een, BEGIN, GEGROND, actor=TAAK), actor=TAAK)


def open_(een: Subsidie) -> Decimal:
    """What the next run takes along; and everything adds up to the cent."""
    for rij in standen()[0]:
        assert rij.besloten == rij.betaald + rij.onderweg + rij.open + rij.terug and rij.sluit, rij
    return vragen.som(vragen.open_regels(een.werkgever_id))


def netto(een: Subsidie) -> Decimal:
    """Euro that the employer has of us in the end: paid, plus open, minus what he paid back."""
    betaald_ = totalen(standen()[0])["betaald"]
    return betaald_ + open_(een) - sum(Terugvordering.objects.values_list("ontvangen", flat=True), vragen.NUL)


@pytest.mark.eis("R149", "na een gegrond bezwaar gaat wat was terugbetaald mee met de volgende betaling")
def test_terugbetaald_komt_vanzelf_terug(te_veel: Subsidie) -> None:
    rij = ontvang(besluit(te_veel), "918.08")
    assert rij.status == "betaald" and open_(te_veel) == 0
    rij = herroep(rij)
    assert (rij.status, rij.vrijgesteld, terug_naar_werkgever(rij)) == ("herroepen", BEDRAG, BEDRAG)
    assert open_(te_veel) == BEDRAG and netto(te_veel) == BEDRAG
    with pytest.raises(OvergangGeweigerd):
        herroep(rij)
    boek([te_veel.pk], MEI, actor=TAAK)
    assert Boekregel.objects.filter(soort="teruggave").count() == 2, "opnieuw boeken voegt niets toe"
    run = aangeboden(JUNI)
    assert enige(run).bedrag == BEDRAG
    meld(enige(run))
    assert open_(te_veel) == 0 and netto(te_veel) == BEDRAG and terug_naar_werkgever(rij) == BEDRAG
    assert opgesteld(dt.date(2026, 6, 1)).aantal == 0, "de volgende betaling betaalt het niet nog eens"


@pytest.mark.eis("R149", "niet terugbetaald: de terugvordering vervalt en er gaat geen geld")
def test_niet_terugbetaald_vervalt(te_veel: Subsidie) -> None:
    rij = herroep(besluit(te_veel))
    assert (rij.vrijgesteld, terug_naar_werkgever(rij), open_(te_veel)) == (BEDRAG, 0, 0)
    assert not Boekregel.objects.filter(soort="teruggave").exists() and netto(te_veel) == BEDRAG


@pytest.mark.eis("R149", "deels terugbetaald: alleen dat deel komt terug")
def test_deels_terugbetaald(te_veel: Subsidie) -> None:
    rij = ontvang(besluit(te_veel), "300.01")
    assert (rij.status, rij.ontvangen) == ("aangezegd", Decimal("300.01"))
    with pytest.raises(ValidationError, match=r"betaalt nog .*618,07"):
        ontvang(rij, "618.08")
    rij = ontvang(rij, "18.07")
    rij = herroep(rij)
    assert open_(te_veel) == terug_naar_werkgever(rij) == Decimal("318.08") and netto(te_veel) == BEDRAG


def test_een_deel_en_dan_de_rest_sluit_de_terugvordering(te_veel: Subsidie) -> None:
    rij = ontvang(ontvang(besluit(te_veel), "900"), "18.08")
    assert rij.status == "betaald" and open_(te_veel) == 0
    with pytest.raises(IntegrityError, match="terugvordering_ontvangen"), transaction.atomic(), handeling(TAAK):
        Terugvordering.objects.update(ontvangen=Decimal("918.09"))


def test_ingetrokken_na_een_deel_geeft_dat_deel_terug(te_veel: Subsidie) -> None:
    rij = ontvang(besluit(te_veel), "100")
    dienst.trek_terugvordering_in(rij, "Verkeerde werkgever.", actor=actor())
    assert open_(te_veel) == Decimal("100") - BEDRAG, "de maand staat weer open, en het deel dat binnen was ook"


@pytest.mark.eis("R149", "verrekend: wat van een betaling af ging, komt erbij in de volgende")
@pytest.mark.parametrize("uitkomst", ["betaald", "onderweg", "geweigerd"])
def test_verrekend_komt_terug(te_veel: Subsidie, uitkomst: str) -> None:
    rij = besluit(te_veel, verrekenen=True)
    with pytest.raises(ValidationError, match="verrekenen we"):
        ontvang(rij, "1")
    recht(te_veel.werkgever, vanaf=JUNI, loonwaarde=40)  # € 1.836,16 a month
    run = aangeboden(JUNI)
    rij.refresh_from_db()
    assert rij.status == "verrekend" and enige(run).bedrag == BEDRAG
    if uitkomst != "onderweg":
        meld(enige(run), uitkomst)
    rij = herroep(rij)
    weer = Decimal("1836.16") if uitkomst == "geweigerd" else BEDRAG
    assert open_(te_veel) == weer and terug_naar_werkgever(rij) == BEDRAG
    if uitkomst == "onderweg":
        meld(enige(run), "geweigerd")
        assert open_(te_veel) == Decimal("1836.16"), "een weigering daarna geeft alles weer open"


@pytest.mark.eis("R149", "twee keer hersteld betaalt één keer: eerst de terugvordering, dan de intrekking, of andersom")
@pytest.mark.parametrize("hoe", ["niets", "betaald", "deels"])
@pytest.mark.parametrize("eerst", ["terugvordering", "intrekking"])
def test_twee_keer_hersteld_betaalt_een_keer(te_veel: Subsidie, hoe: str, eerst: str) -> None:
    rij = besluit(te_veel)
    if hoe != "niets":
        rij = ontvang(rij, "918.08" if hoe == "betaald" else "400.00")
    binnen = rij.ontvangen
    if eerst == "terugvordering":
        herroep(rij)
        assert open_(te_veel) == binnen
        herstel(te_veel)
    else:
        herstel(te_veel)
        rij.refresh_from_db()
        assert rij.status == ("betaald" if hoe == "betaald" else "ingetrokken")
        assert open_(te_veel) == binnen
        if hoe == "betaald":
            herroep(rij)
    assert open_(te_veel) == binnen and netto(te_veel) == BEDRAG
    boek([te_veel.pk], MEI, actor=TAAK)
    assert open_(te_veel) == binnen


@pytest.mark.eis("R149", "een latere, lagere berekening telt mee wat al niet hoefde: nooit dubbel")
def test_een_deel_van_de_maand_wordt_later_hersteld(te_veel: Subsidie) -> None:
    rij = herroep(ontvang(besluit(te_veel), "918.08"))
    meld(enige(aangeboden(JUNI)))
    herstel_subsidie(te_veel, dt.date(2026, 5, 16), GEGROND, actor=TAAK)
    boek([te_veel.pk], MEI, actor=TAAK)
    rij.refresh_from_db()
    half = Boekregel.objects.filter(soort="correctie").order_by("-pk")[0].totaal
    assert 0 < half < BEDRAG and rij.vrijgesteld == BEDRAG - half
    assert open_(te_veel) == 0 and netto(te_veel) == BEDRAG


def test_een_maand_die_nog_te_betalen_was_komt_ook_los(te_veel: Subsidie) -> None:
    """The recovery took an open month of another right along; that month is paid after all."""
    ander = recht(te_veel.werkgever, vanaf=JUNI, loonwaarde=90)
    boek([ander.pk], JUNI, actor=TAAK)
    te_goed = open_(te_veel) + BEDRAG
    rij = ontvang(besluit(te_veel), str(BEDRAG - te_goed))
    assert rij.status == "betaald" and open_(te_veel) == 0
    herroep(rij)
    assert open_(te_veel) == BEDRAG, "wat binnenkwam, en de maand die erin was weggevallen"
    assert netto(te_veel) == BEDRAG + te_goed


def test_andere_uren_na_een_herroepen_terugvordering(te_veel: Subsidie) -> None:
    """A new fact that makes the month lower again is a new matter: that is open as always."""
    herroep(besluit(te_veel))
    herstel(te_veel)
    wijzig_dienstverband(te_veel.dienstverband, BEGIN, actor=TAAK, reden="minder", uren_per_week=Decimal(18))
    boek([te_veel.pk], MEI, actor=TAAK)
    assert open_(te_veel) == -BEDRAG / 2 and not Betaalopdracht.objects.filter(status="klaar").exists()


def test_een_volgende_terugvordering_neemt_een_open_teruggave_mee(te_veel: Subsidie) -> None:
    """Money that goes back is an open line like any other; when the next recovery does not stand either, it is open."""
    eerst = ontvang(besluit(te_veel), "918.08")
    ander = recht(te_veel.werkgever, loonwaarde=40)  # € 1.836,16 a month
    meld(enige(aangeboden(JUNI)))
    trek_subsidie_in(ander, "nooit recht", actor=TAAK)
    boek([ander.pk], JUNI, actor=TAAK)
    herroep(eerst)
    assert open_(te_veel) == Decimal("-2754.24"), "3.672,32 terug, en 918,08 naar de werkgever"
    rij = herroep(ontvang(besluit(te_veel), "2754.24"))
    assert open_(te_veel) == Decimal("3672.32") and terug_naar_werkgever(rij) == Decimal("3672.32")
    assert netto(te_veel) == Decimal("4590.40")
