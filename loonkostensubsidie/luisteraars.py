"""What happens elsewhere and matters here."""

from __future__ import annotations

from kern.handeling import Actor
from kern.models import Gebeurtenis
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.models import Aanvraag, Subsidie
from loonkostensubsidie.services.aanvraag import begin_klok_bij_meting
from loonkostensubsidie.services.praktijkroute import volg_praktijkroute
from loonkostensubsidie.services.terugvorderen import trek_in_na_herstel


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


def bij_besluit(gebeurtenis: Gebeurtenis) -> None:
    """A right was restored after an objection: the money follows at once, in the same transaction."""
    if gebeurtenis.data["soort"] == Besluitsoort.HERSTEL:
        recht = Subsidie.objects.get(pk=gebeurtenis.data["subsidie"])
        trek_in_na_herstel(recht, actor=Actor.taak("loonkostensubsidie.herstel"))
