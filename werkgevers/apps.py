from django.apps import AppConfig


class WerkgeversConfig(AppConfig):
    name = "werkgevers"
    verbose_name = "Werkgevers"

    def ready(self) -> None:
        from werkgevers import aansluiting, tasks  # noqa: F401  tasks registers the nightly job

        aansluiting.sluit_aan()
