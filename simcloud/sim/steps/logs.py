"""The log driver: awslogs makes the container's stream before the container starts (R-125 to R-127)."""

from __future__ import annotations

from simcloud.facts import timings, words
from simcloud.sim.asks import Asks, Permission
from simcloud.sim.effects import MakeLogStream
from simcloud.sim.outcome import Failed, Outcome, Passed
from simcloud.sim.steps.step import HTTPS, Step, request_id, role_name, session_arn
from simcloud.sim.task import Task


def attempt(task: Task, step: Step, asks: Asks) -> Outcome:
    """The stream of one container: a path to CloudWatch Logs, the group, the execution role's permission."""
    plan = task.definition.container(step.container)
    region, group = plan.log_option("awslogs-region", task.region), plan.log_option("awslogs-group")
    route = asks.route(task.interface.id, f"logs.{region}.amazonaws.com", HTTPS)
    if not route.open and not route.refusal:
        return Failed(str(words.LOGS_UNREACHABLE), route.why, timings.LOGGER_TIMEOUT_SECONDS.value)
    role, stream = task.definition.execution_role, stream_name(task, step.container)
    makes_group = plan.log_option("awslogs-create-group").lower() == "true"
    group_arn = f"arn:aws:logs:{region}:{task.account}:log-group:{group}"
    if makes_group:
        resource = f"{group_arn}:log-stream:"
        permission = route.refusal or asks.may(role, task.id, "logs:CreateLogGroup", resource)
        if not permission.allowed:
            return _denied(words.LOG_GROUP_DENIED, task, step, resource, permission)
    resource = f"{group_arn}:log-stream:{stream}"
    permission = route.refusal or asks.may(role, task.id, "logs:CreateLogStream", resource)
    if not permission.allowed:
        return _denied(words.LOG_STREAM_DENIED, task, step, resource, permission)
    if not makes_group and not asks.log_group(region, group):
        text = words.LOG_GROUP_MISSING.format(request=request_id(task, step))
        return Failed(text, f"there is no log group {group} in {region}", timings.DENIED_SECONDS.value)
    made = MakeLogStream(region, group, stream, makes_group)
    says = f"has a log stream {stream}, as execution role {role_name(role)}"
    if not (writing := asks.may(role, task.id, "logs:PutLogEvents", resource)).allowed:
        says = f"{says}, which may not write to it: its lines are lost"
        return Passed(0.0, says, writing.why, effects=(made,), mute=True)
    return Passed(0.0, says, route.why, effects=(made,))


def stream_name(task: Task, container: str) -> str:
    """prefix/container/task-id (R-036)."""
    prefix = task.definition.container(container).log_option("awslogs-stream-prefix")
    return f"{prefix}/{container}/{task.id}"


def _denied(template: str, task: Task, step: Step, resource: str, permission: Permission) -> Failed:
    text = template.format(
        request=request_id(task, step),
        session=session_arn(task.definition.execution_role, task),
        resource=resource,
        because=permission.because,
    )
    return Failed(text, permission.why, timings.DENIED_SECONDS.value)
