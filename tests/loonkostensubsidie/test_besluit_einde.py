"""Decisions around the last day of a right: before it, on it, and after the night that ended it (R149, ADR 52)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.models import Beschikking, Subsidie, Wijzigingsmelding
from loonkostensubsidie.querysets import aflopende_subsidies
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services import herziening, wijzigingen
from loonkostensubsidie.services.subsidie import herstel_subsidie, sluit_afgelopen
from tests.loonkostensubsidie import wereld
from tests.loonkostensubsidie.test_besluit import meet, stel_vast
from tests.werkgevers.fabrieken import ACTOR, werk
from werkgevers.services.dienstverband import wijzig_dienstverband

pytestmark = pytest.mark.usefixtures("subsidiewereld")
ROL = "medewerker_subsidies"
FEBRUARI_UIT, AUGUSTUS = dt.date(2026, 2, 28), dt.date(2026, 8, 1)
MAART_UIT, JANUARI = dt.date(2027, 3, 31), dt.date(2027, 1, 1)


def nacht(settings: Any, dag: str) -> None:
    settings.PEILDATUM = dag
    for rij in aflopende_subsidies(dt.date.fromisoformat(dag)):
        sluit_afgelopen(rij, actor=ACTOR)


def besloten(rij: Subsidie, soort: str, dag: dt.date, schrijver: Any, collega: Any) -> Beschikking:
    actor = wereld.actor_van(schrijver)
    concept = besluiten.stel_besluit_op(rij, soort, dag, "Zo is het.", actor=actor)
    return stel_vast(besluiten.leg_voor(concept, actor=actor), collega)


def gemeten(schrijver: Any, collega: Any, settings: Any) -> Subsidie:
    """A right on a measured wage value from August 2026, without a last day."""
    eerst = wereld.vastgesteld(schrijver, collega)
    settings.PEILDATUM = "2026-07-20"
    meet(eerst, AUGUSTUS)
    assert eerst.subsidie is not None
    rij = besloten(eerst.subsidie, "loonwaarde", AUGUSTUS, schrijver, collega)
    assert rij.subsidie is not None
    return rij.subsidie


def gemeld(besluit: Beschikking, dag: dt.date, actor: Any) -> Wijzigingsmelding:
    assert besluit.dienstverband is not None
    rij = wijzigingen.meld_wijziging(besluit.dienstverband, "einde", dag, "Wilma", actor=actor)
    return wijzigingen.verwerk_wijziging(rij, actor=actor)


# --- The night came first --------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "een melding dat het werk vorige week stopte geeft een besluit, ook als de nacht eerst was")
def test_een_einde_wordt_vastgesteld_nadat_de_nacht_de_subsidie_sloot(
    schrijver: Any, collega: Any, settings: Any
) -> None:
    eerst, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    melding = gemeld(eerst, FEBRUARI_UIT, actor)
    nacht(settings, "2026-03-03")
    assert Subsidie.objects.get().status == "beeindigd"
    assert melding.beschikking is not None
    besluit = stel_vast(besluiten.leg_voor(melding.beschikking, actor=actor), collega)
    assert (besluit.status, besluit.brief is not None, besluit.bezwaar_tot) == (
        "vastgesteld", True, dt.date(2026, 4, 14),
    )  # fmt: skip
    recht = Subsidie.objects.get()
    assert (recht.status, recht.einddatum) == ("beeindigd", FEBRUARI_UIT)


def test_een_melding_over_dagen_voor_het_einde_geeft_ook_daarna_een_besluit(
    schrijver: Any, collega: Any, settings: Any
) -> None:
    """The fixed percentage ran out; then it appears that the work stopped before that."""
    eerst, actor = wereld.vastgesteld(schrijver, collega), wereld.actor_van(schrijver)
    nacht(settings, "2026-08-03")
    melding = gemeld(eerst, dt.date(2026, 7, 15), actor)
    assert melding.beschikking is not None
    stel_vast(besluiten.leg_voor(melding.beschikking, actor=actor), collega)
    recht = Subsidie.objects.get()
    assert (recht.status, recht.einddatum) == ("beeindigd", dt.date(2026, 7, 15))


def test_een_einde_na_de_laatste_dag_zegt_wat_er_al_is(schrijver: Any, collega: Any, settings: Any) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    nacht(settings, "2026-08-20")
    assert eerst.subsidie is not None
    with pytest.raises(OvergangGeweigerd, match="laatste dag van deze subsidie is al 31 juli 2026"):
        besloten(eerst.subsidie, "beeindiging", dt.date(2026, 8, 15), schrijver, collega)


# --- A last day in the future ----------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "een einde in de toekomst: tot die dag loopt de subsidie gewoon door, ook op 1 januari")
def test_tot_de_laatste_dag_loopt_een_beeindigde_subsidie_door(
    schrijver: Any, collega: Any, settings: Any, log_in: Callable[..., Any]
) -> None:
    recht = gemeten(schrijver, collega, settings)
    settings.PEILDATUM = "2026-12-10"
    besloten(recht, "beeindiging", MAART_UIT, schrijver, collega)
    recht.refresh_from_db()
    assert (recht.status, recht.einddatum) == ("lopend", MAART_UIT)
    client = log_in(ROL)
    assert recht.deelnemer.naam in client.get(reverse("subsidies")).content.decode()
    blad = client.get(reverse("subsidie", args=[recht.kenmerk])).content.decode()
    assert "Intrekking" in blad and "Wijziging" in blad and client.get(
        reverse("subsidie_besluit", args=[recht.kenmerk, "beeindiging"])
    ).status_code == 200  # fmt: skip
    # It appears that the work stops earlier: a second end is possible.
    settings.PEILDATUM = "2027-01-05"
    besloten(recht, "beeindiging", dt.date(2027, 1, 31), schrijver, collega)
    recht.refresh_from_db()
    assert (recht.status, recht.einddatum) == ("lopend", dt.date(2027, 1, 31))
    nacht(settings, "2027-02-01")
    recht.refresh_from_db()
    assert (recht.status, recht.einde_reden) == ("beeindigd", "Zo is het.")


@pytest.mark.eis(
    "R149", "ook een subsidie met een laatste dag in maart krijgt de brief van de herziening per 1 januari"
)
def test_de_herziening_gaat_door_bij_een_einde_later_in_het_jaar(schrijver: Any, collega: Any, settings: Any) -> None:
    """January 2026 stands in for the year after: the right began in September 2025 and ends on 31 January 2026."""
    settings.PEILDATUM = "2025-10-01"
    begin = dt.date(2025, 9, 1)
    baan = werk(begindatum=begin, loonwaarderoute="forfait")
    eerst = wereld.vastgesteld(
        schrijver, collega, dienstverband=baan, deelnemer=baan.deelnemer, werkgever=baan.feitelijke_werkgever,
        begindatum=begin,
    )  # fmt: skip
    assert eerst.subsidie is not None
    settings.PEILDATUM = "2025-12-10"
    ronde = herziening.start_herziening(2026, actor=wereld.actor_van(schrijver))
    herziening.stel_herziening_op(ronde, taak=ACTOR, meld=lambda *_: None)
    besloten(eerst.subsidie, "beeindiging", dt.date(2026, 1, 31), schrijver, collega)
    (besluit,) = herziening.besluiten_van(ronde, "voorgelegd")
    nacht(settings, "2026-02-01")
    assert stel_vast(besluit, collega).status == "vastgesteld"


def test_na_bezwaar_loopt_een_einde_in_de_toekomst_weer_door(schrijver: Any, collega: Any, settings: Any) -> None:
    recht = gemeten(schrijver, collega, settings)
    settings.PEILDATUM = "2026-12-10"
    besloten(recht, "beeindiging", MAART_UIT, schrijver, collega)
    weer = herstel_subsidie(recht, MAART_UIT + dt.timedelta(days=1), "Na bezwaar.", actor=ACTOR)
    assert (weer.begindatum, weer.einddatum, weer.status) == (AUGUSTUS, None, "lopend")


# --- Withdrawal ------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "fraude die na het einde blijkt: intrekken kan altijd nog")
@pytest.mark.parametrize("met_besluit", [False, True])
def test_intrekken_kan_ook_na_het_einde(
    schrijver: Any, collega: Any, settings: Any, log_in: Callable[..., Any], *, met_besluit: bool
) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    assert eerst.subsidie is not None
    if met_besluit:
        besloten(eerst.subsidie, "beeindiging", FEBRUARI_UIT, schrijver, collega)
    else:
        nacht(settings, "2026-08-20")
    recht = Subsidie.objects.get()
    assert recht.status == "beeindigd"
    client = log_in(ROL)
    assert "Intrekking" in client.get(reverse("subsidie", args=[recht.kenmerk])).content.decode()
    besloten(recht, "intrekking", dt.date.fromisoformat(settings.PEILDATUM), schrijver, collega)
    recht.refresh_from_db()
    assert recht.status == "ingetrokken"


def test_een_wijziging_over_dagen_met_recht_kan_ook_na_een_besloten_einde(
    schrijver: Any, collega: Any, settings: Any
) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    assert eerst.subsidie is not None and eerst.dienstverband is not None
    besloten(eerst.subsidie, "beeindiging", FEBRUARI_UIT, schrijver, collega)
    wijzig_dienstverband(eerst.dienstverband, wereld.BEGIN, reden="Cao.", uren_per_week=Decimal(30), actor=ACTOR)
    besluit = besloten(eerst.subsidie, "wijziging", wereld.BEGIN, schrijver, collega)
    assert (besluit.vorig_totaal, besluit.totaal) == (Decimal("1020.09"), Decimal("1275.11"))
    with pytest.raises(OvergangGeweigerd, match="laatste dag"):
        besloten(eerst.subsidie, "wijziging", dt.date(2026, 3, 1), schrijver, collega)
