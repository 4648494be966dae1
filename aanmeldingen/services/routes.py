"""A new version of a route: one person proposes, another decides, and it starts on its date (R022, R033)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max, Q

from aanmeldingen.aansluiting import KAMER, routesleutels, routevoorstelregels
from aanmeldingen.keuzes import ROUTEVERSIE, Documentsoort, Versiestatus
from aanmeldingen.models import Route, Routeversie
from aanmeldingen.regels import PADEN, REGELS
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.weergave import datum
from regelgeving.models import Voorstel
from regelgeving.services import keur_goed, stel_voor, trek_in, wijs_af
from regelgeving.voorstellen import Voorstelsoort, mag_beslissen, registreer

GOEDKEUREN = "regelgeving.goedkeuren"
_DAG = dt.timedelta(days=1)


@service
def stel_routeversie_voor(
    route: Route,
    *,
    begindatum: dt.date,
    verplicht: Sequence[str],
    gewenst: Sequence[str],
    documenten: Sequence[str] = (),
    regels: Mapping[str, int],
    sla_werkdagen: int,
    antwoord_werkdagen: int,
    toelichting: str,
    minimaal: bool = False,
    actor: Actor,
) -> Voorstel:
    """Propose what a route asks from a day on; it changes nothing until a second person approves (R022).

    Raises ValidationError at the field for a day that is not ahead, an unknown part or rule, or when a version
    already waits or is planned from that day.
    """
    route = Route.objects.select_for_update(of=("self",)).get(pk=route.pk)
    _controleer(route, begindatum, verplicht, gewenst, regels)
    if onbekend := [soort for soort in documenten if soort not in Documentsoort.values]:
        raise ValidationError({"documenten": f"Dit document kan een route niet vragen: {', '.join(onbekend)}."})
    laatste = Routeversie.objects.filter(route=route).aggregate(m=Max("nummer"))["m"] or 0
    versie = Routeversie(
        route=route,
        nummer=laatste + 1,
        verplicht=list(verplicht),
        gewenst=list(gewenst),
        documenten=list(documenten),
        minimaal=minimaal,
        regels=dict(regels),
        sla_werkdagen=sla_werkdagen,
        antwoord_werkdagen=antwoord_werkdagen,
        status=Versiestatus.CONCEPT,
        begindatum=begindatum,
        opgesteld_door_id=actor.gebruiker_id,
        toelichting=toelichting,
    )
    versie.full_clean(exclude=["gemeente", "opgesteld_door", "goedgekeurd_door"])
    versie.save()
    omschrijving = f"{route.naam}, versie {versie.nummer}, vanaf {datum(begindatum)}"
    inhoud = {"route": route.code, "versie": versie.nummer, "begindatum": begindatum.isoformat()}
    voorstel = stel_voor(ROUTEVERSIE, omschrijving, inhoud, actor=actor, onderwerp_id=versie.pk)
    werkvoorraad.schrijf(*routevoorstelregels(voorstel, route))
    return voorstel


def _controleer(
    route: Route, begin: dt.date, verplicht: Sequence[str], gewenst: Sequence[str], regels: Mapping[str, int]
) -> None:
    fouten: dict[str, str] = {}
    if begin <= klok.vandaag():
        fouten["begindatum"] = "Kies een dag na vandaag. Wat al is aangemeld, houdt de regels van toen."
    elif later := Routeversie.objects.filter(
        route=route, status=Versiestatus.GOEDGEKEURD, begindatum__gte=begin
    ).first():
        fouten["begindatum"] = f"Vanaf {datum(later.begindatum)} staat al een versie klaar. Kies een dag daarna."
    if begin < route.begindatum:
        fouten["begindatum"] = f"De route geldt vanaf {datum(route.begindatum)}. Kies die dag of een latere."
    elif route.einddatum is not None and begin > route.einddatum:
        fouten["begindatum"] = f"De route geldt tot en met {datum(route.einddatum)}. Kies een dag daarvoor."
    if onbekend := [o for o in (*verplicht, *gewenst) if o not in PADEN]:
        fouten["verplicht"] = f"Dit onderdeel kan een route niet vragen: {', '.join(onbekend)}."
    if dubbel := set(verplicht) & set(gewenst):
        fouten["gewenst"] = f"Kies verplicht of gewenst, niet allebei: {', '.join(sorted(dubbel))}."
    if onbekend := [naam for naam in regels if naam not in REGELS]:
        fouten["regels"] = f"Deze toelatingsregel bestaat niet: {', '.join(onbekend)}."
    if fouten:
        raise ValidationError(fouten)


def _geldt_op(route: Route, dag: dt.date) -> Routeversie | None:
    loopt = Q(einddatum__isnull=True) | Q(einddatum__gte=dag)
    rijen = Routeversie.objects.filter(loopt, route=route, status=Versiestatus.GOEDGEKEURD, begindatum__lte=dag)
    return rijen.order_by("-begindatum", "-pk").first()


def routeversie_van(voorstel: Voorstel) -> Routeversie:
    """The version that a proposal is about."""
    return Routeversie.objects.select_related("route", "route__team").get(pk=voorstel.onderwerp_id or 0)


def eis_tweede_persoon(voorstel: Voorstel, gebruiker_id: int, rechten: frozenset[str]) -> None:
    """Raises ValidationError for who may not decide on this proposal."""
    if not mag_beslissen(voorstel, gebruiker_id, rechten):
        raise ValidationError("Je mag dit voorstel niet beoordelen. Vraag een collega met dat recht.")


@service
def keur_routeversie_goed(voorstel: Voorstel, *, actor: Actor, reden: str = "") -> Routeversie:
    """Approve as second person: the version is planned and starts on its day (R022).

    ValidationError when it is the actor's own, or its first day has passed.
    """
    voorstel = keur_goed(voorstel, actor=actor, reden=reden)
    _van_de_lijst(voorstel)
    return routeversie_van(voorstel)


@service
def wijs_routeversie_af(voorstel: Voorstel, *, actor: Actor, reden: str) -> Routeversie:
    """Refuse with a reason; the route stays as it is."""
    return _laat_vallen(wijs_af(voorstel, actor=actor, reden=reden))


@service
def trek_routeversie_in(voorstel: Voorstel, *, actor: Actor, reden: str = "") -> Routeversie:
    """Withdraw one's own proposal; the route stays as it is."""
    return _laat_vallen(trek_in(voorstel, actor=actor, reden=reden))


def _laat_vallen(voorstel: Voorstel) -> Routeversie:
    versie = _vergrendel(voorstel)
    versie.status, versie.versie = Versiestatus.INGETROKKEN, versie.versie + 1
    versie.save(update_fields=["status", "versie"])
    _van_de_lijst(voorstel)
    return versie


def _van_de_lijst(voorstel: Voorstel) -> None:
    werkvoorraad.klaar(KAMER, *routesleutels(voorstel))


def _vergrendel(voorstel: Voorstel) -> Routeversie:
    rijen = Routeversie.objects.select_for_update(of=("self",)).select_related("route")
    return rijen.get(pk=voorstel.onderwerp_id or 0)


def _plan_in(voorstel: Voorstel, actor: Actor) -> None:
    """What approval does: the version that ran ends the day before, the new one is approved."""
    versie = _vergrendel(voorstel)
    if versie.begindatum <= klok.vandaag():
        raise ValidationError(
            f"Deze versie zou ingaan op {datum(versie.begindatum)}. Die dag is voorbij. "
            "Wijs het voorstel af en maak een nieuw voorstel."
        )
    vorige = _geldt_op(versie.route, versie.begindatum)
    if vorige is not None:
        vorige.einddatum, vorige.versie = versie.begindatum - _DAG, vorige.versie + 1
        vorige.save(update_fields=["einddatum", "versie"])
    versie.status, versie.goedgekeurd_door = Versiestatus.GOEDGEKEURD, voorstel.beslist_door
    versie.versie += 1
    versie.validate_constraints(exclude=["gemeente"])
    versie.save(update_fields=["status", "goedgekeurd_door", "versie"])


def sluit_aan() -> None:
    """Register the kind of proposal (from `AppConfig.ready()`)."""
    registreer(Voorstelsoort(ROUTEVERSIE, "Nieuwe versie van een route", GOEDKEUREN, _plan_in))
