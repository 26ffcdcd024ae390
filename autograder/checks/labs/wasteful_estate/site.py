"""How the checks look at the learner's estate: what a day of it costs, and whether the rules are kept meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import active_service, asked
from autograder.checks.labs.wasteful_estate.plan import LATENCY, MEMORY, USUAL, Plan, Service, plan_of
from autograder.checks.labs.wasteful_estate.world import offer
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price
from simcloud.price.usage import AddressUsage, NatUsage, TaskUsage, Usage

REST_MINUTES = 30
"""In which deployments of an estate of this size are over."""
DAY_HOURS = 24
OUT_OF_MEMORY = 137


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def rest(self) -> None:
        """Let the copy come to rest."""
        self.cloud.advance(minutes=REST_MINUTES)

    def day(self, *, busiest: bool = False) -> None:
        """Let the copy come to rest, and live a day: one like those before, or the busiest."""
        self.cloud.lived(("day", busiest), lambda: self._day(busiest))

    def _day(self, busiest: bool) -> None:
        for service in self.plan.needed:
            active_service(self.plan.cluster, service.name)
            offer(self.cloud, self.plan, service, 1.0 if busiest else USUAL)
        self.rest()
        must_be_whole(self, "half an hour later")
        self.cloud.advance(hours=DAY_HOURS)

    def running(self, service: Service) -> list[Any]:
        """The running tasks of a service."""
        active_service(self.plan.cluster, service.name)
        return list(self.cloud.tasks(self.plan.cluster, service=service.name, status="RUNNING"))

    def used(self, *kinds: type) -> list[Usage]:
        """What of these kinds was used until now; tasks of what nobody needs left out."""
        idle = {one.name for one in self.plan.services if not one.needed}
        return [one for one in usage_of(self.cloud.world) if isinstance(one, kinds) and one.owner.service not in idle]

    def an_hour(self, used: list[Usage]) -> float:
        """US dollars an hour of it, in the day that has just passed."""
        now = self.cloud.world.now
        return float(price(used, since=repr(now - DAY_HOURS * 3600), until=repr(now)).cost) / DAY_HOURS


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def must_be_whole(here: Site, when: str) -> None:
    """Raise Miss unless each service that is needed has its count of running tasks, and its deployment is over."""
    for service in here.plan.needed:
        count = len(here.running(service))
        stopped = [task for task in here.cloud.tasks(here.plan.cluster, service=service.name) if task.stopped_reason]
        rollout = here.cloud.service(service.name, here.plan.cluster).rollout
        expect(
            count >= service.tasks,
            expected=f"{when} {service.name} has {service.tasks} running tasks",
            got=count,
            hint=(stopped[-1].why or stopped[-1].stopped_reason) if stopped else "read the service's events",
        )
        expect(
            rollout == "COMPLETED",
            expected=f"{when} the deployment of {service.name} is over",
            got=f"it is {rollout}",
            hint=(stopped[-1].why or stopped[-1].stopped_reason) if stopped else "read the service's events",
        )


def must_keep_the_rules(here: Site, when: str) -> None:
    """Raise Miss unless each service kept its count, its latency and its memory during the last day."""
    must_be_whole(here, when)
    for service in here.plan.needed:
        images = {one.image for task in here.running(service) for one in task.containers}
        mine = f"/ferryline/{service.name}:1.0"
        expect(
            all(image.endswith(mine) for image in images),
            expected=f"{service.name} runs its own image, ferryline/{service.name}:1.0",
            got=images,
            hint="the image stays as it is",
        )
        seen = here.cloud.scaling_history(service.name, here.plan.cluster, minutes=60 * DAY_HOURS)
        fewest = min(count.running for count in seen.counts)
        expect(
            fewest >= service.tasks,
            expected=f"{when} {service.name} has {service.tasks} running tasks all the time",
            got=f"{fewest} at the worst moment",
            hint=_why(here, service),
        )
        latency = max((one.latency or 0.0 for one in seen.readings), default=0.0)
        expect(
            latency <= LATENCY,
            expected=f"{when} {service.name} answers within {LATENCY} s",
            got=f"{latency:.3f} s in its worst minutes",
            hint=f"its CPU was {max((one.cpu or 0.0 for one in seen.readings), default=0.0):.0f} % busy then",
        )
        memory = max((one.memory or 0.0 for one in seen.readings), default=0.0)
        expect(
            memory <= MEMORY,
            expected=f"{when} {service.name} uses {MEMORY:.0f} % of its memory at most",
            got=f"{memory:.0f} %",
            hint="a larger memory, or a size of CPU with which it is sold",
        )


def _why(here: Site, service: Service) -> str:
    ended = [task for task in here.cloud.tasks(here.plan.cluster, service=service.name) if task.exit_code is not None]
    if ended and ended[-1].exit_code == OUT_OF_MEMORY:
        return "its tasks ended with exit code 137: too little memory"
    return "fewer tasks were wanted, or they could not start: read the service's events"


def share_saved(here: Site) -> float:
    """Of the saving that right sizes can reach: the share reached in the day that has just passed, 0 to 1 and above."""
    now = here.an_hour(here.used(TaskUsage))
    return (here.plan.found - now) / (here.plan.found - here.plan.sized)


def estate_an_hour(here: Site) -> float:
    """US dollars an hour of all tasks, NAT gateways and public addresses, in the day that has just passed."""
    kinds = (TaskUsage, NatUsage, AddressUsage)
    return here.an_hour([one for one in usage_of(here.cloud.world) if isinstance(one, kinds)])


def on_demand_an_hour(here: Site, service: Service) -> float:
    """US dollars an hour of a service's tasks that are not on Spot, in the day that has just passed."""
    mine = [one for one in here.used(TaskUsage) if one.owner.service == service.name]
    return here.an_hour([one for one in mine if isinstance(one, TaskUsage) and one.purchase == "on-demand"])


def names_of(things: list[dict[str, Any]]) -> list[str]:
    """Their Name tags."""
    return [tag["Value"] for thing in things for tag in thing.get("Tags", []) if tag["Key"] == "Name"]


def ways_out() -> list[str]:
    """Names of the NAT gateways that stand."""
    found = asked(boto3.client("ec2").describe_nat_gateways, "the NAT gateways")["NatGateways"]
    return names_of([one for one in found if one["State"] in ("available", "pending")])


def loose_addresses() -> list[str]:
    """Names of the public addresses that nothing holds."""
    found = asked(boto3.client("ec2").describe_addresses, "the public addresses")["Addresses"]
    return names_of([one for one in found if not one.get("AssociationId")])


def architecture_of(definition: str) -> str:
    """The processor that a task definition asks for."""
    describe = boto3.client("ecs").describe_task_definition
    held = asked(describe, "the task definition", taskDefinition=definition)["taskDefinition"]
    return str(held.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64"))
