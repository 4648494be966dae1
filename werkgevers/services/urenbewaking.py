"""Follow the hours of who works beside a benefit (R034)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.models import Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from kern.weigering import IntussenGewijzigd
from organisatie.models import Ketenpartner, Medewerker, Team
from werkgevers import urenvragen
from werkgevers.keuzes import Urenuitkomst
from werkgevers.models import Urenbeoordeling, Urenbewaking
from werkgevers.urenvragen import KAMER, Uren, urenregel

Telt = Callable[[str, int], None]


def _vergrendel(rij: Urenbewaking) -> Urenbewaking:
    rijen = Urenbewaking.objects.select_for_update(of=("self",))
    return rijen.select_related("deelnemer__regievoerder", "team", "partner").get(pk=rij.pk)


def _zet_op_vandaag(rij: Urenbewaking) -> None:
    werkrij = urenregel(rij)
    if werkrij is None:
        werkvoorraad.klaar(KAMER, f"uren:{rij.pk}")
    else:
        werkvoorraad.schrijf(werkrij)


def _begin(deelnemer: Deelnemer, uren: Uren, *, opgegeven: Decimal = Decimal(0), bij: str = "") -> Urenbewaking:
    """Start to follow; the team that has the regie is the owner until somebody says otherwise."""
    totaal = uren.gewerkt + opgegeven
    rij = Urenbewaking(
        deelnemer=deelnemer,
        team=deelnemer.team,
        uren_gewerkt=totaal,
        uren_opgegeven=opgegeven,
        opgegeven_bij=bij,
        uren_vermogen=uren.vermogen,
        stand=urenvragen.stand(totaal, uren.vermogen),
        begindatum=klok.vandaag(),
        volgende_op=urenvragen.volgende(klok.vandaag(), None),
    )
    rij.save()
    return rij


@service
def neem_opgegeven_uren_over(
    deelnemer: Deelnemer, uren_per_week: Decimal, werkgever: str, *, actor: Actor
) -> Urenbewaking:
    """Work that the sender of a referral told us: hours per week and employer (R041). Somebody must have the regie."""
    rij = Urenbewaking.objects.select_for_update(of=("self",)).filter(deelnemer=deelnemer, einddatum=None).first()
    if rij is None:
        gewerkt = urenvragen.gewerkte_uren([deelnemer.pk]).get(deelnemer.pk, Decimal(0))
        kan = urenvragen.vermogens([deelnemer.pk]).get(deelnemer.pk)
        return _begin(deelnemer, Uren(gewerkt, kan), opgegeven=uren_per_week, bij=werkgever)
    rij.uren_gewerkt += uren_per_week - rij.uren_opgegeven
    rij.uren_opgegeven, rij.opgegeven_bij = uren_per_week, werkgever
    rij.stand = urenvragen.stand(rij.uren_gewerkt, rij.uren_vermogen)
    rij.versie += 1
    rij.save()
    return rij


@service
def werk_urenbewaking_bij(*, actor: Actor, tel: Telt = lambda wat, hoeveel: None) -> None:
    """The night: who comes into the group, who leaves it, the hours of today, and the rows on Vandaag.

    `tel(what, how many)` hears what changed. A second run the same day changes nothing.
    """
    volgen = urenvragen.te_volgen()
    nieuw = [d for d in urenvragen.dossiers(volgen) if d.team_id is not None]
    for deelnemer in nieuw:
        _begin(deelnemer, volgen[deelnemer.pk])
    tel("mensen erbij", len(nieuw))
    lopend = list(Urenbewaking.objects.filter(einddatum=None).select_for_update(of=("self",)).order_by("pk"))
    mensen = [rij.deelnemer_id for rij in lopend]
    gewerkt, kan, uitkering = (
        urenvragen.gewerkte_uren(mensen),
        urenvragen.vermogens(mensen),
        urenvragen.met_uitkering(mensen),
    )
    gestopt = anders = 0
    for rij in lopend:
        totaal = gewerkt.get(rij.deelnemer_id, Decimal(0)) + rij.uren_opgegeven
        if rij.deelnemer_id not in uitkering or not totaal:
            rij.einddatum = max(klok.vandaag(), rij.begindatum)
            rij.versie += 1
            rij.save(update_fields=["einddatum", "versie"])
            gestopt += 1
        else:
            anders += _zet_uren(rij, totaal, kan.get(rij.deelnemer_id))
    tel("mensen eraf", gestopt)
    tel("uren veranderd", anders)
    tel("bij Vandaag", _ververs_vandaag())


def _zet_uren(rij: Urenbewaking, gewerkt: Decimal, vermogen: int | None) -> bool:
    if (rij.uren_gewerkt, rij.uren_vermogen) == (gewerkt, vermogen):
        return False
    rij.uren_gewerkt, rij.uren_vermogen = gewerkt, vermogen
    rij.stand = urenvragen.stand(gewerkt, vermogen)
    rij.versie += 1
    rij.save(update_fields=["uren_gewerkt", "uren_vermogen", "stand", "versie"])
    return True


def _ververs_vandaag() -> int:
    staat = Werkvoorraad.objects.filter(kamer=KAMER, soort="uren").order_by("pk")
    anders, weg = werkvoorraad.verschil(staat, urenvragen.urenregels())
    werkvoorraad.schrijf(*anders)
    werkvoorraad.klaar(KAMER, *(rij.sleutel for rij in weg))
    return len(anders) + len(weg)


@service
def beoordeel_uren(
    bewaking: Urenbewaking,
    uitkomst: Urenuitkomst | str,
    *,
    actor: Actor,
    notitie: str = "",
    medewerker: Medewerker | None = None,
) -> Urenbeoordeling:
    """Somebody looked: keep the hours of now and what was agreed; the next look follows the rhythm."""
    rij = _vergrendel(bewaking)
    if rij.einddatum is not None:
        raise OvergangGeweigerd("Deze uren volgen we niet meer.")
    beoordeling = Urenbeoordeling(
        deelnemer_id=rij.deelnemer_id,
        bewaking=rij,
        op=klok.vandaag(),
        uren_gewerkt=rij.uren_gewerkt,
        uren_vermogen=rij.uren_vermogen,
        uitkomst=uitkomst,
        notitie=notitie,
        medewerker=medewerker,
    )
    beoordeling.full_clean(exclude=["gemeente", "bewaking", "deelnemer", "medewerker"])
    beoordeling.save()
    rij.bekeken_op, rij.volgende_op = klok.vandaag(), urenvragen.volgende(klok.vandaag(), rij.ritme_weken)
    rij.versie += 1
    rij.save(update_fields=["bekeken_op", "volgende_op", "versie"])
    _zet_op_vandaag(rij)
    return beoordeling


@service
def wijzig_bewaking(
    bewaking: Urenbewaking,
    *,
    team: Team | None,
    partner: Ketenpartner | None,
    ritme_weken: int | None,
    versie: int,
    actor: Actor,
) -> Urenbewaking:
    """Another owner or rhythm; raises ValidationError at the field, IntussenGewijzigd when a colleague was first."""
    rij = _vergrendel(bewaking)
    if rij.versie != versie:
        jouw = {"team": team, "partner": partner, "ritme_weken": ritme_weken}
        anders = {naam: getattr(rij, naam) for naam, waarde in jouw.items() if getattr(rij, naam) != waarde}
        raise IntussenGewijzigd(anders, rij.versie)
    if (team is None) == (partner is None):
        raise ValidationError({"team": "Kies één team van ons of één andere afdeling."})
    rij.team, rij.partner, rij.ritme_weken = team, partner, ritme_weken
    rij.volgende_op = urenvragen.volgende(rij.bekeken_op or rij.begindatum, ritme_weken)
    rij.versie += 1
    rij.full_clean(exclude=["gemeente", "deelnemer"])
    rij.save()
    _zet_op_vandaag(rij)
    return rij
