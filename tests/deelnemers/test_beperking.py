"""A restriction of the use of data (AVG art. 18): stored, not used. The database refuses, whoever wrote the service."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from deelnemers.models import Contactmoment, Deelnemer, Regie
from deelnemers.services import privacy
from deelnemers.services.contact import leg_contact_vast
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.services.profiel import zoek_profiellink
from deelnemers.services.regie import wijs_regie_toe
from kern import berichten, klok
from kern.beperking import GebruikBeperkt
from kern.handeling import Actor
from kern.models import Bericht
from rapportage.toegang import zichtbaar
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.kern.fabrieken import BerichtFabriek
from tests.trajecten.fabrieken import roep_op

pytestmark = pytest.mark.django_db


def beperk(deelnemer: Deelnemer, officer: Actor) -> Any:
    """The person asked it, and we said yes."""
    rij = privacy.neem_in(deelnemer, "beperking", klok.vandaag(), "balie", vraag="Gebruik dit nu niet.", actor=officer)
    privacy.stel_identiteit_vast(rij, "document", actor=officer)
    return privacy.beslis(rij, "toewijzen", reden="We zoeken het uit.", actor=officer)


@pytest.fixture
def officer(maak_medewerker: Any) -> Actor:
    return Actor.van_gebruiker(maak_medewerker("privacy_officer").gebruiker)


@pytest.fixture
def ik(consulent: Any) -> Actor:
    return Actor.van_gebruiker(consulent.gebruiker)


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    return met_regie(consulent)


def _afspraak(persoon: Deelnemer, consulent: Any, ik: Actor) -> Any:
    begin = timezone.make_aware(dt.datetime.combine(klok.vandaag() + 3 * DAG, dt.time(10)))
    return roep_op(persoon, consulent, begin, begin + dt.timedelta(hours=1), actor=ik)


def test_geen_enkele_service_wijzigt_iets(persoon: Deelnemer, consulent: Any, ik: Actor, officer: Actor) -> None:
    from deelnemers.models import Opleiding

    doen = (
        lambda: leg_contact_vast(persoon, "Gebeld.", medewerker=consulent, actor=ik),
        lambda: leg_vast(persoon, Opleiding, vastgesteld_op=klok.vandaag(), actor=ik, niveau=2),
        lambda: _afspraak(persoon, consulent, ik),
        lambda: meld_overlijden(persoon, klok.vandaag(), actor=ik),
        lambda: berichten.stel_bericht_op(
            kanaal="email", aan="s@voorbeeld.example", tekst="x", betrokkene_id=persoon.pk, actor=TOETS
        ),
    )
    rij = beperk(persoon, officer)
    for doe in doen:
        with pytest.raises(GebruikBeperkt, match="gebruik van deze gegevens is beperkt"):
            doe()
    assert not Contactmoment.objects.filter(deelnemer=persoon).exists()
    privacy.hef_beperking_op(rij, reden="Het klopte.", actor=officer)
    doen[0]()
    assert Contactmoment.objects.filter(deelnemer=persoon).count() == 1


def test_een_ander_dossier_merkt_er_niets_van(persoon: Deelnemer, consulent: Any, ik: Actor, officer: Actor) -> None:
    beperk(persoon, officer)
    ander = met_regie(consulent)
    leg_contact_vast(ander, "Gebeld.", medewerker=consulent, actor=ik)
    assert Contactmoment.objects.filter(deelnemer=ander).exists()


def test_wie_er_voor_zorgt_mag_wisselen(
    persoon: Deelnemer, officer: Actor, ik: Actor, maak_medewerker: Any, team: Any
) -> None:
    """Otherwise nobody is responsible for a dossier of somebody who falls ill."""
    beperk(persoon, officer)
    ander = maak_medewerker("consulent", team=team)
    wijs_regie_toe(persoon, ander, klok.vandaag(), actor=ik, team=team)
    assert Regie.objects.filter(deelnemer=persoon, medewerker=ander).exists()


def test_het_verzoek_zelf_kan_door(persoon: Deelnemer, officer: Actor) -> None:
    beperk(persoon, officer)
    ook = privacy.neem_in(persoon, "inzage", klok.vandaag(), "balie", actor=officer)
    assert privacy.stel_identiteit_vast(ook, "document", actor=officer).status == "in_behandeling"


def test_toch_gebruiken_op_een_grond_en_voor_even(
    persoon: Deelnemer, consulent: Any, ik: Actor, officer: Actor, settings: Any
) -> None:
    rij, vandaag = beperk(persoon, officer), klok.vandaag()
    for grond, tot, reden, wat in (
        ("", vandaag, "x", "Kies waarom"),
        ("toestemming", vandaag - DAG, "x", "vanaf vandaag"),
        ("toestemming", vandaag + 40 * DAG, "x", "hoogstens een maand"),
        ("toestemming", vandaag, " ", "waarom en waarvoor"),
    ):
        with pytest.raises(ValidationError, match=wat):
            privacy.sta_gebruik_toe(rij, grond, tot, reden=reden, actor=officer)
    privacy.sta_gebruik_toe(rij, "toestemming", vandaag + DAG, reden="Wil toch naar het gesprek.", actor=officer)
    leg_contact_vast(persoon, "Gebeld.", medewerker=consulent, actor=ik)
    settings.PEILDATUM = (vandaag + 2 * DAG).isoformat()
    with pytest.raises(GebruikBeperkt):
        leg_contact_vast(persoon, "Nog eens gebeld.", medewerker=consulent, actor=ik)
    assert Contactmoment.objects.filter(deelnemer=persoon).count() == 1


def test_wat_klaarstond_gaat_niet_weg(persoon: Deelnemer, officer: Actor) -> None:
    BerichtFabriek(betrokkene_id=persoon.pk)
    anders = BerichtFabriek(betrokkene_id=DeelnemerFabriek().pk)
    beperk(persoon, officer)
    while berichten.verstuur_volgende(TOETS) is not None:
        pass
    standen = dict(Bericht.objects.order_by("pk").values_list("betrokkene_id", "status"))
    assert standen == {persoon.pk: "klaar", anders.betrokkene_id: "verstuurd"}


def test_niet_bij_naam_in_een_lijst_van_cijfers(persoon: Deelnemer, officer: Actor, maak_medewerker: Any) -> None:
    controller = maak_medewerker("controller")
    assert set(zichtbaar(controller, {"kpi.personen"}, [persoon.pk])) == {persoon.pk}
    beperk(persoon, officer)
    assert zichtbaar(controller, {"kpi.personen"}, [persoon.pk]) == {}


def test_de_bladzijde_zegt_waarom(log_in: Any, team: Any, officer: Actor) -> None:
    client = log_in("consulent", team=team)
    persoon = met_regie(client.medewerker, team)
    beperk(persoon, officer)
    assert "Gebruik beperkt" in client.get(reverse("dossier", args=[persoon.dossiernummer])).content.decode()
    antwoord = client.post(reverse("notitie", args=[persoon.dossiernummer]), {"tekst": "Gebeld.", "soort": ""})
    assert antwoord.status_code in {400, 409, 422}
    assert "gebruik van deze gegevens is beperkt" in antwoord.content.decode()
    # A button without a form of its own: a page says it.
    antwoord = client.post(reverse("profiel_opstellen", args=[persoon.dossiernummer]))
    assert antwoord.status_code in {302, 409}


def test_een_link_voor_een_werkgever_sluit(persoon: Deelnemer, consulent: Any, officer: Actor) -> None:
    from deelnemers.services.profiel import geef_antwoord, maak_profiellink, voeg_profielregel_toe

    regel = voeg_profielregel_toe(persoon, "sterk", "Ik kom op tijd.", actor=TOETS)
    geef_antwoord(regel, True, medewerker=consulent, actor=TOETS)
    _, sleutel = maak_profiellink(persoon, "Bakkerij", 7, consulent, actor=TOETS)
    assert zoek_profiellink(sleutel) is not None
    beperk(persoon, officer)
    assert zoek_profiellink(sleutel) is None
