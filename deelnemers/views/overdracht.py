"""Handing one person over: offer, the card, accept or refuse, and the list of both sides (R019)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import overdrachtvragen as vragen
from deelnemers.models import Deelnemer, Overdracht
from deelnemers.overdrachtforms import AanbiedForm, AannemenForm, WeigerForm
from deelnemers.services import overdragen
from deelnemers.toegang import DOSSIER
from deelnemers.toestanden import OVERDRACHT
from deelnemers.views.hulp import actor_van, met_dossier, naar_persoon
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum, kortedatum
from kern.weigering import GEWEIGERD, probeer, zin


@toegang("caseload.zien", "caseload.toewijzen")
@require_http_methods(["GET", "POST"])
@met_dossier("overdracht.aanbieden")
def aanbieden(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Offer this person to a colleague, with the load of each colleague in sight."""
    if not overdragen.mag_aanbieden(deelnemer, request.medewerker, request.rechten):
        raise PermissionDenied("Alleen de regievoerder, wie waarneemt of de teammanager draagt dit dossier over.")
    open_ = Overdracht.objects.filter(deelnemer=deelnemer, status="aangeboden").first()
    if open_ is not None:
        return redirect("overdracht", pk=open_.pk)
    groepen = vragen.consulenten_per_team(request.medewerker, {deelnemer.regievoerder_id or 0})
    last = vragen.last_van([m.pk for _, groep in groepen for m in groep])
    form = AanbiedForm(ingevuld(request), groepen=groepen, last=last, initial={"vanaf": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        rij = probeer(
            form,
            lambda: overdragen.bied_aan(
                deelnemer, door=request.medewerker, actor=actor_van(request), **form.cleaned_data
            ),
        )
        if rij:
            meld(request, f"Aangeboden aan {rij.naar.naam}", onder="Jij houdt de regie tot je collega aanneemt.")
            return redirect("overdracht", pk=rij.pk)
    context = {
        "deelnemer": deelnemer,
        "form": form,
        "kaart": vragen.kaartgegevens(request, deelnemer),
    }
    return render(request, "deelnemers/overdracht_nieuw.html", context, status=400 if form.errors else 200)


@toegang("caseload.zien", "caseload.toewijzen")
@require_GET
def overdrachten(request: Any) -> HttpResponse:
    """Both sides of every transfer that this member of staff has to do with."""
    lijst = vragen.op_de_lijst(request.medewerker, request.rechten)
    request.lezing.toon("overdracht.lijst", [r.deelnemer_id for rijen in lijst.values() for r in rijen])
    context = {
        "aan_mij": lijst.get("aan_mij", []),
        "van_mij": _tabel(request, lijst.get("van_mij", []), "Waar jij op wacht"),
        "van_team": _tabel(request, lijst["van_team"], "In je team") if lijst.get("van_team") else None,
        "beantwoord": _tabel(request, lijst["beantwoord"], "Beantwoord") if lijst.get("beantwoord") else None,
        "leeg_aan": _NIEMAND,
    }  # fmt: skip
    return render(request, "deelnemers/overdrachten.html", context)


_NIEMAND = o.Leeg(
    "Niemand bood je iemand aan", "Biedt een collega je iemand aan, dan zie je dat ook bij Vandaag.", "inbak"
)
_KOLOMMEN = (
    Kolom("naam", "Persoon", kop=True, waarde=lambda r: r.deelnemer.naam, onder=lambda r: r.deelnemer.dossiernummer,
          link=lambda r: reverse("overdracht", args=[r.pk])),
    Kolom("van", "Van", waarde=lambda r: r.van.naam),
    Kolom("naar", "Naar", waarde=lambda r: r.naar.naam),
    Kolom("vanaf", "Per", weergave=kortedatum),
    Kolom("stand", "Stand", waarde=lambda r: o.toestandmerk(OVERDRACHT.toestand(r.status), uitleg=False),
          onder=lambda r: f"sinds {kortedatum(r.status_sinds)}"),
)  # fmt: skip


def _tabel(request: Any, rijen: list[Overdracht], bijschrift: str) -> Tabel:
    leeg = o.Leeg(
        "Je wacht op niemand", "Draag iemand over vanuit het dossier, of je hele caseload tegelijk.", "vinkrond"
    )
    return Tabel.van(request, _KOLOMMEN, rijen, bijschrift=bijschrift, leeg=leeg)


def _vind(request: Any, pk: int) -> Overdracht:
    return get_object_or_404(vragen.zichtbare_overdrachten(request.medewerker, request.rechten), pk=pk)


@toegang("caseload.zien", "caseload.toewijzen")
@require_GET
def overdracht(request: Any, pk: int) -> HttpResponse:
    """The card of one transfer, with the answer below it."""
    return _kaart(request, _vind(request, pk), AannemenForm(initial={"vanaf": klok.vandaag()}), WeigerForm())


def _kaart(request: Any, rij: Overdracht, ja: AannemenForm, nee: WeigerForm) -> HttpResponse:
    request.lezing.toon("overdracht.bekijken", [rij.deelnemer_id])
    open_dossier = DOSSIER.mag(rij.deelnemer, request.medewerker)
    ik = request.medewerker
    if not ja.is_bound:
        ja.initial["vanaf"] = max(rij.vanaf, klok.vandaag())
    if open_dossier:
        naar_persoon(request, rij.deelnemer, DOSSIER.grond(rij.deelnemer, ik))
    context = {
        "rij": rij,
        "merk": o.toestandmerk(OVERDRACHT.toestand(rij.status)),
        "kaart": vragen.kaartgegevens(request, rij.deelnemer, rij) if open_dossier else None,
        "ja": ja if overdragen.mag_beantwoorden(rij, ik) else None,
        "nee": nee,
        "mag_intrekken": overdragen.mag_intrekken(rij, ik, request.rechten),
        "mag_gezien": rij.status in {"aangenomen", "geweigerd"}
        and rij.gezien_op is None
        and overdragen.handelt_voor(ik, rij.aangeboden_door_id),
        "opnieuw": rij.status in {"geweigerd", "ingetrokken"}
        and overdragen.mag_aanbieden(rij.deelnemer, ik, request.rechten),
    }
    fout = bool(ja.errors or nee.errors)
    return render(request, "deelnemers/overdracht.html", context, status=400 if fout else 200)


@toegang("caseload.zien", "caseload.toewijzen")
@require_POST
def overdracht_zet(request: Any, pk: int, actie: str) -> HttpResponse:
    """Accept, refuse, take back, or say that the answer was read."""
    rij, ik, actor = _vind(request, pk), request.medewerker, actor_van(request)
    ja, nee = AannemenForm(), WeigerForm()
    try:
        if actie == "aannemen":
            ja = AannemenForm(request.POST)
            if not ja.is_valid():
                return _kaart(request, rij, ja, nee)
            _vereis(overdragen.handelt_voor(ik, rij.naar_id))
            rij = overdragen.neem_aan(rij, door=ik, vanaf=ja.cleaned_data["vanaf"], actor=actor)
            meld(request, f"Jij neemt {rij.deelnemer.naam} over", onder=f"De regie gaat over op {datum(rij.vanaf)}.")
        elif actie == "weigeren":
            nee = WeigerForm(request.POST)
            if not nee.is_valid():
                return _kaart(request, rij, ja, nee)
            _vereis(overdragen.handelt_voor(ik, rij.naar_id))
            overdragen.weiger(rij, door=ik, reden=nee.cleaned_data["reden"], actor=actor)
            meld(request, "Niet aangenomen", onder=f"{rij.van.naam} houdt de regie en leest je reden.")
            return redirect("overdrachten")
        elif actie == "intrekken":
            _vereis(rij.status != "aangeboden" or overdragen.mag_intrekken(rij, ik, request.rechten))
            overdragen.trek_in(rij, actor=actor)
            meld(request, "Overdracht ingetrokken")
        elif actie == "gezien":
            _vereis(overdragen.handelt_voor(ik, rij.aangeboden_door_id))
            overdragen.markeer_gezien(rij, actor=actor)
            meld(request, "Gelezen", onder="Het antwoord staat niet meer op Vandaag.")
            return redirect("overdrachten")
        else:
            raise Http404("Deze handeling bestaat niet.")
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    return redirect("overdracht", pk=pk)


def _vereis(mag: bool) -> None:
    if not mag:
        raise PermissionDenied("Dit doet de andere kant van deze overdracht.")


@toegang("caseload.zien", "caseload.toewijzen")
@require_POST
def overdrachten_zet(request: Any) -> HttpResponse:
    """Accept all that was ticked, each on its own day."""
    gekozen = {int(w) for w in request.POST.getlist("overdracht") if w.isdecimal()}
    rijen = vragen.zichtbare_overdrachten(request.medewerker, request.rechten).filter(pk__in=gekozen).order_by("pk")
    rijen_ = [r for r in rijen if overdragen.mag_beantwoorden(r, request.medewerker)]
    request.lezing.toon("overdracht.lijst", [r.deelnemer_id for r in rijen_])
    if not rijen_:
        meld(request, "Kies eerst wie je overneemt", niveau=messages.WARNING)
        return redirect("overdrachten")
    gelukt, niet = overdragen.neem_velen_aan(rijen_, door=request.medewerker, actor=actor_van(request))
    if gelukt:
        meld(request, f"Jij neemt {aantal(len(gelukt), 'persoon', 'mensen')} over")
    for rij, waarom in niet:
        meld(request, f"{rij.deelnemer.naam} niet overgenomen", onder=waarom, niveau=messages.WARNING)
    return redirect("overdrachten")
