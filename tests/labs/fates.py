"""What becomes of a changed answer: whether a check notices it, in any of twelve learners' worlds or more.

A world counts only where the changed statement runs there, and where it changed anything: an answer that makes the
same calls and leaves the same values, of those that are looked at later, as the solution is the solution. In four
worlds that count every check of the question is run, and in the first of them those of the questions after it; where
all worlds are asked for, in each.
"""

from __future__ import annotations

import ast
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import CodeType, FrameType, FunctionType
from typing import Any

from autograder.checks.lab import load
from tests.labs import desk as desks
from tests.labs.desk import Desk, desk_before

LEARNERS = ("ada", *(f"learner-{number}" for number in range(11)))
"""A line of the solution may do nothing in one variant: who survives in one is tried in the next."""
MORE = {"15-incidents": ("learner-11", "learner-12", "learner-19")}
"""Who draws what none of the twelve does: in lab 15 four of the causes."""
ENOUGH = 4
"""A survivor of so many worlds in which its change did something is one."""
PATIENCE = 60
"""Seconds of the processor that an answer and its checks may take. A grader stops far sooner."""


class Endless(BaseException):
    """The answer does not end."""


@dataclass(frozen=True)
class Way:
    """What the solution of a question does in one learner's world."""

    lines: frozenset[int]
    """Lines of the answer cell that ran."""
    calls: list[dict[str, Any]]
    left: dict[str, Any]


def learners(lab_id: str) -> tuple[str, ...]:
    """In whose worlds a lab's mutants are tried."""
    return (*LEARNERS, *MORE.get(lab_id, ()))


def fate(lab_id: str, question: str, text: str, lines: range, *, everywhere: bool, enough: int = ENOUGH) -> str:
    """`killed by CHECK`, `survived`, `survived: same calls and values`, or `survived: never ran`.

    `lines` are those of the changed statement; `everywhere` has it tried in each world, whether they run there or not.
    After `enough` worlds in which it did something and survived no more are tried.
    """
    tried = ran = 0
    for learner in learners(lab_id):
        way = solved(lab_id, learner, question)
        if not everywhere and way.lines.isdisjoint(lines):
            continue
        ran += 1
        _prove(lab_id, learner, question)
        later = not tried or enough > ENOUGH
        became = _in_one_world(lab_id, learner, question, text, way, later=later)
        if became.startswith("killed"):
            return became
        tried += became == "survived"
        if tried == enough:
            break
    if tried:
        return "survived"
    return "survived: same calls and values" if ran else "survived: never ran"


def _in_one_world(lab_id: str, learner: str, question: str, text: str, way: Way, *, later: bool) -> str:
    desk = desk_before(lab_id, learner, question)
    try:
        with _patience(), desk.apart():
            before = len(desk.cloud.transcript)
            desk.raised = desk._run(text)
            if not desk.raised and desk.cloud.transcript[before:] == way.calls and _left(desk, question) == way.left:
                return "the same"
            if verdict := desk.first_missed(question):
                return f"killed by {verdict.id}" + (f", the cell raised {desk.raised}" if desk.raised else "")
            ids = [one.id for one in load(lab_id).questions]
            for after in ids[ids.index(question) + 1 :] if later else ():
                if verdict := desk.first_failure(after, desk.texts.solutions[after]):
                    return f"killed by {verdict.id}"
    except Endless:
        desks.forget(lab_id, learner)  # it was cut off in the middle of something
        return "killed by its own length: it does not end"
    return "survived"


@cache
def solved(lab_id: str, learner: str, question: str) -> Way:
    """The way of the solution itself."""
    desk = desk_before(lab_id, learner, question)
    with desk.apart():
        before = len(desk.cloud.transcript)
        with _lines_of_cells() as lines:
            desk.raised = desk._run(desk.texts.solutions[question])
        return Way(frozenset(lines), list(desk.cloud.transcript[before:]), _left(desk, question))


@cache
def _prove(lab_id: str, learner: str, question: str) -> None:
    """Raise AssertionError where a check does not pass the solution itself in this world."""
    desk = desk_before(lab_id, learner, question)
    with desk.apart():
        missed = desk.first_failure(question, desk.texts.solutions[question])
        assert missed is None, (lab_id, learner, missed)


def _left(desk: Desk, question: str) -> dict[str, Any]:
    """Values of the notebook that a check or a later cell may look at, as far as they can be compared; of a function,
    its code."""
    return {name: _plain(desk.names[name]) for name in _looked_at(desk, question) if name in desk.names}


def _looked_at(desk: Desk, question: str) -> set[str]:
    """Names in the question's check, in the cells after it, and in the functions that these name."""
    ids = [one.id for one in load(desk.lab_id).questions]
    later = ids[ids.index(question) + 1 :]
    cells = [desk.texts.checks[one] for one in (question, *later)] + [desk.texts.solutions[one] for one in later]
    todo = {node.id for cell in cells for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name)}
    found: set[str] = set()
    while todo:
        name = todo.pop()
        found.add(name)
        value = desk.names.get(name)
        if isinstance(value, FunctionType):
            todo |= _names_in(value.__code__) - found
    return found


def _names_in(code: CodeType) -> set[str]:
    inside = [_names_in(one) for one in code.co_consts if isinstance(one, CodeType)]
    return set(code.co_names).union(*inside)


def _plain(value: Any) -> Any:
    if isinstance(value, FunctionType):
        return "a function", _of_code(value.__code__), repr(value.__defaults__), repr(value.__kwdefaults__)
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str | int | float | Decimal | datetime | bool | bytes | set | frozenset) or value is None:
        return value
    return type(value).__name__


def _of_code(code: CodeType) -> tuple[Any, ...]:
    consts = tuple(_of_code(one) if isinstance(one, CodeType) else (type(one), one) for one in code.co_consts)
    return code.co_code, consts, code.co_names, code.co_varnames


@contextmanager
def _lines_of_cells() -> Iterator[set[int]]:
    lines: set[int] = set()

    def line(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        if event == "line":
            lines.add(frame.f_lineno)
        return line

    def call(frame: FrameType, _: str, __: Any) -> Callable[..., Any] | None:
        return line if frame.f_code.co_filename == "cell" else None

    sys.settrace(call)
    try:
        yield lines
    finally:
        sys.settrace(None)


@contextmanager
def _patience() -> Iterator[None]:
    def enough(_: int, __: FrameType | None) -> None:
        raise Endless

    before = signal.signal(signal.SIGPROF, enough)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
