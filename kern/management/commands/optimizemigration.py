"""Django's own command, with constraints and indexes folded into the CreateModel they belong to."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import optimizemigration

from kern.migratievouw import vouw


class Command(optimizemigration.Command):
    """See `kern.migratievouw`."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Fold, then do what Django does."""
        vouw()
        return super().handle(*args, **options)
