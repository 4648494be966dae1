"""The profile for employers: the page in the dossier, and the page behind a link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import stukvragen as vragen
from deelnemers.keuzes import Grondslag, Openingsvorm
from deelnemers.models import Deelnemer, Profiellink, Profielregel
from deelnemers.profielforms import OpenForm, ProfiellinkForm, ProfielregelForm
from deelnemers.services import profiel as dienst
from deelnemers.views.hulp import actor_van, formulierblad, kaart, met_dossier
from kern import klok, pdf
from kern import onderdelen as o
from kern.aansluitingen import acties
from kern.beperking import eis_onbeperkt
from kern.handeling import Actor, voor_gemeente
from kern.leeslog import Lezing
from kern.meldingen import meld
from kern.toegang import OPENBAAR, toegang
from kern.weergave import kortedatum
from kern.weigering import IntussenGewijzigd, neem_fouten_over

_ANTWOORD = {
    "ja": ("Akkoord vastgelegd", "Deze regel staat nu in het profiel."),
    "nee": ("Antwoord vastgelegd", "Deze regel gaat niet mee. Verder verandert er niets."),
    "intrekken": ("Akkoord ingetrokken", "Deze regel staat nu nergens meer."),
    "weg": ("Regel weggehaald", "Zij blijft in de historie staan."),
}
OPENINGEN = 20


@toegang("dossier.zien")
@require_GET
@met_dossier("profiel.bekijken")
def profiel(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Lines with the answer of the person, links, and who opened them."""
    regels = vragen.profielregels(deelnemer)
    gedeeld = {r.pk for r in vragen.gedeelde_regels(deelnemer)}
    groepen = [
        (kop, [{"r": r, "merk": _merk(r, r.pk in gedeeld)} for r in rijen])
        for kop, rijen in vragen.profiel_in_groepen(regels)
    ]
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "werkgeversprofiel"),
        "groepen": groepen,
        "gedeeld": len(gedeeld),
        "links": [_link(link) for link in vragen.profiellinks(deelnemer)[:OPENINGEN]],
        "openingen": vragen.profielopeningen(deelnemer)[:OPENINGEN],
        "knoppen": [o.Knop(k.label, k.url, klein=True) for k in acties.knoppen("profiel", request, deelnemer)],
        "grondslag": Grondslag.ARBEIDSINSCHAKELING.label,
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
    }
    return render(request, "deelnemers/profiel.html", context)


def _merk(regel: Any, gedeeld: bool) -> o.Merk:
    antwoord = regel.antwoord
    if antwoord is None:
        return o.Merk("Nog vragen", "let-op")
    op = kortedatum(antwoord.gegeven_op)
    if not antwoord.akkoord:
        return o.Merk(f"Niet akkoord, {op}")
    if not gedeeld:
        return o.Merk("Gaat niet mee", "let-op", uitleg="Hierin staat iets dat een werkgever niet mag weten.")
    return o.Merk(f"Akkoord, {op}", "goed")


def _link(link: Profiellink) -> dict[str, Any]:
    if link.ingetrokken_op:
        merk = o.Merk(f"Gestopt op {kortedatum(link.ingetrokken_op)}")
    elif link.geldig_tot <= klok.echt_nu():
        merk = o.Merk("Verlopen")
    else:
        merk = o.Merk(f"Werkt tot {kortedatum(link.geldig_tot)}", "info")
    return {"link": link, "merk": merk, "werkt": merk.toestand == "info"}


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("profiel.wijzigen")
def opstellen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Take over what the diagnosis gives."""
    nieuw = dienst.stel_profiel_op(deelnemer, actor=actor_van(request))
    onder = "Loop de regels samen na." if nieuw else "Alles uit de diagnose stond er al."
    meld(request, f"{nieuw} {'regel' if nieuw == 1 else 'regels'} toegevoegd", onder=onder)
    return redirect("werkgeversprofiel", dossiernummer=deelnemer.dossiernummer)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("profiel.wijzigen")
def regel_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    form = ProfielregelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            dienst.voeg_profielregel_toe(deelnemer, c["groep"], c["tekst"], actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Regel toegevoegd", onder="Vraag nu of de deelnemer akkoord is.")
            return redirect("werkgeversprofiel", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Regel in het profiel", "Toevoegen")


def _regel(deelnemer: Deelnemer, regel_id: int) -> Profielregel:
    return get_object_or_404(Profielregel, pk=regel_id, deelnemer=deelnemer, vervallen_op__isnull=True)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("profiel.wijzigen")
def regel_wijzig(request: Any, deelnemer: Deelnemer, regel_id: int) -> HttpResponse:
    """Other words; the person is asked again."""
    regel = _regel(deelnemer, regel_id)
    begin = {"groep": regel.groep, "tekst": regel.tekst, "versie": regel.versie}
    form = ProfielregelForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            dienst.wijzig_profielregel(regel, c["groep"], c["tekst"], c["versie"], actor=actor_van(request))
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Regel gewijzigd", onder="Andere woorden? Vraag dan opnieuw of de deelnemer akkoord is.")
            return redirect("werkgeversprofiel", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Regel wijzigen", "Bewaren")


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("profiel.wijzigen")
def regel_zet(request: Any, deelnemer: Deelnemer, regel_id: int, wat: str) -> HttpResponse:
    """The answer of the person to one line, taken back, or the line taken away."""
    regel, actor = _regel(deelnemer, regel_id), actor_van(request)
    if wat in {"ja", "nee"}:
        dienst.geef_antwoord(regel, wat == "ja", medewerker=request.medewerker, actor=actor)
    elif wat == "intrekken":
        dienst.trek_akkoord_in(regel, actor=actor)
    elif wat == "weg":
        dienst.haal_regel_weg(regel, actor=actor)
    if wat in _ANTWOORD:
        titel, onder = _ANTWOORD[wat]
        meld(request, titel, onder=onder)
    return redirect(reverse("werkgeversprofiel", args=[deelnemer.dossiernummer]) + "#regels")


@toegang("dossier.zien")
@require_GET
@never_cache
@met_dossier("profiel.bekijken")
def pdf_van_profiel(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """The profile as the employer gets it."""
    if not vragen.gedeelde_regels(deelnemer):
        meld(request, "Er is nog geen profiel", onder=dienst.NIETS_GEDEELD, niveau=messages.ERROR)
        return redirect("werkgeversprofiel", dossiernummer=deelnemer.dossiernummer)
    eis_onbeperkt(deelnemer.pk)
    return als_pdf(beeld_van(deelnemer, _bereik(request.medewerker)))


def _bereik(medewerker: Any) -> str:
    return " · ".join(deel for deel in (medewerker.naam, medewerker.telefoon) if deel)


def beeld_van(deelnemer: Deelnemer, contact: str) -> dict[str, Any]:
    """All that an employer gets, on screen and on paper: a first name, the agreed lines, and whom to call."""
    groepen = vragen.profiel_in_groepen(vragen.gedeelde_regels(deelnemer))
    return {
        "titel": f"Profiel van {deelnemer.roepnaam}" if deelnemer.roepnaam else "Profiel van een kandidaat",
        "groepen": [{"kop": kop, "regels": [r.tekst for r in rijen]} for kop, rijen in groepen],
        "contact": contact,
        "voet": "De kandidaat is akkoord met elke regel. Gebruik dit profiel alleen voor deze kennismaking.",
    }


def als_pdf(beeld: dict[str, Any]) -> HttpResponse:
    """The same content in the house style."""
    response = HttpResponse(
        pdf.maak("deelnemers/profiel.typ", beeld, moment=klok.middag(klok.vandaag())), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, "profiel.pdf")
    return response


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("profiel.delen")
def link_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Make a link; its address shows once."""
    form = ProfiellinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _, sleutel = dienst.maak_profiellink(
                deelnemer,
                form.cleaned_data["voor"],
                form.cleaned_data["dagen"],
                request.medewerker,
                contact=_bereik(request.medewerker),
                actor=actor_van(request),
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            terug = o.Verwijzing("Profiel", reverse("werkgeversprofiel", args=[deelnemer.dossiernummer]))
            return toon_link(request, sleutel, form.cleaned_data["voor"], terug)
    return formulierblad(request, deelnemer, form, "Link voor een werkgever", "Link maken")


def toon_link(request: Any, sleutel: str, voor: str, terug: o.Verwijzing) -> HttpResponse:
    """The address of a new link, once: we keep only a hash of it."""
    adres = f"{settings.BASIS_URL.rstrip('/')}{reverse('profiel_openen', args=[sleutel])}"
    return render(request, "deelnemers/profiellink.html", {"adres": adres, "voor": voor, "terug": terug})


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("profiel.delen")
def link_intrekken(request: Any, deelnemer: Deelnemer, link_id: int) -> HttpResponse:
    """Stop a link now."""
    dienst.trek_profiellink_in(
        get_object_or_404(Profiellink, pk=link_id, deelnemer=deelnemer), actor=actor_van(request)
    )
    meld(request, "De link werkt niet meer")
    return redirect("werkgeversprofiel", dossiernummer=deelnemer.dossiernummer)


@toegang(OPENBAAR)
@require_http_methods(["GET", "POST"])
@never_cache
def openen(request: Any, sleutel: str) -> HttpResponse:
    """Behind the link: first who you are, then the profile. A link that does not work never says why."""
    link = dienst.zoek_profiellink(sleutel)
    if link is None:
        return _dicht(request)
    with voor_gemeente(link.gemeente_id):
        beeld = beeld_van(link.deelnemer, link.contact)
        if not beeld["groepen"]:
            return _dicht(request)
        form = OpenForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            context = {"form": form}
            return render(request, "deelnemers/profiel_vraag.html", context, status=400 if form.errors else 200)
        als_bestand = request.POST.get("vorm") == Openingsvorm.PDF
        actor = Actor("client", f"profiellink:{link.pk}", "werkgever met een link")
        vorm = Openingsvorm.PDF if als_bestand else Openingsvorm.SCHERM
        dienst.leg_opening_vast(link, form.cleaned_data["naam"], form.cleaned_data["email"], vorm=vorm, actor=actor)
        lezing = Lezing()
        lezing.toon("profiel.werkgever", [link.deelnemer_id], grond="profiellink", reden=f"link {link.pk}")
        lezing.leg_vast_voor(actor)
        if als_bestand:
            return als_pdf(beeld)
        return render(request, "deelnemers/profiel_werkgever.html", {"beeld": beeld, "form": form})


def _dicht(request: Any) -> HttpResponse:
    return render(request, "deelnemers/profiel_dicht.html", status=404)
