"""The employment of an application: written down from the form when it is not there yet."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from kern.handeling import Actor, service
from loonkostensubsidie.aanvraagkeuzes import Route
from loonkostensubsidie.models import Aanvraag
from loonkostensubsidie.services.aanvraag import koppel_dienstverband, vergrendel
from loonkostensubsidie.services.controles import ververs_controles
from werkgevers.keuzes import Dienstverbandsoort, Loonwaarderoute
from werkgevers.services.dienstverband import begin_dienstverband, wijzig_dienstverband


@service
def leg_dienstverband_vast(aanvraag: Aanvraag, *, actor: Actor, werkvorm: str = "") -> Aanvraag:
    """Begin the employment with what the application says, and tie the application to it.

    With a `werkvorm` it is beschut work. Raises ValidationError when the form is not full enough, a guided employment
    already runs, or beschut work has no positive advice of UWV.
    """
    rij = vergrendel(aanvraag)
    if rij.dienstverband_id is not None:
        raise ValidationError("Bij deze aanvraag hoort al een dienstverband.")
    if rij.begindatum is None or rij.uren_per_week is None or rij.uren_voltijd is None or not rij.functie:
        raise ValidationError("Vul eerst functie, eerste werkdag en uren in.")
    baan = begin_dienstverband(
        rij.deelnemer,
        Dienstverbandsoort.BESCHUT if werkvorm else Dienstverbandsoort.LKS,
        rij.werkgever,
        rij.begindatum,
        werkvorm=werkvorm,
        functie=rij.functie,
        uren_per_week=rij.uren_per_week,
        uren_voltijd=rij.uren_voltijd,
        bruto_uurloon=rij.bruto_uurloon,
        contract_tot=rij.einddatum,
        loonwaarderoute=Loonwaarderoute.FORFAIT if rij.route == Route.FORFAIT else Loonwaarderoute.METING,
        actor=actor,
    )
    return koppel_dienstverband(rij, baan, actor=actor)


@service
def neem_week_over(aanvraag: Aanvraag, *, actor: Actor) -> Aanvraag:
    """Put the full-time week of the application in the employment, from its first day; the checks run again.

    Raises ValidationError when there is nothing to take over.
    """
    rij = vergrendel(aanvraag)
    if not rij.is_open or rij.dienstverband is None or rij.uren_voltijd is None:
        raise ValidationError("Kies eerst een dienstverband bij de aanvraag.")
    wijzig_dienstverband(
        rij.dienstverband,
        rij.dienstverband.begindatum,
        reden=f"De voltijdse werkweek uit aanvraag {rij.nummer}.",
        doorgegeven_op=rij.ontvangen_op,
        uren_voltijd=rij.uren_voltijd,
        actor=actor,
    )
    rij.refresh_from_db(fields=["dienstverband"])
    ververs_controles(rij)
    return rij
