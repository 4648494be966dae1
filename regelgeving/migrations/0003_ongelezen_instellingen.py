from django.db import migrations

#: Settings that nothing read: revision is on 1 January only, payment is monthly in arrears and a wage value is a
#: whole percent. The file with values no longer holds them; what was loaded goes here.
_SQL = """
SELECT set_config('kern.actor_soort', 'taak', true), set_config('kern.actor_id', 'migratie', true),
       set_config('kern.actor_naam', 'migratie', true), set_config('kern.verzoek', '', true),
       set_config('kern.reden', 'instellingen die niets deden', true);
DELETE FROM regelgeving_parameter
 WHERE sleutel IN ('lks.betaalmoment', 'lks.index_maand', 'lks.loonwaarde_afronding');
SELECT set_config('kern.actor_soort', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("regelgeving", "0002_verwerkingsregister")]
    operations = [migrations.RunSQL(_SQL, migrations.RunSQL.noop)]
