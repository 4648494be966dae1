"""Decisions: write one, look at amount and letter, put it before a colleague, approve or give back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deelnemers.services.vertegenwoordiging import ZELF, wie_krijgt
from deelnemers.views.hulp import actor_van
from kern import bestanden, klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie import aanvraagforms as forms
from loonkostensubsidie import aanvraagvragen as vragen
from loonkostensubsidie import besluittekst as tekst
from loonkostensubsidie.aanvraagkeuzes import NIEUW_RECHT, Besluitsoort, Route
from loonkostensubsidie.aanvraagtoestanden import BESCHIKKING
from loonkostensubsidie.bezwaartoestanden import BEZWAAR
from loonkostensubsidie.geldbron import besluitbron, projecten_rond
from loonkostensubsidie.models import Aanvraag, Beschikking
from loonkostensubsidie.services import beschikking as dienst
from loonkostensubsidie.services.besluitbrief import maak_pdf, ontvanger
from loonkostensubsidie.views.aanvraagstappen import als_bestand
from loonkostensubsidie.views.aanvragen import haal as haal_aanvraag
from loonkostensubsidie.views.aanvragen import terug_naar as naar_aanvraag
from loonkostensubsidie.views.beeld import BEHANDELEN, GOEDKEUREN, ZIEN, bedragfeiten, besluitmerk, ruimtefeiten
from werkgevers.dienstverbandvragen import metingen_van
from werkgevers.views.hulp import formulier

_DAG = {
    Besluitsoort.TOEKENNING: "Subsidie vanaf",
    Besluitsoort.BEEINDIGING: "Laatste dag met subsidie",
    Besluitsoort.AFWIJZING: "Dag van het besluit",
    Besluitsoort.INTREKKING: "Dag van het besluit",
}
_GEDAAN = {
    "voorleggen": "Het besluit wacht op een collega",
    "vaststellen": "Het besluit is genomen en de brief is gemaakt",
    "teruggeven": "Het besluit is terug bij de schrijver",
    "laten_vervallen": "Het besluit is vervallen",
}


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def besluit_nieuw(request: Any, kenmerk: uuid.UUID, soort: str) -> HttpResponse:
    """Write an award or a refusal."""
    rij = haal_aanvraag(request, kenmerk)
    if soort not in {Besluitsoort.TOEKENNING, Besluitsoort.AFWIJZING}:
        raise Http404("Dit besluit is er niet.")
    eerst = {"ingangsdatum": eerste_dag(rij) if soort == Besluitsoort.TOEKENNING else klok.vandaag()}
    projecten = projecten_rond(klok.vandaag()) if soort == Besluitsoort.TOEKENNING else []
    form = forms.BesluitForm(ingevuld(request), initial=eerst, dag=_DAG[Besluitsoort(soort)], projecten=projecten)
    if request.method == "POST" and form.is_valid():
        besluit = probeer(form, lambda: dienst.stel_op(rij, soort, **form.cleaned_data, actor=actor_van(request)))
        if besluit is not None:
            return redirect("lks_besluit", kenmerk=besluit.kenmerk)
    titel = Besluitsoort(soort).label
    uitleg = f"{rij.deelnemer.naam} bij {rij.werkgever.naam}. Het bedrag wordt uitgerekend als je verder gaat."
    return formulier(request, form, titel, "Verder", naar_aanvraag(rij), uitleg=uitleg)


def eerste_dag(rij: Aanvraag) -> dt.date | None:
    """The first day that can have subsidy: the start of the job, or the day from which the measurement counts."""
    if rij.begindatum is None or rij.dienstverband is None or rij.route == Route.FORFAIT:
        return rij.begindatum
    meting = metingen_van(rij.dienstverband).first()
    return max(rij.begindatum, meting.geldig_vanaf) if meting is not None else rij.begindatum


def haal(request: Any, kenmerk: uuid.UUID) -> Beschikking:
    """The decision under the access rule; notes the reading."""
    rij = get_object_or_404(vragen.beschikkingen(request.medewerker), kenmerk=kenmerk)
    request.lezing.toon("subsidie.besluit", [rij.deelnemer_id])
    return rij


def terug_naar(rij: Beschikking) -> o.Verwijzing:
    return o.Verwijzing(f"Besluit {rij.nummer}", reverse("lks_besluit", args=[rij.kenmerk]))


@toegang(*ZIEN)
@require_safe
def besluit(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One decision: amount and steps, four eyes, and the words of the letter."""
    rij = haal(request, kenmerk)
    eigen = rij.opgesteld_door_id == request.user.pk
    knoppen = [
        s for s in BESCHIKKING.acties(rij, request.rechten) if not (eigen and s.actie in {"vaststellen", "teruggeven"})
    ]
    context = {
        "rij": rij,
        "merk": besluitmerk(rij),
        "toestand": BESCHIKKING.toestand(rij.status),
        "stappen": knoppen,
        "eigen": eigen and rij.status == "voorgelegd",
        "mag_aanpassen": BEHANDELEN in request.rechten and rij.status in {"concept", "teruggegeven"},
        "mag_kopie": BEHANDELEN in request.rechten and rij.status == "vastgesteld" and rij.kopie_op is None,
        "mag_bezwaar": BEHANDELEN in request.rechten and rij.status == "vastgesteld",
        "bezwaren": [(b, o.toestandmerk(BEZWAAR.toestand(b.status))) for b in rij.bezwaren.order_by("-pk")],
        "bedragen": bedragfeiten(rij),
        "stappen_som": tekst.stappen(rij),
        "zinnen": tekst.besluit(rij),
        "eerder": tekst.eerdere_maanden(rij),
        "ruimte": _ruimte(rij),
        "waarom": [deel for deel in rij.motivering.splitlines() if deel.strip()],
        "ogen": _ogen(rij),
        "feiten": _feiten(rij),
    }
    return render(request, "loonkostensubsidie/besluit.html", context)


def _ogen(rij: Beschikking) -> list[o.Feit]:
    feiten = [o.Feit("Geschreven door", rij.opgesteld_door.naam)]
    if rij.voorgelegd_op:
        feiten.append(o.Feit("Voorgelegd op", datum(rij.voorgelegd_op)))
    if rij.goedgekeurd_door and rij.vastgesteld_op:
        feiten.append(o.Feit("Goedgekeurd door", rij.goedgekeurd_door.naam, onder=datum(rij.vastgesteld_op)))
    elif rij.is_open:
        feiten.append(o.Feit("Goedgekeurd door", "nog niemand", onder="Een ander dan de schrijver."))
    if rij.verzonden_op:
        _, email = ontvanger(rij)
        feiten.append(
            o.Feit("Brief verzonden", datum(rij.verzonden_op), onder=f"link naar {email}" if email else "per post")
        )
        feiten.append(
            o.Feit("Kopie aan werknemer", datum(rij.kopie_op) if rij.kopie_op else "nog versturen", _naar_wie(rij))
        )
    if rij.bezwaar_tot:
        feiten.append(o.Feit("Bezwaar kan tot en met", datum(rij.bezwaar_tot)))
    return feiten


def _naar_wie(rij: Beschikking) -> str:
    """Who gets letters of the employee: a representative with name and address, also when it goes to nobody else."""
    mensen = wie_krijgt(rij.deelnemer, "brieven")
    if all(wie.als == ZELF for wie in mensen):
        return ""
    return "Aan " + "; ".join(
        wie.naam if wie.als == ZELF else ", ".join((f"{wie.naam} ({wie.als})", *wie.adres)) for wie in mensen
    )


def _ruimte(rij: Beschikking) -> list[o.Feit]:
    """Who approves sees what is left of the money that this decision is paid from, in the year that it begins."""
    if rij.status not in {"concept", "voorgelegd", "teruggegeven"} or rij.regeling is None:
        return []
    zonder = "Dit besluit telt nog niet mee." if rij.soort in NIEUW_RECHT else ""
    return ruimtefeiten(rij.ingangsdatum, besluitbron(rij), zonder)


def _feiten(rij: Beschikking) -> list[o.Feit]:
    feiten = [
        o.Feit("Werknemer", rij.deelnemer.naam),
        o.Feit("Werkgever", rij.werkgever.naam),
    ]
    if rij.aanvraag:
        feiten.append(o.Feit("Aanvraag", rij.aanvraag.nummer, url=reverse("lks_aanvraag", args=[rij.aanvraag.kenmerk])))
    if rij.subsidie:
        feiten.append(o.Feit("Subsidie", rij.subsidie.nummer, url=reverse("subsidie", args=[rij.subsidie.kenmerk])))
    if rij.regeling:
        feiten.append(o.Feit("Regeling", rij.regeling.naam, onder=rij.grondslag))
    feiten.append(
        o.Feit("Vanaf", datum(rij.ingangsdatum), onder=f"tot en met {datum(rij.einddatum)}" if rij.einddatum else "")
    )
    return feiten


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def aanpassen(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Another day or another reason; the amount is computed again."""
    rij = haal(request, kenmerk)
    eerst = {"ingangsdatum": rij.ingangsdatum, "motivering": rij.motivering, "project": rij.project}
    projecten = projecten_rond(rij.ingangsdatum) if rij.soort in NIEUW_RECHT else []
    dag = _DAG.get(Besluitsoort(rij.soort), "Vanaf welke dag")
    form = forms.BesluitForm(ingevuld(request), initial=eerst, dag=dag, projecten=projecten)
    geldig = request.method == "POST" and form.is_valid()
    if geldig and probeer(form, lambda: dienst.pas_aan(rij, **form.cleaned_data, actor=actor_van(request))) is not None:
        meld(request, "Het besluit is aangepast", onder="Jij bent nu de schrijver.")
        return redirect("lks_besluit", kenmerk=kenmerk)
    return formulier(request, form, "Besluit aanpassen", "Bewaren", terug_naar(rij))


@toegang(BEHANDELEN, GOEDKEUREN)
@require_http_methods(["GET", "HEAD", "POST"])
@bestanden.weg_bij_mislukken()
def stap(request: Any, kenmerk: uuid.UUID, actie: str) -> HttpResponse:
    """A step of the table of states; giving back and dropping ask for a reason."""
    rij = haal(request, kenmerk)
    if actie not in _GEDAAN or not BESCHIKKING.mag(rij, actie, request.rechten):
        meld(
            request,
            "Deze stap kan nu niet",
            onder=f"De status is ‘{rij.get_status_display()}’. Misschien was een collega je voor.",
            niveau=messages.WARNING,
        )
        return redirect("lks_besluit", kenmerk=kenmerk)
    if actie in {"teruggeven", "laten_vervallen"}:
        return _met_reden(request, rij, actie)
    if request.method == "POST":
        _zonder_reden(request, rij, actie)
    return redirect("lks_besluit", kenmerk=kenmerk)


def _zonder_reden(request: Any, rij: Beschikking, actie: str) -> None:
    actor = actor_van(request)
    try:
        if actie == "voorleggen":
            dienst.leg_voor(rij, actor=actor)
        else:
            dienst.stel_vast(rij, actor=actor, versie=forms.eis_versie(request.POST.get("versie", "")))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, _GEDAAN[actie])


def _met_reden(request: Any, rij: Beschikking, actie: str) -> HttpResponse:
    form, actor = forms.RedenForm(ingevuld(request)), actor_van(request)
    doe = dienst.geef_terug if actie == "teruggeven" else dienst.laat_vervallen
    geldig = request.method == "POST" and form.is_valid()
    if geldig and probeer(form, lambda: doe(rij, form.cleaned_data["reden"], actor=actor)) is not None:
        meld(request, _GEDAAN[actie])
        return redirect("lks_besluit", kenmerk=rij.kenmerk)
    pijl = BESCHIKKING.stap(rij.status, actie)
    label = pijl.label if pijl else ""
    return formulier(request, form, f"{label}: {rij.nummer}", label, terug_naar(rij))


@toegang(*ZIEN)
@require_safe
@never_cache
def brief(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The letter as it was sent, or a preview of it."""
    rij = haal(request, kenmerk)
    if rij.brief is not None:
        return als_bestand(rij.brief)
    antwoord = HttpResponse(maak_pdf(rij, klok.vandaag()), content_type="application/pdf")
    antwoord.headers["Content-Disposition"] = f'attachment; filename="voorbeeld-{rij.nummer}.pdf"'
    return antwoord


@toegang(BEHANDELEN)
@require_POST
def kopie(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The employee got a copy."""
    rij = haal(request, kenmerk)
    try:
        dienst.kopie_verstuurd(rij, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "De kopie is verstuurd")
    return redirect("lks_besluit", kenmerk=kenmerk)
