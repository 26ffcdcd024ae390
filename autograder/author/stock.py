"""A lab as stock nbgrader would have it: its hidden checks stand in the check cells, as nbgrader's hidden tests.

Only for comparison, in benchmarks: whoever is given such a notebook's autograded copy has the hidden checks. A check
cell judges all checks of its question, visible and hidden, once, and its value is the points.
"""

from __future__ import annotations

import ast
import copy
import inspect
import re
import sys
import textwrap
from typing import Any

from autograder.checks.check import Check
from autograder.checks.lab import Lab
from autograder.trouble import Trouble

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
_LINE = re.compile(r'lab\.check\("([^"]+)"(?:, (.*))?\)\s*$')


_NO_OTHERS = """
mine = lab.DOOR.sitting.lab
mine.checks[:] = [one for one in mine.checks if not (one.hidden and one.question == "{question}")]"""
"""Where the hidden checks are installed as well, as in this repository, they would be there twice."""


def stock(instructor: Any, lab: Lab) -> Any:
    """The instructor's notebook with hidden checks inlined. Raises Trouble where a check cell has another form."""
    made = copy.deepcopy(instructor)
    for cell in made.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = _inlined(cell.source, lab)
    return made


def _inlined(source: str, lab: Lab) -> str:
    found = _LINE.fullmatch(source.strip())
    if found is None:
        raise Trouble(f"a check cell is one line, lab.check(...), not {source!r}")
    question, answers = found[1], found[2] or ""
    hidden = [check for check in lab.checks_of(question, hidden=True) if check.hidden]
    imports = {line: None for check in hidden for line in _imports(check)}
    lines = [BEGIN, *imports, "from autograder.checks.answers import as_json", _NO_OTHERS.format(question=question)]
    lines += [text for check in hidden for text in ("", _source(check))]
    lines += ["", f'lab.DOOR.sitting.judge.question("{question}", as_json(dict({answers}))).points', END]
    return "\n".join(lines)


def _imports(check: Check) -> list[str]:
    """The imports and constants of the module that holds the check."""
    tree = ast.parse(inspect.getsource(sys.modules[check.function.__module__]))
    kept = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign))]
    return [ast.unparse(node) for node in kept if "__future__" not in ast.unparse(node)]


def _source(check: Check) -> str:
    return textwrap.dedent(inspect.getsource(check.function)).rstrip()
