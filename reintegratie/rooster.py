"""The schedule: static, in code, in Dutch time. Every line starts one job of the register for all
gemeenten.
"""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab


def _regel(taak: str, schema: crontab, geldig_seconden: int) -> dict[str, Any]:
    # A message that waited longer than its own interval is dropped: the next one does the same work.
    return {"task": "kern.taak", "args": [taak], "schedule": schema, "options": {"expires": geldig_seconden}}


ROOSTER: dict[str, dict[str, Any]] = {
    "uitbak": _regel("kern.uitbak", crontab(), 55),
    "berichten": _regel("kern.berichten_versturen", crontab(), 55),
    "webhooks": _regel("kern.webhooks", crontab(), 55),
    "nacht": _regel("nacht", crontab(hour=2, minute=0), 4 * 3600),
    # Not a link of the night: a log that was tampered with must not keep the work of the night from being done.
    "logzegels": _regel("kern.logzegels", crontab(hour=5, minute=30), 4 * 3600),
    "documenten": _regel("deelnemers.documenten", crontab(minute="*/5"), 290),
    "aanmelddocumenten": _regel("aanmeldingen.documenten", crontab(minute="*/5"), 290),
    "betaalruns": _regel("loonkostensubsidie.betaalrun", crontab(minute="*/5"), 290),
    "herzieningen": _regel("loonkostensubsidie.herziening", crontab(minute="*/5"), 290),
}
