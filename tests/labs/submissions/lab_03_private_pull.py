"""Fourteen submissions of lab 03, made from the release and `answers.py`, with the marks that they must get.

    python -m tests.labs.submissions.lab_03_private_pull DIR

writes them to DIR as LEARNER/LAB/name.ipynb, to be looked at or graded by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.author.places import Course, course
from autograder.author.worked import Answer
from autograder.checks.lab import load
from tests.labs.desk import answers, texts
from tests.labs.submissions.handing import Handed, write_all

LAB_ID = "03-private-pull"
LAB = load(LAB_ID)
QUESTIONS = [question.id for question in LAB.questions]
ALL = {check.id for check in LAB.checks}


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
    "reach-the-count": answer("reach-the-count", "a new deployment, and a guess how long it takes").cell,
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


def write(here: Course, folder: Path, *, only: frozenset[str] = frozenset()) -> None:
    """Write the submissions (of these learners, where some are named) to the folder."""
    write_all(here, folder, [handed for handed in SUBMISSIONS if not only or handed.learner in only])


if __name__ == "__main__":
    write(course(), Path(sys.argv[1]))
