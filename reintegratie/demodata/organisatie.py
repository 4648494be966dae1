"""Municipality, areas, pillars, teams, staff with roles, rooms, chain partners and budgets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from kern.models import Gebruiker, Gemeente
from organisatie.keuzes import Aanstelling, Functie, GebiedSoort, LocatieSoort, Werksoort
from organisatie.models import (
    Afwezigheid,
    Budget,
    Formatie,
    Gebied,
    Ketenpartner,
    Locatie,
    Medewerker,
    Pijler,
    Rolvervulling,
    Team,
    Teaminkomensconsulent,
    Waarneming,
)
from organisatie.rechten import Rol
from reintegratie.demodata import adressen, namen, plan
from reintegratie.demodata.inloggen import INLOGGERS, WACHTWOORD, Inlogger, adres
from reintegratie.demodata.teams import DEMOTEAM, IN_PIJLER, OPGERICHT, PARTNERS, PIJLERS, PLAATS, TEAMS
from reintegratie.demodata.wegschrijven import Schrijver


@dataclass
class Teamwerk:
    """A team with the people in it."""

    team: Team
    pijler: int
    gebieden: str
    gewicht: int
    kans: float
    consulenten: list[Medewerker] = field(default_factory=list)
    werkleiders: list[Medewerker] = field(default_factory=list)
    ondersteuning: list[Medewerker] = field(default_factory=list)
    manager: Medewerker | None = None


@dataclass
class Organisatie:
    """What the other modules need to point at."""

    gebieden: dict[str, Gebied] = field(default_factory=dict)
    teams: list[Teamwerk] = field(default_factory=list)
    rol: dict[str, list[Medewerker]] = field(default_factory=dict)
    partners: dict[str, Ketenpartner] = field(default_factory=dict)
    kamers: list[Locatie] = field(default_factory=list)
    zalen: list[Locatie] = field(default_factory=list)
    inloggers: dict[str, Medewerker] = field(default_factory=dict)
    aanbod: Any = None
    inbak: Any = None

    @property
    def begeleidend(self) -> list[Teamwerk]:
        """Teams with participants in a trajectory."""
        return [t for t in self.teams if t.pijler < 2]

    @property
    def langdurig(self) -> list[Teamwerk]:
        return [t for t in self.teams if t.pijler == 2]


class Bouwer:
    """Builds the organisation of one slice; the first slice also holds the people who log in."""

    def __init__(
        self,
        s: Schrijver,
        gemeente: Gemeente,
        zaad: str,
        schaal: Fraction,
        peildatum: dt.date,
        snede: int,
        *,
        met_inloggers: bool = True,
    ) -> None:
        self.s, self.gemeente, self.schaal, self.peildatum, self.snede = s, gemeente, schaal, peildatum, snede
        self.rng = Random(f"{zaad}:organisatie")
        self.hash = make_password(WACHTWOORD)
        self.adressen: set[str] = set()
        self.nummer = 1000 + snede * 1000
        self.org = Organisatie()
        self.met_inloggers = met_inloggers

    def bouw(self, gedeeld: Organisatie | None = None) -> Organisatie:
        """All rows; `gedeeld` is the first slice, whose areas, rooms and partners the others use."""
        org, eerste = self.org, gedeeld is None
        if gedeeld is None:
            self._gebieden()
            self._gebouwen()
            self._partners()
            self._budgetten()
            pijlers = [
                self.s.voeg(Pijler(soort=soort, naam=naam, volgorde=n + 1, begindatum=OPGERICHT), OPGERICHT)
                for n, (soort, naam) in enumerate(PIJLERS)
            ]
            bureau = [
                self.s.voeg(
                    Team(
                        code=f"bureau-{n}",
                        naam=f"Bedrijfsbureau {naam}",
                        pijler=pijlers[n],
                        ondersteunend=True,
                        begindatum=OPGERICHT,
                    )
                )
                for n, naam in enumerate(("intern", "extern"))
            ]
            self.pijlers, self.bureau = pijlers, bureau
        else:
            org.gebieden, org.kamers, org.zalen, org.partners = (
                gedeeld.gebieden,
                gedeeld.kamers,
                gedeeld.zalen,
                gedeeld.partners,
            )
            self.pijlers = [gedeeld.teams[n].team.pijler for n in (0, 6, 11)]
        self._teams()
        if eerste and self.met_inloggers:
            self._inloggers()
        self._mensen()
        self._inkomensconsulenten()
        self._afwezig()
        return org

    # --- Places, partners, money -------------------------------------------------------------------------------------
    def _gebieden(self) -> None:
        for code, naam, _, pc4, _ in adressen.GEBIEDEN:
            self.org.gebieden[code] = self.s.voeg(
                Gebied(
                    soort=GebiedSoort.STADSDEEL, code=code, naam=naam, pc4=list(pc4), begindatum=dt.date(2010, 1, 1)
                ),
                OPGERICHT,
            )

    def _gebouwen(self) -> None:
        for naam, code, kamers, zalen in (
            ("Hoogoord", "T", ("0.03", "2.14", "2.16", "2.18"), ("Zaal Hoogoord", "Zaal Hakfort")),
            ("Zeehoeve", "N", ("1.01", "1.02"), ("Zaal Zeehoeve", "Werkplaats Zeehoeve")),
            ("Jan van Galen", "E", ("1.10", "1.12"), ("Zaal West",)),
            ("Osdorp", "F", ("0.08", "0.10"), ("Zaal Osdorp", "Jongerenpoort")),
            ("Vinkebrug", "M", ("B.1",), ("Werkplaats Vinkebrug",)),
        ):
            straat, nummer, postcode = adressen.trek(self.rng, code)
            gebouw = self.s.voeg(
                Locatie(
                    soort=LocatieSoort.VESTIGING,
                    naam=naam,
                    gebied=self.org.gebieden[code],
                    straat=f"{straat} {nummer}",
                    postcode=postcode,
                    plaats=PLAATS,
                    capaciteit=80,
                    route="Loop vanaf de halte rechtdoor, de ingang is links.",
                )
            )
            for kamer in kamers:
                self.org.kamers.append(
                    self.s.voeg(
                        Locatie(soort=LocatieSoort.SPREEKKAMER, naam=f"Kamer {kamer}", binnen=gebouw, capaciteit=4)
                    )
                )
            for zaal in zalen:
                soort = LocatieSoort.WERKPLAATS if zaal.startswith("Werk") else LocatieSoort.GROEPSRUIMTE
                self.org.zalen.append(self.s.voeg(Locatie(soort=soort, naam=zaal, binnen=gebouw, capaciteit=16)))

    def _partners(self) -> None:
        for naam, soort in PARTNERS:
            self.org.partners[naam] = self.s.voeg(
                Ketenpartner(
                    naam=naam,
                    soort=soort,
                    afspraken="Overleg elke zes weken. Terugkoppeling binnen vijf werkdagen.",
                    email=adres(naam),
                    telefoon=adressen.telefoon(self.rng),
                )
            )

    def _budgetten(self) -> None:
        for jaar in (self.peildatum.year - 1, self.peildatum.year):
            for bron, euro in (("w_deel", 41_000_000), ("sw_deel", 27_500_000)):
                self.s.voeg(Budget(jaar=jaar, bron=bron, bedrag=plan.rond(euro * self.schaal)))
            self.s.voeg(
                Budget(jaar=jaar, bron="project", project="Jongerenpoort", bedrag=plan.rond(1_200_000 * self.schaal))
            )

    # --- Teams and people --------------------------------------------------------------------------------------------
    def _teams(self) -> None:
        achter, code_achter = (f" {self.snede + 1}", f"-{self.snede + 1}") if self.snede else ("", "")
        for code, naam, pijler, gebieden, gewicht, kans in TEAMS:
            gebied = self.org.gebieden[gebieden] if len(gebieden) == 1 else None
            team = self.s.voeg(
                Team(
                    code=code + code_achter,
                    naam=naam + achter,
                    pijler=self.pijlers[pijler],
                    gebied=gebied,
                    begindatum=OPGERICHT,
                    email=adres(code + code_achter),
                    telefoon=adressen.telefoon(self.rng),
                ),
                OPGERICHT,
            )
            self.s.voeg(
                Formatie(team=team, fte=IN_PIJLER[pijler][2], fte_ondersteuning="2.00", begindatum=OPGERICHT), OPGERICHT
            )
            self.org.teams.append(Teamwerk(team, pijler, gebieden, gewicht, kans))

    def _medewerker(
        self, naam: tuple[str, str, str], functie: str, soorten: tuple[str, ...] = (), email: str = ""
    ) -> Medewerker:
        rng = self.rng
        voor, tussen, achter = naam
        email = email or adres(f"{voor} {tussen} {achter}")
        basis, n = email, 1
        while email in self.adressen:
            n += 1
            email = basis.replace("@", f"{n}@")
        self.adressen.add(email)
        if self.snede or not self.met_inloggers:
            email = email.replace("@", f".{self.snede + 1 or ''}{'' if self.met_inloggers else 'sluisdam'}@")
        self.nummer += 1
        gebruiker = self.s.voeg(
            Gebruiker(gemeente=self.gemeente, email=email, naam=" ".join(d for d in naam if d), password=self.hash),
            OPGERICHT,
        )
        ingehuurd = functie == Functie.CONSULENT and rng.random() < 0.19
        einde = dt.date(self.peildatum.year, 12, 31) - dt.timedelta(days=rng.randint(-330, 30)) if ingehuurd else None
        return self.s.voeg(
            Medewerker(
                gebruiker=gebruiker,
                personeelsnummer=str(self.nummer),
                voornaam=voor,
                tussenvoegsel=tussen,
                achternaam=achter,
                functie=functie,
                werksoorten=list(soorten),
                telefoon=adressen.telefoon(rng),
                aanstelling=Aanstelling.INGEHUURD if einde else Aanstelling.VAST,
                contract_tot=einde,
                uren_per_week=rng.choice((28, 32, 32, 36, 36, 36)),
                begindatum=OPGERICHT + dt.timedelta(days=rng.randint(0, 700)),
                rechten_gecontroleerd_op=self.peildatum - dt.timedelta(days=rng.randint(10, 300)),
            ),
            OPGERICHT,
        )

    def _rol(self, medewerker: Medewerker, rol: str, team: Team | None = None) -> None:
        self.s.voeg(
            Rolvervulling(medewerker=medewerker, rol=rol, team=team, begindatum=medewerker.begindatum), OPGERICHT
        )
        self.org.rol.setdefault(rol, []).append(medewerker)

    def _inloggers(self) -> None:
        demoteam = next(t for t in self.org.teams if t.team.code == DEMOTEAM)
        for inlogger in INLOGGERS:
            medewerker = self._medewerker(inlogger.naamdelen, inlogger.functie, inlogger.soorten, inlogger.email)
            medewerker.aanstelling, medewerker.contract_tot = Aanstelling.VAST, None
            team = demoteam
            if inlogger.rol == Rol.WERKLEIDER:
                team = next(t for t in self.org.teams if t.team.code == "horeca-bouw")
            self._rol(medewerker, inlogger.rol, team.team if inlogger.in_team else None)
            self._in_team(team, medewerker, inlogger)
            self.org.inloggers[inlogger.rol] = medewerker

    @staticmethod
    def _in_team(team: Teamwerk, medewerker: Medewerker, inlogger: Inlogger) -> None:
        if inlogger.rol == Rol.CONSULENT:
            team.consulenten.append(medewerker)
        elif inlogger.rol == Rol.TEAMMANAGER:
            team.manager = medewerker
        elif inlogger.rol == Rol.WERKLEIDER:
            team.werkleiders.append(medewerker)
        elif inlogger.rol == Rol.TEAMONDERSTEUNING:
            team.ondersteuning.append(medewerker)

    def _trek(self) -> tuple[str, str, str]:
        return namen.trek(self.rng, self.rng.random() < 0.6)

    def _mensen(self) -> None:
        for pijler, (_, consulenten, _) in enumerate(IN_PIJLER):
            teams = [t for t in self.org.teams if t.pijler == pijler]
            aantal = plan.verdeel(
                {n: t.gewicht for n, t in enumerate(teams)}, max(plan.rond(consulenten * self.schaal), len(teams)), 1
            )
            leiders = (
                plan.verdeel({n: 1 for n in range(len(teams))}, max(plan.rond(60 * self.schaal), len(teams)))
                if pijler == 0
                else {}
            )
            steun = plan.verdeel(
                {n: 1 for n in range(len(teams))}, max(plan.rond(2 * len(teams) * min(self.schaal, 1)), len(teams))
            )
            for n, team in enumerate(teams):
                soorten = (Werksoort.JOBCOACH,) if pijler == 2 else (Werksoort.CONSULENT, Werksoort.KLANTMANAGER)
                while len(team.consulenten) < aantal[n]:
                    wie = self._medewerker(self._trek(), Functie.CONSULENT, soorten)
                    self._rol(wie, Rol.CONSULENT, team.team)
                    team.consulenten.append(wie)
                while len(team.werkleiders) < leiders.get(n, 0):
                    wie = self._medewerker(self._trek(), Functie.WERKLEIDER, (Werksoort.TRAINER,))
                    self._rol(wie, Rol.WERKLEIDER, team.team)
                    team.werkleiders.append(wie)
                while len(team.ondersteuning) < steun[n]:
                    wie = self._medewerker(self._trek(), Functie.ONDERSTEUNING)
                    self._rol(wie, Rol.TEAMONDERSTEUNING, team.team)
                    team.ondersteuning.append(wie)
                if team.manager is None:
                    team.manager = self._medewerker(self._trek(), Functie.MANAGER)
                    self._rol(team.manager, Rol.TEAMMANAGER, team.team)
        for rol, functie, n in (
            (Rol.ACCOUNTMANAGER_WSP, Functie.ACCOUNTMANAGER, 12),
            (Rol.INKOMENSCONSULENT, Functie.SPECIALIST, 6),
            (Rol.MEDEWERKER_SUBSIDIES, Functie.SPECIALIST, 4),
            (Rol.CONTROLLER, Functie.SPECIALIST, 1),
            (Rol.ACCOUNTMANAGER_SCHOLING, Functie.ACCOUNTMANAGER, 1),
        ):
            while len(self.org.rol.get(rol, ())) < max(plan.rond(n * self.schaal), 2):
                self._rol(self._medewerker(self._trek(), functie), rol)

    def _inkomensconsulenten(self) -> None:
        """A named inkomensconsulent per team; the one who logs in has the team of the consulent who logs in."""
        wie = self.org.rol[Rol.INKOMENSCONSULENT]
        eerst = sorted(self.org.teams, key=lambda t: t.team.code != DEMOTEAM)
        for n, team in enumerate(eerst):
            medewerker = wie[n % len(wie)]
            self.s.voeg(
                Teaminkomensconsulent(team=team.team, medewerker=medewerker, begindatum=medewerker.begindatum),
                OPGERICHT,
            )

    def _afwezig(self) -> None:
        """One in twenty is away today; most have a stand-in from their own team."""
        for team in self.org.teams:
            for wie in team.consulenten[1:]:
                if self.rng.random() >= 0.06:
                    continue
                begin = self.peildatum - dt.timedelta(days=self.rng.randint(0, 12))
                eind = self.peildatum + dt.timedelta(days=self.rng.randint(1, 14))
                self.s.voeg(
                    Afwezigheid(
                        medewerker=wie,
                        reden=self.rng.choice(("verlof", "ziek", "verlof")),
                        begindatum=begin,
                        einddatum=eind,
                    ),
                    begin,
                )
                if self.rng.random() < 0.7:
                    ander = self.rng.choice([c for c in team.consulenten if c is not wie])
                    self.s.voeg(Waarneming(waarnemer=ander, voor=wie, begindatum=begin, einddatum=eind), begin)
