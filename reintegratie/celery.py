"""The Celery application; the schedule lives in `reintegratie/rooster.py`."""

import os

from celery import Celery

from reintegratie.rooster import ROOSTER

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegratie.settings")
app = Celery("reintegratie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = ROOSTER
app.set_default()
app.autodiscover_tasks()
