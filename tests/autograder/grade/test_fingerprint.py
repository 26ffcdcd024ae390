"""What a result depends on: a change of it is another fingerprint, a change elsewhere is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grade import fingerprint

LAB = "77-tiny"
FILES = {
    "tiny_labs/__init__.py": "",
    "tiny_labs/lab_77_tiny.py": "from tiny_labs.parts import (\n    plan,\n    world as w,\n)\n",
    "tiny_labs/lab_78_other.py": "x = 1\n",
    "tiny_labs/parts/__init__.py": "",
    "tiny_labs/parts/plan.py": "def f():\n    from . import deep\n",
    "tiny_labs/parts/world.py": "import json, tiny_labs.parts.twin\n",
    "tiny_labs/parts/deep.py": "",
    "tiny_labs/parts/twin.py": "",
    "tiny_labs/parts/unused.py": "",
    "tiny_hidden/__init__.py": "",
    "tiny_hidden/lab_77_tiny.py": "from tiny_labs.lab_77_tiny import plan\nimport tiny_hidden.more as more\n",
    "tiny_hidden/lab_78_other.py": "",
    "tiny_hidden/more.py": "",
}
ASK = """
import sys
from autograder.checks import places
from autograder.grade import fingerprint
places.add(places.Place("tiny_labs", "tiny_hidden", sys.argv[1]))
print(fingerprint.lab_code("77-tiny", hidden=False), fingerprint.lab_code("77-tiny", hidden=True))
"""


def asked(folder: Path) -> list[str]:
    """The fingerprints of a run and of a verdict, by a process that has read nothing yet."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(folder)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("tiny")
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder, asked(folder)


@pytest.mark.parametrize(
    ("file", "run", "verdict"),
    [
        ("tiny_labs/lab_77_tiny.py", True, True),
        ("tiny_labs/parts/plan.py", True, True),
        ("tiny_labs/parts/deep.py", True, True),
        ("tiny_labs/parts/twin.py", True, True),
        ("tiny_hidden/lab_77_tiny.py", False, True),
        ("tiny_hidden/more.py", False, True),
        ("tiny_labs/lab_78_other.py", False, False),
        ("tiny_hidden/lab_78_other.py", False, False),
        ("tiny_labs/parts/unused.py", False, False),
    ],
)
def test_a_change_counts_where_it_can_matter(tiny: tuple[Path, list[str]], file: str, run: bool, verdict: bool) -> None:
    folder, before = tiny
    text = (folder / file).read_text()
    (folder / file).write_text(text + "\n# changed\n")
    try:
        after = asked(folder)
    finally:
        (folder / file).write_text(text)
    assert (after[0] != before[0], after[1] != before[1]) == (run, verdict)


def test_a_run_depends_on_each_thing_that_it_is_given() -> None:
    given = {"notebook_sha": "a", "release": {"x": 1}, "lab": "03-private-pull", "learner": "ada", "limits": {"y": 2}}
    other = {"notebook_sha": "b", "release": {"x": 2}, "learner": "bob", "limits": {"y": 3}}
    keys = {fingerprint.run_key(**given)} | {fingerprint.run_key(**{**given, name: v}) for name, v in other.items()}
    assert len(keys) == 5
    assert fingerprint.run_key(**given) in keys


def test_where_one_part_ends_counts() -> None:
    assert fingerprint.digest("ab", "c") != fingerprint.digest("a", "bc")


def test_code_is_read_and_not_imported() -> None:
    code = "import sys\nfrom autograder.grade.fingerprint import lab_code, simulator\nsimulator()\n"
    code += "lab_code('03-private-pull', hidden=True)\nassert 'boto3' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
