"""A person comes in once; household and benefit are objects of their own."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from deelnemers.models import (
    Burgerservicenummer,
    Deelnemer,
    Huishouden,
    Huishoudlid,
    Uitkering,
    Uitkeringsgerechtigde,
)
from deelnemers.services import huishouden, inschrijven
from deelnemers.services.inschrijven import Persoonsgegevens, leg_bsn_vast, schrijf_in
from kern.handeling import handeling, voor_gemeente
from kern.models import Wijziging
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, bsn, gehuwd, met_uitkering
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek

GEBOREN = dt.date(1988, 5, 17)
BEGIN = dt.date(2025, 1, 1)


def persoon(naam: str = "Jansen", **velden: Any) -> Persoonsgegevens:
    return Persoonsgegevens(naam, GEBOREN, **velden)


@pytest.mark.eis("R001", "Een persoon heeft één dossier, ook als hij later opnieuw wordt aangemeld")
def test_hetzelfde_bsn_geeft_hetzelfde_dossier(gemeente: Any) -> None:
    eerste, nieuw = schrijf_in(persoon(), bsn(0), actor=TOETS)
    tweede, ook_nieuw = schrijf_in(persoon("Janssen"), bsn(0), actor=TOETS)
    assert (nieuw, ook_nieuw) == (True, False)
    assert tweede.pk == eerste.pk
    assert Deelnemer.objects.count() == 1


def test_een_fout_nummer_wordt_geweigerd_bij_het_veld(gemeente: Any) -> None:
    with pytest.raises(ValidationError) as fout:
        schrijf_in(persoon(), "123456789", actor=TOETS)
    assert "klopt niet" in fout.value.message_dict["burgerservicenummer"][0]
    assert not Deelnemer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twee_tegelijk_geven_een_dossier() -> None:
    gemeente, klaar, uitkomst = GemeenteFabriek(), threading.Barrier(2), []

    def schrijf() -> None:
        try:
            with voor_gemeente(gemeente):
                klaar.wait(10)
                uitkomst.append(schrijf_in(persoon(), bsn(1), actor=TOETS))
        finally:
            connection.close()

    draden = [threading.Thread(target=schrijf) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert sorted(nieuw for _, nieuw in uitkomst) == [False, True]
    with voor_gemeente(gemeente):
        assert Deelnemer.objects.count() == 1


def test_een_andere_gemeente_mag_hetzelfde_nummer_hebben(gemeente: Any) -> None:
    hier, _ = schrijf_in(persoon(), bsn(0), actor=TOETS)
    with voor_gemeente(GemeenteFabriek()):
        daar, nieuw = schrijf_in(persoon(), bsn(0), actor=TOETS)
    assert nieuw and daar.pk != hier.pk


def test_een_verwijzer_overschrijft_niets_maar_vult_wel_aan(gemeente: Any) -> None:
    schrijf_in(persoon(telefoon="0612345678", roepnaam="Sam"), bsn(0), actor=TOETS)
    anders = persoon("Pietersen", telefoon="0699999999", roepnaam="Piet", email="s@voorbeeld.example")
    schrijf_in(anders, bsn(0), actor=TOETS)
    rij = Deelnemer.objects.get()
    assert (rij.geslachtsnaam, rij.roepnaam, rij.telefoon) == ("Jansen", "Sam", "0612345678")
    assert rij.email == "s@voorbeeld.example"


def test_een_ander_mag_een_bekend_nummer_niet_krijgen(gemeente: Any) -> None:
    schrijf_in(persoon(), bsn(0), actor=TOETS)
    ander = DeelnemerFabriek()
    with pytest.raises(ValidationError, match="heeft al een dossier"):
        leg_bsn_vast(ander, bsn(0), actor=TOETS, controle="document")  # type: ignore[arg-type]


def test_het_nummer_staat_nergens_leesbaar(gemeente: Any) -> None:
    deelnemer, _ = schrijf_in(persoon(), bsn(0), actor=TOETS)
    rij = Burgerservicenummer.objects.get()
    assert bsn(0).encode() not in bytes(rij.waarde) + bytes(rij.zoeksleutel)
    assert inschrijven.bsn_van(deelnemer) == bsn(0)
    historie = "".join(str((w.oud, w.nieuw, w.reden)) for w in Wijziging.objects.order_by("id"))
    assert bsn(0) not in historie


def test_dubbelcheck_vindt_bijna_dezelfde_naam_op_dezelfde_dag(gemeente: Any) -> None:
    bekend = DeelnemerFabriek(geslachtsnaam="Janssen", geboortedatum=GEBOREN)
    DeelnemerFabriek(geslachtsnaam="Janssen", geboortedatum=GEBOREN + DAG)
    DeelnemerFabriek(geslachtsnaam="Visser", geboortedatum=GEBOREN)
    assert inschrijven.mogelijk_dezelfde(persoon("Jansen")) == [bekend]


def test_dossiernummers_lopen_door(gemeente: Any) -> None:
    nummers = [schrijf_in(persoon(), bsn(n), actor=TOETS)[0].dossiernummer for n in range(3)]
    assert [n[5:] for n in nummers] == ["00001", "00002", "00003"]


@pytest.mark.eis("R003", "Twee partners delen één uitkering")
def test_partners_delen_een_uitkering(gemeente: Any) -> None:
    een, ander = DeelnemerFabriek(), DeelnemerFabriek()
    gehuwd(een, ander)
    assert Uitkering.objects.count() == 1
    assert Uitkeringsgerechtigde.objects.count() == 2


def test_wie_komt_inwonen_krijgt_de_uitkering_die_er_al_is(gemeente: Any) -> None:
    een, ander = DeelnemerFabriek(), DeelnemerFabriek()
    thuis = huishouden.leg_huishouden_vast(een, "1", BEGIN, actor=TOETS)
    eerst = inschrijven.leg_uitkering_vast(een, "01", BEGIN, huishouden=thuis, actor=TOETS)
    samen = huishouden.leg_huishouden_vast(een, "3", BEGIN + 90 * DAG, partner=ander, actor=TOETS)
    toen = inschrijven.leg_uitkering_vast(ander, "01", BEGIN + 90 * DAG, huishouden=samen, actor=TOETS)
    assert toen == eerst
    assert Uitkeringsgerechtigde.objects.get(deelnemer=ander).begindatum == BEGIN + 90 * DAG
    assert Huishoudlid.objects.get(huishouden=thuis).einddatum == BEGIN + 89 * DAG


def test_hetzelfde_huishouden_blijft_staan(gemeente: Any) -> None:
    een = DeelnemerFabriek()
    for _ in range(2):
        huishouden.leg_huishouden_vast(een, "1", BEGIN, kinderen=2, actor=TOETS)
    assert Huishouden.objects.count() == 1


def test_een_tweede_uitkering_wordt_met_een_zin_geweigerd(gemeente: Any) -> None:
    een = DeelnemerFabriek()
    met_uitkering(een)
    with pytest.raises(ValidationError, match="heeft al een uitkering"):
        inschrijven.leg_uitkering_vast(een, "02", BEGIN, actor=TOETS)


@pytest.mark.parametrize("model", ["uitkering", "huishouden"])
def test_de_database_weigert_overlap(gemeente: Any, model: str) -> None:
    een = DeelnemerFabriek()
    huishouden.leg_huishouden_vast(een, "1", BEGIN, actor=TOETS)
    met_uitkering(een)
    with handeling(FABRIEK), pytest.raises(IntegrityError), transaction.atomic():
        if model == "uitkering":
            nieuw = Uitkering.objects.create(regeling="01", begindatum=BEGIN)
            Uitkeringsgerechtigde.objects.create(uitkering=nieuw, deelnemer=een, begindatum=BEGIN)
        else:
            thuis = Huishouden.objects.create(leefvorm="1", begindatum=BEGIN)
            Huishoudlid.objects.create(huishouden=thuis, deelnemer=een, begindatum=BEGIN)
