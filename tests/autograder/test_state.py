"""The learner's state file under two windows, crashes, damage and a newer course."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder import state
from autograder.trouble import Trouble

ADD_ONE = """
from autograder import state
for _ in range(25):
    with state.change() as s:
        s["questions"]["one"] = {"count": s["questions"].get("one", {"count": 0})["count"] + 1}
"""

STOP_IN_THE_MIDDLE = """
import json, os, sys
from autograder import state
def slow(fd):
    print("writing", flush=True)
    sys.stdin.read()
os.fsync = slow
with state.change() as s:
    s["learner"] = "second"
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "state.json"
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(place))
    return place


def test_a_state_that_was_never_written_reads_as_fresh_and_writes_nothing(file: Path) -> None:
    assert state.read() == state.fresh()
    assert not file.exists()


def test_what_a_change_wrote_is_read_back() -> None:
    with state.change() as s:
        s["learner"] = "Ana Núñez"
        s["labs"]["03-private-pull"] = {"points": 12}
    again = state.read()
    assert again["learner"] == "Ana Núñez"
    assert again["labs"] == {"03-private-pull": {"points": 12}}
    assert again["version"] == state.VERSION


def test_a_change_that_raises_writes_nothing(file: Path) -> None:
    def broken_change() -> None:
        with state.change() as s:
            s["learner"] = "Ana"
            raise RuntimeError("the cell failed")

    with pytest.raises(RuntimeError):
        broken_change()
    assert not file.exists()


def test_two_processes_that_write_at_once_lose_no_change() -> None:
    windows = [subprocess.Popen([sys.executable, "-c", ADD_ONE]) for _ in range(2)]
    assert [window.wait(60) for window in windows] == [0, 0]
    assert state.read()["questions"]["one"] == {"count": 50}


def test_a_process_killed_in_the_middle_of_writing_leaves_the_old_state_and_no_lock(file: Path) -> None:
    with state.change() as s:
        s["learner"] = "first"
    window = subprocess.Popen(
        [sys.executable, "-c", STOP_IN_THE_MIDDLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert window.stdout is not None
    assert window.stdin is not None
    assert window.stdout.readline() == "writing\n"
    os.kill(window.pid, signal.SIGKILL)
    window.wait(10)
    window.stdin.close()
    window.stdout.close()
    assert state.read()["learner"] == "first"
    started = time.monotonic()
    with state.change() as s:
        s["learner"] = "third"
    assert time.monotonic() - started < 5
    assert state.read()["learner"] == "third"
    assert sorted(left.name for left in file.parent.iterdir() if left.suffix != ".lock") == ["state.json"]


@pytest.mark.parametrize(
    "text",
    [
        "{half",
        "[]",
        '{"learner": "x"}',
        '{"version": 1, "labs": []}',
        '{"version": 1, "labs": {"03-private-pull": 5}}',
        "[" * 100_000,
        "\udcff",
    ],
    ids=range(7),
)
def test_a_damaged_file_is_kept_aside_with_a_word_and_a_fresh_one_begun(
    file: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert state.read() == state.fresh()
    assert "kept as state.damaged-1.json; a fresh one is begun" in capsys.readouterr().err
    assert (file.parent / "state.damaged-1.json").read_bytes() == text.encode("utf-8", "surrogateescape")
    file.write_text("{half again")
    with state.change() as s:
        s["learner"] = "Ana"
    assert (file.parent / "state.damaged-2.json").read_text() == "{half again"
    assert state.read()["learner"] == "Ana"


def test_a_state_of_a_newer_course_is_refused_in_one_line_and_left_alone(file: Path) -> None:
    newer = json.dumps({**state.fresh(), "version": state.VERSION + 1})
    file.write_text(newer)
    with pytest.raises(Trouble, match="newer version of this course") as refused:
        state.read()
    assert "\n" not in str(refused.value)

    def change() -> None:
        with state.change():
            pass

    with pytest.raises(Trouble, match=r"start\.py update"):
        change()
    assert file.read_text() == newer


def test_a_lock_held_too_long_is_named(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(state, "PATIENCE", 0.05)

    def inside() -> None:
        with state.change(), state.change():
            pass

    with pytest.raises(Trouble, match="locked by another window"):
        inside()


def test_without_the_variable_the_workspace_above_holds_the_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FARGATE_COURSE_STATE")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    inside = tmp_path / "my" / "labs" / "03"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert state.path() == tmp_path / "home" / ".local" / "share" / "fargate-course" / "state.json"
    (tmp_path / "my" / state.FOLDER).mkdir()
    assert state.path() == tmp_path / "my" / state.FOLDER / "state.json"


def test_a_state_that_the_disk_does_not_take_or_give_is_named_in_one_line(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file.mkdir()
    with pytest.raises(Trouble, match=r"state\.json cannot be read \(Is a directory\)"):
        state.read()
    (tmp_path / "note").write_text("")
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "note" / "state.json"))

    def inside() -> None:
        with state.change():
            pass

    with pytest.raises(Trouble, match=r"cannot write .*note.* \(.+\): mend that, or set FARGATE_COURSE_STATE"):
        inside()


@pytest.mark.parametrize(
    ("room", "entry", "told"),
    [
        ("exams", {"items": {}}, "does not say which items"),
        ("placements", {"submitted": None}, "does not say which items"),
        ("exams", {"items": {}, "submitted": "soon"}, "does not say which items"),
        ("labs", {"questions": ["right-size"]}, "an answer in lab x is no object"),
        ("labs", {"questions": {"right-size": 7}}, "an answer in lab x is no object"),
    ],
)
def test_entries_of_another_shape_are_named_before_a_page_trips_over_them(
    file: Path, room: str, entry: object, told: str
) -> None:
    file.write_text(json.dumps({"version": 1, room: {"x": entry}}), encoding="utf-8")
    with pytest.raises(Trouble, match=told):
        state.parsed(file)
