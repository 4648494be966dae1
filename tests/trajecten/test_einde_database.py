"""What the database refuses at the end of a trajectory, and two colleagues at the same time."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from deelnemers.models import Deelnemer, MeldingAanInkomen
from kern.handeling import handeling, voor_gemeente
from kern.models import Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek
from tests.trajecten.fabrieken import (
    AfspraakFabriek,
    OnderdeelFabriek,
    TrajectFabriek,
    Wereld,
    contract,
    dagen,
    maak_wereld,
    moment,
    persoon,
)
from trajecten.keuzes import Uitkomst
from trajecten.models import Trajecteinde, Trajectonderdeel
from trajecten.services.einde import sluit_traject
from trajecten.services.klokken import achterstallig, merk_traject_sluitend, te_bekijken
from trajecten.services.trajecten import start_traject


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
                sluit_traject(traject, uitkomst, dagen(0), actor=wereld.actor, bewijs=bewijs, werk_begonnen_op=dagen(0))
                uitslag.append("gelukt")
            except OvergangGeweigerd as fout:
                uitslag.append(str(fout))
            finally:
                connection.close()

    draden = [threading.Thread(target=sluit, args=(u,)) for u in (Uitkomst.WERK_VOLTIJD, Uitkomst.WERK_DEELTIJD_UIT)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    assert sorted(uitslag) == ["Dit kan nu niet: de status is ‘Wacht op inkomen’.", "gelukt"]
    assert Trajecteinde.objects.count() == MeldingAanInkomen.objects.count() == 1
    assert Trajectonderdeel.objects.get().status == "afgerond"


def test_klokken_laten_een_dossier_met_rust_waar_iemand_bezig_is(echte_wereld: Wereld) -> None:
    """Somebody has the person locked: the night goes on and leaves this one for later."""
    wereld = echte_wereld
    start_traject(wereld.deelnemer, "werk_voltijd", dagen(-30), actor=wereld.actor)
    assert list(te_bekijken().values_list("pk", flat=True)) == [wereld.deelnemer.pk]
    vast, klaar = threading.Event(), threading.Event()

    def werk() -> None:
        with voor_gemeente(wereld.deelnemer.gemeente_id), transaction.atomic():
            Deelnemer.objects.select_for_update(of=("self",)).get(pk=wereld.deelnemer.pk)
            vast.set()
            klaar.wait(20)
        connection.close()

    draad = threading.Thread(target=werk)
    draad.start()
    assert vast.wait(5)
    assert merk_traject_sluitend(wereld.deelnemer.pk, FABRIEK) is False
    klaar.set()
    draad.join(20)
    assert merk_traject_sluitend(wereld.deelnemer.pk, FABRIEK) is True
    assert Werkvoorraad.objects.filter(soort="niet_sluitend").count() == 1


def test_nacht_vergelijkt_alle_mensen_in_evenveel_vragen_en_noemt_wie_achterloopt(wereld: Wereld) -> None:
    """What the bulk comparison says of many people is what a refresh of each of them would change."""
    mensen: list[Deelnemer] = [wereld.deelnemer]

    def meer(aantal: int = 8) -> None:
        for _ in range(aantal):
            mens = persoon(wereld.team, wereld.consulent)
            traject = TrajectFabriek(deelnemer=mens, team=wereld.team, begindatum=dagen(-40))
            OnderdeelFabriek(traject=traject, dagdelen=0, status="gepland", begindatum=dagen(-3))
            AfspraakFabriek(deelnemer=mens, medewerker=wereld.consulent, begint_op=moment(-2, 6 + len(mensen)))
            mensen.append(mens)

    meer(2)
    groeit_niet(lambda: achterstallig([m.pk for m in mensen]), meer, "nachtelijke vergelijking", 14)
    assert achterstallig([m.pk for m in mensen]) == [m.pk for m in mensen[1:]]
    assert merk_traject_sluitend(mensen[4].pk, FABRIEK)
    assert achterstallig([m.pk for m in mensen]) == [m.pk for m in mensen[1:] if m != mensen[4]]
    soorten = Werkvoorraad.objects.filter(betrokkene_id=mensen[4].pk).values_list("soort", flat=True)
    assert {"niet_sluitend", "onderdeel_begin", "afspraak_zonder_antwoord"} <= set(soorten)
