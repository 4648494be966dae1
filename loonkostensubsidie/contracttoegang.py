"""Who sees contracts under older schemes: as subsidies, on pages for who handles or approves them."""

from __future__ import annotations

from loonkostensubsidie.toegang import Subsidieregel

#: Rights that open the pages of contracts.
ZIEN = ("subsidie.behandelen", "subsidie.goedkeuren")

CONTRACT = Subsidieregel()
