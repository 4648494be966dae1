"""What werkgevers and aanmeldingen keep about a person, and what people type in the rest."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import Model

from aanmeldingen.models import Aanmelding, AanmeldingVeiligheid, Overdrachtsmoment, Verzending
from aanmeldingen.services import aanlevering, handhaving, rappel, school, verwijslink
from aanmeldingen.services.teamoverdracht import plan_overdracht
from deelnemers.models import (
    Bewijs,
    Deelnemer,
    Opleiding,
    Vertegenwoordiger,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from kern import klok
from kern.berichten import stel_bericht_op
from kern.handeling import handeling
from loonkostensubsidie.models import (
    Berekening,
    Boekregel,
    Contract,
    Contractvoorwaarde,
    Factuur,
    Factuurregel,
    Schaduwbedrag,
    Subsidie,
)
from organisatie.models import Medewerker
from tests.aanmeldingen.verwijsfabrieken import school as partner_van
from tests.aanmeldingen.verwijsfabrieken import verstuurd
from tests.aanmeldingen.wissen_hoeken import GROND, Hoek, dag, woord
from tests.aanmeldingen.wissen_subsidie import SUBSIDIES, plant_aanvraag, plant_betaling
from tests.kern.fabrieken import FABRIEK
from tests.loonkostensubsidie.fabrieken import regeling
from tests.werkgevers.fabrieken import VacatureFabriek
from trajecten.models import Trajecteinde
from werkgevers.models import (
    Dienstverband,
    Nazorgmoment,
    Proefplaats,
    Salarislevering,
    Salarismutatie,
    Werkgeversafspraak,
)
from werkgevers.services import bemiddeling, dienstverband, jobhunt, plaatsing, urenbewaking
from werkgevers.services.loonwaarde import meet_loonwaarde
from werkgevers.services.ziekte import meld_beter, meld_ziek


# --- werkgevers ----------------------------------------------------------------------------------------------------
def _werk(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """Introduced, placed and followed; sick for a day, measured, moved to another work form."""
    vacature = VacatureFabriek(plekken=2)
    rij = bemiddeling.draag_voor(
        deelnemer, vacature, medewerker, score=80, uitleg={"zin": woord("bemiddeling")}, actor=FABRIEK
    )
    bemiddeling.plan_stap(rij, f"Bel {woord('bemiddeling')}", dag(2), actor=FABRIEK)
    gegevens = plaatsing.Plaatsingsgegevens(
        dag(0), Decimal(24), Decimal("16.40"), functie=f"Hulp van {tekst}", toelichting=tekst, contract_tot=dag(180)
    )
    geplaatst = plaatsing.plaats(rij, gegevens, actor=FABRIEK)
    with handeling(FABRIEK):
        Proefplaats.objects.create(
            deelnemer=deelnemer, plaatsing=geplaatst, begindatum=dag(0), einddatum=dag(60), eerst_tot=dag(30),
            contract_maanden=6, verzekerd=True, niet_eerder=True, toegestaan_door_id=medewerker.gebruiker_id,
            toegestaan_op=dag(0), verleng_reden=f"Langer voor {woord('proefplaats')}",
            verlengd_door_id=medewerker.gebruiker_id,
        )  # fmt: skip
    nazorg = Nazorgmoment.objects.filter(plaatsing=geplaatst).order_by("pk")[0]
    plaatsing.rond_nazorg_af(nazorg, "goed", medewerker, notitie=woord("nazorg"), actor=FABRIEK)
    zoekt = jobhunt.begin_jobhunt(deelnemer, medewerker, f"Werk voor {woord('jobhunt')}", actor=FABRIEK)
    jobhunt.benader(zoekt, vacature.werkgever, "interesse", notitie=woord("benadering"), actor=FABRIEK)


def _dienstverband(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    werkgever = VacatureFabriek().werkgever
    begin = dt.date(2010, 1, 4)
    rij = dienstverband.begin_dienstverband(
        deelnemer, "sw", werkgever, begin, werkvorm="intern", functie=tekst, uren_per_week=Decimal(20),
        einddatum=begin + dt.timedelta(days=99), einde_reden=f"Klaar, {tekst}", actor=FABRIEK,
    )  # fmt: skip
    dienstverband.wijzig_werkvorm(
        rij, "groepsdetachering", begin + dt.timedelta(days=30), woord("werkvorm"), actor=FABRIEK
    )
    meld_beter(
        meld_ziek(rij, begin + dt.timedelta(days=40), actor=FABRIEK), begin + dt.timedelta(days=44), actor=FABRIEK
    )
    meet_loonwaarde(
        rij, begin + dt.timedelta(days=50), f"Els {woord('loonwaarde')}", percentage=60, actor=FABRIEK,
        volgende_op=begin + dt.timedelta(days=400),
    )  # fmt: skip
    _subsidie(rij, medewerker)
    _salaris(rij, medewerker)


def _salaris(werk: Dienstverband, medewerker: Medewerker) -> None:
    """What payroll was told, and why it refused it."""
    with handeling(FABRIEK):
        levering = Salarislevering.objects.create(
            nummer="SAL-TOETS", aantal=1, sha256="0" * 64, gemaakt_door_id=medewerker.gebruiker_id, status="verwerkt",
            gemaakt_op=klok.nu(), status_sinds=dag(0), ontvangen_op=dag(0),
        )  # fmt: skip
        Salarismutatie.objects.create(
            levering=levering, deelnemer=werk.deelnemer, dienstverband=werk, volgnummer=1, sleutel=f"in:{werk.pk}",
            soort="in_dienst", actie="nieuw", ingangsdatum=werk.begindatum, inhoud={"functie": woord("salaris")},
            vingerafdruk="0" * 64, status="afgekeurd", status_sinds=dag(0), beantwoord_op=klok.nu(),
            reden=f"Onbekend: {woord('salaris')}",
        )  # fmt: skip


def _subsidie(werk: Dienstverband, medewerker: Medewerker) -> None:
    """A right over those days with a month that was worked out and booked."""
    maand, geld = dt.date(2010, 2, 1), {"subsidiebedrag": 100, "werkgeverslasten": 23, "totaal": 123}
    with handeling(FABRIEK):
        recht = Subsidie.objects.create(
            nummer="LKS-TOETS", deelnemer=werk.deelnemer, dienstverband=werk, werkgever=werk.feitelijke_werkgever,
            regeling=regeling(), begindatum=werk.begindatum, einddatum=werk.einddatum, status="beeindigd",
            status_sinds=dag(0), einde_reden=f"Klaar, {woord('subsidie')}",
        )  # fmt: skip
        som = Berekening.objects.create(
            subsidie=recht, maand=maand, feiten={"wie": woord("berekening")}, specificatie=[], rekenversie="1",
            berekend_op=klok.nu(), **geld,
        )  # fmt: skip
        regel = Boekregel.objects.create(
            subsidie=recht, berekening=som, maand=maand, volgnummer=1, soort="maand", geboekt_op=klok.nu(),
            uitleg=f"Maand van {woord('boekregel')}", **geld,
        )  # fmt: skip
        _contract(recht, regel)
        plant_aanvraag(recht, medewerker)
        plant_betaling(regel, medewerker)


def _contract(recht: Subsidie, regel: Boekregel) -> None:
    """The same work as a contract of an old system, and an invoice about it; call inside an action."""
    wie, maand = {"deelnemer": recht.deelnemer}, regel.maand
    rij = Contract.objects.create(
        extern_nummer="PV-TOETS", dienstverband=recht.dienstverband, werkgever=recht.werkgever, richting="betalen",
        regeling=recht.regeling, begindatum=recht.begindatum, einddatum=recht.einddatum, status_sinds=dag(0),
        reden=f"Klopt, {woord('contract')}", **wie,
    )  # fmt: skip
    Contractvoorwaarde.objects.create(
        contract=rij, begindatum=rij.begindatum, rekenwijze="vast_maand", termen={"bedrag": "100"},
        bron=f"Brief van {woord('contractvoorwaarde')}", **wie,
    )  # fmt: skip
    Schaduwbedrag.objects.create(
        contract=rij, maand=maand, oud_bedrag=100, stand="niet", berekend_op=klok.nu(),
        fout=f"Geen loon van {woord('schaduwbedrag')}", **wie,
    )  # fmt: skip
    factuur = Factuur.objects.create(
        nummer="FACT-TOETS",
        werkgever=recht.werkgever,
        maand=maand,
        bedrag=123,
        factuurdatum=maand,
        gemaakt_op=klok.nu(),
    )
    Factuurregel.objects.create(
        factuur=factuur, boekregel=regel, omschrijving=f"Maand van {woord('factuurregel')}", bedrag=123, **wie
    )


def _uren(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    bewaking = urenbewaking.neem_opgegeven_uren_over(deelnemer, Decimal(12), f"Bakkerij {tekst}", actor=FABRIEK)
    urenbewaking.beoordeel_uren(
        bewaking, "uitbreiden", notitie=woord("urengesprek"), medewerker=medewerker, actor=FABRIEK
    )


WERKGEVERS = (
    Hoek("uren", "werkgevers_urenbewaking", _uren),
    Hoek("urengesprek", "werkgevers_urenbeoordeling"),
    Hoek("dienstverband", "werkgevers_dienstverband", _dienstverband),
    Hoek("werkvorm", "werkgevers_werkvormperiode"),
    Hoek("loonwaarde", "werkgevers_loonwaardemeting"),
    Hoek("dienstverband", "werkgevers_dienstverbandperiode"),
    Hoek("salaris", "werkgevers_salarismutatie"),
    Hoek("subsidie", "loonkostensubsidie_subsidie"),
    Hoek("berekening", "loonkostensubsidie_berekening"),
    Hoek("boekregel", "loonkostensubsidie_boekregel"),
    Hoek("contract", "loonkostensubsidie_contract"),
    Hoek("contractvoorwaarde", "loonkostensubsidie_contractvoorwaarde"),
    Hoek("schaduwbedrag", "loonkostensubsidie_schaduwbedrag"),
    Hoek("factuurregel", "loonkostensubsidie_factuurregel"),
    *SUBSIDIES,
    Hoek("plaatsing", "werkgevers_plaatsing", _werk),
    Hoek("bemiddeling", "werkgevers_bemiddeling"),
    Hoek("nazorg", "werkgevers_nazorgmoment"),
    Hoek("proefplaats", "werkgevers_proefplaats"),
    Hoek("jobhunt", "werkgevers_jobhunt"),
    Hoek("benadering", "werkgevers_jobhuntbenadering"),
)


# --- aanmeldingen --------------------------------------------------------------------------------------------------
def _handhaving(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """Signals both ways, one of them answered, and a plan with an agreement that was stopped."""
    aanpak = handhaving.begin_aanpak(deelnemer, medewerker=medewerker, **(GROND | {"doel": woord("aanpak")}))
    heen = handhaving.stuur_signaal(
        deelnemer, "naar", soort="uren", inhoud=f"Werkt meer, zegt {tekst}", medewerker=medewerker, **GROND
    )
    handhaving.beantwoord_signaal(heen, f"Gezien, {tekst}", handhaver=True, actor=FABRIEK)
    handhaving.stuur_signaal(deelnemer, "van", soort="uren", inhoud=f"Werkt zaterdag, {tekst}", **GROND)
    afspraak = handhaving.spreek_af(
        aanpak, "deelnemer", f"Stuurt loonstrook, {woord('aanpakafspraak')}", handhaver=False, actor=FABRIEK
    )
    handhaving.ga_akkoord(afspraak, handhaver=True, actor=FABRIEK)
    handhaving.stop_aanpak(aanpak, f"Klaar met {woord('aanpak')}", actor=FABRIEK)


def _van_school(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """The referral that brought her was of a school, with a parent to call, and a team took over on a day."""
    aanmelding = Aanmelding.objects.filter(deelnemer=deelnemer, richting="inkomend").latest("pk")
    ouder = {"naam": f"Moeder van {tekst}", "telefoon": "0687650419"}
    with handeling(FABRIEK):
        aanmelding.school = {
            "naam": f"School {tekst}", "soort": "pro", "verwachteUitstroomdatum": dag(60).isoformat(), "ouder": ouder
        }  # fmt: skip
        aanmelding.save(update_fields=["school"])
        school.bij_aanmelding(aanmelding, actor=FABRIEK)
        school.na_besluit(aanmelding, actor=FABRIEK)
        AanmeldingVeiligheid.objects.create(
            aanmelding=aanmelding, deelnemer=deelnemer, gedrag=f"Zag {woord('veiligheid-verwijzer')}",
            maatregel="Samen", gemeld_door=tekst, vastgesteld_op=dag(-9), geldig_tot=dag(90),
        )  # fmt: skip
    plan_overdracht(aanmelding, dag(30), actor=FABRIEK)


def _verwijzing(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """A referral by us that the partner opened by a link, and of which we had to remind."""
    partner = partner_van(naam="ROC Zuid")
    verwijzing = verstuurd(deelnemer, partner, medewerker, toelichting=f"{tekst} wil de opleiding afmaken.")
    verwijslink.geef_link(verwijzing, actor=FABRIEK)
    verwijslink.open_link(verwijzing, f"Rob leest {woord('opende')}", "docent", actor=FABRIEK)
    rappel.rappel_ontvangst(verwijzing, 1, actor=FABRIEK)


def _aangeleverd(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    """The referral came in a file: its line points at it; a line that could not be read says no name."""
    aanmelding = Aanmelding.objects.filter(deelnemer=deelnemer, richting="inkomend").latest("pk")
    assert aanmelding.client is not None
    bestand, _ = aanlevering.begin_aanlevering(aanmelding.client, "bestand", "nacht.jsonl", "0" * 64, actor=FABRIEK)
    aanlevering.leg_regel_vast(bestand, 1, "verwerkt", aanmelding=aanmelding, actor=FABRIEK)


AANMELDINGEN = (
    Hoek("handhaving", "aanmeldingen_handhavingssignaal", _handhaving),
    Hoek("aanpak", "aanmeldingen_samenaanpak"),
    Hoek("aanpakafspraak", "aanmeldingen_aanpakafspraak"),
    Hoek("veiligheid-verwijzer", "aanmeldingen_aanmeldingveiligheid"),
    Hoek("school", "aanmeldingen_schoolverlater", _van_school),
    Hoek("opende", "aanmeldingen_linkopening", _verwijzing),
    Hoek("vraag-aan-verwijzer", "aanmeldingen_aanvullingsvraag", _aangeleverd),
)


# --- What people type in the rest ----------------------------------------------------------------------------------
#: Table and column → rows that other corners made, or the test of merging; here only the text is of this test.
GETYPT: dict[type[Model], str] = {
    Bewijs: "omschrijving",
    Opleiding: "naam",
    Overdrachtsmoment: "toelichting",
    Trajecteinde: "toelichting",
    Verzending: "antwoord",
    Vertegenwoordiger: "naam",
    Werkervaring: "functie",
    Werkgeversafspraak: "wat",
    Werkvermogen: "aanpassing_nodig",
    Zoekberoep: "naam",
}


def _typ(deelnemer: Deelnemer, medewerker: Medewerker, tekst: str) -> None:
    with handeling(FABRIEK):
        for model, kolom in GETYPT.items():
            model._default_manager.filter(deelnemer=deelnemer).update(**{kolom: woord(model.__name__)})
    stel_bericht_op(
        kanaal="email", aan="iemand@voorbeeld.example", onderwerp=f"Over {tekst}", tekst=f"Dag {tekst}",
        betrokkene_id=deelnemer.pk, actor=FABRIEK,
    )  # fmt: skip


REST = (
    Hoek("bericht", "kern_bericht", _typ),
    *(Hoek(model.__name__, model._meta.db_table) for model in GETYPT),
)

WERKHOEKEN = (*WERKGEVERS, *AANMELDINGEN, *REST)
