"""What the learner finds: passwords in the open, a secret with three users, and four services that do not start."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.secret_rotation.plan import HARMLESS, OPEN, Plan, plan_of
from autograder.checks.labs.two_roles.world import TASKS, allow, document

PUBLIC = "public.ecr.aws/nginx/nginx:1.27"
READY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
STORED = "PASSWORD"
"""The variable of every service but yours."""


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant, and let twenty minutes pass."""
    build = Build(cloud, plan_of(variant["ticket"]))
    build.the_secret()
    build.yours()
    build.the_others()
    build.families_that_do_not_run()
    build.the_sick()
    cloud.advance(minutes=20)


class Build:
    """The world of a plan, made step by step."""

    def __init__(self, cloud: Any, plan: Plan) -> None:
        self.cloud, self.plan = cloud, plan
        self.ecs, self.iam, self.ec2 = boto3.client("ecs"), boto3.client("iam"), boto3.client("ec2")
        self.secrets, self.kms = boto3.client("secretsmanager"), boto3.client("kms")
        self.ecs.create_cluster(clusterName=plan.cluster)
        found = self.ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
        places = sorted(found, key=lambda each: str(each["AvailabilityZone"]))[:2]
        self.subnets, self.vpc = [each["SubnetId"] for each in places], places[0]["VpcId"]
        self.secret = self.key = self.version = ""

    def the_secret(self) -> None:
        """One secret with three passwords, and a neighbour whose name begins alike."""
        plan = self.plan
        if plan.has_key:
            self.key = self._key(f"passwords of {plan.service}")
        made = self._secret(plan.secret, json.dumps(plan.value), self.key)
        self.secret, self.version = made["ARN"], made["VersionId"]

    def yours(self) -> None:
        """Two revisions with a password in the open; the service runs the second."""
        plan = self.plan
        execution, task = self._roles(plan.service)
        for password in (plan.old_password, plan.value[plan.key]):
            opened = [{"name": "LOG_LEVEL", "value": "info"}, {"name": plan.variable, "value": password}]
            self._register(plan.service, execution, task, environment=opened)
        self._service(plan.service, plan.count)

    def the_others(self) -> None:
        """Two that read the same secret, one of them a version of it; and one that reads the neighbour."""
        plan = self.plan
        neighbour = self._secret(f"{plan.secret}-old", json.dumps({plan.key: plan.passwords[10]}))["ARN"]
        for name, value_from, arn in (
            (plan.follows, f"{self.secret}:{plan.key}::", self.secret),
            (plan.pinned, f"{self.secret}:{plan.key}::{self.version}", self.secret),
            (plan.stranger, f"{neighbour}:{plan.key}::", neighbour),
        ):
            may = [allow("secretsmanager:GetSecretValue", arn)]
            if self.key and arn == self.secret:
                may.append(allow("kms:Decrypt", self.key))
            self._register(name, *self._roles(name, *may), secrets=[{"name": STORED, "valueFrom": value_from}])
            self._service(name, 2)

    def families_that_do_not_run(self) -> None:
        """Two with a credential in the open, and two with what only looks like one."""
        for family in self.plan.guilty:
            name, form = OPEN[family]
            value = form.format(password=self.plan.password_of(family))
            opened = [{"name": "CURRENCY", "value": "EUR"}, {"name": name, "value": value}]
            self._register(family, "", "", environment=opened, image=PUBLIC)
        for family in self.plan.innocent:
            looks = [{"name": name, "value": value} for name, value in HARMLESS[family]]
            self._register(family, "", "", environment=looks, image=PUBLIC)

    def the_sick(self) -> None:
        """Four services, each of which fails to start for another cause."""
        plan = self.plan
        self._denied(plan.sick_with("permission"))
        self._without_the_key(plan.sick_with("key"))
        self._without_a_way(plan.sick_with("way"))
        self._misnamed(plan.sick_with("name"))

    def _denied(self, name: str) -> None:
        password, denial = self.plan.sick_password(name), self.plan.denial
        if denial == "singular":
            boto3.client("ssm").put_parameter(Name=f"{name}-password", Value=password, Type="SecureString")
            arn = f"arn:aws:ssm:{self.cloud.region}:{self.cloud.account}:parameter/{name}-password"
            roles = self._roles(name, allow("ssm:GetParameter", arn))
        else:
            arn = self._secret(f"{name}-password", password)["ARN"]
            given = [allow("secretsmanager:GetSecretValue", arn)] if denial == "task role" else []
            roles = self._roles(name, task=given)
        self._sick(name, roles, arn)

    def _without_the_key(self, name: str) -> None:
        key = self._key(f"passwords of {name}")
        arn = self._secret(f"{name}-password", self.plan.sick_password(name), key)["ARN"]
        self._sick(name, self._roles(name, allow("secretsmanager:GetSecretValue", arn)), arn)

    def _without_a_way(self, name: str) -> None:
        arn = self._secret(f"{name}-password", self.plan.sick_password(name))["ARN"]
        group = self.ec2.create_security_group(GroupName=name, Description=f"tasks of {name}", VpcId=self.vpc)[
            "GroupId"
        ]
        everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        self.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[everything])
        # A public image, so that the secret is the first thing that is asked for.
        roles = self._roles(name, allow("secretsmanager:GetSecretValue", arn))
        self._sick(name, roles, arn, image=PUBLIC, securityGroups=[group])

    def _misnamed(self, name: str) -> None:
        password = self.plan.sick_password(name)
        if self.plan.misnamed == "json key":
            arn = self._secret(f"{name}-password", json.dumps({"password": password}))["ARN"]
            self._sick(name, self._roles(name, allow("secretsmanager:GetSecretValue", arn)), f"{arn}:passwort::")
            return
        gone = self._secret(f"{name}-password", self.plan.passwords[11])["ARN"]
        self.secrets.delete_secret(SecretId=gone, ForceDeleteWithoutRecovery=True)
        arn = self._secret(f"{name}-password", password)["ARN"]
        self._sick(name, self._roles(name, allow("secretsmanager:GetSecretValue", [gone, arn])), gone)

    def _sick(self, name: str, roles: tuple[str, str], value_from: str, image: str = "", **network: Any) -> None:
        self._register(name, *roles, secrets=[{"name": STORED, "valueFrom": value_from}], image=image)
        self._service(name, 1, **network)

    def _key(self, about: str) -> str:
        return str(self.kms.create_key(Description=about)["KeyMetadata"]["Arn"])

    def _secret(self, name: str, value: str, key: str = "") -> Any:
        return self.secrets.create_secret(Name=name, SecretString=value, **({"KmsKeyId": key} if key else {}))

    def _roles(
        self, name: str, *execution: dict[str, Any], task: list[dict[str, Any]] | None = None
    ) -> tuple[str, str]:
        """ARNs of its execution role, which pulls and may do this, and of its task role."""
        arns = []
        for kind, statements in (("execution", list(execution)), ("task", task or [])):
            role = f"{name}-{kind}"
            trust = {"Effect": "Allow", "Principal": {"Service": TASKS}, "Action": "sts:AssumeRole"}
            made = self.iam.create_role(RoleName=role, AssumeRolePolicyDocument=document([trust]))["Role"]
            if statements:
                self.iam.put_role_policy(RoleName=role, PolicyName="own", PolicyDocument=document(statements))
            arns.append(str(made["Arn"]))
        self.iam.attach_role_policy(RoleName=f"{name}-execution", PolicyArn=READY)
        return arns[0], arns[1]

    def _register(self, family: str, execution: str, task: str, image: str = "", **container: Any) -> None:
        named = image or self.cloud.push_image(f"ferryline/{family}", "2.1", log_lines=(f"{family} is up",))
        roles = {"executionRoleArn": execution, "taskRoleArn": task} if execution else {}
        self.ecs.register_task_definition(
            family=family,
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": "app", "image": named, **container}],
            **roles,
        )

    def _service(self, name: str, count: int, **network: Any) -> None:
        place = {"subnets": self.subnets, "assignPublicIp": "ENABLED", **network}
        self.ecs.create_service(
            cluster=self.plan.cluster,
            serviceName=name,
            taskDefinition=name,
            desiredCount=count,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": place},
        )
