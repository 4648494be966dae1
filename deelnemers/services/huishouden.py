"""Who lives together, in periods: a change takes the others along, unless somebody left (R003, R005)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.keuzes import HuishoudRol, Leefvorm
from deelnemers.models import Deelnemer, Huishouden, Huishoudlid, Uitkering, Uitkeringsgerechtigde
from deelnemers.services.geheimadres import scherm_af
from deelnemers.services.gezin import stem_gezinsregie_af
from kern.handeling import Actor, service
from kern.models import geldig_op
from kern.weigering import eis_niets_nieuws, nieuwste

#: What a household has beside its form of living; what is not said stays.
GEGEVENS = ("kinderen", "jongste_kind_geboren_op", "kostendelers")


def huishoudversie(deelnemer: Deelnemer) -> int:
    """The counter against lost changes of the households of one person; 0 when there is none."""
    return nieuwste(Huishoudlid.objects.filter(deelnemer=deelnemer))


def lid_op(deelnemer: Deelnemer, dag: dt.date) -> Huishoudlid | None:
    """In which household this person was on that day."""
    return deelnemer.huishoudens.filter(geldig_op(dag)).select_related("huishouden").first()


def huisgenoten(lid: Huishoudlid, dag: dt.date) -> list[Huishoudlid]:
    """The others in the same household on that day."""
    rijen = Huishoudlid.objects.filter(geldig_op(dag), huishouden=lid.huishouden_id).exclude(pk=lid.pk)
    return list(rijen.select_related("deelnemer").order_by("rol", "pk"))


@service
def leg_huishouden_vast(
    deelnemer: Deelnemer,
    leefvorm: str,
    begindatum: dt.date,
    *,
    actor: Actor,
    partner: Deelnemer | None = None,
    partner_weg: bool = False,
    versie: int | None = None,
    **velden: Any,
) -> Huishouden:
    """Put the person in a household from `begindatum`, with who lives there already; an unchanged one is kept.

    `partner` comes to live there; with `partner_weg` the others stay behind where they were, with the benefit that they
    share. `velden`: kinderen, jongste_kind_geboren_op, kostendelers; what is not said stays. `versie` is
    `huishoudversie` of when the form was made: IntussenGewijzigd when a colleague changed the household since. Raises
    ValidationError at `leefvorm` or `partner` when the form of living does not fit who lives there.
    """
    wie = [deelnemer.pk, *([partner.pk] if partner else [])]
    list(Deelnemer.objects.select_for_update(of=("self",)).filter(pk__in=wie).order_by("pk"))
    eis_niets_nieuws(
        Huishoudlid.objects.filter(deelnemer=deelnemer).select_related("huishouden"),
        versie,
        lambda rij: {
            "leefvorm": rij.huishouden.leefvorm,
            "kinderen": rij.huishouden.kinderen,
            "begindatum": rij.begindatum,
        },
    )
    lid = lid_op(deelnemer, begindatum)
    anderen = huisgenoten(lid, begindatum) if lid else []
    _past(leefvorm, [] if partner_weg else anderen, partner)
    if lid is not None:
        huidig = lid.huishouden
        velden = {naam: getattr(huidig, naam) for naam in GEGEVENS} | velden
        erbij = partner is not None and partner.pk not in {a.deelnemer_id for a in anderen}
        gelijk = huidig.leefvorm == leefvorm and all(getattr(huidig, naam) == waarde for naam, waarde in velden.items())
        if gelijk and not erbij and not (partner_weg and anderen):
            return huidig
    nieuw = Huishouden(leefvorm=leefvorm, begindatum=begindatum, **velden)
    _bewaar(nieuw)
    mee = {deelnemer.pk: HuishoudRol.HOOFD if lid is None else lid.rol}
    mee |= {} if partner_weg else {a.deelnemer_id: a.rol for a in anderen}
    if partner is not None:
        mee.setdefault(partner.pk, HuishoudRol.PARTNER)
    for pk, rol in mee.items():
        for oud in Huishoudlid.objects.filter(geldig_op(begindatum), deelnemer=pk):
            _beeindig_lidmaatschap(oud, begindatum)
        _bewaar(Huishoudlid(huishouden=nieuw, deelnemer_id=pk, begindatum=begindatum, rol=rol))
    _neem_uitkering_mee(nieuw, set(mee))
    if lid is not None and not partner_weg:
        nieuw.gezinsregisseur_id = lid.huishouden.gezinsregisseur_id
        nieuw.save(update_fields=["gezinsregisseur"])
    for thuis in (nieuw, *([lid.huishouden] if lid else [])):
        stem_gezinsregie_af(thuis)
    scherm_af(Deelnemer.objects.get(pk=deelnemer.pk))
    return nieuw


def _past(leefvorm: str, anderen: list[Huishoudlid], partner: Deelnemer | None) -> None:
    """The form of living fits who lives there."""
    er_is = next((a.deelnemer for a in anderen if a.rol != HuishoudRol.KIND), None)
    if partner is not None and er_is is not None and partner.pk != er_is.pk:
        raise ValidationError({"partner": "Er woont al een partner in dit huishouden. Zeg eerst dat die er weg is."})
    if (partner or er_is) and leefvorm in {Leefvorm.ALLEENSTAAND, Leefvorm.ALLEENSTAANDE_OUDER}:
        raise ValidationError({"leefvorm": "Er woont een partner in dit huishouden. Kies een andere leefvorm."})


def _neem_uitkering_mee(huishouden: Huishouden, leden: set[int]) -> None:
    """The running benefit goes along, so that a partner joins it instead of getting a second one (R003).

    A benefit that somebody who stays behind shares, stays with them: only income can split it.
    """
    lopend = Uitkeringsgerechtigde.objects.filter(einddatum__isnull=True)
    achter = lopend.exclude(deelnemer__in=leden).values("uitkering")
    mee = lopend.filter(deelnemer__in=leden).exclude(uitkering__in=achter)
    Uitkering.objects.filter(pk__in=mee.values("uitkering")).update(huishouden=huishouden)


def _bewaar(rij: Huishouden | Huishoudlid) -> None:
    """Save with the sentence of the constraint instead of an error of the database."""
    rij.full_clean()
    rij.save()


def _beeindig_lidmaatschap(lid: Huishoudlid, per: dt.date) -> None:
    """End a membership the day before `per`; one that began on `per` was wrong and goes."""
    if lid.begindatum >= per:
        lid.delete()
        return
    lid.einddatum = per - dt.timedelta(days=1)
    lid.save(update_fields=["einddatum"])
