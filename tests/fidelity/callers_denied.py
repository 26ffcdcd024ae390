"""Calls that IAM refuses, with the whole text. Sources: R-163..R-171 of the fact sheet; resource types as in
https://docs.aws.amazon.com/service-authorization/latest/reference/."""

from __future__ import annotations

from callers_as_written import (
    ACCOUNT,
    DENY,
    DEPLOY,
    ECS,
    EKS,
    NO_ALLOW,
    REGION,
    ROLE,
    SCALING,
    TASKS,
    USER,
    WEB,
    allow,
    denied,
    deny,
    said,
)

ALL = allow("*")
EC2 = "You are not authorized to perform this operation. "
TARGET = {"ServiceNamespace": "ecs", "ResourceId": "service/shop/site", "ScalableDimension": "ecs:service:DesiredCount"}
EXEC = {"cluster": "shop", "task": "$task", "command": "sh", "interactive": True}
REGISTER = {**WEB, "family": "new"}
TAGS = [{"key": "team", "value": "red"}]
VOLUME = {"name": "data", "managedEBSVolume": {"roleArn": f"{ROLE}/infra", "sizeInGiB": 10}}
PASS = allow("ecs:*")
GROUP = {
    "applicationName": "app",
    "deploymentGroupName": "group",
    "serviceRoleArn": f"{ROLE}/deploy",
}
PROFILE = {
    "fargateProfileName": "fp",
    "clusterName": "none",
    "podExecutionRoleArn": f"{ROLE}/exec",
    "selectors": [{"namespace": "default"}],
}

SCHEDULE = {
    "Name": "nightly",
    "ScheduleExpression": "rate(1 day)",
    "FlexibleTimeWindow": {"Mode": "OFF"},
    "Target": {
        "Arn": f"{ECS}:cluster/shop",
        "RoleArn": f"{ROLE}/events",
        "EcsParameters": {"TaskDefinitionArn": f"{ECS}:task-definition/job:1"},
    },
}

ECS_DENIED = [
    denied("nothing is allowed: list clusters", [], "ecs.list_clusters", {}, said("ecs:ListClusters", "*")),
    denied(
        "R-170 the definition has its revision",
        [],
        "ecs.run_task",
        {},
        said("ecs:RunTask", f"{ECS}:task-definition/web:2"),
    ),
    denied(
        "R-170 a policy that names the family alone",
        [allow("ecs:RunTask", f"{ECS}:task-definition/web")],
        "ecs.run_task",
        {},
        said("ecs:RunTask", f"{ECS}:task-definition/web:2"),
    ),
    denied(
        "a policy on another revision",
        [allow("ecs:RunTask", f"{ECS}:task-definition/web:1")],
        "ecs.run_task",
        {},
        said("ecs:RunTask", f"{ECS}:task-definition/web:2"),
    ),
    denied(
        "an explicit deny wins",
        [ALL, deny("ecs:RunTask")],
        "ecs.run_task",
        {},
        said("ecs:RunTask", f"{ECS}:task-definition/web:2", DENY),
    ),
    denied(
        "ecs:cluster is another one",
        [allow("ecs:RunTask", "*", ArnEquals={"ecs:cluster": f"{ECS}:cluster/shop"})],
        "ecs.run_task",
        {},
        said("ecs:RunTask", f"{ECS}:task-definition/web:2"),
    ),
    denied(
        "ecs:enable-execute-command is denied",
        [ALL, deny("ecs:RunTask", "*", StringEquals={"ecs:enable-execute-command": "true"})],
        "ecs.run_task",
        {"enableExecuteCommand": True},
        said("ecs:RunTask", f"{ECS}:task-definition/web:2", DENY),
    ),
    denied(
        "aws:RequestedRegion",
        [allow("ecs:*", "*", StringEquals={"aws:RequestedRegion": "eu-west-1"})],
        "ecs.describe_clusters",
        {"clusters": ["shop"]},
        said("ecs:DescribeClusters", f"{ECS}:cluster/shop"),
    ),
    denied(
        "aws:PrincipalArn",
        [ALL, deny("*", "*", ArnLike={"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:user/k*"})],
        "ecs.list_clusters",
        {},
        said("ecs:ListClusters", "*", DENY),
    ),
    denied(
        "aws:ResourceTag of the cluster",
        [allow("ecs:*", "*", StringEquals={"aws:ResourceTag/team": "red"})],
        "ecs.delete_cluster",
        {"cluster": "shop"},
        said("ecs:DeleteCluster", f"{ECS}:cluster/shop"),
    ),
    denied(
        "aws:RequestTag is demanded",
        [allow("ecs:*", "*", StringEquals={"aws:RequestTag/team": "red"})],
        "ecs.create_cluster",
        {"clusterName": "new"},
        said("ecs:CreateCluster", "*"),
    ),
    denied(
        "CreateCluster knows no resource",
        [allow("ecs:CreateCluster", f"{ECS}:cluster/new")],
        "ecs.create_cluster",
        {"clusterName": "new"},
        said("ecs:CreateCluster", "*"),
    ),
    denied(
        "one of two services",
        [allow("ecs:DescribeServices", f"{ECS}:service/shop/site")],
        "ecs.describe_services",
        {"cluster": "shop", "services": ["site", "other"]},
        said("ecs:DescribeServices", f"{ECS}:service/shop/other"),
    ),
    denied(
        "CreateService on the new service",
        [],
        "ecs.create_service",
        {"serviceName": "new"},
        said("ecs:CreateService", f"{ECS}:service/default/new"),
    ),
    denied(
        "UpdateService before anything else is looked at",
        [],
        "ecs.update_service",
        {"cluster": "nowhere", "service": "none", "desiredCount": -3},
        said("ecs:UpdateService", f"{ECS}:service/nowhere/none"),
    ),
    denied(
        "StopTask by id",
        [],
        "ecs.stop_task",
        {"cluster": "shop", "task": "0af1"},
        said("ecs:StopTask", f"{ECS}:task/shop/0af1"),
    ),
    denied(
        "DescribeTasks of another cluster",
        [allow("ecs:DescribeTasks", f"{ECS}:task/default/*")],
        "ecs.describe_tasks",
        {"cluster": "shop", "tasks": ["0af1"]},
        said("ecs:DescribeTasks", f"{ECS}:task/shop/0af1"),
    ),
    denied(
        "R-158 ExecuteCommand on the cluster too",
        [allow("ecs:ExecuteCommand", f"{ECS}:task/*")],
        "ecs.execute_command",
        EXEC,
        said("ecs:ExecuteCommand", f"{ECS}:cluster/shop"),
    ),
    denied(
        "ecs:container-name",
        [allow("ecs:*"), deny("ecs:ExecuteCommand", "*", StringEquals={"ecs:container-name": "app"})],
        "ecs.execute_command",
        {"cluster": "shop", "task": "0af1", "container": "app", "command": "sh", "interactive": True},
        said("ecs:ExecuteCommand", f"{ECS}:task/shop/0af1", DENY),
    ),
    denied(
        "RegisterTaskDefinition knows no resource",
        [allow("ecs:RegisterTaskDefinition", f"{ECS}:task-definition/*")],
        "ecs.register_task_definition",
        REGISTER,
        said("ecs:RegisterTaskDefinition", "*"),
    ),
    denied(
        "R-171 tags on what is made",
        [allow("ecs:CreateCluster")],
        "ecs.create_cluster",
        {"clusterName": "new", "tags": TAGS},
        said("ecs:TagResource", f"{ECS}:cluster/new"),
    ),
    denied(
        "R-171 tags on tasks",
        [allow("ecs:RunTask")],
        "ecs.run_task",
        {"cluster": "shop", "tags": TAGS},
        said("ecs:TagResource", f"{ECS}:task/shop/*"),
    ),
]

PASSING_DENIED = [
    denied(
        "R-169 the execution role",
        [PASS],
        "ecs.register_task_definition",
        {**REGISTER, "executionRoleArn": f"{ROLE}/exec"},
        said("iam:PassRole", f"{ROLE}/exec"),
    ),
    denied(
        "R-169 the task role by its name",
        [PASS, allow("iam:PassRole", f"{ROLE}/exec")],
        "ecs.register_task_definition",
        {**REGISTER, "executionRoleArn": f"{ROLE}/exec", "taskRoleArn": "task"},
        said("iam:PassRole", f"{ROLE}/task"),
    ),
    denied(
        "R-169 iam:PassedToService is another",
        [PASS, allow("iam:PassRole", "*", StringEquals={"iam:PassedToService": "ecs.amazonaws.com"})],
        "ecs.register_task_definition",
        {**REGISTER, "executionRoleArn": f"{ROLE}/exec"},
        said("iam:PassRole", f"{ROLE}/exec"),
    ),
    denied(
        "R-169 passing is denied",
        [ALL, deny("iam:PassRole", f"{ROLE}/exec")],
        "ecs.register_task_definition",
        {**REGISTER, "executionRoleArn": f"{ROLE}/exec"},
        said("iam:PassRole", f"{ROLE}/exec", DENY),
    ),
    denied(
        "R-169 an override",
        [PASS],
        "ecs.run_task",
        {"overrides": {"taskRoleArn": f"{ROLE}/task"}},
        said("iam:PassRole", f"{ROLE}/task"),
    ),
    denied(
        "the definition's own role at RunTask",
        [PASS],
        "ecs.run_task",
        {"taskDefinition": "roles"},
        said("iam:PassRole", f"{ROLE}/task"),
    ),
    denied(
        "R-169 the infrastructure role goes to ecs.amazonaws.com",
        [PASS, allow("iam:PassRole", "*", StringEquals={"iam:PassedToService": TASKS})],
        "ecs.create_service",
        {"serviceName": "new", "volumeConfigurations": [VOLUME]},
        said("iam:PassRole", f"{ROLE}/infra"),
    ),
    denied(
        "R-166 the role of CodeDeploy",
        [allow("codedeploy:*"), allow("iam:PassRole", "*", StringEquals={"iam:PassedToService": TASKS})],
        "codedeploy.create_deployment_group",
        GROUP,
        said("iam:PassRole", f"{ROLE}/deploy"),
    ),
    denied(
        "the pod execution role of a Fargate profile",
        [allow("eks:*")],
        "eks.create_fargate_profile",
        PROFILE,
        said("iam:PassRole", f"{ROLE}/exec"),
    ),
    denied(
        "the role of a target of EventBridge",
        [allow("events:*")],
        "events.put_targets",
        {"Rule": "nightly", "Targets": [{"Id": "1", "Arn": f"{ECS}:cluster/shop", "RoleArn": f"{ROLE}/events"}]},
        said("iam:PassRole", f"{ROLE}/events"),
    ),
    denied(
        "the role of a schedule",
        [allow("scheduler:*")],
        "scheduler.create_schedule",
        SCHEDULE,
        said("iam:PassRole", f"{ROLE}/events"),
    ),
    denied(
        "a schedule of another group",
        [allow("scheduler:*", "arn:aws:scheduler:us-east-1:123456789012:schedule/batch/*"), allow("iam:PassRole")],
        "scheduler.create_schedule",
        SCHEDULE,
        said("scheduler:CreateSchedule", "arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly"),
    ),
    denied(
        "a group of schedules",
        [allow("scheduler:*", "arn:aws:scheduler:us-east-1:123456789012:schedule/*")],
        "scheduler.create_schedule_group",
        {"Name": "batch"},
        said("scheduler:CreateScheduleGroup", "arn:aws:scheduler:us-east-1:123456789012:schedule-group/batch"),
    ),
]

OTHERS_DENIED = [
    denied(
        "scaling: a new target",
        [allow("application-autoscaling:Describe*")],
        "application-autoscaling.register_scalable_target",
        {**TARGET, "MinCapacity": 1, "MaxCapacity": 2},
        said("application-autoscaling:RegisterScalableTarget", SCALING),
    ),
    denied(
        "codedeploy: an application",
        [],
        "codedeploy.create_application",
        {"applicationName": "app", "computePlatform": "ECS"},
        said("codedeploy:CreateApplication", f"{DEPLOY}:application:app"),
    ),
    denied(
        "codedeploy: a deployment looks its configuration up",
        [allow("codedeploy:CreateDeployment")],
        "codedeploy.create_deployment",
        {
            "applicationName": "app",
            "deploymentGroupName": "group",
            "deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce",
        },
        said("codedeploy:GetDeploymentConfig", f"{DEPLOY}:deploymentconfig:CodeDeployDefault.ECSAllAtOnce"),
    ),
    denied(
        "eks: one cluster",
        [allow("eks:DescribeCluster", f"{EKS}:cluster/a")],
        "eks.describe_cluster",
        {"name": "b"},
        said("eks:DescribeCluster", f"{EKS}:cluster/b"),
    ),
    denied("eks: all clusters", [], "eks.list_clusters", {}, said("eks:ListClusters", f"{EKS}:cluster/*")),
    denied(
        "ec2: what only looks names no resource",
        [],
        "ec2.describe_subnets",
        {},
        f"{EC2}User: {USER} is not authorized to perform: ec2:DescribeSubnets "
        + NO_ALLOW.format(action="ec2:DescribeSubnets"),
        code="UnauthorizedOperation",
    ),
    denied(
        "ec2: a dry run tells it too",
        [],
        "ec2.create_vpc",
        {"CidrBlock": "10.0.0.0/16", "DryRun": True},
        EC2 + said("ec2:CreateVpc", f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/*"),
        code="UnauthorizedOperation",
    ),
    denied(
        "elbv2",
        [],
        "elbv2.describe_load_balancers",
        {},
        f"User: {USER} is not authorized to perform: elasticloadbalancing:DescribeLoadBalancers "
        + NO_ALLOW.format(action="elasticloadbalancing:DescribeLoadBalancers"),
        code="AccessDenied",
    ),
    denied(
        "iam: nobody gives itself more",
        [allow("ecs:*")],
        "iam.attach_user_policy",
        {"UserName": "kim", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"},
        said("iam:AttachUserPolicy", USER),
        code="AccessDenied",
    ),
    denied(
        "sts: a role that lets only tasks in",
        [allow("sts:AssumeRole")],
        "sts.assume_role",
        {"RoleArn": f"{ROLE}/task", "RoleSessionName": "me"},
        f"User: {USER} is not authorized to perform: sts:AssumeRole on resource: {ROLE}/task",
        code="AccessDenied",
    ),
    denied(
        "s3: an object",
        [allow("s3:ListBucket")],
        "s3.get_object",
        {"Bucket": "reports", "Key": "a/b.csv"},
        f'User: {USER} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::reports/a/b.csv" '
        + NO_ALLOW.format(action="s3:GetObject"),
        code="AccessDenied",
    ),
    denied(
        "R-153 ecr:GetAuthorizationToken knows no resource",
        [allow("ecr:*", f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/*")],
        "ecr.get_authorization_token",
        {},
        said("ecr:GetAuthorizationToken", "*"),
    ),
    denied(
        "ssm: the plural action is another one (R-152)",
        [allow("ssm:GetParameter")],
        "ssm.get_parameters",
        {"Names": ["/shop/url"]},
        said("ssm:GetParameters", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/shop/url"),
    ),
    denied(
        "logs",
        [],
        "logs.create_log_group",
        {"logGroupName": "/ecs/web"},
        said("logs:CreateLogGroup", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/ecs/web:log-stream:"),
    ),
    denied(
        "secretsmanager",
        [],
        "secretsmanager.get_secret_value",
        {"SecretId": "$secret"},
        "User: "
        + USER
        + " is not authorized to perform: secretsmanager:GetSecretValue on resource: $secret "
        + NO_ALLOW.format(action="secretsmanager:GetSecretValue"),
    ),
    denied(
        "cloudwatch",
        [],
        "cloudwatch.list_metrics",
        {},
        f"User: {USER} is not authorized to perform: cloudwatch:ListMetrics "
        + NO_ALLOW.format(action="cloudwatch:ListMetrics"),
        code="AccessDenied",
    ),
]

DENIED = [*ECS_DENIED, *PASSING_DENIED, *OTHERS_DENIED]
