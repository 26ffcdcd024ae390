"""Landlock: a list of paths that the kernel lets this process, and all that it starts, open.

Source: the kernel's documentation, https://docs.kernel.org/userspace-api/landlock.html (numbers, rights by ABI).
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

from autograder.run import linux

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE, _IOCTL = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_FIRST_RIGHTS = (1 << 13) - 1
_LATER_RIGHTS = {2: 1 << 13, 3: _TRUNCATE, 5: _IOCTL}
"""By the ABI that brought them: renaming across folders, truncating, ioctl on devices."""

_TCP = 1 | 2
_OUTWARD_SOCKETS_AND_SIGNALS = 1 | 2

READ = _EXECUTE | _READ_FILE | _READ_DIR
LIST = _READ_DIR


def abi() -> int:
    """The version of Landlock that the kernel has. Raises OSError where it has none."""
    return _syscall(_CREATE_RULESET, None, 0, _VERSION)


def restrict(readable: Iterable[Path], listed: Iterable[Path], writable: Iterable[Path]) -> None:
    """From now on: read and run what is below `readable`, list what is below `listed`, do all below `writable`.

    No TCP, no signal and no abstract socket to a process outside, as far as the kernel's ABI goes. It cannot be taken
    back. Raises OSError where the kernel has no Landlock, or the process has not given up new privileges.
    """
    version = abi()
    rights = _FIRST_RIGHTS
    for since, right in _LATER_RIGHTS.items():
        rights |= right if version >= since else 0
    network, scoped = _TCP if version >= 4 else 0, _OUTWARD_SOCKETS_AND_SIGNALS if version >= 6 else 0
    attributes = struct.pack("QQQ", rights, network, scoped)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _syscall(_CREATE_RULESET, attributes, size, 0)
    try:
        for paths, wanted in ((readable, READ), (listed, LIST), (writable, rights)):
            for path in paths:
                _allow(ruleset, path, wanted & rights)
        _syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    """Allow the rights below this path; one that is not there needs none."""
    try:
        file = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(file).st_mode):
            rights &= _OF_A_FILE
        _syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, file), 0)
    finally:
        os.close(file)


def _syscall(number: int, *arguments: bytes | int | None) -> int:
    made = [one if one is None or isinstance(one, bytes) else ctypes.c_long(one) for one in arguments]
    return linux.call("syscall", ctypes.c_long(number), *made)
