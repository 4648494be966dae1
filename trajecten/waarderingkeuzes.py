"""When three questions are asked, which ones, and the five answers (R018)."""

from django.db.models import IntegerChoices, TextChoices


class Moment(TextChoices):
    """When a person is asked."""

    INTAKE = "intake", "na de intake"
    HALVERWEGE = "halverwege", "halverwege"
    EINDE = "einde", "aan het einde"


class Antwoord(IntegerChoices):
    """The five points; the middle one is neither."""

    HELEMAAL_ONEENS = 1, "Helemaal niet mee eens"
    ONEENS = 2, "Niet mee eens"
    TUSSENIN = 3, "Daar tussenin"
    EENS = 4, "Mee eens"
    HELEMAAL_EENS = 5, "Helemaal mee eens"


#: Column → question. The same at each moment, so that they can be compared.
VRAGEN = {
    "geholpen": "Ik word goed geholpen.",
    "geluisterd": "Er wordt goed naar mij geluisterd.",
    "duidelijk": "Ik weet wat mijn volgende stap is.",
}
