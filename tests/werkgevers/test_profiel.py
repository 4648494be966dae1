"""The profile goes along with an introduction: only agreed lines, by whoever introduces, without the dossier."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Profiellink, Profielregel
from deelnemers.services.profiel import geef_antwoord, trek_akkoord_in, voeg_profielregel_toe
from kern.models import Leesregel
from organisatie.rechten import Rol
from tests.hulp.pdf import tekst_van
from tests.hulp.vragen import groeit_niet
from tests.werkgevers.fabrieken import ACTOR, VacatureFabriek, kandidaat
from werkgevers.models import Bemiddeling
from werkgevers.services.bemiddeling import draag_voor, trek_voordracht_in

pytestmark = pytest.mark.django_db
WSP = Rol.ACCOUNTMANAGER_WSP


def _regel(persoon: Any, tekst: str = "Ik kom op tijd.", akkoord: bool = True) -> Profielregel:
    regel = voeg_profielregel_toe(persoon, "sterk", tekst, actor=ACTOR)
    geef_antwoord(regel, akkoord, actor=ACTOR)
    return regel


def _voordracht(medewerker: Any) -> Bemiddeling:
    return draag_voor(kandidaat(), VacatureFabriek(), medewerker, actor=ACTOR)


@pytest.mark.eis("R058", "De accountmanager stuurt het profiel mee bij een voordracht, zonder het dossier te zien")
def test_accountmanager_stuurt_het_profiel_mee(log_in: Any) -> None:
    client = log_in(WSP)
    rij = _voordracht(client.medewerker)
    _regel(rij.deelnemer)
    _regel(rij.deelnemer, "Ik werk liever alleen.", akkoord=False)
    voordracht = client.get(reverse("bemiddeling", args=[rij.pk])).content.decode()
    url = reverse("bemiddeling_profiel", args=[rij.pk])
    assert url in voordracht
    blad = client.get(url)
    assert "Ik kom op tijd." in blad.content.decode()
    assert "liever alleen" not in blad.content.decode()
    assert blad.context["form"].initial["voor"].startswith(rij.vacature.werkgever.naam)
    antwoord = client.post(url, {"voor": rij.vacature.werkgever.naam, "dagen": "14"})
    link = Profiellink.objects.get()
    assert (link.verwijzing, link.gemaakt_door) == (f"bemiddeling:{rij.pk}", client.medewerker)
    sleutel = antwoord.context["adres"].rsplit("/", 1)[1]
    vorm = {"naam": "Petra", "email": "petra@bedrijf.example"}
    assert "Ik kom op tijd." in Client().post(reverse("profiel_openen", args=[sleutel]), vorm).content.decode()
    pdf = client.get(reverse("bemiddeling_profiel_pdf", args=[rij.pk])).content
    assert "Ik kom op tijd." in tekst_van(pdf)
    assert client.get(reverse("dossier", args=[rij.deelnemer.dossiernummer])).status_code == 404
    lezing = Leesregel.objects.filter(verwerking="profiel.bekijken").order_by("-id").first()
    assert lezing is not None
    assert lezing.betrokkenen == [rij.deelnemer_id]


def test_ingetrokken_is_ook_hier_weg(log_in: Any) -> None:
    client = log_in(WSP)
    rij = _voordracht(client.medewerker)
    regel = _regel(rij.deelnemer)
    trek_akkoord_in(regel, actor=ACTOR)
    url = reverse("bemiddeling_profiel", args=[rij.pk])
    html = client.get(url).content.decode()
    assert "Ik kom op tijd." not in html
    assert "Er is nog geen regel waar de kandidaat akkoord mee is" in html
    assert client.get(reverse("bemiddeling_profiel_pdf", args=[rij.pk])).status_code == 404
    assert client.post(url, {"voor": "Bakkerij", "dagen": "14"}).status_code == 422
    assert not Profiellink.objects.exists()


def test_bij_een_afgelopen_bemiddeling_gaat_niets_mee(log_in: Any) -> None:
    client = log_in(WSP)
    rij = _voordracht(client.medewerker)
    _regel(rij.deelnemer)
    trek_voordracht_in(rij, actor=ACTOR)
    assert client.get(reverse("bemiddeling_profiel", args=[rij.pk])).status_code == 404
    assert "Profiel meesturen" not in client.get(reverse("bemiddeling", args=[rij.pk])).content.decode()


def test_knop_op_het_profiel_in_het_dossier(log_in: Any, maak_medewerker: Any) -> None:
    """The room above puts its button on the page below, by the socket."""
    client = log_in(Rol.CONSULENT)
    rij = draag_voor(kandidaat(client.medewerker), VacatureFabriek(), client.medewerker, actor=ACTOR)
    _regel(rij.deelnemer)
    from deelnemers.services.regie import betrek
    from kern import klok

    betrek(rij.deelnemer, "mentor", klok.vandaag(), "toets:1", medewerker=client.medewerker, actor=ACTOR)
    html = client.get(reverse("werkgeversprofiel", args=[rij.deelnemer.dossiernummer])).content.decode()
    assert f"Meesturen naar {rij.vacature.werkgever.naam}" in html
    assert reverse("bemiddeling_profiel", args=[rij.pk]) in html


@pytest.mark.parametrize("rol", [Rol.INKOMENSCONSULENT, Rol.CONTROLLER, Rol.MEDEWERKER_SUBSIDIES])
def test_wie_niet_bemiddelt_komt_er_niet_in(log_in: Any, maak_medewerker: Any, rol: Rol) -> None:
    rij = _voordracht(maak_medewerker(WSP))
    client = log_in(rol)
    for naam in ("bemiddeling_profiel", "bemiddeling_profiel_pdf"):
        assert client.get(reverse(naam, args=[rij.pk])).status_code == 403


def test_consulent_van_een_ander_ziet_het_niet(log_in: Any, maak_medewerker: Any) -> None:
    rij = _voordracht(maak_medewerker(WSP))
    assert log_in(Rol.CONSULENT).get(reverse("bemiddeling_profiel", args=[rij.pk])).status_code == 404


def test_aantal_vragen_groeit_niet(log_in: Any) -> None:
    client = log_in(WSP)
    rij = _voordracht(client.medewerker)
    _regel(rij.deelnemer)
    nummer = iter(range(100))

    def meer() -> None:
        for _ in range(6):
            _regel(rij.deelnemer, f"Ik kan iets goed: {next(nummer)}")

    url = reverse("bemiddeling_profiel", args=[rij.pk])
    groeit_niet(lambda: client.get(url), meer, "profiel bij een voordracht", maximum=10)
