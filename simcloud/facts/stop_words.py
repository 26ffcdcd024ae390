"""Stop codes of the API's enum TaskStopCode that the simulation gives, and the tail of a text where a name is unknown."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL

FAILED_TO_START = Words("TaskFailedToStart", source=API_MODEL, status="documented", rule="R-109")
ESSENTIAL_EXITED_CODE = Words("EssentialContainerExited", source=API_MODEL, status="documented", rule="R-109")
USER_INITIATED = Words("UserInitiated", source=API_MODEL, status="documented", rule="R-109")
SCHEDULER_INITIATED = Words("ServiceSchedulerInitiated", source=API_MODEL, status="documented", rule="R-109")

DIAL_TIMEOUT = Words("dial tcp {address}:443: i/o timeout", source="field report of a real stopped task", rule="R-119")
NO_SUCH_HOST = Words("dial tcp: lookup {host}: no such host", source="resolver error of the Go standard library",
                     status="assumed", rule="R-119")
APP_DENIED = Words(
    "An error occurred (AccessDeniedException) when calling the {operation} operation: User: {user} is not authorized "
    "to perform: {action} on resource: {resource} {because}", source="boto3's form of an AccessDeniedException",
    status="observed", rule="R-150")
DEPENDENCY_FAILED = Words(
    "dependency graph: container ordering dependency [{container}] for target [{target}] has exited with non-successful "
    "exitcode", source="https://github.com/aws/amazon-ecs-agent", status="assumed", rule="R-051")
