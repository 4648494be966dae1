"""Warn a person, advise income on a maatregel, and record what income decided (R016).

Nothing here touches a benefit, a trajectory or a fact: a benefit that ends does so by an answer to a notice alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from deelnemers.instellingen import advies_beantwoord_voor
from deelnemers.maatregelkeuzes import REDENEN, UITKOMSTEN, Hoorwijze
from deelnemers.models import Deelnemer, Maatregeladvies, Waarschuwing
from deelnemers.services import maatregelregels
from deelnemers.services.inkomen import lopende_uitkering
from deelnemers.services.werkvoorraad import ververs_met_lijst
from deelnemers.toestanden import MAATREGELADVIES, WAARSCHUWING
from kern import bsn, klok
from kern.handeling import Actor, service
from kern.toestanden import leg_overgang_vast, verzet
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker
from regelgeving.opzoeken import keuzes

R = TypeVar("R", Waarschuwing, Maatregeladvies)
_ANTWOORD = (
    *("besluit_op", "ingangsdatum", "einddatum", "bezwaar_op"),
    *("beantwoord_op", "beantwoord_door", "tekst_antwoord", "gelezen_op"),
)
_GEEN_BSN = "Schrijf hier geen burgerservicenummer op."


# --- Warnings ------------------------------------------------------------------------------------------------------
@service
def geef_waarschuwing(
    deelnemer: Deelnemer,
    gegeven_op: dt.date,
    wijze: str,
    *,
    afspraak: str,
    niet_gedaan: str,
    medewerker: Medewerker,
    actor: Actor,
    reactie: str = "",
) -> Waarschuwing:
    """The person was told what was agreed and not done. A reaction counts as of that same day.

    Raises ValidationError per field: a day that lies ahead, no facts, a BSN in the text.
    """
    if gegeven_op > klok.vandaag():
        raise ValidationError({"gegeven_op": "Deze dag is nog niet geweest."})
    rij = Waarschuwing(
        deelnemer=deelnemer,
        gegeven_op=gegeven_op,
        wijze=wijze,
        afspraak=afspraak.strip(),
        niet_gedaan=niet_gedaan.strip(),
        gegeven_door=medewerker,
        reactie=reactie.strip(),
        reactie_op=gegeven_op if reactie.strip() else None,
        status_sinds=klok.vandaag(),
    )
    _controleer(rij, "afspraak", "niet_gedaan", "reactie")
    rij.save()
    _begin(rij, actor)
    return rij


@service
def leg_reactie_vast(
    waarschuwing: Waarschuwing, reactie: str, reactie_op: dt.date, *, versie: int | None, actor: Actor
) -> Waarschuwing:
    """What the person says about it; saying it otherwise later replaces the text, and the history keeps both.

    Raises IntussenGewijzigd when somebody saved after the form with `versie` was made.
    """
    rij = _vergrendel(waarschuwing, versie, "reactie", "reactie_op")
    if rij.status != "gegeven":
        raise ValidationError("Deze waarschuwing is ingetrokken.")
    if not reactie.strip():
        raise ValidationError({"reactie": "Schrijf op wat de persoon zegt."})
    if not rij.gegeven_op <= reactie_op <= klok.vandaag():
        raise ValidationError({"reactie_op": "Kies een dag vanaf de waarschuwing tot en met vandaag."})
    rij.reactie, rij.reactie_op, rij.versie = reactie.strip(), reactie_op, rij.versie + 1
    _controleer(rij, "reactie")
    rij.save(update_fields=["reactie", "reactie_op", "versie"])
    _werk_bij(rij)
    return rij


@service
def trek_waarschuwing_in(waarschuwing: Waarschuwing, *, reden: str, versie: int | None, actor: Actor) -> Waarschuwing:
    """The warning was not right; it stays readable with the reason. Raises OvergangGeweigerd when it was taken back."""
    rij = _vergrendel(waarschuwing, versie, "reactie")
    rij.intrekreden = reden.strip()
    _controleer_bsn(rij, "intrekreden", veld="reden")
    verzet(WAARSCHUWING, rij, "intrekken", actor=actor, reden=reden, ook=("intrekreden",))
    _werk_bij(rij)
    return rij


# --- Advice --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Advies:
    """What an advice says. `reden` is a code of the list `maatregel_redenen` that holds on the day it happened."""

    reden: str
    gebeurd_op: dt.date
    feiten: str
    hoorwijze: str
    gehoord_op: dt.date
    verwijtbaar: str
    zienswijze: str = ""
    omstandigheden: str = ""
    waarschuwing: Waarschuwing | None = None


@service
def adviseer_maatregel(
    deelnemer: Deelnemer, advies: Advies, *, medewerker: Medewerker, actor: Actor
) -> Maatregeladvies:
    """Send an advice to income, after hearing the person (Awb 4:8). Income decides (Participatiewet art. 18).

    Raises ValidationError per field, also when the person has no running benefit.
    """
    vandaag = klok.vandaag()
    fouten = dict(_fouten(deelnemer, advies, vandaag))
    if fouten:
        raise ValidationError(fouten)
    if lopende_uitkering(deelnemer, vandaag) is None:
        raise ValidationError("Deze persoon heeft geen lopende uitkering in dit systeem. Een advies kan dan niet.")
    rij = Maatregeladvies(
        deelnemer=deelnemer,
        waarschuwing=advies.waarschuwing,
        reden=advies.reden,
        gebeurd_op=advies.gebeurd_op,
        feiten=advies.feiten.strip(),
        hoorwijze=advies.hoorwijze,
        gehoord_op=advies.gehoord_op,
        zienswijze=advies.zienswijze.strip(),
        verwijtbaar=advies.verwijtbaar.strip(),
        omstandigheden=advies.omstandigheden.strip(),
        gegeven_op=vandaag,
        gegeven_door=medewerker,
        termijn=advies_beantwoord_voor(vandaag),
        status_sinds=vandaag,
    )
    _controleer(rij, "feiten", "zienswijze", "verwijtbaar", "omstandigheden")
    rij.save()
    _begin(rij, actor)
    return rij


def _fouten(deelnemer: Deelnemer, advies: Advies, vandaag: dt.date) -> Iterator[tuple[str, str]]:
    """What the database refuses as well, said at the field that it is about."""
    if advies.gebeurd_op > vandaag:
        yield "gebeurd_op", "Deze dag is nog niet geweest."
    elif advies.reden not in {code for code, _ in keuzes(REDENEN, advies.gebeurd_op)}:
        yield "reden", "Deze plicht gold nog niet op de dag waarop het gebeurde."
    if not advies.gebeurd_op <= advies.gehoord_op <= vandaag:
        yield "gehoord_op", "Kies een dag vanaf wat er gebeurde tot en met vandaag."
    if advies.hoorwijze == Hoorwijze.GEEN and advies.zienswijze.strip():
        yield "zienswijze", "Je koos dat de persoon niet reageerde. Laat dit leeg, of kies hoe de persoon reageerde."
    if advies.hoorwijze != Hoorwijze.GEEN and not advies.zienswijze.strip():
        yield "zienswijze", "Schrijf op wat de persoon zegt."
    vooraf = advies.waarschuwing
    if vooraf is not None and (vooraf.deelnemer_id != deelnemer.pk or vooraf.status != "gegeven"):
        yield "waarschuwing", "Kies een waarschuwing van deze persoon die nog geldt."


@service
def pak_advies_op(advies: Maatregeladvies, *, actor: Actor) -> Maatregeladvies:
    """Income looks into it; the clock runs on."""
    rij = _vergrendel(advies, None)
    verzet(MAATREGELADVIES, rij, "ontvangen", actor=actor)
    _werk_bij(rij)
    return rij


@service
def beantwoord_advies(
    advies: Maatregeladvies,
    uitkomst: str,
    besluit_op: dt.date,
    *,
    versie: int | None,
    actor: Actor,
    ingangsdatum: dt.date | None = None,
    einddatum: dt.date | None = None,
    toelichting: str = "",
) -> Maatregeladvies:
    """What income decided, with its day; only an imposed maatregel has a period. The benefit is left alone.

    Raises ValidationError per field, IntussenGewijzigd, and OvergangGeweigerd when it was answered or taken back.
    """
    rij = _vergrendel(advies, versie, *_ANTWOORD)
    if uitkomst not in dict(UITKOMSTEN):
        raise ValidationError({"uitkomst": "Kies wat inkomen heeft besloten."})
    MAATREGELADVIES.vereis(rij, uitkomst)
    if not rij.gegeven_op <= besluit_op <= klok.vandaag():
        raise ValidationError({"besluit_op": "Kies een dag vanaf het advies tot en met vandaag."})
    if (uitkomst == "opleggen") != (ingangsdatum is not None) or (einddatum is not None and ingangsdatum is None):
        raise ValidationError({"ingangsdatum": "Vul bij een opgelegde maatregel de eerste dag in, en alleen dan."})
    if ingangsdatum is not None and einddatum is not None and einddatum < ingangsdatum:
        raise ValidationError({"einddatum": "De laatste dag van de maatregel ligt voor de eerste."})
    rij.besluit_op, rij.ingangsdatum, rij.einddatum = besluit_op, ingangsdatum, einddatum
    rij.beantwoord_op, rij.beantwoord_door = klok.vandaag(), actor.naam[:150]
    rij.tekst_antwoord = toelichting.strip()
    _controleer_bsn(rij, "tekst_antwoord", veld="toelichting")
    verzet(MAATREGELADVIES, rij, uitkomst, actor=actor, ook=_ANTWOORD)
    _werk_bij(rij)
    return rij


@service
def lees_besluit(advies: Maatregeladvies, *, actor: Actor) -> None:
    """Whoever advised has read what income decided; it goes off Vandaag."""
    rij = _vergrendel(advies, None)
    if rij.beantwoord_op is not None and rij.gelezen_op is None:
        rij.gelezen_op = klok.vandaag()
        rij.save(update_fields=["gelezen_op"])
    ververs_met_lijst(rij.deelnemer_id)


@service
def leg_bezwaar_vast(advies: Maatregeladvies, bezwaar_op: dt.date, *, actor: Actor) -> Maatregeladvies:
    """The person objected to the decision. Another outcome after it is an answer taken back and given again."""
    rij = _vergrendel(advies, None)
    MAATREGELADVIES.vereis(rij, "bezwaar")
    if rij.besluit_op is None or not rij.besluit_op <= bezwaar_op <= klok.vandaag():
        raise ValidationError({"bezwaar_op": "Kies een dag vanaf het besluit tot en met vandaag."})
    rij.bezwaar_op = bezwaar_op
    verzet(MAATREGELADVIES, rij, "bezwaar", actor=actor, ook=("bezwaar_op",))
    _werk_bij(rij)
    return rij


@service
def heropen_advies(advies: Maatregeladvies, *, reden: str, actor: Actor) -> Maatregeladvies:
    """Income takes an answer back that was wrong; the advice waits again."""
    rij = _vergrendel(advies, None)
    rij.besluit_op = rij.ingangsdatum = rij.einddatum = rij.bezwaar_op = rij.beantwoord_op = rij.gelezen_op = None
    rij.beantwoord_door = rij.tekst_antwoord = ""
    verzet(MAATREGELADVIES, rij, "heropenen", actor=actor, reden=reden, ook=_ANTWOORD)
    _werk_bij(rij)
    return rij


@service
def trek_advies_in(advies: Maatregeladvies, *, reden: str, versie: int | None, actor: Actor) -> Maatregeladvies:
    """The advice no longer holds; it stays readable with the reason. Raises OvergangGeweigerd after an answer."""
    rij = _vergrendel(advies, versie, *_ANTWOORD)
    rij.intrekreden = reden.strip()
    _controleer_bsn(rij, "intrekreden", veld="reden")
    verzet(MAATREGELADVIES, rij, "intrekken", actor=actor, reden=reden, ook=("intrekreden",))
    _werk_bij(rij)
    return rij


def bij_overlijden(melding: Any) -> None:
    """`deelnemer.overleden`: income need not decide any more."""
    reden, actor = "De persoon is overleden.", Actor.taak("deelnemers.overlijden")
    open_ = Maatregeladvies.objects.filter(deelnemer=int(melding.onderwerp), status__in=["verstuurd", "ontvangen"])
    for rij in open_.order_by("pk"):
        trek_advies_in(rij, reden=reden, versie=None, actor=actor)


# --- Shared --------------------------------------------------------------------------------------------------------
def _vergrendel(rij: R, versie: int | None, *velden: str) -> R:
    """Lock it; with another `versie` than the form had, say what `velden` hold now."""
    nu: R = type(rij).objects.select_for_update(of=("self",)).select_related("deelnemer__regievoerder").get(pk=rij.pk)
    if versie is not None and nu.versie != versie:
        raise IntussenGewijzigd({naam: getattr(nu, naam) for naam in velden}, nu.versie)
    return nu


def _controleer_bsn(rij: R, kolom: str, veld: str = "") -> None:
    if bsn.staat_in(getattr(rij, kolom)):
        raise ValidationError({veld or kolom: _GEEN_BSN})


def _controleer(rij: R, *teksten: str) -> None:
    for naam in teksten:
        _controleer_bsn(rij, naam)
    rij.full_clean(exclude=["deelnemer"])


def _begin(rij: R, actor: Actor) -> None:
    tabel, actie = (WAARSCHUWING, "geven") if isinstance(rij, Waarschuwing) else (MAATREGELADVIES, "sturen")
    stap = tabel.stap("", actie)
    assert stap is not None  # noqa: S101 - in the table
    leg_overgang_vast(tabel.soort, rij, "", stap, actor=actor)
    _werk_bij(rij)


def _werk_bij(rij: R) -> None:
    maatregelregels.schrijf(rij)
    ververs_met_lijst(rij.deelnemer_id)
