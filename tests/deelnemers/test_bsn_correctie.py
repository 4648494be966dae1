"""A wrong BSN corrected: checked, with source and reason, and nowhere to be read afterwards (R044)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from deelnemers.keuzes import BsnBron, Identiteitscontrole
from deelnemers.models import BsnCorrectie, Burgerservicenummer, Deelnemer
from deelnemers.services.bsn import AlInGebruik, corrigeer_bsn, oude_bsn
from deelnemers.services.inschrijven import bsn_van, leg_bsn_vast, vind_op_bsn
from deelnemers.services.samenvoegen import voeg_samen
from kern import klok
from kern.bsn import zoeksleutel
from kern.handeling import Actor, handeling
from kern.models import Wijziging
from tests.deelnemers.fabrieken import DeelnemerFabriek, bsn, met_regie
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek

pytestmark = pytest.mark.django_db
BEHEER = Actor("gebruiker", "1", "Bea Beheer")
FOUT, GOED = bsn(4), bsn(5)


@pytest.fixture
def deelnemer(gemeente: Any) -> Any:
    persoon = DeelnemerFabriek()
    leg_bsn_vast(persoon, FOUT, actor=FABRIEK, controle=Identiteitscontrole.VERWIJZER)
    return persoon


def corrigeer(deelnemer: Any, nieuw: str | None, reden: str = "Cijfers verwisseld op het formulier.") -> Any:
    return corrigeer_bsn(deelnemer, nieuw, BsnBron.DOCUMENT, actor=BEHEER, reden=reden)


def staat_ergens(naald: str | bytes) -> list[str]:
    """Tables in which this text or these bytes stand, anywhere in a row."""
    tekst = naald.hex() if isinstance(naald, bytes) else naald
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tabellen = [rij[0] for rij in cursor.fetchall()]
        uit = []
        for tabel in tabellen:
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{tabel}" t WHERE t::text LIKE %s)', [f"%{tekst}%"])
            if cursor.fetchone()[0]:
                uit.append(tabel)
    return uit


@pytest.mark.eis("R044", "een verbeterd nummer geldt meteen; het oude staat nergens leesbaar en is nergens te vinden")
def test_het_verkeerde_nummer_is_nergens_meer_te_vinden(deelnemer: Any) -> None:
    rij = corrigeer(deelnemer, GOED)
    deelnemer.refresh_from_db()
    assert (bsn_van(deelnemer), vind_op_bsn(GOED), vind_op_bsn(FOUT)) == (GOED, deelnemer, None)
    assert (deelnemer.identiteit, rij.door, rij.weggehaald) == (Identiteitscontrole.DOCUMENT, "Bea Beheer", False)
    assert staat_ergens(FOUT) == staat_ergens(GOED) == []
    assert staat_ergens(zoeksleutel(FOUT)) == []
    assert staat_ergens(zoeksleutel(GOED)) == ["deelnemers_burgerservicenummer"]
    assert oude_bsn(rij) == FOUT
    regel = Wijziging.objects.get(tabel="deelnemers_bsncorrectie")
    assert (regel.betrokkene_id, regel.actor_naam, regel.reden) == (deelnemer.pk, "Bea Beheer", rij.reden)


def test_een_nummer_dat_niet_klopt_kan_weg_zonder_nieuw_nummer(deelnemer: Any) -> None:
    assert corrigeer(deelnemer, "").weggehaald
    deelnemer.refresh_from_db()
    assert not Burgerservicenummer.objects.exists()
    assert (deelnemer.identiteit, deelnemer.identiteit_op) == (Identiteitscontrole.NIET, None)
    with pytest.raises(ValidationError, match="heeft geen burgerservicenummer"):
        corrigeer(deelnemer, None)


def test_wie_de_identiteit_vastlegde_staat_op_de_kaart_en_in_de_historie(log_in: Any, gemeente: Any) -> None:
    """R044, Wabb art. 12: how, when and by whom; what was recorded before says that nobody is recorded."""
    client = log_in("consulent", team=TeamFabriek())
    persoon = met_regie(client.medewerker)
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(identiteit="document", identiteit_op=klok.vandaag())
    pad = reverse("dossier", args=[persoon.dossiernummer])
    assert "door niet vastgelegd" in client.get(pad).content.decode()
    corrigeer(persoon, GOED)
    persoon.refresh_from_db()
    assert (persoon.identiteit_op, persoon.identiteit_door) == (klok.vandaag(), "Bea Beheer")
    assert "door Bea Beheer" in client.get(pad).content.decode()
    assert "door Bea Beheer" in client.get(reverse("bsn_verbeteren", args=[persoon.dossiernummer])).content.decode()
    corrigeer(persoon, "")
    persoon.refresh_from_db()
    assert persoon.identiteit_door == ""
    regels = Wijziging.objects.filter(
        tabel="deelnemers_deelnemer", rij_id=persoon.pk, oud__identiteit_door="Bea Beheer"
    )
    assert regels.exists()
    with pytest.raises(IntegrityError, match="deelnemer_identiteit_door"), transaction.atomic(), handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(identiteit_door="Bea Beheer")


def test_een_eerste_nummer_is_geen_correctie(gemeente: Any) -> None:
    persoon = DeelnemerFabriek()
    assert corrigeer(persoon, GOED) is None
    assert bsn_van(persoon) == GOED
    assert not BsnCorrectie.objects.exists()


@pytest.mark.parametrize(
    ("nieuw", "reden", "zin"),
    [
        ("123456789", "Fout.", "klopt niet"),
        (FOUT, "Fout.", "staat al in dit dossier"),
        (GOED, "", "Leg uit"),
        (GOED, f"Het was {FOUT}.", "Schrijf hier geen burgerservicenummer"),
        (GOED, f"Het was {FOUT[:4]}.{FOUT[4:6]}.{FOUT[6:]}", "Schrijf hier geen burgerservicenummer"),
    ],
)
def test_wat_niet_mag(deelnemer: Any, nieuw: str, reden: str, zin: str) -> None:
    with pytest.raises(ValidationError, match=zin):
        corrigeer(deelnemer, nieuw, reden)
    assert bsn_van(deelnemer) == FOUT


def test_een_nummer_van_een_ander_dossier_wordt_geweigerd_en_na_weghalen_kan_samenvoegen(deelnemer: Any) -> None:
    """The number turns out to be in another dossier: take the wrong one away, and merge."""
    ander = DeelnemerFabriek()
    leg_bsn_vast(ander, GOED, actor=FABRIEK, controle=Identiteitscontrole.DOCUMENT)
    with pytest.raises(AlInGebruik) as fout:
        corrigeer(deelnemer, GOED)
    assert fout.value.ander == ander
    with pytest.raises(ValidationError, match="haal het andere weg"):
        voeg_samen(ander, deelnemer, {}, actor=BEHEER, reden="Zelfde persoon.")
    corrigeer(deelnemer, "")
    voeg_samen(ander, deelnemer, {}, actor=BEHEER, reden="Zelfde persoon.")
    assert vind_op_bsn(GOED) == ander
