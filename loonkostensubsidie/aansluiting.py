"""How this room joins in on the sockets of kern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from deelnemers.models import Document
from kern.aansluitingen import (
    acties,
    bewaartermijnen,
    dossier,
    gebeurtenis,
    inzage,
    menu,
    panelen,
    samenvoegen,
    tijdlijn,
    werkvoorraad,
    wissen,
    zoeken,
)
from kern.inzagerij import rijen
from kern.models import Werkvoorraad
from kern.wissen import Opdracht
from loonkostensubsidie import aanvraagregels, bezwaarregels, luisteraars, subsidiewerk, vangnetwerk
from loonkostensubsidie.aanvraagtoestanden import AANVRAAG, BESCHIKKING, OPEN_BESCHIKKING
from loonkostensubsidie.bezwaartoestanden import BEZWAAR
from loonkostensubsidie.coachvragen import is_jobcoach
from loonkostensubsidie.models import (
    Aanvraag,
    Aanvraagcontrole,
    Aanvraagpauze,
    Aanvraagstuk,
    Beschikking,
    Bezwaar,
    Contract,
    Contractvoorwaarde,
    Doelgroepverzoek,
    Factuurregel,
    Schaduwbedrag,
    Steekproefgeval,
    Subsidie,
    Vangnetstap,
    Werkgeverslink,
    Wijzigingsmelding,
)
from loonkostensubsidie.regels import KAMER, alle_regels
from loonkostensubsidie.services import doelgroep
from loonkostensubsidie.services.beschikking import VASTGESTELD
from loonkostensubsidie.services.subsidie import GEWIJZIGD as SUBSIDIE_GEWIJZIGD
from werkgevers.services.dienstverband import BEEINDIGD as DIENSTVERBAND_BEEINDIGD
from werkgevers.services.dienstverband import GEWIJZIGD as DIENSTVERBAND_GEWIJZIGD
from werkgevers.services.loonwaarde import LOONWAARDE
from werkgevers.services.ziekte import ZIEKTE

_TABELLEN = (
    samenvoegen.Tabel(Subsidie, onder=("dienstverband",)),
    samenvoegen.Tabel(Aanvraag, onder=("dienstverband",)),
    samenvoegen.Tabel(Aanvraagpauze, onder=("aanvraag",)),
    samenvoegen.Tabel(Aanvraagcontrole, onder=("aanvraag",)),
    samenvoegen.Tabel(Aanvraagstuk, onder=("aanvraag", "document")),
    samenvoegen.Tabel(Doelgroepverzoek, onder=("aanvraag",)),
    samenvoegen.Tabel(Beschikking, onder=("aanvraag", "subsidie", "dienstverband", "brief")),
    samenvoegen.Tabel(Bezwaar, onder=("beschikking",)),
    samenvoegen.Tabel(Wijzigingsmelding, onder=("dienstverband", "beschikking")),
    samenvoegen.Tabel(Steekproefgeval, onder=("subsidie",)),
    samenvoegen.Tabel(Werkgeverslink, onder=("aanvraag", "dienstverband", "beschikking", "bezwaar", "geval")),
    samenvoegen.Tabel(Vangnetstap, onder=("ziekte",)),
    samenvoegen.Tabel(Contract, onder=("dienstverband", "subsidie")),
    samenvoegen.Tabel(Contractvoorwaarde, onder=("contract",)),
    samenvoegen.Tabel(Schaduwbedrag, onder=("contract",)),
    samenvoegen.Tabel(Factuurregel, onder=("boekregel__subsidie",)),
)

#: The right of who guides people; a jobcoach has it, and the relation says of whom.
_COACHEN = "caseload.zien"
_AANVRAAG = "loonkostensubsidie_aanvraag"
_BESCHIKKING = "loonkostensubsidie_beschikking"
_GEWEIGERD = "'afgewezen'"
_WEG = "'ingetrokken', 'buiten_behandeling'"
_AFWIJZING = "t.soort = 'afwijzing'"
_OPEN = ", ".join(f"'{stand}'" for stand in OPEN_BESCHIKKING)
#: A decision goes after its own term while the trajectory runs; one about a right counts from the end of that right.
_BESLUITEN = (
    bewaartermijnen.Bewaartermijn(
        KAMER,
        _BESCHIKKING,
        "8.1.7",
        7,
        "status_sinds",
        waar=f"NOT ({_AFWIJZING})",
        bestaat_tot=f"CASE WHEN t.status IN ({_OPEN}) THEN 'infinity'::date ELSE (SELECT COALESCE(s.einddatum, "
        "'infinity'::date) FROM loonkostensubsidie_subsidie s WHERE s.id = t.subsidie_id) END",
        apart=True,
        wat="Besluiten over subsidie",
    ),
    bewaartermijnen.Bewaartermijn(
        KAMER,
        _BESCHIKKING,
        "8.2",
        5,
        "status_sinds",
        waar=_AFWIJZING,
        bestaat_tot=f"CASE WHEN t.status IN ({_OPEN}) THEN 'infinity'::date END",
        apart=True,
        wat="Afwijzingen van subsidie",
    ),
    bewaartermijnen.Bewaartermijn(
        KAMER,
        "loonkostensubsidie_bezwaar",
        "13.1",
        7,
        "besloten_op",
        bestaat_tot="CASE WHEN t.status IN ('ontvangen', 'in_behandeling') THEN 'infinity'::date "
        "ELSE t.status_sinds END",
        apart=True,
        wat="Bezwaren over subsidie",
    ),
)


def _inzage(betrokkene_id: int) -> dict[str, list[dict[str, Any]]]:
    """What this room knows, in the words of the screens."""
    return {
        "Subsidies aan je werkgever": rijen(Subsidie, betrokkene_id, "dienstverband"),
        "Aanvragen van subsidie voor jouw werk": rijen(Aanvraag, betrokkene_id, "dienstverband"),
        "Verzoeken om te zien of je bij de doelgroep hoort": rijen(Doelgroepverzoek, betrokkene_id, "aanvraag"),
        "Gevraagde aanvullingen op een aanvraag": rijen(Aanvraagpauze, betrokkene_id, "aanvraag"),
        "Controles van een aanvraag": rijen(Aanvraagcontrole, betrokkene_id, "aanvraag"),
        "Stukken bij een aanvraag": rijen(Aanvraagstuk, betrokkene_id, "aanvraag", "document"),
        "Links voor je werkgever": rijen(
            Werkgeverslink, betrokkene_id, "aanvraag", "dienstverband", "beschikking", "bezwaar", "geval", "sleutelhash"
        ),
        "Bezwaren tegen een besluit over subsidie": rijen(Bezwaar, betrokkene_id, "beschikking"),
        "Controles van je loonstrook of uren": rijen(Steekproefgeval, betrokkene_id, "subsidie"),
        "Wijzigingen die je werkgever doorgaf": rijen(Wijzigingsmelding, betrokkene_id, "dienstverband", "beschikking"),
        "Besluiten over subsidie voor jouw werk": rijen(Beschikking, betrokkene_id, "aanvraag", "subsidie"),
        "Wat wij deden toen je ziek was": rijen(Vangnetstap, betrokkene_id, "ziekte"),
        "Contracten onder een oudere regeling": rijen(Contract, betrokkene_id, "dienstverband", "subsidie"),
        "Afspraken in die contracten": rijen(Contractvoorwaarde, betrokkene_id, "contract"),
        "Vergelijking met het oude systeem": rijen(Schaduwbedrag, betrokkene_id, "contract"),
        "Op een rekening aan wie je inleent": rijen(Factuurregel, betrokkene_id, "boekregel"),
    }


def _werk(**van: Any) -> Iterable[Werkvoorraad]:
    yield from aanvraagregels.werk(**van)
    yield from bezwaarregels.werk(**van)
    yield from doelgroep.werk(**van)
    yield from vangnetwerk.werk(**van)
    yield from subsidiewerk.alle_werk(**van)


def _heeft_subsidie() -> Any:
    """Whether a person has a right or an application, asked along with the person."""
    van = {"deelnemer": OuterRef("pk")}
    return Exists(Subsidie.objects.filter(**van)) | Exists(Aanvraag.objects.filter(**van))


def _stukken_mee(opdracht: Opdracht) -> None:
    """A decision takes its letter along, a request what the employer handed in, and each its steps."""
    for model, kolom in ((Beschikking, "brief_id"), (Aanvraagstuk, "document_id")):
        stukken = opdracht.vraag(
            f"SELECT {kolom} FROM {model._meta.db_table} WHERE id = ANY(%s) AND {kolom} IS NOT NULL",
            [opdracht.van(model)],
        )
        opdracht.voeg_toe_als_vrij(Document, [pk for (pk,) in stukken])
    for rijen_van, tabel in ((Aanvraag, AANVRAAG), (Beschikking, BESCHIKKING), (Bezwaar, BEZWAAR)):
        opdracht.neem_overgangen_mee(rijen_van, tabel.soort)


def _na_samenvoegen(betrokkene_id: int) -> None:
    werkvoorraad.breng_bij(KAMER, betrokkene_id, _werk(deelnemer=betrokkene_id))


def _cockpit(request: Any, dienstverband: Any) -> dict[str, Any] | None:
    """For who sees subsidies; of others only the jobcoach of this employment (leap 18)."""
    # The views need the URLs, which are not there yet when the apps start.
    from loonkostensubsidie.views.cockpit import paneel

    mag = "subsidie.zien" in request.rechten or is_jobcoach(dienstverband, request.medewerker)
    return paneel(request, dienstverband) if mag else None


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    tijdlijn.sluit_aan(KAMER, alle_regels)
    werkvoorraad.sluit_aan(KAMER, _werk)
    samenvoegen.sluit_aan(KAMER, *_TABELLEN, daarna=_na_samenvoegen)
    gebeurtenis.luister_direct(LOONWAARDE, luisteraars.bij_meting)
    gebeurtenis.luister_direct(VASTGESTELD, luisteraars.bij_besluit)
    for soort in (LOONWAARDE, DIENSTVERBAND_GEWIJZIGD, DIENSTVERBAND_BEEINDIGD):
        gebeurtenis.luister_direct(soort, subsidiewerk.bij_werk)
    for soort in (SUBSIDIE_GEWIJZIGD, VASTGESTELD):
        gebeurtenis.luister_direct(soort, subsidiewerk.bij_recht)
    for soort in (ZIEKTE, DIENSTVERBAND_BEEINDIGD, SUBSIDIE_GEWIJZIGD):
        gebeurtenis.luister_direct(soort, vangnetwerk.bij_wijziging)
    inzage.sluit_aan(KAMER, _inzage)
    bewaartermijnen.sluit_aan(
        bewaartermijnen.Bewaartermijn(KAMER, "loonkostensubsidie_subsidie", "19.1.1", 7, "einddatum", loopt=True),
        bewaartermijnen.Bewaartermijn(
            KAMER,
            _AANVRAAG,
            "8.1.7",
            7,
            "afgerond_op",
            loopt=True,
            waar=f"t.status NOT IN ({_GEWEIGERD}, {_WEG})",
            apart=True,
            wat="Toegekende aanvragen",
        ),
        bewaartermijnen.Bewaartermijn(
            KAMER,
            _AANVRAAG,
            "8.2",
            5,
            "afgerond_op",
            waar=f"t.status = {_GEWEIGERD}",
            apart=True,
            wat="Afgewezen aanvragen",
        ),
        bewaartermijnen.Bewaartermijn(
            KAMER,
            _AANVRAAG,
            "8.4.1",
            0,
            "afgerond_op",
            dagen=42,
            waar=f"t.status IN ({_WEG})",
            apart=True,
            wat="Ingetrokken en niet behandelde aanvragen",
        ),
        *_BESLUITEN,
        *bewaartermijnen.met_dossier(KAMER, Aanvraagpauze, Aanvraagcontrole, Aanvraagstuk, Werkgeverslink),
        *bewaartermijnen.met_dossier(KAMER, Wijzigingsmelding, Steekproefgeval, Doelgroepverzoek, Vangnetstap),
    )
    wissen.sluit_aan(f"{KAMER}.besluiten", verzamel=_stukken_mee)
    panelen.sluit_aan(
        "dienstverband",
        panelen.Paneel(
            "cockpit",
            20,
            "hoofd",
            "loonkostensubsidie/onderdelen/paneel_cockpit.html",
            _cockpit,
            frozenset({"subsidie.zien", _COACHEN}),
        ),
    )
    menu.punt("Mijn werknemers", "mijn_werknemers", "grafiek", _COACHEN, blok="Subsidies", volgorde=5)
    menu.punt("Andere regels", "subsidie_wetsproef", "grafiek", "subsidie.zien", blok="Subsidies", volgorde=95)
    menu.punt("Begeleiding", "plaatsplannen", "mensen", "begeleiding.plannen", blok="Sturing", volgorde=31)
    menu.punt("Budget", "subsidiebudget", "grafiek", "budget.zien", blok="Sturing", volgorde=30)
    zoeken.handeling(
        "Budget", "subsidiebudget", "budget.zien", icoon="grafiek", woorden="geld W-deel SW-deel begroting"
    )
    _sluit_bladzijden_aan()


def _sluit_bladzijden_aan() -> None:
    """Menu, and our part on pages of lower rooms."""
    zien = frozenset({"subsidie.zien", "subsidie.aanvragen"})
    menu.punt("Aanvragen", "lks_aanvragen", "inbak", *zien, blok="Subsidies", volgorde=10, kern=True)
    menu.punt("Wijzigingen en bezwaar", "lks_wijzigingen", "brief", *zien, blok="Subsidies", volgorde=15)
    beslissen = ("subsidie.behandelen", "subsidie.goedkeuren")
    menu.punt("Herziening", "lks_herzieningen", "herstel", *beslissen, blok="Subsidies", volgorde=45)
    menu.punt("Steekproef", "lks_steekproef", "zoek", *zien, blok="Subsidies", volgorde=40)
    menu.punt("Subsidies", "subsidies", "document", *zien, blok="Subsidies", volgorde=20)
    acties.sluit_aan("dienstverband", _werkknoppen)
    sjabloon = "loonkostensubsidie/onderdelen/paneel.html"
    panelen.sluit_aan("dienstverband", panelen.Paneel("subsidie", 10, "zij", sjabloon, _werkpaneel, zien))
    dossier.erbij("heeft_subsidie", _heeft_subsidie)
    panelen.sluit_aan("dossier", panelen.Paneel("subsidie", 64, "zij", sjabloon, _dossierpaneel, zien))


def _werkknoppen(request: Any, rij: Any) -> list[acties.Knop]:
    # The views need the URLs, which are not there yet when the apps start.
    from loonkostensubsidie.views.panelen import knoppen

    return knoppen(request, rij)


def _werkpaneel(request: Any, rij: Any) -> dict[str, Any] | None:
    from loonkostensubsidie.views.panelen import van_werk

    return van_werk(request, rij)


def _dossierpaneel(request: Any, deelnemer: Any) -> dict[str, Any] | None:
    from loonkostensubsidie.views.panelen import van_persoon

    return van_persoon(request, deelnemer)
