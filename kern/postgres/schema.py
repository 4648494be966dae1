"""Schema editor: a row can only point at rows of its own gemeente.

A table with a column `gemeente_id` gets UNIQUE (gemeente_id, id). A foreign key between two such tables becomes
FOREIGN KEY (gemeente_id, x_id) REFERENCES (gemeente_id, id): one check, like an ordinary foreign key, and no
developer can forget it (ONTWERP 7).
"""

from django.db.backends.postgresql.schema import DatabaseSchemaEditor


def _heeft_gemeente(model) -> bool:
    return any(veld.column == "gemeente_id" for veld in model._meta.local_fields)


class GemeenteSchemaEditor(DatabaseSchemaEditor):
    sql_create_gemeente_fk = (
        "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (gemeente_id, %(column)s) "
        "REFERENCES %(to_table)s (gemeente_id, %(to_column)s)%(deferrable)s"
    )

    def table_sql(self, model):
        sql, params = super().table_sql(model)
        if _heeft_gemeente(model) and not model._meta.pk.remote_field:
            pk = self.quote_name(model._meta.pk.column)
            naam = self.quote_name(f"{model._meta.db_table}_gemeente_id_uniek")
            sql = sql[: sql.rindex(")")] + f", CONSTRAINT {naam} UNIQUE (gemeente_id, {pk}))"
        return sql, params

    def effective_default(self, field):
        # The default of `gemeente` belongs to a request or job; a migration has none.
        return None if field.column == "gemeente_id" else super().effective_default(field)

    def _create_fk_sql(self, model, field, suffix):
        statement = super()._create_fk_sql(model, field, suffix)
        doel = field.remote_field.model
        binnen_gemeente = (
            _heeft_gemeente(model)
            and _heeft_gemeente(doel)
            and field.column != "gemeente_id"
            and field.target_field.primary_key
            and not doel._meta.pk.remote_field
        )
        if binnen_gemeente:
            statement.template = self.sql_create_gemeente_fk
        return statement

    def add_field(self, model, field):
        # An inline foreign key in ADD COLUMN cannot be composite: add the column first, the constraint after.
        inline, self.sql_create_column_inline_fk = self.sql_create_column_inline_fk, None
        try:
            super().add_field(model, field)
        finally:
            self.sql_create_column_inline_fk = inline
