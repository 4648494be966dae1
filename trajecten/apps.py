from django.apps import AppConfig


class TrajectenConfig(AppConfig):
    name = "trajecten"
    verbose_name = "Trajecten"

    def ready(self) -> None:
        from kern.aansluitingen import feiten
        from trajecten import aansluiting, beloftefeiten, diagnosefeiten, historiezicht, maatregelfeiten
        from trajecten.feiten import BRONNEN

        aansluiting.sluit_aan()
        historiezicht.sluit_aan()
        for bron in (*BRONNEN, *diagnosefeiten.BRONNEN, *beloftefeiten.BRONNEN, *maatregelfeiten.BRONNEN):
            feiten.sluit_aan(bron)
