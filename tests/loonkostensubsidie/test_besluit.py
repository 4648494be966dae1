"""A decision: the amount of today, four eyes, what it does to the right, and the letter (R148, R149)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern import bestanden, klok
from kern.berichten import met_link
from kern.handeling import handeling
from kern.models import Bericht, Gebeurtenis, TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.besluitaansluiting import verschillen
from loonkostensubsidie.feitenbron import opnieuw
from loonkostensubsidie.models import Beschikking, Subsidie, Werkgeverslink
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services.aanvraag import trek_aanvraag_in
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import sluit_afgelopen
from loonkostensubsidie.wetgeving import huidige_wetgeving
from organisatie.models import Budget
from tests.hulp.pdf import tekst_van
from tests.loonkostensubsidie import wereld
from tests.werkgevers.fabrieken import ACTOR
from werkgevers.services.dienstverband import wijzig_dienstverband
from werkgevers.services.loonwaarde import meet_loonwaarde

pytestmark = pytest.mark.usefixtures("subsidiewereld")


@pytest.fixture
def schrijver(maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("medewerker_subsidies")


@pytest.fixture
def collega(maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("medewerker_subsidies")


def stel_vast(rij: Beschikking, medewerker: Any) -> Beschikking:
    with bestanden.weg_bij_mislukken():
        return besluiten.stel_vast(rij, actor=wereld.actor_van(medewerker))


def meet(rij: Beschikking, vanaf: dt.date, procent: int = 55) -> None:
    assert rij.dienstverband is not None
    meet_loonwaarde(
        rij.dienstverband,
        klok.vandaag(),
        "Dariu",
        percentage=procent,
        geldig_vanaf=vanaf,
        volgende_op=dt.date(2027, 8, 1),
        actor=ACTOR,
    )


# --- The amount ------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R148", "het bedrag staat met invoer, rekenversie en uitleg bij het besluit en is opnieuw te rekenen")
def test_het_bedrag_staat_met_zijn_stappen_bij_het_besluit(schrijver: Any) -> None:
    """2294.40 x 1.08 = 2477.952; 50 % is 1238.976; 24/36 of it 825.984; 23.5 % of that 194.106."""
    rij = wereld.voorgelegd(schrijver)
    assert (rij.subsidiebedrag, rij.werkgeverslasten) == (Decimal("825.98"), Decimal("194.11"))
    assert rij.totaal == Decimal("1020.09")
    assert [s["code"] for s in rij.specificatie][-1] == "totaal" and rij.rekenversie
    rij.refresh_from_db()
    assert opnieuw(rij.feiten, rij.ingangsdatum, huidige_wetgeving()).bedrag.totaal == rij.totaal


def test_een_toekenning_met_een_controle_die_niet_klopt_wordt_niet_voorgelegd(schrijver: Any) -> None:
    with pytest.raises(ValidationError, match="Alle stukken zijn er"):
        wereld.voorgelegd(schrijver, stukken=False)
    afwijzing = wereld.voorgelegd(schrijver, "afwijzing", stukken=False)
    assert (afwijzing.status, afwijzing.totaal) == ("voorgelegd", None)


def test_zonder_dienstverband_is_er_geen_bedrag(schrijver: Any) -> None:
    aanvraag = wereld.in_behandeling(schrijver, baan=False)
    with pytest.raises(ValidationError, match="dienstverband"):
        besluiten.stel_op(aanvraag, "toekenning", wereld.MOTIVERING, actor=wereld.actor_van(schrijver))
    assert not Beschikking.objects.exists()


# --- Four eyes -------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "vier ogen: wie schrijft, keurt niet goed; ook de database weigert het")
def test_wie_schrijft_keurt_niet_goed(schrijver: Any, collega: Any) -> None:
    rij = wereld.voorgelegd(schrijver)
    with pytest.raises(ValidationError, match="zelf geschreven"):
        stel_vast(rij, schrijver)
    with pytest.raises(ValidationError, match="zelf geschreven"):
        besluiten.geef_terug(rij, "Ik zie iets.", actor=wereld.actor_van(schrijver))
    with pytest.raises(IntegrityError, match="beschikking_vier_ogen"), transaction.atomic(), handeling(ACTOR):
        Beschikking.objects.filter(pk=rij.pk).update(
            status="vastgesteld", goedgekeurd_door=schrijver.gebruiker, vastgesteld_op=klok.nu()
        )
    assert not Subsidie.objects.exists()
    assert stel_vast(rij, collega).goedgekeurd_door == collega.gebruiker


def test_een_besluit_zonder_tweede_persoon_bestaat_niet(schrijver: Any) -> None:
    rij = wereld.voorgelegd(schrijver)
    with pytest.raises(IntegrityError, match="beschikking_vastgesteld_door"), transaction.atomic(), handeling(ACTOR):
        Beschikking.objects.filter(pk=rij.pk).update(status="vastgesteld")
    with pytest.raises(ValidationError, match="medewerker"):
        besluiten.stel_vast(rij, actor=ACTOR)


def test_wie_na_een_collega_goedkeurt_leest_dat_het_al_is_vastgesteld(
    schrijver: Any, collega: Any, maak_medewerker: Callable[..., Any]
) -> None:
    rij = wereld.voorgelegd(schrijver)
    stel_vast(rij, collega)
    with pytest.raises(OvergangGeweigerd, match="Vastgesteld"):
        stel_vast(rij, maak_medewerker("medewerker_subsidies"))
    assert Subsidie.objects.count() == 1
    assert Beschikking.objects.get().goedgekeurd_door == collega.gebruiker


def test_teruggeven_zegt_waarom_en_daarna_kan_het_opnieuw(schrijver: Any, collega: Any) -> None:
    actor = wereld.actor_van(schrijver)
    rij = wereld.voorgelegd(schrijver)
    assert Werkvoorraad.objects.get(sleutel=f"beschikking:{rij.pk}").voor_rol == "medewerker_subsidies"
    with pytest.raises(OvergangGeweigerd):
        besluiten.geef_terug(rij, " ", actor=wereld.actor_van(collega))
    rij = besluiten.geef_terug(rij, "Schrijf de motivering uit.", actor=wereld.actor_van(collega))
    terug = Werkvoorraad.objects.get(sleutel=f"beschikking:{rij.pk}")
    assert (terug.voor_id, "motivering" in terug.waarom) == (schrijver.gebruiker_id, True)
    rij = besluiten.pas_aan(rij, rij.ingangsdatum, "Beter uitgelegd.", actor=actor)
    assert stel_vast(besluiten.leg_voor(rij, actor=actor), collega).status == "vastgesteld"


def test_wie_aanpast_is_de_schrijver(schrijver: Any, collega: Any) -> None:
    rij = besluiten.geef_terug(wereld.voorgelegd(schrijver), "Anders.", actor=wereld.actor_van(collega))
    ander = wereld.actor_van(collega)
    rij = besluiten.leg_voor(besluiten.pas_aan(rij, rij.ingangsdatum, "Anders.", actor=ander), actor=ander)
    with pytest.raises(ValidationError, match="zelf geschreven"):
        stel_vast(rij, collega)
    assert stel_vast(rij, schrijver).status == "vastgesteld"


def test_een_bedrag_dat_intussen_anders_is_wordt_niet_goedgekeurd(schrijver: Any, collega: Any) -> None:
    rij = wereld.voorgelegd(schrijver)
    assert rij.dienstverband is not None
    wijzig_dienstverband(rij.dienstverband, wereld.BEGIN, reden="Andere uren", uren_per_week=Decimal(32), actor=ACTOR)
    with pytest.raises(ValidationError, match="intussen iets gewijzigd"):
        stel_vast(rij, collega)
    assert not Subsidie.objects.exists()


# --- What it does ----------------------------------------------------------------------------------------------------
def test_een_toekenning_met_vast_percentage_loopt_tot_de_laatste_dag_ervan(schrijver: Any, collega: Any) -> None:
    rij = wereld.vastgesteld(schrijver, collega)
    recht = Subsidie.objects.get()
    assert rij.subsidie == recht and rij.aanvraag is not None
    assert (recht.begindatum, recht.einddatum, recht.regeling.code) == (wereld.BEGIN, wereld.FORFAIT_TOT, "lks-forfait")
    rij.aanvraag.refresh_from_db()
    assert (rij.aanvraag.status, rij.aanvraag.afgerond_op) == ("toegekend", klok.vandaag())
    assert Gebeurtenis.objects.filter(type=besluiten.VASTGESTELD, onderwerp=str(rij.pk)).count() == 1
    assert TijdlijnRegel.objects.filter(sleutel=f"beschikking:{rij.pk}").count() == 1
    assert not Werkvoorraad.objects.filter(sleutel=f"beschikking:{rij.pk}").exists()


def test_na_het_vaste_percentage_komt_een_besluit_met_de_gemeten_loonwaarde(
    schrijver: Any, collega: Any, settings: Any
) -> None:
    eerste = wereld.vastgesteld(schrijver, collega)
    settings.PEILDATUM = "2026-07-20"
    dag = wereld.FORFAIT_TOT + dt.timedelta(days=1)
    meet(eerste, dag)
    actor = wereld.actor_van(schrijver)
    assert eerste.subsidie is not None
    rij = besluiten.stel_besluit_op(eerste.subsidie, "loonwaarde", dag, "De loonwaarde is 55 procent.", actor=actor)
    assert (rij.vorig_totaal, rij.regeling and rij.regeling.code) == (eerste.totaal, "lks")
    rij = stel_vast(besluiten.leg_voor(rij, actor=actor), collega)
    rechten = list(Subsidie.objects.order_by("begindatum").values_list("begindatum", "einddatum", "regeling__code"))
    assert rechten == [(wereld.BEGIN, wereld.FORFAIT_TOT, "lks-forfait"), (dag, None, "lks")]
    assert rij.subsidie is not None and rij.subsidie.begindatum == dag


def test_een_afwijzing_begint_niets(schrijver: Any, collega: Any) -> None:
    rij = wereld.vastgesteld(schrijver, collega, "afwijzing")
    assert rij.aanvraag is not None and not Subsidie.objects.exists()
    rij.aanvraag.refresh_from_db()
    assert rij.aanvraag.status == "afgewezen"


@pytest.mark.parametrize(("soort", "status"), [("beeindiging", "beeindigd"), ("intrekking", "ingetrokken")])
def test_een_einde_en_een_intrekking_gaan_ook_langs_twee_personen(
    schrijver: Any, collega: Any, soort: str, status: str
) -> None:
    eerste, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    assert eerste.subsidie is not None
    rij = besluiten.stel_besluit_op(eerste.subsidie, soort, dt.date(2026, 2, 28), "Het contract stopt.", actor=actor)
    rij = besluiten.leg_voor(rij, actor=actor)
    assert Subsidie.objects.get().status == "lopend"
    stel_vast(rij, collega)
    assert Subsidie.objects.get().status == status


def test_wie_de_aanvraag_intrekt_laat_het_besluit_vervallen(schrijver: Any) -> None:
    rij = wereld.voorgelegd(schrijver)
    assert rij.aanvraag is not None
    trek_aanvraag_in(rij.aanvraag, "De werkgever zag ervan af.", actor=wereld.actor_van(schrijver))
    rij.refresh_from_db()
    assert rij.status == "vervallen"


def test_op_een_aanvraag_komt_een_besluit(schrijver: Any) -> None:
    rij = wereld.voorgelegd(schrijver)
    assert rij.aanvraag is not None
    with pytest.raises(ValidationError, match="ligt al een besluit klaar"):
        besluiten.stel_op(rij.aanvraag, "afwijzing", "Toch niet.", actor=wereld.actor_van(schrijver))


# --- The letter ------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "op een aanvraag volgt een besluit met een brief")
def test_de_brief_staat_in_het_dossier_met_bedrag_berekening_en_bezwaar(schrijver: Any, collega: Any) -> None:
    rij = wereld.vastgesteld(schrijver, collega)
    brief = rij.brief
    assert brief is not None and brief.deelnemer == rij.deelnemer
    assert (rij.verzonden_op, rij.bezwaar_tot) == (dt.date(2026, 3, 2), dt.date(2026, 4, 13))
    inhoud = bestanden.haal(brief.bestand, brief.sha256)
    assert inhoud is not None
    tekst = " ".join(tekst_van(inhoud).split())
    for stuk in (
        rij.nummer,
        "1.020,09",
        "31 juli 2026",
        "13 april 2026",
        "Bijlage: de berekening",
        "Vast percentage",
        "art. 10d lid 5",
        "Wilma Brouwer",
        wereld.MOTIVERING,
    ):
        assert stuk in tekst, stuk


@pytest.mark.eis(
    "R148", "de brief zegt van elke maand die al was berekend wat er verandert, en elke parameter heeft een bron"
)
def test_de_brief_legt_correcties_en_bronnen_uit(schrijver: Any, collega: Any) -> None:
    eerst = stel_vast(wereld.voorgelegd(schrijver), collega)
    assert eerst.subsidie is not None and eerst.dienstverband is not None
    boek([eerst.subsidie.pk], dt.date(2026, 3, 31), actor=ACTOR)
    begin = eerst.ingangsdatum
    wijzig_dienstverband(eerst.dienstverband, begin, reden="Contract.", uren_per_week=Decimal(30), actor=ACTOR)
    actor = wereld.actor_van(schrijver)
    nieuw = besluiten.stel_besluit_op(eerst.subsidie, "wijziging", begin, "De uren zijn anders.", actor=actor)
    rij = stel_vast(besluiten.leg_voor(nieuw, actor=actor), collega)
    assert rij.brief is not None
    inhoud = bestanden.haal(rij.brief.bestand, rij.brief.sha256)
    assert inhoud is not None
    tekst = " ".join(tekst_van(inhoud).split())
    for stuk in ("Maanden die al waren berekend", "februari 2026", "24 wordt 30", "U krijgt nog", "510,04"):
        assert stuk in tekst, stuk
    uit_de_wet = {"minimumloon", "minimumloon_met_vakantiebijslag", "forfait", "uren", "werkgeverslasten"}
    met_bron = {regel["code"] for regel in rij.specificatie if regel["bron"]}
    assert uit_de_wet <= met_bron and tekst.count("Bron:") >= len(uit_de_wet)


def test_de_werkgever_krijgt_een_mail_met_een_link_zonder_naam_van_de_werknemer(schrijver: Any, collega: Any) -> None:
    rij = wereld.vastgesteld(schrijver, collega)
    link, mail = Werkgeverslink.objects.get(beschikking=rij), Bericht.objects.latest("pk")
    assert mail.aan == "wilma@kastanjehof.example" and "/werkgeverslink/" in met_link(mail).tekst
    assert rij.deelnemer.geslachtsnaam not in mail.tekst + mail.onderwerp
    assert link.sleutelhash not in mail.tekst


# --- The money -------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R181", "wie goedkeurt ziet wat er nog vrij is, van de goede bron en het jaar van de eerste dag")
def test_bij_de_tweede_persoon_staat_het_budget(schrijver: Any, log_in: Any) -> None:
    rij = wereld.voorgelegd(schrijver)
    jaar = rij.ingangsdatum.year
    with handeling(ACTOR):
        Budget.objects.create(jaar=jaar, bron="w_deel", bedrag=Decimal(123_456))
        Budget.objects.create(jaar=jaar, bron="sw_deel", bedrag=Decimal(777))
        Budget.objects.create(jaar=jaar + 1, bron="w_deel", bedrag=Decimal(888))
    tekst = log_in("medewerker_subsidies").get(f"/subsidies/besluiten/{rij.kenmerk}").content.decode()
    assert f"Budget {jaar}" in tekst and "123.456,00" in tekst and "Nog vrij" in tekst
    assert "777,00" not in tekst and "888,00" not in tekst


def test_een_toekenning_uit_projectgeld(schrijver: Any, collega: Any) -> None:
    rij = stel_vast(wereld.voorgelegd(schrijver, project="Haven"), collega)
    assert rij.subsidie is not None
    assert (rij.subsidie.geldbron, rij.subsidie.project) == ("project", "Haven")


def test_het_verschil_tussen_besluit_en_grootboek_staat_in_de_aansluiting(schrijver: Any, collega: Any) -> None:
    rij = stel_vast(wereld.voorgelegd(schrijver), collega)
    assert rij.subsidie is not None and rij.dienstverband is not None
    boek([rij.subsidie.pk], dt.date(2026, 3, 31), actor=ACTOR)
    assert verschillen() == []
    # Hours that turn out to be others since the first day: the ledger follows, the letter does not.
    wijzig_dienstverband(rij.dienstverband, rij.ingangsdatum, reden="Contract.", uren_per_week=Decimal(30), actor=ACTOR)
    boek([rij.subsidie.pk], dt.date(2026, 3, 31), actor=ACTOR)
    [verschil] = verschillen()
    assert (verschil.besluit.pk, verschil.besluit.totaal, verschil.geboekt) == (
        rij.pk, Decimal("1020.09"), Decimal("1275.11"),
    )  # fmt: skip


def test_na_een_afgelopen_forfait_kan_het_besluit_over_de_loonwaarde_nog(
    schrijver: Any, collega: Any, settings: Any
) -> None:
    rij = stel_vast(wereld.voorgelegd(schrijver), collega)
    settings.PEILDATUM = "2026-08-20"
    assert rij.subsidie is not None and sluit_afgelopen(rij.subsidie, actor=ACTOR) is not None
    meet(rij, dt.date(2026, 8, 1))
    nieuw = besluiten.stel_besluit_op(
        rij.subsidie, "loonwaarde", dt.date(2026, 8, 1), "Gemeten.", actor=wereld.actor_van(schrijver)
    )
    besluiten.leg_voor(nieuw, actor=wereld.actor_van(schrijver))
    assert stel_vast(nieuw, collega).status == "vastgesteld"
    assert [s.status for s in Subsidie.objects.order_by("begindatum")] == ["beeindigd", "lopend"]
