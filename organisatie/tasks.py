"""Jobs and work-list rows of the organisation."""

from __future__ import annotations

from collections.abc import Iterable

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.models import Werkvoorraad
from kern.taken import Loop, taak
from kern.weergave import datum
from organisatie.keuzes import Vertrekreden
from organisatie.querysets import OVERDRACHT_VOOR_EINDE, contracten_die_eindigen, opvolger_voor
from organisatie.services import personeel


def werkregels() -> Iterable[Werkvoorraad]:
    """Contracts of hired staff that end soon: the teammanager plans the hand-over (R194)."""
    for medewerker in contracten_die_eindigen():
        manager = opvolger_voor(medewerker)
        if manager is not None:
            yield werkvoorraad.regel(
                "organisatie",
                f"contract:{medewerker.pk}",
                soort="contract",
                titel=f"Regel de overdracht van {medewerker.naam}",
                toelichting=f"Contract tot en met {datum(medewerker.contract_tot)}",
                waarom="Een inhuurcontract eindigt binnen 6 weken. Draag de caseload op tijd over.",
                url="/mijn-team",
                knop="Overdragen",
                op=max(klok.vandaag(), medewerker.contract_tot - OVERDRACHT_VOOR_EINDE / 2),
                voor_id=manager.gebruiker_id,
                icoon="mensen",
            )


@taak(
    "organisatie.personeel",
    "Sluit accounts van wie uit dienst is en waarschuwt voor contracten die aflopen.",
    nacht=True,
)
def personeel_bijwerken(loop: Loop) -> None:
    for medewerker in personeel.vertrokken_met_account():
        verplaatst = personeel.sluit_af(medewerker, reden=Vertrekreden.UIT_DIENST, actor=loop.actor)
        loop.tel("accounts gesloten")
        loop.tel("mensen overgedragen", verplaatst)
    with handeling(loop.actor):
        regels = list(werkregels())
        werkvoorraad.schrijf(*regels)
        oud = Werkvoorraad.objects.filter(kamer="organisatie", soort="contract")
        oud.exclude(sleutel__in=[regel.sleutel for regel in regels]).delete()
    loop.tel("contracten die aflopen", len(regels))
