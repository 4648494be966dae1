"""Payments of three months: one paid, one at the bank with a refusal, one that waits for approval, and money back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kern import bestanden, klok
from kern.handeling import Actor, handeling, huidige_gemeente_id
from kern.models import Gebruiker, geldig_op
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Aanvraag, Betaalopdracht, Betaalrun, Regeling, Subsidie
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.services.aanbieden import bied_run_aan
from loonkostensubsidie.services.bezwaar import behandel_bezwaar, beslis_op_bezwaar, leg_horen_vast, ontvang_bezwaar
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.inrichten import richt_regelingen_in
from loonkostensubsidie.services.subsidie import begin_subsidie, trek_subsidie_in
from loonkostensubsidie.services.terugmelding import verwerk_terugmelding
from loonkostensubsidie.services.terugvorderen import (
    leg_reactie_vast,
    maak_terugvordering,
    ontvang_terug,
    zeg_aan,
)
from loonkostensubsidie.terugmeldbestand import Terugmelding
from organisatie.models import Rolvervulling
from organisatie.rechten import Rol
from regelgeving import opzoeken
from regelgeving.models import Parameter
from reintegratie.demodata.wegschrijven import ACTOR
from werkgevers.models import Dienstverband, Loonwaardemeting

#: An account of a bank that does not exist.
_REKENING = (("betaling.iban", "NL27BNGH0285001000"), ("betaling.tenaamstelling", "Gemeente Amstelstad"))
_HOEVEEL = 30
_GEWEIGERD = "Rekening is opgeheven."


def maak(peildatum: dt.date) -> None:
    """Call when employments, wage values and accounts are there."""
    mensen = list(_mensen())
    if len(mensen) < 2:
        return
    eerste = plus_maanden(peildatum.replace(day=1), -3)
    _rekening_van_de_gemeente()
    subsidies = _rechten(eerste)
    if len(subsidies) < 4:
        return
    maker, collega = Actor.van_gebruiker(mensen[0]), Actor.van_gebruiker(mensen[1])
    run = _run(eerste, maker, collega)
    _bank(run, collega, geweigerd=1)
    betaald = _betaald(subsidies, run)
    for rij in betaald[:1]:
        _nooit_recht(rij, plus_maanden(eerste, 1))
        maak_terugvordering(rij.werkgever, "De werknemer was al eerder uit dienst.", actor=maker)
    run = _run(plus_maanden(eerste, 1), collega, maker)
    _bank(run, maker, geweigerd=1, open_=2)
    for rij in _betaald(betaald[1:], run)[:1]:
        _nooit_recht(rij, plus_maanden(eerste, 1))
    for rij in _betaald(betaald[2:], run)[-1:] if len(mensen) > 2 else []:
        _terug_na_bezwaar(rij, plus_maanden(eerste, 1), maker, collega, Actor.van_gebruiker(mensen[2]))
    dienst.stel_op(dienst.begin_run(plus_maanden(eerste, 2), actor=collega), actor=ACTOR)


def _betaald(subsidies: list[Subsidie], run: Betaalrun) -> list[Subsidie]:
    """Those of employers with one subsidy, who got their money."""
    bazen = [rij.werkgever_id for rij in subsidies]
    kregen = set(Betaalopdracht.objects.filter(run=run, status="betaald").values_list("werkgever", flat=True))
    return [rij for rij in subsidies if rij.werkgever_id in kregen and bazen.count(rij.werkgever_id) == 1]


def _mensen() -> Iterator[Gebruiker]:
    for rol in (Rol.MEDEWERKER_SUBSIDIES, Rol.AFDELINGSMANAGER):
        rijen = Rolvervulling.objects.filter(rol=rol, einddatum=None).select_related("medewerker__gebruiker")
        for rij in rijen.order_by("pk"):
            if rij.medewerker.gebruiker is not None:
                yield rij.medewerker.gebruiker


def _rekening_van_de_gemeente() -> None:
    with handeling(ACTOR):
        for sleutel, waarde in _REKENING:
            Parameter.objects.update_or_create(
                sleutel=sleutel,
                gemeente_id=huidige_gemeente_id(),
                geldig_van=dt.date(2013, 1, 1),
                defaults={"waarde": waarde, "status": "bevestigd", "bron": "Opgave van de afdeling Financiën"},
            )
    opzoeken.vergeet()


def _rechten(eerste: dt.date) -> list[Subsidie]:
    """Running jobs with a wage value that have no subsidy yet, from the first month that is paid here."""
    richt_regelingen_in(actor=ACTOR)
    lks = Regeling.objects.filter(geldig_op(eerste), code__in=["lks", "lks-pilot"])
    regeling = lks.order_by("-begindatum").first()
    if regeling is None:
        return []
    gemeten = Loonwaardemeting.objects.filter(geldig_vanaf__lte=eerste).values("dienstverband")
    werk = Dienstverband.objects.filter(soort="lks", einddatum=None, begindatum__lte=eerste, pk__in=gemeten)
    # What somebody still decides about gets no right here.
    werk = werk.exclude(pk__in=Subsidie.objects.values("dienstverband"))
    werk = werk.exclude(pk__in=Aanvraag.objects.filter(dienstverband__isnull=False).values("dienstverband")).order_by(
        "pk"
    )
    return [begin_subsidie(rij, regeling, eerste, actor=ACTOR) for rij in werk[:_HOEVEEL]]


def _run(maand: dt.date, maker: Actor, collega: Actor) -> Betaalrun:
    run = dienst.stel_op(dienst.begin_run(maand, actor=maker), actor=ACTOR)
    dienst.keur_run_goed(run, actor=collega)
    with bestanden.weg_bij_mislukken():
        run = bied_run_aan(run, klok.vandaag(), actor=maker)
    betaaldag = plus_maanden(maand, 1).replace(day=8)
    with handeling(ACTOR):
        Betaalrun.objects.filter(pk=run.pk).update(uitvoeren_op=betaaldag)
    return run


def _bank(run: Betaalrun, wie: Actor, *, geweigerd: int, open_: int = 0) -> None:
    """The last of the orders were refused, and of some before them we know nothing yet."""
    opdrachten = list(vragen.opdrachten_van(run).filter(status="aangeboden"))
    bekend = opdrachten[open_:] if len(opdrachten) > open_ + geweigerd else opdrachten
    dag = plus_maanden(run.maand, 1).replace(day=9)
    regels = [_regel(rij, dag, rij in opdrachten[-geweigerd:]) for rij in bekend]
    verwerk_terugmelding(regels, actor=wie)


def _regel(rij: Betaalopdracht, dag: dt.date, weigert: bool) -> Terugmelding:
    uitkomst = "geweigerd" if weigert else "betaald"
    return Terugmelding(rij.eindkenmerk, uitkomst, rij.bedrag, dag, _GEWEIGERD if weigert else "")


def _terug_na_bezwaar(rij: Subsidie, maand: dt.date, maker: Actor, collega: Actor, derde: Actor) -> None:
    """Asked back, paid back, and then it did not stand: the next run returns the money."""
    _nooit_recht(rij, maand)
    terug = maak_terugvordering(rij.werkgever, "De werknemer stond niet in de loonadministratie.", actor=maker)
    terug = leg_reactie_vast(terug, "Hij werkte er wel; de administratie liep achter.", actor=maker)
    with bestanden.weg_bij_mislukken():
        terug = zeg_aan(terug, verrekenen=False, actor=collega)
    terug = ontvang_terug(terug, terug.bedrag, klok.vandaag(), actor=maker)
    vandaag = klok.vandaag()
    bezwaar = ontvang_bezwaar(terug, "werkgever", "De administratie", vandaag, "Hij werkte er wel.", actor=maker)
    bezwaar = behandel_bezwaar(bezwaar, actor=derde)
    verslag = "De werkgever liet loonstroken van die maanden zien."
    bezwaar = leg_horen_vast(bezwaar, "gehouden", hoorzitting_op=vandaag, hoorverslag=verslag, actor=derde)
    with bestanden.weg_bij_mislukken():
        beslis_op_bezwaar(bezwaar, "gegrond", "De loonstroken tonen dat de werknemer er werkte.", actor=derde)


def _nooit_recht(rij: Subsidie, maand: dt.date) -> None:
    trek_subsidie_in(rij, "Het dienstverband bleek al voor de eerste maand gestopt.", actor=ACTOR)
    boek([rij.pk], maand, actor=ACTOR)
