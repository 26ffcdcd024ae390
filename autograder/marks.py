"""Which tests carry which marks, read from their text: nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path


def marked(tests: Path, mark: str) -> Iterator[tuple[str, str]]:
    """(argument, pytest's id of the test without parameters) for every test under the folder that is marked so.

    `@pytest.mark.row("F12", "T01")` gives two pairs. Marks of a class, of a module (`pytestmark`) and of parameters
    count.
    """
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        of_module = [
            argument
            for node in tree.body
            if isinstance(node, ast.Assign) and any(_is_named(target, "pytestmark") for target in node.targets)
            for argument in _arguments(node.value, mark)
        ]
        yield from _marked(tree.body, mark, path.relative_to(tests.parent).as_posix(), of_module)


def _marked(body: list[ast.stmt], mark: str, prefix: str, outer: list[str]) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            inner = outer + [argument for one in node.decorator_list for argument in _arguments(one, mark)]
            yield from _marked(node.body, mark, f"{prefix}::{node.name}", inner)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            inner = outer + [argument for one in node.decorator_list for argument in _arguments(one, mark)]
            yield from ((argument, f"{prefix}::{node.name}") for argument in inner)


def _arguments(expression: ast.expr, mark: str) -> Iterator[str]:
    """The texts in an expression of marks: alone, in a list or among parameters."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and _is_mark(node.func, mark):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _is_mark(function: ast.expr, mark: str) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == mark and _is_named(function.value, "mark")


def _is_named(node: ast.expr, name: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == name) or (isinstance(node, ast.Attribute) and node.attr == name)
