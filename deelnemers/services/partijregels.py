"""What an involved partner writes on the timeline, and on Vandaag when the agreement on sharing ends (R214)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from deelnemers.instellingen import delen_nakijken_vanaf
from deelnemers.keuzes import Grondslag
from deelnemers.models import Akkoord, BetrokkenPartij, Deelnemer
from deelnemers.partijkeuzes import Deelonderwerp
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Categorie, TijdlijnRegel, Werkvoorraad, Zichtbaarheid
from kern.weergave import datum

KAMER = "deelnemers"


# --- Timeline ------------------------------------------------------------------------------------------------------
def regels_van(partij: BetrokkenPartij, akkoorden: Iterable[Akkoord]) -> Iterator[TijdlijnRegel]:
    """When it began and ended, and every agreement of the person; a protected role only with the right (R228)."""
    gemeen: dict[str, Any] = {
        "categorie": Categorie.CONTACT,
        "zichtbaarheid": Zichtbaarheid.BIJZONDER if partij.bijzonder else Zichtbaarheid.DOSSIER,
        "icoon": "mensen",
    }

    def regel(sleutel: str, op: Any, titel: str, tekst: str = "") -> TijdlijnRegel:
        return tijdlijn.regel(KAMER, sleutel, partij.deelnemer_id, op=op, titel=titel, tekst=tekst, **gemeen)

    wie = f"{partij.wie}, {partij.rolnaam}" if partij.wie != partij.rolnaam else partij.wie
    yield regel(f"partij:{partij.pk}", klok.middag(partij.begindatum), f"{wie}, is betrokken")
    if partij.einddatum is not None:
        yield regel(f"partij-einde:{partij.pk}", klok.middag(partij.einddatum), f"{wie}, is niet meer betrokken")
    if partij.onderwerpen and partij.deel_tot is not None and partij.grondslag != Grondslag.TOESTEMMING:
        wat = ", ".join(str(o.label) for o in Deelonderwerp if o in partij.onderwerpen)
        grond = partij.grondslag_uitleg or partij.get_grondslag_display()
        tekst, titel = f"Tot en met {datum(partij.deel_tot)}. Grond: {grond}.", f"{partij.wie} mag weten: {wat}"
        yield regel(f"partij-delen:{partij.pk}", klok.middag(partij.delen_sinds), titel, tekst)
    for a in akkoorden:
        yield regel(f"partij-akkoord:{a.pk}", a.gegeven_op, "Akkoord om te delen", f"{a.tekst} {_hoe(a)}")
        if a.ingetrokken_op is not None:
            yield regel(f"partij-akkoord-weg:{a.pk}", a.ingetrokken_op, "Akkoord om te delen gestopt", a.tekst)


def _hoe(akkoord: Akkoord) -> str:
    hoe = akkoord.get_wijze_display()
    return f"{hoe[:1].upper()}{hoe[1:]}."


def regels_van_persoon(deelnemer_id: int) -> Iterator[TijdlijnRegel]:
    """Every line of the involved partners of one person (rebuild and nightly check)."""
    akkoorden: dict[int | None, list[Akkoord]] = {}
    for akkoord in Akkoord.objects.filter(deelnemer=deelnemer_id, partij__isnull=False).order_by("pk"):
        akkoorden.setdefault(akkoord.partij_id, []).append(akkoord)
    rijen = BetrokkenPartij.objects.filter(deelnemer=deelnemer_id).select_related("vertegenwoordiger", "ketenpartner")
    for partij in rijen.order_by("pk"):
        yield from regels_van(partij, akkoorden.get(partij.pk, []))


def schrijf(partij: BetrokkenPartij) -> None:
    """Bring the lines of one partner up to date; what no longer holds goes."""
    regels = list(regels_van(partij, Akkoord.objects.filter(partij=partij).order_by("pk")))
    tijdlijn.schrijf(*regels)
    for sleutel in {f"partij-einde:{partij.pk}", f"partij-delen:{partij.pk}"} - {regel.sleutel for regel in regels}:
        tijdlijn.wis(KAMER, sleutel)


# --- Vandaag -------------------------------------------------------------------------------------------------------
def werkregels(levend: Mapping[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """Sharing that ends soon or ended: the regievoerder looks whether it is still needed. Never as what, or who."""
    nu = klok.vandaag()
    rijen = BetrokkenPartij.objects.filter(deelnemer__in=levend, deel_tot__isnull=False, begindatum__lte=nu)
    rijen = rijen.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=nu)).select_related("vertegenwoordiger")
    for partij in rijen.order_by("pk"):
        deelnemer, tot = levend[partij.deelnemer_id], partij.deel_tot
        assert tot is not None  # noqa: S101 - the filter
        if deelnemer.regievoerder is None or nu < delen_nakijken_vanaf(tot) or not partij.betrokken_op(nu):
            continue
        yield werkvoorraad.regel(
            KAMER,
            f"delen:{partij.pk}",
            soort="delen_verloopt",
            titel=f"Kijk na wat een betrokken partner over {deelnemer.naam} mag weten",
            toelichting=f"Delen mag {'niet meer sinds' if tot < nu else 'nog tot en met'} {datum(tot)}",
            waarom="Delen mag tot een vaste dag. Is het nog nodig? Spreek dan een nieuwe dag af, of stop ermee.",
            url=f"/deelnemers/{deelnemer.dossiernummer}/partners",
            knop="Nakijken",
            icoon="mensen",
            op=tot,
            betrokkene_id=deelnemer.pk,
            voor_id=deelnemer.regievoerder.gebruiker_id,
        )
