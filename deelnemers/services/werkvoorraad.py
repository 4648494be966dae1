"""What waits in a dossier: every row of Vandaag that this room owns, made from its own tables.

One function gives all rows of a set of persons. Services write single rows with the same makers; a change of
regie, the night and the rebuild compare the whole set, so that a row can never mean two things.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils import timezone

from deelnemers.beloftekeuzes import Belofteafloop
from deelnemers.instellingen import weken_zonder_contact
from deelnemers.keuzes import Partij
from deelnemers.models import (
    Contactmoment,
    Deelnemer,
    Doorbreking,
    Inkomensantwoord,
    MeldingAanInkomen,
    Regie,
    Toezegging,
)
from deelnemers.models.contact import NOG_TE_DOEN
from deelnemers.services import (
    bereikwerk,
    diagnosewerk,
    lijstkolommen,
    maatregelregels,
    partijregels,
    veiligheidswerk,
)
from deelnemers.services.tijdlijn import KAMER
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.weergave import datum
from organisatie.models import Medewerker

#: Calendar days within which income answers.
ANTWOORDTERMIJN = 14
#: Days in which a break-glass is reviewed.
BEOORDELEN_BINNEN = 3
#: Days in which an answer that fits no notice is looked into.
KOPPELEN_BINNEN = 3
SNEE = 500

_MET = ("regievoerder__gebruiker", "team")


def van_persoon(deelnemer: Deelnemer) -> str:
    """Address of the dossier."""
    return f"/deelnemers/{deelnemer.dossiernummer}"


def terugkomen(contact: Contactmoment, voor_id: int) -> Werkvoorraad:
    """The follow-up of a note."""
    assert contact.terugkomen_op is not None  # noqa: S101 - the caller asked for a row
    geschreven = timezone.localtime(contact.plaatsgevonden_op).date()
    return werkvoorraad.regel(
        KAMER,
        f"terugkomen:{contact.pk}",
        soort="terugkomen",
        titel=f"Kom terug op je notitie over {contact.deelnemer.naam}",
        toelichting="" if contact.bijzonder else contact.inhoud[:120],
        waarom=f"Op {datum(geschreven)} is opgeschreven dat je hierop terugkomt.",
        url=reverse("terugkomen", args=[contact.deelnemer.dossiernummer, contact.pk]),
        knop="Openen",
        icoon="pen",
        op=contact.terugkomen_op,
        betrokkene_id=contact.deelnemer_id,
        voor_id=voor_id,
    )


def belofte(toezegging: Toezegging, voor_id: int) -> Werkvoorraad:
    """A promise: ours on its day, that of another side once it is overdue."""
    assert toezegging.voor is not None  # noqa: S101 - the caller asked for a row
    deelnemer, wij = toezegging.deelnemer, toezegging.partij == Partij.WIJ
    wie = "Jouw belofte aan" if wij else f"Belofte van {toezegging.get_partij_display()}, dossier"
    return werkvoorraad.regel(
        KAMER,
        f"toezegging:{toezegging.pk}",
        soort="toezegging",
        titel=toezegging.wat if wij else f"Vraag na: {toezegging.wat}",
        toelichting=f"{wie} {deelnemer.naam}",
        waarom=f"Dit is op {datum(toezegging.gemaakt_op)} afgesproken met {deelnemer.naam}.",
        url=van_persoon(deelnemer),
        knop="Afhandelen",
        icoon="hand",
        op=toezegging.voor,
        betrokkene_id=deelnemer.pk,
        voor_id=voor_id,
    )


def melding_voor_inkomen(melding: MeldingAanInkomen) -> Werkvoorraad:
    """An open notice for the inkomensconsulenten; after its term it stands under *te laat*."""
    return werkvoorraad.regel(
        KAMER,
        f"melding:{melding.pk}",
        soort="melding_aan_inkomen",
        titel=f"Bevestig de uitkering van {melding.deelnemer.naam}",
        toelichting=f"{melding.get_aanleiding_display().capitalize()} per {datum(melding.ingangsdatum)}",
        waarom="Werk en Re-integratie meldt een verandering. Alleen inkomen bepaalt of de uitkering eindigt.",
        url=f"/inkomen/{melding.pk}",
        knop="Beantwoorden",
        icoon="inbak",
        op=melding.termijn,
        betrokkene_id=melding.deelnemer_id,
        voor_rol="inkomensconsulent",
    )


def wacht_op_inkomen(melding: MeldingAanInkomen) -> Iterator[Werkvoorraad]:
    """What the regievoerder waits for; once overdue also a thing to do."""
    deelnemer = melding.deelnemer
    if deelnemer.regievoerder is None:
        return
    gemeen: dict[str, Any] = {
        "titel": deelnemer.naam,
        "waarom": "De uitkomst telt pas mee als inkomen de laatste dag met uitkering bevestigt.",
        "url": van_persoon(deelnemer),
        "knop": "Bekijken",
        "icoon": "zandloper",
        "op": melding.termijn,
        "betrokkene_id": melding.deelnemer_id,
        "voor_id": deelnemer.regievoerder.gebruiker_id,
    }
    yield werkvoorraad.regel(
        KAMER,
        f"wacht-inkomen:{melding.pk}",
        soort="wacht_op_inkomen",
        toelichting="Bevestiging van de laatste dag met uitkering",
        wacht_op="Inkomen",
        wacht_sinds=melding.status_sinds,
        norm_dagen=ANTWOORDTERMIJN,
        **gemeen,
    )
    if melding.termijn < klok.vandaag():
        gemeen |= {"titel": f"Bel inkomen over {deelnemer.naam}", "icoon": "telefoon"}
        yield werkvoorraad.regel(
            KAMER,
            f"inkomen-laat:{melding.pk}",
            soort="inkomen_te_laat",
            toelichting=f"Antwoord verwacht voor {datum(melding.termijn)}",
            **gemeen,
        )


def antwoordsleutel(antwoord: Inkomensantwoord) -> str:
    """Key of the row of an answer that fits no notice."""
    return f"antwoord:{antwoord.pk}"


def te_koppelen(antwoord: Inkomensantwoord) -> Werkvoorraad:
    """An answer of income that fits no notice, for the inkomensconsulenten."""
    return werkvoorraad.regel(
        KAMER,
        antwoordsleutel(antwoord),
        soort="antwoord_te_koppelen",
        titel="Koppel een antwoord dat bij geen melding past",
        toelichting=antwoord.waarom[:300],
        waarom="Dit antwoord kwam binnen en we weten niet bij welke melding het hoort. Jij zoekt het uit.",
        url=f"/inkomen/niet-te-koppelen/{antwoord.kenmerk}",
        knop="Uitzoeken",
        icoon="koppel",
        op=antwoord.status_sinds + dt.timedelta(days=KOPPELEN_BINNEN),
        voor_rol="inkomensconsulent",
        wacht_sinds=antwoord.status_sinds,
        norm_dagen=KOPPELEN_BINNEN,
    )


def te_beoordelen(rij: Doorbreking) -> Werkvoorraad:
    """A break-glass that a manager reviews."""
    team_id = rij.deelnemer.team_id or None
    return werkvoorraad.regel(
        KAMER,
        f"doorbreking:{rij.pk}",
        soort="doorbreking",
        titel=f"Beoordeel waarom {rij.medewerker.naam} een dossier opende",
        toelichting=rij.reden,
        waarom="Iemand opende een dossier van een persoon met wie hij niet werkt. Een ander kijkt of dat mocht.",
        url=f"/deelnemers/doorbrekingen/{rij.pk}",
        knop="Beoordelen",
        icoon="schild",
        op=timezone.localdate(rij.aangemaakt_op) + dt.timedelta(days=BEOORDELEN_BINNEN),
        betrokkene_id=rij.deelnemer_id,
        voor_team_id=team_id,
        voor_rol="teammanager",
    )


def _geen_contact(deelnemer: Deelnemer, perioden: list[Regie]) -> Iterator[Werkvoorraad]:
    """No contact for six weeks while a trajectory runs; who was never spoken counts from the first
    regie (R015).
    """
    if not deelnemer.in_traject or deelnemer.regievoerder is None:
        return
    weken, vandaag = weken_zonder_contact(), klok.vandaag()
    sinds = deelnemer.laatste_contact_op or (perioden[0].begindatum if perioden else vandaag)
    if sinds >= vandaag - dt.timedelta(weeks=weken):
        return
    gesproken = deelnemer.laatste_contact_op is not None
    yield werkvoorraad.regel(
        KAMER,
        f"geen-contact:{deelnemer.pk}",
        soort="geen_contact",
        titel=f"Neem contact op met {deelnemer.naam}",
        toelichting=f"Laatste contact op {datum(sinds)}" if gesproken else "Nog geen contact vastgelegd",
        waarom=f"Wie een traject heeft, spreken we minstens eens per {weken} weken.",
        url=van_persoon(deelnemer),
        knop="Openen",
        icoon="telefoon",
        op=sinds + dt.timedelta(weeks=weken, days=1),
        betrokkene_id=deelnemer.pk,
        voor_id=deelnemer.regievoerder.gebruiker_id,
    )


def _zonder_regie(deelnemer: Deelnemer, perioden: list[Regie]) -> Iterator[Werkvoorraad]:
    """Active without regievoerder today: an error in the data, on the list of the teammanager (R004)."""
    if not deelnemer.in_traject or deelnemer.regievoerder is not None:
        return
    einde = perioden[-1].einddatum if perioden else None
    sinds = einde + dt.timedelta(days=1) if einde else timezone.localdate(deelnemer.aangemaakt_op)
    yield werkvoorraad.regel(
        KAMER,
        f"zonder-regie:{deelnemer.pk}",
        soort="zonder_regie",
        titel=f"Kies een regievoerder voor {deelnemer.naam}",
        toelichting=f"Zonder regievoerder sinds {datum(sinds)}",
        waarom="Iedereen met een traject heeft op elke dag precies één regievoerder.",
        url="/mijn-team",
        knop="Toewijzen",
        icoon="mensen",
        op=sinds,
        betrokkene_id=deelnemer.pk,
        voor_team_id=deelnemer.team_id,
        voor_rol="teammanager",
    )


def gaten(perioden: Iterable[Regie]) -> list[tuple[dt.date, dt.date]]:
    """Days between two regies of one person on which nobody was responsible (perioden by begin date)."""
    dag = dt.timedelta(days=1)
    return [
        (eerst.einddatum + dag, later.begindatum - dag)
        for eerst, later in pairwise(perioden)
        if eerst.einddatum is not None and later.begindatum - eerst.einddatum > dag
    ]


class _Regies:
    """The regies of these persons, oldest first, and who does what waits in their dossiers."""

    def __init__(self, ids: Collection[int]) -> None:
        self._van: dict[int, list[Regie]] = {}
        for rij in Regie.objects.filter(deelnemer__in=ids).order_by("deelnemer_id", "begindatum", "id"):
            self._van.setdefault(rij.deelnemer_id, []).append(rij)

    def van(self, deelnemer: Deelnemer) -> list[Regie]:
        return self._van.get(deelnemer.pk, [])

    def eigenaar(self, deelnemer: Deelnemer, auteur: Medewerker | None) -> int | None:
        """Account of the author, unless that was a former regievoerder; then of the present one."""
        vandaag, nu = klok.vandaag(), deelnemer.regievoerder
        vroeger = {r.medewerker_id for r in self.van(deelnemer) if r.einddatum and r.einddatum < vandaag}
        if auteur is None or (auteur.pk in vroeger and nu is not None):
            auteur = nu
        return auteur.gebruiker_id if auteur else None


def werkregels(ids: Collection[int]) -> Iterator[Werkvoorraad]:
    """Every row of this room for these persons; nothing for somebody who died or whose dossier was merged."""
    mensen = Deelnemer.objects.filter(pk__in=ids, overleden_op__isnull=True, samengevoegd_met__isnull=True)
    levend = {d.pk: d for d in mensen.select_related(*_MET).order_by("pk")}
    regies = _Regies(levend)
    for deelnemer in levend.values():
        yield from _geen_contact(deelnemer, regies.van(deelnemer))
        yield from diagnosewerk.diagnose(deelnemer)
        yield from _zonder_regie(deelnemer, regies.van(deelnemer))
    yield from diagnosewerk.routes(levend)
    yield from diagnosewerk.vragen(levend)
    yield from diagnosewerk.groei(levend)
    yield from (*_van_mensen(levend, regies), *bereikwerk.regels(levend))
    for melding in _open_meldingen(levend):
        melding.deelnemer = levend[melding.deelnemer_id]
        yield melding_voor_inkomen(melding)
        yield from wacht_op_inkomen(melding)
    for rij in (
        Doorbreking.objects.filter(deelnemer__in=levend, beoordeeld_op__isnull=True)
        .select_related("medewerker")
        .order_by("id")
    ):
        rij.deelnemer = levend[rij.deelnemer_id]
        yield te_beoordelen(rij)
    yield from veiligheidswerk.regels(levend)
    yield from partijregels.werkregels(levend)
    yield from maatregelregels.werkregels(levend)


def _van_mensen(levend: dict[int, Deelnemer], regies: _Regies) -> Iterator[Werkvoorraad]:
    open_ = Contactmoment.objects.filter(
        deelnemer__in=levend, terugkomen_op__isnull=False, teruggekomen_op__isnull=True, ingetrokken_op__isnull=True
    )
    for contact in open_.select_related("medewerker").order_by("id"):
        contact.deelnemer = levend[contact.deelnemer_id]
        if voor := regies.eigenaar(contact.deelnemer, contact.medewerker):
            yield terugkomen(contact, voor)
    beloften = Toezegging.objects.filter(NOG_TE_DOEN, deelnemer__in=levend, voor__isnull=False)
    for toezegging in beloften.select_related("medewerker").order_by("id"):
        toezegging.deelnemer = levend[toezegging.deelnemer_id]
        if rij := belofteregel(toezegging, regies):
            yield rij


def belofteregel(toezegging: Toezegging, regies: _Regies | None = None) -> Werkvoorraad | None:
    """The row of an open promise; None when nobody has to do anything yet."""
    if toezegging.voor is None or toezegging.afloop != Belofteafloop.OPEN:
        return None
    if toezegging.partij != Partij.WIJ and toezegging.voor >= klok.vandaag():
        return None
    regies = regies or _Regies([toezegging.deelnemer_id])
    auteur = toezegging.medewerker if toezegging.partij == Partij.WIJ else None
    voor = regies.eigenaar(toezegging.deelnemer, auteur)
    return belofte(toezegging, voor) if voor else None


def _open_meldingen(ids: Collection[int]) -> Iterable[MeldingAanInkomen]:
    return MeldingAanInkomen.objects.filter(deelnemer__in=ids, status__in=["verstuurd", "ontvangen"]).order_by("id")


def sneden(na: int = 0) -> Iterator[list[int]]:
    """Primary keys of all persons, in slices."""
    while True:
        rijen = Deelnemer.objects.filter(pk__gt=na).order_by("pk").values_list("pk", flat=True)
        snee = list(rijen[:SNEE])
        if not snee:
            return
        yield snee
        na = snee[-1]


def alle_werkregels() -> Iterator[Werkvoorraad]:
    """Every row of this room (rebuild and nightly check)."""
    for snee in sneden():
        yield from werkregels(snee)
    for antwoord in Inkomensantwoord.objects.filter(status="niet_gekoppeld").order_by("pk"):
        yield te_koppelen(antwoord)
    yield from bereikwerk.losse_terugbelregels()


def ververs(deelnemer_id: int) -> int:
    """Bring the rows of one person up to date; returns how many changed. Call inside a service."""
    return werkvoorraad.breng_bij(KAMER, deelnemer_id, werkregels([deelnemer_id]))


def ververs_met_lijst(deelnemer_id: int) -> int:
    """The same, and the next action in lists goes along at once instead of in the night."""
    anders = ververs(deelnemer_id)
    if anders:
        lijstkolommen.werk_bij(deelnemer_id)
    return anders
