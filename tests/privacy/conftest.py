"""The demo municipality with the needle in it, filled once per process."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from deelnemers.models import Deelnemer
from deelnemers.services.profiel import maak_profiellink
from kern import klok
from kern.handeling import voor_gemeente
from kern.models import Gebruiker, Gemeente
from rapportage.services.nacht import bereken_nu
from reintegratie.demodata.vullen import vul
from tests.hulp import database
from tests.hulp.pdf import tekst_van as pdftekst
from tests.kern.fabrieken import FABRIEK, BerichtFabriek
from tests.privacy.adressen import Adres, alle_adressen, pad, voorbeelden
from tests.privacy.naald import Naald, plant

#: Ends the session of the walk.
OVERSLAAN = {"uitloggen"}


class Wereld:
    """The demo municipality with the needle in it, and every address that leads to her."""

    def __init__(self) -> None:
        deelnemer = Deelnemer.objects.get(persona="samira")
        _, sleutel = maak_profiellink(deelnemer, "Bakkerij", 7, deelnemer.regievoerder, actor=FABRIEK)
        self.naald: Naald = plant()
        self.deelnemer = self.naald.deelnemer
        BerichtFabriek()
        bereken_nu()
        lijst = voorbeelden(self.deelnemer, sleutel)
        self.adressen: list[Adres] = [a for a in alle_adressen() if not a.is_api and a.naam not in OVERSLAAN]
        self.paden = {a.naam: pad(a, lijst, self.deelnemer.dossiernummer) for a in self.adressen}

    def vul_in(self, vraag: str) -> str:
        """A question of a list with the number of the needle and her regievoerder in it."""
        nummer, wie = self.deelnemer.dossiernummer, str(self.deelnemer.regievoerder_id)
        return vraag.replace("DOSSIERNUMMER", nummer).replace("REGIEVOERDER", wie)


@pytest.fixture(scope="module")
def gevuld(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Gemeente, Wereld]]:
    """Filled once for all combinations of this process; each combination takes back what it did."""
    with django_db_blocker.unblock():
        try:
            vul("1:20", klok.vandaag(), "1", lambda regel: None)
            gemeente = Gemeente.objects.get(pk=Gebruiker.objects.get(naam="Chantal Brouwer").gemeente_id)
            with voor_gemeente(gemeente):
                wereld = Wereld()
            yield gemeente, wereld
        finally:
            database.herstel()


@pytest.fixture
def wereld(gevuld: tuple[Gemeente, Wereld], db: None) -> Iterator[Wereld]:
    with voor_gemeente(gevuld[0]):
        yield gevuld[1]


def tekst_van(antwoord: Any) -> str:
    """All that an answer says: body, headers, and what is inside a file."""
    inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
    soort = antwoord.headers.get("Content-Type", "")
    if soort.startswith("application/pdf"):
        tekst = pdftekst(inhoud)
    elif "spreadsheetml" in soort:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as boek:
            tekst = " ".join(boek.read(naam).decode(errors="replace") for naam in boek.namelist())
    else:
        tekst = inhoud.decode(errors="replace")
    return f"{tekst} {dict(antwoord.headers)}"
