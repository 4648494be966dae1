"""Questions in a dossier: to income and to experts, with a term, an answer, and a place at Vandaag (R121)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Dossiervraag
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.vragen import beantwoord_vraag, lees_antwoord, stel_vraag
from deelnemers.services.werkvoorraad import ververs
from kern import klok
from kern.handeling import handeling
from kern.models import Leesregel, TijdlijnRegel, Werkvoorraad
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK


def rij() -> Werkvoorraad | None:
    return Werkvoorraad.objects.filter(soort="dossiervraag").first()


@pytest.mark.eis("R121", "Een vraag aan inkomen staat bij inkomen op Vandaag, het antwoord daarna bij wie vroeg")
def test_vraag_en_antwoord_van_inkomen(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)
    client.force_login(consulent.gebruiker)
    nieuw = reverse("dossiervraag_nieuw", args=[deelnemer.dossiernummer])
    assert client.post(nieuw, {"aan": "inkomen", "vraag": ""}).status_code == 400
    assert client.post(nieuw, {"aan": "inkomen", "vraag": "Loopt de vrijlating nog?"}).status_code == 302
    vraag = Dossiervraag.objects.get()
    assert vraag.termijn == klok.vandaag() + 7 * DAG
    wacht = rij()
    assert wacht is not None and (wacht.voor_rol, wacht.voor_id, wacht.op) == ("inkomensconsulent", None, vraag.termijn)
    log_in("inkomensconsulent")
    pad = reverse("inkomensvraag", args=[vraag.pk])
    assert "Loopt de vrijlating nog?" in client.get(reverse("inkomensvragen")).content.decode()
    assert client.post(pad, {"antwoord": " "}).status_code == 400
    assert client.post(pad, {"antwoord": "Ja, tot en met maart."}).status_code == 302
    gelezen = Leesregel.objects.filter(verwerking="inkomen.vragen").latest("id")
    assert list(gelezen.betrokkenen) == [deelnemer.pk]
    assert client.get(pad).status_code == 404
    klaar = rij()
    assert klaar is not None and (klaar.voor_id, klaar.voor_rol) == (consulent.gebruiker_id, "")
    client.force_login(consulent.gebruiker)
    blad = client.get(reverse("dossiervragen", args=[deelnemer.dossiernummer])).content.decode()
    assert "Ja, tot en met maart." in blad and "Gelezen" in blad
    assert client.post(reverse("dossiervraag_gelezen", args=[deelnemer.dossiernummer, vraag.pk])).status_code == 302
    assert rij() is None
    regel = TijdlijnRegel.objects.get(sleutel=f"vraag:{vraag.pk}")
    assert regel.titel == "Antwoord van de inkomensconsulent" and regel.tekst == "Ja, tot en met maart."


@pytest.mark.eis("R121", "Een vraag aan een expert op vier gebieden; het antwoord blijft met zijn naam in het dossier")
@pytest.mark.parametrize("gebied", ["arbo", "arbeidsrelaties", "mobiliteit", "ontwikkeling"])
def test_vraag_aan_een_expert(client: Any, team: Any, consulent: Any, gebied: str) -> None:
    deelnemer = met_regie(consulent, team)
    vraag = stel_vraag(deelnemer, gebied, "Welke aanpassing past?", medewerker=consulent, actor=TOETS)
    assert rij() is None
    client.force_login(consulent.gebruiker)
    pad = reverse("dossiervraag", args=[deelnemer.dossiernummer, vraag.pk])
    assert client.post(pad, {"antwoord": "Een sta-steun.", "antwoord_van": ""}).status_code == 400
    assert client.post(pad, {"antwoord": "Een sta-steun.", "antwoord_van": "E. Vos"}).status_code == 302
    blad = client.get(reverse("dossiervragen", args=[deelnemer.dossiernummer])).content.decode()
    assert "Een sta-steun." in blad and "E. Vos" in blad
    assert rij() is None


def test_een_expert_die_te_laat_is_komt_op_vandaag(consulent: Any, settings: Any) -> None:
    deelnemer = met_regie(consulent)
    vraag = stel_vraag(deelnemer, "arbo", "Wat helpt?", medewerker=consulent, actor=TOETS)
    settings.PEILDATUM = (vraag.termijn + DAG).isoformat()
    with handeling(FABRIEK):
        ververs(deelnemer.pk)
    laat = rij()
    assert laat is not None and laat.titel.startswith("Vraag het antwoord na")


def test_een_antwoord_is_er_een_keer_en_heel(consulent: Any) -> None:
    deelnemer = met_regie(consulent)
    vraag = stel_vraag(deelnemer, "inkomen", "Loopt het door?", medewerker=consulent, actor=TOETS)
    with pytest.raises(ValidationError, match="Schrijf het antwoord op"):
        beantwoord_vraag(vraag, " ", medewerker=consulent, actor=TOETS)
    lees_antwoord(vraag, actor=TOETS)
    vraag.refresh_from_db()
    assert vraag.gelezen_op is None
    beantwoord_vraag(vraag, "Ja.", medewerker=consulent, actor=TOETS)
    with pytest.raises(ValidationError, match="net beantwoord"):
        beantwoord_vraag(vraag, "Nee.", medewerker=consulent, actor=TOETS)
    assert Dossiervraag.objects.get().antwoord == "Ja."


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"aan": "buurman"}, "dossiervraag_aan"),
        ({"antwoord": "Ja."}, "dossiervraag_antwoord_heel"),
        ({"beantwoord_op": dt.date(2026, 1, 1)}, "dossiervraag_antwoord_heel"),
        ({"gelezen_op": dt.date(2026, 1, 1)}, "dossiervraag_gelezen_na_antwoord"),
    ],
)
def test_de_database_weigert(consulent: Any, velden: dict[str, Any], naam: str) -> None:
    vraag = stel_vraag(met_regie(consulent), "arbo", "Wat helpt?", medewerker=consulent, actor=TOETS)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Dossiervraag.objects.filter(pk=vraag.pk).update(**velden)


def test_wie_wat_mag(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)
    inkomen = stel_vraag(deelnemer, "inkomen", "Loopt het door?", medewerker=consulent, actor=TOETS)
    client.force_login(consulent.gebruiker)
    assert client.get(reverse("inkomensvragen")).status_code == 403
    assert client.get(reverse("dossiervraag", args=[deelnemer.dossiernummer, inkomen.pk])).status_code == 404
    ander = log_in("consulent", team=team)
    gelezen = reverse("dossiervraag_gelezen", args=[deelnemer.dossiernummer, inkomen.pk])
    assert ander.post(gelezen).status_code == 404
    rachid = log_in("inkomensconsulent")
    assert rachid.get(reverse("inkomensvraag", args=[inkomen.pk])).status_code == 200
    verbied(deelnemer, rachid.medewerker, "familie", actor=TOETS)
    assert rachid.get(reverse("inkomensvraag", args=[inkomen.pk])).status_code == 404
    assert deelnemer.dossiernummer not in rachid.get(reverse("inkomensvragen")).content.decode()


def test_lijsten_kosten_evenveel_vragen(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)

    def meer(aantal: int = 12) -> None:
        for _ in range(aantal):
            stel_vraag(deelnemer, "arbo", "Wat helpt?", medewerker=consulent, actor=TOETS)
            stel_vraag(DeelnemerFabriek(), "inkomen", "Loopt het door?", medewerker=consulent, actor=TOETS)

    meer(2)
    client.force_login(consulent.gebruiker)
    groeit_niet(lambda: client.get(reverse("dossiervragen", args=[deelnemer.dossiernummer])), meer, "vragen", 26)
    log_in("inkomensconsulent")
    groeit_niet(lambda: client.get(reverse("inkomensvragen")), meer, "inkomensvragen", 20)


@pytest.mark.eis("R228", "Een gevoelige vraag leest alleen wie bijzondere gegevens mag zien, en wie haar beantwoordt")
def test_een_gevoelige_vraag(client: Any, log_in: Any, team: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, team)
    client.force_login(consulent.gebruiker)
    vraag = {"aan": "inkomen", "vraag": "Loopt het beslag nog?", "gevoelig": "on"}
    client.post(reverse("dossiervraag_nieuw", args=[deelnemer.dossiernummer]), vraag)
    rij_ = Dossiervraag.objects.get()
    lijst = reverse("dossiervragen", args=[deelnemer.dossiernummer])
    assert rij_.bijzonder and "Loopt het beslag nog?" in client.get(lijst).content.decode()
    wacht = rij()
    assert wacht is not None and "beslag" not in wacht.toelichting
    assert TijdlijnRegel.objects.get(sleutel=f"vraag:{rij_.pk}").zichtbaarheid == "bijzonder"
    ander = log_in("afdelingsmanager", team=team)
    assert "beslag" not in ander.get(lijst).content.decode()
    inkomen = log_in("inkomensconsulent")
    blad = inkomen.get(reverse("inkomensvragen")).content.decode()
    assert "Gevoelige vraag" in blad and "beslag" not in blad
    assert "Loopt het beslag nog?" in inkomen.get(reverse("inkomensvraag", args=[rij_.pk])).content.decode()
