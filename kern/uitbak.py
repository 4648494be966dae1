"""The outbox of events: numbering after commit, then the listeners, one transaction per event."""

from __future__ import annotations

import logging

from django.db import connection, transaction

from kern import klok
from kern.aansluitingen import gebeurtenis as stopcontact
from kern.handeling import Actor, handeling
from kern.models import Gebeurtenis
from kern.wissen import Opdracht

log = logging.getLogger("kern.uitbak")

_NUMMER = """
UPDATE kern_gebeurtenis g SET volgnummer = n.hoogste + n.rang
FROM (
    SELECT id, row_number() OVER (ORDER BY id) AS rang,
           (SELECT COALESCE(max(volgnummer), 0) FROM kern_gebeurtenis) AS hoogste
    FROM kern_gebeurtenis WHERE volgnummer IS NULL AND gemeente_id = %s ORDER BY id LIMIT %s
) n WHERE g.id = n.id
"""


def nummer(gemeente_id: int, maximaal: int = 1000) -> int:
    """Give committed events their sequence number; returns how many.

    One numbering step at a time over all gemeenten (advisory lock until commit): who has read up to number n
    never misses an event that committed late.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('kern.uitbak.nummer', 0))")
        cursor.execute(_NUMMER, [gemeente_id, maximaal])
        return cursor.rowcount


def verwerk_volgende(actor: Actor, na: int) -> tuple[int | None, bool]:
    """Handle the first open event past number `na`: call its listeners and mark it, in one transaction.

    Gives its number and whether it succeeded; (None, True) when nothing is left. A failed one stays open for
    the next run, so listeners must be idempotent.
    """
    volgnummer = None
    try:
        with handeling(actor):
            rij = (
                Gebeurtenis.objects.select_for_update(of=("self",), skip_locked=True)
                .filter(verwerkt_op__isnull=True, volgnummer__gt=na)
                .order_by("volgnummer")
                .first()
            )
            if rij is None:
                return None, True
            volgnummer = rij.volgnummer
            for luisteraar in stopcontact.luisteraars_daarna(rij.type):
                luisteraar(rij)
            rij.verwerkt_op = klok.nu()
            rij.save(update_fields=["verwerkt_op"])
    except Exception:
        if volgnummer is None:
            raise
        log.exception("gebeurtenis niet verwerkt", extra={"volgnummer": volgnummer})
        return volgnummer, False
    return volgnummer, True


def houd_hoogste(opdracht: Opdracht) -> None:
    """Of what is erased the event with the highest number stays as a number only: numbers are never given twice."""
    weg = opdracht.rijen.get(Gebeurtenis, set())
    hoogste = opdracht.vraag("SELECT id FROM kern_gebeurtenis ORDER BY volgnummer DESC NULLS LAST LIMIT 1")
    for (pk,) in hoogste:
        if pk in weg:
            weg.discard(pk)
            opdracht.cursor.execute("DELETE FROM kern_aflevering WHERE gebeurtenis_id = %s", [pk])
            opdracht.cursor.execute(
                "UPDATE kern_gebeurtenis SET type = 'gewist', onderwerp = '', betrokkene_id = NULL, dataref = '', "
                "data = '{}', client_id = NULL, kenmerk = gen_random_uuid() WHERE id = %s",
                [pk],
            )
