"""The toolkit: interventions by problem, what colleagues found, and never anything about a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from deelnemers.models import Belemmering
from kern.handeling import handeling
from kern.weigering import IntussenGewijzigd
from organisatie.rechten import Rol
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import InstrumentFabriek, Wereld, dagen, medewerker_met
from trajecten.models import Interventie, Interventieervaring
from trajecten.services.gereedschap import (
    haal_ervaring_weg,
    schrijf_ervaring,
    voeg_interventie_toe,
    wijzig_interventie,
)

pytestmark = pytest.mark.django_db

KIST = "gereedschapskist"
#: Nine digits that pass the 11-test, made up.
BSN = "123456782"


@pytest.fixture
def alsconsulent(wereld: Wereld, client: Client) -> Client:
    client.force_login(wereld.consulent.gebruiker)
    return client


def velden(**anders: Any) -> dict[str, Any]:
    return {
        "naam": "Assertiviteitstraining",
        "problemen": ["psychosociaal"],
        "wat": "In een groep oefenen met grenzen aangeven.",
        "wanneer": "Als werknemersvaardigheden ontbreken.",
        "wie": "Trainer",
    } | anders


def voeg_toe(wereld: Wereld, **anders: Any) -> Interventie:
    return voeg_interventie_toe(**velden(**anders), medewerker=wereld.consulent, actor=wereld.actor)


def vond(wereld: Wereld, rij: Interventie, hielp: bool, tekst: str = "Klein beginnen werkte.") -> Interventieervaring:
    return schrijf_ervaring(rij, hielp, tekst, medewerker=wereld.consulent, actor=wereld.actor)


def tekst_van(antwoord: Any) -> str:
    return str(antwoord.content.decode())


@pytest.mark.eis("R061", "Wie een probleem kiest, ziet de interventies die erbij horen, met hoe vaak ze hielpen.")
def test_bij_een_probleem_staan_de_interventies_met_ervaringen(wereld: Wereld, alsconsulent: Client) -> None:
    training = voeg_toe(wereld)
    voeg_toe(wereld, naam="Taal naast het werk", problemen=["taal", "netwerk"])
    for hielp in (True, True, False):
        vond(wereld, training, hielp)
    blad = tekst_van(alsconsulent.get(reverse(KIST), {"probleem": "psychosociaal"}))
    assert "Assertiviteitstraining" in blad and "Taal naast het werk" not in blad
    assert "Hielp 2 keer, niet 1 keer" in blad
    blad = tekst_van(alsconsulent.get(reverse(KIST), {"probleem": "netwerk"}))
    assert "Taal naast het werk" in blad and "Nog geen" in blad and "Assertiviteitstraining" not in blad
    alles = tekst_van(alsconsulent.get(reverse(KIST)))
    assert "Assertiviteitstraining" in alles and "Taal naast het werk" in alles
    assert alsconsulent.get(reverse(KIST), {"probleem": "bestaat-niet", "pagina": "99"}).status_code == 200


@pytest.mark.eis("R119", "Een consulent voegt een interventie toe; een collega vindt hem en zet er een ervaring bij.")
def test_toevoegen_en_ervaring_van_een_collega(wereld: Wereld, alsconsulent: Client) -> None:
    aanbod = InstrumentFabriek(naam="Training durven", code="durven")
    leeg = tekst_van(alsconsulent.get(reverse(KIST), {"probleem": "taal"}))
    assert "Nog niets bij taal" in leeg and f"{reverse('interventie_nieuw')}?probleem=taal" in leeg
    assert "checked" in tekst_van(alsconsulent.get(reverse("interventie_nieuw"), {"probleem": "taal"}))
    antwoord = alsconsulent.post(reverse("interventie_nieuw"), velden(instrument=aanbod.pk))
    rij = Interventie.objects.get()
    assert antwoord["Location"] == reverse("interventie", args=[rij.pk])
    assert (rij.instrument, rij.toegevoegd_door) == (aanbod, wereld.consulent)

    collega = medewerker_met(Rol.CONSULENT, wereld.team)
    alsconsulent.force_login(collega.gebruiker)
    blad = tekst_van(alsconsulent.get(antwoord["Location"]))
    assert "Training durven" in blad and reverse("instrument", args=["durven"]) in blad
    assert alsconsulent.post(antwoord["Location"], {"hielp": "nee", "tekst": ""}).status_code == 400
    alsconsulent.post(antwoord["Location"], {"hielp": "nee", "tekst": "Te vroeg ingezet."})
    blad = tekst_van(alsconsulent.get(antwoord["Location"]))
    assert "Te vroeg ingezet." in blad and collega.naam in blad and "Hielp 0 keer, niet 1 keer" in blad
    weg = reverse("ervaring_weg", args=[rij.pk, Interventieervaring.objects.get().pk])
    alsconsulent.post(weg)
    assert not Interventieervaring.objects.exists()


@pytest.mark.parametrize(
    "tekst",
    [
        f"Werkte goed bij {BSN}.",
        "Werkte bij 1234.56.782 goed.",
        "Zie dossier 2026-00012.",
        "Zie dossier 2026 00012.",
    ],
)
@pytest.mark.eis("R119", "Een ervaring gaat nooit over een persoon: een tekst met een nummer komt er niet in.")
def test_geen_nummer_van_een_persoon(wereld: Wereld, alsconsulent: Client, tekst: str) -> None:
    rij = voeg_toe(wereld)
    with pytest.raises(ValidationError) as fout:
        vond(wereld, rij, True, tekst)
    assert list(fout.value.message_dict) == ["tekst"]
    for veld in ("naam", "wat", "wanneer", "wie"):
        with pytest.raises(ValidationError) as fout:
            voeg_toe(wereld, **{"naam": "Iets anders"} | {veld: tekst})
        assert list(fout.value.message_dict) == [veld]
    antwoord = alsconsulent.post(reverse("interventie", args=[rij.pk]), {"hielp": "ja", "tekst": tekst})
    assert antwoord.status_code == 400 and "Nooit over één persoon" in tekst_van(antwoord)
    assert not Interventieervaring.objects.exists() and Interventie.objects.count() == 1


def test_gewone_getallen_mogen(wereld: Wereld) -> None:
    vond(wereld, voeg_toe(wereld), True, "Bel 020 1234567. Kosten 1.250 euro, van 2024 tot 2026, 12 weken lang.")
    assert Interventieervaring.objects.count() == 1


@pytest.mark.parametrize(
    ("regel", "anders"),
    [
        ("interventie_zonder_nummer", {"wat": "Zie 2026-00012"}),
        ("interventie_zonder_nummer", {"naam": BSN}),
        ("interventie_heeft_een_probleem", {"problemen": []}),
        ("interventie_is_uitgelegd", {"wanneer": ""}),
        ("interventie_naam", {"naam": "assertiviteitsTRAINING", "zelfde": True}),
    ],
)
def test_database_weigert_ook(wereld: Wereld, regel: str, anders: dict[str, Any]) -> None:
    if anders.pop("zelfde", False):
        voeg_toe(wereld)
    vast = {"toegevoegd_door": wereld.consulent, "toegevoegd_op": dagen(0)}
    with pytest.raises(IntegrityError, match=regel), handeling(FABRIEK), transaction.atomic():
        Interventie.objects.create(**velden(**anders), **vast)


@pytest.mark.parametrize(("regel", "tekst"), [("ervaring_zonder_nummer", BSN), ("ervaring_heeft_tekst", "")])
def test_database_weigert_ook_een_ervaring(wereld: Wereld, regel: str, tekst: str) -> None:
    rij = voeg_toe(wereld)
    with pytest.raises(IntegrityError, match=regel), handeling(FABRIEK), transaction.atomic():
        Interventieervaring.objects.create(
            interventie=rij, hielp=True, tekst=tekst, geschreven_door=wereld.consulent, geschreven_op=dagen(0)
        )


def test_fouten_staan_bij_het_veld(wereld: Wereld, alsconsulent: Client) -> None:
    voeg_toe(wereld)
    antwoord = alsconsulent.post(reverse("interventie_nieuw"), velden(naam="ASSERTIVITEITStraining"))
    assert antwoord.status_code == 400 and "Deze interventie zit al in de gereedschapskist" in tekst_van(antwoord)
    leeg = alsconsulent.post(reverse("interventie_nieuw"), {"naam": ""})
    assert leeg.status_code == 400 and not Interventie.objects.exclude(naam="Assertiviteitstraining").exists()
    geheim = InstrumentFabriek(afgeschermd=True)
    assert alsconsulent.post(reverse("interventie_nieuw"), velden(naam="X", instrument=geheim.pk)).status_code == 400
    for fout in ({"problemen": ["onbekend"]}, {"instrument": geheim}):
        with pytest.raises(ValidationError) as gevonden:
            voeg_toe(wereld, naam="Y", **fout)
        assert list(gevonden.value.message_dict) == list(fout)


def test_wie_later_bewaart_ziet_wat_anders_is(wereld: Wereld, alsconsulent: Client) -> None:
    rij = voeg_toe(wereld)
    pad = reverse("interventie_wijzigen", args=[rij.pk])
    assert 'name="versie" value="1"' in tekst_van(alsconsulent.get(pad))
    assert alsconsulent.post(pad, velden(wie="Trainer of consulent", versie=1)).status_code == 302
    laat = alsconsulent.post(pad, velden(wie="Alleen een trainer", versie=1))
    assert laat.status_code == 400 and "Trainer of consulent" in tekst_van(laat)
    rij.refresh_from_db()
    assert (rij.wie, rij.versie) == ("Trainer of consulent", 2)
    with pytest.raises(IntussenGewijzigd):
        wijzig_interventie(rij, **velden(), actor=wereld.actor, versie=1)


def test_wie_alleen_leest_wijzigt_niets(wereld: Wereld, client: Client) -> None:
    rij = voeg_toe(wereld)
    ervaring = vond(wereld, rij, True)
    pad = reverse("interventie", args=[rij.pk])
    client.force_login(medewerker_met(Rol.AFDELINGSMANAGER, None).gebruiker)
    blad = tekst_van(client.get(pad))
    assert "Klein beginnen werkte." in blad and "Weghalen" not in blad and "Jouw ervaring" not in blad
    assert client.post(pad, {"hielp": "ja", "tekst": "Goed"}).status_code == 403
    for naam, args in (("interventie_nieuw", []), ("interventie_wijzigen", [rij.pk])):
        assert client.get(reverse(naam, args=args)).status_code == 403
    assert client.post(reverse("ervaring_weg", args=[rij.pk, ervaring.pk])).status_code == 403
    client.force_login(medewerker_met(Rol.FUNCTIONEEL_BEHEERDER, None).gebruiker)
    assert client.get(reverse(KIST)).status_code == 403
    assert Interventieervaring.objects.count() == 1


def test_ervaring_van_een_andere_interventie_gaat_niet_weg(wereld: Wereld, alsconsulent: Client) -> None:
    een, twee = voeg_toe(wereld), voeg_toe(wereld, naam="Maatje")
    ervaring = vond(wereld, een, True)
    assert alsconsulent.post(reverse("ervaring_weg", args=[twee.pk, ervaring.pk])).status_code == 404
    haal_ervaring_weg(ervaring, actor=wereld.actor)
    assert not Interventieervaring.objects.exists()


@pytest.mark.eis("R061", "Bij een open belemmering in het dossier staat de weg naar wat bij dat probleem kan helpen.")
def test_van_belemmering_naar_de_kist(wereld: Wereld, alsconsulent: Client) -> None:
    with handeling(FABRIEK):
        Belemmering.objects.create(deelnemer=wereld.deelnemer, soort="taal", begindatum=dagen(-9))
        Belemmering.objects.create(
            deelnemer=wereld.deelnemer, soort="netwerk", begindatum=dagen(-9), status="opgelost", opgelost_op=dagen(-1)
        )
    blad = tekst_van(alsconsulent.get(reverse("diagnose", args=[wereld.deelnemer.dossiernummer])))
    assert f"{reverse(KIST)}?probleem=taal" in blad and "probleem=netwerk" not in blad
    assert reverse(KIST) in tekst_van(alsconsulent.get(reverse("instrumenten")))


def test_vraagt_niet_meer_bij_meer(wereld: Wereld, alsconsulent: Client) -> None:
    rij = voeg_toe(wereld)
    vond(wereld, rij, True)

    def meer() -> None:
        aanbod = InstrumentFabriek()
        for nummer in range(12):
            ander = voeg_toe(wereld, naam=f"Aanpak {nummer}", problemen=["taal", "netwerk"], instrument=aanbod)
            vond(wereld, ander, False)
            vond(wereld, rij, nummer % 2 == 0)

    groeit_niet(lambda: alsconsulent.get(reverse(KIST)), meer, "gereedschapskist", 6)
    pad = reverse("interventie", args=[rij.pk])
    groeit_niet(lambda: alsconsulent.get(pad), lambda: [vond(wereld, rij, True) for _ in range(9)], "interventie", 6)
