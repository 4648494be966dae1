"""What the matching page shows per candidate: score, reasons, hours bar. For staff only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from kern import grafieken as g
from kern import onderdelen as o
from werkgevers.matching.uitleg import Uitleg, Vraag, leg_uit, vraag_van
from werkgevers.matching.urengrens import Urengrens, urengrens, zin
from werkgevers.models import Bemiddeling, Kandidaatprofiel, Vacature
from werkgevers.toestanden import BEMIDDELING


@dataclass(frozen=True)
class Kandidaatkaart:
    """One candidate in the order."""

    pk: int
    score: int
    naam: str
    url: str
    sub: str
    criteria: tuple[o.Criterium, ...]
    balk: g.Urenbalk
    uitleg_uren: str
    verouderd: str
    stand: o.Merk | None
    mag_voordragen: bool
    open: bool = False


_WOORD = {
    "uren": "beschikbaarheid",
    "taal": "taal",
    "opleiding": "opleiding",
    "ervaring": "werkervaring",
    "wens": "wens",
    "tillen": "tillen",
}


def kaarten(
    profielen: Iterable[Kandidaatprofiel],
    vacature: Vacature,
    op: dt.date,
    *,
    bekend: Mapping[int, Bemiddeling],
    te_openen: Collection[int],
    bijzonder: bool,
) -> list[Kandidaatkaart]:
    """Explain these candidates in their order; `te_openen` are the people whose dossier the reader may
    open.
    """
    vraag = vraag_van(vacature)
    return [
        kaart(
            p,
            vacature,
            op,
            bekend.get(p.deelnemer_id),
            te_openen=p.deelnemer_id in te_openen,
            bijzonder=bijzonder,
            eerste=nummer == 0,
            vraag=vraag,
        )
        for nummer, p in enumerate(profielen)
    ]


def kaart(
    profiel: Kandidaatprofiel,
    vacature: Vacature,
    op: dt.date,
    bemiddeling: Bemiddeling | None,
    *,
    te_openen: bool,
    bijzonder: bool,
    eerste: bool = False,
    vraag: Vraag | None = None,
) -> Kandidaatkaart:
    """One candidate explained."""
    uitleg = leg_uit(profiel, vacature, bijzonder=bijzonder, vraag=vraag)
    grens = urengrens(profiel.norm_cent, profiel.normcode, profiel.uren_max, vacature, op)
    deelnemer = profiel.deelnemer
    naar = "dossier" if te_openen else "kandidaat_vacatures"
    return Kandidaatkaart(
        pk=deelnemer.pk,
        score=uitleg.score,
        naam=deelnemer.naam,
        url=reverse(naar, args=[deelnemer.dossiernummer]),
        sub=_sub(profiel),
        criteria=uitleg.criteria,
        balk=_balk(profiel, vacature, grens),
        uitleg_uren=grens.uitleg if grens else "",
        verouderd=_verouderd(uitleg),
        stand=_stand(bemiddeling),
        mag_voordragen=bemiddeling is None or not bemiddeling.is_open,
        open=eerste,
    )


def _sub(profiel: Kandidaatprofiel) -> str:
    delen = []
    if profiel.deelnemer.gebied and not profiel.deelnemer.adres_geheim:
        delen.append(profiel.deelnemer.gebied.naam)
    delen.append(f"consulent {profiel.regievoerder.naam}" if profiel.regievoerder else "nog geen consulent")
    return " · ".join(delen)


def _balk(profiel: Kandidaatprofiel, vacature: Vacature, grens: Urengrens | None) -> g.Urenbalk:
    van, tot = max(profiel.uren_min, vacature.uren_min), min(profiel.uren_max, vacature.uren_max)
    return g.urenbalk(
        grens=float(grens.grens) if grens else None,
        kan=(profiel.uren_min, profiel.uren_max),
        vraag=(vacature.uren_min, vacature.uren_max),
        kop=zin(grens, van),
        naast=f"{van} uur mogelijk" if van == tot else f"{van} tot {tot} uur mogelijk",
        wie=profiel.deelnemer.roepnaam or profiel.deelnemer.naam,
        schaal=40,
    )


def _verouderd(uitleg: Uitleg) -> str:
    return ", ".join(_WOORD.get(naam, naam) for naam in uitleg.verouderd)


def _stand(bemiddeling: Bemiddeling | None) -> o.Merk | None:
    if bemiddeling is None:
        return None
    url = reverse("bemiddeling", args=[bemiddeling.pk])
    return o.toestandmerk(BEMIDDELING.toestand(bemiddeling.status), uitleg=False, url=url)
