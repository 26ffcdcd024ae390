"""How deployments watch their alarms. Seconds, unless the name says otherwise."""

from __future__ import annotations

from typing import Final

from simcloud.facts.fact import Fact
from simcloud.facts.sources import CODEDEPLOY_GUIDE, FIELD_REPORT, GUIDE

ALARM_POLL_SECONDS: Final[Fact[float]] = Fact(20.0, FIELD_REPORT, "assumed", rule="R-226")
"""From an alarm's ALARM to ECS's rollback: 21 s in the one report that gives both moments."""
BAKE_WINDOWS: Final[Fact[float]] = Fact(1.0, GUIDE + "deployment-alarm-failure.html", "assumed", rule="R-226")
"""A rolling deployment bakes for so many of its longest alarm's windows (period x evaluation periods). AWS says only
that it computes the time from the alarms."""
CODEDEPLOY_POLL_SECONDS: Final[Fact[float]] = Fact(
    15.0, CODEDEPLOY_GUIDE + "monitoring-create-alarms.html", "assumed", rule="R-237"
)
"""From an alarm's ALARM to the stop of a deployment of CodeDeploy: 23 s at most in a field report."""
ROLLBACK_SECONDS: Final[Fact[float]] = Fact(79.0, FIELD_REPORT, "observed", rule="R-215")
"""From the circuit breaker's verdict to COMPLETED of the deployment that a rolling one goes back to. Measured once; the
old task served all the time."""
