"""Running contracts of an old system come in line by line, or with a reason why not (R234)."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer
from kern.models import TijdlijnRegel, Wijziging
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.contractbestand import KOLOMMEN, VERPLICHT
from loonkostensubsidie.models import Contract, Contractlevering, Contractvoorwaarde, Leveringregel, Schaduwbedrag
from loonkostensubsidie.services.levering import gooi_weg, ontvang, verwerk, voer_door
from tests.loonkostensubsidie.contractwereld import (
    ACTOR,
    INLENER,
    KVK,
    bestand,
    bsn_nummer,
    bsn_nummers,
    contract,
    fouten,
    lever,
    persoon,
    regel,
    wereld,
)
from tests.werkgevers.fabrieken import WerkgeverFabriek
from werkgevers.models import Dienstverband

pytestmark = pytest.mark.usefixtures("wereld_")
BSN = bsn_nummer(0)


@pytest.fixture
def wereld_(gemeente: object) -> None:
    wereld()


def test_een_goede_regel_geeft_alles_in_een_keer() -> None:
    wie = persoon(BSN)
    levering = lever(regel(BSN))
    assert levering.tellingen == {"nieuw": 1}
    rij = contract()
    assert (rij.deelnemer_id, rij.werkgever.naam, rij.regeling.code) == (wie.pk, "Plantsoen BV", "id-baan")
    assert (rij.dienstverband.soort, rij.dienstverband.uren_per_week) == ("id", Decimal("32.0"))
    assert rij.status == "schaduw"
    assert rij.subsidie is None
    maand = rij.schaduwbedragen.get()
    assert (maand.oud_bedrag, maand.nieuw_bedrag, maand.stand) == (Decimal("1680.00"), Decimal("1680.00"), "gelijk")


@pytest.mark.eis("R234", "hetzelfde bestand twee keer inlezen verandert niets")
def test_twee_keer_hetzelfde_bestand_verandert_niets() -> None:
    persoon(BSN)
    lever(regel(BSN))
    telling = [m.objects.count() for m in (Contract, Contractvoorwaarde, Schaduwbedrag, Dienstverband)]
    wijzigingen = Wijziging.objects.filter(
        tabel__in=["loonkostensubsidie_contract", "loonkostensubsidie_schaduwbedrag"]
    )
    eerder = wijzigingen.count()
    assert lever(regel(BSN)).tellingen == {"gelijk": 1}
    assert [m.objects.count() for m in (Contract, Contractvoorwaarde, Schaduwbedrag, Dienstverband)] == telling
    assert wijzigingen.count() == eerder


def test_een_volgend_bestand_voegt_een_maand_toe_en_werkt_afspraken_bij() -> None:
    persoon(BSN)
    lever(regel(BSN))
    later = regel(BSN, maand="2014-04", percentage="75", voorwaarden_vanaf="2014-04-01", bedrag_oud="1575,00")
    assert lever(later).tellingen == {"gewijzigd": 1}
    standen = list(Schaduwbedrag.objects.order_by("maand").values_list("nieuw_bedrag", "stand"))
    assert standen == [(Decimal("1680.00"), "gelijk"), (Decimal("1575.00"), "gelijk")]
    perioden = list(Contractvoorwaarde.objects.order_by("begindatum").values_list("begindatum", "einddatum"))
    assert perioden == [(dt.date(2002, 3, 1), dt.date(2014, 3, 31)), (dt.date(2014, 4, 1), None)]
    assert lever(regel(BSN)).tellingen == {"gelijk": 1}


@pytest.mark.eis("R234", "een proef verandert niets en zegt wat er zou gebeuren")
def test_een_proef_verandert_niets() -> None:
    persoon(BSN)
    proef = lever(regel(BSN), regel(BSN, "PV-2"), proef=True)
    # The second contract of the same person on the same days: the try-out sees it as the real run will.
    assert proef.tellingen == {"nieuw": 1, "afgewezen": 1}
    assert not Contract.objects.exists()
    assert not Dienstverband.objects.exists()
    assert not Schaduwbedrag.objects.exists()
    assert not TijdlijnRegel.objects.exists()
    voer_door(proef, actor=ACTOR)
    verwerk(Contractlevering.objects.get(pk=proef.pk), actor=ACTOR)
    proef.refresh_from_db()
    assert (proef.proef, proef.verzegeld, proef.tellingen) == (False, None, {"nieuw": 1, "afgewezen": 1})
    assert Contract.objects.get().extern_nummer == "PV-1"
    with pytest.raises(OvergangGeweigerd):
        voer_door(proef, actor=ACTOR)


def test_een_proef_die_niemand_doorvoert_wordt_weggegooid() -> None:
    persoon(BSN)
    proef = lever(regel(BSN), proef=True)
    assert bytes(proef.verzegeld)
    assert BSN.encode() not in bytes(proef.verzegeld)
    gooi_weg(proef, actor=ACTOR)
    with pytest.raises(OvergangGeweigerd):
        voer_door(proef, actor=ACTOR)


def test_wie_we_niet_kennen_wacht_op_koppelen_en_komt_later_alsnog() -> None:
    persoon(BSN)
    vreemd = regel(bsn_nummer(1), "PV-2")
    onbekend = regel(BSN, kvk_nummer="11112222")
    levering = lever(onbekend, vreemd)
    assert levering.tellingen == {"te_koppelen": 2}
    assert fouten(levering)["PV-2"][0][0] == "bsn"
    assert fouten(levering)["PV-1"][0][0] == "kvk_nummer"
    persoon(bsn_nummer(1))
    WerkgeverFabriek(kvk_nummer="11112222")
    assert lever(onbekend, vreemd).tellingen == {"nieuw": 2}


def test_de_werkgever_op_loonheffingennummer() -> None:
    persoon(BSN)
    assert lever(regel(BSN, kvk_nummer="", loonheffingennummer="001234560L01")).tellingen == {"nieuw": 1}
    assert contract().werkgever.naam == "Plantsoen BV"


def test_een_detachering_wordt_een_rekening_aan_de_inlener() -> None:
    persoon(BSN)
    WerkgeverFabriek(naam="Gemeente", kvk_nummer="99999999", eigen_organisatie=True)
    sw = regel(
        BSN,
        regeling="sw-detachering",
        kvk_nummer=INLENER,
        rekenwijze="per_uur",
        bedrag="8,50",
        loonkosten="",
        percentage="",
    )
    lever({**sw, "uren_per_week": "36", "bedrag_oud": "1326,01"})
    rij = contract()
    assert rij.richting == "factureren"
    assert (rij.dienstverband.feitelijke_werkgever.naam, rij.dienstverband.formele_werkgever.naam) == (
        "Inlener BV",
        "Gemeente",
    )
    maand = rij.schaduwbedragen.get()
    assert (maand.nieuw_bedrag, maand.verschil, maand.stand) == (Decimal("1326.00"), Decimal("-0.01"), "cent")


@pytest.mark.eis("R108", "wie van soort wisselt, heeft voor en na de wissel het bedrag van die soort")
def test_iemand_gaat_van_wiw_naar_begeleid_werken() -> None:
    persoon(BSN)
    wiw = regel(
        BSN,
        "WIW-1",
        regeling="wiw",
        einddatum="2014-03-10",
        rekenwijze="vast_maand",
        bedrag="310",
        loonkosten="",
        percentage="",
    )
    bw = regel(
        BSN, "BW-1", regeling="begeleid-werken", begindatum="2014-03-11", rekenwijze="vast_maand", bedrag="620",
        loonkosten="", percentage="",
    )  # fmt: skip
    # 10 days of 10.00 and 21 days of 20.00
    lever({**wiw, "bedrag_oud": "100,00"}, {**bw, "bedrag_oud": "420,00"})
    assert set(Schaduwbedrag.objects.values_list("contract__extern_nummer", "stand")) == {
        ("WIW-1", "gelijk"),
        ("BW-1", "gelijk"),
    }
    assert set(Dienstverband.objects.values_list("soort", flat=True)) == {"wiw", "begeleid_werken"}


@pytest.mark.parametrize(
    ("anders", "veld", "tekst"),
    [
        ({"bsn": "123456789"}, "bsn", "klopt niet"),
        ({"bsn": ""}, "bsn", "klopt niet"),
        ({"contractnummer": ""}, "contractnummer", "nummer van het contract"),
        ({"contractnummer": bsn_nummer(2)}, "contractnummer", "geen BSN"),
        ({"regeling": "melkert"}, "regeling", "id-baan"),
        ({"begindatum": "2005-01-01"}, "begindatum", "31 december 2003"),
        ({"begindatum": "1 maart"}, "begindatum", "2014-03-31"),
        ({"einddatum": "2001-01-01"}, "einddatum", "voor de begindatum"),
        ({"uren_per_week": "41"}, "uren_per_week", "40"),
        ({"uren_per_week": "0"}, "uren_per_week", "uren per week"),
        ({"uren_per_week": "38"}, "uren_per_week", "voltijdse werkweek"),
        ({"kvk_nummer": "123"}, "kvk_nummer", "acht cijfers"),
        ({"kvk_nummer": ""}, "kvk_nummer", "loonheffingennummer"),
        ({"loonheffingennummer": "123456789L01"}, "loonheffingennummer", "klopt niet"),
        ({"rekenwijze": "gok"}, "rekenwijze", "manier van rekenen"),
        ({"loonkosten": ""}, "loonkosten", "Vul dit in"),
        ({"loonkosten": "2.100,00"}, "loonkosten", "getal"),
        ({"percentage": "900"}, "percentage", "200"),
        ({"maand": "maart"}, "maand", "2014-03"),
        ({"bedrag_oud": "-5"}, "bedrag_oud", "1234,56"),
        ({"bedrag_oud": "1,001"}, "bedrag_oud", "twee cijfers"),
        ({"geboortedatum": "1950-01-01"}, "geboortedatum", "dossier"),
        ({"voorwaarden_vanaf": "2001-01-01"}, "voorwaarden_vanaf", "binnen het contract"),
        ({"functie": f"conciërge {bsn_nummer(3)}"}, "functie", "geen burgerservicenummer"),
        ({"afbouw": "12:75|6:50"}, "afbouw", "later"),
    ],
)
def test_een_fout_noemt_regel_en_veld_en_bewaart_niets(anders: dict[str, str], veld: str, tekst: str) -> None:
    persoon(BSN)
    levering = lever(regel(BSN, **anders))
    uitkomst = levering.uitkomsten.get()
    assert (uitkomst.uitkomst, uitkomst.nummer) == ("afgewezen", 2)
    assert [f for f in uitkomst.fouten if f["veld"] == veld and tekst in f["melding"]], uitkomst.fouten
    assert not Contract.objects.exists()
    assert not Dienstverband.objects.exists()


def test_alles_of_niets_per_regel() -> None:
    """The employment would fit, the contract does not: then there is no employment either."""
    persoon(BSN)
    levering = lever(regel(BSN, begindatum="1998-06-01", voorwaarden_vanaf="1998-06-01", einddatum="1998-06-30"))
    assert levering.tellingen == {"nieuw": 1}
    tweede = lever(regel(BSN, "PV-2", begindatum="1998-06-15", einddatum="1998-06-20"))
    assert fouten(tweede)["PV-2"] == [("regel", "Voor dit dienstverband loopt op deze dagen al een ander contract.")]
    wissel = lever(regel(BSN, "PV-3", regeling="wiw", begindatum="1998-06-15"))
    assert "begeleid dienstverband" in fouten(wissel)["PV-3"][0][1]
    assert Dienstverband.objects.count() == 1


@pytest.mark.parametrize(
    ("inhoud", "tekst"),
    [
        (b"", "ontbreken"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"naam;bsn\r\njan;1\r\n", "ontbreken"),
        (bestand(kolommen=(*KOLOMMEN, "salaris")), "te veel"),
        (bestand(kolommen=VERPLICHT) + b'"open', "geen CSV"),
    ],
)
def test_een_verkeerd_bestand_wordt_meteen_geweigerd(inhoud: bytes, tekst: str) -> None:
    with pytest.raises(ValidationError, match=tekst):
        ontvang(inhoud, "x.csv", actor=ACTOR)
    assert not Contractlevering.objects.exists()


def test_een_onderbroken_bestand_gaat_verder_waar_het_was() -> None:
    nummers = bsn_nummers(3)
    for nummer in nummers:
        persoon(nummer)
    levering = ontvang(
        bestand(*(regel(b, f"PV-{n}") for n, b in enumerate(nummers))), "x.csv", actor=ACTOR, proef=False
    )
    gelezen = 0

    def stop(gedaan: int, totaal: int) -> None:
        nonlocal gelezen
        gelezen = totaal

    from loonkostensubsidie.services import levering as dienst

    wet = dienst._gegevens()
    eerste = dienst.lees(bestand(regel(nummers[0], "PV-0")))[0]
    dienst._regel_met_uitslag(levering, eerste, *wet, actor=ACTOR)
    verwerk(levering, actor=ACTOR, voortgang=stop)
    levering.refresh_from_db()
    assert (levering.tellingen, gelezen) == ({"nieuw": 3}, 3)
    assert Contract.objects.count() == 3


@pytest.mark.parametrize(
    ("regels_", "fout", "onbekend"),
    [
        pytest.param(100, 5, 10, id="honderd"),
        pytest.param(2000, 100, 200, id="tweeduizend", marks=pytest.mark.volledig),
    ],
)
def test_veel_regels_met_fouten(regels_: int, fout: int, onbekend: int) -> None:
    """Every wrong line is in the report with its line and field, every good one came in, and no BSN is anywhere."""
    rng = random.Random(234)
    bekend = regels_ - onbekend
    nummers = bsn_nummers(regels_)
    for bsn in nummers[:bekend]:
        persoon(bsn)
    fout_op = set(rng.sample(range(bekend), fout))
    soorten = [("kvk_nummer", "12"), ("begindatum", "31-02-2002"), ("percentage", "x"), ("bedrag_oud", "1.680,00")]
    regels, verwacht = [], {}
    for n, bsn in enumerate(nummers):
        rij = regel(bsn, f"PV-{n}")
        if n in fout_op:
            veld, waarde = soorten[n % 4]
            rij[veld] = waarde
            verwacht[n + 2] = veld
        elif n >= bekend:
            verwacht[n + 2] = "bsn"  # nobody we know
        regels.append(rij)
    assert len(verwacht) == fout + onbekend
    levering = lever(*regels)
    assert levering.tellingen == {"nieuw": bekend - fout, "afgewezen": fout, "te_koppelen": onbekend}
    rapport = {rij.nummer: rij.fouten[0]["veld"] for rij in levering.uitkomsten.exclude(fouten=[]).order_by("nummer")}
    assert rapport == verwacht
    assert Contract.objects.count() == bekend - fout
    assert Schaduwbedrag.objects.filter(stand="gelijk").count() == bekend - fout
    tekst = repr(list(Leveringregel.objects.order_by("pk").values())) + repr(
        list(Wijziging.objects.values_list("oud", "nieuw"))
    )
    assert not [bsn for bsn in nummers if bsn in tekst]
    assert Deelnemer.objects.count() == bekend


def test_een_regel_voor_iemand_anders_raakt_het_contract_niet() -> None:
    persoon(BSN)
    persoon(bsn_nummer(1))
    lever(regel(BSN))
    anders = lever(regel(bsn_nummer(1), bedrag_oud="1,00"))
    assert fouten(anders)["PV-1"] == [("bsn", "Dit contractnummer hoort bij iemand anders.")]
    assert Schaduwbedrag.objects.get().oud_bedrag == Decimal("1680.00")


def test_dubbel_in_een_bestand_noemt_de_eerste_regel() -> None:
    persoon(BSN)
    levering = lever(regel(BSN), regel(BSN, kvk_nummer=KVK))
    assert levering.tellingen == {"nieuw": 1, "afgewezen": 1}
    assert levering.uitkomsten.get(nummer=3).fouten == [
        {"veld": "contractnummer", "melding": "Dit contract staat ook op regel 2."}
    ]
