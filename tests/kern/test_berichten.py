"""The outbox of messages: sent once, tried again with longer pauses, visible."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from kern import berichten, klok
from kern.models import Bericht, BerichtStatus, Leesregel
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK, BerichtFabriek
from tests.organisatie.fabrieken import TeamFabriek


class Kapot:
    """A carrier that is never there."""

    def verstuur(self, bericht: Bericht) -> None:
        raise ConnectionError(f"{bericht.aan} niet bereikbaar")


def test_email_gaat_een_keer_weg(gemeente, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    berichten.stel_bericht_op(
        kanaal="email",
        aan="samira@voorbeeld.example",
        onderwerp="Afspraak",
        tekst="Tot morgen.",
        actor=FABRIEK,
    )
    sms = berichten.stel_bericht_op(kanaal="sms", aan="06 12345678", tekst="Tot morgen.", actor=FABRIEK)
    assert voer_uit("kern.berichten_versturen", gemeente).tellingen == {"verstuurd": 2}
    assert voer_uit("kern.berichten_versturen", gemeente).tellingen == {}
    assert [m.to for m in mail.outbox] == [["samira@voorbeeld.example"]]
    sms.refresh_from_db()
    assert sms.status == BerichtStatus.VERSTUURD and sms.verstuurd_op


@pytest.mark.parametrize(("kanaal", "aan"), [("email", "geen-adres"), ("sms", "samira@voorbeeld.example")])
def test_onmogelijk_adres(gemeente, kanaal: str, aan: str) -> None:
    with pytest.raises(ValidationError):
        berichten.stel_bericht_op(kanaal=kanaal, aan=aan, tekst="x", actor=FABRIEK)


def test_mislukt_wacht_steeds_langer_en_geeft_het_op(gemeente, settings) -> None:
    settings.SMS_ADAPTER = "tests.kern.test_berichten.Kapot"
    bericht = BerichtFabriek(kanaal="sms", aan="0612345678")
    assert berichten.verstuur_volgende(FABRIEK) == BerichtStatus.KLAAR
    assert berichten.verstuur_volgende(FABRIEK) is None, "de pauze loopt nog"
    bericht.refresh_from_db()
    assert dt.timedelta(minutes=1) < bericht.niet_voor - klok.nu() <= dt.timedelta(minutes=2)
    assert bericht.fout == "Poging 1 mislukte (ConnectionError).", "het nummer staat niet in de fout"
    for _ in range(berichten.MAX_POGINGEN - 1):
        bericht.refresh_from_db()
        bericht.niet_voor = klok.nu()
        with berichten.handeling(FABRIEK):
            bericht.save()
        laatste = berichten.verstuur_volgende(FABRIEK)
    assert laatste == BerichtStatus.MISLUKT
    settings.SMS_ADAPTER = "kern.berichten.AlleenVastleggen"
    berichten.probeer_opnieuw(bericht, actor=FABRIEK)
    assert berichten.verstuur_volgende(FABRIEK) == BerichtStatus.VERSTUURD


def test_later_en_ingetrokken_blijven_liggen(gemeente) -> None:
    BerichtFabriek(niet_voor=klok.nu() + dt.timedelta(hours=1))
    weg = BerichtFabriek()
    berichten.trek_bericht_in(weg, actor=FABRIEK)
    assert berichten.verstuur_volgende(FABRIEK) is None
    with pytest.raises(ValidationError):
        berichten.probeer_opnieuw(weg, actor=FABRIEK)


def test_postvak_toont_logt_en_filtert(log_in, maak_medewerker) -> None:
    team = TeamFabriek()
    een, ander = (met_regie(maak_medewerker("consulent", team=team), team) for _ in range(2))
    client = log_in("teamondersteuning", team=team)
    fout = BerichtFabriek(status="mislukt", onderwerp="Mislukte brief", betrokkene_id=een.pk)
    BerichtFabriek(onderwerp="Gewone brief", betrokkene_id=ander.pk)
    tekst = client.get("/postvak").content.decode()
    assert "Mislukte brief" in tekst and "Gewone brief" in tekst
    assert set(Leesregel.objects.get().betrokkenen) == {een.pk, ander.pk}
    assert "Gewone brief" not in client.get("/postvak?status=mislukt").content.decode()
    assert "Opnieuw versturen" in client.get(f"/postvak/{fout.pk}").content.decode()
    client.post(f"/postvak/{fout.pk}/opnieuw")
    client.post(f"/postvak/{fout.pk}/intrekken")
    fout.refresh_from_db()
    assert fout.status == BerichtStatus.INGETROKKEN


def test_postvak_vraagt_niet_meer_bij_meer_berichten(log_in) -> None:
    client = log_in("teamondersteuning")
    BerichtFabriek.create_batch(3)
    groeit_niet(lambda: client.get("/postvak"), lambda: BerichtFabriek.create_batch(27), "postvak", 10)
