"""moto answers TestEventPattern with nothing; here the matcher that rules use answers it."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Answer it. The laws have judged the pattern before."""
    from simcloud.sim.bus.matching import matches

    def test_event_pattern(self: Any) -> str:
        event = _event(str(self._get_param("Event")))
        if event is None:
            return json.dumps({"__type": "ValidationException", "message": "Parameter Event is not valid."})
        return json.dumps({"Result": matches(json.loads(self._get_param("EventPattern")), event)})

    module.EventsHandler.test_event_pattern = test_event_pattern


def _event(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
