"""Notes, documents, who acts for the person and safety notices, as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from deelnemers.models import (
    Betrokkenheid,
    Contactmoment,
    Document,
    OudeFase,
    Veiligheidsmelding,
    Vertegenwoordiger,
    Voorinschrijving,
)
from deelnemers.terugblik import nu_dicht
from deelnemers.toegang import mag_bijzonder
from kern.aansluitingen.terugblik import Onderdeel, Regel, sluit_aan
from kern.terugblik import Blik
from kern.weergave import datum
from organisatie.models import Medewerker, Team

#: The last so many notes: the rest stands in the timeline.
NOTITIES = 20


def _notities(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    """As they read then; of one that was withdrawn later only that there was one."""
    mag, dicht = mag_bijzonder(rechten), nu_dicht(blik, Contactmoment, rechten)
    rijen = [r for r in blik.van_persoon(Contactmoment) if mag or not (r.bijzonder or r.pk in dicht)]
    rijen = sorted(rijen, key=lambda r: (r.plaatsgevonden_op, r.pk), reverse=True)[:NOTITIES]
    weg = Contactmoment.objects.filter(deelnemer=blik.betrokkene_id, ingetrokken_op__isnull=False).order_by("pk")
    ingetrokken = set(weg.values_list("pk", flat=True))
    mensen = Medewerker.objects.in_bulk([r.medewerker_id for r in rijen if r.medewerker_id])
    for rij in rijen:
        wie = mensen[rij.medewerker_id].naam if rij.medewerker_id in mensen else ""
        dag = datum(timezone.localdate(rij.plaatsgevonden_op))
        tekst = "Later ingetrokken" if rij.pk in ingetrokken else rij.inhoud
        yield Regel(str(rij.get_kanaal_display()).capitalize(), tekst, ", ".join(d for d in (dag, wie) if d))


def _documenten(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    mag, dicht = mag_bijzonder(rechten), nu_dicht(blik, Document, rechten)
    for rij in blik.van_persoon(Document):
        gold = rij.vervangen_op is None or rij.vervangen_op >= blik.moment
        if gold and (mag or not (rij.bijzonder or rij.pk in dicht)):
            yield Regel(str(rij.get_soort_display()), rij.naam, f"Van {datum(rij.datum)}")


def _namens(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.loopt(blik.van_persoon(Vertegenwoordiger)):
        brieven = str(rij.get_brieven_display()).lower()
        yield Regel(str(rij.get_soort_display()).capitalize(), rij.naam, f"sinds {datum(rij.begindatum)}, {brieven}")


def _vooraf(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(Voorinschrijving):
        grond = str(rij.get_grondslag_display()).capitalize()
        yield Regel("Voorinschrijving", grond, f"{rij.toelichting}, sinds {datum(rij.begindatum)}")


def _betrokken(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    rijen = blik.loopt(blik.van_persoon(Betrokkenheid))
    mensen = Medewerker.objects.in_bulk([rij.medewerker_id for rij in rijen if rij.medewerker_id])
    teams = Team.objects.in_bulk([rij.team_id for rij in rijen if rij.team_id])
    for rij in rijen:
        wie = mensen[rij.medewerker_id].naam if rij.medewerker_id else str(teams.get(rij.team_id, ""))
        yield Regel(str(rij.get_rol_display()).capitalize(), wie, f"sinds {datum(rij.begindatum)}")


def _oude_fase(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(OudeFase):
        yield Regel("Oude fase", str(rij), "")


def _veiligheid(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(Veiligheidsmelding):
        weg = rij.ingetrokken_op
        if rij.vastgesteld_op <= blik.dag <= rij.geldig_tot and (weg is None or weg > blik.dag):
            tot = f"Vastgesteld op {datum(rij.vastgesteld_op)}, gold tot {datum(rij.geldig_tot)}"
            yield Regel(rij.gedrag, rij.maatregel, tot)


def sluit_aan_op_terugblik() -> None:
    sluit_aan(
        Onderdeel("Wie handelde namens deze persoon", 15, _namens),
        Onderdeel("Voorinschrijving", 17, _vooraf),
        Onderdeel("Betrokken collega’s", 25, _betrokken),
        Onderdeel("Oude fase", 32, _oude_fase),
        Onderdeel("Notities", 80, _notities),
        Onderdeel("Documenten", 85, _documenten),
        Onderdeel("Veiligheid", 90, _veiligheid, frozenset({"veiligheid.wijzigen"})),
    )
