"""`fargate-course bank lint|docs|render`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from autograder.author.places import course
from autograder.bank import bank, lint, page, rendering


def check(paths: Sequence[Path]) -> int:
    """Judge the practice bank, or these files, by the guidelines; 1 where they find something."""
    items = [one for path in paths for one in bank.read(path)] if paths else list(bank.load())
    found = lint.lint(items, date.today())
    sys.stdout.writelines(f"{finding}\n" for finding in found)
    sys.stdout.write(f"{len(items)} items, {len(found) or 'no'} findings\n")
    return int(bool(found))


def docs(*, compare: bool) -> int:
    """Write docs/bank.md; with `compare` only say whether it is up to date, and return 1 where it is not."""
    return _write({course().root / "docs" / "bank.md": page.page()}, compare=compare)


def render(*, compare: bool) -> int:
    """Ask the simulator for every computed item and write the files; with `compare` only say which would change."""
    return _write(rendering.files(), compare=compare)


def _write(files: dict[Path, str], *, compare: bool) -> int:
    changed = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        if not compare:
            path.write_text(files[path], encoding="utf-8")
        sys.stdout.write(f"{path.name} {'is out of date' if compare else 'written'}\n")
    return int(compare and bool(changed))
