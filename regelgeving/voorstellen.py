"""Kinds of proposals. A room registers what must happen when a second person approves (from `AppConfig.ready()`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kern.handeling import Actor
from regelgeving.models import Voorstel


@dataclass(frozen=True)
class Voorstelsoort:
    """A kind: its label, who may decide, how to check it beforehand and how to carry it out.

    `controleer` and `voer_uit` raise ValidationError when it cannot be; `voer_uit` runs in the transaction of approval.
    """

    sleutel: str
    label: str
    recht: str
    voer_uit: Callable[[Voorstel, Actor], None]
    controleer: Callable[[dict], None] | None = None


_soorten: dict[str, Voorstelsoort] = {}


def registreer(soort: Voorstelsoort) -> None:
    """Make a kind of proposal known."""
    _soorten[soort.sleutel] = soort


def soort_van(sleutel: str) -> Voorstelsoort:
    """The kind with this key; KeyError when no room registered it."""
    return _soorten[sleutel]


def mag_beslissen(voorstel: Voorstel, gebruiker_id: int, rechten: frozenset[str]) -> bool:
    """Whether this account may approve or reject: the right of the kind, and not its own proposal."""
    return (
        voorstel.status == "voorgesteld"
        and voorstel.voorgesteld_door_id != gebruiker_id
        and soort_van(voorstel.soort).recht in rechten
    )
