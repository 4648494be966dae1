"""People who need more care: who acts for them and what goes to whom, minors, and a death that stops everything."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Deelnemer, Vertegenwoordiger, Voorinschrijving
from deelnemers.services import inzage, privacy
from deelnemers.services import vertegenwoordiging as v
from deelnemers.services.overlijden import meld_overlijden
from kern import berichten, klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.models import Bericht
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.hulp.pdf import tekst_van as pdftekst
from tests.kern.fabrieken import FABRIEK

VANDAAG = klok.vandaag


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    return met_regie(consulent, telefoon="0612345678")


@pytest.fixture
def scholier(consulent: Any) -> Deelnemer:
    return met_regie(consulent, roepnaam="Jip", geboortedatum=VANDAAG().replace(day=1) - dt.timedelta(days=365 * 16))


def bewind(persoon: Deelnemer, **velden: Any) -> Vertegenwoordiger:
    velden = {"soort": "bewindvoerder", "naam": "M. de Wit", "begindatum": VANDAAG()} | velden
    return v.leg_vertegenwoordiger_vast(
        persoon, velden.pop("soort"), velden.pop("naam"), velden.pop("begindatum"), actor=TOETS, **velden
    )


def namen(persoon: Deelnemer, wat: str, op: dt.date | None = None) -> list[str]:
    return [g.naam for g in v.wie_krijgt(persoon, wat, op)]


def test_wat_naar_wie_gaat_volgt_de_periode(persoon: Deelnemer) -> None:
    assert namen(persoon, "brieven") == [persoon.naam]
    bewind(persoon, brieven="vertegenwoordiger", email="dewit@debrug.example", einddatum=VANDAAG() + 10 * DAG)
    assert namen(persoon, "brieven") == ["M. de Wit"]
    assert namen(persoon, "uitnodigingen") == [persoon.naam]
    assert namen(persoon, "brieven", VANDAAG() + 11 * DAG) == [persoon.naam], "na de laatste dag weer zelf"
    bewind(persoon, soort="mentor", naam="Els Bos", brieven="persoon", uitnodigingen="beiden", telefoon="0612345678")
    assert namen(persoon, "uitnodigingen") == [persoon.naam, "Els Bos"]


def test_een_uitnodiging_gaat_nooit_naar_niemand(persoon: Deelnemer) -> None:
    with pytest.raises(ValidationError, match="telefoonnummer of e-mailadres"):
        bewind(persoon, uitnodigingen="vertegenwoordiger")
    with pytest.raises(ValidationError, match="Vul een adres of e-mailadres in"):
        bewind(persoon, brieven="vertegenwoordiger", telefoon="020 1234567")
    with pytest.raises(ValidationError, match="een postcode en een plaats"):
        bewind(persoon, brieven="vertegenwoordiger", postadres="Postbus 1")


ADRES = {"postadres": "Postbus 2013", "postcode": "1000CA", "woonplaats": "Amsterdam"}


@pytest.mark.parametrize(("keuze", "ook_zelf"), [("vertegenwoordiger", False), ("beiden", True), ("persoon", True)])
def test_een_brief_gaat_naar_wie_is_gekozen(persoon: Deelnemer, keuze: str, ook_zelf: bool) -> None:
    """R005: the letter bears the name and the address of who gets it, and says why it comes to somebody else."""
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(straat="Weesperstraat", huisnummer="951", woonplaats="Amsterdam")
    bewind(persoon, organisatie="Bewindkantoor De Brug", brieven=keuze, **ADRES)
    rij = privacy.neem_in(persoon, "bezwaar", VANDAAG(), "balie", vraag="Dit klopt niet.", actor=TOETS)
    rij = privacy.stel_identiteit_vast(rij, "document", actor=TOETS)
    rij = privacy.beslis(rij, "afwijzen", reden="Wij wijzen dit af omdat het klopt.", actor=TOETS)
    tekst = pdftekst(inzage.brief(rij))
    assert ("Weesperstraat 951" in tekst) is ook_zelf
    assert ("Postbus 2013" in tekst and "1000 CA Amsterdam" in tekst) is (keuze != "persoon")
    assert (f"als bewindvoerder van {persoon.naam}" in tekst) is (keuze != "persoon")


def test_een_geheim_adres_staat_op_geen_brief(persoon: Deelnemer) -> None:
    """R005: the representative gets the letter, the secret address of the person is on none."""
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(straat="Weesperstraat", huisnummer="951", adres_geheim=True)
    bewind(persoon, **ADRES)
    persoon.refresh_from_db()
    assert [g.adres for g in v.wie_krijgt(persoon, "brieven")] == [(), ("Postbus 2013", "1000 CA Amsterdam")]


def test_dezelfde_vertegenwoordiger_niet_twee_keer_op_een_dag(persoon: Deelnemer) -> None:
    bewind(persoon)
    with pytest.raises(ValidationError, match="staat er in deze periode al"):
        bewind(persoon)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="vertegenwoordiger_soort"), transaction.atomic():
        Vertegenwoordiger.objects.create(deelnemer=persoon, soort="buurman", naam="X", begindatum=VANDAAG())


def test_een_minderjarige_vraagt_om_een_grond_en_een_ouder(scholier: Deelnemer, consulent: Any) -> None:
    def rijen() -> list[str]:
        return [r.titel for r in werkvoorraad.voor(consulent.gebruiker_id).filter(soort="minderjarig")]

    from deelnemers.services.werkvoorraad import ververs

    with handeling(TOETS):
        ververs(scholier.pk)
    assert rijen() == [f"Leg vast waarom we {scholier.naam} al kennen"]
    with pytest.raises(ValidationError, match="welke ouder"):
        v.leg_voorinschrijving_vast(scholier, "taak", "Van school naar werk", ouder_ingelicht_op=VANDAAG(), actor=TOETS)
    v.leg_voorinschrijving_vast(scholier, "taak", "Van school naar werk", actor=TOETS)
    assert rijen(), "zonder ouder die het weet blijft het staan"
    moeder = bewind(scholier, soort="ouder", naam="Anna Bakker")
    v.leg_voorinschrijving_vast(
        scholier, "taak", "Van school naar werk", ouder=moeder, ouder_ingelicht_op=VANDAAG(), actor=TOETS
    )
    assert rijen() == []
    assert Voorinschrijving.objects.filter(deelnemer=scholier).count() == 1, "dezelfde dag is een verbetering"


def test_een_voorinschrijving_is_alleen_voor_minderjarigen_met_een_eigen_ouder(
    persoon: Deelnemer, scholier: Deelnemer
) -> None:
    with pytest.raises(ValidationError, match="volwassen"):
        v.leg_voorinschrijving_vast(persoon, "taak", "Van school naar werk", actor=TOETS)
    for vreemd in (bewind(persoon, soort="ouder"), bewind(scholier)):
        with pytest.raises(ValidationError, match="ouder of voogd van deze persoon"):
            v.leg_voorinschrijving_vast(scholier, "taak", "Van school naar werk", ouder=vreemd, actor=TOETS)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="voorinschrijving_toegelicht"), transaction.atomic():
        Voorinschrijving.objects.create(deelnemer=scholier, grondslag="taak", toelichting="kort", begindatum=VANDAAG())


def test_de_schermen_van_een_vertegenwoordiger(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    lijst = reverse("vertegenwoordigers", args=[persoon.dossiernummer])
    assert "regelt alles zelf" in client.get(lijst).content.decode()
    nieuw = reverse("vertegenwoordiger_nieuw", args=[persoon.dossiernummer])
    velden = {"soort": "bewindvoerder", "naam": "M. de Wit", "begindatum": VANDAAG().strftime("%d-%m-%Y"),
              "brieven": "vertegenwoordiger", "uitnodigingen": "beiden", "postadres": "Postbus 1",
              "postcode": "1000 aa", "woonplaats": "Amsterdam"}  # fmt: skip
    assert client.post(nieuw, velden).status_code == 400, "zonder telefoon of e-mail"
    assert client.post(nieuw, velden | {"telefoon": "020 1234567"}).status_code == 302
    tekst = client.get(lijst).content.decode()
    assert "M. de Wit" in tekst and "alleen de vertegenwoordiger" in tekst and "Postbus 1, 1000 AA Amsterdam" in tekst
    rij = Vertegenwoordiger.objects.get()
    een = reverse("vertegenwoordiger", args=[persoon.dossiernummer, rij.pk])
    assert client.get(een).status_code == 200
    gisteren = (VANDAAG() - DAG).strftime("%d-%m-%Y")
    assert client.post(een, velden | {"telefoon": "020", "einddatum": gisteren}).status_code == 400
    afspraak = client.get(reverse("afspraak_maken", args=[persoon.dossiernummer])).content.decode()
    assert "M. de Wit" in afspraak, "bij het plannen staat wie de uitnodiging krijgt"


def test_de_tolk_staat_erbij_als_je_een_afspraak_maakt(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    pad = reverse("afspraak_maken", args=[persoon.dossiernummer])
    assert "tolk" not in client.get(pad).content.decode().lower()
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(tolk_taal="Tigrinya")
    assert "Regel een tolk Tigrinya" in client.get(pad).content.decode()


def test_een_overlijden_vastleggen(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    pad = reverse("overlijden", args=[persoon.dossiernummer])
    morgen, nu = ((VANDAAG() + n * DAG).strftime("%d-%m-%Y") for n in (1, 0))
    assert client.post(pad, {"overleden_op": morgen, "bron": "BRP", "zeker": "on"}).status_code == 400
    assert client.post(pad, {"overleden_op": nu, "bron": "BRP"}).status_code == 400
    persoon.refresh_from_db()
    assert persoon.overleden_op is None
    assert client.post(pad, {"overleden_op": nu, "bron": "Bericht uit de BRP", "zeker": "on"}).status_code == 302
    persoon.refresh_from_db()
    assert persoon.overleden_op == VANDAAG()
    assert "Al vastgelegd" in client.get(pad).content.decode()


def test_een_bericht_over_een_overledene_gaat_nooit_uit(persoon: Deelnemer) -> None:
    def bericht() -> Bericht:
        return berichten.stel_bericht_op(
            kanaal="email", aan="samira@voorbeeld.example", tekst="Tot morgen", betrokkene_id=persoon.pk, actor=TOETS
        )

    klaar, na_commit = bericht(), bericht()
    meld_overlijden(persoon, VANDAAG(), actor=TOETS)
    klaar.refresh_from_db()
    assert klaar.status == "ingetrokken"
    assert bericht().status == "ingetrokken", "wat daarna nog wordt opgesteld"
    with handeling(FABRIEK):  # one that a job wrote at the same moment
        Bericht.objects.filter(pk=na_commit.pk).update(status="klaar")
    assert berichten.verstuur_volgende(TOETS) == "ingetrokken"
    with pytest.raises(ValidationError, match="net al vastgelegd"):
        meld_overlijden(persoon, VANDAAG(), actor=TOETS)
