"""Looking for people in the hard part of their diagnosis: what holds now, of whom the reader works with (R046)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.lookups import Contains

from deelnemers.diagnoseforms import DAGEN, DELEN
from deelnemers.models import (
    Beschikbaarheid,
    Deelnemer,
    Opleiding,
    Taalbeheersing,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.models.persoon import Kaal
from deelnemers.toegang import DOSSIER, mag_bijzonder
from kern.aansluitingen.zoeken import kaal
from kern.beperking import niet_beperkt
from organisatie.querysets import mijn_team_ids, waarneemt_voor_ids
from regelgeving.querysets import zoek_beroepen

_WEEKEND, _AVOND = frozenset({"za", "zo"}), "a"
#: Occupations of the list that words may stand for.
_BEROEPEN = 20
#: What the list shows of each person: the relation, its model, and how to order.
_GETOOND: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("opleidingen", Opleiding, ("-niveau", "id")),
    ("werkervaring", Werkervaring, ("-maanden", "id")),
    ("talen", Taalbeheersing, ("id",)),
    ("beschikbaarheid", Beschikbaarheid, ("id",)),
)


def mensen(medewerker: Any, van: str) -> QuerySet[Deelnemer]:
    """Living people of this reader's relation whose data may be used: `van` is the own caseload, `team`, or `werk`.

    What a reason opened (break-glass) is not among them: that holds for one person and one purpose.
    """
    rijen = Deelnemer.objects.filter(
        DOSSIER.op_relatie(medewerker, "pk") & niet_beperkt("pk"),
        samengevoegd_met__isnull=True,
        overleden_op__isnull=True,
    )
    match van:
        case "team":
            rijen = rijen.filter(team__in=mijn_team_ids(medewerker))
        case "werk":
            pass
        case _:
            rijen = rijen.filter(regievoerder__in={medewerker.pk, *waarneemt_voor_ids(medewerker)})
    return rijen.select_related("regievoerder")


def met_diagnose(rijen: QuerySet[Deelnemer]) -> QuerySet[Deelnemer]:
    """The same people, each with the present items that the list shows."""
    return rijen.prefetch_related(
        *(
            Prefetch(naam, soort.objects.filter(vervangen_op__isnull=True).order_by(*velden), to_attr=f"nu_{naam}")
            for naam, soort, velden in _GETOOND
        )
    )


def zoek(rijen: QuerySet[Deelnemer], keuze: dict[str, Any], rechten: frozenset[str]) -> QuerySet[Deelnemer]:
    """Those of whom everything asked in `keuze` is known now; an open question asks nothing.

    What somebody did not tell is not known, so it is not found. Work capacity only with the right on special data.
    """
    vragen: list[tuple[Any, Q]] = [
        (Opleiding, _opleiding(keuze)),
        (Werkervaring, _ervaring(keuze)),
        (Zoekberoep, _beroep(keuze.get("zoekt"), "naam")),
        (Taalbeheersing, _taal(keuze)),
        (Beschikbaarheid, _beschikbaar(keuze)),
    ]
    if keuze.get("vermogen") and mag_bijzonder(rechten):
        vragen.append((Werkvermogen, Q(arbeidsvermogen=keuze["vermogen"])))
    for soort, voorwaarde in vragen:
        if voorwaarde:
            nu = soort.objects.filter(voorwaarde, vervangen_op__isnull=True)
            rijen = rijen.filter(pk__in=nu.values("deelnemer"))
    return rijen


def _bevat(veld: str, tekst: str) -> Q:
    """Whether the words of a column hold this text, without accents and capitals."""
    return Q(Contains(Kaal(F(veld)), kaal(tekst)))


def _opleiding(keuze: dict[str, Any]) -> Q:
    vraag = Q(niveau__gte=keuze["niveau"]) if keuze.get("niveau") else Q()
    vraag &= Q(status="diploma") if keuze.get("diploma") else Q()
    return vraag & (_bevat("naam", keuze["richting"]) if keuze.get("richting") else Q())


def _ervaring(keuze: dict[str, Any]) -> Q:
    vraag = _beroep(keuze.get("werk"), "functie")
    vraag &= Q(maanden__gte=keuze["ervaring"]) if keuze.get("ervaring") else Q()
    return vraag & (Q(sector=keuze["sector"]) if keuze.get("sector") else Q())


def _beroep(tekst: str | None, eigen_woorden: str) -> Q:
    """An occupation in the person's own words, or one of the European list (ESCO) that these words stand for."""
    if not tekst:
        return Q()
    codes = [beroep.code for beroep in zoek_beroepen(tekst, _BEROEPEN)]
    return _bevat(eigen_woorden, tekst) | Q(beroep_code__in=codes)


def _taal(keuze: dict[str, Any]) -> Q:
    """A level without a language is about Dutch."""
    velden = {"spreken": "mondeling__gte", "schrijven": "schriftelijk__gte"}
    niveaus = {veld: keuze[naam] for naam, veld in velden.items() if keuze.get(naam)}
    if not keuze.get("taal") and not niveaus:
        return Q()
    return Q(taal=keuze.get("taal") or "nld", **niveaus)


def _beschikbaar(keuze: dict[str, Any]) -> Q:
    vraag = Q(uren_max__gte=keuze["uren"]) if keuze.get("uren") else Q()
    vraag &= Q(beschikbaar_vanaf__lte=keuze["vanaf"]) if keuze.get("vanaf") else Q()
    vraag &= Q(rijbewijzen__contains=[keuze["rijbewijs"]]) if keuze.get("rijbewijs") else Q()
    vraag &= Q(vervoer=keuze["vervoer"]) if keuze.get("vervoer") else Q()
    vraag &= Q(reistijd_max__gte=keuze["reistijd"]) if keuze.get("reistijd") else Q()
    return vraag & _tijd(keuze.get("dag") or "", keuze.get("deel") or "")


def _tijd(dag: str, deel: str) -> Q:
    """A day, a part of the day, or both. Who named no parts can on any weekday; evening and weekend are said apart."""
    if not dag and not deel:
        return Q()
    dagen, delen = [dag] if dag else list(dict(DAGEN)), [deel] if deel else list(dict(DELEN))
    genoemd = Q(dagdelen__overlap=[f"{d}-{p}" for d in dagen for p in delen])
    if dag not in _WEEKEND and deel != _AVOND:
        return genoemd | Q(dagdelen=[])
    vrij = Q(weekend=True) if dag in _WEEKEND else Q()
    return genoemd | (vrij & Q(avond=True) if deel == _AVOND else vrij)
