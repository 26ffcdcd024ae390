"""The cohort page, from a store in its real format: what it tells, that nothing a learner wrote runs, and that no name
is in it where pseudonyms were asked for."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from autograder.author.places import Course
from autograder.cohort import first as advice
from autograder.cohort.beliefs import signs
from autograder.cohort.gathered import gathered
from autograder.cohort.names import Names, key_of
from autograder.grade.export import Person
from autograder.trouble import Trouble
from tests.autograder.cohort.small_cohort import EVIL, KEY, PEOPLE, html, made, source
from tests.autograder.samples import sample_course as sample


@pytest.fixture
def here(tmp_path: Path) -> Course:
    return made(tmp_path)


class Tables(HTMLParser):
    """The tables of a page by the label of their region, as rows of texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._rows: list[list[str]] = []
        self._open = self._label = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self._rows = []
        elif tag == "div":
            self._label = str(dict(attrs).get("aria-label"))
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")
        self._open = tag if tag in ("td", "th", "caption") else self._open

    def handle_data(self, data: str) -> None:
        if self._open in ("td", "th") and self._rows and self._rows[-1]:
            self._rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.found[self._label] = self._rows
        self._open = "" if tag in ("td", "th", "caption") else self._open


def test_marks_attempts_lateness_and_missing_work_stand_by_learner_and_lab(here: Course) -> None:
    rows = {row[0]: row[1:] for row in Tables(html(here)).found["Marks"][1:]}
    assert rows["Ada Lind (ada.lind)"] == ["12", "1", "12", "100 %"]
    assert rows["Bob Maas (bob)"] == ["6.5 late", "1", "6.5", "54 %"]
    assert rows["Cyd Okonkwo (cyd_x)"] == ["8 ×3 ?", "1", "8", "67 %"]
    assert rows["Quinn Quiet (quiet-one)"] == ["", "0", "0", "0 %"]


def test_who_is_stuck_stands_together_by_check_in_the_words_of_their_verdicts(here: Course) -> None:
    [row, *others] = Tables(html(here)).found["Who is stuck"][1:]
    assert (row[2], row[7]) == ("Count the buckets", "3")
    assert row[0] == "2Cyd Okonkwo (cyd_x) ×3Bob Maas (bob)", "both, the one with most attempts first"
    assert row[4:6] == ["what is expected", f"{EVIL} ×2"]
    assert others == []


def test_what_to_do_first_leads_to_the_part_that_tells_more(here: Course) -> None:
    text = html(here)
    said = re.findall(r'<li>(.*?) \(<a href="#(\w+)">more</a>\)\.</li>', text)
    assert ("Quinn Quiet (quiet-one) handed in nothing yet", "marks") in said
    assert (f"2 of 3 are stuck in {sample.LAB} at “Count the buckets”: speak of it", "stuck") in said
    assert ("A person must still mark words in 1 notebook in 1 lab: formgrader, Manual Grading", "labs") in said
    assert all(f'id="{part}"' in text for _, part in said)


def test_what_to_look_at_names_only_what_was_noticed() -> None:
    nothing = {"learners": [], "labs": [], "stuck": [], "checks": []}
    seen: dict[str, list[str]] = {"faults": [], "attacks": [], "foreign": [], "similar": ["a pair", "another"]}
    assert advice.first({**nothing, "honesty": [seen]}) == [("To look at: pairs much alike (2)", "honesty")]


def test_a_check_is_told_with_how_many_fail_it_and_what_most_got(here: Course) -> None:
    first = Tables(html(here)).found["Checks"][1]
    assert first[2].startswith("count-is-right")
    assert (first[3], first[4]) == ("2", "3")
    assert first[7] == f"{EVIL} ×2"


def test_extra_time_and_regraded_marks_are_told(here: Course) -> None:
    text = html(here)
    assert "1 hour more" in text
    assert Tables(text).found["Changed by regrading"][1][1:5] == ["Cyd Okonkwo (cyd_x)", sample.LAB, "9", "8"]


def test_what_learners_wrote_is_text_and_no_other_script_than_the_pages_own_may_run(here: Course) -> None:
    text = html(here)
    for attack in ("<script>alert", "<img src=x", "<svg/onload", "</style><a", "<a href=javascript"):
        assert attack not in text
    [script] = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in text
    own = text.replace(str(escape(EVIL)), "").replace('href="#', "")
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[^#]?[^#\"]", own)


def test_every_table_has_a_caption_headings_with_a_scope_and_a_place_for_the_keyboard(here: Course) -> None:
    tags = Tables(html(here)).tags
    count = [tag for tag, _ in tags].count
    assert count("table") == count("caption") == count("thead") > 5
    assert all("scope" in about for tag, about in tags if tag == "th")
    regions = [about for tag, about in tags if tag == "div" and about.get("class") == "wide"]
    assert len(regions) == count("table")
    assert all(about["tabindex"] == "0" and about["aria-label"] for about in regions)


def test_no_name_is_in_a_page_with_pseudonyms_whoever_wrote_it(here: Course) -> None:
    text = html(here, KEY)
    lower = text.lower().encode()
    for name in (
        "ada.lind",
        "ada lind",
        "alind",
        "okonkwo",
        "maas",
        "cyd_x",
        "@example.org",
        "100124",
        "quiet-one",
        "quinn",
    ):
        assert name.encode() not in lower, name
    assert not re.search(rb"\bbobm?\b", lower)
    assert len(set(re.findall(r"L-[A-Z2-7]{6}\b", text))) == 4


def test_pseudonyms_are_the_same_in_every_report_and_others_in_another_cohort(here: Course, tmp_path: Path) -> None:
    key = key_of(here)
    assert key_of(here) == key
    assert (here.root / "grading" / "pseudonyms.key").stat().st_mode & 0o077 == 0
    one, later = Names(["ada", "bob"], {}, key), Names(["ada", "bob", "cyd"], {}, key)
    assert one.of("ada") == later.of("ada") != Names(["ada"], {}, KEY).of("ada")
    assert key_of(Course(tmp_path / "other")) != key
    (here.root / "grading" / "pseudonyms.key").write_text("short")
    with pytest.raises(Trouble, match="is damaged"):
        key_of(here)


def test_a_short_id_is_found_as_a_word_and_a_long_one_within_words() -> None:
    names = Names(["al", "margaret"], {}, KEY)
    assert names.text("also al-1, AL and al_2") == f"also {names.of('al')}-1, {names.of('al')} and {names.of('al')}_2"
    assert names.text("clusterMargaret2") == f"cluster{names.of('margaret')}2"
    assert names.of("stranger") == "a learner"


def test_a_thousand_names_are_looked_for_in_a_long_text_at_once() -> None:
    learners = [f"learner-{number:04}" for number in range(1000)]
    names = Names(learners, {one: Person(f"Name{one[-4:]} Family{one[-4:]}") for one in learners}, KEY)
    assert names.text("x learner-0007 y Family0999, z" * 2000).count("L-") == 4000


def test_the_page_is_the_same_json_twice_and_holds_no_number_that_is_none(here: Course) -> None:
    one = source(here)
    told = [json.dumps(gathered(one, Names(one.learners, PEOPLE)), allow_nan=False) for _ in range(2)]
    assert told[0] == told[1]


def test_a_misconception_is_named_where_a_wrong_answer_of_the_lab_is_told_these_words() -> None:
    """The lab's own tests show that each of these answers is told so."""
    from autograder.bank import bank
    from autograder.checks.lab import load
    from tests.labs.desk import answers

    for sign in signs():
        assert sign.misconception in bank.misconceptions()
        question = next(check.question for check in load(sign.lab).checks if check.id == sign.check)
        told = [one.misses.get(sign.check, "") for one in answers(sign.lab)[question]]
        assert any(words and (sign.says in words or words in sign.says) for words in told), sign
