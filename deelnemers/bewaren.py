"""How long this room keeps each kind of record, and what goes when a person is erased (R226).

The numbers are those of the Selectielijst gemeenten 2020. The years are dated settings (`bewaren.jaren.…`), where a
gemeente sees which are certain; here stands what the product starts with.
"""

from __future__ import annotations

from deelnemers.models import (
    Burgerservicenummer,
    Deelnemer,
    Document,
    Dubbelpaar,
    Inzagebestand,
    Samenvoeging,
    Samenvoegregel,
)
from deelnemers.samenvoeging import TABELLEN
from deelnemers.services import vernietigen
from kern.aansluitingen import bewaartermijnen, wissen
from kern.aansluitingen.bewaartermijnen import Bewaartermijn

KAMER = "deelnemers"
TERMIJNEN = (
    Bewaartermijn(KAMER, "deelnemers_meldingaaninkomen", "8.3", 10, "beantwoord_op", wat="Meldingen aan inkomen"),
    Bewaartermijn(KAMER, "deelnemers_inkomensantwoord", "8.3", 10, "status_sinds", wat="Antwoorden van inkomen"),
    # A decision has its own term: it goes while the trajectory runs.
    Bewaartermijn(
        KAMER,
        "deelnemers_maatregeladvies",
        "12.2",
        10,
        "besluit_op",
        bestaat_tot="CASE WHEN t.status IN ('verstuurd', 'ontvangen') THEN 'infinity'::date ELSE t.einddatum END",
        apart=True,
        wat="Adviezen over een maatregel",
    ),
    Bewaartermijn(KAMER, "deelnemers_regie", "8.1", 10, "einddatum", loopt=True, wat="Regie"),
    Bewaartermijn(KAMER, "deelnemers_uitkeringsgerechtigde", "8.1", 10, "einddatum", wat="Uitkeringen"),
    Bewaartermijn(
        KAMER,
        "deelnemers_document",
        "21.1.3",
        20,
        "datum",
        waar="t.soort = 'medisch'",
        wat="Medische en arbeidskundige adviezen",
    ),
    # A request to be erased waits on no term of its own: it goes with the dossier.
    Bewaartermijn(
        KAMER,
        "deelnemers_privacyverzoek",
        "13.1",
        5,
        "besloten_op",
        waar="t.soort <> 'wissen' AND t.status IN ('toegewezen', 'deels', 'afgewezen')",
        apart=True,
        wat="Afgeronde privacyverzoeken",
    ),
    Bewaartermijn(KAMER, "deelnemers_leessignaal", "19.1", 5, "beoordeeld_op", apart=True, wat="Signalen over lezen"),
    Bewaartermijn(KAMER, "deelnemers_profiellink", "19.1", 5, "geldig_tot", apart=True, wat="Links naar profielen"),
)
_EIGEN = {termijn.tabel for termijn in TERMIJNEN} - {"deelnemers_document"}


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    rest = (Deelnemer, Burgerservicenummer, Dubbelpaar, Samenvoeging, Samenvoegregel)
    rest += tuple(tabel.model for tabel in TABELLEN if tabel.naam not in _EIGEN)
    bewaartermijnen.sluit_aan(*TERMIJNEN, *bewaartermijnen.met_dossier(KAMER, *rest))
    wissen.sluit_aan(
        KAMER,
        *(wissen.Tabel(model) for model in (Burgerservicenummer, Dubbelpaar, Samenvoeging, Samenvoegregel)),
        wissen.Tabel(Dubbelpaar, kolom="ander_id"),
        wissen.Tabel(Samenvoeging, kolom="vervallen_id"),
        wissen.Tabel(Deelnemer, kolom="id"),
        bestanden=((Document, "bestand"), (Inzagebestand, "plaats")),
        verzamel=vernietigen.verzamel,
    )
