"""Questions about the people outside who are involved with a person, and what may be shared with them today (R214)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from deelnemers.models import BetrokkenPartij, Deelnemer, Vertegenwoordiger
from deelnemers.privacyvragen import gebruik_beperkt
from deelnemers.toegang import mag_bijzonder
from kern import klok
from kern.aansluitingen import dossier, panelen
from kern.models import geldig_op
from kern.weergave import datum
from organisatie.models import Ketenpartner

_EIGEN = (
    *("id", "rol", "rol_toelichting", "bijzonder", "naam", "organisatie", "telefoon", "email", "onderwerpen"),
    *("grondslag", "deel_tot", "begindatum", "einddatum"),
)
_NAMENS = ("naam", "soort", "organisatie", "telefoon", "email", "begindatum", "einddatum")


def partijen(deelnemer: Deelnemer, *, bijzonder: bool) -> QuerySet[BetrokkenPartij]:
    """Everybody outside who is or was involved; a role about health, debts or justice only with the right (R228)."""
    rijen = BetrokkenPartij.objects.filter(deelnemer=deelnemer).select_related("vertegenwoordiger", "ketenpartner")
    rijen = rijen if bijzonder else rijen.filter(bijzonder=False)
    return rijen.order_by("begindatum", "pk")


def lopende_partijen(deelnemer: Deelnemer, *, bijzonder: bool) -> list[BetrokkenPartij]:
    """Who is involved today."""
    nu = klok.vandaag()
    return [p for p in partijen(deelnemer, bijzonder=bijzonder).filter(geldig_op(nu)) if p.betrokken_op(nu)]


def bij_ketenpartner(deelnemer: Deelnemer, partner: Ketenpartner, *, bijzonder: bool) -> list[BetrokkenPartij]:
    """Who of this chain partner is involved today and may know something."""
    if mag_niets(deelnemer):
        return []
    nu = klok.vandaag()
    rijen = partijen(deelnemer, bijzonder=bijzonder).filter(geldig_op(nu), ketenpartner=partner)
    return [p for p in rijen if p.mag_weten(nu)]


def mag_niets(deelnemer: Deelnemer) -> bool:
    """Nothing is shared about who asked us to restrict the use of the data, nor about who died."""
    return deelnemer.overleden_op is not None or gebruik_beperkt(deelnemer)


# --- Asked along with the person -----------------------------------------------------------------------------------
def partijen_nu() -> ArraySubquery:
    """Who is involved today, in the query of the person, so that the panel on the dossier costs no query of its own."""
    nu = klok.vandaag()
    rijen = BetrokkenPartij.objects.filter(geldig_op(nu), deelnemer=OuterRef("pk"))
    loopt = Q(vertegenwoordiger__isnull=True) | geldig_op(nu, "vertegenwoordiger__")
    velden = {naam: naam for naam in _EIGEN} | {f"v_{naam}": f"vertegenwoordiger__{naam}" for naam in _NAMENS}
    velden |= {"k_naam": "ketenpartner__naam"}
    return ArraySubquery(rijen.filter(loopt).order_by("begindatum", "pk").values(rij=JSONObject(**velden)))


def uit_vraag(rij: dict[str, Any]) -> BetrokkenPartij:
    """The same row as an object of the model, with what it points at; not to be saved."""
    partij = BetrokkenPartij(**{naam: _waarde(BetrokkenPartij, naam, rij[naam]) for naam in _EIGEN})
    if rij["v_naam"] is not None:
        partij.vertegenwoordiger = Vertegenwoordiger(
            **{naam: _waarde(Vertegenwoordiger, naam, rij[f"v_{naam}"]) for naam in _NAMENS}
        )
    if rij["k_naam"] is not None:
        partij.ketenpartner = Ketenpartner(naam=rij["k_naam"])
    return partij


def _waarde(model: Any, naam: str, waarde: Any) -> Any:
    return model._meta.get_field(naam).to_python(waarde)


# --- In words ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Getoond:
    """An involved partner as the screens show it: what may be shared today, or why nothing."""

    partij: BetrokkenPartij
    weten: list[str]
    zin: str

    @property
    def niets(self) -> bool:
        return not self.weten


def toon(partij: BetrokkenPartij, *, dicht: bool = False) -> Getoond:
    """`dicht`: nothing may be shared about this person at all."""
    nu = klok.vandaag()
    weten = [] if dicht else partij.mag_weten(nu)
    return Getoond(partij, weten, _zin(partij, weten, nu, dicht=dicht))


def _zin(partij: BetrokkenPartij, weten: list[str], nu: dt.date, *, dicht: bool) -> str:
    if weten and partij.deel_tot is not None:
        return f"Tot en met {datum(partij.deel_tot)}"
    if dicht:
        return "Deel nu niets over deze persoon."
    if partij.deel_tot is not None and partij.deel_tot < nu:
        return f"Deel niets: de afspraak liep tot en met {datum(partij.deel_tot)}."
    return "Deel niets."


def paneel(request: Any, deelnemer: Deelnemer) -> dict[str, Any]:
    """The panel on the dossier: who is involved today."""
    meegevraagd = deelnemer.__dict__.get("partijen_nu") or []
    rijen = [uit_vraag(rij) for rij in meegevraagd if mag_bijzonder(request.rechten) or not rij["bijzonder"]]
    dicht = mag_niets(deelnemer)
    return {
        "rijen": [toon(partij, dicht=dicht) for partij in rijen],
        "deelnemer": deelnemer,
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
    }


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    dossier.erbij("partijen_nu", partijen_nu)
    sjabloon = "deelnemers/onderdelen/paneel_partners.html"
    panelen.sluit_aan("dossier", panelen.Paneel("partners", 60, "zij", sjabloon, paneel, frozenset({"dossier.zien"})))
