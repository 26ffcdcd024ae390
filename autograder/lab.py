"""The learner's one door to a lab: begin, check, hint, solution, work, reset, submit, progress.

    from autograder import lab
    desk = lab.begin("03-private-pull")     # desk.cloud, and every value of your variant as an attribute
    ...
    lab.check("find-the-cause", cause=cause)

`check` shows the verdict and raises `Miss` or `NotAttempted` where the question has not passed, so that a notebook run,
nbgrader's Validate button and a reader all see it. In the grader's sandbox the same door only records: judging happens
where no learner's code runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pprint import pformat
from textwrap import indent
from typing import Any, NoReturn

from autograder import learner as who
from autograder import progress as kept
from autograder import work as written
from autograder.checks import answers as plainly
from autograder.checks.check import WIDTH, Miss, NotAttempted
from autograder.checks.drawing import Drawn, shown_code, shown_hint
from autograder.checks.lab import load
from autograder.checks.sitting import Sitting, sit_down
from autograder.checks.verdict import QuestionVerdict
from autograder.trouble import Trouble

RECORD = "application/vnd.fargate-course.lab+json"
"""The mime type under which the setup cell's output keeps lab, learner, seed and version."""


@dataclass
class Recorder:
    """Set by the grader's sandbox: who sits at the desk, and what to do once they do. Checks then only record."""

    learner: str
    on_begin: Callable[[Sitting], None]
    worlds: Mapping[str, bytes] = field(default_factory=dict)
    """By lab the world that this learner begins in, where the grader has built it."""


@dataclass
class Door:
    """What this process has open."""

    sitting: Sitting | None = None
    begun: Begun | None = None
    recorder: Recorder | None = None
    watch: written.Watch | None = None
    """The cells that were run; from the first `begin` on."""


DOOR = Door()


class Begun:
    """Your desk: `cloud`, and each value of your variant as an attribute."""

    def __init__(self, sitting: Sitting) -> None:
        self._sit(sitting)

    def _sit(self, sitting: Sitting) -> None:
        """Sit down at `begin`, and again at each `reset`: a `desk` kept from before has the new world."""
        self.cloud = sitting.cloud
        self._sitting = sitting
        for name, value in sitting.variant.items():
            setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        given = ", ".join(["cloud", *self._sitting.variant])
        raise NotGiven(f"this lab gives you no {name!r}; it gives: {given}")

    def __repr__(self) -> str:
        lines = [f"Lab {self._sitting.lab.id}: {self._sitting.lab.title}", *_who_lines(self._sitting)]
        lines += [_given(name, value) for name, value in self._sitting.variant.items()]
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        sat = self._sitting
        record = {"lab": sat.lab.id, "learner": sat.learner, "seed": sat.seed, "version": sat.lab.version}
        return {"text/plain": repr(self), RECORD: record}


def _given(name: str, value: Any) -> str:
    """One value of a variant as Python would write it, in lines that are read without scrolling."""
    begin = f"  {name} = "
    return begin + indent(pformat(value, width=WIDTH - len(begin), sort_dicts=False), " " * len(begin)).lstrip()


class NotGiven(AttributeError):
    """A name that the desk does not have; a notebook shows it as one line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class TroubleHere(Trouble):
    """A Trouble that a notebook shows as one line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def begin(lab_id: str) -> Begun:
    """Open your world of this lab. Shows and records your variant. A second call begins again from the start."""
    begun = _open(lab_id)
    _display(begun)
    return begun


def _open(lab_id: str) -> Begun:
    try:
        lab = load(lab_id)
        name = DOOR.recorder.learner if DOOR.recorder else who.learner()
    except Trouble as trouble:
        _say(trouble)
    world = DOOR.recorder.worlds.get(lab.id, b"") if DOOR.recorder else b""
    DOOR.sitting = sit_down(lab, name, world=world, judged=DOOR.recorder is None)
    if DOOR.recorder:
        DOOR.recorder.on_begin(DOOR.sitting)
    elif DOOR.watch is None:
        DOOR.watch = written.watch()
    return _begun(DOOR.sitting)


def _begun(sitting: Sitting) -> Begun:
    """The desk of this learner at this lab: the one that they hold already, where there is one."""
    held = DOOR.begun
    if held is None or (held._sitting.lab.id, held._sitting.learner) != (sitting.lab.id, sitting.learner):
        DOOR.begun = held = Begun(sitting)
    held._sit(sitting)
    return held


def check(question: str, **answers: Any) -> None:
    """Judge one question. Shows each verdict; raises Miss or NotAttempted unless everything visible passed."""
    sitting = _sitting()
    try:
        sitting.lab.question(question)
    except Trouble as trouble:
        _say(trouble)
    plain = plainly.as_json(answers)
    sitting.cloud.record({"kind": "check", "question": question, "answers": plain})
    if DOOR.recorder:
        return
    _keep_the_answer(sitting.lab.id, question)
    verdict = sitting.judge.question(question, plain)
    kept.keep_verdict(sitting.lab.id, verdict)
    _display(Drawn(verdict))
    _raise_unless_passed(verdict)


def hint(question: str) -> None:
    """Show the next hint for a question; each says more than the one before."""
    sitting = _sitting()
    if DOOR.recorder:
        return
    hints = _question(question).hints
    if not hints:
        _print(f"There is no hint for {question}.")
        return
    number = kept.next_hint(sitting.lab.id, question, len(hints))
    text = hints[number]
    told = text if isinstance(text, str) else text(dict(sitting.variant))
    _display(shown_hint(number + 1, len(hints), told))


def solution(question: str, *, give_up: bool = False) -> None:
    """Show a worked solution of a question that you have passed, or give up on: progress then says that you did."""
    from autograder.run.course import solution_of

    sitting = _sitting()
    if DOOR.recorder:
        return
    _question(question)
    lab_id = sitting.lab.id
    if not (give_up or kept.is_open(lab_id, question)):
        _print(
            f'First pass {question}; or give up on it, which progress keeps: lab.solution("{question}", give_up=True)'
        )
        return
    text = solution_of(lab_id, question)
    if not text:
        _print("Solutions are not part of this copy of the course: your instructor hands them out after the deadline.")
        return
    kept.open_solution(lab_id, question)
    _display(shown_code(text))


def work(question: str, number: int = 0) -> None:
    """Show your answer to a question as it was at its last check; `number=-1` is the check before that, and so on."""
    lab_id = _sitting().lab.id
    if DOOR.recorder:
        return
    _question(question)
    copies = written.copies(lab_id, question)
    if not copies:
        _print(f"Nothing of {question} is kept yet: each lab.check keeps a copy of its answer cell.")
        return
    chosen = copies[max(0, len(copies) - 1 - abs(number))]
    head = f"# {chosen.stem} of {copies[-1].stem}, kept in {chosen}"
    _display(shown_code(f"{head}\n{chosen.read_text(encoding='utf-8')}"))


def reset(lab_id: str | None = None) -> Begun:
    """Begin the lab again in a fresh world. Your cells are not touched, the copies of your answers stay (`lab.work`),
    and progress keeps what you had reached before.

    Where the notebook is graded it does nothing: the cell in which a learner once called it may still stand there.
    """
    lab_id = lab_id or _sitting().lab.id
    if DOOR.recorder:
        return DOOR.begun or begin(lab_id)
    kept.put_aside(lab_id)
    begun = _open(lab_id)  # shown as the value of the learner's cell
    _print("A fresh world. Delete this cell, then run the others again from the first one down.")
    _print("lab.work(...) shows an answer as it was at its last check.")
    return begun


def submit(lab_id: str | None = None) -> None:
    """Hand in this lab's saved notebook: graded here with all its checks, or packed for your instructor."""
    from importlib import import_module

    lab_id = lab_id or _sitting().lab.id
    if DOOR.recorder:
        return
    desk = import_module("autograder.grade.submit")
    try:
        done = desk.hand_in(lab_id)
    except Trouble as trouble:
        _say(trouble)
    _display(done)
    desk.show(done)


def submit_button(lab_id: str | None = None) -> Any:
    """A button that does the same. The cell that shows it is tagged `nbval-ignore-output`: a widget is not stored."""
    from autograder.button import submit_button as made

    lab_id = lab_id or _sitting().lab.id
    return None if DOOR.recorder else made(lab_id)


def progress() -> None:
    """Show what you have done."""
    _print("\n".join(kept.lines()))


def name(learner: str) -> None:
    """Say who you are; kept for the next time. It decides your variant, so say it before you begin."""
    try:
        _print(f"You are {who.keep_name(learner)}. Run the cell with `lab.begin` again.")
    except Trouble as trouble:
        _say(trouble)


def _sitting() -> Sitting:
    if DOOR.sitting is None:
        _say(Trouble('Nothing is open here yet: run the first cell, the one with `lab.begin("...")`.'))
    return DOOR.sitting


def _keep_the_answer(lab_id: str, question: str) -> None:
    from autograder.author.places import course
    from autograder.run.course import release_path

    if DOOR.watch is not None:
        cells = written.answer_cells(release_path(course(), lab_id))
        with suppress(OSError, ValueError):  # a full disk, or an odd letter, is no reason to withhold a verdict
            written.keep(lab_id, question, DOOR.watch.answer(cells.get(question, "")))


def _question(question: str) -> Any:
    try:
        return _sitting().lab.question(question)
    except Trouble as trouble:
        _say(trouble)


def _raise_unless_passed(verdict: QuestionVerdict) -> None:
    if verdict.outcome == "passed":
        return
    if verdict.outcome == "not attempted":
        raise NotAttempted(f"{verdict.title}: not attempted. {verdict.reason}")
    failed = verdict.first_failed()
    if failed is None:
        raise TroubleHere(f"{verdict.title}: {verdict.reason}")
    miss = Miss(failed.expected, failed.got, failed.hint)
    miss.question, miss.sentence = verdict.id, failed.sentence
    raise miss


def _who_lines(sitting: Sitting) -> list[str]:
    lines = [f"Learner: {sitting.learner}"]
    if sitting.learner == who.NOBODY:
        lines.append('  To get a world of your own, say who you are: lab.name("...")')
    return lines


def _say(trouble: Trouble) -> NoReturn:
    raise TroubleHere(str(trouble)) from None


def _display(thing: Any) -> None:
    """Draw in a notebook; print where there is none."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        _print(repr(thing))
        return
    if get_ipython() is None:
        _print(repr(thing))
    else:
        display(thing)  # type: ignore[no-untyped-call]


def _print(text: str) -> None:
    print(text)  # noqa: T201  (a notebook's own words)


__all__ = ["begin", "check", "hint", "name", "progress", "reset", "solution", "submit", "submit_button", "work"]
