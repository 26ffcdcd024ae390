"""What a placement shows counts until it is missed; it says what it did not see, and loses nothing in a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import mastery, state
from autograder.bank import bank
from autograder.cli import main
from autograder.exam.sitting import Sitting
from autograder.home import home
from autograder.home.plan import plan
from autograder.home.standing import standing
from autograder.placing import telling
from autograder.placing.placement import begin, known, shown
from autograder.placing.room import place

EARLIER = 1_700_000_000.0


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))


def answer(sitting: Sitting, place: int, *, right: bool) -> tuple[str, ...]:
    item = sitting.form.slots[place].item
    wrong = tuple(option.id for option in item.options if not item.right(option))
    sitting.answer(place, item.key if right else wrong[: len(item.key)])
    return item.rows


def sat(right: Callable[[int], bool]) -> Sitting:
    """A whole placement, some time ago."""
    sitting = begin(lambda: EARLIER)
    for number in range(len(sitting.form.slots)):
        answer(sitting, number, right=right(number))
    sitting.submit()
    return sitting


def level(row: str) -> str:
    return next(one.level for one in mastery.mastery() if one.id == row)


def test_rows_asked_and_right_are_known_and_the_others_are_as_before() -> None:
    sitting = sat(lambda number: number < 10)
    first, second = (
        {row for slot in some for row in slot.item.rows} for some in (sitting.form.slots[:10], sitting.form.slots[10:])
    )
    assert known(state.read()) == first - second
    for row in mastery.mastery():
        assert row.level == ("known" if row.id in first - second else "untouched")


def test_a_placement_makes_nothing_due_and_counts_as_no_exam() -> None:
    sat(lambda _: False)
    assert not any(one.due for one in mastery.mastery())
    assert (standing().sat, standing().held) == (0, 0)


def test_what_was_guessed_or_left_open_is_not_known() -> None:
    sitting = begin(lambda: EARLIER)
    guessed = answer(sitting, 0, right=True)
    sitting.sure(0, "guessing")
    sitting.submit()
    assert known(state.read()) == set()
    assert shown(state.read())[guessed[0]].verdict in ("guessed", "left open")


def test_a_known_row_is_lost_at_the_first_miss() -> None:
    sat(lambda _: True)
    lost = next(row for row in sorted(known(state.read())))
    with state.change() as kept:
        kept["questions"]["missed-here"] = {
            "tries": 1, "right": 0, "last_right": False, "rows": [lost], "missed": state.moment(),
        }  # fmt: skip
    assert lost not in known(state.read())
    assert level(lost) != "known"


def test_a_miss_before_the_placement_takes_nothing_away() -> None:
    with state.change() as kept:
        kept["questions"]["missed-before"] = {
            "tries": 1, "right": 0, "last_right": False, "rows": ["F01"], "missed": "2020-01-01T00:00:00+00:00",
        }  # fmt: skip
    sitting = sat(lambda _: True)
    rows = {row for slot in sitting.form.slots for row in slot.item.rows}
    assert known(state.read()) == rows
    assert "F01" in rows


def test_after_a_crash_the_same_questions_stand_with_their_answers() -> None:
    sitting = begin()
    answer(sitting, 3, right=True)
    again = begin()
    assert again.form == sitting.form
    assert again.chosen(3) == sitting.form.slots[3].item.key


def test_two_windows_that_begin_at_once_get_the_same_questions_and_one_ends_it_for_both() -> None:
    one, other = begin(), begin()
    assert one.form == other.form
    answer(one, 0, right=True)
    answer(other, 1, right=True)
    one.submit()
    assert begin().form.id != one.form.id
    entry = state.read()["placements"][one.form.id]
    assert len([item for item in entry["items"].values() if item.get("answer")]) == 2


def test_the_second_placement_asks_other_questions_and_its_word_is_the_last() -> None:
    first = sat(lambda _: True)
    second = sat(lambda _: False)
    assert not {slot.item.id for slot in first.form.slots} & {slot.item.id for slot in second.form.slots}
    missed = {row for slot in second.form.slots for row in slot.item.rows}
    assert not known(state.read()) & missed


def test_an_item_that_the_bank_has_lost_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = begin()
    gone = sitting.form.slots[0].item.id
    answer(sitting, 1, right=True)
    load = bank.load()
    monkeypatch.setattr(bank, "load", lambda: [one for one in load if one.id != gone])
    again = begin()
    assert len(again.form.slots) == len(sitting.form.slots) - 1
    assert again.chosen(0) == sitting.form.slots[1].item.key
    again.submit()
    assert begin().form.id != again.form.id


def test_the_words_name_every_row_once_and_say_which_were_not_asked() -> None:
    sat(lambda number: number % 2 == 0)
    found = telling.by_lesson()
    rows = [row for one in found for row in (*one.known, *one.open, *one.unseen)]
    assert sorted(rows) == sorted(bank.curriculum())
    asked = shown(state.read())
    assert {row for one in found for row in one.unseen} == set(bank.curriculum()) - set(asked)
    for said in (telling.text(), telling.html()):
        assert telling.LIMITS in said
        assert f"{len(bank.curriculum()) - len(asked)} not asked" in said


def test_one_begins_where_something_was_missed_and_home_and_plan_go_by_it() -> None:
    before = plan("SAA-C03", 4)
    sat(lambda _: True)
    found = telling.by_lesson()
    first = telling.start(found)
    assert first is not None
    assert first.unseen
    assert telling.advice(found).startswith(f"Begin with lesson {first.title} ({first.page.address}): nobody has asked")
    after = plan("SAA-C03", 4)
    assert after.held > 20
    assert after.minutes < before.minutes
    read = ("00-start-here",)
    with state.change() as kept:
        kept["lessons"] |= {lesson: {"read": state.moment()} for lesson in read}
    following = [step.title[:9] for step in standing().steps() if step.title.startswith("Lesson")]
    skipped = [one.page.number for one in found if not one.unseen and one.page.number != "00"]
    assert skipped
    assert following.index(f"Lesson {skipped[0]}") > following.index("Lesson 17")


def test_who_knows_everything_is_sent_to_a_practice_exam_and_who_was_never_asked_to_the_beginning() -> None:
    rows = mastery.mastery()
    whole = telling.by_lesson([replace(row, level="held") for row in rows])
    assert telling.start(whole) is None
    assert telling.advice(whole).startswith("Begin with a practice exam")
    assert "0 to be learnt, 0 not asked" in telling.summary(whole)
    assert telling.advice(telling.by_lesson(rows)).startswith("Begin with lesson 00 · Start here")


def test_home_offers_it_at_first_and_goes_on_with_what_is_begun() -> None:
    assert home.PLACE in home.text(standing())
    assert 'href="../course/exams-and-review.ipynb"' in home.html(standing(), "../")
    begin()
    assert "fargate-course place" in standing().next.why
    assert home.PLACE not in home.text(standing())


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    said: Iterator[str] = iter(lines)

    def ask(_: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", ask)


def test_in_the_terminal_it_can_be_left_and_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "a", "q")
    assert main(["place"]) == 0
    assert "Go on with: fargate-course place\n" in capsys.readouterr().out
    typed(monkeypatch, "submit", "yes")
    assert main(["place"]) == 0
    said = capsys.readouterr().out
    assert telling.LIMITS in said
    assert "19 of 20" not in said
    assert len(state.read()["placements"]) == 1
    assert main(["place", "--result"]) == 0
    assert "Begin with lesson" in capsys.readouterr().out


def test_before_any_placement_its_result_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "--result"]) == 0
    assert "`fargate-course place` begins one" in capsys.readouterr().out
    assert not state.path().exists()


def test_a_cell_shows_a_button_and_begins_nothing_by_itself() -> None:
    cell = place()
    assert not state.path().exists()
    cell.begin.click()
    assert list(state.read()["placements"]) == ["placement-20-1"]
    for number, slot in enumerate(cell.room.sitting.form.slots):
        cell.room.go(number)
        cell.room.choice.put(slot.item.key)
    cell.room.end()
    assert telling.LIMITS in cell.room.box.children[0].value
    assert len(known(state.read())) >= 40
    assert place().begin.description == "Ask me others"
