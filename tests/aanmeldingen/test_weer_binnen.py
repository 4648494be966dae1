"""Sent back until a day and in again by itself: that stays in the figures of both sides (R023, R028)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aanmeldingen import services
from aanmeldingen.models import Aanmelding
from kern import klok
from kern.handeling import handeling
from kern.models import Instellingswaarde
from kern.taken import voer_uit
from rapportage import klein
from rapportage.models import Feit
from rapportage.services.nacht import bereken_nu
from rapportage.toegang import aanmeldingen_achter
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_eerste_keer_goed import PAD, goed
from tests.aanmeldingen.test_teamoverdracht import DAG, trede_4
from tests.hulp.api import Api
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
BEGIN = dt.date(2026, 3, 2)


@pytest.fixture
def weer_binnen(  # noqa: PLR0917 - fixtures
    intake: Any, routes: None, team: Any, maak_medewerker: Any, settings: Any, gemeente: Any
) -> Aanmelding:
    """Sent back on 2 March, in again on 20 March and accepted that day; one other was right the first time."""
    settings.PEILDATUM = BEGIN.isoformat()
    consulent = maak_medewerker("consulent", team=team)
    goed(intake, consulent)
    rij = maak_aanmelding(intake, **trede_4())
    services.stuur_terug(rij, "verkeerde_trede", actor=FABRIEK, reden="Te vroeg.", opnieuw_op=DAG)
    bereken_nu()
    settings.PEILDATUM = DAG.isoformat()
    voer_uit("aanmeldingen.overdracht", gemeente)
    rij.refresh_from_db()
    return rij


def standen() -> list[tuple[str, str, dt.date | None, list[str]]]:
    rijen = Feit.objects.filter(soort="aanmelding", bekend_tot=None).order_by("datum", "sleutel")
    return [(r.sleutel.partition(":")[2], r.status, r.datum, r.kenmerken["redenen"]) for r in rijen]


@pytest.mark.eis("R023", "wie weer binnenkomt, blijft voor verwijzer en ontvanger teruggestuurd in de maand van toen")
def test_teruggestuurd_blijft_in_de_maand_van_toen(
    weer_binnen: Aanmelding, api: Api, maak_medewerker: Any, team: Any
) -> None:
    rij = weer_binnen
    assert rij.status == "ontvangen"
    assert (rij.eerste_terugreden, rij.terugstuurreden) == ("verkeerde_trede", "")
    eerst = (str(rij.pk), "teruggestuurd", BEGIN, ["terug:verkeerde_trede"])
    bereken_nu()
    assert eerst in standen() and len(standen()) == 2, "zolang ze open ligt, telt alleen de eerste keer"
    services.accepteer(rij, actor=FABRIEK, medewerker=maak_medewerker("consulent", team=team))
    bereken_nu()
    assert [s for s in standen() if s[0].startswith(str(rij.pk))] == [eerst, (f"{rij.pk}:opnieuw", "na_vraag", DAG, [])]
    opnieuw = Feit.objects.get(sleutel=f"aanmelding:{rij.pk}:opnieuw", bekend_tot=None)
    assert opnieuw.kenmerken["ontvangen"] == DAG.isoformat(), "de dagen tellen vanaf de tweede keer"
    assert bereken_nu().nieuw == 0
    with handeling(FABRIEK):
        Instellingswaarde.objects.create(sleutel=klein.INSTELLING, waarde=1, geldig_van=BEGIN)
    for van, tot, verwacht in ((BEGIN, BEGIN, (1, 2)), (DAG, DAG, (0, 1)), (BEGIN, DAG, (1, 3))):
        antwoord = api.get(f"{PAD}?van={van}&tot={tot}").json()
        assert (antwoord["goed"], antwoord["besloten"]) == verwacht


def test_beide_besluiten_openen_dezelfde_aanmelding(weer_binnen: Aanmelding, maak_medewerker: Any, team: Any) -> None:
    from rapportage.keuzes import Feitsoort
    from rapportage.motor.standen import actuele_versies

    manager = maak_medewerker("teammanager", team=team)
    services.accepteer(weer_binnen, actor=FABRIEK, medewerker=maak_medewerker("consulent", team=team))
    bereken_nu()
    definitie = next(a.definitie for a in actuele_versies(klok.vandaag()) if a.definitie.soort == Feitsoort.AANMELDING)
    rijen = list(Feit.objects.filter(sleutel__startswith=f"aanmelding:{weer_binnen.pk}", bekend_tot=None))
    gevonden = aanmeldingen_achter(manager, {"aanmelding.zien"}, definitie, rijen)  # type: ignore[arg-type]
    assert gevonden == {r.sleutel: weer_binnen for r in rijen} and len(gevonden) == 2


def test_een_tweede_keer_terug_laat_de_eerste_staan(weer_binnen: Aanmelding) -> None:
    services.stuur_terug(weer_binnen, "al_in_traject", actor=FABRIEK, reden="Heeft al begeleiding.")
    bereken_nu()
    eigen = [s[1:] for s in standen() if s[0].startswith(str(weer_binnen.pk))]
    assert eigen == [
        ("teruggestuurd", BEGIN, ["terug:verkeerde_trede"]),
        ("teruggestuurd", DAG, ["terug:al_in_traject"]),
    ]
