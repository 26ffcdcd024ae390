"""moto's X-Ray imports the SDK of X-Ray, which is not here and is maintained no longer; it tells whole seconds, and the
time of the machine's zone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from simcloud.cloud import clock

CLIENT = "moto.xray.mock_client"


@contextmanager
def around() -> Iterator[None]:
    """While moto's X-Ray is imported, let what needs the SDK be an empty room."""
    room: Any = ModuleType(CLIENT)
    room.MockXrayClient = room.XRaySegment = type("Nothing", (), {})
    kept = sys.modules.get(CLIENT)
    sys.modules[CLIENT] = room
    try:
        yield
    finally:
        del sys.modules[CLIENT]
        if kept is not None:
            sys.modules[CLIENT] = kept


def mend(module: ModuleType) -> None:
    """Tell a trace by the moments of its segments, in seconds since the epoch."""

    def summary(self: Any, start_time: Any, end_time: Any, filter_expression: Any = None) -> dict[str, Any]:
        if filter_expression is not None:
            raise NotImplementedError("a filter expression")
        first, last = start_time.timestamp(), end_time.timestamp()
        found = [_summary(name, held["segments"]) for name, held in self._traces.items() if held["finished"]]
        shown = [told for begun, told in found if first <= begun <= last]
        return {"ApproximateTime": clock.now(), "TracesProcessedCount": len(shown), "TraceSummaries": shown}

    def get_trace_ids(self: Any, trace_ids: list[str]) -> dict[str, Any]:
        traces, unknown = self._segment_collection.get_trace_ids(trace_ids)
        told = [
            {
                "Duration": _span(held["segments"])[1],
                "Id": held["trace_id"],
                "Segments": [{"Id": each.id, "Document": each.raw} for each in held["segments"]],
            }
            for held in traces
        ]
        return {"Traces": told, "UnprocessedTraceIds": unknown}

    module.SegmentCollection.summary = summary
    module.XRayBackend.get_trace_ids = get_trace_ids


def _span(segments: list[Any]) -> tuple[float, float]:
    """When the trace begins, and how many seconds it takes: to a millisecond."""
    begin = min(each.start_time for each in segments)
    return begin, round(max(each.end_time or each.start_time for each in segments) - begin, 3)


def _summary(name: str, segments: list[Any]) -> tuple[float, dict[str, Any]]:
    begin, seconds = _span(segments)
    kinds = {"HasError": "error", "HasFault": "fault", "HasThrottle": "throttle"}
    told: dict[str, Any] = {key: any(each.misc.get(kind) for each in segments) for key, kind in kinds.items()}
    return begin, {
        **told,
        "Id": name,
        "Duration": seconds,
        "ResponseTime": seconds,
        "IsPartial": False,
        "Annotations": {},
    }
