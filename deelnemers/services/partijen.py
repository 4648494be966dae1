"""Somebody outside is involved with a person: record it, change it, end it, and agree on what may be shared (R214)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.instellingen import delen_hoogstens_tot
from deelnemers.keuzes import Akkoordwijze, Grondslag
from deelnemers.models import Akkoord, BetrokkenPartij, Deelnemer
from deelnemers.partijkeuzes import BIJZONDERE_ROLLEN, Deelonderwerp, Partijrol
from deelnemers.services import partijregels
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern import bsn, klok
from kern.handeling import Actor, service
from kern.weergave import datum
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker

#: What a form may change besides what is shared.
VELDEN = (
    *("rol", "rol_toelichting", "bijzonder", "naam", "organisatie", "ketenpartner", "vertegenwoordiger"),
    *("telefoon", "email", "begindatum"),
)


@dataclass(frozen=True)
class Delen:
    """What may be shared; nothing at all is an answer too. `wijze`: how the person agreed, when that is the ground."""

    onderwerpen: tuple[str, ...] = ()
    grondslag: str = ""
    uitleg: str = ""
    tot: dt.date | None = None
    wijze: str = ""

    @property
    def kolommen(self) -> dict[str, Any]:
        """The columns of the row that hold this."""
        if not self.onderwerpen:
            return {"onderwerpen": [], "grondslag": "", "grondslag_uitleg": "", "deel_tot": None}
        uitleg = self.uitleg.strip() if self.grondslag == Grondslag.ANDERE_WET else ""
        return {
            "onderwerpen": [o.value for o in Deelonderwerp if o in self.onderwerpen],
            "grondslag": self.grondslag,
            "grondslag_uitleg": uitleg,
            "deel_tot": self.tot,
        }


@service
def voeg_partij_toe(
    deelnemer: Deelnemer, delen: Delen, *, actor: Actor, medewerker: Medewerker | None = None, **velden: Any
) -> BetrokkenPartij:
    """Somebody outside is involved from `begindatum` on. Raises ValidationError per field.

    `velden`: those of VELDEN. A role about health, debts or justice is always protected (R228).
    """
    rij = BetrokkenPartij(deelnemer=deelnemer)
    _zet(rij, velden, delen)
    _bewaar(rij, delen)
    if rij.grondslag == Grondslag.TOESTEMMING:
        _leg_akkoord_vast(rij, delen.wijze, medewerker)
    _werk_bij(rij)
    return rij


@service
def wijzig_partij(
    partij: BetrokkenPartij,
    versie: int | None,
    delen: Delen,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    **velden: Any,
) -> BetrokkenPartij:
    """Change who it is, how to reach them, or what they may know.

    What the person agreed on holds for exactly that: other subjects, another name or another last day need a new
    answer. Raises IntussenGewijzigd when somebody saved after the form with `versie` was made.
    """
    rij = _vergrendel(partij)
    nieuw = {naam: velden[naam] for naam in VELDEN if naam in velden} | delen.kolommen
    if nieuw.get("rol") in BIJZONDERE_ROLLEN:
        nieuw["bijzonder"] = True
    if versie is not None and rij.versie != versie:
        raise IntussenGewijzigd({n: getattr(rij, n) for n, w in nieuw.items() if getattr(rij, n) != w}, rij.versie)
    was = _akkoord_op(rij) if rij.grondslag == Grondslag.TOESTEMMING else ""
    anders = _zet(rij, velden, delen)
    rij.versie += 1
    _bewaar(rij, delen if anders else None)
    wordt = _akkoord_op(rij) if rij.grondslag == Grondslag.TOESTEMMING else ""
    if was and (was != wordt or delen.wijze):
        _trek_in(rij)
    if wordt and (was != wordt or delen.wijze):
        _leg_akkoord_vast(rij, delen.wijze, medewerker)
    _werk_bij(rij)
    return rij


@service
def beeindig_partij(partij: BetrokkenPartij, op: dt.date, *, actor: Actor) -> BetrokkenPartij:
    """The last day of the involvement; after that nothing is shared any more. Raises ValidationError at `einddatum`."""
    rij = _vergrendel(partij)
    if rij.einddatum is not None and rij.einddatum < klok.vandaag():
        raise ValidationError("Deze partner is al niet meer betrokken.")
    rij.einddatum = op
    rij.versie += 1
    if op <= klok.vandaag():
        _trek_in(rij)
        _zet(rij, {}, Delen())
    _bewaar(rij)
    _werk_bij(rij)
    return rij


@service
def stop_delen(partij: BetrokkenPartij, *, actor: Actor) -> BetrokkenPartij:
    """The person takes the agreement back, or sharing is not needed any more: from now on nothing is shared."""
    rij = _vergrendel(partij)
    if not rij.onderwerpen:
        raise ValidationError("Met deze partner deel je al niets.")
    _trek_in(rij)
    _zet(rij, {}, Delen())
    rij.versie += 1
    _bewaar(rij)
    _werk_bij(rij)
    return rij


def _vergrendel(partij: BetrokkenPartij) -> BetrokkenPartij:
    rijen = BetrokkenPartij.objects.select_for_update(of=("self",))
    return rijen.select_related("vertegenwoordiger", "ketenpartner", "deelnemer").get(pk=partij.pk)


def _zet(rij: BetrokkenPartij, velden: dict[str, Any], delen: Delen) -> bool:
    """Put the values in the row; returns whether what is shared becomes something else."""
    onbekend = velden.keys() - set(VELDEN)
    if onbekend:
        raise ValueError(f"niet te wijzigen: {', '.join(sorted(onbekend))}")
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde.strip() if isinstance(waarde, str) else waarde)
    rij.bijzonder = rij.bijzonder or rij.rol in BIJZONDERE_ROLLEN
    anders = rij._state.adding or any(getattr(rij, naam) != waarde for naam, waarde in delen.kolommen.items())
    for naam, waarde in delen.kolommen.items():
        setattr(rij, naam, waarde)
    if anders:
        rij.delen_sinds = klok.vandaag()
    return anders


def _fouten_wie(rij: BetrokkenPartij) -> Iterator[tuple[str, str]]:
    """What the database refuses as well, said at the field that it is about."""
    namens = rij.vertegenwoordiger
    if rij.rol == Partijrol.VERTEGENWOORDIGER and namens is None:
        yield "vertegenwoordiger", "Kies wie de vertegenwoordiger is."
    elif not rij.wie:
        yield "naam", "Vul een naam in, of kies een organisatie."
    if namens is not None and namens.deelnemer_id != rij.deelnemer_id:
        yield "vertegenwoordiger", "Kies een vertegenwoordiger van deze persoon."
    if rij.rol == Partijrol.ANDERS and not rij.rol_toelichting:
        yield "rol_toelichting", "Schrijf op wat deze partner doet."
    for naam in ("rol_toelichting", "naam", "organisatie", "grondslag_uitleg"):
        if bsn.staat_in(getattr(rij, naam)):
            yield naam, "Schrijf hier geen burgerservicenummer op."


def _fouten_delen(delen: Delen) -> Iterator[tuple[str, str]]:
    """Sharing has a ground and a last day, not further away than the setting."""
    if not delen.onderwerpen:
        return
    if not delen.grondslag:
        yield "grondslag", "Kies waarom je dit mag delen."
    if delen.grondslag == Grondslag.ANDERE_WET and not delen.uitleg.strip():
        yield "grondslag_uitleg", "Noem de wet of de overeenkomst waardoor je mag delen."
    if delen.tot is None:
        yield "deel_tot", "Vul in tot en met welke dag je mag delen."
    elif delen.tot < klok.vandaag():
        yield "deel_tot", "Deze dag is voorbij. Kies een dag vanaf vandaag."
    elif delen.tot > (uiterlijk := delen_hoogstens_tot()):
        yield "deel_tot", f"Kies een dag tot en met {datum(uiterlijk)}. Daarna bekijk je het opnieuw."


def _bewaar(rij: BetrokkenPartij, nieuw: Delen | None = None) -> None:
    """`nieuw`: what is shared from now on, when that became something else."""
    fouten = dict([*_fouten_wie(rij), *(_fouten_delen(nieuw) if nieuw else [])])
    if fouten:
        raise ValidationError(fouten)
    rij.full_clean()
    rij.save()


def _akkoord_op(rij: BetrokkenPartij) -> str:
    """The text on which the person answers: who, what and until when."""
    assert rij.deel_tot is not None  # noqa: S101 - a database constraint
    wat = ", ".join(str(o.label) for o in Deelonderwerp if o in rij.onderwerpen)
    return f"Delen met {rij.wie[:50]}: {wat}. Tot en met {datum(rij.deel_tot)}."


def _leg_akkoord_vast(rij: BetrokkenPartij, wijze: str, medewerker: Medewerker | None) -> None:
    if wijze not in Akkoordwijze.values:
        raise ValidationError({"wijze": "Vul in hoe de persoon dit goed vond. Voor iets anders vraag je het opnieuw."})
    akkoord = Akkoord(
        deelnemer_id=rij.deelnemer_id, partij=rij, tekst=_akkoord_op(rij), akkoord=True, wijze=wijze,
        grondslag=Grondslag.TOESTEMMING, gegeven_op=klok.nu(), vastgelegd_door=medewerker,
    )  # fmt: skip
    akkoord.full_clean()
    akkoord.save()


def _trek_in(rij: BetrokkenPartij) -> None:
    Akkoord.objects.filter(partij=rij, ingetrokken_op__isnull=True).update(ingetrokken_op=klok.nu())


def _werk_bij(rij: BetrokkenPartij) -> None:
    partijregels.schrijf(rij)
    ververs_met_lijst(rij.deelnemer_id)
