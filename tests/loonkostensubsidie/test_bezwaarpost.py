"""The invitation and the decision on an objection reach the employer by a link, as an award does (R149; Awb 7:12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from kern import bestanden
from kern.berichten import met_link
from kern.models import Bericht, Leesregel
from loonkostensubsidie.models import Werkgeverslink
from loonkostensubsidie.services import bezwaar as dienst
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import trek_subsidie_in
from loonkostensubsidie.services.terugvorderen import leg_reactie_vast, maak_terugvordering, zeg_aan
from tests.hulp.pdf import tekst_van
from tests.loonkostensubsidie import wereld
from tests.loonkostensubsidie.betaalfabrieken import MEI, PEILDATUM, betaald, gemeente_betaalt, recht, werkgever
from tests.loonkostensubsidie.test_bezwaar import ROL, beslis, bezwaar, gehoord
from tests.werkgevers.fabrieken import ACTOR

pytestmark = pytest.mark.usefixtures("subsidiewereld")


@pytest.fixture
def mensen(maak_medewerker: Callable[..., Any]) -> list[Any]:
    return [maak_medewerker(ROL) for _ in range(3)]


def adres(mail: Bericht) -> str:
    """The address in the mail, as the employer opens it."""
    tekst = met_link(mail).tekst
    return "/werkgeverslink/" + tekst.split("/werkgeverslink/")[1].split()[0]


@pytest.mark.eis("R149", "het besluit op bezwaar gaat met een link naar de werkgever, zonder naam in de mail")
def test_het_besluit_gaat_met_een_link(mensen: list[Any], client: Any) -> None:
    schrijver, collega, derde = mensen
    besluit = wereld.vastgesteld(schrijver, collega)
    rij = beslis(gehoord(bezwaar(besluit, dt.date(2026, 3, 2), schrijver), derde), "ongegrond", "Het klopt.", derde)
    mail = Bericht.objects.latest("pk")
    assert mail.aan == "wilma@kastanjehof.example" and besluit.nummer in mail.onderwerp
    assert besluit.deelnemer.geslachtsnaam not in mail.tekst + mail.onderwerp
    blad = client.get(adres(mail))
    assert "Besluit op uw bezwaar" in blad.content.decode() and besluit.deelnemer.naam not in blad.content.decode()
    brief = client.post(adres(mail)).content
    assert "Het klopt." in tekst_van(brief)
    assert Leesregel.objects.filter(verwerking="subsidie.link").exists()
    assert rij.brief is not None and brief == bestanden.haal(rij.brief.bestand, rij.brief.sha256)


@pytest.mark.eis("R149", "de uitnodiging voor de hoorzitting gaat met een link; na het besluit werkt alleen de nieuwe")
def test_de_uitnodiging_gaat_met_een_link(mensen: list[Any], client: Any, log_in: Any) -> None:
    schrijver, collega, derde = mensen
    rij = bezwaar(wereld.vastgesteld(schrijver, collega), dt.date(2026, 3, 2), schrijver)
    actor = wereld.actor_van(derde)
    rij = dienst.behandel_bezwaar(rij, actor=actor)
    dienst.leg_horen_vast(
        rij, "aangeboden", hoorzitting_op=dt.date(2026, 3, 20), hoorplaats="10 uur, stadhuis", actor=actor
    )
    mail = Bericht.objects.latest("pk")
    assert "hoorzitting" in mail.onderwerp
    oud = adres(mail)
    tekst = client.get(oud).content.decode()
    assert "20 maart 2026" in tekst and "10 uur, stadhuis" in tekst
    blad = log_in(ROL).get(reverse("lks_bezwaar", args=[rij.kenmerk])).content.decode()
    assert "met een link aan wilma@kastanjehof.example" in blad
    beslis(gehoord(rij, derde), "ongegrond", "Het klopt.", derde)
    assert client.get(oud).status_code == 404 and client.get(adres(Bericht.objects.latest("pk"))).status_code == 200


@pytest.mark.parametrize("indiener", ["werknemer", "ander"])
def test_wie_geen_werkgever_is_krijgt_het_per_post(mensen: list[Any], indiener: str, log_in: Any) -> None:
    schrijver, collega, derde = mensen
    besluit = wereld.vastgesteld(schrijver, collega)
    aantal = Bericht.objects.count()
    rij = dienst.ontvang_bezwaar(
        besluit, indiener, "Rosa", dt.date(2026, 3, 2), "Klopt niet.", actor=wereld.actor_van(schrijver)
    )
    beslis(gehoord(rij, derde), "ongegrond", "Het klopt.", derde)
    assert Bericht.objects.count() == aantal and not Werkgeverslink.objects.filter(bezwaar=rij).exists()
    assert "per post" in log_in(ROL).get(reverse("lks_bezwaar", args=[rij.kenmerk])).content.decode()


def test_ook_bij_een_terugvordering(mensen: list[Any], client: Any, settings: Any) -> None:
    """The letter names people, so it is in the read log; the link is about the employer."""
    schrijver, collega, derde = mensen
    settings.PEILDATUM = PEILDATUM
    gemeente_betaalt()
    een = recht(werkgever())
    wereld.concept(wereld.actor_van(schrijver), werkgever=een.werkgever)
    betaald(MEI)
    trek_subsidie_in(een, "Er was geen werk.", actor=ACTOR)
    boek([een.pk], MEI, actor=ACTOR)
    terug = maak_terugvordering(een.werkgever, "Er was geen werk.", actor=wereld.actor_van(schrijver))
    terug = leg_reactie_vast(terug, "Niet eens.", actor=wereld.actor_van(schrijver))
    with bestanden.weg_bij_mislukken():
        terug = zeg_aan(terug, verrekenen=False, actor=wereld.actor_van(collega))
    rij = dienst.ontvang_bezwaar(terug, "werkgever", "Ümit", dt.date(2026, 7, 6), "Klopt niet.", actor=ACTOR)
    beslis(gehoord(rij, derde), "gegrond", "Hij werkte er wel.", derde)
    link = Werkgeverslink.objects.get(bezwaar=rij)
    assert link.deelnemer_id is None and Bericht.objects.latest("pk").betrokkene_id is None
    brief = client.post(adres(Bericht.objects.latest("pk"))).content
    assert "U hoeft niets terug te betalen" in " ".join(tekst_van(brief).split())
    assert Leesregel.objects.filter(verwerking="subsidie.link", betrokkenen__contains=[een.deelnemer_id]).exists()
