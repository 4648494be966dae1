"""Change history that cannot be bypassed (ONTWERP 3.4).

`@met_historie("deelnemer_id")` on a model installs statement-level triggers: every insert, update and delete,
also by `update()`, `bulk_create()` or raw SQL, adds a row per changed row to `kern_wijziging` with the person it is
about, the actor, the request and the reason. Without an actor the write is refused. An insert stores no values (the
row itself and the later differences rebuild it), an update only what changed, a delete the whole row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])

_ACTOR = """
    IF COALESCE(current_setting('kern.actor_soort', true), '') = '' THEN
        IF EXISTS (SELECT 1 FROM {gewijzigd}) THEN
            RAISE EXCEPTION 'wijziging van % zonder actor: gebruik een service', TG_TABLE_NAME USING ERRCODE = 'KE001';
        END IF;
        RETURN NULL;
    END IF;
"""
_KOLOMMEN = (
    "INSERT INTO kern_wijziging (tijdstip, gemeente_id, tabel, rij_id, betrokkene_id, actie, actor_soort, actor_id, "
    "actor_naam, verzoek, reden, oud, nieuw) "
)
_WIE = (
    "current_setting('kern.actor_soort', true), current_setting('kern.actor_id', true), "
    "current_setting('kern.actor_naam', true), current_setting('kern.verzoek', true), "
    "current_setting('kern.reden', true)"
)


def _triggers(
    tabel: str, pk: str, betrokkene: str, gemeente: str, verborgen: tuple[str, ...]
) -> list[pgtrigger.Trigger]:
    weg = "".join(f" - '{kolom}'" for kolom in verborgen)

    def vast(alias: str, actie: str, oud: str, nieuw: str, uit: str) -> str:
        wie = f"{alias}.{betrokkene}" if betrokkene else "NULL"
        waar = f"{alias}.{gemeente}" if gemeente else "NULL"
        return (
            f"{_KOLOMMEN} SELECT clock_timestamp(), {waar}, '{tabel}', {alias}.{pk}, {wie}, '{actie}', {_WIE}, "
            f"{oud}, {nieuw} FROM {uit}; RETURN NULL;"
        )

    verschil = (
        "(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(to_jsonb({een}){weg}) e "
        "WHERE (to_jsonb({ander}){weg} -> e.key) IS DISTINCT FROM e.value)"
    )
    oud = verschil.format(een="o", ander="n", weg=weg)
    nieuw = verschil.format(een="n", ander="o", weg=weg)
    bij_update = (
        f"oud_rijen o JOIN nieuw_rijen n ON n.{pk} = o.{pk} WHERE to_jsonb(o){weg} IS DISTINCT FROM to_jsonb(n){weg}"
    )
    return [
        pgtrigger.Trigger(
            name="historie_insert",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="nieuw_rijen"),
            func=_ACTOR.format(gewijzigd="nieuw_rijen") + vast("n", "I", "NULL", "NULL", "nieuw_rijen n"),
        ),
        pgtrigger.Trigger(
            name="historie_update",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="oud_rijen", new="nieuw_rijen"),
            func=_ACTOR.format(gewijzigd="nieuw_rijen") + vast("n", "U", oud, nieuw, bij_update),
        ),
        pgtrigger.Trigger(
            name="historie_delete",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            referencing=pgtrigger.Referencing(old="oud_rijen"),
            func=_ACTOR.format(gewijzigd="oud_rijen") + vast("o", "D", f"to_jsonb(o){weg}", "NULL", "oud_rijen o"),
        ),
    ]


MET_HISTORIE: dict[type[models.Model], str] = {}


def met_historie(betrokkene: str = "", *, verborgen: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Class decorator: keep the history of this table.

    `betrokkene` is the column with the person the row is about ("" when it is about nobody); `verborgen` names
    columns whose values never enter the history (secrets).
    """

    def plaats(model: M) -> M:
        kolommen = {veld.column for veld in model._meta.local_fields}
        gemeente = "gemeente_id" if "gemeente_id" in kolommen else ""
        triggers = _triggers(model._meta.db_table, model._meta.pk.column, betrokkene, gemeente, verborgen)
        pgtrigger.register(*triggers)(model)
        MET_HISTORIE[model] = betrokkene
        return model

    return plaats


ALLEEN_TOEVOEGEN: set[type[models.Model]] = set()


def alleen_toevoegen(model: M) -> M:
    """Class decorator: the application may add rows to this table, never change or delete them (ledger, facts)."""
    ALLEEN_TOEVOEGEN.add(model)
    return model
