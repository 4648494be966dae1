"""Files with contracts of the old system: try one out, read the report, and then for real. No person is shown."""

from __future__ import annotations

import csv
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.forms import ingevuld
from kern.handeling import Actor, huidige_gemeente_id
from kern.meldingen import meld
from kern.onderdelen import Feit, Leeg, Merk, filterbalk
from kern.tabel import Kolom, Tabel
from kern.taken import zet_in_wachtrij
from kern.toegang import toegang
from kern.weergave import aantal, datum, getal, hoofdletter, tijd
from kern.weigering import probeer
from loonkostensubsidie import contractvragen as vragen
from loonkostensubsidie.contractforms import Inleesform, Regelfilter
from loonkostensubsidie.contracttaken import NAAM
from loonkostensubsidie.keuzes import Leverstand, Regeluitkomst
from loonkostensubsidie.models import Contractlevering, Leveringregel
from loonkostensubsidie.services.levering import ontvang, voer_door

PER_BLADZIJDE = 50
_KLEUR = {Leverstand.WACHT: "info", Leverstand.BEZIG: "info", Leverstand.KLAAR: "goed", Leverstand.ONLEESBAAR: "fout"}


def _fout(levering: Contractlevering) -> int:
    return sum(levering.tellingen.get(u, 0) for u in (Regeluitkomst.AFGEWEZEN, Regeluitkomst.TE_KOPPELEN))


def _goed(levering: Contractlevering) -> int:
    return sum(levering.tellingen.get(u, 0) for u in (Regeluitkomst.NIEUW, Regeluitkomst.GEWIJZIGD))


def _merk(levering: Contractlevering) -> Merk:
    if levering.stand == Leverstand.KLAAR and _fout(levering):
        return Merk("Klaar, met fouten", "let-op")
    return Merk(levering.get_stand_display(), _KLEUR[Leverstand(levering.stand)])  # type: ignore[arg-type]


def _moment(levering: Contractlevering) -> str:
    plaatselijk = timezone.localtime(levering.ontvangen_op)
    return f"{datum(plaatselijk)}, {tijd(plaatselijk)} uur"


def _door(levering: Contractlevering) -> str:
    return levering.door.naam if levering.door is not None else "beheer"


KOLOMMEN = (
    Kolom(
        "naam",
        "Bestand",
        kop=True,
        link=lambda r: reverse("contractlevering", args=[r.kenmerk]),
        onder=lambda r: "proef, er verandert niets" if r.proef else "echt ingelezen",
    ),
    Kolom("ontvangen_op", "Ontvangen", waarde=_moment, onder=_door),
    Kolom("stand", "Stand", waarde=_merk),
    Kolom("totaal", "Regels", weergave=getal, soort="getal"),
    Kolom("fouten", "Niet goed", waarde=lambda r: getal(_fout(r)), soort="getal"),
)


@toegang("subsidie.behandelen")
@require_http_methods(["GET", "HEAD", "POST"])
def contractleveringen(request: Any) -> HttpResponse:
    """All files, and a form for a new one: it is tried out first."""
    form = Inleesform(ingevuld(request), request.FILES or None)
    if form.is_valid():
        bestand = form.cleaned_data["bestand"]
        actor = Actor.van_gebruiker(request.user)
        levering = probeer(form, lambda: ontvang(bestand.read(), bestand.name, actor=actor))
        if levering:
            _start(request, "Het bestand is ontvangen")
            return redirect("contractlevering", kenmerk=levering.kenmerk)
    pagina = Paginator(vragen.leveringen(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = Leeg(
        "Nog geen bestanden", "Kies hierboven een bestand. We proberen het eerst en zeggen per regel wat er mis is."
    )
    context = {"form": form, "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Bestanden", leeg=leeg)}
    return render(request, "loonkostensubsidie/contractleveringen.html", context, status=400 if form.errors else 200)


def _start(request: Any, titel: str) -> None:
    if zet_in_wachtrij(NAAM, huidige_gemeente_id(), door=request.user.naam):
        meld(request, titel, onder="De regels worden nu bekeken. Dat duurt meestal een paar minuten.")
    else:
        meld(request, titel, onder="Het wordt vannacht verwerkt.")


def _waarom(regel: Leveringregel) -> str:
    return " ".join(fout["melding"] for fout in regel.fouten)


def _velden(regel: Leveringregel) -> str:
    return ", ".join(dict.fromkeys(fout["veld"] for fout in regel.fouten))


def _regelmerk(regel: Leveringregel) -> Merk:
    kleur: Any = "let-op" if regel.uitkomst == Regeluitkomst.TE_KOPPELEN else "fout"
    return Merk(hoofdletter(regel.get_uitkomst_display()), kleur)


REGELKOLOMMEN = (
    Kolom("nummer", "Regel", kop=True, waarde=lambda r: f"Regel {getal(r.nummer)}", onder=lambda r: r.extern_nummer),
    Kolom("uitkomst", "Uitkomst", waarde=_regelmerk),
    Kolom("fouten", "Waarom", waarde=_waarom, onder=_velden, breed=True),
)


@toegang("subsidie.behandelen")
@require_safe
def contractlevering(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One file: the counts, and the lines that did not come in."""
    levering = get_object_or_404(vragen.leveringen(), kenmerk=kenmerk)
    filter_ = Regelfilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    pagina = Paginator(vragen.regels(levering, **keuze), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    klaar = levering.stand == Leverstand.KLAAR
    context = {
        "levering": levering,
        "stand": _merk(levering),
        "ontvangen": _moment(levering),
        "door": _door(levering),
        "bezig": levering.stand in {Leverstand.WACHT, Leverstand.BEZIG},
        "voortgang": f"{getal(levering.gedaan)} van {aantal(levering.totaal, 'regel', 'regels')} gedaan.",
        "feiten": [
            Feit(hoofdletter(u.label), getal(levering.tellingen[u])) for u in Regeluitkomst if levering.tellingen.get(u)
        ],
        "mag_door": klaar and levering.proef and bool(_goed(levering)) and vragen.bestand_is_er(levering),
        "balk": filterbalk(request, filter_) if klaar and _fout(levering) else None,
        "tabel": Tabel.van(
            request, REGELKOLOMMEN, pagina, bijschrift="Regels met een fout", leeg=_leeg(levering, keuze)
        ),
    }
    return render(request, "loonkostensubsidie/contractlevering.html", context)


def _leeg(levering: Contractlevering, keuze: dict[str, Any]) -> Leeg:
    if levering.stand == Leverstand.ONLEESBAAR:
        return Leeg("Geen enkele regel gelezen", levering.fout, "driehoek")
    if levering.stand != Leverstand.KLAAR:
        return Leeg(
            "Tot nu toe geen fouten", "Dit bestand is nog niet klaar. Ververs de bladzijde over een minuut.", "klok"
        )
    if any(keuze.values()):
        return Leeg("Geen regels met dit filter", "Haal het filter weg om meer te zien.", "filter")
    return Leeg("Geen fouten", "Elke regel van dit bestand is goed.", "vinkrond")


@toegang("subsidie.behandelen")
@require_POST
def contractlevering_doorvoeren(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """After the try-out: for real."""
    levering = get_object_or_404(vragen.leveringen(), kenmerk=kenmerk)
    form = Regelfilter({})
    if probeer(form, lambda: voer_door(levering, actor=Actor.van_gebruiker(request.user))):
        _start(request, "Het bestand wordt nu echt ingelezen")
    else:
        meld(request, "Dit bestand is er niet meer", onder="Lever het opnieuw aan.")
    return redirect("contractlevering", kenmerk=kenmerk)


@toegang("subsidie.behandelen")
@require_safe
def contractlevering_rapport(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The lines that did not come in, as CSV: line, contract, field and message."""
    levering = get_object_or_404(vragen.leveringen(), kenmerk=kenmerk)
    antwoord = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="rapport-{levering.ontvangen_op:%Y-%m-%d}.csv"'
    schrijver = csv.writer(antwoord, delimiter=";")
    schrijver.writerow(["regel", "contractnummer", "uitkomst", "veld", "melding"])
    for regel in vragen.regels(levering):
        for fout in regel.fouten:
            schrijver.writerow(
                [regel.nummer, regel.extern_nummer, regel.get_uitkomst_display(), fout["veld"], fout["melding"]]
            )
    return antwoord
