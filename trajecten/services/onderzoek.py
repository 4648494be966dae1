"""Recording what an assessment found (R051, R052)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Bron, Dossierdocument
from deelnemers.models import Competentiemeting, Document
from deelnemers.services.diagnose import ZACHTE_COMPETENTIES, leg_vast
from deelnemers.services.documenten import Upload, voeg_document_toe
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from organisatie.models import Medewerker
from regelgeving import opzoeken
from trajecten.keuzes import Instrumentsoort, Onderzoeksadvies
from trajecten.models import Onderzoeksuitslag, Trajectonderdeel
from trajecten.services.hulp import bewaar, vergrendel, vergrendel_persoon
from trajecten.services.onderdelen import verzet_onderdeel
from trajecten.tijdlijn import uitslagregel

CONCLUSIES = "onderzoeksconclusies"


@service
def leg_uitslag_vast(
    onderdeel: Trajectonderdeel,
    *,
    afgenomen_op: dt.date,
    beoordelaar: str,
    advies: Onderzoeksadvies | str,
    actor: Actor,
    scores: Mapping[str, int] | None = None,
    conclusies: Sequence[str] = (),
    toelichting: str = "",
    upload: Upload | None = None,
    rapportnaam: str = "",
    medewerker: Medewerker | None = None,
) -> Onderzoeksuitslag:
    """Keep the result of a Startmeter, Zeehoeve or another assessment, once; call inside `weg_bij_mislukken()`.

    Scores become measurements in the diagnosis with source *toets*, the report becomes a protected document, and a
    part that still runs is finished. Raises ValidationError per field, OvergangGeweigerd for a part that never began.
    """
    deelnemer = vergrendel_persoon(onderdeel.deelnemer_id)
    onderdeel = vergrendel(Trajectonderdeel, onderdeel.pk)
    _eis_onderzoek(onderdeel, afgenomen_op)
    scores = dict(scores or {})
    _eis_codes(scores, conclusies)
    rapport: Document | None = None
    if upload is not None:
        rapport = voeg_document_toe(
            deelnemer, upload, soort=Dossierdocument.RAPPORT, naam=rapportnaam or "rapport", datum=afgenomen_op,
            toelichting=f"Rapport van {onderdeel.instrument.naam}"[:200], bijzonder=True, medewerker=medewerker,
            actor=actor,
        )  # fmt: skip
    uitslag = Onderzoeksuitslag(
        deelnemer=deelnemer,
        onderdeel=onderdeel,
        afgenomen_op=afgenomen_op,
        beoordelaar=beoordelaar.strip(),
        scores=scores,
        conclusies=list(conclusies),
        advies=advies,
        toelichting=toelichting.strip(),
        rapport=rapport,
        vastgelegd_door=medewerker,
    )
    uitslag.full_clean(exclude=["gemeente"])
    bewaar(uitslag)
    for code, score in scores.items():
        leg_vast(
            deelnemer, Competentiemeting, competentie=code, score=score, bron=Bron.TOETS, vastgesteld_op=afgenomen_op,
            toelichting=onderdeel.instrument.naam, gemeten_door=medewerker, actor=actor,
        )  # fmt: skip
    if onderdeel.status == "loopt":
        resultaat = f"Onderzocht door {uitslag.beoordelaar}. Advies: {uitslag.get_advies_display()}."
        verzet_onderdeel(onderdeel, "afronden", resultaat=resultaat[:300], actor=actor)
    tijdlijn.schrijf(uitslagregel(uitslag))
    return uitslag


def _eis_onderzoek(onderdeel: Trajectonderdeel, afgenomen_op: dt.date) -> None:
    """Only an assessment that began, once, on a day that makes sense."""
    if onderdeel.instrument.soort != Instrumentsoort.DIAGNOSE:
        raise OvergangGeweigerd("Dit onderdeel is geen onderzoek.")
    if onderdeel.status not in {"loopt", "afgerond"}:
        raise OvergangGeweigerd("Dit onderzoek is nog niet begonnen. Zet het eerst op Begonnen.")
    if Onderzoeksuitslag.objects.filter(onderdeel=onderdeel).exists():
        raise ValidationError("De uitslag van dit onderzoek is al vastgelegd.")
    if not onderdeel.begindatum <= afgenomen_op <= klok.vandaag():
        raise ValidationError({"afgenomen_op": "Kies een dag vanaf het begin van het onderzoek tot en met vandaag."})


def _eis_codes(scores: Mapping[str, int], conclusies: Sequence[str]) -> None:
    onbekend = set(scores) - set(ZACHTE_COMPETENTIES)
    if onbekend:
        raise ValidationError({"scores": f"Deze schaal bestaat niet: {', '.join(sorted(onbekend))}."})
    bekend = {code for code, _ in opzoeken.keuzes(CONCLUSIES, klok.vandaag())}
    if set(conclusies) - bekend:
        raise ValidationError({"conclusies": "Kies conclusies uit de lijst."})
