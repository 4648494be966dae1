"""Meeting a person by number or name without working with her: what shows, and the door with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers import deur
from deelnemers.models import Deelnemer, Doorbreking
from deelnemers.services import leestoezicht
from deelnemers.services.inschrijven import leg_bsn_vast
from deelnemers.services.regie import NOOIT, doorbreek
from kern.models import Leesregel, Wijziging
from tests.deelnemers.fabrieken import TOETS, bsn, met_regie

pytestmark = pytest.mark.django_db
VELDEN = {"roepnaam": "Wie", "geslachtsnaam": "Anders", "geboortedatum": "1-2-1990", "geslacht": "3"}
AANVULLING = {"telefoon": "0612345678", "postcode": "1102 AB"}
REDEN = "Neemt de telefoon op voor een zieke collega."


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    deelnemer = met_regie(consulent, geslachtsnaam="Kwibbeldam", roepnaam="Samira", telefoon="", postcode="")
    leg_bsn_vast(deelnemer, bsn(0), controle="document", actor=TOETS)  # type: ignore[arg-type]
    return deelnemer


def _client(medewerker: Any) -> Any:
    client = Client()
    client.force_login(medewerker.gebruiker)
    client.medewerker = medewerker  # type: ignore[attr-defined]
    return client


@pytest.fixture
def mijn(consulent: Any) -> Any:
    return _client(consulent)


@pytest.fixture
def vreemde(maak_medewerker: Callable[..., Any]) -> Any:
    return _client(maak_medewerker("consulent"))


def _stil(persoon: Deelnemer, tekst: str) -> None:
    """Not a word about her."""
    for woord in ("Kwibbeldam", "Samira", persoon.dossiernummer, bsn(0), f"{persoon.geboortedatum:%Y}"):
        assert woord not in tekst, woord


def _open_nieuw(client: Any, **velden: Any) -> Any:
    return client.post(reverse("persoon_nieuw"), VELDEN | AANVULLING | velden)


def _zoek(client: Any, nummer: str) -> Any:
    return client.post(reverse("dossier_opzoeken"), {"nummer": nummer})


# --- A new dossier with a number that is known -------------------------------------------------------------------
@pytest.mark.eis("R223", "een nieuw dossier met een bekend BSN wijzigt niets in dat dossier, ook niet in mijn eigen")
@pytest.mark.parametrize("wie", ["mijn", "vreemde"])
def test_een_bekend_bsn_wijzigt_niets(request: Any, wie: str, persoon: Deelnemer) -> None:
    client = request.getfixturevalue(wie)
    voor = Wijziging.objects.count(), Deelnemer.objects.count()
    antwoord = _open_nieuw(client, bsn=bsn(0))
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 400 and deur.AL_BEKEND in tekst
    assert (Wijziging.objects.count(), Deelnemer.objects.count()) == voor
    regel = Leesregel.objects.latest("pk")
    assert (regel.verwerking, regel.betrokkenen) == ("dossier.dubbelcheck", [persoon.pk])
    if wie == "mijn":
        assert reverse("dossier", args=[persoon.dossiernummer]) in tekst and "Kwibbeldam" in tekst
    else:
        _stil(persoon, tekst)
        assert "/deelnemers/met-reden/" in tekst


@pytest.mark.eis("R223", "wie een leesverbod heeft, leest alleen dat een collega het overneemt; er komt geen dossier")
def test_een_bekend_bsn_bij_een_leesverbod(vreemde: Any, persoon: Deelnemer) -> None:
    leestoezicht.verbied(persoon, vreemde.medewerker, "familie", actor=TOETS)
    tekst = _open_nieuw(vreemde, bsn=f"{bsn(0)[:3]}.{bsn(0)[3:]}", toch_nieuw="on").content.decode()
    _stil(persoon, tekst)
    assert NOOIT in tekst and "/deelnemers/met-reden/" not in tekst
    assert Deelnemer.objects.count() == 1


def test_wie_net_eerder_was_wordt_ook_niet_aangevuld(vreemde: Any, persoon: Deelnemer, monkeypatch: Any) -> None:
    """The number came in between the look and the registration: the service refuses too."""
    monkeypatch.setattr("deelnemers.views.gegevens._kennen_we", lambda *_: (None, []))
    tekst = _open_nieuw(vreemde, bsn=bsn(0)).content.decode()
    _stil(persoon, tekst)
    persoon.refresh_from_db()
    assert deur.AL_BEKEND in tekst and persoon.telefoon == ""


@pytest.mark.eis("R223", "de dubbelcheck toont alleen wie ik mag zien, en wie verboden is lijkt op ieder ander")
def test_de_dubbelcheck_noemt_geen_vreemden(vreemde: Any, mijn: Any, persoon: Deelnemer) -> None:
    naam = {"geslachtsnaam": "Kwibbeldam", "geboortedatum": f"{persoon.geboortedatum:%d-%m-%Y}"}
    assert persoon.dossiernummer in _open_nieuw(mijn, **naam).content.decode()

    def kaal() -> str:
        tekst = _open_nieuw(vreemde, **naam).content.decode()
        paneel = tekst[tekst.index("h-lijken") : tekst.index("Zet dan onderaan")]
        assert "Een dossier dat je niet mag zien" in paneel
        _stil(persoon, paneel)
        return paneel.split("/met-reden/")[0]

    gewoon = kaal()
    leestoezicht.verbied(persoon, vreemde.medewerker, "familie", actor=TOETS)
    assert kaal() == gewoon
    assert Deelnemer.objects.count() == 1


# --- The door ----------------------------------------------------------------------------------------------------
def _deur(client: Any, persoon: Deelnemer) -> str:
    rechten = frozenset({deur.DOORBREKEN})
    return reverse("dossier_met_reden", args=[deur.antwoorden_over([persoon], client.medewerker, rechten)[0].sleutel])


def test_de_deur_vraagt_een_reden_en_zegt_niets(vreemde: Any, persoon: Deelnemer) -> None:
    pad = _deur(vreemde, persoon)
    _stil(persoon, vreemde.get(pad).content.decode())
    assert vreemde.post(pad, {"reden": "kort"}).status_code == 400
    assert vreemde.post(pad, {"reden": REDEN}).url == reverse("dossier", args=[persoon.dossiernummer])
    assert Doorbreking.objects.get().medewerker == vreemde.medewerker


def test_de_deur_is_van_een_persoon_en_een_uur(vreemde: Any, persoon: Deelnemer, maak_medewerker: Any) -> None:
    pad = _deur(vreemde, persoon)
    assert vreemde.get(reverse("dossier_met_reden", args=["onbekend"])).status_code == 404
    assert _client(maak_medewerker("consulent")).get(pad).status_code == 404


def test_achter_de_deur_blijft_een_leesverbod(vreemde: Any, persoon: Deelnemer) -> None:
    leestoezicht.verbied(persoon, vreemde.medewerker, "familie", actor=TOETS)
    tekst = vreemde.post(_deur(vreemde, persoon), {"reden": REDEN}).content.decode()
    _stil(persoon, tekst)
    assert NOOIT in tekst and not Doorbreking.objects.exists()


# --- By number ---------------------------------------------------------------------------------------------------
@pytest.mark.eis("R001", "iemand is te vinden op BSN en op dossiernummer, zonder dat het nummer in een adres komt")
def test_zoeken_op_nummer(mijn: Any, persoon: Deelnemer) -> None:
    assert reverse("dossier_opzoeken") in mijn.get(reverse("zoeken")).content.decode()
    for nummer in (bsn(0), f"{bsn(0)[:4]}.{bsn(0)[4:6]}.{bsn(0)[6:]}", persoon.dossiernummer):
        assert _zoek(mijn, nummer).url == reverse("dossier", args=[persoon.dossiernummer])
        regel = Leesregel.objects.latest("pk")
        assert (regel.verwerking, regel.betrokkenen) == ("dossier.opzoeken", [persoon.pk])


@pytest.mark.parametrize("nummer", ["bsn", "dossier"])
def test_wie_niet_met_haar_werkt_krijgt_de_deur(vreemde: Any, persoon: Deelnemer, nummer: str) -> None:
    antwoord = _zoek(vreemde, bsn(0) if nummer == "bsn" else persoon.dossiernummer)
    assert antwoord.url.startswith("/deelnemers/met-reden/")
    _stil(persoon, antwoord.url)
    assert Leesregel.objects.latest("pk").verwerking == "dossier.opzoeken"


def test_onbekend_fout_en_verboden(vreemde: Any, persoon: Deelnemer) -> None:
    onbekend = _zoek(vreemde, bsn(1))
    assert onbekend.status_code == 400 and "geen dossier" in onbekend.content.decode()
    fout = _zoek(vreemde, "123456789").content.decode()
    assert "klopt niet" in fout and "123456789" not in fout
    leestoezicht.verbied(persoon, vreemde.medewerker, "familie", actor=TOETS)
    tekst = _zoek(vreemde, bsn(0)).content.decode()
    _stil(persoon, tekst)
    assert NOOIT in tekst


def test_zonder_recht_op_doorbreken_klinkt_bekend_als_onbekend(log_in: Any, persoon: Deelnemer) -> None:
    client = log_in("accountmanager_wsp")

    def kaal(nummer: str) -> str:
        return _zoek(client, nummer).content.decode().split("csrfmiddlewaretoken")[0].split("X-CSRFToken")[0]

    assert kaal(bsn(0)) == kaal(bsn(1))
    assert "geen dossier" in _zoek(client, bsn(0)).content.decode()


def test_zoeken_op_nummer_heeft_een_grens(vreemde: Any, persoon: Deelnemer, settings: Any) -> None:
    grens = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"opzoeken": "2/h"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": grens}
    teksten = [_zoek(vreemde, bsn(1)).content.decode() for _ in range(3)]
    assert ["veel nummers" in tekst for tekst in teksten] == [False, False, True]


# --- While it is open --------------------------------------------------------------------------------------------
@pytest.mark.eis("R223", "zolang een dossier met een reden open is, zegt elke bladzijde ervan dat")
@pytest.mark.parametrize("naam", ["dossier", "diagnose", "huishouden", "historie", "documenten", "gegevens", "plan"])
def test_een_dossier_dat_met_reden_open_is_zegt_dat(vreemde: Any, mijn: Any, persoon: Deelnemer, naam: str) -> None:
    pad = reverse(naam, args=[persoon.dossiernummer])
    doorbreek(persoon, vreemde.medewerker, REDEN, actor=TOETS)
    assert "Je opende dit dossier met een reden" not in mijn.get(pad).content.decode()
    tekst = vreemde.get(pad).content.decode()
    assert "Je opende dit dossier met een reden" in tekst and REDEN in tekst and "23.59" in tekst
