"""Query budgets: how many queries a block may cost, and proof that the number does not grow with the data."""

from __future__ import annotations

import contextlib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Vragen:
    """The queries of one block, with the place in our code that asked them."""

    vragen: list[tuple[str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.vragen)

    @property
    def zonder_savepoints(self) -> list[tuple[str, str]]:
        """Return the queries that really ask something."""
        return [v for v in self.vragen if not v[0].startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO"))]

    def verslag(self) -> str:
        """Return every query with its place, and the ones that came more than once on top."""
        dubbel = Counter(sql for sql, _ in self.vragen)
        kop = [f"{aantal}x {sql[:160]}" for sql, aantal in dubbel.most_common(5) if aantal > 1]
        lijst = [f"{i:>3}. {sql[:400]}\n     {plek}" for i, (sql, plek) in enumerate(self.vragen, 1)]
        return "\n".join([*(["Vaker dan eens:", *kop, ""] if kop else []), *lijst])

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Note a query and pass it on (the shape of Django's execute_wrapper)."""
        self.vragen.append((str(sql), codepad()))
        return execute(sql, params, many, context)


def codepad(diepte: int = 4) -> str:
    """Return the innermost lines of our own code on the stack."""
    regels = [
        f"{Path(f.filename).relative_to(CHECKOUT)}:{f.lineno} {f.name}"
        for f in traceback.extract_stack(limit=120)
        if f.filename.startswith(str(CHECKOUT)) and "/.venv/" not in f.filename and "/tests/hulp/" not in f.filename
    ]
    return " > ".join(regels[-diepte:])


@contextlib.contextmanager
def tel_vragen(*aliassen: str) -> Iterator[Vragen]:
    """Count the queries of the block, on all connections or only the named ones."""
    vragen = Vragen()
    with contextlib.ExitStack() as stapel:
        for alias in aliassen or list(connections):
            stapel.enter_context(connections[alias].execute_wrapper(vragen))
        yield vragen


@contextlib.contextmanager
def vraagbudget(maximum: int, naam: str) -> Iterator[Vragen]:
    """Fail when the block asks more than `maximum` queries, and show each with its place in the code."""
    with tel_vragen() as vragen:
        yield vragen
    assert len(vragen) <= maximum, f"{naam}: {len(vragen)} vragen, hoogstens {maximum}.\n{vragen.verslag()}"


def groeit_niet(bekijk: Callable[[], Any], maak_meer: Callable[[], Any], naam: str, maximum: int | None = None) -> None:
    """Run `bekijk` at two sizes of data and fail when the larger one costs more queries."""
    bekijk()  # what is cached once (content types, settings) does not count
    with tel_vragen() as klein:
        bekijk()
    maak_meer()
    with tel_vragen() as groot:
        bekijk()
    assert len(groot) == len(klein), (
        f"{naam}: {len(klein)} vragen werden er {len(groot)} bij meer gegevens.\n{groot.verslag()}"
    )
    if maximum is not None:
        assert len(groot) <= maximum, f"{naam}: {len(groot)} vragen, hoogstens {maximum}.\n{groot.verslag()}"
