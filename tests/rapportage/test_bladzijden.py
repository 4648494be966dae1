"""The pages: the tile is the number of rows, who sees whom, small numbers, cost."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from kern.models import Leesregel
from rapportage.models import Indicatorversie
from rapportage.motor.zaad import zaden
from rapportage.services.indicatoren import zet_streefwaarden
from tests.hulp.vragen import vraagbudget
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, Wereld, dag

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]
PEIL = {"peildatum": EIND.isoformat()}


def vul(wereld: Wereld) -> None:
    for nummer in range(8):
        wereld.einde("werk_voltijd", op=dag(1 + nummer, 10))
        wereld.einde("overig", bus="34", op=dag(1 + nummer, 12))
    for _ in range(6):
        wereld.einde("werk_voltijd", team=wereld.ander_team)
    wereld.einde("overleden")
    wereld.einde("werk_deeltijd_met")
    wereld.dienstverband("sw", dag(1, 1))
    wereld.nacht()


@pytest.mark.eis("R163", "de tegel opent de lijst met precies zo veel rijen die meetellen, met per rij de regel")
def test_de_tegel_is_het_aantal_rijen_dat_meetelt(wereld: Wereld, log_in: LogIn) -> None:
    vul(wereld)
    client = log_in("controller")
    for wie in ("", f"team:{wereld.team.pk}", f"pijler:{wereld.andere_pijler.pk}"):
        bord = client.get(reverse("prestatiecontract"), PEIL | {"wie": wie})
        for tegel in bord.context["tegels"]:
            lijst = client.get(f"{tegel.url}&telt=mee")
            aantal = str(lijst.context["mee"])
            assert tegel.cijfer == lijst.context["cijfer"], tegel.titel
            assert len(lijst.context["tabel"].rijen) == int(aantal), tegel.titel
            assert all("Regel" in str(rij[-1].onder) for rij in lijst.context["tabel"].rijen)


@pytest.mark.eis("R166", "de stuurinformatie staat direct op een bladzijde, met doel en kleur in woorden")
def test_het_bord_zegt_in_woorden_waar_we_staan(wereld: Wereld, log_in: LogIn) -> None:
    vul(wereld)
    zet_streefwaarden(2014, {"1.0": 20, "1.1": 15, "overige": 10}, actor=FABRIEK)
    tekst = log_in("teammanager", team=wereld.team).get(reverse("prestatiecontract"), PEIL).content.decode()
    assert "Naar werk is 1 te weinig, overige uitstroom is 2 te weinig" in tekst
    assert "Gehaald" in tekst
    assert "Waarvan stopgezet 8" in tekst
    assert "In het hele jaar 1 personen" in tekst


def test_een_teammanager_ziet_alleen_mensen_van_het_eigen_team(wereld: Wereld, log_in: LogIn) -> None:
    eigen, vreemd = wereld.persoon(), wereld.persoon()
    for persoon, team in ((eigen, wereld.team), (vreemd, wereld.ander_team)):
        wereld.regie(persoon, dag(1, 1, 2013), team=team)
        wereld.einde("werk_voltijd", persoon=persoon)
    wereld.nacht()
    antwoord = log_in("teammanager", team=wereld.team).get(reverse("cijfer", args=["1.1"]), PEIL)
    tekst = antwoord.content.decode()
    assert eigen.naam in tekst
    assert vreemd.naam not in tekst
    assert vreemd.dossiernummer not in tekst
    assert "Dossier afgeschermd" in tekst
    assert antwoord.context["mee"] == 2
    gelezen = Leesregel.objects.order_by("-tijdstip", "-id").first()
    assert gelezen is not None
    assert (gelezen.verwerking, gelezen.betrokkenen) == ("cijfer.personen", [eigen.pk])


@pytest.mark.parametrize("rol", ["controller", "auditor"])
def test_controller_en_auditor_volgen_tot_de_persoon_zonder_dossier(wereld: Wereld, log_in: LogIn, rol: str) -> None:
    einde = wereld.einde("werk_voltijd")
    wereld.nacht()
    tekst = log_in(rol).get(reverse("cijfer", args=["1.1"]), PEIL).content.decode()
    assert einde.deelnemer.naam in tekst
    assert reverse("dossier", args=[einde.deelnemer.dossiernummer]) not in tekst


def test_kleine_aantallen_zijn_weg_op_de_tegel_en_in_de_lijst(wereld: Wereld, log_in: LogIn) -> None:
    for _ in range(3):
        wereld.einde("werk_voltijd")
    for _ in range(20):
        wereld.einde("werk_voltijd", team=wereld.ander_team)
    wereld.nacht()
    client = log_in("consulent", team=wereld.team)
    for team in (wereld.team, wereld.ander_team):
        # The other pillar is withheld as well: the whole minus the other would give the small one.
        keuze = PEIL | {"wie": f"team:{team.pk}"}
        tegels = {t.titel: t for t in client.get(reverse("prestatiecontract"), keuze).context["tegels"]}
        assert tegels["Naar werk"].cijfer == "te klein"
        assert tegels["Overige uitstroom"].cijfer == "te klein"
        lijst = client.get(reverse("cijfer", args=["1.1"]), keuze)
        assert "Te klein om te tonen" in lijst.content.decode()
        assert "tabel" not in lijst.context
    heel = client.get(reverse("cijfer", args=["1.1"]), PEIL)
    assert heel.context["mee"] == 23


def test_zonder_recht_op_personen_geen_export_en_geen_telwaker(wereld: Wereld, log_in: LogIn) -> None:
    wereld.nacht()
    client = log_in("consulent", team=wereld.team)
    assert client.get(reverse("cijfer_export", args=["1.0"])).status_code == 403
    assert client.get(reverse("telwaker")).status_code == 403


def test_de_telwaker_laat_het_verschil_per_reden_zien(wereld: Wereld, log_in: LogIn) -> None:
    wereld.einde("werk_voltijd", op=dag(1, 20), werk=dag(12, 9, 2013))
    wereld.einde("overleden")
    wereld.einde("werk_voltijd", stopt=None, ingetrokken=dag(5, 20))
    wereld.einde("werk_voltijd")
    wereld.nacht()
    blokken = log_in("auditor").get(reverse("telwaker"), PEIL).context["blokken"]
    assert [(b["naief"], b["geteld"], b["heropend"]) for b in blokken] == [(3, 1, 1), (2, 1, 1)]
    assert [[(r.nummer, n) for r, n, _ in b["redenen"]] for b in blokken] == [[(3, 1), (9, 1)], [(9, 1)]]


def test_de_export_heeft_elke_rij_en_staat_in_het_leeslog(wereld: Wereld, log_in: LogIn) -> None:
    vul(wereld)
    antwoord = log_in("controller").get(reverse("cijfer_export", args=["1.0"]), PEIL)
    boek = openpyxl.load_workbook(io.BytesIO(b"".join(antwoord.streaming_content)))
    rijen = list(boek["Lijst"].iter_rows(min_row=2, values_only=True))
    assert sum(rij[5] == "Telt mee" for rij in rijen) == wereld.telling("1.0").teller
    gelezen = Leesregel.objects.filter(verwerking="cijfer.export").order_by("-id").first()
    assert gelezen is not None
    assert len(gelezen.betrokkenen) == len(rijen)


def test_een_definitie_voorstellen_en_goedkeuren(wereld: Wereld, log_in: LogIn) -> None:
    wereld.nacht()
    client = log_in("controller")
    url = reverse("definitie", args=["1.1"])
    assert "Overloop: het werk begon in het jaar ervoor" in client.get(url).content.decode()
    velden = {"nummer": "2015.1", "geldig_van": "2015-01-01", "toelichting": "Proef."}
    fout = client.post(url, velden | {"definitie": '{"soort": "x"}'})
    assert fout.status_code == 422
    import json

    goed = json.dumps(next(z.definitie for z in zaden() if z.code == "1.1").als_json())
    assert client.post(url, velden | {"definitie": goed}).status_code == 302
    versie = Indicatorversie.objects.get(nummer="2015.1")
    besluit = reverse("definitie_besluit", args=[versie.pk])
    client.post(besluit, {"besluit": "ja"})
    versie.refresh_from_db()
    assert versie.status == "voorgesteld"
    log_in("afdelingsmanager").post(besluit, {"besluit": "ja"})
    versie.refresh_from_db()
    assert versie.status == "goedgekeurd"


@pytest.mark.parametrize(
    ("naam", "args", "keuze"),
    [
        ("prestatiecontract", [], {}),
        ("prestatiecontract", [], {"peildatum": "2014-08-13", "bekend_op": "2014-09-01"}),
        ("cijfer", ["1.4-strikt"], {}),
        ("cijfer", ["1.6"], {}),
        ("telwaker", [], {}),
    ],
)
def test_bladzijde_blijft_binnen_haar_vragen(
    wereld: Wereld, log_in: LogIn, naam: str, args: list[str], keuze: dict[str, Any]
) -> None:
    vul(wereld)
    client = log_in("teammanager", team=wereld.team)
    client.get(reverse("prestatiecontract"))
    with vraagbudget(10 if naam == "cijfer" else 15, naam):  # one is a list, the others dashboards
        assert client.get(reverse(naam, args=args), PEIL | keuze).status_code == 200


def test_zonder_cijfers_zegt_het_bord_wanneer_ze_komen(gemeente: Any, log_in: LogIn) -> None:
    assert "daarna elke nacht" in log_in("controller").get(reverse("prestatiecontract")).content.decode()
