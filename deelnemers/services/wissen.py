"""Erasing what two people agreed on: by the erasing role, one person per transaction, to be started again at any time.

Each transaction also writes the register, the counts of the report, and what is left to do (files, lists of a person
who stays). A run that is killed leaves a person either whole or gone; the next run goes on from there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import Counter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connections, transaction
from django.db.models import F

from deelnemers.bewaarkeuzes import Regelstand, Restsoort, Vernietigaanleiding
from deelnemers.models import Deelnemer, Vernietiging, Vernietigingsregel, Wisregel, Wisrest
from deelnemers.services import herbouw, klokken
from deelnemers.services.vernietigen import (
    DOSSIER,
    LEESLOG,
    _vast,
    dossiers_aan_de_beurt,
    in_woorden,
    instelling,
    jaren,
    lopende_termijnen,
    wat_houdt_tegen,
)
from deelnemers.toestanden import VERNIETIGING
from kern import bestanden, klok, logzegel, recent
from kern.aansluitingen import bewaartermijnen, samenvoegen
from kern.handeling import Actor, huidige_gemeente_id, service
from kern.models.logboek import LogSoort
from kern.taken import Loop
from kern.toestanden import verzet
from kern.wissen import NietTeWissen, Opdracht, meld_actor, schoon_leeslog

WISSER = "wisser"
#: At most this many lines in one run; the next run takes the rest.
PER_KEER = 500


def sleutel_van(dossiernummer: str) -> bytes:
    """How the register knows somebody without a BSN: a keyed hash, like that of the BSN itself."""
    return hmac.new(settings.BSN_ZOEKSLEUTEL.encode(), f"dossier:{dossiernummer}".encode(), hashlib.sha256).digest()


# --- The run -----------------------------------------------------------------------------------------------------
def voer_uit(loop: Loop) -> None:
    """Everything that is announced and whose waiting time is over, and what an earlier run left."""
    nawerk(loop)
    klaar = Vernietiging.objects.filter(status__in=["aangekondigd", "bezig"], uitvoeren_vanaf__lte=klok.vandaag())
    over = PER_KEER
    for lijst in klaar.order_by("uitvoeren_vanaf", "pk"):
        if lijst.status == "aangekondigd":
            begin(lijst, actor=loop.actor)
        regels = Vernietigingsregel.objects.filter(vernietiging=lijst, stand=Regelstand.OPEN)
        pks = list(regels.order_by("pk").values_list("pk", flat=True)[:over])
        for gedaan, pk in enumerate(pks):
            loop.meld("Wissen", gedaan, len(pks))
            loop.tel(wis_regel(pk, loop.actor))
        over -= len(pks)
        if not regels.exists():
            rond_af(lijst, actor=loop.actor)
            loop.tel("verklaringen")
        if over <= 0:
            break
    nawerk(loop)


@service
def begin(lijst: Vernietiging, *, actor: Actor) -> None:
    rij = Vernietiging.objects.select_for_update(of=("self",)).get(pk=lijst.pk)
    verzet(VERNIETIGING, rij, "beginnen", actor=actor)


@service
def rond_af(lijst: Vernietiging, *, actor: Actor) -> None:
    """The report: counts only. The lines of what is gone go too; what had to stay keeps its line."""
    rij = Vernietiging.objects.select_for_update(of=("self",)).get(pk=lijst.pk)
    rij.regels.filter(stand=Regelstand.GEWIST).delete()
    rij.uitgevoerd_op = klok.nu()
    verzet(VERNIETIGING, rij, "afronden", actor=actor, ook=("uitgevoerd_op",))


def wis_regel(pk: int, actor: Actor) -> str:
    """Erase what one line is about, or say in the line why not. Returns what to count."""
    try:
        with transaction.atomic(using=WISSER), connections[WISSER].cursor() as cursor:
            return _wis_regel(cursor, pk, actor)
    except (NietTeWissen, IntegrityError) as fout:
        reden = str(fout) if isinstance(fout, NietTeWissen) else "Een ander gegeven heeft dit nog nodig."
        with transaction.atomic(using=WISSER), connections[WISSER].cursor() as cursor:
            meld_actor(cursor, actor)
            return _sla_over(_regel(pk), Regelstand.VERVALLEN, reden)


def _regel(pk: int) -> Vernietigingsregel | None:
    rijen = Vernietigingsregel.objects.using(WISSER).select_for_update(of=("self",)).select_related("vernietiging")
    return rijen.filter(pk=pk, stand=Regelstand.OPEN).first()


def _wis_regel(cursor: Any, pk: int, actor: Actor) -> str:
    meld_actor(cursor, actor)
    regel = _regel(pk)
    if regel is None:
        return "al gedaan"
    lijst = regel.vernietiging
    groep = _vergrendel_groep(regel.deelnemer_id)
    if groep and (waarom := wat_houdt_tegen(list(groep), klok.vandaag(), WISSER)):
        return _sla_over(regel, Regelstand.BEWAARPLICHT, waarom)
    if lijst.soort == DOSSIER:
        if lijst.aanleiding == Vernietigaanleiding.TERMIJN and not dossiers_aan_de_beurt(
            lijst.peildatum, alleen=regel.deelnemer_id
        ):
            return _sla_over(regel, Regelstand.VERVALLEN, "Er kwam iets bij: de termijn is opnieuw begonnen.")
        op_verzoek = lijst.aanleiding == Vernietigaanleiding.VERZOEK and not lijst.ondanks_termijn
        if op_verzoek and (termijnen := lopende_termijnen(groep, klok.vandaag(), cursor)):
            return _sla_over(regel, Regelstand.BEWAARPLICHT, f"De bewaartermijn loopt nog: {in_woorden(termijnen)}.")
        wis_dossier(cursor, groep, actor, lijst)
        return "dossiers gewist"
    return _wis_apart(cursor, regel, actor)


def _sla_over(regel: Vernietigingsregel | None, stand: Regelstand, toelichting: str) -> str:
    if regel is None:
        return "al gedaan"
    regel.stand, regel.toelichting = stand, toelichting[:300]
    regel.save(using=WISSER, update_fields=["stand", "toelichting"])
    Vernietiging.objects.using(WISSER).filter(pk=regel.vernietiging_id).update(overgeslagen=F("overgeslagen") + 1)
    return "overgeslagen"


def _vergrendel_groep(deelnemer_id: int | None) -> dict[int, Deelnemer]:
    """The person and the dossiers that were merged into it, locked: nothing is added while we look."""
    if deelnemer_id is None:
        return {}
    alle = Deelnemer.objects.using(WISSER).select_for_update(of=("self",)).order_by("pk")
    groep = {d.pk: d for d in alle.filter(pk=deelnemer_id)}
    return groep | {d.pk: d for d in alle.filter(samengevoegd_met=deelnemer_id)}


# --- A dossier ---------------------------------------------------------------------------------------------------
def wis_dossier(cursor: Any, groep: dict[int, Deelnemer], actor: Actor, lijst: Vernietiging | None) -> None:
    """These dossiers of one person, everywhere, in the transaction of `cursor`."""
    gemeente = huidige_gemeente_id()
    cursor.execute(
        "SELECT deelnemer_id, zoeksleutel FROM deelnemers_burgerservicenummer WHERE deelnemer_id = ANY(%s)",
        [list(groep)],
    )
    bsn = {rij[0]: bytes(rij[1]) for rij in cursor.fetchall()}
    opdracht = Opdracht(cursor, gemeente, frozenset(groep), dossier=True).verzamel()
    rijen = opdracht.wis(actor)
    schoon_leeslog(cursor, gemeente, groep, klok.nu() - dt.timedelta(days=30 * int(instelling(LEESLOG))))
    for deelnemer in groep.values():
        sleutel = bsn.get(deelnemer.pk)
        _in_register(lijst, sleutel or sleutel_van(deelnemer.dossiernummer), sleutel is not None, DOSSIER)
    _na_wissen(lijst, opdracht, rijen)
    woorden = {woord for d in groep.values() for woord in (d.dossiernummer, d.naam, d.email, d.telefoon) if woord}
    recent.vergeet(gemeente, set(groep), woorden)


def _in_register(
    lijst: Vernietiging | None, sleutel: bytes, met_bsn: bool, soort: str, grens: dt.date | None = None
) -> None:
    Wisregel.objects.using(WISSER).create(
        vernietiging=lijst, sleutel=sleutel, met_bsn=met_bsn, soort=soort, grens=grens, gewist_op=klok.nu()
    )


def _na_wissen(lijst: Vernietiging | None, opdracht: Opdracht, rijen: dict[str, int]) -> None:
    """Files that must go after the commit, and the counts of the report."""
    Wisrest.objects.using(WISSER).bulk_create(
        [Wisrest(soort=Restsoort.BESTAND, verwijzing=plaats) for plaats in opdracht.bestanden]
    )
    if lijst is None:
        return
    # A reason that somebody typed at a step of the list may name the person.
    waarden = [lijst.gemeente_id, lijst.pk]
    logzegel.pas_aan(
        opdracht.cursor,
        LogSoort.HISTORIE,
        ("UPDATE kern_wijziging t SET reden = ''", []),
        ("t.tabel = 'deelnemers_vernietiging' AND t.gemeente_id = %s AND t.rij_id = %s AND t.reden <> ''", waarden),
    )
    opdracht.cursor.execute(
        "UPDATE kern_overgang SET reden = '' WHERE soort = 'vernietiging' AND gemeente_id = %s AND object_id = %s "
        "AND reden <> ''",
        waarden,
    )
    rij = Vernietiging.objects.using(WISSER).select_for_update(of=("self",)).get(pk=lijst.pk)
    rij.rijen = dict(Counter(rij.rijen) + Counter(rijen))
    rij.gewist += 1
    rij.feiten += opdracht.losgemaakt
    rij.bestanden += len(opdracht.bestanden)
    rij.save(using=WISSER, update_fields=["rijen", "gewist", "feiten", "bestanden"])


# --- One kind of record ------------------------------------------------------------------------------------------
def rijen_van(
    cursor: Any, termijn: bewaartermijnen.Bewaartermijn, grens: dt.date, waar: str, waarden: list[Any]
) -> list[int]:
    """Primary keys of the rows of this kind whose term was over, of one person or one row."""
    begin, voorwaarde = termijn.begin_sql(), termijn.voorwaarde_sql()
    cursor.execute(
        f"SELECT t.id FROM {termijn.tabel} t WHERE t.gemeente_id = %s AND {voorwaarde} AND {begin} <= %s "
        f"AND {_vast(termijn)} AND {waar} ORDER BY t.id",
        [huidige_gemeente_id(), grens, *waarden],
    )
    return [rij[0] for rij in cursor.fetchall()]


def _wis_apart(cursor: Any, regel: Vernietigingsregel, actor: Actor) -> str:
    lijst = regel.vernietiging
    termijn = bewaartermijnen.op_sleutel(lijst.soort)
    if termijn is None:
        return _sla_over(regel, Regelstand.VERVALLEN, "Deze soort gegevens bestaat niet meer.")
    grens = bewaartermijnen.grens(lijst.peildatum, jaren(termijn), termijn.dagen)
    if regel.deelnemer_id is None:
        waar, waarden = "t.deelnemer_id IS NULL AND t.id = %s", [regel.rij_id]
    else:
        waar, waarden = "t.deelnemer_id = %s", [regel.deelnemer_id]
    pks = rijen_van(cursor, termijn, grens, waar, waarden)
    if not pks:
        return _sla_over(regel, Regelstand.VERVALLEN, "Deze gegevens zijn veranderd of horen nu bij een dossier.")
    _register_apart(cursor, lijst, termijn, regel, grens)
    rijen = wis_rijen(cursor, termijn, pks, deelnemer_id=regel.deelnemer_id, actor=actor, lijst=lijst)
    regel.stand, regel.aantal = Regelstand.GEWIST, sum(rijen.values())
    regel.save(using=WISSER, update_fields=["stand", "aantal"])
    return f"{termijn.wat.lower()} gewist"


def wis_rijen(
    cursor: Any,
    termijn: bewaartermijnen.Bewaartermijn,
    pks: list[int],
    *,
    deelnemer_id: int | None,
    actor: Actor,
    lijst: Vernietiging | None = None,
) -> dict[str, int]:
    """These rows, with what hangs under them and their history; the person stays."""
    model = next(m for m in apps.get_models() if m._meta.db_table == termijn.tabel)
    mensen = frozenset({deelnemer_id} if deelnemer_id else ())
    opdracht = Opdracht(cursor, huidige_gemeente_id(), mensen, dossier=False)
    opdracht.voeg_toe(model, pks)
    rijen = opdracht.verzamel().wis(actor)
    _na_wissen(lijst, opdracht, rijen)
    if deelnemer_id is not None:
        Wisrest.objects.using(WISSER).create(soort=Restsoort.LIJSTEN, verwijzing=str(deelnemer_id))
    return rijen


def _register_apart(
    cursor: Any,
    lijst: Vernietiging,
    termijn: bewaartermijnen.Bewaartermijn,
    regel: Vernietigingsregel,
    grens: dt.date,
) -> None:
    if regel.deelnemer_id is not None:
        cursor.execute(
            "SELECT zoeksleutel FROM deelnemers_burgerservicenummer WHERE deelnemer_id = %s", [regel.deelnemer_id]
        )
        gevonden = cursor.fetchone()
        nummer = Deelnemer.objects.using(WISSER).get(pk=regel.deelnemer_id).dossiernummer
    else:
        model = next(m for m in apps.get_models() if m._meta.db_table == termijn.tabel)
        gevonden, nummer = None, f"{termijn.tabel}:{regel.rij_id}"
        if any(veld.column == "bsn_zoeksleutel" for veld in model._meta.local_fields):
            cursor.execute(f"SELECT bsn_zoeksleutel FROM {termijn.tabel} WHERE id = %s", [regel.rij_id])
            gevonden = cursor.fetchone()
    sleutel = bytes(gevonden[0]) if gevonden and gevonden[0] is not None else None
    _in_register(lijst, sleutel or sleutel_van(nummer), sleutel is not None, lijst.soort, grens)


# --- What is left ------------------------------------------------------------------------------------------------
def nawerk(loop: Loop) -> None:
    """Delete files of what is gone, and bring the lists of persons who stay in line; each at most once done."""
    for rest in Wisrest.objects.order_by("pk")[: PER_KEER * 10]:
        if rest.soort == Restsoort.BESTAND:
            bestanden.gooi_weg(rest.verwijzing)
            loop.tel("bestanden gewist")
        else:
            _lijsten(int(rest.verwijzing), actor=loop.actor)
        Wisrest.objects.filter(pk=rest.pk).delete()


@service
def _lijsten(deelnemer_id: int, *, actor: Actor) -> None:
    if Deelnemer.objects.filter(pk=deelnemer_id).exists():
        samenvoegen.breng_bij(deelnemer_id)
        herbouw.tijdlijn_van(deelnemer_id, actor)
        klokken.per_persoon(deelnemer_id, actor, klokken.herstel)
