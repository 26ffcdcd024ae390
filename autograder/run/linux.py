"""The system calls of Linux that Python 3.11 has no names for. Each raises OSError where the kernel refuses.

Numbers and meanings: the man pages unshare(2), setns(2), mount(2), pivot_root(2), capabilities(7), prctl(2).
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import struct
import sys
from typing import Any

NEW_MOUNTS, NEW_UTS, NEW_IPC = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000

READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT = 1, 2, 4, 8, 32
BIND, RECURSIVE, PRIVATE = 4096, 16384, 1 << 18
_DETACH = 2

_SET_KEEP_SECUREBITS_NO_ROOT = 1 | 2  # SECBIT_NOROOT and its lock
_PR_CAPBSET_DROP, _PR_SET_SECUREBITS, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 24, 28, 38, 47
_PR_SET_PDEATHSIG = 1
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_LAST_CAPABILITY = 63

ON_LINUX = sys.platform.startswith("linux")


@functools.cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments: Any) -> int:
    """Call a function of libc. Raises OSError where it returns -1."""
    ctypes.set_errno(0)
    result: int = getattr(_libc(), name)(*arguments)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Take namespaces of one's own."""
    call("unshare", ctypes.c_int(flags))


def enter(namespace: int, kind: int) -> None:
    """Let children be born in the namespace of this file descriptor."""
    call("setns", ctypes.c_int(namespace), ctypes.c_int(kind))


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount `source` at `target`."""
    call("mount", *map(_text, (source, target, kind)), ctypes.c_ulong(flags), _text(options))


def unmount(target: str) -> None:
    """Take away what is mounted there, as soon as nobody uses it."""
    call("umount2", _text(target), ctypes.c_int(_DETACH))


def change_root(new: str) -> None:
    """Make the mount point `new` the root, and drop the old one (pivot_root(2), the form with `.` twice)."""
    number = _PIVOT_ROOT.get(platform.machine())
    if number is None:
        raise OSError(f"pivot_root's number is not known for {platform.machine()}")
    os.chdir(new)
    call("syscall", ctypes.c_long(number), _text("."), _text("."))
    unmount(".")
    os.chdir("/")


def map_user(inside: int, outside_user: int, outside_group: int) -> None:
    """After `unshare(NEW_USER)`: this process is `inside` within, and the given user and group outside."""
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{inside} {outside_user} 1"),
        ("gid_map", f"{inside} {outside_group} 1"),
    ):
        file = os.open(f"/proc/self/{name}", os.O_WRONLY)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)


def host_name(name: str) -> None:
    """Name the host, in a uts namespace of one's own."""
    call("sethostname", _text(name), ctypes.c_size_t(len(name)))


def control(option: int, *arguments: int) -> None:
    """prctl(2)."""
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    call("prctl", ctypes.c_int(option), *values)


def no_new_privileges() -> None:
    """No program that is run from now on gains anything by a set-user-id bit."""
    control(_PR_SET_NO_NEW_PRIVS, 1)


def bound_no_capabilities() -> None:
    """Drop the bounding set, and let user 0 have nothing for being 0. Does nothing without CAP_SETPCAP."""
    for number in range(_LAST_CAPABILITY + 1):
        try:
            control(_PR_CAPBSET_DROP, number)
        except OSError:
            break
    try:
        control(_PR_SET_SECUREBITS, _SET_KEEP_SECUREBITS_NO_ROOT)
    except OSError:
        return


def drop_capabilities() -> None:
    """Give up every capability: effective, permitted, inheritable and ambient."""
    control(_PR_CAP_AMBIENT, 4)
    header = struct.pack("Ii", 0x20080522, 0)
    call("capset", ctypes.c_char_p(header), ctypes.c_char_p(bytes(24)))


def has_capabilities() -> bool:
    """Has this process any effective capability?"""
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("CapEff"))
    return int(line.split()[1], 16) != 0


def _text(text: str) -> Any:
    return ctypes.c_char_p(os.fsencode(text) if text else None)
