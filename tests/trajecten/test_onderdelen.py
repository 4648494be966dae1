"""Parts of a trajectory: side by side, only real dependencies, never without diagnosis or place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers.models import Beschikbaarheid, Betrokkenheid, Diagnose
from kern.handeling import handeling
from kern.models import Overgang, TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from organisatie.rechten import Rol
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import (
    AanbiederFabriek,
    InstrumentFabriek,
    OnderdeelFabriek,
    Wereld,
    dagen,
    medewerker_met,
    persoon,
)
from trajecten.keuzes import Instrumentsoort
from trajecten.models import Onderdeelafhankelijkheid, Trajectonderdeel
from trajecten.services.onderdelen import (
    leg_afhankelijkheid,
    verschuif_onderdeel,
    verwijder_afhankelijkheid,
    verzet_onderdeel,
    voeg_onderdeel_toe,
    wissel_onderdeel,
)
from trajecten.services.trajecten import start_traject

pytestmark = pytest.mark.django_db


@pytest.mark.eis("R066", "Twee onderdelen die in de tijd overlappen zijn toegestaan en lopen allebei.")
def test_onderdelen_lopen_naast_elkaar(wereld: Wereld) -> None:
    traject = wereld.traject()
    a = voeg_onderdeel_toe(traject, InstrumentFabriek(), dagen(-3), actor=wereld.actor)
    b = voeg_onderdeel_toe(traject, InstrumentFabriek(), dagen(-1), actor=wereld.actor)
    assert (a.status, b.status) == ("loopt", "loopt")
    assert a.begindatum <= b.begindatum <= a.einddatum
    wereld.deelnemer.refresh_from_db()
    assert wereld.deelnemer.onderdelen_actief == 2


@pytest.mark.eis("R068", "Kinderopvang en schuldhulp lopen naast de onderdelen, niet ervoor.")
def test_hulp_loopt_naast_de_rest(wereld: Wereld) -> None:
    traject = wereld.traject()
    hulp = voeg_onderdeel_toe(traject, InstrumentFabriek(soort="hulp", dagdelen=0), dagen(0), actor=wereld.actor)
    werk = voeg_onderdeel_toe(traject, InstrumentFabriek(dagdelen=8), dagen(0), actor=wereld.actor)
    assert {hulp.status, werk.status} == {"loopt"}
    assert not Onderdeelafhankelijkheid.objects.exists()


@pytest.mark.eis(
    "R059", "Zonder actuele diagnose begint alleen wat er een maakt of iemand start; met een reden kan het toch."
)
@pytest.mark.parametrize("mist", ["hard", "zacht", "verouderd", "geen"])
def test_zonder_actuele_diagnose_geen_onderdeel(wereld: Wereld, mist: str) -> None:
    traject, instrument = wereld.traject(), InstrumentFabriek()
    with handeling(FABRIEK):
        rij = Diagnose.objects.filter(deelnemer=wereld.deelnemer)
        if mist == "geen":
            rij.delete()
        else:
            rij.update(
                **{
                    "hard": {"hard_compleet_op": None},
                    "zacht": {"zacht_compleet_op": None},
                    "verouderd": {"vers_tot": dagen(-1)},
                }[mist]
            )
    with pytest.raises(ValidationError) as fout:
        voeg_onderdeel_toe(traject, instrument, dagen(0), actor=wereld.actor)
    assert "zonder_diagnose_reden" in fout.value.error_dict
    vrij = {"diagnose", "instroom"}
    for soort in Instrumentsoort.values:
        if soort in vrij:
            begin = voeg_onderdeel_toe(
                traject, InstrumentFabriek(soort=soort, dagdelen=0), dagen(0), actor=wereld.actor
            )
            assert begin.status == "loopt" and begin.zonder_diagnose_reden == ""
        else:
            with pytest.raises(ValidationError, match="De diagnose is niet actueel"):
                voeg_onderdeel_toe(traject, InstrumentFabriek(soort=soort), dagen(0), actor=wereld.actor)
    deel = voeg_onderdeel_toe(
        traject, instrument, dagen(0), actor=wereld.actor, zonder_diagnose_reden="De groep start vandaag"
    )
    assert deel.zonder_diagnose_reden == "De groep start vandaag"
    assert Overgang.objects.get(soort="trajectonderdeel", object_id=deel.pk).reden == "De groep start vandaag"


@pytest.mark.eis("R059", "De diagnose telt op de dag waarop een onderdeel begint, niet waarop het is gepland")
@pytest.mark.eis("R060", "Was zij bij het plannen oud en bij de start bijgewerkt, dan begon het mét diagnose")
def test_de_diagnose_op_de_dag_van_de_start(wereld: Wereld) -> None:
    traject, instrument = wereld.traject(), InstrumentFabriek()
    vers = Diagnose.objects.filter(deelnemer=wereld.deelnemer)
    gepland = voeg_onderdeel_toe(traject, instrument, dagen(5), actor=wereld.actor)
    with handeling(FABRIEK):
        vers.update(vers_tot=dagen(-1))
    with pytest.raises(ValidationError, match="De diagnose is niet actueel"):
        verzet_onderdeel(gepland, "starten", actor=wereld.actor)
    toch = verzet_onderdeel(gepland, "starten", reden="De groep begint", actor=wereld.actor)
    assert toch.zonder_diagnose_reden == "De groep begint"
    later = voeg_onderdeel_toe(
        traject, InstrumentFabriek(), dagen(5), actor=wereld.actor, zonder_diagnose_reden="Komt nog"
    )
    with handeling(FABRIEK):
        vers.update(vers_tot=dagen(30))
    assert verzet_onderdeel(later, "starten", actor=wereld.actor).zonder_diagnose_reden == ""


@pytest.mark.eis(
    "R090",
    "Een uitlopend instrument of een uitlopende aanbieder krijgt geen nieuwe start; wie bezig is, gaat door.",
)
def test_uitlopend_start_niet_maar_loopt_af(wereld: Wereld) -> None:
    traject, instrument = wereld.traject(), InstrumentFabriek()
    deel = voeg_onderdeel_toe(traject, instrument, dagen(0), actor=wereld.actor)
    gepland = voeg_onderdeel_toe(traject, instrument, dagen(5), actor=wereld.actor)
    with handeling(FABRIEK):
        instrument.status, instrument.einddatum = "uitlopend", dagen(90)
        instrument.save()
    with pytest.raises(ValidationError, match="loopt uit"):
        voeg_onderdeel_toe(traject, instrument, dagen(0), actor=wereld.actor)
    with pytest.raises(ValidationError, match="loopt uit"):
        verzet_onderdeel(gepland, "starten", actor=wereld.actor)
    assert verzet_onderdeel(deel, "afronden", actor=wereld.actor).status == "afgerond"
    oud = AanbiederFabriek(status="gestopt")
    with pytest.raises(ValidationError, match="geen nieuwe afspraken"):
        voeg_onderdeel_toe(traject, InstrumentFabriek(aanbieder=oud), dagen(0), actor=wereld.actor)


@pytest.mark.eis(
    "R078",
    "Een onderdeel stoppen en een ander starten gaat in één keer; de plek is meteen vrij en de reden blijft.",
)
def test_wisselen_in_een_keer_en_plek_vrij(wereld: Wereld) -> None:
    traject, vol = wereld.traject(), InstrumentFabriek(capaciteit=1)
    ander = persoon(wereld.team, wereld.consulent)
    ander_traject = start_traject(ander, "werk_voltijd", dagen(0), actor=wereld.actor)
    deel = voeg_onderdeel_toe(traject, vol, dagen(0), actor=wereld.actor)
    with pytest.raises(ValidationError, match="bezet"):
        voeg_onderdeel_toe(ander_traject, vol, dagen(0), actor=wereld.actor)
    nieuw = wissel_onderdeel(deel, InstrumentFabriek(), "Past niet bij de tijden", actor=wereld.actor)
    deel.refresh_from_db()
    assert (deel.status, deel.einddatum, deel.resultaat) == ("gestopt", dagen(0), "Past niet bij de tijden")
    assert nieuw.status == "loopt"
    assert voeg_onderdeel_toe(ander_traject, vol, dagen(1), actor=wereld.actor).status == "gepland"


@pytest.mark.eis("R075", "Is een instrument vol, dan kan iemand op de wachtlijst; die neemt geen plek in.")
def test_wachtlijst_neemt_geen_plek(wereld: Wereld) -> None:
    vol = InstrumentFabriek(capaciteit=1)
    eerste = voeg_onderdeel_toe(wereld.traject(), vol, dagen(0), actor=wereld.actor)
    ander = persoon(wereld.team, wereld.consulent)
    traject = start_traject(ander, "werk_voltijd", dagen(0), actor=wereld.actor)
    wacht = voeg_onderdeel_toe(traject, vol, dagen(0), actor=wereld.actor, op_wachtlijst=True)
    assert (wacht.status, wacht.wacht_op) == ("wacht", "een plek")
    rij = Werkvoorraad.objects.get(sleutel=f"onderdeel:{wacht.pk}")
    assert rij.wacht_op == "een plek"
    with pytest.raises(ValidationError, match="bezet"):
        verzet_onderdeel(wacht, "starten", actor=wereld.actor)
    verzet_onderdeel(eerste, "afronden", actor=wereld.actor)
    assert verzet_onderdeel(wacht, "starten", actor=wereld.actor).status == "loopt"
    assert not Werkvoorraad.objects.filter(sleutel=f"onderdeel:{wacht.pk}").exists()


@pytest.mark.eis(
    "R067",
    "Passen dagdelen of uren niet in de week, dan zegt het systeem dat; na een bewuste keuze kan het toch.",
)
def test_botsing_van_dagdelen_waarschuwt(wereld: Wereld) -> None:
    traject = wereld.traject()
    voeg_onderdeel_toe(traject, InstrumentFabriek(dagdelen=6), dagen(0), actor=wereld.actor)
    zwaar = InstrumentFabriek(dagdelen=5)
    with pytest.raises(ValidationError) as fout:
        voeg_onderdeel_toe(traject, zwaar, dagen(0), actor=wereld.actor)
    assert "11 dagdelen" in fout.value.message_dict["botsing_gezien"][0]
    assert voeg_onderdeel_toe(traject, zwaar, dagen(0), actor=wereld.actor, botsing_gezien=True).pk
    voeg_onderdeel_toe(traject, zwaar, dagen(80), actor=wereld.actor)  # after the others ended: no clash


def test_botsing_kijkt_naar_de_beschikbaarheid(wereld: Wereld) -> None:
    with handeling(FABRIEK):
        Beschikbaarheid.objects.create(
            deelnemer=wereld.deelnemer,
            uren_min=8,
            uren_max=16,
            dagdelen=["ma-o", "ma-m", "di-o", "di-m"],
            beschikbaar_vanaf=dagen(0),
            vastgesteld_op=dagen(-1),
            houdbaar_tot=dagen(100),
        )
    traject = wereld.traject()
    voeg_onderdeel_toe(traject, InstrumentFabriek(dagdelen=3), dagen(0), actor=wereld.actor)
    with pytest.raises(ValidationError, match="deze persoon heeft er 4"):
        voeg_onderdeel_toe(traject, InstrumentFabriek(dagdelen=2), dagen(0), actor=wereld.actor)
    with pytest.raises(ValidationError, match="deze persoon heeft er 16"):
        voeg_onderdeel_toe(
            traject, InstrumentFabriek(dagdelen=1), dagen(0), actor=wereld.actor, uren_per_week=Decimal("8.5")
        )


def test_kring_van_afhankelijkheden_wordt_geweigerd(wereld: Wereld) -> None:
    traject = wereld.traject()
    a, b, c = (voeg_onderdeel_toe(traject, InstrumentFabriek(), dagen(3), actor=wereld.actor) for _ in range(3))
    leg_afhankelijkheid(b, a, "Eerst taal", actor=wereld.actor)
    leg_afhankelijkheid(c, b, "Eerst b", actor=wereld.actor)
    with pytest.raises(ValidationError, match="wachten deze onderdelen op elkaar"):
        leg_afhankelijkheid(a, c, "Kring", actor=wereld.actor)
    with pytest.raises(ValidationError, match="op elkaar"):
        leg_afhankelijkheid(a, a, "Zichzelf", actor=wereld.actor)
    ander = start_traject(persoon(wereld.team, wereld.consulent), "school", dagen(0), actor=wereld.actor)
    vreemd = voeg_onderdeel_toe(ander, InstrumentFabriek(), dagen(3), actor=wereld.actor)
    with pytest.raises(ValidationError, match="ander traject"):
        leg_afhankelijkheid(a, vreemd, "Vreemd", actor=wereld.actor)


def test_afhankelijk_onderdeel_start_pas_als_het_andere_klaar_is(wereld: Wereld) -> None:
    traject = wereld.traject()
    a = voeg_onderdeel_toe(traject, InstrumentFabriek(), dagen(0), actor=wereld.actor)
    b = voeg_onderdeel_toe(traject, InstrumentFabriek(), dagen(0), actor=wereld.actor, na=[a], reden_na="Eerst taal")
    assert b.status == "gepland"
    with pytest.raises(OvergangGeweigerd, match="Eerst taal"):
        verzet_onderdeel(b, "starten", actor=wereld.actor)
    verwijder_afhankelijkheid(Onderdeelafhankelijkheid.objects.get(), actor=wereld.actor)
    assert verzet_onderdeel(b, "starten", actor=wereld.actor).status == "loopt"


@pytest.mark.parametrize("actie", ["stoppen", "laten_vervallen"])
def test_stoppen_vraagt_een_reden(wereld: Wereld, actie: str) -> None:
    deel = voeg_onderdeel_toe(
        wereld.traject(), InstrumentFabriek(), dagen(0 if actie == "stoppen" else 3), actor=wereld.actor
    )
    with pytest.raises(OvergangGeweigerd, match="reden"):
        verzet_onderdeel(deel, actie, actor=wereld.actor)
    assert Trajectonderdeel.objects.get(pk=deel.pk).status == deel.status


@pytest.mark.eis("R074", "De omvang in dagdelen kan groeien: WEM begint met twee.")
def test_dagdelen_groeien(wereld: Wereld) -> None:
    deel = voeg_onderdeel_toe(wereld.traject(), InstrumentFabriek(dagdelen=2), dagen(0), actor=wereld.actor)
    assert deel.dagdelen == 2
    deel = verschuif_onderdeel(deel, deel.begindatum, dagen(100), dagdelen=4, versie=deel.versie, actor=wereld.actor)
    assert (deel.dagdelen, deel.einddatum) == (4, dagen(100))


def test_verschuiven_merkt_dat_een_ander_eerst_was(wereld: Wereld) -> None:
    deel = voeg_onderdeel_toe(wereld.traject(), InstrumentFabriek(maximum_weken=10), dagen(0), actor=wereld.actor)
    oud = deel.versie
    verschuif_onderdeel(deel, deel.begindatum, dagen(20), versie=oud, actor=wereld.actor)
    with pytest.raises(ValidationError, match="net gewijzigd"):
        verschuif_onderdeel(deel, deel.begindatum, dagen(40), versie=oud, actor=wereld.actor)
    with pytest.raises(ValidationError, match="hoogstens 10 weken"):
        verschuif_onderdeel(deel, deel.begindatum, dagen(100), actor=wereld.actor)
    verzet_onderdeel(deel, "afronden", actor=wereld.actor)
    with pytest.raises(OvergangGeweigerd, match="al klaar"):
        verschuif_onderdeel(deel, deel.begindatum, dagen(30), actor=wereld.actor)


def test_uitvoerder_ziet_het_dossier_zolang_het_onderdeel_loopt(wereld: Wereld) -> None:
    coach = medewerker_met(Rol.CONSULENT, wereld.team)
    deel = voeg_onderdeel_toe(
        wereld.traject(),
        InstrumentFabriek(soort="jobcoaching"),
        dagen(0),
        actor=wereld.actor,
        uitvoerder=coach,
    )
    rij = Betrokkenheid.objects.get(medewerker=coach)
    assert (rij.rol, rij.einddatum) == ("jobcoach", None)
    verzet_onderdeel(deel, "afronden", actor=wereld.actor)
    rij.refresh_from_db()
    assert rij.einddatum == dagen(0)


def test_tijdlijn_van_een_afgeschermd_onderdeel_is_bijzonder(wereld: Wereld) -> None:
    deel = voeg_onderdeel_toe(
        wereld.traject(), InstrumentFabriek(afgeschermd=True, naam="Vinkebrug"), dagen(0), actor=wereld.actor
    )
    assert TijdlijnRegel.objects.get(sleutel=f"onderdeel:{deel.pk}").zichtbaarheid == "bijzonder"


WEIGERT = {
    "onderdeel_status": {"status": "bezig"},
    "onderdeel_financiering": {"financiering": "zelf"},
    "onderdeel_wacht_op_iemand": {"status": "wacht", "wacht_op": "", "wacht_sinds": None},
    "onderdeel_klaar_heeft_einde": {"status": "afgerond", "einddatum": None},
    "trajecten_trajectonderdeel_einde_na_begin": {"einddatum": dt.date(2000, 1, 1)},
}


@pytest.mark.parametrize("naam", WEIGERT)
def test_database_weigert_onmogelijk_onderdeel(wereld: Wereld, naam: str) -> None:
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        OnderdeelFabriek(traject=wereld.traject(), **WEIGERT[naam])


def test_database_weigert_afhankelijkheid_van_zichzelf(wereld: Wereld) -> None:
    deel = OnderdeelFabriek(traject=wereld.traject())
    with pytest.raises(IntegrityError, match="niet_van_zichzelf"), handeling(FABRIEK):
        Onderdeelafhankelijkheid.objects.create(deelnemer=deel.deelnemer, onderdeel=deel, eerst=deel, reden="x")
