"""The AWS calls that the code in a container makes, as the task role (R-150). They stop nothing: the code logs them."""

from __future__ import annotations

from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim.asks import Asks
from simcloud.sim.events import CallsJudged
from simcloud.sim.steps.step import session_arn
from simcloud.sim.task import Task

NO_ROLE = "Unable to locate credentials"
"""botocore's NoCredentialsError: a task without task role has no credentials to give (R-156)."""


def judge(task: Task, container: str, asks: Asks) -> CallsJudged:
    """What the code writes about its calls, and the reason of the first that was denied."""
    behaviour = task.containers[container].behaviour
    lines, reasons = [], []
    for action, resource in behaviour.calls if behaviour else ():
        role = task.definition.task_role
        if not role:
            lines.append(NO_ROLE)
            reasons.append("the task definition names no task role")
            continue
        permission = asks.may(role, task.id, action, resource)
        operation = action.partition(":")[2]
        if permission.allowed:
            lines.append(f"{operation} on {resource}: ok")
            continue
        lines.append(
            stop_words.APP_DENIED.format(
                operation=operation,
                user=session_arn(role, task),
                action=action,
                resource=resource,
                because=permission.because,
            )
        )
        reasons.append(permission.why)
    return CallsJudged(task.arn, container, tuple(lines), reasons[0] if reasons else "")
