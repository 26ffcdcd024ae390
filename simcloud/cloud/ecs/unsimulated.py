"""What AWS accepts and this course takes and keeps, but does not act out: one line of the story says so.

Nothing is refused for it. Who reads the story knows which part of a design was not put to the test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.sim.events import Remarked

LOG_DRIVERS = ("", "awslogs", "awsfirelens")
OUTPUTS = ("cloudwatch", "cloudwatch_logs", "s3", "kinesis_firehose", "firehose")
"""Of FireLens: the outputs whose lines can be read where they are sent."""
VOLUMES = {
    "s3filesVolumeConfiguration": "the S3 files",
    "fsxWindowsFileServerVolumeConfiguration": "the FSx file system",
    "dockerVolumeConfiguration": "the Docker volume",
}
SERVICE_MEMBERS = {
    "vpcLatticeConfigurations": "VPC Lattice",
    "gatewayConnectors": "the gateway connector",
    "placementConstraints": "placement constraints",
    "placementStrategy": "the placement strategy",
    "monitoring": "the metrics' resolution",
}


def tell_without_effect(
    call: Call, who: str, about: Iterable[str], request: Mapping[str, Any], stored: Mapping[str, Any] | None
) -> None:
    """Tell in one line of the story what an accepted request asks for in vain; nothing where there is no such thing.

    `who` begins the line (`service web`, `RunTask of web:1`), `about` are the names and ARNs under which it is found,
    `stored` is the task definition that will run.
    """
    found = without_effect(request, stored)
    if found:
        submit(call, Remarked(who, f"what has no effect in this simulation: {'; '.join(found)}", tuple(about)))


def without_effect(request: Mapping[str, Any], stored: Mapping[str, Any] | None) -> list[str]:
    """In a few words each, what a launch asks for and nothing will come of."""
    return [*_in_definition(stored or {}), *_in_service(request)]


def _in_definition(stored: Mapping[str, Any]) -> Iterator[str]:
    for volume in stored.get("volumes", ()):
        for kind, spoken in VOLUMES.items():
            if volume.get(kind):
                yield f"{spoken} behind volume {volume.get('name')}"
    for container in stored.get("containerDefinitions", ()):
        log = container.get("logConfiguration") or {}
        driver = log.get("logDriver", "")
        if driver not in LOG_DRIVERS:
            yield f"the log driver {driver} of container {container['name']}"
        output = (log.get("options") or {}).get("Name", "")
        if driver == "awsfirelens" and output.lower() not in OUTPUTS:
            yield f"the FireLens output {output or 'without Name'} of container {container['name']}"


def _in_service(request: Mapping[str, Any]) -> Iterator[str]:
    for member, spoken in SERVICE_MEMBERS.items():
        if request.get(member):
            yield spoken
    if any(each.get("loadBalancerName") for each in request.get("loadBalancers") or ()):
        yield "the Classic Load Balancer"
    yield from _in_deployment(request.get("deploymentConfiguration") or {})


def _in_deployment(configuration: Mapping[str, Any]) -> Iterator[str]:
    hooks = configuration.get("lifecycleHooks") or ()
    if any((hook.get("targetType") or "AWS_LAMBDA") == "AWS_LAMBDA" for hook in hooks):
        yield "Lambda functions of lifecycle hooks (each is taken to succeed)"
    if (configuration.get("earlySuccessCriteria") or {}).get("enable"):
        yield "early success criteria"
