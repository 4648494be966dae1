"""Money that an employer got too much: intention, decision by a second person, paid back or set off (Awb 4:57)."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.nummers import volgend_nummer
from kern.toestanden import verzet
from kern.weergave import datum, euro
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie import betaalwerk
from loonkostensubsidie.betaaltoestanden import TERUGVORDERING
from loonkostensubsidie.betaalvragen import uiterlijk
from loonkostensubsidie.keuzes import Terugstuksoort
from loonkostensubsidie.models import Boekregel, Subsidie, Terugvordering
from loonkostensubsidie.services.betaalrun import leg_begin_vast, mens
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.teruggave import stel_bij
from loonkostensubsidie.services.vasthouden import houd_vast, laat_los
from loonkostensubsidie.terugvorderbrief import bewaar_stuk, maak_brief
from regelgeving import opzoeken
from werkgevers.models import Werkgever


def te_vorderen(werkgever: int) -> tuple[list[Boekregel], list[Boekregel]]:
    """Open lines of this employer that a recovery takes, and those that are too old for it."""
    regels = list(vragen.open_regels(werkgever))
    oud = [r for r in regels if r.totaal < 0 and uiterlijk(r.maand) < klok.vandaag()]
    return [r for r in regels if r not in oud], oud


@service
def maak_terugvordering(werkgever: Werkgever, reden: str, *, actor: Actor) -> Terugvordering:
    """Write the intention to ask money back: all that is open of this employer, less than nothing together.

    Raises ValidationError when nothing is due back, when it is too long ago, and while another one runs.
    """
    baas = Werkgever.objects.select_for_update(of=("self",), no_key=True).get(pk=werkgever.pk)
    regels, oud = te_vorderen(baas.pk)
    bedrag = -vragen.som(regels)
    if bedrag <= 0:
        if oud:
            raise ValidationError("Wat te veel is betaald, is te lang geleden om terug te vorderen (Awb 4:57).")
        raise ValidationError("Deze werkgever hoeft nu niets terug te betalen.")
    oudste = min(r.maand for r in regels if r.totaal < 0)
    dagen = int(opzoeken.getal("betaling.zienswijze", klok.vandaag()))
    rij = Terugvordering(
        nummer=volgend_nummer(Terugvordering, "TV"),
        werkgever=baas,
        bedrag=bedrag,
        aantal_regels=len(regels),
        reden=reden.strip(),
        status_sinds=klok.vandaag(),
        vastgesteld_op=oudste.replace(day=calendar.monthrange(oudste.year, oudste.month)[1]),
        uiterlijk_op=uiterlijk(oudste),
        reageren_tot=klok.vandaag() + dt.timedelta(days=dagen),
        gemaakt_door_id=mens(actor, "Terugvorderen"),
        gemaakt_op=klok.nu(),
    )
    rij.full_clean()
    rij.save()
    leg_begin_vast(TERUGVORDERING, rij, "voornemen", actor)
    houd_vast(regels, terugvordering=rij)
    betaalwerk.breng_bij(f"terug:{rij.pk}", betaalwerk.terugwerk(rij))
    return rij


@service
def leg_reactie_vast(terugvordering: Terugvordering, tekst: str, *, actor: Actor) -> Terugvordering:
    """Write what the employer said; from then on a decision is possible."""
    rij = _vergrendel(terugvordering)
    if rij.status != "open":
        raise ValidationError("Er is al een besluit. Een reactie is nu een bezwaar.")
    rij.reactie = tekst.strip()
    rij.versie += 1
    rij.save(update_fields=["reactie", "versie"])
    return rij


@service
def zeg_aan(terugvordering: Terugvordering, *, verrekenen: bool, actor: Actor) -> Terugvordering:
    """The decision, by another person than who made it: pay back within the legal term, or set off with later months.

    The letter is kept as it is sent: call inside `bestanden.weg_bij_mislukken()`.
    Raises ValidationError for the maker, while the employer may still react, and after five years (Awb 4:57).
    """
    rij = _vergrendel(terugvordering)
    TERUGVORDERING.vereis(rij, "aanzeggen")
    wie, vandaag = mens(actor, "Beslissen"), klok.vandaag()
    if rij.gemaakt_door_id == wie:
        raise ValidationError("Je hebt deze terugvordering zelf gemaakt. Vraag een collega om te beslissen.")
    if vandaag <= rij.reageren_tot and not rij.reactie:
        raise ValidationError(f"De werkgever kan nog reageren tot en met {datum(rij.reageren_tot)}.")
    if vandaag > rij.uiterlijk_op:
        raise ValidationError("Dit bedrag is te lang geleden vastgesteld om terug te vorderen (Awb 4:57).")
    rij.besloten_door_id, rij.besloten_op, rij.verrekenen = wie, vandaag, verrekenen
    rij.betalen_tot = opzoeken.einde_termijn("AWB_BETALING", vandaag)
    velden = ["besloten_door", "besloten_op", "betalen_tot", "verrekenen"]
    verzet(TERUGVORDERING, rij, "aanzeggen", actor=actor, ook=velden)
    regels = list(vragen.regels_van_terugvordering(rij))
    bewaar_stuk(rij, Terugstuksoort.BESLUIT, maak_brief(rij, regels, rij.gemeente))
    betaalwerk.breng_bij(f"terug:{rij.pk}", betaalwerk.terugwerk(rij))
    return rij


@service
def ontvang_terug(terugvordering: Terugvordering, bedrag: Decimal, dag: dt.date, *, actor: Actor) -> Terugvordering:
    """Money came in, all of it or a part; the recovery ends when all of it is there.

    Raises ValidationError for more than is still due, for a part of what is set off, and for a day that has to come.
    """
    rij = _vergrendel(terugvordering)
    TERUGVORDERING.vereis(rij, "ontvangen")
    rest = rij.bedrag - rij.ontvangen
    if not 0 < bedrag <= rest:
        raise ValidationError(
            {"bedrag": f"De werkgever betaalt nog {euro(rest)}. Vul dat bedrag in, of een deel ervan."}
        )
    if rij.verrekenen and bedrag != rest:
        raise ValidationError({"bedrag": f"Dit bedrag verrekenen we. Ontvangen kan alleen {euro(rest)} in één keer."})
    if dag > klok.vandaag() or (rij.besloten_op and dag < rij.besloten_op):
        raise ValidationError({"dag": "Kies een dag tussen het besluit en vandaag."})
    rij.ontvangen += bedrag
    if rij.ontvangen < rij.bedrag:
        rij.versie += 1
        rij.save(update_fields=["ontvangen", "versie"])
        betaalwerk.breng_bij(f"terug:{rij.pk}", betaalwerk.terugwerk(rij))
        return rij
    rij.afgehandeld_op = dag
    verzet(TERUGVORDERING, rij, "ontvangen", actor=actor, ook=["afgehandeld_op", "ontvangen"])
    betaalwerk.breng_bij(f"terug:{rij.pk}", None)
    return rij


@service
def trek_terugvordering_in(terugvordering: Terugvordering, reden: str, *, actor: Actor) -> Terugvordering:
    """Ask nothing back this way: the lines are open again, and a part that came in goes back by the next payment."""
    rij = _vergrendel(terugvordering)
    rij.afgehandeld_op = klok.vandaag()
    verzet(TERUGVORDERING, rij, "intrekken", actor=actor, reden=reden, ook=["afgehandeld_op"])
    laat_los(rij)
    stel_bij(rij, begin=True)
    betaalwerk.breng_bij(f"terug:{rij.pk}", None)
    return rij


@service
def herroep_terugvordering(terugvordering: Terugvordering, reden: str, *, actor: Actor) -> Terugvordering:
    """After a well-founded objection nothing is asked back, and the next payment returns what came in or was set off.

    The lines stay held, so that no payment sets them off. First the months are booked as they are now: what the
    employer got back by a higher month is not paid again.
    """
    rij = _vergrendel(terugvordering)
    TERUGVORDERING.vereis(rij, "herroepen")
    geboekt = Boekregel.objects.filter(opdrachtregels__terugvordering=rij).order_by("-maand", "pk")
    if (laatste := geboekt.first()) is not None:
        boek(set(geboekt.values_list("subsidie_id", flat=True)), laatste.maand, actor=actor)
    rij.afgehandeld_op = klok.vandaag()
    verzet(TERUGVORDERING, rij, "herroepen", actor=actor, reden=reden, ook=["afgehandeld_op"])
    stel_bij(rij, begin=True)
    betaalwerk.breng_bij(f"terug:{rij.pk}", None)
    return rij


def trek_in_na_herstel(subsidie: Subsidie, *, actor: Actor) -> None:
    """A right is restored after an objection: its months are booked, and what was still asked back for it lapses.

    What other rights still owe is open again, for a new recovery. Call inside a service.
    """
    lopend = Terugvordering.objects.filter(status__in=["open", "aangezegd"], regels__boekregel__subsidie=subsidie)
    for rij in Terugvordering.objects.filter(pk__in=lopend.values("pk")).order_by("pk"):
        trek_terugvordering_in(rij, f"{subsidie.nummer} is na een bezwaar hersteld.", actor=actor)
    laatste = Boekregel.objects.filter(subsidie=subsidie).order_by("-maand").first()
    if laatste is not None:
        boek([subsidie.pk], laatste.maand, actor=actor)


def _vergrendel(rij: Terugvordering) -> Terugvordering:
    return Terugvordering.objects.select_for_update(of=("self",)).select_related("werkgever").get(pk=rij.pk)
