"""Answers of income by file and API: matched to an open notice, or kept on a work list (ONTWERP 3.11).

Screen, file and API end in the same services of `inkomen`. The same answer sent twice is one row: a second time it
is tried again when it had no notice yet, and changes nothing when it was processed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from deelnemers.models import Antwoordlevering, Besluit, Inkomensantwoord, MeldingAanInkomen
from deelnemers.services import inkomen
from deelnemers.services.inschrijven import vind_op_zoeksleutel
from deelnemers.services.werkvoorraad import antwoordsleutel, te_koppelen
from deelnemers.toestanden import ANTWOORD
from kern import klok
from kern.aansluitingen import gebeurtenis, werkvoorraad
from kern.bsn import noemt_bsn, te_bewaren, verberg
from kern.handeling import Actor, service
from kern.models import ApiClient
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from regelgeving.opzoeken import keuzes

BUS_REDENEN = "bus_reden_beeindiging_uitkering"
KAMER = "deelnemers"
OPEN = ("verstuurd", "ontvangen")
VERWERKT = "nl.re-integratie.inkomensantwoord.status-gewijzigd.v1"
_LANGSTE_GETAL = 18


@dataclass(frozen=True)
class Antwoord:
    """One answer as it came, readable or not: `fout` says what is wrong with it."""

    besluit: str = ""
    meldingnummer: str = ""
    zoeksleutel: bytes | None = None
    laatste_dag: dt.date | None = None
    reden_einde: str = ""
    normbedrag: Decimal | None = None
    inkomsten: Decimal | None = None
    toelichting: str = ""
    referentie: str = ""
    fout: str = field(default="", compare=False)

    def afdruk(self, client: ApiClient | None) -> str:
        """The same content of the same sender gives the same print."""
        inhoud = asdict(self) | {"zoeksleutel": (self.zoeksleutel or b"").hex(), "client": client.pk if client else 0}
        return hashlib.sha256(json.dumps(inhoud, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def bedragen(self) -> inkomen.Bedragen:
        return inkomen.Bedragen(self.normbedrag, self.inkomsten)


def controleer(antwoord: Antwoord) -> str:
    """What is wrong with an answer before looking for its notice; empty when nothing is."""
    if antwoord.fout:
        return antwoord.fout
    if antwoord.besluit == Besluit.LOOPT_DOOR:
        if antwoord.laatste_dag or antwoord.reden_einde:
            return "Een uitkering die doorloopt heeft geen laatste dag en geen reden."
        return ""
    if antwoord.besluit != Besluit.BEEINDIGD:
        return "Het besluit is ‘beeindigd’ of ‘loopt_door’."
    if antwoord.laatste_dag is None:
        return "De laatste dag is een datum als 2026-10-31."
    if antwoord.reden_einde not in {bekend for bekend, _ in keuzes(BUS_REDENEN, klok.vandaag())}:
        return f"De reden ‘{antwoord.reden_einde}’ staat niet in de BUS-lijst."
    return ""


def vind_melding(antwoord: Antwoord) -> MeldingAanInkomen:
    """The notice that this answer is about, by number or by the only open one of the person.

    Raises ValidationError with the reason when there is not exactly one.
    """
    if antwoord.meldingnummer:
        nummer = antwoord.meldingnummer
        if not (nummer.isascii() and nummer.isdecimal() and len(nummer) <= _LANGSTE_GETAL):
            raise ValidationError("Het nummer van de melding klopt niet.")
        melding = MeldingAanInkomen.objects.filter(pk=int(nummer)).first()
        if melding is None:
            raise ValidationError("Deze melding bestaat niet.")
        if antwoord.zoeksleutel is not None:
            persoon = vind_op_zoeksleutel(antwoord.zoeksleutel)
            if persoon is None or persoon.pk != melding.deelnemer_id:
                raise ValidationError("Deze melding gaat over een andere persoon dan het burgerservicenummer.")
        return melding
    persoon = vind_op_zoeksleutel(antwoord.zoeksleutel) if antwoord.zoeksleutel else None
    if persoon is None:
        raise ValidationError("We vinden geen persoon bij dit antwoord.")
    open_ = list(MeldingAanInkomen.objects.filter(deelnemer=persoon, status__in=OPEN).order_by("pk")[:2])
    if len(open_) != 1:
        wat = "meer dan één melding" if open_ else "geen melding"
        raise ValidationError(f"Bij deze persoon staat {wat} open.")
    return open_[0]


def pas_toe(melding: MeldingAanInkomen, antwoord: Antwoord, *, actor: Actor) -> MeldingAanInkomen:
    """Answer the notice; the very same answer a second time changes nothing. Raises what `inkomen` raises."""
    if antwoord.besluit == Besluit.LOOPT_DOOR:
        if melding.status == "loopt_door":
            return melding
        return inkomen.bevestig_doorlopen(
            melding, toelichting=antwoord.toelichting, bedragen=antwoord.bedragen, actor=actor
        )
    dag, reden = antwoord.laatste_dag, antwoord.reden_einde
    assert dag is not None  # noqa: S101 - `controleer` came first
    if melding.status == "beeindigd" and (melding.laatste_dag, melding.reden_einde) == (dag, reden):
        return melding
    return inkomen.bevestig_einde(
        melding, dag, reden, toelichting=antwoord.toelichting, bedragen=antwoord.bedragen, actor=actor
    )


def _zonder_bsn(nummer: str) -> str:
    """A number or reference of nine digits may well be no BSN, and then the sender needs it back as it was."""
    return verberg(nummer) if noemt_bsn(nummer) else nummer


@service
def begin_levering(wijze: str, *, actor: Actor, client: ApiClient | None = None) -> Antwoordlevering:
    """A delivery begins; its answers are added one by one."""
    return Antwoordlevering.objects.create(wijze=wijze, client=client, door=actor.naam[:150], ontvangen_op=klok.nu())


@service
def neem_op(levering: Antwoordlevering, antwoord: Antwoord, *, actor: Actor) -> Inkomensantwoord:
    """Store one answer of a delivery and process it when its notice is found (nothing gets lost).

    A BSN in the wrong place is hidden before anything is kept.
    """
    antwoord = replace(
        antwoord,
        meldingnummer=_zonder_bsn(antwoord.meldingnummer),
        referentie=_zonder_bsn(antwoord.referentie),
        toelichting=verberg(antwoord.toelichting),
    )
    rij = _rij(levering, antwoord, actor)
    if rij.status in {"niet_gekoppeld", "verwerkt"}:
        _verwerk(rij, antwoord, actor)
    return rij


@service
def sluit_levering(levering: Antwoordlevering, regels: list[tuple[int, int]], *, actor: Actor) -> Antwoordlevering:
    """Note per item its number in the delivery and its answer, so that the sender can ask for the result."""
    levering.regels = [list(regel) for regel in regels]
    levering.save(update_fields=["regels"])
    return levering


def _rij(levering: Antwoordlevering, antwoord: Antwoord, actor: Actor) -> Inkomensantwoord:
    """The one row of this content, locked; of two at the same moment the second waits for the first."""
    fout = controleer(antwoord)
    afdruk = antwoord.afdruk(levering.client)
    zichtbaar = {n: w for n, w in asdict(antwoord).items() if n not in {"zoeksleutel", "fout"}}
    if fout:
        zichtbaar |= {"besluit": "", "laatste_dag": None, "reden_einde": ""}
    nieuw = Inkomensantwoord(
        levering=levering,
        afdruk=afdruk,
        bsn_zoeksleutel=te_bewaren(antwoord.zoeksleutel) if antwoord.zoeksleutel else None,
        status="onjuist" if fout else "niet_gekoppeld",
        status_sinds=klok.vandaag(),
        waarom=fout or "Nog niet bekeken.",
        **zichtbaar,
    )
    Inkomensantwoord.objects.bulk_create([nieuw], ignore_conflicts=True)
    rij = Inkomensantwoord.objects.select_for_update(of=("self",)).get(afdruk=afdruk)
    if rij.kenmerk == nieuw.kenmerk and not fout:
        ontvangen = ANTWOORD.stap("", "ontvangen")
        assert ontvangen is not None  # noqa: S101 - in the table
        leg_overgang_vast(ANTWOORD.soort, rij, "", ontvangen, actor=actor)
    return rij


def _verwerk(rij: Inkomensantwoord, antwoord: Antwoord, actor: Actor) -> None:
    try:
        with transaction.atomic():
            melding = pas_toe(rij.melding or vind_melding(antwoord), antwoord, actor=actor)
    except (ValidationError, OvergangGeweigerd) as fout:
        zin = " ".join(fout.messages) if isinstance(fout, ValidationError) else str(fout)
        if rij.status == "niet_gekoppeld":
            rij.waarom = zin
            rij.save(update_fields=["waarom"])
            werkvoorraad.schrijf(te_koppelen(rij))
    else:
        if rij.status == "niet_gekoppeld":
            _hang_aan(rij, melding, actor)


def _hang_aan(rij: Inkomensantwoord, melding: MeldingAanInkomen, actor: Actor) -> None:
    rij.melding, rij.deelnemer_id, rij.waarom = melding, melding.deelnemer_id, ""
    verzet(ANTWOORD, rij, "koppelen", actor=actor, ook=("melding", "deelnemer", "waarom"))
    werkvoorraad.klaar(KAMER, antwoordsleutel(rij))


def van_rij(rij: Inkomensantwoord) -> Antwoord:
    """The stored answer in the form that the services take."""
    namen = ("besluit", "laatste_dag", "reden_einde", "normbedrag", "inkomsten", "toelichting", "referentie")
    velden: dict[str, Any] = {naam: getattr(rij, naam) for naam in namen}
    return Antwoord(zoeksleutel=bytes(rij.bsn_zoeksleutel) if rij.bsn_zoeksleutel else None, **velden)


def _vergrendel(rij: Inkomensantwoord) -> Inkomensantwoord:
    rijen = Inkomensantwoord.objects.select_for_update(of=("self",)).select_related("levering__client")
    return rijen.get(pk=rij.pk)


@service
def koppel(rij: Inkomensantwoord, melding: MeldingAanInkomen, *, actor: Actor) -> Inkomensantwoord:
    """The inkomensconsulent says which notice this answer is about; it is processed by the same service.

    Raises OvergangGeweigerd when it was linked or rejected already, ValidationError when the answer cannot hold.
    """
    rij = _vergrendel(rij)
    ANTWOORD.vereis(rij, "koppelen")
    _hang_aan(rij, pas_toe(melding, van_rij(rij), actor=actor), actor)
    _vertel(rij)
    return rij


@service
def wijs_af(rij: Inkomensantwoord, *, actor: Actor, reden: str) -> Inkomensantwoord:
    """Nothing is done with this answer; the sender reads why."""
    rij = _vergrendel(rij)
    rij.waarom = reden.strip() or rij.waarom
    verzet(ANTWOORD, rij, "afwijzen", actor=actor, reden=reden, ook=("waarom",))
    werkvoorraad.klaar(KAMER, antwoordsleutel(rij))
    _vertel(rij)
    return rij


def _vertel(rij: Inkomensantwoord) -> None:
    """The system of income hears what became of an answer that waited."""
    if rij.levering.client_id is None:
        return
    gebeurtenis.meld(
        VERWERKT,
        rij.kenmerk,
        client_id=rij.levering.client_id,
        betrokkene_id=rij.deelnemer_id,
        dataref=f"/api/v1/uitkeringsantwoorden/{rij.levering.kenmerk}",
        data={"antwoordId": str(rij.kenmerk), "referentie": rij.referentie, "status": rij.status},
    )
