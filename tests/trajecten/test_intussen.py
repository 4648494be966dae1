"""Two people save the same: the second sees at each field what the first made of it, and loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Competentiemeting, Vertegenwoordiger
from organisatie.rechten import Rol
from tests.trajecten.fabrieken import AfspraakFabriek, OnderdeelFabriek, Wereld, dagen, medewerker_met, moment
from trajecten.models import PlanVanAanpak, Traject
from trajecten.services.afspraken import herstel_afspraak

pytestmark = pytest.mark.django_db


@pytest.fixture
def alsconsulent(wereld: Wereld, client: Client) -> Client:
    client.force_login(wereld.consulent.gebruiker)
    return client


def _start(wereld: Wereld, client: Client) -> None:
    begin = {"doel": "werk_voltijd", "doeltekst": "Eerst", "begindatum": "01-02-2026"}
    pad = reverse("traject_starten", args=[wereld.deelnemer.dossiernummer])
    assert client.post(pad, begin).status_code == 302


def test_het_doel(wereld: Wereld, alsconsulent: Client) -> None:
    if not Traject.objects.filter(deelnemer=wereld.deelnemer).exists():
        _start(wereld, alsconsulent)
    pad = reverse("traject_doel", args=[wereld.deelnemer.dossiernummer])
    eerste = alsconsulent.get(pad).context["form"].initial["versie"]
    collega = {"doel": "school", "doeltekst": "Van de collega", "versie": eerste}
    assert alsconsulent.post(pad, collega).status_code == 302
    ik = collega | {"doeltekst": "Van mij"}
    antwoord = alsconsulent.post(pad, ik)
    tekst, form = antwoord.content.decode(), antwoord.context["form"]
    assert antwoord.status_code == 400
    assert "Hier staat nu ‘Van de collega’" in tekst and "Van mij" in tekst
    assert "doel" not in form.errors, "gelijk is niet anders"
    assert alsconsulent.post(pad, ik | {"versie": form["versie"].value()}).status_code == 302
    assert Traject.objects.get(deelnemer=wereld.deelnemer).doeltekst == "Van mij"


def test_een_onderdeel_verschuiven(wereld: Wereld, alsconsulent: Client) -> None:
    if not Traject.objects.filter(deelnemer=wereld.deelnemer).exists():
        _start(wereld, alsconsulent)
    traject = Traject.objects.get(deelnemer=wereld.deelnemer)
    deel = OnderdeelFabriek(traject=traject, deelnemer=wereld.deelnemer)
    pad = reverse("onderdeel_verschuiven", args=[wereld.deelnemer.dossiernummer, deel.pk])
    begin = alsconsulent.get(pad).context["form"].initial
    velden = {"begindatum": f"{begin['begindatum']:%d-%m-%Y}", "versie": begin["versie"]}
    assert alsconsulent.post(pad, velden | {"dagdelen": 2}).status_code == 302
    antwoord = alsconsulent.post(pad, velden | {"dagdelen": 3})
    assert antwoord.status_code == 400
    assert "Hier staat nu ‘2’" in antwoord.content.decode()
    assert antwoord.context["form"]["dagdelen"].value() == "3"


def test_het_plan(wereld: Wereld, alsconsulent: Client) -> None:
    traject = wereld.traject()
    pad = reverse("plan_vaststellen", args=[wereld.deelnemer.dossiernummer])
    versie = alsconsulent.get(pad).context["form"]["versie"].value()
    dag = f"{dagen(30):%d-%m-%Y}"
    collega = Client()
    collega.force_login(wereld.manager.gebruiker)
    assert collega.post(pad, {"tekst": "Van de collega", "evaluatie_op": dag, "versie": versie}).status_code == 302
    ik = {"tekst": "Van mij", "evaluatie_op": dag, "versie": versie}
    antwoord = alsconsulent.post(pad, ik)
    tekst, form = antwoord.content.decode(), antwoord.context["form"]
    assert antwoord.status_code == 400 and PlanVanAanpak.objects.get(traject=traject).tekst == "Van de collega"
    assert "Hier staat nu ‘Van de collega’" in tekst and form["tekst"].value() == "Van mij"
    assert "evaluatie_op" not in form.errors
    assert alsconsulent.post(pad, ik | {"versie": form["versie"].value()}).status_code == 302
    teksten = PlanVanAanpak.objects.filter(traject=traject).order_by("nummer").values_list("nummer", "tekst")
    assert list(teksten) == [(1, "Van de collega"), (2, "Van mij")]


def test_de_trede(wereld: Wereld, alsconsulent: Client) -> None:
    pad = reverse("trede", args=[wereld.deelnemer.dossiernummer])
    versie = alsconsulent.get(pad).context["form"]["versie"].value()
    velden = {"vanaf": f"{dagen(0):%d-%m-%Y}", "versie": versie}
    assert alsconsulent.post(pad, velden | {"waarde": 4, "reden": "Van de collega"}).status_code == 302
    ik = velden | {"waarde": 2, "reden": "Van mij"}
    antwoord = alsconsulent.post(pad, ik)
    form = antwoord.context["form"]
    assert antwoord.status_code == 400 and "Hier staat nu ‘Van de collega’" in antwoord.content.decode()
    wereld.deelnemer.refresh_from_db()
    assert wereld.deelnemer.trede_nu == 4 and "waarde" in form.errors
    assert alsconsulent.post(pad, ik | {"versie": form["versie"].value()}).status_code == 302
    wereld.deelnemer.refresh_from_db()
    assert wereld.deelnemer.trede_nu == 2


def test_een_vertegenwoordiger(wereld: Wereld, alsconsulent: Client) -> None:
    nummer = wereld.deelnemer.dossiernummer
    velden = {
        "soort": "bewindvoerder", "naam": "M. de Haan", "begindatum": f"{dagen(-9):%d-%m-%Y}", "telefoon": "0201234567",
        "brieven": "beiden", "uitnodigingen": "persoon",
    }  # fmt: skip
    assert alsconsulent.post(reverse("vertegenwoordiger_nieuw", args=[nummer]), velden).status_code == 302
    rij = Vertegenwoordiger.objects.get(deelnemer=wereld.deelnemer)
    pad = reverse("vertegenwoordiger", args=[nummer, rij.pk])
    versie = alsconsulent.get(pad).context["form"]["versie"].value()
    assert alsconsulent.post(pad, velden | {"versie": versie, "telefoon": "0207654321"}).status_code == 302
    ik = velden | {"versie": versie, "organisatie": "Haan Bewind"}
    antwoord = alsconsulent.post(pad, ik)
    assert antwoord.status_code == 400 and "Hier staat nu ‘0207654321’" in antwoord.content.decode()
    rij.refresh_from_db()
    assert (rij.telefoon, rij.organisatie) == ("0207654321", "")
    versie = antwoord.context["form"]["versie"].value()
    assert alsconsulent.post(pad, ik | {"versie": versie, "telefoon": "0207654321"}).status_code == 302
    rij.refresh_from_db()
    assert (rij.telefoon, rij.organisatie) == ("0207654321", "Haan Bewind")


def test_de_competenties(wereld: Wereld, alsconsulent: Client) -> None:
    pad = reverse("diagnose_competenties", args=[wereld.deelnemer.dossiernummer])
    velden = {
        "versie": alsconsulent.get(pad).context["form"]["versie"].value(),
        "bron": "gesprek", "vastgesteld_op": f"{dagen(0):%d-%m-%Y}",
    }  # fmt: skip
    assert alsconsulent.post(pad, velden | {"motivatie": 5}).status_code == 302
    antwoord = alsconsulent.post(pad, velden | {"motivatie": 2, "op_tijd": 3})
    assert antwoord.status_code == 400 and "Hier staat nu ‘5 · neemt zelf stappen’" in antwoord.content.decode()
    metingen = Competentiemeting.objects.filter(deelnemer=wereld.deelnemer)
    assert list(metingen.values_list("competentie", "score")) == [("motivatie", 5)]


def test_de_tweede_collega_bij_een_afspraak(wereld: Wereld, alsconsulent: Client) -> None:
    een, ander = (medewerker_met(Rol.CONSULENT, wereld.team) for _ in "ab")
    rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent)
    pad = reverse("afspraak_tweede", args=[rij.pk])
    versie = alsconsulent.get(pad).context["form"]["versie"].value()
    assert alsconsulent.post(pad, {"tweede_medewerker": een.pk, "versie": versie}).status_code == 302
    ik = {"tweede_medewerker": ander.pk, "versie": versie}
    antwoord = alsconsulent.post(pad, ik)
    assert antwoord.status_code == 400 and f"Hier staat nu ‘{een.naam}’" in antwoord.content.decode()
    rij.refresh_from_db()
    assert rij.tweede_medewerker_id == een.pk
    assert alsconsulent.post(pad, ik | {"versie": antwoord.context["form"]["versie"].value()}).status_code == 302
    rij.refresh_from_db()
    assert rij.tweede_medewerker_id == ander.pk


def test_het_vervolg_na_niet_verschijnen(wereld: Wereld, alsconsulent: Client) -> None:
    gemist = {"begint_op": moment(-1), "status": "niet_verschenen", "stap": 1}
    rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, **gemist)
    pad = reverse("afspraak", args=[rij.pk])
    versie = alsconsulent.get(pad).context["form"]["versie"].value()
    collega = {"vervolg": "bereikt", "toelichting": "Gebeld: de bus reed niet", "versie": versie}
    assert alsconsulent.post(pad, collega).status_code == 302
    ik = {"vervolg": "huisbezoek", "toelichting": "Neemt niet op", "versie": versie}
    antwoord = alsconsulent.post(pad, ik)
    blad = antwoord.content.decode()
    assert antwoord.status_code == 400 and "Hier staat nu ‘Gebeld: de bus reed niet’" in blad
    assert "Hier staat nu ‘Gesproken: er komt een nieuwe afspraak’" in blad and "Neemt niet op" in blad
    rij.refresh_from_db()
    assert rij.vervolg == "bereikt"
    opnieuw = ik | {"versie": antwoord.context["form"]["versie"].value()}
    herstel_afspraak(rij, actor=wereld.actor)
    antwoord = alsconsulent.post(pad, opnieuw)
    assert antwoord.status_code == 400 and "De stand is nu: gepland" in antwoord.content.decode()
    assert "Neemt niet op" in antwoord.content.decode(), "wat ik typte staat er nog"
