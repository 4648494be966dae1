from django.apps import AppConfig


class ReintegratieConfig(AppConfig):
    name = "reintegratie"
    verbose_name = "Reintegratie"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from kern.aansluitingen import menu
        from reintegratie import celery, nacht  # noqa: F401  # the web process queues jobs too

        # Also here, not only in the worker: the register shows every job of every room.
        autodiscover_modules("tasks")
        menu.punt("Vandaag", "vandaag", "vandaag", "vandaag.zien", volgorde=10, kern=True)
