from django.apps import AppConfig


class DeelnemersConfig(AppConfig):
    name = "deelnemers"
    verbose_name = "Deelnemers"

    def ready(self) -> None:
        from deelnemers import aansluiting

        aansluiting.sluit_aan()
