"""Accounts: password, theme, second factor, blocking. Rights live in `organisatie`."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django_otp import devices_for_user
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from kern import klok
from kern.handeling import Actor, service
from kern.models import Gebruiker, Gemeente, Overgang

#: No letters and digits that look alike: people read this password to each other.
_TEKENS = "abcdefghjkmnpqrstuvwxyz23456789"


def _leg_vast(gebruiker: Gebruiker, actie: str, actor: Actor, reden: str) -> None:
    """A line in the transition log, so that the trace of an account also holds what changes no column."""
    Overgang.objects.create(
        gemeente_id=gebruiker.gemeente_id,
        soort="account",
        object_id=gebruiker.pk,
        actie=actie,
        naar="actief" if gebruiker.actief else "geblokkeerd",
        actor_soort=actor.soort,
        actor_id=actor.id,
        actor_naam=actor.naam,
        reden=reden,
        op=klok.nu(),
    )


def tijdelijk_wachtwoord() -> str:
    """A first password of 16 characters, to be replaced at the first log-in."""
    return "-".join("".join(secrets.choice(_TEKENS) for _ in range(4)) for _ in range(4))


def _vergrendel(gebruiker: Gebruiker) -> Gebruiker:
    return Gebruiker.objects.select_for_update(of=("self",)).get(pk=gebruiker.pk)


@service
def maak_account(*, gemeente: Gemeente, email: str, naam: str, wachtwoord: str, actor: Actor) -> Gebruiker:
    """Make an account that must choose a new password at once.

    Raises ValidationError when the address is taken.
    """
    if Gebruiker.objects.filter(email=email.lower()).exists():
        raise ValidationError({"email": "Er is al een account met dit e-mailadres."})
    gebruiker = Gebruiker.objects.create_user(email, wachtwoord, gemeente=gemeente, naam=naam, wachtwoord_wijzigen=True)
    _leg_vast(gebruiker, "gemaakt", actor, "")
    return gebruiker


@service
def blokkeer(gebruiker: Gebruiker, *, reden: str, actor: Actor) -> Gebruiker:
    """Take away all access at once: the next request of every open session is refused (R198, R222)."""
    rij = _vergrendel(gebruiker)
    if rij.actief:
        rij.actief, rij.geblokkeerd_op = False, klok.nu()
        rij.save(update_fields=["actief", "geblokkeerd_op"])
        _leg_vast(rij, "geblokkeerd", actor, reden)
    return rij


@service
def deblokkeer(gebruiker: Gebruiker, *, reden: str, actor: Actor) -> Gebruiker:
    """Give access back; the person must choose a new password."""
    rij = _vergrendel(gebruiker)
    if not rij.actief:
        rij.actief, rij.geblokkeerd_op, rij.wachtwoord_wijzigen = True, None, True
        rij.save(update_fields=["actief", "geblokkeerd_op", "wachtwoord_wijzigen"])
        _leg_vast(rij, "gedeblokkeerd", actor, reden)
    return rij


@service
def wijzig_wachtwoord(gebruiker: Gebruiker, wachtwoord: str, *, actor: Actor) -> None:
    """Set the password that somebody chose; the form has checked it."""
    rij = _vergrendel(gebruiker)
    rij.set_password(wachtwoord)
    rij.wachtwoord_wijzigen = False
    rij.save(update_fields=["password", "wachtwoord_wijzigen"])
    _leg_vast(rij, "wachtwoord gewijzigd", actor, "")
    gebruiker.password, gebruiker.wachtwoord_wijzigen = rij.password, False


@service
def geef_tijdelijk_wachtwoord(gebruiker: Gebruiker, *, reden: str, actor: Actor) -> str:
    """Replace the password by a temporary one and return it, once."""
    rij = _vergrendel(gebruiker)
    wachtwoord = tijdelijk_wachtwoord()
    rij.set_password(wachtwoord)
    rij.wachtwoord_wijzigen = True
    rij.save(update_fields=["password", "wachtwoord_wijzigen"])
    _leg_vast(rij, "tijdelijk wachtwoord", actor, reden)
    return wachtwoord


@service
def zet_thema(gebruiker: Gebruiker, thema: str, *, actor: Actor) -> None:
    """Keep light, dark or “as my computer” with the account."""
    rij = _vergrendel(gebruiker)
    rij.thema = thema
    rij.clean_fields(exclude=["password"])
    rij.save(update_fields=["thema"])
    gebruiker.thema = thema


@service
def koppel_tweede_factor(gebruiker: Gebruiker, sleutel: str, code: int, *, actor: Actor) -> TOTPDevice:
    """Tie an authenticator app to the account. Raises ValidationError when the code does not fit the key."""
    _vergrendel(gebruiker)
    if heeft_tweede_factor(gebruiker):
        raise ValidationError({"code": "Je hebt al een app gekoppeld."})
    app = TOTPDevice(user=gebruiker, name="app", key=sleutel, confirmed=True)
    totp = TOTP(app.bin_key, app.step, app.t0, app.digits, app.drift)
    if not totp.verify(code, app.tolerance):
        raise ValidationError({"code": "Deze code klopt niet. Kijk of de klok van je telefoon goed staat."})
    app.last_t = totp.t()
    app.save()
    _leg_vast(gebruiker, "tweede factor gekoppeld", actor, "")
    return app


@service
def herstel_tweede_factor(gebruiker: Gebruiker, *, reden: str, actor: Actor) -> int:
    """Take the app away, for somebody with a lost or new telephone; a new one is set up at the next
    log-in.
    """
    rij = _vergrendel(gebruiker)
    aantal = TOTPDevice.objects.filter(user=rij).count()
    TOTPDevice.objects.filter(user=rij).delete()
    _leg_vast(rij, "tweede factor weggehaald", actor, reden)
    return int(aantal)


def heeft_tweede_factor(gebruiker: Gebruiker) -> bool:
    """Whether this account has a confirmed app."""
    return next(iter(devices_for_user(gebruiker, confirmed=True)), None) is not None
