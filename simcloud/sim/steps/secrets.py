"""Secrets and parameters: read once, at the start, by the execution role (R-151, R-155)."""

from __future__ import annotations

import json

from simcloud.facts import timings, words
from simcloud.sim.asks import Asks, Permission, Route, Secret
from simcloud.sim.container_plan import SecretReference
from simcloud.sim.outcome import Failed, Outcome, Passed
from simcloud.sim.steps.step import HTTPS, Step, request_id, role_name, session_arn, unreachable
from simcloud.sim.task import Task

DECRYPT = "kms:Decrypt"


def attempt(task: Task, step: Step, asks: Asks) -> Outcome:
    """One variable of one container: form, path, permission, existence, customer key, JSON key. In that order."""
    plan = task.definition.container(step.container)
    reference = next(each for each in plan.secrets if each.name == step.subject)
    value_from = reference.value_from
    if _is_cut_short(value_from):
        why = "of json-key:version-stage:version-id some are written and some are not; empty ones keep their colons"
        return Failed(words.SECRET_FORM, why, timings.DENIED_SECONDS.value)
    secret = asks.secret(value_from)
    host = f"{secret.service}.{_region(task, value_from)}.amazonaws.com"
    route = asks.route(task.interface.id, host, HTTPS)
    if not route.open and not route.refusal:
        return _no_path(task, secret, value_from, host, route)
    role = task.definition.execution_role
    on_asm = secret.service == "secretsmanager"
    action = "secretsmanager:GetSecretValue" if on_asm else "ssm:GetParameters"
    permission = route.refusal or asks.may(role, task.id, action, secret.arn or value_from)
    if not permission.allowed:
        return _denied(task, step, secret, value_from, permission)
    if not secret.found:
        return _missing(task, step, secret, value_from)
    if secret.key:
        decrypt = asks.may(role, task.id, DECRYPT, secret.key)
        if not decrypt.allowed:
            return _denied(task, step, secret, value_from, decrypt, action=DECRYPT, resource=secret.key)
        if not asks.key(secret.key):
            return _locked(task, step, secret, value_from)
    return _value(task, step, secret, reference)


def _no_path(task: Task, secret: Secret, value_from: str, host: str, route: Route) -> Failed:
    on_asm = secret.service == "secretsmanager"
    template = words.SECRET_UNREACHABLE if on_asm else words.PARAMETER_UNREACHABLE
    text = template.format(arn=_bare(value_from), region=_region(task, value_from), address=route.address)
    return Failed(unreachable(text, host, route), route.why, timings.NETWORK_GIVE_UP.value)


def _denied(
    task: Task,
    step: Step,
    secret: Secret,
    value_from: str,
    permission: Permission,
    *,
    action: str = "",
    resource: str = "",
) -> Failed:
    session = session_arn(task.definition.execution_role, task)
    arn = secret.arn or _bare(value_from)
    request = request_id(task, step)
    if secret.service == "ssm":
        text = words.PARAMETER_DENIED.format(request=request, session=session, arn=arn, because=permission.because)
        usual = ("ssm:GetParameters", arn)
    else:
        cause = words.SECRET_DENIED_CAUSE.format(request=request, session=session, arn=arn, because=permission.because)
        text = words.SECRET_FAILED.format(arn=arn, cause=cause)
        usual = ("secretsmanager:GetSecretValue", arn)
    if action:
        was, now = f"{usual[0]} on resource: {usual[1]}", f"{action} on resource: {resource}"
        text = text.replace(f"perform: {was}", f"perform: {now}")
    return Failed(text, permission.why, timings.DENIED_SECONDS.value)


def _missing(task: Task, step: Step, secret: Secret, value_from: str) -> Failed:
    if secret.service == "ssm":
        name = value_from.split(":parameter", 1)[-1] if value_from.startswith("arn:") else value_from
        text = words.PARAMETER_MISSING.format(name=name)
        return Failed(text, f"there is no parameter {name}", timings.DENIED_SECONDS.value)
    text = words.SECRET_FAILED.format(arn=_bare(value_from), cause=absence(task, step, secret))
    why = "{} is marked for deletion" if secret.expired else "there is no secret {}"
    if secret.said:
        why = "{} has no such version"
    return Failed(text, why.format(_bare(value_from)), timings.DENIED_SECONDS.value)


def absence(task: Task, step: Step, secret: Secret) -> str:
    """What Secrets Manager says of a secret that is not there, or not any more."""
    if secret.said:
        return words.SECRET_OTHER_CAUSE.format(request=request_id(task, step), said=secret.said)
    said = words.SECRET_EXPIRED_CAUSE if secret.expired else words.SECRET_MISSING_CAUSE
    return said.format(request=request_id(task, step))


def _locked(task: Task, step: Step, secret: Secret, value_from: str) -> Failed:
    """A key that is disabled, or waits for its deletion, decrypts nothing
    (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html)."""
    request = request_id(task, step)
    if secret.service == "ssm":
        text = words.PARAMETER_NOT_DECRYPTED.format(request=request)
    else:
        cause = words.SECRET_OTHER_CAUSE.format(request=request, said=words.SECRET_NOT_DECRYPTED)
        text = words.SECRET_FAILED.format(arn=_bare(value_from), cause=cause)
    return Failed(text, f"{secret.key} is not enabled", timings.DENIED_SECONDS.value)


def _value(task: Task, step: Step, secret: Secret, reference: SecretReference) -> Outcome:
    value, key = secret.value, _json_key(reference.value_from)
    if key:
        held = _members(value)
        if key not in held:
            text = words.SECRET_KEY_MISSING.format(key=key)
            return Failed(text, f"the secret is no JSON object with the key {key}", timings.DENIED_SECONDS.value)
        value = held[key]
    role = role_name(task.definition.execution_role)
    says = f"has read {step.subject} for container {step.container}, as execution role {role}"
    return Passed(0.0, says, environment=() if reference.is_option else ((step.subject, value),))


def _members(text: str) -> dict[str, str]:
    try:
        held = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(held, dict):
        return {}
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in held.items()}


def _region(task: Task, value_from: str) -> str:
    return value_from.split(":")[3] if value_from.startswith("arn:") else task.region


def _bare(value_from: str) -> str:
    """The secret's ARN, without JSON key, version stage and version id."""
    return ":".join(value_from.split(":")[:7])


_PARTS = (7, 10)
"""Of a secret's ARN, between colons: alone, or with JSON key, version stage and version id (R-154)."""


def _is_cut_short(value_from: str) -> bool:
    """Has the ARN of a secret some of its three further fields, and not all of them?"""
    parts = value_from.split(":")
    return parts[2:3] == ["secretsmanager"] and len(parts) not in _PARTS


def _json_key(value_from: str) -> str:
    """`...:secret:name-AbCdEf:json-key:stage:id`; '' where there is none (R-154)."""
    parts = value_from.split(":")
    return parts[7] if len(parts) > 7 and parts[2] == "secretsmanager" else ""
