"""At the same moment: the same key, the same reference, a job stopped half-way; on a real database."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from aanmeldingen.models import Aanmelding
from kern.handeling import voor_gemeente
from kern.models import Bericht, Gebeurtenis, Idempotentie, Wijziging
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api
from tests.hulp.vragen import groeit_niet, tel_vragen

pytestmark = pytest.mark.django_db(transaction=True)
PAD = "/api/v1/aanmeldingen"


def tegelijk(aantal: int, doe: Callable[[int], Any]) -> list[Any]:
    """Run `doe` in threads that start together; each has a connection of its own."""
    start = threading.Barrier(aantal)
    uit: list[Any] = [None] * aantal

    def draad(nummer: int) -> None:
        try:
            start.wait()
            uit[nummer] = doe(nummer)
        finally:
            connection.close()

    draden = [threading.Thread(target=draad, args=(n,)) for n in range(aantal)]
    for d in draden:
        d.start()
    for d in draden:
        d.join()
    return uit


@pytest.mark.eis("R044", "dezelfde sleutel tegelijk geeft één aanmelding")
def test_twee_tegelijk_met_dezelfde_sleutel(api: Api, intake: Any) -> None:
    inhoud = lichaam()
    antwoorden = tegelijk(6, lambda n: api.post(PAD, inhoud, key="tegelijk"))
    codes = sorted(a.status_code for a in antwoorden)
    assert set(codes) <= {201, 409}, codes
    assert 201 in codes
    assert all(a.json()["code"] == "verzoek-loopt-nog" for a in antwoorden if a.status_code == 409)
    assert (Aanmelding.objects.count(), Gebeurtenis.objects.count(), Idempotentie.objects.count()) == (
        1,
        1,
        1,
    )
    assert api.post(PAD, inhoud, key="tegelijk").status_code == 201
    assert Aanmelding.objects.count() == 1


def test_tegelijk_met_dezelfde_referentie(api: Api, intake: Any) -> None:
    inhoud = lichaam()
    antwoorden = tegelijk(4, lambda n: api.post(PAD, inhoud, key=f"sleutel-{n}"))
    assert sorted(a.status_code for a in antwoorden) == [201, 409, 409, 409]
    assert all(a.json()["code"] == "bestaat-al" for a in antwoorden if a.status_code == 409)
    assert Aanmelding.objects.count() == 1


@pytest.fixture
def wachtend(intake: Any, gemeente: Any, settings: Any) -> Iterator[list[Aanmelding]]:
    """Three referrals with a question that waits too long."""
    from aanmeldingen import services
    from tests.kern.fabrieken import FABRIEK

    settings.PEILDATUM = "2026-03-02"
    rijen = [maak_aanmelding(intake) for _ in range(3)]
    for rij in rijen:
        services.vraag_aanvulling(rij, ["talen"], "Welke taal?", actor=FABRIEK)
    settings.PEILDATUM = "2026-03-10"
    with voor_gemeente(gemeente):
        yield rijen


def test_overdracht_stopt_halverwege_en_gaat_verder(
    wachtend: list[Aanmelding], gemeente: Any, monkeypatch: Any
) -> None:
    """What was done stays done, the rest follows; run again it changes nothing."""
    from aanmeldingen import tasks
    from aanmeldingen.services.overdracht import herinner
    from kern.taken import voer_uit

    gedaan = []

    def stopt(rij: Aanmelding, *, actor: Any) -> Any:
        if gedaan:
            raise RuntimeError("de stekker eruit")
        gedaan.append(rij.pk)
        return herinner(rij, actor=actor)

    monkeypatch.setattr(tasks, "herinner", stopt)
    with pytest.raises(RuntimeError):
        voer_uit("aanmeldingen.overdracht", gemeente)
    assert Bericht.objects.count() == 1
    monkeypatch.setattr(tasks, "herinner", herinner)
    assert voer_uit("aanmeldingen.overdracht", gemeente).tellingen["verwijzers herinnerd"] == 2
    assert Bericht.objects.count() == 3
    assert voer_uit("aanmeldingen.overdracht", gemeente).tellingen["verwijzers herinnerd"] == 0
    assert Bericht.objects.count() == 3
    bericht = Bericht.objects.order_by("pk")[0]
    assert "Samira" not in bericht.tekst + bericht.onderwerp


def test_na_vijf_werkdagen_opnieuw_en_hoogstens_drie_keer(
    wachtend: list[Aanmelding], gemeente: Any, settings: Any
) -> None:
    from kern.taken import voer_uit

    dag = dt.date(2026, 3, 10)
    for _ in range(6):
        settings.PEILDATUM = dag.isoformat()
        voer_uit("aanmeldingen.overdracht", gemeente)
        dag += dt.timedelta(days=8)
    assert Bericht.objects.count() == 9


def test_zonder_team_krijgt_het_team_van_de_route(intake: Any, gemeente: Any, team: Any) -> None:
    from kern.handeling import handeling
    from kern.models import Werkvoorraad
    from kern.taken import voer_uit
    from tests.kern.fabrieken import FABRIEK

    rij = maak_aanmelding(intake)
    with handeling(FABRIEK):
        Aanmelding.objects.filter(pk=rij.pk).update(team=None)
    assert voer_uit("aanmeldingen.overdracht", gemeente).tellingen["aan een team gegeven"] == 1
    rij.refresh_from_db()
    assert rij.team == team
    assert Werkvoorraad.objects.get().voor_team_id == team.pk


def test_aanmelden_kost_hoogstens_vijftien_vragen(api: Api) -> None:
    api.post(PAD, lichaam())
    with tel_vragen() as vragen:
        assert api.post(PAD, lichaam()).status_code == 201
    echt = vragen.zonder_savepoints
    assert len(echt) <= 15, f"{len(echt)} vragen\n{vragen.verslag()}"


def test_aanmelden_kost_niet_meer_bij_meer_aanmeldingen(api: Api) -> None:
    """The same count with twenty more in the file; history, key and outbox are part of it."""

    def meld_aan() -> None:
        voor = [model.objects.count() for model in (Wijziging, Idempotentie, Gebeurtenis)]
        assert api.post(PAD, lichaam()).status_code == 201
        na = [model.objects.count() for model in (Wijziging, Idempotentie, Gebeurtenis)]
        assert all(n > v for v, n in zip(voor, na, strict=True))

    def meer() -> None:
        for _ in range(20):
            assert api.post(PAD, lichaam()).status_code == 201

    groeit_niet(meld_aan, meer, "aanmelden")
