"""A death stops every letter, message, campaign and task at once (R161, issue 4)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Count

from deelnemers import historievragen
from deelnemers.models import Deelnemer, Overdracht, Terugbelverzoek
from deelnemers.services import lijstkolommen
from kern import klok
from kern.aansluitingen import gebeurtenis, historie, samenvoegen
from kern.beperking import is_beperkt
from kern.berichten import stel_bericht_op
from kern.handeling import Actor, service
from kern.models import Bericht, BerichtStatus, Kanaal, Werkvoorraad
from kern.weergave import hoofdletter

OVERLEDEN = "deelnemer.overleden"
HERSTELD = "deelnemer.overlijden_hersteld"
#: So long stopping everything takes at most; later changes in the same request belong to something else.
DUURT = dt.timedelta(minutes=1)


def is_overleden(betrokkene_id: int) -> bool:
    """Whether nothing may go out about this person any more (asked by the outbox for every message)."""
    return Deelnemer.objects.filter(pk=betrokkene_id, overleden_op__isnull=False).exists()


def wat_stopt(deelnemer: Deelnemer) -> list[tuple[str, int]]:
    """What waits now and stops at once, as the page says before it happens; only what there is."""
    van = {"betrokkene_id": deelnemer.pk}
    tellingen = (
        ("Berichten die klaarstaan", Bericht.objects.filter(**van, status=BerichtStatus.KLAAR).count()),
        ("Regels op Vandaag, van wie dan ook", Werkvoorraad.objects.filter(**van).count()),
        ("Overdracht die openstaat", Overdracht.objects.filter(deelnemer=deelnemer, status="aangeboden").count()),
        ("Verzoeken om terug te bellen", Terugbelverzoek.objects.filter(deelnemer=deelnemer, status="open").count()),
    )
    return [(wat, aantal) for wat, aantal in tellingen if aantal]


@service
def meld_overlijden(deelnemer: Deelnemer, overleden_op: dt.date, *, actor: Actor, reden: str = "") -> None:
    """Record the date, withdraw waiting messages and work; the rooms above close what they have open.

    Raises ValidationError at `overleden_op` for a day before the birth or after today, and when a colleague was first.
    `reden` says how we know; it stays in the history.
    """
    if overleden_op > klok.vandaag():
        raise ValidationError({"overleden_op": "De datum van overlijden ligt in de toekomst."})
    if Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk).overleden_op is not None:
        raise ValidationError("Een collega heeft dit net al vastgelegd.")
    deelnemer.overleden_op = overleden_op
    deelnemer.full_clean()
    deelnemer.save(update_fields=["overleden_op"])
    stop_alles(deelnemer.pk)


def stop_alles(deelnemer_id: int) -> None:
    """What a death stops, in every room. Call inside a service, after the date stands in the dossier."""
    Bericht.objects.filter(betrokkene_id=deelnemer_id, status=BerichtStatus.KLAAR).update(
        status=BerichtStatus.INGETROKKEN, geheim=None
    )
    Werkvoorraad.objects.filter(betrokkene_id=deelnemer_id).delete()
    gebeurtenis.meld(OVERLEDEN, deelnemer_id, betrokkene_id=deelnemer_id)


def wat_stopte(deelnemer: Deelnemer) -> list[tuple[str, int]]:
    """Per kind how many rows changed when the death was recorded, read from the history; no names and no content.

    What the history shows only with a right of its own is not counted here: the regievoerder sees that.
    """
    rijen = historievragen.wijzigingen(deelnemer, frozenset()).filter(actie="U")
    wanneer = rijen.filter(
        tabel=Deelnemer._meta.db_table, rij_id=deelnemer.pk, nieuw__overleden_op=str(deelnemer.overleden_op)
    ).first()
    if wanneer is None:
        return []
    toen = (wanneer.tijdstip, wanneer.tijdstip + DUURT)
    erbij = rijen.filter(tijdstip__range=toen, verzoek=wanneer.verzoek).exclude(tabel=Deelnemer._meta.db_table)
    tellingen = erbij.order_by("tabel").values_list("tabel").annotate(aantal=Count("rij_id", distinct=True))
    namen = {tabel: str(zicht.model._meta.verbose_name_plural) for tabel, zicht in historie.alle().items()}
    return [(hoofdletter(namen[tabel]), aantal) for tabel, aantal in tellingen]


@service
def herstel_overlijden(deelnemer: Deelnemer, *, actor: Actor, reden: str) -> Deelnemer:
    """The death was a mistake: take the date away. What was stopped stays so; the regievoerder hears it and decides.

    Raises ValidationError without a reason (it stays in the history), and when a colleague was first.
    """
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom dit overlijden niet klopt."})
    rij = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    if rij.overleden_op is None:
        raise ValidationError("Een collega heeft dit net al hersteld.")
    rij.overleden_op = None
    rij.versie += 1
    rij.save(update_fields=["overleden_op", "versie"])
    samenvoegen.breng_bij(rij.pk)
    lijstkolommen.werk_bij(rij.pk)
    gebeurtenis.meld(HERSTELD, rij.pk, betrokkene_id=rij.pk)
    if rij.regievoerder and rij.regievoerder.gebruiker.email and not is_beperkt(rij.pk):
        stel_bericht_op(
            kanaal=Kanaal.EMAIL,
            aan=rij.regievoerder.gebruiker.email,
            onderwerp=f"Kijk naar dossier {rij.dossiernummer}",
            tekst=(
                f"Bij dossier {rij.dossiernummer} was per vergissing een overlijden vastgelegd. Dat is hersteld. "
                "Wat toen is gestopt, begint niet vanzelf opnieuw. Open het dossier en kijk bij Historie wat er "
                "opnieuw moet beginnen."
            ),
            betrokkene_id=rij.pk,
            actor=actor,
        )
    return rij
