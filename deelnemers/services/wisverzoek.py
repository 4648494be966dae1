"""A request to be erased (AVG art. 17): granting it puts the person on a list that two people decide on."""

from __future__ import annotations

from deelnemers.models import Privacyverzoek, Vernietigingsregel
from deelnemers.services import privacy
from deelnemers.services.vernietigbesluit import vraag_wissen_aan
from kern.handeling import Actor, service


@service
def wijs_toe(verzoek: Privacyverzoek, *, actor: Actor, reden: str, ondanks_termijn: bool = False) -> Privacyverzoek:
    """Grant it. Raises ValidationError when the data must stay, OvergangGeweigerd when the state does not allow it."""
    vraag_wissen_aan(verzoek, actor=actor, ondanks_termijn=ondanks_termijn)
    return privacy.beslis(verzoek, "toewijzen", actor=actor, reden=reden)


def regel_van(verzoek: Privacyverzoek) -> Vernietigingsregel | None:
    """Where the erasing of a granted request stands."""
    rijen = Vernietigingsregel.objects.filter(verzoek=verzoek).select_related("vernietiging")
    return rijen.order_by("-pk").first()


def is_besloten(verzoek: Privacyverzoek) -> bool:
    """Whether the second person agreed to erase: then who received data has heard."""
    regel = regel_van(verzoek)
    return regel is not None and regel.vernietiging.goedgekeurd_op is not None
