"""The main line on the real stack: from a referral by the API to a figure that opens down to the person.

Walked as the people and the client would: the client of Intake over HTTP with private_key_jwt, the staff in the
browser, the night through a real Celery worker and broker. axe looks at every page on the way, at both widths.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from aanmeldingen.models import Aanmelding, Route
from aanmeldingen.routes import zet_standaardroutes
from deelnemers.models import Deelnemer, MeldingAanInkomen
from kern import klok
from kern.api.clients import maak_client, voeg_sleutel_toe
from kern.handeling import handeling, voor_gemeente
from kern.models import Taakloop
from organisatie.rechten import Rol
from rapportage.services.indicatoren import zet_streefwaarden, zorg_voor_indicatoren
from tests.hulp.browser import Scherm
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek
from tests.organisatie.fabrieken import MedewerkerFabriek, RolFabriek, TeamFabriek
from trajecten.gegevens import laad as laad_instrumenten
from trajecten.models import Traject, Trajecteinde
from werkgevers.models import Bemiddeling, Nazorgmoment, Plaatsing, Vacature, Vestiging, Werkgever

SCOPES = ["aanmeldingen.indienen", "aanmeldingen.lezen", "gebeurtenissen.lezen", "referentielijsten.lezen"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def voorbeeld_client() -> Any:
    """The client from the API documentation, as a neighbour would copy it."""
    pad = Path(settings.BASE_DIR) / "docs" / "api" / "voorbeeld_client.py"
    beschrijving = importlib.util.spec_from_file_location("voorbeeld_client", pad)
    assert beschrijving is not None and beschrijving.loader is not None
    module = importlib.util.module_from_spec(beschrijving)
    beschrijving.loader.exec_module(module)
    return module


def nl(dag: dt.date) -> str:
    """A date as people type it."""
    return f"{dag:%d-%m-%Y}"


class Mens:
    """Somebody at a desk: a logged-in browser, and forms filled by the name of the field."""

    def __init__(self, scherm: Scherm, medewerker: Any, gebreken: list[str]) -> None:
        self.scherm, self.page, self.gebreken = scherm, scherm.page, gebreken
        client = Client()
        client.force_login(medewerker.gebruiker)
        koekje = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": scherm.basis}])

    def ga(self, pad: str, *, axe: bool = True) -> None:
        antwoord = self.scherm.ga(pad)
        assert antwoord.status == 200, (pad, antwoord.status)
        if axe:
            self.kijk()

    def kijk(self) -> None:
        """axe at 1440 and 390 px, then back to the desk; all faults of the walk are told at its end."""
        try:
            self.scherm.axe()
        except AssertionError as fout:
            self.gebreken.append(str(fout))
        self.scherm.breedte("bureau")

    def klik(self, naam: str, soort: str = "link") -> None:
        self.page.get_by_role(soort, name=naam, exact=True).first.click()
        self.page.wait_for_load_state()

    def vul(self, knop: str, **velden: Any) -> None:
        """Fill the fields and press the button."""
        for naam, waarde in velden.items():
            veld = self.page.locator(f"main [name='{naam}']").first
            soort = veld.get_attribute("type") or veld.evaluate("e => e.tagName")
            if soort == "radio":
                self.page.locator(f"main [name='{naam}'][value='{waarde}']").check()
            elif soort == "checkbox":
                veld.check()
            elif soort.upper().startswith("SELECT"):
                veld.select_option(str(waarde))
            else:
                veld.fill(str(waarde))
        self.klik(knop, "button")
        fouten = self.page.locator(".foutenlijst")
        assert fouten.count() == 0, f"{self.page.url}: {fouten.first.inner_text()}"

    def ziet(self, tekst: str) -> None:
        self.page.get_by_text(tekst).first.wait_for()


@pytest.fixture
def wereld(transactional_db: None) -> Any:
    """A small municipality: one team, one of each role, the catalogue, the routes and the indicators."""
    gemeente = GemeenteFabriek()
    with voor_gemeente(gemeente):
        with handeling(FABRIEK):
            team, mensen = _richt_in(gemeente)
        yield {"gemeente": gemeente, "team": team, **mensen}


def _richt_in(gemeente: Any) -> tuple[Any, dict[str, Any]]:
    team = TeamFabriek(naam="Oost")
    namen = (
        Rol.CONSULENT, Rol.TEAMMANAGER, Rol.ACCOUNTMANAGER_WSP, Rol.INKOMENSCONSULENT, Rol.FUNCTIONEEL_BEHEERDER,
    )  # fmt: skip
    mensen = {}
    for rol in namen:
        mensen[rol] = MedewerkerFabriek()
        met_team = rol in {Rol.CONSULENT, Rol.TEAMMANAGER}
        RolFabriek(medewerker=mensen[rol], rol=rol, team=team if met_team else None)
    laad_instrumenten(gemeente, FABRIEK)
    zet_standaardroutes(actor=FABRIEK)
    Route.objects.update(team=team)
    zorg_voor_indicatoren(actor=FABRIEK)
    zet_streefwaarden(klok.vandaag().year, {"1.0": 10, "1.1": 5}, actor=FABRIEK)
    return team, mensen


@pytest.mark.eis(
    "R021", "Intake meldt met één verzoek aan en krijgt een volgnummer; alle fouten tegelijk in het Nederlands"
)
@pytest.mark.eis("R040", "De verwijzer ziet de status van zijn aanmelding zonder te bellen")
@pytest.mark.eis("R053", "Wat Intake al leverde staat klaar in de diagnose; de consulent bevestigt alleen")
@pytest.mark.eis("R066", "Onderdelen van een traject lopen tegelijk")
@pytest.mark.eis("R131", "De volgorde van kandidaten legt elk criterium uit")
@pytest.mark.eis("R136", "Bij een plaatsing staat de nazorg klaar")
@pytest.mark.eis("R163", "Elk cijfer opent de lijst van personen met de regel die hen telt")
def test_van_aanmelding_tot_cijfer(
    wereld: Any, nieuw: Any, werker: Any, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.BASIS_URL = live_server.url
    vandaag = klok.vandaag()
    gebreken: list[str] = []
    mens = {rol: Mens(nieuw(rol), wereld[rol], gebreken) for rol in wereld if isinstance(rol, Rol)}
    consulent, wsp = mens[Rol.CONSULENT], mens[Rol.ACCOUNTMANAGER_WSP]

    # 1. A neighbouring department posts a referral.
    module = voorbeeld_client()
    sleutel = module.maak_sleutel(tmp_path / "sleutel.pem")
    client = maak_client("intake", "Afdeling Intake", "intake", SCOPES, actor=FABRIEK, eigen_organisatie=True)
    voeg_sleutel_toe(client, sleutel, actor=FABRIEK)
    intake = module.Client(live_server.url, "intake", tmp_path / "sleutel.pem")
    from tests.aanmeldingen.fabrieken import lichaam

    with pytest.raises(module.Fout) as fout:
        intake.meld_aan(lichaam(burgerservicenummer="123456789", geboortedatum=None))
    assert {f["name"] for f in fout.value.probleem["invalidParams"]} >= {"burgerservicenummer", "geboortedatum"}
    inhoud = lichaam()
    inhoud["adviesrapport"]["zoekberoep"] = [{"naam": "schoonmaker", "sector": "schoonmaak"}]
    inhoud["adviesrapport"]["beschikbaarheid"] |= {"urenMax": 32, "vervoer": "ov"}
    antwoord = intake.meld_aan(inhoud)
    assert antwoord["status"] == "ontvangen"
    aanmelding = Aanmelding.objects.get(kenmerk=antwoord["id"])

    # 2. The consulent sees it under Vandaag and accepts.
    consulent.ga("/")
    consulent.ziet("Samira de Groot")
    consulent.ga(f"/aanmeldingen/{aanmelding.kenmerk}")
    consulent.klik("Aannemen")
    consulent.kijk()
    consulent.vul(
        "Aannemen", medewerker=wereld[Rol.CONSULENT].pk, datum=nl(vandaag + dt.timedelta(days=3)), tijd="09.30"
    )
    assert intake.haal(antwoord["id"])["status"] == "geaccepteerd"
    deelnemer = Deelnemer.objects.get()
    dossier = f"/deelnemers/{deelnemer.dossiernummer}"

    # 3. The diagnosis stands ready; confirm, measure, set the step, a barrier.
    consulent.ga(f"{dossier}/diagnose")
    consulent.klik("Alles klopt", "button")
    consulent.ga(f"{dossier}/diagnose/competenties")
    consulent.vul("Vastleggen", motivatie=4, op_tijd=5, samenwerken=4, omgaan_met_gezag=4, communiceren=3)
    consulent.ga(f"{dossier}/trede")
    consulent.vul("Vaststellen", waarde=4, vanaf=nl(vandaag), reden="Kan en wil aan het werk.")
    consulent.ga(f"{dossier}/belemmering")
    consulent.vul("Bewaren", soort="huisvesting", ernst="licht", actie="Brief naar de woningcorporatie")

    # 4. A trajectory with two parts side by side, an appointment, a note in one key.
    consulent.ga(f"{dossier}/traject/starten")
    consulent.vul(
        "Traject starten", doel="werk_voltijd", doeltekst="Ik wil mijn eigen huur betalen.", begindatum=nl(vandaag)
    )
    traject = Traject.objects.get()
    for nummer in (1, 2):
        consulent.ga(f"{dossier}/onderdelen/nieuw")
        keuze = consulent.page.locator("main [name='instrument'] option:not([disabled])").nth(nummer)
        consulent.vul("Toevoegen", instrument=keuze.get_attribute("value"), begindatum=nl(vandaag))
    assert traject.onderdelen.filter(status="loopt").count() == 2
    consulent.ga(f"{dossier}/afspraken/nieuw")
    consulent.vul("Afspraak maken", soort="voortgang", dag=nl(vandaag + dt.timedelta(days=7)), tijd="10.00")
    consulent.ga(dossier)
    consulent.page.keyboard.press("n")
    consulent.page.keyboard.type("Gebeld: zij heeft zin om te beginnen.")
    consulent.page.keyboard.press("Control+Enter")
    consulent.ziet("Notitie bewaard")

    # 5. The accountmanager logs an employer and a vacancy, sees the order with reasons, introduces and places.
    wsp.ga("/werkgevers/nieuw")
    wsp.vul("Bewaren", naam="Schoonmaakbedrijf Amstelglans", kvk_nummer="00123456", sector="schoonmaak")
    werkgever = Werkgever.objects.get().pk
    wsp.ga(f"/werkgevers/{werkgever}/vestigingen/nieuw")
    wsp.vul("Bewaren", naam="Zuidoost", postcode="1102 AB", plaats="Amsterdam")
    wsp.ga(f"/werkgevers/{werkgever}/vacatures/nieuw")
    wsp.vul(
        "Bewaren", soort="regulier", titel="Schoonmaker", sector="schoonmaak", uren_min=20, uren_max=32,
        bruto_uurloon="15,40", startdatum=nl(vandaag + dt.timedelta(days=7)), plekken=1, contractvorm="bepaald",
        vestiging=Vestiging.objects.get().pk,
    )  # fmt: skip
    vacature = Vacature.objects.get()
    if vacature.status != "open":
        wsp.ga(f"/vacatures/{vacature.pk}")
        wsp.page.locator("main .kop button").first.click()
        wsp.page.wait_for_load_state()
    wsp.ga(f"/vacatures/{vacature.pk}")
    wsp.ziet("Samira de Groot")
    wsp.page.locator("details.kandidaat__uitleg summary").first.click()
    wsp.ziet("Punten")
    wsp.ziet("uit de uitkering")
    wsp.kijk()
    wsp.klik("Voordragen", "button")
    wsp.ziet("is voorgedragen")
    bemiddeling = Bemiddeling.objects.get()
    wsp.ga(f"/bemiddelingen/{bemiddeling.pk}")
    wsp.ga(f"/bemiddelingen/{bemiddeling.pk}/plaatsen")
    wsp.vul(
        "Plaatsen", begindatum=nl(vandaag), uren_per_week="30", bruto_uurloon="15,40", contractvorm="bepaald",
        contract_tot=nl(vandaag + dt.timedelta(days=210)),
    )  # fmt: skip
    plaatsing = Plaatsing.objects.get()
    assert Nazorgmoment.objects.filter(plaatsing=plaatsing).count() == 10
    wsp.ga(f"/plaatsingen/{plaatsing.pk}")

    # 6. The trajectory ends and waits for income; income confirms the last benefit day.
    consulent.ga(f"{dossier}/traject/afsluiten")
    consulent.vul(
        "Traject afsluiten", uitkomst="werk_deeltijd_uit", datum=nl(vandaag), werk_begonnen_op=nl(vandaag),
        uren_per_week="30", bewijs_soort="plaatsing", bewijs_omschrijving="Contract van 7 maanden",
        bewijs_datum=nl(vandaag),
    )  # fmt: skip
    assert Trajecteinde.objects.get().uitkomst == "werk_deeltijd_uit"
    traject.refresh_from_db()
    assert traject.status == "wacht_op_inkomen"
    inkomen = mens[Rol.INKOMENSCONSULENT]
    inkomen.ga("/inkomen")
    for melding in MeldingAanInkomen.objects.filter(status="verstuurd").order_by("pk"):
        inkomen.ga(f"/inkomen/{melding.pk}")
        inkomen.vul("Vastleggen", besluit="beeindigd", laatste_dag=nl(vandaag), reden_einde="11")
    traject.refresh_from_db()
    assert traject.status == "beeindigd"

    # 7. The night, started by the beheerder, through a real worker.
    beheer = mens[Rol.FUNCTIONEEL_BEHEERDER]
    beheer.ga("/beheer/taken")
    beheer.ga("/beheer/taken/nacht")
    beheer.klik("Nu starten", "button")
    _wacht_op_nacht(1)

    # 8. The teammanager sees the figure and opens it down to that person.
    manager = mens[Rol.TEAMMANAGER]
    manager.ga("/prestatiecontract")
    manager.ziet("Naar werk")
    manager.ga("/prestatiecontract/1.1")
    manager.ziet("Samira de Groot")
    manager.ziet("Telt mee")
    manager.ga("/prestatiecontract/telwaker")
    events, _ = intake.volg()
    assert {e["type"].rsplit(".", 2)[-2] for e in events} >= {"ontvangen", "status-gewijzigd"}
    # A second night changes nothing.
    beheer.ga("/beheer/taken/nacht", axe=False)
    beheer.klik("Nu starten", "button")
    _wacht_op_nacht(2)
    laatste = Taakloop.objects.filter(taak="rapportage.cijfers").order_by("-gestart_op").first()
    assert laatste is not None and laatste.tellingen == {"feiten erbij": 0, "feiten gesloten": 0}
    assert not gebreken, "\n".join(gebreken)


def _wacht_op_nacht(keer: int) -> None:
    """Wait until the worker finished the chain `keer` times."""
    import time

    einde = time.monotonic() + 120
    while time.monotonic() < einde:
        lopen = Taakloop.objects.filter(taak="nacht")
        mislukt = lopen.filter(status="mislukt").first()
        assert mislukt is None, mislukt.fout
        if lopen.filter(status="gelukt").count() >= keer:
            return
        time.sleep(0.5)
    raise AssertionError("De nacht werd niet klaar.")
