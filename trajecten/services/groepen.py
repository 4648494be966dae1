"""Groups: sessions, participants, waiting list, attendance of a whole group at once (R096-R098)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Case, Max, Q, QuerySet, When
from django.utils import timezone

from deelnemers.models import Deelnemer
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from organisatie.models import Locatie, Medewerker, Team
from trajecten.keuzes import Aanwezig
from trajecten.models import Aanwezigheid, Bijeenkomst, Groep, Groepsdeelname, Instrument, Trajectonderdeel
from trajecten.querysets import OPEN
from trajecten.services.hulp import bewaar, vergrendel, vergrendel_persoon, werk_bij
from trajecten.services.onderdelen import verzet_onderdeel
from trajecten.tijdlijn import aanwezigheidsregel


@service
def maak_groep(  # noqa: PLR0917
    naam: str,
    instrument: Instrument,
    team: Team,
    trainer: Medewerker,
    begindatum: dt.date,
    einddatum: dt.date | None,
    capaciteit: int,
    *,
    actor: Actor,
    locatie: Locatie | None = None,
) -> Groep:
    """A group with its trainer, room and places. ValidationError when the instrument runs out (R090)."""
    if instrument.status != "actief":
        raise ValidationError({"instrument": f"{instrument.naam} loopt uit. Nieuwe groepen kunnen niet meer."})
    groep = Groep(
        naam=naam,
        instrument=instrument,
        team=team,
        trainer=trainer,
        begindatum=begindatum,
        einddatum=einddatum,
        capaciteit=capaciteit,
        locatie=locatie,
    )
    return bewaar(groep)


@service
def plan_bijeenkomst(groep: Groep, begint_op: dt.datetime, eindigt_op: dt.datetime, *, actor: Actor) -> Bijeenkomst:
    """Add a session; it gets the next number."""
    groep = vergrendel(Groep, groep.pk)
    hoogste = Bijeenkomst.objects.filter(groep=groep).aggregate(n=Max("nummer"))["n"] or 0
    return bewaar(Bijeenkomst(groep=groep, begint_op=begint_op, eindigt_op=eindigt_op, nummer=hoogste + 1))


def deelnemers_op(groep: Groep, dag: dt.date) -> QuerySet[Groepsdeelname]:
    """Who takes part on that day, by name; without the waiting list."""
    return (
        Groepsdeelname.objects.filter(groep=groep, wachtlijst=False, begindatum__lte=dag)
        .filter(Q(einddatum__isnull=True) | Q(einddatum__gte=dag))
        .select_related("deelnemer")
        .order_by("deelnemer__sorteernaam", "id")
    )


@service
def zet_in_groep(
    groep: Groep,
    deelnemer: Deelnemer,
    begindatum: dt.date,
    *,
    actor: Actor,
    reden: str = "",
) -> Groepsdeelname:
    """Put a person in a group; when it is full, on its waiting list. The same person twice gives one row.

    The instrument of the group stands in the plan: there it was asked for a current diagnosis, and where it has not
    begun it begins now, with the same question (R059). Raises ValidationError at `dossiernummer` when it does not, and
    at `reden` when the diagnosis is not current and no reason is given.
    """
    vergrendel_persoon(deelnemer.pk)
    onderdeel = _in_plan(groep, deelnemer)
    groep = vergrendel(Groep, groep.pk)
    bestaand = Groepsdeelname.objects.filter(groep=groep, deelnemer=deelnemer, einddatum__isnull=True).first()
    if bestaand is not None:
        return bestaand
    if groep.einddatum is not None and begindatum > groep.einddatum:
        raise ValidationError({"begindatum": "De groep is dan al afgelopen."})
    vol = _bezet(groep, begindatum) >= groep.capaciteit
    if not vol and onderdeel.status != "loopt" and begindatum <= klok.vandaag():
        onderdeel = verzet_onderdeel(onderdeel, "starten", actor=actor, reden=reden, op=begindatum)
    deelname = Groepsdeelname(
        groep=groep, deelnemer=deelnemer, onderdeel=onderdeel, begindatum=begindatum, wachtlijst=vol
    )
    return bewaar(deelname)


def _in_plan(groep: Groep, deelnemer: Deelnemer) -> Trajectonderdeel:
    """The part of the plan that this group carries out; what runs first."""
    rijen = Trajectonderdeel.objects.filter(deelnemer=deelnemer, instrument=groep.instrument_id, status__in=OPEN)
    onderdeel = rijen.order_by(Case(When(status="loopt", then=0), default=1), "begindatum", "pk").first()
    if onderdeel is None:
        raise ValidationError({"dossiernummer": f"Zet {groep.instrument.naam} eerst in het plan van deze persoon."})
    return onderdeel


def _bezet(groep: Groep, dag: dt.date) -> int:
    return Groepsdeelname.objects.filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=dag), groep=groep, wachtlijst=False
    ).count()


@service
def haal_uit_groep(deelname: Groepsdeelname, laatste_dag: dt.date, *, actor: Actor, reden: str = "") -> Groepsdeelname:
    """End the participation; the first on the waiting list gets the place."""
    vergrendel_persoon(deelname.deelnemer_id)
    groep = vergrendel(Groep, deelname.groep_id)
    deelname = Groepsdeelname.objects.select_for_update(of=("self",)).get(pk=deelname.pk)
    deelname.einddatum = max(laatste_dag, deelname.begindatum)
    bewaar(deelname, ["einddatum"])
    wacht = Groepsdeelname.objects.filter(groep=groep, wachtlijst=True, einddatum__isnull=True)
    eerste = wacht.order_by("begindatum", "id").first()
    if eerste is not None and not deelname.wachtlijst:
        eerste.wachtlijst, eerste.begindatum = False, max(eerste.begindatum, laatste_dag)
        bewaar(eerste, ["wachtlijst", "begindatum"])
    return deelname


@service
def leg_aanwezigheid_vast(bijeenkomst: Bijeenkomst, standen: Mapping[int, str], *, actor: Actor) -> int:
    """Attendance of the whole group in one go: person id → stand; an empty stand takes a mistake back.

    Writes only what changed and returns how many. Raises ValidationError for somebody who is not in the group
    or a
    session that has not begun. It never stops anything; a second time not appearing shows with the consulent
    (R098).
    """
    bijeenkomst = (
        Bijeenkomst.objects.select_for_update(of=("self",)).select_related("groep__instrument").get(pk=bijeenkomst.pk)
    )
    if bijeenkomst.begint_op > klok.nu():
        raise ValidationError("Deze bijeenkomst is nog niet geweest.")
    if set(standen.values()) - {*Aanwezig.values, ""}:
        raise ValidationError("Kies een van de mogelijkheden: aanwezig, te laat, afgemeld, ziek of niet verschenen.")
    dag = timezone.localdate(bijeenkomst.begint_op)
    mag = set(deelnemers_op(bijeenkomst.groep, dag).values_list("deelnemer_id", flat=True))
    nu = {rij.deelnemer_id: rij for rij in Aanwezigheid.objects.filter(bijeenkomst=bijeenkomst).order_by("id")}
    if vreemd := standen.keys() - mag - nu.keys():
        raise ValidationError(f"{len(vreemd)} van deze mensen zit niet in de groep. Laad de bladzijde opnieuw.")
    anders = {pk: stand for pk, stand in standen.items() if (nu[pk].stand if pk in nu else "") != stand}
    verzuim = {
        pk for pk, stand in anders.items() if Aanwezig.NIET_VERSCHENEN in {stand, nu[pk].stand if pk in nu else ""}
    }
    nieuw = [
        Aanwezigheid(deelnemer_id=pk, bijeenkomst=bijeenkomst, stand=s)
        for pk, s in anders.items()
        if s and pk not in nu
    ]
    Aanwezigheid.objects.bulk_create(nieuw)
    gewijzigd = [nu[pk] for pk, stand in anders.items() if pk in nu and stand]
    for rij in gewijzigd:
        rij.stand = anders[rij.deelnemer_id]
    Aanwezigheid.objects.bulk_update(gewijzigd, ["stand"])
    weg = [nu[pk] for pk, stand in anders.items() if pk in nu and not stand]
    for rij in weg:
        tijdlijn.wis("trajecten", f"aanwezigheid:{rij.pk}")
    Aanwezigheid.objects.filter(pk__in=[rij.pk for rij in weg]).delete()
    for rij in (*nieuw, *gewijzigd):
        rij.bijeenkomst = bijeenkomst
    if nieuw or gewijzigd:
        tijdlijn.schrijf(*(aanwezigheidsregel(rij) for rij in (*nieuw, *gewijzigd)))
    al_gemeld = _heeft_groepsrij(bijeenkomst.groep_id, anders)
    for pk in sorted(verzuim | al_gemeld):
        werk_bij(pk)
    return len(anders)


def _heeft_groepsrij(groep_id: int, personen: Mapping[int, str]) -> set[int]:
    """Who stands on a list for this group and was now there: that row may go."""
    from kern.models import Werkvoorraad

    sleutels = {f"groepsverzuim:{groep_id}:{pk}": pk for pk in personen}
    rijen = Werkvoorraad.objects.filter(kamer="trajecten", sleutel__in=list(sleutels)).values_list("sleutel", flat=True)
    return {sleutels[s] for s in rijen}
