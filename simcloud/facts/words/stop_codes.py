"""Stop codes of the API's enum TaskStopCode that the simulation gives, and a few texts beside `words`."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, recorded

FAILED_TO_START = Words("TaskFailedToStart", source=API_MODEL, status="documented", rule="R-109")
ESSENTIAL_EXITED_CODE = Words("EssentialContainerExited", source=API_MODEL, status="documented", rule="R-109")
USER_INITIATED = Words("UserInitiated", source=API_MODEL, status="documented", rule="R-109")
SCHEDULER_INITIATED = Words("ServiceSchedulerInitiated", source=API_MODEL, status="documented", rule="R-109")

DIAL_TIMEOUT = Words("dial tcp {address}:443: i/o timeout", source="field report of a real stopped task", rule="R-119")
NO_SUCH_HOST = Words(
    "dial tcp: lookup {host}: no such host",
    source="resolver error of the Go standard library",
    status="assumed",
    rule="R-119",
)
APP_DENIED = Words(
    "An error occurred (AccessDeniedException) when calling the {operation} operation: User: {user} is not authorized "
    "to perform: {action} on resource: {resource} {because}",
    source="boto3's form of an AccessDeniedException",
    status="observed",
    rule="R-150",
)
DEPENDENCY_FAILED = Words(
    "Task failed to start",
    source=recorded("ecs/task_dependency_transitions.json"),
    status="observed",
    read_on="2026-11-23",
    rule="R-051",
)
"""Of a task in which a container waits for the success of one that ended otherwise."""
LAYERS_FORBIDDEN = Words(
    "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: "
    "unexpected status code https://{host}/: 403 Forbidden",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
    status="assumed",
    rule="R-128",
)
EXEC_WITHOUT_ROLE = Words(
    "The {what} couldn't be {verb} because a valid taskRoleArn is not being used. Specify a valid task role in your "
    "task definition and try again.",
    source="field reports of CreateService and UpdateService",
    rule="R-163",
)
