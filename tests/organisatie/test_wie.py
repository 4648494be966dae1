"""Rights follow from the roles of today; one query per request."""

from __future__ import annotations

import datetime as dt

import pytest

from kern import klok
from kern.aansluitingen import medewerker as stopcontact
from kern.handeling import handeling
from kern.models import Gebruiker
from kern.services import accounts
from organisatie.querysets import (
    eigen_team_ids,
    mijn_team_ids,
    waarneemt_voor_gebruiker_ids,
    waarneemt_voor_ids,
)
from organisatie.rechten import RECHTEN, ROLRECHTEN, Rol, rechten_van
from tests.hulp.vragen import tel_vragen
from tests.kern.fabrieken import FABRIEK
from tests.organisatie import fabrieken as f

GISTEREN = dt.timedelta(days=1)


def wie(medewerker):
    return stopcontact.van(Gebruiker.objects.get(pk=medewerker.gebruiker_id))


def test_elke_rol_staat_in_de_tabel_en_elk_recht_bestaat() -> None:
    assert set(ROLRECHTEN) == set(Rol)
    assert set().union(*ROLRECHTEN.values()) == set(RECHTEN), "een recht zonder rol, of een rol met een onbekend recht"
    assert rechten_van(["piloot"]) == frozenset(), "onbekende rol geeft niets"


@pytest.mark.parametrize("rol", list(Rol))
def test_rol_geeft_precies_zijn_rechten(rol: str, maak_medewerker) -> None:
    assert wie(maak_medewerker(rol)).rechten == ROLRECHTEN[Rol(rol)]


def test_zonder_rol_geen_rechten(maak_medewerker) -> None:
    assert wie(maak_medewerker()).rechten == frozenset()


def test_rol_van_gisteren_of_morgen_geeft_niets(gemeente) -> None:
    vandaag = klok.vandaag()
    oud = f.RolFabriek(einddatum=vandaag - GISTEREN)
    nieuw = f.RolFabriek(begindatum=vandaag + GISTEREN)
    laatste = f.RolFabriek(einddatum=vandaag)
    assert wie(oud.medewerker).rechten == frozenset() == wie(nieuw.medewerker).rechten
    assert wie(laatste.medewerker).rechten, "de einddatum telt mee"


def test_uit_dienst_of_contract_voorbij_geeft_niets(maak_medewerker) -> None:
    gisteren = klok.vandaag() - GISTEREN
    weg = maak_medewerker("consulent", einddatum=gisteren)
    inhuur = maak_medewerker("consulent", aanstelling="ingehuurd", contract_tot=gisteren)
    for medewerker in (weg, inhuur):
        assert wie(medewerker).medewerker is None
        assert wie(medewerker).rechten == frozenset()


@pytest.mark.eis("R198", "Een geblokkeerd account heeft bij het eerstvolgende verzoek geen toegang meer")
def test_geblokkeerd_is_meteen_buiten(log_in) -> None:
    client = log_in("teammanager")
    assert client.get("/mijn-team").status_code == 200
    accounts.blokkeer(client.medewerker.gebruiker, reden="op verzoek", actor=FABRIEK)
    antwoord = client.get("/mijn-team")
    assert antwoord.status_code == 302 and antwoord.url.startswith("/inloggen")
    assert wie(client.medewerker).rechten == frozenset()


@pytest.mark.eis("R191", "Ieder die stuurt ziet zijn eigen deel: team, pijler of de hele afdeling")
def test_teams_volgen_uit_rol_pijler_en_waarneming(gemeente) -> None:
    intern, extern = f.PijlerFabriek(), f.PijlerFabriek(soort="extern", naam="Extern")
    a, b, c = f.TeamFabriek(pijler=intern), f.TeamFabriek(pijler=intern), f.TeamFabriek(pijler=extern)
    f.TeamFabriek(pijler=intern, einddatum=klok.vandaag() - GISTEREN)
    ik = f.RolFabriek(team=a).medewerker
    ander = f.RolFabriek(team=c, rol="teammanager").medewerker
    pijler = f.RolFabriek(team=None, pijler=intern, rol="afdelingsmanager").medewerker
    alles = f.RolFabriek(team=None, rol="afdelingsmanager").medewerker
    controller = f.RolFabriek(team=None, rol="controller").medewerker
    f.WaarnemingFabriek(waarnemer=ik, voor=ander)
    assert eigen_team_ids(ik) == {a.pk}
    assert mijn_team_ids(ik) == {a.pk, c.pk}
    assert waarneemt_voor_ids(ik) == {ander.pk}
    assert waarneemt_voor_gebruiker_ids(ik) == {ander.gebruiker_id}
    assert mijn_team_ids(pijler) == {a.pk, b.pk}
    assert mijn_team_ids(alles) == {a.pk, b.pk, c.pk}
    assert mijn_team_ids(controller) == frozenset()
    assert mijn_team_ids(None) == waarneemt_voor_ids(None) == frozenset()


def test_waarneming_die_voorbij_is_geeft_niets(gemeente) -> None:
    w = f.WaarnemingFabriek(einddatum=klok.vandaag() - GISTEREN)
    assert waarneemt_voor_ids(w.waarnemer) == frozenset()


def test_een_vraag_per_verzoek(maak_medewerker) -> None:
    gebruiker = Gebruiker.objects.get(pk=maak_medewerker("consulent", "werkleider").gebruiker_id)
    with tel_vragen("default") as vragen:
        wie_ = stopcontact.van(gebruiker)
        mijn_team_ids(wie_.medewerker)
        assert stopcontact.van(gebruiker) is wie_
        assert wie_.medewerker.gebruiker.naam
    assert len(vragen) == 1, vragen.verslag()


def test_functieregel(maak_medewerker) -> None:
    team = f.TeamFabriek(naam="Oost/Zuidoost")
    assert wie(maak_medewerker("consulent", team=team)).functie == "Consulent · Oost/Zuidoost"
    with handeling(FABRIEK):
        assert wie(maak_medewerker()).functie == "Geen rol"
