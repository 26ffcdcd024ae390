"""Fourteen submissions of lab 03, made from the release and `answers.py`, with the marks that they must get.

    python -m tests.labs.submissions.lab_03_private_pull DIR

writes them to DIR as LEARNER/LAB/name.ipynb, to be looked at or graded by hand.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.author.places import Course, course
from autograder.author.worked import Answer
from autograder.checks.lab import load, seed_of
from autograder.lab import RECORD
from tests.labs.desk import answers, texts

LAB_ID = "03-private-pull"
LAB = load(LAB_ID)
QUESTIONS = [question.id for question in LAB.questions]
ALL = {check.id for check in LAB.checks}


@dataclass(frozen=True)
class Handed:
    """One submission: who handed it in, what stands in it, and what it must get."""

    learner: str
    about: str
    cells: Mapping[str, str] = field(default_factory=dict)
    """Texts of answer cells; a question that is not named is answered as in the solution."""
    lost: frozenset[str] = frozenset()
    """The checks that must not pass, as answers.py says."""
    flags: frozenset[str] = frozenset()
    """What the grader must notice."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """Outcomes of questions that must be told as something else than passed or failed."""
    untouched: bool = False
    without: str = ""
    """The question whose check cell was deleted."""
    world_of: str = ""
    """The learner in whose world it was done; '' for the learner's own."""
    file: str = f"{LAB_ID}.ipynb"

    @property
    def points(self) -> dict[str, float]:
        """The points by question that it must get."""
        got = [check for check in LAB.checks if check.id not in self.lost]
        return {name: sum(check.points for check in got if check.question == name) for name in QUESTIONS}


def answer(question: str, name: str) -> Answer:
    """The answer of this name in answers.py."""
    return next(one for one in answers(LAB_ID)[question] if one.name == name)


def with_one(learner: str, question: str, name: str) -> Handed:
    """A submission with one answer that is not the solution's, and all that falls with it."""
    chosen = answer(question, name)
    assert chosen.spoils is not None, f"answers.py does not say what {name!r} spoils"
    lost = frozenset(chosen.misses) | frozenset(chosen.spoils)
    return Handed(learner, name, {question: texts(LAB_ID).of(question, chosen)}, lost)


def _checks_of(*questions: str) -> frozenset[str]:
    return frozenset(check.id for check in LAB.checks if check.question in questions)


OTHER_WAY = {
    "read-the-ending": answer("read-the-ending", "from any stopped task of the cluster").cell,
    "find-the-hop": answer("find-the-hop", "from one list of all the tables").cell,
    "open-the-keys": answer("open-the-keys", "everything anew, by address blocks, logs at once").cell,
    "past-the-pull": "print('the logs came with the keys')",
    "keep-it-narrow": "print('built narrow from the start')",
    "reach-the-count": answer("reach-the-count", "time heals").cell,
}
CRASH = "import os\nos._exit(1)"
LOOP = "desk.cloud.advance(minutes=25)\nwhile True:\n    pass"

SUBMISSIONS = (
    Handed("ada", "right, as in the solution"),
    Handed("ben", "right, by another way", OTHER_WAY),
    with_one("cem", "read-the-ending", "the last step of a pull instead of the first that failed"),
    with_one("dua", "find-the-hop", "the other truth"),
    with_one("eli", "open-the-keys", "a NAT gateway"),
    with_one("fay", "open-the-keys", "private DNS left off"),
    with_one("gus", "keep-it-narrow", "443 from everywhere"),
    with_one("hao", "reach-the-count", "one subnet for all"),
    Handed(
        "ida",
        "empty",
        lost=frozenset(ALL),
        untouched=True,
        outcomes=dict.fromkeys(QUESTIONS, "not attempted"),
    ),
    Handed(
        "jon",
        "a crash after half the work",
        {"past-the-pull": CRASH},
        lost=_checks_of("past-the-pull", "keep-it-narrow", "reach-the-count"),
        flags=frozenset({"ended early"}),
        outcomes={"past-the-pull": "crashed"},
    ),
    Handed(
        "kim",
        "an endless loop",
        {"reach-the-count": LOOP},
        lost=_checks_of("reach-the-count"),
        outcomes={"reach-the-count": "timed out"},
    ),
    Handed("lea", "a check cell deleted", without="open-the-keys", flags=frozenset({"restored"})),
    Handed(
        "mia",
        "made under another learner's id",
        world_of="ada",
        flags=frozenset({"variant of another learner"}),
    ),
    Handed("nor", "a file named by the browser", file=f"{LAB_ID} (1).ipynb"),
)


def notebook(here: Course, handed: Handed) -> dict[str, Any]:
    """The notebook that was handed in, with the output by which its setup cell names the world."""
    release = json.loads((here.labs / LAB_ID / f"{LAB_ID}.ipynb").read_text(encoding="utf-8"))
    book: dict[str, Any] = copy.deepcopy(release)
    book["cells"] = list(_cells(book["cells"], handed))
    return book


def _cells(cells: list[dict[str, Any]], handed: Handed) -> Iterator[dict[str, Any]]:
    solutions = texts(LAB_ID).solutions
    for cell in cells:
        grading = cell["metadata"].get("nbgrader", {})
        question = str(grading.get("grade_id", "")).removeprefix("answer-")
        if cell["id"] == "lab03-setup":
            cell["outputs"] = [_record(handed.world_of or handed.learner)]
        if grading.get("solution") and not handed.untouched:
            cell["source"] = handed.cells.get(question, solutions[question])
        if not (grading.get("grade") and question == handed.without):
            yield cell


def _record(learner: str) -> dict[str, Any]:
    record = {"lab": LAB_ID, "learner": learner, "seed": seed_of(learner, LAB_ID), "version": LAB.version}
    return {"output_type": "display_data", "metadata": {}, "data": {RECORD: record, "text/plain": f"Lab {LAB_ID}"}}


def write(here: Course, folder: Path, *, only: frozenset[str] = frozenset()) -> None:
    """Write the submissions (of these learners, where some are named) to the folder."""
    for handed in SUBMISSIONS:
        if not only or handed.learner in only:
            file = folder / handed.learner / LAB_ID / handed.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(notebook(here, handed), indent=1), encoding="utf-8")


if __name__ == "__main__":
    write(course(), Path(sys.argv[1]))
