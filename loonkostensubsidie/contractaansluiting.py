"""How contracts under older schemes join in on the sockets of kern and regelgeving."""

from __future__ import annotations

from kern.aansluitingen import bewaartermijnen, menu, sleutels, wissen
from kern.wissen import Opdracht
from loonkostensubsidie import contracttaken  # noqa: F401  registers the job
from loonkostensubsidie.contracttoegang import ZIEN
from loonkostensubsidie.models import (
    Contract,
    Contractlevering,
    Contractvoorwaarde,
    Factuurregel,
    Leveringregel,
    Schaduwbedrag,
)
from loonkostensubsidie.regels import KAMER
from loonkostensubsidie.services import contract


def _verzamel(opdracht: Opdracht) -> None:
    """Lines of reports that name a contract of theirs, and every sealed file that waits: it may hold their number."""
    regels = opdracht.vraag(
        "SELECT r.id FROM loonkostensubsidie_leveringregel r JOIN loonkostensubsidie_contract c"
        " ON c.gemeente_id = r.gemeente_id AND c.extern_nummer = r.extern_nummer WHERE c.id = ANY(%s)",
        [opdracht.van(Contract)],
    )
    opdracht.voeg_toe(Leveringregel, [pk for (pk,) in regels])
    wachtend = opdracht.vraag(
        "SELECT id FROM loonkostensubsidie_contractlevering WHERE gemeente_id = %s AND verzegeld IS NOT NULL",
        [opdracht.gemeente_id],
    )
    opdracht.voeg_toe(Contractlevering, [pk for (pk,) in wachtend])


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    contract.sluit_aan()
    sleutels.sluit_aan(sleutels.Verzegeld(Contractlevering, "verzegeld"))
    menu.punt("Oudere contracten", "contracten", "document", *ZIEN, blok="Subsidies", volgorde=60)
    menu.punt("Facturen", "facturen", "euro", "subsidie.betalen", blok="Subsidies", volgorde=65)
    wissen.sluit_aan(f"{KAMER}.contracten", verzamel=_verzamel)
    bewaartermijnen.sluit_aan(
        bewaartermijnen.Bewaartermijn(KAMER, "loonkostensubsidie_contract", "19.1.1", 7, "einddatum", loopt=True),
        *bewaartermijnen.met_dossier(KAMER, Contractvoorwaarde, Schaduwbedrag, Factuurregel),
    )
