"""What a lab's `answers.py` holds: answers to each question, right and wrong, with the checks that must notice them.

    ANSWERS = {
        "open-the-keys": (
            Answer("as in the solution", SOLUTION),
            Answer("private DNS left off", "ec2.create_vpc_endpoint(...)", misses={"key-api": "private DNS of vpce-"}),
            Answer("untouched", STUB),
        ),
    }

Each is run as the text of its answer cell, after the solutions of the questions before it. The words given for a check
must stand in what the learner reads under it: expected, got or hint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SOLUTION = "the answer cell as it stands in lab.py"
STUB = "the answer cell as the learner finds it"


@dataclass(frozen=True)
class Answer:
    """One answer to one question."""

    name: str
    cell: str
    """The text of the answer cell; or SOLUTION, or STUB."""
    misses: Mapping[str, str] = field(default_factory=dict)
    """The checks that it must fail, hidden ones included, with words that the learner must read; all others pass."""
    raises: str = ""
    """The name of the exception that ends the cell; '' where it runs to its end."""
    spoils: tuple[str, ...] | None = None
    """Checks of later questions that fall with it where those are answered as in the solution; None where unknown."""
    attempted: bool = True
    """False where the verdict must be `not attempted`."""

    @property
    def is_right(self) -> bool:
        """Must every check pass?"""
        return self.attempted and not self.misses

    def text(self, solution: str, stub: str) -> str:
        """The text to run, given the two texts of the lab's own answer cell."""
        return {SOLUTION: solution, STUB: stub}.get(self.cell, self.cell)


def untouched() -> Answer:
    """The stub. Nothing may be marked, and nothing counted as wrong."""
    return Answer("untouched", STUB, attempted=False)
