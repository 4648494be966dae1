"""Parts of a trajectory: add, start, finish, stop or switch, move."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from deelnemers.models import Deelnemer, Diagnose
from deelnemers.services.diagnose import is_actueel
from deelnemers.toegang import mag_bijzonder
from kern import klok
from kern.toegang import toegang
from kern.weergave import kortedatum
from kern.weigering import GEWEIGERD, neem_fouten_over
from trajecten import querysets as vragen
from trajecten.forms import BlokkadeForm, OnderdeelForm, StopForm, TochForm, VerschuifForm, WachtForm
from trajecten.labels import onderdeelnaam
from trajecten.models import Onderdeelafhankelijkheid, Trajectonderdeel
from trajecten.services.blokkades import kies_blokkades
from trajecten.services.onderdelen import (
    verschuif_onderdeel,
    verwijder_afhankelijkheid,
    verzet_onderdeel,
    voeg_onderdeel_toe,
    wissel_onderdeel,
)
from trajecten.toestanden import ONDERDEEL
from trajecten.views.hulp import (
    actor_van,
    eis_stap,
    formulier,
    lopend_traject,
    meld,
    met_dossier,
    zeg_fout,
)
from trajecten.wachten import blokkades_nu, wachtzin

_EXTRA = ("botsing_gezien", "op_wachtlijst")
_GEZET = {"starten": "Begonnen", "afronden": "Afgerond"}


def _deel(deelnemer: Deelnemer, onderdeel_id: int) -> Trajectonderdeel:
    rijen = Trajectonderdeel.objects.select_related("instrument", "traject").annotate(wachtrijen=vragen.wachtrijen())
    return get_object_or_404(rijen, pk=onderdeel_id, deelnemer=deelnemer)


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def toevoegen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Add a part; shows how fresh the diagnosis is and warns when the week is full."""
    traject = lopend_traject(deelnemer)
    if traject is None:
        return redirect("traject_starten", dossiernummer=deelnemer.dossiernummer)
    actueel = is_actueel(deelnemer)
    form = OnderdeelForm(
        request.POST or None,
        traject=traject,
        rechten=request.rechten,
        diagnose_actueel=actueel,
        initial={"begindatum": max(klok.vandaag(), traject.begindatum)},
    )
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        for naam in ("na", "wacht_op_belemmeringen"):
            velden[naam] = list(velden.get(naam) or [])
        try:
            deel = voeg_onderdeel_toe(
                traject,
                velden.pop("instrument"),
                velden.pop("begindatum"),
                actor=actor_van(request),
                **velden,
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"{onderdeelnaam(deel)} toegevoegd", onder=ONDERDEEL.toestand(deel.status).uitleg)
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    form.alleen_als_nodig("botsing_gezien")
    return formulier(
        request,
        deelnemer,
        form,
        titel="Onderdeel toevoegen",
        knop="Toevoegen",
        let_op=_versheid(deelnemer, actueel),
        gevolgen=[
            "Het onderdeel staat naast de andere. Wat al loopt, loopt door.",
            "Begint het vandaag of eerder, dan loopt het meteen en is er een plek minder vrij. Wacht het ergens op, "
            "dan staat het op gepland.",
            "Wie het uitvoert, kan het dossier openen zolang het loopt.",
        ],
    )


def _versheid(deelnemer: Deelnemer, actueel: bool) -> str:
    diagnose = Diagnose.objects.filter(deelnemer=deelnemer).first()
    if actueel and diagnose and diagnose.vers_tot:
        return f"De diagnose is actueel tot {kortedatum(diagnose.vers_tot, jaar=klok.vandaag().year)}."
    return "De diagnose is niet compleet of niet meer actueel. Werk die eerst bij, of geef een reden."


@toegang("traject.wijzigen")
@require_POST
@met_dossier("dossier.plan")
def zet(request: Any, deelnemer: Deelnemer, onderdeel_id: int, actie: str) -> HttpResponse:
    """Start or finish in one click."""
    if actie not in _GEZET:
        return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    eis_stap(ONDERDEEL, actie, request)
    deel = _deel(deelnemer, onderdeel_id)
    try:
        verzet_onderdeel(deel, actie, actor=actor_van(request))
    except ValidationError as fout:
        zeg_fout(request, "Dat kan nu niet", fout)
        if actie == "starten" and "reden" in getattr(fout, "error_dict", {}):
            return redirect("onderdeel_starten", dossiernummer=deelnemer.dossiernummer, onderdeel_id=deel.pk)
    except GEWEIGERD as fout:
        zeg_fout(request, "Dat kan nu niet", fout)
    else:
        meld(request, f"{_GEZET[actie]}: {onderdeelnaam(deel, request.rechten)}")
    return redirect("plan", dossiernummer=deelnemer.dossiernummer)


def _gedaan(request: Any, deel: Trajectonderdeel, form: Any, actie: str) -> bool:
    """Whether the step with this form was taken; a refusal stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verzet_onderdeel(deel, actie, actor=actor_van(request), **form.cleaned_data)
    except GEWEIGERD as fout:
        neem_fouten_over(form, fout)
        return False
    return True


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def toch_starten(request: Any, deelnemer: Deelnemer, onderdeel_id: int) -> HttpResponse:
    """Begin with a part that waits for a barrier: with a reason (R009)."""
    eis_stap(ONDERDEEL, "starten", request)
    deel = _deel(deelnemer, onderdeel_id)
    form = TochForm(request.POST or None, initial={"versie": deel.versie})
    if _gedaan(request, deel, form, "starten"):
        meld(request, f"Begonnen: {onderdeelnaam(deel, request.rechten)}", onder="De reden staat in de tijdlijn.")
        return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    return formulier(
        request,
        deelnemer,
        form,
        titel=f"{onderdeelnaam(deel, request.rechten)} toch starten",
        knop="Starten",
        let_op=_wachtzin(request, deel),
        gevolgen=["Het onderdeel loopt vanaf vandaag.", "Wat in de weg staat, blijft in de diagnose staan."],
    )


def _wachtzin(request: Any, deel: Trajectonderdeel) -> str:
    zin = wachtzin(deel, bijzonder=mag_bijzonder(request.rechten))
    oud = not deel.instrument.zonder_diagnose and not is_actueel(deel.deelnemer)
    zinnen = [zin, "De diagnose is niet actueel" if oud else ""]
    return "".join(f"{zin}. " for zin in zinnen if zin).strip()


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def wacht_op(request: Any, deelnemer: Deelnemer, onderdeel_id: int) -> HttpResponse:
    """Choose for which barriers this part waits, all in one step (R009)."""
    deel, bijzonder = _deel(deelnemer, onderdeel_id), mag_bijzonder(request.rechten)
    verborgen = any(b.bijzonder for b in blokkades_nu(deel))
    begin = {"wacht_op_belemmeringen": [b.belemmering_id for b in blokkades_nu(deel)], "versie": deel.versie}
    form = BlokkadeForm(request.POST or None, deelnemer_id=deelnemer.pk, bijzonder=bijzonder, initial=begin)
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            kies_blokkades(
                deel, c["wacht_op_belemmeringen"], bijzonder=bijzonder, versie=c["versie"], actor=actor_van(request)
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"Bewaard bij {onderdeelnaam(deel, request.rechten)}")
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    return formulier(
        request,
        deelnemer,
        form,
        titel=f"Waar wacht {onderdeelnaam(deel, request.rechten)} op?",
        let_op="" if bijzonder or not verborgen else "Dit onderdeel wacht ook op iets dat je niet mag zien.",
        gevolgen=[
            "Wie dit onderdeel start, geeft een reden.",
            "Is alles opgelost, dan staat op Vandaag van de regievoerder dat het kan beginnen.",
            "Staat het er niet bij? Voeg het eerst toe in de diagnose, bij wat in de weg staat.",
        ],
    )


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def stoppen(request: Any, deelnemer: Deelnemer, onderdeel_id: int) -> HttpResponse:
    """Stop a part and start another at once: two clicks and a reason (R078)."""
    deel = _deel(deelnemer, onderdeel_id)
    actie = "stoppen" if deel.status == "loopt" else "laten_vervallen"
    eis_stap(ONDERDEEL, actie, request)
    form = StopForm(request.POST or None, rechten=request.rechten, initial={"versie": deel.versie})
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            if c["instrument"]:
                extra = {naam: c[naam] for naam in (*_EXTRA, "zonder_diagnose_reden")}
                wissel_onderdeel(deel, c["instrument"], c["reden"], actor=actor_van(request), **extra)
            else:
                verzet_onderdeel(deel, actie, reden=c["reden"], versie=c["versie"], actor=actor_van(request))
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            onder = f"{c['instrument'].naam} is toegevoegd" if c["instrument"] else "De plek is meteen vrij"
            meld(request, f"{onderdeelnaam(deel, request.rechten)} is gestopt", onder=onder)
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    form.alleen_als_nodig(*_EXTRA, "zonder_diagnose_reden")
    naam = onderdeelnaam(deel, request.rechten)
    titel = f"{naam} stoppen of wisselen" if actie == "stoppen" else f"{naam} laten vervallen"
    return formulier(
        request,
        deelnemer,
        form,
        titel=titel,
        knop="Stoppen" if actie == "stoppen" else "Laten vervallen",
        gevolgen=[
            "De plek is meteen vrij voor een ander.",
            "Wat er is gedaan en de reden blijven in het dossier staan.",
            "De andere onderdelen lopen door.",
        ],
    )


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def wachten(request: Any, deelnemer: Deelnemer, onderdeel_id: int) -> HttpResponse:
    """A part waits for somebody else; the clock shows on the list."""
    eis_stap(ONDERDEEL, "wachten", request)
    deel = _deel(deelnemer, onderdeel_id)
    form = WachtForm(request.POST or None, initial={"versie": deel.versie})
    if _gedaan(request, deel, form, "wachten"):
        meld(request, "Dit onderdeel wacht nu", onder="Over twee weken staat het op je lijst om na te vragen.")
        return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    naam = onderdeelnaam(deel, request.rechten)
    return formulier(request, deelnemer, form, titel=f"{naam} laten wachten")


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def verschuiven(request: Any, deelnemer: Deelnemer, onderdeel_id: int) -> HttpResponse:
    """Other dates or another size."""
    deel = _deel(deelnemer, onderdeel_id)
    namen = ("begindatum", "einddatum", "dagdelen", "uren_per_week", "versie")
    form = VerschuifForm(request.POST or None, initial={naam: getattr(deel, naam) for naam in namen})
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        try:
            verschuif_onderdeel(
                deel, velden.pop("begindatum"), velden.pop("einddatum"), actor=actor_van(request), **velden
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"{onderdeelnaam(deel, request.rechten)} is verschoven")
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    form.alleen_als_nodig("botsing_gezien")
    naam = onderdeelnaam(deel, request.rechten)
    return formulier(request, deelnemer, form, titel=f"{naam} verschuiven")


@toegang("traject.wijzigen")
@require_POST
@met_dossier("dossier.plan")
def losmaken(request: Any, deelnemer: Deelnemer, onderdeel_id: int, rij_id: int) -> HttpResponse:
    """The part no longer waits for the other."""
    rij = get_object_or_404(Onderdeelafhankelijkheid, pk=rij_id, onderdeel=onderdeel_id, deelnemer=deelnemer)
    verwijder_afhankelijkheid(rij, actor=actor_van(request))
    meld(request, "Deze onderdelen mogen nu tegelijk lopen")
    return redirect("plan", dossiernummer=deelnemer.dossiernummer)
