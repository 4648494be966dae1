"""Who meets a person knows beforehand that a safety notice holds; what it says stays where it may be read (R219)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Veiligheidsmelding
from kern.handeling import handeling
from organisatie.rechten import Rol
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK, WerkvoorraadFabriek
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import (
    AfspraakFabriek,
    BijeenkomstFabriek,
    GroepFabriek,
    GroepsdeelnameFabriek,
    InstrumentFabriek,
    Wereld,
    dagen,
    medewerker_met,
    moment,
)

pytestmark = pytest.mark.django_db

MERK = "</svg>Veiligheid<"
MAATREGEL = "Spreek met twee collega’s"


def melding(wereld: Wereld, deelnemer: Any = None, **velden: Any) -> Veiligheidsmelding:
    standaard = {
        "gedrag": "Werd dreigend",
        "maatregel": MAATREGEL,
        "bron": "balie",
        "vastgesteld_op": dagen(-1),
        "vastgesteld_door": wereld.consulent,
        "tweede_persoon": wereld.manager,
        "geldig_tot": dagen(30),
    }
    with handeling(FABRIEK):
        return Veiligheidsmelding.objects.create(deelnemer=deelnemer or wereld.deelnemer, **standaard | velden)


def blad(client: Client, wie: Any, naam: str, *args: Any) -> str:
    client.force_login(wie.gebruiker)
    antwoord = client.get(reverse(naam, args=args))
    assert antwoord.status_code == 200
    return antwoord.content.decode()


@pytest.mark.eis("R219", "In de agenda staat vóór het gesprek een merk, zonder de inhoud, met de weg naar de afspraak.")
def test_agenda_zegt_dat_er_een_melding_geldt(wereld: Wereld, client: Client) -> None:
    rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(0, 9))
    assert MERK not in blad(client, wereld.consulent, "agenda")
    melding(wereld)
    pagina = blad(client, wereld.consulent, "agenda")
    assert MERK in pagina and MAATREGEL not in pagina and "dreigend" not in pagina
    assert f'href="{reverse("afspraak", args=[rij.pk])}"' in pagina
    assert MAATREGEL in blad(client, wereld.consulent, "afspraak", rij.pk)


@pytest.mark.parametrize("velden", [{"tweede_persoon": None}, {"geldig_tot": dagen(-1), "vastgesteld_op": dagen(-9)}])
def test_niet_bevestigd_of_verlopen_geeft_geen_merk(wereld: Wereld, client: Client, velden: dict[str, Any]) -> None:
    """R219: only a notice that a second person confirmed, and that holds today."""
    AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(0, 9))
    melding(wereld, **velden)
    assert MERK not in blad(client, wereld.consulent, "agenda")


def test_trainer_ziet_het_bij_de_groep_en_in_de_agenda(wereld: Wereld, client: Client) -> None:
    """R219: the trainer meets the person without opening the dossier; who only counts heads does not read it."""
    trainer = medewerker_met(Rol.CONSULENT, TeamFabriek())
    groep = GroepFabriek(trainer=trainer, instrument=InstrumentFabriek(soort="groep", route="intern"))
    GroepsdeelnameFabriek(groep=groep, deelnemer=wereld.deelnemer)
    BijeenkomstFabriek(groep=groep, begint_op=moment(0, 9))
    BijeenkomstFabriek(groep=groep)
    melding(wereld)
    pagina = blad(client, trainer, "groep", groep.pk)
    assert MERK in pagina and MAATREGEL not in pagina and "Vraag de begeleider wat je doet" in pagina
    assert MERK in blad(client, trainer, "agenda")
    assert MERK in blad(client, trainer, "groep_scores", groep.pk)
    assert MERK not in blad(client, medewerker_met(Rol.TEAMONDERSTEUNING, TeamFabriek()), "groep", groep.pk)


def test_vandaag_zegt_het_alleen_aan_wie_het_mag_weten(wereld: Wereld, client: Client) -> None:
    """R219: the mark stands at the row of who guides the person; a colleague without a relation does not learn it."""
    vreemde = medewerker_met(Rol.CONSULENT, TeamFabriek())
    for wie in (wereld.consulent, vreemde):
        WerkvoorraadFabriek(voor=wie.gebruiker, betrokkene_id=wereld.deelnemer.pk)
    melding(wereld)
    pagina = blad(client, wereld.consulent, "vandaag")
    assert MERK in pagina and MAATREGEL not in pagina
    assert reverse("dossier", args=[wereld.deelnemer.dossiernummer]) in pagina
    assert MERK not in blad(client, vreemde, "vandaag")


def test_verzetten_laat_zien_wat_de_melding_vraagt(wereld: Wereld, client: Client) -> None:
    """R220: who moves the appointment reads the measure, the hours and the second colleague before the new time."""
    rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent)
    assert MAATREGEL not in blad(client, wereld.consulent, "afspraak_verzetten", rij.pk)
    melding(wereld)
    pagina = blad(client, wereld.consulent, "afspraak_verzetten", rij.pk)
    assert (
        MAATREGEL in pagina and "met een tweede collega erbij" in pagina and "Er is dan geen spreekkamer vrij" in pagina
    )


def test_het_merk_kost_geen_vraag_per_persoon(wereld: Wereld, client: Client) -> None:
    """R219: agenda, group and Vandaag ask as much with two notices as with twelve."""
    client.force_login(wereld.consulent.gebruiker)
    groep = GroepFabriek(team=wereld.team, trainer=wereld.consulent)
    BijeenkomstFabriek(groep=groep)

    def meer(aantal: int = 10) -> None:
        for uur in range(aantal):
            persoon = GroepsdeelnameFabriek(groep=groep).deelnemer
            AfspraakFabriek(deelnemer=persoon, medewerker=wereld.consulent, begint_op=moment(0, 6 + uur))
            WerkvoorraadFabriek(voor=wereld.consulent.gebruiker, betrokkene_id=persoon.pk)
            melding(wereld, persoon)

    meer(2)

    def bekijk() -> None:
        for pad in (reverse("agenda"), reverse("groep", args=[groep.pk]), reverse("vandaag") + "?alles=1"):
            assert client.get(pad).status_code == 200

    groeit_niet(bekijk, meer, "agenda, groep en vandaag")
