"""The watch over reading: signals, break-glass with its clock, who looked at one person, and who may not open what."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deelnemers import leesvragen
from deelnemers import privacyvragen as vragen
from deelnemers.dubbelforms import RedenForm
from deelnemers.keuzes import Signaalsoort, Signaaluitkomst
from deelnemers.models import Deelnemer, Doorbreking, Leessignaal
from deelnemers.privacyforms import PeriodeForm, SignaalForm, VerbodForm, WieForm
from deelnemers.services import leestoezicht as services
from deelnemers.services.werkvoorraad import BEOORDELEN_BINNEN
from deelnemers.toegang import zonder_verboden
from deelnemers.views.dubbelen import moment
from deelnemers.views.hulp import actor_van
from kern import klok, logzegel
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.onderdelen import Feit, Leeg, Merk, filterbalk
from kern.tabel import Kolom, Tabel
from kern.taken import laatste_loop, zet_in_wachtrij
from kern.toegang import toegang
from kern.weergave import datum, getal, hoofdletter
from kern.weigering import GEWEIGERD, neem_fouten_over

ZIEN, OORDELEN, VERBIEDEN = "logboek.zien", "inzage.verstrekken", "leesverbod.beheren"
GROND = "privacy"
#: The jobs that look whether the logs are as they were sealed.
NAZIEN = ("kern.logboek_nazien", "kern.logzegels")
PER_BLADZIJDE = 50
_KLEUR: dict[str, Any] = {
    Signaaluitkomst.VERKLAARD: "goed",
    Signaaluitkomst.GESPREK: "let-op",
    Signaaluitkomst.DATALEK: "fout",
}


def _over(rij: Leessignaal) -> str:
    delen = [rij.medewerker.naam if rij.medewerker else "", rij.deelnemer.naam if rij.deelnemer else ""]
    return " en ".join(deel for deel in delen if deel)


def _signaalstand(rij: Leessignaal) -> Merk:
    if not rij.uitkomst:
        return Merk("Nog te bekijken", "let-op")
    return Merk(hoofdletter(rij.get_uitkomst_display()), _KLEUR[rij.uitkomst])


SIGNALEN = (
    Kolom(
        "soort",
        "Wat viel op",
        kop=True,
        waarde=lambda s: hoofdletter(Signaalsoort(s.soort).label),
        link=lambda s: reverse("leessignaal", args=[s.pk]),
        onder=services.uitleg,
    ),
    Kolom("wie", "Over", waarde=_over, breed=True),
    Kolom("dag", "Dag", weergave=datum),
    Kolom("stand", "Stand", waarde=_signaalstand),
)


def _uiterlijk(rij: Doorbreking) -> dt.date:
    return timezone.localdate(rij.aangemaakt_op) + dt.timedelta(days=BEOORDELEN_BINNEN)


def _oordeel(rij: Doorbreking) -> Merk:
    if rij.beoordeeld_op is None:
        laat = _uiterlijk(rij) < klok.vandaag()
        return Merk("Te laat beoordeeld" if laat else "Nog te beoordelen", "fout" if laat else "let-op")
    return Merk("Terecht", "goed") if rij.terecht else Merk("Niet terecht", "fout")


DOORBREKINGEN = (
    Kolom(
        "medewerker",
        "Medewerker",
        kop=True,
        waarde=lambda d: d.medewerker.naam,
        link=lambda d: reverse("doorbreking", args=[d.pk]),
        onder=lambda d: moment(d.aangemaakt_op),
    ),
    Kolom("deelnemer", "Dossier", waarde=lambda d: d.deelnemer.dossiernummer),
    Kolom("reden", "Reden", breed=True),
    Kolom("uiterlijk", "Beoordelen voor", waarde=lambda d: datum(_uiterlijk(d))),
    Kolom(
        "oordeel",
        "Oordeel",
        waarde=_oordeel,
        onder=lambda d: d.beoordeeld_door.naam if d.beoordeeld_door else "",
    ),
)


@toegang(ZIEN)
@require_http_methods(["GET", "POST"])
def overzicht(request: Any) -> HttpResponse:
    """Signals that wait, break-glass with its clock, and the way to one person. The number goes by POST."""
    form = WieForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        return redirect("lezers", dossiernummer=form.cleaned_data["dossiernummer"].dossiernummer)
    klaar = request.GET.get("stand") == "klaar"
    pagina = Paginator(vragen.signalen(request.medewerker, open_=not klaar), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    mag = OORDELEN in request.rechten
    doorbroken = list(vragen.doorbrekingen(request.medewerker)[:PER_BLADZIJDE]) if mag else []
    mensen = [s.deelnemer_id for s in pagina] + [d.deelnemer_id for d in doorbroken]
    request.lezing.toon("leestoezicht.signalen", mensen, grond=GROND)
    nagezien = laatste_loop(*NAZIEN)
    leeg = Leeg("Niets dat opvalt", "Elke nacht kijkt het systeem in het leeslog. Wat opvalt, komt hier.", "vinkrond")
    context = {
        "form": form,
        "klaar": klaar,
        "tabel": Tabel.van(request, SIGNALEN, pagina, bijschrift="Signalen", leeg=leeg),
        "doorbrekingen": Tabel.van(
            request,
            DOORBREKINGEN,
            doorbroken,
            bijschrift="Dossiers geopend met een reden",
            leeg=Leeg("Niemand opende een dossier met een reden", "", "vinkrond"),
        )
        if mag
        else None,
        "verzegeld_tot": logzegel.verzegeld_tot(),
        "nagezien": nagezien,
        "dagen_nagezien": nagezien.tellingen.get("dagen nagezien", 0) if nagezien else 0,
    }
    return render(request, "deelnemers/leestoezicht.html", context, status=400 if form.errors else 200)


@toegang(ZIEN)
@require_POST
def nazien(request: Any) -> HttpResponse:
    """Look at every sealed day of the logs now: the test by somebody independent (BIO2 8.15.06)."""
    if zet_in_wachtrij(NAZIEN[0], request.user.gemeente_id, request.user.naam):
        meld(request, "Het logboek wordt nagezien", onder="De uitslag staat straks op deze bladzijde.")
    else:
        meld(
            request,
            "De wachtrij antwoordt niet, dus het nazien is niet gestart.",
            onder="Probeer het over een paar minuten nog eens.",
            niveau=messages.ERROR,
        )
    return redirect("leestoezicht")


@toegang(ZIEN)
@require_http_methods(["GET", "POST"])
def signaal(request: Any, pk: int) -> HttpResponse:
    """One signal: what stood out, and what the privacy officer made of it."""
    rij = get_object_or_404(vragen.alle_signalen(request.medewerker), pk=pk)
    if rij.deelnemer_id:
        request.lezing.toon("leestoezicht.signalen", [rij.deelnemer_id], grond=GROND)
    mag = OORDELEN in request.rechten and rij.beoordeeld_op is None
    form = SignaalForm(ingevuld(request)) if mag else None
    if request.method == "POST" and form is not None and form.is_valid():
        v = form.cleaned_data
        try:
            services.beoordeel_signaal(
                rij, request.medewerker, v["uitkomst"], v["toelichting"], actor=actor_van(request)
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Oordeel bewaard")
            return redirect("leestoezicht")
    context = {
        "rij": rij,
        "titel": hoofdletter(Signaalsoort(rij.soort).label),
        "stand": _signaalstand(rij),
        "feiten": _feiten(rij),
        "form": form,
    }
    fout = form is not None and form.errors
    return render(request, "deelnemers/leessignaal.html", context, status=400 if fout else 200)


def _feiten(rij: Leessignaal) -> list[Feit]:
    delen = [Feit("Dag", datum(rij.dag)), Feit("Wat viel op", services.uitleg(rij))]
    if rij.medewerker:
        delen.insert(0, Feit("Medewerker", rij.medewerker.naam, rij.medewerker.get_functie_display()))
    if rij.deelnemer:
        nummer = rij.deelnemer.dossiernummer
        delen.insert(0, Feit("Persoon", rij.deelnemer.naam, f"dossier {nummer}", url=reverse("lezers", args=[nummer])))
    if rij.soort == Signaalsoort.LIJSTEN and rij.medewerker:
        for wat, hoeveel in leesvragen.waar_gezien(rij.medewerker.gebruiker_id, rij.dag):
            delen.append(Feit("Waar", hoofdletter(wat), f"{getal(hoeveel)} mensen"))
    if rij.beoordeeld_op and rij.beoordeeld_door:
        delen.append(Feit("Oordeel", rij.toelichting, f"{datum(rij.beoordeeld_op)}, {rij.beoordeeld_door.naam}"))
    return delen


# --- Who looked at one person ------------------------------------------------------------------------------------
KEREN = (
    Kolom("rol", "Wie", kop=True, waarde=lambda k: hoofdletter(k.rol), onder=lambda k: k.naam),
    Kolom("wat", "Wat", waarde=lambda k: hoofdletter(k.wat), onder=lambda k: k.verwerking, breed=True),
    Kolom("waarom", "Waarom", waarde=lambda k: hoofdletter(k.waarom), breed=True),
    Kolom("wanneer", "Wanneer"),
)


def _persoon(request: Any, dossiernummer: str) -> Deelnemer:
    rijen = zonder_verboden(Deelnemer.objects.filter(samengevoegd_met__isnull=True), request.medewerker, "pk")
    return get_object_or_404(rijen, dossiernummer=dossiernummer)


def _periode(request: Any) -> tuple[dt.date, dt.date, PeriodeForm]:
    """The period in the address, at most a year; else the last three months."""
    van, tot = leesvragen.standaardperiode()
    form = PeriodeForm(request.GET) if "van" in request.GET else PeriodeForm(initial={"van": van, "tot": tot})
    if form.is_bound and form.is_valid():
        van, tot = form.cleaned_data["van"], form.cleaned_data["tot"]
    return max(van, tot - dt.timedelta(days=366)), tot, form


@toegang(ZIEN)
@require_safe
def lezers(request: Any, dossiernummer: str) -> HttpResponse:
    """Who looked, when and why, per day; the name stands under the role, for the watch over reading only."""
    deelnemer = _persoon(request, dossiernummer)
    van, tot, form = _periode(request)
    regels = list(leesvragen.leesregels(deelnemer, van, tot)[: leesvragen.HOOGSTENS + 1])
    request.lezing.toon("inzage.lezers", [deelnemer.pk], grond=GROND)
    context = {
        "deelnemer": deelnemer,
        "balk": filterbalk(request, form),
        "van": van,
        "tot": tot,
        "te_veel": len(regels) > leesvragen.HOOGSTENS,
        "dagen": [
            (datum(dag.dag), Tabel.van(request, KEREN, dag.keren, bijschrift=f"Gelezen op {datum(dag.dag)}"))
            for dag in leesvragen.per_dag(regels[: leesvragen.HOOGSTENS])
        ],
        "leeg": Leeg("Niemand keek in deze tijd", "Kies een langere periode.", "oog"),
        "bestand": f"{reverse('lezers_logboek', args=[dossiernummer])}?van={van:%d-%m-%Y}&tot={tot:%d-%m-%Y}",
    }
    return render(request, "deelnemers/lezers.html", context)


@toegang(ZIEN)
@require_safe
def logboek(request: Any, dossiernummer: str) -> HttpResponse:
    """The same period for machines: Logboek Dataverwerkingen, one line per reading, the person as a pseudonym."""
    deelnemer = _persoon(request, dossiernummer)
    van, tot, _ = _periode(request)
    # A file that goes out is never cut without saying so; only the page asks for a shorter period.
    regels = leesvragen.leesregels(deelnemer, van, tot).iterator(chunk_size=2000)
    request.lezing.toon("inzage.lezers", [deelnemer.pk], grond=GROND)
    register = request.build_absolute_uri(reverse("verwerkingsregister"))
    inhoud = "".join(
        json.dumps(regel, ensure_ascii=False) + "\n" for regel in leesvragen.logboekregels(deelnemer, regels, register)
    )
    koppen = {
        "Content-Disposition": 'attachment; filename="logboek-dataverwerkingen.jsonl"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(inhoud, content_type="application/jsonl; charset=utf-8", headers=koppen)


# --- Who may not open which dossier ------------------------------------------------------------------------------
VERBODEN = (
    Kolom("medewerker", "Medewerker", kop=True, waarde=lambda v: v.medewerker.naam),
    Kolom("deelnemer", "Mag niet openen", waarde=lambda v: f"Dossier {v.deelnemer.dossiernummer}"),
    Kolom("reden", "Waarom", waarde=lambda v: hoofdletter(v.get_reden_display())),
    Kolom("begindatum", "Sinds", weergave=datum),
    Kolom(
        "stop",
        "Opheffen",
        waarde=lambda v: "Opheffen",
        link=lambda v: reverse("leesverbod", args=[v.pk]),
        kop_verborgen=True,
    ),
)


_AFSPRAKEN = "Geplande afspraken met deze collega staan bij de regievoerder op Vandaag, om over te nemen."


@toegang(VERBIEDEN)
@require_http_methods(["GET", "POST"])
def verboden(request: Any) -> HttpResponse:
    """The list that keeps staff out of their own dossier and those of relatives; never a name of a person."""
    form = VerbodForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        v = form.cleaned_data
        try:
            services.verbied(v["dossiernummer"], v["medewerker"], v["reden"], actor=actor_van(request))
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Vastgelegd", onder=f"{v['medewerker'].naam} ziet dit dossier niet meer. {_AFSPRAKEN}")
            return redirect("leesverboden")
    pagina = Paginator(vragen.verboden(request.medewerker), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("leestoezicht.verboden", [v.deelnemer_id for v in pagina], grond=GROND)
    leeg = Leeg(
        "Nog geen leesverboden", "Vraag nieuwe collega’s of zij of hun familie hier een dossier hebben.", "slot"
    )
    context = {"form": form, "tabel": Tabel.van(request, VERBODEN, pagina, bijschrift="Leesverboden", leeg=leeg)}
    return render(request, "deelnemers/leesverboden.html", context, status=400 if form.errors else 200)


@toegang(VERBIEDEN)
@require_http_methods(["GET", "POST"])
def verbod_opheffen(request: Any, pk: int) -> HttpResponse:
    """End one, with a reason."""
    rij = get_object_or_404(vragen.verboden(request.medewerker), pk=pk)
    request.lezing.toon("leestoezicht.verboden", [rij.deelnemer_id], grond=GROND)
    form = RedenForm(ingevuld(request), label="Waarom is dit niet meer nodig?")
    if request.method == "POST" and form.is_valid():
        try:
            services.hef_verbod_op(rij, reden=form.cleaned_data["reden"], actor=actor_van(request))
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Opgeheven", onder="De gewone regels gelden weer voor dit dossier.")
            return redirect("leesverboden")
    return render(request, "deelnemers/leesverbod.html", {"rij": rij, "form": form}, status=400 if form.errors else 200)
