"""The pairs of target groups between which ECS itself shifts a service's requests (R-234). Values and arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from simcloud.sim.release import Release
from simcloud.sim.service import Service

WHOLE = 100.0


class Pair(NamedTuple):
    """One load balancer of a service with its advanced configuration. ARNs; '' where nothing is named."""

    group: str
    alternate: str
    production: str
    """Of an Application Load Balancer's rule, or of a Network Load Balancer's listener."""
    test: str
    role: str

    def side(self, *, alternate: bool) -> str:
        """The target group on that side."""
        return self.alternate if alternate else self.group

    @property
    def rules(self) -> tuple[str, ...]:
        """Those that there are."""
        return tuple(arn for arn in (self.production, self.test) if arn)


def pairs(configuration: Mapping[str, Any]) -> Iterator[Pair]:
    """Of each load balancer that can shift."""
    for each in configuration.get("loadBalancers") or ():
        advanced = each.get("advancedConfiguration") or {}
        found = Pair(
            *(str(value or "") for value in (
                each.get("targetGroupArn"),
                advanced.get("alternateTargetGroupArn"),
                advanced.get("productionListenerRule"),
                advanced.get("testListenerRule"),
                advanced.get("roleArn"),
            ))
        )  # fmt: skip
        if found.group and found.alternate and found.production:
            yield found


def serving(service: Service) -> Release | None:
    """The older revision that serves: the last that completed, else the oldest; None where there is no older one."""
    older = service.deployments[1:]
    done = next((each for each in older if each.number == service.completed), None)
    return done or (older[-1] if older else None)


def side_of(service: Service, release: Release) -> bool:
    """Shall the tasks of a new revision be behind the alternate target groups? Where traffic is shifted, on the side on
    which the serving revision is not; else where that is."""
    pair = next(pairs(release.configuration), None)
    before = serving(service)
    if pair is None or before is None:
        return False
    held = group_of(before)
    shifts = (service.asked.get("deploymentConfiguration") or {}).get("strategy", "ROLLING") != "ROLLING"
    return held == pair.group if shifts else held == pair.alternate


def group_of(release: Release) -> str:
    """The first target group of the release's tasks; '' where it has none."""
    for each in release.configuration.get("loadBalancers") or ():
        return group_behind(release, each)
    return ""


def group_behind(release: Release, balancer: Mapping[str, Any]) -> str:
    """The target group of this load balancer on the release's side."""
    alternate = (balancer.get("advancedConfiguration") or {}).get("alternateTargetGroupArn")
    return str((alternate if release.alternate and alternate else balancer.get("targetGroupArn")) or "")


def weights(new: str, old: str, percent: float) -> tuple[tuple[str, int], ...]:
    """The weights that ECS writes: 100 and 0 where one group gets everything, else tenths of a percent (a field report
    saw a canary of 10 % as 100 beside 900)."""
    if percent in (0.0, WHOLE):
        return (new, int(percent)), (old, int(WHOLE - percent))
    tenths = round(percent * 10)
    return (new, tenths), (old, 1000 - tenths)
