"""The body of a referral: every fault is named at once, in Dutch (R021, R022)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError as DjangoOngeldig
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from aanmeldingen import regels
from aanmeldingen.api import rapport
from aanmeldingen.api.rapport import Code, tekst
from aanmeldingen.keuzes import BRONNEN, DOELGROEPEN, VERWIJSREDENEN, Grondslag, Onderdeel, Urgentie
from aanmeldingen.models import Aanmelding, Routeversie
from aanmeldingen.querysets import geldende_versie
from deelnemers.keuzes import Geslacht
from kern import bsn, klok
from kern.api.weergave import Invoer

_POSTCODE = re.compile(r"^([1-9][0-9]{3}) ?([A-Za-z]{2})$")
_OUDST, _JONGST = 110, 14
_GEEN_BSN = "Dit lijkt op een burgerservicenummer. Gebruik een eigen nummer, bijvoorbeeld met een letter ervoor."


class NaamInvoer(Invoer):
    geslachtsnaam = serializers.CharField(max_length=120)
    voorvoegsel = tekst(20)
    voornamen = tekst(150)
    roepnaam = tekst(60)
    voorletters = tekst(20)


class ContactInvoer(Invoer):
    telefoon = tekst(20)
    email = serializers.EmailField(required=False, allow_blank=True)
    voorkeurskanaal = serializers.ChoiceField(choices=["telefoon", "email", "sms", "post"], required=False)
    tolkTaal = tekst(40)


class AdresInvoer(Invoer):
    straat = serializers.CharField(max_length=100)
    huisnummer = serializers.CharField(max_length=12)
    postcode = serializers.CharField(max_length=7)
    woonplaats = serializers.CharField(max_length=80)
    geheim = serializers.BooleanField(required=False)

    def validate_postcode(self, waarde: str) -> str:
        gevonden = _POSTCODE.match(waarde)
        if not gevonden:
            raise serializers.ValidationError(
                "Een postcode is vier cijfers en twee letters, bijvoorbeeld 1102 AB.", code="ongeldig"
            )
        return gevonden[1] + gevonden[2].upper()


class AanmeldingInvoer(Invoer):
    """A referral as the sender posts it. Which parts are required is configuration of the route."""

    externeReferentie = serializers.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,39}$", max_length=40)
    bronafdeling = Code(BRONNEN)
    route = serializers.SlugField(max_length=50, help_text="Code van een route uit /referentielijsten/routes.")
    verwijsreden = Code(VERWIJSREDENEN)
    doelgroep = Code(DOELGROEPEN, required=False, allow_blank=True)
    urgentie = serializers.ChoiceField(choices=Urgentie.choices, required=False)
    grondslag = serializers.ChoiceField(choices=Grondslag.choices, required=False)
    burgerservicenummer = serializers.CharField(max_length=9, required=False, write_only=True)
    naam = NaamInvoer()
    geboortedatum = serializers.DateField()
    geslacht = serializers.ChoiceField(choices=Geslacht.choices, required=False)
    contact = ContactInvoer(required=False)
    adres = AdresInvoer(required=False)
    verwijzer = rapport.VerwijzerInvoer()
    toelichting = tekst(4000)
    gewensteStartdatum = serializers.DateField(required=False)
    adviesrapport = rapport.Adviesrapport(required=False)
    huishouden = rapport.HuishoudenInvoer(required=False)
    uitkering = rapport.UitkeringInvoer(required=False)
    eerdereBegeleiding = rapport.BegeleidingInvoer(many=True, required=False, max_length=20)
    werkverdeling = rapport.WerkverdelingInvoer(required=False)
    klantmanager = rapport.KlantmanagerInvoer(required=False)
    huidigWerk = rapport.HuidigWerkInvoer(required=False)
    arbeidsbeperking = rapport.ArbeidsbeperkingInvoer(required=False)
    school = rapport.SchoolInvoer(required=False)
    veiligheidsmelding = serializers.BooleanField(
        required=False, help_text="Alleen of er een melding is. De inhoud stuur je apart, met een eigen recht."
    )
    afwijkingUitleg = tekst(2000, help_text="Uitleg als de aanmelding niet aan de regels van de route voldoet.")
    eerdereAanmelding = serializers.UUIDField(required=False)

    #: Set by validation, for the service.
    versie: Routeversie | None = None
    eerdere: Aanmelding | None = None

    def validate_burgerservicenummer(self, waarde: str) -> str:
        try:
            return bsn.controleer(waarde)
        except DjangoOngeldig as fout:
            raise serializers.ValidationError(fout.messages[0], code="elfproef") from fout

    def validate_geboortedatum(self, waarde: dt.date) -> dt.date:
        vandaag = klok.vandaag()
        if not dt.date(vandaag.year - _OUDST, 1, 1) <= waarde <= dt.date(vandaag.year - _JONGST, vandaag.month, 1):
            raise serializers.ValidationError("Deze geboortedatum kan niet kloppen.", code="ongeldig")
        return waarde

    def validate_gewensteStartdatum(self, waarde: dt.date) -> dt.date:  # noqa: N802
        if waarde < klok.vandaag():
            raise serializers.ValidationError("De gewenste start ligt in het verleden.", code="te-laag")
        return waarde

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        fouten: dict[str, Any] = {}
        waarden: dict[str, Any] = {}
        try:
            waarden = super().to_internal_value(data)
        except serializers.ValidationError as fout:
            fouten = dict(fout.detail)  # type: ignore[arg-type]
        if isinstance(data, dict):
            for pad, code, reden in self._regels(data):
                _voeg_toe(fouten, pad, ErrorDetail(reden, code=code))
        if fouten:
            raise serializers.ValidationError(fouten)
        return waarden

    def _regels(self, data: dict[str, Any]) -> list[tuple[tuple[str, ...], str, str]]:
        """Faults that need the route and the client; `data` may still hold anything."""
        client, bestaand = self.context["client"], self.context.get("bestaand")
        fouten: list[tuple[tuple[str, ...], str, str]] = []
        bron = data.get("bronafdeling")
        if isinstance(bron, str) and client is not None and bron != client.bron:
            fouten.append((("bronafdeling",), "past-niet", "Deze client meldt aan namens een andere afdeling."))
        route = data.get("route")
        if isinstance(route, str) and route:
            self.versie = geldende_versie(route, klok.vandaag())
            if self.versie is None:
                fouten.append((("route",), "onbekende-waarde", "Deze route bestaat niet of geldt vandaag niet."))
            elif isinstance(bron, str) and self.versie.route.bron != bron:
                fouten.append((("route",), "past-niet", "Deze route is van een andere bronafdeling."))
            else:
                heeft_bsn = bestaand is not None and bestaand.bsn_zoeksleutel is not None
                verplicht = [o for o in self.versie.verplicht if not (o == Onderdeel.BSN and heeft_bsn)]
                fouten += [(pad, "verplicht", reden) for pad, reden in regels.ontbrekend(data, verplicht)]
                if self.versie.minimaal:
                    gevraagd = [*self.versie.verplicht, *self.versie.gewenst]
                    fouten += [(pad, "past-niet", reden) for pad, reden in regels.te_veel(data, gevraagd)]
        if _noemt_bsn(data):
            fouten.append((("externeReferentie",), "past-niet", _GEEN_BSN))
        fouten += self._eerdere(data, client)
        return fouten

    def _eerdere(self, data: dict[str, Any], client: Any) -> list[tuple[tuple[str, ...], str, str]]:
        waarde = data.get("eerdereAanmelding")
        if not isinstance(waarde, (str, uuid.UUID)):
            return []
        try:
            kenmerk = uuid.UUID(str(waarde))
        except ValueError:
            return []  # the field itself reports it
        self.eerdere = Aanmelding.objects.filter(client=client, kenmerk=kenmerk).order_by("pk").first()
        return [] if self.eerdere else [(("eerdereAanmelding",), "onbekende-waarde", "Deze aanmelding kennen we niet.")]


def _noemt_bsn(data: dict[str, Any]) -> bool:
    """Whether the reference holds a BSN, of this person or of another: it comes back in lists, events and answers."""
    nummer, referentie = data.get("burgerservicenummer"), data.get("externeReferentie")
    if not isinstance(referentie, str):
        return False
    if bsn.noemt_bsn(referentie):
        return True
    if not isinstance(nummer, str) or not bsn.elfproef.is_valid(nummer):
        return False
    return re.sub(r"\D", "", nummer) in re.sub(r"[._:/-]", "", referentie)


def _voeg_toe(fouten: dict[str, Any], pad: tuple[str, ...], fout: ErrorDetail) -> None:
    """Put a fault at its place, unless there is already one about the same thing."""
    *ouders, laatste = pad
    for stap in ouders:
        volgende = fouten.setdefault(stap, {})
        if not isinstance(volgende, dict):
            return
        fouten = volgende
    if laatste not in fouten:
        fouten[laatste] = [fout]


class IntrekkingInvoer(Invoer):
    reden = serializers.CharField(max_length=1000)


class AanvullingInvoer(Invoer):
    """The answer to a question: text, and the parts that were asked, as a merge-patch of the referral."""

    antwoord = serializers.CharField(max_length=4000)
    gegevens = serializers.DictField(
        required=False, help_text="Alleen wat wijzigt, in de vorm van een aanmelding (RFC 7396)."
    )


class ZoekInvoer(Invoer):
    """Search with the BSN in the body, never in the address."""

    burgerservicenummer = serializers.CharField(max_length=9)

    validate_burgerservicenummer = AanmeldingInvoer.validate_burgerservicenummer
