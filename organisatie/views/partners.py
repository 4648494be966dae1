"""The directory of chain partners: list, one partner, and keeping it up to date (R213)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kern import klok
from kern.forms import ingevuld
from kern.formulier import VersieFormulier
from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Feit, Knop, Leeg, Merk, filterbalk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, telefoon
from kern.weigering import GEWEIGERD, IntussenGewijzigd, neem_fouten_over, probeer
from organisatie import partnerforms as forms
from organisatie import querysets
from organisatie.models import Contactpersoon, Ketenpartner
from organisatie.services import partners as dienst
from organisatie.views.hulp import formulier

_VELDEN = (
    *("naam", "soort", "email", "telefoon", "afspraken", "afspraken_tot"),
    *("client", "bsn_toegestaan", "bsn_grondslag", "actief"),
)
_PERSOONSVELDEN = ("naam", "functie", "email", "telefoon", "actief")


def afsprakenmerk(partner: Ketenpartner) -> Merk:
    """Whether the agreements still run."""
    if not partner.afspraken:
        return Merk("Nog geen afspraken", "let-op")
    if partner.afspraken_tot is None:
        return Merk("Afspraken lopen", "goed")
    voorbij = partner.afspraken_tot < klok.vandaag()
    return Merk(
        f"{'Verlopen op' if voorbij else 'Tot en met'} {datum(partner.afspraken_tot)}", "fout" if voorbij else "goed"
    )


_KOLOMMEN = (
    Kolom(
        "naam",
        "Naam",
        kop=True,
        link=lambda p: reverse("ketenpartner", args=[p.pk]),
        onder=lambda p: p.get_soort_display(),
    ),
    Kolom("contact", "Contactpersoon", waarde=lambda p: ", ".join(c.naam for c in p.mensen[:2]) or "Nog niemand"),
    Kolom("telefoon", "Telefoon", waarde=lambda p: telefoon(p.telefoon)),
    Kolom("systeem", "Verwijzen", waarde=lambda p: "Eigen systeem" if p.client_id else "Met een link"),
    Kolom("afspraken", "Afspraken", waarde=afsprakenmerk),
)


@toegang("ketenpartner.zien")
@require_safe
def ketenpartners(request: HttpRequest) -> HttpResponse:
    """Everybody we work with outside the department."""
    filter_ = forms.PartnerFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    pagina = Paginator(querysets.partnerlijst(**keuze), 50).get_page(request.GET.get("pagina"))
    leeg = Leeg("Geen partners met dit filter", "Haal een filter weg om meer te zien.", "filter")
    context = {
        "tabel": Tabel.van(request, _KOLOMMEN, pagina, bijschrift="Ketenpartners", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "hoeveel": pagina.paginator.count,
        "mag_wijzigen": _mag_wijzigen(request),
    }
    return render(request, "organisatie/ketenpartners.html", context)


def _mag_wijzigen(request: HttpRequest) -> bool:
    return "ketenpartner.wijzigen" in request.rechten  # type: ignore[attr-defined]


@toegang("ketenpartner.zien")
@require_safe
def ketenpartner(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner: agreements and people."""
    partner = get_object_or_404(Ketenpartner.objects.select_related("client"), pk=pk)
    mag = _mag_wijzigen(request)
    knoppen = [Knop("Wijzigen", reverse("ketenpartner_wijzigen", args=[pk]), "pen")] if mag else []
    hoe = f"In het systeem van {partner.client.naam}" if partner.client else "Met een link per e-mail"
    bsn = "Mag mee" if partner.bsn_toegestaan else "Gaat nooit mee"
    feiten = [
        Feit("Soort", partner.get_soort_display()),
        Feit("E-mailadres", partner.email or "–"),
        Feit("Telefoon", telefoon(partner.telefoon) or "–"),
        Feit("Verwijzing komt aan", hoe),
        Feit("Burgerservicenummer", bsn, onder=partner.bsn_grondslag),
    ]
    context = {
        "partner": partner,
        "merk": afsprakenmerk(partner),
        "stand": None if partner.actief else Merk("Gestopt", "let-op"),
        "knoppen": knoppen,
        "feiten": feiten,
        "mensen": partner.contactpersonen.order_by("-actief", "naam", "pk"),
        "mag_wijzigen": mag,
    }
    return render(request, "organisatie/ketenpartner.html", context)


@toegang("ketenpartner.wijzigen")
@require_http_methods(["GET", "POST"])
def ketenpartner_nieuw(request: HttpRequest) -> HttpResponse:
    """A partner that was not in the directory."""
    form = forms.PartnerForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in _VELDEN}
        rij = probeer(form, lambda: dienst.bewaar_partner(None, 0, actor=Actor.van_gebruiker(request.user), **velden))  # type: ignore[arg-type]
        if rij:
            meld(request, f"{rij.naam} staat in de gids.")
            return redirect("ketenpartner", pk=rij.pk)
    return formulier(request, form, titel="Ketenpartner toevoegen", knop="Toevoegen", terug=reverse("ketenpartners"))


def _bewaard(form: VersieFormulier, bewaar: Callable[[], Any]) -> bool:
    """Whether it was saved; what was refused, or what a colleague just changed, stands in the form."""
    try:
        bewaar()
    except IntussenGewijzigd as fout:
        form.toon_wat_anders_is(fout)
    except GEWEIGERD as fout:
        neem_fouten_over(form, fout)
    else:
        return True
    return False


@toegang("ketenpartner.wijzigen")
@require_http_methods(["GET", "POST"])
def ketenpartner_wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a partner; the second of two people who save sees what changed."""
    rij = get_object_or_404(Ketenpartner, pk=pk)
    begin = {naam: getattr(rij, naam) for naam in (*_VELDEN, "versie")}
    form = forms.PartnerForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in _VELDEN}
        versie, actor = form.cleaned_data["versie"], Actor.van_gebruiker(request.user)  # type: ignore[arg-type]
        if _bewaard(form, lambda: dienst.bewaar_partner(rij, versie, actor=actor, **velden)):
            meld(request, f"{velden['naam']} is bijgewerkt.")
            return redirect("ketenpartner", pk=pk)
    terug = reverse("ketenpartner", args=[pk])
    return formulier(request, form, titel=f"{rij.naam} wijzigen", knop="Bewaren", terug=terug)


@toegang("ketenpartner.wijzigen")
@require_http_methods(["GET", "POST"])
def partnercontact(request: HttpRequest, pk: int, persoon: int | None = None) -> HttpResponse:
    """Add or change somebody at a partner."""
    partner = get_object_or_404(Ketenpartner, pk=pk)
    rij = get_object_or_404(Contactpersoon, pk=persoon, ketenpartner=partner) if persoon else None
    begin = {naam: getattr(rij, naam) for naam in (*_PERSOONSVELDEN, "versie")} if rij else None
    form = forms.ContactpersoonForm(ingevuld(request), initial=begin)
    terug = reverse("ketenpartner", args=[pk])
    if request.method == "POST" and form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in _PERSOONSVELDEN}
        versie, actor = form.cleaned_data["versie"] or 0, Actor.van_gebruiker(request.user)  # type: ignore[arg-type]
        if _bewaard(form, lambda: dienst.bewaar_contactpersoon(partner, rij, versie, actor=actor, **velden)):
            meld(request, f"{velden['naam']} staat bij {partner.naam}.")
            return redirect(terug)
    titel = f"{rij.naam} wijzigen" if rij else f"Contactpersoon bij {partner.naam}"
    return formulier(request, form, titel=titel, knop="Bewaren", terug=terug)
