"""What ECS says when it refuses something of the account: settings, clusters, capacity providers, tags."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, issue, recorded


def _bench(text: str, case: str, read_on: str = "2026-09-08") -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} ({case})", status="observed", read_on=read_on)


def _field(text: str, source: str = FIELD_REPORT) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=source)


def _unread(text: str) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=API_MODEL, status="assumed")


# Account settings

SETTING_NAME = _unread("Invalid setting 'name'")
SETTING_VALUE = _field("Invalid setting 'value'", issue("aws/aws-cli", 3785))
SETTING_READ_ONLY = _unread("The {name} account setting is managed by AWS and cannot be modified.")
SETTING_ROOT_ONLY = _unread("You must use the root user to set {name}, or set it for the account.")
SETTING_PRINCIPAL = _unread(
    "The specified principalArn is invalid. Specify the ARN of a user, a role or the root user."
)
SETTING_OTHER_PRINCIPAL = _unread(
    "User: {caller} is not authorized to use the account settings of {principal}: you must be the root user, or the "
    "principal."
)
SETTING_VALUE_ALONE = _unread("You must specify an account setting name to filter by value.")
# Clusters

CLUSTER_NAME = _bench("ClusterName must match ^[a-zA-Z0-9\\-_]{{1,255}}$", "pf-ecs-cluster-name", "2026-09-04")
CLUSTER_INACTIVE = _field("The referenced cluster was inactive.")
CLUSTER_NOT_ACTIVE = _field("Cluster was not ACTIVE.", issue("hashicorp/terraform-provider-aws", 11285))
"""Of a cluster that is to be changed."""
CLUSTER_CHANGED = _field(
    "Arguments on this idempotent request are inconsistent with arguments used in previous request(s)."
)
CLUSTER_HAS_SERVICES = _field("The Cluster cannot be deleted while Services are active.")
CLUSTER_HAS_TASKS = _field("The Cluster cannot be deleted while Tasks are active.")
CLUSTER_HAS_PROVIDERS = _unread("The Cluster cannot be deleted while Capacity Providers are active.")
EXEC_LOG_WITHOUT_OVERRIDE = _bench(
    "You must set logging to 'OVERRIDE' when you supply a log configuration.",
    "pf-ecs-cluster-execute-command-default-with-log-config",
)
EXEC_OVERRIDE_WITHOUT_LOG = _bench(
    "A CloudWatch log group name or S3 bucket name must be specified when overriding the default log configuration.",
    "pf-ecs-cluster-execute-command-override-without-log-config",
)
EXEC_LOGGING = _unread("logging must be one of NONE, DEFAULT, OVERRIDE.")
# Capacity providers

PROVIDER_NAME = _bench(
    "The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and "
    'lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". '
    "Specify a valid name and try again.",
    "pf-ecs-cp-name-reserved-prefix",
)
PROVIDER_STEPS = _bench(
    "The minimum or maximum scaling step size value is invalid. Specify a minimum scaling step size value that is less "
    "than or equal to the maximum scaling step size value and try again.",
    "pf-ecs-cp-scaling-step-order",
)
PROVIDER_RANGE = _unread("The managed scaling {what} must be between {least} and {most}.")
PROVIDER_KIND = _unread(
    "A capacity provider must have either an Auto Scaling group provider or a Managed Instances provider. Specify one "
    "and try again."
)
PROVIDER_CLUSTER = _unread(
    "A capacity provider for Amazon ECS Managed Instances needs a cluster. Specify one and try again."
)
PROVIDER_EXISTS = _field(
    "The specified capacity provider already exists. To change the configuration of an existing capacity provider, "
    "update the capacity provider.",
    issue("aws/containers-roadmap", 632),
)
PROVIDER_MISSING = _unread("The specified capacity provider does not exist. Specify a valid name or ARN and try again.")
PROVIDER_NOT_FOUND = _unread(
    "The specified capacity provider was not found. Specify a valid name or ARN and try again."
)
PROVIDER_RESERVED = _unread("The specified capacity provider is reserved and cannot be changed or deleted.")
PROVIDER_IN_USE = _field("The specified capacity provider is in use and cannot be removed.")
# Tags

TAG_INACTIVE_CLUSTER = _field("The specified cluster is inactive. Specify an active cluster and try again.")
TAG_INACTIVE_SERVICE = _unread("The specified service is inactive. Specify an active service and try again.")
TAG_STOPPED_TASK = _field(
    "The specified task is stopped. Specify a running task and try again.", recorded("ecs/task_tokens.json")
)
TAG_LONG_ARN = _field("Long arn format must be used for tagging operations")
TAG_RESERVED = _unread("Tag keys and values beginning with aws: are reserved for system use.")
TAG_TOO_MANY = _unread("tags can have at most {most} items.")
TAG_KEY = _unread("Tag keys must have between 1 and {most} characters.")
TAG_VALUE = _unread("Tag values can have at most {most} characters.")
TAG_CHARACTERS = _unread("Tag keys and values can hold letters, numbers, spaces and the characters + - = . _ : / @.")
TAG_TWICE = _unread("Tag keys must be unique.")
TAG_NO_KEYS = _unread("tagKeys can not be empty.")
ARN_SYNTAX = _field("Invalid arn syntax.", f"{PREFLIGHT} (pf-ecs-environment-files-type)")
RESOURCE_MISSING = _unread("The specified {kind} is not found.")
