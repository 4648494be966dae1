"""Demand: vacancies, detachment places and trajectory places, with hours as a range (R127, R133, R134)."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Opleidingsniveau, Taalniveau
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from kern.toestanden import Toestand, Toestandstabel
from werkgevers.keuzes import SECTORNUMMER, Contractvorm, Sector, Vacaturesoort
from werkgevers.models.werkgever import Contactpersoon, Vestiging, Werkgever
from werkgevers.toestanden import VACATURETABELLEN


def _status_per_soort() -> Q:
    voorwaarde = Q()
    for soort, tabel in VACATURETABELLEN.items():
        voorwaarde |= Q(soort=soort, status__in=[t.code for t in tabel.toestanden])
    return voorwaarde


#: All states of the three life cycles; where labels differ, `Vacature.toestand` knows the right one.
_STATUSSEN = list(
    {code: label for tabel in reversed(VACATURETABELLEN.values()) for code, label in tabel.keuzes}.items()
)


@met_historie()
class Vacature(GemeenteModel, VersieModel):
    """What an employer asks. Requirements exclude, weights order; both are shown to whoever matches (R131).

    `isco`, `sectornummer` and `x`, `y`, `z` follow from the fields before them and are filled by the service.
    """

    soort = models.CharField("soort", max_length=20, choices=Vacaturesoort, default=Vacaturesoort.REGULIER)
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="vacatures")
    vestiging = models.ForeignKey(Vestiging, on_delete=models.PROTECT, related_name="+")
    contactpersoon = models.ForeignKey(
        Contactpersoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accountmanager = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    titel = models.CharField("functie", max_length=120)
    omschrijving = models.TextField("werkzaamheden", blank=True)
    beroep_code = models.CharField("ESCO-beroep", max_length=20, blank=True)
    beroep_naam = models.CharField("beroep", max_length=120, blank=True)
    sector = models.CharField("sector", max_length=20, choices=Sector, default=Sector.OVERIG)
    uren_min = models.PositiveSmallIntegerField("minstens uren per week")
    uren_max = models.PositiveSmallIntegerField("hoogstens uren per week")
    uren_toelichting = models.CharField("over de uren", max_length=150, blank=True)
    bruto_uurloon = models.DecimalField("bruto per uur in euro", max_digits=6, decimal_places=2, null=True, blank=True)
    tarief_per_uur = models.DecimalField(
        "tarief per uur in euro", max_digits=6, decimal_places=2, null=True, blank=True
    )
    loon_toelichting = models.CharField("over het loon", max_length=150, blank=True)
    contractvorm = models.CharField("contract", max_length=10, choices=Contractvorm, default=Contractvorm.BEPAALD)
    contract_maanden = models.PositiveSmallIntegerField("duur in maanden", null=True, blank=True)
    startdatum = models.DateField("begint op", null=True, blank=True, help_text="Leeg: zo snel mogelijk.")
    sluit_op = models.DateField("reageren tot en met", null=True, blank=True)
    plekken = models.PositiveSmallIntegerField("aantal plekken", default=1)
    vervuld = models.PositiveSmallIntegerField("bezette plekken", default=0, editable=False)

    # Eisen: wie hier niet aan voldoet, valt af.
    taalniveau = models.PositiveSmallIntegerField("Nederlands minstens", choices=Taalniveau, default=Taalniveau.GEEN)
    opleiding = models.PositiveSmallIntegerField(
        "opleiding minstens", choices=[(0, "geen eis"), *Opleidingsniveau.choices], default=0
    )
    rijbewijzen = models.PositiveSmallIntegerField("rijbewijzen", default=0)
    dagdelen = models.PositiveIntegerField("dagdelen die nodig zijn", default=0)
    avond = models.BooleanField("ook ’s avonds werken", default=False)
    weekend = models.BooleanField("ook in het weekend werken", default=False)
    tillen_kg = models.PositiveSmallIntegerField("tillen tot (kg)", default=0)
    vog = models.BooleanField("VOG nodig", default=False)

    # Gewichten: samen 100 punten.
    gewicht_vak = models.PositiveSmallIntegerField("punten voor ervaring", default=40)
    gewicht_uren = models.PositiveSmallIntegerField("punten voor uren", default=20)
    gewicht_reizen = models.PositiveSmallIntegerField("punten voor reistijd", default=20)
    gewicht_wens = models.PositiveSmallIntegerField("punten voor eigen wens", default=20)

    # Afgeleid voor het zoeken
    isco = models.PositiveSmallIntegerField("beroepsgroep (ISCO)", default=0, editable=False)
    sectornummer = models.PositiveSmallIntegerField(default=0, editable=False)
    pc4 = models.CharField("postcode (4 cijfers)", max_length=4, blank=True, editable=False)
    x = models.IntegerField(default=0, editable=False)
    y = models.IntegerField(default=0, editable=False)
    z = models.IntegerField(default=0, editable=False)

    status = models.CharField("status", max_length=15, choices=_STATUSSEN, default="concept")
    status_sinds = models.DateField("status sinds")
    geopend_op = models.DateField("open sinds", null=True, editable=False)
    sluitreden = models.CharField("reden van sluiten", max_length=200, blank=True)

    class Meta:
        verbose_name = "vacature"
        verbose_name_plural = "vacatures"
        constraints = [
            een_van("soort", Vacaturesoort, "vacature_soort"),
            een_van("sector", Sector, "vacature_sector"),
            een_van("contractvorm", Contractvorm, "vacature_contractvorm"),
            models.CheckConstraint(
                condition=_status_per_soort(),
                name="vacature_status_past_bij_soort",
                violation_error_message="Deze status hoort niet bij deze soort vacature.",
            ),
            models.CheckConstraint(
                condition=Q(uren_min__gte=1, uren_max__gte=F("uren_min"), uren_max__lte=40),
                name="vacature_uren",
                violation_error_message="Het hoogste aantal uren ligt tussen het laagste aantal en 40.",
            ),
            models.CheckConstraint(
                condition=Q(plekken__gte=1, vervuld__lte=F("plekken")),
                name="vacature_plekken",
                violation_error_message="Er zijn niet meer plekken dan de werkgever heeft.",
            ),
            models.CheckConstraint(
                condition=Q(
                    gewicht_vak=100 - F("gewicht_uren") - F("gewicht_reizen") - F("gewicht_wens"),
                    gewicht_uren__lte=100,
                    gewicht_reizen__lte=100,
                    gewicht_wens__lte=100,
                ),
                name="vacature_gewichten_samen_100",
                violation_error_message="De punten zijn samen 100.",
            ),
            models.CheckConstraint(
                condition=Q(soort="trajectplek", bruto_uurloon__isnull=True, contractvorm="geen")
                | (~Q(soort="trajectplek") & ~Q(contractvorm="geen")),
                name="vacature_trajectplek_zonder_loon",
                violation_error_message=(
                    "Een trajectplek heeft geen loon en geen contract; een vacature wel een contract."
                ),
            ),
            models.CheckConstraint(
                condition=Q(bruto_uurloon__isnull=True) | Q(bruto_uurloon__gt=0, bruto_uurloon__lte=250),
                name="vacature_uurloon",
                violation_error_message="Vul het loon per uur in, bijvoorbeeld 15,40.",
            ),
            models.CheckConstraint(
                condition=~Q(status="vervallen") | ~Q(sluitreden=""),
                name="vacature_vervallen_met_reden",
                violation_error_message="Geef een reden als je een vacature sluit.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["open", "bezet", "vervuld", "aangehouden", "beeindigd"])
                | Q(geopend_op__isnull=False),
                name="vacature_open_sinds",
                violation_error_message="Een open vacature heeft een datum waarop hij openging.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "status", "geopend_op", "id"], name="vacature_lijst"),
            models.Index(fields=["accountmanager", "status", "id"], name="vacature_accountmanager"),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def tabel(self) -> Toestandstabel:
        """The life cycle of this kind of demand."""
        return VACATURETABELLEN[self.soort]

    @property
    def toestand(self) -> Toestand:
        """The present state with its sentence."""
        return self.tabel.toestand(self.status)

    @property
    def nummer(self) -> str:
        """Number as people say it, e.g. V-00417."""
        return f"V-{self.pk:05d}"

    @property
    def vrij(self) -> int:
        """Places that are still free."""
        return self.plekken - self.vervuld

    @property
    def betaald(self) -> bool:
        """Whether the work is paid by a contract."""
        return self.soort != Vacaturesoort.TRAJECTPLEK

    def vul_afgeleid(self) -> None:
        """Fill the columns that matching reads from the occupation, the sector and the place."""
        from werkgevers.matching.afstand import punt_van

        self.isco = isco_van(self.beroep_code)
        self.sectornummer = SECTORNUMMER[self.sector]
        self.pc4 = self.vestiging.pc4
        self.x, self.y, self.z = punt_van(self.pc4)


def isco_van(beroep_code: str) -> int:
    """Unit group (four digits) of an ESCO occupation code such as 9112.1; 0 when unknown."""
    groep = beroep_code.removeprefix("C").split(".")[0]
    return int(groep) if re.fullmatch(r"[0-9]{4}", groep) else 0
