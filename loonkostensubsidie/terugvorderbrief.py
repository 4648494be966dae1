"""The letter about a recovery, in plain Dutch: first the intention, after the decision the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kern import bestanden, klok, pdf
from kern.models import Gemeente
from kern.weergave import MAANDEN, datum, euro
from loonkostensubsidie.besluittekst import bezwaaradres
from loonkostensubsidie.keuzes import Terugstuksoort
from loonkostensubsidie.models import Bezwaar, Opdrachtregel, Terugvordering, Terugvorderstuk
from regelgeving import opzoeken

#: Folder of the letters (kern.bestanden).
STUK_KAMER = "terugvorderbrieven"


def maak_brief(rij: Terugvordering, regels: Sequence[Opdrachtregel], gemeente: Gemeente) -> bytes:
    """The PDF for the state of this recovery; persons by the name that the employer knows."""
    dag = rij.besloten_op or klok.vandaag()
    gegevens: dict[str, Any] = {
        "titel": "Besluit: terugbetalen van subsidie" if rij.besloten_op else "Voornemen: terugbetalen van subsidie",
        "gemeente": gemeente.naam,
        "werkgever": rij.werkgever.naam,
        "kenmerk": rij.nummer,
        "dag": datum(dag),
        "kern": _kern(rij),
        "waarom": rij.reden,
        "vraag": "Wat moet u doen?" if rij.besloten_op else "Wat kunt u doen?",
        "wat_nu": _wat_nu(rij),
        "grond": "Dit besluit steunt op artikel 4:57 van de Algemene wet bestuursrecht." if rij.besloten_op else "",
        "oneens": _oneens(rij, gemeente),
        "reactie": rij.reactie if rij.besloten_op else "",
        "regels": [_regel(regel) for regel in regels],
        "totaal": euro(rij.bedrag),
    }
    moment = klok.middag(dag)
    return pdf.maak("loonkostensubsidie/terugvordering.typ", gegevens, moment=moment)


def bewaar_stuk(
    rij: Terugvordering, soort: Terugstuksoort, inhoud: bytes, bezwaar: Bezwaar | None = None
) -> Terugvorderstuk:
    """Keep a letter as it is sent. Call inside a service and `bestanden.weg_bij_mislukken()`."""
    stuk = bestanden.van_bytes(inhoud)
    brief = Terugvorderstuk(
        terugvordering=rij,
        soort=soort,
        bezwaar=bezwaar,
        plaats=bestanden.bewaar(STUK_KAMER, stuk),
        sha256=stuk.sha256,
        gemaakt_op=klok.nu(),
    )
    brief.full_clean()
    brief.save()
    return brief


def brief_van(rij: Terugvordering, regels: Sequence[Opdrachtregel], gemeente: Gemeente) -> bytes | None:
    """The letter as it was sent; while there is only an intention, as it would be. None when it was erased."""
    if rij.besloten_op is None:
        return maak_brief(rij, regels, gemeente)
    stuk = rij.stukken.filter(soort=Terugstuksoort.BESLUIT).order_by("pk").first()
    return bestanden.haal(stuk.plaats, stuk.sha256) if stuk is not None else None


def _kern(rij: Terugvordering) -> str:
    bedrag = euro(rij.bedrag)
    if rij.besloten_op is None:
        return f"U kreeg te veel loonkostensubsidie. We willen {bedrag} van u terugvragen. Dat is nog geen besluit."
    if rij.verrekenen:
        return f"U kreeg te veel loonkostensubsidie. We verrekenen {bedrag} met wat u van ons nog krijgt."
    return f"U kreeg te veel loonkostensubsidie. U moet {bedrag} terugbetalen."


def _wat_nu(rij: Terugvordering) -> str:
    if rij.besloten_op is None:
        return (
            f"U kunt op dit voornemen reageren tot en met {datum(rij.reageren_tot)}. Dat mag met een brief, per e-mail "
            "of telefonisch. Daarna nemen wij een besluit en sturen wij u dat."
        )
    if rij.verrekenen:
        return (
            "U hoeft nu niets over te maken. We trekken het bedrag af van de subsidie van volgende maanden. "
            f"Loopt er geen subsidie meer, dan betaalt u terug tot en met {datum(rij.betalen_tot)}."
        )
    return f"Maak het bedrag over tot en met {datum(rij.betalen_tot)}. Noem daarbij het kenmerk {rij.nummer}."


def _oneens(rij: Terugvordering, gemeente: Gemeente) -> str:
    if rij.besloten_op is None:
        return ""
    einde = opzoeken.einde_termijn("AWB_BEZWAAR", rij.besloten_op)
    adres = ", ".join(bezwaaradres(gemeente.naam, rij.besloten_op))
    return (
        f"Stuur dan uiterlijk op {datum(einde)} een bezwaarschrift naar: {adres}. Schrijf erin uw naam en adres, de "
        f"datum, het kenmerk {rij.nummer} en waarom u het er niet mee eens bent. Zet uw handtekening eronder."
    )


def _regel(regel: Opdrachtregel) -> list[str]:
    boek = regel.boekregel
    wie = boek.subsidie.deelnemer
    maand = f"{MAANDEN[boek.maand.month - 1]} {boek.maand.year}"
    return [f"{wie.naam} ({boek.subsidie.nummer})", maand, boek.get_soort_display(), euro(boek.totaal)]
