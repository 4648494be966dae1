"""Two dossiers of one person: merged with every row of every room, and taken apart again exactly (R044)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deelnemers.keuzes import Identiteitscontrole
from deelnemers.models import (
    Akkoord,
    BetrokkenPartij,
    Bewijs,
    Burgerservicenummer,
    Contactmoment,
    Deelnemer,
    Doelgroeplidmaatschap,
    Huishouden,
    Huishoudlid,
    Maatregeladvies,
    Opleiding,
    Regie,
    Samenvoeging,
    Samenvoegregel,
    Toezegging,
    Vertegenwoordiger,
    Waarschuwing,
    Zoekberoep,
)
from deelnemers.services.inschrijven import Persoonsgegevens, bsn_van, leg_bsn_vast, schrijf_in, vind_op_bsn
from deelnemers.services.samenvoegen import (
    breng_bij,
    haal_achterblijvers_op,
    maak_samenvoegen_ongedaan,
    voeg_samen,
    wat_staat_in_de_weg,
)
from kern import klok
from kern.handeling import Actor, handeling
from kern.models import Bericht, Wijziging
from kern.models.aansluiting import TijdlijnRegel, Werkvoorraad, Zoekingang
from tests.deelnemers.fabrieken import ContactFabriek, bsn
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek
from tests.rapportage.wereld import Wereld
from tests.trajecten.fabrieken import OnderdeelFabriek
from trajecten.models import Afspraak, Traject
from werkgevers.models import Werkgeversafspraak

pytestmark = pytest.mark.django_db
BEHEER = Actor("gebruiker", "1", "Bea Beheer")
REDEN = "Zelfde persoon: het identiteitsbewijs is gezien."
#: What is derived or about the merge itself: no row of a person.
_AFGELEID = {"Kandidaatprofiel", "Samenvoeging", "Samenvoegregel", "Dubbelpaar", "Feit", "Burgerservicenummer"}


@pytest.fixture
def wereld(gemeente: Any) -> Iterator[Wereld]:
    yield Wereld()


def _rijen(model: Any, kolom: str, mensen: list[int], *zonder: str) -> list[dict[str, Any]]:
    rijen = model._default_manager.filter(**{f"{kolom}__in": mensen}).order_by("pk").values()
    return [{k: w for k, w in rij.items() if k not in zonder} for rij in rijen]


def afdruk(*mensen: Deelnemer) -> dict[str, Any]:
    """Every row of every room about these persons, with work lists, timeline and search as a reader sees them."""
    pks = [d.pk for d in mensen]
    uit: dict[str, Any] = {"Deelnemer": _rijen(Deelnemer, "pk", pks, "versie")}
    for model in apps.get_models():
        if model.__name__ not in _AFGELEID and any(v.column == "deelnemer_id" for v in model._meta.local_fields):
            uit[model._meta.label] = _rijen(model, "deelnemer_id", pks)
    uit["bsn"] = {d.pk: bsn_van(d) for d in mensen}
    uit["bericht"] = _rijen(Bericht, "betrokkene_id", pks)
    for model in (TijdlijnRegel, Werkvoorraad, Zoekingang):
        rijen = _rijen(model, "betrokkene_id", pks, "id", "aangemaakt_op")
        uit[model.__name__] = sorted(rijen, key=lambda rij: (rij["kamer"], rij["sleutel"]))
    return uit


def vers(een: Deelnemer, ander: Deelnemer) -> None:
    """Stored columns, work lists, timeline and search as they should be before we start."""
    with handeling(FABRIEK):
        breng_bij(een, ander, FABRIEK)
    for deelnemer in (een, ander):
        deelnemer.refresh_from_db()


# --- Rows of every room, to draw from -----------------------------------------------------------------------------
def _dag(maanden: int) -> dt.date:
    return dt.date(2020, 1, 1) + dt.timedelta(days=30 * maanden)


def _huishouden(w: Wereld, d: Deelnemer, m: int) -> None:
    thuis = Huishouden.objects.create(leefvorm="1", begindatum=_dag(m))
    Huishoudlid.objects.create(huishouden=thuis, deelnemer=d, begindatum=_dag(m), einddatum=_dag(m + 5))


def _traject(w: Wereld, d: Deelnemer, m: int) -> None:
    OnderdeelFabriek(deelnemer=d, traject=w.traject(d, begint=_dag(m), eindigt=_dag(m + 4)), begindatum=_dag(m))


def _afspraak(w: Wereld, d: Deelnemer, m: int) -> None:
    begin = klok.nu() + dt.timedelta(days=m + 1)
    Afspraak.objects.create(
        deelnemer=d,
        medewerker=w.medewerker,
        soort="voortgang",
        begint_op=begin,
        eindigt_op=begin + dt.timedelta(hours=1),
    )


def _opleiding(w: Wereld, d: Deelnemer, m: int) -> None:
    van = {"deelnemer": d, "bron": "gesprek", "vastgesteld_op": _dag(m), "houdbaar_tot": _dag(m + 40)}
    Opleiding.objects.create(niveau=2, naam=f"mbo {m}", **van)
    Zoekberoep.objects.create(naam=f"kok {m}", volgorde=m % 3 + 1, **van)


def _partij(w: Wereld, d: Deelnemer, m: int) -> None:
    """One who acts for the person, pointed at; and one with an agreement on sharing."""
    namens = Vertegenwoordiger.objects.create(deelnemer=d, soort="mentor", naam=f"Els {m}", begindatum=_dag(m))
    van = {"deelnemer": d, "begindatum": _dag(m), "delen_sinds": _dag(m)}
    BetrokkenPartij.objects.create(rol="vertegenwoordiger", vertegenwoordiger=namens, **van)
    rij = BetrokkenPartij.objects.create(
        rol="naaste", naam=f"Zus {m}", onderwerpen=["plan"], grondslag="toestemming", deel_tot=_dag(m + 9), **van
    )
    gegeven = klok.middag(_dag(m))
    Akkoord.objects.create(
        deelnemer=d, partij=rij, tekst="Delen", akkoord=True, grondslag="toestemming", gegeven_op=gegeven
    )


def _plichten(w: Wereld, d: Deelnemer, m: int) -> None:
    """A warning, and an advice that points at it."""
    van = {"deelnemer": d, "gegeven_door": w.medewerker, "gegeven_op": _dag(m), "status_sinds": _dag(m)}
    eerder = Waarschuwing.objects.create(
        wijze="brief", afspraak=f"Elke week komen {m}", niet_gedaan=f"Kwam niet {m}", **van
    )
    Maatregeladvies.objects.create(
        waarschuwing=eerder, reden="18-4-h", gebeurd_op=_dag(m), feiten=f"Kwam weer niet {m}", hoorwijze="geen",
        gehoord_op=_dag(m), verwijtbaar="Wist van de training", termijn=_dag(m + 1), **van,
    )  # fmt: skip


SOORTEN: dict[str, Callable[[Wereld, Deelnemer, int], Any]] = {
    "contact": lambda w, d, m: ContactFabriek(
        deelnemer=d, medewerker=w.medewerker, plaatsgevonden_op=klok.middag(_dag(m))
    ),
    "toezegging": lambda w, d, m: Toezegging.objects.create(
        deelnemer=d, partij="wij", wat=f"Bellen {m}", gemaakt_op=_dag(m), voor=_dag(m + 1), medewerker=w.medewerker
    ),
    "regie": lambda w, d, m: w.regie(d, _dag(m), _dag(m + 2)),
    "trede": lambda w, d, m: w.trede(d, 3, _dag(m), _dag(m + 2)),
    "doelgroep": lambda w, d, m: Doelgroeplidmaatschap.objects.create(
        deelnemer=d, doelgroep="jongeren", begindatum=_dag(m), einddatum=_dag(m + 2)
    ),
    "uitkering": lambda w, d, m: w.uitkering(d, begint=_dag(m), stopt=None),
    "huishouden": _huishouden,
    "traject": _traject,
    "einde": lambda w, d, m: w.einde(persoon=d, op=_dag(m + 3), begint=_dag(m), uitkering=False),
    "dienstverband": lambda w, d, m: w.dienstverband("sw", _dag(m), _dag(m + 3), persoon=d),
    "afspraak": _afspraak,
    "opleiding": _opleiding,
    "bewijs": lambda w, d, m: Bewijs.objects.create(deelnemer=d, soort="loonstrook", omschrijving="mei", datum=_dag(m)),
    "vertegenwoordiger": lambda w, d, m: Vertegenwoordiger.objects.create(
        deelnemer=d, soort="bewindvoerder", naam=f"Kantoor {m}", begindatum=_dag(m)
    ),
    "partij": _partij,
    "plichten": _plichten,
    "bericht": lambda w, d, m: Bericht.objects.create(
        betrokkene_id=d.pk, kanaal="email", aan="a@b.example", tekst=str(m)
    ),
    "werkgever": lambda w, d, m: Werkgeversafspraak.objects.create(
        deelnemer=d, werkgever=w.werkgever, wat="Bel", gemaakt_op=_dag(m), voor=_dag(m), medewerker=w.medewerker
    ),
}  # fmt: skip


def _maak(wereld: Wereld, deelnemer: Deelnemer, soort: str, maand: int) -> None:
    """A row of this kind; what the database refuses for one person is not drawn."""
    from django.db import IntegrityError, transaction

    try:
        with handeling(FABRIEK), transaction.atomic():
            SOORTEN[soort](wereld, deelnemer, maand)
    except IntegrityError:
        return


RIJ = st.tuples(st.sampled_from(sorted(SOORTEN)), st.integers(0, 24))


@pytest.mark.eis("R044", "samenvoegen en ongedaan maken geeft elke rij van elke kamer precies terug")
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(links=st.lists(RIJ, max_size=9), rechts=st.lists(RIJ, max_size=9), bsn_bij=st.sampled_from(["geen", "links"]))
def test_samenvoegen_en_ongedaan_maken_laat_geen_spoor(
    wereld: Wereld, links: list[tuple[str, int]], rechts: list[tuple[str, int]], bsn_bij: str
) -> None:
    van, naar = wereld.persoon(telefoon="0611111111"), wereld.persoon(email="x@y.example")
    Burgerservicenummer.objects.all().delete()
    if bsn_bij == "links":
        leg_bsn_vast(van, bsn(1), actor=FABRIEK, controle=Identiteitscontrole.DOCUMENT)
    for deelnemer, rijen in ((van, links), (naar, rechts)):
        for soort, maand in rijen:
            _maak(wereld, deelnemer, soort, maand)
    vers(van, naar)
    voor = afdruk(van, naar)
    if wat_staat_in_de_weg(naar, van):
        with pytest.raises(ValidationError):
            voeg_samen(naar, van, {"telefoon": van.pk}, actor=BEHEER, reden=REDEN)
        assert afdruk(van, naar) == voor
        return
    rij = voeg_samen(naar, van, {"telefoon": van.pk, "achternaam": van.pk}, actor=BEHEER, reden=REDEN)
    naar.refresh_from_db()
    assert (naar.telefoon, naar.geslachtsnaam, naar.email) == ("0611111111", van.geslachtsnaam, "x@y.example")
    tussen = afdruk(van, naar)
    for label in voor:
        if label not in {"Deelnemer", "bsn", "Zoekingang", "TijdlijnRegel", "Werkvoorraad"}:
            assert len(tussen[label]) == len(voor[label]), label  # nothing lost, nothing twice
    blijft = set(Samenvoegregel.objects.filter(samenvoeging=rij, blijft=True).values_list("tabel", "rij_id"))
    achter = Regie.objects.filter(deelnemer=van).values_list("pk", flat=True)
    assert {("deelnemers_regie", pk) for pk in achter} <= blijft
    assert not Contactmoment.objects.filter(deelnemer=van).exists()
    maak_samenvoegen_ongedaan(rij, actor=BEHEER, reden="Het zijn twee zussen.")
    na = afdruk(van, naar)
    for label in voor:
        assert na[label] == voor[label], label
    assert Samenvoeging.objects.get(pk=rij.pk).verslag == []


@pytest.mark.eis("R227", "de historie zegt wie samenvoegde en waarom, bij elke rij die verhuisde")
def test_historie_van_samenvoegen(wereld: Wereld) -> None:
    van, naar = wereld.persoon(), wereld.persoon()
    contact = ContactFabriek(deelnemer=van)
    voeg_samen(naar, van, {}, actor=BEHEER, reden=REDEN)
    regel = Wijziging.objects.filter(tabel="deelnemers_contactmoment", rij_id=contact.pk, actie="U").latest("id")
    assert (regel.actor_naam, regel.reden, regel.betrokkene_id) == ("Bea Beheer", REDEN, naar.pk)
    assert regel.oud == {"deelnemer_id": van.pk}


def test_wat_later_kwam_blijft_en_wordt_genoemd(wereld: Wereld) -> None:
    """New work stays with the dossier that remained; what hangs under a row that goes back goes with it."""
    van, naar = wereld.persoon(telefoon="0611111111"), wereld.persoon(telefoon="0622222222")
    traject = wereld.traject(van, eindigt=dt.date(2014, 6, 1))
    rij = voeg_samen(naar, van, {"telefoon": van.pk}, actor=BEHEER, reden=REDEN)
    ContactFabriek(deelnemer=naar, inhoud="Na het samenvoegen")
    traject.refresh_from_db()
    deel = OnderdeelFabriek(deelnemer=naar, traject=traject, begindatum=dt.date(2014, 1, 1))
    wereld.wijzig(naar, telefoon="0633333333")
    rij = maak_samenvoegen_ongedaan(rij, actor=BEHEER, reden="Het zijn twee zussen.")
    naar.refresh_from_db()
    deel.refresh_from_db()
    assert Contactmoment.objects.get().deelnemer_id == naar.pk
    assert (naar.telefoon, deel.deelnemer_id) == ("0633333333", van.pk)
    assert any("telefoon is later gewijzigd" in zin for zin in rij.verslag)
    assert any("ging mee terug" in zin for zin in rij.verslag)
    assert any(zin.startswith("deelnemers: 1 van na het samenvoegen") for zin in rij.verslag)


def test_twee_nummers_en_twee_regisseurs_worden_geweigerd_met_wat_eerst_moet(wereld: Wereld) -> None:
    van, naar = wereld.persoon(), wereld.persoon()
    leg_bsn_vast(van, bsn(1), actor=FABRIEK, controle=Identiteitscontrole.DOCUMENT)
    leg_bsn_vast(naar, bsn(2), actor=FABRIEK, controle=Identiteitscontrole.DOCUMENT)
    wereld.regie(van, dt.date(2014, 1, 1))
    with handeling(FABRIEK):
        Regie.objects.create(
            deelnemer=naar, medewerker=MedewerkerFabriek(), team=wereld.team, begindatum=dt.date(2014, 1, 1)
        )
    wereld.traject(van)
    wereld.traject(naar)
    with pytest.raises(ValidationError) as fout:
        voeg_samen(naar, van, {}, actor=BEHEER, reden=REDEN)
    tekst = " ".join(fout.value.messages)
    assert "haal het andere weg" in tekst
    assert "Geef eerst één van beiden de regie" in tekst
    assert "Beëindig eerst een van de twee trajecten" in tekst
    assert not Samenvoeging.objects.exists()


def test_een_lopend_traject_dat_niet_past_vraagt_de_keuze_om_te_draaien(wereld: Wereld) -> None:
    van, naar = wereld.persoon(), wereld.persoon()
    wereld.traject(van, begint=dt.date(2014, 1, 1))
    wereld.traject(naar, begint=dt.date(2013, 1, 1), eindigt=dt.date(2014, 3, 1))
    with pytest.raises(ValidationError, match="Draai de keuze om"):
        voeg_samen(naar, van, {}, actor=BEHEER, reden=REDEN)
    voeg_samen(van, naar, {}, actor=BEHEER, reden=REDEN)
    assert Traject.objects.get(einddatum=None).deelnemer_id == van.pk
    assert Traject.objects.exclude(einddatum=None).get().deelnemer_id == naar.pk


def test_een_keten_van_samenvoegen_wijst_door_en_gaat_in_omgekeerde_volgorde_terug(wereld: Wereld) -> None:
    een, twee, drie = (wereld.persoon() for _ in range(3))
    leg_bsn_vast(een, bsn(1), actor=FABRIEK, controle=Identiteitscontrole.DOCUMENT)
    eerste = voeg_samen(twee, een, {}, actor=BEHEER, reden=REDEN)
    tweede = voeg_samen(drie, twee, {}, actor=BEHEER, reden=REDEN)
    een.refresh_from_db()
    assert een.samengevoegd_met_id == drie.pk
    assert vind_op_bsn(bsn(1)) == drie
    with pytest.raises(ValidationError, match="latere samenvoegen"):
        maak_samenvoegen_ongedaan(eerste, actor=BEHEER, reden="Nee.")
    maak_samenvoegen_ongedaan(tweede, actor=BEHEER, reden="Nee.")
    een.refresh_from_db()
    assert een.samengevoegd_met_id == twee.pk
    maak_samenvoegen_ongedaan(eerste, actor=BEHEER, reden="Nee.")
    een.refresh_from_db()
    assert een.samengevoegd_met_id is None
    assert bsn_van(een) == bsn(1)
    with pytest.raises(ValidationError, match="net ongedaan"):
        maak_samenvoegen_ongedaan(eerste, actor=BEHEER, reden="Nog eens.")


def test_een_geheim_adres_blijft_geheim_en_het_nummer_wordt_nooit_opnieuw_gebruikt(wereld: Wereld) -> None:
    persoon = Persoonsgegevens("Jansen", dt.date(1980, 1, 1))
    naar, _ = schrijf_in(persoon, None, actor=FABRIEK)
    van, _ = schrijf_in(persoon, None, actor=FABRIEK)
    wereld.wijzig(van, adres_geheim=True)
    voeg_samen(naar, van, {}, actor=BEHEER, reden=REDEN)
    nieuw, _ = schrijf_in(persoon, None, actor=FABRIEK)
    naar.refresh_from_db()
    assert naar.adres_geheim
    assert nieuw.dossiernummer > van.dossiernummer
    assert not Zoekingang.objects.filter(betrokkene_id=van.pk).exists()


def test_een_reden_is_nodig_en_noemt_nooit_een_nummer(wereld: Wereld) -> None:
    van, naar = wereld.persoon(), wereld.persoon()
    for reden in ("", f"Zelfde nummer: {bsn(1)}"):
        with pytest.raises(ValidationError):
            voeg_samen(naar, van, {}, actor=BEHEER, reden=reden)
    assert not Samenvoeging.objects.exists()


def test_wat_op_het_moment_zelf_nog_bij_het_oude_dossier_kwam_gaat_alsnog_mee(wereld: Wereld) -> None:
    van, naar = wereld.persoon(), wereld.persoon()
    wereld.trede(van, 3, dt.date(2014, 1, 1))
    wereld.trede(naar, 2, dt.date(2014, 1, 1))
    rij = voeg_samen(naar, van, {}, actor=BEHEER, reden=REDEN)
    laat = ContactFabriek(deelnemer=van)
    assert haal_achterblijvers_op(rij, actor=FABRIEK) == 1
    assert haal_achterblijvers_op(rij, actor=FABRIEK) == 0
    laat.refresh_from_db()
    assert laat.deelnemer_id == naar.pk
    maak_samenvoegen_ongedaan(rij, actor=BEHEER, reden="Toch niet.")
    laat.refresh_from_db()
    assert laat.deelnemer_id == van.pk


def test_elke_tabel_met_een_persoon_is_aangesloten() -> None:
    """A table that nobody named would stay behind at a merge."""
    from kern.aansluitingen import samenvoegen

    genoemd = {t.model for kamer in samenvoegen.kamers().values() for t in kamer.tabellen}
    los = [
        model.__name__
        for model in apps.get_models()
        if model not in genoemd
        and model.__name__ not in _AFGELEID
        and any(v.column == "deelnemer_id" for v in model._meta.local_fields)
    ]
    assert los == []
