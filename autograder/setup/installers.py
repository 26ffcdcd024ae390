"""The two programs that can fill an environment: uv where it works, else pip. Both take the same lock."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.setup import child
from autograder.setup.places import Places

Command = list[str | Path]


@dataclass(frozen=True)
class Installer:
    """How one program makes an environment and installs into it. Each field gives the commands, in order."""

    name: str
    make: Callable[[Places], list[Command]]
    fill: Callable[[Places], list[Command]]
    project: Callable[[Places], list[Command]]
    add: Callable[[Places, Sequence[str]], list[Command]]
    """Packages beyond the lock, in the words that both programs know."""
    needs_venv: bool = True
    """Does it make the environment with Python's own venv module?"""


def best() -> list[Installer]:
    """The installers of this machine, the quickest first."""
    quick = uv()
    return [*([quick] if quick else []), pip()]


def uv() -> Installer | None:
    """uv, or None where it is not installed or does not run."""
    program = shutil.which("uv")
    if program is None or not child.works([program, "--version"]):
        return None

    def install(places: Places, *what: str | Path) -> list[Command]:
        return [[program, "pip", "install", "--python", places.python, *what]]

    return Installer(
        "uv",
        make=lambda places: [[program, "venv", "--quiet", "--python", sys.executable, places.venv]],
        fill=lambda places: install(places, "--require-hashes", "--no-deps", "-r", places.requirements),
        project=lambda places: install(places, "--no-deps", "--no-build-isolation", "--editable", "."),
        add=lambda places, words: install(places, *words),
        needs_venv=False,
    )


def pip() -> Installer:
    """pip, as Python brings it."""

    def install(places: Places, *what: str | Path) -> list[Command]:
        quiet = (
            "--disable-pip-version-check",
            "--no-input",
            "--progress-bar",
            "off",
            "--no-compile",
        )  # what the course imports is compiled afterwards
        return [[places.python, "-m", "pip", "install", *quiet, *what]]

    def having_pip(places: Places) -> list[Command]:
        present = child.works([places.python, "-m", "pip", "--version"])
        return [] if present else [[places.python, "-m", "ensurepip"]]

    return Installer(
        "pip",
        make=lambda places: [[sys.executable, "-m", "venv", places.venv]],
        fill=lambda places: [
            *having_pip(places),
            *install(places, "--require-hashes", "--no-deps", "-r", places.requirements),
        ],
        project=lambda places: install(places, "--no-deps", "--no-build-isolation", "--editable", "."),
        add=lambda places, words: [*having_pip(places), *install(places, *words)],
    )
