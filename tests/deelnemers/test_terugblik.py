"""A dossier as it was known on a day equals what stood there then, whatever was corrected later."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from deelnemers.models import (
    Belemmering,
    BetrokkenPartij,
    Deelnemer,
    Doelgroeplidmaatschap,
    Huishouden,
    Regie,
    Taalbeheersing,
    Toezegging,
    Trede,
    Uitkering,
)
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.regie import wijs_regie_toe
from kern import klok
from kern.aansluitingen import terugblik as socket
from kern.handeling import handeling
from kern.models import Leesregel
from kern.terugblik import Blik
from organisatie.rechten import Rol, rechten_van
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, TredeFabriek, gehuwd, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from trajecten.models import Afspraak, Instrument, PlanVanAanpak, Traject, Trajectonderdeel

pytestmark = pytest.mark.django_db
RECHTEN = rechten_van([Rol.CONSULENT])
TOEN = dt.timedelta(days=40)


def beeld(deelnemer: Deelnemer, dag: dt.date, rechten: frozenset[str] = RECHTEN) -> dict[str, list[Any]]:
    """All that the page would show."""
    blik = Blik(deelnemer.pk, deelnemer.gemeente_id, dag)
    return {deel.kop: list(deel.maak(blik, rechten)) for deel in socket.onderdelen(rechten)}


def zet_terug(eigenaar: Any, dagen: dt.timedelta = TOEN) -> None:
    """What was done so far, was done that long ago: rows and their history."""
    with eigenaar.cursor() as cursor:
        cursor.execute("UPDATE kern_wijziging SET tijdstip = tijdstip - %s", [dagen])
        for model in (Deelnemer, Regie, Trede, Traject, PlanVanAanpak, Belemmering, Uitkering, Huishouden):
            tabel = model._meta.db_table
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {tabel} SET aangemaakt_op = aangemaakt_op - %s", [dagen])
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
        for tabel in (
            "deelnemers_betrokkenpartij",
            "deelnemers_uitkeringsgerechtigde",
            "deelnemers_huishoudlid",
            "deelnemers_doelgroeplidmaatschap",
            "deelnemers_toezegging",
            "deelnemers_taalbeheersing",
            "trajecten_trajectonderdeel",
            "trajecten_afspraak",
        ):
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {tabel} SET aangemaakt_op = aangemaakt_op - %s", [dagen])
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")


@pytest.fixture
def vol(consulent: Any) -> Deelnemer:
    """A dossier with something under every heading."""
    deelnemer = met_regie(consulent, telefoon="0612345678", straat="Dorpsstraat", huisnummer="1")
    begin = klok.vandaag() - dt.timedelta(days=300)
    TredeFabriek(deelnemer=deelnemer, begindatum=begin)
    gehuwd(deelnemer, DeelnemerFabriek(), begin)
    traject = Traject.objects.get(deelnemer=deelnemer)
    with handeling(FABRIEK):
        Belemmering.objects.create(deelnemer=deelnemer, soort="schulden", bijzonder=True, begindatum=begin)
        Doelgroeplidmaatschap.objects.create(
            deelnemer=deelnemer, doelgroep="top_600", afgeschermd=True, begindatum=begin
        )
        BetrokkenPartij.objects.create(
            deelnemer=deelnemer, rol="reclassering", bijzonder=True, naam="Noor", onderwerpen=["plan"],
            grondslag="arbeidsinschakeling", deel_tot=klok.vandaag(), begindatum=begin, delen_sinds=begin,
        )  # fmt: skip
        PlanVanAanpak.objects.create(
            deelnemer=deelnemer, traject=traject, nummer=1, tekst="Eerst leren, dan werken.",
            evaluatie_op=klok.vandaag(),
        )  # fmt: skip
        training = Instrument.objects.create(code="taal", naam="Taal", soort="taal", route="intern", srg_type="40")
        Trajectonderdeel.objects.create(
            deelnemer=deelnemer, traject=traject, instrument=training, route="intern",
            begindatum=begin, status="loopt", status_sinds=begin,
        )  # fmt: skip
        Toezegging.objects.create(deelnemer=deelnemer, partij="wij", wat="Opvang zoeken", gemaakt_op=begin)
        Taalbeheersing.objects.create(
            deelnemer=deelnemer, mondeling=2, schriftelijk=2, vastgesteld_op=begin, houdbaar_tot=klok.vandaag(),
        )  # fmt: skip
        straks = klok.nu() + dt.timedelta(days=3)
        Afspraak.objects.create(
            deelnemer=deelnemer, medewerker=consulent, begint_op=straks, eindigt_op=straks + dt.timedelta(hours=1),
            status_sinds=begin,
        )  # fmt: skip
    return deelnemer


@pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"])
@pytest.mark.eis("R227", "het dossier zoals bekend op een dag is gelijk aan wat er toen stond, na latere correcties")
def test_gelijk_aan_wat_er_toen_stond(vol: Deelnemer, maak_medewerker: Any, team: Any) -> None:
    from django.db import connections

    zet_terug(connections["eigenaar"])
    dag = klok.vandaag() - dt.timedelta(days=20)
    toen = beeld(vol, dag)
    gevuld = {kop for kop, regels in toen.items() if regels}
    assert len(gevuld) >= 14, "tests/privacy/test_terugblik_geheel.py vult de koppen van alle kamers"
    _corrigeer_alles(vol, maak_medewerker, team)
    nu = beeld(vol, klok.vandaag())
    assert all(nu[kop] != toen[kop] for kop in gevuld), "elke kop is nu anders"
    assert beeld(vol, dag) == toen
    assert not any(beeld(vol, klok.vandaag() - dt.timedelta(days=60)).values()), "nog niet bekend"


def _corrigeer_alles(vol: Deelnemer, maak_medewerker: Any, team: Any) -> None:
    """Change, add and take away under every heading; some of it with effect in the past."""
    wijs_regie_toe(vol, maak_medewerker("consulent", team=team), klok.vandaag() - 30 * DAG, actor=TOETS, team=team)
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=vol.pk).update(telefoon="0687654321", straat="Kade", huisnummer="9")
        Trede.objects.filter(deelnemer=vol).delete()
        Doelgroeplidmaatschap.objects.filter(deelnemer=vol).update(einddatum=klok.vandaag() - 25 * DAG)
        Belemmering.objects.filter(deelnemer=vol).update(status="opgelost", opgelost_op=klok.vandaag())
        BetrokkenPartij.objects.filter(deelnemer=vol).update(naam="Piet", onderwerpen=[], grondslag="", deel_tot=None)
        Uitkering.objects.update(normbedrag="999.00")
        Huishouden.objects.update(kostendelers=4)
        Traject.objects.filter(deelnemer=vol).update(doel="werk_deeltijd", doeltekst="Toch minder uren")
        traject = Traject.objects.get(deelnemer=vol)
        Trajectonderdeel.objects.filter(deelnemer=vol).update(status="afgerond", einddatum=klok.vandaag())
        Toezegging.objects.filter(deelnemer=vol).update(wat="Opvang regelen")
        Taalbeheersing.objects.filter(deelnemer=vol).update(mondeling=4)
        Afspraak.objects.filter(deelnemer=vol).update(soort="bellen")
        PlanVanAanpak.objects.create(
            deelnemer=vol, traject=traject, nummer=2, tekst="Toch eerst werken.", evaluatie_op=klok.vandaag()
        )


def test_met_de_rechten_van_vandaag(vol: Deelnemer) -> None:
    vandaag = klok.vandaag()
    ziet = beeld(vol, vandaag)
    assert ziet["Belemmeringen"] and ziet["Doelgroepen"]
    (partner,) = ziet["Betrokken partners"]
    assert "mocht weten: het plan" in str(partner)
    zonder = RECHTEN - {"dossier.bijzonder", "dossier.afgeschermde_doelgroep", "traject.zien"}
    gezien = beeld(vol, vandaag, zonder)
    assert not gezien["Belemmeringen"] and not gezien["Doelgroepen"] and "Traject" not in gezien
    assert not gezien["Betrokken partners"], "de reclassering is bijzonder"


def test_een_adres_dat_nu_geheim_is_was_dat_altijd(vol: Deelnemer) -> None:
    assert "Dorpsstraat" in str(beeld(vol, klok.vandaag())["Persoon"])
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=vol.pk).update(adres_geheim=True)
    assert "Dorpsstraat" not in str(beeld(vol, klok.vandaag())["Persoon"])


def test_de_bladzijde(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    deelnemer = met_regie(client.medewerker, team)
    adres, vandaag = reverse("terugblik", args=[deelnemer.dossiernummer]), klok.vandaag()
    assert "Zo kenden we" not in client.get(adres).content.decode()
    tekst = client.get(adres, {"op": f"{vandaag:%d-%m-%Y}"}).content.decode()
    assert "Zo kenden we dit dossier op" in tekst and client.medewerker.naam in tekst
    assert "Toen kenden we deze persoon nog niet" in client.get(adres, {"op": "01-01-2001"}).content.decode()
    morgen = client.get(adres, {"op": f"{vandaag + DAG:%d-%m-%Y}"})
    assert morgen.status_code == 400 and "Kies vandaag of een eerdere dag" in morgen.content.decode()
    assert Leesregel.objects.filter(verwerking="dossier.terugblik", betrokkenen=[deelnemer.pk]).exists()
    assert client.post(adres).status_code == 405


def test_wie_het_dossier_niet_mag_openen_kijkt_ook_niet_terug(log_in: Any, team: Any, maak_medewerker: Any) -> None:
    deelnemer = met_regie(maak_medewerker("consulent", team=team), team)
    client = log_in("consulent", team=team)
    adres = f"{reverse('terugblik', args=[deelnemer.dossiernummer])}?op={timezone.localdate():%d-%m-%Y}"
    assert client.get(adres).status_code == 200
    verbied(deelnemer, client.medewerker, "familie", actor=TOETS)
    assert client.get(adres).status_code == 302


def test_evenveel_vragen_bij_meer_gegevens(vol: Deelnemer, log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    wijs_regie_toe(vol, client.medewerker, klok.vandaag(), actor=TOETS, team=team)
    adres = f"{reverse('terugblik', args=[vol.dossiernummer])}?op={klok.vandaag():%d-%m-%Y}"

    def meer() -> None:
        with handeling(FABRIEK):
            for nummer in range(12):
                Belemmering.objects.create(
                    deelnemer=vol, soort="taal", begindatum=klok.vandaag() - DAG, toelichting=f"{nummer}"
                )
            Belemmering.objects.filter(deelnemer=vol).update(toelichting="Anders")

    groeit_niet(lambda: client.get(adres), meer, "terugblik", maximum=58)
