"""What holds for every test of labs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No world stays open behind a test."""
    from simcloud.cloud import cloud

    yield
    for one in list(cloud._open):
        one.close()
