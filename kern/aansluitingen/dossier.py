"""Socket *persoonskaart*: a higher room's part on the page of a person. The panels below it are in `panelen`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kaartfeit:
    """One fact on the person card: label and value, optional link."""

    label: str
    waarde: str
    url: str = ""


@dataclass(frozen=True)
class Tabblad:
    """One tab of the dossier; `url` is a url name that takes the dossier number."""

    label: str
    url: str
    volgorde: int
    rechten: frozenset[str] = frozenset()


_erbij: dict[str, Callable[[], Any]] = {}


@dataclass(frozen=True)
class Samenvattingsregel:
    """One line about a person under a heading (`kop`), for who takes over or looks at a whole household."""

    kop: str
    tekst: str
    onder: str = ""
    url: str = ""


@dataclass(frozen=True)
class Voorstel:
    """What the work with a person shows about one scale of the diagnosis: a score from 1 to 5, and why."""

    score: int
    waarom: str


_voorstellen: list[Callable[[int, Any], dict[str, Voorstel]]] = []
_samen: list[Callable[[Any, Any, Any], list[str]]] = []
_samenvattingen: list[tuple[int, Callable[[Any, Any], list[Samenvattingsregel]]]] = []
_kaart: list[tuple[int, Callable[[Any, Any], list[Kaartfeit]]]] = []
_tabbladen: list[Tabblad] = []


def erbij(naam: str, maker: Callable[[], Any]) -> None:
    """Ask something along with the person: `maker()` gives an expression on the person (a Subquery), and the panels of
    the room read it as `deelnemer.<naam>`. So a small fact costs no query of its own.
    """
    if naam in _erbij:
        raise ValueError(f"{naam} wordt al meegevraagd")
    _erbij[naam] = maker


def meegevraagd() -> dict[str, Any]:
    """The expressions of all rooms, to annotate the query of one person."""
    return {naam: maker() for naam, maker in _erbij.items()}


def kaartfeit(volgorde: int, maker: Callable[[Any, Any], list[Kaartfeit]]) -> None:
    """Add facts to the person card; `maker(request, deelnemer)` returns them."""
    _kaart.append((volgorde, maker))
    _kaart.sort(key=lambda paar: paar[0])


def tabblad(label: str, url: str, volgorde: int, *rechten: str) -> None:
    """Add a tab to the dossier."""
    _tabbladen.append(Tabblad(label, url, volgorde, frozenset(rechten)))
    _tabbladen.sort(key=lambda t: t.volgorde)


def kaartfeiten(request: Any, deelnemer: Any) -> list[Kaartfeit]:
    return [feit for _, maker in _kaart for feit in maker(request, deelnemer)]


def tabbladen(rechten: frozenset[str]) -> list[Tabblad]:
    return [t for t in _tabbladen if not t.rechten or t.rechten & rechten]


def samenvatting(volgorde: int, maker: Callable[[Any, Any], list[Samenvattingsregel]]) -> None:
    """Add lines that say what runs and what is due; `maker(request, deelnemer)` shows only what this reader may."""
    _samenvattingen.append((volgorde, maker))
    _samenvattingen.sort(key=lambda paar: paar[0])


def voorstel(maker: Callable[[int, Any], dict[str, Voorstel]]) -> None:
    """Propose scores of the diagnosis: `maker(deelnemer_id, sinds)` gives them per scale; `sinds` per scale its day."""
    _voorstellen.append(maker)


def voorstellen(deelnemer_id: int, sinds: Any) -> dict[str, Voorstel]:
    """What all rooms propose; a person confirms it or says otherwise."""
    return {schaal: v for maker in _voorstellen for schaal, v in maker(deelnemer_id, sinds).items()}


def samen_let_op(maker: Callable[[Any, Any, Any], list[str]]) -> None:
    """Add sentences about members of one household together: `maker(request, huishouden, leden)`."""
    _samen.append(maker)


def let_op_samen(request: Any, huishouden: Any, leden: Any) -> list[str]:
    """What all rooms say of these members together."""
    return [zin for maker in _samen for zin in maker(request, huishouden, leden)]


def samengevat(request: Any, deelnemer: Any) -> dict[str, list[Samenvattingsregel]]:
    """The lines of all rooms about one person, per heading in order of the rooms."""
    uit: dict[str, list[Samenvattingsregel]] = {}
    for _, maker in _samenvattingen:
        for regel in maker(request, deelnemer):
            uit.setdefault(regel.kop, []).append(regel)
    return uit
