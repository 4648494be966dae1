"""How this room joins in on the sockets of kern."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from deelnemers.models import Deelnemer
from deelnemers.services.geheimadres import ADRES_AFGESCHERMD
from deelnemers.services.overlijden import OVERLEDEN
from kern import onderdelen as o
from kern.aansluitingen import (
    acties,
    bewaartermijnen,
    dossier,
    gebeurtenis,
    inzage,
    menu,
    overdracht,
    panelen,
    samenvoegen,
    tijdlijn,
    werkvoorraad,
    wissen,
    zoeken,
)
from kern.handeling import Actor
from kern.inzagerij import rijen
from kern.weergave import datum
from organisatie.querysets import rollen_van
from organisatie.rechten import rechten_van
from werkgevers import regels, urenvragen
from werkgevers.dienstverbandvragen import dienstverband_nu
from werkgevers.dossiervragen import bemiddelingen_nu, plaatsingen_nu
from werkgevers.keuzes import BEGELEIDE_SOORTEN, Dienstverbandsoort
from werkgevers.models import (
    Bemiddeling,
    Dienstverband,
    Dienstverbandperiode,
    Jobhunt,
    Jobhuntbenadering,
    Kandidaatprofiel,
    Loonwaardemeting,
    Nazorgmoment,
    Plaatsing,
    Proefplaats,
    Salarismutatie,
    Urenbeoordeling,
    Urenbewaking,
    Werkgeversafspraak,
    Werkvormperiode,
    Ziekteperiode,
)
from werkgevers.services import overlijden, profielen
from werkgevers.toestanden import BEMIDDELING, OPEN_BEMIDDELING

KAMER = regels.KAMER
#: In the order in which they move when two dossiers are one person: what hangs under another row comes after it.
_TABELLEN = (
    samenvoegen.Tabel(Bemiddeling),
    samenvoegen.Tabel(Plaatsing, onder=("bemiddeling",)),
    samenvoegen.Tabel(Proefplaats, onder=("plaatsing",)),
    samenvoegen.Tabel(Nazorgmoment, onder=("plaatsing",)),
    samenvoegen.Tabel(Dienstverband, onder=("plaatsing",)),
    samenvoegen.Tabel(Dienstverbandperiode, onder=("dienstverband",)),
    samenvoegen.Tabel(Werkvormperiode, onder=("dienstverband",)),
    samenvoegen.Tabel(Ziekteperiode, onder=("dienstverband",)),
    samenvoegen.Tabel(Salarismutatie, onder=("dienstverband",)),
    samenvoegen.Tabel(Loonwaardemeting, onder=("dienstverband", "vervangt")),
    samenvoegen.Tabel(Jobhunt),
    samenvoegen.Tabel(Jobhuntbenadering, onder=("jobhunt",)),
    samenvoegen.Tabel(Werkgeversafspraak),
    samenvoegen.Tabel(Urenbewaking),
    samenvoegen.Tabel(Urenbeoordeling, onder=("bewaking",)),
)


def _bezwaren(van_id: int, naar_id: int) -> list[str]:
    """Two employments with guidance at the same time are two contracts: people look at that first."""
    lopend = Dienstverband.objects.filter(einddatum__isnull=True, deelnemer__in=[van_id, naar_id])
    mensen = set(lopend.filter(soort__in=BEGELEIDE_SOORTEN).order_by("pk").values_list("deelnemer_id", flat=True))
    if len(mensen) > 1:
        return ["Beide dossiers hebben een dienstverband dat loopt. Beëindig eerst het dienstverband dat niet klopt."]
    return []


def _na_samenvoegen(betrokkene_id: int) -> None:
    werkvoorraad.breng_bij(KAMER, betrokkene_id, regels.werk_van_persoon(betrokkene_id))
    if Deelnemer.objects.filter(pk=betrokkene_id, samengevoegd_met__isnull=False).exists():
        Kandidaatprofiel.objects.filter(deelnemer=betrokkene_id).delete()
    else:
        profielen.werk_profielen_bij([betrokkene_id], actor=Actor.taak("werkgevers.profielen"))


def _inzage(betrokkene_id: int) -> dict[str, list[dict[str, Any]]]:
    """What this room knows, in the words of the screens."""
    van = {"deelnemer": betrokkene_id}
    return {
        "Voorgedragen bij werkgevers": [
            {
                "wanneer": b.voorgedragen_op,
                "functie": b.vacature.titel,
                "werkgever": b.vacature.werkgever.naam,
                "stand": b.get_status_display(),
            }
            for b in Bemiddeling.objects.filter(**van).select_related("vacature__werkgever").order_by("pk")
        ],
        "Plaatsingen": [
            {
                "vanaf": p.begindatum,
                "tot": p.einddatum,
                "werkgever": p.werkgever.naam,
                "uren": p.uren_per_week,
            }
            for p in Plaatsing.objects.filter(**van).select_related("werkgever").order_by("pk")
        ],
        "Proefplaatsen": [
            {"vanaf": p.begindatum, "tot": p.einddatum, "waarom langer": p.verleng_reden}
            for p in Proefplaats.objects.filter(**van).order_by("pk")
        ],
        "Dienstverbanden": [
            {
                "soort": d.get_soort_display(),
                "vanaf": d.begindatum,
                "tot": d.einddatum,
                "werkgever": d.feitelijke_werkgever.naam,
            }
            for d in Dienstverband.objects.filter(**van).select_related("feitelijke_werkgever").order_by("pk")
        ],
        "Ziekteperioden": [
            {"vanaf": z.begindatum, "tot": z.einddatum, "UWV betaalt de Ziektewet": z.get_no_risk_display()}
            for z in Ziekteperiode.objects.filter(**van).order_by("pk")
        ],
        "Loonwaarde": [
            {
                "gemeten op": m.gemeten_op,
                "geldt vanaf": m.geldig_vanaf,
                "percentage": m.percentage,
                "door": m.deskundige,
                "taken": ", ".join(str(taak.get("naam") or taak.get("taak", "")) for taak in m.taken),
                "oordeel van de werkgever": m.get_oordeel_werkgever_display(),
                "toelichting van de werkgever": m.zienswijze,
                "gecorrigeerd op": m.vervangen_op,
                "reden van de correctie": m.correctiereden,
            }
            for m in Loonwaardemeting.objects.filter(**van).order_by("pk")
        ],
        "Nazorg": [
            {
                "wanneer": n.gedaan_op,
                "met": n.get_kant_display(),
                "uitkomst": n.get_uitkomst_display(),
                "notitie": n.notitie,
            }
            for n in Nazorgmoment.objects.filter(gedaan_op__isnull=False, **van).order_by("pk")
        ],
        "Gegevens voor het zoeken van werk": [
            {"uren": f"{k.uren_min}–{k.uren_max}", "bron": k.herkomst}
            for k in Kandidaatprofiel.objects.filter(**van).order_by("pk")
        ],
        "Werk dat voor jou wordt gezocht": rijen(Jobhunt, betrokkene_id),
        "Werkgevers gevraagd of zij werk hebben": rijen(Jobhuntbenadering, betrokkene_id, "jobhunt"),
        "Afspraken met je werkgever": rijen(Werkgeversafspraak, betrokkene_id),
        "Uren en functie per periode": rijen(Dienstverbandperiode, betrokkene_id, "dienstverband"),
        "Vormen van werk": rijen(Werkvormperiode, betrokkene_id, "dienstverband"),
        "Doorgegeven aan de salarisadministratie": rijen(
            Salarismutatie, betrokkene_id, "dienstverband", "sleutel", "vingerafdruk", "ziek_tot", "beantwoord_op"
        ),
        "Uren naast de uitkering": rijen(Urenbewaking, betrokkene_id),
        "Uren bekeken": rijen(Urenbeoordeling, betrokkene_id, "bewaking"),
    }


def _met_recht(recht: str) -> Any:
    """Entries without persons: the right is enough."""

    def zichtbaar(medewerker: Any) -> Q:
        return Q() if recht in rechten_van(rollen_van(medewerker)) else Q(pk__in=[])

    return zichtbaar


def _paneel(request: Any, deelnemer: Deelnemer) -> dict[str, Any] | None:
    """Mediations, placements and employments on the dossier."""
    gevraagd: Any = deelnemer  # these lists are asked along with the person
    lijst = [
        {
            "url": reverse("bemiddeling", args=[b["pk"]]),
            "tekst": f"{b['vacature']} bij {b['werkgever']}",
            "merk": o.Merk(BEMIDDELING.toestand(b["status"]).label, "info" if b["status"] in OPEN_BEMIDDELING else ""),
        }
        for b in gevraagd.bemiddelingen_nu
    ]
    lijst += [
        {
            "url": reverse("plaatsing", args=[p["pk"]]),
            "tekst": f"{p['functie']} bij {p['werkgever']}",
            "merk": o.Merk("Gestopt") if p["einddatum"] else o.Merk("Werkt hier", "goed"),
        }
        for p in gevraagd.plaatsingen_nu
    ]
    werk = gevraagd.dienstverband_nu
    if werk is not None:
        tekst = f"{Dienstverbandsoort(werk['soort']).label} bij {werk['werkgever']}"
        lijst.append(
            {"url": reverse("dienstverband", args=[werk["pk"]]), "tekst": tekst, "merk": o.Merk("Loopt", "goed")}
        )
    zoekt = "matching.gebruiken" in request.rechten and deelnemer.in_traject
    if not lijst and not zoekt:
        return None
    return {
        "regels": lijst,
        "zoeken": reverse("kandidaat_vacatures", args=[deelnemer.dossiernummer]) if zoekt else "",
    }


def _samenvatting(request: Any, deelnemer: Deelnemer) -> list[dossier.Samenvattingsregel]:
    """Where somebody is put forward or works now."""
    if "plaatsing.zien" not in request.rechten:
        return []
    open_ = Bemiddeling.objects.filter(deelnemer=deelnemer, status__in=_LOOPT).select_related("vacature__werkgever")
    werkt = Plaatsing.objects.filter(deelnemer=deelnemer, einddatum__isnull=True).select_related("werkgever")
    return [
        dossier.Samenvattingsregel(
            "Werk", f"{b.vacature.titel} bij {b.vacature.werkgever.naam}", BEMIDDELING.toestand(b.status).label
        )
        for b in open_.order_by("-voorgedragen_op", "-id")[:5]
    ] + [
        dossier.Samenvattingsregel("Werk", f"{p.functie} bij {p.werkgever.naam}", f"Sinds {datum(p.begindatum)}")
        for p in werkt.order_by("-begindatum", "-id")[:5]
    ]


_LOOPT = ("voorgedragen", "voorgesteld", "gesprek", "proefplaats")


def _profielknoppen(request: Any, deelnemer: Deelnemer) -> list[acties.Knop]:
    from werkgevers.views.profiel import knoppen

    return knoppen(request, deelnemer)


def _werkknoppen(request: Any, deelnemer: Deelnemer) -> list[acties.Knop]:
    from werkgevers.views.nieuw_werk import knoppen

    return knoppen(request, deelnemer)


def _urenpaneel(request: Any, deelnemer: Deelnemer) -> dict[str, Any] | None:
    # The views need the URLs, which are not there yet when the apps start.
    from werkgevers.views.uren import paneel

    return paneel(request, deelnemer)


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    tijdlijn.sluit_aan(KAMER, regels.alle_regels)
    werkvoorraad.sluit_aan(KAMER, regels.alle_werk)
    zoeken.sluit_aan(KAMER, "werkgever", regels.alle_werkgevers, _met_recht("werkgever.zien"))
    zoeken.sluit_aan(KAMER, "vacature", regels.alle_vacatures, _met_recht("vacature.zien"))
    zoeken.handeling(
        "Nieuwe vacature", "vacature_nieuw", "vacature.wijzigen", icoon="document", woorden="plek detachering"
    )
    zoeken.handeling("Nieuwe werkgever", "werkgever_nieuw", "werkgever.wijzigen", icoon="gebouw", woorden="bedrijf")
    samenvoegen.sluit_aan(KAMER, *_TABELLEN, bezwaren=_bezwaren, daarna=_na_samenvoegen)
    inzage.sluit_aan(KAMER, _inzage)
    overdracht.sluit_aan(KAMER, regels.draag_over)
    bewaartermijnen.sluit_aan(
        bewaartermijnen.Bewaartermijn(KAMER, "werkgevers_bemiddeling", "8.1", 10, "besloten_op"),
        bewaartermijnen.Bewaartermijn(KAMER, "werkgevers_plaatsing", "8.1", 10, "einddatum", loopt=True),
        bewaartermijnen.Bewaartermijn(KAMER, "werkgevers_dienstverband", "8.1", 10, "einddatum", loopt=True),
        bewaartermijnen.Bewaartermijn(KAMER, "werkgevers_nazorgmoment", "8.1", 10, "gedaan_op"),
        bewaartermijnen.Bewaartermijn(KAMER, "werkgevers_loonwaardemeting", "8.1", 10, "gemeten_op"),
        bewaartermijnen.Bewaartermijn(
            KAMER, "werkgevers_ziekteperiode", "8.1", 2, "einddatum", apart=True, loopt=True, wat="Ziekteperioden"
        ),
        bewaartermijnen.Bewaartermijn(KAMER, "werkgevers_jobhunt", "8.1", 10, "einddatum"),
        *bewaartermijnen.met_dossier(
            KAMER,
            *(
                Kandidaatprofiel,
                Dienstverbandperiode,
                Werkvormperiode,
                Jobhuntbenadering,
                Werkgeversafspraak,
                Proefplaats,
            ),
        ),
    )
    wissen.sluit_aan(KAMER, wissen.Tabel(Kandidaatprofiel))
    gebeurtenis.luister_direct(OVERLEDEN, overlijden.bij_overlijden)
    gebeurtenis.luister_direct(ADRES_AFGESCHERMD, profielen.bij_gebeurtenis)
    for soort in profielen.GEBEURTENISSEN:
        gebeurtenis.luister_daarna(soort, profielen.bij_gebeurtenis)
    panelen.sluit_aan(
        "dossier",
        panelen.Paneel(
            "bemiddeling",
            60,
            "zij",
            "werkgevers/onderdelen/paneel_bemiddeling.html",
            _paneel,
            frozenset({"plaatsing.zien"}),
        ),
    )
    acties.sluit_aan("profiel", _profielknoppen)
    acties.sluit_aan("dossier", _werkknoppen)
    menu.punt(
        "Mijn werkgevers",
        "mijn_werkgevers",
        "ster",
        "vacature.wijzigen",
        blok="Werkgevers",
        volgorde=10,
        kern=True,
    )
    menu.punt("Werkgevers", "werkgevers", "gebouw", "werkgever.zien", blok="Werkgevers", volgorde=20)
    menu.punt("Vacatures", "vacatures", "document", "vacature.zien", blok="Werkgevers", volgorde=30)
    menu.punt("Bemiddeling", "bemiddelingen", "koppel", "matching.gebruiken", blok="Werkgevers", volgorde=40)
    menu.punt("Plaatsingen", "plaatsingen", "hand", "plaatsing.zien", blok="Werkgevers", volgorde=50)
    menu.punt("Dienstverbanden", "dienstverbanden", "mensen", "plaatsing.zien", blok="Werkgevers", volgorde=60)
    dossier.erbij("dienstverband_nu", dienstverband_nu)
    dossier.erbij("bemiddelingen_nu", bemiddelingen_nu)
    dossier.erbij("plaatsingen_nu", plaatsingen_nu)
    dossier.erbij("uren_nu", urenvragen.uren_nu)
    menu.punt("Werken naar vermogen", "urenbewaking", "klok", "dossier.bijzonder", blok="Samen", volgorde=40)
    panelen.sluit_aan(
        "dossier",
        panelen.Paneel(
            "uren", 62, "zij", "werkgevers/onderdelen/paneel_uren.html", _urenpaneel, frozenset({"dossier.bijzonder"})
        ),
    )
    bewaartermijnen.sluit_aan(*bewaartermijnen.met_dossier(KAMER, Urenbewaking, Urenbeoordeling))
    dossier.samenvatting(30, _samenvatting)
