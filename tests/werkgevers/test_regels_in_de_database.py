"""What the database refuses, in Dutch."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern.handeling import handeling
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
    Loonwaardemeting,
    Nazorgmoment,
    Plaatsing,
    Relatiebeheer,
    Vacature,
    Werkgever,
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
        ("dienstverband_uren", {"uren_per_week": 37}),
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
            "percentage": 55,
            "deskundige": "A",
        }
        Loonwaardemeting.objects.create(**basis)
    geweigerd("loonwaarde_een_per_dag", lambda: Loonwaardemeting.objects.create(**basis))
    later = {**basis, "gemeten_op": dt.date(2026, 4, 1)}
    geweigerd("loonwaarde_percentage", lambda: Loonwaardemeting.objects.create(**{**later, "percentage": 101}))
    geweigerd("loonwaarde_volgende_later", lambda: Loonwaardemeting.objects.create(**{**later, "volgende_op": DAG}))


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
