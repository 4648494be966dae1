"""Lines in the timeline, made from the rows of this room, so that they can be rebuilt at any time."""

from __future__ import annotations

from collections.abc import Iterable

from kern import klok
from kern.aansluitingen import tijdlijn
from kern.models import Categorie, TijdlijnRegel, Zichtbaarheid
from trajecten.keuzes import Aanwezig, Afspraaksoort, Vrijdoor
from trajecten.labels import is_bijzonder, naam_voor_ieder
from trajecten.models import (
    Aanwezigheid,
    Afspraak,
    Blokkade,
    Onderzoeksuitslag,
    PlanVanAanpak,
    Traject,
    Trajecteinde,
    Trajectonderdeel,
)
from trajecten.services.hulp import KAMER
from trajecten.toestanden import AFSPRAAK, ONDERDEEL
from trajecten.wachten import belemmeringnaam

_AFSPRAAKICOON = {"verschenen": "vink", "afgemeld": "agenda", "niet_verschenen": "driehoek"}


def trajectregel(traject: Traject) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"traject:{traject.pk}",
        traject.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=klok.middag(traject.begindatum),
        titel=f"Traject gestart: {traject.get_doel_display()}",
        tekst=traject.doeltekst,
        icoon="start",
    )


def onderdeelregels(onderdeel: Trajectonderdeel) -> list[TijdlijnRegel]:
    """One line for the start, one for the end; planned parts have none yet."""
    zichtbaarheid = Zichtbaarheid.BIJZONDER if is_bijzonder(onderdeel.instrument) else Zichtbaarheid.DOSSIER
    naam, regels = naam_voor_ieder(onderdeel), []
    if onderdeel.status in {"loopt", "afgerond", "gestopt"}:
        regels.append(
            tijdlijn.regel(
                KAMER,
                f"onderdeel:{onderdeel.pk}",
                onderdeel.deelnemer_id,
                categorie=Categorie.TRAJECT,
                zichtbaarheid=zichtbaarheid,
                op=klok.middag(onderdeel.begindatum),
                titel=f"Begonnen: {naam}",
                tekst=onderdeel.zonder_diagnose_reden,
                icoon="groep",
            )
        )
    if onderdeel.status in {"afgerond", "gestopt", "vervallen"}:
        dag = onderdeel.status_sinds if onderdeel.status == "vervallen" else onderdeel.einddatum
        regels.append(
            tijdlijn.regel(
                KAMER,
                f"onderdeel:{onderdeel.pk}:klaar",
                onderdeel.deelnemer_id,
                categorie=Categorie.TRAJECT,
                zichtbaarheid=zichtbaarheid,
                op=klok.middag(dag),
                titel=f"{ONDERDEEL.toestand(onderdeel.status).label}: {naam}",
                tekst=onderdeel.resultaat,
                icoon="vinkrond" if onderdeel.status == "afgerond" else "kruis",
            )
        )
    return regels


def blokkaderegels(blokkade: Blokkade) -> list[TijdlijnRegel]:
    """One line when a part began to wait for a barrier, one when it no longer did (R009)."""
    onderdeel, belemmering = blokkade.onderdeel, blokkade.belemmering
    bijzonder = belemmering.bijzonder or is_bijzonder(onderdeel.instrument)
    vast = {
        "categorie": Categorie.TRAJECT,
        "zichtbaarheid": Zichtbaarheid.BIJZONDER if bijzonder else Zichtbaarheid.DOSSIER,
    }
    naam, waarop = naam_voor_ieder(onderdeel), belemmeringnaam(belemmering.soort)
    sleutel, wie = f"blokkade:{blokkade.pk}", blokkade.deelnemer_id
    titel = f"{naam} wacht op {waarop}"
    regels = [
        tijdlijn.regel(KAMER, sleutel, wie, op=klok.middag(blokkade.sinds), titel=titel, icoon="zandloper", **vast)
    ]
    if blokkade.vrij_op and blokkade.vrij_door != Vrijdoor.GESTOPT:
        toch = blokkade.vrij_door == Vrijdoor.GESTART
        regels.append(
            tijdlijn.regel(
                KAMER,
                f"{sleutel}:vrij",
                wie,
                op=klok.middag(blokkade.vrij_op),
                titel=f"{naam} begon toch, zonder te wachten op {waarop}"
                if toch
                else f"{naam} wacht niet meer op {waarop}",
                tekst=blokkade.toelichting or f"Want {Vrijdoor(blokkade.vrij_door).label}.",
                icoon="start" if toch else "vink",
                **vast,
            )
        )
    return regels


def planregel(plan: PlanVanAanpak) -> TijdlijnRegel:
    getekend = plan.getekend_deelnemer_op and plan.getekend_afdeling_op
    return tijdlijn.regel(
        KAMER,
        f"plan:{plan.pk}",
        plan.deelnemer_id,
        categorie=Categorie.BESLUIT,
        op=plan.aangemaakt_op,
        titel=f"Plan van aanpak, versie {plan.nummer}" + (", getekend door allebei" if getekend else ""),
        icoon="document",
    )


def eindregels(einde: Trajecteinde) -> list[TijdlijnRegel]:
    regels = [
        tijdlijn.regel(
            KAMER,
            f"einde:{einde.pk}",
            einde.deelnemer_id,
            categorie=Categorie.TRAJECT,
            op=klok.middag(einde.datum),
            titel=f"Traject afgesloten: {einde.get_uitkomst_display()}",
            tekst=einde.toelichting,
            icoon="vinkrond",
        )
    ]
    if einde.ingetrokken_op:
        regels.append(
            tijdlijn.regel(
                KAMER,
                f"einde:{einde.pk}:ingetrokken",
                einde.deelnemer_id,
                categorie=Categorie.BESLUIT,
                op=klok.middag(einde.ingetrokken_op),
                titel="Traject heropend, de uitkomst telt niet meer mee",
                tekst=einde.ingetrokken_reden,
                icoon="herstel",
            )
        )
    return regels


def afspraakregels(afspraak: Afspraak) -> list[TijdlijnRegel]:
    """One line once the appointment is over, one for the decision that followed."""
    if afspraak.status == "gepland":
        return []
    naam = afspraak.onderwerp or Afspraaksoort(afspraak.soort).label.capitalize()
    regels = [
        tijdlijn.regel(
            KAMER,
            f"afspraak:{afspraak.pk}",
            afspraak.deelnemer_id,
            categorie=Categorie.AFSPRAAK,
            op=afspraak.begint_op,
            titel=f"{naam}: {AFSPRAAK.toestand(afspraak.status).label.lower()}",
            icoon=_AFSPRAAKICOON.get(afspraak.status, "agenda"),
            actor_naam=afspraak.medewerker.naam,
        )
    ]
    if afspraak.vervolg:
        regels.append(
            tijdlijn.regel(
                KAMER,
                f"afspraak:{afspraak.pk}:vervolg",
                afspraak.deelnemer_id,
                categorie=Categorie.BESLUIT,
                op=klok.middag(afspraak.vervolg_op),
                titel=f"Na niet verschijnen: {afspraak.get_vervolg_display()}",
                tekst=afspraak.vervolg_reden,
                icoon="hand",
                actor_naam=afspraak.vervolg_door.naam if afspraak.vervolg_door else "",
            )
        )
    return regels


def aanwezigheidsregel(rij: Aanwezigheid) -> TijdlijnRegel:
    """Collapses with the others of the same group: “6× aanwezig”."""
    groep = rij.bijeenkomst.groep
    bijzonder = is_bijzonder(groep.instrument)
    return tijdlijn.regel(
        KAMER,
        f"aanwezigheid:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.AFSPRAAK,
        zichtbaarheid=Zichtbaarheid.BIJZONDER if bijzonder else Zichtbaarheid.DOSSIER,
        op=rij.bijeenkomst.begint_op,
        titel=f"{groep.naam}: {Aanwezig(rij.stand).label}",
        icoon="groep",
        reeks=f"groep:{groep.pk}",
    )


def uitslagregel(uitslag: Onderzoeksuitslag) -> TijdlijnRegel:
    """The result of an assessment says what someone can do at work: only for who may see special data (R228)."""
    return tijdlijn.regel(
        KAMER,
        f"uitslag:{uitslag.pk}",
        uitslag.deelnemer_id,
        categorie=Categorie.TRAJECT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER,
        op=klok.middag(uitslag.afgenomen_op),
        titel=f"Uitslag van {uitslag.onderdeel.instrument.naam}",
        tekst=f"Advies: {uitslag.get_advies_display()}.",
        icoon="grafiek",
        actor_naam=uitslag.vastgelegd_door.naam if uitslag.vastgelegd_door else "",
    )


def alle_regels(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Every line of this room for one person (rebuild and nightly check)."""
    van = {"deelnemer": deelnemer_id}
    for traject in Traject.objects.filter(**van).order_by("id"):
        yield trajectregel(traject)
    for onderdeel in Trajectonderdeel.objects.filter(**van).select_related("instrument").order_by("id"):
        yield from onderdeelregels(onderdeel)
    wacht = Blokkade.objects.filter(**van).select_related("onderdeel__instrument", "belemmering").order_by("id")
    for blokkade in wacht:
        yield from blokkaderegels(blokkade)
    for plan in PlanVanAanpak.objects.filter(**van).order_by("id"):
        yield planregel(plan)
    for einde in Trajecteinde.objects.filter(**van).order_by("id"):
        yield from eindregels(einde)
    for afspraak in Afspraak.objects.filter(**van).select_related("medewerker", "vervolg_door").order_by("id"):
        yield from afspraakregels(afspraak)
    aanwezig = Aanwezigheid.objects.filter(**van).select_related("bijeenkomst__groep__instrument").order_by("id")
    for rij in aanwezig:
        yield aanwezigheidsregel(rij)
    uitslagen = Onderzoeksuitslag.objects.filter(**van).select_related("onderdeel__instrument", "vastgelegd_door")
    for uitslag in uitslagen.order_by("id"):
        yield uitslagregel(uitslag)
