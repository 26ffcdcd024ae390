"""What the learner finds: a service with one role for everything, and two whose roles were split by somebody tired."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import boto3

from autograder.checks.labs.two_roles.needs import Ask, Things, the_program_calls
from autograder.checks.labs.two_roles.plan import Plan, plan_of

TASKS = "ecs-tasks.amazonaws.com"


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant, and let half an hour pass."""
    plan = plan_of(variant["ticket"])
    build = Build(cloud, plan)
    build.things_of_the_service()
    build.the_service()
    build.the_one_that_does_not_start()
    build.the_one_that_does_nothing()
    build.the_deployer()
    cloud.advance(minutes=30)


def document(statements: Iterable[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


class Build:
    """The world of a plan, made step by step."""

    def __init__(self, cloud: Any, plan: Plan) -> None:
        self.cloud, self.plan = cloud, plan
        self.things = Things(plan, cloud.account, cloud.region)
        self.iam, self.ecs, self.logs = boto3.client("iam"), boto3.client("ecs"), boto3.client("logs")
        self.ecs.create_cluster(clusterName=plan.cluster)
        subnets = boto3.client("ec2").describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])
        places = sorted(subnets["Subnets"], key=lambda each: str(each["AvailabilityZone"]))[:2]
        self.subnets = [each["SubnetId"] for each in places]

    def things_of_the_service(self) -> None:
        """Bucket, queue, topic, password, log groups and repositories, with neighbours whose names begin alike."""
        plan = self.plan
        s3, sqs, sns = boto3.client("s3"), boto3.client("sqs"), boto3.client("sns")
        for bucket in (plan.bucket, f"{plan.bucket}-accounts"):
            s3.create_bucket(Bucket=bucket)
        for key in (f"{plan.prefix}/2026/4711.pdf", f"{plan.prefix}-old/1.pdf", "contracts/1.pdf"):
            s3.put_object(Bucket=plan.bucket, Key=key, Body=b"%PDF-1.7")
        for name in (plan.queue, f"{plan.queue}-dead"):
            sqs.create_queue(QueueName=name)
        for name in (plan.topic, f"{plan.topic}-dead"):
            sns.create_topic(Name=name)
        key = ""
        if plan.store == "secret with a key":
            key = boto3.client("kms").create_key(Description=f"passwords of {plan.service}")["KeyMetadata"]["KeyId"]
        self._password(plan.secret, key)
        for name in (f"{plan.secret}-old", *(f"{other}-bookings" for other in plan.sick)):
            self._password(name, "")
        for name in (plan.service, f"{plan.service}-audit", *plan.sick):
            self.logs.create_log_group(logGroupName=f"/ferryline/{name}")
        self.cloud.push_image(f"ferryline/{plan.service}-admin", "1")

    def the_service(self) -> None:
        """It runs, with one role that may do everything and that half the world may assume."""
        plan = self.plan
        trust = [
            {"Effect": "Allow", "Principal": {"Service": [TASKS, "ec2.amazonaws.com"]}, "Action": "sts:AssumeRole"},
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{self.cloud.account}:root"},
                "Action": "sts:AssumeRole",
            },
        ]
        old = self.iam.create_role(RoleName=plan.old_role, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
        self.iam.put_role_policy(
            RoleName=plan.old_role, PolicyName="everything", PolicyDocument=document([allow("*", "*")])
        )
        calls = list(the_program_calls(self.things))
        self._service(plan.service, calls, old, old, self._password_arn(plan.secret), plan.count)

    def the_one_that_does_not_start(self) -> None:
        """Its execution role lacks one permission; its program would be allowed all it does."""
        plan, things, name = self.plan, self.things, self.plan.at_start_service
        stored = self._sick_password(name)
        reading = "ssm:GetParameters" if plan.at_start == "parameter" else "secretsmanager:GetSecretValue"
        all_of_it = {
            "token": allow("ecr:GetAuthorizationToken", "*"),
            "image": allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], things.repository(name)),
            "log": allow(
                ["logs:CreateLogStream", "logs:PutLogEvents"],
                things.arn("logs", f"log-group:/ferryline/{name}:*"),
            ),
            "password": allow(reading, stored),
        }
        lacks = "password" if plan.at_start in ("secret", "parameter") else plan.at_start
        statements = [statement for what, statement in all_of_it.items() if what != lacks]
        # What is asked for later in the same step is there, so that one permission alone is missing.
        if lacks == "image":
            statements.append(allow("ecr:GetDownloadUrlForLayer", things.repository(name)))
        if lacks == "log":
            statements.append(allow("logs:PutLogEvents", things.arn("logs", f"log-group:/ferryline/{name}:*")))
        execution = self._role(plan.roles[1], statements)
        put = Ask("s3:PutObject", things.object(f"{name}/1.pdf"))
        task = self._role(plan.roles[2], [allow(put.action, things.object(f"{name}/*"))])
        self._service(name, [put], execution, task, stored, 1)

    def the_one_that_does_nothing(self) -> None:
        """Its tasks run, and its program is denied one of the two things that it does."""
        plan, things, name = self.plan, self.things, self.plan.in_app_service
        stored = self._sick_password(name)
        reading = "ssm:GetParameters" if plan.at_start == "parameter" else "secretsmanager:GetSecretValue"
        execution = self._role(
            plan.roles[3],
            [
                allow("ecr:GetAuthorizationToken", "*"),
                allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], things.repository(name)),
                allow(
                    ["logs:CreateLogStream", "logs:PutLogEvents"],
                    things.arn("logs", f"log-group:/ferryline/{name}:*"),
                ),
                allow(reading, stored),
            ],
        )
        calls = in_app_calls(plan, things)
        may = [allow(call.action, call.resource) for call in calls if call.action != plan.in_app]
        self._service(name, list(calls), execution, self._role(plan.roles[4], may), stored, 1)

    def the_deployer(self) -> None:
        """A colleague who may do everything in ECS, and hand out every role."""
        self.iam.create_user(UserName=self.plan.deployer)
        self.iam.put_user_policy(
            UserName=self.plan.deployer,
            PolicyName="deploys",
            PolicyDocument=document([allow("ecs:*", "*"), allow("iam:PassRole", "*")]),
        )

    def _sick_password(self, name: str) -> str:
        """The two others keep theirs in one kind of store, which need not be that of the service."""
        wanted = f"{name}-login"
        if self.plan.at_start == "parameter":
            boto3.client("ssm").put_parameter(Name=wanted, Value="tern-12", Type="SecureString")
            return self.things.arn("ssm", f"parameter/{wanted}")
        return str(boto3.client("secretsmanager").create_secret(Name=wanted, SecretString="tern-12")["ARN"])

    def _password(self, name: str, key: str) -> None:
        if self.plan.store == "parameter":
            boto3.client("ssm").put_parameter(Name=name, Value="seagull-47", Type="SecureString")
            return
        more = {"KmsKeyId": key} if key else {}
        boto3.client("secretsmanager").create_secret(Name=name, SecretString="seagull-47", **more)

    def _password_arn(self, name: str) -> str:
        return self.things.stored(name)

    def _role(self, name: str, statements: list[dict[str, Any]]) -> str:
        trust = [{"Effect": "Allow", "Principal": {"Service": TASKS}, "Action": "sts:AssumeRole"}]
        made = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
        self.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(statements))
        return str(made)

    def _service(self, name: str, calls: list[Ask], execution: str, task: str, password: str, count: int) -> None:
        image = self.cloud.push_image(
            f"ferryline/{name}",
            "1.4",
            size_mib=120,
            calls=[(call.action, call.resource) for call in calls],
            log_lines=(f"{name} is up",),
        )
        options = {
            "awslogs-group": f"/ferryline/{name}",
            "awslogs-region": self.cloud.region,
            "awslogs-stream-prefix": "app",
        }
        made = self.ecs.register_task_definition(
            family=name,
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            executionRoleArn=execution,
            taskRoleArn=task,
            containerDefinitions=[
                {
                    "name": "app",
                    "image": image,
                    "secrets": [{"name": "BOOKINGS_PASSWORD", "valueFrom": password}],
                    "logConfiguration": {"logDriver": "awslogs", "options": options},
                }
            ],
        )["taskDefinition"]["taskDefinitionArn"]
        self.ecs.create_service(
            cluster=self.plan.cluster,
            serviceName=name,
            taskDefinition=made,
            desiredCount=count,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": self.subnets, "assignPublicIp": "ENABLED"}},
        )


def in_app_calls(plan: Plan, things: Things) -> tuple[Ask, ...]:
    """What the program of the service that does nothing calls: a thing that it may, and one that it may not."""
    name = plan.in_app_service
    every = {
        "s3:PutObject": Ask("s3:PutObject", things.object(f"{name}/1.pdf")),
        "sqs:SendMessage": Ask("sqs:SendMessage", things.arn("sqs", plan.queue)),
        "sns:Publish": Ask("sns:Publish", things.arn("sns", plan.topic)),
    }
    lacked = every.pop(plan.in_app)
    return (next(iter(every.values())), lacked)


def at_start_ask(plan: Plan, things: Things, password: str) -> Ask:
    """The request that the service which does not start is denied."""
    name = plan.at_start_service
    return {
        "token": Ask("ecr:GetAuthorizationToken", "*"),
        "image": Ask("ecr:BatchGetImage", things.repository(name)),
        "secret": Ask("secretsmanager:GetSecretValue", password),
        "parameter": Ask("ssm:GetParameters", password),
        "log": Ask("logs:CreateLogStream", things.stream(name)),
    }[plan.at_start]
