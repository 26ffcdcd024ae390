"""moto, where it stood in the way of correct code."""

from __future__ import annotations

import gc
import hashlib
import json
import subprocess
import sys
import weakref
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud
from simcloud.cloud import mends

LOGS = "com.amazonaws.us-east-1.logs"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
MANIFEST = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"}


def vpc(*, dns: bool) -> tuple[str, str]:
    ec2 = boto3.client("ec2")
    made = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    if dns:
        ec2.modify_vpc_attribute(VpcId=made, EnableDnsHostnames={"Value": True})
    return made, ec2.create_subnet(VpcId=made, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]


def endpoint(**params: Any) -> dict[str, Any]:
    made: dict[str, Any] = boto3.client("ec2").create_vpc_endpoint(**params)["VpcEndpoint"]
    return made


def test_every_mend_says_why() -> None:
    import importlib

    for names in mends.MENDS.values():
        for name in names:
            reason = importlib.import_module(f"simcloud.cloud.mends.{name}").__doc__
            assert reason is not None
            assert len(reason) > 60


def test_an_ecr_login_lasts_twelve_hours(cloud: Cloud) -> None:
    login = boto3.client("ecr").get_authorization_token()["authorizationData"][0]
    assert login["expiresAt"] - cloud.now == timedelta(hours=12)


def test_a_tag_of_an_immutable_repository_is_not_overwritten(cloud: Cloud) -> None:
    ecr = boto3.client("ecr")
    ecr.create_repository(repositoryName="web", imageTagMutability="IMMUTABLE")
    ecr.put_image(repositoryName="web", imageManifest=json.dumps(MANIFEST), imageTag="1")
    with pytest.raises(ecr.exceptions.ImageTagAlreadyExistsException, match="because the repository is immutable"):
        ecr.put_image(repositoryName="web", imageManifest=json.dumps({**MANIFEST, "other": 1}), imageTag="1")
    with pytest.raises(ecr.exceptions.ImageAlreadyExistsException):
        ecr.put_image(repositoryName="web", imageManifest=json.dumps(MANIFEST), imageTag="1")


def test_the_execution_role_policy_exists_with_its_six_actions(cloud: Cloud) -> None:
    iam = boto3.client("iam")
    arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    document = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"]
    assert document["Statement"][0]["Action"] == [
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ]


def test_an_interface_in_a_vpc_without_dns_names_has_an_empty_name(cloud: Cloud) -> None:
    _, subnet = vpc(dns=False)
    made = boto3.client("ec2").create_network_interface(SubnetId=subnet)["NetworkInterface"]
    assert made.get("PrivateDnsName", "") == ""
    assert made["PrivateIpAddress"].startswith("10.0.1.")


def test_an_elastic_ip_is_an_address_of_the_internet(cloud: Cloud) -> None:
    """moto: an address of 127.0.0.0/8."""
    assert ip_address(boto3.client("ec2").allocate_address(Domain="vpc")["PublicIp"]).is_global


def test_an_endpoint_of_a_service_that_does_not_exist_is_refused(cloud: Cloud) -> None:
    made, _ = vpc(dns=True)
    with pytest.raises(ClientError, match=r"InvalidServiceName.*'com.amazonaws.us-east-1.nope' does not exist"):
        endpoint(VpcId=made, ServiceName="com.amazonaws.us-east-1.nope")
    with pytest.raises(ClientError, match="InvalidServiceName"):
        endpoint(VpcId=made, ServiceName="com.amazonaws.eu-west-1.s3")


def test_an_endpoint_is_a_gateway_unless_told_and_its_service_must_have_one(cloud: Cloud) -> None:
    made, _ = vpc(dns=True)
    assert endpoint(VpcId=made, ServiceName="com.amazonaws.us-east-1.s3")["VpcEndpointType"] == "Gateway"
    with pytest.raises(ClientError) as refused:
        endpoint(VpcId=made, ServiceName="com.amazonaws.us-east-1.ecr.api")
    assert refused.value.response["Error"] == {
        "Code": "InvalidParameter",
        "Message": "Endpoint type (Gateway) does not match available service types ([Interface]).",
    }
    assert "has no Gateway endpoint" in refused.value.__notes__[0]


def test_private_dns_is_on_unless_told_and_needs_the_dns_attributes_of_the_vpc(cloud: Cloud) -> None:
    made, subnet = vpc(dns=False)
    ask = {"VpcId": made, "ServiceName": LOGS, "VpcEndpointType": "Interface", "SubnetIds": [subnet]}
    with pytest.raises(ClientError, match="Enabling private DNS requires both"):
        endpoint(**ask)
    assert endpoint(**ask, PrivateDnsEnabled=False)["PrivateDnsEnabled"] is False
    boto3.client("ec2").modify_vpc_attribute(VpcId=made, EnableDnsHostnames={"Value": True})
    assert endpoint(**ask)["PrivateDnsEnabled"] is True


def test_an_interface_endpoint_stands_in_its_subnet_with_its_groups(cloud: Cloud) -> None:
    ec2 = boto3.client("ec2")
    made, subnet = vpc(dns=True)
    group = ec2.create_security_group(GroupName="e", Description="e", VpcId=made)["GroupId"]
    ask = {"VpcId": made, "ServiceName": LOGS, "VpcEndpointType": "Interface", "SubnetIds": [subnet]}
    one = endpoint(**ask, SecurityGroupIds=[group])
    (interface,) = ec2.describe_network_interfaces(NetworkInterfaceIds=one["NetworkInterfaceIds"])["NetworkInterfaces"]
    assert interface["PrivateIpAddress"].startswith("10.0.1.")
    assert [each["GroupId"] for each in interface["Groups"]] == [group]
    default = ec2.describe_security_groups(
        Filters=[{"Name": "vpc-id", "Values": [made]}, {"Name": "group-name", "Values": ["default"]}]
    )["SecurityGroups"][0]["GroupId"]
    assert [each["GroupId"] for each in endpoint(**ask, PrivateDnsEnabled=False)["Groups"]] == [default]


def test_endpoint_services_come_from_a_table(cloud: Cloud) -> None:
    import sys

    loaded = len([name for name in sys.modules if name.startswith("moto.")])
    answer = boto3.client("ec2").describe_vpc_endpoint_services(
        ServiceNames=[f"com.amazonaws.us-east-1.{name}" for name in ("ecr.api", "ecr.dkr", "s3", "logs")]
    )
    found = [(one["ServiceName"].split(".", 3)[3], one["ServiceType"][0]["ServiceType"], one.get("PrivateDnsName"))
             for one in answer["ServiceDetails"]]  # fmt: skip
    assert ("ecr.dkr", "Interface", "*.dkr.ecr.us-east-1.amazonaws.com") in found
    assert ("ecr.api", "Interface", "api.ecr.us-east-1.amazonaws.com") in found
    assert ("s3", "Gateway", None) in found
    assert len([name for name in sys.modules if name.startswith("moto.")]) - loaded < 60


def test_a_subnets_addresses_are_handed_out_in_order_in_a_copy_too(cloud: Cloud) -> None:
    _, subnet = vpc(dns=False)
    efs = boto3.client("efs")

    def mount(token: str) -> str:
        system = efs.create_file_system(CreationToken=token)["FileSystemId"]
        address: str = efs.create_mount_target(FileSystemId=system, SubnetId=subnet)["IpAddress"]
        return address

    assert mount("a") == "10.0.1.4"
    with cloud.copy():
        imagined = mount("b")
    assert mount("b") == imagined == "10.0.1.5"


def test_no_address_is_handed_out_twice_until_the_subnet_is_full(cloud: Cloud) -> None:
    ec2, efs = boto3.client("ec2"), boto3.client("efs")
    made, _ = vpc(dns=False)
    subnet = ec2.create_subnet(VpcId=made, CidrBlock="10.0.2.0/28")["Subnet"]["SubnetId"]
    ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.0.2.5")
    files = efs.create_file_system(CreationToken="f")["FileSystemId"]
    held = [efs.create_mount_target(FileSystemId=files, SubnetId=subnet)["IpAddress"]]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    gateway = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    held.append(gateway["NatGatewayAddresses"][0]["PrivateIp"])
    for _ in range(8):
        held.append(ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["PrivateIpAddress"])
    assert held == [f"10.0.2.{number}" for number in (4, 6, 7, 8, 9, 10, 11, 12, 13, 14)]
    with pytest.raises(ClientError, match="InsufficientFreeAddressesInSubnet"):
        ec2.create_network_interface(SubnetId=subnet)


def test_an_image_is_known_by_the_digest_of_its_manifest(cloud: Cloud) -> None:
    ecr = boto3.client("ecr")
    ecr.create_repository(repositoryName="web")
    manifest, other = json.dumps(MANIFEST), json.dumps({**MANIFEST, "layers": []})
    digest = "sha256:" + hashlib.sha256(manifest.encode()).hexdigest()
    made = ecr.put_image(repositoryName="web", imageManifest=manifest, imageTag="1", imageDigest=digest)
    assert made["image"]["imageId"] == {"imageDigest": digest, "imageTag": "1"}
    ecr.put_image(repositoryName="web", imageManifest=other, imageTag="2")
    found = ecr.describe_images(repositoryName="web", imageIds=[{"imageTag": "2"}])["imageDetails"][0]["imageDigest"]
    assert found == "sha256:" + hashlib.sha256(other.encode()).hexdigest()
    with pytest.raises(ecr.exceptions.ImageDigestDoesNotMatchException):
        ecr.put_image(repositoryName="web", imageManifest=manifest, imageTag="3", imageDigest="sha256:" + "0" * 64)
    with pytest.raises(ecr.exceptions.RepositoryNotFoundException):
        ecr.put_image(repositoryName="none", imageManifest=manifest, imageTag="1")


def test_an_image_whose_tag_has_moved_stays_and_is_found_by_its_digest(cloud: Cloud) -> None:
    ecr = boto3.client("ecr")
    old, new = cloud.push_image("web", size_mib=10), cloud.push_image("web", size_mib=20)
    assert old == new
    shown = ecr.describe_images(repositoryName="web")["imageDetails"]
    assert sorted(each.get("imageTags", []) for each in shown) == [[], ["latest"]]
    (untagged,) = [each["imageDigest"] for each in shown if not each.get("imageTags")]
    found = ecr.batch_get_image(repositoryName="web", imageIds=[{"imageDigest": untagged}])["images"]
    assert [each["imageId"] for each in found] == [{"imageDigest": untagged}]
    cloud.push_image("web", size_mib=10)
    again = ecr.describe_images(repositoryName="web")["imageDetails"]
    assert {each["imageDigest"] for each in again if each.get("imageTags")} == {untagged}


def test_the_default_vpc_reaches_the_internet(cloud: Cloud) -> None:
    ec2 = boto3.client("ec2")
    (default,) = ec2.describe_vpcs()["Vpcs"]
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [default["VpcId"]]}])["RouteTables"]
    routes = {route["DestinationCidrBlock"]: route["GatewayId"] for table in tables for route in table["Routes"]}
    assert routes["0.0.0.0/0"].startswith("igw-")


def test_the_learner_is_an_iam_user(cloud: Cloud) -> None:
    identity = boto3.client("sts").get_caller_identity()
    assert identity["Arn"] == "arn:aws:iam::123456789012:user/learner"


def test_old_worlds_are_freed(cloud: Cloud) -> None:
    boto3.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")
    from moto.ec2.models.vpcs import VPC

    assert VPC.instances_tracked == []
    cloud.close()
    rounds = []
    for _ in range(3):
        with Cloud(seed=2):
            made = boto3.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
            rounds.append([weakref.ref(one) for one in gc.get_objects() if type(one) is VPC and one.id == made])
    gc.collect()
    assert all(rounds)
    assert not [one for made in rounds[:2] for one in made if one() is not None], "only the last world may be held"


def _queue() -> tuple[str, str]:
    """The URL and the ARN of a queue that EventBridge may send to."""
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    let = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage"}
    policy = {"Version": "2012-10-17", "Statement": [{**let, "Resource": arn}]}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    return url, arn


def test_an_event_reaches_the_queue_of_a_rule_that_looks_for_it_and_no_schedule(cloud: Cloud) -> None:
    events, (url, arn) = boto3.client("events"), _queue()
    for name, rule in {
        "orders": {"EventPattern": json.dumps({"source": ["shop"]})},
        "off": {"EventPattern": json.dumps({"source": ["shop"]}), "State": "DISABLED"},
        "nightly": {"ScheduleExpression": "rate(1 day)"},
        "other": {"EventPattern": json.dumps({"source": ["aws.ecs"]})},
    }.items():
        events.put_rule(Name=name, **rule)
        events.put_targets(Rule=name, Targets=[{"Id": name, "Arn": arn}])
    topic = "arn:aws:sns:us-east-1:123456789012:topic"
    gone = "arn:aws:sqs:us-east-1:123456789012:gone"
    events.put_targets(Rule="orders", Targets=[{"Id": "topic", "Arn": topic}, {"Id": "gone", "Arn": gone}])
    answer = events.put_events(Entries=[{"Source": "shop", "DetailType": "order", "Detail": json.dumps({"id": 7})}])
    assert answer["FailedEntryCount"] == 0
    (message,) = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    event = json.loads(message["Body"])
    assert (event["detail-type"], event["detail"], event["account"]) == ("order", {"id": 7}, "123456789012")
    assert event["time"] == f"{cloud.now:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ({"InputPath": "$.detail.items[1]"}, '"b"'),
        ({"Input": '{"always": "this"}'}, '{"always": "this"}'),
        (
            {
                "InputTransformer": {
                    "InputPathsMap": {"who": "$.detail.who", "items": "$.detail.items"},
                    "InputTemplate": '{"to": <who>, "of": <items>, "text": "for <who>", "left": "<unknown>"}',
                }
            },
            '{"to": "ana", "of": ["a", "b"], "text": "for ana", "left": "<unknown>"}',
        ),
        (
            {"InputTransformer": {"InputPathsMap": {"who": "$.detail.who"}, "InputTemplate": '"order of <who>"'}},
            '"order of ana"',
        ),
    ],
)
def test_a_target_gets_what_it_asks_for_of_an_event(cloud: Cloud, said: dict[str, Any], body: str) -> None:
    events, (url, arn) = boto3.client("events"), _queue()
    events.put_rule(Name="orders", EventPattern=json.dumps({"detail-type": ["order"]}))
    events.put_targets(Rule="orders", Targets=[{"Id": "queue", "Arn": arn, **said}])
    detail = json.dumps({"who": "ana", "items": ["a", "b"]})
    events.put_events(Entries=[{"Source": "shop", "DetailType": "order", "Detail": detail}])
    (message,) = boto3.client("sqs").receive_message(QueueUrl=url)["Messages"]
    assert message["Body"] == body


@pytest.mark.parametrize(
    "name",
    [
        "service-role/AmazonEC2ContainerServiceEventsRole",
        "service-role/AmazonEC2ContainerServiceAutoscaleRole",
        "service-role/AmazonEC2ContainerServiceforEC2Role",
        "service-role/AmazonECSTaskExecutionRolePolicy",
        "service-role/AWSLambdaBasicExecutionRole",
        "service-role/AWSCodeDeployRole",
        "AWSCodeDeployRoleForECS",
        "AWSAppMeshEnvoyAccess",
        "AWSXRayDaemonWriteAccess",
        "AmazonSSMManagedInstanceCore",
        "CloudWatchAgentServerPolicy",
        "AmazonDynamoDBFullAccess",
    ],
)
def test_the_policies_of_the_guides_can_be_attached(cloud: Cloud, name: str) -> None:
    iam = boto3.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="r", PolicyArn=f"arn:aws:iam::aws:policy/{name}")
    (attached,) = iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]
    assert attached["PolicyName"] == name.rpartition("/")[2]


def test_a_key_is_named_by_its_arn_wherever_it_is_named(cloud: Cloud) -> None:
    kms = boto3.client("kms")
    arn = kms.create_key()["KeyMetadata"]["Arn"]
    states = []
    for change in (kms.disable_key, kms.enable_key, kms.schedule_key_deletion, kms.cancel_key_deletion):
        change(KeyId=arn)
        states.append(kms.describe_key(KeyId=arn)["KeyMetadata"]["KeyState"])
    assert states == ["Disabled", "Enabled", "PendingDeletion", "Disabled"]


class _Balanced:
    """A load balancer before two target groups."""

    def __init__(self) -> None:
        self.made, ec2 = boto3.client("elbv2"), boto3.client("ec2")
        held, first = vpc(dns=False)
        second = ec2.create_subnet(VpcId=held, CidrBlock="10.0.2.0/24", AvailabilityZone="us-east-1b")["Subnet"]
        balancers = self.made.create_load_balancer(Name="front", Subnets=[first, second["SubnetId"]], Scheme="internal")
        self.balancer = balancers["LoadBalancers"][0]["LoadBalancerArn"]
        self.blue, self.green = (
            self.made.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=held)["TargetGroups"][0][
                "TargetGroupArn"
            ]
            for name in ("blue", "green")
        )

    def listen(self, port: int, **action: Any) -> dict[str, Any]:
        asked = {"LoadBalancerArn": self.balancer, "Protocol": "HTTP", "Port": port, "DefaultActions": [action]}
        listener: dict[str, Any] = self.made.create_listener(**asked)["Listeners"][0]
        return listener

    def of(self, group: str) -> list[str]:
        """The load balancers of a target group."""
        named: list[str] = self.made.describe_target_groups(TargetGroupArns=[group])["TargetGroups"][0][
            "LoadBalancerArns"
        ]
        return named


def test_a_target_group_names_a_load_balancer_once_and_while_it_forwards(cloud: Cloud) -> None:
    front = _Balanced()
    listener = front.listen(80, Type="forward", TargetGroupArn=front.blue)["ListenerArn"]
    rule = front.made.create_rule(
        ListenerArn=listener,
        Priority=1,
        Conditions=[{"Field": "path-pattern", "Values": ["/a"]}],
        Actions=[{"Type": "forward", "TargetGroupArn": front.blue}],
    )["Rules"][0]["RuleArn"]
    assert (front.of(front.blue), front.of(front.green)) == ([front.balancer], [])
    front.made.modify_listener(
        ListenerArn=listener, DefaultActions=[{"Type": "forward", "TargetGroupArn": front.green}]
    )
    assert (front.of(front.blue), front.of(front.green)) == ([front.balancer], [front.balancer])
    front.made.delete_rule(RuleArn=rule)
    assert front.of(front.blue) == []
    front.made.delete_listener(ListenerArn=listener)
    assert front.of(front.green) == []


def test_listeners_and_rules_are_shown_as_elb_shows_them(cloud: Cloud) -> None:
    front = _Balanced()
    listener = front.listen(80, Type="forward", TargetGroupArn=front.blue)
    whole = {
        "Type": "forward",
        "TargetGroupArn": front.blue,
        "ForwardConfig": {
            "TargetGroups": [{"TargetGroupArn": front.blue, "Weight": 1}],
            "TargetGroupStickinessConfig": {"Enabled": False},
        },
    }
    assert listener["DefaultActions"] == [whole]
    assert not {"SslPolicy", "AlpnPolicy"} & set(listener)
    described = front.made.describe_listeners(LoadBalancerArn=front.balancer)["Listeners"]
    assert described == [listener]
    redirect = front.listen(81, Type="redirect", RedirectConfig={"Port": "443", "StatusCode": "HTTP_301"})
    assert redirect["DefaultActions"][0]["RedirectConfig"] == {
        "Protocol": "#{protocol}",
        "Port": "443",
        "Host": "#{host}",
        "Path": "/#{path}",
        "Query": "#{query}",
        "StatusCode": "HTTP_301",
    }
    (rule,) = front.made.create_rule(
        ListenerArn=listener["ListenerArn"],
        Priority=1,
        Conditions=[
            {"Field": "path-pattern", "Values": ["/a"]},
            {"Field": "host-header", "HostHeaderConfig": {"Values": ["a.example.com"]}},
        ],
        Actions=[{"Type": "forward", "TargetGroupArn": front.blue}],
    )["Rules"]
    assert rule["Conditions"] == [
        {"Field": "path-pattern", "Values": ["/a"], "PathPatternConfig": {"Values": ["/a"]}},
        {"Field": "host-header", "Values": ["a.example.com"], "HostHeaderConfig": {"Values": ["a.example.com"]}},
    ]
    assert rule["Actions"] == [whole]
    assert rule in front.made.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]


def test_the_tags_of_a_thing_are_its_own_in_the_order_in_which_they_were_given(cloud: Cloud) -> None:
    ec2 = boto3.client("ec2")
    made, subnet = vpc(dns=False)
    ec2.create_tags(Resources=[made, subnet], Tags=[{"Key": "z", "Value": "1"}, {"Key": "a", "Value": "2"}])
    ec2.create_tags(Resources=[subnet], Tags=[{"Key": "only", "Value": "here"}])
    ec2.delete_tags(Resources=[made], Tags=[{"Key": "z"}])
    assert ec2.describe_vpcs(VpcIds=[made])["Vpcs"][0]["Tags"] == [{"Key": "a", "Value": "2"}]
    found = ec2.describe_subnets(Filters=[{"Name": "tag:only", "Values": ["here"]}])["Subnets"]
    assert [tag["Key"] for tag in found[0]["Tags"]] == ["z", "a", "only"]
    default = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
    assert default.get("Tags", []) == []


@pytest.mark.parametrize("before", ["import moto.sqs.models", "from moto.ec2 import ec2_backends"])
def test_models_that_were_imported_before_the_course_are_found_by_cloudformation_and_not_kept(before: str) -> None:
    code = """
import json, boto3
from simcloud import Cloud
with Cloud(seed=1) as cloud:
    api = boto3.client("cloudformation")
    vpc = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.1.0.0/16"}}
    resources = {"Queue": {"Type": "AWS::SQS::Queue"}, "Vpc": vpc}
    api.create_stack(StackName="s", TemplateBody=json.dumps({"Resources": resources}))
    with cloud.copy():
        pass
    from moto.sqs.models import Queue
    print(api.describe_stacks(StackName="s")["Stacks"][0]["StackStatus"], len(Queue.instances_tracked))
"""
    told = subprocess.run([sys.executable, "-c", before + code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["CREATE_COMPLETE", "0"]
