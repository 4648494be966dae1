"""The letter of a referral by us: what went along, never the BSN, and a slip for the receipt (R045)."""

from __future__ import annotations

from typing import Any

import pytest

from aanmeldingen.keuzes import Bevestigwijze
from aanmeldingen.models import Verzending
from aanmeldingen.services import verwijsantwoord
from aanmeldingen.services.verwijsantwoord import Zegsman
from kern.models import Leesregel
from tests.aanmeldingen.fabrieken import bsn_nummer
from tests.aanmeldingen.verwijsfabrieken import concept, persoon, school, verstuurd
from tests.hulp.pdf import tekst_van
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulent(routes: None, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def ingelogd(client: Any, consulent: Any) -> Any:
    client.force_login(consulent.gebruiker)
    return client


@pytest.mark.eis("R045", "een brief bij de verwijzing: aan wie, waarom, wat meegaat, en een strookje voor de ontvangst")
def test_de_brief_zegt_wat_meegaat_en_vraagt_om_ontvangst(
    ingelogd: Any, consulent: Any, team: Any, settings: Any
) -> None:
    settings.PEILDATUM = "2026-03-02"
    rij = verstuurd(persoon(consulent, team), school(), consulent, onderdelen=["talen"])
    antwoord = ingelogd.get(f"/verwijzingen/{rij.kenmerk}/brief")
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == f'attachment; filename="verwijzing-{rij.volgnummer}.pdf"'
    tekst = tekst_van(antwoord.content)
    for deel in (
        "ROC De Amstellanden", "Ter attentie van Rob Visser", "2 maart 2026", rij.volgnummer, "Samira Groot",
        "Wil de opleiding Zorg niveau 2 afmaken.", "gaf hiervoor op 2 maart 2026 toestemming", "9 maart 2026",
         "12 mei 1999", "Strookje: ontvangst", "Handtekening", consulent.naam, "Oost",
    ):  # fmt: skip
        assert deel in tekst, deel
    assert "Dorpsstraat" not in tekst
    assert bsn_nummer(900) not in tekst
    assert Leesregel.objects.filter(verwerking="verwijzing.brief").exists()
    assert antwoord.content == ingelogd.get(f"/verwijzingen/{rij.kenmerk}/brief").content


def test_na_bevestigen_zegt_de_brief_door_wie(ingelogd: Any, consulent: Any, team: Any) -> None:
    rij = verstuurd(persoon(consulent, team), school(), consulent)
    blad = f"/verwijzingen/{rij.kenmerk}"
    assert ingelogd.post(f"{blad}/ontvangst", {"naam": "An Bos, balie", "wijze": "brief"}).status_code == 302
    assert Verzending.objects.get().bevestigd_wijze == Bevestigwijze.BRIEF
    tekst = tekst_van(ingelogd.get(f"{blad}/brief").content)
    assert "door An Bos, balie." in tekst and "Handtekening" not in tekst
    assert "Met het strookje van de brief" in ingelogd.get(blad).content.decode()


def test_een_concept_en_een_vreemde_hebben_geen_brief(ingelogd: Any, consulent: Any, team: Any, log_in: Any) -> None:
    partner = school()
    nog_niet = concept(persoon(consulent, team), partner, consulent)
    wel = verstuurd(persoon(consulent, team, 901, geslachtsnaam="Bos"), partner, consulent)
    assert ingelogd.get(f"/verwijzingen/{nog_niet.kenmerk}/brief").status_code == 404
    assert "Brief (pdf)" not in ingelogd.get(f"/verwijzingen/{nog_niet.kenmerk}").content.decode()
    assert "Brief (pdf)" in ingelogd.get(f"/verwijzingen/{wel.kenmerk}").content.decode()
    assert log_in("consulent").get(f"/verwijzingen/{wel.kenmerk}/brief").status_code == 404


def test_rare_tekens_worden_geen_opmaak(ingelogd: Any, consulent: Any, team: Any) -> None:
    tekst = '#panic("stuk") *vet* $x$ \\ _onder_'
    rij = verstuurd(persoon(consulent, team), school(), consulent, toelichting=tekst)
    verwijsantwoord.bevestig_ontvangst(rij, Zegsman("Rob", Bevestigwijze.TELEFOON), actor=FABRIEK)
    assert '#panic("stuk") *vet* $x$' in tekst_van(ingelogd.get(f"/verwijzingen/{rij.kenmerk}/brief").content)
