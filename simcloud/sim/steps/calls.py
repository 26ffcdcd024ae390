"""The AWS calls that the code in a container makes, as the task role (R-150). They stop nothing: the code logs them.

A call needs credentials, then a connection, then a permission, and last the thing that it is about.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from simcloud.facts.words import access
from simcloud.facts.words import apps as words
from simcloud.sim.asks import Asks
from simcloud.sim.effects import AskCalls
from simcloud.sim.events import CallsJudged
from simcloud.sim.steps.step import HTTPS, session_arn
from simcloud.sim.task import Task

Kind = Literal["ok", "no-credentials", "timeout", "no-name", "denied", "missing"]
PLAIN = ("s3", "sqs", "sns", "cloudwatch", "iam", "sts", "autoscaling", "elasticloadbalancing", "cloudformation")
"""Services whose refusal has the code AccessDenied; others say AccessDeniedException."""
PUT_TRACES = "xray:PutTraceSegments"
HOSTS = {"cloudwatch": "monitoring", "ecr": "api.ecr"}
"""Where a service's host is not called like the prefix of its actions."""


class Reply(NamedTuple):
    """What came of one call, as the code sees it."""

    action: str
    """As policies name it: sqs:ReceiveMessage."""
    resource: str
    """ARN, or *."""
    kind: Kind
    line: str
    """What the code logs."""
    why: str = ""
    """Our sentence: the hop, the statement or the thing that decided it; '' where it worked."""
    because: str = ""
    """AWS's tail of a denial."""


def judge(task: Task, effect: AskCalls, asks: Asks) -> CallsJudged:
    """What the code writes about its calls, and the reason of the first that failed."""
    behaviour = task.containers[effect.container].behaviour
    calls = behaviour.calls if behaviour else ()
    asked = effect.again or tuple(range(len(calls)))
    replies = [(number, reply(task, *calls[number], asks)) for number in asked]
    last = effect.attempt > words.ATTEMPTS.value  # an attempt is over when its time-out is
    again = () if last else tuple(number for number, each in replies if each.kind == "timeout")
    made = tuple(each for number, each in replies if number not in again)
    reasons = [each.why for _, each in replies if each.why]
    lines = tuple(each.line for each in made)
    return CallsJudged(
        task.arn, effect.container, lines, reasons[0] if reasons else "", made, again, effect.attempt, effect.run
    )


def reply(task: Task, action: str, resource: str, asks: Asks) -> Reply:
    """Make one call."""
    role = task.definition.task_role
    if not role:
        return Reply(action, resource, "no-credentials", str(words.NO_CREDENTIALS), words.NO_TASK_ROLE)
    host = host_of(task, action, resource)
    route = asks.route(task.interface.id, host, HTTPS, (action, resource, role))
    if not route.open and route.refusal is None:
        text = words.NO_NAME if route.kind == "no-name" else words.TIMED_OUT
        kind: Kind = "no-name" if route.kind == "no-name" else "timeout"
        return Reply(action, resource, kind, text.format(url=f"https://{host}/"), route.why)
    permission = route.refusal or asks.may(role, task.id, action, resource, dict(route.seen))
    if not permission.allowed:
        line = _denied(task, role, action, resource, permission.because)
        return Reply(action, resource, "denied", line, permission.why, permission.because)
    code, said = asks.missing(action, resource)
    if code:
        operation = action.partition(":")[2]
        line = words.ERROR.format(code=code, operation=operation, text=said)
        return Reply(action, resource, "missing", line, f"there is no {resource}")
    return Reply(action, resource, "ok", f"{action.partition(':')[2]} on {resource}: ok")


def host_of(task: Task, action: str, resource: str) -> str:
    """The host that the SDK opens a connection to: of the resource's region, else of the task's."""
    service, parts = action.partition(":")[0], resource.split(":", 5)
    region = parts[3] if len(parts) > 5 and parts[3] else task.region
    if service == "s3" and len(parts) > 5:
        return f"{parts[5].partition('/')[0]}.s3.{region}.amazonaws.com"
    return f"{HOSTS.get(service, service)}.{region}.amazonaws.com"


def _denied(task: Task, role: str, action: str, resource: str, because: str) -> str:
    service, _, operation = action.partition(":")
    spoken = action.lower() if service == "sqs" else action
    named = f'"{resource}"' if service == "s3" else resource
    text = access.ACCESS_DENIED.format(
        caller=session_arn(role, task), action=spoken, resource=named, because=because.replace(action, spoken)
    )
    code = "AccessDenied" if service in PLAIN else "AccessDeniedException"
    return words.ERROR.format(code=code, operation=operation, text=text)
