"""Being reachable: anybody takes the phone, the right colleague calls back in time, also when she is away."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Contactmoment, Deelnemer, Terugbelverzoek
from deelnemers.services import privacy, terugbellen
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.services.werkvoorraad import alle_werkregels, werkregels
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, handeling
from kern.models import Leesregel, Werkvoorraad
from organisatie.services.planning import leg_waarneming_vast, meld_afwezig
from regelgeving.rekenen.werkdagen import plus_werkdagen
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.deelnemers.test_beperking import beperk
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek, TeamFabriek


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    return met_regie(consulent)


@pytest.fixture
def balie(maak_medewerker: Any) -> Any:
    return maak_medewerker("teamondersteuning")


def verzoek(door: Any, **velden: Any) -> Terugbelverzoek:
    velden = {"beller": "De heer Jansen", "telefoon": "020 1234567", "onderwerp": "de stage"} | velden
    return terugbellen.neem_terugbelverzoek_aan(door=door, actor=TOETS, **velden)


def lijst(medewerker: Any, neemt_waar: Any = ()) -> list[str]:
    rijen = werkvoorraad.voor(
        medewerker.gebruiker_id, [r.team_id for r in medewerker.rollen.all()], [], [m.gebruiker_id for m in neemt_waar]
    )
    return [r.titel for r in rijen.filter(soort="terugbellen")]


def test_een_verzoek_staat_met_een_klok_bij_de_regievoerder(persoon: Deelnemer, consulent: Any, balie: Any) -> None:
    rij = verzoek(balie, deelnemer=persoon)
    assert rij.uiterlijk == plus_werkdagen(klok.vandaag(), 1)
    regel = werkvoorraad.voor(consulent.gebruiker_id).get(soort="terugbellen")
    assert (regel.op, regel.titel) == (rij.uiterlijk, f"Bel De heer Jansen terug over {persoon.naam}")
    assert balie.naam in regel.waarom
    staat = werkvoorraad.van_mensen("deelnemers", [persoon.pk])
    assert werkvoorraad.verschil(staat, werkregels([persoon.pk])) == ([], []), "de nacht maakt dezelfde regel"


def test_wie_waarneemt_ziet_het_en_zonder_waarnemer_het_hele_team(
    persoon: Deelnemer, consulent: Any, balie: Any, team: Any, maak_medewerker: Any
) -> None:
    collega = maak_medewerker("consulent", team=team)
    meld_afwezig(consulent, begindatum=klok.vandaag(), einddatum=klok.vandaag() + DAG, reden="verlof", actor=TOETS)
    verzoek(balie, deelnemer=persoon)
    assert len(lijst(collega)) == 1, "niemand neemt waar: het hele team ziet het"
    leg_waarneming_vast(collega, consulent, begindatum=klok.vandaag(), einddatum=klok.vandaag() + DAG, actor=TOETS)
    verzoek(balie, deelnemer=persoon, beller="Mevrouw Vos")
    assert len(lijst(collega, [consulent])) == 2
    assert Werkvoorraad.objects.get(titel__startswith="Bel Mevrouw Vos").voor_id == consulent.gebruiker_id


def test_terugbellen_wordt_een_contact_in_het_dossier(persoon: Deelnemer, consulent: Any, balie: Any) -> None:
    eigen = verzoek(balie, deelnemer=persoon, beller=persoon.naam)
    school = verzoek(balie, deelnemer=persoon, beller="Rob van school")
    terugbellen.bel_terug(school, door=consulent, actor=TOETS)
    persoon.refresh_from_db()
    assert persoon.laatste_contact_op is None, "de school spreken is nog geen contact met de persoon"
    terugbellen.bel_terug(eigen, door=consulent, notitie="Komt maandag.", actor=TOETS)
    persoon.refresh_from_db()
    assert persoon.laatste_contact_op == klok.vandaag()
    assert Contactmoment.objects.filter(inhoud="Komt maandag.", kanaal="telefoon").exists()
    assert lijst(consulent) == []


def test_geen_gehoor_blijft_staan_en_telt(persoon: Deelnemer, consulent: Any, balie: Any) -> None:
    rij = verzoek(balie, deelnemer=persoon)
    terugbellen.geen_gehoor(rij, actor=TOETS)
    rij = terugbellen.geen_gehoor(rij, actor=TOETS)
    assert (rij.status, rij.pogingen) == ("open", 2)
    assert "2 keer geen gehoor" in werkvoorraad.voor(consulent.gebruiker_id).get(soort="terugbellen").toelichting


def test_een_verzoek_voor_een_collega_zonder_persoon(consulent: Any, balie: Any) -> None:
    rij = verzoek(balie, voor=consulent)
    assert lijst(consulent) == ["Bel De heer Jansen terug"]
    sleutel = f"terugbellen:{rij.pk}"
    assert sleutel in {r.sleutel for r in alle_werkregels()}
    terugbellen.bel_terug(rij, door=consulent, actor=TOETS)
    assert lijst(consulent) == [] and sleutel not in {r.sleutel for r in alle_werkregels()}
    assert not Contactmoment.objects.exists()


def test_een_verzoek_is_altijd_voor_iemand(balie: Any) -> None:
    with pytest.raises(ValidationError, match="over wie het gaat"):
        verzoek(balie)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="terugbelverzoek_voor_iemand"), transaction.atomic():
        Terugbelverzoek.objects.create(
            beller="x", telefoon="1", ontvangen_op=klok.nu(), ontvangen_door=balie, uiterlijk=klok.vandaag(),
            status="open", status_sinds=klok.vandaag(),
        )  # fmt: skip


def test_na_overlijden_belt_niemand_meer(persoon: Deelnemer, consulent: Any, balie: Any) -> None:
    rij = verzoek(balie, deelnemer=persoon)
    meld_overlijden(persoon, klok.vandaag(), actor=TOETS)
    rij.refresh_from_db()
    assert rij.status == "vervallen" and lijst(consulent) == []
    with pytest.raises(ValidationError, match="overleden"):
        verzoek(balie, deelnemer=persoon)


# --- Pages ---------------------------------------------------------------------------------------------------------
VELDEN = {"beller": "De heer Jansen", "telefoon": "020 1234567", "onderwerp": "de stage"}


def test_de_balie_neemt_aan_zonder_het_dossier_te_zien(persoon: Deelnemer, log_in: Any) -> None:
    client, nieuw = log_in("teamondersteuning"), reverse("terugbelverzoek_nieuw")
    geboren = persoon.geboortedatum.strftime("%d-%m-%Y")
    assert client.post(nieuw, VELDEN).status_code == 400
    assert client.post(nieuw, VELDEN | {"achternaam": persoon.geslachtsnaam}).status_code == 400, (
        "alleen een naam is te weinig"
    )
    goed = client.post(nieuw, VELDEN | {"achternaam": persoon.geslachtsnaam, "geboortedatum": geboren}, follow=True)
    assert Terugbelverzoek.objects.get().deelnemer_id == persoon.pk
    tekst = goed.content.decode()
    assert "De heer Jansen" in tekst and persoon.dossiernummer not in tekst and persoon.naam not in tekst
    een = client.get(reverse("terugbelverzoek", args=[Terugbelverzoek.objects.get().pk])).content.decode()
    assert persoon.naam not in een and "Teruggebeld" not in een
    zet = reverse("terugbelverzoek_zet", args=[Terugbelverzoek.objects.get().pk, "gebeld"])
    assert client.post(zet).status_code == 403


def test_de_regievoerder_belt_en_legt_vast(persoon: Deelnemer, consulent: Any, balie: Any, client: Any) -> None:
    rij = verzoek(balie, deelnemer=persoon)
    client.force_login(consulent.gebruiker)
    assert persoon.naam in client.get(reverse("terugbelverzoeken")).content.decode()
    assert Leesregel.objects.order_by("-id")[0].betrokkenen == [persoon.pk]
    pad = reverse("terugbelverzoek", args=[rij.pk])
    assert "De heer Jansen" in client.get(pad).content.decode()
    assert client.post(reverse("terugbelverzoek_zet", args=[rij.pk, "vervallen"]), {"reden": ""}).status_code == 400
    client.post(reverse("terugbelverzoek_zet", args=[rij.pk, "geen_gehoor"]))
    client.post(reverse("terugbelverzoek_zet", args=[rij.pk, "gebeld"]), {"notitie": "Stage begint maandag."})
    rij.refresh_from_db()
    assert (rij.status, rij.pogingen, rij.afgehandeld_door_id) == ("gebeld", 1, consulent.pk)
    assert rij.beller in client.get(f"{reverse('terugbelverzoeken')}?klaar=1").content.decode()


def test_een_vreemde_ziet_het_verzoek_niet(
    persoon: Deelnemer, consulent: Any, balie: Any, log_in: Any, team: Any
) -> None:
    rij = verzoek(balie, deelnemer=persoon)
    pad = reverse("terugbelverzoek", args=[rij.pk])
    assert log_in("consulent").get(pad).status_code == 404
    collega = log_in("consulent", team=team)
    assert collega.get(pad).status_code == 200
    verbied(persoon, collega.medewerker, "familie", actor=TOETS)
    assert collega.get(pad).status_code == 404, "wie het dossier niet mag openen, ook dit niet"


@pytest.mark.eis("R223", "aan het aannemen van een telefoontje is niet te zien of iemand een dossier heeft")
@pytest.mark.parametrize("wie", ["balie", "verboden"])
def test_bekend_en_onbekend_geven_hetzelfde_antwoord(persoon: Deelnemer, log_in: Any, manager: Any, wie: str) -> None:
    client, nieuw = log_in("teamondersteuning"), reverse("terugbelverzoek_nieuw")
    if wie == "verboden":
        verbied(persoon, client.medewerker, "familie", actor=TOETS)

    def antwoorden(naam: str) -> tuple[str, str, str]:
        velden = {"achternaam": naam, "geboortedatum": f"{persoon.geboortedatum:%d-%m-%Y}"}
        lijst = client.post(nieuw, VELDEN | velden, follow=True)
        rij = Terugbelverzoek.objects.latest("pk")
        een = client.get(reverse("terugbelverzoek", args=[rij.pk]))
        zet = client.post(reverse("terugbelverzoek_zet", args=[rij.pk, "gebeld"]))
        assert zet.status_code == 403
        nummer = f"terugbelverzoeken/{rij.pk}"
        teksten = [a.content.decode().split("<main")[1].replace(naam, "NAAM") for a in (lijst, een)]
        teksten = [re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', "", tekst) for tekst in teksten]
        Terugbelverzoek.objects.filter(pk=rij.pk)._raw_delete("default")
        return teksten[0].replace(nummer, "N"), teksten[1].replace(nummer, "N"), rij.onderwerp.replace(naam, "NAAM")

    with handeling(FABRIEK):
        bekend, onbekend = antwoorden(persoon.geslachtsnaam), antwoorden("Onbekendstra")
    assert bekend == onbekend
    assert "De heer Jansen" in bekend[0] and "Een collega belt terug" in bekend[1]


def test_wie_we_niet_vinden_raakt_niet_kwijt(persoon: Deelnemer, log_in: Any, manager: Any, consulent: Any) -> None:
    client, nieuw = log_in("teamondersteuning"), reverse("terugbelverzoek_nieuw")
    client.post(nieuw, VELDEN | {"dossiernummer": "2001-00009", "voor": consulent.pk})
    voor_collega = Terugbelverzoek.objects.get()
    assert (voor_collega.deelnemer, voor_collega.voor) == (None, consulent)
    assert "Genoemd: 2001-00009" in voor_collega.onderwerp
    client.post(nieuw, VELDEN | {"achternaam": "Onbekendstra", "geboortedatum": "1-2-1990"})
    los = Terugbelverzoek.objects.latest("pk")
    assert los.voor == manager and "Onbekendstra, geboren 1 februari 1990" in los.onderwerp
    assert lijst(manager) == ["Bel De heer Jansen terug"]


def test_een_bsn_blijft_ook_hier_nergens_staan(log_in: Any) -> None:
    client = log_in("teamondersteuning")
    antwoord = client.post(reverse("terugbelverzoek_nieuw"), VELDEN | {"dossiernummer": "999990007"})
    assert antwoord.status_code == 400 and not Terugbelverzoek.objects.exists()


def test_een_collega_die_het_dossier_niet_mag_openen_belt_niet(persoon: Deelnemer, consulent: Any, balie: Any) -> None:
    verboden = MedewerkerFabriek()
    verbied(persoon, verboden, "familie", actor=TOETS)
    assert verzoek(balie, deelnemer=persoon, voor=verboden).voor is None
    assert len(lijst(consulent)) == 1 and not lijst(verboden)


def test_vanuit_het_dossier_staat_de_naam_er_al(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    pad = reverse("terugbellen_dossier", args=[persoon.dossiernummer])
    assert persoon.naam in client.get(pad).content.decode()
    client.post(pad, VELDEN)
    assert Terugbelverzoek.objects.get().deelnemer_id == persoon.pk


def test_de_lijst_kost_even_veel_bij_meer_verzoeken(consulent: Any, balie: Any, client: Any) -> None:
    def meer(aantal: int) -> None:
        for _ in range(aantal):
            verzoek(balie, deelnemer=met_regie(consulent))

    meer(2)
    client.force_login(consulent.gebruiker)
    groeit_niet(lambda: client.get(reverse("terugbelverzoeken")), lambda: meer(6), "terugbellen", maximum=12)


def test_de_klok_telt_werkdagen(balie: Any, consulent: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-10-30"  # a Friday
    assert verzoek(balie, voor=consulent).uiterlijk == dt.date(2026, 11, 2)


@pytest.mark.eis("R228", "beperkte gegevens: een collega die niet met de persoon werkt, ziet niet wie belde en waarom")
def test_beperkt_gebruik_verbergt_wie_belde_en_waarom(
    persoon: Deelnemer, consulent: Any, balie: Any, maak_medewerker: Any, client: Any
) -> None:
    ander = maak_medewerker("consulent", team=TeamFabriek())
    rij = verzoek(balie, deelnemer=persoon, voor=ander, beller="Tante Zus", onderwerp="haar schulden")
    officer = Actor.van_gebruiker(maak_medewerker("privacy_officer").gebruiker)
    bladen = [reverse("terugbelverzoeken"), reverse("terugbelverzoek", args=[rij.pk])]

    def leest(wie: Any) -> list[bool]:
        client.force_login(wie.gebruiker)
        teksten = [client.get(pad).content.decode() for pad in bladen]
        return ["Tante Zus" in t or "haar schulden" in t or "1234567" in t for t in teksten]

    assert [leest(wie) for wie in (ander, balie, consulent)] == [[True, True]] * 3
    assert (lijst(ander), lijst(consulent)) == ([f"Bel Tante Zus terug over {persoon.naam}"], [])
    beperking = beperk(persoon, officer)
    assert [leest(wie) for wie in (ander, balie, consulent)] == [[False, False], [False, False], [True, True]]
    assert lijst(ander) == [], "wie met de persoon werkt, belt terug"
    assert lijst(consulent) == [f"Bel Tante Zus terug over {persoon.naam}"]
    assert werkvoorraad.verschil(werkvoorraad.van_mensen("deelnemers", [persoon.pk]), werkregels([persoon.pk])) == (
        [],
        [],
    )
    client.force_login(ander.gebruiker)
    assert client.post(reverse("terugbelverzoek_zet", args=[rij.pk, "gebeld"])).status_code == 403
    privacy.hef_beperking_op(beperking, actor=officer, reden="Uitgezocht.")
    assert leest(ander) == [True, True]
    assert lijst(ander) == [f"Bel Tante Zus terug over {persoon.naam}"]
