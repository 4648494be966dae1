"""Erasing after the term: proposal, two people, hold, a run that was killed, report, register (R226)."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction

from deelnemers.bewaarkeuzes import Regelstand
from deelnemers.models import (
    Bewaarplicht,
    Contactmoment,
    Deelnemer,
    Vernietiging,
    Vernietigingsregel,
    Vertegenwoordiger,
    Wisregel,
    Wisrest,
)
from deelnemers.services import vernietigbesluit as besluit
from deelnemers.services import vernietigen, wisregister, wissen
from deelnemers.services.inschrijven import leg_bsn_vast
from kern import bestanden, klok
from kern.handeling import handeling, voor_gemeente
from kern.models import Bericht
from kern.taken import voer_uit
from kern.toestanden import OvergangGeweigerd
from rapportage.models import Feit
from tests.deelnemers.fabrieken import ContactFabriek, bsn
from tests.deelnemers.wisfabriek import op_verzoek, stel_in
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek
from tests.rapportage.wereld import Wereld
from tests.trajecten.fabrieken import AfspraakFabriek
from trajecten.models import Afspraak, Traject

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "wisser", "eigenaar"])
OUD = dt.date(2005, 3, 1)


@pytest.fixture(autouse=True)
def wet_geladen(wet: None) -> None:
    """The dated settings and the terms of the law."""


@pytest.fixture
def wereld(gemeente: Any, settings: Any, tmp_path: Path) -> Wereld:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")
    return Wereld()


@pytest.fixture
def een(gemeente: Any) -> Any:
    return MedewerkerFabriek().gebruiker


@pytest.fixture
def twee(gemeente: Any) -> Any:
    return MedewerkerFabriek().gebruiker


def oud(wereld: Wereld, eindigt: dt.date = OUD, **velden: Any) -> Deelnemer:
    """Somebody whose last trajectory ended long ago."""
    persoon = wereld.persoon(laatste_contact_op=eindigt, **velden)
    wereld.traject(persoon, begint=eindigt - dt.timedelta(days=200), eindigt=eindigt)
    return persoon


def voorstel() -> Vernietiging | None:
    vernietigen.stel_voor(klok.vandaag(), actor=FABRIEK)
    return Vernietiging.objects.filter(soort="dossier", status="voorgesteld").first()


def akkoord(lijst: Vernietiging, een: Any, twee: Any, *, wachten: int = 0) -> Vernietiging:
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=een)
    lijst = besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee)
    with handeling(FABRIEK):
        Vernietiging.objects.filter(pk=lijst.pk).update(uitvoeren_vanaf=klok.vandaag() + dt.timedelta(days=wachten))
    return lijst


def nacht(gemeente: Any) -> dict[str, int]:
    return dict(voer_uit("deelnemers.wissen", gemeente).tellingen)


@pytest.mark.eis("R226", "elke nacht een voorstel van wat de bewaartermijn voorbij is, per soort gegeven")
def test_het_voorstel_noemt_alleen_wie_overal_over_de_termijn_is(wereld: Wereld) -> None:
    weg = oud(wereld)
    loopt, vers, werkt, contact, met_regie = (oud(wereld) for _ in range(5))
    wereld.traject(loopt)
    wereld.traject(vers, begint=dt.date(2016, 1, 1), eindigt=klok.vandaag() - dt.timedelta(days=9 * 365))
    wereld.dienstverband("sw", dt.date(2006, 1, 1), persoon=werkt)
    wereld.wijzig(contact, laatste_contact_op=klok.vandaag() - dt.timedelta(days=300))
    wereld.regie(met_regie, OUD)
    lijst = voorstel()
    assert lijst is not None
    (regel,) = lijst.regels.order_by("pk")
    assert (regel.deelnemer_id, regel.termijn_tot) == (weg.pk, OUD.replace(year=2015))
    assert (lijst.voorgesteld, lijst.selectielijst, lijst.termijn) == (1, "8.1", "10 jaar na het laatste traject")
    assert voorstel() == lijst  # the next night changes nothing
    assert lijst.regels.count() == 1
    stel_in("bewaren.jaren.dossier", "30")
    besluit.haal_af(regel, actor=FABRIEK)
    assert voorstel() is None


@pytest.mark.eis("R226", "een gegeven met een eigen termijn gaat weg terwijl het traject loopt")
def test_een_gegeven_met_een_eigen_termijn_gaat_terwijl_het_dossier_blijft(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any
) -> None:
    persoon = wereld.persoon()
    wereld.traject(persoon)
    ander = AfspraakFabriek(deelnemer=wereld.persoon(), medewerker=wereld.medewerker)
    with handeling(FABRIEK):
        Afspraak.objects.filter(pk=ander.pk).update(deelnemer=persoon)
        Afspraak.objects.create(
            deelnemer=persoon, medewerker=wereld.medewerker, soort="voortgang", status="verschenen", status_sinds=OUD,
            begint_op=klok.middag(OUD), eindigt_op=klok.middag(OUD) + dt.timedelta(hours=1),
        )  # fmt: skip
    wereld.nacht()
    feiten = Feit.objects.count()
    vernietigen.stel_voor(klok.vandaag(), actor=FABRIEK)
    lijst = Vernietiging.objects.get(soort="trajecten_afspraak:19.1")
    assert [(r.deelnemer_id, r.aantal) for r in lijst.regels.order_by("pk")] == [(persoon.pk, 1)]
    akkoord(lijst, een, twee)
    assert nacht(gemeente)["gesprekken en afspraken gewist"] == 1
    assert list(Afspraak.objects.order_by("pk").values_list("pk", flat=True)) == [ander.pk]
    assert Traject.objects.filter(deelnemer=persoon).exists()
    lijst.refresh_from_db()
    assert (lijst.status, lijst.rijen["trajecten_afspraak"]) == ("uitgevoerd", 1)
    run = wereld.nacht()
    assert (run.nieuw, run.gesloten, Feit.objects.count()) == (0, 0, feiten)


def test_twee_mensen_ook_in_de_database(wereld: Wereld, een: Any, twee: Any) -> None:
    oud(wereld)
    lijst = voorstel()
    assert lijst is not None
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=een)
    with pytest.raises(ValidationError, match="Vraag een collega"):
        besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=een)
    with pytest.raises(DatabaseError, match="vernietiging_twee_personen"), handeling(FABRIEK):
        Vernietiging.objects.update(goedgekeurd_door=een)
    with pytest.raises(DatabaseError, match="vernietiging_besluit_van_twee"), handeling(FABRIEK):
        Vernietiging.objects.update(status="bezig")
    lijst = besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee)
    assert lijst.uitvoeren_vanaf == klok.vandaag() + dt.timedelta(days=30)
    assert not Bericht.objects.exists()


def test_twee_keuren_tegelijk_goed_en_een_van_hen_hoort_dat_het_al_is_gebeurd(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any
) -> None:
    oud(wereld)
    lijst = voorstel()
    assert lijst is not None
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=een)
    start, uit = threading.Barrier(2), []

    def doe(gebruiker: Any) -> None:
        try:
            with voor_gemeente(gemeente):
                start.wait()
                besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=gebruiker)
                uit.append("akkoord")
        except OvergangGeweigerd as fout:
            uit.append(str(fout))
        finally:
            connections.close_all()

    draden = [threading.Thread(target=doe, args=(wie,)) for wie in (twee, MedewerkerFabriek().gebruiker)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uit) == ["Dit kan nu niet: de status is ‘Aangekondigd’.", "akkoord"]


@pytest.mark.eis("R226", "een bewaarplicht houdt iemand tegen, ook in de wachttijd")
def test_een_bewaarplicht_in_de_wachttijd_houdt_de_persoon_tegen(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any
) -> None:
    blijft, gaat = oud(wereld), oud(wereld)
    lijst = voorstel()
    assert lijst is not None
    akkoord(lijst, een, twee)
    rij = besluit.leg_bewaarplicht_vast(
        blijft, "bezwaar", tot=None, gebruiker=een, actor=FABRIEK, reden="Bezwaar loopt, zaak 12."
    )
    assert nacht(gemeente)["dossiers gewist"] == 1
    assert list(Deelnemer.objects.filter(pk__in=[blijft.pk, gaat.pk])) == [blijft]
    lijst.refresh_from_db()
    assert (lijst.status, lijst.gewist, lijst.overgeslagen) == ("uitgevoerd", 1, 1)
    assert lijst.regels.get().stand == Regelstand.BEWAARPLICHT
    assert voorstel() is None
    besluit.hef_bewaarplicht_op(rij, gebruiker=twee, actor=FABRIEK, reden="Bezwaar is afgehandeld.")
    assert voorstel() is not None
    with pytest.raises(ValidationError, match="net gewist"):
        besluit.leg_bewaarplicht_vast(gaat, "klacht", tot=None, gebruiker=een, actor=FABRIEK, reden="Klacht.")
    with pytest.raises(DatabaseError, match="bewaarplicht_met_reden"), handeling(FABRIEK):
        Bewaarplicht.objects.update(reden="")


def test_voor_de_wachttijd_en_na_een_nieuw_traject_wordt_niets_gewist(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any
) -> None:
    persoon = oud(wereld)
    lijst = voorstel()
    assert lijst is not None
    akkoord(lijst, een, twee, wachten=1)
    assert "dossiers gewist" not in nacht(gemeente)
    wereld.traject(persoon)
    with handeling(FABRIEK):
        Vernietiging.objects.update(uitvoeren_vanaf=klok.vandaag())
    assert nacht(gemeente)["overgeslagen"] == 1
    assert Deelnemer.objects.filter(pk=persoon.pk).exists()
    assert "termijn is opnieuw begonnen" in lijst.regels.get().toelichting


def test_halverwege_afgebroken_maakt_de_volgende_nacht_het_af(
    wereld: Wereld, gemeente: Any, een: Any, twee: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mensen = [oud(wereld) for _ in range(3)]
    plaatsen = []
    for persoon in mensen:
        ContactFabriek(deelnemer=persoon)
        with handeling(FABRIEK), bestanden.weg_bij_mislukken():
            plaatsen.append(bestanden.bewaar("deelnemers", bestanden.Inhoud(b"x", "application/pdf", "")))
            persoon.documenten.create(
                naam="a.pdf", soort="cv", bestand=plaatsen[-1], mediatype="application/pdf", grootte=1, sha256="",
                datum=OUD,
            )  # fmt: skip
    lijst = voorstel()
    assert lijst is not None
    akkoord(lijst, een, twee)
    echt, keer = wissen.wis_dossier, []

    def stuk(*args: Any) -> None:
        keer.append(1)
        echt(*args)
        if len(keer) == 2:
            raise KeyboardInterrupt  # everything is deleted, nothing is committed

    monkeypatch.setattr(wissen, "wis_dossier", stuk)
    with pytest.raises(KeyboardInterrupt):
        nacht(gemeente)
    monkeypatch.undo()
    lijst.refresh_from_db()
    assert (lijst.status, lijst.gewist, Deelnemer.objects.filter(pk__in=[m.pk for m in mensen]).count()) == (
        "bezig",
        1,
        2,
    )
    assert (Contactmoment.objects.count(), Wisrest.objects.count()) == (2, 1)
    assert all(bestanden.pad_van(plaats).exists() for plaats in plaatsen)
    tellingen = nacht(gemeente)
    assert (tellingen["dossiers gewist"], tellingen["bestanden gewist"]) == (2, 3)
    lijst.refresh_from_db()
    assert (lijst.status, lijst.gewist, lijst.bestanden) == ("uitgevoerd", 3, 3)
    assert lijst.rijen["deelnemers_contactmoment"] == 3
    assert not any(bestanden.pad_van(plaats).exists() for plaats in plaatsen)
    assert not Vernietigingsregel.objects.exists()


@pytest.mark.eis("R226", "een teruggezette back-up wordt met het wisregister opnieuw opgeschoond")
def test_een_teruggezette_backup_wordt_opnieuw_opgeschoond(  # noqa: PLR0917 - fixtures
    wereld: Wereld, gemeente: Any, een: Any, twee: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    met, zonder = oud(wereld), oud(wereld)
    leg_bsn_vast(met, bsn(3), actor=FABRIEK, controle="document")
    lijst = voorstel()
    assert lijst is not None
    akkoord(lijst, een, twee)
    nacht(gemeente)
    register = wisregister.pad().read_text()
    assert bsn(3) not in register
    assert Wisregel.objects.count() == register.count("\n") == 2
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Wisregel.objects.all().delete()
    call_command("wisregister", gemeente.code)
    assert capsys.readouterr().out == register
    # A backup from before brings both back; somebody else came later with the same number of dossier.
    gisteren = klok.echt_nu() - dt.timedelta(days=1)
    terug = oud(wereld)
    leg_bsn_vast(terug, bsn(3), actor=FABRIEK, controle="document")
    ook = oud(wereld)
    wereld.wijzig(ook, dossiernummer=zonder.dossiernummer)
    wereld.wijzig(terug, aangemaakt_op=gisteren)
    wereld.wijzig(ook, aangemaakt_op=gisteren)
    nieuw = oud(wereld)
    (tmp_path / "register.jsonl").write_text(register)
    call_command("wisregister", gemeente.code, herhaal=str(tmp_path / "register.jsonl"))
    assert "opnieuw gewist: 2" in capsys.readouterr().out
    assert list(Deelnemer.objects.order_by("pk").values_list("pk", flat=True)) == [nieuw.pk]
    # Who came back after the erasure stays.
    leg_bsn_vast(nieuw, bsn(3), actor=FABRIEK, controle="document")
    assert wisregister.herhaal(register.splitlines(), FABRIEK)["opnieuw gewist"] == 0
    assert Deelnemer.objects.filter(pk=nieuw.pk).exists()


def test_wie_het_aangaat_hoort_het_als_de_gemeente_dat_wil(wereld: Wereld, een: Any, twee: Any) -> None:
    oud(wereld, email="ik@voorbeeld.example")
    oud(wereld)
    met_bewind = oud(wereld, email="zelf@voorbeeld.example")
    with handeling(FABRIEK):
        Vertegenwoordiger.objects.create(
            deelnemer=met_bewind, soort="bewindvoerder", naam="M. de Wit", email="dewit@debrug.example",
            brieven="vertegenwoordiger", begindatum=OUD,
        )  # fmt: skip
    stel_in("bewaren.bericht_aan_betrokkene", "ja")
    stel_in("bewaren.wachttijd_dagen", "14")
    lijst = voorstel()
    assert lijst is not None
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=een)
    lijst = besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee)
    assert lijst.uitvoeren_vanaf == klok.vandaag() + dt.timedelta(days=14)
    berichten = {b.aan: b.tekst for b in Bericht.objects.order_by("pk")}
    assert (lijst.bericht_gestuurd, set(berichten)) == (2, {"ik@voorbeeld.example", "dewit@debrug.example"})
    assert f"als bewindvoerder van {met_bewind.naam}" in berichten["dewit@debrug.example"]


def test_een_gedeelde_uitkering_blijft_voor_de_partner(wereld: Wereld, gemeente: Any, een: Any, twee: Any) -> None:
    """The partner keeps the benefit and its place in the figures."""
    weg, partner = oud(wereld), wereld.persoon()
    samen = wereld.uitkering(weg, partner, stopt=dt.date(2014, 5, 9))
    for persoon, op in ((weg, dt.date(2014, 5, 2)), (partner, dt.date(2014, 5, 7))):
        wereld.einde(persoon=persoon, op=op, uitkering=samen, begint=op - dt.timedelta(days=30))
    wereld.nacht()
    voor = wereld.cijfers("1.0", "1.1")
    lijst = op_verzoek(weg)
    akkoord(lijst, een, twee)
    nacht(gemeente)
    assert partner.uitkeringen.get().uitkering_id == samen.pk
    run = wereld.nacht()
    assert (run.nieuw, run.gesloten, wereld.cijfers("1.0", "1.1")) == (0, 0, voor)
