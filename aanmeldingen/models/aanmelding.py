"""The referral, with what the sender sent, its clock, and what became of it (R020-R045)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from aanmeldingen.keuzes import Grondslag, Onderdeel, Richting, Uitkomst, Urgentie
from aanmeldingen.models.route import Route, Routeversie
from aanmeldingen.toestanden import AANMELDING, BIJ_EINDE, OPEN, STATUSKEUZES, VERWIJZING
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from kern.namen import volledige_naam
from kern.weergave import leeftijd


def _alleen_bij(status: str, velden: tuple[str, ...]) -> Q:
    """The columns are filled in this state and empty in every other."""
    leeg, gevuld = Q(), Q(status=status)
    for veld in velden:
        leeg &= Q(**{veld: ""})
        gevuld &= ~Q(**{veld: ""})
    return gevuld | (~Q(status=status) & leeg)


class Persoonsvelden(models.Model):
    """The person as the sender described them; names follow the BRP, like Deelnemer."""

    voornamen = models.CharField("voornamen", max_length=150, blank=True)
    roepnaam = models.CharField("roepnaam", max_length=60, blank=True)
    voorletters = models.CharField("voorletters", max_length=20, blank=True)
    voorvoegsel = models.CharField("tussenvoegsel", max_length=20, blank=True)
    geslachtsnaam = models.CharField("achternaam", max_length=120)
    geboortedatum = models.DateField("geboortedatum")
    geslacht = models.CharField("geslacht", max_length=1, blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    voorkeurskanaal = models.CharField("voorkeurskanaal", max_length=12, blank=True)
    straat = models.CharField("straat", max_length=100, blank=True)
    huisnummer = models.CharField("huisnummer", max_length=12, blank=True)
    postcode = models.CharField("postcode", max_length=6, blank=True)
    woonplaats = models.CharField("woonplaats", max_length=80, blank=True)
    adres_geheim = models.BooleanField("geheim adres", default=False)
    tolk_taal = models.CharField("tolk nodig voor", max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def naam(self) -> str:
        """Name as we address people."""
        return volledige_naam(self.roepnaam or self.voorletters or self.voornamen, self.voorvoegsel, self.geslachtsnaam)


@met_historie("deelnemer_id", verborgen=("bsn_zoeksleutel",))
class Aanmelding(GemeenteModel, VersieModel, Persoonsvelden):
    """A referral in or out. The BSN is in `AanmeldingBsn`, health and the like in `AanmeldingBijzonder`."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    richting = models.CharField("richting", max_length=10, choices=Richting, default=Richting.INKOMEND)
    client = models.ForeignKey("kern.ApiClient", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    externe_referentie = models.CharField("referentie van de verwijzer", max_length=40, blank=True)
    bron = models.CharField("bronafdeling", max_length=50)
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="+", verbose_name="route")
    routeversie = models.ForeignKey(
        Routeversie, on_delete=models.PROTECT, related_name="+", verbose_name="versie van de route"
    )
    verwijsreden = models.CharField("reden van aanmelding", max_length=50)
    doelgroep = models.CharField("doelgroep", max_length=40, blank=True)
    urgentie = models.CharField("urgentie", max_length=10, choices=Urgentie, default=Urgentie.NORMAAL)
    grondslag = models.CharField("grondslag", max_length=20, choices=Grondslag, default=Grondslag.PARTICIPATIEWET)
    toelichting = models.TextField("toelichting", blank=True)
    gewenste_startdatum = models.DateField("gewenste start", null=True, blank=True)
    bsn_zoeksleutel = models.BinaryField("zoeksleutel", null=True, editable=False)

    verwijzer_naam = models.CharField("verwijzer", max_length=150, blank=True)
    verwijzer_email = models.EmailField("e-mail van de verwijzer", blank=True)
    verwijzer_telefoon = models.CharField("telefoon van de verwijzer", max_length=20, blank=True)
    verwijzer_personeelsnummer = models.CharField("personeelsnummer", max_length=20, blank=True)
    verwijzer_team = models.CharField("team van de verwijzer", max_length=100, blank=True)

    adviesrapport = models.JSONField("adviesrapport", default=dict, blank=True)
    huishouden = models.JSONField("huishouden", default=dict, blank=True)
    uitkering = models.JSONField("uitkering", default=dict, blank=True)
    eerdere_begeleiding = models.JSONField("eerdere begeleiding", default=list, blank=True)
    werkverdeling = models.JSONField("wie doet wat", default=dict, blank=True)
    klantmanager = models.JSONField("klantmanager", default=dict, blank=True)
    huidig_werk = models.JSONField("huidig werk", default=dict, blank=True)
    school = models.JSONField("school", default=dict, blank=True)
    veiligheidsmelding_aanwezig = models.BooleanField("veiligheidsmelding bij de verwijzer", default=False)
    waarschuwingen = models.JSONField("waarschuwingen", default=list, blank=True, editable=False)
    afwijking_uitleg = models.TextField("uitleg bij een waarschuwing", blank=True)
    onderdelen_gevraagd = models.PositiveSmallIntegerField("gevraagde onderdelen", default=0, editable=False)
    onderdelen_aanwezig = models.PositiveSmallIntegerField("aanwezige onderdelen", default=0, editable=False)

    status = models.CharField("status", max_length=20, choices=STATUSKEUZES, default="ontvangen")
    status_sinds = models.DateField("status sinds")
    ontvangen_op = models.DateTimeField("ontvangen op")
    gewijzigd_op = models.DateTimeField("gewijzigd op")
    sla_werkdagen = models.PositiveSmallIntegerField("termijn in werkdagen")
    werkdagen_verbruikt = models.PositiveSmallIntegerField("werkdagen verbruikt", default=0)
    klok_sinds = models.DateField("klok loopt sinds", null=True)
    uiterlijk_op = models.DateField("beslissen voor", null=True)
    in_een_keer_goed = models.BooleanField("in één keer goed", null=True)
    terugstuurreden = models.CharField("reden van terugsturen", max_length=50, blank=True)
    terugstuurtekst = models.TextField("toelichting bij terugsturen", blank=True)
    eerst_terug_op = models.DateTimeField("eerder teruggestuurd op", null=True, editable=False)
    eerste_terugreden = models.CharField("reden van eerder terugsturen", max_length=50, blank=True, editable=False)
    heropend_op = models.DateTimeField("weer opgepakt op", null=True, editable=False)
    intrekreden = models.TextField("reden van intrekken", blank=True)
    herinnerd_op = models.DateField("verwijzer herinnerd op", null=True)
    herinneringen = models.PositiveSmallIntegerField("aantal herinneringen", default=0)

    jongerenpoort = models.BooleanField("via de Jongerenpoort", default=False)
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    behandelaar = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ketenpartner = models.ForeignKey(
        "organisatie.Ketenpartner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    eerdere_aanmelding = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="latere"
    )
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beslist_op = models.DateTimeField("beslist op", null=True)
    intakegesprek_op = models.DateTimeField("intakegesprek op", null=True, blank=True)
    traject_start = models.DateField("start van het traject", null=True, blank=True)
    uitkomst = models.CharField("uitkomst", max_length=12, choices=Uitkomst, blank=True)
    ontvangst_bevestigd_op = models.DateTimeField("ontvangst bevestigd op", null=True, blank=True)

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(richting=Richting.INKOMEND, status__in=[code for code, _ in AANMELDING.keuzes])
                | Q(richting=Richting.UITGAAND, status__in=[code for code, _ in VERWIJZING.keuzes]),
                name="aanmelding_status",
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(richting=Richting.INKOMEND)
                | Q(ketenpartner__isnull=False, deelnemer__isnull=False, client__isnull=True),
                name="aanmelding_uit_naar_partner",
                violation_error_message="Een verwijzing gaat over een dossier en naar een ketenpartner.",
            ),
            een_van("richting", Richting, "aanmelding_richting"),
            een_van("urgentie", Urgentie, "aanmelding_urgentie"),
            een_van("grondslag", Grondslag, "aanmelding_grondslag"),
            models.CheckConstraint(
                condition=_alleen_bij("teruggestuurd", BIJ_EINDE["teruggestuurd"]),
                name="aanmelding_teruggestuurd_met_reden",
                violation_error_message="Kies een reden en leg uit waarom je de aanmelding terugstuurt.",
            ),
            models.CheckConstraint(
                condition=_alleen_bij("ingetrokken", BIJ_EINDE["ingetrokken"]),
                name="aanmelding_ingetrokken_met_reden",
                violation_error_message="Geef een reden voor het intrekken.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["geaccepteerd", "afgehandeld"]) | Q(deelnemer__isnull=False),
                name="aanmelding_aangenomen_heeft_persoon",
                violation_error_message="Een aangenomen aanmelding hoort bij een dossier.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["ontvangen", "in_behandeling"],
                    uiterlijk_op__isnull=False,
                    klok_sinds__isnull=False,
                )
                | Q(uiterlijk_op__isnull=True, klok_sinds__isnull=True)
                & ~Q(status__in=["ontvangen", "in_behandeling"]),
                name="aanmelding_klok_loopt_als_wij_aan_zet_zijn",
                violation_error_message="De klok loopt alleen als wij aan zet zijn.",
            ),
            models.CheckConstraint(
                condition=Q(in_een_keer_goed__isnull=True)
                | Q(in_een_keer_goed=False)
                | Q(status__in=["geaccepteerd", "afgehandeld"]),
                name="aanmelding_goed_is_aangenomen",
                violation_error_message="‘In één keer goed’ kan pas als de aanmelding is aangenomen.",
            ),
            models.CheckConstraint(
                condition=Q(eerst_terug_op__isnull=True, eerste_terugreden="", heropend_op__isnull=True)
                | Q(eerst_terug_op__isnull=False, heropend_op__isnull=False)
                & ~Q(eerste_terugreden="")
                & ~Q(in_een_keer_goed=True),
                name="aanmelding_eerder_terug_is_niet_goed",
                violation_error_message="Wie eerder is teruggestuurd, was niet in één keer goed.",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst__in=["", *Uitkomst.values]) & (Q(uitkomst="") | Q(status="afgehandeld")),
                name="aanmelding_uitkomst_na_einde",
                violation_error_message="Een uitkomst hoort bij een afgeronde aanmelding.",
            ),
            models.UniqueConstraint(
                fields=["client", "externe_referentie"],
                condition=~Q(externe_referentie=""),
                name="aanmelding_referentie_per_client",
                violation_error_message="Deze referentie is al gebruikt.",
            ),
            models.UniqueConstraint(
                fields=["client", "bsn_zoeksleutel"],
                condition=Q(status__in=OPEN, richting="inkomend", bsn_zoeksleutel__isnull=False),
                name="aanmelding_een_open_per_persoon",
                violation_error_message="Er loopt al een aanmelding van deze verwijzer voor deze persoon.",
            ),
            models.CheckConstraint(
                condition=~Q(eerdere_aanmelding=models.F("id")),
                name="aanmelding_niet_haar_eigen_eerdere",
                violation_error_message="Een aanmelding kan niet naar zichzelf verwijzen.",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "ontvangen_op", "id"], name="aanmelding_client"),
            models.Index(fields=["client", "gewijzigd_op"], name="aanmelding_client_gewijzigd"),
            models.Index(
                fields=["gemeente", "uiterlijk_op", "id"],
                name="aanmelding_open",
                condition=Q(status__in=OPEN),
            ),
            models.Index(fields=["team", "status", "uiterlijk_op", "id"], name="aanmelding_team"),
            models.Index(fields=["gemeente", "bsn_zoeksleutel"], name="aanmelding_bsn"),
            models.Index(fields=["deelnemer"], name="aanmelding_deelnemer"),
        ]

    def __str__(self) -> str:
        return f"{self.volgnummer} {self.naam}"

    @property
    def adres_is_geheim(self) -> bool:
        """Whether the address may not be named: said with the referral, or in the dossier since."""
        return self.adres_geheim or (self.deelnemer is not None and self.deelnemer.adres_geheim)

    @property
    def adres_te_tonen(self) -> bool:
        """Whether there is an address here that may be shown to whoever sees this referral."""
        return bool(self.straat or self.postcode) and not self.adres_is_geheim

    @property
    def volgnummer(self) -> str:
        """Tracking number that people can say on the phone (R021)."""
        return f"A{self.pk:06d}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.status in OPEN

    @property
    def naar_team(self) -> Any:
        """The hand-over to a team that is planned or was done; None without one."""
        return getattr(self, "teamoverdracht", None)

    def leeftijd_op(self, datum: dt.date) -> int:
        """Age in whole years on `datum`."""
        return leeftijd(self.geboortedatum, datum)


@met_historie("deelnemer_id")
class Aanvullingsvraag(GemeenteModel):
    """One question to the sender: exactly what is asked, and what came back (R024)."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, related_name="vragen")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    onderdelen = ArrayField(models.CharField(max_length=30, choices=Onderdeel), verbose_name="wat we vragen")
    vraag = models.TextField("vraag")
    gesteld_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")
    gesteld_op = models.DateTimeField("gesteld op")
    beantwoord_op = models.DateTimeField("beantwoord op", null=True)
    antwoord = models.TextField("antwoord", blank=True)

    class Meta:
        verbose_name = "vraag aan de verwijzer"
        verbose_name_plural = "vragen aan de verwijzer"
        constraints = [
            models.CheckConstraint(
                condition=Q(onderdelen__contained_by=list(Onderdeel.values), onderdelen__len__gte=1),
                name="vraag_onderdelen",
                violation_error_message="Kies minstens één onderdeel uit de lijst.",
            ),
            models.UniqueConstraint(
                fields=["aanmelding"],
                condition=Q(beantwoord_op__isnull=True),
                name="vraag_een_open",
                violation_error_message="Er staat al een vraag open.",
            ),
        ]

    def __str__(self) -> str:
        return self.vraag[:60]


@met_historie("deelnemer_id")
class Overdrachtsmoment(GemeenteModel, VersieModel):
    """The moment that somebody is handed over: date, both names, warm or cold; red after ten days (R043)."""

    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, related_name="overdrachten")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    van_naam = models.CharField("van", max_length=150)
    naar = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+", verbose_name="naar")
    gevraagd_op = models.DateField("gevraagd op")
    gehouden_op = models.DateField("gehouden op", null=True, blank=True)
    warm = models.BooleanField("samen met de verwijzer", null=True, blank=True)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "overdrachtsmoment"
        verbose_name_plural = "overdrachtsmomenten"
        constraints = [
            models.CheckConstraint(
                condition=Q(gehouden_op__isnull=True, warm__isnull=True)
                | Q(gehouden_op__isnull=False, warm__isnull=False),
                name="overdracht_gehouden_warm_of_koud",
                violation_error_message="Vul in wanneer de overdracht was, en of de verwijzer erbij was.",
            ),
            models.CheckConstraint(
                condition=Q(gehouden_op__isnull=True) | Q(gehouden_op__gte=models.F("gevraagd_op")),
                name="overdracht_na_vraag",
                violation_error_message="De overdracht ligt voor de dag van aannemen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.van_naam} → {self.naar}"
