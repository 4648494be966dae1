"""The ledger: what is due per month, line by line. Never edited: a change in the past adds a line (R148)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kern.historie import alleen_toevoegen
from kern.models import GemeenteModel, een_van
from loonkostensubsidie.keuzes import Boeksoort
from loonkostensubsidie.models.subsidie import Subsidie

_EERSTE_DAG = Q(maand__day=1)


def _bedrag(naam: str) -> models.DecimalField:
    return models.DecimalField(naam, max_digits=10, decimal_places=2)


@alleen_toevoegen
class Berekening(GemeenteModel):
    """What a month came to, once: the facts that went in, every step, and the amounts in euro."""

    subsidie = models.ForeignKey(Subsidie, on_delete=models.CASCADE, related_name="berekeningen")
    maand = models.DateField("maand")
    feiten = models.JSONField("feiten")
    specificatie = models.JSONField("specificatie")
    subsidiebedrag = _bedrag("subsidie")
    werkgeverslasten = _bedrag("werkgeverslasten")
    totaal = _bedrag("totaal")
    rekenversie = models.CharField("versie van de rekenregels", max_length=20)
    berekend_op = models.DateTimeField("berekend op")

    class Meta:
        verbose_name = "berekening"
        verbose_name_plural = "berekeningen"
        constraints = [
            models.CheckConstraint(
                condition=_EERSTE_DAG,
                name="berekening_eerste_dag",
                violation_error_message="Een maand staat als de eerste dag van die maand.",
            ),
        ]
        indexes = [models.Index(fields=["subsidie", "maand", "-id"], name="berekening_nieuwste")]

    def __str__(self) -> str:
        return f"{self.subsidie_id}, {self.maand:%Y-%m}: {self.totaal}"


@alleen_toevoegen
class Boekregel(GemeenteModel):
    """A line for one month of one subsidy, signed, in euro. The sum of the lines is what is due for that month.

    The first line of a month has `volgnummer` 1; two who book at once get the same number, and one of them is refused.
    """

    subsidie = models.ForeignKey(Subsidie, on_delete=models.CASCADE, related_name="boekregels")
    berekening = models.ForeignKey(Berekening, on_delete=models.CASCADE, related_name="boekregels")
    maand = models.DateField("maand")
    volgnummer = models.PositiveSmallIntegerField("volgnummer")
    soort = models.CharField("soort", max_length=10, choices=Boeksoort)
    subsidiebedrag = _bedrag("subsidie")
    werkgeverslasten = _bedrag("werkgeverslasten")
    totaal = _bedrag("totaal")
    uitleg = models.CharField("uitleg", max_length=400)
    geboekt_op = models.DateTimeField("geboekt op")

    class Meta:
        verbose_name = "boekregel"
        verbose_name_plural = "boekregels"
        constraints = [
            een_van("soort", Boeksoort, "boekregel_soort"),
            models.CheckConstraint(
                condition=_EERSTE_DAG,
                name="boekregel_eerste_dag",
                violation_error_message="Een maand staat als de eerste dag van die maand.",
            ),
            models.UniqueConstraint(
                fields=["subsidie", "maand", "volgnummer"],
                name="boekregel_volgnummer",
                violation_error_message="Deze maand is zojuist door iemand anders geboekt. Bekijk haar opnieuw.",
            ),
            models.CheckConstraint(
                condition=Q(soort="maand", volgnummer=1) | Q(soort__in=["correctie", "teruggave"], volgnummer__gt=1),
                name="boekregel_eerste_is_maand",
                violation_error_message=(
                    "De eerste regel van een maand is het maandbedrag, elke volgende een correctie of teruggave."
                ),
            ),
            models.CheckConstraint(
                condition=Q(totaal__gte=F("subsidiebedrag") + F("werkgeverslasten") - models.Value("0.02"))
                & Q(totaal__lte=F("subsidiebedrag") + F("werkgeverslasten") + models.Value("0.02")),
                name="boekregel_totaal",
                violation_error_message="Het totaal is de som van subsidie en werkgeverslasten.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "maand", "id"], name="boekregel_maand"),
        ]

    def __str__(self) -> str:
        return f"{self.maand:%Y-%m} {self.get_soort_display()}: {self.totaal}"
