"""What may be erased: the terms, and the nightly proposal per kind of record (R226)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from contextlib import nullcontext
from typing import Any

from django.db import connection
from django.db.models import Q

from deelnemers.bewaarkeuzes import Vernietigaanleiding
from deelnemers.keuzes import Privacysoort
from deelnemers.models import (
    Bewaarplicht,
    Doorbreking,
    Huishouden,
    Inkomensantwoord,
    Leessignaal,
    Maatregeladvies,
    Privacyverzoek,
    Uitkering,
    Vernietiging,
    Vernietigingsregel,
)
from deelnemers.services import leestoezicht
from deelnemers.toestanden import MAATREGELADVIES
from deelnemers.wisregels import losse_terugbelverzoeken
from kern import klok
from kern.aansluitingen import bewaartermijnen
from kern.aansluitingen.bewaartermijnen import Bewaartermijn
from kern.handeling import Actor, huidige_gemeente_id, service
from kern.models import Werkvoorraad
from kern.weergave import datum
from kern.wissen import Opdracht
from regelgeving import opzoeken

DOSSIER = "dossier"
ARCHIEFWET = "Archiefwet, Selectielijst gemeenten 2020"
AVG17 = "Verzoek om te wissen (AVG artikel 17)"
WACHTTIJD = "bewaren.wachttijd_dagen"
BERICHT = "bewaren.bericht_aan_betrokkene"
LEESLOG = "bewaren.leeslog_maanden"
STANDAARD: dict[str, Any] = {WACHTTIJD: 30, BERICHT: "nee", LEESLOG: 36}
#: At most this many lines come on a list in one night.
PER_NACHT = 2000
#: Lists on which something still waits to be erased.
LOPEND = ("voorgesteld", "ingediend", "aangekondigd", "bezig")

# When the dossier as a whole may go: after the last record that has a term of its own, and after the last contact.
_DOSSIERS = """
WITH grens AS ({grenzen}),
per AS (SELECT deelnemer_id, max(tot) AS tot FROM grens GROUP BY deelnemer_id)
SELECT d.id, GREATEST(COALESCE(per.tot, d.aangemaakt_op::date + {dossier}), d.laatste_contact_op + {dossier}) AS tot
FROM deelnemers_deelnemer d LEFT JOIN per ON per.deelnemer_id = d.id
WHERE d.gemeente_id = %(gemeente)s AND d.samengevoegd_met_id IS NULL
  AND COALESCE(per.tot, d.aangemaakt_op::date + {dossier}) <= %(peildatum)s
  AND (d.laatste_contact_op IS NULL OR d.laatste_contact_op + {dossier} <= %(peildatum)s)
  AND NOT EXISTS (SELECT 1 FROM grens g JOIN deelnemers_deelnemer v ON v.id = g.deelnemer_id
                  WHERE v.samengevoegd_met_id = d.id AND g.tot > %(peildatum)s)
  AND {vrij}
ORDER BY 2, 1 LIMIT {limiet}
"""
_VRIJ = """
NOT EXISTS (SELECT 1 FROM deelnemers_bewaarplicht b WHERE b.deelnemer_id = {wie} AND b.opgeheven_op IS NULL
            AND b.vanaf <= %(peildatum)s AND (b.tot IS NULL OR b.tot >= %(peildatum)s))
AND NOT EXISTS (SELECT 1 FROM deelnemers_vernietigingsregel r JOIN deelnemers_vernietiging v ON v.id = r.vernietiging_id
                WHERE r.deelnemer_id = {wie} AND r.stand = 'open' AND v.status IN %(lopend)s
                  AND (v.soort = %(soort)s OR v.soort = 'dossier'))
AND NOT EXISTS (SELECT 1 FROM deelnemers_privacyverzoek q WHERE q.deelnemer_id = {wie} AND (
                q.soort <> 'wissen' AND q.status IN ('ontvangen', 'in_behandeling')
                OR q.soort = 'beperking' AND q.status IN ('toegewezen', 'deels') AND q.beperkt_tot IS NULL))
"""
_LOOPT_NOG = """
SELECT %s::integer, CASE WHEN isfinite(max({tot})) THEN max({tot})::date END FROM {tabel} t
WHERE t.gemeente_id = %s AND t.deelnemer_id = ANY(%s) AND {waar} HAVING max({tot}) > %s
"""
_APART = """
SELECT t.deelnemer_id, CASE WHEN t.deelnemer_id IS NULL THEN t.id END AS rij, count(*), min({begin}) + {termijn}
FROM {tabel} t
WHERE t.gemeente_id = %(gemeente)s AND {waar} AND {begin} <= %(grens)s AND {vast}
  AND (t.deelnemer_id IS NULL OR {vrij})
  AND NOT EXISTS (SELECT 1 FROM deelnemers_vernietigingsregel r JOIN deelnemers_vernietiging v ON v.id = r.vernietiging_id
                  WHERE r.rij_id = t.id AND t.deelnemer_id IS NULL AND r.stand = 'open' AND v.status IN %(lopend)s
                    AND v.soort = %(soort)s)
GROUP BY 1, 2 ORDER BY 4, 1, 2 LIMIT {limiet}
"""


def instelling(sleutel: str, standaard: Any = None) -> Any:
    """A setting as it is today: dated, with a source, and changed by two people (regelgeving)."""
    try:
        return opzoeken.parameter(sleutel, klok.vandaag())
    except opzoeken.GegevenOntbreekt:
        return STANDAARD.get(sleutel, standaard)


def jaren(termijn: Bewaartermijn) -> int:
    return int(instelling(termijn.instelling, termijn.jaren))


def dossierjaren() -> int:
    """The term of the dossier itself."""
    return int(instelling("bewaren.jaren.dossier", 10))


def verzamel(opdracht: Opdracht) -> None:
    """Socket *wissen*: households and benefits of which nobody is left, and what is hers without pointing at her."""
    opdracht.neem_overgangen_mee(Maatregeladvies, MAATREGELADVIES.soort)
    if not opdracht.dossier:
        return
    mensen = list(opdracht.mensen)
    for model, kind, kolom in (
        (Uitkering, "deelnemers_uitkeringsgerechtigde", "uitkering_id"),
        (Huishouden, "deelnemers_huishoudlid", "huishouden_id"),
    ):
        rijen = opdracht.vraag(
            f"SELECT {kolom} FROM {kind} WHERE deelnemer_id = ANY(%s) AND NOT EXISTS (SELECT 1 FROM {kind} a "
            f"WHERE a.{kolom} = {kind}.{kolom} AND a.deelnemer_id <> ALL(%s))",
            [mensen, mensen],
        )
        opdracht.voeg_toe(model, {rij[0] for rij in rijen})
    losse = opdracht.vraag(
        "SELECT a.id FROM deelnemers_inkomensantwoord a JOIN deelnemers_burgerservicenummer b "
        "ON b.gemeente_id = a.gemeente_id AND b.zoeksleutel = a.bsn_zoeksleutel "
        "WHERE b.deelnemer_id = ANY(%s) AND a.deelnemer_id IS NULL",
        [mensen],
    )
    opdracht.voeg_toe(Inkomensantwoord, [rij[0] for rij in losse])
    losse_terugbelverzoeken(opdracht)
    # What waits for the privacy officer names nobody, and would lead to a page that is gone.
    werk = [
        f"{soort}:{pk}"
        for soort, model in (("verzoek", Privacyverzoek), ("signaal", Leessignaal), ("doorbreking", Doorbreking))
        for pk in opdracht.van(model)
    ]
    wachtend = opdracht.vraag(
        "SELECT id FROM kern_werkvoorraad WHERE gemeente_id = %s AND kamer = %s AND sleutel = ANY(%s)",
        [opdracht.gemeente_id, leestoezicht.KAMER, werk],
    )
    opdracht.voeg_toe(Werkvoorraad, [rij[0] for rij in wachtend])


# --- The proposal ------------------------------------------------------------------------------------------------
def _interval(jaar: int, dagen: int = 0) -> str:
    return f"make_interval(years => {int(jaar)}, days => {int(dagen)})"


def lopende_termijnen(
    mensen: Iterable[int], peildatum: dt.date, cursor: Any = None
) -> list[tuple[str, dt.date | None]]:
    """Kinds of records of these persons that are within their own term, and until when; None while it still runs."""
    eigen = [t for t in bewaartermijnen.termijnen() if not t.met_dossier]
    delen: list[str] = []
    waarden: list[Any] = []
    for nummer, termijn in enumerate(eigen):
        tot = f"({termijn.begin_sql()} + {_interval(jaren(termijn), termijn.dagen)})"
        delen.append(_LOOPT_NOG.format(tot=tot, tabel=termijn.tabel, waar=termijn.voorwaarde_sql()))
        waarden += [nummer, huidige_gemeente_id(), list(mensen), peildatum]
    with nullcontext(cursor) if cursor else connection.cursor() as bron:
        bron.execute(" UNION ALL ".join(delen) + " ORDER BY 1", waarden)
        return [(eigen[nummer].naam, tot) for nummer, tot in bron.fetchall()]


def in_woorden(termijnen: list[tuple[str, dt.date | None]]) -> str:
    """`Trajecten (loopt nog), Nazorg (tot 3 maart 2031)`."""
    return ", ".join(f"{naam} (tot {datum(tot)})" if tot else f"{naam} (loopt nog)" for naam, tot in termijnen)


def wat_houdt_tegen(mensen: Collection[int], dag: dt.date, db: str = "default") -> str:
    """Why nothing of these persons may be erased on this day, whatever two people decided; empty when nothing does."""
    if met_bewaarplicht(dag).using(db).filter(deelnemer__in=mensen).exists():
        return "Er is een bewaarplicht vastgelegd."
    verzoeken = Privacyverzoek.objects.using(db).filter(deelnemer__in=mensen).exclude(soort=Privacysoort.WISSEN)
    if verzoeken.filter(status__in=leestoezicht.OPEN).exists():
        return "Er loopt nog een privacyverzoek van deze persoon."
    beperkt = verzoeken.filter(soort=Privacysoort.BEPERKING, status__in=["toegewezen", "deels"], beperkt_tot=None)
    if beperkt.exists():
        return "Het gebruik van deze gegevens is beperkt op verzoek van de persoon (AVG artikel 18)."
    return ""


def _grenzen() -> str:
    """Per record with a term of its own: whose it is, and until when it stays."""
    delen = [
        f"SELECT t.deelnemer_id, ({t.begin_sql()} + {_interval(jaren(t), t.dagen)})::timestamp AS tot FROM {t.tabel} t "
        f"WHERE t.gemeente_id = %(gemeente)s AND t.deelnemer_id IS NOT NULL AND {t.voorwaarde_sql()}"
        for t in bewaartermijnen.termijnen()
        if not t.met_dossier
    ]
    return " UNION ALL ".join(delen)


def _vast(termijn: Bewaartermijn) -> str:
    """Condition: no other record needs this row."""
    from django.apps import apps
    from django.db.models import PROTECT

    from kern.wissen import verwijzingen

    model = next(m for m in apps.get_models() if m._meta.db_table == termijn.tabel)
    return (
        " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {kind._meta.db_table} p WHERE p.{veld.column} = t.id)"
            for kind, veld in verwijzingen().get(model, ())
            if veld.remote_field.on_delete is PROTECT
        )
        or "true"
    )


def _waarden(soort: str, peildatum: dt.date, **meer: Any) -> dict[str, Any]:
    return {"gemeente": huidige_gemeente_id(), "peildatum": peildatum, "lopend": LOPEND, "soort": soort, **meer}


def dossiers_aan_de_beurt(peildatum: dt.date, limiet: int = PER_NACHT, alleen: int | None = None) -> list[Any]:
    """Persons whose whole dossier may go, with the day until which it had to stay; without hold, not on a list."""
    sql = _DOSSIERS.format(
        grenzen=_grenzen(), dossier=_interval(dossierjaren()), vrij=_VRIJ.format(wie="d.id"), limiet=limiet
    )
    waarden = _waarden(DOSSIER, peildatum, alleen=alleen)
    if alleen is not None:
        waarden["lopend"] = ("geen",)
        sql = sql.replace("AND d.samengevoegd_met_id IS NULL", "AND d.id = %(alleen)s")
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        return list(cursor.fetchall())


def rijen_aan_de_beurt(termijn: Bewaartermijn, peildatum: dt.date, limiet: int = PER_NACHT) -> list[Any]:
    """Person or row, number, and first day, of one kind of record with a term of its own."""
    sql = _APART.format(
        begin=termijn.begin_sql(),
        tabel=termijn.tabel,
        waar=termijn.voorwaarde_sql(),
        vast=_vast(termijn),
        vrij=_VRIJ.format(wie="t.deelnemer_id"),
        termijn=_interval(jaren(termijn), termijn.dagen),
        limiet=limiet,
    )
    grens = bewaartermijnen.grens(peildatum, jaren(termijn), termijn.dagen)
    with connection.cursor() as cursor:
        cursor.execute(sql, _waarden(termijn.sleutel, peildatum, grens=grens))
        return list(cursor.fetchall())


@service
def stel_voor(peildatum: dt.date, *, actor: Actor) -> dict[str, int]:
    """Bring the open proposals up to date: one list per kind of record. Gives counts for the job register."""
    uit = {"dossiers op een voorstel": _dossiers(peildatum)}
    for termijn in bewaartermijnen.termijnen():
        if termijn.apart and (aantal := _apart(termijn, peildatum)):
            uit[f"{termijn.wat.lower()} op een voorstel"] = aantal
    return {wat: aantal for wat, aantal in uit.items() if aantal}


def _dossiers(peildatum: dt.date) -> int:
    _haal_weg(DOSSIER, peildatum)
    rijen = [(wie, None, 1, tot) for wie, tot in dossiers_aan_de_beurt(peildatum)]
    wat = ("Hele dossiers", "8.1", f"{dossierjaren()} jaar na het laatste traject")
    return _zet_op_lijst(DOSSIER, wat, peildatum, rijen)


def _apart(termijn: Bewaartermijn, peildatum: dt.date) -> int:
    _haal_weg(termijn.sleutel, peildatum)
    rijen = rijen_aan_de_beurt(termijn, peildatum)
    wat = (termijn.wat, termijn.selectielijst, termijn.in_woorden(jaren(termijn)))
    return _zet_op_lijst(termijn.sleutel, wat, peildatum, rijen)


def _zet_op_lijst(soort: str, hoe: tuple[str, str, str], peildatum: dt.date, rijen: list[Any]) -> int:
    """Add to the open proposal of this kind, or begin one; `hoe` is its name, its number and its term in words."""
    if not rijen:
        return 0
    wat, nummer, termijn = hoe
    lijst = (
        Vernietiging.objects.select_for_update(of=("self",))
        .filter(soort=soort, status="voorgesteld", aanleiding=Vernietigaanleiding.TERMIJN)
        .order_by("pk")
        .first()
    )
    if lijst is None:
        lijst = Vernietiging.objects.create(
            soort=soort,
            wat=wat,
            aanleiding=Vernietigaanleiding.TERMIJN,
            selectielijst=nummer,
            termijn=termijn,
            grondslag=f"{ARCHIEFWET}, resultaat {nummer}",
            peildatum=peildatum,
            status_sinds=peildatum,
        )
    Vernietigingsregel.objects.bulk_create(
        [
            Vernietigingsregel(
                vernietiging=lijst,
                deelnemer_id=wie,
                rij_id=rij if wie is None else None,
                aantal=aantal,
                termijn_tot=tot.date() if isinstance(tot, dt.datetime) else tot,
            )
            for wie, rij, aantal, tot in rijen
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    lijst.peildatum, lijst.voorgesteld = peildatum, lijst.regels.count()
    lijst.save(update_fields=["peildatum", "voorgesteld"])
    return len(rijen)


def _haal_weg(soort: str, peildatum: dt.date) -> None:
    """Take persons with a hold off the open proposal: they come back when the hold is over."""
    open_ = Vernietigingsregel.objects.filter(
        vernietiging__soort=soort,
        vernietiging__status="voorgesteld",
        vernietiging__aanleiding=Vernietigaanleiding.TERMIJN,
        deelnemer__in=met_bewaarplicht(peildatum),
    )
    for lijst_id in set(open_.order_by("pk").values_list("vernietiging_id", flat=True)):
        open_.filter(vernietiging_id=lijst_id).delete()
        tel_opnieuw(lijst_id)


def tel_opnieuw(lijst_id: int) -> None:
    """Count the lines of a list; a proposal without lines goes."""
    aantal = Vernietigingsregel.objects.filter(vernietiging=lijst_id).count()
    lijst = Vernietiging.objects.filter(pk=lijst_id)
    if aantal:
        lijst.update(voorgesteld=aantal)
    else:
        lijst.filter(status="voorgesteld").delete()


def met_bewaarplicht(dag: dt.date) -> Any:
    """Primary keys of persons whose data must stay on this day."""
    loopt = Bewaarplicht.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=dag), opgeheven_op__isnull=True, vanaf__lte=dag
    )
    return loopt.order_by("pk").values("deelnemer_id")
