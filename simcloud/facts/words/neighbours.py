"""What all services of the older kind say of a value outside their model, and where the neighbours' laws are read."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import PREFLIGHT

MODELS = "API models of botocore 1.44.5"
EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
ELB = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
EFS = "https://docs.aws.amazon.com/efs/latest/ug/API_"
ECR = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/"
IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html"
IAM_API = "https://docs.aws.amazon.com/IAM/latest/APIReference/"
IAM_QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
LOGS = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"
SSM = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"
SECRETS = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/"
ALARM = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
EVENTS = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/"
SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"


def bench(text: str, case: str, read_on: str = "2026-09-09") -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} ({case})", status="observed", read_on=read_on)


def seen_at(text: str, address: str) -> Words:
    """A text of the real AWS that somebody quotes in public."""
    return Words(text, source=address, status="observed")


def ours(text: str, source: str) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=source, status="assumed")


VALUE = bench(
    "Value '{value}' at '{at}' failed to satisfy constraint: {constraint}", "pf-elbv2-action-redirect-status-code"
)
ONE_ERROR = bench("1 validation error detected", "pf-elbv2-action-redirect-status-code")
MANY_ERRORS = ours("{count} validation errors detected", MODELS)
NOT_OFFERED_BY_EC2 = ours("Value ({value}) for parameter {name} is invalid.", EC2 + "errors-overview.html")
NO_FILTER = seen_at("The filter '{name}' is invalid", "https://github.com/aws/aws-cli/issues/7225")
NOT_TAGGABLE = seen_at(
    "'{kind}' is not a valid taggable resource type for this operation.", "https://github.com/aws/aws-cli/issues/2865"
)
NOT_OFFERED_BY_ECR = ours(
    "Invalid parameter at '{at}' failed to satisfy constraint: '{constraint}'", ECR + "API_CreateRepository.html"
)
