"""Mijn team: people, load, absence, stand-ins, approvals, and the blocks of other rooms."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern import klok
from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Leeg, Merk, Verwijzing
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import probeer
from organisatie import aansluitingen, forms, querysets
from organisatie.inkomensconsulenten import nu_en_straks
from organisatie.models import Afwezigheid, Medewerker, Team, Waarneming
from organisatie.services import planning
from organisatie.services.inkomensconsulent import wijs_inkomensconsulent_aan
from organisatie.toegang import REGEL
from organisatie.views.hulp import formulier


@toegang("team.zien")
@require_safe
def mijn_team(request: HttpRequest) -> HttpResponse:
    """One team at a time; who has more teams chooses above."""
    teams = _teams(request)
    if not teams:
        leeg = Leeg(
            "Je hebt nog geen team",
            "Vraag de functioneel beheerder om je team bij je rol te zetten.",
            "groep",
        )
        return render(request, "organisatie/geen_team.html", {"leeg": leeg})
    team = _gekozen(request, teams)
    mensen = list(querysets.medewerkers_van_team(team.pk))
    formatie = querysets.formatie_nu(team.pk)
    kolommen, regels = _regels(team, mensen)
    context = {
        "team": team,
        "teams": [Verwijzing(t.naam, f"?team={t.pk}", t == team) for t in teams] if len(teams) > 1 else [],
        "formatie": formatie,
        "kolommen": kolommen,
        "regels": regels,
        "blokken": aansluitingen.teamblokken(request, team),
        "leeg": Leeg(
            "Dit team heeft nog geen mensen",
            "De functioneel beheerder koppelt mensen aan een team.",
            "mensen",
        ),
    }
    return render(request, "organisatie/mijn_team.html", context)


def _teams(request: HttpRequest) -> list[Team]:
    # A stand-in for a manager sees that manager's teams too.
    return list(querysets.teams_vandaag().filter(pk__in=querysets.mijn_team_ids(request.medewerker)))  # type: ignore[attr-defined]


def _gekozen(request: HttpRequest, teams: list[Team]) -> Team:
    gevraagd = request.GET.get("team", "")
    if not gevraagd:
        return teams[0]
    team = next((t for t in teams if str(t.pk) == gevraagd), None)
    if team is None:
        raise PermissionDenied("Dit is niet jouw team.")
    return team


def _regels(team: Team, mensen: list[Medewerker]) -> tuple[list[str], list[dict[str, Any]]]:
    ids = [m.pk for m in mensen]
    afwezig, waarnemers = querysets.afwezig_nu(ids), querysets.waarnemers_nu(ids)
    kolommen = aansluitingen.belastingkolommen(team, ids)
    regels = [
        {
            "medewerker": m,
            "werkt_als": ", ".join(str(w) for w in m.werksoorten),
            "getallen": [(label, waarden.get(m.pk, 0)) for label, waarden in kolommen],
            "afwezig": afwezig.get(m.pk),
            "stand": _stand(m, afwezig.get(m.pk)),
            "waarnemers": waarnemers.get(m.pk, []),
        }
        for m in mensen
    ]
    return [label for label, _ in kolommen], regels


def _stand(medewerker: Medewerker, afwezig: Afwezigheid | None) -> Merk:
    if afwezig is not None:
        tot = f" tot en met {datum(afwezig.einddatum)}" if afwezig.einddatum else ""
        return Merk(f"{afwezig.get_reden_display()}{tot}", "let-op")
    if medewerker.is_ingehuurd and medewerker.contract_tot:
        kort = medewerker.contract_tot - klok.vandaag() <= querysets.OVERDRACHT_VOOR_EINDE
        return Merk(f"Ingehuurd tot en met {datum(medewerker.contract_tot)}", "let-op" if kort else "info")
    return Merk("Aanwezig", "goed")


def _collegas(request: HttpRequest) -> Any:
    zichtbaar = REGEL.beperk(Medewerker.objects.filter(querysets.in_dienst(klok.vandaag())), request.medewerker)  # type: ignore[attr-defined]
    return zichtbaar.order_by("achternaam", "voornaam", "id")


@toegang("team.zien")
@require_http_methods(["GET", "POST"])
def afwezig_melden(request: HttpRequest) -> HttpResponse:
    """Somebody of the own team is away."""
    form = forms.AfwezigForm(_collegas(request), ingevuld(request), initial=forms.standaard_begin())
    if request.method == "POST" and form.is_valid():
        actor = Actor.van_gebruiker(request.user)
        if probeer(form, lambda: planning.meld_afwezig(**form.cleaned_data, actor=actor)):
            meld(request, f"{form.cleaned_data['medewerker']} is afwezig gemeld.")
            return redirect("mijn_team")
    return formulier(request, form, titel="Collega afwezig melden", knop="Afwezig melden", terug=reverse("mijn_team"))


@toegang("team.zien")
@require_POST
def weer_aanwezig(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is back."""
    rij = get_object_or_404(Afwezigheid.objects.select_related("medewerker"), pk=pk, medewerker__in=_collegas(request))
    planning.meld_terug(rij, actor=Actor.van_gebruiker(request.user))
    meld(request, f"{rij.medewerker} is er weer.")
    return redirect("mijn_team")


@toegang("team.zien")
@require_http_methods(["GET", "POST"])
def waarneming_nieuw(request: HttpRequest) -> HttpResponse:
    """A colleague stands in for somebody of the own team."""
    form = forms.WaarnemingForm(_collegas(request), ingevuld(request), initial=forms.standaard_begin())
    if request.method == "POST" and form.is_valid():
        actor = Actor.van_gebruiker(request.user)
        if probeer(form, lambda: planning.leg_waarneming_vast(**form.cleaned_data, actor=actor)):
            meld(
                request,
                "De waarneming is vastgelegd.",
                onder="De collega ziet de caseload vanaf de eerste dag.",
            )
            return redirect("mijn_team")
    return formulier(request, form, titel="Waarneming regelen", knop="Vastleggen", terug=reverse("mijn_team"))


@toegang("team.zien")
@require_POST
def waarneming_stoppen(request: HttpRequest, pk: int) -> HttpResponse:
    """End a stand-in."""
    rij = get_object_or_404(Waarneming.objects.all(), pk=pk, voor__in=_collegas(request))
    planning.stop_waarneming(rij, actor=Actor.van_gebruiker(request.user))
    meld(request, "De waarneming is gestopt.")
    return redirect("mijn_team")


@toegang("team.zien")
@require_http_methods(["GET", "POST"])
def inkomensconsulent(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who answers questions about income for one of the own teams; the second who saves sees what changed."""
    team = next((t for t in _teams(request) if t.pk == pk and not t.ondersteunend), None)
    if team is None:
        raise Http404("Dit team is er niet.")
    nu, _ = nu_en_straks(pk)
    begin = {"medewerker": nu.medewerker if nu else None, "vanaf": klok.vandaag(), "versie": team.versie}
    form = forms.InkomensconsulentForm(ingevuld(request), initial=begin)
    terug = f"{reverse('mijn_team')}?team={pk}"
    if request.method == "POST" and form.is_valid():
        actor = Actor.van_gebruiker(request.user)
        rij = probeer(form, lambda: wijs_inkomensconsulent_aan(team, **form.cleaned_data, actor=actor))
        if rij:
            onder = f"Vragen over {team.in_zin} gaan naar {rij.medewerker.voornaam}."
            meld(request, f"{rij.medewerker} is aangewezen vanaf {datum(rij.begindatum)}.", onder=onder)
            return redirect(terug)
    return formulier(
        request, form, titel=f"Inkomensconsulent van {team.in_zin}", knop="Aanwijzen", terug=terug,
        uitleg="Vragen en meldingen over dit team gaan naar deze collega. Die krijgt hiermee geen dossiers te zien.",
    )  # fmt: skip
