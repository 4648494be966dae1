"""The reference data that comes with the program, and the loader.

`laad()` is idempotent: it compares what is in the files with what is in the database and writes only differences. It
never touches rows that a gemeente entered. Called by the command `regelgeving`, by the demo and
once per template database of the tests; not by migrations.
"""

from regelgeving.gegevens.laden import Verslag, laad

__all__ = ["Verslag", "laad"]
