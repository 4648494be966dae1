"""What an application, a decision and a payment of a subsidy keep about a person."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from deelnemers.models import Document
from kern import bestanden, klok
from loonkostensubsidie.models import (
    Aanvraag,
    Aanvraagcontrole,
    Aanvraagpauze,
    Aanvraagstuk,
    Beschikking,
    Betaalopdracht,
    Betaalrun,
    Bezwaar,
    Boekregel,
    Doelgroepverzoek,
    Opdrachtregel,
    Steekproef,
    Steekproefgeval,
    Subsidie,
    Terugvordering,
    Terugvorderstuk,
    Vangnetstap,
    Werkgeverslink,
    Wijzigingsmelding,
)
from loonkostensubsidie.terugvorderbrief import STUK_KAMER
from organisatie.models import Medewerker
from tests.aanmeldingen.wissen_hoeken import Hoek, woord
from werkgevers.models import Ziekteperiode

DAG = dt.date(2010, 2, 1)
_LATER = DAG + dt.timedelta(days=14)


def plant_aanvraag(recht: Subsidie, medewerker: Medewerker) -> None:
    """Asked, completed, checked and refused, long ago; then an objection and a change. Call inside an action."""
    wie = {"deelnemer": recht.deelnemer}
    door = medewerker.gebruiker_id
    rij = Aanvraag.objects.create(
        nummer="LKS-TOETS", werkgever=recht.werkgever, dienstverband=recht.dienstverband, status="afgewezen",
        status_sinds=_LATER, afgerond_op=_LATER, ontvangen_op=DAG, begindatum=DAG, uren_per_week=Decimal(20),
        uren_voltijd=Decimal(36), bruto_uurloon=Decimal(12), functie="hulp", contact_naam="Wilma", iban="x",
        ondertekend_door="Wilma", opmerking=f"Over {woord('lks-aanvraag')}", **wie,
    )  # fmt: skip
    Aanvraagpauze.objects.create(
        aanvraag=rij, begindatum=DAG, einddatum=_LATER, aanvullen_voor=_LATER,
        gevraagd=f"Stuk van {woord('lks-pauze')}", **wie,
    )  # fmt: skip
    Aanvraagcontrole.objects.create(
        aanvraag=rij, soort="iban", gevonden="goed", uitkomst="goed", op=klok.nu(),
        uitleg=f"Gezien bij {woord('lks-controle')}", **wie,
    )  # fmt: skip
    Doelgroepverzoek.objects.create(
        aanvraag=rij, gevraagd_op=DAG, vrager="werkgever", naam=f"Wilma van {woord('lks-doelgroep')}", **wie
    )
    stuk = Document.objects.filter(deelnemer=recht.deelnemer_id).order_by("pk")[0]
    Aanvraagstuk.objects.create(aanvraag=rij, document=stuk, soort="contract", **wie)
    Werkgeverslink.objects.create(
        aanvraag=rij, sleutelhash="a" * 64, naam=f"Wilma van {woord('lks-link')}", email="w@voorbeeld.example",
        gemaakt_door_id=door, gemaakt_op=klok.nu(), geldig_tot=klok.nu() + dt.timedelta(days=1), **wie,
    )  # fmt: skip
    besluit = Beschikking.objects.create(
        nummer="BES-TOETS", werkgever=recht.werkgever, aanvraag=rij, soort="afwijzing", ingangsdatum=DAG,
        motivering=f"Omdat {woord('lks-besluit')}", grondslag="wet", status="vervallen", status_sinds=_LATER,
        opgesteld_door_id=door, **wie,
    )  # fmt: skip
    Bezwaar.objects.create(
        beschikking=besluit, indiener="werkgever", naam="Wilma", ontvangen_op=DAG, op_tijd=True, beslis_voor=_LATER,
        gronden=f"Te weinig voor {woord('lks-bezwaar')}", status="beslist", status_sinds=_LATER, besloten_op=_LATER,
        uitkomst="ongegrond", motivering="Het bedrag klopt.", **wie,
    )  # fmt: skip
    Wijzigingsmelding.objects.create(
        dienstverband=recht.dienstverband, soort="einde", vanaf=DAG, melder="Wilma", ontvangen_op=DAG,
        toelichting=f"Gestopt, {woord('lks-wijziging')}", status="afgewezen", status_sinds=_LATER, reden="Al bekend.",
        **wie,
    )  # fmt: skip
    ziek = Ziekteperiode.objects.filter(dienstverband=recht.dienstverband_id).order_by("pk")[0]
    Vangnetstap.objects.create(
        ziekte=ziek, soort="oordeel", gedaan_op=DAG, uiterlijk=_LATER, langdurig=False, door_id=door,
        reden=f"Om {woord('lks-vangnet')}", **wie,
    )  # fmt: skip
    proef = Steekproef.objects.create(maand=DAG, omvang=1, uit=1, zaad="x", getrokken_op=klok.nu())
    Steekproefgeval.objects.create(
        steekproef=proef, subsidie=recht, uitkomst="klopt", toelichting=f"Strook van {woord('lks-steekproef')}",
        beoordeeld_door_id=door, beoordeeld_op=_LATER, **wie,
    )  # fmt: skip


def plant_betaling(regel: Boekregel, medewerker: Medewerker) -> None:
    """The line stands in an order that was paid. Call inside an action."""
    run = Betaalrun.objects.create(
        nummer="BET-TOETS",
        maand=DAG,
        status="vervallen",
        status_sinds=_LATER,
        opgesteld_door_id=medewerker.gebruiker_id,
    )
    opdracht = Betaalopdracht.objects.create(
        run=run, werkgever=regel.subsidie.werkgever, eindkenmerk="BET-TOETS-1", bedrag=123, aantal_regels=1,
        status="vervallen", status_sinds=_LATER, reden="Toets.",
    )  # fmt: skip
    Opdrachtregel.objects.create(boekregel=regel, opdracht=opdracht, vanaf=klok.nu(), vrij_op=klok.nu())
    _plant_terugvordering(regel, medewerker)


def _plant_terugvordering(regel: Boekregel, medewerker: Medewerker) -> None:
    """Money was asked back for the line; the letters that name somebody lie beside it."""
    terug = Terugvordering.objects.create(
        nummer="TV-TOETS", werkgever=regel.subsidie.werkgever, bedrag=123, aantal_regels=1, reden="Toets.",
        status="ingetrokken", status_sinds=_LATER, vastgesteld_op=DAG, uiterlijk_op=_LATER, reageren_tot=_LATER,
        gemaakt_door_id=medewerker.gebruiker_id, gemaakt_op=klok.nu(),
    )  # fmt: skip
    Opdrachtregel.objects.create(boekregel=regel, terugvordering=terug, vanaf=klok.nu())
    bezwaar = Bezwaar.objects.get(deelnemer=regel.subsidie.deelnemer_id)
    for soort, waarover in (("besluit", None), ("bezwaar", bezwaar)):
        with bestanden.weg_bij_mislukken():
            inhoud = bestanden.van_bytes(f"%PDF-1.7\n{woord('lks-terugbrief')} {soort}\n%%EOF".encode())
            Terugvorderstuk.objects.create(
                terugvordering=terug, soort=soort, bezwaar=waarover, plaats=bestanden.bewaar(STUK_KAMER, inhoud),
                sha256=inhoud.sha256, gemaakt_op=klok.nu(),
            )  # fmt: skip


SUBSIDIES = (
    Hoek("lks-aanvraag", "loonkostensubsidie_aanvraag"),
    Hoek("lks-pauze", "loonkostensubsidie_aanvraagpauze"),
    Hoek("lks-controle", "loonkostensubsidie_aanvraagcontrole"),
    Hoek("lks-doelgroep", "loonkostensubsidie_doelgroepverzoek"),
    Hoek("lks-vangnet", "loonkostensubsidie_vangnetstap"),
    Hoek("lks-link", "loonkostensubsidie_werkgeverslink"),
    Hoek("lks-besluit", "loonkostensubsidie_beschikking"),
    Hoek("lks-bezwaar", "loonkostensubsidie_bezwaar"),
    Hoek("lks-wijziging", "loonkostensubsidie_wijzigingsmelding"),
    Hoek("lks-terugbrief", "bestand"),
    Hoek("lks-steekproef", "loonkostensubsidie_steekproefgeval"),
)
