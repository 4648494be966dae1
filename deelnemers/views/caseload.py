"""The caseload, the list without contact, and assigning the regie."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import querysets as vragen
from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.forms import RegieForm
from deelnemers.instellingen import weken_zonder_contact
from deelnemers.keuzes import Tredewaarde
from deelnemers.models import Deelnemer
from deelnemers.services.regie import regieversie, wijs_regie_toe
from deelnemers.views.hulp import actor_van, formulierblad, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel, volgorde
from kern.toegang import toegang
from kern.weergave import geleden, kortedatum
from kern.weigering import neem_fouten_over, zin
from organisatie.querysets import met_rol, mijn_team_ids, teams_vandaag
from organisatie.rechten import Rol

PER_BLAD = 25


class CaseloadFilter(forms.Form):
    """What the caseload can be narrowed to."""

    van = forms.ChoiceField(label="Van wie", required=False, choices=[("", "Van mij"), ("team", "Van mijn team")])
    trede = forms.ChoiceField(label="Trede", required=False, choices=[("", "Alle"), *Tredewaarde.choices])
    let_op = forms.ChoiceField(
        label="Let op",
        required=False,
        choices=[
            ("", "Iedereen"),
            ("contact", "Lang geen contact"),
            ("diagnose", "Diagnose niet actueel"),
            ("onderdeel", "Geen lopend onderdeel"),
        ],
    )
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: Any, medewerker: Any, rechten: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_doelgroepen(self, rechten, eigen_mensen=True)
        teams = [(str(t.pk), t.naam) for t in teams_vandaag().filter(pk__in=mijn_team_ids(medewerker))]
        self.fields["team"].choices = [("", "Alle teams"), *teams]  # type: ignore[attr-defined]
        zin = f"Langer dan {weken_zonder_contact()} weken geen contact"
        self.fields["let_op"].choices = [  # type: ignore[attr-defined]
            (code, zin if code == "contact" else label)
            for code, label in self.fields["let_op"].choices  # type: ignore[attr-defined]
        ]
        if len(teams) < 2:  # noqa: PLR2004 - with one team there is nothing to choose
            self.fields["team"].widget = forms.HiddenInput()


def diagnosemerk(deelnemer: Deelnemer) -> o.Merk:
    """How the diagnosis of a person on a list stands."""
    if deelnemer.diagnose_vers_tot is None:
        return o.Merk("Niet compleet", "let-op")
    if deelnemer.diagnose_vers_tot < klok.vandaag():
        return o.Merk("Verouderd", "fout")
    return o.Merk("Actueel", "goed")


KOLOMMEN = (
    Kolom(
        "naam", "Naam", kop=True, sorteer="naam", onder=lambda d: d.dossiernummer,
        link=lambda d: reverse("dossier", args=[d.dossiernummer]),
    ),
    Kolom("trede_nu", "Trede", sorteer="trede"),
    Kolom("onderdelen_actief", "Lopende onderdelen", soort="getal"),
    Kolom(
        "laatste_contact_op", "Laatste contact", sorteer="contact",
        weergave=lambda dag: geleden(dag, klok.vandaag()),
    ),
    Kolom("volgende_afspraak_op", "Volgende afspraak", sorteer="afspraak", weergave=lambda op: kortedatum(timezone.localtime(op).date())),  # noqa: E501
    Kolom("diagnose", "Diagnose", sorteer="diagnose", waarde=diagnosemerk),
)  # fmt: skip
_REGIEVOERDER = Kolom(
    "regievoerder", "Regievoerder", waarde=lambda d: d.regievoerder.naam if d.regievoerder else "nog niemand"
)


@toegang("caseload.zien", "team.zien")
@require_GET
def caseload(request: Any) -> HttpResponse:
    """The people of this member of staff or of the team, from stored columns."""
    form = CaseloadFilter(request.GET, auto_id="filter_%s", medewerker=request.medewerker, rechten=request.rechten)
    form.is_valid()
    keuze = form.cleaned_data
    van_team = keuze.get("van") == "team" or "caseload.zien" not in request.rechten
    rijen = vragen.team_caseload(request.medewerker) if van_team else vragen.caseload(request.medewerker)
    rijen = beperk(rijen, keuze, request.rechten)
    sleutel = volgorde(request, KOLOMMEN, "naam")
    blad = Paginator(vragen.gesorteerd(rijen, sleutel), PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon("caseload.bekijken", [d.pk for d in blad], grond="team" if van_team else "regie")
    tabel = Tabel.van(
        request,
        (*KOLOMMEN, _REGIEVOERDER) if van_team else KOLOMMEN,
        blad,
        bijschrift="Caseload",
        gesorteerd=sleutel,
        leeg=o.Leeg("Niemand gevonden", "Haal een filter weg, of bekijk de mensen van je hele team.", "mensen"),
        id="lijst",
    )
    context = {
        "tabel": tabel,
        "balk": o.filterbalk(request, form),
        "aantal": blad.paginator.count,
        "van_team": van_team,
        "mag_openen": "dossier.wijzigen" in request.rechten,
        "lopen_url": f"{reverse('caseload_lopen')}{o.met_query(request.GET, pagina=None)}",
    }
    return render(request, "deelnemers/caseload.html", context)


def beperk(rijen: Any, keuze: dict[str, Any], rechten: frozenset[str]) -> Any:
    """These people narrowed to what the filter says."""
    if keuze.get("trede"):
        rijen = rijen.filter(trede_nu=keuze["trede"])
    if keuze.get("team"):
        rijen = rijen.filter(team=keuze["team"])
    rijen = vragen.in_doelgroep(rijen, keuze.get("doelgroep", ""), rechten, persoon="pk")
    match keuze.get("let_op"):
        case "contact":
            rijen = vragen.zonder_contact_sinds(rijen)
        case "diagnose":
            rijen = rijen.filter(diagnose_vers_tot__isnull=True) | rijen.filter(diagnose_vers_tot__lt=klok.vandaag())
        case "onderdeel":
            rijen = rijen.filter(in_traject=True, onderdelen_actief=0)
    return rijen


@toegang("caseload.toewijzen")
@require_http_methods(["GET", "POST"])
@met_dossier("regie.toewijzen")
def regie_wijzigen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Choose another regievoerder, from a date, with a reason."""
    form = RegieForm(
        request.POST or None,
        medewerkers=consulenten(request.medewerker),
        initial={
            "vanaf": klok.vandaag(),
            "medewerker": deelnemer.regievoerder_id,
            "versie": regieversie(deelnemer),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            wijs_regie_toe(deelnemer, **form.cleaned_data, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, f"{form.cleaned_data['medewerker'].naam} is nu regievoerder", onder=deelnemer.naam)
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Regievoerder wijzigen", "Toewijzen")


@toegang("caseload.toewijzen")
@require_POST
def wijs_toe(request: Any, deelnemer_id: int) -> HttpResponse:
    """Assign in one key from *Mijn team*: the button carries the member of staff."""
    team_ids = mijn_team_ids(request.medewerker)
    deelnemer = vragen.zonder_regie(team_ids, request.medewerker).filter(pk=deelnemer_id).first()
    versie = regieversie(deelnemer) if deelnemer else None
    gekozen = request.POST.get("medewerker", "")
    medewerker = consulenten(request.medewerker).filter(pk=gekozen).first() if gekozen.isdecimal() else None
    if deelnemer is None or medewerker is None:
        meld(
            request, "Dit is niet gelukt", onder="Een collega was je voor, of je koos niemand.", niveau=messages.WARNING
        )
        return redirect("mijn_team")
    try:
        wijs_regie_toe(
            deelnemer,
            medewerker,
            klok.vandaag(),
            actor=actor_van(request),
            reden="Toegewezen door de teammanager",
            versie=versie,
        )
    except ValidationError as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.WARNING)
        return redirect("mijn_team")
    request.lezing.toon("regie.toewijzen", [deelnemer.pk], grond="team")
    meld(request, f"{medewerker.naam} begeleidt nu {deelnemer.naam}")
    return redirect("mijn_team")


def consulenten(medewerker: Any) -> Any:
    """Who may be regievoerder, in the teams of this manager."""
    return met_rol(Rol.CONSULENT, mijn_team_ids(medewerker))
