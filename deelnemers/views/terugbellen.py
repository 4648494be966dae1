"""Call-back requests: take one by phone, the list with its clock, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers.bereikforms import GebeldForm, TerugbelForm, VervalForm
from deelnemers.models import Deelnemer, Terugbelverzoek
from deelnemers.services import terugbellen
from deelnemers.services.regie import mag_nooit
from deelnemers.terugbelvragen import afgeschermd, te_zien, zichtbaar
from deelnemers.toegang import DOSSIER
from deelnemers.toestanden import TERUGBELVERZOEK
from deelnemers.views.hulp import actor_van, formulierblad, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import dagdatum, datum, kortedatum, telefoon, tijd
from kern.weigering import GEWEIGERD, probeer, zin
from organisatie.querysets import mijn_team_ids, waarneemt_voor_ids

AFGESCHERMD = "Afgeschermd"
BEPERKT = "Het gebruik van deze gegevens is beperkt."


def _naam(rij: Terugbelverzoek, medewerker: Any, ids: set[int]) -> str:
    """Whom it is about; who only took the phone does not see more than what was said then."""
    return rij.deelnemer.naam if rij.deelnemer and rij.deelnemer_id in ids else ""


def _scherm_af(medewerker: Any, lijst: list[Terugbelverzoek]) -> bool:
    """Leave out who phoned and why where this reader may not know it; whether there is such a request."""
    dicht = afgeschermd(medewerker, lijst)
    for rij in lijst:
        if rij.deelnemer_id in dicht:
            rij.beller, rij.telefoon, rij.bereikbaar, rij.onderwerp = AFGESCHERMD, "", "", BEPERKT
    return bool(dicht)


def _gelezen(lijst: list[Terugbelverzoek]) -> list[int]:
    """About whom there is something to read here: also what the caller said of somebody whose name does not show."""
    return sorted({r.deelnemer_id for r in lijst if r.deelnemer_id and r.beller != AFGESCHERMD})


def _klok(rij: Terugbelverzoek) -> o.Merk:
    if rij.status != "open":
        return o.toestandmerk(TERUGBELVERZOEK.toestand(rij.status), uitleg=False)
    vandaag = klok.vandaag()
    if rij.uiterlijk < vandaag:
        return o.Merk(f"Te laat, moest {kortedatum(rij.uiterlijk)}", "fout")
    if rij.uiterlijk == vandaag:
        return o.Merk("Vandaag", "let-op")
    return o.Merk(f"Voor het einde van {kortedatum(rij.uiterlijk)}", "info")


@toegang("terugbelverzoek.zien")
@require_GET
def terugbelverzoeken(request: Any) -> HttpResponse:
    """What is open, oldest clock first; and what was done in the last weeks."""
    ik = request.medewerker
    klaar = request.GET.get("klaar") == "1"
    rijen = zichtbaar(ik)
    if klaar:
        lijst = list(rijen.exclude(status="open").order_by("-afgehandeld_op", "-pk")[:50])
    else:
        lijst = list(rijen.filter(status="open").order_by("uiterlijk", "pk")[:200])
    wie = te_zien(ik, lijst)
    _scherm_af(ik, lijst)
    request.lezing.toon("terugbelverzoek.lijst", _gelezen(lijst))
    kolommen = (
        Kolom("beller", "Wie belde", kop=True, onder=lambda r: r.onderwerp, link=_adres),
        Kolom("telefoon", "Telefoon", weergave=telefoon),
        Kolom("over", "Over", waarde=lambda r: _naam(r, ik, wie)),
        Kolom("voor", "Voor", waarde=lambda r: _voor(r, ik, wie)),
        Kolom("klok", "Terugbellen", waarde=_klok, onder=_pogingen, breed=True),
    )  # fmt: skip
    leeg = o.Leeg(
        "Er wacht niemand op een telefoontje",
        "Neem je de telefoon op voor een collega? Schrijf het verzoek dan hier op.",
        "telefoon",
    )
    context = {
        "tabel": Tabel.van(request, kolommen, lijst, bijschrift="Terugbelverzoeken", leeg=leeg),
        "keuzes": [o.Verwijzing("Nog te bellen", "?", not klaar), o.Verwijzing("Klaar", "?klaar=1", klaar)],
    }
    return render(request, "deelnemers/terugbelverzoeken.html", context)


def _adres(rij: Terugbelverzoek) -> str:
    return reverse("terugbelverzoek", args=[rij.pk])


def _voor(rij: Terugbelverzoek, medewerker: Any, ids: set[int]) -> str:
    """Who calls back. Who only took the phone reads the same for everybody: the name would tell of a dossier."""
    mijn = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
    if rij.deelnemer_id not in ids and rij.voor_id not in mijn:
        return "een collega"
    wie = rij.voor or (rij.deelnemer.regievoerder if rij.deelnemer else None)
    return wie.naam if wie else "het team"


def _pogingen(rij: Terugbelverzoek) -> str:
    return f"{rij.pogingen} keer geen gehoor" if rij.pogingen else ""


@toegang("terugbelverzoek.zien")
@require_http_methods(["GET", "POST"])
def terugbelverzoek_nieuw(request: Any) -> HttpResponse:
    """Anybody who answers the phone. The answer is the same whether or not somebody has a dossier."""
    form = TerugbelForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        persoon = terugbellen.vind_persoon(
            dossiernummer=c["dossiernummer"], achternaam=c["achternaam"], geboortedatum=c["geboortedatum"]
        )
        rij = probeer(form, lambda: _neem_aan(request, form, persoon))
        if rij:
            request.lezing.toon("terugbelverzoek.aannemen", [persoon.pk] if persoon else [])
            return redirect("terugbelverzoeken")
    context = {"form": form, "titel": "Iemand wil teruggebeld worden", "knop": "Vastleggen"}
    return render(request, "deelnemers/terugbelverzoek_nieuw.html", context, status=400 if form.errors else 200)


def _onderwerp(request: Any, c: dict[str, Any], persoon: Deelnemer | None) -> str:
    """What it is about, with whom the caller named: who calls back must know when we found nobody.

    It is there for everybody whom the reader may not see, so that it does not tell who has a dossier.
    """
    if persoon is not None and DOSSIER.mag(persoon, request.medewerker):
        return c["onderwerp"]
    geboren = c.get("geboortedatum")
    wie = [c.get("dossiernummer"), c.get("achternaam"), f"geboren {datum(geboren)}" if geboren else ""]
    genoemd = ", ".join(deel for deel in wie if deel)
    return ". ".join(deel for deel in (c["onderwerp"], f"Genoemd: {genoemd}" if genoemd else "") if deel)[:200]


def _neem_aan(request: Any, form: TerugbelForm, persoon: Deelnemer | None) -> Terugbelverzoek:
    c = form.cleaned_data
    # Whom we do not find is for a manager: a caller is never lost, and the answer does not tell who has a dossier.
    voor = c.get("voor") or (None if persoon else terugbellen.wie_zoekt_uit(request.medewerker))
    rij = terugbellen.neem_terugbelverzoek_aan(
        beller=c["beller"], telefoon=c["telefoon"], onderwerp=_onderwerp(request, c, persoon), voor=voor,
        bereikbaar=c["bereikbaar"], deelnemer=persoon, door=request.medewerker, actor=actor_van(request),
    )  # fmt: skip
    meld(request, "Vastgelegd", onder=f"Zeg de beller: we bellen terug voor het einde van {dagdatum(rij.uiterlijk)}.")
    return rij


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("terugbelverzoek.aannemen")
def terugbellen_vanuit_dossier(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """The same from the dossier: name and number are filled in."""
    begin = {"beller": deelnemer.naam, "telefoon": deelnemer.telefoon, "bereikbaar": deelnemer.bereikbaar}
    form = TerugbelForm(ingevuld(request), dossier=True, initial=begin)
    if request.method == "POST" and form.is_valid() and probeer(form, lambda: _neem_aan(request, form, deelnemer)):
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, f"{deelnemer.naam} wil teruggebeld worden", "Vastleggen")


@toegang("terugbelverzoek.zien")
@require_GET
def terugbelverzoek(request: Any, pk: int) -> HttpResponse:
    """One request: call, and say what came of it."""
    rij = get_object_or_404(zichtbaar(request.medewerker), pk=pk)
    return _blad(request, rij, GebeldForm(), VervalForm())


def _blad(request: Any, rij: Terugbelverzoek, gebeld: GebeldForm, verval: VervalForm) -> HttpResponse:
    ids = te_zien(request.medewerker, [rij])
    dicht = _scherm_af(request.medewerker, [rij])
    request.lezing.toon("terugbelverzoek.bekijken", _gelezen([rij]))
    ontvangen = timezone.localtime(rij.ontvangen_op)
    context = {
        "rij": rij,
        "merk": _klok(rij),
        "naam": _naam(rij, request.medewerker, ids),
        "voor": _voor(rij, request.medewerker, ids),
        "ontvangen": f"{dagdatum(ontvangen)} om {tijd(ontvangen)}",
        "mag": rij.status == "open" and not dicht and _mag_bellen(request, rij, ids),
        "dicht": dicht,
        "gebeld": gebeld,
        "verval": verval,
    }
    fout = bool(gebeld.errors or verval.errors)
    return render(request, "deelnemers/terugbelverzoek.html", context, status=400 if fout else 200)


def _mag_bellen(request: Any, rij: Terugbelverzoek, ids: set[int]) -> bool:
    """Who works with the person, or the colleague who was asked for and her stand-in."""
    ik = request.medewerker
    if rij.deelnemer is not None and mag_nooit(rij.deelnemer, ik):
        return False
    mijn = rij.voor_id is not None and rij.voor_id in {ik.pk, *waarneemt_voor_ids(ik)}
    team = rij.voor is not None and bool(mijn_team_ids(ik) & mijn_team_ids(rij.voor))
    if mijn or (team and rij.deelnemer_id is None):
        return True
    return rij.deelnemer_id in ids and "dossier.wijzigen" in request.rechten


@toegang("terugbelverzoek.zien")
@require_POST
def terugbelverzoek_zet(request: Any, pk: int, actie: str) -> HttpResponse:
    """Called back, nobody answered, or no longer needed."""
    rij = get_object_or_404(zichtbaar(request.medewerker), pk=pk)
    dicht = afgeschermd(request.medewerker, [rij])
    if dicht or not _mag_bellen(request, rij, te_zien(request.medewerker, [rij])):
        raise PermissionDenied("Een collega die met deze persoon werkt, belt terug.")
    ik, actor, verval = request.medewerker, actor_van(request), VervalForm()
    try:
        match actie:
            case "gebeld":
                gebeld = GebeldForm(request.POST)
                gebeld.full_clean()
                terugbellen.bel_terug(rij, door=ik, notitie=gebeld.cleaned_data.get("notitie", ""), actor=actor)
                meld(request, "Teruggebeld", onder=f"{rij.beller} is gesproken.")
            case "geen_gehoor":
                terugbellen.geen_gehoor(rij, actor=actor)
                meld(request, "Geen gehoor vastgelegd", onder="Het verzoek blijft op de lijst.")
            case "vervallen":
                verval = VervalForm(request.POST)
                if not verval.is_valid():
                    return _blad(request, rij, GebeldForm(), verval)
                terugbellen.laat_vervallen(rij, door=ik, reden=verval.cleaned_data["reden"], actor=actor)
                meld(request, "Van de lijst gehaald")
            case _:
                meld(request, "Deze handeling bestaat niet", niveau=messages.ERROR)
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    request.lezing.toon("terugbelverzoek.bekijken", [rij.deelnemer_id] if rij.deelnemer_id else [])
    return redirect("terugbelverzoeken")
