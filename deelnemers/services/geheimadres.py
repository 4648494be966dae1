"""A secret address is secret for everybody who lives there: one housemate would give the other away (R228)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer, Huishoudlid
from deelnemers.services.tijdlijn import zoekingang
from kern import klok
from kern.aansluitingen import gebeurtenis, zoeken
from kern.models import geldig_op

#: An address became secret: what other rooms made with it goes.
ADRES_AFGESCHERMD = "deelnemer.adres_afgeschermd"
VOOR_ALLEN = "adres_open_voor_allen"


def _plek(deelnemer: Deelnemer) -> tuple[str, str]:
    return "".join(deelnemer.postcode.split()).upper(), "".join(deelnemer.huisnummer.split()).upper()


def huisgenoten_op_adres(deelnemer: Deelnemer) -> list[Deelnemer]:
    """The others of the household of today at the same address, locked; none without an address. Inside a service."""
    if not all(_plek(deelnemer)):
        return []
    lid = Huishoudlid.objects.filter(geldig_op(klok.vandaag()), deelnemer=deelnemer)
    samen = Huishoudlid.objects.filter(geldig_op(klok.vandaag()), huishouden__in=lid.values("huishouden"))
    rijen = Deelnemer.objects.select_for_update(of=("self",)).filter(pk__in=samen.values("deelnemer"))
    return [ander for ander in rijen.exclude(pk=deelnemer.pk).order_by("pk") if _plek(ander) == _plek(deelnemer)]


def scherm_af(deelnemer: Deelnemer) -> list[Deelnemer]:
    """Of who lives together at one address with somebody whose address is secret, nobody shows it. Inside a service.

    Call it when an address, its secrecy or the household changed. Returns whose address became secret by it.
    """
    groep = [deelnemer, *huisgenoten_op_adres(deelnemer)]
    if not any(d.adres_geheim for d in groep):
        return []
    nieuw = [d for d in groep if not d.adres_geheim]
    for ander in nieuw:
        _zet(ander, geheim=True)
        gebeurtenis.meld(ADRES_AFGESCHERMD, ander.pk, betrokkene_id=ander.pk)
    return nieuw


def geef_vrij(deelnemer: Deelnemer, *, voor_allen: bool) -> None:
    """The address of this person is not secret any more, and so not of who lives there too. Inside a service.

    Raises ValidationError at `adres_open_voor_allen` when that was not said.
    """
    anderen = [ander for ander in huisgenoten_op_adres(deelnemer) if ander.adres_geheim]
    if anderen and not voor_allen:
        zin = "Op dit adres woont een huisgenoot met een geheim adres. Mag dat adres ook niet meer geheim zijn?"
        raise ValidationError({VOOR_ALLEN: f"{zin} Vraag het na en zet dan hier een vinkje."})
    for ander in anderen:
        _zet(ander, geheim=False)


def _zet(deelnemer: Deelnemer, *, geheim: bool) -> None:
    deelnemer.adres_geheim = geheim
    deelnemer.versie += 1
    deelnemer.save(update_fields=["adres_geheim", "versie"])
    zoeken.schrijf(zoekingang(deelnemer))
