"""What a record says: read from the learner's state and receipts, and nothing that does not stand there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder import mastery, state
from autograder.author.places import Course, course
from autograder.bank import bank
from autograder.checks.lab import all_labs
from autograder.home import pages
from autograder.learner import NOBODY, learner

NO_CERTIFICATE = (
    "This is no AWS certificate, and not from AWS. It is no examination under supervision either: what stands here was"
    " done on the learner's own machine, and can be done with help."
)
SELF_GRADED = (
    "Marks here were given by the course's own checks on the learner's machine, without an instructor. No mark of an"
    " instructor stands in this record."
)
INSTRUCTOR = (
    "What was handed in to an instructor is listed with the fingerprint of the file. The instructor's marks are in the"
    " instructor's gradebook: this record does not know them."
)
DAY_UNKNOWN = "not kept"
"""In the place of a moment: a lesson was read to its end before the course kept the day."""
CONTENT = ("course/*.ipynb", "labs/*/*.ipynb", "autograder/checks/**/*.py", "simcloud/**/*.py")
"""What a mark rests on: the lessons, the labs, their checks, the simulated AWS."""


def record(receipts: Path | None = None) -> dict[str, Any]:
    """Everything, as JSON holds it. `receipts`: the folder in which `submit` keeps those of a cohort."""
    kept, rows = state.read(), mastery.mastery()
    return {
        "course": "fargate-course",
        "version": version("fargate-course"),
        "content_sha256": content_hash(course()),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "learner": "" if learner() == NOBODY else learner(),
        "no_certificate": NO_CERTIFICATE,
        "graded_by": SELF_GRADED,
        "instructor": INSTRUCTOR,
        "lessons": list(_lessons(kept)),
        "labs": list(_labs(kept)),
        "handed_in": list(_handed_in(receipts)) if receipts else [],
        "exams": list(_exams(kept)),
        "rows": {
            "of": len(rows),
            "held": sum(row.level == "held" for row in rows),
            "known_by_placement": sum(row.level == "known" for row in rows),
        },
    }


def content_hash(here: Course) -> str:
    """SHA-256 over the names and bytes of what marks rest on; the same on every machine, whatever its line ends."""
    found = hashlib.sha256()
    for path in sorted({path for pattern in CONTENT for path in here.root.glob(pattern)}):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{path.relative_to(here.root).as_posix()}\n{len(content)}\n".encode() + content)
    return found.hexdigest()


def _lessons(kept: state.State) -> Iterator[dict[str, Any]]:
    """Lessons of which something was answered, or that were read."""
    for page in pages.lessons():
        answered = len(page.items & set(kept["questions"]))
        when = kept["lessons"].get(page.id, {}).get("read")
        if answered or when:
            yield {
                "id": page.id,
                "title": page.title,
                "answered": answered,
                "questions": len(page.items),
                "read": when or (DAY_UNKNOWN if answered == len(page.items) else None),
            }


def _labs(kept: state.State) -> Iterator[dict[str, Any]]:
    """Labs that were begun or graded."""
    titles = {page.id: page.title for page in pages.labs()}
    for lab in all_labs():
        entry = kept["labs"].get(lab.id)
        if entry is None:
            continue
        asked = [entry.get("questions", {}).get(question.id, {}) for question in lab.questions]
        yield {
            "id": lab.id,
            "title": titles.get(lab.id, lab.title),
            "questions": len(asked),
            "passed": sum(bool(one.get("passed")) for one in asked),
            "hints": sum(int(one.get("hints", 0)) for one in asked),
            "solutions_opened": sum(bool(one.get("gave_up")) for one in asked),
            "mark": _mark(entry),
        }


def _mark(entry: dict[str, Any]) -> dict[str, Any] | None:
    """The last mark that the learner's own `submit` gave; None where there is none."""
    if "grade" not in entry:
        return None
    last = entry["grade"]
    return {
        "points": last["points"],
        "of": last["max_points"],
        "best": entry.get("best", last["points"]),
        "on": entry.get("graded"),
        "by": "the learner's own machine",
    }


def _handed_in(folder: Path) -> Iterator[dict[str, Any]]:
    """What a cohort's `submit` packed, by its receipts; a file that is none is left out."""
    for file in sorted(folder.glob("*.receipt.json")):
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            yield {name: str(found[name]) for name in ("lab", "handed_in", "sha256")}
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _exams(kept: state.State) -> Iterator[dict[str, Any]]:
    """Practice exams that were submitted. Those of a cohort are marked by the instructor, and are not here."""
    known = {one.id: one for one in bank.load()}
    for form, sitting in kept["exams"].items():
        if sitting["submitted"] is None or sitting["mode"] == "graded":
            continue
        answers = {item: tuple(entry.get("answer", ())) for item, entry in sitting["items"].items()}
        yield {
            "form": form,
            "exam": sitting["exam"],
            "under_the_clock": sitting["mode"] == "exam",
            "right": sum(item in known and known[item].marked(answer) for item, answer in answers.items()),
            "of": int(sitting["length"]),
            "on": datetime.fromtimestamp(int(sitting["submitted"]), UTC).isoformat(),
        }
