"""Employers and what they ask: invented names, few large and many small ones, vacancies with their life cycle."""

from __future__ import annotations

import bisect
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from organisatie.rechten import Rol
from reintegratie.demodata import adressen, plan, werkperioden
from reintegratie.demodata.context import Context, toevallige_dag
from reintegratie.demodata.diagnose import BEROEPEN
from reintegratie.demodata.inloggen import adres
from reintegratie.demodata.snel import snel
from reintegratie.demodata.teams import PLAATS
from reintegratie.demodata.wegschrijven import tijdstip
from werkgevers.models import Contactpersoon, Relatiebeheer, Relatiecontact, Vacature, Vestiging, Werkgever

SECTOREN = {
    "detailhandel": 17,
    "horeca": 16,
    "zorg": 14,
    "logistiek": 13,
    "schoonmaak": 12,
    "bouw_en_techniek": 8,
    "groen": 7,
    "kantoor": 6,
    "productie": 5,
    "overheid": 2,
}
_SOORTNAAM = {
    "detailhandel": ("Winkel", "Versmarkt", "Bouwmarkt", "Kledinghuis"),
    "horeca": ("Horecagroep", "Eetcafé", "Hotel", "Lunchroom"),
    "zorg": ("Zorgcentrum", "Thuiszorg", "Woonzorg"),
    "logistiek": ("Logistiek", "Koeriersdienst", "Magazijn"),
    "schoonmaak": ("Schoonmaakbedrijf", "Glazenwasserij", "Facilitair"),
    "bouw_en_techniek": ("Schildersbedrijf", "Bouwbedrijf", "Installatiebedrijf"),
    "groen": ("Kwekerij", "Hoveniersbedrijf", "Tuinderij"),
    "kantoor": ("Administratiekantoor", "Callcenter", "Postkamer"),
    "productie": ("Bakkerij", "Wasserij", "Drukkerij", "Inpakbedrijf"),
    "overheid": ("Stadswerf", "Buurtbeheer"),
}
_BEELD = (
    "Amstelglans",
    "De Gouden Aar",
    "Buikslootertuin",
    "Het IJzicht",
    "Kastanjehof",
    "Sloterhaven",
    "De Zilvermeeuw",
    "Het Anker",
    "De Linde",
    "Waterkant",
    "De Kroon",
    "Zonneweide",
    "De Valk",
    "Meerzicht",
    "De Brugwachter",
    "Vuurtoren",
    "De Populier",
    "Het Baken",
    "Noorderlicht",
    "De Kievit",
    "Rietland",
    "De Molen",
    "Kruidentuin",
    "Het Paviljoen",
    "De Reiger",
    "Grachtenhof",
    "De Sluiswachter",
    "Polderbloem",
)
_PLEK = (
    "",
    "Noord",
    "West",
    "Zuidoost",
    "Oost",
    "Centrum",
    "Nieuw-West",
    "Zuid",
    "aan de Kade",
    "bij de Brug",
    "op het Plein",
)
_VRAAG = ((20, 18), (28, 31), (35, 30), (38, 21))
VASTE = (
    ("Bakkerij De Gouden Aar Noord", "productie", "N"),
    ("Logistiek Sloterhaven", "logistiek", "F"),
    ("Zorgcentrum Kastanjehof", "zorg", "T"),
    ("Schoonmaakbedrijf Amstelglans", "schoonmaak", "M"),
    ("Wasserij Waterkant", "productie", "T"),
    ("Werkbedrijf Amstelstad", "overheid", "M"),
)
SOORTEN = {"regulier": "vacatures", "detacheringsplek": "detacheringsplekken", "trajectplek": "trajectplekken"}


@dataclass
class Vraag:
    """Employers by weight, and vacancies by kind and day."""

    werkgevers: list[tuple[Werkgever, Vestiging]] = field(default_factory=list)
    cumulatief: list[float] = field(default_factory=list)
    vast: dict[str, tuple[Werkgever, Vestiging]] = field(default_factory=dict)
    op_dag: dict[str, tuple[list[dt.date], list[Vacature]]] = field(default_factory=dict)
    gevuld: dict[int, int] = field(default_factory=dict)

    def werkgever(self, rng: Random) -> tuple[Werkgever, Vestiging]:
        return rng.choices(self.werkgevers, cum_weights=self.cumulatief)[0]

    def vacature(self, rng: Random, soort: str, dag: dt.date) -> Vacature | None:
        """One that opened in the weeks before this day."""
        dagen, rijen = self.op_dag.get(soort, ([], []))
        hoog = bisect.bisect_right(dagen, dag)
        laag = bisect.bisect_left(dagen, dag - dt.timedelta(days=28))
        return rijen[rng.randrange(laag, hoog)] if hoog > laag else None


def maak(c: Context) -> Vraag:
    """Employers with their people, our relation, and two years of demand."""
    uit, rng = Vraag(), c.rng("werkgevers")
    aantal = max(plan.rond(plan.ACTIVITEIT["werkgevers"] * c.schaal), 40)
    sectoren = [k for k, n in plan.verdeel(SECTOREN, aantal).items() for _ in range(n)]
    rng.shuffle(sectoren)
    managers, gezien, som = c.org.rol[Rol.ACCOUNTMANAGER_WSP], set(), 0.0
    vast = VASTE if c.snede == 0 else ()
    for nummer in range(aantal):
        naam, sector, gebied = (
            vast[nummer] if nummer < len(vast) else (_naam(rng, sectoren[nummer], gezien), sectoren[nummer], "")
        )
        gezien.add(naam)
        paar = _werkgever(
            c,
            rng,
            nummer,
            naam,
            sector,
            gebied or rng.choice(list(adressen.GEWICHTEN)),
            managers[nummer % len(managers)],
        )
        if nummer < len(vast):
            uit.vast[naam] = paar
        uit.werkgevers.append(paar)
        som += 1 / (nummer + 4) ** 0.95
        uit.cumulatief.append(som)
    if c.snede == 0:
        uit.vast["Werkbedrijf Amstelstad"][0].eigen_organisatie = True
    _vacatures(c, uit)
    return uit


def _naam(rng: Random, sector: str, gezien: set[str]) -> str:
    while True:
        naam = f"{rng.choice(_SOORTNAAM[sector])} {rng.choice(_BEELD)} {rng.choice(_PLEK)}".strip()
        if naam not in gezien:
            return naam
        if len(gezien) > 3000 or rng.random() < 0.2:
            return f"{naam} {rng.randint(2, 99_999)}"


def _werkgever(
    c: Context, rng: Random, nummer: int, naam: str, sector: str, gebied: str, beheerder: object
) -> tuple[Werkgever, Vestiging]:
    sinds = dt.date(c.peildatum.year - 6, 1, 1) + dt.timedelta(days=rng.randint(0, 1500))
    straat, huisnummer, postcode = adressen.trek(rng, gebied)
    laatst = c.peildatum - dt.timedelta(days=rng.randint(1, 240))
    werkgever = c.s.voeg(
        Werkgever(
            naam=naam,
            kvk_nummer=f"00{c.snede * 10_000 + nummer + 1:06d}",
            sector=sector,
            grootte=rng.choices(
                ("1-9", "10-49", "50-249", "250+"), (40, 38, 17, 5) if nummer > 30 else (5, 25, 45, 25)
            )[0],
            telefoon=adressen.telefoon(rng),
            email=adres(naam),
            leadbron=rng.choice(("wsp", "consulent", "netwerk", "werkgever", "onbekend")),
            labels=[
                label
                for label, kans in (
                    ("begeleiding", 0.3),
                    ("aangepast_werk", 0.2),
                    ("banenafspraak", 0.15),
                    ("prikkelarm", 0.1),
                )
                if rng.random() < kans
            ],
            relatiebeheerder=beheerder,
            laatste_contact_op=laatst,
            laatste_contact_door=beheerder,
            **werkperioden.nummers(c.snede * 10_000 + nummer + 1),
        ),
        sinds,
    )
    werkperioden.rekening_van(c, werkgever, sinds)
    vestiging = c.s.voeg(
        Vestiging(
            werkgever=werkgever,
            naam="Hoofdvestiging",
            straat=straat,
            huisnummer=huisnummer,
            postcode=postcode,
            plaats=PLAATS,
            pc4=postcode[:4],
            gebied=c.org.gebieden[gebied],
        ),
        sinds,
    )
    voor, achter = (
        rng.choice(("Anna", "Erik", "Leyla", "Johan", "Soraya", "Frank", "Mila", "Dave")),
        rng.choice(("Post", "Zwart", "Akkerman", "Postma", "Ozan", "Lim")),
    )
    contact = c.s.voeg(
        Contactpersoon(
            werkgever=werkgever,
            vestiging=vestiging,
            naam=f"{voor} {achter}",
            functie=rng.choice(("eigenaar", "leidinggevende", "personeelszaken", "planner")),
            email=adres(f"{voor} {achter} {nummer}"),
            telefoon=adressen.telefoon(rng),
        ),
        sinds,
    )
    c.s.voeg(Relatiebeheer(werkgever=werkgever, medewerker=beheerder, begindatum=sinds), sinds)
    if not c.volume:
        for dag in {laatst, max(laatst - dt.timedelta(days=rng.randint(30, 200)), sinds)}:
            c.s.voeg(
                Relatiecontact(
                    werkgever=werkgever,
                    contactpersoon=contact,
                    medewerker=beheerder,
                    kanaal=rng.choice(("telefoon", "gesprek", "email")),
                    onderwerp=rng.choice(
                        ("Nieuwe vraag naar mensen", "Hoe gaat het met de plaatsing", "Kennismaking", "Leerwerkplekken")
                    ),
                    op=tijdstip(dag, 10),
                ),
                dag,
            )
    return werkgever, vestiging


def _vacatures(c: Context, uit: Vraag) -> None:
    rng, van = c.rng("vacatures"), c.peildatum - dt.timedelta(days=365 if c.volume else 600)
    for soort, sleutel in SOORTEN.items():
        per_jaar = plan.ACTIVITEIT[sleutel] * c.schaal
        aantal = max(plan.rond(per_jaar * (c.peildatum - van).days / 365), 12)
        rijen = [(toevallige_dag(rng, van, c.peildatum), n) for n in range(aantal)]
        rijen.sort()
        dagen, vacatures = [], []
        for dag, _ in rijen:
            dagen.append(dag)
            vacatures.append(_vacature(c, rng, uit, soort, dag))
        uit.op_dag[soort] = (dagen, vacatures)


def _vacature(c: Context, rng: Random, uit: Vraag, soort: str, dag: dt.date) -> Vacature:
    werkgever, vestiging = uit.werkgever(rng)
    vakken = [b for b in BEROEPEN if b[2] == werkgever.sector] or list(BEROEPEN)
    code, titel, sector = rng.choice(vakken)
    hoog = rng.choices([v for v, _ in _VRAAG], [g for _, g in _VRAAG])[0] + rng.randint(-2, 2)
    dicht = dag + dt.timedelta(days=max(3, round(rng.lognormvariate(3.18, 0.7))))
    plekken, status, sluitreden = rng.choices((1, 1, 2, 3, 6), (60, 14, 14, 8, 4))[0], "open", ""
    if dicht <= c.peildatum:
        status = rng.choices(
            (
                "vervuld" if soort == "regulier" else "bezet" if rng.random() < 0.4 else "beeindigd",
                "vervallen" if soort == "regulier" else "beeindigd",
            ),
            (70, 30),
        )[0]
        sluitreden = "De werkgever zoekt niemand meer." if status in {"vervallen", "beeindigd"} else ""
    elif rng.random() < 0.06:
        status = {"regulier": "concept", "detacheringsplek": "tarief", "trajectplek": "beoordelen"}[soort]
    traject = soort == "trajectplek"
    vacature = snel(
        Vacature,
        soort=soort,
        werkgever=werkgever,
        vestiging=vestiging,
        accountmanager=werkgever.relatiebeheerder,
        titel=titel.capitalize(),
        omschrijving="" if c.volume else f"Werk als {titel}. Inwerken met een vaste collega.",
        beroep_code=code,
        beroep_naam=titel,
        sector=sector,
        uren_min=max(hoog - rng.choice((0, 4, 8, 12)), 4),
        uren_max=min(max(hoog, 8), 40),
        bruto_uurloon=None if traject else Decimal(str(loon(rng, c.peildatum))),
        tarief_per_uur=Decimal("11.50") if soort == "detacheringsplek" else None,
        contractvorm="geen" if traject else rng.choice(("bepaald", "bepaald", "uitzend", "onbepaald")),
        contract_maanden=None if traject else rng.choice((6, 7, 12)),
        plekken=plekken,
        vervuld=plekken if status in {"vervuld", "bezet"} else 0,
        taalniveau=rng.choice((0, 1, 2, 2, 3)),
        opleiding=rng.choice((0, 0, 0, 2, 4)),
        rijbewijzen=4 if sector == "logistiek" and rng.random() < 0.3 else 0,
        avond=rng.random() < 0.15,
        weekend=rng.random() < 0.2,
        tillen_kg=rng.choice((0, 0, 5, 10)),
        vog=sector in {"zorg", "overheid"},
        status=status,
        status_sinds=min(dicht, c.peildatum) if status not in {"open", "concept", "tarief", "beoordelen"} else dag,
        geopend_op=None if status in {"concept", "tarief", "beoordelen"} else dag,
        sluitreden=sluitreden,
    )
    vacature.uren_min = min(vacature.uren_min, vacature.uren_max)
    vacature.vul_afgeleid()
    if status == "open":
        werkgever.open_plekken += vacature.plekken
    return c.s.voeg(vacature, dag)


def loon(rng: Random, dag: dt.date) -> float:
    """Euro per hour: a little above the minimum wage of that year."""
    minimum = 9.53 if dag.year < 2015 else 9.53 * 1.041 ** (dag.year - 2014)
    return round(minimum * (1.0 + rng.choice((0.0, 0.03, 0.06, 0.1, 0.18))) + 0.005, 2)
