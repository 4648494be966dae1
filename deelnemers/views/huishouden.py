"""Household and benefit of a person, and the plan of the whole household (R003, R005)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import querysets as vragen
from deelnemers.deur import TE_VAAK
from deelnemers.formulieren import HuishoudenForm
from deelnemers.keuzes import HuishoudRol
from deelnemers.models import Deelnemer, Huishoudlid, MeldingAanInkomen, Toezegging
from deelnemers.models.contact import NOG_TE_DOEN
from deelnemers.services import huishouden as dienst
from deelnemers.services.gezin import kies_gezinsregisseur
from deelnemers.toegang import DOSSIER, rechten_bij, zonder_verboden
from deelnemers.views.hulp import actor_van, formulierblad, kaart, met_dossier
from deelnemers.views.inkomen import statusmerk
from kern import klok
from kern.aansluitingen import dossier as socket
from kern.api.begrenzing import te_veel
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import GEWEIGERD, probeer, zin


@toegang("dossier.zien")
@require_GET
@met_dossier("huishouden.bekijken")
def huishouden(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Who lives together, which benefit, and what runs for each member as far as this reader works with them."""
    iedereen = vragen.huishouden(deelnemer)
    leden = _zonder_verboden(iedereen, request.medewerker)
    meldingen = MeldingAanInkomen.objects.filter(deelnemer=deelnemer).order_by("-id")
    thuis = leden[0].huishouden if leden else None
    regie = list({lid.deelnemer.regievoerder: None for lid in leden if lid.deelnemer.regievoerder})
    mag_wijzigen = "dossier.wijzigen" in request.rechten
    gezin = _gezinsplan(request, deelnemer, leden) if len(leden) > 1 else []
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "huishouden"),
        "huishouden": thuis,
        "leden": leden,
        "eerdere": vragen.eerdere_huishoudens(deelnemer),
        "verborgen": len(iedereen) - len(leden),
        "mag_wijzigen": mag_wijzigen,
        "uitkeringen": vragen.uitkeringen(deelnemer),
        "meldingen": [{"rij": m, "merk": statusmerk(m)} for m in meldingen],
        "gezin": gezin,
        "samen": _let_op_samen(request, thuis, gezin),
        "regievoerders": regie if mag_wijzigen and len(regie) > 1 else [],
    }
    request.lezing.toon("huishouden.bekijken", [lid.deelnemer_id for lid in leden])
    return render(request, "deelnemers/huishouden.html", context)


def _zonder_verboden(leden: list[Huishoudlid], medewerker: Any) -> list[Huishoudlid]:
    """Without whose dossier this reader may not open: a relative in the same household stays out of sight."""
    mag = zonder_verboden(Deelnemer.objects.filter(pk__in=[lid.deelnemer_id for lid in leden]), medewerker, "pk")
    ids = set(mag.order_by("pk").values_list("pk", flat=True))
    return [lid for lid in leden if lid.deelnemer_id in ids]


def _gezinsplan(request: Any, deelnemer: Deelnemer, leden: list[Huishoudlid]) -> list[dict[str, Any]]:
    """Per member what runs and what was promised; of whom the reader does not work with only who guides them, and what
    belongs to the plan of the household.
    """
    ids = [lid.deelnemer_id for lid in leden]
    mag = set(
        Deelnemer.objects.filter(DOSSIER.filter(request.medewerker), pk__in=ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    beloften: dict[int, list[Toezegging]] = {}
    samen = Q(voor_huishouden=True) & DOSSIER.niet_verboden(request.medewerker, "deelnemer")
    open_ = Toezegging.objects.filter(NOG_TE_DOEN, Q(deelnemer__in=mag) | samen, deelnemer__in=ids)
    for rij in open_.order_by("voor", "pk"):
        beloften.setdefault(rij.deelnemer_id, []).append(rij)
    return [
        {
            "lid": lid,
            "hier": lid.deelnemer_id == deelnemer.pk,
            "mag": lid.deelnemer_id in mag,
            "groepen": _samengevat(request, lid.deelnemer) if lid.deelnemer_id in mag else (),
            "beloften": beloften.get(lid.deelnemer_id, []),
        }
        for lid in leden
    ]


def _let_op_samen(request: Any, thuis: Any, gezin: list[dict[str, Any]]) -> list[str]:
    """What touches more members; only of those with whom this reader works."""
    leden = [g["lid"].deelnemer for g in gezin if g["mag"]]
    return socket.let_op_samen(request, thuis, leden) if len(leden) > 1 else []


def _samengevat(request: Any, lid: Deelnemer) -> list[Any]:
    """What runs with this member, as far as this reader may know it of him: not what she may know of another one."""
    rechten = request.rechten
    request.rechten = rechten_bij(rechten, lid, request.medewerker)
    try:
        return list(socket.samengevat(request, lid).items())
    finally:
        request.rechten = rechten


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("huishouden.wijzigen")
def huishouden_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Another household from a date; the former one ends the day before. Who lives there stays, unless they left."""
    lid = dienst.lid_op(deelnemer, klok.vandaag())
    samen = [a for a in dienst.huisgenoten(lid, klok.vandaag()) if a.rol != HuishoudRol.KIND] if lid else []
    begin: dict[str, Any] = {"begindatum": klok.vandaag(), "kinderen": 0, "kostendelers": 1}
    if lid is not None:
        begin |= {n: getattr(lid.huishouden, n) for n in ("leefvorm", *dienst.GEGEVENS)}
    begin["versie"] = dienst.huishoudversie(deelnemer)
    # Of whom the reader may not open the dossier, the name is not here either.
    zien = _zonder_verboden(samen, request.medewerker)
    naam = zien[0].deelnemer.naam if zien else "De partner"
    form = HuishoudenForm(ingevuld(request), initial=begin, bewoner=naam if samen else "")
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        partner = _partner(request, deelnemer, form, velden.pop("partner", ""), velden.pop("partner_geboren_op", None))
        if not form.errors and probeer(
            form,
            lambda: dienst.leg_huishouden_vast(deelnemer, partner=partner, actor=actor_van(request), **velden),
        ):
            erbij = [partner.pk] if partner else [a.deelnemer_id for a in zien]
            request.lezing.toon("huishouden.wijzigen", erbij)
            weg = f"Kijk ook na met wie {naam} nu woont." if velden.get("partner_weg") else ""
            meld(request, "Huishouden vastgelegd", onder=weg)
            return redirect("huishouden", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Huishouden vastleggen", "Vastleggen")


def _partner(request: Any, deelnemer: Deelnemer, form: HuishoudenForm, nummer: str, geboren: Any) -> Deelnemer | None:
    """The partner by number: of one's own people, or of anybody when the birth date shows that it is the right one.

    Counted with the other ways to look up a number, so that nobody can try birth dates.
    """
    if not nummer:
        return None
    if te_veel("opzoeken", f"m{request.medewerker.pk}"):
        form.add_error("partner", TE_VAAK)
        return None
    mag = DOSSIER.filter(request.medewerker) | Q(geboortedatum=geboren) & DOSSIER.niet_verboden(request.medewerker)
    rijen = Deelnemer.objects.filter(mag, dossiernummer=nummer.strip(), samengevoegd_met__isnull=True)
    partner = rijen.exclude(pk=deelnemer.pk).first()
    if partner is None:
        form.add_error("partner", "Dit dossier vinden we niet. Kijk het nummer en de geboortedatum van de partner na.")
    return partner


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("huishouden.wijzigen")
def gezinsregisseur_zet(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """One of the regievoerders keeps the overview of the household."""
    leden = vragen.huishouden(deelnemer)
    if not leden:
        raise Http404("Er is geen huishouden.")
    wie = {str(lid.deelnemer.regievoerder_id): lid.deelnemer.regievoerder for lid in leden}
    gekozen = wie.get(request.POST.get("medewerker", ""))
    nu = request.POST.get("nu", "")
    gezien = int(nu) if nu.isdecimal() else None
    try:
        kies_gezinsregisseur(leden[0].huishouden, gekozen, gezien=gezien, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, f"{gekozen.naam} is gezinsregisseur" if gekozen else "Er is geen gezinsregisseur meer")
    return redirect("huishouden", dossiernummer=deelnemer.dossiernummer)
