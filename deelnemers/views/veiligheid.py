"""Safety of staff: notices of a person, confirm, tell the person, look again; incidents and their register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import incidentvragen as vragen
from deelnemers.formulieren import VeiligheidForm
from deelnemers.incidentforms import AfhandelForm, IncidentForm, InlichtForm, NazorgForm, begin_incident
from deelnemers.models import Deelnemer, Incident, Veiligheidsmelding
from deelnemers.services import incidenten as services
from deelnemers.services import veiligheid as meldingen
from deelnemers.views.dubbelen import moment
from deelnemers.views.hulp import actor_van, formulierblad, kaart, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, hoofdletter
from kern.weigering import IntussenGewijzigd, neem_fouten_over

MELDEN, AFHANDELEN, VASTSTELLEN = "incident.melden", "incident.behandelen", "veiligheid.wijzigen"
PER_BLADZIJDE = 50


def _overzicht(deelnemer: Deelnemer) -> HttpResponse:
    return redirect("veiligheid_overzicht", dossiernummer=deelnemer.dossiernummer)


# --- Notices -------------------------------------------------------------------------------------------------
def _stand(rij: Veiligheidsmelding) -> o.Merk:
    if rij.tweede_persoon_id is None:
        return o.Merk("Wacht op een tweede persoon", "let-op")
    if rij.geldig_tot < klok.vandaag():
        return o.Merk(f"Verlopen op {datum(rij.geldig_tot)}")
    return o.Merk(f"Geldt tot en met {datum(rij.geldig_tot)}", "veilig", "schild")


def _ingelicht(rij: Veiligheidsmelding | Incident) -> str:
    if rij.persoon_ingelicht_op:
        return f"Verteld op {datum(rij.persoon_ingelicht_op)}"
    return f"Niet verteld: {rij.niet_inlichten_reden}" if rij.niet_inlichten_reden else "Nog niet verteld"


def incidentmerk(rij: Incident) -> o.Merk:
    """Whether it waits, and since when it is done."""
    if rij.afgehandeld_op is None:
        return o.Merk("Nog af te handelen", "let-op")
    return o.Merk(f"Afgehandeld op {datum(rij.afgehandeld_op)}", "goed")


MELDINGEN = (
    Kolom(
        "maatregel",
        "Wat doen we",
        kop=True,
        breed=True,
        link=lambda m: reverse("veiligheid", args=[m.deelnemer.dossiernummer, m.pk]),
        onder=lambda m: m.gedrag,
    ),
    Kolom("stand", "Stand", waarde=_stand),
    Kolom("ingelicht", "De persoon", waarde=_ingelicht, breed=True),
)
INCIDENTEN = (
    Kolom(
        "soort",
        "Incident",
        kop=True,
        waarde=lambda i: hoofdletter(i.get_soort_display()),
        link=lambda i: reverse("incident", args=[i.deelnemer.dossiernummer, i.pk]),
        onder=lambda i: moment(i.gebeurd_op),
    ),
    Kolom("waar", "Waar", breed=True),
    Kolom("door", "Gemeld door", waarde=lambda i: i.gemeld_door.naam),
    Kolom("stand", "Stand", waarde=incidentmerk),
)


@toegang(VASTSTELLEN, MELDEN, AFHANDELEN)
@require_GET
@met_dossier("veiligheid.bekijken")
def overzicht(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """What holds now, what held before, and what happened."""
    rechten = request.rechten
    rijen = list(vragen.meldingen_van(deelnemer)) if VASTSTELLEN in rechten else []
    for rij in rijen:
        rij.deelnemer = deelnemer
    incidenten = vragen.incidenten_van(deelnemer, request.medewerker, rechten)[:PER_BLADZIJDE]
    leeg = o.Leeg("Geen veiligheidsmelding", "Er is geen afspraak nodig om deze persoon veilig te spreken.", "schild")
    geen = o.Leeg("Geen incidenten", "Is er iets gebeurd? Meld het, ook als het goed afliep.", "vinkrond")
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, ""),
        "meldingen": Tabel.van(request, MELDINGEN, rijen, bijschrift="Veiligheidsmeldingen", leeg=leeg),
        "incidenten": Tabel.van(request, INCIDENTEN, incidenten, bijschrift="Incidenten", leeg=geen),
        "mag_vaststellen": VASTSTELLEN in rechten,
        "mag_melden": MELDEN in rechten,
    }
    return render(request, "deelnemers/veiligheid_overzicht.html", context)


@toegang(VASTSTELLEN)
@require_http_methods(["GET", "POST"])
@met_dossier("veiligheid.voorstellen")
def veiligheid_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Write down behaviour and measure; a colleague confirms before anybody sees it."""
    form = VeiligheidForm(request.POST or None, initial={"versie": meldingen.veiligheidsversie(deelnemer)})
    if request.method == "POST" and form.is_valid():
        try:
            meldingen.stel_veiligheid_voor(deelnemer, request.medewerker, actor=actor_van(request), **form.cleaned_data)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Veiligheidsmelding klaargezet", onder="Een collega van je team bevestigt haar.")
            return _overzicht(deelnemer)
    return formulierblad(request, deelnemer, form, "Veiligheidsmelding", "Laten bevestigen")


def _melding(deelnemer: Deelnemer, melding_id: int) -> Veiligheidsmelding:
    rijen = Veiligheidsmelding.objects.select_related("vastgesteld_door", "tweede_persoon")
    return get_object_or_404(rijen, pk=melding_id, deelnemer=deelnemer)


@toegang(VASTSTELLEN)
@require_http_methods(["GET", "POST"])
@met_dossier("veiligheid.bevestigen")
def veiligheid(request: Any, deelnemer: Deelnemer, melding_id: int) -> HttpResponse:
    """Confirm a notice as the second person, withdraw it, or let it end on its day."""
    rij = _melding(deelnemer, melding_id)
    if request.method == "POST":
        gezien = request.POST.get("versie", "")
        hoe = {"actor": actor_van(request), "versie": int(gezien) if gezien.isdecimal() else None}
        besluiten = {
            "intrekken": lambda: meldingen.trek_veiligheid_in(rij, **hoe),
            "laten_verlopen": lambda: meldingen.laat_veiligheid_verlopen(rij, **hoe),
            "bevestigen": lambda: meldingen.bevestig_veiligheid(rij, request.medewerker, **hoe),
        }
        try:
            besluiten.get(request.POST.get("besluit", ""), besluiten["bevestigen"])()
        except ValidationError as fout:
            meld(request, fout.messages[0], niveau=messages.ERROR)
            return redirect("veiligheid", dossiernummer=deelnemer.dossiernummer, melding_id=rij.pk)
        meld(request, "Veiligheidsmelding bijgewerkt", onder=deelnemer.naam)
        return _overzicht(deelnemer)
    geldt = rij.tweede_persoon_id is not None and rij.ingetrokken_op is None
    context = {
        "deelnemer": deelnemer,
        "rij": rij,
        "eigen": rij.vastgesteld_door_id == request.medewerker.pk,
        "ingelicht": _ingelicht(rij),
        "mag_inlichten": geldt and rij.geldig_tot >= klok.vandaag() and not rij.persoon_ingelicht_op,
        "mag_herzien": geldt and rij.herzien_op is None,
    }
    return render(request, "deelnemers/veiligheid.html", context)


@toegang(VASTSTELLEN)
@require_http_methods(["GET", "POST"])
@met_dossier("veiligheid.inlichten")
def inlichten(request: Any, deelnemer: Deelnemer, melding_id: int) -> HttpResponse:
    """The person was told, or why not."""
    rij = _melding(deelnemer, melding_id)
    begin = {"niet_inlichten_reden": rij.niet_inlichten_reden, "versie": rij.versie}
    form = InlichtForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            meldingen.licht_persoon_in(
                rij,
                op=c["persoon_ingelicht_op"],
                reden=c["niet_inlichten_reden"],
                versie=c["versie"],
                actor=actor_van(request),
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Vastgelegd", onder=deelnemer.naam)
            return _overzicht(deelnemer)
    return formulierblad(request, deelnemer, form, "Weet de persoon van de melding?", "Vastleggen")


@toegang(VASTSTELLEN)
@require_http_methods(["GET", "POST"])
@met_dossier("veiligheid.voorstellen")
def verlengen(request: Any, deelnemer: Deelnemer, melding_id: int) -> HttpResponse:
    """Still needed: a new notice from the old words, which a second person confirms again."""
    rij = _melding(deelnemer, melding_id)
    begin = {"gedrag": rij.gedrag, "maatregel": rij.maatregel, "bron": rij.bron, "versie": rij.versie}
    form = VeiligheidForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            meldingen.verleng_veiligheid(rij, request.medewerker, actor=actor_van(request), **form.cleaned_data)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Nieuwe melding klaargezet", onder="Een collega van je team bevestigt haar.")
            return _overzicht(deelnemer)
    return formulierblad(request, deelnemer, form, "Veiligheidsmelding verlengen", "Laten bevestigen")


# --- Incidents -----------------------------------------------------------------------------------------------
@toegang(MELDEN)
@require_http_methods(["GET", "POST"])
@met_dossier("incident.melden")
def incident_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Report what happened."""
    form = IncidentForm(ingevuld(request), initial=begin_incident())
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            services.meld_incident(
                deelnemer,
                request.medewerker,
                soort=c["soort"],
                gebeurd_op=form.moment(),
                waar=c["waar"],
                gebeurd=c["gebeurd"],
                actor=actor_van(request),
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout, {"gebeurd_op": "dag"})
        else:
            meld(request, "Incident gemeld", onder="Je teammanager neemt contact met je op.")
            return _overzicht(deelnemer)
    return formulierblad(request, deelnemer, form, "Incident melden", "Melden")


def _incident(request: Any, deelnemer: Deelnemer, pk: int) -> Incident:
    return get_object_or_404(vragen.incidenten_van(deelnemer, request.medewerker, request.rechten), pk=pk)


def _feiten(rij: Incident) -> list[o.Feit]:
    vooraf = "Ja, er gold al een veiligheidsmelding" if rij.melding_vooraf else "Nee, er gold geen veiligheidsmelding"
    feiten = [
        o.Feit("Wanneer", hoofdletter(moment(rij.gebeurd_op)), rij.waar),
        o.Feit("Wat gebeurde er", rij.gebeurd),
        o.Feit("Gemeld door", rij.gemeld_door.naam),
        o.Feit("Was er een waarschuwing", vooraf),
    ]
    if rij.nazorg_door and rij.nazorg_voor:
        klaar = f"gedaan op {datum(rij.nazorg_gedaan_op)}" if rij.nazorg_gedaan_op else f"voor {datum(rij.nazorg_voor)}"
        feiten.append(o.Feit("Hulp voor de collega", rij.nazorg, f"{rij.nazorg_door.naam}, {klaar}"))
    if rij.afgehandeld_op and rij.afgehandeld_door:
        besluit = f"{datum(rij.afgehandeld_op)}, {rij.afgehandeld_door.naam}"
        feiten += [
            o.Feit("Besluit", rij.uitkomst, besluit),
            o.Feit("Veiligheidsmelding", hoofdletter(rij.get_meldingbesluit_display())),
            o.Feit("De persoon", _ingelicht(rij)),
        ]
    return feiten


@toegang(MELDEN, AFHANDELEN, VASTSTELLEN)
@require_GET
@met_dossier("incident.bekijken")
def incident(request: Any, deelnemer: Deelnemer, incident_id: int) -> HttpResponse:
    """One incident: facts, help, decision, and what you can do now."""
    rij = _incident(request, deelnemer, incident_id)
    mag = AFHANDELEN in request.rechten
    open_ = rij.afgehandeld_op is None
    context = {
        "deelnemer": deelnemer,
        "rij": rij,
        "titel": hoofdletter(rij.get_soort_display()),
        "merk": incidentmerk(rij),
        "feiten": _feiten(rij),
        "eigen": rij.gemeld_door_id == request.medewerker.pk,
        "mag_afhandelen": mag and open_ and rij.gemeld_door_id != request.medewerker.pk,
        "mag_nazorg": mag and rij.nazorg_gedaan_op is None,
        "mag_klaar": bool(rij.nazorg) and rij.nazorg_gedaan_op is None and (mag or _is_helper(request, rij)),
    }
    return render(request, "deelnemers/incident.html", context)


def _is_helper(request: Any, rij: Incident) -> bool:
    return rij.nazorg_door_id == request.medewerker.pk


@toegang(AFHANDELEN)
@require_http_methods(["GET", "POST"])
@met_dossier("incident.behandelen")
def incident_nazorg(request: Any, deelnemer: Deelnemer, incident_id: int) -> HttpResponse:
    """Who helps the colleague, and by when."""
    rij = _incident(request, deelnemer, incident_id)
    begin = {naam: getattr(rij, naam) for naam in ("nazorg", "nazorg_door", "nazorg_voor", "versie")}
    form = NazorgForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            services.spreek_nazorg_af(rij, actor=actor_van(request), **form.cleaned_data)
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Hulp afgesproken", onder=f"Dit staat nu bij {form.cleaned_data['nazorg_door'].naam}.")
            return redirect("incident", dossiernummer=deelnemer.dossiernummer, incident_id=rij.pk)
    return formulierblad(request, deelnemer, form, "Hulp voor de collega", "Afspreken")


@toegang(MELDEN, AFHANDELEN, VASTSTELLEN)
@require_POST
@met_dossier("incident.behandelen")
def nazorg_gedaan(request: Any, deelnemer: Deelnemer, incident_id: int) -> HttpResponse:
    """The help was given: said by the helper or the teammanager."""
    rij = _incident(request, deelnemer, incident_id)
    if AFHANDELEN in request.rechten or _is_helper(request, rij):
        services.nazorg_gedaan(rij, actor=actor_van(request))
        meld(request, "Hulp gegeven", onder=rij.gemeld_door.naam)
    return redirect("incident", dossiernummer=deelnemer.dossiernummer, incident_id=rij.pk)


@toegang(AFHANDELEN)
@require_http_methods(["GET", "POST"])
@met_dossier("incident.behandelen")
def incident_afhandelen(request: Any, deelnemer: Deelnemer, incident_id: int) -> HttpResponse:
    """Close it: what was decided, what happens to the notice, and whether the person knows."""
    rij = _incident(request, deelnemer, incident_id)
    form = AfhandelForm(ingevuld(request), initial={"versie": rij.versie})
    if request.method == "POST" and form.is_valid():
        try:
            services.handel_incident_af(rij, request.medewerker, actor=actor_van(request), **form.cleaned_data)
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Incident afgehandeld", onder=deelnemer.naam)
            return _overzicht(deelnemer)
    return formulierblad(request, deelnemer, form, "Incident afhandelen", "Afhandelen")


REGISTER = (
    Kolom(
        "soort",
        "Incident",
        kop=True,
        waarde=lambda i: hoofdletter(i.get_soort_display()),
        link=lambda i: reverse("incident", args=[i.deelnemer.dossiernummer, i.pk]),
        onder=lambda i: moment(i.gebeurd_op),
    ),
    Kolom("persoon", "Met", waarde=lambda i: i.deelnemer.naam),
    Kolom("door", "Gemeld door", waarde=lambda i: i.gemeld_door.naam),
    Kolom("vooraf", "Gewaarschuwd", waarde=lambda i: "ja" if i.melding_vooraf else "nee"),
    Kolom("stand", "Stand", waarde=incidentmerk),
)
OVER_DATUM = (
    Kolom(
        "persoon",
        "Melding over",
        kop=True,
        waarde=lambda m: m.deelnemer.naam,
        link=lambda m: reverse("veiligheid", args=[m.deelnemer.dossiernummer, m.pk]),
    ),
    Kolom("tot", "Gold tot en met", waarde=lambda m: datum(m.geldig_tot)),
    Kolom("wie", "Regievoerder", waarde=lambda m: m.deelnemer.regievoerder.naam if m.deelnemer.regievoerder else ""),
)
_STANDEN = (("open", "Nog af te handelen"), ("", "Alle"), ("zonder", "Zonder waarschuwing"))


@toegang(AFHANDELEN)
@require_GET
def incidenten(request: Any) -> HttpResponse:
    """The register: what waits, how often nobody was warned, and notices that ran out unseen."""
    stand = request.GET.get("stand", "open")
    pagina = Paginator(vragen.register(request.medewerker, stand), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    over_datum = list(vragen.over_datum(request.medewerker)[:PER_BLADZIJDE])
    request.lezing.toon("incident.register", [i.deelnemer_id for i in pagina] + [m.deelnemer_id for m in over_datum])
    leeg = o.Leeg("Geen incidenten", "Wie iets meemaakt, meldt het in het dossier van die persoon.", "vinkrond")
    cijfers = vragen.cijfers(request.medewerker)
    context = {
        "cijfers": cijfers,
        "keuzes": [o.Verwijzing(tekst, f"?stand={code}", gekozen=code == stand) for code, tekst in _STANDEN],
        "tabel": Tabel.van(request, REGISTER, pagina, bijschrift="Incidenten", leeg=leeg),
        "over_datum": Tabel.van(request, OVER_DATUM, over_datum, bijschrift="Verlopen meldingen")
        if over_datum
        else None,
    }
    return render(request, "deelnemers/incidenten.html", context)
