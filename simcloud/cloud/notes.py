"""Our explanation of an error, beside AWS's words and never inside them.

`explain` remembers what the laws said about the call that is being answered; `attach` adds it to the error as notes
(`BaseException.add_note`), so that `str(error)` stays AWS's text. In IPython the error is drawn by `draw`: the
learner's own lines, AWS's text, our notes; no frame from a library, no path, no colour code.
"""

from __future__ import annotations

import functools
import linecache
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence

from simcloud.rules.refusal import Refusal

_pending: list[Refusal] = []


def explain(refusals: Iterable[Refusal]) -> None:
    """Remember the refusals for the error that is about to be raised to the learner."""
    _pending[:] = refusals


def attach(error: BaseException) -> None:
    """Add what was remembered to the error, and forget it."""
    for note in told():
        error.add_note(note)


def told() -> list[str]:
    """The notes of what was remembered, which is then forgotten."""
    refusals = tuple(_pending)
    _pending.clear()
    return list(notes_of(refusals))


def notes_of(refusals: Sequence[Refusal]) -> Iterator[str]:
    """The notes: the law that refused the call, then each further law that would have."""
    for index, refusal in enumerate(refusals):
        lines = [] if index == 0 else ["Also in this request:"]
        if refusal.law:
            lines.append(f"Law{' ' + refusal.rule if refusal.rule else ''}: {refusal.law}")
        if index > 0:
            lines.append(f"AWS says: {refusal.aws}")
        if refusal.because:
            lines.append(f"Here: {refusal.because}" + (f" (at {refusal.at})" if refusal.at else ""))
        if refusal.source:
            status = "" if refusal.status == "documented" else f" ({refusal.status})"
            lines.append(f"Source: {refusal.source}{status}")
        if index == 0 and refusal.topic and (lesson := lessons()(refusal.topic, refusal.rule)):
            lines.append(f"Lesson: {lesson}")
        if lines:
            yield "\n".join(lines)


@functools.cache
def lessons() -> Callable[[str, str], str]:
    """By which function a topic of the laws, and the id of a law, lead to a lesson, or to ''.

    A course that stands on this package names it as its entry point `simcloud.lessons`: this package knows no course.
    """
    from importlib.metadata import entry_points

    for one in entry_points(group="simcloud.lessons"):
        found: Callable[[str, str], str] = one.load()
        return found
    return lambda topic, law: ""


def draw(error: BaseException) -> list[str]:
    """The lines that IPython shows for this error (and stores in the notebook)."""
    lines = list(_own_lines(error))
    if lines:
        lines.append("")
    lines.append(f"{type(error).__name__}: {error}")
    for note in getattr(error, "__notes__", ()):
        lines += ["", *str(note).splitlines()]
    return lines


def _own_lines(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        if _is_cell(frame.filename):
            where = "Cell"
        elif _is_learners(frame.filename):
            where = os.path.basename(frame.filename)
        else:
            continue
        line = (frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()
        yield f"{where} line {frame.lineno}: {line}"


def _is_cell(filename: str) -> bool:
    """Was this code compiled from a cell?"""
    shell = _shell()
    names = getattr(getattr(shell, "compile", None), "_filename_map", {})
    return filename in names or filename.startswith(("<ipython-input", "<cell"))


def _is_learners(filename: str) -> bool:
    """Is this a file in the learner's own folder (not a library)?"""
    folder = os.getcwd() + os.sep
    return filename.startswith(folder) and f"{os.sep}site-packages{os.sep}" not in filename and not _is_ours(filename)


def _is_ours(filename: str) -> bool:
    room = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return filename.startswith((os.path.join(room, "simcloud") + os.sep, os.path.join(room, "autograder") + os.sep))


def _shell() -> object | None:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
