"""The command line: one clear line for bad input, exit status 2, and no import before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli import main


def test_trouble_is_one_line_on_stderr_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["release", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith(f"fargate-course release: {tmp_path} is not empty and no bundle of this course")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_path_that_is_no_source_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path / "nothing.py")]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "nothing.py is no source of this course" in told


def test_help_imports_neither_jupyter_nor_moto() -> None:
    code = (
        "import sys\nfrom autograder.cli import parser\nparser().format_help()\n"
        "print(sorted({'moto', 'boto3', 'nbformat', 'jupytext', 'nbgrader', 'yaml'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize("command", ["doctor", "build", "release", "coverage", "submit", "grade"])
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"fargate-course {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["progress", "--json"], "note/state.json"),
        (
            ["release", "--solutions", "03-private-pull", "note"],
            "note/solutions/03-private-pull cannot be used: Not a dir",
        ),
        (["release", "--solutions", "", "new"], "there is no lab"),
        (["release", "--exam", "", "new"], "there is no exam ''"),
        (["bank", "lint", "utf16.yaml"], "utf16.yaml is no text in UTF-8"),
        (["receipts", "deep.json"], "deep.json is no receipt"),
    ],
)
def test_what_the_system_does_not_let_be_done_is_one_line_too(
    command: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note").write_text("mine")
    (tmp_path / "utf16.yaml").write_bytes("- id: x".encode("utf-16"))
    (tmp_path / "deep.json").write_text("[" * 100_000)
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "note" / "state.json"))
    assert main(command) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert not (tmp_path / "new").exists()
    assert (tmp_path / "note").read_text() == "mine"


def test_a_command_that_is_stopped_says_so_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("autograder.cohort.pacing.command", stopped)
    assert main(["pacing"]) == 130
    assert capsys.readouterr().err == "fargate-course pacing: stopped\n"
