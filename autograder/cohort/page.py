"""The cohort page: one HTML file that needs no server and no network. Everything is escaped by the template engine.

Its one script, which sorts and filters tables, is the only one that the page's own policy lets run: it is named there
by its hash, so that nothing a learner wrote could run even where it were not escaped. Without script tables are plain.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.checks.drawing import points
from autograder.cohort.first import first
from autograder.cohort.stuck import together

HERE = Path(__file__).parent / "templates"


@cache
def _templates() -> Environment:
    folders = [HERE, HERE.parents[1] / "grade" / "templates"]
    made = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters |= {"points": points, "percent": percent, "level": level}
    return made


def page(told: dict[str, Any], *, pseudonyms: bool) -> str:
    """The page of what was gathered."""
    script = (HERE / "tables.js").read_text(encoding="utf-8")
    style = (HERE / "cohort.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    shown = {"told": told, "pseudonyms": pseudonyms, "digest": digest}
    shown |= {"first": first(told), "stuck": together(told["stuck"])}
    return _templates().get_template("cohort.html").render(**shown, script=Markup(script), style=Markup(style))


def percent(share: float | None) -> str:
    """83 %; a dash where nothing is known."""
    return "–" if share is None else f"{100 * share:.0f} %"


def level(cell: dict[str, Any]) -> str:
    """The shade of a mark: all, much, some, little, none, or missing."""
    if cell["score"] is None:
        return "missing"
    share = cell["score"] / cell["of"] if cell["of"] else 0
    return "all" if share >= 0.995 else "much" if share >= 0.75 else "some" if share >= 0.4 else "little"
