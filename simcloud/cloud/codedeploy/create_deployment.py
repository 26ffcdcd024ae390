"""CreateDeployment: what it asks is looked up once, and handed to the simulation whole."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.codedeploy import appspec, finding, revisions
from simcloud.cloud.codedeploy.left_out import SERVERS_AND_LAMBDA
from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts.words import deployment as words
from simcloud.sim.codedeploy.deployment import OF_TEST_TRAFFIC, ORDER, Deployment, LifecycleEvent, Plan
from simcloud.sim.codedeploy.ending import new_id
from simcloud.sim.codedeploy.events import DeploymentCreated
from simcloud.sim.codedeploy.state import Application, Group

KEPT = (
    "deploymentStyle",
    "blueGreenDeploymentConfiguration",
    "loadBalancerInfo",
    "autoRollbackConfiguration",
    "alarmConfiguration",
)
OVERRIDDEN = ("autoRollbackConfiguration", "overrideAlarmConfiguration")


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateDeployment. What is wrong with the AppSpec makes the deployment fail, and is no error of this call."""
    application, group = finding.application(call, request), finding.group(call, request)
    if application.platform != "ECS":
        instead = SERVERS_AND_LAMBDA.format(platform=application.platform)
        raise NotSimulated("codedeploy", f"CreateDeployment for {application.platform}", instead)
    revision = revisions.keep(call, application, request["revision"])
    plan, problem = _read(call, revision)
    made = _made(request, call, application, group, revision)
    made.plan, made.problem = plan, problem
    for event in made.events:
        event.hook = plan.hooks.get(event.name, "") if plan else ""
    submit(call, DeploymentCreated(made))
    return {"deploymentId": made.id}


def _made(
    request: dict[str, Any], call: Call, application: Application, group: Group, revision: dict[str, Any]
) -> Deployment:
    info = group.info
    configuration = request.get("deploymentConfigName", info["deploymentConfigName"])
    settings = {member: info[member] for member in KEPT if member in info}
    settings.update({member: request[member] for member in OVERRIDDEN if member in request})
    service, pair = info["ecsServices"][0], info["loadBalancerInfo"]["targetGroupPairInfoList"][0]
    known = call.world.codedeploy.deployments
    names = [each["name"] for each in pair["targetGroups"]]
    return Deployment(
        id=new_id(call.world),
        application=application.name,
        group=group.name,
        configuration=configuration,
        revision=revision,
        created_at=call.world.now,
        service=finding.service_arn(call, service["clusterName"], service["serviceName"]),
        target=f"{service['clusterName']}:{service['serviceName']}",
        settings=settings,
        shifts=shifts(finding.configurations(call)[configuration]["trafficRoutingConfig"]),
        groups={name: arn for name, (arn, _) in finding.target_groups(call, names).items()},
        description=request.get("description", ""),
        events=[LifecycleEvent(name) for name in ORDER if "testTrafficRoute" in pair or name not in OF_TEST_TRAFFIC],
        previous=known[group.successful].revision if group.successful else {},
    )


def shifts(routing: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    """Minutes since the first shift, and the percentage that the replacement has from then on (R-237)."""
    if canary := routing.get("timeBasedCanary"):
        return (0.0, float(canary["canaryPercentage"])), (float(canary["canaryInterval"]), 100.0)
    if linear := routing.get("timeBasedLinear"):
        step, interval = linear["linearPercentage"], linear["linearInterval"]
        weights = [*range(step, 100, step), 100]
        return tuple((float(number * interval), float(weight)) for number, weight in enumerate(weights))
    return ((0.0, 100.0),)


def _read(call: Call, revision: dict[str, Any]) -> tuple[Plan | None, str]:
    """The plan of the AppSpec, or why there is none."""
    if place := revision.get("s3Location"):
        content = _in_s3(call, place)
        if content is None:
            return None, str(words.APPSPEC_S3)
    else:
        content = (revision.get("appSpecContent") or revision["string"])["content"]
    try:
        return appspec.read(content), ""
    except appspec.Unreadable as problem:
        return None, str(problem)


def _in_s3(call: Call, place: dict[str, Any]) -> str | None:
    """The text of an object in S3; None where bucket, key or version is not there."""
    from moto.s3.exceptions import S3ClientError
    from moto.s3.models import s3_backends

    try:
        held = s3_backends[call.account]["aws"].get_object(place["bucket"], place["key"], place.get("version"))
    except S3ClientError:
        return None
    if held is None or (place.get("eTag") and place["eTag"].strip('"') != held.etag.strip('"')):
        return None
    return str(held.value.decode("utf-8", "replace"))
