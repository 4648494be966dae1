"""What a line for payroll says, in words (R110)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kern.weergave import datum, euro, uren
from werkgevers.keuzes import Dienstverbandsoort, Salarisactie

_LABELS = {
    "personeelsnummer": "personeelsnummer",
    "ingangsdatum": "vanaf",
    "functie": "functie",
    "uren_per_week": "uren per week",
    "uren_voltijd": "voltijdse week",
    "soort_dienstverband": "soort",
    "bruto_uurloon": "bruto per uur",
    "contract_tot": "contract tot en met",
    "laatste_dag": "laatste dag",
    "percentage_ziek": "ziek",
}
#: How a value is said when it stands alone.
_ZINNEN = {
    "functie": "{}",
    "uren_per_week": "{} per week",
    "uren_voltijd": "voltijd {}",
    "soort_dienstverband": "{}",
    "bruto_uurloon": "{} bruto per uur",
    "contract_tot": "contract tot en met {}",
    "laatste_dag": "laatste dag {}",
    "percentage_ziek": "{} ziek",
}


def waarde(veld: str, tekst: str) -> str:
    """One value as people write it."""
    if not tekst:
        return "leeg"
    if veld in {"ingangsdatum", "contract_tot", "laatste_dag"}:
        return datum(dt.date.fromisoformat(tekst))
    if veld in {"uren_per_week", "uren_voltijd"}:
        return uren(Decimal(tekst))
    if veld == "bruto_uurloon":
        return euro(Decimal(tekst))
    if veld == "percentage_ziek":
        return f"{tekst} procent"
    if veld == "soort_dienstverband":
        return str(Dienstverbandsoort(tekst).label)
    return tekst


def in_woorden(actie: str, inhoud: dict[str, str], oud: dict[str, str]) -> str:
    """All values of a new line; at a correction what differs, with the old value."""
    if actie == Salarisactie.CORRECTIE:
        velden = [veld for veld in _LABELS if inhoud.get(veld, "") != oud.get(veld, "")]
        delen = [
            f"{_LABELS[veld]} {waarde(veld, inhoud.get(veld, ''))} (was {waarde(veld, oud.get(veld, ''))})"
            for veld in velden
        ]
    else:
        delen = [vorm.format(waarde(veld, inhoud[veld])) for veld, vorm in _ZINNEN.items() if inhoud.get(veld)]
    zin = ", ".join(delen)
    return f"{zin[:1].upper()}{zin[1:]}"
