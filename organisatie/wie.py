"""Plugs the member of staff and the rights of today into kern."""

from __future__ import annotations

from kern import klok
from kern.aansluitingen.medewerker import Wie
from kern.models import Gebruiker
from organisatie.querysets import medewerker_van, rollen_van
from organisatie.rechten import Rol, rechten_van


def wie(gebruiker: Gebruiker) -> Wie:
    """The member of staff behind an account, with rights; kept on the account object, which lives one
    request.

    A blocked account, or somebody out of service, has no rights.
    """
    bewaard = gebruiker.__dict__.get("_wie")
    if bewaard is None or bewaard[0] != klok.vandaag():
        bewaard = (klok.vandaag(), _zoek(gebruiker))
        gebruiker.__dict__["_wie"] = bewaard
    return bewaard[1]


def _zoek(gebruiker: Gebruiker) -> Wie:
    medewerker = medewerker_van(gebruiker.pk) if gebruiker.actief else None
    if medewerker is None:
        return Wie()
    # One query gives the account along: pages ask for its name.
    medewerker.gebruiker = gebruiker
    return Wie(
        medewerker,
        rechten_van(rollen_van(medewerker)),
        _functieregel(medewerker.rollen_nu),
    )  # type: ignore[attr-defined]


def _functieregel(rollen: list[dict[str, str]]) -> str:
    """For example “Consulent · Oost/Zuidoost”; the first role stands for all."""
    if not rollen:
        return "Geen rol"
    eerste = rollen[0]
    return " · ".join(deel for deel in (str(Rol(eerste["rol"]).label), eerste.get("teamnaam") or "") if deel)
