"""The link by which an employer sees his payments: made here, opened without an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
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

_ZOUT = "loonkostensubsidie.betaallink"
_KOEKJE = "betaallink"
#: So long after opening the same browser may look again; the other links of the product take the same hour.
OPEN_SECONDEN = 3600


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
    if link.nieuwe_gevraagd_op:
        return o.Merk("Gebruikt, vraagt een nieuwe", "let-op")
    if link.geopend_op:
        return o.Merk("Gebruikt")
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
    """Behind the link: first who you are, then the payments, once. A link that does not work never says why.

    Only the button uses the link up: what fetches the address by itself sees no more than the question.
    """
    link = dienst.zoek_betaallink(sleutel)
    if link is None:
        return render(request, "deelnemers/profiel_dicht.html", status=404)
    with voor_gemeente(link.gemeente_id):
        if link.geopend_op is not None:
            return _geopend(request, link)
        form = OpenForm(ingevuld(request))
        if request.method == "POST" and form.is_valid():
            opening = probeer(form, lambda: dienst.open_betaallink(link, form.cleaned_data["naam"], actor=_actor(link)))
            if opening is not None:
                antwoord = redirect("betaallink_openen", sleutel=sleutel)
                bewijs = signing.dumps(link.pk, salt=_ZOUT)
                antwoord.set_cookie(
                    _KOEKJE,
                    bewijs,
                    max_age=OPEN_SECONDEN,
                    path=request.path,
                    httponly=True,
                    samesite="Lax",
                    secure=settings.SESSION_COOKIE_SECURE,
                )
                return antwoord
        context = {"form": form, "werkgever": link.werkgever}
        status = 422 if form.errors else 200
        return render(request, "loonkostensubsidie/betaallink_vraag.html", context, status=status)


def _actor(link: Betaallink) -> Actor:
    return Actor("client", f"betaallink:{link.pk}", "werkgever met een link")


def _geopend(request: Any, link: Betaallink) -> HttpResponse:
    """The payments for who just opened the link; for anybody later that it was used, and the way to another one."""
    try:
        van_hem = signing.loads(request.COOKIES.get(_KOEKJE, ""), salt=_ZOUT, max_age=OPEN_SECONDEN) == link.pk
    except signing.BadSignature:
        van_hem = False
    if van_hem:
        return _toon(request, link)
    if request.method == "POST":
        link = dienst.vraag_nieuwe_link(link, actor=_actor(link))
    context = {"gevraagd": link.nieuwe_gevraagd_op is not None}
    status = 200 if request.method == "POST" else 410
    return render(request, "loonkostensubsidie/betaallink_gebruikt.html", context, status=status)


def _toon(request: Any, link: Betaallink) -> HttpResponse:
    stand = stand_van(link.werkgever)
    lezing = Lezing()
    lezing.toon("betaling.werkgever", stand.mensen, grond="betaallink", reden=f"link {link.pk}")
    lezing.leg_vast_voor(_actor(link))
    context = {
        "werkgever": link.werkgever,
        "stand": stand,
        "betalingen": [(b, o.Merk(*_woord(b.status))) for b in stand.betalingen],
        "te_veel": -stand.open if stand.open < 0 else None,
    }
    return render(request, "loonkostensubsidie/betaallink.html", context)


def _woord(status: str) -> tuple[str, Any]:
    return WOORDEN[status]
