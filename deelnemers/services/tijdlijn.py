"""Lines in the timeline and entries in the search palette, made from the rows of this room."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from deelnemers.keuzes import Bron, Partij, Viruscontrole
from deelnemers.models import (
    Belemmering,
    Beschikbaarheid,
    Beschutadvies,
    Competentiemeting,
    Contactmoment,
    Deelnemer,
    Diagnosegegeven,
    Document,
    Dossiervraag,
    Groeipotentie,
    MeldingAanInkomen,
    Opleiding,
    Regie,
    Routekeuze,
    Samenvoeging,
    Taalbeheersing,
    Toezegging,
    Trede,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.schalen import ANKERS
from deelnemers.services import maatregelregels, partijregels
from kern import klok
from kern.aansluitingen import tijdlijn, zoeken
from kern.models import Categorie, TijdlijnRegel, Zichtbaarheid, Zoekingang
from kern.weergave import aantal, datum
from regelgeving.opzoeken import label

KAMER = "deelnemers"
#: What a referral can fill in.
UIT_AANMELDING: tuple[type[Diagnosegegeven], ...] = (
    Opleiding,
    Werkervaring,
    Taalbeheersing,
    Zoekberoep,
    Beschikbaarheid,
    Werkvermogen,
)
_ICOON = {
    "telefoon": "telefoon",
    "gesprek": "mensen",
    "notitie": "pen",
    "email": "document",
    "post": "document",
}


def zoekingang(deelnemer: Deelnemer) -> Zoekingang:
    """Found by name, birth date and dossier number; never by BSN text (that is an exact look-up)."""
    return zoeken.ingang(
        KAMER,
        f"deelnemer:{deelnemer.pk}",
        "persoon",
        deelnemer.naam,
        woorden=f"{deelnemer.dossiernummer} {deelnemer.geboortedatum:%d-%m-%Y} {deelnemer.voornamen} {deelnemer.partnernaam}",  # noqa: E501
        betrokkene_id=deelnemer.pk,
        toelichting=f"{deelnemer.dossiernummer} · geboren {datum(deelnemer.geboortedatum)}",
        url=f"/deelnemers/{deelnemer.dossiernummer}",
    )


def contactregel(contact: Contactmoment) -> TijdlijnRegel:
    """A note; one that was corrected or withdrawn says so, with who, when and why."""
    titel, tekst = contact.onderwerp or contact.get_kanaal_display(), contact.inhoud
    if contact.ingetrokken_op:
        titel = f"{titel} (ingetrokken)"
        tekst = f"Ingetrokken op {datum(contact.ingetrokken_op)} door {contact.ingetrokken_door}. {contact.intrekreden}"
    elif contact.gecorrigeerd_op:
        titel = f"{titel} (gecorrigeerd)"
        op, door = datum(contact.gecorrigeerd_op), contact.gecorrigeerd_door
        tekst = f"{tekst}\n\nGecorrigeerd op {op} door {door}. Bron: {contact.correctie_bron}"
    return tijdlijn.regel(
        KAMER,
        f"contact:{contact.pk}",
        contact.deelnemer_id,
        categorie=Categorie.CONTACT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER if contact.bijzonder else Zichtbaarheid.DOSSIER,
        op=contact.plaatsgevonden_op,
        titel=titel,
        tekst=tekst,
        icoon=_ICOON.get(contact.kanaal, "document"),
        actor_naam=contact.medewerker.naam if contact.medewerker else "",
    )


def regieregel(regie: Regie) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"regie:{regie.pk}",
        regie.deelnemer_id,
        categorie=Categorie.SYSTEEM,
        op=klok.middag(regie.begindatum),
        titel=f"{regie.medewerker.naam} is regievoerder",
        tekst=regie.reden,
        icoon="mensen",
    )


def trederegel(trede: Trede) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"trede:{trede.pk}",
        trede.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=klok.middag(trede.begindatum),
        titel=f"Trede {trede.waarde}",
        tekst=trede.reden,
        icoon="grafiek",
        actor_naam=trede.vastgesteld_door.naam if trede.vastgesteld_door else "",
    )


def meldingregel(melding: MeldingAanInkomen) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"melding:{melding.pk}",
        melding.deelnemer_id,
        categorie=Categorie.BESLUIT,
        op=klok.middag(melding.beantwoord_op or melding.status_sinds),
        titel=f"Melding aan inkomen: {melding.get_status_display().lower()}",
        tekst=melding.tekst_antwoord or melding.toelichting,
        icoon="inbak",
        actor_naam=melding.beantwoord_door,
    )


def belemmeringregel(belemmering: Belemmering) -> TijdlijnRegel:
    """A solved barrier; health, debt and justice only for who may see special data (R228)."""
    return tijdlijn.regel(
        KAMER,
        f"belemmering:{belemmering.pk}",
        belemmering.deelnemer_id,
        categorie=Categorie.TRAJECT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER if belemmering.bijzonder else Zichtbaarheid.DOSSIER,
        op=klok.middag(belemmering.opgelost_op or belemmering.begindatum),
        titel=f"Opgelost: {label('belemmeringssoorten', belemmering.soort).lower()}",
        icoon="vink",
    )


def belofteregel(belofte: Toezegging) -> TijdlijnRegel | None:
    """A promise that was kept or not (R013); None while it waits, and when it was not needed any more."""
    op = belofte.nagekomen_op or belofte.niet_gedaan_op
    if op is None:
        return None
    te_laat = belofte.nagekomen_op and belofte.voor and belofte.nagekomen_op > belofte.voor
    gedaan = "Gedaan, later dan afgesproken" if te_laat else "Gedaan" if belofte.nagekomen_op else "Niet gedaan"
    wie = {Partij.WIJ: "door ons", Partij.WERKGEVER: "door de werkgever"}.get(
        Partij(belofte.partij), "door de deelnemer"
    )
    return tijdlijn.regel(
        KAMER,
        f"toezegging:{belofte.pk}",
        belofte.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=klok.middag(op),
        titel=f"{gedaan} {wie}: {belofte.wat}"[:150],
        tekst=belofte.toelichting,
        icoon="hand",
    )


def overnameregels(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Per day how many items of the diagnosis came along with a referral (R053)."""
    per_dag: Counter[dt.date] = Counter()
    for model in UIT_AANMELDING:
        rijen = model.objects.filter(deelnemer=deelnemer_id, bron=Bron.AANMELDING)  # type: ignore[misc]
        per_dag.update(rijen.order_by("id").values_list("vastgesteld_op", flat=True))
    for dag, hoeveel in sorted(per_dag.items()):
        yield tijdlijn.regel(
            KAMER,
            f"overgenomen:{deelnemer_id}:{dag}",
            deelnemer_id,
            categorie=Categorie.TRAJECT,
            op=klok.middag(dag),
            titel="Diagnose overgenomen uit de aanmelding",
            tekst=f"{aantal(hoeveel, 'gegeven', 'gegevens')} om samen na te lopen.",
            icoon="inbak",
        )


def metingregels(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Per day what the mentor of a group saw, with the score before (R056); what was put right that day is left out."""
    rijen = Competentiemeting.objects.filter(deelnemer=deelnemer_id).select_related("gemeten_door")
    rijen = rijen.exclude(vervangen_op=F("vastgesteld_op"))
    return metingregels_van(deelnemer_id, rijen.order_by("vastgesteld_op", "id"))


def metingregels_van(deelnemer_id: int, rijen: Iterable[Competentiemeting]) -> Iterable[TijdlijnRegel]:
    """The same from the measurements of one person, oldest first."""
    eerder: dict[str, int] = {}
    per_dag: dict[dt.date, list[Competentiemeting]] = {}
    zinnen: dict[dt.date, list[str]] = {}
    for rij in rijen:
        was = f" (was {eerder[rij.competentie]})" if rij.competentie in eerder else ""
        eerder[rij.competentie] = rij.score
        if rij.bron == Bron.GROEP and rij.competentie in ANKERS:
            per_dag.setdefault(rij.vastgesteld_op, []).append(rij)
            zinnen.setdefault(rij.vastgesteld_op, []).append(f"{ANKERS[rij.competentie][0]} {rij.score}{was}")
    for dag, metingen in per_dag.items():
        laatste = max(metingen, key=lambda rij: rij.pk)
        yield tijdlijn.regel(
            KAMER,
            f"meting:{deelnemer_id}:{dag}",
            deelnemer_id,
            categorie=Categorie.TRAJECT,
            op=klok.middag(dag),
            titel="Motivatie en gedrag in de groep",
            tekst=". ".join(filter(None, [", ".join(zinnen[dag]), laatste.toelichting])),
            icoon="grafiek",
            actor_naam=laatste.gemeten_door.naam if laatste.gemeten_door else "",
        )


def samenvoegregel(rij: Samenvoeging) -> TijdlijnRegel:
    """Another dossier of this person went into this one."""
    return tijdlijn.regel(
        KAMER,
        f"samenvoeging:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.SYSTEEM,
        op=rij.op,
        titel=f"Samengevoegd met dossier {rij.vervallen.dossiernummer}",
        tekst=rij.reden,
        icoon="mensen",
        actor_naam=rij.door,
    )


def documentregel(document: Document) -> TijdlijnRegel:
    """A file came into the dossier; a protected one only for who may see special data (R228)."""
    besmet = document.controle == Viruscontrole.BESMET
    wat = "Document met een virus verwijderd" if besmet else f"Document: {document.get_soort_display().lower()}"
    return tijdlijn.regel(
        KAMER,
        f"document:{document.pk}",
        document.deelnemer_id,
        categorie=Categorie.SYSTEEM,
        zichtbaarheid=Zichtbaarheid.BIJZONDER if document.bijzonder else Zichtbaarheid.DOSSIER,
        op=document.aangemaakt_op,
        titel=wat,
        tekst=document.naam,
        icoon="document",
        actor_naam=document.toegevoegd_door.naam if document.toegevoegd_door else "",
    )


def routeregel(keuze: Routekeuze) -> TijdlijnRegel:
    """A choice intern or extern; when special data decided, the reason shows only with the right."""
    anders = f"Anders dan het advies ({keuze.get_advies_display()}): {keuze.afwijkreden}" if keuze.afgeweken else ""
    return tijdlijn.regel(
        KAMER,
        f"route:{keuze.pk}",
        keuze.deelnemer_id,
        categorie=Categorie.TRAJECT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER if keuze.bijzonder else Zichtbaarheid.DOSSIER,
        op=klok.middag(keuze.gekozen_op),
        titel=f"Gekozen voor {keuze.get_gekozen_display()}",
        tekst=anders or "Volgens het advies.",
        icoon="koppel",
        actor_naam=keuze.gekozen_door.naam if keuze.gekozen_door else "",
    )


def vraagregel(vraag: Dossiervraag) -> TijdlijnRegel:
    """A question, and its answer when there is one."""
    beantwoord = vraag.beantwoord_op is not None
    return tijdlijn.regel(
        KAMER,
        f"vraag:{vraag.pk}",
        vraag.deelnemer_id,
        categorie=Categorie.CONTACT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER if vraag.bijzonder else Zichtbaarheid.DOSSIER,
        op=klok.middag(vraag.beantwoord_op or vraag.gesteld_op),
        titel=f"{'Antwoord van' if beantwoord else 'Vraag aan'} {vraag.get_aan_display()}",
        tekst=vraag.antwoord if beantwoord else vraag.vraag,
        icoon="vraag",
        actor_naam=vraag.beantwoord_door.naam if vraag.beantwoord_door else vraag.gesteld_door.naam,
    )


def beschutregel(advies: Beschutadvies) -> TijdlijnRegel:
    """Only for who may see special data (R228)."""
    wat = f"Advies van UWV: {advies.get_uitkomst_display()}" if advies.uitkomst else "Advies over beschut werk gevraagd"
    return tijdlijn.regel(
        KAMER,
        f"beschut:{advies.pk}",
        advies.deelnemer_id,
        categorie=Categorie.BESLUIT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER,
        op=klok.middag(advies.advies_op or advies.aangevraagd_op),
        titel=wat,
        icoon="document",
        actor_naam=advies.aangevraagd_door.naam if advies.aangevraagd_door else "",
    )


def groeiregel(rij: Groeipotentie) -> TijdlijnRegel:
    """A look at growth in arbeidsmatige dagbesteding: only for who may see special data (R228)."""
    return tijdlijn.regel(
        KAMER,
        f"groei:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.TRAJECT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER,
        op=klok.middag(rij.vastgesteld_op),
        titel=f"Dagbesteding: {rij.get_afloop_display() or rij.get_signaal_display()}",
        tekst=rij.reden,
        icoon="grafiek",
        actor_naam=rij.vastgesteld_door.naam if rij.vastgesteld_door else "",
    )


def alle_regels(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Every line of this room for one person (rebuild and nightly check)."""
    wie = ("medewerker", "gecorrigeerd_door", "ingetrokken_door")
    for contact in Contactmoment.objects.filter(deelnemer=deelnemer_id).select_related(*wie).order_by("id"):
        yield contactregel(contact)
    for regie in Regie.objects.filter(deelnemer=deelnemer_id).select_related("medewerker").order_by("id"):
        yield regieregel(regie)
    for trede in Trede.objects.filter(deelnemer=deelnemer_id).select_related("vastgesteld_door").order_by("id"):
        yield trederegel(trede)
    for melding in MeldingAanInkomen.objects.filter(deelnemer=deelnemer_id).order_by("id"):
        yield meldingregel(melding)
    for belemmering in Belemmering.objects.filter(deelnemer=deelnemer_id, status="opgelost").order_by("id"):
        yield belemmeringregel(belemmering)
    beloften = Toezegging.objects.filter(deelnemer=deelnemer_id).order_by("id")
    yield from filter(None, map(belofteregel, beloften))
    yield from overnameregels(deelnemer_id)
    yield from metingregels(deelnemer_id)
    samen = Samenvoeging.objects.filter(deelnemer=deelnemer_id, ongedaan_op__isnull=True).select_related("vervallen")
    yield from map(samenvoegregel, samen.order_by("id"))
    documenten = Document.objects.filter(deelnemer=deelnemer_id).select_related("toegevoegd_door")
    yield from map(documentregel, documenten.order_by("id"))
    keuzes = Routekeuze.objects.filter(deelnemer=deelnemer_id).select_related("gekozen_door")
    yield from map(routeregel, keuzes.order_by("id"))
    gesteld = Dossiervraag.objects.filter(deelnemer=deelnemer_id).select_related("gesteld_door", "beantwoord_door")
    yield from map(vraagregel, gesteld.order_by("id"))
    adviezen = Beschutadvies.objects.filter(deelnemer=deelnemer_id).select_related("aangevraagd_door")
    yield from map(beschutregel, adviezen.order_by("id"))
    groei = Groeipotentie.objects.filter(deelnemer=deelnemer_id).select_related("vastgesteld_door")
    yield from map(groeiregel, groei.order_by("id"))
    yield from partijregels.regels_van_persoon(deelnemer_id)
    yield from maatregelregels.regels_van_persoon(deelnemer_id)


def alle_ingangen() -> Iterable[Zoekingang]:
    """Every search entry of this room."""
    return (zoekingang(d) for d in Deelnemer.objects.filter(samengevoegd_met__isnull=True).order_by("id").iterator())
