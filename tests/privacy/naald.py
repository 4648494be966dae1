"""One person who is everywhere: in each room a row, in each free text a word that stands nowhere else.

Whoever finds such a word in an answer knows from which table it came. The person carries every kind of record at
once: a secret address, a safety notice, special data and a group that stigmatises.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from aanmeldingen.models import Aanmelding, AanmeldingDocument, Route, Teamoverdracht
from aanmeldingen.services.handhaving import begin_aanpak, spreek_af, stuur_signaal
from aanmeldingen.services.school import bij_aanmelding, na_besluit
from deelnemers.models import (
    Belemmering,
    Burgerservicenummer,
    Deelnemer,
    Doelgroeplidmaatschap,
    Inkomensantwoord,
    Inzagebestand,
    Privacyverzoek,
    Taalbeheersing,
    Veiligheidsmelding,
)
from deelnemers.services import herbouw
from deelnemers.services.contact import leg_contact_vast
from deelnemers.services.incidenten import meld_incident
from deelnemers.services.inschrijven import bsn_van
from deelnemers.services.maatregelen import Advies, adviseer_maatregel, geef_waarschuwing
from deelnemers.services.overdragen import bied_aan
from deelnemers.services.partijen import Delen, voeg_partij_toe
from deelnemers.services.terugbellen import neem_terugbelverzoek_aan
from deelnemers.services.vertegenwoordiging import leg_vertegenwoordiger_vast
from deelnemers.services.vragen import stel_vraag
from kern import klok
from kern.handeling import Actor, handeling
from loonkostensubsidie.models import Opdrachtregel, Subsidie
from organisatie.querysets import met_rol
from organisatie.rechten import Rol
from tests.kern.fabrieken import FABRIEK
from trajecten.models import Groep, Groepsdeelname, Instrument, Trajectonderdeel
from werkgevers.models import Plaatsing, Werkgever, Werkgeversafspraak
from werkgevers.services.dienstverband import begin_dienstverband, wijzig_dienstverband
from werkgevers.services.loonwaarde import meet_loonwaarde
from werkgevers.services.salaris import stel_levering_op
from werkgevers.services.urenbewaking import beoordeel_uren, neem_opgegeven_uren_over
from werkgevers.services.ziekte import meld_ziek

NAAM, ROEPNAAM = "Kwibbeldam", "Zwaantinus"
PERSOON = {
    "geslachtsnaam": NAAM,
    "roepnaam": ROEPNAAM,
    "voornamen": ROEPNAAM,
    "voorvoegsel": "",
    "telefoon": "06-90817263",
    "email": "zwaan.kwib@naald.example",
    "straat": "Naaldenstegel",
    "huisnummer": "8871",
    "postcode": "9988ZX",
    "woonplaats": "Verrewegstad",
    "adres_geheim": True,
    "overleden_op": None,
    "sorteernaam": f"{NAAM.lower()} {ROEPNAAM.lower()}",
}
#: Kind of needle → pattern. `noot` is the free text of any table; its table stands in the word.
VORMEN: dict[str, str] = {
    "naam": rf"(?i){NAAM}|{ROEPNAAM}",
    "telefoon": r"06[- ]?90817263",
    "mail": r"zwaan\.kwib",
    "adres": r"(?i)naaldenstegel|9988 ?ZX|verrewegstad",
}
_NOOT = re.compile(r"(?i)naaldje\s([a-z]+)\b")
#: A target group that stigmatises: its name must not even stand in a filter without the right.
DOELGROEP = "top_600"
#: Tables with special data: their words need the right on special data as well. `geheimpartij` is a behandelaar.
BIJZONDER = frozenset(
    {
        *("werkvermogen", "aanmeldingbijzonder", "belemmering", "beschutadvies", "onderzoeksuitslag"),
        *("urenbeoordeling", "groeipotentie", "geheimpartij", "waarschuwing", "maatregeladvies"),
    }
)
#: The name of a part that tells of a group that stigmatises: right and relation (R007).
AFGESCHERMD = "noot:geheimonderdeel"
#: Shared with Handhaving: these words need their own right, also in the dossier (R228).
MET_HANDHAVING = frozenset({"handhavingssignaal", "samenaanpak", "aanpakafspraak"})


def _tabelwoord(model: type[models.Model]) -> str:
    return str(model._meta.model_name)


class Naald:
    """The planted person, and what gives her away."""

    def __init__(self, deelnemer: Deelnemer) -> None:
        self.deelnemer = deelnemer
        nummer = bsn_van(deelnemer)
        self.vormen = {soort: re.compile(vorm) for soort, vorm in VORMEN.items()}
        self.vormen["bsn"] = re.compile(rf"{nummer}|{nummer[:4]}\.{nummer[4:6]}\.{nummer[6:]}")
        self.vormen["doelgroep"] = re.compile(r"(?i)top[ _]?600|uitstapprogramma|ex_prostituee")
        self.vormen["dossiernummer"] = re.compile(re.escape(deelnemer.dossiernummer))

    def in_tekst(self, tekst: str, adres: str) -> set[str]:
        """Kinds of needles in an answer; what the asker put in the address itself is no leak."""
        gevonden = {soort for soort, vorm in self.vormen.items() if vorm.search(tekst) and not vorm.search(adres)}
        return gevonden | {f"noot:{woord.lower()}" for woord in _NOOT.findall(tekst)}


def plant(persona: str = "samira") -> Naald:
    """Make one demo person the needle: rows in every table, words in every free text, derived tables built anew."""
    deelnemer = Deelnemer.objects.get(persona=persona)
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=deelnemer.pk).update(**PERSOON)
        deelnemer.refresh_from_db()
        _langs_de_diensten(deelnemer)
        for model in apps.get_models():
            if _wijst_naar_persoon(model):
                _geef_rij(model, deelnemer)
                _schrijf_woorden(model, deelnemer)
        velden = {veld.name for veld in Aanmelding._meta.fields} & PERSOON.keys()
        Aanmelding.objects.filter(deelnemer=deelnemer).update(**{naam: PERSOON[naam] for naam in velden})
        _rest(deelnemer)
        _van_school(deelnemer)
        _te_veel_betaald(deelnemer)
    deelnemer.refresh_from_db()
    herbouw.tijdlijn_van(deelnemer.pk, FABRIEK)
    herbouw.zoekingangen(FABRIEK)
    herbouw.werk(FABRIEK)
    return Naald(deelnemer)


def _langs_de_diensten(deelnemer: Deelnemer) -> None:
    """Rows that only a service makes well: what was offered, asked, promised by phone and shared with Handhaving."""
    vandaag, wie = klok.vandaag(), deelnemer.regievoerder
    assert wie is not None
    ander = met_rol(Rol.CONSULENT).exclude(pk=wie.pk).order_by("pk").last()
    assert ander is not None
    bied_aan(deelnemer, ander, vanaf=vandaag + dt.timedelta(days=7), door=wie, reden="Naaldje", actor=FABRIEK)
    neem_terugbelverzoek_aan(
        beller="Naaldje", telefoon="06-90817263", onderwerp="Naaldje", deelnemer=deelnemer, door=wie, actor=FABRIEK
    )
    _plichten(deelnemer, wie)
    stel_vraag(deelnemer, "inkomen", "Naaldje", medewerker=wie, actor=FABRIEK)
    stel_vraag(deelnemer, "arbo", "Naaldje", medewerker=wie, actor=FABRIEK)
    leg_vertegenwoordiger_vast(deelnemer, "bewindvoerder", "Naaldje", vandaag, actor=FABRIEK)
    delen = Delen(("plan",), "toestemming", "", vandaag + dt.timedelta(days=30), "gesprek")
    voeg_partij_toe(
        deelnemer, delen, rol="behandelaar", naam="Naaldje geheimpartij", telefoon="06-90817263",
        begindatum=vandaag, actor=FABRIEK,
    )  # fmt: skip
    grond: dict[str, Any] = {"doel": "Naaldje", "grondslag": "suwi_64", "actor": FABRIEK}
    for richting in ("van", "naar"):
        stuur_signaal(deelnemer, richting, soort="uren", inhoud="Naaldje", **grond)
    aanpak = begin_aanpak(deelnemer, medewerker=wie, **grond)
    spreek_af(aanpak, "deelnemer", "Naaldje", handhaver=False, actor=FABRIEK)
    rij = neem_opgegeven_uren_over(deelnemer, Decimal(12), "Naaldje", actor=FABRIEK)
    beoordeel_uren(rij, "uitbreiden", notitie="Naaldje", medewerker=wie, actor=FABRIEK)
    _in_dienst(deelnemer)
    stel_levering_op(actor=Actor.van_gebruiker(wie.gebruiker))


def _plichten(deelnemer: Deelnemer, wie: Any) -> None:
    """Warned, and an advice to income that waits."""
    vandaag, feiten = klok.vandaag(), "Naaldje waarschuwing"
    eerder = geef_waarschuwing(
        deelnemer, vandaag, "gesprek", afspraak=feiten, niet_gedaan=feiten, medewerker=wie, actor=FABRIEK
    )
    advies = Advies("18-4-h", vandaag, "Naaldje maatregeladvies", "geen", vandaag, "Naaldje maatregeladvies")
    adviseer_maatregel(deelnemer, replace(advies, waarschuwing=eerder), medewerker=wie, actor=FABRIEK)


def _in_dienst(deelnemer: Deelnemer) -> None:
    """A job with wage subsidy, with other hours since, sickness and a wage value."""
    sinds, werkgever = klok.vandaag() - dt.timedelta(days=200), Werkgever.objects.order_by("pk").first()
    assert werkgever is not None
    eigen = Werkgever.objects.filter(eigen_organisatie=True).order_by("pk").first()
    rij = begin_dienstverband(
        deelnemer, "lks", werkgever, sinds, formele_werkgever=eigen, functie="Naaldje", uren_per_week=Decimal(20),
        loonwaarderoute="meting", actor=FABRIEK,
    )  # fmt: skip
    half = sinds + dt.timedelta(days=100)
    wijzig_dienstverband(rij, half, uren_per_week=Decimal(24), reden="Naaldje", actor=FABRIEK)
    meld_ziek(rij, half, actor=FABRIEK)
    meet_loonwaarde(
        rij, half, "Naaldje", percentage=50, volgende_op=klok.vandaag(), oordeel_werkgever="niet_akkoord",
        zienswijze="Naaldje", actor=FABRIEK,
    )  # fmt: skip


def _van_school(deelnemer: Deelnemer) -> None:
    """The referral is of a school, and the team took it over; long without contact, something in the diagnosis aged."""
    aanmelding = Aanmelding.objects.filter(deelnemer=deelnemer, richting="inkomend").latest("pk")
    over = klok.vandaag() + dt.timedelta(days=60)
    aanmelding.school = {
        "naam": "Naaldje schoolverlater", "soort": "pro", "verwachteUitstroomdatum": over.isoformat(),
        "ouder": {"naam": "Naaldje schoolverlater", "telefoon": "06-90817263"},
    }  # fmt: skip
    # The source, the route and the code of her own referral say what group she is in (R007).
    aanmelding.route = Route.objects.get(code="top-600")
    aanmelding.bron, aanmelding.doelgroep = aanmelding.route.bron, DOELGROEP
    aanmelding.verwijzer_team = "Aanpak Top 600"
    aanmelding.save(update_fields=["school", "route", "bron", "doelgroep", "verwijzer_team"])
    bij_aanmelding(aanmelding, actor=FABRIEK)
    na_besluit(aanmelding, actor=FABRIEK)
    Teamoverdracht.objects.filter(deelnemer=deelnemer).update(aanmelding=aanmelding)
    Taalbeheersing.objects.filter(deelnemer=deelnemer, vervangen_op=None).update(
        houdbaar_tot=klok.vandaag() - dt.timedelta(days=1)
    )
    lang = klok.vandaag() - dt.timedelta(days=400)
    Deelnemer.objects.filter(pk=deelnemer.pk).update(laatste_contact_op=lang)


def _te_veel_betaald(deelnemer: Deelnemer) -> None:
    """The subsidy for which an employer must pay back is hers: the letter names her."""
    terug = Opdrachtregel.objects.filter(terugvordering__isnull=False).order_by("pk")
    Subsidie.objects.filter(pk__in=terug.values("boekregel__subsidie")).update(deelnemer=deelnemer)
    # And one that runs, so that what is computed over the running file has her in it.
    loopt = Subsidie.objects.filter(status="lopend", regeling__soort="lks").order_by("-pk")
    Subsidie.objects.filter(pk__in=loopt.values("pk")[:1]).update(deelnemer=deelnemer)


def _rest(deelnemer: Deelnemer) -> None:
    """What a moved row does not give: an answer of income to her number, a file, a promise at an employer."""
    nummer = Burgerservicenummer.objects.get(deelnemer=deelnemer)
    los = Inkomensantwoord.objects.filter(status="niet_gekoppeld").order_by("pk")
    Inkomensantwoord.objects.filter(pk__in=los.values("pk")[:1]).update(bsn_zoeksleutel=nummer.zoeksleutel)
    aanmelding = Aanmelding.objects.filter(deelnemer=deelnemer, richting="inkomend").latest("pk")
    stuk = AanmeldingDocument.objects.order_by("pk").values("pk")[:1]
    AanmeldingDocument.objects.filter(pk__in=stuk).update(
        aanmelding=aanmelding, deelnemer=deelnemer, naam="Naaldje aanmeldingdocument.pdf"
    )
    Werkgeversafspraak.objects.create(
        werkgever_id=Plaatsing.objects.filter(deelnemer=deelnemer).latest("pk").werkgever_id,
        deelnemer=deelnemer, medewerker=deelnemer.regievoerder, wat="Naaldje werkgeversafspraak",
        gemaakt_op=klok.vandaag(),
    )  # fmt: skip
    # What waits for it may then only say that there is one.
    Belemmering.objects.filter(deelnemer=deelnemer).update(bijzonder=True)
    Veiligheidsmelding.objects.filter(deelnemer=deelnemer).update(
        geldig_tot=klok.vandaag() + dt.timedelta(days=90), ingetrokken_op=None
    )
    deelname = Groepsdeelname.objects.filter(deelnemer=deelnemer).latest("pk")
    Groepsdeelname.objects.filter(pk=deelname.pk).update(einddatum=None, wachtlijst=False)
    Groep.objects.filter(pk=deelname.groep_id).update(einddatum=None)
    meld_incident(
        deelnemer, deelnemer.regievoerder, soort="schelden", gebeurd_op=klok.nu() - dt.timedelta(days=2),
        waar="Aan de balie", gebeurd="Naaldje incident", actor=FABRIEK,
    )  # fmt: skip
    overzicht = Inzagebestand.objects.filter(deelnemer=deelnemer).latest("pk")
    Privacyverzoek.objects.filter(pk=overzicht.verzoek_id).update(deelnemer=deelnemer)
    groep = Doelgroeplidmaatschap.objects.filter(deelnemer=deelnemer).latest("pk")
    Doelgroeplidmaatschap.objects.filter(pk=groep.pk).update(
        doelgroep=DOELGROEP, afgeschermd=True, begindatum=klok.vandaag(), einddatum=None
    )
    # The name of a shielded part says what group she is in.
    deel = Trajectonderdeel.objects.filter(deelnemer=deelnemer, status="loopt").latest("pk")
    Trajectonderdeel.objects.filter(pk=deel.pk).update(
        instrument=Instrument.objects.get(code="vinkebrug"), omschrijving="Naaldje geheimonderdeel"
    )
    leg_contact_vast(
        deelnemer, "Naaldje terugkomen", terugkomen_op=klok.vandaag() + dt.timedelta(days=1),
        medewerker=deelnemer.regievoerder, actor=FABRIEK,
    )  # fmt: skip


def _wijst_naar_persoon(model: type[models.Model]) -> bool:
    if not model._meta.managed or model._meta.proxy or model is Deelnemer:
        return False
    return any(veld.name == "deelnemer" and veld.related_model is Deelnemer for veld in model._meta.fields)


@contextlib.contextmanager
def _proberen() -> Iterator[None]:
    """A row that the database does not want to move stays where it is."""
    with contextlib.suppress(DatabaseError), transaction.atomic():
        yield


def _geef_rij(model: Any, deelnemer: Deelnemer) -> None:
    """Of every table she has at least one row: when she has none, somebody else's becomes hers."""
    rijen = model.objects.all()
    if rijen.filter(deelnemer=deelnemer).exists():
        return
    for pk in rijen.exclude(deelnemer__isnull=True).order_by("pk").values_list("pk", flat=True)[:5]:
        with _proberen():
            rijen.filter(pk=pk).update(deelnemer=deelnemer)
        if rijen.filter(deelnemer=deelnemer).exists():
            return


def _is_vrije_tekst(veld: models.Field) -> bool:
    if isinstance(veld, models.TextField):
        return not veld.choices
    lang = isinstance(veld, models.CharField) and not veld.choices and (veld.max_length or 0) >= 120
    return lang and veld.name not in {"herkomst", "plaats", "sleutel", "actor_naam"} and not veld.unique


def _schrijf_woorden(model: Any, deelnemer: Deelnemer) -> None:
    """The word goes where there was text already: an empty column may have to stay empty."""
    woord = f"Naaldje {_tabelwoord(model)}"
    for veld in model._meta.local_fields:
        if _is_vrije_tekst(veld):
            with _proberen():
                model.objects.filter(deelnemer=deelnemer).exclude(**{veld.name: ""}).update(**{veld.name: woord})
