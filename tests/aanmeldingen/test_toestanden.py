"""Every state × action × role, against the table of the standard (STANDAARDEN 3.1)."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from aanmeldingen.toestanden import AANMELDING, AFZENDER
from organisatie.rechten import ROLRECHTEN, Rol

STATUSSEN = [
    "ontvangen",
    "wacht_op_document",
    "aanvulling_gevraagd",
    "in_behandeling",
    "geaccepteerd",
    "teruggestuurd",
    "ingetrokken",
    "afgehandeld",
]
ACTIES = [
    "indienen",
    "op_document_wachten",
    "documenten_compleet",
    "oppakken",
    "vraag_stellen",
    "aanvullen",
    "accepteren",
    "terugsturen",
    "intrekken",
    "heropenen",
    "trajecteinde",
]
#: From the standard, by hand: (status, action) → next status. Waiting for a document is our own, and so is
#: opening again, by the night, what was sent back until a day.
PIJLEN = {
    ("ontvangen", "op_document_wachten"): "wacht_op_document",
    ("wacht_op_document", "documenten_compleet"): "ontvangen",
    ("wacht_op_document", "terugsturen"): "teruggestuurd",
    ("wacht_op_document", "intrekken"): "ingetrokken",
    ("ontvangen", "vraag_stellen"): "aanvulling_gevraagd",
    ("in_behandeling", "vraag_stellen"): "aanvulling_gevraagd",
    ("aanvulling_gevraagd", "aanvullen"): "in_behandeling",
    ("ontvangen", "oppakken"): "in_behandeling",
    ("ontvangen", "accepteren"): "geaccepteerd",
    ("in_behandeling", "accepteren"): "geaccepteerd",
    ("ontvangen", "terugsturen"): "teruggestuurd",
    ("in_behandeling", "terugsturen"): "teruggestuurd",
    ("ontvangen", "intrekken"): "ingetrokken",
    ("aanvulling_gevraagd", "intrekken"): "ingetrokken",
    ("in_behandeling", "intrekken"): "ingetrokken",
    ("teruggestuurd", "heropenen"): "ontvangen",
    ("geaccepteerd", "trajecteinde"): "afgehandeld",
}
BEHANDELAARS = {Rol.CONSULENT, Rol.TEAMMANAGER}
VAN_ONS = {"oppakken", "vraag_stellen", "accepteren", "terugsturen"}
VAN_DE_AFZENDER = {"aanvullen", "intrekken", "indienen", "op_document_wachten", "documenten_compleet"}


@pytest.mark.parametrize(("status", "actie"), list(itertools.product(STATUSSEN, ACTIES)))
def test_alleen_de_pijlen_van_de_standaard(status: str, actie: str) -> None:
    stap = AANMELDING.stap(status, actie)
    assert (stap.naar if stap else None) == PIJLEN.get((status, actie))


@pytest.mark.parametrize(("status", "actie", "rol"), list(itertools.product(STATUSSEN, ACTIES, [*Rol, AFZENDER])))
def test_wie_mag_wat(status: str, actie: str, rol: str) -> None:
    rechten = {AFZENDER} if rol == AFZENDER else ROLRECHTEN[Rol(rol)]
    verwacht = (status, actie) in PIJLEN and (
        (actie in VAN_ONS and rol in BEHANDELAARS) or (actie in VAN_DE_AFZENDER and rol == AFZENDER)
    )
    assert AANMELDING.mag(SimpleNamespace(status=status), actie, rechten) is verwacht


def test_de_tabel_kent_geen_andere_toestanden_of_acties() -> None:
    assert [t.code for t in AANMELDING.toestanden] == STATUSSEN
    assert {s.actie for s in AANMELDING.stappen} == set(ACTIES)
    assert all(t.uitleg for t in AANMELDING.toestanden)
