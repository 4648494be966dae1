"""Completing an application: what is needed stays needed, and another route has its own clock (R149; Awb 4:15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from loonkostensubsidie.models import Aanvraag
from loonkostensubsidie.services import aanvraag as dienst
from tests.loonkostensubsidie import wereld

pytestmark = pytest.mark.usefixtures("subsidiewereld")


@pytest.fixture
def medewerker(maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("medewerker_subsidies")


def gevraagd(medewerker: Any, settings: Any, **velden: Any) -> Aanvraag:
    """An application about which we asked the employer something on 4 March; today it is 11 March."""
    rij = wereld.in_behandeling(medewerker, **velden)
    settings.PEILDATUM = "2026-03-04"
    dienst.vraag_aanvulling(rij, "Stuur het contract.", actor=wereld.actor_van(medewerker))
    settings.PEILDATUM = "2026-03-11"
    return rij


@pytest.mark.eis("R149", "kiest de werkgever bij het aanvullen voor het vaste percentage, dan begint de beslistermijn")
def test_van_meten_naar_vast_percentage_krijgt_een_klok(medewerker: Any, settings: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = gevraagd(medewerker, settings, route="loonwaarde")
    assert rij.klok_vanaf is None
    dienst.bewaar_aanvraag(rij, route="forfait", actor=actor)
    rij = dienst.vul_aan(rij, actor=actor)
    assert (rij.klokbegin, rij.klok_vanaf) == ("overgeslagen", dt.date(2026, 3, 2))
    # Five weeks to 6 April, and the six days of 5 to 10 March on which the term stood still.
    assert rij.beslis_voor == dt.date(2026, 4, 13)
    rij.refresh_from_db()
    assert rij.beslis_voor == dt.date(2026, 4, 13)


def test_van_vast_percentage_naar_meten_wacht_op_de_meting(medewerker: Any, settings: Any) -> None:
    actor = wereld.actor_van(medewerker)
    rij = gevraagd(medewerker, settings)
    dienst.bewaar_aanvraag(rij, route="loonwaarde", actor=actor)
    rij = dienst.vul_aan(rij, actor=actor)
    rij.refresh_from_db()
    assert (rij.status, rij.klok_vanaf, rij.klokbegin, rij.beslis_voor) == ("in_behandeling", None, "", None)


@pytest.mark.eis("R149", "wat nodig is om in te dienen, is ook bij een aanvulling nodig")
@pytest.mark.parametrize(
    ("veld", "waarde"), [("iban", ""), ("functie", ""), ("ondertekend_door", ""), ("begindatum", None)]
)
def test_een_leeg_gemaakt_veld_wordt_niet_aangevuld(medewerker: Any, settings: Any, veld: str, waarde: Any) -> None:
    """A completion that makes a field empty is not saved, and says at which field."""
    rij = gevraagd(medewerker, settings)
    with pytest.raises(ValidationError) as fout:
        dienst.bewaar_aanvraag(rij, actor=wereld.actor_van(medewerker), **{veld: waarde})
    assert fout.value.message_dict[veld] == ["Vul dit in."]
    rij.refresh_from_db()
    assert rij.status == "aanvulling_gevraagd"


def test_een_verkeerd_nummer_wordt_niet_aangevuld_en_een_goed_staat_zonder_spaties(
    medewerker: Any, settings: Any
) -> None:
    actor = wereld.actor_van(medewerker)
    rij = gevraagd(medewerker, settings)
    dienst.bewaar_aanvraag(rij, iban="NL91 ABNA 0417 1643 01", actor=actor)
    with pytest.raises(ValidationError) as fout:
        dienst.vul_aan(rij, actor=actor)
    assert "iban" in fout.value.message_dict
    dienst.bewaar_aanvraag(rij, iban="NL91 ABNA 0417 1643 00", actor=actor)
    assert dienst.vul_aan(rij, actor=actor).iban == "NL91ABNA0417164300"
