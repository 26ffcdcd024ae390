"""The AWS managed policies that Fargate needs, by ARN, as AWS publishes them.

Each can be read at https://docs.aws.amazon.com/aws-managed-policy/latest/reference/<name>.html; the default version
stands beside each. AWS adds permissions to such a policy now and then, and never takes one away.
"""

from __future__ import annotations

from typing import Any, Final

READ_ON: Final = "2026-11-22"
SOURCE: Final = "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/{name}.html"

_BY_ECS: Final = {"StringEquals": {"aws:RequestTag/AmazonECSManaged": "true"},
                  "ArnLike": {"aws:RequestTag/AmazonECSCreated": "arn:aws:ecs:*:*:task/*"}}  # fmt: skip
_OF_ECS: Final = {"StringEquals": {"aws:ResourceTag/AmazonECSManaged": "true"}}
_VOLUMES: Final = "arn:aws:ec2:*:*:volume/*"


def _allow(actions: str | list[str], resource: str | list[str] = "*", *, sid: str = "",
           condition: dict[str, Any] | None = None) -> dict[str, Any]:  # fmt: skip
    statement: dict[str, Any] = {"Sid": sid} if sid else {}
    statement |= {"Effect": "Allow", "Action": actions, "Resource": resource}
    return statement | ({"Condition": condition} if condition else {})


def _document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


_PULL: Final = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
]
_TO_TASKS: Final = {"StringLike": {"iam:PassedToService": ["ecs-tasks.amazonaws.com"]}}
_SWITCH: Final = [
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:ModifyRule",
]
_TASK_SETS: Final = [
    "ecs:DescribeServices",
    "ecs:CreateTaskSet",
    "ecs:UpdateServicePrimaryTaskSet",
    "ecs:DeleteTaskSet",
]

MANAGED_POLICIES: Final[dict[str, dict[str, Any]]] = {
    # v1. Exactly six actions: no logs:CreateLogGroup, no secrets, no parameters, no keys.
    "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy": _document(
        _allow([*_PULL, "logs:CreateLogStream", "logs:PutLogEvents"])
    ),
    # v5.
    "arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes": _document(
        _allow("ec2:CreateVolume", _VOLUMES, sid="CreateEBSManagedVolume", condition=_BY_ECS),
        _allow("ec2:CreateVolume", "arn:aws:ec2:*:*:snapshot/*", sid="CreateEBSManagedVolumeFromSnapshot"),
        _allow("ec2:CreateTags", _VOLUMES, sid="TagOnCreateVolume", condition={
            "ArnLike": _BY_ECS["ArnLike"],
            "StringEquals": {**_BY_ECS["StringEquals"], "ec2:CreateAction": "CreateVolume"},
        }),
        _allow(["ec2:DescribeVolumes", "ec2:DescribeAvailabilityZones"], sid="DescribeVolumesForLifecycle"),
        _allow(["ec2:DescribeInstances"], sid="DescribeInstancesForAttachingVolume"),
        _allow(["ec2:AttachVolume", "ec2:DetachVolume"], _VOLUMES, sid="ManageEBSVolumeLifecycle", condition=_OF_ECS),
        _allow(["ec2:AttachVolume", "ec2:DetachVolume"], "arn:aws:ec2:*:*:instance/*",
               sid="ManageVolumeAttachmentsForEC2"),
        _allow("ec2:DeleteVolume", _VOLUMES, sid="DeleteEBSManagedVolume", condition={
            **_OF_ECS, "ArnLike": {"aws:ResourceTag/AmazonECSCreated": "arn:aws:ecs:*:*:task/*"},
        }),
    ),
    # v6.
    "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers": _document(
        _allow([f"elasticloadbalancing:Describe{what}" for what in ("Listeners", "Rules", "TargetGroups",
               "TargetHealth")], sid="ELBReadOperations"),
        _allow(["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
               "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*", sid="TargetGroupOperations"),
        _allow("elasticloadbalancing:ModifyListener", ["arn:aws:elasticloadbalancing:*:*:listener/app/*/*/*"],
               sid="ALBModifyListeners"),
        _allow("elasticloadbalancing:ModifyListener", ["arn:aws:elasticloadbalancing:*:*:listener/net/*/*/*"],
               sid="NLBModifyListeners"),
        _allow("elasticloadbalancing:ModifyRule", ["arn:aws:elasticloadbalancing:*:*:listener-rule/app/*/*/*/*"],
               sid="ALBModifyRules"),
    ),
    # v1.
    "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy": _document(_allow(_PULL)),
    # v3.
    "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS": _document(
        _allow([*_TASK_SETS, *_SWITCH, "lambda:InvokeFunction", "cloudwatch:DescribeAlarms", "sns:Publish",
                "s3:GetObject", "s3:GetObjectVersion"]),
        _allow(["iam:PassRole"], condition=_TO_TASKS),
    ),
    # v3: the narrower one.
    "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECSLimited": _document(
        _allow([*_TASK_SETS, "cloudwatch:DescribeAlarms"]),
        _allow(["sns:Publish"], "arn:aws:sns:*:*:CodeDeployTopic_*"),
        _allow(_SWITCH),
        _allow(["lambda:InvokeFunction"], "arn:aws:lambda:*:*:function:CodeDeployHook_*"),
        _allow(["s3:GetObject", "s3:GetObjectVersion"],
               condition={"StringEquals": {"s3:ExistingObjectTag/UseWithCodeDeploy": "true"}}),
        _allow(["iam:PassRole"], ["arn:aws:iam::*:role/ecsTaskExecutionRole", "arn:aws:iam::*:role/ECSTaskExecution*"],
               condition=_TO_TASKS),
    ),
}  # fmt: skip
"""Policy documents by ARN."""
