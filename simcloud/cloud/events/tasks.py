"""ECS clusters as targets: RunTask under the rule's role; and what EventBridge tells of a task.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html. The role must trust
events.amazonaws.com, be allowed ecs:RunTask, and iam:PassRole for the roles of the task
(https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from simcloud.cloud.errors import Refused
from simcloud.cloud.events.delivering import Delivery, by_role, failed, not_assumed
from simcloud.cloud.live import Call, Live
from simcloud.facts.events import STARTED_BY_CHARACTERS
from simcloud.facts.words import bus as words
from simcloud.sim.bus.effects import TellTask
from simcloud.sim.bus.envelope import milliseconds, put
from simcloud.sim.bus.events import EventPut
from simcloud.sim.bus.inputs import resolved
from simcloud.sim.bus.state import Outcome
from simcloud.sim.bus.task_events import ECS, KIND
from simcloud.sim.story import counted

MEMBERS = {
    "TaskDefinitionArn": "taskDefinition",
    "TaskCount": "count",
    "LaunchType": "launchType",
    "PlatformVersion": "platformVersion",
    "Group": "group",
    "CapacityProviderStrategy": "capacityProviderStrategy",
    "EnableECSManagedTags": "enableECSManagedTags",
    "EnableExecuteCommand": "enableExecuteCommand",
    "PlacementConstraints": "placementConstraints",
    "PlacementStrategy": "placementStrategy",
    "PropagateTags": "propagateTags",
    "ReferenceId": "referenceId",
}
"""EcsParameters, and what they are called in RunTask."""
OVERRIDES = ("containerOverrides", "cpu", "memory", "taskRoleArn", "executionRoleArn", "ephemeralStorage")
SAYS = "cannot run a task"
CAN_NOT_BE_FOUND = {"ClusterNotFoundException"}


def deliver(delivery: Delivery) -> Outcome:
    """RunTask, judged for the role and by the laws of RunTask."""
    if not delivery.role:
        message = f"RoleArn is required for target {delivery.arn}."
        return failed(delivery, SAYS, words.NO_PERMISSIONS, message, "the target has no role")
    if (refusal := not_assumed(delivery)) is not None:
        return refusal
    try:
        request = _request(delivery)
    except (ValueError, TypeError, AttributeError) as wrong:
        return failed(delivery, SAYS, str(words.CLIENT_ERROR), f"the input is no TaskOverride: {wrong}")
    return run(delivery, request)


def run(delivery: Delivery, request: dict[str, Any]) -> Outcome:
    """Ask IAM, then ECS."""
    from simcloud.cloud.access import ecs as table
    from simcloud.cloud.access import passing
    from simcloud.cloud.ecs import OPERATIONS

    call = delivery.call
    asks = (*table.asks("RunTask", request, call), *passing.asks("ecs", "RunTask", request, call))
    if (refusal := by_role(delivery, "ecs", asks, SAYS)) is not None:
        return refusal
    try:
        answer = OPERATIONS["RunTask"](request, call)
    except Refused as refused:
        why = refused.explained[0].because if refused.explained else refused.message
        missing = refused.code in CAN_NOT_BE_FOUND or "TaskDefinition" in refused.message
        code = words.NO_RESOURCE if missing else words.CLIENT_ERROR
        return failed(delivery, SAYS, code, f"{refused.code}: {refused.message}", f"{refused.message} {why}".strip())
    return _outcome(delivery, request, answer)


def _outcome(delivery: Delivery, request: Mapping[str, Any], answer: Mapping[str, Any]) -> Outcome:
    arns = tuple(str(task["taskArn"]) for task in answer["tasks"])
    reasons = [str(each["reason"]) for each in answer["failures"]]
    if not arns:
        return failed(delivery, SAYS, str(words.CLIENT_ERROR), reasons[0] if reasons else "no task was started")
    short = ", ".join(arn.rpartition("/")[2][:8] for arn in arns)
    definition = str(request["taskDefinition"]).rpartition("/")[2]
    says = f"runs {counted(len(arns), 'task')} of {definition} in {delivery.name}: {short}"
    return Outcome(True, says, f"not all that were asked for: {reasons[0]}" if reasons else "", tasks=arns)


def _request(delivery: Delivery) -> dict[str, Any]:
    """As RunTask is asked. Raises ValueError or TypeError where the overrides cannot be read."""
    from simcloud.cloud.routes import model
    from simcloud.cloud.shapes import read

    made = delivery.invocation
    given = dict(resolved(delivery.target.get("EcsParameters") or {}, made.event))
    asked: dict[str, Any] = {MEMBERS[name]: value for name, value in given.items() if name in MEMBERS}
    if network := _network(given.get("NetworkConfiguration")):
        asked["networkConfiguration"] = network
    if tags := given.get("Tags"):
        asked["tags"] = [{"key": each.get("Key"), "value": each.get("Value")} for each in tags]
    if overrides := _overrides(made.text):
        asked["overrides"] = overrides
    head = "chronos-schedule" if made.scheduled else "events-rule"
    asked |= {"cluster": delivery.arn, "startedBy": f"{head}/{made.name}"[: STARTED_BY_CHARACTERS.value]}
    shape = model("ecs").operation_model("RunTask").input_shape
    found: dict[str, Any] = read(shape, asked)
    return found


def _network(given: Any) -> dict[str, Any]:
    """CloudFormation spells it AwsVpcConfiguration, the API awsvpcConfiguration."""
    inside = next((one for name, one in (given or {}).items() if name.lower() == "awsvpcconfiguration"), None)
    if not inside:
        return {}
    spelt = {name[:1].lower() + name[1:]: value for name, value in inside.items() if value is not None}
    return {"awsvpcConfiguration": spelt}


def _overrides(text: str) -> dict[str, Any]:
    """What of the input is a TaskOverride: an event that is passed on as it is has nothing of it."""
    try:
        given = json.loads(text)
    except ValueError:
        return {}
    return {name: given[name] for name in OVERRIDES if name in given} if isinstance(given, dict) else {}


# What is told of a task

TIMES = ("createdAt", "connectivityAt", "pullStartedAt", "pullStoppedAt", "startedAt", "stoppingAt", "stoppedAt")
LEFT_OUT = ("tags", "fargateEphemeralStorage")


def tell(live: Live, effect: TellTask) -> EventPut:
    """DescribeTasks's form with moments as texts, the interface as `eni`, and without what events do not have."""
    from simcloud.cloud.ecs import task_shape

    world = live.world
    task = world.tasks[effect.task]
    call = Call(live, live.account, live.region, "")
    detail = {name: value for name, value in task_shape.shape(call, task).items() if name not in LEFT_OUT}
    detail |= {"lastStatus": effect.status, "version": effect.version, "updatedAt": world.now}
    for name in (*TIMES, "executionStoppedAt", "updatedAt"):
        if name in detail:
            detail[name] = milliseconds(detail[name])
    for attachment in detail["attachments"]:
        if attachment["type"] == "ElasticNetworkInterface":
            attachment["type"] = "eni"
    detail["containers"] = [_container(each) for each in detail["containers"]]
    detail["overrides"].pop("inferenceAcceleratorOverrides", None)
    return put(world, ECS, KIND, (task.arn,), detail)


def _container(shown: dict[str, Any]) -> dict[str, Any]:
    agents = [
        {**each, "lastStartedAt": milliseconds(each["lastStartedAt"])} if "lastStartedAt" in each else each
        for each in shown.get("managedAgents") or ()
    ]
    kept = {name: value for name, value in shown.items() if name not in ("networkBindings", "managedAgents")}
    return {**kept, **({"managedAgents": agents} if agents else {})}
