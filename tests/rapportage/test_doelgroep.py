"""A figure for one target group, and the same filter above lists (R006); protected groups are in no figure (R007)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Doelgroeplidmaatschap
from kern.handeling import handeling
from rapportage.bord import Keuze, maak_bord
from rapportage.models import Feit
from rapportage.motor.vraag import Vraag
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import BEGIN, EIND, Wereld, dag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wet")]
LogIn = Callable[..., Client]
PEIL = {"peildatum": EIND.isoformat()}
OUDER = "alleenstaande_ouder"


def hoort_bij(persoon: Any, groep: str = OUDER, van: dt.date = BEGIN, **velden: Any) -> None:
    with handeling(FABRIEK):
        Doelgroeplidmaatschap.objects.create(deelnemer=persoon, doelgroep=groep, begindatum=van, **velden)


def vul(wereld: Wereld, *, ouders: int, anderen: int) -> None:
    for nummer in range(ouders + anderen):
        persoon = wereld.persoon()
        if nummer < ouders:
            hoort_bij(persoon)
        wereld.einde("werk_voltijd", persoon=persoon, op=dag(1 + nummer % 9, 10))
        wereld.dienstverband("sw", dag(1 + nummer % 9, 1), persoon=persoon)


@pytest.mark.eis("R006", "elk cijfer is te beperken tot een doelgroep, en de tegel is nog steeds het aantal rijen")
def test_elk_cijfer_voor_een_doelgroep(wereld: Wereld, log_in: LogIn) -> None:
    vul(wereld, ouders=6, anderen=9)
    wereld.nacht()
    client = log_in("controller")
    bord = client.get(reverse("prestatiecontract"), PEIL | {"doelgroep": OUDER})
    cijfers = {tegel.titel: tegel.cijfer for tegel in bord.context["tegels"]}
    assert (cijfers["Naar werk"], cijfers["SW-dienstverbanden"]) == ("6", "6")
    for tegel in bord.context["tegels"]:
        assert f"doelgroep={OUDER}" in tegel.url
        assert tegel.cijfer == client.get(f"{tegel.url}&telt=mee").context["cijfer"], tegel.titel
    assert "doelgroep" in bord.context["voor_wie"]
    # Without a group the same page is what it was.
    assert client.get(reverse("prestatiecontract"), PEIL).context["tegels"][1].cijfer == "15"


def test_wie_er_op_de_dag_zelf_bij_hoorde(wereld: Wereld) -> None:
    erna, ervoor = wereld.persoon(), wereld.persoon()
    hoort_bij(erna, van=dag(6, 1))
    hoort_bij(ervoor, einddatum=dag(3, 1))
    for persoon in (erna, ervoor):
        wereld.einde("werk_voltijd", persoon=persoon, op=dag(5, 1))
    binnen = wereld.persoon()
    hoort_bij(binnen, einddatum=dag(5, 1))
    wereld.einde("werk_voltijd", persoon=binnen, op=dag(5, 1))
    wereld.nacht()
    keuze = Keuze(peildatum_gevraagd=EIND, doelgroep=OUDER)
    assert [rij.deelnemer_id for rij in keuze.vraag("1.1").rijen()] == [binnen.pk]


def test_de_lijn_van_een_doelgroep_is_per_maand_de_telling(wereld: Wereld) -> None:
    vul(wereld, ouders=7, anderen=5)
    dubbel = wereld.persoon()
    hoort_bij(dubbel, van=dag(4, 1))
    for begint, op in ((dag(2, 1, 2013), dag(2, 3)), (dag(3, 1), dag(5, 3))):
        # This person counts once, and that was before joining the group.
        wereld.einde("werk_deeltijd_met", persoon=dubbel, begint=begint, op=op, uitkering=None)
        wereld.dienstverband("sw", op, op + dt.timedelta(days=17), persoon=dubbel)
    wereld.nacht()
    for wie, code in (("", "1.1"), ("", "1.2"), ("", "1.6"), ("", "1.6-jaar"), (f"team:{wereld.team.pk}", "1.1")):
        dimensie, _, waarde = wie.partition(":")
        keuze = Keuze(dimensie or "heel", waarde, EIND, doelgroep=OUDER)
        reeksen = maak_bord(keuze, code).reeksen
        dagen = [dag_ for code_, dag_ in reeksen if code_ == code and dag_.year == EIND.year]
        assert len(dagen) == 12
        for dag_ in dagen:
            live = Vraag(keuze.actueel[code].definitie, dag_, keuze.bekend, keuze.dims).telling()
            assert reeksen[code, dag_] == live, (code, dag_)


@pytest.mark.eis("R007", "een gevoelige doelgroep staat in geen cijfer, ook niet als keuze of als kenmerk")
def test_een_gevoelige_doelgroep_bestaat_niet_in_cijfers(wereld: Wereld, log_in: LogIn) -> None:
    for _ in range(6):
        persoon = wereld.persoon()
        hoort_bij(persoon, "top_600", afgeschermd=True)
        wereld.einde("werk_voltijd", persoon=persoon)
    wereld.nacht()
    assert not Feit.objects.filter(kenmerken__icontains="top_600").exists()
    antwoord = log_in("controller").get(reverse("prestatiecontract"), PEIL | {"doelgroep": "top_600"})
    tekst = antwoord.content.decode()
    assert "Top 600" not in tekst
    assert antwoord.context["keuze"].doelgroep == ""


@pytest.mark.parametrize(("ouders", "anderen"), [(3, 12), (12, 3)], ids=["de groep is klein", "de rest is klein"])
def test_een_kleine_groep_en_een_kleine_rest_zijn_verborgen(
    wereld: Wereld, log_in: LogIn, ouders: int, anderen: int
) -> None:
    vul(wereld, ouders=ouders, anderen=anderen)
    wereld.nacht()
    client = log_in("consulent", team=wereld.team)
    cijfers = {
        t.titel: t.cijfer for t in client.get(reverse("prestatiecontract"), {"doelgroep": OUDER}).context["tegels"]
    }
    assert cijfers["Naar werk"] == "te klein"
    assert "Te klein" in client.get(reverse("cijfer", args=["1.1"]), {"doelgroep": OUDER}).content.decode()


def test_wie_geen_personen_ziet_krijgt_alleen_de_laatste_nacht(wereld: Wereld, log_in: LogIn) -> None:
    vul(wereld, ouders=12, anderen=12)
    wereld.nacht()
    keuze = (
        log_in("consulent", team=wereld.team)
        .get(reverse("prestatiecontract"), {"peildatum": "2014-06-30", "doelgroep": OUDER})
        .context["keuze"]
    )
    assert keuze.peildatum_gevraagd is None


def test_een_doelgroep_kost_niet_meer_vragen_bij_meer_mensen(wereld: Wereld, log_in: LogIn) -> None:
    vul(wereld, ouders=5, anderen=5)
    wereld.nacht()
    client = log_in("controller")

    def bekijk() -> None:
        client.get(reverse("prestatiecontract"), PEIL | {"doelgroep": OUDER})

    def meer() -> None:
        vul(wereld, ouders=20, anderen=5)
        wereld.nacht()

    groeit_niet(bekijk, meer, "prestatiecontract voor een doelgroep", maximum=15)
