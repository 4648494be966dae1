from django.apps import AppConfig


class AanmeldingenConfig(AppConfig):
    name = "aanmeldingen"
    verbose_name = "Aanmeldingen"

    def ready(self) -> None:
        from aanmeldingen import stopcontacten

        stopcontacten.sluit_aan()
