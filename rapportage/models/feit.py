"""The facts: what happened or was so, and since when we knew it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from kern.historie import alleen_toevoegen
from kern.models import GemeenteModel, een_van
from rapportage.keuzes import Feitsoort, Runstatus

_ALLEEN_SLUITEN = """
    IF current_user = 'reintegratie_wis' THEN RETURN NEW; END IF;
    nieuw := NEW;
    nieuw.bekend_tot := OLD.bekend_tot;
    IF OLD.bekend_tot IS NOT NULL OR NEW.bekend_tot IS NULL OR nieuw IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'een feit verandert niet; alleen bekend_tot krijgt een keer een stempel'
            USING ERRCODE = 'RA001';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM rapportage_run r WHERE r.gemeente_id = NEW.gemeente_id AND r.stempel = NEW.bekend_tot
    ) THEN
        RAISE EXCEPTION 'bekend_tot is het stempel van een run' USING ERRCODE = 'RA001';
    END IF;
    RETURN NEW;
"""


class Run(GemeenteModel):
    """One computation of facts and figures. `stempel` is its moment; pages show the last that succeeded."""

    stempel = models.DateTimeField("stempel")
    peildatum = models.DateField("peildatum")
    snapshot = models.CharField("momentopname", max_length=100, blank=True)
    status = models.CharField("status", max_length=10, choices=Runstatus, default=Runstatus.BEZIG)
    nieuw = models.PositiveIntegerField("nieuwe feiten", default=0)
    gesloten = models.PositiveIntegerField("gesloten feiten", default=0)
    klaar_op = models.DateTimeField("klaar op", null=True)

    class Meta:
        verbose_name = "berekening"
        verbose_name_plural = "berekeningen"
        constraints = [
            een_van("status", Runstatus, "run_status"),
            models.UniqueConstraint(fields=["gemeente", "stempel"], name="run_stempel"),
        ]

    def __str__(self) -> str:
        return f"Berekening van {self.stempel:%d-%m-%Y %H:%M}"


@alleen_toevoegen
class Feit(GemeenteModel):
    """One countable event or stock period, bitemporal. Rows are only added; `bekend_tot` gets a stamp once.

    A source (`kern.aansluitingen.feiten`) yields exactly the columns of `INHOUD`; the night keeps the rest.
    `datum` is the event date, `geldig_van`/`geldig_tot` the stock period (last day included). The keys of
    person, benefit and trajectory are plain columns: erasing a person detaches the fact, the figure stays. Facts of one
    kind of one erased person share `losse_persoon`, the lowest of their own numbers, so that a person counts once.
    """

    soort = models.CharField("soort", max_length=20, choices=Feitsoort)
    sleutel = models.CharField("sleutel", max_length=60)
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    datum = models.DateField("datum", null=True)
    geldig_van = models.DateField("geldig van", null=True)
    geldig_tot = models.DateField("geldig tot en met", null=True)
    traject_einde = models.DateField("einde traject", null=True)
    geregistreerd_op = models.DateField("vastgelegd op", null=True)
    uitkering_id = models.BigIntegerField("uitkering", null=True)
    traject_id = models.BigIntegerField("traject", null=True)
    status = models.CharField("hoe staat het einde", max_length=20, blank=True)
    uitkomst = models.CharField("uitkomst", max_length=20, blank=True)
    bus_reden = models.CharField("reden einde uitkering (BUS)", max_length=2, blank=True)
    groep = models.CharField("waarom", max_length=20, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde bij deze uitkering", default=0)
    stopgezet = models.BooleanField("stopgezet", default=False)
    werk_begonnen_op = models.DateField("eerste werkdag", null=True)
    nagekomen_op = models.DateField("telt na in het jaar ervoor op", null=True)
    uren = models.DecimalField("uren per week", max_digits=4, decimal_places=1, null=True)
    trede_start = models.PositiveSmallIntegerField("trede bij de start", null=True)
    trede = models.PositiveSmallIntegerField("trede", null=True)
    team = models.ForeignKey(
        "organisatie.Team", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    pijler = models.ForeignKey(
        "organisatie.Pijler", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    gebied = models.ForeignKey(
        "organisatie.Gebied", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    bron = models.CharField("bronafdeling", max_length=40, blank=True)
    vorm = models.CharField("vorm", max_length=30, blank=True)
    kenmerken = models.JSONField("kenmerken", default=dict)

    inhoud_hash = models.UUIDField("vingerafdruk")
    bekend_van = models.DateTimeField("bekend van")
    bekend_tot = models.DateTimeField("bekend tot", null=True)
    losgemaakt_op = models.DateField("losgemaakt van de persoon op", null=True)
    losse_persoon = models.BigIntegerField("feiten die van één gewist persoon waren", null=True)

    wijzigbare_kolommen = ("bekend_tot",)

    class Meta:
        verbose_name = "feit"
        verbose_name_plural = "feiten"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "soort", "sleutel"],
                condition=Q(bekend_tot__isnull=True),
                name="feit_een_open",
            ),
            een_van("soort", Feitsoort, "feit_soort"),
            models.CheckConstraint(
                condition=Q(bekend_tot__isnull=True) | Q(bekend_tot__gt=F("bekend_van")),
                name="feit_bekend_loopt_vooruit",
            ),
            models.CheckConstraint(
                condition=Q(datum__isnull=False) | Q(geldig_van__isnull=False), name="feit_heeft_een_datum"
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "soort", "datum"], name="feit_datum"),
            models.Index(
                fields=["gemeente", "soort", "nagekomen_op"],
                name="feit_nagekomen",
                condition=Q(nagekomen_op__isnull=False),
            ),
            models.Index(fields=["deelnemer", "soort"], name="feit_deelnemer"),
            models.Index(
                fields=["gemeente", "uitkering_id"],
                name="feit_los_uitkering",
                condition=Q(losgemaakt_op__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="alleen_sluiten",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("nieuw", "rapportage_feit%ROWTYPE")],
                func=_ALLEEN_SLUITEN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.sleutel}"


#: The columns that a source yields, in this order.
INHOUD = (
    "sleutel",
    "deelnemer_id",
    "datum",
    "geldig_van",
    "geldig_tot",
    "traject_einde",
    "geregistreerd_op",
    "uitkering_id",
    "traject_id",
    "status",
    "uitkomst",
    "bus_reden",
    "groep",
    "volgorde",
    "stopgezet",
    "werk_begonnen_op",
    "nagekomen_op",
    "uren",
    "trede_start",
    "trede",
    "team_id",
    "pijler_id",
    "gebied_id",
    "bron",
    "vorm",
    "kenmerken",
)
