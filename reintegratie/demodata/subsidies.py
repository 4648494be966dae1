"""Applications for loonkostensubsidie in every state, with decisions and letters: a morning's work.

Made by the services themselves, each on its own day, so that clock, checks and four eyes are real. No employment is
added: who has one with a wage value gets a decision, somebody without one an application that still waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from typing import Any

from django.conf import settings

from deelnemers.keuzes import Viruscontrole
from deelnemers.models import Deelnemer
from deelnemers.services.documenten import Upload
from kern import bestanden, klok
from kern.handeling import Actor
from loonkostensubsidie.aanvraagkeuzes import Stuksoort
from loonkostensubsidie.models import Aanvraag, Beschikking, Subsidie
from loonkostensubsidie.services import aanvraag as dienst
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services import bezwaar as dienst_bezwaar
from loonkostensubsidie.services import herziening, wijzigingen
from loonkostensubsidie.services.aanvraagstukken import voeg_stuk_toe
from loonkostensubsidie.services.controles import beoordeel_controle, tegenhouders
from loonkostensubsidie.services.inrichten import richt_regelingen_in
from loonkostensubsidie.services.steekproef import trek_steekproef, vorige_maand
from loonkostensubsidie.services.werkgeverslink import geef_link
from organisatie.models import Medewerker, Rolvervulling
from organisatie.rechten import Rol
from regelgeving.opzoeken import minimumuurloon
from reintegratie.demodata import bezwaren, rondom
from reintegratie.demodata.documenten import _pdf
from reintegratie.demodata.wegschrijven import ACTOR
from werkgevers.dienstverbandvragen import metingen_van
from werkgevers.models import Contactpersoon, Dienstverband, Werkgever

_DAG = dt.timedelta(days=1)
#: The term of five weeks is in the tables from here on.
_VANAF = dt.date(2024, 3, 1)
_TOEGEKEND = 12
#: What became of the newest applications of people with a job, the newest first.
_NU = ("voorgelegd", "teruggegeven", "concept", "afgewezen", "behandeling", "voorgelegd", "voorgelegd")
#: What employers reported in the last days: what, since how many days, and with what.
_GEMELD: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("uren", 10, {"uren_per_week": Decimal(18), "toelichting": "In overleg minder uren."}),
    ("ziek", 6, {}),
    ("verhuizing", 12, {"toelichting": "Verhuisd naar een andere gemeente."}),
    ("loonwaarde", 3, {"toelichting": "Werkt zelfstandiger dan bij de meting."}),
)
_STUKKEN = (Stuksoort.CONTRACT, Stuksoort.KVK, Stuksoort.BANK)


@contextmanager
def op_dag(dag: dt.date) -> Iterator[None]:
    """Let the clock stand on this day."""
    oud = settings.PEILDATUM
    settings.PEILDATUM = dag.isoformat()
    try:
        yield
    finally:
        settings.PEILDATUM = oud


def maak(peildatum: dt.date) -> None:
    """Call when all employments are there."""
    rollen = Rolvervulling.objects.filter(rol=Rol.MEDEWERKER_SUBSIDIES, einddatum=None).select_related("medewerker")
    mensen = [rol.medewerker for rol in rollen.order_by("pk") if rol.medewerker.gebruiker_id is not None]
    if len(mensen) < 2:
        return
    richt_regelingen_in(actor=ACTOR)
    wereld = _Wereld(mensen, peildatum, Random("subsidies"))
    with op_dag(peildatum):
        wereld.besluiten()
        wereld.wachtend()
        wereld.na_het_besluit()
        trek_steekproef(vorige_maand(peildatum), actor=ACTOR)
        rondom.maak(peildatum, wereld.actor(0))
        ronde = herziening.start_herziening(peildatum.year, actor=wereld.actor(1))
        herziening.stel_herziening_op(ronde, taak=ACTOR, meld=lambda stap, gedaan, totaal: None)


class _Wereld:
    """The people who handle subsidies, and the day of the demo."""

    def __init__(self, mensen: list[Medewerker], peildatum: dt.date, rng: Random) -> None:
        self.mensen, self.peildatum, self.rng = mensen, peildatum, rng

    def actor(self, nummer: int) -> Actor:
        return Actor.van_gebruiker(self.mensen[nummer % len(self.mensen)].gebruiker)

    # --- With a job and a wage value -------------------------------------------------------------------------------
    def besluiten(self) -> None:
        """Awarded, refused, given back, and waiting for a second person."""
        rijen = Dienstverband.objects.filter(
            soort="lks", einddatum=None, begindatum__gte=_VANAF, deelnemer__overleden_op=None
        ).select_related("deelnemer", "formele_werkgever", "feitelijke_werkgever")
        banen = [b for b in rijen.order_by("-begindatum", "pk")[:60] if self._eerste_meting(b) is not None]
        nieuw = min(len(_NU), (len(banen) + 1) // 2)
        for nummer, baan in enumerate(banen[nieuw:][:_TOEGEKEND]):
            self._toegekend(baan, nummer)
        for nummer, (baan, stand) in enumerate(zip(banen[:nieuw], _NU, strict=False)):
            self._nu(baan, stand, nummer)

    def _eerste_meting(self, baan: Dienstverband) -> Any:
        return metingen_van(baan).first()

    def _toegekend(self, baan: Dienstverband, nummer: int) -> None:
        meting = self._eerste_meting(baan)
        rij = self._ingediend(baan, min(baan.begindatum + 12 * _DAG, meting.gemeten_op), nummer)
        if rij is None:
            return
        with op_dag(min(max(meting.gemeten_op, rij.ontvangen_op) + 9 * _DAG, self.peildatum)):
            besluit = self._besluit(rij, "toekenning", meting.geldig_vanaf, nummer)
            with bestanden.weg_bij_mislukken():
                besluit = besluiten.stel_vast(besluit, actor=self.actor(nummer + 1))
            if nummer > 2:
                besluiten.kopie_verstuurd(besluit, actor=self.actor(nummer))

    def _nu(self, baan: Dienstverband, stand: str, nummer: int) -> None:
        """Of the last weeks: it waits for a colleague, came back, is a draft, is refused, or is still looked at."""
        meting = self._eerste_meting(baan)
        rij = self._ingediend(baan, max(self.peildatum - (24 - 2 * nummer) * _DAG, meting.gemeten_op), nummer)
        if rij is None or stand == "behandeling":
            return
        soort = "afwijzing" if stand == "afgewezen" else "toekenning"
        with op_dag(max(self.peildatum - 3 * _DAG, rij.ontvangen_op or self.peildatum)):
            besluit = self._besluit(rij, soort, meting.geldig_vanaf, nummer, leg_voor=stand != "concept")
            if stand == "teruggegeven":
                reden = "Leg in de motivering uit waarom de subsidie bij de meting begint."
                besluiten.geef_terug(besluit, reden, actor=self.actor(nummer + 1))
            elif soort == "afwijzing":
                with bestanden.weg_bij_mislukken():
                    besluiten.stel_vast(besluit, actor=self.actor(nummer + 1))

    def _ingediend(self, baan: Dienstverband, dag: dt.date, nummer: int) -> Aanvraag | None:
        with op_dag(dag):
            actor = self.actor(nummer)
            rij = dienst.maak_aanvraag(baan.deelnemer, baan.formele_werkgever, dienstverband=baan, actor=actor)
            if rij.status != "concept":
                return None
            rij = self._vul(rij, nummer, route="loonwaarde", functie=baan.functie)
            self._stukken(rij, actor, _STUKKEN)
            rij = dienst.dien_in(rij, actor=actor)
        with op_dag(min(dag + 2 * _DAG, self.peildatum)):
            wie = self.mensen[nummer % len(self.mensen)]
            return dienst.neem_in_behandeling(rij, wie, actor=actor)

    def _besluit(self, rij: Aanvraag, soort: str, dag: dt.date, nummer: int, *, leg_voor: bool = True) -> Any:
        actor = self.actor(nummer)
        if soort == "toekenning":
            for controle in tegenhouders(rij):
                beoordeel_controle(rij, controle.soort, "goed", "Nagevraagd bij de werkgever en in orde.", actor=actor)
            waarom = (
                "De werknemer hoort bij de doelgroep en verdient het minimumloon nog niet zelf. De loonwaarde is op de "
                "werkplek gemeten. De subsidie begint op de dag waarop de meting geldt."
            )
        else:
            waarom = "U vroeg de subsidie te laat aan. Dat kon tot zes maanden na de eerste werkdag."
        besluit = besluiten.stel_op(rij, soort, waarom, ingangsdatum=dag, actor=actor)
        return besluiten.leg_voor(besluit, actor=actor) if leg_voor else besluit

    # --- After a decision -------------------------------------------------------------------------------------------
    def na_het_besluit(self) -> None:
        """Employers report hours, sickness and a move; somebody objects."""
        rechten = list(Subsidie.objects.filter(status="lopend").select_related("dienstverband").order_by("-pk")[:5])
        for nummer, (recht, (soort, dagen, velden)) in enumerate(zip(rechten, _GEMELD, strict=False)):
            with op_dag(self.peildatum - (nummer + 1) * _DAG):
                vanaf = max(self.peildatum - dagen * _DAG, recht.begindatum)
                werk, actor = recht.dienstverband, self.actor(nummer)
                wijzigingen.meld_wijziging(werk, soort, vanaf, "De administratie", actor=actor, **velden)
        afgewezen = Beschikking.objects.filter(status="vastgesteld").order_by("soort", "-pk").first()
        if afgewezen is not None:
            dienst_bezwaar.ontvang_bezwaar(
                afgewezen, "werkgever", "De administratie", self.peildatum,
                "Wij hebben op tijd gebeld. Toen kregen wij geen formulier.", actor=self.actor(0),
            )  # fmt: skip

        besluit = bezwaren.toegekend()
        if besluit is not None and besluit.verzonden_op is not None:
            with op_dag(min(besluit.verzonden_op + 21 * _DAG, self.peildatum)):
                bezwaren.maak(besluit)

    # --- Without a job in the system yet ---------------------------------------------------------------------------
    def wachtend(self) -> None:
        """Drafts, new ones, completions asked for, taken in hand, withdrawn, and not handled."""
        met = Dienstverband.objects.values("deelnemer")
        rijen = Deelnemer.objects.filter(in_traject=True, persona="", overleden_op=None, samengevoegd_met=None)
        mensen = list(rijen.exclude(pk__in=met).exclude(roepnaam="").order_by("-pk")[:13])
        bedrijven = list(Werkgever.objects.exclude(kvk_nummer="").order_by("pk")[10:23])
        stappen = ("concept", "concept", "nieuw", "nieuw", "nieuw", "aanvulling", "voorbij", "hand", "hand", "laat")
        for nummer, (mens, bedrijf, stap) in enumerate(
            zip(mensen, bedrijven, (*stappen, "ingetrokken", "buiten", "meten"), strict=False)
        ):
            self._zonder_baan(mens, bedrijf, stap, nummer)

    def _zonder_baan(self, mens: Deelnemer, bedrijf: Werkgever, stap: str, nummer: int) -> None:
        terug = {"laat": 44, "voorbij": 30, "buiten": 34, "aanvulling": 16, "hand": 20}.get(stap, 3 + nummer % 4)
        dag, actor = self.peildatum - terug * _DAG, self.actor(nummer)
        with op_dag(dag):
            rij = dienst.maak_aanvraag(mens, bedrijf, actor=actor)
            route = "praktijkroute" if stap == "meten" else "forfait"
            rij = self._vul(rij, nummer, route=route, functie="medewerker magazijn", begin=dag - 5 * _DAG)
            if stap == "concept":
                geef_link(rij, rij.contact_naam, rij.contact_email, actor=actor)
                return
            self._stukken(rij, actor, _STUKKEN if stap in {"nieuw", "laat", "meten"} else _STUKKEN[:1])
            rij = dienst.dien_in(rij, actor=actor)
        if stap != "nieuw":
            self._verder(rij, stap, dag + _DAG, nummer, actor)

    def _verder(self, rij: Aanvraag, stap: str, dag: dt.date, nummer: int, actor: Actor) -> None:
        with op_dag(dag):
            rij = dienst.neem_in_behandeling(rij, self.mensen[nummer % len(self.mensen)], actor=actor)
            if stap in {"aanvulling", "voorbij", "buiten"}:
                voor = {"aanvulling": self.peildatum + 4 * _DAG, "voorbij": self.peildatum - 2 * _DAG}
                vraag = "Stuur het uittreksel van de KvK en een kopie van de bankpas."
                dienst.vraag_aanvulling(rij, vraag, aanvullen_voor=voor.get(stap, dag + 14 * _DAG), actor=actor)
            elif stap == "ingetrokken":
                dienst.trek_aanvraag_in(rij, "De werkgever zag af van de aanvraag.", actor=actor)
        if stap == "buiten":
            with op_dag(dag + 20 * _DAG):
                dienst.laat_buiten_behandeling(rij, "De werkgever stuurde geen stukken.", actor=actor)
        elif stap == "laat":
            with op_dag(self.peildatum - _DAG):
                if rij.beslis_voor is not None and rij.beslis_voor < klok.vandaag():
                    dienst.stel_in_gebreke(rij, klok.vandaag(), actor=actor)

    def _vul(self, rij: Aanvraag, nummer: int, *, begin: dt.date | None = None, **velden: Any) -> Aanvraag:
        begin = rij.begindatum or begin or klok.vandaag()
        minimum = minimumuurloon(begin, rij.deelnemer.leeftijd_op(begin))
        contact = Contactpersoon.objects.filter(werkgever=rij.werkgever, actief=True).order_by("pk").first()
        naam = contact.naam if contact else "De administratie"
        return dienst.bewaar_aanvraag(
            rij,
            begindatum=begin,
            uren_per_week=rij.uren_per_week or Decimal(self.rng.choice((20, 24, 28, 32))),
            uren_voltijd=rij.uren_voltijd or Decimal(self.rng.choice((36, 38, 40))),
            bruto_uurloon=max(minimum, rij.bruto_uurloon or minimum),
            iban=rij.werkgever.iban or "NL91ABNA0417164300",
            tenaamstelling=rij.werkgever.naam[:70],
            loonheffingennummer=rij.loonheffingennummer or "001234560L01",
            kvk_nummer=rij.kvk_nummer or "12345678",
            contact_naam=naam,
            contact_email=(contact.email if contact else "") or "administratie@werkgever.example",
            contact_telefoon=contact.telefoon if contact else "",
            ondertekend_door=naam,
            doelgroepbron=("register", "praktijkroute")[nummer % 2],
            proefplaats_vooraf=nummer % 4 == 0,
            actor=Actor.taak("demodata"),
            **velden,
        )

    def _stukken(self, rij: Aanvraag, actor: Actor, soorten: tuple[Stuksoort, ...]) -> None:
        for soort in soorten:
            inhoud = bestanden.van_bytes(_pdf(f"{soort.label} bij {rij.nummer} - demo, verzonnen"))
            with bestanden.weg_bij_mislukken():
                voeg_stuk_toe(rij, Upload(inhoud, Viruscontrole.SCHOON), soort, f"{soort}.pdf", actor=actor)
