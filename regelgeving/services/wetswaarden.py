"""What a proposal about the minimum wage or a term does: check it, and write it when a second person approves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from kern.handeling import Actor, huidige_gemeente_id
from kern.weergave import datum as voluit
from kern.weergave import euro
from regelgeving import opzoeken
from regelgeving.gegevens.laden import begindagen
from regelgeving.keuzes import Status, Tijdseenheid
from regelgeving.models import Minimumloon, Termijn, Voorstel, geldig
from regelgeving.rekenen.breuken import breuk, decimaal
from regelgeving.rekenen.minimumloon import jeugdpercentage, jeugduurloon

MINIMUMLOON, TERMIJN = "minimumloon", "termijn"
VOLWASSEN = 21  # years, since 1 July 2019
LEEFTIJDEN = (20, 19, 18, 17, 16, 15)
#: Since this day the law sets an hourly wage; all months before are in the tables of the program.
UURLOON_VANAF = dt.date(2024, 1, 1)
_CENT = Decimal("0.01")


def percentage_van(inhoud: dict[str, Any], leeftijd: int) -> Decimal:
    """The part of the adult wage for an age in this proposal."""
    return Decimal(inhoud[f"percentage_{leeftijd}"])


# --- Minimum wage ----------------------------------------------------------------------------------------------
def controleer_minimumloon(inhoud: dict[str, Any]) -> None:
    """A half year that the program does not know, every age, a source; amounts above zero and in order of age."""
    fouten: dict[str, str] = {}
    if fout := _fout_van_dag(inhoud.get("geldig_van")):
        fouten["geldig_van"] = fout
    if not str(inhoud.get("bron", "")).strip():
        fouten["bron"] = "Noem de bron, bijvoorbeeld het nummer van de Staatscourant."
    namen = ["referentiemaand", f"uur_{VOLWASSEN}"]
    for leeftijd in LEEFTIJDEN:
        namen += [f"percentage_{leeftijd}", f"uur_{leeftijd}"]
    for naam in namen:
        if (_getal(inhoud.get(naam)) or 0) <= 0:
            fouten[naam] = "Vul een bedrag in dat hoger is dan nul." if "percentage" not in naam else "Vul een deel in."
    for ouder, jonger in zip((VOLWASSEN, *LEEFTIJDEN), LEEFTIJDEN, strict=False):
        hoog, laag = _getal(inhoud.get(f"uur_{ouder}")), _getal(inhoud.get(f"uur_{jonger}"))
        if hoog and laag and laag > hoog:
            fouten.setdefault(f"uur_{jonger}", f"Dit is hoger dan voor {ouder} jaar. Controleer de bedragen.")
    if fouten:
        raise ValidationError(fouten)


def waarschuwingen(inhoud: dict[str, Any]) -> list[str]:
    """What is possible but odd; the colleague who approves reads it. Call it after the check."""
    van, uit = dt.date.fromisoformat(inhoud["geldig_van"]), []
    vorige = {rij.leeftijd_van: rij for rij in Minimumloon.objects.filter(geldig(van - dt.timedelta(days=1)))}
    volwassen = vorige.get(VOLWASSEN)
    maand = Decimal(inhoud["referentiemaand"])
    if volwassen is not None and volwassen.referentiemaand and maand < volwassen.referentiemaand:
        uit.append(f"De referentiemaand is lager dan ervoor: toen {euro(volwassen.referentiemaand)}.")
    uur = Decimal(inhoud[f"uur_{VOLWASSEN}"])
    for leeftijd in (VOLWASSEN, *LEEFTIJDEN):
        oud, nieuw = vorige.get(leeftijd), Decimal(inhoud[f"uur_{leeftijd}"])
        if oud is not None and oud.uur and nieuw < oud.uur:
            uit.append(f"{_naam(leeftijd)} is per uur lager dan ervoor: toen {euro(oud.uur)}.")
        if leeftijd == VOLWASSEN:
            continue
        deel = percentage_van(inhoud, leeftijd)
        if deel != jeugdpercentage(van, leeftijd):
            uit.append(f"{_naam(leeftijd)}: het deel is niet {jeugdpercentage(van, leeftijd):f}%.".replace(".0%", "%"))
        if abs(nieuw - jeugduurloon(uur, deel)) > _CENT:
            uit.append(f"{_naam(leeftijd)}: het deel van {euro(uur)} is {euro(jeugduurloon(uur, deel))}.")
    return uit


def zet_minimumloon(voorstel: Voorstel, actor: Actor) -> None:
    """Write the rows of all ages from the day on; what held until then ends the day before."""
    inhoud = voorstel.inhoud
    controleer_minimumloon(inhoud)
    van = dt.date.fromisoformat(inhoud["geldig_van"])
    Minimumloon.objects.filter(geldig_van=van).delete()
    ervoor = Minimumloon.objects.filter(geldig_van__lt=van).exclude(geldig_tot__lt=van)
    ervoor.update(geldig_tot=van - dt.timedelta(days=1))
    erna = Minimumloon.objects.filter(geldig_van__gt=van).order_by("geldig_van").first()
    maand = Decimal(inhoud["referentiemaand"])
    for leeftijd in (VOLWASSEN, *LEEFTIJDEN):
        deel = Decimal(100) if leeftijd == VOLWASSEN else percentage_van(inhoud, leeftijd)
        Minimumloon.objects.create(
            geldig_van=van,
            geldig_tot=erna.geldig_van - dt.timedelta(days=1) if erna else None,
            leeftijd_van=leeftijd,
            leeftijd_tot=None if leeftijd == VOLWASSEN else leeftijd,
            percentage=deel,
            uur=Decimal(inhoud[f"uur_{leeftijd}"]),
            referentiemaand=decimaal(breuk(maand) * breuk(deel) / 100, 2),
            status=Status.BEVESTIGD if leeftijd == VOLWASSEN else Status.AFGELEID,
            bron=inhoud["bron"],
        )
    opzoeken.vergeet()


def _fout_van_dag(ruw: Any) -> str:
    dag = _datum(ruw)
    if dag is None:
        return "Vul de eerste dag in waarop dit geldt."
    if (dag.month, dag.day) not in {(1, 1), (7, 1)}:
        return "Het minimumloon begint op 1 januari of op 1 juli."
    if dag < UURLOON_VANAF:
        return f"Kies een dag vanaf {voluit(UURLOON_VANAF)}. Alles daarvoor staat in het programma."
    if dag in begindagen("minimumloon"):
        return f"Het minimumloon van {voluit(dag)} komt mee met het programma."
    return ""


def _naam(leeftijd: int) -> str:
    return f"{leeftijd} jaar en ouder" if leeftijd == VOLWASSEN else f"{leeftijd} jaar"


# --- Terms -----------------------------------------------------------------------------------------------------
def controleer_termijn(inhoud: dict[str, Any]) -> None:
    """A term that exists and has a length, a number above zero, a unit, a day and a source."""
    fouten: dict[str, str] = {}
    landelijk = Termijn.objects.filter(sleutel=inhoud.get("sleutel", ""), gemeente__isnull=True, aantal__isnull=False)
    if not landelijk.exists():
        fouten["sleutel"] = "Deze termijn bestaat niet, of heeft geen vaste duur."
    aantal = _getal(inhoud.get("aantal"))
    if aantal is None or aantal <= 0 or aantal != int(aantal):
        fouten["aantal"] = "Vul een heel getal in dat hoger is dan nul."
    if inhoud.get("eenheid") not in Tijdseenheid.values:
        fouten["eenheid"] = "Kies een eenheid."
    if _datum(inhoud.get("geldig_van")) is None:
        fouten["geldig_van"] = "Vul de eerste dag in waarop dit geldt."
    if not str(inhoud.get("bron", "")).strip():
        fouten["bron"] = "Noem de bron, bijvoorbeeld het nummer van het raadsbesluit."
    if fouten:
        raise ValidationError(fouten)


def zet_termijn(voorstel: Voorstel, actor: Actor) -> None:
    """Give this gemeente its own term from a day on; an own one that ran until then ends the day before."""
    inhoud = voorstel.inhoud
    controleer_termijn(inhoud)
    van, dag = dt.date.fromisoformat(inhoud["geldig_van"]), dt.timedelta(days=1)
    landelijk = Termijn.objects.filter(sleutel=inhoud["sleutel"], gemeente__isnull=True).order_by("geldig_van").last()
    if landelijk is None:
        raise LookupError("een eigen termijn hoort bij een landelijke")
    eigen = Termijn.objects.filter(sleutel=inhoud["sleutel"], gemeente_id=huidige_gemeente_id())
    eigen.filter(geldig_van=van).delete()
    eigen.filter(geldig_van__lt=van).exclude(geldig_tot__lt=van).update(geldig_tot=van - dag)
    volgende = eigen.filter(geldig_van__gt=van).order_by("geldig_van").first()
    Termijn.objects.create(
        sleutel=inhoud["sleutel"],
        gemeente_id=huidige_gemeente_id(),
        onderwerp=landelijk.onderwerp,
        aantal=int(inhoud["aantal"]),
        eenheid=inhoud["eenheid"],
        begint=landelijk.begint,
        artikel=landelijk.artikel,
        geldig_van=van,
        geldig_tot=volgende.geldig_van - dag if volgende else None,
        status=Status.BEVESTIGD,
        bron=inhoud["bron"],
    )
    opzoeken.vergeet()


def _datum(waarde: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(waarde)) if waarde else None
    except ValueError:
        return None


def _getal(waarde: Any) -> Decimal | None:
    try:
        getal = Decimal(str(waarde))
    except InvalidOperation:
        return None
    return getal if getal.is_finite() else None
