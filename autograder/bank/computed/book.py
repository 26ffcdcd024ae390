"""All builders, by id: every file of this folder is read for them."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from autograder.bank.computed.building import BUILDERS, Builder


@cache
def builders() -> Mapping[str, Builder]:
    """In the order of files, and of their places in the files."""
    here = Path(__file__).parent
    for found in sorted(pkgutil.iter_modules([str(here)]), key=lambda one: one.name):
        import_module(f"{__package__}.{found.name}")
    return BUILDERS
