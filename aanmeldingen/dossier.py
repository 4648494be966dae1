"""What the dossier shows of the referral: who stays klantmanager, who decides and does what, and Handhaving (R030,
R035, R039, R041, R215). Everything is asked along with the person.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from aanmeldingen.bescherming import bronnaam, mag_bronnen
from aanmeldingen.keuzes import BESLISVERDELING, Klantmanagerrol, Verdeling
from aanmeldingen.models import Aanmelding, Handhavingssignaal, Samenaanpak
from deelnemers.models import Deelnemer
from kern import klok
from kern.aansluitingen import dossier, panelen
from kern.onderdelen import Feit
from kern.weergave import aantal, datum, telefoon
from regelgeving import opzoeken

#: What is divided between the sender and us, as the API calls it → as people say it (R039).
WERKVERDELING = {
    "kinderopvang": "Kinderopvang",
    "werktijden": "Werktijden",
    "zoekberoep": "Zoekberoep",
    "nederlandseTaal": "Nederlandse taal",
}


def verwezen() -> Subquery:
    """The newest accepted referral of a person: what was agreed with the sender."""
    rijen = Aanmelding.objects.filter(deelnemer=OuterRef("pk"), richting="inkomend")
    rijen = rijen.filter(status__in=["geaccepteerd", "afgehandeld"]).order_by("-ontvangen_op", "-pk")
    velden = ("kenmerk", "bron", "klantmanager", "werkverdeling", "huidig_werk", "status")
    return Subquery(rijen.values(json=JSONObject(**{veld: veld for veld in velden}))[:1])


def wacht_op_handhaving() -> Subquery:
    """How many signals about a person wait for an answer."""
    rijen = Handhavingssignaal.objects.filter(deelnemer=OuterRef("pk"), status="verstuurd").order_by()
    return Subquery(rijen.values("deelnemer").annotate(n=Count("pk")).values("n"))


def aanpak_nu() -> Subquery:
    """The joint plan of a person that runs."""
    rijen = Samenaanpak.objects.filter(deelnemer=OuterRef("pk"), einddatum=None).order_by("pk")
    return Subquery(rijen.values("kenmerk")[:1])


def _klantmanager(rij: dict[str, Any], *, voluit: bool) -> tuple[str, dict[str, Any]]:
    """What to call the contact at the sender, and the contact itself; empty without one that stays."""
    k = rij["klantmanager"] or {}
    if k.get("rol") == Klantmanagerrol.INKOMENSBEHEER:
        return "Inkomensbeheer", k
    if k.get("blijftKlantmanager"):
        return f"Klantmanager {bronnaam(rij['bron'], voluit=voluit)}", k
    return "", {}


def kaart(request: Any, deelnemer: Deelnemer) -> list[dossier.Kaartfeit]:
    """On the person card: who stays klantmanager, beside our own regievoerder (R030, R035)."""
    rij = getattr(deelnemer, "verwezen", None)
    naam, k = _klantmanager(rij, voluit=mag_bronnen(request)) if rij else ("", {})
    return [dossier.Kaartfeit(naam, k["naam"])] if naam else []


def wie_beslist(rij: dict[str, Any], deelnemer: Deelnemer) -> list[Feit]:
    """Per kind of decision who takes it, when the sender keeps the klantmanagement (R030)."""
    naam, k = _klantmanager(rij, voluit=False)
    if not naam or naam == "Inkomensbeheer":
        return []
    wij = deelnemer.regievoerder.naam if deelnemer.regievoerder else "Werk en Re-integratie"
    return [
        Feit(code.label, k["naam"] if (code.kenmerken or {}).get("wie") == "verwijzer" else wij)
        for code in opzoeken.codes(BESLISVERDELING, klok.vandaag())
    ]


def verdeling(rij: dict[str, Any], *, voluit: bool) -> list[Feit]:
    """Childcare, hours, zoekberoep and Dutch: done, by the sender or by us (R039)."""
    bron, afgesproken = bronnaam(rij["bron"], voluit=voluit), rij["werkverdeling"] or {}
    woorden = dict(Verdeling.choices) | {str(Verdeling.VERWIJZER): f"Doet {bron}"}
    return [
        Feit(naam, str(woorden.get(afgesproken.get(code, ""), "Nog niet afgesproken")))
        for code, naam in WERKVERDELING.items()
    ]


def paneel(request: Any, deelnemer: Deelnemer) -> dict[str, Any] | None:
    """The agreements with the sender; None for who came without a referral."""
    rij = getattr(deelnemer, "verwezen", None)
    if rij is None:
        return None
    voluit = mag_bronnen(request)
    naam, k = _klantmanager(rij, voluit=voluit)
    feiten = (
        [Feit(naam, k["naam"], onder=" · ".join(filter(None, [k.get("email", ""), telefoon(k.get("telefoon"))])))]
        if naam
        else []
    )
    werk = rij["huidig_werk"] or {}
    if werk:
        dag = dt.date.fromisoformat(werk["sinds"]) if werk.get("sinds") else None
        sinds = f", sinds {datum(dag)}" if dag else ""
        feiten.append(
            Feit("Werkte bij de aanmelding bij", werk["werkgever"], onder=f"{werk['urenPerWeek']} uur per week{sinds}")
        )
    return {
        "bron": bronnaam(rij["bron"], voluit=voluit),
        "aanmelding": reverse("aanmelding", args=[rij["kenmerk"]]),
        "wijzigen": reverse("werkverdeling", args=[rij["kenmerk"]])
        if "aanmelding.behandelen" in request.rechten
        else "",
        "feiten": feiten,
        "beslist": wie_beslist(rij, deelnemer),
        "verdeling": verdeling(rij, voluit=voluit),
    }


def handhavingspaneel(request: Any, deelnemer: Deelnemer) -> dict[str, Any] | None:
    """Only for who works beside a benefit, or about whom there is something."""
    wacht, aanpak = getattr(deelnemer, "handhaving_wacht", None), getattr(deelnemer, "aanpak_nu", None)
    if not (wacht or aanpak or getattr(deelnemer, "uren_nu", None)):
        return None
    return {
        "wacht": f"{aantal(wacht, 'signaal wacht', 'signalen wachten')} op antwoord." if wacht else "",
        "aanpak": reverse("aanpak", args=[aanpak]) if aanpak else "",
        "sturen": reverse("handhaving_sturen", args=[deelnemer.dossiernummer])
        if "handhaving.wijzigen" in request.rechten
        else "",
    }


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    dossier.erbij("verwezen", verwezen)
    dossier.erbij("handhaving_wacht", wacht_op_handhaving)
    dossier.erbij("aanpak_nu", aanpak_nu)
    dossier.kaartfeit(40, kaart)
    panelen.sluit_aan(
        "dossier",
        panelen.Paneel(
            "verwijzer",
            55,
            "zij",
            "aanmeldingen/onderdelen/paneel_verwijzer.html",
            paneel,
            frozenset({"aanmelding.zien"}),
        ),
    )
    panelen.sluit_aan(
        "dossier",
        panelen.Paneel(
            "handhaving",
            64,
            "zij",
            "aanmeldingen/onderdelen/paneel_handhaving.html",
            handhavingspaneel,
            frozenset({"handhaving.zien"}),
        ),
    )
