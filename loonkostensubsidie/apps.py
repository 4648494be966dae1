from django.apps import AppConfig


class LoonkostensubsidieConfig(AppConfig):
    name = "loonkostensubsidie"
    verbose_name = "Loonkostensubsidie"
