"""Timeline, work lists and search rebuilt from the functions of the rooms, or only compared with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from kern.aansluitingen import tijdlijn, werkvoorraad, zoeken
from kern.handeling import Actor, handeling
from kern.models import TijdlijnRegel, Werkvoorraad, Zoekingang

SNEE = 1000
_TIJDLIJN = ("categorie", "zichtbaarheid", "op", "titel", "tekst", "icoon", "url", "actor_naam", "reeks")
_ZOEKEN = ("betrokkene_id", "soort", "titel", "toelichting", "zoektekst", "klank", "url", "icoon")


def _inhoud(rij: Model, velden: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(rij, veld) for veld in velden)


def tijdlijn_van(deelnemer_id: int, actor: Actor, *, schrijf: bool = True) -> int:
    """Compare (and with `schrijf` repair) the lines of one person; returns how many were wrong."""
    kamers = tijdlijn.kamers()
    gewenst = {(r.kamer, r.sleutel): r for maak in kamers.values() for r in maak(deelnemer_id)}
    staat = TijdlijnRegel.objects.filter(betrokkene_id=deelnemer_id, kamer__in=list(kamers)).order_by("id")
    huidig = {(r.kamer, r.sleutel): r for r in staat}
    anders = [
        r for s, r in gewenst.items() if s not in huidig or _inhoud(huidig[s], _TIJDLIJN) != _inhoud(r, _TIJDLIJN)
    ]
    weg = [huidig[s].pk for s in huidig.keys() - gewenst.keys()]
    if schrijf and (anders or weg):
        with handeling(actor):
            tijdlijn.schrijf(*anders)
            TijdlijnRegel.objects.filter(pk__in=weg).delete()
    return len(anders) + len(weg)


def werk(actor: Actor, *, schrijf: bool = True) -> dict[str, int]:
    """Compare (and repair) the work lists per room; returns how many rows were wrong."""
    uit = {}
    for kamer, maak in werkvoorraad.kamers().items():
        anders, weg = werkvoorraad.verschil(Werkvoorraad.objects.filter(kamer=kamer).order_by("id"), maak())
        if schrijf and (anders or weg):
            with handeling(actor):
                for deel in _sneden(anders):
                    werkvoorraad.schrijf(*deel)
                werkvoorraad.klaar(kamer, *(rij.sleutel for rij in weg))
        uit[kamer] = len(anders) + len(weg)
    return uit


def zoekingangen(actor: Actor, *, schrijf: bool = True) -> dict[str, int]:
    """Compare (and repair) the search entries per room and kind; returns how many were wrong."""
    uit = {}
    for naam, maak in zoeken.kamers().items():
        kamer, soort = naam.split(":", 1)
        fout, gezien = 0, set()
        for deel in _sneden(maak()):
            gezien |= {rij.sleutel for rij in deel}
            staat = Zoekingang.objects.filter(kamer=kamer, sleutel__in=[r.sleutel for r in deel]).order_by("id")
            huidig = {rij.sleutel: _inhoud(rij, _ZOEKEN) for rij in staat}
            anders = [rij for rij in deel if huidig.get(rij.sleutel) != _inhoud(rij, _ZOEKEN)]
            fout += len(anders)
            if schrijf and anders:
                with handeling(actor):
                    zoeken.schrijf(*anders)
        weg = Zoekingang.objects.filter(kamer=kamer, soort=soort).exclude(sleutel__in=gezien)
        fout += weg.count()
        if schrijf:
            with handeling(actor):
                weg.delete()
        uit[naam] = fout
    return uit


def _sneden(rijen: object) -> Iterator[list]:
    deel: list = []
    for rij in rijen:  # type: ignore[attr-defined]
        deel.append(rij)
        if len(deel) == SNEE:
            yield deel
            deel = []
    if deel:
        yield deel
