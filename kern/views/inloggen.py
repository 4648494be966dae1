"""Logging in and out, second factor, password and profile."""

from __future__ import annotations

from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote

import django_otp
import segno
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import default_key

from kern import aansluitingen
from kern.forms import CodeForm, InlogForm, ThemaForm, WachtwoordForm, ingevuld
from kern.handeling import Actor, voor_gemeente
from kern.services import accounts
from kern.toegang import INGELOGD, OPENBAAR, toegang

FACTOR_NODIG = "tweede_factor_nodig"
_NIEUWE_SLEUTEL = "tweede_factor_sleutel"


def eerste_bladzijde(rechten: frozenset[str]) -> str:
    """Where somebody with these rights starts: Vandaag, or else the first entry of the menu."""
    punten = aansluitingen.menu.voor(rechten)
    if "vandaag.zien" in rechten or not punten:
        return reverse(settings.LOGIN_REDIRECT_URL)
    return reverse(punten[0].url)


def _volgende(request: HttpRequest, rechten: frozenset[str]) -> str:
    """The page that was asked for before logging in, when it is our own."""
    gevraagd = request.POST.get("next") or request.GET.get("next") or ""
    eigen = url_has_allowed_host_and_scheme(
        gevraagd, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return gevraagd if eigen and gevraagd != "/" else eerste_bladzijde(rechten)


@toegang(OPENBAAR)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def inloggen(request: HttpRequest) -> HttpResponse:
    """Log in with e-mail address and password; axes locks out after five failures."""
    if request.user.is_authenticated:
        return redirect(_volgende(request, request.rechten))  # type: ignore[attr-defined]
    form = InlogForm(request, ingevuld(request))
    if request.method == "POST" and form.is_valid():
        login(request, form.gebruiker)
        request.session[FACTOR_NODIG] = accounts.heeft_tweede_factor(form.gebruiker)
        with voor_gemeente(form.gebruiker.gemeente_id):
            rechten = aansluitingen.medewerker.van(form.gebruiker).rechten
        return redirect(_volgende(request, rechten))
    zonder = aansluitingen.openbaar.bladen()
    context = {"form": form, "next": request.GET.get("next", ""), "zonder_account": zonder, **inlogextra()}
    return render(request, "kern/inloggen.html", context)


def inlogextra() -> dict[str, object]:
    """Single sign-on and, in a demo, whom one can be; filled by `sluit_inlogextra_aan`."""
    return {"sso_url": "", "demo_personen": [], "demo_wachtwoord": "", **(_extra() if settings.DEMO else {})}


_extra = lambda: {}  # noqa: E731


def sluit_inlogextra_aan(functie) -> None:
    """The demo says which persons one can choose; only asked when DEMO is on."""
    global _extra  # noqa: PLW0603
    _extra = functie


@toegang(OPENBAAR)
@require_POST
def uitloggen(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@toegang(INGELOGD)
@never_cache
@require_http_methods(["GET", "POST"])
def tweede_factor(request: HttpRequest) -> HttpResponse:
    """Ask the code of the app, or set the app up when there is none yet (BIO2 5.17.01)."""
    if request.user.is_verified():
        return redirect("profiel")
    form = CodeForm(ingevuld(request))
    koppelen = not accounts.heeft_tweede_factor(request.user)
    if request.method == "POST" and form.is_valid():
        app = _koppel(request, form) if koppelen else _controleer(request, form)
        if app is not None:
            django_otp.login(request, app)
            request.session.pop(_NIEUWE_SLEUTEL, None)
            return redirect(_volgende(request, request.rechten))  # type: ignore[attr-defined]
    context = {
        "form": form,
        "koppelen": koppelen,
        "next": request.GET.get("next", ""),
        "qr": "",
        "sleutel": "",
    }
    if koppelen:
        context |= _koppelgegevens(request)
    return render(request, "kern/tweede_factor.html", context)


def _koppelgegevens(request: HttpRequest) -> dict[str, str]:
    # Kept in the session until the first code fits: a GET writes nothing into the database.
    sleutel = request.session.setdefault(_NIEUWE_SLEUTEL, default_key())
    geheim = b32encode(unhexlify(sleutel)).decode()
    naam = quote(f"{settings.APPLICATIENAAM}:{request.user.email}")
    adres = f"otpauth://totp/{naam}?secret={geheim}&issuer={quote(settings.APPLICATIENAAM)}"
    return {
        "qr": segno.make(adres, error="m").svg_data_uri(scale=5, dark="#000", light="#fff"),
        "sleutel": " ".join(geheim[i : i + 4] for i in range(0, len(geheim), 4)),
    }


def _koppel(request: HttpRequest, form: CodeForm):
    sleutel = request.session.get(_NIEUWE_SLEUTEL)
    if not sleutel:
        form.add_error(None, "De code is verlopen. Scan de nieuwe code en probeer het nog eens.")
        return None
    try:
        return accounts.koppel_tweede_factor(
            request.user, sleutel, int(form.cleaned_data["code"]), actor=Actor.van_gebruiker(request.user)
        )
    except ValidationError as fout:
        form.add_error(None, fout)
        return None


def _controleer(request: HttpRequest, form: CodeForm):
    app = django_otp.match_token(request.user, form.cleaned_data["code"])
    if app is None:
        form.add_error("code", "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code in je app.")
    return app


@toegang(INGELOGD)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def wachtwoord_wijzigen(request: HttpRequest) -> HttpResponse:
    """Choose a new password; other sessions of this account end by it."""
    form = WachtwoordForm(request.user, ingevuld(request))
    if request.method == "POST" and form.is_valid():
        accounts.wijzig_wachtwoord(request.user, form.cleaned_data["nieuw"], actor=Actor.van_gebruiker(request.user))
        update_session_auth_hash(request, request.user)
        return redirect(eerste_bladzijde(request.rechten))  # type: ignore[attr-defined]
    return render(request, "kern/wachtwoord.html", {"form": form, "verplicht": request.user.wachtwoord_wijzigen})


@toegang(INGELOGD)
@require_http_methods(["GET", "POST"])
def profiel(request: HttpRequest) -> HttpResponse:
    """One's own details, colours of the screen, password and second factor."""
    form = ThemaForm(ingevuld(request), initial={"thema": request.user.thema})
    if request.method == "POST" and form.is_valid():
        accounts.zet_thema(request.user, form.cleaned_data["thema"], actor=Actor.van_gebruiker(request.user))
        return redirect("profiel")
    wie = aansluitingen.medewerker.van(request.user)
    context = {
        "form": form,
        "wie": wie,
        "tweede_factor": accounts.heeft_tweede_factor(request.user),
        "rechten": aansluitingen.medewerker.in_woorden(request.rechten),  # type: ignore[attr-defined]
    }
    return render(request, "kern/profiel.html", context)


@toegang(INGELOGD)
@require_POST
def thema(request: HttpRequest) -> HttpResponse:
    """Keep the choice of the user menu with the account; the page itself has changed already."""
    form = ThemaForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    accounts.zet_thema(request.user, form.cleaned_data["thema"], actor=Actor.van_gebruiker(request.user))
    return HttpResponse(status=204)
