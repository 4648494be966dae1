"""A warning to a person, and an advice on a maatregel to income (R016).

Separate, dated and reasoned. Income decides (Participatiewet art. 18), so nothing here changes a benefit. Only the
count of imposed maatregelen, which stands beside outflow, reads what income decided (R017); no other figure does.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.maatregelkeuzes import Hoorwijze, Waarschuwwijze
from deelnemers.models.persoon import Deelnemer
from deelnemers.toestanden import MAATREGELADVIES, WAARSCHUWING
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van

#: Facts take more than one word.
_FEITEN = r"\S.{9,}"
_ZONDER_ANTWOORD = {
    "besluit_op": None,
    "ingangsdatum": None,
    "einddatum": None,
    "bezwaar_op": None,
    "beantwoord_op": None,
    "beantwoord_door": "",
    "tekst_antwoord": "",
    "gelezen_op": None,
}


@met_historie("deelnemer_id")
class Waarschuwing(GemeenteModel, VersieModel):
    """What was agreed and not done, in plain facts, how the person was told, and what the person says about it."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="waarschuwingen")
    gegeven_op = models.DateField("gegeven op")
    wijze = models.CharField("hoe verteld", max_length=10, choices=Waarschuwwijze)
    afspraak = models.TextField("wat was afgesproken", max_length=500)
    niet_gedaan = models.TextField("wat is niet gedaan", max_length=1000)
    gegeven_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    reactie = models.TextField("reactie van de persoon", max_length=1000, blank=True)
    reactie_op = models.DateField("reactie gegeven op", null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=WAARSCHUWING.keuzes, default="gegeven")
    status_sinds = models.DateField("status sinds")
    intrekreden = models.CharField("waarom ingetrokken", max_length=300, blank=True)

    class Meta:
        verbose_name = "waarschuwing"
        verbose_name_plural = "waarschuwingen"
        constraints = [
            WAARSCHUWING.check("waarschuwing_status"),
            een_van("wijze", Waarschuwwijze, "waarschuwing_wijze"),
            models.CheckConstraint(
                condition=Q(afspraak__regex=_FEITEN) & Q(niet_gedaan__regex=_FEITEN),
                name="waarschuwing_met_feiten",
                violation_error_message="Schrijf in een paar woorden op wat is afgesproken en wat niet is gedaan.",
            ),
            models.CheckConstraint(
                condition=Q(reactie="", reactie_op__isnull=True)
                | ~Q(reactie="") & Q(reactie_op__isnull=False, reactie_op__gte=F("gegeven_op")),
                name="waarschuwing_reactie_heel",
                violation_error_message="Een reactie heeft een tekst en een dag, niet voor de waarschuwing.",
            ),
            models.CheckConstraint(
                condition=Q(status="gegeven", intrekreden="") | Q(status="ingetrokken") & ~Q(intrekreden=""),
                name="waarschuwing_intrekreden",
                violation_error_message="Een ingetrokken waarschuwing heeft een reden.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-gegeven_op", "-id"], name="waarschuwing_persoon")]

    def __str__(self) -> str:
        return f"Waarschuwing {self.gegeven_op:%d-%m-%Y}"


@met_historie("deelnemer_id")
class Maatregeladvies(GemeenteModel, VersieModel):
    """Advice to income with facts and the side of the person, and what income decided, with its date and period."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="maatregeladviezen")
    waarschuwing = models.ForeignKey(Waarschuwing, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reden = models.CharField("welke plicht", max_length=20)
    gebeurd_op = models.DateField("wanneer gebeurde het")
    feiten = models.TextField("wat gebeurde er", max_length=2000)
    hoorwijze = models.CharField("hoe gehoord", max_length=12, choices=Hoorwijze)
    gehoord_op = models.DateField("gehoord op")
    zienswijze = models.TextField("wat de persoon zegt", max_length=2000, blank=True)
    verwijtbaar = models.TextField("waarom de persoon er iets aan kon doen", max_length=1000)
    omstandigheden = models.TextField("waar inkomen rekening mee moet houden", max_length=1000, blank=True)
    gegeven_op = models.DateField("gestuurd op")
    gegeven_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    termijn = models.DateField("antwoord verwacht voor")
    status = models.CharField("status", max_length=15, choices=MAATREGELADVIES.keuzes, default="verstuurd")
    status_sinds = models.DateField("status sinds")
    besluit_op = models.DateField("besluit van inkomen op", null=True, blank=True)
    ingangsdatum = models.DateField("maatregel vanaf", null=True, blank=True)
    einddatum = models.DateField("maatregel tot en met", null=True, blank=True)
    bezwaar_op = models.DateField("bezwaar gemaakt op", null=True, blank=True)
    beantwoord_op = models.DateField("beantwoord op", null=True, blank=True)
    beantwoord_door = models.CharField("beantwoord door", max_length=150, blank=True)
    tekst_antwoord = models.TextField("toelichting van inkomen", max_length=1000, blank=True)
    gelezen_op = models.DateField("gelezen op", null=True, blank=True)
    intrekreden = models.CharField("waarom ingetrokken", max_length=300, blank=True)

    class Meta:
        verbose_name = "advies over een maatregel"
        verbose_name_plural = "adviezen over een maatregel"
        constraints = [
            MAATREGELADVIES.check("maatregeladvies_status"),
            een_van("hoorwijze", Hoorwijze, "maatregeladvies_hoorwijze"),
            models.CheckConstraint(
                condition=Q(feiten__regex=_FEITEN) & Q(verwijtbaar__regex=_FEITEN),
                name="maatregeladvies_met_feiten",
                violation_error_message="Schrijf in een paar woorden op wat er gebeurde en waarom de persoon er iets aan kon doen.",  # noqa: E501
            ),
            models.CheckConstraint(
                condition=Q(hoorwijze=Hoorwijze.GEEN, zienswijze="")
                | ~Q(hoorwijze=Hoorwijze.GEEN) & Q(zienswijze__regex=r"\S"),
                name="maatregeladvies_gehoord",
                violation_error_message="Schrijf op wat de persoon zegt, of kies dat de persoon niet reageerde.",
            ),
            models.CheckConstraint(
                condition=Q(gehoord_op__gte=F("gebeurd_op")) & Q(gegeven_op__gte=F("gehoord_op")),
                name="maatregeladvies_volgorde",
                violation_error_message="Eerst gebeurt er iets, dan hoor je de persoon, daarna stuur je het advies.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["verstuurd", "ontvangen"], **_ZONDER_ANTWOORD, intrekreden="")
                | Q(status="ingetrokken", **_ZONDER_ANTWOORD) & ~Q(intrekreden="")
                | Q(status="opgelegd", besluit_op__isnull=False, ingangsdatum__isnull=False, intrekreden="")
                & Q(beantwoord_op__isnull=False)
                | Q(
                    status__in=["gewaarschuwd", "niet_opgelegd"],
                    besluit_op__isnull=False,
                    beantwoord_op__isnull=False,
                    ingangsdatum__isnull=True,
                    einddatum__isnull=True,
                    intrekreden="",
                ),
                name="maatregeladvies_antwoord_past",
                violation_error_message="Alleen een opgelegde maatregel heeft een periode, en elk besluit heeft een dag.",  # noqa: E501
            ),
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("ingangsdatum")),
                name="maatregeladvies_periode",
                violation_error_message="De laatste dag van de maatregel ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=(Q(besluit_op__isnull=True) | Q(besluit_op__gte=F("gegeven_op")))
                & (Q(bezwaar_op__isnull=True) | Q(bezwaar_op__gte=F("besluit_op"))),
                name="maatregeladvies_besluit_na_advies",
                violation_error_message="Het besluit komt na het advies, en een bezwaar na het besluit.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-gegeven_op", "-id"], name="maatregeladvies_persoon"),
            models.Index(fields=["gemeente", "status", "termijn", "id"], name="maatregeladvies_open"),
        ]

    def __str__(self) -> str:
        return f"Advies over een maatregel {self.gegeven_op:%d-%m-%Y}"
