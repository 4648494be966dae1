from django.apps import AppConfig


class AanmeldingenConfig(AppConfig):
    name = "aanmeldingen"
    verbose_name = "Aanmeldingen"

    def ready(self) -> None:
        from aanmeldingen import historiezicht, stopcontacten

        stopcontacten.sluit_aan()
        historiezicht.sluit_aan()
