"""Forms of this room; what is allowed is decided by the services."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from deelnemers.keuzes import Bewijssoort
from deelnemers.models import Bewijs, Deelnemer
from kern import klok
from kern.formulier import Bedrag, Datum, Hoeveelheid, Keuzes
from organisatie.models import Locatie, Medewerker, Team
from organisatie.querysets import in_dienst
from trajecten import querysets as vragen
from trajecten.keuzes import NAAR_WERK, WACHT_OP_INKOMEN, Afspraaksoort, Doel, Uitkomst, Verzuimvervolg
from trajecten.models import Instrument, Traject, Trajectonderdeel
from trajecten.services.einde import BEWIJS_BIJ

DATUMS = ["%d-%m-%Y", "%d-%m-%y", "%Y-%m-%d"]


def datumveld(label: str, *, verplicht: bool = True, hulp: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=verplicht, help_text=hulp, widget=Datum(), input_formats=DATUMS)


def collega(label: str, *, verplicht: bool = True, hulp: str = "") -> forms.ModelChoiceField:
    """A colleague in service today."""
    return forms.ModelChoiceField(Medewerker.alle_gemeenten.none(), label=label, required=verplicht, help_text=hulp)


def collegas(team: Team | None, ook: Medewerker | None = None) -> Any:
    """People to choose from: the team first would hide others, so everybody in service, by name."""
    return Medewerker.objects.filter(in_dienst(klok.vandaag())).order_by("achternaam", "voornaam", "id")


class Formulier(forms.Form):
    """Base: our own errors instead of those of the browser, and errors of a service at the right field."""

    use_required_attribute = False

    def neem_over(self, fout: Exception) -> None:
        """Show what a service refused, each sentence at its field when the form has it."""
        if isinstance(fout, ValidationError) and hasattr(fout, "error_dict"):
            for veld, fouten in fout.error_dict.items():
                for een in fouten:
                    self.add_error(veld if veld in self.fields else None, een)
        elif isinstance(fout, ValidationError):
            self.add_error(None, fout)
        else:
            self.add_error(None, str(fout))

    def alleen_als_nodig(self, *namen: str) -> None:
        """Leave out fields that only matter after a warning: no fault at it, nothing filled in."""
        for naam in namen:
            if not (self.is_bound and (self.errors.get(naam) or self.data.get(self.add_prefix(naam)))):
                self.fields.pop(naam, None)


class DoelForm(Formulier):
    """The goal of a trajectory, in the words of the person."""

    doel = forms.ChoiceField(
        label="Wat is het doel?",
        choices=[(d.value, d.label[:1].upper() + d.label[1:]) for d in Doel],
        widget=Keuzes(
            hulp={
                Doel.WERK_VOLTIJD: "Genoeg uren om geen uitkering meer nodig te hebben.",
                Doel.WERK_DEELTIJD: "Werken naast een deel van de uitkering.",
                Doel.SCHADEPREVENTIE: "Telt niet mee in de cijfers over uitstroom.",
            }
        ),
    )
    doeltekst = forms.CharField(
        label="Doel in eigen woorden", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Schrijf op wat de deelnemer zegt. Bijvoorbeeld: ik wil mijn eigen huur betalen.",
    )  # fmt: skip
    toekomstbeeld = forms.CharField(
        label="Hoe ziet het leven eruit als het doel is gehaald?", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    eerste_stap = forms.CharField(label="Eerste stap", required=False, max_length=300)
    verwacht_einde = datumveld("Verwacht einde", verplicht=False)
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())


class TrajectForm(DoelForm):
    """Start a trajectory."""

    begindatum = datumveld("Begindatum")
    project = forms.CharField(
        label="Project van de stad", required=False, max_length=40, help_text="Alleen als de stad om dit traject vroeg."
    )
    opdrachtgever = forms.CharField(label="Opdrachtgever", required=False, max_length=100)
    field_order = ["doel", "doeltekst", "eerste_stap", "toekomstbeeld", "begindatum", "verwacht_einde"]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        begin, einde = schoon.get("begindatum"), schoon.get("verwacht_einde")
        if begin and einde and einde < begin:
            self.add_error("verwacht_einde", "Kies een datum na de begindatum.")
        return schoon


class InstrumentVeld(forms.ModelChoiceField):
    """The catalogue in groups per kind; each option says what is free."""

    def label_from_instance(self, obj: Instrument) -> str:
        bezet = getattr(self, "bezet", {}).get(obj.pk, 0)
        if obj.capaciteit is None:
            return obj.naam
        vrij = max(obj.capaciteit - bezet, 0)
        return f"{obj.naam} ({vrij} van {obj.capaciteit} vrij)" if vrij else f"{obj.naam} (vol, wachtlijst)"


def instrumentveld(label: str, *, verplicht: bool = True, hulp: str = "") -> InstrumentVeld:
    return InstrumentVeld(
        Instrument.alle_gemeenten.none(), label=label, required=verplicht, help_text=hulp, empty_label="Kies uit het aanbod"
    )


def vul_instrumenten(veld: InstrumentVeld, rechten: Any) -> None:
    """Give the field what can start today, grouped by kind."""
    veld.bezet = vragen.bezette_plaatsen()  # type: ignore[attr-defined]
    rijen = vragen.te_kiezen_instrumenten(rechten).order_by("soort", "naam", "id")
    veld.queryset = rijen
    groepen = groupby(rijen, key=lambda i: i.get_soort_display().capitalize())
    veld.choices = [
        ("", "Kies uit het aanbod"),
        *[(kop, [(i.pk, veld.label_from_instance(i)) for i in delen]) for kop, delen in groepen],
    ]


class OnderdeelForm(Formulier):
    """Add a part; warnings ask for a tick, they never block for good."""

    instrument = instrumentveld("Wat ga je inzetten?")
    begindatum = datumveld("Begint op", hulp="Vandaag of eerder: dan loopt het onderdeel meteen.")
    einddatum = datumveld("Klaar op", verplicht=False, hulp="Leeg: de gewone duur van dit aanbod.")
    dagdelen = forms.IntegerField(
        label="Dagdelen per week", required=False, min_value=0, max_value=10, widget=Hoeveelheid("dagdelen"),
        help_text="Leeg: zoals in het aanbod.",
    )  # fmt: skip
    uren_per_week = forms.DecimalField(
        label="Uren werk per week", required=False, min_value=0, max_value=40, decimal_places=1, widget=Hoeveelheid("uur"),
        help_text="Alleen bij werk of een werkplek.",
    )  # fmt: skip
    omschrijving = forms.CharField(label="Eigen naam voor dit onderdeel", required=False, max_length=150)
    uitvoerder = collega("Wie voert het uit?", verplicht=False, hulp="Deze collega kan dan het dossier openen.")
    na = forms.ModelMultipleChoiceField(
        Trajectonderdeel.alle_gemeenten.none(), label="Begint pas na", required=False, widget=forms.CheckboxSelectMultiple(),
        help_text="Alleen als het echt niet tegelijk kan. Onderdelen mogen naast elkaar lopen.",
    )  # fmt: skip
    reden_na = forms.CharField(label="Waarom kan het niet tegelijk?", required=False, max_length=200)
    zonder_diagnose_reden = forms.CharField(
        label="Waarom start je zonder actuele diagnose?", required=False, max_length=300,
        help_text="De diagnose is niet actueel. Voor diagnose, instroom en hulp is dat niet nodig.",
    )  # fmt: skip
    op_wachtlijst = forms.BooleanField(label="Zet op de wachtlijst als het vol is", required=False)
    botsing_gezien = forms.BooleanField(label="Het past toch: ik heb dit met de deelnemer besproken", required=False)

    def __init__(self, *args: Any, traject: Traject, rechten: Any, diagnose_actueel: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vul_instrumenten(self.fields["instrument"], rechten)
        self.fields["uitvoerder"].queryset = collegas(traject.team)
        self.fields["na"].queryset = (
            Trajectonderdeel.objects.filter(traject=traject, status__in=vragen.OPEN)
            .select_related("instrument")
            .order_by("begindatum", "id")
        )
        if not self.fields["na"].queryset:
            del self.fields["na"], self.fields["reden_na"]
        if diagnose_actueel:
            del self.fields["zonder_diagnose_reden"]


class StopForm(Formulier):
    """Stop a part, and if you like start another at once."""

    reden = forms.CharField(
        label="Waarom stopt het?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Een stap terug is gewoon: schrijf op wat er wel werkt.",
    )  # fmt: skip
    instrument = instrumentveld("Begin meteen met iets anders", verplicht=False)
    botsing_gezien = forms.BooleanField(label="Het past toch in de week", required=False)
    zonder_diagnose_reden = forms.CharField(label="Waarom start je zonder actuele diagnose?", required=False, max_length=300)
    op_wachtlijst = forms.BooleanField(label="Zet op de wachtlijst als het vol is", required=False)
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, rechten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vul_instrumenten(self.fields["instrument"], rechten)


class WachtForm(Formulier):
    """A part waits for somebody else."""

    wacht_op = forms.CharField(label="Wie is aan zet?", max_length=150, help_text="Bijvoorbeeld: het ROC.")
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())


class VerschuifForm(Formulier):
    """Move, prolong or resize a part."""

    begindatum = datumveld("Begint op")
    einddatum = datumveld("Klaar op", verplicht=False)
    dagdelen = forms.IntegerField(label="Dagdelen per week", min_value=0, max_value=10, widget=Hoeveelheid("dagdelen"))
    uren_per_week = forms.DecimalField(
        label="Uren werk per week", required=False, min_value=0, max_value=40, decimal_places=1, widget=Hoeveelheid("uur")
    )
    botsing_gezien = forms.BooleanField(label="Het past toch in de week", required=False)
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())


class PlanForm(Formulier):
    """A new version of the plan."""

    tekst = forms.CharField(label="Wat hebben jullie afgesproken?", widget=forms.Textarea(attrs={"rows": 8}))
    doelen = forms.CharField(
        label="Doelen, één per regel", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evaluatie_op = datumveld("Samen bekijken op", hulp="Binnen een half jaar.")

    def doelenlijst(self) -> list[str]:
        return self.cleaned_data["doelen"].splitlines()


TIJD = forms.TimeInput(attrs={"inputmode": "numeric", "placeholder": "10.00", "autocomplete": "off"}, format="%H.%M")
TIJDEN = ["%H.%M", "%H:%M", "%H%M", "%H"]
DUREN = [(15, "15 minuten"), (30, "30 minuten"), (45, "45 minuten"), (60, "1 uur"), (90, "1,5 uur"), (120, "2 uur")]


class TijdForm(Formulier):
    """A moment: day, time and how long."""

    dag = datumveld("Dag")
    tijd = forms.TimeField(label="Tijd", widget=TIJD, input_formats=TIJDEN, error_messages={"invalid": "Schrijf de tijd als 10.00"})
    minuten = forms.TypedChoiceField(label="Hoe lang?", choices=DUREN, coerce=int, initial=45)
    dubbel_gezien = forms.BooleanField(label="Het kan toch: plan deze dubbel", required=False)
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def van_tot(self) -> tuple[dt.datetime, dt.datetime]:
        """The moment of begin and end, with the time zone of the Netherlands."""
        begin = timezone.make_aware(dt.datetime.combine(self.cleaned_data["dag"], self.cleaned_data["tijd"]))
        return begin, begin + dt.timedelta(minutes=self.cleaned_data["minuten"])


class AfspraakForm(TijdForm):
    """Plan an appointment."""

    soort = forms.ChoiceField(label="Soort afspraak", choices=[(s.value, s.label.capitalize()) for s in Afspraaksoort])
    onderwerp = forms.CharField(label="Waar gaat het over?", required=False, max_length=150)
    medewerker = collega("Met wie?")
    tweede_medewerker = collega("Wie is er nog bij?", verplicht=False)
    locatie = forms.ModelChoiceField(Locatie.alle_gemeenten.none(), label="Waar?", required=False, empty_label="Ergens anders")
    plek = forms.CharField(label="Andere plek", required=False, max_length=100, help_text="Bijvoorbeeld: bij de werkgever.")
    field_order = ["soort", "dag", "tijd", "minuten", "medewerker", "dubbel_gezien", "tweede_medewerker"]

    def __init__(self, *args: Any, team: Team | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mensen = collegas(team)
        self.fields["medewerker"].queryset = mensen
        self.fields["tweede_medewerker"].queryset = mensen
        self.fields["locatie"].queryset = Locatie.objects.filter(actief=True).order_by("naam", "id")


class VervolgForm(Formulier):
    """What was tried or decided after not appearing."""

    vervolg = forms.ChoiceField(label="Wat is er gedaan of besloten?", choices=[], widget=Keuzes())
    toelichting = forms.CharField(label="Toelichting", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, stap: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [v for v in Verzuimvervolg if v != Verzuimvervolg.AFSLUITEN or stap >= 3]  # noqa: PLR2004
        self.fields["vervolg"].choices = [(v.value, v.label[:1].upper() + v.label[1:]) for v in keuzes]


def _uitleg(uitkomst: Uitkomst) -> str:
    """Under each outcome: which evidence, and whether income must confirm."""
    bewijs = BEWIJS_BIJ.get(uitkomst)
    zinnen = []
    if uitkomst == Uitkomst.OVERLEDEN:
        return "Alles stopt meteen. Er gaan geen brieven, berichten of meldingen uit. Telt nergens mee."
    zinnen.append(f"Bewijs: {', '.join(str(b.label) for b in bewijs)}." if bewijs else "Schrijf op waaruit dit blijkt.")
    if uitkomst in WACHT_OP_INKOMEN:
        zinnen.append("Telt mee als inkomen het einde van de uitkering bevestigt.")
    if uitkomst == Uitkomst.NIET_VERSCHENEN:
        zinnen.append("Kan pas na een besluit van een mens, na drie keer niet verschijnen.")
    return " ".join(zinnen)


class EindeForm(Formulier):
    """End a trajectory with one outcome and its evidence."""

    uitkomst = forms.ChoiceField(
        label="Wat is de uitkomst?",
        choices=[(u.value, u.label[:1].upper() + u.label[1:]) for u in Uitkomst],
        widget=Keuzes(hulp={u.value: _uitleg(u) for u in Uitkomst}),
    )
    datum = datumveld("Laatste dag van het traject")
    werk_begonnen_op = datumveld("Eerste werkdag", verplicht=False, hulp="Alleen bij werk.")
    uren_per_week = forms.DecimalField(
        label="Uren per week", required=False, min_value=0, max_value=60, decimal_places=1, widget=Hoeveelheid("uur")
    )
    bruto_uurloon = forms.DecimalField(
        label="Bruto per uur", required=False, min_value=0, max_value=999, decimal_places=2, widget=Bedrag(),
        help_text="Inkomen rekent hiermee. Je mag het leeg laten.",
    )  # fmt: skip
    bewijs = forms.ModelChoiceField(
        Bewijs.alle_gemeenten.none(), label="Bewijs uit het dossier", required=False, empty_label="Geen, ik voeg bewijs toe"
    )
    bewijs_soort = forms.ChoiceField(
        label="Soort bewijs", required=False, choices=[("", "Kies"), *[(b.value, b.label.capitalize()) for b in Bewijssoort]]
    )
    bewijs_omschrijving = forms.CharField(label="Wat staat erin?", required=False, max_length=200)
    bewijs_datum = datumveld("Datum van het bewijs", verplicht=False)
    na_handhaving = forms.BooleanField(label="Na een onderzoek van Handhaving", required=False)
    toelichting = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, deelnemer: Deelnemer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bewijs"].queryset = Bewijs.objects.filter(deelnemer=deelnemer).order_by("-datum", "-id")
        if not self.fields["bewijs"].queryset:
            del self.fields["bewijs"]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if schoon.get("bewijs_soort") and not schoon.get("bewijs"):
            if not schoon.get("bewijs_omschrijving"):
                self.add_error("bewijs_omschrijving", "Schrijf kort op wat er in het bewijs staat.")
            schoon["bewijs_datum"] = schoon.get("bewijs_datum") or klok.vandaag()
        return schoon

    def nieuw_bewijs(self) -> tuple[str, str, dt.date] | None:
        """Kind, description and date of new evidence, when the person filled it in."""
        c = self.cleaned_data
        if c.get("bewijs") or not c.get("bewijs_soort"):
            return None
        return c["bewijs_soort"], c["bewijs_omschrijving"], c["bewijs_datum"]

    @property
    def naar_werk(self) -> bool:
        return self.cleaned_data.get("uitkomst") in NAAR_WERK


class RedenForm(Formulier):
    """One reason."""

    reden = forms.CharField(label="Reden", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())


class GroepForm(Formulier):
    """Make a group."""

    naam = forms.CharField(label="Naam van de groep", max_length=100)
    instrument = instrumentveld("Wat doet de groep?")
    team = forms.ModelChoiceField(Team.alle_gemeenten.none(), label="Team")
    trainer = collega("Trainer")
    locatie = forms.ModelChoiceField(Locatie.alle_gemeenten.none(), label="Ruimte", required=False)
    begindatum = datumveld("Begint op")
    einddatum = datumveld("Loopt tot en met", verplicht=False)
    capaciteit = forms.IntegerField(label="Plaatsen", min_value=1, max_value=60, initial=12, widget=Hoeveelheid("mensen"))

    def __init__(self, *args: Any, rechten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from organisatie.querysets import teams_vandaag

        vul_instrumenten(self.fields["instrument"], rechten)
        self.fields["team"].queryset = teams_vandaag()
        self.fields["trainer"].queryset = collegas(None)
        self.fields["locatie"].queryset = Locatie.objects.filter(actief=True).order_by("naam", "id")


class InGroepForm(Formulier):
    """Put a person in the group."""

    dossiernummer = forms.CharField(label="Dossiernummer", max_length=12, help_text="Bijvoorbeeld 2026-00012.")
    begindatum = datumveld("Vanaf")
