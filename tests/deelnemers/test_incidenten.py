"""Incidents and the life of a safety notice: told to the person, looked at again, never run out unseen (R219, R221)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from deelnemers import incidentvragen
from deelnemers.models import Deelnemer, Incident, Veiligheidsmelding
from deelnemers.services import incidenten, veiligheid
from deelnemers.services.werkvoorraad import werkregels
from kern import klok
from kern.handeling import handeling
from kern.models import Leesregel, Werkvoorraad
from kern.weigering import IntussenGewijzigd
from organisatie.rechten import Rol
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek


@pytest.fixture
def persoon(consulent: Any, team: Any) -> Deelnemer:
    return met_regie(consulent, team)


@pytest.fixture
def als(log_in: Callable[..., Any], team: Any) -> Callable[..., Any]:
    return lambda *rollen, **velden: log_in(*rollen, team=team, **velden)


def melding(persoon: Deelnemer, eerste: Any, tweede: Any, *, op: dt.date, tot: dt.date) -> Veiligheidsmelding:
    with handeling(FABRIEK):
        return Veiligheidsmelding.objects.create(
            deelnemer=persoon,
            gedrag="Sloeg met de deur",
            maatregel="Spreek met twee collega’s",
            bron="balie",
            vastgesteld_op=op,
            vastgesteld_door=eerste,
            tweede_persoon=tweede,
            geldig_tot=tot,
        )


def incident(persoon: Deelnemer, door: Any, **velden: Any) -> Incident:
    velden = {
        "soort": "dreigen",
        "gebeurd_op": klok.nu(),
        "waar": "Spreekkamer",
        "gebeurd": "Hief een vuist op.",
    } | velden
    return incidenten.meld_incident(persoon, door, actor=TOETS, **velden)


def rijen(sleutel: str) -> list[Werkvoorraad]:
    return list(Werkvoorraad.objects.filter(sleutel=sleutel))


AF = {
    "uitkomst": "Met de persoon gesproken.",
    "meldingbesluit": "geen",
    "persoon_ingelicht_op": None,
    "niet_inlichten_reden": "Vertellen maakt het gevaar groter.",
}


@pytest.mark.eis("R221", "Een incident komt in een register, met opvolging door een ander dan de melder")
def test_van_melden_tot_afhandelen_op_het_scherm(als: Any, persoon: Deelnemer) -> None:
    melder = als("consulent")
    nummer = persoon.dossiernummer
    velden = {"soort": "dreigen", "dag": f"{klok.vandaag():%d-%m-%Y}", "tijd": "0.01", "waar": "Balie"}
    kort = melder.post(reverse("incident_nieuw", args=[nummer]), velden | {"gebeurd": "Boos"})
    assert kort.status_code == 400 and "Schrijf in een paar woorden op" in kort.content.decode()
    goed = melder.post(reverse("incident_nieuw", args=[nummer]), velden | {"gebeurd": "Gooide een stoel om."})
    assert goed.status_code == 302
    rij = Incident.objects.get()
    pad = reverse("incident", args=[nummer, rij.pk])
    assert "Gooide een stoel om." in melder.get(pad).content.decode()
    assert melder.get(reverse("incident_afhandelen", args=[nummer, rij.pk])).status_code == 403
    manager = als("teammanager")
    assert "Gooide" not in manager.get(reverse("incidenten")).content.decode()
    assert persoon.naam in manager.get(reverse("incidenten")).content.decode()

    hulp = {"nazorg": "Gesprek", "nazorg_door": manager.medewerker.pk, "nazorg_voor": f"{klok.vandaag():%d-%m-%Y}"}
    assert manager.post(reverse("incident_nazorg", args=[nummer, rij.pk]), hulp).status_code == 302
    [helpen] = rijen(f"incident:{rij.pk}:nazorg")
    assert helpen.voor_id == manager.medewerker.gebruiker_id
    manager.post(reverse("incident_nazorg_gedaan", args=[nummer, rij.pk]))
    assert rijen(f"incident:{rij.pk}:nazorg") == []

    af = reverse("incident_afhandelen", args=[nummer, rij.pk])
    half = manager.post(af, {"uitkomst": "Gesproken", "meldingbesluit": "nieuw", "versie": 99})
    assert half.status_code == 400
    vol = {"uitkomst": "Gesproken", "meldingbesluit": "geen", "persoon_ingelicht_op": f"{klok.vandaag():%d-%m-%Y}"}
    assert manager.post(af, vol).status_code == 302
    rij.refresh_from_db()
    assert (rij.afgehandeld_op, rij.afgehandeld_door_id) == (klok.vandaag(), manager.medewerker.pk)
    assert rijen(f"incident:{rij.pk}") == []
    assert "Afgehandeld op" in manager.get(pad).content.decode()


def test_wie_het_meldde_handelt_het_niet_af(persoon: Deelnemer, manager: Any) -> None:
    rij = incident(persoon, manager)
    with pytest.raises(ValidationError, match="Iemand anders dan de melder"):
        incidenten.handel_incident_af(rij, manager, versie=None, actor=TOETS, **AF)
    with handeling(FABRIEK), pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=rij.pk).update(
            afgehandeld_op=klok.vandaag(), afgehandeld_door=manager, **{k: v for k, v in AF.items() if v}
        )


@pytest.mark.eis("R221", "De persoon hoort van het incident, tenzij iemand met een reden anders besluit")
def test_de_persoon_hoort_het_of_er_is_een_reden(persoon: Deelnemer, consulent: Any, manager: Any) -> None:
    rij = incident(persoon, consulent)
    for fout in (
        {"niet_inlichten_reden": ""},
        {"niet_inlichten_reden": "kort"},
        {"persoon_ingelicht_op": klok.vandaag()},
    ):
        with pytest.raises(ValidationError) as geweigerd:
            incidenten.handel_incident_af(rij, manager, versie=None, actor=TOETS, **(AF | fout))
        assert "niet_inlichten_reden" in geweigerd.value.error_dict
    morgen = AF | {"persoon_ingelicht_op": klok.vandaag() + DAG, "niet_inlichten_reden": ""}
    with pytest.raises(ValidationError, match="nog niet geweest"):
        incidenten.handel_incident_af(rij, manager, versie=None, actor=TOETS, **morgen)
    rij.refresh_from_db()
    assert rij.afgehandeld_op is None


@pytest.mark.eis("R221", "Een incident leidt tot een blik op de veiligheidsmelding")
def test_het_besluit_over_de_melding_moet_kloppen(persoon: Deelnemer, consulent: Any, manager: Any) -> None:
    rij = incident(persoon, consulent)
    for besluit, zin in (("blijft", "geldt nu geen"), ("nieuw", "Maak eerst")):
        with pytest.raises(ValidationError, match=zin):
            incidenten.handel_incident_af(rij, manager, versie=None, actor=TOETS, **(AF | {"meldingbesluit": besluit}))
    veiligheid.stel_veiligheid_voor(
        persoon,
        consulent,
        gedrag="Hief een vuist op",
        maatregel="Met twee",
        bron="gesprek",
        geldig_tot=klok.vandaag() + 90 * DAG,
        actor=TOETS,
    )
    klaar = incidenten.handel_incident_af(rij, manager, versie=None, actor=TOETS, **(AF | {"meldingbesluit": "nieuw"}))
    assert klaar.meldingbesluit == "nieuw"


def test_twee_tegelijk_en_de_toekomst(persoon: Deelnemer, consulent: Any, manager: Any) -> None:
    with pytest.raises(ValidationError, match="nog niet geweest"):
        incident(persoon, consulent, gebeurd_op=klok.nu() + dt.timedelta(hours=1))
    rij = incident(persoon, consulent)
    incidenten.handel_incident_af(rij, manager, versie=rij.versie, actor=TOETS, **AF)
    with pytest.raises(IntussenGewijzigd):
        incidenten.handel_incident_af(rij, manager, versie=rij.versie, actor=TOETS, **AF)
    with pytest.raises(ValidationError, match="al afgehandeld"):
        incidenten.handel_incident_af(rij, manager, versie=None, actor=TOETS, **AF)


def test_vooraf_gewaarschuwd_telt_alleen_een_melding_die_toen_gold(
    persoon: Deelnemer, consulent: Any, manager: Any
) -> None:
    toen = timezone.make_aware(dt.datetime.combine(klok.vandaag() - 10 * DAG, dt.time(12)))
    zonder = incident(persoon, consulent, gebeurd_op=toen)
    melding(persoon, consulent, manager, op=klok.vandaag() - 10 * DAG, tot=klok.vandaag() + 30 * DAG)
    zelfde_dag = incident(persoon, consulent, gebeurd_op=toen)
    met = incident(persoon, consulent, gebeurd_op=klok.nu() - dt.timedelta(minutes=1))
    assert [i.melding_vooraf for i in (zonder, zelfde_dag, met)] == [False, False, True]
    assert incidentvragen.cijfers(manager) == {"jaar": 3, "zonder": 2, "open": 3}


def test_een_ander_team_ziet_niets(als: Any, log_in: Any, persoon: Deelnemer, consulent: Any) -> None:
    rij = incident(persoon, consulent)
    ander = log_in("teammanager", team=TeamFabriek(naam="Team West"))
    assert persoon.naam not in ander.get(reverse("incidenten")).content.decode()
    antwoord = ander.get(reverse("incident", args=[persoon.dossiernummer, rij.pk]))
    assert antwoord.status_code == 302 and "doorbreken" in antwoord["Location"]
    assert als("consulent").get(reverse("incidenten")).status_code == 403


def test_wie_alleen_mag_melden_ziet_de_eigen_melding(als: Any, persoon: Deelnemer, consulent: Any) -> None:
    from deelnemers.services.regie import betrek

    rij, wsp = incident(persoon, consulent), als(Rol.ACCOUNTMANAGER_WSP)
    betrek(persoon, "accountmanager", klok.vandaag(), "toets:1", medewerker=wsp.medewerker, actor=TOETS)
    eigen = incident(persoon, wsp.medewerker, gebeurd="Smeet de telefoon weg.")
    assert wsp.get(reverse("incident", args=[persoon.dossiernummer, rij.pk])).status_code == 404
    assert wsp.get(reverse("incident", args=[persoon.dossiernummer, eigen.pk])).status_code == 200
    tekst = wsp.get(reverse("veiligheid_overzicht", args=[persoon.dossiernummer])).content.decode()
    assert "Hief een vuist" not in tekst and "Veiligheidsmeldingen" not in tekst


def test_wie_keek_staat_in_het_leeslog(als: Any, persoon: Deelnemer, consulent: Any) -> None:
    rij, manager = incident(persoon, consulent), als("teammanager")
    for naam, args in (("incidenten", []), ("incident", [persoon.dossiernummer, rij.pk])):
        manager.get(reverse(naam, args=args))
        assert Leesregel.objects.latest("id").betrokkenen == [persoon.pk]


@pytest.mark.eis("R219", "Wie een veiligheidsmelding krijgt, hoort dat, en zij verloopt niet ongezien")
def test_melding_vertellen_en_opnieuw_bekijken(als: Any, persoon: Deelnemer, consulent: Any, manager: Any) -> None:
    rij = melding(persoon, consulent, manager, op=klok.vandaag() - 60 * DAG, tot=klok.vandaag() + 10 * DAG)
    soorten = {r.sleutel.rsplit(":", 1)[1]: r.voor_id for r in werkregels([persoon.pk]) if "veiligheid" in r.soort}
    assert soorten == dict.fromkeys(("inlichten", "herzien"), consulent.gebruiker_id)
    client, arg = als("consulent"), [persoon.dossiernummer, rij.pk]
    leeg = client.post(reverse("veiligheid_inlichten", args=arg), {})
    assert leeg.status_code == 400 and "Vul een datum in, of een reden" in leeg.content.decode()
    op = {"persoon_ingelicht_op": f"{klok.vandaag():%d-%m-%Y}"}
    assert client.post(reverse("veiligheid_inlichten", args=arg), op).status_code == 302
    langer = {"gedrag": rij.gedrag, "maatregel": rij.maatregel, "bron": rij.bron}
    langer["geldig_tot"] = f"{klok.vandaag() + 90 * DAG:%d-%m-%Y}"
    assert client.post(reverse("veiligheid_verlengen", args=arg), langer).status_code == 302
    nieuw = Veiligheidsmelding.objects.exclude(pk=rij.pk).get()
    assert nieuw.tweede_persoon is None  # the second person looks again too
    over = [r.sleutel for r in werkregels([persoon.pk]) if "veiligheid" in r.soort]
    assert over == [f"veiligheid:{nieuw.pk}"]
    nog_eens = client.post(reverse("veiligheid_verlengen", args=arg), langer)
    assert nog_eens.status_code == 400 and Veiligheidsmelding.objects.count() == 2


def test_ongezien_verlopen_staat_in_het_register(als: Any, persoon: Deelnemer, consulent: Any, manager: Any) -> None:
    rij = melding(persoon, consulent, manager, op=klok.vandaag() - 60 * DAG, tot=klok.vandaag() - DAG)
    client = als("teammanager")
    assert "verlopen zonder dat iemand keek" in client.get(reverse("incidenten")).content.decode()
    veiligheid.laat_veiligheid_verlopen(rij, actor=TOETS)
    assert "is ongezien verlopen" in client.get(reverse("incidenten")).content.decode()
    with pytest.raises(ValidationError, match="al naar deze melding gekeken"):
        veiligheid.laat_veiligheid_verlopen(rij, actor=TOETS)


def test_register_en_overzicht_kosten_niet_meer_bij_meer(
    als: Any, persoon: Deelnemer, consulent: Any, manager: Any, team: Any
) -> None:
    client = als("teammanager")

    def meer() -> None:
        for _ in range(5):
            ander = met_regie(consulent, team)
            for wie in (ander, persoon):
                incident(wie, consulent)
                melding(wie, consulent, manager, op=klok.vandaag() - 60 * DAG, tot=klok.vandaag() - DAG)

    meer()
    groeit_niet(lambda: client.get(reverse("incidenten")), meer, "register van incidenten", 12)
    overzicht = reverse("veiligheid_overzicht", args=[persoon.dossiernummer])
    groeit_niet(lambda: client.get(overzicht), meer, "veiligheid van een persoon", 16)
