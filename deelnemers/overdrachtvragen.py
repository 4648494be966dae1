"""Questions of the pages about handing over: which offers, to whom, with which load, and what the card says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from deelnemers import querysets as vragen
from deelnemers.models import Deelnemer, Overdracht, Voorinschrijving
from deelnemers.partijvragen import lopende_partijen, mag_niets, toon
from deelnemers.toegang import DOSSIER, mag_bijzonder
from kern import klok
from kern.aansluitingen import dossier as socket
from kern.models import Werkvoorraad, geldig_op
from kern.weergave import datum
from organisatie.models import Medewerker, Rolvervulling
from organisatie.querysets import in_dienst, mijn_team_ids, waarneemt_voor_ids
from organisatie.rechten import Rol

#: How long an answered offer stays on the list.
BEANTWOORD_ZICHTBAAR = dt.timedelta(days=30)


def zichtbare_overdrachten(medewerker: Medewerker, rechten: Iterable[str]) -> QuerySet[Overdracht]:
    """Offers of which this one is a side (or stands in for one); a manager sees those of the own teams.

    Who has nothing to do with the person any more reads an answered one for thirty days.
    """
    ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
    kant = Q(van__in=ik) | Q(naar__in=ik) | Q(aangeboden_door__in=ik)
    if "caseload.toewijzen" in rechten:
        teams = mijn_team_ids(medewerker)
        kant |= Q(deelnemer__team__in=teams) | Q(team__in=teams)
    kort = Q(status="aangeboden") | Q(status_sinds__gte=klok.vandaag() - BEANTWOORD_ZICHTBAAR)
    rijen = Overdracht.objects.filter(kant).filter(DOSSIER.niet_verboden(medewerker, "deelnemer"))
    rijen = rijen.filter(kort | DOSSIER.op_relatie(medewerker, "deelnemer"))
    return rijen.select_related("deelnemer__team", "deelnemer__regievoerder", "van", "naar", "team", "aangeboden_door",
                                "beantwoord_door")  # fmt: skip


def op_de_lijst(medewerker: Medewerker, rechten: Iterable[str]) -> dict[str, list[Overdracht]]:
    """What is offered to me, what I wait for, what others in my teams wait for, and what was answered."""
    sinds = klok.vandaag() - BEANTWOORD_ZICHTBAAR
    rijen = zichtbare_overdrachten(medewerker, rechten)
    rijen = rijen.filter(Q(status="aangeboden") | Q(status_sinds__gte=sinds)).order_by("-status_sinds", "-pk")
    ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
    uit: dict[str, list[Overdracht]] = defaultdict(list)
    for rij in rijen[:500]:
        if rij.status != "aangeboden":
            uit["beantwoord"].append(rij)
        elif rij.naar_id in ik:
            uit["aan_mij"].append(rij)
        elif ik & {rij.van_id, rij.aangeboden_door_id}:
            uit["van_mij"].append(rij)
        else:
            uit["van_team"].append(rij)
    return uit


def consulenten_per_team(
    medewerker: Medewerker, behalve: Collection[int] = (), *, alleen_eigen: bool = False
) -> list[tuple[str, list[Medewerker]]]:
    """Who may become regievoerder, per team; the teams of this member of staff first, or only those."""
    vandaag, eigen = klok.vandaag(), mijn_team_ids(medewerker)
    rollen = Rolvervulling.objects.filter(geldig_op(vandaag), rol=Rol.CONSULENT, team__isnull=False)
    actief = Medewerker.objects.filter(in_dienst(vandaag), gebruiker__actief=True).exclude(pk__in=behalve)
    rollen = rollen.filter(medewerker__in=actief).select_related("medewerker", "team")
    if alleen_eigen:
        rollen = rollen.filter(team__in=eigen)
    per_team: dict[tuple[bool, str], list[Medewerker]] = defaultdict(list)
    gehad: set[int] = set()
    namen = "medewerker__achternaam", "medewerker__voornaam", "pk"
    for rol in sorted(rollen.order_by(*namen), key=lambda r: r.team_id not in eigen):
        if rol.medewerker_id not in gehad and rol.team is not None:
            gehad.add(rol.medewerker_id)
            per_team[rol.team_id not in eigen, rol.team.naam].append(rol.medewerker)
    return [(naam, per_team[buiten, naam]) for buiten, naam in sorted(per_team)]


def last_van(medewerker_ids: Collection[int]) -> dict[int, int]:
    """People of whom each is regievoerder now, and those already offered: one number per colleague."""
    mensen = Deelnemer.objects.filter(
        regievoerder__in=medewerker_ids, samengevoegd_met__isnull=True, overleden_op__isnull=True
    )
    uit = dict(mensen.order_by().values_list("regievoerder").annotate(Count("id")))
    open_ = Overdracht.objects.filter(naar__in=medewerker_ids, status="aangeboden")
    for wie, hoeveel in open_.order_by().values_list("naar").annotate(Count("id")):
        uit[wie] = uit.get(wie, 0) + hoeveel
    return uit


def over_te_dragen(van: Medewerker, lezer: Medewerker) -> list[Deelnemer]:
    """The people of `van` that the reader may see, with whether an offer is open (`staat_open`)."""
    rijen = Deelnemer.objects.filter(regievoerder=van, samengevoegd_met__isnull=True, overleden_op__isnull=True)
    rijen = rijen.filter(DOSSIER.niet_verboden(lezer)).select_related("team").order_by("sorteernaam", "pk")
    mensen = list(rijen)
    open_ = Overdracht.objects.filter(deelnemer__in=[d.pk for d in mensen], status="aangeboden").select_related("naar")
    per = {rij.deelnemer_id: rij for rij in open_.order_by("pk")}
    for d in mensen:
        d.staat_open = per.get(d.pk)  # type: ignore[attr-defined]
    return mensen


def kaartgegevens(request: Any, deelnemer: Deelnemer, overdracht: Overdracht | None = None) -> dict[str, Any]:
    """The hand-over card: what to know first, what runs, what both sides promised, and what is due.

    Safety shows only to who may make such a notice herself (they meet the person), special barriers only with the
    right on special data.
    """
    bijzonder, nu = mag_bijzonder(request.rechten), klok.vandaag()
    belemmeringen = vragen.open_belemmeringen(deelnemer, bijzonder=bijzonder)
    beloften = [t for t in vragen.open_toezeggingen(deelnemer).select_related("medewerker") if t.nagekomen_op is None]
    wie, dicht = overdracht.van if overdracht else deelnemer.regievoerder, mag_niets(deelnemer)
    werk = Werkvoorraad.objects.filter(betrokkene_id=deelnemer.pk, wacht_op="").exclude(soort__startswith="overdracht")
    if wie is not None:
        werk = werk.filter(voor=wie.gebruiker_id)
    return {
        "weten": _weten(deelnemer),
        "veiligheid": list(vragen.veiligheid(deelnemer.pk)) if "veiligheid.wijzigen" in request.rechten else [],
        "groepen": socket.samengevat(request, deelnemer).items(),
        "beloften": [
            (kop, [t for t in beloften if (t.partij == "wij") == van_ons])
            for kop, van_ons in (("Dit beloofden wij", True), ("Dit beloofde de ander", False))
            if any((t.partij == "wij") == van_ons for t in beloften)
        ],
        "belemmeringen": belemmeringen,
        "partners": [toon(p, dicht=dicht) for p in lopende_partijen(deelnemer, bijzonder=bijzonder)],
        "werk": list(werk.order_by("op", "pk")[:12]),
        "vandaag": nu,
    }


def _weten(deelnemer: Deelnemer) -> list[tuple[str, str]]:
    """What is practical to know before the first talk; nothing special, nothing secret."""
    nu, uit = klok.vandaag(), []
    if deelnemer.tolk_taal:
        uit.append(("Tolk", f"Regel een tolk {deelnemer.tolk_taal}."))
    if deelnemer.bereikbaar:
        uit.append(("Bereikbaar", deelnemer.bereikbaar))
    if deelnemer.adres_geheim:
        uit.append(("Adres", "Het adres is afgeschermd. Noem het nergens, ook niet aan familie."))
    for v in deelnemer.vertegenwoordigers.filter(geldig_op(nu)).order_by("pk"):
        delen = [
            v.naam,
            v.organisatie,
            f"brieven: {v.get_brieven_display()}",
            f"uitnodigingen: {v.get_uitnodigingen_display()}",
        ]
        uit.append((v.get_soort_display().capitalize(), ", ".join(d for d in delen if d)))
    voor = Voorinschrijving.objects.filter(geldig_op(nu), deelnemer=deelnemer).order_by("pk").first()
    if voor is not None:
        uit.append(
            ("Voorinschrijving", f"Minderjarig sinds de inschrijving op {datum(voor.begindatum)}. {voor.toelichting}")
        )
    if deelnemer.laatste_contact_op:
        uit.append(("Laatste contact", datum(deelnemer.laatste_contact_op)))
    return uit
