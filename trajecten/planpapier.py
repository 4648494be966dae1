"""The plan on paper: the person's own words first, then goals, parts and when it is looked at again (R010)."""

from __future__ import annotations

from typing import Any

from kern import klok, pdf
from kern.models import Gemeente
from kern.weergave import datum, hoofdletter
from trajecten import querysets as vragen
from trajecten.gesprek import deel_voor_beiden, doel_van
from trajecten.models import PlanVanAanpak, Trajectonderdeel

#: What did not go on is no part of the plan any more.
_OP_PAPIER = frozenset({"loopt", "gepland", "wacht", "afgerond"})


def maak_plan(plan: PlanVanAanpak) -> bytes:
    """The PDF of this version; the same plan on the same day gives the same bytes.

    A part that tells of debt or health has a neutral name, as on every paper: it can lie anywhere.
    """
    return pdf.maak("trajecten/plan.typ", gegevens(plan), moment=klok.middag(klok.vandaag()))


def gegevens(plan: PlanVanAanpak) -> dict[str, Any]:
    """What stands in the document, as text."""
    deelnemer, traject = plan.deelnemer, plan.traject
    regie = deelnemer.regievoerder
    namens = plan.getekend_door or regie
    eigen = (
        ("Dit wil ik bereiken", doel_van(traject)),
        ("Zo ziet mijn leven eruit als ik werk", traject.toekomstbeeld),
        ("Mijn eerste stap", traject.eerste_stap),
    )
    return {
        "gemeente": Gemeente.objects.get(pk=plan.gemeente_id).naam,
        "titel": f"Plan van {deelnemer.naam}",
        "ondertitel": f"Versie {plan.nummer}, gemaakt op {datum(plan.aangemaakt_op)}. Team {traject.team.naam}.",
        "eigen": [{"kop": kop, "tekst": _alineas(tekst)} for kop, tekst in eigen if tekst.strip()],
        "doelen": plan.doelen,
        "tekst": _alineas(plan.tekst),
        "delen": [_deel(d) for d in vragen.onderdelen_van(traject) if d.status in _OP_PAPIER],
        "evaluatie": f"We kijken samen hoe het gaat op {datum(plan.evaluatie_op)}. Eerder mag altijd.",
        "handtekeningen": [
            {"naam": deelnemer.naam, "rol": "Deelnemer", "getekend": datum(plan.getekend_deelnemer_op)},
            {
                "naam": namens.naam if namens else "Werk en Re-integratie",
                "rol": "Namens de gemeente",
                "getekend": datum(plan.getekend_afdeling_op),
            },
        ],
        "voet": "Dit plan is van jou. Klopt er iets niet, of verandert er iets? Zeg het, dan passen we het aan.",
    }


def _deel(d: Trajectonderdeel) -> list[str]:
    """Name, period and how it stands, in the words of the talk."""
    deel = deel_voor_beiden(d)
    tot = f" tot en met {datum(d.einddatum)}" if d.einddatum else ""
    return [deel["naam"], f"{'' if tot else 'vanaf '}{datum(d.begindatum)}{tot}", hoofdletter(deel["stand"])]


def _alineas(tekst: str) -> list[str]:
    return [regel.strip() for regel in tekst.splitlines() if regel.strip()]
