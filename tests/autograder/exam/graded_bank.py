"""A graded bank of a test's own: practice items under other names, in a folder that is made the graded one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.bank import bank
from autograder.bank.writing import text_of
from autograder.exam import kept_forms
from autograder.grade import exams, fingerprint

EXAM = "SAA-C03"


def entry(one: Any) -> dict[str, Any]:
    """A practice item as an entry of a graded file."""
    options = [{key: value for key, value in vars(option).items() if value} for option in one.options]
    places = [{key: value for key, value in vars(place).items() if value} for place in one.exams if place.exam == EXAM]
    plain = ("version", "type", "difficulty", "source")
    made = {"id": f"graded-{one.id}"[:64].rstrip("-"), "rows": list(one.rows), "exams": places, "stem": one.stem}
    made |= {name: getattr(one, name) for name in plain} | {"options": options, "key": list(one.key)}
    made |= {"verified": one.verified.isoformat(), "expires": one.expires.isoformat()}
    return {**made, **({"enemies": one.enemies} if one.enemies else {})}


def install(folder: Path, patch: pytest.MonkeyPatch, entries: list[Mapping[str, Any]] | None = None) -> list[Any]:
    """Make a new folder the graded bank. With entries: the forms stay as they were. Without: items of one exam, and
    forms of them. Gives the entries."""
    forms = kept_forms.file().read_text() if entries is not None else ""
    patch.setattr(bank, "GRADED", folder)
    folder.mkdir(parents=True)
    mine = [one for one in bank.load() if any(place.exam == EXAM for place in one.exams)]
    found = list(entries) if entries is not None else [entry(one) for one in mine]
    (folder / "all.yaml").write_text(text_of(found, "Of a test."))
    kept_forms.file().write_text(forms or kept_forms.text(kept_forms.assembled({})))
    forget()
    return found


def forget() -> None:
    """What the process remembers of the bank."""
    exams.keys.cache_clear()
    fingerprint.lab_code.cache_clear()


def other_key(entries: list[Any], item: str) -> list[Any]:
    """The same entries, one item with its next option as key."""
    return [_rekeyed(one) if one["id"] == item else one for one in entries]


def _rekeyed(one: dict[str, Any]) -> dict[str, Any]:
    ids = [option["id"] for option in one["options"]]
    key = sorted(ids[(ids.index(each) + 1) % len(ids)] for each in one["key"])
    reason = {"misconception": "M01", "breaks": "R-001"}
    plain = [{name: value for name, value in option.items() if name not in reason} for option in one["options"]]
    options = [option if option["id"] in key else {**option, **reason} for option in plain]
    return {**one, "key": key, "options": options, "version": one["version"] + 1}
