"""`fargate-course receipts`: every version that was handed in, when, and which counts; or one receipt proved."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.author.places import Course, course
from autograder.grade.attempts import Attempts
from autograder.grade.policy import policy_of, words
from autograder.grade.store import Store
from autograder.learner import is_id
from autograder.trouble import Trouble


def receipts(args: argparse.Namespace) -> int:
    """The command. Exit status 1 where a given receipt is of nothing that came here."""
    here = course()
    lines = [proved(here, args.receipt)] if args.receipt else list(listed(here))
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if args.receipt and "never came here" in lines[0] else 0


def listed(here: Course) -> Iterator[str]:
    """Every version of every learner. Raises Trouble where nothing was handed in."""
    attempts, store = Attempts(here), Store(here)
    found = list(attempts.all())
    if not found:
        raise Trouble("nothing was handed in yet: use `fargate-course collect` or `grade` first")
    for lab in sorted({lab for _, lab in found}):
        yield f"{lab}: {words(policy_of(here, lab))}"
        for learner in (learner for learner, of in found if of == lab):
            mark = attempts.counted(learner, lab)
            for attempt in attempts.of(learner, lab):
                counts = mark is not None and mark.sha256 == attempt.sha256
                record = store.record(mark.record) if mark and counts else None
                points = f", {record['points']:g} of {record['max_points']:g} points" if record else ""
                yield f"  {learner}  {attempt.handed_in}  {attempt.sha256[:16]}" + (
                    f"  counts{points}" if counts else ""
                )


def proved(here: Course, file: Path) -> str:
    """What became of the version that a learner's receipt is of. Raises Trouble where it is no receipt."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        learner, lab, digest = told["learner"], told["lab"], told["sha256"]
        fits = is_id(learner) and re.fullmatch(r"[a-z0-9-]{1,64}", lab) and re.fullmatch(r"[0-9a-f]{64}", digest)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        fits = None
    if not fits:
        raise Trouble(f"{file} is no receipt: give the .receipt.json that `fargate-course submit` wrote")
    attempts = Attempts(here)
    attempt = next((one for one in attempts.of(learner, lab) if one.sha256 == digest), None)
    if attempt is None:
        return f"{learner} {lab} {digest[:16]}: this version never came here"
    mark = attempts.counted(learner, lab)
    became = "not graded yet" if mark is None else "it counts" if mark.sha256 == digest else "another version counts"
    return f"{learner} {lab} {digest[:16]}: came {attempt.handed_in}; {became}"
