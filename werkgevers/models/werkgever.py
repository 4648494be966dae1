"""Employers: who they are, where they sit, whom we talk to and who of us keeps the relation."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Kanaal
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from werkgevers.keuzes import Grootte, Leadbron, Sector, Werkgeverslabel
from werkgevers.nummers import controleer_iban, controleer_loonheffingennummer


@met_historie()
class Werkgever(GemeenteModel, VersieModel):
    """An employer, once (R125). The columns under *Opgeslagen voor lijsten* are kept by the services."""

    naam = models.CharField("naam", max_length=150)
    kvk_nummer = models.CharField("KvK-nummer", max_length=8, blank=True)
    loonheffingennummer = models.CharField(
        "loonheffingennummer", max_length=12, blank=True, validators=[controleer_loonheffingennummer]
    )
    iban = models.CharField("IBAN", max_length=34, blank=True, validators=[controleer_iban])
    sector = models.CharField("sector", max_length=20, choices=Sector, default=Sector.OVERIG)
    grootte = models.CharField("grootte", max_length=10, choices=Grootte, default=Grootte.ONBEKEND, blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    website = models.URLField("website", blank=True)
    leadbron = models.CharField(
        "hoe kent deze werkgever ons", max_length=12, choices=Leadbron, default=Leadbron.ONBEKEND
    )
    labels = ArrayField(
        models.CharField(max_length=20, choices=Werkgeverslabel),
        verbose_name="geschikt voor",
        default=list,
        blank=True,
    )
    eigen_organisatie = models.BooleanField("onderdeel van de gemeente", default=False)
    opmerking = models.TextField("goed om te weten", blank=True)
    actief = models.BooleanField("actief", default=True)

    # Opgeslagen voor lijsten
    relatiebeheerder = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    laatste_contact_op = models.DateField("laatste contact", null=True, editable=False)
    laatste_contact_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    open_plekken = models.PositiveSmallIntegerField("open plekken", default=0, editable=False)

    class Meta:
        verbose_name = "werkgever"
        verbose_name_plural = "werkgevers"
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "kvk_nummer"],
                condition=~Q(kvk_nummer=""),
                name="werkgever_kvk_een_keer",
                violation_error_message="Er is al een werkgever met dit KvK-nummer.",
            ),
            models.CheckConstraint(
                condition=Q(kvk_nummer="") | Q(kvk_nummer__regex=r"^[0-9]{8}$"),
                name="werkgever_kvk",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(loonheffingennummer="") | Q(loonheffingennummer__regex=r"^[0-9]{9}L[0-9]{2}$"),
                name="werkgever_loonheffingennummer",
                violation_error_message=("Een loonheffingennummer is negen cijfers, de letter L en twee cijfers."),
            ),
            models.CheckConstraint(
                condition=Q(iban="") | Q(iban__regex=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
                name="werkgever_iban",
                violation_error_message="Een IBAN begint met twee letters en twee cijfers, zonder spaties.",
            ),
            een_van("sector", Sector, "werkgever_sector"),
            een_van("leadbron", Leadbron, "werkgever_leadbron"),
            models.CheckConstraint(
                condition=Q(grootte__in=Grootte.values),
                name="werkgever_grootte",
                violation_error_message="Kies een grootte uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(labels__contained_by=list(Werkgeverslabel.values)),
                name="werkgever_labels",
                violation_error_message="Kies waarden uit de lijst.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "naam", "id"], name="werkgever_lijst"),
            models.Index(fields=["relatiebeheerder", "laatste_contact_op", "id"], name="werkgever_portefeuille"),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Vestiging(GemeenteModel, VersieModel):
    """A place where an employer has work."""

    werkgever = models.ForeignKey(Werkgever, on_delete=models.CASCADE, related_name="vestigingen")
    naam = models.CharField("naam", max_length=100)
    straat = models.CharField("straat", max_length=100, blank=True)
    huisnummer = models.CharField("huisnummer", max_length=12, blank=True)
    postcode = models.CharField("postcode", max_length=6, blank=True)
    plaats = models.CharField("plaats", max_length=80, blank=True)
    pc4 = models.CharField("postcode (4 cijfers)", max_length=4, blank=True, editable=False)
    gebied = models.ForeignKey("organisatie.Gebied", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    buiten_regio = models.BooleanField("buiten de arbeidsmarktregio", default=False)
    actief = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "vestiging"
        verbose_name_plural = "vestigingen"
        ordering = ["naam", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9][0-9]{3}[A-Z]{2}$"),
                name="vestiging_postcode",
                violation_error_message="Een postcode is vier cijfers en twee letters, bijvoorbeeld 1102 AB.",
            ),
            models.CheckConstraint(
                condition=Q(pc4="") | Q(pc4__regex=r"^[1-9][0-9]{3}$"),
                name="vestiging_pc4",
                violation_error_message="Vul vier cijfers in, bijvoorbeeld 1103.",
            ),
            models.UniqueConstraint(
                fields=["werkgever", "naam"],
                name="vestiging_naam",
                violation_error_message="Deze werkgever heeft al een vestiging met deze naam.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.werkgever}, {self.naam}"


@met_historie()
class Contactpersoon(GemeenteModel, VersieModel):
    """A person to talk to at an employer; work details only."""

    werkgever = models.ForeignKey(Werkgever, on_delete=models.CASCADE, related_name="contactpersonen")
    vestiging = models.ForeignKey(Vestiging, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    naam = models.CharField("naam", max_length=150)
    functie = models.CharField("functie", max_length=100, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    actief = models.BooleanField("werkt hier nog", default=True)

    class Meta:
        verbose_name = "contactpersoon van een werkgever"
        verbose_name_plural = "contactpersonen van werkgevers"
        ordering = ["naam", "id"]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Relatiebeheer(GemeenteModel, PeriodeModel):
    """The one of us who keeps the relation with an employer, exactly one on each day (R126)."""

    werkgever = models.ForeignKey(Werkgever, on_delete=models.CASCADE, related_name="relatiebeheer")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "relatiebeheer"
        verbose_name_plural = "relatiebeheer"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="relatiebeheer_een_per_dag",
                expressions=[("werkgever", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message=(
                    "Deze werkgever heeft op die dag al een relatiebeheerder. Er is er altijd één."
                ),
            ),
        ]
        indexes = [models.Index(fields=["medewerker", "begindatum"], name="relatiebeheer_medewerker")]

    def __str__(self) -> str:
        return f"{self.werkgever}: {self.medewerker}"


@met_historie()
class Relatiecontact(GemeenteModel, VersieModel):
    """Who of us spoke to an employer, when and about what (R126). Never about one person's benefit."""

    werkgever = models.ForeignKey(Werkgever, on_delete=models.CASCADE, related_name="contacten")
    contactpersoon = models.ForeignKey(
        Contactpersoon,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="met wie",
    )
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    kanaal = models.CharField("soort", max_length=12, choices=Kanaal, default=Kanaal.TELEFOON)
    onderwerp = models.CharField("onderwerp", max_length=100)
    notitie = models.TextField("notitie", blank=True)
    op = models.DateTimeField("wanneer")
    terugkomen_op = models.DateField("hierop terugkomen", null=True, blank=True)
    teruggekomen_op = models.DateField("teruggekomen op", null=True, blank=True)

    class Meta:
        verbose_name = "contact met een werkgever"
        verbose_name_plural = "contacten met werkgevers"
        constraints = [een_van("kanaal", Kanaal, "relatiecontact_kanaal")]
        indexes = [models.Index(fields=["werkgever", "-op", "-id"], name="relatiecontact_werkgever")]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()} {self.op:%d-%m-%Y}"


@met_historie("deelnemer_id")
class Werkgeversafspraak(GemeenteModel, VersieModel):
    """What we and an employer promised each other, in general or about one placement (R137)."""

    werkgever = models.ForeignKey(Werkgever, on_delete=models.CASCADE, related_name="afspraken")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    van_ons = models.BooleanField("wij beloven dit", default=True)
    medewerker = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wat = models.CharField("wat", max_length=300)
    gemaakt_op = models.DateField("afgesproken op")
    voor = models.DateField("voor wanneer", null=True, blank=True)
    nagekomen_op = models.DateField("gedaan op", null=True, blank=True)
    vervallen_op = models.DateField("vervallen op", null=True, blank=True)

    class Meta:
        verbose_name = "afspraak met een werkgever"
        verbose_name_plural = "afspraken met werkgevers"
        constraints = [
            models.CheckConstraint(
                condition=Q(nagekomen_op__isnull=True) | Q(vervallen_op__isnull=True),
                name="werkgeversafspraak_gedaan_of_vervallen",
                violation_error_message="Een afspraak is gedaan of vervallen, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(nagekomen_op__isnull=True) | Q(nagekomen_op__gte=F("gemaakt_op")),
                name="werkgeversafspraak_gedaan_na_afspraak",
                violation_error_message="‘Gedaan op’ ligt voor de dag waarop dit is afgesproken.",
            ),
        ]
        indexes = [models.Index(fields=["werkgever", "voor", "id"], name="werkgeversafspraak_open")]

    def __str__(self) -> str:
        return self.wat
