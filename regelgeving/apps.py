from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegelgevingConfig(AppConfig):
    name = "regelgeving"
    verbose_name = "Regelgeving"

    def ready(self) -> None:
        from kern.aansluitingen import historie, menu, werkvoorraad
        from regelgeving import tasks
        from regelgeving.models import Voorstel
        from regelgeving.services import beheer

        menu.punt(
            "Regelgeving",
            "regelgeving",
            "schild",
            beheer.BEHEREN,
            beheer.GOEDKEUREN,
            blok="Beheer",
            volgorde=30,
        )
        menu.punt(
            "Verwerkingsregister", "verwerkingsregister", "document",
            "logboek.zien", "inzage.verstrekken", beheer.BEHEREN, blok="Beheer", volgorde=74,
        )  # fmt: skip
        beheer.sluit_aan()
        historie.niemand(Voorstel)
        werkvoorraad.sluit_aan(tasks.KAMER, tasks.werkregels)
        post_migrate.connect(laad_na_migratie, sender=self, dispatch_uid="regelgeving.gegevens")


def laad_na_migratie(using: str, **kwargs: Any) -> None:
    """Every migrated database knows the law: demo, tests and production alike."""
    from django.db import connections

    from regelgeving.gegevens import laad
    from regelgeving.models import Leeshandeling

    if Leeshandeling._meta.db_table in connections[using].introspection.table_names():
        laad(using=using)
