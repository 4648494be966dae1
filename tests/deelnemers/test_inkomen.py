"""The department does not decide on benefits: it tells, and income answers."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers.models import MeldingAanInkomen, Uitkering, Uitkeringsgerechtigde
from deelnemers.services import inkomen
from deelnemers.services.antwoordbestand import KOLOMMEN, verwerk
from deelnemers.services.inschrijven import leg_uitkering_vast
from deelnemers.toestanden import MELDING
from kern import klok
from kern.handeling import handeling
from kern.models import Gebeurtenis, Overgang, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from organisatie.rechten import RECHTEN
from tests.deelnemers.fabrieken import DAG, TOETS, gehuwd, met_regie, met_uitkering
from tests.kern.fabrieken import FABRIEK

EINDE = dt.date(2026, 10, 31)

#: Who may do what in which state; everything that is not here is refused.
MAG = {
    ("verstuurd", "ontvangen"): ("ontvangen", "inkomen.bevestigen"),
    ("verstuurd", "beeindigen"): ("beeindigd", "inkomen.bevestigen"),
    ("ontvangen", "beeindigen"): ("beeindigd", "inkomen.bevestigen"),
    ("verstuurd", "laten_doorlopen"): ("loopt_door", "inkomen.bevestigen"),
    ("ontvangen", "laten_doorlopen"): ("loopt_door", "inkomen.bevestigen"),
    ("verstuurd", "intrekken"): ("ingetrokken", "inkomen.melden"),
    ("ontvangen", "intrekken"): ("ingetrokken", "inkomen.melden"),
    ("beeindigd", "heropenen"): ("ontvangen", "inkomen.bevestigen"),
    ("loopt_door", "heropenen"): ("ontvangen", "inkomen.bevestigen"),
}


def meld(deelnemer: Any, verwijzing: str = "plaatsing:1", **velden: Any) -> MeldingAanInkomen:
    return inkomen.meld_aan_inkomen(deelnemer, "plaatsing", verwijzing, EINDE, actor=TOETS, **velden)


@pytest.fixture
def persoon(consulent: Any) -> Any:
    deelnemer = met_regie(consulent)
    met_uitkering(deelnemer)
    return deelnemer


@pytest.mark.parametrize("van", [t.code for t in MELDING.toestanden])
@pytest.mark.parametrize("actie", sorted({s.actie for s in MELDING.stappen}))
def test_elke_stap_in_elke_toestand_voor_elk_recht(van: str, actie: str) -> None:
    melding = MeldingAanInkomen(status=van, gemeente_id=1)
    naar, recht = MAG.get((van, actie), (None, None))
    stap = MELDING.stap(van, actie)
    assert (stap.naar if stap else None) == naar
    for kandidaat in RECHTEN:
        assert MELDING.mag(melding, actie, {kandidaat}) == (kandidaat == recht)


def test_elke_toestand_legt_zichzelf_uit() -> None:
    assert all(t.label and t.uitleg.endswith(".") for t in MELDING.toestanden)


def test_een_melding_wacht_bij_inkomen_en_bij_de_regievoerder(persoon: Any, consulent: Any) -> None:
    melding = meld(persoon, uren_per_week=Decimal(24), bruto_uurloon=Decimal("14.99"))
    assert melding.uitkering == Uitkering.objects.get()
    assert melding.termijn == klok.vandaag() + 14 * DAG
    bij_inkomen = Werkvoorraad.objects.get(soort="melding_aan_inkomen")
    assert (bij_inkomen.voor_rol, bij_inkomen.op) == ("inkomensconsulent", melding.termijn)
    wacht = Werkvoorraad.objects.get(soort="wacht_op_inkomen")
    assert (wacht.voor_id, wacht.wacht_op, wacht.norm_dagen) == (consulent.gebruiker_id, "Inkomen", 14)


def test_dezelfde_gebeurtenis_wordt_een_keer_gemeld(persoon: Any) -> None:
    assert meld(persoon).pk == meld(persoon).pk
    assert Gebeurtenis.objects.filter(type=inkomen.GEMELD).count() == 1


def test_alleen_de_gebeurtenis_zonder_gegevens_gaat_naar_buiten(persoon: Any) -> None:
    melding = meld(persoon)
    assert Gebeurtenis.objects.get(type=inkomen.GEMELD).data == {"melding": melding.pk}


@pytest.mark.eis("R003", "Het einde van een gedeelde uitkering is één einde, voor beide partners")
def test_het_antwoord_beeindigt_de_uitkering_voor_beiden(consulent: Any) -> None:
    een, ander = met_regie(consulent), met_regie(consulent)
    uitkering = gehuwd(een, ander)
    melding = inkomen.bevestig_einde(meld(een), EINDE, "11", toelichting="Werk", actor=TOETS)
    assert (melding.status, melding.groep) == ("beeindigd", "werk")
    uitkering.refresh_from_db()
    assert (uitkering.laatste_dag, uitkering.reden_einde) == (EINDE, "11")
    eindes = Uitkeringsgerechtigde.objects.order_by("id").values_list("einddatum", flat=True)
    assert list(eindes) == [EINDE, EINDE]
    assert Uitkering.objects.filter(laatste_dag__isnull=False).count() == 1
    assert not Werkvoorraad.objects.filter(soort__in=["melding_aan_inkomen", "wacht_op_inkomen"]).exists()


def test_zonder_antwoord_eindigt_er_niets(persoon: Any) -> None:
    inkomen.pak_melding_op(meld(persoon), actor=TOETS)
    assert Uitkering.objects.get().laatste_dag is None


def test_een_uitkering_die_doorloopt_blijft_lopen(persoon: Any) -> None:
    melding = inkomen.bevestig_doorlopen(meld(persoon), actor=TOETS)
    assert (melding.status, melding.laatste_dag) == ("loopt_door", None)
    assert Uitkeringsgerechtigde.objects.get().einddatum is None


@pytest.mark.parametrize(
    ("dag", "zin"), [(dt.date(2023, 12, 31), "voor de begindatum"), (EINDE + DAG, "andere laatste dag")]
)
def test_een_onmogelijke_laatste_dag_wordt_geweigerd(consulent: Any, dag: dt.date, zin: str) -> None:
    een, ander = met_regie(consulent), met_regie(consulent)
    gehuwd(een, ander)
    inkomen.bevestig_einde(meld(een, "p:1"), EINDE, "11", actor=TOETS) if zin.startswith("andere") else None
    with pytest.raises(ValidationError, match=zin):
        inkomen.bevestig_einde(meld(ander, "p:2"), dag, "11", actor=TOETS)


def test_zonder_uitkering_valt_er_niets_te_beeindigen(consulent: Any) -> None:
    with pytest.raises(ValidationError, match="geen lopende uitkering"):
        inkomen.bevestig_einde(meld(met_regie(consulent)), EINDE, "11", actor=TOETS)


def test_twee_keer_antwoorden_kan_niet(persoon: Any) -> None:
    melding = inkomen.bevestig_einde(meld(persoon), EINDE, "11", actor=TOETS)
    with pytest.raises(OvergangGeweigerd, match="Uitkering beëindigd"):
        inkomen.bevestig_doorlopen(melding, actor=TOETS)


def test_een_antwoord_terugnemen_laat_beide_partners_weer_wachten(consulent: Any) -> None:
    een, ander = met_regie(consulent), met_regie(consulent)
    uitkering = gehuwd(een, ander)
    eerste, tweede = meld(een, "p:1"), meld(ander, "p:2")
    for melding in (eerste, tweede):
        inkomen.bevestig_einde(melding, EINDE, "11", actor=TOETS)
    inkomen.heropen_antwoord(eerste, reden="Contract ging niet door", actor=TOETS)
    uitkering.refresh_from_db()
    assert (uitkering.laatste_dag, uitkering.reden_einde, uitkering.einde_bevestigd_op) == (None, "", None)
    assert not Uitkeringsgerechtigde.objects.filter(einddatum__isnull=False).exists()
    assert set(MeldingAanInkomen.objects.values_list("status", flat=True)) == {"ontvangen"}
    assert Gebeurtenis.objects.filter(type=inkomen.HEROPEND).count() == 2
    overgang = Overgang.objects.filter(soort="melding_aan_inkomen", actie="heropenen").order_by("id").first()
    assert overgang is not None and overgang.reden == "Contract ging niet door"


def test_terugnemen_vraagt_een_reden(persoon: Any) -> None:
    melding = inkomen.bevestig_einde(meld(persoon), EINDE, "11", actor=TOETS)
    with pytest.raises(OvergangGeweigerd, match="Geef een reden"):
        inkomen.heropen_antwoord(melding, reden=" ", actor=TOETS)
    assert Uitkering.objects.get().laatste_dag == EINDE


def test_terugnemen_kan_niet_over_een_nieuwe_uitkering_heen(persoon: Any) -> None:
    melding = inkomen.bevestig_einde(meld(persoon), EINDE, "11", actor=TOETS)
    leg_uitkering_vast(persoon, "01", EINDE + DAG, actor=TOETS)
    with pytest.raises(ValidationError, match="al een uitkering"):
        inkomen.heropen_antwoord(melding, reden="Vergist", actor=TOETS)


def test_intrekken_ruimt_het_werk_op_en_maakt_plaats(persoon: Any) -> None:
    melding = inkomen.trek_melding_in(meld(persoon), reden="Plaatsing ging niet door", actor=TOETS)
    assert melding.status == "ingetrokken"
    assert not Werkvoorraad.objects.filter(soort="melding_aan_inkomen").exists()
    assert meld(persoon).pk != melding.pk


@pytest.mark.parametrize(
    "velden", [{"status": "beeindigd"}, {"status": "verstuurd", "reden_einde": "11"}, {"status": "weg"}]
)
def test_de_database_weigert_een_half_antwoord(persoon: Any, velden: dict[str, Any]) -> None:
    melding = meld(persoon)
    with handeling(FABRIEK), pytest.raises(IntegrityError), transaction.atomic():
        MeldingAanInkomen.objects.filter(pk=melding.pk).update(**velden)


# --- By file ---------------------------------------------------------------------------------------------------
def bestand(*regels: str, kop: str = ";".join(KOLOMMEN)) -> bytes:
    return "\r\n".join([kop, *regels]).encode()


def test_een_bestand_beantwoordt_meldingen_en_een_tweede_keer_verandert_niets(consulent: Any) -> None:
    een, ander = met_regie(consulent), met_regie(consulent)
    met_uitkering(een), met_uitkering(ander)
    eerste, tweede = meld(een, "p:1"), meld(ander, "p:2")
    csv = bestand(f"{eerste.pk};beeindigd;2026-10-31;11;Werk", f"{tweede.pk};loopt_door;;;")
    for _ in range(2):
        uitkomst = verwerk(csv, actor=TOETS)
        assert (uitkomst.totaal, uitkomst.gelukt, uitkomst.betrokkenen) == (2, 2, {een.pk, ander.pk})
    assert Overgang.objects.filter(soort="melding_aan_inkomen").exclude(van="").count() == 2
    eerste.refresh_from_db()
    assert (eerste.status, eerste.laatste_dag, eerste.tekst_antwoord) == ("beeindigd", EINDE, "Werk")


def test_een_foute_regel_houdt_de_andere_niet_tegen(persoon: Any) -> None:
    nummer = meld(persoon).pk
    regels = {
        "x;beeindigd;2026-10-31;11;": "nummer van de melding",
        "999999;beeindigd;2026-10-31;11;": "bestaat niet",
        f"{nummer};beeindigd;31-10-2026;11;": "datum als 2026-10-31",
        f"{nummer};beeindigd;;11;": "datum als 2026-10-31",
        f"{nummer};beeindigd;2026-10-31;zz;": "staat niet in de BUS-lijst",
        f"{nummer};misschien;;;": "‘beeindigd’ of ‘loopt_door’",
        f"{nummer};loopt_door;2026-10-31;;": "geen laatste dag",
        f"{nummer}": "‘beeindigd’ of ‘loopt_door’",
    }
    uitkomst = verwerk(bestand(*regels, "", f"{nummer};beeindigd;2026-10-31;11;"), actor=TOETS)
    assert uitkomst.gelukt == 1
    for (nr, fout), (verwacht, regel) in zip(uitkomst.fouten, zip(regels.values(), itertools.count(2)), strict=True):
        assert nr == regel
        assert verwacht in fout


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "kolommen"),
        (bestand(kop="melding;besluit"), "kolommen"),
        (bestand(kop=",".join(KOLOMMEN)), "kolommen"),
        (
            "melding;besluit;laatste_dag;reden_einde;toelichting\n1;beeindigd;;;Beëindigd".encode("latin-1"),
            "UTF-8",
        ),
        (b"x" * 5_000_001, "te groot"),
    ],
)
def test_een_onleesbaar_bestand_wordt_als_geheel_geweigerd(gemeente: Any, inhoud: bytes, zin: str) -> None:
    with pytest.raises(ValidationError, match=zin):
        verwerk(inhoud, actor=TOETS)
