"""The pages: who gets in, what they show, what one click does, and how many questions they ask."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kern.handeling import handeling
from kern.models import Leesregel
from organisatie.rechten import Rol
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import (
    ONBEKEND,
    AfspraakFabriek,
    BijeenkomstFabriek,
    GroepFabriek,
    GroepsdeelnameFabriek,
    InstrumentFabriek,
    OnderdeelFabriek,
    TrajectFabriek,
    Wereld,
    contract,
    dagen,
    medewerker_met,
    moment,
    persoon,
)
from trajecten.models import Aanwezigheid, Afspraak, Groep, Traject, Trajecteinde, Trajectonderdeel
from trajecten.services.einde import sluit_traject
from trajecten.services.onderdelen import leg_afhankelijkheid
from trajecten.services.plannen import stel_plan_vast
from trajecten.services.trajecten import start_traject

pytestmark = pytest.mark.django_db


@pytest.fixture
def alsconsulent(wereld: Wereld, client: Client) -> Client:
    client.force_login(wereld.consulent.gebruiker)
    return client


def _nl(dag: Any) -> str:
    return f"{dag:%d-%m-%Y}"


def _pad(wereld: Wereld, naam: str, *args: Any) -> str:
    return reverse(naam, args=[wereld.deelnemer.dossiernummer, *args])


def test_van_start_tot_plan_met_onderdelen(wereld: Wereld, alsconsulent: Client) -> None:
    leeg = alsconsulent.get(_pad(wereld, "plan")).content.decode()
    assert "Er loopt nog geen traject" in leeg
    fout = alsconsulent.post(_pad(wereld, "traject_starten"), {"doel": "", "begindatum": "32-13-2026"})
    assert fout.status_code == 400
    goed = {"doel": "werk_voltijd", "doeltekst": "Mijn eigen huur betalen", "begindatum": _nl(dagen(0))}
    assert alsconsulent.post(_pad(wereld, "traject_starten"), goed).status_code == 302
    taal = InstrumentFabriek(naam="Taal op de werkvloer")
    html = alsconsulent.get(_pad(wereld, "onderdeel_toevoegen")).content.decode()
    assert "Taal op de werkvloer" in html and "De diagnose is actueel tot" in html
    deel = {"instrument": taal.pk, "begindatum": _nl(dagen(0))}
    assert alsconsulent.post(_pad(wereld, "onderdeel_toevoegen"), deel).status_code == 302
    html = alsconsulent.get(_pad(wereld, "plan")).content.decode()
    assert "Mijn eigen huur betalen" in html and "Taal op de werkvloer" in html and "gantt" in html
    dossier = alsconsulent.get(_pad(wereld, "dossier")).content.decode()
    assert "Mijn eigen huur betalen" in dossier and "1 onderdeel, 2 dagdelen" in dossier


@pytest.mark.eis("R078", "Stoppen en een ander starten: één bladzijde, één keer bewaren.")
def test_stoppen_en_wisselen_op_een_bladzijde(wereld: Wereld, alsconsulent: Client) -> None:
    deel, nieuw = OnderdeelFabriek(traject=wereld.traject()), InstrumentFabriek()
    pad = _pad(wereld, "onderdeel_stoppen", deel.pk)
    assert alsconsulent.get(pad).status_code == 200
    assert alsconsulent.post(pad, {"reden": ""}).status_code == 400
    assert alsconsulent.post(pad, {"reden": "Te ver reizen", "instrument": nieuw.pk}).status_code == 302
    statussen = Trajectonderdeel.objects.order_by("id").values_list("status", flat=True)
    assert list(statussen) == ["gestopt", "loopt"]


def test_onderdeel_starten_afronden_wachten_verschuiven(wereld: Wereld, alsconsulent: Client) -> None:
    traject = wereld.traject()
    deel = OnderdeelFabriek(traject=traject, status="gepland", begindatum=dagen(2))
    ander = OnderdeelFabriek(traject=traject)
    rij = leg_afhankelijkheid(deel, ander, "Eerst taal", actor=wereld.actor)
    starten = _pad(wereld, "onderdeel_zet", deel.pk, "starten")
    assert "Eerst taal" in alsconsulent.post(starten, follow=True).content.decode()
    alsconsulent.post(_pad(wereld, "onderdeel_losmaken", deel.pk, rij.pk))
    pad = _pad(wereld, "onderdeel_wachten", deel.pk)
    assert alsconsulent.get(pad).status_code == 200
    assert alsconsulent.post(pad, {"wacht_op": "het ROC"}).status_code == 302
    alsconsulent.post(starten)
    deel.refresh_from_db()
    assert deel.status == "loopt"
    pad = _pad(wereld, "onderdeel_verschuiven", deel.pk)
    assert alsconsulent.get(pad).status_code == 200
    velden = {"begindatum": _nl(dagen(0)), "einddatum": _nl(dagen(20)), "dagdelen": 3}
    assert alsconsulent.post(pad, velden).status_code == 302
    alsconsulent.post(_pad(wereld, "onderdeel_zet", deel.pk, "afronden"))
    deel.refresh_from_db()
    assert (deel.status, deel.dagdelen) == ("afgerond", 3)


@pytest.mark.eis("R067", "De waarschuwing over de week staat bij het formulier en vraagt een vinkje.")
def test_botsing_vraagt_een_vinkje(wereld: Wereld, alsconsulent: Client) -> None:
    wereld.traject()
    zwaar = InstrumentFabriek(dagdelen=10)
    velden = {"instrument": zwaar.pk, "begindatum": _nl(dagen(0))}
    pad = _pad(wereld, "onderdeel_toevoegen")
    assert "botsing_gezien" not in alsconsulent.get(pad).content.decode()
    alsconsulent.post(pad, velden)
    antwoord = alsconsulent.post(pad, velden)
    assert antwoord.status_code == 400
    assert "20 dagdelen" in antwoord.content.decode() and 'name="botsing_gezien"' in antwoord.content.decode()
    assert alsconsulent.post(pad, velden | {"botsing_gezien": "on"}).status_code == 302


def test_doel_plan_en_handtekening(wereld: Wereld, alsconsulent: Client) -> None:
    wereld.traject()
    assert alsconsulent.get(_pad(wereld, "traject_doel")).status_code == 200
    assert alsconsulent.post(_pad(wereld, "traject_doel"), {"doel": "school", "versie": 1}).status_code == 302
    antwoord = alsconsulent.post(_pad(wereld, "traject_doel"), {"doel": "school", "versie": 1})
    assert antwoord.status_code == 400 and "net gewijzigd" in antwoord.content.decode()
    pad = _pad(wereld, "plan_vaststellen")
    assert alsconsulent.get(pad).status_code == 200
    alsconsulent.post(pad, {"tekst": "Samen", "doelen": "Taal\nWerk", "evaluatie_op": _nl(dagen(30))})
    plan = Traject.objects.get().plannen.get()
    alsconsulent.post(_pad(wereld, "plan_tekenen", plan.pk, "deelnemer"))
    alsconsulent.post(_pad(wereld, "plan_tekenen", plan.pk, "afdeling"))
    html = alsconsulent.get(_pad(wereld, "plan")).content.decode()
    assert html.count("Getekend door") == 2
    assert alsconsulent.get(pad).status_code == 200


@pytest.mark.eis("R079", "Het formulier zegt per uitkomst welk bewijs hoort en of inkomen moet bevestigen.")
def test_afsluiten_en_heropenen(wereld: Wereld, alsconsulent: Client) -> None:
    OnderdeelFabriek(traject=wereld.traject())
    pad = _pad(wereld, "traject_afsluiten")
    html = alsconsulent.get(pad).content.decode()
    assert "arbeidscontract" in html and "wacht op inkomen" in html and "1 lopend onderdeel stopt" in html
    antwoord = alsconsulent.post(pad, {"uitkomst": "werk_voltijd", "datum": _nl(dagen(0)), "versie": 1})
    assert antwoord.status_code == 400 and "eerste werkdag" in antwoord.content.decode()
    goed = {
        "uitkomst": "werk_voltijd",
        "datum": _nl(dagen(0)),
        "werk_begonnen_op": _nl(dagen(-1)),
        "uren_per_week": "32",
        "bewijs_soort": "arbeidscontract",
        "bewijs_omschrijving": "Contract 32 uur",
        "versie": 1,
    }
    assert alsconsulent.post(pad, goed).status_code == 302
    html = alsconsulent.get(_pad(wereld, "plan")).content.decode()
    assert "Wacht op inkomen" in html and "Contract 32 uur" in html
    open_ = _pad(wereld, "traject_heropenen")
    assert alsconsulent.get(open_).status_code == 200
    assert alsconsulent.post(open_, {"reden": "Ging niet door"}).status_code == 302
    assert Traject.objects.get().status == "loopt"
    bewijs = contract(wereld.deelnemer)
    goed |= {"bewijs": bewijs.pk, "bewijs_soort": "", "bewijs_omschrijving": "", "versie": ""}
    assert alsconsulent.post(pad, goed).status_code == 302
    assert Trajecteinde.objects.get(ingetrokken_op__isnull=True).bewijs == bewijs


def test_afspraak_maken_melden_herstellen_verzetten(wereld: Wereld, alsconsulent: Client) -> None:
    pad = _pad(wereld, "afspraak_maken")
    AfspraakFabriek(medewerker=wereld.consulent, begint_op=moment(0, 14))
    html = alsconsulent.get(pad).content.decode()
    assert "bezet van 14.00 tot 14.45" in html
    velden = {
        "soort": "voortgang",
        "dag": _nl(dagen(1)),
        "tijd": "10.00",
        "minuten": 45,
        "medewerker": wereld.consulent.pk,
        **ONBEKEND,
    }
    assert alsconsulent.post(pad, velden | {"tijd": "x"}).status_code == 400
    assert alsconsulent.post(pad, velden).status_code == 302
    rij = Afspraak.objects.get(deelnemer=wereld.deelnemer)
    assert alsconsulent.get(reverse("afspraak", args=[rij.pk])).status_code == 200
    verzet = reverse("afspraak_verzetten", args=[rij.pk])
    assert alsconsulent.get(verzet).status_code == 200
    alsconsulent.post(verzet, {"dag": _nl(dagen(2)), "tijd": "9:30", "minuten": 30, "versie": 1})
    nieuw = Afspraak.objects.get(deelnemer=wereld.deelnemer, status="gepland")
    with handeling(FABRIEK):
        Afspraak.objects.filter(pk=nieuw.pk).update(begint_op=moment(-1, 9), eindigt_op=moment(-1, 10))
    terug = f"?terug={reverse('agenda')}"
    antwoord = alsconsulent.post(reverse("afspraak_melden", args=[nieuw.pk, "niet_verschenen"]) + terug)
    assert antwoord["Location"] == reverse("agenda")
    html = alsconsulent.get(reverse("afspraak", args=[nieuw.pk])).content.decode()
    assert "Stap 1: een tweede uitnodiging" in html and "Niet verschijnen stopt nooit vanzelf" in html
    besluit = {"vervolg": "bereikt", "toelichting": "Gebeld, was ziek"}
    assert alsconsulent.post(reverse("afspraak", args=[nieuw.pk]), besluit).status_code == 302
    alsconsulent.post(reverse("afspraak_herstellen", args=[nieuw.pk]))
    nieuw.refresh_from_db()
    assert (nieuw.status, nieuw.vervolg) == ("gepland", "")
    verval = reverse("afspraak_vervallen", args=[nieuw.pk])
    assert alsconsulent.get(verval).status_code == 200
    assert alsconsulent.post(verval, {"reden": "Collega ziek"}).status_code == 302


def test_terug_blijft_binnen_de_site(wereld: Wereld, alsconsulent: Client) -> None:
    rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(-1))
    antwoord = alsconsulent.post(
        reverse("afspraak_melden", args=[rij.pk, "verschenen"]) + "?terug=https://elders.example/"
    )
    assert antwoord["Location"] == reverse("afspraak", args=[rij.pk])


def test_na_een_klik_in_de_week_kom_je_terug_in_die_week(wereld: Wereld, alsconsulent: Client) -> None:
    AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(0, 0, 5))
    week = f"{reverse('agenda')}?op={dagen(0).isoformat()}&weergave=week"
    html = alsconsulent.get(week).content.decode()
    knop = re.search(r'action="([^"]*verschenen[^"]*)"', html)
    assert knop is not None
    assert alsconsulent.post(unescape(knop[1]))["Location"] == week


def test_een_vreemd_cijfer_in_het_adres_is_geen_fout(wereld: Wereld, alsconsulent: Client) -> None:
    groep = GroepFabriek(trainer=wereld.consulent)
    for adres in (f"{reverse('agenda')}?van=²", f"{reverse('groep', args=[groep.pk])}?bijeenkomst=²"):
        assert alsconsulent.get(adres).status_code == 200
    les = BijeenkomstFabriek(groep=groep, begint_op=moment(-1))
    assert alsconsulent.post(reverse("presentie", args=[groep.pk, les.pk]), {"stand-²": "aanwezig"}).status_code == 302


def test_agenda_dag_en_week(wereld: Wereld, alsconsulent: Client) -> None:
    AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(0, 0, 5))
    BijeenkomstFabriek(groep=GroepFabriek(trainer=wereld.consulent, naam="Instroom 7"), begint_op=moment(0, 13))
    for vraag in ("", "?weergave=week", "?op=onzin", f"?op={dagen(0).isoformat()}&van={wereld.manager.pk}"):
        html = alsconsulent.get(reverse("agenda") + vraag).content.decode()
        assert wereld.deelnemer.naam in html and "Instroom 7" in html
    assert wereld.deelnemer.pk in Leesregel.objects.filter(verwerking="agenda.bekijken").latest("id").betrokkenen


@pytest.mark.eis("R097", "De hele groep op één scherm, zonder JavaScript, met toetsen a l m z n.")
def test_groep_invullen_in_een_keer(wereld: Wereld, client: Client) -> None:
    werkleider = medewerker_met(Rol.WERKLEIDER, wereld.team)
    client.force_login(werkleider.gebruiker)
    groep = GroepFabriek(team=wereld.team, trainer=werkleider)
    mensen = [d.deelnemer for d in GroepsdeelnameFabriek.create_batch(3, groep=groep)]
    GroepsdeelnameFabriek(groep=groep, wachtlijst=True)
    vorige, les = (
        BijeenkomstFabriek(groep=groep, begint_op=moment(-4)),
        BijeenkomstFabriek(groep=groep, begint_op=moment(-1)),
    )
    with handeling(FABRIEK):
        Aanwezigheid.objects.create(bijeenkomst=vorige, deelnemer=mensen[0], stand="ziek")
    html = client.get(reverse("groep", args=[groep.pk])).content.decode()
    assert "Vorige keer: ziek" in html
    assert [f'data-toets="{t}"' in html for t in "almzn"] == [True] * 5
    standen = {f"stand-{m.pk}": "aanwezig" for m in mensen}
    client.post(reverse("presentie", args=[groep.pk, les.pk]), standen)
    assert Aanwezigheid.objects.filter(bijeenkomst=les, stand="aanwezig").count() == 3
    assert client.get(reverse("dossier", args=[mensen[0].dossiernummer])).status_code in {403, 404}


def test_groep_maken_en_vullen(wereld: Wereld, alsconsulent: Client) -> None:
    assert alsconsulent.get(reverse("groep_nieuw")).status_code == 200
    velden = {
        "naam": "Instroom 9",
        "instrument": InstrumentFabriek(soort="groep").pk,
        "team": wereld.team.pk,
        "trainer": wereld.consulent.pk,
        "begindatum": _nl(dagen(-5)),
        "capaciteit": 1,
    }
    assert alsconsulent.post(reverse("groep_nieuw"), velden | {"naam": ""}).status_code == 400
    assert alsconsulent.post(reverse("groep_nieuw"), velden).status_code == 302
    groep = Groep.objects.get()
    les = reverse("bijeenkomst_nieuw", args=[groep.pk])
    assert alsconsulent.get(les).status_code == 200
    assert alsconsulent.post(les, {"dag": _nl(dagen(3)), "tijd": "9.00", "minuten": 120}).status_code == 302
    erbij = reverse("groep_deelnemer", args=[groep.pk])
    assert alsconsulent.post(erbij, {"dossiernummer": "2000-1", "begindatum": _nl(dagen(0))}).status_code == 400
    for mens in (wereld.deelnemer, persoon(wereld.team, wereld.consulent)):
        OnderdeelFabriek(traject=TrajectFabriek(deelnemer=mens), instrument=groep.instrument)
        alsconsulent.post(erbij, {"dossiernummer": mens.dossiernummer, "begindatum": _nl(dagen(0))})
    html = alsconsulent.get(reverse("groep", args=[groep.pk])).content.decode()
    assert "Wachtlijst" in html and "Nog geen bijeenkomst geweest" in html
    deelname = groep.deelnames.get(wachtlijst=False)
    assert alsconsulent.post(reverse("groep_eruit", args=[groep.pk, deelname.pk])).status_code == 302
    assert alsconsulent.get(reverse("groepen")).status_code == 200
    assert alsconsulent.get(reverse("groepen") + "?toon=oud").status_code == 200


def test_teamondersteuning_zet_alleen_in_de_groep_wie_het_in_het_plan_heeft(wereld: Wereld, client: Client) -> None:
    """A number that anybody can guess shows no name of a person who has nothing to do with the group."""
    groep = GroepFabriek(begindatum=dagen(-5))
    client.force_login(medewerker_met(Rol.TEAMONDERSTEUNING, TeamFabriek()).gebruiker)
    erbij, velden = reverse("groep_deelnemer", args=[groep.pk]), {"begindatum": _nl(dagen(0))}
    velden["dossiernummer"] = wereld.deelnemer.dossiernummer
    antwoord = client.post(erbij, velden)
    assert antwoord.status_code == 400
    assert wereld.deelnemer.geslachtsnaam not in antwoord.content.decode()
    OnderdeelFabriek(traject=wereld.traject(), instrument=groep.instrument)
    assert client.post(erbij, velden).status_code == 302
    assert groep.deelnames.get().deelnemer == wereld.deelnemer


@pytest.mark.eis("R007", "Afgeschermd aanbod bestaat niet voor wie er geen recht op heeft, ook niet in het plan.")
def test_afgeschermd_aanbod_is_onzichtbaar(wereld: Wereld, client: Client) -> None:
    geheim = InstrumentFabriek(naam="Vinkebrug", code="vinkebrug", afgeschermd=True)
    schuld = InstrumentFabriek(naam="Schuldhulp", bijzonder=True, soort="hulp")
    traject = wereld.traject()
    OnderdeelFabriek(traject=traject, instrument=geheim)
    OnderdeelFabriek(traject=traject, instrument=schuld)
    chef = medewerker_met(Rol.AFDELINGSMANAGER, None)
    client.force_login(chef.gebruiker)
    assert "Vinkebrug" not in client.get(reverse("instrumenten")).content.decode()
    assert client.get(reverse("instrument", args=["vinkebrug"])).status_code == 404
    html = client.get(_pad(wereld, "plan")).content.decode()
    assert "Vinkebrug" not in html and "Schuldhulp" not in html and "Afgeschermd onderdeel" in html
    client.force_login(wereld.consulent.gebruiker)
    assert "Vinkebrug" in client.get(_pad(wereld, "plan")).content.decode()
    assert "Vinkebrug" in client.get(reverse("instrumenten") + "?soort=training").content.decode()
    assert client.get(reverse("instrument", args=["vinkebrug"])).status_code == 200


def test_buiten_eigen_mensen_geen_plan_en_geen_afspraak(wereld: Wereld, client: Client) -> None:
    rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent)
    groep = GroepFabriek(trainer=wereld.consulent, team=wereld.team)
    vreemd = medewerker_met(Rol.CONSULENT, TeamFabriek())
    client.force_login(vreemd.gebruiker)
    assert client.get(_pad(wereld, "plan"))["Location"] == _pad(wereld, "dossier_doorbreken")
    for naam, pk in (("afspraak", rij.pk), ("groep", groep.pk)):
        assert client.get(reverse(naam, args=[pk])).status_code == 404
    for rol in (Rol.CONTROLLER, Rol.FUNCTIONEEL_BEHEERDER, Rol.WERKLEIDER):
        client.force_login(medewerker_met(rol, None).gebruiker)
        assert client.get(_pad(wereld, "plan")).status_code == 403
        assert client.post(_pad(wereld, "traject_afsluiten")).status_code == 403


@pytest.mark.eis("R001", "Een eerder traject blijft te lezen: onderdelen, plan en hoe het eindigde")
def test_een_eerder_traject_is_te_openen(wereld: Wereld, alsconsulent: Client) -> None:
    traject = wereld.traject()
    OnderdeelFabriek(traject=traject, instrument=InstrumentFabriek(naam="Leerwerkplek Groen"))
    stel_plan_vast(traject, "Eerst buiten werken", dagen(30), actor=wereld.actor)
    sluit_traject(traject, "geen_resultaat", dagen(-1), actor=wereld.actor, toelichting="Verhuisd naar familie")
    start_traject(wereld.deelnemer, "werk_voltijd", dagen(0), actor=wereld.actor)
    nu = alsconsulent.get(_pad(wereld, "plan")).content.decode()
    for zin in ("Leerwerkplek Groen", "Eerst buiten werken"):
        assert zin in nu
    assert "Geëindigd: " in nu


def test_plan_vraagt_niet_meer_bij_meer_onderdelen(wereld: Wereld, alsconsulent: Client) -> None:
    traject = wereld.traject()
    stel_plan_vast(traject, "Samen", dagen(30), actor=wereld.actor)

    def meer(aantal: int = 12) -> None:
        delen = OnderdeelFabriek.create_batch(aantal, traject=traject, dagdelen=0, uitvoerder=wereld.consulent)
        for a, b in pairwise(delen):
            leg_afhankelijkheid(a, b, "Eerst dit", actor=wereld.actor)

    meer(2)
    groeit_niet(lambda: alsconsulent.get(_pad(wereld, "plan")), meer, "plan", 13)


def test_agenda_vraagt_niet_meer_bij_meer_afspraken(wereld: Wereld, alsconsulent: Client) -> None:
    def meer(aantal: int = 10) -> None:
        for uur in range(aantal):
            AfspraakFabriek(medewerker=wereld.consulent, begint_op=moment(0, 6 + uur))
            BijeenkomstFabriek(groep=GroepFabriek(trainer=wereld.consulent), begint_op=moment(0, 6 + uur))

    meer(2)
    groeit_niet(lambda: alsconsulent.get(reverse("agenda") + "?weergave=week"), meer, "agenda", 5)


def test_groep_vraagt_niet_meer_bij_meer_mensen(wereld: Wereld, alsconsulent: Client) -> None:
    groep = GroepFabriek(team=wereld.team)

    def meer(aantal: int = 12) -> None:
        BijeenkomstFabriek(groep=groep, begint_op=moment(-aantal))
        GroepsdeelnameFabriek.create_batch(aantal, groep=groep)

    meer(3)
    BijeenkomstFabriek(groep=groep, begint_op=moment(-2))
    groeit_niet(lambda: alsconsulent.get(reverse("groep", args=[groep.pk])), meer, "groep", 8)
    groeit_niet(
        lambda: alsconsulent.get(reverse("groepen")),
        lambda: GroepFabriek.create_batch(9, team=wereld.team),
        "groepen",
        4,
    )


def test_aanbod_vraagt_niet_meer_bij_meer_aanbod(wereld: Wereld, alsconsulent: Client) -> None:
    InstrumentFabriek.create_batch(3)
    groeit_niet(
        lambda: alsconsulent.get(reverse("instrumenten")),
        lambda: InstrumentFabriek.create_batch(20),
        "aanbod",
        4,
    )
    wereld.traject()
    groeit_niet(
        lambda: alsconsulent.get(_pad(wereld, "onderdeel_toevoegen")),
        lambda: InstrumentFabriek.create_batch(20),
        "toevoegen",
        12,
    )
