"""What every room owes the others: states, history, sockets, rights, jobs. New rooms join by being there."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import get_resolver

from kern.historie import ALLEEN_TOEVOEGEN, MET_HISTORIE
from kern.models import GemeenteModel
from kern.toegang import API, INGELOGD, OPENBAAR, vereist
from kern.toestanden import Toestandstabel
from organisatie.rechten import RECHTEN, ROLRECHTEN, Rol
from tests.hulp.bron import KAMERS, boom, kort, python_van, tekst, templates
from tests.test_consistentie import views

EIGEN_MODELLEN = [m for m in apps.get_models() if m._meta.app_label in KAMERS]


# --- States ----------------------------------------------------------------------------------------
#: Who may take a step without being a member of staff with a right.
GEEN_MEDEWERKER = {
    "aanmelding.afzender": "wie de aanmelding stuurde, via de API of zijn eigen bladzijde",
    "verwijzing.ontvanger": "de partner naar wie we verwijzen, in zijn eigen systeem of met een link",
}


def tabellen() -> dict[str, Toestandstabel]:
    """Return every state table of every room."""
    gevonden: dict[str, Toestandstabel] = {}
    for kamer in KAMERS:
        for pad in python_van(kamer):
            if "Toestandstabel(" not in tekst(pad) or kort(pad) == "kern/toestanden.py":
                continue
            module = importlib.import_module(kort(pad).removesuffix(".py").replace("/", "."))
            eigen = {n: w for n, w in vars(module).items() if isinstance(w, Toestandstabel)}
            gevonden |= {f"{kort(pad)}:{naam}": tabel for naam, tabel in eigen.items()}
    return gevonden


@pytest.mark.parametrize("tabel", [pytest.param(t, id=n) for n, t in tabellen().items()])
def test_elke_toestand_is_uitgelegd_en_bereikbaar(tabel: Toestandstabel) -> None:
    """Nobody stands before a state without a word, without a way out, or that no action leads to."""
    begin = tabel.toestanden[0].code
    for toestand in tabel.toestanden:
        wat = f"{tabel.soort}: {toestand.code}"
        assert toestand.label.strip(), f"{wat} heeft geen label"
        assert len(toestand.uitleg) >= 10, f"{wat} heeft geen uitleg"
        assert toestand.uitleg.endswith("."), f"{wat}: de uitleg is geen zin"
        weg = [stap for stap in tabel.stappen if toestand.code in stap.van]
        assert weg or toestand.eind, f"{wat} heeft geen stappen en is geen einde"
        heen = [stap for stap in tabel.stappen if stap.naar == toestand.code or "" in stap.van]
        assert heen or toestand.code == begin, f"{wat} is nooit te bereiken"


@pytest.mark.parametrize("tabel", [pytest.param(t, id=n) for n, t in tabellen().items()])
def test_elke_stap_heeft_een_label_en_bestaande_rechten(tabel: Toestandstabel) -> None:
    for stap in tabel.stappen:
        assert stap.label.strip(), f"{tabel.soort}: {stap.actie} heeft geen label"
        onbekend = stap.wie - RECHTEN.keys() - GEEN_MEDEWERKER.keys()
        assert not onbekend, f"{tabel.soort}: {stap.actie} vraagt {onbekend}"
    sleutels = [(van, stap.actie) for stap in tabel.stappen for van in stap.van]
    dubbel = {s for s in sleutels if sleutels.count(s) > 1}
    assert not dubbel, f"{tabel.soort}: zelfde actie, twee kanten op: {dubbel}"


# --- Gemeente --------------------------------------------------------------------------------------
def verwijzingen() -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """Yield every foreign key between two tables of a gemeente."""
    for model in EIGEN_MODELLEN:
        if not issubclass(model, GemeenteModel):
            continue
        for veld in model._meta.local_fields:
            doel = veld.related_model
            if isinstance(veld, models.ForeignKey) and isinstance(doel, type) and issubclass(doel, GemeenteModel):
                yield model, veld


@pytest.mark.django_db
def test_elke_verwijzing_blijft_in_de_gemeente() -> None:
    """In the catalogue of the database itself: each foreign key between gemeente tables is composite."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.conrelid::regclass::text,
                   array_agg(a.attname::text ORDER BY k.nr),
                   c.confrelid::regclass::text
              FROM pg_constraint c
              CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(kolom, nr)
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.kolom
             WHERE c.contype = 'f'
             GROUP BY c.oid, c.conrelid, c.confrelid
            """
        )
        sleutels = {(tabel.strip('"'), tuple(kolommen)) for tabel, kolommen, _ in cursor.fetchall()}
    mist = [
        f"{model._meta.label}.{veld.name}"
        for model, veld in verwijzingen()
        if veld.db_constraint and (model._meta.db_table, ("gemeente_id", veld.column)) not in sleutels
    ]
    assert not mist, f"Niet samengesteld op (gemeente_id, …): {mist}"


def test_koppeltabellen_hebben_een_gemeente() -> None:
    """A many-to-many between gemeente tables needs a table of its own: an automatic one knows no gemeente."""
    fout = [
        f"{model._meta.label}.{veld.name}"
        for model in EIGEN_MODELLEN
        for veld in model._meta.local_many_to_many
        if issubclass(model, GemeenteModel) and veld.remote_field.through._meta.auto_created  # type: ignore[union-attr]
    ]
    assert not fout, f"Maak een koppelmodel: {fout}"


# --- History ---------------------------------------------------------------------------------------
#: Models without change history, and why none is needed.
ZONDER_HISTORIE = {
    "kern.Gemeente": "de wortel zelf; wordt alleen bij de inrichting gemaakt",
    "kern.Wijziging": "dit is de historie",
    "kern.Leesregel": "het leeslog: de applicatie mag alleen toevoegen",
    "kern.Overgang": "zelf een logboek",
    "kern.TijdlijnRegel": "afgeleid, wordt opnieuw opgebouwd uit de bron",
    "kern.Werkvoorraad": "afgeleid, wordt opnieuw opgebouwd uit de bron",
    "kern.Zoekingang": "afgeleid, wordt opnieuw opgebouwd uit de bron",
    "kern.Gebeurtenis": "de uitbak: alleen toevoegen, daarna opruimen",
    "kern.Aflevering": "de staat van een bericht onderweg",
    "kern.Bericht": "het postvak uit is zelf het bewijs",
    "kern.Taakloop": "het takenregister is zelf een logboek",
    "deelnemers.Wisrest": "werk dat na het wissen nog moet; mag juist geen spoor van de persoon houden",
    "kern.Idempotentie": "techniek: het antwoord van een verzoek, een dag bewaard",
    "kern.GebruikteAssertie": "techniek: gebruikte kenmerken van tokens, kort bewaard",
    "deelnemers.Burgerservicenummer": "versleuteld, bewust buiten de historie (ONTWERP 3.10)",
    "aanmeldingen.AanmeldingBsn": "versleuteld, bewust buiten de historie (ONTWERP 3.10)",
    "rapportage.Run": "een rekenloop is zelf een logboek",
    "rapportage.Cijferstand": "afgeleid, wordt opnieuw berekend uit de feiten",
    "trajecten.Waardering": "zonder naam: historie zou zeggen op welke seconde welke rij kwam (ADR 60)",
    "trajecten.GebruikteWaarderingslink": "zonder naam: historie zou zeggen wanneer een link is gebruikt (ADR 60)",
    "regelgeving.Stand": "een stempel dat alleen triggers schrijven",
    "regelgeving.Beroep": "landelijke lijst (ESCO), komt in zijn geheel uit een bestand",
    "regelgeving.Postcodegebied": "landelijke lijst, komt in zijn geheel uit een bestand",
}


def test_elk_model_heeft_historie_of_een_reden() -> None:
    zonder = [
        model._meta.label
        for model in EIGEN_MODELLEN
        if model not in MET_HISTORIE
        and model not in ALLEEN_TOEVOEGEN
        and not model._meta.proxy
        and model._meta.managed
        and model._meta.label not in ZONDER_HISTORIE
    ]
    assert not zonder, f"Zonder @met_historie: {zonder}"


def test_historie_kent_de_persoon() -> None:
    """A table with a person records in its history whom a change is about."""
    fout = [
        model._meta.label
        for model in EIGEN_MODELLEN
        if model in MET_HISTORIE and heeft_persoon(model) and MET_HISTORIE[model] != "deelnemer_id"
    ]
    assert not fout, f'Moet @met_historie("deelnemer_id") zijn: {fout}'


# --- Sockets ---------------------------------------------------------------------------------------
def heeft_persoon(model: type[models.Model]) -> bool:
    """Tell whether a row of this table is about one person."""
    return any(veld.column == "deelnemer_id" for veld in model._meta.local_fields)


def kamers_met_personen() -> list[str]:
    """Return the rooms that keep something about a person."""
    return [k for k in KAMERS if any(heeft_persoon(m) for m in EIGEN_MODELLEN if m._meta.app_label == k)]


#: Rooms that need not join in on a socket, and why.
NIET_AANGESLOTEN = {
    ("tijdlijn", "rapportage"): "een feit telt wat een andere kamer al op de tijdlijn zette",
}


@pytest.mark.parametrize("kamer", kamers_met_personen())
@pytest.mark.parametrize("stopcontact", ["tijdlijn", "bewaartermijnen", "samenvoegen", "inzage"])
def test_kamer_met_persoonsgegevens_is_aangesloten(kamer: str, stopcontact: str) -> None:
    from kern import aansluitingen

    module: Any = getattr(aansluitingen, stopcontact)
    aangesloten = {t.kamer for t in module.termijnen()} if stopcontact == "bewaartermijnen" else set(module.kamers())
    if (stopcontact, kamer) in NIET_AANGESLOTEN:
        assert kamer not in aangesloten, f"{kamer} is nu wel aangesloten: haal de uitzondering weg"
        return
    assert kamer in aangesloten, f"{kamer} sluit niet aan op kern.aansluitingen.{stopcontact}"


def test_bewaartermijnen_noemen_bestaande_tabellen() -> None:
    from kern.aansluitingen import bewaartermijnen

    bekend = {m._meta.db_table for m in EIGEN_MODELLEN}
    onbekend = [t.tabel for t in bewaartermijnen.termijnen() if t.tabel not in bekend]
    assert not onbekend, f"Deze tabellen bestaan niet: {onbekend}"


# --- Rights ----------------------------------------------------------------------------------------
def test_elk_gevraagd_recht_bestaat() -> None:
    gewoon = {OPENBAAR, INGELOGD, API}
    fout = {
        adres: onbekend
        for adres, view in views(get_resolver().url_patterns)
        if (onbekend := (vereist(view) or frozenset()) - gewoon - RECHTEN.keys())
    }
    assert not fout, f"Onbekende rechten: {fout}"


def test_rollen_geven_alleen_bestaande_rechten() -> None:
    for rol in Rol:
        assert ROLRECHTEN[rol] <= RECHTEN.keys(), f"{rol}: {ROLRECHTEN[rol] - RECHTEN.keys()}"
    vergeven = frozenset().union(*ROLRECHTEN.values())
    assert vergeven == RECHTEN.keys(), f"Aan niemand gegeven: {RECHTEN.keys() - vergeven}"


#: Rights that no code asks yet, by the capability that will. Take a line out when its capability is built.
NOG_NIET_GEBRUIKT: dict[str, tuple[str, ...]] = {
    "meldingen aan inkomen": ("inkomen.zien",),
    "veiligheid": ("veiligheid.wijzigen",),
    "aanmeldingen en routes": (
        "aanmelding.zien",
        "aanmelding.behandelen",
    ),
    "trajecten, groepen en presentie": ("traject.zien", "groep.zien", "groep.wijzigen", "presentie.wijzigen"),
    "oproepcampagnes": ("oproep.wijzigen",),
    "scholing": ("scholing.zien", "scholing.aanvragen"),
    "werkgevers, vacatures en plaatsingen": (
        *("werkgever.zien", "werkgever.wijzigen", "vacature.zien", "plaatsing.zien", "nazorg.wijzigen"),
        *("loonwaarde.wijzigen",),
    ),
    "loonkostensubsidie": (
        *("subsidie.zien", "subsidie.aanvragen", "subsidie.behandelen", "subsidie.goedkeuren"),
        *("subsidie.betalen",),
    ),
    "cijfers en budget": (
        *("kpi.zien", "kpi.personen", "kpi.definitie", "kpi.afsluiten", "budget.zien", "budget.wijzigen"),
        *("levering.maken",),
    ),
    "kwaliteit": (
        *("klacht.melden", "klacht.behandelen", "gespreksobservatie.wijzigen"),
        *("verbeterbord.zien", "verbeterbord.wijzigen"),
    ),
    "de gids en de inrichting": ("organisatie.beheren",),
    "codelijsten en brieven": ("codelijsten.beheren", "brieven.beheren"),
}


def test_elk_recht_wordt_ergens_gevraagd() -> None:
    """A right that opens nothing misleads the person who reviews the roles."""
    gevraagd = {
        knoop.value
        for kamer in KAMERS
        for pad in python_van(kamer)
        if kort(pad) != "organisatie/rechten.py"
        for knoop in ast.walk(boom(pad))
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str)
    }
    in_sjablonen = "\n".join(map(tekst, templates()))
    later = {recht for rechten in NOG_NIET_GEBRUIKT.values() for recht in rechten}
    assert later <= RECHTEN.keys(), f"Bestaat niet: {later - RECHTEN.keys()}"
    los = [r for r in RECHTEN if r not in gevraagd | later and r not in in_sjablonen]
    assert not los, f"Deze rechten openen niets: {los}"


# --- Jobs ------------------------------------------------------------------------------------------
def test_elke_nachttaak_zit_in_de_keten() -> None:
    from kern.taken import TAKEN
    from reintegratie.nacht import KETEN

    onbekend = [naam for naam in KETEN if naam not in TAKEN]
    assert not onbekend, f"In de keten, maar niet in het register: {onbekend}"
    los = [t.naam for t in TAKEN.values() if t.nacht and t.naam not in KETEN]
    assert not los, f"Nachttaak buiten de keten: {los}"
    assert len(KETEN) == len(set(KETEN)), "Een taak staat twee keer in de keten."


def test_rooster_laat_geen_berichten_opstapelen() -> None:
    from reintegratie.rooster import ROOSTER

    zonder = [naam for naam, regel in ROOSTER.items() if not regel.get("options", {}).get("expires")]
    assert not zonder, f"Zonder `expires` stapelen berichten op als de werker stilstaat: {zonder}"


# --- Arithmetic ------------------------------------------------------------------------------------
def test_wat_rekent_staat_onder_mypy() -> None:
    """Folders that carry arithmetic are type-checked as soon as they exist."""
    import tomllib

    from tests.hulp.bron import CHECKOUT

    bestanden = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
    rekent = ["regelgeving/rekenen", "rapportage/motor", "werkgevers/matching", "loonkostensubsidie"]
    mist = [p for p in rekent if (CHECKOUT / p).exists() and p not in bestanden]
    assert not mist, f"Zet in pyproject.toml bij [tool.mypy] files: {mist}"
