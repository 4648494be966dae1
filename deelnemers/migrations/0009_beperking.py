"""Data of which the use is restricted (AVG art. 18): every change goes through the history, and is refused there."""

from django.db import migrations, models

#: Handling the request itself, watching over reading, and who looks after the person stay possible.
BEPERKT = """
CREATE FUNCTION deelnemers_gebruik_beperkt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF COALESCE(current_setting('kern.actor_soort', true), '') NOT IN ('gebruiker', 'client') THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM nieuwe_regels n JOIN deelnemers_privacyverzoek v
            ON v.deelnemer_id = n.betrokkene_id AND v.gemeente_id = n.gemeente_id
        WHERE v.soort = 'beperking' AND v.status IN ('toegewezen', 'deels') AND v.beperkt_tot IS NULL
            AND (v.gebruik_tot IS NULL
                OR v.gebruik_tot < COALESCE(NULLIF(current_setting('kern.vandaag', true), '')::date, current_date))
            AND n.tabel NOT IN (
                'deelnemers_privacyverzoek', 'deelnemers_achtergehouden', 'deelnemers_inzagebestand',
                'deelnemers_leesverbod', 'deelnemers_leessignaal', 'deelnemers_doorbreking',
                'deelnemers_regie', 'deelnemers_betrokkenheid')
            AND NOT (n.tabel = 'deelnemers_deelnemer' AND n.actie = 'U'
                AND n.nieuw - ARRAY['regievoerder_id', 'team_id'] = '{}'::jsonb)
    ) THEN
        RAISE EXCEPTION 'het gebruik van deze gegevens is beperkt' USING ERRCODE = 'KE018';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER gebruik_beperkt AFTER INSERT ON kern_wijziging REFERENCING NEW TABLE AS nieuwe_regels
    FOR EACH STATEMENT EXECUTE FUNCTION deelnemers_gebruik_beperkt();
"""
TERUG = "DROP TRIGGER gebruik_beperkt ON kern_wijziging; DROP FUNCTION deelnemers_gebruik_beperkt;"


class Migration(migrations.Migration):

    dependencies = [
        ('deelnemers', '0008_diagnose'),
        ('kern', '0005_testclients'),
    ]

    operations = [
        migrations.AddField(
            model_name='privacyverzoek',
            name='gebruik_grond',
            field=models.CharField(blank=True, choices=[('toestemming', 'de persoon vindt dit goed'), ('vordering', 'nodig voor een rechtszaak of bezwaar'), ('ander', 'om de rechten van iemand anders te beschermen'), ('belang', 'om een zwaarwegende reden van algemeen belang')], max_length=12, verbose_name='op welke grond'),
        ),
        migrations.AddField(
            model_name='privacyverzoek',
            name='gebruik_reden',
            field=models.CharField(blank=True, max_length=300, verbose_name='waarom en waarvoor'),
        ),
        migrations.AddField(
            model_name='privacyverzoek',
            name='gebruik_tot',
            field=models.DateField(blank=True, null=True, verbose_name='toch gebruiken tot en met'),
        ),
        migrations.AddIndex(
            model_name='privacyverzoek',
            index=models.Index(condition=models.Q(('beperkt_tot__isnull', True), ('soort', 'beperking'), ('status__in', ['toegewezen', 'deels'])), fields=['deelnemer'], name='privacyverzoek_beperkt'),
        ),
        migrations.AddConstraint(
            model_name='privacyverzoek',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gebruik_grond', ''), ('gebruik_reden', ''), ('gebruik_tot__isnull', True)), models.Q(('gebruik_grond__in', ['toestemming', 'vordering', 'ander', 'belang']), ('gebruik_tot__isnull', False), ('soort', 'beperking'), models.Q(('gebruik_reden', ''), _negated=True)), _connector='OR'), name='privacyverzoek_toch_gebruiken', violation_error_message='Toch gebruiken heeft een grond, een reden en een laatste dag.'),
        ),
        migrations.RunSQL(BEPERKT, TERUG),
    ]
