"""The few commands that the simulated containers understand: sleep, echo, exit, alone or in `sh -c`, joined by && or ;.

Anything else behaves as the image says.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

FOREVER = "infinity"
SHELLS = ("sh", "bash", "/bin/sh", "/bin/bash", "/bin/ash")
ENTRY = "/usr/local/bin/app"


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does: how long it takes, what it prints, how it ends."""

    entry: str = ENTRY
    """The program that is run."""
    seconds: float | None = None
    """None where the command says nothing of it."""
    code: int | None = None
    lines: tuple[str, ...] = ()
    forever: bool = False


def read(words: tuple[str, ...]) -> Command:
    """Read a container's command. Never raises."""
    if not words:
        return Command()
    if words[0] in SHELLS and len(words) >= 3 and words[1].startswith("-") and words[1].endswith("c"):
        parts = [_split(part) for part in re.split(r"&&|;", words[2]) if part.strip()]
    else:
        parts = [list(words)]
    return _together(words[0], [part for part in parts if part])


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _together(entry: str, parts: list[list[str]]) -> Command:
    seconds, code = 0.0, 0
    lines: list[str] = []
    for program, *arguments in parts:
        if program == "sleep" and arguments[:1] == [FOREVER]:
            return Command(entry, lines=tuple(lines), forever=True)
        if program == "sleep" and arguments and _is_number(arguments[0]):
            seconds += float(arguments[0])
        elif program == "echo":
            lines.append(" ".join(arguments))
        elif program == "exit" and arguments and arguments[0].isdigit():
            code = int(arguments[0])
            break
        else:
            return Command(entry, lines=tuple(lines))
    return Command(entry, seconds, code, tuple(lines))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None
