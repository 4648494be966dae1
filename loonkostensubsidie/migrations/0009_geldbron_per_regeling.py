from django.db import migrations

#: Until now every subsidy got W money. What rests on the Wsw is paid from SW money (R180, J01).
_ACTOR = """
SELECT set_config('kern.actor_soort', 'taak', true), set_config('kern.actor_id', 'migratie', true),
       set_config('kern.actor_naam', 'migratie', true), set_config('kern.verzoek', '', true),
       set_config('kern.reden', 'geldbron volgens de regeling', true);
"""
_BRON = """
UPDATE loonkostensubsidie_subsidie s SET geldbron = 'sw_deel'
  FROM loonkostensubsidie_regeling r
 WHERE r.id = s.regeling_id AND r.gemeente_id = s.gemeente_id
   AND r.dienstverbandsoort IN ('sw', 'begeleid_werken') AND s.geldbron = 'w_deel';
"""
#: What was processed before there was a task behind it is done.
_VERVOLG = """
UPDATE loonkostensubsidie_wijzigingsmelding SET vervolg_op = status_sinds
 WHERE status = 'verwerkt' AND soort IN ('verhuizing', 'loonwaarde');
"""
_KLAAR = """
SELECT set_config('kern.actor_soort', '', true);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("loonkostensubsidie", "0008_geldbron_en_vervolg")]
    operations = [migrations.RunSQL(_ACTOR + _BRON + _VERVOLG + _KLAAR, migrations.RunSQL.noop)]
