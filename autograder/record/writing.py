"""`fargate-course record`: the record as a page to print and as JSON, in the workspace."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder import state
from autograder.checks.drawing import points
from autograder.record.record import DAY_UNKNOWN, NO_CERTIFICATE, record
from autograder.trouble import Trouble
from autograder.workspace import files

PAGE, DATA = "record.html", "record.json"


@dataclass(frozen=True)
class Written:
    """What a notebook cell shows: `write()`."""

    page: Path

    def __repr__(self) -> str:
        return f"{self.page}: open it in a browser to print it; {DATA} beside it says the same. {NO_CERTIFICATE}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        link = escape(os.path.relpath(self.page).replace(os.sep, "/"), quote=True)
        html = f'<p><a href="{link}" target="_blank">Your record, to read and print</a>. {escape(NO_CERTIFICATE)}</p>'
        return {"text/plain": repr(self), "text/html": html}


def write(directory: Path | None = None) -> Written:
    """Write both files, to the workspace unless another folder is named. Raises Trouble where that cannot be."""
    work = state.workspace()
    told = record(receipts=work / "submissions")
    target = (directory or work).absolute()
    try:
        files.write(target / DATA, (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())
        files.write(target / PAGE, page(told).encode())
    except OSError as error:
        raise Trouble(f"cannot write {target} ({error.strerror}): name a folder that is yours") from None
    return Written(target / PAGE)


def page(told: dict[str, Any]) -> str:
    """The record as HTML without a script."""
    made = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
    made.filters |= {"day": _day, "points": points}
    return made.get_template(PAGE).render(told=told) + "\n"


def command(directory: Path | None) -> int:
    """Write it, and say where."""
    sys.stdout.write(f"{write(directory)!r}\n")
    return 0


def _day(moment: str | None) -> str:
    """2026-11-23; of a moment that was not kept, so much."""
    return moment[:10] if moment else DAY_UNKNOWN
