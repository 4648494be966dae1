"""`python3 -m benchmarks`: needs nothing but Python; makes the environment first, as manage.py does."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _richt_in() -> None:
    """Run on inside `.venv` with the group `test`: the examples of referrals come from the tests."""
    beschrijving = importlib.util.spec_from_file_location("manage", ROOT / "manage.py")
    if beschrijving is None or beschrijving.loader is None:
        sys.exit("manage.py ontbreekt.")
    manage = importlib.util.module_from_spec(beschrijving)
    beschrijving.loader.exec_module(manage)
    try:
        manage.bootstrap("test")
    except manage.BootstrapError as fout:
        sys.exit(str(fout))


if __name__ == "__main__":
    if not {"-h", "--help"} & set(sys.argv[1:]):
        _richt_in()
    # After the restart this file is a script, and its own folder is not where modules should be found.
    sys.path[:] = [str(ROOT), *(pad for pad in sys.path if pad not in {str(ROOT), str(ROOT / "benchmarks")})]
    from benchmarks.opdracht import main

    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
