"""A secret address is nowhere: no page, list, export, link or API shows it to whoever may not see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from aanmeldingen.models import Aanmelding
from aanmeldingen.services import behandelen, verwijslink
from deelnemers.models import Deelnemer, Dubbelpaar
from deelnemers.services.gegevens import wijzig_gegevens
from deelnemers.services.huishouden import leg_huishouden_vast
from deelnemers.services.inschrijven import Persoonsgegevens, schrijf_in
from deelnemers.services.overdragen import bied_aan
from deelnemers.services.regie import betrek, wijs_regie_toe
from kern import klok
from kern.handeling import handeling
from kern.toegang import API, vereist
from organisatie.rechten import Rol
from organisatie.services.planning import leg_waarneming_vast
from tests.aanmeldingen import conftest as van_aanmeldingen
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.verwijsfabrieken import concept, school, verstuurd
from tests.deelnemers.fabrieken import DAG, met_regie
from tests.hulp.api import SCOPES, Api, client_met_sleutel
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import GebiedFabriek, RolFabriek, TeamFabriek
from tests.werkgevers.fabrieken import VacatureFabriek, diagnose, uitkering
from werkgevers.models import Kandidaatprofiel
from werkgevers.services.profielen import werk_profielen_bij

pytestmark = pytest.mark.django_db
routes = van_aanmeldingen.routes
#: Everything that gives the place away, in every way in which a page could write it.
MEE = ["adres"]
SPOREN = ("Zwanenbloemkade", "1102ZX", "1102 ZX", "Geheimbuurt")


@pytest.fixture
def team(gemeente: Any) -> Any:
    return TeamFabriek(naam="Oost")


@pytest.fixture
def jongerenteam(gemeente: Any) -> Any:
    return TeamFabriek(naam="Jongeren")


@pytest.fixture
def regievoerder(routes: None, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def partner(routes: None) -> Any:
    """A partner with a system of its own."""
    rechten = [*SCOPES, "verwijzingen.lezen", "verwijzingen.beantwoorden"]
    client = client_met_sleutel("activering", "activering", scopes=rechten, eigen_organisatie=True)
    return school(naam="Activering", soort="afdeling", client=client)


@pytest.fixture
def wereld(regievoerder: Any, partner: Any, team: Any) -> dict[str, Any]:
    """A person with an address that went everywhere, a partner who lives there too, and only then it became secret."""
    GebiedFabriek(naam="Geheimbuurt", pc4=["1102"])
    velden = {"straat": "Zwanenbloemkade", "huisnummer": "77", "postcode": "1102ZX", "woonplaats": "Amsterdam"}
    persoon, _ = schrijf_in(
        Persoonsgegevens("Verborgh", klok.vandaag().replace(year=1990, day=1), roepnaam="Lotte", **velden),
        None,
        actor=FABRIEK,
    )
    wijs_regie_toe(persoon, regievoerder, klok.vandaag() - 30 * DAG, actor=FABRIEK, team=team)
    diagnose(persoon)
    uitkering(persoon)
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(in_traject=True)
    persoon.refresh_from_db()
    werk_profielen_bij([persoon.pk], actor=FABRIEK)
    verwijzing = verstuurd(persoon, partner, regievoerder, code="naar-activering", onderdelen=MEE)
    link = verstuurd(persoon, school(soort="afdeling"), regievoerder, code="naar-activering", onderdelen=MEE)
    ander = met_regie(regievoerder, team, geslachtsnaam="Verborg", geboortedatum=persoon.geboortedatum, **velden)
    leg_huishouden_vast(ander, "3", klok.vandaag(), partner=persoon, actor=FABRIEK)
    with handeling(FABRIEK):
        Dubbelpaar.objects.create(
            deelnemer=persoon, ander=ander, redenen=["naam"], gevonden_op=klok.vandaag()
        )  # fmt: skip
    return {"persoon": persoon, "verwijzing": verwijzing, "link": link, "ander": ander, "vacature": VacatureFabriek()}


def maak_geheim(persoon: Deelnemer) -> None:
    persoon.refresh_from_db()
    wijzig_gegevens(persoon, persoon.versie, {"adres_geheim": True}, actor=FABRIEK)


def adressen(wereld: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every page without arguments and every page of these dossiers, referrals and lists, outside the API."""

    def loop(resolver: Any) -> Iterator[Any]:
        for patroon in resolver.url_patterns:
            yield from loop(patroon) if hasattr(patroon, "url_patterns") else [patroon]

    vast = {
        frozenset({"dossiernummer"}): [{"dossiernummer": wereld[w].dossiernummer} for w in ("persoon", "ander")],
        frozenset({"kenmerk"}): [{"kenmerk": wereld[w].kenmerk} for w in ("verwijzing", "link")],
        frozenset(): [{}],
    }
    for patroon in loop(get_resolver()):
        if not patroon.name or API in (vereist(patroon.callback) or ()):
            continue
        for argumenten in vast.get(frozenset(patroon.pattern.converters), []):
            yield patroon.name, reverse(patroon.name, kwargs=argumenten)
    yield "dubbelpaar", reverse("dubbelpaar", args=[Dubbelpaar.objects.get().pk])
    yield "vacature", reverse("vacature", args=[wereld["vacature"].pk])
    yield "caseload", f"{reverse('caseload')}?van=team"
    yield "zoeken", f"{reverse('zoeken')}?q=Zwanenbloemkade"
    yield "zoekpalet", f"{reverse('zoekpalet')}?q=Verborgh"


def gelekt(client: Client, wereld: dict[str, Any]) -> tuple[dict[str, list[str]], int]:
    """Address → traces found there, and how many pages opened."""
    uit: dict[str, list[str]] = {}
    open_ = 0
    for naam, pad in adressen(wereld):
        if naam in {"uitloggen", "gezond", "gereed"}:
            continue
        antwoord = client.get(pad)
        open_ += antwoord.status_code == 200
        inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
        tekst = inhoud.decode("utf-8", errors="ignore")
        gevonden = [spoor for spoor in SPOREN if spoor in tekst]
        # The query itself comes back in the search box.
        gevonden = [] if naam in {"zoeken", "zoekpalet"} and gevonden == ["Zwanenbloemkade"] else gevonden
        if gevonden:
            uit[pad] = gevonden
    return uit, open_


def als(wereld: dict[str, Any], medewerker: Any) -> Client:
    """Somebody with every role who is involved with both people by name, but is not the regievoerder."""
    for wie in ("persoon", "ander"):
        betrek(wereld[wie], "mentor", klok.vandaag(), "toets:1", medewerker=medewerker, actor=FABRIEK)  # type: ignore[arg-type]
    client = Client()
    client.force_login(medewerker.gebruiker)
    return client


@pytest.fixture
def lezer(maak_medewerker: Any) -> Any:
    """Every role at once, in a team that does not have the regie."""
    elders = TeamFabriek(naam="Elders")
    medewerker = maak_medewerker("consulent", team=elders)
    for rol in set(Rol) - {Rol.CONSULENT, Rol.AFDELINGSMANAGER}:
        RolFabriek(medewerker=medewerker, rol=rol, team=elders if rol == Rol.TEAMMANAGER else None)
    return medewerker


@pytest.mark.eis(
    "R228", "Een geheim adres staat op geen bladzijde, in geen lijst en in geen bestand voor wie het niet mag zien"
)
def test_een_geheim_adres_staat_nergens(wereld: dict[str, Any], lezer: Any) -> None:
    client = als(wereld, lezer)
    zichtbaar, open_ = gelekt(client, wereld)
    assert open_ > 60, "de wandeling opent de bladzijden echt"
    assert len(zichtbaar) >= 4, f"eerst is het adres te zien, anders bewijst deze toets niets: {zichtbaar}"
    maak_geheim(wereld["persoon"])
    assert gelekt(client, wereld)[0] == {}


def test_de_regievoerder_wie_waarneemt_en_de_manager_zien_het_adres(
    wereld: dict[str, Any], regievoerder: Any, lezer: Any, maak_medewerker: Any, team: Any
) -> None:
    maak_geheim(wereld["persoon"])
    pad = reverse("gegevens", args=[wereld["persoon"].dossiernummer])
    waarnemer, manager = maak_medewerker("consulent"), maak_medewerker("teammanager", team=team)
    leg_waarneming_vast(waarnemer, regievoerder, begindatum=klok.vandaag(), einddatum=klok.vandaag(), actor=FABRIEK)
    for wie, ziet in (
        (regievoerder, True),
        (waarnemer, True),
        (manager, True),
        (maak_medewerker("consulent", team=team), False),
    ):
        client = Client()
        client.force_login(wie.gebruiker)
        antwoord = client.get(pad)
        assert antwoord.status_code == 200
        assert ("Zwanenbloemkade" in antwoord.content.decode()) is ziet, wie.naam
    assert "afgeschermd" in als(wereld, lezer).get(pad).content.decode()


def test_wie_het_niet_ziet_kan_het_niet_wissen_of_openbaar_maken(wereld: dict[str, Any], lezer: Any) -> None:
    maak_geheim(wereld["persoon"])
    persoon = Deelnemer.objects.get(pk=wereld["persoon"].pk)
    velden = {
        "roepnaam": "Lot",
        "geslachtsnaam": "Verborgh",
        "versie": persoon.versie,
        "straat": "Elders",
        "postcode": "",
    }
    assert als(wereld, lezer).post(reverse("gegevens", args=[persoon.dossiernummer]), velden).status_code == 302
    persoon.refresh_from_db()
    assert (persoon.roepnaam, persoon.straat, persoon.postcode, persoon.adres_geheim) == (
        "Lot", "Zwanenbloemkade", "1102ZX", True,
    )  # fmt: skip


def test_een_afstand_verraadt_niet_waar_iemand_woont(wereld: dict[str, Any]) -> None:
    def plek() -> tuple[Any, ...]:
        return Kandidaatprofiel.objects.values_list("pc4", "x", "y", "z").get(deelnemer=wereld["persoon"])

    voor = plek()
    assert voor[0] == "1102" and voor[1] != 0
    maak_geheim(wereld["persoon"])
    assert plek() == ("", 0, 0, 0), "meteen, niet pas na de nacht"


def test_een_partner_krijgt_het_adres_niet_meer(wereld: dict[str, Any]) -> None:
    api, pad = Api("activering"), f"/api/v1/verwijzingen/{wereld['verwijzing'].kenmerk}"
    assert api.get(pad).json()["persoon"]["adres"]["straat"] == "Zwanenbloemkade"
    token = verwijslink.geef_link(wereld["link"], actor=FABRIEK).rsplit("/", 1)[1]
    maak_geheim(wereld["persoon"])
    assert api.get(pad).json()["persoon"]["adres"] is None
    open_ = Client()
    bladen = [open_.get(reverse("verwijslink", args=[token]))]
    bladen.append(
        open_.post(reverse("verwijslink", args=[token]), {"naam": "Rob Visser", "functie": "loket"}, follow=True)
    )
    assert any("Lotte" in b.content.decode() for b in bladen), "de link opent de verwijzing"
    assert all(spoor not in b.content.decode() for b in bladen for spoor in SPOREN)


def test_een_nieuwe_verwijzing_neemt_het_adres_niet_mee(wereld: dict[str, Any], regievoerder: Any) -> None:
    maak_geheim(wereld["persoon"])
    persoon = Deelnemer.objects.get(pk=wereld["persoon"].pk)
    rij = concept(
        persoon, school(naam="Andere", soort="afdeling"), regievoerder, code="naar-activering", onderdelen=MEE
    )
    assert (rij.straat, rij.postcode) == ("", "")


def test_geheim_bij_de_aanmelding_blijft_geheim_in_het_dossier(
    routes: None,
    regievoerder: Any,
    lezer: Any,
) -> None:
    """The sender said so: the dossier that comes from it, or that was there already, hides the address too."""
    intake = client_met_sleutel("intake", "intake", eigen_organisatie=True)
    aanmelding = maak_aanmelding(intake)
    with handeling(FABRIEK):
        Aanmelding.objects.filter(pk=aanmelding.pk).update(adres_geheim=True, straat="Zwanenbloemkade")
    aanmelding.refresh_from_db()
    persoon = behandelen.accepteer(aanmelding, medewerker=regievoerder, actor=FABRIEK)
    assert (persoon.straat, persoon.adres_geheim) == ("Zwanenbloemkade", True)
    bekend = met_regie(regievoerder, geslachtsnaam="Bekend")
    from deelnemers.services.inschrijven import _vul_aan

    with handeling(FABRIEK):
        _vul_aan(bekend, Persoonsgegevens("Bekend", bekend.geboortedatum, adres_geheim=True))
    bekend.refresh_from_db()
    assert bekend.adres_geheim


def test_de_kaart_bij_een_overdracht_noemt_het_adres_niet(
    wereld: dict[str, Any], regievoerder: Any, maak_medewerker: Any
) -> None:
    maak_geheim(wereld["persoon"])
    naar = maak_medewerker("consulent")
    persoon = Deelnemer.objects.get(pk=wereld["persoon"].pk)
    rij = bied_aan(persoon, naar, klok.vandaag(), reden="Verhuisd", door=regievoerder, actor=FABRIEK)
    client = Client()
    client.force_login(naar.gebruiker)
    tekst = client.get(reverse("overdracht", args=[rij.pk])).content.decode()
    assert "Het adres is afgeschermd" in tekst and not any(spoor in tekst for spoor in SPOREN)
