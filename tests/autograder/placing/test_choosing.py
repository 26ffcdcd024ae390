"""A placement's items: spread over lessons, rows and difficulty, the same for the same seed, others the next time."""

from __future__ import annotations

from collections import Counter

import pytest

from autograder.bank import bank
from autograder.home import pages
from autograder.placing.choosing import ITEMS, chosen, lesson

SEEDS = ("Mara 1", "Jon 1", " 1")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_lesson_with_rows_of_its_own_is_asked_about_and_none_more_than_three_times(seed: str) -> None:
    items = chosen(seed, (), ())
    lessons = Counter(map(lesson, items))
    assert len(items) == ITEMS
    assert set(lessons) == {f"{number:02}" for number in range(15)}
    assert max(lessons.values()) <= 3


@pytest.mark.parametrize("seed", SEEDS)
def test_at_least_forty_rows_are_asked_and_every_difficulty_a_quarter_of_the_time(seed: str) -> None:
    items = chosen(seed, (), ())
    assert len({row for one in items for row in one.rows}) >= 40
    assert min(Counter(one.difficulty for one in items).values()) >= ITEMS // 4


def test_the_same_seed_asks_the_same_and_another_one_asks_others() -> None:
    one, again, other = (chosen(seed, (), ()) for seed in ("Mara 1", "Mara 1", "Jon 1"))
    assert one == again
    assert len(set(one) & set(other)) < ITEMS // 2


def test_the_next_time_nothing_is_asked_again_and_what_was_not_asked_comes_first() -> None:
    first = chosen("Mara 1", (), ())
    rows = {row for one in first for row in one.rows}
    second = chosen("Mara 2", {one.id for one in first}, rows)
    assert not {one.id for one in first} & {one.id for one in second}
    assert len(set(bank.curriculum()) - rows - {row for one in second for row in one.rows}) <= 3


def test_no_question_of_a_lesson_and_no_two_enemies_are_asked() -> None:
    items = chosen("Mara 1", (), ())
    assert not {one.id for one in items} & {item for page in pages.lessons() for item in page.items}
    enemies = [one.enemies for one in items if one.enemies]
    assert len(enemies) == len(set(enemies))


def test_a_bank_with_fewer_items_gives_what_it_has() -> None:
    few = [one for one in bank.load() if one.type == "multiple-choice"][:5]
    assert len(chosen("x", (), (), few)) <= 5
