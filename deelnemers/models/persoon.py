"""The person, once, for life (R001), with the number, household, benefit and representative."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from deelnemers.keuzes import Geslacht, HuishoudRol, Identiteitscontrole, Leefvorm, Regeling
from deelnemers.kwetsbaar import Ontvanger, Vertegenwoordigersoort
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from kern.namen import volledige_naam
from kern.weergave import leeftijd


class Kaal(Func):
    """kern_kaal(a || ' ' || b …): lower case without accents, so that Ünal does not sort after Zeeman."""

    function = "kern_kaal"
    arg_joiner = " || ' ' || "
    output_field = models.CharField()


@met_historie("id")
class Deelnemer(GemeenteModel, VersieModel):
    """A person with a dossier: as participant, as employee, or both (R002). Names follow the BRP.

    The columns under *Opgeslagen voor lijsten* are kept by the services and checked every night.
    """

    dossiernummer = models.CharField("dossiernummer", max_length=12)
    voornamen = models.CharField("voornamen", max_length=150, blank=True)
    roepnaam = models.CharField("roepnaam", max_length=60, blank=True)
    voorletters = models.CharField("voorletters", max_length=20, blank=True)
    voorvoegsel = models.CharField("tussenvoegsel", max_length=20, blank=True)
    geslachtsnaam = models.CharField("achternaam", max_length=120)
    partnernaam = models.CharField("naam partner", max_length=120, blank=True)
    geboortedatum = models.DateField("geboortedatum")
    geslacht = models.CharField("geslacht", max_length=1, choices=Geslacht, default=Geslacht.ANDERS)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    bereikbaar = models.CharField("wanneer bereikbaar", max_length=100, blank=True)
    voorkeurskanaal = models.CharField("voorkeurskanaal", max_length=12, blank=True)
    straat = models.CharField("straat", max_length=100, blank=True)
    huisnummer = models.CharField("huisnummer", max_length=12, blank=True)
    postcode = models.CharField("postcode", max_length=6, blank=True)
    woonplaats = models.CharField("woonplaats", max_length=80, blank=True)
    gebied = models.ForeignKey("organisatie.Gebied", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    adres_geheim = models.BooleanField("geheim adres", default=False)
    tolk_taal = models.CharField("tolk nodig voor", max_length=40, blank=True)
    overleden_op = models.DateField("overleden op", null=True, blank=True)
    identiteit = models.CharField(
        "identiteit vastgesteld", max_length=12, choices=Identiteitscontrole, default=Identiteitscontrole.NIET
    )
    identiteit_op = models.DateField("identiteit vastgesteld op", null=True, blank=True)
    identiteit_door = models.CharField("identiteit vastgelegd door", max_length=150, blank=True)
    persona = models.CharField("demopersoon", max_length=30, blank=True, editable=False)
    samengevoegd_met = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    geanonimiseerd_op = models.DateField("geanonimiseerd op", null=True, editable=False)

    # Opgeslagen voor lijsten
    regievoerder = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    trede_nu = models.PositiveSmallIntegerField("trede", null=True, editable=False)
    trede_sinds = models.DateField("trede sinds", null=True, editable=False)
    in_traject = models.BooleanField("in traject", default=False, editable=False)
    laatste_contact_op = models.DateField("laatste contact", null=True, editable=False)
    volgende_actie_op = models.DateField("volgende actie", null=True, editable=False)
    volgende_afspraak_op = models.DateTimeField("volgende afspraak", null=True, editable=False)
    onderdelen_actief = models.PositiveSmallIntegerField("actieve onderdelen", default=0, editable=False)
    diagnose_vers_tot = models.DateField("diagnose vers tot", null=True, editable=False)
    sorteernaam = models.GeneratedField(
        expression=Kaal(F("geslachtsnaam"), F("roepnaam"), F("voorvoegsel")),
        output_field=models.CharField(max_length=250),
        db_persist=True,
    )

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        ordering = ["sorteernaam", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "dossiernummer"],
                name="deelnemer_dossiernummer",
                violation_error_message="Dit dossiernummer bestaat al.",
            ),
            een_van("geslacht", Geslacht, "deelnemer_geslacht"),
            een_van("identiteit", Identiteitscontrole, "deelnemer_identiteit"),
            models.CheckConstraint(
                condition=Q(identiteit_door="")
                | ~Q(identiteit=Identiteitscontrole.NIET) & Q(identiteit_op__isnull=False),
                name="deelnemer_identiteit_door",
                violation_error_message="Wie de identiteit vastlegde, hoort bij hoe en wanneer dat gebeurde.",
            ),
            models.CheckConstraint(
                condition=Q(overleden_op__isnull=True) | Q(overleden_op__gte=F("geboortedatum")),
                name="deelnemer_overleden_na_geboorte",
                violation_error_message="De datum van overlijden ligt voor de geboortedatum.",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9][0-9]{3}[A-Z]{2}$"),
                name="deelnemer_postcode",
                violation_error_message="Een postcode is vier cijfers en twee letters, bijvoorbeeld 1102 AB.",
            ),
            models.CheckConstraint(
                condition=~Q(samengevoegd_met=F("id")),
                name="deelnemer_niet_met_zichzelf_samen",
                violation_error_message="Een dossier kan niet met zichzelf worden samengevoegd.",
            ),
        ]
        indexes = [
            models.Index(fields=["regievoerder", "sorteernaam", "id"], name="deelnemer_caseload"),
            models.Index(fields=["team", "sorteernaam", "id"], name="deelnemer_team"),
            models.Index(fields=["gemeente", "sorteernaam", "id"], name="deelnemer_gemeente"),
            models.Index(fields=["gemeente", "geboortedatum"], name="deelnemer_geboortedatum"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """Name as we address people: “Samira de Groot”."""
        return volledige_naam(self.roepnaam or self.voorletters, self.voorvoegsel, self.geslachtsnaam)

    def leeftijd_op(self, datum: dt.date) -> int:
        """Age in whole years on `datum`."""
        return leeftijd(self.geboortedatum, datum)


class Burgerservicenummer(GemeenteModel):
    """The BSN of a person, encrypted, outside the history; found by a keyed hash (ONTWERP 3.10)."""

    deelnemer = models.OneToOneField(Deelnemer, on_delete=models.CASCADE, related_name="+")
    waarde = models.BinaryField("waarde (versleuteld)")
    zoeksleutel = models.BinaryField("zoeksleutel")

    class Meta:
        verbose_name = "burgerservicenummer"
        verbose_name_plural = "burgerservicenummers"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "zoeksleutel"],
                name="bsn_een_keer_per_gemeente",
                violation_error_message="Iemand met dit burgerservicenummer heeft al een dossier.",
            )
        ]

    def __str__(self) -> str:
        return "burgerservicenummer"


@met_historie("deelnemer_id")
class Vertegenwoordiger(GemeenteModel, PeriodeModel, VersieModel):
    """Who acts for the person in a period, and what then goes to whom: bewindvoerder, mentor, parent of a minor."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="vertegenwoordigers")
    soort = models.CharField("soort", max_length=30, choices=Vertegenwoordigersoort)
    naam = models.CharField("naam", max_length=150)
    organisatie = models.CharField("organisatie", max_length=120, blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    postadres = models.CharField("straat en nummer, of postbus", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=6, blank=True)
    woonplaats = models.CharField("plaats", max_length=80, blank=True)
    brieven = models.CharField("brieven gaan naar", max_length=18, choices=Ontvanger, default=Ontvanger.BEIDEN)
    uitnodigingen = models.CharField(
        "uitnodigingen gaan naar", max_length=18, choices=Ontvanger, default=Ontvanger.PERSOON
    )
    gezien_in = models.CharField("waar bleek dit uit", max_length=150, blank=True)

    class Meta:
        verbose_name = "vertegenwoordiger"
        verbose_name_plural = "vertegenwoordigers"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("soort", Vertegenwoordigersoort, "vertegenwoordiger_soort"),
            een_van("brieven", Ontvanger, "vertegenwoordiger_brieven"),
            models.CheckConstraint(
                condition=Q(postadres="", postcode="", woonplaats="")
                | Q(postcode__regex=r"^[1-9][0-9]{3}[A-Z]{2}$") & ~Q(postadres="") & ~Q(woonplaats=""),
                name="vertegenwoordiger_adres_heel",
                violation_error_message="Een adres is een straat of postbus, een postcode en een plaats.",
            ),
            een_van("uitnodigingen", Ontvanger, "vertegenwoordiger_uitnodigingen"),
            ExclusionConstraint(
                name="vertegenwoordiger_een_keer_per_dag",
                expressions=[
                    ("deelnemer", RangeOperators.EQUAL),
                    ("soort", RangeOperators.EQUAL),
                    ("naam", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze vertegenwoordiger staat er in deze periode al.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Huishouden(GemeenteModel, PeriodeModel):
    """A household: who lives together in one benefit norm (R003, R005)."""

    leefvorm = models.CharField("leefvorm", max_length=1, choices=Leefvorm)
    kinderen = models.PositiveSmallIntegerField("thuiswonende kinderen", default=0)
    jongste_kind_geboren_op = models.DateField("jongste kind geboren op", null=True, blank=True)
    kostendelers = models.PositiveSmallIntegerField("aantal kostendelers, met de persoon zelf", default=1)
    gezinsregisseur = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "huishouden"
        verbose_name_plural = "huishoudens"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("leefvorm", Leefvorm, "huishouden_leefvorm"),
            models.CheckConstraint(
                condition=Q(kostendelers__gte=1),
                name="huishouden_kostendelers",
                violation_error_message="De persoon zelf telt mee als kostendeler: vul minstens 1 in.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_leefvorm_display()


@met_historie("deelnemer_id")
class Huishoudlid(GemeenteModel, PeriodeModel):
    """A person in a household, in at most one on each day."""

    huishouden = models.ForeignKey(Huishouden, on_delete=models.CASCADE, related_name="leden")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="huishoudens")
    rol = models.CharField("rol", max_length=10, choices=HuishoudRol, default=HuishoudRol.HOOFD)

    class Meta:
        verbose_name = "lid van een huishouden"
        verbose_name_plural = "leden van huishoudens"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("rol", HuishoudRol, "huishoudlid_rol"),
            ExclusionConstraint(
                name="huishoudlid_een_huishouden_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Deze persoon hoort in deze periode al bij een ander huishouden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer} ({self.get_rol_display()})"


@met_historie()
class Uitkering(GemeenteModel, VersieModel):
    """A benefit: one for two partners (R003). It ends only by the answer of income (ONTWERP 3.11).

    `laatste_dag` is the last benefit day; `reden_einde` the BUS code. Both or neither.
    """

    regeling = models.CharField("regeling", max_length=10, choices=Regeling)
    huishouden = models.ForeignKey(
        Huishouden, on_delete=models.PROTECT, null=True, blank=True, related_name="uitkeringen"
    )
    begindatum = models.DateField("begindatum")
    laatste_dag = models.DateField("laatste dag met uitkering", null=True, blank=True)
    reden_einde = models.CharField("reden van einde (BUS)", max_length=2, blank=True)
    einde_bevestigd_op = models.DateField("einde bevestigd op", null=True, blank=True)
    normbedrag = models.DecimalField("norm in euro per maand", max_digits=8, decimal_places=2, null=True, blank=True)
    inkomsten = models.DecimalField(
        "inkomsten in euro per maand", max_digits=8, decimal_places=2, null=True, blank=True
    )
    extern_nummer = models.CharField("nummer bij inkomen", max_length=30, blank=True)

    class Meta:
        verbose_name = "uitkering"
        verbose_name_plural = "uitkeringen"
        constraints = [
            een_van("regeling", Regeling, "uitkering_regeling"),
            models.CheckConstraint(
                condition=Q(laatste_dag__isnull=True, reden_einde="", einde_bevestigd_op__isnull=True)
                | (Q(laatste_dag__isnull=False, einde_bevestigd_op__isnull=False) & ~Q(reden_einde="")),
                name="uitkering_einde_met_reden",
                violation_error_message="Een beëindigde uitkering heeft een laatste dag én een reden.",
            ),
            models.CheckConstraint(
                condition=Q(laatste_dag__isnull=True) | Q(laatste_dag__gte=F("begindatum")),
                name="uitkering_einde_na_begin",
                violation_error_message="De laatste dag ligt voor de begindatum van de uitkering.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "laatste_dag"], name="uitkering_einde")]

    def __str__(self) -> str:
        return self.get_regeling_display()


@met_historie("deelnemer_id")
class Uitkeringsgerechtigde(GemeenteModel, PeriodeModel):
    """A person who is entitled to a benefit, alone or as partner. No two benefits on one day (ONTWERP
    3.1).
    """

    uitkering = models.ForeignKey(Uitkering, on_delete=models.CASCADE, related_name="gerechtigden")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="uitkeringen")

    class Meta:
        verbose_name = "gerechtigde"
        verbose_name_plural = "gerechtigden"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="gerechtigde_een_uitkering_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Deze persoon heeft in deze periode al een uitkering.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer}: {self.uitkering}"
