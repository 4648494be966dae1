"""Every question that the pages about contracts under older schemes ask."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Count, QuerySet, Sum

from loonkostensubsidie.contracttoegang import CONTRACT
from loonkostensubsidie.models import Contract, Contractlevering, Factuur, Factuurregel, Leveringregel, Schaduwbedrag
from loonkostensubsidie.services.contract import VOORWAARDE
from regelgeving.models import Voorstel


def contracten(medewerker: Any) -> QuerySet[Contract]:
    """Contracts that this member of staff may see."""
    rijen = CONTRACT.beperk(Contract.objects.all(), medewerker)
    return rijen.select_related("deelnemer", "werkgever", "regeling", "dienstverband", "voorgedragen_door", "subsidie")


def contract(medewerker: Any, kenmerk: uuid.UUID) -> Contract | None:
    """One of them."""
    return contracten(medewerker).filter(kenmerk=kenmerk).first()


def vergelijkingen(
    medewerker: Any, *, maand: dt.date | None = None, stand: str = "", regeling: str = "", status: str = ""
) -> QuerySet[Schaduwbedrag]:
    """Months of contracts that this member of staff may see, latest month and largest difference first."""
    rijen = CONTRACT.beperk(Schaduwbedrag.objects.all(), medewerker)
    if maand is not None:
        rijen = rijen.filter(maand=maand)
    if stand:
        rijen = rijen.filter(stand=stand)
    if regeling:
        rijen = rijen.filter(contract__regeling__code=regeling)
    if status:
        rijen = rijen.filter(contract__status=status)
    return rijen.select_related("contract__deelnemer", "contract__werkgever", "contract__regeling").order_by(
        "-maand", "stand", "contract__extern_nummer", "pk"
    )


def totalen(rijen: QuerySet[Schaduwbedrag]) -> dict[str, Any]:
    """Numbers per outcome, and the amounts of both systems of what could be computed, in euro."""
    per_stand = dict(rijen.order_by().values_list("stand").annotate(aantal=Count("pk")))
    bedragen = rijen.exclude(stand="niet").aggregate(oud=Sum("oud_bedrag"), nieuw=Sum("nieuw_bedrag"))
    return {"per_stand": per_stand, "aantal": sum(per_stand.values()), **bedragen}


def maanden(medewerker: Any) -> list[dt.date]:
    """The months that can be compared, latest first."""
    rijen = CONTRACT.beperk(Schaduwbedrag.objects.all(), medewerker)
    return list(rijen.order_by("-maand").values_list("maand", flat=True).distinct())


def open_voorstel(rij: Contract) -> Voorstel | None:
    """The change of terms that waits for a second person."""
    voorstellen = Voorstel.objects.filter(soort=VOORWAARDE, onderwerp_id=rij.pk, status="voorgesteld")
    return voorstellen.select_related("voorgesteld_door").order_by("pk").first()


def leveringen() -> QuerySet[Contractlevering]:
    """Files, newest first, without their content."""
    return Contractlevering.objects.defer("verzegeld").select_related("door").order_by("-ontvangen_op", "-pk")


def regels(levering: Contractlevering, *, uitkomst: str = "", veld: str = "") -> QuerySet[Leveringregel]:
    """Lines that did not come in, in the order of the file."""
    rijen = Leveringregel.objects.filter(levering=levering).exclude(fouten=[])
    if uitkomst:
        rijen = rijen.filter(uitkomst=uitkomst)
    if veld:
        rijen = rijen.filter(fouten__contains=[{"veld": veld}])
    return rijen.order_by("nummer", "pk")


def bestand_is_er(levering: Contractlevering) -> bool:
    """Whether the sealed file is still there, without reading it."""
    return Contractlevering.objects.filter(pk=levering.pk, verzegeld__isnull=False).exists()


def facturen() -> QuerySet[Factuur]:
    """Invoices to borrowers, newest first."""
    return Factuur.objects.select_related("werkgever").order_by("-maand", "-pk")


def factuurregels(medewerker: Any) -> QuerySet[Factuurregel]:
    """Lines of invoices about people whom this member of staff may see, in the order of the invoice."""
    rijen = CONTRACT.beperk(Factuurregel.objects.all(), medewerker)
    return rijen.select_related("deelnemer", "factuur__werkgever", "boekregel__subsidie").order_by("factuur", "pk")
