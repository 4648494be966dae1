"""One person through every room, then erased: found nowhere, and every figure of every night is what it was (R226)."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.db.models import Q
from django.test.client import encode_multipart

from aanmeldingen import services
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
from deelnemers.services.samenvoegen import voeg_samen
from kern import bestanden, klok, recent
from kern.handeling import handeling
from kern.leeslog import Lezing
from kern.models import Aflevering, Gebeurtenis, Idempotentie, Leesregel
from kern.taken import voer_uit
from kern.wissen import Opdracht
from rapportage.models import Feit, Run
from rapportage.motor.standen import actuele_versies, dagen
from rapportage.motor.vraag import Vraag
from reintegratie.lokaal.binair import postgres_bin
from reintegratie.lokaal.omgeving import REDIS_VARIABELEN
from tests.aanmeldingen.fabrieken import bsn_nummer
from tests.aanmeldingen.test_api_documenten import FORMULIER, GRENS
from tests.aanmeldingen.wissen_planten import HOEKEN, abonneer, plant, woord
from tests.deelnemers.test_samenvoegen import SOORTEN
from tests.deelnemers.wisfabriek import op_verzoek
from tests.hulp.api import Api
from tests.hulp.pdf import tekst_van
from tests.hulp.sporen import als_tekst, waarden
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, Wereld, dag
from werkgevers.models import Kandidaatprofiel

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "wisser", "eigenaar"])
NAAM, VOORNAAM, TELEFOON = "Zevenblad-Quist", "Xantippe", "0687650419"
EMAIL, STRAAT, BSN = "xantippe.zevenblad@uniek.example", "Nergensdwarspad", bsn_nummer(4711)
#: What leads to the person. Nothing of it may be left.
SPOREN = (NAAM, VOORNAAM, TELEFOON, EMAIL, STRAAT, BSN)
PDF = f"%PDF-1.7\n% {VOORNAAM} {NAAM} {BSN}\n%%EOF\n".encode()


@pytest.fixture(autouse=True)
def map_(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")
    return tmp_path / "documenten"


def stort() -> str:
    """The whole database as `pg_dump` writes it, every line with the table that it is in."""
    gegevens = connections["eigenaar"].settings_dict
    opdracht = [
        str(postgres_bin() / "pg_dump"),
        "--data-only",
        f"--dbname={connections['default'].settings_dict['NAME']}",
    ]
    opdracht += [f"--host={gegevens['HOST']}", f"--username={gegevens['USER']}"]
    opdracht += [f"--port={gegevens['PORT']}"] if gegevens["PORT"] else []
    omgeving = os.environ | {"PGPASSWORD": gegevens["PASSWORD"] or ""}
    tekst = subprocess.run(opdracht, check=True, capture_output=True, text=True, env=omgeving).stdout
    tabel, uit = "", []
    for regel in tekst.splitlines():
        if regel.startswith("COPY public."):
            tabel = regel.split()[1].removeprefix("public.")
        elif not regel.startswith(("--", "SET ", "SELECT pg_catalog.setval", "\\restrict", "\\unrestrict")):
            uit.append(f"{tabel}: {regel}")
    return "\n".join(uit)


def gevonden(sporen: tuple[str, ...], map_: Path, logregels: str = "") -> list[str]:
    """Where any of `sporen` still stands: database, files, cache and log; also written as hexadecimal bytes."""
    plekken = [("database", regel) for regel in stort().splitlines()]
    plekken += [(str(p), p.read_bytes().decode("latin-1")) for p in map_.rglob("*") if p.is_file()]
    for variabele in REDIS_VARIABELEN:  # cache, sessions and the broker
        with redis.Redis.from_url(os.environ[variabele]) as client:
            plekken += [
                (variabele, f"{sleutel!r} {als_tekst(stuk)}")
                for sleutel in client.scan_iter()
                for stuk in (sleutel, *waarden(client, sleutel))
            ]
    plekken.append(("log", logregels))
    zoek = [vorm.lower() for spoor in sporen for vorm in (spoor, spoor.encode().hex())]
    return [f"{waar}: {tekst[:400]}" for waar, tekst in plekken if any(vorm in tekst.lower() for vorm in zoek)]


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


def _aanmelden(api: Api, consulent: Any) -> Deelnemer:
    from tests.aanmeldingen.fabrieken import lichaam

    inhoud = lichaam(
        burgerservicenummer=BSN,
        naam={"roepnaam": VOORNAAM, "voorletters": "X.", "geslachtsnaam": NAAM},
        contact={"telefoon": TELEFOON, "email": EMAIL},
        adres={"straat": STRAAT, "huisnummer": "12", "postcode": "1102AB", "woonplaats": "Amsterdam"},
        toelichting=f"{VOORNAAM} wil graag in de zorg werken.",
    )
    antwoord = api.post("/api/v1/aanmeldingen", inhoud)
    assert antwoord.status_code == 201, antwoord.content
    aanmelding = Aanmelding.objects.get()
    delen = {"soort": "adviesrapport", "bestand": SimpleUploadedFile(f"{NAAM}.pdf", PDF)}
    pad = f"/api/v1/aanmeldingen/{aanmelding.kenmerk}/documenten"
    assert api.post(pad, encode_multipart(GRENS, delen), soort=FORMULIER).status_code == 201
    api.get(f"/api/v1/aanmeldingen/{aanmelding.kenmerk}")
    return services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)


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


@pytest.mark.eis("R226", "gewist: nergens terug te vinden, en elk cijfer van elke eerdere nacht is gelijk")
def test_een_gewiste_persoon_is_nergens_meer_te_vinden_en_elk_cijfer_blijft(  # noqa: PLR0917 - fixtures
    api: Api, consulent: Any, ander: Any, twee: list[Any], map_: Path, caplog: pytest.LogCaptureFixture, gemeente: Any
) -> None:
    caplog.set_level(logging.INFO)
    wereld = Wereld()
    deelnemer = _aanmelden(api, consulent)
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

    sql = "django.db.backends"  # statements with their values are never logged in production
    assert not gevonden((BSN,), Path("/nergens"), _log(caplog, sql)), "een leesbaar BSN"
    _elke_hoek_is_vol(map_)
    beide = Deelnemer.objects.filter(Q(pk=deelnemer.pk) | Q(samengevoegd_met=deelnemer.pk)).order_by("pk")
    assert beide.count() == 2
    sporen = (*SPOREN, *beide.values_list("dossiernummer", flat=True))
    sporen += tuple(str(k) for k in Aanmelding.objects.order_by("pk").values_list("kenmerk", flat=True))
    bestanden_ = len(_bestanden(map_))
    voor, partner_telt = cijfers(), Feit.objects.filter(bekend_tot=None).count()

    lijst = op_verzoek(deelnemer, vraag=f"{VOORNAAM} wil dat alles weggaat.")
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
    besluit.neem_terug(lijst, actor=FABRIEK, reden=f"Klopt dit voor {NAAM}?")
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
    besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee[1])
    with handeling(FABRIEK):
        Vernietiging.objects.update(uitvoeren_vanaf=klok.vandaag())
    caplog.clear()
    rij = voer_uit("deelnemers.wissen", gemeente)

    lijst.refresh_from_db()
    assert (lijst.status, lijst.gewist, rij.status) == ("uitgevoerd", 1, "gelukt"), (lijst.overgeslagen, rij.tellingen)
    assert gevonden(sporen, map_, _log(caplog, sql)) == []
    assert [p.name for p in _bestanden(map_)] == [wisregister.pad().name]
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


def _bestanden(map_: Path) -> list[Path]:
    return sorted(p for p in map_.rglob("*") if p.is_file())


def _elke_hoek_is_vol(map_: Path) -> None:
    """Before erasing every corner holds its word: what was never there is easily not found."""
    in_tabellen = stort().lower().splitlines()
    in_bestanden = []
    for pad in _bestanden(map_):
        rauw = pad.read_bytes()
        leesbaar = tekst_van(rauw) if b"/Catalog" in rauw and shutil.which("pdftotext") else ""
        in_bestanden.append(f"{rauw.decode('latin-1')} {leesbaar}".lower())
    for hoek in HOEKEN:
        spoor = woord(hoek.plek).lower()
        if hoek.waar == "bestand":
            gevuld = any(spoor in inhoud for inhoud in in_bestanden)
        else:
            gevuld = any(r.startswith(f"{hoek.waar}: ") and spoor in r for r in in_tabellen)
        assert gevuld, f"{hoek.plek} staat niet in {hoek.waar}"
    for bestand in Inzagebestand.objects.order_by("pk"):
        assert (map_ / bestand.plaats).stat().st_size == bestand.grootte
    assert Inzagebestand.objects.count() == len(("pdf", "json"))
    for tabel in ("deelnemers_leesverbod", "deelnemers_samenvoeging", "kern_aflevering", "kern_werkvoorraad"):
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


@pytest.mark.eis("R226", "een ingetrokken aanmelding gaat na zes weken weg, ook zonder dossier")
def test_een_ingetrokken_aanmelding_zonder_dossier_gaat_na_zes_weken(
    api: Api, twee: list[Any], map_: Path, gemeente: Any
) -> None:
    from tests.aanmeldingen.fabrieken import lichaam

    for nummer in (4711, 4712):
        naam = {"roepnaam": VOORNAAM, "geslachtsnaam": NAAM}
        assert (
            api.post("/api/v1/aanmeldingen", lichaam(burgerservicenummer=bsn_nummer(nummer), naam=naam)).status_code
            == 201
        )
    oud, vers = Aanmelding.objects.order_by("pk")
    wereld = Wereld()
    for aanmelding in (oud, vers):
        services.trek_in(aanmelding, actor=FABRIEK, reden=f"{VOORNAAM} is verhuisd")
    wereld.wijzig(oud, status_sinds=klok.vandaag() - dt.timedelta(days=42))
    wereld.nacht(klok.vandaag())
    feiten = Feit.objects.filter(bekend_tot=None).count()
    voer_uit("deelnemers.bewaartermijnen", gemeente)
    lijst = Vernietiging.objects.get()
    assert (lijst.wat, lijst.termijn, lijst.regels.get().rij_id) == ("Ingetrokken aanmeldingen", "42 dagen", oud.pk)
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
    besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee[1])
    with handeling(FABRIEK):
        Vernietiging.objects.update(uitvoeren_vanaf=klok.vandaag())
    voer_uit("deelnemers.wissen", gemeente)
    assert list(Aanmelding.objects.order_by("pk")) == [vers]
    assert len(gevonden((str(oud.kenmerk),), map_)) == 0
    assert Wisregel.objects.get().met_bsn
    run = wereld.nacht(klok.vandaag())
    assert (run.nieuw, run.gesloten, Feit.objects.filter(bekend_tot=None).count()) == (0, 0, feiten)


def _zelfde_persoon_opnieuw(api: Api, consulent: Any) -> tuple[Deelnemer, Aanmelding]:
    """Somebody with a dossier of whom a second referral came in that was never accepted."""
    deelnemer = _aanmelden(api, consulent)
    from tests.aanmeldingen.fabrieken import lichaam

    naam = {"roepnaam": VOORNAAM, "geslachtsnaam": NAAM}
    inhoud = lichaam(burgerservicenummer=BSN, naam=naam, toelichting=f"{VOORNAAM} opnieuw")
    assert api.post("/api/v1/aanmeldingen", inhoud).status_code == 201
    nieuw = Aanmelding.objects.order_by("pk").last()
    assert nieuw is not None
    assert nieuw.deelnemer_id is None
    return deelnemer, nieuw


@pytest.mark.eis(
    "R226", "een aanmelding zonder dossier gaat mee met de persoon; een open aanmelding houdt wissen tegen"
)
def test_twee_sporen_van_een_persoon_gaan_samen_of_geen_van_beide(
    api: Api, consulent: Any, twee: list[Any], map_: Path, gemeente: Any
) -> None:
    deelnemer, nieuw = _zelfde_persoon_opnieuw(api, consulent)
    for verwacht in ("overgeslagen", "dossiers gewist"):
        lijst = op_verzoek(deelnemer)
        besluit.dien_in(lijst, actor=FABRIEK, gebruiker=twee[0])
        besluit.keur_goed(lijst, actor=FABRIEK, gebruiker=twee[1])
        with handeling(FABRIEK):
            Vernietiging.objects.filter(pk=lijst.pk).update(uitvoeren_vanaf=klok.vandaag())
        assert voer_uit("deelnemers.wissen", gemeente).tellingen[verwacht] == 1
        if verwacht == "overgeslagen":
            assert "loopt een nieuwe aanmelding" in lijst.regels.get().toelichting
            assert Aanmelding.objects.count() == 2
            assert len(_bestanden(map_)) == 1
            services.stuur_terug(nieuw, "al_in_traject", actor=FABRIEK, reden="Heeft al begeleiding.")
    assert not Aanmelding.objects.exists()
    assert gevonden((NAAM, VOORNAAM, str(nieuw.kenmerk)), map_) == []
