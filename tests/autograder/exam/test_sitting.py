"""A sitting keeps every step at once, goes on after a crash, and its clock does not stop for anybody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import state
from autograder.exam.form import assemble
from autograder.exam.sitting import Mode, Sitting, resume
from autograder.trouble import Trouble

BEGAN = 1_800_000_000.0


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.at = BEGAN

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))
    return Clock()


def begun(clock: Clock, mode: Mode = "exam", length: int = 10) -> Sitting:
    return Sitting(assemble("SAA-C03", 1, length=length), mode, clock)


def test_an_answer_is_in_the_state_file_when_the_call_returns(clock: Clock) -> None:
    sitting = begun(clock)
    first = sitting.form.slots[0].item
    sitting.answer(0, (first.options[0].id,))
    kept = json.loads(state.path().read_text(encoding="utf-8"))["exams"][sitting.form.id]
    assert kept["items"][first.id]["answer"] == [first.options[0].id]


def test_after_a_crash_the_sitting_goes_on_and_the_clock_went_on(clock: Clock) -> None:
    sitting = begun(clock)
    chosen = (sitting.form.slots[3].item.key[0],)
    sitting.answer(3, chosen)
    sitting.flag(3)
    before = sitting.left
    clock.at += 300
    again = resume(sitting.form.id, clock)
    assert again.form == sitting.form
    assert again.chosen(3) == chosen
    assert again.entry(3)["flagged"]
    assert before - again.left == 300


def test_nothing_is_changed_when_the_time_is_up(clock: Clock) -> None:
    sitting = begun(clock)
    clock.at += sitting.form.minutes * 60 - 1
    sitting.answer(0, ())
    clock.at += 1
    assert (sitting.left, sitting.over) == (0.0, True)
    with pytest.raises(Trouble, match="is over"):
        sitting.answer(0, (sitting.form.slots[0].item.options[0].id,))
    clock.at += 10_000
    sitting.submit()
    assert sitting.kept["submitted"] == sitting.ends


def test_practice_has_no_clock(clock: Clock) -> None:
    sitting = begun(clock, "practice")
    clock.at += 1e6
    assert not sitting.over
    sitting.answer(0, (sitting.form.slots[0].item.options[0].id,))


def test_what_was_submitted_stays_as_it_is(clock: Clock) -> None:
    sitting = begun(clock)
    clock.at += 60
    sitting.submit()
    clock.at += 60
    sitting.submit()
    assert resume(sitting.form.id, clock).kept["submitted"] == BEGAN + 60
    with pytest.raises(Trouble, match="is over"):
        sitting.flag(0)


def test_an_items_time_runs_while_it_is_on_the_screen_and_no_longer(clock: Clock) -> None:
    sitting = begun(clock)
    sitting.look_at(0)
    clock.at += 40
    sitting.look_at(1)
    clock.at += 5
    sitting.look_at(0)
    clock.at += 10
    sitting.submit()
    assert [sitting.entry(number)["seconds"] for number in (0, 1)] == [50, 5]


def test_options_are_struck_out_and_back_and_answers_taken_back(clock: Clock) -> None:
    sitting = begun(clock)
    one, other = (option.id for option in sitting.form.slots[0].item.options[:2])
    sitting.strike(0, one)
    sitting.strike(0, other)
    sitting.strike(0, one, on=False)
    sitting.answer(0, (one,))
    sitting.answer(0, ())
    sitting.sure(0, "guessing")
    assert (sitting.entry(0)["struck"], sitting.chosen(0), sitting.entry(0)["confidence"]) == ([other], (), "guessing")


def test_wrong_input_is_one_line_and_changes_nothing(clock: Clock) -> None:
    sitting = begun(clock)
    single = next(at for at, slot in enumerate(sitting.form.slots) if len(slot.item.key) == 1)
    a, b = (option.id for option in sitting.form.slots[single].item.options[:2])
    before = state.path().read_bytes()
    for wrong in (
        lambda: sitting.answer(single, ("z",)),
        lambda: sitting.answer(single, (a, b)),
        lambda: sitting.answer(99, ()),
        lambda: sitting.look_at(-1),
        lambda: sitting.sure(0, "perhaps"),
    ):
        with pytest.raises(Trouble) as told:
            wrong()
        assert "\n" not in str(told.value)
    assert state.path().read_bytes() == before


def test_a_sitting_does_not_change_its_mode_and_one_that_was_not_begun_is_not_resumed(clock: Clock) -> None:
    sitting = begun(clock)
    with pytest.raises(Trouble, match="was begun as exam"):
        begun(clock, "practice")
    with pytest.raises(Trouble, match=sitting.form.id):
        resume("SAA-C03-65-99", clock)


def test_two_windows_on_one_sitting_lose_no_answer_of_each_other(clock: Clock) -> None:
    one = begun(clock)
    other = resume(one.form.id, clock)
    first, second, third = (slot.item.options[0].id for slot in one.form.slots[:3])
    one.look_at(1)
    other.look_at(1)
    one.answer(0, (first,))
    other.answer(1, (second,))
    clock.at += 5
    one.answer(2, (third,))
    kept = resume(one.form.id, clock)
    assert [kept.chosen(number) for number in range(3)] == [(first,), (second,), (third,)]


def test_what_one_window_submits_the_other_cannot_change(clock: Clock) -> None:
    one = begun(clock)
    other = resume(one.form.id, clock)
    one.submit()
    clock.at += 5
    with pytest.raises(Trouble, match="is over"):
        other.answer(0, (other.form.slots[0].item.options[0].id,))
    other.submit()
    assert state.read()["exams"][one.form.id]["submitted"] == BEGAN
