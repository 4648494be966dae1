"""A part that waits for what stands in the way: shown, held up, and free at once when it is solved (R009)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from deelnemers.models import Belemmering
from deelnemers.services.contact import leg_belemmering_vast, wijzig_belemmering
from kern import klok
from kern.aansluitingen import inzage, samenvoegen
from kern.handeling import handeling
from kern.models import Overgang, TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum
from organisatie.rechten import Rol
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import (
    InstrumentFabriek,
    OnderdeelFabriek,
    Wereld,
    dagen,
    medewerker_met,
    persoon,
)
from trajecten.gesprek import inhoud, voor_papier
from trajecten.models import Blokkade, Trajectonderdeel
from trajecten.services.blokkades import kies_blokkades
from trajecten.services.onderdelen import verzet_onderdeel, voeg_onderdeel_toe
from trajecten.werkvoorraad import personen, rijen

pytestmark = pytest.mark.django_db


@pytest.fixture
def alsconsulent(wereld: Wereld, client: Client) -> Client:
    client.force_login(wereld.consulent.gebruiker)
    return client


def belemmering(wereld: Wereld, soort: str = "kinderopvang", **velden: Any) -> Belemmering:
    return leg_belemmering_vast(wereld.deelnemer, soort, actor=wereld.actor, **velden)


def wachtend(wereld: Wereld, *op: Belemmering, **velden: Any) -> Trajectonderdeel:
    """A part that is planned for today and waits for these."""
    traject = velden.pop("traject", None) or wereld.traject()
    instrument = InstrumentFabriek(**{"naam": "Solliciteren", **velden})
    return voeg_onderdeel_toe(traject, instrument, dagen(0), wacht_op_belemmeringen=op, actor=wereld.actor)


def pad(wereld: Wereld, naam: str, *args: Any) -> str:
    return reverse(naam, args=[wereld.deelnemer.dossiernummer, *args])


def taak(deel: Trajectonderdeel) -> Werkvoorraad | None:
    return Werkvoorraad.objects.filter(sleutel=f"onderdeel:{deel.pk}").first()


# --- Choosing --------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R009", "Wie een onderdeel plant, kiest in dezelfde stap waar het op wacht; het staat dan op gepland.")
def test_kiezen_bij_het_plannen(wereld: Wereld, alsconsulent: Client) -> None:
    wereld.traject()
    opvang, instrument = belemmering(wereld, actie_voor=dagen(11)), InstrumentFabriek(naam="Solliciteren")
    toevoegen = pad(wereld, "onderdeel_toevoegen")
    assert f"Kinderopvang, voor {datum(dagen(11))}" in alsconsulent.get(toevoegen).content.decode()
    velden = {"instrument": instrument.pk, "begindatum": f"{dagen(0):%d-%m-%Y}", "wacht_op_belemmeringen": [opvang.pk]}
    assert alsconsulent.post(toevoegen, velden).status_code == 302
    deel = Trajectonderdeel.objects.get()
    opvang.refresh_from_db()
    assert deel.status == "gepland" and opvang.blokkerend
    assert Blokkade.objects.get().sinds == klok.vandaag()


@pytest.mark.eis("R009", "Op de bladzijde van een onderdeel kies je alles waar het op wacht in één keer.")
def test_kiezen_bij_het_onderdeel(wereld: Wereld, alsconsulent: Client) -> None:
    opvang, taal = belemmering(wereld), belemmering(wereld, "taal")
    deel = wachtend(wereld, opvang)
    adres = pad(wereld, "onderdeel_wacht_op", deel.pk)
    form = alsconsulent.get(adres).context["form"]
    assert form["wacht_op_belemmeringen"].value() == [opvang.pk]
    versie = form["versie"].value()
    ander = {"wacht_op_belemmeringen": [taal.pk], "versie": versie}
    assert alsconsulent.post(adres, ander).status_code == 302
    assert [b.belemmering_id for b in Blokkade.objects.filter(vrij_op=None)] == [taal.pk]
    antwoord = alsconsulent.post(adres, {"wacht_op_belemmeringen": [opvang.pk], "versie": versie})
    assert antwoord.status_code == 400 and "Hier staat nu ‘taal’" in antwoord.content.decode()
    assert [b.belemmering_id for b in Blokkade.objects.filter(vrij_op=None)] == [taal.pk], "niets verloren"
    opnieuw = {"wacht_op_belemmeringen": [opvang.pk], "versie": antwoord.context["form"]["versie"].value()}
    assert alsconsulent.post(adres, opnieuw).status_code == 302
    assert [b.belemmering_id for b in Blokkade.objects.filter(vrij_op=None)] == [opvang.pk]


def test_alleen_wat_nog_moet_beginnen_wacht_en_alleen_op_wat_open_staat(wereld: Wereld) -> None:
    opvang = belemmering(wereld)
    loopt = OnderdeelFabriek(traject=wereld.traject())
    with pytest.raises(OvergangGeweigerd, match="al begonnen"):
        kies_blokkades(loopt, [opvang], actor=wereld.actor)
    klaar = wijzig_belemmering(belemmering(wereld, "taal"), status="opgelost", actor=wereld.actor)
    gepland = OnderdeelFabriek(traject=loopt.traject, status="gepland", begindatum=dagen(3))
    with pytest.raises(ValidationError, match="Taal is al opgelost"):
        kies_blokkades(gepland, [klaar], actor=wereld.actor)
    vreemd = leg_belemmering_vast(persoon(wereld.team, wereld.consulent), "taal", actor=wereld.actor)
    with pytest.raises(ValidationError, match="bij iemand anders"):
        kies_blokkades(gepland, [vreemd], actor=wereld.actor)


@pytest.mark.eis(
    "R009", "De database weigert een belemmering van iemand anders, dubbel wachten en vrij zonder oorzaak."
)
def test_de_database_bewaakt_wie_op_wat_wacht(wereld: Wereld) -> None:
    opvang = belemmering(wereld)
    deel, ander = wachtend(wereld, opvang), persoon(wereld.team, wereld.consulent)
    vreemd = leg_belemmering_vast(ander, "taal", actor=wereld.actor)
    goed = {"deelnemer": wereld.deelnemer, "onderdeel": deel, "belemmering": opvang, "sinds": dagen(0)}
    for fout, wat in (
        ({"belemmering": vreemd}, "iemand anders"),
        ({"deelnemer": ander}, "iemand anders"),
        ({}, "blokkade_een_keer"),
        ({"vrij_op": dagen(0)}, "blokkade_vrij_met_oorzaak"),
        ({"vrij_op": dagen(-1), "vrij_door": "los"}, "blokkade_vrij_met_oorzaak"),
        ({"vrij_op": dagen(0), "vrij_door": "gestart"}, "blokkade_toch_begonnen_met_reden"),
    ):
        with handeling(FABRIEK), pytest.raises(IntegrityError, match=wat), transaction.atomic():
            Blokkade.objects.create(**(goed | fout))
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="iemand anders"), transaction.atomic():
        Blokkade.objects.update(belemmering=vreemd)


# --- Starting and release --------------------------------------------------------------------------------------------
@pytest.mark.eis("R009", "Een onderdeel dat wacht, begint alleen met een reden; die staat in de historie en het plan.")
def test_toch_beginnen_vraagt_een_reden(wereld: Wereld, alsconsulent: Client) -> None:
    deel = wachtend(wereld, belemmering(wereld))
    with pytest.raises(ValidationError) as fout:
        verzet_onderdeel(deel, "starten", actor=wereld.actor)
    assert "Schrijf op waarom het toch begint" in fout.value.message_dict["reden"][0]
    klik = alsconsulent.post(pad(wereld, "onderdeel_zet", deel.pk, "starten"), follow=True).content.decode()
    assert "Schrijf op waarom het toch begint" in klik, "ook wie een oude bladzijde heeft"
    adres = pad(wereld, "onderdeel_starten", deel.pk)
    assert "Wacht op: kinderopvang" in alsconsulent.get(adres).content.decode()
    assert alsconsulent.post(adres, {"reden": " "}).status_code == 400
    assert alsconsulent.post(adres, {"reden": "Oma past op tot er plek is"}).status_code == 302
    deel.refresh_from_db()
    assert deel.status == "loopt"
    stap = Overgang.objects.get(soort="trajectonderdeel", object_id=deel.pk, actie="starten")
    assert stap.reden == "Oma past op tot er plek is"
    rij = Blokkade.objects.get()
    assert (rij.vrij_door, rij.toelichting) == ("gestart", "Oma past op tot er plek is")
    plan = alsconsulent.get(pad(wereld, "plan")).content.decode()
    assert "Begon terwijl er nog iets in de weg stond: Oma past op" in plan and "Wacht op:" not in plan
    assert not taak(deel)


@pytest.mark.eis("R009", "Is de belemmering opgelost, dan is het onderdeel meteen vrij en staat dat op Vandaag.")
def test_opgelost_maakt_meteen_vrij(wereld: Wereld, alsconsulent: Client) -> None:
    opvang, taal = belemmering(wereld, actie_voor=dagen(-2)), belemmering(wereld, "taal")
    deel = wachtend(wereld, opvang, taal)
    laat = taak(deel)
    assert laat is not None and (laat.op, laat.wacht_op) == (dagen(-1), ""), "de dag is voorbij: wij zijn aan zet"
    assert laat.titel.endswith("Solliciteren wacht nog") and "kinderopvang, taal" in laat.toelichting
    wijzig_belemmering(opvang, status="opgelost", actor=wereld.actor)
    assert taak(deel).wacht_op == "taal", "één is nog niet genoeg"  # type: ignore[union-attr]
    wijzig_belemmering(taal, status="opgelost", actor=wereld.actor)
    vrij = taak(deel)
    assert vrij is not None and vrij.soort == "onderdeel_vrij" and vrij.voor_id == wereld.consulent.gebruiker_id
    assert vrij.titel.startswith("Kan beginnen: Solliciteren") and vrij.op == klok.vandaag()
    assert "Kan beginnen: Solliciteren" in alsconsulent.get(reverse("vandaag")).content.decode()
    assert verzet_onderdeel(deel, "starten", actor=wereld.actor).status == "loopt"
    assert not taak(deel)


def test_een_belemmering_die_niets_meer_tegenhoudt_maakt_ook_vrij(wereld: Wereld) -> None:
    opvang = belemmering(wereld)
    deel = wachtend(wereld, opvang)
    opvang.refresh_from_db()
    wijzig_belemmering(opvang, blokkerend=False, actor=wereld.actor)
    assert Blokkade.objects.get().vrij_door == "los"
    assert taak(deel).soort == "onderdeel_vrij"  # type: ignore[union-attr]


def test_een_onderdeel_dat_vervalt_wacht_nergens_meer_op(wereld: Wereld) -> None:
    deel = wachtend(wereld, belemmering(wereld))
    verzet_onderdeel(deel, "laten_vervallen", reden="Iets anders past beter", actor=wereld.actor)
    assert Blokkade.objects.get().vrij_door == "gestopt" and not taak(deel)


def test_kan_beginnen_staat_er_twee_weken_en_daarna_pas_als_het_tijd_is(wereld: Wereld) -> None:
    opvang = belemmering(wereld)
    deel = wachtend(wereld, opvang)
    wijzig_belemmering(opvang, status="opgelost", actor=wereld.actor)

    def soorten() -> list[str]:
        return [r.soort for r in rijen(personen([wereld.deelnemer.pk])) if r.sleutel == f"onderdeel:{deel.pk}"]

    with handeling(FABRIEK):
        Blokkade.objects.update(sinds=dagen(-20), vrij_op=dagen(-14))
        assert soorten() == ["onderdeel_vrij"]
        Blokkade.objects.update(vrij_op=dagen(-15))
        assert soorten() == []
        Trajectonderdeel.objects.filter(pk=deel.pk).update(begindatum=dagen(-1))
    assert soorten() == ["onderdeel_begin"]


# --- What is shown ---------------------------------------------------------------------------------------------------
@pytest.mark.eis("R009", "Plan, dossier en gesprek tonen waar een onderdeel op wacht en voor wanneer; te laat is rood.")
@pytest.mark.parametrize(("over", "laat"), [(11, False), (-1, True)])
def test_het_staat_overal_waar_het_onderdeel_staat(wereld: Wereld, alsconsulent: Client, over: int, laat: bool) -> None:
    wachtend(wereld, belemmering(wereld, actie_voor=dagen(over)))
    zin = f"Wacht op: kinderopvang, voor {datum(dagen(over))}" + (" (die dag is voorbij)" if laat else "")
    for naam in ("plan", "dossier", "gesprek"):
        blad = alsconsulent.get(pad(wereld, naam)).content.decode()
        assert zin in blad, naam
        assert ('class="laat"' in blad) is laat, naam
    papier = voor_papier(inhoud(wereld.deelnemer), "Chantal")
    assert papier["plan"] == [f"Solliciteren: {zin}"]


@pytest.mark.eis("R009", "Bij de belemmering staat welke onderdelen erop wachten.")
def test_van_belemmering_naar_onderdeel(wereld: Wereld, alsconsulent: Client) -> None:
    opvang = belemmering(wereld)
    deel = wachtend(wereld, opvang)
    doel = f'{pad(wereld, "plan")}#onderdeel-{deel.pk}">Solliciteren</a>'
    for adres in (pad(wereld, "diagnose"), pad(wereld, "dossier"), pad(wereld, "belemmering", opvang.pk)):
        assert doel in alsconsulent.get(adres).content.decode(), adres
    wijzig_belemmering(opvang, status="opgelost", actor=wereld.actor)
    assert "Hierop wacht" not in alsconsulent.get(pad(wereld, "diagnose")).content.decode()


@pytest.mark.eis(
    "R228", "Wie geen bijzondere gegevens mag zien, leest alleen dat een onderdeel op een belemmering wacht."
)
def test_een_beschermde_belemmering_heeft_geen_naam(wereld: Wereld, client: Client) -> None:
    schulden = belemmering(wereld, "schulden", actie_voor=dagen(-3))
    deel = wachtend(wereld, schulden)
    client.force_login(wereld.consulent.gebruiker)
    assert "Wacht op: schulden" in client.get(pad(wereld, "plan")).content.decode()
    gesprek = client.get(pad(wereld, "gesprek")).content.decode()
    assert "Wacht op een belemmering" in gesprek and "schulden" not in gesprek.lower()
    assert "Wacht op een belemmering" in taak(deel).toelichting  # type: ignore[union-attr]
    hoofd = medewerker_met(Rol.AFDELINGSMANAGER, None)
    from deelnemers.services.regie import betrek

    betrek(wereld.deelnemer, "mentor", klok.vandaag(), "toets", medewerker=hoofd, actor=wereld.actor)  # type: ignore[arg-type]
    client.force_login(hoofd.gebruiker)
    for naam in ("plan", "dossier", "diagnose"):
        blad = client.get(pad(wereld, naam)).content.decode()
        assert "schulden" not in blad.lower(), naam
        assert datum(dagen(-3)) not in blad, naam
    assert "Wacht op een belemmering" in client.get(pad(wereld, "plan")).content.decode()
    soorten = TijdlijnRegel.objects.filter(sleutel__startswith="blokkade:").values_list("zichtbaarheid", flat=True)
    assert set(soorten) == {"bijzonder"}


def test_wie_een_beschermde_belemmering_niet_ziet_haalt_haar_niet_weg(wereld: Wereld) -> None:
    schulden, opvang = belemmering(wereld, "schulden"), belemmering(wereld)
    deel = wachtend(wereld, schulden)
    kies_blokkades(deel, [opvang], bijzonder=False, actor=wereld.actor)
    assert {b.belemmering.soort for b in Blokkade.objects.filter(vrij_op=None)} == {"schulden", "kinderopvang"}


def test_tijdlijn_zegt_wanneer_het_wachtte_en_waarom_niet_meer(wereld: Wereld) -> None:
    opvang = belemmering(wereld)
    wachtend(wereld, opvang)
    wijzig_belemmering(opvang, status="opgelost", actor=wereld.actor)
    regels = TijdlijnRegel.objects.filter(sleutel__startswith="blokkade:").order_by("id")
    assert [(r.titel, r.tekst) for r in regels] == [
        ("Solliciteren wacht op kinderopvang", ""),
        ("Solliciteren wacht niet meer op kinderopvang", "Want dat is opgelost."),
    ]


@pytest.mark.parametrize("naam", ["plan", "dossier", "diagnose"])
def test_aantal_vragen_groeit_niet(wereld: Wereld, alsconsulent: Client, naam: str) -> None:
    traject = wereld.traject()
    wachtend(wereld, belemmering(wereld), traject=traject)

    def meer() -> None:
        for soort in ("taal", "netwerk", "huisvesting"):
            wachtend(wereld, belemmering(wereld, soort), traject=traject, dagdelen=0)

    groeit_niet(lambda: alsconsulent.get(pad(wereld, naam)), meer, naam, 15 if naam == "dossier" else None)


# --- Merging and extract ---------------------------------------------------------------------------------------------
def test_samenvoegen_neemt_mee_waar_een_onderdeel_op_wacht(wereld: Wereld) -> None:
    opvang = belemmering(wereld)
    deel = wachtend(wereld, opvang)
    naar = persoon(wereld.team, wereld.consulent)
    with handeling(FABRIEK):
        samenvoegen.verhuis(wereld.deelnemer.pk, naar.pk)
    rij = Blokkade.objects.get()
    assert (rij.deelnemer_id, rij.onderdeel_id, rij.belemmering_id) == (naar.pk, deel.pk, opvang.pk)
    assert rij.belemmering.deelnemer_id == naar.pk == rij.onderdeel.deelnemer_id


def test_inzage_zegt_waar_onderdelen_op_wachtten(wereld: Wereld) -> None:
    wachtend(wereld, belemmering(wereld, begindatum=klok.vandaag() - dt.timedelta(days=4)))
    (rij,) = inzage.kamers()["trajecten"](wereld.deelnemer.pk)["Waar onderdelen op wachtten"]
    assert (rij["onderdeel"], rij["wacht op"], rij["sinds"]) == ("Solliciteren", "kinderopvang", klok.vandaag())
