"""What a consulent and a person look at together: only what both may know, in plain words (R229, leap 9).

Everything on the screen and on paper comes from `inhoud`, so that what is not asked here cannot show: no notes, trede,
scores, safety, costs or reasons, and of barriers only what a part waits for (R009). A part whose name says something
about health, debt or a group is neutral, and so is a protected barrier, also for who may read it elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils import timezone

from deelnemers.keuzes import Partij
from deelnemers.models import Deelnemer, Toezegging
from deelnemers.querysets import open_toezeggingen
from kern import grafieken as g
from kern import klok
from kern.weergave import dagdatum, datum, tijd, uren
from trajecten import querysets as vragen
from trajecten.dossier import urengrens
from trajecten.labels import is_bijzonder, onderdeelnaam
from trajecten.models import Afspraak, Traject, Trajectonderdeel
from trajecten.wachten import wacht_op, wachtzin

NEUTRAAL = "Extra begeleiding"
_STAND = {"loopt": "hier ben je mee bezig", "gepland": "begint later", "wacht": "begint later", "afgerond": "klaar"}
_DOEL = {
    "werk_voltijd": "Werk waarvan ik zelf kan leven",
    "werk_deeltijd": "Werk in deeltijd",
    "werk_met_steun": "Werk met hulp op de werkplek",
    "school": "Terug naar school",
    "participatie": "Meedoen en nieuwe dingen leren",
}


def inhoud(deelnemer: Deelnemer) -> dict[str, Any]:
    """Name, goal, plan, agreements of both sides and the next appointment: plain values, so that they can be kept."""
    traject = vragen.laatste_traject(deelnemer.pk)
    loopt = traject if traject is not None and traject.status == "loopt" else None
    return {
        "naam": deelnemer.naam,
        "roepnaam": deelnemer.roepnaam or deelnemer.naam,
        "doel": doel_van(loopt),
        "toekomst": loopt.toekomstbeeld if loopt else "",
        "eerste_stap": loopt.eerste_stap if loopt else "",
        "plan": [doel for doel in _plan(loopt) if doel != doel_van(loopt)],
        "delen": _delen(loopt) if loopt else [],
        "afspraken": _afspraken(deelnemer),
        "volgende": _volgende(deelnemer),
    }


#: Hours a week to think about together.
WAT_ALS = (8, 16, 24, 32, 36)


def wat_als(deelnemer: Deelnemer, aantal_uren: str) -> dict[str, Any] | None:
    """ "What if I worked so many hours?": whether the benefit is still needed then (leap 9).

    An estimate at the minimum wage; income decides. None when the household is not known.
    """
    grens = urengrens(deelnemer)
    if grens is None:
        return None
    keuze = int(aantal_uren) if aantal_uren in map(str, WAT_ALS) else None
    beeld: dict[str, Any] = {"uren": WAT_ALS, "keuze": keuze, "grens": uren(grens)}
    if keuze is not None:
        genoeg = keuze >= grens
        beeld["zin"] = (
            f"Met {keuze} uur werk per week heb je waarschijnlijk geen uitkering meer nodig."
            if genoeg
            else f"Met {keuze} uur werk per week houd je waarschijnlijk een aanvulling van de gemeente. "
            f"Vanaf ongeveer {uren(grens)} niet meer."
        )
        balk = g.urenbalk(grens=float(grens), nu=float(keuze))
        label = balk.nu_label and f"{keuze} uur"  # nobody works these hours yet
        beeld["balk"] = replace(balk, nu_label=label, naast="", beschrijving=str(beeld["zin"]))
    return beeld


def doel_van(traject: Traject | None) -> str:
    """The goal in the person's own words, or else in plain ones."""
    if traject is None:
        return ""
    return traject.doeltekst or _DOEL.get(traject.doel, "")


def _plan(traject: Traject | None) -> list[str]:
    """The goals of the latest plan, that the person signs."""
    plan = vragen.plannen_van(traject).first() if traject else None
    return list(plan.doelen) if plan else []


def _delen(traject: Traject) -> list[dict[str, Any]]:
    """What runs or comes first, then what is done; the same name once."""
    uit: dict[str, dict[str, Any]] = {}
    for d in vragen.onderdelen_van(traject):
        if d.status in _STAND:
            deel = deel_voor_beiden(d)
            uit.setdefault(deel["naam"], deel)
    return list(uit.values())


def deel_voor_beiden(d: Trajectonderdeel) -> dict[str, Any]:
    """The name of a part and how it stands; a sensitive one stays neutral, also for who may read it elsewhere."""
    zin = wachtzin(d, bijzonder=False)
    return {
        "naam": NEUTRAAL if is_bijzonder(d.instrument) else onderdeelnaam(d),
        "stand": zin or _STAND[d.status],
        "laat": any(regel.laat for regel in wacht_op(d, bijzonder=False)),
    }


def _afspraken(deelnemer: Deelnemer) -> list[dict[str, Any]]:
    rijen = list(open_toezeggingen(deelnemer))
    koppen = {
        Partij.DEELNEMER: f"{deelnemer.roepnaam or deelnemer.naam} doet",
        Partij.WIJ: "De gemeente doet",
        Partij.WERKGEVER: "De werkgever doet",
    }
    groepen = [
        {"partij": str(partij), "kop": kop, "regels": [_afspraak(t) for t in rijen if t.partij == partij]}
        for partij, kop in koppen.items()
    ]
    return [groep for groep in groepen if groep["regels"]]


def _afspraak(t: Toezegging) -> dict[str, Any]:
    if t.nagekomen_op:
        return {"wat": t.wat, "wanneer": f"gedaan op {datum(t.nagekomen_op)}", "gedaan": True}
    if t.niet_gedaan_op:
        return {"wat": t.wat, "wanneer": "niet gelukt", "gedaan": False}
    return {"wat": t.wat, "wanneer": f"voor {datum(t.voor)}" if t.voor else "", "gedaan": False}


def _volgende(deelnemer: Deelnemer) -> dict[str, str]:
    """Day, time, with whom and where; never what it is about: that may be internal."""
    komend = Afspraak.objects.filter(deelnemer=deelnemer, status="gepland", begint_op__gte=klok.nu())
    a = komend.select_related("medewerker", "locatie").order_by(F("begint_op"), "id").first()
    if a is None:
        return {}
    begin = timezone.localtime(a.begint_op)
    return {
        "dag": dagdatum(begin),
        "tijd": f"{tijd(begin)} uur",
        "met": a.medewerker.naam,
        "waar": a.locatie.naam if a.locatie else a.plek,
    }


def voor_papier(beeld: dict[str, Any], begeleider: str) -> dict[str, Any]:
    """The same content as the sentences of the one-page agreement (`templates/pdf/afspraken.typ`)."""
    volgende = beeld["volgende"]
    waar = f" Plek: {volgende['waar']}." if volgende.get("waar") else ""
    open_ = [
        {"kop": g["kop"], "regels": [_regel(a) for a in g["regels"] if not a["gedaan"]]} for g in beeld["afspraken"]
    ]
    return {
        "titel": f"Afspraken met {beeld['roepnaam']}",
        "ondertitel": f"{beeld['naam']} en {begeleider}, {datum(klok.vandaag())}",
        "koppen": {"doel": "Dit wil ik bereiken", "plan": "Zo gaan we dat doen", "volgende": "We zien elkaar weer"},
        "doel": beeld["doel"],
        "eigen": _eigen_woorden(beeld),
        "plan": beeld["plan"] or [f"{d['naam']}: {d['stand']}" for d in beeld["delen"]],
        "afspraken": [groep for groep in open_ if groep["regels"]],
        "volgende": (
            f"Op {volgende['dag']} om {volgende['tijd']}, met {volgende['met']}.{waar}"
            if volgende
            else "We hebben nog geen nieuwe afspraak gemaakt."
        ),
        "slot": "Lukt iets niet? Bel of mail dan meteen. Dan zoeken we samen een oplossing. "
        "Dit blad is van jou: je krijgt een kopie.",
        "handtekeningen": [
            {"naam": beeld["naam"], "rol": "Deelnemer"},
            {"naam": begeleider, "rol": "Namens de gemeente"},
        ],
        "voet": "Klopt er iets niet in dit blad? Zeg het, dan passen we het aan.",
    }


def _eigen_woorden(beeld: dict[str, Any]) -> list[str]:
    """The picture of the future and the first step, as the person said them (R010)."""
    stap = f"Mijn eerste stap: {beeld['eerste_stap']}" if beeld["eerste_stap"] else ""
    return [zin for zin in (beeld["toekomst"], stap) if zin]


def _regel(afspraak: dict[str, Any]) -> str:
    return f"{afspraak['wat']} ({afspraak['wanneer']})" if afspraak["wanneer"] else afspraak["wat"]
