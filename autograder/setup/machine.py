"""What the machine must have before an environment can be made, and the remedy where it has not."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from autograder.setup.places import Places
from autograder.trouble import Trouble

NEEDED = 1_400_000_000
"""Bytes: the environment (about 900 MB in November 2026), the downloads while they are unpacked, and some air."""


def ready(places: Places, *, with_venv: bool) -> None:
    """Raise Trouble, with what to do about it, where an environment cannot be made here."""
    _writable(places.root)
    _room(places.root)
    if with_venv:
        _venv()


def _writable(root: Path) -> None:
    if not os.access(root, os.W_OK):
        raise Trouble(
            f"cannot write in {root}: move the course to a folder of yours, or give yourself write permission "
            "there, then run start.py again"
        )


def _room(root: Path) -> None:
    free = shutil.disk_usage(root).free
    if free < NEEDED:
        raise Trouble(
            f"the disk of {root} has {free / 1e9:.1f} GB free and the course needs {NEEDED / 1e9:.1f}: "
            "make room, then run start.py again"
        )


def _venv() -> None:
    missing = [module for module in ("venv", "ensurepip") if find_spec(module) is None]
    if missing:
        raise Trouble(f"this Python has no {missing[0]} module, which makes environments. {remedy(system())}")


def remedy(system: str) -> str:
    """The command that installs what `venv` needs on this system (a word of its os-release file, or a platform)."""
    minor = f"3.{sys.version_info.minor}"
    commands = {
        "debian": f"sudo apt install python3-venv (for another Python than the system's: python{minor}-venv)",
        "ubuntu": f"sudo apt install python3-venv (for another Python than the system's: python{minor}-venv)",
        "fedora": "sudo dnf install python3 python3-pip",
        "rhel": "sudo dnf install python3.12 python3.12-pip, then run python3.12 start.py",
        "suse": f"sudo zypper install python3{sys.version_info.minor}-base",
        "arch": "sudo pacman -S python",
        "alpine": "sudo apk add python3 py3-pip",
        "darwin": "install Python from python.org, or: brew install python",
        "win32": "install Python from python.org",
    }
    known = next((commands[word] for word in system.split() if word in commands), None)
    return f"Install it: {known}" if known else "Install your system's package for Python's venv module"


def system(release: Path = Path("/etc/os-release")) -> str:
    """Words that name this system, the most exact first: 'ubuntu debian', 'fedora', 'darwin'."""
    if not release.is_file():
        return sys.platform
    lines = release.read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    return " ".join(pairs.get(key, "").strip("\"'") for key in ("ID", "ID_LIKE"))
