"""Jobs of this room."""

from __future__ import annotations

from kern.taken import Loop, taak
from rapportage.services import nacht as dienst


@taak("nacht", "Werkt ’s nachts alles bij: overdrachten, klokken, feiten en cijfers.", nacht=True)
def nacht(loop: Loop) -> None:
    """The night: other rooms' steps, facts, figures, stamp."""
    dienst.nacht(loop)
