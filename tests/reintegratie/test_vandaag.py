"""Vandaag: my work, that of my team and of whom I stand in for; most urgent first, with the reason."""

from __future__ import annotations

import datetime as dt

import pytest

from kern import klok
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import WerkvoorraadFabriek
from tests.organisatie import fabrieken as f

DAG = dt.timedelta(days=1)


@pytest.fixture
def ik(log_in):
    return log_in("consulent", team=f.TeamFabriek(), voornaam="Chantal")


def tekst(client, vraag: str = "") -> str:
    antwoord = client.get(f"/{vraag}")
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def van(client, **velden):
    return WerkvoorraadFabriek(voor=client.medewerker.gebruiker, **velden)


def test_leeg_zegt_wat_je_kunt_doen(ik) -> None:
    pagina = tekst(ik)
    assert "Je bent bij" in pagina and "Chantal" in pagina and "niets te laat" in pagina
    assert any(groet in pagina for groet in ("Goedemorgen", "Goedemiddag", "Goedenavond"))


def test_groepen_op_volgorde_met_reden(ik) -> None:
    vandaag = klok.vandaag()
    van(ik, titel="Later deze week", op=vandaag + 3 * DAG)
    van(ik, titel="Vandaag bellen", op=vandaag)
    van(ik, titel="Al te laat", op=vandaag - 2 * DAG, waarom="Dit had je beloofd.")
    van(ik, titel="Volgende maand", op=vandaag + 30 * DAG)
    pagina = tekst(ik)
    assert pagina.index("Al te laat") < pagina.index("Vandaag bellen") < pagina.index("Later deze week")
    assert "2 dagen te laat" in pagina and "Dit had je beloofd." in pagina and "Waarom zie ik dit?" in pagina
    assert "1 ding is te laat en 1 ding moet vandaag." in pagina
    assert "Volgende maand" not in pagina


def test_alleen_wat_voor_mij_mijn_team_of_mijn_rol_is(ik) -> None:
    team = ik.medewerker.rollen.get().team
    ander = f.RolFabriek().medewerker
    van(ik, titel="Van mij")
    WerkvoorraadFabriek(titel="Van het team", voor_team_id=team.pk, voor_rol="")
    WerkvoorraadFabriek(titel="Team en rol", voor_team_id=team.pk, voor_rol="consulent")
    WerkvoorraadFabriek(titel="Alle consulenten", voor_rol="consulent")
    WerkvoorraadFabriek(titel="Voor de manager", voor_team_id=team.pk, voor_rol="teammanager")
    WerkvoorraadFabriek(titel="Ander team", voor_team_id=f.TeamFabriek().pk, voor_rol="")
    WerkvoorraadFabriek(titel="Van een ander", voor=ander.gebruiker)
    pagina = tekst(ik)
    for wel in ("Van mij", "Van het team", "Team en rol", "Alle consulenten"):
        assert wel in pagina, wel
    for niet in ("Voor de manager", "Ander team", "Van een ander"):
        assert niet not in pagina, niet
    f.WaarnemingFabriek(waarnemer=ik.medewerker, voor=ander)
    assert "Van een ander" in tekst(ik), "ik neem waar"


def test_hoogstens_twaalf_met_een_weg_naar_alles(ik) -> None:
    for _ in range(15):
        van(ik)
    assert tekst(ik).count('class="taak"') == 12
    assert "Alle 15" in tekst(ik)
    assert tekst(ik, "?alles=1").count('class="taak"') == 15


def test_een_ander_is_aan_zet_langst_wachtend_eerst(ik) -> None:
    vandaag = klok.vandaag()
    van(ik, titel="Kort", wacht_op="Arboarts", wacht_sinds=vandaag - 3 * DAG, norm_dagen=15)
    van(ik, titel="Lang", wacht_op="Inschrijfbalie ROC", wacht_sinds=vandaag - 71 * DAG, norm_dagen=28)
    pagina = tekst(ik)
    assert pagina.index("Lang") < pagina.index("Kort")
    assert "71 dagen" in pagina and "norm 28 dagen" in pagina and "Je bent bij" in pagina


def test_kost_evenveel_bij_meer_werk(ik) -> None:
    def meer() -> None:
        for _ in range(40):
            van(ik, betrokkene_id=1)
            van(ik, wacht_op="ROC", wacht_sinds=klok.vandaag())

    van(ik, betrokkene_id=1)
    van(ik, wacht_op="ROC", wacht_sinds=klok.vandaag())
    groeit_niet(lambda: ik.get("/"), meer, "vandaag", 10)
