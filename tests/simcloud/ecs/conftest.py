"""A live cloud with a small company's account in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shop import Shop

from simcloud import Cloud


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    """An empty account."""
    with Cloud(seed=11) as live:
        yield live


@pytest.fixture
def shop(cloud: Cloud) -> Shop:
    """The account of `shop.py`, closed to the outside."""
    return Shop(cloud)


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    """The same with every endpoint that its tasks need."""
    shop.open_endpoints()
    return shop
