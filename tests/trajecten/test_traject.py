"""A trajectory begins, ends, waits for income, is reopened; death; two at once."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers.models import MeldingAanInkomen, Uitkeringsgerechtigde
from deelnemers.services.inkomen import (
    bevestig_doorlopen,
    bevestig_einde,
    heropen_antwoord,
    meld_aan_inkomen,
)
from deelnemers.services.overlijden import meld_overlijden
from kern.handeling import Actor, handeling
from kern.models import Bericht, Gebeurtenis, Overgang, TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import (
    AfspraakFabriek,
    DeelnemerFabriek,
    GroepsdeelnameFabriek,
    OnderdeelFabriek,
    TrajectFabriek,
    Wereld,
    contract,
    dagen,
    moment,
    persoon,
)
from trajecten.keuzes import NAAR_WERK, WACHT_OP_INKOMEN, Uitkomst
from trajecten.models import Trajecteinde
from trajecten.services.afspraken import leg_verzuimvervolg_vast, meld_afspraak
from trajecten.services.einde import heropen_traject, sluit_met_nieuw_bewijs, sluit_traject
from trajecten.services.klokken import achterstallig
from trajecten.services.plannen import stel_plan_vast, teken_plan
from trajecten.services.trajecten import pas_doel_aan, start_traject

INKOMEN = Actor.taak("inkomen")


def _naar_werk(wereld: Wereld, **velden: object) -> Trajecteinde:
    traject = velden.pop("traject", None) or wereld.traject()
    return sluit_traject(
        traject,
        Uitkomst.WERK_DEELTIJD_UIT,
        dagen(0),
        actor=wereld.actor,
        bewijs=contract(wereld.deelnemer),
        werk_begonnen_op=dagen(-2),
        uren_per_week=Decimal(28),
        **velden,
    )


@pytest.mark.eis("R065", "Een traject heeft één doel en een begindatum; team en trede van die dag worden vastgezet.")
def test_start_zet_team_en_trede_vast(wereld: Wereld) -> None:
    kenmerk = uuid.uuid4()
    traject = start_traject(
        wereld.deelnemer,
        "werk_voltijd",
        dagen(0),
        actor=wereld.actor,
        doeltekst="Mijn eigen huur betalen",
        aanmelding=kenmerk,
    )
    assert (traject.team, traject.trede_bij_start, traject.status) == (wereld.team, 3, "loopt")
    wereld.deelnemer.refresh_from_db()
    assert wereld.deelnemer.in_traject
    assert TijdlijnRegel.objects.get(sleutel=f"traject:{traject.pk}").tekst == "Mijn eigen huur betalen"
    gebeurtenis = Gebeurtenis.objects.get(type="traject.gestart")
    assert gebeurtenis.data == {"traject": traject.pk, "aanmelding": str(kenmerk)}
    assert Overgang.objects.get(soort="traject").naar == "loopt"


@pytest.mark.eis("R001", "Meer trajecten in de loop van de jaren, nooit twee op één dag.")
def test_een_traject_per_dag(wereld: Wereld) -> None:
    traject = start_traject(wereld.deelnemer, "werk_voltijd", dagen(-10), actor=wereld.actor)
    with pytest.raises(ValidationError, match="al een traject"):
        start_traject(wereld.deelnemer, "school", dagen(0), actor=wereld.actor)
    with pytest.raises(IntegrityError, match="traject_een_per_dag"), transaction.atomic():
        TrajectFabriek(deelnemer=wereld.deelnemer, begindatum=dagen(-3))
    sluit_traject(traject, Uitkomst.ZORG, dagen(-1), actor=wereld.actor, toelichting="Naar de ggz")
    assert start_traject(wereld.deelnemer, "school", dagen(0), actor=wereld.actor).pk != traject.pk


def test_zonder_regievoerder_geen_traject(gemeente: object) -> None:
    with pytest.raises(ValidationError, match="regievoerder"):
        start_traject(DeelnemerFabriek(), "school", dagen(0), actor=FABRIEK)


def test_zonder_trede_kan_een_traject_beginnen(wereld: Wereld) -> None:
    with handeling(FABRIEK):
        wereld.deelnemer.tredes.all().delete()
        wereld.deelnemer.trede_nu = None
        wereld.deelnemer.save()
    assert start_traject(wereld.deelnemer, "school", dagen(0), actor=wereld.actor).trede_bij_start is None


def test_doel_aanpassen_merkt_een_ander(wereld: Wereld) -> None:
    traject = wereld.traject()
    pas_doel_aan(traject, "school", doeltekst="Een diploma", versie=1, actor=wereld.actor)
    with pytest.raises(ValidationError, match="net gewijzigd"):
        pas_doel_aan(traject, "school", doeltekst="Iets anders", versie=1, actor=wereld.actor)


def test_plan_in_versies_met_twee_handtekeningen(wereld: Wereld) -> None:
    traject = wereld.traject()
    een = stel_plan_vast(traject, "Samen afgesproken", dagen(60), doelen=["Taal", " "], actor=wereld.actor)
    assert (een.nummer, een.doelen) == (1, ["Taal"])
    teken_plan(een, deelnemer=True, actor=wereld.actor)
    een = teken_plan(een, afdeling=True, actor=wereld.actor)
    assert (een.getekend_deelnemer_op, een.getekend_afdeling_op, een.getekend_door) == (
        dagen(0),
        dagen(0),
        wereld.consulent,
    )
    twee = stel_plan_vast(traject, "Bijgesteld", dagen(60), actor=wereld.actor)
    assert (twee.nummer, twee.getekend_deelnemer_op) == (2, None)
    with pytest.raises(ValidationError, match="nieuwere versie"):
        teken_plan(een, deelnemer=True, actor=wereld.actor)
    for dag in (dagen(0), dagen(400)):
        with pytest.raises(ValidationError, match="half jaar"):
            stel_plan_vast(traject, "Te laat", dag, actor=wereld.actor)


@pytest.mark.eis(
    "R079", "Zonder bewijs of toelichting wordt een einde geweigerd; het einde heeft één gecodeerde uitkomst."
)
@pytest.mark.parametrize("uitkomst", [u for u in Uitkomst if u != Uitkomst.OVERLEDEN])
def test_geen_einde_zonder_bewijs(wereld: Wereld, uitkomst: Uitkomst) -> None:
    traject = wereld.traject()
    werkdag = {"werk_begonnen_op": dagen(-1)} if uitkomst in NAAR_WERK else {}
    with pytest.raises(ValidationError) as fout:
        sluit_traject(traject, uitkomst, dagen(0), actor=wereld.actor, **werkdag)
    assert fout.value.error_dict.keys() & {"bewijs", "toelichting"}
    traject.refresh_from_db()
    assert traject.status == "loopt"


@pytest.mark.django_db
def test_werk_vraagt_een_eerste_werkdag_en_passend_bewijs(wereld: Wereld) -> None:
    traject = wereld.traject()
    with pytest.raises(ValidationError) as fout:
        sluit_met_nieuw_bewijs(
            traject,
            Uitkomst.WERK_VOLTIJD,
            dagen(3),
            ("bericht_school", "Brief", dagen(0)),
            actor=wereld.actor,
        )
    assert fout.value.error_dict.keys() == {"bewijs", "datum", "werk_begonnen_op"}
    ander = contract(persoon(wereld.team, wereld.consulent))
    with pytest.raises(ValidationError, match="iemand anders"):
        sluit_traject(
            traject,
            Uitkomst.WERK_VOLTIJD,
            dagen(0),
            bewijs=ander,
            werk_begonnen_op=dagen(0),
            actor=wereld.actor,
        )


def test_einde_wacht_op_inkomen_en_wordt_bevestigd(wereld: Wereld) -> None:
    einde = _naar_werk(wereld)
    traject = einde.traject
    assert (traject.status, einde.uitkering) == ("wacht_op_inkomen", wereld.uitkering)
    melding = MeldingAanInkomen.objects.get()
    assert (melding.verwijzing, melding.ingangsdatum, melding.uren_per_week) == (
        f"traject:{traject.pk}",
        dagen(-2),
        28,
    )
    assert Uitkeringsgerechtigde.objects.get(deelnemer=wereld.deelnemer).einddatum is None
    bevestig_einde(melding, dagen(-3), "11", actor=INKOMEN)
    traject.refresh_from_db()
    assert traject.status == "beeindigd"
    assert Gebeurtenis.objects.filter(type="traject.beeindigd").count() == 1
    heropen_antwoord(melding, actor=INKOMEN, reden="Verkeerde persoon")
    traject.refresh_from_db()
    assert traject.status == "wacht_op_inkomen"


@pytest.mark.parametrize("uitkomst", list(WACHT_OP_INKOMEN))
def test_zonder_lopende_uitkering_is_er_niets_te_bevestigen(wereld: Wereld, uitkomst: Uitkomst) -> None:
    mens = persoon(wereld.team, wereld.consulent)
    traject = TrajectFabriek(deelnemer=mens, team=wereld.team)
    werk = uitkomst in NAAR_WERK
    soort = "arbeidscontract" if werk else "bericht_school"
    sluit_met_nieuw_bewijs(
        traject,
        uitkomst,
        dagen(0),
        (soort, "Bewijs", dagen(0)),
        actor=wereld.actor,
        toelichting="x",
        werk_begonnen_op=dagen(0) if werk else None,
    )
    traject.refresh_from_db()
    assert traject.status == "beeindigd"
    assert not MeldingAanInkomen.objects.exists()


def test_uitkering_loopt_door_terwijl_de_uitkomst_iets_anders_zegt(wereld: Wereld) -> None:
    einde = _naar_werk(wereld)
    bevestig_doorlopen(MeldingAanInkomen.objects.get(), actor=INKOMEN)
    einde.traject.refresh_from_db()
    assert einde.traject.status == "wacht_op_inkomen"
    rij = Werkvoorraad.objects.get(sleutel=f"uitkomst:{einde.traject_id}")
    assert rij.voor_id == wereld.consulent.gebruiker_id
    heropen_traject(einde.traject, actor=wereld.actor, reden="Het is deeltijd met uitkering")
    assert not Werkvoorraad.objects.filter(sleutel=f"uitkomst:{einde.traject_id}").exists()


def test_naar_school_mag_met_een_uitkering_die_doorloopt(wereld: Wereld) -> None:
    traject = wereld.traject()
    sluit_met_nieuw_bewijs(
        traject, Uitkomst.SCHOOL, dagen(0), ("bericht_school", "Inschrijving", dagen(0)), actor=wereld.actor
    )
    bevestig_doorlopen(MeldingAanInkomen.objects.get(), actor=INKOMEN)
    traject.refresh_from_db()
    assert traject.status == "beeindigd"


def test_melding_van_een_plaatsing_wordt_gebruikt(wereld: Wereld) -> None:
    """The placement told income already: it is not told twice, and an answer that is in counts at once."""
    melding = meld_aan_inkomen(wereld.deelnemer, "plaatsing", "plaatsing:7", dagen(-2), actor=wereld.actor)
    bevestig_einde(melding, dagen(-3), "11", actor=INKOMEN)
    traject = wereld.traject()
    einde = _naar_werk(wereld, traject=traject)
    assert (einde.melding, einde.uitkering, einde.traject.status) == (melding, wereld.uitkering, "beeindigd")
    assert MeldingAanInkomen.objects.count() == 1


def test_antwoord_van_inkomen_bij_lopend_traject_vraagt_om_afsluiten(wereld: Wereld) -> None:
    traject = wereld.traject()
    melding = meld_aan_inkomen(wereld.deelnemer, "plaatsing", "plaatsing:8", dagen(-2), actor=wereld.actor)
    bevestig_einde(melding, dagen(-3), "11", actor=INKOMEN)
    assert Werkvoorraad.objects.get(sleutel=f"afsluiten:{traject.pk}").voor_id == wereld.consulent.gebruiker_id


def test_einde_sluit_wat_loopt(wereld: Wereld) -> None:
    traject = wereld.traject()
    loopt, plan = (
        OnderdeelFabriek(traject=traject),
        OnderdeelFabriek(traject=traject, status="gepland", begindatum=dagen(5)),
    )
    plek = GroepsdeelnameFabriek(deelnemer=wereld.deelnemer)
    _naar_werk(wereld, traject=traject)
    for rij in (loopt, plan, plek, wereld.deelnemer):
        rij.refresh_from_db()
    assert (loopt.status, loopt.einddatum, plan.status, plek.einddatum) == (
        "afgerond",
        dagen(0),
        "vervallen",
        dagen(0),
    )
    assert (wereld.deelnemer.in_traject, wereld.deelnemer.onderdelen_actief) == (False, 0)
    assert achterstallig([wereld.deelnemer.pk]) == []


@pytest.mark.eis("R105", "Stoppen na niet verschijnen kan alleen na drie stappen en een besluit van een mens.")
def test_stoppen_na_niet_verschijnen_vraagt_het_besluit(wereld: Wereld) -> None:
    traject = wereld.traject()
    with pytest.raises(ValidationError, match="besluit van een mens"):
        sluit_traject(traject, Uitkomst.NIET_VERSCHENEN, dagen(0), actor=wereld.actor, toelichting="Kwam niet")
    for geleden in (30, 20, 10):
        rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(-geleden))
        rij = meld_afspraak(rij, "niet_verschenen", actor=wereld.actor)
    with pytest.raises(ValidationError, match="besluit van een mens"):
        sluit_traject(traject, Uitkomst.NIET_VERSCHENEN, dagen(0), actor=wereld.actor, toelichting="Kwam niet")
    leg_verzuimvervolg_vast(rij, "afsluiten", "Ook thuis niet bereikt", actor=wereld.actor)
    sluit_traject(traject, Uitkomst.NIET_VERSCHENEN, dagen(0), actor=wereld.actor, toelichting="Kwam niet")


def test_overlijden_stopt_alles_zonder_bericht(wereld: Wereld) -> None:
    traject = wereld.traject()
    deel = OnderdeelFabriek(traject=traject)
    afspraak = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent)
    meld_aan_inkomen(wereld.deelnemer, "wijziging", "wijziging:1", dagen(0), actor=wereld.actor)
    meld_overlijden(wereld.deelnemer, dagen(-1), actor=wereld.actor)
    for rij in (traject, deel, afspraak, wereld.deelnemer):
        rij.refresh_from_db()
    assert (traject.status, traject.einddatum, deel.status, afspraak.status) == (
        "beeindigd",
        dagen(-1),
        "gestopt",
        "vervallen",
    )
    assert Trajecteinde.objects.get().uitkomst == "overleden"
    assert MeldingAanInkomen.objects.get().status == "ingetrokken"
    assert not Werkvoorraad.objects.filter(betrokkene_id=wereld.deelnemer.pk).exists()
    assert not Bericht.objects.exists()
    assert (wereld.deelnemer.in_traject, wereld.deelnemer.volgende_afspraak_op) == (False, None)


@pytest.mark.django_db
def test_heropenen_trekt_het_einde_in(wereld: Wereld) -> None:
    einde = _naar_werk(wereld)
    with pytest.raises(OvergangGeweigerd, match="reden"):
        heropen_traject(einde.traject, actor=wereld.actor, reden=" ")
    traject = heropen_traject(einde.traject, actor=wereld.actor, reden="Contract ging niet door")
    einde.refresh_from_db()
    assert (traject.status, traject.einddatum) == ("loopt", None)
    assert (einde.ingetrokken_op, einde.ingetrokken_reden) == (dagen(0), "Contract ging niet door")
    assert MeldingAanInkomen.objects.get().status == "ingetrokken"
    wereld.deelnemer.refresh_from_db()
    assert wereld.deelnemer.in_traject
    opnieuw = _naar_werk(wereld, traject=traject)
    assert opnieuw.pk != einde.pk
    assert Trajecteinde.objects.count() == 2


def test_heropenen_kan_niet_onder_een_later_traject(wereld: Wereld) -> None:
    traject = wereld.traject()
    sluit_traject(traject, Uitkomst.ZORG, dagen(-5), actor=wereld.actor, toelichting="Naar zorg")
    start_traject(wereld.deelnemer, "school", dagen(-4), actor=wereld.actor)
    with pytest.raises(ValidationError, match="al een traject"):
        heropen_traject(traject, actor=wereld.actor, reden="Vergissing")
