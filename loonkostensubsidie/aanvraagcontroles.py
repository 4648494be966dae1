"""The checks before a decision. Each one looks at the records and says what it found, in a sentence (R149)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from deelnemers.models import Doelgroeplidmaatschap
from kern import klok
from kern.models import geldig_op
from kern.weergave import datum, euro, getal
from loonkostensubsidie.aanvraagkeuzes import NODIGE_STUKKEN, Controlesoort, Doelgroepbron, Route, Stuksoort, Uitkomst
from loonkostensubsidie.doelgroepkeuzes import Doelgroepuitkomst
from loonkostensubsidie.models import Aanvraag, Aanvraagstuk, Doelgroepverzoek, Subsidie
from loonkostensubsidie.services.praktijkroute import BANENAFSPRAAK
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_maanden
from werkgevers.dienstverbandvragen import metingen_van, rekening_van
from werkgevers.keuzes import Dienstverbandsoort
from werkgevers.models import Dienstverband, Loonwaardemeting, Proefplaats
from werkgevers.nummers import controleer_iban, controleer_loonheffingennummer, kale_iban
from werkgevers.proefplaatswerk import proefplaats_op

#: Groups of which everybody belongs to the doelgroep: found in the diagnosis, or by the Praktijkroute.
_DOELGROEPEN = {"verminderde_loonwaarde": "Verminderde loonwaarde", BANENAFSPRAAK: "Banenafspraak"}
_HEEL = 100
_KVK_CIJFERS = 8


@dataclass(frozen=True)
class Bevinding:
    """What a check found."""

    soort: Controlesoort
    uitkomst: Uitkomst
    uitleg: str


@dataclass(frozen=True)
class Dossier:
    """All that the checks look at, read once."""

    aanvraag: Aanvraag
    begin: dt.date
    meting: Loonwaardemeting | None
    stukken: list[Aanvraagstuk]
    subsidies: list[Subsidie]
    werk: list[Dienstverband]
    doelgroep: str
    verzoek: Doelgroepverzoek | None
    proef: Proefplaats | None


def lees(aanvraag: Aanvraag) -> Dossier:
    """Read the records of this application (seven queries)."""
    begin = aanvraag.begindatum
    if begin is None:
        raise ValidationError({"begindatum": "Vul de eerste werkdag in."})
    van, werk = {"deelnemer": aanvraag.deelnemer_id}, aanvraag.dienstverband
    meting = metingen_van(werk).last() if werk else None
    # The Praktijkroute measures on the job, so after the first day.
    op = max(begin, meting.gemeten_op) if meting is not None else begin
    lid = Doelgroeplidmaatschap.objects.filter(
        geldig_op(begin) | geldig_op(op), doelgroep__in=_DOELGROEPEN, **van
    ).order_by("pk")
    na = Q(einddatum__isnull=True) | Q(einddatum__gte=begin)
    andere = Dienstverband.objects.filter(na, **van)
    subsidies = Subsidie.objects.filter(na, **van).exclude(status="ingetrokken").select_related("regeling", "werkgever")
    return Dossier(
        aanvraag,
        begin,
        meting,
        list(Aanvraagstuk.objects.filter(aanvraag=aanvraag).select_related("document").order_by("pk")),
        list(subsidies.order_by("pk")),
        list(andere.order_by("pk")),
        lid.values_list("doelgroep", flat=True).first() or "",
        Doelgroepverzoek.objects.filter(**van).order_by("-gevraagd_op", "-pk").first(),
        proefplaats_op(aanvraag.deelnemer_id, werk.feitelijke_werkgever_id if werk else aanvraag.werkgever_id, begin),
    )


def controleer(aanvraag: Aanvraag) -> list[Bevinding]:
    """What every check finds now, in the order of the page."""
    dossier = lees(aanvraag)
    return [Bevinding(soort, *regel(dossier)) for soort, regel in _REGELS.items()]


Oordeel = tuple[Uitkomst, str]


def _doelgroep(d: Dossier) -> Oordeel:
    if d.doelgroep:
        return Uitkomst.GOED, (
            f"Het dossier zegt dat deze persoon bij de doelgroep hoort: {_DOELGROEPEN[d.doelgroep].lower()}."
        )
    if d.aanvraag.doelgroepbron == Doelgroepbron.PRAKTIJKROUTE:
        if d.meting is not None and d.meting.percentage >= _HEEL:
            return Uitkomst.FOUT, "Praktijkroute: de loonwaarde is 100 procent. Dan hoort iemand niet bij de doelgroep."
        if d.meting is not None:
            return Uitkomst.GOED, (
                f"Praktijkroute: de loonwaarde is {d.meting.percentage} procent, gemeten op "
                f"{datum(d.meting.gemeten_op)}."
            )
        return Uitkomst.NAKIJKEN, "Praktijkroute: wacht op de meting. Is zij onder 100 procent, dan klopt dit."
    if d.aanvraag.doelgroepbron == Doelgroepbron.REGISTER:
        return Uitkomst.NAKIJKEN, "Kijk in het doelgroepregister. Het dossier zegt er niets over."
    if d.aanvraag.doelgroepbron == Doelgroepbron.SCHOOL:
        return _van_school(d)
    if d.verzoek is not None and d.verzoek.uitkomst == Doelgroepuitkomst.NIET:
        return Uitkomst.FOUT, f"Op {datum(d.verzoek.besloten_op)} is vastgesteld: hoort niet bij de doelgroep."
    return Uitkomst.FOUT, "Nog niet vastgesteld. Stel eerst vast of deze persoon bij de doelgroep hoort."


def _van_school(d: Dossier) -> Oordeel:
    """Who left praktijkonderwijs, vso or entree and works already: only soon after the start (art. 10d lid 2)."""
    try:
        laatste = opzoeken.einde_termijn("LKS_AANVRAAG_6M", d.begin)
    except opzoeken.GegevenOntbreekt:
        return Uitkomst.FOUT, "Op de eerste werkdag bestond deze weg van school naar subsidie nog niet."
    if d.aanvraag.ontvangen_op is not None and d.aanvraag.ontvangen_op > laatste:
        return Uitkomst.FOUT, (
            f"Van school kon de aanvraag tot en met {datum(laatste)}. Zij kwam op {datum(d.aanvraag.ontvangen_op)}."
        )
    return Uitkomst.NAKIJKEN, (
        f"Kijk na of de werknemer van praktijkonderwijs, vso of entree kwam. Aanvragen kon tot en met {datum(laatste)}."
    )


def _loonwaarde(d: Dossier) -> Oordeel:
    if d.aanvraag.route == Route.FORFAIT:
        try:
            maanden = int(opzoeken.getal("lks.forfait_maanden", d.begin))
        except opzoeken.GegevenOntbreekt:
            return (
                Uitkomst.FOUT,
                "Op de eerste werkdag bestond het vaste percentage niet. Laat de loonwaarde meten.",
            )
        laatste = plus_maanden(d.begin, maanden) - dt.timedelta(days=1)
        if d.aanvraag.ontvangen_op is not None and d.aanvraag.ontvangen_op > laatste:
            return Uitkomst.FOUT, f"Het vaste percentage kon tot en met {datum(laatste)}. Laat de loonwaarde meten."
        return Uitkomst.GOED, f"Het vaste percentage kan tot en met {datum(laatste)}. Daarna is een meting nodig."
    if d.meting is None:
        return Uitkomst.FOUT, "De loonwaarde is nog niet gemeten."
    return Uitkomst.GOED, f"{d.meting.percentage} procent, gemeten op {datum(d.meting.gemeten_op)}."


def _dienstverband(d: Dossier) -> Oordeel:
    werk = d.aanvraag.dienstverband
    if werk is None:
        return Uitkomst.FOUT, "Er is nog geen dienstverband. Leg het vast of kies een dienstverband dat er al is."
    if werk.soort not in {Dienstverbandsoort.LKS, Dienstverbandsoort.BESCHUT}:
        return Uitkomst.FOUT, f"Het dienstverband is van de soort ‘{werk.get_soort_display()}’."
    if d.proef is not None:
        tot = datum(d.proef.einddatum)
        return Uitkomst.FOUT, f"Tot en met {tot} is er een proefplaats, zonder loon. Daarna kan er subsidie zijn."
    if werk.uren_voltijd != d.aanvraag.uren_voltijd:
        nu, straks = getal(werk.uren_voltijd, 1, altijd=False), getal(d.aanvraag.uren_voltijd, 1, altijd=False)
        return Uitkomst.FOUT, (
            f"De voltijdse werkweek is {straks} uur in de aanvraag en {nu} uur in het dienstverband. "
            "Die week bepaalt het bedrag. Zoek uit wat klopt en neem het over."
        )
    anders = []
    if werk.begindatum != d.begin:
        anders.append(f"de eerste dag is {datum(werk.begindatum)}")
    if werk.uren_per_week != d.aanvraag.uren_per_week:
        anders.append(f"de uren zijn {getal(werk.uren_per_week, 1, altijd=False)} per week")
    if anders:
        return Uitkomst.NAKIJKEN, f"In het dienstverband staat iets anders: {' en '.join(anders)}."
    return Uitkomst.GOED, "Uren, voltijdse week en eerste dag zijn hetzelfde als in het dienstverband."


def _dubbel(d: Dossier) -> Oordeel:
    for subsidie in d.subsidies:
        zelfde = subsidie.dienstverband_id == d.aanvraag.dienstverband_id
        if zelfde or subsidie.werkgever_id == d.aanvraag.werkgever_id:
            return Uitkomst.FOUT, (
                f"Voor dit werk loopt al {subsidie.regeling.naam.lower()} ({subsidie.nummer}), "
                f"vanaf {datum(subsidie.begindatum)}."
            )
    if d.subsidies:
        ander = d.subsidies[0]
        return Uitkomst.NAKIJKEN, f"Er loopt subsidie bij een andere werkgever: {ander.werkgever.naam}, {ander.nummer}."
    return Uitkomst.GOED, "Er loopt geen andere subsidie voor dit werk."


def _wsw(d: Dossier) -> Oordeel:
    if any(werk.soort == Dienstverbandsoort.SW for werk in d.werk):
        return Uitkomst.FOUT, "Er is een dienstverband van de Wsw. Dan kan deze subsidie niet (art. 10d lid 3)."
    return Uitkomst.GOED, "Er is geen dienstverband van de Wsw."


def _stukken(d: Dossier) -> Oordeel:
    er = {stuk.soort for stuk in d.stukken if stuk.document.te_openen}
    wacht = {stuk.soort for stuk in d.stukken} - er
    mist = [Stuksoort(s).label.lower() for s in NODIGE_STUKKEN if s not in er | wacht]
    if mist:
        return Uitkomst.FOUT, f"Nog niet ontvangen: {', '.join(mist)}."
    if wacht & set(NODIGE_STUKKEN):
        return Uitkomst.NAKIJKEN, "Een stuk is nog niet op virussen gecontroleerd."
    return Uitkomst.GOED, "Contract, uittreksel van de KvK en bewijs van de rekening zijn er."


def _kvk(d: Dossier) -> Oordeel:
    nummer, bekend = d.aanvraag.kvk_nummer, d.aanvraag.werkgever.kvk_nummer
    if len(nummer) != _KVK_CIJFERS or not nummer.isdigit():
        return Uitkomst.FOUT, "Een KvK-nummer heeft acht cijfers."
    if bekend and bekend != nummer:
        return Uitkomst.NAKIJKEN, f"Van deze werkgever kennen we een ander nummer: {bekend}."
    return Uitkomst.GOED, f"{nummer} heeft acht cijfers."


def _loonheffing(d: Dossier) -> Oordeel:
    nummer, bekend = d.aanvraag.loonheffingennummer, d.aanvraag.werkgever.loonheffingennummer
    try:
        controleer_loonheffingennummer(nummer)
    except ValidationError as fout:
        return Uitkomst.FOUT, " ".join(fout.messages)
    if bekend and bekend != nummer:
        return Uitkomst.NAKIJKEN, f"Van deze werkgever kennen we een ander nummer: {bekend}."
    return Uitkomst.GOED, f"{nummer} klopt met de elfproef."


def _iban(d: Dossier) -> Oordeel:
    nummer = kale_iban(d.aanvraag.iban)
    try:
        controleer_iban(nummer)
    except ValidationError as fout:
        return Uitkomst.FOUT, " ".join(fout.messages)
    bekend = rekening_van(d.aanvraag.werkgever_id, klok.vandaag())
    if not bekend.iban:
        return Uitkomst.NAKIJKEN, "Het nummer klopt, maar staat nog niet bij de werkgever. Geef het daar door."
    if bekend.iban != nummer:
        return Uitkomst.NAKIJKEN, "We betalen deze werkgever nu op een ander nummer. Bel de werkgever eerst terug."
    return Uitkomst.GOED, "Dit is het nummer waarop we deze werkgever betalen."


def _loon(d: Dossier) -> Oordeel:
    if d.aanvraag.bruto_uurloon is None:
        return Uitkomst.FOUT, "Het loon is niet ingevuld."
    jaren = d.aanvraag.deelnemer.leeftijd_op(d.begin)
    try:
        minimum = opzoeken.minimumuurloon(d.begin, jaren)
    except opzoeken.GegevenOntbreekt as fout:
        return Uitkomst.NAKIJKEN, str(fout)
    hoe = f"{euro(d.aanvraag.bruto_uurloon)} per uur; het minimum voor {jaren} jaar is {euro(minimum)}."
    return (Uitkomst.GOED if d.aanvraag.bruto_uurloon >= minimum else Uitkomst.FOUT), hoe


def _termijn(d: Dossier) -> Oordeel:
    if d.aanvraag.ontvangen_op is None:
        return Uitkomst.NAKIJKEN, "De aanvraag is nog niet ingediend."
    maanden = int(opzoeken.getal("lks.aanvraag_maanden", d.begin))
    laatste = plus_maanden(d.begin, maanden)
    if d.aanvraag.ontvangen_op <= laatste:
        return Uitkomst.GOED, f"Aanvragen kon tot en met {datum(laatste)}."
    return Uitkomst.FOUT, f"Aanvragen kon tot en met {datum(laatste)}: {maanden} maanden na de eerste werkdag."


_REGELS: dict[Controlesoort, Callable[[Dossier], Any]] = {
    Controlesoort.DOELGROEP: _doelgroep,
    Controlesoort.LOONWAARDE: _loonwaarde,
    Controlesoort.DIENSTVERBAND: _dienstverband,
    Controlesoort.DUBBEL: _dubbel,
    Controlesoort.WSW: _wsw,
    Controlesoort.STUKKEN: _stukken,
    Controlesoort.KVK: _kvk,
    Controlesoort.LOONHEFFING: _loonheffing,
    Controlesoort.IBAN: _iban,
    Controlesoort.LOON: _loon,
    Controlesoort.TERMIJN: _termijn,
}
