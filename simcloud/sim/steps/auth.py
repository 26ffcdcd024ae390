"""Registry authorisation: a token from ECR, before anything is pulled."""

from __future__ import annotations

from simcloud.facts import timings, words
from simcloud.sim.asks import Asks
from simcloud.sim.outcome import Failed, Outcome, Passed
from simcloud.sim.steps.step import HTTPS, Step, role_name, session_arn, unreachable
from simcloud.sim.task import Task

ACTION = "ecr:GetAuthorizationToken"


def attempt(task: Task, step: Step, asks: Asks) -> Outcome:
    """A token for the ECR registries of one region: a path to the ECR API, then the execution role's permission."""
    region = step.subject
    host = f"api.ecr.{region}.amazonaws.com"
    route = asks.route(task.interface.id, host, HTTPS)
    role = task.definition.execution_role
    if not route.open and not route.refusal:
        text = words.ECR_UNREACHABLE.format(region=region, address=route.address)
        return Failed(unreachable(text, host, route), route.why, timings.NETWORK_GIVE_UP.value)
    permission = route.refusal or asks.may(role, task.id, ACTION, "*")
    if not permission.allowed:
        text = words.ECR_DENIED.format(session=session_arn(role, task), because=permission.because)
        return Failed(text, permission.why, timings.DENIED_SECONDS.value)
    return Passed(0.0, f"has a token for the private registry, as execution role {role_name(role)}", route.why)
