"""Script in what a person is shown: feedback, and the page in which an instructor marks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.attacks.attack import Attack, Notebook
from tests.attacks.kinds.forged import PIPE
from tests.attacks.names import HARMLESS

if TYPE_CHECKING:
    from tests.attacks.bait import Bait

SCRIPT = "<script>alert('pwned')</script>"
PICTURE = '"><img src=x onerror=alert(1)><b x="'


def shown(data: dict[str, Any]) -> str:
    """Source that shows this data."""
    return f"from IPython.display import publish_display_data\npublish_display_data({data!r})"


def said(output: dict[str, Any]) -> str:
    """Source that tells the grader of this output by its own hand."""
    line = json.dumps({"event": "done", "outcome": "ok", "outputs": [output]})
    return f"{PIPE}\nsay({line.encode()!r})"


def text(kind: str, source: str) -> Any:
    """A cell of the learner's own with this text."""

    def change(book: Notebook, _: Bait) -> Notebook:
        book["cells"].insert(2, {"cell_type": kind, "id": "mine", "metadata": {}, "source": source})
        return book

    return change


ATTACKS = [
    Attack("html-output", "shows HTML with a script", (HARMLESS,), shown({"text/html": SCRIPT}), words=(SCRIPT,)),
    Attack(
        "svg-output",
        "shows a picture in SVG with a script",
        (HARMLESS,),
        shown({"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>"}),
        words=(SCRIPT,),
    ),
    Attack(
        "javascript-output",
        "shows JavaScript",
        (HARMLESS,),
        shown({"application/javascript": "alert('pwned')"}),
        words=("alert('pwned')\n", ">alert('pwned')"),
    ),
    Attack(
        "latex-output",
        "shows LaTeX with a script in it",
        (HARMLESS,),
        shown({"text/latex": f"${SCRIPT}$"}),
        words=(SCRIPT,),
    ),
    Attack(
        "markdown-output",
        "shows Markdown with a script in it",
        (HARMLESS,),
        shown({"text/markdown": SCRIPT}),
        words=(SCRIPT,),
    ),
    Attack(
        "picture-output",
        "shows a picture whose bytes end the tag that holds them",
        (HARMLESS,),
        said({"output_type": "display_data", "data": {"image/png": PICTURE}, "metadata": {}}),
        words=(PICTURE,),
    ),
    Attack(
        "text-output",
        "prints a script, and fails with one",
        (HARMLESS,),
        f"print({SCRIPT!r})\nraise type({SCRIPT!r}, (Exception,), {{}})({SCRIPT!r})",
        words=(SCRIPT,),
    ),
    Attack(
        "markdown-cell",
        "writes a script into a cell of text",
        (HARMLESS,),
        change=text("markdown", SCRIPT),
        words=(SCRIPT,),
    ),
    Attack("raw-cell", "writes a script into a raw cell", (HARMLESS,), change=text("raw", SCRIPT), words=(SCRIPT,)),
    Attack(
        "answer-script",
        "gives a script for an answer, which feedback tells again",
        (HARMLESS,),
        f"stop_code = {SCRIPT!r}\nhost = {SCRIPT!r}",
        words=(SCRIPT,),
    ),
]
