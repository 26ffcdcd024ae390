"""The same run once more, with some of its calls changed: what a smaller size or another processor does to the tasks.

with again(cloud, resized(cpu="256", memory="512")) as other:
    price(usage_of(other.world))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from simcloud.cloud.cloud import Cloud
from simcloud.cloud.replay import replay

Entry = dict[str, Any]
Change = Callable[[Entry], Entry]


@contextmanager
def again(cloud: Cloud, change: Change, *, prepare: Callable[[Cloud], None] | None = None) -> Iterator[Cloud]:
    """A fresh world of the same seed that lives through the cloud's transcript, each entry as `change` gives it back.

    It is live inside the block; afterwards the cloud is again, untouched. `prepare` builds what was built unrecorded
    before the first entry, as a lab does. A changed call may be refused where the original was not: what follows from
    that is part of the answer.
    """
    begun = datetime.fromtimestamp(cloud.world.begun, UTC).isoformat()
    entries = [change(dict(entry)) for entry in cloud.transcript]
    was_live = cloud.is_live
    other = Cloud(cloud.seed, start=begun, region=cloud.region, account=cloud.account)
    try:
        with other:
            if prepare is not None:
                with other.unrecorded():
                    prepare(other)
            replay(other, entries)
            yield other
    finally:
        if was_live:
            cloud.open()


def registering(**members: Any) -> Change:
    """A change of every RegisterTaskDefinition: members that get other values, in the API's spelling."""

    def change(entry: Entry) -> Entry:
        if entry.get("kind") != "call" or entry.get("op") != "RegisterTaskDefinition":
            return entry
        params: Mapping[str, Any] = entry["params"]
        return {**entry, "params": {**params, **members}}

    return change


def resized(cpu: str, memory: str) -> Change:
    """Every task definition in another size."""
    return registering(cpu=cpu, memory=memory)


def on_processor(architecture: str) -> Change:
    """Every task definition on X86_64 or ARM64."""

    def change(entry: Entry) -> Entry:
        platform = dict((entry.get("params") or {}).get("runtimePlatform") or {})
        return registering(runtimePlatform={**platform, "cpuArchitecture": architecture})(entry)

    return change
