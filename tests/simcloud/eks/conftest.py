"""A live cloud with a cluster's surroundings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from eks_shop import EksShop

from simcloud import Cloud


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    """An empty account."""
    with Cloud(seed=11) as live:
        yield live


@pytest.fixture
def shop(cloud: Cloud) -> EksShop:
    """Roles and a network with a way out, no cluster yet."""
    return EksShop(cloud)


@pytest.fixture
def ready(shop: EksShop) -> EksShop:
    """The same with the cluster `shop`."""
    shop.open_cluster()
    return shop


@pytest.fixture
def webbed(ready: EksShop) -> EksShop:
    """The same with the profile `web` for the namespace default."""
    ready.open_profile()
    return ready
