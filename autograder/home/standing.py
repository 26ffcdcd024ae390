"""Where a learner stands: each lesson and lab with how far it is done, exams sat, what is due, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from autograder import mastery, state
from autograder.checks.lab import all_labs
from autograder.exam.review import due
from autograder.home import pages
from autograder.home.pages import Page
from autograder.home.sat import Sat, exams
from autograder.placing.placement import open_one, shown

ENOUGH_DUE = 5
"""From so many rows due on, review comes first: ten minutes."""
REVIEW_MINUTES = 10
LIKELY = "SAA-C03"
"""The exam that most prepare for."""
Done = Literal["not begun", "begun", "done"]


@dataclass(frozen=True)
class Mark:
    """One lesson or lab, and how far it is."""

    page: Page
    done: Done
    said: str
    """3 of 5 questions"""

    @property
    def minutes_left(self) -> int:
        """What is left of it: of one that is begun, half."""
        return {"not begun": self.page.minutes, "begun": self.page.minutes // 2, "done": 0}[self.done]


@dataclass(frozen=True)
class Step:
    """What to do next."""

    title: str
    address: str
    """A notebook from the root of the course, with its cell; '' for a command."""
    minutes: int
    why: str


@dataclass(frozen=True)
class Standing:
    """All of it, at one moment."""

    learner: str
    lessons: tuple[Mark, ...]
    labs: tuple[Mark, ...]
    exams: tuple[Sat, ...]
    """Each exam of the course, sat or not."""
    open_exam: str
    """A practice exam that was begun and not submitted; '' where there is none."""
    placed: bool
    """Has a placement ended?"""
    open_placement: bool
    """Is one begun and not ended?"""
    due: int
    """Rows due for review."""
    rows: tuple[mastery.Row, ...]

    @property
    def sat(self) -> int:
        """Practice exams that were submitted."""
        return sum(exam.forms for exam in self.exams)

    @property
    def minutes_left(self) -> int:
        """Of lessons and labs together."""
        return sum(mark.minutes_left for mark in (*self.lessons, *self.labs))

    @property
    def held(self) -> int:
        """Rows of the curriculum that are held, or known by a placement."""
        return sum(row.counts for row in self.rows)

    @property
    def next(self) -> Step:
        """The next best step."""
        return next(self.steps())

    def steps(self) -> Iterator[Step]:
        """What could be done, the best first: what is open, what is due, the lab of a lesson that is read, the next
        lesson that has something to teach, what is weak, an exam."""
        if self.open_exam:
            yield Step("Go on with your practice exam", "", 0, f"{self.open_exam} is begun, and its clock runs")
        if self.open_placement:
            yield Step("Go on with your placement", "", 15, "you began it: `fargate-course place`")
        for mark in (*self.labs, *self.lessons):
            if mark.done == "begun":
                kind = "lab" if mark in self.labs else "lesson"
                yield _to(mark, f"you began this {kind}: {mark.said}")
        if self.due >= ENOUGH_DUE:
            yield _review(self.due)
        read = {mark.page.number for mark in self.lessons if mark.done == "done"}
        for mark in self.labs:
            if mark.done == "not begun" and mark.page.number in read:
                yield _to(mark, "you have read its lesson")
        for mark in sorted(self.lessons, key=self._teaches_nothing_new):
            if mark.done == "not begun":
                known = self._teaches_nothing_new(mark)
                yield _to(mark, "you know its rows, and have not read it" if known else _unread(placed=self.placed))
        for mark in self.labs:
            if mark.done == "not begun":
                yield _to(mark, "a lab that you have not begun")
        for row in self.rows:
            if row.level == "weak" and row.cell:
                address = f"course/{row.cell.address}"
                yield Step(f"Read again: {row.title}", address, 5, f"{row.id} is weak: {row.figure:.0%}")
        if self.due:
            yield _review(self.due)
        left = [one.exam for one in self.exams if not one.forms]
        exam = LIKELY if LIKELY in left or not left else left[0]
        why = (
            "you are through" if not self.sat else "you have not sat it" if left else "you have sat each; forms differ"
        )
        yield Step(f"Sit a practice exam: {exam}", "", 130, f"{why}: `fargate-course exam {exam}`")

    def _teaches_nothing_new(self, mark: Mark) -> bool:
        """Has a placement shown that whoever reads it knows all of it? The first page is for everybody."""
        count = {row.id for row in self.rows if row.counts}
        return self.placed and mark is not self.lessons[0] and mark.page.rows <= count


def _review(rows: int) -> Step:
    due = "1 row is due" if rows == 1 else f"{rows} rows are due"
    return Step("Review what you missed", "", REVIEW_MINUTES, f"{due}: `fargate-course review`")


def _unread(*, placed: bool) -> str:
    return f"the next lesson that you have not read{' and do not know' if placed else ''}"


def _to(mark: Mark, why: str) -> Step:
    kind = "Lab" if mark.page.address.startswith("labs/") else "Lesson"
    return Step(f"{kind} {mark.page.number} · {mark.page.title}", mark.page.address, mark.minutes_left, why)


def standing(now: datetime | None = None) -> Standing:
    """Where the learner of the state file stands. Nothing is written."""
    kept = state.read()
    moment = now or datetime.now(UTC)
    return Standing(
        learner=kept["learner"],
        lessons=tuple(_lesson(page, kept) for page in pages.lessons()),
        labs=tuple(_labs(pages.labs(), kept)),
        exams=tuple(exams(kept)),
        open_exam=next((name for name, sitting in kept["exams"].items() if sitting["submitted"] is None), ""),
        placed=bool(shown(kept)),
        open_placement=bool(open_one(kept)),
        due=len({card.row for card in due(moment)}),
        rows=tuple(mastery.mastery(moment)),
    )


def _lesson(page: Page, kept: state.State) -> Mark:
    answered = len(page.items & set(kept["questions"]))
    said = f"{answered} of {len(page.items)} questions answered"
    if kept["lessons"].get(page.id, {}).get("read") or (page.items and answered == len(page.items)):
        return Mark(page, "done", said)
    return Mark(page, "begun" if answered else "not begun", said)


def _labs(found: Sequence[Page], kept: state.State) -> Iterator[Mark]:
    asked = {lab.id: [question.id for question in lab.questions] for lab in all_labs()}
    for page in found:
        if page.id not in asked:
            continue
        entry: dict[str, Any] = kept["labs"].get(page.id, {})
        of = asked[page.id]
        passed = sum(bool(entry.get("questions", {}).get(question, {}).get("passed")) for question in of)
        said = f"{passed} of {len(of)} questions passed"
        if grade := entry.get("grade"):
            said += f", last mark {grade['points']:g} of {grade['max_points']:g}"
        begun = bool(entry.get("questions"))
        yield Mark(page, "done" if passed == len(of) else "begun" if begun else "not begun", said)
