"""The profile for employers: strengths first, agreed per line, shared by a link that stops, and nothing that harms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from deelnemers import stukvragen as vragen
from deelnemers.models import (
    Akkoord,
    Beschikbaarheid,
    Competentiemeting,
    Deelnemer,
    Opleiding,
    Profiellink,
    Profielopening,
    Profielregel,
    Werkervaring,
    Werkvermogen,
)
from deelnemers.profielgrens import Grens
from deelnemers.services import profiel as dienst
from deelnemers.services.contact import leg_belemmering_vast, voeg_doelgroep_toe
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.inschrijven import leg_bsn_vast
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.views.profiel import beeld_van
from kern import klok, pdf
from kern.handeling import handeling
from kern.models import Leesregel, TijdlijnRegel, Werkvoorraad, Wijziging
from kern.sleutel import afdruk
from organisatie.rechten import ROLRECHTEN, Rol
from tests.deelnemers.fabrieken import DAG, TOETS, bsn, met_regie, met_uitkering, volledige_diagnose
from tests.hulp.pdf import tekst_van
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

NAAR_VOREN = "Ik neem zelf stappen."


@pytest.fixture
def als(log_in: Callable[..., Any], team: Any) -> Callable[..., Any]:
    return lambda *rollen: log_in(*rollen, team=team)


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    """Somebody with all that may never reach an employer, and with strengths."""
    velden = {
        "straat": "Vinkebrugstraat", "huisnummer": "12", "postcode": "1102AB", "woonplaats": "Amstelstad",
        "telefoon": "06 12345678", "email": "samira@prive.example", "geboortedatum": dt.date(1988, 5, 17),
    }  # fmt: skip
    deelnemer = met_regie(consulent, **velden)
    leg_bsn_vast(deelnemer, bsn(0), controle="document", actor=TOETS)  # type: ignore[arg-type]
    volledige_diagnose(deelnemer)
    met_uitkering(deelnemer)
    leg_belemmering_vast(deelnemer, "schulden", actor=TOETS)
    voeg_doelgroep_toe(deelnemer, "top_600", klok.vandaag(), actor=TOETS)
    op = {"vastgesteld_op": klok.vandaag(), "actor": TOETS}
    leg_vast(deelnemer, Competentiemeting, competentie="motivatie", score=5, **op)
    leg_vast(deelnemer, Werkvermogen, arbeidsvermogen="10", uren_max=8, aanpassing_nodig="Rustige plek", **op)
    leg_vast(deelnemer, Werkervaring, functie="Kok", maanden=27, werkgever_naam="Restaurant De Boei", **op)
    leg_vast(deelnemer, Opleiding, niveau=4, naam="Mbo Horeca", status="diploma", **op)
    deelnemer.refresh_from_db()
    return deelnemer


def opgesteld(deelnemer: Deelnemer, *, akkoord: bool = True) -> list[Profielregel]:
    """All lines of the diagnosis, agreed unless told otherwise."""
    dienst.stel_profiel_op(deelnemer, actor=TOETS)
    regels = vragen.profielregels(deelnemer)
    for regel in regels if akkoord else []:
        dienst.geef_antwoord(regel, True, actor=TOETS)
    return regels


def link(deelnemer: Deelnemer, medewerker: Any, dagen: int = 14) -> tuple[Profiellink, str]:
    rij, sleutel = dienst.maak_profiellink(
        deelnemer, "Bakkerij Van Dam", dagen, medewerker, contact="Chantal Brouwer", actor=TOETS
    )
    return rij, reverse("profiel_openen", args=[sleutel])


def kijk(url: str, **extra: Any) -> Any:
    return Client().post(url, {"naam": "Petra Smit", "email": "petra@vandam.example", **extra})


def pad(naam: str, deelnemer: Deelnemer, *args: Any) -> str:
    return reverse(naam, args=[deelnemer.dossiernummer, *args])


# --- What is in it ---------------------------------------------------------------------------------------------
@pytest.mark.eis(
    "R058", "Het profiel begint met wat iemand goed kan en komt uit de diagnose; de consulent past het aan"
)
def test_opstellen_uit_de_diagnose(als: Any, persoon: Deelnemer) -> None:
    client = als("consulent")
    client.post(pad("profiel_opstellen", persoon))
    teksten = [r.tekst for r in vragen.profielregels(persoon)]
    assert teksten[0] == NAAR_VOREN
    assert {"Kok, 2 jaar en 3 maanden", "Mbo Horeca, met diploma", "Ik kan 8 tot 24 uur per week werken."} <= set(
        teksten
    )
    groepen = [kop for kop, _ in vragen.profiel_in_groepen(vragen.profielregels(persoon))]
    assert groepen[0] == "Hier ben ik goed in"
    assert "De Boei" not in " ".join(teksten)
    werk = Profielregel.objects.get(tekst__startswith="Kok")
    vorm = {"groep": "werk", "tekst": "Kok in een druk restaurant", "versie": werk.versie}
    client.post(pad("profielregel_wijzig", persoon, werk.pk), vorm)
    client.post(pad("profiel_opstellen", persoon))
    werk.refresh_from_db()
    assert werk.tekst == "Kok in een druk restaurant"
    assert len(vragen.profielregels(persoon)) == len(teksten)


def test_wat_niet_meer_klopt_verdwijnt_uit_het_profiel(persoon: Deelnemer) -> None:
    opgesteld(persoon)
    op = {"vastgesteld_op": klok.vandaag(), "actor": TOETS}
    velden = {"uren_min": 16, "uren_max": 32, "beschikbaar_vanaf": klok.vandaag()}
    leg_vast(persoon, Beschikbaarheid, **velden, **op)
    leg_vast(persoon, Competentiemeting, competentie="motivatie", score=2, **op)
    dienst.stel_profiel_op(persoon, actor=TOETS)
    teksten = {r.tekst for r in vragen.profielregels(persoon)}
    assert "Ik kan 16 tot 32 uur per week werken." in teksten
    assert not {"Ik kan 8 tot 24 uur per week werken.", NAAR_VOREN} & teksten


# --- Line by line ----------------------------------------------------------------------------------------------
@pytest.mark.eis("R225", "Een werkgever krijgt alleen de regels waar de deelnemer akkoord mee is")
def test_alleen_regels_met_akkoord_gaan_mee(als: Any, persoon: Deelnemer) -> None:
    regels = opgesteld(persoon, akkoord=False)
    client = als("consulent")
    assert vragen.gedeelde_regels(persoon) == []
    client.post(pad("profielregel_zet", persoon, regels[0].pk, "ja"))
    client.post(pad("profielregel_zet", persoon, regels[1].pk, "nee"))
    assert [r.pk for r in vragen.gedeelde_regels(persoon)] == [regels[0].pk]
    akkoord = Akkoord.objects.get(regel=regels[0])
    assert (akkoord.tekst, akkoord.grondslag) == (regels[0].tekst, "arbeidsinschakeling")
    assert akkoord.vastgelegd_door == client.medewerker
    html = client.get(pad("werkgeversprofiel", persoon)).content.decode()
    assert "Participatiewet artikel 7" in html
    assert "Nee zeggen mag altijd en heeft geen gevolgen" in html


def test_nee_zeggen_heeft_geen_gevolg(persoon: Deelnemer) -> None:
    """Refusing every line writes the answers and nothing else: no signal, no task, no line, no column."""
    regels = opgesteld(persoon, akkoord=False)
    stand = Deelnemer.objects.filter(pk=persoon.pk).values().get()
    tellingen = [m.objects.count() for m in (TijdlijnRegel, Werkvoorraad)]
    eerder = Wijziging.objects.count()
    for regel in regels:
        dienst.geef_antwoord(regel, False, actor=TOETS)
    tabellen = set(
        Wijziging.objects.order_by("-id")[: Wijziging.objects.count() - eerder].values_list("tabel", flat=True)
    )
    assert tabellen == {"deelnemers_akkoord"}
    assert Deelnemer.objects.filter(pk=persoon.pk).values().get() == stand
    assert [m.objects.count() for m in (TijdlijnRegel, Werkvoorraad)] == tellingen


def test_ingetrokken_is_meteen_overal_weg(als: Any, persoon: Deelnemer, consulent: Any) -> None:
    regels = opgesteld(persoon)
    _, url = link(persoon, consulent)
    client = als("consulent")
    assert NAAR_VOREN in kijk(url).content.decode()
    client.post(pad("profielregel_zet", persoon, regels[0].pk, "intrekken"))
    assert NAAR_VOREN not in kijk(url).content.decode()
    assert NAAR_VOREN not in tekst_van(kijk(url, vorm="pdf").content)
    assert NAAR_VOREN not in tekst_van(client.get(pad("profiel_pdf", persoon)).content)
    assert Akkoord.objects.get(regel=regels[0]).ingetrokken_op is not None


def test_andere_woorden_vragen_een_nieuw_akkoord(persoon: Deelnemer) -> None:
    regel = opgesteld(persoon)[0]
    dienst.wijzig_profielregel(regel, regel.groep, "Ik begin graag vroeg.", regel.versie, actor=TOETS)
    assert regel.pk not in {r.pk for r in vragen.gedeelde_regels(persoon)}
    # Also when somebody goes around the service.
    ander = vragen.gedeelde_regels(persoon)[0]
    with handeling(FABRIEK):
        Profielregel.objects.filter(pk=ander.pk).update(tekst="Iets heel anders")
    assert ander.pk not in {r.pk for r in vragen.gedeelde_regels(persoon)}


def test_twee_tegelijk_ziet_wat_de_ander_deed(als: Any, persoon: Deelnemer) -> None:
    regel, client = opgesteld(persoon)[0], als("consulent")
    oud = regel.versie
    dienst.wijzig_profielregel(regel, regel.groep, "Ik begin graag vroeg.", oud, actor=TOETS)
    vorm = {"groep": regel.groep, "tekst": "Ik begin graag laat.", "versie": oud}
    antwoord = client.post(pad("profielregel_wijzig", persoon, regel.pk), vorm)
    assert antwoord.status_code == 400
    assert "Ik begin graag vroeg." in antwoord.content.decode()


# --- What may never be in it ---------------------------------------------------------------------------------
#: Everything of this person that is not for an employer.
NOOIT = (
    bsn(0), "1988", "17-05", "17 mei", "Vinkebrugstraat", "1102", "12345678", "prive.example", "Amstelstad", "bijstand",
    "uitkering", "schuld", "top 600", "top_600", "rustige plek", "arbeidsvermogen", "minimumloon", "de boei", "trede",
    "score", "bakker0",
)  # fmt: skip


@pytest.mark.eis("R058", "Geen BSN, geen gezondheid, geen uitkering, geen adres, geen geboortedatum, geen doelgroep")
def test_nooit_wat_een_werkgever_niet_mag_weten(persoon: Deelnemer, consulent: Any) -> None:
    opgesteld(persoon)
    rij, url = link(persoon, consulent)
    antwoord = kijk(url)
    html = unescape(antwoord.content.decode())
    html = html.replace(str(antwoord.context["csrf_token"]), "")
    papier = tekst_van(kijk(url, vorm="pdf").content)
    gegevens = str(beeld_van(persoon, rij.contact))
    for plek, tekst in (("html", html), ("pdf", papier), ("gegevens", gegevens)):
        assert NAAR_VOREN in tekst, plek
        lekt = [
            woord for woord in (*NOOIT, persoon.dossiernummer, persoon.geslachtsnaam) if woord.lower() in tekst.lower()
        ]
        assert not lekt, (plek, lekt)


@pytest.mark.parametrize(
    "tekst",
    [
        f"Mijn nummer is {bsn(0)}", "999 990 007", "Ik ben geboren in juni", "17-5-1988", "17 mei 1988", "1988-05-17",
        "Ik ben 38 jaar oud", "Vinkebrugstraat 12", "1102 ab", "bel 06-12345678", "samira@prive.example",
        "Ik heb bijstand", "Nu een WW-uitkering", "met loonkostensubsidie", "Ik ben vaak ziek", "na mijn burn-out",
        "Ik heb ADHD", "mijn schulden zijn weg", "na detentie", "Top 600", "ik zit in het doelgroepregister",
        "Wajonger",
    ],
)  # fmt: skip
def test_verboden_tekst_wordt_geweigerd(als: Any, persoon: Deelnemer, tekst: str) -> None:
    antwoord = als("consulent").post(pad("profielregel_nieuw", persoon), {"groep": "sterk", "tekst": tekst})
    assert antwoord.status_code == 400
    assert antwoord.context["form"].errors["tekst"]
    assert not Profielregel.objects.exists()


@pytest.mark.parametrize(
    "tekst", ["Schoonmaker in een ziekenhuis", "Ik werk graag met 8 collega’s", "Wiskunde", "Werkte 12 jaar in de zorg"]
)
def test_gewone_tekst_mag(persoon: Deelnemer, tekst: str) -> None:
    assert Grens.van(persoon).bezwaar(tekst) == ""


def test_wie_verhuist_lekt_geen_adres_meer(persoon: Deelnemer, consulent: Any) -> None:
    """A line that was fine when it was written is left out when it is not fine any more."""
    regel = dienst.voeg_profielregel_toe(persoon, "werk", "Magazijn aan de Kadelaan", actor=TOETS)
    dienst.geef_antwoord(regel, True, actor=TOETS)
    assert vragen.gedeelde_regels(persoon) == [regel]
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(straat="Kadelaan")
    persoon.refresh_from_db()
    assert vragen.gedeelde_regels(persoon) == []


def test_tekens_blijven_tekst_in_de_pdf(persoon: Deelnemer) -> None:
    beeld = beeld_van(persoon, "") | {"groepen": [{"kop": "Werk", "regels": ["#eval(1) *a* $x$ [b] <label>"]}]}
    assert "#eval(1) *a* $x$ [b] <label>" in tekst_van(pdf.maak("deelnemers/profiel.typ", beeld))


# --- The link ----------------------------------------------------------------------------------------------------
def test_openen_vraagt_wie_en_schrijft_het_op(als: Any, persoon: Deelnemer, consulent: Any) -> None:
    opgesteld(persoon)
    rij, url = link(persoon, consulent)
    vraag = Client().get(url)
    assert vraag.status_code == 200
    assert NAAR_VOREN not in vraag.content.decode()
    assert persoon.roepnaam not in vraag.content.decode()
    assert "no-store" in vraag["Cache-Control"]
    fout = Client().post(url, {"naam": "", "email": "geen adres"})
    assert set(fout.context["form"].errors) == {"naam", "email"}
    assert not Profielopening.objects.exists()
    kijk(url)
    kijk(url, vorm="pdf")
    openingen = Profielopening.objects.order_by("id")
    assert [(o.naam, o.email, o.vorm, o.link_id) for o in openingen] == [
        ("Petra Smit", "petra@vandam.example", "scherm", rij.pk),
        ("Petra Smit", "petra@vandam.example", "pdf", rij.pk),
    ]
    regel = Leesregel.objects.order_by("-id").first()
    assert regel is not None
    assert (regel.verwerking, regel.grond, regel.betrokkenen) == ("profiel.werkgever", "profiellink", [persoon.pk])
    html = als("consulent").get(pad("werkgeversprofiel", persoon)).content.decode()
    assert "petra@vandam.example" in html
    assert "2 keer bekeken" in html


def _zelfde(antwoord: Any) -> tuple[int, str]:
    """Status and page, without what differs on every page."""
    return antwoord.status_code, antwoord.content.decode().replace(str(antwoord.context["csrf_token"]), "")


@pytest.mark.parametrize("methode", ["get", "post"])
def test_dichte_links_zijn_niet_te_onderscheiden(persoon: Deelnemer, consulent: Any, methode: str) -> None:
    opgesteld(persoon)
    urls = {"onbekend": reverse("profiel_openen", args=["bestaat-niet"])}
    for naam in ("verlopen", "ingetrokken", "leeg"):
        rij, urls[naam] = link(persoon, consulent)
        if naam == "ingetrokken":
            dienst.trek_profiellink_in(rij, actor=TOETS)
        if naam == "verlopen":
            with handeling(FABRIEK):
                eerder = klok.echt_nu() - 20 * DAG
                Profiellink.objects.filter(pk=rij.pk).update(gemaakt_op=eerder, geldig_tot=eerder + DAG)
    for regel in vragen.profielregels(persoon):
        dienst.trek_akkoord_in(regel, actor=TOETS)
    vorm = {"naam": "Petra Smit", "email": "petra@vandam.example"} if methode == "post" else {}
    antwoorden = {naam: _zelfde(getattr(Client(), methode)(url, vorm)) for naam, url in urls.items()}
    assert len(set(antwoorden.values())) == 1, {naam: a[0] for naam, a in antwoorden.items()}
    assert antwoorden["leeg"][0] == 404
    assert not Profielopening.objects.exists()


def test_na_overlijden_gaat_geen_link_meer_open(persoon: Deelnemer, consulent: Any) -> None:
    opgesteld(persoon)
    _, url = link(persoon, consulent)
    meld_overlijden(persoon, klok.vandaag(), actor=TOETS)
    assert Client().get(url).status_code == 404
    persoon.refresh_from_db()
    with pytest.raises(ValidationError, match="overleden"):
        link(persoon, consulent)


def test_zonder_akkoord_geen_link(als: Any, persoon: Deelnemer) -> None:
    opgesteld(persoon, akkoord=False)
    client = als("consulent")
    antwoord = client.post(pad("profiellink_nieuw", persoon), {"voor": "Bakkerij", "dagen": "14"})
    assert antwoord.status_code == 400
    assert not Profiellink.objects.exists()
    assert client.get(pad("profiel_pdf", persoon)).status_code == 302


def test_sleutel_is_een_keer_te_zien(als: Any, persoon: Deelnemer) -> None:
    opgesteld(persoon)
    client = als("consulent")
    antwoord = client.post(pad("profiellink_nieuw", persoon), {"voor": "Bakkerij", "dagen": "7"})
    rij = Profiellink.objects.get()
    adres = antwoord.context["adres"]
    sleutel = adres.rsplit("/", 1)[1]
    assert rij.sleutelhash == afdruk(sleutel)
    assert sleutel not in client.get(pad("werkgeversprofiel", persoon)).content.decode()
    assert not Wijziging.objects.filter(nieuw__icontains=sleutel).exists()
    assert (rij.geldig_tot - rij.gemaakt_op).days == 7
    client.post(pad("profiellink_intrekken", persoon, rij.pk))
    assert Client().get(reverse("profiel_openen", args=[sleutel])).status_code == 404


# --- Access, database, cost ------------------------------------------------------------------------------------
@pytest.mark.parametrize("rol", list(Rol))
def test_elke_rol(als: Any, persoon: Deelnemer, rol: str) -> None:
    from deelnemers.services.regie import betrek

    client, rechten = als(rol), ROLRECHTEN[Rol(rol)]
    betrek(persoon, "mentor", klok.vandaag(), "toets:1", medewerker=client.medewerker, actor=TOETS)
    ziet, wijzigt = ("dossier.zien" in rechten, "dossier.wijzigen" in rechten)
    assert client.get(pad("werkgeversprofiel", persoon)).status_code == (200 if ziet else 403)
    assert client.get(pad("profielregel_nieuw", persoon)).status_code == (200 if wijzigt else 403)
    assert client.post(pad("profiel_opstellen", persoon)).status_code == (302 if wijzigt else 403)
    assert client.get(pad("profiellink_nieuw", persoon)).status_code == (200 if wijzigt else 403)


def test_database_bewaakt(persoon: Deelnemer, consulent: Any) -> None:
    regel = opgesteld(persoon)[0]
    rij, _ = link(persoon, consulent)
    gevallen: list[tuple[str, Callable[[], Any]]] = [
        ("akkoord_een_antwoord", lambda: Akkoord.objects.create(
            deelnemer=persoon, regel=regel, tekst="x", akkoord=True, gegeven_op=klok.nu())),
        ("akkoord_grondslag", lambda: Akkoord.objects.update(grondslag="toestemming")),
        ("akkoord_intrekken", lambda: Akkoord.objects.update(ingetrokken_op=klok.nu() - 9 * DAG)),
        ("profielregel_groep", lambda: Profielregel.objects.update(groep="zwak")),
        ("profielregel_tekst", lambda: Profielregel.objects.update(tekst=" ")),
        ("profiellink_verloopt", lambda: Profiellink.objects.update(geldig_tot=rij.gemaakt_op)),
    ]  # fmt: skip
    for naam, doe in gevallen:
        with pytest.raises(IntegrityError, match=naam), transaction.atomic(), handeling(FABRIEK):
            doe()


def test_aantal_vragen_groeit_niet(als: Any, persoon: Deelnemer, consulent: Any) -> None:
    client, nummer = als("consulent"), iter(range(1000))
    opgesteld(persoon)

    def meer() -> None:
        for _ in range(6):
            tekst = f"Ik kan iets goed: {next(nummer)}"
            regel = dienst.voeg_profielregel_toe(persoon, "sterk", tekst, actor=TOETS)
            dienst.geef_antwoord(regel, True, actor=TOETS)
            kijk(link(persoon, consulent)[1])

    meer()
    groeit_niet(lambda: client.get(pad("werkgeversprofiel", persoon)), meer, "profiel", maximum=20)
    _, url = link(persoon, consulent)
    groeit_niet(lambda: kijk(url), meer, "profiel achter een link", maximum=15)
