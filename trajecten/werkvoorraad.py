"""What waits in this room and why: for one person or a slice of them, for services, night and repair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from deelnemers.instellingen import diagnose_compleet_binnen
from deelnemers.models import Deelnemer, Leesverbod, MeldingAanInkomen
from deelnemers.veiligmerk import geldt_veiligheid
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad, geldig_op
from kern.weergave import datum, tijd
from trajecten.diagnosewerk import diagnose_mist
from trajecten.keuzes import ZEGT_UIT_UITKERING, Aanwezig, Afspraaksoort, Verzuimvervolg
from trajecten.labels import is_bijzonder
from trajecten.models import Aanwezigheid, Afspraak, PlanVanAanpak, Traject, Trajecteinde, Trajectonderdeel
from trajecten.onderdeelwerk import niet_sluitend, onderdelen
from trajecten.querysets import wachtrijen
from trajecten.services.hulp import KAMER, voor_wie

#: How far back the rows look: so many appointments, so long at groups.
AFSPRAKEN_TERUG, GROEPEN_TERUG = 12, dt.timedelta(days=60)
SNEE = 500
M = TypeVar("M", bound=Model)
_ANTWOORD = {"verschenen", "afgemeld", "niet_verschenen"}


@dataclass(frozen=True)
class Persoon:
    """A person with everything this room needs to know what waits."""

    deelnemer: Deelnemer
    traject: Traject | None
    einde: Trajecteinde | None
    onderdelen: list[Trajectonderdeel]
    afspraken: list[Afspraak]
    plan: PlanVanAanpak | None
    beeindigd: MeldingAanInkomen | None
    aanwezigheden: list[Aanwezigheid]

    def regel(  # noqa: PLR0917
        self,
        sleutel: str,
        soort: str,
        titel: str,
        waarom: str,
        url: str,
        knop: str,
        op: dt.date,
        **velden: Any,
    ) -> Werkvoorraad:
        return werkvoorraad.regel(
            KAMER,
            sleutel,
            soort=soort,
            titel=titel,
            waarom=waarom,
            url=url,
            knop=knop,
            op=op,
            betrokkene_id=self.deelnemer.pk,
            **velden,
            **voor_wie(self.deelnemer),
        )

    @property
    def plan_url(self) -> str:
        return reverse("plan", args=[self.deelnemer.dossiernummer])


def rijen(mensen: Iterable[Deelnemer]) -> Iterator[Werkvoorraad]:
    """Every row of this room for these persons as of today; nothing for somebody who died."""
    levend = [d for d in mensen if d.overleden_op is None and d.samengevoegd_met_id is None]
    binnen = cache(diagnose_compleet_binnen)
    for p in _haal(levend):
        if p.einde is not None and p.einde.uitkomst == "overleden":
            continue
        yield from (*_afspraken_zonder_antwoord(p), *_zonder_tweede(p), *_ladder(p), *_uitkomst_klopt_niet(p))
        yield from _verboden_collega(p)
        if p.traject is not None and p.traject.status == "loopt":
            yield from (*niet_sluitend(p), *onderdelen(p), *_evaluatie(p), *_afsluiten(p), *_groepsverzuim(p))
            yield from diagnose_mist(p, binnen)


def alle_rijen() -> Iterator[Werkvoorraad]:
    """Every row of this room (the night and the repair command)."""
    betrokken = Q(pk__in=Traject.objects.exclude(status="beeindigd").values("deelnemer")) | Q(
        pk__in=Afspraak.objects.filter(status__in=["gepland", "niet_verschenen"]).values("deelnemer")
    )
    for snee in sneden(Deelnemer.objects.filter(betrokken)):
        yield from rijen(personen(snee))


def sneden(mensen: QuerySet[Deelnemer]) -> Iterator[list[int]]:
    """Primary keys of these persons, in slices."""
    na = 0
    while snee := list(mensen.filter(pk__gt=na).order_by("pk").values_list("pk", flat=True)[:SNEE]):
        yield snee
        na = snee[-1]


def personen(ids: Collection[int]) -> QuerySet[Deelnemer]:
    """These persons with what their rows need."""
    return Deelnemer.objects.filter(pk__in=ids).select_related("regievoerder", "diagnose").order_by("pk")


def _haal(mensen: list[Deelnemer]) -> Iterator[Persoon]:
    """The newest trajectory of each and all that hangs on it, in as many queries for a thousand as for one."""
    van = {"deelnemer__in": [d.pk for d in mensen]}
    trajecten = _per(
        "deelnemer_id",
        Traject.objects.filter(**van).order_by("deelnemer_id", "-begindatum", "-id").distinct("deelnemer_id"),
    )
    bij = {"traject__in": [t.pk for rij in trajecten.values() for t in rij]}
    einden = Trajecteinde.objects.filter(**bij, ingetrokken_op__isnull=True).select_related("melding").order_by("id")
    delen = Trajectonderdeel.objects.filter(**bij).select_related("instrument").annotate(wachtrijen=wachtrijen())
    delen = delen.order_by("begindatum", "id")
    plannen = PlanVanAanpak.objects.filter(**bij).order_by("traject_id", "-nummer").distinct("traject_id")
    meldingen = MeldingAanInkomen.objects.filter(**van, status="beeindigd", laatste_dag__isnull=False)
    einde_van, delen_van, plan_van = (_per("traject_id", vraag) for vraag in (einden, delen, plannen))
    melding_van = _per(
        "deelnemer_id", meldingen.order_by("deelnemer_id", "-laatste_dag", "-id").distinct("deelnemer_id")
    )
    afspraken_van, aanwezig_van = _per("deelnemer_id", _afspraken(van)), _per("deelnemer_id", _aanwezigheden(van))
    for deelnemer in mensen:
        pk = deelnemer.pk
        traject = _eerste(trajecten, pk)
        yield Persoon(
            deelnemer,
            traject,
            _eerste(einde_van, traject and traject.pk),
            delen_van.get(traject.pk, []) if traject else [],
            afspraken_van.get(pk, []),
            _eerste(plan_van, traject and traject.pk),
            _eerste(melding_van, pk),
            aanwezig_van.get(pk, []),
        )


def _afspraken(van: dict[str, Any]) -> QuerySet[Afspraak]:
    rijen = Afspraak.objects.filter(**van).exclude(status__in=["verzet", "vervallen"]).select_related("medewerker")
    nummer = Window(RowNumber(), partition_by="deelnemer_id", order_by=["-begint_op", "-id"])
    verbod = Leesverbod.objects.filter(geldig_op(klok.vandaag()), deelnemer=OuterRef("deelnemer"))
    dicht, tweede_dicht = (
        Exists(verbod.filter(medewerker=OuterRef(wie))) for wie in ("medewerker", "tweede_medewerker")
    )
    rijen = rijen.annotate(nummer=nummer, veilig=geldt_veiligheid(), dicht=dicht, tweede_dicht=tweede_dicht)
    return rijen.filter(nummer__lte=AFSPRAKEN_TERUG).order_by("-begint_op", "-id")


def _aanwezigheden(van: dict[str, Any]) -> QuerySet[Aanwezigheid]:
    rijen = Aanwezigheid.objects.filter(**van, bijeenkomst__begint_op__gte=klok.nu() - GROEPEN_TERUG)
    rijen = rijen.filter(deelnemer__in=Traject.objects.filter(**van, status="loopt").values("deelnemer"))
    return rijen.select_related("bijeenkomst__groep__instrument").order_by("-bijeenkomst__begint_op", "-id")


def _per(sleutel: str, rijen: Iterable[M]) -> dict[int, list[M]]:
    uit: dict[int, list[M]] = {}
    for rij in rijen:
        uit.setdefault(getattr(rij, sleutel), []).append(rij)
    return uit


def _eerste(per: dict[int, list[M]], sleutel: int | None) -> M | None:
    return per[sleutel][0] if sleutel in per else None


def _evaluatie(p: Persoon) -> Iterable[Werkvoorraad]:
    plan = p.plan
    if plan is not None and plan.evaluatie_op <= klok.vandaag():
        yield p.regel(
            f"evaluatie:{plan.pk}",
            "evaluatie",
            f"Evalueer het plan met {p.deelnemer.naam}",
            "In het plan staat dat jullie het vandaag of eerder samen bekijken.",
            p.plan_url,
            "Plan openen",
            plan.evaluatie_op,
            icoon="document",
        )


def _afspraken_zonder_antwoord(p: Persoon) -> Iterable[Werkvoorraad]:
    for afspraak in p.afspraken:
        if afspraak.status == "gepland" and afspraak.eindigt_op < klok.nu():
            begin = timezone.localtime(afspraak.begint_op)
            dag = begin.date()
            rij = p.regel(
                f"afspraak:{afspraak.pk}",
                "afspraak_zonder_antwoord",
                f"Was {p.deelnemer.naam} er?",
                "De afspraak is geweest. Nog niet ingevuld is of de persoon er was.",
                reverse("afspraak", args=[afspraak.pk]),
                "Invullen",
                dag,
                icoon="agenda",
                toelichting=f"{afspraak.get_soort_display()} {datum(dag)}, {tijd(begin)}",
            )
            yield _van_collega(rij, afspraak)


def _zonder_tweede(p: Persoon) -> Iterable[Werkvoorraad]:
    """A notice came after the planning: somebody goes along (R220)."""
    for afspraak in p.afspraken:
        alleen = afspraak.veilig and afspraak.tweede_medewerker_id is None and afspraak.soort != Afspraaksoort.BELLEN
        if afspraak.status == "gepland" and afspraak.begint_op > klok.nu() and alleen:
            begin = timezone.localtime(afspraak.begint_op)
            rij = p.regel(
                f"afspraak:{afspraak.pk}:tweede",
                "veiligheid",
                f"Kies een tweede collega voor het gesprek met {p.deelnemer.naam}",
                "Er geldt een veiligheidsafspraak: voer dit gesprek met twee collega’s.",
                reverse("afspraak_tweede", args=[afspraak.pk]),
                "Kiezen",
                klok.vandaag(),
                icoon="schild",
                toelichting=f"{afspraak.get_soort_display()} {datum(begin.date())}, {tijd(begin)}",
            )
            yield _van_collega(rij, afspraak)


def _van_collega(rij: Werkvoorraad, afspraak: Any) -> Werkvoorraad:
    """For who has the appointment, unless she may not open the dossier: then it stays with the regievoerder."""
    if not afspraak.dicht:
        rij.voor_id, rij.voor_team_id, rij.voor_rol = afspraak.medewerker.gebruiker_id, None, ""
    return rij


def _verboden_collega(p: Persoon) -> Iterable[Werkvoorraad]:
    """Since the planning a colleague may not open this dossier any more: somebody takes the appointment over."""
    for afspraak in p.afspraken:
        if afspraak.status != "gepland" or afspraak.begint_op <= klok.nu():
            continue
        begin = timezone.localtime(afspraak.begint_op)
        if afspraak.dicht:
            titel, adres, knop = f"Neem de afspraak met {p.deelnemer.naam} over", "afspraak_verzetten", "Overnemen"
        elif afspraak.tweede_dicht:
            titel, adres, knop = f"Kies wie er nog bij is, bij {p.deelnemer.naam}", "afspraak_tweede", "Kiezen"
        else:
            continue
        yield p.regel(
            f"afspraak:{afspraak.pk}:verbod",
            "afspraak_overnemen",
            titel,
            "De collega bij wie de afspraak staat, mag dit dossier niet openen.",
            reverse(adres, args=[afspraak.pk]),
            knop,
            klok.vandaag(),
            icoon="agenda",
            toelichting=f"{afspraak.get_soort_display()} {datum(begin.date())}, {tijd(begin)}",
        )


def laatste_beantwoorde(afspraken: Iterable[Afspraak]) -> Afspraak | None:
    """The last appointment of which is known whether the person was there; `afspraken` newest first."""
    return next((a for a in afspraken if a.status in _ANTWOORD), None)


def _ladder(p: Persoon) -> Iterable[Werkvoorraad]:
    """The steps after not appearing (R105): invite again, try another way, a person decides. Never a stop."""
    laatste = laatste_beantwoorde(p.afspraken)
    if laatste is None or laatste.status != "niet_verschenen":
        return
    gepland = any(a.status == "gepland" and a.eindigt_op >= klok.nu() for a in p.afspraken)
    if gepland and (laatste.stap == 1 or laatste.vervolg):
        return
    naam, dag = p.deelnemer.naam, timezone.localdate(laatste.begint_op)
    wanneer = f"Niet verschenen op {datum(dag)}"
    sleutel, url = f"verzuim:{p.deelnemer.pk}", reverse("afspraak", args=[laatste.pk])
    uitleg = "Niet verschijnen stopt nooit vanzelf iets."
    if laatste.vervolg:
        if laatste.vervolg == Verzuimvervolg.AFSLUITEN:
            return
        if laatste.vervolg == Verzuimvervolg.HUISBEZOEK:
            titel, waarom = (
                f"Ga op huisbezoek bij {naam}",
                f"Dat is besloten na {laatste.stap} keer niet verschijnen.",
            )
        else:
            titel, waarom = (
                f"Maak een nieuwe afspraak met {naam}",
                "Er is gesproken, maar er staat nog geen afspraak.",
            )
        knop = "Afspraak maken"
        url = reverse("afspraak_maken", args=[p.deelnemer.dossiernummer])
    elif laatste.stap <= 1:
        titel, knop = f"Nodig {naam} opnieuw uit", "Afspraak maken"
        waarom = f"Stap 1: een tweede uitnodiging. {uitleg}"
        url = reverse("afspraak_maken", args=[p.deelnemer.dossiernummer])
    elif laatste.stap == 2:  # noqa: PLR2004
        titel, knop = f"Bereik {naam} op een andere manier", "Vastleggen"
        waarom = f"Stap 2: bel, mail of ga langs, want twee uitnodigingen hielpen niet. {uitleg}"
    else:
        titel, knop = f"Beslis hoe het verder gaat met {naam}", "Beslissen"
        waarom = f"Stap 3: een mens beslist, met een reden. {uitleg}"
    yield p.regel(sleutel, "niet_verschenen", titel, waarom, url, knop, dag, icoon="driehoek", toelichting=wanneer)


def _uitkomst_klopt_niet(p: Persoon) -> Iterable[Werkvoorraad]:
    """Income says that the benefit goes on, the outcome says that it ended (ONTWERP 3.11)."""
    if p.traject is None or p.einde is None or p.traject.status != "wacht_op_inkomen":
        return
    melding = p.einde.melding
    if melding is not None and melding.status == "loopt_door" and p.einde.uitkomst in ZEGT_UIT_UITKERING:
        yield p.regel(
            f"uitkomst:{p.traject.pk}",
            "uitkomst_klopt_niet",
            f"Verbeter de uitkomst van {p.deelnemer.naam}",
            "Inkomen meldt dat de uitkering doorloopt. De uitkomst zegt dat die is gestopt, dus telt hij niet mee.",
            p.plan_url,
            "Plan openen",
            melding.beantwoord_op or klok.vandaag(),
            icoon="euro",
            toelichting=f"Uitkomst: {p.einde.get_uitkomst_display()}",
        )


def _afsluiten(p: Persoon) -> Iterable[Werkvoorraad]:
    """Income confirmed an end while the trajectory still runs."""
    melding = p.beeindigd
    if p.traject is not None and melding is not None and melding.laatste_dag >= p.traject.begindatum:
        yield p.regel(
            f"afsluiten:{p.traject.pk}",
            "traject_afsluiten",
            f"Sluit het traject van {p.deelnemer.naam} af",
            "Inkomen heeft de laatste dag met uitkering bevestigd. Leg de uitkomst vast, dan telt hij mee.",
            reverse("traject_afsluiten", args=[p.deelnemer.dossiernummer]),
            "Afsluiten",
            melding.beantwoord_op or klok.vandaag(),
            icoon="vinkrond",
            toelichting=f"Laatste dag met uitkering: {datum(melding.laatste_dag)}",
        )


def _groepsverzuim(p: Persoon) -> Iterable[Werkvoorraad]:
    """Second time in a row not at a group, with no appointment made since (R098)."""
    per_groep: dict[int, list[Aanwezigheid]] = {}
    for rij in p.aanwezigheden:
        per_groep.setdefault(rij.bijeenkomst.groep_id, []).append(rij)
    for groep_id, reeks in per_groep.items():
        keer = next((n for n, r in enumerate(reeks) if r.stand != Aanwezig.NIET_VERSCHENEN), len(reeks))
        laatste = reeks[0].bijeenkomst
        sindsdien = any(a.status == "gepland" and a.aangemaakt_op > laatste.begint_op for a in p.afspraken)
        if keer >= 2 and not sindsdien:  # noqa: PLR2004
            naam = "een groep" if is_bijzonder(laatste.groep.instrument) else laatste.groep.naam
            yield p.regel(
                f"groepsverzuim:{groep_id}:{p.deelnemer.pk}",
                "groep_niet_verschenen",
                f"Bel {p.deelnemer.naam} over {naam}",
                f"Voor de {keer}e keer achter elkaar niet verschenen. Niet verschijnen stopt nooit vanzelf iets.",
                reverse("afspraak_maken", args=[p.deelnemer.dossiernummer]),
                "Afspraak maken",
                timezone.localdate(laatste.begint_op),
                icoon="telefoon",
            )
