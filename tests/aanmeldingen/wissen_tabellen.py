"""Which tables hold a person, worked out from the models, and in which of them somebody has a row or a word.

A new table with a person is found here by itself: the plant of `wissen_planten` must then fill it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Model

from deelnemers.models import Deelnemer
from kern.wissen import persoonskolom
from tests.test_consistentie_bewaren import eigen_modellen, gaat_mee, genoemd

#: Shorter columns hold a code.
LANG = 60
#: A person stands in it, and the plant makes no row. Every one needs a reason.
ZONDER_RIJ = {
    "kern.Idempotentie": "een bewaard antwoord hangt aan het nummer van de aanmelding; de toets ziet dat er een was",
    "regelgeving.Voorstel": "een voorstel van de leverancier van regels noemt alleen een nummer, nooit een naam",
}

#: Free text, and nobody writes there about a person. Every one needs a reason.
ZONDER_WOORD = {
    "aanmeldingen.Correctiemelding": "de naam van wie het hoorde, en dat is de verwijzer",
    "aanmeldingen.Rappel": "de naam van wie de herinnering kreeg, en dat is een partner",
    "aanmeldingen.Teamoverdracht": "een reden die de code zelf schrijft",
    "deelnemers.Betrokkenheid": "waardoor de band ontstond, door de code geschreven",
    "deelnemers.Achtergehouden": "een onderdeel uit een vaste lijst, en welke collega koos",
    "deelnemers.Inzagebestand": "de plaats van het bestand; wat erin staat is een eigen hoek",
    "deelnemers.Samenvoegregel": "namen van tabellen en kolommen",
    "deelnemers.Vernietigingsregel": "een zin die de code zelf schrijft",
    "kern.Aflevering": "een fout van de techniek",
    "kern.Gebeurtenis": "een gebeurtenis noemt alleen nummers",
    "loonkostensubsidie.Terugvorderstuk": "de plaats van het bestand; wat erin staat is een eigen hoek",
    "rapportage.Feit": "een feit noemt alleen codes; de persoon wordt losgemaakt",
}


def is_vrije_tekst(veld: models.Field) -> bool:
    """A column in which somebody can type a name."""
    lang = isinstance(veld, models.CharField) and (veld.max_length or 0) >= LANG
    return (isinstance(veld, models.TextField) or lang) and not veld.choices


def zonder_woord(namen: tuple[str, ...], stort: Iterable[str]) -> list[str]:
    """Tables with free text about a person in which none of these names stands, by the lines of a dump."""
    met = {regel.split(": ", 1)[0] for regel in stort if any(naam in regel for naam in namen)}
    return [
        model._meta.label
        for model in tabellen_met_een_persoon()
        if any(is_vrije_tekst(veld) for veld in model._meta.local_fields)
        and model._meta.db_table not in met
        and model._meta.label not in ZONDER_RIJ | ZONDER_WOORD
    ]


def tabellen_met_een_persoon() -> list[type[Model]]:
    """Every table with the person in it, with a key to a person, or hanging under such a table."""
    er = gaat_mee()
    return [
        model
        for model in eigen_modellen()
        if model in er or persoonskolom(model) or any(veld.related_model is Deelnemer for veld in model._meta.fields)
    ]


def kolommen(model: type[Model]) -> set[str]:
    """The columns of this table that say whom a row is about."""
    sleutels = {v.column for v in model._meta.local_fields if v.related_model is Deelnemer}
    eigen = {persoonskolom(model)} - {""}
    return (genoemd().get(model, set()) | sleutels | eigen) - {"id"} or ({"id"} if model is Deelnemer else set())


def ouders(model: type[Model]) -> list[str]:
    """The foreign keys by which a row without a person of its own hangs under one that has."""
    return [
        v.name for v in model._meta.local_fields if isinstance(v, models.ForeignKey) and v.related_model in gaat_mee()
    ]


def lege_kolommen(mensen: Iterable[int]) -> list[str]:
    """Table and column where none of these persons has a row."""
    wie, leeg = list(mensen), []
    for model in tabellen_met_een_persoon():
        if model._meta.label in ZONDER_RIJ:
            continue
        rijen = model._base_manager.all()
        for kolom in sorted(kolommen(model)):
            if not rijen.filter(**{f"{kolom}__in": wie}).exists():
                leeg.append(f"{model._meta.label}.{kolom}")
        if not kolommen(model) and not any(
            rijen.filter(**{f"{naam}__isnull": False}).exists() for naam in ouders(model)
        ):
            leeg.append(model._meta.label)
    return leeg


def _hangt_ergens(model: type[Model]) -> bool:
    return any(model._base_manager.filter(**{f"{naam}__isnull": False}).exists() for naam in ouders(model))
