"""Questions about documents and the profile for employers; `querysets` has the others of this room."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from deelnemers.keuzes import Profielgroep
from deelnemers.models import Akkoord, Deelnemer, Document, Profiellink, Profielopening, Profielregel
from deelnemers.profielgrens import Grens


def documenten(deelnemer: Deelnemer, *, bijzonder: bool) -> QuerySet[Document]:
    """Files of a person, newest first; the protected class only with the right, also in counts (R228)."""
    rijen = Document.objects.filter(deelnemer=deelnemer).select_related("toegevoegd_door", "vervangt")
    rijen = rijen if bijzonder else rijen.filter(bijzonder=False)
    return rijen.order_by("-datum", "-id")


def profielregels(deelnemer: Deelnemer) -> list[Profielregel]:
    """Lines of the profile in the order of the page, each with its `antwoord` of now (or None)."""
    rijen = Profielregel.objects.filter(deelnemer=deelnemer, vervallen_op__isnull=True).order_by("volgorde", "id")
    antwoorden = Akkoord.objects.filter(deelnemer=deelnemer, regel__isnull=False, ingetrokken_op=None).order_by("id")
    per_regel = {a.regel_id: a for a in antwoorden.select_related("vastgelegd_door")}
    uit = list(rijen)
    for rij in uit:
        rij.antwoord = per_regel.get(rij.pk)  # type: ignore[attr-defined]
    return uit


def gedeelde_regels(deelnemer: Deelnemer) -> list[Profielregel]:
    """What an employer may see now: agreed on exactly this text, not withdrawn, and within the limits of a profile."""
    ja = Q(akkoorden__akkoord=True, akkoorden__ingetrokken_op__isnull=True, akkoorden__tekst=F("tekst"))
    rijen = Profielregel.objects.filter(ja, deelnemer=deelnemer, vervallen_op__isnull=True)
    grens = Grens.van(deelnemer)
    return [rij for rij in rijen.order_by("volgorde", "id") if not grens.bezwaar(rij.tekst)]


def profiel_in_groepen(regels: list[Profielregel]) -> list[tuple[str, list[Profielregel]]]:
    """Heading and lines, strengths first; only parts with a line."""
    groepen = [(g.label, [r for r in regels if r.groep == g]) for g in Profielgroep]
    return [(kop, rijen) for kop, rijen in groepen if rijen]


def profiellinks(deelnemer: Deelnemer) -> QuerySet[Profiellink]:
    """Links to the profile, newest first, with how often and when last somebody opened each."""
    return (
        Profiellink.objects.filter(deelnemer=deelnemer)
        .select_related("gemaakt_door")
        .annotate(keren=Count("openingen"))
        .order_by("-gemaakt_op", "-id")
    )


def profielopeningen(deelnemer: Deelnemer) -> QuerySet[Profielopening]:
    """Who opened the profile, newest first."""
    return Profielopening.objects.filter(deelnemer=deelnemer).select_related("link").order_by("-op", "-id")


def inzage_in_stukken(deelnemer_id: int) -> dict[str, list[dict[str, Any]]]:
    """Documents, the profile and who looked at it, in the words of the screens, for the person's own copy."""
    van = {"deelnemer": deelnemer_id}
    antwoorden = Akkoord.objects.filter(**van, regel__isnull=False).order_by("id")
    delen = Akkoord.objects.filter(**van, partij__isnull=False).order_by("id")
    openingen = Profielopening.objects.filter(**van).select_related("link").order_by("op", "id")
    return {
        "Documenten": [
            {"naam": d.naam, "soort": d.get_soort_display(), "datum": d.datum, "vervangen op": d.vervangen_op}
            for d in Document.objects.filter(**van).order_by("datum", "id")
        ],
        "Profiel voor werkgevers": [
            {"onderdeel": r.get_groep_display(), "tekst": r.tekst, "weggehaald op": r.vervallen_op}
            for r in Profielregel.objects.filter(**van).order_by("volgorde", "id")
        ],
        "Akkoord per regel van het profiel": [
            {
                "tekst": a.tekst,
                "akkoord": a.akkoord,
                "gegeven op": a.gegeven_op,
                "ingetrokken op": a.ingetrokken_op,
                "grondslag": a.get_grondslag_display(),
            }
            for a in antwoorden
        ],
        "Akkoord om met iemand te delen": [
            {
                "tekst": a.tekst,
                "gegeven op": a.gegeven_op,
                "ingetrokken op": a.ingetrokken_op,
                "hoe gegeven": a.get_wijze_display(),
            }
            for a in delen
        ],
        "Met wie je profiel is gedeeld": [
            {"voor": link.voor, "gemaakt op": link.gemaakt_op, "tot en met": link.geldig_tot}
            for link in Profiellink.objects.filter(**van).order_by("id")
        ],
        "Wie bekeek je profiel": [
            {"wanneer": k.op, "naam": k.naam, "e-mailadres": k.email, "link voor": k.link.voor} for k in openingen
        ],
    }
