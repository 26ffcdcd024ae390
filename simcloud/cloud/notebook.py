"""Cells follow simulated time: what a cell imports from `time` and `datetime` is the simulated one.

Libraries keep the real clock. A learner's own .py file keeps it too; only cells are transformed. The grading runner has
no IPython and calls `transform` itself before it compiles a cell.
"""

from __future__ import annotations

import ast
import datetime
import sys
import time
from typing import Any, TypeVar

from simcloud.cloud import clock, simulated

NAMES = {"time": "simtime", "datetime": "simdatetime"}

Tree = TypeVar("Tree", bound=ast.AST)


class _Clocks(ast.NodeTransformer):
    """Renames the modules in import statements; line numbers and shown source stay the learner's."""

    def visit_Import(self, node: ast.Import) -> ast.Import:
        for alias in node.names:
            if alias.name in NAMES:
                alias.asname, alias.name = alias.asname or alias.name, NAMES[alias.name]
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom:
        if node.level == 0 and node.module in NAMES:
            node.module = NAMES[node.module]
        return node


def transform(tree: Tree) -> Tree:
    """The tree of a cell, importing simulated time. Also makes the simulated modules importable."""
    sys.modules.setdefault("simtime", simulated.CELL_TIME)
    sys.modules.setdefault("simdatetime", simulated.DATETIME)
    changed: Tree = _Clocks().visit(tree)
    return changed


def follow(names: dict[str, Any]) -> None:
    """Turn what was imported before the cloud was opened (in the same cell, say) into the simulated one."""
    swaps = [
        (time, simulated.CELL_TIME),
        (datetime, simulated.DATETIME),
        (datetime.datetime, simulated.SimDatetime),
        (datetime.date, simulated.SimDate),
        *((getattr(time, name), getattr(simulated.CELL_TIME, name)) for name in ("time", "time_ns", "sleep")),
    ]
    for name, value in list(names.items()):
        for old, new in swaps:
            if value is old:
                names[name] = new


class _Transformer(ast.NodeTransformer):
    """What IPython's list of transformers holds."""

    def visit(self, node: ast.AST) -> Any:
        return transform(node)


def install() -> None:
    """In IPython: transform cells from now on, count time by cell, and mend what was imported before. Else nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        return
    if not any(isinstance(one, _Transformer) for one in shell.ast_transformers):
        shell.ast_transformers.append(_Transformer())
        shell.events.register("pre_run_cell", _pre_run_cell)
        clock.begin_cell()
    follow(shell.user_ns)


def _pre_run_cell(*_: object) -> None:
    clock.begin_cell()
