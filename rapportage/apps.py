from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        from rapportage import aansluiting

        aansluiting.sluit_aan()
