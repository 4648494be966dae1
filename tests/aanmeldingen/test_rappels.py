"""Chasing at night: who is at turn, then the next contact, each once; and the six months of trede 4 (R026)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, Overdrachtsmoment, Rappel
from aanmeldingen.services import verwijsantwoord
from deelnemers.services.herbouw import werk
from kern import klok
from kern.handeling import handeling
from kern.models import Bericht, Gebeurtenis, Taakloop, Werkvoorraad
from kern.taken import voer_uit
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.aanmeldingen.test_verplichte_documenten import versie_met
from tests.aanmeldingen.test_verwijzen import ROB
from tests.aanmeldingen.verwijsfabrieken import persoon, school, verstuurd
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import ContactpersoonFabriek

pytestmark = pytest.mark.django_db


@pytest.fixture
def nacht(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("aanmeldingen.overdracht", gemeente)


@pytest.fixture
def consulent(routes: None, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def rij(consulent: Any, team: Any, settings: Any) -> Aanmelding:
    """Sent on Monday 2 March; the receipt is due on 9 March."""
    settings.PEILDATUM = "2026-03-02"
    partner = school()
    ContactpersoonFabriek(ketenpartner=partner, naam="An Bos", email="an@roc.example")
    return verstuurd(persoon(consulent, team), partner, consulent)


@pytest.mark.eis("R045", "een ontvangst die niet is bevestigd: herinnering, daarna het volgende contact, elk één keer")
def test_ontvangst_eerst_de_ontvanger_dan_de_volgende(
    rij: Aanmelding, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    eerder = Bericht.objects.count()
    for dag, aan in (
        ("2026-03-09", []),
        ("2026-03-10", ["rob@roc.example"]),
        ("2026-03-11", ["rob@roc.example"]),
        ("2026-03-17", ["rob@roc.example", "an@roc.example"]),
        ("2026-04-20", ["rob@roc.example", "an@roc.example"]),
    ):
        settings.PEILDATUM = dag
        nacht()
        nacht()
        assert list(Bericht.objects.order_by("pk").values_list("aan", flat=True)[eerder:]) == aan, dag
    assert list(Rappel.objects.order_by("pk").values_list("trap", "naar")) == [(1, "Rob Visser"), (2, "An Bos")]
    assert not any("Samira" in b.tekst for b in Bericht.objects.all())


def test_bevestigd_wordt_niet_herinnerd(rij: Aanmelding, nacht: Callable[[], Taakloop], settings: Any) -> None:
    verwijsantwoord.bevestig_ontvangst(rij, ROB, actor=FABRIEK)
    settings.PEILDATUM = "2026-03-20"
    assert nacht().tellingen.get("herinnerd aan ontvangst", 0) == 0
    assert not Rappel.objects.exists()


def test_herinnering_staat_bij_de_verwijzing_en_in_het_register(
    rij: Aanmelding, nacht: Callable[[], Taakloop], settings: Any, client: Any, consulent: Any
) -> None:
    settings.PEILDATUM = "2026-03-10"
    assert nacht().tellingen["herinnerd aan ontvangst"] == 1
    client.force_login(consulent.gebruiker)
    assert "Herinnering gestuurd" in client.get(f"/verwijzingen/{rij.kenmerk}").content.decode()


def test_partner_met_systeem_krijgt_een_gebeurtenis(
    consulent: Any, team: Any, intake: Any, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    settings.PEILDATUM = "2026-03-02"
    rij = verstuurd(persoon(consulent, team), school(client=intake), consulent)
    settings.PEILDATUM = "2026-03-10"
    nacht()
    melding = Gebeurtenis.objects.get(type="nl.re-integratie.verwijzing.herinnering.v1")
    assert (melding.client_id, melding.onderwerp) == (intake.pk, str(rij.kenmerk))


@pytest.mark.eis("R043", "een overdracht die langer dan tien dagen open staat: eerst de consulent, dan de verwijzer")
def test_overdracht_na_tien_dagen(intake: Any, consulent: Any, nacht: Callable[[], Taakloop], settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"
    rij = maak_aanmelding(intake)
    services.accepteer(rij, actor=FABRIEK, medewerker=consulent)
    moment = Overdrachtsmoment.objects.get()
    eerder = Bericht.objects.count()
    for dag, aan in (
        ("2026-03-12", []),
        ("2026-03-13", [consulent.gebruiker.email]),
        ("2026-03-20", [consulent.gebruiker.email, "kees@voorbeeld.example"]),
        ("2026-04-20", [consulent.gebruiker.email, "kees@voorbeeld.example"]),
    ):
        settings.PEILDATUM = dag
        nacht()
        assert list(Bericht.objects.order_by("pk").values_list("aan", flat=True)[eerder:]) == aan, dag
    assert set(Rappel.objects.values_list("over", flat=True)) == {moment.pk}
    assert Gebeurtenis.objects.get(type="nl.re-integratie.aanmelding.herinnering.v1").data["over"] == "overdracht"


def test_vraag_na_de_verwijzer_het_volgende_contact(intake: Any, nacht: Callable[[], Taakloop], settings: Any) -> None:
    school(naam="Intake", soort="afdeling", client=intake)
    settings.PEILDATUM = "2026-03-02"
    services.vraag_aanvulling(maak_aanmelding(intake), ["talen"], "Welke taal?", actor=FABRIEK)
    eerder = Bericht.objects.count()
    for dag in ("2026-03-09", "2026-03-16"):
        settings.PEILDATUM = dag
        nacht()
        nacht()
    assert list(Bericht.objects.order_by("pk").values_list("aan", flat=True)[eerder:]) == [
        "kees@voorbeeld.example",
        "rob@roc.example",
    ]
    assert list(Rappel.objects.order_by("pk").values_list("trap", flat=True)) == [1, 2]


@pytest.mark.eis("R022", "de herinnering aan een verplicht document noemt wat er mist, ook in de gebeurtenis")
def test_herinnering_noemt_het_document_dat_mist(intake: Any, nacht: Callable[[], Taakloop], settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"
    versie_met(["cv"])
    maak_aanmelding(intake)
    settings.PEILDATUM = "2026-03-09"
    nacht()
    melding = Gebeurtenis.objects.get(type="nl.re-integratie.aanmelding.herinnering.v1")
    assert (melding.data["over"], melding.data["documentenNodig"]) == ("document", ["cv"])
    assert list(Rappel.objects.values_list("soort", "trap")) == [("document", 1)]


@pytest.mark.eis("R024", "een herinnering noemt de vraag; na hoeveel werkdagen is een instelling met een datum")
def test_de_termijn_van_herinneren_is_een_instelling_met_datum(
    intake: Any, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    with handeling(FABRIEK):
        Parameter.objects.filter(sleutel="aanmelding.herinner_na").update(geldig_tot=dt.date(2026, 3, 31))
        Parameter.objects.create(
            sleutel="aanmelding.herinner_na", waarde="2", eenheid="werkdagen", geldig_van=dt.date(2026, 4, 1),
            status="onzeker", bron="Eigen instelling",
        )  # fmt: skip
    opzoeken.vergeet()
    for begin, te_vroeg, op_tijd in (
        ("2026-03-02", "2026-03-06", "2026-03-09"),
        ("2026-04-13", "2026-04-14", "2026-04-15"),
    ):
        settings.PEILDATUM = begin
        rij = maak_aanmelding(intake)
        vraag = services.vraag_aanvulling(rij, ["talen"], "Welke taal?", actor=FABRIEK)
        gebeurtenissen = Gebeurtenis.objects.filter(
            type__endswith="aanmelding.herinnering.v1", onderwerp=str(rij.kenmerk)
        )
        settings.PEILDATUM = te_vroeg
        nacht()
        assert not gebeurtenissen.exists()
        settings.PEILDATUM = op_tijd
        nacht()
        assert gebeurtenissen.get().data["vraagId"] == str(vraag.kenmerk)
        services.trek_in(rij, actor=FABRIEK, reden="Toch niet.")


# --- Six months ----------------------------------------------------------------------------------
def _trede_4(begonnen: str) -> dict[str, Any]:
    rapport = lichaam()["adviesrapport"] | {"trede": {"waarde": 4}}
    return {
        "adviesrapport": rapport,
        "eerdereBegeleiding": [{"afdeling": "intake", "van": begonnen}],
        "afwijkingUitleg": "Zo afgesproken.",
    }


@pytest.mark.eis("R026", "zes maanden begeleiding in trede 4: voor die dag staat de persoon op de lijst van het team")
def test_zes_maanden_komen_op_vandaag_van_het_team(
    intake: Any, team: Any, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    settings.PEILDATUM = "2026-03-02"
    rij = maak_aanmelding(intake, **_trede_4("2025-09-20"))
    for dag, verwacht in (("2026-03-05", 0), ("2026-03-06", 1), ("2026-03-19", 1)):
        settings.PEILDATUM = dag
        nacht()
        assert Werkvoorraad.objects.filter(soort="zes_maanden").count() == verwacht, dag
        assert werk(FABRIEK, schrijf=False)["aanmeldingen"] == 0
    werkrij = Werkvoorraad.objects.get(soort="zes_maanden")
    assert (werkrij.voor_team_id, werkrij.op) == (team.pk, dt.date(2026, 3, 20))
    assert "20 maart 2026" in werkrij.titel
    services.stuur_terug(rij, "verkeerde_trede", actor=FABRIEK, reden="Klopt niet.")
    assert not Werkvoorraad.objects.filter(soort="zes_maanden").exists()


def test_trede_3_heeft_geen_klok(intake: Any, nacht: Callable[[], Taakloop]) -> None:
    begin = (klok.vandaag() - dt.timedelta(days=180)).isoformat()
    maak_aanmelding(intake, eerdereBegeleiding=[{"afdeling": "intake", "van": begin}])
    nacht()
    assert not Werkvoorraad.objects.filter(soort="zes_maanden").exists()
