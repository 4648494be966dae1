"""What the database refuses at the end of a trajectory, and two colleagues at the same time."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from deelnemers.models import MeldingAanInkomen
from kern.handeling import handeling, voor_gemeente
from kern.toestanden import OvergangGeweigerd
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek
from tests.trajecten.fabrieken import (
    OnderdeelFabriek,
    Wereld,
    contract,
    dagen,
    maak_wereld,
)
from trajecten.keuzes import Uitkomst
from trajecten.models import Trajecteinde, Trajectonderdeel
from trajecten.services.einde import sluit_traject


def _naar_werk(wereld: Wereld, **velden: object) -> Trajecteinde:
    traject = velden.pop("traject", None) or wereld.traject()
    return sluit_traject(
        traject,
        Uitkomst.WERK_DEELTIJD_UIT,
        dagen(0),
        actor=wereld.actor,
        bewijs=contract(wereld.deelnemer),
        werk_begonnen_op=dagen(-2),
        uren_per_week=Decimal(28),
        **velden,
    )


WEIGERT = {
    "einde_uitkomst": {"uitkomst": "weg"},
    "einde_werk_heeft_eerste_werkdag": {"uitkomst": "zorg", "werk_begonnen_op": dt.date(2020, 1, 1)},
    "einde_werk_heeft_bewijs": {"uitkomst": "werk_voltijd", "werk_begonnen_op": dt.date(2020, 1, 1)},
    "einde_ingetrokken_met_reden": {"uitkomst": "zorg", "ingetrokken_op": dt.date(2020, 1, 1)},
}


@pytest.mark.eis("R079", "De database weigert een einde naar werk zonder bewijs of eerste werkdag.")
@pytest.mark.parametrize("naam", WEIGERT)
def test_database_weigert_einde(wereld: Wereld, naam: str) -> None:
    traject = wereld.traject(status="beeindigd", einddatum=dagen(0))
    with pytest.raises(IntegrityError, match=naam), handeling(FABRIEK):
        Trajecteinde.objects.create(
            traject=traject,
            deelnemer=wereld.deelnemer,
            datum=dagen(0),
            vastgelegd_op=dagen(0),
            **WEIGERT[naam],
        )


def test_database_weigert_tweede_einde_en_einde_zonder_datum(wereld: Wereld) -> None:
    with pytest.raises(IntegrityError, match="loopt_zonder_einde"), transaction.atomic():
        wereld.traject(status="beeindigd")
    einde = _naar_werk(wereld)
    with pytest.raises(IntegrityError, match="een_per_traject"), handeling(FABRIEK):
        Trajecteinde.objects.create(
            traject=einde.traject,
            deelnemer=wereld.deelnemer,
            uitkomst="zorg",
            datum=dagen(0),
            vastgelegd_op=dagen(0),
        )


@pytest.fixture
def echte_wereld(transactional_db: None) -> Iterator[Wereld]:
    gemeente = GemeenteFabriek()
    with voor_gemeente(gemeente):
        yield maak_wereld()


def test_twee_collega_s_sluiten_tegelijk(echte_wereld: Wereld) -> None:
    """The second one is told; there is one end and one notice."""
    wereld, uitslag = echte_wereld, []
    traject = wereld.traject()
    OnderdeelFabriek(traject=traject)
    bewijs, start = contract(wereld.deelnemer), threading.Barrier(2)

    def sluit(uitkomst: Uitkomst) -> None:
        with voor_gemeente(wereld.deelnemer.gemeente_id):
            start.wait(5)
            try:
                sluit_traject(
                    traject, uitkomst, dagen(0), actor=wereld.actor, bewijs=bewijs, werk_begonnen_op=dagen(0)
                )
                uitslag.append("gelukt")
            except OvergangGeweigerd as fout:
                uitslag.append(str(fout))
            finally:
                connection.close()

    draden = [
        threading.Thread(target=sluit, args=(u,)) for u in (Uitkomst.WERK_VOLTIJD, Uitkomst.WERK_DEELTIJD_UIT)
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    assert sorted(uitslag) == ["Dit kan nu niet: de status is ‘Wacht op inkomen’.", "gelukt"]
    assert Trajecteinde.objects.count() == MeldingAanInkomen.objects.count() == 1
    assert Trajectonderdeel.objects.get().status == "afgerond"
