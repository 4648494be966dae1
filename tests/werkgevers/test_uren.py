"""Hours worked against hours possible, of who works beside a benefit (R034)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from deelnemers.models import Deelnemer, Werkvermogen
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.herbouw import werk
from kern.handeling import handeling
from kern.models import Leesregel, Taakloop, Werkvoorraad
from kern.taken import voer_uit
from kern.weigering import IntussenGewijzigd
from regelgeving import opzoeken
from regelgeving.gegevens import laad
from regelgeving.models import Parameter
from tests.deelnemers.fabrieken import met_regie, met_uitkering
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import KetenpartnerFabriek, TeamFabriek
from tests.werkgevers.fabrieken import WerkgeverFabriek
from werkgevers.keuzes import Urenstand
from werkgevers.models import Dienstverband, Urenbeoordeling, Urenbewaking
from werkgevers.services import urenbewaking as dienst
from werkgevers.services.dienstverband import beeindig_dienstverband, begin_dienstverband
from werkgevers.urenvragen import stand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _maart(db: None, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"
    if not Parameter.objects.exists():
        laad()
    opzoeken.vergeet()


@pytest.fixture
def team(gemeente: Any) -> Any:
    return TeamFabriek(naam="Oost")


@pytest.fixture
def consulent(maak_medewerker: Any, team: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def nacht(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("werkgevers.uren", gemeente)


def werkt(consulent: Any, team: Any, uren: str = "12", kan: int | None = 20, **velden: Any) -> Deelnemer:
    """Somebody with a benefit and work, of whom the diagnosis says how many hours are possible."""
    deelnemer = met_regie(consulent, team, **velden)
    met_uitkering(deelnemer)
    if kan is not None:
        leg_vast(
            deelnemer,
            Werkvermogen,
            arbeidsvermogen="20",
            uren_max=kan,
            vastgesteld_op=dt.date(2026, 1, 5),
            actor=FABRIEK,
        )
    baan(deelnemer, uren)
    return deelnemer


def baan(deelnemer: Deelnemer, uren: str) -> Dienstverband:
    return begin_dienstverband(
        deelnemer, "regulier", WerkgeverFabriek(), dt.date(2026, 1, 1), functie="Winkelhulp",
        uren_per_week=Decimal(uren), actor=FABRIEK,
    )  # fmt: skip


def bewaking(deelnemer: Deelnemer) -> Urenbewaking:
    return Urenbewaking.objects.get(deelnemer=deelnemer, einddatum=None)


# --- The group -----------------------------------------------------------------------------------
@pytest.mark.eis("R034", "wie werkt naast een uitkering komt vanzelf in de groep, met uren gewerkt en uren die kunnen")
def test_de_nacht_zet_wie_werkt_in_de_groep(nacht: Callable[[], Taakloop], consulent: Any, team: Any) -> None:
    samira = werkt(consulent, team)
    baan(samira, "2.5")
    assert nacht().tellingen["mensen erbij"] == 1
    rij = bewaking(samira)
    assert (rij.uren_gewerkt, rij.uren_vermogen, rij.stand) == (Decimal("14.5"), 20, "meer")
    assert (rij.team, rij.volgende_op) == (team, dt.date(2026, 6, 1))
    tweede = nacht().tellingen
    assert not any(tweede.get(wat) for wat in ("mensen erbij", "mensen eraf", "uren veranderd", "bij Vandaag"))


@pytest.mark.parametrize(
    ("gewerkt", "kan", "verwacht"),
    [("12", 20, "meer"), ("20", 20, "maximaal"), ("20.5", 20, "boven"), ("8", None, "onbekend")],
)
def test_stand(gewerkt: str, kan: int | None, verwacht: str) -> None:
    assert stand(Decimal(gewerkt), kan) == Urenstand(verwacht)


def test_zonder_uitkering_werk_of_vermogen_hoort_iemand_er_niet_bij(
    nacht: Callable[[], Taakloop], consulent: Any, team: Any
) -> None:
    werkt(consulent, team, kan=None)
    zonder_werk = met_regie(consulent, team)
    met_uitkering(zonder_werk)
    zonder_uitkering = met_regie(consulent, team)
    baan(zonder_uitkering, "12")
    nacht()
    assert not Urenbewaking.objects.exists()


def test_andere_uren_komen_mee_en_wie_stopt_gaat_eruit(
    nacht: Callable[[], Taakloop], consulent: Any, team: Any, settings: Any
) -> None:
    samira = werkt(consulent, team)
    nacht()
    tweede = baan(samira, "8")
    assert nacht().tellingen["uren veranderd"] == 1
    assert (bewaking(samira).uren_gewerkt, bewaking(samira).stand) == (Decimal(20), "maximaal")
    eerste = Dienstverband.objects.exclude(pk=tweede.pk).get()
    for rij in (eerste, tweede):
        beeindig_dienstverband(rij, dt.date(2026, 3, 2), "Contract voorbij", actor=FABRIEK)
    settings.PEILDATUM = "2026-03-03"
    assert nacht().tellingen["mensen eraf"] == 1
    assert Urenbewaking.objects.get(deelnemer=samira).einddatum == dt.date(2026, 3, 3)


# --- Rhythm and Vandaag --------------------------------------------------------------------------
@pytest.mark.eis("R034", "na het ritme staat bij Vandaag wie aan de beurt is; twee nachten doen dat één keer")
def test_na_het_ritme_bij_vandaag(nacht: Callable[[], Taakloop], consulent: Any, team: Any, settings: Any) -> None:
    samira = werkt(consulent, team)
    nacht()
    for dag, verwacht in (("2026-05-31", 0), ("2026-06-01", 1), ("2026-06-02", 1)):
        settings.PEILDATUM = dag
        nacht()
        nacht()
        assert Werkvoorraad.objects.filter(soort="uren").count() == verwacht, dag
        assert werk(FABRIEK, schrijf=False)["werkgevers"] == 0
    rij = Werkvoorraad.objects.get(soort="uren")
    assert (rij.voor_id, rij.op) == (consulent.gebruiker_id, dt.date(2026, 6, 1))
    assert "20" not in f"{rij.titel}{rij.toelichting}{rij.waarom}"  # what somebody can work is protected
    dienst.beoordeel_uren(bewaking(samira), "uitbreiden", notitie="Vraagt om 4 uur erbij.", actor=FABRIEK)
    assert not Werkvoorraad.objects.filter(soort="uren").exists()
    assert bewaking(samira).volgende_op == dt.date(2026, 9, 1)
    keek = Urenbeoordeling.objects.get()
    assert (keek.uren_gewerkt, keek.uren_vermogen, keek.op) == (Decimal(12), 20, dt.date(2026, 6, 2))


@pytest.mark.eis("R034", "het ritme is een instelling met een begindatum, en kan per persoon anders zijn")
def test_het_ritme_is_een_instelling(
    nacht: Callable[[], Taakloop], consulent: Any, team: Any, gemeente: Any, settings: Any
) -> None:
    with handeling(FABRIEK):
        Parameter.objects.create(
            gemeente=gemeente, sleutel="uren.ritme_weken", waarde="4", eenheid="weken",
            geldig_van=dt.date(2026, 3, 1), status="bevestigd", bron="Besluit van de gemeente",
        )  # fmt: skip
    opzoeken.vergeet()
    rij = bewaking(_na(nacht, werkt(consulent, team)))
    assert rij.volgende_op == dt.date(2026, 3, 30)
    rij = dienst.wijzig_bewaking(rij, team=team, partner=None, ritme_weken=2, versie=rij.versie, actor=FABRIEK)
    assert rij.volgende_op == dt.date(2026, 3, 16)


def _na(nacht: Callable[[], Taakloop], deelnemer: Deelnemer) -> Deelnemer:
    nacht()
    return deelnemer


@pytest.mark.eis("R034", "een andere afdeling kan de eigenaar zijn; er is er altijd precies één")
def test_een_andere_afdeling_volgt(nacht: Callable[[], Taakloop], consulent: Any, team: Any, settings: Any) -> None:
    rij = bewaking(_na(nacht, werkt(consulent, team)))
    inkomen = KetenpartnerFabriek(naam="Inkomen", soort="afdeling")
    versie = rij.versie
    rij = dienst.wijzig_bewaking(rij, team=None, partner=inkomen, ritme_weken=None, versie=versie, actor=FABRIEK)
    with pytest.raises(IntussenGewijzigd):
        dienst.wijzig_bewaking(rij, team=team, partner=None, ritme_weken=None, versie=versie, actor=FABRIEK)
    settings.PEILDATUM = "2026-06-01"
    nacht()
    assert Werkvoorraad.objects.get(soort="uren").titel.startswith("Vraag Inkomen naar de uren van")
    with pytest.raises(IntegrityError, match="urenbewaking_een_eigenaar"), transaction.atomic(), handeling(FABRIEK):
        Urenbewaking.objects.filter(pk=rij.pk).update(team=team)


def test_uren_uit_een_aanmelding_tellen_mee(consulent: Any, team: Any, nacht: Callable[[], Taakloop]) -> None:
    samira = met_regie(consulent, team)
    met_uitkering(samira)
    dienst.neem_opgegeven_uren_over(samira, Decimal(10), "Bakkerij Vos", actor=FABRIEK)
    assert bewaking(samira).stand == "onbekend"
    leg_vast(samira, Werkvermogen, arbeidsvermogen="20", uren_max=16, vastgesteld_op=dt.date(2026, 3, 1), actor=FABRIEK)
    baan(samira, "6")
    nacht()
    assert (bewaking(samira).uren_gewerkt, bewaking(samira).stand) == (Decimal(16), "maximaal")
    dienst.neem_opgegeven_uren_over(samira, Decimal(4), "Bakkerij Vos", actor=FABRIEK)
    assert bewaking(samira).uren_gewerkt == Decimal(10)


# --- Pages ---------------------------------------------------------------------------------------
@pytest.mark.eis("R034", "de lijst zegt wie aan de beurt is, hoeveel iemand werkt en kan, en wie dat volgt")
def test_lijst_en_beoordelen(
    client: Any, nacht: Callable[[], Taakloop], consulent: Any, team: Any, settings: Any
) -> None:
    laat = _na(nacht, werkt(consulent, team, geslachtsnaam="Laat"))
    settings.PEILDATUM = "2026-06-01"
    straks = _na(nacht, werkt(consulent, team, uren="20", geslachtsnaam="Straks"))
    client.force_login(consulent.gebruiker)
    lijst = client.get("/uren").content.decode().replace("\xa0", " ")
    assert lijst.index("Laat") < lijst.index("Straks")
    for woord in ("12 uur", "20 uur", "Kan meer uren werken", "Werkt wat kan", "Oost", "Nu, sinds 1 juni 2026"):
        assert woord in lijst, woord
    assert "Straks" not in client.get("/uren?nu=on").content.decode()
    assert "Laat" not in client.get("/uren?stand_=maximaal").content.decode()
    rij = bewaking(laat)
    assert client.post(f"/uren/{rij.pk}/beoordelen", {}).status_code == 422
    goed = client.post(f"/uren/{rij.pk}/beoordelen", {"uitkomst": "uitbreiden", "notitie": "Vier uur erbij."})
    assert goed.status_code == 302
    assert "Vier uur erbij." in client.get(f"/uren/{rij.pk}").content.decode()
    assert "Werken naar vermogen" in client.get(f"/deelnemers/{straks.dossiernummer}").content.decode()
    regel = Leesregel.objects.filter(verwerking="uren.lijst").order_by("pk").first()
    assert regel is not None
    assert laat.pk in regel.betrokkenen


def test_wie_volgt_wijzigen(client: Any, nacht: Callable[[], Taakloop], consulent: Any, team: Any) -> None:
    rij = bewaking(_na(nacht, werkt(consulent, team)))
    client.force_login(consulent.gebruiker)
    pad = f"/uren/{rij.pk}/wijzigen"
    fout = client.post(pad, {"versie": rij.versie})
    assert "Kies één team van ons of één andere afdeling" in fout.content.decode()
    assert client.post(pad, {"team": team.pk, "ritme_weken": "6", "versie": rij.versie}).status_code == 302
    rij.refresh_from_db()
    assert (rij.ritme_weken, rij.volgende_op) == (6, dt.date(2026, 4, 13))


def test_wie_niet_bij_de_persoon_hoort_of_het_recht_mist_ziet_niets(
    log_in: Any, nacht: Callable[[], Taakloop], consulent: Any, team: Any
) -> None:
    rij = bewaking(_na(nacht, werkt(consulent, team, geslachtsnaam="Verborgen")))
    ander = log_in("consulent")
    assert "Verborgen" not in ander.get("/uren").content.decode()
    assert ander.get(f"/uren/{rij.pk}").status_code == 404
    assert log_in("accountmanager_wsp").get("/uren").status_code == 403


def test_lijst_kost_evenveel_vragen_bij_meer_mensen(
    client: Any, nacht: Callable[[], Taakloop], consulent: Any, team: Any
) -> None:
    client.force_login(consulent.gebruiker)

    def meer(hoeveel: int) -> None:
        for _ in range(hoeveel):
            werkt(consulent, team)
        nacht()

    meer(3)
    groeit_niet(lambda: client.get("/uren"), lambda: meer(12), "urenlijst", 12)
