"""Pages outside the dossier and files that leave the house: nobody whose data may only be stored (AVG art. 18)."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from aanmeldingen.models import Route, Schoolverlater
from aanmeldingen.services import handhaving, school
from deelnemers.models import Deelnemer
from deelnemers.services import privacy
from deelnemers.services.vragen import stel_vraag
from kern import klok
from kern.handeling import Actor, handeling
from tests.aanmeldingen.test_scholen import op_de_lijst
from tests.aanmeldingen.verwijsfabrieken import persoon as maak_persoon
from tests.aanmeldingen.verwijsfabrieken import school as opleider
from tests.aanmeldingen.verwijsfabrieken import verstuurd
from tests.hulp.api import client_met_sleutel
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]


@pytest.fixture
def consulent(wet: None, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def persoon(consulent: Any, team: Any) -> Deelnemer:
    return maak_persoon(consulent, team, geslachtsnaam="Kwibbeldam")


@pytest.fixture
def beperk(maak_medewerker: Any) -> Callable[[Deelnemer], None]:
    def doe(persoon: Deelnemer) -> None:
        officer = Actor.van_gebruiker(maak_medewerker("privacy_officer").gebruiker)
        rij = privacy.neem_in(
            persoon, "beperking", klok.vandaag(), "balie", vraag="Gebruik dit nu niet.", actor=officer
        )
        privacy.stel_identiteit_vast(rij, "document", actor=officer)
        privacy.beslis(rij, "toewijzen", reden="We zoeken het uit.", actor=officer)

    return doe


def test_handhaving_ziet_geen_beperkt_dossier(persoon: Deelnemer, log_in: LogIn, beperk: Any) -> None:
    grond: dict[str, Any] = {"doel": "De uren vergelijken.", "grondslag": "suwi_64", "actor": FABRIEK}
    signaal = handhaving.stuur_signaal(persoon, "naar", soort="uren", inhoud="Werkt meer uren.", **grond)
    aanpak = handhaving.begin_aanpak(persoon, **grond)
    client = log_in("handhaver")
    bladen = reverse("signaal", args=[signaal.kenmerk]), reverse("aanpak", args=[aanpak.kenmerk])
    assert "Kwibbeldam" in client.get(reverse("handhaving")).content.decode()
    assert [client.get(blad).status_code for blad in bladen] == [200, 200]
    beperk(persoon)
    assert "Kwibbeldam" not in client.get(reverse("handhaving")).content.decode()
    assert [client.get(blad).status_code for blad in bladen] == [404, 404]


def test_inkomen_krijgt_geen_vraag_over_een_beperkt_dossier(
    persoon: Deelnemer, consulent: Any, log_in: LogIn, beperk: Any
) -> None:
    vraag = stel_vraag(persoon, "inkomen", "Wat is de norm?", medewerker=consulent, actor=FABRIEK)
    client, blad = log_in("inkomensconsulent"), reverse("inkomensvraag", args=[vraag.pk])
    assert "Kwibbeldam" in client.get(reverse("inkomensvragen")).content.decode()
    assert client.get(blad).status_code == 200
    beperk(persoon)
    assert "Kwibbeldam" not in client.get(reverse("inkomensvragen")).content.decode()
    assert client.get(blad).status_code == 404


@pytest.fixture
def leerling(persoon: Deelnemer, routes: None) -> Schoolverlater:
    op_de_lijst(client_met_sleutel("school", "onderwijs"))
    with handeling(FABRIEK):
        Schoolverlater.objects.update(deelnemer=persoon)
    return Schoolverlater.objects.get()


def test_de_lijst_van_schoolverlaters_en_het_bestand_voor_uwv(
    leerling: Schoolverlater, persoon: Deelnemer, consulent: Any, log_in: LogIn, beperk: Any
) -> None:
    """Who works from the dossier keeps the row; the pool does not see it, and it is never in the file for UWV."""
    uit_pool = log_in("consulent")
    route = Route.objects.get(code="onderwijs")
    school.zet_in_pool(route, uit_pool.medewerker, klok.vandaag(), actor=FABRIEK)  # type: ignore[attr-defined]
    eigen = Client()
    eigen.force_login(consulent.gebruiker)

    def gezien() -> list[bool]:
        bladen = [c.get(reverse("schoolverlaters")).content.decode() for c in (uit_pool, eigen)]
        antwoord = eigen.get(reverse("schoolverlaters_export"))
        bestand = openpyxl.load_workbook(io.BytesIO(b"".join(antwoord.streaming_content)))
        bladen.append(str(list(bestand.active.values)))
        return ["Kwibbeldam" in blad for blad in bladen]

    assert gezien() == [True, True, True]
    beperk(persoon)
    # The referral came in at the team of the school route; only who sees the dossier keeps the row.
    assert gezien() == [False, True, False]


def test_de_brief_aan_een_partner_komt_er_niet(persoon: Deelnemer, consulent: Any, routes: None, beperk: Any) -> None:
    client = Client()
    client.force_login(consulent.gebruiker)
    brief = reverse("verwijzing_brief", args=[verstuurd(persoon, opleider(), consulent).kenmerk])
    assert client.get(brief)["Content-Type"] == "application/pdf"
    beperk(persoon)
    antwoord = client.get(brief)
    assert antwoord.status_code == 409
    assert "Kwibbeldam" not in antwoord.content.decode()
