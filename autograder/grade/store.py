"""Runs and verdicts, kept by fingerprint: what was done once is not done again, and a run can be judged anew.

A file is written whole and renamed into place; one that cannot be read counts as missing, and is made again.
"""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.grade import files


class Store:
    """What lies in `grading/` of a course."""

    def __init__(self, here: Course) -> None:
        self.folder = here.root / "grading"

    def run(self, key: str) -> dict[str, Any] | None:
        """A kept run, as JSON."""
        return _read(self._file("runs", key))

    def has_run(self, key: str) -> bool:
        """Is a run kept?"""
        return self._file("runs", key).exists()

    def keep_run(self, key: str, run: dict[str, Any]) -> None:
        _write(self._file("runs", key), run)

    def record(self, key: str) -> dict[str, Any] | None:
        """A kept record."""
        return _read(self._file("records", key))

    def keep_record(self, key: str, record: dict[str, Any]) -> None:
        _write(self._file("records", key), record)

    def traits(self, key: str) -> dict[str, Any] | None:
        """What the honesty report has read in a run."""
        return _read(self._file("traits", key))

    def keep_traits(self, key: str, traits: dict[str, Any]) -> None:
        _write(self._file("traits", key), traits)

    def forget_run(self, key: str) -> None:
        """Forget a run that cannot be read."""
        self._file("runs", key).unlink(missing_ok=True)

    def _file(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / f"{key}.json.gz"


def _read(file: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(gzip.decompress(file.read_bytes()))
    except (OSError, ValueError, EOFError, zlib.error):
        return None
    return found if isinstance(found, dict) else None


def _write(file: Path, data: dict[str, Any]) -> None:
    files.write(file, gzip.compress(json.dumps(data).encode(), 1, mtime=0))
