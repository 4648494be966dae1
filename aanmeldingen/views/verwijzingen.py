"""Referrals by us: the list, one referral, and what may be done with it (R025, R045)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanmeldingen import querysets, verwijzingen, weergave
from aanmeldingen import verwijsforms as forms
from aanmeldingen.keuzes import Bevestigwijze, Onderdeel, Richting
from aanmeldingen.models import Aanmelding
from aanmeldingen.services import verwijsantwoord, verwijslink, verwijzen
from aanmeldingen.toestanden import BIJ_PARTNER, VERWIJZING
from aanmeldingen.verwijsbrief import maak_brief
from aanmeldingen.views.verwijs import partners_van
from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.partijvragen import Getoond
from deelnemers.querysets import in_doelgroep
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.beperking import eis_onbeperkt
from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.models import Overgang
from kern.onderdelen import Feit, Knop, Leeg, Merk, Tijdlijnpunt, filterbalk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, kortedatum
from kern.weigering import GEWEIGERD, neem_fouten_over, zin

PER_BLADZIJDE = 25


def termijnmerk(aanmelding: Aanmelding) -> Merk:
    """How the clock on the receipt stands."""
    verzending = aanmelding.verzending
    if aanmelding.status == "verstuurd" and verzending.bevestigen_voor:
        laat = verzending.bevestigen_voor < klok.vandaag()
        tekst = f"{'Te laat sinds' if laat else 'Voor'} {kortedatum(verzending.bevestigen_voor)}"
        return Merk(tekst, "fout" if laat else "info")
    if aanmelding.ontvangst_bevestigd_op:
        return Merk(f"Op {kortedatum(aanmelding.ontvangst_bevestigd_op)}", "goed", onder_wie(aanmelding))
    return Merk("Niet bevestigd" if aanmelding.status == "ingetrokken" else "Nog niet verstuurd")


def onder_wie(aanmelding: Aanmelding) -> str:
    """Icon of the way by which the receipt came."""
    return "telefoon" if aanmelding.verzending.bevestigd_wijze == Bevestigwijze.TELEFOON else ""


KOLOMMEN = (
    Kolom("naam", "Persoon", kop=True, link=verwijzingen.adres, onder=lambda a: a.volgnummer),
    Kolom("naar", "Naar", waarde=lambda a: a.ketenpartner.naam, onder=verwijzingen.reden, breed=True),
    Kolom("status", "Status", waarde=weergave.statusmerk, breed=True),
    Kolom("ontvangst", "Ontvangst", waarde=termijnmerk, breed=True),
    Kolom("wie", "Door", waarde=lambda a: str(a.behandelaar or ""), onder=lambda a: str(a.team or "")),
)  # fmt: skip


@toegang("aanmelding.zien")
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Referrals to partners; the receipt that is overdue longest stands on top."""
    filter_, rechten = forms.VerwijsFilter(request.GET or None), request.rechten  # type: ignore[attr-defined]
    zet_doelgroepen(filter_, rechten)
    keuze = dict(filter_.cleaned_data) if filter_.is_valid() else {}
    gefilterd, groep = any(keuze.values()), keuze.pop("doelgroep", "")
    rijen = in_doelgroep(querysets.verwijzingen_uit(request.medewerker, **keuze), groep)  # type: ignore[attr-defined]
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("verwijzing.lijst", [a.deelnemer_id for a in pagina])  # type: ignore[attr-defined]
    leeg = Leeg("Nog geen verwijzingen", "Verwijzen doe je vanuit het dossier van een persoon.", "koppel")
    if gefilterd:
        leeg = Leeg("Geen verwijzingen met dit filter", "Haal een filter weg om meer te zien.", "filter")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Verwijzingen naar buiten", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "hoeveel": pagina.paginator.count,
    }
    return render(request, "aanmeldingen/verwijzingen.html", context)


def haal(request: HttpRequest, kenmerk: uuid.UUID) -> Aanmelding:
    """A referral by us that this member of staff may see; noted as read."""
    zichtbaar = querysets.zichtbaar_voor(request.medewerker).filter(richting=Richting.UITGAAND)  # type: ignore[attr-defined]
    rijen = zichtbaar.select_related(
        "route", "routeversie__route", "team", "behandelaar", "deelnemer", "ketenpartner", "verzending__contactpersoon"
    )
    rij = get_object_or_404(rijen, kenmerk=kenmerk)
    request.lezing.toon("verwijzing.bekijken", [rij.deelnemer_id])  # type: ignore[attr-defined]
    return rij


def _knoppen(rij: Aanmelding, rechten: frozenset[str]) -> list[Knop]:
    mag = {stap.actie for stap in VERWIJZING.acties(rij, rechten)}

    def naar(naam: str) -> str:
        return reverse(naam, args=[rij.kenmerk])

    knoppen = []
    if rij.status != "concept":
        knoppen.append(Knop("Brief (pdf)", naar("verwijzing_brief"), "brief"))
    if "versturen" in mag:
        knoppen += [
            Knop("Versturen", naar("verwijzing_verstuur"), "vink", hoofd=True, post=True),
            Knop("Wijzigen", naar("verwijzing_wijzig"), "pen"),
        ]
    if "bevestigen" in mag:
        knoppen.append(Knop("Ontvangst gehoord", naar("verwijzing_gehoord"), "telefoon"))
    if "aannemen" in mag:
        knoppen.append(Knop("Antwoord gehoord", naar("verwijzing_antwoord"), "telefoon"))
        if rij.ketenpartner and not rij.ketenpartner.client_id:
            knoppen.append(Knop("Nieuwe link mailen", naar("verwijzing_link"), "brief", post=True))
    if "intrekken" in mag:
        knoppen.append(Knop("Intrekken", naar("verwijzing_intrekken"), "kruis", stil=True))
    if rij.status == "teruggestuurd" and not rij.verzending.gezien_op and "aanmelding.behandelen" in rechten:
        knoppen.append(Knop("Gelezen", naar("verwijzing_gezien"), "vink", hoofd=True, post=True))
    return knoppen


def _feiten(rij: Aanmelding) -> list[Feit]:
    v, partner = rij.verzending, rij.ketenpartner
    naam, email = verwijslink.ontvanger(rij)
    grond = f"Toestemming op {datum(v.toestemming_op)}" if v.toestemming_op else v.grond_uitleg
    systeem = bool(partner and partner.client_id)
    return [
        Feit("Naar", str(partner), url=reverse("ketenpartner", args=[rij.ketenpartner_id])),
        Feit("Aan", naam, onder=email),
        Feit("Hoe", "In het systeem van de partner" if systeem else "Met een link per e-mail"),
        Feit("Reden", verwijzingen.reden(rij)),
        Feit("Waarom mag dit", grond),
        Feit("Gaat mee", ", ".join(str(Onderdeel(o).label).lower() for o in v.onderdelen)),
        Feit("Verwezen door", rij.behandelaar.naam if rij.behandelaar else ""),
        Feit("Bevestigd door", v.bevestigd_door or "Nog niemand", onder=v.get_bevestigd_wijze_display()),
    ]  # fmt: skip


def _verloop(rij: Aanmelding) -> list[Tijdlijnpunt]:
    """What happened, newest first: states, who opened the link, who was reminded."""
    stappen = Overgang.objects.filter(soort=VERWIJZING.soort, object_id=rij.pk).order_by("op", "pk")
    punten = [
        Tijdlijnpunt(o.op, VERWIJZING.toestand(o.naar).label, o.actor_naam, o.reden, "systeem", "koppel")
        for o in stappen
    ]
    punten += [
        Tijdlijnpunt(o.op, "Link geopend", f"{o.naam}, {o.functie}", soort="systeem", icoon="oog")
        for o in rij.openingen.order_by("op", "pk")
    ]
    punten += [
        Tijdlijnpunt(r.aangemaakt_op, "Herinnering gestuurd", r.naar, r.get_soort_display(), "systeem", "klok")
        for r in rij.rappels.order_by("pk")
    ]
    return sorted(punten, key=lambda p: p.op, reverse=True)  # type: ignore[arg-type, return-value]


@toegang("aanmelding.zien")
@require_safe
def verwijzing(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """One referral: what goes or went along, how it stands, and what may be done now."""
    rij = haal(request, kenmerk)
    keten = weergave.keten(rij, request)
    context = {
        "aanmelding": rij,
        "status": weergave.statusmerk(rij),
        "termijn": termijnmerk(rij),
        "knoppen": _knoppen(rij, request.rechten),  # type: ignore[attr-defined]
        "feiten": _feiten(rij),
        "persoon": persoonsfeiten(rij),
        "delen": weergave.delen(rij, bijzonder=False),
        "keten": keten if len(keten) > 1 else [],
        "verloop": _verloop(rij),
        "terugreden": verwijzingen.terugreden(rij),
        "betrokken": _betrokken(request, rij),
    }
    return render(request, "aanmeldingen/verwijzing.html", context)


def _betrokken(request: Any, rij: Aanmelding) -> list[Getoond]:
    """Until it is closed: who of the partner is involved already and may know something; only for who may see the
    dossier (R214).
    """
    weg = VERWIJZING.toestand(rij.status).eind or rij.deelnemer is None or rij.ketenpartner is None
    if weg or not DOSSIER.mag(rij.deelnemer, request.medewerker):
        return []
    return partners_van(rij.deelnemer, rij.ketenpartner, request.rechten)


def persoonsfeiten(rij: Aanmelding) -> list[Feit]:
    """Name, birth date and what was chosen of contact and address."""
    adres = f"{rij.straat} {rij.huisnummer}, {rij.postcode} {rij.woonplaats}" if rij.adres_te_tonen else ""
    paren = [
        ("Naam", rij.naam),
        ("Geboren", datum(rij.geboortedatum)),
        ("Telefoon", rij.telefoon),
        ("E-mail", rij.email),
        ("Adres", adres),
        ("Tolk nodig voor", rij.tolk_taal),
    ]
    return [Feit(label, waarde) for label, waarde in paren if waarde]


def _formulier(request: HttpRequest, rij: Aanmelding, form: Any, *, titel: str, knop: str) -> HttpResponse:
    terug = reverse("verwijzing", args=[rij.kenmerk])
    context = {"form": form, "titel": titel, "knoptekst": knop, "terug": terug, "uitleg": f"Naar {rij.ketenpartner}."}
    return render(request, "aanmeldingen/verwijsformulier.html", context, status=400 if form.errors else 200)


def _doe(request: HttpRequest, form: Any, doe: Callable[[Actor], Any]) -> bool:
    """Whether it was done; why not stands in the form."""
    try:
        doe(Actor.van_gebruiker(request.user))  # type: ignore[arg-type]
    except GEWEIGERD as fout:
        neem_fouten_over(form, fout)
        return False
    return True


def _knop(
    request: HttpRequest, kenmerk: uuid.UUID, doe: Callable[[Aanmelding, Actor], Any], gelukt: str
) -> HttpResponse:
    """A button without a form: do it, say how it went, back to the referral."""
    rij = haal(request, kenmerk)
    try:
        doe(rij, Actor.van_gebruiker(request.user))  # type: ignore[arg-type]
    except GEWEIGERD as fout:
        meld(request, zin(fout), niveau=messages.WARNING)
    else:
        meld(request, gelukt)
    return redirect("verwijzing", kenmerk=kenmerk)


@toegang("aanmelding.zien")
@require_safe
@never_cache
def brief(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The letter to the partner with the slip for the receipt; only of what was sent."""
    rij = haal(request, kenmerk)
    if rij.status == "concept" or rij.verzending.verstuurd_op is None:
        raise Http404("Deze verwijzing is nog niet verstuurd.")
    eis_onbeperkt(rij.deelnemer_id)
    request.lezing.toon("verwijzing.brief", [rij.deelnemer_id])  # type: ignore[attr-defined]
    response = HttpResponse(maak_brief(rij, persoonsfeiten(rij)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="verwijzing-{rij.volgnummer}.pdf"'
    return response


@toegang("aanmelding.behandelen")
@require_POST
def verstuur(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Send it; pressing twice sends it once."""
    return _knop(
        request, kenmerk, lambda rij, actor: verwijzen.verstuur(rij, actor=actor), "De verwijzing is verstuurd."
    )


@toegang("aanmelding.behandelen")
@require_POST
def link(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Mail a new link; the old one stops."""
    return _knop(
        request,
        kenmerk,
        lambda rij, actor: verwijslink.geef_link(rij, actor=actor),
        "Er is een nieuwe link gemaild. De oude werkt niet meer.",
    )


@toegang("aanmelding.behandelen")
@require_POST
def gezien(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """I read why it came back."""
    return _knop(
        request, kenmerk, lambda rij, actor: verwijzen.markeer_gezien(rij, actor=actor), "Van je lijst gehaald."
    )


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def wijzig(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Change what was not sent yet."""
    rij = haal(request, kenmerk)
    if not VERWIJZING.mag(rij, "versturen") or rij.ketenpartner is None:
        meld(request, "Deze verwijzing is al verstuurd.", niveau=messages.WARNING)
        return redirect("verwijzing", kenmerk=kenmerk)
    v = rij.verzending
    begin = {
        **{
            naam: getattr(v, naam)
            for naam in ("contactpersoon", "onderdelen", "grond", "toestemming_op", "grond_uitleg")
        },
        "reden": rij.verwijsreden,
        "toelichting": rij.toelichting,
    }
    form = forms.VerwijsForm(rij.routeversie, rij.ketenpartner, ingevuld(request), initial=begin)

    def bewaar(actor: Actor) -> Aanmelding:
        return verwijzen.wijzig_concept(rij, form.inhoud, actor=actor)

    if request.method == "POST" and form.is_valid() and _doe(request, form, bewaar):
        return redirect("verwijzing", kenmerk=kenmerk)
    return _formulier(request, rij, form, titel=f"Verwijzing van {rij.naam} wijzigen", knop="Bewaren")


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def gehoord(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The partner said by phone that it is there, or the slip of the letter came back."""
    rij = haal(request, kenmerk)
    if not VERWIJZING.mag(rij, "bevestigen"):
        meld(
            request, "De ontvangst is al bevestigd, of de verwijzing ligt niet bij de partner.", niveau=messages.WARNING
        )
        return redirect("verwijzing", kenmerk=kenmerk)
    form = forms.OntvangstForm(ingevuld(request), initial={"wijze": Bevestigwijze.TELEFOON})
    if request.method == "POST" and form.is_valid():
        wie = verwijsantwoord.Zegsman(form.cleaned_data["naam"], Bevestigwijze(form.cleaned_data["wijze"]))
        if _doe(request, form, lambda actor: verwijsantwoord.bevestig_ontvangst(rij, wie, actor=actor)):
            meld(request, f"Ontvangst vastgelegd op {datum(klok.vandaag())}.")
            return redirect("verwijzing", kenmerk=kenmerk)
    return _formulier(request, rij, form, titel="Ontvangst gehoord", knop="Vastleggen")


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def antwoord(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The partner said by phone what it does."""
    rij = haal(request, kenmerk)
    if rij.status not in BIJ_PARTNER:
        meld(request, "Er valt niets meer te antwoorden.", niveau=messages.WARNING)
        return redirect("verwijzing", kenmerk=kenmerk)
    form = forms.PartnerantwoordForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        wie = verwijsantwoord.Zegsman(form.cleaned_data["naam"], Bevestigwijze.TELEFOON)
        if _doe(request, form, lambda actor: geef_antwoord(rij, wie, form.cleaned_data, actor)):
            meld(request, "Het antwoord van de partner staat vast.")
            return redirect("verwijzing", kenmerk=kenmerk)
    return _formulier(request, rij, form, titel="Antwoord van de partner", knop="Vastleggen")


def geef_antwoord(rij: Aanmelding, wie: verwijsantwoord.Zegsman, gegevens: dict[str, Any], actor: Actor) -> Aanmelding:
    """The answer of screen or link, by the same services as the API."""
    if gegevens["besluit"] == "bevestigen":
        return verwijsantwoord.bevestig_ontvangst(rij, wie, actor=actor)
    if gegevens["besluit"] == "aannemen":
        return verwijsantwoord.partner_neemt_aan(rij, wie, actor=actor, toelichting=gegevens["reden"])
    return verwijsantwoord.partner_stuurt_terug(rij, wie, gegevens["code"], actor=actor, reden=gegevens["reden"])


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
def intrekken(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Take it back, with a reason."""
    rij = haal(request, kenmerk)
    if not VERWIJZING.mag(rij, "intrekken"):
        meld(request, "Deze verwijzing is al klaar.", niveau=messages.WARNING)
        return redirect("verwijzing", kenmerk=kenmerk)
    form = forms.IntrekForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        reden = form.cleaned_data["reden"]
        if _doe(request, form, lambda actor: verwijzen.trek_verwijzing_in(rij, actor=actor, reden=reden)):
            meld(request, "De verwijzing is ingetrokken.")
            return redirect("verwijzing", kenmerk=kenmerk)
    return _formulier(request, rij, form, titel=f"Verwijzing van {rij.naam} intrekken", knop="Intrekken")
