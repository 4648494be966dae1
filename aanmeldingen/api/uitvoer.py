"""What a client gets to see of its own referrals; never the BSN, never health data."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from aanmeldingen.api import invoer, rapport
from aanmeldingen.api.vertaling import naar_invoer
from aanmeldingen.keuzes import Documentsoort, Onderdeel
from aanmeldingen.models import Aanmelding
from aanmeldingen.services.indienen import documenten_nodig
from aanmeldingen.services.vervolg import deelt_uitkomst
from aanmeldingen.toestanden import AANMELDING
from kern.api.weergave import Moment

NODIG = "Verplichte documenten die er nog niet zijn. Stuur ze naar /aanmeldingen/{kenmerk}/documenten."


class AanmeldingKort(serializers.Serializer):
    """A referral in a list: references and states, no person."""

    id = serializers.UUIDField(source="kenmerk")
    volgnummer = serializers.CharField(help_text="Om aan de telefoon te noemen.")
    externeReferentie = serializers.CharField(source="externe_referentie")
    route = serializers.CharField(source="route.code")
    status = serializers.ChoiceField(choices=AANMELDING.keuzes)
    ontvangenOp = Moment(source="ontvangen_op")
    gewijzigdOp = Moment(source="gewijzigd_op")


class DocumentenNodig(serializers.ListField):
    """Kinds of documents that must still come."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("source", "*")
        kwargs.setdefault("help_text", NODIG)
        super().__init__(child=serializers.ChoiceField(choices=Documentsoort.choices), **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        return documenten_nodig(data) if data.status == "wacht_op_document" else []


class Waarschuwing(serializers.Serializer):
    regel = serializers.CharField()
    tekst = serializers.CharField()


class AanmeldingOntvangen(AanmeldingKort):
    """The receipt: what we did with what you sent."""

    beslissenVoor = serializers.DateField(
        source="uiterlijk_op",
        allow_null=True,
        help_text="Dan hoor je het uiterlijk. Leeg zolang er een verplicht document mist: dan ben jij aan zet.",
    )
    documentenNodig = DocumentenNodig()
    waarschuwingen = Waarschuwing(many=True)
    reedsInTraject = serializers.BooleanField(
        required=False, help_text="Alleen voor afdelingen van de eigen organisatie; anders staat het er niet."
    )

    def to_representation(self, instance: Aanmelding) -> dict[str, Any]:
        uit = super().to_representation(instance)
        if "in_traject" in self.context:  # all others get the same neutral answer (R044)
            uit["reedsInTraject"] = bool(self.context["in_traject"])
        return uit


class Terugsturing(serializers.Serializer):
    code = serializers.CharField(source="terugstuurreden")
    toelichting = serializers.CharField(source="terugstuurtekst")


class Vraag(serializers.Serializer):
    """A question to the sender."""

    id = serializers.UUIDField(source="kenmerk")
    onderdelen = serializers.ListField(child=serializers.ChoiceField(choices=Onderdeel.choices))
    vraag = serializers.CharField()
    gesteldOp = Moment(source="gesteld_op")
    beantwoordOp = Moment(source="beantwoord_op", allow_null=True)


class AdviesrapportZonderBijzonder(rapport.Adviesrapport):
    """The adviesrapport without limits and barriers: we do not send those back."""

    werkvermogen = None  # type: ignore[assignment]
    belemmeringen = None  # type: ignore[assignment]


class AanmeldingGegevens(invoer.AanmeldingInvoer):
    """What you sent, without BSN, limits and barriers."""

    burgerservicenummer = None  # type: ignore[assignment]
    arbeidsbeperking = None  # type: ignore[assignment]
    adviesrapport = AdviesrapportZonderBijzonder(required=False)


class AanmeldingUit(AanmeldingKort):
    """One referral with its state, the question or the reason, and what you sent."""

    beslissenVoor = serializers.DateField(source="uiterlijk_op", allow_null=True)
    documentenNodig = DocumentenNodig()
    inEenKeerGoed = serializers.BooleanField(source="in_een_keer_goed", allow_null=True)
    waarschuwingen = Waarschuwing(many=True)
    openVraag = Vraag(allow_null=True)
    teruggestuurd = Terugsturing(allow_null=True)
    overdrachtOp = serializers.DateField(
        allow_null=True,
        help_text="De dag waarop ons team de persoon overneemt, zo afgesproken bij het besluit of volgens de route.",
    )
    intakegesprekOp = Moment(source="intakegesprek_op", allow_null=True)
    trajectStart = serializers.DateField(source="traject_start", allow_null=True)
    uitkomst = serializers.CharField(allow_null=True, help_text="Alleen als de afspraken over de route dat toelaten.")
    gegevens = AanmeldingGegevens()

    def to_representation(self, instance: Aanmelding) -> dict[str, Any]:
        open_vraag = instance.vragen.filter(beantwoord_op__isnull=True).order_by("pk").first()
        uit = AanmeldingKort(instance).data
        uit |= {
            "beslissenVoor": instance.uiterlijk_op.isoformat() if instance.uiterlijk_op else None,
            "documentenNodig": self.fields["documentenNodig"].to_representation(instance),
            "inEenKeerGoed": instance.in_een_keer_goed,
            "waarschuwingen": instance.waarschuwingen,
            "openVraag": Vraag(open_vraag).data if open_vraag else None,
            "teruggestuurd": Terugsturing(instance).data if instance.status == "teruggestuurd" else None,
            "overdrachtOp": _overdracht_op(instance),
            "intakegesprekOp": Moment().to_representation(instance.intakegesprek_op),
            "trajectStart": instance.traject_start.isoformat() if instance.traject_start else None,
            "uitkomst": instance.uitkomst if instance.uitkomst and deelt_uitkomst(instance) else None,
            "gegevens": naar_invoer(instance, bijzonder=False),
        }
        return dict(uit)


def _overdracht_op(aanmelding: Aanmelding) -> str | None:
    rij = aanmelding.naar_team
    return rij.op.isoformat() if rij is not None and rij.status != "vervallen" else None


class StatusRegel(serializers.Serializer):
    """One change of state."""

    van = serializers.CharField(allow_null=True)
    naar = serializers.ChoiceField(choices=AANMELDING.keuzes)
    op = Moment()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {
            "van": instance.van or None,
            "naar": instance.naar,
            "op": Moment().to_representation(instance.op),
        }


class AanvullingUit(serializers.Serializer):
    """Your answer was received."""

    id = serializers.UUIDField(source="kenmerk")
    aanmeldingId = serializers.UUIDField(source="aanmelding.kenmerk")
    status = serializers.CharField(source="aanmelding.status")
    beantwoordOp = Moment(source="beantwoord_op")
