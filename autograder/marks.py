"""Which tests carry which marks, read from their text: nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


def marked(tests: Path, mark: str) -> Iterator[tuple[str, str]]:
    """(argument, pytest's id of the test without parameters) for every test under the folder that is marked so.

    `@pytest.mark.row("F12", "T01")` gives two pairs. Marks of a class, of a module (`pytestmark`) and of parameters
    count, and so do other names of the mark (`row = pytest.mark.row`).
    """
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        spelt = Spelt(mark, frozenset(_aliases(tree.body, mark)))
        of_module = [
            argument
            for node in tree.body
            if isinstance(node, ast.Assign) and any(_is_named(target, "pytestmark") for target in node.targets)
            for argument in _arguments(node.value, spelt)
        ]
        yield from _marked(tree.body, spelt, path.relative_to(tests.parent).as_posix(), of_module)


class Spelt(NamedTuple):
    """How a file writes a mark."""

    mark: str
    aliases: frozenset[str]


def _aliases(body: list[ast.stmt], mark: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.Assign) and _is_mark(node.value, Spelt(mark, frozenset())):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _marked(body: list[ast.stmt], mark: Spelt, prefix: str, outer: list[str]) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            inner = outer + [argument for one in node.decorator_list for argument in _arguments(one, mark)]
            yield from _marked(node.body, mark, f"{prefix}::{node.name}", inner)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            inner = outer + [argument for one in node.decorator_list for argument in _arguments(one, mark)]
            yield from ((argument, f"{prefix}::{node.name}") for argument in inner)


def _arguments(expression: ast.expr, mark: Spelt) -> Iterator[str]:
    """The texts in an expression of marks: alone, in a list or among parameters."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and _is_mark(node.func, mark):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _is_mark(function: ast.expr, mark: Spelt) -> bool:
    if isinstance(function, ast.Name):
        return function.id in mark.aliases
    return isinstance(function, ast.Attribute) and function.attr == mark.mark and _is_named(function.value, "mark")


def _is_named(node: ast.expr, name: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == name) or (isinstance(node, ast.Attribute) and node.attr == name)
