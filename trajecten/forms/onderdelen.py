"""Forms of parts."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.models import Belemmering
from deelnemers.toegang import mag_bijzonder
from kern.formulier import Hoeveelheid, Vrijeregel, Vrijetekst
from kern.weergave import datum, hoofdletter
from organisatie.querysets import collegas
from trajecten import querysets as vragen
from trajecten.forms.basis import (
    Formulier,
    VersieFormulier,
    collega,
    datumveld,
    instrumentveld,
    vul_instrumenten,
)
from trajecten.labels import onderdeelnaam
from trajecten.models import Traject, Trajectonderdeel
from trajecten.wachten import belemmeringnaam


class Belemmeringkeuze(forms.ModelMultipleChoiceField):
    """Open barriers of one person, each with the day it should be done."""

    def __init__(self) -> None:
        super().__init__(
            Belemmering.alle_gemeenten.none(),
            label="Wacht op iets dat in de weg staat",
            required=False,
            widget=forms.CheckboxSelectMultiple(),
            help_text="Alleen als dit onderdeel echt niet kan beginnen zolang dit er is. Is het opgelost, "
            "dan zie je op Vandaag dat het onderdeel kan beginnen.",
        )

    def label_from_instance(self, obj: Belemmering) -> str:
        voor = f", voor {datum(obj.actie_voor)}" if obj.actie_voor else ""
        return f"{hoofdletter(belemmeringnaam(obj.soort))}{voor}"


class OnderdeelForm(Formulier):
    """Add a part; warnings ask for a tick, they never block for good."""

    instrument = instrumentveld("Wat ga je inzetten?")
    begindatum = datumveld("Begint op", hulp="Vandaag of eerder: dan loopt het onderdeel meteen.")
    einddatum = datumveld("Klaar op", verplicht=False, hulp="Leeg: de gewone duur van dit aanbod.")
    dagdelen = forms.IntegerField(
        label="Dagdelen per week",
        required=False,
        min_value=0,
        max_value=10,
        widget=Hoeveelheid("dagdelen"),
        help_text="Leeg: zoals in het aanbod.",
    )
    uren_per_week = forms.DecimalField(
        label="Uren werk per week",
        required=False,
        min_value=0,
        max_value=40,
        decimal_places=1,
        widget=Hoeveelheid("uur"),
        help_text="Alleen bij werk of een werkplek.",
    )
    omschrijving = forms.CharField(label="Eigen naam voor dit onderdeel", required=False, max_length=150)
    uitvoerder = collega("Wie voert het uit?", verplicht=False, hulp="Deze collega kan dan het dossier openen.")
    na = forms.ModelMultipleChoiceField(
        Trajectonderdeel.alle_gemeenten.none(),
        label="Begint pas na",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text="Alleen als het echt niet tegelijk kan. Onderdelen mogen naast elkaar lopen.",
    )
    reden_na = forms.CharField(label="Waarom kan het niet tegelijk?", required=False, max_length=200)
    wacht_op_belemmeringen = Belemmeringkeuze()
    zonder_diagnose_reden = forms.CharField(
        label="Waarom start je zonder actuele diagnose?",
        required=False,
        max_length=300,
        help_text="De diagnose is niet actueel. Alleen voor diagnose en instroom is dat niet nodig.",
    )
    op_wachtlijst = forms.BooleanField(label="Zet op de wachtlijst als het vol is", required=False)
    botsing_gezien = forms.BooleanField(label="Het past toch: ik heb dit met de deelnemer besproken", required=False)

    def __init__(self, *args: Any, traject: Traject, rechten: Any, diagnose_actueel: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vul_instrumenten(self.fields["instrument"], rechten)
        self.fields["uitvoerder"].queryset = collegas()
        self.fields["na"].queryset = (
            Trajectonderdeel.objects.filter(traject=traject, status__in=vragen.OPEN)
            .select_related("instrument")
            .order_by("begindatum", "id")
        )
        self.fields["na"].label_from_instance = lambda deel: onderdeelnaam(deel, rechten)
        if not self.fields["na"].queryset:
            del self.fields["na"], self.fields["reden_na"]
        belemmeringen = vragen.te_kiezen_belemmeringen(traject.deelnemer_id, bijzonder=mag_bijzonder(rechten))
        self.fields["wacht_op_belemmeringen"].queryset = belemmeringen
        if not belemmeringen:
            del self.fields["wacht_op_belemmeringen"]
        if diagnose_actueel:
            del self.fields["zonder_diagnose_reden"]


class StopForm(VersieFormulier):
    """Stop a part, and if you like start another at once."""

    reden = forms.CharField(
        label="Waarom stopt het?",
        max_length=300,
        widget=Vrijetekst(2),
        help_text="Een stap terug is gewoon: schrijf op wat er wel werkt.",
    )
    instrument = instrumentveld("Begin meteen met iets anders", verplicht=False)
    botsing_gezien = forms.BooleanField(label="Het past toch in de week", required=False)
    zonder_diagnose_reden = forms.CharField(
        label="Waarom start je zonder actuele diagnose?", required=False, max_length=300, widget=Vrijeregel()
    )
    op_wachtlijst = forms.BooleanField(label="Zet op de wachtlijst als het vol is", required=False)

    def __init__(self, *args: Any, rechten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vul_instrumenten(self.fields["instrument"], rechten)


class WachtForm(VersieFormulier):
    """A part waits for somebody else."""

    wacht_op = forms.CharField(label="Wie is aan zet?", max_length=150, help_text="Bijvoorbeeld: het ROC.")


class BlokkadeForm(VersieFormulier):
    """What stands in the way of a part that still has to begin."""

    wacht_op_belemmeringen = Belemmeringkeuze()

    def __init__(self, *args: Any, deelnemer_id: int, bijzonder: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        belemmeringen = vragen.te_kiezen_belemmeringen(deelnemer_id, bijzonder=bijzonder)
        self.fields["wacht_op_belemmeringen"].queryset = belemmeringen


class TochForm(VersieFormulier):
    """Begin with a part that waits."""

    reden = forms.CharField(
        label="Waarom begint het toch?",
        max_length=300,
        widget=Vrijetekst(2),
        help_text="Bijvoorbeeld: oma past op tot er een plek is. De deelnemer kan dit lezen.",
    )


class VerschuifForm(VersieFormulier):
    """Move, prolong or resize a part."""

    begindatum = datumveld("Begint op")
    einddatum = datumveld("Klaar op", verplicht=False)
    dagdelen = forms.IntegerField(label="Dagdelen per week", min_value=0, max_value=10, widget=Hoeveelheid("dagdelen"))
    uren_per_week = forms.DecimalField(
        label="Uren werk per week",
        required=False,
        min_value=0,
        max_value=40,
        decimal_places=1,
        widget=Hoeveelheid("uur"),
    )
    botsing_gezien = forms.BooleanField(label="Het past toch in de week", required=False)
