"""A referral in readable Dutch: the parts of the page and the badges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aanmeldingen import querysets
from aanmeldingen.bescherming import bronlabel, bronnaam, mag_zien
from aanmeldingen.dossier import WERKVERDELING
from aanmeldingen.keuzes import (
    BELEMMERINGEN,
    DOELGROEPEN,
    VERWIJSREDENEN,
    Klantmanagerrol,
    Richting,
    Schoolsoort,
    Verdeling,
)
from aanmeldingen.models import Aanmelding, AanmeldingBijzonder, AanmeldingVeiligheid
from aanmeldingen.termijn import werkdagen_over
from aanmeldingen.toestanden import AANMELDING, BIJ_AFZENDER, VERWIJZING
from deelnemers.keuzes import (
    Arbeidsvermogen,
    Leefvorm,
    Opleidingsniveau,
    Opleidingsstatus,
    Regeling,
    Taalniveau,
    Vervoer,
)
from kern.onderdelen import Feit, Merk, toestandmerk
from kern.weergave import aantal, datum, telefoon
from regelgeving.opzoeken import label

_TALEN = {
    "nld": "Nederlands",
    "eng": "Engels",
    "ara": "Arabisch",
    "tur": "Turks",
    "pol": "Pools",
    "spa": "Spaans",
}


@dataclass(frozen=True)
class Deel:
    """One part of the adviesrapport: heading, facts, and what the reader should know about it."""

    titel: str
    feiten: list[Feit]
    afgeschermd: bool = False


def statusmerk(aanmelding: Aanmelding) -> Merk:
    """The state, with what may be done now."""
    tabel = VERWIJZING if aanmelding.richting == Richting.UITGAAND else AANMELDING
    return toestandmerk(tabel.toestand(aanmelding.status))


def keten(aanmelding: Aanmelding, request: Any) -> list[dict[str, Any]]:
    """The chain of moves of this person, to us and by us, with how each ended (R025)."""
    return [
        {
            "rij": a,
            "van": f"naar {a.ketenpartner.naam}"
            if a.ketenpartner
            else f"van {bronlabel(a, voluit=mag_zien(a, request))}",
            "merk": statusmerk(a),
            "hier": a.pk == aanmelding.pk,
        }
        for a in querysets.keten(aanmelding)
    ]


def termijnmerk(aanmelding: Aanmelding) -> Merk:
    """Working days left, in words."""
    over = werkdagen_over(aanmelding)
    if over is None:
        if aanmelding.status in BIJ_AFZENDER:
            return Merk("Klok staat stil", "info", uitleg="De verwijzer is aan zet.")
        return Merk("Geen termijn")
    if over < 0:
        return Merk(f"{aantal(-over, 'werkdag', 'werkdagen')} te laat", "fout")
    if over == 0:
        return Merk("Vandaag", "let-op")
    return Merk(f"Nog {aantal(over, 'werkdag', 'werkdagen')}", "let-op" if over == 1 else "")


def compleetmerk(aanmelding: Aanmelding) -> Merk:
    """How much of what the route asks is there."""
    er, gevraagd = aanmelding.onderdelen_aanwezig, aanmelding.onderdelen_gevraagd
    return Merk(f"{er} van {gevraagd}", "goed" if er == gevraagd else "let-op")


def _dag(waarde: Any) -> str:
    return datum(dt.date.fromisoformat(waarde) if isinstance(waarde, str) else waarde) if waarde else ""


def _keuze(keuzes: Any, waarde: Any) -> str:
    return str(dict(keuzes.choices).get(waarde, waarde)) if waarde not in (None, "") else ""


def _feiten(paren: Iterable[tuple[str, Any]]) -> list[Feit]:
    return [Feit(naam, str(waarde)) for naam, waarde in paren if waarde not in (None, "", [])]


def _uren(laag: int | None, hoog: int | None) -> str:
    if hoog is None:
        return ""
    return f"{laag} tot {hoog} uur per week" if laag else f"hoogstens {hoog} uur per week"


def _advies(rapport: dict[str, Any]) -> list[Deel]:
    opleidingen = [
        Feit(
            o.get("naam") or _keuze(Opleidingsniveau, o["niveau"]),
            _keuze(Opleidingsstatus, o.get("status")) or _keuze(Opleidingsniveau, o["niveau"]),
            onder=str(o.get("jaar") or ""),
        )
        for o in rapport.get("opleidingen", ())
    ]
    werk = [
        Feit(
            w["functie"],
            w.get("werkgever") or "Werkgever onbekend",
            onder=", ".join(
                deel
                for deel in (
                    aantal(w["maanden"], "maand", "maanden") if w.get("maanden") else "",
                    f"tot {w['totJaar']}" if w.get("totJaar") else "",
                )
                if deel
            ),
        )
        for w in rapport.get("werkervaring", ())
    ]
    talen = [
        Feit(
            _TALEN.get(t["taal"], t["taal"]),
            f"spreken {_keuze(Taalniveau, t['mondeling'])}",
            onder=f"schrijven {_keuze(Taalniveau, t['schriftelijk'])}" if "schriftelijk" in t else "",
        )
        for t in rapport.get("talen", ())
    ]
    b = rapport.get("beschikbaarheid", {})
    beschikbaar = _feiten(
        [
            ("Uren", _uren(b.get("urenMin"), b.get("urenMax"))),
            ("Dagdelen", ", ".join(b.get("dagdelen", []))),
            ("Vanaf", _dag(b.get("vanaf"))),
            ("Reizen", f"hoogstens {b['reistijdMax']} minuten" if b.get("reistijdMax") else ""),
            ("Vervoer", _keuze(Vervoer, b.get("vervoer"))),
            ("Rijbewijs", ", ".join(rapport.get("rijbewijzen", []))),
        ]
    )
    trede = rapport.get("trede", {})
    doel = _feiten(
        [
            ("Trede", trede.get("waarde")),
            ("Trede sinds", _dag(trede.get("sinds"))),
            ("Waarom deze trede", trede.get("reden")),
            ("Oude fase", rapport.get("oudeFase", {}).get("waarde")),
            ("Wil werken als", ", ".join(z["naam"] for z in rapport.get("zoekberoep", ()))),
            ("Conclusie", rapport.get("conclusie")),
        ]
    )
    delen = [("Trede en wens", doel), ("Opleiding", opleidingen), ("Werkervaring", werk), ("Talen", talen)]
    return [Deel(titel, feiten) for titel, feiten in [*delen, ("Beschikbaar", beschikbaar)] if feiten]


def _bijzonder(aanmelding: Aanmelding, mag: bool) -> list[Deel]:
    rij = AanmeldingBijzonder.objects.filter(aanmelding=aanmelding).order_by("pk").first()
    if rij is None:
        return []
    if not mag:
        return [Deel("Werkvermogen en belemmeringen", [], afgeschermd=True)]
    v, a = rij.werkvermogen, rij.arbeidsbeperking
    feiten = _feiten(
        [
            ("Arbeidsvermogen", _keuze(Arbeidsvermogen, v.get("arbeidsvermogen"))),
            ("Uren", _uren(None, v.get("urenMax"))),
            ("Belemmeringen", ", ".join(label(BELEMMERINGEN, code) for code in rij.belemmeringen)),
            ("Indicatie", a.get("indicatie")),
            ("Advies van UWV", a.get("adviesUwv")),
            ("Loonwaarde bekend", {True: "ja", False: "nee"}.get(a.get("loonwaardeBekend"))),  # type: ignore[arg-type]
        ]
    )
    return [Deel("Werkvermogen en belemmeringen", feiten)] if feiten else []


def veiligheid(aanmelding: Aanmelding, *, lezen: bool) -> list[Feit]:
    """The safety notice of the sender, for who decides; empty when it did not come. Later it is in the dossier."""
    if not (lezen and aanmelding.is_open and aanmelding.veiligheidsmelding_aanwezig):
        return []
    rij = AanmeldingVeiligheid.objects.filter(aanmelding=aanmelding).first()
    if rij is None:
        return []
    return [
        Feit("Wat is er gezien", rij.gedrag),
        Feit("Wat doe je", rij.maatregel),
        Feit("Gemeld door", f"{rij.gemeld_door}, {datum(rij.vastgesteld_op)}"),
        Feit("Geldig tot", datum(rij.geldig_tot)),
    ]


def delen(aanmelding: Aanmelding, *, bijzonder: bool, voluit: bool = False) -> list[Deel]:
    """The referral as the consulent reads it, in the order of a conversation."""
    h, u, w = aanmelding.huishouden, aanmelding.uitkering, aanmelding.huidig_werk
    thuis = _feiten(
        [
            ("Leefvorm", _keuze(Leefvorm, h.get("leefvorm"))),
            ("Kinderen thuis", h.get("kinderen")),
            ("Uitkering", _keuze(Regeling, u.get("regeling"))),
            ("Uitkering sinds", _dag(u.get("ingangsdatum"))),
            ("Werkt nu bij", w.get("werkgever")),
            ("Uren per week", w.get("urenPerWeek")),
            ("Werkt daar sinds", _dag(w.get("sinds"))),
        ]
    )
    begeleiding = [
        Feit(bronnaam(p["afdeling"], voluit=voluit), f"{_dag(p['van'])} tot {_dag(p.get('tot')) or 'nu'}")
        for p in aanmelding.eerdere_begeleiding
    ]
    verdeling = [
        Feit(WERKVERDELING[n], _keuze(Verdeling, waarde))
        for n, waarde in aanmelding.werkverdeling.items()
        if n in WERKVERDELING
    ]
    k = aanmelding.klantmanager
    blijft = "blijft klantmanager" if k.get("blijftKlantmanager") else ""
    manager = [Feit(_keuze(Klantmanagerrol, k.get("rol")) or "Klantmanager", k["naam"], onder=blijft)] if k else []
    s = aanmelding.school
    school = _feiten(
        [
            ("School", s.get("naam")),
            ("Soort school", _keuze(Schoolsoort, s.get("soort"))),
            ("Gaat van school op", _dag(s.get("verwachteUitstroomdatum"))),
            ("Einde laatste schooljaar", _dag(s.get("eindeLaatsteSchooljaar"))),
            ("Ouder of verzorger", (s.get("ouder") or {}).get("naam")),
        ]
    )
    rest = [
        ("Thuis en inkomen", thuis),
        ("School", school),
        ("Eerder begeleid door", begeleiding),
        ("Wie doet wat", [*verdeling, *manager]),
    ]
    return [
        *_advies(aanmelding.adviesrapport),
        *_bijzonder(aanmelding, bijzonder),
        *(Deel(titel, feiten) for titel, feiten in rest if feiten),
    ]


def _adres_leeg(aanmelding: Aanmelding) -> str:
    return "Geheim adres" if aanmelding.adres_is_geheim else ""


def gegevens(aanmelding: Aanmelding, *, voluit: bool) -> list[Feit]:
    """Person and sender beside the report; without `voluit` nothing that tells the target group."""
    adres = f"{aanmelding.straat} {aanmelding.huisnummer}".strip()
    plaats = f"{aanmelding.postcode} {aanmelding.woonplaats}".strip()
    feiten = _feiten(
        [
            ("Geboren", datum(aanmelding.geboortedatum)),
            ("Telefoon", telefoon(aanmelding.telefoon)),
            ("E-mail", aanmelding.email),
            (
                "Adres",
                ", ".join(d for d in (adres, plaats) if d) if aanmelding.adres_te_tonen else _adres_leeg(aanmelding),
            ),
            ("Tolk nodig voor", aanmelding.tolk_taal),
            ("Reden van aanmelding", label(VERWIJSREDENEN, aanmelding.verwijsreden)),
            ("Doelgroep", label(DOELGROEPEN, aanmelding.doelgroep) if aanmelding.doelgroep and voluit else ""),
            ("Urgentie", aanmelding.get_urgentie_display()),
            ("Gewenste start", _dag(aanmelding.gewenste_startdatum)),
            ("Verwijzer", aanmelding.verwijzer_naam),
            ("Team van de verwijzer", aanmelding.verwijzer_team if voluit else ""),
            ("E-mail van de verwijzer", aanmelding.verwijzer_email if voluit else ""),
        ]
    )
    return feiten
