"""Employers: the list, everything about one, and what we write down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from stdnum import iban

from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel, volgorde
from kern.toegang import toegang
from kern.weergave import geleden, kortedatum, telefoon
from kern.weigering import probeer
from werkgevers import querysets as vragen
from werkgevers.dienstverbandvragen import rekening_van
from werkgevers.forms import (
    AfspraakForm,
    ContactpersoonForm,
    RelatiecontactForm,
    VestigingForm,
    WerkgeverFilter,
    WerkgeverForm,
)
from werkgevers.keuzes import Werkgeverslabel
from werkgevers.models import Contactpersoon, Vestiging, Werkgever
from werkgevers.services import werkgevers as dienst
from werkgevers.views.hulp import formulier

_PER_BLAD = 50


def _kolommen(kies: bool) -> tuple[Kolom, ...]:
    naar = (
        (lambda w: reverse("vacature_nieuw_bij", args=[w.pk]))
        if kies
        else (lambda w: reverse("werkgever", args=[w.pk]))
    )
    return (
        Kolom("naam", "Werkgever", kop=True, sorteer="naam", link=naar, onder=lambda w: w.get_sector_display()),
        Kolom("open_plekken", "Open plekken", soort="getal", sorteer="plekken"),
        Kolom(
            "relatiebeheerder",
            "Relatiebeheerder",
            waarde=lambda w: w.relatiebeheerder.naam if w.relatiebeheerder else "nog niemand",
        ),
        Kolom(
            "laatste_contact_op",
            "Laatste contact",
            sorteer="contact",
            waarde=lambda w: geleden(w.laatste_contact_op, klok.vandaag()) if w.laatste_contact_op else "nog niet",
            onder=lambda w: w.laatste_contact_door.naam if w.laatste_contact_door else "",
        ),
    )


@toegang("werkgever.zien")
@require_GET
def werkgevers(request: Any) -> HttpResponse:
    """All employers; with `?kies=vacature` a row leads to a new vacancy."""
    kies = request.GET.get("kies") == "vacature"
    kolommen = _kolommen(kies)
    filter_ = WerkgeverFilter(request.GET)
    gesorteerd = volgorde(request, kolommen, "naam")
    rijen = vragen.werkgevers(filter_.cleaned_data if filter_.is_valid() else {}, gesorteerd, request.medewerker)
    blad = Paginator(rijen, _PER_BLAD).get_page(request.GET.get("pagina"))
    tabel = Tabel.van(
        request,
        kolommen,
        blad,
        bijschrift="Werkgevers",
        gesorteerd=gesorteerd,
        leeg=o.Leeg(
            "Geen werkgever met dit filter",
            "Haal een filter weg, of voeg een nieuwe werkgever toe.",
            "gebouw",
        ),
    )
    context = {
        "tabel": tabel,
        "balk": o.filterbalk(request, filter_),
        "kies": kies,
        "aantal": blad.paginator.count,
        "mag_wijzigen": "werkgever.wijzigen" in request.rechten,
    }
    return render(request, "werkgevers/werkgevers.html", context)


@toegang("werkgever.zien")
@require_GET
def werkgever(request: Any, pk: int) -> HttpResponse:
    """Everything about one employer: contacts, demand, placements, promises, and whom to ask first."""
    rij = get_object_or_404(Werkgever.objects.select_related("relatiebeheerder"), pk=pk)
    plaatsingen = (
        list(vragen.lopende_plaatsingen(rij, request.medewerker)[:20]) if "plaatsing.zien" in request.rechten else []
    )
    request.lezing.toon("werkgever.plaatsingen", [p.deelnemer_id for p in plaatsingen])
    onbetaald, betaald = vragen.verdringing(rij)
    context = {
        "werkgever": rij,
        "recent": vragen.recent_contact(rij, request.medewerker),
        "feiten": _feiten(rij) + _betaalfeiten(request, rij),
        "contacten": _contacten(rij),
        "personen": [
            o.Feit(p.naam, telefoon(p.telefoon) or p.email or "geen nummer", onder=p.functie)
            for p in rij.contactpersonen.filter(actief=True).order_by("naam", "id")
        ],
        "vestigingen": rij.vestigingen.select_related("gebied").order_by("naam", "id"),
        "vacatures": [
            (v, o.toestandmerk(v.toestand, uitleg=False)) for v in rij.vacatures.order_by("-status_sinds", "-id")[:20]
        ],
        "plaatsingen": plaatsingen,
        "afspraken": _afspraken(rij, request.medewerker),
        "open_afspraken": vragen.afspraken(rij, request.medewerker).filter(nagekomen_op=None),
        "verdringing": (onbetaald, betaald) if onbetaald >= 3 and not betaald else None,  # noqa: PLR2004
        "contactform": RelatiecontactForm(werkgever=rij),
        "afspraakform": AfspraakForm(auto_id="afspraak_%s"),
        "mag_wijzigen": "werkgever.wijzigen" in request.rechten,
        "mag_vacature": "vacature.wijzigen" in request.rechten,
        "mag_werk": "plaatsing.wijzigen" in request.rechten,
    }
    return render(request, "werkgevers/werkgever.html", context)


def _feiten(rij: Werkgever) -> list[o.Feit]:
    labels = ", ".join(str(Werkgeverslabel(code).label) for code in rij.labels) or "nog niet bekend"
    return [
        o.Feit("Sector", rij.get_sector_display()),
        o.Feit("Grootte", rij.get_grootte_display()),
        o.Feit("KvK", rij.kvk_nummer or "nog niet bekend"),
        o.Feit("Telefoon", telefoon(rij.telefoon) or "nog niet bekend"),
        o.Feit("Relatiebeheerder", rij.relatiebeheerder.naam if rij.relatiebeheerder else "nog niemand"),
        o.Feit("Kent ons", rij.get_leadbron_display()),
        o.Feit("Geschikt voor", labels),
    ]


def _betaalfeiten(request: Any, rij: Werkgever) -> list[o.Feit]:
    """What a subsidy needs, for who works with subsidies."""
    if "subsidie.zien" not in request.rechten:
        return []
    nu = rekening_van(rij, klok.vandaag())
    return [
        o.Feit("Loonheffingen", rij.loonheffingennummer or "nog niet bekend"),
        o.Feit(
            "Rekeningnummer",
            iban.format(nu.iban) if nu.iban else "nog niet bekend",
            onder="betaling aangehouden" if nu.iban and nu.aangehouden else "",
            url=reverse("rekening", args=[rij.pk]),
        ),
    ]


def _contacten(rij: Werkgever) -> list[o.Tijdlijnpunt]:
    return [
        o.Tijdlijnpunt(
            timezone.localtime(c.op),
            c.onderwerp,
            door=c.medewerker.naam,
            soort="contact",
            tekst=" ".join(
                deel for deel in (f"Met {c.contactpersoon.naam}." if c.contactpersoon else "", c.notitie) if deel
            ),
        )
        for c in vragen.contacten(rij)[:30]
    ]


def _afspraken(rij: Werkgever, medewerker: Any) -> list[o.Beloftegroep]:
    vandaag, rijen = klok.vandaag(), list(vragen.afspraken(rij, medewerker))
    groepen = []
    for van_ons, titel in ((True, "Wij"), (False, "De werkgever")):
        beloften = [
            o.Belofte(
                a.wat,
                f"voor {kortedatum(a.voor)}" if a.voor else "",
                "gedaan" if a.nagekomen_op else "laat" if a.voor and a.voor < vandaag else "open",
            )
            for a in rijen
            if a.van_ons == van_ons
        ]
        if beloften:
            groepen.append(o.Beloftegroep(titel, beloften))
    return groepen


@toegang("werkgever.wijzigen")
@require_http_methods(["GET", "POST"])
def werkgever_nieuw(request: Any) -> HttpResponse:
    form = WerkgeverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rij = probeer(
            form,
            lambda: dienst.leg_werkgever_vast(
                actor=actor_van(request), relatiebeheerder=request.medewerker, **form.gegevens
            ),
        )
        if rij:
            meld(
                request,
                f"{rij.naam} staat erin",
                onder="Jij bent relatiebeheerder. Voeg nu een vestiging toe.",
            )
            return redirect("vestiging_nieuw", pk=rij.pk)
    return formulier(request, form, "Nieuwe werkgever", "Bewaren", o.Verwijzing("Werkgevers", reverse("werkgevers")))


@toegang("werkgever.wijzigen")
@require_http_methods(["GET", "POST"])
def werkgever_wijzigen(request: Any, pk: int) -> HttpResponse:
    rij = get_object_or_404(Werkgever, pk=pk)
    form = WerkgeverForm(request.POST or None, instance=rij)
    if request.method == "POST" and form.is_valid():
        versie = form.cleaned_data["versie"]
        if probeer(
            form,
            lambda: dienst.wijzig_werkgever(rij, actor=actor_van(request), versie=versie, **form.gegevens),
        ):
            meld(request, "De gegevens zijn bewaard")
            return redirect("werkgever", pk=pk)
    return formulier(request, form, f"{rij.naam} wijzigen", "Bewaren", _terug(rij))


def _terug(rij: Werkgever) -> o.Verwijzing:
    return o.Verwijzing(rij.naam, reverse("werkgever", args=[rij.pk]))


@toegang("werkgever.wijzigen")
@require_http_methods(["GET", "POST"])
def vestiging(request: Any, pk: int, vestiging_id: int | None = None) -> HttpResponse:
    """A new place of an employer, or a change of one."""
    rij = get_object_or_404(Werkgever, pk=pk)
    plek = get_object_or_404(Vestiging, pk=vestiging_id, werkgever=rij) if vestiging_id else Vestiging(werkgever=rij)
    form = VestigingForm(request.POST or None, instance=plek)
    if request.method == "POST" and form.is_valid():
        gevonden, versie = plek if vestiging_id else None, form.cleaned_data["versie"]
        if probeer(
            form,
            lambda: dienst.leg_vestiging_vast(
                rij, actor=actor_van(request), vestiging=gevonden, versie=versie, **form.gegevens
            ),
        ):
            meld(request, "De vestiging is bewaard")
            return redirect("werkgever", pk=pk)
    return formulier(
        request, form, "Vestiging wijzigen" if vestiging_id else "Vestiging toevoegen", "Bewaren", _terug(rij)
    )


@toegang("werkgever.wijzigen")
@require_http_methods(["GET", "POST"])
def contactpersoon(request: Any, pk: int, persoon_id: int | None = None) -> HttpResponse:
    """A new person to talk to, or a change of one."""
    rij = get_object_or_404(Werkgever, pk=pk)
    wie = (
        get_object_or_404(Contactpersoon, pk=persoon_id, werkgever=rij) if persoon_id else Contactpersoon(werkgever=rij)
    )
    titel = f"{wie.naam} wijzigen" if persoon_id else "Contactpersoon toevoegen"
    form = ContactpersoonForm(request.POST or None, instance=wie)
    if request.method == "POST" and form.is_valid():
        gevonden, versie = wie if persoon_id else None, form.cleaned_data["versie"]
        if probeer(
            form,
            lambda: dienst.leg_contactpersoon_vast(
                rij, actor=actor_van(request), contactpersoon=gevonden, versie=versie, **form.gegevens
            ),
        ):
            meld(request, "De contactpersoon is bewaard")
            return redirect("werkgever", pk=pk)
    return formulier(request, form, titel, "Bewaren", _terug(rij))


@toegang("werkgever.wijzigen")
@require_http_methods(["GET", "POST"])
def relatiecontact(request: Any, pk: int) -> HttpResponse:
    """Write a contact; says it when a colleague spoke to them in the last fourteen days (R126)."""
    rij = get_object_or_404(Werkgever, pk=pk)
    form = RelatiecontactForm(request.POST or None, werkgever=rij)
    if request.method == "POST" and form.is_valid():
        uit = probeer(
            form,
            lambda: dienst.leg_relatiecontact_vast(
                rij, request.medewerker, actor=actor_van(request), **form.cleaned_data
            ),
        )
        if uit:
            _, eerder = uit
            if eerder:
                wanneer = geleden(timezone.localtime(eerder.op).date(), klok.vandaag())
                meld(
                    request,
                    "Het contact is bewaard",
                    onder=f"Let op: {eerder.medewerker.naam} sprak hen {wanneer}. Stem even af.",
                    niveau=messages.WARNING,
                )
            else:
                meld(request, "Het contact is bewaard")
            return redirect("werkgever", pk=pk)
    return formulier(request, form, f"Contact met {rij.naam}", "Bewaren", _terug(rij))


@toegang("werkgever.wijzigen")
@require_http_methods(["GET", "POST"])
def werkgeversafspraak(request: Any, pk: int) -> HttpResponse:
    """Record what we or the employer promised (R137)."""
    rij = get_object_or_404(Werkgever, pk=pk)
    form = AfspraakForm(request.POST or None, auto_id="afspraak_%s")
    if request.method == "POST" and form.is_valid():
        gegevens = dict(form.cleaned_data)
        wat = gegevens.pop("wat")
        if probeer(
            form,
            lambda: dienst.maak_afspraak(rij, wat, actor=actor_van(request), medewerker=request.medewerker, **gegevens),
        ):
            meld(request, "De afspraak is bewaard")
            return redirect("werkgever", pk=pk)
    return formulier(request, form, f"Afspraak met {rij.naam}", "Bewaren", _terug(rij))


@toegang("werkgever.wijzigen")
@require_POST
def werkgeversafspraak_klaar(request: Any, pk: int) -> HttpResponse:
    """Mark an agreement as kept; a second time opens it again (undo)."""
    rij = get_object_or_404(vragen.alle_afspraken(request.medewerker).select_related("werkgever"), pk=pk)
    nagekomen = rij.nagekomen_op is None
    dienst.kom_afspraak_na(rij, actor=actor_van(request), nagekomen=nagekomen)
    if nagekomen:
        meld(
            request,
            "Afspraak nagekomen",
            onder=rij.wat,
            ongedaan=reverse("werkgeversafspraak_klaar", args=[pk]),
        )
    return redirect("werkgever", pk=rij.werkgever_id)


@toegang("werkgever.wijzigen")
@require_POST
def neem_beheer(request: Any, pk: int) -> HttpResponse:
    """Become the relation owner from today."""
    rij = get_object_or_404(Werkgever, pk=pk)
    dienst.wijs_relatiebeheerder_aan(rij, request.medewerker, klok.vandaag(), actor=actor_van(request))
    meld(request, f"Jij bent nu relatiebeheerder van {rij.naam}")
    return redirect("werkgever", pk=pk)
