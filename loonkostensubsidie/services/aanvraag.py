"""An application: begin, save, hand in, handle, complete, withdraw (R149; FEITEN 1.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer
from deelnemers.services import lijstkolommen
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.beperking import eis_onbeperkt
from kern.handeling import Actor, service
from kern.nummers import volgend_nummer
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from kern.weergave import datum
from kern.weigering import IntussenGewijzigd
from loonkostensubsidie import aanvraagklok, aanvraagregels
from loonkostensubsidie.aanvraagkeuzes import Bron, Klokbegin, Route
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.aanvraagtoestanden import AANVRAAG, OPEN_AANVRAAG
from loonkostensubsidie.models import Aanvraag, Aanvraagpauze
from loonkostensubsidie.rekenen.geval import BEGIN_PILOT
from loonkostensubsidie.services.controles import ververs_controles
from loonkostensubsidie.services.doelgroep import volg_aanvraag
from organisatie.models import Medewerker
from regelgeving import opzoeken
from werkgevers.dienstverbandvragen import metingen_van
from werkgevers.models import Dienstverband, Werkgever
from werkgevers.nummers import controleer_iban, controleer_kvk, controleer_loonheffingennummer, kale_iban

#: What the form holds, and who fills it in may change.
VELDEN = (
    *("functie", "begindatum", "einddatum", "uren_per_week", "uren_voltijd", "cao", "bruto_uurloon"),
    *("proefplaats_vooraf", "route", "doelgroepbron", "kvk_nummer", "loonheffingennummer", "iban", "tenaamstelling"),
    *("contact_naam", "contact_email", "contact_telefoon", "ondertekend_door", "opmerking"),
)
#: Without these an application cannot be handed in.
VERPLICHT = (
    *("functie", "begindatum", "uren_per_week", "uren_voltijd", "bruto_uurloon"),
    *("kvk_nummer", "loonheffingennummer", "iban", "contact_naam", "ondertekend_door"),
)
OVERLEDEN = "Deze persoon is overleden. Er kan geen nieuwe aanvraag komen."


@service
def maak_aanvraag(
    deelnemer: Deelnemer,
    werkgever: Werkgever,
    *,
    actor: Actor,
    dienstverband: Dienstverband | None = None,
    **velden: Any,
) -> Aanvraag:
    """A draft for this person and employer; the one that is open already when there is one (a double click)."""
    eis_onbeperkt(deelnemer.pk)
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    if deelnemer.overleden_op is not None:
        raise ValidationError(OVERLEDEN)
    er_is = Aanvraag.objects.filter(deelnemer=deelnemer, werkgever=werkgever, status__in=OPEN_AANVRAAG)
    if (open_ := er_is.order_by("pk").first()) is not None:
        return open_
    rij = Aanvraag(
        nummer=volgend_nummer(Aanvraag, "LKS"),
        deelnemer=deelnemer,
        werkgever=werkgever,
        dienstverband=dienstverband,
        status_sinds=klok.vandaag(),
        gemaakt_door_id=actor.gebruiker_id,
        **(_bekend(werkgever, dienstverband) | velden),
    )
    rij.full_clean()
    rij.save()
    begin = AANVRAAG.stap("", "beginnen")
    if begin is None:
        raise LookupError("de tabel AANVRAAG kent geen begin")
    leg_overgang_vast(AANVRAAG.soort, rij, "", begin, actor=actor)
    return rij


def _bekend(werkgever: Werkgever, werk: Dienstverband | None) -> dict[str, Any]:
    """What we know already need not be typed again; the account number is asked, because it is compared."""
    uit: dict[str, Any] = {
        "kvk_nummer": werkgever.kvk_nummer,
        "loonheffingennummer": werkgever.loonheffingennummer,
    }
    if werk is not None:
        uit |= {
            "functie": werk.functie,
            "begindatum": werk.begindatum,
            "einddatum": werk.contract_tot,
            "uren_per_week": werk.uren_per_week,
            "uren_voltijd": werk.uren_voltijd,
            "bruto_uurloon": werk.bruto_uurloon,
        }
    return uit


@service
def bewaar_aanvraag(
    aanvraag: Aanvraag, *, actor: Actor, versie: int | None = None, bron: Bron | str | None = None, **velden: Any
) -> Aanvraag:
    """Save what was filled in: a draft also half; while we wait for a completion what is needed stays filled.

    Raises IntussenGewijzigd when somebody else saved first.
    """
    rij = vergrendel(aanvraag)
    if rij.status not in {"concept", "aanvulling_gevraagd"}:
        raise OvergangGeweigerd(f"De aanvraag is al ingediend: de status is ‘{rij.get_status_display()}’.")
    if versie is not None and versie != rij.versie:
        raise IntussenGewijzigd({naam: getattr(rij, naam) for naam in velden}, rij.versie)
    if onbekend := set(velden) - set(VELDEN):
        raise TypeError(f"geen deel van het formulier: {sorted(onbekend)}")
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    _controleer_begin(rij.begindatum)
    if rij.status != "concept":
        _eis_gevuld(rij)
    rij.bron = bron or rij.bron
    rij.versie += 1
    rij.full_clean()
    rij.save()
    return rij


_VOORUIT = 731  # days: who starts later, applies later


def _controleer_begin(dag: dt.date | None) -> None:
    """A first working day that a subsidy can be about."""
    uiterlijk = klok.vandaag() + dt.timedelta(days=_VOORUIT)
    if dag is not None and not BEGIN_PILOT <= dag <= uiterlijk:
        zin = f"Kies een dag van {datum(BEGIN_PILOT)} tot en met {datum(uiterlijk)}."
        raise ValidationError({"begindatum": zin})


def controleer_nummers(rij: Aanvraag) -> None:
    """The check digits of what the employer wrote down; raises ValidationError at each field that is wrong."""
    fouten: dict[str, list[str]] = {}
    proeven: tuple[tuple[str, Callable[[str], None], str], ...] = (
        ("kvk_nummer", controleer_kvk, rij.kvk_nummer),
        ("loonheffingennummer", controleer_loonheffingennummer, rij.loonheffingennummer),
        ("iban", controleer_iban, kale_iban(rij.iban)),
    )
    for veld, proef, nummer in proeven:
        try:
            proef(nummer)
        except ValidationError as fout:
            fouten[veld] = fout.messages
    if fouten:
        raise ValidationError(fouten)


@service
def dien_in(aanvraag: Aanvraag, *, actor: Actor, ontvangen_op: dt.date | None = None) -> Aanvraag:
    """Hand in: the form is complete, the checks run, and the clock starts when the wage value is known or skipped.

    A second time gives OvergangGeweigerd. Raises ValidationError with every field that is still empty, and when the
    doelgroep was asked for less than a term ago and refused (art. 10c lid 2).
    """
    rij = vergrendel(aanvraag)
    AANVRAAG.vereis(rij, "indienen")
    _eis_compleet(rij)
    rij.ontvangen_op = ontvangen_op or klok.vandaag()
    if rij.ontvangen_op > klok.vandaag():
        raise ValidationError({"ontvangen_op": "Deze dag moet nog komen."})
    _start_klok(rij)
    rij.full_clean()
    velden = ["iban", "ontvangen_op", "klok_vanaf", "klokbegin", "beslis_voor"]
    verzet(AANVRAAG, rij, "indienen", actor=actor, ook=velden)
    _sluit_links(rij)
    volg_aanvraag(rij, actor=actor)
    ververs_controles(rij)
    ververs(rij)
    return rij


@service
def neem_in_behandeling(aanvraag: Aanvraag, medewerker: Medewerker, *, actor: Actor) -> Aanvraag:
    """Somebody takes it on; who comes second sees that it was taken."""
    rij = vergrendel(aanvraag)
    rij.behandelaar = medewerker
    verzet(AANVRAAG, rij, "in_behandeling_nemen", actor=actor, ook=["behandelaar"])
    ververs_controles(rij)
    ververs(rij)
    return rij


@service
def vraag_aanvulling(
    aanvraag: Aanvraag, reden: str, *, actor: Actor, aanvullen_voor: dt.date | None = None
) -> Aanvraagpauze:
    """Ask the employer to complete; from tomorrow the term stands still (Awb 4:5, 4:15)."""
    rij, vandaag = vergrendel(aanvraag), klok.vandaag()
    voor = aanvullen_voor or vandaag + dt.timedelta(days=int(opzoeken.getal("lks.aanvullen_dagen", vandaag)))
    if voor <= vandaag:
        raise ValidationError({"aanvullen_voor": "Geef de werkgever minstens een dag. Kies een dag na vandaag."})
    verzet(AANVRAAG, rij, "aanvulling_vragen", actor=actor, reden=reden)
    pauze = Aanvraagpauze(
        aanvraag=rij, deelnemer_id=rij.deelnemer_id, begindatum=vandaag, gevraagd=reden, aanvullen_voor=voor
    )
    pauze.full_clean()
    pauze.save()
    _zet_klok(rij)
    ververs(rij)
    return pauze


@service
def vul_aan(aanvraag: Aanvraag, *, actor: Actor) -> Aanvraag:
    """The completion is there: the term runs on (Awb 4:15). With another route it begins where that route begins.

    Raises ValidationError with every field that was made empty, or is wrong now.
    """
    rij = vergrendel(aanvraag)
    AANVRAAG.vereis(rij, "aanvullen")
    _eis_compleet(rij)
    if (rij.route == Route.FORFAIT) != (rij.klokbegin == Klokbegin.OVERGESLAGEN):
        rij.klok_vanaf, rij.klokbegin, rij.beslis_voor = None, "", None
    _start_klok(rij)
    rij.full_clean()
    verzet(AANVRAAG, rij, "aanvullen", actor=actor, ook=["iban", "klok_vanaf", "klokbegin", "beslis_voor"])
    _sluit_pauze(rij)
    _sluit_links(rij)
    _zet_klok(rij)
    ververs_controles(rij)
    ververs(rij)
    return rij


@service
def laat_buiten_behandeling(aanvraag: Aanvraag, reden: str, *, actor: Actor) -> Aanvraag:
    """The completion did not come: no decision on the content, within four weeks (Awb 4:5 lid 4)."""
    rij = vergrendel(aanvraag)
    AANVRAAG.vereis(rij, "buiten_behandeling_laten", reden)
    pauze = Aanvraagpauze.objects.get(aanvraag=rij, einddatum__isnull=True)
    if klok.vandaag() <= pauze.aanvullen_voor:
        raise OvergangGeweigerd(f"De werkgever kan nog aanvullen tot en met {datum(pauze.aanvullen_voor)}.")
    uiterlijk = opzoeken.einde_termijn("AWB_BUITENBEH", pauze.aanvullen_voor)
    if klok.vandaag() > uiterlijk:
        raise OvergangGeweigerd(
            f"Dit kon tot en met {datum(uiterlijk)} (Awb 4:5 lid 4). Beslis nu op wat er wel is: wijs toe of wijs af."
        )
    _sluit_pauze(rij)
    return _rond_af(rij, "buiten_behandeling_laten", actor, reden)


@service
def trek_aanvraag_in(aanvraag: Aanvraag, reden: str, *, actor: Actor) -> Aanvraag:
    """The employer or we withdraw it; a decision that lay ready lapses."""
    rij = vergrendel(aanvraag)
    AANVRAAG.vereis(rij, "intrekken", reden)
    from loonkostensubsidie.services.beschikking import laat_open_besluiten_vervallen

    laat_open_besluiten_vervallen(rij, reden, actor=actor)
    if rij.status == "aanvulling_gevraagd":
        _sluit_pauze(rij)
    return _rond_af(rij, "intrekken", actor, reden)


@service
def koppel_dienstverband(aanvraag: Aanvraag, dienstverband: Dienstverband, *, actor: Actor) -> Aanvraag:
    """Tie the application to the employment that it is for."""
    rij = vergrendel(aanvraag)
    _eis_open(rij)
    if dienstverband.deelnemer_id != rij.deelnemer_id:
        raise ValidationError({"dienstverband": "Dit dienstverband is van iemand anders."})
    rij.dienstverband = dienstverband
    rij.versie += 1
    if rij.status != "concept":
        _start_klok(rij)
    rij.full_clean()
    rij.save()
    _zet_klok(rij)
    if rij.status != "concept":
        ververs_controles(rij)
        ververs(rij)
    return rij


@service
def stel_in_gebreke(aanvraag: Aanvraag, op: dt.date, *, actor: Actor) -> Aanvraag:
    """The employer says that we are late; two weeks later the penalty begins (Awb 4:17)."""
    rij = vergrendel(aanvraag)
    _eis_open(rij)
    if rij.beslis_voor is None or op <= rij.beslis_voor:
        raise ValidationError({"op": "De termijn om te beslissen was op die dag nog niet voorbij."})
    if op > klok.vandaag():
        raise ValidationError({"op": "Deze dag moet nog komen."})
    rij.ingebreke_op = op
    rij.versie += 1
    rij.save(update_fields=["ingebreke_op", "versie"])
    return rij


@service
def heropen_na_bezwaar(aanvraag: Aanvraag, reden: str, *, actor: Actor) -> Aanvraag:
    """The refusal does not stand after an objection: the application is handled again (Awb 7:11)."""
    rij = vergrendel(aanvraag)
    rij.afgerond_op = None
    verzet(AANVRAAG, rij, "heropenen", actor=actor, reden=reden, ook=["afgerond_op"])
    ververs_controles(rij)
    ververs(rij)
    return rij


# --- Shared ----------------------------------------------------------------------------------------------------------
def vergrendel(aanvraag: Aanvraag) -> Aanvraag:
    """The row as it is now, locked until the end of the transaction."""
    rijen = Aanvraag.objects.select_for_update(of=("self",))
    return rijen.select_related("deelnemer", "werkgever", "dienstverband__deelnemer", "behandelaar").get(pk=aanvraag.pk)


def ververs(rij: Aanvraag) -> None:
    """Vandaag and the timeline follow the state."""
    pauze = Aanvraagpauze.objects.filter(aanvraag=rij, einddatum__isnull=True).order_by("pk").first()
    gewenst = aanvraagregels.aanvraagwerk(rij, pauze) if rij.is_open else []
    if gewenst:
        werkvoorraad.schrijf(*gewenst)
    else:
        werkvoorraad.klaar(KAMER, aanvraagregels.aanvraagsleutel(rij))
    lijstkolommen.werk_bij(rij.deelnemer_id)
    for regel in aanvraagregels.aanvraagregel(rij):
        tijdlijn.schrijf(regel)


def beslis(aanvraag: Aanvraag, actie: str, *, actor: Actor) -> Aanvraag:
    """An approved decision ends the application. Call inside a service."""
    return _rond_af(vergrendel(aanvraag), actie, actor, "")


def begin_klok_bij_meting(aanvraag: Aanvraag) -> None:
    """A wage value was recorded: the five weeks begin. Call inside a service."""
    rij = vergrendel(aanvraag)
    _start_klok(rij)
    rij.save(update_fields=["klok_vanaf", "klokbegin", "beslis_voor"])
    ververs_controles(rij)
    ververs(rij)


def _rond_af(rij: Aanvraag, actie: str, actor: Actor, reden: str) -> Aanvraag:
    rij.afgerond_op = klok.vandaag()
    _sluit_links(rij)
    verzet(AANVRAAG, rij, actie, actor=actor, reden=reden, ook=["afgerond_op"])
    ververs(rij)
    return rij


def _sluit_links(rij: Aanvraag) -> None:
    """Nobody fills in a form that was handed in, or that is not needed any more."""
    rij.links.filter(gebruikt_op__isnull=True, ingetrokken_op__isnull=True).update(ingetrokken_op=klok.echt_nu())


def _eis_open(rij: Aanvraag) -> None:
    if not rij.is_open:
        raise OvergangGeweigerd(f"De aanvraag is klaar: de status is ‘{rij.get_status_display()}’.")


def _eis_gevuld(rij: Aanvraag) -> None:
    if leeg := [naam for naam in VERPLICHT if getattr(rij, naam) in (None, "")]:
        raise ValidationError({naam: "Vul dit in." for naam in leeg})


def _eis_compleet(rij: Aanvraag) -> None:
    """Nothing that is needed is empty, and the numbers are right; the account number is written without spaces."""
    _eis_gevuld(rij)
    controleer_nummers(rij)
    rij.iban = kale_iban(rij.iban)


def _start_klok(rij: Aanvraag) -> None:
    """From the day of the measurement, or from the day that the application to skip it came in (art. 10d lid 12)."""
    if rij.ontvangen_op is None or rij.klok_vanaf is not None:
        return
    if rij.route == Route.FORFAIT:
        rij.klok_vanaf, rij.klokbegin = rij.ontvangen_op, Klokbegin.OVERGESLAGEN
    elif rij.dienstverband is not None and (metingen := list(metingen_van(rij.dienstverband))):
        rij.klok_vanaf, rij.klokbegin = max(rij.ontvangen_op, metingen[-1].gemeten_op), Klokbegin.METING
    if rij.klok_vanaf is not None:
        rij.beslis_voor = aanvraagklok.beslis_voor(rij.klok_vanaf, rij.pauzes.order_by("pk") if rij.pk else ())


def _zet_klok(rij: Aanvraag) -> None:
    if rij.klok_vanaf is not None:
        rij.beslis_voor = aanvraagklok.beslis_voor(rij.klok_vanaf, rij.pauzes.order_by("pk"))
        rij.save(update_fields=["beslis_voor"])


def _sluit_pauze(rij: Aanvraag) -> None:
    rij.pauzes.filter(einddatum__isnull=True).update(einddatum=klok.vandaag())
