"""The score: unanswered is wrong, pilots do not count, and the band holds the score."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.bank import bank
from autograder.exam.form import assemble
from autograder.exam.score import Result, Share, result, scaled
from autograder.exam.sitting import Sitting


@pytest.fixture
def sitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))
    return Sitting(assemble("DOP-C02", 4, length=30), now=lambda: 1_800_000_000.0)


def answered(sitting: Sitting, *, right: bool, scored: bool) -> Result:
    """All items of one kind answered rightly or wrongly, the others not at all."""
    for number, slot in enumerate(sitting.form.slots):
        if slot.scored == scored:
            wrong = tuple(option.id for option in slot.item.options if not slot.item.right(option))
            sitting.answer(number, slot.item.key if right else wrong[: len(slot.item.key)])
    return result(sitting)


def test_nothing_answered_is_all_wrong(sitting: Sitting) -> None:
    found = result(sitting)
    assert (found.scored.right, found.estimate, found.unanswered) == (0, 100, 30)
    assert found.beliefs == ()


def test_all_scored_items_right_is_1000_whatever_the_pilots_say(sitting: Sitting) -> None:
    found = answered(sitting, right=True, scored=True)
    assert (found.estimate, found.high, found.scored.part) == (1000, 1000, 1.0)
    assert all(share.right == share.of for share in found.domains.values())


def test_pilots_alone_score_nothing(sitting: Sitting) -> None:
    assert answered(sitting, right=True, scored=False).estimate == 100


def test_wrong_answers_show_the_beliefs_behind_them(sitting: Sitting) -> None:
    found = answered(sitting, right=False, scored=True)
    assert found.scored.right == 0
    assert found.beliefs
    for belief in found.beliefs:
        assert belief.truth == bank.misconceptions()[belief.id].truth
        for item in belief.items:
            assert belief.id in {option.misconception for option in bank.item(item).options}
    counts = [len(belief.items) for belief in found.beliefs]
    assert counts == sorted(counts, reverse=True)


def test_half_of_two_right_options_is_nothing(sitting: Sitting) -> None:
    number, slot = next((at, slot) for at, slot in enumerate(sitting.form.slots) if len(slot.item.key) > 1)
    sitting.answer(number, slot.item.key[:1])
    assert all(result(sitting).rows[row].right == 0 for row in slot.item.rows)


def test_calibration_tells_what_certain_was_worth(sitting: Sitting) -> None:
    for number in range(4):
        sitting.answer(number, sitting.form.slots[number].item.key if number else ())
        sitting.sure(number, "certain")
    assert result(sitting).calibration == {"certain": Share(3, 4)}


@given(of=st.integers(1, 75), data=st.data())
def test_the_band_holds_the_score_and_shrinks_with_more_items(of: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, of))
    estimate, low, high = scaled(Share(right, of))
    assert 100 <= low <= estimate <= high <= 1000
    _, low_of_more, high_of_more = scaled(Share(4 * right, 4 * of))
    assert high_of_more - low_of_more < high - low


@given(of=st.integers(1, 75), data=st.data())
def test_more_right_is_never_less(of: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, of - 1))
    assert scaled(Share(right, of)) <= scaled(Share(right + 1, of))
