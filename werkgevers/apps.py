from django.apps import AppConfig


class WerkgeversConfig(AppConfig):
    name = "werkgevers"
    verbose_name = "Werkgevers"

    def ready(self) -> None:
        from kern.aansluitingen import feiten
        from werkgevers.feiten import BRONNEN

        for bron in BRONNEN:
            feiten.sluit_aan(bron)
