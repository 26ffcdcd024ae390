"""The order of checking: files of laws one after the other, and in a file the laws as they stand.

A service's files are imported when one of its operations is judged for the first time: who calls ECS alone does not
wait for the laws of EKS. Operations of ECS go by their own name, others carry their service: `eks:CreateCluster`.

AWS publishes no order. What is known of RegisterTaskDefinition, each from one request with several faults:

- a CPU that cannot be read comes before the network mode and the essential container (recorded, `sources.RECORDED`);
- a parameter of another account before a missing execution role (bench case of R-042), that before a wrong character in
  an image, and that before a missing memory (a field report of a definition with all three);
- memory missing in task and container before Fargate's CPU and memory (bench, pf-ecs-container-memory-required) and
  before its network mode (a field report), the network mode before Fargate's CPU, CPU before memory (R-007);
- options that awslogs lacks before the execution role that it lacks (recorded).

Of launches: RunTask and StartTask say that a definition is not there before they say it of the cluster (recorded,
ecs/audit_execution_rejections.json).

The rest is taken to go from the containers to what Fargate adds.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcloud.rules.engine import Law

IN_ORDER: dict[str, tuple[str, ...]] = {
    "ecs-names": ("identifiers",),
    "ecs": (
        "units",
        "secrets",
        "names",
        "values",
        "containers",
        "health",
        "environment",
        "network_mode",
        "ports",
        "proxy",
        "kernel",
        "volumes",
        "file_systems",
        "sizes",
        "unsupported",
        "windows",
        "logging",
        "storage",
        "roles",
        "whole",
    ),
    "ecs-launches": (
        "targets",
        "controllers",
        "choices",
        "capacity",
        "network",
        "platform",
        "placement",
        "overrides",
        "launch_volumes",
        "run_task",
    ),
    "ecs-services": (
        "services",
        "balancers",
        "deployments",
        "rollouts",
        "hooks",
        "registries",
        "connect",
    ),
    "ecs-account": (
        "settings",
        "clusters",
        "providers",
        "definition_names",
        "task_names",
        "protection",
        "exec_command",
        "start_task",
        "instances",
        "tags",
        "listing",
    ),
    "application-autoscaling": (
        "scaling.shape",
        "scaling.targets",
        "scaling.lookups",
        "scaling.policies",
        "scaling.steps",
        "scaling.tracking",
        "scaling.metrics",
        "scaling.predictive",
        "scaling.schedules",
        "scaling.tags",
    ),
    "codedeploy": (
        "codedeploy.names",
        "codedeploy.applications",
        "codedeploy.configurations",
        "codedeploy.groups",
        "codedeploy.blue_green",
        "codedeploy.balancing",
        "codedeploy.revisions",
        "codedeploy.deployments",
    ),
    "eks": (
        "eks.forms",
        "eks.principals",
        "eks.roles",
        "eks.lookup",
        "eks.updates",
        "eks.clusters",
        "eks.auto_mode",
        "eks.profiles",
        "eks.nodegroups",
        "eks.addons",
        "eks.access",
        "eks.trust",
    ),
    "ec2": (
        "neighbours.vpcs",
        "neighbours.route_tables",
        "neighbours.addresses",
        "neighbours.security_groups",
        "neighbours.endpoints",
        "neighbours.offered",
    ),
    "elasticloadbalancing": (
        "neighbours.limits",
        "neighbours.target_groups",
        "neighbours.health_checks",
        "neighbours.target_addresses",
        "neighbours.balancers",
        "neighbours.listeners",
        "neighbours.actions",
        "neighbours.routing",
        "neighbours.conditions",
        "neighbours.attributes",
    ),
    "ecr": ("neighbours.repositories", "neighbours.lifecycle", "neighbours.offered"),
    "kms": ("neighbours.offered",),
    "elasticfilesystem": ("neighbours.limits", "neighbours.file_systems"),
    "iam": ("neighbours.limits", "neighbours.trust", "neighbours.roles", "neighbours.identities"),
    "logs": ("neighbours.limits", "neighbours.keeping"),
    "ssm": ("neighbours.keeping", "neighbours.offered"),
    "secretsmanager": ("neighbours.keeping", "neighbours.secrets"),
    "cloudwatch": ("neighbours.limits", "neighbours.watching"),
    "events": ("neighbours.limits", "neighbours.events"),
    "scheduler": ("neighbours.limits", "neighbours.scheduler"),
    "sqs": ("neighbours.watching",),
}
"""Modules under `simcloud.rules` by the service whose requests they judge."""

_HERE = __name__.rpartition(".")[0]
_PLACES = {
    f"{_HERE}.{module}": (service, index)
    for service, modules in reversed(list(enumerate(IN_ORDER.values())))
    for index, module in enumerate(modules)
}
"""Of a module that stands under several services, the first place counts."""


_ROOMS = {
    "RegisterTaskDefinition": ("ecs",),
    "RunTask": ("ecs-launches",),
    "StartTask": ("ecs-launches", "ecs-account"),
    "CreateService": ("ecs-launches", "ecs-services"),
    "UpdateService": ("ecs-launches", "ecs-services"),
    "CreateTaskSet": ("ecs-launches", "ecs-services"),
}
"""Where the laws on an operation of ECS stand, unless all stand under `ecs-account`: the first answer does not wait for
laws on other operations."""

_ENTERED: set[str] = set()
"""The services whose laws are in the book."""


def service_of(operation: str) -> str:
    """ecs of RunTask, eks of eks:CreateCluster."""
    service, colon, _ = operation.partition(":")
    return service if colon else "ecs"


def rooms_of(operation: str) -> tuple[str, ...]:
    """The keys of IN_ORDER under which an operation's laws stand."""
    service = service_of(operation)
    return _ROOMS.get(operation, ("ecs-account",)) if service == "ecs" else (service,)


def enter(services: Iterable[str]) -> None:
    """Enter the laws of these services into the book, where that has not been done."""
    for service in services:
        if service not in _ENTERED:
            for module in IN_ORDER.get(service, ()):
                import_module(f"{_HERE}.{module}")
            _ENTERED.add(service)


def place(law: Law) -> tuple[int, int, int]:
    """Where a law comes in the order; one of a file that is not listed comes last."""
    return *_PLACES.get(law.check.__module__, (len(IN_ORDER), 0)), law.entered
