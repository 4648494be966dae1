"""Intern or extern: explicit criteria decide the advice, a person decides the route (R054, R055, R057)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.diagnosevragen import routeadvies
from deelnemers.models import Competentiemeting, Deelnemer, Routekeuze
from deelnemers.services.contact import leg_belemmering_vast, voeg_doelgroep_toe
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.route import kies_route
from kern import klok
from kern.handeling import handeling
from kern.models import TijdlijnRegel, Werkvoorraad
from regelgeving.models import Parameter
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.kern.fabrieken import FABRIEK

SCORES = {"op_tijd": 4, "omgaan_met_gezag": 3, "communiceren": 3}


def meet(deelnemer: Deelnemer, op: dt.date | None = None, **scores: int) -> None:
    for code, score in (SCORES | scores).items():
        leg_vast(deelnemer, Competentiemeting, competentie=code, score=score, vastgesteld_op=op, actor=TOETS)


@pytest.fixture
def persoon(gemeente: Any) -> Deelnemer:
    return DeelnemerFabriek()


@pytest.mark.eis("R054", "Extern mag als alle criteria voldoen; anders zegt het advies welk criterium besliste")
def test_advies_uit_criteria(persoon: Deelnemer) -> None:
    meet(persoon)
    assert (routeadvies(persoon).route, routeadvies(persoon).code) == ("extern", "alle")
    for code in SCORES:
        meet(persoon, **{code: 2})
        assert (routeadvies(persoon).route, routeadvies(persoon).code) == ("intern", code)
        meet(persoon)


@pytest.mark.eis("R055", "Intern bij zware psychosociale problemen of een licht verstandelijke beperking")
def test_bijzondere_criteria(persoon: Deelnemer) -> None:
    meet(persoon)
    leg_belemmering_vast(persoon, "psychosociaal", ernst="licht", actor=TOETS)
    assert routeadvies(persoon).route == "extern"
    anders, derde = DeelnemerFabriek(), DeelnemerFabriek()
    for mens in (anders, derde):
        meet(mens)
    leg_belemmering_vast(anders, "psychosociaal", ernst="zwaar", actor=TOETS)
    voeg_doelgroep_toe(derde, "lvb_jongere", klok.vandaag(), actor=TOETS)
    for mens, code in ((anders, "psychosociaal"), (derde, "lvb")):
        advies = routeadvies(mens)
        assert (advies.route, advies.code, advies.beslist.bijzonder) == ("intern", code, True)  # type: ignore[union-attr]


def test_wat_niet_of_lang_geleden_is_gemeten_geeft_geen_advies(persoon: Deelnemer) -> None:
    meet(persoon, op=klok.vandaag() - 600 * DAG)
    advies = routeadvies(persoon)
    assert advies.route is None and advies.te_meten == ["Op tijd komen", "Omgaan met leiding", "Communiceren"]
    with pytest.raises(ValidationError, match="Meet eerst: op tijd komen"):
        kies_route(persoon, "intern", actor=TOETS)


def test_de_grens_is_een_instelling_met_een_datum(persoon: Deelnemer) -> None:
    meet(persoon)
    with handeling(FABRIEK):
        Parameter.objects.create(
            gemeente=persoon.gemeente, sleutel="route.extern.op_tijd", waarde="5", geldig_van=klok.vandaag(),
            status="onzeker", bron="eigen keuze",
        )  # fmt: skip
    assert (routeadvies(persoon).route, routeadvies(persoon).code) == ("intern", "op_tijd")


@pytest.mark.eis("R057", "Afwijken mag met een reden; het advies en hoe het stond blijven erbij staan")
def test_afwijken_met_een_reden(persoon: Deelnemer) -> None:
    meet(persoon, op_tijd=1)
    with pytest.raises(ValidationError, match="Geef een reden"):
        kies_route(persoon, "extern", actor=TOETS)
    assert not Routekeuze.objects.exists()
    keuze = kies_route(persoon, "extern", afwijkreden="Kan maandag bij zijn oom beginnen.", actor=TOETS)
    assert (keuze.advies, keuze.gekozen, keuze.criterium, keuze.afgeweken) == ("intern", "extern", "op_tijd", True)
    meet(persoon)
    rij = Routekeuze.objects.get()
    assert {c["code"]: c["oordeel"] for c in rij.criteria}["op_tijd"] == "tekort"
    regel = TijdlijnRegel.objects.get(sleutel=f"route:{keuze.pk}")
    assert "Anders dan het advies (intern): Kan maandag bij zijn oom beginnen." in regel.tekst


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"gekozen": "extern", "afwijkreden": "", "herbeoordelen_op": None}, "routekeuze_afwijken_met_reden"),
        ({"herbeoordelen_op": None}, "routekeuze_intern_opnieuw_bekijken"),
        ({"advies": "thuis", "gekozen": "extern", "afwijkreden": "x"}, "routekeuze_advies"),
        ({"gekozen": "thuis", "afwijkreden": "x"}, "routekeuze_gekozen"),
    ],
)
def test_de_database_weigert(persoon: Deelnemer, velden: dict[str, Any], naam: str) -> None:
    meet(persoon, op_tijd=1)
    keuze = kies_route(persoon, "intern", actor=TOETS)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Routekeuze.objects.filter(pk=keuze.pk).update(**velden)


@pytest.mark.eis("R055", "Intern heeft een dag om opnieuw te kijken; die dag staat het op Vandaag")
def test_intern_komt_terug_op_vandaag(consulent: Any, settings: Any) -> None:
    deelnemer = met_regie(consulent)
    meet(deelnemer, communiceren=2)
    keuze = kies_route(deelnemer, "intern", actor=TOETS)
    assert keuze.herbeoordelen_op == klok.vandaag() + dt.timedelta(weeks=13)
    assert not Werkvoorraad.objects.filter(soort="route").exists()
    settings.PEILDATUM = keuze.herbeoordelen_op.isoformat()
    from deelnemers.services.diagnosewerk import routes

    (regel,) = routes({deelnemer.pk: Deelnemer.objects.select_related("regievoerder").get(pk=deelnemer.pk)})
    assert (regel.voor_id, regel.op) == (consulent.gebruiker_id, keuze.herbeoordelen_op)
    meet(deelnemer)
    kies_route(deelnemer, "extern", actor=TOETS)
    assert not Werkvoorraad.objects.filter(soort="route").exists()


@pytest.mark.eis("R057", "Afwijken is één klik en een reden")
def test_kiezen_op_het_scherm(client: Any, log_in: Any, team: Any) -> None:
    log_in("consulent", team=team)
    deelnemer = met_regie(client.medewerker, team)
    pad = reverse("diagnose_route", args=[deelnemer.dossiernummer])
    assert "Nog geen advies" in client.get(pad).content.decode()
    meet(deelnemer, op_tijd=2)
    blad = client.get(pad).content.decode()
    assert "Advies: intern" in blad and "Wat besliste: op tijd komen" in blad and "Kies toch extern" in blad
    fout = client.post(pad, {"gekozen": "extern", "afwijkreden": ""})
    assert fout.status_code == 400 and "waarom je anders kiest" in fout.content.decode()
    gisteren = f"{klok.vandaag():%d-%m-%Y}"
    te_vroeg = client.post(pad, {"gekozen": "intern", "herbeoordelen_op": gisteren})
    tekst = te_vroeg.content.decode()
    assert te_vroeg.status_code == 400 and "Kies een latere dag" in tekst
    assert "Kies intern" in tekst and "Kies toch extern" in tekst  # both choices stay, whichever was refused
    assert client.post(pad, {"gekozen": "extern", "afwijkreden": "Heeft al een plek."}).status_code == 302
    dossier = client.get(reverse("diagnose", args=[deelnemer.dossiernummer])).content.decode()
    assert "Anders dan het advies" in dossier and "Advies van nu: <b>intern</b>" in dossier


@pytest.mark.eis("R228", "Wie geen bijzondere gegevens mag zien, leest niet welk criterium besliste")
def test_een_bijzonder_criterium_lekt_niet(client: Any, log_in: Any, team: Any) -> None:
    log_in("consulent", team=team)
    deelnemer = met_regie(client.medewerker, team)
    meet(deelnemer)
    leg_belemmering_vast(deelnemer, "psychosociaal", ernst="zwaar", actor=TOETS)
    kies_route(deelnemer, "extern", afwijkreden="De psycholoog vindt het goed.", actor=TOETS)
    met = client.get(reverse("diagnose", args=[deelnemer.dossiernummer])).content.decode()
    assert "zware psychosociale problemen" in met
    log_in("inkomensconsulent")
    from deelnemers.services.regie import betrek

    betrek(deelnemer, "inkomen", klok.vandaag(), "toets", medewerker=client.medewerker, actor=TOETS)
    for naam in ("diagnose", "dossier"):
        zonder = client.get(reverse(naam, args=[deelnemer.dossiernummer])).content.decode()
        assert "psych" not in zonder.lower()
    assert (
        "een criterium dat je niet mag zien"
        in client.get(reverse("diagnose", args=[deelnemer.dossiernummer])).content.decode()
    )
