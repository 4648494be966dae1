"""Documents of a dossier: list, add, open, replace, use as evidence."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from deelnemers import stukvragen as vragen
from deelnemers.documentforms import BewijsForm, DocumentFilter, DocumentForm, VersieForm
from deelnemers.keuzes import BIJZONDERE_DOSSIERDOCUMENTEN, Bewijssoort, Viruscontrole
from deelnemers.models import Bewijs, Deelnemer, Document
from deelnemers.services.bewijs import leg_bewijs_vast
from deelnemers.services.documenten import voeg_document_toe
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.hulp import actor_van, formulierblad, kaart, met_dossier
from kern import bestanden, klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum, getal
from kern.weigering import neem_fouten_over

PER_BLADZIJDE = 25
_MERK: dict[str, o.Merk] = {
    Viruscontrole.WACHT: o.Merk(
        "Nog niet gecontroleerd",
        "let-op",
        uitleg="De virusscanner heeft dit nog niet gezien. Het gaat open zodra dat is gebeurd.",
    ),
    Viruscontrole.BESMET: o.Merk("Virus gevonden", "fout", uitleg="Het bestand is weg. Vraag om een schoon bestand."),
}


@toegang("dossier.zien")
@require_GET
@met_dossier("dossier.documenten")
def documenten(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """The list, newest first, with a filter."""
    bijzonder = mag_bijzonder(request.rechten)
    form = DocumentFilter(request.GET, bijzonder=bijzonder)
    rijen = vragen.documenten(deelnemer, bijzonder=bijzonder)
    keuze = form.cleaned_data if form.is_valid() else {}
    if keuze.get("soort"):
        rijen = rijen.filter(soort=keuze["soort"])
    if keuze.get("versies") != "alle":
        rijen = rijen.filter(vervangen_op__isnull=True)
    blad = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    bewijzen = Bewijs.objects.filter(document__in=[d.pk for d in blad]).order_by("id")
    waarvoor = {b.document_id: b.get_soort_display() for b in bewijzen}
    mag_wijzigen = "dossier.wijzigen" in request.rechten
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "documenten"),
        "rijen": [_rij(deelnemer, d, waarvoor.get(d.pk, ""), mag_wijzigen) for d in blad],
        "filter": o.filterbalk(request, form),
        "bladzijde": o.Bladzijde.van(blad, request.GET),
        "mag_wijzigen": mag_wijzigen,
        "leeg": _leeg(deelnemer, mag_wijzigen, gefilterd=bool(keuze.get("soort"))),
    }
    return render(request, "deelnemers/documenten.html", context)


def _leeg(deelnemer: Deelnemer, mag_wijzigen: bool, *, gefilterd: bool) -> o.Leeg:
    if gefilterd:
        return o.Leeg("Geen document van deze soort", "Kies een andere soort, of alle soorten.", "document")
    knop = o.Knop("Document toevoegen", reverse("document_nieuw", args=[deelnemer.dossiernummer]), hoofd=True)
    tekst = "Bewaar hier wat je later nodig hebt, zoals een cv, een diploma of een contract."
    return o.Leeg("Nog geen documenten", tekst, "document", knop if mag_wijzigen else None)


def _rij(deelnemer: Deelnemer, d: Document, bewijs: str, mag_wijzigen: bool) -> dict[str, Any]:
    arg = [deelnemer.dossiernummer, d.kenmerk]
    geldt = d.vervangen_op is None
    delen = [d.get_soort_display(), datum(d.datum), omvang(d.grootte)]
    if d.toegevoegd_door:
        delen.append(f"door {d.toegevoegd_door.naam}")
    return {
        "d": d,
        "onder": " · ".join(delen),
        "open_url": reverse("document", args=arg) if d.te_openen else "",
        "vervang_url": reverse("document_vervangen", args=arg) if mag_wijzigen and geldt else "",
        "bewijs_url": reverse("document_bewijs", args=arg) if mag_wijzigen and geldt and d.te_openen else "",
        "bewijs": bewijs,
        "merken": _merken(d),
        "versie": "Nieuwe versie" if d.vervangt_id else "",
    }


def _merken(d: Document) -> list[o.Merk]:
    merken = [_MERK[d.controle]] if d.controle in _MERK else []
    if d.bijzonder:
        merken.append(o.Merk("Afgeschermd", "veilig", uitleg="Alleen collega’s met het recht op bijzondere gegevens."))
    if d.vervangen_op:
        merken.append(o.Merk(f"Vervangen op {datum(d.vervangen_op)}"))
    return merken


def omvang(aantal_bytes: int) -> str:
    """“240 kB” or “1,4 MB”."""
    if aantal_bytes >= bestanden.MIB:
        return f"{getal(aantal_bytes / bestanden.MIB, 1)} MB"
    return f"{max(1, round(aantal_bytes / 1024))} kB"


def _haal(request: Any, deelnemer: Deelnemer, kenmerk: uuid.UUID) -> Document:
    """The document under the access rule: a protected one does not exist without the right."""
    return get_object_or_404(
        vragen.documenten(deelnemer, bijzonder=mag_bijzonder(request.rechten)).filter(kenmerk=kenmerk)
    )


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("document.toevoegen")
@bestanden.weg_bij_mislukken()
def nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Add a file. A wrong one is refused at the field, with what to do."""
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        bijzonder=mag_bijzonder(request.rechten),
        initial={"datum": klok.vandaag()},
    )
    if request.method == "POST" and form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in ("soort", "datum", "toelichting", "bijzonder")}
        if document := _bewaar(request, deelnemer, form, **velden):
            _zeg(request, document, "Document toegevoegd")
            return redirect("documenten", dossiernummer=deelnemer.dossiernummer)
    return _blad(request, deelnemer, form, "Document toevoegen", "Toevoegen")


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("document.vervangen")
@bestanden.weg_bij_mislukken()
def vervangen(request: Any, deelnemer: Deelnemer, kenmerk: uuid.UUID) -> HttpResponse:
    """Replace by a new version; the old one stays."""
    oud = _haal(request, deelnemer, kenmerk)
    form = VersieForm(request.POST or None, request.FILES or None, initial={"datum": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        velden = {"soort": oud.soort, "vervangt": oud, "bijzonder": oud.bijzonder}
        velden |= {naam: form.cleaned_data[naam] for naam in ("datum", "toelichting")}
        if document := _bewaar(request, deelnemer, form, **velden):
            _zeg(request, document, "Nieuwe versie bewaard")
            return redirect("documenten", dossiernummer=deelnemer.dossiernummer)
    return _blad(request, deelnemer, form, f"{oud.naam} vervangen", "Nieuwe versie bewaren")


def _bewaar(request: Any, deelnemer: Deelnemer, form: Any, **velden: Any) -> Document | None:
    try:
        return voeg_document_toe(
            deelnemer,
            form.upload,
            naam=form.cleaned_data["bestand"].name,
            medewerker=request.medewerker,
            actor=actor_van(request),
            **velden,
        )
    except ValidationError as fout:
        neem_fouten_over(form, fout)
        return None


def _zeg(request: Any, document: Document, titel: str) -> None:
    wacht = document.controle == Viruscontrole.WACHT
    meld(request, titel, onder="Het gaat open zodra de virusscanner het heeft gezien." if wacht else document.naam)


def _blad(request: Any, deelnemer: Deelnemer, form: Any, titel: str, knop: str) -> HttpResponse:
    context = {"deelnemer": deelnemer, "form": form, "titel": titel, "knop": knop}
    return render(request, "deelnemers/bestand.html", context, status=400 if form.errors else 200)


@toegang("dossier.zien")
@require_safe
@never_cache
@met_dossier("document.openen")
def document(request: Any, deelnemer: Deelnemer, kenmerk: uuid.UUID) -> HttpResponse:
    """Download: always as a file, never inside the page, and only after the virus check."""
    rij = _haal(request, deelnemer, kenmerk)
    if not rij.te_openen:
        raise PermissionDenied("Dit document is nog niet op virussen gecontroleerd. Het gaat daarna vanzelf open.")
    inhoud = bestanden.haal(rij.bestand, rij.sha256)
    if inhoud is None:
        raise Http404("Dit document is er niet meer.")
    response = HttpResponse(inhoud, content_type=rij.mediatype)
    response.headers["Content-Disposition"] = content_disposition_header(True, rij.naam)
    return response


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("document.bewijs")
def bewijs(request: Any, deelnemer: Deelnemer, kenmerk: uuid.UUID) -> HttpResponse:
    """Use a document as evidence; the end of a trajectory can choose it."""
    rij = _haal(request, deelnemer, kenmerk)
    if not rij.te_openen or rij.vervangen_op:
        raise Http404("Dit document kan geen bewijs zijn.")
    begin = {"soort": _VOORSTEL.get(rij.soort, ""), "omschrijving": rij.toelichting or rij.naam, "datum": rij.datum}
    if rij.bijzonder or rij.soort in BIJZONDERE_DOSSIERDOCUMENTEN:
        begin["omschrijving"] = rij.get_soort_display()  # evidence shows to more people than the document
    form = BewijsForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            leg_bewijs_vast(
                deelnemer, c["soort"], c["omschrijving"], c["datum"], document=rij, actor=actor_van(request)
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Bewijs vastgelegd", onder="Je kunt het kiezen als je het traject afsluit.")
            return redirect("documenten", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Document als bewijs", "Vastleggen")


_VOORSTEL = {
    "contract": Bewijssoort.ARBEIDSCONTRACT,
    "loonstrook": Bewijssoort.LOONSTROOK,
    "afspraken": Bewijssoort.VERKLARING,
}
