"""Appointments and the ladder after not appearing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Betrokkenheid, MeldingAanInkomen, Uitkeringsgerechtigde, Veiligheidsmelding
from deelnemers.services.veiligheid import bevestig_veiligheid, stel_veiligheid_voor
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.aansluitingen import overdracht
from kern.handeling import handeling
from kern.models import Gebeurtenis, TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from organisatie.rechten import Rol
from tests.deelnemers.fabrieken import DeelnemerFabriek
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import LocatieFabriek, TeamFabriek
from tests.trajecten.fabrieken import (
    ONBEKEND,
    AfspraakFabriek,
    OnderdeelFabriek,
    Wereld,
    dagen,
    medewerker_met,
    moment,
    persoon,
    roep_op,
)
from trajecten.models import Afspraak, Traject
from trajecten.services.afspraken import (
    herstel_afspraak,
    laat_afspraak_vervallen,
    leg_verzuimvervolg_vast,
    meld_afspraak,
    verzet_afspraak,
)

pytestmark = pytest.mark.django_db
KWARTIER = dt.timedelta(minutes=15)


def _geweest(wereld: Wereld, aantal: int) -> Afspraak:
    """An appointment so many days ago that nobody answered for yet."""
    return AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(-aantal))


def _rij(wereld: Wereld) -> Werkvoorraad | None:
    return Werkvoorraad.objects.filter(sleutel=f"verzuim:{wereld.deelnemer.pk}").first()


@pytest.mark.eis(
    "R105", "Niet verschijnen geeft stap 1, 2 en 3 op de lijst van de consulent en stopt nooit vanzelf iets."
)
def test_ladder_zet_alleen_iets_op_de_lijst(wereld: Wereld) -> None:
    traject = wereld.traject()
    deel = OnderdeelFabriek(traject=traject)
    titels = []
    for keer, geleden in enumerate((40, 30, 20, 10, 5), start=1):
        rij = meld_afspraak(_geweest(wereld, geleden), "niet_verschenen", actor=wereld.actor)
        assert rij.stap == min(keer, 3)
        titels.append(_rij(wereld).titel.split(" ")[0])
        assert _rij(wereld).voor_id == wereld.consulent.gebruiker_id
    assert titels == ["Nodig", "Bereik", "Beslis", "Beslis", "Beslis"]
    traject.refresh_from_db()
    deel.refresh_from_db()
    assert (traject.status, traject.einddatum, deel.status) == ("loopt", None, "loopt")
    assert not MeldingAanInkomen.objects.exists()
    assert Uitkeringsgerechtigde.objects.get(deelnemer=wereld.deelnemer).einddatum is None


@pytest.mark.eis("R105", "Stap 3 is een besluit van een mens met een reden; afsluiten kan niet eerder gekozen worden.")
def test_besluit_is_van_een_mens(wereld: Wereld) -> None:
    eerste = meld_afspraak(_geweest(wereld, 30), "niet_verschenen", actor=wereld.actor)
    with pytest.raises(ValidationError, match="drie keer"):
        leg_verzuimvervolg_vast(eerste, "afsluiten", "Komt nooit", actor=wereld.actor)
    meld_afspraak(_geweest(wereld, 20), "niet_verschenen", actor=wereld.actor)
    derde = meld_afspraak(_geweest(wereld, 10), "niet_verschenen", actor=wereld.actor)
    with pytest.raises(ValidationError, match="waarom"):
        leg_verzuimvervolg_vast(derde, "nieuwe_kans", " ", actor=wereld.actor)
    derde = leg_verzuimvervolg_vast(derde, "afsluiten", "Drie keer gebeld en langs geweest", actor=wereld.actor)
    assert (derde.vervolg_door, derde.vervolg_op) == (wereld.consulent, dagen(0))
    assert _rij(wereld) is None
    regel = TijdlijnRegel.objects.get(sleutel=f"afspraak:{derde.pk}:vervolg")
    assert (regel.categorie, regel.tekst) == ("besluit", "Drie keer gebeld en langs geweest")


def test_nieuwe_afspraak_haalt_stap_1_van_de_lijst(wereld: Wereld) -> None:
    meld_afspraak(_geweest(wereld, 3), "niet_verschenen", actor=wereld.actor)
    assert _rij(wereld)
    roep_op(wereld.deelnemer, wereld.consulent, moment(3), moment(3, 11), actor=wereld.actor)
    assert _rij(wereld) is None


def test_verschenen_begint_de_ladder_opnieuw(wereld: Wereld) -> None:
    meld_afspraak(_geweest(wereld, 40), "niet_verschenen", actor=wereld.actor)
    meld_afspraak(_geweest(wereld, 30), "niet_verschenen", actor=wereld.actor)
    meld_afspraak(_geweest(wereld, 20), "verschenen", actor=wereld.actor)
    assert _rij(wereld) is None
    assert meld_afspraak(_geweest(wereld, 10), "niet_verschenen", actor=wereld.actor).stap == 1


def test_vergissing_kan_terug(wereld: Wereld) -> None:
    rij = meld_afspraak(_geweest(wereld, 1), "niet_verschenen", actor=wereld.actor)
    with pytest.raises(OvergangGeweigerd):
        meld_afspraak(rij, "niet_verschenen", actor=wereld.actor)
    rij = herstel_afspraak(rij, actor=wereld.actor)
    assert (rij.status, rij.stap) == ("gepland", 0)
    assert not TijdlijnRegel.objects.filter(sleutel=f"afspraak:{rij.pk}").exists()
    assert meld_afspraak(rij, "verschenen", actor=wereld.actor).status == "verschenen"


def test_een_afspraak_is_pas_te_melden_als_hij_begonnen_is(wereld: Wereld) -> None:
    rij = roep_op(wereld.deelnemer, wereld.consulent, moment(1), moment(1, 11), actor=wereld.actor)
    for stand in ("verschenen", "niet_verschenen"):
        with pytest.raises(ValidationError, match="nog niet geweest"):
            meld_afspraak(rij, stand, actor=wereld.actor)
    with pytest.raises(ValidationError, match="Kies"):
        meld_afspraak(rij, "weg", actor=wereld.actor)
    assert meld_afspraak(rij, "afgemeld", actor=wereld.actor).stap == 0


def test_persoon_heeft_geen_twee_afspraken_tegelijk(wereld: Wereld) -> None:
    roep_op(wereld.deelnemer, wereld.consulent, moment(1), moment(1, 11), actor=wereld.actor)
    ander = medewerker_met(Rol.CONSULENT, wereld.team)
    with pytest.raises(ValidationError, match="op dat moment al een afspraak"):
        roep_op(wereld.deelnemer, ander, moment(1, 10, 30), moment(1, 11, 30), actor=wereld.actor)
    with pytest.raises(IntegrityError, match="geen_dubbele"), transaction.atomic():
        AfspraakFabriek(deelnemer=wereld.deelnemer, begint_op=moment(1, 10, 30))
    assert roep_op(wereld.deelnemer, ander, moment(1, 11), moment(1, 12), actor=wereld.actor).pk


def test_dubbele_afspraak_van_een_collega_is_een_waarschuwing(wereld: Wereld) -> None:
    roep_op(wereld.deelnemer, wereld.consulent, moment(1), moment(1, 11), actor=wereld.actor)
    ander = persoon(wereld.team, wereld.consulent)
    with pytest.raises(ValidationError) as fout:
        roep_op(ander, wereld.consulent, moment(1), moment(1, 11), actor=wereld.actor)
    assert "dubbel_gezien" in fout.value.error_dict
    assert roep_op(ander, wereld.consulent, moment(1), moment(1, 11), actor=wereld.actor, dubbel_gezien=True).pk


def test_veiligheidsafspraak_vraagt_een_tweede_collega(wereld: Wereld) -> None:
    with handeling(FABRIEK):
        Veiligheidsmelding.objects.create(
            deelnemer=wereld.deelnemer,
            gedrag="Werd dreigend",
            maatregel="Spreek met twee collega’s",
            bron="balie",
            vastgesteld_op=dagen(-1),
            vastgesteld_door=wereld.consulent,
            tweede_persoon=wereld.manager,
            geldig_tot=dagen(30),
        )
    tijden = (moment(1), moment(1, 11))
    with pytest.raises(ValidationError) as fout:
        roep_op(wereld.deelnemer, wereld.consulent, *tijden, actor=wereld.actor)
    assert "tweede_medewerker" in fout.value.error_dict
    assert roep_op(wereld.deelnemer, wereld.consulent, *tijden, actor=wereld.actor, tweede_medewerker=wereld.manager).pk


def test_geplande_afspraak_opent_het_dossier_en_verzetten_sluit_het(wereld: Wereld) -> None:
    ander = medewerker_met(Rol.CONSULENT, TeamFabriek())
    assert not DOSSIER.mag(wereld.deelnemer, ander)
    rij = roep_op(wereld.deelnemer, ander, moment(1), moment(1, 11), actor=wereld.actor)
    assert DOSSIER.mag(wereld.deelnemer, ander)
    nieuw = verzet_afspraak(rij, moment(4), moment(4, 11), actor=wereld.actor, medewerker=wereld.consulent)
    rij.refresh_from_db()
    assert (rij.status, rij.verzet_naar, nieuw.status) == ("verzet", nieuw, "gepland")
    assert Betrokkenheid.objects.filter(medewerker=ander, einddatum__gt=dagen(0)).count() == 0


def test_lijstkolom_volgt_de_eerstvolgende_afspraak(wereld: Wereld) -> None:
    later = roep_op(wereld.deelnemer, wereld.consulent, moment(9), moment(9, 11), actor=wereld.actor)
    eerder = roep_op(wereld.deelnemer, wereld.consulent, moment(2), moment(2, 11), actor=wereld.actor)
    wereld.deelnemer.refresh_from_db()
    assert wereld.deelnemer.volgende_afspraak_op == eerder.begint_op
    assert wereld.deelnemer.volgende_actie_op == dagen(2)
    laat_afspraak_vervallen(eerder, actor=wereld.actor, reden="Ziek gemeld bij ons")
    wereld.deelnemer.refresh_from_db()
    assert wereld.deelnemer.volgende_afspraak_op == later.begint_op


def test_afspraken_gaan_mee_met_een_overdracht(wereld: Wereld) -> None:
    rij = roep_op(wereld.deelnemer, wereld.consulent, moment(2), moment(2, 11), actor=wereld.actor)
    bezet = roep_op(wereld.deelnemer, wereld.consulent, moment(3), moment(3, 11), actor=wereld.actor)
    nieuw = medewerker_met(Rol.CONSULENT, wereld.team)
    AfspraakFabriek(medewerker=nieuw, begint_op=moment(3))
    with handeling(FABRIEK):
        overdracht.kamers()["trajecten"](wereld.deelnemer.pk, wereld.consulent.gebruiker_id, nieuw.gebruiker_id)
    rij.refresh_from_db()
    bezet.refresh_from_db()
    assert (rij.medewerker, bezet.medewerker) == (nieuw, wereld.consulent)


def test_afspraak_zonder_antwoord_staat_bij_wie_het_gesprek_had(wereld: Wereld) -> None:
    from trajecten.services.klokken import merk_traject_sluitend

    ander = medewerker_met(Rol.CONSULENT, wereld.team)
    rij = AfspraakFabriek(
        deelnemer=wereld.deelnemer,
        medewerker=ander,
        begint_op=klok.nu() - 2 * KWARTIER,
        eindigt_op=klok.nu() - KWARTIER,
    )
    assert merk_traject_sluitend(wereld.deelnemer.pk, FABRIEK)
    werk = Werkvoorraad.objects.get(sleutel=f"afspraak:{rij.pk}")
    assert werk.voor_id == ander.gebruiker_id
    meld_afspraak(rij, "verschenen", actor=wereld.actor)
    assert not Werkvoorraad.objects.filter(sleutel=f"afspraak:{rij.pk}").exists()


def test_database_weigert_besluit_zonder_toelichting(wereld: Wereld) -> None:
    with pytest.raises(IntegrityError, match="vervolg_met_reden"), transaction.atomic():
        AfspraakFabriek(status="niet_verschenen", stap=1, vervolg="bereikt", vervolg_op=dagen(0))
    with pytest.raises(IntegrityError, match="einde_na_begin"), transaction.atomic():
        AfspraakFabriek(eindigt_op=moment(0), begint_op=moment(1))


def test_gebeurtenis_is_informatiearm(wereld: Wereld) -> None:
    meld_afspraak(_geweest(wereld, 3), "niet_verschenen", actor=wereld.actor)
    for rij in Gebeurtenis.objects.order_by("id"):
        assert wereld.deelnemer.naam not in str(rij.data)
    assert Traject.objects.count() == 0


def _met_melding(wereld: Wereld) -> None:
    rij = stel_veiligheid_voor(
        wereld.deelnemer,
        wereld.consulent,
        gedrag="Werd dreigend",
        maatregel="Spreek met twee collega’s",
        bron="balie",
        geldig_tot=dagen(30),
        actor=wereld.actor,
    )
    bevestig_veiligheid(rij, wereld.manager, actor=wereld.actor)


@pytest.mark.eis("R220", "Bij een veiligheidsafspraak stelt de afspraak een kamer, een tweede collega en een tijd voor")
def test_het_formulier_zegt_wie_en_welke_kamer_vrij_is(wereld: Wereld, client: Any) -> None:
    vrij, bezet = (medewerker_met(Rol.CONSULENT, wereld.team) for _ in range(2))
    gebouw = LocatieFabriek(naam="Hoogoord")
    kamer = LocatieFabriek(soort="spreekkamer", naam="Kamer 9", capaciteit=3, binnen=gebouw)
    klein = LocatieFabriek(soort="spreekkamer", naam="Kamer 1", capaciteit=2, binnen=gebouw)
    ander = DeelnemerFabriek()
    roep_op(ander, bezet, moment(1), moment(1, 11), actor=wereld.actor)
    _met_melding(wereld)
    client.force_login(wereld.consulent.gebruiker)
    pad = reverse("afspraak_maken", args=[wereld.deelnemer.dossiernummer])
    leeg = client.get(pad).content.decode()
    assert "tussen 9.00 en 16.00 uur" in leeg and "Vul eerst dag en tijd in" in leeg
    velden = {"soort": "voortgang", "dag": f"{dagen(1):%d-%m-%Y}", "tijd": "10.00", "minuten": "45"} | ONBEKEND
    antwoord = client.post(pad, velden | {"medewerker": wereld.consulent.pk})
    tekst = antwoord.content.decode()
    strook = tekst[tekst.index("Vrij zijn dan") :].split("</section>")[0]
    assert antwoord.status_code == 400
    assert vrij.naam in strook and bezet.naam not in strook and wereld.consulent.naam not in strook
    assert kamer.naam in strook and klein.naam not in strook
    goed = velden | {"medewerker": wereld.consulent.pk, "tweede_medewerker": vrij.pk, "locatie": kamer.pk}
    assert client.post(pad, goed).status_code == 302
    afspraak = Afspraak.objects.get(deelnemer=wereld.deelnemer)
    assert (afspraak.veilig_gepland, afspraak.tweede_medewerker_id) == (True, vrij.pk)


@pytest.mark.eis("R220", "Wat er met een veiligheidsafspraak is gepland, ligt vast en heeft altijd twee collega’s")
def test_de_database_weigert_een_veilige_afspraak_met_een_collega(wereld: Wereld) -> None:
    _met_melding(wereld)
    tijden = (moment(1), moment(1, 11))
    rij = roep_op(wereld.deelnemer, wereld.consulent, *tijden, actor=wereld.actor, tweede_medewerker=wereld.manager)
    for tweede in (None, wereld.consulent):
        with handeling(FABRIEK), pytest.raises(IntegrityError), transaction.atomic():
            Afspraak.objects.filter(pk=rij.pk).update(tweede_medewerker=tweede)
    bellen = roep_op(wereld.deelnemer, wereld.consulent, moment(2), moment(2, 11), actor=wereld.actor, soort="bellen")
    assert bellen.veilig_gepland and bellen.tweede_medewerker is None


def test_een_melding_na_het_plannen_vraagt_om_een_tweede_collega(wereld: Wereld, client: Any) -> None:
    rij = roep_op(wereld.deelnemer, wereld.consulent, moment(1), moment(1, 11), actor=wereld.actor)
    sleutel = f"afspraak:{rij.pk}:tweede"
    assert not Werkvoorraad.objects.filter(sleutel=sleutel).exists()
    _met_melding(wereld)
    assert Werkvoorraad.objects.get(sleutel=sleutel).voor_id == wereld.consulent.gebruiker_id
    client.force_login(wereld.consulent.gebruiker)
    bezet = medewerker_met(Rol.CONSULENT, wereld.team)
    roep_op(DeelnemerFabriek(), bezet, moment(1), moment(1, 11), actor=wereld.actor)
    pad = reverse("afspraak_tweede", args=[rij.pk])
    fout = client.post(pad, {"tweede_medewerker": bezet.pk})
    assert fout.status_code == 400 and "heeft dan al een afspraak" in fout.content.decode()
    assert client.post(pad, {"tweede_medewerker": wereld.manager.pk}).status_code == 302
    assert not Werkvoorraad.objects.filter(sleutel=sleutel).exists()


def test_een_bezette_tweede_collega_telt_ook(wereld: Wereld) -> None:
    ander = medewerker_met(Rol.CONSULENT, wereld.team)
    roep_op(DeelnemerFabriek(), ander, moment(1), moment(1, 11), actor=wereld.actor)
    tijden = (moment(1), moment(1, 11))
    with pytest.raises(ValidationError, match=ander.naam):
        roep_op(wereld.deelnemer, wereld.consulent, *tijden, actor=wereld.actor, tweede_medewerker=ander)
