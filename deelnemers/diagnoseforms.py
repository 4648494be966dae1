"""Forms of the diagnosis: one per kind of item, and the round of the soft part (R046, R047).

Every item says where it comes from and since when. An occupation is asked in own words; after that the person
behind the screen chooses which one of the European list (ESCO) comes nearest, so that matching understands it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from deelnemers.keuzes import (
    TALEN,
    Arbeidsvermogen,
    Belastbaarheid,
    Bron,
    Opleidingsniveau,
    Opleidingsstatus,
    Route,
    Taalniveau,
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
from deelnemers.schalen import ANKERS
from kern import klok
from kern.aansluitingen.dossier import Voorstel
from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, Meerkeuze, VersieFormulier, Vrijetekst
from organisatie.models import Team
from regelgeving.opzoeken import keuzes
from regelgeving.querysets import zoek_beroepen

LEEG = [("", "Kies")]
#: Where an item may come from when somebody fills it in; what came with a referral says so itself.
BRONNEN = [keuze for keuze in Bron.choices if keuze[0] not in {Bron.AANMELDING, Bron.AANWEZIGHEID, Bron.GROEP}]
#: Choices of occupation under the question which one is meant.
BEROEPEN_HOOGSTENS = 6
EIGEN_WOORDEN = "eigen"
#: Days and parts of the day, as the API and matching name them: `ma-o` is Monday morning.
DAGEN = (
    *(("ma", "Maandag"), ("di", "Dinsdag"), ("wo", "Woensdag"), ("do", "Donderdag"), ("vr", "Vrijdag")),
    *(("za", "Zaterdag"), ("zo", "Zondag")),
)
DELEN = [("o", "ochtend"), ("m", "middag"), ("a", "avond")]


class DiagnoseForm(VersieFormulier):
    """What every item asks: where it comes from and since when it is so. `versie` is the row that was seen last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bron"] = forms.ChoiceField(label="Hoe weet je dit?", choices=BRONNEN, initial=Bron.GESPREK)
        self.fields["vastgesteld_op"] = forms.DateField(
            label="Sinds wanneer weten we dit?", widget=Datum(), initial=klok.vandaag
        )

    @classmethod
    def begin(cls, rij: Any) -> dict[str, Any]:
        """The values of an item that is corrected."""
        return {veld: getattr(rij, veld) for veld in cls.base_fields if veld != "versie"}  # type: ignore[attr-defined]

    def clean_vastgesteld_op(self) -> Any:
        dag = self.cleaned_data["vastgesteld_op"]
        if dag > klok.vandaag():
            raise forms.ValidationError("Deze dag ligt in de toekomst. Kies vandaag of eerder.")
        return dag

    def waarden(self) -> dict[str, Any]:
        """What goes to the service: the columns of the item, source and date."""
        return {veld: waarde for veld, waarde in self.cleaned_data.items() if veld != "versie"}


class BeroepForm(DiagnoseForm):
    """An item with an occupation: own words first, then the one of the list that comes nearest."""

    woorden = "naam"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tekst = str(self.data.get(self.woorden, "")).strip()
        gelijk = tekst == self.initial.get(self.woorden) and self.initial.get("beroep_code")
        self._vast = self.initial.get("beroep_code", "") if gelijk else ""
        gevonden = zoek_beroepen(tekst, BEROEPEN_HOOGSTENS) if tekst and not gelijk else []
        if gevonden and gevonden[0].label.casefold() == tekst.casefold():
            self._vast, gevonden = gevonden[0].code, []
        if not gevonden:
            return
        self.fields["beroep_code"] = forms.ChoiceField(
            label="Welk beroep bedoel je?",
            required=False,
            widget=Keuzes(),
            choices=[(b.code, b.label) for b in gevonden]
            + [(EIGEN_WOORDEN, "Geen van deze: bewaar alleen mijn woorden")],
            help_text="Met een beroep uit de lijst vindt het systeem vacatures die erop lijken.",
        )
        volgorde = [self.woorden, "beroep_code"]
        self.order_fields([*volgorde, *(naam for naam in self.fields if naam not in volgorde)])

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if "beroep_code" in self.fields and not schoon.get("beroep_code") and "beroep_code" not in self.errors:
            self.add_error("beroep_code", "Kies welk beroep het meest hierop lijkt. Past er geen? Kies dan de laatste.")
        return schoon

    def waarden(self) -> dict[str, Any]:
        uit = super().waarden()
        gekozen = uit.get("beroep_code") or self._vast
        return uit | {"beroep_code": "" if gekozen == EIGEN_WOORDEN else gekozen}


class OpleidingForm(DiagnoseForm):
    model = Opleiding
    niveau = forms.TypedChoiceField(label="Niveau", choices=[*LEEG, *Opleidingsniveau.choices], coerce=int)
    naam = forms.CharField(label="Opleiding", max_length=120, required=False)
    status = forms.ChoiceField(label="Diploma", choices=Opleidingsstatus.choices)
    jaar = forms.IntegerField(label="Jaar", required=False, min_value=1950, max_value=2100, widget=Hoeveelheid())


def _sectoren(nu: str | None) -> list[tuple[str, str]]:
    """Sectors of today, and one that came along under another code."""
    lijst = keuzes("sectoren", klok.vandaag())
    vreemd = [(nu, nu)] if nu and nu not in dict(lijst) else []
    return [*LEEG, *lijst, *vreemd]


class WerkervaringForm(BeroepForm):
    model = Werkervaring
    woorden = "functie"
    functie = forms.CharField(label="Functie", max_length=120, help_text="In de woorden van de deelnemer.")
    werkgever_naam = forms.CharField(label="Werkgever", max_length=120, required=False)
    sector = forms.ChoiceField(label="Sector", required=False)
    maanden = forms.IntegerField(label="Hoe lang?", min_value=0, max_value=600, widget=Hoeveelheid("maanden"))
    tot_jaar = forms.IntegerField(
        label="Tot en met jaar", required=False, min_value=1950, max_value=2100, widget=Hoeveelheid()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = _sectoren(self.initial.get("sector"))  # type: ignore[attr-defined]

    @classmethod
    def begin(cls, rij: Any) -> dict[str, Any]:
        return super().begin(rij) | {"beroep_code": rij.beroep_code}


class TaalForm(DiagnoseForm):
    model = Taalbeheersing
    taal = forms.ChoiceField(label="Taal", initial="nld", choices=TALEN)
    mondeling = forms.TypedChoiceField(label="Spreken", choices=Taalniveau.choices, coerce=int)
    schriftelijk = forms.TypedChoiceField(label="Schrijven", choices=Taalniveau.choices, coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nu = self.initial.get("taal")
        if nu and nu not in dict(TALEN):  # came along with a referral
            self.fields["taal"].choices = [*TALEN, (nu, nu)]  # type: ignore[attr-defined]


class ZoekberoepForm(BeroepForm):
    model = Zoekberoep
    naam = forms.CharField(label="Beroep", max_length=120, help_text="In de woorden van de deelnemer.")
    sector = forms.ChoiceField(label="Sector", required=False)
    volgorde = forms.IntegerField(label="Volgorde van wens", min_value=1, max_value=9, initial=1, widget=Hoeveelheid())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = _sectoren(self.initial.get("sector"))  # type: ignore[attr-defined]

    @classmethod
    def begin(cls, rij: Any) -> dict[str, Any]:
        return super().begin(rij) | {"beroep_code": rij.beroep_code}


class BeschikbaarheidForm(DiagnoseForm):
    """Hours per week, parts of each day, travel and licences. No part of any day chosen means: it does not matter."""

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
    rijbewijzen = forms.MultipleChoiceField(label="Rijbewijzen", required=False, widget=Meerkeuze())
    vog_mogelijk = forms.BooleanField(
        label="Kan een verklaring omtrent gedrag (VOG) krijgen", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [(code, code) for code, _ in keuzes("vum_rijbewijs", klok.vandaag())]
        self.fields["rijbewijzen"].choices = codes  # type: ignore[attr-defined]
        nu = self.initial.get("dagdelen") or []
        for dag, naam in DAGEN:
            self.fields[dag] = forms.MultipleChoiceField(
                label=naam, required=False, choices=DELEN, widget=Meerkeuze(),
                initial=[deel for deel, _ in DELEN if f"{dag}-{deel}" in nu],
            )  # fmt: skip
        self.fields["ma"].help_text = "Kies per dag wanneer werken kan. Maakt het niet uit? Laat dan alle dagen leeg."
        vooraan = ["uren_min", "uren_max", "beschikbaar_vanaf", *(dag for dag, _ in DAGEN)]
        self.order_fields([*vooraan, *(naam for naam in self.fields if naam not in vooraan)])

    @classmethod
    def begin(cls, rij: Any) -> dict[str, Any]:
        return super().begin(rij) | {"dagdelen": rij.dagdelen}

    def waarden(self) -> dict[str, Any]:
        """The parts of the days as one list; evenings and weekends that were chosen there count as such."""
        uit = super().waarden()
        dagdelen = [f"{dag}-{deel}" for dag, _ in DAGEN for deel in uit.pop(dag)]
        avond = uit["avond"] or any(d.endswith("-a") for d in dagdelen)
        weekend = uit["weekend"] or any(d[:2] in {"za", "zo"} for d in dagdelen)
        return uit | {"dagdelen": dagdelen, "avond": avond, "weekend": weekend}


class WerkvermogenForm(DiagnoseForm):
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
    doelgroepregister = forms.ChoiceField(
        label="Staat in het doelgroepregister", required=False,
        help_text="Het register van de banenafspraak. UWV beslist wie erin staat.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lijst = keuzes("ggm_indicatie_doelgroepenregister", klok.vandaag())
        nu = self.initial.get("doelgroepregister")
        vreemd = [(nu, nu)] if nu and nu not in dict(lijst) else []
        self.fields["doelgroepregister"].choices = [("", "Nog niet bekend"), *lijst, *vreemd]  # type: ignore[attr-defined]


DIAGNOSEFORMULIEREN: dict[str, type[DiagnoseForm]] = {
    "opleiding": OpleidingForm,
    "werkervaring": WerkervaringForm,
    "taal": TaalForm,
    "zoekberoep": ZoekberoepForm,
    "beschikbaarheid": BeschikbaarheidForm,
    "werkvermogen": WerkvermogenForm,
}


class CompetentieForm(DiagnoseForm):
    """One round of the soft part: a score per competence, empty = not measured now."""

    model = Competentiemeting
    toelichting = forms.CharField(
        label="Waaraan zag je dit?", required=False, max_length=300, widget=Vrijetekst(2),
        help_text="Schrijf op wat je zag of hoorde. De deelnemer kan dit lezen.",
    )  # fmt: skip

    def __init__(self, *args: Any, voorstellen: Mapping[str, Voorstel] | None = None, **kwargs: Any) -> None:
        """`voorstellen`: what the work with this person shows, per scale; filled in, to confirm or to change."""
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
            if voorstel := (voorstellen or {}).get(code):
                self.fields[code].initial, self.fields[code].help_text = voorstel.score, voorstel.waarom
        self.order_fields([*ANKERS, "toelichting", "bron", "vastgesteld_op"])

    def gemeten(self) -> dict[str, int]:
        """The competences that were measured now."""
        return {code: self.cleaned_data[code] for code in ANKERS if self.cleaned_data.get(code)}


class RouteForm(VersieFormulier):
    """Intern or extern. The choice of the advice needs nothing more than the click."""

    gekozen = forms.ChoiceField(label="Wat kies je?", choices=Route.choices, widget=forms.HiddenInput())
    afwijkreden = forms.CharField(
        label="Waarom kies je anders?", max_length=300, widget=Vrijetekst(2),
        error_messages={"required": "Schrijf op waarom je anders kiest dan het advies."},
        help_text="Het advies is een advies. Jouw reden helpt om de regel te verbeteren.",
    )  # fmt: skip
    herbeoordelen_op = forms.DateField(
        label="Wanneer kijk je opnieuw of extern kan?", required=False, widget=Datum(),
        help_text="Alleen bij intern. Die dag staat het op Vandaag.",
    )  # fmt: skip

    def __init__(self, *args: Any, advies: Route | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["afwijkreden"].required = not self.is_bound or self.data.get("gekozen") != advies

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        dag = schoon.get("herbeoordelen_op")
        if schoon.get("gekozen") == Route.INTERN and dag and dag <= klok.vandaag():
            self.add_error("herbeoordelen_op", "Kies een latere dag om opnieuw te kijken.")
        return schoon


class InhaalForm(Formulier):
    """A catch-up campaign: a name, a day and perhaps one team."""

    naam = forms.CharField(label="Naam", max_length=100, help_text="Bijvoorbeeld: Diagnoses op orde voor de zomer.")
    klaar_voor = forms.DateField(label="Voor welke dag moet het klaar zijn?", widget=Datum())
    team = forms.ModelChoiceField(
        label="Voor welk team?", queryset=Team.alle_gemeenten.none(), required=False, empty_label="Heel W&R"
    )

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean_klaar_voor(self) -> Any:
        dag = self.cleaned_data["klaar_voor"]
        if dag <= klok.vandaag():
            raise forms.ValidationError("Kies een dag na vandaag.")
        return dag
