"""One person through every room, then erased: found nowhere, and every figure of every night is what it was (R226)."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.db.models import Q

from aanmeldingen.models import Aanmelding, AanmeldingDocument
from deelnemers.models import (
    Deelnemer,
    Document,
    Doorbreking,
    Inzagebestand,
    Uitkeringsgerechtigde,
    Vernietiging,
    Wisregel,
    Wisrest,
)
from deelnemers.services import leestoezicht, wisregister
from deelnemers.services import vernietigbesluit as besluit
from deelnemers.services.contact import leg_contact_vast
from deelnemers.services.dubbelen import noem_dubbel
from deelnemers.services.inschrijven import Persoonsgegevens, schrijf_in
from deelnemers.services.inzage import inhoud
from deelnemers.services.samenvoegen import voeg_samen
from kern import bestanden, klok, recent
from kern.handeling import handeling
from kern.leeslog import Lezing
from kern.models import Aflevering, Gebeurtenis, Idempotentie, Leesregel
from kern.taken import voer_uit
from kern.verzegeld import KOP, open_zegel
from kern.wissen import Opdracht
from rapportage.models import Feit, Run
from rapportage.motor.standen import actuele_versies, dagen
from rapportage.motor.vraag import Vraag
from tests.aanmeldingen.wissen_hoeken import woord
from tests.aanmeldingen.wissen_planten import HOEKEN, abonneer, plant
from tests.aanmeldingen.wissen_speuren import (
    BSN,
    NAAM,
    PDF,
    SPOREN,
    TELEFOON,
    VOORNAAM,
    aanmelden,
    bestanden_in,
    gevonden,
    stort,
)
from tests.aanmeldingen.wissen_tabellen import (
    ZONDER_RIJ,
    ZONDER_WOORD,
    lege_kolommen,
    tabellen_met_een_persoon,
    zonder_woord,
)
from tests.deelnemers.test_samenvoegen import SOORTEN
from tests.deelnemers.wisfabriek import op_verzoek
from tests.hulp.api import Api
from tests.hulp.pdf import tekst_van
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, Wereld, dag
from werkgevers.models import Kandidaatprofiel

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "wisser", "eigenaar"])


@pytest.fixture(autouse=True)
def map_(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")
    return tmp_path / "documenten"


def cijfers() -> dict[Any, Any]:
    """Every figure, split by pijler and team, on every month end, as known on every night."""
    uit: dict[Any, Any] = {}
    for run, actueel in itertools.product(Run.objects.order_by("stempel"), actuele_versies(EIND)):
        for op in dagen(EIND, 24):
            vraag = Vraag(actueel.definitie, op, run.stempel)
            sleutel = (run.pk, actueel.versie.indicator.code, op)
            uit[sleutel] = (
                vraag.telling(),
                vraag.per("team"),
                vraag.per("gebied"),
                vraag.achteraf(),
                vraag.delen(["maand"]),
            )
    return uit


@pytest.fixture
def consulent(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def ander(team: Any, maak_medewerker: Any) -> Any:
    """A colleague who is family."""
    return maak_medewerker("teammanager", team=team)


@pytest.fixture
def twee(maak_medewerker: Any) -> list[Any]:
    return [maak_medewerker("privacy_officer").gebruiker, maak_medewerker("afdelingsmanager").gebruiker]


def _vul_kamers(wereld: Wereld, deelnemer: Deelnemer, consulent: Any) -> None:
    """A row of every kind that the merge test knows, and free text everywhere."""
    from django.db import IntegrityError, transaction

    for nummer, (_, maak) in enumerate(sorted(SOORTEN.items())):
        try:
            with handeling(FABRIEK), transaction.atomic():
                maak(wereld, deelnemer, nummer)
        except IntegrityError:
            continue
    leg_contact_vast(
        deelnemer, f"{VOORNAAM} belde met {TELEFOON}.", kanaal="telefoon", medewerker=consulent, actor=FABRIEK
    )
    with handeling(FABRIEK, reden=f"Naam was {NAAM}"), bestanden.weg_bij_mislukken():
        inhoud = bestanden.Inhoud(PDF, "application/pdf", "0" * 64)
        plaats = bestanden.bewaar("deelnemers", inhoud)
        Document.objects.create(
            deelnemer=deelnemer, naam=f"{NAAM}.pdf", soort="cv", bestand=plaats, mediatype="application/pdf",
            grootte=len(PDF), sha256="0" * 64, datum=dag(1, 5),
        )  # fmt: skip
        Doorbreking.objects.create(
            deelnemer=deelnemer, medewerker=consulent, reden=f"{VOORNAAM} staat aan de balie",
            geldig_tot=klok.nu() + dt.timedelta(days=1),
        )  # fmt: skip
        deelnemer.partnernaam = "Zevenblad"
        deelnemer.save()
    lezing = Lezing()
    lezing.toon("dossier.bekijken", [deelnemer.pk], reden=f"{VOORNAAM} aan de lijn")
    lezing.leg_vast_voor(FABRIEK)
    recent.onthoud(consulent.gebruiker, deelnemer.pk)
    cache.set("voorbeeld:sessie", {"melding": f"Notitie bewaard bij {deelnemer.naam}"})


def _voeg_een_tweede_dossier_in(deelnemer: Deelnemer) -> None:
    ander, _ = schrijf_in(Persoonsgegevens(NAAM, deelnemer.geboortedatum, roepnaam=VOORNAAM), None, actor=FABRIEK)
    leg_contact_vast(ander, f"{VOORNAAM} stond ook hier in.", kanaal="telefoon", actor=FABRIEK)
    noem_dubbel(deelnemer, ander, "collega", toelichting=f"Ook {VOORNAAM}", actor=FABRIEK)
    deelnemer.refresh_from_db()
    ander.refresh_from_db()
    voeg_samen(deelnemer, ander, {}, actor=FABRIEK, reden=f"{VOORNAAM} liet het identiteitsbewijs zien.")


def _anderen(wereld: Wereld, deelnemer: Deelnemer) -> None:
    """What counts in the figures: two ends in a year, two employments at once, a partner, and other people."""
    deelnemer = Deelnemer.objects.get(pk=deelnemer.pk)
    with handeling(FABRIEK):  # the benefit of the referral began too late for what happens here
        Uitkeringsgerechtigde.objects.filter(deelnemer=deelnemer).update(begindatum=dag(1, 1, 2026))
    partner = wereld.persoon()
    samen = wereld.uitkering(partner, stopt=dag(5, 9), begint=dag(1, 1, 2013))
    with handeling(FABRIEK):
        Uitkeringsgerechtigde.objects.create(
            uitkering=samen, deelnemer=deelnemer, begindatum=dag(1, 1, 2013), einddatum=dag(5, 9)
        )
    for persoon, op, uitkomst in ((deelnemer, dag(5, 2), "werk_voltijd"), (partner, dag(5, 7), "werk_voltijd")):
        wereld.einde(uitkomst, op=op, persoon=persoon, uitkering=samen, begint=op - dt.timedelta(days=9))
    for uitkomst, op in (("werk_deeltijd_met", dag(3, 20)), ("werk_deeltijd_met", dag(3, 4))):
        wereld.einde(uitkomst, op=op, persoon=deelnemer, uitkering=None, begint=op - dt.timedelta(days=9))
    for team, van, tot in (
        (wereld.ander_team, dag(1, 5), dag(2, 13)),
        (wereld.team, dag(2, 14), dag(6, 9)),
        (wereld.ander_team, dag(6, 10), None),
    ):
        wereld.dienstverband("id", van, tot, persoon=deelnemer, team=team)
    for maand in (2, 5, 5, 8):
        wereld.einde("overig", op=dag(maand, 11))


def _overal(api: Api, consulent: Any, ander: Any, gemeente: Any) -> tuple[Wereld, Deelnemer]:
    """One person in every corner of every room, with other people beside her in the figures."""
    wereld = Wereld()
    deelnemer = aanmelden(api, consulent)
    _anderen(wereld, deelnemer)
    wereld.nacht()
    _vul_kamers(wereld, deelnemer, consulent)
    abonneer(Aanmelding.objects.get())
    plant(deelnemer, consulent)
    leestoezicht.verbied(deelnemer, ander, "familie", actor=FABRIEK)
    wereld.nacht()
    _voeg_een_tweede_dossier_in(deelnemer)
    voer_uit("kern.uitbak", gemeente)
    wereld.nacht()
    return wereld, deelnemer


def _goedgekeurd(deelnemer: Deelnemer, twee: list[Any]) -> Vernietiging:
    """She asked to be erased, two people agreed, and the days of the notice are over."""
    lijst = op_verzoek(deelnemer, vraag=f"{VOORNAAM} wil dat alles weggaat.")
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
    besluit.neem_terug(lijst, actor=FABRIEK, reden=f"Klopt dit voor {NAAM}?")
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
    besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee[1])
    with handeling(FABRIEK):
        Vernietiging.objects.update(uitvoeren_vanaf=klok.vandaag())
    return lijst


@pytest.mark.eis("R226", "gewist: nergens terug te vinden, en elk cijfer van elke eerdere nacht is gelijk")
def test_een_gewiste_persoon_is_nergens_meer_te_vinden_en_elk_cijfer_blijft(  # noqa: PLR0917 - fixtures
    api: Api, consulent: Any, ander: Any, twee: list[Any], map_: Path, caplog: pytest.LogCaptureFixture, gemeente: Any
) -> None:
    caplog.set_level(logging.INFO)
    wereld, deelnemer = _overal(api, consulent, ander, gemeente)
    sql = "django.db.backends"  # statements with their values are never logged in production
    leesbaar = gevonden((BSN,), map_, _log(caplog, sql))
    assert not leesbaar, "een leesbaar BSN"
    _elke_hoek_is_vol(map_)
    beide = Deelnemer.objects.filter(Q(pk=deelnemer.pk) | Q(samengevoegd_met=deelnemer.pk)).order_by("pk")
    assert beide.count() == 2
    sporen = (*SPOREN, *beide.values_list("dossiernummer", flat=True))
    sporen += tuple(str(k) for k in Aanmelding.objects.order_by("pk").values_list("kenmerk", flat=True))
    bestanden_ = len(bestanden_in(map_))
    voor, partner_telt = cijfers(), Feit.objects.filter(bekend_tot=None).count()

    lijst = _goedgekeurd(deelnemer, twee)
    leeg = lege_kolommen(beide.values_list("pk", flat=True))
    assert not leeg, f"Laat wissen_planten ook hier een rij maken, of zeg in wissen_tabellen waarom niet: {leeg}"
    los = zonder_woord((NAAM, VOORNAAM), stort().splitlines())
    assert not los, f"Hier kan een naam staan en staat er geen: {los}"
    caplog.clear()
    rij = voer_uit("deelnemers.wissen", gemeente)

    lijst.refresh_from_db()
    assert (lijst.status, lijst.gewist, rij.status) == ("uitgevoerd", 1, "gelukt"), (lijst.overgeslagen, rij.tellingen)
    assert gevonden(sporen, map_, _log(caplog, sql)) == []
    assert [p.name for p in bestanden_in(map_)] == [wisregister.pad().name]
    assert not Deelnemer.objects.filter(pk=deelnemer.pk).exists()
    assert not Leesregel.objects.exclude(reden="").filter(betrokkenen__contains=[deelnemer.pk]).exists()
    for model in (Aanmelding, AanmeldingDocument, Idempotentie, Aflevering, Kandidaatprofiel, Wisrest):
        assert not model.objects.exists(), model
    assert not Gebeurtenis.objects.exclude(type="gewist").filter(betrokkene_id=deelnemer.pk).exists()
    assert Wisregel.objects.filter(met_bsn=True).count() == 1
    assert (lijst.feiten, lijst.bestanden) == (
        Feit.objects.exclude(losgemaakt_op=None).count(),
        bestanden_,
    )
    assert cijfers() == voor
    run = wereld.nacht()
    assert (run.nieuw, run.gesloten) == (0, 0)
    assert Feit.objects.filter(bekend_tot=None).count() == partner_telt
    losse = Feit.objects.exclude(losgemaakt_op=None)
    assert not losse.exclude(deelnemer=None).exists()
    assert not losse.exclude(traject_id=None).exists()
    assert wisregister.pad().read_text().count("\n") == 2  # the merged dossier had a line of its own


def _elke_hoek_is_vol(map_: Path) -> None:
    """Before erasing every corner holds its word: what was never there is easily not found."""
    in_tabellen = stort().lower().splitlines()
    in_bestanden = []
    for pad in bestanden_in(map_):
        with pad.open("rb") as bron:  # a file lies sealed; the register of erasures does not
            rauw = b"".join(open_zegel(bron)) if bron.peek().startswith(KOP) else bron.read()
        leesbaar = tekst_van(rauw) if b"/Catalog" in rauw and shutil.which("pdftotext") else ""
        in_bestanden.append(f"{rauw.decode('latin-1')} {leesbaar}".lower())
    for hoek in HOEKEN:
        spoor = woord(hoek.plek).lower()
        if hoek.waar == "bestand":
            gevuld = any(spoor in tekst for tekst in in_bestanden)
        else:
            gevuld = any(r.startswith(f"{hoek.waar}: ") and spoor in r for r in in_tabellen)
        assert gevuld, f"{hoek.plek} staat niet in {hoek.waar}"
    for bestand in Inzagebestand.objects.order_by("pk"):
        assert (map_ / bestand.plaats).exists() and len(inhoud(bestand) or b"") == bestand.grootte
    assert Inzagebestand.objects.count() == len(("pdf", "json"))
    for tabel in (
        "deelnemers_leesverbod",
        "deelnemers_samenvoeging",
        "kern_aflevering",
        "kern_werkvoorraad",
        "kern_idempotentie",
    ):
        assert any(r.startswith(f"{tabel}: ") for r in in_tabellen), tabel


def _log(caplog: pytest.LogCaptureFixture, zonder: str) -> str:
    return "\n".join(f"{r.getMessage()} {r.__dict__}" for r in caplog.records if not r.name.startswith(zonder))


def test_wie_alleen_meeleest_wist_niets(gemeente: Any) -> None:
    """Working out what would go changes nothing."""
    wereld = Wereld()
    einde = wereld.einde()
    voor = stort()
    with connections["default"].cursor() as cursor:
        Opdracht(cursor, gemeente.pk, frozenset([einde.deelnemer_id]), dossier=True).verzamel()
    assert stort() == voor


def test_een_uitzondering_noemt_een_tabel_die_er_is() -> None:
    """An exception of a table that is gone, or that holds no person, would hide the next table with that name."""
    met = {model._meta.label for model in tabellen_met_een_persoon()}
    assert set(ZONDER_RIJ) | set(ZONDER_WOORD) <= met
