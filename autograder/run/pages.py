"""Memory in large pages (Linux 6.1): a process that has them is forked, and its fork ended, in 4 ms instead of 10.

A fork copies its parent's table of pages. What a fork writes is copied in small pages as before, so it grows no larger.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from pathlib import Path

from autograder.run import linux

LARGE = 1 << 21
"""Bytes of a large page, as x86 and ARM have it."""
COLLAPSE = 25
"""MADV_COLLAPSE of madvise(2)."""


def gather() -> None:
    """Bring this process's own memory into large pages, where the machine has them; 0.2 s for a warm process."""
    parts: list[tuple[int, int]] = []
    with contextlib.suppress(OSError):  # there may be no /proc
        parts += _own_memory()
    for begin, end in parts:
        with contextlib.suppress(OSError):  # the kernel may be older, or have no large page to spare
            linux.call("madvise", ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), ctypes.c_int(COLLAPSE))


def _own_memory() -> Iterator[tuple[int, int]]:
    """The writable parts that are of no file, cut to whole large pages."""
    for line in Path("/proc/self/maps").read_text(encoding="ascii", errors="replace").splitlines():
        where, rights, _, _, _, *name = line.split()
        begin, end = (int(address, 16) for address in where.split("-"))
        begin, end = -(-begin // LARGE) * LARGE, end // LARGE * LARGE
        if rights == "rw-p" and name in ([], ["[heap]"]) and begin < end:
            yield begin, end
