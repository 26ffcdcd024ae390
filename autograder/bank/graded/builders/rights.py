"""Calls of programs, judged as IAM judges them: under a boundary, and with a role that must be trusted."""

from __future__ import annotations

from autograder.bank.computed.allowing import IAM, allowed, policy, statement
from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed

BOUNDARY = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"


@computed(
    "inside-the-boundary", rows="F15 T04", exams=["SAP-C02 1.2", "DOP-C02 6.1"], source=BOUNDARY, difficulty="hard"
)
def boundary(draw: Draw) -> Built:
    """A task role with a wide policy under a permissions boundary asks for four things."""
    table, queue = draw.one([("tickets", "sailings"), ("parcels", "returns"), ("claims", "letters")])
    arns = {
        "table": f"arn:aws:dynamodb:us-east-1:123456789012:table/{table}",
        "queue": f"arn:aws:sqs:us-east-1:123456789012:{queue}",
    }
    wide = policy("wide", statement("Allow", ["dynamodb:*", "sqs:*"], "*"))
    fence = policy(
        "fence",
        statement("Allow", ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "s3:*"], "*"),
    )
    asks = {
        f"GetItem on the DynamoDB table `{table}`": ("dynamodb:GetItem", arns["table"]),
        f"Query on the DynamoDB table `{table}`": ("dynamodb:Query", arns["table"]),
        f"SendMessage to the Amazon SQS queue `{queue}`": ("sqs:SendMessage", arns["queue"]),
        f"PutObject into the Amazon S3 bucket `{table}`": ("s3:PutObject", f"arn:aws:s3:::{table}/1"),
        f"DeleteItem on the DynamoDB table `{table}`": ("dynamodb:DeleteItem", arns["table"]),
    }
    found = {name: allowed(*ask, wide, boundary=fence) for name, ask in asks.items()}
    mays = [name for name, may in found.items() if may]
    refused = [name for name, may in found.items() if not may]
    return Built(
        "A central team lets product teams make task roles for Amazon ECS on AWS Fargate, each under one permissions "
        "boundary. It allows dynamodb:GetItem, dynamodb:Query, dynamodb:PutItem and all actions of Amazon S3. "
        f"The team that owns the table `{table}` gives its role a policy that allows all actions of Amazon DynamoDB "
        "and Amazon SQS. No resource has a policy. Which TWO calls of a program with this role succeed?",
        [Right(name, "Both the role's policy and the boundary allow it.") for name in mays],
        [
            Wrong(name, "It is allowed by only one of the role's policy and the boundary.", "M74", IAM)
            for name in refused
        ],
        "A call succeeds where the role's policy and its boundary both allow it; neither gives what the other lacks.",
        options=5,
    )
