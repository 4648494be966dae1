"""Forms of this room; what is allowed is decided by the services."""

from trajecten.forms.afspraken import AfspraakForm, TijdForm, TweedeForm, VervolgForm
from trajecten.forms.basis import RedenForm
from trajecten.forms.gereedschap import ErvaringForm, InterventieForm
from trajecten.forms.groepen import GroepForm, InGroepForm
from trajecten.forms.onderdelen import BlokkadeForm, OnderdeelForm, StopForm, TochForm, VerschuifForm, WachtForm
from trajecten.forms.onderzoek import UitslagForm
from trajecten.forms.traject import DoelForm, EindeForm, PlanForm, TrajectForm

__all__ = [
    "AfspraakForm",
    "BlokkadeForm",
    "DoelForm",
    "EindeForm",
    "ErvaringForm",
    "GroepForm",
    "InGroepForm",
    "InterventieForm",
    "OnderdeelForm",
    "PlanForm",
    "RedenForm",
    "StopForm",
    "TijdForm",
    "TochForm",
    "TrajectForm",
    "TweedeForm",
    "UitslagForm",
    "VerschuifForm",
    "VervolgForm",
    "WachtForm",
]
