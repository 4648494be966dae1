"""A death stops every letter, message, campaign, appointment and task at once: over all rooms and the outbox."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from aanmeldingen.models import Aanmelding, Overdrachtsmoment
from deelnemers.models import Overdracht, Terugbelverzoek
from deelnemers.services import overdragen, terugbellen
from deelnemers.services.contact import leg_contact_vast, zeg_toe
from deelnemers.services.inkomen import meld_aan_inkomen
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.services.samenvoegen import voeg_samen
from kern import berichten, klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.models import Bericht, Werkvoorraad, Wijziging
from kern.taken import voer_uit
from reintegratie.nacht import KETEN
from tests.aanmeldingen import conftest as van_aanmeldingen
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.verwijsfabrieken import concept, school, verstuurd
from tests.deelnemers.fabrieken import DeelnemerFabriek
from tests.hulp.api import client_met_sleutel
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import roep_op
from tests.werkgevers.fabrieken import VacatureFabriek, kandidaat
from trajecten.models import Afspraak, Oproep, Oproepcampagne, Traject
from werkgevers.models import Bemiddeling, Jobhunt, Kandidaatprofiel, Werkgeversafspraak
from werkgevers.services.bemiddeling import draag_voor
from werkgevers.services.profielen import werk_profielen_bij

pytestmark = pytest.mark.django_db
routes = van_aanmeldingen.routes
DAG = dt.timedelta(days=1)


@pytest.fixture
def team(gemeente: Any) -> Any:
    return TeamFabriek(naam="Oost")


@pytest.fixture
def jongerenteam(gemeente: Any) -> Any:
    return TeamFabriek(naam="Jongeren")


@pytest.fixture
def persoon(routes: None, team: Any, maak_medewerker: Any) -> Any:
    """Somebody with something open in every room, and a message that waits."""
    ik, ander = maak_medewerker("consulent", team=team), maak_medewerker("consulent", team=team)
    deelnemer = kandidaat(ik)
    nu, morgen = klok.nu(), klok.vandaag() + DAG
    leg_contact_vast(deelnemer, "Gebeld", terugkomen_op=morgen, medewerker=ik, actor=FABRIEK)
    zeg_toe(deelnemer, "wij", "Opvang zoeken", klok.vandaag(), medewerker=ik, actor=FABRIEK)
    meld_aan_inkomen(deelnemer, "wijziging", "w:1", klok.vandaag(), actor=FABRIEK)
    overdragen.bied_aan(deelnemer, ander, morgen, reden="Verlof", door=ik, actor=FABRIEK)
    terugbellen.neem_terugbelverzoek_aan(
        beller="School", telefoon="020 1234567", deelnemer=deelnemer, door=ander, actor=FABRIEK
    )
    roep_op(deelnemer, ik, nu + DAG, nu + DAG + dt.timedelta(hours=1), actor=FABRIEK)
    bemiddeling = draag_voor(deelnemer, VacatureFabriek(), ik, actor=FABRIEK)
    verstuurd(deelnemer, school(), ik)
    concept(deelnemer, school(naam="Tweede school"), ik)
    aanmelding = maak_aanmelding(client_met_sleutel("intake", "intake", eigen_organisatie=True))
    with handeling(FABRIEK):
        Jobhunt.objects.create(deelnemer=deelnemer, medewerker=ik, zoekt="Zorg", begindatum=klok.vandaag())
        Werkgeversafspraak.objects.create(
            werkgever=bemiddeling.vacature.werkgever, deelnemer=deelnemer, medewerker=ik, wat="Kom langs",
            gemaakt_op=klok.vandaag(), voor=morgen,
        )  # fmt: skip
        campagne = Oproepcampagne.objects.create(naam="Voorjaar", doel="Werk")
        Oproep.objects.create(deelnemer=deelnemer, campagne=campagne)
        Overdrachtsmoment.objects.create(
            aanmelding=aanmelding, deelnemer=deelnemer, van_naam="Rob", naar=ik,
            gevraagd_op=klok.vandaag() - 30 * DAG,
        )  # fmt: skip
    berichten.stel_bericht_op(
        kanaal="email", aan="iemand@voorbeeld.example", tekst="Tot morgen", betrokkene_id=deelnemer.pk, actor=FABRIEK
    )
    deelnemer.refresh_from_db()
    return deelnemer


def _open(persoon: Any) -> dict[str, int]:
    """What is still open about this person, per kind, straight from the tables of every room."""
    van = {"deelnemer": persoon.pk}
    return {
        "afspraken": Afspraak.objects.filter(**van, status="gepland").count(),
        "trajecten": Traject.objects.filter(**van, status="loopt").count(),
        "oproepen": Oproep.objects.filter(**van, uitkomst="open").count(),
        "voordrachten": Bemiddeling.objects.filter(**van, status="voorgedragen").count(),
        "jobhunts": Jobhunt.objects.filter(**van, einddatum=None).count(),
        "beloften aan werkgevers": Werkgeversafspraak.objects.filter(**van, vervallen_op=None).count(),
        "verwijzingen": Aanmelding.objects.filter(**van, status__in=["concept", "verstuurd"]).count(),
        "overdrachten": Overdracht.objects.filter(**van, status="aangeboden").count(),
        "terugbelverzoeken": Terugbelverzoek.objects.filter(**van, status="open").count(),
        "berichten": Bericht.objects.filter(betrokkene_id=persoon.pk, status="klaar").count(),
        "regels op Vandaag": Werkvoorraad.objects.filter(betrokkene_id=persoon.pk).count(),
    }


def test_een_overlijden_stopt_alles_in_elke_kamer(persoon: Any, gemeente: Any) -> None:
    voor = _open(persoon)
    assert all(voor.values()), f"eerst staat van elke soort iets open: {voor}"
    profielen = Kandidaatprofiel.objects.filter(deelnemer=persoon.pk, beschikbaar=True)
    assert profielen.exists()
    meld_overlijden(persoon, klok.vandaag(), reden="Bericht uit de BRP", actor=FABRIEK)
    assert not any(_open(persoon).values()), _open(persoon)
    werk_profielen_bij([persoon.pk], actor=FABRIEK)  # what the outbox does after commit
    assert not profielen.exists()
    # No room would write a row again: not when everything is rebuilt, and not by the jobs of the night.
    for kamer, opbouw in werkvoorraad.kamers().items():
        assert not [r.titel for r in opbouw() if r.betrokkene_id == persoon.pk], kamer
    for naam in ("deelnemers.klokken", "trajecten.klokken", "aanmeldingen.overdracht"):
        assert naam in KETEN
        voer_uit(naam, gemeente)
    assert not any(_open(persoon).values()), _open(persoon)


def test_daarna_kan_er_niets_nieuws_meer_bij(persoon: Any, maak_medewerker: Any, team: Any) -> None:
    ik, nu = persoon.regievoerder, klok.nu() + DAG
    meld_overlijden(persoon, klok.vandaag(), actor=FABRIEK)
    ander = maak_medewerker("consulent", team=team)
    pogingen = (
        lambda: roep_op(persoon, ik, nu, nu + dt.timedelta(hours=1), actor=FABRIEK),
        lambda: concept(persoon, school(naam="Derde school"), ik),
        lambda: overdragen.bied_aan(persoon, ander, klok.vandaag(), reden="Verlof", door=ik, actor=FABRIEK),
        lambda: draag_voor(persoon, VacatureFabriek(), ik, actor=FABRIEK),
        lambda: terugbellen.neem_terugbelverzoek_aan(
            beller="x", telefoon="1", deelnemer=persoon, door=ik, actor=FABRIEK
        ),
    )
    for poging in pogingen:
        with pytest.raises(ValidationError, match="overleden"):
            poging()


@pytest.mark.eis("R161", "Wie bij samenvoegen als overleden wordt overgenomen, krijgt ook niets meer")
def test_samenvoegen_met_een_overledene_stopt_alles(persoon: Any, gemeente: Any) -> None:
    dood = DeelnemerFabriek(overleden_op=klok.vandaag() - DAG)
    voeg_samen(persoon, dood, {"overleden_op": dood.pk}, reden="Zelfde persoon", actor=FABRIEK)
    persoon.refresh_from_db()
    assert persoon.overleden_op == dood.overleden_op
    assert not any(_open(persoon).values()), _open(persoon)


def test_wat_meekomt_bij_een_overledene_stopt_ook(persoon: Any, gemeente: Any) -> None:
    dood = DeelnemerFabriek(overleden_op=klok.vandaag() - DAG)
    voeg_samen(dood, persoon, {}, reden="Zelfde persoon", actor=FABRIEK)
    assert not any(_open(dood).values()), _open(dood)


@pytest.mark.eis("R161", "Een overlijden dat een vergissing was, is te herstellen; wat stopte, begint niet vanzelf")
def test_herstellen(persoon: Any, log_in: Any) -> None:
    meld_overlijden(persoon, klok.vandaag(), reden="Bericht uit de BRP", actor=FABRIEK)
    assert log_in("consulent").get("/beheer/overlijden-herstellen").status_code == 403
    beheer, nummer = log_in("functioneel_beheerder"), {"dossiernummer": persoon.dossiernummer}
    blad = beheer.post("/beheer/overlijden-herstellen", nummer).content.decode()
    assert "Dit is toen gestopt" in blad and "Afspraken" in blad and "Trajecten" in blad
    assert beheer.post("/beheer/overlijden-herstellen", nummer | {"reden": "Verkeerd dossier"}).status_code == 302
    persoon.refresh_from_db()
    assert persoon.overleden_op is None
    assert not _open(persoon)["afspraken"] and not _open(persoon)["trajecten"], "niets begint vanzelf opnieuw"
    spoor = Wijziging.objects.filter(betrokkene_id=persoon.pk, reden="Verkeerd dossier").first()
    assert spoor is not None and Bericht.objects.filter(betrokkene_id=persoon.pk, status="klaar").count() == 1
    assert beheer.post("/beheer/overlijden-herstellen", nummer | {"reden": "Nog eens"}).status_code == 400
