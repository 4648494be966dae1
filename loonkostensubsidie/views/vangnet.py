"""The steps for an employee with subsidy who is ill: what was done, and what must be done before which day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.formulier import Datum, Formulier, Keuzes, Vrijetekst
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import probeer
from loonkostensubsidie import vangnetwerk
from loonkostensubsidie.models import Vangnetstap
from loonkostensubsidie.services import vangnet as dienst
from loonkostensubsidie.toegang import VANGNET
from loonkostensubsidie.vangnetkeuzes import Vangnetsoort
from werkgevers.models import Ziekteperiode
from werkgevers.views.dienstverband import ZIEKTE

_JANEE = (("ja", "Ja, het gaat lang duren"), ("nee", "Nee, iemand is waarschijnlijk snel beter"))


class StapForm(Formulier):
    """The next step, or the end."""

    soort = forms.ChoiceField(label="Wat is er gedaan", widget=Keuzes)
    gedaan_op = forms.DateField(label="Op welke dag", widget=Datum)
    langdurig = forms.ChoiceField(label="Gaat het lang duren", choices=_JANEE, widget=Keuzes, required=False)
    contactpersoon = forms.CharField(label="Vaste contactpersoon", max_length=150, required=False)
    kopie_op = forms.DateField(label="De werknemer kreeg een kopie op", widget=Datum, required=False)
    reden = forms.CharField(
        label="Waarom later, of waarom afgesloten", max_length=400, required=False, widget=Vrijetekst(3),
        help_text="Schrijf niet op wat iemand heeft.",
    )  # fmt: skip

    def __init__(self, *args: Any, soort: Vangnetsoort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze: Any = self.fields["soort"]
        keuze.choices = [(s.value, s.label) for s in (soort, Vangnetsoort.EINDE)]
        keuze.initial = soort.value
        # Who closes it need not say the rest; for the step itself these may not stay empty.
        for naam in ("langdurig", "contactpersoon", "kopie_op"):
            self.fields[naam].required = self.data.get("soort") != Vangnetsoort.EINDE
        if soort != Vangnetsoort.OORDEEL:
            del self.fields["langdurig"]
        if soort != Vangnetsoort.PLAN:
            del self.fields["contactpersoon"], self.fields["kopie_op"]

    def clean_langdurig(self) -> bool | None:
        return {"ja": True, "nee": False}.get(self.cleaned_data["langdurig"])


@toegang(*ZIEKTE)
@require_http_methods(["GET", "HEAD", "POST"])
def vangnet(request: Any, pk: int) -> HttpResponse:
    """One period of sickness: its steps, and the form for the next one."""
    rijen = Ziekteperiode.objects.select_related("deelnemer", "dienstverband__feitelijke_werkgever")
    rij: Ziekteperiode = get_object_or_404(VANGNET.beperk(rijen, request.medewerker), pk=pk)
    request.lezing.toon("subsidie.vangnet", [rij.deelnemer_id])
    stappen, hier = vangnetwerk.stappen_van([pk])[pk], vangnetwerk.van_toepassing(rij)
    if not hier and not stappen:
        raise Http404("Bij deze ziekmelding is de gemeente niet aan zet.")
    volgende = vangnetwerk.volgende(rij, stappen) if hier else None
    form = None
    if volgende is not None:
        form = StapForm(ingevuld(request), soort=volgende[0], initial={"gedaan_op": klok.vandaag()})
        velden = form.cleaned_data if request.method == "POST" and form.is_valid() else None
        if velden is not None:
            gedaan = probeer(form, lambda: dienst.leg_stap_vast(rij, **velden, actor=actor_van(request)))
            if gedaan is not None:
                meld(request, f"Vastgelegd: {gedaan.get_soort_display().lower()}")
                return redirect("lks_vangnet", pk=pk)
    context = {
        "rij": rij,
        "form": form,
        "volgende": volgende and (volgende[0].label, volgende[1]),
        "te_laat": volgende is not None and volgende[1] < klok.vandaag(),
        "stappen": [(stap, _bij(stap)) for stap in stappen],
        "feiten": _feiten(rij),
    }
    fout = form is not None and form.is_bound and bool(form.errors)
    return render(request, "loonkostensubsidie/vangnet.html", context, status=422 if fout else 200)


def _bij(stap: Vangnetstap) -> str:
    delen = []
    if stap.langdurig is not None:
        delen.append("het gaat lang duren" if stap.langdurig else "het duurt waarschijnlijk niet lang")
    if stap.contactpersoon:
        delen.append(f"contactpersoon {stap.contactpersoon}")
    if stap.kopie_op is not None:
        delen.append(f"kopie gegeven op {datum(stap.kopie_op)}")
    if stap.reden:
        delen.append(stap.reden)
    return ". ".join(deel[:1].upper() + deel[1:] for deel in delen)


def _feiten(rij: Ziekteperiode) -> list[o.Feit]:
    werk = rij.dienstverband
    return [
        o.Feit("Eerste dag", datum(rij.begindatum)),
        o.Feit("Laatste dag", datum(rij.einddatum) or "nog niet bekend"),
        o.Feit("UWV betaalt de Ziektewet", rij.get_no_risk_display()),
        o.Feit(
            "Werk", f"{werk.functie}, {werk.feitelijke_werkgever.naam}", url=reverse("dienstverband", args=[werk.pk])
        ),
    ]
