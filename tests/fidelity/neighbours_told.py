"""The same calls told to plain moto or to simcloud, each in a process of its own; prints the answers as JSON.

`python neighbours_told.py moto` or `python neighbours_told.py simcloud`. The world of the tables is built once; then
each tale, each refused and each accepted request of the tables is told in a fork, so that none sees another's traces.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import Any

import boto3
import neighbours_as_built as as_built
from botocore.client import BaseClient
from botocore.exceptions import ClientError

Tale = Callable[[as_built.Built], None]
Told = list[dict[str, Any]]
"""The calls of a tale, in order: operation, and answer or error."""
TABLES = ("balancing", "network", "storing", "identity", "operating", "events", "routing")
ERASED = {"authorizationToken", "creationTime", "HostedZoneId", "MacAddress", "ReceiptHandle", "VersionId"}
ERASED |= {"AccessKeyId", "SecretAccessKey", "SessionToken", "AssumedRoleId", "PolicyId", "RoleId", "UserId"}
"""Members that no two runs of AWS share."""
CHOSEN = {"ec2:CreateSubnet": {"AvailabilityZone", "AvailabilityZoneId"}, "iam:CreateGroup": {"GroupId"}}
"""Members that AWS chooses where nothing is asked."""
DRAWN = (
    (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<uuid>"),
    (r"\b([a-z]+)-[0-9a-f]{8}(?:[0-9a-f]{9})?\b", r"<\1>"),
    (r"(>-)[0-9a-f]{8}\b", r"\1<hex>"),
    (r"\b[0-9a-f]{16}\b", "<hex>"),
    (r"(:secret:.+-)\w{6}$", r"\1<six>"),
    (r"\b\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|\+00:00)?", "<time>"),
)
"""Ids that the tables do not name."""


def tales() -> Iterator[tuple[str, Tale]]:
    """Everything that is told, by its name."""
    for tale in TALES:
        yield tale.__name__, tale
    tables = _tables()
    for table in tables:
        for case in (*table.REFUSED, *table.ACCEPTED):
            operation, params = case.values[:2]
            yield f"{table.__name__} {case.id}", _asking(operation, params)


def _tables() -> list[Any]:
    from importlib import import_module

    return [import_module(f"test_neighbours_{name}") for name in TABLES]


def _asking(operation: str, params: as_built.Params) -> Tale:
    def ask(world: as_built.Built) -> None:
        as_built.call(operation, params(world))

    return ask


def reads(w: as_built.Built) -> None:
    """What the world looks like once it is built."""
    ec2, elb, efs = boto3.client("ec2"), boto3.client("elbv2"), boto3.client("efs")
    ecr, iam, logs = boto3.client("ecr"), boto3.client("iam"), boto3.client("logs")
    inside = [{"Name": "vpc-id", "Values": [w.vpc]}]
    ec2.describe_vpcs(VpcIds=[w.vpc, w.other_vpc])
    ec2.describe_vpc_attribute(VpcId=w.vpc, Attribute="enableDnsHostnames")
    ec2.describe_subnets(Filters=inside)
    ec2.describe_route_tables(RouteTableIds=[w.table, w.second_table])
    ec2.describe_security_groups(GroupIds=[w.group])
    ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [w.group]}])
    ec2.describe_internet_gateways(InternetGatewayIds=[w.gateway])
    ec2.describe_addresses(AllocationIds=[w.address])
    ec2.describe_nat_gateways(NatGatewayIds=[w.nat])
    ec2.describe_vpc_endpoints(VpcEndpointIds=[w.endpoint, w.gateway_endpoint])
    ec2.describe_network_interfaces(Filters=[{"Name": "subnet-id", "Values": [w.a]}])
    ec2.describe_network_interfaces(Filters=[{"Name": "subnet-id", "Values": [w.b]}])
    ec2.describe_availability_zones()
    elb.describe_load_balancers()
    elb.describe_load_balancer_attributes(LoadBalancerArn=w.alb)
    elb.describe_target_groups()
    elb.describe_target_group_attributes(TargetGroupArn=w.web_group)
    elb.describe_target_health(TargetGroupArn=w.web_group)
    elb.describe_listeners(LoadBalancerArn=w.alb)
    elb.describe_rules(ListenerArn=w.listener)
    ecr.describe_repositories()
    ecr.describe_images(repositoryName="web")
    efs.describe_file_systems()
    efs.describe_mount_targets(FileSystemId=w.files)
    iam.get_role(RoleName="task")
    iam.get_role_policy(RoleName="task", PolicyName="read")
    iam.list_attached_role_policies(RoleName="crowded")
    logs.describe_log_groups()
    boto3.client("ssm").get_parameter(Name="/app/key")
    boto3.client("secretsmanager").get_secret_value(SecretId="db")
    boto3.client("events").list_rules()
    boto3.client("sts").get_caller_identity()


def machines(w: as_built.Built) -> None:
    """What the course leaves out."""
    ec2 = boto3.client("ec2")
    with suppress(ClientError):
        ec2.create_key_pair(KeyName="k")
    with suppress(ClientError):
        ec2.describe_instance_types(InstanceTypes=["t3.micro"])


def nat_gateway(w: as_built.Built) -> None:
    """A NAT gateway goes, and its address with it."""
    ec2 = boto3.client("ec2")
    ec2.delete_nat_gateway(NatGatewayId=w.nat)
    ec2.describe_addresses(AllocationIds=[w.address])
    ec2.describe_network_interfaces(Filters=[{"Name": "subnet-id", "Values": [w.a]}])
    with suppress(ClientError):
        ec2.release_address(AllocationId=w.address)


def furnished(w: as_built.Built) -> None:
    """A VPC is to go while a security group is still in it."""
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
    ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)
    with suppress(ClientError):
        ec2.delete_vpc(VpcId=vpc)


def endpoint(w: as_built.Built) -> None:
    """An interface endpoint is made with what AWS fills in, changed and deleted."""
    ec2 = boto3.client("ec2")
    name = "com.amazonaws.us-east-1.ecr.api"
    made = ec2.create_vpc_endpoint(VpcId=w.vpc, ServiceName=name, VpcEndpointType="Interface", SubnetIds=[w.b])
    ids = [made["VpcEndpoint"]["VpcEndpointId"]]
    found = ec2.describe_vpc_endpoints(VpcEndpointIds=ids)["VpcEndpoints"][0]
    ec2.describe_network_interfaces(NetworkInterfaceIds=found["NetworkInterfaceIds"])
    ec2.modify_vpc_endpoint(
        VpcEndpointId=ids[0],
        AddSubnetIds=[w.c],
        AddSecurityGroupIds=[w.group],
        PrivateDnsEnabled=False,
    )
    ec2.describe_vpc_endpoints(VpcEndpointIds=ids)
    ec2.delete_vpc_endpoints(VpcEndpointIds=ids)
    with suppress(ClientError):
        ec2.describe_vpc_endpoints(VpcEndpointIds=ids)
    ec2.describe_vpc_endpoint_services(ServiceNames=[name])


def images(w: as_built.Built) -> None:
    """Tags that may not move, a login, names and policies of today."""
    ecr = boto3.client("ecr")
    ecr.create_repository(repositoryName="fixed", imageTagMutability="IMMUTABLE")
    ecr.put_image(repositoryName="fixed", imageManifest=as_built.MANIFEST, imageTag="1")
    for manifest in (as_built.MANIFEST, as_built.MANIFEST.replace("{", '{"config": {}, ')):
        with suppress(ClientError):
            ecr.put_image(repositoryName="fixed", imageManifest=manifest, imageTag="1")
    ecr.batch_get_image(repositoryName="fixed", imageIds=[{"imageTag": "1"}])
    ecr.list_images(repositoryName="fixed")
    ecr.get_authorization_token()


def defaults(w: as_built.Built) -> None:
    """What an account has before anything is made."""
    ec2, iam = boto3.client("ec2"), boto3.client("iam")
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    inside = [{"Name": "vpc-id", "Values": [vpc]}]
    ec2.describe_route_tables(Filters=inside)
    ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [vpc]}])
    ec2.describe_subnets(Filters=inside)
    arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    with suppress(ClientError):
        iam.attach_role_policy(RoleName="task", PolicyArn=arn)
    iam.list_attached_role_policies(RoleName="task")


def queue(w: as_built.Built) -> None:
    """A message goes through a queue."""
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="jobs")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="1")
    sqs.receive_message(QueueUrl=url)
    sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout", "QueueArn"])


def keys(w: as_built.Built) -> None:
    """Keys of KMS, enabled and not, and a secret that leaves."""
    kms = boto3.client("kms")
    made = kms.create_key()["KeyMetadata"]
    kms.describe_key(KeyId=made["KeyId"])
    with suppress(Exception):
        kms.disable_key(KeyId=made["Arn"])
    sealed = kms.create_key()["KeyMetadata"]["KeyId"]
    text = kms.encrypt(KeyId=sealed, Plaintext=b"x")["CiphertextBlob"]
    kms.disable_key(KeyId=sealed)
    with suppress(ClientError):
        kms.encrypt(KeyId=sealed, Plaintext=b"x")
    with suppress(ClientError):
        kms.decrypt(CiphertextBlob=text)
    kms.schedule_key_deletion(KeyId=sealed)
    with suppress(ClientError):
        kms.generate_data_key(KeyId=sealed, KeySpec="AES_256")
    with suppress(ClientError):
        kms.enable_key(KeyId=sealed)
    with suppress(ClientError):
        boto3.client("secretsmanager").get_secret_value(SecretId="old")
    with suppress(ClientError):
        kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")


def addresses(w: as_built.Built) -> None:
    """Interfaces in a VPC, and an address to reach one at."""
    ec2 = boto3.client("ec2")
    ec2.create_network_interface(SubnetId=w.c, Groups=[w.group])
    ec2.create_network_interface(SubnetId=w.other_a)
    ec2.describe_network_interfaces(Filters=[{"Name": "subnet-id", "Values": [w.c]}])
    ec2.describe_subnets(SubnetIds=[w.c])
    ec2.allocate_address(Domain="vpc")


def rules(w: as_built.Built) -> None:
    """Load balancers and target groups asked for twice, a protected one, and targets."""
    elb = boto3.client("elbv2")
    asked = {"Name": "web", "SecurityGroups": [w.group], "Subnets": [w.a, w.b]}
    elb.create_load_balancer(**asked)
    group = {"Name": "a--b", "Protocol": "HTTP", "Port": 80, "VpcId": w.vpc, "TargetType": "ip"}
    for _ in "12":
        with suppress(ClientError):
            elb.create_target_group(**group)
    elb.register_targets(TargetGroupArn=w.web_group, Targets=[{"Id": "10.0.1.9"}, {"Id": "10.0.2.9", "Port": 81}])
    elb.describe_target_health(TargetGroupArn=w.web_group)
    elb.deregister_targets(TargetGroupArn=w.web_group, Targets=[{"Id": "10.0.1.9"}])
    elb.describe_target_health(TargetGroupArn=w.web_group)
    loose = {"TargetGroupArn": w.free_group}
    elb.register_targets(**loose, Targets=[{"Id": "10.0.1.9"}])
    elb.describe_target_health(**loose)
    with suppress(ClientError):
        elb.deregister_targets(**loose, Targets=[{"Id": "10.0.1.10"}])
    elb.describe_target_health(**loose, Targets=[{"Id": "10.0.1.10"}])
    passing = elb.create_target_group(**{**group, "Name": "passing"})["TargetGroups"][0]["TargetGroupArn"]
    for _ in "12":
        with suppress(ClientError):
            elb.delete_target_group(TargetGroupArn=passing)
    protected = [{"Key": "deletion_protection.enabled", "Value": "true"}]
    elb.modify_load_balancer_attributes(LoadBalancerArn=w.alb, Attributes=protected)
    with suppress(ClientError):
        elb.delete_load_balancer(LoadBalancerArn=w.alb)


def session(w: as_built.Built) -> None:
    """Roles taken on by a caller whom they trust, and by one whom they do not."""
    iam, sts = boto3.client("iam"), boto3.client("sts")
    root = {"AWS": f"arn:aws:iam::{w.account}:root"}
    trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": root, "Action": "sts:AssumeRole"}}
    iam.create_role(RoleName="own", AssumeRolePolicyDocument=json.dumps(trust))
    for role in ("own", "task"):
        with suppress(ClientError):
            sts.assume_role(RoleArn=f"arn:aws:iam::{w.account}:role/{role}", RoleSessionName="me")


def user(w: as_built.Built) -> None:
    """A user within a boundary."""
    iam = boto3.client("iam")
    iam.create_user(UserName="ann", PermissionsBoundary=w.policy_0)
    iam.get_user(UserName="ann")


def alarm(w: as_built.Built) -> None:
    """An alarm before any datum, and its history."""
    watch = boto3.client("cloudwatch")
    watch.put_metric_alarm(
        AlarmName="busy",
        Namespace="AWS/ECS",
        MetricName="CPUUtilization",
        Statistic="Average",
        Period=60,
        EvaluationPeriods=1,
        Threshold=80,
        ComparisonOperator="GreaterThanThreshold",
    )
    watch.describe_alarms(AlarmNames=["busy"])
    with suppress(Exception):
        watch.describe_alarm_history(AlarmName="busy")


def stack(w: as_built.Built) -> None:
    """A stack of CloudFormation. Plain moto cannot make one here."""
    stacks = boto3.client("cloudformation")
    template = {"Resources": {"Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "of-a-stack"}}}}
    stacks.create_stack(StackName="web", TemplateBody=json.dumps(template))


def targets(w: as_built.Built) -> None:
    """More targets than a rule can have, and a pattern that is tried out."""
    events = boto3.client("events")
    queue = "arn:aws:sqs:us-east-1:123456789012:jobs"
    with suppress(ClientError):
        events.put_targets(Rule="nightly", Targets=[{"Id": f"t{place}", "Arn": queue} for place in range(6)])
    event = {"id": "1", "detail-type": "order", "source": "shop", "account": "1", "region": "us-east-1"}
    event |= {"time": "2026-01-05T09:00:00Z", "resources": [], "detail": {}}
    with suppress(ClientError):
        events.test_event_pattern(EventPattern='{"source": ["shop"]}', Event=json.dumps(event))


TALES: tuple[Tale, ...] = (
    *(reads, machines, nat_gateway, furnished, endpoint, images, defaults),
    *(queue, keys, addresses, rules, session, user, alarm, stack, targets),
)


class Listener:
    """Notes every call of every client."""

    def __init__(self) -> None:
        self.heard: Told = []
        self._make = BaseClient._make_api_call

    def __enter__(self) -> Listener:
        def make(client: Any, operation: str, params: Any) -> Any:
            note: dict[str, Any] = {"operation": f"{client.meta.service_model.service_name}:{operation}"}
            self.heard.append(note)
            try:
                answer = self._make(client, operation, params)
            except ClientError as error:
                note["error"] = dict(error.response["Error"])
                note["laws"] = re.findall(r"Law (FG\d+)", "\n".join(getattr(error, "__notes__", ())))
                raise
            except Exception as error:
                note["error"] = {"Code": type(error).__name__, "Message": str(error)}
                raise
            note["answer"] = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
            return answer

        BaseClient._make_api_call = make
        return self

    def __exit__(self, *_: object) -> None:
        BaseClient._make_api_call = self._make


def told(cloud: AbstractContextManager[Any]) -> dict[str, Told]:
    """Tell everything in this cloud. Clients are made once, before the forks."""
    boto3.client = functools.cache(boto3.client)
    with cloud:
        for service in ("cloudformation", "cloudwatch", "kms", "sqs", "sts"):
            boto3.client(service)
        world = as_built.Built()
        with Listener() as listener:
            as_built.build(world.names)
        every = {"build": _plain(listener.heard, world)}
        world.names["vpcs"] = ""
        with Listener() as listener:
            made = as_built.call("ec2.create_vpc_endpoint", _tables()[1].zoned(world))
        world.names["zoned_endpoint"] = made["VpcEndpoint"]["VpcEndpointId"]
        gc.collect()
        gc.freeze()
        for name, tale in tales():
            every[name] = _in_a_fork(tale, world)
    return every


def _in_a_fork(tale: Tale, world: as_built.Built) -> Told:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with Listener() as listener, suppress(Exception):
            tale(world)
        with os.fdopen(writing, "w") as pipe:
            json.dump(_plain(listener.heard, world), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        found: Told = json.load(pipe)
    os.waitpid(child, 0)
    return found


def _plain(heard: Told, world: as_built.Built) -> Told:
    """As JSON, without what differs from run to run."""
    names = sorted(((held, name) for name, held in world.names.items() if held), key=lambda pair: -len(pair[0]))
    known = {held: f"<{name}>" for held, name in names if not held.isdigit() and len(held) > 8}
    known |= {held.rpartition("/")[2]: name + "-id" for held, name in known.items() if held.startswith("arn:")}
    spelled = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))

    def plain(value: Any, erased: set[str]) -> Any:
        if isinstance(value, dict):
            return {name: "<erased>" if name in erased else plain(held, erased) for name, held in value.items()}
        if isinstance(value, list):
            return [plain(held, erased) for held in value]
        if isinstance(value, datetime):
            return "<time>" if value.year > 2020 else "<long ago>"
        if not isinstance(value, str):
            return value if isinstance(value, bool | int | float) or value is None else str(type(value))
        value = spelled.sub(lambda match: known[match[0]], value)
        for pattern, instead in DRAWN:
            value = re.sub(pattern, instead, value)
        return value

    return [plain(note, ERASED | CHOSEN.get(note["operation"], set())) for note in heard]


if __name__ == "__main__":
    if sys.argv[1] == "moto":
        from moto import mock_aws

        opened: AbstractContextManager[Any] = mock_aws()
    else:
        from simcloud import Cloud

        opened = Cloud(seed=48)
    sys.stdout.write(json.dumps(told(opened)))
