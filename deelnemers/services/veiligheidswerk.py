"""What safety notices and incidents put on the lists of people: confirm, tell the person, look again, close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from deelnemers.models import Deelnemer, Incident, Veiligheidsmelding
from deelnemers.services.tijdlijn import KAMER
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.weergave import datum
from regelgeving import opzoeken


def _dagen(sleutel: str) -> dt.timedelta:
    return dt.timedelta(days=int(opzoeken.getal(sleutel, klok.vandaag())))


def _adres(rij: Veiligheidsmelding) -> str:
    return reverse("veiligheid", args=[rij.deelnemer.dossiernummer, rij.pk])


def te_bevestigen(rij: Veiligheidsmelding) -> Werkvoorraad:
    """A safety notice that a second person confirms."""
    return werkvoorraad.regel(
        KAMER,
        f"veiligheid:{rij.pk}",
        soort="veiligheid",
        titel=f"Bevestig de veiligheidsmelding over {rij.deelnemer.naam}",
        waarom="Een veiligheidsmelding stellen twee mensen vast. Tot die tijd ziet niemand haar.",
        url=_adres(rij),
        knop="Bekijken",
        icoon="schild",
        op=rij.vastgesteld_op,
        betrokkene_id=rij.deelnemer_id,
        voor_team_id=rij.deelnemer.team_id,
        voor_rol="teammanager",
    )


def in_te_lichten(rij: Veiligheidsmelding, voor_id: int) -> Werkvoorraad:
    """The person hears of a notice, unless somebody decided otherwise with a reason."""
    return werkvoorraad.regel(
        KAMER,
        f"veiligheid:{rij.pk}:inlichten",
        soort="veiligheid_opvolgen",
        titel=f"Vertel {rij.deelnemer.naam} over de veiligheidsmelding",
        waarom="Wie een veiligheidsmelding krijgt, hoort dat van ons. Doe je dat niet, geef dan een reden.",
        url=_adres(rij),
        knop="Vastleggen",
        icoon="schild",
        op=rij.vastgesteld_op,
        betrokkene_id=rij.deelnemer_id,
        voor_id=voor_id,
    )


def te_herzien(rij: Veiligheidsmelding, voor_id: int) -> Werkvoorraad:
    """A notice that ends soon: look again, so that none runs out unseen."""
    voorbij = rij.geldig_tot < klok.vandaag()
    return werkvoorraad.regel(
        KAMER,
        f"veiligheid:{rij.pk}:herzien",
        soort="veiligheid_opvolgen",
        titel=f"Kijk opnieuw naar de veiligheidsmelding over {rij.deelnemer.naam}",
        toelichting=f"{'Gold' if voorbij else 'Geldt'} tot en met {datum(rij.geldig_tot)}",
        waarom="Een veiligheidsmelding verloopt. Bekijk of zij nog nodig is.",
        url=_adres(rij),
        knop="Bekijken",
        icoon="schild",
        op=rij.geldig_tot,
        betrokkene_id=rij.deelnemer_id,
        voor_id=voor_id,
    )


def af_te_handelen(incident: Incident, binnen: dt.timedelta) -> Werkvoorraad:
    """An incident that the teammanager closes."""
    dag = timezone.localdate(incident.gebeurd_op)
    return werkvoorraad.regel(
        KAMER,
        f"incident:{incident.pk}",
        soort="incident",
        titel=f"Handel het incident met {incident.deelnemer.naam} af",
        toelichting=f"Gemeld door {incident.gemeld_door.naam}, gebeurd op {datum(dag)}",
        waarom="Na een incident krijgt de collega hulp en bekijk je of een veiligheidsmelding nodig is.",
        url=reverse("incident", args=[incident.deelnemer.dossiernummer, incident.pk]),
        knop="Afhandelen",
        icoon="driehoek",
        op=dag + binnen,
        betrokkene_id=incident.deelnemer_id,
        voor_team_id=incident.deelnemer.team_id,
        voor_rol="teammanager",
    )


def nazorg(incident: Incident, voor_id: int) -> Werkvoorraad:
    """The help that somebody promised to the colleague."""
    assert incident.nazorg_voor is not None  # noqa: S101 - a database constraint
    return werkvoorraad.regel(
        KAMER,
        f"incident:{incident.pk}:nazorg",
        soort="incident",
        titel=f"Help {incident.gemeld_door.naam} na het incident",
        toelichting=incident.nazorg[:120],
        waarom="Dit is na het incident afgesproken.",
        url=reverse("incident", args=[incident.deelnemer.dossiernummer, incident.pk]),
        knop="Openen",
        icoon="hand",
        op=incident.nazorg_voor,
        betrokkene_id=incident.deelnemer_id,
        voor_id=voor_id,
    )


def regels(levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """Every row about safety of these persons."""
    yield from _meldingen(levend)
    yield from _incidenten(levend)


def _meldingen(levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    vandaag, grens = klok.vandaag(), klok.vandaag() + _dagen("veiligheid.vooraf")
    open_ = Q(tweede_persoon__isnull=True) | Q(herzien_op__isnull=True)
    rijen = Veiligheidsmelding.objects.filter(open_, deelnemer__in=levend, ingetrokken_op__isnull=True)
    for rij in rijen.order_by("id"):
        rij.deelnemer = levend[rij.deelnemer_id]
        if rij.tweede_persoon_id is None:
            yield te_bevestigen(rij)
            continue
        regie = rij.deelnemer.regievoerder
        if regie is None:
            continue
        if rij.geldig_tot >= vandaag and rij.persoon_ingelicht_op is None and not rij.niet_inlichten_reden:
            yield in_te_lichten(rij, regie.gebruiker_id)
        if rij.geldig_tot <= grens:
            yield te_herzien(rij, regie.gebruiker_id)


def _incidenten(levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    binnen = _dagen("incident.afhandelen")
    open_ = Q(afgehandeld_op__isnull=True) | (~Q(nazorg="") & Q(nazorg_gedaan_op__isnull=True))
    rijen = Incident.objects.filter(open_, deelnemer__in=levend).select_related("gemeld_door", "nazorg_door")
    for rij in rijen.order_by("id"):
        rij.deelnemer = levend[rij.deelnemer_id]
        if rij.afgehandeld_op is None:
            yield af_te_handelen(rij, binnen)
        if rij.nazorg_door is not None and rij.nazorg_gedaan_op is None:
            yield nazorg(rij, rij.nazorg_door.gebruiker_id)
