"""An application for loonkostensubsidie: the uniform form, its files, its checks and its clock (R149)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, PeriodeModel, VersieModel, een_van
from loonkostensubsidie.aanvraagkeuzes import (
    Bron,
    Controlesoort,
    Doelgroepbron,
    Klokbegin,
    Route,
    Stuksoort,
    Uitkomst,
)
from loonkostensubsidie.aanvraagtoestanden import AANVRAAG, OPEN_AANVRAAG
from werkgevers.models import Dienstverband, Werkgever

_VOL = ~Q(functie="") & ~Q(contact_naam="") & ~Q(iban="") & ~Q(ondertekend_door="")
_GEVULD = (
    Q(
        begindatum__isnull=False,
        uren_per_week__isnull=False,
        uren_voltijd__isnull=False,
        bruto_uurloon__isnull=False,
        ontvangen_op__isnull=False,
    )
    & _VOL
)


def _een_doel(*velden: str) -> Q:
    """Exactly one of these columns is filled."""
    uit = Q()
    for gekozen in velden:
        uit |= Q(**{f"{veld}__isnull": veld != gekozen for veld in velden})
    return uit


@met_historie("deelnemer_id")
class Aanvraag(GemeenteModel, VersieModel):
    """The form of the preferent proces (FEITEN 1.8) as the employer or a colleague filled it in.

    A draft may be half empty; what was handed in is complete. Hours are per week, `bruto_uurloon` is in euro. The five
    weeks run from `klok_vanaf`; `beslis_voor` is stored, because the list is in that order.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=20, editable=False)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bron = models.CharField("wie vulde het in", max_length=12, choices=Bron, default=Bron.MEDEWERKER)

    # Het werk
    functie = models.CharField("functie", max_length=120, blank=True)
    begindatum = models.DateField("eerste werkdag", null=True, blank=True)
    einddatum = models.DateField("contract tot en met", null=True, blank=True)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1, null=True, blank=True)
    uren_voltijd = models.DecimalField(
        "voltijdse werkweek in het bedrijf", max_digits=4, decimal_places=1, null=True, blank=True
    )
    cao = models.CharField("cao", max_length=120, blank=True)
    bruto_uurloon = models.DecimalField("bruto per uur in euro", max_digits=6, decimal_places=2, null=True, blank=True)
    proefplaats_vooraf = models.BooleanField("eerst een proefplaats", default=False)
    route = models.CharField("loonwaarde", max_length=14, choices=Route, default=Route.FORFAIT)
    doelgroepbron = models.CharField("doelgroep", max_length=14, choices=Doelgroepbron, default=Doelgroepbron.AANVRAAG)

    # De werkgever
    kvk_nummer = models.CharField("KvK-nummer", max_length=20, blank=True)
    loonheffingennummer = models.CharField("loonheffingennummer", max_length=20, blank=True)
    iban = models.CharField("rekeningnummer (IBAN)", max_length=42, blank=True)
    tenaamstelling = models.CharField("rekening op naam van", max_length=70, blank=True)
    contact_naam = models.CharField("contactpersoon", max_length=150, blank=True)
    contact_email = models.EmailField("e-mailadres", blank=True)
    contact_telefoon = models.CharField("telefoonnummer", max_length=20, blank=True)
    ondertekend_door = models.CharField("ondertekend door", max_length=150, blank=True)
    opmerking = models.TextField("opmerking", max_length=2000, blank=True)

    # Waar het staat
    status = models.CharField("status", max_length=20, choices=AANVRAAG.keuzes, default="concept")
    status_sinds = models.DateField("status sinds")
    ontvangen_op = models.DateField("ontvangen op", null=True, blank=True)
    klok_vanaf = models.DateField("termijn loopt vanaf", null=True, blank=True)
    klokbegin = models.CharField("waarom vanaf die dag", max_length=14, choices=Klokbegin, blank=True)
    beslis_voor = models.DateField("besluit uiterlijk op", null=True, blank=True, editable=False)
    ingebreke_op = models.DateField("in gebreke gesteld op", null=True, blank=True)
    afgerond_op = models.DateField("afgerond op", null=True, blank=True)
    behandelaar = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "aanvraag van loonkostensubsidie"
        verbose_name_plural = "aanvragen van loonkostensubsidie"
        constraints = [
            AANVRAAG.check("lksaanvraag_status"),
            een_van("bron", Bron, "lksaanvraag_bron"),
            een_van("route", Route, "lksaanvraag_route"),
            een_van("doelgroepbron", Doelgroepbron, "lksaanvraag_doelgroepbron"),
            models.UniqueConstraint(
                fields=["gemeente", "nummer"],
                name="lksaanvraag_nummer",
                violation_error_message="Dit nummer is al gebruikt. Probeer het opnieuw.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer", "werkgever"],
                condition=Q(status__in=OPEN_AANVRAAG),
                name="lksaanvraag_een_open",
                violation_error_message="Er loopt al een aanvraag van deze werkgever voor deze persoon.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["concept", "ingetrokken"]) | _GEVULD,
                name="lksaanvraag_volledig",
                violation_error_message="De aanvraag is niet volledig. Vul eerst alle velden in.",
            ),
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True) | Q(begindatum__isnull=True) | Q(einddatum__gte=F("begindatum")),
                name="lksaanvraag_einde_na_begin",
                violation_error_message="Het contract eindigt op of na de eerste werkdag.",
            ),
            models.CheckConstraint(
                condition=Q(uren_per_week__isnull=True) | Q(uren_per_week__gt=0, uren_per_week__lte=168),
                name="lksaanvraag_uren",
                violation_error_message="Het aantal uren per week is meer dan 0 en hoogstens 168.",
            ),
            models.CheckConstraint(
                condition=Q(uren_voltijd__isnull=True) | Q(uren_voltijd__gt=0, uren_voltijd__lte=40),
                name="lksaanvraag_voltijd",
                violation_error_message="De voltijdse werkweek is meer dan 0 en hoogstens 40 uur.",
            ),
            models.CheckConstraint(
                condition=Q(bruto_uurloon__isnull=True) | Q(bruto_uurloon__gt=0),
                name="lksaanvraag_loon",
                violation_error_message="Vul een loon van meer dan 0 euro in.",
            ),
            models.CheckConstraint(
                condition=Q(klok_vanaf__isnull=True, klokbegin="")
                | Q(klok_vanaf__isnull=False, klokbegin__in=Klokbegin.values),
                name="lksaanvraag_klok_met_reden",
                violation_error_message="Zeg bij de termijn waarom zij op die dag begint.",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=OPEN_AANVRAAG, afgerond_op__isnull=True))
                | (~Q(status__in=OPEN_AANVRAAG) & Q(afgerond_op__isnull=False)),
                name="lksaanvraag_afgerond",
                violation_error_message="Een aanvraag die klaar is, heeft een dag waarop zij klaar kwam.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "status", "beslis_voor", "id"], name="lksaanvraag_werklijst"),
            models.Index(fields=["deelnemer", "-id"], name="lksaanvraag_persoon"),
            models.Index(fields=["dienstverband", "id"], name="lksaanvraag_werk"),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}: {self.deelnemer} bij {self.werkgever}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something with it."""
        return self.status in OPEN_AANVRAAG


@met_historie("deelnemer_id")
class Aanvraagpauze(GemeenteModel, PeriodeModel):
    """Days on which the term stood still, because we asked the employer to complete (Awb 4:5, 4:15)."""

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="pauzes")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    gevraagd = models.TextField("wat we vroegen", max_length=2000)
    aanvullen_voor = models.DateField("aanvullen uiterlijk op")

    class Meta:
        verbose_name = "verzoek om aanvulling"
        verbose_name_plural = "verzoeken om aanvulling"
        constraints = [
            *PeriodeModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(aanvullen_voor__gte=F("begindatum")),
                name="aanvraagpauze_termijn",
                violation_error_message="De termijn om aan te vullen ligt na de dag van het verzoek.",
            ),
            models.UniqueConstraint(
                fields=["aanvraag"],
                condition=Q(einddatum__isnull=True),
                name="aanvraagpauze_een_open",
                violation_error_message="We wachten al op een aanvulling.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aanvulling gevraagd op {self.begindatum:%d-%m-%Y}"


@met_historie("deelnemer_id")
class Aanvraagcontrole(GemeenteModel):
    """One check with its outcome. The program answers first; who looked may answer differently, with a reason."""

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="controles")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    soort = models.CharField("controle", max_length=14, choices=Controlesoort)
    gevonden = models.CharField("uitkomst van het systeem", max_length=10, choices=Uitkomst)
    uitleg = models.CharField("uitleg", max_length=400)
    uitkomst = models.CharField("uitkomst", max_length=10, choices=Uitkomst)
    reden = models.CharField("reden van een ander oordeel", max_length=400, blank=True)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    op = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "controle van een aanvraag"
        verbose_name_plural = "controles van een aanvraag"
        constraints = [
            een_van("soort", Controlesoort, "aanvraagcontrole_soort"),
            een_van("gevonden", Uitkomst, "aanvraagcontrole_gevonden"),
            een_van("uitkomst", Uitkomst, "aanvraagcontrole_uitkomst"),
            models.UniqueConstraint(
                fields=["aanvraag", "soort"],
                name="aanvraagcontrole_een_keer",
                violation_error_message="Deze controle staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst=F("gevonden")) | (Q(beoordeeld_door__isnull=False) & ~Q(reden="")),
                name="aanvraagcontrole_anders_met_reden",
                violation_error_message="Geef een reden als je het anders ziet dan het systeem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.get_uitkomst_display()}"


@met_historie("deelnemer_id")
class Aanvraagstuk(GemeenteModel):
    """A file with an application. The file itself is a Document of the dossier, with its virus check."""

    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, related_name="stukken")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    document = models.OneToOneField("deelnemers.Document", on_delete=models.CASCADE, related_name="+")
    soort = models.CharField("soort stuk", max_length=10, choices=Stuksoort)

    class Meta:
        verbose_name = "stuk bij een aanvraag"
        verbose_name_plural = "stukken bij een aanvraag"
        constraints = [een_van("soort", Stuksoort, "aanvraagstuk_soort")]

    def __str__(self) -> str:
        return self.get_soort_display()


@met_historie("deelnemer_id")
class Werkgeverslink(GemeenteModel):
    """An address with which an employer fills in a form, or gets a letter, without an account. Only a hash is kept.

    It works until the form was handed in, it was withdrawn, or `geldig_tot`. What was filled in stays meanwhile. A link
    about an objection to a recovery is about an employer: then there is no `deelnemer`.
    """

    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    beschikking = models.ForeignKey(
        "loonkostensubsidie.Beschikking", on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    bezwaar = models.ForeignKey(
        "loonkostensubsidie.Bezwaar", on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    geval = models.ForeignKey(
        "loonkostensubsidie.Steekproefgeval", on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    sleutelhash = models.CharField("hash van de sleutel", max_length=64, unique=True, editable=False)
    naam = models.CharField("voor wie", max_length=150)
    email = models.EmailField("e-mailadres")
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op")
    geldig_tot = models.DateTimeField("geldig tot")
    gebruikt_op = models.DateTimeField("gebruikt op", null=True, blank=True)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "link voor een werkgever"
        verbose_name_plural = "links voor werkgevers"
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__gt=F("gemaakt_op")),
                name="werkgeverslink_verloopt",
                violation_error_message="Een link is geldig tot een moment na nu.",
            ),
            models.CheckConstraint(
                condition=_een_doel("aanvraag", "dienstverband", "beschikking", "bezwaar", "geval"),
                name="werkgeverslink_een_doel",
                violation_error_message="Een link hoort bij één aanvraag, werk, besluit, bezwaar of steekproef.",
            ),
            models.CheckConstraint(
                condition=Q(deelnemer__isnull=False) | Q(bezwaar__isnull=False),
                name="werkgeverslink_over_wie",
                violation_error_message="Alleen een link over een bezwaar kan over een werkgever gaan.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-id"], name="werkgeverslink_persoon")]

    def __str__(self) -> str:
        return self.naam
