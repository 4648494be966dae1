"""Recoveries: who got too much, the intention, the decision and its letter, and the money that came back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.toegang import DOSSIER
from deelnemers.views.hulp import actor_van
from kern import bestanden
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro
from kern.weigering import probeer
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.betaalforms import BesluitForm, OntvangstForm, ReactieForm, RedenForm, TerugvorderForm
from loonkostensubsidie.betaaltoestanden import TERUGVORDERING
from loonkostensubsidie.bezwaartoestanden import BEZWAAR
from loonkostensubsidie.models import Boekregel, Terugvordering
from loonkostensubsidie.services import terugvorderen as dienst
from loonkostensubsidie.services.teruggave import terug_naar_werkgever
from loonkostensubsidie.terugvorderbrief import brief_van
from loonkostensubsidie.views.beeld import BEHANDELEN
from loonkostensubsidie.views.betaalopdracht import REGELS
from loonkostensubsidie.views.betalen import BETALEN, GOEDKEUREN, PER_BLADZIJDE, ZIEN, tabs
from werkgevers.models import Werkgever


def _merk(rij: Terugvordering) -> o.Merk:
    return o.toestandmerk(TERUGVORDERING.toestand(rij.status), uitleg=False)


LIJST = (
    Kolom(
        "werkgever",
        "Werkgever",
        kop=True,
        waarde=lambda r: r.werkgever.naam,
        link=lambda r: reverse("terugvordering", args=[r.kenmerk]),
        onder=lambda r: r.nummer,
    ),
    Kolom("status", "Stand", waarde=_merk, onder=lambda r: f"Sinds {datum(r.status_sinds)}"),
    Kolom("betalen_tot", "Terugbetalen voor", waarde=lambda r: datum(r.betalen_tot) or "–"),
    Kolom("bedrag", "Bedrag", weergave=euro, soort="getal"),
)
TE_VEEL = (
    Kolom(
        "naam",
        "Werkgever",
        kop=True,
        waarde=lambda r: r["subsidie__werkgever__naam"],
        link=lambda r: reverse("terugvordering_nieuw", args=[r["subsidie__werkgever"]]),
    ),
    Kolom("saldo", "Te veel betaald", waarde=lambda r: euro(-r["saldo"]), soort="getal"),
)


@toegang(ZIEN, BETALEN)
@require_safe
def terugvorderingen(request: Any) -> HttpResponse:
    """Who got too much first, then what was asked back."""
    pagina = Paginator(vragen.terugvorderingen(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    te_veel = list(vragen.te_veel_betaald()[:PER_BLADZIJDE])
    leeg = o.Leeg("Er loopt geen terugvordering", "Wie te veel kreeg, staat hierboven.", "vinkrond")
    niemand = o.Leeg("Niemand kreeg te veel", "Een wijziging achteraf komt vanzelf in deze lijst.", "vinkrond")
    context = {
        "te_veel": Tabel.van(request, TE_VEEL, te_veel, bijschrift="Te veel betaald", leeg=niemand),
        "tabel": Tabel.van(request, LIJST, pagina, bijschrift="Terugvorderingen", leeg=leeg),
        "tabs": tabs("terugvorderingen"),
    }
    return render(request, "loonkostensubsidie/terugvorderingen.html", context)


@toegang(BETALEN)
@require_http_methods(["GET", "HEAD", "POST"])
def terugvordering_nieuw(request: Any, pk: int) -> HttpResponse:
    """Ask back what one employer got too much."""
    werkgever = get_object_or_404(Werkgever, pk=pk)
    form = TerugvorderForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        reden = form.cleaned_data["reden"]
        rij = probeer(form, lambda: dienst.maak_terugvordering(werkgever, reden, actor=actor_van(request)))
        if rij is not None:
            onder = f"De werkgever kan reageren tot en met {datum(rij.reageren_tot)}."
            meld(request, "Het voornemen staat klaar", onder=onder)
            return redirect("terugvordering", kenmerk=rij.kenmerk)
    regels, oud = dienst.te_vorderen(werkgever.pk)
    context = {
        "form": form,
        "titel": f"Terugvorderen van {werkgever.naam}",
        "knop": "Voornemen maken",
        "terug": o.Verwijzing("Terugvorderingen", reverse("terugvorderingen")),
        "uitleg": f"Het gaat om {euro(max(-vragen.som(regels), vragen.NUL))}. "
        + (f"{euro(-vragen.som(oud))} is te lang geleden om terug te vorderen." if oud else ""),
    }
    return render(request, "loonkostensubsidie/betaalformulier.html", context, status=422 if form.errors else 200)


# --- One recovery ---------------------------------------------------------------------------------------------------
_FORMS = {
    "reageren": ReactieForm,
    "aanzeggen": BesluitForm,
    "ontvangen": OntvangstForm,
    "intrekken": RedenForm,
}
_KNOP = {
    "reageren": "Reactie vastleggen",
    "aanzeggen": "Besluit nemen",
    "ontvangen": "Is terugbetaald",
    "intrekken": "Intrekken",
}
_KLAAR = {
    "reageren": "De reactie is vastgelegd",
    "aanzeggen": "Het besluit is genomen",
    "ontvangen": "De ontvangst is vastgelegd",
    "intrekken": "De terugvordering is ingetrokken",
}


def _haal(kenmerk: Any) -> Terugvordering:
    return get_object_or_404(vragen.terugvorderingen(), kenmerk=kenmerk)


def _mag(request: Any, rij: Terugvordering) -> list[str]:
    """The steps that this person may take now, in the order of the page."""
    acties = [s.actie for s in TERUGVORDERING.acties(rij, request.rechten)]
    if rij.gemaakt_door_id == request.user.pk:
        acties = [actie for actie in acties if actie != "aanzeggen"]
    if rij.status == "open" and BETALEN in request.rechten:
        acties.insert(0, "reageren")
    return [actie for actie in _FORMS if actie in acties]


@toegang(ZIEN, BETALEN, GOEDKEUREN)
@require_http_methods(["GET", "HEAD", "POST"])
def terugvordering(request: Any, kenmerk: Any) -> HttpResponse:
    """One recovery: amount, lines, terms, letter and what can be done now."""
    rij = _haal(kenmerk)
    mag, actie = _mag(request, rij), request.POST.get("stap", "")
    if request.method == "POST" and actie not in mag:
        raise Http404("Deze stap is er niet.")
    begin = {"ontvangen": {"bedrag": rij.bedrag - rij.ontvangen}, "reageren": {"reactie": rij.reactie}}
    forms = {a: _FORMS[a](ingevuld(request) if a == actie else None, initial=begin.get(a)) for a in mag}
    goed = request.method == "POST" and forms[actie].is_valid()
    if goed and probeer(forms[actie], lambda: _doe(rij, actie, forms[actie].cleaned_data, request)) is not None:
        meld(request, _KLAAR[actie])
        return redirect("terugvordering", kenmerk=rij.kenmerk)
    pagina = Paginator(vragen.regels_van_terugvordering(rij), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    fout = any(form.errors for form in forms.values())
    context = {
        "rij": rij,
        "stand": _merk(rij),
        "uitleg": TERUGVORDERING.toestand(rij.status).uitleg,
        "feiten": _feiten(rij),
        "tabel": Tabel.van(request, REGELS, pagina, bijschrift="Regels van deze terugvordering"),
        "stappen": [(a, _KNOP[a], form) for a, form in forms.items()],
        "mag_brief": bool({BETALEN, GOEDKEUREN} & set(request.rechten)),
        "mag_bezwaar": rij.besloten_op is not None and BEHANDELEN in request.rechten,
        "bezwaren": [(b, o.toestandmerk(BEZWAAR.toestand(b.status))) for b in rij.bezwaren.order_by("-pk")],
        "van_mij": rij.status == "open" and rij.gemaakt_door_id == request.user.pk,
    }
    return render(request, "loonkostensubsidie/terugvordering.html", context, status=422 if fout else 200)


def _doe(rij: Terugvordering, actie: str, velden: dict[str, Any], request: Any) -> Terugvordering:
    actor = actor_van(request)
    if actie == "reageren":
        return dienst.leg_reactie_vast(rij, velden["reactie"], actor=actor)
    if actie == "aanzeggen":
        with bestanden.weg_bij_mislukken():
            return dienst.zeg_aan(rij, verrekenen=velden["wijze"] == "verrekenen", actor=actor)
    if actie == "ontvangen":
        return dienst.ontvang_terug(rij, velden["bedrag"], velden["dag"], actor=actor)
    return dienst.trek_terugvordering_in(rij, velden["reden"], actor=actor)


def _feiten(rij: Terugvordering) -> list[o.Feit]:
    uit = [
        o.Feit("Bedrag", euro(rij.bedrag)),
        o.Feit("Waarom", rij.reden),
        o.Feit("Gemaakt door", rij.gemaakt_door.naam),
        o.Feit("Werkgever kan reageren", f"tot en met {datum(rij.reageren_tot)}", onder=rij.reactie),
        o.Feit("Terugvorderen kan", f"tot en met {datum(rij.uiterlijk_op)}"),
    ]
    if rij.besloten_door:
        uit.append(o.Feit("Besloten door", rij.besloten_door.naam, onder=datum(rij.besloten_op)))
        hoe = "Verrekenen" if rij.verrekenen else f"Terugbetalen tot en met {datum(rij.betalen_tot)}"
        uit.append(o.Feit("Hoe", hoe))
    if rij.ontvangen:
        rest = rij.bedrag - rij.ontvangen
        uit.append(o.Feit("Ontvangen", euro(rij.ontvangen), onder=f"nog {euro(rest)}" if rest else ""))
    if (terug := terug_naar_werkgever(rij)) > 0:
        uit.append(o.Feit("Terug naar de werkgever", euro(terug), onder="gaat mee met de volgende betaling"))
    if rij.afgehandeld_op:
        uit.append(o.Feit("Afgehandeld", datum(rij.afgehandeld_op)))
    return uit


@toegang(BETALEN, GOEDKEUREN)
@require_safe
def terugvordering_brief(request: Any, kenmerk: Any) -> HttpResponse:
    """The letter to the employer: it names the people whose subsidy it is about, so it is in the read log."""
    rij = _haal(kenmerk)
    regels = list(vragen.regels_van_terugvordering(rij))
    mensen = sorted({regel.boekregel.subsidie.deelnemer_id for regel in regels})
    verboden = Boekregel.objects.filter(opdrachtregels__terugvordering=rij).exclude(
        DOSSIER.niet_verboden(request.medewerker, "subsidie__deelnemer")
    )
    if verboden.exists():
        raise Http404("Deze brief mag je niet openen.")
    request.lezing.toon("terugvordering.brief", mensen)
    brief = brief_van(rij, regels, request.user.gemeente)
    if brief is None:
        raise Http404("De brief is er niet meer.")
    antwoord = HttpResponse(brief, content_type="application/pdf")
    antwoord.headers["Content-Disposition"] = f'inline; filename="{rij.nummer}.pdf"'
    return antwoord
