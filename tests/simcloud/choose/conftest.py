"""A service with a load, in a world of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from priced_shop import build

from simcloud import Cloud


@pytest.fixture
def shop() -> Iterator[Cloud]:
    with Cloud(seed=3) as opened:
        build(opened)
        yield opened
        opened.world.check()
