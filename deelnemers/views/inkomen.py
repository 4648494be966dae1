"""Notices to income: the work list of the inkomensconsulent, the answer by screen and by file
(ONTWERP 3.11).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import inkomensteam
from deelnemers import querysets as vragen
from deelnemers.forms import AntwoordbestandForm, AntwoordForm
from deelnemers.models import Deelnemer, MeldingAanInkomen, Uitkeringsgerechtigde
from deelnemers.services import inkomen as dienst
from deelnemers.services.antwoordbestand import BUS_REDENEN, verwerk
from deelnemers.toegang import zonder_verboden
from deelnemers.toestanden import MELDING
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.toestanden import OvergangGeweigerd
from kern.weergave import kortedatum, uren
from kern.weigering import GEWEIGERD, neem_fouten_over, zin
from regelgeving.opzoeken import keuzes


def statusmerk(melding: MeldingAanInkomen) -> o.Merk:
    """Badge of a notice with the sentence that says what may happen now."""
    return o.toestandmerk(MELDING.toestand(melding.status))


def _termijn(melding: MeldingAanInkomen) -> o.Merk:
    dagen = (melding.termijn - klok.vandaag()).days
    if dagen < 0:
        return o.Merk(f"{-dagen} {'dag' if dagen == -1 else 'dagen'} te laat", "fout")
    return o.Merk(f"voor {kortedatum(melding.termijn)}", "let-op" if dagen < 3 else "")  # noqa: PLR2004


KOLOMMEN = (
    Kolom("deelnemer", "Voor wie", kop=True, waarde=lambda m: m.deelnemer.naam, link=lambda m: reverse("inkomen_melding", args=[m.pk]),  # noqa: E501
          onder=lambda m: f"melding {m.pk} · dossier {m.deelnemer.dossiernummer}"),
    Kolom("aanleiding", "Wat verandert er", waarde=lambda m: m.get_aanleiding_display().capitalize(),
          onder=lambda m: uren(m.uren_per_week) if m.uren_per_week else ""),
    Kolom("ingangsdatum", "Per", weergave=kortedatum),
    Kolom("status", "Status", waarde=statusmerk),
)  # fmt: skip
_TERMIJN = Kolom("termijn", "Antwoord", waarde=_termijn)
_BEANTWOORD = Kolom(
    "beantwoord_door", "Beantwoord door", onder=lambda m: kortedatum(m.beantwoord_op, jaar=klok.vandaag().year)
)


@toegang("inkomen.bevestigen")
@require_GET
def meldingen(request: Any) -> HttpResponse:
    """What waits for an answer, of the own teams or of all (R196); `?klaar=1` shows what was answered, and by whom."""
    klaar = "klaar" in request.GET
    keuze = inkomensteam.kies(request, vragen.meldingen(request.medewerker, open_=not klaar))
    blad = Paginator(keuze.rijen, 25).get_page(request.GET.get("pagina"))
    request.lezing.toon("inkomen.meldingen", [m.deelnemer_id for m in blad])
    tabel = Tabel.van(
        request, (*KOLOMMEN, _BEANTWOORD if klaar else _TERMIJN, keuze.kolom), blad,
        bijschrift="Beantwoord" if klaar else "Wacht op antwoord",
        leeg=o.Leeg(
            "Alles is beantwoord", keuze.niets or "Nieuwe meldingen komen hier en op Vandaag binnen.", "duim"
        ),
    )  # fmt: skip
    context = {"tabel": tabel, "klaar": klaar, "aantal": blad.paginator.count, "form": AntwoordbestandForm(),
               "chips": keuze.chips, "mijn": keuze.mijn and not klaar,
               "open_url": o.met_query(request.GET, klaar=None, pagina=None),
               "klaar_url": o.met_query(request.GET, klaar=1, pagina=None),
               "te_koppelen": vragen.antwoorden_te_koppelen().count()}  # fmt: skip
    return render(request, "deelnemers/meldingen.html", context)


@toegang("inkomen.bevestigen")
@require_http_methods(["GET", "POST"])
def melding(request: Any, melding_id: int) -> HttpResponse:
    """One notice: what the department tells, what is known of the benefit, and the answer."""
    rijen = vragen.alle_meldingen(request.medewerker).select_related("uitkering__huishouden", "deelnemer__team")
    rij = get_object_or_404(rijen, pk=melding_id)
    partners = _partners(rij, request.medewerker)
    request.lezing.toon("inkomen.melding", [rij.deelnemer_id, *(p.pk for p in partners)])
    form = AntwoordForm(request.POST or None, redenen=keuzes(BUS_REDENEN, klok.vandaag()))
    if request.method == "POST" and form.is_valid():
        try:
            beantwoord(rij, form.cleaned_data, request)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Antwoord vastgelegd", onder=rij.deelnemer.naam)
            return redirect("inkomen_meldingen")
    context = {
        "melding": rij,
        "form": form,
        "merk": statusmerk(rij),
        "partners": [partner.naam for partner in partners],
        "open": rij.status in {"verstuurd", "ontvangen"},
        "vast": inkomensteam.vast_van(rij.deelnemer),
    }
    return render(request, "deelnemers/melding.html", context, status=400 if form.errors else 200)


def _partners(rij: MeldingAanInkomen, medewerker: Any) -> list[Deelnemer]:
    """Others who share this benefit: it ends for them too (R003)."""
    if rij.uitkering_id is None:
        return []
    anderen = Uitkeringsgerechtigde.objects.filter(uitkering=rij.uitkering_id, einddatum__isnull=True)
    anderen = zonder_verboden(anderen, medewerker)
    return [g.deelnemer for g in anderen.exclude(deelnemer=rij.deelnemer_id).select_related("deelnemer").order_by("id")]


def beantwoord(rij: MeldingAanInkomen, antwoord: dict[str, Any], request: Any) -> None:
    """Pass an answer of the screen to the service."""
    bedragen = dienst.Bedragen(antwoord["normbedrag"], antwoord["inkomsten"])
    if antwoord["besluit"] == "beeindigd":
        dienst.bevestig_einde(
            rij,
            antwoord["laatste_dag"],
            antwoord["reden_einde"],
            toelichting=antwoord["toelichting"],
            bedragen=bedragen,
            actor=actor_van(request),
        )
    else:
        dienst.bevestig_doorlopen(rij, toelichting=antwoord["toelichting"], bedragen=bedragen, actor=actor_van(request))


@toegang("inkomen.bevestigen")
@require_POST
def oppakken(request: Any, melding_id: int) -> HttpResponse:
    """Tell the department that income has seen the notice; the clock runs on."""
    rij = get_object_or_404(vragen.alle_meldingen(request.medewerker), pk=melding_id)
    try:
        dienst.pak_melding_op(rij, actor=actor_van(request))
    except OvergangGeweigerd as fout:
        meld(request, str(fout), niveau=messages.ERROR)
    else:
        meld(request, "Opgepakt", onder="De regievoerder ziet dat jij hiermee bezig bent.")
    request.lezing.toon("inkomen.melding", [rij.deelnemer_id])
    return redirect("inkomen_melding", melding_id=rij.pk)


@toegang("inkomen.bevestigen")
@require_POST
def heropen(request: Any, melding_id: int) -> HttpResponse:
    """Take back an answer that was wrong."""
    rij = get_object_or_404(vragen.alle_meldingen(request.medewerker), pk=melding_id)
    try:
        dienst.heropen_antwoord(rij, actor=actor_van(request), reden=request.POST.get("reden", ""))
    except GEWEIGERD as fout:
        meld(request, zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "Antwoord teruggenomen", onder="De uitkomst wacht weer op inkomen.")
    request.lezing.toon("inkomen.melding", [rij.deelnemer_id])
    return redirect("inkomen_melding", melding_id=rij.pk)


@toegang("inkomen.bevestigen")
@require_POST
def antwoordbestand(request: Any) -> HttpResponse:
    """Answers by file, with a report of the lines that could not be processed."""
    form = AntwoordbestandForm(request.POST, request.FILES)
    if not form.is_valid():
        meld(request, "Kies eerst een bestand", niveau=messages.ERROR)
        return redirect("inkomen_meldingen")
    try:
        uitkomst = verwerk(form.cleaned_data["bestand"].read(), actor=actor_van(request))
    except ValidationError as fout:
        meld(request, "Dit bestand is niet verwerkt", onder=fout.messages[0], niveau=messages.ERROR)
        return redirect("inkomen_meldingen")
    request.lezing.toon("inkomen.antwoordbestand", uitkomst.betrokkenen)
    return render(request, "deelnemers/antwoordbestand.html", {"uitkomst": uitkomst})
