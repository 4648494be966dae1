from django.apps import AppConfig


class AanmeldingenConfig(AppConfig):
    name = "aanmeldingen"
    verbose_name = "Aanmeldingen"

    def ready(self) -> None:
        from aanmeldingen import aansluiting, gebeurtenissen, tasks  # noqa: F401
        from kern import webhooks
        from kern.aansluitingen import menu, tijdlijn, werkvoorraad

        webhooks.publiceer(**gebeurtenissen.TYPES)
        tijdlijn.sluit_aan(aansluiting.KAMER, aansluiting.regels_van_persoon)
        werkvoorraad.sluit_aan(aansluiting.KAMER, aansluiting.alle_werkregels)
        menu.punt("Aanmeldingen", "aanmeldingen", "inbak", "aanmelding.zien", volgorde=20, kern=True)
