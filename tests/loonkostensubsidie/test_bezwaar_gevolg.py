"""After an objection: the right restored, the amount put right, the recovery revoked, and the hearing (R149; Awb 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import escape

from kern import bestanden
from kern.handeling import handeling
from kern.models import Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.betaalaansluiting import aantal_verschillen
from loonkostensubsidie.betaalvragen import open_regels, som
from loonkostensubsidie.models import Beschikking, Bezwaar, Boekregel
from loonkostensubsidie.querysets import standen
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services import bezwaar as dienst
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import trek_subsidie_in
from loonkostensubsidie.services.terugvorderen import leg_reactie_vast, maak_terugvordering, ontvang_terug, zeg_aan
from tests.hulp.pdf import tekst_van
from tests.loonkostensubsidie import wereld
from tests.loonkostensubsidie.betaalfabrieken import MEI, PEILDATUM, betaald, gemeente_betaalt, recht, werkgever
from tests.loonkostensubsidie.test_besluit import stel_vast
from tests.loonkostensubsidie.test_bezwaar import ROL, beslis, bezwaar, gehoord
from tests.werkgevers.fabrieken import ACTOR
from werkgevers.services.dienstverband import wijzig_dienstverband

pytestmark = pytest.mark.usefixtures("subsidiewereld")


@pytest.mark.eis("R149", "na een gegrond bezwaar tegen een einde is de subsidie terug, met correcties per maand")
@pytest.mark.parametrize("soort", ["beeindiging", "intrekking"])
def test_een_gegrond_bezwaar_herstelt_de_subsidie(
    schrijver: Any, collega: Any, derde: Any, settings: Any, soort: str
) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    recht, actor = eerst.subsidie, wereld.actor_van(schrijver)
    assert recht is not None
    boek([recht.pk], dt.date(2026, 4, 30), actor=ACTOR)
    dag = dt.date(2026, 2, 28) if soort == "beeindiging" else dt.date(2026, 3, 2)
    einde = besluiten.stel_besluit_op(recht, soort, dag, "Het contract zou zijn gestopt.", actor=actor)
    einde = stel_vast(besluiten.leg_voor(einde, actor=actor), collega)
    boek([recht.pk], dt.date(2026, 4, 30), actor=ACTOR)
    april = dt.date(2026, 4, 1)
    assert standen([recht.pk])[recht.pk][april][0].totaal == 0
    rij = gehoord(bezwaar(einde, dt.date(2026, 3, 2), schrijver), derde)
    recht.refresh_from_db()
    with pytest.raises(OvergangGeweigerd, match="alleen na een bezwaar"):
        besluiten.stel_besluit_op(recht, "herstel", dag, "Toch wel.", bezwaar=rij, actor=actor)
    rij = beslis(rij, "gegrond", "Het contract liep door.", derde)
    sleutel = f"bezwaargevolg:{rij.pk}"
    assert Werkvoorraad.objects.filter(sleutel=sleutel).exists()
    vanaf = eerst.ingangsdatum if soort == "intrekking" else dt.date(2026, 3, 1)
    herstel = besluiten.stel_besluit_op(recht, "herstel", vanaf, "Na bezwaar.", bezwaar=rij, actor=actor)
    herstel = stel_vast(besluiten.leg_voor(herstel, actor=actor), collega)
    recht.refresh_from_db()
    assert (recht.status, recht.begindatum, recht.einddatum) == ("lopend", eerst.ingangsdatum, eerst.einddatum)
    assert standen([recht.pk])[recht.pk][april][0].totaal == eerst.totaal, "het besluit zelf zet het geld klaar"
    boek([recht.pk], dt.date(2026, 4, 30), actor=ACTOR)
    assert standen([recht.pk])[recht.pk][april][0].totaal == eerst.totaal
    correcties = Boekregel.objects.filter(subsidie=recht, maand=april, soort="correctie").order_by("volgnummer")
    assert [regel.totaal for regel in correcties] == [-(eerst.totaal or 0), eerst.totaal]
    assert not Werkvoorraad.objects.filter(sleutel=sleutel).exists()
    assert herstel.brief is not None
    tekst = " ".join(tekst_van(bestanden.haal(herstel.brief.bestand, herstel.brief.sha256) or b"").split())
    assert "U krijgt uw loonkostensubsidie terug" in tekst and "april 2026" in tekst and einde.nummer in tekst


def test_een_bezwaar_over_het_bedrag_geeft_een_nieuw_besluit_op_de_bladzijde(
    schrijver: Any, collega: Any, derde: Any, log_in: Callable[..., Any]
) -> None:
    eerst = wereld.vastgesteld(schrijver, collega)
    rij = beslis(
        gehoord(bezwaar(eerst, dt.date(2026, 3, 2), schrijver), derde), "deels", "De uren klopten niet.", derde
    )
    assert eerst.dienstverband is not None
    wijzig_dienstverband(
        eerst.dienstverband, eerst.ingangsdatum, reden="Contract.", uren_per_week=Decimal(30), actor=ACTOR
    )
    client = log_in(ROL)
    blad = client.get(reverse("lks_bezwaar", args=[rij.kenmerk])).content.decode()
    naar = reverse("lks_bezwaar_besluit", args=[rij.kenmerk, "wijziging"])
    assert naar in blad and reverse("lks_bezwaar_besluit", args=[rij.kenmerk, "herstel"]) in blad
    assert client.get(reverse("lks_bezwaar_besluit", args=[rij.kenmerk, "intrekking"])).status_code == 404
    client.post(naar, {"ingangsdatum": "1-2-2026", "motivering": "De uren zijn 30."})
    nieuw = Beschikking.objects.get(bezwaar=rij)
    assert (nieuw.soort, nieuw.ingangsdatum, nieuw.totaal) == ("wijziging", dt.date(2026, 2, 1), Decimal("1275.11"))
    assert nieuw.nummer in client.get(reverse("lks_bezwaar", args=[rij.kenmerk])).content.decode()


def test_een_hoorzitting_heeft_een_dag_en_een_verslag(schrijver: Any, collega: Any, derde: Any) -> None:
    actor = wereld.actor_van(derde)
    rij = dienst.behandel_bezwaar(
        bezwaar(wereld.vastgesteld(schrijver, collega), dt.date(2026, 3, 2), schrijver), actor=actor
    )
    with pytest.raises(ValidationError, match="dag is voorbij"):
        dienst.leg_horen_vast(rij, "aangeboden", hoorzitting_op=dt.date(2026, 3, 1), actor=actor)
    with pytest.raises(ValidationError, match="Alleen wie het bezwaar behandelt"):
        dienst.leg_horen_vast(rij, "afgezien", hoorverslag="Wil niet.", actor=wereld.actor_van(collega))
    with pytest.raises(ValidationError, match="hoe laat en waar"):
        dienst.leg_horen_vast(rij, "aangeboden", hoorzitting_op=dt.date(2026, 3, 20), actor=actor)
    rij = dienst.leg_horen_vast(
        rij, "aangeboden", hoorzitting_op=dt.date(2026, 3, 20), hoorplaats="10 uur, stadhuis", actor=actor
    )
    with pytest.raises(ValidationError, match="Leg eerst vast hoe er is gehoord"):
        beslis(rij, "ongegrond", "Het klopt.", derde)
    with pytest.raises(IntegrityError, match="lksbezwaar_horen"), transaction.atomic(), handeling(ACTOR):
        Bezwaar.objects.filter(pk=rij.pk).update(horen="gehouden")


@pytest.mark.eis("R149", "wat al was terugbetaald, zet een gegrond bezwaar klaar voor de volgende betaling")
def test_een_gegrond_bezwaar_geeft_terugbetaald_geld_terug(
    schrijver: Any, collega: Any, derde: Any, settings: Any
) -> None:
    settings.PEILDATUM = PEILDATUM
    gemeente_betaalt()
    een = recht(werkgever())
    betaald(MEI)
    trek_subsidie_in(een, "Er was geen dienstverband.", actor=ACTOR)
    boek([een.pk], MEI, actor=ACTOR)
    terug = maak_terugvordering(een.werkgever, "Er was geen dienstverband.", actor=wereld.actor_van(schrijver))
    terug = leg_reactie_vast(terug, "Wij zijn het niet eens.", actor=wereld.actor_van(schrijver))
    with bestanden.weg_bij_mislukken():
        terug = zeg_aan(terug, verrekenen=False, actor=wereld.actor_van(collega))
    terug = ontvang_terug(terug, terug.bedrag, dt.date(2026, 7, 6), actor=ACTOR)
    rij = dienst.ontvang_bezwaar(terug, "werkgever", "Ümit", dt.date(2026, 7, 6), "Hij werkte er.", actor=ACTOR)
    rij = beslis(gehoord(rij, derde), "gegrond", "De werknemer was er wel.", derde)
    assert som(open_regels(een.werkgever_id)) == Decimal("918.08") and aantal_verschillen() == 0
    assert not Werkvoorraad.objects.filter(sleutel=f"bezwaargevolg:{rij.pk}").exists(), (
        "er is niets met de hand te doen"
    )
    stuk = rij.stukken.get()
    tekst = " ".join(tekst_van(bestanden.haal(stuk.plaats, stuk.sha256) or b"").split())
    assert "U krijgt € 918,08 van ons terug, met de volgende betaling." in tekst


@pytest.mark.eis("R149", "bezwaar tegen een terugvordering loopt langs dezelfde weg; gegrond herroept haar")
def test_bezwaar_tegen_een_terugvordering(
    schrijver: Any, collega: Any, derde: Any, settings: Any, log_in: Callable[..., Any]
) -> None:
    settings.PEILDATUM = PEILDATUM
    gemeente_betaalt()
    een = recht(werkgever())
    betaald(MEI)
    trek_subsidie_in(een, "Er was geen dienstverband.", actor=ACTOR)
    boek([een.pk], MEI, actor=ACTOR)
    terug = maak_terugvordering(een.werkgever, "Er was geen dienstverband.", actor=wereld.actor_van(schrijver))
    with pytest.raises(ValidationError, match="nog niet verstuurd"):
        dienst.ontvang_bezwaar(terug, "werkgever", "Ümit", dt.date(2026, 7, 6), "Klopt niet.", actor=ACTOR)
    terug = leg_reactie_vast(terug, "Wij zijn het niet eens.", actor=wereld.actor_van(schrijver))
    with bestanden.weg_bij_mislukken():
        terug = zeg_aan(terug, verrekenen=False, actor=wereld.actor_van(collega))
    client = log_in(ROL)
    client.post(
        reverse("terugvordering_bezwaar", args=[terug.kenmerk]),
        {"indiener": "werkgever", "naam": "Ümit", "ontvangen_op": "6-7-2026", "gronden": "Hij werkte er wel."},
    )
    rij = Bezwaar.objects.get()
    assert rij.terugvordering == terug and rij.deelnemer is None and rij.over == een.werkgever.naam
    blad = client.get(reverse("lks_bezwaar", args=[rij.kenmerk])).content.decode()
    assert terug.nummer in blad and "918,08" in blad
    assert escape(een.werkgever.naam) in client.get(reverse("lks_wijzigingen")).content.decode()
    with pytest.raises(ValidationError, match="schreef dit besluit of keurde het goed"):
        dienst.behandel_bezwaar(rij, actor=wereld.actor_van(collega))
    beslis(gehoord(rij, derde), "gegrond", "De werknemer was er wel.", derde)
    terug.refresh_from_db()
    assert terug.status == "herroepen" and not Werkvoorraad.objects.filter(sleutel=f"terug:{terug.pk}").exists()
    assert not open_regels(een.werkgever_id).exists(), "een volgende betaling trekt het bedrag ook niet af"
    assert aantal_verschillen() == 0
    brief = client.get(reverse("lks_bezwaar_brief", args=[rij.kenmerk])).content
    tekst = " ".join(tekst_van(brief).split())
    assert "U hoeft niets terug te betalen" in tekst and terug.nummer in tekst
