"""Forms about contracts under older schemes. Rules live in services and constraints; forms ask and explain."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from kern.formulier import Bedrag, Datum, Formulier, Hoeveelheid, Vrijetekst
from kern.weergave import MAANDEN
from loonkostensubsidie.contractbestand import MAX_BYTES
from loonkostensubsidie.keuzes import Regeluitkomst, Rekenwijze, Schaduwstand
from loonkostensubsidie.models import Regeling, Regelingsoort
from loonkostensubsidie.rekenen.voorwaarden import LOONGRENZEN
from loonkostensubsidie.toestanden import CONTRACT


class Inleesform(Formulier):
    """A file with contracts."""

    bestand = forms.FileField(
        label="Bestand met contracten",
        help_text="Een CSV-bestand met puntkomma’s, zoals de documentatie beschrijft. We proberen het eerst: er "
        "verandert dan nog niets.",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg. Kies een ander bestand."},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MAX_BYTES:
            raise forms.ValidationError(f"Een bestand is hoogstens {MAX_BYTES // 1_000_000} MB.")
        return bestand


class Vergelijkfilter(Formulier):
    """What to show of the comparison."""

    maand = forms.TypedChoiceField(label="Maand", required=False, choices=(), empty_value=None)
    stand = forms.ChoiceField(label="Uitkomst", required=False, choices=[("", "alle"), *Schaduwstand.choices])
    regeling = forms.ChoiceField(label="Regeling", required=False, choices=())
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "alle"), *CONTRACT.keuzes])

    def __init__(self, *args: Any, maanden: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._maanden = {f"{m:%Y-%m}": m for m in maanden}
        veld: Any = self.fields["maand"]
        veld.choices = [("", "alle"), *((s, f"{MAANDEN[m.month - 1]} {m.year}") for s, m in self._maanden.items())]
        veld.coerce = self._maanden.get
        oud = Regeling.objects.exclude(soort=Regelingsoort.LKS).order_by("naam", "pk").values_list("code", "naam")
        self.fields["regeling"].choices = [("", "alle"), *oud]  # type: ignore[attr-defined]


class Regelfilter(Formulier):
    """Which lines of the report."""

    uitkomst = forms.ChoiceField(
        label="Uitkomst",
        required=False,
        choices=[
            ("", "alle"),
            *((u.value, u.label) for u in (Regeluitkomst.TE_KOPPELEN, Regeluitkomst.AFGEWEZEN)),
        ],
    )


class Redenform(Formulier):
    """Why."""

    reden = forms.CharField(
        label="Reden",
        max_length=400,
        widget=Vrijetekst(3),
        error_messages={"required": "Leg uit waarom."},
    )


class Besluitform(Formulier):
    """Why a proposal is approved, or rejected (then it must be there)."""

    reden = forms.CharField(
        label="Reden",
        required=False,
        max_length=400,
        widget=Vrijetekst(3),
        help_text="Verplicht als je afwijst.",
    )

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if self.data.get("actie") == "afwijzen" and not schoon.get("reden"):
            self.add_error("reden", "Leg uit waarom je het voorstel afwijst.")
        return schoon


class Overneemform(Formulier):
    """From which month our amount counts."""

    vanaf = forms.DateField(
        label="Vanaf de maand van",
        widget=Datum(),
        help_text="Vanaf de eerste dag van deze maand komt het bedrag uit dit systeem.",
        error_messages={"required": "Kies een dag in de eerste maand."},
    )


class Afsprakenform(Formulier):
    """Other terms from a day. A colleague approves."""

    vanaf = forms.DateField(label="Geldt vanaf", widget=Datum(), error_messages={"required": "Vul een datum in."})
    rekenwijze = forms.ChoiceField(label="Manier van rekenen", choices=Rekenwijze.choices)
    bedrag = forms.DecimalField(
        label="Bedrag", required=False, localize=True, widget=Bedrag(), help_text="Bij een vast bedrag of per uur."
    )
    percentage = forms.DecimalField(label="Percentage", required=False, localize=True, widget=Hoeveelheid())
    loonkosten = forms.DecimalField(
        label="Loonkosten per maand",
        required=False,
        localize=True,
        widget=Bedrag(),
        help_text="Bij deel van de loonkosten.",
    )
    loonwaarde = forms.DecimalField(
        label="Loonwaarde in procent",
        required=False,
        localize=True,
        widget=Hoeveelheid(),
        help_text="Bij deel van het verschil of van de loonwaarde.",
    )
    naar_uren = forms.BooleanField(label="Naar rato van de uren (bij een vast bedrag)", required=False)
    loongrens = forms.ChoiceField(
        label="Loon telt mee tot", required=False, choices=[("", "geen grens"), *((g, g) for g in LOONGRENZEN)]
    )
    maximum = forms.DecimalField(label="Hoogstens", required=False, localize=True, widget=Hoeveelheid())
    maximum_per = forms.ChoiceField(
        label="Hoogstens, per",
        required=False,
        choices=[
            ("maand", "euro per maand"),
            ("jaar", "euro per jaar"),
            ("minimumloon", "procent van het minimumloon"),
        ],
    )
    ziekte = forms.DecimalField(
        label="Bij ziekte telt … procent", required=False, localize=True, widget=Hoeveelheid(), help_text="Leeg is 100."
    )
    verlofweken = forms.DecimalField(
        label="Weken verlof en feestdagen per jaar",
        required=False,
        localize=True,
        widget=Hoeveelheid(),
        help_text="Bij een bedrag per uur: deze weken betaalt de inlener niet.",
    )
    bron = forms.CharField(
        label="Waar komt dit vandaan",
        max_length=200,
        help_text="Bijvoorbeeld het nummer van de overeenkomst.",
        error_messages={"required": "Noem waar deze afspraak vandaan komt."},
    )

    _GETALLEN = ("bedrag", "percentage", "loonkosten", "loonwaarde", "maximum", "ziekte", "verlofweken")

    def __init__(self, *args: Any, rekenwijze: str = "", termen: dict[str, Any] | None = None, **kwargs: Any) -> None:
        nu = termen or {}
        getallen = {naam: Decimal(nu[naam]) for naam in self._GETALLEN if naam in nu}
        kwargs["initial"] = {**nu, **getallen, "rekenwijze": rekenwijze}
        super().__init__(*args, **kwargs)
        #: What this form does not ask stays as it was agreed.
        self.blijft = {naam: nu[naam] for naam in ("afbouw", "plafond") if naam in nu}

    def termen(self) -> dict[str, Any]:
        """The terms as they are stored; what is empty is not agreed."""
        schoon = self.cleaned_data
        uit: dict[str, Any] = self.blijft | {
            n: format(schoon[n], "f") for n in self._GETALLEN if schoon.get(n) is not None
        }
        if schoon["naar_uren"]:
            uit["naar_uren"] = True
        if schoon["loongrens"]:
            uit["loongrens"] = schoon["loongrens"]
        if "maximum" in uit:
            uit["maximum_per"] = schoon["maximum_per"] or "maand"
        return uit


class Factuurform(Formulier):
    """Up to which month we bill."""

    maand = forms.DateField(
        label="Tot en met de maand van",
        widget=Datum(),
        help_text="Wat al op een factuur staat, komt er niet nog een keer op.",
        error_messages={"required": "Kies een dag in de maand."},
    )
