"""Files that are written whole or not at all, and the copies kept of what they replace."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`. A reader, or the next start after a crash, finds the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(new, path)


class Backups:
    """One folder for all that one update replaces, made when the first file goes in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / time.strftime("%Y-%m-%d-%H%M%S")

    def keep(self, file: Path, name: str) -> Path:
        """Copy `file` into the folder as `name` (a relative path). Nothing kept before is overwritten."""
        place = self.folder / name
        number = 1
        while place.exists():
            number += 1
            place = self.folder / f"{name}.{number}"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, place)
        return place
