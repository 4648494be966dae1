"""Events to subscribers: signed CloudEvents, tried again with growing pauses, given up visibly (NL
GOV profile 1.1).

`maak_afleveringen` makes one delivery per subscription when an event has got its number; the job
`kern.webhooks` sends what is due. A delivery arrives at least once; the receiver recognises it by
`source` and `id`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from kern import klok
from kern.bsn import ontsleutel, versleutel
from kern.handeling import Actor, service
from kern.models import Abonnement, Aflevering, ApiClient, Gebeurtenis, Overgang
from kern.taken import Loop, taak, zet_in_wachtrij

#: Events that leave the house, each with one sentence. Rooms add theirs from `AppConfig.ready()`.
TYPES: dict[str, str] = {}
_PAUZES = (10, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 21600, 28800)  # seconds; together about 22 hours
_WACHTTIJD = 10
_MAX_ABONNEMENTEN = 10
#: Kind of the lines about deliveries in the transition log.
SOORT = "aflevering"


class AfleverenMislukt(Exception):
    """The receiver could not be reached or did not accept the event."""


def publiceer(**types: str) -> None:
    """Tell which event types subscribers may get: `publiceer(**{"nl.….v1": "zin"})`."""
    TYPES.update(types)


def cloud_event(gebeurtenis: Gebeurtenis) -> dict[str, Any]:
    """The event as others see it: references only, never personal data."""
    return {
        "specversion": "1.0",
        "id": str(gebeurtenis.kenmerk),
        "source": f"urn:nld:oin:{settings.OIN}:systeem:re-integratie",
        "type": gebeurtenis.type,
        "subject": gebeurtenis.onderwerp,
        "time": klok.utc_tekst(gebeurtenis.tijdstip),
        "datacontenttype": "application/json",
        "dataref": f"{settings.BASIS_URL}{gebeurtenis.dataref}" if gebeurtenis.dataref else None,
        "sequence": f"{gebeurtenis.volgnummer:020d}" if gebeurtenis.volgnummer is not None else None,
        "sequencetype": "Integer" if gebeurtenis.volgnummer is not None else None,
        "data": gebeurtenis.data,
    }


def _controleer_sink(sink: str) -> None:
    deel = urlsplit(sink)
    if deel.scheme != "https" or not deel.hostname or deel.username or deel.fragment:
        raise ValidationError({"sink": "Geef een adres dat begint met https://, zonder naam en wachtwoord."})
    if deel.hostname not in {regel.partition(":")[0] for regel in settings.WEBHOOK_HOSTS}:
        raise ValidationError(
            {"sink": "Deze host staat niet op de lijst. Vraag de functioneel beheerder."}, code="host"
        )


@service
def abonneer(client: ApiClient, sink: str, types: list[str], *, actor: Actor) -> tuple[Abonnement, str]:
    """Subscribe a client; returns the subscription and its secret, which is shown only now."""
    _controleer_sink(sink)
    onbekend = sorted(set(types) - TYPES.keys())
    if onbekend or not types:
        raise ValidationError({"types": f"Kies uit: {', '.join(sorted(TYPES))}."}, code="onbekende-waarde")
    # One at a time per client, so that two requests never pass the maximum together.
    ApiClient.objects.select_for_update(of=("self",)).get(pk=client.pk)
    if Abonnement.objects.filter(client=client, actief=True).count() >= _MAX_ABONNEMENTEN:
        raise ValidationError({"sink": f"Een client heeft hoogstens {_MAX_ABONNEMENTEN} abonnementen."})
    geheim = secrets.token_urlsafe(32)
    abonnement = Abonnement(client=client, sink=sink, types=sorted(set(types)))
    abonnement.geheim = versleutel(geheim, f"abonnement:{abonnement.kenmerk}")
    abonnement.save()
    return abonnement, geheim


@service
def zeg_op(abonnement: Abonnement, *, actor: Actor) -> None:
    """End a subscription; what still waits for it is not sent."""
    abonnement.actief = False
    abonnement.save(update_fields=["actief"])
    abonnement.afleveringen.filter(afgeleverd_op__isnull=True, opgegeven_op__isnull=True).update(
        opgegeven_op=klok.echt_nu(), fout="Het abonnement is opgezegd."
    )


def maak_afleveringen(gebeurtenis: Gebeurtenis) -> int:
    """One delivery per subscription of the client of this event; idempotent. Call in the step that
    numbers events.
    """
    if gebeurtenis.client_id is None:
        return 0
    abonnementen = Abonnement.objects.filter(
        client_id=gebeurtenis.client_id, client__actief=True, actief=True, types__contains=[gebeurtenis.type]
    )
    rijen = [
        Aflevering(abonnement_id=pk, gebeurtenis=gebeurtenis, volgende_poging_op=klok.echt_nu())
        for pk in abonnementen.order_by("pk").values_list("pk", flat=True)
    ]
    if rijen:
        transaction.on_commit(lambda: zet_in_wachtrij("kern.webhooks", gebeurtenis.gemeente_id), robust=True)
    return len(Aflevering.objects.bulk_create(rijen, ignore_conflicts=True))


def handtekening(geheim: str, kenmerk: str, tijdstip: str, inhoud: bytes) -> str:
    """HMAC-SHA256 over `id.timestamp.body`, as the receiver computes it."""
    bericht = f"{kenmerk}.{tijdstip}.".encode() + inhoud
    return "v1=" + hmac.new(geheim.encode(), bericht, hashlib.sha256).hexdigest()


@taak("kern.webhooks", "Stuurt gebeurtenissen naar de systemen die zich daarop hebben geabonneerd.", stil=True)
def verstuur(loop: Loop) -> None:
    """Send everything that is due, one delivery at a time; a killed run leaves them for the next one."""
    while aflevering := _pak_volgende():
        fout = _lever_af(aflevering)
        with transaction.atomic():
            rij = Aflevering.objects.select_for_update(of=("self",)).get(pk=aflevering.pk)
            _noteer(rij, fout, loop.actor)
        loop.tel("mislukt" if fout else "afgeleverd")


def _pak_volgende() -> Aflevering | None:
    """Claim one delivery: it is put off by its next pause first, so a crash means later again, never lost."""
    with transaction.atomic():
        rij = (
            Aflevering.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(afgeleverd_op__isnull=True, opgegeven_op__isnull=True, volgende_poging_op__lte=klok.echt_nu())
            .order_by("volgende_poging_op", "pk")
            .first()
        )
        if rij is None:
            return None
        rij.pogingen += 1
        rij.volgende_poging_op = klok.echt_nu() + dt.timedelta(seconds=_PAUZES[min(rij.pogingen, len(_PAUZES)) - 1])
        rij.save(update_fields=["pogingen", "volgende_poging_op"])
    return Aflevering.objects.select_related("abonnement", "gebeurtenis").get(pk=rij.pk)


def _noteer(rij: Aflevering, fout: str, actor: Actor) -> None:
    eerder = bool(rij.fout)
    rij.fout = fout[:300]
    if not fout:
        rij.afgeleverd_op = klok.echt_nu()
        if eerder:
            leg_stap_vast(rij, "afgeleverd", actor)
    elif rij.pogingen > len(_PAUZES):
        rij.opgegeven_op = klok.echt_nu()
        leg_stap_vast(rij, "opgegeven", actor, rij.fout)
    rij.save(update_fields=["fout", "afgeleverd_op", "opgegeven_op"])


@service
def stuur_opnieuw(aflevering: Aflevering, *, actor: Actor) -> Aflevering:
    """Take a delivery that did not arrive into the queue again, at once (beheerder)."""
    rij = Aflevering.objects.select_for_update(of=("self",)).select_related("abonnement").get(pk=aflevering.pk)
    if rij.afgeleverd_op is not None:
        raise ValidationError("Deze gebeurtenis is al aangekomen.")
    if not rij.abonnement.actief:
        raise ValidationError("Het abonnement is opgezegd: de ontvanger wil dit niet meer.")
    _zet_terug([rij], actor)
    return rij


@service
def stuur_alles_opnieuw(abonnement: Abonnement, *, actor: Actor) -> int:
    """Everything of this subscription that was given up, in the order in which it happened; returns how many."""
    if not abonnement.actief:
        raise ValidationError("Het abonnement is opgezegd: de ontvanger wil dit niet meer.")
    opgegeven = abonnement.afleveringen.filter(opgegeven_op__isnull=False, afgeleverd_op__isnull=True)
    rijen = list(opgegeven.select_for_update(of=("self",)).order_by("pk"))
    _zet_terug(rijen, actor)
    return len(rijen)


def _zet_terug(rijen: list[Aflevering], actor: Actor) -> None:
    for rij in rijen:
        leg_stap_vast(rij, "opnieuw", actor)
        rij.opgegeven_op, rij.pogingen, rij.volgende_poging_op = None, 0, klok.echt_nu()
    Aflevering.objects.bulk_update(rijen, ["opgegeven_op", "pogingen", "volgende_poging_op"], batch_size=500)
    if rijen:
        gemeente_id = rijen[0].gemeente_id
        transaction.on_commit(lambda: zet_in_wachtrij("kern.webhooks", gemeente_id), robust=True)


def leg_stap_vast(rij: Aflevering, actie: str, actor: Actor, reden: str = "") -> None:
    """Note in the transition log what happened to a delivery: given up, sent again by whom, arrived after all."""
    Overgang.objects.create(
        gemeente_id=rij.gemeente_id,
        soort=SOORT,
        object_id=rij.pk,
        actie=actie,
        naar=actie,
        actor_soort=actor.soort,
        actor_id=actor.id,
        actor_naam=actor.naam,
        reden=reden,
        op=klok.nu(),
    )


def _lever_af(aflevering: Aflevering) -> str:
    """Send one delivery; an empty string when it arrived, else what went wrong."""
    abonnement, gebeurtenis = aflevering.abonnement, aflevering.gebeurtenis
    inhoud = json.dumps(cloud_event(gebeurtenis), ensure_ascii=False).encode()
    geheim = ontsleutel(abonnement.geheim, f"abonnement:{abonnement.kenmerk}")
    tijdstip = str(int(klok.echt_nu().timestamp()))
    koppen = {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "Webhook-Id": str(gebeurtenis.kenmerk),
        "Webhook-Timestamp": tijdstip,
        "Webhook-Signature": handtekening(geheim, str(gebeurtenis.kenmerk), tijdstip, inhoud),
        "User-Agent": "re-integratie",
    }
    try:
        status = _post(abonnement.sink, inhoud, koppen)
    except (AfleverenMislukt, OSError, http.client.HTTPException, ValidationError) as fout:
        return f"{type(fout).__name__}: {fout}"
    return "" if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else f"antwoord {status}"


def _post(sink: str, inhoud: bytes, koppen: dict[str, str]) -> int:
    """POST without redirects, to the address that was checked and no other."""
    _controleer_sink(sink)
    deel = urlsplit(sink)
    host, poort = str(deel.hostname), deel.port or 443
    verbinding = _VasteVerbinding(host, poort, _veilig_adres(host, poort))
    try:
        verbinding.request("POST", (deel.path or "/") + (f"?{deel.query}" if deel.query else ""), inhoud, koppen)
        antwoord = verbinding.getresponse()
        antwoord.read(10_000)
        return antwoord.status
    finally:
        verbinding.close()


def _veilig_adres(host: str, poort: int) -> str:
    """The IP address of `host`; refuses addresses inside our own network (SSRF), except where tests
    listen.
    """
    adressen = {str(info[4][0]) for info in socket.getaddrinfo(host, poort, type=socket.SOCK_STREAM)}
    if not adressen:
        raise AfleverenMislukt("host niet gevonden")
    intern_mag = not settings.PRODUCTIE and f"{host}:intern" in settings.WEBHOOK_HOSTS
    for adres in adressen:
        if not ipaddress.ip_address(adres).is_global and not intern_mag:
            raise AfleverenMislukt("deze host wijst naar een intern adres")
    return sorted(adressen)[0]


class _VasteVerbinding(http.client.HTTPSConnection):
    """TLS to one checked IP address, with the certificate of the host name."""

    def __init__(self, host: str, poort: int, ip: str) -> None:
        context = ssl.create_default_context(cafile=settings.WEBHOOK_CA or None)
        super().__init__(host, poort, timeout=_WACHTTIJD, context=context)
        self._ip, self._tls = ip, context

    def connect(self) -> None:
        kaal = socket.create_connection((self._ip, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(kaal, server_hostname=self.host)
