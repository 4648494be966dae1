"""Role × relation × record, over every address of the resolver and every operation of the API.

One person is planted in every room (`naald.py`). Each member of staff walks every page, list, search, filter, export
and file that the role opens. What may show is written down in `verwachting.py`; everything else is a leak, wherever
it stands: in the body, a header, a file, a message or a list of choices. Addresses come from the resolver, so a new
page without an expectation fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Max
from django.test import Client
from django.urls import reverse

from deelnemers.models import Deelnemer
from deelnemers.services.inschrijven import bsn_van
from kern.handeling import voor_gemeente
from kern.models import Leesregel, Wijziging
from kern.toegang import INGELOGD, OPENBAAR
from organisatie.rechten import Rol, rechten_van
from tests.kern.fabrieken import GemeenteFabriek
from tests.privacy import verwachting as v
from tests.privacy.adressen import VRAGEN, Adres
from tests.privacy.conftest import OVERSLAAN, Wereld, tekst_van
from tests.privacy.naald import AFGESCHERMD, BIJZONDER, MET_HANDHAVING
from tests.privacy.relaties import DIRECT, RELATIES, SLUIT, Kijker, in_zicht

pytestmark = pytest.mark.django_db(databases=["default", "eigenaar"])
#: Every role in these; the rest of the relations only for the roles that work with them, or with `--volledig`.
ALTIJD = ("geen", "team", "verbod")
BEGELEIDEN = {Rol.CONSULENT, Rol.ACCOUNTMANAGER_WSP}


def mag_zien(naam: str, rol: Rol, relatie: str, rechten: frozenset[str]) -> frozenset[str] | None:
    """Kinds of needles that may stand on this page; None when all do that the rights do not withhold."""
    if naam in v.ZONDER_PERSOON or relatie in SLUIT:
        return frozenset()
    if in_zicht(rol, relatie):
        return None
    if naam not in v.MEER.get(rol, frozenset()) | v.MEER.get(relatie, frozenset()):
        return frozenset()
    return v.SMAL.get(naam)


def lekken(naam: str, gevonden: set[str], rol: Rol, relatie: str, rechten: frozenset[str]) -> set[str]:
    """What stands there and may not."""
    mag = mag_zien(naam, rol, relatie, rechten)
    te_veel = set(gevonden) if mag is None else gevonden - mag
    if mag is None:
        te_veel = {soort for soort in gevonden if soort in {"bsn", "adres"} and naam not in v.ADRES}
        if "dossier.bijzonder" not in rechten:
            # What the role reads on this page without the dossier, a relation does not take away.
            al = v.SMAL.get(naam, frozenset()) if naam in v.MEER.get(rol, frozenset()) else frozenset()
            te_veel |= {soort for soort in gevonden - al if soort.removeprefix("noot:") in BIJZONDER}
        if "handhaving.zien" not in rechten:
            te_veel |= {soort for soort in gevonden if soort.removeprefix("noot:") in MET_HANDHAVING}
    if AFGESCHERMD in gevonden and (relatie not in DIRECT or "dossier.afgeschermde_doelgroep" not in rechten):
        te_veel.add(AFGESCHERMD)
    # The name of a shielded group in a filter says nothing of her and needs its right; in her dossier also a relation.
    te_veel.discard("doelgroep")
    if "doelgroep" in gevonden:
        beheer = naam == "regelgeving_codelijst" and v.DOELGROEP_BEHEER in rechten
        if naam in v.ROUTENAAM:
            return te_veel
        direct = naam in v.DOELGROEP_LIJST or relatie in DIRECT
        if not beheer and (naam not in v.DOELGROEP or not direct or "dossier.afgeschermde_doelgroep" not in rechten):
            te_veel.add("doelgroep")
    return te_veel


def combinaties() -> Iterator[Any]:
    for rol in Rol:
        for relatie in RELATIES:
            if relatie == "doorbreking" and "dossier.doorbreken" not in rechten_van([rol]):
                continue
            merk = () if relatie in ALTIJD or rol in BEGELEIDEN else (pytest.mark.volledig,)
            yield pytest.param(rol, relatie, id=f"{rol.value}-{relatie}", marks=merk)


def _client(kijker: Kijker) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(kijker.medewerker.gebruiker)
    return client


def _open(wereld: Wereld, rechten: frozenset[str], *, alles: bool = False) -> Iterator[tuple[Adres, str]]:
    """Every address about persons (or really every one) that these rights open, with each of its questions."""
    for adres in wereld.adressen:
        if not alles and adres.naam in v.ZONDER_PERSOON:
            continue
        if not adres.rechten & (rechten | {INGELOGD, OPENBAAR}):
            continue
        basis = wereld.paden[adres.naam]
        yield adres, basis
        for vraag in VRAGEN.get(adres.naam, ()):
            yield adres, f"{basis}?{wereld.vul_in(vraag)}"


def test_elk_adres_heeft_een_verwachting(wereld: Wereld) -> None:
    """A new page is on one of the two lists, or this fails."""
    namen = {a.naam for a in wereld.adressen} | OVERSLAAN
    assert not v.ZONDER_PERSOON & v.MET_PERSOON
    assert namen == v.ZONDER_PERSOON | v.MET_PERSOON, (
        f"Zet op een lijst in tests/privacy/verwachting.py: {sorted(namen ^ (v.ZONDER_PERSOON | v.MET_PERSOON))}"
    )


def _laatste_leesregel() -> int:
    return Leesregel.objects.aggregate(pk=Max("pk"))["pk"] or 0


def _gelezen(wereld: Wereld, na: int) -> bool:
    """Whether what was just shown is in the read log, under her number."""
    return Leesregel.objects.filter(pk__gt=na, betrokkenen__contains=[wereld.deelnemer.pk]).exists()


@pytest.mark.eis("R223", "wie geen band met iemand heeft, vindt op geen enkel adres iets van die persoon")
@pytest.mark.eis("R223", "elke bladzijde met iets van een persoon laat een regel over die persoon in het leeslog na")
@pytest.mark.parametrize(("rol", "relatie"), list(combinaties()))
def test_niets_lekt(wereld: Wereld, rol: Rol, relatie: str) -> None:
    rechten, fout, ongelezen, gezien = rechten_van([rol]), [], [], 0
    kijker = Kijker(rol)
    RELATIES[relatie](kijker, wereld.deelnemer)
    client = _client(kijker)
    # A page without persons is asked once per role, by somebody who may see her.
    for adres, url in _open(wereld, rechten, alles=relatie == "team"):
        tot = _laatste_leesregel()
        antwoord = client.get(url)
        assert antwoord.status_code < 500, f"{url}: {antwoord.status_code}"
        gevonden = wereld.naald.in_tekst(tekst_van(antwoord), url)
        gezien += "naam" in gevonden
        if antwoord.status_code == HTTPStatus.OK and gevonden - {"doelgroep"} and not _gelezen(wereld, tot):
            ongelezen.append(f"{adres.naam} {url}: {sorted(gevonden)}")
        if te_veel := lekken(adres.naam, gevonden, rol, relatie, rechten):
            fout.append(f"{adres.naam} {url} ({antwoord.status_code}): {sorted(te_veel)}")
    assert not fout, "\n".join(fout)
    assert not ongelezen, "Getoond zonder regel in het leeslog:\n" + "\n".join(ongelezen)
    # The walk can see her at all: without this a page that is always empty would pass.
    if relatie == "regie" and rol == Rol.CONSULENT:
        assert gezien > 40
    if relatie in SLUIT:
        assert gezien == 0


@pytest.mark.parametrize(("rol", "relatie"), list(v.ZIET_HAAR), ids=str)
def test_de_wandeling_ziet_haar(wereld: Wereld, rol: Rol, relatie: str) -> None:
    """Who may see her does: a page that is always empty, or an example row that leads nowhere, would prove nothing."""
    kijker = Kijker(rol)
    RELATIES[relatie](kijker, wereld.deelnemer)
    client = _client(kijker)
    gezien = set()
    for adres, url in _open(wereld, rechten_van([rol])):
        if adres.naam in v.ZIET_HAAR[rol, relatie] and adres.naam not in gezien:
            antwoord = client.get(url)
            if antwoord.status_code == 200 and wereld.naald.in_tekst(tekst_van(antwoord), ""):
                gezien.add(adres.naam)
    assert gezien == v.ZIET_HAAR[rol, relatie], f"Niets van haar op {sorted(v.ZIET_HAAR[rol, relatie] - gezien)}"


@pytest.mark.parametrize("rol", list(Rol), ids=lambda rol: rol.value)
def test_zonder_het_recht_op_een_bladzijde_komt_er_niets(wereld: Wereld, rol: Rol) -> None:
    """Also with every relation: a page of another role answers 403 and says nothing."""
    rechten = rechten_van([rol])
    kijker = Kijker(rol)
    RELATIES["team"](kijker, wereld.deelnemer)
    client = _client(kijker)
    for adres in wereld.adressen:
        if adres.rechten & (rechten | {INGELOGD, OPENBAAR}):
            continue
        url = wereld.paden[adres.naam]
        antwoord = client.get(url)
        assert antwoord.status_code == 403, f"{url}: {antwoord.status_code}"
        assert not wereld.naald.in_tekst(tekst_van(antwoord), url), url


def _posten(wereld: Wereld, client: Client, rechten: frozenset[str]) -> Iterator[tuple[Adres, str, Any]]:
    for adres in wereld.adressen:
        if adres.naam in v.MET_PERSOON and adres.rechten & (rechten | {INGELOGD}):
            url = wereld.paden[adres.naam]
            punt = transaction.savepoint()
            yield adres, url, client.post(url, {"reden": "", "versie": "1"})
            transaction.savepoint_rollback(punt)


@pytest.mark.parametrize("relatie", ["geen", "verbod"])
@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.AFDELINGSMANAGER], ids=lambda rol: rol.value)
def test_zonder_band_wijzigt_niemand_iets(wereld: Wereld, rol: Rol, relatie: str) -> None:
    """A POST to each address about her: refused, without a word about her, and nothing written."""
    rechten, fout = rechten_van([rol]), []
    kijker = Kijker(rol)
    RELATIES[relatie](kijker, wereld.deelnemer)
    client = _client(kijker)
    rijen = Wijziging.objects.filter(betrokkene_id=wereld.deelnemer.pk)
    voor = rijen.count()
    for adres, url, antwoord in _posten(wereld, client, rechten):
        gevonden = wereld.naald.in_tekst(tekst_van(antwoord), url)
        if te_veel := lekken(adres.naam, gevonden, rol, relatie, rechten):
            fout.append(f"{url} ({antwoord.status_code}): {sorted(te_veel)}")
        mag = relatie not in SLUIT and adres.naam in v.MEER.get(rol, frozenset())
        if not mag and rijen.count() != voor:
            fout.append(f"{url} ({antwoord.status_code}): schreef {rijen.count() - voor} rijen")
    assert not fout, "\n".join(fout)


#: Sounds like her name: what is typed in a form stands in the answer, and says nothing.
_KLINKT_ALS = "Kwibeldam"


@pytest.mark.eis("R223", "nieuw dossier en zoeken op nummer gaan niet om de toegangsregel heen")
@pytest.mark.parametrize(("rol", "relatie"), list(combinaties()))
def test_nummer_en_naam_openen_niets(wereld: Wereld, rol: Rol, relatie: str) -> None:
    """Her BSN, her number, and a name like hers with her birth date, typed by everybody: nothing shows, nothing is
    written, unless the relation opens the dossier; and her own dossier never changes."""
    kijker, d = Kijker(rol), wereld.deelnemer
    RELATIES[relatie](kijker, d)
    client, mag = _client(kijker), in_zicht(rol, relatie)
    bsn = bsn_van(d) or ""
    wie = {"roepnaam": "Wie", "geslachtsnaam": "Anders", "geboortedatum": "1-2-1990", "geslacht": "3"}
    zelfde = {"geslachtsnaam": _KLINKT_ALS, "geboortedatum": f"{d.geboortedatum:%d-%m-%Y}"}
    nieuw, opzoeken = reverse("persoon_nieuw"), reverse("dossier_opzoeken")
    rijen, aantal = Wijziging.objects.filter(betrokkene_id=d.pk), Deelnemer.objects.count()
    voor = rijen.count()
    for pad, velden in (
        (nieuw, wie | {"bsn": bsn, "telefoon": "0612345678"}),
        (nieuw, wie | {"bsn": bsn, "toch_nieuw": "on"}),
        (nieuw, wie | zelfde),
        (opzoeken, {"nummer": bsn}),
        (opzoeken, {"nummer": d.dossiernummer}),
    ):
        antwoord = client.post(pad, velden)
        assert antwoord.status_code in {302, 400, 403}, (pad, antwoord.status_code)
        gevonden = wereld.naald.in_tekst(tekst_van(antwoord), pad)
        assert mag or not gevonden, (pad, velden, gevonden)
        assert "bsn" not in gevonden
        recht = "dossier.wijzigen" if pad == nieuw else "dossier.zien"
        assert (antwoord.status_code == HTTPStatus.FORBIDDEN) == (recht not in rechten_van([rol]))
        if mag and recht in rechten_van([rol]):
            assert "dossiernummer" in gevonden, (pad, velden)
    assert (rijen.count(), Deelnemer.objects.count()) == (voor, aantal)


@pytest.mark.parametrize("rol", list(Rol), ids=lambda rol: rol.value)
def test_een_andere_gemeente_ziet_niemand(wereld: Wereld, rol: Rol) -> None:
    rechten = rechten_van([rol])
    with voor_gemeente(GemeenteFabriek()):
        kijker = Kijker(rol)
    client = _client(kijker)
    for adres, url in _open(wereld, rechten):
        antwoord = client.get(url)
        assert antwoord.status_code < 500, f"{url}: {antwoord.status_code}"
        gevonden = wereld.naald.in_tekst(tekst_van(antwoord), url) - {"doelgroep"}
        assert not gevonden or OPENBAAR in adres.rechten, f"{url}: {gevonden}"
