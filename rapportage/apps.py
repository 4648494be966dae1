from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        from kern.aansluitingen import cijfers, menu
        from rapportage import tasks  # noqa: F401 - registers the jobs
        from rapportage.cijfers import vraag

        cijfers.sluit_aan(vraag)
        menu.punt("Prestatiecontract", "prestatiecontract", "grafiek", "kpi.zien", blok="Sturing", volgorde=10)
        menu.punt("Telwaker", "telwaker", "vinkrond", "kpi.personen", blok="Sturing", volgorde=20)
