"""The mentor of a group scores motivation and behaviour of everybody on one screen (R056)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from deelnemers.models import Competentiemeting, Deelnemer, Leesverbod
from deelnemers.schalen import ANKERS
from deelnemers.services.diagnose import leg_meting_vast
from deelnemers.services.tijdlijn import metingregels
from kern.handeling import handeling
from kern.models import Leesregel, TijdlijnRegel
from organisatie.rechten import Rol
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import (
    DeelnemerFabriek,
    GroepFabriek,
    GroepsdeelnameFabriek,
    InstrumentFabriek,
    Wereld,
    dagen,
    medewerker_met,
)
from trajecten.models import Groep
from trajecten.services.scores import Scorerij, scoor_groep

pytestmark = pytest.mark.django_db


@pytest.fixture
def groep(wereld: Wereld) -> Groep:
    """A group of an intern part with the consulent as mentor and two people in it."""
    rij = GroepFabriek(
        team=wereld.team, trainer=wereld.consulent, instrument=InstrumentFabriek(soort="groep", route="intern")
    )
    GroepsdeelnameFabriek(groep=rij, deelnemer=wereld.deelnemer)
    GroepsdeelnameFabriek(groep=rij)
    return rij


@pytest.fixture
def mentor(wereld: Wereld, client: Client) -> Client:
    client.force_login(wereld.consulent.gebruiker)
    return client


def _mensen(groep: Groep) -> list[Deelnemer]:
    return [d.deelnemer for d in groep.deelnames.select_related("deelnemer").order_by("id")]


def _dag(dag: Any) -> str:
    return f"{dag:%d-%m-%Y}"


def _post(client: Client, groep: Groep, **velden: Any) -> Any:
    """Send the form as the page made it, with these boxes filled in."""
    adres = reverse("groep_scores", args=[groep.pk])
    verborgen = re.findall(r'type="hidden" name="([^"]+-versie)" value="([^"]*)"', client.get(adres).content.decode())
    return client.post(adres, {"tot_en_met": _dag(dagen(0))} | dict(verborgen) | velden)


def _stand(mens: Deelnemer) -> dict[str, int]:
    rijen = Competentiemeting.objects.filter(deelnemer=mens, vervangen_op=None)
    return dict(rijen.values_list("competentie", "score").order_by("competentie"))


@pytest.mark.eis(
    "R056",
    "De mentor scoort de hele groep op één scherm: motivatie, werkhouding en gedrag, in de lijn van ieders dossier.",
)
def test_hele_groep_in_een_keer(wereld: Wereld, groep: Groep, mentor: Client) -> None:
    eerste, tweede = _mensen(groep)
    leg_meting_vast(eerste, {"motivatie": 2}, op=dagen(-30), actor=wereld.actor)
    derde = GroepsdeelnameFabriek(groep=groep).deelnemer
    blad = mentor.get(reverse("groep_scores", args=[groep.pk])).content.decode()
    assert "was 2" in blad
    assert all(naam in blad and een in blad for naam, een, *_ in ANKERS.values())
    antwoord = _post(
        mentor,
        groep,
        **{
            f"{eerste.pk}-motivatie": "4",
            f"{eerste.pk}-toelichting": "Vroeg zelf om werk.",
            f"{tweede.pk}-op_tijd": "3",
            f"{tweede.pk}-omgaan_met_gezag": "5",
        },
    )
    assert antwoord.status_code == 302
    assert _stand(eerste) == {"motivatie": 4}
    assert _stand(tweede) == {"op_tijd": 3, "omgaan_met_gezag": 5}
    assert not _stand(derde)  # a row left empty is skipped
    nu = Competentiemeting.objects.get(deelnemer=eerste, vervangen_op=None)
    assert (nu.bron, nu.gemeten_door, nu.vastgesteld_op) == ("groep", wereld.consulent, dagen(0))
    regel = TijdlijnRegel.objects.get(betrokkene_id=eerste.pk, sleutel__startswith="meting:")
    assert regel.tekst == "Motivatie 4 (was 2). Vroeg zelf om werk."
    assert regel.actor_naam == wereld.consulent.naam
    lijn = mentor.get(reverse("diagnose", args=[eerste.dossiernummer])).context["competenties"]
    assert [punt.score for punt in lijn[0]["lijn"].punten] == [2, 4]


def test_een_fout_staat_bij_de_rij_en_de_rest_is_bewaard(groep: Groep, mentor: Client) -> None:
    eerste, tweede = _mensen(groep)
    antwoord = _post(mentor, groep, **{f"{eerste.pk}-motivatie": "7", f"{tweede.pk}-motivatie": "3"})
    assert antwoord.status_code == 400
    assert (_stand(eerste), _stand(tweede)) == ({}, {"motivatie": 3})
    rijen = {int(rij["pk"]): rij for rij in antwoord.context["rijen"]}
    assert rijen[eerste.pk]["fouten"] == ["Motivatie: kies een cijfer van 1 tot en met 5."]
    assert rijen[eerste.pk]["cellen"][0]["waarde"] == "7" and not rijen[tweede.pk]["fouten"]
    assert rijen[tweede.pk]["cellen"][0]["waarde"] == ""
    alleen_tekst = _post(mentor, groep, **{f"{eerste.pk}-toelichting": "Hielp een ander."})
    assert "Kies ook een cijfer" in alleen_tekst.content.decode() and not _stand(eerste)


def test_een_rij_bewaren_laat_de_andere_staan(groep: Groep, mentor: Client) -> None:
    eerste, tweede = _mensen(groep)
    velden = {f"{eerste.pk}-motivatie": "3", f"{tweede.pk}-motivatie": "9"}
    antwoord = _post(mentor, groep, rij=str(eerste.pk), **velden)
    assert antwoord.status_code == 200
    assert (_stand(eerste), _stand(tweede)) == ({"motivatie": 3}, {})
    cellen = {int(rij["pk"]): rij["cellen"][0]["waarde"] for rij in antwoord.context["rijen"]}
    assert cellen == {eerste.pk: "", tweede.pk: "9"}


def test_niets_ingevuld_zegt_dat(groep: Groep, mentor: Client) -> None:
    antwoord = _post(mentor, groep)
    assert antwoord.status_code == 400 and "nog niets ingevuld" in antwoord.content.decode()
    morgen = _post(mentor, groep, **{f"{_mensen(groep)[0].pk}-motivatie": "3", "tot_en_met": _dag(dagen(1))})
    assert morgen.status_code == 400 and "in de toekomst" in morgen.content.decode()
    assert not Competentiemeting.objects.exists()


@pytest.mark.eis(
    "R056", "Twee mentoren tegelijk: de tweede leest bij de rij wat de eerste scoorde, niets gaat verloren."
)
def test_de_tweede_mentor_leest_wat_de_eerste_scoorde(wereld: Wereld, groep: Groep, mentor: Client) -> None:
    eerste, tweede = _mensen(groep)
    adres = reverse("groep_scores", args=[groep.pk])
    invoer = {
        "tot_en_met": _dag(dagen(0)),
        f"{eerste.pk}-versie": "0",
        f"{eerste.pk}-motivatie": "2",
        f"{tweede.pk}-versie": "0",
        f"{tweede.pk}-motivatie": "3",
    }
    leg_meting_vast(eerste, {"motivatie": 5}, op=dagen(0), actor=wereld.actor)
    antwoord = mentor.post(adres, invoer)
    assert antwoord.status_code == 400
    assert (_stand(eerste), _stand(tweede)) == ({"motivatie": 5}, {"motivatie": 3})
    rij = next(rij for rij in antwoord.context["rijen"] if rij["pk"] == str(eerste.pk))
    assert "Een collega scoorde net: Motivatie 5" in rij["fouten"][0]
    assert rij["cellen"][0]["waarde"] == "2"
    weer = mentor.post(adres, invoer | {f"{eerste.pk}-versie": rij["versie"], f"{tweede.pk}-motivatie": ""})
    assert weer.status_code == 302 and _stand(eerste) == {"motivatie": 2}


def test_dezelfde_dag_verbeteren_laat_een_punt_in_de_lijn(wereld: Wereld, groep: Groep, mentor: Client) -> None:
    eerste, _ = _mensen(groep)
    _post(mentor, groep, **{f"{eerste.pk}-motivatie": "1"})
    _post(mentor, groep, **{f"{eerste.pk}-motivatie": "4"})
    lijn = mentor.get(reverse("diagnose", args=[eerste.dossiernummer])).context["competenties"]
    assert [punt.score for punt in (lijn[0]["lijn"].punten)] == [4]
    assert [regel.tekst for regel in metingregels(eerste.pk)] == ["Motivatie 4"]
    assert TijdlijnRegel.objects.get(betrokkene_id=eerste.pk, sleutel__startswith="meting:").tekst == "Motivatie 4"


def test_dienst_weigert_wie_niet_in_de_groep_zit_en_een_oude_dag(wereld: Wereld, groep: Groep) -> None:
    eerste, _ = _mensen(groep)
    vreemd = DeelnemerFabriek()
    leg_meting_vast(eerste, {"motivatie": 3}, op=dagen(-2), actor=wereld.actor)
    fouten = scoor_groep(
        groep,
        [Scorerij(vreemd.pk, {"motivatie": 3}), Scorerij(eerste.pk, {"motivatie": 4})],
        dagen(-5),
        medewerker=wereld.consulent,
        actor=wereld.actor,
    )
    assert "niet in de groep" in fouten[vreemd.pk].messages[0]
    assert "De laatste meting is van" in fouten[eerste.pk].messages[0]
    assert _stand(eerste) == {"motivatie": 3} and not _stand(vreemd)
    extern = GroepFabriek(instrument=InstrumentFabriek(route="extern"))
    with pytest.raises(ValidationError, match="intern onderdeel"):
        scoor_groep(extern, [], dagen(0), medewerker=wereld.consulent, actor=wereld.actor)


@pytest.mark.parametrize(
    ("rol", "team", "mag"),
    [
        (Rol.CONSULENT, "eigen", 200),
        (Rol.TEAMMANAGER, "eigen", 200),
        (Rol.WERKLEIDER, "eigen", 200),
        (Rol.CONSULENT, "ander", 404),
        (Rol.TEAMONDERSTEUNING, "eigen", 403),
        (Rol.AFDELINGSMANAGER, "ander", 403),
    ],
)
def test_wie_het_scoreblad_ziet(groep: Groep, client: Client, rol: Rol, team: str, mag: int) -> None:
    client.force_login(medewerker_met(rol, groep.team if team == "eigen" else TeamFabriek()).gebruiker)
    assert client.get(reverse("groep_scores", args=[groep.pk])).status_code == mag


def test_een_werkleider_zonder_team_scoort_haar_eigen_groep(groep: Groep, client: Client) -> None:
    """The mentor herself, without a dossier of anybody in it: she sees names and scores, and it is in the read log."""
    werkleider = medewerker_met(Rol.WERKLEIDER, None)
    with handeling(FABRIEK):
        Groep.objects.filter(pk=groep.pk).update(trainer=werkleider)
    client.force_login(werkleider.gebruiker)
    eerste, tweede = _mensen(groep)
    assert _post(client, groep, **{f"{eerste.pk}-motivatie": "3"}).status_code == 302
    gelezen = Leesregel.objects.filter(actor_naam=werkleider.gebruiker.naam, verwerking="groep.scoren")
    assert set(gelezen.latest("id").betrokkenen) == {eerste.pk, tweede.pk}
    assert "Motivatie en gedrag" in client.get(reverse("groep", args=[groep.pk])).content.decode()


def test_wie_een_dossier_niet_mag_openen_scoort_die_persoon_niet(wereld: Wereld, groep: Groep, mentor: Client) -> None:
    eerste, tweede = _mensen(groep)
    with handeling(FABRIEK):
        Leesverbod.objects.create(deelnemer=eerste, medewerker=wereld.consulent, reden="familie", begindatum=dagen(-1))
    blad = mentor.get(reverse("groep_scores", args=[groep.pk]))
    assert [rij["pk"] for rij in blad.context["rijen"]] == [str(tweede.pk)]
    _post(mentor, groep, **{f"{eerste.pk}-motivatie": "3", f"{tweede.pk}-motivatie": "3"})
    assert not _stand(eerste) and _stand(tweede)


def test_scoreblad_van_een_extern_onderdeel_bestaat_niet(wereld: Wereld, mentor: Client) -> None:
    extern = GroepFabriek(team=wereld.team, trainer=wereld.consulent, instrument=InstrumentFabriek(route="extern"))
    assert mentor.get(reverse("groep_scores", args=[extern.pk])).status_code == 404
    assert "Motivatie en gedrag" not in mentor.get(reverse("groep", args=[extern.pk])).content.decode()


def test_aantal_vragen_groeit_niet(wereld: Wereld, groep: Groep, mentor: Client) -> None:
    def meer() -> None:
        for deelname in GroepsdeelnameFabriek.create_batch(12, groep=groep):
            leg_meting_vast(deelname.deelnemer, dict.fromkeys(ANKERS, 3), op=dagen(-3), actor=wereld.actor)

    groeit_niet(lambda: mentor.get(reverse("groep_scores", args=[groep.pk])), meer, "scoreblad")


def test_grote_nummers_komen_heel_terug(wereld: Wereld, groep: Groep, mentor: Client) -> None:
    """The names of the boxes and the counters hold keys; above a thousand they must not get a dot."""
    mens = DeelnemerFabriek(id=1234567)
    GroepsdeelnameFabriek(groep=groep, deelnemer=mens)
    with handeling(FABRIEK):
        Competentiemeting.objects.create(
            id=7654321,
            deelnemer=mens,
            competentie="motivatie",
            score=2,
            vastgesteld_op=dagen(-9),
            houdbaar_tot=dagen(90),
        )
    assert _post(mentor, groep, **{"1234567-motivatie": "4"}).status_code == 302
    assert _stand(mens) == {"motivatie": 4}
