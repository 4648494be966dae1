"""Which order or recovery holds a line of the ledger: hold it, and let it go (R149)."""

from __future__ import annotations

from collections.abc import Iterable

from kern import klok
from loonkostensubsidie.models import Betaalopdracht, Boekregel, Opdrachtregel, Terugvordering


def houd_vast(regels: Iterable[Boekregel], **doel: Betaalopdracht | Terugvordering) -> None:
    """Hold these lines; the database refuses one that somebody else holds."""
    nu = klok.nu()
    Opdrachtregel.objects.bulk_create([Opdrachtregel(boekregel=regel, vanaf=nu, **doel) for regel in regels])


def laat_los(van: Betaalopdracht | Terugvordering) -> None:
    """Let go of all lines: they are open again."""
    van.regels.filter(vrij_op__isnull=True).update(vrij_op=klok.nu())
