"""The lists of income by team, and what a consulent reads about who answers (R196)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from deelnemers.models import Deelnemer
from deelnemers.services.inkomen import bevestig_doorlopen, meld_aan_inkomen
from deelnemers.services.vragen import beantwoord_vraag, stel_vraag
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.handeling import Actor
from organisatie.querysets import medewerker_van
from organisatie.services.inkomensconsulent import wijs_inkomensconsulent_aan
from tests.deelnemers.fabrieken import TOETS, DeelnemerFabriek, met_regie
from tests.hulp.vragen import groeit_niet
from tests.organisatie.fabrieken import AfwezigheidFabriek, TeamFabriek

#: The lists with what they may cost.
KOSTEN = {"inkomensvragen": 6, "inkomen_meldingen": 7}


@pytest.fixture
def fatima(maak_medewerker: Any) -> Any:
    return maak_medewerker("inkomensconsulent", voornaam="Fatima", achternaam="Amrani")


def aan(team: Any, wie: Any) -> None:
    wijs_inkomensconsulent_aan(team, wie, klok.vandaag(), actor=TOETS)


def vraag_over(team: Any, consulent: Any) -> Deelnemer:
    """A person of this team with an open question and an open notice."""
    persoon = DeelnemerFabriek(team=team)
    stel_vraag(persoon, "inkomen", "Loopt het door?", medewerker=consulent, actor=TOETS)
    meld_aan_inkomen(persoon, "plaatsing", f"p:{persoon.pk}", klok.vandaag(), actor=TOETS)
    return persoon


@pytest.mark.eis("R196", "Wie vast is voor een team, ziet eerst dat team; met ‘Alle teams’ neemt een collega het over")
@pytest.mark.parametrize("lijst", KOSTEN)
def test_van_mijn_teams_of_alle_teams(log_in: Any, team: Any, consulent: Any, fatima: Any, lijst: str) -> None:
    ander = TeamFabriek(naam="Team West")
    van_mij, van_ander, zonder = (vraag_over(t, consulent).dossiernummer for t in (team, ander, None))
    ik = log_in("inkomensconsulent", voornaam="Karim", achternaam="Haddad")
    pad = reverse(lijst)

    def te_zien(van: str = "") -> set[str]:
        tekst = ik.get(pad, {"van": van} if van else {}).content.decode()
        return {nummer for nummer in (van_mij, van_ander, zonder) if nummer in tekst}

    assert te_zien() == {van_mij, van_ander, zonder}
    assert "Van mijn teams" not in ik.get(pad).content.decode(), "zonder eigen team is er niets te kiezen"
    aan(team, ik.medewerker)
    aan(ander, fatima)
    assert te_zien() == {van_mij, zonder}, "wie geen vaste inkomensconsulent heeft, valt niet weg"
    assert te_zien("alle") == {van_mij, van_ander, zonder}
    tekst = ik.get(pad, {"van": "alle"}).content.decode()
    assert "Team West" in tekst and "Fatima Amrani" in tekst and "Geen team" in tekst
    AfwezigheidFabriek(medewerker=fatima, begindatum=klok.vandaag())
    assert te_zien() == {van_mij, van_ander, zonder}, "is een collega er niet, dan is dat team voor iedereen"
    assert "vandaag afwezig" in ik.get(pad).content.decode()


@pytest.mark.eis("R196", "De consulent leest bij het vragen wie van inkomen antwoordt, en daarna wie antwoordde")
def test_de_consulent_ziet_wie_antwoordt(client: Any, log_in: Any, team: Any, consulent: Any, fatima: Any) -> None:
    persoon = met_regie(consulent, team)
    aan(team, fatima)
    client.force_login(consulent.gebruiker)
    zin = "gaat naar Fatima Amrani, inkomensconsulent van Team Oost."
    nummer = [persoon.dossiernummer]
    for naam in ("dossiervragen", "dossiervraag_nieuw"):
        assert zin in client.get(reverse(naam, args=nummer)).content.decode()
    vraag = stel_vraag(persoon, "inkomen", "Loopt het door?", medewerker=consulent, actor=TOETS)
    ander = log_in("inkomensconsulent", voornaam="Karim", achternaam="Haddad")
    blad = ander.get(reverse("inkomensvraag", args=[vraag.pk])).content.decode()
    assert "Team Oost, vaste inkomensconsulent Fatima Amrani" in blad
    assert ander.post(reverse("inkomensvraag", args=[vraag.pk]), {"antwoord": "Ja."}).status_code == 302
    client.force_login(consulent.gebruiker)
    tekst = client.get(reverse("dossiervragen", args=nummer)).content.decode()
    assert zin in tekst and "Beantwoord door Karim Haddad" in tekst


@pytest.mark.eis("R196", "Bij een beantwoorde melding staat wie van inkomen het antwoord gaf")
def test_wie_een_melding_beantwoordde(client: Any, log_in: Any, team: Any, fatima: Any) -> None:
    persoon = DeelnemerFabriek(team=team)
    aan(team, fatima)
    melding = meld_aan_inkomen(persoon, "plaatsing", "p:1", klok.vandaag(), actor=TOETS)
    log_in("inkomensconsulent")
    assert "Team Oost, vaste inkomensconsulent Fatima Amrani" in client.get(f"/inkomen/{melding.pk}").content.decode()
    collega = log_in("inkomensconsulent").medewerker
    bevestig_doorlopen(melding, actor=Actor.van_gebruiker(collega.gebruiker))
    tekst = client.get(reverse("inkomen_meldingen"), {"klaar": "1"}).content.decode()
    assert "Beantwoord door" in tekst and collega.gebruiker.naam in tekst


@pytest.mark.eis("R196", "Wie bij een team is aangewezen, opent daarmee geen enkel dossier")
def test_aanwijzen_opent_geen_dossier(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    persoon = met_regie(consulent, team)
    ik = log_in("inkomensconsulent")
    pad = reverse("dossier", args=[persoon.dossiernummer])

    def stand() -> tuple[int, int]:
        medewerker = medewerker_van(ik.medewerker.gebruiker_id)
        return client.get(pad).status_code, DOSSIER.beperk(Deelnemer.objects.all(), medewerker).count()

    assert stand() == (404, 0)
    aan(team, ik.medewerker)
    assert stand() == (404, 0)
    vraag = stel_vraag(persoon, "inkomen", "Loopt het door?", medewerker=consulent, actor=TOETS)
    assert stand() == (404, 0)
    beantwoord_vraag(vraag, "Ja.", medewerker=ik.medewerker, actor=TOETS)
    assert stand() == (404, 0)


@pytest.mark.parametrize("lijst", KOSTEN)
def test_lijsten_per_team_kosten_evenveel_vragen(
    log_in: Any, team: Any, consulent: Any, maak_medewerker: Any, lijst: str
) -> None:
    client = log_in("inkomensconsulent")
    aan(team, client.medewerker)

    def meer(aantal: int = 12) -> None:
        for _ in range(aantal):
            ander = TeamFabriek()
            vraag_over(team, consulent)
            vraag_over(ander, consulent)
            aan(ander, maak_medewerker("inkomensconsulent"))

    meer(2)
    groeit_niet(lambda: client.get(reverse(lijst), {"van": "alle"}), meer, lijst, KOSTEN[lijst])
    groeit_niet(lambda: client.get(reverse(lijst)), lambda: meer(2), lijst, KOSTEN[lijst])
