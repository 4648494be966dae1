"""The dossier: card, plan, timeline, note, promises, freshness."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import querysets as vragen
from deelnemers.forms import DoorbreekForm, NotitieForm, ToezeggingForm
from deelnemers.keuzes import Kanaal, Partij
from deelnemers.models import Contactmoment, Deelnemer, Toezegging
from deelnemers.services.concept import bewaar_concept, wis_concept
from deelnemers.services.contact import handel_terugkomen_af, kom_toezegging_na, leg_contact_vast, zeg_toe
from deelnemers.services.diagnosewerk import DIAGNOSE_VOORAF
from deelnemers.services.regie import beoordeel_doorbreking, doorbreek
from deelnemers.toegang import DOSSIER, mag_bijzonder
from deelnemers.views.hulp import (
    actor_van,
    formulierblad,
    kaart,
    met_dossier,
    veiligheid_van,
)
from kern import klok
from kern import onderdelen as o
from kern.aansluitingen import dossier as socket
from kern.aansluitingen import tijdlijn
from kern.formulier import foutzinnen
from kern.meldingen import meld
from kern.models import Categorie, Wijziging
from kern.toegang import toegang
from kern.weergave import kortedatum, voorletters
from kern.weigering import neem_fouten_over

TIJDLIJN_PER_KEER = 30
TIJDLIJN_HOOGSTENS = 500


@toegang("dossier.zien")
@require_GET
@met_dossier("dossier.bekijken")
def dossier(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Everything about one person on one page."""
    bijzonder = mag_bijzonder(request.rechten)
    regels = _tijdlijn(request, deelnemer, bijzonder)
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "dossier"),
        "veiligheid": veiligheid_van(deelnemer),
        "belemmeringen": vragen.open_belemmeringen(deelnemer, bijzonder=bijzonder),
        "beloften": _beloften(deelnemer),
        "panelen": socket.panelen(request, deelnemer, "hoofd"),
        "zijpanelen": socket.panelen(request, deelnemer, "zij"),
        "notitie": notitievak(deelnemer),
        "nalopen": _nalopen(deelnemer) if "dossier.wijzigen" in request.rechten else "",
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
        **regels,
    }
    return render(request, "deelnemers/dossier.html", context)


def _nalopen(deelnemer: Deelnemer) -> str:
    """Beside the note: what ages, so that after a talk two clicks keep the diagnosis fresh (R050)."""
    tot = deelnemer.diagnose_vers_tot
    if not deelnemer.in_traject:
        return ""
    if tot is None:
        return "De diagnose is nog niet compleet."
    if tot < klok.vandaag():
        return f"Iets in de diagnose is verouderd sinds {kortedatum(tot)}."
    return f"Actueel tot en met {kortedatum(tot)}." if (tot - klok.vandaag()).days <= DIAGNOSE_VOORAF else ""


def notitievak(deelnemer: Deelnemer) -> o.Notitievak:
    """The box, with what this member of staff was typing when the session was lost."""
    concept = deelnemer.__dict__.get("concept") or {}
    return o.Notitievak(
        reverse("notitie", args=[deelnemer.dossiernummer]),
        [("", "Vanzelf"), *Kanaal.choices],
        deelnemer.roepnaam or deelnemer.naam,
        hulp=f"Houd het bij feiten en afspraken. {deelnemer.roepnaam or 'De deelnemer'} kan dit lezen.",
        concept_url=reverse("notitie_concept_zet", args=[deelnemer.dossiernummer]),
        tekst=concept.get("tekst", ""),
        soort=concept.get("soort", ""),
        terug=concept.get("terug_op", ""),
        stand="Dit was je aan het schrijven. Het is nog niet bewaard in het dossier." if concept else "",
    )


def _tijdlijn(request: HttpRequest, deelnemer: Deelnemer, bijzonder: bool) -> dict[str, Any]:
    """Lines, filters and the link to older ones."""
    gekozen = request.GET.get("soort", "")
    regels = tijdlijn.van(deelnemer.pk, bijzonder=bijzonder)
    if gekozen in Categorie.values:
        regels = regels.filter(categorie=gekozen)
    gevraagd = request.GET.get("toon", "")
    aantal = min(int(gevraagd) if gevraagd.isdecimal() else TIJDLIJN_PER_KEER, TIJDLIJN_HOOGSTENS)
    rijen = list(regels[: aantal + 1])
    meer = o.met_query(request.GET, toon=aantal + 100) + "#tijdlijn" if len(rijen) > aantal else ""
    return {
        "tijdlijn_punten": punten_van(rijen[:aantal]),
        "tijdlijn_meer": meer,
        "tijdlijn_filters": [
            o.Verwijzing("Alles", o.met_query(request.GET, soort=None) + "#tijdlijn", gekozen=not gekozen),
            *[
                o.Verwijzing(label, o.met_query(request.GET, soort=code) + "#tijdlijn", gekozen=gekozen == code)
                for code, label in Categorie.choices
            ],
        ],
    }


def punten_van(rijen: list[Any]) -> list[o.Tijdlijnpunt]:
    """Lines of one series that follow each other become one (pattern 4: “6 keer aanwezig”)."""
    punten: list[o.Tijdlijnpunt] = []
    reeks: list[Any] = []

    def leg_af() -> None:
        if reeks:
            punten.append(_reekspunt(reeks))
            reeks.clear()

    for rij in rijen:
        if reeks and rij.reeks == reeks[-1].reeks:
            reeks.append(rij)
            continue
        leg_af()
        if rij.reeks:
            reeks.append(rij)
        else:
            punten.append(_punt(rij))
    leg_af()
    return punten


def _punt(rij: Any) -> o.Tijdlijnpunt:
    return o.Tijdlijnpunt(
        rij.op,
        rij.titel,
        door=rij.actor_naam,
        tekst=rij.tekst,
        soort=rij.categorie,
        icoon=rij.icoon,
        url=rij.url,
    )


def _reekspunt(reeks: list[Any]) -> o.Tijdlijnpunt:
    if len(reeks) == 1:
        return _punt(reeks[0])
    eerste, laatste = reeks[-1], reeks[0]
    return o.Tijdlijnpunt(
        laatste.op,
        f"{len(reeks)} keer {laatste.titel[:1].lower()}{laatste.titel[1:]}",
        door=f"{kortedatum(timezone.localdate(eerste.op))} – {kortedatum(timezone.localdate(laatste.op))}",
        soort=laatste.categorie,
        icoon=laatste.icoon,
        reeks=[f"{kortedatum(timezone.localdate(r.op))}: {r.titel}" for r in reeks],
        reeks_titel=f"Toon de {len(reeks)} keer",
    )


def _beloften(deelnemer: Deelnemer) -> list[o.Beloftegroep]:
    rijen = list(vragen.open_toezeggingen(deelnemer).select_related("medewerker"))
    koppen = {
        Partij.WIJ: "Wij doen",
        Partij.DEELNEMER: f"{deelnemer.roepnaam or voorletters(deelnemer.naam)} doet",
        Partij.WERKGEVER: "De werkgever doet",
    }
    return [
        o.Beloftegroep(kop, [_belofte(deelnemer, t) for t in rijen if t.partij == partij])
        for partij, kop in koppen.items()
        if any(t.partij == partij for t in rijen)
    ]


def _belofte(deelnemer: Deelnemer, t: Toezegging) -> o.Belofte:
    if t.nagekomen_op:
        return o.Belofte(t.wat, f"Gedaan op {kortedatum(t.nagekomen_op)}", "gedaan")
    vink = reverse("toezegging_klaar", args=[deelnemer.dossiernummer, t.pk])
    wie = t.medewerker.voornaam if t.medewerker else ""
    if t.voor and t.voor < klok.vandaag():
        dagen = (klok.vandaag() - t.voor).days
        return o.Belofte(t.wat, wie, "laat", f"{dagen} {'dag' if dagen == 1 else 'dagen'} te laat", vink)
    wanneer = f"voor {kortedatum(t.voor)}" if t.voor else ""
    return o.Belofte(t.wat, " · ".join(deel for deel in (wie, wanneer) if deel), "open", url=vink)


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("dossier.notitie")
def notitie(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Save a note; a wrong note comes back with its text."""
    form = NotitieForm(request.POST)
    if not form.is_valid():
        fout = ". ".join(zin.rstrip(".") for veld in form for zin in foutzinnen(veld, met_naam=True)) + "."
        meld(request, "De notitie is nog niet bewaard", onder=fout, niveau=messages.ERROR)
        return render(request, "deelnemers/notitie.html", {"deelnemer": deelnemer, "form": form}, status=400)
    leg_contact_vast(
        deelnemer,
        form.cleaned_data["tekst"],
        kanaal=form.cleaned_data["soort"],
        terugkomen_op=form.cleaned_data["terug_op"],
        medewerker=request.medewerker,
        actor=actor_van(request),
    )
    wis_concept(deelnemer, request.medewerker, actor=actor_van(request))
    meld(request, "Notitie bewaard")
    return redirect(_terug(request, deelnemer))


def _terug(request: Any, deelnemer: Deelnemer) -> str:
    """Back to the walk through the caseload when the note was written there, else to the dossier."""
    terug = request.POST.get("terug", "")
    veilig = url_has_allowed_host_and_scheme(terug, None) and terug.startswith("/caseload/lopen")
    return terug if veilig else reverse("dossier", args=[deelnemer.dossiernummer])


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("dossier.notitie")
def notitie_concept(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Keep what is being typed; nothing of it stands in the dossier yet."""
    velden = {naam: request.POST.get(naam, "") for naam in ("soort", "terug_op")}
    tekst = request.POST.get("tekst", "")[:10_000]
    bewaar_concept(deelnemer, request.medewerker, tekst, actor=actor_van(request), **velden)
    return HttpResponse(status=204)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.notitie")
def terugkomen(request: Any, deelnemer: Deelnemer, contact_id: int) -> HttpResponse:
    """The note that somebody wanted to come back to; *Gedaan* takes it off Vandaag."""
    rijen = Contactmoment.objects.filter(deelnemer=deelnemer, terugkomen_op__isnull=False).select_related("medewerker")
    if not mag_bijzonder(request.rechten):
        rijen = rijen.filter(bijzonder=False)
    contact = get_object_or_404(rijen, pk=contact_id)
    if request.method == "POST":
        handel_terugkomen_af(contact, actor=actor_van(request))
        meld(request, "Gedaan", onder="De notitie staat niet meer op Vandaag.")
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return render(request, "deelnemers/terugkomen.html", {"deelnemer": deelnemer, "contact": contact})


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.toezegging")
def toezegging_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    form = ToezeggingForm(request.POST or None, initial={"partij": Partij.WIJ})
    if request.method == "POST" and form.is_valid():
        try:
            zeg_toe(deelnemer, **form.cleaned_data, medewerker=request.medewerker, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Afspraak vastgelegd")
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Nieuwe afspraak over en weer", "Vastleggen")


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("dossier.toezegging")
def toezegging_klaar(request: Any, deelnemer: Deelnemer, toezegging_id: int) -> HttpResponse:
    """Tick a promise off, or open it again (undo)."""
    toezegging = get_object_or_404(Toezegging, pk=toezegging_id, deelnemer=deelnemer)
    nagekomen = "terug" not in request.GET
    kom_toezegging_na(toezegging, nagekomen=nagekomen, actor=actor_van(request))
    pad = reverse("toezegging_klaar", args=[deelnemer.dossiernummer, toezegging.pk])
    meld(
        request,
        "Afgevinkt" if nagekomen else "Weer open",
        onder=toezegging.wat,
        ongedaan=f"{pad}?terug=1" if nagekomen else "",
    )
    return redirect("dossier", dossiernummer=deelnemer.dossiernummer)


@toegang("dossier.doorbreken")
@require_http_methods(["GET", "POST"])
def dossier_doorbreken(request: Any, dossiernummer: str) -> HttpResponse:
    """Ask a reason before opening a dossier of somebody you do not work with (R223)."""
    deelnemer = get_object_or_404(Deelnemer, dossiernummer=dossiernummer, samengevoegd_met__isnull=True)
    if DOSSIER.mag(deelnemer, request.medewerker):
        return redirect("dossier", dossiernummer=dossiernummer)
    form = DoorbreekForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            doorbreek(deelnemer, request.medewerker, form.cleaned_data["reden"], actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            request.lezing.toon(
                "dossier.doorbreken", [deelnemer.pk], grond="doorbreking", reden=form.cleaned_data["reden"]
            )
            return redirect("dossier", dossiernummer=dossiernummer)
    context = {"dossiernummer": dossiernummer, "form": form}
    return render(request, "deelnemers/doorbreken.html", context, status=400 if form.errors else 200)


@toegang("team.zien", "inzage.verstrekken")
@require_http_methods(["GET", "POST"])
def doorbreking(request: Any, doorbreking_id: int) -> HttpResponse:
    """Review whether opening a dossier was right."""
    rij = get_object_or_404(vragen.te_beoordelen(request.medewerker, request.rechten), pk=doorbreking_id)
    request.lezing.toon("doorbreking.beoordelen", [rij.deelnemer_id], grond="beoordeling")
    if request.method == "POST":
        try:
            beoordeel_doorbreking(
                rij, request.medewerker, request.POST.get("terecht") == "ja", actor=actor_van(request)
            )
        except ValidationError as fout:
            meld(request, fout.messages[0], niveau=messages.ERROR)
        else:
            meld(request, "Beoordeling bewaard")
            return redirect("vandaag")
    return render(request, "deelnemers/doorbreking.html", {"rij": rij})


@toegang("dossier.zien")
@require_GET
@met_dossier("dossier.historie")
def historie(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """What changed in this dossier, when, by whom and why (R227)."""
    rijen = vragen.wijzigingen(deelnemer, request.rechten)[:200]
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "historie"),
        "rijen": [_wijziging(r) for r in rijen],
    }
    return render(request, "deelnemers/historie.html", context)


#: Columns that say nothing to a reader.
_TECHNIEK = {"id", "gemeente_id", "versie", "aangemaakt_op", "deelnemer_id", "sorteernaam"}


def _wijziging(rij: Wijziging) -> dict[str, Any]:
    velden = sorted((set(rij.nieuw or {}) | set(rij.oud or {})) - _TECHNIEK)
    return {
        "op": rij.tijdstip,
        "wat": rij.tabel.split("_", 1)[1].replace("_", " "),
        "actie": rij.get_actie_display(),
        "door": rij.actor_naam,
        "reden": rij.reden,
        "velden": ", ".join(v.replace("_", " ").removesuffix(" id") for v in velden) if rij.actie == "U" else "",
    }
