from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    """Django's migrate, as the owner role: the application role may not change the schema."""

    def add_arguments(self, parser: CommandParser) -> Any:
        super().add_arguments(parser)
        parser.set_defaults(database="eigenaar")
