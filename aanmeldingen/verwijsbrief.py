"""The letter that goes with a referral by us: why, what goes along, and the slip for the receipt (R045).

It holds what was sent, nothing else, and never the BSN: paper can lie anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from aanmeldingen import verwijzingen, weergave
from aanmeldingen.keuzes import EIGEN_NAAM
from aanmeldingen.models import Aanmelding
from aanmeldingen.services.verwijslink import ontvanger
from kern import pdf
from kern.models import Gemeente
from kern.onderdelen import Feit
from kern.weergave import datum, telefoon


def maak_brief(aanmelding: Aanmelding, persoon: Sequence[Feit]) -> bytes:
    """The PDF; the same referral gives the same bytes until the receipt is confirmed."""
    verzending, partner = aanmelding.verzending, aanmelding.ketenpartner
    verstuurd = verzending.verstuurd_op
    assert partner is not None and verstuurd is not None, "een brief hoort bij een verstuurde verwijzing"  # noqa: S101
    naam, _ = ontvanger(aanmelding)
    wie, team = aanmelding.behandelaar, aanmelding.team
    gegevens: dict[str, Any] = {
        "gemeente": Gemeente.objects.get(pk=aanmelding.gemeente_id).naam,
        "titel": f"Verwijzing van {aanmelding.naam}",
        "nummer": aanmelding.volgnummer,
        "dag": datum(timezone.localdate(verstuurd)),
        "partner": partner.naam,
        "aan": naam if naam != partner.naam else "",
        "naam": aanmelding.naam,
        "reden": verwijzingen.reden(aanmelding),
        "toelichting": [deel for deel in aanmelding.toelichting.splitlines() if deel.strip()],
        "grond": _grond(aanmelding),
        "persoon": _regels(persoon),
        "delen": [[deel.titel, _regels(deel.feiten)] for deel in weergave.delen(aanmelding, bijzonder=False)],
        "voor": datum(verzending.bevestigen_voor) if verzending.bevestigen_voor else "",
        "van": wie.naam if wie else EIGEN_NAAM,
        "team": f"team {team.naam}" if team else EIGEN_NAAM,
        "bereik": _bereik(wie, team),
        "bevestigd": _bevestigd(aanmelding),
    }
    return pdf.maak("aanmeldingen/verwijsbrief.typ", gegevens, moment=verstuurd)


def _regels(feiten: Sequence[Feit]) -> list[list[str]]:
    return [[feit.label, ", ".join(deel for deel in (feit.waarde, feit.onder) if deel)] for feit in feiten]


def _grond(aanmelding: Aanmelding) -> str:
    verzending = aanmelding.verzending
    if verzending.toestemming_op is not None:
        return f"{aanmelding.naam} gaf hiervoor op {datum(verzending.toestemming_op)} toestemming."
    return f"Dit mag op grond van: {verzending.grond_uitleg}."


def _bereik(wie: Any, team: Any) -> str:
    """Phone and mail of who refers; else of the team."""
    nummer = next((n for n in (getattr(wie, "telefoon", ""), getattr(team, "telefoon", "")) if n), "")
    email = wie.gebruiker.email if wie is not None else getattr(team, "email", "")
    return ", ".join(deel for deel in (telefoon(nummer) if nummer else "", email) if deel)


def _bevestigd(aanmelding: Aanmelding) -> str:
    """Who confirmed the receipt and when, when that is known already."""
    if aanmelding.ontvangst_bevestigd_op is None:
        return ""
    dag = datum(timezone.localdate(aanmelding.ontvangst_bevestigd_op))
    return f"De ontvangst is bevestigd op {dag} door {aanmelding.verzending.bevestigd_door}."
