"""The site of this course, written once for all tests of a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from autograder.author.places import course
from autograder.site.site import write


def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder. Processes that share a run share it."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder = root / "site"
    with FileLock(root / "site.lock"):
        if not folder.exists():
            write(course(), folder)
    return folder
