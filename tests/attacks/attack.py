"""An attack: what it tries, how it is laid into a submission, and what stops it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.author.places import course
from autograder.run.course import release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.attacks.bait import Bait

LAB = "03-private-pull"
Notebook = dict[str, Any]

PRELUDE = 'def did(what="it"):\n    print("-".join(["did", "@ME@", str(what)]))\n\n\nstop_code = host = ...\n'
"""What every attack may call to say that it has done what it came for. Said, it counts as done."""


@dataclass(frozen=True)
class Attack:
    """One hostile submission. It does none of the lab's work, so no point is due to it."""

    id: str
    tries: str
    """What it tries, in words that follow `It`."""
    stopped_by: tuple[str, ...]
    """Names of layers of the box, each of which stops it; or the name of one check (see doubles.py)."""
    source: str = ""
    """What stands in the first answer cell. @WORDS@ are filled in by the bait."""
    along: tuple[str, ...] = ()
    """Layers that its control switches off too, since an ordinary user's processes meet them first."""
    change: Callable[[Notebook, Bait], Notebook | str | bytes] | None = None
    """What else becomes of the notebook; text is a file that is none."""
    lay: Callable[[Path, str, Bait], None] | None = None
    """Lays the submission into the learner's place below the folder itself, where a plain file would not do."""
    budget: dict[str, float] = field(default_factory=dict)
    """Limits of its own in the control, so that a machine need not be hurt to show what would happen."""
    words: tuple[str, ...] = ()
    """Text that must not stand in any page that a person is shown."""
    due: float = 0.0
    """Points that its honest part earns."""

    def notebook(self, bait: Bait) -> Notebook | str | bytes:
        """The submission of this attack."""
        book = released()
        if self.source:
            answer(book)["source"] = bait.fill(PRELUDE + self.source.strip("\n"), self.id)
        return self.change(book, bait) if self.change else book

    def content(self, bait: Bait) -> bytes:
        """The same as the bytes of a file."""
        made = self.notebook(bait)
        if isinstance(made, bytes):
            return made
        return (made if isinstance(made, str) else json.dumps(made)).encode("utf-8", "surrogatepass")


def released() -> Notebook:
    """The untouched release."""
    return copy.deepcopy(release(course(), LAB))


def solved() -> Notebook:
    """The release with every answer right."""
    book = released()
    worked = json.loads((course().solutions / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    for cell in worked["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            find(book, cell["id"])["source"] = cell["source"]
    return book


def find(book: Notebook, cell_id: str) -> dict[str, Any]:
    """The cell of this id."""
    return next(cell for cell in book["cells"] if cell["id"] == cell_id)


def answer(book: Notebook) -> dict[str, Any]:
    """The first answer cell."""
    return next(cell for cell in book["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))


def checks(book: Notebook) -> list[dict[str, Any]]:
    """The cells that give points."""
    return [cell for cell in book["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
