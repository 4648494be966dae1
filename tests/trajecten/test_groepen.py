"""Groups, attendance of a whole group, and the clocks of the night."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern.aansluitingen import inzage, samenvoegen, tijdlijn, werkvoorraad
from kern.handeling import handeling
from kern.models import TijdlijnRegel, Werkvoorraad
from kern.taken import voer_uit
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import (
    AfspraakFabriek,
    BijeenkomstFabriek,
    DeelnemerFabriek,
    GroepFabriek,
    GroepsdeelnameFabriek,
    InstrumentFabriek,
    OnderdeelFabriek,
    TrajectFabriek,
    Wereld,
    dagen,
    moment,
)
from trajecten.gegevens import laad
from trajecten.models import Aanwezigheid, Afspraak, Instrument, Traject
from trajecten.services.groepen import haal_uit_groep, leg_aanwezigheid_vast, maak_groep, zet_in_groep
from trajecten.services.onderdelen import verzet_onderdeel, voeg_onderdeel_toe
from trajecten.services.trajecten import start_traject

pytestmark = pytest.mark.django_db


def gepland() -> dict[str, Any]:
    return {"status": "gepland", "begindatum": dagen(9), "einddatum": dagen(60)}


@pytest.mark.eis(
    "R096",
    "Een groep heeft plaatsen, een wachtlijst, een trainer en bijeenkomsten; wie uitvalt maakt plaats.",
)
def test_wachtlijst_schuift_door(wereld: Wereld) -> None:
    groep = maak_groep(
        "Instroom 3",
        InstrumentFabriek(soort="groep"),
        wereld.team,
        wereld.consulent,
        dagen(-7),
        None,
        1,
        actor=wereld.actor,
    )
    nog_iemand = DeelnemerFabriek()
    for traject in (wereld.traject(), TrajectFabriek(deelnemer=nog_iemand)):
        OnderdeelFabriek(traject=traject, instrument=groep.instrument)
    eerste = zet_in_groep(groep, wereld.deelnemer, dagen(-7), actor=wereld.actor)
    tweede = zet_in_groep(groep, nog_iemand, dagen(-3), actor=wereld.actor)
    assert (eerste.wachtlijst, tweede.wachtlijst) == (False, True)
    assert zet_in_groep(groep, wereld.deelnemer, dagen(0), actor=wereld.actor).pk == eerste.pk
    haal_uit_groep(eerste, dagen(0), actor=wereld.actor)
    tweede.refresh_from_db()
    assert (tweede.wachtlijst, tweede.begindatum) == (False, dagen(0))


@pytest.mark.eis("R059", "Een groep is geen weg om een instrument zonder actuele diagnose te beginnen.")
def test_in_een_groep_komt_alleen_wie_het_instrument_in_het_plan_heeft(wereld: Wereld) -> None:
    groep = GroepFabriek(begindatum=dagen(-5), instrument=InstrumentFabriek(soort="training"))
    with pytest.raises(ValidationError, match="eerst in het plan van deze persoon"):
        zet_in_groep(groep, wereld.deelnemer, dagen(0), actor=wereld.actor)
    OnderdeelFabriek(traject=wereld.traject(), instrument=groep.instrument, status="vervallen")
    with pytest.raises(ValidationError, match="eerst in het plan van deze persoon"):
        zet_in_groep(groep, wereld.deelnemer, dagen(0), actor=wereld.actor)
    assert not groep.deelnames.exists()


@pytest.mark.eis("R059", "Wie in de groep begint, begint met het instrument: dan telt de diagnose van die dag.")
def test_wat_gepland_was_begint_met_de_groep_en_vraagt_om_een_actuele_diagnose(wereld: Wereld) -> None:
    groep = GroepFabriek(begindatum=dagen(-5), instrument=InstrumentFabriek(soort="training"))
    nieuw = DeelnemerFabriek()
    deel = OnderdeelFabriek(traject=TrajectFabriek(deelnemer=nieuw), instrument=groep.instrument, **gepland())
    with pytest.raises(ValidationError) as fout:
        zet_in_groep(groep, nieuw, dagen(0), actor=wereld.actor)
    assert "De diagnose is niet actueel" in fout.value.message_dict["reden"][0]
    deel.refresh_from_db()
    assert (deel.status, groep.deelnames.count()) == ("gepland", 0)
    deelname = zet_in_groep(groep, nieuw, dagen(0), reden="De groep begint vandaag.", actor=wereld.actor)
    deel.refresh_from_db()
    assert (deel.status, deel.zonder_diagnose_reden) == ("loopt", "De groep begint vandaag.")
    assert deelname.onderdeel == deel


def test_wie_later_begint_of_wacht_op_een_plek_begint_nog_niet(wereld: Wereld) -> None:
    groep = GroepFabriek(begindatum=dagen(-5), einddatum=None, instrument=InstrumentFabriek(soort="training"))
    deel = OnderdeelFabriek(traject=wereld.traject(), instrument=groep.instrument, **gepland())
    zet_in_groep(groep, wereld.deelnemer, dagen(9), actor=wereld.actor)
    deel.refresh_from_db()
    assert deel.status == "gepland"


@pytest.mark.eis("R097", "De aanwezigheid van de hele groep gaat in één keer; alleen wat veranderde wordt geschreven.")
def test_presentie_van_de_hele_groep(wereld: Wereld) -> None:
    groep = GroepFabriek(team=wereld.team, trainer=wereld.consulent)
    mensen = [d.deelnemer for d in GroepsdeelnameFabriek.create_batch(15, groep=groep)]
    les = BijeenkomstFabriek(groep=groep)
    standen = dict.fromkeys((m.pk for m in mensen), "aanwezig") | {mensen[0].pk: "te_laat"}
    assert leg_aanwezigheid_vast(les, standen, actor=wereld.actor) == 15
    assert leg_aanwezigheid_vast(les, standen, actor=wereld.actor) == 0
    assert leg_aanwezigheid_vast(les, standen | {mensen[1].pk: ""}, actor=wereld.actor) == 1
    assert Aanwezigheid.objects.filter(bijeenkomst=les).count() == 14
    regels = TijdlijnRegel.objects.filter(reeks=f"groep:{groep.pk}")
    assert regels.count() == 14
    assert regels.get(betrokkene_id=mensen[0].pk).titel.endswith("te laat")


def test_presentie_weigert_vreemden_en_de_toekomst(wereld: Wereld) -> None:
    les = BijeenkomstFabriek()
    with pytest.raises(ValidationError, match="niet in de groep"):
        leg_aanwezigheid_vast(les, {wereld.deelnemer.pk: "aanwezig"}, actor=wereld.actor)
    with pytest.raises(ValidationError, match="Kies een van"):
        leg_aanwezigheid_vast(les, {wereld.deelnemer.pk: "weg"}, actor=wereld.actor)
    with pytest.raises(ValidationError, match="nog niet geweest"):
        leg_aanwezigheid_vast(BijeenkomstFabriek(begint_op=moment(2)), {}, actor=wereld.actor)


@pytest.mark.eis("R098", "De tweede keer op rij niet verschenen in een groep staat op de lijst van de consulent.")
def test_tweede_keer_weg_staat_bij_de_consulent(wereld: Wereld) -> None:
    wereld.traject()
    groep = GroepFabriek()
    GroepsdeelnameFabriek(groep=groep, deelnemer=wereld.deelnemer)
    lessen = [BijeenkomstFabriek(groep=groep, begint_op=moment(-d)) for d in (9, 6, 3)]
    sleutel = f"groepsverzuim:{groep.pk}:{wereld.deelnemer.pk}"

    def zet(les: object, stand: str) -> bool:
        leg_aanwezigheid_vast(les, {wereld.deelnemer.pk: stand}, actor=wereld.actor)
        return Werkvoorraad.objects.filter(sleutel=sleutel, voor_id=wereld.consulent.gebruiker_id).exists()

    assert not zet(lessen[0], "niet_verschenen")
    assert zet(lessen[1], "niet_verschenen")
    assert not zet(lessen[2], "aanwezig")
    assert Traject.objects.get().status == "loopt"


@pytest.mark.eis("R080", "Wie langer dan 14 dagen geen actief onderdeel heeft, staat de volgende ochtend op de lijst.")
@pytest.mark.parametrize(("geleden", "staat"), [(14, False), (15, True)])
def test_niet_sluitend_traject_komt_op_de_lijst(wereld: Wereld, geleden: int, staat: bool) -> None:
    traject = start_traject(wereld.deelnemer, "werk_voltijd", dagen(-geleden), actor=wereld.actor)
    loop = voer_uit("trajecten.klokken", traject.gemeente)
    assert loop.status == "gelukt"
    rij = Werkvoorraad.objects.filter(sleutel=f"sluitend:{traject.pk}")
    assert rij.exists() is staat
    voer_uit("trajecten.klokken", traject.gemeente)
    assert rij.count() == int(staat)
    deel = voeg_onderdeel_toe(traject, InstrumentFabriek(), dagen(0), actor=wereld.actor)
    assert not rij.exists()
    verzet_onderdeel(deel, "afronden", actor=wereld.actor)
    assert not rij.exists()  # the clock starts again


def test_onderdeel_dat_begonnen_of_klaar_had_moeten_zijn(wereld: Wereld) -> None:
    traject = wereld.traject()
    begin = OnderdeelFabriek(traject=traject, status="gepland", begindatum=dagen(-2))
    einde = OnderdeelFabriek(traject=traject, einddatum=dagen(-1))
    voer_uit("trajecten.klokken", traject.gemeente)
    soorten = dict(Werkvoorraad.objects.values_list("sleutel", "soort").order_by("id"))
    assert soorten == {f"onderdeel:{begin.pk}": "onderdeel_begin", f"onderdeel:{einde.pk}": "onderdeel_eind"}


def test_opbouw_geeft_precies_wat_er_staat(wereld: Wereld) -> None:
    """Timeline and lists can be thrown away and rebuilt: the rows come out the same."""
    traject = start_traject(wereld.deelnemer, "werk_voltijd", dagen(-30), actor=wereld.actor)
    voeg_onderdeel_toe(traject, InstrumentFabriek(), dagen(-20), actor=wereld.actor, einddatum=dagen(-10))
    voer_uit("trajecten.klokken", traject.gemeente)
    lijnen = {(r.sleutel, r.titel) for r in tijdlijn.kamers()["trajecten"](wereld.deelnemer.pk)}
    assert lijnen == set(TijdlijnRegel.objects.filter(kamer="trajecten").values_list("sleutel", "titel"))
    rijen = {(r.sleutel, r.op) for r in werkvoorraad.kamers()["trajecten"]()}
    assert rijen == set(Werkvoorraad.objects.filter(kamer="trajecten").values_list("sleutel", "op"))
    assert rijen


@pytest.mark.eis("R069", "Het aanbod staat in de catalogus met soort, omvang, plaatsen en kosten.")
def test_catalogus_laadt_een_keer(gemeente: object) -> None:
    hoeveel = laad(gemeente, FABRIEK)
    assert hoeveel == Instrument.objects.count() >= 30
    namen = set(Instrument.objects.values_list("naam", flat=True))
    assert {
        "Intake W&R",
        "Instroomgroep",
        "Startmeter",
        "Zeehoeve",
        "Jobcenter",
        "CV-dokter",
        "School2Work",
    } <= namen
    assert set(Instrument.objects.filter(afgeschermd=True).values_list("naam", flat=True)) == {
        "Vinkebrug",
        "Uitstapprogramma",
    }
    with handeling(FABRIEK):
        Instrument.objects.filter(code="startmeter").update(capaciteit=5)
    assert laad(gemeente, FABRIEK) == 0
    assert Instrument.objects.get(code="startmeter").capaciteit == 5


def test_samenvoegen_verplaatst_wat_niet_botst(wereld: Wereld) -> None:
    dubbel = DeelnemerFabriek()
    oud = TrajectFabriek(deelnemer=dubbel, begindatum=dagen(-900), einddatum=dagen(-700), status="beeindigd")
    deel = OnderdeelFabriek(traject=oud, status="afgerond", begindatum=dagen(-800), einddatum=dagen(-750))
    botst = TrajectFabriek(deelnemer=dubbel, begindatum=dagen(-30))
    wereld.traject()
    AfspraakFabriek(deelnemer=dubbel)
    AfspraakFabriek(deelnemer=wereld.deelnemer)
    with handeling(FABRIEK):
        samenvoegen.verhuis(dubbel.pk, wereld.deelnemer.pk)
    for rij in (oud, deel, botst):
        rij.refresh_from_db()
    assert (oud.deelnemer, deel.deelnemer, botst.deelnemer) == (wereld.deelnemer, wereld.deelnemer, dubbel)
    assert Afspraak.objects.filter(deelnemer=dubbel).count() == 1


def test_inzage_vertelt_alles_in_gewone_woorden(wereld: Wereld) -> None:
    OnderdeelFabriek(traject=wereld.traject(doeltekst="Eigen huur"))
    AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent)
    alles = inzage.kamers()["trajecten"](wereld.deelnemer.pk)
    assert alles["Trajecten"][0]["in eigen woorden"] == "Eigen huur"
    assert len(alles["Onderdelen van trajecten"]) == len(alles["Gesprekken en afspraken"]) == 1


def test_database_weigert_dubbele_aanwezigheid_en_uitlopend_zonder_datum(wereld: Wereld) -> None:
    les = BijeenkomstFabriek()
    with pytest.raises(IntegrityError, match="aanwezigheid_een_keer"), handeling(FABRIEK):
        for _ in range(2):
            Aanwezigheid.objects.create(bijeenkomst=les, deelnemer=wereld.deelnemer, stand="ziek")
    with pytest.raises(IntegrityError, match="uitlopend_heeft_einde"), transaction.atomic():
        InstrumentFabriek(status="uitlopend")
