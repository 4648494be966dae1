"""What the night does with one referral; the caller has locked the row."""

from __future__ import annotations

from typing import Any

from aanmeldingen.aansluiting import werkregel
from aanmeldingen.gebeurtenissen import RAPPEL, meld
from aanmeldingen.keuzes import Rappelsoort
from aanmeldingen.models import Aanmelding
from aanmeldingen.regels import documenten_in_woorden
from aanmeldingen.services import rappel
from aanmeldingen.services.indienen import documenten_nodig
from kern import berichten, klok
from kern.aansluitingen import werkvoorraad
from kern.beperking import is_beperkt
from kern.handeling import Actor, service
from kern.models import Kanaal


@service
def wijs_team_toe(aanmelding: Aanmelding, *, actor: Actor) -> Aanmelding:
    """Give it to the team of its route; the row of Vandaag goes along."""
    aanmelding.team = aanmelding.route.team
    aanmelding.gewijzigd_op = klok.nu()
    aanmelding.versie += 1
    aanmelding.save(update_fields=["team", "gewijzigd_op", "versie"])
    werkvoorraad.schrijf(werkregel(aanmelding))
    return aanmelding


@service
def herinner(aanmelding: Aanmelding, *, actor: Actor) -> Aanmelding:
    """Remind the sender of the open question or the missing document; no person is named, mail is no safe place
    (R228). First who referred, after that the next contact of the sender.
    """
    aanmelding.herinnerd_op = klok.vandaag()
    aanmelding.herinneringen += 1
    aanmelding.save(update_fields=["herinnerd_op", "herinneringen"])
    naam, naar = rappel.verwijzer(aanmelding, aanmelding.herinneringen)
    vraag = aanmelding.vragen.filter(beantwoord_op__isnull=True).order_by("pk").first()
    soorten = documenten_nodig(aanmelding) if aanmelding.status == "wacht_op_document" else []
    soort, over = (Rappelsoort.DOCUMENT, aanmelding.pk) if soorten else (Rappelsoort.VRAAG, vraag.pk if vraag else 0)
    if over:
        rappel.noteer(aanmelding, soort, over, aanmelding.herinneringen, naam or "de verwijzer")
    if aanmelding.client_id is not None:
        mist: dict[str, Any] = {"documentenNodig": soorten} if soorten else {}
        if vraag is not None:
            mist["vraagId"] = str(vraag.kenmerk)
        meld(RAPPEL, aanmelding, aanmelding.status, over=soort.value, **mist)
    if naar and not is_beperkt(aanmelding.deelnemer_id):
        referentie = f" (uw referentie {aanmelding.externe_referentie})" if aanmelding.externe_referentie else ""
        onderwerp, tekst = _herinnering(aanmelding, referentie, soorten)
        berichten.stel_bericht_op(
            kanaal=Kanaal.EMAIL,
            aan=naar,
            onderwerp=onderwerp,
            tekst=f"{tekst}Bellen kan ook: noem dan het nummer van de aanmelding.",
            betrokkene_id=aanmelding.deelnemer_id,
            actor=actor,
        )
    return aanmelding


def _herinnering(aanmelding: Aanmelding, referentie: str, soorten: list[str]) -> tuple[str, str]:
    nummer = aanmelding.volgnummer
    if soorten:
        return f"Bij aanmelding {nummer} mist een document", (
            f"Bij aanmelding {nummer}{referentie} hoort nog een document: {documenten_in_woorden(soorten)}. "
            "Zolang dat er niet is, kunnen wij niet beginnen.\n\nU stuurt het document in uw eigen systeem. "
        )
    return f"Onze vraag over aanmelding {nummer} staat nog open", (
        f"Over aanmelding {nummer}{referentie} hebben wij een vraag gesteld. "
        "Zolang er geen antwoord is, kunnen wij niet verder.\n\nU beantwoordt de vraag in uw eigen systeem. "
    )
