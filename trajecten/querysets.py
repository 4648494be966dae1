"""Every question that the pages of this room ask; the caller filters by the access rule first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils import timezone

from deelnemers.keuzes import Route
from deelnemers.models import Belemmering, Deelnemer
from deelnemers.querysets import met_veiligheidsmelding
from deelnemers.toegang import DOSSIER, zonder_verboden
from deelnemers.veiligmerk import geldt_veiligheid, veiligkolommen
from kern import klok
from kern.beperking import niet_beperkt
from kern.models import geldig_op
from trajecten import toegang
from trajecten.keuzes import Instrumentstatus
from trajecten.models import (
    Aanwezigheid,
    Afspraak,
    Bijeenkomst,
    Blokkade,
    Groep,
    Groepsdeelname,
    Instrument,
    Onderdeelafhankelijkheid,
    PlanVanAanpak,
    Traject,
    Trajecteinde,
    Trajectonderdeel,
)

OPEN = ("gepland", "wacht", "loopt")


# --- Trajectories
# ------------------------------------------------------------------------------------------------
def trajecten(medewerker: Any) -> QuerySet[Traject]:
    """Trajectories that this member of staff may see."""
    return toegang.TRAJECT.beperk(Traject.objects.all(), medewerker)


def lopend(op: dt.date | None = None) -> Q:
    """Condition on Traject: it ran on that day (R001), also when it ended since."""
    return geldig_op(op or klok.vandaag())


def laatste_traject(deelnemer_id: int) -> Traject | None:
    """The trajectory that runs, or the last one."""
    return Traject.objects.filter(deelnemer=deelnemer_id).select_related("team").order_by("-begindatum", "-id").first()


def eerdere_trajecten(deelnemer_id: int, traject: Traject | None) -> QuerySet[Traject]:
    return (
        Traject.objects.filter(deelnemer=deelnemer_id)
        .exclude(pk=traject.pk if traject else None)
        .prefetch_related(
            Prefetch(
                "onderdelen",
                Trajectonderdeel.objects.select_related("instrument", "uitvoerder").order_by("begindatum", "id"),
                "alle_delen",
            ),
            Prefetch("eindes", Trajecteinde.objects.filter(ingetrokken_op__isnull=True).order_by("id"), "echte_eindes"),
            Prefetch("plannen", PlanVanAanpak.objects.order_by("nummer", "id"), "alle_plannen"),
        )
        .order_by("-begindatum", "-id")
    )


def wachtrijen() -> ArraySubquery:
    """Annotation: what a part waits for and waited for, in the same question as the part (R009)."""
    velden = {naam: naam for naam in ("belemmering_id", "sinds", "vrij_op", "vrij_door", "toelichting")}
    van_belemmering = {naam: f"belemmering__{naam}" for naam in ("soort", "bijzonder", "actie_voor")}
    rijen = Blokkade.objects.filter(onderdeel=OuterRef("pk")).order_by("id")
    return ArraySubquery(rijen.values(rij=JSONObject(**velden, **van_belemmering)))


def onderdelen_van(traject: Traject) -> QuerySet[Trajectonderdeel]:
    """Parts of a trajectory: what is open first, then what ended, by start."""
    open_eerst = Case(When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        Trajectonderdeel.objects.filter(traject=traject)
        .select_related("instrument", "uitvoerder", "partner", "belemmering", "uitslag")
        .annotate(rang=open_eerst, wachtrijen=wachtrijen())
        .order_by("rang", "begindatum", "id")
    )


def te_kiezen_belemmeringen(deelnemer_id: int, *, bijzonder: bool) -> QuerySet[Belemmering]:
    """Barriers that a part of this person can wait for: not solved, and protected ones only with the right (R228)."""
    rijen = Belemmering.objects.filter(deelnemer=deelnemer_id).exclude(status="opgelost")
    rijen = rijen if bijzonder else rijen.filter(bijzonder=False)
    return rijen.order_by("-blokkerend", "begindatum", "id")


def afhankelijkheden_van(traject: Traject) -> QuerySet[Onderdeelafhankelijkheid]:
    return (
        Onderdeelafhankelijkheid.objects.filter(onderdeel__traject=traject)
        .select_related("eerst__instrument", "onderdeel__instrument")
        .order_by("id")
    )


def plannen_van(traject: Traject) -> QuerySet[PlanVanAanpak]:
    return PlanVanAanpak.objects.filter(traject=traject).select_related("getekend_door").order_by("-nummer", "-id")


def einde_van(traject: Traject) -> Trajecteinde | None:
    """The end that counts; withdrawn ends are history."""
    eindes = Trajecteinde.objects.filter(traject=traject, ingetrokken_op__isnull=True)
    return eindes.select_related("melding", "bewijs", "uitkering").first()


# --- Appointments
# ------------------------------------------------------------------------------------------------
def afspraken(medewerker: Any) -> QuerySet[Afspraak]:
    """Appointments that this member of staff may see."""
    return toegang.AFSPRAAK.beperk(Afspraak.objects.select_related("deelnemer", "medewerker", "locatie"), medewerker)


def afspraken_bij_dossier(deelnemer_id: int, aantal: int = 5) -> list[Afspraak]:
    """The next appointments, and before them the ones that nobody answered for yet or did not appear at."""
    rijen = (
        Afspraak.objects.filter(deelnemer=deelnemer_id)
        .filter(Q(status="gepland") | Q(status="niet_verschenen", begint_op__gte=klok.nu() - dt.timedelta(days=30)))
        .select_related("medewerker")
        .order_by("begint_op", "id")
    )
    return list(rijen[:aantal])


def agenda(wiens: Any, van: dt.date, tot: dt.date, *, lezer: Any) -> QuerySet[Afspraak]:
    """The agenda of one member of staff from `van` up to and including `tot`, in order of time.

    Without the persons whose dossier `lezer` may not open: nobody reads the name of a relative in an agenda.
    `veilig` says that a safety notice holds (R219).
    """
    begin, einde = dagbegin(van), dagbegin(tot + dt.timedelta(days=1))
    return (
        Afspraak.objects.filter(
            Q(medewerker=wiens) | Q(tweede_medewerker=wiens), begint_op__gte=begin, begint_op__lt=einde
        )
        .filter(DOSSIER.niet_verboden(lezer, "deelnemer"))
        .exclude(status__in=["verzet", "vervallen"])
        .select_related("deelnemer", "locatie", "medewerker", "tweede_medewerker")
        .annotate(veilig=geldt_veiligheid())
        .order_by("begint_op", "id")
    )


def bijeenkomsten_in(wiens: Any, van: dt.date, tot: dt.date) -> QuerySet[Bijeenkomst]:
    """Sessions that this trainer gives in that period; `veilig` says that a safety notice holds for somebody in it."""
    begin, einde = dagbegin(van), dagbegin(tot + dt.timedelta(days=1))
    mensen = Groepsdeelname.objects.filter(geldig_op(klok.vandaag()), groep=OuterRef(OuterRef("groep")))
    veilig = Exists(met_veiligheidsmelding().filter(deelnemer__in=mensen.values("deelnemer")))
    return (
        Bijeenkomst.objects.filter(groep__trainer=wiens, begint_op__gte=begin, begint_op__lt=einde)
        .select_related("groep__locatie")
        .annotate(veilig=veilig)
        .order_by("begint_op", "id")
    )


def bezette_tijden(medewerker: Any, dag: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """When this colleague is taken on that day: appointments and sessions; times only, no names."""
    begin, einde = dagbegin(dag), dagbegin(dag + dt.timedelta(days=1))
    van = Afspraak.objects.filter(
        Q(medewerker=medewerker) | Q(tweede_medewerker=medewerker),
        status="gepland",
        begint_op__gte=begin,
        begint_op__lt=einde,
    ).values_list("begint_op", "eindigt_op")
    les = Bijeenkomst.objects.filter(groep__trainer=medewerker, begint_op__gte=begin, begint_op__lt=einde)
    return sorted(
        [
            *van.order_by("begint_op", "id"),
            *les.order_by("begint_op", "id").values_list("begint_op", "eindigt_op"),
        ]
    )


def dagbegin(dag: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dag, dt.time.min))


# --- Groups
# ------------------------------------------------------------------------------------------------------
def groepen(medewerker: Any) -> QuerySet[Groep]:
    """Groups that this member of staff may see, with the number of participants and of those who wait."""
    nu = geldig_op(klok.vandaag(), "deelnames__")
    return (
        toegang.GROEP.beperk(Groep.objects.select_related("instrument", "team", "trainer", "locatie"), medewerker)
        .annotate(
            bezet=Count("deelnames", filter=nu & Q(deelnames__wachtlijst=False), distinct=True),
            wacht=Count(
                "deelnames",
                filter=Q(deelnames__wachtlijst=True, deelnames__einddatum__isnull=True),
                distinct=True,
            ),
        )
        .order_by(F("einddatum").desc(nulls_first=True), "naam", "id")
    )


def te_scoren(medewerker: Any) -> QuerySet[Groep]:
    """Groups of an intern part of which this member of staff is the mentor, or works in the team (R056)."""
    rijen = toegang.MENTOR.beperk(Groep.objects.filter(instrument__route=Route.INTERN), medewerker)
    return rijen.select_related("instrument", "trainer").order_by("naam", "id")


def deelnames_van(groep: Groep, dag: dt.date, medewerker: Any) -> QuerySet[Groepsdeelname]:
    """Who is in the group on that day, by name, the waiting list last.

    `mag` says whose name this reader may see, `veiligkolommen` for whom a safety notice holds: trainer and team meet
    them.
    """
    ontmoet = toegang.MENTOR.is_mentor(groep, medewerker)
    return (
        Groepsdeelname.objects.filter(groep=groep, begindatum__lte=dag)
        .filter(Q(einddatum__isnull=True) | Q(einddatum__gte=dag))
        .annotate(
            mag=ExpressionWrapper(_mag_bij_naam(medewerker), BooleanField()),
            **veiligkolommen(medewerker, ontmoet=ontmoet),
        )
        .select_related("deelnemer")
        .order_by("wachtlijst", "deelnemer__sorteernaam", "id")
    )


def _mag_bij_naam(medewerker: Any) -> Q:
    """Not whose dossier this reader may not open, nor whose data may only be stored now."""
    return DOSSIER.niet_verboden(medewerker, "deelnemer") & niet_beperkt("deelnemer")


def verborgen_in(groep: Groep, medewerker: Any) -> set[int]:
    """Persons in this group whose dossier this reader may not open, or whose data may only be stored now."""
    rijen = Groepsdeelname.objects.filter(groep=groep, einddatum__isnull=True)
    rijen = rijen.exclude(_mag_bij_naam(medewerker))
    return set(rijen.order_by("id").values_list("deelnemer_id", flat=True))


def bijeenkomsten_van(groep: Groep) -> QuerySet[Bijeenkomst]:
    """Sessions, newest first, each with whether attendance is filled in."""
    ingevuld = Exists(Aanwezigheid.objects.filter(bijeenkomst=OuterRef("pk")))
    return Bijeenkomst.objects.filter(groep=groep).annotate(ingevuld=ingevuld).order_by("-begint_op", "-id")


def standen_van(bijeenkomst: Bijeenkomst | None) -> dict[int, str]:
    """Attendance of one session: person → stand."""
    if bijeenkomst is None:
        return {}
    return dict(
        Aanwezigheid.objects.filter(bijeenkomst=bijeenkomst).order_by("id").values_list("deelnemer_id", "stand")
    )


# --- Instruments
# -------------------------------------------------------------------------------------------------
def instrumenten(rechten: Any) -> QuerySet[Instrument]:
    """The catalogue; shielded instruments do not exist for who lacks the right (R007)."""
    rijen = Instrument.objects.select_related("aanbieder")
    if "dossier.afgeschermde_doelgroep" not in rechten:
        rijen = rijen.filter(afgeschermd=False)
    return rijen.order_by("naam", "id")


def te_kiezen_instrumenten(rechten: Any) -> QuerySet[Instrument]:
    """What can start today."""
    return instrumenten(rechten).filter(status=Instrumentstatus.ACTIEF)


def bezette_plaatsen() -> dict[int, int]:
    """Places taken per instrument, in one query."""
    rijen = (
        Trajectonderdeel.objects.filter(status__in=["gepland", "loopt"])
        .values("instrument")
        .annotate(n=Count("pk"))
        .order_by("instrument")
    )
    return {rij["instrument"]: rij["n"] for rij in rijen}


def te_plaatsen(groep: Groep, medewerker: Any) -> QuerySet[Deelnemer]:
    """Who may be put in this group: with its instrument in the plan, where a current diagnosis is asked (R059)."""
    in_plan = Trajectonderdeel.objects.filter(deelnemer=OuterRef("pk"), instrument=groep.instrument_id, status__in=OPEN)
    leeft = Deelnemer.objects.filter(samengevoegd_met__isnull=True, overleden_op__isnull=True)
    return zonder_verboden(leeft.filter(Exists(in_plan)), medewerker, "pk")
