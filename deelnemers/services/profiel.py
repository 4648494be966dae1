"""The profile for employers: proposed from the diagnosis, edited, agreed line by line, shared by an expiring link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet

from deelnemers import stukvragen as vragen
from deelnemers.keuzes import Akkoordwijze, Openingsvorm, Opleidingsstatus, Profielgroep, Taalniveau
from deelnemers.models import (
    Akkoord,
    Beschikbaarheid,
    Deelnemer,
    Opleiding,
    Privacyverzoek,
    Profiellink,
    Profielopening,
    Profielregel,
    Taalbeheersing,
    Werkervaring,
    Zoekberoep,
)
from deelnemers.profielgrens import Grens
from deelnemers.querysets import competenties
from deelnemers.toegang import beperking_loopt
from kern import klok
from kern.handeling import Actor, service
from kern.sleutel import afdruk, nieuwe_sleutel
from kern.weergave import aantal, datum, hoofdletter
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker

#: From this score on a competence is a strength; the score itself goes nowhere.
_STERK_VANAF = 4
_STERK = {
    "motivatie": "Ik neem zelf stappen.",
    "op_tijd": "Ik kom op tijd. Lukt dat niet, dan meld ik me af.",
    "samenwerken": "Ik help collega’s uit mezelf.",
    "omgaan_met_gezag": "Ik vraag zelf om uitleg en aanwijzingen.",
    "communiceren": "Ik zeg het als er iets is.",
}
_JAAR = 12
LINK_DAGEN = (7, 14, 30)
NIETS_GEDEELD = "Er is nog geen regel waar de deelnemer mee akkoord is. Vraag dat eerst."


# --- Proposing -------------------------------------------------------------------------------------------------
def voorstellen(deelnemer: Deelnemer) -> Iterator[tuple[Profielgroep, str, str]]:
    """Part, text and source of every line that the diagnosis gives. Reads only what an employer may know."""
    laatste = {m.competentie: m for m in competenties(deelnemer) if m.vervangen_op is None}
    for code, zin in _STERK.items():
        if code in laatste and laatste[code].score >= _STERK_VANAF:
            yield Profielgroep.STERK, zin, f"competentie:{code}"
    geldt = {"deelnemer": deelnemer, "vervangen_op__isnull": True}
    for werk in Werkervaring.objects.filter(**geldt).order_by("-tot_jaar", "-id"):
        duur = f", {_duur(werk.maanden)}" if werk.maanden else ""
        yield Profielgroep.WERK, f"{hoofdletter(werk.functie)}{duur}", f"werkervaring:{werk.pk}"
    for les in Opleiding.objects.filter(**geldt).order_by("-niveau", "-id"):
        af = f", {les.get_status_display()}" if les.status != Opleidingsstatus.ZONDER else ""
        yield Profielgroep.OPLEIDING, f"{hoofdletter(les.naam or les.get_niveau_display())}{af}", f"opleiding:{les.pk}"
    for taal in Taalbeheersing.objects.filter(**geldt, mondeling__gt=Taalniveau.GEEN).order_by("-mondeling", "id"):
        tekst = f"{taal.taal_naam}: spreken {taal.get_mondeling_display()}, schrijven {taal.get_schriftelijk_display()}"
        yield Profielgroep.TAAL, tekst, f"taal:{taal.pk}"
    if (tijd := Beschikbaarheid.objects.filter(**geldt).first()) is not None:
        yield from _beschikbaar(tijd)
    for beroep in Zoekberoep.objects.filter(**geldt).order_by("volgorde", "id"):
        naam = f"{beroep.naam[:1].lower()}{beroep.naam[1:]}"
        yield Profielgroep.WENS, f"Ik wil graag werken als {naam}.", f"zoekberoep:{beroep.pk}"


def _beschikbaar(tijd: Beschikbaarheid) -> Iterator[tuple[Profielgroep, str, str]]:
    uren = f"{tijd.uren_min} tot {tijd.uren_max}" if tijd.uren_min < tijd.uren_max else str(tijd.uren_max)
    yield Profielgroep.BESCHIKBAAR, f"Ik kan {uren} uur per week werken.", f"beschikbaar:{tijd.pk}:uren"
    if tijd.beschikbaar_vanaf > klok.vandaag():
        yield (
            Profielgroep.BESCHIKBAAR,
            f"Ik kan beginnen op {datum(tijd.beschikbaar_vanaf)}.",
            f"beschikbaar:{tijd.pk}:vanaf",
        )
    ook = [woord for woord, kan in (("’s avonds", tijd.avond), ("in het weekend", tijd.weekend)) if kan]
    if ook:
        yield Profielgroep.BESCHIKBAAR, f"Ik kan ook {' en '.join(ook)} werken.", f"beschikbaar:{tijd.pk}:ook"
    if tijd.rijbewijzen:
        yield (
            Profielgroep.BESCHIKBAAR,
            f"Ik heb rijbewijs {' en '.join(tijd.rijbewijzen)}.",
            f"beschikbaar:{tijd.pk}:rijbewijs",
        )


def _duur(maanden: int) -> str:
    jaren, rest = divmod(maanden, _JAAR)
    delen = [f"{jaren} jaar"] if jaren else []
    return " en ".join([*delen, *([aantal(rest, "maand", "maanden")] if rest else [])])


@service
def stel_profiel_op(deelnemer: Deelnemer, *, actor: Actor) -> int:
    """Add the lines that the diagnosis gives and are not there yet; returns how many.

    A line that was edited or taken away stays as it is; one whose source is gone is taken away.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    er_is = {r.bron: r for r in Profielregel.objects.filter(deelnemer=deelnemer).exclude(bron="").order_by("id")}
    grens, nieuw = Grens.van(deelnemer), 0
    gevonden = list(voorstellen(deelnemer))
    for nummer, (groep, tekst, bron) in enumerate(gevonden, 1):
        if bron not in er_is and not grens.bezwaar(tekst):
            Profielregel.objects.create(deelnemer=deelnemer, groep=groep, tekst=tekst[:200], volgorde=nummer, bron=bron)
            nieuw += 1
    for bron in er_is.keys() - {bron for _, _, bron in gevonden}:
        if er_is[bron].vervallen_op is None:
            haal_regel_weg(er_is[bron], actor=actor)
    return nieuw


# --- Editing and agreeing ---------------------------------------------------------------------------------------
def _toets(deelnemer: Deelnemer, tekst: str) -> str:
    tekst = " ".join(tekst.split())
    if not tekst:
        raise ValidationError({"tekst": "Schrijf op wat een werkgever hier mag lezen."})
    if zin := Grens.van(deelnemer).bezwaar(tekst):
        raise ValidationError({"tekst": zin})
    return tekst


@service
def voeg_profielregel_toe(deelnemer: Deelnemer, groep: str, tekst: str, *, actor: Actor) -> Profielregel:
    """A line in own words. Raises ValidationError at `tekst` for what an employer may not know."""
    hoogste = Profielregel.objects.filter(deelnemer=deelnemer).aggregate(n=Max("volgorde"))["n"] or 0
    regel = Profielregel(deelnemer=deelnemer, groep=groep, tekst=_toets(deelnemer, tekst), volgorde=hoogste + 1)
    regel.full_clean()
    regel.save()
    return regel


@service
def wijzig_profielregel(
    regel: Profielregel, groep: str, tekst: str, versie: int | None, *, actor: Actor
) -> Profielregel:
    """Other words: an agreement on the old ones ends, so the line shows nowhere until the person agrees again."""
    rij = _vergrendel(regel)
    if versie is not None and rij.versie != versie:
        raise IntussenGewijzigd({"groep": rij.groep, "tekst": rij.tekst}, rij.versie)
    tekst = _toets(rij.deelnemer, tekst)
    if tekst != rij.tekst:
        _sluit_antwoord(rij)
    rij.groep, rij.tekst, rij.versie = groep, tekst, rij.versie + 1
    rij.full_clean()
    rij.save(update_fields=["groep", "tekst", "versie"])
    return rij


@service
def haal_regel_weg(regel: Profielregel, *, actor: Actor) -> None:
    """Take a line out of the profile; it stays in the history."""
    rij = _vergrendel(regel)
    _sluit_antwoord(rij)
    rij.vervallen_op = rij.vervallen_op or klok.vandaag()
    rij.save(update_fields=["vervallen_op"])


@service
def geef_antwoord(
    regel: Profielregel,
    akkoord: bool,
    *,
    actor: Actor,
    wijze: str = Akkoordwijze.GESPREK,
    medewerker: Medewerker | None = None,
) -> Akkoord:
    """Record what the person said about exactly this text; a former answer is closed. A no changes nothing else."""
    rij = _vergrendel(regel)
    if rij.vervallen_op is not None:
        raise ValidationError("Deze regel is uit het profiel gehaald.")
    _sluit_antwoord(rij)
    antwoord = Akkoord(
        deelnemer_id=rij.deelnemer_id,
        regel=rij,
        tekst=rij.tekst,
        akkoord=akkoord,
        wijze=wijze,
        gegeven_op=klok.nu(),
        vastgelegd_door=medewerker,
    )
    antwoord.full_clean()
    antwoord.save()
    return antwoord


@service
def trek_akkoord_in(regel: Profielregel, *, actor: Actor) -> None:
    """The person takes the answer back: from this moment the line shows nowhere."""
    _sluit_antwoord(_vergrendel(regel))


def _sluit_antwoord(regel: Profielregel) -> None:
    Akkoord.objects.filter(regel=regel, ingetrokken_op__isnull=True).update(ingetrokken_op=klok.nu())


def _vergrendel(regel: Profielregel) -> Profielregel:
    return Profielregel.objects.select_for_update(of=("self",)).select_related("deelnemer").get(pk=regel.pk)


# --- Sharing -----------------------------------------------------------------------------------------------------
@service
def maak_profiellink(
    deelnemer: Deelnemer,
    voor: str,
    dagen: int,
    medewerker: Medewerker,
    *,
    actor: Actor,
    contact: str = "",
    verwijzing: str = "",
) -> tuple[Profiellink, str]:
    """A link for one employer; returns it with its key, which nobody can ask again.

    Raises ValidationError when nothing was agreed yet, or the person died.
    """
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden. Er gaat niets meer naar werkgevers.")
    if not vragen.gedeelde_regels(deelnemer):
        raise ValidationError(NIETS_GEDEELD)
    sleutel, nu = nieuwe_sleutel(), klok.echt_nu()
    link = Profiellink(
        deelnemer=deelnemer,
        sleutelhash=afdruk(sleutel),
        voor=voor,
        contact=contact,
        verwijzing=verwijzing,
        gemaakt_door=medewerker,
        gemaakt_op=nu,
        geldig_tot=nu + dt.timedelta(days=dagen),
    )
    link.full_clean()
    link.save()
    return link, sleutel


@service
def trek_profiellink_in(link: Profiellink, *, actor: Actor) -> None:
    """Stop a link now; the first moment stays."""
    rij = Profiellink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    rij.ingetrokken_op = rij.ingetrokken_op or klok.echt_nu()
    rij.save(update_fields=["ingetrokken_op"])


def zoek_profiellink(sleutel: str) -> Profiellink | None:
    """The link of this key in any gemeente, while it works: not expired, not withdrawn, the person lives, and the data
    may be used.
    """
    return (
        Profiellink.alle_gemeenten.select_related("deelnemer", "gemeente")
        .filter(
            sleutelhash=afdruk(sleutel),
            geldig_tot__gt=klok.echt_nu(),
            ingetrokken_op__isnull=True,
            deelnemer__overleden_op__isnull=True,
            deelnemer__geanonimiseerd_op__isnull=True,
            deelnemer__samengevoegd_met__isnull=True,
        )
        .exclude(deelnemer__in=_alle_beperkten())
        .first()
    )


def _alle_beperkten() -> QuerySet:
    """Persons of any gemeente whose data may only be stored now: a link is opened before the gemeente is known."""
    rijen = Privacyverzoek.alle_gemeenten.filter(beperking_loopt())
    return rijen.values("deelnemer")


@service
def leg_opening_vast(
    link: Profiellink, naam: str, email: str, *, actor: Actor, vorm: str = Openingsvorm.SCHERM
) -> Profielopening:
    """Somebody opens the profile: when, and who that says to be."""
    opening = Profielopening(
        deelnemer_id=link.deelnemer_id, link=link, naam=naam, email=email, vorm=vorm, op=klok.echt_nu()
    )
    opening.full_clean()
    opening.save()
    return opening
