"""Special routes at work: school leavers, the pool of klantmanagers, hours beside a benefit, and Handhaving."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from aanmeldingen.models import Aanmelding, Route, Routeversie, Schoolverlater
from aanmeldingen.services import dien_in, handhaving, school
from deelnemers.models import Deelnemer, Werkvermogen
from kern.handeling import handeling
from kern.models import ApiClient
from organisatie.models import Medewerker
from organisatie.querysets import medewerkers_van_team, met_rol
from organisatie.rechten import Rol
from regelgeving.rekenen.werkdagen import plus_maanden
from reintegratie.demodata.inloggen import adres
from reintegratie.demodata.wegschrijven import ACTOR
from werkgevers.models import Urenbewaking
from werkgevers.services.urenbewaking import (
    beoordeel_uren,
    neem_opgegeven_uren_over,
    werk_urenbewaking_bij,
)

_POOLROUTES = ("onderwijs", "werk-en-opleiding-jongeren", "jongeren-arbeidsbeperking")
#: First name, last name, kind of school, months until leaving, age, what was done.
_LEERLINGEN = (
    ("Dwayne", "Pinas", "pro", 7, 17, "ophalen"),
    ("Meryem", "Yildirim", "vso", 8, 17, ""),
    ("Jayden", "Blom", "pro", 9, 18, ""),
    ("Soraya", "Chaoui", "pro", 4, 18, "gesproken"),
    ("Tim", "Verhoef", "vso", 20, 16, ""),
    ("Rosa", "Martina", "pro", 3, 18, "geregeld"),
)


def maak(peildatum: dt.date) -> None:
    """Call when all dossiers are there."""
    consulent, handhaver = _iemand(Rol.CONSULENT), _iemand(Rol.HANDHAVER)
    if consulent is None or handhaver is None:
        return
    _pool(consulent, peildatum)
    _leerlingen(peildatum)
    mensen = Deelnemer.objects.filter(regievoerder=consulent, in_traject=True, overleden_op=None, persona="")
    eigen = list(mensen.filter(samengevoegd_met=None).select_related("team").order_by("pk")[:8])
    _uren(eigen, consulent, peildatum)
    if len(eigen) > 3:
        _handhaving(eigen, consulent, handhaver)


def _iemand(rol: Rol) -> Medewerker | None:
    """The one who logs in has the first account of this role."""
    return met_rol(rol).filter(gebruiker__isnull=False).order_by("pk").first()


def _pool(consulent: Medewerker, peildatum: dt.date) -> None:
    poort = Route.objects.filter(jongerenpoort=True).select_related("team").order_by("pk").first()
    mensen = list(medewerkers_van_team(poort.team_id, rol=Rol.CONSULENT)[:2]) if poort and poort.team_id else []
    for route in Route.objects.filter(code__in=_POOLROUTES).order_by("code"):
        for wie in dict.fromkeys([consulent, *mensen]):
            school.zet_in_pool(route, wie, plus_maanden(peildatum, -6), actor=ACTOR)


def _leerlingen(peildatum: dt.date) -> None:
    versie = Routeversie.objects.filter(route__code="onderwijs").select_related("route").order_by("pk").first()
    client = ApiClient.objects.filter(bron="onderwijs").order_by("pk").first()
    if versie is None:
        return
    for nummer, (voor, achter, soort, maanden, oud, gedaan) in enumerate(_LEERLINGEN):
        tot = plus_maanden(peildatum, maanden)
        velden: dict[str, Any] = {
            "externe_referentie": f"PRO-{nummer + 1:04d}",
            "bron": "onderwijs",
            "verwijsreden": "jongere",
            "toelichting": "Wil na school graag werken.",
            "geslachtsnaam": achter,
            "roepnaam": voor,
            "voornamen": voor,
            "voorletters": f"{voor[0]}.",
            "geboortedatum": plus_maanden(peildatum, -12 * oud - 5),
            "telefoon": "0612345678",
            "verwijzer_naam": "Anja Smit",
            "verwijzer_team": "Stagebureau",
            "verwijzer_email": adres("Anja Smit"),
            "school": {
                "naam": "Praktijkschool De Brug" if soort == "pro" else "Vso Het Anker",
                "soort": soort,
                "verwachteUitstroomdatum": tot.isoformat(),
                "eindeLaatsteSchooljaar": tot.isoformat(),
                "ouder": {"naam": f"Ouder van {voor}", "telefoon": "0201234567"},
            },
        }
        rij = dien_in(velden, versie, actor=ACTOR, client=client)
        _stap(rij, gedaan, peildatum)


def _stap(aanmelding: Aanmelding, gedaan: str, peildatum: dt.date) -> None:
    if not gedaan:
        return
    rij = school.zet_schoolstap(Schoolverlater.objects.get(aanmelding=aanmelding), "ophalen", actor=ACTOR)
    if gedaan == "ophalen":
        return
    rij = school.wijzig_schoolverlater(
        rij,
        versie=rij.versie,
        actor=ACTOR,
        uitvoerder="uwv" if gedaan == "gesproken" else "samen",
        uwv_stand="gesproken",
        uwv_gehoord_op=peildatum - dt.timedelta(days=6),
        uwv_gehoord_van="Piet Vos",
        afspraak="UWV zoekt een stageplek. Wij kijken in mei weer mee.",
    )
    if gedaan == "geregeld":
        school.zet_schoolstap(rij, "regelen", actor=ACTOR)


def _uren(mensen: list[Deelnemer], consulent: Medewerker, peildatum: dt.date) -> None:
    """The group as the night makes it, three people who told their hours at the referral, and one look back."""
    werk_urenbewaking_bij(actor=ACTOR)
    met_vermogen = Werkvermogen.objects.filter(deelnemer__in=mensen, vervangen_op=None, uren_max__gt=0)
    kan = dict(met_vermogen.order_by("pk").values_list("deelnemer", "uren_max"))
    for deelnemer, werkgever, minder in zip(
        mensen, ("Bakkerij Vos", "Koeriers Oost", "Thuiszorg Zon"), (8, 0, 4), strict=False
    ):
        uren = max(kan.get(deelnemer.pk, 16) - minder, 4)
        rij = neem_opgegeven_uren_over(deelnemer, Decimal(uren), werkgever, actor=ACTOR)
        if minder == 8:
            beoordeel_uren(rij, "uitbreiden", notitie="Vraagt om een extra ochtend.", medewerker=consulent, actor=ACTOR)
    te_laat = Urenbewaking.objects.filter(deelnemer__in=mensen[1:3], einddatum=None)
    with handeling(ACTOR):
        te_laat.update(volgende_op=peildatum - dt.timedelta(days=3))
    werk_urenbewaking_bij(actor=ACTOR)


def _handhaving(mensen: list[Deelnemer], consulent: Medewerker, handhaver: Medewerker) -> None:
    """A signal that waits for us, one that waits for them, and a joint plan with two agreements."""
    grond = {"grondslag": "suwi_64", "doel": "De uren vergelijken met wat is opgegeven.", "actor": ACTOR}
    handhaving.stuur_signaal(
        mensen[0],
        "van",
        soort="uren",
        inhoud="Op de roosters staan meer uren dan is opgegeven.",
        medewerker=handhaver,
        **grond,
    )
    handhaving.stuur_signaal(
        mensen[1],
        "naar",
        soort="vraag",
        inhoud="De uren wisselen elke week. Kijken jullie mee?",
        medewerker=consulent,
        **grond,
    )
    eerder = handhaving.stuur_signaal(
        mensen[2],
        "naar",
        soort="werkgever",
        inhoud="Werkt ook bij een tweede werkgever.",
        medewerker=consulent,
        **grond,
    )
    antwoord = "Klopt, 6 uur per week. We bellen de werkgever."
    handhaving.beantwoord_signaal(eerder, antwoord, handhaver=True, medewerker=handhaver, actor=ACTOR)
    aanpak = handhaving.begin_aanpak(
        mensen[2],
        doel="De uren kloppend krijgen en doorgroeien naar 24 uur.",
        grondslag="suwi_64",
        medewerker=consulent,
        actor=ACTOR,
    )
    eerste = handhaving.spreek_af(aanpak, "handhaving", "De tweede werkgever bellen", handhaver=False, actor=ACTOR)
    handhaving.ga_akkoord(eerste, handhaver=True, actor=ACTOR)
    handhaving.spreek_af(aanpak, "deelnemer", "Elke maand de loonstroken laten zien", handhaver=True, actor=ACTOR)
