"""Vandaag: what waits for me, most urgent first (EISEN, interaction pattern 1)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from deelnemers.toegang import zonder_verboden
from deelnemers.veiligmerk import veiligkolommen, veiligmerk
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.onderdelen import Leeg, Taak, Takengroep
from kern.toegang import INGELOGD, toegang
from kern.views.inloggen import eerste_bladzijde
from kern.weergave import aantal, kortedatum
from organisatie.querysets import mijn_team_ids, rollen_van, waarneemt_voor_gebruiker_ids

MAX_RIJEN = 12
MAX_WACHTEND = 12
#: “Deze week” looks this many days ahead.
DAGEN_VOORUIT = 7
#: Waiting as long as the norm, and nearly so, in percent.
VOL, BIJNA = 100, 80
OCHTEND, MIDDAG, AVOND = 5, 12, 18
#: The most one page shows when everything is asked for.
MAX_ALLES = 200


@toegang(INGELOGD)
@require_safe
def vandaag(request: HttpRequest) -> HttpResponse:
    """The start page; who has no work list of their own goes to the first page of the menu."""
    if "vandaag.zien" not in request.rechten:  # type: ignore[attr-defined]
        elders = eerste_bladzijde(request.rechten)  # type: ignore[attr-defined]
        return redirect(elders) if elders != request.path else render(request, "reintegratie/geen_rol.html")
    alles = request.GET.get("alles") == "1"
    context = _werk(request, MAX_ALLES if alles else MAX_RIJEN) | {
        "groet": _groet(),
        "voornaam": request.medewerker.voornaam,  # type: ignore[attr-defined]
        "alles": alles,
    }
    return render(request, "reintegratie/vandaag.html", context)


def _mijn_werk(request: HttpRequest) -> Any:
    medewerker = request.medewerker  # type: ignore[attr-defined]
    rijen = werkvoorraad.voor(
        request.user.pk,
        mijn_team_ids(medewerker),
        rollen_van(medewerker),
        waarneemt_voor_gebruiker_ids(medewerker),
    )
    return zonder_verboden(rijen, medewerker, "betrokkene_id")


def _werk(request: HttpRequest, maximaal: int) -> dict[str, Any]:
    dag = klok.vandaag()
    zichtbaar = _mijn_werk(request).filter(op__lte=dag + dt.timedelta(days=DAGEN_VOORUIT))
    mijn = zichtbaar.filter(wacht_op="")
    wachtend = _mijn_werk(request).exclude(wacht_op="").order_by("wacht_sinds", "id")
    telling = mijn.order_by().aggregate(
        alle=Count("id"), te_laat=Count("id", filter=Q(op__lt=dag)), nu=Count("id", filter=Q(op=dag))
    )
    veilig = veiligkolommen(request.medewerker, "betrokkene_id")  # type: ignore[attr-defined]
    rijen, wachten = list(mijn.annotate(**veilig)[:maximaal]), list(wachtend[:MAX_WACHTEND])
    request.lezing.toon("vandaag.bekijken", [r.betrokkene_id for r in [*rijen, *wachten]])  # type: ignore[attr-defined]
    return {
        "groepen": _groepen(rijen, dag, request.rechten),  # type: ignore[attr-defined]
        "telling": telling,
        "zin": _zin(telling),
        "meer": telling["alle"] > len(rijen),
        "wachten": [_wachten(rij, dag) for rij in wachten],
        "leeg": _leeg(request.rechten),  # type: ignore[attr-defined]
    }


def _groepen(rijen: list[Werkvoorraad], dag: dt.date, rechten: frozenset[str]) -> list[Takengroep]:
    te_laat = [_taak(r, dag, rechten) for r in rijen if r.op < dag]
    nu = [_taak(r, dag, rechten) for r in rijen if r.op == dag]
    week = [_taak(r, dag, rechten) for r in rijen if r.op > dag]
    return [
        g for g in (Takengroep("Te laat", te_laat), Takengroep("Vandaag", nu), Takengroep("Deze week", week)) if g.taken
    ]


def _taak(rij: Werkvoorraad, dag: dt.date, rechten: frozenset[str]) -> Taak:
    if rij.op < dag:
        termijn, toestand = f"{aantal((dag - rij.op).days, 'dag', 'dagen')} te laat", "fout"
    elif rij.op == dag:
        termijn, toestand = "Vandaag", "let-op"
    else:
        termijn, toestand = kortedatum(rij.op), ""
    return Taak(
        titel=rij.titel,
        url=rij.url,
        onder=rij.toelichting,
        waarom=rij.waarom,
        termijn=termijn,
        toestand=toestand,  # type: ignore[arg-type]
        icoon=rij.icoon,
        actie=rij.knop,
        merk=veiligmerk(rij, rechten),
    )


def _wachten(rij: Werkvoorraad, dag: dt.date) -> dict[str, Any]:
    dagen = (dag - rij.wacht_sinds).days if rij.wacht_sinds else 0
    deel = min(VOL, VOL * dagen // rij.norm_dagen) if rij.norm_dagen else 0
    toestand = "fout" if deel >= VOL else "let-op" if deel >= BIJNA else ""
    return {"rij": rij, "dagen": dagen, "deel": deel, "toestand": toestand}


def _zin(telling: dict[str, int]) -> str:
    """What stands first, in one sentence."""
    delen = []
    if telling["te_laat"]:
        delen.append(f"{aantal(telling['te_laat'], 'ding is', 'dingen zijn')} te laat")
    if telling["nu"]:
        delen.append(f"{aantal(telling['nu'], 'ding moet', 'dingen moeten')} vandaag")
    if delen:
        return f"{' en '.join(delen)}."
    return "Er is niets te laat en er moet niets vandaag."


def _groet() -> str:
    uur = timezone.localtime(klok.nu()).hour
    return "Goedemorgen" if OCHTEND <= uur < MIDDAG else "Goedemiddag" if MIDDAG <= uur < AVOND else "Goedenavond"


def _leeg(rechten: frozenset[str]) -> Leeg:
    """What one can do now depends on whether one speaks people oneself."""
    spreekt = {"caseload.zien", "afspraak.wijzigen"} <= rechten
    nu = (
        "Bel iemand die je lang niet sprak, of kijk vooruit in je agenda."
        if spreekt
        else "Wat nieuw is, komt vanzelf hier."
    )
    return Leeg("Je bent bij", f"Er wacht deze week niets op jou. {nu}", "zon")
