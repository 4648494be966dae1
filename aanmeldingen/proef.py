"""What a version of a route would have meant for the referrals of the past, by the real rules; stored nowhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from aanmeldingen import regels
from aanmeldingen.api.vertaling import naar_invoer
from aanmeldingen.keuzes import Documentsoort, Onderdeel
from aanmeldingen.models import Aanmelding, Route, Routeversie
from aanmeldingen.querysets import laatste_aanmeldingen

AANTAL = 50


@dataclass(frozen=True)
class Proef:
    """Of `aantal` referrals so many would fail, and why: per part or document that is missing and per rule without
    explanation.
    """

    aantal: int
    gezakt: int
    onderdelen: tuple[tuple[str, int], ...]
    regels: tuple[tuple[str, int], ...]
    documenten: tuple[tuple[str, int], ...] = ()
    te_veel: tuple[tuple[str, int], ...] = ()


def _gegevens(aanmelding: Aanmelding) -> dict[str, Any]:
    """The body as it would come in, with the date as a date, and only whether there is a BSN."""
    uit = naar_invoer(aanmelding, bijzonder=True) | {"geboortedatum": aanmelding.geboortedatum}
    if aanmelding.bsn_zoeksleutel is not None:
        uit["burgerservicenummer"] = "aanwezig"
    return uit


def _te_veel(gegevens: dict[str, Any], versie: Any) -> list[str]:
    """Parts that came along and that this version does not ask."""
    alle, gevraagd = {*regels.PADEN}, {*versie.verplicht, *versie.gewenst}
    return [deel for deel in regels.PADEN if deel not in gevraagd and regels.te_veel(gegevens, alle - {deel})]


def beproef(route: Route, versie: Any, aantal: int = AANTAL) -> Proef:
    """Judge the last referrals of `route` by the parts and rules of `versie`, each on the day that it came in."""
    rijen = laatste_aanmeldingen(route, aantal)
    mist: Counter[str] = Counter()
    botst: Counter[str] = Counter()
    zonder: Counter[str] = Counter()
    erbij: Counter[str] = Counter()
    gezakt = 0
    for aanmelding in rijen:
        gegevens = _gegevens(aanmelding)
        ontbreekt = [o for o in versie.verplicht if regels.ontbrekend(gegevens, [o])]
        dag = timezone.localdate(aanmelding.ontvangen_op)
        tegen = regels.waarschuwingen(gegevens, dict(versie.regels), dag)
        zonder_uitleg = [w["regel"] for w in tegen] if not aanmelding.afwijking_uitleg.strip() else []
        nodig = regels.ontbrekende_documenten(gegevens, versie.documenten, aanmelding.documentsoorten)
        meer = _te_veel(gegevens, versie) if versie.minimaal else []
        mist.update(ontbreekt)
        erbij.update(meer)
        zonder.update(nodig)
        botst.update(zonder_uitleg)
        gezakt += bool(ontbreekt or zonder_uitleg or nodig or meer)
    return Proef(
        len(rijen),
        gezakt,
        tuple((Onderdeel(o).label, n) for o, n in sorted(mist.items(), key=lambda p: (-p[1], p[0]))),
        tuple((regels.TEKSTEN[r].naam, n) for r, n in sorted(botst.items(), key=lambda p: (-p[1], p[0]))),
        tuple((Documentsoort(d).label, n) for d, n in sorted(zonder.items(), key=lambda p: (-p[1], p[0]))),
        tuple((Onderdeel(o).label, n) for o, n in sorted(erbij.items(), key=lambda p: (-p[1], p[0]))),
    )


def verschil(oud: Routeversie | None, nieuw: Any) -> dict[str, list[str]]:
    """What changes for the sender between two versions: parts and documents that become required, wished,
    or are asked no more.
    """
    was_verplicht = list(oud.verplicht) if oud else []
    was_document = list(oud.documenten) if oud else []
    was = [*was_verplicht, *(oud.gewenst if oud else [])]
    wordt = [*nieuw.verplicht, *nieuw.gewenst]
    return {
        "verplicht": [o for o in nieuw.verplicht if o not in was_verplicht],
        "niet_verplicht": [o for o in was_verplicht if o not in nieuw.verplicht],
        "gewenst": [o for o in nieuw.gewenst if o not in was],
        "weg": [o for o in was if o not in wordt and o not in was_verplicht],
        "document": [d for d in nieuw.documenten if d not in was_document],
        "geen_document": [d for d in was_document if d not in nieuw.documenten],
    }
