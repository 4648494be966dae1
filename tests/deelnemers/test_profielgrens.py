"""The word list of the profile for employers: each stem takes the forms that people write, and no other word."""

from __future__ import annotations

import re

import pytest

from deelnemers import profielgrens
from deelnemers.profielgrens import noemt

SOORTEN = tuple(profielgrens._WOORDEN)
#: Forms as people write them; a stem that lost its star misses them.
VORMEN = {
    "een uitkering": "uitkeringen uitkeringsgerechtigd bijstandsuitkering participatiewetter Wajonger WIA "
    "loonkostensubsidies loonwaardemeting inkomensconsulenten",
    "gezondheid": "ziek zieke ziektes ziekmeldingen arbeidsongeschiktheid beperkingen gehandicapte handicaps "
    "invaliditeit depressie depressief depressies burn-out psychische psychoses psychotische verslaving "
    "verslaafde medicijnen "
    "medische rolstoelen diagnoses therapieën therapeut adhd autisme autistisch ptss zwangerschap revalidatie",
    "schulden": "schuld schulden schuldeisers schuldhulpverlening bewindvoerder deurwaarders",
    "politie of justitie": "detentie gevangenisstraf strafbladen reclasseringswerker veroordeelde justitieel "
    "gedetineerde ex-gedetineerde",
    "een doelgroep": "doelgroepregister garantiebaan garantiebanen banenafspraakbaan beschut wsw trede "
    "statushouders vluchtelingen "
    "asielzoeker dakloos dakloze daklozenopvang laaggeletterdheid kanstrajecten",
}


@pytest.mark.eis("R058", "een profiel noemt geen uitkering, gezondheid, schuld of justitie, in geen enkele vorm")
@pytest.mark.parametrize(("soort", "woord"), [(s, w) for s, woorden in VORMEN.items() for w in woorden.split()])
def test_elke_vorm_van_een_stam(soort: str, woord: str) -> None:
    assert noemt(f"Werkte met {woord.upper()}, en goed.", *SOORTEN) == soort
    assert noemt(f"Was {woord}.", soort) == soort


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_stam_staat_in_de_toets(soort: str) -> None:
    """A stem that is added gets its forms here too."""
    vormen = VORMEN[soort].lower()
    for stam in profielgrens._WOORDEN[soort]:
        if " " not in stam and "-" not in stam:
            kern = re.escape(stam.removesuffix("*"))
            assert re.search(rf"\b{kern}", vormen) or stam in _ENKEL, stam


#: Short words that are written in one way only.
_ENKEL = {"wwb", "ioaw", "ioaz", "anw", "wao", "ww", "lks", "burnout", "wajong*"}


@pytest.mark.parametrize("tekst", ["werkte in een ziekenhuis", "optreden in de zaal", "onschuldig", "wwwbeheer"])
def test_een_gewoon_woord_mag(tekst: str) -> None:
    assert noemt(tekst, *SOORTEN) == ""
