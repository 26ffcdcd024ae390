"""start.py as a person runs it: in a process of its own, with next to nothing in its environment."""

from __future__ import annotations

import ast
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.setup import stamp
from autograder.setup.places import ROOT, Places

START = ROOT / "start.py"
BARE = {"PATH": os.defpath}
needs_set_up = pytest.mark.skipif(
    not stamp.fits(Places(), stamp.read(Places())),
    reason="the environment is not start.py's: run `python3 start.py test`",
)


def start(*arguments: str | Path, home: Path, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """Run start.py by the Python that the environment was made with, in an empty home."""
    return subprocess.run(
        [str(Path(sys.base_prefix) / "bin" / "python3"), str(START), *map(str, arguments)],
        env=BARE | {"HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def modules_of_the_set_up() -> Iterator[Path]:
    yield START
    yield ROOT / "autograder" / "__init__.py"
    yield ROOT / "autograder" / "trouble.py"
    for room in ("setup", "workspace"):
        yield from sorted((ROOT / "autograder" / room).glob("*.py"))


@pytest.mark.parametrize("path", list(modules_of_the_set_up()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_set_up_imports_the_standard_library_alone(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    ours = ("autograder.setup", "autograder.workspace", "autograder.trouble")
    foreign = {
        name for name in imported if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(ours)
    }
    assert foreign == set()


def test_start_py_is_syntax_that_old_pythons_read() -> None:
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 4))
    assert not any(
        isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)
        for node in ast.walk(ast.parse(START.read_bytes()))
    )


def test_old_python_is_told_what_is_needed_in_one_line() -> None:
    code = f"import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path({str(START)!r}, run_name='__main__')"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("This course needs Python 3.11 or newer; this is Python 3.9. ")
    assert ended.stderr.count("\n") == 1


def old_pythons() -> list[str]:
    """Old Pythons of this machine that run: on the path, or kept by pyenv."""
    kept = sorted(Path.home().glob(".pyenv/versions/*/bin/python"))
    programs = [*map(shutil.which, ("python2.7", "python3.8", "python3.9", "python3.10")), *map(str, kept)]
    code = "import sys; sys.exit(sys.version_info >= (3, 11))"
    return [
        one
        for one in programs
        if one and not subprocess.run([one, "-c", code], capture_output=True, check=False).returncode
    ]


def test_real_old_pythons_are_told_the_same() -> None:
    found = old_pythons()
    if not found:
        pytest.skip("no old Python on this machine")
    for program in found:
        ended = subprocess.run([program, str(START)], capture_output=True, text=True, check=False)
        assert ended.returncode == 2, (program, ended.stderr)
        assert ended.stderr.startswith("This course needs Python 3.11 or newer; this is Python ")
        assert ended.stderr.count("\n") == 1


@needs_set_up
def test_second_start_takes_less_than_two_seconds(tmp_path: Path) -> None:
    workspace = tmp_path / "Arbeit mit Ümläuten"
    first = start("setup", "--workspace", workspace, home=tmp_path)
    assert first.returncode == 0, first.stderr
    began = time.monotonic()
    second = start("setup", "--workspace", workspace, home=tmp_path)
    assert time.monotonic() - began < 2
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


@needs_set_up
def test_update_says_that_all_is_up_to_date(tmp_path: Path) -> None:
    start("setup", "--workspace", tmp_path / "my", home=tmp_path)
    ended = start("update", "--workspace", tmp_path / "my", home=tmp_path)
    assert ended.stdout == f"Your lessons and labs in {tmp_path / 'my'} are up to date.\n"


def test_busy_port_that_was_asked_for_is_one_line_and_status_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        ended = start("--port", str(number), "--no-open", "--workspace", tmp_path / "my", home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr == (
        f"start.py: port {number} is busy: choose another with --port, or leave it out and a free one is found\n"
    )
    assert not (tmp_path / "my").exists()


@needs_set_up
def test_workspace_in_the_course_itself_is_refused(tmp_path: Path) -> None:
    ended = start("setup", "--workspace", ROOT / "course", home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.endswith("is the course's own folder: choose another for --workspace\n")


def test_unknown_command_names_those_that_are(tmp_path: Path) -> None:
    ended = start("instal", home=tmp_path)
    assert ended.returncode == 2
    assert "choose from" in ended.stderr
