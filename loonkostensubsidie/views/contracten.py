"""Contracts under older schemes: the comparison with the old system, one contract, and taking it over."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kern import klok
from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Feit, Knop, Leeg, Merk, filterbalk, toestandmerk
from kern.tabel import Kolom, Tabel
from kern.toegang import heeft_recht, toegang
from kern.weergave import HARDE_SPATIE, MAANDEN, aantal, datum, euro, getal, hoofdletter
from kern.weigering import probeer
from kern.xlsxblad import Blad, bestand
from loonkostensubsidie import contractvragen as vragen
from loonkostensubsidie.contractforms import Afsprakenform, Besluitform, Overneemform, Redenform, Vergelijkfilter
from loonkostensubsidie.contracttoegang import ZIEN
from loonkostensubsidie.keuzes import Richting, Schaduwstand
from loonkostensubsidie.models import Contract, Contractvoorwaarde, Schaduwbedrag
from loonkostensubsidie.services import contract as dienst
from loonkostensubsidie.termenbeeld import stappen, toon_termen
from loonkostensubsidie.toestanden import CONTRACT
from regelgeving.services import keur_goed, trek_in, wijs_af
from regelgeving.voorstellen import mag_beslissen

PER_BLADZIJDE = 50
_KLEUR = {
    Schaduwstand.GELIJK: "goed",
    Schaduwstand.CENT: "info",
    Schaduwstand.ANDERS: "let-op",
    Schaduwstand.NIET: "fout",
}


def maandnaam(maand: Any) -> str:
    """maart 2014."""
    return f"{MAANDEN[maand.month - 1]} {maand.year}"


def _merk(rij: Schaduwbedrag) -> Merk:
    tekst = "Eén cent" if rij.stand == Schaduwstand.CENT else hoofdletter(rij.get_stand_display())
    return Merk(tekst, _KLEUR[Schaduwstand(rij.stand)])  # type: ignore[arg-type]


def _verschil(rij: Schaduwbedrag) -> str:
    if rij.verschil is None:
        return "–"
    bedrag = euro(rij.verschil)
    return bedrag.replace(HARDE_SPATIE, f"{HARDE_SPATIE}+") if rij.verschil > 0 else bedrag


KOLOMMEN = (
    Kolom(
        "contract",
        "Contract",
        kop=True,
        waarde=lambda r: r.contract.deelnemer.naam,
        link=lambda r: reverse("contract", args=[r.contract.kenmerk]),
        onder=lambda r: f"{r.contract.regeling.naam} · {r.contract.extern_nummer}",
    ),
    Kolom("werkgever", "Werkgever", waarde=lambda r: r.contract.werkgever.naam),
    Kolom("maand", "Maand", weergave=maandnaam),
    Kolom("oud_bedrag", "Oud", weergave=euro, soort="getal"),
    Kolom(
        "nieuw_bedrag", "Wij", waarde=lambda r: "–" if r.nieuw_bedrag is None else euro(r.nieuw_bedrag), soort="getal"
    ),
    Kolom("verschil", "Verschil", waarde=_verschil, soort="getal"),
    Kolom("stand", "Uitkomst", waarde=_merk, onder=lambda r: r.fout),
)


def _keuze(request: Any) -> tuple[Vergelijkfilter, QuerySet[Schaduwbedrag], bool]:
    filter_ = Vergelijkfilter(request.GET or None, maanden=vragen.maanden(request.medewerker))
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    return filter_, vragen.vergelijkingen(request.medewerker, **keuze), any(keuze.values())


@toegang(*ZIEN)
@require_safe
def contracten(request: Any) -> HttpResponse:
    """Per contract and month the old amount beside ours, with totals."""
    filter_, rijen, gefilterd = _keuze(request)
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("contracten.bekijken", [rij.contract.deelnemer_id for rij in pagina])
    lezen = Knop("Contracten inlezen", reverse("contractleveringen"), hoofd=True)
    leeg = Leeg(
        "Nog geen contracten", "Lees een bestand met lopende contracten in. Je ziet hier dan elk verschil.", knop=lezen
    )
    if gefilterd:
        leeg = Leeg("Geen contracten met dit filter", "Haal een filter weg om meer te zien.", "filter")
    som = vragen.totalen(rijen)
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Vergelijking per contract en maand", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "feiten": _totaalfeiten(som) if som["aantal"] else [],
        "export": f"{reverse('contracten_export')}?{request.GET.urlencode()}" if som["aantal"] else "",
        "mag_inlezen": heeft_recht(request.rechten, "subsidie.behandelen"),
    }
    return render(request, "loonkostensubsidie/contracten.html", context)


def _totaalfeiten(som: dict[str, Any]) -> list[Feit]:
    standen = [
        Feit(hoofdletter(stand.label), getal(som["per_stand"][stand]))
        for stand in Schaduwstand
        if stand in som["per_stand"]
    ]
    oud, nieuw = som["oud"], som["nieuw"]
    if oud is None:
        return standen
    return [
        *standen,
        Feit("Oude systeem samen", euro(oud)),
        Feit("Wij samen", euro(nieuw)),
        Feit("Verschil", euro(nieuw - oud)),
    ]


_EXPORT = (
    ("Contract", lambda r: r.contract.extern_nummer),
    ("Persoon", lambda r: r.contract.deelnemer.naam),
    ("Regeling", lambda r: r.contract.regeling.naam),
    ("Werkgever", lambda r: r.contract.werkgever.naam),
    ("Maand", lambda r: maandnaam(r.maand)),
    ("Oude systeem", lambda r: r.oud_bedrag),
    ("Wij", lambda r: r.nieuw_bedrag),
    ("Verschil", lambda r: r.verschil),
    ("Uitkomst", lambda r: r.get_stand_display()),
    ("Waarom niet te berekenen", lambda r: r.fout),
    ("Stand van het contract", lambda r: CONTRACT.toestand(r.contract.status).label),
)


@toegang(*ZIEN)
@require_safe
@never_cache
def contracten_export(request: Any) -> FileResponse:
    """The comparison as a spreadsheet; everybody in it is in the read log."""
    rijen = list(_keuze(request)[1])
    request.lezing.toon("contracten.export", [rij.contract.deelnemer_id for rij in rijen])
    koppen, lezers = [kop for kop, _ in _EXPORT], [lees for _, lees in _EXPORT]
    blad = Blad("Vergelijking", koppen, ([lees(rij) for lees in lezers] for rij in rijen))  # type: ignore[no-untyped-call]
    return bestand(f"vergelijking-{klok.vandaag().isoformat()}.xlsx", blad)


# --- One contract --------------------------------------------------------------------------------------------------
def _haal(request: Any, kenmerk: uuid.UUID) -> Contract:
    rij = vragen.contract(request.medewerker, kenmerk)
    if rij is None:
        raise Http404
    request.lezing.toon("contract.bekijken", [rij.deelnemer_id])
    return rij


@toegang(*ZIEN)
@require_safe
def contract(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One contract: what is agreed, the months beside the old system with every step, and what can be done."""
    rij = _haal(request, kenmerk)
    return render(request, "loonkostensubsidie/contract.html", _beeld(request, rij))


def _beeld(request: Any, rij: Contract) -> dict[str, Any]:
    voorstel = vragen.open_voorstel(rij)
    gebruiker, rechten = request.user.pk, request.rechten
    return {
        "contract": rij,
        "stand": toestandmerk(CONTRACT.toestand(rij.status)),
        "feiten": _feiten(rij),
        "voorwaarden": [
            {"periode": _periode(v), "tekst": toon_termen(v.rekenwijze, v.termen), "bron": v.bron}
            for v in rij.voorwaarden.order_by("-begindatum", "-pk")
        ],
        "maanden": [
            {
                "rij": s,
                "naam": hoofdletter(maandnaam(s.maand)),
                "merk": _merk(s),
                "oud": euro(s.oud_bedrag),
                "wij": "niet te berekenen" if s.nieuw_bedrag is None else euro(s.nieuw_bedrag),
                "verschil": _verschil(s),
                "delen": stappen(s.specificatie),
            }
            for s in rij.schaduwbedragen.order_by("-maand", "-pk")
        ],
        "acties": [stap for stap in CONTRACT.acties(rij, rechten) if _mag(stap.actie, rij, gebruiker)],
        "mag_wijzigen": rij.status != "vervallen" and voorstel is None and heeft_recht(rechten, "subsidie.behandelen"),
        "voorstel": voorstel,
        "voorsteltekst": toon_termen(voorstel.inhoud["rekenwijze"], voorstel.inhoud["termen"]) if voorstel else "",
        "besluitform": Besluitform(),
        "mag_beslissen": voorstel is not None and mag_beslissen(voorstel, gebruiker, rechten),
        "mag_intrekken": voorstel is not None and voorstel.voorgesteld_door_id == gebruiker,
    }


def _mag(actie: str, rij: Contract, gebruiker: int) -> bool:
    """Taking over is for somebody else than who nominated it."""
    return actie != "overnemen" or rij.voorgedragen_door_id != gebruiker


def _periode(rij: Contractvoorwaarde | Contract) -> str:
    einde = f" tot en met {datum(rij.einddatum)}" if rij.einddatum else ", loopt door"
    return f"vanaf {datum(rij.begindatum)}{einde}"


def _feiten(rij: Contract) -> list[Feit]:
    inlener = "Inlener" if rij.richting == Richting.FACTUREREN else "Werkgever"
    uit = [
        Feit("Regeling", rij.regeling.naam, onder=rij.regeling.grondslag),
        Feit(inlener, rij.werkgever.naam),
        Feit("Contract", rij.extern_nummer, onder=_periode(rij)),
        Feit("Uren per week", getal(rij.dienstverband.uren_per_week, 1, altijd=False)),
        Feit("Geld", "De inlener betaalt ons" if rij.richting == Richting.FACTUREREN else "Wij betalen de werkgever"),
    ]
    if rij.voorgedragen_door is not None:
        uit.append(Feit("Voorgedragen door", rij.voorgedragen_door.naam, onder=rij.reden))
    if rij.subsidie is not None:
        uit.append(Feit("In bedrijf", f"vanaf {datum(rij.subsidie.begindatum)}", onder=rij.subsidie.nummer))
    return uit


_DOE: dict[str, Any] = {
    "voordragen": dienst.draag_voor,
    "terugnemen": dienst.neem_terug,
    "laten_vervallen": dienst.laat_vervallen,
}
_GEDAAN = {
    "voordragen": ("Het contract is voorgedragen", "Een collega bekijkt het en neemt het over."),
    "terugnemen": ("Het contract wordt weer vergeleken", ""),
    "laten_vervallen": ("Het contract is vervallen", "We nemen het niet over."),
    "overnemen": ("Het contract is in bedrijf", "Het bedrag komt vanaf nu uit dit systeem."),
}


@toegang(*ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_stap(request: Any, kenmerk: uuid.UUID, actie: str) -> HttpResponse:
    """Nominate, take back, take over or let go."""
    rij = _haal(request, kenmerk)
    stap = next((s for s in CONTRACT.acties(rij, request.rechten) if s.actie == actie), None)
    if stap is None or actie not in _GEDAAN:
        meld(request, "Dit kan nu niet", onder=f"De status is ‘{CONTRACT.toestand(rij.status).label}’.")
        return redirect("contract", kenmerk=rij.kenmerk)
    form: Any = Overneemform(ingevuld(request)) if actie == "overnemen" else Redenform(ingevuld(request))
    if form.is_valid() and probeer(
        form, lambda: _zet(actie, rij, form.cleaned_data, Actor.van_gebruiker(request.user))
    ):
        titel, onder = _GEDAAN[actie]
        meld(request, titel, onder=onder)
        return redirect("contract", kenmerk=rij.kenmerk)
    context = {"contract": rij, "form": form, "titel": stap.label, "knop": stap.label, "uitleg": _uitleg(rij, actie)}
    return render(request, "loonkostensubsidie/contract_stap.html", context, status=400 if form.errors else 200)


def _zet(actie: str, rij: Contract, schoon: dict[str, Any], actor: Actor) -> Any:
    if actie == "overnemen":
        return dienst.neem_over(rij, schoon["vanaf"], actor=actor)
    return _DOE[actie](rij, schoon["reden"], actor=actor)


def _uitleg(rij: Contract, actie: str) -> str:
    anders = rij.schaduwbedragen.filter(stand=Schaduwstand.ANDERS).count()
    if actie == "voordragen" and anders:
        return f"In {aantal(anders, 'maand', 'maanden')} is ons bedrag anders. Leg uit waarom dat goed is."
    if actie == "overnemen":
        return f"{rij.voorgedragen_door.naam} schreef: {rij.reden}" if rij.voorgedragen_door else ""
    return ""


@toegang("subsidie.behandelen")
@require_http_methods(["GET", "HEAD", "POST"])
def contract_afspraken(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Propose other terms from a day."""
    rij = _haal(request, kenmerk)
    nu = rij.voorwaarden.order_by("begindatum").last()
    form = Afsprakenform(ingevuld(request), rekenwijze=nu.rekenwijze if nu else "", termen=nu.termen if nu else None)
    if form.is_valid():
        s, actor = form.cleaned_data, Actor.van_gebruiker(request.user)

        def doe() -> Any:
            return dienst.stel_voorwaarde_voor(rij, s["vanaf"], s["rekenwijze"], form.termen(), s["bron"], actor=actor)

        if probeer(form, doe):
            meld(request, "Je voorstel staat klaar", onder="Een collega moet het goedkeuren.")
            return redirect("contract", kenmerk=rij.kenmerk)
    uitleg = "Een collega keurt dit voorstel goed of af."
    if form.blijft:
        uitleg += " De afbouw en het plafond blijven zoals ze zijn."
    context = {"contract": rij, "form": form, "titel": "Andere afspraken", "knop": "Voorstellen", "uitleg": uitleg}
    return render(request, "loonkostensubsidie/contract_stap.html", context, status=400 if form.errors else 200)


@toegang(*ZIEN)
@require_http_methods(["POST"])
def contract_voorstel(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Approve, reject or withdraw the open proposal."""
    rij = _haal(request, kenmerk)
    form = Besluitform(request.POST)
    if form.is_valid() and (gedaan := probeer(form, lambda: _besluit(request, rij, form.cleaned_data["reden"]))):
        meld(request, gedaan)
        return redirect("contract", kenmerk=rij.kenmerk)
    beeld = _beeld(request, rij) | {"besluitform": form}
    return render(request, "loonkostensubsidie/contract.html", beeld, status=400)


def _besluit(request: Any, rij: Contract, reden: str) -> str:
    actor, actie, voorstel = Actor.van_gebruiker(request.user), request.POST.get("actie"), vragen.open_voorstel(rij)
    if voorstel is None:
        return "Dit voorstel is al beoordeeld"
    if actie == "intrekken":
        trek_in(voorstel, actor=actor, reden=reden)
        return "Je voorstel is ingetrokken"
    if not mag_beslissen(voorstel, request.user.pk, request.rechten):
        raise ValidationError("Je mag dit voorstel niet beoordelen. Vraag een collega met dat recht.")
    if actie == "afwijzen":
        wijs_af(voorstel, actor=actor, reden=reden)
        return "Het voorstel is afgewezen"
    keur_goed(voorstel, actor=actor, reden=reden)
    return "De afspraken zijn gewijzigd"
