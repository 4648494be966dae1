"""An employment: the list, everything about one, and what changes in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.querysets import in_doelgroep
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.aansluitingen import acties, panelen
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum, euro, getal, hoofdletter, kortedatum, uren
from kern.weigering import IntussenGewijzigd, probeer
from werkgevers import dienstverbandvragen as vragen
from werkgevers.dienstverbandwerk import meten_op
from werkgevers.forms_dienstverband import ContractForm, DienstverbandFilter, EindeForm, JobcoachForm, WijzigForm
from werkgevers.keuzes import Loonwaarderoute, NoRisk
from werkgevers.models import Dienstverband, Loonwaardemeting, Ziekteperiode
from werkgevers.services import dienstverband as dienst
from werkgevers.views.hulp import formulier
from werkgevers.views.loonwaarde import meetgrafiek, meetlijst

#: Who tells what changed: the jobcoach, or who handles the change form of an employer.
WIJZIGEN = ("plaatsing.wijzigen", "subsidie.behandelen")
ZIEKTE = ("dossier.bijzonder", "subsidie.behandelen")
#: A jobcoach opens the dossier: only who may do that says who it is.
COACH = ("dossier.wijzigen", "caseload.toewijzen")
METEN = "loonwaarde.wijzigen"
PER_BLADZIJDE = 50


def _kort(dag: dt.date) -> str:
    """With the year when it is not this one: an employment lasts for years."""
    return kortedatum(dag, jaar=klok.vandaag().year)


def _tot(d: Dienstverband) -> o.Merk | str:
    if d.einddatum:
        return o.Merk(f"Gestopt {_kort(d.einddatum)}")
    return f"Tot en met {_kort(d.contract_tot)}" if d.contract_tot else "Geen einde"


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Wie",
        kop=True,
        waarde=lambda d: d.deelnemer.naam,
        link=lambda d: reverse("dienstverband", args=[d.pk]),
        onder=lambda d: d.functie,
    ),
    Kolom("soort", "Soort", waarde=lambda d: hoofdletter(d.get_soort_display())),
    Kolom("werkgever", "Werkgever", waarde=lambda d: d.feitelijke_werkgever.naam),
    Kolom("uren_per_week", "Uren per week", weergave=uren),
    Kolom("jobcoach", "Jobcoach", waarde=lambda d: d.jobcoach.naam if d.jobcoach else "Niemand"),
    Kolom("contract", "Contract", waarde=_tot, breed=True),
)


@toegang("plaatsing.zien")
@require_safe
def dienstverbanden(request: Any) -> HttpResponse:
    """Running employments, with filters; in order of name."""
    filter_ = DienstverbandFilter(request.GET or None)
    zet_doelgroepen(filter_, request.rechten)
    keuze = dict(filter_.cleaned_data) if filter_.is_valid() else {}
    gefilterd, groep = any(keuze.values()), keuze.pop("doelgroep", "")
    rijen = in_doelgroep(vragen.dienstverbanden(request.medewerker, **keuze), groep)
    rijen = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("dienstverband.lijst", [d.deelnemer_id for d in rijen])
    leeg = o.Leeg("Nog geen dienstverbanden", "Wie je plaatst bij een werkgever, komt hier te staan.", "hand")
    if gefilterd:
        leeg = o.Leeg("Niemand met dit filter", "Haal een filter weg om meer te zien.", "filter")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, rijen, bijschrift="Dienstverbanden", leeg=leeg),
        "balk": o.filterbalk(request, filter_),
        "hoeveel": rijen.paginator.count,
    }
    return render(request, "werkgevers/dienstverbanden.html", context)


def haal(request: Any, pk: int) -> Dienstverband:
    """The employment under the access rule; notes the reading."""
    rij = get_object_or_404(vragen.dienstverbanden(request.medewerker, alles=True), pk=pk)
    request.lezing.toon("dienstverband.bekijken", [rij.deelnemer_id])
    return rij


def terug_naar(rij: Dienstverband) -> o.Verwijzing:
    return o.Verwijzing(f"Werk van {rij.deelnemer.naam}", reverse("dienstverband", args=[rij.pk]))


def mag(request: Any, *rechten: str) -> bool:
    return bool(request.rechten.intersection(rechten))


@toegang("plaatsing.zien")
@require_safe
def dienstverband(request: Any, pk: int) -> HttpResponse:
    """One employment: what holds now and held before, sickness, wage value, and what higher rooms add."""
    rij = haal(request, pk)
    alle = list(vragen.alle_metingen(rij))
    metingen = sorted((m for m in alle if m.vervangen_op is None), key=lambda m: (m.geldig_vanaf, m.pk))
    ziekte = list(vragen.ziekte_van(rij)) if mag(request, *ZIEKTE) else []
    context = {
        "rij": rij,
        "stand": o.Merk(f"Gestopt op {_kort(rij.einddatum)}") if rij.einddatum else o.Merk("Loopt", "goed"),
        "knoppen": _knoppen(request, rij),
        "feiten": _feiten(request, rij),
        "contract": _contract(rij),
        "perioden": [_periode(p) for p in reversed(vragen.perioden_van(rij).select_related(*_WERKGEVERS))],
        "werkvormen": list(vragen.werkvormen_van(rij)) if rij.werkvorm else [],
        "toon_ziekte": mag(request, *ZIEKTE),
        "ziekte": [(z, _ziektemerken(z, rij)) for z in reversed(ziekte)],
        "meten": _meten(rij, metingen),
        "metingen": meetlijst(alle),
        "grafiek": meetgrafiek(metingen),
        "mag_meten": METEN in request.rechten,
        "mag_oordeel": mag(request, METEN, "plaatsing.wijzigen"),
        "mag_wijzigen": mag(request, *WIJZIGEN) and rij.einddatum is None,
        "mag_coach": mag(request, *COACH) and rij.einddatum is None,
        "panelen_hoofd": panelen.panelen("dienstverband", request, rij, "hoofd"),
        "panelen_zij": panelen.panelen("dienstverband", request, rij, "zij"),
    }
    return render(request, "werkgevers/dienstverband.html", context)


_WERKGEVERS = ("formele_werkgever", "feitelijke_werkgever")


def _knoppen(request: Any, rij: Dienstverband) -> list[o.Knop]:
    van_anderen = acties.knoppen("dienstverband", request, rij)
    uit = [o.Knop(k.label, k.url, k.icoon, post=k.post, sneltoets=k.sneltoets) for k in van_anderen]
    if mag(request, *WIJZIGEN):
        uit.append(o.Knop("Uren of functie wijzigen", reverse("dienstverband_wijzigen", args=[rij.pk]), "pen"))
    if METEN in request.rechten and rij.loonwaarderoute != Loonwaarderoute.GEEN:
        uit.append(o.Knop("Loonwaarde vastleggen", reverse("loonwaarde_nieuw", args=[rij.pk]), "grafiek", hoofd=True))
    return uit


def _werkgeverfeit(request: Any, label: str, werkgever: Any) -> o.Feit:
    ziet = "werkgever.zien" in request.rechten
    return o.Feit(label, werkgever.naam, url=reverse("werkgever", args=[werkgever.pk]) if ziet else "")


def _feiten(request: Any, rij: Dienstverband) -> list[o.Feit]:
    feiten = [_werkgeverfeit(request, "Waar is het werk", rij.feitelijke_werkgever)]
    if rij.formele_werkgever_id != rij.feitelijke_werkgever_id:
        feiten.append(_werkgeverfeit(request, "Wie betaalt het loon", rij.formele_werkgever))
    feiten += [
        o.Feit("Uren", f"{uren(rij.uren_per_week)} per week", onder=f"voltijd is {uren(rij.uren_voltijd)}"),
        o.Feit("Jobcoach", rij.jobcoach.naam if rij.jobcoach else "Nog niemand"),
        o.Feit("Contact", f"elke {aantal(rij.ritme_weken, 'week', 'weken')}"),
        o.Feit("Laatste contact", datum(rij.laatste_contact_op) if rij.laatste_contact_op else "Nog niet"),
    ]
    if rij.plaatsing_id:
        feiten.append(o.Feit("Plaatsing", "Naar de nazorg", url=reverse("plaatsing", args=[rij.plaatsing_id])))
    return feiten


def _contract(rij: Dienstverband) -> list[o.Feit]:
    feiten = [
        o.Feit("Begin", datum(rij.begindatum)),
        o.Feit("Contract", f"tot en met {datum(rij.contract_tot)}" if rij.contract_tot else "zonder einde"),
    ]
    if rij.bruto_uurloon:
        feiten.append(o.Feit("Loon", f"{euro(rij.bruto_uurloon)} per uur"))
    if rij.banenafspraak:
        feiten.append(o.Feit("Banenafspraak", "telt mee"))
    if rij.einddatum:
        feiten.append(o.Feit("Laatste dag", datum(rij.einddatum), onder=rij.einde_reden))
    return feiten


def _periode(p: Any) -> dict[str, Any]:
    wat = [f"{uren(p.uren_per_week)} per week (voltijd {uren(p.uren_voltijd)})", p.functie, p.feitelijke_werkgever.naam]
    if p.formele_werkgever_id != p.feitelijke_werkgever_id:
        wat.append(f"loon van {p.formele_werkgever.naam}")
    if p.functieloon_percentage_wml:
        wat.append(f"functieloon {getal(p.functieloon_percentage_wml, 2, altijd=False)} procent van het minimumloon")
    herkomst = f"Volgens {p.get_bron_display()}"
    if p.doorgegeven_op:
        herkomst += f", doorgegeven op {datum(p.doorgegeven_op)}"
    return {"periode": p, "wat": ", ".join(wat), "reden": p.reden, "herkomst": f"{herkomst}."}


_WIE_BETAALT = {
    NoRisk.JA: o.Merk("UWV betaalt", "info"),
    NoRisk.NEE: o.Merk("Werkgever betaalt"),
    NoRisk.ONBEKEND: o.Merk("Vraag wie betaalt", "let-op"),
}


def _ziektemerken(z: Ziekteperiode, rij: Dienstverband) -> list[o.Merk]:
    loopt = z.einddatum is None
    merken = [o.Merk("Nog ziek", "let-op")] if loopt else []
    if rij.loonwaarderoute != Loonwaarderoute.GEEN:
        merken.append(_WIE_BETAALT[NoRisk(z.no_risk)])
    return merken


def _meten(rij: Dienstverband, metingen: list[Loonwaardemeting]) -> dict[str, Any]:
    """What holds now, and when to measure again."""
    dag, vandaag = meten_op(rij, metingen), klok.vandaag()
    nu = vragen.meting_op(metingen, vandaag)
    zin = f"De loonwaarde is nu {nu.percentage} procent." if nu else ""
    if not nu and rij.loonwaarderoute == Loonwaarderoute.FORFAIT:
        zin = "Het vaste percentage geldt. Er is nog niet gemeten."
    elif not nu and dag is not None:
        zin = "Er is nog niet gemeten."
    merk = None
    if dag is not None and rij.einddatum is None:
        laat = dag <= vandaag
        tekst = f"Meten, sinds {_kort(dag)}" if laat else f"Volgende meting {_kort(dag)}"
        merk = o.Merk(tekst, "let-op" if laat else "info")
    return {"zin": zin, "merk": merk, "nodig": dag is not None}


# --- Change ----------------------------------------------------------------------------------------------------------
@toegang(*WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: Any, pk: int) -> HttpResponse:
    """Other hours, function or employer from a day on, also in the past."""
    rij = haal(request, pk)
    form = WijzigForm(ingevuld(request), initial={"versie": rij.versie, "bron": "werkgever"}, rij=rij)
    if request.method == "POST" and form.is_valid() and _wijzig(request, rij, form):
        meld(request, "De wijziging is bewaard", onder=f"Zij geldt vanaf {datum(form.cleaned_data['vanaf'])}.")
        return redirect("dienstverband", pk=pk)
    return formulier(request, form, f"Werk van {rij.deelnemer.naam} wijzigen", "Bewaren", terug_naar(rij))


def _wijzig(request: Any, rij: Dienstverband, form: WijzigForm) -> bool:
    schoon = form.cleaned_data
    try:
        gedaan = probeer(
            form,
            lambda: dienst.wijzig_dienstverband(
                rij,
                schoon["vanaf"],
                reden=schoon["reden"],
                bron=schoon["bron"],
                doorgegeven_op=schoon["doorgegeven_op"],
                versie=schoon["versie"] or 0,
                actor=actor_van(request),
                **form.anders,
            ),
        )
    except IntussenGewijzigd as fout:
        form.toon_wat_anders_is(fout)
        return False
    return bool(gedaan)


@toegang(*WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: Any, pk: int) -> HttpResponse:
    """Another last day of the contract."""
    rij = haal(request, pk)
    form = ContractForm(ingevuld(request), initial={"contract_tot": rij.contract_tot, "versie": rij.versie})
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        versie = schoon["versie"] or 0
        if probeer(
            form,
            lambda: dienst.wijzig_contract(rij, schoon["contract_tot"], versie=versie, actor=actor_van(request)),
        ):
            meld(request, "Het contract is bewaard")
            return redirect("dienstverband", pk=pk)
    return formulier(request, form, f"Contract van {rij.deelnemer.naam}", "Bewaren", terug_naar(rij))


@toegang(*COACH)
@require_http_methods(["GET", "HEAD", "POST"])
def jobcoach(request: Any, pk: int) -> HttpResponse:
    """Another jobcoach."""
    rij = haal(request, pk)
    form = JobcoachForm(ingevuld(request), initial={"jobcoach": rij.jobcoach_id, "versie": rij.versie})
    goed = request.method == "POST" and form.is_valid()
    schoon = form.cleaned_data if goed else {}
    if goed and probeer(
        form,
        lambda: dienst.wijs_jobcoach_aan(
            rij, schoon["jobcoach"], versie=schoon["versie"] or 0, actor=actor_van(request)
        ),
    ):
        meld(request, f"{schoon['jobcoach'].naam} is nu jobcoach", onder="Het dossier staat open voor deze collega.")
        return redirect("dienstverband", pk=pk)
    titel = f"Jobcoach van {rij.deelnemer.naam}"
    return formulier(request, form, titel, "Bewaren", terug_naar(rij))


@toegang(*WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: Any, pk: int) -> HttpResponse:
    """The employment ends."""
    rij = haal(request, pk)
    form = EindeForm(ingevuld(request), initial={"laatste_dag": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        if probeer(
            form,
            lambda: dienst.beeindig_dienstverband(
                rij, schoon["laatste_dag"], schoon["reden"], actor=actor_van(request)
            ),
        ):
            meld(request, "Het dienstverband is beëindigd")
            return redirect("dienstverband", pk=pk)
    uitleg = "Hoort er een plaatsing bij, beëindig dan de plaatsing." if rij.plaatsing_id else ""
    titel = f"Werk van {rij.deelnemer.naam} beëindigen"
    return formulier(request, form, titel, "Beëindigen", terug_naar(rij), uitleg=uitleg)
