"""From the body of the API to the columns of the model and back."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from aanmeldingen.keuzes import Grondslag, Urgentie
from aanmeldingen.models import Aanmelding, AanmeldingBijzonder

#: Place in the body → column, for what is stored in columns of its own.
_KOLOMMEN: dict[tuple[str, ...], str] = {
    ("externeReferentie",): "externe_referentie",
    ("bronafdeling",): "bron",
    ("verwijsreden",): "verwijsreden",
    ("doelgroep",): "doelgroep",
    ("urgentie",): "urgentie",
    ("grondslag",): "grondslag",
    ("geboortedatum",): "geboortedatum",
    ("geslacht",): "geslacht",
    ("toelichting",): "toelichting",
    ("gewensteStartdatum",): "gewenste_startdatum",
    ("veiligheidsmelding",): "veiligheidsmelding_aanwezig",
    ("afwijkingUitleg",): "afwijking_uitleg",
    **{("naam", veld): veld for veld in ("geslachtsnaam", "voorvoegsel", "voornamen", "roepnaam", "voorletters")},
    **{("contact", veld): veld for veld in ("telefoon", "email", "voorkeurskanaal")},
    ("contact", "tolkTaal"): "tolk_taal",
    **{("adres", veld): veld for veld in ("straat", "huisnummer", "postcode", "woonplaats")},
    ("adres", "geheim"): "adres_geheim",
    **{("verwijzer", veld): f"verwijzer_{veld}" for veld in ("naam", "email", "telefoon", "personeelsnummer", "team")},
}
#: Stored as JSON, as it came.
_JSON = {
    "huishouden": "huishouden",
    "uitkering": "uitkering",
    "eerdereBegeleiding": "eerdere_begeleiding",
    "werkverdeling": "werkverdeling",
    "klantmanager": "klantmanager",
    "huidigWerk": "huidig_werk",
    "school": "school",
}
_STANDAARD = {"urgentie": Urgentie.NORMAAL, "grondslag": Grondslag.PARTICIPATIEWET}
#: Parts of the adviesrapport that are special data (R228).
_BIJZONDER = ("belemmeringen", "werkvermogen")


def _plat(waarde: Any) -> Any:
    return json.loads(json.dumps(waarde, cls=DjangoJSONEncoder))


def naar_velden(invoer: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns of Aanmelding and of AanmeldingBijzonder; what was not sent becomes empty."""
    velden: dict[str, Any] = {}
    for pad, kolom in _KOLOMMEN.items():
        waarde: Any = invoer
        for stap in pad:
            waarde = waarde.get(stap) if isinstance(waarde, dict) else None
        leeg = Aanmelding._meta.get_field(kolom).get_default()
        velden[kolom] = waarde if waarde is not None else _STANDAARD.get(kolom, leeg)
    for sleutel, kolom in _JSON.items():
        velden[kolom] = _plat(invoer.get(sleutel) or ([] if sleutel == "eerdereBegeleiding" else {}))
    advies = _plat(invoer.get("adviesrapport") or {})
    bijzonder = {naam: advies.pop(naam) for naam in _BIJZONDER if naam in advies}
    if invoer.get("arbeidsbeperking"):
        bijzonder["arbeidsbeperking"] = _plat(invoer["arbeidsbeperking"])
    velden["adviesrapport"] = advies
    return velden, bijzonder


def naar_invoer(aanmelding: Aanmelding, *, bijzonder: bool) -> dict[str, Any]:
    """The body as the sender would post it now, without the BSN; `bijzonder` adds the special parts."""
    uit: dict[str, Any] = {}
    for pad, kolom in _KOLOMMEN.items():
        waarde = getattr(aanmelding, kolom)
        if waarde in ("", None) or (waarde is False and len(pad) > 1):
            continue
        plek = uit
        for stap in pad[:-1]:
            plek = plek.setdefault(stap, {})
        plek[pad[-1]] = waarde
    uit["route"] = aanmelding.route.code
    uit |= {sleutel: getattr(aanmelding, kolom) for sleutel, kolom in _JSON.items() if getattr(aanmelding, kolom)}
    advies = dict(aanmelding.adviesrapport)
    if bijzonder:
        extra: AanmeldingBijzonder | None = getattr(aanmelding, "bijzonder", None)
        if extra is not None:
            advies |= {naam: getattr(extra, naam) for naam in _BIJZONDER if getattr(extra, naam)}
            if extra.arbeidsbeperking:
                uit["arbeidsbeperking"] = extra.arbeidsbeperking
    if advies:
        uit["adviesrapport"] = advies
    if aanmelding.eerdere_aanmelding is not None:
        uit["eerdereAanmelding"] = aanmelding.eerdere_aanmelding.kenmerk
    return _plat(uit)


def voeg_samen(basis: Any, wijziging: Any) -> Any:
    """JSON merge-patch (RFC 7396): null removes, objects merge, the rest replaces."""
    if not isinstance(wijziging, dict):
        return wijziging
    uit = dict(basis) if isinstance(basis, dict) else {}
    for sleutel, waarde in wijziging.items():
        if waarde is None:
            uit.pop(sleutel, None)
        else:
            uit[sleutel] = voeg_samen(uit.get(sleutel), waarde)
    return uit
