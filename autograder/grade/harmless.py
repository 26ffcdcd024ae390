"""A learner's text, so that it can be shown to an instructor.

formgrader puts the HTML in Markdown into its page as it is: a script there would run as the person who gives the marks.
"""

from __future__ import annotations

import copy
import re
from typing import Any

TAG = re.compile(r"<(?=[A-Za-z/!?])")
"""The beginning of a tag. `a < b` is none."""

ADDRESS = re.compile(r"(?i)(j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*(:|&#|&colon)|data\s*:\s*text")
"""The addresses that run something when a link is followed."""

FORMULA = re.compile(r"\\(?=(?:href|class|style|cssId|require|unicode|mmlToken|url|includegraphics)\b)")
"""MathJax's commands that leave the formula: links, attributes, extensions."""

PICTURES = ("image/png", "image/jpeg", "image/gif")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
NAME = re.compile(r"[\w .()-]{1,100}")


def markdown(text: str) -> str:
    """Markdown that shows what was written and does nothing."""
    text = TAG.sub("&lt;", text)
    text = ADDRESS.sub("[removed]:", text)
    return FORMULA.sub("", text)


def cell(shown: dict[str, Any]) -> dict[str, Any]:
    """A text cell of a learner's, made harmless; the given one is left as it is."""
    made = copy.deepcopy(shown)
    made["source"] = markdown("".join(shown["source"]))
    kept = {name: _pictures(found) for name, found in shown.get("attachments", {}).items() if NAME.fullmatch(name)}
    made.pop("attachments", None)
    return made | ({"attachments": kept} if kept else {})


def _pictures(bundle: dict[str, str]) -> dict[str, str]:
    return {kind: data for kind, data in bundle.items() if kind in PICTURES and BASE64.fullmatch(data)}
