"""The computed items as files of the bank: each builder's variant of its first seed, with the key that the simulator
gave. `fargate-course bank render` writes them; a test computes every key again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.bank.bank import GRADED, PRACTICE
from autograder.bank.computed.book import builders, graded_builders
from autograder.bank.computed.building import SEEDS, Builder
from autograder.bank.writing import text_of

HEADING = (
    "Computed by the simulator from autograder/bank/{folder}/{file}.py: `fargate-course bank render`. Do not edit."
)


def files() -> dict[Path, str]:
    """Path and text of every file of computed items, the graded ones where their builders are installed."""
    found = _files(PRACTICE, "computed", builders(), SEEDS)
    if graded_builders():
        from autograder.bank.graded.builders import SEEDS as KEPT

        found |= _files(GRADED, "graded/builders", graded_builders(), KEPT)
    return found


def _files(folder: Path, code: str, known: Mapping[str, Builder], seeds: Sequence[int]) -> dict[Path, str]:
    entries: dict[str, list[dict[str, object]]] = {}
    for one in known.values():
        entries.setdefault(one.file, []).append(one.entry(seeds[0], seeds))
    return {
        folder / f"computed_{name}.yaml": text_of(some, HEADING.format(folder=code, file=name))
        for name, some in entries.items()
    }
