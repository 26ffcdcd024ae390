"""Why a task stopped: stoppedReason of the task, reason of a container, lines of its log."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import ECS_AGENT, FIELD_REPORT, INITIALIZATION_ERRORS, PULL_ERRORS, STOPPED_CODES


def _field(text: str, rule: str) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=FIELD_REPORT, rule=rule)


# An ordinary end

ESSENTIAL_EXITED = _field("Essential container in task exited", "R-110")
STOPPED_BY_USER = _field("Task stopped by user", "R-110")
SCALING_ACTIVITY = _field("Scaling activity initiated by (deployment {deployment})", "R-110")
FAILED_ELB = _field("Task failed ELB health checks in (target-group {target_group})", "R-111")
FAILED_CONTAINER_HEALTH = _field("Task failed container health checks", "R-112")
MAINTENANCE = _field("ECS is performing maintenance on the underlying infrastructure hosting the task", "R-113")
MAINTENANCE_OF_SERVICE = _field("Service {service}: " + str(MAINTENANCE), "R-113")
SPOT_INTERRUPTED = _field("Your Spot Task was interrupted.", "R-192")
OUT_OF_MEMORY = Words("OutOfMemoryError: Container killed due to memory usage", source=ECS_AGENT, rule="R-115")
# No network interface

ENI_TIMEOUT = _field("Timeout waiting for network interface provisioning to complete.", "R-114")
SUBNET_FULL = Words(
    "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment {public_ip} in subnet "
    "'{subnet}': InsufficientFreeAddressesInSubnet",
    source=STOPPED_CODES,
    status="observed",
    rule="R-096",
)
# No way to, or no word from, the registry. {operation} and {cause} are the SDK's own

_AUTH = (
    "ResourceInitializationError: unable to pull secrets or registry auth: "
    "The task cannot pull registry auth from Amazon ECR: "
)
ECR_UNREACHABLE = _field(
    _AUTH + "There is a connection issue between the task and Amazon ECR. Check your task network configuration. "
    "operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error "
    'StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.{region}.amazonaws.com/": '
    "dial tcp {address}:443: i/o timeout",
    "R-119",
)
ECR_NO_NAME = Words(
    _AUTH + "There is a connection issue between the task and Amazon ECR. Check your task network configuration. "
    "operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error "
    'StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.{region}.amazonaws.com/": '
    "dial tcp: lookup api.ecr.{region}.amazonaws.com: no such host",
    source=FIELD_REPORT,
    status="assumed",
    rule="R-119",
)
ECR_DENIED = Words(
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable "
    "to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: {session} is "
    "not authorized to perform: ecr:GetAuthorizationToken on resource: * {because}",
    source=FIELD_REPORT,
    status="assumed",
    rule="R-132",
)
# Pulling the image

LAYERS_UNREACHABLE = Words(
    "CannotPullContainerError: The task cannot pull {image} from the Amazon ECR repository {repository}. There is a "
    "connection issue between the task and Amazon ECR. Check your task network configuration. ref pull has been "
    'retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://{host}/": '
    "dial tcp {address}:443: i/o timeout",
    source=PULL_ERRORS,
    status="observed",
    rule="R-128",
)
MANIFEST_UNREACHABLE = _field(
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {image}: failed "
    'to do request: Head "https://{registry}/v2/{repository}/manifests/{tag}": dial tcp {address}:443: i/o timeout',
    "R-129",
)
MANIFEST_NO_NAME = Words(
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {image}: failed "
    'to do request: Head "https://{registry}/v2/{repository}/manifests/{tag}": dial tcp: lookup {registry}: no such '
    "host",
    source=FIELD_REPORT,
    status="assumed",
    rule="R-129",
)
IMAGE_NOT_FOUND = _field(
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {image}: {image}: "
    "not found",
    "R-130",
)
PULL_DENIED = Words(
    "CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images "
    "from the registry. pull image manifest has been retried 1 time(s): failed to resolve ref {image}: denied: User: "
    "{session} is not authorized to perform: {action} on resource: {resource} {because}",
    source=ECS_AGENT,
    status="observed",
    rule="R-131",
)
NO_SUCH_PLATFORM = _field(
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain "
    "descriptor matching platform '{platform}'",
    "R-133",
)
PULL_LIMIT = Words(
    "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit. You may increase the limit by "
    "authenticating and upgrading: https://www.docker.com/increase-rate-limits",
    source=PULL_ERRORS,
    status="documented",
    rule="R-134",
)
NO_SPACE = Words(
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to copy: write {path}: no space "
    "left on device",
    source=PULL_ERRORS,
    status="observed",
    rule="R-135",
)
EXEC_FORMAT = _field("exec {command}: exec format error", "R-133")
# Secrets

_SECRETS = "ResourceInitializationError: unable to pull secrets or registry auth: "
SECRET_UNREACHABLE = Words(
    _SECRETS + "execution resource retrieval failed: unable to retrieve secret from asm: There is a connection issue "
    "between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret {arn} "
    "from secrets manager: operation error Secrets Manager: GetSecretValue, exceeded maximum number of attempts, 3, "
    "https response error StatusCode: 0, RequestID: , request send failed, Post "
    '"https://secretsmanager.{region}.amazonaws.com/": dial tcp {address}:443: i/o timeout',
    source=INITIALIZATION_ERRORS,
    status="observed",
    rule="R-121",
)
SECRET_FAILED = Words(
    _SECRETS + "execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried "
    "1 time(s): failed to fetch secret {arn} from secrets manager: {cause}",
    source=INITIALIZATION_ERRORS,
    status="observed",
    rule="R-121",
)
SECRET_DENIED_CAUSE = Words(
    "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, api "
    "error AccessDeniedException: User: {session} is not authorized to perform: secretsmanager:GetSecretValue on "
    "resource: {arn} {because}",
    source=FIELD_REPORT,
    rule="R-121",
)
SECRET_MISSING_CAUSE = Words(
    "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, "
    "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    source=INITIALIZATION_ERRORS,
    status="observed",
    rule="R-121",
)
SECRET_EXPIRED_CAUSE = Words(
    "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, "
    "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
    source=INITIALIZATION_ERRORS,
    status="assumed",
    rule="R-121",
)
SECRET_OTHER_CAUSE = Words(
    "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, "
    "{said}",
    source=INITIALIZATION_ERRORS,
    status="assumed",
    rule="R-121",
)
STAGE_MISSING = Words(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: {stage}",
    source="https://github.com/aws/aws-sdk-js-v3/issues/7701",
    status="observed",
    rule="R-121",
)
VERSION_MISSING = Words(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: {version}",
    source="https://github.com/getmoto/moto/blob/master/moto/secretsmanager/models.py",
    status="assumed",
    rule="R-121",
)
STAGE_OF_ANOTHER = Words(
    "InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId.",
    source="https://github.com/getmoto/moto/blob/master/moto/secretsmanager/exceptions.py",
    status="assumed",
    rule="R-121",
)
SECRET_NOT_DECRYPTED = Words(
    "DecryptionFailure: Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
    source="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html",
    status="assumed",
    rule="R-121",
)
PARAMETER_NOT_DECRYPTED = Words(
    _SECRETS
    + "execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried "
    "1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: {request}, "
    "InvalidKeyId: The query key ID isn't valid.",
    source="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html",
    status="assumed",
    rule="R-122",
)
SECRET_KEY_MISSING = Words(
    _SECRETS + "execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried "
    "1 time(s): retrieved secret from Secrets Manager did not contain json key {key}",
    source=ECS_AGENT,
    rule="R-124",
)
SECRET_FORM = Words(
    _SECRETS + "execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried "
    "1 time(s): unexpected ARN format with parameters when trying to retrieve ASM secret",
    source=ECS_AGENT,
    rule="R-154",
)
PARAMETER_UNREACHABLE = Words(
    _SECRETS + "execution resource retrieval failed: unable to retrieve secrets from ssm: The task cannot pull secrets "
    "from AWS Systems Manager Parameter Store. Check your network connection between the task and AWS Systems Manager. "
    "operation error SSM: GetParameters, exceeded maximum number of attempts, 3, https response error StatusCode: 0, "
    'RequestID: , request send failed, Post "https://ssm.{region}.amazonaws.com/": dial tcp {address}:443: i/o '
    "timeout",
    source=INITIALIZATION_ERRORS,
    status="observed",
    rule="R-123",
)
PARAMETER_DENIED = _field(
    _SECRETS + "execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been "
    "retried 1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: "
    "{request}, api error AccessDeniedException: User: {session} is not authorized to perform: ssm:GetParameters on "
    "resource: {arn} {because}",
    "R-122",
)
PARAMETER_MISSING = Words(
    _SECRETS + "execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been "
    "retried 1 time(s): invalid parameters: {name}",
    source=ECS_AGENT,
    rule="R-122",
)
# Logs

_LOGGER = "ResourceInitializationError: failed to validate logger args: "
LOGS_UNREACHABLE = _field(
    _LOGGER + "The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a "
    "connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed",
    "R-125",
)
LOG_GROUP_MISSING = _field(
    _LOGGER + "create stream has been retried 1 times: failed to create Cloudwatch log stream: operation error "
    "CloudWatch Logs: CreateLogStream, https response error StatusCode: 400, RequestID: {request}, "
    "ResourceNotFoundException: The specified log group does not exist. : exit status 1",
    "R-126",
)
LOG_GROUP_DENIED = _field(
    _LOGGER + "create stream has been retried 1 times: failed to create Cloudwatch log group: operation error "
    "CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: {request}, api error "
    "AccessDeniedException: User: {session} is not authorized to perform: logs:CreateLogGroup on resource: {resource} "
    "{because} : exit status 1",
    "R-127",
)
LOG_STREAM_DENIED = _field(
    _LOGGER + "create stream has been retried 1 times: failed to create Cloudwatch log stream: operation error "
    "CloudWatch Logs: CreateLogStream, https response error StatusCode: 400, RequestID: {request}, api error "
    "AccessDeniedException: User: {session} is not authorized to perform: logs:CreateLogStream on resource: {resource} "
    "{because} : exit status 1",
    "R-127",
)
# Volumes

_EFS = "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: "
EFS_NO_NAME = _field(
    _EFS + 'Failed to resolve "{file_system}.efs.{region}.amazonaws.com" - check that your file system ID is '
    "correct, and ensure that the VPC has an EFS mount target for this file system ID. See "
    "https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail.",
    "R-137",
)
EFS_TIMEOUT = _field(
    _EFS + "Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. Mount attempt 2/3 "
    "failed due to timeout after 15 sec, wait 0 sec before next attempt. b'mount.nfs4: mount system call failed'",
    "R-137",
)
EFS_DENIED = Words(
    _EFS + "b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command "
    "execution; code: 32",
    source=FIELD_REPORT,
    status="assumed",
    rule="R-137",
)
# Roles

ROLE_NOT_ASSUMED = _field(
    "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being "
    "passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this "
    "role.",
    "R-138",
)
