"""One set-up at a time, across processes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.trouble import Trouble

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def alone(path: Path, *, waiting: Callable[[], None], pause: float = 0.3) -> Iterator[int]:
    """Hold the lock file at `path` while the block runs; call `waiting` once if another process has it.

    Yields the open file's number: a child that inherits it keeps the lock for as long as it lives, so an installer
    that outlives a killed set-up is waited for. The system lets go of the lock when the last holder ends, however it
    ends. Looks every `pause` seconds. Raises Trouble where the folder cannot be written.
    """
    handle = _open(path)
    try:
        told = False
        while not _take(handle):
            if not told:
                waiting()
                told = True
            time.sleep(pause)
        yield handle
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Trouble(
            f"cannot write in {path.parent.parent} ({error.strerror}): move the course to a folder of yours, "
            "or give yourself write permission there, then run start.py again"
        ) from None
