"""Employers, who keeps the relation, and who spoke to whom (R125, R126, R137)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from kern import klok
from kern.aansluitingen import gebeurtenis, werkvoorraad, zoeken
from kern.handeling import Actor, service
from kern.models import geldig_op
from organisatie.models import Medewerker
from organisatie.querysets import gebied_van
from werkgevers.models import (
    Contactpersoon,
    Relatiebeheer,
    Relatiecontact,
    Vestiging,
    Werkgever,
    Werkgeversafspraak,
)
from werkgevers.querysets import recent_contact
from werkgevers.regels import KAMER, afspraakwerk, relatiewerk, werkgeveringang
from werkgevers.services.rekening import eerste_rekening

GEMAAKT = "werkgever.gemaakt"


def controleer_versie(rij: Any, versie: int | None) -> None:
    """Refuse when somebody else saved in the meantime."""
    if versie is not None and versie != rij.versie:
        raise ValidationError(
            "Iemand anders heeft dit net gewijzigd. Bekijk de nieuwe gegevens en probeer het opnieuw."
        )


def _te_wijzigen(rij: Any, versie: int | None) -> Any:
    """The row as it is now, locked and with its counter raised."""
    rij = type(rij).objects.select_for_update(of=("self",)).get(pk=rij.pk)
    controleer_versie(rij, versie)
    rij.versie += 1
    return rij


def _zet(rij: Any, velden: dict[str, Any]) -> None:
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.full_clean()
    rij.save()


@service
def leg_werkgever_vast(*, actor: Actor, relatiebeheerder: Medewerker | None = None, **velden: Any) -> Werkgever:
    """Record a new employer. Raises ValidationError per field (KvK, loonheffingennummer, IBAN) (R125,
    R146).
    """
    werkgever = Werkgever()
    _zet(werkgever, velden)
    eerste_rekening(werkgever)
    if relatiebeheerder is not None:
        wijs_relatiebeheerder_aan(werkgever, relatiebeheerder, klok.vandaag(), actor=actor)
    zoeken.schrijf(werkgeveringang(werkgever))
    gebeurtenis.meld(GEMAAKT, werkgever.pk, data={"werkgever": werkgever.pk})
    return werkgever


@service
def wijzig_werkgever(werkgever: Werkgever, *, actor: Actor, versie: int | None = None, **velden: Any) -> Werkgever:
    """Change an employer; `versie` guards against overwriting somebody else's change.

    Another account number needs a second person: `services.rekening`.
    """
    rij: Werkgever = _te_wijzigen(werkgever, versie)
    if velden.get("iban", rij.iban) != rij.iban:
        raise ValidationError({"iban": "Een rekeningnummer wijzig je apart, met een collega en een telefoontje."})
    _zet(rij, velden)
    if rij.actief:
        zoeken.schrijf(werkgeveringang(rij))
    else:
        zoeken.wis(KAMER, f"werkgever:{rij.pk}")
    return rij


@service
def leg_vestiging_vast(
    werkgever: Werkgever,
    *,
    actor: Actor,
    vestiging: Vestiging | None = None,
    versie: int | None = None,
    **velden: Any,
) -> Vestiging:
    """Record or change a place of an employer; area and postcode digits follow from the postcode.

    `versie` guards against overwriting somebody else's change.
    """
    rij = _te_wijzigen(vestiging, versie) if vestiging else Vestiging(werkgever=werkgever)
    postcode = velden.get("postcode", rij.postcode).replace(" ", "").upper()
    pc4 = postcode[:4] if postcode else velden.pop("pc4", rij.pc4)
    velden |= {"postcode": postcode, "pc4": pc4}
    if "gebied" not in velden and pc4:
        velden["gebied"] = gebied_van(pc4)
    _zet(rij, velden)
    return rij


@service
def leg_contactpersoon_vast(
    werkgever: Werkgever,
    *,
    actor: Actor,
    contactpersoon: Contactpersoon | None = None,
    versie: int | None = None,
    **velden: Any,
) -> Contactpersoon:
    """Record or change a person to talk to; `versie` guards against overwriting somebody else's change."""
    rij = _te_wijzigen(contactpersoon, versie) if contactpersoon else Contactpersoon(werkgever=werkgever)
    _zet(rij, velden)
    return rij


@service
def wijs_relatiebeheerder_aan(
    werkgever: Werkgever, medewerker: Medewerker, vanaf: dt.date, *, actor: Actor
) -> Relatiebeheer:
    """Make `medewerker` the one relation owner from `vanaf`; the former one ends the day before (R126)."""
    werkgever_rij = Werkgever.objects.select_for_update(of=("self",)).get(pk=werkgever.pk)
    nu = Relatiebeheer.objects.filter(geldig_op(vanaf), werkgever=werkgever).order_by("id").first()
    if nu is not None and nu.medewerker_id == medewerker.pk:
        return nu
    if nu is not None and nu.begindatum == vanaf:
        nu.delete()
    elif nu is not None:
        nu.einddatum = vanaf - dt.timedelta(days=1)
        nu.save(update_fields=["einddatum"])
    nieuw = Relatiebeheer(werkgever=werkgever_rij, medewerker=medewerker, begindatum=vanaf)
    nieuw.full_clean()
    nieuw.save()
    if vanaf <= klok.vandaag():
        werkgever_rij.relatiebeheerder = werkgever.relatiebeheerder = medewerker
        werkgever_rij.save(update_fields=["relatiebeheerder"])
    return nieuw


@service
def leg_relatiecontact_vast(
    werkgever: Werkgever,
    medewerker: Medewerker,
    onderwerp: str,
    *,
    actor: Actor,
    op: dt.datetime | None = None,
    **velden: Any,
) -> tuple[Relatiecontact, Relatiecontact | None]:
    """Write who spoke to an employer. Also gives the contact of a colleague less than 14 days before, if
    any (R126).
    """
    moment = op or klok.nu()
    eerder = recent_contact(werkgever, medewerker, moment)
    contact = Relatiecontact(werkgever=werkgever, medewerker=medewerker, onderwerp=onderwerp, op=moment, **velden)
    contact.full_clean()
    contact.save()
    dag = timezone.localtime(moment).date()
    rij = Werkgever.objects.select_for_update(of=("self",)).get(pk=werkgever.pk)
    if rij.laatste_contact_op is None or rij.laatste_contact_op <= dag:
        rij.laatste_contact_op, rij.laatste_contact_door = dag, medewerker
        rij.save(update_fields=["laatste_contact_op", "laatste_contact_door"])
    _is_teruggekomen(contact, dag)
    werkvoorraad.schrijf(*relatiewerk(contact))
    return contact, eerder


def _is_teruggekomen(contact: Relatiecontact, dag: dt.date) -> None:
    """This contact is the one that was promised for today or earlier: that waits no longer."""
    beloofd = Relatiecontact.objects.filter(
        werkgever=contact.werkgever_id,
        medewerker=contact.medewerker_id,
        terugkomen_op__lte=dag,
        teruggekomen_op__isnull=True,
    )
    ids = list(beloofd.exclude(pk=contact.pk).order_by("pk").values_list("pk", flat=True))
    Relatiecontact.objects.filter(pk__in=ids).update(teruggekomen_op=dag)
    werkvoorraad.klaar(KAMER, *(f"relatie:{pk}" for pk in ids))


@service
def maak_afspraak(
    werkgever: Werkgever, wat: str, *, actor: Actor, medewerker: Medewerker | None = None, **velden: Any
) -> Werkgeversafspraak:
    """Record what we or the employer promised (R137); ours comes at Vandaag on its day."""
    afspraak = Werkgeversafspraak(
        werkgever=werkgever,
        wat=wat,
        medewerker=medewerker,
        gemaakt_op=velden.pop("gemaakt_op", None) or klok.vandaag(),
        **velden,
    )
    afspraak.full_clean()
    afspraak.save()
    werkvoorraad.schrijf(*afspraakwerk(afspraak))
    return afspraak


@service
def kom_afspraak_na(afspraak: Werkgeversafspraak, *, actor: Actor, nagekomen: bool = True) -> None:
    """Mark an agreement as kept, or open again (undo): then it waits again."""
    rijen = Werkgeversafspraak.objects.select_for_update(of=("self",)).select_related("werkgever", "medewerker")
    rij = rijen.get(pk=afspraak.pk)
    rij.nagekomen_op = klok.vandaag() if nagekomen else None
    rij.versie += 1
    rij.save(update_fields=["nagekomen_op", "versie"])
    werkvoorraad.klaar(KAMER, f"afspraak:{rij.pk}")
    werkvoorraad.schrijf(*afspraakwerk(rij))
