from django.apps import AppConfig


class WerkgeversConfig(AppConfig):
    name = "werkgevers"
    verbose_name = "Werkgevers"

    def ready(self) -> None:
        from kern.aansluitingen import feiten
        from werkgevers import (
            aansluiting,
            aansluiting_salaris,
            historiezicht,
            tasks,  # noqa: F401  registers the nightly job
            terugblik,
        )
        from werkgevers.feiten import BRONNEN

        aansluiting.sluit_aan()
        historiezicht.sluit_aan()
        terugblik.sluit_aan_op_terugblik()
        aansluiting_salaris.sluit_aan()
        for bron in BRONNEN:
            feiten.sluit_aan(bron)
