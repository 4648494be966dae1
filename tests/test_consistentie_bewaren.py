"""Nothing about a person stays behind by accident: every table, key and file is declared for erasing (R226).

A new table without a declaration fails here, and the message says what to do.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CASCADE, PROTECT, SET_NULL, Model, QuerySet

from deelnemers.models import Deelnemer
from kern.aansluitingen import bestanden, bewaartermijnen, wissen
from kern.wissen import persoonskolom, verwijzingen
from regelgeving import opzoeken
from regelgeving.gegevens import laad
from regelgeving.keuzes import Status
from regelgeving.models import Parameter
from tests.hulp.bron import KAMERS, boom, kort, python_van

#: About a person, and taken care of in another way than by deleting the row.
ANDERS = {
    "rapportage.Feit": "wordt losgemaakt van de persoon; het cijfer blijft (rapportage.losmaken)",
    "kern.Wijziging": "historie van gewiste rijen gaat als laatste weg (kern.wissen)",
    "kern.Leesregel": "reden weg, het nummer na een eigen termijn (kern.wissen.schoon_leeslog)",
    "regelgeving.Voorstel": "een voorstel over een persoon noemt alleen een nummer dat nergens meer heen wijst",
    "deelnemers.Wisregel": "het wisregister zelf: alleen een versleuteld kenmerk",
    "loonkostensubsidie.Contractlevering": "een verzegeld bestand is na een dag weg; wissen gooit het weg",
    "kern.GebruikteAssertie": "techniek van tokens; gaat niet over een persoon",
}
#: Kept by the work of other tables, and rebuilt or cleaned with them: no term of their own.
AFGELEID = {"kern"}
DOEN = (
    "Noem de tabel bij samenvoegen.sluit_aan (dan gaat ze ook mee bij wissen), of bij wissen.sluit_aan als ze niet "
    "verhuist. Zie docs/conventies.md, Modellen."
)


def eigen_modellen() -> list[type[Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in KAMERS and m._meta.managed and not m._meta.proxy]


def genoemd() -> dict[type[Model], set[str]]:
    """Table → the columns by which its rows are found."""
    uit: dict[type[Model], set[str]] = {}
    for _, tabel in wissen.tabellen():
        uit.setdefault(tabel.model, set()).add(tabel.kolom)
    return uit


def gaat_mee() -> set[type[Model]]:
    """Every table whose rows go when a person goes: the named ones, and what hangs under them."""
    er = set(genoemd())
    nieuw = list(er)
    while nieuw:
        for kind, veld in verwijzingen().get(nieuw.pop(), ()):
            hangt = veld.remote_field.on_delete is CASCADE or (veld.remote_field.on_delete is PROTECT and not veld.null)
            if hangt and kind not in er:
                er.add(kind)
                nieuw.append(kind)
    return er


def test_elke_tabel_met_een_persoon_gaat_mee() -> None:
    fout = [
        m._meta.label
        for m in eigen_modellen()
        if persoonskolom(m) and m not in genoemd() and m._meta.label not in ANDERS
    ]
    assert not fout, f"Bij wissen blijft dit achter: {fout}. {DOEN}"


def test_elke_kolom_met_een_nummer_van_een_persoon_heeft_een_naam_die_wissen_kent() -> None:
    """`kern.wissen` knows the column by its name; another name would hide whom a row is about."""
    fout = []
    for model in eigen_modellen():
        if model._meta.label in ANDERS:
            continue
        kolommen = {
            v.column
            for v in model._meta.local_fields
            if isinstance(v, (models.ForeignKey, models.IntegerField, models.BigIntegerField))
            and ("deelnemer" in v.column or "betrokkene" in v.column or v.column in {"persoon_id", "kandidaat_id"})
        }
        onbekend = kolommen - {"deelnemer_id", "betrokkene_id"} - genoemd().get(model, set())
        fout += [f"{model._meta.label}.{kolom}" for kolom in onbekend]
    assert not fout, f"Noem deze kolom deelnemer_id, of noem hem bij wissen.sluit_aan met kolom=…: {fout}"


def test_elke_verwijzing_naar_een_deelnemer_is_te_wissen() -> None:
    """A key to a person either is the person of the row, is named, or lets go."""
    fout = []
    for model in eigen_modellen():
        for veld in model._meta.local_fields:
            if not isinstance(veld, models.ForeignKey) or veld.related_model is not Deelnemer:
                continue
            if model._meta.label in ANDERS or veld.column in {"deelnemer_id"} | genoemd().get(model, set()):
                continue
            if not (veld.null and veld.remote_field.on_delete in (SET_NULL, PROTECT)):
                fout.append(f"{model._meta.label}.{veld.name}")
    assert not fout, f"Een rij van een ander zou het wissen tegenhouden: {fout}. {DOEN}"


def test_elke_sleutel_onder_een_persoon_wordt_gevolgd() -> None:
    """Erasing follows a foreign key by its on_delete; DO_NOTHING would leave a row that points at nobody."""
    fout = [
        f"{m._meta.label}.{v.name}"
        for m in eigen_modellen()
        for v in m._meta.local_fields
        if isinstance(v, models.ForeignKey)
        and v.related_model in gaat_mee()
        and m._meta.label not in ANDERS
        and (v.remote_field.on_delete not in (CASCADE, PROTECT, SET_NULL) or not v.db_constraint)
    ]
    assert not fout, f"Gebruik CASCADE, PROTECT of SET_NULL met een sleutel in de database: {fout}"


def test_elk_bsn_en_elke_zoeksleutel_gaat_mee() -> None:
    """A number is a binary field: encrypted, or its keyed hash."""
    fout = [
        f"{m._meta.label}.{v.name}"
        for m in eigen_modellen()
        for v in m._meta.local_fields
        if (isinstance(v, models.BinaryField) or "bsn_zoeksleutel" in v.name)
        and m not in gaat_mee()
        and m._meta.label not in ANDERS
        and m._meta.app_label != "kern"
    ]
    assert not fout, f"Een BSN zou blijven staan in {fout}. {DOEN}"


# --- Files ---------------------------------------------------------------------------------------------------------
def bewaarplekken() -> Iterator[tuple[str, str]]:
    """File and name of the constant of every call of `bestanden.bewaar(KAMER, …)` in the rooms."""
    for kamer in KAMERS:
        for pad in python_van(kamer):
            for knoop in ast.walk(boom(pad)):
                functie = knoop.func if isinstance(knoop, ast.Call) else None
                if functie is not None and ast.unparse(functie) == "bestanden.bewaar":
                    for naam in ast.walk(knoop.args[0]):
                        if isinstance(naam, ast.Name) and naam.id.isupper():
                            yield kort(pad), naam.id


def test_wie_een_bestand_bewaart_zegt_welke_bestanden_er_zijn() -> None:
    """Without this the night would clear the file, or leave it when its row is gone."""
    plekken = sorted(set(bewaarplekken()))
    assert len(plekken) >= 4, plekken
    fout = []
    for pad, naam in plekken:
        module = importlib.import_module(pad.removesuffix(".py").replace("/", "."))
        if getattr(module, naam) not in bestanden.kamers():
            fout.append(f"{pad}: {naam}")
    assert not fout, f"Sluit deze map aan met kern.aansluitingen.bestanden.sluit_aan: {fout}"


@pytest.mark.django_db
def test_elk_bestand_gaat_mee_met_zijn_rij(gemeente: Any) -> None:
    """The column that names the place of a file is declared, so that erasing deletes the file too."""
    fout = []
    for kamer, functie in bestanden.kamers().items():
        rijen = functie()
        assert isinstance(rijen, QuerySet), f"{kamer}: geef een vraag met values_list(kolom)"
        (kolom,) = rijen._fields  # type: ignore[attr-defined]
        if (rijen.model, kolom) not in wissen.bestanden():
            fout.append(f"{rijen.model._meta.label}.{kolom}")
    assert not fout, f"Noem dit bij wissen.sluit_aan(bestanden=…): {fout}"


# --- Terms ---------------------------------------------------------------------------------------------------------
def test_elke_soort_gegeven_heeft_een_bewaartermijn() -> None:
    met = {t.tabel for t in bewaartermijnen.termijnen()}
    fout = [m._meta.label for m in genoemd() if m._meta.app_label not in AFGELEID and m._meta.db_table not in met]
    assert not fout, f"Noem een termijn bij bewaartermijnen.sluit_aan (of bewaartermijnen.met_dossier): {fout}"


@pytest.mark.django_db
def test_elke_termijn_is_een_gedateerde_instelling_met_bron_en_zekerheid(gemeente: Any) -> None:
    """What two people can change is data; the product starts with the same number of years."""
    if not Parameter.objects.exists():
        laad()
    opzoeken.vergeet()
    bekend = {p.sleutel: p for p in Parameter.objects.filter(sleutel__startswith="bewaren.", gemeente=None)}
    eigen = {t.instelling: t for t in bewaartermijnen.termijnen() if not t.met_dossier and t.jaren}
    fout = [s for s, t in eigen.items() if s not in bekend or int(bekend[s].waarde) != t.jaren]
    assert not fout, f"Zet in regelgeving/gegevens/parameters.csv: {fout}"
    los = {s for s in bekend if s.startswith("bewaren.jaren.")} - set(eigen) - {"bewaren.jaren.dossier"}
    assert not los, f"Deze termijn gebruikt niemand: {los}"
    assert all(p.bron and p.status in Status.values for p in bekend.values())
    assert bekend["bewaren.jaren.deelnemers_privacyverzoek:13.1"].status == Status.ONZEKER


def test_een_eigen_termijn_wijst_naar_kolommen_die_er_zijn() -> None:
    fout = []
    for termijn in bewaartermijnen.termijnen():
        model = next(m for m in apps.get_models() if m._meta.db_table == termijn.tabel)
        kolommen = {v.column for v in model._meta.local_fields}
        if not termijn.met_dossier and not {termijn.begint, "deelnemer_id", "gemeente_id"} <= kolommen:
            fout.append(termijn.sleutel)
    assert not fout, f"Deze tabel mist de kolom waar de termijn begint, of de persoon: {fout}"
