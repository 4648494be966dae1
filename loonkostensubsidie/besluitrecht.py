"""Which decisions a right can get: while it runs, and after its last day (decision 0052)."""

from __future__ import annotations

from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum
from loonkostensubsidie.aanvraagkeuzes import OVER_SUBSIDIE, Besluitsoort
from loonkostensubsidie.bezwaarkeuzes import MET_GEVOLG
from loonkostensubsidie.models import Beschikking, Subsidie

#: Say what held on days with a right, so they stay possible for those days after it ended.
_OVER_DAGEN = frozenset({Besluitsoort.WIJZIGING, Besluitsoort.HERZIENING})
#: Possible in every state that the state table allows: fraud found later, and an objection.
_ALTIJD = frozenset({Besluitsoort.INTREKKING, Besluitsoort.HERSTEL})


def soorten_nu(subsidie: Subsidie) -> list[Besluitsoort]:
    """The decisions that a member of staff can begin now; a revision and a restoration begin elsewhere."""
    weg = {Besluitsoort.HERZIENING, Besluitsoort.HERSTEL}
    if subsidie.status == "ingetrokken":
        return []
    if subsidie.regeling.rekenwijze != "lks_forfait" or not _kan_meten(subsidie):
        weg.add(Besluitsoort.LOONWAARDE)
    return [soort for soort in OVER_SUBSIDIE if soort not in weg]


def eis_mogelijk(besluit: Beschikking) -> None:
    """Whether this right can still get this decision; OvergangGeweigerd with what holds when it cannot.

    Locks the right, so a decision and the night follow each other.
    """
    soort = Besluitsoort(besluit.soort)
    if besluit.subsidie_id is None or soort in _ALTIJD:
        return
    rij = Subsidie.objects.select_for_update(of=("self",)).get(pk=besluit.subsidie_id)
    if rij.status == "ingetrokken":
        raise OvergangGeweigerd("Deze subsidie is ingetrokken. Laat dit besluit vervallen.")
    if soort is Besluitsoort.LOONWAARDE:
        if not _kan_meten(rij):
            raise OvergangGeweigerd("Deze subsidie loopt niet meer. Laat dit besluit vervallen.")
    elif _na_het_einde(rij, soort, besluit):
        raise OvergangGeweigerd(
            f"De laatste dag van deze subsidie is al {datum(rij.einddatum)}. "
            "Kies een eerdere dag, of laat dit besluit vervallen."
        )


def vanzelf_afgelopen(subsidie: Subsidie) -> bool:
    """Whether its time ran out, without a decision that ended it: what is measured later can still be decided."""
    return subsidie.status == "beeindigd" and not einde_besloten(subsidie)


def _kan_meten(subsidie: Subsidie) -> bool:
    """A measured wage value follows what runs, or what ran out by itself."""
    return subsidie.status == "lopend" or vanzelf_afgelopen(subsidie)


def einde_besloten(subsidie: Subsidie) -> bool:
    """Whether a decision that still stands ended or withdrew it."""
    einde = Beschikking.objects.filter(
        subsidie=subsidie, status="vastgesteld", soort__in=[Besluitsoort.BEEINDIGING, Besluitsoort.INTREKKING]
    )
    return einde.exclude(bezwaren__uitkomst__in=MET_GEVOLG).exists()


def _na_het_einde(rij: Subsidie, soort: Besluitsoort, besluit: Beschikking) -> bool:
    """Whether the day of the decision comes after what it could still say something about.

    An end on the last day itself is new to the employer only when nobody decided about an end before.
    """
    if rij.einddatum is None:
        return False
    if soort is Besluitsoort.BEEINDIGING:
        laat = besluit.ingangsdatum > rij.einddatum
        return laat or (besluit.ingangsdatum == rij.einddatum and einde_besloten(rij))
    return rij.status == "beeindigd" and soort in _OVER_DAGEN and besluit.ingangsdatum > rij.einddatum
