"""Invoices to borrowers: the list, making those of a month, and each as PDF or all as CSV."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Leeg
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import MAANDEN, aantal, datum, euro
from kern.weigering import probeer
from loonkostensubsidie import contractvragen as vragen
from loonkostensubsidie.contractforms import Factuurform
from loonkostensubsidie.factuurpdf import maak_csv, maak_pdf
from loonkostensubsidie.services.factuur import maak_facturen

PER_BLADZIJDE = 50
KOLOMMEN = (
    Kolom("nummer", "Factuur", kop=True, link=lambda f: reverse("factuur_pdf", args=[f.kenmerk])),
    Kolom("werkgever", "Inlener", waarde=lambda f: f.werkgever.naam),
    Kolom("maand", "Tot en met", waarde=lambda f: f"{MAANDEN[f.maand.month - 1]} {f.maand.year}"),
    Kolom("factuurdatum", "Datum", weergave=datum),
    Kolom("bedrag", "Bedrag", weergave=euro, soort="getal"),
)


@toegang("subsidie.betalen")
@require_http_methods(["GET", "HEAD", "POST"])
def facturen(request: Any) -> HttpResponse:
    """All invoices, newest first, and a form that bills what is open. No person is shown here."""
    form = Factuurform(ingevuld(request))
    if form.is_valid():
        actor = Actor.van_gebruiker(request.user)
        gedaan = probeer(form, lambda: maak_facturen(form.cleaned_data["maand"], actor=actor))
        if gedaan is not None:
            hoeveel = len(gedaan.facturen)
            titel = aantal(hoeveel, "factuur gemaakt", "facturen gemaakt") if hoeveel else "Er is niets te factureren"
            meld(request, titel)
            for nummer, reden in gedaan.fouten.items():
                meld(request, f"{nummer} is niet berekend", onder=reden, niveau=messages.ERROR)
            return redirect("facturen")
    pagina = Paginator(vragen.facturen(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = Leeg("Nog geen facturen", "Kies een maand. We maken dan per inlener één factuur van wat nog open staat.")
    context = {
        "form": form,
        "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Facturen", leeg=leeg),
        "export": reverse("facturen_csv") if pagina.paginator.count else "",
    }
    return render(request, "loonkostensubsidie/facturen.html", context, status=400 if form.errors else 200)


@toegang("subsidie.betalen")
@require_safe
@never_cache
def factuur_pdf(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The invoice itself; everybody on it is in the read log."""
    factuur = get_object_or_404(vragen.facturen(), kenmerk=kenmerk)
    regels = list(vragen.factuurregels(request.medewerker).filter(factuur=factuur))
    request.lezing.toon("factuur.bekijken", [regel.deelnemer_id for regel in regels])
    antwoord = HttpResponse(maak_pdf(factuur, regels), content_type="application/pdf")
    antwoord["Content-Disposition"] = f'inline; filename="{factuur.nummer}.pdf"'
    return antwoord


@toegang("subsidie.betalen")
@require_safe
@never_cache
def facturen_csv(request: Any) -> HttpResponse:
    """All lines for the financial system: numbers of subsidies, no names."""
    regels = list(vragen.factuurregels(request.medewerker))
    request.lezing.toon("factuur.bekijken", [regel.deelnemer_id for regel in regels])
    antwoord = HttpResponse("\ufeff" + maak_csv(regels), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = 'attachment; filename="facturen.csv"'
    return antwoord
