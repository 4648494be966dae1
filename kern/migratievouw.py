"""Folds constraints and indexes into the CreateModel of the same migration.

Django puts each in an operation of its own and re-renders every related model for it, and here all models are related
through the gemeente: migrating three rooms took twice as long. Its optimizer would fold them, but does not dare to
move them past another model, because it does not know that they touch one model only.
"""

from __future__ import annotations

from django.db.migrations.operations.models import IndexOperation


def _raakt_model(self: IndexOperation, name: str, app_label: str) -> bool:
    """An index or constraint refers to columns of its own table only."""
    return name.lower() == self.model_name_lower


def vouw() -> None:
    """Tell Django's optimizer so, for the rest of this process."""
    IndexOperation.references_model = _raakt_model  # type: ignore[method-assign]
