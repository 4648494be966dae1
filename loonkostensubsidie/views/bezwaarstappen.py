"""One objection: against a decision or a recovery, heard, decided, its letter, and the decision that follows on it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.views.hulp import actor_van
from kern import bestanden, klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum, euro
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie import betaalvragen
from loonkostensubsidie import bezwaarforms as forms
from loonkostensubsidie.aanvraagforms import BesluitForm, RedenForm
from loonkostensubsidie.aanvraagkeuzes import NA_BEZWAAR, Besluitsoort
from loonkostensubsidie.bezwaarkeuzes import GEHOORD, MET_GEVOLG, Horen
from loonkostensubsidie.bezwaartoestanden import BEZWAAR
from loonkostensubsidie.models import Beschikking, Bezwaar, Opdrachtregel, Terugvordering
from loonkostensubsidie.services import bezwaar as dienst
from loonkostensubsidie.services.beschikking import stel_besluit_op
from loonkostensubsidie.toegang import BEZWAAR as BEZWAARREGEL
from loonkostensubsidie.views.aanvraagstappen import als_bestand
from loonkostensubsidie.views.beeld import BEHANDELEN, GOEDKEUREN, ZIEN
from loonkostensubsidie.views.besluiten import haal as haal_besluit
from loonkostensubsidie.views.besluiten import terug_naar as naar_besluit
from loonkostensubsidie.views.bezwaren import OPEN, bezwaarklok
from werkgevers.views.hulp import formulier

_METEEN = {
    "behandelen": dienst.behandel_bezwaar,
    "verdagen": dienst.verdaag_bezwaar,
    "geregeld": dienst.regel_gevolg,
}
_KLAAR = {
    "beslissen": "Over het bezwaar is beslist",
    "horen": "Vastgelegd hoe er is gehoord",
    "intrekken": "Het bezwaar is ingetrokken",
}


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def bezwaar_nieuw(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Record an objection against a decision."""
    besluit = haal_besluit(request, kenmerk)
    return _ontvang(request, besluit, naar_besluit(besluit))


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def bij_terugvordering(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Record an objection against a recovery."""
    rij = get_object_or_404(betaalvragen.terugvorderingen(), kenmerk=kenmerk)
    terug = o.Verwijzing(f"Terugvordering {rij.nummer}", reverse("terugvordering", args=[kenmerk]))
    return _ontvang(request, rij, terug)


def _ontvang(request: Any, besluit: Beschikking | Terugvordering, terug: o.Verwijzing) -> HttpResponse:
    form = forms.BezwaarForm(ingevuld(request), initial={"ontvangen_op": klok.vandaag(), "indiener": "werkgever"})
    if request.method == "POST" and form.is_valid():
        rij = probeer(form, lambda: dienst.ontvang_bezwaar(besluit, **form.cleaned_data, actor=actor_van(request)))
        if rij is not None:
            meld(request, "Het bezwaar is vastgelegd", onder=f"Beslis uiterlijk op {datum(rij.beslis_voor)}.")
            return redirect("lks_bezwaar", kenmerk=rij.kenmerk)
    _, tot = dienst.bezwaartermijn(besluit)
    uitleg = f"Bezwaar kan tot en met {datum(tot)}." if tot else ""
    return formulier(request, form, f"Bezwaar tegen {besluit.nummer}", "Vastleggen", terug, uitleg=uitleg)


def _haal(request: Any, kenmerk: uuid.UUID) -> Bezwaar:
    rijen = Bezwaar.objects.select_related(
        "deelnemer", "behandelaar", "brief", "beschikking__werkgever", "beschikking__subsidie",
        "terugvordering__werkgever",
    )  # fmt: skip
    rij: Bezwaar = get_object_or_404(BEZWAARREGEL.beperk(rijen, request.medewerker), kenmerk=kenmerk)
    request.lezing.toon("subsidie.bezwaar", mensen_van(rij))
    return rij


def mensen_van(rij: Bezwaar) -> list[int]:
    """Whom it is about: the person of the decision, or the people of the recovery."""
    if rij.deelnemer_id is not None:
        return [rij.deelnemer_id]
    regels = Opdrachtregel.objects.filter(terugvordering=rij.terugvordering_id)
    return sorted(set(regels.values_list("boekregel__subsidie__deelnemer", flat=True)))


def _terug(rij: Bezwaar) -> o.Verwijzing:
    return o.Verwijzing("Bezwaar", reverse("lks_bezwaar", args=[rij.kenmerk]))


@toegang(*ZIEN)
@require_safe
def bezwaar(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One objection: why, in time, how it was heard, by when, and how it ended."""
    rij = _haal(request, kenmerk)
    open_, ik = rij.status in OPEN, rij.behandelaar_id == request.user.pk
    zelf = request.user.pk in rij.beslissers
    stappen = [
        s
        for s in BEZWAAR.acties(rij, request.rechten)
        if not (s.actie == "behandelen" and zelf) and not (s.actie == "beslissen" and not (ik and rij.horen in GEHOORD))
    ]
    context = {
        "rij": rij,
        "merk": o.toestandmerk(BEZWAAR.toestand(rij.status)),
        "klok": bezwaarklok(rij),
        "toestand": BEZWAAR.toestand(rij.status),
        "stappen": stappen,
        "zelf": zelf and rij.status == "ontvangen",
        "mag_verdagen": open_ and BEHANDELEN in request.rechten and rij.verdaagd_op is None,
        "mag_horen": ik and rij.status == "in_behandeling",
        "mag_brief": rij.brief is not None or rij.stukken.exists(),
        "mag_geregeld": _te_regelen(rij) and BEHANDELEN in request.rechten,
        "vervolg": _vervolg(rij) if BEHANDELEN in request.rechten else [],
        "gevolgen": list(rij.gevolgen.order_by("pk")),
        "feiten": _feiten(rij),
    }
    return render(request, "loonkostensubsidie/bezwaar.html", context)


def _te_regelen(rij: Bezwaar) -> bool:
    terug = rij.terugvordering
    wacht = rij.uitkomst in MET_GEVOLG and rij.gevolg_op is None
    return terug is not None and wacht and terug.status not in {"herroepen", "ingetrokken"}


def _vervolg(rij: Bezwaar) -> list[tuple[str, str]]:
    """The new decisions that can follow on a well-founded objection, until one of them was taken."""
    besluit = rij.beschikking
    if besluit is None or besluit.subsidie_id is None or rij.uitkomst not in MET_GEVOLG:
        return []
    if rij.gevolgen.exclude(status="vervallen").exists():
        return []
    return [(soort.value, str(soort.label)) for soort in NA_BEZWAAR[Besluitsoort(besluit.soort)]]


def _feiten(rij: Bezwaar) -> list[o.Feit]:
    besluit = rij.besluit
    naam = "lks_besluit" if isinstance(besluit, Beschikking) else "terugvordering"
    feiten = [
        o.Feit("Besluit", besluit.nummer, url=reverse(naam, args=[besluit.kenmerk])),
        o.Feit("Werkgever", rij.werkgever.naam),
        o.Feit("Wie maakt bezwaar", rij.naam, onder=rij.get_indiener_display()),
        o.Feit("Ontvangen", datum(rij.ontvangen_op), onder="op tijd" if rij.op_tijd else "te laat"),
        o.Feit("Besluit uiterlijk op", datum(rij.beslis_voor), onder="verdaagd" if rij.verdaagd_op else "Awb 7:10"),
        o.Feit("Behandelaar", rij.behandelaar.naam if rij.behandelaar else "nog niemand"),
        o.Feit("Horen", rij.get_horen_display() or "nog niet vastgelegd", onder=_wanneer(rij) or "Awb 7:2"),
    ]
    if isinstance(besluit, Terugvordering):
        feiten.insert(1, o.Feit("Bedrag", euro(besluit.bedrag)))
    if rij.besloten_op:
        feiten.append(o.Feit("Uitkomst", rij.get_uitkomst_display(), onder=datum(rij.besloten_op)))
    if rij.besloten_op or rij.horen == Horen.AANGEBODEN:
        feiten.append(_verstuurd(rij))
    return feiten


def _wanneer(rij: Bezwaar) -> str:
    return ", ".join(filter(None, (datum(rij.hoorzitting_op), rij.hoorplaats)))


def _verstuurd(rij: Bezwaar) -> o.Feit:
    """How the invitation or the decision went to who objected."""
    link = rij.links.order_by("-pk").first()
    if link is None:
        return o.Feit("Versturen", "per post", onder="We kennen geen e-mailadres van wie bezwaar maakt.")
    return o.Feit(
        "Verstuurd", f"met een link aan {link.email}", onder=datum(timezone.localtime(link.gemaakt_op).date())
    )


@toegang(BEHANDELEN, GOEDKEUREN)
@require_http_methods(["GET", "HEAD", "POST"])
def bezwaarstap(request: Any, kenmerk: uuid.UUID, actie: str) -> HttpResponse:
    """Take it on, put it off, record the hearing, decide, or withdraw."""
    rij, actor = _haal(request, kenmerk), actor_van(request)
    if actie in _METEEN:
        if request.method == "POST":
            try:
                _METEEN[actie](rij, actor=actor)
            except GEWEIGERD as fout:
                meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
        return redirect("lks_bezwaar", kenmerk=kenmerk)
    hoort = actie == "horen" and rij.status == "in_behandeling" and rij.behandelaar_id == request.user.pk
    if not hoort and not BEZWAAR.mag(rij, actie, request.rechten):
        meld(request, "Deze stap kan nu niet", niveau=messages.WARNING)
        return redirect("lks_bezwaar", kenmerk=kenmerk)
    form = _form(request, rij, actie)
    if request.method == "POST" and form.is_valid():
        with bestanden.weg_bij_mislukken():
            gedaan = probeer(form, lambda: _doe(rij, actie, form.cleaned_data, actor))
        if gedaan is not None:
            meld(request, _KLAAR[actie])
            return redirect("lks_bezwaar", kenmerk=kenmerk)
    pijl = BEZWAAR.stap(rij.status, actie)
    label = pijl.label if pijl else "Vastleggen hoe er is gehoord"
    uitleg = "" if rij.op_tijd else "Dit bezwaar kwam te laat."
    return formulier(request, form, label, label, _terug(rij), uitleg=uitleg)


def _form(request: Any, rij: Bezwaar, actie: str) -> Any:
    if actie == "beslissen":
        return forms.BezwaarbesluitForm(ingevuld(request), op_tijd=rij.op_tijd)
    if actie == "horen":
        eerst = {"horen": rij.horen or Horen.AANGEBODEN, "hoorzitting_op": rij.hoorzitting_op}
        eerst |= {"hoorplaats": rij.hoorplaats, "hoorverslag": rij.hoorverslag}
        return forms.HoorForm(ingevuld(request), initial=eerst)
    return RedenForm(ingevuld(request))


def _doe(rij: Bezwaar, actie: str, velden: dict[str, Any], actor: Any) -> Bezwaar:
    if actie == "beslissen":
        return dienst.beslis_op_bezwaar(rij, **velden, actor=actor)
    if actie == "horen":
        return dienst.leg_horen_vast(rij, **velden, actor=actor)
    return dienst.trek_bezwaar_in(rij, velden["reden"], actor=actor)


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw_besluit(request: Any, kenmerk: uuid.UUID, soort: str) -> HttpResponse:
    """Write the decision that puts right what did not stand."""
    rij = _haal(request, kenmerk)
    besluit = rij.beschikking
    subsidie = besluit.subsidie if besluit is not None else None
    if besluit is None or subsidie is None or soort not in dict(_vervolg(rij)):
        raise Http404("Dit besluit kan nu niet.")
    eerst = besluit.ingangsdatum
    if soort == Besluitsoort.HERSTEL and besluit.soort in {Besluitsoort.BEEINDIGING, Besluitsoort.INTREKKING}:
        eerst = (
            subsidie.begindatum
            if subsidie.status == "ingetrokken"
            else (subsidie.einddatum or eerst) + dt.timedelta(days=1)
        )
    form = BesluitForm(ingevuld(request), initial={"ingangsdatum": eerst}, dag="Vanaf welke dag")
    if request.method == "POST" and form.is_valid():
        nieuw = probeer(
            form,
            lambda: stel_besluit_op(subsidie, soort, **form.cleaned_data, bezwaar=rij, actor=actor_van(request)),
        )
        if nieuw is not None:
            return redirect("lks_besluit", kenmerk=nieuw.kenmerk)
    uitleg = f"Na het bezwaar tegen {besluit.nummer}. Het bedrag wordt uitgerekend als je verder gaat."
    return formulier(request, form, Besluitsoort(soort).label, "Verder", _terug(rij), uitleg=uitleg)


@toegang(*ZIEN)
@require_safe
@never_cache
def brief(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The letter of the decision on an objection, as it was sent."""
    return brief_als_bestand(_haal(request, kenmerk))


def brief_als_bestand(rij: Bezwaar) -> HttpResponse:
    """The letter of an objection from the dossier, or from the recovery; 404 when there is none."""
    if rij.brief is not None:
        return als_bestand(rij.brief)
    stuk = rij.stukken.order_by("-pk").first()
    inhoud = bestanden.haal(stuk.plaats, stuk.sha256) if stuk is not None else None
    if inhoud is None:
        raise Http404("Er is geen brief.")
    antwoord = HttpResponse(inhoud, content_type="application/pdf")
    naam = f"besluit-op-bezwaar-{rij.besluit.nummer}.pdf"
    antwoord.headers["Content-Disposition"] = content_disposition_header(True, naam) or "attachment"
    return antwoord
