"""The only clock of the application (ONTWERP 3.9)."""

from __future__ import annotations

import datetime as dt
import time

from django.conf import settings
from django.utils import timezone


def vandaag() -> dt.date:
    """Today in the Netherlands, or the fixed date of the setting PEILDATUM."""
    if settings.PEILDATUM:
        return dt.date.fromisoformat(settings.PEILDATUM)
    return timezone.localdate()


def nu() -> dt.datetime:
    """This moment (UTC, aware). With PEILDATUM set: that day in the Netherlands, at the present time of day there."""
    moment = timezone.now()
    if settings.PEILDATUM:
        # By the local clock: late in the evening the day in UTC is another one in summer than in winter.
        tijd = timezone.localtime(moment).time()
        return timezone.make_aware(dt.datetime.combine(vandaag(), tijd)).astimezone(dt.UTC)
    return moment


def middag(dag: dt.date) -> dt.datetime:
    """Noon of a day, local time: a date in a list of moments."""
    return timezone.make_aware(dt.datetime.combine(dag, dt.time(12)))


def wandklok() -> int:
    """Seconds of the real clock, for how long a session stands still; PEILDATUM does not touch it."""
    return int(time.time())


def echt_nu() -> dt.datetime:
    """This moment by the real clock: for tokens, kept answers and deliveries, which PEILDATUM does not touch."""
    return timezone.now()


def utc_tekst(moment: dt.datetime) -> str:
    """A moment as machines write it: UTC, whole seconds, `2026-03-03T09:00:00Z`."""
    return moment.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
