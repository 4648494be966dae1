"""An application: draft, handed in once, checked, its clock, completion and withdrawal (R149)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers.models import Document
from kern import bestanden
from kern.handeling import Actor, handeling
from kern.models import Overgang, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from kern.weigering import IntussenGewijzigd
from loonkostensubsidie import aanvraagklok
from loonkostensubsidie.models import Aanvraag, Aanvraagcontrole, Aanvraagstuk
from loonkostensubsidie.services import aanvraag as dienst
from loonkostensubsidie.services import aanvraagstukken
from loonkostensubsidie.services.aanvraagbaan import neem_week_over
from loonkostensubsidie.services.aanvraagstukken import voeg_stuk_toe
from loonkostensubsidie.services.controles import beoordeel_controle, kijk_opnieuw
from tests.loonkostensubsidie import wereld
from tests.werkgevers.fabrieken import ACTOR, DeelnemerFabriek, WerkgeverFabriek, werk
from werkgevers.services.loonwaarde import meet_loonwaarde

pytestmark = pytest.mark.usefixtures("subsidiewereld")


@pytest.fixture
def medewerker(maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("medewerker_subsidies")


def uitkomst(aanvraag: Aanvraag, soort: str) -> str:
    return Aanvraagcontrole.objects.get(aanvraag=aanvraag, soort=soort).uitkomst


# --- Draft and handing in --------------------------------------------------------------------------------------------
def test_een_concept_mag_half_leeg_zijn_en_een_dubbele_klik_maakt_er_geen_twee(medewerker: Any) -> None:
    actor, mens, bedrijf = wereld.actor_van(medewerker), DeelnemerFabriek(), WerkgeverFabriek(kvk_nummer="12345678")
    een = dienst.maak_aanvraag(mens, bedrijf, actor=actor)
    assert dienst.maak_aanvraag(mens, bedrijf, actor=actor) == een
    assert (een.kvk_nummer, een.functie, een.status) == ("12345678", "", "concept")
    assert dienst.bewaar_aanvraag(een, cao="VVT", actor=actor).cao == "VVT"
    with pytest.raises(ValidationError) as fout:
        dienst.dien_in(een, actor=actor)
    assert {"functie", "begindatum", "iban", "ondertekend_door"} <= set(fout.value.message_dict)
    assert Aanvraag.objects.get().status == "concept"


def test_de_database_kent_maar_een_open_aanvraag_en_geen_halve(medewerker: Any) -> None:
    een = wereld.concept(wereld.actor_van(medewerker))
    with pytest.raises(IntegrityError, match="lksaanvraag_een_open"), transaction.atomic(), handeling(ACTOR):
        Aanvraag.objects.create(
            deelnemer=een.deelnemer, werkgever=een.werkgever, nummer="x", status_sinds=dt.date(2026, 3, 2)
        )
    with pytest.raises(IntegrityError, match="lksaanvraag_volledig"), transaction.atomic(), handeling(ACTOR):
        Aanvraag.objects.filter(pk=een.pk).update(status="ingediend", functie="")


def test_indienen_kan_een_keer_en_daarna_is_het_formulier_dicht(medewerker: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.ingediend(actor)
    assert (rij.status, rij.ontvangen_op, rij.iban) == ("ingediend", dt.date(2026, 3, 2), "NL91ABNA0417164300")
    with pytest.raises(OvergangGeweigerd):
        dienst.dien_in(rij, actor=actor)
    with pytest.raises(OvergangGeweigerd):
        dienst.bewaar_aanvraag(rij, functie="kok", actor=actor)
    stappen = Overgang.objects.filter(soort="lks_aanvraag", object_id=rij.pk).order_by("pk")
    assert [s.actie for s in stappen] == ["beginnen", "indienen"]


def test_wie_als_tweede_bewaart_hoort_dat(medewerker: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.concept(actor)
    dienst.bewaar_aanvraag(rij, functie="kok", versie=rij.versie, actor=actor)
    with pytest.raises(IntussenGewijzigd):
        dienst.bewaar_aanvraag(rij, functie="bakker", versie=rij.versie, actor=actor)


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("uren_per_week", Decimal("168.5")),
        ("uren_per_week", Decimal(0)),
        ("uren_voltijd", Decimal(41)),
        ("einddatum", dt.date(2026, 1, 31)),
        ("bruto_uurloon", Decimal(0)),
    ],
)
def test_een_onmogelijke_waarde_wordt_niet_bewaard(medewerker: Any, veld: str, waarde: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.concept(actor)
    with pytest.raises(ValidationError):
        dienst.bewaar_aanvraag(rij, actor=actor, **{veld: waarde})
    rij.refresh_from_db()
    assert getattr(rij, veld) == wereld.FORMULIER.get(veld)


# --- Checks ----------------------------------------------------------------------------------------------------------
def test_een_goede_aanvraag_heeft_niets_dat_niet_in_orde_is(medewerker: Any) -> None:
    rij = wereld.in_behandeling(medewerker)
    fout = Aanvraagcontrole.objects.filter(aanvraag=rij, uitkomst="fout")
    assert [c.soort for c in fout] == []
    assert Aanvraagcontrole.objects.filter(aanvraag=rij).count() == 11


@pytest.mark.parametrize(
    ("velden", "soort"),
    [
        ({"bruto_uurloon": Decimal("10.00")}, "loon"),
        ({"doelgroepbron": "aanvraag"}, "doelgroep"),
        ({"route": "loonwaarde"}, "loonwaarde"),
        ({"baan": False}, "dienstverband"),
        ({"stukken": False}, "stukken"),
    ],
)
def test_wat_niet_klopt_wordt_gezien(medewerker: Any, velden: dict[str, Any], soort: str) -> None:
    rij = wereld.ingediend(wereld.actor_van(medewerker), **velden)
    assert uitkomst(rij, soort) == "fout"


@pytest.mark.parametrize(
    ("dag", "verwacht"), [("2026-03-02", "nakijken"), ("2026-08-01", "nakijken"), ("2026-08-02", "fout")]
)
@pytest.mark.eis("R149", "van praktijkonderwijs, vso of entree: aanvragen binnen zes maanden (art. 10d lid 2)")
def test_wie_van_school_kwam_vraagt_binnen_zes_maanden_aan(
    medewerker: Any, settings: Any, dag: str, verwacht: str
) -> None:
    """1 August 2026 is a Saturday; a term of more than three months is not moved (Algemene termijnenwet art. 4)."""
    settings.PEILDATUM = dag
    rij = wereld.ingediend(wereld.actor_van(medewerker), doelgroepbron="school")
    controle = Aanvraagcontrole.objects.get(aanvraag=rij, soort="doelgroep")
    assert controle.uitkomst == verwacht
    assert "1 augustus 2026" in controle.uitleg


@pytest.mark.parametrize(
    ("veld", "nummer", "soort"),
    [
        ("iban", "NL91ABNA0417164301", "iban"),
        ("kvk_nummer", "1234567", "kvk"),
        ("kvk_nummer", "1234567a", "kvk"),
        ("loonheffingennummer", "001234565L01", "loonheffing"),
    ],
)
@pytest.mark.eis("R149", "een verkeerd nummer: een duidelijke zin bij het veld, en er wordt niets ingediend")
def test_met_een_verkeerd_nummer_komt_de_aanvraag_niet_binnen(
    medewerker: Any, veld: str, nummer: str, soort: str
) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.concept(actor, **{veld: nummer})  # half saved is fine
    with pytest.raises(ValidationError) as fout:
        dienst.dien_in(rij, actor=actor)
    assert list(fout.value.message_dict) == [veld]
    rij.refresh_from_db()
    assert (rij.status, rij.ontvangen_op) == ("concept", None)
    # What came in before this check was there is still seen.
    goed = dienst.dien_in(dienst.bewaar_aanvraag(rij, actor=actor, **{veld: wereld.FORMULIER[veld]}), actor=actor)
    with handeling(ACTOR):
        Aanvraag.objects.filter(pk=goed.pk).update(**{veld: nummer})
        kijk_opnieuw(Aanvraag.objects.get(pk=goed.pk), actor=ACTOR)
    assert uitkomst(goed, soort) == "fout"


def test_de_voltijdse_week_telt_mee_en_is_over_te_nemen(medewerker: Any) -> None:
    rij = wereld.in_behandeling(medewerker, uren_voltijd=Decimal(40))
    controle = Aanvraagcontrole.objects.get(aanvraag=rij, soort="dienstverband")
    assert controle.uitkomst == "fout" and "40 uur in de aanvraag en 36 uur" in controle.uitleg
    nu = neem_week_over(rij, actor=wereld.actor_van(medewerker))
    assert nu.dienstverband is not None and nu.dienstverband.uren_voltijd == Decimal(40)
    assert uitkomst(rij, "dienstverband") == "goed"


def test_een_tweede_subsidie_voor_hetzelfde_werk_wordt_gezien(
    medewerker: Any, maak_medewerker: Callable[..., Any]
) -> None:
    besluit = wereld.vastgesteld(medewerker, maak_medewerker("medewerker_subsidies"))
    baan = besluit.dienstverband
    assert baan is not None
    rij = wereld.ingediend(
        wereld.actor_van(medewerker),
        stukken=False,
        dienstverband=baan,
        deelnemer=baan.deelnemer,
        werkgever=baan.feitelijke_werkgever,
    )
    assert uitkomst(rij, "dubbel") == "fout"


def test_geen_subsidie_bij_een_dienstverband_van_de_wsw(medewerker: Any) -> None:
    baan = werk(begindatum=wereld.BEGIN, soort="sw", werkvorm="intern")
    rij = wereld.ingediend(
        wereld.actor_van(medewerker), dienstverband=baan, deelnemer=baan.deelnemer, werkgever=baan.feitelijke_werkgever
    )
    assert uitkomst(rij, "wsw") == "fout"


def test_te_laat_aangevraagd_volgt_uit_de_instelling(medewerker: Any) -> None:
    begin = dt.date(2025, 9, 1)
    laat = wereld.ingediend(wereld.actor_van(medewerker), baan=False, begindatum=begin, stukken=False)
    assert uitkomst(laat, "termijn") == "fout"
    net = wereld.ingediend(wereld.actor_van(medewerker), baan=False, begindatum=dt.date(2025, 9, 2), stukken=False)
    assert uitkomst(net, "termijn") == "goed"


def test_een_ander_oordeel_vraagt_een_reden_en_blijft_staan_tot_er_iets_wijzigt(medewerker: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.in_behandeling(medewerker, stukken=False)
    with pytest.raises(ValidationError):
        beoordeel_controle(rij, "stukken", "goed", " ", actor=actor)
    beoordeel_controle(rij, "stukken", "goed", "Gezien in het papieren dossier.", actor=actor)
    kijk_opnieuw(rij, actor=actor)
    assert uitkomst(rij, "stukken") == "goed"
    with bestanden.weg_bij_mislukken():
        voeg_stuk_toe(rij, wereld.pdf("contract"), "contract", "contract.pdf", actor=actor)
    assert uitkomst(rij, "stukken") == "fout"  # other files are missing now: look again
    weiger = pytest.raises(IntegrityError, match="aanvraagcontrole_anders_met_reden")
    with weiger, transaction.atomic(), handeling(actor):
        Aanvraagcontrole.objects.filter(aanvraag=rij, soort="stukken").update(uitkomst="goed", reden="")


def test_hetzelfde_bestand_twee_keer_is_een_bestand(medewerker: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.concept(actor)
    with bestanden.weg_bij_mislukken():
        een = voeg_stuk_toe(rij, wereld.pdf("contract"), "contract", "contract.pdf", actor=actor)
        assert voeg_stuk_toe(rij, wereld.pdf("contract"), "contract", "contract.pdf", actor=actor) == een
    assert Document.objects.filter(deelnemer=rij.deelnemer).count() == 1


def test_een_werkgever_stuurt_hoogstens_twintig_bestanden(medewerker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rij = wereld.in_behandeling(medewerker, stukken=False)
    werkgever = Actor("taak", "werkgeverslink:1", "Werkgever")
    monkeypatch.setattr(aanvraagstukken, "HOOGSTENS", 2)
    with bestanden.weg_bij_mislukken():
        for nummer in range(2):
            voeg_stuk_toe(rij, wereld.pdf(f"strook {nummer}"), "loonstrook", "strook.pdf", actor=werkgever)
        with pytest.raises(ValidationError, match="al 2 bestanden"):
            voeg_stuk_toe(rij, wereld.pdf("nog een"), "loonstrook", "strook.pdf", actor=werkgever)
        # A member of staff may go on.
        actor = wereld.actor_van(medewerker)
        voeg_stuk_toe(rij, wereld.pdf("van ons"), "loonstrook", "s.pdf", actor=actor, medewerker=medewerker)
    assert Aanvraagstuk.objects.filter(aanvraag=rij).count() == 3


# --- The clock -------------------------------------------------------------------------------------------------------
def test_de_vijf_weken_lopen_vanaf_het_besluit_om_niet_te_meten(medewerker: Any) -> None:
    """2 March 2026 + 5 weeks is 6 April, Easter Monday: the term ends the day after."""
    rij = wereld.ingediend(wereld.actor_van(medewerker))
    assert (rij.klokbegin, rij.klok_vanaf) == ("overgeslagen", dt.date(2026, 3, 2))
    assert rij.beslis_voor == dt.date(2026, 4, 7)


def test_bij_meten_begint_de_klok_pas_bij_de_meting(medewerker: Any, settings: Any) -> None:
    rij = wereld.ingediend(wereld.actor_van(medewerker), route="loonwaarde")
    assert (rij.klok_vanaf, rij.beslis_voor) == (None, None)
    settings.PEILDATUM = "2026-03-20"
    assert rij.dienstverband is not None
    meet_loonwaarde(
        rij.dienstverband,
        dt.date(2026, 3, 18),
        "Dariu",
        percentage=55,
        volgende_op=dt.date(2027, 3, 1),
        geldig_vanaf=wereld.BEGIN,
        actor=ACTOR,
    )
    rij.refresh_from_db()
    assert (rij.klokbegin, rij.klok_vanaf) == ("meting", dt.date(2026, 3, 18))
    assert rij.beslis_voor == dt.date(2026, 4, 22)
    assert uitkomst(rij, "loonwaarde") == "goed"


def test_de_klok_staat_stil_tot_de_aanvulling(medewerker: Any, settings: Any) -> None:
    """Asked on 4 March, completed on 11 March: still on 5 to 10 March, six days."""
    actor = wereld.actor_van(medewerker)
    rij = wereld.in_behandeling(medewerker, stukken=False)
    settings.PEILDATUM = "2026-03-04"
    dienst.vraag_aanvulling(rij, "Stuur het contract.", actor=actor)
    rij.refresh_from_db()
    assert rij.status == "aanvulling_gevraagd"
    settings.PEILDATUM = "2026-03-11"
    rij = dienst.vul_aan(rij, actor=actor)
    assert (rij.status, rij.beslis_voor) == ("in_behandeling", dt.date(2026, 4, 13))


@pytest.mark.parametrize(
    ("aangevuld", "dagen"),
    [(None, 14), (dt.date(2026, 3, 5), 0), (dt.date(2026, 3, 11), 6), (dt.date(2026, 5, 1), 14)],
)
def test_hoeveel_dagen_de_klok_stilstaat(aangevuld: dt.date | None, dagen: int) -> None:
    assert aanvraagklok.stilstand(dt.date(2026, 3, 4), dt.date(2026, 3, 18), aangevuld) == dagen


def test_een_aanvulling_van_vandaag_bestaat_niet_en_vraagt_een_reden(medewerker: Any) -> None:
    actor, rij = wereld.actor_van(medewerker), wereld.in_behandeling(medewerker)
    with pytest.raises(ValidationError):
        dienst.vraag_aanvulling(rij, "Contract", aanvullen_voor=dt.date(2026, 3, 2), actor=actor)
    with pytest.raises(OvergangGeweigerd):
        dienst.vraag_aanvulling(rij, " ", actor=actor)


def test_niet_behandelen_kan_pas_na_de_termijn_en_hoogstens_vier_weken(medewerker: Any, settings: Any) -> None:
    actor, rij = wereld.actor_van(medewerker), wereld.in_behandeling(medewerker, stukken=False)
    dienst.vraag_aanvulling(rij, "Stuur het contract.", actor=actor)  # complete until 16 March
    settings.PEILDATUM = "2026-03-16"
    with pytest.raises(OvergangGeweigerd, match="nog aanvullen"):
        dienst.laat_buiten_behandeling(rij, "Niets ontvangen.", actor=actor)
    settings.PEILDATUM = "2026-04-14"
    with pytest.raises(OvergangGeweigerd, match="4:5 lid 4"):
        dienst.laat_buiten_behandeling(rij, "Niets ontvangen.", actor=actor)
    settings.PEILDATUM = "2026-04-13"
    klaar = dienst.laat_buiten_behandeling(rij, "Niets ontvangen.", actor=actor)
    assert (klaar.status, klaar.afgerond_op) == ("buiten_behandeling", dt.date(2026, 4, 13))


def test_de_dwangsom_na_een_ingebrekestelling(medewerker: Any, settings: Any) -> None:
    actor, rij = wereld.actor_van(medewerker), wereld.in_behandeling(medewerker)
    settings.PEILDATUM = "2026-04-08"
    with pytest.raises(ValidationError, match="nog niet voorbij"):
        dienst.stel_in_gebreke(rij, dt.date(2026, 4, 7), actor=actor)
    rij = dienst.stel_in_gebreke(rij, dt.date(2026, 4, 8), actor=actor)
    assert rij.beslis_voor is not None and rij.ingebreke_op is not None
    eerste = aanvraagklok.dwangsom(rij.ingebreke_op, rij.beslis_voor, dt.date(2026, 4, 22))
    assert (eerste.eerste_dag, eerste.dagen, eerste.bedrag) == (dt.date(2026, 4, 22), 1, Decimal(23))
    nog_niet = aanvraagklok.dwangsom(rij.ingebreke_op, rij.beslis_voor, dt.date(2026, 4, 21))
    assert (nog_niet.dagen, nog_niet.bedrag) == (0, Decimal(0))
    vol = aanvraagklok.dwangsom(rij.ingebreke_op, rij.beslis_voor, dt.date(2027, 1, 1))
    assert (vol.dagen, vol.bedrag) == (42, Decimal(14 * 23 + 14 * 35 + 14 * 45))


# --- Vandaag and withdrawal ------------------------------------------------------------------------------------------
def test_bij_vandaag_staat_wat_er_moet_gebeuren_voor_de_termijn_voorbij_is(medewerker: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.ingediend(actor)
    sleutel = f"aanvraag:{rij.pk}"
    werkrij = Werkvoorraad.objects.get(sleutel=sleutel)
    assert (werkrij.voor_rol, werkrij.voor_id) == ("medewerker_subsidies", None)
    rij = dienst.neem_in_behandeling(rij, medewerker, actor=actor)
    werkrij = Werkvoorraad.objects.get(sleutel=sleutel)
    assert (werkrij.voor_id, werkrij.op) == (medewerker.gebruiker_id, dt.date(2026, 3, 31))
    dienst.trek_aanvraag_in(rij, "De werkgever zag ervan af.", actor=actor)
    assert not Werkvoorraad.objects.filter(sleutel=sleutel).exists()


def test_intrekken_vraagt_een_reden_en_maakt_plaats_voor_een_nieuwe(medewerker: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = wereld.concept(actor)
    with pytest.raises(OvergangGeweigerd):
        dienst.trek_aanvraag_in(rij, "", actor=actor)
    assert dienst.trek_aanvraag_in(rij, "Dubbel.", actor=actor).status == "ingetrokken"
    assert dienst.maak_aanvraag(rij.deelnemer, rij.werkgever, actor=actor) != rij


def test_twee_medewerkers_nemen_haar_tegelijk_en_een_krijgt_haar(
    medewerker: Any, maak_medewerker: Callable[..., Any]
) -> None:
    rij, ander = wereld.ingediend(wereld.actor_van(medewerker)), maak_medewerker("medewerker_subsidies")
    dienst.neem_in_behandeling(rij, medewerker, actor=wereld.actor_van(medewerker))
    with pytest.raises(OvergangGeweigerd):
        dienst.neem_in_behandeling(rij, ander, actor=wereld.actor_van(ander))
    assert Aanvraag.objects.get().behandelaar == medewerker
