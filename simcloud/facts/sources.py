"""The public documents that facts and laws are read from, each named once."""

from __future__ import annotations

API_MODEL = "Amazon ECS API model, botocore 1.44.5"
GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
TASK_PARAMETERS = GUIDE + "task_definition_parameters.html"
EXECUTION_ROLE = GUIDE + "task_execution_IAM_role.html"
FAULT_INJECTION = GUIDE + "fault-injection.html"
FARGATE_TASKS = GUIDE + "fargate-tasks-services.html"
TASK_SIZE = GUIDE + "task-cpu-memory-error.html"
SERVICE_PARAMETERS = GUIDE + "service_definition_parameters.html"
CAPACITY_PROVIDERS = GUIDE + "fargate-capacity-providers.html"
PLATFORM_VERSIONS = GUIDE + "platform-fargate.html"
STOPPED_CODES = GUIDE + "stopped-task-error-codes.html"
PULL_ERRORS = GUIDE + "task_cannot_pull_image.html"
INITIALIZATION_ERRORS = GUIDE + "resource-initialization-error.html"
EVENT_MESSAGES = GUIDE + "service-event-messages.html"
CIRCUIT_BREAKER = GUIDE + "deployment-circuit-breaker.html"
THROTTLING = GUIDE + "throttling.html"
ECS_AGENT = "https://github.com/aws/amazon-ecs-agent"
PREFLIGHT = "https://github.com/badmintoncryer/cdk-preflight"
"""Each rule there was deployed to the real AWS, and AWS's answer recorded with its date."""
RECORDED = "https://github.com/radkawar/stackd/blob/main/testdata/aws/ecs/controls.json"
"""Requests to the real ECS of 16 September 2026 with its raw answers, refusals and stored definitions alike."""


def recorded(name: str) -> str:
    """The address of another recording of the same days and hands: `ecs/services.json`."""
    return f"https://github.com/radkawar/stackd/blob/main/testdata/aws/{name}"


FIELD_REPORT = "field report quoting the message of the real service"
CODEDEPLOY_MODEL = "AWS CodeDeploy API model, botocore 1.44.5"
CODEDEPLOY_GUIDE = "https://docs.aws.amazon.com/codedeploy/latest/userguide/"
FARGATE_PRICING = "https://aws.amazon.com/fargate/pricing/"


def issue(repository: str, number: int) -> str:
    """The address of a GitHub issue that quotes AWS's message."""
    return f"https://github.com/{repository}/issues/{number}"
