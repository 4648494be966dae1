"""Staff for the functioneel beheerder: list, one colleague, in, out, roles and account."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kern import klok
from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.models import Overgang
from kern.onderdelen import Feit, Knop, Leeg, Merk, filterbalk
from kern.services import accounts
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum, uren
from kern.weigering import probeer
from organisatie import forms, querysets
from organisatie.models import Afwezigheid, Medewerker, Rolvervulling
from organisatie.services import personeel
from organisatie.toegang import REGEL
from organisatie.views.hulp import formulier, haal, overgedragen, toon_wachtwoord


def _rollen(medewerker: Any) -> str:
    return ", ".join(r.get_rol_display() for r in medewerker.rollen_nu_rijen) or "Geen rol"


def _teams(medewerker: Any) -> str:
    return ", ".join(sorted({str(r.team or r.pijler) for r in medewerker.rollen_nu_rijen if r.team or r.pijler})) or "–"


def stand(medewerker: Medewerker) -> Merk:
    """How somebody stands, with what it means."""
    if medewerker.gebruiker.geblokkeerd_op:
        return Merk("Account dicht", "fout")
    if medewerker.einddatum and medewerker.einddatum < klok.vandaag():
        return Merk("Uit dienst")
    if medewerker.is_ingehuurd and medewerker.contract_tot:
        over = medewerker.contract_tot - klok.vandaag()
        if over.days < 0:
            return Merk("Contract voorbij", "fout")
        if over <= querysets.OVERDRACHT_VOOR_EINDE:
            return Merk(f"Contract nog {aantal(over.days, 'dag', 'dagen')}", "let-op")
    if medewerker.einddatum:
        return Merk(f"Tot en met {datum(medewerker.einddatum)}", "let-op")
    return Merk("In dienst", "goed")


_KOLOMMEN = (
    Kolom(
        "naam",
        "Naam",
        kop=True,
        link=lambda m: reverse("medewerker", args=[m.pk]),
        onder=lambda m: m.personeelsnummer,
    ),
    Kolom("rollen", "Rol", waarde=_rollen, breed=True),
    Kolom("teams", "Team", waarde=_teams),
    Kolom("aanstelling", "Aanstelling", waarde=lambda m: m.get_aanstelling_display()),
    Kolom("stand", "Stand", waarde=stand),
)


@toegang("medewerkers.beheren")
@require_safe
def medewerkers(request: HttpRequest) -> HttpResponse:
    """All staff, filtered."""
    filter_ = forms.MedewerkerFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    zichtbaar = REGEL.beperk(Medewerker.objects.all(), request.medewerker)  # type: ignore[attr-defined]
    pagina = Paginator(querysets.medewerkerlijst(zichtbaar, keuze), 50).get_page(request.GET.get("pagina"))
    leeg = Leeg("Geen collega’s met dit filter", "Haal een filter weg, of kies Iedereen.", "filter")
    context = {
        "tabel": Tabel.van(request, _KOLOMMEN, pagina, bijschrift="Medewerkers", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "hoeveel": pagina.paginator.count,
    }
    return render(request, "organisatie/medewerkers.html", context)


@toegang("medewerkers.beheren")
@require_safe
def medewerker(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague with roles, absence and the trace of the account."""
    rij = haal(request, pk)
    rollen = Rolvervulling.objects.filter(medewerker=rij).select_related("team", "pijler")
    context = {
        "medewerker": rij,
        "stand": stand(rij),
        "feiten": _feiten(rij),
        "rollen": rollen.order_by("-begindatum", "-id"),
        "vandaag": klok.vandaag(),
        "afwezig": Afwezigheid.objects.filter(medewerker=rij).order_by("-begindatum", "-id")[:5],
        "spoor": Overgang.objects.filter(soort="account", object_id=rij.gebruiker_id).order_by("-op", "-id")[:20],
        "knoppen": _knoppen(rij, request),
    }
    return render(request, "organisatie/medewerker.html", context)


def _feiten(rij: Medewerker) -> list[Feit]:
    werkt_als = ", ".join(
        str(dict(Medewerker._meta.get_field("werksoorten").base_field.choices)[w]) for w in rij.werksoorten
    )
    contract = f" tot en met {datum(rij.contract_tot)}" if rij.contract_tot else ""
    return [
        Feit("E-mailadres", rij.gebruiker.email),
        Feit("Personeelsnummer", rij.personeelsnummer),
        Feit("Telefoon", rij.telefoon or "–"),
        Feit("Functie", rij.get_functie_display(), onder=werkt_als),
        Feit("Aanstelling", f"{rij.get_aanstelling_display()}{contract}"),
        Feit("Uren per week", uren(rij.uren_per_week)),
        Feit(
            "In dienst",
            datum(rij.begindatum),
            onder=f"tot en met {datum(rij.einddatum)}" if rij.einddatum else "",
        ),
        Feit(
            "Rechten gecontroleerd",
            datum(rij.rechten_gecontroleerd_op) if rij.rechten_gecontroleerd_op else "Nog nooit",
        ),
        Feit("Tweede factor", "Gekoppeld" if accounts.heeft_tweede_factor(rij.gebruiker) else "Niet gekoppeld"),
    ]


def _knoppen(rij: Medewerker, request: HttpRequest) -> list[Knop]:
    if rij.gebruiker_id == request.user.pk:
        return []

    def naar(naam: str) -> str:
        return reverse(naam, args=[rij.pk])

    if not rij.gebruiker.actief:
        return [Knop("Account openen", naar("medewerker_openen"), "herstel")]
    return [
        Knop("Rol geven", naar("rol_geven"), "plus", hoofd=True),
        Knop("Tijdelijk wachtwoord", naar("medewerker_wachtwoord"), "slot"),
        Knop("App loskoppelen", naar("medewerker_tweede_factor"), "telefoon"),
        Knop("Uit dienst", naar("medewerker_uit_dienst"), "uit"),
        Knop("Nu blokkeren", naar("medewerker_blokkeren"), "slot"),
    ]


@toegang("medewerkers.beheren")
@never_cache
@require_http_methods(["GET", "POST"])
def medewerker_nieuw(request: HttpRequest) -> HttpResponse:
    """A new colleague: account, member of staff and first role at once."""
    begin = forms.standaard_begin() | {"uren_per_week": 36}
    form = forms.InDienstForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        gemaakt = probeer(
            form,
            lambda: personeel.neem_in_dienst(
                gemeente=request.user.gemeente, actor=Actor.van_gebruiker(request.user), **form.cleaned_data
            ),
        )
        if gemaakt:
            return toon_wachtwoord(request, *gemaakt, kop="is in dienst")
    return formulier(
        request, form, titel="Iemand in dienst nemen", knop="In dienst nemen", terug=reverse("medewerkers")
    )


@toegang("medewerkers.beheren")
@require_http_methods(["GET", "POST"])
def rol_geven(request: HttpRequest, pk: int) -> HttpResponse:
    """One more role."""
    rij = haal(request, pk)
    form = forms.RolForm(ingevuld(request), initial=forms.standaard_begin())
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        begin = velden.pop("per")
        actor = Actor.van_gebruiker(request.user)
        if probeer(form, lambda: personeel.geef_rol(rij, begindatum=begin, actor=actor, **velden)):
            meld(request, f"{rij.naam} heeft een nieuwe rol.")
            return redirect("medewerker", pk=pk)
    return formulier(
        request,
        form,
        titel=f"Rol geven aan {rij.naam}",
        knop="Rol geven",
        terug=reverse("medewerker", args=[pk]),
    )


def _haal_rol(request: HttpRequest, pk: int, rol_pk: int) -> Rolvervulling:
    rij = haal(request, pk)
    return get_object_or_404(
        Rolvervulling.objects.select_related("medewerker", "team", "pijler"), pk=rol_pk, medewerker=rij
    )


@toegang("medewerkers.beheren")
@require_http_methods(["GET", "POST"])
def rol_wisselen(request: HttpRequest, pk: int, rol_pk: int) -> HttpResponse:
    """Another role or team from a date; the old role ends the day before."""
    oud = _haal_rol(request, pk, rol_pk)
    begin = forms.standaard_begin() | {"rol": oud.rol, "team": oud.team_id, "pijler": oud.pijler_id}
    form = forms.RolForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        velden, actor = dict(form.cleaned_data), Actor.van_gebruiker(request.user)
        if probeer(form, lambda: personeel.wissel_rol(oud, velden.pop("rol"), actor=actor, **velden)):
            meld(request, f"De rol van {oud.medewerker.naam} is gewijzigd.")
            return redirect("medewerker", pk=pk)
    titel = f"Rol van {oud.medewerker.naam} wijzigen"
    uitleg = f"Nu: {oud.get_rol_display()}{f' bij {oud.team}' if oud.team else ''}. Die rol eindigt de dag ervoor."
    return formulier(
        request, form, titel=titel, knop="Rol wijzigen", terug=reverse("medewerker", args=[pk]), uitleg=uitleg
    )


@toegang("medewerkers.beheren")
@require_http_methods(["GET", "POST"])
def rol_beeindigen(request: HttpRequest, pk: int, rol_pk: int) -> HttpResponse:
    """End a role without a new one."""
    oud = _haal_rol(request, pk, rol_pk)
    form = forms.RolEindeForm(ingevuld(request), initial=forms.standaard_begin())
    if request.method == "POST" and form.is_valid():
        velden, actor = form.cleaned_data, Actor.van_gebruiker(request.user)
        if probeer(
            form,
            lambda: personeel.beeindig_rol(oud, velden["laatste_dag"], reden=velden["reden"], actor=actor),
        ):
            meld(request, "De rol is beëindigd.")
            return redirect("medewerker", pk=pk)
    titel = f"{oud.get_rol_display()} beëindigen voor {oud.medewerker.naam}"
    return formulier(request, form, titel=titel, knop="Rol beëindigen", terug=reverse("medewerker", args=[pk]))


@toegang("medewerkers.beheren")
@require_http_methods(["GET", "POST"])
def uit_dienst(request: HttpRequest, pk: int) -> HttpResponse:
    """Last working day; the caseload goes to the successor or the teammanager."""
    rij = haal(request, pk)
    form = forms.UitDienstForm(rij, ingevuld(request), initial=forms.standaard_begin())
    if request.method == "POST" and form.is_valid():
        actor = Actor.van_gebruiker(request.user)
        uit = probeer(form, lambda: personeel.zet_uit_dienst(rij, actor=actor, **form.cleaned_data))
        if uit is not None:
            meld(request, f"{rij.naam} gaat uit dienst.", onder=overgedragen(uit))
            return redirect("medewerker", pk=pk)
    uitleg = "Alle rollen eindigen. Na de laatste dag gaat het account dicht en gaat de caseload over."
    return formulier(
        request,
        form,
        titel=f"{rij.naam} uit dienst",
        knop="Uit dienst",
        terug=reverse("medewerker", args=[pk]),
        uitleg=uitleg,
    )
