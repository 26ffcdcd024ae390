"""A learner's services as the checks of lab 08 release them, and what is seen while a release gets its customers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks.asking import asked, definition_of, made_service
from autograder.checks.check import Miss, expect
from autograder.checks.labs.blue_green.plan import CLUSTER, Plan, Shift, plan_of
from autograder.checks.labs.blue_green.told import deployed, not_yet, told_by_codedeploy, told_by_ecs
from simcloud.cloud.asking import Asking

REST_MINUTES = 10
START_MINUTES = 15
"""For the new tasks to start, and for the old ones to drain and stop."""
BAD_MINUTES = 45
"""In which a bad version must have come and gone."""
MOST_BAD_MINUTES = 6.0
PATHS = ("/", "/timetable/north")
"""For which customers ask."""
LATE = 3.0
"""Minutes by which a part may last longer than it is to: the seconds between two stages are not published by AWS."""


@dataclass(frozen=True)
class Site:
    """One service of the learner's account as it stands now."""

    cloud: Any
    plan: Plan
    service: str

    @property
    def shift(self) -> Shift:
        return self.plan.shift(self.service)

    def held(self) -> dict[str, Any]:
        """DescribeServices. Raises NotAttempted where there never was one, Miss where it is gone."""
        return made_service(CLUSTER, self.service)

    def running(self, definition: str = "") -> int:
        """Running tasks; of one revision, where it is named."""
        held = self.cloud.tasks(CLUSTER, service=self.service, status="RUNNING")
        return sum(not definition or task.definition == definition for task in held)

    def image(self) -> str:
        """The image that the service runs now."""
        return str(definition_of(CLUSTER, self.service)["containerDefinitions"][0]["image"])

    def customers(self, busy: float = 1.0) -> None:
        """Let the customers of a usual day come, or of a busier one."""
        self.held()
        self.cloud.load(self.service, self.plan.rate * busy, cluster=CLUSTER)

    def history(self, minutes: float) -> Any:
        return self.cloud.rollout_history(self.service, CLUSTER, minutes=minutes)


def site(cloud: Any, variant: Mapping[str, Any], which: str) -> Site:
    """The site of the variant's `native`, `classic` or `stacked` service."""
    plan = plan_of(variant["ticket"])
    return Site(cloud, plan, getattr(plan, which))


# --- release


def revision_with(here: Site, image: str) -> str:
    """The definition that the service runs, registered with another image; its ARN."""
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    held = definition_of(CLUSTER, here.service)
    first, *others = held["containerDefinitions"]
    made = asked(
        boto3.client("ecs").register_task_definition,
        f"the definition of {here.service} can be registered with another version",
        **{name: held[name] for name in kept if name in held},
        containerDefinitions=[{**first, "image": image}, *others],
    )
    return str(made["taskDefinition"]["taskDefinitionArn"])


def release(here: Site, version: str) -> None:
    """Release a version on this copy, by whoever deploys the service."""
    image = here.plan.image(here.service, version)
    if version not in ("1.0", "1.1", "2.0"):
        here.cloud.push_image(f"ferryline/{here.service}", version, **here.plan.behaviour(version))
    if here.service == here.plan.native:
        update = {"cluster": CLUSTER, "service": here.service, "taskDefinition": revision_with(here, image)}
        asked(boto3.client("ecs").update_service, f"ECS updates {here.service}", **update)
    elif here.service == here.plan.classic:
        _by_codedeploy(here, image)
    else:
        _by_stack(here, version)


def deployment_group(here: Site) -> tuple[str, str]:
    """Application and deployment group that deploy the service. Raises Miss where there is none."""
    codedeploy = boto3.client("codedeploy")
    for application in codedeploy.list_applications()["applications"]:
        for group in codedeploy.list_deployment_groups(applicationName=application)["deploymentGroups"]:
            info = codedeploy.get_deployment_group(applicationName=application, deploymentGroupName=group)
            named = info["deploymentGroupInfo"].get("ecsServices", [])
            if any(each["serviceName"].rsplit("/", 1)[-1] == here.service for each in named):
                return application, group
    raise Miss(
        f"a deployment group of CodeDeploy for {here.service}", "none", "create_deployment_group with its ecsServices"
    )


def must_have_deployed(here: Site) -> None:
    """Raise Miss where the newest deployment of its group, if there is one, has not succeeded by now."""
    newest = next(iter(deployed(*deployment_group(here))), None)
    expect(
        newest is None or newest["status"] == "Succeeded",
        expected=f"the deployment of {here.service} has succeeded when your code has ended",
        got=newest["status"] if newest else "",
        hint="end the cell with CodeDeploy's waiter deployment_successful; "
        "while the old tasks are kept the deployment is under way",
    )


def _by_codedeploy(here: Site, image: str) -> None:
    application, group = deployment_group(here)
    container = definition_of(CLUSTER, here.service)["containerDefinitions"][0]
    port = (container.get("portMappings") or [{}])[0].get("containerPort", here.plan.port)
    serving = {"ContainerName": container["name"], "ContainerPort": port}
    properties = {"TaskDefinition": revision_with(here, image), "LoadBalancerInfo": serving}
    target = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
    content = json.dumps({"version": "0.0", "Resources": [target]})
    asked(
        boto3.client("codedeploy").create_deployment,
        f"CodeDeploy deploys {here.service}",
        applicationName=application,
        deploymentGroupName=group,
        revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": content}},
    )


def stack_of(here: Site) -> dict[str, Any]:
    """The stack that holds the service. Raises Miss where none does."""
    arn = here.held()["serviceArn"]
    cloudformation = boto3.client("cloudformation")
    for stack in cloudformation.describe_stacks()["Stacks"]:
        parts = cloudformation.describe_stack_resources(StackName=stack["StackName"])["StackResources"]
        if any(part.get("PhysicalResourceId") == arn for part in parts):
            return dict(stack)
    raise Miss(
        f"{here.service} belongs to a stack",
        "no stack holds it",
        "an AWS::ECS::Service in the template, made by create_stack",
    )


def must_be_complete(here: Site) -> None:
    """Raise Miss unless the stack that holds the service is complete by now, NotAttempted while there was neither."""
    what = "the stack is complete when your code has ended"
    for stack in boto3.client("cloudformation").describe_stacks()["Stacks"]:
        over = not stack["StackStatus"].endswith("IN_PROGRESS")
        expect(over, expected=what, got=stack["StackStatus"], hint="the waiter stack_create_complete")
    status = stack_of(here)["StackStatus"]
    complete = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
    expect(status in complete, expected=what, got=status, hint="read describe_stack_events")


def _by_stack(here: Site, version: str) -> None:
    stack = stack_of(here)
    names = [each["ParameterKey"] for each in stack.get("Parameters", [])]
    what = "the stack has a parameter Version"
    expect("Version" in names, expected=what, got=names, hint="Parameters, beside Resources in the template")
    others = [{"ParameterKey": name, "UsePreviousValue": True} for name in names if name != "Version"]
    asked(
        boto3.client("cloudformation").update_stack,
        f"the stack can be updated to Version {version}",
        StackName=stack["StackName"],
        UsePreviousTemplate=True,
        Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": "Version", "ParameterValue": version}, *others],
    )


# --- what is seen of it


@dataclass(frozen=True)
class Seen:
    """A release as it was watched. Moments are minutes since it was asked for."""

    shares: tuple[tuple[float, float], ...]
    """From this moment on the new version has this share of the customers, in percent; each change."""
    old: tuple[tuple[float, int], ...]
    """From this moment on so many old tasks run; each change."""
    failed: float
    """Requests that were not answered well."""
    asked: float
    until: float

    @property
    def parts(self) -> list[tuple[float, float]]:
        """The shares that the new version had one after the other, each with the minutes that it lasted."""
        ends = [at for at, _ in self.shares[1:]] + [self.until]
        held = [(share, end - at) for (at, share), end in zip(self.shares, ends, strict=True)]
        return [(share, lasted) for share, lasted in held if share > 0]

    @property
    def served_minutes(self) -> float:
        """Minutes for which the new version had customers."""
        return sum(lasted for _, lasted in self.parts)

    @property
    def whole_at(self) -> float | None:
        """When the new version had all customers; None for never."""
        return next((at for at, share in self.shares if share > 99), None)

    def old_at(self, minute: float) -> int:
        """Old tasks that run at a moment."""
        return next((count for at, count in reversed(self.old) if at <= minute), 0)


def watched(here: Site, version: str, *, busy: float = 1.0, minutes: float = 0) -> Seen:
    """Release a version under load and watch, until the old tasks must have gone or for so many minutes."""
    must_be_whole(here, "before the release")
    here.customers(busy)
    here.cloud.advance(minutes=2)
    old = {task.definition for task in here.cloud.tasks(CLUSTER, service=here.service, status="RUNNING")}
    release(here, version)
    lasts = minutes or here.shift.lasts + START_MINUTES + LATE * len(here.shift.parts)
    begun = here.cloud.now.timestamp()
    here.cloud.advance(minutes=lasts)
    return _seen(here.history(lasts), old, begun)


def _seen(history: Any, old: set[str], begun: float) -> Seen:
    shares: list[tuple[float, float]] = []
    counts: list[tuple[float, int]] = []
    for level in history.levels:
        at = max(0.0, (level.at - begun) / 60)
        mine = [part for part in level.parts if part.revision.partition(" ")[0] not in old]
        _add(shares, at, round(sum(part.share for part in mine), 1))
        _add(counts, at, sum(part.running for part in level.parts) - sum(part.running for part in mine))
    served = history.served
    return Seen(tuple(shares), tuple(counts), served.failed, served.asked, (history.until - begun) / 60)


def _add(kept: list[tuple[float, Any]], at: float, value: Any) -> None:
    if kept and kept[-1][0] == at:
        kept.pop()
    if not kept or kept[-1][1] != value:
        kept.append((at, value))


# --- what must hold


def must_be_whole(here: Site, when: str) -> None:
    """Raise Miss unless the service has its count of running tasks, and all of its customers get to them."""
    here.held()
    running, plan = here.running(), here.plan
    stopped = [task for task in here.cloud.service(here.service, CLUSTER).stopped_tasks if task.stopped_reason]
    why = (stopped[-1].why or stopped[-1].stopped_reason) if stopped else ""
    expect(
        running >= plan.count,
        expected=f"{when} {plan.count} tasks of {here.service} run",
        got=running,
        hint=why or "read the service's events, newest first",
    )
    groups = _groups(here)
    expect(
        set(groups) & _sent_to_from(here.service),
        expected=f"{when} the load balancer {here.service} sends customers from port 80 to the tasks of {here.service}",
        got="no listener at port 80 sends anybody there",
        hint=f"a listener at port 80 of the load balancer {here.service} that forwards to the service's target group",
    )
    healthy = sum(_healthy(group) for group in groups)
    expect(
        healthy >= plan.count,
        expected=f"{when} {plan.count} tasks of {here.service} are healthy targets",
        got=healthy,
        hint=f"HealthCheckPath {plan.health}, target type ip, and the container's port {plan.port}",
    )
    _must_answer_on_every_path(here, when)


def _must_answer_on_every_path(here: Site, when: str) -> None:
    """Raise Miss where a customer's request is sent to a target group without a healthy target."""
    ask = boto3.client("elbv2").describe_load_balancers
    host = asked(ask, f"the load balancer {here.service}", Names=[here.service])["LoadBalancers"][0]["DNSName"]
    for path in PATHS:
        decided = Asking(here.cloud._live).forward(host, 80, path)
        groups = [arn for arn, weight in (decided.groups if decided else ()) if weight]
        empty = [arn.split("/")[1] for arn in groups if not _healthy(arn)]
        expect(
            groups and not empty,
            expected=f"{when} a customer who asks for {path} gets to the tasks of {here.service}",
            got=f"sent to {', '.join(empty)}, where no task is" if empty else "sent nowhere",
            hint="the rule that is shifted must match every path; what it does not match goes where the listener says",
        )


def _groups(here: Site) -> list[str]:
    """ARNs of the target groups that the service's tasks stand in, by turns."""
    named = here.held().get("loadBalancers", [])
    found = {str(one["targetGroupArn"]) for one in named if "targetGroupArn" in one}
    found |= {
        str(one["advancedConfiguration"]["alternateTargetGroupArn"]) for one in named if "advancedConfiguration" in one
    }
    if here.service == here.plan.classic:
        application, group = deployment_group(here)
        ask = boto3.client("codedeploy").get_deployment_group
        info = ask(applicationName=application, deploymentGroupName=group)["deploymentGroupInfo"]
        pairs = info.get("loadBalancerInfo", {}).get("targetGroupPairInfoList", [])
        names = [each["name"] for pair in pairs for each in pair.get("targetGroups", [])]
        told = asked(boto3.client("elbv2").describe_target_groups, "the two target groups", Names=names)
        found |= {str(each["TargetGroupArn"]) for each in told["TargetGroups"]}
    return sorted(found)


def _healthy(group: str) -> int:
    told = asked(boto3.client("elbv2").describe_target_health, "the target group", TargetGroupArn=group)
    return sum(each["TargetHealth"]["State"] == "healthy" for each in told["TargetHealthDescriptions"])


def _sent_to_from(balancer: str) -> set[str]:
    """The target groups to which the load balancer of this name sends what comes in at port 80."""
    elb = boto3.client("elbv2")
    what = f"the load balancer {balancer}"
    arn = asked(elb.describe_load_balancers, what, Names=[balancer])["LoadBalancers"][0]["LoadBalancerArn"]
    actions: list[dict[str, Any]] = []
    for listener in elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]:
        if listener["Port"] == 80:
            rules = elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
            actions += [action for rule in rules for action in rule["Actions"]]
    pairs = [pair for action in actions for pair in action.get("ForwardConfig", {}).get("TargetGroups", [])]
    return {str(each["TargetGroupArn"]) for each in [*actions, *pairs] if "TargetGroupArn" in each}


def must_shift(here: Site, seen: Seen) -> None:
    """Raise Miss unless the customers went over as the ticket says."""
    wished = f"{here.service}: {here.shift.said}"
    strategy = here.held().get("deploymentConfiguration", {}).get("strategy", "")
    rolling = "a rolling deployment, task by task: the old ones stop as the new ones come"
    expect(strategy != "ROLLING", expected=wished, got=rolling, hint="strategy in the deploymentConfiguration")
    told = "; ".join(f"{share:g} % for {lasted:.0f} min" for share, lasted in seen.parts) or "no customer went over"
    shares = [share for share, _ in seen.parts]
    right = len(shares) == len(here.shift.parts) and all(
        abs(share - part) < 0.6 for share, part in zip(shares, here.shift.parts, strict=True)
    )
    hint = (
        "a share and its minutes: strategy and configuration of the service, or CodeDeploy's deployment configuration"
    )
    if not shares:
        hint = newest_release(here) or hint
    elif seen.shares[-1][1] == 0:
        hint = f"it was taken back, and was good: its alarm must bear the errors of a busy day; {newest_release(here)}"
    expect(right, expected=wished, got=told, hint=hint)
    for share, lasted in seen.parts[:-1]:
        expect(
            here.shift.minutes - 0.6 <= lasted <= here.shift.minutes + LATE,
            expected=f"{wished}: each part but the last for {here.shift.minutes} minutes",
            got=f"{share:g} % for {lasted:.1f} minutes",
            hint=hint,
        )


def must_keep_the_old(here: Site, seen: Seen) -> None:
    """Raise Miss unless the old tasks were kept for as long as the ticket says, and are gone then."""
    keep, whole = here.shift.keep, seen.whole_at
    expected = (
        f"the old tasks of {here.service} run on for {keep} minutes after the last customer has gone over, then stop"
    )
    hint = "bakeTimeInMinutes of ECS; terminationWaitTimeInMinutes of CodeDeploy"
    expect(whole is not None, expected=expected, got="the new version never had all customers", hint=hint)
    assert whole is not None
    before, after = seen.old_at(whole + keep - 0.5), seen.old_at(whole + keep + START_MINUTES - 1)
    gone = next((at - whole for at, count in seen.old if at >= whole and count < here.plan.count), None)
    got = f"the first stopped after {gone:.0f} minutes" if gone is not None else "they still run"
    if gone is None and before < here.plan.count:
        got = "the first stopped at once"
    expect(before >= here.plan.count and after == 0, expected=expected, got=got, hint=hint)


def must_run(here: Site, version: str, when: str) -> None:
    """Raise Miss unless this version runs, alone, and has all customers."""
    runs = here.image().rsplit(":", 1)[-1]
    expect(
        here.image() == here.plan.image(here.service, version),
        expected=f"{when} {here.service} runs version {version}",
        got=runs,
        hint=not_yet(newest_release(here), runs, version),
    )
    must_be_whole(here, when)


def newest_release(here: Site) -> str:
    """What AWS tells of the service's newest release."""
    classic = here.service == here.plan.classic
    return told_by_codedeploy(*deployment_group(here)) if classic else told_by_ecs(CLUSTER, here.service)


def must_not_hurt(here: Site, seen: Seen) -> None:
    """Raise Miss where a bad version had customers for too long."""
    expect(seen.served_minutes > 0, expected="the bad version is tried", got="it never had a customer")
    expect(
        seen.served_minutes <= MOST_BAD_MINUTES,
        expected=f"a bad version of {here.service} has customers for {MOST_BAD_MINUTES:g} minutes at most",
        got=f"{seen.served_minutes:.1f} minutes",
        hint="the alarm's period times its evaluation periods is the time it needs; its threshold must lie below what "
        "the bad version adds to the usual errors, even with the first small part of the customers",
    )


def must_answer_all(here: Site, seen: Seen, failing: float) -> None:
    """Raise Miss where a request was lost, beside those that each version fails."""
    more = seen.failed - failing * seen.asked
    expect(seen.asked > 0, expected="customers", got="none")
    expect(
        more < 1,
        expected=f"no request to {here.service} is lost while a good version comes",
        got=f"{more:.0f} of {seen.asked:.0f} were",
        hint="both versions must be whole while customers go over",
    )
