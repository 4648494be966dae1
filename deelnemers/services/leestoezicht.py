"""The watch over reading: who may never open a dossier, what stood out in the read log, and who looks at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from deelnemers.keuzes import Privacysoort, Signaalsoort, Signaaluitkomst, Verbodreden
from deelnemers.models import Deelnemer, Doorbreking, Leessignaal, Leesverbod, Privacyverzoek, Regie
from deelnemers.services.werkvoorraad import BEOORDELEN_BINNEN
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.aansluitingen import gebeurtenis, werkvoorraad
from kern.handeling import Actor, huidige_gemeente_id, service
from kern.models import Gebeurtenis, Werkvoorraad, geldig_op
from kern.weergave import datum, getal
from organisatie.models import Medewerker
from regelgeving import opzoeken

#: Own corner of the work lists: the rows are for a role, and say nothing about a person.
KAMER = "privacy"
#: Somebody may not open a dossier any more, or may again: what was planned with her changes hands.
LEESVERBOD_GEWIJZIGD = "leesverbod.gewijzigd"
ROL = "privacy_officer"
#: Days in which a signal is looked at.
SIGNAAL_BINNEN = 7
#: A night looks back this far, so that one that was missed is made up for.
TERUG = 7
OPEN = ("ontvangen", "in_behandeling")
_WAAROM = "Dit viel op in het leeslog. Een signaal zegt nog niet dat iemand iets fout deed."
_WAAROM_LOG = "Een regel van het logboek is veranderd nadat de dag verzegeld was. Dat kan alleen buiten het systeem om."


# --- What waits for the privacy officer --------------------------------------------------------------------------
def regel_verzoek(rij: Privacyverzoek) -> Werkvoorraad:
    """A request without a decision; no name, the page has it."""
    return werkvoorraad.regel(
        KAMER,
        f"verzoek:{rij.pk}",
        soort="privacyverzoek",
        titel=f"Beslis op een verzoek: {Privacysoort(rij.soort).label}",
        toelichting=f"Ontvangen op {datum(rij.ontvangen_op)}",
        waarom=f"Iemand vroeg iets over de eigen gegevens. Antwoord uiterlijk op {datum(rij.termijn)}.",
        url=f"/privacy/verzoeken/{rij.pk}",
        knop="Behandelen",
        icoon="inbak",
        op=rij.termijn,
        voor_rol=ROL,
    )


def regel_signaal(rij: Leessignaal) -> Werkvoorraad:
    """A signal that nobody looked at."""
    return werkvoorraad.regel(
        KAMER,
        f"signaal:{rij.pk}",
        soort="leessignaal",
        titel=f"Bekijk een signaal: {Signaalsoort(rij.soort).label}",
        toelichting=f"Op {datum(rij.dag)}",
        waarom=_WAAROM_LOG if rij.soort == Signaalsoort.LOGBOEK else _WAAROM,
        url=f"/privacy/signalen/{rij.pk}",
        knop="Bekijken",
        icoon="oog",
        op=rij.dag + dt.timedelta(days=SIGNAAL_BINNEN),
        voor_rol=ROL,
    )


def regel_doorbreking(rij: Doorbreking) -> Werkvoorraad:
    """A break-glass that no manager reviewed in time."""
    return werkvoorraad.regel(
        KAMER,
        f"doorbreking:{rij.pk}",
        soort="doorbreking_te_laat",
        titel="Beoordeel een dossier dat met een reden is geopend",
        toelichting="De teammanager heeft dit niet op tijd gedaan",
        waarom=f"Binnen {BEOORDELEN_BINNEN} dagen kijkt een ander of het mocht. Daarna doet de privacy officer het.",
        url=f"/deelnemers/doorbrekingen/{rij.pk}",
        knop="Beoordelen",
        icoon="schild",
        op=timezone.localdate(rij.aangemaakt_op) + dt.timedelta(days=BEOORDELEN_BINNEN),
        voor_rol=ROL,
    )


def te_late_doorbrekingen() -> Iterator[Doorbreking]:
    """Break-glasses whose review is overdue, oldest first."""
    grens = klok.nu() - dt.timedelta(days=BEOORDELEN_BINNEN + 1)
    yield from Doorbreking.objects.filter(beoordeeld_op__isnull=True, aangemaakt_op__lt=grens).order_by("pk")


def alle_werkregels() -> Iterator[Werkvoorraad]:
    """Every row of this corner (rebuild and nightly check)."""
    for verzoek in Privacyverzoek.objects.filter(status__in=OPEN).order_by("pk"):
        yield regel_verzoek(verzoek)
    for signaal in Leessignaal.objects.filter(beoordeeld_op__isnull=True).order_by("pk"):
        yield regel_signaal(signaal)
    for rij in te_late_doorbrekingen():
        yield regel_doorbreking(rij)


def werk_verzoek_bij(rij: Privacyverzoek) -> None:
    """The row of one request: there while it is open. Call inside a service."""
    if rij.status in OPEN:
        werkvoorraad.schrijf(regel_verzoek(rij))
    else:
        werkvoorraad.klaar(KAMER, f"verzoek:{rij.pk}")


@service
def werk_lijst_bij(*, actor: Actor) -> int:
    """Make the rows the wanted ones; returns how many changed."""
    anders, weg = werkvoorraad.verschil(
        Werkvoorraad.objects.filter(kamer=KAMER).order_by("id"), list(alle_werkregels())
    )
    if anders:
        werkvoorraad.schrijf(*anders)
    werkvoorraad.klaar(KAMER, *(rij.sleutel for rij in weg))
    return len(anders) + len(weg)


# --- Who may never open a dossier --------------------------------------------------------------------------------
@service
def verbied(deelnemer: Deelnemer, medewerker: Medewerker, reden: str, *, actor: Actor) -> Leesverbod:
    """From today this member of staff does not see this person any more; a running break-glass ends with it.

    Raises ValidationError at `medewerker` when it holds already, or when she has the regie: that goes first to another.
    """
    if reden not in Verbodreden.values:
        raise ValidationError({"reden": "Kies waarom."})
    if Leesverbod.objects.filter(geldig_op(klok.vandaag()), deelnemer=deelnemer, medewerker=medewerker).exists():
        raise ValidationError({"medewerker": f"{medewerker.naam} mag dit dossier al niet openen."})
    regie = Regie.objects.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=klok.vandaag()))
    if regie.filter(deelnemer=deelnemer, medewerker=medewerker).exists():
        raise ValidationError({"medewerker": f"{medewerker.naam} heeft de regie. Geef die eerst aan een ander."})
    rij = Leesverbod.objects.create(deelnemer=deelnemer, medewerker=medewerker, reden=reden, begindatum=klok.vandaag())
    gebeurtenis.meld(LEESVERBOD_GEWIJZIGD, rij.pk, betrokkene_id=deelnemer.pk)
    return rij


@service
def hef_verbod_op(verbod: Leesverbod, *, actor: Actor, reden: str) -> None:
    """It ends yesterday; one that started today was a mistake and goes. Nobody lifts what holds for herself."""
    rij = Leesverbod.objects.select_for_update(of=("self",)).select_related("medewerker").get(pk=verbod.pk)
    if actor.gebruiker_id is not None and rij.medewerker.gebruiker_id == actor.gebruiker_id:
        raise ValidationError("Iemand anders heft een leesverbod op dat over jou gaat.")
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom dit niet meer nodig is."})
    gisteren = klok.vandaag() - dt.timedelta(days=1)
    if rij.begindatum > gisteren:
        rij.delete()
    else:
        rij.einddatum = gisteren
        rij.save(update_fields=["einddatum"])
    gebeurtenis.meld(LEESVERBOD_GEWIJZIGD, verbod.pk, betrokkene_id=verbod.deelnemer_id)


# --- Signals -----------------------------------------------------------------------------------------------------
def _grens(naam: str, dag: dt.date) -> int:
    return int(opzoeken.getal(f"leestoezicht.{naam}", dag))


_GELEZEN = """
    WITH gelezen AS (
        SELECT m.id AS medewerker_id, r.betrokkenen[1] AS deelnemer_id,
               EXTRACT(HOUR FROM r.tijdstip AT TIME ZONE 'Europe/Amsterdam')::int AS uur
          FROM kern_leesregel r
          JOIN organisatie_medewerker m
            ON m.gemeente_id = r.gemeente_id AND r.actor_id = m.gebruiker_id::text
         WHERE r.gemeente_id = %s AND r.actor_soort = 'gebruiker' AND r.tijdstip >= %s AND r.tijdstip < %s
           AND cardinality(r.betrokkenen) = 1 AND r.grond NOT IN ('privacy', 'beoordeling')
    )
"""
#: Whom somebody saw at once with others: lists, search and exports.
_GEZIEN = """
    WITH gezien AS (
        SELECT m.id AS medewerker_id, b.deelnemer_id, (r.tijdstip AT TIME ZONE 'Europe/Amsterdam')::date AS dag
          FROM kern_leesregel r
          JOIN organisatie_medewerker m
            ON m.gemeente_id = r.gemeente_id AND r.actor_id = m.gebruiker_id::text
          CROSS JOIN LATERAL unnest(r.betrokkenen) AS b(deelnemer_id)
         WHERE r.gemeente_id = %s AND r.actor_soort = 'gebruiker' AND r.tijdstip >= %s AND r.tijdstip < %s
           AND cardinality(r.betrokkenen) > 1 AND r.grond NOT IN ('privacy', 'beoordeling') AND {wie}
    )
"""
#: What somebody usually sees in lists is the average of the days with lists in this period.
_GEWOON = 28


def _vraag(sql: str, van: dt.date, tot: dt.date, *waarden: Any, uit: str = _GELEZEN) -> list[tuple[Any, ...]]:
    grenzen: list[dt.datetime] = [
        timezone.make_aware(dt.datetime.combine(dag, dt.time())) for dag in (van, tot + dt.timedelta(days=1))
    ]
    with connection.cursor() as cursor:
        cursor.execute(uit + sql, [huidige_gemeente_id(), *grenzen, *waarden])
        return list(cursor.fetchall())


def _buiten_caseload(dag: dt.date) -> Iterator[Leessignaal]:
    """Who opened many dossiers of people with whom she does not work."""
    grens = _grens("buiten_caseload", dag)
    sql = (
        "SELECT medewerker_id, array_agg(DISTINCT deelnemer_id) FROM gelezen GROUP BY 1 "
        "HAVING count(DISTINCT deelnemer_id) >= %s ORDER BY 1"
    )
    for medewerker_id, ids in _vraag(sql, dag, dag, grens):
        medewerker = Medewerker.objects.get(pk=medewerker_id)
        buiten = _anderen(medewerker, ids)
        if buiten >= grens:
            yield Leessignaal(
                soort=Signaalsoort.BUITEN_CASELOAD, dag=dag, medewerker=medewerker, aantal=buiten,
                grens=f"{grens} op een dag",
            )  # fmt: skip


def _anderen(medewerker: Medewerker, ids: list[int]) -> int:
    """How many of these persons she does not work with."""
    return len(ids) - Deelnemer.objects.filter(DOSSIER.op_relatie(medewerker, "pk"), pk__in=ids).count()


def _in_lijsten(dag: dt.date) -> Iterator[Leessignaal]:
    """Who saw many people with whom she does not work in lists, search and exports, and far more than usual: somebody
    whose work it is to go through lists is no signal every day.
    """
    grens, maal = _grens("lijsten", dag), _grens("lijsten_maal", dag)
    sql = (
        "SELECT medewerker_id, array_agg(DISTINCT deelnemer_id) FROM gezien GROUP BY 1 "
        "HAVING count(DISTINCT deelnemer_id) >= %s ORDER BY 1"
    )
    veel = {pk: ids for pk, ids in _vraag(sql, dag, dag, grens, uit=_GEZIEN.format(wie="true"))}
    gewoon = _gewoonlijk(list(veel), dag) if veel else {}
    for medewerker in Medewerker.objects.filter(pk__in=veel).order_by("pk"):
        ids = veel[medewerker.pk]
        buiten = _anderen(medewerker, ids)
        if buiten >= grens and len(ids) >= maal * gewoon.get(medewerker.pk, 0):
            yield Leessignaal(
                soort=Signaalsoort.LIJSTEN, dag=dag, medewerker=medewerker, aantal=buiten,
                grens=f"{grens} op een dag en {maal} keer het gewone aantal",
            )  # fmt: skip


def _gewoonlijk(medewerkers: list[int], dag: dt.date) -> dict[int, float]:
    """Per member of staff: how many different people a day with lists showed in the weeks before."""
    sql = (
        "SELECT medewerker_id, avg(n)::float FROM (SELECT medewerker_id, dag, count(DISTINCT deelnemer_id) AS n "
        "FROM gezien GROUP BY 1, 2) AS per_dag GROUP BY 1"
    )
    van, tot = dag - dt.timedelta(days=_GEWOON), dag - dt.timedelta(days=1)
    return dict(_vraag(sql, van, tot, medewerkers, uit=_GEZIEN.format(wie="m.id = ANY(%s)")))


def _veel_lezers(dag: dt.date) -> Iterator[Leessignaal]:
    """A dossier that many people opened in a week."""
    grens = _grens("lezers", dag)
    sql = (
        "SELECT g.deelnemer_id, count(DISTINCT medewerker_id) FROM gelezen g JOIN deelnemers_deelnemer d "
        "ON d.id = g.deelnemer_id GROUP BY 1 HAVING count(DISTINCT medewerker_id) >= %s ORDER BY 1"
    )
    for deelnemer_id, aantal in _vraag(sql, dag - dt.timedelta(days=6), dag, grens):
        yield Leessignaal(
            soort=Signaalsoort.VEEL_LEZERS, dag=dag, deelnemer_id=deelnemer_id, aantal=aantal,
            grens=f"{grens} in zeven dagen",
        )  # fmt: skip


def _buiten_werktijd(dag: dt.date) -> Iterator[Leessignaal]:
    """Who opened dossiers early in the morning or late at night."""
    grens, vroeg, laat = (_grens(naam, dag) for naam in ("buiten_werktijd", "vroegste_uur", "laatste_uur"))
    sql = (
        "SELECT medewerker_id, count(DISTINCT deelnemer_id) FROM gelezen WHERE uur < %s OR uur >= %s "
        "GROUP BY 1 HAVING count(DISTINCT deelnemer_id) >= %s ORDER BY 1"
    )
    for medewerker_id, aantal in _vraag(sql, dag, dag, vroeg, laat, grens):
        yield Leessignaal(
            soort=Signaalsoort.BUITEN_WERKTIJD, dag=dag, medewerker_id=medewerker_id, aantal=aantal,
            grens=f"{grens}, voor {vroeg}.00 of vanaf {laat}.00 uur",
        )  # fmt: skip


def _eigen_naam(dag: dt.date) -> Iterator[Leessignaal]:
    """Who opened the dossier of somebody with the same family name, or with the same telephone number."""
    sql = (
        "SELECT DISTINCT g.medewerker_id, g.deelnemer_id FROM gelezen g "
        "JOIN deelnemers_deelnemer d ON d.id = g.deelnemer_id JOIN organisatie_medewerker m ON m.id = g.medewerker_id "
        "WHERE kern_kaal(m.achternaam) IN (kern_kaal(d.geslachtsnaam), kern_kaal(d.partnernaam)) "
        "OR m.telefoon <> '' "
        "AND regexp_replace(m.telefoon, '\\D', '', 'g') = regexp_replace(d.telefoon, '\\D', '', 'g') "
        "ORDER BY 1, 2"
    )
    for medewerker_id, deelnemer_id in _vraag(sql, dag, dag):
        yield Leessignaal(
            soort=Signaalsoort.EIGEN_NAAM, dag=dag, medewerker_id=medewerker_id, deelnemer_id=deelnemer_id
        )


REGELS = (_buiten_caseload, _in_lijsten, _veel_lezers, _buiten_werktijd, _eigen_naam)


@service
def zoek_signalen(dag: dt.date, *, actor: Actor) -> int:
    """Look at one day of the read log; returns how many signals are new. Twice gives nothing more."""
    nieuw = 0
    for regel in REGELS:
        for signaal in regel(dag):
            if _bekend(signaal, dag):
                continue
            signaal.save()
            nieuw += 1
    return nieuw


def _bekend(signaal: Leessignaal, dag: dt.date) -> bool:
    """The same signal of this day, or of the week for what looks at a week."""
    gelijk = Leessignaal.objects.filter(
        soort=signaal.soort, medewerker=signaal.medewerker_id, deelnemer=signaal.deelnemer_id
    )
    if signaal.medewerker_id is None:
        gelijk = Leessignaal.objects.filter(soort=signaal.soort, medewerker=None, deelnemer=signaal.deelnemer_id)
    if signaal.deelnemer_id is None:
        gelijk = Leessignaal.objects.filter(soort=signaal.soort, medewerker=signaal.medewerker_id, deelnemer=None)
    if signaal.soort == Signaalsoort.VEEL_LEZERS:
        return gelijk.filter(dag__gt=dag - dt.timedelta(days=7), dag__lte=dag).exists()
    return gelijk.filter(dag=dag).exists()


@service
def beoordeel_signaal(
    signaal: Leessignaal, beoordelaar: Medewerker, uitkomst: str, toelichting: str, *, actor: Actor
) -> Leessignaal:
    """What the privacy officer made of it, with words; never about oneself, and only once."""
    rij = Leessignaal.objects.select_for_update(of=("self",)).get(pk=signaal.pk)
    if rij.medewerker_id == beoordelaar.pk:
        raise ValidationError("Iemand anders beoordeelt een signaal over jou.")
    if rij.beoordeeld_op is not None:
        raise ValidationError("Een collega heeft dit net al beoordeeld.")
    if uitkomst not in Signaaluitkomst.values:
        raise ValidationError({"uitkomst": "Kies wat je vond."})
    if not toelichting.strip():
        raise ValidationError({"toelichting": "Schrijf op wat je vond."})
    rij.beoordeeld_op, rij.beoordeeld_door = klok.vandaag(), beoordelaar
    rij.uitkomst, rij.toelichting = uitkomst, toelichting.strip()
    rij.save(update_fields=["beoordeeld_op", "beoordeeld_door", "uitkomst", "toelichting"])
    werkvoorraad.klaar(KAMER, f"signaal:{rij.pk}")
    return rij


def na_beoordeling(melding: Gebeurtenis) -> None:
    """Listener, in the transaction of the review: a dossier opened without good reason goes to the privacy officer."""
    rij = Doorbreking.objects.get(pk=melding.data["doorbreking"])
    werkvoorraad.klaar(KAMER, f"doorbreking:{rij.pk}")
    if rij.terecht is not False:
        return
    signaal, nieuw = Leessignaal.objects.get_or_create(
        soort=Signaalsoort.ONTERECHT,
        dag=timezone.localdate(rij.aangemaakt_op),
        medewerker=rij.medewerker,
        deelnemer_id=rij.deelnemer_id,
    )
    if nieuw:
        werkvoorraad.schrijf(regel_signaal(signaal))


def na_verandering_log(melding: Gebeurtenis) -> None:
    """Listener: a day of the logs is not as it was sealed (BIO2 8.15.05). The same day gives one signal."""
    signaal, nieuw = Leessignaal.objects.get_or_create(
        soort=Signaalsoort.LOGBOEK,
        dag=dt.date.fromisoformat(melding.data["dag"]),
        medewerker=None,
        deelnemer=None,
        defaults={"grens": melding.data["wat"][:60]},
    )
    if nieuw:
        werkvoorraad.schrijf(regel_signaal(signaal))


def uitleg(rij: Leessignaal) -> str:
    """What stood out, as a sentence."""
    soort = Signaalsoort(rij.soort)
    if soort == Signaalsoort.LOGBOEK:
        return f"{rij.grens}. Het log bewijst niet meer wat er die dag gebeurde. Zoek uit wie in de database kon."
    if soort == Signaalsoort.VEEL_LEZERS:
        return f"{getal(rij.aantal)} medewerkers openden dit dossier (grens {rij.grens})."
    if soort in {Signaalsoort.BUITEN_CASELOAD, Signaalsoort.BUITEN_WERKTIJD}:
        return f"{getal(rij.aantal)} dossiers (grens {rij.grens})."
    if soort == Signaalsoort.LIJSTEN:
        return f"{getal(rij.aantal)} mensen met wie deze medewerker niet werkt (grens {rij.grens})."
    if soort == Signaalsoort.ONTERECHT:
        return "Een ander vond de reden niet goed genoeg."
    return "De achternaam of het telefoonnummer is gelijk. Dat kan toeval zijn."
