"""A lab in the terminal: written in an editor, checked in a kernel, seen as text; and the same from a pipe."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.author.places import course
from autograder.checks.lab import load
from autograder.terminal.book import Book
from autograder.terminal.console import Console, duration
from autograder.terminal.kernel import Kernel
from autograder.trouble import Trouble

LAB = "02-right-definition"
QUESTION = "right-size"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A learner's own copy, in a workspace with a progress file of its own."""
    folder = tmp_path / "my" / "labs" / LAB
    folder.mkdir(parents=True)
    (tmp_path / "my" / ".fargate-course").mkdir()
    file = folder / f"{LAB}.ipynb"
    file.write_bytes((course().labs / LAB / file.name).read_bytes())
    return Book(file)


@pytest.fixture
def prompt(book: Book, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    monkeypatch.delenv("FARGATE_COURSE_STATE", raising=False)
    monkeypatch.chdir(book.file.parent)
    console = Console(load(LAB), book, io.StringIO())
    yield console
    console.do_quit("")


def says(prompt: Console, line: str) -> str:
    """What one command prints."""
    assert isinstance(prompt.stdout, io.StringIO)
    prompt.stdout.seek(0)
    prompt.stdout.truncate()
    prompt.onecmd(line)
    return prompt.stdout.getvalue()


def worked(question: str) -> str:
    (answer,) = (
        cell for cell in Book(course().solutions / LAB / f"{LAB}.ipynb").asked(question) if cell.role == "answer"
    )
    return answer.source


def test_a_question_is_read_answered_checked_and_kept(
    prompt: Console, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is killed at its peak" in says(prompt, f"read {QUESTION}")
    told = says(prompt, f"check {QUESTION}")
    assert "The right size: not attempted" in told
    assert "Traceback" not in told
    assert prompt.failed

    (tmp_path / "answer").write_text(worked(QUESTION), encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"cp '{tmp_path / 'answer'}'")
    says(prompt, f"edit {QUESTION}")
    assert worked(QUESTION) in [cell.source for cell in book.cells()]
    assert "passed" in says(prompt, f"check {QUESTION}")
    assert "right-size               4 points   passed" in says(prompt, "questions")
    assert "Hint 1 of 3" in says(prompt, f"hint {QUESTION}")

    before = says(prompt, "story")
    assert "survey:2" in before or ":2" in before
    assert "2026-01-05 11:00:00 UTC" in says(prompt, "ahead 2h bill")
    assert says(prompt, "story") == before, "looking ahead moved the world"
    says(prompt, "reset")
    assert ":2" not in says(prompt, "story")


def test_what_is_wrong_is_told_in_a_line_and_the_next_command_works(prompt: Console) -> None:
    assert says(prompt, "dance") == "there is no command 'dance': `help` lists them\n"
    assert says(prompt, "check no-such") == f"name a question: {', '.join(prompt.book.questions())}\n"
    assert "is no time: say 30s" in says(prompt, "ahead soon")
    assert "there is no page 'weather'" in says(prompt, "ahead 5m weather")
    assert says(prompt, "questions").startswith(LAB)


def test_a_pipe_gets_the_same_and_a_status(book: Book, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "autograder.cli", "lab", LAB, "--console"]
    ended = subprocess.run(
        command,
        cwd=book.file.parent,
        input="questions\ndance\nread disk\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "not begun" in ended.stdout
    assert "there is no command 'dance'" in ended.stdout
    assert ended.stdout.endswith("--- your answer to disk\n...\n---\n")


def test_an_answer_is_written_whole_and_nothing_else_changes(book: Book) -> None:
    before = json.loads(book.file.read_text(encoding="utf-8"))
    (answer,) = (cell for cell in book.asked(QUESTION) if cell.role == "answer")
    book.write(answer.id, "one = 1\ntwo = 2")
    after = json.loads(book.file.read_text(encoding="utf-8"))
    changed = [(old, new) for old, new in zip(before["cells"], after["cells"], strict=True) if old != new]
    assert [("".join(new["source"]), new["id"]) for _, new in changed] == [("one = 1\ntwo = 2", answer.id)]
    assert {key: before[key] for key in before if key != "cells"} == {
        key: after[key] for key in after if key != "cells"
    }


def test_a_cell_that_was_interrupted_leaves_a_kernel_that_goes_on(tmp_path: Path) -> None:
    said: list[str] = []
    kernel = Kernel(tmp_path, said.append)
    try:
        kernel.run("kept = 6 * 7")
        main = threading.main_thread().ident or 0
        threading.Timer(1, signal.pthread_kill, [main, signal.SIGINT]).start()  # as Ctrl+C does
        assert not kernel.run("while True: pass")
        assert said == ["Interrupted.\n"]
        assert kernel.run("print(kept)")
        assert "".join(said).endswith("42\n")
    finally:
        kernel.close()


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_text("[1]", encoding="utf-8")
    with pytest.raises(Trouble, match=r"x\.ipynb cannot be read as a notebook"):
        Book(tmp_path / "x.ipynb").cells()


@pytest.mark.parametrize(("said", "seconds"), [("30", 30), ("30s", 30), ("5m", 300), ("1.5h", 5400), ("1d", 86400)])
def test_a_time_is_said_with_its_unit(said: str, seconds: float) -> None:
    assert duration(said) == seconds
