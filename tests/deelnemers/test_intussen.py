"""Two people save at the same page: the second reads what the first made of it, nothing is lost, nothing is double."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from deelnemers.models import (
    Beschutadvies,
    Competentiemeting,
    Deelnemer,
    Huishouden,
    Huishoudlid,
    Regie,
    Routekeuze,
    Uitkering,
    Veiligheidsmelding,
    Voorinschrijving,
)
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.veiligheid import bevestig_veiligheid, stel_veiligheid_voor
from deelnemers.services.vertegenwoordiging import leg_vertegenwoordiger_vast
from kern import klok
from tests.deelnemers.fabrieken import DAG, TOETS, gehuwd, met_regie
from tests.deelnemers.test_beschut import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def ik(log_in: Callable[..., Any], team: Any) -> Any:
    return log_in("teammanager", "consulent", team=team)


@pytest.fixture
def collega(maak_medewerker: Any, team: Any) -> Client:
    client = Client()
    client.force_login(maak_medewerker("teammanager", "consulent", team=team).gebruiker)
    return client


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    return met_regie(consulent)


def nl(dag: dt.date) -> str:
    return f"{dag:%d-%m-%Y}"


def pad(naam: str, deelnemer: Deelnemer, *meer: Any) -> str:
    return reverse(naam, args=[deelnemer.dossiernummer, *meer])


def versie(client: Client, adres: str, form: str = "form") -> Any:
    return client.get(adres).context[form]["versie"].value()


def brief() -> SimpleUploadedFile:
    return SimpleUploadedFile("brief.pdf", PDF, content_type="application/pdf")


def test_de_keuze_voor_een_route(ik: Client, collega: Client, persoon: Deelnemer) -> None:
    for code in ("op_tijd", "omgaan_met_gezag", "communiceren"):
        leg_vast(persoon, Competentiemeting, competentie=code, score=4, actor=TOETS)
    adres = pad("diagnose_route", persoon)
    gezien = versie(ik, adres, "volg")
    zij = {"gekozen": "intern", "afwijkreden": "Wil eerst wennen aan werken", "versie": gezien,
           "herbeoordelen_op": nl(klok.vandaag() + 30 * DAG)}  # fmt: skip
    assert collega.post(adres, zij).status_code == 302
    antwoord = ik.post(adres, {"gekozen": "extern", "versie": gezien})
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and "Een collega heeft deze gegevens net gewijzigd" in blad
    assert "Wil eerst wennen aan werken" in blad and Routekeuze.objects.get().gekozen == "intern"
    nu = antwoord.context["volg"]["versie"].value()
    assert f'name="versie" value="{nu}"' in blad
    assert ik.post(adres, {"gekozen": "extern", "versie": nu}).status_code == 302
    assert [k.gekozen for k in Routekeuze.objects.order_by("id")] == ["intern", "extern"]


def test_de_regie(ik: Any, collega: Client, persoon: Deelnemer, maak_medewerker: Any, team: Any) -> None:
    een, ander = (maak_medewerker("consulent", team=team) for _ in "ab")
    adres, vandaag = pad("regie_wijzigen", persoon), nl(klok.vandaag())
    gezien = versie(ik, adres)
    zij = {"medewerker": een.pk, "vanaf": vandaag, "reden": "Meer ruimte", "versie": gezien}
    assert collega.post(adres, zij).status_code == 302
    mijn = {"medewerker": ander.pk, "vanaf": vandaag, "reden": "Woont dichtbij", "versie": gezien}
    antwoord = ik.post(adres, mijn)
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and f"Hier staat nu ‘{een.naam}’" in blad
    assert "Hier staat nu ‘Meer ruimte’" in blad and "Woont dichtbij" in blad
    persoon.refresh_from_db()
    assert persoon.regievoerder_id == een.pk
    assert ik.post(adres, mijn | {"versie": antwoord.context["form"]["versie"].value()}).status_code == 302
    assert Regie.objects.get(deelnemer=persoon, begindatum=klok.vandaag()).medewerker_id == ander.pk


def test_waarom_we_een_minderjarige_kennen(ik: Client, collega: Client, consulent: Any) -> None:
    jip = met_regie(consulent, geboortedatum=klok.vandaag() - 16 * 366 * DAG)
    leg_vertegenwoordiger_vast(jip, "ouder", "Els Bos", klok.vandaag(), actor=TOETS)
    adres = pad("voorinschrijving", jip)
    gezien = versie(ik, adres)
    zij = {"grondslag": "taak", "toelichting": "Van school naar werk", "versie": gezien}
    assert collega.post(adres, zij).status_code == 302
    mijn = zij | {"toelichting": "De stage begint in maart"}
    antwoord = ik.post(adres, mijn)
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and "Hier staat nu ‘Van school naar werk’" in blad and "in maart" in blad
    assert Voorinschrijving.objects.get().toelichting == "Van school naar werk"
    assert ik.post(adres, mijn | {"versie": antwoord.context["form"]["versie"].value()}).status_code == 302
    assert Voorinschrijving.objects.get().toelichting == "De stage begint in maart"


def _melding(persoon: Deelnemer, wie: Any, **velden: Any) -> Veiligheidsmelding:
    gegevens = {
        "gedrag": "Sloeg op tafel",
        "maatregel": "Met twee",
        "bron": "Balie",
        "geldig_tot": klok.vandaag() + DAG,
    }
    return stel_veiligheid_voor(persoon, wie, actor=TOETS, **(gegevens | velden))


def test_een_veiligheidsmelding_staat_er_niet_twee_keer(ik: Client, collega: Client, persoon: Deelnemer) -> None:
    adres = pad("veiligheid_nieuw", persoon)
    gezien = versie(ik, adres)
    zij = {"gedrag": "Sloeg op tafel", "maatregel": "Met twee", "bron": "Balie", "geldig_tot": nl(klok.vandaag() + DAG),
           "versie": gezien}  # fmt: skip
    assert collega.post(adres, zij).status_code == 302
    antwoord = ik.post(adres, zij | {"gedrag": "Sloeg hard op de tafel"})
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and "Hier staat nu ‘Sloeg op tafel’" in blad and "Sloeg hard op de" in blad
    assert Veiligheidsmelding.objects.count() == 1


def test_weet_de_persoon_van_de_melding(ik: Any, collega: Client, persoon: Deelnemer, consulent: Any) -> None:
    rij = bevestig_veiligheid(_melding(persoon, consulent), ik.medewerker, actor=TOETS)
    adres = pad("veiligheid_inlichten", persoon, rij.pk)
    gezien = versie(ik, adres)
    vandaag = nl(klok.vandaag())
    assert collega.post(adres, {"persoon_ingelicht_op": vandaag, "versie": gezien}).status_code == 302
    antwoord = ik.post(adres, {"niet_inlichten_reden": "Dat geeft nu gevaar", "versie": gezien})
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and f"Hier staat nu ‘{vandaag}’" in blad and "Dat geeft nu gevaar" in blad
    rij.refresh_from_db()
    assert rij.persoon_ingelicht_op == klok.vandaag() and rij.niet_inlichten_reden == ""


def test_een_ingetrokken_melding_wordt_niet_alsnog_bevestigd(
    ik: Client, collega: Client, persoon: Deelnemer, consulent: Any
) -> None:
    rij = _melding(persoon, consulent)
    adres = pad("veiligheid", persoon, rij.pk)
    assert f'name="versie" value="{rij.versie}"' in ik.get(adres).content.decode()
    gezien = {"versie": rij.versie}
    assert collega.post(adres, {"besluit": "intrekken"} | gezien).status_code == 302
    blad = ik.post(adres, {"besluit": "bevestigen"} | gezien, follow=True).content.decode()
    assert "Een collega heeft deze gegevens net gewijzigd" in blad and "Ingetrokken op" in blad
    assert "is ingetrokken" in ik.post(adres, {"besluit": "bevestigen"}, follow=True).content.decode()
    rij.refresh_from_db()
    assert rij.tweede_persoon_id is None


def test_beschut_wordt_een_keer_gevraagd_en_een_keer_vastgelegd(
    ik: Client, collega: Client, persoon: Deelnemer
) -> None:
    adres, vandaag = pad("beschut", persoon), nl(klok.vandaag())
    vraag = {"stap": "aanvraag", "aangevraagd_op": vandaag, "versie": versie(ik, adres)}
    assert collega.post(adres, vraag).status_code == 302
    antwoord = ik.post(adres, vraag | {"aangevraagd_op": nl(klok.vandaag() - DAG)})
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and f"Hier staat nu ‘{vandaag}’" in blad and "Advies aanvragen bij UWV" in blad
    nog = ik.post(adres, vraag | {"versie": antwoord.context["form"]["versie"].value()})
    assert nog.status_code == 400 and "Er loopt al een aanvraag bij UWV" in nog.content.decode()
    assert Beschutadvies.objects.count() == 1
    zij = {"stap": "advies", "uitkomst": "positief", "advies_op": vandaag, "kenmerk": "UWV-1",
           "versie": versie(ik, adres)}  # fmt: skip
    assert collega.post(adres, zij | {"brief": brief()}).status_code == 302
    antwoord = ik.post(adres, zij | {"uitkomst": "negatief", "kenmerk": "UWV-2", "brief": brief()})
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and "al vastgelegd" in blad
    assert "Vastgelegd is: UWV-1" in blad and 'value="UWV-2"' in blad
    assert Beschutadvies.objects.get().uitkomst == "positief"


def test_het_huishouden(ik: Client, collega: Client, persoon: Deelnemer) -> None:
    adres, vandaag = pad("huishouden_nieuw", persoon), nl(klok.vandaag())
    gezien = versie(ik, adres)
    zij = {"leefvorm": "2", "kinderen": 2, "kostendelers": 1, "begindatum": vandaag, "versie": gezien}
    assert collega.post(adres, zij).status_code == 302
    mijn = zij | {"leefvorm": "1", "kinderen": 0}
    antwoord = ik.post(adres, mijn)
    assert antwoord.status_code == 400 and "Hier staat nu ‘2’" in antwoord.content.decode()
    assert Huishoudlid.objects.get(deelnemer=persoon).huishouden.leefvorm == "2"
    assert ik.post(adres, mijn | {"versie": antwoord.context["form"]["versie"].value()}).status_code == 302
    assert Huishoudlid.objects.get(deelnemer=persoon).huishouden.leefvorm == "1"


def test_de_gezinsregisseur(ik: Any, collega: Client, consulent: Any, maak_medewerker: Any, team: Any) -> None:
    ander = maak_medewerker("consulent", team=team)
    een, twee = met_regie(consulent), met_regie(ander)
    gehuwd(een, twee)
    adres = pad("gezinsregisseur_zet", een)
    assert 'name="nu" value="0"' in ik.get(pad("huishouden", een)).content.decode()
    assert collega.post(adres, {"medewerker": consulent.pk, "nu": "0"}).status_code == 302
    blad = ik.post(adres, {"medewerker": ander.pk, "nu": "0"}, follow=True).content.decode()
    assert f"{consulent.naam} is nu gezinsregisseur" in blad
    assert Huishouden.objects.get().gezinsregisseur_id == consulent.pk
    assert ik.post(adres, {"medewerker": ander.pk, "nu": str(consulent.pk)}).status_code == 302
    assert Huishouden.objects.get().gezinsregisseur_id == ander.pk


def test_de_uitkering(ik: Client, collega: Client, persoon: Deelnemer) -> None:
    adres, vandaag = pad("uitkering_nieuw", persoon), klok.vandaag()
    gezien = versie(ik, adres)
    zij = {"regeling": "01", "begindatum": nl(vandaag - 30 * DAG), "versie": gezien}
    assert collega.post(adres, zij).status_code == 302
    mijn = zij | {"begindatum": nl(vandaag)}
    antwoord = ik.post(adres, mijn)
    assert antwoord.status_code == 400 and f"Hier staat nu ‘{nl(vandaag - 30 * DAG)}’" in antwoord.content.decode()
    nog = ik.post(adres, mijn | {"versie": antwoord.context["form"]["versie"].value()})
    assert nog.status_code == 400 and "heeft al een uitkering" in nog.content.decode()
    assert Uitkering.objects.get().begindatum == vandaag - 30 * DAG
