"""The periodic evaluation of a route: figures, minutes, agreements, and frozen when it is finalised (R038)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from aanmeldingen import services
from aanmeldingen.aansluiting import alle_werkregels
from aanmeldingen.evaluatie import Periode, bereken, blokken
from aanmeldingen.models import Aanmelding, Route, Routeafspraak, Routeevaluatie, Routeversie
from kern import klok
from kern.aansluitingen import cijfers
from kern.handeling import Actor, handeling
from kern.models import ApiClient, Werkvoorraad
from kern.taken import voer_uit
from kern.weigering import IntussenGewijzigd
from rapportage.models import Feit
from rapportage.services.nacht import bereken_nu
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_eerste_keer_goed import goed, na_vraag, terug
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import Wereld

pytestmark = pytest.mark.django_db
KWARTAAL = Periode(2026, 3)


@pytest.fixture
def consulent(maak_medewerker: Any, team: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def beheerder(maak_medewerker: Any) -> Actor:
    return Actor.van_gebruiker(maak_medewerker("functioneel_beheerder").gebruiker)


@pytest.fixture
def op(settings: Any) -> Any:
    """Set the day."""

    def zet(dag: dt.date) -> None:
        settings.PEILDATUM = dag.isoformat()

    return zet


@pytest.fixture
def kwartaal(intake: ApiClient, consulent: Any, op: Any) -> None:
    """Third quarter: six right, five after a question, five sent back, one withdrawn. Second: two right."""
    op(dt.date(2026, 5, 11))
    for _ in range(2):
        goed(intake, consulent)
    op(dt.date(2026, 8, 3))
    rijen = [maak_aanmelding(intake) for _ in range(6)]
    op(dt.date(2026, 8, 10))  # five working days later
    for rij in rijen:
        services.accepteer(rij, actor=FABRIEK, medewerker=consulent)
    for _ in range(5):
        na_vraag(intake, consulent)
        terug(intake)
    services.trek_in(maak_aanmelding(intake), actor=FABRIEK, reden="Heeft werk.")
    op(dt.date(2026, 11, 2))
    bereken_nu()


def leg_vast(beheerder: Actor, **anders: Any) -> Routeevaluatie:
    velden: dict[str, Any] = {
        "gesprek_op": dt.date(2026, 10, 6),
        "aanwezigen": "Kees Bakker (Intake), Chantal Brouwer (Werk en Re-integratie)",
        "verslag": "De talen ontbreken te vaak.",
        "versie": 0,
    }
    route = Route.objects.get(code="intake")
    return services.leg_evaluatie_vast(route, KWARTAAL, **(velden | anders), actor=beheerder)


@pytest.mark.parametrize(
    ("sleutel", "van", "tot", "vorige"),
    [
        ("2026-k1", dt.date(2026, 1, 1), dt.date(2026, 3, 31), "2025-k4"),
        ("2026-k4", dt.date(2026, 10, 1), dt.date(2026, 12, 31), "2026-k3"),
        ("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31), "2025"),
    ],
)
def test_een_kwartaal_of_een_jaar(sleutel: str, van: dt.date, tot: dt.date, vorige: str) -> None:
    periode = Periode.uit(sleutel)
    assert periode is not None
    assert (periode.van, periode.tot, periode.vorige.sleutel, periode.sleutel) == (van, tot, vorige, sleutel)
    assert Periode.van_dagen(van, tot) == periode
    assert [Periode.uit(fout) for fout in ("2026-k5", "k3", "2026-k", "1999", "2026-k3x")] == [None] * 5


@pytest.mark.eis("R038", "De evaluatie noemt aantallen, eerste keer goed, terugsturingen en doorlooptijd")
def test_cijfers_van_een_kwartaal(kwartaal: None) -> None:
    nu = bereken("intake", KWARTAAL)["nu"]
    assert (nu["besloten"], nu["goed"], nu["percentage"]) == (16, 6, "37.5")
    assert (nu["na_vraag"], nu["teruggestuurd"], nu["ingetrokken"]) == (5, 5, None)
    assert nu["redenen"] == [["terug:al_in_traject", 5], ["vraag:talen", 5]]
    assert nu["antwoord"] == {"aantal": 16, "mediaan": 0, "p90": 5}
    zelfde = cijfers.opbouw("eerste-keer-goed", van=KWARTAAL.van, tot=KWARTAAL.tot, route="intake")
    assert zelfde is not None
    assert (zelfde.cijfer.teller, zelfde.cijfer.noemer) == (nu["goed"], nu["besloten"])


def test_kleine_aantallen_staan_er_nooit_in(kwartaal: None) -> None:
    vorige = bereken("intake", KWARTAAL)["vorige"]
    assert (vorige["besloten"], vorige["goed"], vorige["percentage"]) == (None, None, None)
    assert vorige["antwoord"] == {"aantal": 2, "mediaan": None, "p90": None}
    alles = {r.naam: (r.nu, r.vorige) for b in blokken(bereken("intake", KWARTAAL)) for r in b.regels}
    assert alles["Besluiten"] == ("16", "Te klein")
    assert alles["Door de verwijzer ingetrokken"] == ("Te klein", "0")


def test_niet_goed_is_niet_terug_te_rekenen(intake: ApiClient, consulent: Any, op: Any) -> None:
    """With one return, “after a question” is withheld too: right and decided stay visible."""
    op(dt.date(2026, 8, 3))
    for _ in range(6):
        goed(intake, consulent)
    for _ in range(5):
        na_vraag(intake, consulent)
    terug(intake)
    op(dt.date(2026, 11, 2))
    bereken_nu()
    nu = bereken("intake", KWARTAAL)["nu"]
    assert (nu["besloten"], nu["goed"]) == (12, 6)
    assert (nu["na_vraag"], nu["teruggestuurd"]) == (None, None)
    assert nu["redenen"] == [["vraag:talen", 5]]
    assert nu["redenen_verborgen"] == 1


@pytest.mark.eis("R038", "Na 6 en 12 maanden staat er hoe het met de aangenomen mensen is, uit dezelfde feiten")
def test_hoe_het_na_zes_maanden_is(intake: ApiClient, consulent: Any, op: Any) -> None:
    """Of 21: five have not begun, six go on, five ended with work in part-time, five without result."""
    op(dt.date(2026, 2, 2))
    rijen = [goed(intake, consulent).pk for _ in range(21)]
    mensen = [Aanmelding.objects.get(pk=pk).deelnemer for pk in rijen]
    wereld, begint = Wereld(), dt.date(2026, 3, 2)
    for mens in mensen[5:11]:
        wereld.traject(mens, begint=begint)
    for n, mens in enumerate(mensen[11:]):
        einde = "werk_deeltijd_met" if n < 5 else "geen_resultaat"
        wereld.einde(einde, persoon=mens, op=dt.date(2026, 6, 1), uitkering=None, stopt=None, begint=begint)
    op(dt.date(2026, 11, 2))
    bereken_nu()
    zes, twaalf = bereken("intake", KWARTAAL)["nu"]["vervolg"]
    assert (zes["maanden"], zes["aantal"], zes["niet_begonnen"], zes["loopt"]) == (6, 21, 5, 6)
    assert (zes["positief"], zes["anders"]) == (5, 5)
    assert zes["uitkomsten"] == [["geen_resultaat", 5], ["werk_deeltijd_met", 5]]
    assert (twaalf["maanden"], twaalf["aantal"]) == (12, 0)
    namen = {r.naam: r.nu for b in blokken(bereken("intake", KWARTAAL)) for r in b.regels}
    assert namen["Uitkomst: geen resultaat"] == "5"


@pytest.mark.eis("R038", "Het verslag en de afspraken blijven bij de evaluatie; daarna verandert er niets meer")
def test_vastgesteld_ligt_vast_met_de_cijfers(kwartaal: None, beheerder: Actor, consulent: Any, op: Any) -> None:
    rij = leg_vast(beheerder)
    route = rij.route
    afspraak = services.spreek_af(
        route,
        KWARTAAL,
        wat="Talen altijd invullen",
        eigenaar="Kees",
        uiterlijk_op=dt.date(2026, 12, 1),
        actor=beheerder,
    )
    toen = bereken("intake", KWARTAAL)
    rij = services.stel_evaluatie_vast(route, KWARTAAL, actor=beheerder)
    assert (rij.status, rij.vastgesteld_door_id, rij.cijfers["nu"]["besloten"]) == (
        "vastgesteld",
        beheerder.gebruiker_id,
        16,
    )
    with pytest.raises(ValidationError, match="verandert niet meer"):
        leg_vast(beheerder, verslag="Toch anders.")
    for wijziging in (
        lambda: Routeevaluatie.objects.filter(pk=rij.pk).update(verslag="Toch anders."),
        lambda: Routeevaluatie.objects.filter(pk=rij.pk).delete(),
        lambda: Routeafspraak.objects.filter(pk=afspraak.pk).update(wat="Toch anders."),
        lambda: Routeafspraak.objects.filter(pk=afspraak.pk).delete(),
        lambda: Routeafspraak.objects.create(evaluatie=rij, wat="Nog iets", eigenaar="Ik", uiterlijk_op=klok.vandaag()),
    ):
        with pytest.raises(DatabaseError, match="verandert niet"), transaction.atomic(), handeling(FABRIEK):
            wijziging()
    # Later knowledge changes the facts, not what was finalised.
    with handeling(FABRIEK):
        Aanmelding.objects.filter(status="teruggestuurd").update(beslist_op=klok.nu())
    bereken_nu()
    assert bereken("intake", KWARTAAL)["nu"]["besloten"] == 11
    rij.refresh_from_db()
    assert rij.cijfers["nu"] == toen["nu"]


def test_afvinken_en_de_versie_die_eruit_kwam(kwartaal: None, beheerder: Actor) -> None:
    route = leg_vast(beheerder).route
    afspraak = services.spreek_af(
        route, KWARTAAL, wat="Cv verplicht", eigenaar="Kees", uiterlijk_op=dt.date(2026, 12, 1), actor=beheerder
    )
    services.stel_evaluatie_vast(route, KWARTAAL, actor=beheerder)
    versie = Routeversie.objects.get(route=route)
    afspraak = services.werk_afspraak_bij(afspraak, gedaan_op=klok.vandaag(), routeversie=versie, actor=beheerder)
    assert (afspraak.gedaan_op, afspraak.routeversie) == (klok.vandaag(), versie)
    ander = Routeversie.objects.exclude(route=route).order_by("pk").first()
    with pytest.raises(ValidationError, match="dezelfde route"):
        services.werk_afspraak_bij(afspraak, gedaan_op=None, routeversie=ander, actor=beheerder)
    with pytest.raises(ValidationError, match="toekomst"):
        morgen = klok.vandaag() + dt.timedelta(days=1)
        services.werk_afspraak_bij(afspraak, gedaan_op=morgen, routeversie=None, actor=beheerder)


def test_wat_niet_kan(kwartaal: None, beheerder: Actor) -> None:
    route = Route.objects.get(code="intake")
    with pytest.raises(ValidationError, match="nog niet voorbij"):
        services.leg_evaluatie_vast(
            route, Periode(2026, 4), gesprek_op=None, aanwezigen="", verslag="", versie=0, actor=beheerder
        )
    with pytest.raises(ValidationError, match="in de toekomst"):
        leg_vast(beheerder, gesprek_op=dt.date(2027, 1, 5))
    with pytest.raises(ValidationError, match="na de periode"):
        leg_vast(beheerder, gesprek_op=dt.date(2026, 9, 1))
    rij = leg_vast(beheerder, verslag="")
    with pytest.raises(ValidationError, match="Leg eerst"):
        services.stel_evaluatie_vast(route, KWARTAAL, actor=beheerder)
    with pytest.raises(IntussenGewijzigd):
        leg_vast(beheerder, versie=7)
    with pytest.raises(IntegrityError), transaction.atomic(), handeling(FABRIEK):
        Routeevaluatie.objects.filter(pk=rij.pk).update(status="vastgesteld")


@pytest.mark.eis("R038", "Sluit een kwartaal zonder evaluatie, dan staat dat bij Vandaag van de functioneel beheerder")
def test_nacht_herinnert_tot_het_is_vastgesteld(kwartaal: None, beheerder: Actor, gemeente: Any) -> None:
    voer_uit("aanmeldingen.evaluaties", gemeente)
    rij = Werkvoorraad.objects.get(soort="routeevaluatie")
    assert (rij.voor_rol, rij.titel) == ("functioneel_beheerder", "Evalueer de routes over het derde kwartaal van 2026")
    assert rij.toelichting == "Intake"
    assert [r.sleutel for r in alle_werkregels() if r.soort == "routeevaluatie"] == [rij.sleutel]
    leg_vast(beheerder)
    voer_uit("aanmeldingen.evaluaties", gemeente)
    assert Werkvoorraad.objects.filter(soort="routeevaluatie").exists()
    services.stel_evaluatie_vast(Route.objects.get(code="intake"), KWARTAAL, actor=beheerder)
    assert not Werkvoorraad.objects.filter(soort="routeevaluatie").exists()
    assert voer_uit("aanmeldingen.evaluaties", gemeente).tellingen == {"herinneringen": 0}


def test_op_het_scherm_van_verslag_tot_vastgesteld(kwartaal: None, log_in: Any) -> None:
    beheerder = log_in("functioneel_beheerder")
    assert "Nog niet begonnen" in beheerder.get("/beheer/routes/evaluaties").content.decode()
    waar = "/beheer/routes/intake/evaluaties/2026-k3"
    blad = beheerder.get(waar).content.decode()
    assert "Teruggestuurd: De persoon heeft al een traject" in blad
    assert "37,5%" in blad
    verslag = {"gesprek_op": "6-10-2026", "aanwezigen": "Kees Bakker", "verslag": "Goed gesprek.", "versie": "0"}
    assert beheerder.post(f"{waar}/verslag", verslag).status_code == 302
    laat = beheerder.post(f"{waar}/verslag", verslag | {"verslag": "Anders."})
    assert "Een collega heeft deze gegevens net gewijzigd" in laat.content.decode()
    afspraak = {"wat": "Talen invullen", "eigenaar": "Kees Bakker", "uiterlijk_op": "1-12-2026"}
    assert beheerder.post(f"{waar}/afspraak", afspraak).status_code == 302
    assert beheerder.post(f"{waar}/vaststellen").status_code == 302
    bij = f"/beheer/routes/evaluaties/afspraken/{Routeafspraak.objects.get().pk}"
    assert beheerder.post(bij, {"gedaan_op": "30-10-2026", "routeversie": ""}).status_code == 302
    blad = beheerder.get(waar).content.decode()
    for tekst in ("Goed gesprek.", "Talen invullen", "Gedaan op 30 oktober 2026", "Vastgesteld op 2 november 2026"):
        assert tekst in blad
    assert "Verslag wijzigen" not in blad
    assert "Vastgesteld" in beheerder.get("/beheer/routes/evaluaties").content.decode()


@pytest.mark.eis("R038", "De evaluatie is een document: een toegankelijke pdf met dezelfde cijfers")
def test_pdf(kwartaal: None, log_in: Any) -> None:
    beheerder = log_in("functioneel_beheerder")
    antwoord = beheerder.get("/beheer/routes/intake/evaluaties/2026-k3/pdf")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "application/pdf")
    assert antwoord.content.startswith(b"%PDF-")
    assert b"StructTreeRoot" in antwoord.content
    assert b"pdfuaid" in antwoord.content
    assert beheerder.get("/beheer/routes/intake/evaluaties/2026-k3/pdf").content == antwoord.content


@pytest.mark.parametrize("sleutel", ["2026-k4", "2027", "2012", "vandaag"])
def test_geen_evaluatie_buiten_een_voorbije_periode(kwartaal: None, log_in: Any, sleutel: str) -> None:
    assert log_in("functioneel_beheerder").get(f"/beheer/routes/intake/evaluaties/{sleutel}").status_code == 404


def test_wie_mag_lezen_en_wie_schrijven(kwartaal: None, log_in: Any) -> None:
    waar = "/beheer/routes/intake/evaluaties/2026-k3"
    manager = log_in("teammanager")
    assert manager.get(waar).status_code == 200
    assert "Verslag schrijven" not in manager.get(waar).content.decode()
    for deel in ("verslag", "afspraak"):
        assert manager.get(f"{waar}/{deel}").status_code == 403
    assert manager.post(f"{waar}/vaststellen").status_code == 403
    assert log_in("consulent").get(waar).status_code == 403


def test_bladzijden_kosten_niet_meer_bij_meer_aanmeldingen(
    kwartaal: None, log_in: Any, intake: ApiClient, op: Any, maak_medewerker: Any
) -> None:
    client, consulent = log_in("functioneel_beheerder"), maak_medewerker("consulent")
    beheerder = FABRIEK
    leg_vast(beheerder)

    def meer() -> None:
        op(dt.date(2026, 8, 12))
        for _ in range(6):
            goed(intake, consulent)
        op(dt.date(2026, 11, 2))
        bereken_nu()
        for n in range(5):
            services.spreek_af(
                Route.objects.get(code="intake"), KWARTAAL, wat=f"Punt {n}", eigenaar="Kees",
                uiterlijk_op=dt.date(2026, 12, 1), actor=beheerder,
            )  # fmt: skip

    waar = "/beheer/routes/intake/evaluaties/2026-k3"
    groeit_niet(lambda: client.get(waar), meer, "evaluatie", maximum=36)
    groeit_niet(lambda: client.get("/beheer/routes/evaluaties"), meer, "evaluaties", maximum=16)


def test_feit_van_een_aanmelding_kent_route_en_dagen(kwartaal: None) -> None:
    feit = Feit.objects.filter(soort="aanmelding", status="goed", datum=dt.date(2026, 8, 10)).latest("pk")
    assert feit.kenmerken["route"] == "intake"
    assert (feit.kenmerken["ontvangen"], feit.kenmerken["antwoord"]) == ("2026-08-03", "2026-08-10")
