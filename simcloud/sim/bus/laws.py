"""The files of EventBridge whose functions follow events, after all others; importing them registers their functions.

They are read with the first rule, event or schedule, or with a world that has some.
"""

from __future__ import annotations

from simcloud.sim.bus import keeping, other_events, routing, service_events, task_events

LAWS = (keeping, routing, task_events, service_events, other_events)
"""In the order in which they follow the same event."""
