"""Another account number of an employer: two people, and a call to a number that we knew (issue of false invoices)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q

from kern import klok
from kern.aansluitingen import gebeurtenis, werkvoorraad
from kern.handeling import Actor, huidige_gemeente_id, service
from kern.models import Wijziging
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from werkgevers.dienstverbandwerk import KAMER, rekeningwerk
from werkgevers.keuzes import Doorgeefwijze, Terugbeluitkomst
from werkgevers.models import Contactpersoon, Rekening, Rekeningwijziging, Werkgever
from werkgevers.nummers import kaal_telefoonnummer, kale_iban
from werkgevers.toestanden import REKENING

GEWIJZIGD = "werkgever.rekening_gewijzigd"
_DAG = dt.timedelta(days=1)
#: From then on a telephone number counts as known. Our own choice: no law or guideline gives a term.
BEKEND_NA = dt.timedelta(days=30)
_EIGEN = "Je kunt je eigen wijziging niet goedkeuren of afwijzen. Vraag een collega."


def bekende_nummers(werkgever: Werkgever) -> list[list[str]]:
    """Whose number, and the number: of the employer and of the people we talk to there.

    Who wants to change an account number first leaves a telephone number. So a number that a member of staff wrote down
    less than `BEKEND_NA` ago does not count; the one that it replaced does.
    """
    mensen = Contactpersoon.objects.filter(werkgever=werkgever, actief=True).order_by("naam", "pk")
    nu: dict[tuple[str, int], tuple[str, str]] = {
        (_tabel(werkgever), werkgever.pk): ("Algemeen nummer", werkgever.telefoon)
    }
    nu |= {(_tabel(p), p.pk): (p.naam, p.telefoon) for p in mensen}
    vers = _eerdere_nummers(list(nu))
    uit = [[wie, vers.get(sleutel, nummer)] for sleutel, (wie, nummer) in nu.items()]
    return [[wie, nummer] for wie, nummer in uit if nummer]


def _tabel(rij: Werkgever | Contactpersoon) -> str:
    return rij._meta.db_table


def _eerdere_nummers(rijen: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Of rows of which the number is new: the number before it, empty when there was none."""
    keuze = Q()
    for tabel, pk in rijen:
        keuze |= Q(tabel=tabel, rij_id=pk)
    wijzigingen = Wijziging.objects.filter(
        keuze,
        Q(actie="I") | Q(nieuw__has_key="telefoon"),
        gemeente_id=huidige_gemeente_id(),
        actor_soort="gebruiker",
        tijdstip__gt=klok.echt_nu() - BEKEND_NA,
    )
    uit: dict[tuple[str, int], str] = {}
    for rij in wijzigingen.order_by("tijdstip", "id"):
        uit.setdefault((rij.tabel, rij.rij_id), str((rij.oud or {}).get("telefoon") or ""))
    return uit


@service
def stel_rekening_voor(
    werkgever: Werkgever,
    iban: str,
    tenaamstelling: str,
    vanaf: dt.date,
    *,
    ontvangen_op: dt.date,
    ontvangen_via: Doorgeefwijze | str,
    actor: Actor,
    meegegeven_nummer: str = "",
) -> Rekeningwijziging:
    """Propose another account number; from now on nothing is paid until it is decided.

    Raises ValidationError at the field. The numbers that may be called are those known now, without the one that came
    along with the change.
    """
    if actor.gebruiker_id is None:
        raise ValidationError("Een nieuw rekeningnummer stelt een medewerker voor, niet een taak of koppeling.")
    rij = Werkgever.objects.select_for_update(of=("self",)).get(pk=werkgever.pk)
    laatste = Rekening.objects.filter(werkgever=rij).order_by("-begindatum", "-pk").first()
    nummer = kale_iban(iban)
    if laatste is not None:
        if laatste.iban == nummer and laatste.tenaamstelling == tenaamstelling:
            raise ValidationError({"iban": "Dit is het nummer dat we al gebruiken."})
        if vanaf <= laatste.begindatum:
            raise ValidationError({"vanaf": "Kies een dag na het begin van het nummer dat we nu gebruiken."})
    if ontvangen_op > klok.vandaag():
        raise ValidationError({"ontvangen_op": "Deze dag moet nog komen."})
    meegegeven = kaal_telefoonnummer(meegegeven_nummer)
    bekend = [[wie, nr] for wie, nr in bekende_nummers(rij) if kaal_telefoonnummer(nr) != meegegeven]
    wijziging = Rekeningwijziging(
        werkgever=rij,
        iban=nummer,
        tenaamstelling=tenaamstelling,
        vanaf=vanaf,
        ontvangen_op=ontvangen_op,
        ontvangen_via=ontvangen_via,
        meegegeven_nummer=meegegeven_nummer,
        bekende_nummers=bekend,
        status_sinds=klok.vandaag(),
        voorgesteld_door_id=actor.gebruiker_id,
    )
    wijziging.full_clean()
    wijziging.save()
    begin = REKENING.stap("", "voorstellen")
    if begin is None:
        raise LookupError("de tabel REKENING kent geen begin")
    leg_overgang_vast(REKENING.soort, wijziging, "", begin, actor=actor)
    werkvoorraad.schrijf(rekeningwerk(wijziging))
    return wijziging


@service
def bel_terug(
    wijziging: Rekeningwijziging,
    nummer: str,
    belresultaat: Terugbeluitkomst | str,
    *,
    actor: Actor,
    gesproken_met: str = "",
    gebeld_op: dt.datetime | None = None,
) -> Rekeningwijziging:
    """Write who was called on which known number, and what the employer said."""
    rij = _vergrendel(wijziging)
    if rij.status != "voorgesteld":
        raise OvergangGeweigerd("Over deze wijziging is al beslist.")
    if nummer not in {nr for _, nr in rij.bekende_nummers}:
        raise ValidationError({"nummer": "Bel een nummer dat we al kenden, niet het nummer uit het bericht."})
    if actor.gebruiker_id is None:
        raise ValidationError("Bellen doet een medewerker, niet een taak of koppeling.")
    if belresultaat != Terugbeluitkomst.NIET_BEREIKT and not gesproken_met.strip():
        raise ValidationError({"gesproken_met": "Vul in met wie je hebt gesproken."})
    rij.gebeld_nummer, rij.belresultaat, rij.gesproken_met = nummer, belresultaat, gesproken_met
    rij.gebeld_op, rij.gebeld_door_id = gebeld_op or klok.nu(), actor.gebruiker_id
    rij.versie += 1
    rij.full_clean()
    rij.save()
    werkvoorraad.schrijf(rekeningwerk(rij))
    return rij


@service
def keur_rekening_goed(wijziging: Rekeningwijziging, *, actor: Actor) -> Rekening:
    """The second person agrees: the number counts from its day, and payment goes on.

    Raises ValidationError for the proposer and without a call in which the employer confirmed it, and OvergangGeweigerd
    when somebody else decided first.
    """
    rij = _vergrendel(wijziging)
    REKENING.vereis(rij, "goedkeuren")
    if rij.belresultaat != Terugbeluitkomst.BEVESTIGD:
        raise ValidationError("Bel eerst de werkgever op een bekend nummer, en leg vast dat het nummer klopt.")
    _beslis(rij, "goedkeuren", actor, "")
    rekening = _zet_rekening(rij)
    werk_rekeningnummer_bij(rij.werkgever_id, actor=actor)
    gebeurtenis.meld(GEWIJZIGD, rij.werkgever_id, data={"werkgever": rij.werkgever_id, "vanaf": rij.vanaf.isoformat()})
    return rekening


@service
def wijs_rekening_af(wijziging: Rekeningwijziging, *, reden: str, actor: Actor) -> Rekeningwijziging:
    """The second person does not agree: the old number stays."""
    rij = _vergrendel(wijziging)
    _beslis(rij, "afwijzen", actor, reden)
    return rij


@service
def trek_rekening_in(wijziging: Rekeningwijziging, *, actor: Actor) -> Rekeningwijziging:
    """Withdraw one's own proposal; the old number stays."""
    rij = _vergrendel(wijziging)
    if rij.voorgesteld_door_id != actor.gebruiker_id:
        raise ValidationError("Alleen wie de wijziging doorgaf, kan haar intrekken.")
    verzet(REKENING, rij, "intrekken", actor=actor)
    werkvoorraad.klaar(KAMER, f"rekening:{rij.pk}")
    return rij


@service
def werk_rekeningnummer_bij(werkgever_id: int, *, actor: Actor) -> bool:
    """Put the number of today in the column that lists and forms read; whether it changed."""
    vandaag = klok.vandaag()
    rij = Werkgever.objects.select_for_update(of=("self",)).get(pk=werkgever_id)
    nu = Rekening.objects.filter(werkgever=rij, begindatum__lte=vandaag).order_by("-begindatum", "-pk").first()
    nummer = nu.iban if nu is not None and (nu.einddatum is None or nu.einddatum >= vandaag) else ""
    if rij.iban == nummer:
        return False
    rij.iban = nummer
    rij.versie += 1
    rij.save(update_fields=["iban", "versie"])
    return True


def eerste_rekening(werkgever: Werkgever) -> None:
    """The number that a new employer gave at the start. Call inside a service."""
    if werkgever.iban:
        Rekening.objects.create(
            werkgever=werkgever, iban=werkgever.iban, tenaamstelling=werkgever.naam[:70], begindatum=klok.vandaag()
        )


def _vergrendel(wijziging: Rekeningwijziging) -> Rekeningwijziging:
    rijen = Rekeningwijziging.objects.select_for_update(of=("self",)).select_related("werkgever")
    return rijen.get(pk=wijziging.pk)


def _beslis(rij: Rekeningwijziging, actie: str, actor: Actor, reden: str) -> None:
    REKENING.vereis(rij, actie, reden)
    if actor.gebruiker_id is None:
        raise ValidationError("Een nieuw rekeningnummer beoordeelt een medewerker, niet een taak of koppeling.")
    if rij.voorgesteld_door_id == actor.gebruiker_id:
        raise ValidationError(_EIGEN)
    rij.beslist_door_id, rij.beslist_op, rij.reden = actor.gebruiker_id, klok.nu(), reden[:300]
    verzet(REKENING, rij, actie, actor=actor, reden=reden, ook=["beslist_door", "beslist_op", "reden"])
    werkvoorraad.klaar(KAMER, f"rekening:{rij.pk}")


def _zet_rekening(rij: Rekeningwijziging) -> Rekening:
    """The former number ends the day before the new one begins."""
    Rekening.objects.filter(werkgever=rij.werkgever_id, einddatum=None).update(einddatum=rij.vanaf - _DAG)
    nieuw = Rekening(werkgever=rij.werkgever, iban=rij.iban, tenaamstelling=rij.tenaamstelling, begindatum=rij.vanaf)
    nieuw.full_clean()
    nieuw.save()
    return nieuw
