"""Every address of the resolver with arguments that lead to the needle, and the questions asked of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.urls import get_resolver, reverse

from deelnemers.models import Deelnemer
from kern import klok
from kern.toegang import API, vereist
from tests.privacy.naald import NAAM, ROEPNAAM


class Adres:
    """One address of the resolver."""

    def __init__(self, naam: str, view: Any, parameters: list[str]) -> None:
        self.naam, self.view, self.parameters = naam, view, parameters
        self.rechten: frozenset[str] = vereist(view) or frozenset()

    @property
    def is_api(self) -> bool:
        return API in self.rechten


def alle_adressen() -> Iterator[Adres]:
    """Whatever the resolver knows: a new page is in it by itself."""

    def loop(resolver: Any) -> Iterator[Any]:
        for patroon in resolver.url_patterns:
            if hasattr(patroon, "url_patterns"):
                yield from loop(patroon)
            else:
                yield patroon

    for patroon in loop(get_resolver()):
        yield Adres(patroon.name, patroon.callback, list(patroon.pattern.converters))


def _model(naam: str) -> Any:
    return apps.get_model(naam)


def voorbeelden(deelnemer: Deelnemer, sleutel: str) -> dict[str, Callable[[], dict[str, Any]]]:
    """Per name of an address (or the part before an underscore) the arguments of a row about the needle."""
    d = {"dossiernummer": deelnemer.dossiernummer}

    def van(model: str, veld: str = "pk", **filters: Any) -> Any:
        rijen = _model(model).objects.filter(deelnemer=deelnemer, **filters).order_by("-pk")
        waarde = rijen.values_list(veld, flat=True).first()
        assert waarde is not None, f"de naald heeft geen {model} {filters}"
        return waarde

    def een(model: str, veld: str = "pk", **filters: Any) -> Any:
        return _model(model).objects.filter(**filters).order_by("-pk").values_list(veld, flat=True).first()

    def werkgever() -> int:
        return van("werkgevers.Plaatsing", "werkgever_id")

    def vacature() -> int:
        return van("werkgevers.Bemiddeling", "vacature_id")

    def groep() -> int:
        return van("trajecten.Groepsdeelname", "groep_id")

    def boekmaand() -> dict[str, Any]:
        """A booked month of her subsidy."""
        regels = _model("loonkostensubsidie.Boekregel").objects.filter(subsidie__deelnemer=deelnemer)
        regel = regels.select_related("subsidie").order_by("pk").first()
        assert regel is not None, "de naald heeft geen boekregel"
        return {"kenmerk": regel.subsidie.kenmerk, "jaar": regel.maand.year, "maand": regel.maand.month}

    def kenmerk(**filters: Any) -> dict[str, Any]:
        return {"kenmerk": van("aanmeldingen.Aanmelding", "kenmerk", **filters)}

    def document() -> Any:
        return van("deelnemers.Document", "kenmerk", vervangen_op=None)

    medewerker = deelnemer.regievoerder_id
    rol = een("organisatie.Rolvervulling", medewerker=medewerker)
    partner = een("organisatie.Ketenpartner")
    return {
        "bericht": lambda: {"pk": een("kern.Bericht")},
        "taak": lambda: {"naam": "nacht"},
        "aflevering": lambda: {"pk": een("kern.Aflevering")},
        "afleveringen_alles": lambda: {"kenmerk": een("kern.Abonnement", "kenmerk")},
        "regelgeving_codelijst": lambda: {"sleutel": "doelgroepen"},
        "regelgeving_voorstel": lambda: {"pk": een("regelgeving.Voorstel")},
        "verwerking": lambda: {"code": "begeleiding"},
        "team_inkomensconsulent": lambda: {"pk": een("organisatie.Team", ondersteunend=False)},
        "weer_aanwezig": lambda: {"pk": een("organisatie.Afwezigheid") or 1},
        "waarneming_stoppen": lambda: {"pk": een("organisatie.Waarneming") or 1},
        "medewerker": lambda: {"pk": medewerker},
        "rol_geven": lambda: {"pk": medewerker},
        "rol": lambda: {"pk": medewerker, "rol_pk": rol},
        "rechten_gecontroleerd": lambda: {"pk": medewerker},
        "ketenpartner": lambda: {"pk": partner},
        "partnercontact_nieuw": lambda: {"pk": partner},
        "partnercontact": lambda: {"pk": partner, "persoon": een("organisatie.Contactpersoon", ketenpartner=partner)},
        "doorbreking": lambda: {"doorbreking_id": van("deelnemers.Doorbreking")},
        "wijs_toe": lambda: {"deelnemer_id": deelnemer.pk},
        "veiligheid": lambda: d | {"melding_id": van("deelnemers.Veiligheidsmelding")},
        "terugkomen": lambda: d | {"contact_id": van("deelnemers.Contactmoment", terugkomen_op__isnull=False)},
        "notitie_verbeteren": lambda: d | {"contact_id": van("deelnemers.Contactmoment")},
        "notitie_intrekken": lambda: d | {"contact_id": van("deelnemers.Contactmoment")},
        "toezegging_klaar": lambda: d | {"toezegging_id": van("deelnemers.Toezegging")},
        "toezegging_wijzigen": lambda: d | {"toezegging_id": van("deelnemers.Toezegging")},
        "diagnose_nieuw": lambda: d | {"naam": "opleiding"},
        "diagnose_wijzig": lambda: d | {"naam": "opleiding", "rij_id": van("deelnemers.Opleiding", vervangen_op=None)},
        "diagnose_bevestig": lambda: (
            d | {"naam": "opleiding", "rij_id": van("deelnemers.Opleiding", vervangen_op=None)}
        ),
        "diagnose_aanbod": lambda: (
            d | {"naam": "opleiding", "rij_id": van("deelnemers.Opleiding", vervangen_op=None), "keuze": "laten"}
        ),
        "belemmering": lambda: d | {"belemmering_id": van("deelnemers.Belemmering")},
        "doelgroep_einde": lambda: d | {"lidmaatschap_id": van("deelnemers.Doelgroeplidmaatschap")},
        "inkomen": lambda: {"melding_id": van("deelnemers.MeldingAanInkomen")},
        "antwoord": lambda: {"kenmerk": een("deelnemers.Inkomensantwoord", "kenmerk", bsn_zoeksleutel__isnull=False)},
        "dubbelpaar": lambda: {"pk": van("deelnemers.Dubbelpaar")},
        "samenvoeging": lambda: {"pk": van("deelnemers.Samenvoeging")},
        "document": lambda: d | {"kenmerk": document()},
        "profielregel": lambda: d | {"regel_id": van("deelnemers.Profielregel")},
        "profielregel_zet": lambda: d | {"regel_id": van("deelnemers.Profielregel"), "wat": "ja"},
        "profiellink": lambda: d | {"link_id": van("deelnemers.Profiellink")},
        "profiel_openen": lambda: {"sleutel": sleutel},
        "privacyverzoek": lambda: {"pk": van("deelnemers.Inzagebestand", "verzoek_id")},
        "privacyverzoek_bestand": lambda: {"pk": van("deelnemers.Inzagebestand", "verzoek_id"), "soort": "json"},
        "leessignaal": lambda: {"pk": van("deelnemers.Leessignaal")},
        "leesverbod": lambda: {"pk": van("deelnemers.Leesverbod")},
        "incident": lambda: d | {"incident_id": van("deelnemers.Incident")},
        "bewaarplicht": lambda: {"pk": een("deelnemers.Bewaarplicht", deelnemer=deelnemer) or 0},
        "vernietigingsregel": lambda: {"pk": een("deelnemers.Vernietigingsregel", deelnemer=deelnemer) or 0},
        "vernietiging": lambda: {
            "pk": een("deelnemers.Vernietigingsregel", "vernietiging_id", deelnemer=deelnemer) or 0
        },
        "verklaring_van_vernietiging": lambda: {"pk": een("deelnemers.Vernietiging", status="uitgevoerd") or 0},
        "plan_pdf": lambda: d | {"plan_id": van("trajecten.PlanVanAanpak")},
        "plan_tekenen": lambda: d | {"plan_id": van("trajecten.PlanVanAanpak"), "wie": "persoon"},
        "onderdeel": lambda: d | {"onderdeel_id": van("trajecten.Trajectonderdeel")},
        "onderdeel_zet": lambda: d | {"onderdeel_id": van("trajecten.Trajectonderdeel"), "actie": "starten"},
        "onderdeel_losmaken": lambda: d | {"onderdeel_id": van("trajecten.Trajectonderdeel"), "rij_id": 1},
        "afspraak": lambda: {"afspraak_id": van("trajecten.Afspraak")},
        "afspraak_melden": lambda: {"afspraak_id": van("trajecten.Afspraak"), "stand": "verschenen"},
        "groep": lambda: {"groep_id": groep()},
        "groep_eruit": lambda: {"groep_id": groep(), "deelname_id": van("trajecten.Groepsdeelname")},
        "bijeenkomst_nieuw": lambda: {"groep_id": groep()},
        "presentie": lambda: {"groep_id": groep(), "bijeenkomst_id": een("trajecten.Bijeenkomst", groep_id=groep())},
        "interventie": lambda: {"pk": een("trajecten.Interventie")},
        "ervaring_weg": lambda: {
            "pk": een("trajecten.Interventieervaring", "interventie_id"),
            "ervaring_id": een("trajecten.Interventieervaring"),
        },
        "instrument": lambda: {"code": van("trajecten.Trajectonderdeel", "instrument__code")},
        "afspraakblad": lambda: d | {"blad_id": van("trajecten.Afspraakblad")},
        "afspraakblad_tekenen": lambda: d | {"blad_id": van("trajecten.Afspraakblad"), "wie": "persoon"},
        "werkgever": lambda: {"pk": werkgever()},
        "werk_bij": lambda: {"pk": werkgever()},
        "budget": lambda: {"pk": een("organisatie.Budget") or 0},
        "relatiecontact": lambda: {"pk": werkgever()},
        "werkgeversafspraak": lambda: {"pk": werkgever()},
        "werkgeversafspraak_klaar": lambda: {"pk": van("werkgevers.Werkgeversafspraak")},
        "vestiging_nieuw": lambda: {"pk": werkgever()},
        "vestiging": lambda: {"pk": werkgever(), "vestiging_id": een("werkgevers.Vestiging", werkgever=werkgever())},
        "contactpersoon_nieuw": lambda: {"pk": werkgever()},
        "contactpersoon": lambda: {
            "pk": werkgever(),
            "persoon_id": een("werkgevers.Contactpersoon", werkgever=werkgever()) or 0,
        },
        "vacature": lambda: {"pk": vacature()},
        "vacature_nieuw_bij": lambda: {"pk": werkgever()},
        "vacature_stap": lambda: {"pk": vacature(), "actie": "sluiten"},
        "voordragen": lambda: {"pk": vacature(), "deelnemer_id": deelnemer.pk},
        "voordracht_intrekken": lambda: {"pk": van("werkgevers.Bemiddeling")},
        "jobhunt_benaderen": lambda: {"pk": van("werkgevers.Jobhunt")},
        "bemiddeling": lambda: {"pk": van("werkgevers.Bemiddeling")},
        "plaatsen": lambda: {"pk": van("werkgevers.Bemiddeling")},
        "proefplaats": lambda: {"pk": van("werkgevers.Plaatsing")},
        "plaatsing": lambda: {"pk": van("werkgevers.Plaatsing")},
        "nazorg": lambda: {
            "pk": van("werkgevers.Nazorgmoment", "plaatsing_id"),
            "moment_id": van("werkgevers.Nazorgmoment"),
        },
        "aanmelding": lambda: kenmerk(richting="inkomend"),
        "aanmelding_overdracht": lambda: kenmerk(richting="inkomend") | {"pk": 1},
        "aanmelding_document": lambda: {
            "kenmerk": van("aanmeldingen.AanmeldingDocument", "aanmelding__kenmerk"),
            "document": van("aanmeldingen.AanmeldingDocument", "kenmerk"),
        },
        "verwijzing": lambda: kenmerk(richting="uitgaand"),
        "dossier_met_reden": lambda: {"sleutel": "onbekend"},
        "verwijslink": lambda: {"token": "onbekend"},
        "aanlevering": lambda: {"kenmerk": een("aanmeldingen.Aanlevering", "kenmerk")},
        "client": lambda: {"pk": een("kern.ApiClient")},
        "client_sleutel": lambda: {
            "pk": een("kern.ClientSleutel", "client_id"),
            "sleutel_pk": een("kern.ClientSleutel"),
        },
        "client_sleutel_nieuw": lambda: {"pk": een("kern.ApiClient")},
        "route": lambda: {"code": "intake"},
        "route_voorstel": lambda: {"pk": een("regelgeving.Voorstel", soort="routeversie")},
        "route_afspraak": lambda: {"pk": een("aanmeldingen.Routeafspraak")},
        "route_evaluatie": lambda: {"code": "intake", "periode": f"{klok.vandaag().year}-3"},
        "route_pool_einde": lambda: {
            "code": een("aanmeldingen.Poollid", "route__code"),
            "pk": een("aanmeldingen.Poollid"),
        },
        "dossiervraag": lambda: d | {"pk": van("deelnemers.Dossiervraag", aan="arbo", beantwoord_op=None)},
        "dossiervraag_gelezen": lambda: d | {"pk": van("deelnemers.Dossiervraag")},
        "inkomensvraag": lambda: {"pk": van("deelnemers.Dossiervraag", aan="inkomen", beantwoord_op=None)},
        "waardering": lambda: {"token": "onbekend"},
        "waardering_vragen": lambda: d,
        "waarschuwing": lambda: d | {"pk": van("deelnemers.Waarschuwing", status="gegeven")},
        "waarschuwing_nieuw": lambda: d,
        "maatregel": lambda: d | {"pk": van("deelnemers.Maatregeladvies", status="verstuurd")},
        "maatregel_nieuw": lambda: d,
        "inkomensmaatregel": lambda: {"pk": van("deelnemers.Maatregeladvies", status="verstuurd")},
        "inkomensmaatregel_zet": lambda: {
            "pk": van("deelnemers.Maatregeladvies", status="verstuurd"),
            "actie": "oppakken",
        },
        "inhaalslag": lambda: {"pk": van("deelnemers.Inhaaldeelname", "campagne_id")},
        "inhaalzaak": lambda: {"pk": een("deelnemers.Inhaaldeelname", "campagne_id")},
        "overdracht": lambda: {"pk": van("deelnemers.Overdracht", status="aangeboden")},
        "overdracht_zet": lambda: {"pk": van("deelnemers.Overdracht", status="aangeboden"), "actie": "intrekken"},
        "terugbelverzoek": lambda: {"pk": van("deelnemers.Terugbelverzoek", status="open")},
        "terugbelverzoek_zet": lambda: {"pk": van("deelnemers.Terugbelverzoek", status="open"), "actie": "gebeld"},
        "vertegenwoordiger": lambda: d | {"rij_id": van("deelnemers.Vertegenwoordiger")},
        "partner": lambda: d | {"partij_id": van("deelnemers.BetrokkenPartij", einddatum=None)},
        "onderzoek_uitslag": lambda: d | {"onderdeel_id": van("trajecten.Onderzoeksuitslag", "onderdeel_id")},
        "uren": lambda: {"pk": van("werkgevers.Urenbewaking", einddatum=None)},
        "dienstverband": lambda: {"pk": van("werkgevers.Dienstverband", loonwaarderoute="meting")},
        "ziekte": lambda: {
            "pk": van("werkgevers.Ziekteperiode", "dienstverband_id"),
            "ziekte_id": van("werkgevers.Ziekteperiode"),
        },
        "ziekte_nieuw": lambda: {"pk": van("werkgevers.Ziekteperiode", "dienstverband_id")},
        "loonwaarde": lambda: {
            "pk": van("werkgevers.Loonwaardemeting", "dienstverband_id"),
            "meting_id": van("werkgevers.Loonwaardemeting"),
        },
        "loonwaarde_nieuw": lambda: {"pk": van("werkgevers.Loonwaardemeting", "dienstverband_id")},
        "rekening": lambda: {"pk": een("werkgevers.Rekeningwijziging", "werkgever_id", status="voorgesteld")},
        "lks": lambda: {"kenmerk": van("loonkostensubsidie.Aanvraag", "kenmerk")},
        "lks_aanvraag_nieuw": lambda: {"dienstverband_id": van("werkgevers.Dienstverband", loonwaarderoute="meting")},
        "lks_aanvraag_stap": lambda: {"kenmerk": van("loonkostensubsidie.Aanvraag", "kenmerk"), "actie": "intrekken"},
        "lks_controle": lambda: {"kenmerk": van("loonkostensubsidie.Aanvraag", "kenmerk"), "soort": "iban"},
        "lks_week": lambda: {"kenmerk": van("loonkostensubsidie.Aanvraag", "kenmerk")},
        "lks_vervolg": lambda: {"kenmerk": van("loonkostensubsidie.Wijzigingsmelding", "kenmerk")},
        "lks_stuk": lambda: {
            "kenmerk": van("loonkostensubsidie.Aanvraagstuk", "aanvraag__kenmerk"),
            "pk": van("loonkostensubsidie.Aanvraagstuk"),
        },
        "lks_stuk_nieuw": lambda: {"kenmerk": van("loonkostensubsidie.Aanvraag", "kenmerk")},
        "lks_besluit_nieuw": lambda: {"kenmerk": van("loonkostensubsidie.Aanvraag", "kenmerk"), "soort": "afwijzing"},
        "lks_besluit": lambda: {"kenmerk": van("loonkostensubsidie.Beschikking", "kenmerk")},
        "lks_besluit_stap": lambda: {
            "kenmerk": van("loonkostensubsidie.Beschikking", "kenmerk"),
            "actie": "teruggeven",
        },
        "lks_brief": lambda: {"kenmerk": van("loonkostensubsidie.Beschikking", "kenmerk")},
        "lks_kopie": lambda: {"kenmerk": van("loonkostensubsidie.Beschikking", "kenmerk")},
        "lks_bezwaar": lambda: {"kenmerk": van("loonkostensubsidie.Bezwaar", "kenmerk")},
        "lks_doelgroepverzoek": lambda: {"pk": van("loonkostensubsidie.Doelgroepverzoek")},
        "lks_vangnet": lambda: {"pk": van("werkgevers.Ziekteperiode")},
        "lks_bezwaar_nieuw": lambda: {"kenmerk": van("loonkostensubsidie.Beschikking", "kenmerk")},
        "lks_bezwaar_stap": lambda: {"kenmerk": van("loonkostensubsidie.Bezwaar", "kenmerk"), "actie": "intrekken"},
        "lks_bezwaar_brief": lambda: {"kenmerk": van("loonkostensubsidie.Bezwaar", "kenmerk")},
        "lks_bezwaar_besluit": lambda: {"kenmerk": van("loonkostensubsidie.Bezwaar", "kenmerk"), "soort": "herstel"},
        "lks_steekproef_stuk": lambda: {"pk": van("loonkostensubsidie.Steekproefgeval")},
        "terugvordering_bezwaar": lambda: {
            "kenmerk": een(
                "loonkostensubsidie.Terugvordering", "kenmerk", regels__boekregel__subsidie__deelnemer=deelnemer
            )
        },
        "lks_herziening": lambda: {"kenmerk": een("loonkostensubsidie.Herzieningsronde", "kenmerk")},
        "lks_steekproef_link": lambda: {"pk": van("loonkostensubsidie.Steekproefgeval")},
        "lks_steekproef_geval": lambda: {"pk": van("loonkostensubsidie.Steekproefgeval")},
        "lks_wijziging": lambda: {"kenmerk": van("loonkostensubsidie.Wijzigingsmelding", "kenmerk")},
        "lks_wijziging_nieuw": lambda: {"kenmerk": van("loonkostensubsidie.Subsidie", "kenmerk")},
        "lks_wijziging_link": lambda: {"kenmerk": van("loonkostensubsidie.Subsidie", "kenmerk")},
        "subsidie": lambda: {"kenmerk": van("loonkostensubsidie.Subsidie", "kenmerk")},
        "subsidie_maand": boekmaand,
        "subsidie_narekenen": lambda: {"kenmerk": van("loonkostensubsidie.Subsidie", "kenmerk")},
        "subsidie_besluit": lambda: {"kenmerk": van("loonkostensubsidie.Subsidie", "kenmerk"), "soort": "wijziging"},
        "werkgeverslink": lambda: {"sleutel": "onbekend"},
        "werkverdeling": lambda: kenmerk(richting="inkomend"),
        "schoolverlater": lambda: {"kenmerk": van("aanmeldingen.Schoolverlater", "kenmerk")},
        "schoolverlater_stap": lambda: {
            "kenmerk": van("aanmeldingen.Schoolverlater", "kenmerk"),
            "actie": "ophalen",
        },
        "signaal": lambda: {"kenmerk": van("aanmeldingen.Handhavingssignaal", "kenmerk", status="verstuurd")},
        "aanpak_nieuw": lambda: {"kenmerk": van("aanmeldingen.Handhavingssignaal", "kenmerk", status="verstuurd")},
        "aanpak": lambda: {"kenmerk": van("aanmeldingen.Samenaanpak", "kenmerk", einddatum=None)},
        "aanpak_afspraak_zet": lambda: {
            "kenmerk": van("aanmeldingen.Samenaanpak", "kenmerk", einddatum=None),
            "pk": van("aanmeldingen.Aanpakafspraak"),
            "actie": "akkoord",
        },
        "contract": lambda: {"kenmerk": van("loonkostensubsidie.Contract", "kenmerk")},
        "contract_stap": lambda: {
            "kenmerk": van("loonkostensubsidie.Contract", "kenmerk"),
            "actie": "laten_vervallen",
        },
        "contractlevering": lambda: {"kenmerk": een("loonkostensubsidie.Contractlevering", "kenmerk")},
        "factuur": lambda: {"kenmerk": van("loonkostensubsidie.Factuurregel", "factuur__kenmerk")},
        "salaris": lambda: {"kenmerk": van("werkgevers.Salarismutatie", "levering__kenmerk")},
        "salarislevering": lambda: {"kenmerk": van("werkgevers.Salarismutatie", "levering__kenmerk")},
        "salarisregel": lambda: {
            "kenmerk": van("werkgevers.Salarismutatie", "levering__kenmerk"),
            "pk": van("werkgevers.Salarismutatie"),
        },
        "betaalrun": lambda: {"kenmerk": een("loonkostensubsidie.Betaalrun", "kenmerk")},
        "betaalopdracht": lambda: {
            "kenmerk": een("loonkostensubsidie.Betaalopdracht", "run__kenmerk"),
            "pk": een("loonkostensubsidie.Betaalopdracht"),
        },
        "terugmelding": lambda: {"kenmerk": een("loonkostensubsidie.Betaalrun", "kenmerk", status="aangeboden")},
        "terugvordering": lambda: {  # of one that was taken back the letter is kept as it was sent
            "kenmerk": een(
                "loonkostensubsidie.Terugvordering",
                "kenmerk",
                status="open",
                regels__boekregel__subsidie__deelnemer=deelnemer,
            )
        },
        "eindafrekening": lambda: {
            "kenmerk": van("loonkostensubsidie.Subsidie", "kenmerk", status="ingetrokken"),
        },
        "betaallinks": lambda: {"pk": een("werkgevers.Werkgever")},
        "betaallink_intrekken": lambda: {"pk": een("werkgevers.Werkgever"), "link_id": 1},
        "betaallink_openen": lambda: {"sleutel": "onbekend"},
        "subsidierealisatie": lambda: {"jaar": klok.vandaag().year},
        "terugvordering_nieuw": lambda: {"pk": een("werkgevers.Werkgever")},
        "definitie_besluit": lambda: {"versie_id": een("rapportage.Indicatorversie")},
        "cijfer": lambda: {"code": "1.1"},
        "plaatsplan_wijzigen": lambda: {"pk": een("loonkostensubsidie.Plaatsplan") or 1},
        "subsidie_wetsproef_bestand": lambda: {"vorm": "csv"},
        "definitie": lambda: {"code": "1.1"},
    }


def pad(adres: Adres, lijst: dict[str, Callable[[], dict[str, Any]]], dossiernummer: str) -> str:
    """The address of a page about the needle; fails when this file does not know it."""
    if not adres.parameters:
        return reverse(adres.naam)
    if adres.parameters == ["dossiernummer"]:
        return reverse(adres.naam, kwargs={"dossiernummer": dossiernummer})
    delen = adres.naam.split("_")
    for sleutel in ("_".join(delen[:n]) for n in range(len(delen), 0, -1)):
        voorbeeld = lijst[sleutel]() if sleutel in lijst else {}
        if set(voorbeeld) == set(adres.parameters):
            return reverse(adres.naam, kwargs=voorbeeld)
    raise AssertionError(f"Geef in {__name__} aan welke rij van de naald bij {adres.naam} {adres.parameters} hoort.")


#: Lists asked in the ways that could give somebody away: by half of the name, by filters, sorted, page after page.
_HALF, _HALVE_ROEPNAAM = NAAM[:-2], ROEPNAAM[:-2]
VRAGEN: dict[str, tuple[str, ...]] = {
    "zoeken": tuple(f"q={quote(v)}" for v in (_HALF, _HALVE_ROEPNAAM, "9081726", "naalden", "Top 60", "07-03-1992")),
    "zoekpalet": tuple(f"q={quote(v)}" for v in (_HALF, _HALVE_ROEPNAAM, "9081726", "Top 60")),
    "caseload": ("van=team", "doelgroep=top_600", "van=team&doelgroep=top_600", "let_op=contact", "sorteer=naam"),
    "werkgevers": (f"zoek={_HALF}",),
    "subsidie_wetsproef": ("nu=2026-11-22&straks=2027-01-01&maximum=60",),
    "subsidie_wetsproef_bestand": ("nu=2026-11-22&straks=2027-01-01&maximum=60",),
    "vacatures": (f"zoek={_HALF}", "status=open"),
    "groepen": (f"zoek={_HALF}", "status=alle"),
    "aanmeldingen": (f"zoek={_HALF}", "status=aangenomen", "stand=klaar"),
    "verwijzingen": (f"zoek={_HALF}", "stand=klaar"),
    "plaatsingen": (f"zoek={_HALF}", "status=beeindigd"),
    "subsidies": (f"zoek={_HALF}", "stand=beeindigd"),
    "lks_aanvragen": (f"zoek={_HALF}", "stand=klaar"),
    "bemiddelingen": ("van_mij=1", "status=alle"),
    "cijfer": ("telt=mee", "telt=niet", "pagina=2", "bekend_op=2026-01-01"),
    "leestoezicht": ("stand=klaar",),
    "privacyverzoeken": ("stand=klaar",),
    "inkomen_meldingen": ("klaar=1", "van=alle"),
    "inkomensvragen": ("van=alle",),
    "terugbelverzoeken": ("klaar=1",),
    "handhaving": ("wat=alles", "wat=alles&richting=van"),
    "schoolverlaters": ("wat=alles", "soort=pro"),
    "kaartenbak": ("van=team", "van=team&weken=52", "van=REGIEVOERDER"),
    "mensen_zoeken": ("van=team", "van=werk", "van=team&vermogen=11", "van=werk&taal=nld"),
    "caseload_lopen": ("van=team", "persoon=DOSSIERNUMMER"),
    "caseload_overdragen": ("alles=1", "van=REGIEVOERDER&teams=alle"),
    "urenbewaking": ("nu=on",),
    "terugblik": (f"op={klok.vandaag():%d-%m-%Y}",),
}
