"""Forms of logging in and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from kern.formulier import Formulier
from kern.models import Abonnement, ApiClient, BerichtStatus, Gebruiker, Kanaal


def ingevuld(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when that is nothing at all; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


class InlogForm(Formulier):
    """One message for every reason that logging in fails, so that nobody learns which accounts exist."""

    username = forms.CharField(
        label="E-mailadres",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "inputmode": "email"}),
        error_messages={"required": "Vul je e-mailadres in."},
    )
    password = forms.CharField(
        label="Wachtwoord",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Vul je wachtwoord in."},
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.gebruiker: Any = None
        super().__init__(*args, **kwargs)

    def clean_username(self) -> str:
        # In one spelling: else every capital letter would give five more tries.
        return self.cleaned_data["username"].strip().lower()

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        if not self.errors:
            self.gebruiker = authenticate(self.request, username=gegevens["username"], password=gegevens["password"])
            if self.gebruiker is None:
                raise ValidationError("Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens.")
        return gegevens


class CodeForm(Formulier):
    """The six digits of the authenticator app."""

    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label="Code uit je app",
        help_text="6 cijfers",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
        error_messages={"required": "Vul de code in.", "invalid": "De code heeft 6 cijfers."},
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class WachtwoordForm(Formulier):
    """A new password, with the old one as proof."""

    oud = forms.CharField(
        label="Wachtwoord van nu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Vul je wachtwoord van nu in."},
    )
    nieuw = forms.CharField(
        label="Nieuw wachtwoord",
        strip=False,
        help_text="Minstens 12 tekens. Een zin van een paar woorden werkt goed.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Vul een nieuw wachtwoord in."},
    )
    herhaal = forms.CharField(
        label="Nieuw wachtwoord nog een keer",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Vul het nieuwe wachtwoord nog een keer in."},
    )

    def __init__(self, gebruiker: Gebruiker, *args: Any, **kwargs: Any) -> None:
        self.gebruiker = gebruiker
        super().__init__(*args, **kwargs)

    def clean_oud(self) -> str:
        oud = self.cleaned_data["oud"]
        if not self.gebruiker.check_password(oud):
            raise ValidationError("Dit is niet je wachtwoord van nu.")
        return oud

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        nieuw = gegevens.get("nieuw")
        if nieuw:
            if gegevens.get("herhaal") and nieuw != gegevens["herhaal"]:
                self.add_error("herhaal", "De twee nieuwe wachtwoorden zijn niet gelijk.")
            if nieuw == gegevens.get("oud"):
                self.add_error("nieuw", "Kies een ander wachtwoord dan dat van nu.")
            try:
                password_validation.validate_password(nieuw, self.gebruiker)
            except ValidationError as fout:
                self.add_error("nieuw", fout)
        return gegevens


class ThemaForm(Formulier):
    """How the screens look."""

    thema = forms.ChoiceField(
        label="Kleuren van het scherm",
        choices=Gebruiker._meta.get_field("thema").choices,
        widget=forms.RadioSelect,
    )


class BerichtFilter(Formulier):
    """Filter of the outbox."""

    status = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), *BerichtStatus.choices])
    kanaal = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle"), *Kanaal.choices])


class AfleveringFilter(Formulier):
    """Filter above the events that did not arrive at a subscriber."""

    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("", "Niet aangekomen"),
            ("opgegeven", "Opgegeven"),
            ("wacht", "Nog bezig"),
            ("alsnog", "Alsnog aangekomen"),
        ],
    )
    client = forms.ChoiceField(label="Ontvanger", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clients = ApiClient.objects.filter(pk__in=Abonnement.objects.values("client")).order_by("naam", "pk")
        keuzes = [("", "Alle ontvangers"), *((str(client.pk), client.naam) for client in clients)]
        self.fields["client"].choices = keuzes  # type: ignore[attr-defined]
