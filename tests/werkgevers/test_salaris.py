"""Deliveries to payroll: what goes along, what payroll did, and what the database refuses (R110)."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deelnemers.services import privacy
from deelnemers.services.samenvoegen import voeg_samen
from kern.handeling import handeling, voor_gemeente
from kern.models import Gemeente, Werkvoorraad
from kern.weigering import IntussenGewijzigd
from tests.kern.fabrieken import FABRIEK
from tests.werkgevers.fabrieken import ACTOR, DeelnemerFabriek, WerkgeverFabriek, werk
from tests.werkgevers.salarisfabrieken import (
    BEGIN,
    PEILDATUM,
    VANDAAG,
    antwoord,
    baan,
    eigen,
    lever,
    mens,
    regels,
    wat,
)
from werkgevers import salarisvragen as vragen
from werkgevers import salariswerk
from werkgevers.models import Salarislevering, Salarismutatie, Werkgever, Ziekteperiode
from werkgevers.salarisbestand import KOPPEN, Antwoord, lees_antwoord, maak_bestand
from werkgevers.services import salaris as dienst
from werkgevers.services.dienstverband import beeindig_dienstverband, wijzig_contract, wijzig_dienstverband
from werkgevers.services.ziekte import meld_beter, meld_ziek, wijzig_ziekte

JUNI = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def dag(settings: Any, gemeente: Gemeente) -> None:
    settings.PEILDATUM = PEILDATUM


# --- What goes along --------------------------------------------------------------------------------------------------
@pytest.mark.eis("R110", "wie in dienst is bij de gemeente gaat mee met functie, uren, loon en contract, zonder BSN")
def test_in_dienst_gaat_mee_met_wat_het_loon_bepaalt() -> None:
    rij = baan(bruto_uurloon=Decimal("15.40"), contract_tot=dt.date(2027, 4, 30), functie="inpakker")
    (regel,) = regels(lever())
    assert (regel.soort, regel.actie, regel.ingangsdatum, regel.sleutel) == (
        "in_dienst",
        "nieuw",
        BEGIN,
        f"in:{rij.pk}",
    )
    assert regel.inhoud == {
        "personeelsnummer": rij.deelnemer.dossiernummer,
        "ingangsdatum": "2026-05-01",
        "functie": "inpakker",
        "uren_per_week": "24.0",
        "uren_voltijd": "36.0",
        "soort_dienstverband": "sw",
        "bruto_uurloon": "15.40",
        "contract_tot": "2027-04-30",
    }


@pytest.mark.eis("R110", "een andere werkgever betaalt zijn eigen mensen: die gaan niet mee")
def test_wie_elders_loon_krijgt_gaat_niet_mee() -> None:
    werk()
    with pytest.raises(ValidationError, match="Er is niets nieuws"):
        lever()


def test_een_detachering_gaat_mee_want_wij_betalen() -> None:
    baan(werkgever=WerkgeverFabriek(), formele_werkgever=eigen(), werkvorm="individuele_detachering")
    assert wat(lever()) == [("in_dienst", "nieuw")]


@pytest.mark.eis("R110", "wijziging, ziek, hersteld en uit dienst gaan elk één keer mee; dezelfde gegevens geven niets")
def test_elke_verandering_gaat_een_keer_mee() -> None:
    rij = baan()
    lever()
    wijzig_dienstverband(rij, JUNI, uren_per_week=Decimal(28), reden="Meer uren.", actor=ACTOR)
    ziekte = meld_ziek(rij, dt.date(2026, 6, 8), percentage=50, actor=ACTOR)
    assert wat(lever()) == [("wijziging", "nieuw"), ("ziek", "nieuw")]
    meld_beter(ziekte, dt.date(2026, 6, 12), actor=ACTOR)
    assert wat(lever()) == [("hersteld", "nieuw")]
    rij.refresh_from_db()
    beeindig_dienstverband(rij, dt.date(2026, 6, 30), "Verhuisd naar Spanje", actor=ACTOR)
    uit = regels(lever())
    assert [(r.soort, r.inhoud["laatste_dag"]) for r in uit] == [("uit_dienst", "2026-06-30")]
    assert "Spanje" not in str(uit[0].inhoud), "geen vrije tekst"
    with pytest.raises(ValidationError, match="De salarisadministratie heeft alles al"):
        lever()


@pytest.mark.eis("R228", "van ziekte hoort de salarisadministratie alleen de dagen en het percentage")
def test_van_ziekte_gaan_alleen_dagen_en_percentage_mee() -> None:
    rij = baan()
    meld_ziek(rij, JUNI, percentage=60, no_risk="ja", tot=dt.date(2026, 6, 3), actor=ACTOR)
    ziek, hersteld = regels(lever())[1:]
    vast = {"personeelsnummer": rij.deelnemer.dossiernummer}
    assert ziek.inhoud == vast | {"ingangsdatum": "2026-06-01", "percentage_ziek": "60"}
    assert hersteld.inhoud == vast | {"ingangsdatum": "2026-06-04", "laatste_dag": "2026-06-03"}


@pytest.mark.eis("R110", "een wijziging in het verleden wordt vanzelf een correctie, met wat er eerst stond")
def test_een_wijziging_in_het_verleden_is_een_correctie() -> None:
    rij = baan()
    ziekte = meld_ziek(rij, JUNI, actor=ACTOR)
    lever()
    wijzig_dienstverband(rij, BEGIN, uren_per_week=Decimal(20), reden="Stond verkeerd.", actor=ACTOR)
    wijzig_ziekte(ziekte, begindatum=JUNI, einddatum=None, percentage=40, no_risk="nee", actor=ACTOR)
    een, twee = regels(lever())
    assert (een.soort, een.actie, een.oud["uren_per_week"], een.inhoud["uren_per_week"]) == (
        "in_dienst", "correctie", "24.0", "20.0",
    )  # fmt: skip
    assert (twee.actie, twee.oud["percentage_ziek"], twee.inhoud["percentage_ziek"]) == ("correctie", "100", "40")


@pytest.mark.eis("R110", "wat er niet meer is, vervalt bij de salarisadministratie")
def test_wat_weg_is_vervalt() -> None:
    rij = baan()
    wijzig_dienstverband(rij, JUNI, uren_per_week=Decimal(28), reden="Meer uren.", actor=ACTOR)
    meld_ziek(rij, dt.date(2026, 6, 20), actor=ACTOR)
    lever()
    rij.refresh_from_db()
    beeindig_dienstverband(rij, dt.date(2026, 5, 20), "Eerder gestopt", actor=ACTOR)
    assert wat(lever()) == [("uit_dienst", "nieuw"), ("wijziging", "vervalt"), ("ziek", "vervalt")]
    assert not vragen.te_leveren()


def test_een_andere_formele_werkgever_is_uit_dienst_en_weer_terug_in_dienst() -> None:
    wij, ander = eigen(), WerkgeverFabriek()
    rij = baan(wij)
    wijzig_dienstverband(rij, JUNI, formele_werkgever=ander, reden="Overgenomen.", actor=ACTOR)
    wijzig_dienstverband(rij, dt.date(2026, 7, 1), formele_werkgever=wij, reden="Terug.", actor=ACTOR)
    meld_ziek(rij, dt.date(2026, 6, 10), tot=dt.date(2026, 6, 12), actor=ACTOR)
    levering = lever()
    assert wat(levering) == [("in_dienst", "nieuw"), ("uit_dienst", "nieuw"), ("in_dienst", "nieuw")]
    assert regels(levering)[1].inhoud["laatste_dag"] == "2026-05-31"


def test_ander_werk_voor_hetzelfde_loon_is_geen_mutatie() -> None:
    rij = baan()
    lever()
    wijzig_dienstverband(rij, JUNI, feitelijke_werkgever=WerkgeverFabriek(), reden="Andere plek.", actor=ACTOR)
    assert not vragen.te_leveren()


def test_oud_werk_gaat_niet_mee_en_gewiste_ziekte_vervalt_niet() -> None:
    wij = eigen()
    baan(wij, begindatum=dt.date(2010, 1, 1), einddatum=dt.date(2024, 1, 1))
    rij = baan(wij)
    meld_ziek(rij, JUNI, tot=dt.date(2026, 6, 3), actor=ACTOR)
    assert [r.dienstverband_id for r in regels(lever())] == [rij.pk] * 3


def test_ziekte_die_al_lang_over_is_vervalt_niet_als_zij_is_gewist(settings: Any) -> None:
    rij = baan()
    ziekte = meld_ziek(rij, JUNI, actor=ACTOR)
    lever()
    meld_beter(ziekte, dt.date(2026, 6, 3), actor=ACTOR)
    lever()
    assert set(Salarismutatie.objects.filter(soort="ziek").order_by("pk").values_list("ziek_tot", flat=True)) == {
        dt.date(2026, 6, 3)
    }, "de bewaartermijn begint ook voor de eerste regel"
    settings.PEILDATUM = "2028-07-06"
    with handeling(FABRIEK):
        Ziekteperiode.objects.all().delete()
    assert not vragen.te_leveren()
    with handeling(FABRIEK):
        Salarismutatie.objects.filter(soort__in=["ziek", "hersteld"]).delete()
    assert not vragen.te_leveren()


def test_wie_toch_niet_beter_was_is_weer_ziek_zonder_einde() -> None:
    rij = baan()
    ziekte = meld_ziek(rij, JUNI, tot=dt.date(2026, 6, 3), actor=ACTOR)
    lever()
    wijzig_ziekte(ziekte, begindatum=JUNI, einddatum=None, percentage=100, no_risk="nee", actor=ACTOR)
    assert wat(lever()) == [("hersteld", "vervalt")]
    assert not Salarismutatie.objects.filter(ziek_tot__isnull=False).exists()
    with handeling(FABRIEK):
        ziekte.delete()
    assert wat(lever()) == [("ziek", "vervalt")]
    ziek = Salarismutatie.objects.filter(soort__in=["ziek", "hersteld"]).order_by("pk")
    assert set(ziek.values_list("ziek_tot", flat=True)) == {VANDAAG}, "een ziekte die er niet was, blijft niet staan"


@pytest.mark.eis("R044", "na samenvoegen verhuizen de regels mee, en krijgt salaris het nieuwe personeelsnummer")
def test_samenvoegen_geeft_een_ander_personeelsnummer() -> None:
    rij, naar = baan(), DeelnemerFabriek()
    van = rij.deelnemer
    antwoord(lever())
    voeg_samen(naar, van, {}, actor=mens(), reden="Het identiteitsbewijs is gezien.")
    assert not Salarismutatie.objects.filter(deelnemer=van).exists()
    (regel,) = regels(lever())
    assert (regel.deelnemer_id, regel.actie) == (naar.pk, "correctie")
    nummers = (regel.oud["personeelsnummer"], regel.inhoud["personeelsnummer"])
    assert nummers == (van.dossiernummer, naar.dossiernummer)


@pytest.mark.eis("R226", "van wie het gebruik is beperkt, gaat niets mee tot dat voorbij is")
def test_wie_beperkt_is_gaat_niet_mee_en_vervalt_niet() -> None:
    rij = baan()
    lever()
    wijzig_dienstverband(rij, JUNI, uren_per_week=Decimal(28), reden="Meer uren.", actor=ACTOR)
    officer = mens()
    verzoek = privacy.neem_in(rij.deelnemer, "beperking", VANDAAG, "balie", vraag="Even niet.", actor=officer)
    privacy.stel_identiteit_vast(verzoek, "document", actor=officer)
    privacy.beslis(verzoek, "toewijzen", reden="We zoeken het uit.", actor=officer)
    assert not vragen.te_leveren()


# --- Make -------------------------------------------------------------------------------------------------------------
def test_wie_iets_anders_zag_levert_niet() -> None:
    rij = baan()
    gezien = dienst.stand(vragen.te_leveren())
    wijzig_contract(rij, dt.date(2027, 1, 1), actor=ACTOR)
    with pytest.raises(ValidationError, match="Er is net iets veranderd"):
        dienst.stel_levering_op(actor=mens(), gezien=gezien)
    assert not Salarislevering.objects.exists()
    assert dienst.stel_levering_op(actor=mens(), gezien=dienst.stand(vragen.te_leveren())).aantal == 1


def test_een_taak_levert_niet() -> None:
    baan()
    with pytest.raises(ValidationError, match="doet een medewerker"):
        dienst.stel_levering_op(actor=ACTOR)


@pytest.mark.eis("R110", "halverwege gestopt laat niets achter, en daarna lukt het alsnog")
def test_halverwege_gestopt_laat_niets_achter(monkeypatch: pytest.MonkeyPatch) -> None:
    baan()
    with monkeypatch.context() as m:
        m.setattr(salariswerk, "ververs", lambda _levering: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            lever()
    assert not Salarislevering.objects.exists() and not Salarismutatie.objects.exists()
    assert lever().nummer == "SAL-2026-00001"


@pytest.mark.django_db(transaction=True)
@pytest.mark.eis("R110", "twee tegelijk geven één levering")
def test_twee_tegelijk_geven_een_levering(gemeente: Gemeente) -> None:
    baan()
    wie, uitkomst = mens(), []

    def maak() -> None:
        try:
            with voor_gemeente(gemeente):
                dienst.stel_levering_op(actor=wie)
            uitkomst.append("gelukt")
        except ValidationError:
            uitkomst.append("niets nieuws")
        finally:
            connections.close_all()

    draden = [threading.Thread(target=maak) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomst) == ["gelukt", "niets nieuws"]
    assert Salarislevering.objects.count() == 1


# --- The file ---------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R110", "het bestand is CSV met een vaste indeling; een formule blijft tekst")
def test_het_bestand_heeft_een_vaste_indeling() -> None:
    rij = baan(functie="=1+1", bruto_uurloon=Decimal("15.40"))
    levering = lever()
    inhoud = maak_bestand(regels(levering))
    assert inhoud.startswith("\ufeff".encode()) and hashlib.sha256(inhoud).hexdigest() == levering.sha256
    (regel,) = csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";")
    assert tuple(regel) == KOPPEN
    assert (regel["kenmerk"], regel["soort"], regel["actie"]) == (f"{levering.nummer}-0001", "in_dienst", "nieuw")
    assert (regel["functie"], regel["bruto_uurloon"], regel["uren_per_week"]) == ("'=1+1", "15,40", "24,0")
    assert regel["personeelsnummer"] == rij.deelnemer.dossiernummer
    assert rij.deelnemer.geslachtsnaam not in inhoud.decode(), "geen naam en geen BSN"


# --- Receipt and answer -----------------------------------------------------------------------------------------------
@pytest.mark.eis("R110", "ontvangst staat vast met dag en naam, één keer, en nooit voor de levering")
def test_de_ontvangst_staat_vast() -> None:
    baan()
    levering = lever()
    for fout in (VANDAAG + dt.timedelta(days=1), VANDAAG - dt.timedelta(days=1)):
        with pytest.raises(ValidationError, match="Kies een dag"):
            dienst.meld_ontvangst(levering, fout, "Petra", actor=mens())
    dienst.meld_ontvangst(levering, VANDAAG, "Petra", versie=levering.versie, actor=mens())
    dienst.meld_ontvangst(levering, VANDAAG, "Petra", versie=levering.versie, actor=mens())
    with pytest.raises(IntussenGewijzigd):
        dienst.meld_ontvangst(levering, VANDAAG, "Joost", versie=levering.versie, actor=mens())
    levering.refresh_from_db()
    assert (levering.status, levering.ontvangen_door) == ("ontvangen", "Petra")


@pytest.mark.eis("R110", "een afgekeurde regel heeft een reden en gaat mee met de volgende levering")
def test_wat_is_afgekeurd_gaat_weer_mee() -> None:
    baan()
    levering = lever()
    antwoord(levering, "afgekeurd", "Functie onbekend")
    levering.refresh_from_db()
    assert levering.status == "verwerkt"
    weer = lever()
    assert wat(weer) == [("in_dienst", "nieuw")]
    antwoord(weer)
    assert not vragen.te_leveren()


def test_een_afgekeurde_correctie_wordt_vergeleken_met_wat_er_wel_is() -> None:
    rij = baan()
    antwoord(lever())
    wijzig_contract(rij, dt.date(2027, 1, 1), actor=ACTOR)
    antwoord(lever(), "afgekeurd", "Te laat")
    rij.refresh_from_db()
    wijzig_contract(rij, dt.date(2027, 2, 1), actor=ACTOR)
    (regel,) = regels(lever())
    assert (regel.actie, regel.oud["contract_tot"], regel.inhoud["contract_tot"]) == ("correctie", "", "2027-02-01")


@pytest.mark.eis("R110", "een antwoord met fouten noemt ze allemaal met regelnummer en bewaart niets")
def test_een_bestand_met_fouten_bewaart_niets() -> None:
    baan()
    levering = lever()
    with pytest.raises(ValidationError) as lees:
        lees_antwoord(b"kenmerk;uitkomst;reden\n;verwerkt;\nA;misschien;\nB;afgekeurd;\n")
    assert [zin.split(":")[0] for zin in lees.value.messages] == ["Regel 2", "Regel 3", "Regel 4"]
    goed = f"{levering.nummer}-0001"
    lijst = lees_antwoord(f"kenmerk;uitkomst;reden\n{goed};verwerkt;\n{goed};verwerkt;\nSAL-1;verwerkt;\n".encode())
    with pytest.raises(ValidationError) as fout:
        dienst.verwerk_terugmelding(levering, lijst, actor=mens())
    assert [zin.split(":")[0] for zin in fout.value.messages] == ["Regel 3", "Regel 4"]
    assert regels(levering)[0].status == "verstuurd"


@pytest.mark.eis("R110", "hetzelfde antwoord twee keer verandert niets")
def test_hetzelfde_antwoord_twee_keer() -> None:
    baan()
    levering = lever()
    lijst = [Antwoord(regels(levering)[0].kenmerk, "verwerkt")]
    assert dienst.verwerk_terugmelding(levering, lijst, actor=mens()).verwerkt == 1
    stand = Salarismutatie.objects.order_by("pk").values().get()
    verslag = dienst.verwerk_terugmelding(levering, lijst, actor=mens())
    assert (verslag.verwerkt, verslag.al_bekend) == (0, 1)
    assert Salarismutatie.objects.order_by("pk").values().get() == stand


def test_een_antwoord_dat_al_is_overgenomen_ligt_vast() -> None:
    baan()
    levering = lever()
    antwoord(levering, "afgekeurd", "Onbekend")
    lever()
    with pytest.raises(ValidationError, match="ging daarna mee met een nieuwe levering"):
        antwoord(levering)


def test_met_de_hand_beantwoorden_bewaakt_de_versie() -> None:
    baan()
    (regel,) = regels(lever())
    with pytest.raises(ValidationError, match="waarom"):
        dienst.beantwoord_regel(regel, "afgekeurd", " ", actor=mens())
    dienst.beantwoord_regel(regel, "verwerkt", versie=regel.versie, actor=mens())
    with pytest.raises(IntussenGewijzigd):
        dienst.beantwoord_regel(regel, "afgekeurd", "Toch niet", versie=regel.versie, actor=mens())


# --- Vandaag ----------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R110", "na vijf werkdagen zonder ontvangst, en bij afgekeurde regels, staat er werk op Vandaag")
def test_wat_op_vandaag_komt() -> None:
    rij = baan()
    levering = lever()
    (werk_,) = Werkvoorraad.objects.filter(kamer=salariswerk.KAMER)
    assert (werk_.soort, werk_.op, werk_.voor_rol) == (
        "salaris_ontvangst",
        dt.date(2026, 7, 13),
        "medewerker_subsidies",
    )
    antwoord(levering, "afgekeurd", "Onbekend")
    (werk_,) = Werkvoorraad.objects.filter(kamer=salariswerk.KAMER)
    assert (werk_.soort, werk_.toelichting.replace("\xa0", " ")) == ("salaris_afgekeurd", "1 regel")
    assert [w.sleutel for w in salariswerk.alle_werk()] == [werk_.sleutel], "opnieuw opgebouwd is hetzelfde"
    wijzig_contract(rij, dt.date(2027, 1, 1), actor=ACTOR)
    weer = lever()
    assert [w.sleutel for w in Werkvoorraad.objects.filter(kamer=salariswerk.KAMER)] == [f"ontvangst:{weer.pk}"]
    assert [w.sleutel for w in salariswerk.alle_werk()] == [f"ontvangst:{weer.pk}"]


# --- The database -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("model", "velden"),
    [
        (Salarismutatie, {"inhoud": {}}),
        (Salarismutatie, {"sleutel": "in:0"}),
        (Salarismutatie, {"status": "afgekeurd", "beantwoord_op": dt.datetime(2026, 7, 6, tzinfo=dt.UTC)}),
        (Salarismutatie, {"status": "verwerkt"}),
        (Salarismutatie, {"ziek_tot": VANDAAG}),
        (Salarislevering, {"sha256": "anders"}),
        (Salarislevering, {"status": "ontvangen"}),
    ],
)
@pytest.mark.eis("R110", "wat is verstuurd, verandert niet; afkeuren heeft een reden en een antwoord een moment")
def test_de_database_bewaakt_de_levering(model: Any, velden: dict[str, Any]) -> None:
    baan()
    lever()
    with pytest.raises(DatabaseError), transaction.atomic(), handeling(FABRIEK):
        model.objects.update(**velden)


# --- Always -----------------------------------------------------------------------------------------------------------
_STAP = st.tuples(
    st.sampled_from(["uren", "contract", "ziek", "beter", "lever", "afkeuren", "van_ons"]),
    st.integers(min_value=0, max_value=60),
    st.integers(min_value=1, max_value=36),
)


@pytest.mark.eis("R110", "na elke reeks wijzigingen en leveringen is het laatst geleverde gelijk aan de gegevens")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=st.lists(_STAP, max_size=10))
def test_het_laatst_geleverde_is_wat_er_staat(stappen: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        try:
            rij = baan()
            for stap in stappen:
                _doe(rij, *stap)
            _lever_alles()
            geleverd = {feit.sleutel: feit.inhoud for feit in vragen.laatst_geleverd()}
            with handeling(FABRIEK):
                Salarismutatie.objects.all().delete()
            assert {m.feit.sleutel: m.feit.inhoud for m in vragen.te_leveren()} == geleverd
        finally:
            transaction.set_rollback(True)


def _lever_alles() -> None:
    if vragen.te_leveren():
        lever()
    assert not vragen.te_leveren(), "twee keer hetzelfde geeft niets"


def _doe(rij: Any, wat_: str, dagen: int, getal: int) -> None:
    rij.refresh_from_db()
    dag_ = BEGIN + dt.timedelta(days=dagen)
    laatste = Salarislevering.objects.order_by("pk").last()
    try:
        if wat_ == "uren":
            wijzig_dienstverband(rij, dag_, uren_per_week=Decimal(getal), reden="Anders.", actor=ACTOR)
        elif wat_ == "contract":
            wijzig_contract(rij, dag_ + dt.timedelta(days=400), actor=ACTOR)
        elif wat_ == "ziek":
            meld_ziek(rij, dag_, percentage=getal, actor=ACTOR)
        elif wat_ == "beter" and (ziekte := Ziekteperiode.objects.filter(dienstverband=rij, einddatum=None).first()):
            meld_beter(ziekte, dag_, actor=ACTOR)
        elif wat_ == "van_ons":
            with handeling(FABRIEK):
                Werkgever.objects.filter(pk=rij.formele_werkgever_id).update(eigen_organisatie=bool(getal % 2))
        elif wat_ == "afkeuren" and laatste is not None:
            antwoord(laatste, "afgekeurd", "Onbekend")
        elif wat_ == "lever":
            lever()
    except ValidationError:
        pass  # what the rules refuse is no change
