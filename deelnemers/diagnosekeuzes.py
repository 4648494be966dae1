"""Choices about what came along with a referral: an offered value, and the scale of the former system."""

from django.db.models import IntegerChoices, TextChoices


class Aanbod(TextChoices):
    """A value that came with a referral while another one held: what was done with it (R053)."""

    GEEN = "", "niet aangeboden"
    OPEN = "open", "nog te kiezen"
    GELATEN = "gelaten", "laten staan wat er was"


class OudeFasewaarde(IntegerChoices):
    """The scale of the former system. It is not the ladder: nothing turns a fase into a trede (R012)."""

    EEN = 1, "Fase 1"
    TWEE = 2, "Fase 2"
    DRIE = 3, "Fase 3"
    VIER = 4, "Fase 4"
