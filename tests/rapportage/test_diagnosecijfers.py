"""The figures about the diagnosis: coverage, freshness, starts without one, and routes; each opens its persons."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from deelnemers.models import Routekeuze
from deelnemers.services.diagnose import SOORTEN, leg_vast
from kern.handeling import handeling
from rapportage.keuzes import Diagnosestand
from rapportage.motor import feiten as motor
from rapportage.motor.diagnosezaad import DIAGNOSECIJFERS
from rapportage.motor.standen import controleer
from tests.deelnemers.fabrieken import DAG, volledige_diagnose
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import BEGIN, EIND, MEI, Wereld, dag
from trajecten.models import Instrument, Trajectonderdeel

pytestmark = pytest.mark.django_db


@pytest.fixture
def eind(settings: Any) -> None:
    """The world plays on the last day of 2014, so that what is recorded is of that day."""
    settings.PEILDATUM = EIND.isoformat()


def standen(wereld: Wereld, code: str, op: Any = EIND) -> list[tuple[str, str]]:
    """Per row behind a figure the state of the fact and whether it counts."""
    return sorted((r.status, "mee" if r.telt == 2 else "noemer") for r in wereld.vraag(code, op).rijen() if r.telt)


@pytest.mark.eis("R048", "Dekking: wie heeft beide delen compleet, en wie mist welk deel")
def test_dekking_en_versheid(wereld: Wereld, eind: None) -> None:
    vers, oud, hard, niets = (wereld.persoon() for _ in range(4))
    for persoon in (vers, oud, hard, niets):
        wereld.traject(persoon)
    volledige_diagnose(vers, op=dag(12, 1))
    volledige_diagnose(oud, op=dag(1, 15))
    for soort, velden in (
        (SOORTEN[0], {"niveau": 2}),
        (SOORTEN[2], {"mondeling": 2, "schriftelijk": 2}),
        (SOORTEN[3], {"uren_min": 1, "uren_max": 9, "beschikbaar_vanaf": MEI}),
        (SOORTEN[4], {"naam": "Kok"}),
        (SOORTEN[5], {}),
    ):
        leg_vast(hard, soort, vastgesteld_op=dag(12, 1), actor=FABRIEK, **velden)
    wereld.nacht()
    assert wereld.telling("diagnose-compleet").teller == 2
    assert wereld.telling("diagnose-compleet").noemer == 4
    assert standen(wereld, "diagnose-actueel") == [
        ("actueel", "mee"), ("beide_missen", "noemer"), ("verouderd", "noemer"), ("zacht_mist", "noemer"),
    ]  # fmt: skip
    # In June the second was still fresh, and the others had nothing: the past is told from the items.
    assert standen(wereld, "diagnose-actueel", dag(6, 30)) == [("actueel", "mee"), *[("beide_missen", "noemer")] * 3]


@pytest.mark.eis("R050", "Het cijfer voor versheid is bewaard gelijk aan live, en een tweede nacht verandert niets")
def test_bewaard_is_live(wereld: Wereld, eind: None) -> None:
    for nummer in range(6):
        persoon = wereld.persoon()
        wereld.traject(persoon, begint=BEGIN if nummer % 2 else dag(3, 1), eindigt=dag(10, 1) if nummer == 5 else None)
        if nummer:
            volledige_diagnose(persoon, op=dag(2 * nummer - 1, 10))
    run = wereld.nacht()
    assert controleer(run, 500) > 0
    assert motor.verwerk_alle(wereld.nacht()).nieuw == 0
    assert set(motor.afwijkingen(run.gemeente_id, EIND).values()) == {0}


def test_bevestigen_maakt_vers_en_zoals_toen_bekend_blijft(wereld: Wereld, eind: None) -> None:
    from deelnemers.services.diagnose import bevestig

    persoon = wereld.persoon()
    wereld.traject(persoon)
    volledige_diagnose(persoon, op=dag(1, 15))
    wereld.nacht()
    assert wereld.telling("diagnose-actueel").teller == 0
    for soort in SOORTEN:
        for rij in soort.objects.filter(deelnemer=persoon).order_by("id"):
            bevestig(rij, actor=FABRIEK)
    wereld.nacht()
    assert wereld.telling("diagnose-actueel").teller == 1


def onderdeel(wereld: Wereld, status: str = "loopt", reden: str = "", soort: str = "groep") -> Trajectonderdeel:
    traject = wereld.traject(wereld.persoon())
    with handeling(FABRIEK):
        instrument, _ = Instrument.objects.get_or_create(
            code=soort, defaults={"naam": soort, "soort": soort, "route": "intern", "srg_type": "40"}
        )
        return Trajectonderdeel.objects.create(
            deelnemer=traject.deelnemer, traject=traject, instrument=instrument, route="intern", begindatum=MEI,
            einddatum=None if status == "loopt" else MEI + 30 * DAG, status=status, status_sinds=MEI,
            zonder_diagnose_reden=reden,
        )  # fmt: skip


@pytest.mark.eis("R059", "Wat zonder actuele diagnose begon, staat in een cijfer dat de mensen opent")
@pytest.mark.eis("R060", "Uitval bij onderdelen met en zonder actuele diagnose aan de start")
def test_starts_en_uitval(wereld: Wereld, eind: None) -> None:
    for status, reden in (
        ("afgerond", ""), ("afgerond", ""), ("gestopt", ""), ("loopt", ""),
        ("gestopt", "Begint morgen"), ("afgerond", "Spoed"),
    ):  # fmt: skip
        onderdeel(wereld, status, reden)
    onderdeel(wereld, soort="diagnose")
    onderdeel(wereld, soort="hulp")  # help asks a diagnosis as well
    with handeling(FABRIEK):
        gepland = onderdeel(wereld)
        gepland.status = "gepland"
        gepland.save()
    wereld.nacht()
    starts, met, zonder = (wereld.telling(code) for code in ("start-met-diagnose", "uitval-met", "uitval-zonder"))
    assert (starts.teller, starts.noemer) == (5, 7)
    assert (met.teller, met.noemer) == (1, 3)
    assert (zonder.teller, zonder.noemer) == (1, 2)


@pytest.mark.eis("R057", "Afwijkingen van het advies en hoe het afliep, om de regel te verbeteren")
def test_afwijkingen_en_hun_afloop(wereld: Wereld, eind: None) -> None:
    for advies, gekozen, uitkomst in (
        ("intern", "extern", "werk_deeltijd_met"), ("intern", "extern", "geen_resultaat"), ("intern", "extern", ""),
        ("extern", "extern", "werk_deeltijd_met"), ("extern", "intern", "overleden"),
    ):  # fmt: skip
        if uitkomst:
            persoon = wereld.einde(uitkomst, op=dag(9, 1)).deelnemer
        else:
            persoon = wereld.persoon()
            wereld.traject(persoon)
        with handeling(FABRIEK):
            Routekeuze.objects.create(
                deelnemer=persoon, advies=advies, gekozen=gekozen, criterium="op_tijd", gekozen_op=MEI,
                afwijkreden="" if advies == gekozen else "Anders",
                herbeoordelen_op=MEI + 90 * DAG if gekozen == "intern" else None,
            )  # fmt: skip
    wereld.nacht()
    anders, goed = wereld.telling("route-anders"), wereld.telling("route-anders-goed")
    assert (anders.teller, anders.noemer) == (4, 5)
    assert (goed.teller, goed.noemer) == (1, 2)
    assert (wereld.telling("route-gevolgd-goed").teller, wereld.telling("route-gevolgd-goed").noemer) == (1, 1)


def test_bladzijde_en_de_personen_erachter(wereld: Wereld, eind: None, client: Any, log_in: Any) -> None:
    persoon = wereld.persoon(voornamen="Anita")
    wereld.traject(persoon)
    onderdeel(wereld, "gestopt", "Spoed")
    wereld.nacht()
    log_in("controller")
    blad = client.get(reverse("diagnosecijfers"))
    assert blad.status_code == 200
    assert len(blad.context["tegels"]) == len(DIAGNOSECIJFERS) + 1  # and the promises
    for code in DIAGNOSECIJFERS:
        assert client.get(reverse("cijfer", args=[code])).status_code == 200
    lijst = client.get(reverse("cijfer", args=["diagnose-compleet"])).content.decode()
    assert persoon.naam in lijst and Diagnosestand.BEIDE_MISSEN.label.capitalize() in lijst
    assert "Hoe staat de diagnose?" in lijst and "tellen als succes" not in lijst
    assert client.get(reverse("cijfer", args=["start-met-diagnose"])).content.decode().count("met een reden") > 0


def test_kleine_getallen_zijn_weg_voor_wie_geen_personen_mag_zien(
    wereld: Wereld, eind: None, client: Any, log_in: Any
) -> None:
    wereld.traject(wereld.persoon())
    wereld.nacht()
    log_in("consulent")
    tegels = {t.titel: t for t in client.get(reverse("diagnosecijfers")).context["tegels"]}
    assert tegels["Diagnose compleet"].cijfer == "te klein"
