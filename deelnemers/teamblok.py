"""The part of *Mijn team* about people: who has nobody, who is out of sight, what waits for review
(R004, R015).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count
from django.urls import reverse

from deelnemers import querysets as vragen
from deelnemers.instellingen import weken_zonder_contact
from deelnemers.models import Deelnemer, Doorbreking
from deelnemers.services.klokken import gaten_in_regie
from deelnemers.toegang import zonder_verboden
from organisatie.aansluitingen import Blok
from organisatie.querysets import afwezig_nu, medewerkers_van_team

#: How many people without regievoerder show at once, and how many consulenten as a button.
MAX_MENSEN = 10
MAX_KNOPPEN = 3


def mensen_per_consulent(team: Any, medewerker_ids: Collection[int]) -> dict[int, int]:
    """People of whom each of these is regievoerder now."""
    rijen = Deelnemer.objects.filter(
        regievoerder__in=medewerker_ids, samengevoegd_met__isnull=True, overleden_op__isnull=True
    )
    return dict(rijen.order_by().values_list("regievoerder").annotate(Count("id")))


def stil_per_consulent(team: Any, medewerker_ids: Collection[int]) -> dict[int, int]:
    """People of each of these without contact for six weeks."""
    rijen = vragen.zonder_contact_sinds(Deelnemer.objects.filter(regievoerder__in=medewerker_ids))
    return dict(rijen.order_by().values_list("regievoerder").annotate(Count("id")))


def met_ruimte(team: Any) -> list[dict[str, Any]]:
    """The consulenten of the team with most room: present, with the fewest people per hour of work."""
    mensen = list(medewerkers_van_team(team.pk, rol="consulent"))
    ids = [m.pk for m in mensen]
    weg, telling = afwezig_nu(ids), mensen_per_consulent(team, ids)
    aanwezig = [m for m in mensen if m.pk not in weg]
    aanwezig.sort(key=lambda m: (telling.get(m.pk, 0) / float(m.uren_per_week or 1), m.achternaam, m.pk))
    return [
        {"toets": nummer, "medewerker": m, "mensen": telling.get(m.pk, 0)}
        for nummer, m in enumerate(aanwezig[:MAX_KNOPPEN], 1)
    ]


def blok(request: Any, team: Any) -> Blok | None:
    """The block for one team; the persons that it shows go into the read log."""
    zonder = vragen.zonder_regie([team.pk], request.medewerker)
    aantal, mensen = zonder.count(), list(zonder[:MAX_MENSEN])
    wachtend = Doorbreking.objects.filter(deelnemer__team=team.pk, beoordeeld_op__isnull=True)
    wachtend = zonder_verboden(wachtend, request.medewerker)
    doorbrekingen = list(wachtend.select_related("medewerker", "deelnemer").order_by("id")[:MAX_MENSEN])
    gaten = gaten_in_regie([team.pk], zonder_verboden(Deelnemer.objects.all(), request.medewerker, "pk"))
    getoond = [*mensen, *[d.deelnemer for d in doorbrekingen], *[g[0] for g in gaten]]
    request.lezing.toon("team.bekijken", [d.pk for d in getoond], grond="team")
    van_team = vragen.van_teams([team.pk], request.medewerker)
    context = {
        "aantal": aantal,
        "mensen": mensen,
        "consulenten": met_ruimte(team) if "caseload.toewijzen" in request.rechten else [],
        "stil": vragen.zonder_contact_sinds(van_team).count(),
        "weken": weken_zonder_contact(),
        "stil_url": f"{reverse('kaartenbak')}?van=team",
        "doorbrekingen": doorbrekingen,
        "gaten": gaten,
    }
    return Blok("deelnemers/onderdelen/teamblok.html", context)
