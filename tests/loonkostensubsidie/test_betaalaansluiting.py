"""Decided = paid + in payment + open + recovered, to the cent, whatever happens in whatever order (R149)."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from kern import bestanden, klok
from kern.handeling import handeling
from kern.models import Gemeente, Werkvoorraad
from kern.taken import voer_uit
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.betaalaansluiting import Keuze, aantal_verschillen, standen, totalen
from loonkostensubsidie.models import Betaalopdracht, Betaalrun, Opdrachtregel, Subsidie, Terugvordering
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.services import betaalrun as run_dienst
from loonkostensubsidie.services import terugvorderen as terug_dienst
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import beeindig_subsidie, herstel_subsidie, trek_subsidie_in
from tests.hulp.vragen import groeit_niet, tel_vragen
from tests.loonkostensubsidie.betaalfabrieken import (
    BEGIN,
    JUNI,
    MEI,
    PEILDATUM,
    TAAK,
    aangeboden,
    actor,
    bied_aan,
    enige,
    gemeente_betaalt,
    meld,
    opgesteld,
    recht,
    werkgever,
)
from werkgevers.services.dienstverband import wijzig_dienstverband

STAPPEN = 50
GEWEIGERD = (ValidationError, OvergangGeweigerd)


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


def kolommen(**keuze: Any) -> dict[str, str]:
    """The sums that are not nothing."""
    return {naam: str(som) for naam, som in totalen(standen(Keuze(**keuze))[0]).items() if som}


@pytest.mark.eis("R149", "elke stap van een betaling verschuift het bedrag van kolom, en niets raakt kwijt")
def test_een_bedrag_loopt_door_de_kolommen(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    een = recht()
    boek([een.pk], MEI, actor=TAAK)
    assert kolommen() == {"besloten": "918.08", "open": "918.08"}
    run = aangeboden(MEI)
    assert kolommen() == {"besloten": "918.08", "onderweg": "918.08"}
    meld(enige(run))
    assert kolommen() == {"besloten": "918.08", "betaald": "918.08"}
    trek_subsidie_in(een, "nooit recht", actor=TAAK)
    boek([een.pk], MEI, actor=TAAK)
    assert kolommen() == {"betaald": "918.08", "open": "-918.08"}
    terug_dienst.maak_terugvordering(een.werkgever, "Nooit recht.", actor=actor())
    assert kolommen() == {"betaald": "918.08", "terug": "-918.08"}
    assert aantal_verschillen() == 0


@pytest.mark.eis("R149", "de stand zoals hij op een eerder moment bekend was")
def test_zoals_toen_bekend(gemeente: Gemeente, settings: Any) -> None:
    gemeente_betaalt()
    recht()
    settings.PEILDATUM = "2026-06-03"
    run = opgesteld(MEI)
    run_dienst.keur_run_goed(run, actor=actor())
    settings.PEILDATUM = "2026-06-04"
    bied_aan(run, dt.date(2026, 6, 5))
    settings.PEILDATUM = "2026-06-08"
    opdracht = enige(run)
    meld(opdracht, datum=dt.date(2026, 6, 5))
    settings.PEILDATUM = PEILDATUM
    meld(opdracht, "geweigerd", reden="teruggeboekt")

    def op(dag: int) -> dict[str, str]:
        return kolommen(bekend_op=klok.middag(dt.date(2026, 6, dag)) + dt.timedelta(hours=11))

    assert op(2) == {}
    assert op(4) == {"besloten": "918.08", "onderweg": "918.08"}
    assert op(9) == {"besloten": "918.08", "betaald": "918.08"}
    assert kolommen() == {"besloten": "918.08", "open": "918.08"}


@pytest.mark.eis("R149", "klopt een opdracht niet met haar regels, dan zegt de nacht het")
def test_een_verschil_wordt_gevonden_en_gemeld(gemeente: Gemeente) -> None:
    recht()
    run = opgesteld()
    voer_uit("loonkostensubsidie.aansluiting", gemeente)
    assert not Werkvoorraad.objects.filter(soort="aansluiting").exists()
    with handeling(TAAK):
        Betaalopdracht.objects.update(bedrag=Decimal("1836.17"))
    (rij,), aantal = standen(Keuze(alleen_verschil=True))
    assert (aantal, rij.afwijking, rij.verschil, rij.maand) == (1, Decimal("0.01"), 0, JUNI)
    voer_uit("loonkostensubsidie.aansluiting", gemeente)
    assert Werkvoorraad.objects.filter(soort="aansluiting").count() == 1
    with handeling(TAAK):
        Betaalopdracht.objects.update(bedrag=Decimal("1836.16"), status="vervallen", reden="met de hand")
    rijen, _ = standen(Keuze(alleen_verschil=True))
    assert {rij.verschil for rij in rijen} == {Decimal("918.08")}, "regels bij een opdracht die niets meer betaalt"
    with handeling(TAAK):
        Betaalopdracht.objects.update(status="klaar", reden="")
    voer_uit("loonkostensubsidie.aansluiting", gemeente)
    assert not Werkvoorraad.objects.filter(soort="aansluiting").exists()
    assert run.aantal == 1


def test_een_vraag_hoeveel_er_ook_zijn(gemeente: Gemeente) -> None:
    def meer() -> None:
        for nummer in range(3):
            recht(werkgever(naam=f"Nog een {nummer}"))
        boek(list(Subsidie.objects.order_by("pk").values_list("pk", flat=True)), JUNI, actor=TAAK)

    meer()
    groeit_niet(standen, meer, "aansluiting", 1)
    with tel_vragen() as vragen_:
        rijen, aantal = standen(Keuze(van=JUNI), aantal=2, vanaf=1)
    assert (len(vragen_), len(rijen), aantal) == (1, 2, 6)


# --- Anything, in any order -------------------------------------------------------------------------------------------
class Wandeling:
    """Does what people do, in a random order, and asks after each step whether it still adds up."""

    def __init__(self, zaad: int, settings: Any) -> None:
        self.toeval, self.settings = random.Random(zaad), settings
        self.bazen = [werkgever(naam=f"Werkgever {n}") for n in range(2)]
        self.maand, self.gedaan = BEGIN, Counter[str]()

    def kies(self, rijen: Any) -> Any:
        lijst = list(rijen.order_by("pk"))
        return self.toeval.choice(lijst) if lijst else None

    def stap(self) -> None:
        """The first of all steps, in a random order, that is possible now."""
        stappen = self.stappen()
        self.toeval.shuffle(stappen)
        for naam, doe in stappen:
            try:
                doe()
            except GEWEIGERD:
                self.gedaan["geweigerd"] += 1
            else:
                self.gedaan[naam] += 1
                return

    def misschien(self, kans: float) -> None:
        if self.toeval.random() > kans:
            raise ValidationError("nu niet")

    def stappen(self) -> list[tuple[str, Callable[[], Any]]]:
        stappen = [
            self.nieuw_recht, self.andere_uren, self.trek_in, self.beeindig, self.volgende_maand, self.stel_op,
            self.stel_op, self.keur_goed, self.keur_goed, self.bied_aan, self.bied_aan, self.bank, self.bank,
            self.bank, self.vervalt, self.vorder, self.beslis, self.terugbetaald, self.vordering_in, self.herroep,
            self.herstel,
        ]  # fmt: skip
        return [(doe.__name__, doe) for doe in stappen]

    def nieuw_recht(self) -> None:
        if Subsidie.objects.filter(status="lopend").count() >= 4:
            raise ValidationError("genoeg")
        recht(self.toeval.choice(self.bazen), vanaf=self.maand, loonwaarde=self.toeval.randrange(35, 95))

    def andere_uren(self) -> None:
        self.misschien(0.5)
        een = self._loopt()
        uren = Decimal(self.toeval.randrange(12, 36))
        dag = self.maand.replace(day=self.toeval.randrange(2, 28))
        if een.dienstverband.begindatum >= dag:
            raise ValidationError("te vroeg")
        wijzig_dienstverband(een.dienstverband, dag, actor=TAAK, reden="andere uren", uren_per_week=uren)

    def trek_in(self) -> None:
        self.misschien(0.3)
        trek_subsidie_in(self._loopt(), "nooit recht", actor=TAAK)

    def beeindig(self) -> None:
        self.misschien(0.3)
        een = self._loopt()
        beeindig_subsidie(een, max(een.begindatum, self.maand.replace(day=10)), "uit dienst", actor=TAAK)

    def _loopt(self) -> Subsidie:
        een = self.kies(Subsidie.objects.filter(status="lopend"))
        if een is None:
            raise ValidationError("er loopt niets")
        return een

    def volgende_maand(self) -> None:
        self.misschien(0.5)
        self.maand = plus_maanden(self.maand, 1)
        self.settings.PEILDATUM = plus_maanden(self.maand, 1).replace(day=6).isoformat()

    def stel_op(self) -> None:
        opgesteld(self.maand)

    def keur_goed(self) -> None:
        self._met_run("opgesteld", lambda run: run_dienst.keur_run_goed(run, actor=actor()))

    def bied_aan(self) -> None:
        self._met_run("goedgekeurd", lambda run: bied_aan(run, klok.vandaag()))

    def vervalt(self) -> None:
        self.misschien(0.2)
        run = self.kies(Betaalrun.objects.filter(status__in=["opgesteld", "goedgekeurd"]))
        if run is None:
            raise ValidationError("geen run")
        run_dienst.laat_run_vervallen(run, "toch niet", actor=actor())

    def _met_run(self, status: str, doe: Callable[[Betaalrun], Any]) -> None:
        run = self.kies(Betaalrun.objects.filter(status=status))
        if run is None:
            raise ValidationError("geen run")
        doe(run)

    def bank(self) -> None:
        opdracht = self.kies(Betaalopdracht.objects.filter(status__in=["aangeboden", "betaald"]))
        if opdracht is None:
            raise ValidationError("geen opdracht")
        kans = 0.3 if opdracht.status == "aangeboden" else 0.1
        meld(opdracht, "geweigerd" if self.toeval.random() < kans else "betaald", datum=klok.vandaag())

    def vorder(self) -> None:
        terug_dienst.maak_terugvordering(self.toeval.choice(self.bazen), "Te veel betaald.", actor=actor())

    def beslis(self) -> None:
        rij = self._terug("open")
        terug_dienst.leg_reactie_vast(rij, "Gezien.", actor=actor())
        with bestanden.weg_bij_mislukken():
            terug_dienst.zeg_aan(rij, verrekenen=self.toeval.random() < 0.5, actor=actor())

    def terugbetaald(self) -> None:
        rij = self._terug("aangezegd")
        rest = rij.bedrag - rij.ontvangen
        deel = rest if rij.verrekenen or self.toeval.random() < 0.5 else (rest / 3).quantize(Decimal("0.01"))
        terug_dienst.ontvang_terug(rij, deel, klok.vandaag(), actor=actor())

    def herroep(self) -> None:
        rij = self._terug("aangezegd", "betaald", "verrekend")
        terug_dienst.herroep_terugvordering(rij, "Bezwaar gegrond.", actor=actor())

    def herstel(self) -> None:
        een = self.kies(Subsidie.objects.filter(status="ingetrokken"))
        if een is None:
            raise ValidationError("niets ingetrokken")
        with handeling(TAAK):
            een = herstel_subsidie(een, een.begindatum, "Bezwaar gegrond.", actor=TAAK)
            terug_dienst.trek_in_na_herstel(een, actor=TAAK)

    def vordering_in(self) -> None:
        self.misschien(0.2)
        terug_dienst.trek_terugvordering_in(self._terug("open", "aangezegd"), "toch niet", actor=actor())

    def _terug(self, *standen_: str) -> Terugvordering:
        rij = self.kies(Terugvordering.objects.filter(status__in=standen_))
        if rij is None:
            raise ValidationError("geen terugvordering")
        return rij

    def klopt(self) -> None:
        """The rules that always hold."""
        rijen, _ = standen()
        for rij in rijen:
            assert rij.besloten == rij.betaald + rij.onderweg + rij.open + rij.terug, (rij, self.gedaan)
            assert rij.sluit, (rij, self.gedaan)
        vast = Opdrachtregel.objects.filter(vrij_op__isnull=True)
        per_regel = Counter(vast.values_list("boekregel_id", flat=True))
        assert not [pk for pk, n in per_regel.items() if n > 1], "een regel staat in twee opdrachten"
        gekregen = Betaalopdracht.objects.filter(status="betaald")
        netto = sum((o.bedrag for o in gekregen), vragen.NUL)
        assert netto == sum((rij.betaald for rij in rijen), vragen.NUL), "wat de bank betaalde, staat als betaald"
        terug = vragen.NUL
        for t in Terugvordering.objects.order_by("pk"):
            if t.status in {"open", "aangezegd", "betaald"}:
                terug += t.bedrag
            elif t.status in {"herroepen", "ingetrokken"}:
                terug += t.ontvangen + t.vrijgesteld
        assert terug == -sum((rij.terug for rij in rijen), vragen.NUL)


@pytest.mark.eis("R149", "boeken, betalen, weigeren, corrigeren, intrekken en terugvorderen in willekeurige volgorde")
@pytest.mark.parametrize(
    "zaad", [1, pytest.param(2, marks=pytest.mark.volledig), pytest.param(3, marks=pytest.mark.volledig)]
)
def test_het_klopt_altijd_in_welke_volgorde_ook(gemeente: Gemeente, settings: Any, zaad: int) -> None:
    gemeente_betaalt()
    settings.PEILDATUM = "2026-06-06"
    wandeling = Wandeling(zaad, settings)
    wandeling.nieuw_recht()
    for _ in range(STAPPEN):
        wandeling.stap()
        wandeling.klopt()
    gedaan = wandeling.gedaan
    assert gedaan["bank"] >= 3 and gedaan["bied_aan"] >= 2 and gedaan["andere_uren"], gedaan
