"""Forms about money."""

from __future__ import annotations

import datetime as dt

from django import forms

from kern import klok
from kern.formulier import Datum, Formulier, Hoeveelheid, VersieFormulier
from kern.weergave import maand as maandnaam
from loonkostensubsidie.keuzes import Begeleidregime
from loonkostensubsidie.models.plaatsplan import MAX_PLAATSEN
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden

_TE_VEEL = f"Vul hoogstens {MAX_PLAATSEN} plaatsen in."


def _procent(label: str, hulp: str, laagste: int, hoogste: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hulp,
        required=False,
        min_value=laagste,
        max_value=hoogste,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=Hoeveelheid("%"),
        error_messages={"min_value": f"Vul minstens {laagste} in.", "max_value": f"Vul hoogstens {hoogste} in."},
    )


class JaarForm(forms.Form):
    """Which year."""

    jaar = forms.TypedChoiceField(label="Jaar", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        nu = klok.vandaag().year
        self.fields["jaar"].choices = [(jaar, str(jaar)) for jaar in range(nu + 1, nu - 7, -1)]  # type: ignore[attr-defined]
        self.fields["jaar"].initial = nu


_WET = ("", "Zoals in de wet")
#: What the law has known: the hours of a full week, and what the wage value is a part of (Participatiewet art. 10d).
DELERS = (_WET, ("36", "36 uur (sinds 2024)"), ("sector", "de week van de sector (tot 2024)"))
BASES = (_WET, ("minimumloon", "het minimumloon (sinds 2017)"), ("functieloon", "het functieloon (2015 en 2016)"))


class ProefForm(Formulier):
    """Which rules are compared over the running file."""

    nu = forms.DateField(label="Lopende subsidies van", widget=Datum)
    straks = forms.DateField(label="Met de regels van", widget=Datum)
    minimumloon_erbij = _procent("Minimumloon erbij", "Leeg: het bekende of anders het laatste bedrag.", -20, 50)
    werkgeverslasten = _procent("Werkgeverslasten", "Leeg: zoals in de wet.", 0, 100)
    maximum = _procent("Hoogste deel van het minimumloon", "Leeg: zoals in de wet.", 1, 100)
    forfait = _procent("Vast deel in het eerste halfjaar", "Leeg: zoals in de wet.", 0, 100)
    deler_uren = forms.ChoiceField(label="Volle week", choices=DELERS, required=False)
    loonwaarde_basis = forms.ChoiceField(label="Loonwaarde telt van", choices=BASES, required=False)


class PlanWijzigForm(VersieFormulier):
    """Another number of planned places."""

    aantal = forms.IntegerField(
        label="Aantal plaatsen",
        min_value=0,
        max_value=MAX_PLAATSEN,
        widget=Hoeveelheid("plaatsen"),
        error_messages={"min_value": "Vul 0 of meer in.", "max_value": _TE_VEEL},
        help_text="Hoeveel mensen in deze maand beginnen. Vul 0 in als het niet doorgaat.",
    )
    toelichting = forms.CharField(label="Toelichting", max_length=300, required=False)


class PlanForm(Formulier):
    """Planned places of a month that has yet to begin."""

    maand = forms.TypedChoiceField(label="Maand", coerce=dt.date.fromisoformat)
    regime = forms.ChoiceField(
        label="Begeleiding",
        choices=Begeleidregime,
        help_text="Hoeveel uren dat per week is, volgt uit de instellingen.",
    )
    aantal = forms.IntegerField(
        label="Aantal plaatsen",
        min_value=1,
        max_value=MAX_PLAATSEN,
        widget=Hoeveelheid("plaatsen"),
        error_messages={"min_value": "Vul minstens 1 plaats in.", "max_value": _TE_VEEL},
        help_text="Hoeveel mensen in deze maand beginnen.",
    )
    toelichting = forms.CharField(
        label="Toelichting", max_length=300, required=False, help_text="Bijvoorbeeld welk project of welke afspraak."
    )

    def __init__(self, *args: object, maanden: list[dt.date], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["maand"].choices = [(dag.isoformat(), maandnaam(dag)) for dag in maanden]  # type: ignore[attr-defined]


class NarekenForm(Formulier):
    """Which months are computed again, and of which day the facts are taken."""

    van = forms.TypedChoiceField(label="Van", required=False, coerce=dt.date.fromisoformat, empty_value=None)
    tot = forms.TypedChoiceField(label="Tot en met", required=False, coerce=dt.date.fromisoformat, empty_value=None)
    bekend_op = forms.DateField(label="Zoals bekend op", required=False, widget=Datum)

    def __init__(self, *args: object, eerste: dt.date, laatste: dt.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        keuzes, maand = [], laatste
        while maand >= eerste:
            keuzes.append((maand.isoformat(), maandnaam(maand)))
            maand = plus_maanden(maand, -1)
        for naam, leeg in (("van", "Twee jaar terug"), ("tot", "Nu")):
            self.fields[naam].choices = [("", leeg), *keuzes]  # type: ignore[attr-defined]
