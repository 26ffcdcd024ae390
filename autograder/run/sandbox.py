"""The box that a submission runs in, in layers: each is used where the machine has it, and each is named in the report.

Best: bubblewrap (own mount, process, network, ipc and uts namespaces; a read-only file system of the interpreter and
the course's packages alone; empty home and working directory; a user id of its own). Where it is missing: the same
namespaces by `unshare`, with what must not be seen covered by empty folders. Limits of the process everywhere.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import autograder
import simcloud
from autograder.author.places import course
from autograder.checks import places

HOME = "/tmp/home"
BUBBLEWRAP = "bubblewrap: own namespaces, no network, read-only system, empty home"
UNSHARE = "unshare: own namespaces, no network, read-only disk, course files covered"
LIMITS = "limits of the process"
FIRST_USER, USERS = 200_000, 50_000
"""User ids for submissions, where the grader runs as root: one each, so that limits on processes are not shared."""

ENVIRONMENT = {
    "HOME": HOME,
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "IPYTHONDIR": HOME,
    "MPLCONFIGDIR": HOME,
    "MPLBACKEND": "agg",
}


@dataclass(frozen=True)
class Box:
    """How a command is put into the box, and what that gives."""

    command: tuple[str, ...]
    environment: dict[str, str]
    layers: tuple[str, ...]
    missing: tuple[str, ...]
    user: int | None
    """The user id that the process takes inside; None to stay who it is."""
    own_disk: bool = True
    """Has it a file system of its own? Else its home is a temporary folder on the real disk."""


def box(module: str, *, see_hidden: bool, number: int = 0) -> Box:
    """A box for `python -m module`. `see_hidden`: the judging process sees hidden checks, a learner's does not."""
    python = (sys.executable, "-I", "-m", module)
    covered = [] if see_hidden else _secret_packages()
    if _works(tuple(_bubblewrap(covered))):
        user = FIRST_USER + number % USERS if _can_change_user() else None
        own = ("a user id of its own",) if user else ()
        return Box((*_bubblewrap(covered), *python), ENVIRONMENT, (BUBBLEWRAP, LIMITS, *own), (), user)
    if _works(tuple(_unshare([]))):
        command = (*_unshare(covered + _course_files()), *python)
        weaker = ("bubblewrap (the rest of the disk can be read)",)
        return Box(command, ENVIRONMENT, (UNSHARE, LIMITS), weaker, None, False)
    missing = ("bubblewrap", "user namespaces", "a network of its own", "a file system of its own")
    return Box(python, ENVIRONMENT, (LIMITS,), missing, None, False)


def _bubblewrap(covered: Sequence[Path]) -> list[str]:
    """bwrap and its options, up to the command."""
    options = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--die-with-parent"]
    options += ["--new-session", "--hostname", "lab"]
    if _can_change_user():  # root until the program inside takes its own user id; then no capability is left
        options += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        options += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    options += ["--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"]
    for name in ("bin", "lib", "lib32", "lib64", "sbin"):
        if os.path.islink(f"/{name}"):
            options += ["--symlink", os.readlink(f"/{name}"), f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            options += ["--ro-bind", f"/{name}", f"/{name}"]
    options += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--perms", "1777", "--tmpfs", "/tmp"]
    for parent in sorted({parent for folder in _needed() for parent in folder.parents} - {Path("/"), Path("/tmp")}):
        options += ["--perms", "0755", "--dir", str(parent)]
    for folder in _needed():
        options += ["--ro-bind", str(folder), str(folder)]
    for folder in covered:
        options += ["--perms", "0555", "--tmpfs", str(folder)]
    return [*options, "--perms", "0777", "--dir", HOME, "--chdir", HOME]


def _unshare(covered: Sequence[Path]) -> list[str]:
    """unshare and a script that covers folders, up to the command; the capabilities to uncover them are dropped."""
    script = (
        'while [ "$1" != -- ]; do if [ -d "$1" ]; then mount -t tmpfs none "$1"; else mount --bind /dev/null "$1"; fi; '
        'shift; done; shift; mount -t tmpfs none "$PWD"; cd "$PWD"; mount -o remount,bind,ro /; '
        'exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"'
    )
    options = ["--user", "--map-root-user", "--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]
    return ["unshare", *options, "--mount-proc", "sh", "-ec", script, "sh", *map(str, covered), "--"]


def _needed() -> list[Path]:
    """The folders that the interpreter and the course's packages lie in, outermost only."""
    wanted = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent}
    wanted |= {Path(package.__file__).parent for package in (autograder, simcloud) if package.__file__}
    wanted |= {Path(place.path) for place in places.PLACES if place.path}
    real = sorted({Path(os.path.abspath(folder)) for folder in wanted})
    return [folder for folder in real if folder != Path("/usr") and not any(o in folder.parents for o in real)]


def _can_change_user() -> bool:
    """Root may give each submission a user id of its own, where that user could read the interpreter and the course."""
    return os.geteuid() == 0 and all(folder.stat().st_mode & 0o005 == 0o005 for folder in _needed())


def _secret_packages() -> list[Path]:
    """Folders inside what is needed that a learner's process must not see: hidden checks, and keys of graded items."""
    graded = Path(autograder.__file__).parent / "bank" / "graded"
    needed = _needed()
    inside = [path for path in _course_files() if any(folder in path.parents for folder in needed)]
    return [folder for folder in (*places.hidden_folders(), graded, *inside) if folder.is_dir()]


def _course_files() -> list[Path]:
    """What of the course and the person's files is covered where the whole file system can otherwise be seen."""
    root = course().root
    names = ("solutions", "submitted", "autograded", "feedback", "exchange", "gradebook.db", "tests")
    found = [root / name for name in names] + [Path.home() / name for name in (".ssh", ".aws", ".config")]
    return [path for path in found if path.exists()]


@functools.cache
def _works(start: tuple[str, ...]) -> bool:
    """Does a box that begins like this start at all on this machine?"""
    if shutil.which(start[0]) is None:
        return False
    try:
        return subprocess.run([*start, "true"], capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
