"""A GET cannot write: the database connection refuses anything but reading (ONTWERP 3.8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_LEZEND = re.compile(
    r"^\s*(?:\(*\s*select|with|explain|show|declare|fetch|close|savepoint|release savepoint|rollback to savepoint)\b",
    re.IGNORECASE,
)
_SCHRIJVEND = re.compile(
    r"\b(?:insert\s+into|update\s+\"?\w+\"?\s+set|delete\s+from|for\s+update|set_config)\b", re.IGNORECASE
)


class SchrijvenGeweigerd(RuntimeError):
    """A page that only shows something tried to change the database."""


class AlleenLezen:
    """Execute wrapper for `connection.execute_wrapper`."""

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not _LEZEND.match(sql) or _SCHRIJVEND.search(sql):
            raise SchrijvenGeweigerd(f"Een GET mag niet schrijven: {sql[:80]}")
        return execute(sql, params, many, context)
