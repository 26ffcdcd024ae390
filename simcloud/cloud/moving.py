"""A world sent to another process of the same course: built by one, lived in by the other.

The grader's judging process builds a learner's world and the learner's process begins in it, so that it is built once.
The bytes go that way alone: nothing that a learner's process wrote is ever read here. What a copy inside one process
shares with its original is written out, but for the long texts of AWS's own policies, which every process has.
"""

from __future__ import annotations

import io
import pickle
import types
from typing import Any

from simcloud.cloud import snapshot
from simcloud.sim.story import Story


class Immovable(Exception):
    """Something in this world lives in its own process alone."""


def packed(state: snapshot.State) -> bytes:
    """The world as bytes. Raises Immovable."""
    written = io.BytesIO()
    try:
        _Packer(written, []).dump(state)
    except (pickle.PicklingError, TypeError, AttributeError) as why:
        raise Immovable(str(why)) from None
    return written.getvalue()


def unpacked(data: bytes) -> snapshot.State:
    """The world that `packed` wrote, in a process of the same course. It records nothing yet."""
    state: snapshot.State = pickle.loads(data)
    return state


class _Packer(snapshot.Pickler):
    """Writes in full what a copy in the same process shares."""

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind in snapshot.IMMUTABLE or kind is Story or kind in (type, types.BuiltinFunctionType):
            return NotImplemented
        if snapshot.is_shared(value):
            raise Immovable(f"{kind.__name__} {getattr(value, '__qualname__', '')}")
        if kind.__name__ == "AWSManagedPolicy":
            return _policy(value)
        return super().reducer_override(value)


def _policy(value: Any) -> Any:
    """One of AWS's own policies without its text, where that is what every process has."""
    from simcloud.cloud.mends.managed_policies_present import documents

    if len(value.versions) != 1 or value.versions[0].document != documents().get(value.name):
        return NotImplemented
    version = dict(vars(value.versions[0]))
    del version["document"]
    held = {name: one for name, one in vars(value).items() if name != "versions"}
    return _policy_again, (type(value), type(value.versions[0]), held, version)


def _policy_again(kind: Any, kind_of_version: Any, held: dict[str, Any], version: dict[str, Any]) -> Any:
    from simcloud.cloud.mends.managed_policies_present import documents

    made, first = object.__new__(kind), object.__new__(kind_of_version)
    first.__dict__.update(version, document=documents()[held["name"]])
    made.__dict__.update(held, versions=[first])
    return made
