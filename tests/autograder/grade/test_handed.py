"""What lies in a folder of submissions, whatever its dates and permissions are."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.grade.handed import found, handed_in

YEAR_36812 = 2**40


def test_a_date_that_no_calendar_has_is_replaced_by_the_day_on_which_the_file_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ext4 keeps no such date; tmpfs, XFS and ZFS do."""
    real = Path.stat

    def stat(self: Path, **how: bool) -> object:
        if self.suffix == ".ipynb":
            return SimpleNamespace(st_mtime=float(YEAR_36812), st_ctime=1_790_000_000.5)
        return real(self, **how)

    monkeypatch.setattr(Path, "stat", stat)
    assert handed_in(tmp_path / "lab.ipynb") == datetime.fromtimestamp(1_790_000_000, UTC)


def test_a_date_before_there_were_computers_is_kept(tmp_path: Path) -> None:
    notebook = tmp_path / "lab.ipynb"
    notebook.write_text("{}")
    (tmp_path / "timestamp.txt").write_text("0001-01-01 00:00:00 +2300")
    os.utime(notebook, (0, 0))
    assert handed_in(notebook) == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_folder_that_cannot_be_looked_into_keeps_no_other_from_being_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for learner in ("ada", "bob"):
        (tmp_path / learner / "03-private-pull").mkdir(parents=True)
    looked = Path.iterdir

    def refusing(self: Path) -> object:
        if self.name == "ada":
            raise PermissionError(13, "Permission denied", str(self))
        return looked(self)

    monkeypatch.setattr(Path, "iterdir", refusing)
    assert [(one.learner, one.lab) for one in found(tmp_path)] == [("ada", ""), ("bob", "03-private-pull")]
