"""Budgets: the list per year, adding one and changing an amount (R180)."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.models import Wijziging
from kern.onderdelen import Leeg
from kern.tabel import Kolom, Tabel
from kern.toegang import heeft_recht, toegang
from kern.weergave import datum, euro
from kern.weigering import probeer
from organisatie import querysets
from organisatie.budgetforms import BudgetForm, BudgetWijzigenForm
from organisatie.models import Budget
from organisatie.services.budget import bewaar_budget
from organisatie.views.hulp import formulier


def _kolommen(*, mag: bool) -> tuple[Kolom, ...]:
    adres = (lambda b: reverse("budget_wijzigen", args=[b.pk])) if mag else None
    return (
        Kolom("bron", "Geldbron", kop=True, waarde=_naam, link=adres, onder=lambda b: b.toelichting),
        Kolom("jaar", "Jaar", waarde=lambda b: str(b.jaar)),
        Kolom("bedrag", "Bedrag", weergave=euro, soort="getal"),
    )


def _historie(namen: dict[int, str]) -> tuple[Kolom, ...]:
    return (
        Kolom("tijdstip", "Op", kop=True, weergave=datum),
        Kolom("rij_id", "Budget", waarde=lambda w: namen[w.rij_id]),
        Kolom("actor_naam", "Door"),
        Kolom("nieuw", "Wat", waarde=_wat),
    )


def _naam(rij: Budget) -> str:
    return f"Project {rij.project}" if rij.project else rij.get_bron_display()


@toegang("budget.zien", "budget.wijzigen")
@require_safe
def budgetten(request: HttpRequest) -> HttpResponse:
    """All budgets, the latest year first, and what changed in them."""
    mag = heeft_recht(request.rechten, "budget.wijzigen")  # type: ignore[attr-defined]
    rijen = list(querysets.budgetten())
    leeg = Leeg("Nog geen budget", "Voeg per jaar en geldbron toe hoeveel geld er is.", "grafiek")
    historie = querysets.budgethistorie([rij.pk for rij in rijen])
    namen = {rij.pk: f"{_naam(rij)} {rij.jaar}" for rij in rijen}
    context = {
        "tabel": Tabel.van(request, _kolommen(mag=mag), rijen, bijschrift="Budgetten", leeg=leeg),
        "historie": Tabel.van(request, _historie(namen), historie, bijschrift="Wijzigingen"),
        "heeft_historie": bool(historie),
        "mag_wijzigen": mag,
    }
    return render(request, "organisatie/budgetten.html", context)


def _wat(regel: Wijziging) -> str:
    if regel.actie == "I":
        return "toegevoegd"
    oud, nieuw = (regel.oud or {}).get("bedrag"), (regel.nieuw or {}).get("bedrag")
    if nieuw is None:
        return "de toelichting"
    return f"van {euro(Decimal(str(oud)))} naar {euro(Decimal(str(nieuw)))}"


@toegang("budget.wijzigen")
@require_http_methods(["GET", "HEAD", "POST"])
def budget_nieuw(request: HttpRequest) -> HttpResponse:
    """A budget for a year and a source."""
    form = BudgetForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in BudgetForm.field_order}
        rij = probeer(form, lambda: bewaar_budget(None, 0, actor=_actor(request), **velden))
        if rij:
            meld(request, f"Het budget van {_naam(rij)} voor {rij.jaar} is bewaard")
            return redirect("budgetten")
    return formulier(request, form, titel="Budget toevoegen", knop="Bewaren", terug=reverse("budgetten"))


@toegang("budget.wijzigen")
@require_http_methods(["GET", "HEAD", "POST"])
def budget_wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Another amount; the second of two people who save sees what changed."""
    rij = get_object_or_404(Budget, pk=pk)
    begin = {"bedrag": rij.bedrag, "toelichting": rij.toelichting, "versie": rij.versie}
    form = BudgetWijzigenForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        velden, versie = form.cleaned_data, form.cleaned_data["versie"] or 0
        anders = {naam: velden[naam] for naam in ("bedrag", "toelichting")}
        if probeer(form, lambda: bewaar_budget(rij, versie, actor=_actor(request), **anders)):
            meld(request, f"Het budget van {_naam(rij)} voor {rij.jaar} is bewaard")
            return redirect("budgetten")
    return formulier(
        request, form, titel=f"{_naam(rij)} {rij.jaar} wijzigen", knop="Bewaren", terug=reverse("budgetten")
    )


def _actor(request: HttpRequest) -> Actor:
    return Actor.van_gebruiker(request.user)  # type: ignore[arg-type]
