"""A folder that is written whole or not at all, and replaces only a folder of its own kind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.trouble import Trouble


@contextmanager
def replaced(directory: Path, marker: str, kind: str) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `directory` when the block has ended without an error.

    Raises Trouble where the place is a file, or a folder with something in it that has no file `marker` and so is no
    `kind`: that is left as it was.
    """
    target = directory.absolute()
    if target.exists() and not target.is_dir():
        raise Trouble(f"{target} is a file: name a folder that does not exist yet")
    if target.is_dir() and any(target.iterdir()) and not (target / marker).exists():
        raise Trouble(f"{target} is not empty and no {kind}: name another folder, it is left as it was")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as beside:
        fresh = Path(beside) / "fresh"
        fresh.mkdir()
        yield fresh
        if target.exists():
            target.rename(Path(beside) / "replaced")
        fresh.rename(target)
