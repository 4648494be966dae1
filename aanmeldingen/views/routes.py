"""Management of routes: what each asks, a new version with its effect, and the decision of a second person."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from aanmeldingen import querysets, regels, services
from aanmeldingen.forms import RoutebesluitForm, RouteversieForm
from aanmeldingen.keuzes import BRONNEN, EIGEN_BRON, EIGEN_NAAM, Documentsoort, Onderdeel, Versiestatus
from aanmeldingen.models import Route, Routeversie
from aanmeldingen.proef import Proef, beproef, verschil
from aanmeldingen.services.routes import routeversie_van
from deelnemers.views.hulp import actor_van
from kern import grafieken, klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.models import Wijziging
from kern.tabel import Kolom, Tabel
from kern.toegang import heeft_recht, toegang
from kern.weergave import aantal, datum, getal
from kern.weigering import GEWEIGERD, neem_fouten_over, probeer
from regelgeving import opzoeken
from regelgeving.models import Voorstel
from regelgeving.toestanden import VOORSTEL
from regelgeving.voorstellen import mag_beslissen

ZIEN = ("route.beheren", "regelgeving.goedkeuren")
BEHEREN = "route.beheren"
#: So many versions stand side by side; older ones stay in the history.
NAAST_ELKAAR = 4


def _bron(route: Route) -> str:
    return EIGEN_NAAM if route.bron == EIGEN_BRON else opzoeken.label(BRONNEN, route.bron)


def _geldt(versies: list[Routeversie]) -> Routeversie | None:
    vandaag = klok.vandaag()
    goed = [v for v in versies if v.status == Versiestatus.GOEDGEKEURD and v.begindatum <= vandaag]
    return next((v for v in reversed(goed) if v.einddatum is None or v.einddatum >= vandaag), None)


def _gepland(versies: list[Routeversie]) -> Routeversie | None:
    vandaag = klok.vandaag()
    return next((v for v in versies if v.status == Versiestatus.GOEDGEKEURD and v.begindatum > vandaag), None)


def _wacht(versies: list[Routeversie]) -> Routeversie | None:
    return next((v for v in versies if v.status == Versiestatus.CONCEPT), None)


def _straks(route: Any) -> o.Merk | str:
    if wacht := _wacht(route.alle_versies):
        return o.Merk(f"Versie {wacht.nummer} wacht op een tweede persoon", "let-op")
    if gepland := _gepland(route.alle_versies):
        return o.Merk(f"Versie {gepland.nummer} vanaf {datum(gepland.begindatum)}", "info")
    return "Niets gepland"


def _nu(route: Any) -> str:
    geldt = _geldt(route.alle_versies)
    return f"Versie {geldt.nummer}" if geldt else "Geldt nu niet"


def _sinds(route: Any) -> str:
    geldt = _geldt(route.alle_versies)
    if geldt is None:
        return ""
    ook = f" en {aantal(len(geldt.documenten), 'document', 'documenten')}" if geldt.documenten else ""
    return f"Sinds {datum(geldt.begindatum)}, {len(geldt.verplicht)} verplichte onderdelen{ook}"


KOLOMMEN = (
    Kolom("naam", "Route", kop=True, link=lambda r: reverse("route", args=[r.code])),
    Kolom("bron", "Van", waarde=_bron),
    Kolom("nu", "Geldt nu", waarde=_nu, onder=_sinds, breed=True),
    Kolom("straks", "Straks", waarde=_straks, breed=True),
    Kolom("team", "Komt binnen bij", waarde=lambda r: r.team.naam if r.team else "Nog geen team"),
)


@toegang(*ZIEN)
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Every route, per source: what holds today and what is planned."""
    rijen = sorted(querysets.beheerde_routes(), key=_bron)
    leeg = o.Leeg("Er zijn nog geen routes", "De routes komen mee met het programma.", "koppel")
    wachten = querysets.routevoorstellen(alleen_open=True)
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, rijen, bijschrift="Routes per verwijzer", leeg=leeg),
        "beheert": heeft_recht(request.rechten, BEHEREN),  # type: ignore[attr-defined]
        "wachten": [o.Verwijzing(v.omschrijving, reverse("route_voorstel", args=[v.pk])) for v in wachten],
    }
    return render(request, "aanmeldingen/routes.html", context)


def _kop(versie: Routeversie, vandaag: Any) -> str:
    if versie.status == Versiestatus.CONCEPT:
        return f"Versie {versie.nummer}, wacht"
    if versie.begindatum > vandaag:
        return f"Versie {versie.nummer}, gepland"
    loopt = versie.einddatum is None or versie.einddatum >= vandaag
    return f"Versie {versie.nummer}, nu" if loopt else f"Versie {versie.nummer}, oud"


def _plek(versie: Any, onderdeel: str) -> o.Merk | str:
    if onderdeel in versie.verplicht:
        return o.Merk("Verplicht", "actie", icoon="vink")
    return "Gewenst" if onderdeel in versie.gewenst else "Niet gevraagd"


def naast_elkaar(request: HttpRequest, rijen: list[Any], koppen: list[str]) -> list[tuple[str, Tabel]]:
    """Two tables with a column per version: the parts, and the rules and terms."""
    gevraagd = [d for d in regels.PADEN if any(d in v.verplicht or d in v.gewenst for v in rijen)]
    delen = [SimpleNamespace(naam=Onderdeel(d).label, cellen=[_plek(v, d) for v in rijen]) for d in gevraagd]
    soorten = [d for d in Documentsoort.values if any(d in v.documenten for v in rijen)]
    delen += [
        SimpleNamespace(
            naam=f"Document: {str(Documentsoort(d).label).lower()}",
            cellen=[
                o.Merk("Verplicht", "actie", icoon="vink") if d in v.documenten else "Niet gevraagd" for v in rijen
            ],
        )
        for d in soorten
    ]
    namen = [naam for naam in regels.TEKSTEN if any(naam in v.regels for v in rijen)]
    afspraken = [
        SimpleNamespace(naam="Geldt vanaf", cellen=[datum(v.begindatum) for v in rijen]),
        SimpleNamespace(
            naam="Geldt tot en met", cellen=[datum(v.einddatum) if v.einddatum else "Loopt door" for v in rijen]
        ),
        *(
            SimpleNamespace(
                naam=regels.TEKSTEN[naam].naam,
                cellen=[regels.in_woorden(naam, v.regels[naam]) if naam in v.regels else "Geen regel" for v in rijen],
            )
            for naam in namen
        ),
        SimpleNamespace(naam="Meer dan we vragen", cellen=[_meer(v.minimaal) for v in rijen]),
        SimpleNamespace(naam="Wij beslissen binnen", cellen=[_werkdagen(v.sla_werkdagen) for v in rijen]),
        SimpleNamespace(naam="De verwijzer antwoordt binnen", cellen=[_werkdagen(v.antwoord_werkdagen) for v in rijen]),
    ]

    def kolommen(kop: str) -> tuple[Kolom, ...]:
        def cel(i: int) -> Any:
            return lambda rij: rij.cellen[i]

        return (
            Kolom("naam", kop, kop=True),
            *(Kolom(f"v{i}", tekst, waarde=cel(i)) for i, tekst in enumerate(koppen)),
        )

    return [
        ("Wat de route vraagt", Tabel.van(request, kolommen("Onderdeel"), delen, bijschrift="Wat de route vraagt")),
        ("Regels en termijnen", Tabel.van(request, kolommen("Afspraak"), afspraken, bijschrift="Regels en termijnen")),
    ]


def _werkdagen(hoeveel: int) -> str:
    return "1 werkdag" if hoeveel == 1 else f"{getal(hoeveel)} werkdagen"


def _meer(minimaal: bool) -> str:
    return "Nemen we niet aan" if minimaal else "Mag mee"


def _kruimels(*meer: o.Verwijzing) -> tuple[o.Verwijzing, ...]:
    return (o.Verwijzing("Routes", reverse("routes")), *meer)


@toegang(*ZIEN)
@require_safe
def route(request: HttpRequest, code: str) -> HttpResponse:
    """One route with its versions side by side."""
    rij = get_object_or_404(Route.objects.select_related("team"), code=code)
    alle = list(querysets.versies(rij))
    rijen, vandaag = alle[-NAAST_ELKAAR:], klok.vandaag()
    wacht = _wacht(alle)
    open_ = querysets.routevoorstellen(alleen_open=True).filter(onderwerp_id=wacht.pk).first() if wacht else None
    mag = heeft_recht(request.rechten, BEHEREN) and wacht is None  # type: ignore[attr-defined]
    context = {
        "route": rij,
        "bron": _bron(rij),
        "tabellen": naast_elkaar(request, rijen, [_kop(v, vandaag) for v in rijen]),
        "toelichtingen": [(v.nummer, v.begindatum, v.toelichting) for v in reversed(rijen) if v.toelichting],
        "ouder": len(alle) - len(rijen),
        "beheert": heeft_recht(request.rechten, BEHEREN),  # type: ignore[attr-defined]
        "geschiedenis": [_gebeurd(w) for w in querysets.wijzigingen_van_route(rij)],
        "open": open_,
        "mag": mag,
        "kruimels": _kruimels(),
    }
    return render(request, "aanmeldingen/route.html", context)


def _gebeurd(wijziging: Wijziging) -> o.Tijdlijnpunt:
    """One change of the route itself, in words."""
    wat = "Route gemaakt" if wijziging.actie == "I" else "Route gewijzigd"
    nieuw_ = wijziging.nieuw or {}
    zinnen = []
    if wijziging.actie == "U" and "team_id" in nieuw_:
        zinnen.append("Ander team.")
    if wijziging.actie == "U" and "einddatum" in nieuw_:
        einde = nieuw_["einddatum"]
        zinnen.append(f"Geldt tot en met {datum(dt.date.fromisoformat(einde))}." if einde else "Loopt weer door.")
    tekst = " ".join([*zinnen, wijziging.reden])
    return o.Tijdlijnpunt(wijziging.tijdstip, wat, wijziging.actor_naam, tekst, "systeem", "koppel")


def gevolgen(route_: Route, oud: Routeversie | None, nieuw: Any) -> dict[str, Any]:
    """What the sender notices, and how the last referrals would have fared; for the preview and the decision."""
    anders = verschil(oud, nieuw)
    labels = {str(k): str(v) for k, v in (*Documentsoort.choices, *Onderdeel.choices)}
    zinnen = [
        (kop, ", ".join(labels[d].lower() for d in anders[soort]))
        for kop, soort in (
            ("Wordt verplicht", "verplicht"),
            ("Niet meer verplicht", "niet_verplicht"),
            ("Wordt gewenst", "gewenst"),
            ("Vragen we niet meer", "weg"),
            ("Wordt een verplicht document", "document"),
            ("Niet meer verplicht als document", "geen_document"),
        )
        if anders[soort]
    ]
    if (oud.minimaal if oud else False) != nieuw.minimaal:
        meer = "Dan nemen we de aanmelding niet meer aan." if nieuw.minimaal else "Dat mag weer mee."
        zinnen.append(("Stuurt de verwijzer meer dan we vragen", meer))
    was, wordt = dict(oud.regels) if oud else {}, dict(nieuw.regels)
    for naam in regels.TEKSTEN:
        if was.get(naam) != wordt.get(naam):
            zin = regels.in_woorden(naam, wordt[naam]) if naam in wordt else "Deze regel vervalt."
            zinnen.append((regels.TEKSTEN[naam].naam, zin))
    for kop, veld in (
        ("Wij beslissen binnen", "sla_werkdagen"),
        ("De verwijzer antwoordt binnen", "antwoord_werkdagen"),
    ):
        if oud is None or getattr(oud, veld) != getattr(nieuw, veld):
            zinnen.append((kop, _werkdagen(getattr(nieuw, veld))))
    proef = beproef(route_, nieuw)
    nu = beproef(route_, oud) if oud else None
    return {
        "verschil": [o.Feit(kop, tekst) for kop, tekst in zinnen],
        "proef": proef,
        "proefzin": _proefzin(proef, nu),
        "redenen": grafieken.staven(
            [(f"Mist: {naam.lower()}", float(n)) for naam, n in proef.onderdelen]
            + [(f"Te veel: {naam.lower()}", float(n)) for naam, n in proef.te_veel]
            + [(f"Mist document: {naam.lower()}", float(n)) for naam, n in proef.documenten]
            + [(f"Past niet bij: {naam.lower()}", float(n)) for naam, n in proef.regels],
            eenheid="keer",
        ),
    }


def _proefzin(proef: Proef, nu: Proef | None) -> str:
    if not proef.aantal:
        return "Op deze route is nog niemand aangemeld. Er is niets om mee te proberen."
    wie = f"de laatste {proef.aantal} aanmeldingen" if proef.aantal > 1 else "de enige aanmelding"
    zouden = "zou er 1 niet zijn aangenomen" if proef.gezakt == 1 else f"zouden er {proef.gezakt} niet zijn aangenomen"
    zin = f"Van {wie} op deze route {zouden} met de nieuwe versie."
    return f"{zin} Met de versie van nu zijn dat er {nu.gezakt}." if nu else zin


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest, code: str) -> HttpResponse:
    """A new version, filled with what holds now; look first at what it does, then propose."""
    rij = get_object_or_404(Route, code=code)
    alle = list(querysets.versies(rij))
    if (wacht := _wacht(alle)) is not None:
        meld(request, f"Versie {wacht.nummer} wacht al op een tweede persoon")
        return redirect("route", code=code)
    huidig = _gepland(alle) or _geldt(alle)
    form = RouteversieForm(request.POST or None, initial=RouteversieForm.begin(huidig))
    context: dict[str, Any] = {"route": rij, "huidig": huidig, "form": form}
    if request.method == "POST" and form.is_valid():
        velden = form.versievelden()
        if request.POST.get("actie") == "voorstellen":
            voorstel_ = probeer(form, lambda: services.stel_routeversie_voor(rij, **velden, actor=actor_van(request)))
            if voorstel_ is not None:
                meld(request, "Je voorstel staat klaar", onder="Een collega beoordeelt het en ziet het bij Vandaag.")
                return redirect("route_voorstel", pk=voorstel_.pk)
        else:
            context |= gevolgen(rij, huidig, SimpleNamespace(**velden))
    context["kruimels"] = _kruimels(o.Verwijzing(rij.naam, reverse("route", args=[rij.code])))
    return render(request, "aanmeldingen/route_nieuw.html", context, status=400 if form.errors else 200)


@toegang(*ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def voorstel(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody proposes, what it does, and the decision of a second person."""
    rij = get_object_or_404(querysets.routevoorstellen(), pk=pk)
    versie = routeversie_van(rij)
    form = RoutebesluitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _besluit(request, rij, form.cleaned_data["reden"])
            return redirect("route", code=versie.route.code)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
    eerder = [
        v
        for v in querysets.versies(versie.route)
        if v.status == Versiestatus.GOEDGEKEURD and v.begindatum < versie.begindatum
    ]
    vorige = eerder[-1] if eerder else None
    gebruiker_id, rechten = request.user.pk, request.rechten  # type: ignore[attr-defined]
    rijen = [v for v in (vorige, versie) if v is not None]
    context = {
        "voorstel": rij,
        "versie": versie,
        "stand": o.toestandmerk(VOORSTEL.toestand(rij.status)),
        "form": form,
        "mag_beslissen": mag_beslissen(rij, gebruiker_id, rechten),
        "mag_intrekken": rij.status == "voorgesteld" and rij.voorgesteld_door_id == gebruiker_id,
        "tabellen": naast_elkaar(request, rijen, [f"Versie {v.nummer}" for v in rijen]),
        "kruimels": _kruimels(o.Verwijzing(versie.route.naam, reverse("route", args=[versie.route.code]))),
        **gevolgen(versie.route, vorige, versie),
    }
    return render(request, "aanmeldingen/route_voorstel.html", context, status=400 if form.errors else 200)


def _besluit(request: HttpRequest, rij: Voorstel, reden: str) -> None:
    actie, actor = request.POST.get("actie"), actor_van(request)
    if actie == "intrekken":
        services.trek_routeversie_in(rij, actor=actor, reden=reden)
        meld(request, "Je voorstel is ingetrokken", onder="De route blijft zoals hij was.")
        return
    services.eis_tweede_persoon(rij, request.user.pk, request.rechten)  # type: ignore[attr-defined]
    if actie == "goedkeuren":
        versie = services.keur_routeversie_goed(rij, actor=actor, reden=reden)
        meld(request, "De nieuwe versie is goedgekeurd", onder=f"Ze geldt vanaf {datum(versie.begindatum)}.")
    else:
        services.wijs_routeversie_af(rij, actor=actor, reden=reden)
        meld(request, "De nieuwe versie is afgewezen", onder="De route blijft zoals hij was.")
