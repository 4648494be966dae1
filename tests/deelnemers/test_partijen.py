"""Involved partners outside the organisation: who, as what, and what may be shared until when (R214)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers import partijvragen as vragen
from deelnemers.inzage import overzicht
from deelnemers.models import Akkoord, BetrokkenPartij, Deelnemer
from deelnemers.partijforms import PartijForm
from deelnemers.services import herbouw, overdragen, partijen, privacy
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.services.partijen import Delen
from deelnemers.services.regie import betrek
from deelnemers.services.vertegenwoordiging import leg_vertegenwoordiger_vast, wijzig_vertegenwoordiger
from deelnemers.services.werkvoorraad import ververs
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import handeling
from kern.models import Leesregel, Wijziging
from kern.taken import voer_uit
from kern.weergave import datum, telefoon
from kern.weigering import IntussenGewijzigd
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import KetenpartnerFabriek

VANDAAG = klok.vandaag
pytestmark = pytest.mark.usefixtures("wet")


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    return met_regie(consulent)


def mag(*onderwerpen: str, **velden: Any) -> Delen:
    """Sharing because the person agrees, for a quarter of a year."""
    basis = {"grondslag": "toestemming", "tot": VANDAAG() + 90 * DAG, "wijze": "gesprek"} | velden
    return Delen(onderwerpen or ("afspraken", "plan"), **basis)


def partij(persoon: Deelnemer, delen: Delen | None = None, **velden: Any) -> BetrokkenPartij:
    velden = {"rol": "wijkteam", "naam": "Noor Visser", "begindatum": VANDAAG() - 30 * DAG} | velden
    return partijen.voeg_partij_toe(persoon, mag() if delen is None else delen, actor=TOETS, **velden)


def weten(rij: BetrokkenPartij, dag: dt.date | None = None) -> list[str]:
    rij = BetrokkenPartij.objects.get(pk=rij.pk)
    return rij.mag_weten(dag or VANDAAG())


def titels(persoon: Deelnemer, *, bijzonder: bool = False) -> list[str]:
    return [r.titel for r in tijdlijn.van(persoon.pk, bijzonder=bijzonder)]


# --- What may be shared ----------------------------------------------------------------------------------------------
@pytest.mark.eis("R214", "per partner staat vast wat die mag weten en tot wanneer; daarna mag er niets meer")
def test_delen_mag_tot_en_met_de_laatste_dag(persoon: Deelnemer) -> None:
    rij = partij(persoon, mag("voortgang", "afspraken"))
    tot = VANDAAG() + 90 * DAG
    assert weten(rij, tot) == ["afspraken", "de voortgang"]
    assert weten(rij, tot + DAG) == []
    assert weten(rij, VANDAAG() - 31 * DAG) == [], "voor het begin ook niet"


@pytest.mark.eis("R214", "niets delen is een uitdrukkelijke keuze, en de partner staat er dan wel")
def test_niets_delen_is_een_antwoord(persoon: Deelnemer) -> None:
    rij = partij(persoon, Delen(), rol="naaste")
    assert weten(rij) == []
    assert vragen.toon(rij).zin == "Deel niets."
    assert not Akkoord.objects.exists()


@pytest.mark.eis("R214", "trekt de persoon het akkoord in, dan mag de partner niets meer weten")
def test_akkoord_intrekken_stopt_het_delen(persoon: Deelnemer) -> None:
    rij = partij(persoon)
    akkoord = Akkoord.objects.get(partij=rij)
    assert akkoord.tekst == f"Delen met Noor Visser: afspraken, het plan. Tot en met {datum(VANDAAG() + 90 * DAG)}."
    partijen.stop_delen(rij, actor=TOETS)
    akkoord.refresh_from_db()
    assert akkoord.ingetrokken_op is not None
    assert weten(rij) == []
    assert "Akkoord om te delen gestopt" in titels(persoon)
    with pytest.raises(ValidationError, match="al niets"):
        partijen.stop_delen(rij, actor=TOETS)


def test_akkoord_geldt_alleen_voor_precies_dit(persoon: Deelnemer) -> None:
    rij = partij(persoon)
    with pytest.raises(ValidationError, match="hoe de persoon dit goed vond"):
        partijen.wijzig_partij(rij, rij.versie, mag("plan", "belemmeringen", wijze=""), actor=TOETS)
    assert weten(rij) == ["afspraken", "het plan"], "geweigerd is geweigerd"
    rij = partijen.wijzig_partij(rij, rij.versie, mag("plan", "belemmeringen", wijze="telefoon"), actor=TOETS)
    oud, nieuw = Akkoord.objects.filter(partij=rij).order_by("pk")
    assert oud.ingetrokken_op is not None and "wat in de weg staat" in nieuw.tekst and nieuw.wijze == "telefoon"
    rij = partijen.wijzig_partij(rij, rij.versie, mag("plan", "belemmeringen", wijze=""), telefoon="020", actor=TOETS)
    assert Akkoord.objects.filter(partij=rij, ingetrokken_op=None).get() == nieuw, (
        "alleen het nummer: hetzelfde akkoord"
    )
    with pytest.raises(ValidationError, match="hoe de persoon dit goed vond"):
        partijen.wijzig_partij(
            rij, rij.versie, mag("plan", "belemmeringen", wijze=""), naam="Iemand anders", actor=TOETS
        )


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"wijze": ""}, "wijze"),
        ({"grondslag": ""}, "grondslag"),
        ({"grondslag": "andere_wet", "uitleg": " "}, "grondslag_uitleg"),
        ({"tot": None}, "deel_tot"),
        ({"tot": dt.date(2020, 1, 1)}, "deel_tot"),
        ({"tot": dt.date(2199, 1, 1)}, "deel_tot"),
    ],
)
def test_delen_zonder_grond_of_dag_wordt_geweigerd(persoon: Deelnemer, velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(ValidationError) as fout:
        partij(persoon, mag(**velden))
    assert list(fout.value.message_dict) == [veld]
    assert not BetrokkenPartij.objects.exists()


def test_alle_fouten_tegelijk(persoon: Deelnemer) -> None:
    with pytest.raises(ValidationError) as fout:
        partij(persoon, Delen(("plan",)), rol="anders", naam=" ")
    assert set(fout.value.message_dict) == {"rol_toelichting", "naam", "grondslag", "deel_tot"}


def test_een_verlopen_afspraak_houdt_een_ander_nummer_niet_tegen(persoon: Deelnemer) -> None:
    rij = partij(persoon, mag(grondslag="arbeidsinschakeling", tot=VANDAAG()))
    with handeling(FABRIEK):
        BetrokkenPartij.objects.update(deel_tot=VANDAAG() - DAG)
    oud = mag(grondslag="arbeidsinschakeling", tot=VANDAAG() - DAG, wijze="")
    assert partijen.wijzig_partij(rij, rij.versie, oud, telefoon="020 1", actor=TOETS).telefoon == "020 1"
    assert weten(rij) == []


def test_einde_stopt_het_delen(persoon: Deelnemer) -> None:
    rij, later = partij(persoon), partij(persoon, naam="Piet Smit")
    partijen.beeindig_partij(rij, VANDAAG(), actor=TOETS)
    assert weten(rij) == [] and not Akkoord.objects.filter(partij=rij, ingetrokken_op=None).exists()
    partijen.beeindig_partij(later, VANDAAG() + 10 * DAG, actor=TOETS)
    assert weten(later, VANDAAG() + 10 * DAG) and not weten(later, VANDAAG() + 11 * DAG)
    with pytest.raises(ValidationError, match="einddatum ligt voor de begindatum"):
        partijen.beeindig_partij(later, VANDAAG() - 60 * DAG, actor=TOETS)
    assert {"Noor Visser, wijkteam, is niet meer betrokken", "Noor Visser, wijkteam, is betrokken"} <= set(
        titels(persoon)
    )


def test_wie_beperkt_of_overleden_is_daarover_deel_je_niets(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    partij(persoon)
    client.force_login(consulent.gebruiker)
    blad = reverse("dossier", args=[persoon.dossiernummer])
    assert "Mag weten</b>: afspraken, het plan" in client.get(blad).content.decode()
    verzoek = privacy.neem_in(persoon, "beperking", VANDAAG(), "balie", vraag="Even niet.", actor=TOETS)
    verzoek = privacy.stel_identiteit_vast(verzoek, "document", actor=TOETS)
    privacy.beslis(verzoek, "toewijzen", reden="Dat mag.", actor=TOETS)
    tekst = client.get(blad).content.decode()
    assert "Deel nu niets" in tekst and "Mag weten" not in tekst
    ander = met_regie(consulent)
    partij(ander)
    meld_overlijden(ander, VANDAAG(), actor=TOETS)
    assert "Mag weten" not in client.get(reverse("partners", args=[ander.dossiernummer])).content.decode()


# --- Who acts for the person -----------------------------------------------------------------------------------------
def test_een_bewindvoerder_wordt_alleen_aangewezen(persoon: Deelnemer, consulent: Any) -> None:
    namens = leg_vertegenwoordiger_vast(
        persoon, "bewindvoerder", "M. de Wit", VANDAAG() - 60 * DAG, telefoon="0201234567", actor=TOETS
    )
    rij = partij(persoon, rol="vertegenwoordiger", naam="", vertegenwoordiger=namens)
    assert (rij.wie, rij.rolnaam, rij.bel) == ("M. de Wit", "bewindvoerder", "0201234567")
    wijzig_vertegenwoordiger(namens, naam="Wit en Zoon", actor=TOETS)
    assert "Wit en Zoon, bewindvoerder, is betrokken" in titels(persoon)
    wijzig_vertegenwoordiger(namens, einddatum=VANDAAG() - DAG, actor=TOETS)
    assert weten(rij) == [], "wie niet meer namens de persoon handelt, weet niets meer"
    vreemd = leg_vertegenwoordiger_vast(met_regie(consulent), "mentor", "Els Bos", VANDAAG(), actor=TOETS)
    with pytest.raises(ValidationError, match="vertegenwoordiger van deze persoon"):
        partij(persoon, rol="vertegenwoordiger", naam="", vertegenwoordiger=vreemd)


# --- The database --------------------------------------------------------------------------------------------------
GOED: dict[str, Any] = {"rol": "wijkteam", "naam": "Noor"}
DEELT: dict[str, Any] = {"onderwerpen": ["plan"], "grondslag": "arbeidsinschakeling"}


@pytest.mark.parametrize(
    ("naam", "velden"),
    [
        ("partij_rol", {"rol": "buurman"}),
        ("partij_rol_toegelicht", {"rol": "anders"}),
        ("partij_rol_toegelicht", {"rol_toelichting": "buurman"}),
        ("partij_bijzonder", {"rol": "reclassering"}),
        ("partij_bijzonder", {"rol": "schuldhulp"}),
        ("partij_bijzonder", {"rol": "behandelaar"}),
        ("partij_vertegenwoordiger", {"rol": "vertegenwoordiger"}),
        ("partij_wie", {"naam": " "}),
        ("partij_onderwerpen", DEELT | {"onderwerpen": ["medisch"], "deel_tot": dt.date(2199, 1, 1)}),
        ("partij_delen_met_grond", DEELT),
        ("partij_delen_met_grond", DEELT | {"grondslag": "", "deel_tot": dt.date(2199, 1, 1)}),
        ("partij_delen_met_grond", {"deel_tot": dt.date(2199, 1, 1)}),
        ("partij_delen_na_begin", DEELT | {"deel_tot": dt.date(2020, 1, 1)}),
        ("partij_welke_wet", DEELT | {"grondslag": "andere_wet", "deel_tot": dt.date(2199, 1, 1)}),
        ("einde_na_begin", {"einddatum": dt.date(2020, 1, 1)}),
    ],
)
def test_de_database_weigert_wat_niet_klopt(persoon: Deelnemer, naam: str, velden: dict[str, Any]) -> None:
    velden = GOED | {"begindatum": VANDAAG(), "delen_sinds": VANDAAG()} | velden
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=naam), transaction.atomic():
        BetrokkenPartij.objects.create(deelnemer=persoon, **velden)


def test_de_database_weigert_een_akkoord_dat_niet_klopt(persoon: Deelnemer) -> None:
    rij = partij(persoon)
    for naam, velden in (
        ("akkoord_grondslag", {"grondslag": "arbeidsinschakeling"}),
        ("akkoord_ergens_op", {"partij": None, "grondslag": "arbeidsinschakeling"}),
    ):
        with handeling(FABRIEK), pytest.raises(IntegrityError, match=naam), transaction.atomic():
            Akkoord.objects.filter(partij=rij).update(**velden)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="akkoord_een_per_partij"), transaction.atomic():
        Akkoord.objects.create(
            deelnemer=persoon, partij=rij, tekst="Nog een", akkoord=True, grondslag="toestemming", gegeven_op=klok.nu()
        )


# --- Special data ----------------------------------------------------------------------------------------------------
@pytest.mark.eis("R228", "een behandelaar, schuldhulp of reclassering ziet alleen wie bijzondere gegevens mag zien")
@pytest.mark.parametrize("rol", ["behandelaar", "schuldhulp", "reclassering"])
def test_een_bijzondere_rol_ziet_alleen_wie_dat_recht_heeft(
    persoon: Deelnemer, consulent: Any, maak_medewerker: Any, client: Any, rol: str
) -> None:
    partij(persoon, rol="wijkteam", naam="Open Deur")
    rij = partij(persoon, mag(tot=VANDAAG() + 5 * DAG), rol=rol, naam="Geheim Contact")
    assert rij.bijzonder, "ook als niemand dat aanvinkt"
    zonder = maak_medewerker("inkomensconsulent")
    betrek(persoon, "inkomen", VANDAAG(), "toets:1", medewerker=zonder, actor=TOETS)  # type: ignore[arg-type]
    for wie, ziet in ((consulent, True), (zonder, False)):
        client.force_login(wie.gebruiker)
        for naam in ("dossier", "partners"):
            tekst = client.get(reverse(naam, args=[persoon.dossiernummer])).content.decode()
            assert "Open Deur" in tekst and ("Geheim Contact" in tekst) == ziet, (naam, wie.naam)
    assert "Geheim" not in " ".join(titels(persoon)) and "Geheim" in " ".join(titels(persoon, bijzonder=True))
    taak = werkvoorraad.voor(consulent.gebruiker_id).get(soort="delen_verloopt")
    assert "Geheim" not in taak.titel + taak.toelichting, "ook op Vandaag staat niet wie het is"


def test_een_gewone_rol_kan_ook_afgeschermd(persoon: Deelnemer) -> None:
    rij = partij(persoon, rol="anders", rol_toelichting="hulp bij verslaving", bijzonder=True)
    assert not list(vragen.partijen(persoon, bijzonder=False)) and vragen.partijen(persoon, bijzonder=True).get() == rij


def test_zonder_het_recht_staat_een_bijzondere_rol_niet_in_het_formulier() -> None:
    def rollen(*, bijzonder: bool) -> set[str]:
        form = PartijForm(namens=[], bijzonder=bijzonder, partij=None)
        assert ("bijzonder" in form.fields) == bijzonder
        return {code for code, _ in form.fields["rol"].choices}  # type: ignore[attr-defined]

    assert rollen(bijzonder=True) - rollen(bijzonder=False) == {"behandelaar", "schuldhulp", "reclassering"}


# --- Screens ---------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R214", "op het dossier staat wie er van buiten bij is, als wat, hoe te bereiken en wat die mag weten")
def test_van_leeg_tot_partner_op_het_dossier(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    lijst, nieuw = (reverse(n, args=[persoon.dossiernummer]) for n in ("partners", "partner_nieuw"))
    assert "nog niemand van buiten vastgelegd" in client.get(dossier).content.decode()
    assert "Nog geen partners van buiten" in client.get(lijst).content.decode()
    tot = VANDAAG() + 60 * DAG
    velden = {"rol": "school", "naam": "Juf Anja", "organisatie": "ROC Noord", "telefoon": "0201234567",
              "begindatum": VANDAAG().strftime("%d-%m-%Y")}  # fmt: skip
    fout = client.post(nieuw, velden)
    assert fout.status_code == 400 and "Niets is ook een antwoord" in fout.content.decode()
    fout = client.post(nieuw, velden | {"delen": "deze"})
    assert fout.status_code == 400 and "minstens één onderwerp" in fout.content.decode()
    velden |= {"delen": "deze", "onderwerpen": ["plan", "voortgang"], "grondslag": "toestemming", "wijze": "gesprek",
               "deel_tot": tot.strftime("%d-%m-%Y")}  # fmt: skip
    assert client.post(nieuw, velden).status_code == 302
    for blad in (dossier, lijst):
        tekst = client.get(blad).content.decode()
        for deel in ("Juf Anja", "school of mentor op school", "ROC Noord", telefoon("0201234567"), datum(tot)):
            assert deel in tekst, (blad, deel)
        assert "Mag weten</b>: het plan, de voortgang" in tekst
    rij = BetrokkenPartij.objects.get()
    assert Leesregel.objects.filter(verwerking="partij.bekijken", betrokkenen=[persoon.pk]).exists()
    assert Wijziging.objects.filter(tabel="deelnemers_betrokkenpartij", rij_id=rij.pk, actie="I").exists()
    stop = reverse("partner_niets_delen", args=[persoon.dossiernummer, rij.pk])
    assert client.get(stop).status_code == 405
    assert client.post(stop).status_code == 302
    assert "Deel niets." in client.get(lijst).content.decode()
    einde = reverse("partner_beeindigen", args=[persoon.dossiernummer, rij.pk])
    gisteren = (VANDAAG() - DAG).strftime("%d-%m-%Y")
    assert client.post(einde, {"einddatum": gisteren}).status_code == 400
    assert client.post(einde, {"einddatum": VANDAAG().strftime("%d-%m-%Y")}).status_code == 302
    partijen.beeindig_partij(rij, VANDAAG(), actor=TOETS)
    with handeling(FABRIEK):
        BetrokkenPartij.objects.update(begindatum=VANDAAG() - 9 * DAG, einddatum=VANDAAG() - DAG)
    assert "Juf Anja" not in client.get(dossier).content.decode().split('id="tijdlijn"')[0]
    assert "Juf Anja" in client.get(lijst).content.decode().split("Eerder")[1]
    assert client.get(einde).status_code == 404, "wat voorbij is, wijzig je niet meer"


def test_wie_als_tweede_bewaart_leest_wat_een_collega_ervan_maakte(
    persoon: Deelnemer, consulent: Any, client: Any
) -> None:
    rij = partij(persoon, mag(grondslag="arbeidsinschakeling"))
    client.force_login(consulent.gebruiker)
    pad = reverse("partner", args=[persoon.dossiernummer, rij.pk])
    begin = client.get(pad).context["form"].initial
    nu = partijen.wijzig_partij(
        rij, rij.versie, mag("voortgang", grondslag="arbeidsinschakeling"), telefoon="020 999", actor=TOETS
    )
    velden = {"rol": "wijkteam", "naam": "Noor Visser", "telefoon": "020 111", "delen": "deze", "versie": rij.versie,
              "onderwerpen": ["plan"], "grondslag": "arbeidsinschakeling",
              "deel_tot": begin["deel_tot"].strftime("%d-%m-%Y"),
              "begindatum": rij.begindatum.strftime("%d-%m-%Y")}  # fmt: skip
    antwoord = client.post(pad, velden)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 400
    assert "Hier staat nu ‘020 999’" in tekst and "Hier staat nu ‘de voortgang’" in tekst
    rij.refresh_from_db()
    assert (rij.telefoon, rij.onderwerpen, rij.versie) == ("020 999", ["voortgang"], nu.versie)
    assert client.post(pad, velden | {"versie": nu.versie}).status_code == 302
    with pytest.raises(IntussenGewijzigd):
        partijen.wijzig_partij(rij, nu.versie, Delen(), actor=TOETS)


def test_een_partner_van_een_ander_dossier_is_er_niet(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    rij, ander = partij(persoon), met_regie(consulent)
    client.force_login(consulent.gebruiker)
    for naam in ("partner", "partner_beeindigen"):
        assert client.get(reverse(naam, args=[ander.dossiernummer, rij.pk])).status_code == 404
    assert client.post(reverse("partner_niets_delen", args=[ander.dossiernummer, rij.pk])).status_code == 404
    assert weten(rij)


def test_het_aantal_vragen_groeit_niet(persoon: Deelnemer, consulent: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    namens = leg_vertegenwoordiger_vast(persoon, "mentor", "Els Bos", VANDAAG() - 60 * DAG, actor=TOETS)
    gids = KetenpartnerFabriek()

    def meer() -> None:
        for nummer in range(12):
            partij(persoon, naam=f"Contact {nummer}", ketenpartner=gids)
            partij(persoon, rol="vertegenwoordiger", naam="", vertegenwoordiger=namens)

    partij(persoon, ketenpartner=gids)
    paden = {"dossier": 15, "partners": 15, "overdracht_nieuw": 30}
    for naam, hoogstens in paden.items():
        groeit_niet(lambda n=naam: client.get(reverse(n, args=[persoon.dossiernummer])), meer, naam, hoogstens)


# --- Where it goes ---------------------------------------------------------------------------------------------------
@pytest.mark.eis("R214", "als het delen bijna afloopt, staat het op Vandaag tot er opnieuw over is besloten")
def test_op_vandaag_als_het_delen_afloopt(persoon: Deelnemer, consulent: Any) -> None:
    def regels() -> list[str]:
        return [r.toelichting for r in werkvoorraad.voor(consulent.gebruiker_id).filter(soort="delen_verloopt")]

    rij = partij(persoon, mag(tot=VANDAAG() + 15 * DAG))
    assert regels() == []
    rij = partijen.wijzig_partij(rij, rij.versie, mag(tot=VANDAAG() + 14 * DAG), actor=TOETS)
    assert regels() == [f"Delen mag nog tot en met {datum(VANDAAG() + 14 * DAG)}"]
    with handeling(FABRIEK):
        BetrokkenPartij.objects.update(deel_tot=VANDAAG() - DAG)
        ververs(persoon.pk)
    assert regels() == [f"Delen mag niet meer sinds {datum(VANDAAG() - DAG)}"]
    partijen.wijzig_partij(rij, rij.versie, mag(tot=VANDAAG() + 80 * DAG), actor=TOETS)
    assert regels() == []
    partijen.wijzig_partij(rij, rij.versie + 1, mag(tot=VANDAAG() + DAG), actor=TOETS)
    assert regels()
    partijen.stop_delen(rij, actor=TOETS)
    assert regels() == []


def test_de_nacht_zet_het_op_vandaag(persoon: Deelnemer, consulent: Any, gemeente: Any) -> None:
    partij(persoon, mag(tot=VANDAAG() + 60 * DAG))
    with handeling(FABRIEK):
        BetrokkenPartij.objects.update(deel_tot=VANDAAG() + 3 * DAG)
    assert not werkvoorraad.voor(consulent.gebruiker_id).filter(soort="delen_verloopt").exists()
    voer_uit("deelnemers.klokken", gemeente)
    assert werkvoorraad.voor(consulent.gebruiker_id).filter(soort="delen_verloopt").exists()


@pytest.mark.eis("R019", "de kaart bij een overdracht zegt wie er van buiten bij is en wat die mag weten")
def test_op_de_kaart_bij_een_overdracht(persoon: Deelnemer, consulent: Any, maak_medewerker: Any, client: Any) -> None:
    partij(persoon, mag("voortgang"), naam="Noor Visser")
    rij = partij(persoon, Delen(), naam="Zus Bakker", rol="naaste")
    oud = partij(persoon, Delen(), naam="Meester Oud", rol="school")
    with handeling(FABRIEK):
        BetrokkenPartij.objects.filter(pk=oud.pk).update(einddatum=VANDAAG() - DAG)
    naar = maak_medewerker("consulent")
    aanbod = overdragen.bied_aan(persoon, naar, VANDAAG(), reden="Verhuisd", door=consulent, actor=TOETS)
    client.force_login(naar.gebruiker)
    kaart = client.get(reverse("overdracht", args=[aanbod.pk])).content.decode()
    assert "Mag weten</b>: de voortgang" in kaart and "Meester Oud" not in kaart
    assert "Deel niets." in kaart.split("Zus Bakker")[1]
    overdragen.neem_aan(aanbod, door=naar, actor=TOETS)
    assert BetrokkenPartij.objects.filter(deelnemer=persoon, pk=rij.pk).exists(), "na de overdracht blijven ze"


def test_de_persoon_leest_het_zelf(persoon: Deelnemer) -> None:
    rij = partij(persoon, telefoon="020 555")
    partijen.stop_delen(rij, actor=TOETS)
    uit = overzicht(persoon.pk)
    (deel,) = uit["Wie er buiten de gemeente bij jou betrokken is"]
    assert deel["naam"] == "Noor Visser" and deel["als wat"] == "wijkteam" and "020 555" not in str(deel)
    (akkoord,) = uit["Akkoord om met iemand te delen"]
    assert akkoord["tekst"].startswith("Delen met Noor Visser") and akkoord["ingetrokken op"]
    assert "Akkoord per regel van het profiel" not in uit
    partij(persoon, mag("werk_en_inkomen"), naam="Piet Smit")
    deel = overzicht(persoon.pk)["Wie er buiten de gemeente bij jou betrokken is"][1]
    assert deel["wat deze partner mag weten"] == "werk en inkomen"


def test_tijdlijn_opnieuw_opgebouwd_is_hetzelfde(persoon: Deelnemer) -> None:
    herbouw.tijdlijn_van(persoon.pk, TOETS)
    partij(persoon, mag(grondslag="andere_wet", uitleg="Jeugdwet"))
    rij = partij(persoon, naam="Piet Smit")
    partijen.stop_delen(rij, actor=TOETS)
    partijen.beeindig_partij(rij, VANDAAG(), actor=TOETS)
    assert "Noor Visser mag weten: afspraken, het plan" in titels(persoon)
    assert herbouw.tijdlijn_van(persoon.pk, TOETS, schrijf=False) == 0
