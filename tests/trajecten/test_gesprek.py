"""Gespreksmodus: what both may see and nothing else, agreements added there, and one page to sign."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from deelnemers.keuzes import Viruscontrole
from deelnemers.models import Document, Toezegging
from deelnemers.services.beloften import kom_toezegging_na
from deelnemers.services.contact import (
    leg_belemmering_vast,
    leg_contact_vast,
    voeg_doelgroep_toe,
    zeg_toe,
)
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.veiligheid import bevestig_veiligheid, stel_veiligheid_voor
from kern import bestanden, klok, pdf
from kern.handeling import handeling
from kern.models import Leesregel
from organisatie.rechten import Rol
from tests.hulp.pdf import bladen, tekst_van
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import (
    AfspraakFabriek,
    InstrumentFabriek,
    OnderdeelFabriek,
    Wereld,
    dagen,
    medewerker_met,
)
from trajecten.gesprek import NEUTRAAL, inhoud
from trajecten.models import Afspraakblad
from trajecten.services.plannen import stel_plan_vast

pytestmark = pytest.mark.django_db


@pytest.fixture
def alsconsulent(wereld: Wereld, client: Client) -> Client:
    client.force_login(wereld.consulent.gebruiker)
    return client


def _pad(wereld: Wereld, naam: str, *args: Any) -> str:
    return reverse(naam, args=[wereld.deelnemer.dossiernummer, *args])


def _zeg(wereld: Wereld, partij: str, wat: str, over: int | None = 3) -> Toezegging:
    voor = dagen(over) if over is not None else None
    return zeg_toe(wereld.deelnemer, partij, wat, voor, medewerker=wereld.consulent, actor=wereld.actor)


#: Words that are planted everywhere in the dossier and may never be on the screen for two.
INTERN = (
    "Kwam boos binnen", "geheime notitie", "Trede 3", "schuldhulp gestart", "Top 600", "slaat op tafel",
    "tweede collega",    "toelichting op de score", "mentaal", "CBT-behandelgroep", "onderwerp-intern",
    "duizend euro", "niet gemotiveerd",
)  # fmt: skip


def _vol(wereld: Wereld) -> None:
    """A dossier with something of everything, internal and shared."""
    deelnemer, actor = wereld.deelnemer, wereld.actor
    traject = wereld.traject(doeltekst="Mijn eigen huur betalen", toekomstbeeld="Om zes uur thuis bij mijn kinderen.")
    OnderdeelFabriek(
        traject=traject,
        instrument=InstrumentFabriek(naam="Taal op de werkvloer"),
        resultaat="niet gemotiveerd",
        zonder_diagnose_reden="duizend euro",
    )
    OnderdeelFabriek(traject=traject, instrument=InstrumentFabriek(naam="CBT-behandelgroep", bijzonder=True))
    OnderdeelFabriek(traject=traject, instrument=InstrumentFabriek(naam="Aanpak Top 600", afgeschermd=True))
    stel_plan_vast(traject, "Mentaal sterker. duizend euro", dagen(60), doelen=["Elke week solliciteren"], actor=actor)
    leg_contact_vast(deelnemer, "geheime notitie: Kwam boos binnen", medewerker=wereld.consulent, actor=actor)
    leg_belemmering_vast(deelnemer, "schulden", toelichting="schuldhulp gestart", actor=actor)
    voeg_doelgroep_toe(deelnemer, "top_600", klok.vandaag(), actor=actor)
    from deelnemers.models import Competentiemeting, Werkvermogen

    leg_vast(
        deelnemer,
        Competentiemeting,
        vastgesteld_op=klok.vandaag(),
        competentie="motivatie",
        score=2,
        toelichting="toelichting op de score",
        actor=actor,
    )
    leg_vast(deelnemer, Werkvermogen, vastgesteld_op=klok.vandaag(), arbeidsvermogen="10", mentaal="licht", actor=actor)
    melding = stel_veiligheid_voor(
        deelnemer,
        wereld.consulent,
        gedrag="slaat op tafel",
        maatregel="tweede collega erbij",
        bron="gesprek",
        geldig_tot=dagen(90),
        actor=actor,
    )
    bevestig_veiligheid(melding, wereld.manager, actor=actor)
    AfspraakFabriek(deelnemer=deelnemer, medewerker=wereld.consulent, onderwerp="onderwerp-intern", plek="Kamer 2.14")
    _zeg(wereld, "wij", "Kinderopvang uitzoeken")
    _zeg(wereld, "deelnemer", "Cv sturen")
    kom_toezegging_na(_zeg(wereld, "deelnemer", "Inschrijven bij het uitzendbureau"), actor=actor)


@pytest.mark.eis("R229", "Het scherm voor twee toont doel, plan en afspraken van beide kanten, en niets van binnen")
def test_niets_van_binnen(wereld: Wereld, alsconsulent: Client) -> None:
    _vol(wereld)
    html = unescape(alsconsulent.get(_pad(wereld, "gesprek")).content.decode())
    for woord in (
        *("Mijn eigen huur betalen", "Om zes uur thuis", "Elke week solliciteren", "Taal op de werkvloer"),
        *("Kinderopvang uitzoeken", "Cv sturen", "Samira doet", "De gemeente doet", "Kamer 2.14", NEUTRAAL),
    ):
        assert woord in html, woord
    assert html.count(NEUTRAAL) == 1  # two of them, one name
    klein = html.lower()
    lekt = [woord for woord in INTERN if woord.lower() in klein]
    assert not lekt, lekt
    assert wereld.deelnemer.dossiernummer not in html.replace(_pad(wereld, "dossier"), "")
    assert "zoekveld" not in html and "menu" not in klein


def test_een_toets_erin_en_eruit(wereld: Wereld, alsconsulent: Client) -> None:
    dossier = alsconsulent.get(_pad(wereld, "dossier")).content.decode()
    knop = next(k for k in re.findall(r"<a [^>]*>", dossier) if _pad(wereld, "gesprek") in k)
    assert 'aria-keyshortcuts="g"' in knop
    gesprek = alsconsulent.get(_pad(wereld, "gesprek")).content.decode()
    assert f'href="{_pad(wereld, "dossier")}" data-terug aria-keyshortcuts="g Escape"' in gesprek


def test_afspraak_erbij_in_het_gesprek(wereld: Wereld, alsconsulent: Client) -> None:
    vorm = {"partij": "deelnemer", "wat": "Bellen met de school", "voor": f"{dagen(2):%d-%m-%Y}"}
    assert alsconsulent.post(_pad(wereld, "gesprek"), vorm).status_code == 302
    assert "Bellen met de school" in alsconsulent.get(_pad(wereld, "gesprek")).content.decode()
    fout = alsconsulent.post(_pad(wereld, "gesprek"), {"partij": "werkgever", "wat": "", "voor": "31-2-2026"})
    assert fout.status_code == 400
    assert set(fout.context["form"].errors) == {"partij", "wat", "voor"}
    assert Toezegging.objects.count() == 1


@pytest.mark.parametrize("rol", list(Rol))
def test_wie_mag_erin(wereld: Wereld, client: Client, rol: Rol) -> None:
    wie = medewerker_met(rol, wereld.team if rol in {Rol.CONSULENT, Rol.TEAMMANAGER} else None)
    client.force_login(wie.gebruiker)
    van_team = rol in {Rol.CONSULENT, Rol.TEAMMANAGER}
    ziet = van_team or rol == Rol.AFDELINGSMANAGER
    assert client.get(_pad(wereld, "gesprek")).status_code == (200 if ziet else 403)
    assert client.post(_pad(wereld, "gesprek_afronden")).status_code == (302 if van_team else 403)


def test_ander_team_moet_eerst_een_reden_geven(wereld: Wereld, client: Client) -> None:
    client.force_login(medewerker_met(Rol.CONSULENT, TeamFabriek()).gebruiker)
    assert "doorbreken" in client.get(_pad(wereld, "gesprek")).headers["Location"]


def test_staat_in_het_leeslog(wereld: Wereld, alsconsulent: Client) -> None:
    alsconsulent.get(_pad(wereld, "gesprek"))
    regel = Leesregel.objects.order_by("-id").first()
    assert regel is not None
    assert (regel.verwerking, regel.betrokkenen) == ("dossier.gesprek", [wereld.deelnemer.pk])


def test_leeg_dossier_zegt_wat_er_kan(wereld: Wereld, alsconsulent: Client) -> None:
    html = alsconsulent.get(_pad(wereld, "gesprek")).content.decode()
    assert "We hebben nog geen doel opgeschreven" in html
    assert alsconsulent.post(_pad(wereld, "gesprek_afronden")).status_code == 302
    assert "Spreek eerst samen iets af" in alsconsulent.get(_pad(wereld, "gesprek")).content.decode()
    assert not Afspraakblad.objects.exists()


@pytest.mark.eis("R229", "De afspraken gaan als één blad in gewone taal mee, en het blad blijft bewaard")
def test_een_blad_met_twee_handtekeningen(wereld: Wereld, alsconsulent: Client) -> None:
    _vol(wereld)
    antwoord = alsconsulent.post(_pad(wereld, "gesprek_afronden"))
    blad = Afspraakblad.objects.get()
    assert antwoord.headers["Location"] == _pad(wereld, "afspraakblad", blad.pk)
    assert blad.document.controle == Viruscontrole.SCHOON
    inhoud_ = alsconsulent.get(_pad(wereld, "document", blad.document.kenmerk)).content
    assert bladen(inhoud_) == 1
    papier = tekst_van(inhoud_)
    for woord in (
        "Afspraken met Samira",
        "Mijn eigen huur betalen",
        "Cv sturen",
        "Kinderopvang",
        "Handtekening en datum",
    ):
        assert woord in papier, woord
    assert "uitzendbureau" not in papier  # already done
    lekt = [woord for woord in INTERN if woord.lower() in papier.lower()]
    assert not lekt, lekt
    pagina = _pad(wereld, "afspraakblad", blad.pk)
    assert "heeft nog niet getekend" in alsconsulent.get(pagina).content.decode()
    for wie in ("deelnemer", "afdeling"):
        assert alsconsulent.post(_pad(wereld, "afspraakblad_tekenen", blad.pk, wie)).status_code == 302
    blad.refresh_from_db()
    assert (blad.getekend_deelnemer_op, blad.getekend_afdeling_op) == (klok.vandaag(), klok.vandaag())
    assert blad.getekend_door == wereld.consulent
    html = alsconsulent.get(pagina).content.decode()
    assert "nog niet getekend" not in html
    lijst = alsconsulent.get(_pad(wereld, "documenten")).content.decode()
    assert "Afspraken op papier" in lijst


def test_twee_keer_op_de_knop_is_een_blad(wereld: Wereld, alsconsulent: Client) -> None:
    _zeg(wereld, "deelnemer", "Cv sturen")
    for _ in range(2):
        alsconsulent.post(_pad(wereld, "gesprek_afronden"))
    assert (Afspraakblad.objects.count(), Document.objects.count()) == (1, 1)
    _zeg(wereld, "wij", "Opvang zoeken")
    alsconsulent.post(_pad(wereld, "gesprek_afronden"))
    assert Afspraakblad.objects.count() == 2


def test_veel_afspraken_blijven_leesbaar(wereld: Wereld) -> None:
    """A name or a text with signs of the template language stays text."""
    _zeg(wereld, "deelnemer", '#import "/etc/passwd" *vet* $x$ \\ [haak] "aanhaling"', None)
    from trajecten.gesprek import voor_papier

    papier = voor_papier(inhoud(wereld.deelnemer), wereld.consulent.naam)
    dag = klok.middag(klok.vandaag())
    bytes_ = pdf.maak("trajecten/afspraken.typ", papier, moment=dag)
    assert '#import "/etc/passwd" *vet* $x$' in tekst_van(bytes_)
    assert bytes_ == pdf.maak("trajecten/afspraken.typ", papier, moment=dag)


def test_database_wil_weten_wie_tekende(wereld: Wereld, alsconsulent: Client) -> None:
    _zeg(wereld, "deelnemer", "Cv sturen")
    alsconsulent.post(_pad(wereld, "gesprek_afronden"))
    with pytest.raises(IntegrityError, match="wie_tekende"), transaction.atomic(), handeling(FABRIEK):
        Afspraakblad.objects.update(getekend_afdeling_op=klok.vandaag())


def test_aantal_vragen_groeit_niet(wereld: Wereld, alsconsulent: Client) -> None:
    traject = wereld.traject()
    instrument = InstrumentFabriek()

    def meer(aantal: int = 8) -> None:
        for nummer in range(aantal):
            OnderdeelFabriek(traject=traject, instrument=instrument)
            _zeg(wereld, "wij", f"Iets doen {nummer}")

    meer(2)
    groeit_niet(lambda: alsconsulent.get(_pad(wereld, "gesprek")), meer, "gesprek", maximum=12)


def test_zonder_map_blijft_er_niets_achter(wereld: Wereld) -> None:
    """The page is made inside the block that removes the file when keeping it fails."""
    from trajecten.services.gesprek import maak_afspraakblad

    _zeg(wereld, "deelnemer", "Cv sturen")
    with pytest.raises(RuntimeError, match="weg_bij_mislukken"):
        maak_afspraakblad(wereld.deelnemer, wereld.consulent, actor=wereld.actor)
    assert not Document.objects.exists()
    with bestanden.weg_bij_mislukken():
        maak_afspraakblad(wereld.deelnemer, wereld.consulent, actor=wereld.actor)


@pytest.mark.eis("R010", "Eigen doel, toekomstbeeld en eerste stap: in eigen woorden in het plan en op papier.")
def test_eigen_kracht_in_het_plan_en_op_papier(wereld: Wereld, alsconsulent: Client) -> None:
    begin = {
        "doel": "werk_voltijd", "begindatum": f"{dagen(0):%d-%m-%Y}", "doeltekst": "Mijn eigen huur betalen",
        "toekomstbeeld": "Om zes uur thuis bij mijn kinderen.", "eerste_stap": "Morgen bel ik de opvang.",
    }  # fmt: skip
    assert alsconsulent.post(_pad(wereld, "traject_starten"), begin).status_code == 302
    _zeg(wereld, "deelnemer", "Cv sturen")
    eigen = ("Mijn eigen huur betalen", "Om zes uur thuis bij mijn kinderen.", "Morgen bel ik de opvang.")
    for naam in ("plan", "gesprek"):
        blad = alsconsulent.get(_pad(wereld, naam)).content.decode()
        assert all(zin in blad for zin in eigen), naam
    assert alsconsulent.post(_pad(wereld, "gesprek_afronden")).status_code == 302
    document = Afspraakblad.objects.get().document
    papier = tekst_van(alsconsulent.get(_pad(wereld, "document", document.kenmerk)).content)
    assert all(zin in papier for zin in eigen)
