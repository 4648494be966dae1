"""Accept, ask, send back, withdraw: by the services, with their rules in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, Aanvullingsvraag, Overdrachtsmoment
from aanmeldingen.termijn import werkdagen_over
from deelnemers.models import Belemmering, Burgerservicenummer, Deelnemer, Opleiding, Regie, Uitkering
from kern.handeling import handeling
from kern.models import ApiClient, Gebeurtenis, Overgang, TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db


@pytest.fixture
def aanmelding(intake: ApiClient) -> Aanmelding:
    return maak_aanmelding(intake)


@pytest.fixture
def consulent(maak_medewerker: Any, team: Any) -> Any:
    return maak_medewerker("consulent", team=team)


def _types() -> list[str]:
    return [t.removeprefix("nl.re-integratie.aanmelding.") for t in _alle_types() if "aanmelding" in t]


def _alle_types() -> list[str]:
    return list(Gebeurtenis.objects.order_by("pk").values_list("type", flat=True))


@pytest.mark.eis("R024", "aannemen maakt persoon, huishouden, uitkering, regie en diagnose")
def test_aannemen_opent_een_dossier(aanmelding: Aanmelding, consulent: Any) -> None:
    gesprek = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    deelnemer = services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent, intakegesprek_op=gesprek)
    aanmelding.refresh_from_db()
    assert aanmelding.status == "geaccepteerd"
    assert aanmelding.deelnemer == deelnemer
    assert aanmelding.in_een_keer_goed is True
    assert aanmelding.uiterlijk_op is None
    assert Regie.objects.get(deelnemer=deelnemer).medewerker == consulent
    assert Burgerservicenummer.objects.filter(deelnemer=deelnemer).exists()
    assert Uitkering.objects.get().regeling == "01"
    assert Opleiding.objects.get(deelnemer=deelnemer).naam == "vmbo zorg"
    assert Belemmering.objects.get(deelnemer=deelnemer).soort == "kinderopvang"
    assert Overdrachtsmoment.objects.get(deelnemer=deelnemer).naar == consulent
    assert not Werkvoorraad.objects.filter(sleutel=f"aanmelding:{aanmelding.pk}").exists()
    assert Werkvoorraad.objects.filter(sleutel__startswith="overdracht:", voor=consulent.gebruiker).exists()
    assert TijdlijnRegel.objects.filter(kamer="aanmeldingen", betrokkene_id=deelnemer.pk).count() == 2
    assert _types() == ["ontvangen.v1", "status-gewijzigd.v1", "intakegesprek-gepland.v1"]


@pytest.mark.eis("R044", "tweede aanmelding van dezelfde persoon geeft geen tweede dossier")
def test_bekende_persoon_krijgt_geen_tweede_dossier(
    aanmelding: Aanmelding, consulent: Any, reclassering: ApiClient
) -> None:
    from kern.bsn import ontsleutel

    eerste = services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    bsn = ontsleutel(aanmelding.bsn.waarde, f"aanmelding:{aanmelding.pk}")
    tweede = maak_aanmelding(
        reclassering, burgerservicenummer=bsn, bronafdeling="reclassering", route="reclassering",
        uitkering=None, huishouden=None, adviesrapport=None,
    )  # fmt: skip
    assert services.accepteer(tweede, actor=FABRIEK, medewerker=consulent) == eerste
    assert Deelnemer.objects.count() == 1


@pytest.mark.eis("R024", "de klok staat stil zolang de verwijzer aan zet is")
def test_vraag_zet_de_klok_stil(aanmelding: Aanmelding, consulent: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"  # Monday
    Aanmelding_terug(aanmelding, dt.date(2026, 3, 2))
    settings.PEILDATUM = "2026-03-04"
    vraag = services.vraag_aanvulling(
        aanmelding, ["talen"], "Spreekt zij Nederlands?", actor=FABRIEK, medewerker=consulent
    )
    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.uiterlijk_op, aanmelding.werkdagen_verbruikt) == (
        "aanvulling_gevraagd",
        None,
        2,
    )
    assert aanmelding.in_een_keer_goed is False
    settings.PEILDATUM = "2026-03-16"  # eight working days later: none of them is ours
    services.vul_aan(aanmelding, "Ja, B1.", actor=FABRIEK)
    aanmelding.refresh_from_db()
    vraag.refresh_from_db()
    assert aanmelding.status == "in_behandeling"
    assert aanmelding.uiterlijk_op == dt.date(2026, 3, 19)  # three of five working days are left
    assert werkdagen_over(aanmelding) == 3
    assert vraag.antwoord == "Ja, B1."
    services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    aanmelding.refresh_from_db()
    assert aanmelding.in_een_keer_goed is False


def Aanmelding_terug(aanmelding: Aanmelding, dag: dt.date) -> None:  # noqa: N802
    """As if it came in on `dag`."""
    from aanmeldingen.termijn import start

    aanmelding.status_sinds = dag
    start(aanmelding)
    with handeling(FABRIEK):
        aanmelding.save(update_fields=["status_sinds", "klok_sinds", "uiterlijk_op"])


@pytest.mark.eis("R024", "terugsturen vraagt een reden uit de lijst en uitleg")
@pytest.mark.parametrize(("code", "reden", "veld"), [("zomaar", "Uitleg", "code"), ("al_in_traject", " ", "reden")])
def test_terugsturen_vraagt_code_en_uitleg(aanmelding: Aanmelding, code: str, reden: str, veld: str) -> None:
    with pytest.raises(ValidationError) as fout:
        services.stuur_terug(aanmelding, code, actor=FABRIEK, reden=reden)
    assert veld in fout.value.message_dict


def test_teruggestuurd_is_definitief(aanmelding: Aanmelding, consulent: Any) -> None:
    services.stuur_terug(aanmelding, "al_in_traject", actor=FABRIEK, reden="Zij heeft al begeleiding.")
    aanmelding.refresh_from_db()
    assert aanmelding.in_een_keer_goed is False
    with pytest.raises(OvergangGeweigerd):
        services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    with pytest.raises(OvergangGeweigerd):
        services.trek_in(aanmelding, actor=FABRIEK, reden="Toch niet.")
    assert Overgang.objects.filter(soort="aanmelding").count() == 2
    assert not Werkvoorraad.objects.exists()


@pytest.mark.parametrize(
    "wijziging",
    [
        {"status": "teruggestuurd", "uiterlijk_op": None, "klok_sinds": None},
        {"terugstuurreden": "al_in_traject", "terugstuurtekst": "x"},
        {"status": "ingetrokken", "uiterlijk_op": None, "klok_sinds": None},
        {"status": "geaccepteerd", "uiterlijk_op": None, "klok_sinds": None},
        {"status": "bestaat_niet"},
        {"uiterlijk_op": None},
        {"in_een_keer_goed": True},
        {"uitkomst": "werk"},
        {"urgentie": "ooit"},
    ],
    ids=str,
)
def test_de_database_weigert_wat_niet_kan(aanmelding: Aanmelding, wijziging: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), handeling(FABRIEK):
        Aanmelding.objects.filter(pk=aanmelding.pk).update(**wijziging)


def test_hoogstens_een_open_vraag(aanmelding: Aanmelding) -> None:
    services.vraag_aanvulling(aanmelding, ["talen"], "Welke taal?", actor=FABRIEK)
    with pytest.raises(IntegrityError), handeling(FABRIEK):
        Aanvullingsvraag.objects.create(
            aanmelding=aanmelding, onderdelen=["talen"], vraag="Nog een", gesteld_op=dt.datetime.now(dt.UTC)
        )


def test_een_open_aanmelding_per_persoon_en_verwijzer(aanmelding: Aanmelding, intake: ApiClient) -> None:
    from kern.bsn import ontsleutel

    bsn = ontsleutel(aanmelding.bsn.waarde, f"aanmelding:{aanmelding.pk}")
    with pytest.raises(services.BestaatAl), transaction.atomic():
        maak_aanmelding(intake, burgerservicenummer=bsn)
    services.trek_in(aanmelding, actor=FABRIEK, reden="Verhuisd.")
    assert maak_aanmelding(intake, burgerservicenummer=bsn).pk


@pytest.mark.eis("R026", "buiten de regel van de route kan met uitleg, niet zonder")
def test_afwijken_van_de_route_vraagt_uitleg(intake: ApiClient) -> None:
    rapport = {
        "opleidingen": [{"niveau": 1}],
        "talen": [{"taal": "nld", "mondeling": 3}],
        "beschikbaarheid": {"urenMax": 32},
        "trede": {"waarde": 4},
        "zoekberoep": [{"naam": "kok"}],
    }
    lang = [{"afdeling": "intake", "van": "2020-01-01"}]
    with pytest.raises(ValidationError) as fout:
        maak_aanmelding(intake, adviesrapport=rapport, eerdereBegeleiding=lang)
    assert "afwijking_uitleg" in fout.value.message_dict
    rij = maak_aanmelding(intake, adviesrapport=rapport, eerdereBegeleiding=lang, afwijkingUitleg="Was lang ziek.")
    assert [w["regel"] for w in rij.waarschuwingen] == ["hoogstens_maanden_begeleid"]


@pytest.mark.eis("R040", "de verwijzer hoort start en einde; de uitkomst alleen als de route dat toelaat")
@pytest.mark.parametrize("delen", [True, False])
def test_vervolg_naar_de_verwijzer(aanmelding: Aanmelding, consulent: Any, delen: bool) -> None:
    with handeling(FABRIEK):
        ApiClient.objects.update(uitkomst_zichtbaar=delen)
    services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    services.traject_gestart(aanmelding.kenmerk, dt.date(2026, 4, 1), actor=FABRIEK)
    services.rond_af(aanmelding.kenmerk, "werk", actor=FABRIEK)
    laatste = Gebeurtenis.objects.filter(client=aanmelding.client).order_by("-pk")[0]
    assert laatste.type.endswith("afgesloten.v1")
    assert laatste.data.get("uitkomst") == ("werk" if delen else None)
    aanmelding.refresh_from_db()
    assert aanmelding.status == "afgehandeld"


@pytest.mark.eis("R040", "start en einde van het traject komen vanzelf bij de verwijzer")
def test_traject_komt_bij_de_verwijzer(aanmelding: Aanmelding, consulent: Any, gemeente: Any) -> None:
    from deelnemers.services.contact import stel_trede_vast
    from kern import klok
    from kern.taken import voer_uit
    from trajecten.services.einde import sluit_traject
    from trajecten.services.trajecten import start_traject

    deelnemer = services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    stel_trede_vast(deelnemer, 3, klok.vandaag(), "Gesprek", actor=FABRIEK)
    traject = start_traject(deelnemer, "werk_voltijd", klok.vandaag(), actor=FABRIEK)
    voer_uit("kern.uitbak", gemeente)
    aanmelding.refresh_from_db()
    assert aanmelding.traject_start == klok.vandaag()
    sluit_traject(traject, "geen_resultaat", klok.vandaag(), actor=FABRIEK, toelichting="Verhuisd naar elders.")
    voer_uit("kern.uitbak", gemeente)
    voer_uit("kern.uitbak", gemeente)
    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.uitkomst) == ("afgehandeld", "gestopt")
    assert _types()[-2:] == ["trajectstart.v1", "afgesloten.v1"]


@pytest.mark.eis("R043", "een open overdracht gaat mee naar de nieuwe regievoerder en wordt na tien dagen rood")
def test_overdracht_gaat_mee_en_wordt_vastgelegd(
    aanmelding: Aanmelding, consulent: Any, maak_medewerker: Any, team: Any
) -> None:
    from deelnemers.services.regie import wijs_regie_toe
    from kern import klok

    deelnemer = services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    collega = maak_medewerker("consulent", team=team)
    wijs_regie_toe(deelnemer, collega, klok.vandaag(), actor=FABRIEK)
    moment = Overdrachtsmoment.objects.get()
    regel = Werkvoorraad.objects.get(sleutel=f"overdracht:{moment.pk}")
    assert (moment.naar, regel.voor, regel.norm_dagen) == (collega, collega.gebruiker, 10)
    with pytest.raises(ValidationError):
        services.leg_overdracht_vast(moment, klok.vandaag() + dt.timedelta(days=1), True, actor=FABRIEK)
    services.leg_overdracht_vast(moment, klok.vandaag(), True, actor=FABRIEK)
    assert not Werkvoorraad.objects.filter(pk=regel.pk).exists()


def test_opbouwen_geeft_dezelfde_regels(aanmelding: Aanmelding, consulent: Any) -> None:
    """The nightly check rebuilds the rows of Vandaag and the timeline; they equal what the services wrote."""
    from aanmeldingen.aansluiting import alle_werkregels, regels_van_persoon

    services.vraag_aanvulling(aanmelding, ["talen"], "Welke taal?", actor=FABRIEK)
    services.vul_aan(aanmelding, "Nederlands", actor=FABRIEK)
    aanmelding.refresh_from_db()
    velden = ("sleutel", "titel", "voor_id", "voor_team_id", "op", "wacht_op", "soort", "url")
    bewaard = Werkvoorraad.objects.filter(kamer="aanmeldingen").order_by("sleutel")
    opnieuw = sorted(alle_werkregels(), key=lambda r: r.sleutel)
    assert [[getattr(r, v) for v in velden] for r in bewaard] == [[getattr(r, v) for v in velden] for r in opnieuw]
    deelnemer = services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    geschreven = TijdlijnRegel.objects.filter(kamer="aanmeldingen").order_by("sleutel")
    gebouwd = sorted(regels_van_persoon(deelnemer.pk), key=lambda r: r.sleutel)
    assert [(r.sleutel, r.titel) for r in geschreven] == [(r.sleutel, r.titel) for r in gebouwd]
