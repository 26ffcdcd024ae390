"""Statistics of items: right against numbers worked by hand, and silent where there are too few answers."""

from __future__ import annotations

import random

import numpy as np
import pytest

from autograder.exam.statistics import Answered, Statistic, answers, point_biserial, statistics, table

WRONG = {"one": ("b", "c", "d")}


def some(number: int, right: int, *, scored: bool = True, wrong: str = "b") -> list[Answered]:
    """So many answers, the able ones right."""
    return [
        Answered("one", scored, ("a",) if at < right else (wrong,), at < right, 40.0 + at, 20.0 - at)
        for at in range(number)
    ]


def only(found: list[Statistic]) -> Statistic:
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("number", "knows_p", "knows_rest"), [(9, False, False), (10, True, False), (29, True, False), (30, True, True)]
)
def test_below_the_stated_numbers_nothing_is_said(number: int, knows_p: bool, knows_rest: bool) -> None:
    one = only(statistics(some(number, number // 2), WRONG))
    assert (one.p is not None, one.seconds is not None) == (knows_p, knows_p)
    assert (one.biserial is not None, one.dead is not None) == (knows_rest, knows_rest)
    assert ("not enough data" in table([one]).splitlines()[1]) == (not knows_p)
    assert not one.promotable or knows_rest


def test_a_point_biserial_is_the_correlation_of_pearson() -> None:
    draw = random.Random(1)
    pairs = [(draw.random() < 0.6, float(draw.randrange(20))) for _ in range(50)]
    rights, rests = zip(*pairs, strict=True)
    assert point_biserial(pairs) == pytest.approx(np.corrcoef(rights, rests)[0, 1])


def test_where_everybody_is_right_there_is_no_correlation() -> None:
    assert point_biserial([(True, 3.0), (True, 5.0)]) is None


def test_an_item_that_the_able_get_right_may_be_promoted_and_one_that_they_miss_may_not() -> None:
    wide = [
        Answered("one", False, ("abcd"[at % 4] if at >= 20 else "a",), at < 20 or at % 4 == 0, 30.0, 25.0 - at / 2)
        for at in range(40)
    ]
    assert only(statistics(wide, WRONG)).promotable
    upside = [Answered(a.item, False, a.chosen, a.right, a.seconds, -a.rest) for a in wide]
    one = only(statistics(upside, WRONG))
    assert not one.promotable
    assert "is the key right?" in one.look


def test_distractors_that_next_to_nobody_chose_are_dead() -> None:
    one = only(statistics(some(40, 20), WRONG))
    assert one.dead == ("c", "d")
    assert "dead: c, d" in one.look


def test_an_item_is_not_correlated_with_itself() -> None:
    exam = {
        "items": [
            {"item": "one", "scored": True, "chosen": ["a"], "right": True, "seconds": None},
            {"item": "two", "scored": True, "chosen": ["a"], "right": True, "seconds": 5.0},
            {"item": "pilot", "scored": False, "chosen": ["b"], "right": False, "seconds": 5.0},
        ]
    }
    assert [one.rest for one in answers(exam)] == [1, 1, 2]
