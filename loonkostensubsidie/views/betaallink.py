"""The link by which an employer sees his payments: made here, opened without an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.handeling import Actor, voor_gemeente
from kern.leeslog import Lezing
from kern.meldingen import meld
from kern.toegang import OPENBAAR, toegang
from kern.weigering import probeer
from loonkostensubsidie.betaalforms import LinkForm, OpenForm
from loonkostensubsidie.betaalstand import WOORDEN, links_van, stand_van
from loonkostensubsidie.models import Betaallink
from loonkostensubsidie.services import betaallink as dienst
from loonkostensubsidie.views.betalen import BETALEN
from werkgevers.models import Werkgever


@toegang(BETALEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def betaallinks(request: Any, pk: int) -> HttpResponse:
    """Make a link, see who opened one, and stop it. The address shows once."""
    werkgever = get_object_or_404(Werkgever, pk=pk)
    form, adres = LinkForm(ingevuld(request)), ""
    if request.method == "POST" and form.is_valid():
        v = form.cleaned_data
        uit = probeer(form, lambda: dienst.maak_betaallink(werkgever, v["voor"], v["dagen"], actor=actor_van(request)))
        if uit is not None:
            adres = f"{settings.BASIS_URL.rstrip('/')}{reverse('betaallink_openen', args=[uit[1]])}"
            form = LinkForm()
    nu = klok.echt_nu()
    context = {
        "werkgever": werkgever,
        "form": form,
        "adres": adres,
        "links": [(link, _merk(link, nu), list(link.openingen.all())) for link in links_van(werkgever)],
    }
    return render(request, "loonkostensubsidie/betaallinks.html", context, status=422 if form.errors else 200)


def _merk(link: Betaallink, nu: Any) -> o.Merk:
    if link.ingetrokken_op:
        return o.Merk("Gestopt")
    return o.Merk("Werkt", "goed") if link.geldig_tot > nu else o.Merk("Verlopen")


@toegang(BETALEN)
@require_POST
def betaallink_intrekken(request: Any, pk: int, link_id: int) -> HttpResponse:
    """Stop a link now."""
    dienst.trek_betaallink_in(get_object_or_404(Betaallink, pk=link_id, werkgever=pk), actor=actor_van(request))
    meld(request, "De link werkt niet meer")
    return redirect("betaallinks", pk=pk)


@toegang(OPENBAAR)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def betaallink_openen(request: Any, sleutel: str) -> HttpResponse:
    """Behind the link: first who you are, then the payments. A link that does not work never says why."""
    link = dienst.zoek_betaallink(sleutel)
    if link is None:
        return render(request, "deelnemers/profiel_dicht.html", status=404)
    with voor_gemeente(link.gemeente_id):
        form = OpenForm(ingevuld(request))
        if request.method != "POST" or not form.is_valid():
            context = {"form": form, "werkgever": link.werkgever}
            status = 422 if form.errors else 200
            return render(request, "loonkostensubsidie/betaallink_vraag.html", context, status=status)
        actor = Actor("client", f"betaallink:{link.pk}", "werkgever met een link")
        dienst.leg_opening_vast(link, form.cleaned_data["naam"], actor=actor)
        stand = stand_van(link.werkgever)
        lezing = Lezing()
        lezing.toon("betaling.werkgever", stand.mensen, grond="betaallink", reden=f"link {link.pk}")
        lezing.leg_vast_voor(actor)
        context = {
            "werkgever": link.werkgever,
            "stand": stand,
            "betalingen": [(b, o.Merk(*_woord(b.status))) for b in stand.betalingen],
            "te_veel": -stand.open if stand.open < 0 else None,
        }
        return render(request, "loonkostensubsidie/betaallink.html", context)


def _woord(status: str) -> tuple[str, Any]:
    return WOORDEN[status]
