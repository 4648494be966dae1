"""School leavers: the list, the list that we share with UWV, one pupil, and what may be done (R036, R217)."""

from __future__ import annotations

import uuid
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanmeldingen import schoolforms as forms
from aanmeldingen import schoolvragen
from aanmeldingen.models import Schoolverlater
from aanmeldingen.services import school
from aanmeldingen.toegang import AANMELDINGEN, SCHOOLVERLATERS
from aanmeldingen.toestanden import SCHOOLVERLATER
from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.querysets import in_doelgroep
from deelnemers.views.hulp import actor_van
from kern import klok
from kern.beperking import niet_beperkt
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.models import Overgang
from kern.onderdelen import Feit, Knop, Leeg, Merk, Tijdlijnpunt, filterbalk, toestandmerk
from kern.tabel import Kolom, Tabel
from kern.toegang import heeft_recht, toegang
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum, leeftijd, telefoon
from kern.weigering import IntussenGewijzigd, probeer
from regelgeving.rekenen.werkdagen import plus_maanden

ZIEN, WIJZIGEN, DELEN = "schoolverlater.zien", "schoolverlater.wijzigen", "schoolverlater.delen"
PER_BLADZIJDE = 25
VOLWASSEN = 18
_KNOPPEN = {"ophalen": "hand", "regelen": "vink", "heropenen": "herstel"}


def statusmerk(rij: Schoolverlater) -> Merk:
    """The state, with what may be done now."""
    return toestandmerk(SCHOOLVERLATER.toestand(rij.status))


def ophaalmerk(rij: Schoolverlater) -> Merk | str:
    """From when we talk with the school."""
    if rij.status == "op_school" and rij.ophalen_op <= klok.vandaag():
        return Merk(f"Nu, sinds {datum(rij.ophalen_op)}", "let-op")
    return datum(rij.ophalen_op)


def uwvmerk(rij: Schoolverlater) -> Merk:
    """How it stands at UWV."""
    kleuren: dict[str, Any] = {"geregeld": "goed", "niet": "fout", "onbekend": ""}
    return Merk(rij.get_uwv_stand_display(), kleuren.get(rij.uwv_stand, "info"))


def _adres(rij: Schoolverlater) -> str:
    return reverse("schoolverlater", args=[rij.kenmerk])


_PERSOON = Kolom(
    "naam", "Leerling", kop=True, link=_adres, onder=lambda r: f"geboren {datum(r.aanmelding.geboortedatum)}"
)
_SCHOOL = Kolom("school", "School", onder=lambda r: r.get_soort_display(), breed=True)
_VERWACHT = Kolom("verwacht_op", "Van school", weergave=datum)
KOLOMMEN = (
    _PERSOON,
    _SCHOOL,
    _VERWACHT,
    Kolom("ophalen", "Ophalen", waarde=ophaalmerk, breed=True),
    Kolom("status", "Status", waarde=statusmerk),
    Kolom("wie", "Klantmanager", waarde=lambda r: r.klantmanager.naam if r.klantmanager else "Nog niemand"),
)
UWV_KOLOMMEN = (
    _PERSOON,
    _SCHOOL,
    _VERWACHT,
    Kolom("uitvoerder", "Wie begeleidt", waarde=lambda r: r.get_uitvoerder_display(), breed=True),
    Kolom("wij", "Stand bij ons", waarde=statusmerk),
    Kolom("uwv", "Stand bij UWV", waarde=uwvmerk, onder=lambda r: datum(r.uwv_gehoord_op)),
)


def toon(request: HttpRequest, rijen: list[Schoolverlater], verwerking: str) -> None:
    """Note who was shown: the person when there is a dossier, else the referral."""
    lezing: Any = request.lezing  # type: ignore[attr-defined]
    lezing.toon(verwerking, [r.deelnemer_id for r in rijen if r.deelnemer_id])
    lezing.toon_zonder_persoon(verwerking, [str(r.aanmelding.kenmerk) for r in rijen if r.deelnemer_id is None])


@toegang(ZIEN)
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Who leaves school; who must be fetched first stands on top."""
    filter_ = forms.SchoolFilter(request.GET or None)
    zet_doelgroepen(filter_, request.rechten)  # type: ignore[attr-defined]
    keuze = dict(filter_.cleaned_data) if filter_.is_valid() else {}
    groep = keuze.pop("doelgroep", "")
    rijen = in_doelgroep(schoolvragen.schoolverlaters(request.medewerker, **keuze), groep)  # type: ignore[attr-defined]
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    toon(request, list(pagina.object_list), "schoolverlater.lijst")
    leeg = Leeg(
        "Geen leerlingen op de lijst",
        "Een school meldt een leerling aan met de dag waarop hij van school gaat. Dan staat hij hier.",
        "mensen",
    )
    if any(keuze.values()) or groep:
        leeg = Leeg("Geen leerlingen met dit filter", "Haal een filter weg om meer te zien.", "filter")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Leerlingen die van school gaan", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "hoeveel": pagina.paginator.count,
    }
    return render(request, "aanmeldingen/schoolverlaters.html", context)


@toegang(ZIEN)
@require_safe
def uwv(request: HttpRequest) -> HttpResponse:
    """The shared list: who does what, and how it stands on both sides."""
    rijen = schoolvragen.met_uwv(request.medewerker)  # type: ignore[attr-defined]
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    toon(request, list(pagina.object_list), "schoolverlater.uwv")
    leeg = Leeg("Niemand op de lijst met UWV", "Hier staan leerlingen van praktijkonderwijs en vso.", "mensen")
    context = {
        "tabel": Tabel.van(request, UWV_KOLOMMEN, pagina, bijschrift="Leerlingen samen met UWV", leeg=leeg),
        "hoeveel": pagina.paginator.count,
        "mag_delen": heeft_recht(request.rechten, DELEN),  # type: ignore[attr-defined]
    }
    return render(request, "aanmeldingen/schoolverlaters_uwv.html", context)


#: All that UWV gets of a pupil: enough to know who it is and who does what, and nothing else.
_EXPORT = (
    ("Naam", lambda r: r.naam),
    ("Geboortedatum", lambda r: r.aanmelding.geboortedatum),
    ("School", lambda r: r.school),
    ("Soort school", lambda r: r.get_soort_display()),
    ("Gaat van school op", lambda r: r.verwacht_op),
    ("Wie begeleidt", lambda r: r.get_uitvoerder_display()),
    ("Stand bij Werk en Re-integratie", lambda r: SCHOOLVERLATER.toestand(r.status).label),
    ("Stand bij UWV", lambda r: r.get_uwv_stand_display()),
)


@toegang(DELEN)
@require_safe
@never_cache
def uwv_export(request: HttpRequest) -> FileResponse:
    """The shared list as a spreadsheet for UWV; everybody in it is in the read log."""
    # What may only be stored does not leave the house, not even by who sees the dossier (AVG art. 18).
    rijen = list(schoolvragen.met_uwv(request.medewerker).filter(niet_beperkt("deelnemer")))  # type: ignore[attr-defined]
    toon(request, rijen, "schoolverlater.export")
    bestand = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    with xlsxwriter.Workbook(bestand, {"default_date_format": "d mmmm yyyy"}) as boek:
        blad = boek.add_worksheet("Schoolverlaters")
        blad.set_column(0, len(_EXPORT) - 1, 26)
        for kolom, (kop, _) in enumerate(_EXPORT):
            blad.write(0, kolom, kop, boek.add_format({"bold": True}))
        for nummer, rij in enumerate(rijen, 1):
            for kolom, (_, lees) in enumerate(_EXPORT):
                waarde = lees(rij)  # type: ignore[no-untyped-call]
                schrijf = blad.write_string if isinstance(waarde, str) else blad.write_datetime
                schrijf(nummer, kolom, waarde)
    bestand.seek(0)
    return FileResponse(bestand, as_attachment=True, filename=f"schoolverlaters-{klok.vandaag().isoformat()}.xlsx")


def _haal(request: HttpRequest, kenmerk: uuid.UUID) -> Schoolverlater:
    zichtbaar = SCHOOLVERLATERS.beperk(Schoolverlater.objects.all(), request.medewerker)  # type: ignore[attr-defined]
    rijen = zichtbaar.select_related("aanmelding__route", "aanmelding__team", "deelnemer", "klantmanager")
    rij = get_object_or_404(rijen, kenmerk=kenmerk)
    toon(request, [rij], "schoolverlater.bekijken")
    return rij


def _feiten(rij: Schoolverlater) -> list[Feit]:
    a = rij.aanmelding
    oud = leeftijd(a.geboortedatum, klok.vandaag())
    jong = f"minderjarig tot {datum(plus_maanden(a.geboortedatum, 12 * VOLWASSEN))}" if oud < VOLWASSEN else ""
    feiten = [
        Feit("Geboren", datum(a.geboortedatum), onder=jong),
        Feit("School", rij.school, onder=rij.get_soort_display()),
        Feit("Aangemeld door", a.verwijzer_naam, onder=datum(a.ontvangen_op)),
        Feit("Waarom mag dit", a.get_grondslag_display()),
        Feit("Gaat van school op", datum(rij.verwacht_op)),
        Feit("Einde laatste schooljaar", datum(rij.schooljaar_tot) if rij.schooljaar_tot else "Niet doorgegeven"),
        Feit("Ophalen vanaf", datum(rij.ophalen_op)),
        Feit("Klantmanager", rij.klantmanager.naam if rij.klantmanager else "Nog niemand"),
    ]
    if rij.ouder_naam or oud < VOLWASSEN:
        ouder = rij.ouder_naam or "Niet doorgegeven"
        feiten.insert(2, Feit("Ouder of verzorger", ouder, onder=telefoon(rij.ouder_telefoon)))
    return feiten


def _knoppen(rij: Schoolverlater, rechten: frozenset[str]) -> list[Knop]:
    knoppen = [
        Knop(
            stap.label,
            reverse("schoolverlater_stap", args=[rij.kenmerk, stap.actie]),
            _KNOPPEN[stap.actie],
            hoofd=stap.actie != "heropenen",
            post=True,
        )
        for stap in SCHOOLVERLATER.acties(rij, rechten)
        if stap.actie in _KNOPPEN
    ]
    if WIJZIGEN in rechten:
        knoppen.append(Knop("Wijzigen", reverse("schoolverlater_wijzigen", args=[rij.kenmerk]), "pen"))
        if SCHOOLVERLATER.mag(rij, "vervallen"):
            knoppen.append(
                Knop("Van de lijst halen", reverse("schoolverlater_vervallen", args=[rij.kenmerk]), "kruis", stil=True)
            )
    return knoppen


@toegang(ZIEN)
@require_safe
def schoolverlater(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """One pupil: the dates, who does what, and what happened."""
    rij = _haal(request, kenmerk)
    stappen = Overgang.objects.filter(soort=SCHOOLVERLATER.soort, object_id=rij.pk).order_by("-op", "-pk")
    context = {
        "rij": rij,
        "status": statusmerk(rij),
        "aanmelding_open": AANMELDINGEN.mag(rij.aanmelding, request.medewerker),  # type: ignore[attr-defined]
        "knoppen": _knoppen(rij, request.rechten),  # type: ignore[attr-defined]
        "feiten": _feiten(rij),
        "samen": [
            Feit("Wie begeleidt na school", rij.get_uitvoerder_display()),
            Feit("Stand bij ons", SCHOOLVERLATER.toestand(rij.status).label, onder=f"sinds {datum(rij.status_sinds)}"),
            Feit(
                "Stand bij UWV",
                rij.get_uwv_stand_display(),
                onder=f"{datum(rij.uwv_gehoord_op)}, van {rij.uwv_gehoord_van}" if rij.uwv_gehoord_op else "",
            ),
        ],
        "verloop": [
            Tijdlijnpunt(o.op, SCHOOLVERLATER.toestand(o.naar).label, o.actor_naam, o.reden, "systeem", "inbak")
            for o in stappen
        ],
    }
    return render(request, "aanmeldingen/schoolverlater.html", context)


@toegang(WIJZIGEN)
@require_POST
def stap(request: HttpRequest, kenmerk: uuid.UUID, actie: str) -> HttpResponse:
    """A step without a form."""
    rij = _haal(request, kenmerk)
    try:
        rij = school.zet_schoolstap(rij, actie, actor=actor_van(request))
    except OvergangGeweigerd as fout:
        meld(request, str(fout), niveau=messages.WARNING)
    else:
        meld(request, f"{rij.naam}: {SCHOOLVERLATER.toestand(rij.status).label.lower()}.")
    return redirect("schoolverlater", kenmerk=kenmerk)


def _formulier(request: HttpRequest, rij: Schoolverlater, form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form, "rij": rij}
    return render(request, "aanmeldingen/schoolformulier.html", context, status=400 if form.errors else 200)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The dates, who guides, and what UWV told."""
    rij = _haal(request, kenmerk)
    velden = (
        "verwacht_op",
        "schooljaar_tot",
        "uitvoerder",
        "uwv_stand",
        "uwv_gehoord_op",
        "uwv_gehoord_van",
        "afspraak",
    )
    begin = {naam: getattr(rij, naam) for naam in (*velden, "versie")}
    form = forms.SchoolverlaterForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        nieuw = form.cleaned_data | {"versie": form.cleaned_data["versie"] or 0}
        try:
            gelukt = probeer(form, lambda: school.wijzig_schoolverlater(rij, **nieuw, actor=actor_van(request)))
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        else:
            if gelukt:
                meld(request, f"De gegevens van {rij.naam} zijn bewaard.")
                return redirect("schoolverlater", kenmerk=kenmerk)
    return _formulier(request, rij, form, titel=f"{rij.naam} wijzigen", knoptekst="Bewaren")


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def vervallen(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Off the list, with a reason."""
    rij = _haal(request, kenmerk)
    form = forms.VervalForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        reden = form.cleaned_data["reden"]
        if probeer(form, lambda: school.zet_schoolstap(rij, "vervallen", actor=actor_van(request), reden=reden)):
            meld(request, f"{rij.naam} staat niet meer op de lijst.")
            return redirect("schoolverlater", kenmerk=kenmerk)
    return _formulier(request, rij, form, titel=f"{rij.naam} van de lijst halen", knoptekst="Van de lijst halen")
