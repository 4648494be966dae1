"""Groups: who is in it, and attendance of the whole group on one screen (R096, R097)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers.keuzes import Route
from deelnemers.toegang import zonder_verboden
from deelnemers.veiligmerk import veiligmerk
from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, kortedag, kortedatum, tijd
from kern.weigering import GEWEIGERD, neem_fouten_over
from trajecten import querysets as vragen
from trajecten.forms import GroepForm, InGroepForm, TijdForm
from trajecten.keuzes import Aanwezig
from trajecten.models import Bijeenkomst, Groep, Groepsdeelname
from trajecten.services.groepen import (
    haal_uit_groep,
    leg_aanwezigheid_vast,
    maak_groep,
    plan_bijeenkomst,
    zet_in_groep,
)
from trajecten.toegang import MENTOR
from trajecten.views.hulp import actor_van, meld, zeg_fout

TOETSEN = (
    (Aanwezig.AANWEZIG, "a"),
    (Aanwezig.TE_LAAT, "l"),
    (Aanwezig.AFGEMELD, "m"),
    (Aanwezig.ZIEK, "z"),
    (Aanwezig.NIET_VERSCHENEN, "n"),
)


def _loopt(g: Groep) -> str:
    jaar = klok.vandaag().year
    tot = f" tot {kortedatum(g.einddatum, jaar=jaar)}" if g.einddatum else ""
    return f"{kortedatum(g.begindatum, jaar=jaar)}{tot}"


KOLOMMEN = (
    Kolom(
        "naam",
        "Groep",
        kop=True,
        link=lambda g: reverse("groep", args=[g.pk]),
        onder=lambda g: g.instrument.naam,
    ),
    Kolom("trainer", "Trainer", waarde=lambda g: g.trainer.naam),
    Kolom("team", "Team", waarde=lambda g: g.team.naam),
    Kolom("bezet", "Plaatsen", waarde=lambda g: f"{g.bezet} van {g.capaciteit}", soort="getal"),
    Kolom("wacht", "Wachtlijst", waarde=lambda g: g.wacht or "", soort="getal"),
    Kolom("begindatum", "Loopt", waarde=_loopt),
)


@toegang("groep.zien", "presentie.wijzigen")
@require_GET
def groepen(request: Any) -> HttpResponse:
    """The groups of this trainer and team; the ones that run first."""
    oud = request.GET.get("toon") == "oud"
    rijen = vragen.groepen(request.medewerker)
    loopt = rijen.exclude(einddatum__lt=klok.vandaag())
    blad = Paginator(rijen.filter(einddatum__lt=klok.vandaag()) if oud else loopt, 30).get_page(
        request.GET.get("pagina")
    )
    leeg = o.Leeg("Nog geen groepen", "Groepen van jou en je team staan hier.", "groep")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Groepen", leeg=leeg),
        "chips": [
            o.Verwijzing("Loopt", o.met_query(request.GET, toon=None, pagina=None), gekozen=not oud),
            o.Verwijzing("Afgelopen", o.met_query(request.GET, toon="oud", pagina=None), gekozen=oud),
        ],
        "mag_maken": "groep.wijzigen" in request.rechten,
    }
    return render(request, "trajecten/groepen.html", context)


def _vind(request: Any, groep_id: int) -> Groep:
    return get_object_or_404(vragen.groepen(request.medewerker), pk=groep_id)


@toegang("groep.zien", "presentie.wijzigen")
@require_GET
def groep(request: Any, groep_id: int) -> HttpResponse:
    """The group with the attendance grid of one session; the session before is shown beside it."""
    rij = _vind(request, groep_id)
    bijeenkomsten = list(vragen.bijeenkomsten_van(rij)[:24])
    nu = klok.nu()
    geweest = [b for b in bijeenkomsten if b.begint_op <= nu]
    gekozen = _gekozen(request, geweest)
    vorige = next((b for b in geweest if gekozen and b.begint_op < gekozen.begint_op), None)
    dag = timezone.localdate(gekozen.begint_op) if gekozen else klok.vandaag()
    alle = list(vragen.deelnames_van(rij, dag, request.medewerker))
    deelnames = [d for d in alle if d.mag]  # type: ignore[attr-defined]
    request.lezing.toon("groep.bekijken", [d.deelnemer_id for d in deelnames])
    for d in deelnames:
        d.veiligmerk = veiligmerk(d, request.rechten)  # type: ignore[attr-defined]
    standen, eerder = vragen.standen_van(gekozen), vragen.standen_van(vorige)
    context = {
        "groep": rij,
        "conclusie": f"{aantal(rij.bezet, 'deelnemer', 'deelnemers')} van {rij.capaciteit} plaatsen. {_loopt(rij)}.",
        "bijeenkomsten": [_chip(request, b, gekozen) for b in geweest],
        "komend": [b for b in reversed(bijeenkomsten) if b.begint_op > nu],
        "gekozen": gekozen,
        "gekozen_zin": _zin(gekozen),
        "rijen": [_rooster(d, standen, eerder) for d in deelnames if not d.wachtlijst],
        "anderen": _anderen(len(alle) - len(deelnames)),
        "wachtlijst": [d for d in deelnames if d.wachtlijst],
        "toetsen": [(stand.value, stand.label, toets) for stand, toets in TOETSEN],
        "ingevuld": bool(standen),
        "mag_invullen": "presentie.wijzigen" in request.rechten,
        "mag_wijzigen": "groep.wijzigen" in request.rechten,
        "mag_scoren": "groep.scoren" in request.rechten
        and rij.instrument.route == Route.INTERN
        and MENTOR.is_mentor(rij, request.medewerker),
        "leeg": o.Leeg("Nog geen bijeenkomst geweest", "Na de eerste bijeenkomst vul je hier in wie er was.", "groep"),
    }
    return render(request, "trajecten/groep.html", context)


def _anderen(hoeveel: int) -> str:
    """Why the list is shorter than the number above it."""
    mensen = aantal(hoeveel, "deelnemer", "deelnemers")
    return f"Van {mensen} mag je het dossier niet openen, of mogen we de gegevens nu niet gebruiken." if hoeveel else ""


def _gekozen(request: Any, geweest: list[Bijeenkomst]) -> Bijeenkomst | None:
    """The session of the address, else the last one that nobody filled in, else the last one."""
    gevraagd = request.GET.get("bijeenkomst", "")
    if gevraagd.isdecimal():
        return next((b for b in geweest if b.pk == int(gevraagd)), None)
    return next((b for b in geweest if not b.ingevuld), geweest[0] if geweest else None)


def _zin(b: Bijeenkomst | None) -> str:
    if b is None:
        return ""
    begin = timezone.localtime(b.begint_op)
    return f"Bijeenkomst {b.nummer}, {kortedag(begin)} om {tijd(begin)}"


def _chip(request: Any, b: Any, gekozen: Bijeenkomst | None) -> o.Verwijzing:
    naam = kortedag(timezone.localtime(b.begint_op)) + ("" if b.ingevuld else " (nog invullen)")
    return o.Verwijzing(
        naam, o.met_query(request.GET, bijeenkomst=b.pk), gekozen=gekozen is not None and b.pk == gekozen.pk
    )


def _rooster(d: Groepsdeelname, standen: dict[int, str], eerder: dict[int, str]) -> dict[str, Any]:
    vorige = eerder.get(d.deelnemer_id, "")
    return {
        "deelname": d,
        "deelnemer": d.deelnemer,
        "veld": f"stand-{d.deelnemer_id}",
        "stand": standen.get(d.deelnemer_id, ""),
        "vorige": Aanwezig(vorige).label if vorige else "",
    }


@toegang("presentie.wijzigen")
@require_POST
def presentie(request: Any, groep_id: int, bijeenkomst_id: int) -> HttpResponse:
    """Save the attendance of the whole group at once."""
    rij = _vind(request, groep_id)
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=bijeenkomst_id, groep=rij)
    standen = {
        int(naam.removeprefix("stand-")): waarde
        for naam, waarde in request.POST.items()
        if naam.startswith("stand-") and naam.removeprefix("stand-").isdecimal()
    }
    verborgen = vragen.verborgen_in(rij, request.medewerker)
    standen = {pk: stand for pk, stand in standen.items() if pk not in verborgen}
    try:
        hoeveel = leg_aanwezigheid_vast(bijeenkomst, standen, actor=actor_van(request))
    except GEWEIGERD as fout:
        zeg_fout(request, "De aanwezigheid is niet bewaard", fout)
    else:
        request.lezing.toon("groep.presentie", list(standen))
        meld(request, "Aanwezigheid bewaard" if hoeveel else "Er was niets veranderd", onder=rij.naam)
    return redirect(f"{reverse('groep', args=[rij.pk])}?bijeenkomst={bijeenkomst.pk}")


@toegang("groep.wijzigen")
@require_http_methods(["GET", "POST"])
def nieuw(request: Any) -> HttpResponse:
    """Make a group."""
    form = GroepForm(request.POST or None, rechten=request.rechten, initial={"trainer": request.medewerker})
    if request.method == "POST" and form.is_valid():
        try:
            rij = maak_groep(actor=actor_van(request), **form.cleaned_data)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"Groep {rij.naam} is gemaakt", onder="Zet er nu bijeenkomsten en mensen in.")
            return redirect("groepen")
    return _groepsformulier(request, form, "Groep maken", reverse("groepen"))


def _groepsformulier(request: Any, form: Any, titel: str, terug: str) -> HttpResponse:
    context = {"form": form, "titel": titel, "terug_url": terug}
    return render(request, "trajecten/groep_formulier.html", context, status=400 if form.errors else 200)


@toegang("groep.wijzigen")
@require_http_methods(["GET", "POST"])
def bijeenkomst_nieuw(request: Any, groep_id: int) -> HttpResponse:
    """Add a session."""
    rij = _vind(request, groep_id)
    form = TijdForm(request.POST or None, initial={"dag": klok.vandaag(), "minuten": 120})
    form.fields.pop("dubbel_gezien")
    if request.method == "POST" and form.is_valid():
        plan_bijeenkomst(rij, *form.van_tot(), actor=actor_van(request))
        meld(request, "Bijeenkomst gepland")
        return redirect("groep", groep_id=rij.pk)
    return _groepsformulier(request, form, f"Bijeenkomst van {rij.naam}", reverse("groep", args=[rij.pk]))


@toegang("groep.wijzigen")
@require_http_methods(["GET", "POST"])
def deelnemer_erbij(request: Any, groep_id: int) -> HttpResponse:
    """Put a person in the group, or on its waiting list."""
    rij = _vind(request, groep_id)
    form = InGroepForm(request.POST or None, initial={"begindatum": max(klok.vandaag(), rij.begindatum)})
    if request.method == "POST" and form.is_valid():
        nummer = form.cleaned_data["dossiernummer"].strip()
        persoon = vragen.te_plaatsen(rij, request.medewerker).filter(dossiernummer=nummer).first()
        if persoon is None:
            form.add_error(
                "dossiernummer",
                f"Niemand met dit nummer heeft {rij.instrument.naam} in het plan. Controleer het nummer, of zet het "
                "eerst in het plan van deze persoon.",
            )
        else:
            try:
                c = form.cleaned_data
                deelname = zet_in_groep(
                    rij, persoon, c["begindatum"], reden=c.get("reden", ""), actor=actor_van(request)
                )
            except GEWEIGERD as fout:
                neem_fouten_over(form, fout)
            else:
                request.lezing.toon("groep.bekijken", [persoon.pk])
                meld(
                    request,
                    f"{persoon.naam} staat {'op de wachtlijst' if deelname.wachtlijst else 'in de groep'}",
                )
                return redirect("groep", groep_id=rij.pk)
    form.alleen_als_nodig("reden")
    return _groepsformulier(request, form, f"Iemand in {rij.naam} zetten", reverse("groep", args=[rij.pk]))


@toegang("groep.wijzigen")
@require_POST
def deelnemer_eruit(request: Any, groep_id: int, deelname_id: int) -> HttpResponse:
    """End the participation; the first on the waiting list gets the place."""
    rij = _vind(request, groep_id)
    rijen = zonder_verboden(Groepsdeelname.objects.select_related("deelnemer"), request.medewerker)
    deelname = get_object_or_404(rijen, pk=deelname_id, groep=rij)
    if deelname.einddatum is not None:
        raise PermissionDenied("Deze deelname is al beëindigd.")
    haal_uit_groep(deelname, klok.vandaag(), actor=actor_van(request))
    meld(
        request,
        f"{deelname.deelnemer.naam} gaat uit de groep",
        onder="De eerste van de wachtlijst krijgt de plek.",
    )
    return redirect("groep", groep_id=rij.pk)
