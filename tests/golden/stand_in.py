"""A world without a cloud around it: stand-ins that answer the simulation's questions and do its effects.

Shared by the tests of `simcloud.sim` and by the golden stories.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simcloud.sim import events as e
from simcloud.sim.asks import FileSystem, Forward, Permission, Route, Secret, StoredObject
from simcloud.sim.cluster import Cluster
from simcloud.sim.effects import (
    DeleteInterface,
    DeleteVolume,
    DeliverLines,
    DeregisterTargets,
    Effect,
    LookAtTargets,
    MakeInterface,
    MakeLogStream,
    MakeVolume,
    RegisterTargets,
    WriteLog,
)
from simcloud.sim.health import HealthCheck
from simcloud.sim.image import Image
from simcloud.sim.launch import Launch, new_task
from simcloud.sim.service import Service
from simcloud.sim.service_history import new_deployment, recorded
from simcloud.sim.task import Task
from simcloud.sim.traffic.effects import LookAtRules, SetWeights
from simcloud.sim.traffic.events import RulesSeen, Weights
from simcloud.sim.world import World

ACCOUNT, REGION = "123456789012", "us-east-1"
START = 1767603600.0
"""2026-01-05 09:00:00 UTC."""
ROLE = f"arn:aws:iam::{ACCOUNT}:role/exec"
TASK_ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
WEB = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop/web:1.0"
ADDRESS = "52.46.128.7"


class StandIn:
    """Answers `Asks` and performs effects. Everything is open and allowed until a test says otherwise."""

    def __init__(self) -> None:
        self.closed: dict[str, str] = {}
        """Host name, or the start of one -> how it fails: timeout, no-name or denied."""
        self.denied: set[str] = set()
        """Actions that no policy allows."""
        self.gone: dict[str, tuple[str, str]] = {}
        """What does not exist: error code and text by ARN."""
        self.untrusting: set[str] = set()
        """Roles that ECS cannot assume."""
        self.images: dict[str, Image] = {WEB: Image(WEB, "sha256:" + "a" * 64, size_mib=90, log_lines=("ready",))}
        self.secrets: dict[str, Secret] = {}
        self.groups = {"/ecs/web"}
        self.objects: dict[str, str] = {}
        """Text of objects in S3 by bucket/key."""
        self.file_systems: dict[str, FileSystem] = {}
        self.volumes: dict[str, str] = {}
        """Task by EBS volume."""
        self.doors: dict[str, Forward] = {}
        """What load balancers do with a request, by name."""
        self.full = False
        """Has no subnet a free address?"""
        self.interfaces: dict[str, str] = {}
        self.targets: set[str] = set()
        """Addresses that a load balancer sends to."""
        self.streams: dict[str, list[str]] = {}
        self.rules: dict[str, Weights] = {}
        """Listener rules by ARN: target groups with their weights."""
        self.check: dict[str, Any] = {}
        """Members of the health checks of every target group."""
        self._count = 3

    def _checks(self, effect: RegisterTargets | LookAtTargets) -> tuple[HealthCheck, ...]:
        return tuple(HealthCheck(group, port, **self.check) for group, port in effect.targets)

    def route(self, interface: str, host: str, port: int, call: tuple[str, str, str] | None = None) -> Route:
        """As told by `closed`."""
        assert interface in self.interfaces, f"{interface} does not exist"
        kind = next((how for start, how in self.closed.items() if host.startswith(start)), "open")
        address = "" if kind == "no-name" else ADDRESS
        denied = "because no VPC endpoint policy allows the action" if kind == "denied" else ""
        return Route(kind == "open", address, kind, f"the path to {host} is {kind}", denied)  # type: ignore[arg-type]

    def may(
        self, role: str, session: str, action: str, resource: str, context: Mapping[str, str] | None = None
    ) -> Permission:
        """As told by `denied`: actions, or `role: action`."""
        allowed = not {action, f"{role.rsplit('/', 1)[-1]}: {action}"} & self.denied
        return Permission(
            allowed,
            "" if allowed else f"because no identity-based policy allows the {action} action",
            f"{role.rsplit('/', 1)[-1]} {'may' if allowed else 'may not'} {action}",
        )

    def missing(self, action: str, resource: str) -> tuple[str, str]:
        """As told by `gone`."""
        return self.gone.get(resource, ("", ""))

    def assumable(self, role: str, service: str = "ecs-tasks.amazonaws.com") -> Permission:
        """As told by `untrusting`."""
        return Permission(role not in self.untrusting, "", "its trust policy names another service")

    def image(self, reference: str) -> Image | None:
        """By full reference, or by the repository and the digest that a service keeps to."""
        name, _, digest = reference.partition("@")
        return next(
            (
                each
                for full, each in self.images.items()
                if full == reference or (full.rpartition(":")[0] == name and each.digest == digest)
            ),
            None,
        )

    def secret(self, value_from: str) -> Secret:
        """By what stands in front of the JSON key."""
        on_ssm = ":secretsmanager:" not in value_from
        missing = Secret(False, service="ssm" if on_ssm else "secretsmanager", arn=value_from)
        return next((held for key, held in self.secrets.items() if value_from.startswith(key)), missing)

    def stored_object(self, bucket: str, key: str) -> StoredObject:
        """By bucket and key; a bucket is there when something lies in it."""
        there = any(each.startswith(f"{bucket}/") for each in self.objects)
        text = self.objects.get(f"{bucket}/{key}")
        return StoredObject(there, text is not None, text or "")

    def file_system(self, interface: str, identity: str, access_point: str, root: str) -> FileSystem:
        """By id."""
        return self.file_systems.get(identity, FileSystem(why=f"there is no file system {identity}"))

    def may_mount(
        self, role: str, session: str, action: str, file_system: str, context: Mapping[str, str]
    ) -> Permission:
        """As told by `denied`, where a role asks."""
        return self.may(role, session, action, file_system) if role else Permission(True, "", "it has no policy")

    def snapshot(self, identity: str) -> bool:
        """There is one."""
        return identity == "snap-1"

    def key(self, key: str) -> bool:
        """There is one."""
        return key == "key-1"

    def zone(self, subnet: str) -> str:
        """`subnet-a` is in us-east-1a."""
        return REGION + subnet.rpartition("-")[2]

    def forward(self, host: str, port: int, path: str) -> Forward | None:
        """As told by `doors`."""
        return self.doors.get(host)

    def log_group(self, region: str, name: str) -> bool:
        """By name."""
        return name in self.groups

    def perform(self, effect: Effect) -> e.Event | None:
        """Interfaces get addresses of 10.0.1.0/24 one after the other; logs are kept in lists."""
        if isinstance(effect, MakeInterface):
            if self.full:
                return e.InterfaceRefused(effect.task, "InsufficientFreeAddressesInSubnet", f"{effect.subnet} is full")
            self._count += 1
            self.interfaces[effect.interface] = f"10.0.1.{self._count}"
            return e.InterfaceAttached(effect.task, effect.interface, self.interfaces[effect.interface])
        if isinstance(effect, DeleteInterface):
            del self.interfaces[effect.interface]
            return e.InterfaceDeleted(effect.task)
        if isinstance(effect, RegisterTargets):
            self.targets.add(effect.address)
            return e.TargetsRegistered(effect.task, self._checks(effect))
        if isinstance(effect, LookAtTargets):
            return e.TargetsLookedAt(effect.task, self._checks(effect))
        if isinstance(effect, DeregisterTargets):
            self.targets.discard(effect.address)
            return e.TargetsDeregistered(effect.task, 300.0)
        if isinstance(effect, LookAtRules):
            return RulesSeen(effect.service, tuple((rule, self.rules.get(rule)) for rule in effect.rules))
        if isinstance(effect, SetWeights):
            self.rules[effect.rule] = tuple((group, float(weight)) for group, weight in effect.weights)
            return RulesSeen(effect.service, ((effect.rule, self.rules[effect.rule]),), shifted=True)
        if isinstance(effect, MakeVolume):
            self.volumes[effect.volume] = effect.task
            return e.VolumeAttached(effect.task, effect.attachment, effect.volume)
        if isinstance(effect, DeleteVolume) and effect.delete:
            del self.volumes[effect.volume]
        if isinstance(effect, DeliverLines):
            self.streams.setdefault(effect.name, []).extend(effect.lines)
        if isinstance(effect, MakeLogStream):
            self.streams.setdefault(effect.stream, [])
        if isinstance(effect, WriteLog):
            self.streams[effect.stream].extend(effect.lines)
        return None


def definition(*containers: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A stored definition with one container `web`, unless told otherwise."""
    return {
        "taskDefinitionArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/web:1",
        "family": "web",
        "revision": 1,
        "status": "ACTIVE",
        "cpu": "256",
        "memory": "512",
        "executionRoleArn": ROLE,
        "containerDefinitions": list(containers) or [container()],
        **members,
    }


def container(name: str = "web", **members: Any) -> dict[str, Any]:
    """A container definition that logs to /ecs/web."""
    options = {"awslogs-group": "/ecs/web", "awslogs-region": REGION, "awslogs-stream-prefix": "ecs"}
    return {
        "name": name,
        "image": WEB,
        "essential": True,
        "logConfiguration": {"logDriver": "awslogs", "options": options},
        **members,
    }


class Bench:
    """A world, its stand-in, and the few things that tests do with them. Checks the invariants after every step."""

    def __init__(self, seed: int = 7) -> None:
        self.world = World(seed=seed, now=START, account=ACCOUNT, region=REGION)
        self.around = StandIn()
        self.cluster = Cluster("shop", f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/shop")
        self.happen(e.ClusterCreated(self.cluster))

    def happen(self, event: e.Event) -> None:
        """Let an event happen now."""
        self.world.submit(event, self.around, self.around.perform)
        self.world.check()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.world.run(self.world.now + seconds, self.around, self.around.perform)
        self.world.check()

    def until(self, met: Callable[[], bool], most: float = 3600.0) -> float:
        """Let time pass by seconds until something holds; how long that took. Fails after `most` seconds."""
        begin = self.world.now
        while not met():
            assert self.world.now < begin + most, f"it did not come within {most} s:\n{self.world.story}"
            self.wait(1)
        return self.world.now - begin

    def register(self, stored: dict[str, Any]) -> str:
        """Store a definition."""
        self.happen(e.DefinitionRegistered(stored))
        return str(stored["taskDefinitionArn"])

    def run_task(self, stored: dict[str, Any] | None = None, **members: Any) -> Task:
        """Run a task of the definition in subnet-a."""
        network = {"subnets": ["subnet-a"], "securityGroups": ["sg-1"]}
        task = new_task(self.world, Launch(self.cluster, stored or definition(), network, **members))
        self.happen(e.TaskAsked(task))
        return task

    def stop(self, task: Task, reason: str = "Task stopped by user") -> None:
        """StopTask."""
        self.happen(e.StopAsked(task.arn, "UserInitiated", reason))

    def create_service(self, desired: int = 2, stored: dict[str, Any] | None = None, **asked: Any) -> Service:
        """A service `web` over two subnets."""
        arn = self.register(stored or definition())
        network = {"subnets": ["subnet-a", "subnet-b"], "securityGroups": ["sg-1"]}
        held = {
            "taskDefinition": arn,
            "launchType": "FARGATE",
            "networkConfiguration": {"awsvpcConfiguration": network},
            **asked,
        }
        service = Service(
            name="web",
            arn=f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/shop/web",
            cluster=self.cluster.arn,
            desired=desired,
            created_at=self.world.now,
            created_by="learner",
            deployments=[new_deployment(self.world, recorded(held))],
            asked=held,
        )
        self.happen(e.ServiceCreated(service))
        return service

    def tasks(self, *statuses: str) -> list[Task]:
        """Tasks in one of these statuses; without any, all."""
        return [task for task in self.world.tasks.values() if not statuses or task.status in statuses]
