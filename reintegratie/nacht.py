"""The night: one job that runs the links of the chain in order (ONTWERP 3.6)."""

from __future__ import annotations

from kern.models import Gemeente
from kern.taken import Loop, taak, voer_uit

#: Names of the jobs, in order. A link that fails stops the chain, so no later link works on half the data.
KETEN: list[str] = [
    "kern.opruimen",
    "kern.bestanden",
    "aanmeldingen.aanleveren",
    "aanmeldingen.ophalen",
    "aanmeldingen.overdracht",
    "organisatie.personeel",
    "deelnemers.klokken",
    "deelnemers.dubbelen",
    "deelnemers.leestoezicht",
    "deelnemers.rondes",
    "trajecten.klokken",
    "trajecten.waarderingen",
    "werkgevers.verifieer_profielen",
    "werkgevers.uren",
    "werkgevers.dienstverbanden",
    "rapportage.cijfers",
    "aanmeldingen.evaluaties",
    "deelnemers.bewaartermijnen",
    "deelnemers.wissen",
    "aanmeldingen.scholen",
    "loonkostensubsidie.eindes",
    "loonkostensubsidie.aansluiting",
    "loonkostensubsidie.steekproef",
    "regelgeving.minimumloon",
    "loonkostensubsidie.contracten",
    # Last: what changes by time alone is brought in line above, so what differs here is a fault.
    "deelnemers.controle",
]


@taak("nacht", "Doet al het nachtwerk achter elkaar: overdracht, klokken, feiten en cijfers.")
def nacht(loop: Loop) -> None:
    gemeente = Gemeente.objects.get(pk=loop.gemeente_id)
    for nummer, naam in enumerate(KETEN):
        loop.meld(naam, nummer, len(KETEN))
        for wat, aantal in voer_uit(naam, gemeente, door="nacht", meldt=loop.meldt).tellingen.items():
            loop.tel(wat, aantal)
    loop.meld("Klaar", len(KETEN), len(KETEN))
