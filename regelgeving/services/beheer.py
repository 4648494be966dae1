"""What happens when a proposal of functional management is approved: own values, own codes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from kern.handeling import Actor, huidige_gemeente_id
from regelgeving import opzoeken
from regelgeving.keuzes import ANTWOORDEN, OF_GETAL, Huishoudtype, Status, Vrijlatingsoort
from regelgeving.models import Code, Codelijst, Parameter, Voorstel
from regelgeving.services import wetswaarden
from regelgeving.voorstellen import Voorstelsoort, registreer

BEHEREN = "regelgeving.beheren"
GOEDKEUREN = "regelgeving.goedkeuren"
#: Keys that need no national row: own amounts where the sources have a gap.
VRIJE_SLEUTELS = {
    *(f"bijstandsnorm.{soort}" for soort in Huishoudtype.values),
    *(f"vrijlating.{soort}.maximum" for soort in Vrijlatingsoort.values),
    "subsidie.bw_rijkssubsidie",
    "subsidie.bw_arbeidsjaren",
    "subsidie.bw_uitvoeringskosten",
}


def controleer_parameter(inhoud: dict[str, Any]) -> None:
    """A known key, a date, a source and a value of the same kind as the national one."""
    fouten: dict[str, str] = {}
    landelijk = (
        Parameter.objects.filter(sleutel=inhoud.get("sleutel", ""), gemeente__isnull=True)
        .order_by("-geldig_van")
        .first()
    )
    if landelijk is None and inhoud.get("sleutel") not in VRIJE_SLEUTELS:
        fouten["sleutel"] = "Deze parameter bestaat niet. Kies er een uit de lijst."
    if not _datum(inhoud.get("geldig_van")):
        fouten["geldig_van"] = "Vul de eerste dag in waarop dit geldt."
    if not str(inhoud.get("bron", "")).strip():
        fouten["bron"] = "Noem de bron, bijvoorbeeld het nummer van de Staatscourant of het raadsbesluit."
    if "sleutel" not in fouten and (fout := _fout_in_waarde(inhoud, landelijk)):
        fouten["waarde"] = fout
    if fouten:
        raise ValidationError(fouten)


def _fout_in_waarde(inhoud: dict[str, Any], landelijk: Parameter | None) -> str:
    """What is wrong with a value; empty when the program can work with it."""
    sleutel, waarde = inhoud["sleutel"], inhoud.get("waarde")
    antwoorden = ANTWOORDEN.get(sleutel)
    if antwoorden is not None:
        if waarde in antwoorden or (sleutel in OF_GETAL and _is_getal(waarde) and Decimal(str(waarde)) > 0):
            return ""
        kan = " of ".join(woord.replace("_", " ") for woord in antwoorden)
        return f"Kies {kan}{', of vul een getal in' if sleutel in OF_GETAL else ''}."
    if landelijk is not None and not isinstance(landelijk.waarde, str):
        return "Deze waarde bestaat uit delen. Zij wijzigt met een nieuwe versie van het programma."
    if (landelijk is None or _is_getal(landelijk.waarde)) and not _is_getal(waarde):
        return "Vul een getal in, bijvoorbeeld 23,5."
    return ""


def zet_parameter(voorstel: Voorstel, actor: Actor) -> None:
    """Give this gemeente its own value from a date; an own value that ran until then ends the day before."""
    inhoud = voorstel.inhoud
    van, tot = dt.date.fromisoformat(inhoud["geldig_van"]), _datum(inhoud.get("geldig_tot"))
    eigen = Parameter.objects.filter(sleutel=inhoud["sleutel"], gemeente_id=huidige_gemeente_id())
    eigen.filter(geldig_van=van).delete()
    _sluit_af(eigen, van)
    volgende = eigen.filter(geldig_van__gt=van).order_by("geldig_van").first()
    if volgende is not None and tot is None:
        tot = volgende.geldig_van - dt.timedelta(days=1)
    Parameter.objects.create(
        sleutel=inhoud["sleutel"],
        gemeente_id=huidige_gemeente_id(),
        waarde=inhoud["waarde"],
        eenheid=inhoud.get("eenheid", ""),
        geldig_van=van,
        geldig_tot=tot,
        status=inhoud.get("status") or Status.BEVESTIGD,
        bron=inhoud["bron"],
        toelichting=inhoud.get("toelichting", ""),
    )
    opzoeken.vergeet()


def controleer_code(inhoud: dict[str, Any]) -> None:
    """An own list, a code and a label."""
    lijst = Codelijst.objects.filter(sleutel=inhoud.get("codelijst", "")).first()
    fouten: dict[str, str] = {}
    if lijst is None:
        fouten["codelijst"] = "Deze lijst bestaat niet."
    elif lijst.landelijk:
        fouten["codelijst"] = "Deze lijst is landelijk vastgesteld. Een gemeente kan hem niet veranderen."
    for veld, tekst in (("code", "Vul een code in."), ("label", "Vul een naam in.")):
        if not str(inhoud.get(veld, "")).strip():
            fouten[veld] = tekst
    if not _datum(inhoud.get("geldig_van")):
        fouten["geldig_van"] = "Vul de eerste dag in waarop dit geldt."
    if fouten:
        raise ValidationError(fouten)


def zet_code(voorstel: Voorstel, actor: Actor) -> None:
    """Add or change a code for this gemeente; the national row with the same code stays until the day before."""
    inhoud = voorstel.inhoud
    van, gemeente_id = dt.date.fromisoformat(inhoud["geldig_van"]), huidige_gemeente_id()
    lijst = Codelijst.objects.get(sleutel=inhoud["codelijst"])
    eigen = Code.objects.filter(codelijst=lijst, code=inhoud["code"], gemeente_id=gemeente_id)
    landelijk = opzoeken.code(lijst.sleutel, inhoud["code"])
    if (
        landelijk is not None
        and landelijk.gemeente_id is None
        and (landelijk.geldig_van is None or landelijk.geldig_van < van)
    ):
        # From now on the own rows speak for this code; what held before stays readable.
        Code.objects.create(**_kopie(landelijk), gemeente_id=gemeente_id, geldig_tot=van - dt.timedelta(days=1))
    eigen.filter(geldig_van=van).delete()
    _sluit_af(eigen, van)
    Code.objects.create(
        codelijst=lijst,
        code=inhoud["code"],
        gemeente_id=gemeente_id,
        label=inhoud["label"],
        volgorde=landelijk.volgorde if landelijk else 900,
        afgeschermd=inhoud.get("afgeschermd", landelijk.afgeschermd if landelijk else False),
        kenmerken=landelijk.kenmerken if landelijk else {},
        geldig_van=van,
        geldig_tot=_datum(inhoud.get("geldig_tot")),
        status=Status.BEVESTIGD,
        bron=inhoud.get("bron") or voorstel.omschrijving,
    )
    opzoeken.vergeet()


def sluit_aan() -> None:
    """Register the kinds of proposals of this room."""
    registreer(Voorstelsoort("parameter", "Eigen waarde", GOEDKEUREN, zet_parameter, controleer_parameter))
    registreer(Voorstelsoort("code", "Code in een lijst", GOEDKEUREN, zet_code, controleer_code))
    w = wetswaarden
    registreer(Voorstelsoort(w.MINIMUMLOON, "Minimumloon", GOEDKEUREN, w.zet_minimumloon, w.controleer_minimumloon))
    registreer(Voorstelsoort(w.TERMIJN, "Eigen termijn", GOEDKEUREN, w.zet_termijn, w.controleer_termijn))


def _sluit_af(rijen: Any, van: dt.date) -> None:
    """End what runs on `van` the day before."""
    rijen.filter(geldig_van__lt=van).exclude(geldig_tot__lt=van).update(geldig_tot=van - dt.timedelta(days=1))
    rijen.filter(geldig_van__isnull=True).exclude(geldig_tot__lt=van).update(geldig_tot=van - dt.timedelta(days=1))


def _kopie(rij: Code) -> dict[str, Any]:
    velden = (
        "codelijst_id",
        "code",
        "label",
        "volgorde",
        "afgeschermd",
        "kenmerken",
        "geldig_van",
        "status",
        "bron",
    )
    return {veld: getattr(rij, veld) for veld in velden}


def _datum(waarde: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(waarde)) if waarde else None
    except ValueError:
        return None


def _is_getal(waarde: Any) -> bool:
    try:
        return isinstance(waarde, str) and Decimal(waarde).is_finite()
    except InvalidOperation:
        return False
