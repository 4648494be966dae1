"""Jobs of this room."""

from __future__ import annotations

from kern.taken import Loop, taak
from rapportage.services import nacht as dienst


@taak("rapportage.cijfers", "Werkt de feiten en de cijfers bij.", nacht=True)
def cijfers(loop: Loop) -> None:
    dienst.cijfers(loop)
