"""Final settlements, and what a year cost per source of money."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deelnemers.toegang import zonder_verboden
from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro
from loonkostensubsidie.afrekening import afgelopen_subsidies, maak_afrekening, realisatie
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.views.betalen import BETALEN, GOEDKEUREN, PER_BLADZIJDE, ZIEN, tabs
from organisatie.keuzes import Geldbron

EERSTE_JAAR = 2013


def _stand(rij: Any) -> o.Merk:
    verschil = (rij.besloten or 0) - (rij.betaald or 0)
    if not verschil:
        return o.Merk("Alles is betaald", "goed")
    return o.Merk(f"Nog {euro(verschil)}" if verschil > 0 else f"{euro(-verschil)} te veel", "let-op")


LIJST = (
    Kolom("werkgever", "Werkgever", kop=True, waarde=lambda r: r.werkgever.naam, onder=lambda r: r.nummer),
    Kolom("einddatum", "Gestopt op", waarde=lambda r: datum(r.einddatum) or "Ingetrokken"),
    Kolom("besloten", "Besloten", waarde=lambda r: euro(r.besloten or 0), soort="getal"),
    Kolom("betaald", "Betaald", waarde=lambda r: euro(r.betaald or 0), soort="getal"),
    Kolom("stand", "Klopt het?", waarde=_stand),
    Kolom(
        "brief",
        "Brief",
        waarde=lambda r: "Brief (PDF)",
        link=lambda r: reverse("eindafrekening", args=[r.kenmerk]),
    ),
)


@toegang(ZIEN, BETALEN)
@require_safe
def eindafrekeningen(request: Any) -> HttpResponse:
    """Subsidies that ended, with what was decided and paid; the letter is for who pays or approves."""
    pagina = Paginator(afgelopen_subsidies(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    mag = bool({BETALEN, GOEDKEUREN} & set(request.rechten))
    leeg = o.Leeg("Er is nog geen subsidie gestopt", "Stopt een subsidie, dan staat hij hier met de brief.", "info")
    kolommen = LIJST if mag else LIJST[:-1]
    jaar = klok.vandaag().year
    context = {
        "tabel": Tabel.van(request, kolommen, pagina, bijschrift="Eindafrekeningen", leeg=leeg),
        "tabs": tabs("eindafrekeningen"),
        "jaren": [o.Verwijzing(str(j), reverse("subsidierealisatie", args=[j])) for j in (jaar, jaar - 1, jaar - 2)],
    }
    return render(request, "loonkostensubsidie/eindafrekeningen.html", context)


@toegang(BETALEN, GOEDKEUREN)
@require_safe
def eindafrekening(request: Any, kenmerk: Any) -> HttpResponse:
    """The letter to the employer; it names the person, so it is in the read log."""
    rijen = zonder_verboden(Subsidie.objects.filter(pk__in=afgelopen_subsidies().values("pk")), request.medewerker)
    rij = get_object_or_404(rijen.select_related("werkgever", "regeling", "deelnemer"), kenmerk=kenmerk)
    request.lezing.toon("subsidie.eindafrekening", [rij.deelnemer_id])
    antwoord = HttpResponse(maak_afrekening(rij, request.user.gemeente), content_type="application/pdf")
    antwoord.headers["Content-Disposition"] = f'inline; filename="eindafrekening-{rij.nummer}.pdf"'
    return antwoord


@toegang(ZIEN, "levering.maken")
@require_safe
def subsidierealisatie(request: Any, jaar: int) -> FileResponse:
    """What was realised in a year, as a spreadsheet; no person is in it."""
    if not EERSTE_JAAR <= jaar <= klok.vandaag().year + 1:
        raise Http404("Van dit jaar is er geen realisatie.")
    namen = dict(Geldbron.choices)
    bestand = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    with xlsxwriter.Workbook(bestand) as boek:
        blad = boek.add_worksheet(f"Realisatie {jaar}")
        vet, geld = boek.add_format({"bold": True}), boek.add_format({"num_format": "#,##0.00"})
        blad.set_column(0, 1, 30)
        blad.set_column(2, 7, 16)
        koppen = ("Geldbron", "Regeling", "Subsidies", "Maanden", "Subsidie", "Werkgeverslasten", "Totaal", "Betaald")
        for kolom, kop in enumerate(koppen):
            blad.write_string(0, kolom, kop, vet)
        for nummer, rij in enumerate(realisatie(jaar), 1):
            blad.write_string(nummer, 0, str(namen[rij["subsidie__geldbron"]]))
            blad.write_string(nummer, 1, rij["subsidie__regeling__naam"])
            blad.write_number(nummer, 2, rij["subsidies"])
            blad.write_number(nummer, 3, rij["maanden"])
            for kolom, sleutel in enumerate(("som_subsidie", "som_lasten", "som_totaal", "som_betaald"), 4):
                blad.write_number(nummer, kolom, float(rij[sleutel] or 0), geld)
    bestand.seek(0)
    return FileResponse(bestand, as_attachment=True, filename=f"realisatie-loonkostensubsidie-{jaar}.xlsx")
