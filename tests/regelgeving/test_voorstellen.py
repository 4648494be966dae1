"""Two people for one change."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kern.handeling import Actor, voor_gemeente
from kern.models import Gebruiker, Gemeente, Overgang
from kern.toestanden import OvergangGeweigerd
from regelgeving import opzoeken
from regelgeving.keuzes import ANTWOORDEN, OF_GETAL
from regelgeving.models import Parameter, Voorstel
from regelgeving.rekenen.huishouden import Huishouden
from regelgeving.services import keur_goed, stel_voor, trek_in, wijs_af
from regelgeving.voorstellen import mag_beslissen
from tests.regelgeving.fabrieken import GemeenteFabriek

INHOUD = {
    "sleutel": "lks.werkgeverslasten",
    "waarde": "24.0",
    "geldig_van": "2027-01-01",
    "bron": "Raadsbesluit",
}
RECHT = frozenset({"regelgeving.goedkeuren"})


def van(gebruiker: Gebruiker) -> Actor:
    return Actor.van_gebruiker(gebruiker)


@pytest.fixture
def voorstel(wet: None, beheerder: Gebruiker) -> Voorstel:
    return stel_voor("parameter", "Werkgeverslasten 2027", INHOUD, actor=van(beheerder))


def test_goedkeuren_zet_de_eigen_waarde(voorstel: Voorstel, collega: Gebruiker) -> None:
    assert opzoeken.getal("lks.werkgeverslasten", dt.date(2027, 2, 1)) == Decimal("23.5")
    goed = keur_goed(voorstel, actor=van(collega))
    assert (goed.status, goed.beslist_door) == ("goedgekeurd", collega)
    assert opzoeken.getal("lks.werkgeverslasten", dt.date(2027, 2, 1)) == Decimal("24.0")
    assert opzoeken.getal("lks.werkgeverslasten", dt.date(2026, 12, 31)) == Decimal("23.5")
    with voor_gemeente(GemeenteFabriek()):
        assert opzoeken.getal("lks.werkgeverslasten", dt.date(2027, 2, 1)) == Decimal("23.5")
    stappen = Overgang.objects.filter(soort="voorstel", object_id=voorstel.pk).order_by("pk")
    assert [stap.naar for stap in stappen] == ["voorgesteld", "goedgekeurd"]


def test_een_volgende_eigen_waarde_sluit_de_vorige_af(wet: None, beheerder: Gebruiker, collega: Gebruiker) -> None:
    for van_datum, waarde in (("2027-01-01", "24.0"), ("2028-01-01", "25.0"), ("2027-07-01", "24.5")):
        inhoud = INHOUD | {"geldig_van": van_datum, "waarde": waarde}
        keur_goed(stel_voor("parameter", "x", inhoud, actor=van(beheerder)), actor=van(collega))
    rijen = Parameter.objects.filter(sleutel="lks.werkgeverslasten", gemeente__isnull=False).order_by("geldig_van")
    assert [(str(r.geldig_van), r.geldig_tot and str(r.geldig_tot), r.waarde) for r in rijen] == [
        ("2027-01-01", "2027-06-30", "24.0"),
        ("2027-07-01", "2027-12-31", "24.5"),
        ("2028-01-01", None, "25.0"),
    ]


def test_wie_voorstelt_keurt_niet_goed(voorstel: Voorstel, beheerder: Gebruiker, collega: Gebruiker) -> None:
    for besluit in (keur_goed, wijs_af):
        with pytest.raises(ValidationError, match="eigen voorstel"):
            besluit(voorstel, actor=van(beheerder), reden="omdat")
    assert not mag_beslissen(voorstel, beheerder.pk, RECHT)
    assert mag_beslissen(voorstel, collega.pk, RECHT)
    assert not mag_beslissen(voorstel, collega.pk, frozenset())


def test_een_besluit_valt_een_keer(voorstel: Voorstel, collega: Gebruiker) -> None:
    wijs_af(voorstel, actor=van(collega), reden="Bron ontbreekt")
    with pytest.raises(OvergangGeweigerd):
        keur_goed(voorstel, actor=van(collega))
    assert opzoeken.getal("lks.werkgeverslasten", dt.date(2027, 2, 1)) == Decimal("23.5")


def test_afwijzen_vraagt_een_reden(voorstel: Voorstel, collega: Gebruiker) -> None:
    with pytest.raises(OvergangGeweigerd, match="reden"):
        wijs_af(voorstel, actor=van(collega), reden=" ")


def test_alleen_de_voorsteller_trekt_in(voorstel: Voorstel, beheerder: Gebruiker, collega: Gebruiker) -> None:
    with pytest.raises(ValidationError, match="Alleen wie"):
        trek_in(voorstel, actor=van(collega))
    assert trek_in(voorstel, actor=van(beheerder)).status == "ingetrokken"


def test_een_taak_doet_geen_voorstel(wet: None, voorstel: Voorstel) -> None:
    with pytest.raises(ValidationError, match="medewerker"):
        stel_voor("parameter", "x", INHOUD, actor=Actor.taak("nacht"))
    with pytest.raises(ValidationError, match="medewerker"):
        keur_goed(voorstel, actor=Actor.taak("nacht"))


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [("sleutel", "bestaat.niet"), ("waarde", "veel"), ("bron", " "), ("geldig_van", "ooit")],
)
def test_een_voorstel_moet_kloppen(wet: None, beheerder: Gebruiker, veld: str, waarde: str) -> None:
    with pytest.raises(ValidationError) as fout:
        stel_voor("parameter", "x", INHOUD | {veld: waarde}, actor=van(beheerder))
    assert list(fout.value.message_dict) == [veld]


@pytest.mark.parametrize(
    ("sleutel", "waarde", "zin"),
    [
        ("lks.gebroken_maand", "kalenderdag", "Kies kalenderdagen of dertigste"),
        ("lks.wml_na_wijziging", "1", "Kies ingangsdatum besluit of begin jaar"),
        ("lks.deler_uren", "sectorweek", "of vul een getal in"),
        ("awb.dwangsom", "25", "bestaat uit delen"),
    ],
)
def test_een_instelling_met_keuzes_neemt_geen_ander_woord(
    wet: None, beheerder: Gebruiker, sleutel: str, waarde: str, zin: str
) -> None:
    with pytest.raises(ValidationError, match=zin):
        stel_voor("parameter", "x", INHOUD | {"sleutel": sleutel, "waarde": waarde}, actor=van(beheerder))


@pytest.mark.parametrize(("sleutel", "waarde"), [("lks.gebroken_maand", "dertigste"), ("lks.deler_uren", "38")])
def test_een_goede_keuze_kan_wel(wet: None, beheerder: Gebruiker, sleutel: str, waarde: str) -> None:
    inhoud = INHOUD | {"sleutel": sleutel, "waarde": waarde}
    assert stel_voor("parameter", "x", inhoud, actor=van(beheerder)).status == "voorgesteld"


def test_elke_instelling_met_woorden_heeft_een_lijst(wet: None) -> None:
    """Free text only where it is text: the account of the gemeente."""
    rijen = Parameter.objects.filter(gemeente__isnull=True).exclude(sleutel__startswith="betaling.")
    woorden = {r.sleutel for r in rijen if isinstance(r.waarde, str) and not r.waarde.replace(".", "", 1).isdigit()}
    assert woorden == set(ANTWOORDEN)
    for rij in rijen.filter(sleutel__in=ANTWOORDEN):
        assert rij.waarde in ANTWOORDEN[rij.sleutel] or rij.sleutel in OF_GETAL


def test_een_gemeente_vult_een_ontbrekende_norm_in(wet: None, beheerder: Gebruiker, collega: Gebruiker) -> None:
    datum = dt.date(2022, 3, 1)
    assert not opzoeken.bijstandsnorm_voor(datum, Huishouden("gehuwden")).actueel
    inhoud = {
        "sleutel": "bijstandsnorm.gehuwden_21",
        "waarde": "1559.58",
        "geldig_van": "2022-01-01",
        "geldig_tot": "2022-06-30",
        "bron": "Staatscourant",
    }
    keur_goed(stel_voor("parameter", "Norm 2022", inhoud, actor=van(beheerder)), actor=van(collega))
    norm = opzoeken.bijstandsnorm_voor(datum, Huishouden("gehuwden"))
    assert (norm.bedrag, norm.actueel, norm.status) == (Decimal("1559.58"), True, "bevestigd")


def test_een_eigen_code_en_een_andere_naam(
    wet: None, gemeente: Gemeente, beheerder: Gebruiker, collega: Gebruiker
) -> None:
    for code, label in (("wijkteam", "Wijkteam"), ("uwv", "UWV Werkbedrijf")):
        inhoud = {"codelijst": "bronafdelingen", "code": code, "label": label, "geldig_van": "2026-06-01"}
        keur_goed(stel_voor("code", label, inhoud, actor=van(beheerder)), actor=van(collega))
    later = dict(opzoeken.keuzes("bronafdelingen", dt.date(2026, 7, 1)))
    eerder = dict(opzoeken.keuzes("bronafdelingen", dt.date(2026, 5, 1)))
    assert (later["wijkteam"], later["uwv"]) == ("Wijkteam", "UWV Werkbedrijf")
    assert "wijkteam" not in eerder
    assert eerder["uwv"] == "UWV"
    with voor_gemeente(GemeenteFabriek()):
        assert dict(opzoeken.keuzes("bronafdelingen", dt.date(2026, 7, 1)))["uwv"] == "UWV"


def test_een_landelijke_lijst_verandert_een_gemeente_niet(wet: None, beheerder: Gebruiker) -> None:
    inhoud = {"codelijst": "srg_type_voorziening", "code": "61", "label": "Eigen", "geldig_van": "2026-06-01"}
    with pytest.raises(ValidationError, match="landelijk"):
        stel_voor("code", "x", inhoud, actor=van(beheerder))
