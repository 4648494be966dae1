"""Whatever comes in and whatever we decide: sender and receiver read the same first-time-right figure (R023)."""

from __future__ import annotations

import html
import random
import re
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from aanmeldingen.models import Aanmelding
from aanmeldingen.services import accepteer, pak_op, stuur_terug, trek_in, vraag_aanvulling, vul_aan
from kern import klok
from kern.models import ApiClient
from rapportage.services.nacht import bereken_nu
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_eerste_keer_goed import PAD
from tests.hulp.api import Api
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
TEAMS = ("Intake Oost", "Intake West", "Intake Noord")


class Bedrijf:
    """Handles referrals at random, and keeps its own count."""

    def __init__(self, toeval: random.Random, client: ApiClient, medewerker: Any) -> None:
        self.toeval, self.client, self.medewerker = toeval, client, medewerker
        self.telling: Counter[tuple[str, bool]] = Counter()

    def een(self) -> None:
        verwijzer = {"naam": "Kees", "email": "kees@voorbeeld.example", "team": self.toeval.choice(TEAMS)}
        rij, gevraagd = maak_aanmelding(self.client, verwijzer=verwijzer), False
        if self.toeval.random() < 0.3:
            pak_op(rij, self.medewerker, actor=FABRIEK)
        for _ in range(self.toeval.choice([0, 0, 0, 1, 2])):
            vraag_aanvulling(rij, [self.toeval.choice(["talen", "trede"])], "Welke?", actor=FABRIEK)
            gevraagd = True
            if self.toeval.random() < 0.2:
                break
            vul_aan(rij, "Dit.", actor=FABRIEK)
        self.besluit(Aanmelding.objects.get(pk=rij.pk), verwijzer["team"], gevraagd)

    def besluit(self, rij: Aanmelding, team: str, gevraagd: bool) -> None:
        wat = self.toeval.choice(["aannemen", "aannemen", "terug", "intrekken", "laten"])
        if wat == "intrekken":
            trek_in(rij, actor=FABRIEK, reden="Heeft werk.")
        elif wat != "laten" and rij.status != "aanvulling_gevraagd":
            if wat == "aannemen":
                accepteer(rij, actor=FABRIEK, medewerker=self.medewerker)
            else:
                stuur_terug(rij, "al_in_traject", actor=FABRIEK, reden="Heeft al begeleiding.")
            self.telling[team, wat == "aannemen" and not gevraagd] += 1

    @property
    def goed(self) -> int:
        return sum(n for (_, goed), n in self.telling.items() if goed)

    @property
    def besloten(self) -> int:
        return sum(self.telling.values())


def op_het_scherm(blad: str) -> tuple[str, str]:
    """The percentage and `x van de y` as the page of the receiver shows them."""
    tekst = html.unescape(re.sub(r"<[^>]+>", " ", blad))
    percentage, aantal = re.search(r"(\d+(?:,\d)?)\s*%", tekst), re.search(r"(\d+) van de (\d+)", tekst)
    assert percentage and aantal
    return percentage[1], aantal[0]


@pytest.mark.parametrize("zaad", [1, 2, *(pytest.param(n, marks=pytest.mark.volledig) for n in range(3, 13))])
@pytest.mark.eis("R023", "ontvanger en verwijzer zien hetzelfde cijfer, wat er ook binnenkomt en hoe er ook beslist is")
def test_verwijzer_en_ontvanger_lezen_hetzelfde(intake: ApiClient, api: Api, log_in: Any, team: Any, zaad: int) -> None:
    """The count kept beside it, the API of the sender, and the page of who may and who may not see persons."""
    manager: Client = log_in("consulent", "teammanager", team=team)
    bedrijf = Bedrijf(random.Random(zaad), intake, manager.medewerker)  # type: ignore[attr-defined]
    for _ in range(3):
        while bedrijf.toeval.random() < 0.95 or bedrijf.besloten < 25:
            bedrijf.een()
        bereken_nu()
        antwoord = api.get(f"{PAD}?van={klok.vandaag()}&tot={klok.vandaag()}").json()
        assert not antwoord["teKlein"], "genoeg besluiten om te laten zien"
        assert (antwoord["goed"], antwoord["besloten"]) == (bedrijf.goed, bedrijf.besloten)
        assert antwoord["percentage"] == round(100 * bedrijf.goed / bedrijf.besloten, 1)
        blad = manager.get("/aanmeldingen/eerste-keer-goed?bron=intake").content.decode()
        procent = f"{antwoord['percentage']:.1f}".removesuffix(".0").replace(".", ",")
        assert op_het_scherm(blad) == (procent, f"{antwoord['goed']} van de {antwoord['besloten']}")
        for deel in antwoord["perTeam"]:
            if not deel["teKlein"]:
                eigen = {goed: bedrijf.telling[deel["team"], goed] for goed in (True, False)}
                assert (deel["goed"], deel["besloten"]) == (eigen[True], sum(eigen.values()))
                assert f"{deel['goed']} van {deel['besloten']}" in re.sub(r"<[^>]+>", "", blad)
