"""Forms: the renderer and widgets that make ``{{ form }}`` look right in every room.

``FORM_RENDERER = "kern.formulier.Formulierrenderer"`` draws a form as an error summary that
takes focus, followed by fields with label, help, error and control in that order. Forms stay
plain Django forms; only the look is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kern.weigering import IntussenGewijzigd


class Formulierrenderer(TemplatesSetting):
    form_template_name = "kern/formulier/formulier.html"
    field_template_name = "kern/formulier/veld.html"


class Formulier(forms.Form):
    """A form with our own messages instead of those of the browser."""

    use_required_attribute = False


class VersieFormulier(Formulier):
    """A form on something that exists, with the counter against lost changes."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def toon_wat_anders_is(self, fout: IntussenGewijzigd) -> None:
        """Say at every field what a colleague made of it, and let the next save go on from there."""
        self.data = self.data.copy()
        self.data["versie"] = str(fout.versie)
        self.add_error(None, fout.messages[0])
        ingevuld = dict(self.cleaned_data)
        for veld, waarde in fout.anders.items():
            if veld in self.fields and ingevuld.get(veld) != waarde:
                self.add_error(veld, f"Hier staat nu ‘{self._leesbaar(veld, waarde)}’. Jouw keuze staat in het vak.")

    def _leesbaar(self, veld: str, waarde: Any) -> str:
        if isinstance(waarde, bool):
            return "ja" if waarde else "nee"
        keuzes = dict(getattr(self.fields[veld], "choices", ()))
        return str(keuzes.get(waarde) or formats.localize_input(waarde) or "leeg")


class Datum(forms.DateInput):
    """One text field: quicker than three, and it takes 1-12-2026 as well as 01-12-2026."""

    maat = "datum"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": "dd-mm-jjjj",
                **(attrs or {}),
            },
            format="%d-%m-%Y",
        )


class Bedrag(forms.TextInput):
    """An amount in euro, with the sign in front of the box."""

    voor = "€"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class Hoeveelheid(forms.TextInput):
    """A short number with its unit behind the box: ``Hoeveelheid("uur")``."""

    maat = "kort"

    def __init__(self, na: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        self.na = na
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


#: What stands at every box for free words about a person (R228).
WAARSCHUWING = "Schrijf alleen feiten die nodig zijn. Geen burgerservicenummer en geen medische gegevens."


def let_op_vrije_tekst(id_: str = "") -> SafeString:
    """The warning as it stands under a box; ``id_`` is what the box is described by."""
    return format_html('<p class="veld__hulp"{}>{}</p>', flatatt({"id": id_} if id_ else {}), WAARSCHUWING)


class Vrijetekst(forms.Textarea):
    """A box of some lines for free words about a person, with the one warning: ``Vrijetekst(3)``."""

    over_persoon = True

    def __init__(self, regels: int = 3, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": regels, **(attrs or {})})


class Vrijeregel(forms.TextInput):
    """The same in one line."""

    over_persoon = True


class Keuzes(forms.RadioSelect):
    """Radio cards with a line of help under each option: ``Keuzes(hulp={"lks": "Er is ..."})``."""

    def __init__(self, hulp: Mapping[str, str] | None = None, attrs: Mapping[str, Any] | None = None) -> None:
        self.hulp = dict(hulp or {})
        super().__init__(attrs=dict(attrs or {}))


class Meerkeuze(forms.CheckboxSelectMultiple):
    """Checkboxes beside each other, for a few short options such as weekdays."""

    naast = True


def foutzinnen(veld: BoundField, *, met_naam: bool = False) -> list[str]:
    """The faults of a field in words that say what to do. A sentence that the form itself gives
    stays as it is; Django's general ones ("Dit veld is verplicht.") become an instruction, with
    the name of the field in the summary (``met_naam``) and without it at the field."""
    return [_zin(veld, fout, met_naam) for fout in veld.errors.as_data()]


def _algemeen(veld: BoundField, fout: ValidationError) -> bool:
    """Whether this is the default sentence of the field class, not one of the form."""
    berichten: dict[str, str] = {}
    for klasse in reversed(type(veld.field).__mro__):
        for code, bericht in getattr(klasse, "default_error_messages", {}).items():
            berichten[code] = str(bericht)
    return fout.code is not None and berichten.get(fout.code) == str(fout.message)


def _zin(veld: BoundField, fout: ValidationError, met_naam: bool) -> str:
    zin = str(fout.messages[0])
    naam = f"{str(veld.label)[:1].upper()}{str(veld.label)[1:]}"
    if not _algemeen(veld, fout):
        # A form with two dates says the same at both: in the summary the name tells which one.
        datum = met_naam and isinstance(veld.field, forms.DateField) and naam.lower() not in zin.lower()
        return f"{naam}: {zin[:1].lower()}{zin[1:]}" if datum else zin
    if fout.code == "required":
        if met_naam and naam.endswith("?"):
            return f"Geef antwoord: {naam}"
        if isinstance(veld.field, (forms.ChoiceField, forms.ModelChoiceField)):
            return f"Kies: {naam}" if met_naam else "Kies een van de mogelijkheden"
        return f"Vul in: {naam}" if met_naam else "Vul dit in"
    if fout.code == "invalid" and isinstance(veld.field, forms.DateField):
        zin = "Schrijf de datum als 1-12-2026"
    elif fout.code == "invalid" and isinstance(veld.field, (forms.IntegerField, forms.FloatField)):
        zin = "Vul een getal in, bijvoorbeeld 24 of 24,5"
    return f"{naam}: {zin[:1].lower()}{zin[1:]}" if met_naam else zin
