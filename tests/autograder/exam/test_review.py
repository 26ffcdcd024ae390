"""What was missed comes back when FSRS says so, each time by another question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder import cli, state
from autograder.bank import bank
from autograder.checks.lab import load
from autograder.exam.form import assemble
from autograder.exam.question import question
from autograder.exam.review import answered, due, today
from autograder.exam.reviewing import NOTHING, command, review
from autograder.exam.sitting import Sitting

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ITEM = "three-keys-to-ecr"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))


def miss(item: str = ITEM, when: datetime = NOW) -> tuple[str, ...]:
    """Answer an item wrongly at that moment; its rows."""
    asked = question(item)
    wrong = tuple(option.id for option in asked.item.options if not asked.item.right(option))
    asked.answer(wrong[: len(asked.item.key)])
    with state.change() as kept:
        assert datetime.fromisoformat(kept["questions"][item]["missed"]).tzinfo is not None
        kept["questions"][item]["missed"] = when.isoformat()
    return asked.item.rows


def test_nothing_missed_is_nothing_due() -> None:
    asked = question(ITEM)
    asked.answer(asked.item.key)
    assert due(NOW) == []


def test_a_missed_question_is_due_at_once_with_an_item_on_each_of_its_rows() -> None:
    rows = miss()
    found = due(NOW)
    assert {card.row for card in found} == set(rows)
    assert all(card.row in card.item.rows for card in found)
    assert all(card.why == f"missed the question {ITEM}" for card in found)


def test_what_is_answered_comes_back_later_and_later_and_what_is_missed_again_soon() -> None:
    (row, *_) = miss()
    now, gaps = NOW, []
    for _ in range(3):
        (card,) = [one for one in due(now) if one.row == row]
        then = answered(row, card.item.id, right=True, now=now)
        gaps.append(then - now)
        assert row not in {one.row for one in due(then - timedelta(hours=1))}
        now = then
    assert gaps == sorted(gaps)
    assert gaps[0] >= timedelta(days=1)
    assert answered(row, ITEM, right=False, now=now) - now < gaps[-1]


def test_a_row_that_is_missed_again_elsewhere_comes_back_at_once() -> None:
    (row, *_) = miss()
    then = answered(row, ITEM, right=True, now=NOW)
    again = NOW + timedelta(hours=3)
    other = next(one for one in bank.load() if row in one.rows and one.id != ITEM and one.type == "multiple-choice")
    miss(other.id, again)
    assert again < then
    assert row not in {card.row for card in due(again - timedelta(minutes=1))}
    (card,) = [one for one in due(again) if one.row == row]
    assert (card.since, card.why) == (again, f"missed the question {other.id}")
    answered(row, card.item.id, right=True, now=again + timedelta(minutes=5))
    assert row not in {card.row for card in due(again + timedelta(minutes=10))}


def test_a_miss_in_the_review_itself_does_not_bring_the_card_back_before_its_day() -> None:
    (row, *_) = miss()
    miss(ITEM, NOW)
    answered(row, ITEM, right=False, now=NOW + timedelta(seconds=2))
    assert row not in {card.row for card in due(NOW + timedelta(hours=1))}


def test_another_item_is_asked_each_time() -> None:
    (row, *_) = miss()
    now, asked = NOW, []
    for _ in range(3):
        (card,) = [one for one in due(now) if one.row == row]
        asked.append(card.item.id)
        now = answered(row, card.item.id, right=True, now=now)
    assert len(set(asked)) == 3


def test_a_submitted_exam_feeds_the_queue_by_what_was_seen_and_an_open_one_does_not() -> None:
    sitting = Sitting(assemble("SAA-C03", 1, length=6))
    seen = sitting.look_at(2).item
    right = sitting.look_at(4).item
    sitting.answer(4, right.key)
    assert due(NOW) == []
    sitting.submit()
    assert {card.row for card in due(NOW)} == set(seen.rows)
    assert {card.why for card in due(NOW)} == {"missed in SAA-C03-6-1"}


@pytest.mark.parametrize(
    ("done", "calls"),
    [
        ({"attempts": 1, "passed": True}, False),
        ({"attempts": 3, "passed": True}, True),
        ({"attempts": 1, "passed": False}, True),
        ({"attempts": 1, "passed": True, "hints": 1}, True),
    ],
)
def test_hints_and_failed_checks_of_labs_call_for_review(done: dict[str, object], calls: bool) -> None:
    first = load("03-private-pull").questions[0]
    with state.change() as kept:
        kept["labs"]["03-private-pull"] = {"questions": {first.id: done}}
    assert {card.row for card in due(NOW)} == (set(first.rows) if calls else set())


def test_a_day_takes_ten_minutes_and_rows_of_high_weight_come_first() -> None:
    for one in bank.load()[:60]:
        if one.type == "multiple-choice":
            miss(one.id)
    found = today(NOW)
    assert len(found) == 10
    heavy = [bank.curriculum()[card.row].get("weight") == "high" for card in found]
    assert heavy == sorted(heavy, reverse=True)


def test_the_terminal_asks_explains_and_keeps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = miss()
    typed = iter(["zz"])

    def ask(_: str) -> str:
        item = due()[0].item
        return next(typed, " ".join("ABCDEFGH"[at] for at, each in enumerate(item.options) if item.right(each)))

    assert command(ask) == 0
    said = capsys.readouterr().out
    assert said.count("Right.") == len(rows)
    assert said.count("again on") == len(rows)
    assert "or q to leave" in said
    assert due() == []


def test_leaving_keeps_what_was_answered(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(_: str) -> str:
        raise EOFError

    miss()
    monkeypatch.setattr("builtins.input", leave)
    count = len(due())
    assert cli.main(["review"]) == 0
    assert len(due()) == count > 0


def test_in_a_notebook_the_questions_stand_one_below_the_other() -> None:
    assert NOTHING in review()._repr_mimebundle_()["text/plain"]
    rows = miss()
    shown = review()
    assert len(shown.asked) == len(rows)
    first = shown.asked[0]
    first.answer(first.item.key)
    assert "again on" in first.verdict.value
    assert len(review().asked) == len(rows) - 1
