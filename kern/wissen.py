"""Erasing: every row about a person, or some rows of a kind of record, in one transaction of the erasing role.

What goes is worked out from the declarations of the rooms (`kern.aansluitingen.wissen`) and then along the foreign
keys: what hangs under a row goes with it, what only points at it lets go. History goes last, because deleting a row
writes its content there once more. Nothing here knows what a person is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CASCADE, PROTECT, SET_NULL, Model

from kern import logzegel
from kern.aansluitingen import wissen
from kern.handeling import Actor
from kern.models.logboek import LogSoort

#: Columns that say whom a row is about.
PERSOON = ("deelnemer_id", "betrokkene_id")


class NietTeWissen(RuntimeError):
    """These rows cannot go now; the text may be shown to the beheerder."""


class NogNodig(NietTeWissen):
    """Another record, still within its own term, needs this one."""


class AnderDossier(NietTeWissen):
    """A row of somebody else hangs under it."""


@cache
def verwijzingen() -> dict[type[Model], list[tuple[type[Model], Any]]]:
    """Per table the tables that point at it, with the foreign key."""
    uit: dict[type[Model], list[tuple[type[Model], Any]]] = {}
    for model in apps.get_models():
        if not model._meta.managed or model._meta.proxy:
            continue
        for veld in model._meta.local_fields:
            if isinstance(veld, models.ForeignKey) and veld.db_constraint:
                uit.setdefault(veld.related_model, []).append((model, veld))  # type: ignore[arg-type]
    return uit


def persoonskolom(model: type[Model]) -> str:
    """The column that says whom a row of this table is about; empty when it is about nobody."""
    kolommen = {veld.column for veld in model._meta.local_fields}
    return next((kolom for kolom in PERSOON if kolom in kolommen), "")


@dataclass
class Opdracht:
    """What goes, worked out on `cursor`. With `dossier` these persons go altogether, else only the rows added."""

    cursor: Any
    gemeente_id: int
    mensen: frozenset[int]
    dossier: bool
    rijen: dict[type[Model], set[int]] = field(default_factory=dict)
    bestanden: list[str] = field(default_factory=list)
    losgemaakt: int = 0
    _los: list[tuple[type[Model], str, list[int]]] = field(default_factory=list)
    _wachtrij: list[tuple[type[Model], list[int]]] = field(default_factory=list)

    def vraag(self, sql: str, waarden: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        self.cursor.execute(sql, list(waarden))
        return list(self.cursor.fetchall())

    def van(self, model: type[Model]) -> list[int]:
        """Primary keys of this table that go."""
        return sorted(self.rijen.get(model, ()))

    def voeg_toe(self, model: type[Model], pks: Iterable[int]) -> None:
        """These rows go too, with what hangs under them."""
        er = self.rijen.setdefault(model, set())
        nieuw = sorted(set(pks) - er)
        if nieuw:
            er.update(nieuw)
            self._wachtrij.append((model, nieuw))

    def voeg_toe_als_vrij(self, model: type[Model], pks: Iterable[int]) -> None:
        """These rows go too, but for those that a record that stays needs."""
        vrij = set(pks)
        for kind, veld in verwijzingen().get(model, ()):
            if vrij and veld.remote_field.on_delete is PROTECT:
                sql = f"SELECT {veld.column} FROM {kind._meta.db_table} WHERE {veld.column} = ANY(%s) AND id <> ALL(%s)"
                vrij -= {rij[0] for rij in self.vraag(sql, [sorted(vrij), self.van(kind)])}
        self.voeg_toe(model, vrij)

    def neem_overgangen_mee(self, model: type[Model], soort: str) -> None:
        """The steps of the rows of this table that go, with the reasons that people typed."""
        gevonden = self.vraag(
            "SELECT id FROM kern_overgang WHERE gemeente_id = %s AND soort = %s AND object_id = ANY(%s)",
            [self.gemeente_id, soort, self.van(model)],
        )
        self.voeg_toe(apps.get_model("kern", "Overgang"), [rij[0] for rij in gevonden])

    def verzamel(self) -> Opdracht:
        """Work out all that goes; raises NietTeWissen when it cannot."""
        if self.dossier:
            for _, tabel in wissen.tabellen():
                self.voeg_toe(tabel.model, self._pks(tabel.model, tabel.kolom, self.mensen))
        self._breid_uit()
        for kamer in wissen.kamers().values():
            kamer.verzamel(self)
        self._breid_uit()
        return self

    def _pks(self, model: type[Model], kolom: str, waarden: Iterable[int]) -> list[int]:
        tabel, pk = model._meta.db_table, model._meta.pk.column
        sql = f"SELECT {pk} FROM {tabel} WHERE gemeente_id = %s AND {kolom} = ANY(%s)"
        return [rij[0] for rij in self.vraag(sql, [self.gemeente_id, list(waarden)])]

    def _breid_uit(self) -> None:
        while self._wachtrij:
            model, pks = self._wachtrij.pop(0)
            for kind, veld in verwijzingen().get(model, ()):
                self._volg(kind, veld, pks)

    def _volg(self, kind: type[Model], veld: Any, pks: list[int]) -> None:
        """What to do with the rows of `kind` that point at rows that go."""
        wie = persoonskolom(kind)
        tabel, pk = kind._meta.db_table, kind._meta.pk.column
        er = self.rijen.get(kind, set())
        gevonden = [
            rij
            for rij in self.vraag(
                f"SELECT {pk}, {wie or 'NULL::bigint'} FROM {tabel} WHERE {veld.column} = ANY(%s)", [pks]
            )
            if rij[0] not in er
        ]
        if not gevonden:
            return
        hoe, ids = veld.remote_field.on_delete, [rij[0] for rij in gevonden]
        if hoe is PROTECT and not self.dossier:
            raise NogNodig(f"Een {kind._meta.verbose_name} heeft dit nog nodig.")
        if hoe is SET_NULL or (hoe is PROTECT and veld.null):
            self._los.append((kind, veld.column, ids))
            return
        if hoe not in (CASCADE, PROTECT):
            return
        if any(persoon is not None and persoon not in self.mensen for _, persoon in gevonden):
            raise AnderDossier(f"Een {kind._meta.verbose_name} van iemand anders hangt hieraan.")
        self.voeg_toe(kind, ids)

    def wis(self, actor: Actor) -> dict[str, int]:
        """Do it, inside a transaction that the caller opened. Returns how many rows went per table."""
        meld_actor(self.cursor, actor)
        for model, kolom in wissen.bestanden():
            if pks := self.van(model):
                sql = f"SELECT {kolom} FROM {model._meta.db_table} WHERE id = ANY(%s) AND {kolom} <> ''"
                self.bestanden += [rij[0] for rij in self.vraag(sql, [pks])]
        for kamer in wissen.kamers().values():
            kamer.vooraf(self)
        self._laat_los()
        geteld = {}
        for model in self.rijen:
            if pks := self.van(model):
                self.cursor.execute(
                    f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = ANY(%s)", [pks]
                )
                geteld[model._meta.db_table] = self.cursor.rowcount
        # Refused now, not at the commit: then the line says what stood in the way.
        self.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if aantal := self._wis_historie():
            geteld["kern_wijziging"] = aantal
        return geteld

    def _laat_los(self) -> None:
        for model, kolom, ids in self._los:
            blijft = sorted(set(ids) - self.rijen.get(model, set()))
            if blijft:
                tabel, pk = model._meta.db_table, model._meta.pk.column
                self.cursor.execute(f"UPDATE {tabel} SET {kolom} = NULL WHERE {pk} = ANY(%s)", [blijft])

    def _wis_historie(self) -> int:
        aantal = 0
        if self.dossier:
            aantal += self._wis_regels("t.gemeente_id = %s AND t.betrokkene_id = ANY(%s)", list(self.mensen))
        for model in self.rijen:
            if pks := self.van(model):
                waar = f"t.tabel = '{model._meta.db_table}' AND (t.gemeente_id = %s OR t.gemeente_id IS NULL)"
                aantal += self._wis_regels(f"{waar} AND t.rij_id = ANY(%s)", pks)
        return aantal

    def _wis_regels(self, waar: str, nummers: list[int]) -> int:
        opdracht = ("DELETE FROM kern_wijziging t", [])
        return logzegel.pas_aan(self.cursor, LogSoort.HISTORIE, opdracht, (waar, [self.gemeente_id, nummers]))


def meld_actor(cursor: Any, actor: Actor) -> None:
    """Tell the database who acts, until the end of the transaction."""
    cursor.execute(
        "SELECT set_config('kern.actor_soort', %s, true), set_config('kern.actor_id', %s, true), "
        "set_config('kern.actor_naam', %s, true), set_config('kern.verzoek', '', true), "
        "set_config('kern.reden', '', true)",
        [actor.soort, actor.id, actor.naam],
    )


def schoon_leeslog(cursor: Any, gemeente_id: int, mensen: Iterable[int], voor: Any) -> int:
    """Take erased persons out of the read log: reasons that people typed at once, the number after its own term."""
    ids = list(mensen)
    waar, over_hen = "t.gemeente_id = %s AND t.betrokkenen && %s::bigint[]", [gemeente_id, ids]
    zonder_reden = ("UPDATE kern_leesregel t SET reden = ''", [])
    logzegel.pas_aan(cursor, LogSoort.LEESLOG, zonder_reden, (f"{waar} AND t.reden <> ''", over_hen))
    zonder_hen = "ARRAY(SELECT b FROM unnest(t.betrokkenen) b WHERE b <> ALL(%s))"
    return logzegel.pas_aan(
        cursor,
        LogSoort.LEESLOG,
        (f"UPDATE kern_leesregel t SET betrokkenen = {zonder_hen}", [ids]),
        (f"{waar} AND t.tijdstip < %s", [*over_hen, voor]),
    )
