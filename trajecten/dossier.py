"""What this room shows on the page of a person: card, *Doel en plan*, next appointments."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from deelnemers.keuzes import Route
from deelnemers.models import Belemmering, Deelnemer
from deelnemers.norm import normhuishouden
from deelnemers.querysets import werk_en_huishouden
from deelnemers.toegang import mag_bijzonder
from kern import grafieken as g
from kern import klok
from kern import onderdelen as o
from kern.aansluitingen.acties import Knop
from kern.aansluitingen.dossier import Kaartfeit, Samenvattingsregel
from kern.weergave import aantal, datum, getal, kortedag, tijd, uren
from regelgeving.opzoeken import GegevenOntbreekt, uitkeringsuren
from trajecten import querysets as vragen
from trajecten.labels import onderdeelnaam
from trajecten.models import Afspraak, Traject, Trajectonderdeel
from trajecten.toestanden import AFSPRAAK, ONDERDEEL
from trajecten.wachten import blokkades_nu, onderdelen_achter, wacht_op, wachtzin


def kaartfeiten(request: Any, deelnemer: Deelnemer) -> list[Kaartfeit]:
    """*Nu actief* and *Volgende afspraak*, from the parts that the page shows anyway and a stored column."""
    traject, alle = stand(deelnemer)
    delen = [d for d in alle if d.status == "loopt"] if traject is not None and traject.status == "loopt" else []
    plan = reverse("plan", args=[deelnemer.dossiernummer]) if "traject.zien" in request.rechten else ""
    feiten = [Kaartfeit("Nu actief", actief_zin(delen), plan)]
    if deelnemer.volgende_afspraak_op and deelnemer.volgende_afspraak_op >= klok.nu():
        moment = timezone.localtime(deelnemer.volgende_afspraak_op)
        feiten.append(Kaartfeit("Volgende afspraak", f"{kortedag(moment).capitalize()}, {tijd(moment)}"))
    else:
        feiten.append(Kaartfeit("Volgende afspraak", "nog geen"))
    return feiten


def stand(deelnemer: Deelnemer) -> tuple[Traject | None, list[Trajectonderdeel]]:
    """The latest trajectory with its parts, asked once per page: card and panel both show it."""
    if "_traject" not in deelnemer.__dict__:
        traject = vragen.laatste_traject(deelnemer.pk)
        deelnemer.__dict__["_traject"] = (traject, list(vragen.onderdelen_van(traject)) if traject else [])
    return deelnemer.__dict__["_traject"]


def actief_zin(delen: Sequence[Trajectonderdeel]) -> str:
    """“3 onderdelen, 7 dagdelen” or, when hours are known, “2 onderdelen, 18 uur”."""
    if not delen:
        return "geen onderdeel"
    zin = aantal(len(delen), "onderdeel", "onderdelen")
    werk = sum((d.uren_per_week for d in delen if d.uren_per_week is not None), start=0)
    dagdelen = sum(d.dagdelen for d in delen if d.uren_per_week is None)
    rest = [uren(werk)] if werk else []
    if dagdelen:
        rest.append(f"{getal(dagdelen)} {'dagdeel' if dagdelen == 1 else 'dagdelen'}")
    return ", ".join([zin, *rest])


def plan_als_gantt(delen: Sequence[Trajectonderdeel], rechten: frozenset[str], urls: bool = False) -> g.Gantt:
    """The parallel parts with today; shielded names stay neutral for who may not read them."""
    vandaag = klok.vandaag()
    regels = [
        g.Planregel(
            onderdeelnaam(d, rechten),
            d.begindatum,
            d.einddatum,
            onder=omvang(d),
            url=f"#onderdeel-{d.pk}" if urls else "",
            soort=_soort(d),
            bijschrift=_bijschrift(d),
            let_op=wachtzin(d, bijzonder=mag_bijzonder(rechten)),
            laat=any(regel.laat for regel in wacht_op(d, bijzonder=mag_bijzonder(rechten))),
        )
        for d in delen
        if d.status != "vervallen"
    ]
    return g.gantt(regels, vandaag)


def _bijschrift(d: Trajectonderdeel) -> str:
    if d.status == "wacht":
        return f"Wacht op {d.wacht_op}"
    return {"gestopt": "Gestopt", "afgerond": "Klaar"}.get(d.status, "")


def _soort(d: Trajectonderdeel) -> g.Plansoort:
    if d.status == "wacht" or blokkades_nu(d):
        return "wacht"
    if d.status == "gepland":
        return "plan"
    if d.belemmering is not None and d.belemmering.blokkerend:
        return "blok"
    return "partner" if d.route == Route.EXTERN else ""


def omvang(d: Trajectonderdeel) -> str:
    """“2 dagdelen per week, extern”, or the hours where they are known."""
    hoeveel = f"{uren(d.uren_per_week)} per week" if d.uren_per_week is not None else ""
    if not hoeveel and d.dagdelen:
        hoeveel = f"{d.dagdelen} {'dagdeel' if d.dagdelen == 1 else 'dagdelen'} per week"
    return ", ".join(deel for deel in (hoeveel, d.get_route_display()) if deel)


def merk_van(d: Trajectonderdeel) -> o.Merk:
    """The state of a part with the sentence that says what you may do now."""
    if d.status == "gepland" and blokkades_nu(d):
        uitleg = "Los eerst op wat in de weg staat. Is dat gedaan, dan kan dit onderdeel beginnen."
        return o.Merk("Kan nog niet beginnen", "let-op", uitleg=uitleg)
    return o.toestandmerk(ONDERDEEL.toestand(d.status))


def afspraakmerk(a: Afspraak) -> o.Merk:
    return o.toestandmerk(AFSPRAAK.toestand(a.status))


def doel_en_plan(request: Any, deelnemer: Deelnemer) -> dict[str, Any]:
    """Context of the panel: goal in own words, hours, gantt. Says what to do without a trajectory."""
    traject, delen = stand(deelnemer)
    mag = "traject.wijzigen" in request.rechten
    context: dict[str, Any] = {
        "traject": traject,
        "deelnemer": deelnemer,
        "mag_wijzigen": mag,
        "leeg": None,
        "plan": None,
    }
    if traject is None or traject.status == "beeindigd":
        context["leeg"] = _zonder_traject(deelnemer, traject, mag)
        return context
    context["urenbalk"] = _urenbalk(deelnemer)
    if delen:
        context["plan"] = plan_als_gantt(delen, request.rechten)
    else:
        knop = o.Knop("Onderdeel toevoegen", reverse("onderdeel_toevoegen", args=[deelnemer.dossiernummer]), hoofd=True)
        context["leeg"] = o.Leeg(
            "Nog geen onderdelen",
            "Voeg toe wat nu al kan. Onderdelen mogen tegelijk lopen.",
            "groep",
            knop if mag else None,
        )
    return context


def _zonder_traject(deelnemer: Deelnemer, vorig: Traject | None, mag: bool) -> o.Leeg:
    knop = o.Knop("Traject starten", reverse("traject_starten", args=[deelnemer.dossiernummer]), hoofd=True)
    tekst = "Begin met een doel in de woorden van de deelnemer."
    if vorig is not None and vorig.einddatum:
        tekst = f"Het vorige traject eindigde op {datum(vorig.einddatum)}."
    return o.Leeg("Er loopt geen traject", tekst, "start", knop if mag else None)


def _urenbalk(deelnemer: Deelnemer) -> g.Urenbalk | None:
    """Hours worked against the hours at which the benefit ends; an estimate, income decides."""
    nu, huishouden = werk_en_huishouden(deelnemer)
    grens = _grens(deelnemer, huishouden) if huishouden else None
    if nu is None and grens is None:
        return None
    kop = f"Nu {uren(nu)} per week." if nu is not None else ""
    if grens is not None:
        kop += f" Vanaf ongeveer {uren(grens)} per week is de uitkering niet meer nodig."
    return g.urenbalk(
        grens=float(grens) if grens is not None else None, nu=float(nu) if nu is not None else None, kop=kop.strip()
    )


def urengrens(deelnemer: Deelnemer) -> Decimal | None:
    """The same for the present household of this person; None when that is not known."""
    _, huishouden = werk_en_huishouden(deelnemer)
    return _grens(deelnemer, huishouden) if huishouden else None


def _grens(deelnemer: Deelnemer, huishouden: dict[str, Any]) -> Decimal | None:
    """Hours a week at the minimum wage from which the benefit of this household ends; None when not known."""
    vandaag = klok.vandaag()
    norm = normhuishouden(**huishouden, leeftijd=deelnemer.leeftijd_op(vandaag))
    if norm is None:
        return None
    try:
        uitkomst = uitkeringsuren(vandaag, norm)
    except (GegevenOntbreekt, ValueError):
        return None
    return uitkomst.bruto if uitkomst.netto is None else uitkomst.netto


def knoppen(request: Any, deelnemer: Deelnemer) -> list[Knop]:
    """*Afspraak* and *Gesprek* on the person card."""
    if deelnemer.overleden_op:
        return []
    nummer, uit = [deelnemer.dossiernummer], []
    if "afspraak.wijzigen" in request.rechten:
        uit.append(Knop("Afspraak", reverse("afspraak_maken", args=nummer), icoon="agenda"))
    if "traject.zien" in request.rechten:
        uit.append(Knop("Gesprek", reverse("gesprek", args=nummer), icoon="mensen", sneltoets="g"))
    return uit


def komende_afspraken(request: Any, deelnemer: Deelnemer) -> dict[str, Any]:
    """The next appointments of this person, and the last one that nobody appeared at."""
    punten = [
        o.Afspraakpunt(
            timezone.localtime(a.begint_op),
            a.onderwerp or a.get_soort_display().capitalize(),
            onder=f"{kortedag(timezone.localtime(a.begint_op))} · {a.medewerker.naam}",
            url=reverse("afspraak", args=[a.pk]),
            merk=afspraakmerk(a) if a.status != "gepland" else None,
        )
        for a in vragen.afspraken_bij_dossier(deelnemer.pk)
    ]
    nieuw = reverse("afspraak_maken", args=[deelnemer.dossiernummer])
    return {"punten": punten, "nieuw_url": nieuw if "afspraak.wijzigen" in request.rechten else ""}


def samenvatting(request: Any, deelnemer: Deelnemer) -> list[Samenvattingsregel]:
    """Goal, running parts and coming appointments, for who takes over or looks at a household."""
    uit: list[Samenvattingsregel] = []
    traject, delen = stand(deelnemer)
    if "traject.zien" in request.rechten and traject is not None and traject.status == "loopt":
        doel = traject.doeltekst or traject.get_doel_display().capitalize()
        uit.append(Samenvattingsregel("Doel", doel, f"Traject sinds {datum(traject.begindatum)}"))
        uit += [
            Samenvattingsregel(
                "Wat nu loopt",
                onderdeelnaam(d, request.rechten),
                ", ".join(deel for deel in (omvang(d), _wacht(d, request.rechten), _tot(d)) if deel),
            )
            for d in delen
            if d.status in {"loopt", "wacht", "gepland"}
        ]
    nu = klok.nu()
    for a in vragen.afspraken_bij_dossier(deelnemer.pk):
        if a.status == "gepland" and a.begint_op >= nu:
            moment = timezone.localtime(a.begint_op)
            tekst = f"{kortedag(moment).capitalize()}, {tijd(moment)}: {a.onderwerp or a.get_soort_display()}"
            uit.append(Samenvattingsregel("Afspraken", tekst, a.medewerker.naam))
    return uit


def _wacht(d: Trajectonderdeel, rechten: frozenset[str]) -> str:
    """Whom or what it waits for, within a line."""
    zin = wachtzin(d, bijzonder=mag_bijzonder(rechten)) or (_bijschrift(d) if d.status == "wacht" else "")
    return f"{zin[:1].lower()}{zin[1:]}"


def _tot(d: Trajectonderdeel) -> str:
    return f"tot en met {datum(d.einddatum)}" if d.einddatum else ""


def wacht_hierop(request: Any, belemmering: Belemmering) -> dict[str, Any] | None:
    """At a barrier: which parts wait for it, with the way to each (R009); None when nothing does."""
    deelnemer = belemmering.deelnemer
    plan = reverse("plan", args=[deelnemer.dossiernummer])
    delen = [
        {"naam": onderdeelnaam(d, request.rechten), "url": f"{plan}#onderdeel-{d.pk}"}
        for d in onderdelen_achter(belemmering, stand(deelnemer)[1])
    ]
    return {"delen": delen} if delen else None
