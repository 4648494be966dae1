"""Growth in arbeidsmatige dagbesteding: a signal with its reason, a day to look again, a list of candidates (R062)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Groeipotentie
from deelnemers.services.groei import leg_groei_vast
from deelnemers.services.regie import betrek
from deelnemers.services.werkvoorraad import ververs
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import handeling
from kern.models import Leesregel, TijdlijnRegel, Werkvoorraad
from kern.weigering import IntussenGewijzigd
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK


def _nl(dag: Any) -> str:
    return f"{dag:%d-%m-%Y}"


def kijk(deelnemer: Any, signaal: str = "mogelijk", dagen: int = 90, **velden: Any) -> Groeipotentie:
    velden = {"plek": "Atelier Zuid", "reden": "Vraagt om meer uren."} | velden
    return leg_groei_vast(deelnemer, signaal, herzien_op=klok.vandaag() + dagen * DAG, actor=TOETS, **velden)


def _verleden(rij: Groeipotentie, dagen: int) -> None:
    """Pretend that the look was long ago, so that its next day is `dagen` from today."""
    with handeling(FABRIEK):
        Groeipotentie.objects.filter(pk=rij.pk).update(
            vastgesteld_op=klok.vandaag() - 200 * DAG, herzien_op=klok.vandaag() + dagen * DAG
        )
        ververs(rij.deelnemer_id)


@pytest.mark.eis("R062", "Groei vanuit dagbesteding: een signaal met reden, een dag om opnieuw te kijken, en de lijst.")
def test_van_het_dossier_naar_de_lijst(client: Any, log_in: Any, team: Any) -> None:
    log_in("consulent", team=team)
    deelnemer = met_regie(client.medewerker, team)
    pad, lijst = reverse("groei", args=[deelnemer.dossiernummer]), reverse("groeipotentie")
    assert "Niemand gevonden" in client.get(lijst).content.decode()
    invoer = {"plek": "Atelier Zuid", "signaal": "duidelijk", "herzien_op": _nl(klok.vandaag() + 60 * DAG)}
    assert "waaraan je de groei ziet" in client.post(pad, invoer).content.decode()
    assert client.post(pad, invoer | {"reden": "Komt elke dag.", "herzien_op": ""}).status_code == 400
    assert not Groeipotentie.objects.exists()
    assert client.post(pad, invoer | {"reden": "Komt elke dag."}).status_code == 302
    blad = client.get(lijst).content.decode()
    assert deelnemer.naam in blad and "Komt elke dag." in blad and "<b>1 persoon</b>" in blad
    assert list(Leesregel.objects.filter(verwerking="groei.lijst").latest("id").betrokkenen) == [deelnemer.pk]
    regel = TijdlijnRegel.objects.get(betrokkene_id=deelnemer.pk, sleutel__startswith="groei:")
    assert (regel.zichtbaarheid, regel.tekst) == ("bijzonder", "Komt elke dag.")
    assert regel.sleutel in {r.sleutel for r in tijdlijn.kamers()["deelnemers"](deelnemer.pk)}


@pytest.mark.eis("R062", "Is de dag om opnieuw te kijken er, dan staat het op Vandaag van de regievoerder.")
def test_de_dag_staat_op_vandaag(team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)
    rij = kijk(deelnemer)
    taak = Werkvoorraad.objects.filter(sleutel=f"groei:{deelnemer.pk}")
    assert not taak.exists()
    _verleden(rij, 1)
    assert not taak.exists()
    _verleden(rij, 0)
    assert (taak.get().voor_id, taak.get().op) == (consulent.gebruiker_id, klok.vandaag())
    assert "dagbesteding" not in taak.get().titel + taak.get().toelichting + taak.get().waarom
    kijk(deelnemer, "geen", reden="")
    assert not taak.exists()
    _verleden(Groeipotentie.objects.get(vervangen_op=None), -5)
    assert taak.exists()
    kijk(deelnemer, afloop="stap")
    assert not taak.exists()


def test_filters_van_de_lijst(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    log_in("consulent", team=team)
    eigen = {s: met_regie(client.medewerker, team) for s in ("geen", "mogelijk", "duidelijk")}
    for signaal, mens in eigen.items():
        kijk(mens, signaal)
    klaar, ander = met_regie(client.medewerker, team), met_regie(consulent, team)
    kijk(klaar, afloop="gestopt")
    _verleden(kijk(ander), -3)

    def wie(**filters: str) -> list[int]:
        client.get(reverse("groeipotentie"), filters)
        return sorted(Leesregel.objects.filter(verwerking="groei.lijst").latest("id").betrokkenen)

    assert wie() == sorted([eigen["mogelijk"].pk, eigen["duidelijk"].pk])
    assert wie(signaal="geen") == [eigen["geen"].pk]
    assert wie(signaal="duidelijk") == [eigen["duidelijk"].pk]
    assert wie(van="team") == sorted([eigen["mogelijk"].pk, eigen["duidelijk"].pk, ander.pk])
    assert wie(van="team", herzien="voorbij") == [ander.pk]


def test_alleen_wie_bijzondere_gegevens_mag_zien(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)
    kijk(deelnemer)
    log_in("inkomensconsulent")
    betrek(deelnemer, "inkomen", klok.vandaag(), "toets", medewerker=client.medewerker, actor=TOETS)
    assert client.get(reverse("groei", args=[deelnemer.dossiernummer])).status_code == 403
    assert client.get(reverse("groeipotentie")).status_code == 403
    for naam in ("dossier", "diagnose", "historie"):
        blad = client.get(reverse(naam, args=[deelnemer.dossiernummer])).content.decode()
        assert "dagbesteding" not in blad.lower() and "groeipotentie" not in blad.lower()


def test_de_tweede_die_kijkt_leest_wat_de_eerste_zag(client: Any, log_in: Any, team: Any) -> None:
    log_in("consulent", team=team)
    deelnemer = met_regie(client.medewerker, team)
    pad = reverse("groei", args=[deelnemer.dossiernummer])
    versie = client.get(pad).context["form"]["versie"].value()
    eerste = kijk(deelnemer, "duidelijk")
    invoer = {"plek": "Atelier Zuid", "signaal": "geen", "herzien_op": _nl(klok.vandaag() + 60 * DAG)}
    antwoord = client.post(pad, invoer | {"versie": versie})
    assert antwoord.status_code == 400 and "Een collega heeft deze gegevens net gewijzigd" in antwoord.content.decode()
    assert "Duidelijk klaar voor een stap" in str(antwoord.context["form"].errors["signaal"])
    assert Groeipotentie.objects.get() == eerste
    assert client.post(pad, invoer | {"versie": eerste.pk}).status_code == 302
    assert Groeipotentie.objects.get(vervangen_op=None).signaal == "geen"
    with pytest.raises(IntussenGewijzigd):
        kijk(deelnemer, versie=eerste.pk)


def test_database_bewaakt_reden_dag_en_een_tegelijk(team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)
    rij = kijk(deelnemer)
    for velden in ({"reden": ""}, {"herzien_op": None}, {"herzien_op": rij.vastgesteld_op}, {"afloop": "stap"}):
        with pytest.raises(IntegrityError), transaction.atomic(), handeling(FABRIEK):
            Groeipotentie.objects.filter(pk=rij.pk).update(**velden)
    with pytest.raises(IntegrityError, match="een_actueel"), transaction.atomic(), handeling(FABRIEK):
        Groeipotentie.objects.create(
            deelnemer=deelnemer, plek="x", signaal="geen", vastgesteld_op=rij.vastgesteld_op, herzien_op=rij.herzien_op
        )
    with pytest.raises(ValidationError, match="Kies een latere dag"):
        kijk(deelnemer, dagen=0)


def test_lijst_vraagt_niet_meer_bij_meer_mensen(client: Any, log_in: Any, team: Any) -> None:
    log_in("consulent", team=team)
    kijk(met_regie(client.medewerker, team))

    def meer() -> None:
        for _ in range(12):
            kijk(met_regie(client.medewerker, team))

    groeit_niet(lambda: client.get(reverse("groeipotentie")), meer, "groei naar werk")
