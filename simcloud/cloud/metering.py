"""What a call deletes or makes smaller is paid until then: the meter is told around the call, since moto forgets it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simcloud.cloud.live import Live
from simcloud.sim.meter import ThingGone

KINDS: dict[str, tuple[str, ...]] = {
    "ec2": ("nat", "endpoint", "address", "volume"),
    "elbv2": ("balancer",),
    "elasticloadbalancing": ("balancer",),
    "ecr": ("image",),
    "secretsmanager": ("secret",),
    "logs": ("log",),
    "cloudformation": ("nat", "endpoint", "address", "volume", "balancer", "image", "log", "secret"),
}
"""By service: what its calls may take away. A stack makes and deletes of all kinds."""
TAKES = ("Delete", "Release", "Modify", "BatchDelete", "Detach")
GIVES = ("Allocate",)


@contextmanager
def around(live: Live, service: str, operation: str = "") -> Iterator[None]:
    """Around a call, or around what a stack does by itself."""
    of_stack = service == "cloudformation"
    if service not in KINDS or not (of_stack or operation.startswith(TAKES + GIVES)):
        yield
        return
    from simcloud.cloud import standing

    before = {span.id: span for span in standing.of(live, KINDS[service])}
    yield
    left = {span.id: span for span in standing.of(live, KINDS[service])}
    for identity, span in before.items():
        if identity not in left or left[identity].detail != span.detail:
            live.world.handle(ThingGone(span))
    _date_addresses(live)


def volume_gone(live: Live, ec2: Any, volume: Any) -> None:
    """ECS deletes the volume of a task that ended."""
    from simcloud.cloud import standing

    live.world.handle(ThingGone(standing.volume(ec2, volume, live.world.now)))


def _date_addresses(live: Live) -> None:
    """An Elastic IP is paid from its allocation on; moto keeps no moment of it."""
    from simcloud.cloud.standing import METERED_FROM

    ec2 = sys.modules.get("moto.ec2.models")
    if ec2 is None or live.region not in ec2.ec2_backends[live.account]:
        return
    for address in ec2.ec2_backends[live.account][live.region].addresses:
        if not hasattr(address, METERED_FROM):
            setattr(address, METERED_FROM, live.world.now)
