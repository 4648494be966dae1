"""The work list *Mogelijk dubbel*: who is offered, who is not, and what people decided is remembered (R044)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from deelnemers.keuzes import Dubbelreden, Dubbelstand, Identiteitscontrole
from deelnemers.models import Deelnemer, Dubbelpaar
from deelnemers.services.dubbelen import kandidaten, noem_dubbel, redenen, werk_lijst_bij, zijn_niet_dezelfde
from deelnemers.services.inschrijven import leg_bsn_vast
from deelnemers.services.samenvoegen import maak_samenvoegen_ongedaan, voeg_samen
from kern.bsn import controleer
from kern.handeling import Actor, handeling
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import ContactFabriek, DeelnemerFabriek, bsn
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
BEHEER = Actor("gebruiker", "1", "Bea Beheer")
GEBOREN = dt.date(1985, 4, 12)


def persoon(roepnaam: str, achternaam: str, geboren: dt.date = GEBOREN, **velden: Any) -> Deelnemer:
    return DeelnemerFabriek(roepnaam=roepnaam, geslachtsnaam=achternaam, geboortedatum=geboren, **velden)


@pytest.mark.eis("R044", "bijna dezelfde mensen worden gevonden op klank, geboortedatum, telefoon en e-mail")
@pytest.mark.parametrize(
    ("een", "ander", "waarom"),
    [
        ({"achternaam": "Jansen"}, {"achternaam": "Janssen"}, [Dubbelreden.NAAM]),
        ({"roepnaam": "Fatima", "achternaam": "Bouali"}, {"roepnaam": "Fatima", "achternaam": "Kaya"}, ["voornaam"]),
        ({"roepnaam": "Jan"}, {"roepnaam": "Piet"}, [Dubbelreden.ACHTERNAAM]),
        ({"achternaam": "Kaya"}, {"achternaam": "Bos", "partnernaam": "Kaya", "roepnaam": "Elif"}, ["achternaam"]),
        (
            {"roepnaam": "Ali", "achternaam": "Bos", "telefoon": "06-12345678"},
            {"roepnaam": "Jan", "achternaam": "Kok", "telefoon": "+31612345678"},
            [Dubbelreden.TELEFOON],
        ),
        (
            {"roepnaam": "Ali", "achternaam": "Bos", "email": "A@x.example"},
            {"roepnaam": "Jan", "achternaam": "Kok", "email": "a@x.example"},
            [Dubbelreden.EMAIL],
        ),
        ({}, {"geboren": dt.date(1985, 4, 13)}, [Dubbelreden.DATUM]),
        ({}, {"geboren": dt.date(1985, 12, 4)}, [Dubbelreden.DATUM]),
        ({}, {"geboren": dt.date(1986, 5, 12)}, []),
        ({"roepnaam": "Ali", "achternaam": "Bos"}, {"roepnaam": "Jan", "achternaam": "Kok"}, []),
    ],
)
def test_wie_op_de_lijst_komt(gemeente: Any, een: dict, ander: dict, waarom: list[str]) -> None:
    mensen = [persoon(**({"roepnaam": "Samira", "achternaam": "Mulder"} | velden)) for velden in (een, ander)]
    werk_lijst_bij(actor=FABRIEK)
    assert [list(p.redenen) for p in Dubbelpaar.objects.all()] == ([waarom] if waarom else [])
    assert redenen(*mensen) == waarom


def test_twee_vastgestelde_nummers_zijn_twee_mensen(gemeente: Any) -> None:
    een, ander = persoon("Samira", "Mulder"), persoon("Samira", "Mulder")
    leg_bsn_vast(een, bsn(1), actor=FABRIEK, controle=Identiteitscontrole.DOCUMENT)
    werk_lijst_bij(actor=FABRIEK)
    assert Dubbelpaar.objects.count() == 1
    leg_bsn_vast(ander, bsn(2), actor=FABRIEK, controle=Identiteitscontrole.BRP)
    assert werk_lijst_bij(actor=FABRIEK)["niet meer"] == 1
    assert not Dubbelpaar.objects.exists()


def test_zijn_niet_dezelfde_wordt_onthouden(gemeente: Any) -> None:
    persoon("Samira", "Mulder"), persoon("Samira", "Mulder")
    werk_lijst_bij(actor=FABRIEK)
    paar = Dubbelpaar.objects.get()
    with pytest.raises(ValidationError, match="Leg uit"):
        zijn_niet_dezelfde(paar, actor=BEHEER, reden=" ")
    zijn_niet_dezelfde(paar, actor=BEHEER, reden="Nichten, beiden gesproken.")
    assert werk_lijst_bij(actor=FABRIEK) == {"nieuw": 0, "gewijzigd": 0, "niet meer": 0}
    paar.refresh_from_db()
    assert (paar.stand, paar.besloten_door) == (Dubbelstand.NIET_DEZELFDE, "Bea Beheer")
    with pytest.raises(ValidationError, match="net beoordeeld"):
        zijn_niet_dezelfde(paar, actor=BEHEER, reden="Nog eens.")


def test_wat_een_collega_noemt_haalt_de_nacht_niet_weg(gemeente: Any) -> None:
    een, ander = persoon("Ali", "Bos"), persoon("Jan", "Kok")
    noem_dubbel(ander, een, Dubbelreden.COLLEGA, actor=BEHEER)
    noem_dubbel(een, ander, Dubbelreden.COLLEGA, actor=BEHEER)
    werk_lijst_bij(actor=FABRIEK)
    assert Dubbelpaar.objects.get().redenen == ["collega"]
    with pytest.raises(ValidationError, match="hetzelfde"):
        noem_dubbel(een, een, Dubbelreden.COLLEGA, actor=BEHEER)


def test_samenvoegen_sluit_het_paar_en_ongedaan_maken_opent_het(gemeente: Any) -> None:
    een, ander = persoon("Samira", "Mulder"), persoon("Samira", "Mulder")
    werk_lijst_bij(actor=FABRIEK)
    rij = voeg_samen(een, ander, {}, actor=BEHEER, reden="Zelfde persoon.")
    assert Dubbelpaar.objects.get().stand == Dubbelstand.SAMENGEVOEGD
    assert werk_lijst_bij(actor=FABRIEK)["nieuw"] == 0
    maak_samenvoegen_ongedaan(rij, actor=BEHEER, reden="Toch niet.")
    assert Dubbelpaar.objects.get().stand == Dubbelstand.OPEN


def test_de_database_bewaart_een_paar_een_keer_en_met_reden(gemeente: Any) -> None:
    een, ander = persoon("Ali", "Bos"), persoon("Jan", "Kok")
    rij = {"gevonden_op": GEBOREN, "redenen": ["naam"]}
    for fout in (
        {"deelnemer": ander, "ander": een} | rij,
        {"deelnemer": een, "ander": ander} | rij | {"redenen": []},
        {"deelnemer": een, "ander": ander, "stand": "niet_dezelfde"} | rij,
    ):
        with pytest.raises(IntegrityError), handeling(FABRIEK):
            Dubbelpaar.objects.create(**fout)


def test_een_verkeerd_cijfer_in_een_bsn_kan_nooit_een_ander_geldig_nummer_zijn() -> None:
    """That is why the list does not look at numbers that differ by one digit: the 11-test refuses them all."""
    nummer = bsn(3)
    buren = {nummer[:i] + cijfer + nummer[i + 1 :] for i in range(9) for cijfer in "0123456789"} - {nummer}
    buren |= {
        nummer[:i] + nummer[j] + nummer[i + 1 : j] + nummer[i] + nummer[j + 1 :]
        for i in range(9)
        for j in range(i + 1, 9)
        if nummer[i] != nummer[j]
    }
    for ander in buren:
        with pytest.raises(ValidationError):
            controleer(ander)


def test_zoeken_vraagt_evenveel_bij_meer_mensen(gemeente: Any) -> None:
    def meer() -> None:
        for nummer in range(12):
            persoon("Samira", "Mulder", dt.date(1970, 1, 1 + nummer))
            persoon("Samira", "Mulders", dt.date(1970, 1, 1 + nummer))

    meer()
    groeit_niet(lambda: list(kandidaten()), meer, "dubbelen zoeken", 2)


def test_de_nachttaak_vult_de_lijst(gemeente: Any) -> None:
    een, ander = persoon("Samira", "Mulder"), persoon("Samira", "Mulders")
    loop = voer_uit("deelnemers.dubbelen", gemeente)
    assert loop.tellingen == {"paren nieuw": 1}
    assert voer_uit("deelnemers.dubbelen", gemeente).tellingen == {}
    voeg_samen(een, ander, {}, actor=BEHEER, reden="Zelfde persoon.")
    laat = ContactFabriek(deelnemer=ander)
    assert voer_uit("deelnemers.dubbelen", gemeente).tellingen == {"rijen die alsnog volgden": 1}
    laat.refresh_from_db()
    assert laat.deelnemer_id == een.pk
