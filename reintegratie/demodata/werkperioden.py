"""Employments by date: hours that changed, tasks behind a wage value, who pays during sickness, and where we pay."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kern.handeling import Actor
from organisatie.rechten import Rol
from regelgeving.rekenen.werkdagen import plus_werkdagen
from reintegratie.demodata.context import Context
from reintegratie.demodata.wegschrijven import tijdstip
from werkgevers.models import Dienstverband, Dienstverbandperiode, Rekening, Werkgever
from werkgevers.periodenleer import KOLOMMEN
from werkgevers.services import rekening

_DAG = dt.timedelta(days=1)
#: A job this long may have had other hours before.
_LANG = 400
_EERDER = (
    ("Meer uren na een goede eerste periode.", "werkgever"),
    ("Meer uren, staat in het nieuwe contract.", "contract"),
    ("De uren op de loonstrook klopten niet met wat we wisten.", "loonstrook"),
)
#: Quality and net working time of two tasks; both give 0.912, so that tempo alone sets the wage value.
_DEEL = Decimal("0.912")


def perioden(c: Context, rij: Dienstverband) -> None:
    """One period, or two for who has more hours now than at the start."""
    rng = c.rng("werkperioden")
    tot = rij.einddatum or c.peildatum
    knip = None
    if (tot - rij.begindatum).days > _LANG and rij.uren_per_week >= 20 and rng.random() < 0.3:
        knip = rij.begindatum + dt.timedelta(days=rng.randint(120, (tot - rij.begindatum).days - 60))
    vroeger = {naam: getattr(rij, naam) for naam in KOLOMMEN}
    if knip is None:
        _periode(c, rij, rij.begindatum, rij.einddatum, vroeger, "Bij het begin.", "contract", None)
        return
    minder = vroeger | {"uren_per_week": rij.uren_per_week - rng.choice((4, 8))}
    reden, bron = rng.choice(_EERDER)
    later = min(plus_werkdagen(knip, rng.randint(1, 40)), c.peildatum)
    _periode(c, rij, rij.begindatum, knip - _DAG, minder, "Bij het begin.", "contract", None)
    _periode(c, rij, knip, rij.einddatum, vroeger, reden, bron, later)


def _periode(
    c: Context, rij: Dienstverband, van: dt.date, tot: dt.date | None, wat: dict, reden: str, bron: str,
    op: dt.date | None,
) -> None:  # fmt: skip
    c.s.voeg(
        Dienstverbandperiode(
            deelnemer_id=rij.deelnemer_id, dienstverband_id=rij.pk, begindatum=van, einddatum=tot, reden=reden,
            bron=bron, doorgegeven_op=op, **wat,
        ),
        op or van,
    )  # fmt: skip


def taken(rij: Dienstverband, waarde: int) -> list[dict]:
    """Two tasks out of which this wage value comes."""
    tempo = int((waarde / _DEEL).quantize(Decimal(1)))
    return [
        {"naam": rij.functie, "tempo": tempo, "kwaliteit": 95, "inzet": 96, "aandeel": 70},
        {"naam": "Opruimen en klaarzetten", "tempo": tempo, "kwaliteit": 96, "inzet": 95, "aandeel": 30},
    ]


def wie_betaalt(c: Context, rij: Dienstverband) -> str:
    """Whether UWV pays during sickness; only asked where a subsidy depends on it."""
    if rij.loonwaarderoute == "geen":
        return "onbekend"
    return c.rng("no-risk").choices(("ja", "nee", "onbekend"), (5, 2, 3))[0]


# --- Where an employer is paid ----------------------------------------------------------------------------------------
def nummers(nummer: int) -> dict[str, str]:
    """Invented numbers with check digits that are right: a bank that does not exist."""
    return {"iban": _iban(nummer), "loonheffingennummer": f"{_rsin(nummer)}L01"}


def _iban(nummer: int) -> str:
    bban = f"DEMO{nummer:010d}"
    cijfers = "".join(str(int(teken, 36)) for teken in f"{bban}NL00")
    return f"NL{98 - int(cijfers) % 97:02d}{bban}"


def _rsin(nummer: int) -> str:
    """Nine digits that pass the 11-test; they begin with 00, as no real one does."""
    while True:
        kop = f"00{nummer:06d}"
        rest = sum(int(cijfer) * gewicht for cijfer, gewicht in zip(kop, range(9, 1, -1), strict=True)) % 11
        if rest < 10:
            return f"{kop}{rest}"
        nummer += 500_000


def rekening_van(c: Context, werkgever: Werkgever, sinds: dt.date) -> None:
    """The number that we pay on since we know this employer."""
    c.s.voeg(
        Rekening(
            werkgever_id=werkgever.pk, iban=werkgever.iban, tenaamstelling=werkgever.naam[:70], begindatum=sinds
        ),
        sinds,
    )  # fmt: skip


def wachtend(peildatum: dt.date) -> None:
    """Two employers gave another number: one must still be called, one waits for the second person."""
    from organisatie.models import Rolvervulling

    rollen = Rolvervulling.objects.filter(rol=Rol.MEDEWERKER_SUBSIDIES, einddatum=None).select_related("medewerker")
    mensen = [rol.medewerker.gebruiker for rol in rollen.order_by("pk") if rol.medewerker.gebruiker is not None]
    werk = Dienstverband.objects.filter(soort="lks", einddatum=None).order_by("pk")
    werkgevers = list(
        {
            w.feitelijke_werkgever_id: w.feitelijke_werkgever for w in werk.select_related("feitelijke_werkgever")
        }.values()
    )
    if not mensen or len(werkgevers) < 2:
        return
    for nummer, (werkgever, wie) in enumerate(zip(werkgevers, (mensen[0], mensen[-1]), strict=False)):
        op = peildatum - (3 - nummer) * _DAG
        wijziging = rekening.stel_rekening_voor(
            werkgever, _iban(9_000_000 + nummer), werkgever.naam[:70], peildatum + 7 * _DAG, ontvangen_op=op,
            ontvangen_via="email" if nummer else "brief", meegegeven_nummer="06-00000000" if nummer else "",
            actor=Actor.van_gebruiker(wie),
        )  # fmt: skip
        if nummer == 0:
            rekening.bel_terug(
                wijziging, werkgever.telefoon, "bevestigd", gesproken_met="de administratie",
                gebeld_op=tijdstip(op + _DAG, 10, 30), actor=Actor.van_gebruiker(wie),
            )  # fmt: skip
