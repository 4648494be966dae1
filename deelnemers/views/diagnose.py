"""The diagnosis: what was taken over, what waits for confirmation, and both parts (R046-R053)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import diagnosevragen
from deelnemers import querysets as vragen
from deelnemers.diagnoseforms import DIAGNOSEFORMULIEREN, CompetentieForm
from deelnemers.forms import BelemmeringForm, TredeForm
from deelnemers.formulieren import DoelgroepForm
from deelnemers.models import (
    Belemmering,
    Competentiemeting,
    Deelnemer,
    Diagnose,
    Diagnosegegeven,
    Werkvermogen,
)
from deelnemers.schalen import ANKERS, anker
from deelnemers.services import diagnose as dienst
from deelnemers.services.contact import leg_belemmering_vast, stel_trede_vast, tredeversie, wijzig_belemmering
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.diagnoseaanbod import aangeboden
from deelnemers.views.hulp import actor_van, formulierblad, kaart, met_dossier, met_panelen
from deelnemers.views.route import adviesbeeld, keuzebeeld
from kern import klok
from kern import onderdelen as o
from kern.aansluitingen import acties
from kern.aansluitingen import dossier as socket
from kern.meldingen import meld
from kern.scorelijn import scorelijn
from kern.toegang import toegang
from kern.weergave import aantal as telling
from kern.weergave import hoofdletter, kortedatum
from kern.weigering import IntussenGewijzigd, neem_fouten_over
from regelgeving.opzoeken import keuzes

_KLEUR = {"actueel": "goed", "verouderend": "let-op", "verouderd": "fout"}
_NAAM_BIJ_KOP = {
    "Opleiding": "opleiding",
    "Werkervaring": "werkervaring",
    "Taal": "taal",
    "Zoekberoep": "zoekberoep",
    "Beschikbaarheid": "beschikbaarheid",
    "Werkvermogen": "werkvermogen",
}


def versheidmerk(rij: Diagnosegegeven) -> o.Merk:
    """Badge of freshness, or of waiting for confirmation."""
    if rij.te_bevestigen:
        return o.Merk("Nog te bevestigen", "info", uitleg="Dit kwam mee met de aanmelding. Klopt het?")
    versheid = rij.versheid
    return o.Merk(versheid.label.capitalize(), _KLEUR[versheid])  # type: ignore[arg-type]


@toegang("dossier.zien")
@require_GET
@met_dossier("diagnose.bekijken")
def diagnose(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    bijzonder = mag_bijzonder(request.rechten)
    delen = vragen.diagnosegegevens(deelnemer, bijzonder=bijzonder)
    stand = Diagnose.objects.filter(deelnemer=deelnemer).first()
    aanbod = aangeboden(deelnemer, delen)
    beroepen = vragen.beroepen_bij(delen)
    keuze = diagnosevragen.routekeuzes(deelnemer).first()
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "diagnose"),
        "delen": [
            _deel(deelnemer, kop, rijen, beroepen) | {"aanbod": aanbod.get(kop, [])} for kop, rijen in delen.items()
        ],
        "aangeboden": sum(len(rijen) for rijen in aanbod.values()),
        "competenties": _lijnen(vragen.competenties(deelnemer)),
        "belemmeringen": _open_belemmeringen(request, deelnemer, bijzonder=bijzonder),
        "opgelost": vragen.opgeloste_belemmeringen(deelnemer, bijzonder=bijzonder),
        "standregels": standregels(stand, delen, bijzonder=bijzonder),
        "doelgroepen": vragen.doelgroepen(deelnemer, request.rechten),
        "doelgroepform": DoelgroepForm(
            groepen=vragen.doelgroepkeuzes(request.rechten), initial={"begindatum": klok.vandaag()}
        ),
        "advies": adviesbeeld(diagnosevragen.routeadvies(deelnemer), bijzonder=bijzonder),
        "routekeuze": keuzebeeld(keuze, bijzonder=bijzonder) if keuze else None,
        "te_bevestigen": sum(rij.te_bevestigen for rijen in delen.values() for rij in rijen),
        "oude_fasen": vragen.oude_fasen(deelnemer),
        "mag_bijzonder": bijzonder,
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
    }
    return render(request, "deelnemers/diagnose.html", context)


def _open_belemmeringen(request: Any, deelnemer: Deelnemer, *, bijzonder: bool) -> list[Belemmering]:
    """What stands in the way, each with the buttons that other rooms put there."""
    rijen = vragen.open_belemmeringen(deelnemer, bijzonder=bijzonder)
    for rij in rijen:
        rij.knoppen = acties.knoppen("belemmering", request, rij)  # type: ignore[attr-defined]
    met_panelen(request, deelnemer, rijen)
    return rijen


def standregels(
    stand: Diagnose | None, delen: dict[str, list[Diagnosegegeven]], *, bijzonder: bool
) -> list[dict[str, Any]]:
    """Whether both parts are complete, what is missing, and how long the whole stays fresh (R048)."""
    mist = [_NAAM_BIJ_KOP[kop] for kop in vragen.HARDE_KOPPEN if not delen.get(kop) and (bijzonder or kop in delen)]
    hard, zacht = (stand.hard_compleet_op, stand.zacht_compleet_op) if stand else (None, None)
    if not hard and not mist:
        mist = ["een gegeven dat je niet mag zien"]
    regels = [
        _standregel("Hard deel", hard, f"Nog niet bekend: {', '.join(mist)}."),
        _standregel("Zacht deel", zacht, "Meet alle vijf de onderwerpen samen met de deelnemer."),
    ]
    if hard and zacht and stand and stand.vers_tot:
        voorbij = stand.vers_tot < klok.vandaag()
        merk = o.Merk("Verouderd", "fout") if voorbij else o.Merk("Actueel", "goed")
        onder = (
            f"{'Iets is verouderd sinds' if voorbij else 'Alles is actueel tot en met'} {kortedatum(stand.vers_tot)}."
        )
        regels.append({"naam": "Geheel", "merk": merk, "onder": onder})
    return regels


def _standregel(naam: str, op: Any, anders: str) -> dict[str, Any]:
    merk = o.Merk("Compleet", "goed") if op else o.Merk("Niet compleet", "let-op")
    return {"naam": naam, "merk": merk, "onder": f"Sinds {kortedatum(op)}." if op else anders}


def _deel(deelnemer: Deelnemer, kop: str, rijen: list[Diagnosegegeven], beroepen: dict[str, str]) -> dict[str, Any]:
    naam = _NAAM_BIJ_KOP[kop]
    return {
        "kop": kop,
        "naam": naam,
        "nieuw": reverse("diagnose_nieuw", args=[deelnemer.dossiernummer, naam]),
        "rijen": [
            {
                "rij": rij,
                "merk": versheidmerk(rij),
                "meer": ". ".join(rij.bijzonderheden()),
                "beroep": beroepen.get(getattr(rij, "beroep_code", ""), ""),
                "onder": f"{rij.get_bron_display()}, {kortedatum(rij.bevestigd_op or rij.vastgesteld_op)}",
                "bevestig": reverse("diagnose_bevestig", args=[deelnemer.dossiernummer, naam, rij.pk]),
                "wijzig": reverse("diagnose_wijzig", args=[deelnemer.dossiernummer, naam, rij.pk]),
            }
            for rij in rijen
        ],
    }


def _lijnen(metingen: list[Competentiemeting]) -> list[dict[str, Any]]:
    """Per competence the line of scores, the latest with its anchor, and the change (R047)."""
    uit = []
    for code, (naam, *_) in ANKERS.items():
        reeks = [m for m in metingen if m.competentie == code]
        uit.append(
            {
                "code": code,
                "naam": naam,
                "lijn": scorelijn(naam, [(m.vastgesteld_op, m.score, m.toelichting) for m in reeks]) if reeks else None,
                "nu": reeks[-1].score if reeks else None,
                "anker": anker(code, reeks[-1].score) if reeks else "",
                "verschil": _verschil(reeks),
                "merk": versheidmerk(reeks[-1]) if reeks else o.Merk("Nog niet gemeten", "let-op"),
            }
        )
    return uit


def _verschil(reeks: list[Competentiemeting]) -> str:
    """How the last measurement differs from the first."""
    if len(reeks) < 2:  # noqa: PLR2004 - one measurement is no line
        return ""
    verschil, sinds = reeks[-1].score - reeks[0].score, kortedatum(reeks[0].vastgesteld_op)
    woord = "gelijk aan" if not verschil else f"{abs(verschil)} {'hoger' if verschil > 0 else 'lager'} dan"
    return f"{hoofdletter(woord)} {sinds}."


def _rij(
    deelnemer: Deelnemer, naam: str, rij_id: int, rechten: frozenset[str], *, ook_oud: bool = False
) -> Diagnosegegeven:
    soort: Any = next((soort for soort, heet in diagnosevragen.NAAM_VAN.items() if heet == naam), None)
    if soort is None or (soort is Werkvermogen and not mag_bijzonder(rechten)):
        raise Http404
    rijen = soort.objects.all() if ook_oud else soort.objects.filter(vervangen_op__isnull=True)
    return get_object_or_404(rijen, pk=rij_id, deelnemer=deelnemer)


def _nu(rij: Any, form: Any) -> Diagnosegegeven:
    """The row that is corrected. A colleague was first: say what it holds now, and let the next save go on from there.

    Raises IntussenGewijzigd, or ValidationError when it cannot be told which row took its place.
    """
    if rij.vervangen_op is None:
        return rij  # type: ignore[no-any-return]
    rijen = type(rij).objects.filter(deelnemer=rij.deelnemer_id, vervangen_op__isnull=True)
    later = rijen.filter(pk__gt=rij.pk, vastgesteld_op=rij.vervangen_op)
    nu = list(later.order_by("pk")[:2])
    if len(nu) != 1:
        raise ValidationError("Een collega heeft dit net verbeterd. Kijk wat er nu staat.")
    if form.cleaned_data["versie"] != nu[0].pk:
        raise IntussenGewijzigd(form.begin(nu[0]), nu[0].pk)
    return nu[0]  # type: ignore[no-any-return]


def _terug(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Back to where the reader came from: the weekly round, or the diagnosis of this person."""
    if request.GET.get("terug") == "ronde":
        return redirect("diagnoseronde")
    return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("diagnose.bevestigen")
def bevestig(request: Any, deelnemer: Deelnemer, naam: str, rij_id: int) -> HttpResponse:
    """One click: this still holds."""
    dienst.bevestig(_rij(deelnemer, naam, rij_id, request.rechten), actor=actor_van(request))
    return _terug(request, deelnemer)


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("diagnose.bevestigen")
def bevestig_alles(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    aantal = dienst.bevestig_alles(deelnemer, bijzonder=mag_bijzonder(request.rechten), actor=actor_van(request))
    meld(request, f"{telling(aantal, 'gegeven', 'gegevens')} bevestigd")
    return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("diagnose.wijzigen")
def wijzig(request: Any, deelnemer: Deelnemer, naam: str, rij_id: int | None = None) -> HttpResponse:
    """Add an item, or correct one: the old row stays in the history."""
    if naam not in DIAGNOSEFORMULIEREN:
        raise Http404
    klasse: Any = DIAGNOSEFORMULIEREN[naam]
    opslaan = request.method == "POST"
    rij = _rij(deelnemer, naam, rij_id, request.rechten, ook_oud=opslaan) if rij_id else None
    if klasse.model is Werkvermogen and not mag_bijzonder(request.rechten):
        raise Http404
    begin = klasse.begin(rij) if rij else {"beschikbaar_vanaf": klok.vandaag(), "reistijd_max": 60}
    form = klasse(request.POST or None, initial=begin)
    if opslaan and form.is_valid():
        try:
            nu = _nu(rij, form) if rij else None
            dienst.leg_vast(deelnemer, klasse.model, vervangt=nu, actor=actor_van(request), **form.waarden())
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Diagnose bijgewerkt")
            return _terug(request, deelnemer)
    titel = f"{klasse.model._meta.verbose_name.capitalize()} {'aanpassen' if rij else 'toevoegen'}"
    return formulierblad(request, deelnemer, form, titel, "Bewaren")


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("diagnose.wijzigen")
def competenties(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Measure the soft part: all competences on one page."""
    nu = diagnosevragen.zachte_stand([deelnemer.pk])[deelnemer.pk]
    form = CompetentieForm(
        request.POST or None,
        initial={"versie": dienst.meetversie(nu.values())},
        voorstellen=socket.voorstellen(deelnemer.pk, {code: rij.vastgesteld_op for code, rij in nu.items()}),
    )
    if request.method == "POST" and form.is_valid():
        c, gemeten = form.cleaned_data, form.gemeten()
        try:
            dienst.leg_meting_vast(
                deelnemer, gemeten, op=c["vastgesteld_op"], bron=c["bron"], toelichting=c["toelichting"],
                gemeten_door=request.medewerker, versie=c["versie"], actor=actor_van(request),
            )  # fmt: skip
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"{telling(len(gemeten), 'meting', 'metingen')} vastgelegd")
            return _terug(request, deelnemer)
    return formulierblad(request, deelnemer, form, "Competenties meten", "Vastleggen")


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("trede.wijzigen")
def trede(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    begin = {"vanaf": klok.vandaag(), "waarde": deelnemer.trede_nu, "versie": tredeversie(deelnemer)}
    form = TredeForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            stel_trede_vast(deelnemer, **form.cleaned_data, medewerker=request.medewerker, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"Trede {form.cleaned_data['waarde']} vastgesteld")
            return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Trede vaststellen", "Vaststellen")


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("belemmering.wijzigen")
def belemmering(request: Any, deelnemer: Deelnemer, belemmering_id: int | None = None) -> HttpResponse:
    """Add or change a barrier."""
    rij = get_object_or_404(Belemmering, pk=belemmering_id, deelnemer=deelnemer) if belemmering_id else None
    if rij and rij.bijzonder and not mag_bijzonder(request.rechten):
        raise Http404
    begin: dict[str, Any] = {"begindatum": klok.vandaag(), "eigenaar_wij": "ja"}
    if rij:
        begin = {veld: getattr(rij, veld) for veld in BelemmeringForm.base_fields}
        begin |= {"partner": rij.partner_id, "eigenaar_wij": "ja" if rij.eigenaar_wij else "nee"}
    form = BelemmeringForm(request.POST or None, soorten=keuzes("belemmeringssoorten", klok.vandaag()), initial=begin)
    if request.method == "POST" and form.is_valid():
        gegevens = dict(form.cleaned_data)
        versie = gegevens.pop("versie")
        try:
            if rij:
                gegevens.pop("soort")
                wijzig_belemmering(rij, actor=actor_van(request), versie=versie, **gegevens)
            else:
                leg_belemmering_vast(deelnemer, gegevens.pop("soort"), actor=actor_van(request), **gegevens)
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Belemmering bewaard")
            return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)
    titel = "Belemmering aanpassen" if rij else "Belemmering toevoegen"
    delen = met_panelen(request, deelnemer, [rij])[0].panelen if rij else ()  # type: ignore[attr-defined]
    return formulierblad(request, deelnemer, form, titel, "Bewaren", panelen=delen)
