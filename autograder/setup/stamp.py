"""What an environment was made from, so that a second start can see in milliseconds that nothing is to be done."""

from __future__ import annotations

import hashlib
import json
import platform
from pathlib import Path
from typing import Any

from autograder.setup.places import Places


def fingerprint(places: Places) -> dict[str, str]:
    """What decides whether an environment still fits: the two lists of what is to be in it, and where it stands.

    An environment holds absolute paths, so one that was moved fits no longer.
    """
    return {
        "lock": _digest(places.requirements),
        "pyproject": _digest(places.pyproject),
        "root": str(places.root),
        "machine": platform.machine(),
    }


def write(places: Places) -> None:
    """Say that the environment is complete. The last step of a set-up."""
    told = fingerprint(places) | {"installed": sorted(places.installed())}
    new = places.stamp.with_suffix(".new")
    new.write_text(json.dumps(told, indent=1), encoding="utf-8")
    new.replace(places.stamp)


def read(places: Places) -> dict[str, Any]:
    """What the last good set-up wrote; {} where there was none."""
    try:
        told = json.loads(places.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def fits(places: Places, told: dict[str, Any]) -> bool:
    """Was the environment made from these very lists, here, and is every package of it still there?"""
    return all(told.get(key) == value for key, value in fingerprint(places).items()) and places.installed().issuperset(
        told.get("installed", ["none"])
    )


def _digest(path: Path) -> str:
    # A checkout on Windows may have other line ends; it is the same list.
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
