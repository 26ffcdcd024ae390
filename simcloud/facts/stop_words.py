"""The words in which AWS says why a task stopped: stop codes, stopped reasons, container reasons."""

from __future__ import annotations

from simcloud.facts.fact import Words

MODEL = "Amazon ECS API model, botocore 1.44.5"
CODES = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html"
PULL = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html"
AGENT = "https://github.com/aws/amazon-ecs-agent"
FIELD = "field report of a real stopped task"

# Stop codes (the API's enum TaskStopCode)

FAILED_TO_START = Words("TaskFailedToStart", source=MODEL, status="documented", rule="R-109")
ESSENTIAL_EXITED = Words("EssentialContainerExited", source=MODEL, status="documented", rule="R-109")
USER_INITIATED = Words("UserInitiated", source=MODEL, status="documented", rule="R-109")
SCHEDULER_INITIATED = Words("ServiceSchedulerInitiated", source=MODEL, status="documented", rule="R-109")

# Reasons of a task that did run

ESSENTIAL_EXITED_REASON = Words("Essential container in task exited", source=FIELD, rule="R-110")
STOPPED_BY_USER = Words("Task stopped by user", source=FIELD, rule="R-110")
SCALING_ACTIVITY = Words("Scaling activity initiated by (deployment {deployment})", source=FIELD, rule="R-110")
OUT_OF_MEMORY = Words("OutOfMemoryError: container killed due to memory usage", source=FIELD, rule="R-116")

# What stands at the end of many reasons

DIAL_TIMEOUT = Words("dial tcp {address}:443: i/o timeout", source=FIELD, rule="R-119")
NO_SUCH_HOST = Words("dial tcp: lookup {host}: no such host", source="the resolver error of the Go standard library",
                     status="assumed", rule="R-119")
NOT_AUTHORIZED = Words("User: {user} is not authorized to perform: {action} on resource: {resource} {because}",
                       source=FIELD, rule="R-122")

# The network interface

ENI_TIMEOUT = Words("Timeout waiting for network interface provisioning to complete.", source=FIELD, rule="R-114")
NO_FREE_ADDRESS = Words(
    "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment {assignment} "
    "in subnet '{subnet}': InsufficientFreeAddressesInSubnet", source=CODES, rule="R-096")

# Registry authorisation

ECR_AUTH_UNREACHABLE = Words(
    "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from "
    "Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. "
    "operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error "
    'StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.{region}.amazonaws.com/": {cause}',
    source=FIELD, rule="R-119")
ECR_AUTH_DENIED = Words(
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
    "unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: {denied}",
    source="pattern of the SSM text and of older forms of this one", status="assumed", rule="R-132")

# Secrets

SECRET_FAILED = Words(
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
    "unable to retrieve secret from asm: service call has been retried {times} time(s): failed to fetch secret "
    "{arn} from secrets manager: {cause}", source="https://github.com/docker-archive/compose-cli/issues/1510",
    rule="R-121")
SECRET_CANCELED = Words("RequestCanceled: request context canceled caused by: context deadline exceeded",
                        source=FIELD, rule="R-123")
SECRET_DENIED = Words(
    "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, "
    "api error AccessDeniedException: {denied}", source="pattern of the SSM text", status="assumed", rule="R-121")
SECRET_MISSING = Words(
    "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, "
    "ResourceNotFoundException: Secrets Manager can't find the specified secret.", source="pattern of the SSM text",
    status="assumed", rule="R-121")
SECRET_NO_KEY = Words("retrieved secret from Secrets Manager did not contain json key {key}", source=AGENT,
                      rule="R-124")
SSM_FAILED = Words(
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
    "unable to retrieve secrets from ssm: service call has been retried {times} time(s): {cause}",
    source=FIELD, rule="R-122")
SSM_DENIED = Words(
    "operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: {request}, api error "
    "AccessDeniedException: {denied}", source=FIELD, rule="R-122")
SSM_MISSING = Words("invalid ssm parameters: {name}", source="pattern of the agent's text", status="assumed",
                    rule="R-122")

# Pulling an image

ECR_PULL_UNREACHABLE = Words(
    "CannotPullContainerError: The task cannot pull {image} from the Amazon ECR repository {repository}. There is a "
    "connection issue between the task and Amazon ECR. Check your task network configuration. failed to resolve ref "
    '{image}: failed to do request: Head "https://{host}/v2/{path}/manifests/{tag}": {cause}', source=PULL, rule="R-128")
LAYERS_UNREACHABLE = Words(
    "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: "
    'failed to do request: Get "https://{host}/": {cause}', source=PULL, rule="R-128")
PULL_UNREACHABLE = Words(
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {image}: failed "
    'to do request: Head "https://{host}/v2/{path}/manifests/{tag}": {cause}',
    source="https://github.com/deepfence/terraform-aws-cloud-scanner/issues/13", rule="R-129")
IMAGE_NOT_FOUND = Words(
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {image}: "
    "{image}: not found", source=PULL, rule="R-130")
PULL_DENIED = Words(
    "CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images "
    "from the registry. pull image manifest has been retried 1 time(s): failed to resolve ref {image}: denied: {denied}",
    source=AGENT, rule="R-131")
LAYERS_DENIED = Words(
    "CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images "
    "from the registry. ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: denied: "
    "{denied}", source=AGENT, status="assumed", rule="R-131")
NO_PLATFORM = Words(
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain "
    "descriptor matching platform '{platform}'", source=FIELD, rule="R-133")
NO_SPACE = Words("CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer: no space "
                 "left on device", source=PULL, status="assumed", rule="R-135")
EXEC_FORMAT = Words("exec {entry}: exec format error", source=FIELD, rule="R-133")

# The log driver

LOGS_UNREACHABLE = Words(
    "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group "
    "defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your "
    "network configuration. : signal: killed", source=FIELD, rule="R-125")
LOG_GROUP_MISSING = Words(
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to "
    "create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, https response error StatusCode: "
    "400, RequestID: {request}, ResourceNotFoundException: The specified log group does not exist. : exit status 1",
    source=FIELD, rule="R-126")
LOG_GROUP_DENIED = Words(
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to "
    "create Cloudwatch log group: operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: "
    "400, RequestID: {request}, api error AccessDeniedException: {denied} : exit status 1", source=FIELD, rule="R-127")
LOG_STREAM_DENIED = Words(
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to "
    "create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, https response error StatusCode: "
    "400, RequestID: {request}, api error AccessDeniedException: {denied} : exit status 1", source=FIELD, rule="R-127")

# Roles

ROLE_NOT_ASSUMED = Words(
    "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being "
    "passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this "
    "role.", source=FIELD, rule="R-138")
