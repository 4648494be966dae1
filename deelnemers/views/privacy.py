"""Requests about one's own data (AVG art. 15 to 18, 21): the list with its clock, and one request from in to out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers import privacyvragen as vragen
from deelnemers.bewaarkeuzes import Regelstand
from deelnemers.dubbelforms import RedenForm
from deelnemers.keuzes import Privacysoort
from deelnemers.models import Deelnemer, Privacyverzoek
from deelnemers.privacyforms import AchterhoudForm, BesluitForm, GebruikForm, OverhandigForm, VaststelForm, VerzoekForm
from deelnemers.services import inzage, wisverzoek
from deelnemers.services import privacy as services
from deelnemers.services.regie import mag_nooit
from deelnemers.toestanden import PRIVACYVERZOEK, VERNIETIGING
from deelnemers.views.dubbelen import gemeld_tabel, moment
from deelnemers.views.hulp import actor_van
from kern import klok
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.onderdelen import Feit, Knop, Leeg, Merk, Verwijzing, toestandmerk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum, hoofdletter
from kern.weigering import GEWEIGERD, neem_fouten_over, zin

PER_BLADZIJDE = 50
RECHT = "inzage.verstrekken"
GROND = "privacy"
BIJNA = 7


#: Of these the receivers hear at the decision; of erasing when the second person agreed.
_GEMELD = {Privacysoort.CORRECTIE, Privacysoort.BEPERKING}


def termijnmerk(rij: Privacyverzoek) -> Merk:
    """How much of the term is left, in words."""
    if PRIVACYVERZOEK.toestand(rij.status).eind:
        return Merk("Afgerond")
    over = (rij.termijn - klok.vandaag()).days
    if over < 0:
        return Merk(f"{aantal(-over, 'dag', 'dagen')} te laat", "fout")
    return Merk(f"Nog {aantal(over, 'dag', 'dagen')}", "let-op" if over <= BIJNA else "info")


def statusmerk(rij: Privacyverzoek) -> Merk:
    return toestandmerk(PRIVACYVERZOEK.toestand(rij.status), uitleg=False)


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Persoon",
        kop=True,
        waarde=lambda v: v.deelnemer.naam,
        link=lambda v: reverse("privacyverzoek", args=[v.pk]),
        onder=lambda v: f"dossier {v.deelnemer.dossiernummer}",
    ),
    Kolom("soort", "Vraagt", waarde=lambda v: hoofdletter(v.get_soort_display()), breed=True),
    Kolom("ontvangen_op", "Ontvangen", weergave=datum),
    Kolom("termijn", "Antwoord voor", weergave=datum),
    Kolom("klok", "Klok", waarde=termijnmerk),
    Kolom("status", "Stand", waarde=statusmerk),
)


@toegang(RECHT)
@require_safe
def verzoeken(request: Any) -> HttpResponse:
    """Open requests, the most urgent first; or those that were decided."""
    klaar = request.GET.get("stand") == "klaar"
    pagina = Paginator(vragen.verzoeken(request.medewerker, klaar=klaar), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    request.lezing.toon("inzage.verzoeken", [v.deelnemer_id for v in pagina], grond=GROND)
    leeg = Leeg(
        "Geen verzoeken",
        "Vraagt iemand naar de eigen gegevens? Leg het verzoek vast; dan loopt de klok.",
        "inbak",
    )
    context = {
        "tabs": [
            Verwijzing("Open", reverse("privacyverzoeken"), gekozen=not klaar),
            Verwijzing("Afgerond", f"{reverse('privacyverzoeken')}?stand=klaar", gekozen=klaar),
        ],
        "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Verzoeken", leeg=leeg),
    }
    return render(request, "deelnemers/privacyverzoeken.html", context)


def _eigen_niet(deelnemer: Deelnemer, medewerker: Any) -> None:
    if mag_nooit(deelnemer, medewerker):
        raise ValidationError("Jij mag dit dossier niet openen. Vraag een collega om het verzoek vast te leggen.")


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def verzoek_nieuw(request: Any) -> HttpResponse:
    """Record a request."""
    form = VerzoekForm(ingevuld(request), initial={"soort": request.GET.get("soort", "")})
    if request.method == "POST" and form.is_valid():
        v = form.cleaned_data
        request.lezing.toon("inzage.verzoek", [v["deelnemer"].pk], grond=GROND)
        try:
            _eigen_niet(v["deelnemer"], request.medewerker)
            rij = services.neem_in(
                v["deelnemer"],
                v["soort"],
                v["ontvangen_op"],
                v["ontvangen_wijze"],
                vraag=v["vraag"],
                namens=v["namens"],
                actor=actor_van(request),
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Verzoek vastgelegd", onder=f"Antwoord uiterlijk op {datum(rij.termijn)}.")
            return redirect("privacyverzoek", pk=rij.pk)
    return render(request, "deelnemers/privacyverzoek_nieuw.html", {"form": form}, status=400 if form.errors else 200)


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def verzoek(request: Any, pk: int) -> HttpResponse:
    """One request: what was asked, who asks, the overview, the decision, and what went out."""
    rij = get_object_or_404(vragen.alle_verzoeken(request.medewerker), pk=pk)
    request.lezing.toon("inzage.verzoek", [rij.deelnemer_id], grond=GROND)
    blad = _Blad(request, rij)
    if request.method == "POST" and (antwoord := blad.verwerk()):
        return antwoord
    return render(request, "deelnemers/privacyverzoek.html", blad.context(), status=400 if blad.fout else 200)


class _Blad:
    """The forms of one request: which step is asked, and what the page shows."""

    def __init__(self, request: Any, rij: Privacyverzoek) -> None:
        self.request, self.rij, self.fout = request, rij, False
        self.stap = request.POST.get("stap", "") if request.method == "POST" else ""
        self.wissen = rij.soort == Privacysoort.WISSEN
        zonder = {"vaststellen", "deels"} if self.wissen else {"vaststellen"}
        stappen = [(s.actie, s.label) for s in PRIVACYVERZOEK.acties(rij, request.rechten) if s.actie not in zonder]
        termijnen = vragen.lopende_termijnen(rij) if self.wissen and rij.status == "in_behandeling" else ""
        self.forms: dict[str, Any] = {
            "vaststellen": VaststelForm(self._data("vaststellen"), prefix="wie"),
            "verlengen": RedenForm(
                self._data("verlengen"), prefix="langer", label="Waarom is er meer tijd nodig?",
                hulp="Twee maanden extra, één keer. De persoon leest dit.",
            ),
            "beslissen": BesluitForm(self._data("beslissen"), prefix="besluit", stappen=stappen, termijnen=termijnen),
            "overhandigen": OverhandigForm(self._data("overhandigen"), prefix="hoe"),
            "gebruiken": GebruikForm(self._data("gebruiken"), prefix="toch"),
            "opheffen": RedenForm(self._data("opheffen"), prefix="op", label="Waarom stopt de beperking?"),
        }  # fmt: skip

    def _data(self, stap: str) -> Any:
        return self.request.POST if self.stap == stap else None

    def verwerk(self) -> HttpResponse | None:
        """Do the step; a refused one comes back with its sentence."""
        form = self.forms.get(self.stap)
        if self.stap not in {"samenstellen", *self.forms} or (form is not None and not form.is_valid()):
            self.fout = True
            return None
        try:
            tekst, onder = getattr(self, f"_{self.stap}")(form.cleaned_data if form else {})
        except GEWEIGERD as fout:
            if form is None:
                meld(self.request, zin(fout), niveau=messages.ERROR)
                return redirect("privacyverzoek", pk=self.rij.pk)
            neem_fouten_over(form, fout)
            self.fout = True
            return None
        meld(self.request, tekst, onder=onder)
        return redirect("privacyverzoek", pk=self.rij.pk)

    def _vaststellen(self, v: dict[str, Any]) -> tuple[str, str]:
        services.stel_identiteit_vast(self.rij, v["identiteit"], actor=actor_van(self.request))
        return "Identiteit vastgelegd", ""

    def _verlengen(self, v: dict[str, Any]) -> tuple[str, str]:
        rij = services.verleng(self.rij, reden=v["reden"], actor=actor_van(self.request))
        return "Termijn verlengd", f"Antwoord uiterlijk op {datum(rij.termijn)}. Laat het de persoon weten."

    def _samenstellen(self, v: dict[str, Any]) -> tuple[str, str]:
        inzage.vraag_samenstellen(self.rij, actor=actor_van(self.request))
        if inzage.wek_taak(self.rij.gemeente_id, self.request.user.naam):
            return "Het overzicht wordt samengesteld", "Deze bladzijde laat zien hoe ver het is."
        return "Het overzicht staat in de wachtrij", "Het begint zodra de wachtrij weer werkt."

    def _beslissen(self, v: dict[str, Any]) -> tuple[str, str]:
        actor = actor_van(self.request)
        if self.wissen and v["actie"] == "toewijzen":
            ook = v.get("ondanks_termijn", False)
            wisverzoek.wijs_toe(self.rij, reden=v["reden"], ondanks_termijn=ook, actor=actor)
            return "Besluit bewaard", "De persoon staat op een lijst om te wissen. Twee mensen kijken daar nog naar."
        services.beslis(self.rij, v["actie"], reden=v["reden"], actor=actor)
        return "Besluit bewaard", "De brief staat klaar." if v["actie"] != "intrekken" else ""

    def _overhandigen(self, v: dict[str, Any]) -> tuple[str, str]:
        services.overhandig(self.rij, v["wijze"], actor=actor_van(self.request))
        return "Vastgelegd hoe je het overzicht gaf", ""

    def _gebruiken(self, v: dict[str, Any]) -> tuple[str, str]:
        services.sta_gebruik_toe(self.rij, v["grond"], v["tot"], reden=v["reden"], actor=actor_van(self.request))
        return "De gegevens mogen worden gebruikt", f"Tot en met {datum(v['tot'])}."

    def _opheffen(self, v: dict[str, Any]) -> tuple[str, str]:
        services.hef_beperking_op(self.rij, reden=v["reden"], actor=actor_van(self.request))
        return "De beperking is opgeheven", "Laat het de persoon weten."

    def context(self) -> dict[str, Any]:
        rij = self.rij
        inzage_ = rij.soort == Privacysoort.INZAGE
        eind, gegeven = PRIVACYVERZOEK.toestand(rij.status).eind, rij.status in {"toegewezen", "deels"}
        bestanden = list(rij.bestanden.filter(geldig_tot__gte=klok.vandaag()).order_by("-soort", "pk"))
        return {
            "rij": rij,
            "status": toestandmerk(PRIVACYVERZOEK.toestand(rij.status)),
            "klok": termijnmerk(rij),
            "feiten": _feiten(rij),
            "form": self.forms.get(self.stap),
            "vaststellen": self.forms["vaststellen"] if rij.status == "ontvangen" else None,
            "verlengen": self.forms["verlengen"] if not eind and rij.verlengd_op is None else None,
            "beslissen": self.forms["beslissen"] if not eind else None,
            "overhandigen": self.forms["overhandigen"] if inzage_ and gegeven and not rij.overhandigd_op else None,
            "gebruiken": self.forms["gebruiken"] if services.beperking_loopt(rij) else None,
            "opheffen": self.forms["opheffen"] if services.beperking_loopt(rij) else None,
            "inzage": inzage_,
            "wissen": _wisstand(rij, self.request) if self.wissen and gegeven else None,
            "mag_samenstellen": inzage_ and rij.status == "in_behandeling",
            "bezig": vragen.voortgang(rij) if rij.samenstellen_sinds else None,
            "bestanden": [_knop(b, rij) for b in bestanden],
            "geldig": datum(bestanden[0].geldig_tot) if bestanden else "",
            "gemaakt": moment(bestanden[0].gemaakt_op) if bestanden else "",
            "brief": rij.status in {"toegewezen", "deels", "afgewezen"},
            "gemeld": gemeld_tabel(self.request, [rij.aanleiding])
            if gegeven and (rij.soort in _GEMELD or wisverzoek.is_besloten(rij))
            else None,
        }


def _wisstand(rij: Privacyverzoek, request: Any) -> dict[str, Any]:
    """How far the erasing is, and the list for who may see it."""
    regel = wisverzoek.regel_van(rij)
    if regel is None:
        return {"merk": Merk("Van de lijst gehaald", "let-op"), "uitleg": "Leg vast waarom, of neem een nieuw besluit."}
    lijst = regel.vernietiging
    toestand = VERNIETIGING.toestand(lijst.status)
    if regel.stand in {Regelstand.BEWAARPLICHT, Regelstand.VERVALLEN}:
        return {"merk": Merk(str(regel.get_stand_display()), "let-op"), "uitleg": regel.toelichting}
    mag = {"bewaartermijnen.beheren", "bewaartermijnen.goedkeuren"} & set(request.rechten)
    return {
        "merk": toestandmerk(toestand, uitleg=False),
        "uitleg": f"{toestand.uitleg} {_vanaf(lijst.uitvoeren_vanaf)}".strip(),
        "url": reverse("vernietiging", args=[lijst.pk]) if mag else "",
    }


def _vanaf(dag: Any) -> str:
    return f"Wissen kan vanaf {datum(dag)}." if dag else ""


def _knop(bestand: Any, rij: Privacyverzoek) -> Knop:
    return Knop(
        "Overzicht als PDF" if bestand.soort == "pdf" else "Voor een computer (JSON)",
        reverse("privacyverzoek_bestand", args=[rij.pk, bestand.soort]),
        "document",
        hoofd=bestand.soort == "pdf",
    )


def _feiten(rij: Privacyverzoek) -> list[Feit]:
    delen = [
        Feit("Vraagt", hoofdletter(rij.get_soort_display()), rij.vraag),
        Feit("Ontvangen", f"{datum(rij.ontvangen_op)}, {rij.get_ontvangen_wijze_display()}"),
        Feit("Antwoord uiterlijk op", datum(rij.termijn)),
    ]
    if rij.namens:
        delen.append(Feit("Namens de persoon", rij.namens))
    if rij.verlengd_op:
        delen.append(Feit("Verlengd", datum(rij.verlengd_op), rij.verlengd_reden))
    if rij.identiteit_op:
        delen.append(
            Feit(
                "Wie vraagt dit",
                hoofdletter(rij.get_identiteit_display()),
                _wie(rij.identiteit_op, rij.identiteit_door),
            )
        )
    if rij.besloten_op:
        delen.append(Feit("Besluit", rij.besluit, _wie(rij.besloten_op, rij.besloten_door)))
    for deel in rij.achtergehouden.order_by("onderdeel", "pk"):
        delen.append(Feit("Geven we niet mee", deel.onderdeel, hoofdletter(deel.get_reden_display())))
    if rij.gebruik_tot:
        waarom = f"{hoofdletter(rij.get_gebruik_grond_display())}. {rij.gebruik_reden}"
        delen.append(Feit("Toch gebruiken tot en met", datum(rij.gebruik_tot), waarom))
    if rij.beperkt_tot:
        delen.append(Feit("Beperking opgeheven", datum(rij.beperkt_tot)))
    if rij.overhandigd_op:
        delen.append(
            Feit(
                "Overhandigd",
                hoofdletter(rij.get_overhandigd_wijze_display()),
                _wie(rij.overhandigd_op, rij.overhandigd_door),
            )
        )
    return delen


def _wie(dag: Any, naam: str) -> str:
    return f"{datum(dag)}, door {naam}"


@toegang(RECHT)
@require_http_methods(["GET", "POST"])
def achterhouden(request: Any, pk: int) -> HttpResponse:
    """Choose per heading whether it is given."""
    rij = get_object_or_404(vragen.alle_verzoeken(request.medewerker).filter(soort=Privacysoort.INZAGE), pk=pk)
    request.lezing.toon("inzage.verzoek", [rij.deelnemer_id], grond=GROND)
    nu = {deel.onderdeel: deel.reden for deel in rij.achtergehouden.order_by("pk")}
    form = AchterhoudForm(ingevuld(request), koppen=inzage.koppen(rij.deelnemer_id), nu=nu)
    if request.method == "POST" and form.is_valid():
        try:
            services.houd_achter(rij, form.gekozen(), actor=actor_van(request))
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Keuze bewaard", onder="Stel het overzicht opnieuw samen. Dan klopt het met je keuze.")
            return redirect("privacyverzoek", pk=rij.pk)
    context = {"rij": rij, "form": form}
    return render(request, "deelnemers/privacyverzoek_achterhouden.html", context, status=400 if form.errors else 200)


@toegang(RECHT)
@require_safe
def brief(request: Any, pk: int) -> HttpResponse:
    """The answer letter as PDF."""
    rij = get_object_or_404(vragen.alle_verzoeken(request.medewerker), pk=pk)
    if rij.status not in {"toegewezen", "deels", "afgewezen"}:
        raise Http404
    request.lezing.toon("inzage.verzoek", [rij.deelnemer_id], grond=GROND)
    return _download(inzage.brief(rij), "application/pdf", f"antwoord-{str(rij.kenmerk)[:8]}.pdf")


@toegang(RECHT)
@require_safe
def bestand(request: Any, pk: int, soort: str) -> HttpResponse:
    """The overview, while it may be given; every download is in the read log."""
    rij = get_object_or_404(vragen.alle_verzoeken(request.medewerker), pk=pk)
    gevonden = rij.bestanden.filter(soort=soort).order_by("pk").first()
    inhoud = inzage.inhoud(gevonden) if gevonden else None
    if gevonden is None or inhoud is None:
        raise Http404("Dit overzicht is er niet meer.")
    request.lezing.toon("inzage.bestand", [rij.deelnemer_id], grond=GROND)
    mediatype = "application/pdf" if soort == "pdf" else "application/json"
    return _download(inhoud, mediatype, f"overzicht-{str(rij.kenmerk)[:8]}.{gevonden.soort}")


def _download(inhoud: bytes, mediatype: str, naam: str) -> HttpResponse:
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "no-store"}
    return HttpResponse(inhoud, content_type=mediatype, headers=koppen)
