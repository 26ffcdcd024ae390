"""Computed items: the simulator is asked again, and must say what the stored keys say."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from autograder.bank import bank, lint
from autograder.bank.computed.book import builders
from autograder.bank.computed.building import Builder, Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import dollars
from autograder.bank.item import Item
from simcloud.cloud.live import maybe_live

STORED = {one.computed.builder: one for one in bank.load() if one.computed}


def content(one: Item) -> dict[str, Any]:
    """All of an item but the file that it stands in."""
    return {name: value for name, value in vars(one).items() if name != "file"}


@pytest.fixture(autouse=True)
def no_world_is_live() -> None:
    assert maybe_live() is None


def test_each_builder_has_its_item_in_the_bank_and_each_computed_item_its_builder() -> None:
    assert sorted(STORED) == sorted(builders())
    assert len(STORED) >= 80


@pytest.mark.parametrize("name", sorted(STORED))
def test_the_simulator_still_gives_the_stored_key(name: str) -> None:
    stored = STORED[name]
    assert stored.computed is not None
    again = builders()[name].item(stored.computed.seeds[0])
    assert (again.key, [option.text for option in again.options]) == (
        stored.key,
        [option.text for option in stored.options],
    ), f"item {stored.id}: the simulator answers otherwise than the stored key: look at the rule that changed"
    assert content(again) == content(stored), f"item {stored.id}: run `fargate-course bank render`"


QUICK = [name for name, one in sorted(builders().items()) if one.file != "lives"]


@pytest.mark.parametrize("name", QUICK)
def test_the_variants_of_other_seeds_are_sound_items(name: str) -> None:
    stored = STORED[name]
    assert stored.computed is not None
    for seed in stored.computed.seeds[1:]:
        one = builders()[name].item(seed)
        assert len(one.key) >= 1
        assert len({option.text for option in one.options}) == len(one.options)
        found = [says for rule in lint.RULES for says in rule(one)]
        assert [says for says in found if "sole" not in says] == [], f"seed {seed}"


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(set(STORED) - set(QUICK)))
def test_the_variants_that_live_in_the_whole_cloud_are_sound_items(name: str) -> None:
    test_the_variants_of_other_seeds_are_sound_items(name)


def test_a_builder_gives_the_same_item_for_the_same_seed_and_others_for_others() -> None:
    one = builders()["spot-share-beyond-a-base"]
    assert content(one.item(2)) == content(one.item(2))
    assert len({one.item(seed).stem for seed in range(1, 9)}) > 1


def built(*wrong: str) -> Builder:
    def build(draw: Draw) -> Built:
        """Nothing is asked."""
        beliefs = [Wrong(text, "It is not so at all.", "M26", "R-308") for text in wrong]
        return Built(
            "How many tasks are there, of all those?", Right("4 tasks", "There are four of them."), beliefs, "Four."
        )

    return Builder("a-try", ("F21",), ("SAA-C03 4.2",), "easy", "https://aws.amazon.com/fargate/pricing/", "", build)


@pytest.mark.parametrize("seed", range(1, 13))
def test_amounts_follow_to_the_cent_from_the_rates_that_the_stem_shows(seed: int) -> None:
    one = builders()["month-of-a-service"].item(seed)
    count, cpu, memory, by_cpu, by_memory = _figures(
        r"keeps (\d+) Fargate tasks of ([\d.]+) vCPU and ([\d.]+) GB .*: \$([\d.]+) for a vCPU and \$([\d.]+) for a GB",
        one,
    )
    assert _key(one) == dollars(730 * count * (cpu * by_cpu + memory * by_memory))
    one = builders()["disk-on-the-bill"].item(seed)
    count, size, rate = _figures(r"^(\d+) Fargate .* of (\d+) GiB each. A GB of it costs \$([\d.]+) an hour", one)
    assert _key(one) == dollars(730 * count * (size - 20) * rate)
    one = builders()["nights-switched-off"].item(seed)
    count, rate, hours = _figures(r"of (\d+) Fargate .* \$([\d.]+) an hour .* outside of (\d+) hours", one)
    assert _key(one) == dollars(22 * hours * count * rate)


def _figures(pattern: str, one: Item) -> list[Decimal]:
    found = re.search(pattern, one.stem)
    assert found, one.stem
    return [Decimal(text) for text in found.groups()]


def _key(one: Item) -> str:
    return next(option.text for option in one.options if one.right(option))


def test_a_wrong_answer_that_equals_the_key_or_another_is_left_out() -> None:
    one = built("5 tasks", "4 tasks", "5 tasks", "2 tasks", "9 tasks").item(1)
    assert [option.text for option in one.options] == ["2 tasks", "4 tasks", "5 tasks", "9 tasks"]
    assert one.key == ("b",)


def test_a_scenario_whose_wrong_answers_are_all_right_makes_no_item() -> None:
    with pytest.raises(ValueError, match=r"a-try, seed 1: only 1 wrong answers differ from the key"):
        built("4 tasks", "5 tasks").item(1)


def test_two_builders_of_one_name_and_one_that_says_nothing_are_refused() -> None:
    enter = computed("spot-share-beyond-a-base", rows="F19", exams=["DOP-C02 3"], source="https://aws.amazon.com/")
    with pytest.raises(ValueError, match="two builders are called spot-share-beyond-a-base"):
        enter(lambda draw: Built("", Right("", ""), [], ""))
    silent = computed("a-silent-one", rows="F19", exams=["DOP-C02 3"], source="https://aws.amazon.com/")
    with pytest.raises(ValueError, match="a-silent-one does not say in a docstring"):
        silent(lambda draw: Built("", Right("", ""), [], ""))


def test_a_changed_rule_fails_with_the_id_of_the_item(monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.bank.computed import rolling

    monkeypatch.setattr(rolling, "threshold", lambda desired, configuration: 10)
    with pytest.raises(AssertionError, match="failures-until-the-breaker-trips"):
        test_the_simulator_still_gives_the_stored_key("failures-until-the-breaker-trips")
