"""A catch-up campaign: who takes part is fixed, progress follows the diagnosis, leaving is reported apart (R049)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Inhaalcampagne, Inhaaldeelname
from deelnemers.services.inhaal import sluit_inhaalslag, start_inhaalslag
from kern import klok
from kern.handeling import handeling
from kern.models import Leesregel
from rapportage.services.nacht import bereken_nu
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie, volledige_diagnose
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from trajecten.models import Traject, Trajecteinde


def begin(**velden: Any) -> Inhaalcampagne:
    velden = {"naam": "Voor de zomer", "klaar_voor": klok.vandaag() + 60 * DAG} | velden
    return start_inhaalslag(velden.pop("naam"), velden.pop("klaar_voor"), actor=TOETS, **velden)


@pytest.mark.eis("R049", "Wie meedoet staat vast; wie een actuele diagnose heeft, doet niet mee")
def test_wie_meedoet(consulent: Any) -> None:
    vers, oud, leeg = (met_regie(consulent) for _ in range(3))
    volledige_diagnose(vers)
    volledige_diagnose(oud, op=klok.vandaag() - 900 * DAG)
    DeelnemerFabriek()  # without trajectory
    campagne = begin()
    redenen = dict(Inhaaldeelname.objects.order_by("id").values_list("deelnemer_id", "reden"))
    assert redenen == {oud.pk: "verouderd", leeg.pk: "niet_compleet"}
    met_regie(consulent)
    assert campagne.deelnames.count() == 2


@pytest.mark.eis("R049", "De voortgang volgt de diagnose vanzelf, en stopt als de inhaalslag gesloten is")
def test_voortgang(consulent: Any) -> None:
    een, twee = met_regie(consulent), met_regie(consulent)
    campagne = begin()
    volledige_diagnose(een)
    stand = dict(Inhaaldeelname.objects.order_by("id").values_list("deelnemer_id", "bijgewerkt_op"))
    assert stand == {een.pk: klok.vandaag(), twee.pk: None}
    sluit_inhaalslag(campagne, actor=TOETS)
    volledige_diagnose(twee)
    assert Inhaaldeelname.objects.get(deelnemer=twee).bijgewerkt_op is None
    assert sluit_inhaalslag(campagne, actor=TOETS).versie == 2


def test_zonder_iemand_of_zonder_dag_geen_inhaalslag(consulent: Any, team: Any) -> None:
    with pytest.raises(ValidationError, match="niet nodig"):
        begin()
    met_regie(consulent, team)
    with pytest.raises(ValidationError, match="Kies een dag na vandaag"):
        begin(klaar_voor=klok.vandaag())
    begin()
    with pytest.raises(ValidationError, match="al een inhaalslag met deze naam"):
        begin()
    assert Inhaalcampagne.objects.count() == 1


def test_alleen_het_gekozen_team(consulent: Any, team: Any, maak_medewerker: Any) -> None:
    from tests.organisatie.fabrieken import TeamFabriek

    ander = TeamFabriek(naam="Team West")
    binnen, _ = met_regie(consulent, team), met_regie(maak_medewerker("consulent", team=ander), ander)
    assert [d.deelnemer_id for d in begin(team=team).deelnames.order_by("id")] == [binnen.pk]


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"klaar_voor": dt.date(2000, 1, 1)}, "inhaalcampagne_klaar_na_begin"),
        ({"gesloten_op": dt.date(2000, 1, 1)}, "inhaalcampagne_sluit_na_begin"),
    ],
)
def test_de_database_weigert(consulent: Any, velden: dict[str, Any], naam: str) -> None:
    met_regie(consulent)
    campagne = begin()
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Inhaalcampagne.objects.filter(pk=campagne.pk).update(**velden)


def stop(deelnemer: Any, uitkomst: str) -> None:
    """The trajectory of this person ends today."""
    with handeling(FABRIEK):
        traject = Traject.objects.get(deelnemer=deelnemer)
        traject.status, traject.einddatum = "beeindigd", klok.vandaag()
        traject.save()
        Trajecteinde.objects.create(
            deelnemer=deelnemer, traject=traject, uitkomst=uitkomst, datum=klok.vandaag(), vastgelegd_op=klok.vandaag()
        )


@pytest.mark.eis("R049", "Vertrek tijdens de inhaalslag staat apart: werk, gestopt en anders, nooit opgeteld")
def test_cijfers_op_de_bladzijde(client: Any, log_in: Any, team: Any) -> None:
    log_in("teammanager", team=team)
    mensen = [met_regie(client.medewerker, team) for _ in range(5)]
    campagne = begin()
    volledige_diagnose(mensen[0])
    stop(mensen[1], "niet_verschenen")
    stop(mensen[2], "geen_resultaat")
    stop(mensen[3], "overleden")
    bereken_nu()
    antwoord = client.get(reverse("inhaalslag", args=[campagne.pk]))
    tegels = {t.titel: t for t in antwoord.context["tegels"]}
    assert tegels["Diagnose bijgewerkt"].cijfer == "50 %"
    assert [tegels[f"{wat} in een inhaalslag"].cijfer for wat in ("Naar werk", "Gestopt", "Anders geëindigd")] == [
        "0", "1", "1",
    ]  # fmt: skip
    lijst = client.get(tegels["Gestopt in een inhaalslag"].url)
    assert lijst.status_code == 200 and mensen[1].naam in lijst.content.decode()
    assert "Inhaalslag Voor de zomer" in lijst.content.decode()
    begin(naam="Andere")
    bereken_nu()
    ander = client.get(reverse("inhaalslag", args=[campagne.pk])).context["tegels"][0]
    assert ander.cijfer == "50 %"


def test_beginnen_en_sluiten_op_het_scherm(client: Any, log_in: Any, team: Any) -> None:
    log_in("teammanager", team=team)
    persoon = met_regie(client.medewerker, team)
    assert "Nog geen inhaalslag" in client.get(reverse("inhaalslagen")).content.decode()
    nieuw = reverse("inhaalslag_nieuw")
    assert client.post(nieuw, {"naam": "", "klaar_voor": f"{klok.vandaag():%d-%m-%Y}"}).status_code == 400
    dag = klok.vandaag() + 30 * DAG
    assert client.post(nieuw, {"naam": "Lente", "klaar_voor": f"{dag:%d-%m-%Y}"}).status_code == 302
    campagne = Inhaalcampagne.objects.get()
    blad = client.get(reverse("inhaalslag", args=[campagne.pk]))
    assert persoon.naam in blad.content.decode() and "Nog te doen" in blad.content.decode()
    gelezen = Leesregel.objects.latest("id")
    assert (gelezen.verwerking, list(gelezen.betrokkenen)) == ("inhaalslag.mensen", [persoon.pk])
    assert client.post(reverse("inhaalslag_sluiten", args=[campagne.pk])).status_code == 302
    assert "Gesloten op" in client.get(reverse("inhaalslag", args=[campagne.pk])).content.decode()
    assert "Lente" in client.get(reverse("inhaalslagen")).content.decode()


def test_wie_het_dossier_niet_mag_zien_ziet_de_naam_niet(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    persoon = met_regie(consulent, team)
    campagne = begin()
    log_in("teammanager")
    assert persoon.naam not in client.get(reverse("inhaalslag", args=[campagne.pk])).content.decode()
    log_in("consulent", team=team)
    assert client.get(reverse("inhaalslag", args=[campagne.pk])).status_code == 403


def test_kost_evenveel_vragen_bij_meer_mensen(client: Any, log_in: Any, team: Any) -> None:
    log_in("teammanager", team=team)
    for _ in range(3):
        met_regie(client.medewerker, team)
    campagne = begin()

    def meer() -> None:
        mensen = [met_regie(client.medewerker, team) for _ in range(15)]
        with handeling(FABRIEK):
            for mens in mensen:
                Inhaaldeelname.objects.create(campagne=campagne, deelnemer=mens, reden="verouderd")

    groeit_niet(lambda: client.get(reverse("inhaalslag", args=[campagne.pk])), meer, "inhaalslag", maximum=30)
