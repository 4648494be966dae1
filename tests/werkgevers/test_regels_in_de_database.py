"""What the database refuses, in Dutch."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern import klok
from kern.handeling import handeling, huidige_gemeente_id
from tests.kern.fabrieken import GebruikerFabriek
from tests.werkgevers.fabrieken import (
    ACTOR,
    DeelnemerFabriek,
    ProfielFabriek,
    VacatureFabriek,
    VestigingFabriek,
    WerkgeverFabriek,
)
from werkgevers.models import (
    Bemiddeling,
    Dienstverband,
    Dienstverbandperiode,
    Loonwaardemeting,
    Nazorgmoment,
    Plaatsing,
    Rekening,
    Rekeningwijziging,
    Relatiebeheer,
    Vacature,
    Werkgever,
    Ziekteperiode,
)

pytestmark = pytest.mark.usefixtures("gemeente")
DAG = dt.date(2026, 3, 2)


def geweigerd(naam: str, doe: Any) -> None:
    """Writing fails on exactly this rule, also when no form or service looks at it."""
    with pytest.raises(IntegrityError, match=naam), transaction.atomic(), handeling(ACTOR):
        doe()


@pytest.mark.eis("R125", "een KvK-nummer heeft acht cijfers en komt een keer voor")
def test_kvk() -> None:
    WerkgeverFabriek(kvk_nummer="00123456")
    geweigerd("werkgever_kvk_een_keer", lambda: Werkgever.objects.create(naam="x", kvk_nummer="00123456"))
    geweigerd("werkgever_kvk", lambda: Werkgever.objects.create(naam="x", kvk_nummer="123"))


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("loonheffingennummer", "123456789L01"),
        ("loonheffingennummer", "001234564X01"),
        ("iban", "NL00ABNA0417164300"),
        ("iban", "NL91 ABNA 0417 1643 00"),
    ],
)
def test_nummers_kloppen_niet(veld: str, waarde: str) -> None:
    with pytest.raises(ValidationError) as fout:
        Werkgever(naam="x", **{veld: waarde}).full_clean()
    assert veld in fout.value.message_dict


def test_nummers_kloppen() -> None:
    Werkgever(naam="x", loonheffingennummer="999990019L01", iban="NL91ABNA0417164300").full_clean()


@pytest.mark.eis("R126", "een werkgever heeft op elke dag een relatiebeheerder")
def test_een_relatiebeheerder_per_dag(maak_medewerker: Any) -> None:
    werkgever, een, twee = WerkgeverFabriek(), maak_medewerker(), maak_medewerker()
    with handeling(ACTOR):
        Relatiebeheer.objects.create(werkgever=werkgever, medewerker=een, begindatum=DAG)
    geweigerd(
        "relatiebeheer_een_per_dag",
        lambda: Relatiebeheer.objects.create(werkgever=werkgever, medewerker=twee, begindatum=DAG),
    )


@pytest.mark.parametrize(
    ("regel", "velden"),
    [
        ("vacature_uren", {"uren_min": 33}),
        ("vacature_uren", {"uren_max": 41}),
        ("vacature_plekken", {"vervuld": 2}),
        ("vacature_gewichten_samen_100", {"gewicht_vak": 50}),
        ("vacature_status_past_bij_soort", {"status": "tarief"}),
        ("vacature_status_past_bij_soort", {"status": "beoordelen"}),
        ("vacature_trajectplek_zonder_loon", {"soort": "trajectplek"}),
        ("vacature_vervallen_met_reden", {"status": "vervallen"}),
        ("vacature_open_sinds", {"geopend_op": None}),
        ("vacature_uurloon", {"bruto_uurloon": 0}),
    ],
)
def test_vacature(regel: str, velden: dict[str, Any]) -> None:
    vacature = VacatureFabriek()
    geweigerd(regel, lambda: Vacature.objects.filter(pk=vacature.pk).update(**velden))


def bemiddeling(**velden: Any) -> Bemiddeling:
    return Bemiddeling(
        **{"status": "voorgedragen", "status_sinds": DAG, "voorgedragen_op": "2026-03-02T10:00Z", **velden}
    )


@pytest.mark.eis("R132", "een kandidaat staat een keer open voor een vacature, en een einde heeft een reden")
def test_bemiddeling(maak_medewerker: Any) -> None:
    rest = {"deelnemer": DeelnemerFabriek(), "vacature": VacatureFabriek(), "medewerker": maak_medewerker()}
    with handeling(ACTOR):
        rij = bemiddeling(**rest)
        rij.save()
    geweigerd("bemiddeling_een_open_per_paar", lambda: bemiddeling(**rest).save())
    bij = Bemiddeling.objects.filter(pk=rij.pk)
    geweigerd("bemiddeling_einde_met_reden", lambda: bij.update(status="afgewezen", besloten_op=DAG))
    geweigerd("bemiddeling_einde_heeft_datum", lambda: bij.update(status="geplaatst"))
    geweigerd("bemiddeling_stap_met_datum", lambda: bij.update(volgende_actie="Bel"))


@pytest.mark.parametrize(
    ("regel", "velden"),
    [
        ("plaatsing_loon_past_bij_soort", {"bruto_uurloon": None}),
        ("plaatsing_loon_past_bij_soort", {"soort": "trajectplek"}),
        ("plaatsing_uren", {"uren_per_week": 41}),
        ("plaatsing_tijdelijk_heeft_einde", {"contract_tot": None}),
        ("plaatsing_contract_na_begin", {"contract_tot": dt.date(2026, 1, 1)}),
        ("plaatsing_einde_met_reden", {"einddatum": DAG}),
        ("plaatsing_einde_na_begin", {"einddatum": dt.date(2026, 1, 1), "einde_reden": "ziek"}),
    ],
)
def test_plaatsing(regel: str, velden: dict[str, Any]) -> None:
    plek = VestigingFabriek()
    basis = {
        "deelnemer": DeelnemerFabriek(),
        "werkgever": plek.werkgever,
        "vestiging": plek,
        "functie": "hulp",
        "begindatum": DAG,
        "uren_per_week": 24,
        "bruto_uurloon": 15,
        "contract_tot": dt.date(2026, 9, 1),
    }
    with handeling(ACTOR):
        Plaatsing.objects.create(**basis)
    geweigerd(regel, lambda: Plaatsing.objects.create(**{**basis, "deelnemer": DeelnemerFabriek(), **velden}))


def dienstverband(**velden: Any) -> Dienstverband:
    werkgever = velden.pop("werkgever", None) or WerkgeverFabriek()
    return Dienstverband(
        **{
            "formele_werkgever": werkgever,
            "feitelijke_werkgever": werkgever,
            "soort": "begeleid_werken",
            "functie": "hulp",
            "uren_per_week": 24,
            "ritme_weken": 6,
            "begindatum": DAG,
            **velden,
        }
    )


@pytest.mark.eis("R108", "iemand heeft hoogstens een begeleid dienstverband tegelijk, regulier werk mag ernaast")
def test_een_begeleid_dienstverband() -> None:
    deelnemer, werkgever = DeelnemerFabriek(), WerkgeverFabriek()
    with handeling(ACTOR):
        dienstverband(deelnemer=deelnemer, werkgever=werkgever).save()
        dienstverband(deelnemer=deelnemer, werkgever=werkgever, soort="regulier").save()
    geweigerd(
        "dienstverband_een_begeleid_per_dag",
        lambda: dienstverband(deelnemer=deelnemer, werkgever=werkgever, soort="id").save(),
    )


@pytest.mark.parametrize(
    ("regel", "velden"),
    [
        ("dienstverband_uren", {"uren_per_week": 0}),
        ("dienstverband_uren", {"uren_per_week": 168.5}),
        ("dienstverband_voltijd", {"uren_voltijd": 40.5}),
        ("dienstverband_voltijd", {"uren_voltijd": 0}),
        ("dienstverband_functieloon", {"functieloon_percentage_wml": 99}),
        ("dienstverband_werkvorm_bij_sw", {"soort": "sw"}),
        ("dienstverband_werkvorm_bij_sw", {"werkvorm": "intern"}),
        ("dienstverband_lks_heeft_loonwaarde", {"soort": "lks"}),
        ("dienstverband_ritme", {"ritme_weken": 0}),
        ("dienstverband_contract_na_begin", {"contract_tot": dt.date(2026, 1, 1)}),
    ],
)
def test_dienstverband(regel: str, velden: dict[str, Any]) -> None:
    rij = dienstverband(deelnemer=DeelnemerFabriek(), **velden)
    geweigerd(regel, rij.save)


@pytest.mark.eis("R114", "een loonwaarde is een heel percentage, een per dag, en de volgende meting is later")
def test_loonwaarde() -> None:
    with handeling(ACTOR):
        rij = dienstverband(deelnemer=DeelnemerFabriek())
        rij.save()
        basis = {
            "deelnemer": rij.deelnemer,
            "dienstverband": rij,
            "gemeten_op": DAG,
            "geldig_vanaf": DAG,
            "percentage": 55,
            "deskundige": "A",
        }
        Loonwaardemeting.objects.create(**basis)
    geweigerd("loonwaarde_een_per_dag", lambda: _meting(basis, geldig_vanaf=LATER))
    geweigerd("loonwaarde_een_per_begin", lambda: _meting(basis, gemeten_op=LATER))
    with handeling(ACTOR):
        weg = _meting(basis, gemeten_op=LATER, geldig_vanaf=LATER, vervangen_op=LATER)
        _meting(basis, gemeten_op=LATER, geldig_vanaf=LATER, vervangt=weg, correctiereden="uren klopten niet")
    nog_later = {"gemeten_op": dt.date(2026, 5, 1), "geldig_vanaf": dt.date(2026, 5, 1)}
    for regel, fout in (
        ("loonwaarde_percentage", {"percentage": 101}),
        ("loonwaarde_percentage", {"percentage": 0}),
        ("loonwaarde_werkdagen", {"werkdagen": 8}),
        ("loonwaarde_route", {"route": "gevoel"}),
        ("loonwaarde_niet_akkoord_met_uitleg", {"oordeel_werkgever": "niet_akkoord"}),
        ("loonwaarde_correctie_met_reden", {"correctiereden": "los"}),
        ("loonwaarde_volgende_later", {"volgende_op": DAG}),
    ):
        geweigerd(regel, functools.partial(_meting, basis, **nog_later, **fout))


LATER = dt.date(2026, 4, 1)


def _meting(basis: dict[str, Any], **anders: Any) -> Loonwaardemeting:
    return Loonwaardemeting.objects.create(**{**basis, **anders})


def test_perioden_en_ziekte() -> None:
    with handeling(ACTOR):
        rij = dienstverband(deelnemer=DeelnemerFabriek())
        rij.save()
        velden = {
            "deelnemer": rij.deelnemer, "dienstverband": rij, "formele_werkgever": rij.formele_werkgever,
            "feitelijke_werkgever": rij.feitelijke_werkgever, "functie": "hulp", "uren_per_week": 24,
            "uren_voltijd": 36, "reden": "begin", "bron": "contract", "begindatum": DAG, "einddatum": LATER,
        }  # fmt: skip
        Dienstverbandperiode.objects.create(**velden)
        Dienstverbandperiode.objects.create(**{**velden, "begindatum": LATER + dt.timedelta(days=1), "einddatum": None})
    los = {**velden, "begindatum": dt.date(2025, 1, 1), "einddatum": dt.date(2025, 2, 1)}
    for regel, fout in (
        ("dienstverbandperiode_een_per_dag", {"begindatum": LATER, "einddatum": LATER}),
        ("dienstverbandperiode_uren", {"uren_per_week": 169}),
        ("dienstverbandperiode_voltijd", {"uren_voltijd": 41}),
        ("dienstverbandperiode_functieloon", {"functieloon_percentage_wml": 90}),
        ("dienstverbandperiode_bron", {"bron": "iemand"}),
        ("werkgevers_dienstverbandperiode_einde_na_begin", {"einddatum": dt.date(2024, 1, 1)}),
    ):
        geweigerd(regel, functools.partial(Dienstverbandperiode.objects.create, **{**los, **fout}))
    ziek = {"deelnemer": rij.deelnemer, "dienstverband": rij, "begindatum": DAG, "no_risk": "gok"}
    geweigerd("ziekte_no_risk", lambda: Ziekteperiode.objects.create(**ziek))


def test_rekening() -> None:
    werkgever, een, twee = WerkgeverFabriek(), *(GebruikerFabriek(gemeente_id=huidige_gemeente_id()) for _ in "ab")
    with handeling(ACTOR):
        Rekening.objects.create(werkgever=werkgever, iban="NL91ABNA0417164300", tenaamstelling="X", begindatum=DAG)
    rekening = {"werkgever": werkgever, "iban": "NL91ABNA0417164300", "tenaamstelling": "X", "begindatum": LATER}
    geweigerd("rekening_een_per_dag", lambda: Rekening.objects.create(**rekening))
    geweigerd("rekening_iban", lambda: Rekening.objects.create(**{**rekening, "iban": "NL91 ABNA"}))
    velden = {
        "werkgever": werkgever, "iban": "NL20INGB0001234567", "tenaamstelling": "X", "vanaf": LATER,
        "ontvangen_op": DAG, "ontvangen_via": "email", "status_sinds": DAG, "voorgesteld_door": een,
    }  # fmt: skip
    gebeld = {
        "gebeld_nummer": "0201234567", "gebeld_op": klok.nu(), "gebeld_door": een, "gesproken_met": "Wilma",
        "belresultaat": "bevestigd",
    }  # fmt: skip
    besluit = {"status": "goedgekeurd", "beslist_door": twee, "beslist_op": klok.nu()}
    maak = Rekeningwijziging.objects.create
    for regel, fout in (
        ("rekeningwijziging_twee_personen", {**gebeld, **besluit, "beslist_door": een}),
        ("rekeningwijziging_eerst_bellen", besluit),
        ("rekeningwijziging_eerst_bellen", {**gebeld, **besluit, "belresultaat": "ontkend"}),
        ("rekeningwijziging_besluit_heeft_persoon", {**gebeld, "status": "goedgekeurd"}),
        ("rekeningwijziging_bekend_nummer", {**gebeld, "meegegeven_nummer": "0201234567"}),
        ("rekeningwijziging_bekend_nummer", {"gebeld_nummer": "0201234567"}),
        ("rekeningwijziging_met_wie", {**gebeld, "gesproken_met": ""}),
        ("rekeningwijziging_iban", {"iban": "geen"}),
        ("rekeningwijziging_via", {"ontvangen_via": "postduif"}),
    ):
        geweigerd(regel, functools.partial(maak, **{**velden, **fout}))
    with handeling(ACTOR):
        maak(**velden)
    geweigerd("rekeningwijziging_een_open", lambda: maak(**velden))


def test_nazorg_en_profiel() -> None:
    plek = VestigingFabriek()
    with handeling(ACTOR):
        plaatsing = Plaatsing.objects.create(
            deelnemer=DeelnemerFabriek(),
            werkgever=plek.werkgever,
            vestiging=plek,
            functie="hulp",
            begindatum=DAG,
            uren_per_week=24,
            soort="trajectplek",
            contractvorm="geen",
        )
    basis = {"deelnemer": plaatsing.deelnemer, "plaatsing": plaatsing, "kant": "werkgever", "moment": "dag3"}
    geweigerd(
        "nazorg_gedaan_met_uitkomst",
        lambda: Nazorgmoment.objects.create(**basis, gepland_op=DAG, gedaan_op=DAG),
    )
    geweigerd("kandidaat_uren", lambda: ProfielFabriek(uren_min=20, uren_max=10))
