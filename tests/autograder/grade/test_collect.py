"""Packages that learners send: each version is taken once, and a hostile one writes nothing."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from autograder.author.places import Course
from autograder.grade.attempts import Attempts, hash_of
from autograder.grade.collect import packages, take
from autograder.grade.policy import Policy, keep_policy
from autograder.grade.receipts import listed, proved
from autograder.run import submission
from autograder.run.submission import BadSubmission
from autograder.trouble import Trouble

LAB = "91-first-service"


def notebook(text: str = "x = 1") -> bytes:
    cells = [{"cell_type": "code", "source": f"lab.begin('{LAB}')\n{text}", "metadata": {}, "id": "a", "outputs": []}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def package(
    folder: Path, members: dict[str, bytes], *, name: str = "p.zip", arrived: str = "2026-12-01T12:00+00:00"
) -> Path:
    file = folder / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for member, content in members.items():
            out.writestr(member, content)
    moment = datetime.fromisoformat(arrived).timestamp()
    os.utime(file, (moment, moment))
    return file


def honest(text: str = "x = 1", when: str = "2026-12-01 11:59:00 UTC") -> dict[str, bytes]:
    return {f"ada/{LAB}/{LAB}.ipynb": notebook(text), f"ada/{LAB}/timestamp.txt": when.encode()}


def test_a_package_is_laid_where_grading_looks_and_kept_as_a_version(tmp_path: Path) -> None:
    here, into = Course(tmp_path), tmp_path / "submitted"
    said = take(here, package(tmp_path, honest()), into)
    assert said.startswith(f"ada {LAB}: taken, {hash_of(notebook())[:16]}, handed in 2026-12-01T12:00:00+00:00")
    assert (into / "ada" / LAB / f"{LAB}.ipynb").read_bytes() == notebook()
    assert (into / "ada" / LAB / "timestamp.txt").read_text() == "2026-12-01 12:00:00 UTC"
    (attempt,) = Attempts(here).of("ada", LAB)
    assert (attempt.claimed, attempt.source) == ("2026-12-01T11:59:00+00:00", "p.zip")


def test_the_same_again_is_left_alone(tmp_path: Path) -> None:
    here, into = Course(tmp_path), tmp_path / "submitted"
    take(here, package(tmp_path, honest()), into)
    again = package(tmp_path, honest(when="2026-12-02 08:00:00 UTC"), arrived="2026-12-02T08:00+00:00")
    assert "the same as what came 2026-12-01T12:00:00+00:00; nothing was done" in take(here, again, into)
    assert len(Attempts(here).of("ada", LAB)) == 1
    assert (into / "ada" / LAB / "timestamp.txt").read_text() == "2026-12-01 12:00:00 UTC"


def test_the_newest_lies_in_the_folder_in_whatever_order_they_are_taken(tmp_path: Path) -> None:
    here, into = Course(tmp_path), tmp_path / "submitted"
    take(here, package(tmp_path, honest("new = 2"), arrived="2026-12-03T08:00+00:00"), into)
    take(here, package(tmp_path, honest("old = 1"), arrived="2026-12-02T08:00+00:00"), into)
    assert (into / "ada" / LAB / f"{LAB}.ipynb").read_bytes() == notebook("new = 2")
    assert len(Attempts(here).of("ada", LAB)) == 2


def test_a_learners_clock_counts_only_where_the_instructor_says_so(tmp_path: Path) -> None:
    late = package(tmp_path, honest(when="2026-11-30 10:00:00 UTC"))
    said = take(Course(tmp_path / "one"), late, tmp_path / "one" / "submitted")
    assert "the learner's clock said 2026-11-30T10:00:00+00:00, which counts with --claimed" in said
    assert Attempts(Course(tmp_path / "one")).of("ada", LAB)[0].handed_in == "2026-12-01T12:00:00+00:00"
    take(Course(tmp_path / "two"), late, tmp_path / "two" / "submitted", claimed=True)
    assert Attempts(Course(tmp_path / "two")).of("ada", LAB)[0].handed_in == "2026-11-30T10:00:00+00:00"


GOOD, STAMP = f"ada/{LAB}/{LAB}.ipynb", f"ada/{LAB}/timestamp.txt"
HOSTILE = {
    "climbs": {f"../../ada/{LAB}/{LAB}.ipynb": notebook()},
    "climbs in the learner's name": {f"../{LAB}/{LAB}.ipynb": notebook()},
    "climbs beside a good one": {GOOD: notebook(), "../../evil.py": b"x"},
    "is absolute": {f"/tmp/{LAB}/{LAB}.ipynb": notebook()},
    "has a drive": {f"C:\\ada/{LAB}/{LAB}.ipynb": notebook()},
    "has a hidden third": {**honest(), "ada/.bashrc": b"x"},
    "has two notebooks": {GOOD: notebook(), f"bob/{LAB}/{LAB}.ipynb": notebook()},
    "has a name that is no id": {f"a b/{LAB}/{LAB}.ipynb": notebook()},
    "has another lab's notebook": {"ada/03-private-pull/03-private-pull.ipynb": notebook()},
    "has a lab that is a path": {"ada/../..ipynb": notebook()},
    "has no notebook": {STAMP: b"x"},
    "is empty": {},
    "has no JSON": {GOOD: b"{"},
    "has a huge stamp": {GOOD: notebook(), STAMP: b"1" * 5000},
}


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_a_package_of_another_form_is_refused_and_writes_nothing(tmp_path: Path, what: str) -> None:
    here = Course(tmp_path / "course")
    file = package(tmp_path, HOSTILE[what])
    with pytest.raises(BadSubmission):
        take(here, file, tmp_path / "course" / "submitted")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["p.zip"]


def test_a_bomb_is_not_unpacked_beyond_the_size_of_a_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grade.collect.LARGEST", 100_000)
    file = package(tmp_path, {GOOD: b" " * 50_000_000})
    assert file.stat().st_size < submission.LARGEST / 100
    with pytest.raises(BadSubmission, match="is larger than 100000 bytes"):
        take(Course(tmp_path / "course"), file, tmp_path / "submitted")


def test_a_link_in_a_zip_is_read_as_bytes_and_never_made(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(GOOD)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as out:
        out.writestr(link, "/etc/passwd")
    with pytest.raises(BadSubmission, match="is not JSON"):
        take(Course(tmp_path / "course"), tmp_path / "p.zip", tmp_path / "submitted")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04garbage", b"\x00" * 1000])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.zip").write_bytes(content)
    with pytest.raises(BadSubmission, match="no zip file that can be read"):
        take(Course(tmp_path / "course"), tmp_path / "p.zip", tmp_path / "submitted")


def test_the_same_name_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w") as out:
        out.writestr(GOOD, notebook())
        with pytest.warns(UserWarning, match="Duplicate name"):
            out.writestr(GOOD, notebook("other"))
    (tmp_path / "p.zip").write_bytes(text.getvalue())
    with pytest.raises(BadSubmission, match="does not hold one notebook"):
        take(Course(tmp_path / "course"), tmp_path / "p.zip", tmp_path / "submitted")


def test_a_linked_folder_is_not_written_through(tmp_path: Path) -> None:
    into = tmp_path / "submitted"
    (tmp_path / "elsewhere").mkdir()
    into.mkdir()
    (into / "ada").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadSubmission, match="is a link"):
        take(Course(tmp_path), package(tmp_path, honest()), into)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_receipt_is_proved_by_its_hash(tmp_path: Path) -> None:
    here = Course(tmp_path)
    take(here, package(tmp_path, honest()), tmp_path / "submitted")
    receipt = tmp_path / "ada.receipt.json"
    receipt.write_text(json.dumps({"learner": "ada", "lab": LAB, "sha256": hash_of(notebook())}))
    assert proved(here, receipt).endswith("came 2026-12-01T12:00:00+00:00; not graded yet")
    receipt.write_text(json.dumps({"learner": "ada", "lab": LAB, "sha256": "0" * 64}))
    assert "never came here" in proved(here, receipt)


@pytest.mark.parametrize("text", ["", "[]", '{"learner": "../x", "lab": "x", "sha256": "0"}', '{"learner": 1}'])
def test_what_is_no_receipt_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(Trouble, match="is no receipt"):
        proved(Course(tmp_path), tmp_path / "r.json")


def test_the_list_tells_the_policy_and_every_version(tmp_path: Path) -> None:
    here = Course(tmp_path)
    keep_policy(here, [LAB], lambda _: Policy("before-deadline", "2026-12-01T18:00Z", 15, 10))
    take(here, package(tmp_path, honest()), tmp_path / "submitted")
    head, line = listed(here)
    assert head == (
        f"{LAB}: before-deadline counts; due 2026-12-01T18:00Z; 15 minutes of grace; each late day costs 10 percent"
    )
    assert line == f"  ada  2026-12-01T12:00:00+00:00  {hash_of(notebook())[:16]}"


def test_folders_are_searched_and_links_are_not_followed(tmp_path: Path) -> None:
    file = package(tmp_path, honest())
    (tmp_path / "linked.zip").symlink_to(file)
    assert list(packages([tmp_path])) == [file]
    with pytest.raises(Trouble, match="is not there"):
        packages([tmp_path / "none"])


@pytest.mark.parametrize("command", [["collect", "none.zip"], ["collect", "."], ["regrade", "--json", "no/x"]])
def test_bad_input_is_one_line_and_status_2_and_leaves_nothing(tmp_path: Path, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", *command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_cannot_be_unpacked_stops_no_other(tmp_path: Path) -> None:
    file = tmp_path / "lzma.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as out:
        out.writestr(f"ada/{LAB}/{LAB}.ipynb", notebook() * 3)
    data = bytearray(file.read_bytes())
    start = data.index(LAB.encode() + b".ipynb") + len(LAB) + len(".ipynb")
    data[start + 9 : start + 40] = b"\xff" * 31
    file.write_bytes(data)
    with pytest.raises(BadSubmission, match="no zip file that can be read"):
        take(Course(tmp_path), file, tmp_path / "submitted")


def test_what_a_killed_run_kept_and_did_not_lay_is_laid_by_the_next(tmp_path: Path) -> None:
    here, into = Course(tmp_path), tmp_path / "submitted"
    lies = into / "ada" / LAB / f"{LAB}.ipynb"
    first = package(tmp_path, honest("old = 1"), name="1.zip")
    second = package(tmp_path, honest("new = 2"), name="2.zip", arrived="2026-12-02T12:00+00:00")
    take(here, first, into)
    old = lies.read_bytes()
    take(here, second, into)
    lies.write_bytes(old)  # as if killed between the two steps
    assert "it did not lie in the folder, and does again" in take(here, second, into)
    assert (lies.read_bytes(), lies.with_name("timestamp.txt").read_text()) == (
        notebook("new = 2"),
        "2026-12-02 12:00:00 UTC",
    )
    lies.unlink()
    assert "does again" in take(here, second, into)
    assert "nothing was done" in take(here, first, into)
    lies.write_bytes(b"mended by hand")
    assert "nothing was done" in take(here, second, into)
    assert lies.read_bytes() == b"mended by hand"


def test_of_packages_with_one_date_the_learners_clock_tells_which_was_the_last(tmp_path: Path) -> None:
    here, into = Course(tmp_path), tmp_path / "submitted"
    take(here, package(tmp_path, honest("new = 2", "2026-12-01 11:00:00 UTC"), name="x (1).zip"), into)
    take(here, package(tmp_path, honest("old = 1", "2026-12-01 10:00:00 UTC"), name="x.zip"), into)
    assert (into / "ada" / LAB / f"{LAB}.ipynb").read_bytes() == notebook("new = 2")


@pytest.mark.parametrize(
    "kept",
    [
        '[{"sha256": "%s", "handed_in": "soon"}]',
        '[{"sha256": "%s", "handed_in": "2026-12-01T12:00"}]',
        '[{"sha256": "../%s", "handed_in": "2026-12-01T12:00+00:00"}]',
        '[{"sha256": 1, "handed_in": "2026-12-01T12:00+00:00"}]',
        '{"a": 1}',
    ],
)
def test_a_list_of_attempts_that_a_hand_or_a_crash_spoilt_is_named(tmp_path: Path, kept: str) -> None:
    file = Attempts(Course(tmp_path)).folder / "ada" / LAB / "attempts.json"
    file.parent.mkdir(parents=True)
    file.write_text(kept.replace("%s", "a" * 64))
    with pytest.raises(Trouble, match=r"attempts\.json is damaged: restore it from a backup, or delete the folder"):
        Attempts(Course(tmp_path)).of("ada", LAB)
