"""What a referral delivers for the diagnosis: filled in where nothing was known, offered beside what was (R053)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet

from deelnemers.diagnosekeuzes import Aanbod
from deelnemers.houdbaarheid import houdbaar_tot
from deelnemers.keuzes import Bron
from deelnemers.models import (
    Belemmering,
    Beschikbaarheid,
    Deelnemer,
    Diagnosegegeven,
    Opleiding,
    Taalbeheersing,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.services.diagnose import invulbaar, is_bijzonder, schrijf, werk_stand_bij
from deelnemers.services.tijdlijn import overnameregels
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.aansluitingen.zoeken import kaal
from kern.handeling import Actor, service
from kern.weergave import datum as dagtekst

#: Per kind of item the name of the part in the API (STANDAARDEN 3.1), and the names of its fields with our columns.
_NAMEN: dict[type[Diagnosegegeven], tuple[str, dict[str, str]]] = {
    Opleiding: ("opleidingen", {"niveau": "niveau", "naam": "naam", "status": "status", "jaar": "jaar"}),
    Werkervaring: (
        "werkervaring",
        {
            "functie": "functie", "werkgever": "werkgever_naam", "maanden": "maanden", "sector": "sector",
            "beroepCode": "beroep_code", "totJaar": "tot_jaar",
        },
    ),
    Taalbeheersing: ("talen", {"taal": "taal", "mondeling": "mondeling", "schriftelijk": "schriftelijk"}),
    Zoekberoep: ("zoekberoep", {"naam": "naam", "code": "beroep_code", "sector": "sector"}),
    Beschikbaarheid: (
        "beschikbaarheid",
        {
            "urenMin": "uren_min", "urenMax": "uren_max", "dagdelen": "dagdelen", "avond": "avond",
            "weekend": "weekend", "vanaf": "beschikbaar_vanaf", "reistijdMax": "reistijd_max", "vervoer": "vervoer",
            "rijbewijzen": "rijbewijzen",
        },
    ),
    Werkvermogen: (
        "werkvermogen",
        {
            "arbeidsvermogen": "arbeidsvermogen", "urenMax": "uren_max", "lichamelijk": "lichamelijk",
            "mentaal": "mentaal",
        },
    ),
}  # fmt: skip
#: Words by which we see that two items are about the same thing; their spelling is no difference.
_WOORDEN: dict[type[Diagnosegegeven], tuple[str, ...]] = {
    Opleiding: ("naam",), Werkervaring: ("functie", "werkgever_naam"), Zoekberoep: ("naam", "volgorde"),
}  # fmt: skip
#: What somebody did not say.
_LEEG: tuple[Any, ...] = (None, "", [])


@service
def neem_over_uit_aanmelding(
    deelnemer: Deelnemer, adviesrapport: dict[str, Any], *, bron: str, datum: dt.date, actor: Actor
) -> int:
    """Prefill the diagnosis with what the sender delivered; the consulent only confirms or corrects (R053).

    `bron` is the name of the sending department. Nothing that is known is replaced: what differs stands beside it until
    somebody chooses (`neem_aanbod_over`, `laat_staan`). Returns how many items came in or were offered.
    """
    hoeveel = 0
    for soort in _NAMEN:
        nu = list(_geldend(deelnemer, soort))
        for nummer, velden in enumerate(_geleverd(adviesrapport, soort), 1):
            nieuw = _als_rij(deelnemer, soort, velden, nummer)
            huidig = gelijke(nieuw, nu)
            if huidig is not None or (nu and soort is not Taalbeheersing):
                hoeveel += _bied_aan(nieuw, huidig, velden, datum)
            elif soort is not Beschikbaarheid or "uren_max" in velden:
                herkomst = {"bron": Bron.AANMELDING, "vastgesteld_op": datum, "te_bevestigen": True}
                schrijf(deelnemer, soort, herkomst, _waarden(nieuw))
                hoeveel += 1
    if hoeveel:
        werk_stand_bij(deelnemer)
        tijdlijn.schrijf(*overnameregels(deelnemer.pk))
    for soort_code in adviesrapport.get("belemmeringen", ()):
        hoeveel += _neem_belemmering_over(deelnemer, soort_code, datum)
    return hoeveel


def aanbod_van(deelnemer: Deelnemer, soort: type[Diagnosegegeven]) -> QuerySet[Any]:
    """What was offered of one kind and waits for a choice."""
    return soort.objects.filter(deelnemer=deelnemer, aanbod=Aanbod.OPEN).order_by("id")  # type: ignore[misc]


def gelijke(rij: Diagnosegegeven, nu: list[Any]) -> Any | None:
    """The present item about the same thing: this language, this occupation, this course; None when there is none."""
    return next((r for r in nu if _sleutel(r) == _sleutel(rij)), None)


def verschillen(rij: Diagnosegegeven, huidig: Diagnosegegeven | None) -> list[tuple[str, str, str]]:
    """What an offered item says otherwise: column in words, what came, and what holds now ("" when nothing)."""
    if huidig is None:
        return []
    woorden = _WOORDEN.get(type(rij), ())
    return [
        (str(veld.verbose_name), _in_woorden(rij, veld.name), _in_woorden(huidig, veld.name))
        for veld in invulbaar(type(rij))
        if veld.name not in woorden and getattr(rij, veld.name) != getattr(huidig, veld.name)
    ]


@service
def neem_aanbod_over(rij: Diagnosegegeven, *, actor: Actor) -> None:
    """What came with the referral holds from now on; what held stays in the history (R053, R227).

    Raises ValidationError when a colleague chose first.
    """
    rij = _vergrendel(rij)
    deelnemer, vandaag = rij.deelnemer, klok.vandaag()  # type: ignore[attr-defined]
    if (huidig := gelijke(rij, list(_geldend(deelnemer, type(rij))))) is not None:
        huidig.vervangen_op = vandaag
        huidig.save(update_fields=["vervangen_op"])
    if isinstance(rij, Zoekberoep):
        rij.volgorde = huidig.volgorde if huidig else _achteraan(deelnemer)
    rij.aanbod, rij.vervangen_op, rij.te_bevestigen, rij.bevestigd_op = Aanbod.GEEN, None, False, vandaag
    rij.houdbaar_tot = houdbaar_tot(type(rij), vandaag)
    rij.full_clean()
    rij.save()
    werk_stand_bij(deelnemer)


@service
def laat_staan(rij: Diagnosegegeven, *, actor: Actor) -> None:
    """What was known stays; that something else came is kept. Raises ValidationError when a colleague chose first."""
    rij = _vergrendel(rij)
    rij.aanbod = Aanbod.GELATEN
    rij.save(update_fields=["aanbod"])


def _vergrendel(rij: Diagnosegegeven) -> Diagnosegegeven:
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=rij.deelnemer_id)  # type: ignore[attr-defined]
    nu = aanbod_van(rij.deelnemer, type(rij)).filter(pk=rij.pk).first()  # type: ignore[attr-defined]
    if nu is None:
        raise ValidationError("Een collega koos hier al iets. Kijk wat er nu staat.")
    return nu  # type: ignore[no-any-return]


def _geldend(deelnemer: Deelnemer, soort: type[Diagnosegegeven]) -> QuerySet[Any]:
    return soort.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True).order_by("id")  # type: ignore[misc]


def _achteraan(deelnemer: Deelnemer) -> int:
    """The first free place after the wishes that are there."""
    return (_geldend(deelnemer, Zoekberoep).aggregate(hoogste=Max("volgorde"))["hoogste"] or 0) + 1


def _geleverd(rapport: dict[str, Any], soort: type[Diagnosegegeven]) -> list[dict[str, Any]]:
    """The columns that the sender filled, per item; what was left out is not delivered."""
    deel, namen = _NAMEN[soort]
    inhoud: Any = rapport.get(deel) or []
    if soort is Beschikbaarheid and rapport.get("rijbewijzen"):
        inhoud = {**(inhoud or {}), "rijbewijzen": rapport["rijbewijzen"]}
    items = [inhoud] if isinstance(inhoud, dict) else inhoud
    return [{kolom: item[naam] for naam, kolom in namen.items() if item.get(naam) not in _LEEG} for item in items]


def _als_rij(
    deelnemer: Deelnemer, soort: type[Diagnosegegeven], velden: dict[str, Any], nummer: int
) -> Diagnosegegeven:
    """The delivered item as a row, not saved, with what we take for granted when the sender did not say it."""
    standaard: dict[str, Any] = {}
    if soort is Taalbeheersing:
        standaard = {"schriftelijk": velden.get("mondeling")}
    elif soort is Zoekberoep:
        standaard = {"volgorde": nummer}
    elif soort is Beschikbaarheid:
        standaard = {"uren_min": 0, "beschikbaar_vanaf": klok.vandaag()}
    rij = soort(deelnemer=deelnemer, **(standaard | velden))  # type: ignore[misc]
    rij.clean_fields(exclude={v.name for v in soort._meta.concrete_fields} - set(velden))
    return rij


def _waarden(rij: Diagnosegegeven) -> dict[str, Any]:
    return {veld.name: getattr(rij, veld.name) for veld in invulbaar(type(rij))}


def _sleutel(rij: Any) -> tuple[Any, ...]:
    """What makes two items of one kind be about the same thing."""
    match rij:
        case Opleiding():
            return rij.niveau, kaal(rij.naam)
        case Werkervaring():
            return kaal(rij.functie), kaal(rij.werkgever_naam)
        case Taalbeheersing():
            return (rij.taal,)
        case Zoekberoep():
            return (kaal(rij.naam),)
    return ()


def _bied_aan(nieuw: Diagnosegegeven, huidig: Any | None, velden: dict[str, Any], datum: dt.date) -> int:
    """Put it beside what holds, unless that says the same or is newer; a former offer about the same thing ends."""
    if huidig is not None:
        inhoud = set(velden) - set(_WOORDEN.get(type(nieuw), ()))
        if datum < huidig.vastgesteld_op or all(getattr(nieuw, v) == getattr(huidig, v) for v in inhoud):
            return 0
        for naam, waarde in _waarden(huidig).items():
            if naam not in inhoud:
                setattr(nieuw, naam, waarde)
        if isinstance(nieuw, Beschikbaarheid) and nieuw.uren_min > nieuw.uren_max:
            grens = "uren_min" if "uren_max" in velden else "uren_max"
            setattr(nieuw, grens, nieuw.uren_max if grens == "uren_min" else nieuw.uren_min)
    elif isinstance(nieuw, Zoekberoep):
        nieuw.volgorde = _achteraan(nieuw.deelnemer)
    eerder = [r for r in aanbod_van(nieuw.deelnemer, type(nieuw)) if _sleutel(r) == _sleutel(nieuw)]  # type: ignore[attr-defined]
    if any(_waarden(r) == _waarden(nieuw) for r in eerder):
        return 0
    for rij in eerder:
        rij.aanbod = Aanbod.GELATEN
        rij.save(update_fields=["aanbod"])
    nieuw.bron, nieuw.vastgesteld_op, nieuw.vervangen_op, nieuw.aanbod = Bron.AANMELDING, datum, datum, Aanbod.OPEN
    nieuw.houdbaar_tot = houdbaar_tot(type(nieuw), datum)
    nieuw.full_clean()
    nieuw.save()
    return 1


def _in_woorden(rij: Any, naam: str) -> str:
    waarde = getattr(rij, naam)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return ", ".join(waarde)
    if isinstance(waarde, dt.date):
        return dagtekst(waarde)
    toon = getattr(rij, f"get_{naam}_display", None)
    return str(toon() if toon else waarde if waarde is not None else "")


def _neem_belemmering_over(deelnemer: Deelnemer, soort: str, datum: dt.date) -> int:
    if Belemmering.objects.filter(deelnemer=deelnemer, soort=soort).exclude(status="opgelost").exists():
        return 0
    Belemmering.objects.create(deelnemer=deelnemer, soort=soort, begindatum=datum, bijzonder=is_bijzonder(soort))
    return 1
