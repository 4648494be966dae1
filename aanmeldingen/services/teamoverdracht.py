"""To a team on a day: planned at the decision, done by the night, taken over by a colleague (R026, R028, R043)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q

from aanmeldingen import regels, teamregels, termijn
from aanmeldingen.aansluiting import KAMER, overdrachtregel, werkregel
from aanmeldingen.bescherming import bronlabel
from aanmeldingen.gebeurtenissen import OVERGEDRAGEN, STATUS, meld
from aanmeldingen.keuzes import Overdrachtsgrond, Richting
from aanmeldingen.models import Aanmelding, Overdrachtsmoment, Teamoverdracht
from aanmeldingen.querysets import jongerenpoort
from aanmeldingen.toestanden import AANMELDING, OPEN, PLANNEN, TEAMOVERDRACHT
from deelnemers.models import Deelnemer
from deelnemers.services import lijstkolommen
from deelnemers.services.regie import mag_nooit, wijs_regie_toe
from deelnemers.teamblok import met_ruimte
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from organisatie.models import Medewerker, Team
from organisatie.querysets import mijn_team_ids

#: Further ahead nobody agrees on a day.
HOOGSTENS_VOORUIT = dt.timedelta(days=2 * 365)


def dag_van_regel(aanmelding: Aanmelding) -> dt.date | None:
    """The day on which the months of guidance in trede 4 are over, by the version of its route."""
    gegevens = {"adviesrapport": aanmelding.adviesrapport, "eerdereBegeleiding": aanmelding.eerdere_begeleiding}
    return regels.zes_maanden_op(gegevens, aanmelding.routeversie.regels)


def vraag_overdracht(aanmelding: Aanmelding, deelnemer: Deelnemer, medewerker: Medewerker) -> None:
    """Ask the new regievoerder to speak with the sender (R043). Call inside a service."""
    moment = Overdrachtsmoment.objects.create(
        aanmelding=aanmelding,
        deelnemer=deelnemer,
        van_naam=aanmelding.verwijzer_naam or bronlabel(aanmelding),
        naar=medewerker,
        gevraagd_op=klok.vandaag(),
    )
    werkvoorraad.schrijf(overdrachtregel(moment))
    lijstkolommen.werk_bij(deelnemer.pk)


def controleer_dag(op: dt.date | None, veld: str) -> None:
    """A day that was agreed lies ahead, and not years away."""
    vandaag = klok.vandaag()
    if op is not None and not vandaag < op <= vandaag + HOOGSTENS_VOORUIT:
        raise ValidationError({veld: "Kies een dag na vandaag, hoogstens twee jaar vooruit."})


@service
def plan_overdracht(
    aanmelding: Aanmelding, op: dt.date, *, actor: Actor, grond: Overdrachtsgrond = Overdrachtsgrond.AFSPRAAK
) -> Teamoverdracht:
    """On this day the night hands the person to the team of the route. The referral is locked by the caller."""
    bestaand = teamregels.met_rij(aanmelding)
    rij = bestaand or Teamoverdracht(aanmelding=aanmelding)
    rij.op, rij.grond, rij.deelnemer_id = op, grond, aanmelding.deelnemer_id
    rij.team = rij.naar = rij.overgedragen_op = None
    rij.vervalreden = ""
    if bestaand is None:
        rij.status, rij.status_sinds = "gepland", klok.vandaag()
        rij.full_clean(exclude=["aanmelding", "deelnemer"])
        rij.save()
        leg_overgang_vast(TEAMOVERDRACHT.soort, rij, "", PLANNEN, actor=actor)
    elif rij.status == "gepland":
        rij.versie += 1
        rij.save()
    else:
        tijdlijn.wis(KAMER, teamregels.sleutel(rij))
        verzet(TEAMOVERDRACHT, rij, "plannen", actor=actor, ook=_VELDEN)
    _schrijf_rij(rij)
    return rij


_VELDEN = ("op", "grond", "deelnemer", "team", "naar", "overgedragen_op", "vervalreden")


def _schrijf_rij(rij: Teamoverdracht) -> None:
    regel = teamregels.werkregel(rij)
    if regel is None:
        werkvoorraad.klaar(KAMER, teamregels.sleutel(rij))
    else:
        werkvoorraad.schrijf(regel)
    if rij.deelnemer_id is not None:
        lijstkolommen.werk_bij(rij.deelnemer_id)


def _laat_vervallen(rij: Teamoverdracht, reden: str, actor: Actor) -> None:
    rij.vervalreden = reden
    verzet(TEAMOVERDRACHT, rij, "vervallen", actor=actor, reden=reden, ook=("vervalreden",))
    werkvoorraad.klaar(KAMER, teamregels.sleutel(rij))


@service
def sluit_overdracht(aanmelding: Aanmelding, reden: str, *, actor: Actor) -> None:
    """Somebody decided on the referral, or it ended: a hand-over that was done is complete, a planned one lapses."""
    rij = teamregels.met_rij(aanmelding)
    if rij is None or rij.status in {"afgerond", "vervallen"}:
        return
    if rij.status == "overgedragen" and aanmelding.status != "ingetrokken":
        rij.deelnemer_id = aanmelding.deelnemer_id
        verzet(TEAMOVERDRACHT, rij, "afronden", actor=actor, reden=reden, ook=("deelnemer",))
        werkvoorraad.klaar(KAMER, teamregels.sleutel(rij))
        tijdlijn.schrijf(*teamregels.tijdlijnregels(rij))
    else:
        _laat_vervallen(rij, reden, actor)


def _doelteam(aanmelding: Aanmelding) -> Team | None:
    """The team that the route names now; under 27 that of the Jongerenpoort (R029)."""
    poort = jongerenpoort(klok.vandaag()) if aanmelding.jongerenpoort else None
    return poort.team if poort is not None and poort.team is not None else aanmelding.route.team


def _waarom_niet(aanmelding: Aanmelding) -> str:
    """Why nothing is handed over any more; empty when it is."""
    if aanmelding.deelnemer is not None and aanmelding.deelnemer.overleden_op is not None:
        return "De persoon is overleden."
    if aanmelding.status not in {*OPEN, "geaccepteerd", "teruggestuurd"}:
        return f"De aanmelding is {aanmelding.get_status_display().lower()}."
    if aanmelding.status != "teruggestuurd":
        return ""
    zelfde = Q(bsn_zoeksleutel=aanmelding.bsn_zoeksleutel) if aanmelding.bsn_zoeksleutel else Q(pk__in=[])
    zelfde |= Q(eerdere_aanmelding=aanmelding.pk)
    later = Aanmelding.objects.filter(zelfde, richting=Richting.INKOMEND, ontvangen_op__gt=aanmelding.ontvangen_op)
    if later.exclude(pk=aanmelding.pk).exclude(status__in=["teruggestuurd", "ingetrokken"]).exists():
        return "Er is al een nieuwere aanmelding van deze persoon."
    return ""


def _naar_wie(aanmelding: Aanmelding, team: Team) -> Medewerker | None:
    """Who has the person already when that is in the team; else the colleague of the team with most room."""
    deelnemer = aanmelding.deelnemer
    nu = deelnemer.regievoerder if deelnemer is not None else aanmelding.behandelaar
    if nu is not None and team.pk in mijn_team_ids(nu) and aanmelding.status != "teruggestuurd":
        return nu
    mensen = [m["medewerker"] for m in met_ruimte(team)]
    return next((m for m in mensen if deelnemer is None or not mag_nooit(deelnemer, m)), None)


@service
def draag_over(aanmelding: Aanmelding, *, actor: Actor) -> bool:
    """Hand the person to the team of the route today; False when there is no team or the hand-over lapses.

    The referral is locked by the caller. An open one without agreement goes by the rule of its route; one that was sent
    back until this day comes in again.
    """
    rij, team = teamregels.met_rij(aanmelding), _doelteam(aanmelding)
    if rij is None:
        dag = dag_van_regel(aanmelding) if aanmelding.status in OPEN else None
        if dag is None or dag > klok.vandaag() or team is None:
            return False
        rij = plan_overdracht(aanmelding, dag, actor=actor, grond=Overdrachtsgrond.REGEL)
    if rij.status != "gepland" or rij.op > klok.vandaag():
        return False
    if reden := _waarom_niet(aanmelding):
        _laat_vervallen(rij, reden, actor)
        return False
    if team is None:
        return False
    naar = _naar_wie(aanmelding, team)
    if aanmelding.status == "teruggestuurd":
        _heropen(aanmelding, actor)
    aanmelding.team, aanmelding.gewijzigd_op = team, klok.nu()
    velden = ["team", "gewijzigd_op", "versie"]
    if aanmelding.status in OPEN:
        aanmelding.behandelaar = naar
        velden.append("behandelaar")
    aanmelding.versie += 1
    aanmelding.save(update_fields=velden)
    rij.team, rij.naar, rij.overgedragen_op = team, naar, klok.nu()
    rij.deelnemer_id = aanmelding.deelnemer_id
    verzet(TEAMOVERDRACHT, rij, "overdragen", actor=actor, ook=_VELDEN)
    _na_overdracht(aanmelding, rij, actor)
    return True


def _heropen(aanmelding: Aanmelding, actor: Actor) -> None:
    """Sent back until today: it is open again, with a new clock and the same number (R028).

    That it was sent back stays in the figures of that day, for us and for the sender (R024).
    """
    oud, reden = aanmelding.status, aanmelding.terugstuurtekst
    if aanmelding.eerst_terug_op is None:
        aanmelding.eerst_terug_op, aanmelding.eerste_terugreden = aanmelding.beslist_op, aanmelding.terugstuurreden
    aanmelding.heropend_op = klok.nu()
    aanmelding.terugstuurreden = aanmelding.terugstuurtekst = ""
    aanmelding.beslist_op, aanmelding.werkdagen_verbruikt = None, 0
    termijn.start(aanmelding)
    eerder = ("eerst_terug_op", "eerste_terugreden", "heropend_op")
    ook = (*termijn.KLOKVELDEN, "terugstuurreden", "terugstuurtekst", "beslist_op", *eerder)
    verzet(AANMELDING, aanmelding, "heropenen", actor=actor, reden=f"Eerder teruggestuurd: {reden}", ook=ook)
    tijdlijn.wis(KAMER, f"besluit:{aanmelding.pk}")
    meld(STATUS, aanmelding, oud)


def _na_overdracht(aanmelding: Aanmelding, rij: Teamoverdracht, actor: Actor) -> None:
    """Tell both sides. Who guides the person already and is in the team needs not take over: only the talk waits."""
    werkvoorraad.klaar(KAMER, f"zesmaanden:{aanmelding.pk}")
    if aanmelding.status in OPEN:
        werkvoorraad.schrijf(werkregel(aanmelding))
    tijdlijn.schrijf(*teamregels.tijdlijnregels(rij))
    team = rij.team.naam if rij.team else ""
    meld(OVERGEDRAGEN, aanmelding, aanmelding.status, overdrachtOp=rij.op.isoformat(), team=team)
    deelnemer = aanmelding.deelnemer
    if aanmelding.status == "geaccepteerd" and deelnemer is not None and deelnemer.regievoerder_id == rij.naar_id:
        _rond_af(rij, actor)
    else:
        _schrijf_rij(rij)


def _rond_af(rij: Teamoverdracht, actor: Actor) -> None:
    verzet(TEAMOVERDRACHT, rij, "afronden", actor=actor)
    werkvoorraad.klaar(KAMER, teamregels.sleutel(rij))
    if rij.deelnemer_id is not None:
        lijstkolommen.werk_bij(rij.deelnemer_id)


@service
def neem_over(rij: Teamoverdracht, medewerker: Medewerker, *, actor: Actor) -> Teamoverdracht:
    """A colleague of the team gets the regie from today, and speaks with the sender (R043).

    Raises OvergangGeweigerd when there is nothing to take over, ValidationError when this colleague cannot.
    """
    aanmelding = Aanmelding.objects.select_for_update(of=("self",)).get(pk=rij.aanmelding_id)
    rij = teamregels.met_rij(aanmelding) or rij
    deelnemer = aanmelding.deelnemer
    if aanmelding.status != "geaccepteerd" or deelnemer is None or not TEAMOVERDRACHT.mag(rij, "afronden"):
        raise OvergangGeweigerd("Overnemen kan nu niet.")
    if rij.team_id not in mijn_team_ids(medewerker):
        raise ValidationError({"medewerker": f"{medewerker.naam} werkt niet in het team dat het overneemt."})
    rij.naar = medewerker
    rij.save(update_fields=["naar"])
    _rond_af(rij, actor)
    reden = f"Overdracht: {rij.get_grond_display().lower()}"
    wijs_regie_toe(deelnemer, medewerker, klok.vandaag(), actor=actor, reden=reden, team=rij.team)
    vraag_overdracht(aanmelding, deelnemer, medewerker)
    return rij


@service
def regie_gewijzigd(deelnemer_id: int, medewerker: Medewerker, *, actor: Actor) -> None:
    """Somebody of the team got the regie in another way: then there is nothing left to take over."""
    rijen = Teamoverdracht.objects.select_for_update(of=("self",)).filter(deelnemer=deelnemer_id, status="overgedragen")
    for rij in rijen.filter(aanmelding__status="geaccepteerd").order_by("pk"):
        if rij.team_id in mijn_team_ids(medewerker):
            rij.naar = medewerker
            rij.save(update_fields=["naar"])
            _rond_af(rij, actor)
