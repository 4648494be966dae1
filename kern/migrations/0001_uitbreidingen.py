"""Extensions, the immutable unaccent, and the partitioned tables of history and read log."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
import django.db.models.deletion
from django.db import migrations, models

FUNCTIES = """
CREATE FUNCTION kern_kaal(tekst text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, tekst)) $$;

CREATE TABLE kern_wijziging (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tijdstip timestamptz NOT NULL,
    gemeente_id bigint,
    tabel varchar(63) NOT NULL,
    rij_id bigint NOT NULL,
    betrokkene_id bigint,
    actie char(1) NOT NULL CHECK (actie IN ('I', 'U', 'D')),
    actor_soort varchar(10) NOT NULL,
    actor_id varchar(60) NOT NULL,
    actor_naam varchar(150) NOT NULL,
    verzoek varchar(40) NOT NULL,
    reden text NOT NULL,
    oud jsonb,
    nieuw jsonb,
    PRIMARY KEY (id, tijdstip)
) PARTITION BY RANGE (tijdstip);
CREATE INDEX wijziging_betrokkene ON kern_wijziging (betrokkene_id, tijdstip);
CREATE INDEX wijziging_rij ON kern_wijziging (tabel, rij_id, tijdstip);
CREATE TABLE kern_wijziging_rest PARTITION OF kern_wijziging DEFAULT;

CREATE TABLE kern_leesregel (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tijdstip timestamptz NOT NULL DEFAULT clock_timestamp(),
    gemeente_id bigint NOT NULL,
    actor_soort varchar(10) NOT NULL,
    actor_id varchar(60) NOT NULL,
    actor_naam varchar(150) NOT NULL,
    verzoek varchar(40) NOT NULL,
    verwerking varchar(60) NOT NULL,
    grond varchar(30) NOT NULL,
    reden text NOT NULL,
    betrokkenen bigint[] NOT NULL,
    PRIMARY KEY (id, tijdstip)
) PARTITION BY RANGE (tijdstip);
CREATE INDEX leesregel_betrokkenen ON kern_leesregel USING gin (betrokkenen);
CREATE INDEX leesregel_actor ON kern_leesregel (actor_id, tijdstip);
CREATE TABLE kern_leesregel_rest PARTITION OF kern_leesregel DEFAULT;

CREATE FUNCTION kern_maak_partities(van date, maanden integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE maand date; ouder text;
BEGIN
    FOR i IN 0..maanden LOOP
        maand := date_trunc('month', van) + make_interval(months => i);
        FOREACH ouder IN ARRAY ARRAY['kern_wijziging', 'kern_leesregel'] LOOP
            IF to_regclass(format('%s_%s', ouder, to_char(maand, 'YYYYMM'))) IS NULL THEN
                EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                    format('%s_%s', ouder, to_char(maand, 'YYYYMM')), ouder,
                    maand::timestamp AT TIME ZONE 'UTC', (maand + interval '1 month')::timestamp AT TIME ZONE 'UTC');
            END IF;
        END LOOP;
    END LOOP;
END $$;
SELECT kern_maak_partities(current_date, 2);

CREATE FUNCTION kern_leg_lezen_vast(
    gemeente bigint, soort text, actor text, naam text, verzoek text, verwerking text, grond text, reden text,
    betrokkenen bigint[]
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO kern_leesregel (gemeente_id, actor_soort, actor_id, actor_naam, verzoek, verwerking, grond, reden, betrokkenen)
    VALUES (gemeente, soort, actor, naam, verzoek, verwerking, grond, reden, betrokkenen)
$$;
"""

TERUG = """
DROP FUNCTION kern_leg_lezen_vast; DROP FUNCTION kern_maak_partities;
DROP TABLE kern_leesregel; DROP TABLE kern_wijziging; DROP FUNCTION kern_kaal;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FUNCTIES, TERUG),
        migrations.CreateModel(
            name="Gemeente",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4, unique=True, verbose_name="CBS-gemeentecode")),
                ("naam", models.CharField(max_length=100, verbose_name="naam")),
                ("arbeidsmarktregio", models.CharField(blank=True, max_length=100, verbose_name="arbeidsmarktregio")),
                ("oin", models.CharField(blank=True, max_length=20, verbose_name="OIN")),
                ("fictief", models.BooleanField(default=False, verbose_name="fictieve gegevens")),
            ],
            options={
                "verbose_name": "gemeente",
                "verbose_name_plural": "gemeenten",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{4}$")),
                        name="gemeente_code_vier_cijfers",
                        violation_error_message="Een gemeentecode heeft vier cijfers, bijvoorbeeld 0363.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gebruiker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mailadres")),
                ("naam", models.CharField(max_length=150, verbose_name="naam")),
                ("actief", models.BooleanField(default=True, verbose_name="actief")),
                ("geblokkeerd_op", models.DateTimeField(blank=True, null=True, verbose_name="geblokkeerd op")),
                (
                    "wachtwoord_wijzigen",
                    models.BooleanField(default=False, verbose_name="moet een nieuw wachtwoord kiezen"),
                ),
                (
                    "thema",
                    models.CharField(
                        choices=[("systeem", "Zoals mijn computer"), ("licht", "Licht"), ("donker", "Donker")],
                        default="systeem",
                        max_length=10,
                        verbose_name="weergave",
                    ),
                ),
                ("aangemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="aangemaakt op")),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gebruikers",
                        to="kern.gemeente",
                        verbose_name="gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebruiker",
                "verbose_name_plural": "gebruikers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actief", False), ("geblokkeerd_op__isnull", True), _connector="OR"),
                        name="gebruiker_geblokkeerd_is_niet_actief",
                        violation_error_message="Een geblokkeerd account is niet actief.",
                    )
                ],
            },
        ),
    ]
