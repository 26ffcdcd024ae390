"""Which tests carry which marks, read from their text: nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


def marked(tests: Path, mark: str) -> Iterator[tuple[str, str]]:
    """(argument, pytest's id of the test without parameters) for every test under the folder that is marked so.

    `@pytest.mark.row("F12", "T01")` gives two pairs. Marks of a class, of a module (`pytestmark`) and of parameters
    count, and so do names that the module gives to a mark or to one of its arguments.
    """
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        spelt = Spelling(mark, dict(_named(tree.body)))
        of_module = list(spelt.arguments(spelt.names["pytestmark"])) if "pytestmark" in spelt.names else []
        yield from _marked(tree.body, spelt, path.relative_to(tests.parent).as_posix(), of_module)


@dataclass(frozen=True)
class Spelling:
    """How a module writes a mark."""

    mark: str
    names: Mapping[str, ast.expr]
    """What its names stand for."""

    def arguments(self, expression: ast.expr) -> Iterator[str]:
        """The texts in an expression of marks: alone, in a list or among parameters."""
        for node in ast.walk(expression):
            if isinstance(node, ast.Call) and self._is_mark(node.func):
                yield from (text for argument in node.args for text in self._text(argument))
            elif isinstance(node, ast.Name) and isinstance(stands_for := self.names.get(node.id), ast.Call):
                yield from self.arguments(stands_for)

    def _text(self, argument: ast.expr) -> Iterator[str]:
        if isinstance(argument, ast.Name):
            argument = self.names.get(argument.id, argument)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value

    def _is_mark(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Name) and function.id in self.names:
            function = self.names[function.id]
        return (
            isinstance(function, ast.Attribute)
            and function.attr == self.mark
            and isinstance(function.value, ast.Attribute | ast.Name)
            and "mark" in (getattr(function.value, "attr", ""), getattr(function.value, "id", ""))
        )


def _named(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Names that a module gives to expressions; not to what is written with the name itself."""
    for node in body:
        if not isinstance(node, ast.Assign):
            continue
        inside = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            yield from ((one.id, value) for one, value in pairs if isinstance(one, ast.Name) and one.id not in inside)


def _marked(body: list[ast.stmt], spelt: Spelling, prefix: str, outer: list[str]) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            inner = outer + [argument for one in node.decorator_list for argument in spelt.arguments(one)]
            yield from _marked(node.body, spelt, f"{prefix}::{node.name}", inner)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            inner = outer + [argument for one in node.decorator_list for argument in spelt.arguments(one)]
            yield from ((argument, f"{prefix}::{node.name}") for argument in dict.fromkeys(inner))
