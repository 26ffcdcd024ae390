"""What moto holds and what the APIs answer agrees with the simulated world. Each finding is a sentence."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import boto3

from simcloud import Cloud
from simcloud.sim.task import RUNNING, STOPPED

OURS = "amazon-elb-ecs"
"""Who asked EC2 for the interface of a task."""
STARTING = ("PROVISIONING", "PENDING", "ACTIVATING")


@functools.cache
def client(service: str) -> Any:
    """Whichever world is live answers it; to make one takes longer than most calls."""
    return boto3.client(service)


def disagreements(cloud: Cloud) -> list[str]:
    """All of them; none in a world that makes sense."""
    return [found for look in LOOKS for found in look(cloud)]


def every_interface_has_one_live_task(cloud: Cloud) -> Iterator[str]:
    """EC2 has an interface for each task that is attached to one, with its address, and no other of ECS."""
    interfaces = client("ec2").describe_network_interfaces()["NetworkInterfaces"]
    held = {each["NetworkInterfaceId"]: each for each in interfaces if each.get("RequesterId") == OURS}
    attached = {
        task.interface.id: task
        for task in cloud.world.tasks.values()
        if task.interface.id and task.interface.status == "ATTACHED"
    }
    for key in set(held) - set(attached):
        yield f"EC2 has {key}, which belongs to no live task"
    for key, task in attached.items():
        if key not in held:
            yield f"task {task.id} has {key}, which EC2 does not have"
        elif held[key]["PrivateIpAddress"] != task.interface.address:
            yield f"{key} has {held[key]['PrivateIpAddress']}, its task {task.interface.address}"
    taken = Counter((each["VpcId"], each["PrivateIpAddress"]) for each in interfaces)
    yield from (f"{address} of {vpc} is held {number} times" for (vpc, address), number in taken.items() if number > 1)


def targets_are_the_registered_tasks(cloud: Cloud) -> Iterator[str]:
    """A target group that services use holds the addresses of registered tasks; a healthy one runs."""
    wanted: dict[str, Counter[str]] = {}
    running = {task.interface.address for task in cloud.world.tasks.values() if task.status == RUNNING}
    for task in cloud.world.tasks.values():
        for group, _ in task.targets:
            wanted.setdefault(group, Counter())
            if task.registered:
                wanted[group][task.interface.address] += 1
    elb = client("elbv2")
    for group, addresses in wanted.items():
        found = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
        states = {each["Target"]["Id"]: each["TargetHealth"]["State"] for each in found}
        serving = {key for key, state in states.items() if state != "draining"}
        if serving != set(addresses):
            yield f"{group} holds {sorted(serving)}, the registered tasks are {sorted(addresses)}"
        yield from (
            f"{key} is healthy in {group} and no task runs there"
            for key, state in states.items()
            if state == "healthy" and key not in running
        )


def services_are_described_as_they_are(cloud: Cloud) -> Iterator[str]:
    """desired, running and pending counts, of services and of their deployments."""
    ecs = client("ecs")
    for service in cloud.world.services.values():
        if service.status == "INACTIVE":
            continue
        shown = ecs.describe_services(cluster=service.cluster, services=[service.arn])["services"][0]
        mine = [task for task in cloud.world.tasks.values() if task.service == service.arn and task.wanted]
        counts = (
            service.desired,
            sum(task.status == RUNNING for task in mine),
            sum(task.status in STARTING for task in mine),
        )
        said = (shown["desiredCount"], shown["runningCount"], shown["pendingCount"])
        if said != counts:
            yield f"service {service.name} is described with {said}, and has {counts} (desired, running, pending)"
        for release in shown["deployments"]:
            here = [task.status for task in mine if task.deployment == release["id"]]
            if release["runningCount"] != here.count(RUNNING):
                yield f"deployment {release['id']} is described with {release['runningCount']} running tasks of {here}"


def tasks_are_listed_as_they_are(cloud: Cloud) -> Iterator[str]:
    """ListTasks and DescribeTasks find every task that is shown, in the status it has."""
    ecs = client("ecs")
    listed: set[str] = set()
    for status in ("RUNNING", "STOPPED"):
        for page in ecs.get_paginator("list_tasks").paginate(cluster="shop", desiredStatus=status):
            listed |= set(page["taskArns"])
    there = {arn for arn, task in cloud.world.tasks.items() if task.cluster.endswith("/shop")}
    if listed != there:
        yield f"ListTasks finds {len(listed)} tasks, there are {len(there)}"
    for first in range(0, len(there), 100):
        asked = sorted(there)[first : first + 100]
        for shown in ecs.describe_tasks(cluster="shop", tasks=asked)["tasks"]:
            task = cloud.world.tasks[shown["taskArn"]]
            if (shown["lastStatus"], shown["desiredStatus"]) != (task.status, task.desired):
                yield f"task {task.id} is described as {shown['lastStatus']}, and is {task.status}"
            if task.status == STOPPED and not shown.get("stopCode"):
                yield f"task {task.id} stopped, and nobody says why"


def alarms_are_shown_as_they_are(cloud: Cloud) -> Iterator[str]:
    """CloudWatch shows the alarms that are evaluated, in their state."""
    answer = client("cloudwatch").describe_alarms()["MetricAlarms"]
    shown = {each["AlarmName"]: each["StateValue"] for each in answer}
    there = {each.name: each.state for each in cloud.world.watching.alarms.values()}
    if shown != there:
        yield f"CloudWatch shows the alarms {shown}, evaluated are {there}"


def targets_of_scaling_are_shown(cloud: Cloud) -> Iterator[str]:
    """Application Auto Scaling shows a target for each that there is, on a service that lives."""
    api = client("application-autoscaling")
    shown = api.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    there = {(each.resource, each.minimum, each.maximum) for each in cloud.world.scaling.targets.values()}
    if {(each["ResourceId"], each["MinCapacity"], each["MaxCapacity"]) for each in shown} != there:
        yield f"Application Auto Scaling shows {shown}, there are {there}"


LOOKS = (
    every_interface_has_one_live_task,
    targets_are_the_registered_tasks,
    services_are_described_as_they_are,
    tasks_are_listed_as_they_are,
    alarms_are_shown_as_they_are,
    targets_of_scaling_are_shown,
)
