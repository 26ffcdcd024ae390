"""What the terminal cannot write is replaced by a question mark: no program dies of a letter in a folder's name."""

from __future__ import annotations

import io
import sys


def forgive() -> None:
    """Have stdout and stderr replace the letters that an old terminal has not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
