"""Motivation and behaviour of a whole group on one screen, by its mentor (R056)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from deelnemers.diagnosevragen import zachte_stand
from deelnemers.keuzes import Bron
from deelnemers.models import Competentiemeting
from deelnemers.schalen import ANKERS
from deelnemers.services.diagnose import meetversie
from deelnemers.veiligmerk import veiligmerk
from kern import klok
from kern import onderdelen as o
from kern.toegang import toegang
from kern.weergave import aantal, kortedatum
from kern.weigering import neem_fouten_over
from trajecten import querysets as vragen
from trajecten.forms.scores import PeriodeForm, ScorerijForm
from trajecten.models import Groepsdeelname
from trajecten.services.scores import Scorerij, scoor_groep
from trajecten.views.hulp import actor_van, meld

LEEG = o.Leeg("Nog niemand in de groep", "Zodra er mensen in de groep zitten, scoor je ze hier.", "groep")


@toegang("groep.scoren")
@require_http_methods(["GET", "POST"])
def scores(request: Any, groep_id: int) -> HttpResponse:
    """The grid; saving takes every row that was filled in, or only the row of the button that was pressed."""
    groep = get_object_or_404(vragen.te_scoren(request.medewerker), pk=groep_id)
    alle = list(vragen.deelnames_van(groep, klok.vandaag(), request.medewerker))
    deelnames = [d for d in alle if d.mag and not d.wachtlijst]  # type: ignore[attr-defined]
    ids = [d.deelnemer_id for d in deelnames]
    request.lezing.toon("groep.scoren", ids)
    periode = PeriodeForm(request.POST or None, initial={"tot_en_met": klok.vandaag()})
    nog: dict[int, ScorerijForm] = {}
    gelukt: set[int] = set()
    if request.method == "POST":
        nog = {pk: form for pk in ids if not (form := ScorerijForm(request.POST, prefix=str(pk))).leeg}
        alleen = request.POST.get("rij", "")
        gelukt = _bewaar(request, groep, periode, {pk: f for pk, f in nog.items() if alleen in {"", str(pk)}})
        nog = {pk: form for pk, form in nog.items() if pk not in gelukt}
        if gelukt:
            onder = "Wat nog in een vak staat, is nog niet bewaard." if nog else groep.naam
            meld(request, f"{aantal(len(gelukt), 'persoon', 'personen')} gescoord", onder=onder)
        if gelukt and not nog:
            return redirect("groep_scores", groep_id=groep.pk)
    stand = zachte_stand(ids)
    namen = Counter(d.deelnemer.naam for d in deelnames)
    rijen = [
        _rij(d, stand[d.deelnemer_id], nog.get(d.deelnemer_id), namen) | {"veilig": veiligmerk(d, request.rechten)}
        for d in deelnames
    ]
    context = {
        "groep": groep,
        "rijen": rijen,
        "periode": periode,
        "mis": [rij for rij in rijen if rij["fouten"]],
        "kop": "Niet alles is bewaard" if gelukt else "Er is nog niets bewaard",
        "schalen": [
            {"code": code, "naam": naam, "treden": zip((1, 3, 5), treden, strict=True)}
            for code, (naam, *treden) in ANKERS.items()
        ],
        "anderen": len([d for d in alle if not d.mag]),  # type: ignore[attr-defined]
        "laatste": _laatste(stand),
        "leeg": LEEG,
    }
    slecht = bool(periode.errors) or any(rij["fouten"] for rij in rijen)
    return render(request, "trajecten/groep_scores.html", context, status=400 if slecht else 200)


def _bewaar(request: Any, groep: Any, periode: PeriodeForm, formulieren: dict[int, ScorerijForm]) -> set[int]:
    """Save the rows without a fault; every refusal goes to its row. Returns who was saved."""
    if not formulieren:
        periode.add_error(None, "Er is nog niets ingevuld. Kies bij minstens één persoon een cijfer.")
    goed = {pk: form for pk, form in formulieren.items() if form.is_valid()}
    if not periode.is_valid() or not goed:
        return set()
    rijen = [
        Scorerij(pk, form.scores(), form.cleaned_data["toelichting"], form.cleaned_data["versie"])
        for pk, form in goed.items()
    ]
    try:
        fouten = scoor_groep(
            groep,
            rijen,
            periode.cleaned_data["tot_en_met"],
            medewerker=request.medewerker,
            actor=actor_van(request),
        )
    except ValidationError as fout:
        neem_fouten_over(periode, fout)
        return set()
    for pk, fout in fouten.items():
        goed[pk].neem_over(fout)
    return goed.keys() - fouten.keys()


def _rij(
    deelname: Groepsdeelname, nu: dict[str, Competentiemeting], form: ScorerijForm | None, namen: Counter[str]
) -> dict[str, Any]:
    """What the template draws of one person: the former scores, what was typed, and what is wrong with it."""
    pk = deelname.deelnemer_id
    dagen = [nu[code].vastgesteld_op for code in ANKERS if code in nu]
    versie = (form["versie"].value() if form else None) or meetversie(nu.values())
    fouten = form.zinnen() if form else []
    return {
        "pk": str(pk),  # text: a template would write 12345 as 12.345
        "naam": deelname.deelnemer.naam,
        "nummer": deelname.deelnemer.dossiernummer if namen[deelname.deelnemer.naam] > 1 else "",
        "versie": str(versie),
        "vorige": f"Vorige score: {kortedatum(max(dagen), jaar=klok.vandaag().year)}" if dagen else "Nog niet gescoord",
        "cellen": [
            {
                "code": code,
                "naam": naam,
                "veld": f"{pk}-{code}",
                "waarde": form[code].value() if form else "",
                "was": nu[code].score if code in nu else None,
                "fout": bool(form and code in form.errors),
            }
            for code, (naam, *_) in ANKERS.items()
        ],
        "toelichting": form["toelichting"].value() if form else "",
        "fouten": fouten,
    }


def _laatste(stand: dict[int, dict[str, Competentiemeting]]) -> str:
    """When this group was scored last, in a sentence."""
    dagen: list[dt.date] = [
        rij.vastgesteld_op for rijen in stand.values() for rij in rijen.values() if rij.bron == Bron.GROEP
    ]
    return (
        f"In de groep gescoord tot en met {kortedatum(max(dagen), jaar=klok.vandaag().year)}."
        if dagen
        else "In de groep nog niet gescoord."
    )
