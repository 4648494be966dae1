"""What happens elsewhere and matters here."""

from __future__ import annotations

from kern.models import Gebeurtenis
from loonkostensubsidie.models import Aanvraag
from loonkostensubsidie.services.aanvraag import begin_klok_bij_meting
from loonkostensubsidie.services.praktijkroute import volg_praktijkroute


def bij_meting(gebeurtenis: Gebeurtenis) -> None:
    """A wage value was recorded: it can decide about the doelgroep, and the term of an application that waited for it
    begins (art. 10d lid 12).
    """
    volg_praktijkroute(gebeurtenis.data["meting"])
    werk = gebeurtenis.data["dienstverband"]
    wachtend = Aanvraag.objects.filter(
        dienstverband=werk, status__in=["ingediend", "aanvulling_gevraagd", "in_behandeling"]
    )
    for aanvraag in wachtend.order_by("pk"):
        begin_klok_bij_meting(aanvraag)
