"""What CodeDeploy says of deployments: when it refuses one, and when one fails."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import CODEDEPLOY_GUIDE, CODEDEPLOY_MODEL, FIELD_REPORT, PREFLIGHT, issue

_TROUBLE = CODEDEPLOY_GUIDE + "troubleshooting-ecs.html"


def _unread(text: str, source: str = CODEDEPLOY_MODEL) -> Words:
    """The law is documented, its text was seen nowhere: ours, after the model's description."""
    return Words(text, source=source, status="assumed")


def _guide(text: str) -> Words:
    """A text that AWS's own guide quotes."""
    return Words(text, source=_TROUBLE, status="documented")


# Revisions

REVISION_MISSING = Words("RevisionLocation must be specified", source=issue("aws/aws-cli", 4256))
REVISION_TYPE = _unread("Revision type '{kind}' is not valid.")
REVISION_LOCATION = _unread("{member} must be specified for revision type: {kind}")
REVISION_PLATFORM = Words(
    "Revision type: {kind} is not supported under compute platform: {platform}",
    source=f"{PREFLIGHT} (pf-codedeploy-dg-revision-github-server-only)",
    read_on="2026-09-14",
)
BUNDLE_TYPE = Words("BundleType must be either YAML or JSON", source=issue("awslabs/aws-codedeploy-plugin", 89))
BUNDLE_TYPE_SERVER = Words(
    "BundleType must be either tar, zip or tgz",
    source=f"{PREFLIGHT} (pf-codedeploy-dg-revision-bundle-type-server)",
    read_on="2026-09-14",
)
REVISION_HASH = _unread("The SHA256 hash value does not match the revision content.")
NO_REVISION = _unread("No application revision found for the specified location in application: {name}")
DESCRIPTION = _unread("The description is too long: at most 256 characters are allowed.")
SORT_BY = _unread("The column name to sort by is not valid: {value}")
SORT_ORDER = _unread("The sort order is not valid: {value}")
DEPLOYED = _unread("The deployed state filter is not valid: {value}")
BUCKET_MISSING = _unread("A bucket name is required, but was not provided.")

# CreateDeployment

ACTIVE = Words(
    "The Deployment Group '{group}' already has an active Deployment '{id}'",
    source=issue("CircleCI-Public/aws-ecs-orb", 181),
)
FILE_EXISTS = Words(
    "For Lambda, ECS and Kubernetes deployment, fileExistsBehavior can not be specified",
    source=issue("aws/aws-toolkit-azure-devops", 288),
)
NOT_FOR_ECS = _unread("For Lambda, ECS and Kubernetes deployment, {member} can not be specified")

# States

ID_FORM = _unread("The deployment ID {id} was specified in an invalid format.")
ID_MISSING = _unread("At least one deployment ID must be specified.")
NO_DEPLOYMENT = _unread("The deployment {id} could not be found")
ALREADY_COMPLETED = Words(
    "Deployment {id} has already completed",
    source=FIELD_REPORT,
    status="assumed",
)
WAIT_TYPE = _unread("The wait type {kind} is invalid.")
NOT_READY = _unread("The deployment {id} does not have a status of Ready and can't continue yet.")
NOT_WAITING = _unread("The deployment {id} is not waiting for the termination of its original environment.")
NOT_STARTED = _unread("The deployment {id} has not started.")
NO_TARGET = _unread("The target {target} does not belong to the deployment {id}.")
TARGETS_MANY = _unread("The maximum number of targets that can be specified (25) was exceeded.")
TARGETS_MISSING = _unread("A deployment target ID was not provided.")
TARGET_FILTER = _unread("The target filter name is invalid: {name}")
STATUS_FILTER = _unread("The deployment status {status} does not exist.")
TIME_RANGE = _unread("The start time must be earlier than the end time.")
HOOK_ID = _unread("The lifecycle event hook execution ID {id} is invalid.")
HOOK_STATUS = _unread(
    "The lifecycle event hook execution status {status} is invalid. It should be Succeeded or Failed."
)
HOOK_DONE = _unread("The lifecycle event {event} of deployment {id} has already completed.")
COMPUTE_PLATFORM = _unread("The operation does not support deployments on the ECS compute platform.")

# Why a deployment failed

APPSPEC = Words(
    "The deployment failed because the AppSpec file that specifies the deployment configuration is missing or has an "
    "invalid configuration. {detail}",
    source=issue("aws/aws-cli", 6267),
)
APPSPEC_YAML = Words(
    "The input AppSpec file is a not well-formed yaml. The template cannot be parsed.",
    source=issue("aws/aws-cli", 6267),
)
APPSPEC_S3 = _unread(
    "The AppSpec file cannot be located in the specified S3 bucket. Verify your AppSpec file is present and that the "
    "name and key value pair specified for your S3 bucket are correct. The S3 bucket must be in your current region",
    CODEDEPLOY_GUIDE,
)
ECS_UPDATE = Words(
    "The ECS service cannot be updated due to an unexpected error: {message} (Service: AmazonECS; Status Code: 400; "
    "Error Code: {code}; Request ID: {request}; Proxy: null). Check your ECS service status.",
    source=FIELD_REPORT,
)
CONTAINER_MISSING = Words(
    "The container {name} does not exist in the task definition.",
    source=FIELD_REPORT,
)
PORT_MISSING = Words(
    "The container {name} did not have a container port {port} defined.",
    source=FIELD_REPORT,
)
PAIR = _unread(
    "A deployment group associated with an application that uses the ECS compute platform must contain a valid pair of "
    "target groups that identify a load balancer. The target group of the ECS service is not one of the pair.",
    issue("YumaInaura/YumaInaura", 3421),
)
REPLACEMENT_TIMEOUT = _guide(
    "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is "
    "60 minutes."
)
READY_TIMEOUT = _guide(
    "The deployment timed out while waiting for a notification to continue. This time out period is {minutes} minutes."
)
CALLBACK_TIMEOUT = _guide(
    "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one "
    "hour after a deployment hook is invoked."
)
HOOK_FAILED = _guide("The deployment failed because one or more of the lifecycle event validation functions failed.")
STOPPED_ON_REQUEST = _unread("The deployment was stopped on request.", CODEDEPLOY_GUIDE + "deployments-stop.html")
SERVICE_GONE = _unread("The ECS service was deleted while the deployment was in progress.", _TROUBLE)
ALARM_ACTIVE = Words(
    "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected "
    "deployments have been stopped. Activated alarms: {names}",
    source=FIELD_REPORT,
    rule="R-237",
)
NOT_STEADY = _unread(
    "The deployment was stopped because the ECS service was scaled and did not reach a steady state within 5 minutes.",
    CODEDEPLOY_GUIDE,
)
TERMINATED = Words(
    "Deployment {id} terminated. Automatic rollback is triggered with a DeploymentId {rollback}.", source=FIELD_REPORT
)
ROLLS_BACK = Words("Deployment {rollback} is triggered to roll back deployment {id}.", source=FIELD_REPORT)
NOTHING_TO_ROLL_BACK = _unread(
    "The deployment cannot be rolled back: it made no replacement task set.", CODEDEPLOY_GUIDE
)
STOP_MESSAGE = _unread("No more commands will be scheduled for execution in the deployment instances")
