"""nbgrader's API without its server, imported here first: a command that grades needs none of Jupyter Server.

`nbgrader/__init__.py` imports four extensions of Jupyter Server, 0.4 s of CPU at each start of a command; here each is
imported when a server asks for it. A new gradebook is told the version of its tables by a command in a process
of its own, which imports nbgrader once more, 2 s of CPU; here the same library answers in this process.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import autograder.quick  # noqa: F401  (it decides what nbformat imports)

SERVER = "nbgrader.server_extensions"
EXTENSIONS = tuple(
    f"{SERVER}.{name}" for name in ("assignment_list", "course_list", "validate_assignment", "formgrader")
)


def _import_nbgrader() -> None:
    """Import the package with its extensions left for later."""
    if "nbgrader" in sys.modules:
        return
    stand_ins = {name: _later(name) for name in EXTENSIONS}
    stand_ins[SERVER] = ModuleType(SERVER)
    sys.modules.update(stand_ins)
    try:
        package = import_module("nbgrader")
    finally:
        for name in stand_ins:
            del sys.modules[name]
    vars(package).pop("server_extensions", None)


def _later(name: str) -> ModuleType:
    """In place of an extension: what loads it, which imports it then."""
    made: Any = ModuleType(name)
    made.load_jupyter_server_extension = lambda app: import_module(name).load_jupyter_server_extension(app)
    return made  # type: ignore[no-any-return]


@cache
def tables() -> str:
    """The version of the tables of a new gradebook, as `alembic heads` says it."""
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())


_import_nbgrader()
import_module("nbgrader.api").get_alembic_version = tables  # type: ignore[attr-defined]
