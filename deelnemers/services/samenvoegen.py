"""Two dossiers become one, and one becomes two again: every row, every chosen value, with who and why (R044)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from deelnemers.keuzes import Dubbelstand, Identiteitscontrole
from deelnemers.models import (
    BsnCorrectie,
    Burgerservicenummer,
    Deelnemer,
    Dubbelpaar,
    Regie,
    Samenvoeging,
    Samenvoegregel,
)
from deelnemers.services import herbouw, lijstkolommen
from deelnemers.services.geheimadres import scherm_af
from deelnemers.services.inschrijven import vergrendel_bsn
from deelnemers.services.overlijden import stop_alles
from deelnemers.services.tijdlijn import KAMER
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import gebeurtenis, samenvoegen
from kern.handeling import Actor, service
from kern.models import geldig_op

SAMENGEVOEGD = "deelnemer.samengevoegd"
ONGEDAAN = "deelnemer.samenvoegen_ongedaan"

#: What can be chosen per person, and the columns that go together.
GROEPEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "voornamen": ("Voornamen", ("voornamen",)),
    "roepnaam": ("Roepnaam", ("roepnaam",)),
    "voorletters": ("Voorletters", ("voorletters",)),
    "achternaam": ("Achternaam", ("voorvoegsel", "geslachtsnaam")),
    "partnernaam": ("Naam partner", ("partnernaam",)),
    "geboortedatum": ("Geboortedatum", ("geboortedatum",)),
    "geslacht": ("Geslacht", ("geslacht",)),
    "telefoon": ("Telefoon", ("telefoon",)),
    "email": ("E-mailadres", ("email",)),
    "bereikbaar": ("Wanneer bereikbaar", ("bereikbaar",)),
    "voorkeurskanaal": ("Voorkeurskanaal", ("voorkeurskanaal",)),
    "adres": ("Adres", ("straat", "huisnummer", "postcode", "woonplaats", "gebied_id")),
    "tolk_taal": ("Tolk nodig voor", ("tolk_taal",)),
    "overleden_op": ("Overleden op", ("overleden_op",)),
}
_IDENTITEIT = ("identiteit", "identiteit_op", "identiteit_door")
_BEWAREN = (
    *(kolom for _, kolommen in GROEPEN.values() for kolom in kolommen),
    *("adres_geheim", "regievoerder_id", "team_id", *_IDENTITEIT),
)
_DEELNEMERTABEL = Deelnemer._meta.db_table


def _tekst(waarde: Any) -> Any:
    """A value as it stands in JSON."""
    return DjangoJSONEncoder().default(waarde) if isinstance(waarde, dt.date) else waarde


def _waarde(kolom: str, tekst: Any) -> Any:
    veld = next(v for v in Deelnemer._meta.concrete_fields if v.attname == kolom)
    return veld.to_python(tekst) if not veld.is_relation else tekst


def _vergrendel(*pks: int) -> dict[int, Deelnemer]:
    """Both persons, first their numbers and then their rows, always in the same order: nobody waits for each other."""
    rijen = Burgerservicenummer.objects.filter(deelnemer__in=pks).order_by("pk")
    for sleutel in sorted(bsn_.te_bewaren(rij.zoeksleutel) for rij in rijen):
        vergrendel_bsn(sleutel)
    vast = Deelnemer.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {rij.pk: rij for rij in vast}


def wat_staat_in_de_weg(blijft: Deelnemer, vervalt: Deelnemer) -> list[str]:
    """Sentences that say what must be done before these two can be merged; empty when they can."""
    uit = []
    if Burgerservicenummer.objects.filter(deelnemer__in=[blijft.pk, vervalt.pk]).count() > 1:
        uit.append(
            "Deze dossiers hebben elk een ander burgerservicenummer. "
            "Zoek uit welk nummer klopt en haal het andere weg bij Burgerservicenummer."
        )
    if blijft.geanonimiseerd_op or vervalt.geanonimiseerd_op:
        uit.append("Een van de dossiers is al gewist. Dat kan niet meer worden samengevoegd.")
    return uit + samenvoegen.bezwaren(vervalt.pk, blijft.pk)


@service
def voeg_samen(
    blijft: Deelnemer, vervalt: Deelnemer, keuzes: Mapping[str, int], *, actor: Actor, reden: str
) -> Samenvoeging:
    """Move everything of `vervalt` to `blijft`; the old dossier only points at the new one from then on.

    `keuzes` names per group of `GROEPEN` the person (id) whose value stays. Raises ValidationError with what must be
    done first, and when a colleague merged one of the two a moment ago.
    """
    _eis_reden(reden, "Leg uit waarom dit één persoon is.")
    if blijft.pk == vervalt.pk:
        raise ValidationError("Een dossier kan niet met zichzelf worden samengevoegd.")
    vast = _vergrendel(blijft.pk, vervalt.pk)
    naar, van = vast[blijft.pk], vast[vervalt.pk]
    if naar.samengevoegd_met_id or van.samengevoegd_met_id:
        raise ValidationError("Een collega heeft deze dossiers net samengevoegd.", code="samengevoegd")
    if tegen := wat_staat_in_de_weg(naar, van):
        raise ValidationError(tegen)
    rij = Samenvoeging(deelnemer=naar, vervallen=van, reden=reden.strip(), op=klok.nu(), door=actor.naam)
    foto = {wie: {k: _tekst(getattr(d, k)) for k in _BEWAREN} for wie, d in (("blijft", naar), ("vervallen", van))}
    van.samengevoegd_met = naar
    van.versie += 1
    van.save(update_fields=["samengevoegd_met", "versie"])
    verhuisd = samenvoegen.verhuis(van.pk, naar.pk)
    rij.bsn_mee = _verhuis_bsn(van, naar)
    gekozen = _kies(naar, van, keuzes, rij.bsn_mee)
    rij.velden = {**foto, "gekozen": gekozen}
    rij.save()
    _leg_regels_vast(rij, verhuisd)
    _wijs_door(rij)
    if naar.overleden_op is not None:
        # Also what moved along from the other dossier stops, as when the death is recorded (R161).
        stop_alles(naar.pk)
    breng_bij(naar, van, actor)
    scherm_af(naar)
    _sluit_paar(naar, van, actor)
    gebeurtenis.meld(SAMENGEVOEGD, naar.pk, betrokkene_id=naar.pk, data={"samenvoeging": rij.pk})
    return rij


def _eis_reden(reden: str, zin: str) -> None:
    """A reason stands in the history for ever, so never with a number in it."""
    if not reden.strip():
        raise ValidationError({"reden": zin})
    if bsn_.staat_in(reden):
        raise ValidationError({"reden": "Schrijf hier geen burgerservicenummer op."})


def _kies(naar: Deelnemer, van: Deelnemer, keuzes: Mapping[str, int], bsn_mee: bool) -> dict[str, list[Any]]:
    """Take over the chosen values; gives per column what it was and what it became."""
    kolommen = [k for groep, (_, ks) in GROEPEN.items() if keuzes.get(groep) == van.pk for k in ks]
    nieuw = {kolom: getattr(van, kolom) for kolom in kolommen}
    # A secret address stays secret, whoever's address is chosen.
    nieuw["adres_geheim"] = naar.adres_geheim or van.adres_geheim
    if bsn_mee or (naar.identiteit == Identiteitscontrole.NIET and van.identiteit != Identiteitscontrole.NIET):
        nieuw |= {kolom: getattr(van, kolom) for kolom in _IDENTITEIT}
    anders = {kolom: waarde for kolom, waarde in nieuw.items() if getattr(naar, kolom) != waarde}
    uit = {kolom: [_tekst(getattr(naar, kolom)), _tekst(waarde)] for kolom, waarde in anders.items()}
    _zet(naar, anders)
    return uit


def _zet(deelnemer: Deelnemer, waarden: dict[str, Any]) -> None:
    """Store these columns with a new version, under the rules of the model."""
    for kolom, waarde in waarden.items():
        setattr(deelnemer, kolom, waarde)
    deelnemer.versie += 1
    namen = [kolom.removesuffix("_id") for kolom in waarden]
    deelnemer.clean_fields(exclude=[f.name for f in Deelnemer._meta.fields if f.name not in namen])
    deelnemer.save(update_fields=[*namen, "versie"])


def _verhuis_bsn(van: Deelnemer, naar: Deelnemer) -> bool:
    """The number goes along, encrypted anew: ciphertext is bound to its row. False when there is none."""
    rij = Burgerservicenummer.objects.filter(deelnemer=van).first()
    if rij is None:
        return False
    bsn = bsn_.ontsleutel(bytes(rij.waarde), f"deelnemer:{van.pk}")
    rij.deelnemer, rij.waarde = naar, bsn_.versleutel(bsn, f"deelnemer:{naar.pk}")
    rij.save(update_fields=["deelnemer", "waarde"])
    return True


def _leg_regels_vast(rij: Samenvoeging, verhuisd: list[samenvoegen.Verhuisd]) -> None:
    Samenvoegregel.objects.bulk_create(
        [
            Samenvoegregel(
                samenvoeging=rij,
                deelnemer_id=rij.deelnemer_id,
                kamer=v.kamer,
                tabel=v.tabel,
                rij_id=v.rij_id,
                kolom=v.kolom,
                oud=rij.vervallen_id,
                blijft=v.blijft,
            )
            for v in verhuisd
        ],
        batch_size=500,
    )


def _wijs_door(rij: Samenvoeging) -> None:
    """Dossiers that were merged into this one before now point at the last one too."""
    eerder = list(
        Deelnemer.objects.filter(samengevoegd_met=rij.vervallen_id).order_by("pk").values_list("pk", flat=True)
    )
    Deelnemer.objects.filter(pk__in=eerder).update(samengevoegd_met=rij.deelnemer_id)
    _leg_regels_vast(rij, [samenvoegen.Verhuisd(KAMER, _DEELNEMERTABEL, pk, "samengevoegd_met_id") for pk in eerder])


def breng_bij(eerst: Deelnemer, dan: Deelnemer, actor: Actor) -> None:
    """Lists, work and timeline of both. The receiver first: a line of the timeline moves by being written there."""
    samenvoegen.breng_bij(eerst.pk, dan.pk)
    for deelnemer in (eerst, dan):
        lijstkolommen.werk_bij(deelnemer.pk)
        herbouw.tijdlijn_van(deelnemer.pk, actor)


def paar_van(een: Deelnemer, ander: Deelnemer) -> Q:
    """Condition on Dubbelpaar: these two persons."""
    laag, hoog = sorted((een.pk, ander.pk))
    return Q(deelnemer=laag, ander=hoog)


def _sluit_paar(naar: Deelnemer, van: Deelnemer, actor: Actor) -> None:
    paar = Dubbelpaar.objects.filter(paar_van(naar, van))
    paar.update(stand=Dubbelstand.SAMENGEVOEGD, besloten_op=klok.nu(), besloten_door=actor.naam)


@service
def maak_samenvoegen_ongedaan(samenvoeging: Samenvoeging, *, actor: Actor, reden: str) -> Samenvoeging:
    """Give back exactly the rows that moved and the values that were chosen; what is newer stays and is reported.

    Raises ValidationError when it was undone already, when the dossier was itself merged since, or when a row does not
    fit any more.
    """
    _eis_reden(reden, "Leg uit waarom je het samenvoegen ongedaan maakt.")
    vast = _vergrendel(samenvoeging.deelnemer_id, samenvoeging.vervallen_id)
    naar, van = vast[samenvoeging.deelnemer_id], vast[samenvoeging.vervallen_id]
    rij = Samenvoeging.objects.select_for_update(of=("self",)).get(pk=samenvoeging.pk)
    if rij.ongedaan_op is not None:
        raise ValidationError("Een collega heeft dit samenvoegen net ongedaan gemaakt.", code="ongedaan")
    if naar.samengevoegd_met_id is not None:
        raise ValidationError(
            "Dit dossier is later zelf samengevoegd. Maak eerst dat latere samenvoegen ongedaan.", code="later"
        )
    regels = list(rij.regels.filter(blijft=False).order_by("pk").values_list("tabel", "rij_id"))
    verhuisd = [regel for regel in regels if regel[0] != _DEELNEMERTABEL]
    van.samengevoegd_met = None
    van.versie += 1
    van.save(update_fields=["samengevoegd_met", "versie"])
    erbij, weg = samenvoegen.terug(verhuisd, van.pk, naar.pk)
    eerder = [pk for tabel, pk in regels if tabel == _DEELNEMERTABEL]
    Deelnemer.objects.filter(pk__in=eerder, samengevoegd_met=naar).update(samengevoegd_met=van)
    verslag = [*erbij, *weg, *_bsn_terug(rij, van, naar), *_velden_terug(rij, van, naar)]
    verslag += _nieuw_sinds(rij, naar, verhuisd)
    if rij.velden["gekozen"].get("overleden_op"):
        verslag.append("Wat door het overlijden is gestopt, begint niet vanzelf opnieuw.")
    rij.ongedaan_op, rij.ongedaan_door, rij.ongedaan_reden, rij.verslag = klok.nu(), actor.naam, reden.strip(), verslag
    rij.save(update_fields=["ongedaan_op", "ongedaan_door", "ongedaan_reden", "verslag"])
    breng_bij(van, naar, actor)
    Dubbelpaar.objects.filter(paar_van(naar, van)).update(stand=Dubbelstand.OPEN, besloten_op=None, besloten_door="")
    gebeurtenis.meld(ONGEDAAN, naar.pk, betrokkene_id=naar.pk, data={"samenvoeging": rij.pk})
    return rij


def _nieuw_sinds(rij: Samenvoeging, naar: Deelnemer, verhuisd: list[tuple[str, int]]) -> list[str]:
    """What came after the merge, counted per room: the report says no more about a dossier than that."""
    per_kamer: dict[str, int] = {}
    for kamer, _, aantal in samenvoegen.nieuw_sinds(naar.pk, verhuisd, rij.aangemaakt_op):
        per_kamer[kamer] = per_kamer.get(kamer, 0) + aantal
    return [
        f"{kamer}: {aantal} van na het samenvoegen, dat blijft bij dossier {naar.dossiernummer}"
        for kamer, aantal in per_kamer.items()
    ]


def _bsn_terug(rij: Samenvoeging, van: Deelnemer, naar: Deelnemer) -> list[str]:
    """The number that went along goes back, unless it was corrected since."""
    if not rij.bsn_mee:
        return []
    if BsnCorrectie.objects.filter(deelnemer=naar, aangemaakt_op__gt=rij.aangemaakt_op).exists():
        return [f"het burgerservicenummer is later verbeterd en blijft bij dossier {naar.dossiernummer}"]
    _verhuis_bsn(naar, van)
    return []


def _velden_terug(rij: Samenvoeging, van: Deelnemer, naar: Deelnemer) -> list[str]:
    """The values of both as they were; what somebody changed since stays."""
    terug, verslag = {}, []
    for kolom, (oud, nieuw) in rij.velden["gekozen"].items():
        if _tekst(getattr(naar, kolom)) == nieuw:
            terug[kolom] = _waarde(kolom, oud)
        else:
            label = str(Deelnemer._meta.get_field(kolom.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]
            verslag.append(f"{label} is later gewijzigd en blijft zoals het nu is")
    # The team of somebody without regie is not computed: it is what it was.
    if not Regie.objects.filter(geldig_op(klok.vandaag()), deelnemer=naar).exists():
        terug["team_id"] = rij.velden["blijft"]["team_id"]
    _zet(naar, terug)
    _zet(van, {kolom: _waarde(kolom, tekst) for kolom, tekst in rij.velden["vervallen"].items()})
    return verslag


@service
def haal_achterblijvers_op(samenvoeging: Samenvoeging, *, actor: Actor, reden: str = "") -> int:
    """Rows that were written to the old dossier at the very moment of the merge follow; returns how many moved."""
    vast = _vergrendel(samenvoeging.deelnemer_id, samenvoeging.vervallen_id)
    naar, van = vast[samenvoeging.deelnemer_id], vast[samenvoeging.vervallen_id]
    rij = Samenvoeging.objects.select_for_update(of=("self",)).get(pk=samenvoeging.pk)
    if rij.ongedaan_op is not None or naar.samengevoegd_met_id is not None:
        return 0
    bekend = set(rij.regels.order_by("pk").values_list("tabel", "rij_id"))
    if not samenvoegen.achtergebleven(van.pk, bekend):
        return 0
    verhuisd = samenvoegen.verhuis(van.pk, naar.pk, bekend)
    _leg_regels_vast(rij, verhuisd)
    breng_bij(naar, van, actor)
    return sum(not v.blijft for v in verhuisd)
