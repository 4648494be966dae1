"""A decision goes after its own term while the trajectory still runs: proposal, two people, hold, report (R226)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from deelnemers.bewaarkeuzes import Bewaarreden, Regelstand
from deelnemers.models import Bewaarplicht, Deelnemer, Document, Maatregeladvies, Vernietiging, Wisregel
from deelnemers.services import vernietigen
from kern import klok
from kern.handeling import handeling
from kern.models import Overgang, Wijziging
from loonkostensubsidie.models import Aanvraag, Beschikking, Subsidie
from tests.deelnemers.test_vernietigen import akkoord, nacht
from tests.deelnemers.wisfabriek import stel_in
from tests.kern.fabrieken import FABRIEK
from tests.loonkostensubsidie.fabrieken import subsidie as begin_recht
from tests.organisatie.fabrieken import MedewerkerFabriek
from tests.rapportage.wereld import Wereld
from trajecten.models import Traject

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "wisser", "eigenaar"])
ADVIES, BESLUIT = "deelnemers_maatregeladvies:12.2", "loonkostensubsidie_beschikking:8.1.7"
AFWIJZING, AFGEWEZEN = "loonkostensubsidie_beschikking:8.2", "loonkostensubsidie_aanvraag:8.2"
WAAR = "de overgang van het besluit"


def jaren_terug(aantal: int) -> dt.date:
    return klok.vandaag() - dt.timedelta(days=366 * aantal)


@pytest.fixture(autouse=True)
def wet_geladen(wet: None) -> None:
    """The dated settings and the terms of the law."""


@pytest.fixture
def wereld(gemeente: Any, settings: Any, tmp_path: Path) -> Wereld:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")
    return Wereld()


@pytest.fixture
def een(gemeente: Any) -> Any:
    return MedewerkerFabriek().gebruiker


@pytest.fixture
def twee(gemeente: Any) -> Any:
    return MedewerkerFabriek().gebruiker


def in_traject(wereld: Wereld) -> Deelnemer:
    persoon = wereld.persoon()
    wereld.traject(persoon)
    return persoon


def advies(wereld: Wereld, persoon: Deelnemer, dag: dt.date, *, besloten: bool = True) -> Maatregeladvies:
    """An advice of that day, with what income decided unless it is still open."""
    antwoord = {"status": "niet_opgelegd", "besluit_op": dag, "beantwoord_op": dag} if besloten else {}
    with handeling(FABRIEK):
        rij = Maatregeladvies.objects.create(
            deelnemer=persoon, reden="verschijnen", gebeurd_op=dag, feiten="Kwam niet op het gesprek.",
            hoorwijze="geen", gehoord_op=dag, verwijtbaar="Belde niet af en gaf geen reden.", gegeven_op=dag,
            gegeven_door=wereld.medewerker, termijn=dag, status_sinds=dag, **antwoord,
        )  # fmt: skip
        Overgang.objects.create(
            soort="maatregeladvies", object_id=rij.pk, betrokkene_id=persoon.pk, actie="toets", naar="niet_opgelegd",
            actor_soort="taak", actor_id="toets", actor_naam="toets", reden=WAAR, op=klok.nu(),
        )  # fmt: skip
    return rij


def lijst(soort: str) -> Vernietiging | None:
    vernietigen.stel_voor(klok.vandaag(), actor=FABRIEK)
    return Vernietiging.objects.filter(soort=soort, status="voorgesteld").first()


@pytest.mark.eis("R226", "een besluit gaat weg na zijn eigen termijn, ook als het traject nog loopt")
def test_een_besluit_gaat_na_zijn_eigen_termijn_terwijl_het_traject_loopt(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any
) -> None:
    persoon = in_traject(wereld)
    oud, jong = advies(wereld, persoon, jaren_terug(11)), advies(wereld, persoon, jaren_terug(9))
    voorstel = lijst(ADVIES)
    assert voorstel is not None
    assert [(r.deelnemer_id, r.aantal) for r in voorstel.regels.all()] == [(persoon.pk, 1)]
    assert (voorstel.wat, voorstel.termijn) == ("Adviezen over een maatregel", "10 jaar")
    akkoord(voorstel, een, twee)
    assert nacht(gemeente)["adviezen over een maatregel gewist"] == 1
    assert list(Maatregeladvies.objects.values_list("pk", flat=True)) == [jong.pk]
    assert Traject.objects.filter(deelnemer=persoon, status="loopt").exists()
    # Nothing of it stays: its history and the reason of its step go too; the register knows that it went.
    assert not Wijziging.objects.filter(tabel="deelnemers_maatregeladvies", rij_id=oud.pk).exists()
    assert not Overgang.objects.filter(soort="maatregeladvies", object_id=oud.pk).exists()
    assert Overgang.objects.filter(soort="maatregeladvies", object_id=jong.pk).exists()
    assert Wisregel.objects.filter(soort=ADVIES).count() == 1
    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.rijen["deelnemers_maatregeladvies"]) == ("uitgevoerd", 1)


def test_een_open_advies_wordt_nooit_voorgesteld(wereld: Wereld) -> None:
    """R226: the term begins with the decision, so what waits for an answer stays, however old."""
    advies(wereld, in_traject(wereld), jaren_terug(15), besloten=False)
    assert lijst(ADVIES) is None


def test_een_bewaarplicht_houdt_ook_een_los_besluit_tegen(wereld: Wereld, gemeente: Any, een: Any, twee: Any) -> None:
    """R226: the same hold, also when it came in the waiting time."""
    persoon = in_traject(wereld)
    advies(wereld, persoon, jaren_terug(11))
    voorstel = lijst(ADVIES)
    assert voorstel is not None
    akkoord(voorstel, een, twee)
    with handeling(FABRIEK):
        Bewaarplicht.objects.create(
            deelnemer=persoon, soort=Bewaarreden.values[0], vanaf=klok.vandaag(), reden="Er loopt een zaak.", door=een
        )  # fmt: skip
    assert nacht(gemeente)["overgeslagen"] == 1
    assert Maatregeladvies.objects.count() == 1
    assert voorstel.regels.get().stand == Regelstand.BEWAARPLICHT
    assert lijst(ADVIES) is None


def beschikking(recht: Subsidie, op: dt.date, soort: str = "beeindiging", **velden: Any) -> Beschikking:
    """A decision that was never taken needs no letter or second person; its term counts from that day."""
    with handeling(FABRIEK):
        return Beschikking.objects.create(
            nummer=f"BES-{Beschikking.objects.count()}", deelnemer=recht.deelnemer, werkgever=recht.werkgever,
            soort=soort, ingangsdatum=op, motivering="Zo is het.", grondslag="Participatiewet artikel 10d",
            status="vervallen", status_sinds=op, opgesteld_door=MedewerkerFabriek().gebruiker, **velden,
        )  # fmt: skip


def test_een_besluit_over_een_recht_telt_vanaf_het_einde_van_dat_recht(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any
) -> None:
    """R226: selectielijst 8.1.7 counts from the end of the subsidy; a subsidy that runs keeps its decisions."""
    begin = jaren_terug(9)
    recht = begin_recht(begin, loonwaarde=None, code="lks")
    rij = beschikking(recht, begin, subsidie=recht)
    assert lijst(BESLUIT) is None
    with handeling(FABRIEK):
        Subsidie.objects.filter(pk=recht.pk).update(einddatum=jaren_terug(6))
    assert lijst(BESLUIT) is None
    with handeling(FABRIEK):
        Subsidie.objects.filter(pk=recht.pk).update(einddatum=jaren_terug(8))
    voorstel = lijst(BESLUIT)
    assert voorstel is not None
    akkoord(voorstel, een, twee)
    assert nacht(gemeente)["besluiten over subsidie gewist"] == 1
    assert not Beschikking.objects.filter(pk=rij.pk).exists()
    assert Subsidie.objects.filter(pk=recht.pk).exists()


def test_een_afwijzing_gaat_met_haar_brief_en_daarna_de_aanvraag(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any
) -> None:
    """R226: a refusal goes five years after the day (8.2), with its letter; then nothing needs the request any more."""
    dag = jaren_terug(6)
    recht = begin_recht(jaren_terug(7), loonwaarde=None)
    brief = _brief(recht.deelnemer, dag)
    with handeling(FABRIEK):
        aanvraag = Aanvraag.objects.create(
            nummer="LKS-1", deelnemer=recht.deelnemer, werkgever=recht.werkgever, status="afgewezen", status_sinds=dag,
            afgerond_op=dag, ontvangen_op=dag, begindatum=dag, uren_per_week=20, uren_voltijd=36, bruto_uurloon=12,
            functie="hulp", contact_naam="Wilma", iban="x", ondertekend_door="Wilma",
        )  # fmt: skip
    beschikking(recht, dag, "afwijzing", aanvraag=aanvraag, brief=brief)
    assert lijst(AFGEWEZEN) is None, "het besluit heeft de aanvraag nog nodig"
    for soort, wat in ((AFWIJZING, "afwijzingen van subsidie"), (AFGEWEZEN, "afgewezen aanvragen")):
        voorstel = lijst(soort)
        assert voorstel is not None, soort
        akkoord(voorstel, een, twee)
        assert nacht(gemeente)[f"{wat} gewist"] == 1
    assert not Beschikking.objects.exists() and not Aanvraag.objects.exists()
    assert not Document.objects.filter(pk=brief.pk).exists()
    assert Deelnemer.objects.filter(pk=recht.deelnemer_id).exists()


def _brief(persoon: Deelnemer, dag: dt.date) -> Document:
    with handeling(FABRIEK):
        return Document.objects.create(
            deelnemer=persoon, naam="besluit.pdf", soort="brief", bestand="", mediatype="application/pdf", grootte=1,
            sha256="a" * 64, datum=dag,
        )  # fmt: skip


def test_de_gemeente_kan_de_termijn_van_een_besluit_verlengen(wereld: Wereld) -> None:
    """R226: the term is a dated setting."""
    advies(wereld, in_traject(wereld), jaren_terug(11))
    stel_in(f"bewaren.jaren.{ADVIES}", "15")
    assert lijst(ADVIES) is None
