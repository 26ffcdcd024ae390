"""A fresh world for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from simcloud import Cloud


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with Cloud(seed=1) as opened:
        yield opened
        opened.world.check()
