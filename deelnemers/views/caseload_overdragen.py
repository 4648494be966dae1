"""Handing over a whole caseload, or a part: for who leaves or is away long; to one or several colleagues."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from deelnemers import overdrachtvragen as vragen
from deelnemers.models import Deelnemer
from deelnemers.overdrachtforms import VerdeelForm, last_in_woorden
from deelnemers.services import overdragen
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import aantal
from organisatie.models import Medewerker
from organisatie.querysets import afwezig_nu, met_rol, mijn_team_ids, waarneemt_voor_ids
from organisatie.rechten import Rol


def _van_wie(request: Any) -> tuple[Medewerker | None, list[Medewerker]]:
    """Whose caseload, and whose this reader may choose: the own, that of who she stands in for, a manager's team."""
    ik = request.medewerker
    mag = {ik.pk, *waarneemt_voor_ids(ik)} if "caseload.zien" in request.rechten else set()
    if "caseload.toewijzen" in request.rechten:
        mag |= {m.pk for m in met_rol(Rol.CONSULENT, mijn_team_ids(ik))}
    mensen = list(Medewerker.objects.filter(pk__in=mag).order_by("achternaam", "voornaam", "pk"))
    gevraagd = request.POST.get("van") or request.GET.get("van") or str(ik.pk)
    gekozen = next((m for m in mensen if str(m.pk) == gevraagd), None)
    if gekozen is None and gevraagd != str(ik.pk):
        raise PermissionDenied("Dit is geen collega van je team.")
    return gekozen, mensen


@toegang("caseload.zien", "caseload.toewijzen")
@require_http_methods(["GET", "POST"])
def caseload_overdragen(request: Any) -> HttpResponse:
    """Choose people and colleagues, see the distribution, change it, and offer."""
    van, mag = _van_wie(request)
    if van is None:
        return render(request, "deelnemers/caseload_overdragen.html", {"van": None, "keuze": _keuze(mag, None)})
    mensen = vragen.over_te_dragen(van, request.medewerker)
    request.lezing.toon(
        "overdracht.caseload", [d.pk for d in mensen], grond="team" if van != request.medewerker else "regie"
    )
    alle = request.GET.get("teams") == "alle" or request.POST.get("teams") == "alle"
    groepen = [] if alle else vragen.consulenten_per_team(request.medewerker, {van.pk}, alleen_eigen=True)
    if not groepen:  # who has no colleague in the own team chooses from all
        alle, groepen = True, vragen.consulenten_per_team(request.medewerker, {van.pk})
    collegas = [m for _, groep in groepen for m in groep]
    last, weg = vragen.last_van([m.pk for m in collegas]), afwezig_nu([m.pk for m in collegas])
    namen = {m.pk: f"{m.naam}: {last_in_woorden(m, last)}{', nu afwezig' if m.pk in weg else ''}" for m in collegas}
    form = VerdeelForm(
        request.POST or None,
        mensen=[(str(d.pk), d.naam) for d in mensen],
        collegas=[(str(pk), naam) for pk, naam in namen.items()],
        initial={"vanaf": klok.vandaag()},
    )
    if request.method == "POST" and form.is_valid():
        gekozen = [d for d in mensen if str(d.pk) in form.cleaned_data["mensen"]]
        wie = [m for m in collegas if str(m.pk) in form.cleaned_data["collegas"]]
        if request.POST.get("stap") == "aanbieden":
            return _bied_aan(request, form, gekozen, {m.pk: m for m in wie})
        return _voorbeeld(request, van, form, gekozen, wie)
    context = {
        "van": van,
        "zelf": van == request.medewerker,
        "keuze": _keuze(mag, van),
        "mensen": mensen,
        "gekozen": set(form.data.getlist("mensen")) if form.is_bound else _vooraf(request, mensen),
        "form": form,
        "alle": alle,
        "leeg": o.Leeg(f"{van.naam} begeleidt nu niemand", "Er is niets over te dragen.", "vinkrond"),
    }
    return render(request, "deelnemers/caseload_overdragen.html", context, status=400 if form.errors else 200)


def _vooraf(request: Any, mensen: list[Deelnemer]) -> set[str]:
    """Who is ticked when the page opens: everybody, or who came along from another list."""
    if request.GET.get("alles") == "1":
        return {str(d.pk) for d in mensen}
    return set(request.GET.getlist("persoon"))


def _keuze(mag: list[Medewerker], van: Medewerker | None) -> list[o.Verwijzing]:
    if len(mag) < 2 and van is not None:  # noqa: PLR2004 - with one there is nothing to choose
        return []
    return [o.Verwijzing(m.naam, f"?van={m.pk}", m == van) for m in mag]


def _voorbeeld(
    request: Any, van: Medewerker, form: VerdeelForm, gekozen: list[Deelnemer], wie: list[Medewerker]
) -> HttpResponse:
    """Who goes to whom, to change before it is offered; who cannot, with the reason."""
    kan = [d for d in gekozen if d.staat_open is None]  # type: ignore[attr-defined]
    last = vragen.last_van([m.pk for m in wie])
    verdeling = overdragen.verdeel(kan, wie, last)
    straks = dict(last)
    for _, naar in verdeling:
        straks[naar.pk] = straks.get(naar.pk, 0) + 1
    context = {
        "van": van,
        "form": form,
        "verdeling": verdeling,
        "collegas": wie,
        "niet": [(d, f"Staat al open bij {d.staat_open.naar.naam}.") for d in gekozen if d.staat_open is not None],  # type: ignore[attr-defined]
        "straks": [(m, last.get(m.pk, 0), straks.get(m.pk, 0)) for m in wie],
        "teams": request.POST.get("teams", ""),
    }
    return render(request, "deelnemers/caseload_verdeling.html", context)


def _bied_aan(request: Any, form: VerdeelForm, gekozen: list[Deelnemer], wie: dict[int, Medewerker]) -> HttpResponse:
    verdeling = []
    for d in gekozen:
        waarde = request.POST.get(f"naar_{d.pk}", "")
        if waarde.isdecimal() and int(waarde) in wie:
            verdeling.append((d, wie[int(waarde)]))
    gelukt, niet = overdragen.bied_velen_aan(
        verdeling,
        form.cleaned_data["vanaf"],
        reden=form.cleaned_data["reden"],
        door=request.medewerker,
        actor=actor_van(request),
    )
    if gelukt:
        meld(
            request,
            f"{aantal(len(gelukt), 'persoon', 'mensen')} aangeboden",
            onder="Je collega’s zien dit bij Vandaag.",
        )
    for d, waarom in niet:
        meld(request, f"{d.naam} niet aangeboden", onder=waarom, niveau=messages.WARNING)
    return redirect("overdrachten")
