"""The nightly hand-off: batches come in, who has no team gets one, a sender who does not answer is chased
(ONTWERP 4).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from aanmeldingen import teamregels
from aanmeldingen.aanleveren.map import afzenders, bestanden, verwerk_bestand
from aanmeldingen.aanleveren.ophalen import haal_op, te_bevragen
from aanmeldingen.aanleveren.originelen import ruim_op
from aanmeldingen.aansluiting import KAMER, OVERDRACHT_ROOD_NA, zesmaandenregels
from aanmeldingen.keuzes import Rappelsoort, Richting
from aanmeldingen.models import Aanmelding, Handhavingssignaal, Overdrachtsmoment, Rappel
from aanmeldingen.services import documenten
from aanmeldingen.services.evaluaties import herinner_aan_evaluaties
from aanmeldingen.services.overdracht import herinner, wijs_team_toe
from aanmeldingen.services.rappel import rappel_ontvangst, rappel_overdracht, rappel_signaal
from aanmeldingen.services.school import haal_leerlingen_op
from aanmeldingen.services.teamoverdracht import draag_over
from aanmeldingen.toestanden import BIJ_AFZENDER, OPEN
from deelnemers.services.documenten import scan_wachtende
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.beperking import niet_beperkt
from kern.handeling import Actor, handeling
from kern.models import Werkvoorraad
from kern.taken import Loop, taak
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_werkdagen

log = logging.getLogger("aanmeldingen.aanleveren")
MAX_HERINNERINGEN = 3
#: A receipt or hand-over that is late: who is at turn, and then the next contact.
LAATSTE_TRAP = 2


def herinner_na() -> int:
    """The sender is reminded after so many working days without an answer, and again after as many more."""
    return int(opzoeken.getal("aanmelding.herinner_na", klok.vandaag()))


def zonder_team() -> QuerySet[Aanmelding]:
    """Open referrals whose route had no team when they came in, and has one now."""
    return Aanmelding.objects.filter(status__in=OPEN, team__isnull=True, route__team__isnull=False)


def te_herinneren() -> QuerySet[Aanmelding]:
    """Referrals with a question or a missing document that waits too long."""
    grens = plus_werkdagen(klok.vandaag(), -herinner_na())
    lang = Q(herinnerd_op__isnull=True, status_sinds__lte=grens) | Q(herinnerd_op__lte=grens)
    return Aanmelding.objects.filter(lang, status__in=BIJ_AFZENDER, herinneringen__lt=MAX_HERINNERINGEN)


@taak(
    "aanmeldingen.overdracht",
    "Geeft aanmeldingen aan een team, draagt over wie zes maanden is begeleid en herinnert wie nog moet antwoorden.",
    nacht=True,
)
def overdracht(loop: Loop) -> None:
    """Both steps take one referral at a time: a run that stops half-way is finished by the next one."""
    for wat, rijen, doe in (
        ("aan een team gegeven", zonder_team, wijs_team_toe),
        ("verwijzers herinnerd", te_herinneren, herinner),
    ):
        loop.meld(f"Aanmeldingen: {wat}", 0, rijen().count())
        aantal = _een_voor_een(rijen, doe, loop.actor)
        loop.tel(wat, aantal)
        loop.meld(f"Aanmeldingen: {wat}", aantal)
    loop.tel("overgedragen aan een team", _draag_over(loop.actor))
    with handeling(loop.actor):
        loop.tel("zes maanden op Vandaag", _zet_zes_maanden())
    for wat, te_doen in (
        ("ontvangst", _ontvangst_te_laat),
        ("overdracht", _overdracht_te_laat),
        ("een bericht met Handhaving", _signaal_te_laat),
    ):
        loop.tel(f"herinnerd aan {wat}", _rappelleer(te_doen, loop.actor))


def over_te_dragen() -> QuerySet[Aanmelding]:
    """Referrals whose day came: as agreed at the decision, or open in trede 4 (the rule of the route says when)."""
    afgesproken = Q(teamoverdracht__status="gepland", teamoverdracht__op__lte=klok.vandaag())
    regel = Q(teamoverdracht__isnull=True, status__in=OPEN, adviesrapport__trede__waarde=4)
    rijen = Aanmelding.objects.filter(afgesproken | regel, richting=Richting.INKOMEND)
    return rijen.select_related(
        "route__team", "routeversie", "team", "behandelaar", "deelnemer__regievoerder", "client"
    )


def _draag_over(actor: Actor) -> int:
    """One small transaction per person. A referral that comes in at the same moment makes it wait for the next night:
    a person has one open referral per sender.
    """
    aantal, laatste = 0, 0
    while True:
        try:
            with handeling(actor):
                rijen = over_te_dragen().filter(pk__gt=laatste).select_for_update(of=("self",), skip_locked=True)
                rij = rijen.order_by("pk").first()
                if rij is None:
                    return aantal
                laatste = rij.pk
                aantal += draag_over(rij, actor=actor)
        except IntegrityError:
            log.warning("overdracht wacht tot morgen", extra={"aanmelding": laatste})


def _zet_zes_maanden() -> int:
    """Rows on Vandaag for who is nearly six months guided in trede 4; what no longer holds goes."""
    staat = Werkvoorraad.objects.filter(kamer=KAMER, soort__in=["zes_maanden", teamregels.SOORT]).order_by("pk")
    anders, weg = werkvoorraad.verschil(staat, [*zesmaandenregels(), *teamregels.werkregels()])
    werkvoorraad.schrijf(*anders)
    werkvoorraad.klaar(KAMER, *(rij.sleutel for rij in weg))
    return len(anders)


def _trap(rappels: Iterable[Rappel], soort: str, over: int) -> int | None:
    """The next step of the ladder: 1, 2 after some working days more, and then no more."""
    gedaan = sorted((r for r in rappels if r.soort == soort and r.over == over), key=lambda r: r.trap)
    if not gedaan:
        return 1
    later = gedaan[-1].op <= plus_werkdagen(klok.vandaag(), -herinner_na())
    return gedaan[-1].trap + 1 if later and gedaan[-1].trap < LAATSTE_TRAP else None


def _ontvangst_te_laat(na: int) -> tuple[int, Callable[[Actor], bool]] | None:
    """The next referral by us without receipt, locked; and what to do with it."""
    rijen = Aanmelding.objects.filter(pk__gt=na, status="verstuurd", verzending__bevestigen_voor__lt=klok.vandaag())
    rij = (
        rijen.select_for_update(of=("self",), skip_locked=True)
        .select_related("verzending__contactpersoon", "ketenpartner", "client")
        .order_by("pk")
        .first()
    )
    if rij is None:
        return None

    def doe(actor: Actor) -> bool:
        trap = _trap(rij.rappels.order_by("pk"), Rappelsoort.ONTVANGST, rij.verzending.pk)
        if trap is not None:
            rappel_ontvangst(rij, trap, actor=actor)
        return trap is not None

    return rij.pk, doe


def _overdracht_te_laat(na: int) -> tuple[int, Callable[[Actor], bool]] | None:
    """The next hand-over that is red, locked; and what to do with it."""
    grens = klok.vandaag() - dt.timedelta(days=OVERDRACHT_ROOD_NA)
    rijen = Overdrachtsmoment.objects.filter(pk__gt=na, gehouden_op__isnull=True, gevraagd_op__lt=grens)
    rijen = rijen.filter(deelnemer__overleden_op__isnull=True)
    moment = (
        rijen.select_for_update(of=("self",), skip_locked=True)
        .select_related("aanmelding__client", "naar__gebruiker")
        .order_by("pk")
        .first()
    )
    if moment is None:
        return None

    def doe(actor: Actor) -> bool:
        trap = _trap(moment.aanmelding.rappels.order_by("pk"), Rappelsoort.OVERDRACHT, moment.pk)
        if trap is not None:
            rappel_overdracht(moment, trap, actor=actor)
        return trap is not None

    return moment.pk, doe


def _signaal_te_laat(na: int) -> tuple[int, Callable[[Actor], bool]] | None:
    """The next message with Handhaving without answer, locked; and what to do with it."""
    rijen = Handhavingssignaal.objects.filter(pk__gt=na, status="verstuurd", antwoord_voor__lt=klok.vandaag())
    rijen = rijen.filter(niet_beperkt("deelnemer"), deelnemer__overleden_op__isnull=True)
    rij = (
        rijen.select_for_update(of=("self",), skip_locked=True)
        .select_related("deelnemer__regievoerder__gebruiker", "verstuurd_door__gebruiker")
        .order_by("pk")
        .first()
    )
    if rij is None:
        return None

    def doe(actor: Actor) -> bool:
        gedaan = Rappel.objects.filter(soort=Rappelsoort.SIGNAAL, over=rij.pk).order_by("pk")
        trap = _trap(gedaan, Rappelsoort.SIGNAAL, rij.pk)
        if trap is not None:
            rappel_signaal(rij, trap, actor=actor)
        return trap is not None

    return rij.pk, doe


def _rappelleer(volgende: Callable[[int], tuple[int, Callable[[Actor], bool]] | None], actor: Actor) -> int:
    """One small transaction per reminder: a run that stops half-way is finished by the next one."""
    aantal, laatste = 0, 0
    while True:
        with handeling(actor):
            gevonden = volgende(laatste)
            if gevonden is None:
                return aantal
            laatste, doe = gevonden
            aantal += doe(actor)


def _een_voor_een(rijen: Callable[[], QuerySet[Aanmelding]], doe: Callable[..., object], actor: Actor) -> int:
    """One small transaction per referral; one that somebody else works on is left for the next night."""
    aantal, laatste = 0, 0
    while True:
        with handeling(actor):
            rij = (
                rijen().filter(pk__gt=laatste).select_for_update(of=("self",), skip_locked=True).order_by("pk").first()
            )
            if rij is None:
                return aantal
            laatste = rij.pk
            doe(rij, actor=actor)
            aantal += 1


@taak(
    "aanmeldingen.aanleveren",
    "Leest de bestanden die afzenders in hun map hebben gezet, en schrijft per bestand een antwoord.",
    nacht=True,
)
def aanleveren(loop: Loop) -> None:
    """Every file of every sender, line by line; a run that stops half-way is finished by the next one.

    A file that cannot be moved or answered does not stop the others: it is tried again in the next run.
    """
    wachtend = [(client, pad) for client, map_ in afzenders() for pad in bestanden(map_)]
    for gedaan, (client, pad) in enumerate(wachtend):
        loop.meld(f"Aanlevering van {client.naam}", gedaan, len(wachtend))
        try:
            verwerk_bestand(client, pad, loop)
        except OSError as fout:
            loop.tel("bestanden die bleven liggen")
            log.error("bestand niet verwerkt", extra={"client": client.client_id, "soort": type(fout).__name__})
    for _, map_ in afzenders():
        weg, verzegeld = ruim_op(map_)
        if weg:
            loop.tel("originelen na hun termijn weg", weg)
        if verzegeld:
            loop.tel("oude originelen versleuteld", verzegeld)


@taak("aanmeldingen.ophalen", "Haalt aanmeldingen op bij afzenders die ze zelf klaarzetten.", nacht=True)
def ophalen(loop: Loop) -> None:
    """A partner that is away is noted and does not stop the night: its cursor stays where it was."""
    for client, bron in te_bevragen():
        loop.meld(f"Ophalen bij {client.naam}")
        if not haal_op(client, bron, loop):
            loop.tel("afzenders niet bereikbaar")


@taak("aanmeldingen.evaluaties", "Zet bij Vandaag welke routes nog geëvalueerd moeten worden.", nacht=True)
def evaluaties(loop: Loop) -> None:
    """A quarter that closed without evaluation waits at the functional admin until it is finalised (R038)."""
    loop.tel("herinneringen", herinner_aan_evaluaties(actor=loop.actor))


@taak("aanmeldingen.scholen", "Zet bij Vandaag welke leerlingen we nu op school gaan spreken.", nacht=True)
def scholen(loop: Loop) -> None:
    """Fetch days by the setting of today, a klantmanager for who has none, and the rows on Vandaag (R036)."""
    loop.tel("leerlingen bij Vandaag", haal_leerlingen_op(actor=loop.actor))


@taak(
    "aanmeldingen.documenten",
    "Laat documenten bij aanmeldingen die nog wachten door de virusscanner nakijken.",
    stil=True,
)
def scan_documenten(loop: Loop) -> None:
    """Every few minutes, until the scanner has seen them all."""
    scan_wachtende(loop, documenten.wachtend(), documenten.scan_opnieuw)
