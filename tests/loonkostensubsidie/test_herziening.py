"""The revision per 1 January: every running right, two people, restartable, no more than once (R148, R149)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kern.handeling import handeling
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.models import Beschikking, Herzieningsronde
from loonkostensubsidie.services import herziening as dienst
from tests.loonkostensubsidie import wereld
from tests.werkgevers.fabrieken import ACTOR, werk

pytestmark = pytest.mark.usefixtures("gemeente")
ROL = "medewerker_subsidies"
BEGIN, JANUARI = dt.date(2025, 9, 1), dt.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _wereld(gemeente: Any, settings: Any, tmp_path: Any) -> None:
    settings.PEILDATUM = "2025-10-01"
    settings.MEDIA_ROOT = tmp_path
    wereld.wet()


def niets(stap: str, gedaan: int | None = None, totaal: int | None = None) -> None:
    return None


def loopt(schrijver: Any, collega: Any) -> Beschikking:
    """A fixed percentage that runs from September 2025 to the end of February 2026."""
    baan = werk(begindatum=BEGIN, loonwaarderoute="forfait")
    return wereld.vastgesteld(
        schrijver,
        collega,
        dienstverband=baan,
        deelnemer=baan.deelnemer,
        werkgever=baan.feitelijke_werkgever,
        begindatum=BEGIN,
    )


def opgesteld(wie: Any) -> Herzieningsronde:
    ronde = dienst.start_herziening(2026, actor=wereld.actor_van(wie))
    dienst.stel_herziening_op(ronde, taak=ACTOR, meld=niets)
    ronde.refresh_from_db()
    return ronde


def test_elke_lopende_subsidie_krijgt_een_besluit_en_een_brief(schrijver: Any, collega: Any, settings: Any) -> None:
    """July 2025: 2245.80 x 1.08 x 50 % x 24/36 x 1.235 = 998.48; January 2026: 2294.40 gives 1020.09."""
    oud = loopt(schrijver, collega)
    settings.PEILDATUM = "2025-12-15"
    ronde = opgesteld(schrijver)
    (besluit,) = dienst.besluiten_van(ronde)
    assert (besluit.status, str(besluit.vorig_totaal), str(besluit.totaal)) == ("voorgelegd", "998.48", "1020.09")
    assert (oud.totaal, besluit.ingangsdatum) == (besluit.vorig_totaal, JANUARI)
    dienst.keur_herziening_goed(ronde, actor=wereld.actor_van(collega))
    ronde.refresh_from_db()
    assert dienst.stel_herziening_vast(ronde, taak=ACTOR, meld=niets) == (1, 0)
    besluit.refresh_from_db()
    assert (besluit.status, besluit.goedgekeurd_door) == ("vastgesteld", collega.gebruiker)
    assert besluit.brief is not None
    ronde.refresh_from_db()
    assert ronde.vastgesteld_op is not None and ronde.fouten == []


def test_opnieuw_beginnen_geeft_geen_tweede_besluit(schrijver: Any, collega: Any, settings: Any) -> None:
    loopt(schrijver, collega)
    settings.PEILDATUM = "2025-12-15"
    ronde = opgesteld(schrijver)
    dienst.stel_herziening_op(ronde, taak=ACTOR, meld=niets)
    assert dienst.besluiten_van(ronde).count() == 1
    with pytest.raises(ValidationError, match="al gestart"):
        dienst.start_herziening(2026, actor=wereld.actor_van(collega))


def test_wie_start_keurt_niet_goed(schrijver: Any, collega: Any) -> None:
    loopt(schrijver, collega)
    ronde = opgesteld(schrijver)
    with pytest.raises(ValidationError, match="zelf gestart"):
        dienst.keur_herziening_goed(ronde, actor=wereld.actor_van(schrijver))
    with pytest.raises(IntegrityError, match="herziening_vier_ogen"), transaction.atomic(), handeling(ACTOR):
        Herzieningsronde.objects.filter(pk=ronde.pk).update(goedkeurder=schrijver.gebruiker)
    dienst.keur_herziening_goed(ronde, actor=wereld.actor_van(collega))
    with pytest.raises(OvergangGeweigerd, match="al goedgekeurd"):
        dienst.keur_herziening_goed(ronde, actor=wereld.actor_van(collega))


def test_wat_niet_kan_staat_erbij_en_houdt_de_rest_niet_op(schrijver: Any, collega: Any, settings: Any) -> None:
    """Of a measured right the measurement is needed; one that began this year is not revised."""
    loopt(schrijver, collega)
    settings.PEILDATUM = "2026-02-10"
    wereld.vastgesteld(schrijver, collega)  # from 1 February 2026
    ronde = opgesteld(schrijver)
    assert dienst.besluiten_van(ronde).count() == 1
    assert (ronde.gelijk, ronde.fouten) == (0, [])


def test_zonder_minimumloon_van_die_dag_begint_er_niets(schrijver: Any) -> None:
    with pytest.raises(ValidationError, match="niet bekend"):
        dienst.start_herziening(2031, actor=wereld.actor_van(schrijver))
    assert not Herzieningsronde.objects.exists()


def test_op_de_bladzijden(log_in: Callable[..., Any], collega: Any) -> None:
    client = log_in(ROL)
    loopt(client.medewerker, collega)
    assert "Nog geen herziening" in client.get(reverse("lks_herzieningen")).content.decode()
    client.post(reverse("lks_herziening_nieuw"), {"jaar": "2026"})
    ronde = Herzieningsronde.objects.get()
    dienst.stel_herziening_op(ronde, taak=ACTOR, meld=niets)
    url = reverse("lks_herziening", args=[ronde.kenmerk])
    bladzijde = client.get(url).content.decode().replace("\xa0", " ")
    assert "€ 998,48" in bladzijde and "€ 1.020,09" in bladzijde and "Alles goedkeuren" not in bladzijde
    client.post(reverse("lks_herziening_goedkeuren", args=[ronde.kenmerk]))
    ronde.refresh_from_db()
    assert ronde.goedkeurder is None
    client.force_login(collega.gebruiker)
    assert "Alles goedkeuren" in client.get(url).content.decode()
    client.post(reverse("lks_herziening_goedkeuren", args=[ronde.kenmerk]))
    ronde.refresh_from_db()
    assert ronde.goedkeurder == collega.gebruiker
