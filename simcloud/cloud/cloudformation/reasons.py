"""Calls of a stack to our services, and how CloudFormation tells a refusal: wrapped, as the reason of a status."""

from __future__ import annotations

from typing import Any

from simcloud.cloud import entropy, wire
from simcloud.cloud.errors import NotSimulated, Refused
from simcloud.cloud.live import Call
from simcloud.facts.words import stacks as words

SERVICES = {
    "ecs": "AmazonECS",
    "application-autoscaling": "AWSApplicationAutoScaling",
    "codedeploy": "AmazonCodeDeploy",
    "eks": "AmazonEKS",
}
"""How a status reason names the service that refused."""

SDK_NAMES = {
    "EC2": "Ec2",
    "ECR": "Ecr",
    "EFS": "Efs",
    "Events": "EventBridge",
    "IAM": "Iam",
    "KMS": "Kms",
    "Logs": "CloudWatchLogs",
    "SNS": "Sns",
    "SQS": "Sqs",
    "SSM": "Ssm",
}
"""How a status reason names a neighbour, where not as the type does: as the AWS SDK for Java spells its service id."""

STATUSES = {"NoSuchEntity": 404, "DeleteConflict": 409, "EntityAlreadyExists": 409, "LimitExceeded": 409}
"""Of IAM's errors, in its API model; 400 for all others."""

CODES = {
    "AccessDeniedException": "AccessDenied",
    "ApplicationAlreadyExistsException": "AlreadyExists",
    "ApplicationDoesNotExistException": "NotFound",
    "ClusterNotFoundException": "NotFound",
    "ConflictException": "AlreadyExists",
    "LimitExceededException": "ServiceLimitExceeded",
    "ObjectNotFoundException": "NotFound",
    "ResourceInUseException": "AlreadyExists",
    "ResourceNotFoundException": "NotFound",
    "ServiceNotFoundException": "NotFound",
    "ThrottlingException": "Throttling",
}
"""HandlerErrorCode by the error code of the service; InvalidRequest for the others."""


def handled(service: str, operation: str, request: dict[str, Any], call: Call) -> dict[str, Any]:
    """The answer of our service to a call. Raises Refused; our own faults are told as such."""
    handler = wire.handlers(service).get(operation)
    if handler is None:
        raise NotSimulated(service, operation)
    try:
        return handler(request, call)
    except Refused:
        raise
    except Exception as fault:
        raise wire.simulator_fault(service, operation, fault) from fault


def of_refusal(service: str, said: str, refused: Refused) -> str:
    """The whole status reason of a refusal. `said`: how the reason names the operation; '' where it does not."""
    if refused.code == "SimulatorFault":
        return refused.message
    message = words.SERVICE_SAID.format(
        message=refused.message,
        service=SERVICES.get(service, service),
        status=400,
        code=refused.code,
        request=entropy.motos_uuid4(),
    )
    if said:
        message = words.INVALID_REQUEST.format(operation=said, message=message)
    return of_handler(message, CODES.get(refused.code, "InvalidRequest") if not said else "InvalidRequest")


def of_handler(message: str, code: str) -> str:
    """What the code that CloudFormation runs for a resource has to say."""
    return words.HANDLER.format(message=message, token=entropy.motos_uuid4(), code=code)


def already(kind: str, name: str) -> str:
    """The reason for a name that is taken."""
    return of_handler(words.ALREADY.format(kind=kind, name=name), "AlreadyExists")


def of_neighbour(kind: str, code: str, message: str) -> str:
    """The reason of a refusal by a service that is moto's."""
    service = kind.split("::")[1]
    said = words.NEIGHBOUR_SAID.format(
        message=message,
        service=SDK_NAMES.get(service, service),
        status=STATUSES.get(code, 400) if service == "IAM" else 400,
        request=entropy.motos_uuid4(),
    )
    found = "NotFound" if "NotFound" in code or "NoSuch" in code else "InvalidRequest"
    return of_handler(said, "AlreadyExists" if "AlreadyExists" in code or "Duplicate" in code else found)
