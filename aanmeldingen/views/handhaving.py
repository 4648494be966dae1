"""Working together with Handhaving: signals both ways and the plan that both sides see (R041, R215)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanmeldingen import handhavingforms as forms
from aanmeldingen import handhavingsvragen as vragen
from aanmeldingen.keuzes import HANDHAVINGSGRONDEN, Signaalrichting
from aanmeldingen.models import Aanpakafspraak, Handhavingssignaal, Samenaanpak
from aanmeldingen.services import handhaving as dienst
from aanmeldingen.toestanden import SIGNAAL
from deelnemers.models import Deelnemer
from deelnemers.views.hulp import actor_van, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import GEWEIGERD, probeer, zin
from regelgeving.opzoeken import label

ZIEN, WIJZIGEN = "handhaving.zien", "handhaving.wijzigen"
PER_BLADZIJDE = 25


def statusmerk(rij: Handhavingssignaal) -> o.Merk:
    """The state; late when nobody answered in time."""
    if rij.status == "verstuurd" and rij.antwoord_voor < klok.vandaag():
        return o.Merk(f"Te laat, voor {datum(rij.antwoord_voor)}", "fout")
    return o.toestandmerk(SIGNAAL.toestand(rij.status))


def _geboren(deelnemer: Deelnemer) -> str:
    return f"geboren {datum(deelnemer.geboortedatum)}"


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Over",
        kop=True,
        waarde=lambda s: s.deelnemer.naam,
        link=lambda s: reverse("signaal", args=[s.kenmerk]),
        onder=lambda s: _geboren(s.deelnemer),
    ),
    Kolom("richting", "Richting", waarde=lambda s: s.get_richting_display()),
    Kolom("soort", "Gaat over", waarde=lambda s: s.get_soort_display(), breed=True),
    Kolom("verstuurd", "Verstuurd", waarde=lambda s: datum(s.verstuurd_op)),
    Kolom("status", "Status", waarde=statusmerk, breed=True),
)
#: On the page of one person: who it is about stands above.
IN_AANPAK = (
    Kolom(
        "soort",
        "Gaat over",
        kop=True,
        waarde=lambda s: s.get_soort_display(),
        link=lambda s: reverse("signaal", args=[s.kenmerk]),
    ),
    *(kolom for kolom in KOLOMMEN if kolom.sleutel not in {"deelnemer", "soort"}),
)
AANPAKKOLOMMEN = (
    Kolom(
        "deelnemer",
        "Met",
        kop=True,
        waarde=lambda a: a.deelnemer.naam,
        link=lambda a: reverse("aanpak", args=[a.kenmerk]),
        onder=lambda a: _geboren(a.deelnemer),
    ),
    Kolom("doel", "Doel", breed=True),
    Kolom("begin", "Sinds", waarde=lambda a: datum(a.begindatum)),
    Kolom(
        "stand",
        "Stand",
        waarde=lambda a: o.Merk(f"Gestopt op {datum(a.einddatum)}") if a.einddatum else o.Merk("Loopt", "goed"),
        breed=True,
    ),
)


@toegang(ZIEN)
@require_safe
def lijst(request: Any) -> HttpResponse:
    """Signals that wait, and the joint plans."""
    filter_ = forms.SignaalFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    signalen = Paginator(vragen.signalen(request.medewerker, **keuze), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    plannen = list(vragen.aanpakken(request.medewerker)[:PER_BLADZIJDE])
    request.lezing.toon("handhaving.lijst", [*(s.deelnemer_id for s in signalen), *(a.deelnemer_id for a in plannen)])
    leeg = o.Leeg("Geen signalen die wachten", "Een signaal van de andere kant staat hier en bij Vandaag.", "brief")
    plan_leeg = o.Leeg("Nog geen gezamenlijke aanpak", "Een aanpak begint vanuit een signaal of een dossier.", "mensen")
    handhaver = vragen.is_handhaver(request.medewerker)
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, signalen, bijschrift="Signalen", leeg=leeg),
        "plannen": Tabel.van(request, AANPAKKOLOMMEN, plannen, bijschrift="Gezamenlijke aanpak", leeg=plan_leeg),
        "balk": o.filterbalk(request, filter_),
        "met": "Werk en Re-integratie" if handhaver else "Handhaving",
        "nieuw": reverse("signaal_nieuw") if handhaver and WIJZIGEN in request.rechten else "",
    }
    return render(request, "aanmeldingen/handhaving.html", context)


def _signaal(request: Any, kenmerk: uuid.UUID) -> Handhavingssignaal:
    rijen = vragen.signalen(request.medewerker, wat="alles")
    rij = get_object_or_404(rijen, kenmerk=kenmerk)
    request.lezing.toon("handhaving.signaal", [rij.deelnemer_id])
    return rij


def _aanpak(request: Any, kenmerk: uuid.UUID) -> Samenaanpak:
    rij = get_object_or_404(vragen.aanpakken(request.medewerker), kenmerk=kenmerk)
    request.lezing.toon("handhaving.aanpak", [rij.deelnemer_id])
    return rij


def _eigen(request: Any, rij: Handhavingssignaal) -> bool:
    """Whether the side of this user sent it."""
    van_handhaving = rij.richting == Signaalrichting.VAN
    return van_handhaving == vragen.is_handhaver(request.medewerker)


def _knoppen(request: Any, rij: Handhavingssignaal) -> list[o.Knop]:
    if WIJZIGEN not in request.rechten:
        return []
    knoppen = []
    if rij.status == "verstuurd":
        if _eigen(request, rij):
            knoppen.append(o.Knop("Intrekken", reverse("signaal_intrekken", args=[rij.kenmerk]), "kruis", stil=True))
        else:
            knoppen.append(o.Knop("Antwoord geven", reverse("signaal_antwoord", args=[rij.kenmerk]), "pen", hoofd=True))
    if rij.aanpak is not None:
        knoppen.append(o.Knop("Gezamenlijke aanpak", reverse("aanpak", args=[rij.aanpak.kenmerk]), "mensen"))
    elif rij.status != "ingetrokken":
        knoppen.append(o.Knop("Samen aanpakken", reverse("aanpak_nieuw", args=[rij.kenmerk]), "mensen"))
    return knoppen


@toegang(ZIEN)
@require_safe
def signaal(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One signal with its purpose, its ground and the answer."""
    rij = _signaal(request, kenmerk)
    context = {
        "rij": rij,
        "status": statusmerk(rij),
        "knoppen": _knoppen(request, rij),
        "feiten": [
            o.Feit("Over", rij.deelnemer.naam, onder=_geboren(rij.deelnemer)),
            o.Feit("Richting", rij.get_richting_display()),
            o.Feit("Gaat over", rij.get_soort_display()),
            o.Feit("Waarvoor", rij.doel),
            o.Feit("Waarom mag dit", label(HANDHAVINGSGRONDEN, rij.grondslag)),
            o.Feit("Verstuurd", datum(rij.verstuurd_op), onder=rij.verstuurd_door.naam if rij.verstuurd_door else ""),
            o.Feit("Antwoord voor", datum(rij.antwoord_voor)),
            *(o.Feit("Herinnering gestuurd", datum(r.op), onder=r.naar) for r in vragen.rappels(rij)),
        ],
    }
    return render(request, "aanmeldingen/signaal.html", context)


def _formulier(request: HttpRequest, form: Any, *woorden: str, uitleg: str = "") -> HttpResponse:
    """`woorden` are the title, the text of the button, and where to go back to."""
    titel, knop, terug = woorden
    kruimels = [o.Verwijzing("Samen met Handhaving", reverse("handhaving"))]
    context = {"form": form, "titel": titel, "knoptekst": knop, "terug": terug, "uitleg": uitleg, "kruimels": kruimels}
    return render(request, "aanmeldingen/routeformulier.html", context, status=400 if form.errors else 200)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def antwoord(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Answer what the other side sent."""
    rij, form = _signaal(request, kenmerk), forms.AntwoordForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        kant = vragen.is_handhaver(request.medewerker)
        wie, tekst = request.medewerker, form.cleaned_data["antwoord"]
        if probeer(
            form,
            lambda: dienst.beantwoord_signaal(rij, tekst, handhaver=kant, medewerker=wie, actor=actor_van(request)),
        ):
            meld(request, "Je antwoord is verstuurd.")
            return redirect("signaal", kenmerk=kenmerk)
    terug = reverse("signaal", args=[kenmerk])
    return _formulier(request, form, f"Antwoord over {rij.deelnemer.naam}", "Versturen", terug, uitleg=rij.inhoud)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def intrekken(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Take back what one's own side sent."""
    rij, form = _signaal(request, kenmerk), forms.RedenForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        kant, reden = vragen.is_handhaver(request.medewerker), form.cleaned_data["reden"]
        if probeer(form, lambda: dienst.trek_signaal_in(rij, handhaver=kant, reden=reden, actor=actor_van(request))):
            meld(request, "Het signaal is ingetrokken.")
            return redirect("signaal", kenmerk=kenmerk)
    terug = reverse("signaal", args=[kenmerk])
    return _formulier(request, form, f"Signaal over {rij.deelnemer.naam} intrekken", "Intrekken", terug)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Any) -> HttpResponse:
    """Handhaving tells us something about somebody whom we guide; nobody else may search by number here."""
    if not vragen.is_handhaver(request.medewerker):
        return redirect("handhaving")
    form = forms.SignaalOverForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        nummer, geboren = velden.pop("nummer"), velden.pop("geboortedatum")
        persoon = probeer(form, lambda: dienst.zoek_persoon(nummer, geboren))
        if persoon is not None:
            rij = _stuur(request, form, persoon, velden)
            if rij is not None:
                return redirect("signaal", kenmerk=rij.kenmerk)
    uitleg = "We zoeken de persoon met het nummer en de geboortedatum samen."
    return _formulier(request, form, "Signaal sturen", "Versturen", reverse("handhaving"), uitleg=uitleg)


def _stuur(request: Any, form: Any, persoon: Deelnemer, velden: dict[str, Any]) -> Handhavingssignaal | None:
    kant = Signaalrichting.VAN if vragen.is_handhaver(request.medewerker) else Signaalrichting.NAAR
    rij: Handhavingssignaal | None = probeer(
        form,
        lambda: dienst.stuur_signaal(persoon, kant, **velden, medewerker=request.medewerker, actor=actor_van(request)),
    )
    if rij is not None:
        request.lezing.toon("handhaving.signaal", [persoon.pk])
        meld(
            request,
            f"Het signaal over {persoon.naam} is verstuurd.",
            onder=f"Antwoord voor {datum(rij.antwoord_voor)}.",
        )
    return rij


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier("handhaving.sturen")
def sturen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """A signal to Handhaving, from the dossier."""
    form = forms.SignaalForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        rij = _stuur(request, form, deelnemer, dict(form.cleaned_data))
        if rij is not None:
            return redirect("signaal", kenmerk=rij.kenmerk)
    terug = reverse("dossier", args=[deelnemer.dossiernummer])
    uitleg = "Handhaving ziet de naam, de geboortedatum en wat je hier schrijft. Het dossier ziet Handhaving niet."
    return _formulier(request, form, f"Signaal over {deelnemer.naam}", "Versturen", terug, uitleg=uitleg)


# --- The joint plan ----------------------------------------------------------------------------------------------
@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def aanpak_nieuw(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Start a joint plan from a signal."""
    bron = _signaal(request, kenmerk)
    form = forms.AanpakForm(ingevuld(request), initial={"grondslag": bron.grondslag})
    if request.method == "POST" and form.is_valid():
        wie = request.medewerker
        rij = probeer(
            form,
            lambda: dienst.begin_aanpak(bron.deelnemer, **form.cleaned_data, medewerker=wie, actor=actor_van(request)),
        )
        if rij is not None:
            meld(request, "De gezamenlijke aanpak is begonnen.", onder="Beide kanten zien hem.")
            return redirect("aanpak", kenmerk=rij.kenmerk)
    terug = reverse("signaal", args=[kenmerk])
    return _formulier(request, form, f"Samen aanpakken: {bron.deelnemer.naam}", "Beginnen", terug)


def _afspraak(request: Any, a: Aanpakafspraak, mag: bool) -> dict[str, Any]:
    handhaver = vragen.is_handhaver(request.medewerker)
    eigen = a.akkoord_handhaving_op if handhaver else a.akkoord_wij_op
    mist = [wie for wie, op in (("ons", a.akkoord_wij_op), ("Handhaving", a.akkoord_handhaving_op)) if op is None]
    merk = o.Merk(f"Wacht op akkoord van {' en '.join(mist)}", "let-op") if mist else o.Merk("Staat vast", "info")
    if a.gedaan_op:
        merk = o.Merk(f"Gedaan op {datum(a.gedaan_op)}", "goed")
    return {
        "rij": a,
        "merk": merk,
        "akkoord": mag and eigen is None,
        "klaar": mag and a.staat_vast and a.gedaan_op is None,
    }


@toegang(ZIEN)
@require_safe
def aanpak(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The plan as both sides see it: what was agreed, who agreed, and the signals."""
    rij = _aanpak(request, kenmerk)
    mag = WIJZIGEN in request.rechten and rij.einddatum is None
    signalen = vragen.signalen(request.medewerker, wat="alles").filter(aanpak=rij)
    leeg = o.Leeg("Geen signalen", "Een signaal over deze persoon komt hier vanzelf bij.", "brief")
    context = {
        "rij": rij,
        "mag": mag,
        "feiten": [
            o.Feit("Met", rij.deelnemer.naam, onder=_geboren(rij.deelnemer)),
            o.Feit("Waarom mag dit", label(HANDHAVINGSGRONDEN, rij.grondslag)),
            o.Feit("Sinds", datum(rij.begindatum)),
            o.Feit(
                "Bij Werk en Re-integratie",
                rij.deelnemer.regievoerder.naam if rij.deelnemer.regievoerder else "Nog niemand",
            ),
        ],
        "afspraken": [_afspraak(request, a, mag) for a in vragen.afspraken(rij)],
        "tabel": Tabel.van(request, IN_AANPAK, signalen, bijschrift="Signalen", leeg=leeg),
    }
    return render(request, "aanmeldingen/aanpak.html", context)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def afspraak_nieuw(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """A line of the plan; whoever writes it agrees."""
    rij, form = _aanpak(request, kenmerk), forms.AanpakafspraakForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        kant, c = vragen.is_handhaver(request.medewerker), form.cleaned_data
        if probeer(
            form,
            lambda: dienst.spreek_af(
                rij, c["partij"], c["wat"], voor=c["voor"], handhaver=kant, actor=actor_van(request)
            ),
        ):
            meld(request, "De afspraak staat erbij.", onder="De andere kant moet nog akkoord gaan.")
            return redirect("aanpak", kenmerk=kenmerk)
    terug = reverse("aanpak", args=[kenmerk])
    return _formulier(request, form, f"Afspraak over {rij.deelnemer.naam}", "Toevoegen", terug)


@toegang(WIJZIGEN)
@require_POST
def afspraak_zet(request: Any, kenmerk: uuid.UUID, pk: int, actie: str) -> HttpResponse:
    """Agree with a line, or say that it is done."""
    rij = _aanpak(request, kenmerk)
    afspraak = get_object_or_404(Aanpakafspraak, pk=pk, aanpak=rij)
    try:
        if actie == "akkoord":
            kant = vragen.is_handhaver(request.medewerker)
            dienst.ga_akkoord(afspraak, handhaver=kant, actor=actor_van(request))
            meld(request, "Je bent akkoord.")
        else:
            dienst.rond_afspraak_af(afspraak, actor=actor_van(request))
            meld(request, "De afspraak is klaar.")
    except GEWEIGERD as fout:
        meld(request, zin(fout), niveau=messages.WARNING)
    return redirect("aanpak", kenmerk=kenmerk)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def aanpak_einde(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The plan stops, with a reason."""
    rij, form = _aanpak(request, kenmerk), forms.RedenForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        reden = form.cleaned_data["reden"]
        if probeer(form, lambda: dienst.stop_aanpak(rij, reden, actor=actor_van(request))):
            meld(request, "De gezamenlijke aanpak is gestopt.")
            return redirect("aanpak", kenmerk=kenmerk)
    terug = reverse("aanpak", args=[kenmerk])
    return _formulier(request, form, f"Aanpak met {rij.deelnemer.naam} stoppen", "Stoppen", terug)
