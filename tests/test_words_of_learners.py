"""What a learner reads names no row of the fact sheet: R-123 is a word of those who write the course."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from autograder.author.places import course
from simcloud.rules.engine import laws

ROW = re.compile(r"\bR-\d{3}\b")
HERE = course().root
ROOMS = ("rules", "reason", "sim", "price", "cloud", "choose", "views")
"""The rooms of simcloud whose texts come out: refusals, stories, views. The facts name their rows, in `rule`."""


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a file of code, with its line, but for what modules, classes and functions say of themselves;
    what a check says counts: it is the sentence that a learner reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef)]
    bodies += [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and not _is_check(node)]
    notes = {id(each.value) for body in bodies for each in body if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.lineno, node.value


def _is_check(function: ast.FunctionDef) -> bool:
    """Does what it says of itself stand in a report?"""
    called = [each.func for each in function.decorator_list if isinstance(each, ast.Call)]
    return any(isinstance(name, ast.Name) and name.id == "check" for name in called)


def named(places: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{where}: {text[:80]}" for where, text in places if ROW.search(text)]


@pytest.mark.parametrize("room", [*(f"simcloud/{room}" for room in ROOMS), "autograder/checks", "autograder/exam"])
def test_no_text_of_the_code_names_a_row(room: str) -> None:
    files = sorted((HERE / room).rglob("*.py"))
    assert files
    assert named((f"{path}:{line}", text) for path in files for line, text in texts(path)) == []


def test_no_law_and_no_source_under_a_refusal_names_a_row() -> None:
    every = laws()
    assert len(every) > 500
    assert named((law.id, f"{law.sentence} {law.source}") for law in every) == []


def test_no_lesson_and_no_lab_names_a_row() -> None:
    """What lessons print comes from the texts above."""
    sources = course().sources()
    assert len(sources) > 30
    assert [str(path) for path in sources if ROW.search(path.read_text(encoding="utf-8"))] == []


def test_no_item_of_the_bank_names_a_row_in_its_words() -> None:
    """`breaks` and `source` lead whoever checks an item; what is shown of them is an address."""
    files = sorted((HERE / "autograder" / "bank").rglob("*.yaml"))
    assert files
    assert named((f"{path.name}:{where}", text) for path in files for where, text in words(path)) == []


def words(path: Path) -> Iterator[tuple[str, str]]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    for item in found if isinstance(found, list) else []:
        if isinstance(item, dict):
            options = item.get("options") or []
            plain = [{key: value for key, value in each.items() if key != "breaks"} for each in options]
            rest = {key: value for key, value in item.items() if key not in ("options", "source", "rows", "computed")}
            yield str(item.get("id")), json.dumps([plain, rest], default=str)
