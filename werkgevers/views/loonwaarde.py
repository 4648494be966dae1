"""The wage value: recording and correcting a measurement, with the outcome while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deelnemers.views.hulp import actor_van
from kern import grafieken, klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import KORTE_MAANDEN, datum, getal
from kern.weigering import probeer
from werkgevers import dienstverbandvragen as vragen
from werkgevers.forms_dienstverband import MEESTE_TAKEN, CorrectieForm, MetingForm, OordeelForm, Taakrijen
from werkgevers.loonwaarde import Taak, afgerond, exact, fouten, hoofdtaakregel, uit_rijen
from werkgevers.models import Dienstverband, Loonwaardemeting
from werkgevers.services import loonwaarde as dienst
from werkgevers.views.hulp import formulier

METEN = "loonwaarde.wijzigen"
_VELDEN = (
    "gemeten_op",
    "geldig_vanaf",
    "route",
    "methode",
    "deskundige",
    "werkdagen",
    "volgende_op",
    "oordeel_werkgever",
    "zienswijze",
)
_OORDEEL: dict[str, Any] = {"akkoord": "goed", "niet_akkoord": "let-op", "niet_gevraagd": ""}


# --- What the page of an employment shows ----------------------------------------------------------------------------
def meetlijst(metingen: Sequence[Loonwaardemeting]) -> list[dict[str, Any]]:
    """Measurements with their tasks, the corrected ones marked."""
    return [
        {
            "meting": m,
            "oordeel": o.Merk(f"Werkgever: {m.get_oordeel_werkgever_display()}", _OORDEEL[m.oordeel_werkgever]),
            "taken": [(taak, getal(taak.waarde_getal, 2)) for taak in uit_rijen(m.taken)],
        }
        for m in metingen
    ]


def meetgrafiek(metingen: Sequence[Loonwaardemeting]) -> grafieken.Lijngrafiek | None:
    """The series as a line; one measurement is no line."""
    if len(metingen) < 2:  # noqa: PLR2004
        return None
    eerste, laatste = metingen[0], metingen[-1]
    zin = (
        f"Van {eerste.percentage} procent op {datum(eerste.geldig_vanaf)} "
        f"naar {laatste.percentage} procent op {datum(laatste.geldig_vanaf)}."
    )
    return grafieken.lijngrafiek(
        [f"{KORTE_MAANDEN[m.geldig_vanaf.month - 1]} {m.geldig_vanaf.year}" for m in metingen],
        [grafieken.Reeks("Loonwaarde", [float(m.percentage) for m in metingen], "nu")],
        titel="Loonwaarde per meting",
        beschrijving=zin,
        eenheid="procent",
        puntlabel=f"{laatste.percentage}\u00a0%",
    )


# --- Recording -------------------------------------------------------------------------------------------------------
def _werk(request: Any, pk: int) -> Dienstverband:
    rij: Dienstverband = get_object_or_404(vragen.dienstverbanden(request.medewerker, alles=True), pk=pk)
    return rij


def _terug(rij: Dienstverband) -> o.Verwijzing:
    return o.Verwijzing(f"Werk van {rij.deelnemer.naam}", reverse("dienstverband", args=[rij.pk]))


def _meting(rij: Dienstverband, meting_id: int) -> Loonwaardemeting:
    return get_object_or_404(vragen.metingen_van(rij), pk=meting_id)


@toegang(METEN)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Any, pk: int) -> HttpResponse:
    """A new measurement; `doe=reken` and `doe=erbij` compute and add a row without saving."""
    rij = _werk(request, pk)
    form = MetingForm(ingevuld(request), initial={"gemeten_op": klok.vandaag(), "route": "meting"})

    def bewaar(taken: list[Taak]) -> Loonwaardemeting:
        schoon = dict(form.cleaned_data)
        return dienst.meet_loonwaarde(
            rij, schoon.pop("gemeten_op"), schoon.pop("deskundige"), taken=taken, actor=actor_van(request), **schoon
        )

    rijen = Taakrijen(ingevuld(request), prefix="taak")
    return _blad(request, rij, form, rijen, bewaar=bewaar, titel="Loonwaarde vastleggen")


@toegang(METEN)
@require_http_methods(["GET", "HEAD", "POST"])
def corrigeren(request: Any, pk: int, meting_id: int) -> HttpResponse:
    """A better version of a measurement; the former one stays."""
    rij = _werk(request, pk)
    oud = _meting(rij, meting_id)
    taken = [taak.als_rij() for taak in uit_rijen(oud.taken)]
    begin = {naam: getattr(oud, naam) for naam in _VELDEN} | ({} if taken else {"percentage": oud.percentage})
    form = CorrectieForm(ingevuld(request), initial=begin)
    # Rows with the same values as before count too: a bound form sees them as unchanged when they are its initial.
    rijen = Taakrijen(request.POST, prefix="taak") if request.method == "POST" else _gevuld(taken)

    def bewaar(nieuwe: list[Taak]) -> Loonwaardemeting:
        schoon = dict(form.cleaned_data)
        schoon["geldig_vanaf"] = schoon["geldig_vanaf"] or max(schoon["gemeten_op"], rij.begindatum)
        reden = schoon.pop("correctiereden")
        return dienst.corrigeer_loonwaarde(oud, reden, taken=nieuwe, actor=actor_van(request), **schoon)

    return _blad(request, rij, form, rijen, bewaar=bewaar, titel=f"Meting van {datum(oud.gemeten_op)} corrigeren")


def _gevuld(taken: list[dict[str, Any]]) -> Any:
    return Taakrijen(prefix="taak", initial=taken)


def _blad(request: Any, rij: Dienstverband, form: MetingForm, rijen: Any, *, bewaar: Any, titel: str) -> HttpResponse:
    """The form with its tasks: computed, with a row more, saved, or shown."""
    doe = request.POST.get("doe", "")
    if doe == "erbij":
        rijen = Taakrijen(_een_rij_meer(request.POST), prefix="taak")
    taken, uitkomst = _taken(form, rijen, rij) if request.method == "POST" else (_begintaken(rijen), None)
    if uitkomst is None:
        uitkomst = _uitkomst(taken, {}, [])
    if doe == "reken" and request.htmx:
        return render(request, "werkgevers/onderdelen/loonwaarde_som.html", {"uitkomst": uitkomst})
    request.lezing.toon("dienstverband.bekijken", [rij.deelnemer_id])
    if doe in {"reken", "erbij"}:
        _zonder_fouten(form)
    elif request.method == "POST" and _past(form, rijen, taken, uitkomst):
        meting = probeer(form, lambda: bewaar(taken))
        if meting:
            meld(request, f"De loonwaarde is {meting.percentage} procent", onder="De meting is vastgelegd.")
            return redirect("dienstverband", pk=rij.pk)
    context = {
        "rij": rij,
        "form": form,
        "taakrijen": rijen,
        "uitkomst": uitkomst,
        "titel": titel,
        "terug": _terug(rij),
        "mag_erbij": len(rijen.forms) < MEESTE_TAKEN,
        "fout": request.method == "POST" and doe not in {"reken", "erbij"},
    }
    return render(request, "werkgevers/loonwaarde.html", context, status=422 if context["fout"] else 200)


def _een_rij_meer(post: Any) -> Any:
    data = post.copy()
    try:
        aantal = int(data.get("taak-TOTAL_FORMS", 0))
    except ValueError:
        aantal = 0
    data["taak-TOTAL_FORMS"] = str(min(aantal + 1, MEESTE_TAKEN))
    return data


def _begintaken(rijen: Any) -> list[Taak]:
    return [Taak(**f.initial) for f in rijen.forms if f.initial]


def _zonder_fouten(form: MetingForm) -> None:
    """Computing is not saving: what is not filled in yet is no mistake."""
    form._errors = type(form.errors)()


def _taken(form: MetingForm, rijen: Any, rij: Dienstverband) -> tuple[list[Taak], dict[str, Any]]:
    """The whole rows, and what comes out of them with what is wrong."""
    form.full_clean()
    taken = [f.taak for f in rijen.forms if f.taak is not None]
    schoon = getattr(form, "cleaned_data", {})
    op = schoon.get("gemeten_op") or klok.vandaag()
    uren = dienst.uren_voor_taken(rij, op)
    per_taak, samen = fouten(taken, uren, schoon.get("werkdagen") or 5, hoofdtaakregel(op))
    return taken, _uitkomst(taken, per_taak, samen)


def _uitkomst(taken: list[Taak], per_taak: dict[int, str], samen: list[str]) -> dict[str, Any]:
    precies = exact(taken)
    return {
        "regels": [(taak, getal(taak.waarde_getal, 2), per_taak.get(i, "")) for i, taak in enumerate(taken)],
        "samen": samen,
        "heel": not samen and not per_taak and bool(taken),
        "precies": getal(float(precies), 2),
        "procent": afgerond(precies),
        "aandeel": sum(taak.aandeel for taak in taken),
    }


def _past(form: MetingForm, rijen: Any, taken: list[Taak], uitkomst: dict[str, Any]) -> bool:
    """Whether form and rows can go to the service; says at the form what is wrong with the rows."""
    for nummer, rij in enumerate(rijen.forms, start=1):
        if rij.has_changed() and not rij.is_valid():
            form.add_error(None, f"Vul bij taak {nummer} alles in, of maak de rij leeg.")
    for taak, _, zin in uitkomst["regels"]:
        if zin:
            form.add_error(None, f"{taak.naam}: {zin}")
    for zin in uitkomst["samen"]:
        form.add_error(None, zin)
    rapport = form.cleaned_data.get("percentage")
    if uitkomst["heel"] and rapport is not None and rapport != uitkomst["procent"]:
        zin = f"Uit de taken komt {uitkomst['procent']} procent. Kijk de taken na, of laat dit vak leeg."
        form.add_error("percentage", ValidationError(zin))
    return form.is_valid() and NON_FIELD_ERRORS not in form.errors


@toegang(METEN, "plaatsing.wijzigen")
@require_http_methods(["GET", "HEAD", "POST"])
def oordeel(request: Any, pk: int, meting_id: int) -> HttpResponse:
    """What the employer thinks of a measurement."""
    rij = _werk(request, pk)
    request.lezing.toon("dienstverband.bekijken", [rij.deelnemer_id])
    meting = _meting(rij, meting_id)
    begin = {"oordeel_werkgever": meting.oordeel_werkgever, "zienswijze": meting.zienswijze}
    form = OordeelForm(ingevuld(request), initial=begin)
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: dienst.leg_oordeel_vast(meting, **form.cleaned_data, actor=actor_van(request))):
        meld(request, "Het oordeel van de werkgever is bewaard")
        return redirect("dienstverband", pk=pk)
    uitleg = f"Meting van {datum(meting.gemeten_op)}: {meting.percentage} procent."
    titel = f"Wat vindt {rij.feitelijke_werkgever.naam} van de meting?"
    return formulier(request, form, titel, "Bewaren", _terug(rij), uitleg=uitleg)
