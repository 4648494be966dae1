"""How this room joins in on the sockets of kern."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from deelnemers import (
    bewaren,
    historiezicht,
    partijvragen,
    samenvoeging,
    tasks,  # noqa: F401 - registers the jobs
    terugblik_contact,
)
from deelnemers.forms import NummerForm
from deelnemers.inzage import overzicht
from deelnemers.models import BsnCorrectie, Burgerservicenummer, Inkomensantwoord, Inzagebestand
from deelnemers.services import documenten, leestoezicht, maatregelen, overdragen, ronde, terugbellen
from deelnemers.services import inzage as inzage_
from deelnemers.services import tijdlijn as regels
from deelnemers.services import werkvoorraad as werk
from deelnemers.services.antwoorden import VERWERKT
from deelnemers.services.overlijden import OVERLEDEN, is_overleden
from deelnemers.services.regie import DOORBREKING_BEOORDEELD, REGIE_GEWIJZIGD, draag_caseload_over
from deelnemers.teamblok import blok, mensen_per_consulent, stil_per_consulent
from deelnemers.terugblik import sluit_aan_op_terugblik
from deelnemers.toegang import DOSSIER, beperkte_personen
from kern import beperking, berichten, webhooks
from kern.aansluitingen import (
    bestanden,
    dossier,
    gebeurtenis,
    inzage,
    menu,
    overdracht,
    panelen,
    sleutels,
    tijdlijn,
    werkvoorraad,
    zoeken,
)
from kern.handeling import Actor
from kern.logzegel import LOGBOEK_VERANDERD
from organisatie.aansluitingen import belasting, teamblok
from organisatie.models import Medewerker

KAMER = regels.KAMER


def _caseload_over(van_gebruiker_id: int, naar_gebruiker_id: int, actor: Actor, reden: str) -> int:
    """The caseload of one account to another (staff out, block; R198)."""
    mensen = {m.gebruiker_id: m for m in Medewerker.objects.filter(gebruiker__in=[van_gebruiker_id, naar_gebruiker_id])}
    van, naar = mensen.get(van_gebruiker_id), mensen.get(naar_gebruiker_id)
    if van is None or naar is None:
        return 0
    overdragen.bij_vertrek(van, actor=actor)
    return draag_caseload_over(van, naar, actor=actor, reden=reden)


def _zichtbaar(medewerker: Any) -> Q:
    return DOSSIER.op_betrokkene(medewerker, "betrokkene_id")


def _op_nummer(_request: Any, _bladzijde: Any) -> dict[str, Any]:
    return {"form": NummerForm()}


def _sluit_toezicht_aan() -> None:
    gebeurtenis.luister_direct(DOORBREKING_BEOORDEELD, leestoezicht.na_beoordeling)
    gebeurtenis.luister_direct(LOGBOEK_VERANDERD, leestoezicht.na_verandering_log)
    werkvoorraad.sluit_aan(leestoezicht.KAMER, leestoezicht.alle_werkregels)
    menu.punt("Leestoezicht", "leestoezicht", "oog", "logboek.zien", volgorde=41, kern=True)


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    historiezicht.sluit_aan()
    tijdlijn.sluit_aan(KAMER, regels.alle_regels)
    zoeken.sluit_aan(KAMER, "persoon", regels.alle_ingangen, _zichtbaar)
    werkvoorraad.sluit_aan(KAMER, werk.alle_werkregels)
    overdracht.sluit_caseload_aan(_caseload_over)
    samenvoeging.sluit_aan()
    inzage.sluit_aan(KAMER, overzicht)
    bestanden.sluit_aan(documenten.KAMER, lambda: documenten.plaatsen(bijzonder=False))
    bestanden.sluit_aan(documenten.KAMER_BIJZONDER, lambda: documenten.plaatsen(bijzonder=True))
    bewaren.sluit_aan()
    dossier.tabblad("Overzicht", "dossier", 10, "dossier.zien")
    dossier.tabblad("Diagnose", "diagnose", 20, "dossier.zien")
    dossier.tabblad("Uitkering en huishouden", "huishouden", 40, "dossier.zien")
    dossier.tabblad("Documenten", "documenten", 50, "dossier.zien")
    dossier.tabblad("Profiel", "werkgeversprofiel", 60, "dossier.zien")
    dossier.tabblad("Historie", "historie", 90, "dossier.zien")
    teamblok(10, blok)
    belasting(10, "Mensen", mensen_per_consulent)
    belasting(20, "Lang geen contact", stil_per_consulent)
    zoeken.handeling(
        "Nieuw dossier openen", "persoon_nieuw", "dossier.wijzigen", icoon="plus", woorden="persoon deelnemer"
    )
    menu.punt("Caseload", "caseload", "mensen", "caseload.zien", volgorde=20, kern=True)
    menu.punt("Meldingen", "inkomen_meldingen", "euro", "inkomen.bevestigen", volgorde=30, kern=True)
    webhooks.publiceer(**{VERWERKT: "Een antwoord van inkomen dat bij geen melding paste, is verwerkt of afgewezen."})
    menu.punt(
        "Vernietigen",
        "vernietigingen",
        "document",
        *("bewaartermijnen.beheren", "bewaartermijnen.goedkeuren"),
        blok="Beheer",
        volgorde=70,
    )
    _sluit_toezicht_aan()
    menu.punt("Mogelijk dubbel", "dubbelen", "mensen", "dossier.samenvoegen", blok="Beheer", volgorde=36)
    bestanden.sluit_aan(inzage_.KAMER, lambda: Inzagebestand.objects.order_by("pk").values_list("plaats", flat=True))
    sleutels.sluit_aan(
        sleutels.Versleuteld(Burgerservicenummer, "waarde", lambda rij: f"deelnemer:{rij.deelnemer_id}"),
        sleutels.Versleuteld(BsnCorrectie, "oud_waarde", lambda rij: f"bsncorrectie:{rij.kenmerk}"),
        sleutels.Gezocht(Burgerservicenummer, "zoeksleutel"),
        sleutels.Gezocht(Inkomensantwoord, "bsn_zoeksleutel"),
    )
    sluit_aan_op_terugblik()
    terugblik_contact.sluit_aan_op_terugblik()
    beperking.sluit_aan(beperkte_personen)
    menu.punt("Privacyverzoeken", "privacyverzoeken", "schild", "inzage.verstrekken", volgorde=40, kern=True)
    werkvoorraad.sluit_aan(ronde.KAMER, ronde.alle_werkregels)
    zoeken.handeling(
        "Ronde van twee minuten",
        "diagnoseronde",
        "caseload.zien",
        icoon="klok",
        woorden="diagnose verouderd",
    )
    dossier.tabblad("Vragen", "dossiervragen", 70, "dossier.zien")
    menu.punt("Vragen", "inkomensvragen", "vraag", "dossier.vraag_beantwoorden", volgorde=31, kern=True)
    menu.punt("Inhaalslagen", "inhaalslagen", "vink", "oproep.wijzigen", blok="Sturing", volgorde=16)
    menu.punt("Leesverboden", "leesverboden", "slot", "leesverbod.beheren", blok="Beheer", volgorde=73)
    menu.punt("Incidenten", "incidenten", "driehoek", "incident.behandelen", volgorde=45)
    gebeurtenis.luister_direct(REGIE_GEWIJZIGD, overdragen.bij_regiewissel)
    gebeurtenis.luister_direct(OVERLEDEN, overdragen.bij_overlijden)
    gebeurtenis.luister_direct(OVERLEDEN, terugbellen.bij_overlijden)
    gebeurtenis.luister_direct(OVERLEDEN, maatregelen.bij_overlijden)
    dossier.tabblad("Plichten", "plichten", 75, "dossier.bijzonder")
    menu.punt("Maatregelen", "inkomensmaatregelen", "inbak", "inkomen.bevestigen", volgorde=32, kern=True)
    partijvragen.sluit_aan()
    _berichten()
    _menu_en_palet()


def _berichten() -> None:
    """What may go out about a person, and who may read it in the outbox."""
    berichten.houd_tegen(is_overleden)
    berichten.zichtbaar_volgens(_zichtbaar)


def _menu_en_palet() -> None:
    """Where the lists of reaching and handing over can be found."""
    zoeken.handeling("Overlijden herstellen", "overlijden_herstellen", "overlijden.herstellen", icoon="mensen")
    menu.punt("Overdrachten", "overdrachten", "hand", "caseload.zien", "caseload.toewijzen", volgorde=22)
    zoeken.handeling(
        "Langer geen contact",
        "kaartenbak",
        "caseload.zien",
        "team.zien",
        icoon="mensen",
        woorden="kaartenbak uit beeld",
    )
    zoeken.handeling(
        "Mensen zoeken op diagnose", "mensen_zoeken", "caseload.zien", "team.zien", icoon="zoek",
        woorden="opleiding werkervaring rijbewijs taal uren reizen",
    )  # fmt: skip
    menu.punt("Terugbellen", "terugbelverzoeken", "telefoon", "terugbelverzoek.zien", volgorde=28)
    zoeken.handeling(
        "Telefoon aannemen",
        "terugbelverzoek_nieuw",
        "terugbelverzoek.zien",
        icoon="telefoon",
        woorden="terugbellen",
    )
    zoeken.handeling(
        "Caseload overdragen", "caseload_overdragen", "caseload.zien", "caseload.toewijzen", icoon="mensen",
        woorden="overdracht uit dienst afwezig",
    )  # fmt: skip
    menu.punt("Groei naar werk", "groeipotentie", "op", "dossier.bijzonder", blok="Samen", volgorde=45)
    panelen.sluit_aan(
        "zoeken",
        panelen.Paneel(
            "nummer", 10, "hoofd", "deelnemers/onderdelen/opzoeken.html", _op_nummer, frozenset({"dossier.zien"})
        ),
    )
    zoeken.handeling(
        "Zoek op BSN of dossiernummer", "dossier_opzoeken", "dossier.zien", icoon="zoek", woorden="nummer persoon"
    )
