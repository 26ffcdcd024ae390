"""A world with nothing around it: every path is open, every role may do everything, every image is there.

For experiments that need no account: an explorer runs one anew whenever a slider moves, in a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.sim import events as e
from simcloud.sim.asks import TASKS, FileSystem, Forward, Permission, Route, Secret, StoredObject
from simcloud.sim.cluster import Cluster
from simcloud.sim.effects import (
    DeleteInterface,
    DeregisterTargets,
    Effect,
    LookAtTargets,
    MakeInterface,
    RegisterTargets,
)
from simcloud.sim.health import HealthCheck
from simcloud.sim.image import Image
from simcloud.sim.service import Service
from simcloud.sim.service_history import new_deployment, recorded
from simcloud.sim.world import World

ACCOUNT, REGION = "123456789012", "us-east-1"
BEGIN = 1767603600.0
"""2026-01-05 09:00:00 UTC."""
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop/web:1.0"
ADDRESS = "10.0.0.10"
GRANTED = Permission(True, "", "everybody may do everything here")


class Around:
    """Answers the questions of the simulation and does its effects."""

    def __init__(self, image: Image, deregistration_delay: float = 300.0) -> None:
        self._image = image
        self._delay = deregistration_delay
        self._addresses = 0

    def route(self, interface: str, host: str, port: int, call: object = None) -> Route:
        """Open."""
        return Route(True, ADDRESS, "open", f"{host} can be reached")

    def may(
        self, role: str, session: str, action: str, resource: str, context: Mapping[str, str] | None = None
    ) -> Permission:
        """Yes."""
        return GRANTED

    def missing(self, action: str, resource: str) -> tuple[str, str]:
        """Nothing is."""
        return "", ""

    def assumable(self, role: str, service: str = TASKS) -> Permission:
        """Yes."""
        return GRANTED

    def image(self, reference: str) -> Image | None:
        """The one that there is."""
        return self._image

    def secret(self, value_from: str) -> Secret:
        """There is none."""
        return Secret(False)

    def stored_object(self, bucket: str, key: str) -> StoredObject:
        """There is none."""
        return StoredObject()

    def file_system(self, interface: str, identity: str, access_point: str, root: str) -> FileSystem:
        """There is one of every id."""
        return FileSystem(arn=f"arn:aws:elasticfilesystem:{REGION}:{ACCOUNT}:file-system/{identity}", address=ADDRESS)

    def may_mount(
        self, role: str, session: str, action: str, file_system: str, context: Mapping[str, str]
    ) -> Permission:
        """Yes."""
        return GRANTED

    def snapshot(self, identity: str) -> bool:
        """Yes."""
        return True

    def key(self, key: str) -> bool:
        """Yes."""
        return True

    def zone(self, subnet: str) -> str:
        """`subnet-a` is in us-east-1a."""
        return REGION + subnet.rpartition("-")[2]

    def forward(self, host: str, port: int, path: str) -> Forward | None:
        """There is none."""
        return None

    def log_group(self, region: str, name: str) -> bool:
        """Yes."""
        return True

    def perform(self, effect: Effect) -> e.Event | None:
        """Interfaces get addresses one after the other; targets are healthy at their first check."""
        if isinstance(effect, MakeInterface):
            self._addresses += 1
            address = f"10.0.{self._addresses // 250}.{4 + self._addresses % 250}"
            return e.InterfaceAttached(effect.task, effect.interface, address, zone=self.zone(effect.subnet))
        if isinstance(effect, DeleteInterface):
            return e.InterfaceDeleted(effect.task)
        if isinstance(effect, RegisterTargets):
            return e.TargetsRegistered(effect.task, _checks(effect))
        if isinstance(effect, LookAtTargets):
            return e.TargetsLookedAt(effect.task, _checks(effect))
        if isinstance(effect, DeregisterTargets):
            return e.TargetsDeregistered(effect.task, self._delay)
        return None


def _checks(effect: RegisterTargets | LookAtTargets) -> tuple[HealthCheck, ...]:
    return tuple(HealthCheck(group, port, interval=10.0) for group, port in effect.targets)


class Bare:
    """A world with one service `web`, and what an experiment does with it."""

    def __init__(
        self,
        desired: int,
        *,
        image: Image | None = None,
        stop_timeout: int = 30,
        seed: int = 0,
        around: Around | None = None,
        **asked: Any,
    ) -> None:
        self.world = World(seed=seed, now=BEGIN, account=ACCOUNT, region=REGION)
        self._around = around or Around(image or Image(IMAGE, "sha256:" + "0" * 64))
        cluster = Cluster("shop", f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/shop")
        self.happen(e.ClusterCreated(cluster))
        stored = _definition(stop_timeout)
        self.happen(e.DefinitionRegistered(stored))
        subnets = {"subnets": ["subnet-a", "subnet-b", "subnet-c"], "securityGroups": ["sg-web"]}
        held = {
            "taskDefinition": stored["taskDefinitionArn"],
            "networkConfiguration": {"awsvpcConfiguration": subnets},
            **asked,
        }
        self.service = Service(
            name="web",
            arn=f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/shop/web",
            cluster=cluster.arn,
            desired=desired,
            created_at=self.world.now,
            created_by="",
            deployments=[new_deployment(self.world, recorded(held))],
            asked=held,
        )
        self.happen(e.ServiceCreated(self.service))

    def happen(self, event: e.Event) -> None:
        """Let an event happen now."""
        self.world.submit(event, self._around, self._around.perform)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.world.run(self.world.now + seconds, self._around, self._around.perform)


def _definition(stop_timeout: int) -> dict[str, Any]:
    ports = [{"containerPort": 80}]
    container = {"name": "web", "image": IMAGE, "essential": True, "portMappings": ports, "stopTimeout": stop_timeout}
    return {
        "taskDefinitionArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/web:1",
        "family": "web",
        "revision": 1,
        "status": "ACTIVE",
        "cpu": "256",
        "memory": "512",
        "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/exec",
        "containerDefinitions": [container],
    }
