"""Credentials of a private registry: a secret with user name and password, read under the execution role (R-151)."""

from __future__ import annotations

import json

from simcloud.facts import timings, words
from simcloud.facts.words import start as start_words
from simcloud.sim.asks import Asks, Secret
from simcloud.sim.outcome import Failed, Outcome, Passed
from simcloud.sim.steps.secrets import absence
from simcloud.sim.steps.step import HTTPS, Step, request_id, role_name, session_arn, unreachable
from simcloud.sim.task import Task

KEYS = ("username", "password")


def attempt(task: Task, step: Step, asks: Asks) -> Outcome:
    """The credentials of one container: path, permission, existence, customer key, user name and password."""
    arn = step.subject
    region = arn.split(":")[3] if arn.startswith("arn:") else task.region
    secret = asks.secret(arn)
    host = f"secretsmanager.{region}.amazonaws.com"
    route = asks.route(task.interface.id, host, HTTPS)
    if not route.open and not route.refusal:
        text = start_words.LOGIN_UNREACHABLE.format(arn=arn, region=region, address=route.address)
        return Failed(unreachable(text, host, route), route.why, timings.NETWORK_GIVE_UP.value)
    role = task.definition.execution_role
    for action, resource in (("secretsmanager:GetSecretValue", secret.arn or arn), ("kms:Decrypt", secret.key)):
        permission = route.refusal or asks.may(role, task.id, action, resource)
        if resource and not permission.allowed:
            cause = words.SECRET_DENIED_CAUSE.format(
                request=request_id(task, step), session=session_arn(role, task), arn=arn, because=permission.because
            ).replace(f"secretsmanager:GetSecretValue on resource: {arn}", f"{action} on resource: {resource}")
            text = start_words.LOGIN_FAILED.format(arn=arn, cause=cause)
            return Failed(text, permission.why, timings.DENIED_SECONDS.value)
        if not secret.found:
            text = start_words.LOGIN_FAILED.format(arn=arn, cause=absence(task, step, secret))
            return Failed(text, f"there is no secret {arn}", timings.DENIED_SECONDS.value)
    return _held(task, step, secret)


def _held(task: Task, step: Step, secret: Secret) -> Outcome:
    found = login(secret)
    if found is None:
        why = "the secret is no JSON object"
        return Failed(str(start_words.LOGIN_NO_JSON), why, timings.DENIED_SECONDS.value)
    for key, value in zip(KEYS, found, strict=True):
        if not value:
            text = start_words.LOGIN_INCOMPLETE.format(key=key)
            return Failed(text, f"the secret has no {key}", timings.DENIED_SECONDS.value)
    role = role_name(task.definition.execution_role)
    return Passed(0.0, f"has the credentials for the image of {step.container}, as execution role {role}")


def login(secret: Secret) -> tuple[str, str] | None:
    """User name and password that a secret holds; None where it is no JSON object."""
    try:
        held = json.loads(secret.value)
    except ValueError:
        return None
    if not isinstance(held, dict):
        return None
    return str(held.get(KEYS[0]) or ""), str(held.get(KEYS[1]) or "")
