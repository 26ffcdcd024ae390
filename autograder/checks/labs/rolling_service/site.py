"""A learner's service as the checks of lab 07 let it live: loaded, killed, rolled, and watched while it rolls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks.asking import asked, definition_of, made_service, why_fewer
from autograder.checks.check import Miss, expect
from autograder.checks.labs.rolling_service.plan import Plan, plan_of
from simcloud.cloud import network
from simcloud.reason.filters import into_groups
from simcloud.reason.network import Interface

REST_MINUTES = 10
"""In which a service comes to rest whose tasks start within three minutes."""
ROLL_MINUTES = 90
"""Of a whole deployment with one more task at a time, and of one that is given up and rolled back."""
RATE = 15.0
"""Requests a second for each task of the count: less than half of what a task of a quarter vCPU answers."""


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def view(self) -> Any:
        """The service as it is seen from outside: count, rollout, events."""
        self.service()
        return self.cloud.service(self.plan.service, self.plan.cluster)

    def service(self) -> dict[str, Any]:
        """Raises Miss where it is gone, NotAttempted where there never was one."""
        return made_service(self.plan.cluster, self.plan.service)

    def groups(self) -> list[str]:
        """ARNs of the target groups that the service registers its tasks with."""
        found = [one["targetGroupArn"] for one in self.service().get("loadBalancers", []) if "targetGroupArn" in one]
        expect(
            found,
            expected=f"{self.plan.service} registers its tasks with a target group",
            got="no target group",
            hint="loadBalancers in create_service: target group, container name and port",
        )
        return found

    def healthy(self) -> int:
        """Targets that are healthy."""
        ask = boto3.client("elbv2").describe_target_health
        states = [
            one["TargetHealth"]["State"]
            for group in self.groups()
            for one in asked(ask, "the target group", TargetGroupArn=group)["TargetHealthDescriptions"]
        ]
        return states.count("healthy")

    def balancers(self) -> list[dict[str, Any]]:
        """The load balancers whose listeners forward to the service's target groups."""
        elb = boto3.client("elbv2")
        groups = asked(elb.describe_target_groups, "the target group", TargetGroupArns=self.groups())["TargetGroups"]
        arns = sorted({arn for group in groups for arn in group["LoadBalancerArns"]})
        what = "a load balancer in front of the target group"
        expect(arns, expected=what, got="none", hint="a listener that forwards to the target group")
        return list(asked(elb.describe_load_balancers, what, LoadBalancerArns=arns)["LoadBalancers"])

    def tasks(self) -> list[Any]:
        """The running tasks of the service."""
        self.service()
        return list(self.cloud.tasks(self.plan.cluster, service=self.plan.service, status="RUNNING"))

    def image(self) -> str:
        """The image that the service runs now."""
        return str(definition_of(self.plan.cluster, self.plan.service)["containerDefinitions"][0]["image"])

    def rest(self) -> None:
        """Let the copy come to rest."""
        self.service()
        self.cloud.advance(minutes=REST_MINUTES)


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def must_be_whole(here: Site, when: str) -> None:
    """Raise Miss unless the service has its count of running tasks and of healthy targets."""
    plan, held = here.plan, here.service()
    hint = why_fewer(here.cloud, held, plan.cluster, plan.count)
    healthy = here.healthy()
    expect(
        len(here.tasks()) >= plan.count and healthy >= plan.count,
        expected=f"{when} {plan.service} has {plan.count} running tasks, all of them healthy targets",
        got=f"{len(here.tasks())} running, {healthy} healthy",
        hint=hint,
    )


def must_run(here: Site, version: str, when: str) -> None:
    """Raise Miss unless the service runs this version and its deployment is over."""
    seen, runs = here.view(), here.image().rsplit(":", 1)[-1]
    if seen.rollout == "FAILED":
        hint = next((event for event in seen.events if "deployment failed" in event), "it gave up, and did not go back")
    elif seen.rollout == "COMPLETED":
        hint = "update_service with the new revision, then the waiter services_stable"
    else:
        ended = [task.why or task.stopped_reason for task in seen.stopped_tasks if task.stopped_reason]
        hint = f"the release of {runs} goes on and on; its newest task that ended: {ended[-1] if ended else 'none yet'}"
    expect(
        here.image() == here.plan.images[version] and seen.rollout == "COMPLETED",
        expected=f"{when} {here.plan.service} runs version {version}, and its deployment is COMPLETED",
        got=f"{runs}, its deployment {seen.rollout}",
        hint=hint,
    )


def release(here: Site, image: str) -> None:
    """Release an image on this copy, as a pipeline would: the same definition with another image."""
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    held = definition_of(here.plan.cluster, here.plan.service)
    first, *others = held["containerDefinitions"]
    ecs = boto3.client("ecs")
    made = asked(
        ecs.register_task_definition,
        f"{here.plan.service} can be released anew",
        **{name: held[name] for name in kept if name in held},
        containerDefinitions=[{**first, "image": image}, *others],
    )["taskDefinition"]["taskDefinitionArn"]
    update = {"cluster": here.plan.cluster, "service": here.plan.service, "taskDefinition": made}
    asked(ecs.update_service, f"{here.plan.service} can be updated", **update)


@dataclass(frozen=True)
class Seen:
    """How the service fared while it was watched."""

    least: int
    """Tasks that served, at the worst moment."""
    most: int
    """Tasks that were there, at the fullest moment; those on their way included."""
    failed: float
    """Requests that were not answered well."""
    asked: float


def watched(here: Site, image: str, minutes: float = ROLL_MINUTES) -> Seen:
    """Release an image under load and watch."""
    must_be_whole(here, "before the release")
    here.cloud.load(here.plan.service, RATE * here.plan.count, cluster=here.plan.cluster)
    here.cloud.advance(minutes=2)
    release(here, image)
    here.cloud.advance(minutes=minutes)
    history = here.cloud.scaling_history(here.plan.service, here.plan.cluster, minutes=minutes + 1)
    failed, every = history.failed
    return Seen(
        min(count.serving for count in history.counts),
        max(count.running + count.pending for count in history.counts),
        failed,
        every,
    )


def must_keep_its_capacity(here: Site, seen: Seen) -> None:
    """Raise Miss where too few served."""
    expect(
        seen.least >= here.plan.least,
        expected=f"at least {here.plan.least} tasks serve at every moment of a release",
        got=f"{seen.least} at the worst moment",
        hint="minimumHealthyPercent: so many of the count must be healthy, rounded up",
    )


def must_not_crowd(here: Site, seen: Seen) -> None:
    """Raise Miss where too many were there."""
    expect(
        seen.most <= here.plan.most,
        expected=f"at most {here.plan.most} tasks are there at every moment of a release",
        got=f"{seen.most} at the fullest moment",
        hint="maximumPercent: no more of the count may be there, rounded down",
    )


def must_answer_all(seen: Seen, when: str) -> None:
    """Raise Miss where a request was lost."""
    expect(seen.asked > 0, expected="requests", got="none")
    expect(
        seen.failed < 1,
        expected=f"every request is answered {when}",
        got=f"{seen.failed:.0f} of {seen.asked:.0f} were not",
        hint="fewer tasks served than the load needs",
    )


# --- who may come in


def front_is_open(here: Site) -> Iterator[str]:
    """The ports of its listeners at which the front lets in somebody from the internet."""
    net = network.picture(here.cloud.region, here.cloud.account)
    customer = Interface("a customer", "", "203.0.113.9", ())
    elb = boto3.client("elbv2")
    for balancer in here.balancers():
        if balancer.get("Scheme", "internet-facing") != "internet-facing":
            continue
        listeners = asked(elb.describe_listeners, "its listeners", LoadBalancerArn=balancer["LoadBalancerArn"])
        for listener in listeners["Listeners"]:
            groups = balancer.get("SecurityGroups", [])
            if into_groups(net, groups, customer, customer.address, int(listener["Port"])).passes:
                yield str(listener["Port"])


def must_let_in_only_the_front(here: Site) -> None:
    """Raise Miss where a task lets in somebody else than the load balancer, at the program's port or another."""
    net = network.picture(here.cloud.region, here.cloud.account)
    fronts = [group for balancer in here.balancers() for group in balancer.get("SecurityGroups", [])]
    tasks = here.tasks()
    if not tasks:
        raise Miss(f"running tasks of {here.plan.service}", "none", "read the service's events")
    strangers = [
        Interface("somebody on the internet", "", "203.0.113.9", ()),
        Interface("a machine of the VPC", "", "172.31.200.20", ("sg-of-a-stranger",)),
    ]
    task = tasks[0]
    groups = list(task.security_groups) or _default_groups(net, task.subnet)
    for stranger in strangers:
        for port in (here.plan.port, 22, 80, 65535):
            passage = into_groups(net, groups, stranger, stranger.address, port)
            expect(
                not passage.passes,
                expected=f"the tasks let in the load balancer alone, at port {here.plan.port}",
                got=f"{stranger.id} comes in at port {port}, by {passage.by}",
                hint=f"one rule is enough: TCP {here.plan.port} from {', '.join(fronts) or 'the front group'}",
            )


def _default_groups(net: Any, subnet: str) -> list[str]:
    """The VPC's default group, which tasks get where the service names none."""
    vpc = net.subnets[subnet].vpc
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    found = boto3.client("ec2").describe_security_groups(Filters=filters)["SecurityGroups"]
    return [str(group["GroupId"]) for group in found]
