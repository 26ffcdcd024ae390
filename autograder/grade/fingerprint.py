"""What a result depends on, as hashes: the same fingerprint, the same result, so nothing is run twice.

A run depends on the notebook, the release, the learner, the limits, and the code that the learner's side runs: the
simulated cloud, the runner, the lab's world. A verdict depends on the run and on the lab's checks too, the hidden ones
included. A lab's code is what its module imports, directly or not, so a mended check of one lab judges no other again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.bank import bank
from autograder.checks import places
from autograder.checks.lab import module_name
from autograder.exam import assignment

LIBRARIES = ("boto3", "botocore", "moto", "ipython")
"""Packages whose version may change what a run does."""

ALWAYS = ("autograder.run", "autograder.checks.sitting", "autograder.checks.judge", "autograder.lab")
"""Modules and packages that every run and every verdict goes through, with all that they import of the course."""


PLAIN = re.compile(r"^[ \t]*import[ \t]+([^\n#]+)", re.MULTILINE)
FROM = re.compile(r"^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n\\]|\\\n)*)", re.MULTILINE)
"""The two forms of an import, which are read without parsing: a thousand files would take a second."""


def digest(*parts: bytes | str) -> str:
    """One hash of several parts. Where one ends and the next begins counts."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8) + data)
    return made.hexdigest()


def run_key(notebook_sha: str, release: dict[str, Any], lab: str, learner: str, limits: dict[str, Any]) -> str:
    """The fingerprint of one run of a notebook."""
    given = json.dumps([release, limits], sort_keys=True)
    return digest("run", notebook_sha, given, lab, learner, simulator(), lab_code(lab, hidden=False))


def verdict_key(run: str, lab: str) -> str:
    """The fingerprint of the verdicts on a run."""
    return digest("verdict", run, lab_code(lab, hidden=True))


def everything() -> str:
    """The fingerprint of all that a worker brings itself; workers whose own differs would give other marks."""
    from autograder.checks.lab import ids

    return digest(simulator(), *(lab_code(lab, hidden=True) for lab in ids()))


@cache
def simulator() -> str:
    """The simulated cloud and the libraries under it."""
    import simcloud

    names = [f"{name} {version(name)}" for name in LIBRARIES] + [platform.python_version()]
    return digest(*names, *_contents(_package_files(Path(simcloud.__file__).parent)))


@cache
def lab_code(lab: str, *, hidden: bool) -> str:
    """The code of a lab's world and checks, and what it imports of the course; of a cohort exam, its keys."""
    if assignment.is_exam(lab):
        return digest(*_contents(_package_files(bank.GRADED) if hidden and bank.GRADED.exists() else []))
    name = module_name(lab)
    wanted = {f"{place.labs}.{name}" for place in places.PLACES}
    wanted |= {f"{place.hidden}.{name}" for place in places.PLACES if hidden}
    return digest(*_contents(_imported(wanted | set(ALWAYS))))


def _contents(files: Iterable[Path]) -> Iterator[bytes]:
    for file in sorted(files):
        yield file.name.encode()
        yield file.read_bytes()


def _package_files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


def _imported(modules: set[str]) -> set[Path]:
    """The files of these modules and of all that they import from the course's packages, the simulator left out."""
    found: set[Path] = set()
    done: set[str] = set()
    ahead = sorted(modules)
    while ahead:
        name = ahead.pop()
        if name not in done:
            done.add(name)
            fresh = set(_files(name)) - found
            found |= fresh
            ahead += [one for file in fresh for one in _names_in(file, name)]
    return found


@cache
def _files(module: str) -> tuple[Path, ...]:
    """The file of a module of the course; of a package named in ALWAYS, all its files."""
    tops = {"autograder", *(place.labs.split(".")[0] for place in places.PLACES)}
    tops |= {place.hidden.split(".")[0] for place in places.PLACES}
    origin = _origin(module) if module.split(".")[0] in tops else None
    if origin is None:
        return ()
    whole = module in ALWAYS and origin.name == "__init__.py"
    return tuple(_package_files(origin.parent)) if whole else (origin,)


def _origin(module: str) -> Path | None:
    """The file of a module, which is not imported, nor its parents: what a file imports may be a name in a module."""
    top, *below = module.split(".")
    spec = importlib.util.find_spec(top)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        place = Path(folder, *below)
        found = [file for file in (place / "__init__.py", place.with_name(f"{place.name}.py")) if file.is_file()]
        if found:
            return found[0]
    return None


@cache
def _names_in(file: Path, module: str) -> tuple[str, ...]:
    """Every module that a file may import, at the top or inside a function: rather too many than too few."""
    if file.suffix != ".py":
        return ()
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    text = file.read_text(encoding="utf-8")
    names = [name for found in PLAIN.findall(text) for name in re.findall(r"[\w.]+", found)]
    for dots, base, members in FROM.findall(text):
        above = package.split(".")[: len(package.split(".")) - len(dots) + 1] if dots else []
        whole = ".".join([*above, *([base] if base else [])])
        names += [whole, *(f"{whole}.{member}" for member in re.findall(r"\w+", members))]
    return tuple(dict.fromkeys(names))
