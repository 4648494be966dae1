"""Two people save the same: the second sees at each field what the first made of it, and loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.trajecten.fabrieken import OnderdeelFabriek, Wereld
from trajecten.models import Traject

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
