"""The files of alarms whose functions follow events, after all others; importing them registers their functions.

They are read with the first alarm or custom metric, or with a world that has alarms.
"""

from __future__ import annotations

from simcloud.sim.watching import evaluating, keeping

LAWS = (keeping, evaluating)
"""In the order in which they follow the same event."""
