"""Dead letters: what did not arrive and why, sent again one by one or all at once, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kern import klok, webhooks
from kern.handeling import handeling
from kern.models import Abonnement, Aflevering, ApiClient, Gebeurtenis, Overgang
from kern.taken import voer_uit
from kern.views.afleveringen import in_woorden
from tests.hulp.api import client_met_sleutel
from tests.hulp.ontvanger import Ontvanger
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
LIJST = "/beheer/afleveringen"
TYPE = "nl.re-integratie.aanmelding.ontvangen.v1"


@pytest.fixture
def ontvanger(tmp_path: Path, settings: Any) -> Iterator[Ontvanger]:
    ontvanger = Ontvanger(tmp_path)
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_CA = ["127.0.0.1:intern"], ontvanger.ca
    yield ontvanger
    ontvanger.server.shutdown()
    ontvanger.server.server_close()


@pytest.fixture
def afzender(gemeente: Any) -> ApiClient:
    return client_met_sleutel("intake")


@pytest.fixture
def abonnement(ontvanger: Ontvanger, afzender: ApiClient) -> Abonnement:
    return webhooks.abonneer(afzender, ontvanger.adres, [TYPE], actor=FABRIEK)[0]


@pytest.fixture
def opgegeven(abonnement: Abonnement) -> Callable[[int], list[Aflevering]]:
    """Make deliveries that were given up."""

    def doe(hoeveel: int = 1) -> list[Aflevering]:
        rijen = []
        for _ in range(hoeveel):
            with handeling(FABRIEK):
                gebeurtenis = Gebeurtenis.objects.create(
                    type=TYPE, onderwerp="x", tijdstip=klok.nu(), client=abonnement.client, data={}
                )
                rijen.append(
                    Aflevering.objects.create(
                        abonnement=abonnement,
                        gebeurtenis=gebeurtenis,
                        pogingen=12,
                        volgende_poging_op=klok.nu(),
                        opgegeven_op=klok.nu(),
                        fout="antwoord 503",
                    )
                )
        return rijen

    return doe


def test_van_opgegeven_tot_alsnog_aangekomen(
    ontvanger: Ontvanger, abonnement: Abonnement, gemeente: Any, log_in: Any
) -> None:
    """A receiver that is away for a day; the beheerder sees it, sends again, and sees that it arrived."""
    with handeling(FABRIEK):
        gebeurtenis = Gebeurtenis.objects.create(
            type=TYPE, onderwerp="x", tijdstip=klok.nu(), client=abonnement.client, data={}
        )
    webhooks.maak_afleveringen(gebeurtenis)
    ontvanger.status = 503
    client = log_in("functioneel_beheerder")
    for keer in range(len(webhooks._PAUZES) + 1):
        Aflevering.objects.update(volgende_poging_op=klok.echt_nu())
        voer_uit("kern.webhooks", gemeente)
        if not keer:
            assert "De ontvanger antwoordde" in client.get(f"{LIJST}?stand=wacht").content.decode()
    rij = Aflevering.objects.get()
    lijst = client.get(LIJST).content.decode()
    assert "De ontvanger antwoordde met code 503." in lijst and "1 gebeurtenis" in lijst
    client.post(f"{LIJST}/{rij.pk}/opnieuw")
    ontvanger.status = 204
    voer_uit("kern.webhooks", gemeente)
    assert len(ontvanger.berichten) == len(webhooks._PAUZES) + 2
    blad = client.get(f"{LIJST}/{rij.pk}").content.decode()
    for tekst in ("Opgegeven", "Opnieuw in de wachtrij gezet", client.medewerker.gebruiker.naam, "Alsnog aangekomen"):
        assert tekst in blad, tekst
    assert "Opnieuw sturen" not in blad
    stappen = Overgang.objects.filter(soort="aflevering").order_by("pk").values_list("naar", flat=True)
    assert list(stappen) == ["opgegeven", "opnieuw", "afgeleverd"]
    assert str(rij.gebeurtenis.kenmerk) in blad
    assert "Alles is aangekomen" in client.get(LIJST).content.decode()
    assert f"{LIJST}/{rij.pk}" in client.get(f"{LIJST}?stand=alsnog").content.decode()


def test_alles_van_een_abonnement(
    ontvanger: Ontvanger, abonnement: Abonnement, opgegeven: Any, gemeente: Any, log_in: Any
) -> None:
    opgegeven(3)
    client = log_in("functioneel_beheerder")
    client.post(f"{LIJST}/abonnement/{abonnement.kenmerk}/alles")
    voer_uit("kern.webhooks", gemeente)
    assert len(ontvanger.berichten) == 3
    assert Aflevering.objects.filter(afgeleverd_op__isnull=False, opgegeven_op=None).count() == 3
    client.post(f"{LIJST}/abonnement/{abonnement.kenmerk}/alles")
    voer_uit("kern.webhooks", gemeente)
    assert len(ontvanger.berichten) == 3, "wat aankwam, gaat niet nog eens"


def test_aangekomen_of_opgezegd_gaat_niet_opnieuw(abonnement: Abonnement, opgegeven: Any, log_in: Any) -> None:
    een, twee = opgegeven(2)
    Aflevering.objects.filter(pk=een.pk).update(afgeleverd_op=klok.nu(), opgegeven_op=None, fout="")
    client = log_in("functioneel_beheerder")
    antwoord = client.post(f"{LIJST}/{een.pk}/opnieuw", follow=True)
    assert "al aangekomen" in antwoord.content.decode()
    webhooks.zeg_op(abonnement, actor=FABRIEK)
    assert "opgezegd" in client.post(f"{LIJST}/{twee.pk}/opnieuw", follow=True).content.decode()
    client.post(f"{LIJST}/abonnement/{abonnement.kenmerk}/alles")
    twee.refresh_from_db()
    assert twee.opgegeven_op is not None and not Overgang.objects.exists()


def test_alleen_de_beheerder(opgegeven: Any, abonnement: Abonnement, log_in: Any) -> None:
    (rij,) = opgegeven()
    client = log_in("consulent")
    assert client.get(LIJST).status_code == client.get(f"{LIJST}/{rij.pk}").status_code == 403
    assert client.post(f"{LIJST}/{rij.pk}/opnieuw").status_code == 403
    assert client.post(f"{LIJST}/abonnement/{abonnement.kenmerk}/alles").status_code == 403


def test_filter_en_vragen(opgegeven: Any, afzender: ApiClient, log_in: Any) -> None:
    opgegeven(2)
    client = log_in("functioneel_beheerder")
    assert "503" in client.get(f"{LIJST}?stand=opgegeven&client={afzender.pk}").content.decode()
    assert "Niets met dit filter" in client.get(f"{LIJST}?stand=wacht").content.decode()
    groeit_niet(lambda: client.get(LIJST), lambda: opgegeven(20), "afleveringen", maximum=12)


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        ("antwoord 404", "De ontvanger antwoordde met code 404."),
        ("ConnectionRefusedError: [Errno 111] Connection refused", "De ontvanger neemt de verbinding niet aan."),
        ("TimeoutError: timed out", "De ontvanger antwoordde niet op tijd."),
        ("SSLCertVerificationError: certificate verify failed", "Het certificaat van de ontvanger klopt niet."),
        ("gaierror: [Errno -2] Name or service not known", "De naam van de ontvanger bestaat niet."),
        ("RemoteDisconnected: x", "De verbinding met de ontvanger ging mis."),
        ("", ""),
    ],
)
def test_reden_in_gewone_woorden(fout: str, zin: str) -> None:
    assert in_woorden(fout) == zin
