"""Every address outside the API, with an example from the demo municipality for those that ask one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from django.urls import get_resolver, reverse

from aanmeldingen.evaluatie import Periode
from aanmeldingen.models import (
    Aanlevering,
    Aanmelding,
    Handhavingssignaal,
    Poollid,
    Routeafspraak,
    Samenaanpak,
    Schoolverlater,
    Teamoverdracht,
)
from aanmeldingen.services import verwijslink
from deelnemers.diagnosevragen import vragen_aan_inkomen
from deelnemers.models import (
    Belemmering,
    BetrokkenPartij,
    Bewaarplicht,
    Contactmoment,
    Deelnemer,
    Document,
    Doelgroeplidmaatschap,
    Doorbreking,
    Dossiervraag,
    Dubbelpaar,
    Incident,
    Inhaalcampagne,
    Inkomensantwoord,
    Leessignaal,
    Leesverbod,
    Maatregeladvies,
    MeldingAanInkomen,
    Opleiding,
    Overdracht,
    Privacyverzoek,
    Profielregel,
    Samenvoeging,
    Terugbelverzoek,
    Toezegging,
    Veiligheidsmelding,
    Vernietiging,
    Vernietigingsregel,
    Vertegenwoordiger,
    Waarschuwing,
)
from deelnemers.services.contact import leg_contact_vast
from deelnemers.services.maatregelen import Advies, adviseer_maatregel
from deelnemers.services.profiel import maak_profiellink
from deelnemers.services.regie import doorbreek
from deelnemers.toegang import gezondheidsgroepen
from kern import klok
from kern.handeling import Actor, handeling, voor_gemeente
from kern.models import Aflevering, ApiClient, ClientSleutel, Gebruiker, Gemeente
from kern.toegang import API, vereist
from loonkostensubsidie.betaalvragen import te_veel_betaald
from loonkostensubsidie.models import (
    Aanvraag,
    Beschikking,
    Betaalopdracht,
    Betaalrun,
    Bezwaar,
    Boekregel,
    Contract,
    Contractlevering,
    Doelgroepverzoek,
    Factuur,
    Herzieningsronde,
    Plaatsplan,
    Steekproefgeval,
    Subsidie,
    Terugvordering,
    Vangnetstap,
    Wijzigingsmelding,
)
from loonkostensubsidie.services.betaallink import maak_betaallink
from loonkostensubsidie.services.werkgeverslink import geef_link
from organisatie.models import Budget, Ketenpartner, Medewerker, Rolvervulling
from organisatie.models import Contactpersoon as Partnercontact
from organisatie.rechten import Rol
from rapportage.models import Indicatorversie
from rapportage.services.nacht import bereken_nu
from regelgeving.models import Voorstel
from reintegratie.demodata.vullen import vul
from tests.kern.fabrieken import FABRIEK, BerichtFabriek
from trajecten.models import (
    Afspraak,
    Afspraakblad,
    Bijeenkomst,
    Groep,
    Interventie,
    Interventieervaring,
    Onderzoeksuitslag,
    Trajectonderdeel,
)
from trajecten.services.waardering import vraag_waardering
from werkgevers.models import (
    Bemiddeling,
    Contactpersoon,
    Dienstverband,
    Jobhunt,
    Loonwaardemeting,
    Nazorgmoment,
    Plaatsing,
    Proefplaats,
    Rekeningwijziging,
    Salarislevering,
    Urenbewaking,
    Vacature,
    Vestiging,
    Werkgever,
    Ziekteperiode,
)

#: Addresses without a page to look at: files, fragments, and what only answers a POST.
GEEN_BLADZIJDE = {
    "uitloggen", "gezond", "gereed", "cijfer_export", "zoekpalet", "taken_stand", "oauth_jwks", "oauth_metagegevens", "api_openapi", "aanlevering_antwoord",
    "aanmelding_document", "testgevallen_json", "route_evaluatie_pdf", "document", "profiel_pdf", "plan_pdf",
    "bemiddeling_profiel_pdf", "privacyverzoek_bestand", "privacyverzoek_brief", "lezers_logboek", "verwerkingsregister_export",
    "verklaring_van_vernietiging",
    "schoolverlaters_export",
    "verwijzing_brief",
    "salarislevering_bestand", "betaalrun_stand", "betaalrun_bestand", "betaalrun_lijst", "aansluiting_export", "terugvordering_brief",
    "lks_stuk", "lks_brief", "lks_bezwaar_brief", "lks_steekproef_stuk", "lks_steekproef_link", "lks_controles", "lks_week", "lks_vervolg", "lks_kopie", "lks_wijziging_verwerken", "lks_herziening_goedkeuren",
    "eindafrekening", "subsidierealisatie", "subsidie_wetsproef_bestand",
}  # fmt: skip
#: Needs something that the demo does not have, or a state in which it sends you elsewhere.
ELDERS = {
    "dossier_doorbreken",
    "dossier_met_reden",
    "traject_heropenen",
    "vacature_nieuw",
    "aanmelding_overdracht",
    "inloggen",
    "tweede_factor",
    "wachtwoord_wijzigen",
    "regelgeving_voorstel",
    "definitie_besluit",
}


@contextmanager
def wereld_van_de_demo() -> Iterator[dict[str, Any]]:
    """The demo municipality at 1:20, and one person with every role, so that one walk sees it all."""
    vul("1:20", klok.vandaag(), "1", lambda regel: None)
    gemeente = Gemeente.objects.get(pk=Gebruiker.objects.get(naam="Chantal Brouwer").gemeente_id)
    with voor_gemeente(gemeente):
        chantal = Medewerker.objects.get(gebruiker__naam="Chantal Brouwer")
        team = Rolvervulling.objects.filter(medewerker=chantal, rol=Rol.CONSULENT).latest("id").team
        with handeling(FABRIEK):
            for rol in set(Rol) - {Rol.CONSULENT}:
                van_team = team if rol == Rol.TEAMMANAGER else None
                begin = klok.vandaag() - dt.timedelta(days=30)
                Rolvervulling.objects.create(medewerker=chantal, rol=rol, team=van_team, begindatum=begin)
            BerichtFabriek()
            samira = Deelnemer.objects.get(persona="samira")
            Jobhunt.objects.get_or_create(
                deelnemer=samira, medewerker=chantal, defaults={"zoekt": "Zorg", "begindatum": klok.vandaag()}
            )
        if not Doorbreking.objects.exists():
            ander = Medewerker.objects.exclude(pk=chantal.pk).order_by("pk").first()
            doorbreek(samira, ander, "Verving een zieke collega.", actor=FABRIEK)
        morgen = klok.vandaag() + dt.timedelta(days=1)
        leg_contact_vast(samira, "Gebeld.", terugkomen_op=morgen, medewerker=chantal, actor=FABRIEK)
        _, sleutel = maak_profiellink(samira, "Bakkerij", 7, chantal, actor=FABRIEK)
        bereken_nu()
        yield {"chantal": chantal, "samira": samira, "sleutel": sleutel}


def _subsidies() -> dict[str, Callable[[], dict[str, Any]]]:
    """Applications and decisions in the state that each page needs."""

    def aanvraag(**van: Any) -> dict[str, Any]:
        return {"kenmerk": Aanvraag.objects.filter(**van).earliest("pk").kenmerk}

    def besluit(**van: Any) -> dict[str, Any]:
        return {"kenmerk": Beschikking.objects.filter(**van).earliest("pk").kenmerk}

    bezig, te_laat = {"status": "in_behandeling"}, {"ingebreke_op__isnull": False}
    return {
        "lks": lambda: aanvraag(**bezig),
        "lks_aanvraag_nieuw": lambda: {"dienstverband_id": Dienstverband.objects.filter(soort="lks").earliest("pk").pk},
        "lks_aanvraag_invullen": lambda: aanvraag(status="concept"),
        "lks_aanvraag_link": lambda: aanvraag(status="concept"),
        "lks_aanvraag_stap": lambda: aanvraag(**bezig) | {"actie": "aanvulling_vragen"},
        "lks_controle": lambda: aanvraag(**bezig) | {"soort": "iban"},
        "lks_ingebreke": lambda: aanvraag(**te_laat),
        "lks_besluit_nieuw": lambda: aanvraag(**bezig) | {"soort": "afwijzing"},
        "lks_besluit": lambda: besluit(status="voorgelegd"),
        "lks_besluit_aanpassen": lambda: besluit(status="teruggegeven"),
        "lks_besluit_stap": lambda: besluit(status="voorgelegd") | {"actie": "teruggeven"},
        "lks_bezwaar": lambda: {"kenmerk": Bezwaar.objects.latest("pk").kenmerk},
        "lks_bezwaar_nieuw": lambda: besluit(status="vastgesteld"),
        "lks_bezwaar_besluit": lambda: {
            "kenmerk": Bezwaar.objects.filter(uitkomst="deels").earliest("pk").kenmerk,
            "soort": "wijziging",
        },
        "lks_bezwaar_stap": lambda: {
            "kenmerk": Bezwaar.objects.filter(status="ontvangen").earliest("pk").kenmerk,
            "actie": "intrekken",
        },
        "terugvordering_bezwaar": lambda: {"kenmerk": Terugvordering.objects.latest("pk").kenmerk},
        "lks_herziening": lambda: {"kenmerk": Herzieningsronde.objects.earliest("pk").kenmerk},
        "lks_doelgroepverzoek": lambda: {"pk": Doelgroepverzoek.objects.filter(uitkomst="").earliest("pk").pk},
        "lks_vangnet": lambda: {"pk": Vangnetstap.objects.earliest("pk").ziekte_id},
        "lks_steekproef_geval": lambda: {"pk": Steekproefgeval.objects.earliest("pk").pk},
        "lks_wijziging": lambda: {
            "kenmerk": Wijzigingsmelding.objects.filter(status="ontvangen").earliest("pk").kenmerk
        },
        "lks_wijziging_nieuw": lambda: {"kenmerk": Subsidie.objects.earliest("pk").kenmerk},
        "lks_wijziging_link": lambda: {"kenmerk": Subsidie.objects.earliest("pk").kenmerk},
        "subsidie": lambda: {"kenmerk": Subsidie.objects.earliest("pk").kenmerk},
        "subsidie_maand": _boekmaand,
        "subsidie_narekenen": lambda: {"kenmerk": _boekmaand()["kenmerk"]},
        "subsidie_besluit": lambda: {"kenmerk": Subsidie.objects.earliest("pk").kenmerk, "soort": "wijziging"},
        "werkgeverslink": lambda: {"sleutel": _werkgeverslink()},
    }


def _boekmaand() -> dict[str, Any]:
    """A month with a correction."""
    regel = Boekregel.objects.filter(soort="correctie").select_related("subsidie").earliest("pk")
    return {"kenmerk": regel.subsidie.kenmerk, "jaar": regel.maand.year, "maand": regel.maand.month}


def _werkgeverslink() -> str:
    """A new link for the employer of a draft."""
    rij, wie = Aanvraag.objects.filter(status="concept").earliest("pk"), Gebruiker.objects.get(naam="Chantal Brouwer")
    _, adres = geef_link(rij, "Wilma", "wilma@werkgever.example", actor=Actor.van_gebruiker(wie))
    return adres.rpartition("/")[2]


def voorbeelden_uit(wereld: dict[str, Any]) -> dict[str, Callable[[], dict[str, Any]]]:
    """Per name of an address the arguments of a page that exists; the key without suffix serves a whole family."""
    samira, chantal = wereld["samira"], wereld["chantal"]
    open_vacature = Vacature.objects.filter(status="open").order_by("pk").first()
    plaatsing = (
        Plaatsing.objects.filter(einddatum=None).order_by("pk").first() or Plaatsing.objects.order_by("pk").first()
    )
    werkgever = Werkgever.objects.filter(pk__in=Contactpersoon.objects.values("werkgever")).order_by("pk").first()
    groep = Groep.objects.filter(pk__in=Bijeenkomst.objects.values("groep")).order_by("-begindatum", "pk").first()
    loopt = Trajectonderdeel.objects.filter(status="loopt", deelnemer=samira).first()
    gepland = Afspraak.objects.filter(status="gepland", medewerker=chantal).order_by("pk").first()

    def van(model: Any, **filters: Any) -> int:
        return model.objects.filter(**filters).order_by("-pk").values_list("pk", flat=True).first()

    aangemeld = Aanmelding.objects.filter(status="in_behandeling").order_by("pk").first()
    rol = Rolvervulling.objects.filter(einddatum=None).exclude(medewerker=chantal).order_by("pk").first()
    nazorg = Nazorgmoment.objects.order_by("-pk").first()
    belemmering = Belemmering.objects.filter(deelnemer__regievoerder=chantal).select_related("deelnemer").first()
    open_groep = Doelgroeplidmaatschap.objects.filter(afgeschermd=False, deelnemer__regievoerder=chantal)
    groep_van = open_groep.exclude(doelgroep__in=gezondheidsgroepen()).select_related("deelnemer").earliest("pk")
    opleiding = Opleiding.objects.filter(deelnemer=samira, vervangen_op=None).first()
    veilig = Veiligheidsmelding.objects.select_related("deelnemer").order_by("pk").first()
    incident = (
        Incident.objects.filter(afgehandeld_op=None, deelnemer__overleden_op=None).select_related("deelnemer").first()
    )
    bemiddeling = Bemiddeling.objects.filter(
        status__in=["voorgedragen", "voorgesteld", "gesprek", "proefplaats"]
    ).first()
    aan_expert = Dossiervraag.objects.filter(deelnemer=samira, beantwoord_op=None).exclude(aan="inkomen").get()
    uitgezocht = Onderzoeksuitslag.objects.filter(deelnemer=samira).first()
    van_mij = {"dienstverband__einddatum": None, "dienstverband__loonwaarderoute": "meting"}
    meting = Loonwaardemeting.objects.filter(vervangen_op=None, **van_mij).latest("pk")
    ziek = Ziekteperiode.objects.filter(dienstverband__einddatum=None, deelnemer__overleden_op=None).latest("pk")
    wacht = Rekeningwijziging.objects.filter(status="voorgesteld", belresultaat="").latest("pk")
    d = {"dossiernummer": samira.dossiernummer}
    return {
        "dossiernummer": lambda: d,
        "bericht": lambda: {"pk": BerichtFabriek._meta.model.objects.latest("id").pk},
        "taak": lambda: {"naam": "nacht"},
        "regelgeving_codelijst": lambda: {"sleutel": "treden"},
        "regelgeving_voorstel": lambda: {"pk": van(Voorstel)},
        "team_inkomensconsulent": lambda: {
            "pk": Rolvervulling.objects.get(medewerker=chantal, rol=Rol.TEAMMANAGER).team_id
        },
        "medewerker": lambda: {"pk": rol.medewerker_id},
        "rol_geven": lambda: {"pk": rol.medewerker_id},
        "rol_wisselen": lambda: {"pk": rol.medewerker_id, "rol_pk": rol.pk},
        "rol_beeindigen": lambda: {"pk": rol.medewerker_id, "rol_pk": rol.pk},
        "medewerker_uit_dienst": lambda: {"pk": rol.medewerker_id},
        "doorbreking": lambda: {"doorbreking_id": van(Doorbreking)},
        "veiligheid": lambda: {"dossiernummer": veilig.deelnemer.dossiernummer, "melding_id": veilig.pk},
        "incident": lambda: {"dossiernummer": incident.deelnemer.dossiernummer, "incident_id": incident.pk},
        "diagnose_nieuw": lambda: d | {"naam": "taal"},
        "diagnose_wijzig": lambda: d | {"naam": "opleiding", "rij_id": opleiding.pk},
        "toezegging_wijzigen": lambda: d | {"toezegging_id": van(Toezegging, deelnemer=samira)},
        "doelgroep_einde": lambda: {
            "dossiernummer": groep_van.deelnemer.dossiernummer,
            "lidmaatschap_id": groep_van.pk,
        },
        "belemmering": lambda: {"dossiernummer": belemmering.deelnemer.dossiernummer, "belemmering_id": belemmering.pk},
        "inkomen_melding": lambda: {"melding_id": van(MeldingAanInkomen, status="verstuurd")},
        "terugkomen": lambda: d | {"contact_id": van(Contactmoment, deelnemer=samira, terugkomen_op__isnull=False)},
        "notitie_verbeteren": lambda: d | {"contact_id": van(Contactmoment, deelnemer=samira)},
        "notitie_intrekken": lambda: d | {"contact_id": van(Contactmoment, deelnemer=samira)},
        "onderdeel": lambda: d | {"onderdeel_id": loopt.pk},
        "afspraak": lambda: {"afspraak_id": gepland.pk},
        "groep": lambda: {"groep_id": groep.pk},
        "bijeenkomst_nieuw": lambda: {"groep_id": groep.pk},
        "groep_scores": lambda: {"groep_id": Groep.objects.filter(instrument__route="intern").latest("begindatum").pk},
        "presentie": lambda: {
            "groep_id": groep.pk,
            "bijeenkomst_id": groep.bijeenkomsten.order_by("nummer").first().pk,
        },
        "instrument": lambda: {"code": "instroomgroep"},
        "werkgever": lambda: {"pk": werkgever.pk},
        "werk_bij": lambda: {"pk": werkgever.pk},
        "budget": lambda: {"pk": van(Budget)},
        "plaatsplan": lambda: {"pk": van(Plaatsplan)},
        "subsidie_wetsproef_bestand": lambda: {"vorm": "csv"},
        "werkgeversafspraak": lambda: {"pk": werkgever.pk},
        "relatiecontact": lambda: {"pk": werkgever.pk},
        "vestiging": lambda: {"pk": werkgever.pk, "vestiging_id": van(Vestiging, werkgever=werkgever)},
        "vestiging_nieuw": lambda: {"pk": werkgever.pk},
        "contactpersoon": lambda: {"pk": werkgever.pk, "persoon_id": van(Contactpersoon, werkgever=werkgever)},
        "contactpersoon_nieuw": lambda: {"pk": werkgever.pk},
        "vacature_nieuw_bij": lambda: {"pk": werkgever.pk},
        "vacature": lambda: {"pk": open_vacature.pk},
        "vacature_stap": lambda: {"pk": open_vacature.pk, "actie": "sluiten"},
        "jobhunt_benaderen": lambda: {"pk": van(Jobhunt)},
        "bemiddeling": lambda: {"pk": bemiddeling.pk},
        "plaatsen": lambda: {"pk": bemiddeling.pk},
        "plaatsing": lambda: {"pk": plaatsing.pk},
        "proefplaats": lambda: {"pk": van(Proefplaats)},
        "nazorg": lambda: {"pk": nazorg.plaatsing_id, "moment_id": nazorg.pk},
        "aanmelding": lambda: {"kenmerk": aangemeld.kenmerk},
        "aanlevering": lambda: {"kenmerk": Aanlevering.objects.filter(afgekeurd__gt=0).latest("pk").kenmerk},
        "aflevering": lambda: {"pk": van(Aflevering)},
        "client": lambda: {"pk": van(ApiClient, sleutels__isnull=False, proef_tot=None)},
        "client_sleutel": lambda: {
            "pk": van(ApiClient, sleutels=van(ClientSleutel, client__proef_tot=None)),
            "sleutel_pk": van(ClientSleutel, client__proef_tot=None),
        },
        "definitie_besluit": lambda: {"versie_id": van(Indicatorversie)},
        "cijfer": lambda: {"code": "1.1"},
        "definitie": lambda: {"code": "1.1"},
        "route": lambda: {"code": "intake"},
        "route_nieuw": lambda: {"code": "uwv"},
        "dubbelpaar": lambda: {"pk": van(Dubbelpaar, stand="open")},
        "samenvoeging": lambda: {"pk": van(Samenvoeging)},
        "privacyverzoek": lambda: {"pk": van(Privacyverzoek, soort="inzage", status="in_behandeling")},
        "leessignaal": lambda: {"pk": van(Leessignaal, beoordeeld_op=None)},
        "leesverbod": lambda: {"pk": van(Leesverbod)},
        "verwerking": lambda: {"code": "begeleiding"},
        "route_voorstel": lambda: {"pk": van(Voorstel, soort="routeversie")},
        "verwijzing": lambda: {"kenmerk": Aanmelding.objects.filter(status="verstuurd").latest("pk").kenmerk},
        "verwijzing_wijzig": lambda: {"kenmerk": Aanmelding.objects.get(status="concept").kenmerk},
        "verwijslink": lambda: {"token": _link()},
        "antwoord": lambda: {"kenmerk": Inkomensantwoord.objects.latest("pk").kenmerk},
        "ketenpartner": lambda: {"pk": van(Ketenpartner)},
        "partnercontact_nieuw": lambda: {"pk": van(Ketenpartner)},
        "partnercontact": lambda: {
            "pk": van(Ketenpartner),
            "persoon": van(Partnercontact, ketenpartner=van(Ketenpartner)),
        },
        "aanmelding_overnemen": lambda: {
            "kenmerk": Teamoverdracht.objects.get(status="overgedragen").aanmelding.kenmerk,
        },
        "route_wijzigen": lambda: {"code": "intake"},
        "route_afspraak": lambda: {"pk": van(Routeafspraak)},
        "vernietiging": lambda: {"pk": van(Vernietiging, soort="dossier", status="voorgesteld")},
        "vernietigingsregel": lambda: {"pk": van(Vernietigingsregel, deelnemer__isnull=False)},
        "bewaarplicht": lambda: {"pk": van(Bewaarplicht)},
        "route_evaluatie": lambda: {
            "code": "intake",
            "periode": Periode.laatste_kwartaal(klok.vandaag()).sleutel,
        },
        "document": lambda: d | {"kenmerk": Document.objects.get(deelnemer=samira, naam="cv met stage.pdf").kenmerk},
        "afspraakblad": lambda: d | {"blad_id": van(Afspraakblad, deelnemer=samira)},
        "profielregel_wijzig": lambda: d | {"regel_id": van(Profielregel, deelnemer=samira)},
        "overdracht": lambda: {"pk": van(Overdracht, status="aangeboden", naar=chantal)},
        "terugbelverzoek": lambda: {"pk": van(Terugbelverzoek, status="open", deelnemer__isnull=False)},
        "vertegenwoordiger": _namens,
        "profiel_openen": lambda: {"sleutel": wereld["sleutel"]},
        "schoolverlater": lambda: {"kenmerk": Schoolverlater.objects.filter(status="opgehaald").latest("pk").kenmerk},
        "route_pool": lambda: {"code": "onderwijs"},
        "route_pool_erbij": lambda: {"code": "onderwijs"},
        "route_pool_einde": lambda: {
            "code": "onderwijs",
            "pk": van(Poollid, route__code="onderwijs", medewerker=chantal),
        },
        "uren": lambda: {"pk": van(Urenbewaking, deelnemer__regievoerder=chantal, einddatum=None)},
        "dienstverband": lambda: {"pk": meting.dienstverband_id},
        **_subsidies(),
        "loonwaarde": lambda: {"pk": meting.dienstverband_id, "meting_id": meting.pk},
        "loonwaarde_nieuw": lambda: {"pk": meting.dienstverband_id},
        "ziekte": lambda: {"pk": ziek.dienstverband_id, "ziekte_id": ziek.pk},
        "ziekte_nieuw": lambda: {"pk": meting.dienstverband_id},
        "rekening": lambda: {"pk": wacht.werkgever_id},
        "signaal": lambda: {"kenmerk": Handhavingssignaal.objects.filter(status="verstuurd").latest("pk").kenmerk},
        "aanpak": lambda: {"kenmerk": Samenaanpak.objects.filter(einddatum=None).latest("pk").kenmerk},
        "aanpak_nieuw": lambda: {
            "kenmerk": Handhavingssignaal.objects.filter(status="verstuurd", aanpak=None).latest("pk").kenmerk
        },
        "werkverdeling": lambda: {
            "kenmerk": Aanmelding.objects.filter(deelnemer=samira, richting="inkomend").latest("pk").kenmerk
        },
        "partner": lambda: d | {"partij_id": van(BetrokkenPartij, deelnemer=samira, einddatum=None)},
        "onderzoek_uitslag": lambda: d | {"onderdeel_id": uitgezocht.onderdeel_id},
        "inhaalslag": lambda: {"pk": van(Inhaalcampagne)},
        "inhaalzaak": lambda: {"pk": van(Inhaalcampagne)},
        "dossiervraag": lambda: {
            "dossiernummer": aan_expert.deelnemer.dossiernummer,
            "pk": aan_expert.pk,
        },
        "contract": lambda: {"kenmerk": Contract.objects.filter(status="schaduw").latest("pk").kenmerk},
        "contract_stap": lambda: {
            "kenmerk": Contract.objects.filter(status="schaduw").latest("pk").kenmerk,
            "actie": "voordragen",
        },
        "contractlevering": lambda: {"kenmerk": Contractlevering.objects.latest("pk").kenmerk},
        "factuur": lambda: {"kenmerk": Factuur.objects.latest("pk").kenmerk},
        "inkomensvraag": lambda: {"pk": vragen_aan_inkomen(chantal).latest("pk").pk},
        "waardering": lambda: {"token": vraag_waardering(samira, "einde", team=samira.team, actor=FABRIEK)},
        "waardering_vragen": lambda: d,
        "waarschuwing": lambda: _waarschuwing(chantal),
        "maatregel": lambda: d | {"pk": _advies(samira).pk},
        "inkomensmaatregel": lambda: {"pk": van(Maatregeladvies, status="verstuurd")},
        "interventie": lambda: {"pk": van(Interventie)},
        "salaris": lambda: {"kenmerk": Salarislevering.objects.latest("pk").kenmerk},
        "salarislevering": lambda: {"kenmerk": Salarislevering.objects.latest("pk").kenmerk},
        "salarisregel": _salarisregel,
        "betaalrun": lambda: {"kenmerk": Betaalrun.objects.filter(status="opgesteld").latest("pk").kenmerk},
        "terugmelding": lambda: {"kenmerk": Betaalrun.objects.filter(status="aangeboden").latest("pk").kenmerk},
        "betaalopdracht": _aangehouden,
        "terugvordering": lambda: {"kenmerk": Terugvordering.objects.latest("pk").kenmerk},
        "betaallinks": lambda: {"pk": Betaalopdracht.objects.latest("pk").werkgever_id},
        "betaallink_openen": lambda: {"sleutel": _betaallink()},
        "terugvordering_nieuw": lambda: {"pk": te_veel_betaald()[0]["subsidie__werkgever"]},
        "ervaring_weg": lambda: {
            "pk": Interventieervaring.objects.latest("pk").interventie_id,
            "ervaring_id": van(Interventieervaring),
        },
    }


def _link() -> str:
    """The secret of a fresh link to a referral by us."""
    rij = Aanmelding.objects.filter(status="verstuurd", ketenpartner__client=None).latest("pk")
    return verwijslink.geef_link(rij, actor=FABRIEK).rsplit("/", 1)[1]


def _salarisregel() -> dict[str, Any]:
    """A line that payroll did not answer yet."""
    rij = Salarislevering.objects.latest("pk")
    return {"kenmerk": rij.kenmerk, "pk": rij.regels.latest("pk").pk}


def _aangehouden() -> dict[str, Any]:
    """An order that waits for somebody."""
    rij = Betaalopdracht.objects.filter(run__status="opgesteld").select_related("run").latest("pk")
    return {"kenmerk": rij.run.kenmerk, "pk": rij.pk}


def _betaallink() -> str:
    """The secret of a fresh link to the payments of an employer."""
    rij, wie = Betaalopdracht.objects.latest("pk"), Gebruiker.objects.get(naam="Chantal Brouwer")
    return maak_betaallink(rij.werkgever, "administratie", 7, actor=Actor.van_gebruiker(wie))[1]


def _waarschuwing(chantal: Medewerker) -> dict[str, Any]:
    """A warning to somebody whom the one who walks guides."""
    rij = Waarschuwing.objects.filter(status="gegeven", deelnemer__regievoerder=chantal).latest("pk")
    return {"dossiernummer": rij.deelnemer.dossiernummer, "pk": rij.pk}


def _advies(samira: Deelnemer) -> Maatregeladvies:
    """An advice that waits for income."""
    vandaag = klok.vandaag()
    advies = Advies("18-4-h", vandaag, "Kwam twee keer niet.", "geen", vandaag, "Wist van de afspraak.")
    return adviseer_maatregel(samira, advies, medewerker=samira.regievoerder, actor=FABRIEK)


def _namens() -> dict[str, Any]:
    """Somebody who acts for a person of the consulent who walks."""
    rij = Vertegenwoordiger.objects.filter(soort="bewindvoerder").select_related("deelnemer").latest("pk")
    return {"dossiernummer": rij.deelnemer.dossiernummer, "rij_id": rij.pk}


def alle_adressen() -> Iterator[tuple[str, Any, list[str]]]:
    """Name, view and parameters of every address outside the API."""

    def loop(resolver: Any) -> Iterator[Any]:
        for patroon in resolver.url_patterns:
            if hasattr(patroon, "url_patterns"):
                yield from loop(patroon)
            else:
                yield patroon

    for patroon in loop(get_resolver()):
        if patroon.name and API not in (vereist(patroon.callback) or ()):
            yield patroon.name, patroon.callback, list(patroon.pattern.converters)


def adres_van(naam: str, parameters: list[str], voorbeelden: dict[str, Any]) -> str:
    if not parameters:
        return reverse(naam)
    for sleutel in (naam, naam.rsplit("_", 1)[0], naam.split("_", 1)[0]):
        try:
            voorbeeld = voorbeelden[sleutel]()
        except (KeyError, AttributeError):  # no example, or the demo has none
            continue
        if set(voorbeeld) == set(parameters):
            return reverse(naam, kwargs=voorbeeld)
    if parameters == ["dossiernummer"]:
        return reverse(naam, kwargs=voorbeelden["dossiernummer"]())
    return ""


def haal(client: Client, adres: str) -> tuple[int, bool]:
    """The status, and whether it is a file instead of a page."""
    antwoord = client.get(adres)
    antwoord.close()
    return antwoord.status_code, not antwoord.headers.get("Content-Type", "text/html").startswith("text/html")


def alleen_post(naam: str) -> bool:
    """Addresses with arguments that this walk has no example for must be actions, not pages."""
    return naam.rsplit("_", 1)[-1] in {
        "intrekken", "opnieuw", "start", "starten", "terug", "aanwezig", "stoppen", "blokkeren", "openen", "wachtwoord", "factor", "toe",
        "klaar", "bevestig", "oppakken", "heropenen", "tekenen", "zet", "losmaken", "melden", "herstellen", "eruit", "beheer", "alles",
        "voordragen", "gecontroleerd", "beeindigen", "stap", "aanbod", "nazien",
    }  # fmt: skip
