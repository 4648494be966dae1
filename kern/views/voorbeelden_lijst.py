"""Fictitious list and forms for the component page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from kern import onderdelen as o
from kern.formulier import Bedrag, Datum, Hoeveelheid, Keuzes, Meerkeuze
from kern.tabel import Kolom, Tabel, volgorde
from kern.weergave import kortedatum


@dataclass(frozen=True)
class Rij:
    naam: str
    dossier: str
    contact: date
    uren: int
    team: str
    stand: o.Merk


_RIJEN = [
    Rij("Fatma Kaya", "2025-03318", date(2026, 10, 31), 36, "Noord", o.Merk("Loopt", "goed")),
    Rij(
        "Kwame Boateng",
        "2026-01027",
        date(2026, 10, 26),
        40,
        "Nieuw-West",
        o.Merk("Wacht op inkomen", "let-op"),
    ),
    Rij(
        "Ayşe Demir",
        "2024-08771",
        date(2026, 9, 1),
        28,
        "Oost/Zuidoost",
        o.Merk("Contact te lang geleden", "fout"),
    ),
    Rij("Piotr Kowalski", "2025-11806", date(2025, 12, 11), 0, "West", o.Merk("Afgesloten")),
]
_KOLOMMEN = (
    Kolom("naam", "Persoon", kop=True, sorteer="naam", link=lambda r: f"#{r.dossier}", onder=lambda r: r.dossier),
    Kolom("contact", "Laatste contact", weergave=lambda d: kortedatum(d, jaar=2026), sorteer="contact"),
    Kolom("uren", "Uren per week", soort="getal", sorteer="uren"),
    Kolom("team", "Team"),
    Kolom("stand", "Stand"),
)


def tabel(request: HttpRequest) -> Tabel:
    gesorteerd = volgorde(request, _KOLOMMEN, "naam")
    rijen = sorted(_RIJEN, key=lambda r: getattr(r, gesorteerd.removeprefix("-")), reverse=gesorteerd.startswith("-"))
    pagina = Paginator(rijen, 3).get_page(request.GET.get("pagina"))
    return Tabel.van(request, _KOLOMMEN, pagina, bijschrift="Caseload van Chantal Brouwer", gesorteerd=gesorteerd)


def lege_tabel(request: HttpRequest) -> Tabel:
    leeg = o.Leeg(
        "Geen mensen met dit filter",
        "Haal een filter weg, of zoek op naam. Iemand zonder lopend traject staat onder Afgesloten.",
        "filter",
        o.Knop("Wis alle filters", request.path),
    )
    return Tabel.van(request, _KOLOMMEN, (), bijschrift="Lege caseload", leeg=leeg)


class Filter(forms.Form):
    use_required_attribute = False
    team = forms.ChoiceField(
        label="Team", required=False, choices=(("", "Alle teams"), ("noord", "Noord"), ("west", "West"))
    )
    peildatum = forms.DateField(label="Peildatum", required=False, widget=Datum)
    zoek = forms.CharField(label="Naam", required=False)


class Plaatsing(forms.Form):
    """The form of the mock-up, as a plain Django form."""

    use_required_attribute = False
    functie = forms.CharField(label="Functie", max_length=80)
    soort = forms.ChoiceField(
        label="Soort dienstverband",
        choices=(
            ("regulier", "Regulier werk"),
            ("lks", "Werk met loonkostensubsidie"),
            ("proef", "Proefplaatsing"),
        ),
        widget=Keuzes(
            hulp={
                "regulier": "Gewoon loon, zonder subsidie",
                "lks": "Er is een loonwaarde vastgesteld of aangevraagd",
                "proef": "Tijdelijk met uitkering, met uitzicht op een contract",
            }
        ),
        error_messages={"required": "Kies een soort dienstverband"},
    )
    begin = forms.DateField(label="Begindatum", widget=Datum, help_text="Eerste werkdag, bijvoorbeeld 1-12-2026")
    uren = forms.DecimalField(
        label="Uren per week",
        widget=Hoeveelheid("uur"),
        help_text="Zoals in het contract. De vacature is voor 24 tot 32 uur.",
        error_messages={"required": "Vul de uren per week in, bijvoorbeeld 24 of 24,5"},
    )
    dagen = forms.MultipleChoiceField(
        label="Werkdagen",
        required=False,
        widget=Meerkeuze,
        choices=[(d, d) for d in ("ma", "di", "wo", "do", "vr", "za", "zo")],
    )
    loon = forms.DecimalField(label="Bruto uurloon, zonder vakantiegeld", widget=Bedrag, localize=True)
    begeleider = forms.ChoiceField(
        label="Wie begeleidt op de werkplek?",
        choices=(("cb", "Chantal Brouwer (consulent)"), ("", "Geen begeleiding nodig")),
    )
    afspraken = forms.CharField(
        label="Afspraken met de werkgever",
        required=False,
        widget=forms.Textarea,
        help_text="Gloria leest mee.",
    )
    bewijs = forms.FileField(label="Contract of bevestiging", required=False, help_text="PDF of foto, tot 10 MB.")
    weet = forms.BooleanField(label="Gloria weet dat we 26 weken contact houden", required=False)
