"""The lives of apps whose stories are kept: workers of a queue, traces, a service that asks another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from queue_bench import QueueBench
from stand_in import REGION, TASK_ROLE, WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.discovery.endpoints import namespace_of
from simcloud.sim.image import Image
from simcloud.sim.service import Service
from simcloud.sim.service_history import new_deployment, recorded

DAEMON = "public.ecr.aws/xray/aws-xray-daemon:latest"
NAMESPACE = f"arn:aws:servicediscovery:{REGION}:123456789012:namespace/ns-1"


def a_queue_worked_off_by_batch_tasks() -> Bench:
    """Two tasks, seven messages; each task ends when a long poll brings nothing."""
    bench = QueueBench(message_seconds=8.0, until_empty=True)
    bench.send(7)
    bench.start()
    bench.start()
    bench.wait(150)
    return bench


def a_worker_slower_than_its_visibility_time_out() -> Bench:
    """Forty seconds of work, thirty of invisibility, two workers: the order is worked on again and again."""
    bench = QueueBench(message_seconds=40.0)
    bench.send(1)
    bench.start()
    bench.start()
    bench.wait(150)
    return bench


def a_worker_stopped_with_a_message_in_hand() -> Bench:
    """SIGTERM comes in the middle; the message is visible again after its time-out, and the next task does it."""
    bench = QueueBench(message_seconds=20.0)
    bench.send(1)
    bench.start()
    bench.wait(25)
    bench.stop(bench.tasks()[0])
    bench.start()
    bench.wait(60)
    return bench


def an_app_without_its_task_role() -> Bench:
    """The SDK finds no credentials; the exception ends the process."""
    bench = QueueBench()
    bench.send(1)
    bench.start(role="")
    bench.wait(60)
    return bench


def a_worker_without_a_way_to_its_queue() -> Bench:
    """Five attempts of a minute each, and then the exception."""
    bench = QueueBench()
    bench.around.closed["sqs."] = "timeout"
    bench.start()
    bench.wait(360)
    return bench


def a_trace_that_never_arrives() -> Bench:
    """No sidecar; a sidecar whose role may not write; and all as it must be."""
    bench = QueueBench(takes="", traces="xray")
    bench.around.images[DAEMON] = Image(DAEMON, "sha256:" + "d" * 64, 20, ports=(2000,), collects=(2000,))
    sidecar = container("xray", image=DAEMON, essential=False)
    bench.start()
    bench.wait(30)
    bench.around.denied.add("xray:PutTraceSegments")
    bench.start(containers=[container(), sidecar])
    bench.wait(30)
    bench.around.denied.clear()
    bench.start(containers=[container(), sidecar])
    bench.wait(30)
    return bench


def one_service_asks_another_by_name() -> Bench:
    """By an alias of Service Connect; then the other has no task any more."""
    bench = QueueBench(takes="", ports=(8080,), paths=(("/", 200),))
    bench.happen(e.NamespaceNamed("internal", NAMESPACE))
    front = WEB.replace("web", "front")
    asks: dict[str, Any] = {"asks": ("http://orders/",), "asks_again": 30.0}
    bench.around.images[front] = replace(Image(front, "sha256:" + "f" * 64, 90), **asks)
    alias = {"port": 80, "dnsName": "orders"}
    offer = {"services": [{"portName": "http", "discoveryName": "orders", "clientAliases": [alias]}]}
    mapping = {"name": "http", "containerPort": 8080}
    orders = _service(bench, "orders", container("orders", portMappings=[mapping]), offer)
    bench.wait(30)
    asker = _service(bench, "front", container("front", image=front), {})
    assert namespace_of(bench.world, asker, asker.deployments[0]) == NAMESPACE
    bench.wait(60)
    bench.happen(e.ServiceUpdated(orders.arn, {"desiredCount": 0}))
    bench.wait(90)
    return bench


def _service(bench: Bench, name: str, made: dict[str, Any], offer: dict[str, Any]) -> Service:
    arn = f"arn:aws:ecs:{REGION}:123456789012:task-definition/{name}:1"
    bench.register(definition(made, family=name, taskDefinitionArn=arn, taskRoleArn=TASK_ROLE))
    network = {"subnets": ["subnet-a"], "securityGroups": ["sg-1"]}
    asked = {
        "taskDefinition": arn,
        "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": network},
        "serviceConnectConfiguration": {"enabled": True, "namespace": "internal", **offer},
    }
    service = Service(
        name=name,
        arn=f"arn:aws:ecs:{REGION}:123456789012:service/shop/{name}",
        cluster=bench.cluster.arn,
        desired=1,
        created_at=bench.world.now,
        created_by="learner",
        deployments=[new_deployment(bench.world, recorded(asked))],
        asked=asked,
    )
    bench.happen(e.ServiceCreated(service))
    return service


SCENARIOS_OF_APPS: dict[str, Callable[[], Bench]] = {
    function.__name__: function
    for function in (
        a_queue_worked_off_by_batch_tasks,
        a_worker_slower_than_its_visibility_time_out,
        a_worker_stopped_with_a_message_in_hand,
        an_app_without_its_task_role,
        a_worker_without_a_way_to_its_queue,
        a_trace_that_never_arrives,
        one_service_asks_another_by_name,
    )
}
