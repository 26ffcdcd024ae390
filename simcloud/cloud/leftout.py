"""Operations of moto's services that this course leaves out, with what to use instead.

Their answers hold key material that no seed can repeat, or describe machines that Fargate never shows.
"""

from __future__ import annotations

_KEYS = "A Fargate task has no host to log in to, so the course needs no key pairs."
_SIGNING = "The course uses symmetric keys: kms.create_key() without KeySpec, Encrypt and Decrypt."

_MACHINES = "Fargate shows no instances: a task definition's cpu and memory are the size of a task."

_SETS = "A stack set is stacks in other accounts and regions, and the course has one of each: create a stack."

_LEFT_OUT = {
    **dict.fromkeys(
        (
            ("cloudformation", operation)
            for operation in (
                "CreateStackInstances",
                "CreateStackSet",
                "DeleteStackInstances",
                "DeleteStackSet",
                "DescribeStackInstance",
                "DescribeStackSet",
                "DescribeStackSetOperation",
                "ListStackInstances",
                "ListStackSetOperationResults",
                "ListStackSetOperations",
                "ListStackSets",
                "StopStackSetOperation",
                "UpdateStackInstances",
                "UpdateStackSet",
            )
        ),
        _SETS,
    ),
    ("ec2", "CreateKeyPair"): _KEYS,
    ("ec2", "ImportKeyPair"): _KEYS,
    ("ec2", "RunInstances"): _MACHINES,
    ("ec2", "DescribeInstanceTypes"): _MACHINES,
    ("ec2", "DescribeInstanceTypeOfferings"): _MACHINES,
    ("ec2", "RequestSpotInstances"): _MACHINES,
    ("ec2", "RequestSpotFleet"): _MACHINES,
    ("ec2", "CreateFleet"): _MACHINES,
    ("kms", "Sign"): _SIGNING,
    ("kms", "Verify"): _SIGNING,
    ("kms", "GetPublicKey"): _SIGNING,
    ("kms", "GenerateDataKeyPair"): _SIGNING,
    ("kms", "GenerateDataKeyPairWithoutPlaintext"): _SIGNING,
}


def left_out(service: str, operation: str) -> str | None:
    """What to use instead, where the operation is left out; None where it is not."""
    return _LEFT_OUT.get((service, operation))
