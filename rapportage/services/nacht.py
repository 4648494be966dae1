"""Facts and figures of the night, ending in a stamp (ONTWERP 3.6). What fails leaves the old ones in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Max

from kern import klok
from kern.handeling import Actor, huidige_gemeente_id
from kern.taken import Loop
from rapportage.keuzes import Runstatus
from rapportage.models import Run
from rapportage.motor import feiten, standen
from rapportage.services.indicatoren import zorg_voor_indicatoren

Meld = Callable[[str, int | None, int | None], None]


def laatste_run() -> Run | None:
    """The run whose figures are shown: the last that succeeded."""
    return Run.objects.filter(status=Runstatus.GELUKT).order_by("-stempel").first()


def _begin(peildatum: dt.date) -> Run:
    stempel = klok.nu()
    laatste = Run.objects.aggregate(m=Max("stempel"))["m"]
    if laatste is not None and stempel <= laatste:
        stempel = laatste + dt.timedelta(milliseconds=1)
    return Run.objects.create(stempel=stempel, peildatum=peildatum)


def werk_bij(peildatum: dt.date | None = None, meld: Meld = lambda stap, gedaan, totaal: None) -> Run:
    """Facts and figures as of now; on one snapshot. Raises what failed, and then the old figures stay."""
    zorg_voor_indicatoren(actor=Actor.taak("nacht"))
    run = _begin(peildatum or klok.vandaag())
    try:
        binnen = connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if not binnen:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL work_mem = '64MB'")
            cursor.execute("SELECT pg_current_snapshot()::text")
            run.snapshot = cursor.fetchone()[0][:100]
            verschil = feiten.verwerk_alle(run, meld)
            aantal = standen.bereken(run, meld)
            meld("Controle: steekproef live geteld", None, None)
            standen.controleer(run)
            run.nieuw, run.gesloten = verschil.nieuw, verschil.gesloten
        meld(f"{verschil.nieuw} feiten erbij, {verschil.gesloten} gesloten, {aantal} cijfers", None, None)
    except Exception:
        Run.objects.filter(pk=run.pk).update(status=Runstatus.MISLUKT, klaar_op=klok.nu())
        raise
    run.save(update_fields=["snapshot", "nieuw", "gesloten"])
    return run


def stempel_af(run: Run) -> None:
    """Show this run from now on."""
    Run.objects.filter(pk=run.pk).update(status=Runstatus.GELUKT, klaar_op=klok.nu())
    run.refresh_from_db()


def cijfers(loop: Loop) -> None:
    """The link of the night: facts, figures, and the stamp when all went well."""
    run = werk_bij(meld=loop.meld)
    loop.tel("feiten erbij", run.nieuw)
    loop.tel("feiten gesloten", run.gesloten)
    stempel_af(run)


def bereken_nu(peildatum: dt.date | None = None) -> Run:
    """Facts, figures and stamp at once, for tests, the demo and the command."""
    huidige_gemeente_id()
    run = werk_bij(peildatum)
    stempel_af(run)
    return run
