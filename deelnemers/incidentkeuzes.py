"""Words of incidents."""

from django.db.models import TextChoices


class Incidentsoort(TextChoices):
    """What somebody met; an act, never an offence."""

    SCHELDEN = "schelden", "schelden of beledigen"
    DREIGEN = "dreigen", "dreigen"
    GEWELD = "geweld", "lichamelijk geweld"
    VERNIELING = "vernieling", "iets vernield"
    ANDERS = "anders", "iets anders"


class Meldingbesluit(TextChoices):
    """What an incident means for the safety notice of the person."""

    NIEUW = "nieuw", "er komt een nieuwe veiligheidsmelding"
    BLIJFT = "blijft", "de melding die er is, blijft gelden"
    GEEN = "geen", "geen veiligheidsmelding nodig"
