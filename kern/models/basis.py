"""Base classes of all domain models."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Expression, F, Func, Q

from kern.handeling import huidige_gemeente_id


class HuidigeGemeente(Expression):
    """The gemeente of the moment that the query runs, never that of the moment it was written down.

    A queryset in a form class or a module is made when the module is first imported: in the gemeente of
    whoever happened to come first, or in none. It must show the rows of whoever uses it.
    """

    output_field = models.BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[int]]:
        return "%s", [huidige_gemeente_id()]


class GemeenteManager(models.Manager):
    """Limits every query to the gemeente of the request or job; refuses a query without one (ONTWERP 7)."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(gemeente_id=HuidigeGemeente())


class GemeenteModel(models.Model):
    """A row that belongs to one gemeente. `objects` is scoped, `alle_gemeenten` is for maintenance only."""

    gemeente = models.ForeignKey(
        "kern.Gemeente",
        on_delete=models.PROTECT,
        related_name="+",
        default=huidige_gemeente_id,
        editable=False,
        db_index=False,
        verbose_name="gemeente",
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op", auto_now_add=True)

    objects = GemeenteManager()
    alle_gemeenten = models.Manager()  # noqa: DJ012  # a manager, not a field

    class Meta:
        abstract = True
        default_manager_name = "objects"


class VersieModel(models.Model):
    """Counter against lost updates: forms and ETags carry it, services compare and raise it."""

    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    class Meta:
        abstract = True


class DatumBereik(Func):
    """daterange(begin, einde, '[]'): both days included, an empty end is open. For EXCLUDE constraints.

    An end before the begin gives a range of one day instead of a database error: then the CHECK of
    PeriodeModel can answer with its own sentence.
    """

    def __init__(self, begin: str = "begindatum", einde: str = "einddatum", **extra: Any) -> None:
        from django.contrib.postgres.fields import DateRangeField

        super().__init__(F(begin), F(einde), output_field=DateRangeField(), **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        (b, b_waarden), (e, e_waarden) = (compiler.compile(deel) for deel in self.source_expressions)
        sql = f"daterange({b}, CASE WHEN {e} < {b} THEN {b} ELSE {e} END, '[]')"
        return sql, [*b_waarden, *e_waarden, *b_waarden, *b_waarden, *e_waarden]


class PeriodeModel(models.Model):
    """A period of whole days; the end day is included, no end means that it still runs."""

    begindatum = models.DateField("begindatum")
    einddatum = models.DateField("einddatum", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("begindatum")),
                name="%(app_label)s_%(class)s_einde_na_begin",
                violation_error_message=(
                    "De einddatum ligt voor de begindatum. Kies een einddatum op of na de begindatum."
                ),
            )
        ]


def geldig_op(datum: Any, prefix: str = "") -> Q:
    """Condition: the period of a PeriodeModel covers `datum`."""
    return Q(**{f"{prefix}begindatum__lte": datum}) & (
        Q(**{f"{prefix}einddatum__isnull": True}) | Q(**{f"{prefix}einddatum__gte": datum})
    )


def een_van(veld: str, keuzes: type[models.Choices], naam: str) -> models.CheckConstraint:
    """Constraint: `veld` holds one of `keuzes`; the database refuses a code that the program does
    not know.
    """
    return models.CheckConstraint(
        condition=Q(**{f"{veld}__in": list(keuzes.values)}),
        name=naam,
        violation_error_message="Kies een waarde uit de lijst.",
    )
