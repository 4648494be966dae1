"""The relation with an employer: what waits for us, and two people who change the same thing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deelnemers.services import herbouw
from kern import klok
from kern.models import Werkvoorraad
from tests.werkgevers.fabrieken import (
    ACTOR,
    ContactpersoonFabriek,
    VacatureFabriek,
    VestigingFabriek,
    WerkgeverFabriek,
    kandidaat,
)
from werkgevers.models import Werkgever, Werkgeversafspraak
from werkgevers.services import bemiddeling as bemiddelen
from werkgevers.services import werkgevers as relaties

WEEK = dt.timedelta(weeks=1)


def wacht() -> list[tuple[str, int | None]]:
    rijen = Werkvoorraad.objects.filter(kamer="werkgevers").order_by("sleutel")
    return [(rij.soort, rij.voor_id) for rij in rijen]


def beloof(werkgever: Werkgever, wie: Any) -> Werkgeversafspraak:
    return relaties.maak_afspraak(werkgever, "Stuur het rooster", actor=ACTOR, medewerker=wie, voor=klok.vandaag())


def test_herbouwen_laat_staan_wat_wacht(gemeente: Any, maak_medewerker: Any) -> None:
    consulent, wsp, werkgever = maak_medewerker("consulent"), maak_medewerker("accountmanager_wsp"), WerkgeverFabriek()
    relaties.leg_relatiecontact_vast(werkgever, wsp, "rooster", actor=ACTOR, terugkomen_op=klok.vandaag() + WEEK)
    beloof(werkgever, wsp)
    bemiddelen.draag_voor(kandidaat(consulent), VacatureFabriek(), wsp, actor=ACTOR)
    voor = wacht()
    assert {soort for soort, _ in voor} == {"terugkomen", "toezegging", "bemiddeling", "voordracht"}
    assert herbouw.werk(ACTOR)["werkgevers"] == 0
    assert wacht() == voor


def test_een_afspraak_die_weer_opengaat_wacht_weer(gemeente: Any, maak_medewerker: Any) -> None:
    ik = maak_medewerker()
    afspraak = beloof(WerkgeverFabriek(), ik)
    relaties.kom_afspraak_na(afspraak, actor=ACTOR)
    assert not wacht()
    relaties.kom_afspraak_na(afspraak, nagekomen=False, actor=ACTOR)
    assert wacht() == [("toezegging", ik.gebruiker_id)]


def test_wie_op_de_dag_zelf_weer_spreekt_is_teruggekomen(gemeente: Any, maak_medewerker: Any) -> None:
    werkgever, ik, collega = WerkgeverFabriek(), maak_medewerker(), maak_medewerker()

    def spreek(wie: Any, dagen_geleden: int, **velden: Any) -> None:
        op = klok.nu() - dt.timedelta(days=dagen_geleden)
        relaties.leg_relatiecontact_vast(werkgever, wie, "rooster", actor=ACTOR, op=op, **velden)

    spreek(ik, 9, terugkomen_op=klok.vandaag() - dt.timedelta(days=2))
    spreek(ik, 5)
    spreek(collega, 1)
    assert wacht() == [("terugkomen", ik.gebruiker_id)], "te vroeg, of iemand anders"
    spreek(ik, 0)
    assert not wacht()


@pytest.mark.parametrize(
    ("fabriek", "dienst", "naam"),
    [
        (VestigingFabriek, relaties.leg_vestiging_vast, "vestiging"),
        (ContactpersoonFabriek, relaties.leg_contactpersoon_vast, "contactpersoon"),
    ],
    ids=["vestiging", "contactpersoon"],
)
def test_twee_mensen_wijzigen_hetzelfde(gemeente: Any, fabriek: Any, dienst: Any, naam: str) -> None:
    rij = fabriek()
    dienst(rij.werkgever, **{naam: rij}, versie=rij.versie, naam="Nieuw", actor=ACTOR)
    with pytest.raises(ValidationError, match="net gewijzigd"):
        dienst(rij.werkgever, **{naam: rij}, versie=rij.versie, naam="Anders", actor=ACTOR)
    rij.refresh_from_db()
    assert (rij.naam, rij.versie) == ("Nieuw", 2)


def test_zoeken_op_een_naam_met_een_accent(gemeente: Any, log_in: Any) -> None:
    WerkgeverFabriek(naam="Café De Hoek")
    lijst = log_in("accountmanager_wsp").get(reverse("werkgevers"), {"zoek": "café"}).content.decode()
    assert "Café De Hoek" in lijst
