"""Batches of the neighbours, one partner that we read at, and a subscriber that was away."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from aanmeldingen.gebeurtenissen import STATUS
from aanmeldingen.models import Aanlevering, Aanleverregel, Aanmelding, Ophaalstand
from kern.bsn import versleutel
from kern.handeling import handeling
from kern.models import Abonnement, Aflevering, ApiClient, Gebeurtenis, Overgang
from kern.webhooks import SOORT
from reintegratie.demodata.inbak import Inbak
from reintegratie.demodata.wegschrijven import ACTOR, tijdstip

_DAG = dt.timedelta(days=1)


def _fout(veld: str, code: str, reden: str) -> dict[str, str]:
    return {"veld": veld, "code": code, "reden": reden}


_ELFPROEF = "Dit burgerservicenummer klopt niet. Controleer de negen cijfers."
#: Faults of a night, as the API words them.
_FOUTEN = (
    ("afgekeurd", [_fout("burgerservicenummer", "elfproef", _ELFPROEF)]),
    ("afgekeurd", [
        _fout("adviesrapport.trede", "verplicht", "Bij deze route is dit verplicht: trede."),
        _fout("adres.postcode", "ongeldig", "Een postcode is vier cijfers en twee letters, bijvoorbeeld 1102 AB."),
    ]),
    ("afgekeurd", [_fout("geboortedatum", "ongeldig", "Deze geboortedatum kan niet kloppen.")]),
    ("onleesbaar", [_fout("regel", "onleesbaar", "Dit is geen geldige JSON.")]),
)  # fmt: skip


def maak(inbak: Inbak, peildatum: dt.date) -> None:
    """Call after the referrals are written."""
    clients = inbak.clients
    with handeling(ACTOR):
        for dagen, bron, fouten in ((1, "intake", 4), (2, "werk_en_opleiding_jongeren", 0), (3, "intake", 1)):
            _nacht(clients[bron], peildatum - dagen * _DAG, fouten)
        _onleesbaar(clients["onderwijs"], peildatum - 4 * _DAG)
        Ophaalstand.objects.create(
            client=clients["werk_en_opleiding_jongeren"],
            cursor="1",
            gelukt_op=tijdstip(peildatum - 2 * _DAG, 2),
            mislukt_op=tijdstip(peildatum - _DAG, 2),
            fout="jongeren.voorbeeld.example antwoordde met code 503.",
        )
        _niet_aangekomen(clients["koers_naar_werk"], peildatum)


def _levering(client: ApiClient, dag: dt.date, naam: str, **velden: Any) -> Aanlevering:
    merk = hashlib.sha256(f"{client.client_id}:{naam}".encode()).hexdigest()
    moment = tijdstip(dag, 2)
    velden = {"stand": "verwerkt", "wijze": "bestand", "klaar_op": moment} | velden
    return Aanlevering.objects.create(client=client, naam=naam, controlegetal=merk, begonnen_op=moment, **velden)


def _nacht(client: ApiClient, dag: dt.date, fouten: int) -> None:
    """A file with the newest referrals of this client and some faults between them."""
    rijen = list(Aanmelding.objects.filter(client=client).order_by("-ontvangen_op", "-pk")[:12])
    mis = _FOUTEN[:fouten]
    afgekeurd = sum(stand == "afgekeurd" for stand, _ in mis)
    levering = _levering(
        client,
        dag,
        f"{client.bron}-{dag.isoformat()}.jsonl",
        regels=len(rijen) + len(mis),
        verwerkt=len(rijen),
        afgekeurd=afgekeurd,
        onleesbaar=len(mis) - afgekeurd,
    )
    regels = [
        Aanleverregel(aanlevering=levering, nummer=n, stand="verwerkt", aanmelding=a) for n, a in enumerate(rijen, 1)
    ]
    for nummer, (stand, uitleg) in enumerate(mis, len(rijen) + 1):
        referentie = f"{client.bron[:3].upper()}-F-{nummer:03d}" if stand == "afgekeurd" else ""
        regels.append(
            Aanleverregel(aanlevering=levering, nummer=nummer, stand=stand, referentie=referentie, fouten=uitleg)
        )
    Aanleverregel.objects.bulk_create(regels)


def _onleesbaar(client: ApiClient, dag: dt.date) -> None:
    fout = "Deze kolommen kennen we niet: Achternaam, Geb.datum."
    _levering(client, dag, "schoolverlaters.csv", stand="onleesbaar", fout=fout)


def _niet_aangekomen(client: ApiClient, peildatum: dt.date) -> None:
    """Koers naar Werk was away for more than a day: three events were given up, one is still tried."""
    abonnement = Abonnement(client=client, sink="https://koers.voorbeeld.example/gebeurtenissen", types=[STATUS])
    abonnement.geheim = versleutel("demo-geheim", f"abonnement:{abonnement.kenmerk}")
    abonnement.save()
    rijen = Aanmelding.objects.filter(client=client).order_by("-ontvangen_op", "-pk")[:4]
    for nummer, aanmelding in enumerate(rijen):
        op = tijdstip(peildatum - 2 * _DAG if nummer < 3 else peildatum, 8)
        gebeurtenis = Gebeurtenis.objects.create(
            type=STATUS,
            onderwerp=str(aanmelding.kenmerk),
            client=client,
            betrokkene_id=aanmelding.deelnemer_id,
            dataref=f"/api/v1/aanmeldingen/{aanmelding.kenmerk}",
            data={"aanmeldingId": str(aanmelding.kenmerk), "nieuweStatus": aanmelding.status},
            tijdstip=op,
            verwerkt_op=op,
        )
        opgegeven = tijdstip(peildatum - _DAG, 7) if nummer < 3 else None
        aflevering = Aflevering.objects.create(
            abonnement=abonnement,
            gebeurtenis=gebeurtenis,
            pogingen=12 if opgegeven else 3,
            volgende_poging_op=tijdstip(peildatum + _DAG, 9),
            opgegeven_op=opgegeven,
            fout="antwoord 503",
        )
        if opgegeven:
            Overgang.objects.create(
                soort=SOORT,
                object_id=aflevering.pk,
                actie="opgegeven",
                naar="opgegeven",
                actor_soort="taak",
                actor_id="kern.webhooks",
                actor_naam="kern.webhooks",
                reden="antwoord 503",
                op=opgegeven,
            )
