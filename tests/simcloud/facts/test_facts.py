"""No number without a source, no word without a status."""

from __future__ import annotations

import copy
import pickle
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from simcloud.facts import prices, sizes, timings, words
from simcloud.facts.fact import Fact, Words
from simcloud.facts.index import ROOMS, every_fact


def test_every_fact_says_where_when_and_how_sure() -> None:
    facts = dict(every_fact())
    assert len(facts) > 200
    for name, fact in facts.items():
        assert fact.source, name
        assert re.fullmatch(r"2026-\d\d-\d\d", fact.read_on), name
        assert fact.status in ("documented", "observed", "assumed"), name
        assert re.fullmatch(r"(R-\d{3}(, R-\d{3})*)?", fact.rule), name


def test_no_word_is_said_under_one_name_in_two_rooms_that_are_imported_as_one() -> None:
    shown = Path(words.__file__).read_text(encoding="utf-8")
    rooms = [room for room in ROOMS if f"from {room.__name__} import *" in shown]
    assert len(rooms) > 5
    names = Counter(
        name
        for room in rooms
        for name, value in vars(room).items()
        if isinstance(value, Words) and not name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []
    assert [name for name in names if not isinstance(getattr(words, name), Words)] == []


def test_a_fact_without_a_source_cannot_be_stated() -> None:
    with pytest.raises(ValueError, match="needs a source"):
        Fact(1, "")
    with pytest.raises(ValueError, match="documented, observed, assumed"):
        Fact(1, "https://docs.aws.amazon.com/", "guessed")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="is a date"):
        Words("text", source="https://docs.aws.amazon.com/", read_on="today")


def test_words_travel_as_plain_text() -> None:
    said = Words("Cluster not found.", source="field report")
    assert pickle.loads(pickle.dumps(said)) == "Cluster not found."
    assert type(copy.deepcopy(said)) is str
    assert type(said.format()) is str


def test_sizes_are_those_of_the_price_list() -> None:
    #
    assert {cpu: (min(row), max(row), len(row)) for cpu, row in sizes.LINUX.value.items()} == {
        256: (512, 2048, 3),
        512: (1024, 4096, 4),
        1024: (2048, 8192, 7),
        2048: (4096, 16384, 13),
        4096: (8192, 30720, 23),
        8192: (16384, 61440, 12),
        16384: (32768, 122880, 12),
        32768: (61440, 249856, 3),
    }
    assert list(sizes.WINDOWS.value) == [1024, 2048, 4096]


def test_prices_are_exact() -> None:
    assert all(
        isinstance(fact.value, Decimal | int)
        for _, fact in every_fact()
        if isinstance(fact, Fact) and fact in vars(prices).values()
    )
    assert prices.LINUX_X86_VCPU.value == Decimal("0.000011244")


def test_a_task_without_a_way_out_gives_up_after_289_seconds() -> None:
    #
    assert timings.NETWORK_GIVE_UP.value == 289.0
    assert timings.NETWORK_GIVE_UP.status == "observed"
