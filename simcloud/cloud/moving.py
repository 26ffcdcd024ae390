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
from simcloud.cloud.shelf import Shelf
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
        if kind in _AS_PICKLE_DOES:
            return NotImplemented
        if kind in snapshot.IMMUTABLE or kind is Story or kind in (type, types.BuiltinFunctionType):
            return NotImplemented
        if snapshot.is_shared(value):
            raise Immovable(f"{kind.__name__} {getattr(value, '__qualname__', '')}")
        if kind is Shelf:
            from simcloud.cloud.mends import managed_policies_present as policies

            return policies.unpacked, policies.packed(value), None, None, iter(value.owned())
        way = super().reducer_override(value)
        if way is NotImplemented and kind is not types.FunctionType:
            _AS_PICKLE_DOES.add(kind)
        return way


_AS_PICKLE_DOES: set[type] = set()
"""Kinds of things that were asked about before: a world has thousands of each."""
