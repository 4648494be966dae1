from django.db.backends.postgresql import base

from kern.postgres.schema import GemeenteSchemaEditor


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own backend with a schema editor that makes foreign keys composite on (gemeente, id)."""

    SchemaEditorClass = GemeenteSchemaEditor
