"""A payment run: start it, compose it in small steps that can be taken again, let two people look, let it lapse (R149).

Composing books first and then makes orders. Each step is one transaction that also writes how far it came, so a run
that was cut off goes on, and a line that is held can never be held twice (UNIQUE on `Opdrachtregel`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from stdnum import iban as ibanregels

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.models import Overgang
from kern.nummers import volgend_nummer
from kern.toestanden import Toestandstabel, leg_overgang_vast, verzet
from kern.weergave import datum
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie import betaalwerk
from loonkostensubsidie.betaaltoestanden import BETAALOPDRACHT, BETAALRUN, TERUGVORDERING
from loonkostensubsidie.models import Betaalopdracht, Betaalrun, Boekregel, Terugvordering
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.vasthouden import houd_vast, laat_los
from werkgevers.dienstverbandvragen import Betaalrekening, rekening_van
from werkgevers.models import Werkgever

#: Subsidies per step of booking.
PLAK = 100
BOEKEN, OPDRACHTEN, KLAAR = "boeken", "opdrachten", "klaar"
TELT = ("klaar", "aangeboden", "betaald", "geweigerd")
ONJUIST_NUMMER = "Het rekeningnummer (IBAN) klopt niet."


def mens(actor: Actor, wat: str) -> int:
    """The account of the person who does this; a job or client may not."""
    if actor.gebruiker_id is None:
        raise ValidationError(f"{wat} doet een medewerker, niet een taak of koppeling.")
    return actor.gebruiker_id


def leg_begin_vast(
    tabel: Toestandstabel, rij: Betaalrun | Betaalopdracht | Terugvordering, actie: str, actor: Actor
) -> None:
    """Write the first state of a new row in the transition log."""
    stap = tabel.stap("", actie)
    if stap is None:
        raise LookupError(f"de tabel {tabel.soort} kent geen begin ‘{actie}’")
    leg_overgang_vast(tabel.soort, rij, "", stap, actor=actor, reden=getattr(rij, "reden", ""))


def vergrendel(run: Betaalrun) -> Betaalrun:
    return Betaalrun.objects.select_for_update(of=("self",)).get(pk=run.pk)


# --- Start ------------------------------------------------------------------------------------------------------------
@service
def begin_run(maand: dt.date, *, actor: Actor) -> Betaalrun:
    """Start the run of a month that is over; a job composes it. ValidationError when one is under way already."""
    eerste = maand.replace(day=1)
    if plus_maanden(eerste, 1) > klok.vandaag():
        einde = plus_maanden(eerste, 1) - dt.timedelta(days=1)
        raise ValidationError({"maand": f"We betalen achteraf. Deze maand loopt nog tot en met {datum(einde)}."})
    run = Betaalrun(
        nummer=volgend_nummer(Betaalrun, "BET"),
        maand=eerste,
        status_sinds=klok.vandaag(),
        opgesteld_door_id=mens(actor, "Een betaalrun opstellen"),
    )
    run.full_clean()
    run.save()
    leg_begin_vast(BETAALRUN, run, "beginnen", actor)
    return run


# --- Compose ----------------------------------------------------------------------------------------------------------
def stel_op(run: Betaalrun, *, actor: Actor, meld: Callable[[str, int, int], None] | None = None) -> Betaalrun:
    """Take steps until the run is composed, or until somebody let it lapse. Not one transaction: may stop anywhere."""
    stand = run
    while stand.status == "wordt_opgesteld" and stand.stap != KLAAR:
        stand = doe_stap(run, actor=actor)
        if meld is not None:
            woord = "Maanden boeken" if stand.stap == BOEKEN else "Opdrachten maken"
            meld(woord, stand.gedaan, stand.totaal)
    return stand


@service
def doe_stap(run: Betaalrun, *, actor: Actor) -> Betaalrun:
    """One step of composing: a slice of subsidies, or one employer, or the end. Who is second, waits for the first."""
    rij = vergrendel(run)
    if rij.status != "wordt_opgesteld":
        return rij
    if rij.stap == BOEKEN:
        _boek_plak(rij, actor)
    elif rij.stap == OPDRACHTEN:
        _volgende_werkgever(rij, actor)
    return rij


def _boek_plak(run: Betaalrun, actor: Actor) -> None:
    if not run.totaal:
        run.totaal = vragen.te_boeken().count()
    nummers = dict(vragen.te_boeken(run.verwerkt_tot).values_list("pk", "nummer")[:PLAK])
    if not nummers:
        run.stap, run.verwerkt_tot, run.gedaan = OPDRACHTEN, 0, 0
        run.totaal = len(vragen.werkgevers_met_open(run.maand))
    else:
        verslag = boek(nummers, run.maand, actor=actor)
        run.fouten += [{"subsidie": pk, "nummer": nummers[pk], "tekst": t} for pk, t in verslag.fouten.items()]
        run.verwerkt_tot, run.gedaan = max(nummers), run.gedaan + len(nummers)
    run.save(update_fields=["stap", "verwerkt_tot", "gedaan", "totaal", "fouten"])


def _volgende_werkgever(run: Betaalrun, actor: Actor) -> None:
    pk = vragen.werkgevers_met_open(run.maand, run.verwerkt_tot).first()
    if pk is None:
        run.stap = KLAAR
        run.aantal, run.bedrag = _tel(run)
        verzet(BETAALRUN, run, "klaarzetten", actor=actor, ook=["stap", "aantal", "bedrag"])
        betaalwerk.breng_bij(f"run:{run.pk}", betaalwerk.runwerk(run))
        return
    werkgever = Werkgever.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    maak_opdracht(run, werkgever, actor=actor)
    run.verwerkt_tot, run.gedaan = pk, run.gedaan + 1
    run.save(update_fields=["verwerkt_tot", "gedaan"])


def maak_opdracht(run: Betaalrun, werkgever: Werkgever, *, actor: Actor) -> Betaalopdracht | None:
    """One order for all that is open, corrections and set-off included; None when that is not more than nothing.

    What is not paid stays open: it is set off next month, or becomes a recovery. Call with the employer locked.
    """
    regels = vragen.te_verrekenen(vragen.open_regels(werkgever.pk, tot=run.maand))
    terug = (
        Terugvordering.objects.select_for_update(of=("self",))
        .filter(werkgever=werkgever, status="aangezegd", verrekenen=True)
        .first()
    )
    af = (
        list(Boekregel.objects.filter(opdrachtregels__terugvordering=terug, opdrachtregels__vrij_op=None))
        if terug
        else []
    )
    bedrag = vragen.som([*regels, *af])
    if bedrag <= 0:
        return None
    if terug is not None:
        laat_los(terug)
        terug.afgehandeld_op = klok.vandaag()
        verzet(TERUGVORDERING, terug, "verrekenen", actor=actor, ook=["afgehandeld_op"])
        betaalwerk.breng_bij(f"terug:{terug.pk}", None)
    opdracht = _opdracht(run, werkgever, bedrag, len(regels) + len(af), actor)
    houd_vast([*regels, *af], opdracht=opdracht)
    geweigerd = Betaalopdracht.objects.filter(werkgever=werkgever, status="geweigerd").values_list("pk", flat=True)
    werkvoorraad.klaar(betaalwerk.KAMER, *(f"geweigerd:{pk}" for pk in geweigerd.order_by("pk")))
    return opdracht


def _opdracht(run: Betaalrun, werkgever: Werkgever, bedrag: Decimal, aantal: int, actor: Actor) -> Betaalopdracht:
    rekening = rekening_van(werkgever, klok.vandaag())
    opdracht = Betaalopdracht(
        run=run,
        werkgever=werkgever,
        eindkenmerk=f"{run.nummer}-{werkgever.pk:07d}",
        iban=rekening.iban,
        tenaamstelling=rekening.tenaamstelling,
        bedrag=bedrag,
        aantal_regels=aantal,
        status_sinds=klok.vandaag(),
        reden=waarom_niet(rekening),
    )
    opdracht.status = "aangehouden" if opdracht.reden else "klaar"
    opdracht.full_clean()
    opdracht.save()
    leg_begin_vast(BETAALOPDRACHT, opdracht, "tegenhouden" if opdracht.reden else "opstellen", actor)
    return opdracht


def waarom_niet(rekening: Betaalrekening) -> str:
    """Why nothing may go to this account now; empty when it may."""
    if rekening.aangehouden:
        return rekening.aangehouden
    return "" if ibanregels.is_valid(rekening.iban) else ONJUIST_NUMMER


def _tel(run: Betaalrun) -> tuple[int, Decimal]:
    uit = Betaalopdracht.objects.filter(run=run, status__in=TELT).aggregate(n=Count("pk"), som=Sum("bedrag"))
    return uit["n"], uit["som"] or vragen.NUL


def werk_totaal_bij(run: Betaalrun) -> None:
    """Count again what goes along; the counter of the run tells who looks at it that it changed."""
    run.aantal, run.bedrag = _tel(run)
    run.versie += 1
    run.save(update_fields=["aantal", "bedrag", "versie"])
    betaalwerk.breng_bij(f"run:{run.pk}", betaalwerk.runwerk(run))


# --- Two people -------------------------------------------------------------------------------------------------------
@service
def keur_run_goed(run: Betaalrun, *, actor: Actor, versie: int | None = None) -> Betaalrun:
    """The second person agrees with the run as it was on the screen (`versie`).

    Raises ValidationError for the maker, when it changed meanwhile and when there is nothing to pay, and
    OvergangGeweigerd when a colleague was first.
    """
    rij = vergrendel(run)
    BETAALRUN.vereis(rij, "goedkeuren")
    wie = mens(actor, "Goedkeuren")
    if rij.opgesteld_door_id == wie:
        raise ValidationError("Je hebt deze run zelf opgesteld. Vraag een collega om hem goed te keuren.")
    if _gaf_vrij(rij, wie):
        raise ValidationError("Je hebt in deze run een aangehouden opdracht vrijgegeven. Vraag een collega.")
    if versie is not None and versie != rij.versie:
        raise ValidationError("Deze run is net gewijzigd. Kijk de bedragen na en keur hem dan goed.")
    if not Betaalopdracht.objects.filter(run=rij, status="klaar").exists():
        raise ValidationError("Er is niets om te betalen: geen enkele opdracht is klaar.")
    rij.goedgekeurd_door_id, rij.goedgekeurd_op = wie, klok.nu()
    verzet(BETAALRUN, rij, "goedkeuren", actor=actor, ook=["goedgekeurd_door", "goedgekeurd_op"])
    betaalwerk.breng_bij(f"run:{rij.pk}", betaalwerk.runwerk(rij))
    return rij


def _gaf_vrij(run: Betaalrun, gebruiker_id: int) -> bool:
    """Whether this person released an order of the run: then somebody else must look at it."""
    opdrachten = Betaalopdracht.objects.filter(run=run).values("pk")
    return Overgang.objects.filter(
        soort=BETAALOPDRACHT.soort,
        object_id__in=opdrachten,
        actie="vrijgeven",
        actor_soort="gebruiker",
        actor_id=str(gebruiker_id),
    ).exists()


@service
def neem_run_terug(run: Betaalrun, reden: str, *, actor: Actor) -> Betaalrun:
    """Take the approval back, for instance to release an order that was held."""
    rij = vergrendel(run)
    rij.goedgekeurd_door_id, rij.goedgekeurd_op = None, None
    verzet(BETAALRUN, rij, "terugnemen", actor=actor, reden=reden, ook=["goedgekeurd_door", "goedgekeurd_op"])
    betaalwerk.breng_bij(f"run:{rij.pk}", betaalwerk.runwerk(rij))
    return rij


@service
def laat_run_vervallen(run: Betaalrun, reden: str, *, actor: Actor) -> Betaalrun:
    """Pay nothing by this run: all its lines are open again."""
    rij = vergrendel(run)
    verzet(BETAALRUN, rij, "vervallen", actor=actor, reden=reden)
    for opdracht in Betaalopdracht.objects.select_for_update(of=("self",)).filter(run=rij).order_by("pk"):
        laat_opdracht_vervallen(opdracht, reden, actor)
    rij.aantal, rij.bedrag = _tel(rij)
    rij.save(update_fields=["aantal", "bedrag"])
    betaalwerk.breng_bij(f"run:{rij.pk}", None)
    return rij


def laat_opdracht_vervallen(opdracht: Betaalopdracht, reden: str, actor: Actor) -> None:
    """This order pays nothing. Call inside a service, with the order locked."""
    opdracht.reden = reden[:300]
    verzet(BETAALOPDRACHT, opdracht, "vervallen", actor=actor, reden=reden, ook=["reden"])
    laat_los(opdracht)


# --- One order --------------------------------------------------------------------------------------------------------
@service
def houd_opdracht_aan(opdracht: Betaalopdracht, reden: str, *, actor: Actor) -> Betaalopdracht:
    """Leave an order out of the file, while the run is not approved yet."""
    run, rij = _te_wijzigen(opdracht)
    rij.reden = reden.strip()[:300]
    verzet(BETAALOPDRACHT, rij, "aanhouden", actor=actor, reden=reden, ook=["reden"])
    werk_totaal_bij(run)
    return rij


@service
def geef_opdracht_vrij(opdracht: Betaalopdracht, *, actor: Actor) -> Betaalopdracht:
    """Let an order go along after all, on the account of today. Raises ValidationError while that may not be used."""
    run, rij = _te_wijzigen(opdracht)
    rekening = rekening_van(rij.werkgever_id, klok.vandaag())
    if reden := waarom_niet(rekening):
        raise ValidationError(f"Dit kan nog niet. {reden}")
    rij.iban, rij.tenaamstelling, rij.reden = rekening.iban, rekening.tenaamstelling, ""
    verzet(BETAALOPDRACHT, rij, "vrijgeven", actor=actor, ook=["iban", "tenaamstelling", "reden"])
    werk_totaal_bij(run)
    return rij


def _te_wijzigen(opdracht: Betaalopdracht) -> tuple[Betaalrun, Betaalopdracht]:
    run = Betaalrun.objects.select_for_update(of=("self",)).get(pk=opdracht.run_id)
    if run.status != "opgesteld":
        label = BETAALRUN.toestand(run.status).label
        raise ValidationError(f"De run is ‘{label}’. Alleen zolang hij ‘Opgesteld’ is, kun je opdrachten wijzigen.")
    return run, Betaalopdracht.objects.select_for_update(of=("self",)).get(pk=opdracht.pk)
