"""Appointments: plan, answer in one click, move, and the steps after not appearing."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from deelnemers.models import Deelnemer
from deelnemers.services.regie import mag_nooit
from deelnemers.services.vertegenwoordiging import wie_krijgt
from deelnemers.toegang import mag_bijzonder
from kern import klok
from kern import onderdelen as o
from kern.toegang import toegang
from kern.weergave import dagdatum, tijd
from kern.weigering import GEWEIGERD, neem_fouten_over
from organisatie.models import Medewerker
from trajecten import querysets as vragen
from trajecten.dossier import afspraakmerk
from trajecten.forms import AfspraakForm, RedenForm, TijdForm, TweedeForm, VervolgForm
from trajecten.models import Afspraak
from trajecten.samen import gelijk_in_gezin
from trajecten.services.afspraken import (
    ANTWOORDEN,
    herstel_afspraak,
    kies_tweede_collega,
    laat_afspraak_vervallen,
    leg_verzuimvervolg_vast,
    meld_afspraak,
    plan_afspraak,
    veiligheidsafspraak,
    verzet_afspraak,
)
from trajecten.services.oproepen import kent_werkvermogen
from trajecten.toestanden import AFSPRAAK
from trajecten.veiligplan import Veiligplan, voorstel
from trajecten.views.hulp import actor_van, dag_uit_adres, eis_stap, formulier, meld, met_dossier, zeg_fout

_GEMELD = {"verschenen": "was er", "afgemeld": "heeft zich afgemeld", "niet_verschenen": "is niet verschenen"}


@toegang("afspraak.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.afspraak")
def maken(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Plan an appointment; shows when the colleague is taken and a safety agreement if there is one."""
    dag = dag_uit_adres(request)
    begin = {"dag": dag, "medewerker": request.medewerker, "soort": request.GET.get("soort", "voortgang")}
    form = AfspraakForm(
        request.POST or None,
        initial=begin,
        vermogen_bekend=kent_werkvermogen(deelnemer),
        bijzonder=mag_bijzonder(request.rechten),
    )
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        namen = ("soort", "onderwerp", "locatie", "plek", "tweede_medewerker")
        try:
            rij = plan_afspraak(
                deelnemer,
                c["medewerker"],
                *form.van_tot(),
                actor=actor_van(request),
                dubbel_gezien=bool(c.get("dubbel_gezien")),
                vermogen=form.vermogen,
                **{naam: c[naam] for naam in namen},
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            moment = timezone.localtime(rij.begint_op)
            meld(
                request,
                "Afspraak gemaakt",
                onder=". ".join(
                    deel
                    for deel in (
                        f"{dagdatum(moment)} om {tijd(moment)} met {rij.medewerker.naam}",
                        gelijk_in_gezin(rij, request.medewerker),
                    )
                    if deel
                ),
            )
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    form.alleen_als_nodig("dubbel_gezien")
    return formulier(
        request,
        deelnemer,
        form,
        titel=f"Afspraak met {deelnemer.naam}",
        knop="Afspraak maken",
        terug="dossier",
        veiligplan=_veiligplan(deelnemer.pk, request.medewerker, _moment(form)),
        bezet=_bezet(request, form, dag),
        gevolgen=_gevolgen(deelnemer),
    )


def _veiligplan(
    deelnemer_id: int, medewerker: Any, van_tot: tuple[dt.datetime, dt.datetime] | None
) -> Veiligplan | None:
    """What the notice that holds asks of this appointment; None when none holds."""
    veiligheid = veiligheidsafspraak(deelnemer_id)
    return voorstel(veiligheid, medewerker, van_tot) if veiligheid else None


def _moment(form: AfspraakForm | TijdForm) -> tuple[dt.datetime, dt.datetime] | None:
    """The time that was filled in, also when the form was refused."""
    gevuld = getattr(form, "cleaned_data", {})
    return form.van_tot() if all(gevuld.get(veld) for veld in ("dag", "tijd", "minuten")) else None


def _gevolgen(deelnemer: Deelnemer) -> list[str]:
    """What follows, and what to arrange beforehand: an interpreter, and whom else to invite."""
    uit = [f"Regel een tolk {deelnemer.tolk_taal}."] if deelnemer.tolk_taal else []
    for wie in wie_krijgt(deelnemer, "uitnodigingen"):
        if wie.als != "zelf":
            uit.append(f"De uitnodiging gaat ook naar {wie.naam}, {wie.als}: {wie.telefoon or wie.email}.")
    return [
        *uit,
        "Ben jij niet de regievoerder? Dan kun je het dossier openen tot twee weken na de afspraak.",
        "Na de afspraak vul je met één klik in of de persoon er was.",
    ]


def _bezet(request: Any, form: AfspraakForm, dag: dt.date) -> dict[str, Any]:
    """When the chosen colleague is taken that day: times, never names."""
    wie = request.medewerker
    if form.is_bound:
        dag = form.cleaned_data.get("dag") or dag if hasattr(form, "cleaned_data") else dag
        wie = form.cleaned_data.get("medewerker") or wie if hasattr(form, "cleaned_data") else wie
    if not isinstance(wie, Medewerker):
        return {}
    tijden = [
        f"{tijd(timezone.localtime(b))} tot {tijd(timezone.localtime(e))}" for b, e in vragen.bezette_tijden(wie, dag)
    ]
    return {"wie": wie.naam, "dag": dagdatum(dag), "tijden": tijden}


def _vind(request: Any, afspraak_id: int) -> Afspraak:
    rij = get_object_or_404(
        vragen.afspraken(request.medewerker).select_related(
            "deelnemer__regievoerder", "vervolg_door", "tweede_medewerker"
        ),
        pk=afspraak_id,
    )
    request.lezing.toon("afspraak.bekijken", [rij.deelnemer_id])
    return rij


@toegang("afspraak.wijzigen", "traject.wijzigen")
@require_http_methods(["GET", "POST"])
def afspraak(request: Any, afspraak_id: int) -> HttpResponse:
    """One appointment: what you can do now, and the decision after not appearing."""
    rij = _vind(request, afspraak_id)
    # Who typed a decision while a colleague set the appointment back, reads that, with the words still there.
    beslist = rij.status == "niet_verschenen" or request.method == "POST"
    form = VervolgForm(request.POST or None, stap=rij.stap, initial={"versie": rij.versie}) if beslist else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            leg_verzuimvervolg_vast(rij, actor=actor_van(request), **form.cleaned_data)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Vastgelegd", onder="Het besluit en de reden staan in de tijdlijn.")
            return redirect("afspraak", afspraak_id=rij.pk)
    mag = {stap.actie for stap in AFSPRAAK.acties(rij, request.rechten)}
    begint = timezone.localtime(rij.begint_op)
    context = {
        "afspraak": rij,
        "naam": rij.onderwerp or rij.get_soort_display().capitalize(),
        "wanneer": f"{dagdatum(begint)}, {tijd(begint)} tot {tijd(timezone.localtime(rij.eindigt_op))}",
        "merk": afspraakmerk(rij),
        "knoppen": standknoppen(rij) if mag & {"geweest"} else [],
        "mag": mag,
        "mag_herstellen": "herstellen" in mag,
        "form": form,
        "veiligheid": veiligheidsafspraak(rij.deelnemer_id),
        "zonder_tweede": rij.status == "gepland" and rij.tweede_medewerker_id is None,
    }
    fout = form is not None and bool(form.errors)
    return render(request, "trajecten/afspraak.html", context, status=400 if fout else 200)


def standknoppen(rij: Afspraak, terug: str = "") -> list[o.Knop]:
    """Was there, cancelled, did not appear: each one click. Before the hour only cancelling makes sense."""
    achter = f"?{urlencode({'terug': terug})}" if terug else ""
    geweest = rij.begint_op <= klok.nu()
    knoppen = []
    for stand, woord in (
        ("verschenen", "Was er"),
        ("afgemeld", "Afgemeld"),
        ("niet_verschenen", "Niet verschenen"),
    ):
        if (geweest or stand == "afgemeld") and AFSPRAAK.mag(rij, ANTWOORDEN[stand]):
            url = reverse("afspraak_melden", args=[rij.pk, stand]) + achter
            knoppen.append(o.Knop(woord, url, klein=True, post=True, stil=stand != "verschenen"))
    return knoppen


def _terug(request: HttpRequest, rij: Afspraak) -> HttpResponse:
    doel = request.GET.get("terug", "")
    if doel and url_has_allowed_host_and_scheme(doel, allowed_hosts=None):
        return redirect(doel)
    return redirect("afspraak", afspraak_id=rij.pk)


@toegang("afspraak.wijzigen", "traject.wijzigen")
@require_POST
def melden(request: Any, afspraak_id: int, stand: str) -> HttpResponse:
    """One click: was there, cancelled or did not appear. It can be undone."""
    rij = _vind(request, afspraak_id)
    eis_stap(AFSPRAAK, ANTWOORDEN.get(stand, ""), request)
    try:
        rij = meld_afspraak(rij, stand, actor=actor_van(request))
    except GEWEIGERD as fout:
        zeg_fout(request, "Dit kan nu niet", fout)
    else:
        onder = AFSPRAAK.toestand(rij.status).uitleg if stand != "verschenen" else ""
        meld(
            request,
            f"{rij.deelnemer.naam} {_GEMELD[stand]}",
            onder=onder,
            ongedaan=reverse("afspraak_herstellen", args=[rij.pk]),
        )
    return _terug(request, rij)


@toegang("afspraak.wijzigen", "traject.wijzigen")
@require_POST
def herstellen(request: Any, afspraak_id: int) -> HttpResponse:
    """Undo."""
    rij = _vind(request, afspraak_id)
    eis_stap(AFSPRAAK, "herstellen", request)
    try:
        herstel_afspraak(rij, actor=actor_van(request))
    except GEWEIGERD as fout:
        zeg_fout(request, "Dit kan nu niet", fout)
    else:
        meld(request, "Hersteld: de afspraak is weer open")
    return _terug(request, rij)


@toegang("afspraak.wijzigen", "traject.wijzigen")
@require_http_methods(["GET", "POST"])
def verzetten(request: Any, afspraak_id: int) -> HttpResponse:
    """Another day or time; who moves it for a colleague who may not open the dossier, takes it over."""
    rij = _vind(request, afspraak_id)
    neemt_over = request.medewerker if mag_nooit(rij.deelnemer, rij.medewerker) else None
    eis_stap(AFSPRAAK, "verzetten", request)
    begint = timezone.localtime(rij.begint_op)
    duur = int((rij.eindigt_op - rij.begint_op).total_seconds() // 60)
    form = TijdForm(
        request.POST or None,
        initial={"dag": begint.date(), "tijd": begint.time(), "minuten": duur, "versie": rij.versie},
    )
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            nieuw = verzet_afspraak(
                rij,
                *form.van_tot(),
                versie=c["versie"],
                medewerker=neemt_over,
                dubbel_gezien=bool(c.get("dubbel_gezien")),
                actor=actor_van(request),
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            moment = timezone.localtime(nieuw.begint_op)
            meld(request, "Afspraak verzet", onder=f"Nu op {dagdatum(moment)} om {tijd(moment)}")
            return redirect("afspraak", afspraak_id=nieuw.pk)
    form.alleen_als_nodig("dubbel_gezien")
    gekozen = _moment(form) if form.is_bound else (rij.begint_op, rij.eindigt_op)
    titel, knop = ("Afspraak overnemen", "Overnemen") if neemt_over else ("Afspraak verzetten", "Verzetten")
    return formulier(
        request,
        rij.deelnemer,
        form,
        titel=titel,
        knop=knop,
        terug="dossier",
        veiligplan=_veiligplan(rij.deelnemer_id, neemt_over or rij.medewerker, gekozen),
    )


@toegang("afspraak.wijzigen", "traject.wijzigen")
@require_http_methods(["GET", "POST"])
def tweede(request: Any, afspraak_id: int) -> HttpResponse:
    """Who goes along, because of a safety notice."""
    rij = _vind(request, afspraak_id)
    form = TweedeForm(request.POST or None, initial={"versie": rij.versie, "tweede_medewerker": rij.tweede_medewerker})
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            kies_tweede_collega(rij, c["tweede_medewerker"], versie=c["versie"], actor=actor_van(request))
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(
                request, "Tweede collega gekozen", onder=f"{c['tweede_medewerker'].naam} ziet de afspraak in de agenda."
            )
            return redirect("afspraak", afspraak_id=rij.pk)
    return formulier(
        request,
        rij.deelnemer,
        form,
        titel="Tweede collega kiezen",
        knop="Kiezen",
        terug="dossier",
        veiligplan=_veiligplan(rij.deelnemer_id, rij.medewerker, (rij.begint_op, rij.eindigt_op)),
    )


@toegang("afspraak.wijzigen", "traject.wijzigen")
@require_http_methods(["GET", "POST"])
def vervallen(request: Any, afspraak_id: int) -> HttpResponse:
    """The appointment is called off by us."""
    rij = _vind(request, afspraak_id)
    eis_stap(AFSPRAAK, "laten_vervallen", request)
    form = RedenForm(request.POST or None, initial={"versie": rij.versie})
    if request.method == "POST" and form.is_valid():
        try:
            laat_afspraak_vervallen(rij, actor=actor_van(request), **form.cleaned_data)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "De afspraak gaat niet door")
            return redirect("dossier", dossiernummer=rij.deelnemer.dossiernummer)
    return formulier(
        request,
        rij.deelnemer,
        form,
        titel="Afspraak laten vervallen",
        knop="Laten vervallen",
        terug="dossier",
        gevolgen=["Dit telt niet als niet verschijnen."],
    )
