"""One figure: the list of persons behind it, its definition, and the export."""

from __future__ import annotations

import datetime as dt
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aanmeldingen.models import Aanmelding
from deelnemers.models import Deelnemer
from deelnemers.views.hulp import actor_van
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weigering import neem_fouten_over
from rapportage import klein
from rapportage.bord import Keuze
from rapportage.forms import VersieForm
from rapportage.keuzes import Feitsoort, Meting
from rapportage.models import Indicator, Indicatorversie
from rapportage.motor.definitie import MEE, TELT_WOORD, Definitie
from rapportage.motor.standen import Actueel
from rapportage.motor.vraag import Rij, Telling
from rapportage.services.indicatoren import beoordeel_versie, stel_versie_voor
from rapportage.toegang import aanmeldingen_achter, mag_personen, mag_soort, zichtbaar
from rapportage.views.hulp import (
    TE_KLEIN,
    actueel_of_404,
    cijfertekst,
    lees_keuze,
    verborgen,
    wanneer,
    wat_gebeurde,
)

PER_BLAD = 40
AFGESCHERMD = "Dossier afgeschermd"


class _Blad(Paginator):
    """A paginator over rows that SQL has already cut and counted."""

    def __init__(self, rijen: Any, per_blad: int, totaal: int) -> None:
        super().__init__([], per_blad)
        self._rijen, self._totaal = rijen, totaal

    @property
    def count(self) -> int:  # type: ignore[override]
        return self._totaal

    def page(self, nummer: Any) -> Any:
        nummer = self.validate_number(nummer)
        return self._get_page(self._rijen((nummer - 1) * self.per_page), nummer, self)


@toegang("kpi.zien")
@require_GET
def cijfer(request: Any, code: str) -> HttpResponse:
    """The rows behind a figure; as many count as the tile says."""
    keuze, balk = lees_keuze(request)
    actueel = actueel_of_404(keuze, code)
    definitie, vraag = actueel.definitie, keuze.vraag(code)
    context: dict[str, Any] = {
        "keuze": keuze,
        "balk": balk,
        "indicator": actueel.versie.indicator,
        "versie": actueel.versie,
        "definitie": definitie,
        "kruimels": [o.Verwijzing("Prestatiecontract", keuze.url(reverse("prestatiecontract")))],
        "definitie_url": keuze.url(reverse("definitie", args=[code])),
        "stand": definitie.meting != Meting.STROOM,
        "tellen_als": "tellen als succes" if _over_succes(definitie) else "tellen mee",
    }
    if code in verborgen(request, keuze):
        context["leeg"] = o.Leeg("Te klein om te tonen", TE_KLEIN, "slot")
        return render(request, "rapportage/cijfer.html", context)
    per_regel = vraag.per_regel()
    context |= _lijst(request, keuze, actueel, per_regel)
    if mag_personen(request.rechten):
        context["export_url"] = keuze.url(reverse("cijfer_export", args=[code]))
    return render(request, "rapportage/cijfer.html", context)


def _over_succes(definitie: Definitie) -> bool:
    """Whether the figure is a share of ends that went well; other shares say nothing about success."""
    return definitie.ratio and definitie.soort in {Feitsoort.TRAJECTEINDE, Feitsoort.AANMELDING}


def _lijst(request: Any, keuze: Keuze, actueel: Actueel, per_regel: dict[int, int]) -> dict[str, Any]:
    definitie = actueel.definitie
    code = actueel.versie.indicator.code
    telt = request.GET.get("telt", "") if request.GET.get("telt") in {"mee", "niet"} else ""
    regel = int(request.GET["regel"]) if request.GET.get("regel", "").isdecimal() else None
    regels = {r.nummer: r for r in definitie.alle_regels}
    mee = sum(n for nr, n in per_regel.items() if regels[nr].telt == "mee")
    noemer = mee + sum(n for nr, n in per_regel.items() if regels[nr].telt == "noemer")
    alles = sum(per_regel.values())
    grens = 0 if mag_personen(request.rechten) else klein.drempel()
    weg = klein.kleine_regels(per_regel, grens)
    zichtbaar_nr = {nr: n for nr, n in per_regel.items() if nr not in weg and (regel is None or nr == regel)}
    totaal = sum(n for nr, n in zichtbaar_nr.items() if not telt or (regels[nr].telt == "mee") == (telt == "mee"))
    vraag = keuze.vraag(code)
    kies = {"telt": telt, "regel": regel, "zonder": weg, "limiet": PER_BLAD}
    blad = _Blad(lambda offset: vraag.rijen(**kies, offset=offset), PER_BLAD, totaal)
    klein_rest = any(klein.is_klein_getal(n, grens) for n in (mee, alles - mee))
    pagina = blad.get_page(request.GET.get("pagina", "1"))
    pagina.object_list = _toon(request, keuze, definitie, list(pagina.object_list), "cijfer.personen")
    adres = reverse("cijfer", args=[code])
    niet = "Telt niet als succes" if _over_succes(definitie) else "Telt niet mee"
    return {
        "cijfer": cijfertekst(definitie, Telling(mee, noemer)),
        "mee": mee,
        "noemer": noemer,
        "chips": [
            o.Verwijzing("Alles", keuze.url(adres), not telt and regel is None, None if klein_rest else alles),
            o.Verwijzing("Telt mee", keuze.url(adres, telt="mee"), telt == "mee", mee),
            o.Verwijzing(niet, keuze.url(adres, telt="niet"), telt == "niet", None if klein_rest else alles - mee),
        ],
        "regels": [
            (r, None if r.nummer in weg else per_regel.get(r.nummer, 0), keuze.url(adres, regel=r.nummer))
            for r in definitie.alle_regels
        ],
        "weggelaten": TE_KLEIN if weg else "",
        "tabel": Tabel.van(
            request,
            _kolommen(definitie),
            pagina,
            bijschrift=f"{actueel.versie.indicator.naam}: wie telt mee en waarom",
            dicht=True,
            leeg=o.Leeg(
                "Geen rijen",
                "Voor deze keuze is niets geteld. Kies een andere dag of een ander team.",
                "grafiek",
            ),
        ),
    }


class _Toon:
    """A row as the page shows it; of a person that the reader may not identify only the rule."""

    def __init__(
        self,
        rij: Rij,
        *,
        persoon: Deelnemer | None,
        aanmelding: Aanmelding | None,
        team: str,
        regel: Any,
        keuze: Keuze,
        definitie: Definitie,
        link: bool,
    ) -> None:
        self.naam = persoon.naam if persoon else AFGESCHERMD
        self.nummer = persoon.dossiernummer if persoon else "geen inzage"
        self.link = reverse("dossier", args=[persoon.dossiernummer]) if persoon and link else ""
        if aanmelding is not None:
            self.naam, self.nummer = aanmelding.naam, aanmelding.volgnummer
            self.link = reverse("aanmelding", args=[aanmelding.kenmerk])
        bekend = persoon is not None or aanmelding is not None
        self.dag = wanneer(rij, definitie, keuze.jaar) if bekend else ""
        self.wat = wat_gebeurde(rij, definitie) if bekend else ""
        self.team = team if bekend else ""
        mee = regel.telt == MEE
        self.merk = o.Merk(TELT_WOORD[rij.telt], "goed" if mee else "", "vinkrond" if mee else "min")
        self.waarom = f"Regel {regel.nummer}. {regel.zin}"
        self.rij = rij
        self.extra = ""


_KOLOMMEN = (
    Kolom("naam", "Persoon", kop=True, onder=lambda r: r.nummer, link=lambda r: r.link),
    Kolom("dag", "Dag"),
    Kolom("wat", "Wat er gebeurde", breed=True, onder=lambda r: r.extra),
    Kolom("team", "Team", breed=True),
    Kolom("merk", "Telt dit mee?", breed=True, onder=lambda r: r.waarom),
)
_KOLOMMEN_STAND = (
    _KOLOMMEN[0],
    Kolom("dag", "In dienst", breed=True),
    Kolom("wat", "Soort", breed=True),
    *_KOLOMMEN[3:],
)
_KOLOMMEN_DIAGNOSE = (
    _KOLOMMEN[0],
    Kolom("dag", "Zo sinds", breed=True),
    Kolom("wat", "Hoe staat de diagnose?", breed=True),
    *_KOLOMMEN[3:],
)


def _kolommen(definitie: Definitie) -> tuple[Kolom, ...]:
    if definitie.soort in {Feitsoort.DIAGNOSE, Feitsoort.INHAAL}:
        return _KOLOMMEN_DIAGNOSE
    return _KOLOMMEN if definitie.meting == Meting.STROOM else _KOLOMMEN_STAND


def _toon(request: Any, keuze: Keuze, definitie: Definitie, rijen: list[Rij], verwerking: str) -> list[_Toon]:
    """Names, teams and the read log for one page of rows."""
    ids = {r.deelnemer_id for r in rijen if r.deelnemer_id}
    mag = mag_soort(request.rechten, definitie)
    personen = zichtbaar(request.medewerker, request.rechten, ids) if mag else {}
    aanmeldingen = aanmeldingen_achter(request.medewerker, request.rechten, definitie, rijen)
    request.lezing.toon(verwerking, {*personen, *(a.deelnemer_id for a in aanmeldingen.values() if a.deelnemer_id)})
    los = [str(a.kenmerk) for a in aanmeldingen.values() if a.deelnemer_id is None]
    if los:
        request.lezing.toon_zonder_persoon(verwerking, los)
    link = "dossier.zien" in request.rechten
    uit = []
    for rij in rijen:
        persoon = personen.get(rij.deelnemer_id or 0)
        uit.append(
            _Toon(
                rij,
                persoon=persoon,
                aanmelding=aanmeldingen.get(rij.sleutel),
                team=keuze.teamnamen.get(rij.team_id, ""),
                regel=definitie.regel(rij.regel),
                keuze=keuze,
                definitie=definitie,
                link=link,
            )
        )
    return uit


@toegang("kpi.personen")
@require_GET
def cijfer_export(request: Any, code: str) -> HttpResponse:
    """The whole list as a spreadsheet; every identified person is in the read log."""
    keuze, _ = lees_keuze(request)
    actueel = actueel_of_404(keuze, code)
    bestand = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    with xlsxwriter.Workbook(bestand, {"constant_memory": True, "default_date_format": "d mmmm yyyy"}) as boek:
        _schrijf(request, boek, keuze, actueel)
    bestand.seek(0)
    naam = f"{code}-{keuze.peildatum.isoformat()}.xlsx"
    return FileResponse(bestand, as_attachment=True, filename=naam)


def _schrijf(request: Any, boek: Any, keuze: Keuze, actueel: Actueel) -> None:
    definitie, versie = actueel.definitie, actueel.versie
    vraag = keuze.vraag(versie.indicator.code)
    telling = vraag.telling()
    uitleg, blad = boek.add_worksheet("Uitleg"), boek.add_worksheet("Lijst")
    bekend = keuze.bekend.astimezone().strftime("%d-%m-%Y %H:%M")
    feiten = [
        ("Cijfer", f"{versie.indicator.code} {versie.indicator.naam}"),
        ("Stand", cijfertekst(definitie, telling)),
        ("Telt mee", telling.teller),
        ("Noemer", telling.noemer if definitie.ratio else ""),
        ("Peildatum", keuze.peildatum),
        ("Zoals bekend op", bekend),
        ("Definitie", f"versie {versie.nummer}"),
        *((f"Regel {r.nummer}", r.zin) for r in definitie.alle_regels),
    ]
    uitleg.set_column(0, 0, 18)
    uitleg.set_column(1, 1, 90)
    for nr, (label, waarde) in enumerate(feiten):
        uitleg.write(nr, 0, label)
        uitleg.write(nr, 1, waarde)
    koppen = ("Persoon", "Dossier", "Dag", "Wat er gebeurde", "Team", "Telt", "Regel", "Waarom")
    for kolom, kop in enumerate(koppen):
        blad.write(0, kolom, kop)
    nr = 1
    for bundel in vraag.bundels():
        for rij in _toon(request, keuze, definitie, bundel, "cijfer.export"):
            dag: dt.date | str = rij.rij.dag if rij.naam != AFGESCHERMD else ""
            cellen = (
                rij.naam,
                rij.nummer,
                dag,
                rij.wat,
                rij.team,
                TELT_WOORD[rij.rij.telt],
                rij.rij.regel,
                rij.waarom,
            )
            for kolom, cel in enumerate(cellen):
                blad.write(nr, kolom, cel)
            nr += 1


@toegang("kpi.zien")
@require_http_methods(["GET", "POST"])
def definitie(request: Any, code: str) -> HttpResponse:
    """A definition in plain Dutch with its versions; who has the right proposes a new one here."""
    keuze, _ = lees_keuze(request)
    mag = "kpi.definitie" in request.rechten
    indicator = get_object_or_404(Indicator, code=code)
    actueel = keuze.actueel.get(code)
    begin = actueel.definitie.als_json() if actueel else {}
    form = VersieForm(request.POST or None, initial={"definitie": begin}) if mag else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            stel_versie_voor(indicator, **form.cleaned_data, opsteller=request.medewerker, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "De nieuwe versie is voorgesteld", onder="Een collega keurt hem goed of af")
            return redirect(keuze.url(request.path))
    versies = indicator.versies.select_related("opgesteld_door", "beoordeeld_door").order_by("-geldig_van", "-pk")
    return render(
        request,
        "rapportage/definitie.html",
        {
            "keuze": keuze,
            "indicator": indicator,
            "actueel": actueel,
            "form": form,
            "versies": list(versies),
            "mag_beoordelen": bool({"kpi.definitie", "regelgeving.goedkeuren"} & request.rechten),
            "ik": request.medewerker,
            "kruimels": [
                o.Verwijzing("Prestatiecontract", keuze.url(reverse("prestatiecontract"))),
                o.Verwijzing(indicator.naam, keuze.url(reverse("cijfer", args=[code]))),
            ],
        },
        status=422 if form is not None and form.errors else 200,
    )


@toegang("kpi.definitie", "regelgeving.goedkeuren")
@require_POST
def definitie_besluit(request: Any, versie_id: int) -> HttpResponse:
    """Approve or refuse a proposed definition, as second person."""
    versie = get_object_or_404(Indicatorversie.objects.select_related("indicator"), pk=versie_id)
    akkoord = request.POST.get("besluit") == "ja"
    try:
        beoordeel_versie(versie, akkoord=akkoord, beoordelaar=request.medewerker, actor=actor_van(request))
    except ValidationError as fout:
        meld(request, "Dat kan niet", onder=" ".join(fout.messages))
    else:
        meld(
            request,
            "De definitie is goedgekeurd" if akkoord else "De definitie is afgewezen",
            onder="De cijfers volgen vannacht" if akkoord else "",
        )
    return redirect("definitie", code=versie.indicator.code)
