"""Forms of the inbox and of the decisions on a referral."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from aanmeldingen import regels
from aanmeldingen.keuzes import BRONNEN, TERUGSTUURREDENEN, Aanleverstand, Documentsoort, Onderdeel, Regelstand
from aanmeldingen.models import Routeversie
from aanmeldingen.querysets import afzenders_van_aanleveringen
from aanmeldingen.toestanden import AANMELDING
from deelnemers.teamblok import mensen_per_consulent
from kern import klok
from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, Meerkeuze, Vrijeregel, Vrijetekst
from kern.weergave import aantal
from organisatie.models import Medewerker, Team
from organisatie.querysets import medewerkers_van_team, met_rol, teams_vandaag
from organisatie.rechten import Rol
from regelgeving import opzoeken

OPEN_KEUZE = [("", "Alles wat open staat")]


def _tekst(label: str, hulp: str, fout: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=2000,
        widget=Vrijetekst(4),
        error_messages={"required": fout},
    )


def _datum(label: str, hulp: str = "", *, verplicht: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hulp,
        required=verplicht,
        widget=Datum,
        error_messages={
            "required": "Vul een datum in.",
            "invalid": "Vul een datum in, bijvoorbeeld 1-12-2026.",
        },
    )


class PostvakFilter(Formulier):
    """Filter above the inbox; its state lives in the address."""

    bron = forms.ChoiceField(label="Van", required=False)
    status = forms.ChoiceField(label="Status", required=False, choices=[*OPEN_KEUZE, *AANMELDING.keuzes])
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: Any, afgeschermd: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A source that tells the target group is no choice either for who may not know it.
        bronnen = opzoeken.keuzes(BRONNEN, klok.vandaag(), afgeschermd=afgeschermd)
        self.fields["bron"].choices = [("", "Alle afdelingen"), *bronnen]  # type: ignore[attr-defined]
        teams = [(str(team.pk), team.naam) for team in teams_vandaag()]
        eigen = [("", "Alle teams"), ("jongerenpoort", "Jongerenpoort"), *teams]
        self.fields["team"].choices = eigen  # type: ignore[attr-defined]


class VraagForm(Formulier):
    """One question to the sender: coded, with text."""

    onderdelen = forms.MultipleChoiceField(
        label="Waar gaat de vraag over?",
        choices=Onderdeel.choices,
        widget=Meerkeuze,
        error_messages={"required": "Kies minstens één onderdeel."},
    )
    vraag = _tekst("Je vraag", "De verwijzer leest deze tekst. Noem geen burgerservicenummer.", "Schrijf je vraag op.")


class TerugForm(Formulier):
    """Send back with a reason from the list and text."""

    code = forms.ChoiceField(
        label="Waarom stuur je terug?", widget=Keuzes, error_messages={"required": "Kies een reden."}
    )
    reden = _tekst(
        "Leg uit wat er nodig is",
        "De verwijzer leest deze tekst en kan daarna een nieuwe aanmelding doen.",
        "Leg uit wat er nodig is.",
    )
    opnieuw_op = _datum(
        "Zelf weer oppakken op",
        "Komt de persoon later wel in aanmerking? Op deze dag staat de aanmelding vanzelf weer bij het team. "
        "De verwijzer hoort deze datum.",
        verplicht=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = opzoeken.keuzes(TERUGSTUURREDENEN, klok.vandaag())  # type: ignore[attr-defined]


class AanneemForm(Formulier):
    """Accept: who guides, and when the first talk is."""

    medewerker = forms.ModelChoiceField(
        label="Regievoerder",
        queryset=Medewerker.alle_gemeenten.none(),
        empty_label="Kies een collega",
        help_text="Deze collega begeleidt de persoon en ziet hem meteen bij Vandaag.",
        error_messages={"required": "Kies wie de regie krijgt."},
    )
    datum = _datum("Eerste gesprek op", "De verwijzer krijgt deze datum te horen.", verplicht=False)
    tijd = forms.TimeField(
        label="Hoe laat",
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "09.30", "autocomplete": "off"}),
        error_messages={"invalid": "Vul een tijd in, bijvoorbeeld 09.30."},
    )
    overdracht_op = _datum(
        "Het team neemt over op",
        "Alleen als iemand anders nu nog begeleidt, bijvoorbeeld tot er zes maanden voorbij zijn. "
        "Op deze dag gaat de persoon vanzelf naar het team van de route. De verwijzer hoort deze datum.",
        verplicht=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"].queryset = met_rol(Rol.CONSULENT)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        if gegevens.get("tijd") and not gegevens.get("datum"):
            self.add_error("datum", "Vul ook de dag van het gesprek in.")
        return gegevens

    @property
    def intakegesprek_op(self) -> dt.datetime | None:
        """The moment of the first talk; without a time it stands at nine o'clock."""
        dag = self.cleaned_data.get("datum")
        if dag is None:
            return None
        return timezone.make_aware(dt.datetime.combine(dag, self.cleaned_data.get("tijd") or dt.time(9)))


class OverneemForm(Formulier):
    """A colleague of the team takes over; the one with most room stands first."""

    medewerker = forms.ModelChoiceField(
        label="Wie neemt het over?",
        queryset=Medewerker.alle_gemeenten.none(),
        empty_label="Kies een collega",
        help_text="Deze collega krijgt vandaag de regie. Wie de meeste ruimte heeft, staat al ingevuld.",
        error_messages={"required": "Kies wie het overneemt."},
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mensen = medewerkers_van_team(team.pk, rol=Rol.CONSULENT)
        telling = mensen_per_consulent(team, [m.pk for m in mensen])
        veld = self.fields["medewerker"]
        veld.queryset = mensen  # type: ignore[attr-defined]
        veld.label_from_instance = lambda m: (  # type: ignore[attr-defined]
            f"{m.naam} ({aantal(telling.get(m.pk, 0), 'mens', 'mensen')})"
        )


class OverdrachtForm(Formulier):
    """The hand-over took place."""

    gehouden_op = _datum("Wanneer was de overdracht?")
    warm = forms.ChoiceField(
        label="Was de verwijzer erbij?",
        choices=[("ja", "Ja, samen besproken"), ("nee", "Nee, zonder de verwijzer")],
        widget=Keuzes,
        error_messages={"required": "Kies ja of nee."},
    )
    toelichting = forms.CharField(label="Afspraken", required=False, max_length=300, widget=Vrijeregel())


class AanleverFilter(Formulier):
    """Filter above the batches."""

    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "Alle"), ("fouten", "Met fouten"), *Aanleverstand.choices],
    )
    client = forms.ChoiceField(label="Van", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clients = [(str(client.pk), client.naam) for client in afzenders_van_aanleveringen()]
        self.fields["client"].choices = [("", "Alle afzenders"), *clients]  # type: ignore[attr-defined]


class RegelFilter(Formulier):
    """Filter above the lines of a batch that did not come in."""

    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("", "Alle fouten"),
            (Regelstand.AFGEKEURD.value, Regelstand.AFGEKEURD.label),
            (Regelstand.ONLEESBAAR.value, Regelstand.ONLEESBAAR.label),
        ],
    )


class RouteversieForm(Formulier):
    """What a route asks from a day on: parts, rules and terms."""

    begindatum = _datum("Geldt vanaf", "Kies een dag na vandaag. Tot dan blijft alles zoals het is.")
    verplicht = forms.MultipleChoiceField(
        label="Verplicht",
        choices=[(o, Onderdeel(o).label) for o in regels.PADEN],
        widget=Meerkeuze,
        required=False,
        help_text="Ontbreekt een van deze onderdelen, dan neemt het systeem de aanmelding niet aan.",
    )
    gewenst = forms.MultipleChoiceField(
        label="Gewenst",
        choices=[(o, Onderdeel(o).label) for o in regels.PADEN],
        widget=Meerkeuze,
        required=False,
        help_text="Deze onderdelen vragen we wel, maar het mag zonder.",
    )
    documenten = forms.MultipleChoiceField(
        label="Verplichte documenten",
        choices=Documentsoort.choices,
        widget=Meerkeuze,
        required=False,
        help_text="Een document komt na de aanmelding. Tot het er is, staat onze klok stil.",
    )
    minimaal = forms.BooleanField(
        label="Neem alleen aan wat we vragen",
        required=False,
        help_text="Stuurt de verwijzer meer mee dan verplicht of gewenst is, dan neemt het systeem de aanmelding niet "
        "aan. Zo krijgen we geen gegevens die we niet nodig hebben.",
    )
    sla_werkdagen = forms.IntegerField(
        label="Wij beslissen binnen", min_value=1, max_value=60, widget=Hoeveelheid("werkdagen")
    )
    antwoord_werkdagen = forms.IntegerField(
        label="De verwijzer antwoordt binnen", min_value=1, max_value=60, widget=Hoeveelheid("werkdagen")
    )
    toelichting = forms.CharField(
        label="Wat is er anders, en waarom?",
        help_text="Je collega leest dit bij het beoordelen.",
        max_length=1000,
        widget=Vrijetekst(3),
        error_messages={"required": "Leg uit wat er anders wordt."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, tekst in regels.TEKSTEN.items():
            self.fields[f"regel_{naam}"] = forms.IntegerField(
                label=f"Toelating: {tekst.naam.lower()}",
                help_text=f"{tekst.zin.format(n='…', eenheid=tekst.eenheid)} Laat leeg als dit niet geldt.",
                required=False,
                min_value=1,
                max_value=99,
                widget=Hoeveelheid(tekst.eenheid),
            )
        volgorde = [
            "begindatum",
            "verplicht",
            "gewenst",
            "minimaal",
            "documenten",
            *(f"regel_{naam}" for naam in regels.TEKSTEN),
        ]
        self.order_fields(volgorde)

    @classmethod
    def begin(cls, versie: Routeversie | None) -> dict[str, Any]:
        """The form filled with what the route asks now."""
        if versie is None:
            return {"sla_werkdagen": 5, "antwoord_werkdagen": 5}
        return {
            "verplicht": versie.verplicht,
            "gewenst": versie.gewenst,
            "documenten": versie.documenten,
            "minimaal": versie.minimaal,
            "sla_werkdagen": versie.sla_werkdagen,
            "antwoord_werkdagen": versie.antwoord_werkdagen,
            **{f"regel_{naam}": grens for naam, grens in versie.regels.items()},
        }

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        dubbel = [o for o in schoon.get("verplicht", []) if o in schoon.get("gewenst", [])]
        if dubbel:
            namen = ", ".join(Onderdeel(o).label.lower() for o in dubbel)
            self.add_error("gewenst", f"Kies verplicht of gewenst, niet allebei: {namen}.")
        return schoon

    def versievelden(self) -> dict[str, Any]:
        """What was filled in, as the service takes it."""
        velden = {k: v for k, v in self.cleaned_data.items() if not k.startswith("regel_")}
        grenzen = {naam: self.cleaned_data.get(f"regel_{naam}") for naam in regels.TEKSTEN}
        return velden | {"regels": {naam: grens for naam, grens in grenzen.items() if grens is not None}}


class RoutebesluitForm(Formulier):
    """Why a new version is refused (obligatory) or approved."""

    reden = forms.CharField(
        label="Reden",
        help_text="Verplicht als je afwijst.",
        required=False,
        max_length=1000,
        widget=Vrijetekst(3),
    )


class KengetalFilter(Formulier):
    """Period and source of a figure; its state lives in the address."""

    bron = forms.ChoiceField(label="Van", required=False)
    van = _datum("Vanaf", verplicht=False)
    tot = _datum("Tot en met", verplicht=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bronnen = opzoeken.keuzes(BRONNEN, klok.vandaag())
        self.fields["bron"].choices = [("", "Alle afdelingen"), *bronnen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        van, tot = schoon.get("van"), schoon.get("tot") or klok.vandaag()
        if van and van > tot:
            self.add_error("van", "De eerste dag ligt na de laatste dag.")
        elif van and (tot - van).days > 5 * 366:
            self.add_error("van", "Kies een periode van hoogstens vijf jaar.")
        return schoon
