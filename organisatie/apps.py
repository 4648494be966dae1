from django.apps import AppConfig


class OrganisatieConfig(AppConfig):
    name = "organisatie"
    verbose_name = "Organisatie"

    def ready(self) -> None:
        from kern.aansluitingen import medewerker
        from organisatie.wie import wie

        medewerker.sluit_aan(wie)
