"""The files of app behaviour whose functions follow events, after all others; importing them registers their functions.

They are read with the first container that behaves so, or with the first call to SQS: a world in which no container
does any of it does without.
"""

from __future__ import annotations

from simcloud.sim.apps import queues, workers

LAWS = (queues, workers)
"""In the order in which they follow the same event."""
