"""The link for a partner without a system: one answer, an end, and a name of who opened it (R216)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from aanmeldingen.models import Aanmelding, Linkopening, Verzending
from aanmeldingen.services import verwijslink, verwijzen
from kern import klok
from kern.berichten import met_link
from kern.handeling import handeling
from kern.models import Bericht, Leesregel
from tests.aanmeldingen.verwijsfabrieken import persoon, school, verstuurd
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
WIE = {"naam": "Rob Visser", "functie": "loket ROC"}


@pytest.fixture
def rij(routes: None, team: Any, maak_medewerker: Any) -> Aanmelding:
    consulent = maak_medewerker("consulent", team=team)
    return verstuurd(persoon(consulent, team), school(), consulent)


def pad() -> str:
    """The link as it stands in the last mail."""
    gevonden = re.search(r"https?://[^/\s]+(/verwijzing/\S+)", met_link(Bericht.objects.latest("pk")).tekst)
    assert gevonden
    return gevonden[1]


def _wie(http: Client, adres: str) -> str:
    blad = http.post(adres, WIE)
    assert blad.status_code == 200
    gevonden = re.search(r'name="wie" value="([^"]+)"', blad.content.decode())
    assert gevonden
    return gevonden[1]


def test_eerste_bladzijde_noemt_niemand(rij: Aanmelding, client: Client) -> None:
    blad = client.get(pad())
    assert blad.status_code == 200
    for woord in ("Samira", "Groot", "opleiding", "0612345678"):
        assert woord not in blad.content.decode()
    assert not Linkopening.objects.exists()


@pytest.mark.eis("R216", "wie de link opent, staat met naam, functie en moment vast voordat er iets te zien is")
def test_openen_legt_vast_wie(rij: Aanmelding, client: Client) -> None:
    blad = client.post(pad(), WIE)
    assert "Samira" in blad.content.decode()
    opening = Linkopening.objects.get()
    assert (opening.naam, opening.functie) == ("Rob Visser", "loket ROC")
    gelezen = Leesregel.objects.get(verwerking="verwijzing.link")
    assert gelezen.betrokkenen == [rij.deelnemer_id]
    assert "Rob Visser" in gelezen.actor_naam


def test_zonder_naam_zie_je_niets(rij: Aanmelding, client: Client) -> None:
    blad = client.post(pad(), {"naam": "", "functie": "x"})
    assert blad.status_code == 400
    assert "Samira" not in blad.content.decode()
    assert not Linkopening.objects.exists()


@pytest.mark.eis("R216", "de link geeft één antwoord en werkt daarna niet meer")
def test_een_antwoord_per_link(rij: Aanmelding, client: Client) -> None:
    adres = pad()
    wie = _wie(client, adres)
    blad = client.post(adres, {"wie": wie, "besluit": "aannemen", "reden": "Welkom op maandag."})
    assert "werkt niet meer" in blad.content.decode()
    opnieuw = Aanmelding.objects.select_related("verzending").get(pk=rij.pk)
    assert (opnieuw.status, opnieuw.verzending.bevestigd_wijze) == ("aangenomen", "link")
    assert opnieuw.verzending.bevestigd_door == "Rob Visser, loket ROC"
    assert client.get(adres).status_code == 404
    assert (
        client.post(adres, {"wie": wie, "besluit": "terugsturen", "code": "geen_plek", "reden": "x"}).status_code == 404
    )


def test_bevestigen_geeft_een_nieuwe_link_voor_het_antwoord(rij: Aanmelding, client: Client) -> None:
    eerste = pad()
    client.post(eerste, {"wie": _wie(client, eerste), "besluit": "bevestigen"})
    tweede = pad()
    assert tweede != eerste
    assert client.get(eerste).status_code == 404
    antwoord = {"wie": _wie(client, tweede), "besluit": "terugsturen", "code": "geen_plek", "reden": "Vol."}
    assert client.post(tweede, antwoord).status_code == 200
    assert Aanmelding.objects.get(pk=rij.pk).status == "teruggestuurd"


def test_terugsturen_zonder_reden_blijft_staan(rij: Aanmelding, client: Client) -> None:
    adres = pad()
    blad = client.post(adres, {"wie": _wie(client, adres), "besluit": "terugsturen"})
    assert blad.status_code == 400
    assert Aanmelding.objects.get(pk=rij.pk).status == "verstuurd"


@pytest.mark.parametrize("dagen", [13, 15])
def test_link_verloopt(rij: Aanmelding, client: Client, dagen: int) -> None:
    adres = pad()
    with handeling(FABRIEK):
        Verzending.objects.update(link_tot=klok.nu() + verwijslink.GELDIG - dt.timedelta(days=dagen))
    assert client.get(adres).status_code == (200 if dagen == 13 else 404)


def test_ingetrokken_en_vervangen_en_verzonnen_zijn_niet_te_onderscheiden(rij: Aanmelding, client: Client) -> None:
    eerste = pad()
    verwijslink.geef_link(verwijzen.vergrendel_verwijzing(rij), actor=FABRIEK)
    tweede = pad()
    verwijzen.trek_verwijzing_in(rij, actor=FABRIEK, reden="Toch niet.")
    bladen = [client.get(adres) for adres in (eerste, tweede, "/verwijzing/verzonnen")]
    assert {b.status_code for b in bladen} == {404}
    assert len({re.sub(r'nonce="[^"]*"', "", b.content.decode()) for b in bladen}) == 1


def test_alleen_de_afdruk_van_de_link_is_bewaard(rij: Aanmelding) -> None:
    token = pad().rsplit("/", 1)[1]
    assert token not in repr(list(Verzending.objects.values()))
    assert "Samira" not in Bericht.objects.get().tekst


def test_wie_van_een_andere_verwijzing_werkt_hier_niet(rij: Aanmelding, client: Client, team: Any) -> None:
    eerste = pad()
    ander = verstuurd(persoon(rij.behandelaar, team, 901, roepnaam="Noor"), school(naam="Ander ROC"), rij.behandelaar)
    wie = _wie(client, pad())
    assert client.post(eerste, {"wie": wie, "besluit": "aannemen"}).status_code == 404
    assert Aanmelding.objects.get(pk=rij.pk).status == "verstuurd"
    assert ander.status == "verstuurd"
