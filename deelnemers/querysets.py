"""Every question that the pages of this room ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from deelnemers.instellingen import weken_zonder_contact
from deelnemers.keuzes import Dubbelstand
from deelnemers.models import (
    Antwoordlevering,
    Belemmering,
    Beschikbaarheid,
    BsnCorrectie,
    Burgerservicenummer,
    Competentiemeting,
    Deelnemer,
    Diagnosegegeven,
    Doelgroeplidmaatschap,
    Doorbreking,
    Dubbelpaar,
    Huishoudlid,
    Inkomensantwoord,
    MeldingAanInkomen,
    Opleiding,
    OudeFase,
    Regie,
    Samenvoeging,
    Taalbeheersing,
    Toezegging,
    Uitkeringsgerechtigde,
    Veiligheidsmelding,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.models.contact import NOG_TE_DOEN
from deelnemers.toegang import DOSSIER, mag_afgeschermd, verborgen_groepen, zonder_verboden
from kern import klok
from kern.bsn import mogelijk
from kern.models import ApiClient, geldig_op
from organisatie.querysets import mijn_team_ids, waarneemt_voor_ids
from regelgeving.opzoeken import keuzes, label
from regelgeving.querysets import beroepsnamen


def zichtbaar_voor(medewerker: Any) -> QuerySet[Deelnemer]:
    """People whose dossier this member of staff may open; merged dossiers are left out."""
    return DOSSIER.beperk(Deelnemer.objects.filter(samengevoegd_met__isnull=True), medewerker)


def caseload(medewerker: Any) -> QuerySet[Deelnemer]:
    """People of whom this member of staff (or whom she stands in for) is regievoerder."""
    ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
    rijen = Deelnemer.objects.filter(regievoerder__in=ik, samengevoegd_met__isnull=True)
    return rijen.filter(DOSSIER.niet_verboden(medewerker)).select_related("team")


def team_caseload(medewerker: Any) -> QuerySet[Deelnemer]:
    """People of the teams of this member of staff."""
    rijen = Deelnemer.objects.filter(team__in=mijn_team_ids(medewerker), samengevoegd_met__isnull=True)
    return rijen.filter(DOSSIER.niet_verboden(medewerker)).select_related("regievoerder", "team")


def van_teams(team_ids: Any, medewerker: Any) -> QuerySet[Deelnemer]:
    """People of these teams, as many as the list behind the number shows."""
    rijen = Deelnemer.objects.filter(team__in=team_ids, samengevoegd_met__isnull=True)
    return zonder_verboden(rijen, medewerker, "pk")


def zonder_contact_sinds(rijen: QuerySet[Deelnemer], weken: int | None = None) -> QuerySet[Deelnemer]:
    """Active people without contact for `weken` weeks, by default the setting (R015).

    Active is who is in a trajectory, and who has a regievoerder or a benefit without one; not who died, nor whose last
    benefit ended. Who never was spoken and has no trajectory counts from the first regie or benefit.
    """
    grens = klok.vandaag() - dt.timedelta(weeks=weken or weken_zonder_contact())
    uitkering = Uitkeringsgerechtigde.objects.filter(deelnemer=OuterRef("pk"))
    loopt = uitkering.filter(geldig_op(klok.vandaag()), uitkering__laatste_dag__isnull=True)
    sinds_lang = Exists(Regie.objects.filter(deelnemer=OuterRef("pk"), begindatum__lt=grens)) | Exists(
        loopt.filter(begindatum__lt=grens)
    )
    actief = Q(Exists(loopt)) | Q(~Exists(uitkering), regievoerder__isnull=False)
    stil = Q(laatste_contact_op__lt=grens) | Q(sinds_lang, laatste_contact_op__isnull=True)
    in_traject = Q(in_traject=True) & (Q(laatste_contact_op__lt=grens) | Q(laatste_contact_op__isnull=True))
    return rijen.filter(in_traject | (actief & stil), overleden_op__isnull=True, samengevoegd_met__isnull=True)


SORTERING = {
    "naam": ("sorteernaam", "id"),
    "trede": ("trede_nu", "sorteernaam", "id"),
    "contact": (F("laatste_contact_op").asc(nulls_first=True), "id"),
    "afspraak": (F("volgende_afspraak_op").asc(nulls_last=True), "id"),
    "diagnose": (F("diagnose_vers_tot").asc(nulls_first=True), "id"),
}


def gesorteerd(rijen: QuerySet[Deelnemer], sleutel: str) -> QuerySet[Deelnemer]:
    """Order by a column of the list; always ends in the primary key."""
    velden = SORTERING.get(sleutel.removeprefix("-"), SORTERING["naam"])
    rijen = rijen.order_by(*velden)
    return rijen.reverse() if sleutel.startswith("-") else rijen


def met_veiligheidsmelding() -> QuerySet[Veiligheidsmelding]:
    """Valid safety notices, confirmed by a second person."""
    return Veiligheidsmelding.objects.filter(
        ingetrokken_op__isnull=True, geldig_tot__gte=klok.vandaag(), tweede_persoon__isnull=False
    )


def veiligheid(deelnemer_id: int) -> QuerySet[Veiligheidsmelding]:
    """Valid safety notices of this person."""
    return met_veiligheidsmelding().filter(deelnemer=deelnemer_id).order_by("geldig_tot", "id")


def oude_fasen(deelnemer: Deelnemer) -> QuerySet[OudeFase]:
    """What the former system said, the latest first (R012)."""
    rijen = OudeFase.objects.filter(deelnemer=deelnemer)
    return rijen.order_by(F("vastgesteld_op").desc(nulls_last=True), "-id")


def open_belemmeringen(deelnemer: Deelnemer, *, bijzonder: bool) -> list[Belemmering]:
    """Barriers that are not solved, each with its `naam`; special ones only with the right."""
    rijen = Belemmering.objects.filter(deelnemer=deelnemer).exclude(status="opgelost")
    rijen = rijen if bijzonder else rijen.filter(bijzonder=False)
    return _met_naam(rijen.select_related("partner").order_by("-blokkerend", "begindatum", "id"))


def opgeloste_belemmeringen(deelnemer: Deelnemer, *, bijzonder: bool) -> list[Belemmering]:
    """What stood in the way and was solved, last one first; special ones only with the right."""
    rijen = Belemmering.objects.filter(deelnemer=deelnemer, status="opgelost")
    rijen = rijen if bijzonder else rijen.filter(bijzonder=False)
    return _met_naam(rijen.select_related("partner").order_by("-opgelost_op", "-id"))


def _met_naam(rijen: QuerySet[Belemmering]) -> list[Belemmering]:
    uit = list(rijen)
    for rij in uit:
        rij.naam = label("belemmeringssoorten", rij.soort)  # type: ignore[attr-defined]
    return uit


def doelgroepen(deelnemer: Deelnemer, rechten: frozenset[str]) -> list[Doelgroeplidmaatschap]:
    """Target groups, those of today first, each with its `naam`; protected ones and those of health only with the
    right (R006, R007).
    """
    rijen = deelnemer.doelgroepen.exclude(doelgroep__in=verborgen_groepen(rechten))
    rijen = rijen if mag_afgeschermd(rechten) else rijen.filter(afgeschermd=False)
    uit = list(rijen.order_by(F("einddatum").desc(nulls_first=True), "doelgroep", "id"))
    for rij in uit:
        rij.naam = label("doelgroepen", rij.doelgroep)  # type: ignore[attr-defined]
    return uit


def doelgroepkeuzes(rechten: frozenset[str]) -> list[tuple[str, str]]:
    """Target groups for filters and forms; without the right the protected ones and those of health do not exist."""
    verborgen = verborgen_groepen(rechten)
    alle = keuzes("doelgroepen", klok.vandaag(), afgeschermd=mag_afgeschermd(rechten))
    return [(code, naam) for code, naam in alle if code not in verborgen]


def in_doelgroep(
    rijen: QuerySet[Any], doelgroep: str, rechten: frozenset[str] = frozenset(), *, persoon: str = "deelnemer"
) -> QuerySet[Any]:
    """Those of one target group today; nobody when the group is protected or of health without the right in `rechten`.

    `persoon` is the column that holds the person; without a group nothing is filtered.
    """
    if not doelgroep:
        return rijen
    leden = Doelgroeplidmaatschap.objects.filter(geldig_op(klok.vandaag()), doelgroep=doelgroep)
    leden = leden if mag_afgeschermd(rechten) else leden.filter(afgeschermd=False)
    leden = leden.exclude(doelgroep__in=verborgen_groepen(rechten))
    return rijen.filter(**{f"{persoon}__in": leden.values("deelnemer")})


def open_toezeggingen(deelnemer: Deelnemer) -> QuerySet[Toezegging]:
    """Promises of both sides: what is open, and what ended in the last month, kept or not."""
    sinds = klok.vandaag() - dt.timedelta(days=31)
    net = Q(nagekomen_op__gte=sinds) | Q(niet_gedaan_op__gte=sinds)
    klaar = Coalesce("nagekomen_op", "niet_gedaan_op")
    rijen = Toezegging.objects.filter(NOG_TE_DOEN | net, deelnemer=deelnemer)
    return rijen.order_by(klaar.asc(nulls_first=True), F("voor").asc(nulls_last=True), "id")


#: The items of the diagnosis in the order of the page: model, heading.
DIAGNOSEDELEN: tuple[tuple[type[Diagnosegegeven], str], ...] = (
    (Opleiding, "Opleiding"),
    (Werkervaring, "Werkervaring"),
    (Taalbeheersing, "Taal"),
    (Zoekberoep, "Zoekberoep"),
    (Beschikbaarheid, "Beschikbaarheid"),
    (Werkvermogen, "Werkvermogen"),
)
#: Headings of the hard part without which it is not complete.
HARDE_KOPPEN = tuple(kop for soort, kop in DIAGNOSEDELEN if soort is not Werkervaring)


def beroepen_bij(delen: dict[str, list[Diagnosegegeven]]) -> dict[str, str]:
    """Names in the European list of the occupations that these items hold: code and name."""
    codes = {getattr(rij, "beroep_code", "") for rijen in delen.values() for rij in rijen} - {""}
    return beroepsnamen(codes) if codes else {}


def diagnosegegevens(deelnemer: Deelnemer, *, bijzonder: bool) -> dict[str, list[Diagnosegegeven]]:
    """Present items of the hard part per heading; work capacity only with the right on special data."""
    return {
        kop: list(model.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True).order_by("id"))
        for model, kop in DIAGNOSEDELEN
        if bijzonder or model is not Werkvermogen
    }


def competenties(deelnemer: Deelnemer) -> list[Competentiemeting]:
    """All measurements, oldest first, for the lines of the soft part; not what was put right on the same day."""
    rijen = Competentiemeting.objects.filter(deelnemer=deelnemer).exclude(vervangen_op=F("vastgesteld_op"))
    return list(rijen.order_by("competentie", "vastgesteld_op", "id"))


def huishouden(deelnemer: Deelnemer) -> list[Huishoudlid]:
    """The present household with its members."""
    lid = deelnemer.huishoudens.filter(geldig_op(klok.vandaag())).first()
    if lid is None:
        return []
    leden = Huishoudlid.objects.filter(geldig_op(klok.vandaag()), huishouden=lid.huishouden_id)
    verwant = ("huishouden__gezinsregisseur", "deelnemer__regievoerder", "deelnemer__team")
    return list(leden.select_related(*verwant).order_by("rol", "id"))


def eerdere_huishoudens(deelnemer: Deelnemer) -> list[Huishoudlid]:
    """The households that ended, last one first; who else lived there is in their dossiers."""
    rijen = Huishoudlid.objects.filter(deelnemer=deelnemer, einddatum__lt=klok.vandaag())
    return list(rijen.select_related("huishouden").order_by("-begindatum", "-id"))


def uitkeringen(deelnemer: Deelnemer) -> list[Uitkeringsgerechtigde]:
    """All benefits of the person, newest first."""
    return list(
        Uitkeringsgerechtigde.objects.filter(deelnemer=deelnemer)
        .select_related("uitkering")
        .order_by("-begindatum", "-id")
    )


def werk_en_huishouden(deelnemer: Deelnemer) -> tuple[Decimal | None, dict[str, Any] | None]:
    """Hours a week that this person works, as last told to income, and the present household; each may be unknown.

    The household is a dict of `leefvorm`, `kostendelers` and `kinderen`.
    """
    vandaag, van = klok.vandaag(), {"deelnemer": OuterRef("pk")}
    gemeld = MeldingAanInkomen.objects.filter(**van, uren_per_week__isnull=False, ingangsdatum__lte=vandaag)
    gemeld = gemeld.exclude(status="ingetrokken").order_by("-ingangsdatum", "-id").values("uren_per_week")
    lid = Huishoudlid.objects.filter(geldig_op(vandaag), **van).order_by("-begindatum", "-id")
    velden = {naam: f"huishouden__{naam}" for naam in ("leefvorm", "kostendelers", "kinderen")}
    return (
        Deelnemer.objects.filter(pk=deelnemer.pk)
        .values_list(Subquery(gemeld[:1]), Subquery(lid.values(rij=JSONObject(**velden))[:1]))
        .get()
    )


def alle_meldingen(medewerker: Any) -> QuerySet[MeldingAanInkomen]:
    """Every notice to income, except about persons whose dossier this reader may not open."""
    return zonder_verboden(MeldingAanInkomen.objects.select_related("deelnemer"), medewerker)


def meldingen(medewerker: Any, *, open_: bool) -> QuerySet[MeldingAanInkomen]:
    """Notices to income: what waits for an answer (oldest term first) or what was answered (newest first)."""
    rijen = alle_meldingen(medewerker)
    if open_:
        return rijen.filter(status__in=["verstuurd", "ontvangen"]).order_by("termijn", "id")
    return rijen.filter(status__in=["beeindigd", "loopt_door"]).order_by("-beantwoord_op", "-id")


def antwoorden_te_koppelen() -> QuerySet[Inkomensantwoord]:
    """Answers of income that fit no notice, the oldest first."""
    rijen = Inkomensantwoord.objects.filter(status="niet_gekoppeld").select_related("levering__client")
    return rijen.order_by("status_sinds", "id")


def leveringen_van(client: ApiClient) -> QuerySet[Antwoordlevering]:
    """The deliveries of one system, and nothing else; newest first."""
    return Antwoordlevering.objects.filter(client=client).order_by("-ontvangen_op", "-id")


def antwoorden_in(levering: Antwoordlevering) -> list[tuple[int, Inkomensantwoord]]:
    """Per item of a delivery its number and its answer as it stands now."""
    rijen = Inkomensantwoord.objects.in_bulk([pk for _, pk in levering.regels])
    return [(nummer, rijen[pk]) for nummer, pk in levering.regels if pk in rijen]


def mogelijke_meldingen(antwoord: Inkomensantwoord, medewerker: Any, zoek: str = "") -> list[MeldingAanInkomen]:
    """Open notices that an answer may be about: of the person with this BSN, and what was looked for."""
    wie = Q(pk__in=[])
    if antwoord.bsn_zoeksleutel is not None:
        persoon = Burgerservicenummer.objects.filter(zoeksleutel__in=mogelijk(antwoord.bsn_zoeksleutel)).values(
            "deelnemer"
        )
        wie |= Q(deelnemer__in=persoon)
    if zoek:
        wie |= Q(deelnemer__dossiernummer=zoek)
        if zoek.isascii() and zoek.isdecimal():
            wie |= Q(pk=int(zoek))
    rijen = alle_meldingen(medewerker).filter(wie, status__in=["verstuurd", "ontvangen"])
    return list(rijen.order_by("termijn", "id")[:20])


def zonder_regie(team_ids: Any, medewerker: Any) -> QuerySet[Deelnemer]:
    """People in a trajectory of these teams, and people of no team yet, without regievoerder (R004)."""
    rijen = Deelnemer.objects.filter(
        regievoerder__isnull=True, samengevoegd_met__isnull=True, overleden_op__isnull=True
    )
    rijen = rijen.filter(team__in=team_ids, in_traject=True) | rijen.filter(team__isnull=True)
    return zonder_verboden(rijen, medewerker, "pk").order_by("id")


def te_beoordelen(medewerker: Any, rechten: frozenset[str] = frozenset()) -> QuerySet[Doorbreking]:
    """Break-glasses about people of the teams of this manager, and those about people of no team.

    The privacy officer reviews what no manager did in time, and sees them all.
    """
    rijen = Doorbreking.objects.select_related("medewerker", "deelnemer__team", "beoordeeld_door")
    rijen = zonder_verboden(rijen, medewerker)
    if "inzage.verstrekken" in rechten:
        return rijen
    return rijen.filter(Q(deelnemer__team__in=mijn_team_ids(medewerker)) | Q(deelnemer__team__isnull=True))


def dubbele_paren(medewerker: Any, *, alle: bool = False) -> QuerySet[Dubbelpaar]:
    """Pairs that may be one person, newest first; only the open ones of two dossiers that are still there."""
    rijen = Dubbelpaar.objects.select_related("deelnemer__regievoerder", "ander__regievoerder")
    rijen = zonder_verboden(rijen, medewerker, "deelnemer", "ander")
    if not alle:
        leeft = {"deelnemer__samengevoegd_met__isnull": True, "ander__samengevoegd_met__isnull": True}
        rijen = rijen.filter(stand=Dubbelstand.OPEN, **leeft)
    return rijen.order_by("-gevonden_op", "id")


def samenvoegingen(medewerker: Any) -> QuerySet[Samenvoeging]:
    """Merges, newest first, also those that were undone."""
    rijen = Samenvoeging.objects.select_related("deelnemer", "vervallen").order_by("-op", "-id")
    return zonder_verboden(rijen, medewerker, "deelnemer", "vervallen")


def met_bsn(ids: Collection[int]) -> set[int]:
    """Which of these persons have a BSN; never which one."""
    return set(
        Burgerservicenummer.objects.filter(deelnemer__in=ids).order_by("id").values_list("deelnemer_id", flat=True)
    )


def wat_verhuisde(rij: Samenvoeging) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]]:
    """What went along and what stayed with the old dossier: room, what, and how many."""
    tellingen = rij.regels.values_list("blijft", "kamer", "tabel").annotate(aantal=Count("id"))
    namen = {m._meta.db_table: str(m._meta.verbose_name_plural) for m in apps.get_models()}
    regels = [
        (blijft, (kamer, namen.get(tabel, tabel), aantal))
        for blijft, kamer, tabel, aantal in tellingen.order_by("blijft", "kamer", "tabel")
    ]
    return [r for blijft, r in regels if not blijft], [r for blijft, r in regels if blijft]


def bsn_correcties(deelnemer: Deelnemer) -> QuerySet[BsnCorrectie]:
    """Corrections of the number of this person, newest first."""
    return BsnCorrectie.objects.filter(deelnemer=deelnemer).order_by("-op", "-id")
