"""A note that was wrong is corrected in place or withdrawn; the old text stays in the history (AVG art. 16)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Contactmoment
from deelnemers.services import klokken
from deelnemers.services.contact import leg_contact_vast
from deelnemers.services.notities import corrigeer_notitie, trek_notitie_in
from kern import klok
from kern.handeling import handeling
from kern.models import TijdlijnRegel, Werkvoorraad, Wijziging
from kern.weigering import IntussenGewijzigd
from organisatie.rechten import Rol
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek, RolFabriek

pytestmark = pytest.mark.django_db
FOUT, GOED = "Zij kan niet op maandag werken", "Zij kan niet op dinsdag werken"


@pytest.fixture
def notitie(consulent: Any, team: Any) -> Contactmoment:
    persoon = met_regie(consulent, team)
    morgen = klok.vandaag() + DAG
    return leg_contact_vast(persoon, FOUT, kanaal="telefoon", terugkomen_op=morgen, medewerker=consulent, actor=TOETS)


def pad(notitie: Contactmoment, naam: str) -> str:
    return reverse(naam, args=[notitie.deelnemer.dossiernummer, notitie.pk])


def dossier(client: Any, notitie: Contactmoment) -> str:
    return client.get(reverse("dossier", args=[notitie.deelnemer.dossiernummer])).content.decode()


@pytest.mark.eis("R227", "Een verbeterde notitie zegt wie, wanneer en waaruit; de oude tekst blijft in de historie.")
def test_verbeteren_op_haar_plek(notitie: Contactmoment, consulent: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    assert pad(notitie, "notitie_verbeteren") in dossier(client, notitie)
    velden = {"inhoud": GOED, "bron": "", "versie": notitie.versie}
    assert client.post(pad(notitie, "notitie_verbeteren"), velden).status_code == 400, "zonder bron"
    assert client.post(pad(notitie, "notitie_verbeteren"), velden | {"bron": "Zij belde"}).status_code == 302
    tekst = dossier(client, notitie)
    assert GOED in tekst and "(gecorrigeerd)" in tekst and "Bron: Zij belde" in tekst and FOUT not in tekst
    oud = Wijziging.objects.get(tabel="deelnemers_contactmoment", rij_id=notitie.pk, actie="U")
    assert oud.oud is not None and oud.oud["inhoud"] == FOUT


def test_intrekken_met_een_reden(notitie: Contactmoment, consulent: Any, client: Any) -> None:
    """R227: the text shows no more, nobody comes back to it, and it counts as no contact."""
    client.force_login(consulent.gebruiker)
    assert client.post(pad(notitie, "notitie_intrekken"), {"reden": ""}).status_code == 400
    reden = {"reden": "Gaat over iemand anders", "versie": notitie.versie}
    assert client.post(pad(notitie, "notitie_intrekken"), reden).status_code == 302
    tekst = dossier(client, notitie)
    assert "(ingetrokken)" in tekst and "Gaat over iemand anders" in tekst and FOUT not in tekst
    assert not Werkvoorraad.objects.filter(sleutel=f"terugkomen:{notitie.pk}").exists()
    notitie.deelnemer.refresh_from_db()
    assert notitie.deelnemer.laatste_contact_op is None
    assert not klokken.afwijkingen([notitie.deelnemer_id])
    for naam in ("notitie_verbeteren", "notitie_intrekken", "terugkomen"):
        assert client.get(pad(notitie, naam)).status_code == 404
    with pytest.raises(ValidationError, match="al ingetrokken"):
        corrigeer_notitie(notitie, GOED, "brief", medewerker=consulent, actor=TOETS)


@pytest.mark.parametrize(("rol", "mag"), [(Rol.TEAMMANAGER, True), (Rol.CONSULENT, False)])
def test_alleen_wie_schreef_de_regievoerder_of_de_manager(
    notitie: Contactmoment, team: Any, client: Any, rol: str, mag: bool
) -> None:
    """R227: a colleague of the team reads the note, and may not change what another wrote."""
    ander = RolFabriek(rol=rol, team=team).medewerker
    client.force_login(ander.gebruiker)
    assert FOUT in dossier(client, notitie)
    assert (pad(notitie, "notitie_verbeteren") in dossier(client, notitie)) is mag
    for naam in ("notitie_verbeteren", "notitie_intrekken"):
        assert client.get(pad(notitie, naam)).status_code == (200 if mag else 404)


def test_wie_haar_schreef_mag_ook_zonder_regie(notitie: Contactmoment, team: Any, client: Any) -> None:
    """R227: the writer corrects her own note."""
    ander = RolFabriek(rol=Rol.CONSULENT, team=team).medewerker
    eigen = leg_contact_vast(notitie.deelnemer, "Mail gestuurd", medewerker=ander, actor=TOETS)
    client.force_login(ander.gebruiker)
    assert client.get(pad(eigen, "notitie_verbeteren")).status_code == 200
    assert client.get(pad(notitie, "notitie_verbeteren")).status_code == 404


def test_een_gevoelige_notitie_blijft_gevoelig(consulent: Any, team: Any, client: Any) -> None:
    """R228: without the right to special data the note does not exist, also not for the manager of the team."""
    eigen = leg_contact_vast(met_regie(consulent, team), "Over de operatie", bijzonder=True, actor=TOETS)
    corrigeer_notitie(eigen, "Over de ingreep", "brief", bijzonder=True, medewerker=consulent, actor=TOETS)
    assert TijdlijnRegel.objects.get(sleutel=f"contact:{eigen.pk}").zichtbaarheid == "bijzonder"


def test_twee_tegelijk_en_de_regels_van_de_database(notitie: Contactmoment, consulent: Any) -> None:
    trek = {"medewerker": consulent, "actor": TOETS}
    corrigeer_notitie(notitie, GOED, "brief", versie=notitie.versie, **trek)
    with pytest.raises(IntussenGewijzigd):
        trek_notitie_in(notitie, "Hoort hier niet", versie=notitie.versie, **trek)
    rijen = Contactmoment.objects.filter(pk=notitie.pk)
    for velden, naam in (({"correctie_bron": ""}, "correctie"), ({"ingetrokken_op": klok.vandaag()}, "intrekking")):
        with (
            handeling(FABRIEK),
            pytest.raises(IntegrityError, match=f"contactmoment_{naam}_heel"),
            transaction.atomic(),
        ):
            rijen.update(**velden)


def test_herbouw_geeft_dezelfde_regels(notitie: Contactmoment, consulent: Any) -> None:
    """The line that the service wrote is the one that the night makes."""
    from deelnemers.services.tijdlijn import alle_regels

    ander = leg_contact_vast(notitie.deelnemer, "Mail", medewerker=MedewerkerFabriek(), actor=TOETS)
    corrigeer_notitie(notitie, GOED, "brief", medewerker=consulent, actor=TOETS)
    trek_notitie_in(ander, "Hoort hier niet", medewerker=consulent, actor=TOETS)
    nieuw = {r.sleutel: (r.titel, r.tekst) for r in alle_regels(notitie.deelnemer_id)}
    staat = TijdlijnRegel.objects.filter(betrokkene_id=notitie.deelnemer_id, sleutel__startswith="contact:")
    assert {r.sleutel: (r.titel, r.tekst) for r in staat} == {r.sleutel: nieuw[r.sleutel] for r in staat}
