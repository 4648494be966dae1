"""Placing a candidate and the care after it (R133, R136, R137)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Betrokkenrol, Bewijssoort
from deelnemers.models import Aanleiding
from deelnemers.services.bewijs import leg_bewijs_vast
from deelnemers.services.inkomen import lopende_uitkering, meld_aan_inkomen
from deelnemers.services.regie import beeindig_betrokkenheid, betrek
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd, verzet
from organisatie.models import Medewerker
from trajecten.models import Trajectonderdeel
from werkgevers.keuzes import NAZORG_DAGEN, Contractvorm, Dienstverbandsoort, Nazorgkant, Nazorguitkomst
from werkgevers.models import Bemiddeling, Dienstverband, Nazorgmoment, Plaatsing, Vacature
from werkgevers.proefplaatswerk import sleutel as proefplaatssleutel
from werkgevers.regels import KAMER, bemiddelingregel, nazorgregel, nazorgwerk, plaatsingregel
from werkgevers.services.bemiddeling import ruim_werk_op
from werkgevers.services.dienstverband import beeindig_dienstverband, begin_dienstverband
from werkgevers.services.vacatures import laat_bemiddelingen_vervallen, tel_open_plekken, vergrendel
from werkgevers.toestanden import BEMIDDELING

GEMAAKT = "plaatsing.gemaakt"
BEEINDIGD = "plaatsing.beeindigd"
#: Hours: the full-time week when nobody asked the employer; an application for subsidy checks it.
_WEEK = Decimal(36)
_VOL = "De laatste plek van deze vacature is net vergeven. Bekijk of de werkgever er een plek bij wil."


@dataclass(frozen=True)
class Plaatsingsgegevens:
    """What is agreed: first working day, hours a week, gross euro per hour (none at a trajectory place),
    contract.
    """

    begindatum: dt.date
    uren_per_week: Decimal
    bruto_uurloon: Decimal | None = None
    contractvorm: str = Contractvorm.BEPAALD
    contract_tot: dt.date | None = None
    functie: str = ""
    dienstverband: str = Dienstverbandsoort.REGULIER
    loonwaarderoute: str = "geen"
    werkvorm: str = ""
    uren_voltijd: Decimal | None = None
    toelichting: str = ""


@service
def plaats(
    bemiddeling: Bemiddeling,
    gegevens: Plaatsingsgegevens,
    *,
    actor: Actor,
    onderdeel: Trajectonderdeel | None = None,
) -> Plaatsing:
    """Place the candidate: placement, employment, one place of the vacancy taken, aftercare and notice to
    income.

    Raises ValidationError when the last place was just taken by somebody else or the terms do not fit the
    kind of
    demand, and OvergangGeweigerd when the mediation already ended.
    """
    vacature = vergrendel(bemiddeling.vacature)
    rijen = Bemiddeling.objects.select_for_update(of=("self",))
    rij = rijen.select_related("deelnemer__regievoerder", "medewerker").get(pk=bemiddeling.pk)
    rij.vacature = vacature
    if vacature.vrij < 1 and (rij.is_open or rij.status == "vacature_vervallen"):
        raise ValidationError(_VOL)
    BEMIDDELING.vereis(rij, "plaatsen")
    if vacature.status != "open":
        raise ValidationError("Plaatsen kan nu niet: deze vacature is niet open.")
    plaatsing = _maak_plaatsing(rij, vacature, gegevens, onderdeel)
    _sluit_bemiddeling(rij, actor)
    _bezet_plek(vacature, actor)
    if vacature.betaald:
        _begin_werk(plaatsing, gegevens, actor)
    _plan_nazorg(plaatsing)
    tijdlijn.schrijf(plaatsingregel(plaatsing))
    leg_bewijs_vast(
        rij.deelnemer,
        Bewijssoort.PLAATSING,
        f"Plaatsing bij {vacature.werkgever.naam}",
        plaatsing.begindatum,
        actor=actor,
        verwijzing=f"plaatsing:{plaatsing.pk}",
    )
    if plaatsing.accountmanager is not None:
        betrek(
            rij.deelnemer,
            Betrokkenrol.ACCOUNTMANAGER,
            klok.vandaag(),
            f"plaatsing:{plaatsing.pk}",
            actor=actor,
            medewerker=plaatsing.accountmanager,
        )
    gebeurtenis.meld(
        GEMAAKT,
        plaatsing.pk,
        betrokkene_id=rij.deelnemer_id,
        data={"plaatsing": plaatsing.pk, "soort": plaatsing.soort},
    )
    return plaatsing


def _maak_plaatsing(
    rij: Bemiddeling, vacature: Vacature, gegevens: Plaatsingsgegevens, onderdeel: Trajectonderdeel | None
) -> Plaatsing:
    plaatsing = Plaatsing(
        deelnemer=rij.deelnemer,
        bemiddeling=rij,
        vacature=vacature,
        werkgever=vacature.werkgever,
        vestiging=vacature.vestiging,
        onderdeel=onderdeel,
        accountmanager=vacature.accountmanager or rij.medewerker,
        soort=vacature.soort,
        functie=gegevens.functie or vacature.titel,
        begindatum=gegevens.begindatum,
        uren_per_week=gegevens.uren_per_week,
        bruto_uurloon=gegevens.bruto_uurloon if vacature.betaald else None,
        contractvorm=gegevens.contractvorm if vacature.betaald else Contractvorm.GEEN,
        contract_tot=gegevens.contract_tot,
        buiten_regio=vacature.vestiging.buiten_regio,
        toelichting=gegevens.toelichting,
    )
    plaatsing.full_clean()
    plaatsing.save()
    return plaatsing


def _sluit_bemiddeling(rij: Bemiddeling, actor: Actor) -> None:
    rij.besloten_op, rij.volgende_actie, rij.volgende_actie_op = klok.vandaag(), "", None
    verzet(BEMIDDELING, rij, "plaatsen", actor=actor, ook=["besloten_op", "volgende_actie", "volgende_actie_op"])
    tijdlijn.schrijf(bemiddelingregel(rij))
    ruim_werk_op(rij)


def _bezet_plek(vacature: Vacature, actor: Actor) -> None:
    vacature.vervuld += 1
    vacature.save(update_fields=["vervuld"])
    if vacature.vrij == 0:
        verzet(vacature.tabel, vacature, "vervullen", actor=actor)
        laat_bemiddelingen_vervallen(vacature, actor=actor)
    tel_open_plekken(vacature.werkgever_id)


def _begin_werk(plaatsing: Plaatsing, gegevens: Plaatsingsgegevens, actor: Actor) -> None:
    """The employment, and the notice to income when there is a benefit (ONTWERP 3.11)."""
    begin_dienstverband(
        plaatsing.deelnemer,
        gegevens.dienstverband,
        plaatsing.werkgever,
        plaatsing.begindatum,
        actor=actor,
        plaatsing=plaatsing,
        vestiging=plaatsing.vestiging,
        functie=plaatsing.functie,
        uren_per_week=plaatsing.uren_per_week,
        bruto_uurloon=plaatsing.bruto_uurloon,
        uren_voltijd=gegevens.uren_voltijd or max(_WEEK, plaatsing.uren_per_week),
        contract_tot=plaatsing.contract_tot,
        loonwaarderoute=gegevens.loonwaarderoute,
        werkvorm=gegevens.werkvorm,
    )
    if lopende_uitkering(plaatsing.deelnemer, plaatsing.begindatum) is None:
        return
    plaatsing.melding = meld_aan_inkomen(
        plaatsing.deelnemer,
        Aanleiding.PLAATSING,
        f"plaatsing:{plaatsing.pk}",
        plaatsing.begindatum,
        actor=actor,
        uren_per_week=plaatsing.uren_per_week,
        bruto_uurloon=plaatsing.bruto_uurloon,
        toelichting=f"{plaatsing.functie} bij {plaatsing.werkgever.naam}",
    )
    plaatsing.save(update_fields=["melding"])


def _plan_nazorg(plaatsing: Plaatsing) -> None:
    """Day 3 and weeks 2, 6, 13 and 26, for the person and for the employer (R136)."""
    momenten = Nazorgmoment.objects.bulk_create(
        Nazorgmoment(
            deelnemer=plaatsing.deelnemer,
            plaatsing=plaatsing,
            kant=kant,
            moment=moment,
            gepland_op=plaatsing.begindatum + dt.timedelta(days=dagen),
        )
        for moment, dagen in NAZORG_DAGEN.items()
        for kant in Nazorgkant.values
    )
    werkvoorraad.schrijf(*(regel for moment in momenten for regel in nazorgwerk(moment)))


@service
def rond_nazorg_af(
    moment: Nazorgmoment,
    uitkomst: Nazorguitkomst | str,
    medewerker: Medewerker,
    *,
    actor: Actor,
    notitie: str = "",
) -> Nazorgmoment:
    """Record one aftercare contact; raises OvergangGeweigerd when it was already done or dropped."""
    rij = Nazorgmoment.objects.select_for_update(of=("self",)).get(pk=moment.pk)
    if rij.gedaan_op or rij.vervallen_op:
        raise OvergangGeweigerd("Dit nazorgmoment is al vastgelegd.")
    rij.uitkomst, rij.notitie, rij.gedaan_op, rij.gedaan_door = uitkomst, notitie, klok.vandaag(), medewerker
    rij.versie += 1
    rij.full_clean()
    rij.save()
    tijdlijn.schrijf(nazorgregel(rij))
    werkvoorraad.klaar(KAMER, f"nazorg:{rij.pk}")
    return rij


@service
def beeindig_plaatsing(
    plaatsing: Plaatsing, laatste_dag: dt.date, reden: str, *, actor: Actor, toelichting: str = ""
) -> Plaatsing:
    """End a placement with a reason: the employment ends, aftercare is dropped, income hears it, the place
    is free.
    """
    rij = (
        Plaatsing.objects.select_for_update(of=("self",)).select_related("deelnemer", "werkgever").get(pk=plaatsing.pk)
    )
    if rij.einddatum is not None:
        raise OvergangGeweigerd("Deze plaatsing is al beëindigd.")
    rij.einddatum, rij.einde_reden = laatste_dag, reden
    rij.toelichting = toelichting or rij.toelichting
    rij.versie += 1
    rij.full_clean()
    rij.save()
    for dienstverband in Dienstverband.objects.filter(plaatsing=rij, einddatum__isnull=True).order_by("id"):
        beeindig_dienstverband(dienstverband, laatste_dag, rij.get_einde_reden_display(), actor=actor)
    _laat_nazorg_vervallen(rij)
    werkvoorraad.klaar(KAMER, proefplaatssleutel(rij.pk))
    beeindig_betrokkenheid(rij.deelnemer, f"plaatsing:{rij.pk}", klok.vandaag(), actor=actor)
    _geef_plek_terug(rij, actor)
    if rij.bruto_uurloon and lopende_uitkering(rij.deelnemer, laatste_dag):
        meld_aan_inkomen(
            rij.deelnemer,
            Aanleiding.WIJZIGING,
            f"plaatsing-einde:{rij.pk}",
            laatste_dag,
            actor=actor,
            toelichting=f"Werk bij {rij.werkgever.naam} is gestopt",
        )
    tijdlijn.schrijf(plaatsingregel(rij))
    gebeurtenis.meld(BEEINDIGD, rij.pk, betrokkene_id=rij.deelnemer_id, data={"plaatsing": rij.pk})
    return rij


def _laat_nazorg_vervallen(plaatsing: Plaatsing) -> None:
    open_ = list(
        plaatsing.nazorg.filter(gedaan_op__isnull=True, vervallen_op__isnull=True)
        .values_list("pk", flat=True)
        .order_by("pk")
    )
    Nazorgmoment.objects.filter(pk__in=open_).update(vervallen_op=klok.vandaag())
    werkvoorraad.klaar(KAMER, *(f"nazorg:{pk}" for pk in open_))


def _geef_plek_terug(plaatsing: Plaatsing, actor: Actor) -> None:
    """A detachment or trajectory place is free again; a regular vacancy stays filled."""
    if plaatsing.vacature is None or plaatsing.soort == "regulier":
        return
    vacature = vergrendel(plaatsing.vacature)
    vacature.vervuld -= 1
    vacature.save(update_fields=["vervuld"])
    if vacature.status == "bezet":
        verzet(vacature.tabel, vacature, "heropenen", actor=actor)
    tel_open_plekken(vacature.werkgever_id)
