"""Warnings and advice on a maatregel: separate, dated and reasoned; income decides (R016)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.historievragen import wijzigingen
from deelnemers.inzage import overzicht
from deelnemers.models import Deelnemer, Maatregeladvies, Uitkering, Waarschuwing
from deelnemers.services import maatregelen as dienst
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.services.samenvoegen import voeg_samen
from deelnemers.services.tijdlijn import alle_regels
from deelnemers.services.werkvoorraad import ververs
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import handeling
from kern.models import Leesregel, Overgang, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from kern.weigering import IntussenGewijzigd
from organisatie.rechten import Rol, rechten_van
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie, met_uitkering
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wet")]
FEITEN = "Kwam op 3 en 10 maart niet naar de training en belde niet."


@pytest.fixture
def persoon(consulent: Any, team: Any) -> Deelnemer:
    deelnemer = met_regie(consulent, team)
    met_uitkering(deelnemer)
    return deelnemer


def waarschuw(persoon: Deelnemer, consulent: Any, **anders: Any) -> Waarschuwing:
    velden = {"afspraak": "Elke maandag naar de training.", "niet_gedaan": FEITEN} | anders
    op = velden.pop("gegeven_op", klok.vandaag() - 7 * DAG)
    return dienst.geef_waarschuwing(persoon, op, "gesprek", **velden, medewerker=consulent, actor=TOETS)


def adviseer(persoon: Deelnemer, consulent: Any, **anders: Any) -> Maatregeladvies:
    vandaag = klok.vandaag()
    velden: dict[str, Any] = {
        "reden": "18-4-h",
        "gebeurd_op": vandaag - 3 * DAG,
        "feiten": FEITEN,
        "hoorwijze": "gesprek",
        "gehoord_op": vandaag - DAG,
        "zienswijze": "Ik was vergeten te bellen.",
        "verwijtbaar": "De persoon wist van de training en kon bellen.",
    }
    return dienst.adviseer_maatregel(persoon, dienst.Advies(**(velden | anders)), medewerker=consulent, actor=TOETS)


def werk(soort: str) -> list[Werkvoorraad]:
    return list(Werkvoorraad.objects.filter(soort=soort).order_by("pk"))


# --- Warnings ------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R016", "Een waarschuwing is een eigen rij: dag, afspraak, feiten, hoe verteld, door wie, met reactie")
def test_waarschuwing_vastleggen_en_reageren(client: Any, persoon: Deelnemer, consulent: Any) -> None:
    client.force_login(consulent.gebruiker)
    nieuw, blad = (reverse(n, args=[persoon.dossiernummer]) for n in ("waarschuwing_nieuw", "plichten"))
    vandaag = f"{klok.vandaag():%d-%m-%Y}"
    vol = {"gegeven_op": vandaag, "wijze": "brief", "afspraak": "Elke maandag komen.", "niet_gedaan": FEITEN}
    leeg = client.post(nieuw, vol | {"niet_gedaan": "Nee"})
    assert leeg.status_code == 400 and "Schrijf dit in een paar woorden op." in leeg.content.decode()
    morgen = client.post(nieuw, vol | {"gegeven_op": f"{klok.vandaag() + DAG:%d-%m-%Y}"})
    assert morgen.status_code == 400 and "Deze dag is nog niet geweest." in morgen.content.decode()
    assert client.post(nieuw, vol).status_code == 302
    rij = Waarschuwing.objects.get()
    assert (rij.gegeven_door, rij.wijze, rij.reactie_op) == (consulent, "brief", None)
    assert "Nog geen reactie van de persoon." in client.get(blad).content.decode()
    pad = reverse("waarschuwing", args=[persoon.dossiernummer, rij.pk])
    gezegd = {"reactie": "Ik had geen oppas.", "reactie_op": vandaag, "versie": rij.versie}
    assert client.post(pad, gezegd).status_code == 302
    tekst = client.get(blad).content.decode()
    assert "Ik had geen oppas." in tekst and FEITEN in tekst and "in een brief" in tekst
    assert Leesregel.objects.filter(verwerking="plichten.bekijken", betrokkenen=[persoon.pk]).exists()
    weg = reverse("waarschuwing_intrekken", args=[persoon.dossiernummer, rij.pk])
    assert client.post(weg, {"reden": "", "versie": 2}).status_code == 400
    assert client.post(weg, {"reden": "De training ging niet door.", "versie": 2}).status_code == 302
    assert "Ingetrokken: De training ging niet door." in client.get(blad).content.decode()
    assert Overgang.objects.filter(soort="waarschuwing").count() == 2
    assert client.get(pad).status_code == 404


@pytest.mark.eis("R016", "Van twee die tegelijk bewaren, ziet de tweede wat er veranderde, en er gaat niets verloren")
def test_de_tweede_ziet_wat_de_eerste_schreef(client: Any, persoon: Deelnemer, consulent: Any) -> None:
    rij = waarschuw(persoon, consulent)
    dienst.leg_reactie_vast(rij, "Ik was ziek.", klok.vandaag(), versie=1, actor=TOETS)
    client.force_login(consulent.gebruiker)
    pad = reverse("waarschuwing", args=[persoon.dossiernummer, rij.pk])
    gezegd = {"reactie": "Ik vergat het.", "reactie_op": f"{klok.vandaag():%d-%m-%Y}"}
    tekst = client.post(pad, gezegd | {"versie": 1})
    assert tekst.status_code == 400 and "Hier staat nu ‘Ik was ziek.’" in tekst.content.decode()
    assert client.post(pad, gezegd | {"versie": 2}).status_code == 302
    with pytest.raises(IntussenGewijzigd):
        dienst.trek_waarschuwing_in(rij, reden="Klopte niet", versie=2, actor=TOETS)
    advies = adviseer(persoon, consulent)
    dienst.pak_advies_op(advies, actor=TOETS)
    with pytest.raises(IntussenGewijzigd):
        dienst.trek_advies_in(advies, reden="Klopte niet", versie=1, actor=TOETS)


@pytest.mark.parametrize("kolom", ["afspraak", "niet_gedaan", "reactie"])
def test_geen_burgerservicenummer_in_een_waarschuwing(persoon: Deelnemer, consulent: Any, kolom: str) -> None:
    with pytest.raises(ValidationError) as fout:
        waarschuw(persoon, consulent, **{kolom: "Het nummer is 999990007, zegt de persoon."})
    assert list(fout.value.message_dict) == [kolom]


# --- Advice --------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R016", "Een advies gaat naar inkomen; inkomen beslist en de adviseur leest wat en wanneer")
def test_advies_en_besluit(client: Any, log_in: Any, persoon: Deelnemer, consulent: Any) -> None:
    eerder = waarschuw(persoon, consulent)
    client.force_login(consulent.gebruiker)
    dagen = {n: f"{klok.vandaag() - d * DAG:%d-%m-%Y}" for n, d in (("gebeurd_op", 3), ("gehoord_op", 1))}
    vol = dagen | {
        "reden": "18-4-h", "feiten": FEITEN, "hoorwijze": "telefoon", "zienswijze": "Ik vergat het.",
        "verwijtbaar": "De persoon wist van de training.", "omstandigheden": "", "waarschuwing": eerder.pk,
    }  # fmt: skip
    nieuw = reverse("maatregel_nieuw", args=[persoon.dossiernummer])
    ongehoord = client.post(nieuw, vol | {"zienswijze": ""})
    assert ongehoord.status_code == 400 and "Schrijf op wat de persoon zegt." in ongehoord.content.decode()
    assert client.post(nieuw, vol).status_code == 302
    advies = Maatregeladvies.objects.get()
    assert advies.termijn == klok.vandaag() + 14 * DAG
    (bij_inkomen,), (wacht,) = werk("maatregeladvies"), werk("wacht_op_maatregel")
    assert (bij_inkomen.voor_rol, wacht.voor_id) == ("inkomensconsulent", consulent.gebruiker_id)
    log_in("inkomensconsulent")
    pad = reverse("inkomensmaatregel", args=[advies.pk])
    lijst = client.get(reverse("inkomensmaatregelen")).content.decode()
    assert persoon.dossiernummer in lijst and "Meedoen met begeleiding en onderzoek" in lijst
    assert "Ik vergat het." in client.get(pad).content.decode()
    assert client.get(reverse("plichten", args=[persoon.dossiernummer])).status_code == 403
    oppakken = reverse("inkomensmaatregel_zet", args=[advies.pk, "oppakken"])
    assert client.post(oppakken).status_code == 302
    besluit = {
        "uitkomst": "opleggen", "besluit_op": f"{klok.vandaag():%d-%m-%Y}", "toelichting": "Een maand.", "versie": 2,
    }  # fmt: skip
    zonder_dag = client.post(pad, besluit)
    assert zonder_dag.status_code == 400 and "eerste dag in, en alleen dan" in zonder_dag.content.decode()
    assert client.post(pad, besluit | {"ingangsdatum": "1-12-2026", "einddatum": "31-12-2026"}).status_code == 302
    assert Leesregel.objects.filter(verwerking="inkomen.maatregelen", betrokkenen=[persoon.pk]).exists()
    assert not werk("wacht_op_maatregel")
    (lezen,) = werk("maatregeladvies")
    assert (lezen.voor_id, lezen.voor_rol) == (consulent.gebruiker_id, "")
    client.force_login(consulent.gebruiker)
    tekst = client.get(reverse("plichten", args=[persoon.dossiernummer])).content.decode()
    assert "Een maand." in tekst and "1 december 2026" in tekst and "Maatregel opgelegd" in tekst
    assert client.post(reverse("maatregel_gelezen", args=[persoon.dossiernummer, advies.pk])).status_code == 302
    assert not werk("maatregeladvies")


@pytest.mark.eis("R016", "Zonder antwoord binnen de termijn komt een advies op Vandaag om na te bellen")
def test_advies_zonder_antwoord_komt_op_vandaag(persoon: Deelnemer, consulent: Any, settings: Any) -> None:
    advies = adviseer(persoon, consulent)
    assert not werk("maatregeladvies_te_laat")
    settings.PEILDATUM = (advies.termijn + DAG).isoformat()
    with handeling(FABRIEK):
        ververs(persoon.pk)
    (laat,) = werk("maatregeladvies_te_laat")
    assert laat.voor_id == consulent.gebruiker_id and laat.titel.startswith("Bel inkomen")


@pytest.mark.eis("R016", "Een advies kan niet zonder feiten, zonder de persoon te horen, of zonder uitkering")
@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"hoorwijze": "gesprek", "zienswijze": ""}, "zienswijze"),
        ({"hoorwijze": "geen"}, "zienswijze"),
        ({"gehoord_op": dt.date(2020, 1, 1)}, "gehoord_op"),
        ({"gebeurd_op": dt.date(2014, 12, 31)}, "reden"),
        ({"reden": "te laat gekomen"}, "reden"),
        ({"feiten": "Nee"}, "__all__"),
        ({"verwijtbaar": "Nummer 999990007 wist het."}, "verwijtbaar"),
    ],
)
def test_een_advies_is_heel(persoon: Deelnemer, consulent: Any, anders: dict[str, Any], veld: str) -> None:
    with pytest.raises(ValidationError) as fout:
        adviseer(persoon, consulent, **anders)
    assert veld in fout.value.message_dict


def test_een_advies_gaat_over_een_uitkering(consulent: Any, team: Any) -> None:
    with pytest.raises(ValidationError, match="geen lopende uitkering"):
        adviseer(met_regie(consulent, team), consulent)


def test_een_waarschuwing_van_een_ander_hoort_niet_bij_dit_advies(
    persoon: Deelnemer, consulent: Any, team: Any
) -> None:
    andere = waarschuw(met_regie(consulent, team), consulent)
    with pytest.raises(ValidationError) as fout:
        adviseer(persoon, consulent, waarschuwing=andere)
    assert "waarschuwing" in fout.value.message_dict


@pytest.mark.eis("R016", "Inkomen neemt een fout antwoord terug, en legt een bezwaar vast")
def test_antwoord_terug_en_bezwaar(persoon: Deelnemer, consulent: Any) -> None:
    advies, vandaag = adviseer(persoon, consulent), klok.vandaag()
    with pytest.raises(OvergangGeweigerd):
        dienst.leg_bezwaar_vast(advies, vandaag, actor=TOETS)
    dienst.beantwoord_advies(advies, "opleggen", vandaag, versie=1, ingangsdatum=vandaag, actor=TOETS)
    with pytest.raises(ValidationError):
        dienst.leg_bezwaar_vast(advies, vandaag - DAG, actor=TOETS)
    assert dienst.leg_bezwaar_vast(advies, vandaag, actor=TOETS).bezwaar_op == vandaag
    with pytest.raises(OvergangGeweigerd):
        dienst.trek_advies_in(advies, reden="Toch niet", versie=None, actor=TOETS)
    with pytest.raises(OvergangGeweigerd):
        dienst.heropen_advies(advies, reden="", actor=TOETS)
    terug = dienst.heropen_advies(advies, reden="Verkeerde persoon.", actor=TOETS)
    assert (terug.status, terug.bezwaar_op, terug.ingangsdatum) == ("ontvangen", None, None)
    geen = dienst.beantwoord_advies(advies, "niet_opleggen", vandaag, versie=terug.versie, actor=TOETS)
    assert geen.status == "niet_opgelegd"


@pytest.mark.eis("R016", "Een advies of een besluit verandert de uitkering niet")
def test_de_uitkering_blijft_zoals_zij_was(persoon: Deelnemer, consulent: Any) -> None:
    voor = list(Uitkering.objects.order_by("pk").values())
    for uitkomst in ("opleggen", "waarschuwen", "niet_opleggen"):
        advies, begin = adviseer(persoon, consulent), klok.vandaag() if uitkomst == "opleggen" else None
        dienst.beantwoord_advies(advies, uitkomst, klok.vandaag(), versie=1, ingangsdatum=begin, actor=TOETS)
    assert list(Uitkering.objects.order_by("pk").values()) == voor


# --- The database keeps it -----------------------------------------------------------------------------------------
@pytest.mark.eis("R016", "De database weigert een waarschuwing zonder feiten en een besluit dat niet bij de stand past")
@pytest.mark.parametrize(
    ("soort", "velden"),
    [
        ("w", {"niet_gedaan": "nee"}),
        ("w", {"reactie": "Ik was ziek."}),
        ("w", {"status": "ingetrokken"}),
        ("w", {"wijze": "sms"}),
        ("a", {"status": "opgelegd"}),
        ("a", {"status": "ingetrokken"}),
        ("a", {"besluit_op": dt.date(2026, 1, 1)}),
        ("a", {"zienswijze": ""}),
        ("a", {"gehoord_op": dt.date(2020, 1, 1)}),
        ("a", {"status": "beboet"}),
    ],
)
def test_de_database_weigert(persoon: Deelnemer, consulent: Any, soort: str, velden: dict[str, Any]) -> None:
    rij: Any = waarschuw(persoon, consulent) if soort == "w" else adviseer(persoon, consulent)
    with pytest.raises(IntegrityError), handeling(FABRIEK), transaction.atomic():
        type(rij).objects.filter(pk=rij.pk).update(**velden)


# --- Who sees it ---------------------------------------------------------------------------------------------------
@pytest.mark.eis("R016", "Wie mensen niet zelf begeleidt, ziet waarschuwingen niet, ook niet in de tijdlijn")
def test_alleen_wie_begeleidt_ziet_het(log_in: Any, persoon: Deelnemer, consulent: Any, team: Any) -> None:
    waarschuw(persoon, consulent)
    adviseer(persoon, consulent)
    assert {r.titel for r in tijdlijn.van(persoon.pk, bijzonder=True)} >= {
        "Waarschuwing in een gesprek",
        "Advies over een maatregel: verstuurd",
    }
    assert not [r for r in tijdlijn.van(persoon.pk) if "aarschuwing" in r.titel or "maatregel" in r.titel]
    for rol in (Rol.ACCOUNTMANAGER_WSP, Rol.INKOMENSCONSULENT, Rol.MEDEWERKER_SUBSIDIES, Rol.AFDELINGSMANAGER):
        assert log_in(rol, team=team).get(reverse("plichten", args=[persoon.dossiernummer])).status_code == 403
        tabellen = set(wijzigingen(persoon, rechten_van([rol])).values_list("tabel", flat=True))
        assert not tabellen & {"deelnemers_waarschuwing", "deelnemers_maatregeladvies"}


def test_de_tijdlijn_is_opnieuw_te_maken(persoon: Deelnemer, consulent: Any) -> None:
    waarschuw(persoon, consulent)
    adviseer(persoon, consulent)
    sleutels = {r.sleutel for r in alle_regels(persoon.pk)}
    assert {s for s in sleutels if s.startswith(("waarschuwing", "maatregeladvies"))} == {
        r.sleutel
        for r in tijdlijn.van(persoon.pk, bijzonder=True)
        if r.sleutel.startswith(("waarschuwing", "maatregeladvies"))
    }


def test_inkomen_ziet_het_eigen_dossier_niet(log_in: Any, persoon: Deelnemer, consulent: Any) -> None:
    advies = adviseer(persoon, consulent)
    rachid = log_in("inkomensconsulent")
    verbied(persoon, rachid.medewerker, "zelf", actor=TOETS)
    assert rachid.get(reverse("inkomensmaatregel", args=[advies.pk])).status_code == 404
    assert persoon.dossiernummer not in rachid.get(reverse("inkomensmaatregelen")).content.decode()


@pytest.mark.eis("R016", "De persoon krijgt waarschuwingen en adviezen in het overzicht van alle gegevens")
def test_in_het_overzicht_voor_de_persoon(persoon: Deelnemer, consulent: Any) -> None:
    waarschuw(persoon, consulent)
    adviseer(persoon, consulent)
    alles = overzicht(persoon.pk)
    (waarschuwing,), (advies,) = alles["Waarschuwingen"], alles["Adviezen aan inkomen over een maatregel"]
    assert waarschuwing["wat is niet gedaan"] == FEITEN
    assert advies["welke plicht"] == "Meedoen met begeleiding en onderzoek"
    assert advies["wat de persoon zegt"] == "Ik was vergeten te bellen."


def test_samenvoegen_neemt_alles_mee(persoon: Deelnemer, consulent: Any) -> None:
    adviseer(persoon, consulent, waarschuwing=waarschuw(persoon, consulent))
    ander = DeelnemerFabriek()
    voeg_samen(ander, persoon, {}, actor=TOETS, reden="Zelfde persoon.")
    assert Maatregeladvies.objects.get().deelnemer == Waarschuwing.objects.get().deelnemer == ander


def test_na_een_overlijden_hoeft_inkomen_niet_te_beslissen(persoon: Deelnemer, consulent: Any) -> None:
    advies = adviseer(persoon, consulent)
    meld_overlijden(persoon, klok.vandaag(), actor=TOETS)
    advies.refresh_from_db()
    assert (advies.status, advies.intrekreden) == ("ingetrokken", "De persoon is overleden.")


def test_lijsten_kosten_evenveel_vragen(client: Any, log_in: Any, persoon: Deelnemer, consulent: Any) -> None:
    def meer(aantal: int = 8) -> None:
        for _ in range(aantal):
            eerder = waarschuw(persoon, consulent)
            adviseer(persoon, consulent, waarschuwing=eerder)

    meer(2)
    client.force_login(consulent.gebruiker)
    groeit_niet(lambda: client.get(reverse("plichten", args=[persoon.dossiernummer])), meer, "plichten", 26)
    log_in("inkomensconsulent")
    groeit_niet(lambda: client.get(reverse("inkomensmaatregelen")), meer, "inkomensmaatregelen", 20)
