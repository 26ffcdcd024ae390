"""What is in the way of a first start, brought about for real: one line names it and the remedy; the status is 2."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.setup import jupyter
from autograder.setup.places import ROOT
from autograder.trouble import Trouble

PYTHON = str(Path(sys.base_prefix) / "bin" / "python3")
BARE = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
NO_ENSUREPIP = """
import sys
for finder in sys.meta_path:
    if getattr(finder, "__name__", "") == "PathFinder":
        class Without(finder):
            @classmethod
            def find_spec(cls, name, path=None, target=None):
                return None if name.startswith("ensurepip") else super().find_spec(name, path, target)
        sys.meta_path[sys.meta_path.index(finder)] = Without
        break
"""
"""A Python as Debian has it without the package python3-venv."""
FILLED_UP = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path.cwd()))
from autograder.setup import environment, machine
from autograder.setup.installers import Installer
from autograder.setup.places import Places
from autograder.setup.show import Show
from autograder.trouble import Trouble
machine.NEEDED = 0
fill = "while True: open('filler', 'ab', 0).write(b'x' * 65536)"
quiet = "try:\\n exec(" + repr(fill) + ")\\nexcept OSError: pass"
make = lambda places: [[sys.executable, "-m", "venv", "--without-pip", places.venv]]
code = {"loudly": fill, "quietly": quiet}[sys.argv[1]]
none = lambda *told: []
installer = Installer("a stand-in", make, lambda places: [[sys.executable, "-c", code]], none, none)
try:
    environment.ensure(Places(Path.cwd()), Show(), [installer])
except Trouble as trouble:
    sys.stderr.write(f"{trouble}\\n")
    sys.exit(2)
"""
"""A set-up whose disk is filled by somebody else while it works."""


def lay_out(folder: Path, *, line_ends: bytes = b"\n") -> Path:
    """So much of the course as a start reads before it installs."""
    folder.mkdir(parents=True, exist_ok=True)
    rooms = ("autograder/setup", "autograder/workspace")
    single = ("start.py", "requirements.lock", "pyproject.toml", "autograder/__init__.py", "autograder/trouble.py")
    files = [ROOT / name for name in single] + [file for room in rooms for file in (ROOT / room).glob("*.py")]
    for file in files:
        copy = folder / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes().replace(b"\n", line_ends))
    return folder


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "Kurs für Änne")


def start(course: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run([PYTHON, "start.py", *arguments], course, **variables)


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=BARE | variables, capture_output=True, text=True, timeout=60, check=False
    )


def one_line(ended: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr of a start that was refused."""
    assert ended.returncode == 2, ended.stdout + ended.stderr
    (line,) = ended.stderr.splitlines()
    return line


def on_a_small_disk(course: Path, command: list[str], *, options: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a copy of the course on a disk of 40 MB of its own, and list what lies there after it."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("no disk can be mounted here: unshare does not work")
    disk = course.parent / "disk"
    disk.mkdir()
    script = (
        'mount -t tmpfs -o size=40m tmpfs "$1" && cp -r "$2" "$1/c" && cd "$1/c" && shift 2\n'
        f'{options}\n"$@"; status=$?; ls -A; exit $status'
    )
    return run(["unshare", "-rm", "bash", "-c", script, "-", str(disk), str(course), *command], course)


def test_a_missing_venv_module_is_named_with_this_systems_command(course: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_ENSUREPIP, encoding="utf-8")
    line = one_line(start(course, "setup", PYTHONPATH=str(tmp_path)))
    assert line.startswith("start.py: this Python has no ensurepip module, which makes environments. Install")
    assert not (course / ".venv").exists()


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    course = lay_out(tmp_path / "Kurs", line_ends=b"\r\n")
    (tmp_path / "sitecustomize.py").write_text(NO_ENSUREPIP, encoding="utf-8")
    assert "no ensurepip module" in one_line(start(course, "setup", PYTHONPATH=str(tmp_path)))


def test_git_gives_these_files_unix_line_ends_on_windows_too() -> None:
    names = ["start.py", "requirements.lock", "course/00-start-here.ipynb", ".ci/run"]
    told = subprocess.run(["git", "check-attr", "eol", *names], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line.rsplit(": ", 1)[1] for line in told.stdout.splitlines()] == ["lf"] * len(names)


def test_letters_that_the_terminal_has_not_stop_no_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "autograder.cli", "progress", "--export", "☂.json"]
    ended = run(command, tmp_path, PYTHONIOENCODING="cp1252", PYTHONPATH=str(ROOT), HOME=str(tmp_path))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "?.json" in ended.stdout
    assert (tmp_path / "☂.json").is_file()


def test_a_disk_too_small_is_named_before_anything_is_made(course: Path) -> None:
    ended = on_a_small_disk(course, [PYTHON, "start.py", "setup"])
    assert one_line(ended).endswith("the course needs 1.4: make room, then run start.py again")
    assert ".venv" not in ended.stdout.split()


@pytest.mark.parametrize("how", ["loudly", "quietly"])
def test_a_disk_that_fills_up_meanwhile_is_named_too(course: Path, how: str) -> None:
    ended = on_a_small_disk(course, [PYTHON, "-c", FILLED_UP, how])
    assert "the disk is full: make room, then run start.py again" in one_line(ended)


def test_a_folder_that_cannot_be_written_is_named(course: Path) -> None:
    ended = on_a_small_disk(course, [PYTHON, "start.py", "setup"], options="mount -o remount,ro $(dirname $PWD)")
    line = one_line(ended)
    assert "cannot write in" in line
    assert "move the course to a folder of yours" in line


def test_where_every_port_is_busy_a_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jupyter, "_free", lambda number: False)
    with pytest.raises(Trouble, match="no port from 8888 to 8987 is free: name another with --port"):
        jupyter.port(None)


@pytest.mark.skipif(os.name == "nt", reason="a file without a suffix is no program on Windows")
def test_an_uv_that_does_not_run_is_passed_over(course: Path, tmp_path: Path) -> None:
    broken = tmp_path / "bin" / "uv"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    (tmp_path / "sitecustomize.py").write_text(NO_ENSUREPIP, encoding="utf-8")
    ended = start(course, "setup", PATH=f"{broken.parent}:/usr/bin:/bin", PYTHONPATH=str(tmp_path))
    assert "no ensurepip module" in one_line(ended)
