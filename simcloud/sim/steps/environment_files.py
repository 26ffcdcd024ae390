"""Environment files: objects in S3, read once at the start under the execution role (R-055, R-151)."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import timings
from simcloud.facts.words import start as start_words
from simcloud.sim.asks import Asks, Permission, StoredObject
from simcloud.sim.outcome import Failed, Outcome, Passed
from simcloud.sim.steps.step import HTTPS, Step, request_id, role_name, session_arn
from simcloud.sim.task import Task


def attempt(task: Task, step: Step, asks: Asks) -> Outcome:
    """One file of one container: a path to S3, the bucket's region, then the object."""
    bucket, _, key = step.subject.rpartition(":")[2].partition("/")
    route = asks.route(task.interface.id, f"{bucket}.s3.{task.region}.amazonaws.com", HTTPS)
    if not route.open and not route.refusal:
        return Failed(str(start_words.FILES_UNREACHABLE), route.why, timings.NETWORK_GIVE_UP.value)
    head = step.subject.rpartition(":")[0]
    found = asks.stored_object(bucket, key)
    if not found.bucket_found:
        text = start_words.BUCKET_MISSING.format(request=request_id(task, step))
        return Failed(text, f"there is no bucket {bucket}", timings.DENIED_SECONDS.value)
    for operation, action, resource in _needed(f"{head}:{bucket}", step.subject, found):
        permission = route.refusal or asks.may(task.definition.execution_role, task.id, action, resource)
        if not permission.allowed:
            return _denied(task, step, operation, action, resource, permission)
    if not found.found:
        text = start_words.FILE_MISSING.format(request=request_id(task, step))
        return Failed(text, f"there is no object {key} in bucket {bucket}", timings.DENIED_SECONDS.value)
    role = role_name(task.definition.execution_role)
    says = f"has read the environment file {key} for container {step.container}, as execution role {role}"
    return Passed(0.0, says, route.why, environment=tuple(lines(found.text)), weak=True)


def _needed(bucket: str, resource: str, found: StoredObject) -> Iterator[tuple[str, str, str]]:
    """Operation, action and resource of each permission. S3 tells only who may list a bucket that an object is not
    there; to all others it denies it."""
    yield "GetBucketLocation", "s3:GetBucketLocation", bucket
    yield "GetObject", "s3:GetObject", resource
    if not found.found:
        yield "GetObject", "s3:ListBucket", bucket


def lines(text: str) -> Iterator[tuple[str, str]]:
    """The variables of a file: VARIABLE=value a line, # begins a comment. Of a name given twice the first holds."""
    seen: set[str] = set()
    for line in text.splitlines():
        name, equals, value = line.strip().partition("=")
        if name and equals and not name.startswith("#") and name not in seen:
            seen.add(name)
            yield name, value


def _denied(task: Task, step: Step, operation: str, action: str, resource: str, permission: Permission) -> Failed:
    text = start_words.FILES_DENIED.format(
        operation=operation,
        request=request_id(task, step),
        session=session_arn(task.definition.execution_role, task),
        action=action,
        resource=resource,
        because=permission.because,
    )
    return Failed(text, permission.why, timings.DENIED_SECONDS.value)
