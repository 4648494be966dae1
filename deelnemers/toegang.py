"""The access rule of a dossier: role and relation, read only from Regie and Betrokkenheid (ONTWERP 3.10,
R223).

Being regievoerder (or standing in for her), being in the team that has the regie, or being involved by name
or by
team opens a dossier. A planned appointment makes such an involvement. Outside that only a running
break-glass. Who is barred from a dossier (their own, of family) never sees it, whatever the relation.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from deelnemers.models import Betrokkenheid, Contactmoment, Deelnemer, Doorbreking, Leesverbod, Privacyverzoek, Regie
from kern import klok
from kern.models import geldig_op
from kern.toegang import Toegangsregel
from organisatie.querysets import mijn_team_ids, waarneemt_voor_ids
from regelgeving.opzoeken import codes

#: The right to see stigmatising target groups (R007).
AFGESCHERMD = "dossier.afgeschermde_doelgroep"
#: The ground of reading when nothing but a reason opened the dossier.
DOORBREKING = "doorbreking"


def lopende_doorbrekingen(medewerker: Any) -> QuerySet[Doorbreking]:
    """What this member of staff opened with a reason, and still may read."""
    return Doorbreking.objects.filter(medewerker=medewerker, geldig_tot__gt=klok.nu())


class Dossierregel(Toegangsregel):
    """Who sees which person."""

    def filter(self, medewerker: Any) -> Q:
        """Condition on Deelnemer; nobody sees anything without being a member of staff."""
        return self.op_betrokkene(medewerker, "pk")

    def op_betrokkene(self, medewerker: Any, kolom: str = "deelnemer") -> Q:
        """The same rule for a table that points at the person by `kolom` (timeline, search, parts)."""
        if medewerker is None:
            return Q(pk__in=[])
        doorbroken = lopende_doorbrekingen(medewerker)
        met_reden = Q(**{f"{kolom}__in": doorbroken.values("deelnemer")}) & self.niet_verboden(medewerker, kolom)
        return self.op_relatie(medewerker, kolom) | met_reden

    @staticmethod
    def niet_verboden(medewerker: Any, kolom: str = "pk") -> Q:
        """Leaves out the persons whose dossier this member of staff may not open (own, relatives)."""
        verboden = Leesverbod.objects.filter(geldig_op(klok.vandaag()), medewerker=medewerker)
        return ~Q(**{f"{kolom}__in": verboden.values("deelnemer")})

    def op_relatie(self, medewerker: Any, kolom: str = "deelnemer") -> Q:
        """The lasting part of the rule: regie or involvement, by name, by team or as stand-in."""
        teams, ik = mijn_team_ids(medewerker), {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        regie = Regie.objects.filter(geldig_op(klok.vandaag())).filter(Q(medewerker__in=ik) | Q(team__in=teams))
        mag = Q(**{f"{kolom}__in": regie.values("deelnemer")}) | Q(
            **{f"{kolom}__in": self._betrokkenheid(medewerker).values("deelnemer")}
        )
        return mag & self.niet_verboden(medewerker, kolom)

    @staticmethod
    def _betrokkenheid(medewerker: Any) -> QuerySet[Betrokkenheid]:
        teams, ik = mijn_team_ids(medewerker), {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        nu = Betrokkenheid.objects.filter(geldig_op(klok.vandaag()))
        return nu.filter(Q(medewerker__in=ik) | Q(medewerker__isnull=True, team__in=teams))

    def grond(self, deelnemer: Deelnemer, medewerker: Any) -> str:
        """On what ground this member of staff reads this person, for the read log."""
        ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        if deelnemer.regievoerder_id == medewerker.pk:
            return "regie"
        if deelnemer.regievoerder_id in ik:
            return "waarneming"
        if deelnemer.team_id in mijn_team_ids(medewerker):
            return "team"
        return "betrokken" if self._betrokkenheid(medewerker).filter(deelnemer=deelnemer).exists() else DOORBREKING


DOSSIER = Dossierregel()


def is_direct(deelnemer: Deelnemer, medewerker: Any) -> bool:
    """Whether this member of staff guides the person, stands in for who does, or is in the team (R007); no question."""
    ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)} if medewerker else set()
    return deelnemer.regievoerder_id in ik or deelnemer.team_id in mijn_team_ids(medewerker)


def rechten_bij(rechten: frozenset[str], deelnemer: Deelnemer, medewerker: Any) -> frozenset[str]:
    """The rights of this reader at this person: shielded groups only for who `is_direct` (R007)."""
    return rechten if is_direct(deelnemer, medewerker) else rechten - {AFGESCHERMD}


def zonder_verboden(rijen: QuerySet, medewerker: Any, *kolommen: str) -> QuerySet:
    """Rows about persons on a page that no relation opens (privacy, income, doubles): never one's own dossier, nor that
    of a relative. A row without a person stays.
    """
    for kolom in kolommen or ("deelnemer",):
        rijen = rijen.filter(DOSSIER.niet_verboden(medewerker, kolom))
    return rijen


def beperking_loopt() -> Q:
    """Condition on Privacyverzoek: it restricts the use of the data today."""
    toch = Q(gebruik_tot__isnull=True) | Q(gebruik_tot__lt=klok.vandaag())
    return toch & Q(soort="beperking", status__in=["toegewezen", "deels"], beperkt_tot__isnull=True)


def lopende_beperkingen() -> QuerySet[Privacyverzoek]:
    """Restrictions that hold today: granted, not lifted, and no ground to use the data all the same (AVG art. 18)."""
    return Privacyverzoek.objects.filter(beperking_loopt())


def beperkte_personen() -> QuerySet:
    """Keys of the persons whose data may only be stored now."""
    return lopende_beperkingen().values("deelnemer")


def mag_adres(deelnemer: Deelnemer, medewerker: Any, rechten: frozenset[str]) -> bool:
    """Whether this reader may see the address: a secret one only the regievoerder, her stand-in and their manager."""
    return not deelnemer.adres_geheim or is_regie_of_manager(deelnemer, medewerker, rechten)


def is_regie_of_manager(deelnemer: Deelnemer, medewerker: Any, rechten: frozenset[str]) -> bool:
    """The regievoerder, her stand-in, or the manager of their team."""
    if DOSSIER.grond(deelnemer, medewerker) in {"regie", "waarneming"}:
        return True
    return "caseload.toewijzen" in rechten and deelnemer.team_id in mijn_team_ids(medewerker)


def te_verbeteren_notities(deelnemer: Deelnemer, medewerker: Any, rechten: frozenset[str]) -> QuerySet[Contactmoment]:
    """Notes about this person that this reader may correct or withdraw: her own ones, or all of them for the
    regievoerder, her stand-in and their manager; sensitive ones only with the right.
    """
    rijen = Contactmoment.objects.filter(deelnemer=deelnemer, ingetrokken_op__isnull=True)
    rijen = rijen if mag_bijzonder(rechten) else rijen.filter(bijzonder=False)
    if is_regie_of_manager(deelnemer, medewerker, rechten):
        return rijen
    return rijen.filter(medewerker=medewerker)


def mag_bijzonder(rechten: frozenset[str]) -> bool:
    """Whether special data (health, debt, justice) may show (R228)."""
    return "dossier.bijzonder" in rechten


def mag_afgeschermd(rechten: frozenset[str]) -> bool:
    """Whether stigmatising target groups may show (R007): the right of a role, which `rechten_bij` takes off the page
    of a person for who is not the regisseur, her stand-in or in the team. Lists ask it for own people only.
    """
    return AFGESCHERMD in rechten


def gezondheidsgroepen() -> frozenset[str]:
    """Codes of the target groups that tell something of somebody's health: special data, as the code list says."""
    return frozenset(rij.code for rij in codes("doelgroepen") if rij.kenmerken.get("bescherming") == "gezondheid")


def verborgen_groepen(rechten: frozenset[str]) -> frozenset[str]:
    """Codes of the target groups that do not exist for who may not see special data (R228)."""
    return frozenset() if mag_bijzonder(rechten) else gezondheidsgroepen()
