"""We refer to school, care and Activering: what goes along, the clock, the answers (R025, R045)."""

from __future__ import annotations

import datetime as dt
import itertools
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from aanmeldingen.keuzes import Bevestigwijze, Onderdeel
from aanmeldingen.models import Aanmelding, AanmeldingBsn
from aanmeldingen.querysets import keten
from aanmeldingen.services import verwijsantwoord, verwijzen
from aanmeldingen.services.verwijsantwoord import Zegsman
from aanmeldingen.toestanden import ONTVANGER, VERWIJZING
from deelnemers.services.inschrijven import bsn_van
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import handeling
from kern.models import Bericht, Gebeurtenis, Overgang, Werkvoorraad, Wijziging
from kern.toestanden import OvergangGeweigerd
from organisatie.rechten import ROLRECHTEN, Rol
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.verwijsfabrieken import concept, inhoud, persoon, route, school, verstuurd
from tests.kern.fabrieken import FABRIEK

ROB = Zegsman("Rob Visser, loket", Bevestigwijze.TELEFOON)
#: By hand: (status, action) → next status.
PIJLEN = {
    ("concept", "versturen"): "verstuurd",
    ("verstuurd", "bevestigen"): "ontvangst_bevestigd",
    ("verstuurd", "aannemen"): "aangenomen",
    ("ontvangst_bevestigd", "aannemen"): "aangenomen",
    ("verstuurd", "terugsturen"): "teruggestuurd",
    ("ontvangst_bevestigd", "terugsturen"): "teruggestuurd",
    ("concept", "intrekken"): "ingetrokken",
    ("verstuurd", "intrekken"): "ingetrokken",
    ("ontvangst_bevestigd", "intrekken"): "ingetrokken",
}
STATUSSEN = ["concept", "verstuurd", "ontvangst_bevestigd", "aangenomen", "teruggestuurd", "ingetrokken"]
ACTIES = ["versturen", "bevestigen", "aannemen", "terugsturen", "intrekken"]
VAN_DE_PARTNER = {"bevestigen", "aannemen", "terugsturen"}


# --- The table -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("status", "actie"), list(itertools.product(STATUSSEN, ACTIES)))
def test_alleen_deze_pijlen(status: str, actie: str) -> None:
    stap = VERWIJZING.stap(status, actie)
    assert (stap.naar if stap else None) == PIJLEN.get((status, actie))


@pytest.mark.parametrize("rol", [*Rol, ONTVANGER])
def test_wie_mag_wat(rol: str) -> None:
    rechten = {ONTVANGER} if rol == ONTVANGER else ROLRECHTEN[Rol(rol)]
    for status, actie in PIJLEN:
        verwacht = rol in {Rol.CONSULENT, Rol.TEAMMANAGER} or (rol == ONTVANGER and actie in VAN_DE_PARTNER)
        assert VERWIJZING.mag(SimpleNamespace(status=status), actie, rechten) is verwacht


@given(st.lists(st.sampled_from(ACTIES), max_size=8))
def test_elke_reeks_acties_eindigt_in_een_toestand_en_een_einde_blijft(acties: list[str]) -> None:
    status, klaar = "concept", False
    for actie in acties:
        stap = VERWIJZING.stap(status, actie)
        assert not (klaar and stap), "uit een eindtoestand is geen weg"
        status = stap.naar if stap else status
        klaar = VERWIJZING.toestand(status).eind
    assert status in STATUSSEN


# --- On a real database --------------------------------------------------------------------------
pytestmark_db = pytest.mark.django_db


@pytest.fixture
def consulent(routes: None, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def samira(consulent: Any, team: Any) -> Any:
    return persoon(consulent, team)


@pytestmark_db
@pytest.mark.eis("R045", "versturen met een reden start een klok op de ontvangst in werkdagen")
def test_versturen_start_de_klok(samira: Any, consulent: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"  # a Monday
    rij = verstuurd(samira, school(), consulent)
    assert (rij.status, rij.verwijsreden) == ("verstuurd", "opleiding")
    assert rij.verzending.bevestigen_voor == dt.date(2026, 3, 9)
    werk = Werkvoorraad.objects.get(sleutel=f"verwijzing:{rij.pk}")
    assert werk.voor_id == consulent.gebruiker_id
    assert (werk.wacht_op, werk.op) == ("ROC De Amstellanden", dt.date(2026, 3, 10))
    assert [r.titel for r in tijdlijn.van(samira.pk) if "erwezen" in r.titel] == ["Verwezen naar ROC De Amstellanden"]
    assert "Samira" not in Bericht.objects.get().tekst
    assert "Groot" not in Bericht.objects.get().tekst


@pytestmark_db
@pytest.mark.eis("R045", "de bevestiging van de ontvangst zegt wie en hoe, en stopt de klok")
def test_bevestigen_aan_de_telefoon(samira: Any, consulent: Any) -> None:
    rij = verwijsantwoord.bevestig_ontvangst(verstuurd(samira, school(), consulent), ROB, actor=FABRIEK)
    assert rij.status == "ontvangst_bevestigd"
    assert rij.ontvangst_bevestigd_op is not None
    assert (rij.verzending.bevestigd_door, rij.verzending.bevestigd_wijze) == ("Rob Visser, loket", "telefoon")
    assert not Werkvoorraad.objects.filter(sleutel=f"verwijzing:{rij.pk}").exists()
    with pytest.raises(OvergangGeweigerd):
        verwijsantwoord.bevestig_ontvangst(rij, ROB, actor=FABRIEK)


@pytestmark_db
def test_teruggestuurd_komt_op_vandaag_tot_het_gelezen_is(samira: Any, consulent: Any) -> None:
    rij = verstuurd(samira, school(), consulent)
    rij = verwijsantwoord.partner_stuurt_terug(rij, ROB, "geen_plek", actor=FABRIEK, reden="Pas in september.")
    assert Werkvoorraad.objects.get(sleutel=f"verwijzing:{rij.pk}").soort == "verwijzing_terug"
    verwijzen.markeer_gezien(rij, actor=FABRIEK)
    assert not Werkvoorraad.objects.filter(sleutel=f"verwijzing:{rij.pk}").exists()


@pytestmark_db
@pytest.mark.parametrize(("code", "reden"), [("bestaat_niet", "Pas in september."), ("geen_plek", "  ")])
def test_terugsturen_vraagt_code_en_tekst(samira: Any, consulent: Any, code: str, reden: str) -> None:
    rij = verstuurd(samira, school(), consulent)
    with pytest.raises(ValidationError):
        verwijsantwoord.partner_stuurt_terug(rij, ROB, code, actor=FABRIEK, reden=reden)


@pytestmark_db
def test_alleen_wat_gekozen_is_gaat_mee(samira: Any, consulent: Any) -> None:
    rij = verstuurd(samira, school(), consulent, onderdelen=["talen"])
    assert rij.telefoon == "0612345678"
    assert (rij.straat, rij.postcode, rij.bsn_zoeksleutel is not None) == ("", "", True)
    assert set(rij.adviesrapport) <= {"talen"}
    assert not rij.veiligheidsmelding_aanwezig
    assert not AanmeldingBsn.objects.exists()


@pytestmark_db
def test_geheim_adres_gaat_nooit_mee(consulent: Any, team: Any) -> None:
    deelnemer = persoon(consulent, team)
    with handeling(FABRIEK):
        type(deelnemer).objects.filter(pk=deelnemer.pk).update(adres_geheim=True)
    deelnemer.refresh_from_db()
    rij = verstuurd(deelnemer, school(soort="zorg"), consulent, code="naar-zorg", onderdelen=["adres"])
    assert (rij.straat, rij.huisnummer, rij.postcode, rij.woonplaats) == ("", "", "", "")


@pytestmark_db
@pytest.mark.parametrize(
    "onderdeel", [Onderdeel.BSN, Onderdeel.BELEMMERINGEN, Onderdeel.WERKVERMOGEN, Onderdeel.UITKERING]
)
def test_niet_meer_dan_de_route_en_de_partner_toelaten(samira: Any, consulent: Any, onderdeel: str) -> None:
    with pytest.raises(ValidationError) as fout:
        concept(samira, school(), consulent, onderdelen=[onderdeel])
    assert "onderdelen" in fout.value.message_dict


@pytestmark_db
@pytest.mark.parametrize(
    "anders",
    [
        {"toestemming_op": None},
        {"toestemming_op": dt.date(2099, 1, 1)},
        {"grond": "wet", "toestemming_op": None, "grond_uitleg": " "},
        {"reden": "bemiddeling"},
        {"toelichting": ""},
    ],
)
def test_zonder_grond_of_reden_gaat_er_niets(samira: Any, consulent: Any, anders: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        verwijzen.stel_verwijzing_op(samira, route(), inhoud(school(), **anders), actor=FABRIEK, medewerker=consulent)
    assert not Aanmelding.objects.exists()


@pytestmark_db
def test_database_weigert_een_verwijzing_zonder_partner_of_met_status_van_binnen(samira: Any, consulent: Any) -> None:
    rij = concept(samira, school(), consulent)
    for velden in ({"ketenpartner": None}, {"status": "ontvangen"}, {"deelnemer": None}):
        with pytest.raises(IntegrityError), handeling(FABRIEK), transaction.atomic():
            Aanmelding.objects.filter(pk=rij.pk).update(**velden)


@pytestmark_db
@pytest.mark.eis("R025", "een verwijzing door ons en een aanmelding bij ons staan in dezelfde keten")
def test_keten_telt_beide_kanten(samira: Any, consulent: Any, intake: Any) -> None:
    heen = maak_aanmelding(intake, burgerservicenummer=bsn_van(samira))
    terug = verstuurd(samira, school(naam="Activering", soort="afdeling"), consulent, code="naar-activering")
    assert [a.pk for a in keten(heen)] == [heen.pk, terug.pk] == [a.pk for a in keten(terug)]


@pytestmark_db
def test_bsn_staat_nergens_dan_versleuteld(samira: Any, consulent: Any, intake: Any) -> None:
    partner = school(client=intake, bsn_toegestaan=True, bsn_grondslag="Wet SUWI artikel 62")
    rij = verstuurd(samira, partner, consulent, onderdelen=[Onderdeel.BSN])
    nummer = bsn_van(samira)
    assert nummer is not None
    assert AanmeldingBsn.objects.filter(aanmelding=rij).exists()
    for model in (Gebeurtenis, Bericht, Wijziging, Overgang, Werkvoorraad):
        assert nummer not in repr(list(model.objects.values())), model
    assert nummer not in repr(list(Aanmelding.objects.values()))


@pytestmark_db
def test_versturen_lukt_niet_meer_als_de_partner_het_bsn_niet_meer_mag(
    samira: Any, consulent: Any, intake: Any
) -> None:
    partner = school(client=intake, bsn_toegestaan=True, bsn_grondslag="Wet SUWI artikel 62")
    rij = concept(samira, partner, consulent, onderdelen=[Onderdeel.BSN])
    with handeling(FABRIEK):
        type(partner).objects.filter(pk=partner.pk).update(bsn_toegestaan=False)
    with pytest.raises(ValidationError):
        verwijzen.verstuur(rij, actor=FABRIEK)
    assert Aanmelding.objects.get(pk=rij.pk).status == "concept"


@pytestmark_db
def test_zonder_adres_van_de_partner_gaat_er_niets(samira: Any, consulent: Any) -> None:
    from tests.organisatie.fabrieken import KetenpartnerFabriek

    rij = concept(samira, KetenpartnerFabriek(soort="zorg"), consulent, code="naar-zorg")
    with pytest.raises(ValidationError, match="geen e-mailadres"):
        verwijzen.verstuur(rij, actor=FABRIEK)
    assert Aanmelding.objects.get(pk=rij.pk).status == "concept"


@pytestmark_db
def test_regie_over_neemt_de_verwijzing_mee(samira: Any, consulent: Any, team: Any, maak_medewerker: Any) -> None:
    from deelnemers.services.regie import wijs_regie_toe

    rij = verstuurd(samira, school(), consulent)
    ander = maak_medewerker("consulent", team=team)
    wijs_regie_toe(samira, ander, klok.vandaag(), actor=FABRIEK, team=team, reden="Ruil")
    assert Aanmelding.objects.get(pk=rij.pk).behandelaar == ander
    assert Werkvoorraad.objects.get(sleutel=f"verwijzing:{rij.pk}").voor_id == ander.gebruiker_id
