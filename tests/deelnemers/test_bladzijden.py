"""Every page of the room: who may open it, what the read log notes, what it costs, what it never shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from deelnemers.models import (
    Belemmering,
    Contactmoment,
    Deelnemer,
    Doorbreking,
    MeldingAanInkomen,
    Regie,
    Taalbeheersing,
    Toezegging,
    Uitkering,
    Veiligheidsmelding,
)
from deelnemers.services.contact import leg_belemmering_vast, leg_contact_vast, voeg_doelgroep_toe, zeg_toe
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.inkomen import bevestig_doorlopen, meld_aan_inkomen
from deelnemers.services.inschrijven import leg_bsn_vast
from deelnemers.services.regie import doorbreek
from kern import klok
from kern.models import Leesregel, Werkvoorraad, Wijziging
from organisatie.rechten import ROLRECHTEN, Rol
from tests.deelnemers.fabrieken import (
    DAG,
    TOETS,
    DeelnemerFabriek,
    bsn,
    met_regie,
    met_uitkering,
    volledige_diagnose,
)
from tests.hulp.vragen import groeit_niet, vraagbudget

IN_DOSSIER = {
    "dossier": "dossier.zien",
    "historie": "dossier.zien",
    "huishouden": "dossier.zien",
    "diagnose": "dossier.zien",
    "toezegging_nieuw": "dossier.wijzigen",
    "gegevens": "dossier.wijzigen",
    "huishouden_nieuw": "dossier.wijzigen",
    "uitkering_nieuw": "dossier.wijzigen",
    "diagnose_competenties": "dossier.wijzigen",
    "trede": "dossier.wijzigen",
    "belemmering_nieuw": "dossier.wijzigen",
    "veiligheid_nieuw": "veiligheid.wijzigen",
    "regie_wijzigen": "caseload.toewijzen",
}


def vul(deelnemer: Deelnemer, medewerker: Any) -> None:
    """Something of everything, so that every branch of the page draws."""
    vandaag = klok.vandaag()
    leg_contact_vast(deelnemer, "Gebeld over de opleiding", medewerker=medewerker, actor=TOETS)
    zeg_toe(deelnemer, "wij", "Opvang zoeken", vandaag, medewerker=medewerker, actor=TOETS)
    zeg_toe(deelnemer, "deelnemer", "Cv sturen", vandaag + DAG, actor=TOETS)
    leg_belemmering_vast(deelnemer, "taal", actie="Cursus", actie_voor=vandaag, blokkerend=True, actor=TOETS)
    leg_belemmering_vast(deelnemer, "schulden", actor=TOETS)
    voeg_doelgroep_toe(deelnemer, "top_600", vandaag, actor=TOETS)
    volledige_diagnose(deelnemer)
    met_uitkering(deelnemer)
    melding = meld_aan_inkomen(deelnemer, "plaatsing", f"p:{deelnemer.pk}", vandaag, actor=TOETS)
    bevestig_doorlopen(melding, actor=TOETS)
    meld_aan_inkomen(deelnemer, "wijziging", f"w:{deelnemer.pk}", vandaag, actor=TOETS)


@pytest.fixture
def als(log_in: Callable[..., Any], team: Any) -> Callable[..., Any]:
    """`als("consulent")`: a client of the own team."""
    return lambda *rollen, **velden: log_in(*rollen, team=team, **velden)


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    deelnemer = met_regie(consulent)
    leg_bsn_vast(deelnemer, bsn(0), controle="document", actor=TOETS)  # type: ignore[arg-type]
    vul(deelnemer, consulent)
    deelnemer.refresh_from_db()
    return deelnemer


def adres(naam: str, deelnemer: Deelnemer) -> str:
    return reverse(naam, args=[deelnemer.dossiernummer])


@pytest.mark.parametrize("rol", list(Rol))
def test_elke_rol_op_elke_bladzijde_van_een_dossier(als: Any, persoon: Deelnemer, rol: str) -> None:
    client, rechten = als(rol), ROLRECHTEN[Rol(rol)]
    # A role outside the teams sees nobody; its members are involved by name here, so that only the right decides.
    from deelnemers.services.regie import betrek

    betrek(persoon, "mentor", klok.vandaag(), "toets:1", medewerker=client.medewerker, actor=TOETS)  # type: ignore[arg-type]
    for naam, recht in IN_DOSSIER.items():
        status = client.get(adres(naam, persoon)).status_code
        assert status == (200 if recht in rechten else 403), naam


@pytest.mark.eis("R223", "Elke keer dat een dossier wordt gelezen, staat vast wie het was en op welke grond")
@pytest.mark.parametrize("naam", IN_DOSSIER)
def test_elke_bladzijde_staat_in_het_leeslogboek(als: Any, persoon: Deelnemer, naam: str) -> None:
    client = als("teammanager")
    client.get(adres(naam, persoon))
    regel = Leesregel.objects.order_by("-id").first()
    assert regel is not None
    assert (regel.betrokkenen, regel.grond) == ([persoon.pk], "team")
    assert regel.actor_id == str(client.medewerker.gebruiker_id)


@pytest.mark.parametrize("naam", ["dossier", "diagnose", "huishouden", "historie", "gegevens"])
def test_het_bsn_staat_op_geen_bladzijde_en_in_geen_logboek(als: Any, persoon: Deelnemer, naam: str) -> None:
    antwoord = als("consulent").get(adres(naam, persoon))
    assert bsn(0) not in antwoord.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kern_wijziging w WHERE w::text LIKE %s", [f"%{bsn(0)}%"])
        assert cursor.fetchone()[0] == 0
    assert not Leesregel.objects.filter(reden__contains=bsn(0)).exists()


def test_het_dossier_kost_hoogstens_tien_vragen_van_deze_kamer(als: Any, persoon: Deelnemer) -> None:
    """The whole page with the panels of the rooms above stays within fifteen."""
    client = als("consulent")
    client.get(adres("dossier", persoon))
    with vraagbudget(15, "dossier met alle panelen") as vragen:
        client.get(adres("dossier", persoon))
    eigen = [sql for sql, plek in vragen.vragen if "trajecten/" not in plek and "werkgevers/" not in plek]
    assert len(eigen) <= 10, vragen.verslag()


@pytest.mark.parametrize("naam", ["dossier", "historie", "diagnose", "huishouden"])
def test_een_dikker_dossier_kost_niet_meer_vragen(als: Any, persoon: Deelnemer, consulent: Any, naam: str) -> None:
    client = als("consulent")

    def meer() -> None:
        for nummer in range(30):
            leg_contact_vast(persoon, f"Gebeld {nummer}", medewerker=consulent, actor=TOETS)
            zeg_toe(persoon, "wij", f"Belofte {nummer}", klok.vandaag(), medewerker=consulent, actor=TOETS)
            leg_belemmering_vast(persoon, "netwerk", actor=TOETS)
        melding = MeldingAanInkomen.objects.order_by("id").last()
        assert melding is not None
        for taal in ("eng", "tur", "ara"):
            leg_vast(persoon, Taalbeheersing, taal=taal, mondeling=1, schriftelijk=1, actor=TOETS)

    groeit_niet(lambda: client.get(adres(naam, persoon)), meer, naam)


@pytest.mark.parametrize(
    ("rol", "naam", "extra"),
    [
        ("consulent", "caseload", ""),
        ("teammanager", "caseload", "?van=team&let_op=contact"),
        ("teammanager", "mijn_team", ""),
        ("inkomensconsulent", "inkomen_meldingen", ""),
        ("inkomensconsulent", "inkomen_meldingen", "?klaar=1"),
    ],
)
def test_lijsten_kosten_even_veel_bij_meer_mensen(als: Any, rol: str, naam: str, extra: str) -> None:
    client = als(rol)
    consulent = client.medewerker

    def mensen(aantal: int) -> None:
        for _ in range(aantal):
            if rol == "teammanager" and naam == "mijn_team":
                DeelnemerFabriek(team=consulent.rollen.get().team, in_traject=True)
                continue
            deelnemer = met_regie(consulent) if rol != "inkomensconsulent" else DeelnemerFabriek()
            melding = meld_aan_inkomen(deelnemer, "plaatsing", f"p:{deelnemer.pk}", klok.vandaag(), actor=TOETS)
            if extra == "?klaar=1":
                bevestig_doorlopen(melding, actor=TOETS)

    mensen(3)
    groeit_niet(lambda: client.get(reverse(naam) + extra), lambda: mensen(20), naam, maximum=20)


def test_wie_niet_met_de_persoon_werkt_geeft_eerst_een_reden(log_in: Any, persoon: Deelnemer, manager: Any) -> None:
    client = log_in("consulent")
    antwoord = client.get(adres("dossier", persoon))
    assert antwoord.url == adres("dossier_doorbreken", persoon)
    vraag = client.get(antwoord.url)
    assert persoon.naam not in vraag.content.decode()
    assert client.post(antwoord.url, {"reden": "kort"}).status_code == 400
    assert not Doorbreking.objects.exists()
    assert client.post(antwoord.url, {"reden": "Collega vroeg mee te kijken"}).status_code == 302
    assert client.get(adres("dossier", persoon)).status_code == 200
    regels = Leesregel.objects.filter(actor_id=str(client.medewerker.gebruiker_id)).order_by("id")
    assert [(r.verwerking, r.grond) for r in regels] == [
        ("dossier.doorbreken", "doorbreking"),
        ("dossier.bekijken", "doorbreking"),
    ]
    assert regels[0].reden == "Collega vroeg mee te kijken"
    assert client.get(adres("dossier_doorbreken", persoon)).status_code == 302


def test_zonder_recht_op_doorbreken_bestaat_het_dossier_niet(log_in: Any, persoon: Deelnemer) -> None:
    assert log_in("accountmanager_wsp").get(adres("dossier", persoon)).status_code == 404


def test_alleen_de_manager_van_dat_team_beoordeelt(
    als: Any, log_in: Any, persoon: Deelnemer, maak_medewerker: Any
) -> None:
    rij = doorbreek(persoon, maak_medewerker("consulent"), "Collega vroeg mee te kijken", actor=TOETS)
    pad = reverse("doorbreking", args=[rij.pk])
    assert log_in("teammanager").get(pad).status_code == 404
    client = als("teammanager")
    assert "Collega vroeg mee" in client.get(pad).content.decode()
    client.post(pad, {"terecht": "nee"})
    rij.refresh_from_db()
    assert rij.terecht is False


def test_bijzondere_gegevens_en_doelgroepen_alleen_met_recht(als: Any, persoon: Deelnemer) -> None:
    met = als("consulent").get(adres("diagnose", persoon)).content.decode()
    assert "Schulden" in met and "Werkvermogen" in met and "Top 600" in met
    zonder = als("inkomensconsulent", voornaam="Ina")
    for naam in ("dossier", "diagnose", "historie"):
        tekst = zonder.get(adres(naam, persoon)).content.decode()
        for woord in ("Schulden", "Werkvermogen", "erkvermogen", "Top 600", "oelgroeplidmaatschap"):
            assert woord not in tekst, (naam, woord)
    assert als("accountmanager_wsp").get(reverse("caseload")).status_code == 403


def test_het_filter_op_doelgroep_verraadt_niets(log_in: Any, consulent: Any, team: Any, persoon: Deelnemer) -> None:
    manager = log_in("afdelingsmanager", team=team)
    tekst = manager.get(reverse("caseload"), {"van": "team"}).content.decode()
    assert persoon.naam in tekst and "Top 600" not in tekst
    gefilterd = manager.get(reverse("caseload"), {"van": "team", "doelgroep": "top_600"}).content.decode()
    assert persoon.naam in gefilterd, "een onbekende code filtert niet"


# --- Doing things ----------------------------------------------------------------------------------------------
def test_een_notitie_bewaren_en_een_lege_terugkrijgen(als: Any, persoon: Deelnemer) -> None:
    client, eerder = als("consulent"), Contactmoment.objects.count()
    antwoord = client.post(adres("notitie", persoon), {"tekst": "Voicemail ingesproken", "soort": "", "terug_op": ""})
    assert antwoord.url == adres("dossier", persoon)
    contact = Contactmoment.objects.order_by("-id")[0]
    assert (contact.kanaal, contact.contact_gelukt, contact.medewerker_id) == (
        "telefoon",
        False,
        client.medewerker.pk,
    )
    fout = client.post(adres("notitie", persoon), {"tekst": "Bewaar mij", "terug_op": "01-01-2001"})
    assert fout.status_code == 400 and "Bewaar mij" in fout.content.decode()
    assert client.post(adres("notitie", persoon), {"tekst": " "}).status_code == 400
    assert Contactmoment.objects.count() == eerder + 1


def test_een_belofte_afvinken_en_terugdraaien(als: Any, persoon: Deelnemer) -> None:
    client, belofte = als("consulent"), Toezegging.objects.get(partij="wij")
    pad = reverse("toezegging_klaar", args=[persoon.dossiernummer, belofte.pk])
    client.post(pad)
    belofte.refresh_from_db()
    assert belofte.nagekomen_op == klok.vandaag()
    client.post(f"{pad}?terug=1")
    belofte.refresh_from_db()
    assert belofte.nagekomen_op is None


def test_toewijzen_met_een_knop_uit_mijn_team(als: Any, team: Any, consulent: Any) -> None:
    deelnemer = DeelnemerFabriek(team=team, in_traject=True)
    client = als("teammanager")
    tekst = client.get(reverse("mijn_team")).content.decode()
    assert deelnemer.naam in tekst and 'data-toets="1"' in tekst
    for kapot in ({}, {"medewerker": "x"}, {"medewerker": "999999"}):
        client.post(reverse("wijs_toe", args=[deelnemer.pk]), kapot)
    assert not Regie.objects.exists()
    client.post(reverse("wijs_toe", args=[deelnemer.pk]), {"medewerker": consulent.pk})
    assert Regie.objects.get().medewerker_id == consulent.pk
    client.post(reverse("wijs_toe", args=[deelnemer.pk]), {"medewerker": consulent.pk})
    assert Regie.objects.count() == 1


def test_wie_de_meeste_ruimte_heeft_staat_vooraan(als: Any, team: Any, maak_medewerker: Any) -> None:
    druk, rustig = (maak_medewerker("consulent", team=team, voornaam=n) for n in ("Druk", "Rustig"))
    met_regie(druk)
    DeelnemerFabriek(team=team, in_traject=True)
    tekst = als("teammanager").get(reverse("mijn_team")).content.decode()
    assert tekst.index(rustig.naam) < tekst.index(druk.naam)


def test_de_tweede_die_bewaart_ziet_wat_er_veranderde(als: Any, persoon: Deelnemer) -> None:
    client = als("consulent")
    basis = {"roepnaam": "Samira", "geslachtsnaam": persoon.geslachtsnaam, "versie": persoon.versie}
    assert client.post(adres("gegevens", persoon), basis | {"telefoon": "0611111111"}).status_code == 302
    tweede = client.post(adres("gegevens", persoon), basis | {"telefoon": "0622222222", "postcode": "1102 ab"})
    tekst = tweede.content.decode()
    assert tweede.status_code == 400
    assert "0611111111" in tekst and "0622222222" in tekst
    persoon.refresh_from_db()
    assert persoon.telefoon == "0611111111"
    nog_eens = basis | {"telefoon": "0622222222", "postcode": "1102 ab", "versie": persoon.versie}
    assert client.post(adres("gegevens", persoon), nog_eens).status_code == 302
    persoon.refresh_from_db()
    assert (persoon.telefoon, persoon.postcode) == ("0622222222", "1102AB")
    assert client.post(adres("gegevens", persoon), nog_eens | {"postcode": "11"}).status_code == 400


def test_een_nieuw_dossier_na_dubbelcheck(als: Any, persoon: Deelnemer) -> None:
    client, pad = als("consulent"), reverse("persoon_nieuw")
    bekend = met_regie(client.medewerker, geslachtsnaam="Janssen")
    velden = {"roepnaam": "Sam", "geslachtsnaam": "Jansen", "geboortedatum": "17-05-1988", "geslacht": "3"}
    gevraagd = client.post(pad, velden)
    assert gevraagd.status_code == 400 and bekend.dossiernummer in gevraagd.content.decode()
    client.post(pad, velden | {"toch_nieuw": "on", "bsn": bsn(3)})
    nieuw = Deelnemer.objects.order_by("-id")[0]
    assert (nieuw.geslachtsnaam, nieuw.regievoerder_id) == ("Jansen", client.medewerker.pk)
    fout = client.post(pad, velden | {"toch_nieuw": "on", "bsn": "123456789"})
    assert fout.status_code == 400 and "klopt niet" in fout.content.decode()


def test_huishouden_en_uitkering_met_de_hand(als: Any, consulent: Any) -> None:
    een, ander = met_regie(consulent), met_regie(consulent)
    client = als("consulent")
    thuis = {
        "leefvorm": "3",
        "kinderen": "1",
        "kostendelers": "2",
        "begindatum": "01-01-2026",
        "partner": ander.dossiernummer,
    }
    assert client.post(adres("huishouden_nieuw", een), thuis | {"partner": "2001-00009"}).status_code == 400
    assert client.post(adres("huishouden_nieuw", een), thuis).status_code == 302
    for wie in (een, ander):
        velden = {"regeling": "01", "begindatum": "01-01-2026"}
        assert client.post(adres("uitkering_nieuw", wie), velden).status_code == 302
    assert Uitkering.objects.count() == 1
    fout = client.post(adres("uitkering_nieuw", een), {"regeling": "02", "begindatum": "01-01-2026"})
    assert "heeft al een uitkering" in fout.content.decode()


@pytest.mark.eis("R219", "Een veiligheidsmelding stellen twee mensen vast, ze is feitelijk en verloopt")
def test_een_veiligheidsmelding_geldt_pas_na_een_tweede_persoon(als: Any, persoon: Deelnemer) -> None:
    eerste = als("consulent")
    velden = {"gedrag": "Gooide een stoel", "maatregel": "Met twee collega’s", "bron": "Balie"}
    te_lang = velden | {"geldig_tot": f"{klok.vandaag() + dt.timedelta(days=400):%d-%m-%Y}"}
    assert eerste.post(adres("veiligheid_nieuw", persoon), te_lang).status_code == 400
    goed = velden | {"geldig_tot": f"{klok.vandaag() + dt.timedelta(days=90):%d-%m-%Y}"}
    assert eerste.post(adres("veiligheid_nieuw", persoon), goed).status_code == 302
    rij, pad = Veiligheidsmelding.objects.get(), reverse("veiligheid", args=[persoon.dossiernummer, 1])
    pad = reverse("veiligheid", args=[persoon.dossiernummer, rij.pk])
    assert "Gooide een stoel" not in eerste.get(adres("dossier", persoon)).content.decode()
    eerste.post(pad, {"besluit": "bevestigen"})
    rij.refresh_from_db()
    assert rij.tweede_persoon is None
    assert "Klopt deze veiligheidsmelding?" not in eerste.get(pad).content.decode()
    assert Werkvoorraad.objects.filter(soort="veiligheid").exists()
    tweede = als("teammanager")
    assert "Klopt deze veiligheidsmelding?" in tweede.get(pad).content.decode()
    tweede.post(pad, {"besluit": "bevestigen"})
    assert "Klopt deze veiligheidsmelding?" not in tweede.get(pad).content.decode()
    assert "Gooide een stoel" in tweede.get(adres("dossier", persoon)).content.decode()
    assert not Werkvoorraad.objects.filter(soort="veiligheid").exists()
    tweede.post(pad, {"besluit": "intrekken"})
    assert "Gooide een stoel" not in tweede.get(adres("dossier", persoon)).content.decode()


def test_een_belemmering_wijzigen_van_een_ander_dossier_kan_niet(als: Any, persoon: Deelnemer, consulent: Any) -> None:
    ander, rij = met_regie(consulent), Belemmering.objects.get(soort="taal")
    assert als("consulent").get(reverse("belemmering", args=[ander.dossiernummer, rij.pk])).status_code == 404


def test_inkomen_antwoordt_op_het_scherm_en_met_een_bestand(als: Any, persoon: Deelnemer) -> None:
    client, melding = als("inkomensconsulent"), MeldingAanInkomen.objects.get(status="verstuurd")
    pad = reverse("inkomen_melding", args=[melding.pk])
    assert client.get(pad).status_code == 200
    half = client.post(pad, {"besluit": "beeindigd", "laatste_dag": "", "reden_einde": ""})
    assert half.status_code == 400 and "Vul de laatste dag" in half.content.decode()
    vol = {"besluit": "beeindigd", "laatste_dag": "31-10-2026", "reden_einde": "11"}
    assert client.post(pad, vol).status_code == 302
    assert client.get(pad).status_code == 200
    assert client.post(reverse("inkomen_heropenen", args=[melding.pk]), {"reden": ""}).status_code == 302
    melding.refresh_from_db()
    assert melding.status == "beeindigd"
    client.post(reverse("inkomen_heropenen", args=[melding.pk]), {"reden": "Vergist"})
    csv = f"melding;besluit;laatste_dag;reden_einde;toelichting\n{melding.pk};loopt_door;;;\n9;x;;;".encode()
    upload = {"bestand": SimpleUploadedFile("antwoorden.csv", csv)}
    tekst = client.post(reverse("inkomen_antwoordbestand"), upload).content.decode()
    assert "1 van 2 antwoorden" in tekst and "Regel 3" in tekst
    assert client.post(reverse("inkomen_antwoordbestand"), {}).status_code == 302


@pytest.mark.eis("R001", "Iemand is te vinden op naam, ook met een andere spelling, en op dossiernummer")
@pytest.mark.parametrize("vraag", ["jansen", "Janssen", "yansen", "samira jansen", "17-05-1988", "dossier"])
def test_het_palet_vindt_mensen_ook_met_een_andere_spelling(als: Any, consulent: Any, vraag: str) -> None:
    deelnemer = met_regie(consulent, geslachtsnaam="Janssen")
    vreemd = DeelnemerFabriek(geslachtsnaam="Janssen", roepnaam="Vreemd")
    vraag = deelnemer.dossiernummer if vraag == "dossier" else vraag
    tekst = als("consulent").get(reverse("zoekpalet"), {"q": vraag}).content.decode()
    assert deelnemer.naam in tekst
    assert vreemd.naam not in tekst
    assert Leesregel.objects.filter(verwerking="zoeken", betrokkenen=[deelnemer.pk]).exists()


def test_een_geopend_dossier_staat_daarna_bovenaan_in_het_palet(als: Any, consulent: Any) -> None:
    eerste, laatste = met_regie(consulent), met_regie(consulent)
    client = als("consulent")
    for deelnemer in (laatste, eerste):
        client.get(adres("dossier", deelnemer))
    tekst = client.get(reverse("zoekpalet")).content.decode()
    assert tekst.index(eerste.dossiernummer) < tekst.index(laatste.dossiernummer)


def test_lezen_verandert_niets(als: Any, persoon: Deelnemer) -> None:
    client, eerder = als("consulent"), Wijziging.objects.count()
    for naam in IN_DOSSIER:
        client.get(adres(naam, persoon))
    assert Wijziging.objects.count() == eerder


def test_wie_als_tweede_een_belemmering_bewaart_ziet_wat_er_veranderde(als: Any, persoon: Deelnemer) -> None:
    rij = leg_belemmering_vast(persoon, "netwerk", actor=TOETS)
    client, pad = als("consulent"), reverse("belemmering", args=[persoon.dossiernummer, rij.pk])
    velden = {"soort": "netwerk", "ernst": "zwaar", "status": "open", "eigenaar_wij": "ja", "versie": rij.versie}
    velden["begindatum"] = rij.begindatum.isoformat()
    assert client.post(pad, velden | {"status": "bezig"}).status_code == 302
    antwoord = client.post(pad, velden)
    assert antwoord.status_code == 400
    assert "Een collega heeft deze gegevens net gewijzigd" in antwoord.content.decode()
    rij.refresh_from_db()
    assert rij.status == "bezig", "de wijziging van de eerste blijft staan"
    assert client.post(pad, velden | {"versie": rij.versie}).status_code == 302
