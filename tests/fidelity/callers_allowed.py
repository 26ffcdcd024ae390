"""Calls that IAM lets through: the least policies that AWS's own guides give."""

from __future__ import annotations

from callers_as_written import ACCOUNT, ECS, EKS, REGION, ROLE, TASKS, WEB, allow, allowed, deny

HERE = {"StringEquals": {"aws:RequestedRegion": REGION}}
REGISTER = {**WEB, "family": "new"}
TAGS = [{"key": "team", "value": "red"}]
DEFINITIONS = f"{ECS}:task-definition"

ALLOWED = [
    allowed("a policy of every action", [allow("*")], "ecs.list_clusters", {}),
    allowed("letter case of actions", [allow("ECS:listclusters")], "ecs.list_clusters", {}),
    allowed("R-170 every revision", [allow("ecs:RunTask", f"{DEFINITIONS}/web:*")], "ecs.run_task", {}),
    allowed("the very revision", [allow("ecs:RunTask", f"{DEFINITIONS}/web:2")], "ecs.run_task", {}),
    allowed(
        "an older revision by name",
        [allow("ecs:RunTask", f"{DEFINITIONS}/web:1")],
        "ecs.run_task",
        {"taskDefinition": "web:1"},
    ),
    allowed(
        "ecs:cluster",
        [allow("ecs:RunTask", "*", ArnEquals={"ecs:cluster": f"{ECS}:cluster/shop"})],
        "ecs.run_task",
        {"cluster": "shop"},
    ),
    allowed(
        "ecs:enable-execute-command is false where it is not asked for",
        [allow("ecs:RunTask", "*", StringEquals={"ecs:enable-execute-command": "false"})],
        "ecs.run_task",
        {},
    ),
    allowed("aws:RequestedRegion", [allow("ecs:*", "*", **HERE)], "ecs.describe_clusters", {"clusters": ["shop"]}),
    allowed(
        "aws:ResourceTag of the cluster",
        [allow("ecs:DescribeClusters", "*", StringEquals={"aws:ResourceTag/team": "blue"})],
        "ecs.describe_clusters",
        {"clusters": ["shop", "default"]},
    ),
    allowed(
        "the caller's own tag as a variable",
        [allow("ecs:CreateCluster", "*", StringEquals={"aws:RequestTag/team": "${aws:PrincipalTag/team}"}),
         allow("ecs:TagResource", "*", StringEquals={"ecs:CreateAction": "CreateCluster"})],
        "ecs.create_cluster",
        {"clusterName": "new", "tags": TAGS},
    ),
    allowed("CreateCluster without tags", [allow("ecs:CreateCluster")], "ecs.create_cluster", {"clusterName": "new"}),
    allowed(
        "a deny of another resource",
        [allow("ecs:*"), deny("ecs:DescribeClusters", f"{ECS}:cluster/default")],
        "ecs.describe_clusters",
        {"clusters": ["shop"]},
    ),
    allowed(
        "NotAction",
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
        "ecs.list_task_definitions",
        {},
    ),
    allowed(
        "services of one cluster",
        [allow("ecs:DescribeServices", f"{ECS}:service/shop/*")],
        "ecs.describe_services",
        {"cluster": "shop", "services": ["site"]},
    ),
    allowed(
        "a service by its short name with UpdateService",
        [allow("ecs:UpdateService", f"{ECS}:service/shop/site")],
        "ecs.update_service",
        {"cluster": "shop", "service": "site", "desiredCount": 1},
    ),
    allowed(
        "CreateService hands over no role of its definition",
        [allow("ecs:CreateService")],
        "ecs.create_service",
        {"serviceName": "new", "desiredCount": 0, "taskDefinition": "roles"},
    ),
    allowed(
        "tasks by ARN",
        [allow("ecs:DescribeTasks", f"{ECS}:task/shop/*")],
        "ecs.describe_tasks",
        {"cluster": "shop", "tasks": ["$task"]},
    ),
    allowed(
        "ListTasks with ecs:cluster",
        [allow("ecs:ListTasks", "*", ArnEquals={"ecs:cluster": f"{ECS}:cluster/shop"})],
        "ecs.list_tasks",
        {"cluster": "shop"},
    ),
    allowed(
        "RegisterTaskDefinition without roles",
        [allow("ecs:RegisterTaskDefinition")],
        "ecs.register_task_definition",
        REGISTER,
    ),
    allowed(
        "R-169 one role to tasks",
        [allow("ecs:RegisterTaskDefinition"),
         allow("iam:PassRole", f"{ROLE}/exec", StringEquals={"iam:PassedToService": TASKS})],
        "ecs.register_task_definition",
        {**REGISTER, "executionRoleArn": f"{ROLE}/exec"},
    ),
    allowed(
        "R-169 StringLike on the service",
        [allow("ecs:RunTask"), allow("iam:PassRole", "*", StringLike={"iam:PassedToService": "ecs-tasks.*"})],
        "ecs.run_task",
        {"taskDefinition": "roles"},
    ),
    allowed(
        "codedeploy: an application",
        [allow("codedeploy:*", f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:application:a*")],
        "codedeploy.create_application",
        {"applicationName": "app", "computePlatform": "ECS"},
    ),
    allowed(
        "scaling: describe",
        [allow("application-autoscaling:Describe*")],
        "application-autoscaling.describe_scalable_targets",
        {"ServiceNamespace": "ecs"},
    ),
    allowed("eks: list", [allow("eks:ListClusters", f"{EKS}:cluster/*")], "eks.list_clusters", {}),
    allowed("ec2: look", [allow("ec2:Describe*")], "ec2.describe_vpcs", {}),
    allowed(
        "ec2: a vpc of this account",
        [allow("ec2:CreateVpc", f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/*")],
        "ec2.create_vpc",
        {"CidrBlock": "10.9.0.0/16"},
    ),
    allowed("iam: myself", [allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}")], "iam.get_user", {}),
    allowed("sts: who I am needs nothing", [deny("*")], "sts.get_caller_identity", {}),
    allowed(
        "secretsmanager: a secret by its name, allowed by ARN",
        [allow("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:db-??????")],
        "secretsmanager.get_secret_value",
        {"SecretId": "db"},
    ),
    allowed(
        "logs: a group as guides write it",
        [allow("logs:CreateLogGroup", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/ecs/web:*")],
        "logs.create_log_group",
        {"logGroupName": "/ecs/web"},
    ),
    allowed("ecr: a token", [allow("ecr:GetAuthorizationToken")], "ecr.get_authorization_token", {}),
    allowed("s3: buckets", [allow("s3:ListAllMyBuckets")], "s3.list_buckets", {}),
    allowed("cloudwatch", [allow("cloudwatch:ListMetrics")], "cloudwatch.list_metrics", {}),
    allowed("sqs", [allow("sqs:*", f"arn:aws:sqs:{REGION}:{ACCOUNT}:w*")], "sqs.create_queue", {"QueueName": "work"}),
]  # fmt: skip
