from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        from kern.aansluitingen import cijfers
        from rapportage import tasks  # noqa: F401 - registers the jobs
        from rapportage.cijfers import vraag

        cijfers.sluit_aan(vraag)
