"""A form is exact to its blueprint, the same for the same seed, and tells nothing by where its keys stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from autograder.bank import bank
from autograder.exam.form import Form, assemble, scored_counts
from autograder.trouble import Trouble

EXAMS = ("CLF-C02", "SAA-C03", "SAP-C02", "DOP-C02")
SCORED = {
    "CLF-C02": {1: 12, 2: 15, 3: 17, 4: 6},
    "SAA-C03": {1: 15, 2: 13, 3: 12, 4: 10},
    "SAP-C02": {1: 17, 2: 19, 3: 16, 4: 13},
    "DOP-C02": {1: 14, 2: 11, 3: 10, 4: 10, 5: 9, 6: 11},
}
ITEMS = {"CLF-C02": 65, "SAA-C03": 65, "SAP-C02": 75, "DOP-C02": 75}
MINUTES = {"CLF-C02": 90, "SAA-C03": 130, "SAP-C02": 180, "DOP-C02": 180}


def sound(form: Form) -> None:
    """What every form keeps to."""
    assert len(form.slots) == ITEMS[form.exam]
    assert Counter(slot.domain for slot in form.scored) == SCORED[form.exam]
    assert len({slot.item.id for slot in form.slots}) == len(form.slots)
    enemies = [slot.item.enemies for slot in form.slots if slot.item.enemies]
    assert len(enemies) == len(set(enemies))
    for slot in form.slots:
        assert (form.exam, slot.domain) in {(place.exam, place.domain) for place in slot.item.exams}


@pytest.mark.parametrize("exam", EXAMS)
def test_a_form_has_the_domains_the_length_and_the_time_of_its_exam(exam: str) -> None:
    for seed in range(25):
        form = assemble(exam, seed)
        sound(form)
        assert form.minutes == MINUTES[exam]


@pytest.mark.long
@pytest.mark.parametrize("exam", EXAMS)
def test_a_thousand_seeds_give_a_thousand_sound_forms(exam: str) -> None:
    orders = set()
    for seed in range(1000):
        form = assemble(exam, seed)
        sound(form)
        orders.add(tuple(slot.item.id for slot in form.slots))
    assert len(orders) == 1000


def test_the_same_seed_gives_the_same_form_and_another_one_another() -> None:
    assert assemble("SAA-C03", 7) == assemble("SAA-C03", 7)
    assert assemble("SAA-C03", 7) != assemble("SAA-C03", 8)


@pytest.mark.parametrize("exam", EXAMS)
def test_the_right_option_stands_equally_often_at_each_letter(exam: str) -> None:
    by_size: dict[int, Counter[int]] = {}
    for slot in assemble(exam, 3).slots:
        if len(slot.item.key) == 1:
            at = [slot.item.right(option) for option in slot.item.options].index(True)
            by_size.setdefault(len(slot.item.options), Counter())[at] += 1
    for size, places in by_size.items():
        assert max(places.values()) - min(places[at] for at in range(size)) <= 1


def test_options_keep_their_ids_texts_and_reasons_wherever_they_stand() -> None:
    for slot in assemble("DOP-C02", 1).slots:
        assert sorted(slot.item.options, key=lambda each: each.id) == sorted(
            bank.item(slot.item.id).options, key=lambda each: each.id
        )
        assert slot.item.marked(slot.item.key)


def test_rows_of_high_weight_come_up_about_twice_as_often() -> None:
    high = {row for row, entry in bank.curriculum().items() if entry.get("weight") == "high"}
    some = [one for one in bank.load() if any(place.exam == "SAA-C03" for place in one.exams)]
    drawn = Counter(slot.item.id for seed in range(200) for slot in assemble("SAA-C03", seed, length=12).slots)
    heavy = [drawn[one.id] for one in some if high & set(one.rows)]
    light = [drawn[one.id] for one in some if not high & set(one.rows)]
    assert 1.4 < (sum(heavy) / len(heavy)) / (sum(light) / len(light)) < 2.4


def test_a_short_form_keeps_the_shares_of_domains_and_time() -> None:
    form = assemble("SAA-C03", 5, length=20)
    assert len(form.slots) == 20
    assert Counter(slot.domain for slot in form.scored) == {1: 4, 2: 4, 3: 4, 4: 3}
    assert form.minutes == 40


@pytest.mark.parametrize("exam", EXAMS)
def test_the_shares_of_every_length_add_up_and_leave_no_domain_out(exam: str) -> None:
    blueprint = bank.blueprints()[exam]
    assert scored_counts(blueprint, ITEMS[exam]) == SCORED[exam]
    for length in range(2 * len(SCORED[exam]), ITEMS[exam]):
        counts = scored_counts(blueprint, length)
        assert sum(counts.values()) <= length
        assert min(counts.values()) >= 1


def test_enemies_do_not_stand_on_one_form() -> None:
    some = [one for one in bank.load() if any(place.exam == "CLF-C02" for place in one.exams)]
    pair = {some[0].id, some[1].id}
    foes = [replace(one, enemies="pair") if one.id in pair else one for one in some]
    for seed in range(30):
        assert len(pair & {slot.item.id for slot in assemble("CLF-C02", seed, items=foes, length=40).slots}) <= 1


def test_a_form_that_cannot_be_filled_names_the_domain_and_the_numbers() -> None:
    few = [one for one in bank.load() if not any(place == ("SAA-C03", 2) for place in _places(one))][:400]
    with pytest.raises(
        Trouble, match=r"SAA-C03: the form cannot be filled: domain 2 needs 13 items .*, the bank has 0"
    ):
        assemble("SAA-C03", 1, items=few)


def _places(one: object) -> list[tuple[str, int]]:
    return [(place.exam, place.domain) for place in getattr(one, "exams", ())]


@pytest.mark.parametrize(("exam", "length"), [("SAA-C99", 0), ("SAA-C03", 66), ("SAA-C03", 1), ("SAA-C03", -3)])
def test_an_exam_or_a_length_that_is_not_there_is_refused_in_one_line(exam: str, length: int) -> None:
    with pytest.raises(Trouble) as told:
        assemble(exam, 1, length=length)
    assert "\n" not in str(told.value)
