"""Every role on every view: open exactly where a right says so (default deny)."""

from __future__ import annotations

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, resolve, reverse

from kern.aansluitingen import menu
from kern.leeslog import Lezing
from kern.middleware import GemeenteEnToegang
from kern.toegang import API, INGELOGD, OPENBAAR, Toegangsregel, toegang, vereist
from organisatie.rechten import RECHTEN, ROLRECHTEN, Rol


def _views(patronen, voor=""):
    for patroon in patronen:
        adres = f"{voor}{patroon.pattern}"
        if isinstance(patroon, URLResolver):
            yield from _views(patroon.url_patterns, adres)
        else:
            yield adres, patroon.callback


VIEWS = list(_views(get_resolver().url_patterns))
BESTEMMING = {OPENBAAR, INGELOGD, API}


class Ingelogd:
    """What the middleware asks of a user, without a database."""

    is_authenticated = True
    wachtwoord_wijzigen = False

    def is_verified(self) -> bool:
        return True


def mag(view, rechten: frozenset[str]) -> bool:
    request = RequestFactory().get("/toets")
    request.user, request.rechten, request.lezing, request.session = Ingelogd(), rechten, Lezing(), {}
    request.resolver_match = None
    try:
        return GemeenteEnToegang(HttpResponse).process_view(request, view, (), {}) is None
    except PermissionDenied:
        return False


def test_elk_gevraagd_recht_bestaat() -> None:
    onbekend = {recht for _, view in VIEWS for recht in vereist(view) or ()} - BESTEMMING - set(RECHTEN)
    assert not onbekend


@pytest.mark.parametrize("rol", list(Rol))
def test_rol_komt_precies_waar_een_recht_het_zegt(rol: str) -> None:
    rechten = ROLRECHTEN[Rol(rol)]
    fout = [
        adres
        for adres, view in VIEWS
        if mag(view, rechten) != bool(BESTEMMING & vereist(view) or rechten & vereist(view))
    ]
    assert not fout


def test_zonder_rechten_alleen_wat_voor_iedereen_is() -> None:
    open_ = {adres for adres, view in VIEWS if mag(view, frozenset()) and not BESTEMMING & vereist(view)}
    assert not open_


def test_view_zonder_regel_is_dicht() -> None:
    assert not mag(lambda request: HttpResponse(), frozenset(RECHTEN))
    assert mag(toegang(INGELOGD)(lambda request: HttpResponse()), frozenset())
    with pytest.raises(ValueError):
        toegang()


#: Where the harm would be greatest: who may open this, by name, so that a change of the table shows up here.
GEVOELIG = {
    "dossier.bijzonder": {"consulent", "teammanager"},
    "dossier.afgeschermde_doelgroep": {"consulent", "teammanager"},
    "dossier.doorbreken": {"consulent", "teammanager", "afdelingsmanager"},
    "inkomen.bevestigen": {"inkomensconsulent"},
    "medewerkers.beheren": {"functioneel_beheerder"},
    "clients.beheren": {"functioneel_beheerder"},
    "taken.beheren": {"functioneel_beheerder"},
    "logboek.zien": {"auditor", "privacy_officer"},
    "subsidie.betalen": {"medewerker_subsidies"},
    "salaris.leveren": {"medewerker_subsidies"},
    "kpi.definitie": {"controller"},
    "caseload.toewijzen": {"teammanager", "afdelingsmanager"},
    "klacht.behandelen": {"klachtbehandelaar"},
    "handhaving.zien": {"consulent", "teammanager", "handhaver"},
    "handhaving.wijzigen": {"consulent", "teammanager", "handhaver"},
    "schoolverlater.delen": {"consulent", "teammanager"},
}


@pytest.mark.eis("R195", "Aparte rollen hebben eigen rechten: inkomen, klachten, beheer en controle")
@pytest.mark.parametrize("recht", sorted(GEVOELIG))
def test_gevoelig_recht_alleen_bij_deze_rollen(recht: str) -> None:
    assert {rol.value for rol in Rol if recht in ROLRECHTEN[rol]} == GEVOELIG[recht]


def test_scheiding_van_taken() -> None:
    """Nobody combines by one role what two persons must do, and the beheerder does not read dossiers."""
    beheer = ROLRECHTEN[Rol.FUNCTIONEEL_BEHEERDER]
    assert not {"dossier.zien", "dossier.wijzigen", "logboek.zien"} & beheer
    for rol, recht in itertools.product((Rol.AUDITOR, Rol.PRIVACY_OFFICER), RECHTEN):
        if recht.endswith(".wijzigen"):
            assert recht not in ROLRECHTEN[rol], (rol, recht)
    assert "dossier.zien" not in ROLRECHTEN[Rol.WERKLEIDER], "groepen zonder dossier"
    assert not [r for r in ROLRECHTEN[Rol.HANDHAVER] if not r.startswith(("handhaving.", "vandaag."))]


@pytest.mark.parametrize("rol", list(Rol))
def test_bladzijden_in_het_echt(rol: str, log_in) -> None:
    """The menu of a role opens, and a page outside it answers 403."""
    client = log_in(rol)
    rechten = ROLRECHTEN[Rol(rol)]
    for punt in menu.voor(frozenset(RECHTEN)):
        adres = reverse(punt.url)
        nodig = vereist(resolve(adres).func)
        mag_erin = bool(rechten & nodig or nodig & {INGELOGD, OPENBAAR})
        assert mag_erin or not punt.rechten & rechten, (rol, punt.url, "in het menu, maar dicht")
        # Vandaag leads a role without a work list on to its own first page.
        verwacht = {200, 302} if punt.url == "vandaag" else {200 if mag_erin else 403}
        assert client.get(adres).status_code in verwacht, (rol, punt.url)


def test_een_toegangsregel_zonder_filter_bestaat_niet() -> None:
    class Leeg(Toegangsregel):
        pass

    with pytest.raises(TypeError, match="filter"):
        Leeg()  # type: ignore[abstract]
