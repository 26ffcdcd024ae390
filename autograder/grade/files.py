"""Files that are written whole or not at all; and what reading a zip may raise."""

from __future__ import annotations

import lzma
import os
import zipfile
import zlib
from pathlib import Path

from autograder.trouble import Trouble

NO_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
"""What reading a zip raises where it is damaged, encrypted, or none."""


def write(file: Path, content: bytes | str) -> None:
    """Put the content at `file`; a read-only file that nbgrader left is replaced.

    Two processes that write one file at once each write their own beside it, and the last to end stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        new.write_bytes(content.encode() if isinstance(content, str) else content)
        new.replace(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def refuse_unwritable(file: Path) -> None:
    """Raise Trouble where no file of this name can be made: before the work that it is to hold, not after it."""
    if file.is_dir():
        raise Trouble(f"{file} cannot be written: it is a folder; name a file")
    if not file.absolute().parent.is_dir():
        raise Trouble(f"{file} cannot be written: its folder is not there; make it, or name another file")
