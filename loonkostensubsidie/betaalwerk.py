"""What payments put on Vandaag: approve, offer, look at what was held or refused."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.weergave import MAANDEN, datum, euro
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Betaallink, Betaalopdracht, Betaalrun, Terugvordering
from organisatie.rechten import Rol

#: A name of its own, beside the room itself: its rows are about money, not about a person.
KAMER = "betalingen"


def maandnaam(run: Betaalrun) -> str:
    return f"{MAANDEN[run.maand.month - 1]} {run.maand.year}"


_RUN = {
    "opgesteld": (
        "Keur de betaalrun van {maand} goed",
        "Iemand anders dan wie hem opstelde, keurt een betaalrun goed.",
        "Nakijken",
    ),
    "goedgekeurd": (
        "Maak het betaalbestand van {maand}",
        "De betaalrun is goedgekeurd. Zonder bestand krijgt niemand geld.",
        "Bestand maken",
    ),
    "aangeboden": (
        "Verwerk wat de bank deed met {maand}",
        "Van een opdracht in deze run weten we nog niet of er is betaald.",
        "Verwerken",
    ),
}


def runwerk(run: Betaalrun) -> Werkvoorraad | None:
    """The row of a run, or None when nobody has to do anything."""
    if run.status not in _RUN:
        return None
    titel, waarom, knop = _RUN[run.status]
    return werkvoorraad.regel(
        KAMER,
        f"run:{run.pk}",
        soort="betaalrun",
        titel=titel.format(maand=maandnaam(run)),
        toelichting=f"{run.nummer}, {euro(run.bedrag)}",
        waarom=waarom,
        url=reverse("betaalrun", args=[run.kenmerk]),
        knop=knop,
        op=run.status_sinds,
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
    )


def weigerwerk(opdracht: Betaalopdracht) -> Werkvoorraad:
    """A refused payment waits until the employer stands in another order."""
    return werkvoorraad.regel(
        KAMER,
        f"geweigerd:{opdracht.pk}",
        soort="betaling_geweigerd",
        titel=f"Betaling geweigerd: {opdracht.werkgever.naam}",
        toelichting=f"{euro(opdracht.bedrag)}: {opdracht.reden}"[:300],
        waarom="De bank betaalde niet. Kijk of het rekeningnummer klopt. Het bedrag gaat mee met de volgende run.",
        url=reverse("betaalopdracht", args=[opdracht.run.kenmerk, opdracht.pk]),
        knop="Bekijken",
        op=opdracht.status_sinds,
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
    )


def terugwerk(rij: Terugvordering) -> Werkvoorraad | None:
    """The decision after the employer could react, or the money that should be there by now."""
    if rij.status == "open":
        titel, op = f"Beslis over terugvordering bij {rij.werkgever.naam}", rij.reageren_tot
        waarom = f"De werkgever kon reageren tot en met {datum(rij.reageren_tot)}. Een tweede persoon beslist."
    elif rij.status == "aangezegd" and rij.betalen_tot is not None:
        titel, op = f"Is het geld terug van {rij.werkgever.naam}?", rij.betalen_tot
        waarom = (
            f"We zouden verrekenen, maar er was te weinig te betalen. De werkgever betaalt tot en met {datum(op)}."
            if rij.verrekenen
            else f"De werkgever betaalt terug tot en met {datum(op)}."
        )
    else:
        return None
    return werkvoorraad.regel(
        KAMER,
        f"terug:{rij.pk}",
        soort="terugvordering",
        titel=titel,
        toelichting=f"{rij.nummer}, nog {euro(rij.bedrag - rij.ontvangen)}"
        if rij.ontvangen
        else f"{rij.nummer}, {euro(rij.bedrag)}",
        waarom=waarom,
        url=reverse("terugvordering", args=[rij.kenmerk]),
        knop="Bekijken",
        op=op,
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
    )


def linksleutel(werkgever: int) -> str:
    """The row of an employer who asked for another link; a new link takes it away."""
    return f"betaallink:{werkgever}"


def linkwerk(link: Betaallink) -> Werkvoorraad:
    """An employer used his link and wants to see his payments again."""
    moment = timezone.localtime(link.nieuwe_gevraagd_op or link.gemaakt_op)
    return werkvoorraad.regel(
        KAMER,
        linksleutel(link.werkgever_id),
        soort="betaallink",
        titel=f"Stuur {link.werkgever.naam} een nieuwe link naar de betalingen",
        toelichting=f"Voor {link.voor}",
        waarom="De vorige link is gebruikt. Een link werkt één keer.",
        url=reverse("betaallinks", args=[link.werkgever_id]),
        knop="Link maken",
        op=moment.date(),
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
    )


AANSLUITING = "aansluiting"


def verschilwerk(aantal: int) -> Werkvoorraad:
    """The ledger and the payments do not agree: nobody should pay before it is clear why."""
    return werkvoorraad.regel(
        KAMER,
        AANSLUITING,
        soort="aansluiting",
        titel="Zoek uit waarom betalingen niet aansluiten",
        toelichting=f"{aantal} regels met een verschil",
        waarom="Elke nacht vergelijken we wat is besloten met wat is betaald, onderweg is en open staat.",
        url=f"{reverse('aansluiting')}?verschil=on",
        knop="Bekijken",
        op=klok.vandaag(),
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
    )


def alle_werk() -> Iterator[Werkvoorraad]:
    """All rows, rebuilt from the tables."""
    for run in Betaalrun.objects.filter(status__in=[*_RUN]).order_by("pk"):
        if (rij := runwerk(run)) is not None:
            yield rij
    yield from map(weigerwerk, vragen.weer_open())
    for terug in vragen.terugvorderingen().filter(status__in=["open", "aangezegd"]):
        if (rij := terugwerk(terug)) is not None:
            yield rij
    yield from map(linkwerk, vragen.gevraagde_links())


def breng_bij(sleutel: str, rij: Werkvoorraad | None) -> None:
    """Write the row, or take it away. Call inside a service."""
    if rij is None:
        werkvoorraad.klaar(KAMER, sleutel)
    else:
        werkvoorraad.schrijf(rij)
