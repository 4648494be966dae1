"""Erasing under attack: what changes between decision and run, merged dossiers, two traces of one person (R226)."""

# ruff: noqa: F811 - fixtures of the neighbouring module
from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from deelnemers.bewaarkeuzes import Regelstand
from deelnemers.models import Contactmoment, Deelnemer, Vernietiging, Wisregel
from deelnemers.services import privacy, wisregister
from deelnemers.services import vernietigbesluit as besluit
from deelnemers.services.samenvoegen import voeg_samen
from kern import klok
from kern.handeling import handeling
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import ContactFabriek
from tests.deelnemers.test_vernietigen import OUD, akkoord, een, nacht, oud, twee, voorstel, wereld  # noqa: F401
from tests.deelnemers.wisfabriek import op_verzoek
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import Wereld
from tests.trajecten.fabrieken import AanbiederFabriek, InstrumentFabriek, OnderdeelFabriek
from trajecten.models import Scholingsorder, Traject

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "wisser", "eigenaar"])


@pytest.fixture(autouse=True)
def wet_geladen(wet: None) -> None:
    """The dated settings and the terms of the law."""


def order(wereld: Wereld, persoon: Deelnemer, sinds: dt.date) -> Scholingsorder:
    """A paid training in the old trajectory, with a term of its own (19.1.1, seven years)."""
    traject = Traject.objects.get(deelnemer=persoon)
    deel = OnderdeelFabriek(
        deelnemer=persoon, traject=traject, instrument=InstrumentFabriek(), begindatum=traject.begindatum
    )
    with handeling(FABRIEK):
        return Scholingsorder.objects.create(
            deelnemer=persoon, onderdeel=deel, aanbieder=AanbiederFabriek(), status="aangevraagd", status_sinds=sinds,
            aangevraagd_door=wereld.medewerker, bedrag=Decimal("1200.00"),
        )  # fmt: skip


@pytest.mark.eis("R226", "een besluit met een eigen termijn houdt het dossier vast tot die termijn voorbij is")
def test_een_lopend_besluit_houdt_het_dossier_vast_tot_zijn_eigen_termijn_voorbij_is(
    wereld: Wereld,
    gemeente: Any,
    een: Any,
    twee: Any,
) -> None:
    persoon = oud(wereld)
    rij = order(wereld, persoon, klok.vandaag() - dt.timedelta(days=3 * 366))
    assert voorstel() is None
    lijst = op_verzoek(persoon, ondanks_termijn=True)
    assert lijst.ondanks_termijn
    besluit.trek_in(lijst, actor=FABRIEK, reden="De betaling moet blijven.")
    wereld.wijzig(rij, status_sinds=klok.vandaag() - dt.timedelta(days=8 * 366))
    lijst_ = voorstel()
    assert lijst_ is not None
    # During the notice the order is reopened: it runs again, so the dossier stays whole.
    akkoord(lijst_, een, twee)
    wereld.wijzig(rij, status_sinds=klok.vandaag())
    assert nacht(gemeente)["overgeslagen"] == 1
    assert Scholingsorder.objects.get(pk=rij.pk).deelnemer_id == persoon.pk
    assert not Wisregel.objects.exists()


def test_op_verzoek_wist_de_taak_niets_waarvan_de_termijn_intussen_is_gaan_lopen(
    wereld: Wereld,
    gemeente: Any,
    een: Any,
    twee: Any,
) -> None:
    persoon = oud(wereld)
    lijst = op_verzoek(persoon, ondanks_termijn=False)
    akkoord(lijst, een, twee)
    wereld.traject(persoon)
    assert nacht(gemeente) == {"overgeslagen": 1, "verklaringen": 1}
    regel = lijst.regels.get()
    assert regel.stand == Regelstand.BEWAARPLICHT
    assert "Trajecten (loopt nog)" in regel.toelichting
    assert Deelnemer.objects.filter(pk=persoon.pk).exists()


def test_een_verzoek_of_beperking_in_de_wachttijd_houdt_de_persoon_tegen(
    wereld: Wereld,
    gemeente: Any,
    een: Any,
    twee: Any,
) -> None:
    """Who asks for an overview during the notice gets an answer first."""
    vraagt, gaat = oud(wereld), oud(wereld)
    lijst = voorstel()
    assert lijst is not None
    akkoord(lijst, een, twee)
    rij = privacy.neem_in(vraagt, "inzage", klok.vandaag(), "post", actor=FABRIEK)
    assert nacht(gemeente)["dossiers gewist"] == 1
    assert [r.toelichting for r in lijst.regels.order_by("pk")] == ["Er loopt nog een privacyverzoek van deze persoon."]
    assert list(Deelnemer.objects.filter(pk__in=[vraagt.pk, gaat.pk])) == [vraagt]
    assert voorstel() is None
    privacy.beslis(rij, "intrekken", reden="Niet meer nodig.", actor=FABRIEK)
    assert voorstel() is not None


def test_een_bewaarplicht_op_het_vervallen_dossier_geldt_voor_de_hele_persoon(
    wereld: Wereld,
    gemeente: Any,
    een: Any,
    twee: Any,
) -> None:
    """Two dossiers that were merged are one person: both go, or neither."""
    naar, van = oud(wereld), oud(wereld)
    ContactFabriek(deelnemer=van, plaatsgevonden_op=klok.middag(OUD))
    with handeling(FABRIEK):
        Traject.objects.filter(deelnemer=van).delete()
    naar.refresh_from_db()
    van.refresh_from_db()
    voeg_samen(naar, van, {}, actor=FABRIEK, reden="Zelfde persoon.")
    lijst = op_verzoek(naar)
    akkoord(lijst, een, twee)
    plicht = besluit.leg_bewaarplicht_vast(
        van, "rechtszaak", tot=None, gebruiker=een, actor=FABRIEK, reden="Zaak 7 noemt het oude nummer."
    )
    assert nacht(gemeente)["overgeslagen"] == 1
    assert Deelnemer.objects.filter(pk__in=[naar.pk, van.pk]).count() == 2
    besluit.hef_bewaarplicht_op(plicht, gebruiker=twee, actor=FABRIEK, reden="De zaak is klaar.")
    akkoord(op_verzoek(naar), een, twee)
    assert nacht(gemeente)["dossiers gewist"] == 1
    assert not Deelnemer.objects.filter(pk__in=[naar.pk, van.pk]).exists()
    assert not Contactmoment.objects.exists()
    assert Wisregel.objects.count() == 2


def test_een_tweede_keer_verandert_niets(wereld: Wereld, gemeente: Any, een: Any, twee: Any) -> None:
    persoon, blijft = oud(wereld), wereld.persoon()
    wereld.traject(blijft)
    lijst = voorstel()
    assert lijst is not None
    akkoord(lijst, een, twee)
    assert nacht(gemeente)["dossiers gewist"] == 1

    def stand() -> tuple[Any, ...]:
        velden = ("status", "gewist", "overgeslagen", "rijen", "feiten", "bestanden", "uitgevoerd_op", "versie")
        return (
            list(Vernietiging.objects.order_by("pk").values_list(*velden)),
            list(Wisregel.objects.order_by("pk").values_list("pk", "gewist_op")),
            wisregister.pad().read_text(),
            list(Deelnemer.objects.order_by("pk").values_list("pk", flat=True)),
        )

    voor = stand()
    assert nacht(gemeente) == {}
    assert dict(voer_uit("deelnemers.bewaartermijnen", gemeente).tellingen) == {}
    assert nacht(gemeente) == {}
    assert stand() == voor
    assert persoon.pk not in voor[3]
