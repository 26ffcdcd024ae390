"""Every golden bill comes out again to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest
from bills import BILLS

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", BILLS)
def test_the_bill_is_made_out_as_recorded(name: str) -> None:
    recorded = (HERE / f"{name}.bill.txt").read_text(encoding="utf-8")
    assert BILLS[name]() + "\n" == recorded, "if the new bill is right, run: python -m tests.golden.bills"


def test_no_bill_is_kept_without_its_usage() -> None:
    assert {path.name.removesuffix(".bill.txt") for path in HERE.glob("*.bill.txt")} == set(BILLS)
