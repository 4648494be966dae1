"""Mogelijk dubbel: the work list, two persons side by side, the second look, and a merge with its undo (R044).

Who may merge sees of both persons what tells them apart, and how many rows there are: never what is in the dossier.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers import querysets as vragen
from deelnemers.dubbelforms import RedenForm, SamenvoegForm
from deelnemers.keuzes import Dubbelreden, Dubbelstand
from deelnemers.models import Deelnemer, Dubbelpaar, Samenvoeging
from deelnemers.services.dubbelen import zijn_niet_dezelfde
from deelnemers.services.samenvoegen import GROEPEN, maak_samenvoegen_ongedaan, voeg_samen, wat_staat_in_de_weg
from deelnemers.views.hulp import actor_van
from kern.aansluitingen import samenvoegen as stopcontact
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.onderdelen import Leeg, Merk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, getal, hoofdletter, tijd
from kern.weigering import neem_fouten_over

PER_BLADZIJDE = 50
RECHT = "dossier.samenvoegen"
GROND = "samenvoegen"


def moment(waarde: Any) -> str:
    plaatselijk = timezone.localtime(waarde)
    return f"{datum(plaatselijk)}, {tijd(plaatselijk)} uur"


def _wie(d: Deelnemer) -> str:
    return f"Geboren {datum(d.geboortedatum)}, dossier {d.dossiernummer}"


def _waarom(paar: Dubbelpaar) -> str:
    zinnen = [str(Dubbelreden(code).label) for code in paar.redenen]
    return hoofdletter("; ".join(zinnen))


def _stand(rij: Samenvoeging) -> Merk:
    return Merk("Ongedaan gemaakt", "let-op") if rij.ongedaan_op else Merk("Samengevoegd", "goed")


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Persoon",
        kop=True,
        waarde=lambda p: p.deelnemer.naam,
        link=lambda p: reverse("dubbelpaar", args=[p.pk]),
        onder=lambda p: _wie(p.deelnemer),
    ),
    Kolom("ander", "Lijkt op", waarde=lambda p: p.ander.naam, onder=lambda p: _wie(p.ander)),
    Kolom("redenen", "Waarom", waarde=_waarom, onder=lambda p: p.toelichting, breed=True),
    Kolom("gevonden_op", "Gevonden", weergave=datum),
)
SAMENGEVOEGD = (
    Kolom(
        "deelnemer",
        "Persoon",
        kop=True,
        waarde=lambda s: s.deelnemer.naam,
        link=lambda s: reverse("samenvoeging", args=[s.pk]),
        onder=lambda s: f"{s.vervallen.dossiernummer} ging op in {s.deelnemer.dossiernummer}",
    ),
    Kolom("op", "Wanneer", weergave=moment, onder=lambda s: s.door),
    Kolom("stand", "Stand", waarde=_stand),
)


@toegang(RECHT)
@require_safe
def dubbelen(request: Any) -> HttpResponse:
    """Pairs that nobody judged yet, newest first, and what was merged."""
    pagina = Paginator(vragen.dubbele_paren(request.medewerker), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    gedaan = list(vragen.samenvoegingen(request.medewerker)[:20])
    mensen = [pk for p in pagina for pk in (p.deelnemer_id, p.ander_id)] + [s.deelnemer_id for s in gedaan]
    request.lezing.toon("dossier.samenvoegen", mensen, grond=GROND)
    leeg = Leeg(
        "Geen dubbele dossiers",
        "Elke nacht zoeken we naar mensen die op elkaar lijken. Een consulent kan ook zelf twee dossiers melden.",
        "vinkrond",
    )
    context = {
        "aantal": pagina.paginator.count,
        "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Mogelijk dubbel", leeg=leeg),
        "gedaan": Tabel.van(request, SAMENGEVOEGD, gedaan, bijschrift="Samengevoegd") if gedaan else None,
    }
    return render(request, "deelnemers/dubbelen.html", context)


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def dubbelpaar(request: Any, pk: int) -> HttpResponse:
    """Two persons side by side. Choose what stays, look once more, then merge; or say that they are two people."""
    paar = get_object_or_404(vragen.dubbele_paren(request.medewerker, alle=True), pk=pk)
    request.lezing.toon("dossier.samenvoegen", [paar.deelnemer_id, paar.ander_id], grond=GROND)
    if paar.deelnemer.samengevoegd_met_id or paar.ander.samengevoegd_met_id:
        samen = (
            vragen.samenvoegingen(request.medewerker).filter(vervallen__in=[paar.deelnemer_id, paar.ander_id]).first()
        )
        return redirect("samenvoeging", pk=samen.pk) if samen else redirect("dubbelen")
    stap = request.POST.get("stap", "") if request.method == "POST" else ""
    form = SamenvoegForm(request.POST if stap in {"bekijk", "samenvoegen"} else None, initial=_begin(paar), paar=paar)
    nee = RedenForm(
        request.POST if stap == "niet_dezelfde" else None,
        prefix="nee",
        label="Waarom zijn dit twee mensen?",
        hulp="We bieden dit paar daarna niet meer aan.",
    )
    if stap == "niet_dezelfde" and nee.is_valid():
        return _niet_dezelfde(request, paar, nee.cleaned_data["reden"])
    if stap in {"bekijk", "samenvoegen"} and form.is_valid():
        if stap == "samenvoegen" and (antwoord := _voeg_samen(request, paar, form)):
            return antwoord
        if not form.errors:
            return render(request, "deelnemers/dubbelpaar_bekijken.html", _tweede_blik(request, paar, form))
    context = {"paar": paar, "waarom": _waarom(paar), "form": form, "nee": nee, "rijen": _vergelijk(paar, form)}
    context["dicht"] = paar.stand == Dubbelstand.NIET_DEZELFDE
    fout = form.errors or nee.errors
    return render(request, "deelnemers/dubbelpaar.html", context, status=400 if fout else 200)


def _niet_dezelfde(request: Any, paar: Dubbelpaar, reden: str) -> HttpResponse:
    try:
        zijn_niet_dezelfde(paar, actor=actor_van(request), reden=reden)
    except ValidationError as fout:
        meld(request, fout.messages[0], niveau=messages.ERROR)
    else:
        meld(request, "Onthouden: dit zijn twee mensen", onder=f"{paar.deelnemer.naam} en {paar.ander.naam}")
    return redirect("dubbelen")


def _gekozen(paar: Dubbelpaar, form: SamenvoegForm) -> tuple[Deelnemer, Deelnemer]:
    """The person who stays and the one who goes."""
    een, ander = paar.deelnemer, paar.ander
    return (een, ander) if form.cleaned_data["blijft"] == een.pk else (ander, een)


def _voeg_samen(request: Any, paar: Dubbelpaar, form: SamenvoegForm) -> HttpResponse | None:
    blijft, vervalt = _gekozen(paar, form)
    try:
        rij = voeg_samen(blijft, vervalt, form.keuzes(), actor=actor_van(request), reden=form.cleaned_data["reden"])
    except ValidationError as fout:
        neem_fouten_over(form, fout)
        return None
    meld(request, "Dossiers samengevoegd", onder=f"{vervalt.dossiernummer} ging op in {blijft.dossiernummer}")
    return redirect("samenvoeging", pk=rij.pk)


# --- Side by side ------------------------------------------------------------------------------------------------
def _tekst(d: Deelnemer, groep: str) -> str:
    """The value of a group as people read it; a secret address stays secret here too."""
    if groep == "adres":
        if d.adres_geheim:
            return "Afgeschermd"
        straat, plaats = f"{d.straat} {d.huisnummer}".strip(), f"{d.postcode} {d.woonplaats}".strip()
        return ", ".join(deel for deel in (straat, plaats) if deel)
    if groep == "geslacht":
        return str(d.get_geslacht_display())
    if groep in {"geboortedatum", "overleden_op"}:
        dag = getattr(d, groep)
        return datum(dag) if dag else ""
    return " ".join(str(getattr(d, kolom) or "") for kolom in GROEPEN[groep][1]).strip()


def _begin(paar: Dubbelpaar) -> dict[str, Any]:
    """The dossier with a number stays, else the oldest; a filled value goes before an empty one."""
    een, ander = paar.deelnemer, paar.ander
    met = vragen.met_bsn([een.pk, ander.pk])
    blijft = ander if met == {ander.pk} else een
    ook = een if blijft is ander else ander
    begin: dict[str, Any] = {"blijft": blijft.pk}
    for groep in GROEPEN:
        begin[f"veld_{groep}"] = blijft.pk if _tekst(blijft, groep) or not _tekst(ook, groep) else ook.pk
    return begin


def _vergelijk(paar: Dubbelpaar, form: SamenvoegForm) -> list[dict[str, Any]]:
    """A row per value, with a choice where the two differ."""
    een, ander, met = paar.deelnemer, paar.ander, vragen.met_bsn([paar.deelnemer_id, paar.ander_id])
    rijen: list[dict[str, Any]] = [
        {"label": "Dossier", "waarden": [d.dossiernummer for d in (een, ander)]},
        {"label": "Regievoerder", "waarden": [d.regievoerder.naam if d.regievoerder else "" for d in (een, ander)]},
        {"label": "Traject", "waarden": ["Loopt" if d.in_traject else "Loopt niet" for d in (een, ander)]},
        {
            "label": "Burgerservicenummer",
            "waarden": [
                str(d.get_identiteit_display()).capitalize() if d.pk in met else "Niet bekend" for d in (een, ander)
            ],
        },
    ]
    for groep, (label, _) in GROEPEN.items():
        teksten = [_tekst(een, groep), _tekst(ander, groep)]
        if not any(teksten):
            continue
        if teksten[0] == teksten[1]:
            rijen.append({"label": label, "waarden": teksten})
            continue
        naam = f"veld_{groep}"
        gekozen = str(form[naam].value() or "")
        keuzes = [
            {"pk": d.pk, "tekst": tekst or "leeg", "gekozen": str(d.pk) == gekozen}
            for d, tekst in zip((een, ander), teksten, strict=True)
        ]
        rijen.append({"label": label, "naam": naam, "keuzes": keuzes})
    return rijen


def _kamer(naam: str) -> str:
    return "Berichten" if naam == "kern" else str(apps.get_app_config(naam).verbose_name)


#: Per room, never per table: whoever merges need not know that there is something about health or safety.
TELLING = (
    Kolom("kamer", "Onderdeel", kop=True, waarde=lambda r: _kamer(r[0])),
    Kolom("aantal", "Aantal gegevens", waarde=lambda r: getal(r[1]), soort="getal"),
)


def _per_kamer(regels: list[tuple[str, str, int]]) -> list[tuple[str, int]]:
    """How many rows per room, in the order of the rooms."""
    uit: dict[str, int] = {}
    for kamer, _, aantal in regels:
        uit[kamer] = uit.get(kamer, 0) + aantal
    return list(uit.items())


def _tweede_blik(request: Any, paar: Dubbelpaar, form: SamenvoegForm) -> dict[str, Any]:
    """What will happen, before it does."""
    blijft, vervalt = _gekozen(paar, form)
    telling = _per_kamer(stopcontact.telling(vervalt.pk))
    leeg = Leeg("Er gaat niets mee", "In het dossier dat vervalt, staat verder niets.", "info")
    keuzes = form.keuzes()
    return {
        "paar": paar,
        "blijft": blijft,
        "vervalt": vervalt,
        "reden": form.cleaned_data["reden"],
        "bezwaren": wat_staat_in_de_weg(blijft, vervalt),
        "overgenomen": [
            f"{label}: {_tekst(vervalt, groep) or 'leeg'}"
            for groep, (label, _) in GROEPEN.items()
            if keuzes.get(groep) == vervalt.pk and _tekst(vervalt, groep) != _tekst(blijft, groep)
        ],
        "telling": Tabel.van(request, TELLING, telling, bijschrift="Wat er meegaat", leeg=leeg),
        "verborgen": [("blijft", blijft.pk), *((f"veld_{groep}", pk) for groep, pk in keuzes.items())],
    }


# --- A merge and its undo ----------------------------------------------------------------------------------------
GEMELD = (
    Kolom("aan", "Aan", kop=True, onder=lambda g: f"Aanmelding {g.over}"),
    Kolom("wijze", "Hoe", waarde=lambda g: hoofdletter(g.wijze)),
    Kolom("op", "Wanneer", weergave=moment),
)


def gemeld_tabel(request: Any, aanleidingen: list[str]) -> Tabel:
    """Who outside heard of it."""
    regels = [regel for aanleiding in aanleidingen for regel in stopcontact.gemeld(aanleiding)]
    leeg = Leeg("Niemand hoefde het te weten", "Geen verwijzer had gegevens van het oude dossier.", "info")
    return Tabel.van(request, GEMELD, regels, bijschrift="Gemeld aan", leeg=leeg)


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def samenvoeging(request: Any, pk: int) -> HttpResponse:
    """One merge: what moved, what stayed, who heard of it, and the way back."""
    rij = get_object_or_404(vragen.samenvoegingen(request.medewerker), pk=pk)
    request.lezing.toon("dossier.samenvoegen", [rij.deelnemer_id, rij.vervallen_id], grond=GROND)
    form = RedenForm(
        ingevuld(request),
        label="Waarom maak je dit ongedaan?",
        hulp="Alles wat meeging, gaat precies terug. Wat er later bijkwam, blijft waar het is.",
    )
    if request.method == "POST" and form.is_valid():
        try:
            maak_samenvoegen_ongedaan(rij, actor=actor_van(request), reden=form.cleaned_data["reden"])
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Samenvoegen ongedaan gemaakt", onder="De twee dossiers zijn er allebei weer.")
            return redirect("samenvoeging", pk=rij.pk)
    gegaan, bleef = (_per_kamer(regels) for regels in vragen.wat_verhuisde(rij))
    basis = f"samenvoeging:{rij.pk}"
    context = {
        "rij": rij,
        "stand": _stand(rij),
        "op": moment(rij.op),
        "ongedaan": moment(rij.ongedaan_op) if rij.ongedaan_op else "",
        "gegaan": Tabel.van(
            request, TELLING, gegaan, bijschrift="Wat er meeging", leeg=Leeg("Er ging niets mee", "", "info")
        ),
        "bleef": Tabel.van(request, TELLING, bleef, bijschrift="Wat er bleef") if bleef else None,
        "gemeld": gemeld_tabel(request, [basis, f"{basis}:ongedaan"]),
        "form": form,
    }
    return render(request, "deelnemers/samenvoeging.html", context, status=400 if form.errors else 200)
