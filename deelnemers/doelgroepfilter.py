"""Filter on target group, the same above every list of people (R006)."""

from __future__ import annotations

from django import forms

from deelnemers import querysets as vragen


def zet_doelgroepen(form: forms.Form, rechten: frozenset[str], *, eigen_mensen: bool = False) -> None:
    """Give a filter the choice of target group. Who may not open dossiers does not get it.

    Protected groups and those of health are only there with `eigen_mensen`, a list of the reader's own people or team,
    and take a right of their own: on a list of more people it would tell who belongs to one (R007).
    """
    if "dossier.zien" in rechten:
        keuzes = [("", "Alle"), *vragen.doelgroepkeuzes(rechten if eigen_mensen else frozenset())]
        form.fields["doelgroep"] = forms.ChoiceField(label="Doelgroep", required=False, choices=keuzes)
