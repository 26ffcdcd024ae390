"""A learner's text in what an instructor reads: formgrader's page, feedback, reports. It is shown, and does nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

from autograder.checks.check import Miss
from autograder.checks.verdict import CheckVerdict, QuestionVerdict
from autograder.grade import harmless
from autograder.grade.autograded import with_verdicts
from autograder.grade.feedback_html import feedback_page
from autograder.run import evidence as ev
from autograder.run.budget import Budget
from autograder.run.evidence import CellRun, Evidence
from tests.rotation import on_turn

SCRIPT = "<script>alert(1)</script>"
ATTACKS = [
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</div></body><script>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<!--><script>alert(1)</script>-->",
    "<a href=javascript:alert(1)>x</a>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt&colon;alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](java\tscript:alert(1))",
    "[click](vbscript:msgbox(1))",
    "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[click][x]",
    "![x](javascript:alert(1))",
    '![x](x" onerror="alert(1))',
    "![x](attachment:evil.svg)",
    "![x](attachment:quote)",
    "![x](attachment:not-there.png)",
    "![x](attach&#109;ent:not-there.png)",
    "![x](attachment\\:not-there.png)",
    "![x][y]\n\n[y]: attachment:not-there.png",
    "[click](javascript\\:alert(1))",
    "[click](java&Tab;script:alert(1))",
    "[click](java&NewLine;script&colon;alert(1))",
    "$\\href{javascript:alert(1)}{click}$",
    "$$\\class{x}{\\cssId{y}{z}}\\style{background:url(//x)}{q}$$",
    "```html\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
]
HONEST = "Two tasks, since one may be lost."
"""formgrader's own page has handlers too; this one has those and no more."""

ATTACHMENTS = {
    "evil.svg": {"image/svg+xml": "PHN2ZyBvbmxvYWQ9YWxlcnQoMSkvPg=="},
    "quote": {'image/png" onerror="alert(1)': "aGk=", "image/png": 'x" onerror="alert(1)'},
}

RENDER = """
import json, sys
from pathlib import Path
import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config
config = Config()
config.HTMLExporter.template_name = "formgrade"
config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
exporter = HTMLExporter(config=config)
resources = {"assignment_id": "a", "notebook_id": "n", "submission_id": "s", "index": 0, "total": 1, "base_url": "/",
    "mathjax_url": "", "last_name": "", "first_name": "", "student_id": "ada", "prefix": "/p", "my_id": "x",
    "student": "ada", "version": "0", "deps": {}, "keyboard_grading": False}
for book in json.load(sys.stdin):
    html, _ = exporter.from_notebook_node(nbformat.from_dict(book), resources=dict(resources))
    print(json.dumps(html))
"""


RUNS = ("javascript:", "vbscript:", "data:text", "data:image/svg")


class Live(HTMLParser):
    """What in a page would run: scripts that are not the page's own, handlers, addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        for name, value in attributes:
            address = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name.startswith("on") or name == "srcdoc":
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action") and address.startswith(
                ("javascript:", "vbscript:", "data:text", "data:image/svg")
            ):
                self.found.append(f"{tag} {address}")

    def handle_data(self, data: str) -> None:
        if self.inside == "script" and "alert(1)" in data:
            self.found.append(f"script {data}")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def live(html: str) -> list[str]:
    parser = Live()
    parser.feed(html)
    return [*parser.found, *re.findall(r"<\w+/on\w+=", html)]  # the parser takes a slash for a part of the name


def book(text: str) -> dict[str, Any]:
    """A notebook with the text in every place that a learner can write to."""
    names: dict[str, Any] = {
        "grade": True,
        "solution": True,
        "locked": False,
        "task": False,
        "schema_version": 3,
        "points": 1,
    }
    names |= {"grade_id": "why", "cell_type": "markdown", "checksum": "0"}
    answer = {"cell_type": "markdown", "id": "m", "source": text, "attachments": ATTACHMENTS}
    code = {"cell_type": "code", "id": "c", "source": f"'''{text}'''", "outputs": [], "execution_count": None}
    return {
        "cells": [
            {
                **answer,
                "metadata": {"nbgrader": names},
            },
            {**answer, "id": "m2", "metadata": {}},
            {"cell_type": "raw", "id": "r", "source": text, "metadata": {}},
            {**code, "metadata": {}},
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def graded(text: str) -> dict[str, Any]:
    """The same as it is written for formgrader, with the text in every kind of output too."""
    sent = [
        {"output_type": "stream", "name": "stdout", "text": text},
        {"output_type": "display_data", "data": {"text/plain": text, "text/html": text, "image/svg+xml": text}},
        {"output_type": "execute_result", "data": {"text/plain": text, "text/latex": text, "text/markdown": text}},
        {"output_type": "display_data", "data": {"text/plain": text, "image/png": f'x" onerror="alert(1)">{text}'}},
        {
            "output_type": "display_data",
            "data": {"application/javascript": text, "application/vnd.x+json": {"x": text}},
        },
        {"output_type": "error", "ename": text, "evalue": text, "traceback": [f"\x1b[31m{text}"]},
    ]
    run = CellRun("c", "ok", "", ev.outputs(sent, Budget()))
    record = {"learner": "ada", "lab": "x", "questions": []}
    return with_verdicts(book(text), Evidence(cells=[run]), record)


def rendered(books: list[dict[str, Any]]) -> list[str]:
    """The notebooks by formgrader's own template."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RENDER],
        input=json.dumps(books),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    texts = [*ATTACKS, HONEST]
    return dict(zip(texts, rendered([graded(text) for text in texts]), strict=True))


@pytest.mark.parametrize("text", ATTACKS)
def test_formgrader_runs_nothing_of_what_a_learner_wrote(pages: dict[str, str], text: str) -> None:
    assert live(pages[text]) == live(pages[HONEST])


def test_an_honest_picture_is_shown() -> None:
    honest = {"shot 1.png": {"image/png": "aGVsbG8="}}
    made = harmless.cell({"source": "![x](attachment:shot%201.png)", "attachments": honest})
    assert made == {"source": "![x](attachment:shot%201.png)", "attachments": honest}


@on_turn(2, 3)
def test_without_this_formgrader_would_run_it() -> None:
    honest, *hostile = (len(live(page)) for page in rendered([book(text) for text in (HONEST, *ATTACKS[:2])]))
    assert min(hostile) > honest


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "# Title\n\n* one\n* two", "$x^2$ & `y`", "1 <2", "JavaScript is a language"]
)
def test_honest_text_is_left_as_it_is(text: str) -> None:
    assert harmless.markdown(text) == text


def question(text: str) -> QuestionVerdict:
    miss = Miss(text, text, text)
    check = CheckVerdict("c", text, "failed", 0, 1, expected=miss.expected, got=miss.got, hint=miss.hint)
    return QuestionVerdict("q", text, "failed", 0, 1, text, [check], 'x.ipynb" onclick="alert(1)')


@pytest.mark.parametrize("text", ATTACKS)
def test_feedback_runs_nothing_of_what_an_answer_held(text: str) -> None:
    flags = [{"what": "restored", "cell": text, "says": text}]
    record = {"learner": text, "lab": text, "max_points": 1, "questions": [question(text).as_json()], "flags": flags}
    marks = {"q": {"score": 1, "comment": text}}
    html = feedback_page(record, title=text, marks=marks, lessons="../course")
    assert live(html) == []
    assert "alert(1)" not in html or "<script" not in html
