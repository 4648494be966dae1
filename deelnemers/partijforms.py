"""Forms about an involved partner outside: who it is, what may be shared, and ending it."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.forms import LEEG
from deelnemers.instellingen import delen_hoogstens_tot
from deelnemers.keuzes import Akkoordwijze, Grondslag
from deelnemers.models import BetrokkenPartij, Vertegenwoordiger
from deelnemers.partijkeuzes import BIJZONDERE_ROLLEN, Deelonderwerp, Partijrol
from deelnemers.services.partijen import Delen
from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, VersieFormulier
from kern.weergave import datum
from organisatie.models import Ketenpartner
from organisatie.querysets import partnerlijst

NIETS, DEZE = "niets", "deze"


class PartijForm(VersieFormulier):
    """Who is involved, as what, and what this partner may know."""

    rol = forms.ChoiceField(label="Wat doet deze partner?")
    rol_toelichting = forms.CharField(
        label="Namelijk", max_length=60, required=False, help_text="Alleen als je ‘anders’ kiest."
    )
    bijzonder = forms.BooleanField(
        label="Dit zegt iets over gezondheid, schulden of straf",
        required=False,
        help_text="Dan zien alleen collega’s met dat recht deze partner. Bij een behandelaar, schuldhulp en "
        "reclassering is dat altijd zo.",
    )
    vertegenwoordiger = forms.ModelChoiceField(
        Vertegenwoordiger.alle_gemeenten.none(),
        label="Welke vertegenwoordiger?",
        required=False,
        empty_label="Kies een vertegenwoordiger",
        help_text="Alleen bij een vertegenwoordiger. De naam en het nummer staan daar al.",
    )
    naam = forms.CharField(label="Naam", max_length=80, required=False)
    ketenpartner = forms.ModelChoiceField(
        Ketenpartner.alle_gemeenten.none(),
        label="Ketenpartner",
        required=False,
        empty_label="Staat niet in de gids",
    )
    organisatie = forms.CharField(
        label="Of: organisatie", max_length=120, required=False, help_text="Als de organisatie niet in de gids staat."
    )
    telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    email = forms.EmailField(label="E-mailadres", required=False)
    begindatum = forms.DateField(label="Betrokken vanaf", widget=Datum())
    delen = forms.ChoiceField(
        label="Wat mag deze partner weten?",
        choices=[(NIETS, "Niets"), (DEZE, "Alleen deze onderwerpen")],
        widget=Keuzes({NIETS: "Je weet wie het is, maar je deelt niets.", DEZE: "Kies hieronder welke."}),
        error_messages={"required": "Kies of je iets mag delen. Niets is ook een antwoord."},
    )
    onderwerpen = forms.MultipleChoiceField(
        label="Welke onderwerpen?",
        choices=Deelonderwerp.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen wat deze partner nodig heeft. Mag die niets weten? Dan laat je dit en de rest leeg.",
    )
    grondslag = forms.ChoiceField(label="Waarom mag dat?", choices=Grondslag.choices, required=False, widget=Keuzes())
    grondslag_uitleg = forms.CharField(
        label="Welke wet of overeenkomst?",
        max_length=200,
        required=False,
        help_text="Alleen bij een andere wet of een overeenkomst.",
    )
    wijze = forms.ChoiceField(
        label="Hoe vond de persoon het goed?",
        choices=[*LEEG, *Akkoordwijze.choices],
        required=False,
        help_text="Alleen als de persoon het goed vindt. Nee zeggen heeft geen gevolgen.",
    )
    deel_tot = forms.DateField(label="Delen mag tot en met", required=False, widget=Datum())

    def __init__(
        self,
        *args: Any,
        namens: list[Vertegenwoordiger],
        bijzonder: bool,
        partij: BetrokkenPartij | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        rollen = [r for r in Partijrol if bijzonder or r not in BIJZONDERE_ROLLEN]
        if not namens:
            rollen.remove(Partijrol.VERTEGENWOORDIGER)
            del self.fields["vertegenwoordiger"]
        else:
            eigen = Vertegenwoordiger.objects.filter(pk__in=[v.pk for v in namens]).order_by("naam", "pk")
            self.fields["vertegenwoordiger"].queryset = eigen  # type: ignore[attr-defined]
        if not bijzonder:
            del self.fields["bijzonder"]
        self.fields["rol"].choices = [*LEEG, *((r.value, r.label) for r in rollen)]  # type: ignore[attr-defined]
        partners = partnerlijst()
        if partij is not None and partij.ketenpartner_id:
            partners = partners | Ketenpartner.objects.filter(pk=partij.ketenpartner_id)
        self.fields["ketenpartner"].queryset = partners  # type: ignore[attr-defined]
        uiterlijk = delen_hoogstens_tot()
        if partij is not None and partij.grondslag == Grondslag.TOESTEMMING:
            self.fields["wijze"].help_text = "Alleen als je verandert wat je deelt. Nee zeggen heeft geen gevolgen."
        self.fields["deel_tot"].help_text = f"Hoogstens tot en met {datum(uiterlijk)}. Daarna bekijk je het opnieuw."

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if schoon.get("delen") == DEZE and not schoon.get("onderwerpen") and "onderwerpen" not in self.errors:
            self.add_error("onderwerpen", "Kies minstens één onderwerp, of kies hierboven ‘Niets’.")
        return schoon

    @property
    def wat_delen(self) -> Delen:
        """What may be shared, for the service."""
        c = self.cleaned_data
        if c["delen"] == NIETS:
            return Delen()
        return Delen(tuple(c["onderwerpen"]), c["grondslag"], c["grondslag_uitleg"], c["deel_tot"], c["wijze"])

    @property
    def wie(self) -> dict[str, Any]:
        """Who it is, for the service. Of who acts for the person nothing is kept twice."""
        namen = ("rol", "rol_toelichting", "bijzonder", "naam", "ketenpartner", "organisatie", "telefoon", "email")
        velden = {n: self.cleaned_data[n] for n in (*namen, "begindatum") if n in self.cleaned_data}
        namens = velden["rol"] == Partijrol.VERTEGENWOORDIGER
        velden["vertegenwoordiger"] = self.cleaned_data.get("vertegenwoordiger") if namens else None
        if namens:
            velden |= {"naam": "", "organisatie": "", "telefoon": "", "email": "", "ketenpartner": None}
        if velden["rol"] != Partijrol.ANDERS:
            velden["rol_toelichting"] = ""
        return velden

    def _leesbaar(self, veld: str, waarde: Any) -> str:
        if isinstance(waarde, list):
            labels = dict(Deelonderwerp.choices)
            return ", ".join(str(labels.get(deel, deel)) for deel in waarde) or "niets"
        return super()._leesbaar(veld, waarde)


def begin_van(partij: BetrokkenPartij | None) -> dict[str, Any]:
    """What the form starts with; for a new partner nothing about sharing is chosen beforehand."""
    if partij is None:
        return {"begindatum": klok.vandaag()}
    velden = [n for n in PartijForm.base_fields if n not in {"delen", "wijze", "ketenpartner", "vertegenwoordiger"}]
    begin = {n: getattr(partij, n) for n in velden}
    begin |= {"ketenpartner": partij.ketenpartner_id, "vertegenwoordiger": partij.vertegenwoordiger_id}
    return begin | {"delen": DEZE if partij.onderwerpen else NIETS}


class EindeForm(Formulier):
    """The last day of the involvement."""

    einddatum = forms.DateField(
        label="Wat is de laatste dag?", widget=Datum(), help_text="Daarna deel je niets meer met deze partner."
    )
