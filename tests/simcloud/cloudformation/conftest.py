"""A live cloud, and a learner's hand on its CloudFormation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stack_desk import Desk

from simcloud import Cloud
from simcloud.cloud import wire


@pytest.fixture
def desk() -> Iterator[Desk]:
    wire.faults.clear()
    with Cloud(seed=3) as cloud:
        yield Desk(cloud)
        cloud.world.check()
    assert wire.faults == []
