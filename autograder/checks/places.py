"""Where labs and their hidden checks are found. The course has one place; a test, or another course, adds its own."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A package with one module a lab, and the package with the hidden checks of the same module names."""

    labs: str
    hidden: str
    path: str = ""
    """Folder to put on `sys.path` first; '' where the packages can be imported as they are."""


PLACES: list[Place] = [Place("autograder.checks.labs", "autograder.hidden")]


def add(place: Place) -> None:
    """Look for labs here too."""
    if place.path and place.path not in sys.path:
        sys.path.append(place.path)
    if place not in PLACES:
        PLACES.append(place)


def is_hidden(module: str) -> bool:
    """Does a module of this name hold hidden checks?"""
    return any(module.startswith(place.hidden + ".") for place in PLACES)


def hidden_folders() -> list[Path]:
    """The folders on this machine that hold hidden checks: what a learner's process must not see."""
    found = []
    for place in PLACES:
        spec = importlib.util.find_spec(place.hidden) if exists(place.hidden) else None
        found += [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    return found


def exists(module: str) -> bool:
    """Is there a module or package of this name? Its parents are imported, it is not.

    An empty folder is none: that is what a learner's process finds where the hidden checks are.
    """
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return False
    return spec is not None and spec.origin is not None
