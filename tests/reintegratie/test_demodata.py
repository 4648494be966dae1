"""The demo municipality at 1:20 on the last day of 2014: it adds up, holds every trap, and nothing in it is real."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Model, Q

from aanmeldingen.models import Routeversie
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, voor_gemeente
from kern.models import Gebruiker, Gemeente, Werkvoorraad
from organisatie.rechten import ROLRECHTEN, Rol
from reintegratie.demodata import inloggegevens
from reintegratie.demodata.wegschrijven import Schrijver, middag
from tests.hulp import database
from tests.reintegratie.balans import PEILDATUM, balans, feiten, verwacht

ACTOR = Actor.taak("toets")


@pytest.fixture(scope="module")
def _gevuld(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """Both municipalities in the database of this process; the empty one comes back afterwards."""
    from django.conf import settings

    from reintegratie.demodata.vullen import vul

    eerder = settings.PEILDATUM
    with django_db_blocker.unblock():
        settings.PEILDATUM = PEILDATUM.isoformat()
        tellingen = vul("1:20", PEILDATUM, "1", lambda tekst: None)
        settings.PEILDATUM = eerder
    yield tellingen
    with django_db_blocker.unblock():
        database.herstel()


@pytest.fixture
def demo(_gevuld: dict[str, int], db: None, settings: Any) -> Iterator[Gemeente]:
    """The demo municipality on its peildatum; the test runs inside its scope."""
    settings.PEILDATUM = PEILDATUM.isoformat()
    rij = Gemeente.objects.get(code="9001")
    with voor_gemeente(rij):
        yield rij


@pytest.mark.parametrize("jaar", [2013, 2014])
def test_cijfers_zijn_die_van_de_balans(demo: Gemeente, jaar: int) -> None:
    assert balans(feiten(demo), jaar) == verwacht(Fraction(1, 20))


def test_elke_valkuil_is_er(demo: Gemeente) -> None:
    from deelnemers.models import Deelnemer, Dubbelpaar, MeldingAanInkomen, Regie, Samenvoeging, Uitkering
    from trajecten.models import Aanbieder, Traject, Trajecteinde
    from werkgevers.models import Jobhuntbenadering

    rijen = feiten(demo)
    stand = Counter(r["status"] for r in rijen if r["datum"] and r["datum"].year == 2014)
    assert stand["dubbel"] and stand["ingetrokken"] and stand["overleden"] and stand["wacht"]
    assert any(r["nagekomen_op"] for r in rijen)
    assert any(r["volgorde"] > 1 for r in rijen)
    laat = Trajecteinde.objects.filter(
        vastgelegd_op__gte=dt.date(2014, 12, 26), datum__lte=dt.date(2014, 11, 15), datum__year=2014
    )
    assert laat.exists()
    heropend = Trajecteinde.objects.get(ingetrokken_op__isnull=False, datum__year=2014)
    assert (heropend.ingetrokken_op - heropend.datum).days < 30
    assert Deelnemer.objects.filter(samengevoegd_met__isnull=False).exists()
    assert sorted(p.redenen for p in Dubbelpaar.objects.filter(stand="open")) == [
        ["datum"],
        ["naam", "telefoon"],
        ["voornaam"],
    ]
    assert Samenvoeging.objects.count() == 1
    wissels = (
        Regie.objects.filter(begindatum__year=2014)
        .values("deelnemer")
        .annotate(n=Count("team", distinct=True))
        .filter(n__gte=2)
    )
    assert wissels.exists()
    lopend = Traject.objects.filter(status="loopt")
    samen = Uitkering.objects.filter(laatste_dag__isnull=True, gerechtigden__deelnemer__in=lopend.values("deelnemer"))
    assert samen.annotate(n=Count("gerechtigden", distinct=True)).filter(n=2).exists()
    assert Aanbieder.objects.filter(status="nieuw", kvk_nummer="").count() == 1
    assert Deelnemer.objects.filter(in_traject=True, regievoerder=None).exists()
    verouderd = Deelnemer.objects.filter(in_traject=True, trede_nu=4, diagnose_vers_tot__lt=PEILDATUM)
    assert 10 <= verouderd.count() <= 25
    assert set(MeldingAanInkomen.objects.order_by("id").values_list("status", flat=True)) >= {"beeindigd", "loopt_door"}
    drie = Jobhuntbenadering.objects.values("werkgever").annotate(
        wie=Count("jobhunt__medewerker", distinct=True), n=Count("id")
    )
    assert drie.filter(n__gte=3, wie__gte=2).exists()


def test_de_mensen_met_een_verhaal(demo: Gemeente) -> None:
    from deelnemers.models import Deelnemer
    from reintegratie.demodata.persona import BIJ_CHANTAL, ELDERS

    namen = set(Deelnemer.objects.exclude(persona="").order_by("persona").values_list("persona", flat=True))
    assert namen == set(BIJ_CHANTAL) | set(ELDERS)
    samira = Deelnemer.objects.get(persona="samira")
    assert (samira.naam, samira.leeftijd_op(PEILDATUM), samira.regievoerder.naam) == (
        "Samira de Groot",
        34,
        "Chantal Brouwer",
    )


def test_vandaag_van_de_consulent(demo: Gemeente) -> None:
    rijen = Werkvoorraad.objects.filter(
        voor__naam="Chantal Brouwer", op__lte=PEILDATUM + dt.timedelta(days=7)
    ).order_by("op", "id")
    # An appointment of this morning asks whether the person was there from its last minute on.
    geweest = {"op": PEILDATUM, "soort": "afspraak_zonder_antwoord"}
    zelf = {r.titel for r in rijen.exclude(**geweest) if not r.wacht_op}
    # Nine of the plan, the round of this week, a transfer, a call-back, somebody to take over, hours of two people, and
    # a part that may begin.
    assert len(zelf) <= 16, "; ".join(sorted(zelf))
    assert {
        "Bel de naschoolse opvang voor Samira de Groot",
        "Neem contact op met Marja Dekker",
        "Evalueer het plan met João Silva",
        "Loop de diagnose van Mehmet Demir na",
        "Bel Kevin Pinas over Metselen",
        "Kan beginnen: Solliciteren met Gloria Mensah",
    } <= zelf
    assert any("Ewa Kowalski" in titel for titel in zelf)
    wacht = {r.titel.split(":")[0]: r for r in rijen if r.wacht_op}
    straks = Werkvoorraad.objects.get(voor__naam="Chantal Brouwer", wacht_op="kinderopvang")
    assert straks.titel == "Samira de Groot: Solliciteren"
    assert wacht["Sharda Ramdin"].wacht_sinds == PEILDATUM - dt.timedelta(days=71)


def test_wie_terugkwam_heeft_iets_te_kiezen(demo: Gemeente) -> None:
    """R053, R012: the demo shows an offer of a new referral, and the fase of the former system."""
    from deelnemers.models import Beschikbaarheid, OudeFase, Taalbeheersing

    for soort in (Beschikbaarheid, Taalbeheersing):
        assert soort.objects.filter(aanbod="open", deelnemer__regievoerder__gebruiker__naam="Chantal Brouwer").exists()
    assert OudeFase.objects.count() == 12


def test_wat_bewaard_is_klopt_met_de_rijen(demo: Gemeente) -> None:
    """Stored columns, work lists, search, profiles and timeline equal what the rooms would rebuild."""
    from deelnemers.models import Deelnemer
    from deelnemers.services import herbouw, klokken
    from trajecten.services.klokken import achterstallig
    from werkgevers.services.profielen import verifieer_profielen

    ids = list(Deelnemer.objects.order_by("pk").values_list("pk", flat=True))
    assert klokken.afwijkingen(ids) == {}
    assert not any(herbouw.werk(ACTOR, schrijf=False).values())
    assert not any(herbouw.zoekingangen(ACTOR, schrijf=False).values())
    verschil = verifieer_profielen(ACTOR)
    assert (verschil.nieuw, verschil.hersteld) == (0, 0)
    steekproef = (
        list(Deelnemer.objects.filter(Q(in_traject=True) | ~Q(persona="")).order_by("pk").values_list("pk", flat=True))[
            ::3
        ]
        + ids[::25]
        + ids[-10:]  # those of long ago are made last
    )
    achter = Deelnemer.objects.filter(pk__in=achterstallig(ids))
    assert not achter, [(d.pk, d.naam, d.dossiernummer, d.in_traject) for d in achter]
    assert sum(herbouw.tijdlijn_van(pk, ACTOR, schrijf=False) for pk in steekproef) == 0


def test_wat_wacht_wacht_voor_iemand_die_vandaag_ziet(demo: Gemeente) -> None:
    """A row for a role that has no page Vandaag would be seen by nobody."""
    rollen = set(Werkvoorraad.objects.exclude(voor_rol="").order_by().values_list("voor_rol", flat=True))
    assert rollen
    assert {rol for rol in rollen if "vandaag.zien" not in ROLRECHTEN[Rol(rol)]} == set()


def test_een_dag_later_klopt_wat_op_vandaag_staat_nog(demo: Gemeente, settings: Any) -> None:
    """Nothing that waits says another day because a day went by: only the jobs of the night change rows."""
    settings.PEILDATUM = (PEILDATUM + dt.timedelta(days=1)).isoformat()
    staat = Werkvoorraad.objects.filter(kamer="aanmeldingen").order_by("id")
    anders, weg = werkvoorraad.verschil(staat, werkvoorraad.kamers()["aanmeldingen"]())
    assert [rij for rij in [*anders, *weg] if rij.sleutel.startswith("aanmelding:")] == []


def test_niets_is_echt(demo: Gemeente) -> None:
    from deelnemers.models import Burgerservicenummer, Deelnemer, Dubbelpaar, Voorinschrijving
    from deelnemers.services.inschrijven import bsn_van
    from trajecten.models import Aanbieder
    from werkgevers.models import Vestiging, Werkgever

    assert demo.fictief
    for deelnemer in Deelnemer.objects.order_by("pk"):
        assert re.fullmatch(r"06-0\d{7}", deelnemer.telefoon)
        assert not deelnemer.email or deelnemer.email.endswith("@voorbeeld.example")
        assert 900 <= int(deelnemer.huisnummer) <= 999
        assert not any("nationaliteit" in v.name for v in deelnemer._meta.fields)
    zonder = Deelnemer.objects.filter(samengevoegd_met=None).exclude(
        pk__in=Burgerservicenummer.objects.values("deelnemer")
    )
    vooraf = set(zonder.filter(pk__in=Voorinschrijving.objects.values("deelnemer")))
    assert len(vooraf) == 1  # a minor whom we know beforehand: no number until it is needed
    dubbel = {p.ander for p in Dubbelpaar.objects.filter(stand="open")}  # came in a second time by hand
    oud = {d for d in zonder if d.telefoon.startswith("06-072")}  # of before the number was asked
    assert (set(zonder) - oud - vooraf, len(oud)) == (dubbel, 4)
    for rij in Burgerservicenummer.objects.select_related("deelnemer").order_by("pk")[:50]:
        assert str(bsn_van(rij.deelnemer)).startswith("9999")
    assert not Werkgever.objects.exclude(kvk_nummer__startswith="00").exists()
    assert not Aanbieder.objects.exclude(kvk_nummer="").exclude(kvk_nummer__startswith="00").exists()
    assert not Vestiging.objects.exclude(huisnummer__regex=r"^9\d\d$").exists()
    assert not Gebruiker.objects.exclude(email__endswith="@voorbeeld.example").exists()


def test_elke_rol_kan_inloggen(demo: Gemeente) -> None:
    gegevens = inloggegevens()
    assert {g["rol"] for g in gegevens} == {rol.label for rol in Rol}
    for inlog in gegevens:
        gebruiker = Gebruiker.objects.get(email=inlog["email"])
        assert gebruiker.naam == inlog["naam"]
    assert gebruiker.check_password(gegevens[-1]["wachtwoord"])


def test_de_buurgemeente_staat_los(demo: Gemeente) -> None:
    from deelnemers.models import Deelnemer
    from trajecten.models import Traject

    buur = Gemeente.objects.get(code="9002")
    hier = Deelnemer.objects.count()
    with voor_gemeente(buur):
        daar = Deelnemer.objects.count()
        assert 40 <= daar <= 120
        assert not Traject.objects.exclude(deelnemer__gemeente=buur).exists()
    assert Deelnemer.alle_gemeenten.count() == hier + daar


def test_wie_loopt_heeft_een_onderdeel_en_een_einde_hoort_bij_het_jaar(demo: Gemeente) -> None:
    from trajecten.models import Trajecteinde

    fout = Trajecteinde.objects.filter(
        Q(datum__lt=F("traject__begindatum")) | Q(vastgelegd_op__lt=F("datum")) | Q(vastgelegd_op__gt=PEILDATUM)
    )
    assert not fout.exists()
    dubbel = (
        Trajecteinde.objects.filter(ingetrokken_op=None, datum__year=2014)
        .values("deelnemer")
        .annotate(n=Count("id"))
        .filter(n__gt=1)
    )
    assert not dubbel.exists()


class Vanger(Schrijver):
    """Keeps a fingerprint per table instead of writing."""

    def __init__(self) -> None:
        self.moment = middag(PEILDATUM)
        self.tabellen = {}
        self.sporen: dict[str, Any] = {}

    def tabel(self, model: type[Model]) -> Any:
        nieuw, rij = model not in self.tabellen, super().tabel(model)
        if nieuw:
            rij.vrij = iter(range(1, 300_001))
        return rij

    def schrijf(self) -> None:
        for tabel in self.tabellen.values():
            spoor = self.sporen.setdefault(tabel.model._meta.db_table, hashlib.sha256())
            for rij in tabel.rijen:
                waarden = {k: rij.__dict__[k] for k, _ in tabel.kolommen if k not in {"waarde", "password"}}
                spoor.update(repr(sorted(waarden.items())).encode())
            tabel.rijen.clear()

    wacht = schrijf


def test_zelfde_opties_geven_dezelfde_rijen(demo: Gemeente, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every column of every table, twice; only ciphertext and password differ per run."""
    from reintegratie.demodata import bsn, inbak, vullen
    from reintegratie.demodata.snel import snelle_regels

    bak = inbak.Inbak({v.route.code: (v.route, v) for v in Routeversie.objects.select_related("route").order_by("pk")})

    def maak(zaad: str) -> dict[str, str]:
        bak.teller = 0
        monkeypatch.setattr(inbak, "maak", lambda c: bak)
        s = Vanger()
        with snelle_regels():
            vullen._snede(s, demo, zaad, Fraction(1, 60), PEILDATUM, 0, False, bsn.nummers(), {}, None, lambda t: None)
        return {tabel: spoor.hexdigest() for tabel, spoor in s.sporen.items()}

    eerste = maak("7")
    assert len(eerste) > 50
    assert maak("7") == eerste
    assert maak("8")["deelnemers_deelnemer"] != eerste["deelnemers_deelnemer"]


def test_aanmeldingen_in_elke_toestand(demo: Gemeente) -> None:
    from aanmeldingen.models import Aanmelding
    from aanmeldingen.toestanden import AANMELDING, VERWIJZING

    for richting, tabel in (("inkomend", AANMELDING), ("uitgaand", VERWIJZING)):
        telling = Counter(Aanmelding.objects.filter(richting=richting).order_by("pk").values_list("status", flat=True))
        assert set(telling) == {t.code for t in tabel.toestanden}
    heen_en_weer = Aanmelding.objects.filter(deelnemer__persona="heen_en_weer", status="teruggestuurd")
    assert heen_en_weer.count() == 2
    intake = Aanmelding.objects.filter(bron="intake", in_een_keer_goed__isnull=False)
    assert 0.6 <= intake.filter(in_een_keer_goed=True).count() / intake.count() <= 0.88


def test_streefwaarden_tellen_op(demo: Gemeente) -> None:
    from rapportage.models import Streefwaarde

    def doel(code: str) -> int:
        return int(Streefwaarde.objects.get(jaar=2014, indicator__code=code, team=None, pijler=None).waarde)

    assert doel("1.0") == doel("1.1") + doel("overige") == 63
    pijlers = Streefwaarde.objects.filter(jaar=2014, indicator__code="1.0", pijler__isnull=False)
    assert sum(int(s.waarde) for s in pijlers) == 63


def test_een_tweede_keer_vullen_weigert(demo: Gemeente, monkeypatch: pytest.MonkeyPatch) -> None:
    from reintegratie.lokaal import vulling

    monkeypatch.setattr(vulling, "lees", lambda: {})
    with pytest.raises(CommandError, match="al gevuld"):
        call_command("demodata", schaal="1:20", peildatum="2014-12-31")
    monkeypatch.setattr(
        vulling, "lees", lambda: {"staat": "klaar", "schaal": "1:20", "peildatum": "2014-12-31", "zaad": "1"}
    )
    call_command("demodata", schaal="1:20", peildatum="2014-12-31")
