"""The dossier as it was known on a day: person, regie, step, target groups, benefit, household, barriers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from deelnemers.models import (
    Belemmering,
    BetrokkenPartij,
    Competentiemeting,
    Deelnemer,
    Diagnosegegeven,
    Doelgroeplidmaatschap,
    Huishouden,
    Huishoudlid,
    Opleiding,
    Regie,
    Taalbeheersing,
    Toezegging,
    Trede,
    Uitkering,
    Uitkeringsgerechtigde,
    Vertegenwoordiger,
    Werkervaring,
    Werkvermogen,
)
from deelnemers.querysets import DIAGNOSEDELEN
from deelnemers.toegang import mag_afgeschermd, mag_bijzonder, verborgen_groepen
from kern.aansluitingen.terugblik import Onderdeel, Regel, sluit_aan
from kern.terugblik import Blik
from kern.weergave import aantal, datum, euro, telefoon
from organisatie.models import Ketenpartner, Medewerker, Team
from regelgeving.opzoeken import label


def nu_dicht(blik: Blik, model: Any, rechten: frozenset[str]) -> set[int]:
    """Rows that are protected now, and so on every earlier day, for who may not see them; nothing for who may."""
    if mag_bijzonder(rechten):
        return set()
    rijen = model.objects.filter(deelnemer=blik.betrokkene_id, bijzonder=True).order_by("pk")
    return set(rijen.values_list("pk", flat=True))


def _sinds(dag: dt.date) -> str:
    return f"sinds {datum(dag)}"


def _persoon(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(Deelnemer, "pk"):
        # Secret now is secret on every earlier day as well.
        geheim = rij.adres_geheim or Deelnemer.objects.filter(pk=rij.pk, adres_geheim=True).exists()
        adres = f"{rij.straat} {rij.huisnummer}, {rij.postcode} {rij.woonplaats}".strip(", ")
        waarden = (
            ("Naam", rij.naam),
            ("Geboren", datum(rij.geboortedatum)),
            ("Telefoon", telefoon(rij.telefoon) if rij.telefoon else ""),
            ("E-mail", rij.email),
            ("Adres", "Afgeschermd" if geheim else adres),
            ("Bereikbaar", rij.bereikbaar),
            ("Tolk", rij.tolk_taal),
            ("Overleden", datum(rij.overleden_op) if rij.overleden_op else ""),
        )
        yield from (Regel(naam, waarde) for naam, waarde in waarden if waarde)


def _regie(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    rijen = blik.loopt(blik.van_persoon(Regie))
    mensen = Medewerker.objects.in_bulk([rij.medewerker_id for rij in rijen])
    teams = Team.objects.in_bulk([rij.team_id for rij in rijen])
    for rij in rijen:
        yield Regel("Regievoerder", mensen[rij.medewerker_id].naam, f"{teams[rij.team_id]}, {_sinds(rij.begindatum)}")


def _trede(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.loopt(blik.van_persoon(Trede)):
        yield Regel("Trede", str(rij.get_waarde_display()), f"{_sinds(rij.begindatum)}. {rij.reden}")


def _doelgroepen(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    verborgen = verborgen_groepen(rechten)
    for rij in blik.loopt(blik.van_persoon(Doelgroeplidmaatschap)):
        if (mag_afgeschermd(rechten) or not rij.afgeschermd) and rij.doelgroep not in verborgen:
            yield Regel("Doelgroep", label("doelgroepen", rij.doelgroep), _sinds(rij.begindatum))


def _uitkering(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    rijen = blik.loopt(blik.van_persoon(Uitkeringsgerechtigde))
    uitkeringen = blik.met_sleutel(Uitkering, [rij.uitkering_id for rij in rijen])
    for rij in rijen:
        if (uitkering := uitkeringen.get(rij.uitkering_id)) is None:
            continue
        einde = f"laatste dag {datum(uitkering.laatste_dag)}" if uitkering.laatste_dag else "loopt"
        norm = f", norm {euro(uitkering.normbedrag)} per maand" if uitkering.normbedrag is not None else ""
        yield Regel(str(uitkering.get_regeling_display()), einde, f"{_sinds(rij.begindatum)}{norm}")


def _huishouden(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    rijen = blik.loopt(blik.van_persoon(Huishoudlid))
    huishoudens = blik.met_sleutel(Huishouden, [rij.huishouden_id for rij in rijen])
    for rij in rijen:
        if (huis := huishoudens.get(rij.huishouden_id)) is not None:
            delen = (huis.kostendelers, "kostendeler", "kostendelers"), (huis.kinderen, "kind", "kinderen")
            aantallen = ", ".join(aantal(*deel) for deel in delen)
            yield Regel(str(huis.get_leefvorm_display()), aantallen, _sinds(rij.begindatum))


def _belemmeringen(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    mag, dicht = mag_bijzonder(rechten), nu_dicht(blik, Belemmering, rechten)
    for rij in blik.van_persoon(Belemmering):
        verborgen = not mag and (rij.bijzonder or rij.pk in dicht)
        if rij.status == "opgelost" or rij.begindatum > blik.dag or verborgen:
            continue
        stand = f"{rij.get_status_display()}, {rij.get_ernst_display()}".capitalize()
        yield Regel(label("belemmeringssoorten", rij.soort), stand, rij.toelichting)


def _partners(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    """Who was involved from outside on that day, and what they might know then (R214)."""
    rijen = blik.loopt(blik.van_persoon(BetrokkenPartij))
    namens = {rij.pk: rij for rij in blik.van_persoon(Vertegenwoordiger)}
    gids = Ketenpartner.objects.in_bulk([rij.ketenpartner_id for rij in rijen])
    dicht = nu_dicht(blik, BetrokkenPartij, rechten)
    for rij in rijen:
        if (rij.bijzonder or rij.pk in dicht) and not mag_bijzonder(rechten):
            continue
        rij.vertegenwoordiger, rij.ketenpartner = namens.get(rij.vertegenwoordiger_id), gids.get(rij.ketenpartner_id)
        weten = rij.mag_weten(blik.dag)
        wat = f"mocht weten: {', '.join(weten)}" if weten else "mocht niets weten"
        yield Regel(rij.wie, rij.rolnaam, f"{_sinds(rij.begindatum)}, {wat}")


def _zin(rij: Diagnosegegeven) -> str:
    """An item of the diagnosis in one sentence."""
    if isinstance(rij, Opleiding):
        return f"{rij}, {rij.get_status_display()}"
    if isinstance(rij, Werkervaring):
        return f"{rij}, {aantal(rij.maanden or 0, 'maand', 'maanden')}"
    if isinstance(rij, Taalbeheersing):
        return f"{rij.taal_naam}: spreken {rij.get_mondeling_display()}, schrijven {rij.get_schriftelijk_display()}"
    return str(rij)


def _bekend_op(blik: Blik, soort: type[Diagnosegegeven]) -> Iterator[Diagnosegegeven]:
    for rij in blik.van_persoon(soort):
        if rij.vastgesteld_op <= blik.dag and (rij.vervangen_op is None or rij.vervangen_op > blik.dag):
            yield rij


def _diagnose(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    """The hard part, and the last score of each competence, with source and day."""
    for soort, kop in DIAGNOSEDELEN:
        if soort is Werkvermogen and not mag_bijzonder(rechten):
            continue
        for rij in _bekend_op(blik, soort):
            yield Regel(kop, _zin(rij), f"{rij.get_bron_display()}, {datum(rij.vastgesteld_op)}".capitalize())
    for rij in _bekend_op(blik, Competentiemeting):
        assert isinstance(rij, Competentiemeting)  # noqa: S101 - that is what was asked
        naam = rij.competentie.replace("_", " ").capitalize()
        yield Regel(naam, f"{rij.score} van 5", f"Gemeten op {datum(rij.vastgesteld_op)}")


def _beloften(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    """What was promised and still waited on that day (R013)."""
    for rij in blik.van_persoon(Toezegging):
        klaar = rij.nagekomen_op or rij.niet_gedaan_op or rij.vervallen_op
        if rij.gemaakt_op <= blik.dag and (klaar is None or klaar > blik.dag):
            yield Regel(
                rij.wat, str(rij.get_partij_display()).capitalize(), f"voor {datum(rij.voor)}" if rij.voor else ""
            )


def sluit_aan_op_terugblik() -> None:
    sluit_aan(
        Onderdeel("Diagnose", 42, _diagnose),
        Onderdeel("Afspraken over en weer", 65, _beloften),
        Onderdeel("Persoon", 10, _persoon),
        Onderdeel("Regie", 20, _regie),
        Onderdeel("Trede", 30, _trede),
        Onderdeel("Doelgroepen", 40, _doelgroepen),
        Onderdeel("Uitkering", 50, _uitkering),
        Onderdeel("Huishouden", 60, _huishouden),
        Onderdeel("Belemmeringen", 70, _belemmeringen),
        Onderdeel("Betrokken partners", 75, _partners),
    )
