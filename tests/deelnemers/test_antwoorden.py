"""Answers of income by API and file: matched by one service, or on a work list; nothing gets lost (ONTWERP 3.11)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deelnemers.models import Antwoordlevering, Inkomensantwoord, MeldingAanInkomen, Uitkering
from deelnemers.services import antwoorden, inkomen
from deelnemers.services.antwoordbestand import MET_BEDRAGEN, verwerk
from deelnemers.services.herbouw import werk
from deelnemers.services.inschrijven import Persoonsgegevens, leg_uitkering_vast, schrijf_in
from kern import klok
from kern.models import Gebeurtenis, Leesregel, Overgang, Werkvoorraad, Wijziging
from kern.toestanden import OvergangGeweigerd
from tests.deelnemers.fabrieken import BSNS, TOETS
from tests.hulp.api import SCOPES, Api, client_met_sleutel
from tests.hulp.vragen import groeit_niet, tel_vragen

pytestmark = pytest.mark.django_db
PAD = "/api/v1/uitkeringsantwoorden"
EINDE = {"besluit": "beeindigd", "laatsteDag": "2026-10-31", "redenEinde": "11"}
RECHTEN = [*SCOPES, "inkomen.beantwoorden"]


@pytest.fixture
def api(gemeente: Any) -> Api:
    """The benefit administration."""
    client_met_sleutel("uitkeringen", "intake", scopes=RECHTEN)
    return Api("uitkeringen")


def maak_melding(nummer: int = 0, *, verwijzing: str = "plaatsing:1") -> MeldingAanInkomen:
    """An open notice about somebody with a BSN and a benefit."""
    gegevens = Persoonsgegevens(geslachtsnaam=f"Bakker{nummer}", geboortedatum=dt.date(1988, 5, 17), geslacht="2")
    deelnemer, _ = schrijf_in(gegevens, BSNS[nummer], actor=TOETS)
    if not deelnemer.uitkeringen.exists():
        leg_uitkering_vast(deelnemer, "01", dt.date(2024, 1, 1), actor=TOETS)
    return inkomen.meld_aan_inkomen(deelnemer, "plaatsing", verwijzing, dt.date(2026, 11, 1), actor=TOETS)


def lever(api: Api, *items: dict[str, Any], key: str = "") -> Any:
    return api.post(PAD, {"antwoorden": list(items)}, key=key)


def standen(antwoord: Any) -> list[str]:
    return [r["status"] for r in antwoord.json()["resultaten"]]


def test_elk_antwoord_een_eigen_uitkomst(api: Api) -> None:
    melding = maak_melding()
    antwoord = lever(
        api,
        EINDE | {"meldingnummer": str(melding.pk), "referentie": "U-1", "normbedrag": "1401.50"},
        EINDE | {"meldingnummer": "987654321", "referentie": "U-2"},
        EINDE | {"meldingnummer": str(melding.pk), "redenEinde": "zz"},
        EINDE | {"burgerservicenummer": "123456789"},
    )
    assert antwoord.status_code == 201, antwoord.content
    assert standen(antwoord) == ["verwerkt", "niet_gekoppeld", "onjuist", "onjuist"]
    assert [r["referentie"] for r in antwoord.json()["resultaten"]] == ["U-1", "U-2", "", ""]
    melding.refresh_from_db()
    assert (melding.status, melding.laatste_dag, melding.reden_einde) == ("beeindigd", dt.date(2026, 10, 31), "11")
    assert Uitkering.objects.get().normbedrag == Decimal("1401.50")
    assert api.get(antwoord.headers["Location"].split("8000")[-1]).json() == antwoord.json()


def test_op_bsn_bij_precies_een_open_melding(api: Api) -> None:
    melding = maak_melding()
    antwoord = lever(api, {"besluit": "loopt_door", "burgerservicenummer": BSNS[0], "inkomsten": "640.00"})
    assert standen(antwoord) == ["verwerkt"]
    melding.refresh_from_db()
    assert melding.status == "loopt_door"
    assert Uitkering.objects.get().inkomsten == Decimal("640.00")


def test_twee_open_meldingen_of_geen_wachten_op_een_mens(api: Api) -> None:
    maak_melding()
    maak_melding(verwijzing="plaatsing:2")
    antwoord = lever(api, EINDE | {"burgerservicenummer": BSNS[0]}, EINDE | {"burgerservicenummer": BSNS[5]})
    assert standen(antwoord) == ["niet_gekoppeld", "niet_gekoppeld"]
    redenen = [r["reden"] for r in antwoord.json()["resultaten"]]
    assert redenen == ["Bij deze persoon staat meer dan één melding open.", "We vinden geen persoon bij dit antwoord."]
    assert Werkvoorraad.objects.filter(soort="antwoord_te_koppelen", voor_rol="inkomensconsulent").count() == 2
    assert werk(TOETS, schrijf=False)["deelnemers"] == 0


def test_nummer_en_persoon_die_niet_bij_elkaar_horen(api: Api) -> None:
    melding = maak_melding()
    antwoord = lever(api, EINDE | {"meldingnummer": str(melding.pk), "burgerservicenummer": BSNS[3]})
    assert standen(antwoord) == ["niet_gekoppeld"]
    melding.refresh_from_db()
    assert melding.status == "verstuurd"


def test_hetzelfde_nog_een_keer_verandert_niets(api: Api) -> None:
    melding = maak_melding()
    items = [EINDE | {"meldingnummer": str(melding.pk)}, EINDE | {"meldingnummer": "987654321"}]
    eerste = lever(api, *items, key="een")
    assert lever(api, *items, key="een").headers["Idempotency-Replayed"] == "true"
    assert Antwoordlevering.objects.count() == 1
    stand = (Overgang.objects.count(), Gebeurtenis.objects.count(), Inkomensantwoord.objects.count())
    tweede = lever(api, *items)
    assert standen(tweede) == standen(eerste) == ["verwerkt", "niet_gekoppeld"]
    assert [r["id"] for r in tweede.json()["resultaten"]] == [r["id"] for r in eerste.json()["resultaten"]]
    assert (Overgang.objects.count(), Gebeurtenis.objects.count(), Inkomensantwoord.objects.count()) == stand


def test_wat_wachtte_wordt_alsnog_gekoppeld_als_de_melding_er_is(api: Api) -> None:
    item = EINDE | {"burgerservicenummer": BSNS[0]}
    assert standen(lever(api, item)) == ["niet_gekoppeld"]
    maak_melding()
    assert standen(lever(api, item)) == ["verwerkt"]
    assert not Werkvoorraad.objects.filter(soort="antwoord_te_koppelen").exists()


def test_ander_antwoord_op_een_beantwoorde_melding_gaat_niet_verloren(api: Api) -> None:
    melding = maak_melding()
    lever(api, EINDE | {"meldingnummer": str(melding.pk)})
    antwoord = lever(api, EINDE | {"meldingnummer": str(melding.pk), "laatsteDag": "2026-09-30"})
    assert standen(antwoord) == ["niet_gekoppeld"]
    melding.refresh_from_db()
    assert melding.laatste_dag == dt.date(2026, 10, 31)


def test_alleen_met_de_eigen_scope_en_alleen_eigen_leveringen(api: Api) -> None:
    antwoord = lever(api, EINDE | {"meldingnummer": "1"})
    client_met_sleutel("ander", "uwv", scopes=RECHTEN)
    client_met_sleutel("zonder", "uwv")
    ander = Api("ander")
    pad = f"{PAD}/{antwoord.json()['id']}"
    verzonnen = ander.get(f"{PAD}/00000000-0000-4000-8000-000000000000")
    assert (ander.get(pad).status_code, verzonnen.status_code) == (404, 404)
    assert ander.get(pad).json()["detail"] == verzonnen.json()["detail"]
    assert ander.get(PAD).json()["totaalAantal"] == 0
    assert lever(Api("zonder"), EINDE | {"meldingnummer": "1"}).status_code == 403


@pytest.mark.parametrize(
    "inhoud",
    [
        {"antwoorden": []},
        {"antwoorden": [{"besluit": "x"}]},
        {"antwoorden": [EINDE]},
        {"antwoorden": [EINDE] * 501},
        {},
    ],
)
def test_vorm_klopt_niet(api: Api, inhoud: dict[str, Any]) -> None:
    antwoord = api.post(PAD, inhoud)
    assert (antwoord.status_code, antwoord.headers["Content-Type"]) == (400, "application/problem+json")
    assert not Antwoordlevering.objects.exists()


def test_bsn_staat_nergens(api: Api) -> None:
    maak_melding()
    antwoord = lever(api, EINDE | {"burgerservicenummer": BSNS[0]}, EINDE | {"burgerservicenummer": BSNS[5]})
    assert BSNS[0] not in antwoord.content.decode()
    for model in (Inkomensantwoord, Antwoordlevering, Gebeurtenis, Wijziging, Overgang, Werkvoorraad, Leesregel):
        tekst = repr(list(model.objects.values()))
        assert BSNS[0] not in tekst, model
        assert BSNS[5] not in tekst, model


def test_leveren_kost_per_antwoord_een_vast_aantal_vragen(api: Api) -> None:
    def vragen_bij(aantal: int, vanaf: int) -> int:
        items = [EINDE | {"meldingnummer": str(vanaf + n)} for n in range(aantal)]
        with tel_vragen() as geteld:
            assert lever(api, *items).status_code == 201
        return len(geteld)

    vragen_bij(1, 100_000)
    een, drie, zes = vragen_bij(1, 200_000), vragen_bij(3, 300_000), vragen_bij(6, 400_000)
    assert zes - drie == 3 * (drie - een) / 2


# --- File ----------------------------------------------------------------------------------------
def test_bestand_met_bedragen_en_wat_nergens_past(gemeente: Any) -> None:
    melding = maak_melding()
    regels = [
        f"{melding.pk};beeindigd;2026-10-31;11;;1401,50;0",
        "987654321;beeindigd;2026-10-31;11;;;",
        "1;loopt_door;;;;x;",
    ]
    csv = "\n".join([";".join(MET_BEDRAGEN), *regels]).encode()
    for _ in range(2):
        uitkomst = verwerk(csv, actor=TOETS)
        assert (uitkomst.totaal, uitkomst.gelukt, uitkomst.wachten) == (3, 1, 1)
        assert [nummer for nummer, _ in uitkomst.fouten] == [3, 4]
    assert Inkomensantwoord.objects.count() == 3
    assert Uitkering.objects.get().normbedrag == Decimal("1401.50")


# --- Work list -----------------------------------------------------------------------------------
@pytest.fixture
def wachtend(api: Api) -> Inkomensantwoord:
    lever(api, EINDE | {"meldingnummer": "987654321", "referentie": "U-9"})
    return Inkomensantwoord.objects.get()


def test_koppelen_op_scherm(wachtend: Inkomensantwoord, api: Api, log_in: Any) -> None:
    melding = maak_melding()
    web = log_in("inkomensconsulent")
    lijst = web.get(reverse("antwoorden_te_koppelen")).content.decode()
    assert "Deze melding bestaat niet." in lijst
    pad = reverse("antwoord_te_koppelen", args=[wachtend.kenmerk])
    assert "Bakker0" not in web.get(pad).content.decode()
    gevonden = f"{pad}?zoek={melding.deelnemer.dossiernummer}"
    assert "Bakker0" in web.get(gevonden).content.decode()
    assert Leesregel.objects.filter(verwerking="inkomen.antwoord", betrokkenen=[melding.deelnemer_id]).exists()
    assert web.post(gevonden, {"melding": melding.pk}).status_code == 302
    wachtend.refresh_from_db()
    melding.refresh_from_db()
    assert (wachtend.status, wachtend.melding_id, melding.status) == ("verwerkt", melding.pk, "beeindigd")
    assert not Werkvoorraad.objects.filter(soort="antwoord_te_koppelen").exists()
    levering = Antwoordlevering.objects.get()
    assert api.get(f"{PAD}/{levering.kenmerk}").json()["resultaten"][0]["status"] == "verwerkt"
    assert Gebeurtenis.objects.get(type=antwoorden.VERWERKT).data["referentie"] == "U-9"


def test_afwijzen_met_reden_en_de_afzender_leest_haar(wachtend: Inkomensantwoord, api: Api, log_in: Any) -> None:
    web = log_in("inkomensconsulent")
    pad = reverse("antwoord_afwijzen", args=[wachtend.kenmerk])
    assert web.post(pad, {"reden": ""}).status_code == 400
    assert web.post(pad, {"reden": "Deze persoon kennen wij niet."}).status_code == 302
    levering = Antwoordlevering.objects.get()
    resultaat = api.get(f"{PAD}/{levering.kenmerk}").json()["resultaten"][0]
    assert (resultaat["status"], resultaat["reden"]) == ("afgewezen", "Deze persoon kennen wij niet.")
    assert standen(lever(api, EINDE | {"meldingnummer": "987654321", "referentie": "U-9"})) == ["afgewezen"]


def test_tweede_die_koppelt_hoort_dat_het_klaar_is(wachtend: Inkomensantwoord) -> None:
    melding = maak_melding()
    antwoorden.koppel(wachtend, melding, actor=TOETS)
    with pytest.raises(OvergangGeweigerd):
        antwoorden.koppel(wachtend, melding, actor=TOETS)
    with pytest.raises(OvergangGeweigerd):
        antwoorden.wijs_af(wachtend, actor=TOETS, reden="Toch niet.")


def test_koppelen_dat_niet_kan_laat_alles_staan(wachtend: Inkomensantwoord) -> None:
    gegevens = Persoonsgegevens(geslachtsnaam="Zonder", geboortedatum=dt.date(1988, 5, 17), geslacht="2")
    deelnemer, _ = schrijf_in(gegevens, BSNS[1], actor=TOETS)
    melding = inkomen.meld_aan_inkomen(deelnemer, "plaatsing", "plaatsing:9", klok.vandaag(), actor=TOETS)
    with pytest.raises(ValidationError, match="geen lopende uitkering"):
        antwoorden.koppel(wachtend, melding, actor=TOETS)
    wachtend.refresh_from_db()
    assert wachtend.status == "niet_gekoppeld"


def test_alleen_inkomen_ziet_de_werklijst(wachtend: Inkomensantwoord, log_in: Any) -> None:
    web = log_in("consulent")
    for naam, args in (("antwoorden_te_koppelen", []), ("antwoord_te_koppelen", [wachtend.kenmerk])):
        assert web.get(reverse(naam, args=args)).status_code == 403


def test_werklijst_kost_niet_meer_bij_meer(api: Api, log_in: Any) -> None:
    web = log_in("inkomensconsulent")

    def meer(vanaf: int, aantal: int) -> None:
        lever(api, *[EINDE | {"meldingnummer": str(vanaf + n)} for n in range(aantal)])

    meer(100_000, 3)
    groeit_niet(lambda: web.get(reverse("antwoorden_te_koppelen")), lambda: meer(200_000, 12), "werklijst", maximum=8)
