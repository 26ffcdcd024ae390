"""seccomp: system calls that no notebook needs, and that a way out of the box could begin with, are refused.

A list of what is refused, after the one that container engines have long used
(https://docs.docker.com/engine/security/seccomp/): a list of what is allowed would break with the next version of a
library. Names become numbers by libseccomp, whichever the machine's processor.
"""

from __future__ import annotations

import errno
import socket
from typing import Any, Protocol

from autograder.run import linux

REFUSED = (
    # reading and writing other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise",
    # namespaces and file systems
    "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig",
    "fsmount", "fspick", "mount_setattr", "open_tree_attr", "open_by_handle_at", "name_to_handle_at", "quotactl",
    "swapon", "swapoff",
    # what is the machine's
    "reboot", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "acct", "settimeofday",
    "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "syslog", "iopl", "ioperm",
    # large and often broken parts of the kernel
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl",
    "add_key", "request_key", "fanotify_init", "lookup_dcookie", "vmsplice", "mbind", "set_mempolicy", "move_pages",
    "migrate_pages", "uselib", "nfsservctl", "personality", "vhangup", "modify_ldt", "memfd_secret",
)  # fmt: skip

_NEW_NAMESPACES = (
    linux.NEW_MOUNTS, linux.NEW_UTS, linux.NEW_IPC, linux.NEW_USER, linux.NEW_PROCESSES, linux.NEW_NETWORK,
)  # fmt: skip
_MASKED_EQUAL = 7
_AT_LEAST = 5


class Filter(Protocol):
    """A filter that is made, and not in force yet."""

    def load(self) -> None:
        """Put it in force on this process and all that it starts."""


def made() -> Filter:
    """The filter. Raises OSError where the machine has no libseccomp, or none that is new enough.

    It is made before the box is closed, since the library is looked for by running programs.
    """
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError, TypeError) as why:
        raise OSError(f"libseccomp cannot be loaded ({why})") from None
    rules: Any = pyseccomp.SyscallFilter(defaction=pyseccomp.ALLOW)
    refused = pyseccomp.ERRNO(errno.EPERM)
    for name in REFUSED:
        _refuse(rules, refused, name)
    for flag in _NEW_NAMESPACES:
        rules.add_rule(refused, "clone", pyseccomp.Arg(0, _MASKED_EQUAL, flag, flag))
    _refuse(rules, pyseccomp.ERRNO(errno.ENOSYS), "clone3")  # its flags cannot be read; libc then takes clone
    unknown = pyseccomp.ERRNO(errno.EAFNOSUPPORT)
    # no kind at all, those within the machine included: it could reach a database's; a pair of sockets is another call
    rules.add_rule(unknown, "socket", pyseccomp.Arg(0, _AT_LEAST, int(socket.AF_UNIX)))
    return rules  # type: ignore[no-any-return]


def _refuse(rules: Any, how: int, name: str) -> None:
    try:
        rules.add_rule(how, name)
    except (OSError, ValueError):  # a call that this libseccomp, or this processor, does not know
        return
