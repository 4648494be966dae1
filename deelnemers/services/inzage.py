"""The overview of everything we know about a person (AVG art. 15): collected over all rooms, as PDF and JSON."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from deelnemers import leesvragen
from deelnemers.keuzes import Achterhoudreden, Privacysoort
from deelnemers.models import Deelnemer, Inzagebestand, Privacyverzoek
from deelnemers.services import vernietigen
from deelnemers.services.privacy import beperking_loopt
from deelnemers.services.vertegenwoordiging import wie_krijgt
from kern import bestanden, klok, pdf
from kern.aansluitingen import inzage
from kern.handeling import Actor, handeling, huidige_gemeente_id, service
from kern.inzagerij import leesbaar
from kern.leeslog import Lezing
from kern.models import Gemeente
from kern.taken import zet_in_wachtrij
from kern.weergave import datum
from regelgeving import opzoeken
from regelgeving import querysets as wet

TAAK = "deelnemers.inzage"
FORMAAT, VERSIE = "reintegratie-inzage", 1
KAMER = "privacy"
_MEDIATYPE = {"pdf": "application/pdf", "json": "application/json"}
Meldt = Callable[[str, int, int], None]

ALTIJD_ACHTER = (
    "Wie een veiligheidsmelding deed, noemen we niet. Die persoon loopt anders gevaar (AVG art. 15 lid 4).",
    "Gegevens van anderen, zoals je partner, huisgenoten of contactpersonen, geven we niet (AVG art. 15 lid 4).",
    "Van wie in je gegevens keek, noemen we de functie en niet de naam.",
)
RECHTEN = (
    "Klopt iets niet? Dan kun je vragen om het te verbeteren (AVG art. 16).",
    "Je kunt vragen om gegevens te wissen of het gebruik te beperken (AVG art. 17 en 18).",
    "Je kunt bezwaar maken tegen het gebruik van je gegevens (AVG art. 21).",
    "Ben je het niet met ons eens? Dan kun je een klacht indienen bij de Autoriteit Persoonsgegevens.",
    "Een computer beslist niet over jou. Een advies van het systeem is altijd een advies; een medewerker beslist.",
)
ZIN_BIJ_ACHTERHOUDEN = {
    Achterhoudreden.DERDEN: "er staan gegevens van iemand anders in (AVG art. 15 lid 4)",
    Achterhoudreden.BRON: "wie iets meldde, loopt anders gevaar (AVG art. 15 lid 4)",
    Achterhoudreden.ONDERZOEK: "er loopt een onderzoek of toezicht (UAVG art. 41)",
}


@service
def vraag_samenstellen(verzoek: Privacyverzoek, *, actor: Actor) -> Privacyverzoek:
    """Ask the job to collect everything; the page shows how far it is. Raises ValidationError too early or too late."""
    rij = Privacyverzoek.objects.select_for_update(of=("self",)).get(pk=verzoek.pk)
    if rij.soort != Privacysoort.INZAGE:
        raise ValidationError("Alleen bij een verzoek om inzage stellen we een overzicht samen.")
    if rij.status != "in_behandeling":
        raise ValidationError("Stel eerst vast wie het vraagt. Na het besluit verandert het overzicht niet meer.")
    rij.samenstellen_sinds, rij.versie = klok.nu(), rij.versie + 1
    rij.save(update_fields=["samenstellen_sinds", "versie"])
    return rij


def wek_taak(gemeente_id: int, door: str) -> bool:
    """Start the job now; call after the commit of `vraag_samenstellen`."""
    return zet_in_wachtrij(TAAK, gemeente_id, door)


def onderdelen(deelnemer_id: int, meldt: Meldt | None = None) -> list[dict[str, Any]]:
    """All that every room knows: room, heading and rows with plain text."""
    kamers, uit = inzage.kamers(), []
    for nummer, (kamer, functie) in enumerate(kamers.items()):
        if meldt:
            meldt(f"Gegevens ophalen: {kamer}", nummer, len(kamers))
        for kop, lijst in functie(deelnemer_id).items():
            regels = [{naam: leesbaar(waarde) for naam, waarde in rij.items() if leesbaar(waarde)} for rij in lijst]
            if regels := [regel for regel in regels if regel]:
                uit.append({"kamer": kamer, "titel": kop, "rijen": regels})
    return uit


def _gemeentenaam() -> str:
    return Gemeente.objects.get(pk=huidige_gemeente_id()).naam


def koppen(deelnemer_id: int) -> list[str]:
    """The headings of the overview, to choose what is not given."""
    return [deel["titel"] for deel in onderdelen(deelnemer_id)]


def stel_op(verzoek: Privacyverzoek, meldt: Meldt | None = None) -> dict[str, Any]:
    """The whole overview as data; what is held back is named, never shown."""
    deelnemer = Deelnemer.objects.get(pk=verzoek.deelnemer_id)
    achter = {rij.onderdeel: rij.reden for rij in verzoek.achtergehouden.order_by("onderdeel")}
    alles = onderdelen(deelnemer.pk, meldt)
    # Never cut: the person gets every line, however many (AVG art. 15).
    dagen = leesvragen.per_dag(leesvragen.leesregels(deelnemer))
    nu = timezone.localtime(klok.nu())
    return {
        "formaat": FORMAAT,
        "versie": VERSIE,
        "gemeente": _gemeentenaam(),
        "gemaaktOp": nu.isoformat(timespec="seconds"),
        "verzoek": {
            "kenmerk": str(verzoek.kenmerk),
            "ontvangenOp": verzoek.ontvangen_op.isoformat(),
            "namens": verzoek.namens,
            "identiteit": verzoek.get_identiteit_display(),
            "identiteitOp": verzoek.identiteit_op.isoformat() if verzoek.identiteit_op else None,
        },
        "persoon": {"naam": deelnemer.naam, "dossiernummer": deelnemer.dossiernummer},
        "onderdelen": [deel for deel in alles if deel["titel"] not in achter],
        "lezers": [
            {
                "dag": dag.dag.isoformat(),
                "keren": [
                    {
                        "wie": keer.rol,
                        "wat": keer.wat,
                        "waarom": keer.waarom,
                        "wanneer": keer.wanneer,
                        "verwerking": keer.verwerking,
                    }
                    for keer in dag.keren
                ],
            }
            for dag in dagen
        ],
        "verwerkingen": [
            {
                "naam": rij.naam,
                "doel": rij.doel,
                "grondslag": f"{rij.grondslag}; {rij.wet}",
                "gegevens": rij.gegevens,
                "ontvangers": rij.ontvangers,
                "bewaren": rij.bewaren,
            }
            for rij in wet.verwerkingen(klok.vandaag())
        ],
        "achtergehouden": [
            {"onderdeel": kop, "waarom": ZIN_BIJ_ACHTERHOUDEN[Achterhoudreden(reden)]} for kop, reden in achter.items()
        ],
        "nooitMeegegeven": list(ALTIJD_ACHTER),
        "rechten": list(RECHTEN),
    }


def maak_pdf(gegevens: dict[str, Any], moment: dt.datetime) -> bytes:
    """The overview on paper, in the house style."""
    lezers = [dag | {"leesbaar": datum(dt.date.fromisoformat(dag["dag"]))} for dag in gegevens["lezers"]]
    gelezen = {"leesbaarOp": datum(dt.datetime.fromisoformat(gegevens["gemaaktOp"])), "lezers": lezers}
    return pdf.maak("deelnemers/inzage.typ", gegevens | gelezen, moment=moment)


def stel_samen(verzoek_id: int, actor: Actor, meldt: Meldt | None = None) -> None:
    """Make both files of one request; again gives new ones in their place. The reading goes into the read log."""
    verzoek = Privacyverzoek.objects.select_related("deelnemer").get(pk=verzoek_id)
    gegevens, moment = stel_op(verzoek, meldt), klok.nu()
    lezing = Lezing()
    lezing.toon("inzage.samenstellen", [verzoek.deelnemer_id], grond="privacy")
    lezing.leg_vast_voor(actor)
    inhoud = {
        "pdf": maak_pdf(gegevens, moment),
        "json": json.dumps(gegevens, ensure_ascii=False, indent=2).encode(),
    }
    dagen = int(opzoeken.getal("inzage.geldig", klok.vandaag()))
    with bestanden.weg_bij_mislukken(), handeling(actor):
        rij = Privacyverzoek.objects.select_for_update(of=("self",)).get(pk=verzoek_id)
        if rij.status != "in_behandeling" or rij.samenstellen_sinds is None:
            return
        oud = list(Inzagebestand.objects.filter(verzoek=rij).order_by("pk"))
        for soort, inhoud_ in inhoud.items():
            sha = hashlib.sha256(inhoud_).hexdigest()
            plaats = bestanden.bewaar(KAMER, bestanden.Inhoud(inhoud_, _MEDIATYPE[soort], sha))
            Inzagebestand.objects.filter(verzoek=rij, soort=soort).delete()
            Inzagebestand.objects.create(
                verzoek=rij,
                deelnemer_id=rij.deelnemer_id,
                soort=soort,
                plaats=plaats,
                sha256=sha,
                grootte=len(inhoud_),
                gemaakt_op=moment,
                geldig_tot=klok.vandaag() + dt.timedelta(days=dagen),
            )
        rij.samenstellen_sinds, rij.versie = None, rij.versie + 1
        rij.save(update_fields=["samenstellen_sinds", "versie"])
    for bestand in oud:
        bestanden.gooi_weg(bestand.plaats)


def wis_verlopen(actor: Actor) -> int:
    """Take away the overviews whose last day has passed; the request itself stays."""
    oud = list(Inzagebestand.objects.filter(geldig_tot__lt=klok.vandaag()).order_by("pk"))
    with handeling(actor, reden="Het overzicht is verlopen."):
        Inzagebestand.objects.filter(pk__in=[b.pk for b in oud]).delete()
    for bestand in oud:
        bestanden.gooi_weg(bestand.plaats)
    return len(oud)


def inhoud(bestand: Inzagebestand) -> bytes | None:
    """The file, while it may be given; None when its last day has passed or when it is gone."""
    if bestand.geldig_tot < klok.vandaag():
        return None
    return bestanden.haal(bestand.plaats, bestand.sha256)


ZIN_BIJ_BEPERKING = (
    "Zolang de beperking loopt, gebruiken we deze gegevens niet. We laten het je weten voordat dat stopt."
)


def zin_bij_wissen() -> str:
    """What happens after a request to be erased was granted; nobody can tell afterwards that it is done."""
    dagen = vernietigen.instelling(vernietigen.WACHTTIJD)
    return (
        "Twee medewerkers kijken eerst of al je gegevens weg mogen. Daarna wachten we "
        f"{dagen} dagen en wissen we ze. Dan kunnen we je niet meer schrijven: we weten niet meer wie je was. "
        "In cijfers tel je nog mee, zonder dat iemand ziet dat jij het was."
    )


# --- The letter -------------------------------------------------------------------------------------------------
_KOP = {
    "toegewezen": "We doen wat je vraagt",
    "deels": "We doen een deel van wat je vraagt",
    "afgewezen": "We doen niet wat je vraagt",
}


def brief(verzoek: Privacyverzoek) -> bytes:
    """The answer to the person, made of what was decided; the same decision gives the same letter."""
    deelnemer = Deelnemer.objects.get(pk=verzoek.deelnemer_id)
    besloten = verzoek.besloten_op or klok.vandaag()
    gegevens = {
        "gemeente": _gemeentenaam(),
        "titel": _KOP[verzoek.status],
        "aan": [
            {"naam": wie.naam, "adres": list(wie.adres), "namens": wie.namens(deelnemer)}
            for wie in wie_krijgt(deelnemer, "brieven")
        ],
        "dag": datum(besloten),
        "kenmerk": str(verzoek.kenmerk)[:8],
        "vraag": f"Op {datum(verzoek.ontvangen_op)} kregen we je verzoek: {verzoek.get_soort_display()}.",
        "toelichting": verzoek.vraag,
        "besluit": [deel for deel in verzoek.besluit.splitlines() if deel.strip()],
        "achter": [
            f"{rij.onderdeel}: {ZIN_BIJ_ACHTERHOUDEN[Achterhoudreden(rij.reden)]}"
            for rij in verzoek.achtergehouden.order_by("onderdeel")
        ],
        "beperkt": _gevolg(verzoek),
        "bezwaar": f"Uiterlijk op {datum(opzoeken.einde_termijn('AWB_BEZWAAR', besloten))} kun je bezwaar maken.",
    }
    return pdf.maak("deelnemers/privacybrief.typ", gegevens, moment=klok.middag(besloten))


def _gevolg(verzoek: Privacyverzoek) -> str:
    if verzoek.soort == Privacysoort.WISSEN and verzoek.status == "toegewezen":
        return zin_bij_wissen()
    return ZIN_BIJ_BEPERKING if beperking_loopt(verzoek) else ""
