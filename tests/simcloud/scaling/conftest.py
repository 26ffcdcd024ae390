"""The account of scaled_shop in a live cloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from scaled_shop import Scaled

from simcloud import Cloud


@pytest.fixture
def scaled() -> Iterator[Scaled]:
    """A live cloud with it."""
    with Cloud(seed=11) as cloud:
        yield Scaled(cloud)
