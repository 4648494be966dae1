"""Offer an approved run: look at the accounts once more, make the files, keep them. Doing it again changes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.utils import timezone
from stdnum import bic as bicregels
from stdnum import iban as ibanregels

from kern import bestanden, klok
from kern.csvblad import MEDIATYPE
from kern.handeling import Actor, service
from kern.toestanden import verzet
from loonkostensubsidie import betaalwerk
from loonkostensubsidie.betaalbestand import (
    MEDIATYPE_XML,
    Betaling,
    Debiteur,
    maak_lijst,
    maak_pain,
)
from loonkostensubsidie.betaaltoestanden import BETAALOPDRACHT, BETAALRUN
from loonkostensubsidie.models import Betaalopdracht, Betaalrun
from loonkostensubsidie.services.betaalrun import laat_opdracht_vervallen, vergrendel, waarom_niet, werk_totaal_bij
from regelgeving import opzoeken
from werkgevers.dienstverbandvragen import rekeningen_van

#: Folders of the two kinds of file (kern.bestanden).
BESTAND_KAMER, LIJST_KAMER = "betaalbestanden", "betaallijsten"
ANDER_NUMMER = "Het rekeningnummer is gewijzigd nadat de run is goedgekeurd."
_NODIG = {"tenaamstelling": "de naam van de rekening", "iban": "het rekeningnummer (IBAN)"}


def debiteur_op(dag: dt.date) -> Debiteur:
    """Who pays, from the settings of the gemeente; ValidationError that says what is missing."""
    waarden = {naam: _instelling(f"betaling.{naam}", dag) for naam in ("tenaamstelling", "iban", "bic")}
    mist = [woord for naam, woord in _NODIG.items() if not waarden[naam]]
    if mist:
        raise ValidationError(
            f"We weten nog niet van welke rekening we betalen: {' en '.join(mist)} van de gemeente is leeg. Vraag de "
            "functioneel beheerder om dit bij Regels in te vullen. Een collega keurt het goed."
        )
    if not ibanregels.is_valid(waarden["iban"]):
        raise ValidationError("Het rekeningnummer (IBAN) van de gemeente klopt niet. Vraag de functioneel beheerder.")
    if waarden["bic"] and not bicregels.is_valid(waarden["bic"]):
        raise ValidationError("De BIC van de gemeente klopt niet. Vraag de functioneel beheerder.")
    return Debiteur(waarden["tenaamstelling"], ibanregels.compact(waarden["iban"]), waarden["bic"])


def _instelling(sleutel: str, dag: dt.date) -> str:
    try:
        return str(opzoeken.parameter(sleutel, dag)).strip()
    except opzoeken.GegevenOntbreekt:
        return ""


@service
def bied_run_aan(run: Betaalrun, uitvoeren_op: dt.date, *, actor: Actor) -> Betaalrun:
    """Make the files of an approved run; call inside `bestanden.weg_bij_mislukken()`.

    An order whose account is held or is another one than was approved does not go along: it lapses and its lines are
    open for the next run. Raises ValidationError when the account of the gemeente is missing, for a day before today,
    and when nothing is left. A run that was offered before is given back as it is.
    """
    rij = vergrendel(run)
    if rij.status in {"aangeboden", "afgerond"}:
        return rij
    BETAALRUN.vereis(rij, "aanbieden")
    if uitvoeren_op < klok.vandaag():
        raise ValidationError({"uitvoeren_op": "Deze dag is voorbij. Kies vandaag of later."})
    debiteur = debiteur_op(klok.vandaag())
    mee = _wat_mee_mag(rij, actor)
    if not mee:
        raise ValidationError("Geen enkele opdracht kan mee. Neem de run terug en kijk bij elke opdracht waarom.")
    betalingen = [_betaling(rij, opdracht) for opdracht in mee]
    nu = klok.nu()
    pain = maak_pain(rij.nummer, debiteur, betalingen, uitvoeren_op, timezone.localtime(nu))
    rij.bestand_plaats, rij.bestand_sha256 = _bewaar_bestand(pain)
    rij.lijst_plaats, rij.lijst_sha256 = _bewaar_lijst(maak_lijst(rij.nummer, rij.maand, betalingen))
    rij.aangeboden_op, rij.uitvoeren_op = nu, uitvoeren_op
    for opdracht in mee:
        verzet(BETAALOPDRACHT, opdracht, "aanbieden", actor=actor)
    werk_totaal_bij(rij)
    velden = ["bestand_plaats", "bestand_sha256", "lijst_plaats", "lijst_sha256", "aangeboden_op", "uitvoeren_op"]
    verzet(BETAALRUN, rij, "aanbieden", actor=actor, ook=velden)
    betaalwerk.breng_bij(f"run:{rij.pk}", betaalwerk.runwerk(rij))
    return rij


def _wat_mee_mag(run: Betaalrun, actor: Actor) -> list[Betaalopdracht]:
    rijen = Betaalopdracht.objects.select_for_update(of=("self",)).select_related("werkgever")
    opdrachten = list(rijen.filter(run=run, status__in=["klaar", "aangehouden"]).order_by("werkgever__naam", "pk"))
    rekeningen = rekeningen_van([o.werkgever_id for o in opdrachten], klok.vandaag())
    mee = []
    for opdracht in opdrachten:
        nu = rekeningen[opdracht.werkgever_id]
        anders = (nu.iban, nu.tenaamstelling) != (opdracht.iban, opdracht.tenaamstelling)
        reden = opdracht.reden or waarom_niet(nu) or (ANDER_NUMMER if anders else "")
        if reden:
            laat_opdracht_vervallen(opdracht, reden, actor)
        else:
            mee.append(opdracht)
    return mee


def _betaling(run: Betaalrun, opdracht: Betaalopdracht) -> Betaling:
    return Betaling(
        kenmerk=opdracht.eindkenmerk,
        werkgever=opdracht.werkgever.naam,
        kvk=opdracht.werkgever.kvk_nummer,
        iban=opdracht.iban,
        tenaamstelling=opdracht.tenaamstelling,
        bedrag=opdracht.bedrag,
        omschrijving=f"Loonkostensubsidie {betaalwerk.maandnaam(run)}, kenmerk {opdracht.eindkenmerk}",
    )


def _bewaar_bestand(inhoud: bytes) -> tuple[str, str]:
    stuk = bestanden.Inhoud(inhoud, MEDIATYPE_XML, hashlib.sha256(inhoud).hexdigest())
    return bestanden.bewaar(BESTAND_KAMER, stuk), stuk.sha256


def _bewaar_lijst(inhoud: bytes) -> tuple[str, str]:
    stuk = bestanden.Inhoud(inhoud, MEDIATYPE, hashlib.sha256(inhoud).hexdigest())
    return bestanden.bewaar(LIJST_KAMER, stuk), stuk.sha256
