"""The kaartenbak: active people without contact for some weeks, longest first, and doing something for many (R015)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from deelnemers import querysets as vragen
from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.instellingen import weken_zonder_contact
from deelnemers.models import Deelnemer
from deelnemers.services.contact import plan_contact_velen
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.formulier import Datum, Formulier
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import aantal, geleden
from organisatie.querysets import met_rol, mijn_team_ids
from organisatie.rechten import Rol

PER_BLAD = 50


class KaartenbakFilter(Formulier):
    """For how long, and of whom."""

    weken = forms.TypedChoiceField(label="Geen contact", coerce=int, required=False, empty_value=None)
    van = forms.ChoiceField(label="Van wie", required=False)

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        norm = weken_zonder_contact()
        stappen = sorted({norm, norm * 2, 26, 52})
        self.fields["weken"].choices = [(n, f"Langer dan {n} weken") for n in stappen]  # type: ignore[attr-defined]
        van = [("", "Van mij")] if "caseload.zien" in request.rechten else []
        van += [("team", "Van mijn team")]
        if "team.zien" in request.rechten:
            van += [(str(m.pk), m.naam) for m in met_rol(Rol.CONSULENT, mijn_team_ids(request.medewerker))]
        self.fields["van"].choices = van  # type: ignore[attr-defined]
        zet_doelgroepen(self, request.rechten, eigen_mensen=True)


class ContactplanForm(Formulier):
    dag = forms.DateField(label="Contact voor", widget=Datum())

    def clean_dag(self) -> Any:
        dag = self.cleaned_data["dag"]
        if dag < klok.vandaag():
            raise forms.ValidationError("Kies vandaag of een latere dag.")
        return dag


def _rijen(request: Any, form: KaartenbakFilter) -> Any:
    form.is_valid()
    keuze = form.cleaned_data
    van = keuze.get("van") or ""
    if van == "team" or "caseload.zien" not in request.rechten:
        rijen = vragen.team_caseload(request.medewerker)
    elif van.isdecimal():
        rijen = vragen.team_caseload(request.medewerker).filter(regievoerder=int(van))
    else:
        rijen = vragen.caseload(request.medewerker)
    rijen = vragen.in_doelgroep(rijen, keuze.get("doelgroep", ""), request.rechten, persoon="pk")
    rijen = vragen.zonder_contact_sinds(rijen, keuze.get("weken"))
    return vragen.gesorteerd(rijen.select_related("regievoerder", "team"), "contact")


def _hoelang(deelnemer: Deelnemer) -> str:
    dag = deelnemer.laatste_contact_op
    return geleden(dag, klok.vandaag()) if dag else "nog niet"


_ANDERS = "Kies een andere groep of een andere tijd."


@toegang("caseload.zien", "team.zien")
@require_GET
def kaartenbak(request: Any) -> HttpResponse:
    """The list, longest without contact first."""
    form = KaartenbakFilter(request.GET, auto_id="filter_%s", request=request)
    blad = Paginator(_rijen(request, form), PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon("kaartenbak.bekijken", [d.pk for d in blad])
    weken = form.cleaned_data.get("weken") or weken_zonder_contact()
    context = {
        "balk": o.filterbalk(request, form),
        "mensen": [(d, _hoelang(d)) for d in blad],
        "bladzijde": o.Bladzijde.van(blad, request.GET),
        "aantal": blad.paginator.count,
        "weken": weken,
        "alles": request.GET.get("alles") == "1",
        "alles_url": o.met_query(request.GET, alles=None if request.GET.get("alles") else 1),
        "filters": request.GET.urlencode(),
        "contact": ContactplanForm(initial={"dag": klok.vandaag()}),
        "leeg": o.Leeg(f"Iedereen is korter dan {weken} weken geleden gesproken", _ANDERS, "vinkrond"),
    }  # fmt: skip
    return render(request, "deelnemers/kaartenbak.html", context)


@toegang("caseload.zien", "team.zien")
@require_POST
def kaartenbak_zet(request: Any) -> HttpResponse:
    """Plan contact for all that were ticked, or take them along to a hand-over. Only people of the own list."""
    gekozen = {int(w) for w in request.POST.getlist("persoon") if w.isdecimal()}
    mag = vragen.caseload(request.medewerker) if "caseload.zien" in request.rechten else Deelnemer.objects.none()
    rijen = Deelnemer.objects.filter(pk__in=gekozen).filter(
        pk__in=(mag.values("pk").union(vragen.team_caseload(request.medewerker).values("pk"))).values("pk")
    )
    mensen = list(rijen.select_related("regievoerder").order_by("sorteernaam", "pk"))
    request.lezing.toon("kaartenbak.bekijken", [d.pk for d in mensen])
    terug = f"{reverse('kaartenbak')}?{request.POST.get('filters', '')}"
    if not mensen:
        meld(request, "Kies eerst iemand uit de lijst", niveau=messages.WARNING)
        return redirect(terug)
    if request.POST.get("actie") == "overdragen":
        van = {d.regievoerder_id for d in mensen}
        if len(van) > 1 or None in van:
            meld(
                request,
                "Kies mensen van één regievoerder",
                onder="Overdragen doe je per collega.",
                niveau=messages.WARNING,
            )
            return redirect(terug)
        vraag = urlencode({"van": van.pop(), "persoon": [d.pk for d in mensen]}, doseq=True)
        return redirect(f"{reverse('caseload_overdragen')}?{vraag}")
    form = ContactplanForm(request.POST)
    if not form.is_valid():
        meld(request, "Er is nog niets gepland", onder="Kies een dag vanaf vandaag.", niveau=messages.ERROR)
        return redirect(terug)
    gelukt, niet = plan_contact_velen(mensen, form.cleaned_data["dag"], actor=actor_van(request))
    if gelukt:
        meld(
            request,
            f"Contact gepland met {aantal(len(gelukt), 'persoon', 'mensen')}",
            onder="Het staat op Vandaag van de regievoerder.",
        )
    for deelnemer, waarom in niet:
        meld(request, f"{deelnemer.naam} niet gepland", onder=waarom, niveau=messages.WARNING)
    return redirect(terug)
