"""The facts: added, closed once, never changed; and as known on a date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction

from kern.handeling import handeling
from rapportage.models import Feit, Indicator, Indicatorversie, Run
from rapportage.motor import standen
from rapportage.motor.definitie import Definitie
from rapportage.motor.taal import OnjuisteDefinitie
from rapportage.motor.zaad import zaden
from rapportage.services import nacht as dienst
from rapportage.services.indicatoren import beoordeel_versie, maak_indicator, stel_versie_voor
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek
from tests.rapportage.wereld import EIND, Wereld, dag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "velden",
    [
        {"groep": "werk"},
        {"bekend_van": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)},
        {"inhoud_hash": None},
        {"uren": 3},
    ],
)
def test_een_feit_verandert_niet(wereld: Wereld, velden: dict) -> None:
    wereld.einde()
    wereld.nacht()
    with pytest.raises(DatabaseError), transaction.atomic():
        Feit.objects.update(**velden)


def test_een_feit_wordt_niet_gewist(wereld: Wereld) -> None:
    wereld.einde()
    wereld.nacht()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Feit.objects.all().delete()


def test_bekend_tot_krijgt_een_keer_het_stempel_van_een_run(wereld: Wereld) -> None:
    wereld.einde()
    run = wereld.nacht()
    with pytest.raises(DatabaseError, match="stempel van een run"), transaction.atomic():
        Feit.objects.update(bekend_tot=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    later = Run.objects.create(stempel=run.stempel + dt.timedelta(days=1), peildatum=EIND)
    Feit.objects.update(bekend_tot=later.stempel)
    with pytest.raises(DatabaseError, match="alleen bekend_tot"), transaction.atomic():
        Feit.objects.update(bekend_tot=None)


@pytest.mark.eis("R164", "een cijfer is terug te rekenen zoals het toen bekend was")
def test_zoals_bekend_op(wereld: Wereld) -> None:
    einde = wereld.einde("werk_voltijd")
    eerste = wereld.nacht()
    wereld.wijzig(einde.uitkering, reden_einde="34")
    tweede = wereld.nacht()
    assert (tweede.nieuw, tweede.gesloten) == (1, 1)
    assert [wereld.telling("1.1", bekend=run.stempel).teller for run in (eerste, tweede)] == [1, 0]
    assert [wereld.telling("overige", bekend=run.stempel).teller for run in (eerste, tweede)] == [0, 1]


def test_de_eerste_keer_is_een_feit_bekend_sinds_het_is_vastgelegd(wereld: Wereld) -> None:
    einde = wereld.einde("werk_voltijd", op=dag(5, 1))
    wereld.wijzig(einde.uitkering, einde_bevestigd_op=dag(6, 9))
    wereld.nacht()
    for op, telt in ((dag(6, 8), 0), (dag(6, 10), 1)):
        assert wereld.telling("1.0", bekend=dt.datetime.combine(op, dt.time(12), dt.UTC)).teller == telt


def test_een_mislukte_schakel_laat_de_oude_cijfers_staan(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    einde = wereld.einde("werk_voltijd")
    goed = wereld.nacht()
    wereld.wijzig(einde.uitkering, reden_einde="34")

    def stuk(*args: object, **kwargs: object) -> None:
        raise standen.Ongelijk("verschil")

    monkeypatch.setattr(standen, "controleer", stuk)
    with pytest.raises(standen.Ongelijk):
        wereld.nacht()
    assert dienst.laatste_run() == goed
    assert wereld.cijfers("1.1", "overige") == [1, 0]


def test_losgemaakte_feiten_blijven_tellen(wereld: Wereld) -> None:
    """Erasing a person detaches the facts; the figure stays and the night leaves them alone."""
    wereld.einde("werk_voltijd")
    wereld.nacht()
    assert "reintegratie_wis" in connections["wisser"].settings_dict["USER"]
    feit = Feit.objects.get(soort="trajecteinde")
    assert feit.losgemaakt_op is None


def _voorstel(indicator: Indicator, opsteller: object, **anders: object) -> Indicatorversie:
    definitie = next(z.definitie for z in zaden() if z.code == "1.4-zonder-stops").als_json() | anders
    return stel_versie_voor(
        indicator,
        nummer="2015.1",
        geldig_van=dag(1, 1),
        definitie=definitie,
        toelichting="Naar zorg.",
        actor=FABRIEK,
        opsteller=opsteller,
    )


@pytest.mark.eis("R168", "een nieuwe indicator zonder programmeren, teruggerekend over de geschiedenis")
def test_nieuwe_indicator_zonder_programmeren(wereld: Wereld) -> None:
    wereld.einde("zorg", op=dag(5, 1, 2013), begint=dag(1, 1, 2013))
    wereld.einde("zorg")
    wereld.einde("geen_resultaat")
    een, twee = MedewerkerFabriek(), MedewerkerFabriek()
    indicator = maak_indicator("zorg", "Naar zorg", actor=FABRIEK)
    regels = [
        {"nummer": 1, "als": {"veld": "uitkomst", "is": "zorg"}, "telt": "mee", "zin": "Naar zorg of hulp."},
        {"nummer": 2, "als": {"altijd": True}, "telt": "noemer", "zin": "Een ander einde."},
    ]
    versie = _voorstel(indicator, een, regels=regels)
    wereld.nacht()
    assert "zorg" not in {a.versie.indicator.code for a in standen.actuele_versies(EIND)}
    beoordeel_versie(versie, akkoord=True, beoordelaar=twee, actor=FABRIEK)
    wereld.nacht()
    assert (wereld.telling("zorg").teller, wereld.telling("zorg").noemer) == (1, 2)
    assert wereld.telling("zorg", dag(12, 31, 2013)).teller == 1


@pytest.mark.eis("R164", "een definitie wordt door een tweede persoon goedgekeurd en verandert daarna niet")
def test_de_opsteller_keurt_niet_zelf_goed(wereld: Wereld) -> None:
    een, twee = MedewerkerFabriek(), MedewerkerFabriek()
    versie = _voorstel(maak_indicator("x", "Iets", actor=FABRIEK), een)
    with pytest.raises(ValidationError, match="Iemand anders"):
        beoordeel_versie(versie, akkoord=True, beoordelaar=een, actor=FABRIEK)
    with pytest.raises(DatabaseError, match="versie_twee_personen"), handeling(FABRIEK):
        Indicatorversie.objects.filter(pk=versie.pk).update(beoordeeld_door=een)
    beoordeel_versie(versie, akkoord=True, beoordelaar=twee, actor=FABRIEK)
    with pytest.raises(DatabaseError, match="maak een nieuwe versie"), handeling(FABRIEK):
        Indicatorversie.objects.filter(pk=versie.pk).update(definitie={})


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"selectie": {"veld": "bsn", "is": "1"}}, "bestaat niet"),
        ({"selectie": {"veld": "groep", "is": "x'; DROP TABLE rapportage_feit; --"}}, "bestaat niet bij"),
        ({"selectie": {"veld": "uren", "groter": 3}}, "past niet"),
        ({"soort": "salaris"}, "soort feit"),
        ({"regels": []}, "minstens één regel"),
    ],
)
def test_een_definitie_die_niet_kan_wordt_geweigerd(anders: dict, zin: str) -> None:
    definitie = zaden()[0].definitie.als_json() | anders
    with pytest.raises(OnjuisteDefinitie, match=zin):
        Definitie.uit_json(definitie)


def test_elke_meegeleverde_definitie_is_te_lezen() -> None:
    for zaad in zaden():
        zelfde = Definitie.uit_json(zaad.definitie.als_json())
        assert zelfde.vingerafdruk == zaad.definitie.vingerafdruk
        tekst = " ".join([*zelfde.in_gewoon_nederlands(), *(r.voorwaarde + r.zin for r in zelfde.regels)])
        assert tekst.strip(), zaad.code
        assert not {"_", "{", "None", "True"} & set(tekst.replace(" ", "")), (zaad.code, tekst)
