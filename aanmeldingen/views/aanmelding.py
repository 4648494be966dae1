"""One referral: read it, and decide."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanmeldingen import forms, querysets, services, weergave
from aanmeldingen.aansluiting import OVERDRACHT_ROOD_NA
from aanmeldingen.bescherming import bronlabel, mag_zien, routelabel
from aanmeldingen.keuzes import TERUGSTUURREDENEN, Onderdeel, Richting
from aanmeldingen.models import Aanmelding, Overdrachtsmoment
from aanmeldingen.regels import documenten_in_woorden
from aanmeldingen.services.teamoverdracht import dag_van_regel
from aanmeldingen.toestanden import AANMELDING, TEAMOVERDRACHT
from aanmeldingen.views import documenten
from aanmeldingen.views.postvak import toon
from deelnemers.toegang import mag_bijzonder
from kern import klok
from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Knop, Merk, Tijdlijnpunt, toestandmerk
from kern.toegang import toegang
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum
from kern.weigering import GEWEIGERD, neem_fouten_over
from regelgeving.opzoeken import label

_KNOPPEN = {
    "accepteren": ("aanmelding_aannemen", "vink"),
    "vraag_stellen": ("aanmelding_vraag", "vraag"),
    "terugsturen": ("aanmelding_terug", "herstel"),
    "oppakken": ("aanmelding_oppakken", "hand"),
}


_NAAR_TEAM = ("teamoverdracht__team", "teamoverdracht__naar")


def _haal(request: HttpRequest, kenmerk: uuid.UUID) -> Aanmelding:
    zichtbaar = querysets.zichtbaar_voor(request.medewerker)  # type: ignore[attr-defined]
    rijen = zichtbaar.select_related("route", "routeversie", "team", "behandelaar", "deelnemer", "client", *_NAAR_TEAM)
    return get_object_or_404(rijen, kenmerk=kenmerk, richting=Richting.INKOMEND)


def _knoppen(aanmelding: Aanmelding, rechten: frozenset[str]) -> list[Knop]:
    mag = {stap.actie: stap for stap in AANMELDING.acties(aanmelding, rechten)}
    return [
        Knop(
            mag[actie].label,
            reverse(naam, args=[aanmelding.kenmerk]),
            icoon,
            hoofd=actie == "accepteren",
            post=actie == "oppakken",
        )
        for actie, (naam, icoon) in _KNOPPEN.items()
        if actie in mag
    ]


def _verloop(aanmelding: Aanmelding) -> list[Tijdlijnpunt]:
    punten = [
        Tijdlijnpunt(o.op, AANMELDING.toestand(o.naar).label, o.actor_naam, o.reden, "systeem", "inbak")
        for o in querysets.overgangen(aanmelding)
    ]
    punten += [
        Tijdlijnpunt(r.aangemaakt_op, "Herinnering gestuurd", r.naar, r.get_soort_display(), "systeem", "klok")
        for r in aanmelding.rappels.order_by("pk")
    ]
    if (rij := aanmelding.naar_team) is not None:
        punten += [
            Tijdlijnpunt(
                o.op, f"Naar het team: {TEAMOVERDRACHT.toestand(o.naar).label.lower()}", o.actor_naam, o.reden,
                "systeem", "klok",
            )
            for o in querysets.overgangen(rij, TEAMOVERDRACHT.soort)
        ]  # fmt: skip
    return sorted(punten, key=lambda punt: punt.op, reverse=True)  # type: ignore[arg-type, return-value]


def _vragen(aanmelding: Aanmelding) -> list[dict[str, Any]]:
    rijen = aanmelding.vragen.select_related("gesteld_door").order_by("-gesteld_op", "-pk")
    return [{"rij": v, "over": ", ".join(str(Onderdeel(o).label) for o in v.onderdelen)} for v in rijen]


def _overdrachten(aanmelding: Aanmelding) -> list[dict[str, Any]]:
    uit = []
    for moment in aanmelding.overdrachten.select_related("naar").order_by("pk"):
        merk = Merk("Samen met de verwijzer" if moment.warm else "Zonder de verwijzer", "goed")
        if moment.gehouden_op is None:
            dagen = (klok.vandaag() - moment.gevraagd_op).days
            laat = dagen > OVERDRACHT_ROOD_NA
            merk = Merk("Te laat" if laat else "Staat nog open", "fout" if laat else "let-op")
        uit.append({"moment": moment, "merk": merk})
    return uit


def _later(aanmelding: Aanmelding) -> dt.date | None:
    """The day before which the route does not take somebody yet (R028), when it is still ahead."""
    te_vroeg = "niet_uitgestroomd_na_maanden" in aanmelding.routeversie.regels
    dag = dag_van_regel(aanmelding) if te_vroeg else None
    return dag if dag is not None and dag > klok.vandaag() else None


def _naar_team(aanmelding: Aanmelding, *, mag: bool) -> dict[str, Any] | None:
    """The hand-over to a team on a day: planned, done or lapsed, and else the day of the rule."""
    rij = aanmelding.naar_team
    if rij is None:
        dag = dag_van_regel(aanmelding) if aanmelding.is_open else None
        return {"dag": dag, "merk": Merk("Volgens de regel", "info")} if dag else None
    overnemen = mag and rij.status == "overgedragen" and aanmelding.status == "geaccepteerd"
    return {
        "rij": rij,
        "dag": rij.op,
        "merk": toestandmerk(TEAMOVERDRACHT.toestand(rij.status)),
        "url": reverse("aanmelding_overnemen", args=[aanmelding.kenmerk]) if overnemen else "",
    }


@toegang("aanmelding.zien")
@require_safe
def aanmelding(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The referral as it came, what may be done now, and what happened."""
    rij = _haal(request, kenmerk)
    toon(request, [rij], "aanmelding.bekijken")
    rechten = request.rechten  # type: ignore[attr-defined]
    keten, voluit = weergave.keten(rij, request), mag_zien(rij, request)
    context = {
        "aanmelding": rij,
        "van": bronlabel(rij, voluit=voluit),
        "route": routelabel(rij, voluit=voluit),
        "status": weergave.statusmerk(rij),
        "termijn": weergave.termijnmerk(rij),
        "compleet": weergave.compleetmerk(rij),
        "knoppen": _knoppen(rij, rechten),
        "delen": weergave.delen(rij, bijzonder=mag_bijzonder(rechten), voluit=voluit),
        "document_nodig": documenten_in_woorden(services.documenten_nodig(rij))
        if rij.status == "wacht_op_document"
        else "",
        "documenten": documenten.regels(rij, bijzonder=mag_bijzonder(rechten)),
        "feiten": weergave.gegevens(rij, voluit=voluit),
        "veiligheid": weergave.veiligheid(rij, lezen="aanmelding.behandelen" in rechten),
        "vragen": _vragen(rij),
        "keten": keten if len(keten) > 1 else [],
        "verloop": _verloop(rij),
        "overdrachten": _overdrachten(rij),
        "mag_overdragen": "aanmelding.behandelen" in rechten,
        "naar_team": _naar_team(rij, mag="aanmelding.behandelen" in rechten),
        "terugreden": label(TERUGSTUURREDENEN, rij.terugstuurreden) if rij.terugstuurreden else "",
    }
    return render(request, "aanmeldingen/aanmelding.html", context)


@dataclass(frozen=True)
class _Besluit:
    """One kind of decision: its action in the state table, its form, what it does, and its words."""

    actie: str
    form: Callable[[Any, Aanmelding], Any]
    doe: Callable[[Aanmelding, Any, Actor], Any]
    titel: str
    knop: str
    uitleg: str
    gelukt: tuple[str, str]

    def voer_uit(self, rij: Aanmelding, form: Any, request: HttpRequest) -> bool:
        """Do it; False with the faults in the form when it could not be done."""
        try:
            self.doe(rij, form, Actor.van_gebruiker(request.user))  # type: ignore[arg-type]
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, self.gelukt[0].format(naam=rij.naam), onder=self.gelukt[1])
            return True
        return False


def _beslis(request: HttpRequest, kenmerk: uuid.UUID, besluit: _Besluit) -> HttpResponse:
    """The shape of every decision: a form, a service, its faults in the form, a message."""
    rij = _haal(request, kenmerk)
    toon(request, [rij], "aanmelding.bekijken")
    terug = reverse("aanmelding", args=[kenmerk])
    if not AANMELDING.mag(rij, besluit.actie):
        status = AANMELDING.toestand(rij.status).label
        meld(request, f"Dit kan nu niet: de status is ‘{status}’.", niveau=messages.WARNING)
        return redirect(terug)
    form = besluit.form(request.POST if request.method == "POST" else None, rij)
    if request.method == "POST" and form.is_valid() and besluit.voer_uit(rij, form, request):
        return redirect(terug)
    context = {
        "form": form,
        "titel": besluit.titel.format(naam=rij.naam),
        "knoptekst": besluit.knop,
        "terug": terug,
        "uitleg": besluit.uitleg,
    }
    return render(request, "aanmeldingen/formulier.html", context)


@toegang("aanmelding.behandelen")
@require_POST
def oppakken(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Take it: from the list of the team to one's own."""
    rij = _haal(request, kenmerk)
    toon(request, [rij], "aanmelding.bekijken")
    medewerker = request.medewerker  # type: ignore[attr-defined]
    try:
        services.pak_op(rij, medewerker, actor=Actor.van_gebruiker(request.user))  # type: ignore[arg-type]
        meld(request, f"Je hebt de aanmelding van {rij.naam} opgepakt.", onder="Ze staat nu op je eigen lijst.")
    except OvergangGeweigerd as fout:
        meld(request, str(fout), niveau=messages.WARNING)
    return redirect("aanmelding", kenmerk=kenmerk)


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def aannemen(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Choose the regievoerder and the first talk."""
    medewerker = request.medewerker  # type: ignore[attr-defined]

    def maak(gegevens: Any, rij: Aanmelding) -> forms.AanneemForm:
        wie = medewerker.pk if medewerker else None
        return forms.AanneemForm(gegevens, initial={"medewerker": wie, "overdracht_op": _later(rij)})

    def doe(rij: Aanmelding, form: forms.AanneemForm, actor: Actor) -> Any:
        gekozen = form.cleaned_data["medewerker"]
        return services.accepteer(
            rij,
            actor=actor,
            medewerker=gekozen,
            intakegesprek_op=form.intakegesprek_op,
            overdracht_op=form.cleaned_data["overdracht_op"],
        )

    besluit = _Besluit(
        "accepteren",
        maak,
        doe,
        "{naam} aannemen",
        "Aannemen",
        "We openen een dossier, of vinden het dossier dat er al is. Het adviesrapport vult de diagnose.",
        ("{naam} is aangenomen.", "De verwijzer krijgt bericht."),
    )
    return _beslis(request, kenmerk, besluit)


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def vraag(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Ask the sender one question."""
    medewerker = request.medewerker  # type: ignore[attr-defined]

    def doe(rij: Aanmelding, form: forms.VraagForm, actor: Actor) -> Any:
        gegevens = form.cleaned_data
        return services.vraag_aanvulling(
            rij, gegevens["onderdelen"], gegevens["vraag"], actor=actor, medewerker=medewerker
        )

    besluit = _Besluit(
        "vraag_stellen",
        lambda gegevens, rij: forms.VraagForm(gegevens),
        doe,
        "Vraag over {naam}",
        "Vraag versturen",
        "De verwijzer is dan aan zet en onze klok staat stil. In één keer goed kan daarna niet meer.",
        ("Je vraag is verstuurd.", "De klok staat stil tot het antwoord er is."),
    )
    return _beslis(request, kenmerk, besluit)


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def terugsturen(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Send back, with a reason."""

    def doe(rij: Aanmelding, form: forms.TerugForm, actor: Actor) -> Any:
        gegevens = form.cleaned_data
        return services.stuur_terug(
            rij, gegevens["code"], actor=actor, reden=gegevens["reden"], opnieuw_op=gegevens["opnieuw_op"]
        )

    besluit = _Besluit(
        "terugsturen",
        lambda gegevens, rij: forms.TerugForm(gegevens, initial={"opnieuw_op": _later(rij)}),
        doe,
        "Aanmelding van {naam} terugsturen",
        "Terugsturen",
        "Ontbreekt er alleen iets? Stel dan een vraag. Na terugsturen doet de verwijzer een nieuwe aanmelding.",
        ("De aanmelding is teruggestuurd.", "De verwijzer leest je uitleg."),
    )
    return _beslis(request, kenmerk, besluit)


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def overdracht(request: HttpRequest, kenmerk: uuid.UUID, pk: int) -> HttpResponse:
    """The hand-over took place."""
    rij = _haal(request, kenmerk)
    moment = get_object_or_404(Overdrachtsmoment, pk=pk, aanmelding=rij)
    toon(request, [rij], "aanmelding.bekijken")
    form = forms.OverdrachtForm(
        request.POST if request.method == "POST" else None, initial={"gehouden_op": klok.vandaag()}
    )
    if request.method == "POST" and form.is_valid():
        gegevens = form.cleaned_data
        try:
            services.leg_overdracht_vast(
                moment, gegevens["gehouden_op"], gegevens["warm"] == "ja",
                actor=Actor.van_gebruiker(request.user), toelichting=gegevens["toelichting"],  # type: ignore[arg-type]
            )  # fmt: skip
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"De overdracht van {datum(gegevens['gehouden_op'])} staat vast.")
            return redirect("aanmelding", kenmerk=kenmerk)
    context = {
        "form": form,
        "titel": f"Overdracht van {rij.naam}",
        "knoptekst": "Vastleggen",
        "terug": reverse("aanmelding", args=[kenmerk]),
        "uitleg": f"Van {moment.van_naam} naar {moment.naar.naam}.",
    }
    return render(request, "aanmeldingen/formulier.html", context)


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def overnemen(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The day came: who of the team takes over."""
    rij = _haal(request, kenmerk)
    toon(request, [rij], "aanmelding.bekijken")
    overdracht, terug = rij.naar_team, reverse("aanmelding", args=[kenmerk])
    if overdracht is None or overdracht.team is None or not TEAMOVERDRACHT.mag(overdracht, "afronden"):
        meld(request, "Er is hier niets over te nemen.", niveau=messages.WARNING)
        return redirect(terug)
    gegevens = request.POST if request.method == "POST" else None
    form = forms.OverneemForm(gegevens, team=overdracht.team, initial={"medewerker": overdracht.naar_id})
    if request.method == "POST" and form.is_valid():
        wie = form.cleaned_data["medewerker"]
        try:
            services.neem_over(overdracht, wie, actor=Actor.van_gebruiker(request.user))  # type: ignore[arg-type]
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"{wie.naam} heeft nu de regie over {rij.naam}.", onder="Spreek ook nog met de verwijzer.")
            return redirect(terug)
    bron = bronlabel(rij, voluit=mag_zien(rij, request))
    context = {
        "form": form,
        "titel": f"{rij.naam} overnemen",
        "knoptekst": "Overnemen",
        "terug": terug,
        "uitleg": f"Team {overdracht.team.naam} neemt {rij.naam} over van {bron}.",
    }
    return render(request, "aanmeldingen/formulier.html", context)
