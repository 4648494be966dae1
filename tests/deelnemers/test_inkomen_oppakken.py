"""Income takes up a notice: the department sees that somebody is at it."""

from __future__ import annotations

from typing import Any

from deelnemers.services.huishouden import leg_huishouden_vast
from deelnemers.services.inkomen import meld_aan_inkomen
from deelnemers.services.inschrijven import leg_uitkering_vast
from kern import klok
from kern.models import Leesregel
from tests.deelnemers.fabrieken import TOETS, DeelnemerFabriek, met_uitkering


def test_oppakken_zet_de_melding_op_ontvangen_en_kan_een_keer(gemeente: Any, log_in: Any) -> None:
    persoon = DeelnemerFabriek()
    met_uitkering(persoon)
    melding = meld_aan_inkomen(persoon, "plaatsing", "p:1", klok.vandaag(), actor=TOETS)
    inkomen = log_in("inkomensconsulent")
    pad = f"/inkomen/{melding.pk}/oppakken"
    assert inkomen.post(pad).status_code == 302
    melding.refresh_from_db()
    assert melding.status == "ontvangen"
    assert "Dit kan nu niet" in inkomen.post(pad, follow=True).content.decode()
    assert "Oppakken" not in inkomen.get(f"/inkomen/{melding.pk}").content.decode()


def test_wie_de_melding_leest_leest_ook_de_partner(gemeente: Any, log_in: Any) -> None:
    persoon, partner = DeelnemerFabriek(), DeelnemerFabriek(roepnaam="Partner")
    huishouden = leg_huishouden_vast(persoon, "3", klok.vandaag(), partner=partner, actor=TOETS)
    for wie in (persoon, partner):
        leg_uitkering_vast(wie, "01", klok.vandaag(), huishouden=huishouden, actor=TOETS)
    melding = meld_aan_inkomen(persoon, "plaatsing", "p:1", klok.vandaag(), actor=TOETS)
    assert partner.naam in log_in("inkomensconsulent").get(f"/inkomen/{melding.pk}").content.decode()
    assert set(Leesregel.objects.get(verwerking="inkomen.melding").betrokkenen) == {persoon.pk, partner.pk}
