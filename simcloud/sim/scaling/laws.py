"""The files of scaling whose functions follow events, after all others; importing them registers their functions.

They are read with the first call to Application Auto Scaling, or with a world that has targets: a world in which
nothing is scaled does without.
"""

from __future__ import annotations

from simcloud.sim.scaling import acting, actions, activities, policies, targets

LAWS = (targets, policies, actions, acting, activities)
"""In the order in which they follow the same event."""
