"""Startmeter and Zeehoeve: ordered as a part, with places, and with a result that fills the diagnosis (R051, R052)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Competentiemeting, Document
from deelnemers.services.regie import betrek
from kern import bestanden, klok
from kern.handeling import handeling
from kern.models import Leesregel, TijdlijnRegel
from kern.toestanden import OvergangGeweigerd
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import InstrumentFabriek, dagen
from trajecten.models import Onderzoeksuitslag, Trajectonderdeel
from trajecten.planning import wachtenden, weken
from trajecten.services.onderdelen import voeg_onderdeel_toe
from trajecten.services.onderzoek import leg_uitslag_vast

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def eigen_map(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def onderzoek(wereld: Any, **velden: Any) -> Trajectonderdeel:
    """A Zeehoeve that began last week."""
    instrument = InstrumentFabriek(naam="Zeehoeve", soort="diagnose", route="intern", weken=4, **velden)
    return voeg_onderdeel_toe(wereld.traject(), instrument, dagen(0), actor=wereld.actor)


def uitslag(wereld: Any, deel: Trajectonderdeel, **velden: Any) -> Onderzoeksuitslag:
    velden = {
        "afgenomen_op": klok.vandaag(), "beoordelaar": "R. de Wit, Zeehoeve", "advies": "intern",
        "scores": {"op_tijd": 2, "samenwerken": 4}, "conclusies": ["opbouw_uren"], "toelichting": "Begint rustig.",
    } | velden  # fmt: skip
    with bestanden.weg_bij_mislukken():
        return leg_uitslag_vast(deel, actor=wereld.actor, medewerker=wereld.consulent, **velden)


@pytest.mark.eis("R051", "Een uitslag heeft datum, beoordelaar, scores en advies; de scores komen in de diagnose")
def test_de_uitslag_vult_de_diagnose(wereld: Any) -> None:
    deel = onderzoek(wereld)
    rij = uitslag(wereld, deel)
    assert (rij.beoordelaar, rij.advies, rij.conclusies) == ("R. de Wit, Zeehoeve", "intern", ["opbouw_uren"])
    metingen = {m.competentie: (m.score, m.bron, m.vastgesteld_op) for m in Competentiemeting.objects.order_by("id")}
    assert metingen == {"op_tijd": (2, "toets", klok.vandaag()), "samenwerken": (4, "toets", klok.vandaag())}
    deel.refresh_from_db()
    assert deel.status == "afgerond" and "Advies: eerst intern starten" in deel.resultaat
    regel = TijdlijnRegel.objects.get(sleutel=f"uitslag:{rij.pk}")
    assert regel.zichtbaarheid == "bijzonder"


@pytest.mark.eis("R052", "Een onderzoek start zonder diagnose, heeft plaatsen en een wachtlijst, en geplande dagen")
def test_bestellen_met_plaatsen_en_dagen(wereld: Any) -> None:
    deel = onderzoek(wereld, capaciteit=1)
    assert deel.status == "loopt" and deel.zonder_diagnose_reden == ""
    with pytest.raises(ValidationError, match="plaatsen zijn bezet"):
        voeg_onderdeel_toe(deel.traject, deel.instrument, dagen(0), actor=wereld.actor, botsing_gezien=True)
    voeg_onderdeel_toe(
        deel.traject, deel.instrument, dagen(0), actor=wereld.actor, op_wachtlijst=True, botsing_gezien=True
    )
    assert wachtenden(deel.instrument) == 1
    komend = weken(deel.instrument)
    assert [(w.bezet, w.vrij) for w in komend[:3]] == [(1, 0)] * 3
    assert (komend[6].bezet, komend[6].vrij) == (0, 1)


@pytest.mark.eis("R052", "Het rapport komt afgeschermd in het dossier, conclusies komen uit een lijst")
def test_rapport_en_conclusies(client: Any, log_in: Any, wereld: Any) -> None:
    deel = onderzoek(wereld)
    client.force_login(wereld.consulent.gebruiker)
    pad = reverse("onderzoek_uitslag", args=[deel.deelnemer.dossiernummer, deel.pk])
    assert "enctype" in client.get(pad).content.decode()
    invoer = {
        "afgenomen_op": f"{klok.vandaag():%d-%m-%Y}", "beoordelaar": "Zeehoeve", "advies": "extern", "op_tijd": "4",
        "conclusies": ["regulier_kan", "taal_eerst"],
    }  # fmt: skip
    fout = client.post(pad, invoer | {"conclusies": ["ziek"], "rapport": SimpleUploadedFile("r.pdf", PDF)})
    assert fout.status_code == 400 and not Document.objects.exists()
    assert client.post(pad, invoer | {"rapport": SimpleUploadedFile("rapport.pdf", PDF)}).status_code == 302
    document = Document.objects.get()
    assert (document.soort, document.bijzonder) == ("rapport", True)
    blad = client.get(pad).content.decode()
    for tekst in ("Kan regulier werk doen", "Leert eerst of tegelijk Nederlands", "Rapport openen", "Zeehoeve"):
        assert tekst in blad
    assert Leesregel.objects.latest("id").verwerking == "onderzoek.uitslag"
    plan = client.get(reverse("plan", args=[deel.deelnemer.dossiernummer])).content.decode()
    assert pad in plan and "Uitslag vastleggen" not in plan


@pytest.mark.eis("R228", "De uitslag ziet alleen wie bijzondere gegevens mag zien")
def test_zonder_recht_geen_uitslag(client: Any, log_in: Any, wereld: Any) -> None:
    deel = onderzoek(wereld)
    uitslag(wereld, deel)
    log_in("accountmanager_wsp")
    betrek(deel.deelnemer, "accountmanager", klok.vandaag(), "toets", medewerker=client.medewerker, actor=FABRIEK)
    pad = reverse("onderzoek_uitslag", args=[deel.deelnemer.dossiernummer, deel.pk])
    assert client.get(pad).status_code == 403
    dossier = client.get(reverse("dossier", args=[deel.deelnemer.dossiernummer])).content.decode()
    assert "Uitslag van" not in dossier


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"scores": {"iq": 3}}, "Deze schaal bestaat niet"),
        ({"scores": {"op_tijd": 9}}, "1 tot en met 5"),
        ({"conclusies": ["ziek"]}, "uit de lijst"),
        ({"beoordelaar": ""}, "leeg"),
        ({"advies": "thuis"}, "geldige keuze"),
        ({"afgenomen_op": dagen(1)}, "tot en met vandaag"),
        ({"afgenomen_op": dagen(-90)}, "vanaf het begin"),
    ],
)
def test_wat_niet_kan_laat_niets_achter(wereld: Any, velden: dict[str, Any], fout: str) -> None:
    with pytest.raises(ValidationError, match=fout):
        uitslag(wereld, onderzoek(wereld), **velden)
    assert not Onderzoeksuitslag.objects.exists() and not Competentiemeting.objects.exists()


def test_een_uitslag_per_onderzoek_en_alleen_van_een_onderzoek(wereld: Any) -> None:
    deel = onderzoek(wereld)
    uitslag(wereld, deel)
    with pytest.raises(ValidationError, match="al vastgelegd"):
        uitslag(wereld, deel)
    training = InstrumentFabriek()
    ander = voeg_onderdeel_toe(
        deel.traject, training, dagen(0), actor=wereld.actor, zonder_diagnose_reden="Spoed", botsing_gezien=True
    )
    with pytest.raises(OvergangGeweigerd, match="geen onderzoek"):
        uitslag(wereld, ander)
    gepland = voeg_onderdeel_toe(deel.traject, deel.instrument, dagen(3), actor=wereld.actor, botsing_gezien=True)
    with pytest.raises(OvergangGeweigerd, match="nog niet begonnen"):
        uitslag(wereld, gepland)


@pytest.mark.parametrize(
    ("velden", "naam"), [({"advies": "thuis"}, "onderzoek_advies"), ({"beoordelaar": ""}, "onderzoek_beoordelaar")]
)
def test_de_database_weigert(wereld: Any, velden: dict[str, Any], naam: str) -> None:
    rij = uitslag(wereld, onderzoek(wereld))
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Onderzoeksuitslag.objects.filter(pk=rij.pk).update(**velden)


def test_aanbod_en_plan_kosten_evenveel_vragen(client: Any, wereld: Any) -> None:
    deel = onderzoek(wereld)
    client.force_login(wereld.consulent.gebruiker)

    def meer() -> None:
        for nummer in range(6):
            los = voeg_onderdeel_toe(
                deel.traject,
                deel.instrument,
                dagen(0),
                actor=wereld.actor,
                botsing_gezien=True,
                einddatum=dagen(nummer),
            )
            uitslag(wereld, los)

    groeit_niet(lambda: client.get(reverse("instrument", args=[deel.instrument.code])), lambda: None, "aanbod", 20)
    groeit_niet(lambda: client.get(reverse("plan", args=[deel.deelnemer.dossiernummer])), meer, "plan")
