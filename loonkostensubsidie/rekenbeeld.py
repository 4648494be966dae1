"""What the page of the calculator shows of a question: amounts, steps, the curve, the year, and another day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kern import weergave
from kern.grafieken import Lijn, Lijngrafiek, Reeks, lijngrafiek
from kern.onderdelen import Feit, Merk
from loonkostensubsidie.rekenen.geval import HEEL, OnjuisteInvoer, Route
from loonkostensubsidie.rekenen.maandbedrag import bereken
from loonkostensubsidie.rekenen.rekening import REFERENTIEMAAND
from loonkostensubsidie.rekenen.specificatie import Regel, euro, getal
from loonkostensubsidie.rekenen.vergelijking import Kant, Vergelijking, vergelijk
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.rekenjaar import Maandbeeld, maanden_van, samengevat
from loonkostensubsidie.rekenwoorden import bedragen, met_teken, som
from loonkostensubsidie.uitwisseling import Antwoord, Vraag, reken
from regelgeving.rekenen.breuken import decimaal

_DECEMBER = 12
_OM_DE = 20  # percent between two labels of the curve
_TABEL = (10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
_ZEKERHEID = {
    "bevestigd": Merk("Zeker", "goed"),
    "afgeleid": Merk("Afgeleid", "info"),
    "onzeker": Merk("Niet zeker", "let-op"),
}


@dataclass(frozen=True)
class Regelbeeld:
    """A step in words."""

    omschrijving: str
    berekening: str
    waarde: str
    bron: str
    artikel: str
    zeker: Merk | str

    @property
    def herkomst(self) -> str:
        """Article and source; the source alone when it names the article itself."""
        if self.bron.startswith(self.artikel):
            return self.bron
        return " · ".join(deel for deel in (self.artikel, self.bron) if deel)


@dataclass(frozen=True)
class Verschilregel:
    """A step or a cause on both days, in words."""

    naam: str
    oud: str
    nieuw: str
    verschil: str


@dataclass(frozen=True)
class Verschilbeeld:
    """The same employment on another day."""

    toen: str
    oud: str
    nieuw: str
    verschil: str
    zin: str
    oorzaken: Sequence[Verschilregel]
    regels: Sequence[Verschilregel]


@dataclass(frozen=True)
class Beeld:
    """Everything on the right side of the page."""

    lks: str
    werkgeverslasten: str
    totaal: str
    samen: str
    periode: str
    feiten: Sequence[Feit]
    regels: Sequence[Regelbeeld]
    onzeker: Sequence[tuple[str, str]]
    curve: Lijngrafiek
    jaar: str
    maanden: Sequence[Maandbeeld]
    jaarrijen: Sequence[Maandbeeld]
    jaartotaal: str
    vergelijking: Verschilbeeld | None


def maak_beeld(vraag: Vraag, wet: Wetgeving, vergelijk_met: dt.date | None = None) -> Beeld:
    """The whole picture. Raises OnjuisteInvoer for what only the calculation can find."""
    uit = reken(vraag, wet)
    ander = _ander(vraag, wet, vergelijk_met) if vergelijk_met else None
    regels = [_regelbeeld(regel) for regel in uit.specificatie]
    maanden, jaartotaal = maanden_van(vraag, wet)
    return Beeld(
        *bedragen(uit.bedrag),
        samen="Samen per maand" if _hele_maand(vraag) else "Samen voor deze dagen",
        periode=_periode(vraag),
        feiten=_feiten(vraag),
        regels=regels,
        onzeker=[*_onzekere_regels(uit), *_onzekere_keuzes(vraag, uit, wet)],
        curve=_curve(vraag, wet, uit.bedrag.totaal),
        jaar=str(vraag.datum.year),
        maanden=maanden,
        jaarrijen=samengevat(maanden),
        jaartotaal=weergave.euro(jaartotaal),
        vergelijking=ander,
    )


def _periode(vraag: Vraag) -> str:
    if not vraag.dagen:
        return f"per hele maand, op {weergave.datum(vraag.datum)}"
    if _hele_maand(vraag):
        return f"{weergave.MAANDEN[vraag.datum.month - 1]} {vraag.datum.year}, de hele maand"
    return f"{weergave.datum(vraag.van)} tot en met {weergave.datum(vraag.tot)}"


def _hele_maand(vraag: Vraag) -> bool:
    dagen = calendar.monthrange(vraag.datum.year, vraag.datum.month)[1]
    return (vraag.tot - vraag.van).days + 1 == dagen


def _feiten(vraag: Vraag) -> list[Feit]:
    geval = vraag.geval
    uren = f"{weergave.uren(geval.uren)} per week, voltijd is {weergave.uren(geval.voltijd)}"
    soort = "vast percentage" if geval.route is Route.FORFAIT else f"gemeten, {weergave.procent(geval.loonwaarde, 0)}"
    jaren = weergave.leeftijd(geval.geboortedatum, vraag.datum)
    return [
        Feit("Dag", weergave.datum(vraag.datum)),
        Feit("Geboren", weergave.datum(geval.geboortedatum), f"{jaren} jaar op deze dag"),
        Feit("Dienstverband", f"sinds {weergave.datum(geval.start)}"),
        Feit("Uren", uren),
        Feit("Loonwaarde", soort),
    ]


def _regelbeeld(regel: Regel) -> Regelbeeld:
    waarde = Fraction(regel.waarde)
    return Regelbeeld(
        regel.omschrijving,
        regel.berekening,
        euro(waarde) if regel.eenheid == "euro" else getal(waarde),
        regel.bron,
        regel.artikel,
        _ZEKERHEID.get(regel.status, ""),
    )


def _onzekere_regels(uit: Antwoord) -> list[tuple[str, str]]:
    """The steps that use a value of which we are not sure, with what is known about it."""
    return [(regel.omschrijving, regel.bron) for regel in uit.specificatie if regel.status == "onzeker"]


def _onzekere_keuzes(vraag: Vraag, uit: Antwoord, wet: Wetgeving) -> list[tuple[str, str]]:
    """Choices that the law leaves open and that change this outcome."""
    heel = bereken(vraag.geval, vraag.datum, wet)
    stap = {regel.code: regel.waarde for regel in heel.specificatie}
    afgetopt = "maximum" in stap and stap["verschil"] > stap["maximum"]
    cent = uit.bedrag.lks + uit.bedrag.werkgeverslasten != uit.bedrag.totaal
    andere_tabel = heel.tabel_van != max(dt.date(vraag.datum.year, 1, 1), vraag.geval.start)
    keuzes = [
        ("Het hoogste bedrag zonder werkgeverslasten", "lks.maximum_volgorde", afgetopt),
        ("De referentiemaand voor jongeren", "lks.jeugd_referentiemaand", _jong(vraag, heel.tabel_van, wet)),
        ("Afronden op centen", "lks.totaal_afronding", cent),
        ("Het minimumloon na een wijziging in het jaar", "lks.wml_na_wijziging", andere_tabel),
    ]
    return [
        (naam, gegeven.bron)
        for naam, sleutel, telt in keuzes
        if telt and (gegeven := wet.gegeven(sleutel, vraag.datum)).status == "onzeker"
    ]


def _jong(vraag: Vraag, tabel: dt.date, wet: Wetgeving) -> bool:
    """Whether the youth wage counts in a year in which its amount per month is not published."""
    jaren = weergave.leeftijd(vraag.geval.geboortedatum, vraag.datum)
    return tabel >= REFERENTIEMAAND and wet.loon(tabel, jaren).percentage != HEEL


# --- The curve ----------------------------------------------------------------------------------------------------
def _curve(vraag: Vraag, wet: Wetgeving, totaal: Decimal) -> Lijngrafiek:
    """What each wage value would give in a whole month, with the present one on it."""
    eigen = int(vraag.geval.loonwaarde) if vraag.geval.loonwaarde is not None else 0
    per_procent = [_bij_loonwaarde(vraag, procent, wet) for procent in range(1, 101)]
    nu = bereken(vraag.geval, vraag.datum, wet).bedrag.afgerond().totaal
    vast: list[Reeks] = [] if eigen else [Reeks("Vast percentage", [float(nu)] * 100, "tempo")]
    # The point is the last known value of a series that stops at the present wage value.
    tot_nu = Reeks("", [float(b) for b in per_procent[:eigen]], "nu")
    naam = "Samen per maand" if eigen else "Gemeten loonwaarde"
    beeld = lijngrafiek(
        [str(procent) for procent in range(1, 101)],
        [
            tot_nu,
            Reeks(naam, [float(b) for b in per_procent], "vorig"),
            *vast,
        ],
        titel="Bedrag per maand bij elke loonwaarde",
        beschrijving=_curvezin(per_procent, eigen, nu),
        eenheid="euro per maand",
        puntlabel=f"{eigen} %: {weergave.euro(nu)}",
    )
    _, hele, *rest = beeld.lijnen
    koppen = [lijn.naam for lijn in (hele, *rest)]
    return replace(
        beeld,
        lijnen=(Lijn(hele.naam, "nu", hele.pad), *rest),
        punt=beeld.punt if eigen else None,
        xas=tuple(
            (x, f"{tekst} %", plek % 2 == 0) for plek, (x, tekst, _) in enumerate(beeld.xas[_OM_DE - 1 :: _OM_DE])
        ),
        tabelkop=koppen,
        tabel=tuple(
            (f"{procent} %", (weergave.euro(per_procent[procent - 1]), *(weergave.euro(nu) for _ in rest)))
            for procent in sorted({*_TABEL, *([eigen] if eigen else [])})
        ),
        labelkop="Loonwaarde",
    )


def _bij_loonwaarde(vraag: Vraag, procent: int, wet: Wetgeving) -> Decimal:
    geval = replace(vraag.geval, route=Route.LOONWAARDE, loonwaarde=Decimal(procent))
    return bereken(geval, vraag.datum, wet).bedrag.afgerond().totaal


def _curvezin(per_procent: Sequence[Decimal], eigen: int, nu: Decimal) -> str:
    vlak = max(procent for procent, bedrag in enumerate(per_procent, 1) if bedrag == per_procent[0])
    begin = f"Tot en met {vlak} procent loonwaarde is het bedrag {weergave.euro(per_procent[0])}. " if vlak > 1 else ""
    nu_zin = f"Bij {eigen} procent is het {weergave.euro(nu)}." if eigen else f"Vast is het {weergave.euro(nu)}."
    return f"{begin}Hoe hoger de loonwaarde, hoe lager het bedrag. Bij 100 procent is het nul. {nu_zin}"


# --- Another day --------------------------------------------------------------------------------------------------
def _ander(vraag: Vraag, wet: Wetgeving, ander: dt.date) -> Verschilbeeld:
    """The asked day against another, whole months both."""
    try:
        uitslag = vergelijk(vraag.geval, Kant(wet, ander), Kant(wet, vraag.datum))
    except OnjuisteInvoer as fout:
        raise OnjuisteInvoer({"vergelijk": [tekst for teksten in fout.fouten.values() for tekst in teksten]}) from fout
    except OntbrekendGegeven as fout:
        raise OnjuisteInvoer({"vergelijk": [str(fout)]}) from fout
    verschil = som(uitslag.verschil)
    return Verschilbeeld(
        toen=weergave.datum(ander),
        oud=weergave.euro(uitslag.oud.bedrag.afgerond().totaal),
        nieuw=weergave.euro(uitslag.nieuw.bedrag.afgerond().totaal),
        verschil=met_teken(verschil),
        zin=_verschilzin(vraag, ander, verschil),
        oorzaken=[Verschilregel(o.naam, o.oud, o.nieuw, met_teken(o.bedrag)) for o in uitslag.oorzaken],
        regels=_verschilregels(uitslag),
    )


def _verschilzin(vraag: Vraag, ander: dt.date, verschil: Fraction) -> str:
    heen = f"Op {weergave.datum(vraag.datum)} is het bedrag per maand"
    if not decimaal(verschil, 2):
        return f"{heen} gelijk aan dat op {weergave.datum(ander)}."
    woord = "hoger" if verschil > 0 else "lager"
    return f"{heen} {weergave.euro(decimaal(abs(verschil), 2))} {woord} dan op {weergave.datum(ander)}."


def _verschilregels(uitslag: Vergelijking) -> list[Verschilregel]:
    def toon(regel: Regel | None) -> str:
        if regel is None:
            return "–"
        return _regelbeeld(regel).waarde

    return [
        Verschilregel(
            stap.omschrijving,
            toon(stap.oud),
            toon(stap.nieuw),
            _regelverschil(stap.verschil, stap.nieuw or stap.oud),
        )
        for stap in uitslag.stappen
    ]


def _regelverschil(verschil: Fraction, regel: Regel | None) -> str:
    if not verschil:
        return "–"
    if regel is not None and regel.eenheid != "euro":
        return weergave.verschil(decimaal(verschil, 4), 4)
    return met_teken(verschil)
