"""Forms of the room deelnemers. Rules live in services and constraints; forms ask and explain."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.keuzes import (
    TALEN,
    Arbeidsvermogen,
    Belastbaarheid,
    Belemmeringstatus,
    Ernst,
    Kanaal,
    Opleidingsniveau,
    Opleidingsstatus,
    Partij,
    Taalniveau,
    Tredewaarde,
    Vervoer,
)
from deelnemers.models import (
    Beschikbaarheid,
    Competentiemeting,
    Opleiding,
    Taalbeheersing,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from kern import klok
from kern.formulier import Bedrag, Datum, Formulier, Hoeveelheid, Keuzes, VersieFormulier
from organisatie.models import Medewerker

LEEG = [("", "Kies")]


class NotitieForm(Formulier):
    """A note in one key; field names are those of the note box."""

    tekst = forms.CharField(label="Notitie", widget=forms.Textarea(attrs={"rows": 4}))
    soort = forms.ChoiceField(label="Soort", choices=[("", "Vanzelf"), *Kanaal.choices], required=False)
    terug_op = forms.DateField(label="Kom hierop terug", required=False, widget=Datum())

    def clean_terug_op(self) -> Any:
        datum = self.cleaned_data["terug_op"]
        if datum and datum < klok.vandaag():
            raise forms.ValidationError("Kies vandaag of een latere dag om hierop terug te komen.")
        return datum


class ToezeggingForm(Formulier):
    partij = forms.ChoiceField(label="Wie doet dit?", choices=Partij.choices, widget=Keuzes())
    wat = forms.CharField(label="Wat spreken jullie af?", max_length=300)
    voor = forms.DateField(label="Voor wanneer?", required=False, widget=Datum())


class TredeForm(Formulier):
    waarde = forms.TypedChoiceField(label="Trede", choices=Tredewaarde.choices, coerce=int, widget=Keuzes())
    vanaf = forms.DateField(label="Vanaf", widget=Datum())
    reden = forms.CharField(label="Waarom?", max_length=300, help_text="Schrijf feiten op. De deelnemer kan dit lezen.")


class BelemmeringForm(VersieFormulier):
    soort = forms.ChoiceField(label="Wat staat er in de weg?")
    ernst = forms.ChoiceField(label="Hoe zwaar weegt het?", choices=Ernst.choices, initial=Ernst.MIDDEN)
    status = forms.ChoiceField(label="Stand", choices=Belemmeringstatus.choices, initial=Belemmeringstatus.OPEN)
    actie = forms.CharField(label="Volgende stap", max_length=200, required=False)
    actie_voor = forms.DateField(label="Voor wanneer?", required=False, widget=Datum())
    blokkerend = forms.BooleanField(label="Dit houdt een onderdeel tegen", required=False)

    def __init__(self, *args: Any, soorten: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [*LEEG, *soorten]  # type: ignore[attr-defined]


class DoorbreekForm(Formulier):
    reden = forms.CharField(
        label="Waarom heb je dit dossier nodig?",
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=300,
        help_text="Je teammanager leest deze reden. De deelnemer kan hem ook opvragen.",
        error_messages={"min_length": "Schrijf in minstens tien tekens waarom je dit dossier nodig hebt."},
    )


def _bedrag(label: str, hulp: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hulp,
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        localize=True,
        widget=Bedrag,
        error_messages={"invalid": "Vul een bedrag in, bijvoorbeeld 1.234,56."},
    )


class AntwoordForm(Formulier):
    """The answer of income to a notice."""

    besluit = forms.ChoiceField(
        label="Wat gebeurt er met de uitkering?",
        choices=[("beeindigd", "De uitkering is beëindigd"), ("loopt_door", "De uitkering loopt door")],
        widget=Keuzes(
            hulp={
                "beeindigd": "Vul de laatste dag en de reden in. Daarna telt de uitkomst mee.",
                "loopt_door": "Bijvoorbeeld bij deeltijdwerk met een aanvulling.",
            }
        ),
    )
    laatste_dag = forms.DateField(label="Laatste dag met uitkering", required=False, widget=Datum())
    reden_einde = forms.ChoiceField(label="Reden van einde (BUS-code)", required=False)
    normbedrag = _bedrag("Norm per maand", "Alleen als je haar wilt doorgeven.")
    inkomsten = _bedrag("Inkomsten naast de uitkering per maand", "Bijvoorbeeld bij deeltijdwerk.")
    toelichting = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, redenen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden_einde"].choices = [*LEEG, *redenen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if schoon.get("besluit") == "beeindigd":
            if not schoon.get("laatste_dag") and "laatste_dag" not in self.errors:
                self.add_error("laatste_dag", "Vul de laatste dag met uitkering in, bijvoorbeeld 31-10-2026.")
            if not schoon.get("reden_einde"):
                self.add_error("reden_einde", "Kies de reden waarom de uitkering eindigt.")
        return schoon


class AntwoordbestandForm(Formulier):
    bestand = forms.FileField(
        label="Bestand met antwoorden (CSV)",
        help_text="Kolommen: melding;besluit;laatste_dag;reden_einde;toelichting, en als je wilt norm;inkomsten. "
        "Datum als jjjj-mm-dd.",
    )


class KoppelForm(Formulier):
    """Which notice an answer is about."""

    melding = forms.ChoiceField(
        label="Bij welke melding hoort dit antwoord?", widget=Keuzes, error_messages={"required": "Kies een melding."}
    )

    def __init__(self, keuzes: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["melding"].choices = keuzes  # type: ignore[attr-defined]


class ZoekmeldingForm(Formulier):
    """Look for the notice by its number or by the dossier."""

    zoek = forms.CharField(label="Nummer van de melding of van het dossier", max_length=20, required=False)


class AfwijsForm(Formulier):
    """Nothing is done with an answer."""

    reden = forms.CharField(
        label="Waarom doen we niets met dit antwoord?",
        max_length=500,
        help_text="De afzender leest dit.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Leg uit waarom. De afzender leest dit."},
    )


class RegieForm(Formulier):
    medewerker = forms.ModelChoiceField(
        label="Regievoerder", queryset=Medewerker.alle_gemeenten.none(), empty_label="Kies"
    )
    vanaf = forms.DateField(label="Vanaf", widget=Datum())
    reden = forms.CharField(label="Waarom?", max_length=200, required=False)

    def __init__(self, *args: Any, medewerkers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"].queryset = medewerkers  # type: ignore[attr-defined]


class OpleidingForm(Formulier):
    model = Opleiding
    niveau = forms.TypedChoiceField(label="Niveau", choices=[*LEEG, *Opleidingsniveau.choices], coerce=int)
    naam = forms.CharField(label="Opleiding", max_length=120, required=False)
    status = forms.ChoiceField(label="Diploma", choices=Opleidingsstatus.choices)
    jaar = forms.IntegerField(label="Jaar", required=False, min_value=1950, max_value=2100, widget=Hoeveelheid())


class WerkervaringForm(Formulier):
    model = Werkervaring
    functie = forms.CharField(label="Functie", max_length=120)
    werkgever_naam = forms.CharField(label="Werkgever", max_length=120, required=False)
    maanden = forms.IntegerField(label="Hoe lang?", min_value=0, max_value=600, widget=Hoeveelheid("maanden"))
    tot_jaar = forms.IntegerField(label="Tot en met jaar", required=False, widget=Hoeveelheid())


class TaalForm(Formulier):
    model = Taalbeheersing
    taal = forms.ChoiceField(label="Taal", initial="nld", choices=TALEN)
    mondeling = forms.TypedChoiceField(label="Spreken", choices=Taalniveau.choices, coerce=int)
    schriftelijk = forms.TypedChoiceField(label="Schrijven", choices=Taalniveau.choices, coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nu = self.initial.get("taal")
        if nu and nu not in dict(TALEN):  # came along with a referral
            self.fields["taal"].choices = [*TALEN, (nu, nu)]  # type: ignore[attr-defined]


class ZoekberoepForm(Formulier):
    model = Zoekberoep
    naam = forms.CharField(label="Beroep", max_length=120)
    sector = forms.CharField(label="Sector", max_length=30, required=False)
    volgorde = forms.IntegerField(label="Volgorde van wens", min_value=1, max_value=9, initial=1, widget=Hoeveelheid())


class BeschikbaarheidForm(Formulier):
    model = Beschikbaarheid
    uren_min = forms.IntegerField(label="Minstens", min_value=0, max_value=40, widget=Hoeveelheid("uur per week"))
    uren_max = forms.IntegerField(label="Hoogstens", min_value=0, max_value=40, widget=Hoeveelheid("uur per week"))
    beschikbaar_vanaf = forms.DateField(label="Beschikbaar vanaf", widget=Datum())
    avond = forms.BooleanField(label="Kan ’s avonds werken", required=False)
    weekend = forms.BooleanField(label="Kan in het weekend werken", required=False)
    reistijd_max = forms.IntegerField(
        label="Reistijd hoogstens", min_value=0, max_value=180, widget=Hoeveelheid("minuten")
    )
    vervoer = forms.ChoiceField(label="Vervoer", choices=Vervoer.choices)


class WerkvermogenForm(Formulier):
    model = Werkvermogen
    arbeidsvermogen = forms.ChoiceField(label="Arbeidsvermogen", choices=Arbeidsvermogen.choices)
    uren_max = forms.IntegerField(
        label="Hoogstens", required=False, min_value=0, max_value=40, widget=Hoeveelheid("uur per week")
    )
    lichamelijk = forms.ChoiceField(label="Lichamelijk", choices=Belastbaarheid.choices)
    mentaal = forms.ChoiceField(label="Mentaal", choices=Belastbaarheid.choices)
    tillen_tot = forms.IntegerField(
        label="Tillen tot", required=False, min_value=0, max_value=50, widget=Hoeveelheid("kilo")
    )
    aanpassing_nodig = forms.CharField(
        label="Wat is er op het werk nodig?", required=False, max_length=200,
        help_text="Schrijf geen ziekte of behandeling op, alleen wat er op het werk nodig is.",
    )  # fmt: skip


DIAGNOSEFORMULIEREN: dict[str, type[Formulier]] = {
    "opleiding": OpleidingForm,
    "werkervaring": WerkervaringForm,
    "taal": TaalForm,
    "zoekberoep": ZoekberoepForm,
    "beschikbaarheid": BeschikbaarheidForm,
    "werkvermogen": WerkvermogenForm,
}

#: Anchors of the soft scales: what a 1, a 3 and a 5 look like (R047).
ANKERS: dict[str, tuple[str, str, str, str]] = {
    "motivatie": ("Motivatie", "komt alleen als het moet", "doet mee als iemand het vraagt", "neemt zelf stappen"),
    "op_tijd": ("Op tijd komen", "vaker te laat dan op tijd", "meestal op tijd, belt niet altijd af", "op tijd of meldt zich af"),  # noqa: E501
    "samenwerken": ("Samenwerken", "werkt liefst alleen", "werkt samen met wie hij kent", "helpt anderen uit zichzelf"),
    "omgaan_met_gezag": ("Omgaan met leiding", "botst bij een opdracht", "volgt na uitleg", "vraagt zelf om aanwijzingen"),  # noqa: E501
    "communiceren": ("Communiceren", "zegt weinig, ook als iets misgaat", "antwoordt als je vraagt", "meldt zelf wat nodig is"),  # noqa: E501
}  # fmt: skip


class CompetentieForm(Formulier):
    """One round of the soft part: a score per competence, empty = not measured now."""

    model = Competentiemeting

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, (naam, een, drie, vijf) in ANKERS.items():
            self.fields[code] = forms.TypedChoiceField(
                label=naam,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[
                    ("", "Niet gemeten"),
                    (1, f"1 · {een}"),
                    (2, "2"),
                    (3, f"3 · {drie}"),
                    (4, "4"),
                    (5, f"5 · {vijf}"),
                ],
            )
