"""People who came back: what their new referral says otherwise (R053), and the fase of the former system (R012)."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Deelnemer
from deelnemers.services.diagnoseaanbod import neem_over_uit_aanmelding
from deelnemers.services.oudefase import bewaar_oude_fase
from organisatie.querysets import met_rol
from organisatie.rechten import Rol
from reintegratie.demodata.wegschrijven import ACTOR

#: What the sender wrote, and how many days ago.
_RAPPORTEN = (
    ({"beschikbaarheid": {"urenMax": 36, "reistijdMax": 90}, "rijbewijzen": ["B"]}, 12),
    ({"talen": [{"mondeling": 4, "schriftelijk": 4}], "zoekberoep": [{"naam": "Gastheer of gastvrouw"}]}, 20),
)
_FASEN = ((2, dt.date(2013, 4, 1)), (3, dt.date(2013, 9, 16)), (4, None), (1, dt.date(2012, 11, 5)))


def maak(peildatum: dt.date) -> None:
    """Of the consulent who logs in first, two people; of the longest known, some with an old fase."""
    mensen = Deelnemer.objects.filter(
        in_traject=True, overleden_op=None, samengevoegd_met=None, diagnose_vers_tot__gt=peildatum
    )
    wie = met_rol(Rol.CONSULENT).filter(gebruiker__isnull=False).order_by("pk").first()
    eigen = mensen.filter(regievoerder=wie, persona="").order_by("-pk")[: len(_RAPPORTEN)]
    for mens, (rapport, geleden) in zip(eigen, _RAPPORTEN, strict=False):
        dag = peildatum - dt.timedelta(days=geleden)
        neem_over_uit_aanmelding(mens, rapport, bron="Intake", datum=dag, actor=ACTOR)
    for nummer, mens in enumerate(mensen.order_by("pk")[:12]):
        waarde, sinds = _FASEN[nummer % len(_FASEN)]
        bewaar_oude_fase(mens, waarde, sinds=sinds, bron="Inkomen", ontvangen_op=peildatum, actor=ACTOR)
