"""Use cases: what a service changes, tells, plans and refuses."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from deelnemers.models import Betrokkenheid, Bewijs, MeldingAanInkomen
from kern import klok
from kern.handeling import voor_gemeente
from kern.models import Gebeurtenis, TijdlijnRegel, Werkvoorraad, Wijziging
from kern.toestanden import OvergangGeweigerd
from tests.deelnemers.test_beschut import advies as beschutadvies
from tests.werkgevers.fabrieken import (
    ACTOR,
    DeelnemerFabriek,
    VacatureFabriek,
    VestigingFabriek,
    WerkgeverFabriek,
    kandidaat,
)
from werkgevers import regels
from werkgevers.keuzes import NAZORG_DAGEN
from werkgevers.models import (
    Bemiddeling,
    Dienstverband,
    Kandidaatprofiel,
    Nazorgmoment,
    Plaatsing,
    Relatiebeheer,
    Vacature,
)
from werkgevers.services import bemiddeling as bemiddelen
from werkgevers.services import dienstverband as werk
from werkgevers.services import jobhunt as jobhunten
from werkgevers.services import werkgevers as relaties
from werkgevers.services.plaatsing import Plaatsingsgegevens, beeindig_plaatsing, plaats, rond_nazorg_af
from werkgevers.services.profielen import verifieer_profielen, werk_profielen_bij
from werkgevers.services.vacatures import plaats_vacature, sluit_vacature, wijzig_vacature

LOON = Decimal("15.40")


def gegevens(**anders: Any) -> Plaatsingsgegevens:
    begin = klok.vandaag() + dt.timedelta(days=7)
    return Plaatsingsgegevens(
        **{
            "begindatum": begin,
            "uren_per_week": Decimal(28),
            "bruto_uurloon": LOON,
            "contract_tot": begin + dt.timedelta(days=200),
            **anders,
        }
    )


# --- Relation
# --------------------------------------------------------------------------------------------------
@pytest.mark.eis("R126", "wie sprak wie: een contact van een collega in de laatste 14 dagen geeft een waarschuwing")
def test_waarschuwing_na_contact_van_een_collega(gemeente: Any, maak_medewerker: Any) -> None:
    werkgever, ik, collega = WerkgeverFabriek(), maak_medewerker(), maak_medewerker()
    nu = klok.nu()
    for dagen, wie in ((18, collega), (3, ik)):
        _, eerder = relaties.leg_relatiecontact_vast(
            werkgever, wie, "vacature", actor=ACTOR, op=nu - dt.timedelta(days=dagen)
        )
        assert eerder is None
    relaties.leg_relatiecontact_vast(werkgever, collega, "vacature", actor=ACTOR, op=nu - dt.timedelta(days=13))
    _, eerder = relaties.leg_relatiecontact_vast(werkgever, ik, "vacature", actor=ACTOR)
    assert eerder is not None and eerder.medewerker == collega
    werkgever.refresh_from_db()
    assert werkgever.laatste_contact_door == ik


@pytest.mark.eis("R126", "een nieuwe relatiebeheerder volgt de vorige op, er is er altijd een")
def test_relatiebeheerder_opvolgen(gemeente: Any, maak_medewerker: Any) -> None:
    werkgever, een, twee = WerkgeverFabriek(), maak_medewerker(), maak_medewerker()
    vandaag = klok.vandaag()
    relaties.wijs_relatiebeheerder_aan(werkgever, een, vandaag - dt.timedelta(days=9), actor=ACTOR)
    relaties.wijs_relatiebeheerder_aan(werkgever, twee, vandaag, actor=ACTOR)
    perioden = Relatiebeheer.objects.order_by("begindatum").values_list("medewerker", "einddatum")
    assert list(perioden) == [(een.pk, vandaag - dt.timedelta(days=1)), (twee.pk, None)]


@pytest.mark.eis("R137", "ook afspraken met de werkgever worden vastgelegd en komen op tijd terug")
def test_afspraak_met_werkgever(gemeente: Any, maak_medewerker: Any) -> None:
    ik = maak_medewerker()
    afspraak = relaties.maak_afspraak(
        WerkgeverFabriek(), "Stuur het rooster", actor=ACTOR, medewerker=ik, voor=klok.vandaag()
    )
    assert Werkvoorraad.objects.filter(voor=ik.gebruiker, soort="toezegging").exists()
    relaties.kom_afspraak_na(afspraak, actor=ACTOR)
    assert not Werkvoorraad.objects.filter(soort="toezegging").exists()


def test_twee_mensen_wijzigen_dezelfde_vacature(gemeente: Any) -> None:
    plek = VestigingFabriek()
    vacature = plaats_vacature(
        actor=ACTOR,
        werkgever=plek.werkgever,
        vestiging=plek,
        titel="Hulp",
        uren_min=12,
        uren_max=20,
        beroep_code="9112.1",
    )
    assert (vacature.isco, vacature.pc4, vacature.status) == (9112, "1103", "concept")
    wijzig_vacature(vacature, actor=ACTOR, versie=1, titel="Keukenhulp")
    with pytest.raises(ValidationError, match="Iemand anders"):
        wijzig_vacature(vacature, actor=ACTOR, versie=1, titel="Afwashulp")


# --- Introducing
# -----------------------------------------------------------------------------------------------
@pytest.mark.eis("R132", "voordragen gebeurt meteen, de regievoerder hoort het, en ongedaan maken ruimt alles op")
def test_voordragen_en_ongedaan_maken(gemeente: Any, maak_medewerker: Any) -> None:
    consulent, wsp = maak_medewerker("consulent"), maak_medewerker("accountmanager_wsp")
    rij = bemiddelen.draag_voor(kandidaat(consulent), VacatureFabriek(), wsp, actor=ACTOR, score=80)
    assert Werkvoorraad.objects.filter(voor=consulent.gebruiker, soort="voordracht").exists()
    assert Werkvoorraad.objects.filter(voor=wsp.gebruiker, soort="bemiddeling").exists()
    assert TijdlijnRegel.objects.filter(sleutel=f"bemiddeling:{rij.pk}").exists()
    bemiddelen.trek_voordracht_in(rij, actor=ACTOR)
    assert Bemiddeling.objects.get().status == "ingetrokken"
    assert not Werkvoorraad.objects.filter(kamer="werkgevers").exists()
    assert not TijdlijnRegel.objects.filter(sleutel=f"bemiddeling:{rij.pk}").exists()


@pytest.mark.eis("R132", "dezelfde kandidaat twee keer voordragen wordt geweigerd, na intrekken mag het weer")
def test_dubbel_voordragen(gemeente: Any, maak_medewerker: Any) -> None:
    persoon, vacature, ik = kandidaat(), VacatureFabriek(), maak_medewerker()
    rij = bemiddelen.draag_voor(persoon, vacature, ik, actor=ACTOR)
    with pytest.raises(ValidationError, match="al voorgedragen"):
        bemiddelen.draag_voor(persoon, vacature, ik, actor=ACTOR)
    bemiddelen.trek_voordracht_in(rij, actor=ACTOR)
    assert bemiddelen.draag_voor(persoon, vacature, ik, actor=ACTOR).pk != rij.pk


def test_voordragen_kan_alleen_bij_open(gemeente: Any, maak_medewerker: Any) -> None:
    with pytest.raises(ValidationError, match="niet open"):
        bemiddelen.draag_voor(kandidaat(), VacatureFabriek(status="aangehouden"), maak_medewerker(), actor=ACTOR)


@pytest.mark.eis("R132", "een bemiddeling die stopt, heeft een reden uit de lijst")
def test_stoppen_met_reden(gemeente: Any, maak_medewerker: Any) -> None:
    rij = bemiddelen.draag_voor(kandidaat(), VacatureFabriek(), maak_medewerker(), actor=ACTOR)
    with pytest.raises(ValidationError, match="reden"):
        bemiddelen.zet_bemiddeling(rij, "afwijzen", actor=ACTOR)
    rij = bemiddelen.zet_bemiddeling(rij, "afwijzen", actor=ACTOR, reden="ervaring")
    assert (rij.status, rij.reden, rij.besloten_op) == ("afgewezen", "ervaring", klok.vandaag())


def test_sluiten_beeindigt_wat_loopt(gemeente: Any, maak_medewerker: Any) -> None:
    vacature = VacatureFabriek()
    bemiddelen.draag_voor(kandidaat(), vacature, maak_medewerker(), actor=ACTOR)
    sluit_vacature(vacature, "Geen budget meer", actor=ACTOR)
    assert Bemiddeling.objects.get().status == "vacature_vervallen"


# --- Placing
# ---------------------------------------------------------------------------------------------------
@pytest.mark.eis("R133", "plaatsen maakt het dienstverband, meldt uren en loon aan inkomen en vult de plek")
def test_plaatsen(gemeente: Any, maak_medewerker: Any) -> None:
    consulent, wsp = maak_medewerker("consulent"), maak_medewerker("accountmanager_wsp")
    persoon, ander, vacature = kandidaat(consulent), kandidaat(), VacatureFabriek()
    rij = bemiddelen.draag_voor(persoon, vacature, wsp, actor=ACTOR)
    tweede = bemiddelen.draag_voor(ander, vacature, wsp, actor=ACTOR)
    plaatsing = plaats(rij, gegevens(), actor=ACTOR)
    melding = MeldingAanInkomen.objects.get(verwijzing=f"plaatsing:{plaatsing.pk}")
    assert (melding.uren_per_week, melding.bruto_uurloon, melding.ingangsdatum) == (
        28,
        LOON,
        plaatsing.begindatum,
    )
    assert plaatsing.melding == melding
    assert Dienstverband.objects.get(plaatsing=plaatsing).soort == "regulier"
    assert Bewijs.objects.get(deelnemer=persoon).soort == "plaatsing"
    assert Betrokkenheid.objects.get(deelnemer=persoon, medewerker=wsp).rol == "accountmanager"
    assert Gebeurtenis.objects.filter(type="plaatsing.gemaakt", betrokkene_id=persoon.pk).count() == 1
    vacature.refresh_from_db()
    tweede.refresh_from_db()
    assert (vacature.status, vacature.vervuld, tweede.status) == ("vervuld", 1, "vacature_vervallen")


@pytest.mark.eis(
    "R136", "nazorg staat na een plaatsing gepland voor deelnemer en werkgever, op dag 3 en week 2, 6, 13, 26"
)
def test_nazorg_gepland(gemeente: Any, maak_medewerker: Any) -> None:
    consulent, wsp = maak_medewerker("consulent"), maak_medewerker("accountmanager_wsp")
    rij = bemiddelen.draag_voor(kandidaat(consulent), VacatureFabriek(), wsp, actor=ACTOR)
    plaatsing = plaats(rij, gegevens(), actor=ACTOR)
    dagen = {(m.kant, (m.gepland_op - plaatsing.begindatum).days) for m in Nazorgmoment.objects.all()}
    assert dagen == {(kant, dag) for kant in ("deelnemer", "werkgever") for dag in (3, 14, 42, 91, 182)}
    nazorg = Werkvoorraad.objects.filter(soort="nazorg")
    assert (
        nazorg.filter(voor=wsp.gebruiker).count()
        == nazorg.filter(voor=consulent.gebruiker).count()
        == len(NAZORG_DAGEN)
    )
    moment = Nazorgmoment.objects.order_by("gepland_op", "kant").first()
    rond_nazorg_af(moment, "goed", wsp, actor=ACTOR, notitie="Gaat fijn")
    assert nazorg.count() == 9
    with pytest.raises(OvergangGeweigerd):
        rond_nazorg_af(moment, "goed", wsp, actor=ACTOR)


def test_trajectplek_heeft_geen_loon_geen_melding(gemeente: Any, maak_medewerker: Any) -> None:
    vacature = VacatureFabriek(soort="trajectplek", bruto_uurloon=None, contractvorm="geen")
    rij = bemiddelen.draag_voor(kandidaat(), vacature, maak_medewerker(), actor=ACTOR)
    plaatsing = plaats(rij, gegevens(bruto_uurloon=None, contract_tot=None), actor=ACTOR)
    assert not Dienstverband.objects.exists() and not MeldingAanInkomen.objects.exists()
    beeindig_plaatsing(plaatsing, plaatsing.begindatum, "ander_werk", actor=ACTOR)
    vacature.refresh_from_db()
    assert (vacature.status, vacature.vervuld) == ("open", 0)


def test_beeindigen_ruimt_op(gemeente: Any, maak_medewerker: Any) -> None:
    rij = bemiddelen.draag_voor(kandidaat(), VacatureFabriek(), maak_medewerker(), actor=ACTOR)
    plaatsing = plaats(rij, gegevens(), actor=ACTOR)
    beeindig_plaatsing(plaatsing, plaatsing.begindatum + dt.timedelta(days=20), "werkgever", actor=ACTOR)
    assert Dienstverband.objects.get().einddatum == plaatsing.begindatum + dt.timedelta(days=20)
    assert not Werkvoorraad.objects.filter(soort="nazorg").exists()
    assert MeldingAanInkomen.objects.filter(verwijzing=f"plaatsing-einde:{plaatsing.pk}").exists()
    with pytest.raises(OvergangGeweigerd, match="al beëindigd"):
        beeindig_plaatsing(plaatsing, plaatsing.begindatum, "werkgever", actor=ACTOR)


def test_alles_of_niets(gemeente: Any, maak_medewerker: Any) -> None:
    """Terms that do not fit leave nothing behind."""
    rij = bemiddelen.draag_voor(kandidaat(), VacatureFabriek(), maak_medewerker(), actor=ACTOR)
    with pytest.raises(ValidationError):
        plaats(rij, gegevens(contract_tot=None), actor=ACTOR)
    assert not Plaatsing.objects.exists() and Vacature.objects.get().vervuld == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.eis("R127", "van twee mensen die tegelijk de laatste plek vergeven, krijgt er een een duidelijke melding")
def test_twee_tegelijk_op_de_laatste_plek(maak_medewerker: Any, gemeente: Any) -> None:
    vacature, wsp = VacatureFabriek(), maak_medewerker("accountmanager_wsp")
    paren = [bemiddelen.draag_voor(kandidaat(), vacature, wsp, actor=ACTOR) for _ in range(2)]
    start, uitkomsten = threading.Barrier(2), []

    def doe(rij: Bemiddeling) -> None:
        try:
            with voor_gemeente(gemeente):
                start.wait()
                plaats(rij, gegevens(), actor=ACTOR)
                uitkomsten.append("geplaatst")
        except ValidationError as fout:
            uitkomsten.append(fout.messages[0])
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(rij,)) for rij in paren]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten)[1] == "geplaatst"
    assert "net vergeven" in sorted(uitkomsten)[0]
    assert Plaatsing.objects.count() == 1


# --- Employment
# ------------------------------------------------------------------------------------------------
@pytest.mark.eis("R063", "beschut werk begint niet zonder positief advies van UWV")
def test_beschut_werk_vraagt_een_advies_van_uwv(gemeente: Any) -> None:
    with pytest.raises(ValidationError, match="positief advies van UWV"):
        werk.begin_dienstverband(
            DeelnemerFabriek(), "beschut", WerkgeverFabriek(), klok.vandaag(), actor=ACTOR, werkvorm="intern",
            functie="inpakker", uren_per_week=24,
        )  # fmt: skip
    assert not Dienstverband.objects.exists()


@pytest.mark.eis("R115", "een werkvorm volgt de vorige op, met datum en reden")
def test_werkvormen(gemeente: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    begin = klok.vandaag() - dt.timedelta(days=300)
    deelnemer = DeelnemerFabriek()
    beschutadvies(deelnemer, op=begin)
    rij = werk.begin_dienstverband(
        deelnemer,
        "beschut",
        WerkgeverFabriek(),
        begin,
        actor=ACTOR,
        werkvorm="intern",
        functie="inpakker",
        uren_per_week=24,
    )
    assert rij.ritme_weken == 6
    werk.wijzig_werkvorm(rij, "groepsdetachering", klok.vandaag(), "kan nu op locatie werken", actor=ACTOR)
    rij.refresh_from_db()
    vormen = list(rij.werkvormen.order_by("begindatum").values_list("werkvorm", "einddatum"))
    assert vormen == [("intern", klok.vandaag() - dt.timedelta(days=1)), ("groepsdetachering", None)]
    assert rij.werkvorm == "groepsdetachering"


@pytest.mark.eis("R128", "een jobhunt begint bij de kandidaat en legt per werkgever vast wat eruit kwam")
def test_jobhunt(gemeente: Any, maak_medewerker: Any) -> None:
    jobhunt = jobhunten.begin_jobhunt(kandidaat(), maak_medewerker(), "werk in een wasserij", actor=ACTOR)
    werkgever = WerkgeverFabriek()
    jobhunten.benader(jobhunt, werkgever, "loopt", actor=ACTOR)
    jobhunten.benader(jobhunt, werkgever, "plek", actor=ACTOR)
    assert [b.resultaat for b in jobhunt.benaderingen.all()] == ["plek"]
    with pytest.raises(ValidationError, match="loopt al een jobhunt"):
        jobhunten.begin_jobhunt(jobhunt.deelnemer, jobhunt.medewerker, "iets", actor=ACTOR)


# --- Profiles
# --------------------------------------------------------------------------------------------------
def test_profiel_uit_de_diagnose(gemeente: Any) -> None:
    profiel = Kandidaatprofiel.objects.get(deelnemer=kandidaat())
    assert profiel.beschikbaar and (profiel.uren_min, profiel.uren_max) == (20, 36)
    assert (profiel.taal, profiel.ervaring_lang, profiel.wens_1) == (3, [8157], 5321)
    assert (profiel.norm_cent, profiel.normcode) == (140150, "alleenstaande") or profiel.norm_cent == 140150
    assert profiel.herkomst["ervaring"]["tekst"] == "wasserijmedewerker, 36 maanden"


def test_nacht_herstelt_en_meldt(gemeente: Any) -> None:
    goed, fout = kandidaat(), kandidaat()
    ontbreekt = DeelnemerFabriek()
    Kandidaatprofiel.objects.filter(deelnemer=fout)
    with_fout = Kandidaatprofiel.objects.get(deelnemer=fout)
    with_fout.uren_max = 40
    from kern.handeling import handeling

    with handeling(ACTOR):
        with_fout.save()
    verschil = verifieer_profielen(ACTOR)
    assert (verschil.bekeken, verschil.nieuw, verschil.hersteld) == (3, 1, 1)
    assert verifieer_profielen(ACTOR).hersteld == 0
    assert not Kandidaatprofiel.objects.get(deelnemer=ontbreekt).beschikbaar
    wijzigingen = Wijziging.objects.filter(tabel="werkgevers_kandidaatprofiel", betrokkene_id=goed.pk, actie="U")
    assert not wijzigingen.exists(), "wie goed staat, wordt niet aangeraakt"
    werk_profielen_bij([goed.pk], actor=ACTOR)
    assert not wijzigingen.exists()


def test_herbouw_geeft_dezelfde_regels(gemeente: Any, maak_medewerker: Any) -> None:
    """Timeline and Vandaag are rebuilt from the tables without a difference."""
    consulent, wsp = maak_medewerker("consulent"), maak_medewerker("accountmanager_wsp")
    persoon = kandidaat(consulent)
    plaats(bemiddelen.draag_voor(persoon, VacatureFabriek(), wsp, actor=ACTOR), gegevens(), actor=ACTOR)
    bemiddelen.draag_voor(persoon, VacatureFabriek(), wsp, actor=ACTOR)
    velden = ("sleutel", "titel", "tekst", "op")
    geschreven = set(TijdlijnRegel.objects.filter(kamer="werkgevers").values_list(*velden))
    assert {tuple(getattr(r, v) for v in velden) for r in regels.alle_regels(persoon.pk)} == geschreven
    werkvelden = ("sleutel", "titel", "op", "voor_id")
    nu = set(Werkvoorraad.objects.filter(kamer="werkgevers").values_list(*werkvelden))
    assert {tuple(getattr(r, v) for v in werkvelden) for r in regels.alle_werk()} == nu
