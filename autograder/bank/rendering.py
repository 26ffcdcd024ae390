"""The computed items as files of the bank: each builder's variant of its first seed, with the key that the simulator
gave. `fargate-course bank render` writes them; a test computes every key again."""

from __future__ import annotations

from pathlib import Path

from autograder.bank.bank import PRACTICE
from autograder.bank.computed.book import builders
from autograder.bank.writing import text_of

HEADING = (
    "Computed by the simulator from autograder/bank/computed/{file}.py: `fargate-course bank render`. Do not edit."
)


def files() -> dict[Path, str]:
    """Path and text of every file of computed items."""
    found: dict[str, list[dict[str, object]]] = {}
    for one in builders().values():
        found.setdefault(one.file, []).append(one.entry(1))
    return {
        PRACTICE / f"computed_{name}.yaml": text_of(entries, HEADING.format(file=name))
        for name, entries in found.items()
    }
