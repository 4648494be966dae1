from django.apps import AppConfig


class LoonkostensubsidieConfig(AppConfig):
    name = "loonkostensubsidie"
    verbose_name = "Loonkostensubsidie"

    def ready(self) -> None:
        from loonkostensubsidie import (
            aansluiting,
            aansluiting_betalen,
            contractaansluiting,
            historiezicht,
            rekenblad_aansluiting,
            tasks,  # noqa: F401  registers the jobs
            terugblik,
        )

        aansluiting.sluit_aan()
        historiezicht.sluit_aan()
        terugblik.sluit_aan_op_terugblik()
        rekenblad_aansluiting.sluit_aan()
        aansluiting_betalen.sluit_aan()
        contractaansluiting.sluit_aan()
