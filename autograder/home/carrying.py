"""Carry what was done from one machine to another, or begin anew: the state file written out, read in, put aside."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from autograder import state
from autograder.trouble import Trouble


def export(to: Path) -> int:
    """Write the state to a file. Raises Trouble where there is one already, or it cannot be written."""
    text = json.dumps(state.read(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    try:
        with to.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise Trouble(f"{to} is there already: name another file") from None
    except OSError as error:
        raise Trouble(f"{to} cannot be written ({error.strerror}): name a file in a folder that is yours") from None
    sys.stdout.write(f"Your progress is in {to}. `fargate-course progress --import {to}` reads it in elsewhere.\n")
    return 0


def take_in(file: Path) -> int:
    """Take the state of a file in the place of one's own, which is kept. Raises Trouble for a file that is none."""
    try:
        found = state.parsed(file)
    except FileNotFoundError:
        raise Trouble(f"there is no file {file}: `fargate-course progress --export FILE` writes one") from None
    kept = put_aside("before-import")
    with state.change() as now:
        now.update(found)
    sys.stdout.write(f"Your progress is that of {file} now.{_kept(kept)}\n")
    return 0


def reset() -> int:
    """Begin anew. What was done is kept beside the state file."""
    kept = put_aside("before-reset")
    sys.stdout.write(f"You begin anew.{_kept(kept) or ' There was nothing to put aside.'}\n")
    return 0


def put_aside(why: str) -> Path | None:
    """Rename the state file, under the lock of its writers; where it is now, or None where there was none."""
    file = state.path()
    aside = file.with_name(f"{file.stem}.{why}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}{file.suffix}")
    with state.locked(file):
        if not file.exists():
            return None
        os.replace(file, aside)
    return aside


def _kept(aside: Path | None) -> str:
    return f" What was there before is in {aside}." if aside else ""
