"""How this room joins in on the sockets of kern."""

from __future__ import annotations

from typing import Any

from aanmeldingen import feiten as feiten_
from aanmeldingen import gebeurtenissen, luisteraars, tasks  # noqa: F401
from aanmeldingen.aansluiting import KAMER, alle_werkregels, bronlabel, overdrachtregel, regels_van_persoon, werkregel
from aanmeldingen.api.voorbeeld import VOORBEELD
from aanmeldingen.models import (
    Aanmelding,
    AanmeldingBijzonder,
    AanmeldingBsn,
    AanmeldingDocument,
    Aanvullingsvraag,
    Linkopening,
    Overdrachtsmoment,
    Rappel,
    Verzending,
)
from aanmeldingen.querysets import verwijzingen_van
from aanmeldingen.services import correcties, routes
from aanmeldingen.toestanden import BIJ_PARTNER, OPEN, VERWIJZING
from kern import webhooks
from kern.aansluitingen import (
    acties,
    bestanden,
    bewaartermijnen,
    dossier,
    feiten,
    inzage,
    menu,
    overdracht,
    portaal,
    samenvoegen,
    tijdlijn,
    werkvoorraad,
)
from kern.inzagerij import rijen as rijen_

_MET_PERSOON = (
    Aanmelding,
    AanmeldingBsn,
    AanmeldingBijzonder,
    Aanvullingsvraag,
    AanmeldingDocument,
    Overdrachtsmoment,
    Verzending,
    Linkopening,
    Rappel,
)


def _na_samenvoegen(betrokkene_id: int) -> None:
    """The work rows about this person, with the name and the dossier of now."""
    momenten = Overdrachtsmoment.objects.filter(deelnemer=betrokkene_id, gehouden_op__isnull=True)
    momenten = momenten.filter(deelnemer__overleden_op__isnull=True)
    regels = [overdrachtregel(moment) for moment in momenten.select_related("aanmelding", "naar").order_by("pk")]
    open_ = Aanmelding.objects.filter(deelnemer=betrokkene_id, status__in=OPEN).select_related("route", "behandelaar")
    regels += [werkregel(aanmelding) for aanmelding in open_.order_by("pk")]
    werkvoorraad.breng_bij(KAMER, betrokkene_id, regels)


def _inzage(betrokkene_id: int) -> dict[str, list[dict[str, Any]]]:
    """What this room knows about the person, in the words of the screens."""
    rijen = Aanmelding.objects.filter(deelnemer=betrokkene_id).select_related("route", "ketenpartner").order_by("pk")
    documenten = AanmeldingDocument.objects.filter(deelnemer=betrokkene_id).order_by("pk")
    vragen = Aanvullingsvraag.objects.filter(deelnemer=betrokkene_id).order_by("pk")
    return {
        "Aanmeldingen": [
            {
                "ontvangen": a.ontvangen_op,
                "van": bronlabel(a),
                "naar": a.ketenpartner.naam if a.ketenpartner else "",
                "verwijzer": a.verwijzer_naam,
                "status": a.get_status_display(),
                "toelichting": a.toelichting,
                "adviesrapport": a.adviesrapport,
            }
            for a in rijen
        ],
        "Vragen aan de verwijzer": [
            {"wanneer": v.gesteld_op, "vraag": v.vraag, "antwoord": v.antwoord} for v in vragen
        ],
        "Documenten bij aanmeldingen": [
            {"ontvangen": d.aangemaakt_op, "soort": d.get_soort_display(), "naam": d.naam} for d in documenten
        ],
        "Bijzondere gegevens bij aanmeldingen": rijen_(AanmeldingBijzonder, betrokkene_id, "aanmelding"),
        "Overdracht na een aanmelding": rijen_(Overdrachtsmoment, betrokkene_id, "aanmelding"),
        "Naar een andere organisatie gestuurd": rijen_(
            Verzending, betrokkene_id, "aanmelding", "contactpersoon", "bevestigd_door", "link_hash", "link_tot"
        ),
        "Wie een verwijzing met een link opende": rijen_(Linkopening, betrokkene_id, "aanmelding", "naam"),
        "Herinneringen bij aanmeldingen": rijen_(Rappel, betrokkene_id, "aanmelding", "over", "naar"),
    }


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    webhooks.publiceer(**gebeurtenissen.TYPES)
    luisteraars.luister()
    tijdlijn.sluit_aan(KAMER, regels_van_persoon)
    werkvoorraad.sluit_aan(KAMER, alle_werkregels)
    samenvoegen.sluit_aan(KAMER, *map(samenvoegen.Tabel, _MET_PERSOON), daarna=_na_samenvoegen)
    samenvoegen.sluit_meldingen_aan(correcties.gemeld)
    inzage.sluit_aan(KAMER, _inzage)
    overdracht.sluit_aan(KAMER, luisteraars.neem_overdracht_mee)
    bewaartermijnen.sluit_aan(
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_aanmelding", "8.1", 10, "einde laatste traject"),
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_aanmeldingbsn", "8.1", 10, "einde laatste traject"),
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_aanvullingsvraag", "8.1", 10, "einde laatste traject"),
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_aanleverregel", "8.1", 10, "einde laatste traject"),
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_aanmeldingdocument", "8.1", 10, "einde laatste traject"),
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_verzending", "8.1", 10, "einde laatste traject"),
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_linkopening", "8.1", 10, "einde laatste traject"),
        bewaartermijnen.Bewaartermijn(KAMER, "aanmeldingen_rappel", "8.1", 10, "einde laatste traject"),
    )
    menu.punt("Aanmeldingen", "aanmeldingen", "inbak", "aanmelding.zien", volgorde=25, kern=True)
    menu.punt("Aanleveringen", "aanleveringen", "inbak", "clients.beheren", blok="Beheer", volgorde=60)
    for bron in feiten_.BRONNEN:
        feiten.sluit_aan(bron)
    routes.sluit_aan()
    bestanden.sluit_aan(KAMER, lambda: AanmeldingDocument.objects.order_by("pk").values_list("bestand", flat=True))
    menu.punt("Eerste keer goed", "eerste_keer_goed", "vinkrond", "aanmelding.zien", blok="Sturing", volgorde=15)
    menu.punt("Routes", "routes", "koppel", "route.beheren", blok="Beheer", volgorde=35)
    menu.punt("API-clients", "clients", "koppel", "clients.beheren", blok="Beheer", volgorde=45)
    menu.punt("Verwijzingen", "verwijzingen", "koppel", "aanmelding.zien", volgorde=27)
    acties.sluit_aan("dossier", _verwijsknoppen)
    portaal.voorbeeld(VOORBEELD, "aanmeldingIndienen", "aanmeldingProberen")
    portaal.blad("Begin", "ontwikkelaars", volgorde=10)
    portaal.blad("Proberen", "proberen", volgorde=20, instelling="API_TESTCLIENTS")
    portaal.blad("Routes", "routecontract", volgorde=40)
    portaal.blad("Testgevallen", "testgevallen", volgorde=50)
    portaal.blad("Testclient", "testclient", volgorde=60, instelling="API_TESTCLIENTS")
    portaal.blad("Sleutels", "sleutels_wisselen", volgorde=70)
    dossier.samenvatting(40, _samenvatting)


def _samenvatting(request: Any, deelnemer: Any) -> list[dossier.Samenvattingsregel]:
    """Referrals by us that a partner has not answered yet."""
    if "aanmelding.zien" not in request.rechten:
        return []
    return [
        dossier.Samenvattingsregel(
            "Waar we op wachten", f"Verwijzing naar {a.ketenpartner.naam}", VERWIJZING.toestand(a.status).label
        )
        for a in verwijzingen_van(deelnemer.pk)
        if a.status in BIJ_PARTNER and a.ketenpartner
    ]


def _verwijsknoppen(request: Any, deelnemer: Any) -> list[acties.Knop]:
    # The views need the URLs, which are not there yet when the apps start.
    from aanmeldingen.views.verwijs import knoppen

    return knoppen(request, deelnemer)
