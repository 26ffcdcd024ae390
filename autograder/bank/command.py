"""`fargate-course bank lint|docs|render|forms|statistics`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from autograder.author.places import course
from autograder.bank import bank, lint, page, rendering
from autograder.exam import kept_forms as forms


def check(paths: Sequence[Path]) -> int:
    """Judge both banks, or these files, by the guidelines; 1 where they find something."""
    if paths:
        return _told(
            lint.lint([one for path in paths for one in bank.read(path)], date.today()), "items of these files"
        )
    practice, graded = bank.load(), bank.load(bank.GRADED)
    found = _told(lint.lint(practice, date.today()), f"{len(practice)} practice items")
    if graded:
        mine = [*lint.lint(graded, date.today()), *lint.in_both(practice, graded)]
        mine += [lint.Finding(forms.file().name, "forms", text) for text in forms.short(forms.read())]
        found |= _told(mine, f"{len(graded)} graded items")
    return found


def _told(found: Sequence[lint.Finding], what: str) -> int:
    sys.stdout.writelines(f"{finding}\n" for finding in found)
    sys.stdout.write(f"{what}: {len(found) or 'no'} findings\n")
    return int(bool(found))


def fill_forms(*, compare: bool) -> int:
    """Write graded/forms.json, filling the forms that are not whole; say which still are not."""
    before = forms.read() if forms.file().exists() else {}
    made = forms.assembled(before)
    sys.stdout.writelines(f"{text}\n" for text in forms.short(made))
    return _write({forms.file(): forms.text(made)}, compare=compare)


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
