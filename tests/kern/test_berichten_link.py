"""A one-time link in a message: sealed until it leaves, never in the outbox, and forgotten after."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from deelnemers.services.leestoezicht import verbied
from kern import berichten, klok
from kern.handeling import handeling
from kern.models import Bericht, Wijziging
from tests.deelnemers.fabrieken import DeelnemerFabriek, met_regie
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek

pytestmark = pytest.mark.django_db
ADRES = "https://voorbeeld.example/verwijzing/heelgeheim123"


def stel_op(**velden: Any) -> Bericht:
    tekst = f"Open de verwijzing:\n{berichten.LINK}\nTot ziens."
    velden = {"kanaal": "email", "aan": "a@voorbeeld.example", "onderwerp": "Verwijzing", **velden}
    return berichten.stel_bericht_op(tekst=tekst, link=ADRES, actor=FABRIEK, **velden)


@pytest.mark.eis("R223", "Het postvak uit toont geen werkende link; na het versturen is die er ook niet meer")
def test_de_link_staat_alleen_in_de_mail(log_in: Any) -> None:
    rij = stel_op()
    blad = log_in("teamondersteuning").get(f"/postvak/{rij.pk}").content.decode()
    assert berichten.LINK in blad and "heelgeheim123" not in blad
    assert "heelgeheim123" not in rij.tekst and b"heelgeheim123" not in bytes(rij.geheim or b"")
    berichten.verstuur_volgende(FABRIEK)
    assert ADRES in mail.outbox[-1].body
    rij.refresh_from_db()
    assert rij.status == "verstuurd" and rij.geheim is None and "heelgeheim123" not in rij.tekst
    spoor = "".join(str((w.oud, w.nieuw)) for w in Wijziging.objects.filter(tabel="kern_bericht"))
    assert "heelgeheim123" not in spoor and "a@voorbeeld" not in spoor


def test_ingetrokken_vergeet_de_link(gemeente: Any) -> None:
    bericht = stel_op()
    berichten.trek_bericht_in(bericht, actor=FABRIEK)
    bericht.refresh_from_db()
    assert bericht.geheim is None


@pytest.mark.eis("R223", "Een bericht over iemand ziet alleen wie die persoon mag zien")
def test_alleen_over_wie_je_mag_zien(log_in: Any, maak_medewerker: Any) -> None:
    team = TeamFabriek()
    persoon = met_regie(maak_medewerker("consulent", team=team), team)
    eigen, vreemd, niemand = stel_op(betrokkene_id=persoon.pk), stel_op(betrokkene_id=DeelnemerFabriek().pk), stel_op()
    client = log_in("teamondersteuning", team=team)

    def stand() -> list[int]:
        return [client.get(f"/postvak/{b.pk}").status_code for b in (eigen, vreemd, niemand)]

    assert stand() == [200, 404, 200]
    lijst = client.get("/postvak").content.decode()
    assert f"/postvak/{eigen.pk}" in lijst and f"/postvak/{vreemd.pk}" not in lijst
    assert client.post(f"/postvak/{vreemd.pk}/intrekken").status_code == 404
    verbied(persoon, client.medewerker, "familie", actor=FABRIEK)
    assert stand() == [404, 404, 200], "ook na een leesverbod niet meer"


def test_oude_berichten_gaan_weg(gemeente: Any) -> None:
    oud, klaar, nieuw = stel_op(), stel_op(), stel_op()
    lang = klok.nu() - dt.timedelta(days=400)
    with handeling(FABRIEK):
        Bericht.objects.filter(pk=oud.pk).update(status="ingetrokken", geheim=None, aangemaakt_op=lang)
        Bericht.objects.filter(pk=klaar.pk).update(aangemaakt_op=lang)
        Bericht.objects.filter(pk=nieuw.pk).update(status="ingetrokken", geheim=None)
    assert berichten.ruim_verstuurde_op(365, actor=FABRIEK) == 1
    assert set(Bericht.objects.values_list("pk", flat=True)) == {klaar.pk, nieuw.pk}
