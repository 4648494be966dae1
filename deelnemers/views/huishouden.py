"""Household and benefit of a person, and the plan of the whole household (R003, R005)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from deelnemers import querysets as vragen
from deelnemers.models import Deelnemer, Huishoudlid, MeldingAanInkomen, Toezegging
from deelnemers.services.gezin import kies_gezinsregisseur
from deelnemers.toegang import DOSSIER
from deelnemers.views.hulp import actor_van, kaart, met_dossier
from deelnemers.views.inkomen import statusmerk
from kern.aansluitingen import dossier as socket
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import GEWEIGERD, zin


@toegang("dossier.zien")
@require_GET
@met_dossier("huishouden.bekijken")
def huishouden(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Who lives together, which benefit, and what runs for each member as far as this reader works with them."""
    leden = vragen.huishouden(deelnemer)
    meldingen = MeldingAanInkomen.objects.filter(deelnemer=deelnemer).order_by("-id")
    thuis = leden[0].huishouden if leden else None
    regie = list({lid.deelnemer.regievoerder: None for lid in leden if lid.deelnemer.regievoerder})
    mag_wijzigen = "dossier.wijzigen" in request.rechten
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "huishouden"),
        "huishouden": thuis,
        "leden": leden,
        "mag_wijzigen": mag_wijzigen,
        "uitkeringen": vragen.uitkeringen(deelnemer),
        "meldingen": [{"rij": m, "merk": statusmerk(m)} for m in meldingen],
        "gezin": _gezinsplan(request, deelnemer, leden) if len(leden) > 1 else [],
        "regievoerders": regie if mag_wijzigen and len(regie) > 1 else [],
    }
    request.lezing.toon("huishouden.bekijken", [lid.deelnemer_id for lid in leden])
    return render(request, "deelnemers/huishouden.html", context)


def _gezinsplan(request: Any, deelnemer: Deelnemer, leden: list[Huishoudlid]) -> list[dict[str, Any]]:
    """Per member what runs and what was promised; of whom the reader does not work with only who guides them."""
    ids = [lid.deelnemer_id for lid in leden]
    mag = set(
        Deelnemer.objects.filter(DOSSIER.filter(request.medewerker), pk__in=ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    beloften: dict[int, list[Toezegging]] = {}
    open_ = Toezegging.objects.filter(deelnemer__in=mag, nagekomen_op__isnull=True, vervallen_op__isnull=True)
    for rij in open_.order_by("voor", "pk"):
        beloften.setdefault(rij.deelnemer_id, []).append(rij)
    return [
        {
            "lid": lid,
            "hier": lid.deelnemer_id == deelnemer.pk,
            "mag": lid.deelnemer_id in mag,
            "groepen": socket.samengevat(request, lid.deelnemer).items() if lid.deelnemer_id in mag else (),
            "beloften": beloften.get(lid.deelnemer_id, []),
        }
        for lid in leden
    ]


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("huishouden.wijzigen")
def gezinsregisseur_zet(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """One of the regievoerders keeps the overview of the household."""
    leden = vragen.huishouden(deelnemer)
    if not leden:
        raise Http404("Er is geen huishouden.")
    wie = {str(lid.deelnemer.regievoerder_id): lid.deelnemer.regievoerder for lid in leden}
    gekozen = wie.get(request.POST.get("medewerker", ""))
    try:
        kies_gezinsregisseur(leden[0].huishouden, gekozen, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, f"{gekozen.naam} is gezinsregisseur" if gekozen else "Er is geen gezinsregisseur meer")
    return redirect("huishouden", dossiernummer=deelnemer.dossiernummer)
