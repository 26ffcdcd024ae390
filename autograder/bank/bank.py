"""The bank: every item of a folder, read and checked. Raises Trouble naming file, item and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.bank.item import Item, from_json
from autograder.trouble import Trouble

HERE = Path(__file__).parent
PRACTICE = HERE / "practice"
GRADED = HERE / "graded"
CURRICULUM = HERE.parent / "curriculum.yaml"
MISCONCEPTIONS = HERE.parent / "misconceptions.yaml"
BLUEPRINTS = HERE.parent / "exam" / "blueprints.yaml"


@dataclass(frozen=True)
class Misconception:
    """A wrong belief that items and checks can find in a learner's answers."""

    id: str
    belief: str
    truth: str
    rows: tuple[str, ...]


@cache
def curriculum() -> dict[str, dict[str, Any]]:
    """The rows of the curriculum by id, in order."""
    return {row["id"]: row for row in _yaml(CURRICULUM)}


@cache
def misconceptions() -> dict[str, Misconception]:
    """The catalogue by id, in order."""
    found = [Misconception(e["id"], e["belief"], e["truth"], tuple(e["rows"])) for e in _yaml(MISCONCEPTIONS)]
    return {one.id: one for one in found}


@cache
def blueprints() -> dict[str, dict[str, Any]]:
    """The exams by id, each with its domains by number."""
    exams: dict[str, dict[str, Any]] = _yaml(BLUEPRINTS)["exams"]
    return exams


@cache
def load(folder: Path = PRACTICE) -> tuple[Item, ...]:
    """Every item of the folder's YAML files, in order of file and place. Raises Trouble at the first wrong one."""
    found: dict[str, Item] = {}
    for path in sorted(folder.glob("*.yaml")):
        for item in read(path):
            if item.id in found:
                raise Trouble(f"{path.name}: item {item.id}: id is taken in {found[item.id].file}: choose another")
            found[item.id] = item
    return tuple(found.values())


def item(item_id: str) -> Item:
    """The practice item of this id. Raises Trouble where there is none."""
    found = next((one for one in load() if one.id == item_id), None)
    if found is None:
        raise Trouble(f"there is no practice item {item_id!r}: the items are in autograder/bank/practice")
    return found


def read(path: Path) -> list[Item]:
    """The items of one file. Raises Trouble naming file, item and field."""
    entries = _with_dates_as_text(_yaml(path))
    error = next(iter(_validator().iter_errors(entries)), None)
    if error:
        raise Trouble(f"{path.name}: {_place(entries, error)}: {error.message[:200]}")
    items = [from_json(entry, path.name) for entry in entries]
    for one in items:
        for field, problem in _problems(one):
            raise Trouble(f"{path.name}: item {one.id}: {field}: {problem}")
    return items


def _problems(one: Item) -> Iterator[tuple[str, str]]:
    """(field, what is wrong) for what a schema cannot say."""
    ids = [option.id for option in one.options]
    if sorted(set(ids)) != sorted(ids):
        yield "options", "two options have the same id"
    if set(one.key) - set(ids):
        yield "key", f"names {sorted(set(one.key) - set(ids))}, which is no option"
    if one.type == "multiple-choice" and len(one.key) != 1:
        yield "key", f"a multiple-choice item has one right option, not {len(one.key)}"
    if one.type == "multiple-response" and not 2 <= len(one.key) < len(ids):
        yield "key", "a multiple-response item has at least two right options and at least one wrong one"
    if one.type == "ordering" and sorted(one.key) != sorted(ids):
        yield "key", "an ordering item's key is all its options in the right order"
    if one.type == "matching" and not all(option.match for option in one.options):
        yield "options", "each option of a matching item says what it matches"
    if one.expires <= one.verified:
        yield "expires", "is not after verified"
    yield from _unknown_names(one)
    yield from _unexplained_distractors(one)


def _unknown_names(one: Item) -> Iterator[tuple[str, str]]:
    for row in one.rows:
        if row not in curriculum():
            yield "rows", f"{row} is no row of the curriculum"
    for place in one.exams:
        exam = blueprints()[place.exam]
        if place.domain not in exam["domains"]:
            yield "exams", f"{place.exam} has no domain {place.domain}"
        if place.statement and place.statement not in exam["statements"]:
            yield "exams", f"task statement {place.statement} of {place.exam} is not in blueprints.yaml: leave it out"
        if place.statement and not place.statement.startswith(f"{place.domain}."):
            yield "exams", f"task statement {place.statement} is not of domain {place.domain}"


def _unexplained_distractors(one: Item) -> Iterator[tuple[str, str]]:
    if one.type not in ("multiple-choice", "multiple-response"):
        return
    for option in one.options:
        field = f"option {option.id}"
        if one.right(option) and (option.misconception or option.breaks):
            yield field, "is right, so it has no misconception and breaks nothing"
        if not one.right(option) and not (option.misconception and option.breaks):
            yield field, "is wrong, so it names its misconception and the rule or page that it breaks"
        if option.misconception and option.misconception not in misconceptions():
            yield field, f"misconception {option.misconception} is not in misconceptions.yaml"


@cache
def _validator() -> Any:
    # Here, since grading asks the bank for the names of its exams and never reads an item.
    import autograder.quick  # noqa: F401, I001  (it decides what jsonschema imports)
    import jsonschema

    schema = json.loads((HERE / "item.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _place(entries: Any, error: Any) -> str:
    """The item and the field that a schema error is about."""
    path = list(error.absolute_path)
    if not path or not isinstance(entries, list):
        return "the file"
    entry = entries[path[0]]
    name = entry.get("id", f"number {path[0] + 1}") if isinstance(entry, dict) else f"number {path[0] + 1}"
    return f"item {name}: {'.'.join(map(str, path[1:])) or 'fields'}"


def _with_dates_as_text(value: Any) -> Any:
    """YAML reads 2026-11-22 as a date; JSON schema knows only text."""
    if isinstance(value, list):
        return [_with_dates_as_text(part) for part in value]
    if isinstance(value, dict):
        return {key: _with_dates_as_text(part) for key, part in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _yaml(path: Path) -> Any:
    from autograder import yamls  # here, since grading of labs reads none

    try:
        return yamls.load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Trouble(f"{path} is no text in UTF-8: give a YAML file of items") from None
    except yamls.Wrong as error:
        raise Trouble(f"{path.name} is not YAML: {error}") from None
