"""A file system of its own by bubblewrap, where that is installed: for the warm process, once, not for each fork."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from autograder.run.folders import SYSTEM, Sight

KEPT = ("SYS_ADMIN", "SETUID", "SETGID", "SETPCAP", "KILL", "CHOWN", "DAC_OVERRIDE", "SETFCAP")
"""Capabilities that the warm process needs to box its forks in; the forks give all of them up."""


def command(see: Sight) -> list[str]:
    """bwrap and its options, up to the program.

    Network and the like are not unshared here: each fork gets its own. A namespace of processes can be left again only
    by who owns the one before, so an ordinary user's warm process is given one to begin with.
    """
    options = ["bwrap", "--new-session"]
    if os.geteuid() != 0:
        options += ["--unshare-user", "--uid", "0", "--gid", "0", "--unshare-pid"]
    for capability in KEPT:
        options += ["--cap-add", f"CAP_{capability}"]
    options += ["--ro-bind", "/usr", "/usr", "--dev-bind", "/proc", "/proc", "--dev", "/dev"]
    for name in SYSTEM:
        if os.path.islink(f"/{name}"):
            options += ["--symlink", os.readlink(f"/{name}"), f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            options += ["--ro-bind", f"/{name}", f"/{name}"]
    options += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--perms", "1777", "--tmpfs", "/tmp"]
    for parent in sorted({parent for folder in see.folders for parent in folder.parents} - {Path("/"), Path("/tmp")}):
        options += ["--perms", "0755", "--dir", str(parent)]
    for folder in see.folders:
        options += ["--ro-bind", str(folder), str(folder)]
    for path in see.covered:
        options += ["--perms", "0555", "--tmpfs", str(path)] if path.is_dir() else ["--ro-bind", "/dev/null", str(path)]
    return [*options, "--remount-ro", "/", "--chdir", "/tmp"]


def why_not(see: Sight) -> str:
    """Why bubblewrap cannot make the box here; '' where it can."""
    return _tried(tuple(command(see)))


@cache
def _tried(start: Sequence[str]) -> str:
    if shutil.which(start[0]) is None:
        return "bubblewrap is not installed (Debian, Ubuntu: sudo apt install bubblewrap)"
    try:
        done = subprocess.run([*start, "true"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap: {error}"
    return "" if done.returncode == 0 else " ".join(done.stderr.split())[:200]
