"""How this room joins in on the sockets of kern."""

from __future__ import annotations

from typing import Any

from deelnemers.services.contact import BELEMMERING_GEWIJZIGD
from deelnemers.services.diagnose import GEWIJZIGD as DIAGNOSE_GEWIJZIGD
from deelnemers.services.inkomen import BEANTWOORD
from deelnemers.services.inkomen import HEROPEND as ANTWOORD_HEROPEND
from deelnemers.services.leestoezicht import LEESVERBOD_GEWIJZIGD
from deelnemers.services.overlijden import OVERLEDEN
from deelnemers.services.veiligheid import BEVESTIGD
from kern import klok
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
    zoeken,
)
from kern.inzagerij import rijen
from kern.models import Gebeurtenis
from organisatie.models import Medewerker
from trajecten import dossier as op_dossier
from trajecten import presentievoorstel, samen
from trajecten import tijdlijn as regels
from trajecten import werkvoorraad as werk
from trajecten.diagnosewerk import na_diagnose
from trajecten.gereedschap import knoppen_bij_belemmering
from trajecten.models import (
    Aanwezigheid,
    Afspraak,
    Afspraakblad,
    Blokkade,
    Groepsdeelname,
    Onderdeelafhankelijkheid,
    Onderzoeksuitslag,
    Oproep,
    PlanVanAanpak,
    Scholingsorder,
    Traject,
    Trajecteinde,
    Trajectonderdeel,
    Waarderingsvraag,
)
from trajecten.services import blokkades, einde, klokken, waardering  # noqa: F401  registers the nightly jobs
from trajecten.services.hulp import KAMER
from trajecten.terugblik import sluit_aan_op_terugblik
from trajecten.wachten import belemmeringnaam

#: In the order in which they move when two dossiers are one person: what hangs under another row comes after it.
_TABELLEN = (
    samenvoegen.Tabel(Traject),
    samenvoegen.Tabel(Trajectonderdeel, onder=("traject",)),
    samenvoegen.Tabel(Onderdeelafhankelijkheid, onder=("onderdeel",)),
    samenvoegen.Tabel(Blokkade, onder=("onderdeel", "belemmering")),
    samenvoegen.Tabel(PlanVanAanpak, onder=("traject",)),
    samenvoegen.Tabel(Trajecteinde, onder=("traject",)),
    samenvoegen.Tabel(Scholingsorder, onder=("onderdeel",)),
    samenvoegen.Tabel(Afspraak),
    samenvoegen.Tabel(Groepsdeelname, onder=("onderdeel",)),
    samenvoegen.Tabel(Aanwezigheid),
    samenvoegen.Tabel(Oproep),
    samenvoegen.Tabel(Afspraakblad, onder=("traject", "document")),
    samenvoegen.Tabel(Onderzoeksuitslag, onder=("onderdeel", "rapport")),
    samenvoegen.Tabel(Waarderingsvraag),
)


def _bezwaren(van_id: int, naar_id: int) -> list[str]:
    """Two trajectories that run, or a running one that would not fit between older ones."""
    lopend = Traject.objects.filter(einddatum__isnull=True)
    van, naar = (lopend.filter(deelnemer=pk).order_by("pk").first() for pk in (van_id, naar_id))
    if van and naar:
        return ["Beide dossiers hebben een traject dat loopt. Beëindig eerst een van de twee trajecten."]
    if van and Traject.objects.filter(deelnemer=naar_id, einddatum__gte=van.begindatum).exists():
        return [
            "Het traject dat loopt, overlapt met een ouder traject in het dossier dat blijft. "
            "Draai de keuze om: laat het dossier met het lopende traject blijven."
        ]
    return []


def _na_samenvoegen(betrokkene_id: int) -> None:
    from trajecten.services.hulp import werk_bij

    werk_bij(betrokkene_id)


def _inzage(betrokkene_id: int) -> dict[str, list[dict[str, Any]]]:
    """What this room knows, in the words of the screens."""
    van = {"deelnemer": betrokkene_id}
    return {
        "Trajecten": [
            {
                "van": t.begindatum,
                "tot": t.einddatum,
                "doel": t.get_doel_display(),
                "in eigen woorden": t.doeltekst,
            }
            for t in Traject.objects.filter(**van).order_by("begindatum", "id")
        ],
        "Onderdelen van trajecten": [
            {
                "van": o.begindatum,
                "tot": o.einddatum,
                "onderdeel": str(o),
                "status": o.get_status_display(),
                "resultaat": o.resultaat,
            }
            for o in Trajectonderdeel.objects.filter(**van).select_related("instrument").order_by("begindatum", "id")
        ],
        "Waar onderdelen op wachtten": [
            {
                "onderdeel": str(b.onderdeel),
                "wacht op": belemmeringnaam(b.belemmering.soort),
                "sinds": b.sinds,
                "vrij sinds": b.vrij_op,
                "want": b.get_vrij_door_display(),
                "toelichting": b.toelichting,
            }
            for b in Blokkade.objects.filter(**van)
            .select_related("onderdeel__instrument", "belemmering")
            .order_by("sinds", "id")
        ],
        "Uitslagen van onderzoek": rijen(Onderzoeksuitslag, betrokkene_id, "onderdeel", "rapport"),
        "Plannen van aanpak": [
            {"versie": p.nummer, "plan": p.tekst, "getekend door jou": p.getekend_deelnemer_op}
            for p in PlanVanAanpak.objects.filter(**van).order_by("id")
        ],
        "Uitkomsten van trajecten": [
            {
                "datum": e.datum,
                "uitkomst": e.get_uitkomst_display(),
                "toelichting": e.toelichting,
                "ingetrokken": e.ingetrokken_op,
            }
            for e in Trajecteinde.objects.filter(**van).order_by("id")
        ],
        "Gesprekken en afspraken": [
            {
                "wanneer": a.begint_op,
                "soort": a.get_soort_display(),
                "met": a.medewerker.naam,
                "status": a.get_status_display(),
                "daarna besloten": a.get_vervolg_display() if a.vervolg else "",
            }
            for a in Afspraak.objects.filter(**van).select_related("medewerker").order_by("begint_op", "id")
        ],
        "Aanwezigheid bij groepen": [
            {
                "wanneer": a.bijeenkomst.begint_op,
                "groep": a.bijeenkomst.groep.naam,
                "aanwezigheid": a.get_stand_display(),
            }
            for a in Aanwezigheid.objects.filter(**van)
            .select_related("bijeenkomst__groep")
            .order_by("bijeenkomst__begint_op", "id")
        ],
        "Scholing": [
            {"aanbieder": str(s.aanbieder), "status": s.get_status_display(), "bedrag": s.bedrag}
            for s in Scholingsorder.objects.filter(**van).select_related("aanbieder").order_by("id")
        ],
        "Afspraken op papier": [
            {
                "wanneer": b.gemaakt_op,
                "met": b.gemaakt_door.naam,
                "afspraken": [f"{g['kop']}: {regel}" for g in b.inhoud["afspraken"] for regel in g["regels"]],
                "getekend door jou": b.getekend_deelnemer_op,
            }
            for b in Afspraakblad.objects.filter(**van).select_related("gemaakt_door").order_by("id")
        ],
        "Oproepen": [
            {"campagne": o.campagne.naam, "uitkomst": o.get_uitkomst_display()}
            for o in Oproep.objects.filter(**van).select_related("campagne").order_by("id")
        ],
        "Groepen": rijen(Groepsdeelname, betrokkene_id, "onderdeel"),
        "Gevraagd naar je mening": rijen(Waarderingsvraag, betrokkene_id),
    }


def _na_veiligheidsmelding(bericht: Gebeurtenis) -> None:
    """Planned appointments may need a second colleague now, or another one."""
    from trajecten.services.hulp import werk_bij

    if bericht.betrokkene_id is not None:
        werk_bij(bericht.betrokkene_id)


def _draag_over(betrokkene_id: int, van_gebruiker_id: int | None, naar_gebruiker_id: int) -> None:
    """Planned appointments of the former regievoerder move along, unless the new one is busy; so do lists."""
    from trajecten.services.afspraken import bezet_bij
    from trajecten.services.hulp import werk_bij

    naar = Medewerker.objects.filter(gebruiker_id=naar_gebruiker_id).first()
    if naar is None:
        return
    gepland = Afspraak.objects.filter(
        deelnemer=betrokkene_id,
        status="gepland",
        begint_op__gte=klok.nu(),
        medewerker__gebruiker_id=van_gebruiker_id,
    )
    for afspraak in gepland.order_by("id"):
        if not bezet_bij(naar, afspraak.begint_op, afspraak.eindigt_op):
            afspraak.medewerker = naar
            afspraak.versie += 1
            afspraak.save(update_fields=["medewerker", "versie"])
    werk_bij(betrokkene_id)


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    tijdlijn.sluit_aan(KAMER, regels.alle_regels)
    werkvoorraad.sluit_aan(KAMER, werk.alle_rijen)
    samenvoegen.sluit_aan(KAMER, *_TABELLEN, bezwaren=_bezwaren, daarna=_na_samenvoegen)
    inzage.sluit_aan(KAMER, _inzage)
    overdracht.sluit_aan(KAMER, _draag_over)
    gebeurtenis.luister_direct(BEANTWOORD, einde.bij_antwoord_inkomen)
    gebeurtenis.luister_direct(ANTWOORD_HEROPEND, einde.bij_heropend_antwoord)
    gebeurtenis.luister_direct(OVERLEDEN, einde.bij_overlijden)
    gebeurtenis.luister_direct(BEVESTIGD, _na_veiligheidsmelding)
    gebeurtenis.luister_direct(LEESVERBOD_GEWIJZIGD, _na_veiligheidsmelding)
    gebeurtenis.luister_direct(DIAGNOSE_GEWIJZIGD, na_diagnose)
    gebeurtenis.luister_direct(BELEMMERING_GEWIJZIGD, blokkades.bij_belemmering)
    bewaartermijnen.sluit_aan(
        bewaartermijnen.Bewaartermijn(KAMER, "trajecten_traject", "8.1", 10, "einddatum", loopt=True, wat="Trajecten"),
        # What has no consequence for a benefit or a decision goes after five years, also when the trajectory runs.
        bewaartermijnen.Bewaartermijn(
            KAMER, "trajecten_afspraak", "19.1", 5, "begint_op", apart=True, wat="Gesprekken en afspraken"
        ),
        bewaartermijnen.Bewaartermijn(
            KAMER, "trajecten_aanwezigheid", "19.1", 5, "aangemaakt_op", apart=True, wat="Aanwezigheid bij groepen"
        ),
        bewaartermijnen.Bewaartermijn(KAMER, "trajecten_scholingsorder", "19.1.1", 7, "status_sinds", wat="Scholing"),
        bewaartermijnen.Bewaartermijn(
            KAMER, "trajecten_oproep", "19.1", 5, "aangemaakt_op", apart=True, wat="Oproepen van campagnes"
        ),
        *bewaartermijnen.met_dossier(
            KAMER,
            *(Trajectonderdeel, Onderdeelafhankelijkheid, PlanVanAanpak, Trajecteinde, Groepsdeelname, Afspraakblad),
            *(Onderzoeksuitslag, Blokkade, Waarderingsvraag),
        ),
    )
    menu.punt("Agenda", "agenda", "agenda", "afspraak.wijzigen", volgorde=30, kern=True)
    menu.punt("Groepen", "groepen", "groep", "groep.zien", volgorde=40)
    menu.punt("Aanbod", "instrumenten", "school", "traject.zien", "scholing.zien", volgorde=60)
    acties.sluit_aan("dossier", op_dossier.knoppen)
    acties.sluit_aan("belemmering", knoppen_bij_belemmering)
    woorden = "interventie hulpmiddel probleem belemmering wat helpt"
    zoeken.handeling("Gereedschapskist", "gereedschapskist", "traject.zien", icoon="school", woorden=woorden)
    zoeken.handeling("Agenda", "agenda", "afspraak.wijzigen", icoon="agenda", woorden="afspraken vandaag week")
    zoeken.handeling("Nieuwe groep", "groep_nieuw", "groep.wijzigen", icoon="groep")
    dossier.kaartfeit(40, op_dossier.kaartfeiten)
    sluit_aan_op_terugblik()
    dossier.tabblad("Plan", "plan", 30, "traject.zien")
    panelen.sluit_aan(
        "dossier",
        panelen.Paneel(
            "doel-en-plan",
            10,
            "hoofd",
            "trajecten/paneel_plan.html",
            op_dossier.doel_en_plan,
            frozenset({"traject.zien"}),
        ),
    )
    panelen.sluit_aan(
        "dossier",
        panelen.Paneel("afspraken", 20, "zij", "trajecten/paneel_afspraken.html", op_dossier.komende_afspraken),
    )
    panelen.sluit_aan(
        "belemmering",
        panelen.Paneel(
            "wacht-hierop",
            10,
            "hoofd",
            "trajecten/paneel_wacht_hierop.html",
            op_dossier.wacht_hierop,
            frozenset({"traject.zien"}),
        ),
    )
    dossier.samenvatting(20, op_dossier.samenvatting)
    dossier.samen_let_op(samen.let_op)
    dossier.voorstel(presentievoorstel.op_tijd)
