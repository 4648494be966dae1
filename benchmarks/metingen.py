"""What is measured: the pages and the API over HTTP, their queries in this process, and matching."""

from __future__ import annotations

import itertools
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks.meter import Lat, Meting, meet
from benchmarks.web import Bezoeker
from kern import klok
from kern.handeling import voor_gemeente
from kern.models import Gemeente
from organisatie.models import Medewerker
from organisatie.rechten import Rol
from reintegratie.demodata.inloggen import INLOGGERS
from tests.hulp.vragen import tel_vragen

LIJST = Lat(p50=80, p95=150, vragen=10, kib=60)
LIJST_100 = Lat(vragen=10)
BLAD = Lat(p95=200, vragen=15)
PALET = Lat(p95=150)
CPU_100 = Lat(p50=60)
API_LIJST, API_AANMELDING = Lat(p50=40), Lat(p50=60)
MATCH, GEHEEL = Lat(p50=50), Lat(p50=1000)
#: Different people, vacancies and questions in turn, so that no single row is measured warm.
WISSEL = 20
ZOEKVRAGEN = ("jan", "de vries", "sam", "kowalski", "schoonmaak", "pin", "demir", "bakker", "kowlaski", "brouwr")


def meld(tekst: str) -> None:
    print(tekst, file=sys.stderr, flush=True)


class Mens:
    """A logged-in member of staff: over HTTP, and in this process for queries and CPU."""

    def __init__(self, rol: str, poort: int) -> None:
        email = next(i.email for i in INLOGGERS if i.rol == rol)
        self.medewerker = Medewerker.objects.select_related("gebruiker").get(gebruiker__email=email)
        self.client = Client(headers={"host": f"127.0.0.1:{poort}"})
        self.client.force_login(self.medewerker.gebruiker, "django.contrib.auth.backends.ModelBackend")
        koekje = self.client.cookies[settings.SESSION_COOKIE_NAME]
        self._bezoeker = Bezoeker(poort, {"Cookie": f"{koekje.key}={koekje.value}"})

    def haal(self, pad: str) -> bytes:
        """A page over HTTP; anything but 200 stops the measurement."""
        status, inhoud = self._bezoeker.haal(pad)
        if status != 200:
            raise RuntimeError(f"{pad} gaf {status}.")
        return inhoud

    def binnen(self, pad: str) -> bytes:
        """The same page without HTTP."""
        antwoord = self.client.get(pad)
        if antwoord.status_code != 200:
            raise RuntimeError(f"{pad} gaf {antwoord.status_code}.")
        return antwoord.content

    def bladzijde(self, naam: str, paden: Sequence[str], keer: int, lat: Lat) -> Meting:
        """Measure a kind of page over HTTP; queries and size are those of the heaviest example."""
        meld(f"  {naam}")
        vragen, kib = tel_bladzijden(self, paden, naam, lat)
        rij = itertools.cycle(paden)
        return meet(naam, lambda: self.haal(next(rij)), keer=keer, vragen=vragen, kib=kib, lat=lat)


def tel_bladzijden(mens: Mens, paden: Sequence[str], naam: str, lat: Lat) -> tuple[int, float]:
    """(most queries, most KiB) of these pages, without HTTP. What misses the bar is listed on standard error."""
    meeste, grootste = 0, 0.0
    for pad in paden[:5]:
        mens.binnen(pad)  # what is cached once does not count
        with tel_vragen() as vragen:
            inhoud = mens.binnen(pad)
        if lat.vragen is not None and len(vragen) > max(meeste, lat.vragen):
            meld(f"{naam}: {len(vragen)} vragen op {pad}\n{vragen.verslag()}")
        meeste, grootste = max(meeste, len(vragen)), max(grootste, len(inhoud) / 1024)
    return meeste, grootste


def meet_alles(poort: int, keer: int) -> dict[str, Any]:
    """All measurements, and the sizes they were taken at."""
    from deelnemers.models import Deelnemer
    from werkgevers.models import Kandidaatprofiel, Vacature

    hoofd = Gemeente.objects.order_by("pk").first()
    with voor_gemeente(hoofd):
        from benchmarks.aanmelden import api
        from benchmarks.cijfers import cijfers
        from benchmarks.grootboek import grootboek

        metingen = [
            *_veilig(lambda: bladzijden(poort, keer), "bladzijden"),
            *_veilig(lambda: api(poort, keer), "API"),
            *_veilig(lambda: matching(poort, keer), "matching"),
            *_veilig(lambda: cijfers(max(3, keer // 4)), "cijfers"),
            *_veilig(grootboek, "grootboek"),
        ]
        return {
            "deelnemers": Deelnemer.objects.count(),
            "kandidaten": Kandidaatprofiel.objects.filter(beschikbaar=True).count(),
            "vacatures": Vacature.objects.filter(status="open").count(),
            "metingen": metingen,
        }


def _veilig(doe: Callable[[], Iterator[Meting]], naam: str) -> Iterator[Meting]:
    """One part that breaks does not take the others with it, but is told."""
    meld(f"{naam.capitalize()} meten ...")
    try:
        yield from doe()
    except Exception:
        meld(f"Bij {naam} ging iets mis; wat hier ontbreekt is niet gemeten.\n{traceback.format_exc()}")


def bladzijden(poort: int, keer: int) -> Iterator[Meting]:
    """The pages as the people who use them every day."""
    from deelnemers import querysets as mensen
    from deelnemers.views import caseload
    from werkgevers import querysets as vragen

    consulent, manager = Mens(Rol.CONSULENT, poort), Mens(Rol.TEAMMANAGER, poort)
    wsp = Mens(Rol.ACCOUNTMANAGER_WSP, poort)
    lijst, team = reverse("caseload"), f"{reverse('caseload')}?van=team"
    per_blad = caseload.PER_BLAD
    yield consulent.bladzijde(f"caseload ({per_blad} per blad)", [lijst], keer, LIJST)
    bladen = [f"{team}&pagina={n + 1}" for n in range(5)]
    yield manager.bladzijde(f"caseload van het team ({per_blad} per blad)", bladen, keer, LIJST)
    with _per_blad(caseload, 100):
        vraag, kib = tel_bladzijden(manager, [team], "lijst van 100", LIJST_100)
        yield meet(
            "lijst van 100, zonder HTTP", lambda: manager.binnen(team), keer=keer, vragen=vraag, kib=kib, lat=LIJST_100
        )
        yield meet(
            "lijst van 100, CPU van de bladzijde", lambda: manager.binnen(team), keer=keer, klok=time.process_time,
            lat=CPU_100,
        )  # fmt: skip
    nummers = mensen.gesorteerd(mensen.caseload(consulent.medewerker), "naam").values_list("dossiernummer", flat=True)
    dossiers = [reverse("dossier", args=[nummer]) for nummer in nummers[:WISSEL]]
    yield consulent.bladzijde("dossier", dossiers, keer, BLAD)
    yield manager.bladzijde("prestatiecontract (KPI's)", [reverse("prestatiecontract")], keer, BLAD)
    yield manager.bladzijde("cijfer 1.0 met personen (40 per blad)", [reverse("cijfer", args=["1.0"])], keer, LIJST)
    palet = [f"{reverse('zoekpalet')}?q={vraag.replace(' ', '+')}" for vraag in ZOEKVRAGEN]
    yield consulent.bladzijde("zoekpalet", palet, keer, PALET)
    vacatures = [reverse("vacature", args=[pk]) for pk in _open(vragen)]
    yield wsp.bladzijde("vacature met 20 kandidaten", vacatures, keer, BLAD)


def _open(vragen: Any) -> list[int]:
    return list(vragen.open_vacatures().order_by("pk").values_list("pk", flat=True)[:WISSEL])


@contextmanager
def _per_blad(view: Any, aantal: int) -> Iterator[None]:
    """The page has no parameter for its size: set it in this process only."""
    eerder, view.PER_BLAD = view.PER_BLAD, aantal
    try:
        yield
    finally:
        view.PER_BLAD = eerder


def matching(poort: int, keer: int) -> Iterator[Meting]:
    """One vacancy in SQL, explained and with the access rule; and the whole file in numpy."""
    from werkgevers import querysets as vragen
    from werkgevers.matching.geheel import alle_matches, lees
    from werkgevers.matching.kaart import kaarten
    from werkgevers.matching.sql import gerangschikt, tel

    wsp = Mens(Rol.ACCOUNTMANAGER_WSP, poort).medewerker
    rij = itertools.cycle(list(vragen.open_vacatures().filter(pk__in=_open(vragen)).order_by("pk")))

    def beste() -> None:
        vacature = next(rij)
        kandidaten = vragen.kandidaten(wsp)
        profielen = list(vragen.op_kaart(gerangschikt(vacature, kandidaten, "best", klok.vandaag()))[:50])
        kaarten(profielen, vacature, klok.vandaag(), bekend={}, te_openen=set(), bijzonder=False)

    beste()
    with tel_vragen() as gesteld:
        beste()
    yield meet("matching: beste 50 uitgelegd", beste, keer=keer, vragen=len(gesteld), lat=MATCH)
    yield meet("matching: hoeveel passen en wie bijna", lambda: tel(next(rij), vragen.kandidaten(wsp)), keer=keer)
    enkele = max(3, keer // 8)
    bestand = lees(vragen.kandidaten(wsp))
    vraag = list(vragen.open_vacatures().order_by("pk"))
    yield meet("matching: kolommen lezen", lambda: lees(vragen.kandidaten(wsp)), keer=enkele, warm=1)
    yield meet(
        f"matching: {len(bestand.ids)} × {len(vraag)}, koud",
        lambda: alle_matches(_koud(bestand), vraag), keer=enkele, warm=1, lat=GEHEEL,
    )  # fmt: skip


def _koud(bestand: Any) -> Any:
    """The same columns without the results that an earlier round kept."""
    return type(bestand)(bestand.ids, bestand.kolommen, bestand.lijsten)
