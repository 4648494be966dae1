"""Contracts under older schemes: terms that two people change, and two people who take a contract over (R108, R111)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import verzet
from kern.weergave import datum
from loonkostensubsidie.keuzes import Schaduwstand
from loonkostensubsidie.models import Contract, Contractvoorwaarde, Schaduwbedrag
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.voorwaarden import lees_termen
from loonkostensubsidie.services.schaduw import vergelijk
from loonkostensubsidie.services.subsidie import begin_subsidie
from loonkostensubsidie.toestanden import CONTRACT
from regelgeving.models import Voorstel
from regelgeving.services import stel_voor
from regelgeving.voorstellen import Voorstelsoort, registreer

VOORWAARDE = "contractvoorwaarde"


@service
def leg_voorwaarde_vast(
    contract: Contract, vanaf: dt.date, rekenwijze: str, termen: dict[str, Any], bron: str, *, actor: Actor
) -> Contractvoorwaarde:
    """Terms from a day on, until what is agreed for later; what ran then ends the day before.

    Raises ValidationError per field of the terms.
    """
    _controleer_termen(rekenwijze, termen)
    einde = contract.einddatum
    if vanaf < contract.begindatum or (einde is not None and vanaf > einde):
        raise ValidationError({"vanaf": "Kies een dag binnen het contract."})
    reeks = Contractvoorwaarde.objects.filter(contract=contract).order_by("begindatum")
    reeks.filter(begindatum=vanaf).delete()
    for loopt in reeks.filter(begindatum__lt=vanaf).exclude(einddatum__lt=vanaf):
        loopt.einddatum = vanaf - dt.timedelta(days=1)
        loopt.save(update_fields=["einddatum"])
    later = reeks.filter(begindatum__gt=vanaf).first()
    rij = Contractvoorwaarde(
        deelnemer_id=contract.deelnemer_id,
        contract=contract,
        begindatum=vanaf,
        einddatum=later.begindatum - dt.timedelta(days=1) if later else None,
        rekenwijze=rekenwijze,
        termen=termen,
        bron=bron[:200],
    )
    rij.full_clean()
    rij.save()
    return rij


@service
def stel_voorwaarde_voor(
    contract: Contract, vanaf: dt.date, rekenwijze: str, termen: dict[str, Any], bron: str, *, actor: Actor
) -> Voorstel:
    """Propose other terms; a colleague approves. One open proposal per contract at a time."""
    open_ = Voorstel.objects.filter(soort=VOORWAARDE, onderwerp_id=contract.pk, status="voorgesteld")
    if open_.exists():
        raise ValidationError("Er wacht al een voorstel voor dit contract. Beoordeel dat eerst.")
    inhoud = {
        "contract": contract.pk,
        "vanaf": vanaf.isoformat(),
        "rekenwijze": rekenwijze,
        "termen": termen,
        "bron": bron,
    }
    return stel_voor(
        VOORWAARDE,
        f"Andere afspraken voor {contract.extern_nummer} vanaf {datum(vanaf)}",
        inhoud,
        actor=actor,
        onderwerp_id=contract.pk,
        betrokkene_id=contract.deelnemer_id,
    )


@service
def draag_voor(contract: Contract, reden: str, *, actor: Actor) -> Contract:
    """The first of two: this contract may come from our system; `reden` says why the difference is all right.

    Raises ValidationError while nothing was compared, or when a month cannot be computed.
    """
    rij = _vergrendel(contract)
    standen = set(rij.schaduwbedragen.order_by("maand").values_list("stand", flat=True))
    if not standen:
        raise ValidationError("Er is nog geen bedrag uit het oude systeem om mee te vergelijken.")
    if Schaduwstand.NIET in standen:
        raise ValidationError("Een maand is nog niet te berekenen. Los dat eerst op.")
    if actor.gebruiker_id is None:
        raise ValidationError("Een contract draagt een medewerker voor, niet een taak of koppeling.")
    rij.voorgedragen_door_id, rij.reden = actor.gebruiker_id, reden.strip()[:400]
    verzet(CONTRACT, rij, "voordragen", actor=actor, reden=reden, ook=["voorgedragen_door", "reden"])
    return rij


@service
def neem_terug(contract: Contract, reden: str, *, actor: Actor) -> Contract:
    """Back to comparing: the second person does not agree, or the first one sees something."""
    rij = _vergrendel(contract)
    rij.voorgedragen_door, rij.reden = None, ""
    verzet(CONTRACT, rij, "terugnemen", actor=actor, reden=reden, ook=["voorgedragen_door", "reden"])
    return rij


@service
def neem_over(contract: Contract, vanaf: dt.date, *, actor: Actor) -> Contract:
    """The second of two: from the first day of this month the amounts come from us and the ledger books them.

    Raises ValidationError for the person who nominated it, and when the right cannot begin then.
    """
    rij = _vergrendel(contract)
    CONTRACT.vereis(rij, "overnemen")
    if actor.gebruiker_id is None or rij.voorgedragen_door_id == actor.gebruiker_id:
        raise ValidationError("Je hebt dit contract zelf voorgedragen. Vraag een collega om over te nemen.")
    begin = max(vanaf.replace(day=1), rij.begindatum)
    if rij.einddatum is not None and begin > rij.einddatum:
        raise ValidationError({"vanaf": f"Het contract liep tot en met {datum(rij.einddatum)}."})
    laatste = Schaduwbedrag.objects.filter(contract=rij).aggregate(maand=Max("maand"))["maand"]
    if laatste is not None and begin <= laatste:
        raise ValidationError(
            {"vanaf": f"Het oude systeem betaalde tot en met {datum(laatste)[2:]}. Kies een latere maand."}
        )
    rij.subsidie = begin_subsidie(
        rij.dienstverband,
        rij.regeling,
        begin,
        actor=actor,
        einddatum=rij.einddatum,
        werkgever=rij.werkgever,
        project=rij.project,
    )
    rij.overgenomen_door_id = actor.gebruiker_id
    verzet(CONTRACT, rij, "overnemen", actor=actor, ook=["subsidie", "overgenomen_door"])
    return rij


@service
def laat_vervallen(contract: Contract, reden: str, *, actor: Actor) -> Contract:
    """We do not take this contract over."""
    rij = _vergrendel(contract)
    verzet(CONTRACT, rij, "laten_vervallen", actor=actor, reden=reden)
    return rij


def _vergrendel(contract: Contract) -> Contract:
    vraag = Contract.objects.select_for_update(of=("self",)).select_related("regeling", "dienstverband", "werkgever")
    return vraag.get(pk=contract.pk)


def _controleer_termen(rekenwijze: str, termen: Any) -> None:
    try:
        lees_termen(rekenwijze, termen)
    except OnjuisteInvoer as fout:
        raise ValidationError(fout.fouten) from fout


def _controleer(inhoud: dict[str, Any]) -> None:
    """What is proposed must be possible at the moment of proposing."""
    if not str(inhoud.get("bron", "")).strip():
        raise ValidationError({"bron": "Noem waar deze afspraak vandaan komt."})
    _controleer_termen(inhoud["rekenwijze"], inhoud["termen"])
    contract = Contract.objects.get(pk=inhoud["contract"])
    vanaf = dt.date.fromisoformat(inhoud["vanaf"])
    if vanaf < contract.begindatum or (contract.einddatum is not None and vanaf > contract.einddatum):
        raise ValidationError({"vanaf": "Kies een dag binnen het contract."})
    if vanaf > klok.vandaag() + dt.timedelta(days=366):
        raise ValidationError({"vanaf": "Kies een dag binnen een jaar."})


def _voer_uit(voorstel: Voorstel, actor: Actor) -> None:
    inhoud = voorstel.inhoud
    contract = _vergrendel(Contract.objects.get(pk=inhoud["contract"]))
    vanaf = dt.date.fromisoformat(inhoud["vanaf"])
    leg_voorwaarde_vast(contract, vanaf, inhoud["rekenwijze"], inhoud["termen"], inhoud["bron"], actor=actor)
    vergelijk([contract], actor=actor)


def sluit_aan() -> None:
    """Register the kind of proposal of this room."""
    registreer(Voorstelsoort(VOORWAARDE, "Afspraken van een contract", "subsidie.goedkeuren", _voer_uit, _controleer))
