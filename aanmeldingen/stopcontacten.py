"""How this room joins in on the sockets of kern."""

from __future__ import annotations

from typing import Any

from aanmeldingen import dossier as op_dossier
from aanmeldingen import feiten as feiten_
from aanmeldingen import (
    gebeurtenissen,
    handhavingsvragen,
    luisteraars,
    schoolvragen,
    tasks,  # noqa: F401  registers the jobs
    teamregels,
    verwijzingen,
    wisregels,
)
from aanmeldingen.aanleveren import originelen
from aanmeldingen.aansluiting import KAMER, alle_werkregels, overdrachtregel, regels_van_persoon, werkregel
from aanmeldingen.api.voorbeeld import VOORBEELD
from aanmeldingen.bescherming import bronlabel
from aanmeldingen.models import (
    Aanleverregel,
    Aanmelding,
    AanmeldingBijzonder,
    AanmeldingBsn,
    AanmeldingDocument,
    AanmeldingVeiligheid,
    Aanpakafspraak,
    Aanvullingsvraag,
    Correctiemelding,
    Handhavingssignaal,
    Linkopening,
    Overdrachtsmoment,
    Rappel,
    Samenaanpak,
    Schoolverlater,
    Teamoverdracht,
    Verzending,
)
from aanmeldingen.querysets import verwijzingen_van
from aanmeldingen.services import correcties, documenten, routes
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
    sleutels,
    tijdlijn,
    werkvoorraad,
    wissen,
)
from kern.inzagerij import rijen as rijen_

_MET_PERSOON = (
    Aanmelding,
    AanmeldingBsn,
    AanmeldingBijzonder,
    AanmeldingVeiligheid,
    Aanvullingsvraag,
    AanmeldingDocument,
    Overdrachtsmoment,
    Verzending,
    Linkopening,
    Rappel,
    Schoolverlater,
    Teamoverdracht,
)


#: A plan moves first; what hangs under it goes along, and a signal without a plan too.
_HANDHAVING = (
    samenvoegen.Tabel(Samenaanpak),
    samenvoegen.Tabel(Aanpakafspraak, onder=("aanpak",)),
    samenvoegen.Tabel(Handhavingssignaal, onder=("aanpak",)),
)


def _na_samenvoegen(betrokkene_id: int) -> None:
    """The work rows about this person, with the name and the dossier of now."""
    momenten = Overdrachtsmoment.objects.filter(deelnemer=betrokkene_id, gehouden_op__isnull=True)
    momenten = momenten.filter(deelnemer__overleden_op__isnull=True)
    regels = [overdrachtregel(moment) for moment in momenten.select_related("aanmelding", "naar").order_by("pk")]
    open_ = Aanmelding.objects.filter(deelnemer=betrokkene_id, status__in=OPEN).select_related("route", "behandelaar")
    regels += [werkregel(aanmelding) for aanmelding in open_.order_by("pk")]
    leerlingen = Schoolverlater.objects.filter(deelnemer=betrokkene_id, status="op_school").order_by("pk")
    leerlingen = leerlingen.select_related("aanmelding", "deelnemer", "klantmanager")
    regels += [rij for leerling in leerlingen if (rij := schoolvragen.ophaalregel(leerling)) is not None]
    regels += handhavingsvragen.signaalregels(betrokkene_id)
    regels += [r for a in verwijzingen.met_deelnemer(betrokkene_id) for r in verwijzingen.werkregels(a)]
    regels += teamregels.werkregels(deelnemer=betrokkene_id)
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
                "van": bronlabel(a, voluit=True),
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
        "Veiligheidsmelding bij een aanmelding": rijen_(
            AanmeldingVeiligheid, betrokkene_id, "aanmelding", "gemeld_door"
        ),
        "Overdracht na een aanmelding": rijen_(Overdrachtsmoment, betrokkene_id, "aanmelding"),
        "Naar een andere organisatie gestuurd": rijen_(
            Verzending, betrokkene_id, "aanmelding", "contactpersoon", "bevestigd_door", "link_hash", "link_tot"
        ),
        "Wie een verwijzing met een link opende": rijen_(Linkopening, betrokkene_id, "aanmelding", "naam"),
        "Overdracht aan een team": rijen_(Teamoverdracht, betrokkene_id, "aanmelding", "naar"),
        "Herinneringen bij aanmeldingen": rijen_(Rappel, betrokkene_id, "aanmelding", "over", "naar"),
        "Aanpak met Handhaving": rijen_(Samenaanpak, betrokkene_id, "begonnen_door"),
        "Afspraken met Handhaving": rijen_(Aanpakafspraak, betrokkene_id, "aanpak"),
        "Signalen van en naar Handhaving": rijen_(Handhavingssignaal, betrokkene_id, "aanpak"),
        "Aangemeld door school": rijen_(Schoolverlater, betrokkene_id, "aanmelding"),
    }


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    webhooks.publiceer(**gebeurtenissen.TYPES)
    luisteraars.luister()
    tijdlijn.sluit_aan(KAMER, regels_van_persoon)
    werkvoorraad.sluit_aan(KAMER, alle_werkregels)
    sleutels.sluit_aan(
        sleutels.Versleuteld(AanmeldingBsn, "waarde", lambda rij: f"aanmelding:{rij.aanmelding_id}"),
        sleutels.Gezocht(Aanmelding, "bsn_zoeksleutel"),
    )
    sleutels.sluit_bestanden_aan("originelen van afzenders", originelen.verzegelde)
    samenvoegen.sluit_aan(KAMER, *map(samenvoegen.Tabel, _MET_PERSOON), *_HANDHAVING, daarna=_na_samenvoegen)
    samenvoegen.sluit_meldingen_aan(correcties.gemeld)
    inzage.sluit_aan(KAMER, _inzage)
    overdracht.sluit_aan(KAMER, luisteraars.neem_overdracht_mee)
    bewaartermijnen.sluit_aan(
        bewaartermijnen.Bewaartermijn(
            KAMER,
            "aanmeldingen_aanmelding",
            "8.1",
            10,
            "beslist_op",
            loopt=True,
            waar="t.status NOT IN ('teruggestuurd', 'ingetrokken')",
            wat="Aanmeldingen",
        ),
        bewaartermijnen.Bewaartermijn(
            KAMER,
            "aanmeldingen_aanmelding",
            "8.2",
            5,
            "status_sinds",
            waar="t.status = 'teruggestuurd'",
            apart=True,
            wat="Teruggestuurde aanmeldingen",
        ),
        bewaartermijnen.Bewaartermijn(
            KAMER,
            "aanmeldingen_aanmelding",
            "8.4.1",
            0,
            "status_sinds",
            dagen=42,
            waar="t.status = 'ingetrokken'",
            apart=True,
            wat="Ingetrokken aanmeldingen",
        ),
        *bewaartermijnen.met_dossier(
            KAMER, *(m for m in _MET_PERSOON if m is not Aanmelding), Aanleverregel, Correctiemelding
        ),
    )
    wissen.sluit_aan(KAMER, bestanden=((AanmeldingDocument, "bestand"),), verzamel=wisregels.verzamel)
    menu.punt("Aanmeldingen", "aanmeldingen", "inbak", "aanmelding.zien", volgorde=25, kern=True)
    menu.punt("Aanleveringen", "aanleveringen", "download", "clients.beheren", blok="Beheer", volgorde=60)
    for bron in feiten_.BRONNEN:
        feiten.sluit_aan(bron)
    routes.sluit_aan()
    bestanden.sluit_aan(KAMER, documenten.plaatsen)
    menu.punt("Eerste keer goed", "eerste_keer_goed", "duim", "aanmelding.zien", blok="Sturing", volgorde=15)
    menu.punt("Routes", "routes", "rechts", "route.beheren", blok="Beheer", volgorde=35)
    menu.punt("API-clients", "clients", "scherm", "clients.beheren", blok="Beheer", volgorde=45)
    menu.punt("Verwijzingen", "verwijzingen", "koppel", "aanmelding.zien", blok="Samen", volgorde=10)
    acties.sluit_aan("dossier", _verwijsknoppen)
    portaal.voorbeeld(VOORBEELD, "aanmeldingIndienen", "aanmeldingProberen")
    portaal.blad("Begin", "ontwikkelaars", volgorde=10)
    portaal.blad("Proberen", "proberen", volgorde=20, instelling="API_TESTCLIENTS")
    portaal.blad("Routes", "routecontract", volgorde=40)
    portaal.blad("Testgevallen", "testgevallen", volgorde=50)
    portaal.blad("Testclient", "testclient", volgorde=60, instelling="API_TESTCLIENTS")
    portaal.blad("Sleutels", "sleutels_wisselen", volgorde=70)
    op_dossier.sluit_aan()
    menu.punt("Schoolverlaters", "schoolverlaters", "school", "schoolverlater.zien", blok="Samen", volgorde=20)
    menu.punt("Handhaving", "handhaving", "brief", "handhaving.zien", blok="Samen", volgorde=30)
    bewaartermijnen.sluit_aan(
        *bewaartermijnen.met_dossier(KAMER, Schoolverlater, Samenaanpak, Aanpakafspraak, Handhavingssignaal)
    )
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
