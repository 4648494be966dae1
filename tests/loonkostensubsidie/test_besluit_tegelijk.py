"""Two colleagues approve one decision at the same moment: one right, one letter, one mail (R149)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from kern import bestanden
from kern.handeling import voor_gemeente
from kern.models import Bericht, Gemeente, Overgang
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.models import Beschikking, Subsidie, Werkgeverslink
from loonkostensubsidie.services import beschikking as besluiten
from tests.loonkostensubsidie import wereld

ROL = "medewerker_subsidies"


@pytest.mark.eis("R149", "keuren twee collega’s tegelijk goed, dan wint er één: één recht, één brief, één mail")
@pytest.mark.django_db(transaction=True)
def test_van_twee_die_tegelijk_goedkeuren_wint_er_een(
    gemeente: Gemeente, maak_medewerker: Callable[..., Any], settings: Any, tmp_path: Any
) -> None:
    settings.PEILDATUM = wereld.VANDAAG
    settings.MEDIA_ROOT = tmp_path
    wereld.wet()
    rij = wereld.voorgelegd(maak_medewerker(ROL))
    mails = Bericht.objects.count()
    mensen, uitkomsten, klaar = [maak_medewerker(ROL), maak_medewerker(ROL)], [], threading.Barrier(2)

    def keur(wie: Any) -> None:
        try:
            with voor_gemeente(gemeente), bestanden.weg_bij_mislukken():
                klaar.wait(10)
                besluiten.stel_vast(rij, actor=wereld.actor_van(wie))
            uitkomsten.append("gelukt")
        except OvergangGeweigerd:
            uitkomsten.append("te laat")
        finally:
            connection.close()

    draden = [threading.Thread(target=keur, args=[wie]) for wie in mensen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert sorted(uitkomsten) == ["gelukt", "te laat"]
    besluit = Beschikking.objects.get()
    assert (besluit.status, besluit.brief is not None) == ("vastgesteld", True)
    assert Subsidie.objects.count() == 1
    assert Werkgeverslink.objects.filter(beschikking=rij).count() == 1
    assert Bericht.objects.count() == mails + 1
    assert Overgang.objects.filter(soort="lks_beschikking", actie="vaststellen").count() == 1
    assert besluit.brief is not None
    brieven = type(besluit.brief)._default_manager.filter(deelnemer=rij.deelnemer_id, soort=besluit.brief.soort)
    assert brieven.count() == 1
