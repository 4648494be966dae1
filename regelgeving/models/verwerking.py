"""The register of processing activities (AVG art. 30), and which way of reading belongs to which activity."""

from __future__ import annotations

import pgtrigger
from django.db import models

from kern.historie import met_historie
from regelgeving.models.basis import VERS_STEMPEL, GeldigModel, geen_overlap


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Verwerkingsactiviteit(GeldigModel):
    """What personal data are used for, on which ground, for how long; dated, so an old line keeps its words."""

    code = models.SlugField("code", max_length=40)
    naam = models.CharField("naam", max_length=120)
    doel = models.TextField("doel")
    grondslag = models.CharField("grondslag", max_length=200)
    wet = models.CharField("wet", max_length=200)
    bijzonder = models.CharField("bijzondere gegevens", max_length=250, blank=True)
    betrokkenen = models.CharField("over wie", max_length=250)
    gegevens = models.TextField("welke gegevens")
    ontvangers = models.CharField("wie krijgt ze", max_length=250)
    bewaren = models.CharField("hoe lang", max_length=200)
    beveiliging = models.TextField("beveiliging")
    verantwoordelijke = models.CharField("verantwoordelijke", max_length=120)

    class Meta:
        verbose_name = "verwerkingsactiviteit"
        verbose_name_plural = "verwerkingsactiviteiten"
        constraints = [*GeldigModel.Meta.constraints, geen_overlap("verwerking_geen_overlap", "code")]

    def __str__(self) -> str:
        return self.naam


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Leeshandeling(GeldigModel):
    """The name in a line of the read log: what somebody did, as the person reads it, and for which activity."""

    naam = models.CharField("naam", max_length=60)
    verwerking = models.SlugField("verwerkingsactiviteit", max_length=40)
    omschrijving = models.CharField("wat iemand deed", max_length=150)

    class Meta:
        verbose_name = "leeshandeling"
        verbose_name_plural = "leeshandelingen"
        constraints = [*GeldigModel.Meta.constraints, geen_overlap("leeshandeling_geen_overlap", "naam")]

    def __str__(self) -> str:
        return self.naam
