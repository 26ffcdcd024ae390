"""Imported before nbformat: what jsonschema compiles at import for a check that no notebook needs is left out.

    python -m autograder.quick MODULE [ARGUMENT...]    runs another module so

`jsonschema` imports `rfc3987_syntax` where it is installed, which compiles 38 grammars to check international
addresses: 1.4 s of CPU, measured, at each start of a command and at the first question of a lesson. Neither the
notebook format nor an item of the bank has such an address.
"""

from __future__ import annotations

import sys
from importlib import import_module

GRAMMARS = "rfc3987_syntax"

if "jsonschema" not in sys.modules and GRAMMARS not in sys.modules:
    sys.modules[GRAMMARS] = None  # type: ignore[assignment]  # the documented way to have an import fail
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[GRAMMARS]

if __name__ == "__main__":
    from runpy import run_module

    del sys.argv[0]
    run_module(sys.argv[0], run_name="__main__", alter_sys=True)
