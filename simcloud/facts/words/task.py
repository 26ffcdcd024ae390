"""What ECS says when it refuses to look at, stop, protect or enter tasks, and what it says of definitions."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, GUIDE, issue


def _field(text: str, rule: str = "", source: str = FIELD_REPORT) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=source, rule=rule)


def _unread(text: str, rule: str = "", source: str = API_MODEL) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=source, status="assumed", rule=rule)


OTHER_MAKERS = "https://github.com/radkawar/stackd/blob/main/internal/services/ecs/task_definitions.go"
"""Another simulated AWS, whose makers measured the real one: what is not in their recordings is assumed."""
# Names of tasks

ID_LENGTH = _field("{what} length should be one of [32,36]", "R-100", issue("Mic-U/ecsher", 56))
"""`taskId` for most operations, `task` for ExecuteCommand, `instanceId` for container instances."""
TASKS_EMPTY = _field("Tasks cannot be empty.", "R-098", issue("karanpratapsingh/preview-environments", 7))
TASK_NOT_FOUND = _field("The referenced task was not found.")
# ListTasks

STARTED_BY_ALONE = _unread("startedBy can not be combined with other filters.")
# Protection

PROTECTION_MINUTES = _unread("expiresInMinutes must be between {least} and {most}.")
PROTECTED_TASKS = _unread("tasks can have at most {most} items.")
TASK_NOT_VALID = Words("TASK_NOT_VALID", source=GUIDE + "api_failures_messages.html", status="documented")
DEPLOYMENT_BLOCKED = Words("DEPLOYMENT_BLOCKED", source=GUIDE + "api_failures_messages.html", status="documented")
NOT_OF_A_SERVICE = _field(
    "Request task={task} is not owned by any deployment of ECS service",
    source="https://github.com/aws/amazon-ecs-agent/pull/3397",
)
# Exec

EXEC_NOT_ENABLED = _field(
    "The execute command failed because execute command was not enabled when the task was run or the execute command "
    "agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.",
    "R-161",
)
EXEC_INTERNAL = _field("The execute command failed due to an internal error. Try again later.", "R-162")
EXEC_INTERACTIVE = _unread("Interactive is the only mode supported currently.")
EXEC_COMMAND = _unread("command can not be empty.")
EXEC_WHICH_CONTAINER = _unread(
    "The task has more than one container. Specify the name of the container to execute the command on."
)
EXEC_NO_CONTAINER = _unread("The container {name} does not exist in the task.")
# Definitions

DEFINITION_UNKNOWN = _field("Unable to describe task definition.")
DEFINITION_NO_REVISION = _unread("Revision is missing", source=OTHER_MAKERS)
DEFINITION_MISSING = _unread("Unable to deregister task definition.", source=OTHER_MAKERS)
DEFINITION_GOES = _unread(
    "The task definition could not be deregistered because it is in the process of being deleted.", source=OTHER_MAKERS
)
DEFINITION_STILL_ACTIVE = _field(
    "The specified task definition is still in ACTIVE status. Please deregister the target and try again."
)
DEFINITION_NOT_FOUND_TO_DELETE = _field(
    "The specified task definition does not exist. Specify a valid account, family, revision and try again."
)
DEFINITION_IDENTIFIER = _field(
    "The specified task definition identifier is invalid. Specify a valid name or ARN and try again."
)
DEFINITIONS_EMPTY = _unread("taskDefinitions can not be empty.")
DEFINITIONS_TOO_MANY = _unread("Size of TaskDefinition references list cannot exceed {most}")
# Container instances

INSTANCES_EMPTY = _unread("Container instance cannot be empty.")
INSTANCE_MISSING = _unread("Referenced container instance {named} not found.")
INSTANCE_STATUS = _unread("status must be ACTIVE or DRAINING.")
TARGET_MISSING = _unread("The specified target could not be found.")
TARGET_TYPE = _unread("targetType must be container-instance.")
ATTRIBUTES_COUNT = _unread("attributes must have between 1 and 10 items.")
ATTRIBUTE_NAME = _unread("The attribute name is invalid.")
ATTRIBUTE_VALUE = _unread("The attribute value is invalid.")
ATTRIBUTE_VALUE_ALONE = _unread("You must specify an attribute name to filter by value.")
# Supply

NO_CAPACITY = _field(
    "Capacity is unavailable at this time. Please try again later or in a different availability zone", "R-076"
)
VCPU_LIMIT = _field("You’ve reached the limit on the number of vCPUs you can run concurrently", "R-076")
