"""What the API says of services, their deployments and their task sets, beside the laws on creating them."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, GUIDE, issue, recorded

TERRAFORM = "https://github.com/hashicorp/terraform-provider-aws (internal/service/ecs/service.go)"


def _field(text: str, rule: str) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=FIELD_REPORT, rule=rule)


def _heard(text: str, rule: str) -> Words:
    """A text of a recorded answer about service revisions."""
    return Words(text, source=recorded("ecs/service_revisions.json"), read_on="2026-11-23", rule=rule)


def _unread(text: str, rule: str, source: str = API_MODEL) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=source, status="assumed", rule=rule)


SERVICE_NOT_FOUND = _field("Service not found.", "R-088")
SERVICE_NOT_ACTIVE = _field("Service was not ACTIVE.", "R-088")
STILL_DRAINING = _field("Unable to Start a service that is still Draining.", "R-088")
SCALED_ABOVE_ZERO = _field("The service cannot be stopped while it is scaled above 0.", "R-088")
DEPLOYMENTS_ACTIVE = Words(
    "The service cannot be stopped while deployments are active.", source=TERRAFORM, status="observed", rule="R-088"
)
NAMESPACE_NOT_FOUND = _unread("The specified namespace wasn't found.", "R-101")
# Changing a service

FORCE_FOR_STRATEGY = Words(
    "When switching from launch type to capacity provider strategy on an existing service, or making a change to a "
    "capacity provider strategy on a service that is already using one, you must force a new deployment.",
    source=FIELD_REPORT,
    status="observed",
    read_on="2026-11-23",
    rule="R-074",
)
CODE_DEPLOY_UPDATES = _field(
    "Unable to update {what} on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new "
    "deployment.",
    "R-240",
)
CODE_DEPLOY_FORCES = _field(
    "Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger "
    "a new deployment.",
    "R-240",
)
EXTERNAL_UPDATES = _unread(
    "Unable to update {what} on services with an EXTERNAL deployment controller. Use CreateTaskSet to create a new "
    "task set.",
    "R-240",
)
EXTERNAL_FORCES = _unread(
    "Cannot force a new deployment on services with an EXTERNAL deployment controller. Use CreateTaskSet to create a "
    "new task set.",
    "R-240",
)
DEFINITION_BLANK = Words(
    "TaskDefinition must be blank.", source=issue("aws/aws-cdk", 6245), status="observed", rule="R-099"
)
LAUNCH_TYPE_BLANK = _unread("LaunchType must be blank.", "R-099", issue("aws/aws-cdk", 6245))
# Service deployments

_STOPPING = GUIDE + "stop-service-deployment.html"
SERVICE_DEPLOYMENT_NOT_FOUND = _unread("The specified service deployment was not found.", "R-235")
SERVICE_DEPLOYMENT_OVER = _unread(
    "The service deployment cannot be stopped because its status is {status}.", "R-235", _STOPPING
)
ABORT_NOT_SUPPORTED = _unread("The stop type ABORT is not supported. Specify ROLLBACK and try again.", "R-235")
HOOK_NOT_AWAITING = _unread("The lifecycle hook {hook} is not awaiting an action.", "R-233")
# Service revisions

REVISION_OF_NO_SERVICE = _heard("The Service ARN provided is invalid.", "R-235")
REVISION_ARN = _heard("The ServiceRevision ARN is invalid.", "R-235")
REVISIONS_MOST = _heard("Service Revision ARN count cannot exceed {most}", "R-235")
REVISIONS_OF_SEVERAL = _heard(
    "Cross service requests are not allowed. All requested service revisions must be for a single service", "R-235"
)
REVISIONS_OF_INACTIVE = _heard("Cannot call DescribeServiceRevisions for a service that is INACTIVE", "R-235")
# Task sets

TASK_SETS_ONLY_EXTERNAL = Words(
    "Amazon ECS only supports task set management on services configured to use external deployment controllers.",
    source=issue("hashicorp/terraform-provider-aws", 30347),
    status="observed",
    rule="R-099",
)
TOO_MANY_TASK_SETS = Words(
    "{most} deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.",
    source=issue("aws-samples/ecs-bg-external-controller", 6),
    status="observed",
    rule="R-099",
)
TASK_SET_NOT_FOUND = _unread("TaskSet not found.", "R-099")
PRIMARY_TASK_SET = _field("Primary TaskSet cannot be deleted", "R-099")
TASK_SET_SCALED = _unread("The task set cannot be stopped while it is scaled above 0.", "R-099")
SCALE_RANGE = _unread("Scale value must be between 0 and 100.", "R-099")
TOKEN_OF_ANOTHER = _unread("The clientToken was used before with other parameters.", "R-090")
