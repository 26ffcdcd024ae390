"""Answers become plain JSON values, or are refused in words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from autograder.checks import Miss
from autograder.checks.answers import as_json


def test_plain_values_and_their_relatives_become_json() -> None:
    given = as_json(
        {
            "text": "x",
            "many": ("a", {"b": 1}),
            "set": {"z", "a"},
            "when": datetime(2026, 1, 5, tzinfo=UTC),
            "price": Decimal("0.25"),
            "none": None,
        }
    )
    assert json.loads(json.dumps(given)) == {
        "text": "x",
        "many": ["a", {"b": 1}],
        "set": ["a", "z"],
        "when": "2026-01-05T00:00:00+00:00",
        "price": "0.25",
        "none": None,
    }


def test_an_open_answer_is_left_out() -> None:
    assert as_json({"cause": ..., "count": 2}) == {"count": 2}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), lambda: None, b"bytes"])
def test_what_is_no_plain_value_is_a_miss(value: object) -> None:
    with pytest.raises(Miss, match="`cause`"):
        as_json({"cause": value})


def test_a_value_that_holds_itself_is_a_miss() -> None:
    ring: list[object] = []
    ring.append(ring)
    with pytest.raises(Miss, match="deeper than"):
        as_json({"cause": ring})
