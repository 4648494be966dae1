from django.apps import AppConfig


class RegelgevingConfig(AppConfig):
    name = "regelgeving"
    verbose_name = "Regelgeving"

    def ready(self) -> None:
        from kern.aansluitingen import menu
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
        beheer.sluit_aan()
