"""One sitting of a form: what was answered, flagged and struck out, and how long each item took.

Each step is written into the learner's state file at once, so a crash of the kernel, the browser or the machine loses
nothing. Two windows may go on with one sitting: each takes over what the other has written. The clock is the wall clock
from the first moment on: it does not stop while nobody is there, as in the exam.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from autograder import state
from autograder.exam.form import Form, Slot, assemble
from autograder.trouble import Trouble

Mode = Literal["exam", "practice", "graded", "placement"]
"""exam: a clock, and explanations at the end; practice: no clock, each item is explained when it is answered; graded: a
clock, and no explanations: an exam of a cohort; placement: no clock and no explanations."""
TIMED = ("exam", "graded")
CONFIDENCES = ("guessing", "fairly sure", "certain")


@dataclass
class Sitting:
    """Raises Trouble where something is done after the end, or to an item that the form does not have."""

    form: Form
    mode: Mode = "exam"
    now: Callable[[], float] = time.time
    """Epoch seconds."""

    def __post_init__(self) -> None:
        kept = self._shelf(state.read()).get(self.form.id)
        self.kept: dict[str, Any] = kept or {
            "exam": self.form.exam,
            "seed": self.form.seed,
            "length": len(self.form.slots),
            "mode": self.mode,
            "begun": self.now(),
            "submitted": None,
            "items": {},
        }
        if self.kept["mode"] != self.mode:
            raise Trouble(f"{self.form.id} was begun as {self.kept['mode']}: go on with it so, or take another seed")
        self._seen: tuple[str, float] | None = None
        self._unwritten: dict[str, dict[str, Any]] = {}
        if kept is None:
            self._keep()

    @property
    def ends(self) -> float:
        """Epoch seconds when the time is up; endless without a clock."""
        return float(self.kept["begun"]) + 60.0 * self.form.minutes if self.mode in TIMED else float("inf")

    @property
    def again(self) -> str:
        """The command that goes on with it in a terminal."""
        return "fargate-course place" if self.mode == "placement" else f"fargate-course exam --resume {self.form.id}"

    @property
    def left(self) -> float:
        """Seconds until then; never below 0."""
        return max(self.ends - self.now(), 0.0)

    @property
    def over(self) -> bool:
        """Submitted, or out of time."""
        return self.kept["submitted"] is not None or self.left == 0.0

    def look_at(self, number: int) -> Slot:
        """The item at this place, from 0, is on the screen from now on: its time runs, the one before it stops."""
        slot = self.form.slots[self._place(number)]
        self._stop_the_watch()
        self._seen = slot.item.id, self.now()
        return slot

    def answer(self, number: int, chosen: tuple[str, ...]) -> None:
        """Choose these options, instead of those chosen before; () takes the answer back."""
        item = self._open(number).item
        unknown = set(chosen) - {option.id for option in item.options}
        if unknown or len(chosen) > len(item.key):
            said = (
                f"has no option {', '.join(sorted(unknown))}" if unknown else f"takes {len(item.key)} answers at most"
            )
            raise Trouble(f"item {number + 1} {said}")
        self._change(number, answer=list(chosen), answered=self.now())

    def flag(self, number: int, *, on: bool = True) -> None:
        """Mark an item to come back to."""
        self._change(number, flagged=on)

    def strike(self, number: int, option: str, *, on: bool = True) -> None:
        """Strike an option out, or take that back."""
        struck = set(self.entry(number).get("struck", ())) - {option} | ({option} if on else set())
        self._change(number, struck=sorted(struck))

    def sure(self, number: int, confidence: str) -> None:
        """How sure the candidate says to be; one of CONFIDENCES."""
        if confidence not in CONFIDENCES:
            raise Trouble(f"{confidence!r} is none of: {', '.join(CONFIDENCES)}")
        self._change(number, confidence=confidence)

    def entry(self, number: int) -> dict[str, Any]:
        """What is kept of an item: answer, answered, seconds, flagged, struck, confidence."""
        found: dict[str, Any] = self.kept["items"].get(self.form.slots[self._place(number)].item.id, {})
        return found

    def chosen(self, number: int) -> tuple[str, ...]:
        """The options chosen; () for none."""
        return tuple(self.entry(number).get("answer", ()))

    def submit(self) -> None:
        """The end. A second time changes nothing."""
        self._stop_the_watch()
        self._take_over(state.read())
        if self.kept["submitted"] is None:
            self.kept["submitted"] = min(self.now(), self.ends)
        self._keep()

    def _open(self, number: int) -> Slot:
        self._take_over(state.read())
        if self.over:
            raise Trouble(f"{self.form.id} is over: nothing can be changed")
        return self.form.slots[self._place(number)]

    def _change(self, number: int, **what: Any) -> None:
        slot = self._open(number)
        self._stop_the_watch()
        self._note(slot.item.id, **what, version=slot.item.version)
        self._keep()

    def _stop_the_watch(self) -> None:
        """Add the time since the item came to the screen, or since the last step, but no time after the end."""
        if self._seen is not None:
            item, since = self._seen
            until = min(self.now(), self.ends)
            before = float(self.kept["items"].get(item, {}).get("seconds", 0.0))
            self._note(item, seconds=before + max(until - since, 0.0))
            self._seen = item, until

    def _note(self, item: str, **what: Any) -> None:
        self.kept["items"].setdefault(item, {}).update(what)
        self._unwritten.setdefault(item, {}).update(what)

    def _keep(self) -> None:
        with state.change() as kept:
            self._take_over(kept)
            self._shelf(kept)[self.form.id] = self.kept
        self._unwritten.clear()

    def _take_over(self, kept: state.State) -> None:
        """What another window has written since, but for what this one changed and has not written."""
        there = self._shelf(kept).get(self.form.id)
        if there is not None:
            self.kept["items"] = there["items"]
            self.kept["submitted"] = self.kept["submitted"] or there["submitted"]
            for item, what in self._unwritten.items():
                self.kept["items"].setdefault(item, {}).update(what)

    def _shelf(self, kept: state.State) -> dict[str, Any]:
        """Where in the learner's state a sitting of this mode lies."""
        return kept["placements"] if self.mode == "placement" else kept["exams"]

    def _place(self, number: int) -> int:
        if not 0 <= number < len(self.form.slots):
            raise Trouble(f"the form has items 1 to {len(self.form.slots)}, not {number + 1}")
        return number


def resume(form_id: str, now: Callable[[], float] = time.time) -> Sitting:
    """Go on with a sitting that was begun. Raises Trouble for one that was not."""
    kept = state.read()["exams"].get(form_id)
    if kept is None:
        begun = ", ".join(state.read()["exams"]) or "none was begun"
        raise Trouble(f"there is no sitting {form_id!r}: {begun}")
    if kept["mode"] == "graded":
        raise Trouble(f"{form_id} is an exam of your cohort: go on with it in its notebook")
    form = assemble(kept["exam"], int(kept["seed"]), length=int(kept["length"]))
    return Sitting(form, kept["mode"], now)


def next_seed(exam: str) -> int:
    """The first seed, from 1, of which no form of the exam was begun."""
    taken = {kept["seed"] for kept in state.read()["exams"].values() if kept["exam"] == exam}
    return next(seed for seed in range(1, len(taken) + 2) if seed not in taken)
