"""Jobs of kern."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import connection

from kern import berichten, bestanden, klok, logzegel, sleutelwissel, uitbak
from kern.aansluitingen import bestanden as stopcontact
from kern.aansluitingen import gebeurtenis
from kern.api.proefclients import ruim_proefclients_op
from kern.handeling import handeling
from kern.models import BerichtStatus, GebruikteAssertie, Idempotentie, Taakloop, TaakStatus
from kern.taken import Loop, taak

log = logging.getLogger("kern.bestanden")
#: At most this many in one run: the next minute takes the rest, and the register shows progress.
PER_KEER = 2000


_STAND = {
    BerichtStatus.VERSTUURD: "verstuurd",
    BerichtStatus.MISLUKT: "mislukt",
    BerichtStatus.INGETROKKEN: "ingetrokken",
}


@taak("kern.berichten_versturen", "Verstuurt e-mail en sms die klaarstaan in het postvak uit.", stil=True)
def berichten_versturen(loop: Loop) -> None:
    for gedaan in range(PER_KEER):
        stand = berichten.verstuur_volgende(loop.actor)
        if stand is None:
            break
        loop.tel(
            {
                BerichtStatus.VERSTUURD: "verstuurd",
                BerichtStatus.MISLUKT: "mislukt",
                BerichtStatus.INGETROKKEN: "ingetrokken",
            }.get(stand, "uitgesteld")
        )
        if gedaan % 50 == 0:
            loop.meld("Berichten versturen", gedaan)


@taak("kern.uitbak", "Nummert gebeurtenissen en geeft ze door aan wie erop wacht.", stil=True)
def uitbak_legen(loop: Loop) -> None:
    if genummerd := uitbak.nummer(int(loop.gemeente_id or 0), PER_KEER):
        loop.tel("genummerd", genummerd)
    na, mislukt = 0, 0
    for gedaan in range(PER_KEER):
        volgnummer, gelukt = uitbak.verwerk_volgende(loop.actor, na)
        if volgnummer is None:
            break
        na = volgnummer
        mislukt += not gelukt
        loop.tel("verwerkt" if gelukt else "mislukt")
        if gedaan % 100 == 0:
            loop.meld("Gebeurtenissen doorgeven", gedaan)
    if mislukt:
        raise RuntimeError(f"{mislukt} gebeurtenissen konden niet worden verwerkt; ze komen de volgende keer terug.")


@taak(
    "kern.opruimen",
    "Ruimt op wat verlopen is en maakt plaats voor de logboeken van de komende maanden.",
    nacht=True,
)
def opruimen(loop: Loop) -> None:
    nu = klok.echt_nu()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kern_maak_partities(%s, 3)", [klok.vandaag()])
    oud = Taakloop.objects.filter(
        gemeente_id=loop.gemeente_id, gestart_op__lt=nu - dt.timedelta(days=90), status=TaakStatus.GELUKT
    )
    loop.tel("oude regels van taken", oud.delete()[0])
    loop.tel("gebruikte sleutels", GebruikteAssertie.objects.filter(verloopt_op__lt=nu).delete()[0])
    loop.tel("verlopen testclients", ruim_proefclients_op(actor=loop.actor))
    dag = dt.timedelta(days=1)
    loop.tel("oude API-antwoorden", Idempotentie.objects.filter(aangemaakt_op__lt=nu - dag).delete()[0])


@taak(
    "kern.bestanden",
    "Verwijdert bestanden waar geen document bij hoort, en telt documenten waarvan het bestand weg is.",
    nacht=True,
)
def bestanden_opruimen(loop: Loop) -> None:
    for kamer, plaatsen in stopcontact.kamers().items():
        loop.meld(f"Bestanden van {kamer}")
        weg, kwijt = bestanden.ruim_op(kamer, plaatsen)
        loop.tel("bestanden zonder document verwijderd", weg)
        loop.tel("documenten zonder bestand", len(kwijt))
        for plaats in kwijt:
            log.error("bestand is er niet", extra={"plaats": plaats})


@taak("kern.logzegels", "Verzegelt historie en leeslog van gisteren, en ziet na of een deel van de maand nog klopt.")
def logzegels(loop: Loop) -> None:
    loop.tel("dagen verzegeld", logzegel.verzegel(logzegel.laatste_hele_dag(), loop.meld))
    _zie_logboek_na(loop, vandaag=klok.echt_nu().date())


@taak(
    "kern.logboek_nazien",
    "Ziet elke dag van historie en leeslog na: is er geen regel veranderd, bij gekomen of weg?",
    met_de_hand=True,
)
def logboek_nazien(loop: Loop) -> None:
    _zie_logboek_na(loop)


def _zie_logboek_na(loop: Loop, vandaag: dt.date | None = None) -> None:
    bekeken, afwijkingen = logzegel.zie_na(loop.meld, vandaag=vandaag)
    loop.tel("dagen nagezien", bekeken)
    loop.tel("afwijkingen", len(afwijkingen))
    for afwijking in afwijkingen:
        log.error("logboek klopt niet", extra={"afwijking": str(afwijking)})
        with handeling(loop.actor):
            wat = {"dag": afwijking.dag.isoformat(), "wat": str(afwijking)}
            gebeurtenis.meld(logzegel.LOGBOEK_VERANDERD, afwijking.dag, data=wat)
    if afwijkingen:
        raise RuntimeError(f"Het logboek is niet zoals het verzegeld is. {'. '.join(map(str, afwijkingen[:5]))}.")


@taak(
    "kern.sleutels",
    "Zet burgerservicenummers en geheimen onder de nieuwste sleutel. Draai hem na het wisselen van een sleutel.",
    met_de_hand=True,
)
def sleutels_wisselen(loop: Loop) -> None:
    for naam, hoeveel in sleutelwissel.wissel(loop.actor, loop.meld).items():
        loop.tel(naam, hoeveel)
    for naam, hoeveel in sleutelwissel.over().items():
        loop.tel(f"nog onder een oude sleutel: {naam}", hoeveel)
