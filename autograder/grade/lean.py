"""nbgrader's API without its server, imported here first: a command that grades needs none of Jupyter Server.

`nbgrader/__init__.py` imports four extensions of Jupyter Server, 0.4 s of CPU at each start of a command; here each is
imported when a server asks for it, as are setuptools and requests, which unpack archives and ask a hub. A new gradebook
is told the version of its tables by a command in a process of its own, which imports nbgrader once more, 2 s of CPU;
here the same files are read, without alembic, which would bring half a second of imports. nbgrader's own steps enter a
lab here without the exporters and filters of nbconvert, another third of a second.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import autograder.quick  # noqa: F401  (it decides what nbformat imports)

SERVER = "nbgrader.server_extensions"
EXTENSIONS = tuple(
    f"{SERVER}.{name}" for name in ("assignment_list", "course_list", "validate_assignment", "formgrader")
)
LATER = {
    **dict.fromkeys(EXTENSIONS, ("load_jupyter_server_extension",)),
    "setuptools.archive_util": ("unpack_archive", "unpack_tarfile", "unpack_zipfile"),
    "requests": (),
}
"""Modules that nbgrader imports and our commands do not need, with the functions that it takes by name."""

STEPS = {
    "lockcells": "LockCells",
    "clearsolutions": "ClearSolutions",
    "checkcellmetadata": "CheckCellMetadata",
    "computechecksums": "ComputeChecksums",
    "savecells": "SaveCells",
}
"""What of `nbgrader generate_assignment` writes to the gradebook, or decides what is written: modules and classes."""


def _import_nbgrader() -> None:
    """Import the package with what is not needed left for later."""
    if "nbgrader" in sys.modules:
        return
    stand_ins = {name: _later(name, functions) for name, functions in LATER.items() if name not in sys.modules}
    with _standing_in({SERVER: ModuleType(SERVER), **stand_ins}):
        package = import_module("nbgrader")
        import_module("nbgrader.api")
    vars(package).pop("server_extensions", None)


def _later(name: str, functions: Iterable[str]) -> ModuleType:
    """In place of a module: it is imported when one of its functions is called, or anything else of it is wanted."""
    made: Any = ModuleType(name)
    for function in functions:
        setattr(made, function, _calls(name, function))

    def other(wanted: str) -> Any:
        if wanted.startswith("__"):  # what Python's import asks of any module
            raise AttributeError(wanted)
        return getattr(import_module(name), wanted)

    made.__getattr__ = other
    return made  # type: ignore[no-any-return]


def _calls(name: str, function: str) -> Any:
    def call(*given: Any, **named: Any) -> Any:
        return getattr(import_module(name), function)(*given, **named)

    return call


@contextmanager
def _standing_in(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Let imports in the block find these."""
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]


@cache
def steps() -> tuple[Any, ...]:
    """The classes of STEPS, in this order."""
    if "nbgrader.preprocessors" in sys.modules or "nbconvert" in sys.modules:
        return tuple(getattr(import_module("nbgrader.preprocessors"), name) for name in STEPS.values())
    before = set(sys.modules)
    packages = {name: _package(name) for name in ("nbconvert", *PACKAGES)}
    told: Any = ModuleType("nbconvert.exporters.exporter")
    told.ResourcesDict = dict  # the steps name it as the type of what they are given
    with _standing_in({**packages, told.__name__: told}):
        for name in PACKAGES:
            vars(packages[name]).update(_base(name))
        found = tuple(getattr(import_module(f"nbgrader.preprocessors.{m}"), name) for m, name in STEPS.items())
    for name in set(sys.modules) - before:  # whoever wants the whole of it finds none of it half imported
        if name.startswith(tuple(packages)):
            del sys.modules[name]
    vars(import_module("nbgrader")).pop("preprocessors", None)
    return found


PACKAGES = ("nbconvert.preprocessors", "nbgrader.preprocessors")
"""Their `base.py` has what the steps are made of; the second needs the first."""


def _package(name: str) -> ModuleType:
    """In place of a package: its modules are found, and nothing of its own is imported."""
    made = ModuleType(name)
    top, *below = name.split(".")
    spec = find_spec(top)
    assert spec is not None
    made.__path__ = [str(Path(folder, *below)) for folder in spec.submodule_search_locations or ()]
    return made


def _base(package: str) -> dict[str, Any]:
    """The base class that its `__init__.py` would have taken from its `base.py`."""
    return {name: one for name, one in vars(import_module(f"{package}.base")).items() if name.endswith("Preprocessor")}


@cache
def tables() -> str:
    """The version of the tables of a new gradebook, as `alembic heads` says it: the revision that none goes on from."""
    from nbgrader.dbutil import ALEMBIC_DIR

    texts = [file.read_text(encoding="utf-8") for file in Path(ALEMBIC_DIR, "versions").glob("*.py")]
    said = [dict(_REVISION.findall(text)) for text in texts]
    (newest,) = {str(one["revision"]) for one in said} - {one.get("down_revision") for one in said}
    return newest


_REVISION = re.compile(r"^(revision|down_revision) *= *['\"](\w+)['\"]", re.MULTILINE)


_import_nbgrader()
import_module("nbgrader.api").get_alembic_version = tables  # type: ignore[attr-defined]
