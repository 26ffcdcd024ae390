"""The files of scaling whose functions follow events, in the order in which they follow the same one."""

from __future__ import annotations

from simcloud.sim.scaling import actions, activities, policies, targets

LAWS = (targets, policies, actions, activities)
