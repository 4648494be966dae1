"""Requests of AVG art. 15, 16, 18 and 21: the asker, the clock, the decision, the letter, and who is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Deelnemer, Privacyverzoek
from deelnemers.services import inzage, privacy
from deelnemers.services.inschrijven import leg_bsn_vast
from kern import klok
from kern.handeling import handeling
from kern.models import Leesregel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, bsn, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
UITLEG = "We hebben je adres aangepast."


def verzoek(deelnemer: Deelnemer, soort: str = "correctie", **velden: Any) -> Privacyverzoek:
    velden = {"vraag": "Mijn adres klopt niet."} | velden
    op = velden.pop("op", klok.vandaag())
    return privacy.neem_in(deelnemer, soort, op, "balie", actor=TOETS, **velden)


def behandeld(deelnemer: Deelnemer, soort: str = "correctie", actie: str = "toewijzen") -> Privacyverzoek:
    rij = privacy.stel_identiteit_vast(verzoek(deelnemer, soort), "document", actor=TOETS)
    return privacy.beslis(rij, actie, reden=UITLEG, actor=TOETS)


# --- The clock -----------------------------------------------------------------------------------------------------
def test_een_maand_en_nooit_op_een_dag_dat_niemand_werkt(gemeente: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-10"
    d = DeelnemerFabriek()
    assert verzoek(d, op=dt.date(2026, 3, 10)).termijn == dt.date(2026, 4, 10)
    # 25 April 2026 is a Saturday and 27 April King's Day.
    settings.PEILDATUM = "2026-03-25"
    assert verzoek(d, op=dt.date(2026, 3, 25)).termijn == dt.date(2026, 4, 28)


def test_verlengen_kan_een_keer_met_reden_en_binnen_de_maand(gemeente: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-10"
    rij = verzoek(DeelnemerFabriek())
    with pytest.raises(ValidationError, match="meer tijd"):
        privacy.verleng(rij, reden=" ", actor=TOETS)
    assert privacy.verleng(rij, reden="Het dossier is groot.", actor=TOETS).termijn == dt.date(2026, 6, 10)
    with pytest.raises(ValidationError, match="al een keer"):
        privacy.verleng(rij, reden="Nog niet klaar.", actor=TOETS)
    ander = verzoek(DeelnemerFabriek())
    settings.PEILDATUM = "2026-04-11"
    with pytest.raises(ValidationError, match="maand is voorbij"):
        privacy.verleng(ander, reden="Te laat.", actor=TOETS)


def test_het_verzoek_staat_bij_de_privacy_officer_tot_het_besluit(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    rij = verzoek(deelnemer)
    werk = Werkvoorraad.objects.get(kamer="privacy")
    assert (werk.voor_rol, werk.op) == ("privacy_officer", rij.termijn)
    assert deelnemer.naam not in f"{werk.titel}{werk.toelichting}{werk.waarom}"
    rij = privacy.stel_identiteit_vast(rij, "document", actor=TOETS)
    privacy.beslis(rij, "afwijzen", reden="Het adres klopt volgens de BRP.", actor=TOETS)
    assert not Werkvoorraad.objects.filter(kamer="privacy").exists()


# --- Who asks ------------------------------------------------------------------------------------------------------
def test_zonder_identiteit_geen_besluit_ook_niet_in_de_database(gemeente: Any) -> None:
    rij = verzoek(DeelnemerFabriek())
    with pytest.raises(OvergangGeweigerd):
        privacy.beslis(rij, "toewijzen", reden=UITLEG, actor=TOETS)
    with (
        handeling(FABRIEK),
        pytest.raises(IntegrityError, match="privacyverzoek_eerst_identiteit"),
        transaction.atomic(),
    ):
        Privacyverzoek.objects.filter(pk=rij.pk).update(
            status="toegewezen", besluit=UITLEG, besloten_op=klok.vandaag(), besloten_door="x"
        )
    privacy.stel_identiteit_vast(rij, "document", actor=TOETS)
    rij.refresh_from_db()
    assert (rij.identiteit_op, rij.identiteit_door, rij.status) == (klok.vandaag(), TOETS.naam, "in_behandeling")


def test_namens_een_ander_vraagt_een_machtiging(gemeente: Any) -> None:
    rij = verzoek(DeelnemerFabriek(), namens="M. de Wit")
    with pytest.raises(ValidationError, match="machtiging"):
        privacy.stel_identiteit_vast(rij, "document", actor=TOETS)
    assert privacy.stel_identiteit_vast(rij, "machtiging", actor=TOETS).identiteit == "machtiging"


# --- The decision --------------------------------------------------------------------------------------------------
@pytest.mark.eis("R229", "Een verzoek om te verbeteren is vastgelegd, met besluit en antwoordbrief")
def test_een_besluit_heeft_uitleg_een_brief_en_een_spoor(gemeente: Any) -> None:
    rij = privacy.stel_identiteit_vast(verzoek(DeelnemerFabriek()), "document", actor=TOETS)
    with pytest.raises(OvergangGeweigerd):
        privacy.beslis(rij, "toewijzen", reden="", actor=TOETS)
    rij = privacy.beslis(rij, "toewijzen", reden=UITLEG, actor=TOETS)
    assert (rij.status, rij.besluit, rij.besloten_door) == ("toegewezen", UITLEG, TOETS.naam)
    assert inzage.brief(rij).startswith(b"%PDF-")


def test_een_beperking_staat_op_de_kaart_tot_ze_is_opgeheven(log_in: Any, team: Any) -> None:
    consulent = log_in("consulent", team=team)
    deelnemer = met_regie(consulent.medewerker)
    pad = reverse("dossier", args=[deelnemer.dossiernummer])
    assert "Gebruik beperkt" not in consulent.get(pad).content.decode()
    rij = behandeld(deelnemer, "beperking")
    assert "Gebruik beperkt" in consulent.get(pad).content.decode()
    with pytest.raises(ValidationError, match="waarom"):
        privacy.hef_beperking_op(rij, reden="", actor=TOETS)
    privacy.hef_beperking_op(rij, reden="Uitgezocht: het klopte.", actor=TOETS)
    assert "Gebruik beperkt" not in consulent.get(pad).content.decode()


def test_een_bsn_komt_niet_in_de_vraag_of_het_besluit(gemeente: Any) -> None:
    with pytest.raises(ValidationError, match="burgerservicenummer"):
        verzoek(DeelnemerFabriek(), vraag=f"Mijn nummer is {bsn(7)}.")
    rij = privacy.stel_identiteit_vast(verzoek(DeelnemerFabriek()), "document", actor=TOETS)
    with pytest.raises(ValidationError, match="burgerservicenummer"):
        privacy.beslis(rij, "toewijzen", reden=f"Nummer {bsn(7)} is verbeterd.", actor=TOETS)


# --- The pages -----------------------------------------------------------------------------------------------------
@pytest.fixture
def officer(log_in: Any) -> Any:
    return log_in("privacy_officer")


def invoer(**velden: Any) -> dict[str, Any]:
    return {
        "soort": "correctie",
        "vraag": "Mijn naam is verkeerd gespeld.",
        "ontvangen_op": f"{klok.vandaag():%d-%m-%Y}",
        "ontvangen_wijze": "balie",
    } | velden


def test_vastleggen_op_dossiernummer_of_bsn(officer: Any) -> None:
    deelnemer, nummer = DeelnemerFabriek(), bsn(6)
    leg_bsn_vast(deelnemer, nummer, actor=TOETS, controle="document")
    for wie in ({"dossiernummer": deelnemer.dossiernummer}, {"burgerservicenummer": nummer}):
        antwoord = officer.post("/privacy/verzoeken/nieuw", invoer(**wie))
        assert antwoord.status_code == 302 and nummer not in antwoord["Location"]
    assert Privacyverzoek.objects.filter(deelnemer=deelnemer).count() == 2
    regel = Leesregel.objects.latest("id")
    assert (regel.verwerking, regel.grond, regel.betrokkenen) == ("inzage.verzoek", "privacy", [deelnemer.pk])


@pytest.mark.parametrize(
    ("wie", "zin"),
    [
        ({}, "Vul een dossiernummer in"),
        ({"dossiernummer": "9999-00001"}, "Dit dossier is er niet"),
        ({"burgerservicenummer": "123456789"}, "klopt niet"),
        ({"burgerservicenummer": "999990019"}, "geen dossier"),
    ],
)
def test_wie_niet_te_vinden_is_geeft_uitleg(officer: Any, wie: dict[str, str], zin: str) -> None:
    antwoord = officer.post("/privacy/verzoeken/nieuw", invoer(**wie))
    assert antwoord.status_code == 400 and zin in antwoord.content.decode()


def test_een_verzoek_van_begin_tot_brief(officer: Any) -> None:
    rij = verzoek(DeelnemerFabriek())
    pad = reverse("privacyverzoek", args=[rij.pk])
    assert "Wie vraagt dit?" in officer.get(pad).content.decode()
    assert officer.post(pad, {"stap": "vaststellen", "wie-identiteit": "document"}).status_code == 302
    assert officer.post(pad, {"stap": "verlengen", "langer-reden": "Veel uit te zoeken."}).status_code == 302
    leeg = officer.post(pad, {"stap": "beslissen", "besluit-actie": "toewijzen", "besluit-reden": ""})
    assert leeg.status_code == 400
    goed = {"stap": "beslissen", "besluit-actie": "toewijzen", "besluit-reden": UITLEG}
    assert officer.post(pad, goed).status_code == 302
    inhoud = officer.get(pad).content.decode()
    assert UITLEG in inhoud and "Antwoordbrief" in inhoud and "Niemand hoefde het te weten" in inhoud
    assert officer.post(pad, goed).status_code == 400  # decided once
    brief = officer.get(reverse("privacyverzoek_brief", args=[rij.pk]))
    assert brief["Content-Type"] == "application/pdf" and brief.content.startswith(b"%PDF-")


def test_een_onbekende_stap_doet_niets(officer: Any) -> None:
    rij = verzoek(DeelnemerFabriek())
    assert officer.post(reverse("privacyverzoek", args=[rij.pk]), {"stap": "wissen"}).status_code == 400


def test_de_lijst_toont_het_dringendste_eerst_en_groeit_niet(officer: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-10"

    def meer() -> None:
        for dag in range(5):
            verzoek(DeelnemerFabriek(), op=klok.vandaag() - DAG * dag)

    meer()
    rijen = officer.get("/privacy/verzoeken").content.decode()
    # 6 March + a month is Easter Monday: the day after. Most urgent on top.
    assert rijen.index("7 april 2026") < rijen.index("10 april 2026")
    groeit_niet(lambda: officer.get("/privacy/verzoeken"), meer, "privacyverzoeken", 9)
