"""Contracts of the old system: everything of a line or nothing, and the same file twice changes nothing (R234)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q

from deelnemers.models import Deelnemer
from deelnemers.services.inschrijven import vind_op_bsn
from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import leg_overgang_vast
from kern.weergave import datum
from loonkostensubsidie.contractbestand import Bestandsregel
from loonkostensubsidie.keuzes import Regeluitkomst, Richting, Schaduwstand
from loonkostensubsidie.models import Contract, Contractvoorwaarde, Regeling, Regelingsoort, Schaduwbedrag
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from loonkostensubsidie.services.contract import leg_voorwaarde_vast
from loonkostensubsidie.services.schaduw import vergelijk
from loonkostensubsidie.toestanden import CONTRACT
from organisatie.keuzes import Geldbron
from organisatie.models import Budget
from werkgevers.keuzes import Dienstverbandsoort, Werkvorm
from werkgevers.models import Dienstverband, Werkgever
from werkgevers.services.dienstverband import begin_dienstverband

_BRON = "ingelezen uit het oude systeem"
#: Field of a model → column of the file.
_KOLOM = {
    "vanaf": "voorwaarden_vanaf",
    "uren_per_week": "uren_per_week",
    "begindatum": "begindatum",
    "einddatum": "einddatum",
    "regeling": "regeling",
    "functie": "functie",
}


@dataclass
class Uitslag:
    """What became of one line."""

    uitkomst: Regeluitkomst
    fouten: list[dict[str, str]] = field(default_factory=list)


class TeKoppelen(Exception):
    """The person or the employer is not known yet; `veld` is the column."""

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__(melding)
        self.veld, self.melding = veld, melding


def verwerk_regel(regel: Bestandsregel, regelingen: dict[str, Regeling], wet: Wetgeving, *, actor: Actor) -> Uitslag:
    """Load one line; what is wrong becomes faults per field, never an exception. Call it per line."""
    if regel.fouten:
        return Uitslag(Regeluitkomst.AFGEWEZEN, regel.fouten)
    try:
        return Uitslag(laad_regel(regel, regelingen, wet, actor=actor))
    except TeKoppelen as fout:
        return Uitslag(Regeluitkomst.TE_KOPPELEN, [{"veld": fout.veld, "melding": fout.melding}])
    except ValidationError as fout:
        return Uitslag(Regeluitkomst.AFGEWEZEN, _fouten(fout))


@service
def laad_regel(regel: Bestandsregel, regelingen: dict[str, Regeling], wet: Wetgeving, *, actor: Actor) -> Regeluitkomst:
    """Make or update the contract of a line, in one transaction. Raises TeKoppelen and ValidationError per column."""
    regeling = _regeling(regel, regelingen)
    deelnemer, werkgever = _persoon(regel), _werkgever(regel)
    contract = Contract.objects.select_for_update(of=("self",)).filter(extern_nummer=regel.contractnummer).first()
    if contract is None:
        contract = _nieuw(regel, regeling, deelnemer, werkgever, actor)
        uitkomst, anders = Regeluitkomst.NIEUW, True
    else:
        _zelfde(contract, regeling, deelnemer, werkgever)
        uitkomst, anders = Regeluitkomst.GEWIJZIGD, _periode(contract, regel)
    anders = _voorwaarde(contract, regel, actor) or anders
    anders = _maand(contract, regel) or anders
    if not anders:
        return Regeluitkomst.GELIJK
    vergelijk([contract], actor=actor, wet=wet)
    return uitkomst


def _regeling(regel: Bestandsregel, regelingen: dict[str, Regeling]) -> Regeling:
    regeling, begin = regelingen.get(regel.waarden["regeling"]), regel.waarden["begindatum"]
    if regeling is None:
        raise ValidationError({"regeling": f"Kies een van deze regelingen: {', '.join(sorted(regelingen))}."})
    if regeling.nieuw_mogelijk_tot and begin > regeling.nieuw_mogelijk_tot:
        tekst = f"{regeling.naam} kan alleen voor werk dat uiterlijk begon op {datum(regeling.nieuw_mogelijk_tot)}."
        raise ValidationError({"begindatum": tekst})
    return regeling


def _persoon(regel: Bestandsregel) -> Deelnemer:
    deelnemer = vind_op_bsn(regel.bsn)
    if deelnemer is None:
        raise TeKoppelen(
            "bsn", "Deze persoon kennen we nog niet. Schrijf de persoon in en lees het bestand opnieuw in."
        )
    geboren = regel.waarden.get("geboortedatum")
    if geboren and geboren != deelnemer.geboortedatum:
        raise ValidationError({"geboortedatum": "De geboortedatum is een andere dan in het dossier."})
    return deelnemer


def _werkgever(regel: Bestandsregel) -> Werkgever:
    kvk, loonheffing = regel.waarden.get("kvk_nummer", ""), regel.waarden.get("loonheffingennummer", "")
    op_kvk = Werkgever.objects.filter(kvk_nummer=kvk).order_by("pk").first() if kvk else None
    op_loon = list(Werkgever.objects.filter(loonheffingennummer=loonheffing).order_by("pk")[:2]) if loonheffing else []
    if op_kvk is None and len(op_loon) > 1:
        raise ValidationError({"loonheffingennummer": "Meer werkgevers hebben dit nummer. Geef ook het KvK-nummer."})
    gevonden = op_kvk or (op_loon[0] if op_loon else None)
    if gevonden is None:
        raise TeKoppelen(
            "kvk_nummer" if kvk else "loonheffingennummer",
            "Deze werkgever kennen we nog niet. Voeg de werkgever toe en lees het bestand opnieuw in.",
        )
    if loonheffing and gevonden.loonheffingennummer and gevonden.loonheffingennummer != loonheffing:
        tekst = "Het KvK-nummer en het loonheffingennummer horen bij verschillende werkgevers."
        raise ValidationError({"loonheffingennummer": tekst})
    return gevonden


def _nieuw(
    regel: Bestandsregel, regeling: Regeling, deelnemer: Deelnemer, werkgever: Werkgever, actor: Actor
) -> Contract:
    w = regel.waarden
    factureren = regeling.soort == Regelingsoort.DETACHERING
    contract = Contract(
        extern_nummer=regel.contractnummer,
        deelnemer=deelnemer,
        dienstverband=_dienstverband(regel, regeling, deelnemer, werkgever, actor),
        werkgever=werkgever,
        regeling=regeling,
        richting=Richting.FACTUREREN if factureren else Richting.BETALEN,
        project=_project(regel),
        begindatum=w["begindatum"],
        einddatum=w.get("einddatum"),
        status_sinds=klok.vandaag(),
    )
    contract.full_clean()
    contract.save()
    begin = CONTRACT.stap("", "inlezen")
    if begin is None:
        raise LookupError("de tabel CONTRACT kent geen begin")
    leg_overgang_vast("contract", contract, "", begin, actor=actor)
    return contract


def _project(regel: Bestandsregel) -> str:
    """Project money that has a budget; without a project the scheme says which money it is."""
    project: str = regel.waarden.get("project") or ""
    if project and not Budget.objects.filter(bron=Geldbron.PROJECT, project=project).exists():
        raise ValidationError({"project": "Dit project heeft geen budget. Vul het budget in, of laat dit leeg."})
    return project


def _dienstverband(
    regel: Bestandsregel, regeling: Regeling, deelnemer: Deelnemer, werkgever: Werkgever, actor: Actor
) -> Dienstverband:
    """The employment of this kind that runs on the first day; without one it is made."""
    w = regel.waarden
    op_die_dag = Q(begindatum__lte=w["begindatum"]) & (Q(einddatum__isnull=True) | Q(einddatum__gte=w["begindatum"]))
    soort = regeling.dienstverbandsoort
    bestaand = Dienstverband.objects.filter(op_die_dag, deelnemer=deelnemer, soort=soort).order_by("pk").first()
    if bestaand is not None:
        if werkgever.pk not in {bestaand.feitelijke_werkgever_id, bestaand.formele_werkgever_id}:
            tekst = "In het dossier staat dit werk bij een andere werkgever. Kijk welke van de twee klopt."
            raise ValidationError({"kvk_nummer": tekst})
        return bestaand
    return begin_dienstverband(
        deelnemer,
        soort,
        werkgever,
        w["begindatum"],
        actor=actor,
        formele_werkgever=_formeel(regeling, werkgever),
        werkvorm=Werkvorm.INDIVIDUELE_DETACHERING if soort == Dienstverbandsoort.SW else "",
        einddatum=w.get("einddatum"),
        functie=w.get("functie") or "onbekend",
        uren_per_week=w["uren_per_week"],
        uren_voltijd=w["uren_voltijd"],
    )


def _formeel(regeling: Regeling, inlener: Werkgever) -> Werkgever:
    """At a detachment the gemeente pays the wage, when she is among the employers."""
    if regeling.soort != Regelingsoort.DETACHERING:
        return inlener
    return Werkgever.objects.filter(eigen_organisatie=True).order_by("pk").first() or inlener


def _zelfde(contract: Contract, regeling: Regeling, deelnemer: Deelnemer, werkgever: Werkgever) -> None:
    fouten: dict[str, str] = {}
    if contract.status == "vervallen":
        fouten["contractnummer"] = "Dit contract nemen we niet over: het is vervallen."
    if contract.deelnemer_id != deelnemer.pk:
        fouten["bsn"] = "Dit contractnummer hoort bij iemand anders."
    if contract.werkgever_id != werkgever.pk:
        fouten["kvk_nummer"] = "Dit contractnummer hoort bij een andere werkgever."
    if contract.regeling_id != regeling.pk:
        fouten["regeling"] = f"Dit contract staat bij {contract.regeling.naam}."
    if fouten:
        raise ValidationError(fouten)


def _periode(contract: Contract, regel: Bestandsregel) -> bool:
    begin, einde = regel.waarden["begindatum"], regel.waarden.get("einddatum")
    if (contract.begindatum, contract.einddatum) == (begin, einde):
        return False
    _eis_schaduw(contract, "begindatum" if contract.begindatum != begin else "einddatum")
    contract.begindatum, contract.einddatum = begin, einde
    contract.versie += 1
    contract.full_clean()
    contract.save(update_fields=["begindatum", "einddatum", "versie"])
    return True


def _voorwaarde(contract: Contract, regel: Bestandsregel, actor: Actor) -> bool:
    w = regel.waarden
    vanaf: dt.date = w["voorwaarden_vanaf"]
    gelijk = Contractvoorwaarde.objects.filter(
        contract=contract, begindatum=vanaf, rekenwijze=w["rekenwijze"], termen=regel.termen
    )
    if gelijk.exists():
        return False
    _eis_schaduw(contract, "rekenwijze")
    leg_voorwaarde_vast(contract, vanaf, w["rekenwijze"], regel.termen, _BRON, actor=actor)
    return True


def _maand(contract: Contract, regel: Bestandsregel) -> bool:
    """The amount of the old system in this month; ours follows in `vergelijk`."""
    maand, bedrag = regel.waarden["maand"], regel.waarden["bedrag_oud"]
    rij = Schaduwbedrag.objects.filter(contract=contract, maand=maand).first()
    if rij is not None and rij.oud_bedrag == bedrag:
        return False
    rij = rij or Schaduwbedrag(contract=contract, deelnemer_id=contract.deelnemer_id, maand=maand)
    rij.oud_bedrag, rij.nieuw_bedrag, rij.verschil = bedrag, None, None
    rij.stand, rij.fout, rij.berekend_op = Schaduwstand.NIET, "Nog niet berekend.", klok.nu()
    rij.save()
    return True


def _eis_schaduw(contract: Contract, veld: str) -> None:
    if contract.status != "schaduw":
        tekst = "Dit contract is al voorgedragen of in bedrijf. Wijzig het hier, met een voorstel."
        raise ValidationError({veld: tekst})


def _fouten(fout: ValidationError) -> list[dict[str, str]]:
    """Per column what is wrong; what is about the row as a whole stands at `regel`."""
    if not hasattr(fout, "error_dict"):
        return [{"veld": "regel", "melding": tekst} for tekst in fout.messages]
    return [
        {"veld": "regel" if veld == NON_FIELD_ERRORS else _KOLOM.get(veld, veld), "melding": tekst}
        for veld, teksten in fout.message_dict.items()
        for tekst in teksten
    ]
