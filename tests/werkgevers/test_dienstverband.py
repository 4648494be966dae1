"""What held when in an employment: change by date, sickness, contract, and what waits at Vandaag."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from deelnemers.services.regie import wijs_regie_toe
from deelnemers.services.samenvoegen import voeg_samen
from kern import klok
from kern.models import Gebeurtenis, Werkvoorraad, Wijziging
from kern.toestanden import OvergangGeweigerd
from kern.weigering import IntussenGewijzigd
from tests.hulp.vragen import groeit_niet
from tests.werkgevers.fabrieken import ACTOR, WerkgeverFabriek, werk
from werkgevers import dienstverbandvragen as vragen
from werkgevers.models import Dienstverband, Dienstverbandperiode, Ziekteperiode
from werkgevers.services.dienstverband import beeindig_dienstverband, wijzig_contract, wijzig_dienstverband
from werkgevers.services.nachtwerk import werk_dienstverbanden_bij
from werkgevers.services.ziekte import meld_beter, meld_ziek, wijzig_ziekte

pytestmark = pytest.mark.usefixtures("gemeente")
BEGIN = dt.date(2025, 1, 1)
MAART, APRIL, JUNI = dt.date(2025, 3, 1), dt.date(2025, 4, 1), dt.date(2025, 6, 1)
DAG = dt.timedelta(days=1)


def stand(rij: Dienstverband) -> list[tuple[dt.date, dt.date | None, int, str]]:
    """First day, last day, hours and function of every period."""
    return [(p.begindatum, p.einddatum, int(p.uren_per_week), p.functie) for p in vragen.perioden_van(rij)]


def wijzig(rij: Dienstverband, vanaf: dt.date, **velden: Any) -> list[Dienstverbandperiode]:
    return wijzig_dienstverband(rij, vanaf, reden="andere uren", actor=ACTOR, **velden)


# --- Change by date -------------------------------------------------------------------------------------------------
def test_een_dienstverband_begint_met_een_periode() -> None:
    rij = werk()
    (periode,) = vragen.perioden_van(rij)
    assert (periode.begindatum, periode.einddatum, periode.bron) == (BEGIN, None, "contract")
    assert (periode.uren_per_week, periode.uren_voltijd, periode.functie) == (24, 36, "hulp in de linnenkamer")
    assert periode.feitelijke_werkgever == rij.feitelijke_werkgever and periode.deelnemer_id == rij.deelnemer_id


def test_andere_uren_splitsen_de_periode_en_een_latere_wijziging_blijft() -> None:
    rij = werk()
    wijzig(rij, JUNI, uren_per_week=Decimal(32))
    wijzig(rij, APRIL, functie="kok")
    wijzig(rij, MAART, uren_per_week=Decimal(28))  # told later, about the past
    assert stand(rij) == [
        (BEGIN, MAART - DAG, 24, "hulp in de linnenkamer"),
        (MAART, APRIL - DAG, 28, "hulp in de linnenkamer"),
        (APRIL, JUNI - DAG, 28, "kok"),
        (JUNI, None, 32, "kok"),
    ]
    rij.refresh_from_db()
    assert (rij.uren_per_week, rij.functie) == (32, "kok")


def test_een_periode_van_de_eerste_dag_af_wordt_vervangen_en_blijft_in_de_historie() -> None:
    rij = werk()
    wijzig(rij, JUNI, uren_per_week=Decimal(32))
    oud = vragen.perioden_van(rij).last()
    wijzig(rij, JUNI, uren_per_week=Decimal(30))
    assert [(d, u) for d, _, u, _ in stand(rij)] == [(BEGIN, 24), (JUNI, 30)]
    was = Wijziging.objects.filter(tabel="werkgevers_dienstverbandperiode", rij_id=oud.pk, actie="U").latest("id")
    assert was.oud["uren_per_week"] == 32.0 and was.reden == "andere uren"


def test_gelijke_perioden_worden_een() -> None:
    rij = werk()
    wijzig(rij, JUNI, uren_per_week=Decimal(32))
    wijzig(rij, JUNI, uren_per_week=Decimal(24))
    assert stand(rij) == [(BEGIN, None, 24, "hulp in de linnenkamer")]


def test_een_wijziging_die_nog_moet_ingaan_wacht_op_de_nacht(settings: Any) -> None:
    settings.PEILDATUM = "2025-05-20"
    rij = werk()
    nieuw = WerkgeverFabriek()
    wijzig(rij, JUNI, uren_per_week=Decimal(32), feitelijke_werkgever=nieuw, functieloon_percentage_wml=Decimal(110))
    rij.refresh_from_db()
    assert rij.uren_per_week == 24
    settings.PEILDATUM = "2025-06-01"
    geteld: dict[str, int] = {}
    werk_dienstverbanden_bij(actor=ACTOR, tel=geteld.__setitem__)
    rij.refresh_from_db()
    assert (rij.uren_per_week, rij.feitelijke_werkgever, rij.functieloon_percentage_wml) == (32, nieuw, 110)
    assert geteld["dienstverbanden gewijzigd"] == 1
    werk_dienstverbanden_bij(actor=ACTOR, tel=geteld.__setitem__)
    assert geteld["dienstverbanden gewijzigd"] == 0 == geteld["bij Vandaag"]


def test_de_nacht_haalt_een_loon_van_de_functie_weer_weg(settings: Any) -> None:
    settings.PEILDATUM = "2025-05-20"
    rij = werk(functieloon_percentage_wml=Decimal(120))
    wijzig(rij, JUNI, functieloon_percentage_wml=None)
    settings.PEILDATUM = "2025-06-02"
    werk_dienstverbanden_bij(actor=ACTOR)
    rij.refresh_from_db()
    assert rij.functieloon_percentage_wml is None


@pytest.mark.parametrize(
    ("vanaf", "velden", "veld", "zin"),
    [
        (dt.date(2024, 12, 31), {"uren_per_week": Decimal(28)}, "vanaf", "op of na het begin"),
        (dt.date(2025, 8, 1), {"uren_per_week": Decimal(28)}, "vanaf", "al beëindigd"),
        (MAART, {"uren_per_week": Decimal("168.5")}, "uren_per_week", "hoogstens 168"),
        (MAART, {"uren_per_week": Decimal(0)}, "uren_per_week", "meer dan 0"),
        (MAART, {"uren_voltijd": Decimal(41)}, "uren_voltijd", "hoogstens 40 uur"),
        (MAART, {"functieloon_percentage_wml": Decimal(99)}, "functieloon_percentage_wml", "minstens 100 procent"),
        (MAART, {"uren_per_week": Decimal(24)}, "__all__", "verandert niets"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_en_niets_bewaard(
    vanaf: dt.date, velden: dict[str, Any], veld: str, zin: str
) -> None:
    rij = werk()
    beeindig_dienstverband(rij, dt.date(2025, 7, 31), "klaar", actor=ACTOR)
    voor = stand(rij)
    with pytest.raises(ValidationError, match=zin) as fout:
        wijzig(rij, vanaf, **velden)
    assert veld == "__all__" or veld in fout.value.error_dict
    assert stand(rij) == voor


def test_meer_uren_dan_de_week_van_de_sector_mag() -> None:
    rij = werk(uren_voltijd=Decimal(40))
    wijzig(rij, MAART, uren_per_week=Decimal(44))
    assert stand(rij)[-1][2] == 44


def test_wie_als_tweede_bewaart_leest_wat_een_collega_ervan_maakte() -> None:
    rij = werk()
    wijzig(rij, MAART, uren_per_week=Decimal(28), versie=1)
    with pytest.raises(IntussenGewijzigd) as fout:
        wijzig(rij, APRIL, uren_per_week=Decimal(30), versie=1)
    assert fout.value.anders["uren_per_week"] == 28
    assert len(stand(rij)) == 2


def test_het_einde_sluit_wat_liep_en_laat_vervallen_wat_nog_moest_beginnen() -> None:
    rij = werk()
    wijzig(rij, JUNI, uren_per_week=Decimal(32))
    ziek = meld_ziek(rij, MAART, actor=ACTOR)
    later = meld_ziek(werk(), MAART, actor=ACTOR)
    beeindig_dienstverband(rij, APRIL, "ander werk", actor=ACTOR)
    assert stand(rij) == [(BEGIN, APRIL, 24, "hulp in de linnenkamer")]
    ziek.refresh_from_db()
    later.refresh_from_db()
    assert (ziek.einddatum, later.einddatum) == (APRIL, None)
    with pytest.raises(OvergangGeweigerd, match="al beëindigd"):
        beeindig_dienstverband(rij, APRIL, "nog eens", actor=ACTOR)


def test_een_einde_voor_het_begin_wordt_geweigerd() -> None:
    rij = werk()
    with pytest.raises(ValidationError, match="ligt voor de begindatum"):
        beeindig_dienstverband(rij, BEGIN - DAG, "vergissing", actor=ACTOR)
    assert stand(rij) == [(BEGIN, None, 24, "hulp in de linnenkamer")]


def test_elke_wijziging_wordt_gemeld_met_de_dag_vanaf_wanneer() -> None:
    rij = werk()
    wijzig(rij, MAART, uren_per_week=Decimal(28))
    melding = Gebeurtenis.objects.filter(type="dienstverband.gewijzigd").latest("id")
    assert melding.data["vanaf"] == "2025-03-01" and melding.data["dienstverband"] == rij.pk


def test_vragen_over_veel_dienstverbanden_kosten_er_drie() -> None:
    def maak_meer() -> None:
        for _ in range(5):
            rij = werk()
            wijzig(rij, MAART, uren_per_week=Decimal(28))
            meld_ziek(rij, APRIL, actor=ACTOR)

    def bekijk() -> None:
        ids = list(Dienstverband.objects.order_by("pk").values_list("pk", flat=True))
        perioden, ziekte, _ = vragen.per_dienstverband(ids)
        assert all(len(perioden[pk]) == 2 and len(ziekte[pk]) == 1 for pk in ids)

    maak_meer()
    groeit_niet(bekijk, maak_meer, "per_dienstverband", 4)


def test_periode_op_een_dag() -> None:
    rij = werk()
    perioden = wijzig(rij, MAART, uren_per_week=Decimal(28))
    op = lambda dag: vragen.periode_op(perioden, dag)  # noqa: E731
    assert op(BEGIN - DAG) is None
    assert [int(op(d).uren_per_week) for d in (BEGIN, MAART - DAG, MAART)] == [24, 24, 28]


def test_samenvoegen_neemt_de_perioden_mee(maak_medewerker: Any) -> None:
    van, naar = werk(), werk(soort="regulier", werkgever=WerkgeverFabriek())
    wijzig(van, MAART, uren_per_week=Decimal(28))
    voeg_samen(naar.deelnemer, van.deelnemer, {}, reden="dezelfde persoon", actor=ACTOR)
    assert {p.deelnemer_id for p in vragen.perioden_van(van)} == {naar.deelnemer_id}


# --- Sickness -------------------------------------------------------------------------------------------------------
def test_ziek_en_beter() -> None:
    rij = werk()
    ziek = meld_ziek(rij, MAART, actor=ACTOR, percentage=50)
    meld_beter(ziek, APRIL, actor=ACTOR)
    ziek.refresh_from_db()
    assert (ziek.begindatum, ziek.einddatum, ziek.percentage, ziek.no_risk) == (MAART, APRIL, 50, "onbekend")
    melding = Gebeurtenis.objects.filter(type="dienstverband.ziekte").latest("id")
    assert melding.data == {"dienstverband": rij.pk, "vanaf": "2025-04-01"}


@pytest.mark.parametrize(
    ("vanaf", "zin"),
    [
        (BEGIN - DAG, "op of na het begin"),
        (klok.vandaag() + DAG, "moet nog komen"),
        (MAART, "al als ziek gemeld"),
    ],
)
def test_ziek_op_een_dag_die_niet_kan(vanaf: dt.date, zin: str) -> None:
    rij = werk()
    meld_ziek(rij, MAART, actor=ACTOR)
    with pytest.raises(ValidationError, match=zin):
        meld_ziek(rij, vanaf, actor=ACTOR)
    assert Ziekteperiode.objects.count() == 1


def test_een_correctie_meldt_de_vroegste_dag() -> None:
    rij = werk()
    ziek = meld_ziek(rij, APRIL, actor=ACTOR)
    wijzig_ziekte(ziek, begindatum=MAART, einddatum=JUNI, percentage=100, no_risk="ja", actor=ACTOR)
    assert Gebeurtenis.objects.filter(type="dienstverband.ziekte").latest("id").data["vanaf"] == "2025-03-01"
    with pytest.raises(ValidationError, match="ligt voor de begindatum"):
        wijzig_ziekte(ziek, begindatum=JUNI, einddatum=MAART, percentage=100, no_risk="ja", actor=ACTOR)


def test_wat_niet_bekend_is_wordt_gevraagd(maak_medewerker: Any) -> None:
    coach = maak_medewerker("consulent")
    rij = werk(jobcoach=coach)
    ziek = meld_ziek(rij, MAART, actor=ACTOR)
    vraag = Werkvoorraad.objects.get(soort="wie_betaalt")
    assert vraag.voor == coach.gebruiker and "ziek" not in (vraag.titel + vraag.toelichting + vraag.waarom).lower()
    wijzig_ziekte(ziek, begindatum=MAART, einddatum=None, percentage=100, no_risk="nee", actor=ACTOR)
    assert not Werkvoorraad.objects.filter(soort="wie_betaalt").exists()


# --- Contract and Vandaag -------------------------------------------------------------------------------------------
def test_een_contract_dat_afloopt_komt_op_tijd_bij_vandaag(maak_medewerker: Any) -> None:
    coach = maak_medewerker("consulent")
    rij = werk(jobcoach=coach, contract_tot=klok.vandaag() + 91 * DAG)
    assert not Werkvoorraad.objects.filter(soort="contracteinde").exists()
    wijzig_contract(rij, klok.vandaag() + 90 * DAG, actor=ACTOR)
    assert Werkvoorraad.objects.get(soort="contracteinde").voor == coach.gebruiker
    wijzig_contract(rij, None, actor=ACTOR)
    assert not Werkvoorraad.objects.filter(soort="contracteinde").exists()


def test_na_het_einde_wacht_er_niets_meer() -> None:
    rij = werk(contract_tot=klok.vandaag())
    assert set(Werkvoorraad.objects.values_list("soort", flat=True)) == {"contracteinde", "loonwaarde"}
    beeindig_dienstverband(rij, klok.vandaag(), "klaar", actor=ACTOR)
    assert not Werkvoorraad.objects.exists()


@pytest.mark.eis("R151", "wie met een vast percentage begint heeft voor het einde daarvan een meting bij Vandaag")
def test_het_einde_van_het_forfait_staat_op_tijd_bij_vandaag(settings: Any) -> None:
    settings.PEILDATUM = "2025-05-19"
    rij = werk(loonwaarderoute="forfait")  # six months: until 1 July; 42 days before is 20 May
    werk_dienstverbanden_bij(actor=ACTOR)
    assert not Werkvoorraad.objects.exists()
    settings.PEILDATUM = "2025-05-20"
    werk_dienstverbanden_bij(actor=ACTOR)
    wacht = Werkvoorraad.objects.get()
    assert (wacht.op, wacht.voor_rol, wacht.url) == (
        dt.date(2025, 7, 1),
        "medewerker_subsidies",
        f"/dienstverbanden/{rij.pk}",
    )


def test_wat_de_jobcoach_doet_blijft_bij_de_jobcoach(maak_medewerker: Any) -> None:
    coach, nieuw = maak_medewerker("consulent"), maak_medewerker("consulent")
    rij = werk(jobcoach=coach, contract_tot=klok.vandaag())
    wijs_regie_toe(rij.deelnemer, coach, klok.vandaag() - DAG, actor=ACTOR)
    wijs_regie_toe(rij.deelnemer, nieuw, klok.vandaag(), actor=ACTOR)
    assert set(Werkvoorraad.objects.filter(soort="contracteinde").values_list("voor", flat=True)) == {
        coach.gebruiker_id
    }
