"""What is about a person without pointing at the dossier: calls that somebody took for a colleague by name (R226)."""

from __future__ import annotations

from deelnemers.models import Terugbelverzoek
from deelnemers.toestanden import TERUGBELVERZOEK
from kern.models import Overgang, Werkvoorraad
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
    for model, waar, waarden in (
        (Overgang, "soort = %s AND object_id = ANY(%s)", [TERUGBELVERZOEK.soort, pks]),
        (Werkvoorraad, "kamer = %s AND sleutel = ANY(%s)", [KAMER, [f"terugbellen:{pk}" for pk in pks]]),
    ):
        gevonden = opdracht.vraag(
            f"SELECT id FROM {model._meta.db_table} WHERE gemeente_id = %s AND {waar}", [opdracht.gemeente_id, *waarden]
        )
        opdracht.voeg_toe(model, [rij[0] for rij in gevonden])
