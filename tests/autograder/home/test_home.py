"""Home: what is next follows from what was done; the page says it in words and with links."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import state
from autograder.bank import bank
from autograder.checks.lab import all_labs, load
from autograder.exam.form import assemble
from autograder.exam.score import result
from autograder.exam.sitting import Sitting, resume
from autograder.home import pages
from autograder.home.home import html, text
from autograder.home.standing import ENOUGH_DUE, Standing, standing


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "state.json"
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(place))
    return place


def answer_all_of(lesson: str) -> None:
    (page,) = (one for one in pages.lessons() if one.id == lesson)
    with state.change() as kept:
        for item in page.items:
            kept["questions"][item] = {"tries": 1, "right": 1, "last_right": True, "rows": []}


def passed(lab: str, *questions: str) -> None:
    with state.change() as kept:
        entry = kept["labs"].setdefault(lab, {}).setdefault("questions", {})
        entry |= {name: {"passed": True, "attempts": 1, "outcome": "passed"} for name in questions}


def first(here: Standing) -> str:
    return here.next.address


def test_every_lesson_and_lab_is_there_with_title_and_minutes() -> None:
    assert [page.number for page in pages.lessons()] == [f"{number:02}" for number in range(18)]
    for page in (*pages.lessons(), *pages.labs()):
        assert page.title
        assert 10 <= page.minutes <= 75, page
        assert page.rows, page
    assert all(page.items for page in pages.lessons())


def test_who_has_done_nothing_begins_at_the_beginning() -> None:
    here = standing()
    assert first(here) == "course/00-start-here.ipynb"
    assert here.minutes_left == sum(page.minutes for page in (*pages.lessons(), *pages.labs()))


def test_after_a_lesson_comes_its_lab_before_the_next_lesson() -> None:
    answer_all_of("00-start-here")
    answer_all_of("03-networking")
    assert first(standing()) == "labs/03-private-pull/03-private-pull.ipynb"


def test_a_lesson_that_was_read_to_its_end_is_read_without_its_questions() -> None:
    with state.change() as kept:
        kept["lessons"]["00-start-here"] = {"read": state.moment()}
    assert first(standing()) == "course/01-what-fargate-is.ipynb"


def test_what_is_begun_comes_before_what_is_new() -> None:
    questions = [question.id for question in load("04-two-roles").questions]
    passed("04-two-roles", questions[0])
    here = standing()
    assert first(here) == "labs/04-two-roles/04-two-roles.ipynb"
    (mark,) = (one for one in here.labs if one.done == "begun")
    assert mark.said == f"1 of {len(questions)} questions passed"
    assert mark.minutes_left == mark.page.minutes // 2


def test_an_exam_whose_clock_runs_comes_first() -> None:
    with state.change() as kept:
        kept["exams"]["SAA-C03-1"] = {"submitted": None, "items": {}, "exam": "SAA-C03"}
    assert "practice exam" in standing().next.title


def test_rows_that_are_due_come_before_new_things_once_there_are_enough() -> None:
    rows = [f"F{number:02}" for number in range(1, ENOUGH_DUE + 1)]
    with state.change() as kept:
        for row in rows:
            kept["questions"][f"missed-{row}"] = {
                "tries": 1, "right": 0, "last_right": False, "rows": [row], "missed": "2026-01-01T00:00:00+00:00",
            }  # fmt: skip
    here = standing()
    assert here.due == ENOUGH_DUE
    assert here.next.minutes == 10
    assert "fargate-course review" in here.next.why


def test_the_page_links_to_everything_and_says_the_same_as_the_text() -> None:
    here = standing()
    page = html(here, "../")
    for one in (*pages.lessons(), *pages.labs()):
        assert f'href="../{one.address}"' in page
        assert one.title[:42] in text(here)
    assert here.next.why in page
    assert here.next.why in text(here)


def test_an_exam_that_was_sat_is_told_with_what_it_came_to_and_every_other_as_not_sat() -> None:
    now = [1_800_000_000.0]
    sitting = Sitting(assemble("CLF-C02", 3, length=5), "exam", lambda: now[0])
    first_one = sitting.form.slots[0].item
    sitting.answer(0, first_one.key)
    now[0] += 60
    sitting.submit()
    found = result(resume(sitting.form.id))
    here = standing()
    assert here.sat == 1
    (told,) = (one for one in here.exams if one.exam == "CLF-C02")
    assert told.said == (
        f"1 form sat, newest {found.scored.right} of {found.scored.of} right, about {found.estimate} of 1000"
        f" ({found.passing} passes)"
    )
    assert told.said in html(here, "../")
    assert told.said in text(here)
    assert {one.done for one in here.exams if one is not told} == {"not sat"}


def test_every_row_of_the_curriculum_is_there_with_how_far_it_is() -> None:
    answer_all_of("03-networking")
    page = html(standing(), "../")
    folded = page[page.index("<details>") :]
    for row in bank.curriculum():
        assert f'<th scope="row">{row}</th>' in folded
    assert 'href="../course/03-networking.ipynb' in folded
    assert "rows held" in text(standing())


def test_a_name_is_text_and_no_markup() -> None:
    with state.change() as kept:
        kept["learner"] = "<script>alert(1)</script>"
    assert "<script>" not in html(standing(), "")


def test_who_is_through_reviews_what_is_left_and_then_sits_an_exam_that_was_not_sat() -> None:
    everything = {lab.id: {"questions": {one.id: {"passed": True} for one in lab.questions}} for lab in all_labs()}
    missed = {"tries": 2, "right": 1, "rows": ["F01"], "missed": "2026-01-01T00:00:00+00:00"}
    with state.change() as kept:
        kept["lessons"] |= {page.id: {"read": state.moment()} for page in pages.lessons()}
        kept["labs"] |= everything
        kept["questions"]["one"] = missed
        kept["exams"]["SAA-C03-1"] = {"submitted": 1.0, "items": {}, "exam": "SAA-C03"}
    here = standing()
    assert here.minutes_left == 0
    assert "1 row is due" in here.next.why
    *_, last = here.steps()
    assert last.title == "Sit a practice exam: CLF-C02"
