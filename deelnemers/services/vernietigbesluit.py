"""What people decide about erasing: two who agree, a hold, and a request of the person (R226, GDPR article 17)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import connection

from deelnemers.bewaarkeuzes import Bewaarreden, Regelstand, Vernietigaanleiding
from deelnemers.models import Bewaarplicht, Deelnemer, Privacyverzoek, Vernietiging, Vernietigingsregel
from deelnemers.services import privacy
from deelnemers.services.vernietigen import (
    AVG17,
    BERICHT,
    DOSSIER,
    LOPEND,
    WACHTTIJD,
    instelling,
    lopende_termijnen,
    tel_opnieuw,
    wat_houdt_tegen,
)
from deelnemers.services.vertegenwoordiging import wie_krijgt
from deelnemers.toestanden import VERNIETIGING
from kern import berichten, klok
from kern import bsn as bsn_
from kern.handeling import Actor, huidige_gemeente_id, service
from kern.models import Gebruiker, Kanaal
from kern.toestanden import verzet
from kern.weergave import datum
from kern.wissen import NietTeWissen, Opdracht


# --- Two people --------------------------------------------------------------------------------------------------
def _vergrendel(lijst: Vernietiging) -> Vernietiging:
    return Vernietiging.objects.select_for_update(of=("self",)).get(pk=lijst.pk)


@service
def dien_in(lijst: Vernietiging, *, actor: Actor, gebruiker: Gebruiker) -> Vernietiging:
    """The first of two: from now on the list does not change. Raises OvergangGeweigerd when somebody was before."""
    rij = _vergrendel(lijst)
    rij.ingediend_door, rij.ingediend_op = gebruiker, klok.nu()
    verzet(VERNIETIGING, rij, "indienen", actor=actor, ook=("ingediend_door", "ingediend_op"))
    return rij


@service
def keur_goed(lijst: Vernietiging, *, actor: Actor, gebruiker: Gebruiker) -> Vernietiging:
    """The second of two; starts the waiting time and tells who it concerns when the setting says so.

    Raises ValidationError for the same person, OvergangGeweigerd when somebody was before.
    """
    rij = _vergrendel(lijst)
    VERNIETIGING.vereis(rij, "goedkeuren")
    if rij.ingediend_door_id == gebruiker.pk:
        raise ValidationError("Je gaf zelf het eerste akkoord. Vraag een collega om het tweede.", code="twee_personen")
    rij.goedgekeurd_door, rij.goedgekeurd_op = gebruiker, klok.nu()
    rij.uitvoeren_vanaf = klok.vandaag() + dt.timedelta(days=int(instelling(WACHTTIJD)))
    if rij.aanleiding == Vernietigaanleiding.TERMIJN and instelling(BERICHT) == "ja":
        rij.bericht_gestuurd = _bericht(rij, actor)
    velden = ("goedgekeurd_door", "goedgekeurd_op", "uitvoeren_vanaf", "bericht_gestuurd")
    verzet(VERNIETIGING, rij, "goedkeuren", actor=actor, ook=velden)
    for regel in rij.regels.select_related("verzoek").order_by("pk"):
        if regel.verzoek is not None:
            privacy.vertel(regel.verzoek)
    return rij


def _bericht(lijst: Vernietiging, actor: Actor) -> int:
    """Mail to persons on the list who live, or who gets their letters; the text names no trajectory and no benefit."""
    mensen = Deelnemer.objects.filter(
        pk__in=lijst.regels.filter(stand=Regelstand.OPEN).values("deelnemer_id"), overleden_op__isnull=True
    )
    aantal = 0
    for deelnemer in mensen.order_by("pk"):
        for wie in wie_krijgt(deelnemer, "brieven"):
            if not wie.email:
                continue
            namens = [zin] if (zin := wie.namens(deelnemer)) else []
            berichten.stel_bericht_op(
                kanaal=Kanaal.EMAIL,
                aan=wie.email,
                onderwerp="We wissen oude gegevens",
                tekst=(
                    "\n\n".join(
                        [
                            f"Beste {wie.naam},",
                            *namens,
                            "Wij bewaren gegevens niet langer dan nodig is. "
                            f"Op of na {datum(lijst.uitvoeren_vanaf)} wissen wij gegevens van u.",
                            "Wilt u dat niet, of wilt u eerst een kopie? Bel dan de gemeente.",
                        ]
                    )
                ),
                betrokkene_id=deelnemer.pk,
                actor=actor,
            )
            aantal += 1
    return aantal


@service
def neem_terug(lijst: Vernietiging, *, actor: Actor, reden: str) -> Vernietiging:
    """Back to a proposal: the second person does not agree."""
    rij = _vergrendel(lijst)
    if rij.aanleiding == Vernietigaanleiding.TERMIJN:
        bezet = Vernietiging.objects.filter(soort=rij.soort, status="voorgesteld", aanleiding=rij.aanleiding)
        if bezet.exists():
            raise ValidationError(
                "Er staat al een nieuw voorstel klaar. Kies ‘Niet wissen’: wat mag, komt daarop terug."
            )
    rij.ingediend_door, rij.ingediend_op = None, None
    verzet(VERNIETIGING, rij, "terugnemen", actor=actor, reden=reden, ook=("ingediend_door", "ingediend_op"))
    return rij


@service
def trek_in(lijst: Vernietiging, *, actor: Actor, reden: str) -> Vernietiging:
    """Nothing of this list is erased; what may go comes on a next proposal."""
    rij = _vergrendel(lijst)
    verzet(VERNIETIGING, rij, "intrekken", actor=actor, reden=reden)
    return rij


@service
def haal_af(regel: Vernietigingsregel, *, actor: Actor) -> None:
    """Take one line off a proposal that nobody agreed on yet; the next night may put it back unless there is a hold."""
    lijst = _vergrendel(regel.vernietiging)
    if lijst.aanleiding == Vernietigaanleiding.VERZOEK:
        raise ValidationError("Deze persoon vroeg zelf om wissen. Kies op de lijst ‘Niet wissen’, met een reden.")
    if lijst.status != "voorgesteld":
        raise ValidationError(
            "Deze lijst verandert niet meer. Leg een bewaarplicht vast, dan slaan we deze persoon over."
        )
    Vernietigingsregel.objects.filter(pk=regel.pk).delete()
    tel_opnieuw(lijst.pk)


# --- A hold, a request -------------------------------------------------------------------------------------------
@service
def leg_bewaarplicht_vast(
    deelnemer: Deelnemer, soort: str, *, tot: dt.date | None, gebruiker: Gebruiker, actor: Actor, reden: str
) -> Bewaarplicht:
    """Nothing about this person is erased, also when a list already waits. Raises ValidationError."""
    try:
        vast = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    except Deelnemer.DoesNotExist:
        raise ValidationError("Deze gegevens zijn net gewist.") from None
    _geen_bsn(reden)
    if tot is not None and tot < klok.vandaag():
        raise ValidationError({"tot": "Deze dag is al voorbij. Kies een latere dag of laat leeg."})
    rij = Bewaarplicht(deelnemer=vast, soort=Bewaarreden(soort), reden=reden.strip(), vanaf=klok.vandaag(), tot=tot)
    rij.door = gebruiker
    rij.full_clean(exclude=["deelnemer", "gemeente", "door", "opgeheven_op", "opgeheven_door"])
    rij.save()
    _haal_weg_van(vast.pk)
    return rij


def _haal_weg_van(deelnemer_id: int) -> None:
    regels = Vernietigingsregel.objects.filter(
        deelnemer=deelnemer_id, vernietiging__status="voorgesteld", vernietiging__aanleiding=Vernietigaanleiding.TERMIJN
    )
    for lijst_id in list(regels.order_by("pk").values_list("vernietiging_id", flat=True)):
        regels.filter(vernietiging=lijst_id).delete()
        tel_opnieuw(lijst_id)


@service
def hef_bewaarplicht_op(bewaarplicht: Bewaarplicht, *, gebruiker: Gebruiker, actor: Actor, reden: str) -> Bewaarplicht:
    """The data need not stay any more. Raises ValidationError when a colleague was before."""
    rij = Bewaarplicht.objects.select_for_update(of=("self",)).get(pk=bewaarplicht.pk)
    if rij.opgeheven_op is not None:
        raise ValidationError("Een collega heeft deze bewaarplicht net opgeheven.")
    _geen_bsn(reden)
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom deze gegevens niet meer hoeven te blijven."})
    rij.opgeheven_op, rij.opgeheven_door, rij.opgeheven_reden = klok.nu(), gebruiker, reden.strip()
    rij.versie += 1
    rij.full_clean(exclude=["deelnemer", "gemeente", "door", "opgeheven_door"])
    rij.save()
    return rij


def _geen_bsn(reden: str) -> None:
    if bsn_.staat_in(reden):
        raise ValidationError({"reden": "Schrijf hier geen burgerservicenummer op."})


@service
def vraag_wissen_aan(verzoek: Privacyverzoek, *, actor: Actor, ondanks_termijn: bool = False) -> Vernietiging:
    """Erasure that the person asked for (GDPR article 17): the same two people, the same waiting time.

    Who is on a list already that somebody agreed on stays there. Raises ValidationError when records are within their
    own term, unless `ondanks_termijn` says that they go all the same.
    """
    vast = Deelnemer.objects.select_for_update(of=("self",)).get(pk=verzoek.deelnemer_id)
    groep = [vast.pk, *Deelnemer.objects.filter(samengevoegd_met=vast).order_by("pk").values_list("pk", flat=True)]
    if waarom := wat_houdt_tegen(groep, klok.vandaag()):
        raise ValidationError({"actie": f"Deze gegevens kunnen nu niet weg. {waarom}"})
    termijnen = lopende_termijnen(groep, klok.vandaag())
    if termijnen and not ondanks_termijn:
        raise ValidationError(
            {"ondanks_termijn": "Beslis of ook weg mag waarvan de bewaartermijn nog loopt. Anders wijs je het af."}
        )
    op_lijst = Vernietigingsregel.objects.filter(
        deelnemer=vast, vernietiging__soort=DOSSIER, vernietiging__status__in=LOPEND, stand=Regelstand.OPEN
    )
    besloten = (
        op_lijst.exclude(vernietiging__status="voorgesteld").select_related("vernietiging").order_by("pk").first()
    )
    if besloten is not None:
        op_lijst.filter(pk=besloten.pk).update(verzoek=verzoek)
        return besloten.vernietiging
    _haal_weg_van(vast.pk)
    lijst = Vernietiging.objects.create(
        soort=DOSSIER,
        wat="Dossier op verzoek",
        aanleiding=Vernietigaanleiding.VERZOEK,
        grondslag=AVG17,
        termijn="op verzoek",
        peildatum=klok.vandaag(),
        status_sinds=klok.vandaag(),
        voorgesteld=1,
        ondanks_termijn=bool(termijnen),
    )
    Vernietigingsregel.objects.create(
        vernietiging=lijst, deelnemer=vast, verzoek=verzoek, toelichting="De persoon vraagt dit."
    )
    return lijst


def kan_weg(deelnemer_ids: list[int]) -> str:
    """Why this dossier cannot be erased now, worked out without erasing; empty when it can."""
    with connection.cursor() as cursor:
        try:
            Opdracht(cursor, huidige_gemeente_id(), frozenset(deelnemer_ids), dossier=True).verzamel()
        except NietTeWissen as fout:
            return str(fout)
    return ""
