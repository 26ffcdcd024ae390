"""Scaling activities."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.live import Call
from simcloud.cloud.scaling import shapes
from simcloud.cloud.scaling.pages import asked_for, shown
from simcloud.facts.scaling import ACTIVITY_LIFE


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeScalingActivities: of the last six weeks, newest first; those of targets that left, too."""
    since = call.world.now - ACTIVITY_LIFE.value
    found = [
        shapes.activity(each)
        for each in call.world.scaling.activities
        if each.started_at > since and asked_for(each, request)
    ]
    return shown("ScalingActivities", found, request)
