"""What merging means for the tables of this room: which move, what stands in the way, and what is kept twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from deelnemers.models import (
    Achtergehouden,
    Akkoord,
    Belemmering,
    Beschikbaarheid,
    Beschutadvies,
    Betrokkenheid,
    BetrokkenPartij,
    Bewaarplicht,
    Bewijs,
    BsnCorrectie,
    Competentiemeting,
    Contactmoment,
    Deelnemer,
    Diagnose,
    Document,
    Doelgroeplidmaatschap,
    Doorbreking,
    Dossiervraag,
    Groeipotentie,
    Huishoudlid,
    Incident,
    Inhaaldeelname,
    Inkomensantwoord,
    Inzagebestand,
    Leessignaal,
    Leesverbod,
    Maatregeladvies,
    MeldingAanInkomen,
    Notitieconcept,
    Opleiding,
    OudeFase,
    Overdracht,
    Privacyverzoek,
    Profiellink,
    Profielopening,
    Profielregel,
    Regie,
    Routekeuze,
    Taalbeheersing,
    Terugbelverzoek,
    Toezegging,
    Trede,
    Uitkeringsgerechtigde,
    Veiligheidsmelding,
    Vernietigingsregel,
    Vertegenwoordiger,
    Voorinschrijving,
    Waarschuwing,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.services import klokken
from deelnemers.services.diagnose import werk_stand_bij
from deelnemers.services.tijdlijn import KAMER, zoekingang
from deelnemers.services.werkvoorraad import ververs
from kern import klok
from kern.aansluitingen import samenvoegen, zoeken

TABELLEN = (
    *(
        samenvoegen.Tabel(model)
        for model in (
            *(Huishoudlid, Uitkeringsgerechtigde, Vertegenwoordiger, Regie, Betrokkenheid, Trede),
            *(Doelgroeplidmaatschap, Belemmering, Diagnose, Opleiding, Werkervaring, Taalbeheersing),
            *(Beschikbaarheid, Zoekberoep, Werkvermogen, Competentiemeting, Contactmoment, Toezegging),
            *(Veiligheidsmelding, Incident, Document, Bewijs, Doorbreking, MeldingAanInkomen, BsnCorrectie),
            *(Privacyverzoek, Leesverbod, Leessignaal, Inkomensantwoord, Profielregel, Profiellink),
            *(Routekeuze, Inhaaldeelname, Dossiervraag, Groeipotentie, OudeFase),
            *(Bewaarplicht, Vernietigingsregel, Waarschuwing),
        )
    ),
    *(samenvoegen.Tabel(model) for model in (Overdracht, Terugbelverzoek, Notitieconcept)),
    samenvoegen.Tabel(Voorinschrijving, onder=("ouder",)),
    samenvoegen.Tabel(BetrokkenPartij, onder=("vertegenwoordiger",)),
    samenvoegen.Tabel(Maatregeladvies, onder=("waarschuwing",)),
    samenvoegen.Tabel(Akkoord, onder=("regel", "partij")),
    samenvoegen.Tabel(Beschutadvies, onder=("brief",)),
    samenvoegen.Tabel(Profielopening, onder=("link",)),
    samenvoegen.Tabel(Achtergehouden, onder=("verzoek",)),
    samenvoegen.Tabel(Inzagebestand, onder=("verzoek",)),
)

#: What runs for one person at a time, as the screens call it.
_LOOPT: tuple[tuple[Any, str], ...] = (
    (Regie, "De regie"),
    (Uitkeringsgerechtigde, "De uitkering"),
    (Huishoudlid, "Het huishouden"),
    (Trede, "De trede"),
)


def _lopend(model: Any, deelnemer_id: int) -> Any:
    """The row that runs today or later; None when nothing does."""
    rijen = model.objects.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=klok.vandaag()), deelnemer=deelnemer_id)
    return rijen.order_by("-begindatum", "-pk").first()


def bezwaren(van_id: int, naar_id: int) -> Iterable[str]:
    """Two regievoerders, two benefits, or a running period that would not fit between older ones."""
    regie = [_lopend(Regie, pk) for pk in (van_id, naar_id)]
    if all(regie) and (regie[0].medewerker_id, regie[0].team_id) != (regie[1].medewerker_id, regie[1].team_id):
        namen = " en ".join(rij.medewerker.naam for rij in regie)
        yield (
            f"Deze dossiers hebben elk een regievoerder: {namen}. "
            "Geef eerst één van beiden de regie over allebei de dossiers."
        )
    uitkering = [_lopend(Uitkeringsgerechtigde, pk) for pk in (van_id, naar_id)]
    if all(uitkering) and uitkering[0].uitkering.regeling != uitkering[1].uitkering.regeling:
        soorten = " en ".join(rij.uitkering.get_regeling_display() for rij in uitkering)
        yield f"Deze dossiers hebben elk een andere uitkering: {soorten}. Vraag inkomen eerst welke klopt."
    for model, wat in _LOOPT:
        van = _lopend(model, van_id)
        if van is None or _lopend(model, naar_id) is not None:
            continue
        if model.objects.filter(deelnemer=naar_id, einddatum__gte=van.begindatum).exists():
            yield f"{wat} die nu loopt, overlapt met een oudere periode in het dossier dat blijft. " + (
                "Draai de keuze om: laat het andere dossier blijven."
            )


def daarna(betrokkene_id: int) -> None:
    """Stored columns, search, work lists and the state of the diagnosis of one person."""
    deelnemer = Deelnemer.objects.get(pk=betrokkene_id)
    if deelnemer.samengevoegd_met_id is None:
        if Diagnose.objects.filter(deelnemer=deelnemer).exists():
            werk_stand_bij(deelnemer)
        zoeken.schrijf(zoekingang(deelnemer))
    else:
        zoeken.wis(KAMER, f"deelnemer:{betrokkene_id}")
    klokken.herstel(deelnemer)
    ververs(betrokkene_id)


def sluit_aan() -> None:
    samenvoegen.sluit_aan(KAMER, *TABELLEN, bezwaren=bezwaren, daarna=daarna)
