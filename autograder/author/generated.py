"""A page under docs/ that the code writes."""

from __future__ import annotations

import sys

from autograder.author.places import Course


def keep(here: Course, name: str, text: str, *, check: bool) -> int:
    """Write docs/`name`; with `check` only say whether it is up to date, and return 1 where it is not."""
    path = here.root / "docs" / name
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    if not check:
        path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"docs/{name} {'is out of date' if check else 'written'}\n")
    return int(check)
