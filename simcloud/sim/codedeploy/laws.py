"""The files of CodeDeploy whose functions follow events, after all others; importing them registers their functions.

They are read with the first call to CodeDeploy, or with a world that holds something of it.
"""

from __future__ import annotations

from simcloud.sim.codedeploy import alarms, keeping, lifecycle, scaling

LAWS = (keeping, lifecycle, alarms, scaling)
"""In the order in which they follow the same event."""
