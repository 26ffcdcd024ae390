"""A notebook as a page: nbconvert writes its text and code, this module what its cells showed."""

from __future__ import annotations

import copy
import re
from functools import cache
from html import escape
from typing import Any

from autograder.author import outputs
from autograder.site import prose, quiz
from autograder.site.pictures import Pictures
from autograder.site.templates import HERE

TRIED = re.compile(r"\bviews\.try_\w+\(")
SOURCE = re.compile(r"^(Source: )(https://[^\s<]+)", re.MULTILINE)
LESSON = re.compile(r"^(Lesson: [^<\n]*\()([\w-]+\.ipynb)(?=\))", re.MULTILINE)
LIVE = "In the notebook you move sliders and switches here, and the simulation runs anew. This is what it shows first."
UNSTORED = "What this cell shows depends on you and your machine: run it in the notebook."
ROLES = {"answer": "Your answer goes here", "check": "Check", "setup": "Run this first"}
"""What stands over a cell of a lab."""


def body(book: Any, pictures: Pictures) -> str:
    """The HTML of a stored notebook, without headings' anchors; its pictures are put into `pictures`."""
    dressed = copy.deepcopy(book)
    for cell in dressed.cells:
        cell.metadata["asks"] = quiz.ALONE.fullmatch(cell.source.strip()) is not None
        cell.metadata["label"] = ROLES.get(cell.metadata.get("course", {}).get("role", ""), "")
        if cell.cell_type == "code":
            shown = [_shown(output, cell, pictures) for output in cell.outputs]
            if not shown and outputs.IGNORED in cell.metadata.get("tags", ()) and not cell.source.startswith("#"):
                shown = [f'<p class="note">{UNSTORED}</p>']
            cell.outputs = []
            cell.metadata["shown"] = "\n".join(shown)
    text, _ = _exporter().from_notebook_node(dressed)
    return str(text)


@cache
def _exporter() -> Any:
    import nbconvert
    from nbconvert import filters

    made: Any = nbconvert.TemplateExporter  # nbconvert's functions have no types
    highlight: Any = filters.Highlight2HTML
    exporter = made(template_name="lesson", extra_template_basedirs=[str(HERE)], file_extension=".html")
    exporter.register_filter("highlight_code", highlight(pygments_lexer="ipython3"))
    exporter.register_filter("prose", prose.html)
    return exporter


def _shown(output: Any, cell: Any, pictures: Pictures) -> str:
    if output.output_type in ("error", "stream"):
        kind = "refused" if output.output_type == "error" else "said"
        return f'<pre class="{kind}">{_led(_coloured(outputs.said(output)))}</pre>'
    item = quiz.asked(cell.source)
    if item is not None:
        return quiz.form(item)
    if figure := pictures.figure(output.data, cell.id):
        return figure
    live = f'<p class="note">{LIVE}</p>' if TRIED.search(cell.source) else ""
    if "text/html" in output.data:
        return f'{live}<div class="wide">{output.data["text/html"]}</div>'
    return f'{live}<pre class="said">{escape(str(output.data.get("text/plain", "")), quote=False)}</pre>'


def _led(said: str) -> str:
    """The notes below a refusal with their source and their lesson as links."""
    said = SOURCE.sub(r'\1<a href="\2">\2</a>', said)
    return LESSON.sub(r'\1<a href="\2">\2</a>', said)


def _coloured(text: str) -> str:
    """A terminal's text as HTML."""
    from nbconvert import filters

    ansi2html: Any = filters.ansi2html
    return str(ansi2html(text))
