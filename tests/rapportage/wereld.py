"""A small world laid by hand: persons, benefits, trajectories and ends, to count on."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from deelnemers.models import (
    Bewijs,
    Deelnemer,
    MeldingAanInkomen,
    Regie,
    Trede,
    Uitkering,
    Uitkeringsgerechtigde,
)
from kern.handeling import handeling
from rapportage.cijfers import bekend_moment
from rapportage.models import Run
from rapportage.motor.standen import actuele_versies
from rapportage.motor.vraag import Rij, Telling, Vraag
from rapportage.services.nacht import bereken_nu
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import GebiedFabriek, MedewerkerFabriek, PijlerFabriek, TeamFabriek
from trajecten.keuzes import NAAR_WERK
from trajecten.models import Traject, Trajecteinde
from werkgevers.models import Dienstverband, Werkgever

JAAR = 2014
BEGIN = dt.date(2012, 1, 1)
EIND = dt.date(2014, 12, 31)


def dag(maand: int, nummer: int, jaar: int = JAAR) -> dt.date:
    return dt.date(jaar, maand, nummer)


MEI, VORIG = dag(5, 1), dag(2, 1, 2013)


@dataclass
class Wereld:
    """Makes rows with sensible defaults and counts them; everything of 2014 unless said otherwise."""

    nummer: Any = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.pijler = PijlerFabriek(soort="extern", naam="Extern")
        self.andere_pijler = PijlerFabriek(soort="intern", naam="Intern")
        self.team = TeamFabriek(pijler=self.pijler, naam="Noord")
        self.ander_team = TeamFabriek(pijler=self.andere_pijler, naam="Zuid")
        self.gebied = GebiedFabriek()
        self.medewerker = MedewerkerFabriek()
        with handeling(FABRIEK):
            self.werkgever = Werkgever.objects.create(naam="Bakkerij De Aar")

    def persoon(self, **velden: Any) -> Deelnemer:
        n = next(self.nummer)
        velden = {"gebied": self.gebied} | velden
        with handeling(FABRIEK):
            return Deelnemer.objects.create(
                dossiernummer=f"D{n:05d}",
                roepnaam="Anita",
                geslachtsnaam=f"Bos{n}",
                geboortedatum=dt.date(1980, 1, 1),
                **velden,
            )

    def uitkering(
        self, *personen: Deelnemer, stopt: dt.date | None = None, bus: str = "11", begint: dt.date = BEGIN
    ) -> Uitkering:
        with handeling(FABRIEK):
            uitkering = Uitkering.objects.create(
                regeling="01",
                begindatum=begint,
                laatste_dag=stopt,
                reden_einde=bus if stopt else "",
                einde_bevestigd_op=stopt,
            )
            for persoon in personen:
                Uitkeringsgerechtigde.objects.create(uitkering=uitkering, deelnemer=persoon, begindatum=begint)
        return uitkering

    def traject(
        self,
        persoon: Deelnemer,
        *,
        begint: dt.date = VORIG,
        eindigt: dt.date | None = None,
        **velden: Any,
    ) -> Traject:
        velden = {"team": self.team, "trede_bij_start": 3, "bron": "intake", "doel": "werk_voltijd"} | velden
        status = velden.pop("status", "beeindigd" if eindigt else "loopt")
        with handeling(FABRIEK):
            return Traject.objects.create(
                deelnemer=persoon,
                begindatum=begint,
                einddatum=eindigt,
                status=status,
                status_sinds=begint,
                **velden,
            )

    def einde(
        self,
        uitkomst: str = "werk_voltijd",
        *,
        op: dt.date = MEI,
        persoon: Deelnemer | None = None,
        uitkering: Uitkering | bool | None = True,
        stopt: dt.date | bool | None = True,
        bus: str = "11",
        werk: dt.date | None = None,
        ingetrokken: dt.date | None = None,
        handhaving: bool = False,
        melding: str = "",
        **traject: Any,
    ) -> Trajecteinde:
        """A person whose trajectory ended. `stopt` True: so did the benefit, if the outcome says so."""
        persoon = persoon or self.persoon()
        claimt = uitkomst in {"werk_voltijd", "werk_deeltijd_uit", "sw", "overig"}
        if stopt is True:
            stopt = op if claimt else None
        if uitkering is True:
            uitkering = self.uitkering(persoon, stopt=stopt or None, bus=bus)
        rij = self.traject(persoon, eindigt=None if ingetrokken else op, **traject)
        with handeling(FABRIEK):
            bewijs = bericht = None
            if uitkomst in NAAR_WERK:
                bewijs = Bewijs.objects.create(
                    deelnemer=persoon, soort="arbeidscontract", omschrijving="contract", datum=op
                )
            if melding:
                antwoord = {"beantwoord_op": op} if melding == "loopt_door" else {}
                bericht = MeldingAanInkomen.objects.create(
                    deelnemer=persoon,
                    aanleiding="trajecteinde",
                    verwijzing=f"traject:{rij.pk}",
                    ingangsdatum=op,
                    status=melding,
                    status_sinds=op,
                    termijn=op,
                    **antwoord,
                )
            return Trajecteinde.objects.create(
                deelnemer=persoon,
                traject=rij,
                uitkomst=uitkomst,
                datum=op,
                vastgelegd_op=op,
                na_handhaving=handhaving,
                uitkering=uitkering or None,
                werk_begonnen_op=(werk or op) if uitkomst in NAAR_WERK else None,
                bewijs=bewijs,
                ingetrokken_op=ingetrokken,
                ingetrokken_reden="Toch niet." if ingetrokken else "",
                melding=bericht,
            )

    def dienstverband(self, soort: str, van: dt.date, tot: dt.date | None = None, **velden: Any) -> Dienstverband:
        persoon = velden.pop("persoon", None) or self.persoon()
        velden = {"team": self.team} | velden
        with handeling(FABRIEK):
            return Dienstverband.objects.create(
                deelnemer=persoon,
                soort=soort,
                begindatum=van,
                einddatum=tot,
                formele_werkgever=self.werkgever,
                feitelijke_werkgever=self.werkgever,
                functie="medewerker",
                uren_per_week=24,
                ritme_weken=4,
                werkvorm="intern" if soort in {"sw", "beschut"} else "",
                loonwaarderoute="meting" if soort == "lks" else "geen",
                **velden,
            )

    def regie(self, persoon: Deelnemer, van: dt.date, tot: dt.date | None = None, team: Any = None) -> Regie:
        with handeling(FABRIEK):
            return Regie.objects.create(
                deelnemer=persoon,
                medewerker=self.medewerker,
                team=team or self.team,
                begindatum=van,
                einddatum=tot,
            )

    def trede(self, persoon: Deelnemer, waarde: int, van: dt.date, tot: dt.date | None = None) -> Trede:
        with handeling(FABRIEK):
            return Trede.objects.create(
                deelnemer=persoon, waarde=waarde, begindatum=van, einddatum=tot, reden="gesprek"
            )

    def wijzig(self, rij: Any, **velden: Any) -> None:
        with handeling(FABRIEK):
            type(rij).objects.filter(pk=rij.pk).update(**velden)

    # --- Counting ---
    def nacht(self, peildatum: dt.date = EIND) -> Run:
        return bereken_nu(peildatum)

    def vraag(self, code: str, peildatum: dt.date = EIND, **dims: Any) -> Vraag:
        bekend = dims.pop("bekend", None) or bekend_moment()
        definitie = next(a.definitie for a in actuele_versies(peildatum) if a.versie.indicator.code == code)
        return Vraag(definitie, peildatum, bekend, dims)

    def telling(self, code: str, peildatum: dt.date = EIND, **dims: Any) -> Telling:
        return self.vraag(code, peildatum, **dims).telling()

    def cijfer(self, code: str, peildatum: dt.date = EIND, **dims: Any) -> Any:
        vraag = self.vraag(code, peildatum, **dims)
        return vraag.telling().waarde(ratio=vraag.definitie.ratio)

    def rij(self, code: str, deelnemer: Deelnemer, peildatum: dt.date = EIND) -> Rij:
        """The one row of this person in the list of a figure."""
        (rij,) = [r for r in self.vraag(code, peildatum).rijen() if r.deelnemer_id == deelnemer.pk]
        return rij

    def cijfers(self, *codes: str, peildatum: dt.date = EIND) -> list[Any]:
        return [self.telling(code, peildatum).teller for code in codes]
