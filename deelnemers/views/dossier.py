"""The dossier: card, plan, timeline, note, promises, freshness."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, CharField, ExpressionWrapper, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import querysets as vragen
from deelnemers.forms import NotitieForm
from deelnemers.keuzes import Kanaal
from deelnemers.models import Contactmoment, Deelnemer
from deelnemers.services.concept import GETYPT, bewaar_concept, wis_concept
from deelnemers.services.contact import handel_terugkomen_af, leg_contact_vast
from deelnemers.services.diagnosewerk import DIAGNOSE_VOORAF
from deelnemers.services.regie import beoordeel_doorbreking
from deelnemers.toegang import mag_bijzonder, te_verbeteren_notities
from deelnemers.views.beloften import beloftegroepen
from deelnemers.views.hulp import (
    actor_van,
    kaart,
    met_dossier,
    met_panelen,
    veiligheid_van,
)
from kern import klok
from kern import onderdelen as o
from kern.aansluitingen import panelen, tijdlijn
from kern.formulier import foutzinnen
from kern.meldingen import meld
from kern.models import Categorie
from kern.toegang import toegang
from kern.weergave import kortedatum

TIJDLIJN_PER_KEER = 30
TIJDLIJN_HOOGSTENS = 500
JAAR_CIJFERS = 4


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
        "belemmeringen": met_panelen(request, deelnemer, vragen.open_belemmeringen(deelnemer, bijzonder=bijzonder)),
        "beloften": beloftegroepen(deelnemer, wijzigen="dossier.wijzigen" in request.rechten),
        "panelen": panelen.panelen("dossier", request, deelnemer, "hoofd"),
        "zijpanelen": panelen.panelen("dossier", request, deelnemer, "zij"),
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
        hulp=(
            f"{deelnemer.roepnaam or 'De deelnemer'} kan dit lezen. "
            "Gaat het toch over gezondheid, schulden of strafrecht? Zet dan het vinkje."
        ),
        meer=True,
        concept_url=reverse("notitie_concept_zet", args=[deelnemer.dossiernummer]),
        tekst=concept.get("tekst", ""),
        soort=concept.get("soort", ""),
        terug=concept.get("terug_op", ""),
        wanneer=concept.get("wanneer", ""),
        gelukt=concept.get("gelukt", ""),
        gevoelig=concept.get("gevoelig", False),
        stand="Dit was je aan het schrijven. Het is nog niet bewaard in het dossier." if concept else "",
    )


def _tijdlijn(request: HttpRequest, deelnemer: Deelnemer, bijzonder: bool) -> dict[str, Any]:
    """Lines, filters and the link to older ones."""
    gekozen = request.GET.get("soort", "")
    regels = tijdlijn.van(deelnemer.pk, bijzonder=bijzonder)
    if gekozen in Categorie.values:
        regels = regels.filter(categorie=gekozen)
    # The first line comes along with the others: it says which years there are.
    regels = regels.annotate(
        eerste=Subquery(regels.order_by("op", "id").values("op")[:1]), verbeterbaar=_verbeterbaar(request, deelnemer)
    )
    jaar = request.GET.get("jaar", "")
    if jaar.isdecimal() and len(jaar) == JAAR_CIJFERS and jaar > "1900":
        regels = regels.filter(op__year=int(jaar))
    else:
        jaar = ""
    gevraagd = request.GET.get("toon", "")
    aantal = min(int(gevraagd) if gevraagd.isdecimal() else TIJDLIJN_PER_KEER, TIJDLIJN_HOOGSTENS)
    rijen = list(regels[: aantal + 1])
    meer = o.met_query(request.GET, toon=aantal + 100) + "#tijdlijn" if len(rijen) > aantal else ""
    eerste = (rijen[0].eerste if rijen else klok.nu()).year
    return {
        "tijdlijn_punten": punten_van(rijen[:aantal], deelnemer.dossiernummer),
        "tijdlijn_meer": meer,
        "tijdlijn_jaren": _jaren(request, eerste, jaar) if meer or jaar else [],
        "tijdlijn_filters": [
            o.Verwijzing("Alles", o.met_query(request.GET, soort=None) + "#tijdlijn", gekozen=not gekozen),
            *[
                o.Verwijzing(label, o.met_query(request.GET, soort=code) + "#tijdlijn", gekozen=gekozen == code)
                for code, label in Categorie.choices
            ],
        ],
    }


def _jaren(request: HttpRequest, eerste: int, gekozen: str) -> list[o.Verwijzing]:
    """The years since the first line, newest first; each loads that year."""
    jaren = [str(jaar) for jaar in range(klok.vandaag().year, eerste - 1, -1)]
    alle = o.Verwijzing("Alle jaren", o.met_query(request.GET, jaar=None, toon=None) + "#tijdlijn", gekozen=not gekozen)
    return [
        alle,
        *[
            o.Verwijzing(jaar, o.met_query(request.GET, jaar=jaar, toon=None) + "#tijdlijn", gekozen=jaar == gekozen)
            for jaar in jaren
        ],
    ]


def _verbeterbaar(request: Any, deelnemer: Deelnemer) -> ExpressionWrapper:
    """Condition on a line: it is a note that this reader may correct."""
    notities = te_verbeteren_notities(deelnemer, request.medewerker, request.rechten)
    sleutel = Concat(Value("contact:"), Cast("pk", CharField()))
    return ExpressionWrapper(
        Q(kamer="deelnemers", sleutel__in=notities.annotate(sleutel=sleutel).values("sleutel")), BooleanField()
    )


def punten_van(rijen: list[Any], dossiernummer: str = "") -> list[o.Tijdlijnpunt]:
    """Lines of one series that follow each other become one (pattern 4: “6 keer aanwezig”).

    With `dossiernummer` a note leads to where this reader can correct it.
    """
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
            punten.append(_punt(rij, dossiernummer))
    leg_af()
    return punten


def _punt(rij: Any, dossiernummer: str = "") -> o.Tijdlijnpunt:
    verbeter = ""
    if dossiernummer and rij.verbeterbaar:
        verbeter = reverse("notitie_verbeteren", args=[dossiernummer, rij.sleutel.removeprefix("contact:")])
    return o.Tijdlijnpunt(
        rij.op,
        rij.titel,
        door=rij.actor_naam,
        tekst=rij.tekst,
        soort=rij.categorie,
        icoon=rij.icoon,
        url=verbeter or rij.url,
        url_tekst="Verbeteren" if verbeter else "",
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
        wanneer=klok.middag(dag) if (dag := form.cleaned_data["wanneer"]) and dag != klok.vandaag() else None,
        contact_gelukt={"ja": True, "nee": False}.get(form.cleaned_data["gelukt"]),
        bijzonder=form.cleaned_data["gevoelig"],
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
    velden = {naam: request.POST.get(naam, "") for naam in GETYPT}
    tekst = request.POST.get("tekst", "")[:10_000]
    gevoelig = "gevoelig" in request.POST
    bewaar_concept(deelnemer, request.medewerker, tekst, actor=actor_van(request), gevoelig=gevoelig, **velden)
    return HttpResponse(status=204)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.notitie")
def terugkomen(request: Any, deelnemer: Deelnemer, contact_id: int) -> HttpResponse:
    """The note that somebody wanted to come back to; *Gedaan* takes it off Vandaag."""
    rijen = Contactmoment.objects.filter(deelnemer=deelnemer, terugkomen_op__isnull=False).select_related("medewerker")
    rijen = rijen.filter(ingetrokken_op__isnull=True)
    if not mag_bijzonder(request.rechten):
        rijen = rijen.filter(bijzonder=False)
    contact = get_object_or_404(rijen, pk=contact_id)
    if request.method == "POST":
        handel_terugkomen_af(contact, actor=actor_van(request))
        meld(request, "Gedaan", onder="De notitie staat niet meer op Vandaag.")
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return render(request, "deelnemers/terugkomen.html", {"deelnemer": deelnemer, "contact": contact})


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
