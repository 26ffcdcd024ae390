"""An account in which tasks are launched: clusters, definitions, a network, load balancers, namespaces, services.

Built with boto3 alone. Requests in the tables name what has an id by a word that begins with $: $a is a subnet.
"""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from requests_as_written import app, ec2, fargate, sidecar

from simcloud import Cloud

ACCOUNT, REGION = "123456789012", "us-east-1"
HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
ROLE = f"arn:aws:iam::{ACCOUNT}:role"
INVALID, CLIENT = "InvalidParameterException", "ClientException"
HTTP = {"containerPort": 80, "name": "http", "appProtocol": "http"}
BOTH = [{"capacityProvider": "FARGATE"}, {"capacityProvider": "FARGATE_SPOT"}]
ZONES = {"a": "us-east-1a", "a2": "us-east-1a", "b": "us-east-1b", "c": "us-east-1c"}
row = pytest.mark.row


def refused(
    name: str,
    operation: str,
    request: dict[str, Any],
    law: str,
    text: str,
    *marks: pytest.MarkDecorator,
    code: str = INVALID,
) -> Any:
    """One refused request: the law of ours, and AWS's code and whole text. The name begins with the row of the fact
    sheet, or says where the text is quoted."""
    return pytest.param(operation, request, law, code, text, id=name, marks=marks)


def accepted(name: str, operation: str, request: dict[str, Any], *marks: pytest.MarkDecorator) -> Any:
    """One accepted request."""
    return pytest.param(operation, request, id=name, marks=marks)


def awsvpc(*subnets: str, **changes: Any) -> dict[str, Any]:
    """A networkConfiguration."""
    return {"awsvpcConfiguration": {"subnets": list(subnets) or ["$a", "$b"], **changes}}


def run(**changes: Any) -> dict[str, Any]:
    """A RunTask request on Fargate."""
    return {"taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": awsvpc(), **changes}


def items(*given: tuple[str, int, int]) -> list[dict[str, Any]]:
    """A strategy of (provider, weight, base)."""
    return [{"capacityProvider": provider, "weight": weight, "base": base} for provider, weight, base in given]


def by(*given: tuple[str, int, int], **changes: Any) -> dict[str, Any]:
    """A RunTask request by a strategy of (provider, weight, base)."""
    return {
        "taskDefinition": "web",
        "networkConfiguration": awsvpc(),
        "capacityProviderStrategy": items(*given),
        **changes,
    }


def start(**changes: Any) -> dict[str, Any]:
    """A StartTask request. No account here has the instance: what is wrong with the request is found first."""
    return {"taskDefinition": "host", "containerInstances": ["0" * 32], **changes}


def over(*containers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A RunTask request with overrides."""
    return run(overrides={**({"containerOverrides": list(containers)} if containers else {}), **changes})


def service(**changes: Any) -> dict[str, Any]:
    """A CreateService request on Fargate."""
    return {"serviceName": "new", "desiredCount": 1, **run(), **changes}


def on_ec2(**changes: Any) -> dict[str, Any]:
    """A CreateService request on EC2, in the mode bridge."""
    return {
        "serviceName": "new",
        "desiredCount": 1,
        "taskDefinition": "host",
        "launchType": "EC2",
        **changes,
    }


def target(**changes: Any) -> dict[str, Any]:
    """An entry of loadBalancers."""
    return {"targetGroupArn": "$group", "containerName": "app", "containerPort": 80, **changes}


def behind(**changes: Any) -> dict[str, Any]:
    """A CreateService request behind a load balancer."""
    return service(loadBalancers=[target(**changes)])


def deploying(**configuration: Any) -> dict[str, Any]:
    """A CreateService request with a deploymentConfiguration."""
    return service(deploymentConfiguration=configuration)


def by_controller(kind: str, **changes: Any) -> dict[str, Any]:
    """A CreateService request with a deployment controller; CodeDeploy's behind a load balancer."""
    controller = {"deploymentController": {"type": kind}}
    if kind == "EXTERNAL":
        return {"serviceName": "new", "desiredCount": 1, **controller, **changes}
    return {**behind(), **controller, **changes}


def volumes(*volumes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A RunTask request with EBS volumes, each by its settings."""
    given = [
        {"name": f"d{index or ''}", "managedEBSVolume": {"roleArn": f"{ROLE}/ecs-infrastructure", **settings}}
        for index, settings in enumerate(volumes)
    ]
    return run(taskDefinition="volumed", volumeConfigurations=given, **changes)


def connecting(*services: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A CreateService request with Service Connect."""
    given = list(services) or [named()]
    return service(serviceConnectConfiguration={"enabled": True, "namespace": "shop", "services": given, **changes})


def named(**changes: Any) -> dict[str, Any]:
    """A service of Service Connect."""
    return {"portName": "http", "clientAliases": [{"port": 80, "dnsName": "web"}], **changes}


def task_set(**changes: Any) -> dict[str, Any]:
    """A CreateTaskSet request."""
    return {"cluster": "default", "service": "external", **run(), **changes}


class World:
    """The account. `words` tells what the words of the tables stand for."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.ecs: Any = boto3.client("ecs")
        self.words: dict[str, str] = {}
        self._network()
        self._balancing()
        self._names()
        self._roles()
        self._clusters()
        self._definitions()
        self._services()

    def _network(self) -> None:
        made: Any = boto3.client("ec2")
        for vpc, block in (("vpc", "10.0"), ("other-vpc", "10.1")):
            self.words[f"${vpc}"] = made.create_vpc(CidrBlock=f"{block}.0.0/16")["Vpc"]["VpcId"]
        for index, (name, zone) in enumerate([*ZONES.items(), *((f"s{index}", "us-east-1a") for index in range(13))]):
            self.words[f"${name}"] = self._subnet(made, "vpc", f"10.0.{index}.0/24", zone)
        self.words["$elsewhere"] = self._subnet(made, "other-vpc", "10.1.0.0/24", "us-east-1a")
        for name, vpc in (*((f"sg{index}", "vpc") for index in range(1, 7)), ("foreign", "other-vpc")):
            group = made.create_security_group(GroupName=name, Description=name, VpcId=self.words[f"${vpc}"])
            self.words[f"${name}"] = group["GroupId"]

    def _subnet(self, made: Any, vpc: str, block: str, zone: str) -> str:
        subnet = made.create_subnet(VpcId=self.words[f"${vpc}"], CidrBlock=block, AvailabilityZone=zone)
        return str(subnet["Subnet"]["SubnetId"])

    def _balancing(self) -> None:
        made: Any = boto3.client("elbv2")
        for name, kind in (
            *((name, "ip") for name in ("group", "green", "lonely", "g1", "g2", "g3", "g4", "g5")),
            ("instances", "instance"),
        ):
            group = made.create_target_group(
                Name=name, Protocol="HTTP", Port=80, VpcId=self.words["$vpc"], TargetType=kind
            )
            self.words[f"${name}"] = group["TargetGroups"][0]["TargetGroupArn"]
        front = made.create_load_balancer(
            Name="front", Subnets=[self.words["$a"], self.words["$b"]], Scheme="internal"
        )["LoadBalancers"][0]["LoadBalancerArn"]
        for name, port in (("listener", 80), ("test-listener", 8080)):
            listener = made.create_listener(
                LoadBalancerArn=front, Protocol="HTTP", Port=port, DefaultActions=self._forward("group")
            )
            self.words[f"${name}"] = listener["Listeners"][0]["ListenerArn"]
        usual = made.describe_rules(ListenerArn=self.words["$listener"])["Rules"]
        self.words["$default"] = next(each["RuleArn"] for each in usual if each["IsDefault"])
        self._passing(made)
        for priority, (rule, listener, group) in enumerate(
            (
                ("prod", "listener", "group"),
                ("test", "test-listener", "green"),
                *((f"r{index}", "listener", f"g{index}") for index in range(1, 6)),
                ("rules", "listener", "instances"),
            ),
            1,
        ):
            made_rule = made.create_rule(
                ListenerArn=self.words[f"${listener}"],
                Priority=priority,
                Conditions=[{"Field": "path-pattern", "Values": [f"/{rule}/*"]}],
                Actions=self._forward(group),
            )
            self.words[f"${rule}"] = made_rule["Rules"][0]["RuleArn"]

    def _passing(self, made: Any) -> None:
        """A Network Load Balancer, whose listeners take the place of rules."""
        for name in ("stream", "stream-green"):
            group = made.create_target_group(
                Name=name, Protocol="TCP", Port=80, VpcId=self.words["$vpc"], TargetType="ip"
            )
            self.words[f"${name}"] = group["TargetGroups"][0]["TargetGroupArn"]
        balancer = made.create_load_balancer(
            Name="passing", Type="network", Subnets=[self.words["$a"], self.words["$b"]], Scheme="internal"
        )["LoadBalancers"][0]["LoadBalancerArn"]
        for name, port, group in (("stream-listener", 80, "stream"), ("stream-test", 8080, "stream-green")):
            listener = made.create_listener(
                LoadBalancerArn=balancer, Protocol="TCP", Port=port, DefaultActions=self._forward(group)
            )
            self.words[f"${name}"] = listener["Listeners"][0]["ListenerArn"]

    def _forward(self, group: str) -> list[dict[str, str]]:
        return [{"Type": "forward", "TargetGroupArn": self.words[f"${group}"]}]

    def _names(self) -> None:
        made: Any = boto3.client("servicediscovery")
        made.create_http_namespace(Name="shop")
        made.create_private_dns_namespace(Name="shop.local", Vpc=self.words["$vpc"])
        spaces = {each["Name"]: each for each in made.list_namespaces()["Namespaces"]}
        self.words["$namespace"] = spaces["shop"]["Arn"]
        for name, kind in (("address", "A"), ("record", "SRV")):
            held = made.create_service(
                Name=name,
                NamespaceId=spaces["shop.local"]["Id"],
                DnsConfig={"DnsRecords": [{"Type": kind, "TTL": 10}]},
            )
            self.words[f"${name}"] = held["Service"]["Arn"]

    def _roles(self) -> None:
        iam: Any = boto3.client("iam")
        statement = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        for name in ("task", "exec"):
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)

    def _clusters(self) -> None:
        create = self.ecs.create_cluster
        create(clusterName="default", capacityProviders=["FARGATE", "FARGATE_SPOT"])
        create(clusterName="bare")
        create(clusterName="closed")
        self.ecs.delete_cluster(cluster="closed")
        self.ecs.create_capacity_provider(name="old", autoScalingGroupProvider={"autoScalingGroupArn": "old"})
        create(clusterName="mixed", capacityProviders=["FARGATE", "old"])
        both = ["FARGATE", "FARGATE_SPOT"]
        create(clusterName="weightless", capacityProviders=both, defaultCapacityProviderStrategy=BOTH)
        usual = items(("FARGATE_SPOT", 1, 0))
        create(clusterName="usual", capacityProviders=both, defaultCapacityProviderStrategy=usual)
        create(clusterName="connected", serviceConnectDefaults={"namespace": "shop"})

    def _definitions(self) -> None:
        register = self.ecs.register_task_definition
        web = app(portMappings=[HTTP, {"containerPort": 9090, "name": "tcp"}])
        register(**fargate(web, family="web"))
        register(**fargate(web, family="roled", taskRoleArn=f"{ROLE}/task"))
        register(**fargate(web, sidecar(portMappings=[{"containerPort": 81}]), family="two", cpu="512", memory="1024"))
        register(
            **fargate(
                app(mountPoints=[{"sourceVolume": "d", "containerPath": "/d"}]),
                family="volumed",
                volumes=[{"name": "d", "configuredAtLaunch": True}],
            )
        )
        windows = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
        register(**fargate(family="windows", cpu="1024", memory="2048", runtimePlatform=windows))
        register(**fargate(family="arm", runtimePlatform={"cpuArchitecture": "ARM64"}))
        register(**fargate(family="big", cpu="16384", memory="32768"))
        mapped = [{"containerPort": 80, "hostPort": 8000, "name": "http"}]
        register(**ec2(app(memory=512, portMappings=mapped), family="host"))
        register(**ec2(app(memory=512), family="machine", networkMode="awsvpc"))
        register(
            **ec2(
                app(memory=512, mountPoints=[{"sourceVolume": "d", "containerPath": "/d"}]),
                family="machine-volumed",
                networkMode="awsvpc",
                volumes=[{"name": "d", "configuredAtLaunch": True}],
            )
        )
        register(**ec2(app(memory=512), family="host-roled", taskRoleArn=f"{ROLE}/task"))
        register(**fargate(family="gone"))
        self.ecs.deregister_task_definition(taskDefinition="gone:1")

    def _services(self) -> None:
        for name, request in {
            "standing": service(),
            "second": service(serviceConnectConfiguration={"enabled": False}),
            "spread": {"desiredCount": 1, **by(("FARGATE", 1, 1), ("FARGATE_SPOT", 3, 0))},
            "balanced": behind(),
            "code": by_controller("CODE_DEPLOY"),
            "external": by_controller("EXTERNAL"),
            "connected": connecting(named(discoveryName="taken")),
            "daemon": {key: on_ec2(schedulingStrategy="DAEMON")[key] for key in ("taskDefinition", "launchType")}
            | {"schedulingStrategy": "DAEMON"},
        }.items():
            self.call("create_service", {**request, "serviceName": name})
        self.call("run_task", run(clientToken="used", count=2))

    def written(self, value: Any) -> Any:
        """A request with its $words filled in."""
        if isinstance(value, dict):
            return {key: self.written(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.written(each) for each in value]
        if isinstance(value, str) and "$" in value:
            for word, meaning in sorted(self.words.items(), key=lambda item: -len(item[0])):
                value = value.replace(word, meaning)
        return value

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Call it by its name in boto3."""
        answer: dict[str, Any] = getattr(self.ecs, operation)(**self.written(request))
        return answer
