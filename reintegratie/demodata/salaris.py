"""Deliveries to payroll: one with an answer and a refused line, one that waits for a receipt, and what came since."""

from __future__ import annotations

import datetime as dt

from kern.handeling import Actor
from organisatie.models import Rolvervulling
from organisatie.rechten import Rol
from reintegratie.demodata.subsidies import op_dag
from reintegratie.demodata.wegschrijven import ACTOR
from werkgevers import salarisvragen as vragen
from werkgevers.models import Dienstverband, Salarislevering
from werkgevers.salarisbestand import AFGEKEURD, VERWERKT, Antwoord
from werkgevers.services.dienstverband import wijzig_contract
from werkgevers.services.salaris import meld_ontvangst, stel_levering_op, verwerk_terugmelding

_REDEN = "Deze functie staat niet in ons functieboek."
#: Jobs of which the contract becomes longer: two before the second delivery, the others after it.
_HOEVEEL = 5
_JAAR = dt.timedelta(days=365)


def maak(peildatum: dt.date) -> None:
    """Call when employments are there."""
    rol = Rolvervulling.objects.filter(rol=Rol.MEDEWERKER_SUBSIDIES, einddatum=None).order_by("pk")
    wie = rol.select_related("medewerker__gebruiker").first()
    werk = list(_werk())
    if wie is None or wie.medewerker.gebruiker is None or len(werk) < _HOEVEEL:
        return
    actor = Actor.van_gebruiker(wie.medewerker.gebruiker)
    with op_dag(peildatum - dt.timedelta(days=24)):
        eerste = stel_levering_op(actor=actor)
    with op_dag(peildatum - dt.timedelta(days=22)):
        meld_ontvangst(eerste, peildatum - dt.timedelta(days=22), "Petra de Wit", actor=actor)
        _antwoord(eerste, actor)
    for rij in werk[1:3]:
        wijzig_contract(rij, peildatum + _JAAR, actor=ACTOR)
    with op_dag(peildatum - dt.timedelta(days=10)):
        stel_levering_op(actor=actor)
    for rij in werk[3:]:
        wijzig_contract(rij, peildatum + _JAAR, actor=ACTOR)


def _werk() -> list[Dienstverband]:
    """Running work in our own service."""
    rijen = Dienstverband.objects.filter(formele_werkgever__eigen_organisatie=True, einddatum=None)
    return list(rijen.order_by("-begindatum", "-pk")[:_HOEVEEL])


def _antwoord(levering: Salarislevering, actor: Actor) -> None:
    """Everything was processed but the last line about somebody who came into service."""
    regels = list(vragen.regels_van(levering))
    fout = max((r for r in regels if r.soort == "in_dienst"), key=lambda r: r.volgnummer, default=regels[-1])
    verwerk_terugmelding(
        levering,
        [Antwoord(r.kenmerk, AFGEKEURD, _REDEN) if r.pk == fout.pk else Antwoord(r.kenmerk, VERWERKT) for r in regels],
        actor=actor,
    )
