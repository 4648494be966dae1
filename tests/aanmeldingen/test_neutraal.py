"""Only the own organisation learns that a person is known; others cannot tell from anything we answer (R044)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart

from aanmeldingen.models import Aanleverregel, Aanmelding
from aanmeldingen.services import accepteer, trek_in
from deelnemers.models import Deelnemer
from kern.handeling import handeling
from kern.models import ApiClient
from tests.aanmeldingen.fabrieken import bsn_nummer, lichaam, maak_aanmelding
from tests.aanmeldingen.test_aanleveren import lees_antwoord, zet
from tests.hulp.api import Api
from tests.hulp.vragen import tel_vragen
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
PAD = "/api/v1/aanmeldingen"
MINIMAAL = {"bronafdeling": "reclassering", "route": "reclassering", "adviesrapport": None, "uitkering": None}
GRENS = "grens7f3a"


@pytest.fixture
def bekend(intake: ApiClient, maak_medewerker: Any, team: Any) -> str:
    """The BSN of somebody in a trajectory, with a dossier and an open referral of Intake besides."""
    nummer = bsn_nummer(901)
    rij = maak_aanmelding(intake, burgerservicenummer=nummer)
    accepteer(rij, actor=FABRIEK, medewerker=maak_medewerker("consulent", team=team))
    with handeling(FABRIEK):
        Deelnemer.objects.update(in_traject=True)
    maak_aanmelding(intake, burgerservicenummer=nummer)
    return nummer


def vorm(waarde: Any) -> Any:
    """Keys and kinds, without values."""
    if isinstance(waarde, dict):
        return {naam: vorm(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list):
        return [vorm(deel) for deel in waarde]
    return type(waarde).__name__


def afdruk(vraag: Callable[[], Any]) -> dict[str, Any]:
    """Everything that a client could tell two answers apart by, and what we asked the database for it."""
    with tel_vragen() as vragen:
        antwoord = vraag()
    return {
        "status": antwoord.status_code,
        "inhoud": vorm(antwoord.json()),
        "koppen": {naam: len(waarde) for naam, waarde in antwoord.headers.items()},
        "vragen": len(vragen.zonder_savepoints),
        "sql": [sql.split("WHERE")[0] for sql, _ in vragen.zonder_savepoints],
    }


@pytest.mark.eis("R044", "bij elk antwoord: status, vorm, koppen en vragen zijn gelijk, of we iemand kennen of niet")
def test_een_ander_kan_nergens_aan_zien_dat_iemand_bekend_is(reclassering: ApiClient, bekend: str) -> None:
    ander = Api(reclassering.client_id)

    def stel(nummer: str) -> dict[str, dict[str, Any]]:
        inhoud = lichaam(**MINIMAAL, burgerservicenummer=nummer)
        uit = {
            "zoeken vooraf": afdruk(lambda: ander.post(f"{PAD}/_zoek", {"burgerservicenummer": nummer})),
            "proef": afdruk(lambda: ander.post(f"{PAD}/validaties", inhoud, key=None)),
            "indienen": afdruk(lambda: ander.post(PAD, inhoud)),
        }
        eigen = Aanmelding.objects.get(client=reclassering, externe_referentie=inhoud["externeReferentie"])
        bestand = {"soort": "adviesrapport", "bestand": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n")}
        formulier = encode_multipart(GRENS, bestand)
        soort = f"multipart/form-data; boundary={GRENS}"
        uit |= {
            "nog eens indienen": afdruk(lambda: ander.post(PAD, inhoud)),
            "zoeken daarna": afdruk(lambda: ander.post(f"{PAD}/_zoek", {"burgerservicenummer": nummer})),
            "bekijken": afdruk(lambda: ander.get(f"{PAD}/{eigen.kenmerk}")),
            "statussen": afdruk(lambda: ander.get(f"{PAD}/{eigen.kenmerk}/statussen")),
            "document": afdruk(lambda: ander.post(f"{PAD}/{eigen.kenmerk}/documenten", formulier, soort=soort)),
        }
        return uit

    stel(bsn_nummer(902))  # what is cached once does not count
    wel, niet = stel(bekend), stel(bsn_nummer(903))
    for naam in wel:
        assert wel[naam] == niet[naam], naam
    assert "reedsInTraject" not in wel["indienen"]["inhoud"]
    assert (wel["proef"]["status"], wel["indienen"]["status"], wel["document"]["status"]) == (200, 201, 201)


@pytest.mark.eis("R044", "het antwoordbestand zegt alleen de eigen organisatie dat iemand al in een traject zit")
def test_het_antwoordbestand(postvak: Path, draai: Any, reclassering: ApiClient, bekend: str) -> None:
    trek_in(Aanmelding.objects.get(status="ontvangen"), actor=FABRIEK, reden="Stond er al.")
    vreemd = postvak.parent / reclassering.client_id
    vreemd.mkdir()
    nieuw = bsn_nummer(904)
    zet(postvak / "een.jsonl", lichaam(burgerservicenummer=bekend), lichaam(burgerservicenummer=nieuw))
    zet(vreemd / "twee.jsonl", *(lichaam(**MINIMAAL, burgerservicenummer=n) for n in (bekend, nieuw)))
    draai()
    assert [r["reedsInTraject"] for r in lees_antwoord(postvak / "een.jsonl")] == [True, False]
    wel, niet = lees_antwoord(vreemd / "twee.jsonl")
    assert vorm(wel) == vorm(niet)
    assert "reedsInTraject" not in wel
    regels = Aanleverregel.objects.filter(aanlevering__client=reclassering)
    assert set(regels.values_list("reeds_in_traject", flat=True)) == {None}
