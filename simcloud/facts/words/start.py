"""Why a task stopped before it ran: environment files, registry credentials, EFS, EBS volumes, dependencies."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import ECS_AGENT, FIELD_REPORT, GUIDE, INITIALIZATION_ERRORS, PULL_ERRORS

# Environment files

_FILES = "ResourceInitializationError: failed to download env files: file download command: non empty error stream: "
FILES_UNREACHABLE = Words(
    _FILES + "RequestCanceled: request context canceled caused by: context deadline exceeded",
    source=FIELD_REPORT,
    status="assumed",
    rule="R-055",
)
FILES_DENIED = Words(
    _FILES + "service call has been retried 1 time(s): operation error S3: {operation}, https response error "
    "StatusCode: 403, RequestID: {request}, HostID: , api error AccessDenied: User: {session} is not authorized to "
    'perform: {action} on resource: "{resource}" {because}',
    source=INITIALIZATION_ERRORS,
    status="assumed",
    rule="R-151",
)
FILE_MISSING = Words(
    _FILES + "service call has been retried 1 time(s): operation error S3: GetObject, https response error "
    "StatusCode: 404, RequestID: {request}, HostID: , NoSuchKey: The specified key does not exist.",
    source=INITIALIZATION_ERRORS,
    status="assumed",
    rule="R-055",
)
BUCKET_MISSING = Words(
    _FILES + "service call has been retried 1 time(s): operation error S3: GetBucketLocation, https response error "
    "StatusCode: 404, RequestID: {request}, HostID: , NoSuchBucket: The specified bucket does not exist",
    source=INITIALIZATION_ERRORS,
    status="assumed",
    rule="R-055",
)
# Credentials of a private registry

_LOGIN = (
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable "
    "to get registry auth from asm: service call has been retried {times} time(s): "
)
LOGIN_UNREACHABLE = Words(
    _LOGIN.format(times=5) + "asm fetching secret from the service for {arn}: operation error Secrets Manager: "
    "GetSecretValue, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request "
    'send failed, Post "https://secretsmanager.{region}.amazonaws.com/": dial tcp {address}:443: i/o timeout',
    source=ECS_AGENT,
    status="assumed",
    rule="R-151",
)
LOGIN_FAILED = Words(
    _LOGIN.format(times=1) + "asm fetching secret from the service for {arn}: {cause}",
    source=ECS_AGENT,
    status="assumed",
    rule="R-151",
)
LOGIN_NO_JSON = Words(
    _LOGIN.format(times=1) + "asm fetching authorization data: unable to unmarshal secret value, invalid schema",
    source=ECS_AGENT,
    status="assumed",
    rule="R-151",
)
LOGIN_INCOMPLETE = Words(
    _LOGIN.format(times=1) + "asm fetching authorization data: expected {key}, found empty value",
    source=ECS_AGENT,
    status="assumed",
    rule="R-151",
)
NO_LOGIN = Words(
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {image}: pull "
    "access denied, repository does not exist or may require authorization: server message: insufficient_scope: "
    "authorization failed",
    source=PULL_ERRORS,
    status="assumed",
    rule="R-130",
)
# EFS

EFS_NO_DIRECTORY = Words(
    "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: "
    "mounting {mounted} failed, reason given by server: No such file or directory' : unsuccessful EFS utils command "
    "execution; code: 32",
    source=FIELD_REPORT,
    status="assumed",
    rule="R-137",
)
# EBS: AWS publishes no list that the course could read

EBS_ROLE = Words(
    "ECS was unable to assume the configured ECS Infrastructure Role. Please verify that the role being passed has the "
    "proper trust relationship with Amazon ECS",
    source=GUIDE + "troubleshoot-ebs-volumes.html",
    status="assumed",
    rule="R-139",
)
EBS_DENIED = Words(
    "ECS was unable to create the EBS volume: User: {session} is not authorized to perform: {action} on resource: "
    "{resource} {because}",
    source=GUIDE + "troubleshoot-ebs-volumes.html",
    status="assumed",
    rule="R-139",
)
EBS_SNAPSHOT = Words(
    "ECS was unable to create the EBS volume: The snapshot '{snapshot}' does not exist.",
    source=GUIDE + "troubleshoot-ebs-volumes.html",
    status="assumed",
    rule="R-139",
)
EBS_KEY = Words(
    "ECS was unable to create the EBS volume: The KMS key provided is in an incorrect state",
    source=GUIDE + "troubleshoot-ebs-volumes.html",
    status="assumed",
    rule="R-186",
)
# Containers that wait for each other

DEPENDENCY_TIMED_OUT = Words(
    "dependency graph: container ordering dependency [{container}] for target [{target}] has timed out",
    source=ECS_AGENT,
    status="assumed",
    rule="R-052",
)
