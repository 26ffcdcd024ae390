"""All builders, by id: every file of a folder is read for them. The instructor has a folder of others."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from autograder.bank.computed.building import BUILDERS, Builder

GRADED = "autograder.bank.graded.builders"
"""Where the builders of the cohort exams are; not there in what learners receive."""


@cache
def builders() -> Mapping[str, Builder]:
    """Those of the practice bank, in the order of files, and of their places in the files."""
    return _of(__package__ or "", Path(__file__).parent)


@cache
def graded_builders() -> Mapping[str, Builder]:
    """Those of the cohort exams; none where they are not installed."""
    return _of(GRADED, Path(__file__).parents[1] / "graded" / "builders")


def _of(package: str, folder: Path) -> Mapping[str, Builder]:
    for found in sorted(pkgutil.iter_modules([str(folder)]), key=lambda one: one.name):
        import_module(f"{package}.{found.name}")
    return {name: one for name, one in BUILDERS.items() if one.build.__module__.startswith(f"{package}.")}
