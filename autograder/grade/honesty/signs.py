"""Signs in the text of a learner's cells that they reach beyond what a lab is about. A sign is no proof.

Nothing depends on them: a submission that shows none is boxed in just as well. They tell where to look.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

MODULES = {
    "autograder": "the grader's own code",
    "builtins": "Python's built-in functions",
    "ctypes": "the memory of the process",
    "gc": "every object in memory",
    "inspect": "the frames of other code",
    "marshal": "code as data",
    "mmap": "the memory of the process",
    "moto": "the simulated cloud's inside",
    "multiprocessing": "other processes",
    "nbgrader": "the grading tools",
    "pickle": "objects that run code when read",
    "ptrace": "other processes",
    "resource": "the limits of the process",
    "signal": "the signals that end a cell",
    "simcloud": "the simulated cloud's inside",
    "socket": "the network",
    "subprocess": "other programs",
    "urllib": "the network",
    "requests": "the network",
}
"""Top-level modules, with what they reach. `from autograder import lab` is what every lab does."""
TAUGHT = ("simcloud.price", "simcloud.choose", "simcloud.cloud.usage")
"""Of the simulator, what lessons compute with and labs ask for: bills and choices, which know no world."""

NAMES = {
    "_exit": "ends the process",
    "_getframe": "the frames of other code",
    "__reduce__": "objects that run code when read",
    "__subclasses__": "every class in memory",
    "ast_transformers": "how cells are run",
    "do_execute": "how cells are run",
    "fork": "other processes",
    "get_ipython": "how cells are run",
    "input_transformers_cleanup": "how cells are run",
    "input_transformers_post": "how cells are run",
    "kill": "other processes",
    "settrace": "how code is run",
    "setprofile": "how code is run",
}
TEXTS = ("/proc/", "gradebook", "/solutions", "autograder/hidden", "../..")


def signs(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    """(cell id, what it reaches) for each of the learner's code cells, each once."""
    found: dict[tuple[str, str], None] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and not cell["metadata"].get("nbgrader", {}).get("locked"):
            for what in _in("".join(cell["source"])):
                found[str(cell["id"]), what] = None
    return list(found)


def _in(source: str) -> Iterator[str]:
    for text in TEXTS:
        if text in source:
            yield f"`{text}`"
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        yield from _of(node)


def _of(node: ast.AST) -> Iterator[str]:
    modules: list[str] = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not (
        node.module == "autograder" and all(alias.name == "lab" for alias in node.names)
    ):
        modules = [node.module or ""]
    for name in modules:
        top = name.split(".")[0]
        if top in MODULES and not any(name == one or name.startswith(f"{one}.") for one in TAUGHT):
            yield f"`{name}`: {MODULES[top]}"
    named = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if named in NAMES:
        yield f"`{named}`: {NAMES[named]}"
