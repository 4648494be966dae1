"""A contract runs beside the old system; two people take it over; then the ledger books it, and invoices go out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern import klok
from kern.handeling import Actor, handeling
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.geldvragen import jaarstand
from loonkostensubsidie.models import (
    Boekregel,
    Contract,
    Contractvoorwaarde,
    Factuur,
    Factuurregel,
    Schaduwbedrag,
    Subsidie,
)
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.contract import (
    draag_voor,
    laat_vervallen,
    leg_voorwaarde_vast,
    neem_over,
    neem_terug,
    stel_voorwaarde_voor,
)
from loonkostensubsidie.services.factuur import maak_facturen
from loonkostensubsidie.services.schaduw import vergelijk
from loonkostensubsidie.vooruitblik import kijk_vooruit
from regelgeving.models import Parameter
from regelgeving.services import keur_goed
from tests.loonkostensubsidie.contractwereld import ACTOR, INLENER, bsn_nummer, contract, lever, persoon, regel, wereld
from werkgevers.services.ziekte import meld_ziek

BSN = bsn_nummer(0)
pytestmark = pytest.mark.usefixtures("wereld_")


@pytest.fixture
def wereld_(gemeente: object) -> None:
    wereld()


@pytest.fixture
def paar(maak_medewerker: Callable[..., Any]) -> tuple[Actor, Actor]:
    een, twee = (maak_medewerker("medewerker_subsidies") for _ in range(2))
    return Actor.van_gebruiker(een.gebruiker), Actor.van_gebruiker(twee.gebruiker)


def id_baan(**velden: str) -> Contract:
    persoon(BSN)
    lever(regel(BSN, **velden))
    return contract()


def sw() -> Contract:
    persoon(BSN)
    lever(
        regel(
            BSN, regeling="sw-detachering", kvk_nummer=INLENER, rekenwijze="per_uur", bedrag="8,50", loonkosten="",
            percentage="", uren_per_week="36", bedrag_oud="1326,00", ziekte="0",
        )
    )  # fmt: skip
    return contract()


def over(rij: Contract, paar: tuple[Actor, Actor], vanaf: dt.date | None = None) -> Contract:
    draag_voor(rij, "Klopt.", actor=paar[0])
    return neem_over(rij, vanaf or klok.vandaag(), actor=paar[1])


# --- Two people ------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R111", "twee mensen nemen een contract over, en pas daarna boekt het grootboek")
def test_twee_mensen_nemen_het_over(paar: tuple[Actor, Actor]) -> None:
    rij = id_baan()
    with pytest.raises(OvergangGeweigerd):
        neem_over(rij, klok.vandaag(), actor=paar[1])
    draag_voor(rij, "Zelfde bedrag.", actor=paar[0])
    with pytest.raises(ValidationError, match="zelf voorgedragen"):
        neem_over(rij, klok.vandaag(), actor=paar[0])
    assert contract().subsidie is None
    rij = neem_over(rij, klok.vandaag(), actor=paar[1])
    eerste = klok.vandaag().replace(day=1)
    assert (rij.status, rij.subsidie.begindatum, rij.subsidie.richting) == ("in_bedrijf", eerste, "betalen")
    verslag = boek([rij.subsidie_id], klok.vandaag(), actor=ACTOR)
    assert (verslag.regels, verslag.fouten) == (1, {})
    assert Boekregel.objects.get().totaal == Decimal("1680.00")
    assert boek([rij.subsidie_id], klok.vandaag(), actor=ACTOR).regels == 0


def test_de_database_wil_twee_personen(paar: tuple[Actor, Actor]) -> None:
    rij = over(id_baan(), paar)
    with pytest.raises(IntegrityError, match="contract_twee_personen"), transaction.atomic(), handeling(ACTOR):
        Contract.objects.filter(pk=rij.pk).update(overgenomen_door=rij.voorgedragen_door_id)
    with (
        pytest.raises(IntegrityError, match="contract_in_bedrijf_heeft_subsidie"),
        transaction.atomic(),
        handeling(ACTOR),
    ):
        Contract.objects.filter(pk=rij.pk).update(subsidie=None)


def test_een_maand_die_niet_te_berekenen_is_houdt_het_tegen(paar: tuple[Actor, Actor]) -> None:
    rij = id_baan(maand="1999-01")
    maand = Schaduwbedrag.objects.get()
    assert (maand.stand, maand.nieuw_bedrag, maand.fout[:14]) == ("niet", None, "In deze maand ")
    with pytest.raises(ValidationError, match="nog niet te berekenen"):
        draag_voor(rij, "Toch.", actor=paar[0])


def test_terug_naar_vergelijken_en_vervallen(paar: tuple[Actor, Actor]) -> None:
    rij = id_baan()
    draag_voor(rij, "Klopt.", actor=paar[0])
    neem_terug(rij, "Ik zie een ander loon.", actor=paar[1])
    assert (contract().status, contract().voorgedragen_door) == ("schaduw", None)
    laat_vervallen(rij, "Het werk is gestopt.", actor=paar[0])
    with pytest.raises(OvergangGeweigerd):
        draag_voor(rij, "Klopt.", actor=paar[0])


# --- Terms -----------------------------------------------------------------------------------------------------------
def test_andere_afspraken_keurt_een_ander_goed(paar: tuple[Actor, Actor]) -> None:
    rij = id_baan()
    april = dt.date(2014, 4, 1)
    with pytest.raises(ValidationError) as fout:
        stel_voorwaarde_voor(rij, april, "vast_maand", {"bedrag": "-1"}, "brief", actor=paar[0])
    assert "bedrag" in fout.value.message_dict
    voorstel = stel_voorwaarde_voor(rij, april, "vast_maand", {"bedrag": "900"}, "brief", actor=paar[0])
    with pytest.raises(ValidationError, match="wacht al een voorstel"):
        stel_voorwaarde_voor(rij, april, "vast_maand", {"bedrag": "950"}, "brief", actor=paar[1])
    with pytest.raises(ValidationError, match="eigen voorstel"):
        keur_goed(voorstel, actor=paar[0])
    assert Contractvoorwaarde.objects.count() == 1
    keur_goed(voorstel, actor=paar[1])
    perioden = list(Contractvoorwaarde.objects.order_by("begindatum").values_list("rekenwijze", "einddatum"))
    assert perioden == [("deel_loonkosten", dt.date(2014, 3, 31)), ("vast_maand", None)]


def test_wat_later_is_afgesproken_blijft_staan() -> None:
    rij = id_baan()
    leg_voorwaarde_vast(rij, dt.date(2014, 6, 1), "vast_maand", {"bedrag": "900"}, "brief", actor=ACTOR)
    leg_voorwaarde_vast(rij, dt.date(2014, 4, 1), "vast_maand", {"bedrag": "800"}, "brief", actor=ACTOR)
    reeks = Contractvoorwaarde.objects.order_by("begindatum").values_list("begindatum", "einddatum")
    assert list(reeks)[1:] == [(dt.date(2014, 4, 1), dt.date(2014, 5, 31)), (dt.date(2014, 6, 1), None)]
    with pytest.raises(IntegrityError, match="contractvoorwaarde_een_per_dag"), transaction.atomic(), handeling(ACTOR):
        Contractvoorwaarde.objects.filter(begindatum=dt.date(2014, 4, 1)).update(einddatum=None)


def test_een_wijziging_in_het_verleden_geeft_correcties_met_uitleg(paar: tuple[Actor, Actor]) -> None:
    vorige = plus_maanden(klok.vandaag().replace(day=1), -1)
    rij = over(id_baan(), paar, vorige)
    boek([rij.subsidie_id], klok.vandaag(), actor=ACTOR)
    leg_voorwaarde_vast(
        rij, vorige, "deel_loonkosten", {"loonkosten": "2100", "percentage": "75"}, "brief", actor=ACTOR
    )
    boek([rij.subsidie_id], klok.vandaag(), actor=ACTOR)
    correctie = Boekregel.objects.filter(maand=vorige).latest("volgnummer")
    assert (correctie.soort, correctie.totaal) == ("correctie", Decimal("-105.00"))
    assert "De afspraken zijn gewijzigd" in correctie.uitleg


# --- The comparison --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("oud", "stand", "verschil"),
    [("1680,00", "gelijk", "0.00"), ("1680,01", "cent", "-0.01"), ("1600,00", "anders", "80.00")],
)
def test_de_uitkomst_van_vergelijken(oud: str, stand: str, verschil: str) -> None:
    id_baan(bedrag_oud=oud)
    rij = Schaduwbedrag.objects.get()
    assert (rij.stand, rij.verschil) == (stand, Decimal(verschil))
    assert rij.specificatie[0]["regels"][-1]["waarde"] == "1680.0000"


def test_ziekte_verandert_de_vergelijking_van_een_detachering() -> None:
    rij = sw()
    meld_ziek(rij.dienstverband, dt.date(2014, 3, 1), actor=ACTOR)
    assert vergelijk([rij], actor=ACTOR) == 1
    assert vergelijk([rij], actor=ACTOR) == 0
    maand = Schaduwbedrag.objects.get()
    assert (maand.nieuw_bedrag, maand.stand) == (Decimal("0.00"), "anders")


# --- Invoices --------------------------------------------------------------------------------------------------------
def test_een_detachering_geeft_een_factuur_per_inlener(paar: tuple[Actor, Actor]) -> None:
    vorige = plus_maanden(klok.vandaag().replace(day=1), -1)
    rij = over(sw(), paar, vorige)
    assert rij.subsidie.werkgever.naam == "Inlener BV"
    boek([rij.subsidie_id], vorige, actor=ACTOR)
    assert Boekregel.objects.get().totaal == Decimal("-1326.00")
    [factuur] = maak_facturen(vorige, actor=ACTOR).facturen
    assert (factuur.bedrag, factuur.werkgever.naam, factuur.regels.count()) == (Decimal("1326.00"), "Inlener BV", 1)
    assert factuur.nummer == f"FACT-{klok.vandaag().year}-00001"
    assert maak_facturen(vorige, actor=ACTOR).facturen == []
    boek([rij.subsidie_id], klok.vandaag(), actor=ACTOR)
    [tweede] = maak_facturen(klok.vandaag(), actor=ACTOR).facturen
    assert tweede.nummer.endswith("00002")
    assert sum(f.bedrag for f in Factuur.objects.order_by("pk")) == -sum(
        b.totaal for b in Boekregel.objects.order_by("pk")
    )


def test_een_regel_staat_op_een_factuur(paar: tuple[Actor, Actor]) -> None:
    rij = over(sw(), paar)
    boek([rij.subsidie_id], klok.vandaag(), actor=ACTOR)
    [factuur] = maak_facturen(klok.vandaag(), actor=ACTOR).facturen
    eerste = factuur.regels.get()
    with pytest.raises(IntegrityError), transaction.atomic(), handeling(ACTOR):
        Factuurregel.objects.create(
            deelnemer=eerste.deelnemer, factuur=factuur, boekregel=eerste.boekregel, omschrijving="x", bedrag=1
        )
    with pytest.raises(ValidationError, match="al begonnen"):
        maak_facturen(klok.vandaag() + dt.timedelta(days=40), actor=ACTOR)


def test_een_subsidie_komt_nooit_op_een_factuur(paar: tuple[Actor, Actor]) -> None:
    rij = over(id_baan(), paar)
    boek([rij.subsidie_id], klok.vandaag(), actor=ACTOR)
    assert maak_facturen(klok.vandaag(), actor=ACTOR).facturen == []


def test_wat_een_inlener_betaalt_telt_in_het_budget_als_opbrengst(paar: tuple[Actor, Actor]) -> None:
    """The ledger holds it below zero, so booked and expected money point the same way."""
    rij = over(sw(), paar)
    deze, volgende = klok.vandaag().replace(day=1), plus_maanden(klok.vandaag().replace(day=1), 1)
    boek([rij.subsidie_id], deze, actor=ACTOR)
    subsidie = Subsidie.objects.select_related("deelnemer", "dienstverband", "regeling").get()
    vooruit = kijk_vooruit([subsidie], volgende, volgende)
    assert set(vooruit.bedragen.values()) == {Decimal("-1326.00")}
    stand = {bron.bron: bron.geboekt for bron in jaarstand(deze.year).bronnen}
    assert stand == {"w_deel": Decimal(0), "sw_deel": Decimal("-1326.00")}, "wat op de Wsw rust is SW-geld"


def test_wat_niet_te_berekenen_is_staat_bij_het_factureren(paar: tuple[Actor, Actor]) -> None:
    """The night books with the same function: a detachment that is never billed must not stay unseen."""
    rij = over(sw(), paar)
    with handeling(ACTOR):
        Parameter.objects.filter(sleutel="subsidie.gebroken_maand").delete()
        Subsidie.objects.filter(pk=rij.subsidie_id).update(einddatum=klok.vandaag().replace(day=2))
    gedaan = maak_facturen(klok.vandaag(), actor=ACTOR)
    assert gedaan.facturen == []
    assert rij.subsidie is not None
    assert "gebroken_maand" in gedaan.fouten[rij.subsidie.nummer]
