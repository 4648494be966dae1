"""The link for an employer without an account: expires, is used once, names nobody in the mail (R149).

Only a print of the secret is stored; the link itself stands in the mail and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from kern import berichten, klok
from kern.beperking import niet_beperkt
from kern.handeling import Actor, service
from kern.models import Kanaal
from kern.sleutel import afdruk, nieuwe_sleutel
from kern.weergave import datum
from loonkostensubsidie.models import Aanvraag, Beschikking, Bezwaar, Steekproefgeval, Werkgeverslink
from regelgeving import opzoeken
from werkgevers.models import Dienstverband

_TEKST = {
    "aanvraag": (
        "Aanvraag van loonkostensubsidie {nummer}",
        "Met deze link vraagt u loonkostensubsidie aan. U kunt tussendoor stoppen: wat u invult, blijft bewaard.",
    ),
    "dienstverband": (
        "Een wijziging doorgeven",
        "Met deze link geeft u door wat er verandert in het werk van uw medewerker.",
    ),
    "beschikking": (
        "Besluit over loonkostensubsidie {nummer}",
        "Wij hebben een besluit genomen. Met deze link opent u de brief.",
    ),
    "geval": (
        "Stuur een loonstrook of urenstaat",
        "Elke maand kijken wij bij een paar subsidies na of uren en loon kloppen. "
        "Met deze link stuurt u een loonstrook of urenstaat.",
    ),
    "bezwaar": (
        "Besluit op uw bezwaar tegen {nummer}",
        "Wij hebben een besluit genomen over uw bezwaar. Met deze link opent u de brief.",
    ),
    "hoorzitting": (
        "Uitnodiging voor een hoorzitting over {nummer}",
        "U kunt uw bezwaar mondeling toelichten. Met deze link leest u wanneer en waar.",
    ),
}


@service
def geef_link(
    doel: Aanvraag | Dienstverband | Beschikking | Bezwaar | Steekproefgeval, naam: str, email: str, *, actor: Actor
) -> tuple[Werkgeverslink, str]:
    """Make a link and mail it; an older one for the same form stops. Returns it with its address, which nobody can ask
    again.
    """
    if actor.gebruiker_id is None:
        raise ValidationError("Een link maakt een medewerker, niet een taak of koppeling.")
    soort = _soort(doel)
    if isinstance(doel, Aanvraag) and doel.status not in {"concept", "aanvulling_gevraagd"}:
        raise ValidationError("De aanvraag is al ingediend. Een link is niet meer nodig.")
    if isinstance(doel, Steekproefgeval) and doel.uitkomst:
        raise ValidationError("Deze steekproef is al beoordeeld. Een link is niet meer nodig.")
    if not email:
        raise ValidationError({"email": "Vul het e-mailadres van de werkgever in."})
    nu, sleutel = klok.echt_nu(), nieuwe_sleutel()
    oude = Werkgeverslink.objects.filter(gebruikt_op__isnull=True, ingetrokken_op__isnull=True, **{soort: doel})
    if soort != "beschikking":
        oude.update(ingetrokken_op=nu)
    link = Werkgeverslink(
        deelnemer_id=doel.deelnemer_id,
        sleutelhash=afdruk(sleutel),
        naam=naam,
        email=email,
        gemaakt_door_id=actor.gebruiker_id,
        gemaakt_op=nu,
        geldig_tot=nu + dt.timedelta(days=int(opzoeken.getal("lks.link_dagen", klok.vandaag()))),
        **{soort: doel},
    )
    link.full_clean()
    link.save()
    adres = f"{settings.BASIS_URL}/werkgeverslink/{sleutel}"
    _mail(link, adres, *_onderwerp(doel, soort), actor)
    return link, adres


def _soort(doel: Any) -> str:
    """The column of a link that is about this."""
    soorten = {
        Aanvraag: "aanvraag",
        Dienstverband: "dienstverband",
        Beschikking: "beschikking",
        Bezwaar: "bezwaar",
        Steekproefgeval: "geval",
    }
    return soorten[type(doel)]


def _onderwerp(doel: Any, soort: str) -> tuple[str, str]:
    """Which text goes in the mail, and the number in it."""
    if isinstance(doel, Bezwaar):
        return (soort if doel.status == "beslist" else "hoorzitting"), doel.besluit.nummer
    return soort, getattr(doel, "nummer", "")


def _mail(link: Werkgeverslink, adres: str, soort: str, nummer: str, actor: Actor) -> None:
    onderwerp, zin = _TEKST[soort]
    berichten.stel_bericht_op(
        kanaal=Kanaal.EMAIL,
        aan=link.email,
        onderwerp=f"{onderwerp.format(nummer=nummer).strip()}, Werk en Re-integratie",
        tekst=(
            f"Beste {link.naam},\n\n{zin}\n{berichten.LINK}\n\nDe link werkt tot en met {datum(link.geldig_tot)} en is "
            "alleen voor u. Stuur deze mail niet door.\nLukt het niet? Bel of mail ons, dan sturen we een nieuwe link."
        ),
        link=adres,
        betrokkene_id=link.deelnemer_id,
        actor=actor,
    )


def zoek(sleutel: str) -> Werkgeverslink | None:
    """The link of this key in any gemeente, while it works."""
    return (
        Werkgeverslink.alle_gemeenten.filter(
            sleutelhash=afdruk(sleutel),
            geldig_tot__gt=klok.echt_nu(),
            gebruikt_op__isnull=True,
            ingetrokken_op__isnull=True,
        )
        .order_by("pk")
        .first()
    )


def haal(pk: int) -> Werkgeverslink | None:
    """The same link with what it is for, inside the scope of its gemeente; None when the data may not be used."""
    rijen = Werkgeverslink.objects.filter(niet_beperkt("deelnemer"), pk=pk, deelnemer__overleden_op__isnull=True)
    return (
        rijen.select_related(
            "deelnemer",
            "aanvraag__werkgever",
            "aanvraag__deelnemer",
            "dienstverband__formele_werkgever",
            "dienstverband__deelnemer",
            "beschikking__werkgever",
            "beschikking__brief",
            "geval__steekproef",
            "geval__deelnemer",
            "geval__subsidie__werkgever",
            "bezwaar__brief",
            "bezwaar__beschikking__werkgever",
            "bezwaar__terugvordering__werkgever",
        )
        .order_by("pk")
        .first()
    )


@service
def gebruik_link(link: Werkgeverslink, *, actor: Actor) -> None:
    """The form was handed in: the link stops. Raises ValidationError for the second of two who used it at once."""
    aantal = Werkgeverslink.objects.filter(pk=link.pk, gebruikt_op__isnull=True).update(gebruikt_op=klok.echt_nu())
    if not aantal:
        raise ValidationError("Deze link is al gebruikt.")


@service
def trek_link_in(link: Werkgeverslink, *, actor: Actor) -> None:
    """Stop a link now; the first moment stays."""
    Werkgeverslink.objects.filter(pk=link.pk, ingetrokken_op__isnull=True).update(ingetrokken_op=klok.echt_nu())
