"""The night for employments and accounts: what begins today, and the rows of Vandaag (R109, R151)."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.models import Werkvoorraad, geldig_op
from werkgevers.dienstverbandvragen import per_dienstverband
from werkgevers.dienstverbandwerk import KAMER, SOORTEN, dienstverbandregels
from werkgevers.models import Dienstverband, Dienstverbandperiode, Rekening, Werkgever
from werkgevers.periodenleer import KOLOMMEN
from werkgevers.services.dienstverband import zet_huidige_waarden
from werkgevers.services.rekening import werk_rekeningnummer_bij

Telt = Callable[[str, int], None]


@service
def werk_dienstverbanden_bij(*, actor: Actor, tel: Telt = lambda wat, hoeveel: None) -> None:
    """Bring the columns of today up to date, and the rows of Vandaag. A second run the same day changes nothing.

    `tel(what, how many)` hears what changed.
    """
    tel("dienstverbanden gewijzigd", _neem_perioden_over())
    tel("rekeningnummers gewijzigd", sum(werk_rekeningnummer_bij(pk, actor=actor) for pk in _andere_rekening()))
    tel("bij Vandaag", _ververs_vandaag())


def _neem_perioden_over() -> int:
    """A period that begins today puts its values in the employment."""
    vandaag = klok.vandaag()
    begint = Dienstverbandperiode.objects.filter(geldig_op(vandaag))
    anders = Q()
    for kolom in KOLOMMEN:
        anders |= ~Q(**{kolom: F(f"dienstverband__{kolom}")}) & Q(**{f"{kolom}__isnull": False})
    leeg = Q(functieloon_percentage_wml__isnull=True, dienstverband__functieloon_percentage_wml__isnull=False)
    pks = list(begint.filter(anders | leeg).order_by("dienstverband").values_list("dienstverband", flat=True))
    rijen = Dienstverband.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    perioden, _, _ = per_dienstverband(pks)
    aantal = 0
    for rij in rijen:
        if zet_huidige_waarden(rij, perioden[rij.pk]):
            rij.versie += 1
            rij.save(update_fields=[*KOLOMMEN, "versie"])
            aantal += 1
    return aantal


def _andere_rekening() -> list[int]:
    """Employers whose number of today is not the one in their row."""
    nu = Rekening.objects.filter(geldig_op(klok.vandaag()), werkgever=OuterRef("pk")).order_by("pk").values("iban")[:1]
    rijen = Werkgever.objects.annotate(nummer=Coalesce(Subquery(nu), F("iban"))).exclude(iban=F("nummer"))
    return list(rijen.order_by("pk").values_list("pk", flat=True))


def _ververs_vandaag() -> int:
    staat = Werkvoorraad.objects.filter(kamer=KAMER, soort__in=SOORTEN).order_by("pk")
    anders, weg = werkvoorraad.verschil(staat, dienstverbandregels())
    werkvoorraad.schrijf(*anders)
    werkvoorraad.klaar(KAMER, *(rij.sleutel for rij in weg))
    return len(anders) + len(weg)
