"""Client × scope × source, over every operation of the API: nobody reads about a person of another sender.

Operations come from the resolver; one without an expectation fails. The needle is the person of a referral of Intake
and of a referral to a partner.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from aanmeldingen.clientforms import SCOPES
from aanmeldingen.models import Aanmelding, AanmeldingDocument, Verzending
from deelnemers.services.inschrijven import bsn_van
from kern.api.toegang import IEDEREEN, scopes_van
from kern.handeling import handeling, voor_gemeente
from kern.models import ApiClient, Leesregel, Wijziging
from kern.toegang import API, vereist
from organisatie.models import Ketenpartner
from tests.hulp.api import Api, client_met_sleutel
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek
from tests.privacy.conftest import Wereld, tekst_van

pytestmark = pytest.mark.django_db(databases=["default", "eigenaar"])
ALLES = list(SCOPES)
#: Operations whose answer is about the person of a referral, by the kind of sender that may read it.
VAN_AANMELDER = {"api_aanmelding", "api_documenten", "api_document"}
VAN_PARTNER = {"api_verwijzing"}
#: Lists, references, states, figures and files of one's own without anybody's name, and public documents.
ZONDER_PERSOON = {
    "api_aanmeldingen", "api_aanmeldingen_zoek", "api_intrekkingen", "api_veiligheidsmeldingen", "api_aanvullingen",
    "api_statussen", "api_eerste_keer_goed", "api_validaties", "api_routes", "api_referentielijst", "api_verwijzingen",
    "api_ontvangstbevestigingen", "api_antwoorden", "api_uitkeringsantwoorden", "api_uitkeringslevering",
    "api_gebeurtenissen", "api_abonnementen", "api_abonnement", "api_openapi", "api_documentatie", "api_operatie",
    "api_wijzigingen", "api_probleem", "api_berekening", "api_evaluatie", "api_evaluaties",
    "oauth_token", "oauth_jwks", "oauth_metagegevens",
}  # fmt: skip


def operaties() -> Iterator[tuple[str, Any, str]]:
    """Name, view and pattern of everything under the API."""

    def loop(resolver: Any, voor: str = "") -> Iterator[Any]:
        for patroon in resolver.url_patterns:
            hier = voor + str(patroon.pattern)
            if hasattr(patroon, "url_patterns"):
                yield from loop(patroon, hier)
            elif API in (vereist(patroon.callback) or ()):
                yield patroon.name, patroon.callback, f"/{hier}"

    return loop(get_resolver())


class Keten:
    """Whose referral is whose: the needle came in by `intake`, and was referred to `partner`."""

    def __init__(self, wereld: Wereld) -> None:
        self.wereld = wereld
        self.intake = client_met_sleutel("naald-intake", "intake", scopes=ALLES, eigen_organisatie=True)
        self.partner = client_met_sleutel("naald-partner", "activering", scopes=ALLES)
        self.vreemd = client_met_sleutel("naald-vreemd", "uwv", scopes=ALLES)
        van_haar = Aanmelding.objects.filter(deelnemer=wereld.deelnemer)
        self.binnen = van_haar.filter(richting="inkomend").latest("pk")
        self.buiten = van_haar.filter(richting="uitgaand").latest("pk")
        with handeling(FABRIEK):
            Aanmelding.objects.filter(pk=self.binnen.pk).update(client=self.intake)
            Ketenpartner.objects.filter(pk=self.buiten.ketenpartner_id).update(client=self.partner)
            Verzending.objects.filter(aanmelding=self.buiten).update(verstuurd_op=self.binnen.ontvangen_op)
        self.stuk = AanmeldingDocument.objects.filter(aanmelding=self.binnen).latest("pk")

    def pad(self, patroon: str) -> str:
        kenmerk = self.buiten.kenmerk if "verwijzingen" in patroon else self.binnen.kenmerk
        delen = {
            "<uuid:kenmerk>": str(kenmerk),
            "<uuid:document>": str(self.stuk.kenmerk),
            "<slug:naam>": "treden" if "referentielijsten" in patroon else "aanmeldingIndienen",
            "<slug:code>": "te-groot",
            "<slug:route>": "intake",
            "<slug:periode>": "2026-3",
        }
        for deel, waarde in delen.items():
            patroon = patroon.replace(deel, waarde)
        assert "<" not in patroon, f"Geef in {__name__} een waarde voor {patroon}."
        return patroon


@pytest.fixture
def keten(wereld: Wereld) -> Keten:
    return Keten(wereld)


def _vraag(keten: Keten, client_id: str) -> Iterator[tuple[str, str, Any, Any]]:
    """Every operation in each of its methods, as this client: name, method, view, answer."""
    api = Api(client_id)
    for naam, view, patroon in operaties():
        pad = keten.pad(patroon)
        weergave = getattr(view, "cls", None)
        for methode in getattr(weergave, "vereiste_scopes", None) or {"GET": None}:
            inhoud: dict[str, Any] = {}
            if naam == "api_aanmeldingen_zoek":
                inhoud = {"burgerservicenummer": bsn_van(keten.wereld.deelnemer)}
            yield naam, methode, weergave, _doe(api, methode, pad, inhoud)


def _doe(api: Api, methode: str, pad: str, inhoud: dict[str, Any]) -> Any:
    if methode == "GET":
        return api.get(pad)
    koppen = {"Authorization": f"Bearer {api.token}", "Accept": "application/json"}
    koppen |= {"Idempotency-Key": uuid.uuid4().hex} if methode == "POST" else {}
    soort = "application/merge-patch+json" if methode == "PATCH" else "application/json"
    return api.http.generic(methode, pad, json.dumps(inhoud), content_type=soort, headers=koppen)


def _gevonden(keten: Keten, antwoord: Any) -> set[str]:
    return keten.wereld.naald.in_tekst(tekst_van(antwoord), "") - {"doelgroep"}


def test_elke_operatie_heeft_een_verwachting() -> None:
    namen = {naam for naam, _, _ in operaties()}
    assert namen == VAN_AANMELDER | VAN_PARTNER | ZONDER_PERSOON, sorted(
        namen ^ (VAN_AANMELDER | VAN_PARTNER | ZONDER_PERSOON)
    )


#: What answers about her to whom, also without her name: it stands in the read log (R223).
LEEST = {
    "naald-intake": {"api_aanmelding", "api_aanmeldingen", "api_aanmeldingen_zoek"},
    "naald-partner": {"api_verwijzing", "api_verwijzingen"},
}


def _met_leesregel(keten: Keten, client_id: str) -> Iterator[tuple[str, str, Any, Any, bool]]:
    """Each operation, and whether it left a line about her in the read log."""
    over_haar = Leesregel.objects.filter(betrokkenen__contains=[keten.wereld.deelnemer.pk])
    al = over_haar.count()
    for naam, methode, weergave, antwoord in _vraag(keten, client_id):
        nu = over_haar.count()
        yield naam, methode, weergave, antwoord, nu > al
        al = nu


@pytest.mark.eis("R223", "ook een lijst of een zoekvraag van een systeem staat in het leeslog")
@pytest.mark.eis("R040", "een systeem leest alleen zijn eigen aanmeldingen, langs welke operatie dan ook")
def test_alleen_de_eigen_keten_leest_over_haar(keten: Keten) -> None:
    mag = {keten.intake.client_id: VAN_AANMELDER, keten.partner.client_id: VAN_PARTNER, keten.vreemd.client_id: set()}
    for client_id, namen in mag.items():
        gezien = set()
        for naam, methode, _, antwoord, gelezen in _met_leesregel(keten, client_id):
            assert antwoord.status_code < 500, f"{client_id} {methode} {naam}: {antwoord.status_code}"
            if naam in LEEST.get(client_id, set()) and antwoord.status_code == 200:
                assert gelezen, f"{client_id} {methode} {naam} staat niet in het leeslog"
            if gevonden := _gevonden(keten, antwoord):
                gezien.add(naam)
                assert naam in namen, f"{client_id} {methode} {naam}: {gevonden}"
        # The walk can see her at all.
        assert gezien == namen, f"{client_id} ziet haar niet bij {namen - gezien}"


@pytest.mark.parametrize("scope", ALLES)
def test_met_een_enkele_scope_niet_meer_dan_die_scope(keten: Keten, scope: str) -> None:
    """The right sender with one right: what asks another right answers 403, without a word about her."""
    with handeling(FABRIEK):
        ApiClient.objects.filter(pk__in=[keten.intake.pk, keten.partner.pk]).update(scopes=[scope])
    for client_id in (keten.intake.client_id, keten.partner.client_id):
        for naam, methode, weergave, antwoord in _vraag(keten, client_id):
            nodig = scopes_van(weergave, methode) if weergave is not None else (IEDEREEN,)
            if nodig is None or scope in nodig or IEDEREEN in nodig:
                continue
            assert antwoord.status_code == 403, f"{methode} {naam}: {antwoord.status_code}"
            assert not _gevonden(keten, antwoord), naam


def test_een_vreemde_wijzigt_niets(keten: Keten) -> None:
    rijen = Wijziging.objects.filter(betrokkene_id=keten.wereld.deelnemer.pk)
    voor = rijen.count()
    for _ in _vraag(keten, keten.vreemd.client_id):
        pass
    assert rijen.count() == voor


def test_een_andere_gemeente_leest_niets(keten: Keten) -> None:
    with voor_gemeente(GemeenteFabriek()):
        client_met_sleutel("naald-elders", "intake", scopes=ALLES, eigen_organisatie=True)
    for naam, methode, _, antwoord in _vraag(keten, "naald-elders"):
        assert not _gevonden(keten, antwoord), f"{methode} {naam}"


def test_zonder_token_is_er_niets(keten: Keten) -> None:
    for naam, view, patroon in operaties():
        antwoord = Client(raise_request_exception=False).get(keten.pad(patroon))
        assert not _gevonden(keten, antwoord), naam
        if getattr(view, "cls", None) is not None and IEDEREEN not in (scopes_van(view.cls, "GET") or ()):
            assert antwoord.status_code in {401, 405}, f"{naam}: {antwoord.status_code}"
