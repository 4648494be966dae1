"""What is about a person without pointing at the dossier: calls that somebody took for a colleague by name (R226)."""

from __future__ import annotations

from deelnemers.models import Terugbelverzoek
from deelnemers.toestanden import TERUGBELVERZOEK
from kern.models import Werkvoorraad
from kern.wissen import NietTeWissen, Opdracht

KAMER = "deelnemers"
_CIJFERS = r"right(regexp_replace({}.telefoon, '\D', '', 'g'), 9)"
# The same number, whichever way it was typed, or the same name; a number of less than nine digits says nothing.
_LOS = f"""
SELECT t.id, t.status FROM deelnemers_terugbelverzoek t JOIN deelnemers_deelnemer d ON d.gemeente_id = t.gemeente_id
WHERE d.id = ANY(%s) AND t.deelnemer_id IS NULL AND (
  (length({_CIJFERS.format("d")}) = 9 AND {_CIJFERS.format("t")} = {_CIJFERS.format("d")})
  OR (t.status <> 'open' AND lower(btrim(t.beller)) =
      lower(concat_ws(' ', NULLIF(d.roepnaam, ''), NULLIF(d.voorvoegsel, ''), d.geslachtsnaam))))
ORDER BY t.id
"""


def losse_terugbelverzoeken(opdracht: Opdracht) -> None:
    """Requests by the person's own number or name go too; somebody who still waits to be phoned comes first."""
    rijen = opdracht.vraag(_LOS, [list(opdracht.mensen)])
    if any(status == "open" for _, status in rijen):
        raise NietTeWissen("Er wacht nog een terugbelverzoek met het telefoonnummer van deze persoon.")
    opdracht.voeg_toe(Terugbelverzoek, [pk for pk, _ in rijen])
    pks = opdracht.van(Terugbelverzoek)
    opdracht.neem_overgangen_mee(Terugbelverzoek, TERUGBELVERZOEK.soort)
    gevonden = opdracht.vraag(
        "SELECT id FROM kern_werkvoorraad WHERE gemeente_id = %s AND kamer = %s AND sleutel = ANY(%s)",
        [opdracht.gemeente_id, KAMER, [f"terugbellen:{pk}" for pk in pks]],
    )
    opdracht.voeg_toe(Werkvoorraad, [rij[0] for rij in gevonden])
