"""A learner's service as the checks of lab 17 let it live: started, loaded, taken apart, released, billed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import boto3

from autograder.checks.asking import active_service, asked, definition_of, network_of
from autograder.checks.check import Miss, NotAttempted, expect
from autograder.checks.labs.blue_green.told import not_yet, told_by_ecs
from autograder.checks.labs.capstone.plan import Plan, plan_of
from autograder.checks.labs.rolling_service import site as rolling
from simcloud.cloud.asking import Asking
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage

REST_MINUTES = 10
START_MINUTES = 4


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def service(self) -> dict[str, Any]:
        """Raises NotAttempted where there never was one, Miss where it is gone."""
        ecs, plan = boto3.client("ecs"), self.plan
        clusters = ecs.list_clusters()["clusterArns"]
        known = any(arn.endswith(f"/{plan.cluster}") for arn in clusters)
        if not known or not ecs.describe_services(cluster=plan.cluster, services=[plan.service])["services"]:
            raise NotAttempted(f"There is no service {plan.service} in the cluster {plan.cluster} yet.")
        return active_service(plan.cluster, plan.service)

    def tasks(self) -> list[Any]:
        """Its running tasks."""
        self.service()
        return list(self.cloud.tasks(self.plan.cluster, service=self.plan.service, status="RUNNING"))

    def image(self) -> str:
        """The image that the service runs now."""
        return str(definition_of(self.plan.cluster, self.plan.service)["containerDefinitions"][0]["image"])

    def rest(self, minutes: float = REST_MINUTES) -> None:
        """Let the copy come to rest."""
        self.service()
        self.cloud.advance(minutes=minutes)

    def customers(self, rate: float) -> None:
        """Let so many requests a second come from now on."""
        self.service()
        self.cloud.load(self.plan.service, rate, cluster=self.plan.cluster)

    def days(self, busy: float = 1.0) -> None:
        """Let the customers of usual days come, or of busier ones."""
        self.service()
        plan = self.plan
        self.cloud.load(plan.service, cluster=plan.cluster, daily=[plan.low * busy, plan.high * busy])

    def served(self, minutes: float) -> Any:
        """How the requests of the last so many minutes fared."""
        return self.cloud.served(self.plan.service, self.plan.cluster, minutes=minutes)

    def events(self) -> str:
        """The newest event of the service, as a hint."""
        return next((event for event in self.cloud.service(self.plan.service, self.plan.cluster).events), "")

    def healthy(self) -> int:
        """Tasks that are healthy targets of a load balancer's group, of either one."""
        found = {address for group in self.groups() for address in self.healthy_in(group)}
        return len(found & {task.private_ip for task in self.tasks()})

    def healthy_in(self, group: str) -> set[str]:
        """Addresses of the healthy targets of a group, by its ARN."""
        ask = boto3.client("elbv2").describe_target_health
        told = asked(ask, "the target group", TargetGroupArn=group)["TargetHealthDescriptions"]
        return {each["Target"]["Id"] for each in told if each["TargetHealth"]["State"] == "healthy"}

    def groups(self) -> list[str]:
        """ARNs of the target groups in which its tasks stand, by turns."""
        held = self.service().get("loadBalancers", [])
        others = [one.get("advancedConfiguration", {}).get("alternateTargetGroupArn") for one in held]
        return [str(arn) for arn in [*(one.get("targetGroupArn") for one in held), *others] if arn]

    def newest(self) -> dict[str, Any]:
        """The newest revision of its family. Raises NotAttempted where there is none."""
        ecs, family = boto3.client("ecs"), self.plan.service
        found = ecs.list_task_definitions(familyPrefix=family, status="ACTIVE", sort="DESC")["taskDefinitionArns"]
        if not found:
            raise NotAttempted(f"There is no definition of the family {family} yet.")
        return dict(ecs.describe_task_definition(taskDefinition=found[0])["taskDefinition"])

    def made_for_it(self) -> list[str]:
        """Names of the load balancers, the target groups and the security groups of both sides."""
        balancers = self.balancers()
        ids = {group for each in balancers for group in each["SecurityGroups"]}
        ids |= set(network_of(self.service())["securityGroups"])
        ask = boto3.client("ec2").describe_security_groups
        groups = asked(ask, "its security groups", GroupIds=sorted(ids))["SecurityGroups"] if ids else []
        targets = [arn.split("/")[1] for arn in self.groups()]
        return [*(each["LoadBalancerName"] for each in balancers), *targets, *(each["GroupName"] for each in groups)]

    def moved_by(self) -> list[str]:
        """Names of the roles by which ECS moves its customers from one target group to the other."""
        ways = [one.get("advancedConfiguration", {}) for one in self.service().get("loadBalancers", [])]
        return [str(way["roleArn"]).rsplit("/", 1)[-1] for way in ways if "roleArn" in way]

    def alarms(self) -> dict[str, str]:
        """What the alarms say that its deployments name, by name."""
        names = self.service()["deploymentConfiguration"].get("alarms", {}).get("alarmNames", [])
        if not names:
            return {}
        kinds = ["MetricAlarm", "CompositeAlarm"]
        found = boto3.client("cloudwatch").describe_alarms(AlarmNames=names, AlarmTypes=kinds)
        return {each["AlarmName"]: each["StateValue"] for kind in kinds for each in found.get(f"{kind}s", [])}

    def must_bear_its_name(self, *names: str) -> None:
        """Raise Miss unless each name begins with the service's."""
        other = sorted({name for name in names if not name.startswith(self.plan.service)})
        expect(
            not other,
            expected=f"what is made for {self.plan.service} bears its name in front",
            got=", ".join(other),
            hint=f"such as {self.plan.service}-{other[0] if other else 'front'}",
        )

    def balancers(self) -> list[dict[str, Any]]:
        """The load balancers whose listeners forward to these groups. Raises Miss where there is none."""
        return rolling.Site.balancers(cast(Any, self))


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


# --- a task of the definition


def started(here: Site) -> Any:
    """A task of the newest revision, started now in the default VPC. Raises Miss unless it runs."""
    plan, ecs = here.plan, boto3.client("ecs")
    newest = here.newest()["taskDefinitionArn"]
    subnets = boto3.client("ec2").describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    place = {"subnets": [subnets[0]["SubnetId"]], "assignPublicIp": "ENABLED"}
    answer = asked(
        ecs.run_task,
        f"a task of {plan.service} can be started in the cluster {plan.cluster}",
        cluster=plan.cluster,
        taskDefinition=newest,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": place},
    )
    here.cloud.advance(minutes=START_MINUTES)
    task = here.cloud.task(answer["tasks"][0]["taskArn"])
    expect(
        task.status == "RUNNING",
        expected=f"a task of {newest.rsplit('/', 1)[-1]} is RUNNING {START_MINUTES} minutes after it is started",
        got=f"{task.status}: {task.stopped_reason or 'no reason yet'}",
        hint=task.why,
    )
    return task


# --- what must hold


def must_be_whole(here: Site, when: str, count: int = 0) -> None:
    """Raise Miss unless the service has so many running tasks, all of them healthy targets."""
    count = count or here.plan.least
    running, healthy = len(here.tasks()), here.healthy()
    stopped = here.cloud.service(here.plan.service, here.plan.cluster).stopped_tasks
    why = [task.why or task.stopped_reason for task in stopped if task.stopped_reason]
    expect(
        running >= count and healthy >= count,
        expected=f"{when} {here.plan.service} has {count} running tasks, all of them healthy targets",
        got=f"{running} running, {healthy} healthy",
        hint=why[-1] if why else here.events(),
    )
    _must_be_reached(here, when)


def _must_be_reached(here: Site, when: str) -> None:
    """Raise Miss unless all who ask at port 80 come in, and get to a healthy task."""
    ports = sorted(set(rolling.front_is_open(cast(Any, here))))
    expect(
        "80" in ports,
        expected=f"{when} customers get in at port 80 of a load balancer in front of {here.plan.service}",
        got=f"they get in at port {', '.join(ports)}" if ports else "they get in nowhere",
        hint="a listener at port 80, and a security group of the load balancer that lets in TCP 80 from 0.0.0.0/0",
    )
    asks = Asking(here.cloud._live)
    ways = [way for front in here.balancers() if (way := asks.forward(front["DNSName"], 80, "/"))]
    sent = [arn for way in ways for arn, weight in way.groups if weight]
    empty = [arn.split("/")[1] for arn in sent if not here.healthy_in(arn)]
    expect(
        sent and not empty,
        expected=f"{when} each customer who asks at port 80 gets to a task of {here.plan.service}",
        got=f"some are sent to {', '.join(empty)}, where no task is" if empty else "they are sent nowhere",
        hint="the listener and its rules: which target group gets which share?",
    )


def must_run(here: Site, version: str, when: str) -> None:
    """Raise Miss unless the service runs this version and its deployment is over."""
    told, runs = told_by_ecs(here.plan.cluster, here.plan.service), here.image().rsplit(":", 1)[-1]
    running = {task.containers[0].image for task in here.tasks()}
    expect(
        here.image() == here.plan.image(version) and running == {here.plan.image(version)},
        expected=f"{when} {here.plan.service} runs version {version}, and no other",
        got=sorted(image.rsplit(":", 1)[-1] for image in running | {here.image()}),
        hint=not_yet(told or here.events(), runs, version),
    )


def must_answer(here: Site, minutes: float, share: float, when: str) -> None:
    """Raise Miss where more than this share of the requests of the last minutes were not answered well."""
    served = here.served(minutes)
    expect(served.asked > 0, expected="requests", got="none", hint="a load balancer that forwards to the tasks")
    expect(
        served.failed <= share * served.asked,
        expected=f"{when} {1 - share:.1%} of the requests are answered",
        got=f"{served.availability:.2%}: {served.failed:,.0f} of {served.asked:,.0f} were not",
        hint=f"at the worst moment {served.least_serving} tasks served; one answers 50 requests a second",
    )


# --- capacity


def by_provider(here: Site) -> tuple[int, int]:
    """Running tasks on demand, and on Spot."""
    providers = [task.provider for task in here.tasks()]
    return len(providers) - providers.count("FARGATE_SPOT"), providers.count("FARGATE_SPOT")


def set_count(here: Site, count: int) -> None:
    """Let the service want so many."""
    what = f"{here.plan.service} can be scaled"
    update = {"cluster": here.plan.cluster, "service": here.plan.service, "desiredCount": count}
    asked(boto3.client("ecs").update_service, what, **update)


# --- releases


def release(here: Site, version: str) -> None:
    """Release a version on this copy, as the pipeline would: the same definition with another image."""
    plan = here.plan
    if version not in ("1.0", "1.1"):
        here.cloud.push_image(f"ferryline/{plan.service}", version, **plan.behaviour(version))
    rolling.release(cast(Any, here), plan.image(version))


def first_share(here: Site, minutes: float, old: set[str]) -> tuple[float, float]:
    """Percent of the customers whom the new version had first, and for how many minutes, in the last so many."""
    begun = 0.0
    first = 0.0
    for level in here.cloud.rollout_history(here.plan.service, here.plan.cluster, minutes=minutes).levels:
        mine = sum(part.share for part in level.parts if part.revision.partition(" ")[0] not in old)
        if first and abs(mine - first) > 0.5:
            return first, (level.at - begun) / 60
        if not first and mine > 0:
            first, begun = mine, level.at
    return first, minutes


def revisions(here: Site) -> set[str]:
    """family:revision of the tasks that run now."""
    return {task.definition for task in here.tasks()}


# --- the bill


def paid_for_fargate(here: Site, since: float) -> float:
    """Dollars for the tasks of the service since then (epoch seconds)."""
    mine = [
        used
        for used in usage_of(here.cloud.world)
        if isinstance(used, TaskUsage) and used.owner.service == here.plan.service
    ]
    if not mine:
        raise Miss(f"tasks of {here.plan.service} on the bill", "none")
    return float(price(mine, since=str(since)).of("Fargate").cost)


def standing(plan: Plan, hours: float) -> float:
    """Dollars for the tasks that the peak needs at half their capacity, all on demand and never fewer."""
    count = round(plan.busiest / 25)
    return float(price([TaskUsage(str(hours * 3600), 256, 512, count=count)]).of("Fargate").cost)
