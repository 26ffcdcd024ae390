"""A live cloud with the shop's account in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from store import Store

from simcloud import Cloud


@pytest.fixture
def store() -> Iterator[Store]:
    with Cloud(seed=7) as cloud:
        yield Store(cloud)
        cloud.world.check()
