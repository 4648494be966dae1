"""A small world in which subsidies are paid: employers with an account, two people, and a gemeente that pays."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from kern import bestanden
from kern.handeling import Actor, handeling, huidige_gemeente_id
from kern.models import Gebruiker
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Betaalopdracht, Betaalrun, Subsidie
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.services.aanbieden import bied_run_aan
from loonkostensubsidie.services.terugmelding import Terugmeldverslag, verwerk_terugmelding
from loonkostensubsidie.terugmeldbestand import Terugmelding
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.kern.fabrieken import GebruikerFabriek
from tests.loonkostensubsidie.fabrieken import subsidie
from tests.werkgevers.fabrieken import WerkgeverFabriek
from werkgevers.models import Rekening, Werkgever

TAAK = Actor.taak("toets")
IBAN, ANDER = "NL91ABNA0417164300", "NL20INGB0001234567"
GEMEENTE_IBAN = "NL14BNGH0285001234"
BEGIN, MEI, JUNI = dt.date(2026, 5, 1), dt.date(2026, 5, 1), dt.date(2026, 6, 1)
PEILDATUM = "2026-07-06"


def mens(**velden: Any) -> Gebruiker:
    """Somebody of this gemeente with an account."""
    return GebruikerFabriek(gemeente_id=huidige_gemeente_id(), **velden)


def actor(wie: Gebruiker | None = None) -> Actor:
    return Actor.van_gebruiker(wie or mens())


def werkgever(iban: str = IBAN, naam: str = "Bakkerij Ümit & Zoën", **velden: Any) -> Werkgever:
    """An employer, with an account unless `iban` is empty."""
    rij = WerkgeverFabriek(naam=naam, **velden)
    if iban:
        zet_rekening(rij, iban, naam)
    return rij


def zet_rekening(rij: Werkgever, iban: str, naam: str, vanaf: dt.date = dt.date(2020, 1, 1)) -> None:
    with handeling(TAAK):
        Rekening.objects.filter(werkgever=rij).update(einddatum=vanaf - dt.timedelta(days=1))
        Rekening.objects.create(werkgever=rij, iban=iban, tenaamstelling=naam[:70], begindatum=vanaf)


def recht(rij: Werkgever | None = None, *, vanaf: dt.date = BEGIN, loonwaarde: int = 70, **velden: Any) -> Subsidie:
    """A running subsidy; 36 hours at 70 % since 1 May 2026 is € 918,08 a month."""
    return subsidie(vanaf, loonwaarde=loonwaarde, werkgever=rij or werkgever(), **velden)


def gemeente_betaalt(iban: str = GEMEENTE_IBAN, naam: str = "Gemeente Toetsdam") -> None:
    """Fill in from which account the gemeente pays."""
    with handeling(TAAK):
        for sleutel, waarde in (("betaling.iban", iban), ("betaling.tenaamstelling", naam)):
            Parameter.objects.update_or_create(
                sleutel=sleutel,
                gemeente_id=huidige_gemeente_id(),
                defaults={"waarde": waarde, "geldig_van": dt.date(2013, 1, 1), "status": "bevestigd", "bron": "toets"},
            )
    opzoeken.vergeet()


def opgesteld(maand: dt.date = JUNI, wie: Gebruiker | None = None) -> Betaalrun:
    """A run that is composed."""
    return dienst.stel_op(dienst.begin_run(maand, actor=actor(wie)), actor=TAAK)


def goedgekeurd(maand: dt.date = JUNI) -> Betaalrun:
    return dienst.keur_run_goed(opgesteld(maand), actor=actor())


def aangeboden(maand: dt.date = JUNI) -> Betaalrun:
    """A run of which the file was made."""
    run = goedgekeurd(maand)
    return bied_aan(run)


def bied_aan(run: Betaalrun, op: dt.date = dt.date(2026, 7, 7)) -> Betaalrun:
    with bestanden.weg_bij_mislukken():
        return bied_run_aan(run, op, actor=actor())


def meld(opdracht: Betaalopdracht, uitkomst: str = "betaald", **anders: Any) -> Terugmeldverslag:
    """What the bank says of one order."""
    velden: dict[str, Any] = {
        "kenmerk": opdracht.eindkenmerk,
        "uitkomst": uitkomst,
        "bedrag": opdracht.bedrag,
        "datum": dt.date(2026, 7, 6),
        "reden": "" if uitkomst == "betaald" else "rekening opgeheven",
        **anders,
    }
    return verwerk_terugmelding([Terugmelding(**velden)], actor=actor())


def betaald(maand: dt.date = JUNI) -> Betaalrun:
    """A run of which every order was paid."""
    run = aangeboden(maand)
    for opdracht in vragen.opdrachten_van(run).filter(status="aangeboden"):
        meld(opdracht)
    run.refresh_from_db()
    return run


def enige(run: Betaalrun) -> Betaalopdracht:
    return Betaalopdracht.objects.get(run=run)


def euro(tekst: str) -> Decimal:
    return Decimal(tekst)
