from django.db import migrations, models
from django.db.models import F, Q

#: Until now a recovery was paid back in one go; one that does not stand set free what it still held.
_ACTOR = """
SELECT set_config('kern.actor_soort', 'taak', true), set_config('kern.actor_id', 'migratie', true),
       set_config('kern.actor_naam', 'migratie', true), set_config('kern.verzoek', '', true),
       set_config('kern.reden', 'ontvangen bedrag van een terugvordering', true);
"""
_VUL = """
UPDATE loonkostensubsidie_terugvordering SET ontvangen = bedrag WHERE status = 'betaald';
UPDATE loonkostensubsidie_terugvordering SET vrijgesteld = bedrag WHERE status = 'herroepen';
"""
_KLAAR = """
SELECT set_config('kern.actor_soort', '', true);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("loonkostensubsidie", "0012_van_school")]
    operations = [
        migrations.AddField(
            model_name="terugvordering",
            name="ontvangen",
            field=models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="ontvangen"),
        ),
        migrations.AddField(
            model_name="terugvordering",
            name="vrijgesteld",
            field=models.DecimalField(
                decimal_places=2, default=0, max_digits=12, verbose_name="hoeft niet te worden betaald"
            ),
        ),
        migrations.RunSQL(_ACTOR + _VUL + _KLAAR, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="boekregel", name="boekregel_soort"),
        migrations.RemoveConstraint(model_name="boekregel", name="boekregel_eerste_is_maand"),
        migrations.AlterField(
            model_name="boekregel",
            name="soort",
            field=models.CharField(
                choices=[("maand", "maandbedrag"), ("correctie", "correctie"), ("teruggave", "teruggave")],
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="boekregel",
            constraint=models.CheckConstraint(
                condition=Q(soort__in=["maand", "correctie", "teruggave"]),
                name="boekregel_soort",
                violation_error_message="Kies een waarde uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="boekregel",
            constraint=models.CheckConstraint(
                condition=Q(soort="maand", volgnummer=1) | Q(soort__in=["correctie", "teruggave"], volgnummer__gt=1),
                name="boekregel_eerste_is_maand",
                violation_error_message=(
                    "De eerste regel van een maand is het maandbedrag, elke volgende een correctie of teruggave."
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="terugvordering",
            constraint=models.CheckConstraint(
                condition=Q(ontvangen__gte=0, ontvangen__lte=F("bedrag"))
                & (~Q(status="betaald") | Q(ontvangen=F("bedrag"))),
                name="terugvordering_ontvangen",
                violation_error_message="Er kan niet meer binnenkomen dan is teruggevraagd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugvordering",
            constraint=models.CheckConstraint(
                condition=Q(vrijgesteld=0) | Q(vrijgesteld__gt=0, status="herroepen"),
                name="terugvordering_vrijgesteld",
                violation_error_message="Alleen na een bezwaar hoeft een werkgever een bedrag niet te betalen.",
            ),
        ),
    ]
