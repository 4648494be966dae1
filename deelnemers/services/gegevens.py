"""Contact data and address of a person, guarded against two people who save at the same time."""

from __future__ import annotations

from typing import Any

from deelnemers.models import Deelnemer
from deelnemers.services.geheimadres import ADRES_AFGESCHERMD, geef_vrij, scherm_af
from deelnemers.services.tijdlijn import zoekingang
from kern.aansluitingen import gebeurtenis, zoeken
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from organisatie.querysets import gebied_van

#: Contact data or address changed; rooms that keep something made from it make it again.
PERSOON_GEWIJZIGD = "persoon.gewijzigd"
#: The columns that a secret address hides.
ADRES = ("straat", "huisnummer", "postcode", "woonplaats", "adres_geheim")

#: What somebody of the department may correct by hand; identity and BSN go another way.
WIJZIGBAAR = (
    "voornamen", "roepnaam", "voorvoegsel", "geslachtsnaam", "partnernaam", "telefoon", "email", "bereikbaar",
    "straat", "huisnummer", "postcode", "woonplaats", "adres_geheim", "tolk_taal",
)  # fmt: skip


@service
def wijzig_gegevens(
    deelnemer: Deelnemer,
    versie: int,
    velden: dict[str, Any],
    *,
    actor: Actor,
    reden: str = "",
    open_voor_allen: bool = False,
) -> Deelnemer:
    """Change contact data. `versie` is the counter that the form was made with.

    A secret address is secret for all housemates there; it is open again for all of them, `open_voor_allen`, or for
    none. Raises IntussenGewijzigd with the present values that differ from `velden` when somebody else saved in
    between.
    """
    onbekend = velden.keys() - set(WIJZIGBAAR)
    if onbekend:
        raise ValueError(f"niet te wijzigen: {', '.join(sorted(onbekend))}")
    rij = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    anders = {veld: getattr(rij, veld) for veld, waarde in velden.items() if getattr(rij, veld) != waarde}
    if rij.versie != versie:
        raise IntussenGewijzigd(anders, rij.versie)
    if not anders:
        return rij
    if anders.get("adres_geheim"):
        geef_vrij(rij, voor_allen=open_voor_allen)
    for veld in anders:
        setattr(rij, veld, velden[veld])
    if "postcode" in anders:
        rij.gebied = gebied_van(rij.postcode)
    rij.versie += 1
    rij.full_clean()
    rij.save(update_fields=[*anders, "gebied", "versie"])
    zoeken.schrijf(zoekingang(rij))
    gebeurtenis.meld(PERSOON_GEWIJZIGD, rij.pk, betrokkene_id=rij.pk)
    if "adres_geheim" in anders and rij.adres_geheim:
        gebeurtenis.meld(ADRES_AFGESCHERMD, rij.pk, betrokkene_id=rij.pk)
    if anders.keys() & set(ADRES):
        scherm_af(rij)
    return rij
