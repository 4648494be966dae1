"""What this room knows about a person, in the words of the screens, for the person self (AVG art. 15).

Not given: the source of a safety notice, how to reach a representative, and who else was looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from deelnemers import models as m
from deelnemers.keuzes import TALEN
from deelnemers.maatregelkeuzes import REDENEN
from deelnemers.partijkeuzes import Deelonderwerp
from deelnemers.routeadvies import NAMEN
from deelnemers.services.inschrijven import bsn_van
from deelnemers.stukvragen import inzage_in_stukken
from kern.inzagerij import rij, rijen
from regelgeving.opzoeken import label

Overzicht = dict[str, list[dict[str, Any]]]
_KOLOMMEN_VOOR_LIJSTEN = (
    *("samengevoegd_met", "persona", "sorteernaam", "regievoerder", "team", "gebied", "in_traject", "trede_nu"),
    *("trede_sinds", "laatste_contact_op", "volgende_afspraak_op", "volgende_actie_op", "diagnose_vers_tot"),
    *("onderdelen_actief",),
)
#: Heading → table, and the columns that are somebody else's or only technique.
_TABELLEN: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("Vertegenwoordiger", m.Vertegenwoordiger, ("telefoon", "email", "postadres", "postcode", "woonplaats")),
    ("Wie jou begeleidde", m.Regie, ()),
    ("Wie nog meer met jou werkte", m.Betrokkenheid, ("herkomst",)),
    ("Wie er buiten de gemeente bij jou betrokken is", m.BetrokkenPartij, ("telefoon", "email")),
    ("Tredes", m.Trede, ()),
    ("Oude fase uit het vorige systeem", m.OudeFase, ()),
    ("Doelgroepen", m.Doelgroeplidmaatschap, ("afgeschermd",)),
    ("Belemmeringen", m.Belemmering, ()),
    ("Stand van de diagnose", m.Diagnose, ()),
    ("Keuzes voor intern of extern", m.Routekeuze, ("criteria", "bijzonder")),
    ("Adviezen van UWV over beschut werk", m.Beschutadvies, ("brief",)),
    ("Groei vanuit arbeidsmatige dagbesteding", m.Groeipotentie, ()),
    ("Vragen over jou aan inkomen of een expert", m.Dossiervraag, ()),
    ("Inhaalslagen voor je diagnose", m.Inhaaldeelname, ()),
    ("Opleiding", m.Opleiding, ()),
    ("Werkervaring", m.Werkervaring, ("beroep_code",)),
    ("Taal", m.Taalbeheersing, ()),
    ("Beschikbaarheid", m.Beschikbaarheid, ()),
    ("Beroepen die je zoekt", m.Zoekberoep, ("beroep_code", "volgorde")),
    ("Wat je kunt in werk", m.Werkvermogen, ()),
    ("Competenties", m.Competentiemeting, ()),
    ("Contacten", m.Contactmoment, ()),
    ("Afspraken over en weer", m.Toezegging, ()),
    ("Veiligheid", m.Veiligheidsmelding, ("bron", "vastgesteld_door", "tweede_persoon")),
    ("Incidenten", m.Incident, ("gemeld_door", "nazorg", "nazorg_door", "nazorg_voor", "nazorg_gedaan_op")),
    ("Bewijzen", m.Bewijs, ("document", "verwijzing")),
    ("Meldingen aan inkomen", m.MeldingAanInkomen, ("verwijzing", "uitkering")),
    ("Waarschuwingen", m.Waarschuwing, ()),
    ("Adviezen aan inkomen over een maatregel", m.Maatregeladvies, ("waarschuwing", "gelezen_op")),
    ("Antwoorden van inkomen", m.Inkomensantwoord, ("levering", "afdruk", "melding", "meldingnummer", "referentie")),
    ("Overdracht aan een andere begeleider", m.Overdracht, ("aangeboden_door", "beantwoord_door", "gezien_op")),
    ("Verzoeken om terug te bellen", m.Terugbelverzoek, ("ontvangen_door", "afgehandeld_door", "pogingen")),
    ("Waarom we je al kennen", m.Voorinschrijving, ("ouder", "vastgelegd_door")),
    ("Notities die nog niet klaar zijn", m.Notitieconcept, ()),
    ("Dossier geopend met een reden", m.Doorbreking, ()),
    ("Gekeken of je twee dossiers had", m.Dubbelpaar, ("ander",)),
    ("Dossiers samengevoegd", m.Samenvoeging, ("vervallen", "velden", "verslag", "door", "ongedaan_door")),
    ("Burgerservicenummer verbeterd", m.BsnCorrectie, ("door",)),
    ("Verzoeken over je gegevens", m.Privacyverzoek, ("identiteit_door", "besloten_door", "overhandigd_door")),
    ("Achtergehouden bij een verzoek", m.Achtergehouden, ("verzoek", "door")),
    ("Overzichten die zijn gemaakt", m.Inzagebestand, ("verzoek", "plaats", "sha256")),
    ("Gegevens die langer moeten blijven", m.Bewaarplicht, ("door", "opgeheven_door")),
    ("Wissen van je gegevens", m.Vernietigingsregel, ("vernietiging", "verzoek", "rij_id")),
    ("Collega’s die je dossier niet mogen openen", m.Leesverbod, ()),
    ("Signalen over het lezen van je dossier", m.Leessignaal, ("grens", "toelichting", "beoordeeld_door")),
)


_ONDERWERPEN: dict[str, str] = {str(code): str(naam) for code, naam in Deelonderwerp.choices}
#: Codes of a list, as a word: heading → column → what it is called.
_IN_WOORDEN: dict[str, dict[str, Callable[[str], str]]] = {
    "Doelgroepen": {"doelgroep": partial(label, "doelgroepen")},
    "Adviezen aan inkomen over een maatregel": {"welke plicht": partial(label, REDENEN)},
    "Belemmeringen": {"soort": partial(label, "belemmeringssoorten")},
    "Wie er buiten de gemeente bij jou betrokken is": {
        "wat deze partner mag weten": lambda codes: ", ".join(_ONDERWERPEN.get(c, c) for c in codes.split(", "))
    },
    "Taal": {"taal": lambda code: dict(TALEN).get(code, code)},
    "Keuzes voor intern of extern": {"criterium": lambda code: NAMEN.get(code, code)},
    "Competenties": {"competentie": lambda code: code.replace("_", " ")},
}


def overzicht(betrokkene_id: int) -> Overzicht:
    """Heading → rows; only what there is."""
    deelnemer = m.Deelnemer.objects.get(pk=betrokkene_id)
    nummer = bsn_van(deelnemer)
    persoon = rij(deelnemer, _KOLOMMEN_VOOR_LIJSTEN) | ({"burgerservicenummer": nummer} if nummer else {})
    uit: Overzicht = {"Wie je bent": [persoon], "Huishouden": _huishouden(betrokkene_id)}
    uit["Uitkering"] = _uitkering(betrokkene_id)
    for kop, model, behalve in _TABELLEN:
        uit[kop] = rijen(model, betrokkene_id, *behalve)
        for rij_ in uit[kop]:
            rij_ |= {naam: zeg(rij_[naam]) for naam, zeg in _IN_WOORDEN.get(kop, {}).items() if naam in rij_}
    uit |= inzage_in_stukken(betrokkene_id)
    return {kop: lijst for kop, lijst in uit.items() if lijst}


def _huishouden(betrokkene_id: int) -> list[dict[str, Any]]:
    """The household and the own place in it; never who else lives there."""
    leden = m.Huishoudlid.objects.filter(deelnemer=betrokkene_id).select_related("huishouden").order_by("pk")
    return [
        rij(lid, ("huishouden",)) | rij(lid.huishouden, ("gezinsregisseur", "begindatum", "einddatum")) for lid in leden
    ]


def _uitkering(betrokkene_id: int) -> list[dict[str, Any]]:
    rechten = m.Uitkeringsgerechtigde.objects.filter(deelnemer=betrokkene_id).select_related("uitkering").order_by("pk")
    return [rij(recht, ("uitkering",)) | rij(recht.uitkering, ("huishouden",)) for recht in rechten]
