from django.apps import AppConfig


class AanmeldingenConfig(AppConfig):
    name = "aanmeldingen"
    verbose_name = "Aanmeldingen"

    def ready(self) -> None:
        from aanmeldingen import historiezicht, stopcontacten, terugblik

        stopcontacten.sluit_aan()
        historiezicht.sluit_aan()
        terugblik.sluit_aan_op_terugblik()
