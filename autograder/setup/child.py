"""Run a program quietly: its output goes to the log, its progress to the screen."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK = 0.2
"""Seconds between two looks at a running program."""
LEFT_OUT = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PYTHONDONTWRITEBYTECODE",
)
"""Variables that would make a program of the environment read or write somewhere else; and the one by which it would
compile anew, at each start, what set-up has not compiled (containers set it)."""


@dataclass(frozen=True)
class Ended:
    """How a program ended, and what it printed."""

    status: int
    printed: str


def surroundings(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment variables for a program of the environment."""
    kept = {key: value for key, value in environ.items() if key not in LEFT_OUT}
    return kept | {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1"}


def run(
    command: Sequence[str | Path],
    *,
    log: Path,
    at: Path,
    guard: int | None = None,
    look: Callable[[str], None] = lambda printed: None,
) -> Ended:
    """Run `command` in the folder `at`, append what it prints to `log`, and hand that to `look` now and then.

    The program inherits the lock `guard`. It is ended when this process is interrupted.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as sink:
        sink.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        sink.flush()
        begin = sink.tell()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=at,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            pass_fds=() if guard is None or os.name == "nt" else (guard,),
        )
        try:
            while not _over(process):
                look(_since(log, begin))
        except BaseException:
            process.terminate()
            process.wait()
            raise
    return Ended(process.returncode, _since(log, begin))


def works(command: Sequence[str | Path]) -> bool:
    """Does this program start and end well? Prints nothing."""
    try:
        ended = subprocess.run(
            [str(part) for part in command],
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def _over(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(timeout=LOOK)
    except subprocess.TimeoutExpired:
        return False
    return True


def _since(log: Path, begin: int) -> str:
    with log.open("rb") as source:
        source.seek(begin)
        return source.read().decode("utf-8", errors="replace")
