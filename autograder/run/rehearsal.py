"""A rehearsal in a warm process: the calls that learners and checks make most, made once in a lab's own world.

A first call of an operation takes 3 to 10 ms more than the next: botocore and moto read what its answer looks like, and
Python learns how its code is used. Forks inherit both. Nothing here comes from a learner or from a solution: it is the
course's own list of looks, and of imports.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from collections.abc import Collection
from typing import Any

LOOKS = {
    "ec2": (
        "describe_vpcs",
        "describe_subnets",
        "describe_route_tables",
        "describe_security_groups",
        "describe_security_group_rules",
        "describe_vpc_endpoints",
        "describe_managed_prefix_lists",
        "describe_network_interfaces",
        "describe_internet_gateways",
        "describe_nat_gateways",
        "describe_network_acls",
    ),
    "iam": ("list_roles", "list_policies"),
    "logs": ("describe_log_groups",),
    "ecr": ("describe_repositories",),
    "elbv2": ("describe_load_balancers", "describe_target_groups"),
    "cloudwatch": ("describe_alarms",),
    "secretsmanager": ("list_secrets",),
    "sqs": ("list_queues",),
    "s3": ("list_buckets",),
    "sts": ("get_caller_identity",),
}
"""By service the operations that need no parameter."""

ROOMS = ("simcloud.sim", "simcloud.reason", "simcloud.rules", "simcloud.cloud.ecs")
"""Rooms of the simulation whose files are imported when something first needs them."""


def imported() -> None:
    """Import what a fork would import in the middle of a learner's work."""
    for name in ROOMS:
        room = importlib.import_module(name)
        for module in pkgutil.iter_modules(room.__path__, f"{name}."):
            with contextlib.suppress(Exception):
                importlib.import_module(module.name)


def rehearsed(cloud: Any, services: Collection[str]) -> None:
    """Look at everything in this open world, and let it live for a while."""
    import boto3

    for service in services:
        client: Any = boto3.client(service)
        for look in LOOKS.get(service, ()):
            with contextlib.suppress(Exception):
                getattr(client, look)()
    if "ecs" in services:
        with contextlib.suppress(Exception):
            _tasks(boto3.client("ecs"))
    with contextlib.suppress(Exception):
        cloud.advance(minutes=30)


def _tasks(ecs: Any) -> None:
    """Each cluster with its services and tasks, and one more task."""
    for cluster in ecs.list_clusters()["clusterArns"]:
        ecs.describe_clusters(clusters=[cluster])
        for status in ("RUNNING", "STOPPED"):
            if arns := ecs.list_tasks(cluster=cluster, desiredStatus=status)["taskArns"]:
                ecs.describe_tasks(cluster=cluster, tasks=arns[:10])
        for service in ecs.list_services(cluster=cluster)["serviceArns"]:
            held = ecs.describe_services(cluster=cluster, services=[service])["services"][0]
            ecs.describe_task_definition(taskDefinition=held["taskDefinition"])
            ecs.update_service(cluster=cluster, service=service, forceNewDeployment=True)
            ran = ecs.run_task(
                cluster=cluster,
                taskDefinition=held["taskDefinition"],
                launchType="FARGATE",
                networkConfiguration=held.get("networkConfiguration", {}),
            )
            for task in ran["tasks"]:
                ecs.stop_task(cluster=cluster, task=task["taskArn"])
