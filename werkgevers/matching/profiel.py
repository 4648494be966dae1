"""Building the flat row that matching reads, for many people at once: one query per kind of source.

Every value remembers where it came from and until when it is fresh (`herkomst`), so that a match can
explain itself
and mark what is stale. Staleness never changes a value.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from deelnemers.keuzes import Opleidingsstatus, Regeling
from deelnemers.models import (
    Beschikbaarheid,
    Deelnemer,
    Huishouden,
    Opleiding,
    Taalbeheersing,
    Uitkeringsgerechtigde,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.norm import normhuishouden
from kern import klok
from kern.models import geldig_op
from regelgeving.opzoeken import GegevenOntbreekt, bijstandsnorm_voor
from trajecten.models import Traject
from werkgevers.keuzes import ALLE_DAGDELEN, SECTORNUMMER, dagdelenmasker, rijbewijsmasker, sectormasker
from werkgevers.matching.afstand import punt_van, reis_van
from werkgevers.models import GEEN_TILGRENS, Kandidaatprofiel, isco_van

#: From this many months on, experience counts as long.
LANG = 12
_MET_NORM = {Regeling.BIJSTAND, Regeling.IOAW, Regeling.IOAZ, Regeling.BBZ}
_SOORTEN = (Beschikbaarheid, Taalbeheersing, Opleiding, Werkervaring, Zoekberoep, Werkvermogen)
#: Columns that differ with the moment of building only.
NIET_VERGELIJKEN = frozenset({"id", "gemeente", "aangemaakt_op", "bijgewerkt_op", "deelnemer"})


def bouw(deelnemer_ids: Sequence[int]) -> list[Kandidaatprofiel]:
    """Unsaved rows for these people, computed from the diagnosis, the benefit and the trajectory of today."""
    deelnemers = Deelnemer.objects.filter(pk__in=deelnemer_ids).order_by("pk")
    gegevens = {soort: _per_persoon(soort, deelnemer_ids) for soort in _SOORTEN}
    sinds = dict(
        Traject.objects.filter(geldig_op(klok.vandaag()), deelnemer__in=deelnemer_ids, status="loopt")
        .order_by("pk")
        .values_list("deelnemer_id", "begindatum")
    )
    normen = _normen(deelnemer_ids)
    return [
        _rij(d, {s: gegevens[s].get(d.pk, []) for s in _SOORTEN}, sinds.get(d.pk), normen.get(d.pk, (0, "")))
        for d in deelnemers
    ]


def _per_persoon(soort: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    uit: dict[int, list[Any]] = defaultdict(list)
    for rij in soort.objects.filter(deelnemer__in=ids, vervangen_op__isnull=True).order_by("pk"):
        uit[rij.deelnemer_id].append(rij)
    return uit


def _bron(rij: Any, tekst: str = "") -> dict[str, str]:
    op = rij.bevestigd_op or rij.vastgesteld_op
    return {
        "bron": rij.get_bron_display(),
        "op": op.isoformat(),
        "tot": rij.houdbaar_tot.isoformat(),
        "tekst": tekst,
    }


def _rij(
    deelnemer: Deelnemer, gegevens: dict[Any, list[Any]], sinds: dt.date | None, norm: tuple[int, str]
) -> Kandidaatprofiel:
    herkomst: dict[str, dict[str, str]] = {}
    velden: dict[str, Any] = {"norm_cent": norm[0], "normcode": norm[1]}
    velden |= _beschikbaarheid(gegevens, herkomst)
    velden |= _kunnen(gegevens, herkomst)
    velden |= _ervaring(gegevens[Werkervaring], herkomst)
    velden |= _wensen(sorted(gegevens[Zoekberoep], key=lambda z: (z.volgorde, z.pk)), herkomst)
    # A secret address leaves no trace here: a distance to three vacancies would give the place away.
    postcode = "" if deelnemer.adres_geheim else deelnemer.postcode
    velden["pc4"] = postcode[:4]
    velden["x"], velden["y"], velden["z"] = punt_van(postcode)
    leeft = (
        deelnemer.overleden_op is None and deelnemer.samengevoegd_met_id is None and deelnemer.geanonimiseerd_op is None
    )
    velden.setdefault("beschikbaar_vanaf", sinds or klok.vandaag())
    return Kandidaatprofiel(
        deelnemer=deelnemer,
        beschikbaar=bool(deelnemer.in_traject and leeft and gegevens[Beschikbaarheid]),
        wacht_sinds=sinds or velden["beschikbaar_vanaf"],
        vers_tot=min((dt.date.fromisoformat(h["tot"]) for h in herkomst.values()), default=None),
        regievoerder_id=deelnemer.regievoerder_id,
        team_id=deelnemer.team_id,
        herkomst=herkomst,
        bijgewerkt_op=klok.nu(),
        **velden,
    )


def _beschikbaarheid(gegevens: dict[Any, list[Any]], herkomst: dict[str, dict[str, str]]) -> dict[str, Any]:
    if not gegevens[Beschikbaarheid]:
        return {}
    rij = gegevens[Beschikbaarheid][-1]
    herkomst["uren"] = _bron(rij)
    vermogen = gegevens[Werkvermogen][-1] if gegevens[Werkvermogen] else None
    hoogste = min(rij.uren_max, vermogen.uren_max) if vermogen and vermogen.uren_max else rij.uren_max
    vast, per_minuut = reis_van(rij.vervoer)
    return {
        "uren_min": min(max(1, rij.uren_min), max(1, hoogste)),
        "uren_max": max(1, hoogste),
        "dagdelen": dagdelenmasker(rij.dagdelen) if rij.dagdelen else ALLE_DAGDELEN,
        "avond": rij.avond,
        "weekend": rij.weekend,
        "vog": rij.vog_mogelijk,
        "beschikbaar_vanaf": rij.beschikbaar_vanaf,
        "reistijd_max": rij.reistijd_max,
        "vervoer": rij.vervoer,
        "reis_vast": vast,
        "meter_per_minuut": per_minuut,
        "rijbewijzen": rijbewijsmasker(rij.rijbewijzen),
    }


def _kunnen(gegevens: dict[Any, list[Any]], herkomst: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Language (speaking), education (without diploma one step lower) and lifting."""
    uit: dict[str, Any] = {}
    for taal in gegevens[Taalbeheersing]:
        if taal.taal == "nld":
            uit["taal"], herkomst["taal"] = taal.mondeling, _bron(taal, taal.get_mondeling_display())
    hoogste = 0
    for opleiding in gegevens[Opleiding]:
        niveau = opleiding.niveau if opleiding.status == Opleidingsstatus.DIPLOMA else max(1, opleiding.niveau - 1)
        if niveau > hoogste:
            hoogste, herkomst["opleiding"] = niveau, _bron(opleiding, str(opleiding))
    uit["opleiding"] = hoogste
    for vermogen in gegevens[Werkvermogen]:
        uit["tillen_max"] = GEEN_TILGRENS if vermogen.tillen_tot is None else min(vermogen.tillen_tot, GEEN_TILGRENS)
        herkomst["tillen"] = _bron(vermogen)
    return uit


def _ervaring(rijen: Iterable[Werkervaring], herkomst: dict[str, dict[str, str]]) -> dict[str, Any]:
    rijen = sorted(rijen, key=lambda r: (-r.maanden, r.pk))
    if rijen:
        duur = f", {rijen[0].maanden} maanden" if rijen[0].maanden else ""
        herkomst["ervaring"] = _bron(rijen[0], f"{rijen[0].functie}{duur}")
    beroepen = [(isco_van(r.beroep_code), r.maanden) for r in rijen]
    alle = sorted({code for code, _ in beroepen if code})
    return {
        "ervaring": alle,
        "ervaring_lang": sorted({code for code, maanden in beroepen if code and maanden >= LANG}),
        "ervaring_groepen": sorted({code // 10 for code in alle}),
        "ervaring_sectoren": sectormasker(r.sector for r in rijen),
    }


def _wensen(rijen: Sequence[Zoekberoep], herkomst: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The first three wishes, in the person's own order."""
    uit: dict[str, Any] = {}
    if rijen:
        herkomst["wens"] = _bron(rijen[0], ", ".join(r.naam for r in rijen[:3]))
    for nummer, rij in enumerate(rijen[:3], start=1):
        uit[f"wens_{nummer}"] = isco_van(rij.beroep_code)
        uit[f"wens_sector_{nummer}"] = SECTORNUMMER.get(rij.sector, 0)
    return uit


def _normen(ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Norm in cents per month and its name, of who has a benefit today that ends by earning the norm."""
    vandaag = klok.vandaag()
    rechten = (
        Uitkeringsgerechtigde.objects.filter(geldig_op(vandaag), deelnemer__in=ids, uitkering__regeling__in=_MET_NORM)
        .select_related("uitkering__huishouden", "deelnemer")
        .order_by("pk")
    )
    uit = {}
    for recht in rechten:
        huishouden = recht.uitkering.huishouden
        naam = huishouden.get_leefvorm_display() if huishouden else recht.uitkering.get_regeling_display()
        bedrag = recht.uitkering.normbedrag or _berekend(huishouden, recht.deelnemer, vandaag)
        if bedrag:
            uit[recht.deelnemer_id] = (int(bedrag * 100), naam)
    return uit


def _berekend(huishouden: Huishouden | None, deelnemer: Deelnemer, op: dt.date) -> Decimal | None:
    """The norm by law when income did not send the amount."""
    if huishouden is None:
        return None
    voor_norm = normhuishouden(
        huishouden.leefvorm,
        leeftijd=deelnemer.leeftijd_op(op),
        kostendelers=huishouden.kostendelers,
        kinderen=huishouden.kinderen,
    )
    try:
        return bijstandsnorm_voor(op, voor_norm).bedrag if voor_norm else None
    except (GegevenOntbreekt, ValueError):
        return None
