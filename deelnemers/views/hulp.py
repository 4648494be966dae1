"""What every page of a dossier shares: opening it under the access rule, and the person card."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from deelnemers.keuzes import Identiteitscontrole
from deelnemers.kwetsbaar import Vertegenwoordigersoort
from deelnemers.models import Belemmering, Deelnemer, Notitieconcept, Veiligheidsmelding, Vertegenwoordiger
from deelnemers.privacyvragen import gebruik_beperkt, met_beperking
from deelnemers.querysets import veiligheid
from deelnemers.services.concept import GETYPT
from deelnemers.services.overdragen import mag_aanbieden
from deelnemers.services.vertegenwoordiging import minderjarig
from deelnemers.toegang import DOORBREKING, DOSSIER, lopende_doorbrekingen, rechten_bij
from kern import klok, recent
from kern import onderdelen as o
from kern.aansluitingen import acties, panelen
from kern.aansluitingen import dossier as socket
from kern.handeling import Actor
from kern.models import geldig_op
from kern.weergave import dagdatum, datum, geleden, kortedatum, leeftijd, tijd


def actor_van(request: HttpRequest) -> Actor:
    """The logged-in user as actor."""
    return Actor.van_gebruiker(request.user)  # type: ignore[arg-type]


def formulierblad(
    request: HttpRequest, deelnemer: Deelnemer, form: Any, titel: str, knop: str, **context: Any
) -> HttpResponse:
    """The page of a form in a dossier; with faults it answers 400."""
    context |= {"deelnemer": deelnemer, "form": form, "titel": titel, "knop": knop}
    return render(request, "deelnemers/formulier.html", context, status=400 if form.errors else 200)


def met_dossier(verwerking: str):
    """Decorator: find the person of the URL under the access rule, note the reading, and remember the way back.

    Without a relation the page asks for a reason (break-glass); without that right it does not exist.
    """

    def plaats(view):
        @wraps(view)
        def binnen(request: HttpRequest, dossiernummer: str, **kwargs: Any) -> HttpResponse:
            rijen = Deelnemer.objects.select_related("regievoerder", "team", "gebied", "samengevoegd_met")
            rijen = DOSSIER.beoordeel(met_beperking(rijen), request.medewerker)  # type: ignore[attr-defined]
            rijen = rijen.annotate(**socket.meegevraagd())
            rijen = met_concept(rijen, request.medewerker)  # type: ignore[attr-defined]
            deelnemer = get_object_or_404(rijen, dossiernummer=dossiernummer)
            if deelnemer.samengevoegd_met:
                return redirect(request.path.replace(dossiernummer, deelnemer.samengevoegd_met.dossiernummer))
            if not deelnemer.in_zicht:
                if "dossier.doorbreken" not in request.rechten:  # type: ignore[attr-defined]
                    raise Http404("Dit dossier is er niet.")
                return redirect("dossier_doorbreken", dossiernummer=dossiernummer)
            grond = DOSSIER.grond(deelnemer, request.medewerker)  # type: ignore[attr-defined]
            request.lezing.toon(verwerking, [deelnemer.pk], grond=grond)  # type: ignore[attr-defined]
            naar_persoon(request, deelnemer, grond)
            recent.onthoud(request.user, deelnemer.pk)
            return view(request, deelnemer, **kwargs)

        return binnen

    return plaats


def naar_persoon(request: Any, deelnemer: Deelnemer, grond: str) -> None:
    """From here on the page is about this person: every part of it, also of other rooms, asks the rights that this
    reader has here (R007), and a dossier opened with a reason says so on top (R223).
    """
    request.rechten = rechten_bij(request.rechten, deelnemer, request.medewerker)
    if grond == DOORBREKING:
        request.strook_boven = _met_reden(deelnemer, request.medewerker)


def _met_reden(deelnemer: Deelnemer, medewerker: Any) -> tuple[str, str]:
    """What stands on every page while a break-glass holds: why, and until when (R223)."""
    rij = lopende_doorbrekingen(medewerker).filter(deelnemer=deelnemer).latest("geldig_tot", "pk")
    tot = timezone.localtime(rij.geldig_tot)
    uitleg = f"“{rij.reden}” Het blijft open tot {dagdatum(tot)} om {tijd(tot)}. Je teammanager leest de reden."
    return "Je opende dit dossier met een reden", uitleg


def met_concept(rijen: Any, medewerker: Any) -> Any:
    """In the same query: the unfinished note of this reader (`concept`) and who acts for the person (`namens`)."""
    eigen = Notitieconcept.objects.filter(deelnemer=OuterRef("pk"), medewerker=medewerker).order_by("pk")
    velden = {naam: naam for naam in ("tekst", "gevoelig", *GETYPT)}
    namens = Vertegenwoordiger.objects.filter(geldig_op(klok.vandaag()), deelnemer=OuterRef("pk")).order_by("pk")
    return rijen.annotate(
        concept=Subquery(eigen.values(rij=JSONObject(**velden))[:1]), namens=ArraySubquery(namens.values("soort"))
    )


def kaart(request: Any, deelnemer: Deelnemer, tab: str) -> o.Persoonskaart:
    """The person card that stays on top, with the tabs of all rooms."""
    vandaag = klok.vandaag()
    delen = [f"{leeftijd(deelnemer.geboortedatum, vandaag)} jaar"]
    if deelnemer.gebied and not deelnemer.adres_geheim:
        delen.append(deelnemer.gebied.naam)
    delen.append(f"dossier {deelnemer.dossiernummer}")
    if deelnemer.bereikbaar:
        delen.append(deelnemer.bereikbaar)
    return o.Persoonskaart(
        naam=deelnemer.naam,
        sub=" · ".join(delen),
        feiten=_feiten(request, deelnemer),
        merken=_merken(deelnemer),
        knoppen=_knoppen(request, deelnemer, tab),
        tabs=[
            o.Verwijzing(t.label, reverse(t.url, args=[deelnemer.dossiernummer]), gekozen=t.url == tab)
            for t in socket.tabbladen(request.rechten)
        ],
    )


def _feiten(request: Any, deelnemer: Deelnemer) -> list[o.Feit]:
    vandaag = klok.vandaag()
    trede = (
        f"{deelnemer.trede_nu}, sinds {kortedatum(deelnemer.trede_sinds)}" if deelnemer.trede_nu else "nog niet bepaald"
    )
    mag = mag_aanbieden(deelnemer, request.medewerker, request.rechten)
    over = reverse("overdracht_nieuw", args=[deelnemer.dossiernummer]) if mag else ""
    return [
        o.Feit("Regievoerder", deelnemer.regievoerder.naam if deelnemer.regievoerder else "nog niemand", url=over),
        o.Feit("Trede", trede),
        _identiteit(request, deelnemer),
        o.Feit(
            "Laatste contact",
            geleden(deelnemer.laatste_contact_op, vandaag) if deelnemer.laatste_contact_op else "nog niet",
        ),
        *[o.Feit(f.label, f.waarde, url=f.url) for f in socket.kaartfeiten(request, deelnemer)],
    ]


def _identiteit(request: Any, deelnemer: Deelnemer) -> o.Feit:
    """How, when and by whom the identity was verified (Wabb art. 12)."""
    url = reverse("bsn_verbeteren", args=[deelnemer.dossiernummer]) if "dossier.wijzigen" in request.rechten else ""
    hoe = str(deelnemer.get_identiteit_display())
    return o.Feit("Identiteit", hoe, identiteit_wanneer_en_wie(deelnemer), url)


def identiteit_wanneer_en_wie(deelnemer: Deelnemer) -> str:
    """“3 maart 2026, door Chantal de Vries”; empty when the identity was not verified."""
    if deelnemer.identiteit == Identiteitscontrole.NIET:
        return ""
    op = deelnemer.identiteit_op
    wanneer = datum(op) if op else "datum niet vastgelegd"
    return f"{wanneer}, door {deelnemer.identiteit_door or 'niet vastgelegd'}"


def veiligheid_van(deelnemer: Deelnemer) -> list[Veiligheidsmelding]:
    """Valid safety notices, asked once per page: the card and the dossier both show them."""
    if "_veiligheid" not in deelnemer.__dict__:
        deelnemer.__dict__["_veiligheid"] = list(veiligheid(deelnemer.pk))
    return deelnemer.__dict__["_veiligheid"]


def _merken(deelnemer: Deelnemer) -> list[o.Merk]:
    merken = []
    if deelnemer.overleden_op:
        merken.append(o.Merk(f"Overleden op {kortedatum(deelnemer.overleden_op)}", "", "info"))
    if deelnemer.adres_geheim:
        merken.append(o.Merk("Adres afgeschermd", "veilig", "slot", "Noem dit adres nergens, ook niet aan familie."))
    if gebruik_beperkt(deelnemer):
        zin = "De persoon vroeg om deze gegevens nu niet te gebruiken. Vraag de privacy officer wat wel mag."
        merken.append(o.Merk("Gebruik beperkt", "let-op", "slot", zin))
    for soort in deelnemer.__dict__.get("namens") or ():
        pad = reverse("vertegenwoordigers", args=[deelnemer.dossiernummer])
        merken.append(o.Merk(Vertegenwoordigersoort(soort).label.capitalize(), "info", url=pad))
    if is_minderjarig(deelnemer):
        merken.append(o.Merk("Minderjarig", "info", url=reverse("vertegenwoordigers", args=[deelnemer.dossiernummer])))
    if deelnemer.tolk_taal:
        merken.append(o.Merk(f"Tolk {deelnemer.tolk_taal}", "info", "info"))
    if veiligheid_van(deelnemer):
        merken.append(
            o.Merk(
                "Veiligheid",
                "veilig",
                "schild",
                "Lees de afspraak over veiligheid voor je de persoon ontmoet.",
            )
        )
    return merken


def met_panelen(request: Any, deelnemer: Deelnemer, belemmeringen: list[Belemmering]) -> list[Belemmering]:
    """What other rooms say at each barrier, such as what waits for it; the person is known, so nothing is asked."""
    for rij in belemmeringen:
        rij.deelnemer = deelnemer
        rij.panelen = panelen.panelen("belemmering", request, rij, "hoofd")  # type: ignore[attr-defined]
    return belemmeringen


#: From this age on nobody can be a minor, whatever the setting says: then it need not be asked.
_ZEKER_VOLWASSEN = 21


def is_minderjarig(deelnemer: Deelnemer) -> bool:
    """Whether this person is a minor today."""
    return deelnemer.leeftijd_op(klok.vandaag()) < _ZEKER_VOLWASSEN and minderjarig(deelnemer)


def _knoppen(request: Any, deelnemer: Deelnemer, tab: str) -> list[o.Knop]:
    nummer = deelnemer.dossiernummer
    knoppen = [
        o.Knop(k.label, k.url, k.icoon, post=k.post, sneltoets=k.sneltoets)
        for k in acties.knoppen("dossier", request, deelnemer)
    ]
    if "caseload.toewijzen" in request.rechten:
        knoppen.append(o.Knop("Regie", reverse("regie_wijzigen", args=[nummer]), "mensen", stil=True))
    if request.rechten & {"veiligheid.wijzigen", "incident.melden", "incident.behandelen"}:
        knoppen.append(o.Knop("Veiligheid", reverse("veiligheid_overzicht", args=[nummer]), "schild", stil=True))
    if "dossier.wijzigen" in request.rechten:
        knoppen.append(o.Knop("Gegevens", reverse("gegevens", args=[nummer]), "document", stil=True))
        # The note box stands on the overview; from any other page of the dossier the button leads there.
        vak = "#notitie" if tab == "dossier" else reverse("dossier", args=[nummer]) + "#notitie"
        knoppen.append(o.Knop("Notitie", vak, "pen", hoofd=True, sneltoets="n"))
    return knoppen
