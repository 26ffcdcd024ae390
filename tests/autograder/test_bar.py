"""A bar moves on a terminal and in a notebook, ends in both, and is silent where nobody looks on."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.author.kernel import client, environment
from autograder.author.places import course
from autograder.bar import Bar


class Screen(io.StringIO):
    """A terminal that keeps what was written."""

    def isatty(self) -> bool:
        return True

    def seen(self) -> list[str]:
        """What stood on the moving line, one after the other, and the lines that stay."""
        return [part.rstrip("\n") for part in re.split(r"\r\x1b\[2K", self.getvalue()) if part.strip("\n")]


class Clock:
    """Two seconds from each look to the next."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        self.at += 2.0
        return self.at


def test_on_a_terminal_one_line_moves_and_ends_with_its_seconds() -> None:
    screen = Screen()
    with Bar("Grading", 3, screen, Clock()) as bar:
        for _ in range(3):
            bar.step("ada 04: 20 of 20")
    first, *_, last = screen.seen()
    assert first == f"  Grading ... [{' ' * 24}] 0 of 3"
    assert f"[{'#' * 8}{' ' * 16}] 1 of 3" in screen.getvalue()
    assert "2 of 3, about 2 s left" in screen.getvalue()
    assert last == "  Grading ... 3 of 3, 8 s"
    assert screen.getvalue().count("\n") == 1
    assert "ada" not in screen.getvalue()


def test_a_line_that_somebody_must_read_stays_and_moves_no_cursor() -> None:
    screen = Screen()
    with Bar("Grading", 2, screen) as bar:
        bar.step("bob 04: not graded\r\x1b[2K", keep=True)
        bar.say("the gradebook does not answer")
    assert "bob 04: not graded??[2K\n" in screen.getvalue()
    assert "the gradebook does not answer\n" in screen.getvalue()
    assert screen.seen()[-1].startswith("  Grading ... 1 of 2")


def test_where_nobody_looks_on_there_are_the_lines_and_no_bar() -> None:
    log = io.StringIO()
    with Bar("Grading", 2, log) as bar:
        bar.step("ada 04: 20 of 20")
        bar.step()
    assert log.getvalue() == "ada 04: 20 of 20\n"


def test_it_ends_where_the_work_breaks_off() -> None:
    screen = Screen()

    def work() -> None:
        with Bar("Building", 5, screen) as bar:
            bar.step()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert screen.seen()[-1].startswith("  Building ... 1 of 5")


def test_no_work_at_all_is_done() -> None:
    screen = Screen()
    with Bar("Grading", 0, screen):
        pass
    assert screen.seen()[-1] == "  Grading ... 0 of 0, 0 s"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are pseudo-terminals on POSIX alone")
def test_a_process_shows_it_on_a_real_terminal() -> None:
    parent, child = pty.openpty()
    work = "from autograder.bar import Bar\nwith Bar('Building', 2) as bar:\n    bar.step('as stored'); bar.step()"
    command = [sys.executable, "-c", work]
    with subprocess.Popen(command, stdout=child, stderr=child, cwd=course().root) as running:
        os.close(child)
        said = b""
        while True:
            try:
                part = os.read(parent, 4096)
            except OSError:  # the other end is closed: EIO on Linux
                break
            if not part:
                break
            said += part
    os.close(parent)
    assert running.returncode == 0, said
    assert b"Building ... [" in said
    assert b"as stored" not in said
    assert re.search(rb"  Building \.\.\. 2 of 2, \d+ s\r\n$", said), said


def test_in_a_notebook_it_is_a_widget_that_ends(tmp_path: Path) -> None:
    cell = (
        "from autograder.bar import Bar\n"
        "with Bar('Grading', 2) as bar:\n    bar.step('ada'); bar.step('bob: not graded', keep=True)\n"
        "face = bar._face\n"
        "print(face.bar.value, face.bar.bar_style, face.said.value, [one.value for one in face.lines.children])"
    )
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    client(book, tmp_path, allow_errors=False).execute(env=environment(tmp_path))
    shown, printed = book.cells[0].outputs
    assert "application/vnd.jupyter.widget-view+json" in shown["data"]
    assert printed["text"] == "2 success 2 of 2, 0 s ['bob: not graded']\n"
