"""Lessons and labs come into the workspace once; later versions come by a merge; nothing is ever half-written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from test_merge import ANSWER, book, code, text

from autograder.trouble import Trouble
from autograder.workspace import files
from autograder.workspace.carry import carry
from autograder.workspace.notebook import Notebook, parse, render, source


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small course: a lesson, its source, a lab with a data file."""
    root = tmp_path / "Kurs"
    put(root / "course" / "00-start.ipynb", book(text("hello", "Hello."), code("run", "1 + 1")))
    (root / "course" / "source").mkdir()
    (root / "course" / "source" / "00-start.py").write_text("# source", encoding="utf-8")
    put(
        root / "labs" / "03-pull" / "03-pull.ipynb", book(text("task", "Find it."), code("answer", "x = ...", **ANSWER))
    )
    (root / "labs" / "03-pull" / "data.csv").write_text("a,b\n", encoding="utf-8")
    (root / "labs" / "03-pull" / ".ipynb_checkpoints").mkdir()
    put(root / "labs" / "03-pull" / ".ipynb_checkpoints" / "03-pull.ipynb", book())
    return root


@pytest.fixture
def my(tmp_path: Path) -> Path:
    return tmp_path / "Meine Übungen"


def put(path: Path, notebook: Notebook) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(render(notebook))


def kinds(root: Path, my: Path, *, merge: bool = False) -> dict[str, str]:
    return {change.name: change.kind for change in carry(root, my, merge=merge).changes}


LESSON, LAB, DATA = "course/00-start.ipynb", "labs/03-pull/03-pull.ipynb", "labs/03-pull/data.csv"


def test_first_start_copies_lessons_and_labs_and_no_sources(root: Path, my: Path) -> None:
    carried = carry(root, my, merge=False)
    assert {change.name: change.kind for change in carried.changes} == {LESSON: "new", LAB: "new", DATA: "new"}
    assert (my / LAB).read_bytes() == (root / LAB).read_bytes()
    assert not (my / "course" / "source").exists()
    assert carried.report(every=False) == [f"Copied 3 lesson and lab files to {my}"]


def test_second_start_touches_nothing(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    put(my / LESSON, book(text("hello", "Hello."), code("run", "my experiment")))
    before = {path: path.stat().st_mtime_ns for path in my.rglob("*.ipynb")}
    assert carry(root, my, merge=False).report(every=False) == []
    assert {path: path.stat().st_mtime_ns for path in my.rglob("*.ipynb")} == before


def test_start_with_a_newer_course_says_how_to_get_it_and_changes_nothing(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    put(root / LESSON, book(text("hello", "Hello again.")))
    (line,) = carry(root, my, merge=False).report(every=False)
    assert line == (
        "1 of your lessons and labs has a newer version. To merge it in (your answers stay): python3 start.py update"
    )
    assert b"again" not in (my / LESSON).read_bytes()


def test_update_merges_says_what_changed_and_keeps_the_former_file(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    mine = book(text("task", "Find it."), code("answer", "x = 'found'", **ANSWER))
    put(my / LAB, mine)
    put(root / LAB, book(text("task", "Find the cause."), code("answer", "x: str = ...", **ANSWER)))
    carried = carry(root, my, merge=True)
    assert [source(cell) for cell in parse((my / LAB).read_bytes())["cells"]] == ["Find the cause.", "x = 'found'"]
    (change,) = carried.changes
    assert change.kept is not None
    assert parse(change.kept.read_bytes()) == mine
    assert change.sentence() == (
        f"{LAB}: 1 cell updated, 1 answer of yours stays as it is, though the course's stub for it changed "
        f"(your former file: {change.kept})"
    )


def test_update_twice_does_nothing_the_second_time(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    put(my / LESSON, book(text("hello", "Mine."), code("run", "2 + 2")))
    put(root / LESSON, book(text("hello", "Theirs."), code("run", "1 + 1")))
    assert kinds(root, my, merge=True) == {LESSON: "merged"}
    after = (my / LESSON).read_bytes()
    assert carry(root, my, merge=True).report(every=True) == [f"Your lessons and labs in {my} are up to date."]
    assert (my / LESSON).read_bytes() == after


def test_notebook_that_the_learner_never_opened_is_replaced_without_ado(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    put(root / LESSON, book(text("hello", "Theirs.")))
    assert kinds(root, my, merge=True) == {LESSON: "updated"}
    assert (my / LESSON).read_bytes() == (root / LESSON).read_bytes()


def test_checkout_with_windows_line_ends_is_no_newer_version(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    for name in (LESSON, LAB, DATA):
        (root / name).write_bytes((root / name).read_bytes().replace(b"\n", b"\r\n"))
    assert kinds(root, my) == {}


def test_notebook_saved_with_windows_line_ends_and_a_mark_is_merged(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    mine = render(book(text("hello", "Hello."), code("run", "my own"))).replace(b"\n", b"\r\n")
    (my / LESSON).write_bytes(b"\xef\xbb\xbf" + mine)
    put(root / LESSON, book(text("hello", "Theirs."), code("run", "1 + 1")))
    assert kinds(root, my, merge=True) == {LESSON: "merged"}
    assert [source(cell) for cell in parse((my / LESSON).read_bytes())["cells"]] == ["Theirs.", "my own"]


def test_file_that_the_learner_removed_comes_back(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    (my / LAB).unlink()
    assert carry(root, my, merge=False).report(every=False) == [f"{LAB}: was missing, copied again"]
    assert (my / LAB).exists()


def test_files_of_the_learner_and_those_that_the_course_dropped_stay(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    (my / "notes.txt").write_text("mine", encoding="utf-8")
    (root / LESSON).unlink()
    assert kinds(root, my, merge=True) == {}
    assert (my / "notes.txt").exists()
    assert (my / LESSON).exists()


def test_changed_data_file_is_kept_beside_when_the_course_has_a_newer_one(root: Path, my: Path) -> None:
    carry(root, my, merge=False)
    (my / DATA).write_text("mine\n", encoding="utf-8")
    (root / DATA).write_text("a,b,c\n", encoding="utf-8")
    (change,) = carry(root, my, merge=True).changes
    assert change.kept is not None
    assert change.kept.read_text(encoding="utf-8") == "mine\n"
    assert (my / DATA).read_text(encoding="utf-8") == "a,b,c\n"


BROKEN_CELLS = (
    {"source": None},
    {"source": [1]},
    {"metadata": None},
    {"metadata": {"nbgrader": []}},
    {"metadata": {"course": "x"}},
    {"id": [1]},
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"cells": 3}',
        b'{"cells": [3]}',
        b'{"cells": [], "metadata": null}',
        b"\xff\xfe",
        b"[" * 100_000,
        *(json.dumps({"cells": [code("run", "1") | broken]}).encode() for broken in BROKEN_CELLS),
    ],
    ids=range(8 + len(BROKEN_CELLS)),
)
def test_damaged_notebook_is_left_as_it_is_and_the_others_are_merged(root: Path, my: Path, content: bytes) -> None:
    carry(root, my, merge=False)
    (my / LESSON).write_bytes(content)
    put(root / LESSON, book(text("hello", "Theirs.")))
    put(root / LAB, book(text("task", "Find the cause.")))
    carried = carry(root, my, merge=True)
    assert {change.name: change.kind for change in carried.changes} == {LESSON: "damaged", LAB: "updated"}
    assert (my / LESSON).read_bytes() == content
    (damaged,) = carried.troubles
    assert damaged.sentence().startswith(f"{LESSON}: left as it is, since it cannot be read as a notebook (it")


def test_crash_while_writing_leaves_the_old_file_whole(root: Path, my: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carry(root, my, merge=False)
    put(my / LESSON, book(text("hello", "Mine.")))
    before = (my / LESSON).read_bytes()
    put(root / LESSON, book(text("hello", "Theirs.")))

    def cut_off(new: Path, old: Path) -> None:
        raise OSError(28, "No space left on device", str(old))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut_off)
        with pytest.raises(Trouble, match="the disk is full"):
            carry(root, my, merge=True)
    assert (my / LESSON).read_bytes() == before
    assert kinds(root, my, merge=True) == {LESSON: "merged"}
    assert {path.name for path in my.rglob(".*.new")} == set()


def test_former_files_of_two_updates_in_one_second_are_both_kept(tmp_path: Path) -> None:
    backups = files.Backups(tmp_path / "backups")
    file = tmp_path / "a.ipynb"
    file.write_text("1", encoding="utf-8")
    first = backups.keep(file, "a.ipynb")
    file.write_text("2", encoding="utf-8")
    second = backups.keep(file, "a.ipynb")
    assert [kept.read_text(encoding="utf-8") for kept in (first, second)] == ["1", "2"]


def test_workspace_that_is_a_file_is_refused(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match="is a file: name a folder for --workspace"):
        carry(root, file, merge=False)


@pytest.mark.parametrize("place", ["", "course", "labs/mine"])
def test_workspace_in_the_course_itself_is_refused(root: Path, place: str) -> None:
    with pytest.raises(Trouble, match="is the course's own folder"):
        carry(root, root / place, merge=False)


def test_json_as_jupyter_stores_it_is_what_is_written() -> None:
    notebook = book(text("hello", "Grüße"))
    assert render(notebook).decode() == json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
