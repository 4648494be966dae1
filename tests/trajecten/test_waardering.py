"""Three questions without a name: asked once, answered once, and nothing says whose answer it is (R018)."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from deelnemers.models import Deelnemer
from kern import klok
from kern.handeling import handeling
from kern.logregels import verberg_sleutels
from kern.models import Bericht, Gebeurtenis, Leesregel, Overgang, TijdlijnRegel, Wijziging
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import InstrumentFabriek, OnderdeelFabriek
from trajecten.models import GebruikteWaarderingslink, Waardering, Waarderingsvraag
from trajecten.services import waardering as dienst

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wet")]
PUNTEN = {"geholpen": 5, "geluisterd": 4, "duidelijk": 2}


@pytest.fixture
def team(gemeente: Any) -> Any:
    return TeamFabriek(naam="Team Oost")


@pytest.fixture
def consulent(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def persoon(consulent: Any, team: Any) -> Deelnemer:
    return met_regie(consulent, team)


def vraag(persoon: Deelnemer, moment: str = "intake", **velden: Any) -> str:
    return dienst.vraag_waardering(persoon, moment, actor=TOETS, **({"team": persoon.team} | velden))


def antwoord(token: str, **punten: int) -> None:
    link = dienst.lees_link(token)
    assert link is not None
    dienst.geef_waardering(link, PUNTEN | punten, actor=dienst.NIEMAND)


# --- Asking and answering ------------------------------------------------------------------------------------------
@pytest.mark.eis(
    "R018", "De consulent vraagt het na de intake, halverwege en aan het einde; een link geeft één antwoord"
)
def test_vragen_en_antwoorden(client: Any, persoon: Deelnemer, consulent: Any) -> None:
    deel = OnderdeelFabriek(deelnemer=persoon)
    client.force_login(consulent.gebruiker)
    assert "Drie vragen, zonder naam." in client.get(reverse("gesprek", args=[persoon.dossiernummer])).content.decode()
    pad = reverse("waardering_vragen", args=[persoon.dossiernummer])
    assert client.post(pad, {"moment": "straks"}).status_code == 400
    blad = client.post(pad, {"moment": "halverwege", "instrument": deel.instrument_id}).content.decode()
    link = blad.split('href="/waardering/')[1].split('"')[0]
    assert Leesregel.objects.filter(verwerking="waardering.vragen", betrokkenen=[persoon.pk]).exists()
    client.logout()
    adres = f"/waardering/{link}"
    vragen = client.get(adres).content.decode()
    assert "Je hoeft niet mee te doen" in vragen and persoon.naam not in vragen and consulent.naam not in vragen
    half = client.post(adres, {"geholpen": "5"})
    assert half.status_code == 400 and "Kies: Er wordt goed naar mij geluisterd." in half.content.decode()
    assert "Dank je wel" in client.post(adres, {k: str(v) for k, v in PUNTEN.items()}).content.decode()
    rij = Waardering.objects.get()
    assert (rij.team, rij.instrument, rij.moment) == (persoon.team, deel.instrument, "halverwege")
    assert (rij.geholpen, rij.geluisterd, rij.duidelijk) == (5, 4, 2)
    assert client.get(adres).status_code == 404
    assert client.post(adres, {k: "1" for k in PUNTEN}).status_code == 404
    assert Waardering.objects.count() == 1


@pytest.mark.eis("R018", "Een link werkt één keer, ook als twee mensen tegelijk antwoorden")
def test_een_link_werkt_een_keer(persoon: Deelnemer) -> None:
    link = dienst.lees_link(vraag(persoon))
    assert link is not None
    dienst.geef_waardering(link, PUNTEN, actor=dienst.NIEMAND)
    with pytest.raises(ValidationError, match="al beantwoord"):
        dienst.geef_waardering(link, PUNTEN, actor=dienst.NIEMAND)
    assert Waardering.objects.count() == 1


def test_een_link_verloopt_en_is_niet_te_maken(persoon: Deelnemer, monkeypatch: Any) -> None:
    token = vraag(persoon)
    assert dienst.lees_link(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert dienst.lees_link("onzin") is None
    monkeypatch.setattr(dienst, "GELDIG_DAGEN", -1)
    assert dienst.lees_link(token) is None


@pytest.mark.eis("R018", "Hetzelfde moment vragen we iemand niet twee keer")
def test_niet_twee_keer_hetzelfde_moment(persoon: Deelnemer, consulent: Any) -> None:
    vraag(persoon)
    with pytest.raises(ValidationError) as fout:
        vraag(persoon)
    assert "moment" in fout.value.message_dict
    vraag(persoon, "einde")
    with pytest.raises(IntegrityError), handeling(FABRIEK), transaction.atomic():
        Waarderingsvraag.objects.create(deelnemer=persoon, moment="einde", weg_na=klok.vandaag())


def test_wie_niet_te_vragen_is(persoon: Deelnemer) -> None:
    with pytest.raises(ValidationError, match="geen team"):
        vraag(DeelnemerFabriek())
    with pytest.raises(ValidationError) as fout:
        vraag(persoon, instrument=InstrumentFabriek(bijzonder=True))
    assert "instrument" in fout.value.message_dict


def test_te_vaak_geopend(client: Any, persoon: Deelnemer, settings: Any) -> None:
    limieten = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"waardering": "2/min"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": limieten}
    adres = reverse("waardering", args=[vraag(persoon)])
    assert [client.get(adres).status_code for _ in range(3)] == [200, 200, 429]


# --- Nothing says whose it is --------------------------------------------------------------------------------------
@pytest.mark.eis("R018", "Een antwoord kent geen persoon, medewerker, link of tijdstip")
def test_een_antwoord_heeft_niets_dat_naar_iemand_wijst() -> None:
    kolommen = {veld.column for veld in Waardering._meta.local_fields}
    assert kolommen == {
        "id", "gemeente_id", "team_id", "instrument_id", "moment", "kwartaal", "geholpen", "geluisterd", "duidelijk",
    }  # fmt: skip
    assert {veld.column for veld in GebruikteWaarderingslink._meta.local_fields} == {
        "id", "gemeente_id", "sleutelhash", "weg_na",
    }  # fmt: skip
    for model in (Waardering, GebruikteWaarderingslink):
        assert isinstance(model._meta.pk, models.UUIDField), "een volgnummer geeft de volgorde weg"
        assert not [v for v in model._meta.local_fields if isinstance(v, models.DateTimeField)]


@pytest.mark.eis("R018", "Beantwoorden laat nergens een spoor na met een tijd of een persoon")
def test_beantwoorden_laat_geen_spoor(persoon: Deelnemer) -> None:
    token = vraag(persoon)
    sporen = (Wijziging, Leesregel, Overgang, TijdlijnRegel, Gebeurtenis, Bericht)
    voor = [model.objects.count() for model in sporen]
    gevraagd = list(Waarderingsvraag.objects.values())
    antwoord(token)
    assert [model.objects.count() for model in sporen] == voor
    assert list(Waarderingsvraag.objects.values()) == gevraagd, "aan de vraag mag niet te zien zijn of er antwoord kwam"


@pytest.mark.eis("R018", "De historie zegt niet voor welk moment iemand is gevraagd")
def test_historie_noemt_het_moment_niet(persoon: Deelnemer, settings: Any, gemeente: Any) -> None:
    vraag(persoon)
    settings.PEILDATUM = (klok.vandaag() + 15 * DAG).isoformat()
    voer_uit("trajecten.waarderingen", gemeente)
    sporen = Wijziging.objects.filter(tabel="trajecten_waarderingsvraag", betrokkene_id=persoon.pk)
    assert {rij.actie for rij in sporen} == {"I", "D"}
    assert "intake" not in str([(rij.oud, rij.nieuw) for rij in sporen])


@pytest.mark.eis("R018", "Na veertien dagen weten we niet meer aan wie het is gevraagd")
def test_de_nacht_vergeet(persoon: Deelnemer, settings: Any, gemeente: Any) -> None:
    antwoord(vraag(persoon))
    voer_uit("trajecten.waarderingen", gemeente)
    assert Waarderingsvraag.objects.count() == GebruikteWaarderingslink.objects.count() == 1
    settings.PEILDATUM = (klok.vandaag() + 15 * DAG).isoformat()
    voer_uit("trajecten.waarderingen", gemeente)
    assert Waarderingsvraag.objects.count() == GebruikteWaarderingslink.objects.count() == 0
    assert Waardering.objects.count() == 1
    vraag(persoon)


@pytest.mark.eis("R018", "Na de nacht zeggen sleutel, plaats en transactie niets over de volgorde van de antwoorden")
def test_de_nacht_schudt(consulent: Any, team: Any) -> None:
    for n in range(12):
        antwoord(vraag(met_regie(consulent, team)), geholpen=1 + n % 5)
    oud = set(Waardering.objects.values_list("pk", flat=True))
    punten = sorted(Waardering.objects.values_list("geholpen", flat=True))
    kwartaal = Waardering.objects.values_list("kwartaal", flat=True)[0]
    with handeling(FABRIEK):
        assert dienst.schud(kwartaal) == 12
    assert not oud & set(Waardering.objects.values_list("pk", flat=True))
    assert sorted(Waardering.objects.values_list("geholpen", flat=True)) == punten
    met_xmin = Waardering.objects.extra(select={"tx": "xmin::text"})
    assert len({rij.tx for rij in met_xmin}) == 1


@pytest.mark.eis("R018", "De sleutel van een link staat niet in het logboek")
def test_geen_sleutel_in_het_logboek(persoon: Deelnemer, client: Any, caplog: Any) -> None:
    token = vraag(persoon)
    inhoud = token.split(":")[0]
    assert inhoud not in verberg_sleutels(f"GET /waardering/{token}")
    with caplog.at_level(logging.DEBUG):
        client.get(reverse("waardering", args=[token]))
    assert inhoud not in verberg_sleutels(caplog.text)


@pytest.mark.eis("R018", "De database weigert een dag, een punt buiten de schaal en een onbekend moment")
@pytest.mark.parametrize(
    "anders", [{"kwartaal": dt.date(2026, 8, 1)}, {"kwartaal": dt.date(2026, 7, 2)}, {"geholpen": 6}, {"moment": "nu"}]
)
def test_de_database_weigert(team: Any, anders: dict[str, Any]) -> None:
    velden = {"team": team, "moment": "intake", "kwartaal": dt.date(2026, 7, 1)} | PUNTEN | anders
    with pytest.raises(IntegrityError), transaction.atomic():
        Waardering.objects.create(**velden)
