"""Imported before nbformat: what jsonschema compiles at import for a check that no notebook needs is left out.

    python -m autograder.quick MODULE [ARGUMENT...]    runs another module so

`jsonschema` imports `rfc3987_syntax` where it is installed, which compiles 38 grammars to check international
addresses: 1.4 s of CPU, measured, at each start of a command and at the first question of a lesson. Neither the
notebook format nor an item of the bank has such an address.

Nothing is imported here: `jsonschema` itself takes 0.1 s, and most processes of a grading never ask for it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

SCHEMAS, GRAMMARS = "jsonschema", "rfc3987_syntax"


class _WithoutGrammars:
    """Finds `jsonschema` where it is, and has its import of the grammars fail."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != SCHEMAS or GRAMMARS in sys.modules:
            return None
        found = PathFinder.find_spec(name, path, target)
        loader: Any = found and found.loader
        if loader:
            usual = loader.exec_module
            loader.exec_module = lambda module: _execute(usual, module)
        return found


def _execute(usual: Any, module: ModuleType) -> None:
    sys.modules[GRAMMARS] = None  # type: ignore[assignment]  # the documented way to have an import fail
    try:
        usual(module)
    finally:
        del sys.modules[GRAMMARS]


if SCHEMAS not in sys.modules:
    sys.meta_path.insert(0, _WithoutGrammars)

if __name__ == "__main__":
    from runpy import run_module

    del sys.argv[0]
    run_module(sys.argv[0], run_name="__main__", alter_sys=True)
