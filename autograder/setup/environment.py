"""`.venv`: made, filled, mended; left alone when it is as it should be."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.setup import child, installers, machine, stamp
from autograder.setup.causes import cause
from autograder.setup.extras import EXTRAS
from autograder.setup.guard import alone
from autograder.setup.installers import Command, Installer
from autograder.setup.places import Places
from autograder.setup.show import Show, Step
from autograder.trouble import Trouble

WAITING = "Another start.py is setting up here; waiting for it ..."


def ensure(places: Places, show: Show, programs: Sequence[Installer] | None = None) -> None:
    """Have a complete environment. Does nothing, in milliseconds, where there is one.

    `programs` are tried in turn; where none are named: uv if it works here, then pip. Raises Trouble, with a remedy,
    where it cannot be made; the next call then goes on from there.
    """
    if _ready(places):
        return

    with alone(places.guard, waiting=lambda: show.say(WAITING)) as lock:
        if _ready(places):  # the other one has done it
            return
        try:
            _set_up(places, show, lock, programs)
        except OSError as error:
            raise Trouble(f"{error.strerror} at {error.filename or places.venv}: {cause(str(error))}") from None


def add(places: Places, show: Show, extra: str, program: Installer | None = None) -> None:
    """Install one of EXTRAS into the environment, which is complete. Raises Trouble where that fails.

    `program`: the installer; where none is named, the quickest of this machine.
    """
    installer = program or installers.best()[0]
    with alone(places.guard, waiting=lambda: show.say(WAITING)) as lock, show.step(f"Installing what `{extra}` needs"):
        for words in EXTRAS[extra]:
            _run(installer.add(places, words), places, lock)


def _ready(places: Places) -> bool:
    return _broken(places) is None and stamp.fits(places, stamp.read(places))


def _set_up(places: Places, show: Show, lock: int, programs: Sequence[Installer] | None) -> None:
    chosen = installers.best() if programs is None else list(programs)
    if _broken(places):
        machine.ready(places, with_venv=chosen[0].needs_venv)
        show.say(f"Setting up the course in {places.root} (once; a few minutes on a slow line)")
    else:
        show.say(f"Bringing the course's environment in {places.root} up to date")
    places.log.write_bytes(b"")
    _clear(places, show)
    _fill_with_the_first_that_works(chosen, places, show, lock)
    stamp.write(places)
    places.unfinished.unlink()


def _clear(places: Places, show: Show) -> None:
    """Remove an environment that cannot be mended."""
    reason = _broken(places)
    if reason is None or not os.path.lexists(places.venv):
        return
    ours = (places.venv / "pyvenv.cfg").is_file() or places.unfinished.exists() or not any(places.venv.iterdir())
    if places.venv.is_symlink() or not ours:
        raise Trouble(f"{places.venv} is there, but start.py did not make it: move it away, then run start.py again")
    with show.step(f"Removing the old .venv ({reason})"):
        shutil.rmtree(places.venv)


def _broken(places: Places) -> str | None:
    """Why the environment must be made anew; None where it can be used or completed."""
    if not places.python.exists():
        return "its Python is gone" if os.path.lexists(places.venv) else "there is none"
    if places.unfinished.exists():
        return "an earlier set-up was cut off"
    told = stamp.read(places)
    if told and told.get("root") != str(places.root):
        return "the folder was moved"
    if _version(places) < (3, 11) or not child.works([places.python, "-c", ""]):
        return "its Python does not run"
    return None


def _version(places: Places) -> tuple[int, ...]:
    """The Python version that the environment was made with, as it says itself; (0,) where it does not."""
    try:
        text = (places.venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return (0,)
    found = re.search(r"^version(?:_info)? *= *(\d+)\.(\d+)", text, re.MULTILINE)
    return tuple(map(int, found.groups())) if found else (0,)


def _fill_with_the_first_that_works(choice: list[Installer], places: Places, show: Show, lock: int) -> None:
    first, *others = choice
    try:
        _fill(first, places, show, lock)
    except Trouble:
        if not others:
            raise
        if not places.python.exists():
            machine.ready(places, with_venv=others[0].needs_venv)
        _fill_with_the_first_that_works(others, places, show, lock)


def _fill(installer: Installer, places: Places, show: Show, lock: int) -> None:
    before = places.installed()
    places.unfinished.touch()
    if not places.python.exists():
        with show.step(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor}"):
            _run(installer.make(places), places, lock)
    try:
        _install(installer, places, show, lock)
    except Trouble:
        if places.installed() == before:  # offline, say: what was there is as good as it was
            places.unfinished.unlink()
        raise


def _install(installer: Installer, places: Places, show: Show, lock: int) -> None:
    expected = len(pinned(places.requirements))
    with show.step(f"Installing {expected} packages with {installer.name}") as step:
        _run(installer.fill(places), places, lock, step, expected)
    with show.step("Installing the course"):
        _run(installer.project(places), places, lock)
    with show.step("Compiling what was installed"):
        for command in compiling(places):
            child.run(command, log=places.log, at=places.root, guard=lock)  # what fails here is compiled later


def compiling(places: Places) -> list[Command]:
    """Write the bytecode of the course, and of what a server, a kernel and the grader import: a fifth of all packages.

    Installers leave it out or do it one by one. Without it, whatever may not write here compiles anew at each start: a
    warm process of the grader 848 modules (0.4 s), a kernel under PYTHONDONTWRITEBYTECODE 1 to 3 s.
    """
    rooms = [places.root / room for room in ("simcloud", "autograder")]
    return [[places.python, "-m", "compileall", "-q", "-j", "0", *rooms], [places.python, "-m", "autograder.warm.once"]]


def _run(commands: list[Command], places: Places, lock: int, step: Step | None = None, expected: int = 0) -> None:
    before = len(places.installed())

    def look(printed: str) -> None:
        if step is None or not expected:
            return
        fetched = len(re.findall(r"^Collecting ", printed, re.MULTILINE))  # pip; uv does not tell, and is quick
        arrived = max(0, len(places.installed()) - before)
        step.draw(min(1.0, (fetched + arrived) / (2 * expected if fetched else expected)))

    for command in commands:
        ended = child.run(command, log=places.log, at=places.root, guard=lock, look=look)
        if ended.status:
            raise Trouble(f"{cause(ended.printed)}. The whole log: {places.log}")


def pinned(requirements: Path) -> list[str]:
    """The names that the lock pins, in its order. Some are for other systems only."""
    text = requirements.read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)
