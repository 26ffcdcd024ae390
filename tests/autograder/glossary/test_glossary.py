"""The glossary has what lessons define, refers to what is there, and says nothing twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from autograder.author import release, source
from autograder.author.places import course
from autograder.bank import bank
from autograder.cli import main
from autograder.glossary import page
from autograder.glossary.glossary import find, terms
from autograder.home import pages
from autograder.sheets import writing
from autograder.workspace import carry

DEFINED = re.compile(r"\b[Aa]n? (\*{1,2})([A-Za-z][\w -]{2,40})\1(?!\*)")
"""`A *cluster* groups tasks`: where a lesson brings in a word, it stands so."""
NO_TERMS = {"simulated AWS", "rule", "limit", "public", "change", "Completed", "closed door", "time-out"} | {
    "route planner", "fog camera", "seat map",
}  # fmt: skip
"""Stressed so in a lesson, and no word of the field."""
LONGEST = 45
"""Words of a sentence."""


def test_there_are_ninety_words_at_least_in_every_area() -> None:
    assert len(terms()) >= 90
    areas = Counter(term.area for term in terms())
    assert {"Fargate", "ECS", "EKS", "Networking", "IAM", "Billing"} <= set(areas)
    assert min(areas.values()) >= 5


def test_every_lesson_and_row_that_is_named_is_there() -> None:
    lessons = {one.number for one in pages.lessons()}
    for term in terms():
        assert set(term.lessons) <= lessons, term.name
        assert term.rows, term.name
        assert set(term.rows) <= set(bank.curriculum()), term.name
    assert sum(not term.lessons for term in terms()) <= 3


def test_the_lesson_that_explains_a_word_uses_it() -> None:
    texts = {
        path.stem[:2]: " ".join(
            " ".join(cell.text for cell in source.read(path).cells).lower().replace("*", "").split()
        )
        for path in course().lesson_sources()
    }
    unused = []
    for term in terms():
        names = [re.escape(re.sub(r" \(.*\)", "", name).lower()) for name in (term.name, *term.also)]
        if term.lessons and not any(re.search(rf"\b{name}", texts[term.lessons[0]]) for name in names):
            unused.append((term.name, term.lessons[0]))
    assert unused == []


def test_no_two_words_are_the_same_and_none_is_explained_twice() -> None:
    names = Counter(name for term in terms() for name in term.names)
    assert [name for name, count in names.items() if count > 1] == []
    assert len({term.says for term in terms()}) == len(terms())


def test_each_is_said_in_at_most_three_sentences_that_one_can_read() -> None:
    for term in terms():
        sentences = re.split(r"(?<=[.:;]) ", term.says)
        assert len(re.findall(r"[.](?: |$)", term.says)) <= 3, term.name
        assert max(len(one.split()) for one in sentences) <= LONGEST, term.name
        assert term.says.endswith("."), term.name


@pytest.mark.parametrize("path", course().lesson_sources(), ids=lambda path: path.stem)
def test_every_word_that_a_lesson_brings_in_is_there(path: Path) -> None:
    known = {name for term in terms() for name in term.names}
    prose = " ".join(cell.text for cell in source.read(path).cells if cell.kind == "markdown")
    for _, word in DEFINED.findall(" ".join(prose.split())):
        plain = " ".join(word.lower().replace("-", " ").split())
        assert word in NO_TERMS or plain in known, f"the glossary lacks {word!r}"


def test_a_word_is_found_by_any_of_its_names_and_by_one_that_is_nearly_right() -> None:
    for term in terms():
        for name in (term.name, *term.also):
            assert term in find(name.upper())
    assert [term.name for term in find("visibility timeout")] == ["Visibility time-out"]
    assert "Blue/green deployment" in [term.name for term in find("blue green deploymnt")]
    assert find("quark") == []
    assert find("  ") == []


def test_the_stored_notebook_is_what_the_terms_make_and_is_no_lesson() -> None:
    stored = page.place(course()).read_text(encoding="utf-8")
    assert stored == page.text(), "run `fargate-course glossary --write`"
    assert not [one for one in pages.lessons() if one.id == "glossary"]
    links = re.findall(r"\]\((\S+?\.ipynb)\)", "".join("".join(c["source"]) for c in json.loads(stored)["cells"]))
    assert links
    for link in set(links):
        assert (course().lessons / link).is_file()


def test_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "bake", "time"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Bake time\n")
    assert "Lessons: 08 Blue/green, canary, linear. Rows: P09." in said
    assert main(["glossary"]) == 0
    listed = capsys.readouterr().out
    assert all(term.name in " ".join(listed.split()) for term in terms())
    assert main(["glossary", "quark"]) == 2
    assert capsys.readouterr().err == (
        "fargate-course glossary: the glossary has no 'quark': `fargate-course glossary` lists what it has\n"
    )
    assert main(["glossary", "--check"]) == 0


def test_learners_get_it_and_the_sheets_in_the_workspace_and_in_a_cohort() -> None:
    carried = set(carry._course_files(course().root, carry.ROOMS))
    assert page.place(course()) in carried
    assert set(writing.folder().glob("*.html")) < carried
    assert page.place(course()) in set(release._notebooks(course()))
    assert course().root / release.SHEETS == writing.folder()
